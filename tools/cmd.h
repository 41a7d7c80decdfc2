/* SPDX-License-Identifier: BSD-2-Clause
   The command `platen`: one subcommand a file, each a const PltCommand listed in platen.c. Written
   on the public API alone, so that whatever the command can do, a program of the user's can do.

   Exit codes: 0 done, 1 internal error, 2 wrong usage, 3 wrong recipe, 4 mesh, 5 no convergence,
   6 input or output, 7 a limit of the recipe is exceeded, 130 interrupted. */
#ifndef PLT_CMD_H
#define PLT_CMD_H
#include "platen.h"

enum { CMD_EXIT_DONE = 0, CMD_EXIT_INTERNAL = 1, CMD_EXIT_USAGE = 2, CMD_EXIT_IO = 6 };

typedef struct PltCommand_ {
  const char *name;
  const char *summary; /* one line, for the list of commands */
  const char *help;    /* the page of --help */
  int         session; /* 1: MPI and PETSc are up while it runs */
  /* argv[0] is the command's name and argc ends before "--". Returns the exit code. */
  int (*run)(const struct PltCommand_ *command, int argc, char **argv);
} PltCommand;

extern const PltCommand PltCommandCheck, PltCommandMesh, PltCommandRun, PltCommandInfo,
    PltCommandXdmf, PltCommandExample, PltCommandMaterial;

/* Rank in MPI_COMM_WORLD; 0 in a command without a session. */
int CmdRank(void);
/* Say on rank 0 what is wrong with the command line; CMD_EXIT_USAGE. */
int CmdUsage(const PltCommand *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for what getopt_long has just refused: c is its '?' or ':'. */
int CmdBadOption(const PltCommand *command, int c, char **argv);
/* Exactly one operand, what is left of argv after the options; NULL and a message otherwise. `what`
   names it to the user. */
const char *CmdOperand(const PltCommand *command, int argc, char **argv, const char *what);
/* The exit code of a code of the API, after saying once what happened. Codes every rank shares are
   told by rank 0; any other may be one rank's alone, which then ends the whole job. */
int CmdFail(int code);
/* Read a recipe and check it as a whole. Collective; a code of the API. */
int CmdReadRecipe(const char *file, PltProject *project);
/* The folder of the result files base.*, made with those above it. What cannot be made is told by
   the files that then cannot be written. */
void CmdMakeFolders(const char *base);

#endif
