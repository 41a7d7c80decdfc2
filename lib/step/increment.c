/* SPDX-License-Identifier: BSD-2-Clause
   One increment of a way in large kinematics (path.c): from an equilibrium to the next one,
   which is to be accurate and stable, and back where there is none. */
#include "step/internal.h"

enum { SWITCHES_MAX = 6 };
/* Last correction over the largest displacement on the way. */
static const PetscReal TOLERANCE = 1e-5;

void PltProcessShrink(PltProcess p, const PltStep *step, PetscReal part)
{
  for (PetscInt i = 0; i < step->nshrink; i++)
    p->state->ply[2 * step->shrink[i].ply + PLT_IN_FILL].shrink +=
        (part - p->shrunk) * step->shrink[i].value;
  p->shrunk = part;
}

PetscErrorCode PltWayLoad(PltProcess p, const PltStep *step, const PltWay *path, PetscReal way,
                          PetscReal dt, PltAssembly *a)
{
  PetscFunctionBegin;
  p->state->T = path->T[0] + way * (path->T[1] - path->T[0]);
  if (way == 1) p->state->T = path->T[1];
  PltProcessShrink(p, step, path->shrunk[0] + way * (path->shrunk[1] - path->shrunk[0]));
  if (path->fade[1] > 0)
    PltStateFade(p->state, step->nremove, step->remove,
                 PetscPowReal(10, -path->fade[0] - way * (path->fade[1] - path->fade[0])));
  if (path->thin[0] > 0)
    PltStateThin(p->state, step->grind[0].ply,
                 way == 1 ? path->thin[1] : path->thin[0] + way * (path->thin[1] - path->thin[0]));
  PetscCall(PltAssemblyCreate(p->state, &p->scheme, p->state->T, dt, path->gravity, a));
  if (p->contact) PltContactAttach(p->contact, *a);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscReal PltWayDuration(PltProcess p, const PltWay *path, PetscReal part)
{
  const PetscBool timeless =
      (PetscBool)(path->unbalanced || path->fade[1] > 0 || path->thin[0] > 0);

  return timeless ? 0 : part * p->place.span;
}

/* Moduli of an equilibrium must be there: there is no increment that could be cut. */
PetscErrorCode PltWayAnswered(PltProcess p, const PltStep *step)
{
  PetscFunctionBegin;
  PetscCheck(!p->solver->refused, p->mesh->comm, PLT_ERR_CONVERGENCE,
             "step '%s': a law has no modulus at %.4g degC where the panel is in equilibrium",
             step->name, (double)p->state->T - 273.15);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltWayCommit(PltProcess p, const PltWay *path)
{
  PetscFunctionBegin;
  if (!PltStateRemembers(p->state)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltAssemblyCommit(p->assembly));
  PetscCall(PltAssemblyDestroy(&p->assembly));
  PetscCall(PltAssemblyCreate(p->state, &p->scheme, p->state->T, 0, path->gravity, &p->assembly));
  if (p->contact) PltContactAttach(p->contact, p->assembly);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Are the moduli of the next increment others than those of the last tangent? */
static PetscBool Varies(PltProcess p, const PltWay *path)
{
  return (PetscBool)((path->T[0] != path->T[1] || PltWayDuration(p, path, 1) > 0) &&
                     PltStateModuliVary(p->state));
}

PetscErrorCode PltWayRestore(PltProcess p, const PltStep *step, const PltWay *path, PetscReal way)
{
  const PltState s = p->state;

  PetscFunctionBegin;
  PetscCall(PltStateRestore(s));
  if (p->contact) PetscCall(PltContactHold(p->contact));
  PetscCall(PltAssemblyDestroy(&p->assembly));
  PetscCall(PltWayLoad(p, step, path, way, 0, &p->assembly));
  if (Varies(p, path)) PetscFunctionReturn(PETSC_SUCCESS); /* and Depart makes one */
  PetscCall(PltSolverTangent(p->solver, p->assembly));
  PetscCall(PltWayAnswered(p, step));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Is the equilibrium that was found stable? If not, leave it for one that is. */
static PetscErrorCode Stabilise(PltProcess p, PltAssembly a, const PltGoal *goal, PetscBool *good)
{
  PltSolver s = p->solver;
  Vec       mode;

  PetscFunctionBegin;
  *good            = PETSC_TRUE;
  p->report.lambda = NAN;
  if (p->scheme.kinematics == PLT_SMALL) PetscFunctionReturn(PETSC_SUCCESS);
  if (!PltSolverServes(s, a)) PetscCall(PltSolverTangent(s, a));
  if (s->refused) *good = PETSC_FALSE;
  if (s->refused || !p->project->stability) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(VecDuplicate(s->r, &mode));
  for (PetscInt i = 0; i <= SWITCHES_MAX; i++) {
    PetscCall(PltSolverLowest(s, a->state, &p->report.lambda, mode));
    *good = (PetscBool)(p->report.lambda >= 0);
    if (*good || i == SWITCHES_MAX) break;
    p->report.switches++;
    PetscCall(PltBranchLeave(s, a, goal, mode, &p->report, good));
    if (!*good) break;
    PetscCall(PltSolverTangent(s, a));
    *good = (PetscBool)!s->refused;
    if (!*good) break;
  }
  PetscCall(VecDestroy(&mode));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The first tangent of an increment has the moduli that hold in it, which temperature and time may
   change by orders, and the stress of the equilibrium it starts from, without that which new
   thermal strain makes before anything has moved. What the iteration extrapolates from it
   (newton.c) is then the stress of a linear answer, which leaves nothing behind that presses. */
static PetscErrorCode Depart(PltProcess p, const PltWay *path, PltAssembly a, PetscBool *good)
{
  PetscFunctionBegin;
  *good = PETSC_TRUE;
  if (!Varies(p, path)) PetscFunctionReturn(PETSC_SUCCESS);
  a->rest = p->assembly;
  PetscCall(PltSolverTangent(p->solver, a));
  a->rest = NULL;
  *good   = (PetscBool)!p->solver->refused;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What was only found downhill, in an increment so short that this is allowed, is not the shape
   that was followed: that one has ended, as where a panel snaps through.

   Accuracy is looked at before stability, which takes longer, and again at another shape. */
PetscErrorCode PltWayTry(PltProcess p, const PltStep *step, PltWay *path, PetscReal from,
                         PetscReal way, PetscBool *good)
{
  const PetscBool large    = (PetscBool)(p->scheme.kinematics == PLT_LARGE);
  PltGoal         goal     = {.unbalanced = path->unbalanced,
                              .kept       = 1 - way,
                              .cautious   = (PetscBool)(large && way - from > PLT_PACE_SHORT),
                              .minimise   = (PetscBool)!large,
                              .contact    = p->contact,
                              .rests      = (PetscBool)!path->unbalanced,
                              .tolerance  = way < 1 ? TOLERANCE : PLT_TOLERANCE_END};
  const PetscInt  switches = p->report.switches;
  PetscBool       fell     = PETSC_FALSE;
  PltAssembly     a;

  PetscFunctionBegin;
  PetscCall(PltWayLoad(p, step, path, way, PltWayDuration(p, path, way - from), &a));
  if (!goal.rests) PetscCall(PltSolverResidual(p->solver, a, &p->report)); /* the scale of forces */
  PetscCall(Depart(p, path, a, good));
  PetscCall(PltHeldMove(p->state, p->contact, path->start, way));
  if (*good) {
    PetscCall(PltNewtonSolve(p->solver, a, &goal, &p->report, good));
    fell = p->solver->fell;
  }
  if (*good) PetscCall(PltPaceJudge(p, a, from, way - from, &path->pace, good));
  else path->pace.factor = 0.5;
  if (*good) {
    PetscCall(Stabilise(p, a, &goal, good));
    if (!*good) path->pace.factor = 0.5;
    else if (p->report.switches > switches)
      PetscCall(PltPaceJudge(p, a, from, way - from, &path->pace, good));
  }
  if (*good) {
    PetscCall(PltNewtonResidual(p->solver, a, &goal, &p->report));
    *good = (PetscBool)!PetscIsInfReal(p->report.balance.unbalanced);
    if (!*good) path->pace.factor = 0.5;
  }
  if (fell) p->report.switches++;
  if (!*good) {
    p->report.switches = switches; /* what is cut has not happened */
    PetscCall(PltAssemblyDestroy(&a));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltAssemblyDestroy(&p->assembly));
  p->assembly = a;
  PetscFunctionReturn(PETSC_SUCCESS);
}
