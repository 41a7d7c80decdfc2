/* SPDX-License-Identifier: BSD-2-Clause
   The text of the last failure. A PETSc error handler keeps what PetscError is told and prints
   nothing; the text is read by PltGetErrorMessage.

   A failure begins with PETSC_ERROR_INITIAL, which replaces the text of the one before, and goes
   on with one PETSC_ERROR_REPEAT for each caller. A user's mistake (PLT_ERR_USAGE and up) is the
   plain text. Anything else is a defect or lack of resources: the text gets the place and its
   callers. PETSc cuts messages at 2 kB, so longer ones are handed over beforehand by
   PltKeepMessage.

   The text outlives PetscFinalize, hence malloc; one per thread, as PETSc may be called by
   several. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

enum { CALLER_MAX = 12 }; /* more callers than this say nothing new */

typedef struct {
  char *text;    /* NULL: nothing failed */
  int   ncaller; /* callers named so far */
  int   kept;    /* text was handed over and waits for its PETSC_ERROR_INITIAL */
  int   plain;   /* nothing is to be appended */
} Message;

static _Thread_local Message message;

static void SetText(const char *text)
{
  char *copy = strdup(text); /* first: text may be the old one */

  free(message.text);
  message.text    = copy;
  message.ncaller = 0;
}

static void AppendText(const char *text)
{
  const size_t old  = message.text ? strlen(message.text) : 0;
  char        *grew = realloc(message.text, old + strlen(text) + 1);

  if (!grew) return; /* out of memory: the text stays as it was */
  strcpy(grew + old, text);
  message.text = grew;
}

static int IsUserMistake(PetscErrorCode code)
{
  return code >= PLT_ERR_USAGE && code <= PLT_ERR_INTERRUPTED;
}

static void AppendPlace(const char *lead, const char *function, const char *file, int line)
{
  char        place[256];
  const char *slash = strrchr(file, '/');

  snprintf(place, sizeof(place), "%s%s, %s:%d", lead, function, slash ? slash + 1 : file, line);
  AppendText(place);
}

/* PETSc's own codes have a general text ("Out of memory"), which their message only completes. */
static void BeginText(PetscErrorCode code, const char *text)
{
  const char *general = NULL;
  size_t      end;

  (void)PetscErrorMessage(code, &general, NULL);
  SetText(general ? general : "");
  if (general && text && *text) AppendText(": ");
  if (text) AppendText(text);
  if (!message.text) return;
  end = strlen(message.text);
  while (end > 0 && (message.text[end - 1] == '\n' || message.text[end - 1] == ' '))
    message.text[--end] = '\0';
}

static PetscErrorCode KeepError(MPI_Comm comm, int line, const char *function, const char *file,
                                PetscErrorCode code, PetscErrorType type, const char *text,
                                void *context)
{
  (void)comm;
  (void)context;
  if (type != PETSC_ERROR_REPEAT) {
    message.plain = message.kept || IsUserMistake(code);
    if (!message.kept) {
      BeginText(code, text);
      if (!message.plain) AppendPlace(" (in ", function, file, line), AppendText(")");
    }
    message.kept = 0;
  } else if (!message.plain && message.ncaller < CALLER_MAX) {
    AppendPlace("\n  called by ", function, file, line);
    message.ncaller++;
  }
  return code;
}

void PltKeepMessage(const char *text)
{
  SetText(text);
  message.kept = 1;
}

void PltClearMessage(void)
{
  free(message.text);
  message = (Message){.text = NULL};
}

const char *PltGetErrorMessage(void)
{
  return message.text ? message.text : "";
}

PetscErrorCode PltErrorHandlerPush(void)
{
  PetscFunctionBegin;
  PetscCall(PetscPushErrorHandler(KeepError, NULL));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltErrorHandlerPop(void)
{
  PetscFunctionBegin;
  PetscCall(PetscPopErrorHandler());
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The text of rank `from` becomes that of every rank. */
static PetscErrorCode ShareMessage(MPI_Comm comm, int from)
{
  int   rank, length = 0;
  char *text;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  if (rank == from) length = (int)strlen(PltGetErrorMessage());
  PetscCallMPI(MPI_Bcast(&length, 1, MPI_INT, from, comm));
  PetscCall(PetscCalloc1(length + 1, &text));
  if (rank == from) memcpy(text, PltGetErrorMessage(), (size_t)length);
  PetscCallMPI(MPI_Bcast(text, length, MPI_CHAR, from, comm));
  PltKeepMessage(text);
  PetscCall(PetscFree(text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAgree(MPI_Comm comm, PetscErrorCode local)
{
  struct {
    int code, rank;
  } mine = {.code = local}, worst = {.code = 0};

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(comm, &mine.rank));
  /* MAXLOC breaks ties towards the lower rank (MPI 3.1, 5.9.4). */
  PetscCallMPI(MPI_Allreduce(&mine, &worst, 1, MPI_2INT, MPI_MAXLOC, comm));
  if (worst.code == 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(ShareMessage(comm, worst.rank));
  SETERRQ(PETSC_COMM_SELF, worst.code, "raised by rank %d", worst.rank);
}
