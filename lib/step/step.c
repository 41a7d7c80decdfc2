/* SPDX-License-Identifier: BSD-2-Clause
   What a process step does, in this order: flip; remove; if it adds, bring the panel to the
   birth temperature and let the new plies be born on the shape it has there; grind; then go
   through the temperatures of the step, with its shrinkage in proportion to time. The panel is
   held (hold, support) and weighed (gravity) as the step says from the flip to the end. */
#include "step/internal.h"

static const PetscReal GRAVITY          = 9.80665; /* m/s2, standard (CGPM 1901) */
static const PetscReal ROOM_TEMPERATURE = 298.15;  /* K, when no step gives a temperature */
/* Largest reaction of a support that must not react, over the largest element force: rounding of
   10^6 summed elements. */
static const PetscReal REACTION_TOLERANCE = 1e-6;
/* Part of its weight that a panel keeps on its table until it leaves it. */
static const PetscReal LIGHT = 1e-3;

static PetscReal FirstTemperature(PltProject project)
{
  for (PetscInt i = 0; i < project->nstep; i++) {
    if (project->step[i].has_stress_free) return project->step[i].stress_free;
    if (project->step[i].ntemperature) return project->step[i].temperature[0];
  }
  return ROOM_TEMPERATURE;
}

/* A panel that is not flat before its first step: its plies are born on this shape. */
static void StartImperfect(PltState s)
{
  const PltProject p = s->project;

  for (PetscInt i = 0; i < s->mesh->nvert * s->nlevel; i++) {
    const PetscReal x = 2 * s->mesh->xy[2 * (i / s->nlevel)] / p->size[0];
    const PetscReal y = 2 * s->mesh->xy[2 * (i / s->nlevel) + 1] / p->size[1];

    s->u[3 * i + 2] = p->imperfection * (x * x - y * y);
  }
}

