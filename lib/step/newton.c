/* SPDX-License-Identifier: BSD-2-Clause
   Newton's method of large deflection. Its tangent takes the stress of the MIP iteration (Magisano,
   Leonetti & Garcea 2017; element.h), and the first one of an increment is that of the equilibrium
   it starts from, whose stress is free of the new thermal strain. What does not converge is a
   result, which the caller answers with a smaller increment.

   Where the tangent is not positive definite, or the caller wants to leave an unstable shape, the
   potential is minimised instead: the matrix is shifted until it is, and the step is cut to the
   minimum along its direction. Without inner history the potential is a polynomial of degree four
   in u (St. Venant-Kirchhoff), its slope along a line a cubic one, so four residuals give it
   exactly. */
#include "step/internal.h"

enum { NEWTON_MAX = 20, MINIMISE_MAX = 60, CONTACT_MAX = 100, SHIFTS_MAX = 8 };
/* A correction this many times the smallest so far, or this part of the panel, has lost its way. */
static const PetscReal GROWTH_MAX = 100, SIZE_MAX_PART = 1;
/* Corrections below this part of the largest displacement are taken whole. */
static const PetscReal STRAIGHT = 1e-3;
/* First shift where the tangent is not positive definite; it doubles. */
static const PetscReal SHIFT = 0.05;

static size_t FieldSize(PltState s)
{
  return (size_t)s->mesh->nvert * (size_t)s->nlevel * 3;
}

/* r = outer less inner forces, less the part of `unbalanced` that is not yet let go. */
PetscErrorCode PltNewtonResidual(PltSolver s, PltAssembly a, const PltGoal *goal,
                                 PltSolveReport *report)
{
  PetscFunctionBegin;
  PetscCall(PltSolverResidual(s, a, report));
  if (goal->unbalanced) PetscCall(VecAXPY(s->r, -goal->kept, goal->unbalanced));
  if (goal->unbalanced && goal->contact) {
    PetscCall(VecAXPY(goal->contact->reaction, -goal->kept, goal->unbalanced));
    PetscCall(PltSpaceSplit(a->state->space, s->r, goal->contact->reaction));
  }
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
  PetscCall(PetscArraycpy(state->u, u, FieldSize(state)));
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

/* First minimum of the potential for t > 0, from its slope c[0] < 0 at 0: by doubling and halving. */
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
  PetscCall(PetscMalloc1(FieldSize(state) + 1, &u));
  PetscCall(PetscArraycpy(u, state->u, FieldSize(state)));
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

/* One correction with the present tangent, of a length that is good for the potential if the
   tangent had to be shifted or the potential is to be minimised. */
static PetscErrorCode Correct(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal shift,
                              PltSolveReport *report, PetscBool *usable)
{
  PetscReal c[4], size;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < SHIFTS_MAX; i++) {
    PetscCall(PltSolverLinear(s, shift, s->r, s->dx, report, usable));
    if (*usable) break;
    shift = PetscMax(SHIFT, 2 * shift);
  }
  if (!*usable) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(VecNorm(s->dx, NORM_INFINITY, &size));
  if (shift == 0 && (!goal->minimise || size < STRAIGHT * s->largest))
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltLineSlopes(s, a, goal, s->dx, c, report));
  PetscCall(VecScale(s->dx, Minimum(c)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Does a correction of this size still look like convergence? */
static PetscBool Sane(PltSolver s, PltAssembly a, PetscReal size, PetscReal smallest)
{
  const PltProject p = a->state->project;

  (void)s;
  if (PetscIsInfOrNanReal(size) || size > SIZE_MAX_PART * PetscMax(p->size[0], p->size[1]))
    return PETSC_FALSE;
  return (PetscBool)(size <= GROWTH_MAX * smallest);
}

/* A correction dx and the residual after it. *moved: nodes that came into contact or left it. */
static PetscErrorCode Step(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal shift,
                           PltSolveReport *report, PetscInt *moved, PetscBool *usable)
{
  const PltContact c      = goal->contact;
  PetscInt         caught = 0, gone = 0;

  PetscFunctionBegin;
  if (c) PetscCall(VecCopy(s->r, c->r));
  PetscCall(Correct(s, a, goal, shift, report, usable));
  if (c && *usable) PetscCall(PltContactCatch(c, s, a, c->r, s->dx, report, &caught, usable));
  if (!*usable) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltSpaceAddVec(a->state->space, s->dx, a->state->u));
  PetscCall(PltSolverLargest(s, a->state));
  PetscCall(PltNewtonResidual(s, a, goal, report));
  if (c) PetscCall(PltContactRelease(c, s->r, &gone));
  *moved = caught + gone;
  report->newton++;
  if (c)
    PetscCall(PetscInfo(NULL, "contacts: %" PetscInt_FMT " caught, %" PetscInt_FMT " let go\n",
                        caught, gone));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNewtonSolve(PltSolver s, PltAssembly a, const PltGoal *goal,
                              PltSolveReport *report, PetscBool *converged)
{
  const PltState state = a->state;
  const PetscInt most  = goal->minimise ? MINIMISE_MAX : goal->contact ? CONTACT_MAX : NEWTON_MAX;
  PetscReal     *before, size, smallest = PETSC_MAX_REAL;
  PetscBool      usable;
  PetscInt       moved = 0;

  PetscFunctionBegin;
  *converged = PETSC_FALSE;
  PetscCall(PetscMalloc1(FieldSize(state) + 1, &before));
  PetscCall(PltNewtonResidual(s, a, goal, report));
  for (PetscInt it = 0; it < most && !*converged; it++) {
    if (it > 0) {
      a->before = before;
      PetscCall(PltSolverTangent(s, a));
      a->before = NULL;
    }
    PetscCall(PetscArraycpy(before, state->u, FieldSize(state)));
    PetscCall(Step(s, a, goal, it < 2 ? goal->shift : 0, report, &moved, &usable));
    if (!usable) break;
    PetscCall(VecNorm(s->dx, NORM_INFINITY, &size));
    if (!Sane(s, a, size, smallest)) break;
    smallest = moved ? PETSC_MAX_REAL : PetscMin(smallest, size);
    PetscCall(PetscInfo(NULL, "Newton %" PetscInt_FMT ": correction %g m, residual %g N\n", it,
                        (double)size, (double)report->balance.unbalanced));
    if (goal->contact && moved && !PltContactWatch(goal->contact, moved)) break;
    *converged = (PetscBool)(!moved && size <= goal->tolerance * s->largest);
  }
  PetscCall(PetscFree(before));
  PetscFunctionReturn(PETSC_SUCCESS);
}
