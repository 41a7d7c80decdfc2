/* SPDX-License-Identifier: BSD-2-Clause
   The column solver over sizes, meshes and materials, as CSV: iterations of one linear solve to a
   relative residual of 1e-8, the residual summed element by element that this leaves, times and
   memory. Cases "scale" are one panel after the other over two decades of unknowns; peak_MB is
   the highest of the process so far, so they come first, ascending.

   solve_ns is the time of that solve an unknown. The last line has the memory bandwidth, measured
   at the end, and the time an unknown to read half of the matrix once at that speed (525 bytes),
   which a solver that stores it does several times an iteration.

   usage: bench_columns [WORD ...]   cases whose name holds a word; nothing: quick and scale */
#include <petsctime.h>
#include <sys/resource.h>
#include "../tests/panel_case.h"
#include "stream.h"

static const PanelCase cases[] = {
    {.name = "scale 36", .width = 36, .height = 36, .size = 1},
    {.name = "scale 60", .width = 60, .height = 60, .size = 1},
    {.name = "scale 120", .width = 120, .height = 120, .size = 1},
    {.name = "scale 240", .width = 240, .height = 240, .size = 1},
    {.name = "scale 360", .width = 360, .height = 360, .size = 1},
    {.name = "scale full 1", .width = 510, .height = 515, .size = 1},
    {.name = "full 4", .width = 510, .height = 515, .size = 4},
    {.name = "full 2", .width = 510, .height = 515, .size = 2},
    {.name = "quick 2", .width = 120, .height = 120, .size = 2},
    {.name = "quick 4", .width = 240, .height = 240, .size = 4},
    {.name = "quick soft", .width = 120, .height = 120, .size = 1, .E = 1e6},
    {.name = "quick soft nu", .width = 120, .height = 120, .size = 1, .E = 1e6, .nu = 0.49},
    {.name = "quick 30 MPa", .width = 120, .height = 120, .size = 1, .E = 30e6},
    {.name = "quick nu", .width = 120, .height = 120, .size = 1, .nu = 0.49},
    {.name = "quick bare", .width = 120, .height = 120, .size = 1, .bare = 1},
    {.name = "quick bare 2", .width = 240, .height = 240, .size = 2, .bare = 1},
    {.name = "quick bare 4", .width = 480, .height = 480, .size = 4, .bare = 1},
    {.name = "quick graded", .width = 60, .height = 60, .size = 2, .dies = 0.5},
    {.name = "quick graded 120", .width = 120, .height = 120, .size = 2, .dies = 0.5},
    {.name = "quick graded bare", .width = 60, .height = 60, .size = 2, .dies = 0.5, .bare = 1},
    {.name = "quick resolved", .width = 120, .height = 120, .size = 1, .resolved = 1},
    {.name = "quick resolved 2", .width = 120, .height = 120, .size = 2, .resolved = 1},
    {.name     = "quick resolved soft",
     .width    = 120,
     .height   = 120,
     .size     = 1,
     .resolved = 1,
     .E        = 1e6},
    {.name     = "quick resolved bare",
     .width    = 120,
     .height   = 120,
     .size     = 1,
     .resolved = 1,
     .bare     = 1},
    {.name = "quick 30 slabs", .width = 60, .height = 60, .size = 1, .resolved = 26},
    {.name = "quick 30 slabs 2", .width = 60, .height = 60, .size = 2, .resolved = 26},
    {.name = "quick free", .width = 60, .height = 60, .size = 2, .method = PLT_MESH_FREE},
    {.name   = "quick turned",
     .width  = 120,
     .height = 120,
     .size   = 2,
     .method = PLT_MESH_FREE,
     .angle  = 17},
    {.name   = "quick turned graded",
     .width  = 60,
     .height = 60,
     .size   = 2,
     .dies   = 0.5,
     .method = PLT_MESH_FREE,
     .angle  = 30},
    {.name   = "quick turned bare",
     .width  = 60,
     .height = 60,
     .size   = 2,
     .method = PLT_MESH_FREE,
     .angle  = 30,
     .bare   = 1},
    {.name = "quick round", .width = 150, .size = 2, .method = PLT_MESH_FREE},
    {.name = "quick round bare", .width = 150, .size = 2, .method = PLT_MESH_FREE, .bare = 1},
    {.name = "quick loose", .width = 60, .height = 60, .size = 1, .loose = 1},
    {.name = "quick loose 120", .width = 120, .height = 120, .size = 2, .loose = 1},
    {.name = "quick flat", .width = 60, .height = 60, .size = 1, .hold = PLT_HOLD_FLAT},
    {.name = "quick pins", .width = 60, .height = 60, .size = 1, .pins = 3},
    {.name     = "quick quarter",
     .width    = 120,
     .height   = 120,
     .size     = 1,
     .symmetry = PLT_SYMMETRY_QUARTER},
};
enum { NCASE = sizeof cases / sizeof *cases };

