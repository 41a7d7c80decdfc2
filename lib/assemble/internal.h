/* SPDX-License-Identifier: BSD-2-Clause
   Seen only inside this room. */
#ifndef PLT_ASSEMBLE_INTERNAL_H
#define PLT_ASSEMBLE_INTERNAL_H
#include "assemble/assemble.h"

/* The pair of a slab and the next live one above it, which are stabilised together. */
typedef struct {
  PetscInt  level[3]; /* the middle one is the same node as that above the lower slab */
  PetscReal t[2], G[2], factor;
  PetscInt  born; /* event since which there are both */
} PltBridge;
PLT_INTERN void PltBridgeFind(PltAssembly assembly, PetscInt class, PetscInt slab,
                              PltBridge *bridge);

/* ---- prisms.c ---- */
/* The plan of a quad; PLT_ERR_MESH if it is not convex. */
PLT_INTERN PetscErrorCode PltAssemblyPlan(PltAssembly assembly, PetscInt quad, PltPlan *plan);
/* Takes the forces of all elements and stabilisations from field[nvert][nlevel][3] and
   raises *scale to the largest of an element; small kinematics. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblySumPrisms(PltAssembly assembly, PetscReal *field,
                                               PetscReal *scale);
#endif
