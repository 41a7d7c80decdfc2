/* SPDX-License-Identifier: BSD-2-Clause
   Die motion: the mid-plane of each ply that holds dies, from the shape on which they were
   placed. */
#include "model/model.h"

static PetscErrorCode MeasurePly(PltModel model, PetscInt ply, PltDieMotion *motion)
{
  const PltProject    project = model->project;
  const PltState      s       = model->process->state;
  const PltPartState *part    = &s->ply[2 * ply + PLT_IN_DIES];
  PetscBool          *placed;
  PltDieMotion       *mine;
  PetscReal          *u;

  PetscFunctionBegin;
  PetscCall(PetscCalloc3(project->ndie, &placed, project->ndie, &mine, 3 * s->mesh->nvert + 1, &u));
  for (PetscInt d = 0; d < project->ndie; d++) placed[d] = (PetscBool)(project->die[d].ply == ply);
  for (PetscInt v = 0; v < s->mesh->nvert; v++) {
    PetscReal now[3], then[3];

    PltStatePlyPoint(s, s->u, v, ply, 0.5, now);
    PltStatePlyPoint(s, s->event[part->event].u, v, ply, 0.5, then);
    for (PetscInt d = 0; d < 3; d++) u[3 * v + d] = now[d] - then[d];
  }
  PetscCall(PltMetricDieMotion(s->mesh, project, placed, u, mine));
  for (PetscInt d = 0; d < project->ndie; d++)
    if (placed[d]) motion[d] = mine[d];
  PetscCall(PetscFree3(placed, mine, u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelMeasureDies(PltModel model)
{
  const PltProject project = model->project;

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(model->motion, project->ndie));
  for (PetscInt d = 0; d < project->ndie; d++)
    model->motion[d] =
        (PltDieMotion){.die = (int)d, .x = project->die[d].x, .y = project->die[d].y};
  for (PetscInt p = 0; p < project->nply; p++)
    if (project->ply[p].die_material && model->process->state->ply[2 * p + PLT_IN_DIES].live)
      PetscCall(MeasurePly(model, p, model->motion));
  PetscCall(PltMetricDieShift(project->ndie, model->motion, &model->shift));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetDieShift(PltModel model, PltDieShift *shift)
{
  PetscFunctionBegin;
  *shift = model->shift;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetDieMotion(PltModel model, int die, PltDieMotion *motion)
{
  PetscFunctionBegin;
  PetscCheck(die >= 0 && die < model->project->ndie, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no die %d, there are %" PetscInt_FMT, die, model->project->ndie);
  *motion = model->motion[die];
  PetscFunctionReturn(PETSC_SUCCESS);
}
