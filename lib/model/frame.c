/* SPDX-License-Identifier: BSD-2-Clause
   A frame: what is reported when a temperature of a step has been reached. */
#include <stdio.h>
#include "model/model.h"

static void CheckLimits(PltModel model)
{
  const PltProject p    = model->project;
  const double     warp = model->warpage.pv, shift = model->shift.residual_max;

  if (model->exceeded) return;
  if (p->limit_warpage > 0 && warp > p->limit_warpage) {
    model->exceeded = PETSC_TRUE;
    snprintf(model->excess, sizeof(model->excess),
             "step '%s': warpage is %.4g mm, the limit is %.4g mm", model->report.name, warp * 1e3,
             (double)p->limit_warpage * 1e3);
  } else if (p->limit_die_shift > 0 && shift > p->limit_die_shift) {
    model->exceeded = PETSC_TRUE;
    snprintf(model->excess, sizeof(model->excess),
             "step '%s': residual die shift is %.4g um, the limit is %.4g um", model->report.name,
             shift * 1e6, (double)p->limit_die_shift * 1e6);
  }
}

/* The linear theory takes one Newton iteration an increment: both are the number of solves. */
static void SetReport(PltModel model, const PltStep *step)
{
  const PltProcess  p     = model->process;
  const PetscBool   large = (PetscBool)(p->scheme.kinematics == PLT_LARGE);
  const PltBalance *b     = &p->report.balance;
  const double      now   = MPI_Wtime();
  const PetscReal   scale = b->scale > 0 ? b->scale : 1;
  PltStepReport    *r     = &model->report;

  *r = (PltStepReport){
      .index         = (int)p->next,
      .name          = step->name,
      .time          = p->time,
      .temperature   = p->state->T,
      .seconds       = now - model->clock,
      .solves        = (int)p->report.solves,
      .iterations    = (int)p->report.iterations,
      .residual      = b->unbalanced / scale,
      .reactions_max = b->reaction / scale,
      .increments    = (int)(p->report.increments > 0 ? p->report.increments : p->report.solves),
      .newton        = (int)(large ? p->report.newton : p->report.solves),
      .lambda_min    = large ? p->report.lambda : NAN,
      .contact       = p->lies.fraction,
      .gap_max       = p->lies.gap,
      .gap_at        = {p->lies.at[0], p->lies.at[1]},
      .contact_force = p->lies.force,
      .suction       = p->lies.suction,
      .notes         = ""};
  PltModelBranch(model, r->branch);
  model->clock   = now;
  model->counted = (PltSolveReport){0};
}

PetscErrorCode PltModelFrame(PltProcess process, const PltStep *step, void *context)
{
  const PltModel model = context;
  PltFace        face;

  PetscFunctionBegin;
  (void)process;
  PetscCall(PltModelMeasureFace(model, &face, &model->warpage));
  PetscCall(PltModelMeasureDies(model));
  SetReport(model, step);
  PetscCall(PltModelMakeNotes(model, step));
  CheckLimits(model);
  if (model->output) {
    PltFrame frame = {.report  = model->report,
                      .warpage = model->warpage,
                      .shift   = model->shift,
                      .other   = model->other};

    PetscCall(PltModelWrite(model, &face, &frame));
  }
  PetscCall(PltFaceFree(&face));
  PetscCall(PltModelSave(model));
  if (model->monitor) {
    const int code = model->monitor(model, model->context);

    PetscCheck(code == 0, PETSC_COMM_SELF, code, "stopped by the monitor at step '%s'", step->name);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
