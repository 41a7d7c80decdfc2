/* SPDX-License-Identifier: BSD-2-Clause
   platen run: the whole process of a recipe, one line of a table for each step. */
#include <getopt.h>
#include <glob.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cmd.h"

static const char help[] =
    "usage: platen run [-o BASE] [--restart FILE] [--state last|all|none] [--no-fields] [--quiet]\n"
    "                  [--solver auto|columns|direct|amg] [--law FILE.so] RECIPE\n"
    "                  [-- PETSC-OPTIONS]\n\n"
    "Compute the process of a recipe step by step and print a line for each step\n"
    "(for each temperature of its program; on a terminal also for each increment on the way):\n\n"
    "  temp          temperature reached, degC\n"
    "  warpage       highest minus lowest point of the upper face of what is there, out of its\n"
    "                best-fit plane, mm; + when the centre is above the edges, - when below\n"
    "  die shift     largest in-plane displacement of a die since it was placed, um\n"
    "  residual      the same after the fit of translation, rotation, magnification and shear\n"
    "                that lithography removes, um\n"
    "  lambda        lowest eigenvalue of the tangent: how far from unstable the shape is, 1\n"
    "                without stress, 0 where it becomes so; - in small kinematics\n"
    "  newton, its   iterations of Newton's method (small kinematics: linear systems solved) and\n"
    "                of the linear solver\n\n"
    "  -o, --output BASE   result files are BASE.vtkhdf, BASE.json and so on (default: the name\n"
    "                      of the recipe without .yaml, in the current folder);\n"
    "                      folders of it are made if need be\n"
    "  --restart FILE      go on from FILE, the state that a run of this recipe has left after a\n"
    "                      step; steps behind it and plies that live must be as they were, later\n"
    "                      ones may be others\n"
    "  --state WHICH       last (default): keep the state of the panel after each step in\n"
    "                      BASE.state, in place of the one before; all: step NN in BASE.NN.state;\n"
    "                      none: do not\n"
    "  --solver NAME       columns: conjugate gradients with a multigrid for layered panels;\n"
    "                      direct: MUMPS Cholesky, about 1 GB for 100,000 unknowns;\n"
    "                      amg: conjugate gradients with smoothed aggregation;\n"
    "                      auto (default): direct up to 20,000 unknowns, columns above\n"
    "  --no-fields         leave out the field file, write the report alone\n"
    "  --law FILE.so       a shared object with laws of your own (platen_material.h); may be\n"
    "                      given again\n"
    "  -q, --quiet         print nothing but failures\n"
    "  -h, --help          this page\n"
    "  -- PETSC-OPTIONS    handed to PETSc, e.g. '-- -log_view'; unknown ones are reported\n\n"
    "Files are complete after every step. Ctrl-C, SIGTERM or SIGUSR1 finishes the step under way\n"
    "and stops (exit code 130); a second Ctrl-C stops at once. On several cores:\n"
    "  mpiexec -n 4 platen run panel.yaml -o out/panel\n\n"
    "exit codes: 0 done, 3 wrong recipe, 4 no acceptable mesh, 5 no convergence (the steps before\n"
    "are kept), 6 input or output, 7 a limit of the recipe is exceeded, 130 interrupted\n\n"
    "example:  platen run panel.yaml -o out/panel\n";

typedef struct {
  const char *recipe, *solver, *restart, *state;
  char        base[4096];
  int         fields, quiet;
  double      clock; /* s, when the step under way began */
} Options;

/* The one variable of the command that is not local: a signal handler reaches nothing else. */
static volatile sig_atomic_t stop;

static void OnSignal(int number)
{
  stop = number;
}

/* SA_RESETHAND: the second signal of a kind ends the process as it always would. */
static void CatchSignals(void)
{
  static const int number[] = {SIGINT, SIGTERM, SIGUSR1};
  struct sigaction action;

  memset(&action, 0, sizeof action);
  action.sa_handler = OnSignal;
  action.sa_flags   = SA_RESETHAND | SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof number / sizeof *number; ++i) sigaction(number[i], &action, NULL);
}

static void PrintHeader(const PltMeshSize *size)
{
  int ranks;

  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  printf("%ld quads, %ld lines, %ld slabs of %ld plies, %d rank%s\n\n", size->quads, size->lines,
         size->slabs, size->plies, ranks, ranks > 1 ? "s" : "");
  printf("step  name                 temp   warpage  shape    die shift residual  lambda newton"
         "   its    time\n");
  printf("                           degC        mm                  um       um               "
         "             s\n");
}

static void PrintShape(double temperature, const PltWarpage *warpage)
{
  printf(" %6.1f %+9.4f  %-8.8s", temperature - 273.15,
         warpage->sign < 0 ? -1e3 * warpage->pv : 1e3 * warpage->pv, warpage->shape);
}

