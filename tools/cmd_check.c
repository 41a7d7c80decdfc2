/* SPDX-License-Identifier: BSD-2-Clause
   platen check: read a recipe, report every mistake at once, show stack and process as tables. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include "cmd.h"

static const char help[] =
    "usage: platen check [--law FILE.so] RECIPE\n\n"
    "Read a recipe and everything it includes, and report all mistakes in one go, each as\n"
    "file:line:column with the line it is in. Nothing is meshed or computed, so this takes no\n"
    "time. A recipe without mistakes is shown as tables:\n\n"
    "  stack     every ply, the uppermost first: thickness, material, E, nu and CTE at 25 degC,\n"
    "            and the slab (element through the thickness) it belongs to\n"
    "  slabs     which plies share an element, and what the grouping saves\n"
    "  process   every step: what is added and removed, temperatures, holds\n"
    "  size      columns, levels and unknowns to expect\n\n"
    "  --law FILE.so   a shared object with laws of your own (platen_material.h); may be given "
    "again\n"
    "  -q, --quiet     print nothing but mistakes\n"
    "  -h, --help      this page\n\n"
    "exit codes: 0 the recipe is good, 3 it has mistakes, 4 it has no acceptable mesh, 6 it "
    "cannot\n"
    "be read\n\n"
    "example:  platen check panel.yaml\n";

static int Run(const PltCommand *command, int argc, char **argv)
{
  static const struct option options[] = {
      {"quiet", no_argument, NULL, 'q'}, {"law", required_argument, NULL, 'l'}, {0}};
  PltProject  project = NULL;
  const char *recipe;
  char       *text  = NULL;
  int         quiet = 0, c, code;

  opterr = 0;
  while ((c = getopt_long(argc, argv, ":q", options, NULL)) != -1) {
    if (c == 'q') quiet = 1;
    else if (c == 'l') {
      code = CmdLoadLaw(optarg);
      if (code) return code;
    } else return CmdBadOption(command, c, argv);
  }
  recipe = CmdOperand(command, argc, argv, "recipe");
  if (!recipe) return CMD_EXIT_USAGE;
  code = CmdReadRecipe(recipe, &project);
  if (code) return CmdFail(code);
  if (CmdRank() == 0) code = PltProjectDescribe(project, &text);
  MPI_Bcast(&code, 1, MPI_INT, 0, MPI_COMM_WORLD);
  if (code) return CmdFail(code);
  if (text && !quiet) fputs(text, stdout);
  free(text);
  code = PltProjectDestroy(&project);
  return code ? CmdFail(code) : CMD_EXIT_DONE;
}

const PltCommand PltCommandCheck = {"check", "read a recipe, report mistakes, show its tables",
                                    help, 1, Run};
