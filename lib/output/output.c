/* SPDX-License-Identifier: BSD-2-Clause
   The files of a run: who writes what, and in which order. Fields come first and text last, so that
   a step that the report names is there in all files. Rank 0 alone writes text and pictures. */
#include <stdio.h>
#include <string.h>
#include "output/internal.h"

struct PltOutput_ {
  PltMesh         mesh;
  const PltSlabs *slabs;
  PltProject      project;
  int             rank, size;
  char           *base;
  PltFields       fields; /* NULL: none wanted */
  PltFootprint    plan;
  PltReport       report;
};

static PetscErrorCode ProbeReport(const char *base)
{
  PltText        name = {0};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(PltTextAdd(&name, "%s.json", base));
  ierr = PltFileProbe(name.s);
  PetscCall(PltTextFree(&name));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputCreate(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                               const char *base, PetscBool fields, PltOutput *output)
{
  PltOutput      o;
  PetscErrorCode ierr = 0;

  PetscFunctionBegin;
  PetscCall(PetscNew(&o));
  *output    = o;
  o->mesh    = mesh;
  o->slabs   = slabs;
  o->project = project;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &o->rank));
  PetscCallMPI(MPI_Comm_size(mesh->comm, &o->size));
  PetscCall(PetscStrallocpy(base, &o->base));
  if (o->rank == 0) ierr = ProbeReport(base);
  PetscCall(PltAgree(mesh->comm, ierr));
  PetscCall(PltMeshGatherFootprint(mesh, &o->plan));
  if (fields) PetscCall(PltFieldsCreate(mesh, slabs, project, base, &o->fields));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What rank 0 does alone. */
static PetscErrorCode WriteReport(PltOutput o, const PltFrame *frame, const PltOutputSize *size,
                                  const PetscReal *map)
{
  PetscFunctionBegin;
  if (o->rank > 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltPictureWrite(&o->plan, o->project, o->base, frame, o->report.nstep, map));
  PetscCall(PltReportAdd(&o->report, o->project, frame, size));
  PetscCall(PltCurveWrite(&o->report, o->project, o->base));
  PetscCall(PltReportWrite(&o->report, o->project, o->size, o->base));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputWrite(PltOutput o, const PltFrame *frame, const PltOutputSize *size)
{
  PetscReal     *map;
  PetscErrorCode ierr;

  PetscFunctionBegin;
  if (o->fields) PetscCall(PltFieldsWrite(o->fields, frame));
  if (frame->left > 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltPlanGather(o->mesh, frame->surface_w, &map));
  ierr = PltAgree(o->mesh->comm, WriteReport(o, frame, size, map));
  PetscCall(PetscFree(map));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputIncrement(PltOutput o, const PltIncrement *increment)
{
  PetscFunctionBegin;
  if (o->rank == 0) PetscCall(PltReportIncrement(&o->report, increment));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The field file of the run before, beside its state. */
static PetscErrorCode GoOn(PltOutput o, const char *state, const char *name,
                           const PltFieldsMark *mark, const unsigned char *live)
{
  const size_t   folder = (size_t)(PltFileBasename(state) - state);
  PltText        source = {0};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(PltTextAdd(&source, "%.*s%s", (int)folder, state, name));
  PetscCall(PltFieldsDestroy(&o->fields));
  ierr = PltFieldsResume(o->mesh, o->slabs, o->project, o->base, source.s, mark, live, &o->fields);
  PetscCall(PltTextFree(&source));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Counts are exact as doubles. */
static PetscErrorCode TransferMark(PltArchive a, PltFieldsMark *mark)
{
  int64_t  *count[6] = {&mark->nstep,       &mark->nepoch,      &mark->nframe,
                        &mark->epoch_start, &mark->epoch_cells, &mark->row};
  PetscReal x[7];

  PetscFunctionBegin;
  for (int i = 0; i < 6; i++) x[i] = (PetscReal)*count[i];
  x[6] = mark->pv;
  PetscCall(PltArchiveReals(a, "fields", 7, x));
  for (int i = 0; i < 6; i++) *count[i] = (int64_t)x[i];
  mark->pv = x[6];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TransferFields(PltOutput o, PltArchive a, const unsigned char *live)
{
  PltFieldsMark mark = {0};
  PltText       made = {0};
  char         *name;

  PetscFunctionBegin;
  if (o->fields) PetscCall(PltFieldsGetMark(o->fields, &mark));
  PetscCall(TransferMark(a, &mark));
  PetscCall(PltTextAdd(&made, "%s.vtkhdf", PltFileBasename(o->base)));
  name = made.s;
  PetscCall(PltArchiveText(a, "fields.file", &name));
  if (PltArchiveReads(a) && o->fields && mark.nstep > 0)
    PetscCall(GoOn(o, PltArchiveName(a), name, &mark, live));
  else if (PltArchiveReads(a) && o->fields) PltFieldsSkip(o->fields, o->report.nstep);
  if (name != made.s) PetscCall(PetscFree(name));
  PetscCall(PltTextFree(&made));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputTransfer(PltOutput o, PltArchive a, const unsigned char *live)
{
  PetscInt has = o ? 1 : 0;

  PetscFunctionBegin;
  PetscCall(PltArchiveCount(a, "output", &has));
  if (!has || !o) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltReportTransfer(&o->report, o->project, (PetscBool)(o->rank == 0), a));
  PetscCall(TransferFields(o, a, live));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputLog(PltOutput o, const char *line)
{
  PetscFunctionBegin;
  if (o->rank == 0) PetscCall(PltTextAdd(&o->report.log, "%s\n", line));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputDestroy(PltOutput *output)
{
  PltOutput      o    = *output;
  PetscErrorCode ierr = 0;

  PetscFunctionBegin;
  if (!o) PetscFunctionReturn(PETSC_SUCCESS);
  if (o->rank == 0) ierr = PltReportFinish(&o->report, o->project, o->size, o->base);
  ierr = PltAgree(o->mesh->comm, ierr);
  if (ierr) (void)PltFieldsDestroy(&o->fields);
  else ierr = PltFieldsDestroy(&o->fields);
  PetscCall(PltFootprintDestroy(&o->plan));
  PetscCall(PltReportFree(&o->report));
  PetscCall(PetscFree(o->base));
  PetscCall(PetscFree(*output));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
