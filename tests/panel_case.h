/* SPDX-License-Identifier: BSD-2-Clause
   Panels to try solvers on: the stack of the cooldown panel on a footprint of any size, meshed in
   any way, born free of stress at 180 degC and cooled to 25 degC; and what one linear solve of it
   from zero takes. */
#ifndef PLT_TEST_PANEL_CASE_H
#define PLT_TEST_PANEL_CASE_H
#include <math.h>
#include <petsctime.h>
#include "cooldown.h"
#include "model/model.h"

typedef struct {
  const char   *name;
  double        width, height; /* mm; height 0: round */
  double        size, dies;    /* mm, elements far from dies and beside them (0: the same) */
  PltMeshMethod method;
  double        angle;    /* deg, of the dies */
  double        E, nu;    /* of the adhesive, Pa (0: 1 GPa, 0.4) */
  int           resolved; /* 1: every ply its own element; more: with so many build-up plies */
  int           bare;     /* carrier and adhesive removed */
  int           loose;    /* dies attached by a film, no mold yet */
  PltHold       hold;
  int           pins;  /* gravity, on so many pins: three to five */
  int           edges; /* gravity, on a frame */
  PltSymmetry   symmetry;
} PanelCase;

static inline int PanelDies(PltProject project, const PanelCase *c)
{
  const double pi = 3.14159265358979323846, pitch = 12, half = c->height > 0 ? 0 : 4 * sqrt(2.);
  const double width = c->width, height = c->height > 0 ? c->height : c->width;
  const int    n[2] = {(int)floor(width / pitch), (int)floor(height / pitch)};
  char         id[32];

  if (c->angle == 0 && c->height > 0)
    return PltProjectAddDieArray(project, "device", n[0], n[1], pitch * 1e-3, pitch * 1e-3, 8e-3,
                                 8e-3);
  for (int k = 0; k < n[0] * n[1]; k++) {
    const double x = pitch * (k % n[0] - (n[0] - 1) / 2.), y = pitch * (k / n[0] - (n[1] - 1) / 2.);

    if (c->height <= 0 && hypot(x, y) > width / 2 - half - 2) continue;
    snprintf(id, sizeof id, "d%d", k);
    PetscCall(PltProjectAddDie(project, id, "device", x * 1e-3, y * 1e-3, 8e-3, 8e-3,
                               c->angle * pi / 180));
  }
  return PLT_OK;
}

static inline int PanelMaterials(PltProject project, const PanelCase *c)
{
  PetscCall(CooldownMaterial(project, "glass", 74, 0.23, 3.8));
  PetscCall(CooldownMaterial(project, "adhesive", c->E > 0 ? c->E * 1e-9 : 1,
                             c->nu > 0 ? c->nu : 0.4, 60));
  PetscCall(CooldownMaterial(project, "dielectric", 3, 0.33, 45));
  PetscCall(CooldownMaterial(project, "copper", 60, 0.34, 20));
  PetscCall(CooldownMaterial(project, "silicon", 160, 0.23, 2.8));
  PetscCall(CooldownMaterial(project, "mold", 22, 0.30, 8));
  if (c->pins || c->edges) {
    const double density = 2000;
    const char  *names[] = {"glass", "adhesive", "dielectric", "copper", "silicon", "mold"};

    for (int i = 0; i < 6; i++)
      PetscCall(PltProjectSetProperty(project, names[i], "density", 1, NULL, &density));
  }
  return PLT_OK;
}

/* Plies from below; slabs as the library groups them, or one for every ply. */
static inline int PanelPly(PltProject project, const PanelCase *c, const char *name,
                           const char *material, const char *dies, double h)
{
  PetscCall(
      PltProjectAddPly(project, name, material, dies, h, c->resolved ? (int)project->nply : -1));
  PetscCall(PltProjectStepAdd(project, name));
  return PLT_OK;
}

static inline int PanelStack(PltProject project, const PanelCase *c)
{
  const int layers = c->resolved > 1 ? c->resolved : 5;
  char      name[16];

  if (!c->bare) {
    PetscCall(PanelPly(project, c, "glass", "glass", NULL, 1e-3));
    PetscCall(PanelPly(project, c, "adhesive", "adhesive", NULL, 10e-6));
  }
  for (int i = 0; i < layers; i++) {
    snprintf(name, sizeof name, "r%d", i);
    PetscCall(
        PanelPly(project, c, name, i % 2 ? "copper" : "dielectric", NULL, i % 2 ? 4e-6 : 7e-6));
  }
  if (c->loose) PetscCall(PanelPly(project, c, "film", NULL, "adhesive", 20e-6));
  PetscCall(PanelPly(project, c, "device", c->loose ? NULL : "mold", "silicon", 0.3e-3));
  if (!c->loose) PetscCall(PanelPly(project, c, "cap", "mold", NULL, 0.2e-3));
  return PLT_OK;
}

