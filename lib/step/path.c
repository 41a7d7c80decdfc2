/* SPDX-License-Identifier: BSD-2-Clause
   From one equilibrium to another in large kinematics. An increment that does not converge is
   halved, one that does lets the next be longer (pace.c). After each the lowest eigenvalue tells
   whether the shape is stable; an unstable one is left at once and never reported.

   Forces that a change of the panel sets free (release, weight) are let go first, at
   constant temperature: the residual of the changed panel at the old shape is what was carried
   before, and (1 - way) of it is kept. A carrier cannot be taken off so: without it, what it
   held by its forces may be a sheet under pressure that buckles in many waves. It fades:
   stiffness, stress and weight go down together, by decades, and what is left then is let go
   with the part itself. What is ground gets thinner on a way, too.

   In small kinematics metals that yield or creep go this way too. The tangent has no stress in it,
   an increment has one answer, and nothing buckles: the first may be the whole way.

   A table or chuck holds z where the panel touches it, and nowhere else. What contacts push with
   is in balance, what they pull with is let go. */
#include "step/internal.h"

/* The first increment and the smallest, parts of the way. */
static const PetscReal FIRST = 0.5, SMALLEST = 1e-5;
enum { INCREMENTS_MAX = 1000, AGREE_MAX = 4 };
/* To which power of ten a removed part fades before it is dropped. */
static const PetscReal DECADES = 4;
/* Force out of balance over the largest inner force: below the first nothing is to be done,
   below the second (rounding, where layers are thin) Newton's method does it at once. */
static const PetscReal BALANCED = 1e-10, SLIGHT = 1e-8;
/* What is left of it at the end of a way. A panel 60 times as wide as thick bends by 1e-10 of the
   forces that stretch it as if by 3e-9. */
static const PetscReal AGREED = 1e-12;
static const PetscReal STAYS  = 0.5; /* what does not fall to this part at rest is rounding */

