/* SPDX-License-Identifier: BSD-2-Clause
   The cooldown panel: the verification panel of meshes/cooldown.yaml, through the public API. 60
   x 60 mm with 5 x 5 dies, born free of stress at 180 degC, cooled by 155 K on glass, then
   debonded. */
#ifndef PLT_TEST_COOLDOWN_H
#define PLT_TEST_COOLDOWN_H
#include <stdio.h>
#include <string.h>
#include <petscsys.h>
#include "platen.h"

/* Warpage (highest less lowest point of the lower face, um) from independent codes with quadratic
   solid elements; after the debond two of them, 86.05 and 87.1. */
static const double cooldown_full = 210.8, cooldown_full_tolerance = 0.3;
static const double cooldown_debonded = 86.6, cooldown_debonded_tolerance = 0.8;

enum { COOLDOWN_PLIES = 9 };

typedef struct {
  double      size, dies, growth; /* mm, as PltProjectSetMesh */
  PltSymmetry symmetry;
  int         cut;    /* elements through the device, half as many through cap and glass; 0: 1 */
  const int  *slab;   /* [COOLDOWN_PLIES] with cut = 1, NULL: automatic */
  int         across; /* the panel has across x across dies, 0: 5 */
} CooldownMesh;

static inline int CooldownMaterial(PltProject project, const char *name, double GPa, double nu,
                                   double ppm)
{
  const double E = GPa * 1e9, cte = ppm * 1e-6;

  PetscCall(PltProjectAddMaterial(project, name, "isotropic"));
  PetscCall(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  PetscCall(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  PetscCall(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
  return PLT_OK;
}

static const struct {
  const char *name, *material;
  double      h; /* m */
} cooldown_ply[COOLDOWN_PLIES] = {
    {"glass", "glass", 1e-3},    {"adhesive", "adhesive", 10e-6}, {"pi1", "dielectric", 7e-6},
    {"m1", "copper", 4e-6},      {"pi2", "dielectric", 7e-6},     {"m2", "copper", 4e-6},
    {"pi3", "dielectric", 7e-6}, {"device", "mold", 0.3e-3},      {"cap", "mold", 0.2e-3}};
enum { COOLDOWN_DEVICE = 7 };

static inline int CooldownAcross(const CooldownMesh *mesh)
{
  return mesh->across > 0 ? mesh->across : 5;
}

/* A ply, cut into equal ones, of which the lowest keeps the name. */
static inline int CooldownPly(PltProject project, const CooldownMesh *mesh, int i)
{
  const int    device = i == COOLDOWN_DEVICE, n = CooldownAcross(mesh);
  const int    whole = mesh->cut > 1 ? mesh->cut : 1;
  const double h     = cooldown_ply[i].h;
  const int    cut   = h < 0.1e-3 ? 1 : device ? whole : (whole + 1) / 2;
  char         name[32];

  for (int k = 0; k < cut; k++) {
    snprintf(name, sizeof name, k ? "%s%d" : "%s", cooldown_ply[i].name, k);
    PetscCall(PltProjectAddPly(project, name, cooldown_ply[i].material, device ? "silicon" : NULL,
                               h / cut, mesh->slab ? mesh->slab[i] : -1));
    if (device) PetscCall(PltProjectAddDieArray(project, name, n, n, 12e-3, 12e-3, 8e-3, 8e-3));
    PetscCall(PltProjectStepAdd(project, name));
  }
  return PLT_OK;
}

/* All plies, born at 180 degC and cooled to 25 degC. */
static inline int CooldownStack(PltProject project, const CooldownMesh *mesh)
{
  const double cold = 273.15 + 25;

  PetscCall(CooldownMaterial(project, "glass", 74, 0.23, 3.8));
  PetscCall(CooldownMaterial(project, "adhesive", 1, 0.40, 60));
  PetscCall(CooldownMaterial(project, "dielectric", 3, 0.33, 45));
  PetscCall(CooldownMaterial(project, "copper", 60, 0.34, 20));
  PetscCall(CooldownMaterial(project, "silicon", 160, 0.23, 2.8));
  PetscCall(CooldownMaterial(project, "mold", 22, 0.30, 8));
  PetscCall(PltProjectAddStep(project, "cool"));
  for (int i = 0; i < COOLDOWN_PLIES; i++) PetscCall(CooldownPly(project, mesh, i));
  PetscCall(PltProjectStepSetStressFree(project, 273.15 + 180));
  PetscCall(PltProjectStepSetTemperature(project, 1, NULL, &cold));
  return PLT_OK;
}

static inline int CooldownDebond(PltProject project, int cut)
{
  char piece[32] = "glass";

  PetscCall(PltProjectAddStep(project, "debond"));
  for (int i = 0; i < (cut > 1 ? (cut + 1) / 2 : 1); i++) {
    if (i) snprintf(piece, sizeof piece, "glass%d", i);
    PetscCall(PltProjectStepRemove(project, piece));
  }
  PetscCall(PltProjectStepRemove(project, "adhesive"));
  return PLT_OK;
}

static inline int CooldownProject(MPI_Comm comm, const CooldownMesh *mesh, PltProject *project)
{
  const double side = 12e-3 * CooldownAcross(mesh);

  PetscCall(PltProjectCreate(comm, project));
  PetscCall(PltProjectSetKinematics(*project, PLT_SMALL));
  PetscCall(PltProjectSetSize(*project, side, side));
  PetscCall(PltProjectSetMesh(*project, mesh->size * 1e-3, mesh->dies * 1e-3, mesh->growth,
                              PLT_MESH_MAPPED, NULL));
  PetscCall(PltProjectSetSymmetry(*project, mesh->symmetry));
  PetscCall(CooldownStack(*project, mesh));
  PetscCall(CooldownDebond(*project, mesh->cut));
  return PLT_OK;
}
#endif