static double UserTime(void)
{
  struct rusage use;

  getrusage(RUSAGE_SELF, &use);
  return (double)use.ru_utime.tv_sec + 1e-6 * (double)use.ru_utime.tv_usec;
}

static PetscErrorCode Run(const PanelCase *c)
{
  const double  start = UserTime();
  struct rusage use;
  PltProject    project;
  PltModel      model;
  PltMeshSize   size;
  PltStepReport step;
  PanelSolve    s;
  PetscInt64    bytes = 0;
  PetscMPIInt   rank, ranks;
  double        mb, cpu;
  int           more;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  PetscCallMPI(MPI_Comm_size(PETSC_COMM_WORLD, &ranks));
  PetscCall(PanelProject(PETSC_COMM_WORLD, c, &project));
  PetscCall(PltModelCreate(project, &model));
  PetscCall(PltModelSetSolver(model, "columns"));
  PetscCall(PltModelStep(model, &more));
  PetscCall(PltModelGetMeshSize(model, &size));
  PetscCall(PltModelGetStep(model, &step));
  PetscCall(PanelMeasure(model->process, &s));
  for (int k = 0; k < s.info.nlevel; k++) bytes += s.info.bytes[k];
  getrusage(RUSAGE_SELF, &use);
  mb  = (double)use.ru_maxrss / 1024;
  cpu = UserTime() - start;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &mb, 1, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &cpu, 1, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD));
  if (rank == 0) {
    printf("%s,%d,%ld,%ld,%d,%d,%d,%.2g,", c->name, ranks, size.quads, size.unknowns, s.info.nlevel,
           s.info.rows[0], s.iterations, s.residual);
    printf("%.3f,%.3f,%.4f,%.4f,%.1f,%.1f,", s.setup, s.solve, s.product, s.forces,
           (double)bytes / (double)size.unknowns, 1e9 * s.solve / (double)size.unknowns);
    printf("%d,%d,%.2f,%.0f,%.2f\n", step.solves, step.iterations, step.seconds, mb, cpu);
  }
  PetscCall(PltModelDestroy(&model));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode RunAll(int n, char **word)
{
  PetscMPIInt rank;
  double      stream = 0;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  if (rank == 0)
    printf(
        "case,ranks,quads,unknowns,levels,rows,iterations,residual,setup_s,solve_s,product_s,"
        "forces_s,bytes_per_unknown,solve_ns,step_solves,step_iterations,step_s,peak_MB,user_s\n");
  for (int i = 0; i < NCASE; i++) {
    PetscBool wanted = (PetscBool)(n == 0 && strncmp(cases[i].name, "full", 4) != 0);

    for (int k = 0; k < n; k++)
      if (strstr(cases[i].name, word[k])) wanted = PETSC_TRUE;
    if (wanted) PetscCall(Run(&cases[i]));
  }
  PetscCall(StreamBandwidth(PETSC_COMM_WORLD, &stream));
  if (rank == 0) printf("# stream: %.1f GB/s, %.1f ns\n", stream, 525 / stream);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int words = 1, failed = PltInitialize(&argc, &argv);

  if (failed) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (words < argc && argv[words][0] != '-') words++;
  failed = RunAll(words - 1, argv + 1);
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
