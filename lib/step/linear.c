/* SPDX-License-Identifier: BSD-2-Clause
   The linear solver of a tangent: column multigrid, MUMPS' Cholesky factor or algebraic multigrid,
   under conjugate gradients. In large kinematics the preconditioner is made from the part of the
   moduli alone, which is positive definite whatever the stress does to the tangent. */
#include "step/internal.h"

enum { CG_ITERATIONS_MAX = 5000, ITERATIONS_MAX = 1000 };
/* Relative residual of CG: three corrections then reach 1e-10. */
static const PetscReal CG_TOLERANCE = 1e-6;
/* Relative error in energy at which the column solver ends a correction. */
static const PetscReal COLUMNS_TOLERANCE = 1e-6;
/* Terms of the error's energy that are summed up before it counts as known (mg.h). */
enum { DELAY = 3 };
/* Longest step along a direction of negative curvature, over that of a panel without stress. */
static const PetscReal UPHILL_MAX = 20;
/* Unknowns from which the column solver is faster than the factor; in small kinematics with metal
   that yields, where the factor does not serve all temperatures of a step. */
enum { COLUMNS_FROM = 20000, COLUMNS_FROM_YIELDING = 3000 };

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
static PltSolverType Choose(PltSolver s, PltAssembly a)
{
  const PetscBool yielding = (PetscBool)(a->iterates && a->scheme.kinematics == PLT_SMALL);
  const PetscInt  from     = yielding ? COLUMNS_FROM_YIELDING : COLUMNS_FROM;

  if (s->type != PLT_SOLVER_AUTO) return s->type;
  return a->state->space->node_all > from / 3 ? PLT_SOLVER_COLUMNS : PLT_SOLVER_DIRECT;
}

static PetscErrorCode UseColumns(PltSolver s, PC pc)
{
  PetscFunctionBegin;
  PetscCall(KSPSetType(s->ksp, KSPCG));
  PetscCall(
      KSPSetTolerances(s->ksp, COLUMNS_TOLERANCE, PETSC_DEFAULT, PETSC_DEFAULT, ITERATIONS_MAX));
  PetscCall(PltMgSetEnergyTest(s->ksp, COLUMNS_TOLERANCE));
  PetscCall(PCSetType(pc, "platen"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Operator and solver of a new space, filled with the tangent of the assembly. */
static PetscErrorCode Create(PltSolver s, PltAssembly a)
{
  const PetscBool changes = (PetscBool)(a->scheme.kinematics == PLT_LARGE || a->iterates);
  PC              pc;

  PetscFunctionBegin;
  PetscCall(PltSolverReset(s));
  s->used = Choose(s, a);
  PetscCall(PltSpaceCreateVec(a->state->space, &s->r));
  PetscCall(VecDuplicate(s->r, &s->dx));
  if (s->used != PLT_SOLVER_COLUMNS) {
    PetscCall(PltSpaceCreateMat(a->state->space, a->bridge, &s->M));
    PetscCall(PltAssemblyMatrix(a, PETSC_FALSE, s->M));
    PetscCall(PltMgAttach(a, s->M));
  }
  if (changes || s->used == PLT_SOLVER_COLUMNS) PetscCall(PltMgCreateOperator(a, &s->A));
  PetscCall(KSPCreate(s->comm, &s->ksp));
  PetscCall(KSPSetOperators(s->ksp, s->A ? s->A : s->M, s->M ? s->M : s->A));
  PetscCall(KSPGetPC(s->ksp, &pc));
  if (s->used == PLT_SOLVER_COLUMNS) PetscCall(UseColumns(s, pc));
  else if (s->used == PLT_SOLVER_DIRECT) PetscCall(UseMumps(s->ksp, pc));
  else PetscCall(UseAmg(s, a->state, pc));
  if (changes && s->used == PLT_SOLVER_DIRECT) {
    PetscCall(KSPSetType(s->ksp, KSPCG)); /* the factor is that of K alone */
    PetscCall(
        KSPSetTolerances(s->ksp, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, ITERATIONS_MAX));
  }
  PetscCall(KSPSetFromOptions(s->ksp));
  if (s->used == PLT_SOLVER_AMG) PetscCall(RelaxLines(s, a->state));
  PetscCall(KSPSetUp(s->ksp));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverPrepare(PltSolver s, PltAssembly a)
{
  PetscFunctionBegin;
  if (s->ksp && a->stamp == s->stamp) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscLogStagePush(s->set_up));
  PetscCall(Create(s, a));
  PetscCall(PetscLogStagePop());
  s->stamp = a->stamp;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* How far u may have gone from where the tangent was made, over the thickness of the stack. */
static const PetscReal DRIFT_MAX = 2e-3;

PetscBool PltSolverServes(PltSolver s, PltAssembly a)
{
  const PltSlabs *slabs = &a->state->slabs;

  return (PetscBool)(s->ksp && s->stamp == a->stamp &&
                     s->drift <= DRIFT_MAX * (slabs->z[slabs->nply] - slabs->z[0]));
}

PetscErrorCode PltSolverTangent(PltSolver s, PltAssembly a)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->set_up));
  a->failed = 0;
  if (!s->ksp) PetscCall(Create(s, a));
  else {
    PetscCall(PltMgUpdateOperator(s->A, a));
    if (s->M) PetscCall(PltMgFillMatrix(s->A, s->M));
    PetscCall(KSPSetOperators(s->ksp, s->A, s->M ? s->M : s->A));
    PetscCall(KSPSetUp(s->ksp));
  }
  PetscCall(PetscLogStagePop());
  PetscCall(PltAssemblyFailed(a, &s->refused));
  s->stamp = s->refused ? 0 : a->stamp;
  s->drift = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverSupport(PltSolver s, PltAssembly a)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->set_up));
  PetscCall(PltMgUpdateSupport(s->A, a));
  if (s->M) PetscCall(PltMgFillMatrix(s->A, s->M));
  PetscCall(KSPSetOperators(s->ksp, s->A, s->M ? s->M : s->A));
  PetscCall(KSPSetUp(s->ksp));
  PetscCall(PetscLogStagePop());
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Work of conjugate gradients. */
typedef struct {
  Vec       r, z, p, Ap;
  PC        pc;
  PetscReal rz, curvature, total, last[DELAY];
} Gradients;

