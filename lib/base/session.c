/* SPDX-License-Identifier: BSD-2-Clause
   Start and end of Platen in a process, version, exit codes. The text of the last failure is in
   error.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

/* What PltFinalize has to undo. A process has one PETSc, so there is one of these. */
typedef struct {
  int    depth;        /* PltInitialize calls not yet undone */
  int    owns_petsc;   /* PETSc was started here */
  char **petsc_option; /* what PETSc was given as argv: it keeps the pointer until it ends */
} Session;

static Session session;

/* Cut argv at "--": before it the program's own arguments, which stay, after it PETSc's, which are
   lent to *option with the program's name in front. */
static int SplitArguments(int *argc, char **argv, int *noption, char ***option)
{
  int own = 0;

  while (own < *argc && strcmp(argv[own], "--") != 0) own++;
  *noption = own < *argc ? *argc - own : 1;
  *option  = calloc((size_t)*noption + 1, sizeof(**option));
  if (!*option) return PETSC_ERR_MEM;
  (*option)[0] = *argc > 0 ? argv[0] : NULL;
  for (int i = 1; i < *noption; i++) (*option)[i] = argv[own + i];
  if (own < *argc) argv[own] = NULL; /* argv[argc] is NULL in C */
  *argc = own;
  return 0;
}

/* PETSc does not run yet, or has failed to: no PetscCall before it does. Its signal handler is
   taken off so that a crash is a crash, with a core and the usual signal. */
static int StartPetsc(int noption, char **option)
{
  int ierr, over = 0;

  MPI_Finalized(&over);
  if (over) {
    PltKeepMessage("MPI has ended in this process, Platen cannot be started any more");
    return PLT_ERR_USAGE;
  }
  if (option) ierr = PetscInitialize(&noption, &option, NULL, NULL);
  else ierr = PetscInitializeNoArguments();
  if (ierr) {
    PltKeepMessage("PETSc could not be started");
    return ierr;
  }
  PetscCall(PetscPopSignalHandler());
  return 0;
}

static int ReleaseOptions(int code)
{
  free(session.petsc_option);
  session.petsc_option = NULL;
  return code;
}

int PltInitialize(int *argc, char ***argv)
{
  PetscBool up;
  char    **option  = NULL;
  int       noption = 0, ierr;

  if (session.depth > 0) return session.depth++, 0;
  if (argc && argv && *argv) {
    ierr = SplitArguments(argc, *argv, &noption, &option);
    if (ierr) return ierr;
  }
  session.petsc_option = option;
  PetscInitialized(&up);
  if (!up) {
    ierr = StartPetsc(noption, option);
    if (ierr) return ReleaseOptions(ierr);
  } else if (noption > 1) PetscCall(PetscOptionsInsertArgs(NULL, noption - 1, option + 1));
  session.owns_petsc = !up;
  PetscCall(PltErrorHandlerPush());
  PltClearMessage();
  session.depth = 1;
  return 0;
}

int PltFinalize(void)
{
  if (session.depth == 0) {
    PltKeepMessage("PltFinalize without PltInitialize");
    return PLT_ERR_USAGE;
  }
  if (--session.depth > 0) return 0;
  PetscCall(PltUnitsFinalize());
  PetscCall(PltErrorHandlerPop());
  PltClearMessage();
  return ReleaseOptions(session.owns_petsc ? PetscFinalize() : 0);
}

int PltGetUnusedOptions(char **text)
{
  char   **name, **value;
  PetscInt n;
  size_t   size = 1;

  PetscFunctionBegin;
  PetscCall(PetscOptionsLeftGet(NULL, &n, &name, &value));
  for (PetscInt i = 0; i < n; i++) size += strlen(name[i]) + (value[i] ? strlen(value[i]) : 0) + 3;
  *text = calloc(size, 1);
  PetscCheck(*text, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory for a list of options");
  for (PetscInt i = 0, at = 0; i < n; i++)
    at += snprintf(*text + at, size - (size_t)at, "-%s%s%s\n", name[i], value[i] ? " " : "",
                   value[i] ? value[i] : "");
  PetscCall(PetscOptionsLeftRestore(NULL, &n, &name, &value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

#define TEXT_OF(x) #x
#define VERSION_TEXT(a, b, c) TEXT_OF(a) "." TEXT_OF(b) "." TEXT_OF(c)

const char *PltGetVersion(void)
{
  return VERSION_TEXT(PLT_VERSION_MAJOR, PLT_VERSION_MINOR, PLT_VERSION_PATCH);
}

int PltExitCode(int code)
{
  switch (code) {
  case PLT_OK:
    return 0;
  case PLT_ERR_USAGE:
    return 2;
  case PLT_ERR_RECIPE:
    return 3;
  case PLT_ERR_MESH:
    return 4;
  case PLT_ERR_CONVERGENCE:
    return 5;
  case PLT_ERR_IO:
    return 6;
  case PLT_ERR_LIMIT:
    return 7;
  case PLT_ERR_INTERRUPTED:
    return 130;
  default:
    return 1;
  }
}