PetscErrorCode PltProcessCreate(PltProject project, PltMesh mesh, PltProcess *process)
{
  PltProcess p;

  PetscFunctionBegin;
  PetscCall(PetscNew(&p));
  *process   = p;
  p->project = project;
  p->mesh    = mesh;
  PetscCall(PltSchemeSet(&p->scheme));
  p->scheme.kinematics = project->kinematics;
  PetscCall(PltStateCreate(project, mesh, FirstTemperature(project), &p->state));
  if (project->imperfection != 0) StartImperfect(p->state);
  PetscCall(PltSolverCreate(mesh->comm, &p->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessDestroy(PltProcess *process)
{
  PetscFunctionBegin;
  if (!*process) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltContactDestroy(&(*process)->contact));
  PetscCall(PltAssemblyDestroy(&(*process)->assembly));
  PetscCall(PltSolverDestroy(&(*process)->solver));
  PetscCall(PltStateDestroy(&(*process)->state));
  PetscCall(PetscFree(*process));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What the panel lies on: nothing it could leave, a table, a chuck; the sign tells its faces
   apart. */
enum { ON_NONE, ON_TABLE, ON_CHUCK };

static PetscInt Base(PltProcess p, const PltStep *step)
{
  const PetscInt kind = step->hold == PLT_HOLD_FLAT     ? ON_CHUCK
                        : step->support == PLT_ON_TABLE ? ON_TABLE
                                                        : ON_NONE;

  return p->state->up > 0 ? kind : -kind;
}

static PetscBool IsLoose(const PltStep *step)
{
  return step->hold == PLT_HOLD_FLAT ? step->vacuum > 0 : step->support == PLT_ON_TABLE;
}

/* On a table the panel is laid where it would rest if it were rigid, unless it rests there already;
   on a chuck it was put flat. */
static PetscErrorCode Touch(PltProcess p, const PltStep *step, const PetscReal gravity[3])
{
  PetscBool rests = PETSC_TRUE;

  PetscFunctionBegin;
  if (p->contact && p->assembly) { /* what they lent it ends */
    p->assembly->load     = NULL;
    p->assembly->reaction = NULL;
  }
  PetscCall(PltContactDestroy(&p->contact));
  if (!IsLoose(step)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltContactCreate(p, step, gravity, &p->contact));
  PetscCall(PltContactHold(p->contact));
  if (p->base == Base(p, step)) PetscCall(PltContactRests(p->contact, &rests));
  else rests = (PetscBool)(step->hold == PLT_HOLD_FLAT);
  if (!rests) PetscCall(PltContactRest(p->contact));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Support(PltProcess p, const PltStep *step, const PetscReal gravity[3])
{
  const PltProject project = p->project;
  const PltSupport support = {.hold     = step->hold,
                              .loose    = IsLoose(step),
                              .kind     = step->support,
                              .up       = p->state->up,
                              .symmetry = project->symmetry,
                              .half     = {project->size[0] / 2, project->size[1] / 2},
                              .round    = project->round,
                              .npin     = step->npin,
                              .pin      = step->pin};
  const PltSpace   space   = p->state->space;
  const size_t     n       = (size_t)space->mesh->nvert * (size_t)space->nlevel * 3;
  unsigned char   *before;
  PetscBool        same;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n + 1, &before));
  PetscCall(PetscArraycpy(before, space->fixed, n));
  PetscCall(PltSpaceSupport(space, &support));
  PetscCall(Touch(p, step, gravity));
  PetscCall(PetscArraycmp(before, space->fixed, n, &same));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &same, 1, MPIU_BOOL, MPI_LAND, space->mesh->comm));
  if (!same) PetscCall(PltSolverReset(p->solver));
  PetscCall(PetscFree(before));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltProcessWeight(PltProcess p, const PltStep *step, PetscReal g[3])
{
  g[0] = g[1] = g[2] = 0;
  if (step->gravity != PLT_GRAVITY_OFF)
    g[2] = (step->gravity == PLT_GRAVITY_DOWN ? -1 : 1) * p->state->up * GRAVITY;
}

/* A way at the present temperature, which no time passes on, before the one that is due; it has
   half of that one's part of what leads to the frame. */
static PetscErrorCode TravelBefore(PltProcess p, const PltStep *step, const PetscReal weight[3])
{
  const PltPlace  at   = p->place;
  const PetscReal half = (at.share[0] + at.share[1]) / 2;

  PetscFunctionBegin;
  p->place.share[1] = half;
  p->place.span     = 0;
  p->time -= at.span;
  PetscCall(PltPathTravel(p, step, p->state->T, p->shrunk, weight));
  p->time += at.span;
  p->place.span     = at.span;
  p->place.share[0] = half;
  p->place.share[1] = at.share[1];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* If the table went first, what it bears would be dead loads, on which a rolled panel need not be
   stable. */
PetscErrorCode PltProcessLighten(PltProcess p, const PltStep *step)
{
  const PetscBool table     = (PetscBool)(p->contact && PetscAbsInt(p->base) == ON_TABLE);
  PetscReal       weight[3] = {0, 0, 0};

  PetscFunctionBegin;
  if (!table || step->hold == PLT_HOLD_FLAT || (Base(p, step) == p->base && !step->flip))
    PetscFunctionReturn(PETSC_SUCCESS);
  weight[2] = -LIGHT * p->state->up * GRAVITY;
  PetscCall(TravelBefore(p, step, weight));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Support without what the panel may leave: free, or, on a chuck, ideally flat. */
static PetscErrorCode HoldPlain(PltProcess p, const PltStep *step, const PetscReal weight[3])
{
  PltStep plain = *step;

  PetscFunctionBegin;
  plain.vacuum  = 0;
  plain.support = PLT_ON_NOTHING;
  PetscCall(Support(p, &plain, weight));
  PetscCall(TravelBefore(p, &plain, weight));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessHold(PltProcess p, const PltStep *step, const PetscReal g[3])
{
  const PetscReal none[3] = {0, 0, 0};

  PetscFunctionBegin;
  if (IsLoose(step) && p->base != Base(p, step))
    PetscCall(HoldPlain(p, step, step->hold == PLT_HOLD_FLAT ? g : none));
  PetscCall(Support(p, step, g));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* How the panel lies on its table or chuck. */
static PetscErrorCode Measure(PltProcess p, const PltStep *step, const PetscReal g[3])
{
  PltContactReport *lies  = &p->lies;
  const PetscBool   ideal = (PetscBool)(step->hold == PLT_HOLD_FLAT && !p->contact);
  PltContact        c     = p->contact;

  PetscFunctionBegin;
  *lies = (PltContactReport){NAN, NAN, {NAN, NAN}, NAN, NAN};
  if (ideal) {
    PetscCall(PltContactCreate(p, step, g, &c));
    PltContactAttach(c, p->assembly);
    PetscCall(PltSolverResidual(p->solver, p->assembly, &p->report));
  }
  if (c) PetscCall(PltContactMeasure(c, lies));
  if (!ideal) lies->suction = NAN;
  if (ideal) {
    p->assembly->reaction = NULL;
    PetscCall(PltContactDestroy(&c));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Does the tangent follow the displacements, by the shape or by the strain? */
static PetscBool Changes(PltProcess p)
{
  return (PetscBool)(p->scheme.kinematics == PLT_LARGE || PltStateIterates(p->state));
}

PetscErrorCode PltProcessEquilibrate(PltProcess p, const PltStep *step, PetscReal T,
                                     PetscReal shrunk)
{
  PltBalance *b = &p->report.balance;
  PetscReal   g[3];

  PetscFunctionBegin;
  PltProcessWeight(p, step, g);
  PetscCall(PltProcessHold(p, step, g));
  if (Changes(p)) PetscCall(PltPathTravel(p, step, T, shrunk, g));
  else PetscCall(PltPathSmall(p, step, T, shrunk, g));
  p->base     = Base(p, step);
  p->unknowns = PetscMax(p->unknowns, 3 * p->state->space->node_all);
  PetscCall(Measure(p, step, g));
  PetscCheck(
      g[2] != 0 || b->reaction <= REACTION_TOLERANCE * b->scale, PETSC_COMM_SELF,
      PLT_ERR_CONVERGENCE,
      "step '%s': the support of a free panel reacts with %.6g N (largest inner force %.6g N)",
      step->name, (double)b->reaction, (double)b->scale);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What follows a frame hangs on the state alone: so a run that was stopped there and goes on from a
   file comes to the same. The next way begins where this one ended: how lambda falls tells how far
   it may go at once. */
static PetscErrorCode Forget(PltProcess p)
{
  PetscFunctionBegin;
  p->report = (PltSolveReport){.lambda = p->report.lambda};
  PetscCall(PltMemoryUnguess(p->state));
  if (Changes(p)) PetscCall(PltSolverReset(p->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Temperatures in the program of a step that are reported. */
static PetscInt Frames(const PltStep *step)
{
  return PetscMax(step->ntemperature, 1);
}

static PetscErrorCode RunTemperatures(PltProcess p, const PltStep *step, PltFrameFunction frame,
                                      void *context)
{
  const PetscInt n     = Frames(step);
  const PetscInt first = n > 1 && step->time[0] == 0 ? 1 : 0;

  PetscFunctionBegin;
  for (PetscInt i = PetscMax(first, p->reached); i < n; i++) {
    const PetscReal T      = step->ntemperature ? step->temperature[i] : p->state->T;
    const PetscReal before = p->time;

    p->time           = p->start + (n > 1 ? step->time[i] : step->duration);
    p->place.span     = p->time - before;
    p->place.share[1] = 1;
    PetscCall(PltProcessEquilibrate(p, step, T, n > 1 ? step->time[i] / step->time[n - 1] : 1));
    p->reached = i + 1;
    PetscCall(frame(p, step, context));
    PetscCall(Forget(p));
    p->place.share[0] = 0;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessStep(PltProcess p, PltFrameFunction frame, void *context)
{
  const PltStep *step = &p->project->step[p->next];

  PetscFunctionBegin;
  if (p->reached == 0) PetscCall(PltProcessChange(p, step));
  PetscCheck(p->state->space && p->state->space->node_all > 0, PETSC_COMM_SELF, PLT_ERR_RECIPE,
             "step '%s': nothing is live", step->name);
  PetscCall(RunTemperatures(p, step, frame, context));
  p->next++;
  p->reached = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessResume(PltProcess p)
{
  const PltStep *step = &p->project->step[p->next];
  PetscReal      g[3];

  PetscFunctionBegin;
  PltProcessWeight(p, step, g);
  PetscCall(Support(p, step, g));
  PetscCall(PltAssemblyCreate(p->state, &p->scheme, p->state->T, 0, g, &p->assembly));
  if (p->contact) PltContactAttach(p->contact, p->assembly);
  p->place = (PltPlace){.time = p->time};
  if (p->reached < Frames(step)) PetscFunctionReturn(PETSC_SUCCESS);
  p->next++;
  p->reached = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}
