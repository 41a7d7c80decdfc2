/* SPDX-License-Identifier: BSD-2-Clause
   The process played through without mechanics, to find what cannot be done: adding twice, floating
   layers, grinding what is not there, temperatures outside a material's tables. Within a step the
   order is: flip, remove, reach the temperature of birth, add, grind, follow the temperatures. */
#include "panel/internal.h"

/* Class of the die region: the set of plies with a die there, as `set`; found or new. */
static PetscErrorCode Classify(PltReplay *r, const PetscBool set[], PetscInt region,
                               PetscBool **sets)
{
  PetscFunctionBegin;
  for (PetscInt c = 1; c < r->nclass; c++)
    if (!memcmp(&(*sets)[c * r->nply], set, sizeof(PetscBool) * (size_t)r->nply))
      PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltGrow(r->nclass, sizeof(PetscBool) * (size_t)r->nply, sets));
  PetscCall(PetscArraycpy(&(*sets)[r->nclass * r->nply], set, r->nply));
  PetscCall(PltGrow(r->nclass, sizeof *r->region, &r->region));
  r->region[r->nclass++] = region;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindClasses(PltReplay *r)
{
  PltProject project = r->project;
  PetscBool *set, *sets = NULL;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(r->nply, &set));
  PetscCall(PltGrow(0, sizeof(PetscBool) * (size_t)r->nply, &sets));
  PetscCall(PltGrow(0, sizeof *r->region, &r->region));
  r->region[0] = PLT_FILL;
  r->nclass    = 1;
  for (PetscInt i = 0; i < project->ndie; i++) {
    PetscInt k = i;

    if (!PltDieIsFirst(project, i)) continue;
    do set[project->die[k].ply] = PETSC_TRUE;
    while ((k = project->die[k].twin) != i);
    PetscCall(Classify(r, set, i + 1, &sets));
    do set[project->die[k].ply] = PETSC_FALSE;
    while ((k = project->die[k].twin) != i);
  }
  PetscCall(PetscFree(set));
  PetscCall(PetscFree(sets));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReplayCreate(PltProject project, PltMistakes mistakes, PltReplay *r)
{
  size_t n;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(r, sizeof *r));
  r->project     = project;
  r->mistakes    = mistakes;
  r->nply        = project->nply;
  r->temperature = project->start_temperature;
  PetscCall(FindClasses(r));
  n = (size_t)r->nclass * (size_t)r->nply;
  PetscCall(PetscCalloc3(n, &r->live, n, &r->old, n, &r->ever));
  PetscCall(PetscCalloc3(r->nply, &r->anywhere, r->nply, &r->thickness, 2 * project->nmaterial,
                         &r->told));
  for (PetscInt p = 0; p < r->nply; p++) r->thickness[p] = project->ply[p].thickness;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReplayDestroy(PltReplay *r)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(r->region));
  PetscCall(PetscFree3(r->live, r->old, r->ever));
  PetscCall(PetscFree3(r->anywhere, r->thickness, r->told));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What was never added is not part of any result. */
static PetscErrorCode CheckUnused(const PltReplay *r)
{
  PetscFunctionBegin;
  for (PetscInt p = 0; p < r->nply; p++) {
    const PltPly *ply        = &r->project->ply[p];
    PetscInt      missing[2] = {0, 0}, present = 0;

    for (PetscInt c = 0; c < r->nclass; c++) {
      const PetscBool in_die = (PetscBool)(r->region[c] != PLT_FILL &&
                                           PltProjectDieInPly(r->project, r->region[c] - 1, p));

      if (!PltProjectMaterialAt(r->project, p, r->region[c])) continue;
      if (r->ever[c * r->nply + p]) present++;
      else missing[in_die]++;
    }
    if (missing[0] && (missing[1] || !present))
      PetscCall(PltMistakesAdd(r->mistakes, ply->mark, "no step adds ply '%s'", ply->name));
    else if (missing[0] || missing[1])
      PetscCall(PltMistakesAdd(r->mistakes, ply->mark, "no step adds '%s/%s'", ply->name,
                               missing[0] ? "fill" : "dies"));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckShrink(const PltReplay *r, const PltStep *step)
{
  PetscFunctionBegin;
  for (PetscInt k = 0; k < step->nshrink; k++)
    if (!r->anywhere[step->shrink[k].ply])
      PetscCall(PltMistakesAdd(r->mistakes, step->shrink[k].mark,
                               "step '%s' shrinks ply '%s', which is not there", step->name,
                               r->project->ply[step->shrink[k].ply].name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckProcess(PltProject project, PltMistakes mistakes, PltMistakes warnings)
{
  PltReplay r;

  PetscFunctionBegin;
  if (project->nply == 0 || project->nply > PLT_PLIES_MAX || project->nstep == 0)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(ReplayCreate(project, mistakes, &r));
  r.warnings = warnings;
  for (PetscInt i = 0; i < project->nstep; i++) {
    const PltStep *step = &project->step[i];

    if (step->flip) r.upside_down = (PetscBool)!r.upside_down;
    PetscCall(PltReplayRemove(&r, step));
    PetscCall(PetscArraycpy(r.old, r.live, (size_t)r.nclass * (size_t)r.nply));
    PetscCall(PltReplayAdd(&r, step));
    PetscCall(PltReplayGrind(&r, step));
    PetscCall(PltReplayHeld(&r, step));
    PetscCall(CheckShrink(&r, step));
    if (warnings) PetscCall(PltReplayTime(&r, step));
    PetscCall(PltReplayTemperature(&r, step));
  }
  PetscCall(CheckUnused(&r));
  PetscCall(ReplayDestroy(&r));
  PetscFunctionReturn(PETSC_SUCCESS);
}