PetscErrorCode PltPathAgree(PltProcess p, PetscBool *answers)
{
  const PltBalance *b    = &p->report.balance;
  const PltGoal     goal = {.tolerance = PLT_TOLERANCE_END, .contact = p->contact};
  PetscReal         last = PETSC_MAX_REAL;
  PetscBool         good = PETSC_TRUE;

  PetscFunctionBegin;
  for (PetscInt i = 0; i <= AGREE_MAX; i++) {
    PetscCall(PltNewtonResidual(p->solver, p->assembly, &goal, &p->report));
    if (PetscIsInfReal(b->unbalanced) || !good || i == AGREE_MAX) break;
    if (b->unbalanced <= AGREED * b->scale || b->unbalanced > STAYS * last) break;
    last = b->unbalanced;
    PetscCall(PltNewtonSolve(p->solver, p->assembly, &goal, &p->report, &good));
    if (good) {
      PetscCall(PltStateSettle(p->state));
      continue;
    }
    PetscCall(PltStateRestore(p->state));
    if (p->contact) PetscCall(PltContactHold(p->contact));
  }
  *answers = (PetscBool)!PetscIsInfReal(b->unbalanced);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The equilibrium that was found is the next one. */
static PetscErrorCode Settle(PltProcess p, PltWay *path, PetscBool end, PetscBool *good)
{
  const PltState s = p->state;

  PetscFunctionBegin;
  PetscCall(PetscArraycpy(path->last, s->settled, PltStateFieldSize(s)));
  PetscCall(PltStateSettle(s));
  if (end) PetscCall(PltPathAgree(p, good));
  if (!*good) PetscCall(PetscArraycpy(s->settled, path->last, PltStateFieldSize(s)));
  else PetscCall(PltWayCommit(p, path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* How long the next increment is to be after one of this part of the way. */
static PetscErrorCode Next(PltProcess p, const PltWay *path, PetscInt corrections, PetscReal lambda,
                           PetscReal *part)
{
  const PetscReal done = *part;

  PetscFunctionBegin;
  PetscCall(PltPaceNext(p, corrections, lambda, part));
  if (path->pace.timed) *part = PetscMin(*part, path->pace.factor * done);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Part `way` of the path is behind. */
static void Reach(PltProcess p, const PltWay *path, PetscReal way)
{
  PltPlace *at = &p->place;

  at->phase = path->unbalanced                         ? PLT_PHASE_RELEASE
              : path->fade[1] > 0 || path->thin[0] > 0 ? PLT_PHASE_REMOVE
                                                       : PLT_PHASE_TEMPERATURE;
  at->done  = path->share[0] + way * (path->share[1] - path->share[0]);
  if (way == 1) at->done = path->share[1];
  at->time = p->time - at->span;
  if (at->phase == PLT_PHASE_TEMPERATURE) at->time += way * at->span;
}

/* All increments of a way. */
static PetscErrorCode Go(PltProcess p, const PltStep *step, PltWay *path)
{
  const PetscInt most =
      p->project->increments_max > 0 ? p->project->increments_max : INCREMENTS_MAX;
  PetscReal way = 0, part = PetscMin(path->first, p->project->longest), lambda = p->report.lambda;

  PetscFunctionBegin;
  PltMemoryTurn(p->state);
  path->pace = (PltPace){.cuts = 0};
  while (way < 1) {
    const PetscInt newton = p->report.newton;
    PetscReal      next   = PltPaceTo(way, part), longer;
    PetscBool      good;

    PetscCheck(p->increments < most && part >= SMALLEST, p->mesh->comm, PLT_ERR_CONVERGENCE,
               "step '%s': stopped at %.4g degC, %.4g %% of the way to %.4g degC, after "
               "%" PetscInt_FMT " increments%s",
               step->name, (double)p->state->T - 273.15, (double)(100 * way),
               (double)path->T[1] - 273.15, p->increments,
               part < SMALLEST ? ": nothing near the last shape is an equilibrium, or a stable one"
                               : ", as many as the recipe allows");
    PetscCall(PltProcessSuit(p, path->T, PltWayDuration(p, path, 1), way, &next));
    PetscCall(PltWayTry(p, step, path, way, next, &good));
    PetscCall(PetscInfo(NULL, "increment to %g: %s, lambda %g\n", (double)next,
                        good ? "good" : "cut", (double)p->report.lambda));
    part = longer = next - way;
    if (good) {
      PetscCall(Next(p, path, p->report.newton - newton, lambda, &longer));
      PetscCall(Settle(p, path, (PetscBool)(next == 1), &good));
      if (!good) path->pace.factor = 0.5;
    }
    if (!good) {
      PetscCall(PltWayRestore(p, step, path, way));
      part *= path->pace.factor;
      continue;
    }
    part   = PetscMin(longer, p->project->longest);
    lambda = p->report.lambda;
    way    = next;
    p->report.increments++;
    p->increments++;
    Reach(p, path, way);
    if (p->increment && p->scheme.kinematics == PLT_LARGE)
      PetscCall(p->increment(p, step, p->increment_context));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Let the forces go that a change of the panel has set free, if there are any, and bring held
   unknowns to where they belong. */
static PetscErrorCode Release(PltProcess p, const PltStep *step, PltWay *path)
{
  const PltBalance *b = &p->report.balance;
  PetscReal         displaced, most;

  PetscFunctionBegin;
  PetscCall(PltHeldDistance(p->state, p->contact, &displaced));
  PetscCall(PltSolverResidual(p->solver, p->assembly, &p->report));
  if (p->contact) PetscCall(PltContactUnbalanced(p->contact, p->solver->r));
  PetscCall(VecNorm(p->solver->r, NORM_INFINITY, &most));
  if (displaced == 0 && most <= SLIGHT * b->scale) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(VecDuplicate(p->solver->r, &path->unbalanced));
  PetscCall(VecCopy(p->solver->r, path->unbalanced));
  path->share[1] = (path->share[0] + path->share[1]) / 2;
  PetscCall(Go(p, step, path));
  path->share[0] = path->share[1];
  path->share[1] = p->place.share[1];
  PetscCall(VecDestroy(&path->unbalanced));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What travels have in common: start from where the panel is, in balance under the supports,
   weight and structure of now. */
static PetscErrorCode Begin(PltProcess p, const PltStep *step, const PetscReal gravity[3],
                            PltWay *path)
{
  const PltState s = p->state;

  PetscFunctionBegin;
  *path = (PltWay){.T       = {s->T, s->T},
                   .shrunk  = {p->shrunk, p->shrunk},
                   .first   = p->contact || p->scheme.kinematics == PLT_SMALL ? 1 : FIRST,
                   .share   = {p->place.share[0], p->place.share[1]},
                   .gravity = {gravity[0], gravity[1], gravity[2]}};
  PetscCall(
      PetscMalloc2(PltStateFieldSize(s) + 1, &path->start, PltStateFieldSize(s) + 1, &path->last));
  PetscCall(PetscArraycpy(path->start, s->u, PltStateFieldSize(s)));
  PetscCall(PltStateSettle(s));
  PetscCall(PltAssemblyDestroy(&p->assembly));
  PetscCall(PltWayLoad(p, step, path, 0, 0, &p->assembly));
  if (!PltSolverServes(p->solver, p->assembly)) PetscCall(PltSolverTangent(p->solver, p->assembly));
  PetscCall(PltWayAnswered(p, step));
  PetscCall(Release(p, step, path));
  path->first = FIRST;
  PetscCall(PetscArraycpy(path->start, s->u, PltStateFieldSize(s)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What a path holds is given back whether it came to its end or not. */
static PetscErrorCode End(PltWay *path, PetscErrorCode code)
{
  PetscFunctionBegin;
  PetscCall(VecDestroy(&path->unbalanced));
  PetscCall(PetscFree2(path->start, path->last));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Travel(PltProcess p, const PltStep *step, PetscReal T, PetscReal shrunk,
                             const PetscReal gravity[3], PltWay *path)
{
  const PltState    s      = p->state;
  const PltBalance *b      = &p->report.balance;
  const PetscInt    before = p->report.increments;
  const PetscBool   moves  = (PetscBool)(T != s->T || (shrunk != p->shrunk && step->nshrink));

  PetscFunctionBegin;
  PetscCall(Begin(p, step, gravity, path));
  if (!moves || p->scheme.kinematics == PLT_SMALL) path->first = 1;
  path->T[1]      = T;
  path->shrunk[1] = shrunk;
  /* what was let go has ended in balance */
  if (moves || (PltStateRemembers(s) && p->place.span > 0) ||
      (p->report.increments == before && (before == 0 || b->unbalanced > BALANCED * b->scale)))
    PetscCall(Go(p, step, path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPathTravel(PltProcess p, const PltStep *step, PetscReal T, PetscReal shrunk,
                             const PetscReal gravity[3])
{
  PltWay path = {.start = NULL};

  PetscFunctionBegin;
  PetscCall(End(&path, Travel(p, step, T, shrunk, gravity, &path)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Fade(PltProcess p, const PltStep *step, const PetscReal gravity[3],
                           PltWay *path)
{
  PetscFunctionBegin;
  PetscCall(Begin(p, step, gravity, path));
  path->fade[1] = DECADES;
  PetscCall(Go(p, step, path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPathFade(PltProcess p, const PltStep *step, const PetscReal gravity[3])
{
  PltWay path = {.start = NULL};

  PetscFunctionBegin;
  PetscCall(End(&path, Fade(p, step, gravity, &path)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Thin(PltProcess p, const PltStep *step, const PetscReal gravity[3],
                           PltWay *path)
{
  const PltPlyValue *grind = &step->grind[0];

  PetscFunctionBegin;
  PetscCall(Begin(p, step, gravity, path));
  path->thin[0] = p->state->hi[grind->ply] - p->state->lo[grind->ply];
  path->thin[1] = grind->value;
  PetscCall(Go(p, step, path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPathThin(PltProcess p, const PltStep *step, const PetscReal gravity[3])
{
  PltWay path = {.start = NULL};

  PetscFunctionBegin;
  PetscCall(End(&path, Thin(p, step, gravity, &path)));
  PetscFunctionReturn(PETSC_SUCCESS);
}
