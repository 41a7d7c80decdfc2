/* SPDX-License-Identifier: BSD-2-Clause
   The tangent as a shell matrix, and the end of the iteration. */
#include "mg/internal.h"

PetscErrorCode PltOperatorCreate(PltAssembly a, PltOperator **op)
{
  PetscFunctionBegin;
  PetscCall(PetscNew(op));
  (*op)->state       = a->state;
  (*op)->space       = a->state->space;
  (*op)->with_stress = (PetscBool)(a->scheme.kinematics == PLT_LARGE);
  PetscCall(PltLevelFromAssembly(a, &(*op)->nplate, &(*op)->level));
  PetscCall(PltGaugeCreate(a->state, (*op)->level->position, &(*op)->gauge));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOperatorDestroy(PltOperator **op)
{
  PetscFunctionBegin;
  if (!*op) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltLevelDestroy(&(*op)->level));
  PetscCall(PltGaugeDestroy(&(*op)->gauge));
  PetscCall(PetscFree(*op));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOperatorUnpack(const PltOperator *op, Vec from, PetscReal *to)
{
  const PltSpace     space = op->state->space;
  const PetscInt     nl = space->nlevel, stride = op->level->stride;
  const PetscScalar *a;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(from, &a));
  for (PetscInt v = 0; v < op->level->nown; v++)
    for (PetscInt k = 0; k < nl; k++) {
      const PetscInt node = PltSpaceNode(space, v, k);

      for (PetscInt d = 0; d < 3 && node >= 0; d++)
        to[v * stride + 3 * space->merged[k] + d] = a[3 * (node - space->node_start) + d];
    }
  PetscCall(VecRestoreArrayRead(from, &a));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOperatorPack(const PltOperator *op, const PetscReal *from, Vec to)
{
  const PltSpace space = op->state->space;
  const PetscInt nl = space->nlevel, stride = op->level->stride;
  PetscScalar   *a;

  PetscFunctionBegin;
  PetscCall(VecGetArrayWrite(to, &a));
  for (PetscInt v = 0; v < op->level->nown; v++)
    for (PetscInt k = 0; k < nl; k++) {
      const PetscInt node = PltSpaceNode(space, v, k);

      for (PetscInt d = 0; d < 3 && node >= 0; d++)
        a[3 * (node - space->node_start) + d] = from[v * stride + 3 * space->merged[k] + d];
    }
  PetscCall(VecRestoreArrayWrite(to, &a));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Multiply(Mat A, Vec x, Vec y)
{
  PltOperator *op;
  PltLevel     l;

  PetscFunctionBegin;
  PetscCall(MatShellGetContext(A, &op));
  l = op->level;
  PetscCall(PltOperatorUnpack(op, x, l->x));
  PetscCall(PltLevelHalo(l, l->x));
  PltLevelResidual(l, PETSC_TRUE, NULL, l->x, l->r);
  for (PetscInt i = 0; i < l->nown * l->stride; i++) l->r[i] = -l->r[i];
  if (l->stress && op->with_stress) PltLevelAddStress(l, l->x, l->r);
  for (PetscInt i = 0; i < op->gauge.nown; i++)
    l->r[op->gauge.line[i] * l->stride + op->gauge.at[i]] = 0;
  PetscCall(PltOperatorPack(op, l->r, y));
  PetscCall(VecDot(x, y, &op->curvature));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Destroy(Mat A)
{
  PltOperator *op;

  PetscFunctionBegin;
  PetscCall(MatShellGetContext(A, &op));
  PetscCall(PltOperatorDestroy(&op));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgCreateOperator(PltAssembly a, Mat *A)
{
  const PetscInt n = 3 * a->state->space->node_own;
  PltOperator   *op;

  PetscFunctionBegin;
  PetscCall(PltOperatorCreate(a, &op));
  PetscCall(MatCreateShell(a->state->mesh->comm, n, n, PETSC_DETERMINE, PETSC_DETERMINE, op, A));
  PetscCall(MatShellSetOperation(*A, MATOP_MULT, (void (*)(void))Multiply));
  PetscCall(MatShellSetOperation(*A, MATOP_MULT_TRANSPOSE, (void (*)(void))Multiply));
  PetscCall(MatShellSetOperation(*A, MATOP_DESTROY, (void (*)(void))Destroy));
  PetscCall(MatSetOption(*A, MAT_SYMMETRIC, PETSC_TRUE));
  PetscCall(MatSetOption(*A, MAT_SPD, (PetscBool)(a->scheme.kinematics == PLT_SMALL)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Kinds of lines, which the space's fixed unknowns are part of. */
static PetscErrorCode SetKinds(PltOperator *op, PltAssembly a)
{
  PetscReal z[PLT_LEVEL_MAX];

  PetscFunctionBegin;
  PetscCall(PltKindsDestroy(&op->level->kind));
  PetscCall(PltLinesKinds(a, &op->nplate, z, &op->level->kind));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetGauge(PltOperator *op, PltAssembly a)
{
  PetscFunctionBegin;
  PetscCall(PltGaugeDestroy(&op->gauge));
  PetscCall(PltGaugeCreate(a->state, op->level->position, &op->gauge));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgUpdateSupport(Mat A, PltAssembly a)
{
  PltOperator *op;
  PltLevel     l;

  PetscFunctionBegin;
  PetscCall(MatShellGetContext(A, &op));
  l = op->level;
  PetscCheck(l->stress, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "lines share their rows");
  PetscCall(SetKinds(op, a));
  PetscCall(SetGauge(op, a));
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY)); /* tells preconditioners that it is new */
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgUpdateOperator(Mat A, PltAssembly a)
{
  PltOperator *op;

  PetscFunctionBegin;
  PetscCall(MatShellGetContext(A, &op));
  PetscCheck(op->space == a->state->space && (op->level->stress == NULL) == PltRowsAreShared(a),
             PETSC_COMM_SELF, PLT_ERR_INTERNAL, "the operator is of another panel");
  if (op->level->stress) {
    PetscCall(SetKinds(op, a));
    PetscCall(PltLevelRefill(a, op->level));
  } else {
    PetscCall(PltLevelDestroy(&op->level));
    PetscCall(PltLevelFromAssembly(a, &op->nplate, &op->level));
  }
  PetscCall(SetGauge(op, a));
  PetscCall(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY)); /* tells preconditioners that it is new */
  PetscCall(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgSetWithStress(Mat A, PetscBool on)
{
  PltOperator *op;

  PetscFunctionBegin;
  PetscCall(MatShellGetContext(A, &op));
  op->with_stress = on;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgAttach(PltAssembly a, Mat A)
{
  PetscContainer container;

  PetscFunctionBegin;
  PetscCall(PetscContainerCreate(PetscObjectComm((PetscObject)A), &container));
  PetscCall(PetscContainerSetPointer(container, a));
  PetscCall(PetscObjectCompose((PetscObject)A, "PltAssembly", (PetscObject)container));
  PetscCall(PetscContainerDestroy(&container));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Terms of the error's energy that are summed up before an error counts as known. */
enum { DELAY = 3 };

typedef struct {
  PetscReal tolerance, total, last[DELAY], beta; /* beta = (r, z) of the iteration before */
} EnergyTest;

static PetscErrorCode TestEnergy(KSP ksp, PetscInt it, PetscReal norm, KSPConvergedReason *reason,
                                 void *context)
{
  EnergyTest  *t = (EnergyTest *)context;
  PetscReal    term, error = 0;
  PetscInt     most;
  PltOperator *op;
  Mat          A;

  PetscFunctionBegin;
  *reason = KSP_CONVERGED_ITERATING;
  if (it == 0) t->total = 0;
  if (it > 0) {
    PetscCall(KSPGetOperators(ksp, &A, NULL));
    PetscCall(MatShellGetContext(A, &op));
    term = PetscSqr(t->beta) / op->curvature;
    t->total += term;
    t->last[it % DELAY] = term;
  }
  t->beta = PetscSqr(norm);
  for (PetscInt i = 0; i < DELAY; i++) error += t->last[i];
  PetscCall(KSPGetTolerances(ksp, NULL, NULL, NULL, &most));
  if (PetscIsInfOrNanReal(norm)) *reason = KSP_DIVERGED_NANORINF;
  else if (norm == 0) *reason = KSP_CONVERGED_ATOL;
  else if (it >= DELAY && error <= PetscSqr(t->tolerance) * t->total) *reason = KSP_CONVERGED_RTOL;
  else if (it >= most) *reason = KSP_DIVERGED_ITS;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FreeTest(void *context)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(context));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgSetEnergyTest(KSP ksp, PetscReal tolerance)
{
  EnergyTest *test;

  PetscFunctionBegin;
  PetscCall(PetscNew(&test));
  test->tolerance = tolerance;
  PetscCall(KSPSetNormType(ksp, KSP_NORM_NATURAL));
  PetscCall(KSPSetConvergenceTest(ksp, TestEnergy, test, FreeTest));
  PetscFunctionReturn(PETSC_SUCCESS);
}
