/* SPDX-License-Identifier: BSD-2-Clause
   Equilibrium by correction: solve with the tangent, add, take the residual element by element
   again. The nodal matrix of a panel with micrometre layers is so ill conditioned (1e13) that one
   direct solve keeps few digits; each correction adds as many, and two to eight reach rounding. */
#include "step/step.h"

/* Largest correction that ends the iteration, over the largest displacement of the process so far
   (back at the temperature of its birth, a panel has none): warpage is then good to 1e-8, a
   hundredth of what is promised. */
static const PetscReal CORRECTION_TOLERANCE = 1e-10;
/* When corrections stop shrinking, this is still good enough (rounding of the residual). */
static const PetscReal STAGNATION_TOLERANCE = 1e-8;
enum { CORRECTIONS_MAX = 20, CG_ITERATIONS_MAX = 5000 };
/* Relative residual of CG: three corrections then reach 1e-10. */
static const PetscReal CG_TOLERANCE = 1e-6;
/* Relative error in energy at which the column solver ends a correction. */
static const PetscReal COLUMNS_TOLERANCE = 1e-6;
/* Largest error in a displacement after that, over the correction: 1e-7 on the samples. */
static const PetscReal COLUMNS_LEFT = 1e-5;
enum { COLUMNS_ITERATIONS_MAX = 300 };
/* Unknowns from which the column solver is faster than the factor. */
enum { COLUMNS_FROM = 20000 };

static const char *const solver_name[] = {"auto", "columns", "direct", "amg"};

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
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverReset(PltSolver s)
{
  PetscFunctionBegin;
  s->stamp = 0;
  PetscCall(KSPDestroy(&s->ksp));
  PetscCall(MatDestroy(&s->A));
  PetscCall(VecDestroy(&s->r));
  PetscCall(VecDestroy(&s->dx));
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
  PetscCall(PetscEListFind(4, solver_name, type, &i, &found));
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
  PetscCall(MatSetNearNullSpace(s->A, modes));
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
  PetscCall(MatSetVariableBlockSizes(s->A, n, size));
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

/* Matrix and factor of the present tangent, unless they are there already. */
static PetscErrorCode Prepare(PltSolver s, PltAssembly a)
{
  unsigned long long stamp;
  PC                 pc;

  PetscFunctionBegin;
  PetscCall(PltAssemblyStamp(a, &stamp));
  if (s->ksp && stamp == s->stamp) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltSolverReset(s));
  s->stamp = stamp;
  s->used  = Choose(s, a->state->space);
  PetscCall(PltSpaceCreateVec(a->state->space, &s->r));
  PetscCall(VecDuplicate(s->r, &s->dx));
  if (s->used == PLT_SOLVER_COLUMNS) PetscCall(PltMgCreateOperator(a, &s->A));
  else {
    PetscCall(PltSpaceCreateMat(a->state->space, a->bridge, &s->A));
    PetscCall(PltAssemblyMatrix(a, PETSC_TRUE, s->A));
    PetscCall(PltMgAttach(a, s->A));
  }
  PetscCall(KSPCreate(s->comm, &s->ksp));
  PetscCall(KSPSetOperators(s->ksp, s->A, s->A));
  PetscCall(KSPGetPC(s->ksp, &pc));
  if (s->used == PLT_SOLVER_COLUMNS) PetscCall(UseColumns(s, pc));
  else if (s->used == PLT_SOLVER_DIRECT) PetscCall(UseMumps(s->ksp, pc));
  else PetscCall(UseAmg(s, a->state, pc));
  PetscCall(KSPSetFromOptions(s->ksp));
  if (s->used == PLT_SOLVER_AMG) PetscCall(RelaxLines(s, a->state));
  PetscCall(KSPSetUp(s->ksp));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One correction; its largest component goes to *size. */
static PetscErrorCode Correct(PltSolver s, PltState state, PltSolveReport *report, PetscReal *size)
{
  KSPConvergedReason reason;
  const char        *why;
  PetscInt           its;

  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->solve));
  PetscCall(KSPSolve(s->ksp, s->r, s->dx));
  PetscCall(PetscLogStagePop());
  PetscCall(KSPGetConvergedReason(s->ksp, &reason));
  PetscCall(KSPGetConvergedReasonString(s->ksp, &why));
  PetscCall(KSPGetIterationNumber(s->ksp, &its));
  report->solves++;
  report->iterations += its;
  PetscCheck(reason > 0, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "the linear solver (%s) failed after %" PetscInt_FMT " iterations: %s",
             solver_name[s->used], its, why);
  PetscCall(VecNorm(s->dx, NORM_INFINITY, size));
  PetscCheck(!PetscIsInfOrNanReal(*size), PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "the linear solver (%s) returned a number that is not finite", solver_name[s->used]);
  PetscCall(PltSpaceAddVec(state->space, s->dx, state->u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The forces of elements may vanish in equilibrium (a uniform free panel), so what rounding is
   measured against is the largest force that any of them has had in this process. */
static PetscErrorCode Residual(PltSolver s, PltAssembly a, PltSolveReport *report)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->forces));
  PetscCall(PltAssemblyResidual(a, s->r, &report->balance));
  PetscCall(PetscLogStagePop());
  s->scale              = PetscMax(s->scale, report->balance.scale);
  report->balance.scale = s->scale;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode LargestDisplacement(PltSolver s, PltState state)
{
  PetscReal largest = s->largest;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < state->mesh->nvert_own * state->nlevel; i++)
    for (PetscInt d = 0; d < 3 && state->space->node[i] >= 0; d++)
      largest = PetscMax(largest, PetscAbsReal(state->u[3 * i + d]));
  PetscCallMPI(MPI_Allreduce(&largest, &s->largest, 1, MPIU_REAL, MPI_MAX, s->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverSolve(PltSolver s, PltAssembly a, PltSolveReport *report)
{
  PetscReal before = PETSC_MAX_REAL, size = 0, left = PETSC_MAX_REAL;
  PetscInt  it;

  PetscFunctionBegin;
  PetscCall(PltSpaceSetFixed(a->state->space, a->state->u));
  PetscCall(PetscLogStagePush(s->set_up));
  PetscCall(Prepare(s, a));
  PetscCall(PetscLogStagePop());
  for (it = 0; it < CORRECTIONS_MAX; it++) {
    PetscCall(Residual(s, a, report));
    if (report->balance.unbalanced == 0) break;
    PetscCall(Correct(s, a->state, report, &size));
    PetscCall(LargestDisplacement(s, a->state));
    /* What is left after a correction that was itself solved to COLUMNS_TOLERANCE. */
    if (s->used == PLT_SOLVER_COLUMNS) left = COLUMNS_LEFT * size;
    if (PetscMin(size, left) <= CORRECTION_TOLERANCE * s->largest) break;
    if (size > 0.5 * before && size <= STAGNATION_TOLERANCE * s->largest) break;
    PetscCheck(
        size <= 2 * before, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
        "corrections of the displacement grow (%.6g m after %.6g m): is the panel held together?",
        (double)size, (double)before);
    before = size;
  }
  PetscCheck(it < CORRECTIONS_MAX, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "no equilibrium after %d corrections: the last one is %.6g m", CORRECTIONS_MAX,
             (double)size);
  PetscCall(Residual(s, a, report));
  PetscFunctionReturn(PETSC_SUCCESS);
}
