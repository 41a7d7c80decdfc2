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

/* ---- assemble.c ---- */
/* Values of a field at the nodes of `n` levels above a quad: out[n][4][3]. */
PLT_INTERN void PltAssemblyGather(PltState state, PetscInt quad, PetscInt n, const PetscInt level[],
                                  const PetscReal *field, PetscReal *out);
/* The vertices of a quad at a height. */
PLT_INTERN void PltAssemblyCorners(PltState state, PetscInt quad, PetscReal z, PetscReal X[4][3]);

/* ---- bridge.c ---- */
PLT_INTERN void PltBridgeFind(PltAssembly assembly, PetscInt class, PetscInt slab,
                              PltBridge *bridge);
/* Large kinematics: directors are compared in a frame that turns with the panel, of its last
   equilibrium, so that forces stay linear in u between two of them. Rows of R are its axes where
   the quad at a level has the displacements of `field`. */
PLT_INTERN void PltBridgeFrame(PltAssembly assembly, PetscInt quad, PetscInt level,
                               const PetscReal *field, PetscReal R[3][3]);
/* K in panel axes. */
PLT_INTERN void PltBridgeTangent(PltAssembly assembly, PetscInt quad, const PltBridge *bridge,
                                 PetscReal K[36 * 36]);

/* ---- prisms.c ---- */
/* An element as a prism, and what is gathered for it. */
typedef struct {
  PltPrism  prism;
  PetscReal u[2][3][4], before[2][3][4], ub[PLT_SHELL_PLIES][2][3][4];
  PetscReal (*born[PLT_SHELL_PLIES])[3][4];
  const PetscReal *birth[PLT_SHELL_PLIES];
} PltGathered;
/* The plan is lent. */
PLT_INTERN void PltAssemblyPrism(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                 const PltPlan *plan, PltGathered *gathered);
/* The plan of a quad; PLT_ERR_MESH if it is not convex. */
PLT_INTERN PetscErrorCode PltAssemblyPlan(PltAssembly assembly, PetscInt quad, PltPlan *plan);
/* Takes the forces of all elements and stabilisations from field[nvert][nlevel][3] and raises
   *scale to the largest of an element. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblySumPrisms(PltAssembly assembly, PetscReal *field,
                                               PetscReal *scale);
#endif
