/* SPDX-License-Identifier: BSD-2-Clause
   Constitutive laws as const tables of functions, one law a file, and homogenisation of patterned
   metal. Knows neither mesh nor MPI. The one place that lists the laws is material.c. */
#ifndef PLT_MATERIAL_H
#define PLT_MATERIAL_H
#include "base/base.h"

enum { PLT_PROPERTY_MAX = 13 };
typedef struct PltMaterial_   *PltMaterial;
typedef struct PltMaterialOps_ PltMaterialOps;

/* A property a law has: its key in the recipe, its quantity, whether it must be given, its
   range. */
typedef struct {
  const char *key;
  PltQuantity quantity;
  PetscBool   required;
  PetscReal   above, below; /* open interval of allowed values; "positive" is (0, PETSC_MAX_REAL) */
} PltProperty;

struct PltMaterialOps_ {
  const char *type;
  PetscInt    nproperty;
  PltProperty property[PLT_PROPERTY_MAX];
  /* Stiffness at T in the ply frame (voigt order), Pa. */
  PetscErrorCode (*stiffness)(PltMaterial material, PetscReal T, PetscReal C[6][6]);
  /* Tangent CTE at T, 1/K, and the free expansion strain from T0 to T1, its integral; voigt
     order. */
  PetscErrorCode (*tangent)(PltMaterial material, PetscReal T, PetscReal cte[6]);
  PetscErrorCode (*expansion)(PltMaterial material, PetscReal T0, PetscReal T1,
                              PetscReal strain[6]);
  /* Mistakes that no range of a single property shows; may be NULL. Called if those are right. */
  PetscErrorCode (*check)(PltMaterial material, PltMistakes mistakes);
};

struct PltMaterial_ {
  const PltMaterialOps *ops;
  char                 *name;
  PltMark               mark;
  PltCurve              curve[PLT_PROPERTY_MAX]; /* as ops->property */
  PltMark               curve_mark[PLT_PROPERTY_MAX];
  PetscReal             density;       /* kg/m3, 0 if not given; also a property key */
  PltMaterial           metal, matrix; /* traces only: borrowed */
  PetscReal             fraction;      /* traces only: metal area fraction, 0..1 */
  char                  direction;     /* traces only: 'x', 'y', 'm' (mixed), 'p' (planes) */
};

/* type: "isotropic", "orthotropic" or "traces"; *material is NULL if there is no such law. */
PLT_INTERN PetscErrorCode PltMaterialCreate(const char *type, const char *name,
                                            PltMaterial *material);
PLT_INTERN PetscErrorCode PltMaterialDestroy(PltMaterial *material);
/* Index of a key in the law's table, -1 if it has none. */
PLT_INTERN PetscInt PltMaterialFindProperty(PltMaterial material, const char *key);
/* Every mistake of the material alone: missing, out of range, not positive definite (in any table
   point). */
PLT_INTERN PetscErrorCode PltMaterialCheck(PltMaterial material, PltMistakes mistakes);
/* Is T inside every table? If not, *key names the first that is not and *range its ends. */
PLT_INTERN PetscBool      PltMaterialCovers(PltMaterial material, PetscReal T, const char **key,
                                            PetscReal range[2]);
PLT_INTERN PetscErrorCode PltMaterialStiffness(PltMaterial material, PetscReal T,
                                               PetscReal C[6][6]);
PLT_INTERN PetscErrorCode PltMaterialExpansion(PltMaterial material, PetscReal T0, PetscReal T1,
                                               PetscReal strain[6]);
PLT_INTERN PetscReal      PltMaterialDensity(PltMaterial material);
/* Does the stiffness change with temperature? */
PLT_INTERN PetscBool PltMaterialIsThermal(PltMaterial material);
/* ---- traces.c: a layer of traces that is not the same everywhere ----
   share: the part of the area that metal along x, metal along y and planes of metal cover, each at
   least 0, at most 1 in all; the rest is bare. `material` is of the law traces; its own fraction
   and direction do not count. traces.c says how shares become patches. Density in kg/m3. */
enum { PLT_ALONG_X, PLT_ALONG_Y, PLT_PLANES, PLT_METAL_KINDS };
PLT_INTERN PetscErrorCode PltTracesStiffness(PltMaterial     material,
                                             const PetscReal share[PLT_METAL_KINDS], PetscReal T,
                                             PetscReal C[6][6]);
PLT_INTERN PetscErrorCode PltTracesExpansion(PltMaterial     material,
                                             const PetscReal share[PLT_METAL_KINDS], PetscReal T0,
                                             PetscReal T1, PetscReal strain[6]);
PLT_INTERN PetscReal PltTracesDensity(PltMaterial material, const PetscReal share[PLT_METAL_KINDS]);
/* Names of all laws, for messages. */
PLT_INTERN const char *const *PltMaterialTypes(PetscInt *n);
#endif
