/* SPDX-License-Identifier: BSD-2-Clause
   Life of a model: create, set, step, run, destroy. */
#include "input/input.h"
#include "model/model.h"

static PetscErrorCode SetUp(PltProject project, PltModel m)
{
  PetscFunctionBegin;
  m->project      = project;
  m->report.index = -1;
  m->report.notes = "";
  m->other        = (PltOtherShape){.energy = NAN, .lambda_min = NAN};
  PetscCall(PetscCalloc1(project->ndie + 1, &m->motion));
  PetscCall(PetscCalloc1(2 * project->nply + 1, &m->birth));
  PetscCall(PltMeshCreate(project, &m->mesh));
  PetscCall(PltProcessCreate(project, m->mesh, &m->process));
  m->T                          = m->process->state->T;
  m->process->increment         = PltModelIncrement;
  m->process->increment_context = m;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelCreate(PltProject project, PltModel *model)
{
  PltModel       m;
  PetscErrorCode code;

  PetscFunctionBegin;
  *model = NULL;
  PetscCall(PltInputNeedMaps(project));
  PetscCall(PltProjectCheck(project));
  PetscCall(PetscNew(&m));
  code = SetUp(project, m);
  if (code) (void)PltModelDestroy(&m);
  PetscCall(code);
  *model = m;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelDestroy(PltModel *model)
{
  PetscFunctionBegin;
  if (!model || !*model) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltOutputDestroy(&(*model)->output));
  PetscCall(PltProcessDestroy(&(*model)->process));
  PetscCall(PltMeshDestroy(&(*model)->mesh));
  PetscCall(PetscFree((*model)->motion));
  PetscCall(PetscFree((*model)->birth));
  PetscCall(PetscFree((*model)->state_base));
  PetscCall(PetscFree(*model));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetMeshSize(PltModel model, PltMeshSize *size)
{
  const PltProcess p = model->process;

  PetscFunctionBegin;
  *size = (PltMeshSize){.quads    = model->mesh->nquad_all,
                        .lines    = model->mesh->nvert_all,
                        .slabs    = p->state->slabs.nslab,
                        .plies    = p->state->slabs.nply,
                        .unknowns = p->unknowns,
                        .area     = model->mesh->area,
                        .checksum = model->mesh->checksum};
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelWriteFootprint(PltModel model, const char *file)
{
  PetscFunctionBegin;
  PetscCall(PltMeshWriteFootprint(model->mesh, model->project, file));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelSetSolver(PltModel model, const char *solver)
{
  PetscFunctionBegin;
  PetscCall(PltSolverSetType(model->process->solver, solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelSetOutput(PltModel model, const char *base, int fields)
{
  PetscFunctionBegin;
  PetscCall(PltOutputDestroy(&model->output));
  if (base)
    PetscCall(PltOutputCreate(model->mesh, &model->process->state->slabs, model->project, base,
                              fields ? PETSC_TRUE : PETSC_FALSE, &model->output));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelSetMonitor(PltModel model, int (*monitor)(PltModel model, void *context), void *context)
{
  PetscFunctionBegin;
  model->monitor = monitor;
  model->context = context;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelSetIncrementMonitor(PltModel model,
                                int (*monitor)(PltModel model, const PltIncrement *increment,
                                               void *context),
                                void *context)
{
  PetscFunctionBegin;
  model->increment_monitor = monitor;
  model->increment_context = context;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelStep(PltModel model, int *more)
{
  const PetscInt nstep = model->project->nstep;

  PetscFunctionBegin;
  PetscCheck(model->process->next < nstep, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "all %" PetscInt_FMT " steps of the process are done", nstep);
  model->clock   = MPI_Wtime();
  model->counted = (PltSolveReport){0};
  PetscCall(PltProcessStep(model->process, PltModelFrame, model));
  *more = model->process->next < nstep;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelRun(PltModel model)
{
  int more = model->process->next < model->project->nstep;

  PetscFunctionBegin;
  while (more) PetscCall(PltModelStep(model, &more));
  PetscCheck(!model->exceeded, PETSC_COMM_SELF, PLT_ERR_LIMIT, "%s", model->excess);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetStep(PltModel model, PltStepReport *report)
{
  PetscFunctionBegin;
  *report = model->report;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetOther(PltModel model, PltOtherShape *other)
{
  PetscFunctionBegin;
  *other = model->other;
  PetscFunctionReturn(PETSC_SUCCESS);
}
