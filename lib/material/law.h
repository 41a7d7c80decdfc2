/* SPDX-License-Identifier: BSD-2-Clause
   The laws, and what several of them share: rows of their tables, isotropic elasticity, the CTE, a
   root, the gas constant. Private to the room. */
#ifndef PLT_LAW_H
#define PLT_LAW_H
#include "material/material.h"

extern PLT_INTERN const PltMaterialOps PltIsotropic, PltOrthotropic, PltTraces;
extern PLT_INTERN const PltMaterialOps PltViscoelastic, PltGlassy;
extern PLT_INTERN const PltMaterialOps PltPlastic, PltCubic, PltCreep, PltAnand, PltFilled;

/* ---- material.c ---- */
enum { PLT_USER_LAWS = 32 }; /* of users, in one process */
/* One more law; ops must stay. There are fewer than PLT_USER_LAWS so far. */
PLT_INTERN void PltMaterialAddLaw(const PltMaterialOps *ops);

#define PLT_ZERO_TOO (-1e-30) /* lower end of the open interval of what may be 0 */
#define PLT_GAS (8.314462618) /* J/(mol K), exact (CODATA 2018) */

/* Rows of a table of properties: over temperature, or one number. */
#define PLT_TABLE_ROW(k, name, unit, low, high, ...)                                               \
  [k] = {.key = name, .quantity = unit, .above = low, .below = high, __VA_ARGS__}
#define PLT_SINGLE_ROW(k, name, unit, low, high, ...)                                              \
  PLT_TABLE_ROW(k, name, unit, low, high, .single = PETSC_TRUE, __VA_ARGS__)

/* A constant property, 0 if it is not given. */
static inline PetscReal PltLawValue(PltMaterial material, PetscInt k)
{
  return PltCurveAt(&material->curve[k], 0);
}
static inline PetscBool PltLawHas(PltMaterial material, PetscInt k)
{
  return (PetscBool)(material->curve[k].n > 0);
}
/* The least modulus along a flow, over 3 G or 2 G, that keeps D positive definite where a metal
   does not harden. In the phases of traces it is less: in a soft matrix little metal, where most of
   the strain is, shows it many times over. */
static inline PetscReal PltLeastModulus(const PltSite *site)
{
  return site->exact ? 1e-9 : 1e-7;
}
/* A law all of whose materials have rates. */
static inline PetscBool PltLawAlways(PltMaterial material)
{
  (void)material;
  return PETSC_TRUE;
}
/* Isotropic stiffness of shear modulus G and bulk modulus K. */
static inline void PltIsotropicStiffness(PetscReal G, PetscReal K, PetscReal C[6][6])
{
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) C[i][j] = i < 3 && j < 3 ? K - 2 * G / 3 : 0;
    C[i][i] += i < 3 ? 2 * G : G;
  }
}
/* Twice the deviator of a strain (times G: the stress), and its trace. */
static inline PetscReal PltTwiceDeviator(const PetscReal strain[6], PetscReal twice[6])
{
  const PetscReal trace = strain[PLT_11] + strain[PLT_22] + strain[PLT_33];

  for (int i = 0; i < 6; i++) twice[i] = i < 3 ? 2 * (strain[i] - trace / 3) : strain[i];
  return trace;
}
static inline void PltFillIsotropic(PetscReal value, PetscReal strain[6])
{
  for (int i = 0; i < 6; i++) strain[i] = i < 3 ? value : 0;
}

/* ---- expansion.c: CTE by its tangent, or by a secant table. An isotropic law has PLT_CTE_TABLE(k)
   in its table of properties and the three from k on; one with several CTEs a PLT_CTE_ROWS for each
   and one PLT_CTE_REFERENCE_ROW. k: the row of the tangent. ---- */
enum { PLT_CTE, PLT_CTE_SECANT, PLT_CTE_REFERENCE, PLT_CTE_COUNT };
#define PLT_CTE_ROWS(k, secant_row, reference_row, name)                                           \
  PLT_TABLE_ROW(k, name, PLT_EXPANSION, -1e-2, 1e-2, .required = PETSC_TRUE, .secant = secant_row, \
                .reference = reference_row),                                                       \
      PLT_TABLE_ROW(secant_row, name "_secant", PLT_EXPANSION, -1e-2, 1e-2)
#define PLT_CTE_REFERENCE_ROW(k)                                                                   \
  PLT_SINGLE_ROW(k, "cte_reference", PLT_TEMPERATURE, 0, PETSC_MAX_REAL)
#define PLT_CTE_TABLE(k)                                                                           \
  PLT_CTE_ROWS((k) + PLT_CTE, (k) + PLT_CTE_SECANT, (k) + PLT_CTE_REFERENCE, "cte"),               \
      PLT_CTE_REFERENCE_ROW((k) + PLT_CTE_REFERENCE)
PLT_INTERN PetscReal PltTangent(PltMaterial material, PetscInt k, PetscReal T);
/* Its integral, exact. */
PLT_INTERN PetscReal PltTangentIntegral(PltMaterial material, PetscInt k, PetscReal T0,
                                        PetscReal T1);
/* Does a secant table stand in for this property, a tangent? */
PLT_INTERN PetscBool PltHasSecant(PltMaterial material, const PltProperty *property);
/* One of both for each direction, with its reference. */
PLT_INTERN PetscErrorCode PltCheckExpansion(PltMaterial material, PltMistakes mistakes);

/* ---- isotropic.c: a law that is isotropic while it is elastic begins its table of properties with
   PLT_ISO_TABLE and has these three functions ---- */
enum {
  PLT_ISO_E,
  PLT_ISO_NU,
  PLT_ISO_CTE,
  PLT_ISO_DENSITY = PLT_ISO_CTE + PLT_CTE_COUNT,
  PLT_ISO_COUNT
};
/* The ranges of E and nu are those of a positive definite stiffness; that of the CTE only catches a
   forgotten "ppm". */
#define PLT_ISO_TABLE                                                                              \
  [PLT_ISO_E]       = {"E", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},                          \
  [PLT_ISO_NU]      = {"nu", PLT_NUMBER, PETSC_TRUE, -1, 0.5}, PLT_CTE_TABLE(PLT_ISO_CTE),         \
  [PLT_ISO_DENSITY] = {"density", PLT_DENSITY, PETSC_FALSE, 0, PETSC_MAX_REAL}
PLT_INTERN PetscErrorCode PltIsoStiffness(PltMaterial material, PetscReal T, PetscReal C[6][6]);
PLT_INTERN PetscErrorCode PltIsoTangent(PltMaterial material, PetscReal T, PetscReal cte[6]);
PLT_INTERN PetscErrorCode PltIsoExpansion(PltMaterial material, PetscReal T0, PetscReal T1,
                                          PetscReal strain[6]);
/* Shear and bulk modulus at T, Pa. */
PLT_INTERN void PltIsoModuli(PltMaterial material, PetscReal T, PetscReal *G, PetscReal *K);

/* ---- traces_memory.c ---- */
enum { PLT_PHASE_SHARED = 3 }; /* numbers that the law of a phase may share */
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