static void PrintWork(double lambda, int newton, int iterations)
{
  if (isnan(lambda)) printf(" %7s", "-");
  else printf(" %7.4f", lambda);
  printf(" %6d %5d", newton, iterations);
}

static void PrintStep(const PltStepReport *step, const PltWarpage *warpage,
                      const PltDieShift *shift)
{
  printf("%4d  %-18.18s", step->index, step->name);
  PrintShape(step->temperature, warpage);
  if (shift->count) printf(" %9.2f %8.2f", 1e6 * shift->raw_max, 1e6 * shift->residual_max);
  else printf(" %9s %8s", "-", "-");
  PrintWork(step->lambda_min, step->newton, step->iterations);
  printf(" %7.1f\n%s", step->seconds, step->notes);
  fflush(stdout);
}

/* Progress, for someone who looks on. */
static int PrintIncrement(PltModel model, const PltIncrement *increment, void *context)
{
  Options     *options = context;
  const double now     = MPI_Wtime() - options->clock;

  (void)model;
  printf("      %3d %-14.14s", increment->number, increment->part);
  PrintShape(increment->temperature, &increment->warpage);
  printf(" %3.0f %%, %3.0f s left", 100 * increment->done,
         now * (1 - increment->done) / increment->done);
  PrintWork(increment->lambda_min, increment->newton, increment->iterations);
  printf(" %7.1f\n", now);
  fflush(stdout);
  return PLT_OK;
}

