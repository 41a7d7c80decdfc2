/* SPDX-License-Identifier: BSD-2-Clause
   Newton's method of large deflection. Its tangent takes the stress of the MIP iteration
   (Magisano, Leonetti & Garcea 2017; element.h), and the first one of an increment that of the
   equilibrium it starts from, which is free of the new thermal strain, with the moduli of the
   increment (increment.c). What does not converge is a result, which the caller answers with a
   smaller increment.

   Where the tangent is not positive definite, or the caller wants to leave an unstable shape,
   the potential is minimised instead, with the stress of u itself in the tangent, and each step
   is cut to the minimum along its direction. Without inner history the potential is a polynomial
   of degree four in u (St. Venant-Kirchhoff), its slope along a line a cubic one, so four
   residuals give it exactly.

   On a table or chuck the nodes in contact are looked for by the way (active.c): a correction
   catches those it would push through the plane, and the residual after it says which pull. It
   has converged only when none comes or goes. */
#include "step/internal.h"

/* Downhill to another shape goes in small steps: 45 where a panel with yielding copper snaps. */
enum { NEWTON_MAX = 12, MINIMISE_MAX = 150, CONTACT_MAX = 100 };
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
  if (goal->unbalanced && goal->contact) {
    PetscCall(VecAXPY(goal->contact->reaction, -goal->kept, goal->unbalanced));
    PetscCall(PltSpaceSplit(a->state->space, s->r, goal->contact->reaction));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Slope of the potential along d at the residual's u. Nodes that come into contact move too. */
static PetscErrorCode SlopeAlong(PltSolver s, const PltGoal *goal, Vec d, PetscReal *slope)
{
  PetscReal more = 0;

  PetscFunctionBegin;
  PetscCall(VecDot(s->r, d, slope));
  if (goal->contact) PetscCall(VecDot(goal->contact->reaction, d, &more));
  *slope = -(*slope + more);
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
  PetscCall(SlopeAlong(s, goal, d, slope));
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
  const PltState  state = a->state;
  const PetscReal scale = s->scale;
  PetscReal       g[4], *u;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(PltStateFieldSize(state) + 1, &u));
  PetscCall(PetscArraycpy(u, state->u, PltStateFieldSize(state)));
  PetscCall(PltNewtonResidual(s, a, goal, report));
  PetscCall(SlopeAlong(s, goal, d, &g[0]));
  PetscCall(Slope(s, a, goal, 0.5, d, u, &g[1], report));
  PetscCall(Slope(s, a, goal, 1, d, u, &g[2], report));
  PetscCall(Slope(s, a, goal, 2, d, u, &g[3], report));
  Cubic(g, c);
  s->scale = scale;
  PetscCall(PetscFree(u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Corrections so far. */
typedef struct {
  PetscInt   it, caught, gone; /* number; nodes that came into contact or left it in it */
  PetscReal *before;           /* u before the last one */
  PetscReal  size, last;       /* m, of this one and the one before */
  PetscReal  ratio, smallest;  /* of the last two; m */
  PetscReal  part;             /* of it that was taken */
  PetscBool  minimise, fresh;  /* the tangent is that of the present u */
  PetscBool  extrapolated;     /* its stress is */
  PetscBool  stiff;            /* the last correction was by a tangent that pulls too much */
} Newton;

/* Shorten the correction to the minimum of the potential along it, at most to the part `most`. */
static PetscErrorCode Cut(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal most,
                          Newton *now, PltSolveReport *report)
{
  PetscReal c[4];

  PetscFunctionBegin;
  PetscCall(PltLineSlopes(s, a, goal, s->dx, c, report));
  now->part = PetscMin(most, Minimum(c));
  PetscCall(VecScale(s->dx, now->part));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* With the stress extrapolated from `before`, or that of u. */
static PetscErrorCode Tangent(PltSolver s, PltAssembly a, Newton *now, const PetscReal *before)
{
  PetscFunctionBegin;
  a->before = before;
  PetscCall(PltSolverTangent(s, a));
  a->before         = NULL;
  now->extrapolated = (PetscBool)(before != NULL);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Where a path bends much, stress that was extrapolated may press more than the panel bears. Then
   that of u does, which rather pulls too much. */
static PetscErrorCode Linear(PltSolver s, PltAssembly a, PetscReal tolerance, Newton *now,
                             PltSolveReport *report, PetscBool *definite)
{
  PetscFunctionBegin;
  now->stiff = PETSC_FALSE;
  PetscCall(PltSolverLinear(s, tolerance, s->r, s->dx, report, definite));
  if (*definite || !now->extrapolated) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Tangent(s, a, now, NULL));
  now->stiff = PETSC_TRUE;
  PetscCall(PltSolverLinear(s, tolerance, s->r, s->dx, report, definite));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One correction with the present tangent, and what part of it is taken. Once the tangent was not
   positive definite the potential is minimised: the part is that to the minimum along it. */
static PetscErrorCode Correct(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal tolerance,
                              Newton *now, PltSolveReport *report)
{
  const PltContact c = goal->contact;
  PetscBool        definite, small;

  PetscFunctionBegin;
  now->part   = 1;
  now->caught = 0;
  if (c) PetscCall(VecCopy(s->r, c->r));
  PetscCall(Linear(s, a, tolerance, now, report, &definite));
  PetscCall(VecNorm(s->dx, NORM_INFINITY, &now->size));
  if (!definite) now->minimise = PETSC_TRUE;
  if (now->minimise && goal->cautious) PetscFunctionReturn(PETSC_SUCCESS);
  small = (PetscBool)(definite && now->size <= STRAIGHT * s->largest);
  if (now->minimise && !small) PetscCall(Cut(s, a, goal, PETSC_MAX_REAL, now, report));
  if (c) PetscCall(PltContactCatch(c, s, a, tolerance, report, &now->caught, &definite));
  if (now->caught && !definite) now->minimise = PETSC_TRUE;
  if (now->caught && now->minimise && !goal->cautious) {
    now->part = 1;
    if (!small) PetscCall(Cut(s, a, goal, 1, now, report));
  }
  PetscCall(VecNorm(s->dx, NORM_INFINITY, &now->size));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Does a correction of this size still look like convergence? */
static PetscBool Sane(PltAssembly a, const Newton *now)
{
  const PltProject p    = a->state->project;
  const PetscReal  most = SIZE_MAX_PART * PetscMax(p->size[0], p->size[1]);

  return (PetscBool)(!PetscIsInfOrNanReal(now->size) && now->size <= most &&
                     now->size <= GROWTH_MAX * now->smallest);
}

/* A correction is made and added, unless it has lost its way. */
static PetscErrorCode Step(PltSolver s, PltAssembly a, const PltGoal *goal, PetscReal tolerance,
                           Newton *now, PltSolveReport *report, PetscBool *lost)
{
  const PltState state = a->state;

  PetscFunctionBegin;
  now->fresh = (PetscBool)(now->it > 0 && (now->ratio > RATIO_SERVES || now->gone));
  if (now->fresh) {
    PetscCall(Tangent(s, a, now, now->minimise ? NULL : now->before));
    *lost = s->refused;
    if (*lost) PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Correct(s, a, goal, tolerance, now, report));
  *lost = (PetscBool)((now->minimise && goal->cautious) || !Sane(a, now));
  if (*lost) PetscFunctionReturn(PETSC_SUCCESS);
  now->smallest = PetscMin(now->smallest, now->size);
  PetscCall(PetscArraycpy(now->before, state->u, PltStateFieldSize(state)));
  PetscCall(PltSpaceAddVec(state->space, s->dx, state->u));
  PetscCall(PltSolverLargest(s, state));
  if (now->caught && now->part < 1) PetscCall(PltContactDrop(goal->contact));
  report->newton++;
  PetscCall(PetscInfo(NULL, "Newton %" PetscInt_FMT ": correction %g m, residual %g N%s\n", now->it,
                      (double)now->size, (double)report->balance.unbalanced,
                      now->minimise ? ", minimised" : ""));
  s->drift += now->size;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The contacts after a correction: those that pull are let go. *settled: none came or went, which
   without contact is always so; *lost: they do not become fewer. */
static PetscErrorCode Settle(PltAssembly a, Vec r, PltContact c, Newton *now, PetscBool *settled,
                             PetscBool *lost)
{
  PetscFunctionBegin;
  *settled  = PETSC_TRUE;
  now->gone = 0;
  if (!c || now->it == 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltContactRelease(c, r, &now->gone));
  *settled = (PetscBool)(now->caught + now->gone == 0);
  if (*settled) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscInfo(NULL, "contacts: %" PetscInt_FMT " caught, %" PetscInt_FMT " let go\n",
                      now->caught, now->gone));
  PetscCall(PltAssemblyStamp(a));
  *lost         = (PetscBool)!PltContactWatch(c, now->caught + now->gone);
  now->ratio    = 1;
  now->smallest = PETSC_MAX_REAL;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What is likely to be left after a correction. */
static PetscReal Left(Newton *now, PetscReal tolerance)
{
  PetscReal left;

  now->ratio = now->it > 0 ? now->size / now->last : 1;
  now->last  = now->size;
  left       = PetscMin(1, now->fresh ? PetscSqr(now->ratio) : now->ratio);
  if (now->stiff) left = 1; /* its corrections are small even where much is left */
  return now->size * PetscMax(LINEAR_LEFT * tolerance, left);
}

/* *scale, if asked for, becomes that of the first residual. */
static PetscErrorCode Iterate(PltSolver s, PltAssembly a, const PltGoal *goal,
                              PltSolveReport *report, PetscReal *scale, PetscBool *converged)
{
  const PltContact c    = goal->contact;
  Newton           now  = {.ratio = 1, .smallest = PETSC_MAX_REAL, .minimise = goal->minimise};
  PetscBool        near = PETSC_FALSE, settled, lost = PETSC_FALSE;

  PetscFunctionBegin;
  *converged     = PETSC_FALSE;
  s->contraction = 0;
  s->fell        = PETSC_FALSE;
  PetscCall(PetscMalloc1(PltStateFieldSize(a->state) + 1, &now.before));
  for (; !lost && !*converged; now.it++) {
    PetscReal tolerance = now.it == 0 ? TOLERANCE_FIRST : TOLERANCE_NEXT;

    PetscCall(PltNewtonResidual(s, a, goal, report));
    if (now.it == 0 && scale) *scale = s->scale;
    if (PetscIsInfReal(report->balance.unbalanced)) break; /* a law has no answer */
    PetscCall(Settle(a, s->r, c, &now, &settled, &lost));
    *converged = (PetscBool)(near && settled);
    if (*converged || lost) break;
    if (now.it >= (c ? CONTACT_MAX : now.minimise ? MINIMISE_MAX : NEWTON_MAX)) break;
    PetscCall(Step(s, a, goal, tolerance, &now, report, &lost));
    near = (PetscBool)(now.part > WHOLE && Left(&now, tolerance) <= goal->tolerance * s->largest);
    if (now.it == 1) s->contraction = now.ratio;
    *converged = (PetscBool)(near && !c && !lost);
  }
  s->fell = (PetscBool)(*converged && now.minimise && !goal->minimise);
  PetscCall(PetscFree(now.before));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Forces and displacements of iterates, which may be far out, are no measure for those of
   equilibria: solver->scale stays what it was, or what it is before anything has moved. */
PetscErrorCode PltNewtonSolve(PltSolver s, PltAssembly a, const PltGoal *goal,
                              PltSolveReport *report, PetscBool *converged)
{
  PetscReal       scale   = s->scale;
  const PetscReal largest = s->largest;

  PetscFunctionBegin;
  PetscCall(Iterate(s, a, goal, report, goal->rests ? &scale : NULL, converged));
  s->scale   = scale;
  s->largest = largest;
  if (*converged) PetscCall(PltSolverLargest(s, a->state));
  PetscFunctionReturn(PETSC_SUCCESS);
}