/* The next direction; its curvature under A. */
static PetscErrorCode Direction(Gradients *g, Mat A, PetscInt it)
{
  const PetscReal before = g->rz;

  PetscFunctionBegin;
  PetscCall(PCApply(g->pc, g->r, g->z));
  PetscCall(VecDot(g->r, g->z, &g->rz));
  if (it == 0) PetscCall(VecCopy(g->z, g->p));
  else PetscCall(VecAYPX(g->p, g->rz / before, g->z));
  PetscCall(MatMult(A, g->p, g->Ap));
  PetscCall(VecDot(g->p, g->Ap, &g->curvature));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Is the energy of what is left small beside that of what is there? The last terms stand for it. */
static PetscBool Small(Gradients *g, PetscReal alpha, PetscInt it, PetscReal tolerance)
{
  PetscReal left = 0;

  g->last[it % DELAY] = alpha * g->rz;
  g->total += alpha * g->rz;
  for (PetscInt i = 0; i < DELAY; i++) left += g->last[i];
  return (PetscBool)(it + 1 >= DELAY && left <= PetscSqr(tolerance) * g->total);
}

static PetscErrorCode Iterate(PltSolver s, Gradients *g, PetscReal tolerance, Vec x, PetscInt *its,
                              PetscBool *definite)
{
  PetscInt most;

  PetscFunctionBegin;
  PetscCall(KSPGetTolerances(s->ksp, NULL, NULL, NULL, &most));
  *definite = PETSC_TRUE;
  for (*its = 0;;) {
    PetscReal alpha;

    PetscCall(Direction(g, s->A, *its));
    if (g->rz == 0) break;
    PetscCheck(g->rz > 0 && !PetscIsInfOrNanReal(g->curvature), s->comm, PLT_ERR_CONVERGENCE,
               "the preconditioner (%s) is not positive definite", PltSolverName[s->used]);
    *definite = (PetscBool)(g->curvature > 0);
    alpha = *definite ? g->rz / g->curvature : g->rz / PetscMax(-g->curvature, g->rz / UPHILL_MAX);
    if (!*definite)
      PetscCall(PetscInfo(NULL, "step %" PetscInt_FMT " meets curvature %g of 1\n", *its,
                          (double)(g->curvature / g->rz)));
    PetscCall(VecAXPY(x, alpha, g->p));
    ++*its;
    if (!*definite || Small(g, alpha, *its - 1, tolerance)) break;
    PetscCheck(*its < most, s->comm, PLT_ERR_CONVERGENCE,
               "the linear solver (%s) failed after %" PetscInt_FMT " iterations",
               PltSolverName[s->used], *its);
    PetscCall(VecAXPY(g->r, -alpha, g->Ap));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverLinear(PltSolver s, PetscReal tolerance, Vec r, Vec dx,
                               PltSolveReport *report, PetscBool *definite)
{
  Gradients g   = {.total = 0};
  PetscInt  its = 0;

  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->solve));
  PetscCall(KSPGetPC(s->ksp, &g.pc));
  PetscCall(VecDuplicate(r, &g.r));
  PetscCall(VecDuplicate(r, &g.z));
  PetscCall(VecDuplicate(r, &g.p));
  PetscCall(VecDuplicate(r, &g.Ap));
  PetscCall(VecCopy(r, g.r));
  PetscCall(VecSet(dx, 0));
  PetscCall(Iterate(s, &g, tolerance, dx, &its, definite));
  report->solves++;
  report->iterations += its;
  PetscCall(VecDestroy(&g.r));
  PetscCall(VecDestroy(&g.z));
  PetscCall(VecDestroy(&g.p));
  PetscCall(VecDestroy(&g.Ap));
  PetscCall(PetscLogStagePop());
  PetscFunctionReturn(PETSC_SUCCESS);
}
