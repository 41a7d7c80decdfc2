/* SPDX-License-Identifier: BSD-2-Clause
   The column multigrid on panels that are far from flat, large kinematics, as CSV: iterations of CG
   on K for a random load to an energy of the error of 1e-8, the time to fill the operator anew and
   to set the preconditioner up again, that of a product with K + G and with K alone, and memory.

   usage: bench_curved [WORD ...]   cases whose name holds a word; nothing: all */
#include <petsctime.h>
#include "../tests/panel_shape.h"

static const PanelCase cases[] = {
    {.name = "120 at 2", .width = 120, .height = 120, .size = 2},
    {.name = "bare 120 at 2", .width = 120, .height = 120, .size = 2, .bare = 1},
    {.name = "full at 4", .width = 510, .height = 515, .size = 4},
    {.name = "bare full at 4", .width = 510, .height = 515, .size = 4, .bare = 1},
#if PLT_HAVE_GMSH
    {.name   = "turned 120 at 2",
     .width  = 120,
     .height = 120,
     .size   = 2,
     .method = PLT_MESH_FREE,
     .angle  = 17},
#endif
};
enum { NCASE = sizeof cases / sizeof *cases };

static const struct {
  const char *name;
  PanelShape  shape;
  double      bow; /* over 510 mm, mm */
} shapes[] = {{"flat", PANEL_FLAT, 0},      {"turned", PANEL_TURNED, 0},
              {"roll", PANEL_CYLINDER, 40}, {"tight roll", PANEL_CYLINDER, 90},
              {"bow", PANEL_SPHERE, 40},    {"deep bow", PANEL_SPHERE, 90}};
enum { NSHAPE = sizeof shapes / sizeof *shapes };

static PetscErrorCode TimeProduct(Mat A, PetscBool with_stress, PltSpace space, double *seconds)
{
  PetscLogDouble t[2];
  Vec            x, y;

  PetscFunctionBegin;
  PetscCall(PltSpaceCreateVec(space, &x));
  PetscCall(VecDuplicate(x, &y));
  PetscCall(VecSet(x, 1));
  PetscCall(PltMgSetWithStress(A, with_stress));
  PetscCall(MatMult(A, x, y));
  PetscCall(PetscTime(&t[0]));
  for (int i = 0; i < 5; i++) PetscCall(MatMult(A, x, y));
  PetscCall(PetscTime(&t[1]));
  *seconds = (t[1] - t[0]) / 5;
  PetscCall(VecDestroy(&x));
  PetscCall(VecDestroy(&y));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Measure(const PanelCase *c, PltAssembly a)
{
  PetscLogDouble t[4];
  PltMgInfo      info;
  PetscInt64     bytes = 0;
  PetscInt       iterations;
  PetscMPIInt    rank, ranks;
  double         product[2];
  Mat            A;
  KSP            ksp;
  PC             pc;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  PetscCallMPI(MPI_Comm_size(PETSC_COMM_WORLD, &ranks));
  PetscCall(PanelBend(a->state, PANEL_FLAT, c->width, 0));
  PetscCall(PltMgCreateOperator(a, &A));
  PetscCall(PanelSolver(A, &ksp));
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(KSPSetUp(ksp));
  for (int i = 0; i < NSHAPE; i++) {
    PetscCall(
        PanelBend(a->state, shapes[i].shape, c->width, shapes[i].bow * PetscSqr(c->width / 510)));
    PetscCall(PetscTime(&t[0]));
    PetscCall(PltMgUpdateOperator(A, a));
    PetscCall(PetscTime(&t[1]));
    PetscCall(KSPSetOperators(ksp, A, A));
    PetscCall(PCSetUp(pc));
    PetscCall(PetscTime(&t[2]));
    PetscCall(PanelIterate(a, ksp, A, &iterations));
    PetscCall(PetscTime(&t[3]));
    PetscCall(TimeProduct(A, PETSC_TRUE, a->state->space, &product[0]));
    PetscCall(TimeProduct(A, PETSC_FALSE, a->state->space, &product[1]));
    PetscCall(PltMgGetInfo(pc, &info));
    for (int k = bytes = 0; k < info.nlevel; k++) bytes += info.bytes[k];
    if (rank == 0)
      printf("%s,%s,%d,%d,%d,%d,%.2f,%.2f,%.2f,%.4f,%.4f,%.0f\n", c->name, shapes[i].name, ranks,
             3 * a->state->space->node_all, info.nlevel, iterations, t[1] - t[0], t[2] - t[1],
             t[3] - t[2], product[0], product[1], (double)bytes / 1e6);
  }
  PetscCall(KSPDestroy(&ksp));
  PetscCall(MatDestroy(&A));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Run(const PanelCase *c)
{
  PltProject project;
  PltModel   model;
  int        more;

  PetscFunctionBegin;
  PetscCall(PanelProject(PETSC_COMM_WORLD, c, &project));
  PetscCall(PltModelCreate(project, &model));
  PetscCall(PltModelStep(model, &more));
  model->process->assembly->scheme.kinematics = PLT_LARGE;
  PetscCall(Measure(c, model->process->assembly));
  PetscCall(PltModelDestroy(&model));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode RunAll(int n, char **word)
{
  PetscMPIInt rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  if (rank == 0)
    printf("case,shape,ranks,unknowns,levels,iterations,refill_s,setup_s,solve_s,product_s,"
           "product_K_s,MB\n");
  for (int i = 0; i < NCASE; i++) {
    PetscBool wanted = (PetscBool)(n == 0);

    for (int k = 0; k < n; k++)
      if (strstr(cases[i].name, word[k])) wanted = PETSC_TRUE;
    if (wanted) PetscCall(Run(&cases[i]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int failed = PltInitialize(&argc, &argv);

  if (failed) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  failed = RunAll(argc - 1, argv + 1);
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
