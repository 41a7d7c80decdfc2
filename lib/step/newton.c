/* SPDX-License-Identifier: BSD-2-Clause
   Newton's method of large deflection. Its tangent takes the stress of the MIP iteration
   (Magisano, Leonetti & Garcea 2017; element.h), and the first one of an increment is that of
   the equilibrium it starts from, whose stress is free of the new thermal strain. What does not
   converge is a result, which the caller answers with a smaller increment.

   Where the tangent is not positive definite, or the caller wants to leave an unstable shape,
   the potential is minimised instead, with the stress of u itself in the tangent, and each step
   is cut to the minimum along its direction. Without inner history the potential is a polynomial
   of degree four in u (St. Venant-Kirchhoff), its slope along a line a cubic one, so four
   residuals give it exactly. */
#include "step/internal.h"

enum { NEWTON_MAX = 12, MINIMISE_MAX = 40 };
/* Relative error in energy that the linear solver may leave: of the first correction of an
   increment, and of those that follow. In displacements it leaves about ten times as much;
   Newton's method itself the square of the ratio of the last two, or with a tangent that served
   before the ratio. */
static const PetscReal TOLERANCE_FIRST = 1e-2, TOLERANCE_NEXT = 1e-3;
static const PetscReal LINEAR_LEFT = 10;
/* A tangent that made the last correction this much smaller than the one before serves once
   more. */
static const PetscReal RATIO_SERVES = 0.02;
/* A correction this many times the smallest so far, or this part of the panel, has lost its way. */
static const PetscReal GROWTH_MAX = 100, SIZE_MAX_PART = 1;
/* Corrections below this part of the largest displacement are taken whole. */
static const PetscReal STRAIGHT = 1e-3;
/* A correction of which less was taken has not converged, however small it was. */
static const PetscReal WHOLE = 0.5;

