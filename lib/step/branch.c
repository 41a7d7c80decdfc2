/* SPDX-License-Identifier: BSD-2-Clause
   Leaving an unstable equilibrium: along its lowest mode, downhill in both directions, to a
   stable one. A symmetric panel has two that differ by a mirror image only. Which of them is
   taken is then settled by a rule, so that a run does not depend on rounding or the number of
   ranks: the one that rolls about the y axis, its larger curvature along x; for a mode that has
   no such sense, the one with the larger twist about z. */
#include "step/internal.h"

/* Potentials that differ by less than this part are equal: equilibria on the way, good to 1e-6,
   make those of mirror images differ by as much. */
static const PetscReal SAME_ENERGY = 1e-4;

/* Both minima t[] < 0 < t of the potential along a mode from an equilibrium, where the slope is
   t (c1 + c2 t + c3 t^2), and how far down they are. */
static PetscBool Minima(const PetscReal c[4], PetscReal t[2], PetscReal energy[2])
{
  const PetscReal root = PetscSqr(c[2]) - 4 * c[1] * c[3];

  if (c[1] >= 0 || c[3] <= 0 || root <= 0) return PETSC_FALSE;
  t[0] = (-c[2] - PetscSqrtReal(root)) / (2 * c[3]);
  t[1] = (-c[2] + PetscSqrtReal(root)) / (2 * c[3]);
  for (PetscInt i = 0; i < 2; i++)
    energy[i] = PetscSqr(t[i]) * (c[1] / 2 + t[i] * (c[2] / 3 + t[i] * c[3] / 4));
  return PETSC_TRUE;
}

/* Deflection of a field as moments over the plan of x^2 - y^2, x y and x^2 + y^2 - mean. */
static PetscErrorCode Moments(PltState s, const PetscReal *u, PetscReal moment[3])
{
  const PetscReal *size = s->project->size;

  PetscFunctionBegin;
  moment[0] = moment[1] = moment[2] = 0;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    const PetscReal x = 2 * s->mesh->xy[2 * v] / size[0], y = 2 * s->mesh->xy[2 * v + 1] / size[1];

    for (PetscInt k = 0; k < s->nlevel; k++) {
      const PetscReal w = u[3 * (v * s->nlevel + k) + 2];

      if (s->space->node[v * s->nlevel + k] != 0) continue;
      moment[0] += w * (x * x - y * y);
      moment[1] += w * x * y;
      moment[2] += w * (x * x + y * y - 2. / 3);
      break;
    }
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, moment, 3, MPIU_REAL, MPI_SUM, s->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* +1 or -1: the sense of the mode that the rule of this file prefers. */
static PetscErrorCode Preferred(PltState s, Vec mode, PetscInt *sense)
{
  PetscReal *field, shape[3], turn[3];

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(s->mesh->nvert * s->nlevel * 3 + 1, &field));
  PetscCall(PltSpaceAddVec(s->space, mode, field));
  PetscCall(Moments(s, s->u, shape));
  PetscCall(Moments(s, field, turn));
  PetscCall(PetscFree(field));
  if (PetscAbsReal(turn[0]) > 1e-3 * PetscAbsReal(turn[1]))
    *sense = turn[0] * (shape[2] < 0 ? -1 : 1) > 0 ? 1 : -1;
  else *sense = turn[1] > 0 ? 1 : -1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltBranchLeave(PltSolver s, PltAssembly a, const PltGoal *goal, Vec mode,
                              PltSolveReport *report, PetscBool *converged)
{
  const PltSlabs *slabs = &a->state->slabs;
  const PetscReal thick = slabs->z[slabs->nply] - slabs->z[0];
  PltGoal         down  = *goal;
  PetscReal       size, c[4], t[2], energy[2];
  PetscInt        sense = 1;

  PetscFunctionBegin;
  *converged = PETSC_FALSE;
  PetscCall(VecNorm(mode, NORM_INFINITY, &size));
  PetscCall(VecScale(mode, thick / size));
  PetscCall(PltLineSlopes(s, a, goal, mode, c, report));
  if (!Minima(c, t, energy)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Preferred(a->state, mode, &sense));
  if (PetscAbsReal(energy[0] - energy[1]) >
      SAME_ENERGY * PetscMax(PetscAbsReal(energy[0]), PetscAbsReal(energy[1])))
    sense = energy[1] < energy[0] ? 1 : -1;
  PetscCall(PetscInfo(NULL, "leaving an unstable shape: %g or %g thicknesses along the mode\n",
                      (double)t[0], (double)t[1]));
  PetscCall(VecScale(mode, sense > 0 ? t[1] : t[0]));
  PetscCall(PltSpaceAddVec(a->state->space, mode, a->state->u));
  PetscCall(PltSolverTangent(s, a));
  down.minimise = PETSC_TRUE;
  down.rests    = PETSC_FALSE;
  PetscCall(PltNewtonSolve(s, a, &down, report, converged));
  PetscFunctionReturn(PETSC_SUCCESS);
}
