/* SPDX-License-Identifier: BSD-2-Clause
   A field file carried on behind a step that was marked. Rank 0 alone checks the file, copies it
   and cuts the copy back to the mark with serial HDF5: nobody waits for a file that is wrong or a
   disk that is full. All ranks open the copy then. It is called .part until its next step is
   complete, so that neither the file copied nor an earlier result is touched before. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "output/fields.h"

enum { BLOCK = 1 << 20 }; /* bytes copied at once */

PetscErrorCode PltFieldsGetMark(PltFields f, PltFieldsMark *mark)
{
  PetscFunctionBegin;
  *mark = (PltFieldsMark){.nstep       = f->nstep,
                          .nepoch      = f->nepoch,
                          .nframe      = f->nframe,
                          .epoch_start = f->epoch_start,
                          .epoch_cells = f->epoch_cells,
                          .row         = f->row,
                          .pv          = f->pv};
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckKind(PltFields f, PltH5 *h5)
{
  const PetscBool   stress = H5Lexists(h5->file, "/VTKHDF/CellData/stress", H5P_DEFAULT) > 0;
  const char *const wanted = f->layers.project->output_slabs ? "slabs" : "plies";
  char              cells[16];
  long long         points;

  PetscFunctionBegin;
  PetscCall(PltResultGetText(h5, "/platen", "cells", sizeof cells, cells));
  PetscCheck(!strcmp(cells, wanted), PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: its cells are %s, the recipe wants %s", h5->name, cells, wanted);
  PetscCheck(stress == f->stress, PETSC_COMM_SELF, PLT_ERR_IO, "%s: has %s, the recipe wants %s",
             h5->name, stress ? "stress" : "no stress", f->stress ? "stress" : "none");
  PetscCall(PltResultCountRows(h5, "/VTKHDF/Points", &points));
  PetscCheck(points == (long long)f->npoint, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: has %lld points, the panel has %lld: another mesh or other plies", h5->name,
             points, (long long)f->npoint);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Cells hold numbers of materials: those the file names must still have theirs. */
static PetscErrorCode CheckMaterials(PltFields f, PltH5 *h5)
{
  const PltProject project = f->layers.project;
  const char      *now     = "";
  long long        n, i;
  char            *name, was[64] = "";
  size_t           length;
  hid_t            set, type;

  PetscFunctionBegin;
  PetscCall(PltResultCountRows(h5, "/platen/materials", &n));
  PltCallHDF5(h5, set = H5Dopen2(h5->file, "/platen/materials", H5P_DEFAULT));
  PltCallHDF5(h5, type = H5Dget_type(set));
  length = H5Tget_size(type);
  PetscCall(PetscCalloc1(length * (size_t)n + 1, &name));
  PltCallHDF5(h5, H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, name));
  PltCallHDF5(h5, H5Tclose(type));
  PltCallHDF5(h5, H5Dclose(set));
  for (i = 0; i < n; i++) {
    const char *old = name + (size_t)i * length;

    now = i < project->nmaterial ? project->material[i]->name : "";
    (void)snprintf(was, sizeof was, "%.*s", (int)length, old);
    if (strlen(now) > length || strncmp(now, old, length)) break;
  }
  PetscCall(PetscFree(name));
  PetscCheck(i == n, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: its material %lld is '%s', that of the recipe '%s'", h5->name, i, was, now);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Is the last step of the mark that of the file? */
static PetscErrorCode CheckMark(PltFields f, PltH5 *h5, int64_t done)
{
  const int64_t last = f->nstep - 1;
  int64_t       cells;
  double        pv;
  char          path[32];

  PetscFunctionBegin;
  PetscCheck(done >= f->nstep, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: has %lld steps, %" PetscInt_FMT " had been written", h5->name, (long long)done,
             f->nstep);
  PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d", (int)last));
  PetscCall(PltResultGet(h5, path, "warpage_pv", H5T_NATIVE_DOUBLE, &pv));
  PetscCheck(!memcmp(&pv, &f->pv, sizeof pv), PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: warpage of step %lld is %.17g m, that written was %.17g m: another run", h5->name,
             (long long)last, pv, f->pv);
  PetscCall(PltResultGet(h5, path, "cells", H5T_NATIVE_INT64, &cells));
  PetscCheck(cells == f->layers.ncell_all, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: step %lld has %lld cells, %lld are live", h5->name, (long long)last,
             (long long)cells, (long long)f->layers.ncell_all);
  PetscCheck(cells == f->epoch_cells, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: step %lld has %lld cells, %lld had been written", h5->name, (long long)last,
             (long long)cells, (long long)f->epoch_cells);
  PetscCall(PltFieldsCheckArrays(f, h5));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The sidecar of the steps kept is known to rank 0 alone, which writes it. */
static PetscErrorCode ReadAtMark(PltFields f, PltH5 *h5, const char *source)
{
  int64_t done;

  PetscFunctionBegin;
  PetscCall(PltResultOpen(h5, source, PETSC_FALSE, &done));
  PetscCall(CheckKind(f, h5));
  PetscCall(CheckMaterials(f, h5));
  PetscCall(CheckMark(f, h5, done));
  PetscCall(PltResultReadXdmf(h5, f->nstep, &f->xdmf));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Views and what is told of the steps behind the mark. */
static PetscErrorCode CutSteps(PltFields f, PltH5 *h5)
{
  char path[32];

  PetscFunctionBegin;
  for (PetscInt s = f->nstep;; s++) {
    htri_t there;

    PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d", (int)s));
    PltCallHDF5(h5, there = H5Lexists(h5->file, path, H5P_DEFAULT));
    if (!there) break;
    PltCallHDF5(h5, H5Ldelete(h5->file, path, H5P_DEFAULT));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The last chunk of each array that is cut is written anew. */
static PetscErrorCode CutBack(PltFields f, PltH5 *h5)
{
  int64_t done;

  PetscFunctionBegin;
  PetscCall(PltResultOpen(h5, f->part, PETSC_TRUE, &done));
  PetscCall(PltH5Reserve(h5, 16.0 * PLT_H5_CHUNK));
  PetscCall(CutSteps(f, h5));
  PetscCall(PltFieldsCutArrays(f, h5));
  PltCallHDF5(h5, H5Ldelete(h5->file, "/platen", H5P_DEFAULT));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* 0, or why not; *reading says on which side. */
static int CopyBlocks(FILE *from, FILE *to, char *block, PetscBool *reading)
{
  size_t n;

  do {
    errno    = 0;
    *reading = PETSC_TRUE;
    n        = fread(block, 1, BLOCK, from);
    if (ferror(from)) return errno ? errno : EIO;
    *reading = PETSC_FALSE;
    if (fwrite(block, 1, n, to) != n) return errno ? errno : EIO;
  } while (n == BLOCK);
  return 0;
}

static PetscErrorCode CopyFile(const char *source, const char *copy)
{
  PetscBool   reading = PETSC_TRUE;
  struct stat a, b;
  char       *block;
  FILE       *from, *to = NULL;
  int         why;

  PetscFunctionBegin;
  PetscCheck(stat(source, &a) || stat(copy, &b) || a.st_dev != b.st_dev || a.st_ino != b.st_ino,
             PETSC_COMM_SELF, PLT_ERR_IO, "%s: would be overwritten; give it another name", source);
  PetscCall(PetscMalloc1(BLOCK, &block));
  errno = 0;
  from  = fopen(source, "rb");
  if (from) {
    reading = PETSC_FALSE;
    to      = fopen(copy, "wb");
  }
  why = from && to ? CopyBlocks(from, to, block, &reading) : errno;
  if (to && fclose(to) && !why) why = errno;
  if (from) (void)fclose(from);
  if (to && why) (void)remove(copy);
  PetscCall(PetscFree(block));
  PetscCheck(!why, PETSC_COMM_SELF, PLT_ERR_IO, "%s: cannot be %s: %s", reading ? source : copy,
             reading ? "read" : "written", strerror(why));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What rank 0 does alone: f->part becomes what the file was at the mark. */
static PetscErrorCode MakePart(PltFields f, const char *source)
{
  PltH5          h5 = {.comm = PETSC_COMM_SELF};
  PetscErrorCode ierr, close;

  PetscFunctionBegin;
  ierr  = ReadAtMark(f, &h5, source);
  close = PltResultClose(&h5);
  PetscCall(ierr);
  PetscCall(close);
  PetscCall(CopyFile(source, f->part));
  ierr  = CutBack(f, &h5);
  close = PltResultClose(&h5);
  if (ierr || close) (void)remove(f->part);
  PetscCall(ierr);
  PetscCall(close);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The description is written anew: later steps of the recipe may be others. */
static PetscErrorCode Resume(PltFields f, const char *source, PetscInt level)
{
  const PltProject project = f->layers.project;
  const MPI_Comm   comm    = f->layers.mesh->comm;
  int              rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCall(PltAgree(comm, rank == 0 ? MakePart(f, source) : 0));
  f->unnamed = PETSC_TRUE;
  PetscCall(PltH5OpenAgain(&f->h5, comm, f->part, level));
  PetscCall(PltH5Reserve(&f->h5, 512.0 * (double)project->ndie + 2.0 * PLT_H5_CHUNK));
  PetscCall(PltFieldsDescribe(&f->h5, project, f->slabs));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsResume(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                               const char *base, const char *source, const PltFieldsMark *mark,
                               const unsigned char *live, PltFields *fields)
{
  PltFields      f;
  PltH5Quiet     quiet;
  PetscInt       level;
  PetscBool      changed;
  PetscErrorCode ierr;

  PetscFunctionBegin;
  *fields = NULL;
  PetscCheck(mark->nstep > 0 && mark->nstep < PETSC_MAX_INT, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "%s: cannot go on behind step %lld", source, (long long)mark->nstep);
  PetscCall(PltFieldsNew(mesh, slabs, project, base, fields, &level));
  f              = *fields;
  f->nstep       = (PetscInt)mark->nstep;
  f->nepoch      = (PetscInt)mark->nepoch;
  f->nframe      = (PetscInt)mark->nframe;
  f->epoch_start = mark->epoch_start;
  f->epoch_cells = mark->epoch_cells;
  f->row         = mark->row;
  f->pv          = mark->pv;
  f->stress = f->xdmf.stress = project->output_stress;
  PetscCall(PltLayersSetLive(&f->layers, live, &changed));
  quiet = PltH5BeQuiet();
  ierr  = Resume(f, source, level);
  PltH5Loud(quiet);
  f->failed = ierr ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
