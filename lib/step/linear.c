/* SPDX-License-Identifier: BSD-2-Clause
   The linear solver of a tangent: column multigrid, MUMPS' Cholesky factor or algebraic multigrid,
   under conjugate gradients. In large kinematics the preconditioner is made from the part of the
   moduli alone, which is positive definite whatever the stress does to the tangent. */
#include "step/internal.h"

enum { CG_ITERATIONS_MAX = 5000, COLUMNS_ITERATIONS_MAX = 300 };
/* Relative residual of CG: three corrections then reach 1e-10. */
static const PetscReal CG_TOLERANCE = 1e-6;
/* Relative error in energy at which the column solver ends a correction. */
static const PetscReal COLUMNS_TOLERANCE = 1e-6;
/* The same for a correction of Newton's method, whose error the next one takes away. */
static const PetscReal NEWTON_TOLERANCE = 1e-4;
/* Unknowns from which the column solver is faster than the factor. */
enum { COLUMNS_FROM = 20000 };

const char *const PltSolverName[] = {"auto", "columns", "direct", "amg"};

/* Phases that -log_view tells apart. */
static PetscErrorCode Stage(const char *name, PetscLogStage *stage)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStageGetId(name, stage));
  if (*stage < 0) PetscCall(PetscLogStageRegister(name, stage));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverCreate(MPI_Comm comm, PltSolver *solver)
{
  PetscFunctionBegin;
  PetscCall(PetscNew(solver));
  (*solver)->comm = comm;
  PetscCall(PltMgRegister());
  PetscCall(Stage("Panel set-up", &(*solver)->set_up));
  PetscCall(Stage("Panel solve", &(*solver)->solve));
  PetscCall(Stage("Panel forces", &(*solver)->forces));
  PetscCall(Stage("Panel stability", &(*solver)->stability));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverReset(PltSolver s)
{
  PetscFunctionBegin;
  s->stamp = 0;
  PetscCall(KSPDestroy(&s->ksp));
  PetscCall(MatDestroy(&s->A));
  PetscCall(MatDestroy(&s->M));
  PetscCall(VecDestroy(&s->r));
  PetscCall(VecDestroy(&s->dx));
  for (PetscInt i = 0; i < PLT_MODES; i++) PetscCall(VecDestroy(&s->mode[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverDestroy(PltSolver *solver)
{
  PetscFunctionBegin;
  if (!*solver) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltSolverReset(*solver));
  PetscCall(PetscFree(*solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverSetType(PltSolver s, const char *type)
{
  PetscInt  i;
  PetscBool found;

  PetscFunctionBegin;
  PetscCall(PetscEListFind(4, PltSolverName, type, &i, &found));
  PetscCheck(found, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no solver '%s'; there are: auto, columns, direct, amg", type);
  s->type = (PltSolverType)i;
  PetscCall(PltSolverReset(s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode UseMumps(KSP ksp, PC pc)
{
  Mat factor;

  PetscFunctionBegin;
  PetscCall(KSPSetType(ksp, KSPPREONLY));
  PetscCall(PCSetType(pc, PCCHOLESKY));
  PetscCall(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  PetscCall(PCFactorSetUpMatSolverType(pc));
  PetscCall(PCFactorGetMatrix(pc, &factor));
  PetscCall(MatMumpsSetIcntl(factor, 14, 50)); /* workspace: 50 % over the estimate */
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode UseAmg(PltSolver s, PltState state, PC pc)
{
  PetscReal   *z, threshold = 0.01; /* fewest iterations on the cooldown panel: 177, 285 without */
  MatNullSpace modes;

  PetscFunctionBegin;
  PetscCall(KSPSetType(s->ksp, KSPCG));
  PetscCall(KSPSetNormType(s->ksp, KSP_NORM_UNPRECONDITIONED));
  PetscCall(
      KSPSetTolerances(s->ksp, CG_TOLERANCE, PETSC_DEFAULT, PETSC_DEFAULT, CG_ITERATIONS_MAX));
  PetscCall(PCSetType(pc, PCGAMG));
  PetscCall(PCGAMGSetThreshold(pc, &threshold, 1));
  PetscCall(PetscMalloc1(state->nlevel, &z));
  z[0] = 0;
  for (PetscInt k = 0; k < state->slabs.nslab; k++) {
    const PetscReal h =
        state->slabs.z[state->slabs.first[k + 1]] - state->slabs.z[state->slabs.first[k]];

    z[k + 1] = z[k] + (state->space->merged[k + 1] > state->space->merged[k] ? h : 0);
  }
  PetscCall(PltSpaceRigidModes(state->space, z, &modes));
  PetscCall(MatSetNearNullSpace(s->M, modes));
  PetscCall(MatNullSpaceDestroy(&modes));
  PetscCall(PetscFree(z));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* On the finest level whole lines are relaxed at once, which takes the thickness of the layers
   out of the condition number. */
static PetscErrorCode RelaxLines(PltSolver s, PltState state)
{
  PetscInt *size, n = 0, levels;
  KSP       smoother;
  PC        pc, relax;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(state->mesh->nvert_own + 1, &size));
  for (PetscInt v = 0; v < state->mesh->nvert_own; v++)
    if (state->space->count[v]) size[n++] = 3 * state->space->count[v];
  PetscCall(MatSetVariableBlockSizes(s->M, n, size));
  PetscCall(PetscFree(size));
  PetscCall(KSPSetUp(s->ksp));
  PetscCall(KSPGetPC(s->ksp, &pc));
  PetscCall(PCMGGetLevels(pc, &levels));
  PetscCall(PCMGGetSmoother(pc, levels - 1, &smoother));
  PetscCall(KSPGetPC(smoother, &relax));
  PetscCall(PCSetType(relax, PCVPBJACOBI));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The method for a space: what was asked for, or what is fastest at its size. */
static PltSolverType Choose(PltSolver s, PltSpace space)
{
  if (s->type != PLT_SOLVER_AUTO) return s->type;
  return space->node_all > COLUMNS_FROM / 3 ? PLT_SOLVER_COLUMNS : PLT_SOLVER_DIRECT;
}

static PetscErrorCode UseColumns(PltSolver s, PC pc)
{
  PetscFunctionBegin;
  PetscCall(KSPSetType(s->ksp, KSPCG));
  PetscCall(KSPSetTolerances(s->ksp, COLUMNS_TOLERANCE, PETSC_DEFAULT, PETSC_DEFAULT,
                             COLUMNS_ITERATIONS_MAX));
  PetscCall(PltMgSetEnergyTest(s->ksp, COLUMNS_TOLERANCE));
  PetscCall(PCSetType(pc, "platen"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode UseNewton(PltSolver s)
{
  PetscFunctionBegin;
  PetscCall(KSPSetType(s->ksp, KSPCG));
  PetscCall(
      KSPSetTolerances(s->ksp, NEWTON_TOLERANCE, PETSC_DEFAULT, PETSC_DEFAULT,
                       s->used == PLT_SOLVER_AMG ? CG_ITERATIONS_MAX : COLUMNS_ITERATIONS_MAX));
  PetscCall(PltMgSetEnergyTest(s->ksp, NEWTON_TOLERANCE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Operator and solver of a new space, filled with the tangent of the assembly. */
static PetscErrorCode Create(PltSolver s, PltAssembly a)
{
  const PetscBool large = (PetscBool)(a->scheme.kinematics == PLT_LARGE);
  PC              pc;

  PetscFunctionBegin;
  PetscCall(PltSolverReset(s));
  s->used = Choose(s, a->state->space);
  PetscCall(PltSpaceCreateVec(a->state->space, &s->r));
  PetscCall(VecDuplicate(s->r, &s->dx));
  if (s->used != PLT_SOLVER_COLUMNS) {
    PetscCall(PltSpaceCreateMat(a->state->space, a->bridge, &s->M));
    PetscCall(PltAssemblyMatrix(a, PETSC_FALSE, s->M));
    PetscCall(PltMgAttach(a, s->M));
  }
  if (large || s->used == PLT_SOLVER_COLUMNS) PetscCall(PltMgCreateOperator(a, &s->A));
  PetscCall(KSPCreate(s->comm, &s->ksp));
  PetscCall(KSPSetOperators(s->ksp, s->A ? s->A : s->M, s->M ? s->M : s->A));
  PetscCall(KSPGetPC(s->ksp, &pc));
  if (s->used == PLT_SOLVER_COLUMNS) PetscCall(UseColumns(s, pc));
  else if (s->used == PLT_SOLVER_DIRECT) PetscCall(UseMumps(s->ksp, pc));
  else PetscCall(UseAmg(s, a->state, pc));
  if (large) PetscCall(UseNewton(s));
  PetscCall(KSPSetFromOptions(s->ksp));
  if (s->used == PLT_SOLVER_AMG) PetscCall(RelaxLines(s, a->state));
  PetscCall(KSPSetUp(s->ksp));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverPrepare(PltSolver s, PltAssembly a)
{
  unsigned long long stamp;

  PetscFunctionBegin;
  PetscCall(PltAssemblyStamp(a, &stamp));
  if (s->ksp && stamp == s->stamp) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscLogStagePush(s->set_up));
  PetscCall(Create(s, a));
  PetscCall(PetscLogStagePop());
  s->stamp = stamp;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverTangent(PltSolver s, PltAssembly a)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->set_up));
  if (!s->ksp) PetscCall(Create(s, a));
  else {
    if (s->M) PetscCall(PltAssemblyMatrix(a, PETSC_FALSE, s->M));
    PetscCall(PltMgUpdateOperator(s->A, a));
    PetscCall(KSPSetOperators(s->ksp, s->A, s->M ? s->M : s->A));
    PetscCall(KSPSetUp(s->ksp));
  }
  PetscCall(PetscLogStagePop());
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverSupport(PltSolver s, PltAssembly a)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->set_up));
  if (s->M) PetscCall(PltAssemblyMatrix(a, PETSC_FALSE, s->M));
  PetscCall(PltMgUpdateSupport(s->A, a));
  PetscCall(KSPSetOperators(s->ksp, s->A, s->M ? s->M : s->A));
  PetscCall(KSPSetUp(s->ksp));
  PetscCall(PetscLogStagePop());
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverLinear(PltSolver s, PetscReal shift, Vec r, Vec dx, PltSolveReport *report,
                               PetscBool *definite)
{
  KSPConvergedReason reason;
  const char        *why;
  PetscInt           its;
  PetscReal          slope;

  PetscFunctionBegin;
  PetscCall(PltMgSetShift(s->A, shift));
  PetscCall(PetscLogStagePush(s->solve));
  PetscCall(KSPSolve(s->ksp, r, dx));
  PetscCall(PetscLogStagePop());
  PetscCall(PltMgSetShift(s->A, 0));
  PetscCall(KSPGetConvergedReason(s->ksp, &reason));
  PetscCall(KSPGetConvergedReasonString(s->ksp, &why));
  PetscCall(KSPGetIterationNumber(s->ksp, &its));
  report->solves++;
  report->iterations += its;
  PetscCall(VecDot(r, dx, &slope));
  *definite = (PetscBool)(reason > 0 && slope >= 0);
  PetscCheck(*definite || reason == KSP_DIVERGED_INDEFINITE_MAT || reason == KSP_DIVERGED_ITS ||
                 reason > 0,
             PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "the linear solver (%s) failed after %" PetscInt_FMT " iterations: %s",
             PltSolverName[s->used], its, why);
  PetscFunctionReturn(PETSC_SUCCESS);
}
