/* SPDX-License-Identifier: BSD-2-Clause
   The laws, and what several of them share: isotropic elasticity, a root, the gas constant. Private
   to the room. */
#ifndef PLT_LAW_H
#define PLT_LAW_H
#include "material/material.h"

extern PLT_INTERN const PltMaterialOps PltIsotropic, PltOrthotropic, PltTraces;
extern PLT_INTERN const PltMaterialOps PltPlastic, PltCubic, PltCreep, PltAnand;

#define PLT_ZERO_TOO (-1e-30) /* lower end of the open interval of what may be 0 */
#define PLT_GAS (8.314462618) /* J/(mol K), exact (CODATA 2018) */

/* ---- isotropic.c: a law that is isotropic while it is elastic begins its table of properties with
   PLT_ISO_TABLE and has these three functions ---- */
enum { PLT_ISO_E, PLT_ISO_NU, PLT_ISO_CTE, PLT_ISO_DENSITY, PLT_ISO_COUNT };
/* The ranges of E and nu are those of a positive definite stiffness; that of the CTE only catches a
   forgotten "ppm". */
#define PLT_ISO_TABLE                                                                              \
  [PLT_ISO_E]       = {"E", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},                          \
  [PLT_ISO_NU]      = {"nu", PLT_NUMBER, PETSC_TRUE, -1, 0.5},                                     \
  [PLT_ISO_CTE]     = {"cte", PLT_EXPANSION, PETSC_TRUE, -1e-2, 1e-2},                             \
  [PLT_ISO_DENSITY] = {"density", PLT_DENSITY, PETSC_FALSE, 0, PETSC_MAX_REAL}
PLT_INTERN PetscErrorCode PltIsoStiffness(PltMaterial material, PetscReal T, PetscReal C[6][6]);
PLT_INTERN PetscErrorCode PltIsoTangent(PltMaterial material, PetscReal T, PetscReal cte[6]);
PLT_INTERN PetscErrorCode PltIsoExpansion(PltMaterial material, PetscReal T0, PetscReal T1,
                                          PetscReal strain[6]);
/* Shear and bulk modulus at T, Pa. */
PLT_INTERN void PltIsoModuli(PltMaterial material, PetscReal T, PetscReal *G, PetscReal *K);

/* ---- traces_memory.c ---- */
extern PLT_INTERN const PltMaterialOps PltTracesMemory;
/* Has a phase of the traces a memory, or a free strain that is not expansion alone? */
PLT_INTERN PetscBool PltTracesRemember(PltMaterial material);

/* ---- root.c ---- */
typedef PetscReal (*PltFalling)(void *context, PetscReal x, PetscReal *slope);
/* Where a function that falls from above 0 at low to below 0 at high is 0, to rounding; *x is the
   first guess, in between. What the context keeps is that of the last call. 1: there is none. */
PLT_INTERN int PltFindRoot(PltFalling f, void *context, PetscReal low, PetscReal high,
                           PetscReal *x);
#endif
