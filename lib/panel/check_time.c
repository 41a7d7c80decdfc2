/* SPDX-License-Identifier: BSD-2-Clause
   Warnings of what is allowed and seldom meant, about laws that depend on time: a temperature that
   changes in no time, and shrinkage that is in the law and in the step. */
#include "panel/internal.h"

/* A material there, of a law that depends on time; NULL if there is none. */
static PltMaterial Timed(PltReplay *r)
{
  for (PetscInt i = 0; i < r->nclass * r->nply; i++) {
    PltMaterial material;

    if (!r->live[i]) continue;
    material = PltProjectMaterialAt(r->project, i % r->nply, r->region[i / r->nply]);
    if (PltMaterialHasRates(material)) return material;
  }
  return NULL;
}

/* The temperature that the panel has after what is born in the step. */
static PetscReal Before(const PltReplay *r, const PltStep *step)
{
  if (step->nadd == 0) return r->temperature;
  if (step->has_stress_free) return step->stress_free;
  return step->ntemperature > 0 ? step->temperature[0] : r->temperature;
}

static PetscErrorCode WarnOfNoTime(PltReplay *r, const PltStep *step)
{
  const PltMark     mark     = step->temperature_mark.line ? step->temperature_mark : step->mark;
  const PetscReal   from     = Before(r, step);
  const PltMaterial material = Timed(r);
  PetscReal         to       = from;

  PetscFunctionBegin;
  if (step->ntemperature > 0) to = step->temperature[step->ntemperature - 1];
  if (!material || step->duration > 0 || PetscAbsReal(to - from) < 1e-3)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltMistakesAdd(
      r->warnings, mark,
      "step '%s' goes from %.6g to %.6g degC in no time: material '%s', of the law %s, neither "
      "relaxes nor creeps nor cures in it; give it 'time: 10 min', or 'temperature: [[0 s, %.6g "
      "degC], [10 min, %.6g degC]]'",
      step->name, (double)(from - 273.15), (double)(to - 273.15), material->name,
      material->ops->type, (double)(from - 273.15), (double)(to - 273.15)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode WarnOfShrinkage(PltReplay *r, const PltStep *step)
{
  PetscFunctionBegin;
  for (PetscInt k = 0; k < step->nshrink; k++) {
    const PltPly     *ply      = &r->project->ply[step->shrink[k].ply];
    const PltMaterial material = ply->material;
    const PetscInt    i = material ? PltMaterialFindProperty(material, "cure.shrinkage") : -1;

    if (i < 0 || PltCurveAt(&material->curve[i], 0) <= 0) continue;
    PetscCall(PltMistakesAdd(r->warnings, step->shrink[k].mark,
                             "step '%s' shrinks ply '%s' of material '%s', which has "
                             "cure.shrinkage of its own: it counts twice",
                             step->name, ply->name, material->name));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReplayTime(PltReplay *r, const PltStep *step)
{
  PetscFunctionBegin;
  if (r->project->unread[PLT_SECTION_MATERIALS]) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(WarnOfNoTime(r, step));
  PetscCall(WarnOfShrinkage(r, step));
  PetscFunctionReturn(PETSC_SUCCESS);
}
