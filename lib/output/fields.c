/* SPDX-License-Identifier: BSD-2-Clause
   The field file: VTKHDF 2.0, temporal (the layout is drawn in README). A live set is an epoch: its
   topology is written once; a step appends its fields and points at the epoch.

   A step is complete when NSteps counts it. Its arrays go to disk first; then, in a second flush,
   the rows of /VTKHDF/Steps and NSteps. The file carries the name .part until the first step that
   is written to it is complete. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "output/fields.h"

static PetscErrorCode GetCompression(PetscInt *level)
{
  PetscFunctionBegin;
  *level = 1; /* of smooth fields 1 leaves a tenth, 4 seven percent less in twice the time */
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-plt_output_compress", level, NULL));
  PetscCheck(*level >= 0 && *level <= 9, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-plt_output_compress %" PetscInt_FMT ": must be 0 (none) to 9", *level);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Concatenate(const char *a, const char *b, char **both)
{
  PetscFunctionBegin;
  PetscCall(PetscMalloc1(strlen(a) + strlen(b) + 1, both));
  strcpy(*both, a);
  strcat(*both, b);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsNew(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                            const char *base, PltFields *fields, PetscInt *level)
{
  PltFields f;

  PetscFunctionBegin;
  PetscCall(GetCompression(level));
  PetscCall(PetscNew(&f));
  *fields  = f;
  f->slabs = slabs;
  PetscCall(Concatenate(base, ".vtkhdf", &f->name));
  PetscCall(Concatenate(f->name, ".part", &f->part));
  PetscCall(PltXdmfName(f->name, &f->sidecar));
  PetscCall(PltLayersCreate(mesh, slabs, project, &f->layers));
  f->npoint      = (int64_t)mesh->nvert_all * f->layers.nface;
  f->xdmf.points = (long long)f->npoint;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsCreate(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                               const char *base, PltFields *fields)
{
  PltFields      f;
  PltH5Quiet     quiet;
  PetscInt       level;
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(PltFieldsNew(mesh, slabs, project, base, fields, &level));
  f          = *fields;
  f->unnamed = PETSC_TRUE;
  quiet      = PltH5BeQuiet();
  ierr       = PltH5Create(&f->h5, mesh->comm, f->part, level);
  PltH5Loud(quiet);
  f->failed = ierr ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsDestroy(PltFields *fields)
{
  PltFields      f = *fields;
  PltH5Quiet     quiet;
  PetscErrorCode ierr = 0;

  PetscFunctionBegin;
  if (!f) PetscFunctionReturn(PETSC_SUCCESS);
  quiet = PltH5BeQuiet();
  if (f->h5.name) ierr = PltH5Close(&f->h5);
  PltH5Loud(quiet);
  if (f->unnamed && f->h5.rank == 0) (void)remove(f->part);
  if (f->failed) ierr = 0; /* told before */
  PetscCall(PltLayersDestroy(&f->layers));
  PetscCall(PltXdmfFree(&f->xdmf));
  PetscCall(PetscFree(f->name));
  PetscCall(PetscFree(f->part));
  PetscCall(PetscFree(f->sidecar));
  PetscCall(PetscFree(*fields));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Bytes the next step may take, not counting on compression. An array may have to rewrite its last
   chunk and leave another one mostly empty; the first step writes the group /platen too. */
static double StepBytes(PltFields f, PetscBool epoch)
{
  const PltLayers *l     = &f->layers;
  const double     point = 4 * (3 + 1) + (f->nstep ? 0 : 8 * 3);
  const double     cell  = 4 * (1 + (f->stress ? 7 : 0)) + (epoch ? 8 * 9 + 1 + 8 : 0);
  const double     most  = (double)l->mesh->nquad_all * (double)l->nlayer; /* cells */
  const double     slack = 2 * ((double)f->npoint * point + most * cell);
  const double     extra = f->nstep ? 0 : 512.0 * (double)l->project->ndie;

  return (double)f->npoint * point + (double)l->ncell_all * cell + extra +
         PetscMin(slack, 40.0 * PLT_H5_CHUNK) + 2.0 * PLT_H5_CHUNK;
}

static PetscErrorCode TakeFinalName(PltFields f)
{
  PetscFunctionBegin;
  if (f->h5.rank == 0)
    PetscCheck(!rename(f->part, f->name), PETSC_COMM_SELF, PLT_ERR_IO,
               "%s: cannot be renamed to %s: %s", f->part, f->name, strerror(errno));
  PetscCall(PetscFree(f->h5.name));
  PetscCall(PetscStrallocpy(f->name, &f->h5.name));
  f->unnamed = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode WriteSidecar(PltFields f)
{
  PltText        text = {0};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  if (f->h5.rank > 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltXdmfFormat(&f->xdmf, PltFileBasename(f->name), &text));
  ierr = PltFileReplace(f->sidecar, &text);
  PetscCall(PltTextFree(&text));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltFieldsSkip(PltFields f, PetscInt frames)
{
  f->nframe = frames;
}

double PltFieldsPlace(PltFields f, const PltFrame *frame)
{
  return (double)f->nframe - frame->left;
}

static PetscErrorCode WriteStep(PltFields f, const PltFrame *frame)
{
  const MPI_Comm comm = f->h5.comm;
  PetscBool      epoch;

  PetscFunctionBegin;
  PetscCall(PltLayersSetLive(&f->layers, frame->live, &epoch));
  PetscCheck(f->layers.ncell_all > 0, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "nothing is live");
  if (f->nstep == 0) f->stress = f->xdmf.stress = frame->stress ? PETSC_TRUE : PETSC_FALSE;
  PetscCheck(frame->stress || !f->stress, PETSC_COMM_SELF, PLT_ERR_INTERNAL,
             "step %d lacks the stress that the first one had", frame->report.index);
  PetscCall(PltH5Reserve(&f->h5, StepBytes(f, epoch)));
  if (f->nstep == 0) PetscCall(PltFieldsBegin(f));
  if (epoch) PetscCall(PltFieldsWriteEpoch(f));
  PetscCall(PltFieldsWriteArrays(f, frame));
  PetscCall(PltFieldsWriteViews(f, frame));
  PetscCall(PltH5Flush(&f->h5));
  PetscCall(PltH5Reserve(&f->h5, PLT_H5_CHUNK)); /* the flush has cut the file to size */
  PetscCall(PltFieldsCommit(f, frame));
  PetscCall(PltH5Flush(&f->h5));
  if (f->unnamed) PetscCall(PltAgree(comm, TakeFinalName(f)));
  PetscCall(PltXdmfAdd(&f->xdmf, frame->report.name, PltFieldsPlace(f, frame),
                       (long long)f->layers.ncell_all));
  PetscCall(PltAgree(comm, WriteSidecar(f)));
  f->row += f->layers.ncell_all;
  f->pv = frame->warpage.pv;
  f->nstep++;
  if (frame->left <= 0) f->nframe++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsWrite(PltFields f, const PltFrame *frame)
{
  PltH5Quiet     quiet;
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCheck(!f->failed, PETSC_COMM_SELF, PLT_ERR_USAGE, "%s: writing has failed before", f->name);
  quiet = PltH5BeQuiet();
  ierr  = WriteStep(f, frame);
  PltH5Loud(quiet);
  f->failed = ierr ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
