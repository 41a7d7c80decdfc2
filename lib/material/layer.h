/* SPDX-License-Identifier: BSD-2-Clause
   A homogenised layer by its in-plane part, its thickness part and its shear moduli, and how layers
   mix. Private to the room; layer.c says what is exact. */
#ifndef PLT_LAYER_H
#define PLT_LAYER_H
#include "material/material.h"

enum { PLT_G23, PLT_G13, PLT_G12 };

typedef struct {
  PetscReal Q[2][2], b[2]; /* plane stress: stiffness, thermal stress for 1 K */
  PetscReal C33, g[2];     /* stiffness at fixed in-plane strain; C_i3 / C33 */
  PetscReal G[3];          /* G23 G13 G12 */
  PetscReal cte3;
} PltLayer;

PLT_INTERN PltLayer PltLayerReduce(const PetscReal C[6][6], const PetscReal cte[6]);
PLT_INTERN void     PltLayerExpand(const PltLayer *layer, PetscReal C[6][6]);
/* The CTE of the layer; shear parts are 0. */
PLT_INTERN void PltLayerExpansion(const PltLayer *layer, PetscReal cte[6]);
/* Traces of `metal` in `matrix` that cover this fraction, along x (d = 0) or y (d = 1). */
PLT_INTERN PltLayer PltLayerTraces(const PltLayer *metal, const PltLayer *matrix,
                                   PetscReal fraction, int d);
/* Hill's mean of n patches that lie side by side; weights are positive and sum to 1. */
PLT_INTERN PltLayer PltLayerPatches(PetscInt n, const PltLayer patch[], const PetscReal weight[]);
#endif
