/* SPDX-License-Identifier: BSD-2-Clause
   What the subcommands share: who prints, how a failure ends, the operand, folders. */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "cmd.h"
#include "platen_material.h"

static int IsMpiUp(void)
{
  int on = 0, off = 0;

  MPI_Initialized(&on);
  MPI_Finalized(&off);
  return on && !off;
}

int CmdRank(void)
{
  int rank = 0;

  if (IsMpiUp()) MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

int CmdUsage(const PltCommand *command, const char *format, ...)
{
  va_list args;

  if (CmdRank() != 0) return CMD_EXIT_USAGE;
  fprintf(stderr, "platen %s: ", command->name);
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fprintf(stderr, "\nTry 'platen %s --help'.\n", command->name);
  return CMD_EXIT_USAGE;
}

int CmdBadOption(const PltCommand *command, int c, char **argv)
{
  /* getopt_long leaves optopt 0 for a long option it does not know; argv[optind - 1] is then it */
  if (c == ':') return CmdUsage(command, "option '%s' needs a value", argv[optind - 1]);
  if (optopt && argv[optind - 1][1] != '-')
    return CmdUsage(command, "there is no option '-%c'", optopt);
  return CmdUsage(command, "there is no option '%s', or it takes no value", argv[optind - 1]);
}

const char *CmdOperand(const PltCommand *command, int argc, char **argv, const char *what)
{
  if (argc - optind == 1) return argv[optind];
  if (argc == optind) CmdUsage(command, "which %s? None is given.", what);
  else CmdUsage(command, "one %s at a time; '%s' is one too many", what, argv[optind + 1]);
  return NULL;
}

int CmdFail(int code)
{
  const char *text = PltGetErrorMessage();
  const int   all  = code >= PLT_ERR_USAGE && code <= PLT_ERR_INTERRUPTED;
  const int   out  = PltExitCode(code);
  int         size = 1;

  if (!text || !*text) text = "no message was left";
  if (all) {
    /* mistakes of a recipe begin with file:line:column, which editors jump to */
    if (CmdRank() == 0) fprintf(stderr, "%s%s\n", code == PLT_ERR_RECIPE ? "" : "platen: ", text);
    return out;
  }
  fprintf(stderr, "platen: internal error %d on rank %d: %s\n", code, CmdRank(), text);
  /* the other ranks may be waiting in a collective call that this one will never reach */
  if (IsMpiUp()) MPI_Comm_size(MPI_COMM_WORLD, &size);
  if (size > 1) MPI_Abort(MPI_COMM_WORLD, out);
  return out;
}

int CmdLoadLaw(const char *file)
{
  const int code = PltLoadLaw(file);

  return code ? CmdFail(code) : CMD_EXIT_DONE;
}

int CmdReadRecipe(const char *file, PltProject *project)
{
  int   code = PltProjectRead(MPI_COMM_WORLD, file, project);
  char *warnings;

  if (!code) code = PltProjectCheck(*project);
  if (!code && CmdRank() == 0 && !PltProjectWarnings(*project, &warnings)) {
    fputs(warnings, stderr);
    free(warnings);
  }
  return code;
}

void CmdMakeFolders(const char *base)
{
  char path[4096];

  for (const char *slash = strchr(base, '/'); slash; slash = strchr(slash + 1, '/')) {
    snprintf(path, sizeof path, "%.*s", (int)(slash - base), base);
    if (*path) mkdir(path, 0777);
  }
}