/* After each temperature, on every rank. A signal may have reached one rank only, so all ask. */
static int Monitor(PltModel model, void *context)
{
  Options      *options = context;
  PltStepReport step;
  PltWarpage    warpage;
  PltDieShift   shift;
  int           mine = stop != 0, any = 0, code;

  code = PltModelGetStep(model, &step);
  if (!code) code = PltModelGetWarpage(model, PLT_SURFACE_TOP, &warpage);
  if (!code) code = PltModelGetDieShift(model, &shift);
  if (code) return code;
  if (CmdRank() == 0 && !options->quiet) PrintStep(&step, &warpage, &shift);
  options->clock = MPI_Wtime();
  MPI_Allreduce(&mine, &any, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return any ? PLT_ERR_INTERRUPTED : PLT_OK;
}

static void PrintFile(const char *base, const char *ending, const char *what)
{
  char name[sizeof((Options *)0)->base + 16];

  snprintf(name, sizeof name, "%s%s", base, ending);
  if (!access(name, F_OK)) printf("  %-32s %s\n", name, what);
}

static void PrintPictures(const char *base)
{
  char   pattern[sizeof((Options *)0)->base + 16];
  glob_t found;

  snprintf(pattern, sizeof pattern, "%s.[0-9]*.png", base);
  if (!glob(pattern, 0, NULL, &found) && found.gl_pathc)
    printf("  %-32s %s (%zu pictures)\n", found.gl_pathv[0], "maps of the warpage, one a step",
           found.gl_pathc);
  globfree(&found);
}

static void PrintSummary(const Options *options, const PltMeshSize *size, double seconds)
{
  printf("\n%ld unknowns at most, %.1f s in all. Written:\n", size->unknowns, seconds);
  if (options->fields) {
    PrintFile(options->base, ".vtkhdf", "every step; open it in ParaView 5.12 or later");
    PrintFile(options->base, ".xdmf", "the same for ParaView 5.11: open this one");
  }
  PrintFile(options->base, ".json", "every number of every step, SI units");
  PrintFile(options->base, ".dies.csv", "shift, rotation and tilt of every die");
  PrintFile(options->base, ".log", "the table of the steps");
  PrintFile(options->base, ".state", "of the panel; 'platen run --restart' goes on from it");
  PrintPictures(options->base);
  PrintFile(options->base, ".curve.png", "warpage against temperature, step by step");
}

/* A mistyped PETSc option would else change nothing in silence. */
static int PrintUnused(void)
{
  char *text = NULL;
  int   code = PltGetUnusedOptions(&text);

  if (!code && *text && CmdRank() == 0)
    fprintf(stderr, "platen: options after -- that nothing used:\n%s", text);
  free(text);
  return code;
}

static int SetUp(Options *options, PltProject *project, PltModel *model)
{
  PltMeshSize size;
  int         code;

  code = CmdReadRecipe(options->recipe, project);
  if (!code) code = PltModelCreate(*project, model);
  if (!code && options->solver) code = PltModelSetSolver(*model, options->solver);
  if (!code && CmdRank() == 0) CmdMakeFolders(options->base);
  if (!code) code = PltModelSetOutput(*model, options->base, options->fields);
  if (!code && strcmp(options->state, "none"))
    code = PltModelSetState(*model, options->base, !strcmp(options->state, "all"));
  if (!code && options->restart) code = PltModelRestart(*model, options->restart);
  if (!code) code = PltModelSetMonitor(*model, Monitor, options);
  if (!code && CmdRank() == 0 && !options->quiet && isatty(STDOUT_FILENO))
    code = PltModelSetIncrementMonitor(*model, PrintIncrement, options);
  if (!code) code = PltModelGetMeshSize(*model, &size);
  if (!code && CmdRank() == 0 && !options->quiet) PrintHeader(&size);
  options->clock = MPI_Wtime();
  return code;
}

/* Is what was computed so far good and written? */
static int LeavesResults(int code)
{
  return code == PLT_OK || code == PLT_ERR_LIMIT || code == PLT_ERR_CONVERGENCE ||
         code == PLT_ERR_INTERRUPTED;
}

/* CmdFail for the codes after which results are there; the message of the others is enough. */
static int Finish(PltModel model, int code)
{
  PltStepReport step = {0};
  int           out  = CMD_EXIT_DONE;

  if (code && code != PLT_ERR_INTERRUPTED) out = CmdFail(code);
  if (code == PLT_ERR_INTERRUPTED) out = PltExitCode(code);
  if (PltModelGetStep(model, &step) || CmdRank() != 0) return out;
  if (code == PLT_ERR_INTERRUPTED)
    fprintf(stderr, "platen: interrupted after step %d (%s)\n", step.index, step.name);
  if (code == PLT_ERR_CONVERGENCE && step.index >= 0)
    fprintf(stderr, "platen: results up to step %d (%s) are kept\n", step.index, step.name);
  return out;
}

static int Compute(Options *options)
{
  PltProject   project = NULL;
  PltModel     model   = NULL;
  PltMeshSize  size;
  const double start = MPI_Wtime();
  int          code, out;

  code = SetUp(options, &project, &model);
  if (code) {
    out = CmdFail(code);
    (void)PltModelDestroy(&model); /* and with it files that were begun */
    return out;
  }
  CatchSignals();
  code = PltModelRun(model);
  if (!LeavesResults(code)) return CmdFail(code);
  out  = Finish(model, code);
  code = PrintUnused();
  if (!code) code = PltModelGetMeshSize(model, &size);
  if (!code && CmdRank() == 0 && !options->quiet) PrintSummary(options, &size, MPI_Wtime() - start);
  if (!code) code = PltModelDestroy(&model); /* closes the files */
  if (!code) code = PltProjectDestroy(&project);
  return code ? CmdFail(code) : out;
}

/* "plans/panel.yaml" -> "panel": results go where the user is, not where the recipe is. */
static int SetBase(const PltCommand *command, Options *options, const char *output)
{
  const char *from = output ? output : strrchr(options->recipe, '/');
  char       *end;

  if (!from) from = options->recipe;
  else if (!output) ++from;
  if (strlen(from) >= sizeof options->base || !*from)
    return CmdUsage(command, "'%s' is no name for result files", from);
  strcpy(options->base, from);
  end = strrchr(options->base, '.');
  if (!output && end && end > options->base && (!strcmp(end, ".yaml") || !strcmp(end, ".yml")))
    *end = '\0';
  return CMD_EXIT_DONE;
}

static int Run(const PltCommand *command, int argc, char **argv)
{
  static const struct option list[] = {
      {"output", required_argument, NULL, 'o'},  {"solver", required_argument, NULL, 's'},
      {"no-fields", no_argument, NULL, 'n'},     {"law", required_argument, NULL, 'l'},
      {"restart", required_argument, NULL, 'r'}, {"state", required_argument, NULL, 't'},
      {"quiet", no_argument, NULL, 'q'},         {0}};
  Options     options = {.fields = 1, .state = "last"};
  const char *output  = NULL;
  int         c, failed;

  opterr = 0;
  while ((c = getopt_long(argc, argv, ":o:q", list, NULL)) != -1) {
    if (c == 'o') output = optarg;
    else if (c == 's') options.solver = optarg;
    else if (c == 'n') options.fields = 0;
    else if (c == 'r') options.restart = optarg;
    else if (c == 't') options.state = optarg;
    else if (c == 'q') options.quiet = 1;
    else if (c == 'l') {
      failed = CmdLoadLaw(optarg);
      if (failed) return failed;
    } else return CmdBadOption(command, c, argv);
  }
  if (options.solver && strcmp(options.solver, "auto") && strcmp(options.solver, "columns") &&
      strcmp(options.solver, "direct") && strcmp(options.solver, "amg"))
    return CmdUsage(command, "there is no solver '%s'; there are auto, columns, direct and amg",
                    options.solver);
  if (strcmp(options.state, "last") && strcmp(options.state, "all") &&
      strcmp(options.state, "none"))
    return CmdUsage(command, "--state is last, all or none, not '%s'", options.state);
  options.recipe = CmdOperand(command, argc, argv, "recipe");
  if (!options.recipe || SetBase(command, &options, output)) return CMD_EXIT_USAGE;
  return Compute(&options);
}

const PltCommand PltCommandRun = {"run", "compute the process of a recipe, step by step", help, 1,
                                  Run};
