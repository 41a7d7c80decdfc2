/* SPDX-License-Identifier: BSD-2-Clause
   Size and speed of the solution of a square panel with the stack and the dies of the cooldown
   panel, 8 x 8 mm at 12 mm pitch, as CSV: memory and times of one matrix, one factor, one solve,
   one residual.

   usage: bench_panel DIES MESH [direct | columns | amg]   DIES x DIES dies; MESH in mm, graded
   fourfold to the die edges. Nothing given: a small list. */
#include <petsctime.h>
#include <sys/resource.h>
#include "../tests/cooldown.h"
#include "model/model.h"

typedef struct {
  double mesh, matrix, residual, setup, solve, step; /* s */
  double matrix_bytes, factor_MB, factor_entries, rss_MB;
} Cost;

/* Memory of the MUMPS factor: INFOG(22), MB in use over all ranks; INFOG(29), entries. */
static PetscErrorCode Factor(KSP ksp, Cost *cost)
{
  PC       pc;
  Mat      factor;
  PetscInt value;

  PetscFunctionBegin;
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCFactorGetMatrix(pc, &factor));
  PetscCall(MatMumpsGetInfog(factor, 22, &value));
  cost->factor_MB = value;
  PetscCall(MatMumpsGetInfog(factor, 29, &value));
  cost->factor_entries = value < 0 ? -1e6 * value : value; /* millions if negative */
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Once more what a step does, part by part. */
static PetscErrorCode Parts(PltModel model, PetscBool direct, Cost *cost)
{
  const PltProcess process = model->process;
  const PltSolver  solver  = process->solver;
  PltBalance       balance;
  PetscLogDouble   t[5];
  MatInfo          info;

  PetscFunctionBegin;
  if (solver->used == PLT_SOLVER_COLUMNS) PetscFunctionReturn(PETSC_SUCCESS); /* bench_columns */
  PetscCall(MatGetInfo(solver->A, MAT_GLOBAL_SUM, &info));
  cost->matrix_bytes = info.memory > 0 ? info.memory : 12 * info.nz_used;
  PetscCall(PetscTime(&t[0]));
  PetscCall(PltAssemblyMatrix(process->assembly, PETSC_TRUE, solver->A));
  PetscCall(PetscTime(&t[1]));
  PetscCall(PltAssemblyResidual(process->assembly, solver->r, &balance));
  PetscCall(PetscTime(&t[2]));
  cost->matrix   = t[1] - t[0];
  cost->residual = t[2] - t[1];
  if (!direct) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(KSPSetOperators(solver->ksp, solver->A, solver->A));
  PetscCall(KSPSetUp(solver->ksp));
  PetscCall(PetscTime(&t[3]));
  PetscCall(KSPSolve(solver->ksp, solver->r, solver->dx));
  PetscCall(PetscTime(&t[4]));
  cost->setup = t[3] - t[2];
  cost->solve = t[4] - t[3];
  PetscCall(Factor(solver->ksp, cost));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void Print(const char *solver, double mesh, int across, const PltMeshSize *size,
                  const PltStepReport *step, const Cost *c)
{
  printf("%s,%d,%g,%ld,%ld,%.0f,%.0f,%.3g,%d,%d,", solver, 12 * across, mesh, size->quads,
         size->unknowns, c->matrix_bytes / size->unknowns, c->factor_MB, c->factor_entries,
         step->solves, step->iterations);
  printf("%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.0f\n", c->mesh, c->matrix, c->residual, c->setup,
         c->solve, step->seconds, c->rss_MB);
}

static PetscErrorCode Run(int across, double mesh, const char *solver)
{
  const CooldownMesh how = {mesh, mesh / 4, 4, PLT_SYMMETRY_NONE, 1, NULL, across};
  struct rusage      use;
  PltProject         project;
  PltModel           model;
  PltMeshSize        size;
  PltStepReport      step;
  PetscLogDouble     t[2];
  Cost               cost = {0};
  int                more;

  PetscFunctionBegin;
  PetscCall(CooldownProject(PETSC_COMM_WORLD, &how, &project));
  PetscCall(PetscTime(&t[0]));
  PetscCall(PltModelCreate(project, &model));
  PetscCall(PetscTime(&t[1]));
  cost.mesh = t[1] - t[0];
  PetscCall(PltModelSetSolver(model, solver));
  PetscCall(PltModelStep(model, &more));
  PetscCall(PltModelGetMeshSize(model, &size));
  PetscCall(PltModelGetStep(model, &step));
  PetscCall(Parts(model, strcmp(solver, "direct") == 0, &cost));
  getrusage(RUSAGE_SELF, &use);
  cost.rss_MB = use.ru_maxrss / 1024.;
  Print(solver, mesh, across, &size, &step, &cost);
  PetscCall(PltModelDestroy(&model));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode RunAll(int argc, char **argv)
{
  PetscFunctionBegin;
  printf("solver,side_mm,mesh_mm,quads,unknowns,matrix_bytes_per_unknown,factor_MB,factor_entries,"
         "solves,iterations,mesh_s,matrix_s,residual_s,factor_s,solve_s,step_s,peak_rss_MB\n");
  if (argc > 2) {
    PetscCall(Run(atoi(argv[1]), atof(argv[2]), argc > 3 ? argv[3] : "direct"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Run(2, 2, "direct"));
  PetscCall(Run(4, 4, "direct"));
  PetscCall(Run(4, 2, "direct"));
  PetscCall(Run(2, 2, "amg"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int failed = PltInitialize(&argc, &argv);

  if (failed) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  failed = RunAll(argc, argv);
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
