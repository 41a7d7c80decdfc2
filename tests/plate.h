/* SPDX-License-Identifier: BSD-2-Clause
   One elastic ply on a grid made by hand, held and loaded by hand: what Newton's method of large
   deflection is verified on without a process around it. */
#ifndef PLT_TEST_PLATE_H
#define PLT_TEST_PLATE_H
#include "grid.h"
#include "step/internal.h"

typedef struct {
  PltProject  project;
  PltMesh     mesh;
  PltState    state;
  PltSolver   solver;
  PltAssembly assembly;
  Vec         unbalanced; /* the whole load, turned round */
} Plate;

/* Plies of one slab from a material "plate" of modulus E (Pa) and Poisson's ratio 0. */
static inline void PlateProject(double size, double E, double h, PltProject *project)
{
  const double zero = 0;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, project));
  CALL(PltProjectSetSize(*project, size, size));
  CALL(PltProjectSetKinematics(*project, PLT_LARGE));
  CALL(PltProjectAddMaterial(*project, "plate", "isotropic"));
  CALL(PltProjectSetProperty(*project, "plate", "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(*project, "plate", "nu", 1, NULL, &zero));
  CALL(PltProjectSetProperty(*project, "plate", "cte", 1, NULL, &zero));
  CALL(PltProjectAddPly(*project, "plate", "plate", NULL, h, -1));
}

/* `place` moves the vertices of the grid; corrections longer than `size` (m) are refused. */
static inline void PlateCreate(const Grid *grid, void (*place)(PetscReal xy[2]), double size,
                               double E, double h, Plate *p)
{
  const PltPiece  piece = {.ply = 0, .part = PLT_PART_ALL};
  const PetscReal g[3]  = {0};
  PltScheme       scheme;
  PetscReal     **birth;

  PlateProject(size, E, h, &p->project);
  GridMesh(PETSC_COMM_WORLD, grid, &p->mesh);
  for (PetscInt v = 0; place && v < p->mesh->nvert; v++) place(&p->mesh->xy[2 * v]);
  CALL(PltStateCreate(p->project, p->mesh, 300, &p->state));
  CALL(PetscCalloc1(p->state->slabs.nslab, &birth));
  CALL(PltStateBear(p->state, 1, &piece, 300, birth));
  CALL(PltSolverCreate(PETSC_COMM_WORLD, &p->solver));
  CALL(PltSchemeSet(&scheme));
  scheme.kinematics = PLT_LARGE;
  CALL(PltAssemblyCreate(p->state, &scheme, 300, 0, g, &p->assembly));
  CALL(PltSpaceCreateVec(p->state->space, &p->unbalanced));
}

static inline void PlateDestroy(Plate *p)
{
  CALL(VecDestroy(&p->unbalanced));
  CALL(PltAssemblyDestroy(&p->assembly));
  CALL(PltSolverDestroy(&p->solver));
  CALL(PltStateDestroy(&p->state));
  GridDestroy(&p->mesh);
  CALL(PltProjectDestroy(&p->project));
}

/* Local vertex by its natural number, -1 on other ranks; ghosts count if `ghosts`. */
static inline PetscInt PlateVertex(const Plate *p, PetscInt natural, int ghosts)
{
  for (PetscInt v = 0; v < (ghosts ? p->mesh->nvert : p->mesh->nvert_own); v++)
    if (p->mesh->vert_natural[v] == natural) return v;
  return -1;
}

/* All of the line above a vertex is held. */
static inline void PlateClamp(Plate *p, PetscInt natural)
{
  const PetscInt v = PlateVertex(p, natural, 1), n = 3 * p->state->nlevel;

  for (PetscInt i = 0; v >= 0 && i < n; i++) p->state->space->fixed[v * n + i] = PLT_DOF_HELD;
}

/* A force along z on the line above a vertex, shared by its two nodes. */
static inline void PlateLoad(Plate *p, PetscInt natural, PetscReal force)
{
  const PetscInt v = PlateVertex(p, natural, 0);

  for (PetscInt k = 0; v >= 0 && k < 2; k++)
    CALL(VecSetValue(p->unbalanced, 3 * PltSpaceNode(p->state->space, v, k) + 2, -force / 2,
                     ADD_VALUES));
}

/* Equilibrium under `part` of the load; the iterations it took, negative if it found none. */
static inline int PlateSolve(Plate *p, PetscReal part)
{
  const PltGoal  goal   = {.unbalanced = p->unbalanced, .kept = part, .tolerance = 1e-8};
  PltSolveReport report = {0};
  PetscBool      converged;

  CALL(PltSolverTangent(p->solver, p->assembly));
  CALL(PltNewtonSolve(p->solver, p->assembly, &goal, &report, &converged));
  CALL(PltStateSettle(p->state));
  return converged ? (int)report.newton : -(int)report.newton - 1;
}

/* Displacement of the middle of the line above a vertex. */
static inline void PlateMotion(const Plate *p, PetscInt natural, PetscReal u[3])
{
  const PetscInt v = PlateVertex(p, natural, 0);

  for (PetscInt d = 0; d < 3; d++) {
    u[d] = 0;
    for (PetscInt k = 0; v >= 0 && k < 2; k++)
      u[d] += p->state->u[3 * (v * p->state->nlevel + k) + d] / 2;
  }
  MPI_Allreduce(MPI_IN_PLACE, u, 3, MPIU_REAL, MPI_SUM, PETSC_COMM_WORLD);
}
#endif
