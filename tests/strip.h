/* SPDX-License-Identifier: BSD-2-Clause
   A plate without Poisson's ratio whose two halves of the thickness expand along x only, one as
   much as the other shrinks: it rolls into a cylinder, a circle if hot enough. A quarter of it is a
   strip clamped at x = 0; on a grid made by hand, one element across, through the process driver.
   */
#ifndef PLT_TEST_STRIP_H
#define PLT_TEST_STRIP_H
#include "coupon.h"
#include "grid.h"
#include "step/internal.h"

typedef struct {
  double length, h;     /* mm, of the strip and of both halves together */
  double E;             /* MPa */
  double layer, Elayer; /* a third ply, mm and MPa; layer 0: none */
  int    slab;          /* of the third ply; the halves are in slab 0 */
  int    cells;
  double curvature; /* 1/mm, after 100 K */
} Strip;

typedef struct {
  PltProject project;
  PltMesh    mesh;
  PltProcess process;
} StripRun;

static inline void StripMaterial(PltProject project, const char *name, double MPa, double ctex)
{
  static const char *const key[] = {"Ex",  "Ey",  "Ez",  "nuxy", "nuxz", "nuyz",
                                    "Gxy", "Gxz", "Gyz", "ctex", "ctey", "ctez"};
  const double             E = MPa * 1e6, G = E / 2;
  const double             value[] = {E, E, E, 0, 0, 0, G, G, G, ctex, 0, 0};

  CALL(PltProjectAddMaterial(project, name, "orthotropic"));
  for (int i = 0; i < 12; i++)
    CALL(PltProjectSetProperty(project, name, key[i], 1, NULL, &value[i]));
}

/* Two equal halves that expand by -e and e: the curvature is 3 e / h (Timoshenko 1925). */
static inline PltProject StripProject(const Strip *s)
{
  const double cte = s->curvature * s->h / 3 / 100;
  PltProject   project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, 2e-3 * s->length, 2e-3 * s->length));
  CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
  CALL(PltProjectSetKinematics(project, PLT_LARGE));
  StripMaterial(project, "lower", s->E, cte);
  StripMaterial(project, "upper", s->E, -cte);
  CALL(PltProjectAddPly(project, "lower", "lower", NULL, s->h * 0.5e-3, 0));
  CALL(PltProjectAddPly(project, "upper", "upper", NULL, s->h * 0.5e-3, 0));
  if (s->layer > 0) {
    StripMaterial(project, "layer", s->Elayer, 0);
    CALL(PltProjectAddPly(project, "layer", "layer", NULL, s->layer * 1e-3, s->slab));
  }
  return project;
}

/* `project` from StripProject, with its steps; it is freed with the run. */
static inline StripRun StripStart(const Strip *s, PltProject project)
{
  const Grid grid = {.n = {s->cells, 1}, .high = {s->length * 1e-3, s->length * 1e-3}};
  StripRun   run  = {.project = project};

  GridMesh(PETSC_COMM_WORLD, &grid, &run.mesh);
  CALL(PltProcessCreate(project, run.mesh, &run.process));
  return run;
}

static inline void StripEnd(StripRun *run)
{
  CALL(PltProcessDestroy(&run->process));
  GridDestroy(&run->mesh);
  CALL(PltProjectDestroy(&run->project));
}

/* The end of the strip: where its middle is (x along, z up, mm; first plies alone) and how far it
   has turned (rad, to the last turn). */
static inline void StripTip(const Strip *s, const StripRun *run, double *x, double *z,
                            double *angle)
{
  const PltState state  = run->process->state;
  double         tip[6] = {0};

  for (PetscInt v = 0; v < run->mesh->nvert_own; v++) {
    if (run->mesh->vert_natural[v] != s->cells) continue;
    for (int i = 0; i < 6; i++) tip[i] = state->u[3 * v * state->nlevel + i] * 1e3;
  }
  MPI_Allreduce(MPI_IN_PLACE, tip, 6, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD);
  /* of the middle of the halves, which a third ply in their slab leaves below the middle node */
  const double total = s->h + (s->slab == 0 ? s->layer : 0), at = s->h / total / 2;

  *x     = s->length + (1 - at) * tip[0] + at * tip[3];
  *z     = (1 - at) * tip[2] + at * tip[5];
  *angle = atan2(tip[0] - tip[3], total + tip[5] - tip[2]);
}
#endif
