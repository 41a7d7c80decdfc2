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
/* Nodes of the three levels of a bridge and what stabilises them, in its own frame: rows of R are
   the axes, those of the panel in small kinematics. */
typedef struct {
  PltBridge at;
  PetscReal X[12][3], u[36], f[36], K[36 * 36], R[3][3];
} PltStitch;
/* The stabilisation above one quad. Large kinematics: directors are compared in a frame that turns
   with the panel, of its last equilibrium, so that forces stay linear in u between two of them. */
PLT_INTERN void PltStitchSet(PltAssembly assembly, PetscInt quad, PetscInt slab, PltStitch *stitch);
/* Its f, and its K, in panel axes. */
PLT_INTERN void PltStitchForce(PltAssembly assembly, PltStitch *stitch);
PLT_INTERN void PltStitchTangent(PltAssembly assembly, PltStitch *stitch);

/* ---- prisms.c ---- */
/* The plan of a quad; PLT_ERR_MESH if it is not convex. */
PLT_INTERN PetscErrorCode PltAssemblyPlan(PltAssembly assembly, PetscInt quad, PltPlan *plan);
/* Takes the forces of all elements and stabilisations from field[nvert][nlevel][3] and
   raises *scale to the largest of an element; small kinematics. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblySumPrisms(PltAssembly assembly, PetscReal *field,
                                               PetscReal *scale);
#endif
