/* SPDX-License-Identifier: BSD-2-Clause
   Steps of the process. Every PltProjectStep... call refers to the step added last. */
#include "panel/internal.h"

/* The last step, in `step`. */
#define NeedStep(project, step)                                                                    \
  do {                                                                                             \
    NeedProject(project);                                                                          \
    PetscCheck((project)->nstep > 0, PETSC_COMM_SELF, PLT_ERR_USAGE,                               \
               "there is no step yet: call PltProjectAddStep first");                              \
    (step) = &(project)->step[(project)->nstep - 1];                                               \
  } while (0)

int PltProjectAddStep(PltProject project, const char *name)
{
  PetscFunctionBegin;
  NeedProject(project);
  NeedName(name, "a step");
  PetscCall(PltGrow(project->nstep, sizeof *project->step, &project->step));
  PetscCall(PetscStrallocpy(name, &project->step[project->nstep].name));
  project->nstep++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddPiece(PltProject project, const char *text, PetscInt *n, PltPiece **list)
{
  PltPiece  piece = {.ply = -1};
  PetscBool part_known;

  PetscFunctionBegin;
  PetscCheck(text, PETSC_COMM_SELF, PLT_ERR_USAGE, "the piece is NULL");
  PetscCall(PltPieceParse(project, text, &piece, &part_known));
  PetscCheck(piece.ply >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no ply of '%s'", text);
  PetscCheck(part_known, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "'%s': a ply has '/dies' and '/fill' and no other part", text);
  PetscCall(PltGrow(*n, sizeof piece, list));
  (*list)[(*n)++] = piece;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepAdd(PltProject project, const char *piece)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCall(AddPiece(project, piece, &step->nadd, &step->add));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepRemove(PltProject project, const char *piece)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCall(AddPiece(project, piece, &step->nremove, &step->remove));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The panel starts at the first temperature its process names. */
static void SetStart(PltProject project)
{
  for (PetscInt i = 0; i < project->nstep; i++) {
    const PltStep *step = &project->step[i];

    if (!step->has_stress_free && step->ntemperature == 0) continue;
    project->start_temperature = step->has_stress_free ? step->stress_free : step->temperature[0];
    break;
  }
}

int PltProjectStepSetStressFree(PltProject project, double temperature)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  NeedFinite(temperature, "the stress-free temperature");
  step->has_stress_free = PETSC_TRUE;
  step->stress_free     = temperature;
  SetStart(project);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetTemperature(PltProject project, int n, const double *time,
                                 const double *temperature)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCheck(n >= 1 && temperature && (n == 1 || time), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "step '%s': needs one temperature, or a table of times and temperatures", step->name);
  for (PetscInt i = 0; i < n; i++) {
    NeedFinite(temperature[i], "a temperature");
    if (n > 1) NeedFinite(time[i], "a time");
    PetscCheck(n == 1 || (i ? time[i] > time[i - 1] : time[i] == 0), PETSC_COMM_SELF, PLT_ERR_USAGE,
               "step '%s': the times of a table must ascend from 0", step->name);
  }
  PetscCall(PetscFree(step->time));
  PetscCall(PetscFree(step->temperature));
  PetscCall(PetscCalloc1(n, &step->time));
  PetscCall(PetscMalloc1(n, &step->temperature));
  PetscCall(PetscArraycpy(step->temperature, temperature, n));
  if (n > 1) PetscCall(PetscArraycpy(step->time, time, n));
  if (n > 1) step->duration = time[n - 1];
  step->ntemperature = n;
  SetStart(project);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetTime(PltProject project, double duration)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  NeedFinite(duration, "the duration of a step");
  step->duration = duration;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddValue(PltProject project, const char *ply, PetscReal value, PetscInt *n,
                               PltPlyValue **list)
{
  PltPlyValue item = {.value = value};

  PetscFunctionBegin;
  item.ply = PltProjectFindPly(project, ply);
  PetscCheck(item.ply >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no ply '%s'", ply ? ply : "");
  for (PetscInt i = 0; i < *n; i++)
    PetscCheck((*list)[i].ply != item.ply, PETSC_COMM_SELF, PLT_ERR_USAGE,
               "ply '%s' has its value in this step already", ply);
  PetscCall(PltGrow(*n, sizeof item, list));
  (*list)[(*n)++] = item;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepShrink(PltProject project, const char *ply, double strain)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  NeedFinite(strain, "the shrinkage");
  PetscCall(AddValue(project, ply, strain, &step->nshrink, &step->shrink));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepGrind(PltProject project, const char *ply, double to)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  NeedFinite(to, "the thickness to grind to");
  PetscCheck(step->ngrind == 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "step '%s' grinds already: give each grinding its own step", step->name);
  PetscCall(AddValue(project, ply, to, &step->ngrind, &step->grind));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetHold(PltProject project, PltHold hold)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCheck(hold == PLT_HOLD_FREE || hold == PLT_HOLD_FLAT, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no hold %d", (int)hold);
  step->hold = hold;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetVacuum(PltProject project, double pressure)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  NeedFinite(pressure, "the pressure of the vacuum");
  step->vacuum = pressure;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetGravity(PltProject project, PltGravity gravity)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCheck(gravity >= PLT_GRAVITY_OFF && gravity <= PLT_GRAVITY_UP, PETSC_COMM_SELF,
             PLT_ERR_USAGE, "there is no gravity %d", (int)gravity);
  step->gravity = gravity;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ForgetPins(PltStep *step)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(step->pin));
  step->npin = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetSupport(PltProject project, PltSupportKind support)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCheck(support >= PLT_ON_NOTHING && support <= PLT_ON_PINS, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no support %d", (int)support);
  if (support != PLT_ON_PINS) PetscCall(ForgetPins(step));
  step->support = support;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepSetPins(PltProject project, int n, const double xy[])
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  PetscCheck(xy, PETSC_COMM_SELF, PLT_ERR_USAGE, "the pins are NULL");
  PetscCheck(n >= PLT_PINS_MIN && n <= PLT_PINS_MAX, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "step '%s': %d pins, must be %d to %d", step->name, n, PLT_PINS_MIN, PLT_PINS_MAX);
  for (int k = 0; k < 2 * n; k++) NeedFinite(xy[k], "the place of a pin");
  PetscCall(ForgetPins(step));
  PetscCall(PetscMalloc1(n, &step->pin));
  PetscCall(PetscArraycpy(&step->pin[0][0], xy, 2 * n));
  step->npin    = n;
  step->support = PLT_ON_PINS;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectStepFlip(PltProject project)
{
  PltStep *step;

  PetscFunctionBegin;
  NeedStep(project, step);
  step->flip = PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}
