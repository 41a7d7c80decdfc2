/* SPDX-License-Identifier: BSD-2-Clause
   Constitutive laws as const tables of functions, one law a file, and homogenisation of patterned
   metal. Knows neither mesh nor MPI. The one place that lists the laws is material.c; users add
   theirs through platen_material.h (user.c). */
#ifndef PLT_MATERIAL_H
#define PLT_MATERIAL_H
#include "base/base.h"

enum {
  PLT_PROPERTY_MAX = 48,
  PLT_KEY_SIZE     = 32, /* bytes of the longest key */
  PLT_SHARED       = 12, /* numbers a law keeps of a whole part at most; a phase of traces: 3 */
  PLT_WORK         = 96, /* numbers it may keep during an increment */
  PLT_TOLD         = 8,  /* numbers of a point that a law tells of by name at most */
  PLT_SPANS        = 3   /* spans of a material: its own and those of what it is made of */
};
typedef struct PltMaterial_   *PltMaterial;
typedef struct PltMaterialOps_ PltMaterialOps;

/* A property a law has: its key in the recipe, its quantity, whether it must be given, its
   range. A key "cure.gel" is written cure: {gel: 0.5} in a recipe. */
typedef struct {
  const char *key;
  PltQuantity quantity;
  PetscBool   required;
  PetscReal   above, below; /* open interval of allowed values; "positive" is (0, PETSC_MAX_REAL) */
  PetscBool   pairs;  /* not a curve of temperature: a list of [first, value], kept as T and */
  PltQuantity first;  /* value of the curve even where there is but one; first ascends, > 0 */
  PetscBool   single; /* one number, not a table over temperature */
  /* Of a tangent CTE, the rows of the table of secants that may stand in for it, and of the
     temperature that these count from; 0: none. */
  PetscInt secant, reference;
} PltProperty;

/* An increment as the material of a part sees it: what is the same at all its points. */
typedef struct PltSpan_ PltSpan;
struct PltSpan_ {
  PetscReal T[2]; /* K, at the start and at the end; linear in time between */
  PetscReal dt;   /* s; 0: the answer is instantaneous, nothing relaxes, cures or creeps */
  PetscReal shared[2][PLT_SHARED]; /* of the part, at the start; by PltSpanSet, at the end */
  PltSpan  *child;                 /* [2] of the metal and the matrix of traces; NULL elsewhere */
  /* All by PltSpanSet: */
  PetscReal free[6];        /* strain free of stress (thermal, cure) that is added; voigt */
  PetscReal largest;        /* part of dt that is small enough for the law, 0 < .. <= 1 */
  PetscReal work[PLT_WORK]; /* the law's own: factors of decay, moduli */
};

/* A point of a ply in an increment. */
typedef struct {
  PltMaterial      material;
  const PltSpan   *span;
  const PetscReal *mix;   /* [PLT_METAL_KINDS] what this place has in it (traces); NULL: as the
                           material says */
  PetscReal       *guess; /* [PltMaterialGuesses] where a search is to begin: where the last one of
                               this point ended, and then where this one does; NULL: begins at the
                               state. Zero at birth. The answer does not hang on it. */
  PetscBool exact; /* D is the derivative itself, which flow that turns makes unsymmetric, for
                      those who go on to reckon with it: a function of symmetric parts is not the
                      symmetric part of that function */
} PltSite;

