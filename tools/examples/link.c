/* SPDX-License-Identifier: BSD-2-Clause
   Run a recipe and print the warpage after each step.
     cc link.c $(pkg-config --cflags --libs platen) -o link
     ./link bilayer.yaml        or on several cores: mpiexec -n 2 ./link bilayer.yaml */
#include <platen.h>
#include <stdio.h>

/* Called on every rank when a step has ended; the Get functions are collective. */
static int Report(PltModel model, void *context)
{
  PltStepReport step;
  PltWarpage    warpage;
  int           code = PltModelGetStep(model, &step);

  if (!code) code = PltModelGetWarpage(model, PLT_SURFACE_TOP, &warpage);
  if (!code && *(int *)context == 0) /* rank 0 prints */
    printf("%-12s %6.1f degC  warpage %8.4f mm, corner %+8.4f mm, %s\n", step.name,
           step.temperature - 273.15, warpage.pv * 1e3, warpage.corner * 1e3, warpage.shape);
  return code;
}

int main(int argc, char **argv)
{
  PltProject project = NULL;
  PltModel   model   = NULL;
  int        rank    = 0;
  int        code    = PltInitialize(&argc, &argv);

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!code) code = PltProjectRead(MPI_COMM_WORLD, argc > 1 ? argv[1] : "bilayer.yaml", &project);
  if (!code) code = PltModelCreate(project, &model);
  if (!code) code = PltModelSetMonitor(model, Report, &rank);
  if (!code) code = PltModelRun(model);
  if (code && rank == 0) fprintf(stderr, "%s\n", PltGetErrorMessage());
  PltModelDestroy(&model);
  PltProjectDestroy(&project);
  PltFinalize();
  return PltExitCode(code);
}
