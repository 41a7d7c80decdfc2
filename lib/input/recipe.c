/* SPDX-License-Identifier: BSD-2-Clause
   Recipes in files, for all ranks: rank 0 reads, checks and spreads the text in its plain form;
   rank 0 writes. */
#include <errno.h>
#include <stdio.h>
#include "input/input.h"

/* What rank 0 does alone. */
static PetscErrorCode ReadAndCheck(const char *file, PltProject project)
{
  PltMistakes    mistakes;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCall(PltMistakesCreate(&mistakes));
  failed = PltInputParse(file, NULL, project, mistakes);
  if (!failed) failed = PltInputLoadMaps(project, mistakes);
  if (!failed) failed = PltProjectFindMistakes(project, mistakes);
  if (!failed) failed = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The text of rank 0 to all; freed by the caller. */
static PetscErrorCode SpreadText(MPI_Comm comm, char **text)
{
  PetscMPIInt rank, n = 0;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (rank == 0 && *text) {
    PetscCheck(strlen(*text) < PETSC_MPI_INT_MAX, comm, PLT_ERR_USAGE, "the recipe is above 2 GB");
    n = (PetscMPIInt)strlen(*text) + 1;
  }
  PetscCallMPI(MPI_Bcast(&n, 1, MPI_INT, 0, comm));
  if (rank != 0) PetscCall(PetscMalloc1(n, text));
  PetscCallMPI(MPI_Bcast(*text, n, MPI_CHAR, 0, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The plain form reads without mistakes, or the writer has a defect. */
static PetscErrorCode ReadPlain(const char *text, PltProject project)
{
  PltMistakes    mistakes;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCall(PltMistakesCreate(&mistakes));
  failed = PltInputParse(NULL, text, project, mistakes);
  if (!failed) failed = PltProjectFindMistakes(project, mistakes);
  if (!failed) failed = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Of a well read project on rank 0, a copy on every other rank. */
static PetscErrorCode Spread(const char *file, PltProject project)
{
  char          *text = NULL;
  PetscErrorCode failed;
  PetscMPIInt    rank, size;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(project->comm, &rank));
  PetscCallMPI(MPI_Comm_size(project->comm, &size));
  if (size == 1) PetscFunctionReturn(PETSC_SUCCESS);
  failed = rank == 0 ? PltInputFormat(project, &text) : PETSC_SUCCESS;
  PetscCall(PltAgree(project->comm, failed));
  PetscCall(SpreadText(project->comm, &text));
  if (rank != 0) {
    failed = ReadPlain(text, project);
    PetscCall(PetscStrallocpy(file, &project->file));
  }
  PetscCall(PetscFree(text));
  PetscCall(PltAgree(project->comm, failed));
  PetscCall(PltInputSpreadMaps(project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectRead(MPI_Comm comm, const char *file, PltProject *project)
{
  PetscErrorCode failed = PETSC_SUCCESS;
  PetscMPIInt    rank;

  PetscFunctionBegin;
  PetscCheck(project && file, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a recipe needs a file name and a place for the project");
  *project = NULL;
  PetscCall(PltProjectCreate(comm, project));
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (rank == 0) failed = ReadAndCheck(file, *project);
  failed = PltAgree(comm, failed);
  if (!failed) failed = Spread(file, *project);
  if (failed) PetscCall(PltProjectDestroy(project));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode WriteFile(PltProject project, const char *file)
{
  char *text;
  FILE *out;
  int   bad;

  PetscFunctionBegin;
  out = fopen(file, "w");
  PetscCheck(out, PETSC_COMM_SELF, PLT_ERR_IO, "cannot write '%s': %s", file, strerror(errno));
  PetscCall(PltInputFormat(project, &text));
  bad = fputs(text, out) < 0;
  bad |= fclose(out);
  PetscCall(PetscFree(text));
  PetscCheck(!bad, PETSC_COMM_SELF, PLT_ERR_IO, "cannot write '%s': %s", file, strerror(errno));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectWrite(PltProject project, const char *file)
{
  PetscErrorCode failed = PETSC_SUCCESS;
  PetscMPIInt    rank;

  PetscFunctionBegin;
  PetscCheck(project && file, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a project and a file name are needed");
  PetscCallMPI(MPI_Comm_rank(project->comm, &rank));
  if (rank == 0) failed = WriteFile(project, file);
  PetscCall(PltAgree(project->comm, failed));
  PetscFunctionReturn(PETSC_SUCCESS);
}