/* r = outer less inner forces, less the part of `unbalanced` that is not yet let go. */
PetscErrorCode PltNewtonResidual(PltSolver s, PltAssembly a, const PltGoal *goal,
                                 PltSolveReport *report)
{
  PetscFunctionBegin;
  PetscCall(PltSolverResidual(s, a, report));
  if (goal->unbalanced) PetscCall(VecAXPY(s->r, -goal->kept, goal->unbalanced));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Slope of the potential at u + t d along d; u stays. */
static PetscErrorCode Slope(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal t, Vec d,
                            const PetscReal *u, PetscReal *slope, PltSolveReport *report)
{
  const PltState state = a->state;

  PetscFunctionBegin;
  PetscCall(VecScale(d, t));
  PetscCall(PltSpaceAddVec(state->space, d, state->u));
  PetscCall(VecScale(d, 1 / t));
  PetscCall(PltNewtonResidual(s, a, goal, report));
  PetscCall(VecDot(s->r, d, slope));
  *slope = -*slope;
  PetscCall(PetscArraycpy(state->u, u, PltStateFieldSize(state)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The cubic through g at 0, 1/2, 1, 2 as coefficients of powers. */
static void Cubic(const PetscReal g[4], PetscReal c[4])
{
  /* Newton's divided differences at 0, 1/2, 1, 2. */
  const PetscReal d1 = 2 * (g[1] - g[0]), d2 = 2 * (g[2] - g[1]), d3 = g[3] - g[2];
  const PetscReal e1 = d2 - d1, e2 = (d3 - d2) / 1.5, f = (e2 - e1) / 2;

  c[0] = g[0];
  c[1] = d1 - e1 / 2 + f / 2;
  c[2] = e1 - 1.5 * f;
  c[3] = f;
}

static PetscReal CubicAt(const PetscReal c[4], PetscReal t)
{
  return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

/* First minimum of the potential for t > 0, from its slope c[0] < 0 at 0: by doubling and
   halving. */
static PetscReal Minimum(const PetscReal c[4])
{
  PetscReal low = 0, high = 1. / 64;

  while (CubicAt(c, high) < 0 && high < 64) low = high, high *= 2;
  if (CubicAt(c, high) < 0) return high;
  for (PetscInt i = 0; i < 60; i++) {
    const PetscReal mid = (low + high) / 2;

    if (CubicAt(c, mid) < 0) low = mid;
    else high = mid;
  }
  return high;
}

PetscErrorCode PltLineSlopes(PltSolver s, PltAssembly a, const PltGoal *goal, Vec d, PetscReal c[4],
                             PltSolveReport *report)
{
  const PltState state = a->state;
  PetscReal      g[4], *u;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(PltStateFieldSize(state) + 1, &u));
  PetscCall(PetscArraycpy(u, state->u, PltStateFieldSize(state)));
  PetscCall(PltNewtonResidual(s, a, goal, report));
  PetscCall(VecDot(s->r, d, &g[0]));
  g[0] = -g[0];
  PetscCall(Slope(s, a, goal, 0.5, d, u, &g[1], report));
  PetscCall(Slope(s, a, goal, 1, d, u, &g[2], report));
  PetscCall(Slope(s, a, goal, 2, d, u, &g[3], report));
  Cubic(g, c);
  PetscCall(PetscFree(u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One correction with the present tangent, and what part of it is taken. Once the tangent was not
   positive definite the potential is minimised: the part is that to the minimum along it. */
static PetscErrorCode Correct(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal tolerance,
                              PetscBool *minimise, PetscReal *part, PltSolveReport *report)
{
  PetscBool definite;
  PetscReal c[4], size;

  PetscFunctionBegin;
  *part = 1;
  PetscCall(PltSolverLinear(s, tolerance, s->r, s->dx, report, &definite));
  PetscCall(VecNorm(s->dx, NORM_INFINITY, &size));
  if (!definite) *minimise = PETSC_TRUE;
  if (*minimise && goal->cautious) PetscFunctionReturn(PETSC_SUCCESS);
  if (!*minimise || (definite && size < STRAIGHT * s->largest)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltLineSlopes(s, a, goal, s->dx, c, report));
  *part = Minimum(c);
  PetscCall(VecScale(s->dx, *part));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Does a correction of this size still look like convergence? */
static PetscBool Sane(PltAssembly a, PetscReal size, PetscReal smallest)
{
  const PltProject p = a->state->project;

  if (PetscIsInfOrNanReal(size) || size > SIZE_MAX_PART * PetscMax(p->size[0], p->size[1]))
    return PETSC_FALSE;
  return (PetscBool)(size <= GROWTH_MAX * smallest);
}

PetscErrorCode PltNewtonSolve(PltSolver s, PltAssembly a, const PltGoal *goal,
                              PltSolveReport *report, PetscBool *converged)
{
  const PltState state = a->state;
  PetscReal     *before, size, left, last = 0, ratio = 1, tolerance, smallest = PETSC_MAX_REAL;
  PetscReal      part;
  PetscBool      minimise = goal->minimise, fresh;

  PetscFunctionBegin;
  *converged = PETSC_FALSE;
  PetscCall(PetscMalloc1(PltStateFieldSize(state) + 1, &before));
  for (PetscInt it = 0; it < (minimise ? MINIMISE_MAX : NEWTON_MAX) && !*converged; it++) {
    PetscCall(PltNewtonResidual(s, a, goal, report));
    if (PetscIsInfReal(report->balance.unbalanced)) break; /* a law has no answer */
    fresh = (PetscBool)(it > 0 && ratio > RATIO_SERVES);
    if (fresh) {
      a->before = minimise ? NULL : before;
      PetscCall(PltSolverTangent(s, a));
      a->before = NULL;
    }
    tolerance = it == 0 ? TOLERANCE_FIRST : TOLERANCE_NEXT;
    PetscCall(Correct(s, a, goal, tolerance, &minimise, &part, report));
    if (minimise && goal->cautious) break;
    PetscCall(VecNorm(s->dx, NORM_INFINITY, &size));
    if (!Sane(a, size, smallest)) break;
    smallest = PetscMin(smallest, size);
    PetscCall(PetscArraycpy(before, state->u, PltStateFieldSize(state)));
    PetscCall(PltSpaceAddVec(state->space, s->dx, state->u));
    PetscCall(PltSolverLargest(s, state));
    report->newton++;
    PetscCall(PetscInfo(NULL, "Newton %" PetscInt_FMT ": correction %g m, residual %g N%s\n", it,
                        (double)size, (double)report->balance.unbalanced,
                        minimise ? ", minimised" : ""));
    s->drift += size;
    ratio      = it > 0 ? size / last : 1;
    left       = PetscMin(1, fresh ? PetscSqr(ratio) : ratio);
    left       = size * PetscMax(LINEAR_LEFT * tolerance, left);
    last       = size;
    *converged = (PetscBool)(part > WHOLE && left <= goal->tolerance * s->largest);
  }
  PetscCall(PetscFree(before));
  PetscFunctionReturn(PETSC_SUCCESS);
}
