/* SPDX-License-Identifier: BSD-2-Clause
   Equilibrium by correction: solve with the tangent, add, take the residual element by element
   again. The nodal matrix of a panel with micrometre layers is so ill conditioned (1e13) that one
   direct solve keeps few digits; each correction adds as many, and two to eight reach rounding. */
#include "step/internal.h"

/* Largest correction that ends the iteration, over the largest displacement of the process so far
   (back at the temperature of its birth, a panel has none): warpage is then good to 1e-8, a
   hundredth of what is promised. */
static const PetscReal CORRECTION_TOLERANCE = 1e-10;
/* When corrections stop shrinking, this is still good enough (rounding of the residual). */
static const PetscReal STAGNATION_TOLERANCE = 1e-8;
enum { CORRECTIONS_MAX = 20 };
/* By how much a correction may be larger than the one before. */
static const PetscReal GROWTH = 2;
/* A correction that is larger than this part of the one before does not shrink. */
static const PetscReal STAGNATES = 0.5;
/* Largest error in a displacement after a correction by the column solver, over the correction:
   1e-7 on the samples. */
static const PetscReal COLUMNS_LEFT = 1e-5;

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
             PltSolverName[s->used], its, why);
  PetscCall(VecNorm(s->dx, NORM_INFINITY, size));
  PetscCheck(!PetscIsInfOrNanReal(*size), PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "the linear solver (%s) returned a number that is not finite", PltSolverName[s->used]);
  PetscCall(PltSpaceAddVec(state->space, s->dx, state->u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The forces of elements may vanish in equilibrium (a uniform free panel), so what rounding is
   measured against is the largest force that any of them has had in this process. */
PetscErrorCode PltSolverResidual(PltSolver s, PltAssembly a, PltSolveReport *report)
{
  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->forces));
  PetscCall(PltAssemblyResidual(a, s->r, &report->balance));
  PetscCall(PetscLogStagePop());
  s->scale              = PetscMax(s->scale, report->balance.scale);
  report->balance.scale = s->scale;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverLargest(PltSolver s, PltState state)
{
  PetscReal largest = s->largest;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < state->mesh->nvert_own * state->nlevel; i++)
    for (PetscInt d = 0; d < 3 && state->space->node[i] >= 0; d++)
      largest = PetscMax(largest, PetscAbsReal(state->u[3 * i + d]));
  PetscCallMPI(MPI_Allreduce(&largest, &s->largest, 1, MPIU_REAL, MPI_MAX, s->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What is left after a correction of this size: of one that was itself solved to COLUMNS_TOLERANCE,
   next to nothing. */
static PetscReal Left(PltSolver s, PetscReal size)
{
  return s->used == PLT_SOLVER_COLUMNS ? COLUMNS_LEFT * size : size;
}

PetscErrorCode PltSolverSolve(PltSolver s, PltAssembly a, PltSolveReport *report)
{
  PetscReal before = PETSC_MAX_REAL, size = 0;
  PetscInt  it;

  PetscFunctionBegin;
  PetscCall(PltSpaceSetFixed(a->state->space, a->state->u));
  PetscCall(PltSolverPrepare(s, a));
  for (it = 0; it < CORRECTIONS_MAX; it++) {
    PetscCall(PltSolverResidual(s, a, report));
    if (report->balance.unbalanced == 0) break;
    if (PetscIsInfReal(report->balance.unbalanced)) PetscFunctionReturn(PETSC_SUCCESS);
    PetscCall(Correct(s, a->state, report, &size));
    PetscCall(PltSolverLargest(s, a->state));
    if (Left(s, size) <= CORRECTION_TOLERANCE * s->largest) break;
    if (size > STAGNATES * before && size <= STAGNATION_TOLERANCE * s->largest) break;
    PetscCheck(
        size <= GROWTH * before, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
        "corrections of the displacement grow (%.6g mm after %.6g mm): is the panel held together?",
        (double)(1e3 * size), (double)(1e3 * before));
    before = size;
  }
  PetscCheck(it < CORRECTIONS_MAX, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "no equilibrium after %" PetscInt_FMT " corrections: the last one is %.6g mm",
             (PetscInt)CORRECTIONS_MAX, (double)(1e3 * size));
  PetscCall(PltSolverResidual(s, a, report));
  PetscFunctionReturn(PETSC_SUCCESS);
}
