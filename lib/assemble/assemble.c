/* SPDX-License-Identifier: BSD-2-Clause
   Loops over columns and their elements. Every rank goes through all quads that touch its lines,
   in natural order, and keeps what belongs to its own lines: no communication, and sums that do
   not depend on the number of ranks. */
#include <math.h>
#include <string.h>
#include "assemble/internal.h"

void PltAssemblyGather(PltState s, PetscInt quad, PetscInt n, const PetscInt level[],
                       const PetscReal *field, PetscReal *out)
{
  for (PetscInt k = 0; k < n; k++)
    for (PetscInt a = 0; a < 4; a++) {
      const PetscReal *from = field + 3 * (s->mesh->quad[4 * quad + a] * s->nlevel + level[k]);

      for (PetscInt d = 0; d < 3; d++) out[3 * (4 * k + a) + d] = from[d];
    }
}

void PltAssemblyCorners(PltState s, PetscInt quad, PetscReal z, PetscReal X[4][3])
{
  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal *xy = s->mesh->xy + 2 * s->mesh->quad[4 * quad + a];

    X[a][0] = xy[0];
    X[a][1] = xy[1];
    X[a][2] = z;
  }
}

/* Largest forces at free unknowns and at the support. */
static PetscErrorCode Largest(PltSpace space, Vec r, PetscReal *unbalanced, PetscReal *reaction)
{
  const PetscScalar *x;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(r, &x));
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < space->nlevel; k++) {
      const PetscInt node = PltSpaceNode(space, v, k);

      for (PetscInt d = 0; d < 3 && node >= 0; d++) {
        const PetscReal f   = PetscAbsScalar(x[3 * (node - space->node_start) + d]);
        const PetscInt  how = space->fixed[3 * (v * space->nlevel + k) + d];

        if (how == PLT_DOF_FREE) *unbalanced = PetscMax(*unbalanced, f);
        if (how == PLT_DOF_SUPPORT) *reaction = PetscMax(*reaction, f);
      }
    }
  PetscCall(VecRestoreArrayRead(r, &x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyResidual(PltAssembly a, Vec r, PltBalance *balance)
{
  const PltState s = a->state;
  PetscReal     *field, max[4] = {0, 0, 0, 0};

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(s->mesh->nvert * s->nlevel * 3 + 1, &field));
  a->failed = 0;
  if (a->load) PetscCall(PetscArraycpy(field, a->load, PltStateFieldSize(s)));
  PetscCall(PltAssemblySumPrisms(a, field, &max[2]));
  max[3] = a->failed + a->refused > 0 ? 1 : 0;
  PetscCall(PltSpaceSumToVec(s->space, field, r));
  PetscCall(Largest(s->space, r, &max[0], &max[1]));
  if (a->reaction) PetscCall(VecCopy(r, a->reaction));
  PetscCall(PltSpaceSplit(s->space, r, a->reaction));
  PetscCall(PetscFree(field));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, max, 4, MPIU_REAL, MPI_MAX, s->mesh->comm));
  /* PETSC_INFINITY is a finite number */
  *balance = (PltBalance){max[3] > 0 ? (PetscReal)INFINITY : max[0], max[1], max[2]};
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyFailed(PltAssembly a, PetscBool *failed)
{
  const PetscBool here = (PetscBool)(a->failed + a->refused > 0);

  PetscFunctionBegin;
  PetscCallMPI(MPI_Allreduce(&here, failed, 1, MPIU_BOOL, MPI_LOR, a->state->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The same prism where the panel was in equilibrium. */
static void Rest(PltAssembly a, PetscInt quad, PetscInt k, const PltPlan *plan, PltGathered *e)
{
  const PltState s      = a->state;
  const PetscInt before = a->rest->failed;

  PltAssemblyPrism(a->rest, quad, k, plan, e);
  if (a->rest->slab[s->quad_class[quad] * s->slabs.nslab + k].iterates)
    PltAssemblySolve(a->rest, quad, k, PETSC_FALSE, e);
  a->failed += a->rest->failed - before;
}

/* In small kinematics, of laws that are not affine: that of large ones at the reference, with the
   moduli of the solved columns. */
static void SmallTangent(PltAssembly a, PetscInt quad, PetscInt k, const PltPlan *plan,
                         PltGathered *e, PetscReal K[24 * 24])
{
  PetscReal G[8 * 8];

  PltAssemblyPrism(a, quad, k, plan, e);
  PltAssemblySolve(a, quad, k, PETSC_TRUE, e);
  memset(e->u, 0, sizeof e->u);
  e->prism.before = NULL;
  PltPrismLargeTangent(&e->prism, K, G);
}

PetscErrorCode PltAssemblyTangents(PltAssembly a, PetscInt quad, PltTangentFunction add,
                                   void *context)
{
  const PltState  s  = a->state;
  const PetscInt  ns = s->slabs.nslab, class = s->quad_class[quad];
  const PetscBool large = (PetscBool)(a->scheme.kinematics == PLT_LARGE);
  PetscReal       K[36 * 36], G[8 * 8];
  PltGathered     element, rest;
  PltBridge       bridge;
  PltPlan         plan;

  PetscFunctionBegin;
  PetscCall(PltAssemblyPlan(a, quad, &plan));
  for (PetscInt k = 0; k < ns; k++) {
    const PetscInt level[2] = {k, k + 1};

    if (!s->live[class * ns + k]) continue;
    if (large) {
      PltAssemblyPrism(a, quad, k, &plan, &element);
      if (a->slab[class * ns + k].iterates) PltAssemblySolve(a, quad, k, PETSC_TRUE, &element);
      if (a->rest) Rest(a, quad, k, &plan, &rest);
      if (a->rest) element.prism.rest = &rest.prism;
      PltPrismLargeTangent(&element.prism, K, G);
    } else if (a->slab[class * ns + k].iterates) SmallTangent(a, quad, k, &plan, &element, K);
    else PltPrismTangent(&plan, PltLayupAt(a, quad, k), K);
    PetscCall(add(context, quad, 2, level, K, large ? G : NULL));
    if (!a->bridge[class * ns + k]) continue;
    PltBridgeFind(a, class, k, &bridge);
    PltBridgeTangent(a, quad, &bridge, K);
    PetscCall(add(context, quad, 3, bridge.level, K, NULL));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

typedef struct {
  PltState  state;
  Mat       A;
  PetscBool whole;
} Target;

/* Add an n-level block matrix K: rows of own lines only, fixed unknowns keep their diagonal. */
static PetscErrorCode Insert(void *context, PetscInt quad, PetscInt n, const PetscInt level[],
                             PetscReal *K, const PetscReal *G)
{
  const PltState s = ((Target *)context)->state;
  const PetscInt m = 12 * n;
  PetscInt       row[12], col[12];

  PetscFunctionBegin;
  for (PetscInt i = 0; G && ((Target *)context)->whole && i < m; i++)
    for (PetscInt j = 0; j < 4 * n; j++) K[i * m + 3 * j + i % 3] += G[i / 3 * 4 * n + j];
  for (PetscInt k = 0; k < n; k++)
    for (PetscInt a = 0; a < 4; a++) {
      const PetscInt       i = 4 * k + a, v = s->mesh->quad[4 * quad + a];
      const unsigned char *fixed = s->space->fixed + 3 * (v * s->nlevel + level[k]);

      col[i] = PltSpaceNode(s->space, v, level[k]);
      row[i] = v < s->mesh->nvert_own ? col[i] : -1;
      for (PetscInt d = 0; d < 3; d++) {
        if (fixed[d] == PLT_DOF_FREE) continue;
        for (PetscInt j = 0; j < m; j++)
          if (j != 3 * i + d) K[(3 * i + d) * m + j] = K[j * m + 3 * i + d] = 0;
      }
    }
  PetscCall(MatSetValuesBlocked(((Target *)context)->A, 4 * n, row, 4 * n, col, K, ADD_VALUES));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyMatrix(PltAssembly a, PetscBool whole, Mat A)
{
  Target target = {a->state, A, whole};

  PetscFunctionBegin;
  PetscCall(MatZeroEntries(A));
  for (PetscInt q = 0; q < a->state->mesh->nquad; q++)
    PetscCall(PltAssemblyTangents(a, q, Insert, &target));
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Of an increment of nothing there is no smaller one. */
static PetscErrorCode Answered(PltAssembly a)
{
  PetscFunctionBegin;
  PetscCheck(a->failed + a->refused == 0, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "the law of a material has no answer at %.6g degC where the panel is in equilibrium",
             (double)(a->T - 273.15));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyBirth(PltAssembly a, PetscInt slab, PetscReal *birth)
{
  const PltState s = a->state;
  PltElement    *e;

  PetscFunctionBegin;
  a->failed = 0;
  PetscCall(PetscNew(&e));
  PetscCall(PetscArrayzero(birth, (size_t)s->mesh->nquad * PLT_SHELL_BIRTH));
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    if (!s->live[s->quad_class[q] * s->slabs.nslab + slab]) continue;
    PetscCall(PltElementEvaluate(a, q, slab, e));
    PetscCall(PetscArraycpy(birth + (size_t)q * PLT_SHELL_BIRTH, e->local.birth, PLT_SHELL_BIRTH));
  }
  PetscCall(Answered(a));
  PetscCall(PetscFree(e));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* From the mean over the four columns at the two Gauss heights, +-1/sqrt(3), to the faces, +-1. */
static void ToFaces(const PetscReal point[4][PLT_SHELL_NZ][6], PetscReal face[2][6])
{
  const PetscReal r = PetscSqrtReal((PetscReal)3);

  for (PetscInt i = 0; i < 6; i++) {
    PetscReal low = 0, high = 0;

    for (PetscInt c = 0; c < 4; c++) {
      low += point[c][0][i] / 4;
      high += point[c][PLT_SHELL_NZ - 1][i] / 4;
    }
    face[0][i] = (low + high) / 2 - r * (high - low) / 2;
    face[1][i] = (low + high) / 2 + r * (high - low) / 2;
  }
}

PetscErrorCode PltAssemblyStress(PltAssembly a, PetscInt quad, PetscReal *stress)
{
  const PltState s  = a->state;
  const PetscInt ns = s->slabs.nslab;
  PltElement    *e;

  PetscFunctionBegin;
  a->failed = 0;
  PetscCall(PetscArrayzero(stress, 12 * s->slabs.nply));
  PetscCall(PetscNew(&e));
  for (PetscInt k = 0; k < ns; k++) {
    const PltSlabData *data = &a->slab[s->quad_class[quad] * ns + k];

    if (!data->nply) continue;
    PetscCall(PltElementEvaluate(a, quad, k, e));
    for (PetscInt p = 0; p < data->nply; p++)
      ToFaces((const PetscReal(*)[PLT_SHELL_NZ][6])e->local.stress[p],
              (PetscReal(*)[6])(stress + 12 * data->number[p]));
  }
  PetscCall(Answered(a));
  PetscCall(PetscFree(e));
  PetscFunctionReturn(PETSC_SUCCESS);
}
