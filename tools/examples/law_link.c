/* SPDX-License-Identifier: BSD-2-Clause
   A program with a law of its own, that of law.c: run a recipe, print the stress of a film. It
   yields in two directions alike, q = S and p = 2/3 S, so that (1 + 2/3 a) S = k: with 40 MPa in
   tension and 60 MPa in compression S = 48 / 1.4 = 34.29 MPa.
     cc law_link.c law.c $(pkg-config --cflags --libs platen) -lm -o law_link
     ./law_link law.yaml */
#include <platen.h>
#include <platen_material.h>
#include <stdio.h>

int main(int argc, char **argv)
{
  PltProject project = NULL;
  PltModel   model   = NULL;
  double     lower[6], upper[6];
  int        rank = 0;
  int        code = PltInitialize(&argc, &argv);

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!code) code = PltRegisterLaw(platen_law[0]);
  if (!code) code = PltProjectRead(MPI_COMM_WORLD, argc > 1 ? argv[1] : "law.yaml", &project);
  if (!code) code = PltModelCreate(project, &model);
  if (!code) code = PltModelRun(model);
  if (!code) code = PltModelGetStress(model, "film", 1e-3, 1e-3, lower, upper);
  if (!code && rank == 0)
    printf("stress of the film, MPa: %.2f %.2f\n", (lower[0] + upper[0]) / 2e6,
           (lower[1] + upper[1]) / 2e6);
  if (code && rank == 0) fprintf(stderr, "%s\n", PltGetErrorMessage());
  PltModelDestroy(&model);
  PltProjectDestroy(&project);
  PltFinalize();
  return PltExitCode(code);
}
