/* SPDX-License-Identifier: BSD-2-Clause
   What is told and kept of each increment of large kinematics. */
#include <string.h>
#include "model/model.h"

void PltModelBranch(PltModel model, char name[16])
{
  const PltProject p = model->project;

  strcpy(name, p->kinematics == PLT_SMALL || !p->stability ? ""
               : model->switched                           ? "switched"
                                                           : "natural");
}

/* The report of the solver counts from frame to frame. */
static void Describe(PltModel model, const PltStep *step, PltIncrement *i)
{
  const PltProcess      p   = model->process;
  const PltSolveReport *now = &p->report, *old = &model->counted;

  if (now->switches > old->switches) {
    model->switched = PETSC_TRUE;
    if (!model->unstable.count) model->unstable = (PltSwitch){.T = {model->T, p->state->T}};
    model->unstable.count += now->switches - old->switches;
  }
  *i = (PltIncrement){.step        = (int)p->next,
                      .number      = (int)now->increments,
                      .name        = step->name,
                      .part        = PltOutputPart[p->place.phase],
                      .time        = p->place.time,
                      .temperature = p->state->T,
                      .done        = p->place.done,
                      .lambda_min  = now->lambda,
                      .switches    = (int)(now->switches - old->switches),
                      .newton      = (int)(now->newton - old->newton),
                      .iterations  = (int)(now->iterations - old->iterations)};
  PltModelBranch(model, i->branch);
  model->counted = *now;
  model->T       = p->state->T;
}

/* A frame of the field file; where one of the process follows, that is it. */
static PetscErrorCode WriteFields(PltModel model, const PltFace *face, const PltIncrement *i)
{
  PltFrame frame = {
      .report = {.index = i->step, .name = i->name, .time = i->time, .temperature = i->temperature},
      .warpage = i->warpage,
      .left    = 1 - i->done};

  PetscFunctionBegin;
  if (frame.left <= 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltModelMeasureDies(model));
  frame.shift = model->shift;
  PetscCall(PltModelWrite(model, face, &frame));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelIncrement(PltProcess process, const PltStep *step, void *context)
{
  const PltModel model = context;
  PltIncrement   i;
  PltFace        face;

  PetscFunctionBegin;
  (void)process;
  Describe(model, step, &i);
  PetscCall(PltModelMeasureFace(model, &face, &i.warpage));
  if (model->output) {
    PetscCall(PltOutputIncrement(model->output, &i));
    if (model->project->output_increments) PetscCall(WriteFields(model, &face, &i));
  }
  PetscCall(PltFaceFree(&face));
  if (model->increment_monitor) {
    const int code = model->increment_monitor(model, &i, model->increment_context);

    PetscCheck(code == 0, PETSC_COMM_SELF, code, "stopped by the monitor in step '%s'", step->name);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
