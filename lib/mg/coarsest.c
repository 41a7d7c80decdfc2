/* SPDX-License-Identifier: BSD-2-Clause
   The coarsest plates, solved exactly: MUMPS' Cholesky factor (Amestoy et al. 2001) on as many
   ranks as it is worth (PCTELESCOPE gathers them). What rigid motion is left, is held by making six
   diagonal entries near the points of support a million times as large; the load is balanced, so
   they carry nothing. */
#include "mg/internal.h"

static const PetscReal STIFF = 1e6, LOOSE = 1e-12;
enum { ENOUGH = 10000 }; /* unknowns a rank is worth waking for */

static PetscErrorCode Number(PltCoarsest *c)
{
  const PltLevel l = c->level;
  PetscInt       n = 0, end;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(l->nline * l->stride + 1, &c->number));
  for (PetscInt v = 0; v < l->nown; v++)
    for (PetscInt p = 0; p < l->stride; p++) {
      const PetscBool is =
          (PetscBool)(p < l->m && l->kind.is[l->kind.of[v] * l->m + p] == PLT_IS_FREE);

      c->number[v * l->stride + p] = is ? n++ : -1;
    }
  PetscCallMPI(MPI_Scan(&n, &end, 1, MPIU_INT, MPI_SUM, l->comm));
  c->start = end - n;
  for (PetscInt i = 0; i < l->nown * l->stride; i++)
    if (c->number[i] >= 0) c->number[i] += c->start;
  if (l->ghost) {
    MPI_Datatype unit;

    PetscCallMPI(MPI_Type_contiguous((PetscMPIInt)l->stride, MPIU_INT, &unit));
    PetscCallMPI(MPI_Type_commit(&unit));
    PetscCall(PetscSFBcastBegin(l->ghost, unit, c->number, c->number, MPI_REPLACE));
    PetscCall(PetscSFBcastEnd(l->ghost, unit, c->number, c->number, MPI_REPLACE));
    PetscCallMPI(MPI_Type_free(&unit));
  }
  PetscCall(VecCreate(l->comm, &c->b));
  PetscCall(VecSetSizes(c->b, n, PETSC_DETERMINE));
  PetscCall(VecSetType(c->b, VECSTANDARD));
  PetscCall(VecDuplicate(c->b, &c->x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CreateMat(PltCoarsest *c)
{
  const PltLevel l = c->level;
  PetscInt      *dnnz, *onnz, n;

  PetscFunctionBegin;
  PetscCall(VecGetLocalSize(c->b, &n));
  PetscCall(PetscCalloc2(n + 1, &dnnz, n + 1, &onnz));
  for (PetscInt v = 0; v < l->nown; v++)
    for (PetscInt k = l->first[v] - 1; k < l->first[v + 1]; k++) {
      const PetscInt w = k < l->first[v] ? v : l->next[k];

      for (PetscInt p = 0; p < l->m; p++) {
        const PetscInt i = c->number[v * l->stride + p], j = c->number[w * l->stride + p];

        if (i >= 0) (w < l->nown ? dnnz : onnz)[i - c->start] += l->m;
        if (j >= 0 && w < l->nown && w != v) dnnz[j - c->start] += l->m;
      }
    }
  for (PetscInt i = 0; i < n; i++) dnnz[i] = PetscMin(dnnz[i], n);
  PetscCall(MatCreate(l->comm, &c->A));
  PetscCall(MatSetSizes(c->A, n, n, PETSC_DETERMINE, PETSC_DETERMINE));
  PetscCall(MatSetType(c->A, MATAIJ));
  PetscCall(MatXAIJSetPreallocation(c->A, 1, dnnz, onnz, NULL, NULL));
  PetscCall(MatSetOption(c->A, MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE));
  PetscCall(MatSetOption(c->A, MAT_SPD, PETSC_TRUE));
  PetscCall(PetscFree2(dnnz, onnz));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Fill(PltCoarsest *c)
{
  const PltLevel l = c->level;
  PetscReal     *B, *T;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(l->m * l->m, &B, l->m * l->m, &T));
  for (PetscInt v = 0; v < l->nown; v++)
    for (PetscInt k = l->first[v] - 1; k < l->first[v + 1]; k++) {
      const PetscInt   w = k < l->first[v] ? v : l->next[k];
      const PetscReal *S = PltLevelBlock(l, v, w);

      for (PetscInt p = 0; p < l->m; p++)
        for (PetscInt q = 0; q < l->m; q++)
          B[p * l->m + q] = T[q * l->m + p] = S[PltEntry(l, p, q)];
      for (PetscInt p = 0; p < l->m && w == v; p++) B[p * l->m + p] *= 1 + LOOSE;
      PetscCall(MatSetValues(c->A, l->m, c->number + v * l->stride, l->m, c->number + w * l->stride,
                             B, ADD_VALUES));
      if (w != v && w < l->nown)
        PetscCall(MatSetValues(c->A, l->m, c->number + w * l->stride, l->m,
                               c->number + v * l->stride, T, ADD_VALUES));
    }
  PetscCall(PetscFree2(B, T));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The own line nearest to a point with that unknown free; distance PETSC_MAX_REAL if none. */
static PetscInt Nearest(const PltCoarsest *c, const PetscReal x[2], PetscInt p, PetscReal *distance)
{
  const PltLevel l    = c->level;
  PetscInt       best = -1;

  *distance = PETSC_MAX_REAL;
  for (PetscInt v = 0; v < l->nown; v++) {
    const PetscReal d = PetscSqr(l->xy[2 * v] - x[0]) + PetscSqr(l->xy[2 * v + 1] - x[1]);

    if (c->number[v * l->stride + p] < 0 || d >= *distance) continue;
    *distance = d;
    best      = v;
  }
  return best;
}

/* x, y, plate unknown of every point of support. */
static PetscErrorCode Points(const PltGauge *g, PltLevel finest, PetscReal point[6][3])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(&point[0][0], 18));
  for (PetscInt i = 0; i < g->nown; i++) {
    const PetscInt v = g->line[i], nnode = finest->m / 3;

    point[g->own[i]][0] = finest->xy[2 * v];
    point[g->own[i]][1] = finest->xy[2 * v + 1];
    point[g->own[i]][2] =
        PLT_PLATE * finest->kind.plate[finest->kind.of[v] * nnode + g->at[i] / 3] + g->at[i] % 3;
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, point, 18, MPIU_REAL, MPI_SUM, finest->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Hold(PltCoarsest *c, PltLevel finest, const PltGauge *g)
{
  const PltLevel l = c->level;
  PetscReal      point[6][3];
  PetscMPIInt    rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(l->comm, &rank));
  PetscCall(Points(g, finest, point));
  for (PetscInt i = 0; i < g->n; i++) {
    struct {
      PetscReal distance;
      int       rank;
    } mine           = {0, rank}, best;
    const PetscInt p = (PetscInt)point[i][2], v = Nearest(c, point[i], p, &mine.distance);

    PetscCallMPI(MPI_Allreduce(&mine, &best, 1, MPI_DOUBLE_INT, MPI_MINLOC, l->comm));
    if (best.rank != rank || v < 0) continue;
    PetscCall(MatSetValue(c->A, c->number[v * l->stride + p], c->number[v * l->stride + p],
                          STIFF * PltLevelBlock(l, v, v)[PltEntry(l, p, p)], ADD_VALUES));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode UseMumps(KSP ksp)
{
  PC pc;

  PetscFunctionBegin;
  PetscCall(KSPSetType(ksp, KSPPREONLY));
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCSetType(pc, PCCHOLESKY));
  PetscCall(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetUpSolver(PltCoarsest *c)
{
  PetscInt    n, ranks;
  PetscMPIInt size;
  KSP         inner;
  PC          pc;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(c->level->comm, &size));
  PetscCall(VecGetSize(c->b, &n));
  ranks = PetscMin(size, 1 + n / ENOUGH);
  PetscCall(KSPCreate(c->level->comm, &c->ksp));
  PetscCall(KSPSetOptionsPrefix(c->ksp, "plt_mg_coarse_"));
  PetscCall(KSPSetOperators(c->ksp, c->A, c->A));
  if (ranks == size) PetscCall(UseMumps(c->ksp));
  else {
    PetscCall(KSPSetType(c->ksp, KSPPREONLY));
    PetscCall(KSPGetPC(c->ksp, &pc));
    PetscCall(PCSetType(pc, PCTELESCOPE));
    PetscCall(PCTelescopeSetReductionFactor(pc, size / ranks));
    PetscCall(PCSetUp(pc));
    PetscCall(PCTelescopeGetKSP(pc, &inner));
    if (inner) PetscCall(UseMumps(inner));
  }
  PetscCall(KSPSetFromOptions(c->ksp));
  PetscCall(KSPSetUp(c->ksp));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarsestCreate(PltLevel level, PltLevel finest, const PltGauge *gauge,
                                 PltCoarsest *c)
{
  PetscFunctionBegin;
  *c = (PltCoarsest){.level = level};
  PetscCall(Number(c));
  PetscCall(CreateMat(c));
  PetscCall(Fill(c));
  PetscCall(Hold(c, finest, gauge));
  PetscCall(MatAssemblyBegin(c->A, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(c->A, MAT_FINAL_ASSEMBLY));
  PetscCall(SetUpSolver(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarsestDestroy(PltCoarsest *c)
{
  PetscFunctionBegin;
  PetscCall(KSPDestroy(&c->ksp));
  PetscCall(MatDestroy(&c->A));
  PetscCall(VecDestroy(&c->b));
  PetscCall(VecDestroy(&c->x));
  PetscCall(PetscFree(c->number));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarsestSolve(PltCoarsest *c)
{
  const PltLevel     l = c->level;
  PetscScalar       *b;
  const PetscScalar *x;

  PetscFunctionBegin;
  PetscCall(VecGetArrayWrite(c->b, &b));
  for (PetscInt i = 0; i < l->nown * l->stride; i++)
    if (c->number[i] >= 0) b[c->number[i] - c->start] = l->b[i];
  PetscCall(VecRestoreArrayWrite(c->b, &b));
  PetscCall(KSPSolve(c->ksp, c->b, c->x));
  PetscCall(VecGetArrayRead(c->x, &x));
  for (PetscInt i = 0; i < l->nown * l->stride; i++)
    l->x[i] = c->number[i] >= 0 ? x[c->number[i] - c->start] : 0;
  PetscCall(VecRestoreArrayRead(c->x, &x));
  PetscFunctionReturn(PETSC_SUCCESS);
}
