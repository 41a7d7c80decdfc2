/* SPDX-License-Identifier: BSD-2-Clause
   platen: warpage, stress and die shift of fan-out panels, process step by process step. This file
   finds the subcommand, starts and ends the session; the subcommands are the files cmd_*.c. */
#include <stdio.h>
#include <string.h>
#include "cmd.h"

static const PltCommand *const commands[] = {
    &PltCommandExample, &PltCommandCheck, &PltCommandMaterial, &PltCommandMesh,
    &PltCommandRun,     &PltCommandInfo,  &PltCommandXdmf};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void PrintOverview(FILE *out)
{
  fputs("Platen computes how a fan-out panel or wafer warps, how its plies are stressed and how\n"
        "its dies shift, after every step of its process.\n\n"
        "usage: platen COMMAND ...        platen COMMAND --help tells all about one\n\n",
        out);
  for (int i = 0; i < COMMANDS; ++i)
    fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
  fputs("\nA first run:\n"
        "  platen example bilayer -o .      a small recipe, with comments, into this folder\n"
        "  platen check bilayer.yaml        its stack and process as tables\n"
        "  platen run bilayer.yaml          a line for every step, and the result files\n\n"
        "The recipe is described in platen-recipe(5). Exit codes: 0 done, 1 internal error,\n"
        "2 wrong usage, 3 wrong recipe, 4 mesh, 5 no convergence, 6 input or output, 7 a limit\n"
        "of the recipe is exceeded, 130 interrupted.\n",
        out);
}

static const PltCommand *Find(const char *name)
{
  for (int i = 0; i < COMMANDS; ++i)
    if (!strcmp(name, commands[i]->name)) return commands[i];
  return NULL;
}

static int UnknownCommand(const char *name)
{
  fprintf(stderr, "platen: there is no command '%s'; there are", name);
  for (int i = 0; i < COMMANDS; ++i) fprintf(stderr, " %s", commands[i]->name);
  fputs(".\nTry 'platen --help'.\n", stderr);
  return CMD_EXIT_USAGE;
}

/* The number of arguments before "--"; what follows it belongs to PETSc. */
static int CountOwn(int argc, char **argv)
{
  for (int i = 1; i < argc; ++i)
    if (!strcmp(argv[i], "--")) return i;
  return argc;
}

static int IsHelp(const char *word)
{
  return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* --help, --version and "help COMMAND" answer without MPI: at once, and on a login node too. */
static int AnswerAlone(int own, char **argv, int *exit_code)
{
  const PltCommand *command;

  *exit_code = CMD_EXIT_DONE;
  if (own < 2) {
    PrintOverview(stderr);
    *exit_code = CMD_EXIT_USAGE;
  } else if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
    printf("platen %s\n", PltGetVersion());
  } else if (IsHelp(argv[1]) || !strcmp(argv[1], "help")) {
    command = own > 2 ? Find(argv[2]) : NULL;
    if (command) fputs(command->help, stdout);
    else if (own > 2) *exit_code = UnknownCommand(argv[2]);
    else PrintOverview(stdout);
  } else if (!(command = Find(argv[1]))) {
    *exit_code = UnknownCommand(argv[1]);
  } else {
    for (int i = 2; i < own; ++i) {
      if (!IsHelp(argv[i])) continue;
      fputs(command->help, stdout);
      return 1;
    }
    return 0;
  }
  return 1;
}

/* A full disk or a closed pipe: what was printed has not arrived. */
static int FlushOutput(int out)
{
  if (!fflush(stdout) && !ferror(stdout)) return out;
  perror("platen: standard output");
  /* PETSc would stumble over it once more when it ends */
  if (!freopen("/dev/null", "w", stdout)) return CMD_EXIT_INTERNAL;
  return out == CMD_EXIT_DONE ? CMD_EXIT_IO : out;
}

static int RunSession(const PltCommand *command, int argc, char **argv)
{
  const int own = CountOwn(argc, argv);
  char    **all = argv; /* PltInitialize may move what it is given */
  int       code, out;

  code = PltInitialize(&argc, &all);
  if (code) return CmdFail(code);
  out  = FlushOutput(command->run(command, own - 1, argv + 1));
  code = PltFinalize();
  if (code && out == CMD_EXIT_DONE) out = CmdFail(code);
  return out;
}

int main(int argc, char **argv)
{
  const int         own = CountOwn(argc, argv);
  const PltCommand *command;
  int               out;

  if (AnswerAlone(own, argv, &out)) return FlushOutput(out);
  command = Find(argv[1]);
  if (command->session) return RunSession(command, argc, argv);
  return FlushOutput(command->run(command, own - 1, argv + 1));
}