/* A number of a point that a person may want to see. */
typedef struct {
  const char *name; /* one word; static */
  PltQuantity quantity;
  PetscReal   value;
} PltTold;

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
  /* Is T within what the law holds for, tables apart? As PltMaterialCovers; may be NULL. */
  PetscBool (*covers)(PltMaterial material, PetscReal T, const char **key, PetscReal range[2]);
  /* Mistakes that no range of a single property shows; may be NULL. Called if those are right. */
  PetscErrorCode (*check)(PltMaterial material, PltMistakes mistakes);
  /* ---- laws with a memory; all NULL or 0 for those whose stress is C(T) times the strain. Their
     stiffness, tangent and expansion above are those of the instantaneous answer, fully cured. */
  /* The modulus of an increment depends on the span alone, S = D strain + S(0): no iteration. */
  PetscBool affine;
  PetscInt  nshared;
  /* Numbers kept at a point, zero at birth. */
  PetscInt (*nstate)(PltMaterial material);
  /* Numbers of PltSite.guess; NULL: none. */
  PetscInt (*nguess)(PltMaterial material);
  /* shared[] at birth, if not zero; may be NULL. */
  void (*birth)(PltMaterial material, PetscReal shared[PLT_SHARED]);
  /* Fills shared[1], free, largest and work; may be NULL: free is then the expansion. */
  PetscErrorCode (*advance)(PltMaterial material, PltSpan *span);
  /* Stress (Pa, voigt) and modulus D = dS/dstrain (its symmetric part unless the site is exact;
     positive definite) at the end for the strain since birth less what is free, from the state at
     the start. end (may be NULL, may not be start) is the new state, D may be NULL. Returns 0, or 1
     if it does not come to an answer: the increment is too large. Pure but for the guess: no
     allocation, no message. */
  int (*update)(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                PetscReal end[], PetscReal stress[6], PetscReal D[6][6]);
  /* Does the stress depend on how fast things go? NULL: on their order alone. */
  PetscBool (*rates)(PltMaterial material);
  /* What there is to see beside stress and strain (cure, plastic strain) at the end of the span of
     the site, of the state there; their number, the same at all times. May be NULL. */
  PetscInt (*tell)(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD]);
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

/* NULL if there is no such law. */
PLT_INTERN const PltMaterialOps *PltMaterialFindLaw(const char *type);
/* type: one of PltMaterialTypes; *material is NULL if there is no such law. */
PLT_INTERN PetscErrorCode PltMaterialCreate(const char *type, const char *name,
                                            PltMaterial *material);
PLT_INTERN PetscErrorCode PltMaterialDestroy(PltMaterial *material);
/* Index of a key in the law's table, -1 if it has none. */
PLT_INTERN PetscInt PltMaterialFindProperty(PltMaterial material, const char *key);
/* Every mistake of the material alone: missing, out of range, not positive definite (in any table
   point). */
PLT_INTERN PetscErrorCode PltMaterialCheck(PltMaterial material, PltMistakes mistakes);
/* Is T inside every table, and where the law holds? If not, *key names the first that is not and
   *range its ends. */
PLT_INTERN PetscBool      PltMaterialCovers(PltMaterial material, PetscReal T, const char **key,
                                            PetscReal range[2]);
PLT_INTERN PetscErrorCode PltMaterialStiffness(PltMaterial material, PetscReal T,
                                               PetscReal C[6][6]);
PLT_INTERN PetscErrorCode PltMaterialExpansion(PltMaterial material, PetscReal T0, PetscReal T1,
                                               PetscReal strain[6]);
PLT_INTERN PetscReal      PltMaterialDensity(PltMaterial material);
/* Does the stiffness change with temperature? */
PLT_INTERN PetscBool PltMaterialIsThermal(PltMaterial material);
/* ---- memory.c ---- */
/* Numbers a material keeps at a point; 0: its stress follows from temperature and strain. */
PLT_INTERN PetscInt PltMaterialStates(PltMaterial material);
/* Numbers of the guess of a point. */
PLT_INTERN PetscInt PltMaterialGuesses(PltMaterial material);
/* Is the modulus of an increment the same whatever the strain? */
PLT_INTERN PetscBool PltMaterialIsAffine(PltMaterial material);
/* Does it depend on time: relax, creep, cure? NULL: no. */
PLT_INTERN PetscBool PltMaterialHasRates(PltMaterial material);
/* What a part keeps, at its birth. */
PLT_INTERN void PltMaterialBirth(PltMaterial material, PetscReal shared[PLT_SHARED]);
/* span[0] of PLT_SPANS has T, dt and shared[0] and gets the rest, its children if there are any.
   Any law. */
PLT_INTERN PetscErrorCode PltSpanSet(PltMaterial material, PltSpan span[PLT_SPANS]);
/* ops->update, or the product of stiffness and strain for laws without a memory. */
PLT_INTERN int PltMaterialUpdate(const PltSite *site, const PetscReal start[],
                                 const PetscReal strain[6], PetscReal end[], PetscReal stress[6],
                                 PetscReal D[6][6]);
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
