/* SPDX-License-Identifier: BSD-2-Clause
   What the laws of polymers share: cure, the glass transition, the shift of time by temperature.
   Each part has rows of its own in the table of a law, from an index k on; functions get that k.
   Private to the room. */
#ifndef PLT_POLYMER_H
#define PLT_POLYMER_H
#include "material/law.h"

/* ---- cure.c: Kamal-Sourour kinetics, DiBenedetto's Tg, gel. A law has PLT_CURE_TABLE(k). ---- */
enum {
  PLT_CURE_A1,
  PLT_CURE_E1,
  PLT_CURE_A2,
  PLT_CURE_E2,
  PLT_CURE_M,
  PLT_CURE_N,
  PLT_CURE_DIFFUSION,
  PLT_CURE_DEGREE,
  PLT_CURE_SLOPE,
  PLT_CURE_INITIAL,
  PLT_CURE_GEL,
  PLT_CURE_SHRINKAGE,
  PLT_CURE_TG_UNCURED,
  PLT_CURE_TG_CURED,
  PLT_CURE_LAMBDA,
  PLT_CURE_COUNT
};
#define PLT_CURE_ROW(k, name, unit, low, high) PLT_SINGLE_ROW(k, "cure." name, unit, low, high)
#define PLT_CURE_TABLE(k)                                                                          \
  PLT_CURE_ROW((k) + PLT_CURE_A1, "A1", PLT_RATE, PLT_ZERO_TOO, PETSC_MAX_REAL),                   \
      PLT_CURE_ROW((k) + PLT_CURE_E1, "E1", PLT_MOLAR_ENERGY, PLT_ZERO_TOO, PETSC_MAX_REAL),       \
      PLT_CURE_ROW((k) + PLT_CURE_A2, "A2", PLT_RATE, PLT_ZERO_TOO, PETSC_MAX_REAL),               \
      PLT_CURE_ROW((k) + PLT_CURE_E2, "E2", PLT_MOLAR_ENERGY, PLT_ZERO_TOO, PETSC_MAX_REAL),       \
      PLT_CURE_ROW((k) + PLT_CURE_M, "m", PLT_NUMBER, PLT_ZERO_TOO, 10),                           \
      PLT_CURE_ROW((k) + PLT_CURE_N, "n", PLT_NUMBER, 0, 10),                                      \
      PLT_CURE_ROW((k) + PLT_CURE_DIFFUSION, "diffusion", PLT_NUMBER, 0, PETSC_MAX_REAL),          \
      PLT_CURE_ROW((k) + PLT_CURE_DEGREE, "diffusion_degree", PLT_NUMBER, -10, 10),                \
      PLT_CURE_ROW((k) + PLT_CURE_SLOPE, "diffusion_slope", PLT_EXPANSION, -1, 1),                 \
      PLT_CURE_ROW((k) + PLT_CURE_INITIAL, "initial", PLT_NUMBER, PLT_ZERO_TOO, 1),                \
      PLT_CURE_ROW((k) + PLT_CURE_GEL, "gel", PLT_NUMBER, PLT_ZERO_TOO, 1),                        \
      PLT_CURE_ROW((k) + PLT_CURE_SHRINKAGE, "shrinkage", PLT_STRAIN, PLT_ZERO_TOO, 0.2),          \
      PLT_CURE_ROW((k) + PLT_CURE_TG_UNCURED, "Tg_uncured", PLT_TEMPERATURE, 0, PETSC_MAX_REAL),   \
      PLT_CURE_ROW((k) + PLT_CURE_TG_CURED, "Tg_cured", PLT_TEMPERATURE, 0, PETSC_MAX_REAL),       \
      PLT_CURE_ROW((k) + PLT_CURE_LAMBDA, "lambda", PLT_NUMBER, 0, 10)

/* Bounds the span so that `change`, found over it, is at most `most`. A hundredth more is let
   through: a span cut to its bound must pass. */
static inline void PltLimitSpan(PltSpan *span, PetscReal change, PetscReal most)
{
  change = PetscAbsReal(change);
  if (change > 1.01 * most) span->largest = PetscMin(span->largest, most / change);
}

/* A way through a span in small steps: fraction of the span and degree of cure reached. */
typedef struct {
  PetscReal at, alpha, next; /* next: length of the step to try */
} PltCureWay;

PLT_INTERN PetscBool PltCures(PltMaterial material, PetscInt k);
/* d(alpha)/dt, 1/s. */
PLT_INTERN PetscReal PltCureRate(PltMaterial material, PetscInt k, PetscReal alpha, PetscReal T);
/* One step of the way, by an error below 1e-11 in alpha and at most 0.01 of it. */
PLT_INTERN void PltCureStep(PltMaterial material, PetscInt k, const PltSpan *span, PltCureWay *way);
/* Of the uncured to the fully cured; PltCureHasTg: is it given? */
PLT_INTERN PetscReal PltCureTg(PltMaterial material, PetscInt k, PetscReal alpha);
PLT_INTERN PetscBool PltCureHasTg(PltMaterial material, PetscInt k);
/* Linear shrinkage since the gel point. */
PLT_INTERN PetscReal PltCureShrinkage(PltMaterial material, PetscInt k, PetscReal alpha);
/* Equilibrium shear modulus in parts of that of the fully cured; 1 without cure. */
PLT_INTERN PetscReal PltCureModulus(PltMaterial material, PetscInt k, PetscReal alpha);
/* The span is small enough for moduli at its middle. */
PLT_INTERN void           PltCureLimit(PltMaterial material, PetscInt k, PltSpan *span);
PLT_INTERN PetscErrorCode PltCheckCure(PltMaterial material, PetscInt k, PltMistakes mistakes);

