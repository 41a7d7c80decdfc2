/* SPDX-License-Identifier: BSD-2-Clause
   platen info and platen xdmf: what a result file holds, and its sidecar written anew. Both are
   serial: rank 0 works and tells the others how it went. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

static const char help_info[] =
    "usage: platen info RESULT.vtkhdf\n\n"
    "Print what a result file holds: the steps with name, time and temperature, how many points\n"
    "and cells are live in each, and the arrays with their units.\n\n"
    "  -h, --help   this page\n\n"
    "exit codes: 0 done, 6 the file cannot be read or is no result of Platen\n\n"
    "example:  platen info out/panel.vtkhdf\n";

static const char help_xdmf[] =
    "usage: platen xdmf RESULT.vtkhdf\n\n"
    "Write the .xdmf file beside a result anew. The .xdmf file names the .vtkhdf file, so after\n"
    "renaming or copying a result under another name ParaView 5.11 and older find the data again\n"
    "only when it has been rewritten. (ParaView 5.12 and later open the .vtkhdf file itself.)\n\n"
    "  -h, --help   this page\n\n"
    "exit codes: 0 done, 6 the file cannot be read or written\n\n"
    "example:  mv out/panel.vtkhdf out/monday.vtkhdf && platen xdmf out/monday.vtkhdf\n";

static int Info(const char *file)
{
  char *text = NULL;
  int   code = PltResultDescribe(file, &text);

  if (!code) fputs(text, stdout);
  free(text);
  return code;
}

static int Run(const PltCommand *command, int argc, char **argv)
{
  static const struct option none[] = {{0}};
  const char                *file;
  int                        code = PLT_OK, c;

  opterr = 0;
  c      = getopt_long(argc, argv, ":", none, NULL);
  if (c != -1) return CmdBadOption(command, c, argv);
  file = CmdOperand(command, argc, argv, "result file (.vtkhdf)");
  if (!file) return CMD_EXIT_USAGE;
  if (CmdRank() == 0) code = strcmp(command->name, "info") ? PltResultWriteXdmf(file) : Info(file);
  MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return code ? CmdFail(code) : CMD_EXIT_DONE;
}

const PltCommand PltCommandInfo = {"info", "print what a result file holds", help_info, 1, Run};
const PltCommand PltCommandXdmf = {"xdmf", "write the .xdmf file beside a result anew", help_xdmf,
                                   1, Run};
