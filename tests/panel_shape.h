/* SPDX-License-Identifier: BSD-2-Clause
   Panels that have moved far: shapes to put into a state, and what CG then takes for a random load
   on the part of the tangent that comes from moduli. */
#ifndef PLT_TEST_PANEL_SHAPE_H
#define PLT_TEST_PANEL_SHAPE_H
#include "panel_case.h"

typedef enum {
  PANEL_FLAT,
  PANEL_TURNED,   /* rigidly, 0.5 about y, then 0.3 about x */
  PANEL_CYLINDER, /* rolled without stretch about y */
  PANEL_SPHERE    /* w = c r^2 over the reference, normals follow */
} PanelShape;

/* Rows of the rotation that PANEL_TURNED makes. */
static inline void PanelTurn(const PetscReal x[3], PetscReal y[3])
{
  const PetscReal c[2] = {cos(0.5), cos(0.3)}, s[2] = {sin(0.5), sin(0.3)};
  const PetscReal z = -s[0] * x[0] + c[0] * x[2];

  y[0] = c[0] * x[0] + s[0] * x[2];
  y[1] = c[1] * x[1] - s[1] * z;
  y[2] = s[1] * x[1] + c[1] * z;
}

/* A point at X, Y of the middle surface and h above it, of a panel `width` wide that rises by
   `bow` from its middle to x = width / 2 (m). */
static inline void PanelPoint(PanelShape shape, PetscReal width, PetscReal bow,
                              const PetscReal X[3], PetscReal x[3])
{
  const PetscReal h = X[2], c = 4 * bow / (width * width), r = 1 / (2 * c), a = X[0] / r;

  for (PetscInt d = 0; d < 3; d++) x[d] = X[d];
  if (shape == PANEL_TURNED) PanelTurn(X, x);
  if (shape == PANEL_CYLINDER) {
    x[0] = (r - h) * sin(a);
    x[2] = r - (r - h) * cos(a);
  }
  if (shape == PANEL_SPHERE) {
    const PetscReal nx = -2 * c * X[0], ny = -2 * c * X[1], n = sqrt(1 + nx * nx + ny * ny);

    x[0] = X[0] + h * nx / n;
    x[1] = X[1] + h * ny / n;
    x[2] = c * (X[0] * X[0] + X[1] * X[1]) + h / n;
  }
}

/* The state's displacements become those of the shape, bow in mm. */
static inline int PanelBend(PltState s, PanelShape shape, double width, double bow)
{
  PetscReal z[PLT_LEVEL_MAX + 1] = {0}, middle;

  for (PetscInt k = 0; k < s->slabs.nslab; k++)
    z[k + 1] = z[k] + (s->space->merged[k + 1] > s->space->merged[k]
                           ? s->slabs.z[s->slabs.first[k + 1]] - s->slabs.z[s->slabs.first[k]]
                           : 0);
  middle = z[s->nlevel - 1] / 2;
  for (PetscInt i = 0; i < s->mesh->nvert * s->nlevel; i++) {
    const PetscReal *xy   = s->mesh->xy + 2 * (i / s->nlevel);
    const PetscReal  X[3] = {xy[0], xy[1], z[i % s->nlevel] - middle};
    PetscReal        x[3];

    PanelPoint(shape, width * 1e-3, PetscMax(bow, 1e-6) * 1e-3, X, x);
    for (PetscInt d = 0; d < 3; d++) s->u[3 * i + d] = x[d] - X[d];
  }
  return PltStateSettle(s);
}

/* Random from -1 to 1, zero where the panel is held or supported. */
static inline int PanelRandomise(PltSpace space, PetscRandom random, Vec x)
{
  PetscScalar *a;

  PetscCall(VecSetRandom(x, random));
  PetscCall(VecGetArray(x, &a));
  for (PetscInt i = 0; i < space->mesh->nvert_own * space->nlevel * 3; i++) {
    const PetscInt node = PltSpaceNode(space, i / 3 / space->nlevel, i / 3 % space->nlevel);

    if (node >= 0 && space->fixed[i] != PLT_DOF_FREE) a[3 * (node - space->node_start) + i % 3] = 0;
  }
  PetscCall(VecRestoreArray(x, &a));
  return PLT_OK;
}

/* The assembly in large kinematics. Iterations of CG on K to an energy of the error of 1e-8. */
static inline int PanelIterate(PltAssembly a, KSP ksp, Mat A, PetscInt *iterations)
{
  KSPConvergedReason reason;
  PetscRandom        random;
  Vec                b, x;

  PetscCall(PetscRandomCreate(PETSC_COMM_WORLD, &random));
  PetscCall(PetscRandomSetSeed(random, 7));
  PetscCall(PetscRandomSeed(random));
  PetscCall(PltSpaceCreateVec(a->state->space, &b));
  PetscCall(VecDuplicate(b, &x));
  PetscCall(PanelRandomise(a->state->space, random, b));
  PetscCall(PltMgSetWithStress(A, PETSC_FALSE));
  PetscCall(KSPSolve(ksp, b, x));
  PetscCall(KSPGetIterationNumber(ksp, iterations));
  PetscCall(KSPGetConvergedReason(ksp, &reason));
  if (reason < 0) *iterations = -*iterations;
  PetscCall(VecDestroy(&b));
  PetscCall(VecDestroy(&x));
  PetscCall(PetscRandomDestroy(&random));
  return PLT_OK;
}

static inline int PanelSolver(Mat A, KSP *ksp)
{
  PC pc;

  PetscCall(KSPCreate(PETSC_COMM_WORLD, ksp));
  PetscCall(KSPSetOperators(*ksp, A, A));
  PetscCall(KSPSetType(*ksp, KSPCG));
  PetscCall(KSPSetTolerances(*ksp, 1e-8, 0, PETSC_DEFAULT, 300));
  PetscCall(PltMgSetEnergyTest(*ksp, 1e-8));
  PetscCall(KSPGetPC(*ksp, &pc));
  PetscCall(PCSetType(pc, "platen"));
  PetscCall(KSPSetFromOptions(*ksp));
  return PLT_OK;
}
#endif
