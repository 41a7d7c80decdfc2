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

/* What can be described but not computed yet is refused, not computed as something else. */
static PetscErrorCode RefuseContact(PltProject project)
{
  PltMistakes    mistakes;
  PetscErrorCode found;

  PetscFunctionBegin;
  PetscCall(PltMistakesCreate(&mistakes));
  for (PetscInt i = 0; i < project->nstep; i++) {
    const PltStep *step = &project->step[i];

    if (step->hold == PLT_HOLD_FREE && step->support == PLT_ON_TABLE)
      PetscCall(PltMistakesAdd(mistakes, step->mark, "step '%s': a table cannot be computed yet",
                               step->name));
    if (step->vacuum > 0)
      PetscCall(PltMistakesAdd(mistakes, step->mark,
                               "step '%s': a vacuum cannot be computed yet; without it the panel "
                               "is held ideally flat",
                               step->name));
  }
  found = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(found);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessCreate(PltProject project, PltMesh mesh, PltProcess *process)
{
  PltProcess p;

  PetscFunctionBegin;
  PetscCall(RefuseContact(project));
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
  PetscCall(PltAssemblyDestroy(&(*process)->assembly));
  PetscCall(PltSolverDestroy(&(*process)->solver));
  PetscCall(PltStateDestroy(&(*process)->state));
  PetscCall(PetscFree(*process));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Support(PltProcess p, const PltStep *step)
{
  const PltProject project = p->project;
  const PltSupport support = {.hold     = step->hold,
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
  PetscCall(PetscArraycmp(before, space->fixed, n, &same));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &same, 1, MPIU_BOOL, MPI_LAND, space->mesh->comm));
  if (!same) PetscCall(PltSolverReset(p->solver));
  PetscCall(PetscFree(before));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Gravity in panel axes. */
static void Weight(PltProcess p, const PltStep *step, PetscReal g[3])
{
  g[0] = g[1] = g[2] = 0;
  if (step->gravity != PLT_GRAVITY_OFF)
    g[2] = (step->gravity == PLT_GRAVITY_DOWN ? -1 : 1) * p->state->up * GRAVITY;
}

/* Equilibrium at temperature T, with that part of the step's shrinkage, under its support and
   gravity. */
static PetscErrorCode Equilibrate(PltProcess p, const PltStep *step, PetscReal T, PetscReal shrunk)
{
  PltBalance *b = &p->report.balance;
  PetscReal   g[3];

  PetscFunctionBegin;
  Weight(p, step, g);
  PetscCall(Support(p, step));
  if (p->scheme.kinematics == PLT_LARGE) PetscCall(PltPathTravel(p, step, T, shrunk, g));
  else PetscCall(PltPathSmall(p, step, T, shrunk, g));
  p->unknowns = PetscMax(p->unknowns, 3 * p->state->space->node_all);
  PetscCheck(
      g[2] != 0 || b->reaction <= REACTION_TOLERANCE * b->scale, PETSC_COMM_SELF,
      PLT_ERR_CONVERGENCE,
      "step '%s': the support of a free panel reacts with %.6g N (largest inner force %.6g N)",
      step->name, (double)b->reaction, (double)b->scale);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* States of elements that get new plies beside live ones. */
static PetscErrorCode BirthStates(PltProcess p, const PltStep *step, PetscReal **birth)
{
  const PltState s = p->state;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < s->slabs.nslab; k++) {
    if (!s->space || !PltStateJoins(s, step->nadd, step->add, k)) continue;
    PetscCall(PetscMalloc1((size_t)s->mesh->nquad * PLT_SHELL_BIRTH + 1, &birth[k]));
    PetscCall(PltAssemblyBirth(p->assembly, k, birth[k]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The next way has as large a part of what leads to the frame. */
static void NextWay(PltProcess p)
{
  PetscReal      *share = p->place.share;
  const PetscReal way   = share[1] - share[0];

  share[0] = share[1];
  share[1] += way;
}

static PetscErrorCode Add(PltProcess p, const PltStep *step)
{
  PetscReal   T = step->has_stress_free ? step->stress_free
                  : step->ntemperature  ? step->temperature[0]
                                        : p->state->T;
  PetscReal **birth;

  PetscFunctionBegin;
  if (p->state->space) {
    PetscCall(Equilibrate(p, step, T, 0));
    NextWay(p);
  }
  p->state->T = T;
  PetscCall(PetscCalloc1(p->state->slabs.nslab, &birth));
  PetscCall(BirthStates(p, step, birth));
  PetscCall(PltStateBear(p->state, step->nadd, step->add, T, birth));
  PetscCall(PltSolverReset(p->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode RunTemperatures(PltProcess p, const PltStep *step, PltFrameFunction frame,
                                      void *context)
{
  const PetscInt  n     = PetscMax(step->ntemperature, 1);
  const PetscReal start = p->time;

  PetscFunctionBegin;
  for (PetscInt i = n > 1 && step->time[0] == 0 ? 1 : 0; i < n; i++) {
    const PetscReal T      = step->ntemperature ? step->temperature[i] : p->state->T;
    const PetscReal before = p->time;

    p->time           = start + (n > 1 ? step->time[i] : step->duration);
    p->place.span     = p->time - before;
    p->place.share[1] = 1;
    PetscCall(Equilibrate(p, step, T, n > 1 ? step->time[i] / step->time[n - 1] : 1));
    PetscCall(frame(p, step, context));
    PetscCall(PetscMemzero(&p->report, sizeof(p->report)));
    p->place.share[0] = 0;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Remove(PltProcess p, const PltStep *step)
{
  PetscReal g[3];

  PetscFunctionBegin;
  if (p->scheme.kinematics == PLT_LARGE && p->state->space &&
      PltStateEmpties(p->state, step->nremove, step->remove)) {
    Weight(p, step, g);
    PetscCall(Support(p, step));
    PetscCall(PltPathFade(p, step, g));
    NextWay(p);
  }
  PetscCall(PltStateRemove(p->state, step->nremove, step->remove));
  PetscCall(PltSolverReset(p->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessStep(PltProcess p, PltFrameFunction frame, void *context)
{
  const PltStep  *step  = &p->project->step[p->next];
  const PetscReal share = 1. / (1 + (step->nremove > 0) + (step->nadd && p->state->space));

  PetscFunctionBegin;
  p->shrunk     = 0;
  p->increments = 0;
  p->place      = (PltPlace){.time = p->time, .share = {0, share}};
  if (step->flip) p->state->up = -p->state->up;
  if (step->nremove) PetscCall(Remove(p, step));
  if (step->nadd) PetscCall(Add(p, step));
  if (step->ngrind) {
    PetscCall(PltStateGrind(p->state, step->grind[0].ply, step->grind[0].value));
    PetscCall(PltSolverReset(p->solver));
  }
  PetscCheck(p->state->space && p->state->space->node_all > 0, PETSC_COMM_SELF, PLT_ERR_RECIPE,
             "step '%s': nothing is live", step->name);
  PetscCall(RunTemperatures(p, step, frame, context));
  p->next++;
  PetscFunctionReturn(PETSC_SUCCESS);
}