static inline int PanelProject(MPI_Comm comm, const PanelCase *c, PltProject *project)
{
  const double cold = 273.15 + 25, a = c->width * 0.4e-3;
  const double three[] = {-a, -a, a, -a, 0, a}, five[] = {-a, -a, a, -a, a, a, -a, a, 0, 0};

  PetscCall(PltProjectCreate(comm, project));
  PetscCall(PltProjectSetKinematics(*project, PLT_SMALL));
  if (c->height > 0) PetscCall(PltProjectSetSize(*project, c->width * 1e-3, c->height * 1e-3));
  else PetscCall(PltProjectSetDiameter(*project, c->width * 1e-3));
  PetscCall(PltProjectSetMesh(*project, c->size * 1e-3, c->dies * 1e-3, 0, c->method, NULL));
  PetscCall(PltProjectSetSymmetry(*project, c->symmetry));
  PetscCall(PanelMaterials(*project, c));
  PetscCall(PltProjectAddStep(*project, "cool"));
  PetscCall(PanelStack(*project, c));
  PetscCall(PanelDies(*project, c));
  if (c->loose) {
    for (int d = 0, n = (*project)->ndie; d < n; d++) {
      const PltDie die = (*project)->die[d];
      char         id[40];

      snprintf(id, sizeof id, "f%d", d);
      PetscCall(
          PltProjectAddDie(*project, id, "film", die.x, die.y, die.width, die.height, die.angle));
    }
  }
  PetscCall(PltProjectStepSetStressFree(*project, 273.15 + 180));
  PetscCall(PltProjectStepSetTemperature(*project, 1, NULL, &cold));
  PetscCall(PltProjectStepSetHold(*project, c->hold));
  if (c->pins || c->edges) PetscCall(PltProjectStepSetGravity(*project, PLT_GRAVITY_DOWN));
  if (c->pins) PetscCall(PltProjectStepSetPins(*project, c->pins, c->pins == 3 ? three : five));
  if (c->edges) PetscCall(PltProjectStepSetSupport(*project, PLT_ON_EDGES));
  return PLT_OK;
}

typedef struct {
  int       iterations;                    /* of CG to a relative residual of 1e-8 */
  double    residual;                      /* what it then is, summed element by element */
  double    setup, solve, product, forces; /* s */
  PltMgInfo info;
} PanelSolve;

/* One linear solve from zero displacements, at the state a step has left. */
static inline int PanelMeasure(PltProcess process, PanelSolve *s)
{
  const PltState state = process->state;
  const PetscInt n     = state->mesh->nvert * state->nlevel * 3;
  PetscReal     *u, before, after;
  PetscLogDouble t[6];
  PltBalance     balance;
  Vec            r, x;
  Mat            A;
  KSP            ksp;
  PC             pc;

  PetscCall(PetscMalloc1(n + 1, &u));
  PetscCall(PetscArraycpy(u, state->u, n));
  PetscCall(PetscArrayzero(state->u, n));
  PetscCall(PltSpaceCreateVec(state->space, &r));
  PetscCall(VecDuplicate(r, &x));
  PetscCall(PltAssemblyResidual(process->assembly, r, &balance));
  PetscCall(VecNorm(r, NORM_2, &before));
  PetscCall(PetscTime(&t[0]));
  PetscCall(PltMgCreateOperator(process->assembly, &A));
  PetscCall(KSPCreate(state->mesh->comm, &ksp));
  PetscCall(KSPSetOperators(ksp, A, A));
  PetscCall(KSPSetType(ksp, KSPCG));
  PetscCall(KSPSetNormType(ksp, KSP_NORM_UNPRECONDITIONED));
  PetscCall(KSPSetTolerances(ksp, 1e-8, 0, PETSC_DEFAULT, 200));
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCSetType(pc, "platen"));
  PetscCall(KSPSetOptionsPrefix(ksp, "measure_"));
  PetscCall(KSPSetFromOptions(ksp));
  PetscCall(KSPSetUp(ksp));
  PetscCall(PetscTime(&t[1]));
  PetscCall(KSPSolve(ksp, r, x));
  PetscCall(PetscTime(&t[2]));
  PetscCall(KSPGetIterationNumber(ksp, &s->iterations));
  PetscCall(PltMgGetInfo(pc, &s->info));
  PetscCall(PltSpaceAddVec(state->space, x, state->u));
  PetscCall(PetscTime(&t[3]));
  PetscCall(PltAssemblyResidual(process->assembly, r, &balance));
  PetscCall(PetscTime(&t[4]));
  PetscCall(VecNorm(r, NORM_2, &after));
  PetscCall(MatMult(A, x, r));
  PetscCall(PetscTime(&t[5]));
  s->residual = after / before;
  s->setup    = t[1] - t[0];
  s->solve    = t[2] - t[1];
  s->forces   = t[4] - t[3];
  s->product  = t[5] - t[4];
  PetscCall(PetscArraycpy(state->u, u, n));
  PetscCall(PetscFree(u));
  PetscCall(KSPDestroy(&ksp));
  PetscCall(MatDestroy(&A));
  PetscCall(VecDestroy(&r));
  PetscCall(VecDestroy(&x));
  return PLT_OK;
}
#endif
