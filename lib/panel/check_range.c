/* SPDX-License-Identifier: BSD-2-Clause
   Do the tables of the materials that are there cover the temperatures of a step, and is their
   density known where gravity acts? Each material is reported once. */
#include "panel/internal.h"

typedef struct {
  PetscReal low, high;
} Range;

static void Include(Range *range, PetscReal T)
{
  range->low  = PetscMin(range->low, T);
  range->high = PetscMax(range->high, T);
}

static PetscErrorCode CheckRange(PltReplay *r, const PltStep *step, PltMaterial material,
                                 Range range)
{
  const PltMark   mark  = step->temperature_mark.line ? step->temperature_mark : step->mark;
  const PetscInt  index = PltProjectFindMaterial(r->project, material->name);
  const PetscReal T[2]  = {range.low, range.high};

  PetscFunctionBegin;
  for (int k = 0; k < 2 && !r->told[2 * index]; k++) {
    PetscReal   table[2];
    const char *key;

    if (PltMaterialCovers(material, T[k], &key, table)) continue;
    r->told[2 * index] = PETSC_TRUE;
    PetscCall(
        PltMistakesAdd(r->mistakes, mark,
                       "step '%s' reaches %.6g degC, but '%s' of material '%s' is known from %.6g "
                       "to %.6g degC",
                       step->name, (double)(T[k] - 273.15), key, material->name,
                       (double)(table[0] - 273.15), (double)(table[1] - 273.15)));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Materials live in the set given, over the temperatures it sees. */
static PetscErrorCode CheckSet(PltReplay *r, const PltStep *step, const PetscBool live[],
                               Range range)
{
  PetscFunctionBegin;
  for (PetscInt c = 0; c < r->nclass; c++)
    for (PetscInt p = 0; p < r->nply; p++)
      if (live[c * r->nply + p])
        PetscCall(CheckRange(r, step, PltProjectMaterialAt(r->project, p, r->region[c]), range));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckDensity(PltReplay *r, const PltStep *step)
{
  const PltMark mark = step->support_mark.line ? step->support_mark : step->mark;

  PetscFunctionBegin;
  if (step->gravity == PLT_GRAVITY_OFF) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < r->nclass * r->nply; i++) {
    PltMaterial material;
    PetscInt    index;

    if (!r->live[i]) continue;
    material = PltProjectMaterialAt(r->project, i % r->nply, r->region[i / r->nply]);
    index    = PltProjectFindMaterial(r->project, material->name);
    if (PltMaterialDensity(material) > 0 || r->told[2 * index + 1]) continue;
    r->told[2 * index + 1] = PETSC_TRUE;
    PetscCall(PltMistakesAdd(r->mistakes, mark,
                             "step '%s' has gravity, but material '%s' has no density", step->name,
                             material->name));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReplayTemperature(PltReplay *r, const PltStep *step)
{
  const PetscBool known  = (PetscBool)!r->project->unread[PLT_SECTION_MATERIALS];
  Range           before = {r->temperature, r->temperature}, after;

  PetscFunctionBegin;
  if (step->nadd > 0 && step->has_stress_free) r->temperature = step->stress_free;
  else if (step->nadd > 0 && step->ntemperature > 0) r->temperature = step->temperature[0];
  Include(&before, r->temperature);
  after.low = after.high = r->temperature;
  for (PetscInt i = 0; i < step->ntemperature; i++) Include(&after, step->temperature[i]);
  if (step->ntemperature > 0) r->temperature = step->temperature[step->ntemperature - 1];
  if (!known) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(CheckSet(r, step, r->old, before));
  PetscCall(CheckSet(r, step, r->live, after));
  PetscCall(CheckDensity(r, step));
  PetscFunctionReturn(PETSC_SUCCESS);
}