/* ---- polymer.c: what cure and the glass transition do to a part over a span. A law has
   PLT_POLYMER_TABLE(k), which holds the two tables above. ---- */
enum {
  PLT_POLYMER_CTE    = 0,
  PLT_POLYMER_RUBBER = PLT_CTE_COUNT,
  PLT_POLYMER_TG,
  PLT_POLYMER_CURE,
  PLT_POLYMER_COUNT = PLT_POLYMER_CURE + PLT_CURE_COUNT
};
#define PLT_POLYMER_TABLE(k)                                                                       \
  PLT_CTE_TABLE((k) + PLT_POLYMER_CTE),                                                            \
      PLT_TABLE_ROW((k) + PLT_POLYMER_RUBBER, "cte_rubber", PLT_EXPANSION, -1e-2, 1e-2),           \
      PLT_SINGLE_ROW((k) + PLT_POLYMER_TG, "Tg", PLT_TEMPERATURE, 0, PETSC_MAX_REAL),              \
      PLT_CURE_TABLE((k) + PLT_POLYMER_CURE)

typedef struct {
  PetscReal alpha[2]; /* degree of cure at the start and at the end, 1 without cure */
  PetscReal Tg[2];    /* K, 0 if there is none */
  PetscReal free;     /* linear strain free of stress that is added */
  PetscBool always;   /* was it a glass all the time? */
  PetscReal glass; /* part of the span at its end since when it is a glass; 0: it ends a rubber */
  PetscReal late;  /* what of `free` is added in that part */
} PltCourse;
/* shared: the degree of cure, Tg in K. Sets span->shared[1], free, and the course. */
PLT_INTERN void PltPolymerBirth(PltMaterial material, PetscInt k, PetscReal shared[PLT_SHARED]);
PLT_INTERN void PltPolymerAdvance(PltMaterial material, PetscInt k, PltSpan *span,
                                  PltCourse *course);
PLT_INTERN PetscBool PltPolymerHasTg(PltMaterial material, PetscInt k);
/* Of the fully cured. */
PLT_INTERN PetscReal      PltPolymerTg(PltMaterial material, PetscInt k);
PLT_INTERN PetscReal      PltPolymerTangent(PltMaterial material, PetscInt k, PetscReal T);
PLT_INTERN PetscReal      PltPolymerExpansion(PltMaterial material, PetscInt k, PetscReal T0,
                                              PetscReal T1);
PLT_INTERN PetscErrorCode PltCheckPolymer(PltMaterial material, PetscInt k, PltMistakes mistakes);

/* ---- shift.c: how much slower a polymer relaxes than at its reference. A law has
   PLT_SHIFT_TABLE(k). ---- */
enum {
  PLT_SHIFT_REFERENCE,
  PLT_SHIFT_C1,
  PLT_SHIFT_C2,
  PLT_SHIFT_ACTIVATION,
  PLT_SHIFT_LOWEST,
  PLT_SHIFT_HIGHEST,
  PLT_SHIFT_COUNT
};
#define PLT_SHIFT_ROW(k, name, unit) PLT_SINGLE_ROW(k, "shift." name, unit, 0, PETSC_MAX_REAL)
#define PLT_SHIFT_TABLE(k)                                                                         \
  PLT_SHIFT_ROW((k) + PLT_SHIFT_REFERENCE, "reference", PLT_TEMPERATURE),                          \
      PLT_SHIFT_ROW((k) + PLT_SHIFT_C1, "C1", PLT_NUMBER),                                         \
      PLT_SHIFT_ROW((k) + PLT_SHIFT_C2, "C2", PLT_TEMPERATURE_DIFFERENCE),                         \
      PLT_SHIFT_ROW((k) + PLT_SHIFT_ACTIVATION, "activation", PLT_MOLAR_ENERGY),                   \
      PLT_SHIFT_ROW((k) + PLT_SHIFT_LOWEST, "lowest", PLT_TEMPERATURE),                            \
      PLT_SHIFT_ROW((k) + PLT_SHIFT_HIGHEST, "highest", PLT_TEMPERATURE)
/* ln a at T, its reference moved up by `moved`; 0 if there is no shift. */
PLT_INTERN PetscReal PltShiftAt(PltMaterial material, PetscInt k, PetscReal T, PetscReal moved);
/* (1 - exp(-x)) / x */
PLT_INTERN PetscReal PltMeanDecay(PetscReal x);
/* Integral of dt / a, s, ln a going linearly from the one to the other. */
PLT_INTERN PetscReal PltReducedTime(PetscReal dt, const PetscReal ln_a[2]);
PLT_INTERN PetscBool PltShiftCovers(PltMaterial material, PetscInt k, PetscReal T, const char **key,
                                    PetscReal range[2]);
PLT_INTERN PetscErrorCode PltCheckShift(PltMaterial material, PetscInt k, PltMistakes mistakes);
/* Cure and Tg at the end of a span, where the material has them; how many. */
PLT_INTERN PetscInt PltPolymerTell(PltMaterial material, PetscInt k, const PltSpan *span,
                                   PltTold told[PLT_TOLD]);
#endif
