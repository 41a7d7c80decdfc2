/* SPDX-License-Identifier: BSD-2-Clause
   What all levels have in common: storage, inverses of the diagonal blocks, traffic of ghosts. */
#include <stdint.h>
#include "mg/internal.h"
#include <petscblaslapack.h>

/* An unknown whose pivot is below this part of its diagonal has no stiffness beside the others of
   its line: interpolated from too few finer ones. */
static const PetscReal PIVOT = 1e-13;

PetscErrorCode PltAligned(size_t n, PetscReal **array, void **memory, PetscInt64 *bytes)
{
  const size_t size = (n + 2 * PLT_PAD) * sizeof(PetscReal) + 64;

  PetscFunctionBegin;
  PetscCall(PetscMalloc(size, memory));
  PetscCall(PetscMemzero(*memory, size));
  *array = (PetscReal *)(((uintptr_t)*memory + 63) / 64 * 64) + PLT_PAD;
  *bytes += (PetscInt64)size;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelCreate(MPI_Comm comm, PetscInt m, PetscInt band, PltLevel *level)
{
  PltLevel l;

  PetscFunctionBegin;
  PetscCall(PetscNew(&l));
  *level    = l;
  l->comm   = comm;
  l->m      = m;
  l->stride = (m + PLT_WIDE - 1) / PLT_WIDE * PLT_WIDE;
  l->band   = band;
  PetscCallMPI(MPI_Type_contiguous((PetscMPIInt)l->stride, MPIU_REAL, &l->unit));
  PetscCallMPI(MPI_Type_commit(&l->unit));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelDestroy(PltLevel *level)
{
  PltLevel l = *level;

  PetscFunctionBegin;
  if (!l) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCallMPI(MPI_Type_free(&l->unit));
  PetscCall(PetscSFDestroy(&l->ghost));
  PetscCall(PltKindsDestroy(&l->kind));
  PetscCall(PetscFree(l->xy));
  PetscCall(PetscFree(l->first));
  PetscCall(PetscFree(l->next));
  PetscCall(PetscFree(l->row));
  PetscCall(PetscFree(l->start));
  PetscCall(PetscFree(l->example));
  PetscCall(PetscFree(l->link));
  PetscCall(PetscFree(l->relax));
  PetscCall(PetscFree(l->position));
  PetscCall(PetscFree(l->director));
  PetscCall(PetscFree(l->lever));
  PetscCall(PetscFree(l->map));
  for (PetscInt i = 0; i < 10; i++) PetscCall(PetscFree(l->memory[i]));
  PetscCall(PetscFree(*level));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelAllocateBlocks(PltLevel l)
{
  PetscFunctionBegin;
  PetscCall(
      PltAligned((size_t)l->start[l->nrow] * PltBlockSize(l), &l->block, &l->memory[0], &l->bytes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelAllocateVectors(PltLevel l, PetscBool with_keep)
{
  const size_t n = (size_t)l->nline * (size_t)l->stride;

  PetscFunctionBegin;
  PetscCall(PltAligned(n, &l->x, &l->memory[2], &l->bytes));
  PetscCall(PltAligned(n, &l->b, &l->memory[3], &l->bytes));
  PetscCall(PltAligned(n, &l->r, &l->memory[4], &l->bytes));
  if (with_keep) PetscCall(PltAligned(n, &l->keep, &l->memory[5], &l->bytes));
  for (PetscInt i = 0; i < l->nown; i++)
    for (PetscInt k = l->first[i]; k < l->first[i + 1] && l->next[k] < l->nown; k++)
      l->reach = PetscMax(l->reach, l->next[k] - i);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelSetSweeps(PltLevel l, PetscInt sweeps)
{
  PetscFunctionBegin;
  l->sweeps = sweeps;
  if (sweeps > 1 && !l->t)
    PetscCall(PltAligned((size_t)l->nline * (size_t)l->stride, &l->t, &l->memory[9], &l->bytes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The block on the unknowns `at`, scaled to a unit diagonal, is factored; unknowns without a pivot
   are dropped until it can be. */
static PetscErrorCode Factor(PltLevel l, const PetscReal *S, PetscInt *n, PetscInt at[],
                             PetscReal scale[], PetscReal *A)
{
  PetscBLASInt info = 1;

  PetscFunctionBegin;
  while (info) {
    PetscBLASInt size = (PetscBLASInt)*n;

    if (!*n) break;
    for (PetscInt i = 0; i < *n; i++) scale[i] = 1 / PetscSqrtReal(S[PltEntry(l, at[i], at[i])]);
    for (PetscInt i = 0; i < *n; i++)
      for (PetscInt j = 0; j < *n; j++)
        A[i + *n * j] = PetscAbsInt(at[j] - at[i]) > l->band
                            ? 0
                            : scale[i] * scale[j] * S[PltEntry(l, at[i], at[j])];
    PetscCallBLAS("LAPACKpotrf", LAPACKpotrf_("L", &size, A, &size, &info));
    for (PetscInt i = 0; i < *n && !info; i++)
      if (PetscSqr(A[i + *n * i]) < PIVOT) info = (PetscBLASInt)i + 1;
    if (!info) break;
    for (PetscInt i = info; i < *n; i++) at[i - 1] = at[i];
    --*n;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode InvertRow(PltLevel l, PetscInt row, PetscInt *at, PetscReal *scale,
                                PetscReal *A)
{
  const PetscReal *S    = l->block + (size_t)l->start[row] * PltBlockSize(l);
  const char      *is   = l->kind.is + l->kind.of[l->example[row]] * l->m;
  PetscReal       *into = l->inverse + (size_t)row * (size_t)(l->m * l->stride);
  PetscInt         n    = 0;
  PetscBLASInt     size, info = 0;

  PetscFunctionBegin;
  for (PetscInt p = 0; p < l->m; p++)
    if (is[p] == PLT_IS_FREE && S[PltEntry(l, p, p)] > 0) at[n++] = p;
  PetscCall(Factor(l, S, &n, at, scale, A));
  size = (PetscBLASInt)n;
  if (n) PetscCallBLAS("LAPACKpotri", LAPACKpotri_("L", &size, A, &size, &info));
  PetscCheck(!info, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE, "a column of the panel has no stiffness");
  for (PetscInt i = 0; i < n; i++)
    for (PetscInt j = 0; j < n; j++)
      into[at[j] * l->stride + at[i]] =
          scale[i] * scale[j] * (i >= j ? A[i + n * j] : A[j + n * i]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelInvert(PltLevel l)
{
  const size_t n = (size_t)l->nrow * (size_t)(l->m * l->stride);
  PetscReal   *A, *scale;
  PetscInt    *at;

  PetscFunctionBegin;
  if (l->inverse) PetscCall(PetscArrayzero(l->inverse, n));
  else PetscCall(PltAligned(n, &l->inverse, &l->memory[1], &l->bytes));
  PetscCall(PetscMalloc3(l->m * l->m, &A, l->m, &scale, l->m, &at));
  for (PetscInt row = 0; row < l->nrow; row++) PetscCall(InvertRow(l, row, at, scale, A));
  PetscCall(PetscFree3(A, scale, at));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Over a border of ranks, sweeps see old values. With elements K_e that lie across it the error
   still gets smaller in energy if at every line 2 D / relax >= D + sum_e n_e K_e,ii, n_e corners of
   e being on this rank, since x'K_e x >= 0 for either sign of the part beyond the border. For alike
   elements the sum is 8/3 of the share of neighbours beyond; a third more is for unlike ones. */
PetscErrorCode PltLevelSetRelax(PltLevel l, PetscReal relax)
{
  PetscInt *all;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(l->nown + 1, &l->relax));
  PetscCall(PetscCalloc1(l->nline + 1, &all));
  for (PetscInt i = 0; i < l->nown; i++)
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) all[i]++, all[l->next[k]]++;
  for (PetscInt i = 0; i < l->nown; i++) {
    PetscInt beyond = 0;

    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) beyond += l->next[k] >= l->nown;
    l->relax[i] = relax;
    if (beyond)
      l->relax[i] = PetscMin(
          relax, 0.75 / (0.5 + 4. / 3 * (PetscReal)beyond / (PetscReal)PetscMax(all[i], 1)));
  }
  PetscCall(PetscFree(all));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelHalo(PltLevel l, PetscReal *x)
{
  PetscFunctionBegin;
  if (!l->ghost) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscSFBcastBegin(l->ghost, l->unit, x, x, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(l->ghost, l->unit, x, x, MPI_REPLACE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelHaloAdd(PltLevel l, PetscReal *x)
{
  PetscFunctionBegin;
  if (!l->ghost) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscSFReduceBegin(l->ghost, l->unit, x, x, MPI_SUM));
  PetscCall(PetscSFReduceEnd(l->ghost, l->unit, x, x, MPI_SUM));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PetscReal *PltLevelBlock(PltLevel l, PetscInt i, PetscInt j)
{
  const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * PltBlockSize(l);

  if (i == j) return S;
  for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++)
    if (l->next[k] == j) return S + (size_t)(k - l->first[i] + 1) * PltBlockSize(l);
  return NULL;
}

PetscErrorCode PltKindsFinish(PltKinds *k)
{
  PetscFunctionBegin;
  k->stride = (k->m + PLT_WIDE - 1) / PLT_WIDE * PLT_WIDE;
  PetscCall(PetscCalloc1(k->n * k->stride, &k->mask));
  PetscCall(PetscMalloc2(k->n, &k->whole, k->n, &k->base));
  for (PetscInt i = 0; i < k->n; i++) {
    k->whole[i] = PETSC_TRUE;
    k->base[i]  = -1;
    for (PetscInt p = 0; p < k->m; p++) {
      const char is = k->is[i * k->m + p];

      k->mask[i * k->stride + p] = is == PLT_IS_FREE ? 1 : 0;
      if (is != PLT_IS_FREE) k->whole[i] = PETSC_FALSE;
      if (is != PLT_IS_ABSENT && k->base[i] < 0 && p % 3 == 0) k->base[i] = p;
    }
    k->base[i] = PetscMax(k->base[i], 0);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltKindsDestroy(PltKinds *k)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(k->of));
  PetscCall(PetscFree(k->is));
  PetscCall(PetscFree(k->mask));
  PetscCall(PetscFree2(k->whole, k->base));
  PetscCall(PetscFree(k->plate));
  PetscCall(PetscFree(k->height));
  PetscFunctionReturn(PETSC_SUCCESS);
}
