/* SPDX-License-Identifier: BSD-2-Clause
   Mistakes a process step shows by itself: times, supports, what goes with what. */
#include "panel/internal.h"

static PltMark First(PltMark mark, PltMark otherwise)
{
  return mark.line ? mark : otherwise;
}

static PetscErrorCode CheckCold(const PltStep *step, PetscReal T, PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (T < 0)
    PetscCall(PltMistakesAdd(mistakes, First(step->temperature_mark, step->mark),
                             "step '%s': %.6g K is below absolute zero", step->name, (double)T));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckTimes(const PltStep *step, PltMistakes mistakes)
{
  const PltMark  mark = First(step->temperature_mark, step->mark);
  const PetscInt last = step->ntemperature - 1;

  PetscFunctionBegin;
  if (step->duration < 0)
    PetscCall(PltMistakesAdd(mistakes, mark, "step '%s' takes %.6g s, must not be negative",
                             step->name, (double)step->duration));
  else if (last > 0 && step->duration != step->time[last])
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': its temperatures end after %.6g s, but its time is %.6g s",
                             step->name, (double)step->time[last], (double)step->duration));
  if (step->has_stress_free) PetscCall(CheckCold(step, step->stress_free, mistakes));
  for (PetscInt i = 0; i <= last; i++) PetscCall(CheckCold(step, step->temperature[i], mistakes));
  if (step->has_stress_free && step->nadd == 0)
    PetscCall(PltMistakesAdd(
        mistakes, mark, "step '%s' has a stress_free temperature, but adds nothing", step->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckPins(PltProject project, const PltStep *step, PltMistakes mistakes)
{
  const PltMark   mark = First(step->support_mark, step->mark);
  const PetscReal a = 0.5 * project->size[0], b = 0.5 * project->size[1];
  const PetscReal ux = step->pin[1][0] - step->pin[0][0], uy = step->pin[1][1] - step->pin[0][1];
  const PetscReal vx = step->pin[2][0] - step->pin[0][0], vy = step->pin[2][1] - step->pin[0][1];

  PetscFunctionBegin;
  for (int k = 0; k < 3; k++) {
    const PetscReal x = step->pin[k][0], y = step->pin[k][1];
    const PetscBool out = (PetscBool)(project->round ? x * x + y * y > a * a
                                                     : PetscAbsReal(x) > a || PetscAbsReal(y) > b);

    if (out)
      PetscCall(PltMistakesAdd(mistakes, mark,
                               "step '%s': the pin at (%.6g mm, %.6g mm) is outside the panel",
                               step->name, (double)(x * 1e3), (double)(y * 1e3)));
  }
  /* a triangle of less than a thousandth of the panel holds it in name only */
  if (PetscAbsReal(ux * vy - uy * vx) < 1e-3 * 4 * a * b)
    PetscCall(PltMistakesAdd(mistakes, mark, "step '%s': the three pins are nearly in one line",
                             step->name));
  if (project->symmetry != PLT_SYMMETRY_NONE)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': pins need the whole panel, 'symmetry: none'", step->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckSupport(const PltStep *step, PltMistakes mistakes)
{
  const PltMark mark = First(step->support_mark, step->mark);

  PetscFunctionBegin;
  if (step->gravity != PLT_GRAVITY_OFF && step->hold == PLT_HOLD_FREE && !step->has_pins)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': gravity needs something to rest on: 'support: pins' with "
                             "'pins: [[x, y], [x, y], [x, y]]', or 'hold: flat'",
                             step->name));
  for (PetscInt i = 0; i < step->nshrink; i++)
    if (!(PetscAbsReal(step->shrink[i].value) < 0.5))
      PetscCall(PltMistakesAdd(mistakes, step->shrink[i].mark,
                               "step '%s': a shrinkage of %.6g %% is out of reach (below 50 %%)",
                               step->name, (double)(step->shrink[i].value * 100)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckSteps(PltProject project, PltMistakes mistakes)
{
  const PetscBool outline_known =
      !project->unread[PLT_SECTION_PANEL] && project->size[0] > 0 && project->size[1] > 0;

  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_PROCESS]) PetscFunctionReturn(PETSC_SUCCESS);
  if (project->nstep == 0)
    PetscCall(PltMistakesAdd(mistakes, PltProjectMark(project), "the process has no steps"));
  for (PetscInt i = 0; i < project->nstep; i++) {
    const PltStep *step = &project->step[i];

    PetscCall(CheckTimes(step, mistakes));
    PetscCall(CheckSupport(step, mistakes));
    if (step->has_pins && outline_known) PetscCall(CheckPins(project, step, mistakes));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
