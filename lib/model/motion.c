/* SPDX-License-Identifier: BSD-2-Clause
   Die motion: the mid-plane of each ply that holds dies, from the shape on which they were
   placed. */
#include "model/model.h"

static PetscErrorCode MeasurePly(PltModel model, PetscInt ply, PltDieMotion *motion,
                                 PltDiePlace *place)
{
  const PltProject    project = model->project;
  const PltState      s       = model->process->state;
  const PltPartState *part    = &s->ply[2 * ply + PLT_IN_DIES];
  const PetscInt      n       = project->ndie;
  PetscBool          *placed;
  PltDieMotion       *mine;
  PltDiePlace        *there;
  PetscReal          *then, *now;
  PltMidplane         middle;

  PetscFunctionBegin;
  PetscCall(PetscCalloc3(n, &placed, n, &mine, n, &there));
  PetscCall(PetscMalloc2(3 * s->mesh->nvert + 1, &then, 3 * s->mesh->nvert + 1, &now));
  for (PetscInt d = 0; d < n; d++) placed[d] = (PetscBool)(project->die[d].ply == ply);
  for (PetscInt v = 0; v < s->mesh->nvert; v++) {
    PltStatePlyPoint(s, s->event[part->event].u, v, ply, 0.5, &then[3 * v]);
    PltStatePlyPoint(s, s->u, v, ply, 0.5, &now[3 * v]);
  }
  middle = (PltMidplane){.z = (s->lo[ply] + s->hi[ply]) / 2, .then = then, .now = now};
  PetscCall(PltMetricDieMotion(s->mesh, project, placed, &middle, mine, there));
  for (PetscInt d = 0; d < n; d++) {
    if (!placed[d]) continue;
    motion[d] = mine[d];
    place[d]  = there[d];
  }
  PetscCall(PetscFree3(placed, mine, there));
  PetscCall(PetscFree2(then, now));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelMeasureDies(PltModel model)
{
  const PltProject project = model->project;
  const PetscBool  large   = (PetscBool)(project->kinematics == PLT_LARGE);
  PltDiePlace     *place;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(project->ndie, &place));
  PetscCall(PetscArrayzero(model->motion, project->ndie));
  for (PetscInt d = 0; d < project->ndie; d++)
    model->motion[d] =
        (PltDieMotion){.die = (int)d, .x = project->die[d].x, .y = project->die[d].y};
  for (PetscInt p = 0; p < project->nply; p++)
    if (project->ply[p].die_material && model->process->state->ply[2 * p + PLT_IN_DIES].live)
      PetscCall(MeasurePly(model, p, model->motion, place));
  PetscCall(PltMetricDieShift(project->ndie, model->motion, large ? place : NULL, &model->shift));
  PetscCall(PetscFree(place));
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
