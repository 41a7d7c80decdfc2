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
                             "step '%s': %.6g degC is below absolute zero", step->name,
                             (double)(T - 273.15)));
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

/* The pin farthest from pin `from`. */
static PetscInt Farthest(const PltStep *step, PetscInt from)
{
  PetscReal most  = -1;
  PetscInt  found = from;

  for (PetscInt k = 0; k < step->npin; k++) {
    const PetscReal x = step->pin[k][0] - step->pin[from][0];
    const PetscReal y = step->pin[k][1] - step->pin[from][1];

    if (x * x + y * y <= most) continue;
    most  = x * x + y * y;
    found = k;
  }
  return found;
}

/* Twice the area of the largest triangle on two pins far apart and any third; of three pins, twice
   that of theirs. m2 */
static PetscReal Spread(const PltStep *step)
{
  const PetscInt  p = Farthest(step, 0), q = Farthest(step, p);
  const PetscReal ux = step->pin[q][0] - step->pin[p][0], uy = step->pin[q][1] - step->pin[p][1];
  PetscReal       most = 0;

  for (PetscInt k = 0; k < step->npin; k++) {
    const PetscReal vx = step->pin[k][0] - step->pin[p][0], vy = step->pin[k][1] - step->pin[p][1];

    most = PetscMax(most, PetscAbsReal(ux * vy - uy * vx));
  }
  return most;
}

/* Reports the first two pins in one place. */
static PetscErrorCode CheckDistinct(const PltStep *step, PltMistakes mistakes, PetscBool *distinct)
{
  const PetscReal same = 1e-9; /* m, as for equal outlines */

  PetscFunctionBegin;
  *distinct = PETSC_TRUE;
  for (PetscInt k = 1; k < step->npin; k++)
    for (PetscInt i = 0; i < k; i++) {
      const PetscReal *p = step->pin[k], *q = step->pin[i];

      if (PetscAbsReal(p[0] - q[0]) > same || PetscAbsReal(p[1] - q[1]) > same) continue;
      *distinct = PETSC_FALSE;
      PetscCall(PltMistakesAdd(mistakes, First(step->support_mark, step->mark),
                               "step '%s': two pins are at (%.6g mm, %.6g mm)", step->name,
                               (double)(p[0] * 1e3), (double)(p[1] * 1e3)));
      PetscFunctionReturn(PETSC_SUCCESS);
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckPins(PltProject project, const PltStep *step, PltMistakes mistakes)
{
  const PltMark   mark = First(step->support_mark, step->mark);
  const PetscReal a = 0.5 * project->size[0], b = 0.5 * project->size[1];
  PetscInt        nout = 0;
  PetscBool       distinct;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < step->npin && nout < PLT_ENOUGH; k++) {
    const PetscReal x = step->pin[k][0], y = step->pin[k][1];
    const PetscBool out = (PetscBool)(project->round ? x * x + y * y > a * a
                                                     : PetscAbsReal(x) > a || PetscAbsReal(y) > b);

    if (!out) continue;
    nout++;
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': the pin at (%.6g mm, %.6g mm) is outside the panel",
                             step->name, (double)(x * 1e3), (double)(y * 1e3)));
  }
  PetscCall(CheckDistinct(step, mistakes, &distinct));
  /* a triangle of less than a thousandth of the panel holds it in name only */
  if (distinct && Spread(step) < 1e-3 * 4 * a * b)
    PetscCall(PltMistakesAdd(mistakes, mark, "step '%s': the %d pins are nearly in one line",
                             step->name, (int)step->npin));
  if (project->symmetry != PLT_SYMMETRY_NONE)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': pins need the whole panel, 'symmetry: none'", step->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckVacuum(const PltStep *step, PltMistakes mistakes)
{
  const PltMark   mark = First(step->vacuum_mark, step->mark);
  const PetscReal most = 110e3; /* Pa, a little above the highest pressure of air */

  PetscFunctionBegin;
  if (step->vacuum < 0 || step->vacuum > most)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': the vacuum is %.6g kPa, must be positive and at most %.6g "
                             "kPa, the pressure of air",
                             step->name, (double)(step->vacuum * 1e-3), (double)(most * 1e-3)));
  if (step->vacuum != 0 && step->hold != PLT_HOLD_FLAT)
    PetscCall(PltMistakesAdd(mistakes, mark, "step '%s': a vacuum needs 'hold: flat'", step->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Contact is part of Newton's method. */
static PetscErrorCode CheckContact(PltProject project, const PltStep *step, PltMistakes mistakes)
{
  const PetscBool table = (PetscBool)(step->hold == PLT_HOLD_FREE && step->support == PLT_ON_TABLE);
  const PetscBool chuck = (PetscBool)(step->hold == PLT_HOLD_FLAT && step->vacuum > 0);

  PetscFunctionBegin;
  if ((table || chuck) && project->kinematics != PLT_LARGE)
    PetscCall(PltMistakesAdd(
        mistakes, First(table ? step->support_mark : step->vacuum_mark, step->mark),
        "step '%s': %s needs 'analysis: {kinematics: large}'", step->name,
        table ? "a table, from which the panel may lift off," : "a chuck of finite vacuum"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckSupport(const PltStep *step, PltMistakes mistakes)
{
  const PltMark   mark  = First(step->support_mark, step->mark);
  const PetscBool loose = (PetscBool)(step->hold == PLT_HOLD_FREE);

  PetscFunctionBegin;
  if (loose && step->gravity != PLT_GRAVITY_OFF && step->support == PLT_ON_NOTHING)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': gravity needs something to rest on: 'support: table', "
                             "'support: edges', 'support: pins' with 'pins: [[x, y], ...]', or "
                             "'hold: flat'",
                             step->name));
  if (loose && step->gravity == PLT_GRAVITY_OFF && step->support == PLT_ON_TABLE)
    PetscCall(
        PltMistakesAdd(mistakes, mark,
                       "step '%s': nothing presses the panel on its table: it needs 'gravity: "
                       "down'",
                       step->name));
  if (loose && step->gravity == PLT_GRAVITY_UP && step->support == PLT_ON_TABLE)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "step '%s': 'gravity: up' lifts the panel off its table; a panel that "
                             "lies on its other face is turned over, 'flip: on'",
                             step->name));
  if (step->support == PLT_ON_PINS && step->npin == 0)
    PetscCall(PltMistakesAdd(mistakes, mark, "step '%s': it rests on pins, but there are none",
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
    PetscCall(CheckVacuum(step, mistakes));
    PetscCall(CheckSupport(step, mistakes));
    PetscCall(CheckContact(project, step, mistakes));
    if (step->npin > 0 && outline_known) PetscCall(CheckPins(project, step, mistakes));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
