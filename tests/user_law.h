/* SPDX-License-Identifier: BSD-2-Clause
   Laws from outside, as a user would write them: elastic with an expansion of its own, stress that
   bends over and remembers nothing, a Maxwell fluid that ages. */
#ifndef PLT_TEST_USER_LAW_H
#define PLT_TEST_USER_LAW_H
#include <math.h>
#include "platen_material.h"

/* D = K 1 x 1 + 2 g I_dev */
static inline void FillModulus(double K, double g, double D[6][6])
{
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) D[i][j] = i < 3 && j < 3 ? K - 2 * g / 3 : 0;
    D[i][i] += i < 3 ? 2 * g : g;
  }
}

/* The deviator, tensor components; returns the trace. */
static inline double Split(const double strain[6], double e[6])
{
  const double trace = strain[0] + strain[1] + strain[2];

  for (int i = 0; i < 6; i++) e[i] = i < 3 ? strain[i] - trace / 3 : strain[i] / 2;
  return trace;
}

/* ---- "grain": G, K and an expansion that differs along 33; no memory ---- */
enum { GRAIN_G, GRAIN_K, GRAIN_IN, GRAIN_OUT };
static const PltLawProperty grain_property[] = {
    {.key = "G", .unit = "Pa", .required = 1, .below = INFINITY},
    {.key = "K", .unit = "Pa", .required = 1, .below = INFINITY},
    {.key = "cte.in", .unit = "1/K", .required = 1},
    {.key = "cte.out", .unit = "1/K"},
};
static inline void GrainStiffness(PltProperties given, double T, double C[6][6])
{
  FillModulus(PltPropertyAt(given, GRAIN_K, T), PltPropertyAt(given, GRAIN_G, T), C);
}
static inline void GrainExpansion(PltProperties given, double T0, double T1, double strain[6])
{
  strain[0] = strain[1] = PltPropertyIntegral(given, GRAIN_IN, T0, T1);
  strain[2]             = PltPropertyIntegral(given, GRAIN_OUT, T0, T1);
}
static inline void GrainCovers(PltProperties given, double T[2])
{
  (void)given;
  T[0] = 100;
  T[1] = 900;
}
static const PltLaw grain = {.version   = PLT_LAW_VERSION,
                             .name      = "grain",
                             .nproperty = 4,
                             .property  = grain_property,
                             .stiffness = GrainStiffness,
                             .expansion = GrainExpansion,
                             .covers    = GrainCovers};

/* ---- "bent": s = 2 G e / (1 + |e| / e0), |e| the length of the deviator ---- */
enum { BENT_G, BENT_K, BENT_E0 };
static const PltLawProperty bent_property[] = {
    {.key = "bent.G", .unit = "Pa", .required = 1, .below = INFINITY},
    {.key = "bent.K", .unit = "Pa", .required = 1, .below = INFINITY},
    {.key = "bent.e0", .unit = "m/m", .required = 1, .below = 1, .single = 1},
};
static inline void BentStiffness(PltProperties given, double T, double C[6][6])
{
  FillModulus(PltPropertyAt(given, BENT_K, T), PltPropertyAt(given, BENT_G, T), C);
}
static inline int BentUpdate(PltProperties given, const PltLawSpan *span, const double start[],
                             const double strain[6], double end[], double stress[6], double D[6][6])
{
  const double G  = PltPropertyAt(given, BENT_G, span->T1);
  const double K  = PltPropertyAt(given, BENT_K, span->T1);
  const double e0 = PltPropertyAt(given, BENT_E0, span->T1);
  double       e[6], trace = Split(strain, e), length, part;

  (void)start, (void)end;
  length =
      sqrt(e[0] * e[0] + e[1] * e[1] + e[2] * e[2] + 2 * (e[3] * e[3] + e[4] * e[4] + e[5] * e[5]));
  part = 1 / (1 + length / e0);
  FillModulus(K, G * part, D);
  for (int i = 0; i < 6; i++) {
    stress[i] = 2 * G * part * e[i] + (i < 3 ? K * trace : 0);
    for (int j = 0; j < 6 && length > 0; j++)
      D[i][j] -= 2 * G * part * part * e[i] * e[j] / (e0 * length);
  }
  return 0;
}
static const PltLaw bent = {.version   = PLT_LAW_VERSION,
                            .name      = "bent",
                            .nproperty = 3,
                            .property  = bent_property,
                            .stiffness = BentStiffness,
                            .update    = BentUpdate};

/* ---- "fluid": shear relaxes with tau a, a = 1 + age, the age of the part in hours from 1 on ----
   State: viscous deviator, tensor components. Exact for a strain linear in reduced time. */
enum { FLUID_G, FLUID_K, FLUID_TAU };
static const PltLawProperty fluid_property[] = {
    {.key = "G", .unit = "Pa", .required = 1, .below = INFINITY},
    {.key = "K", .unit = "Pa", .required = 1, .below = INFINITY},
    {.key = "tau", .unit = "s", .required = 1, .below = INFINITY},
};
static inline void FluidStiffness(PltProperties given, double T, double C[6][6])
{
  FillModulus(PltPropertyAt(given, FLUID_K, T), PltPropertyAt(given, FLUID_G, T), C);
}
static inline int FluidStates(PltProperties given)
{
  (void)given;
  return 12; /* viscous deviator, deviator at the start */
}
static inline void FluidBirth(PltProperties given, double shared[])
{
  (void)given;
  shared[0] = 1;
}
/* work: decay of the increment, mean decay. */
static inline void FluidAdvance(PltProperties given, PltLawSpan *span)
{
  const double tau  = PltPropertyAt(given, FLUID_TAU, span->T1);
  const double from = span->shared_start[0], to = from + span->dt / 3600;
  const double x = 3600 / tau * log((1 + to) / (1 + from)); /* integral of dt / (tau a) */

  span->shared_end[0] = to;
  span->work[0]       = exp(-x);
  span->work[1]       = x > 1e-8 ? -expm1(-x) / x : 1 - x / 2;
  if (x > 4) span->largest = 4 / x;
}
static inline int FluidUpdate(PltProperties given, const PltLawSpan *span, const double start[],
                              const double strain[6], double end[], double stress[6],
                              double D[6][6])
{
  const double G = PltPropertyAt(given, FLUID_G, span->T1);
  const double K = PltPropertyAt(given, FLUID_K, span->T1);
  double       e[6], trace = Split(strain, e);

  FillModulus(K, G * span->work[1], D);
  for (int i = 0; i < 6; i++) {
    const double elastic =
        (start[6 + i] - start[i]) * span->work[0] + (e[i] - start[6 + i]) * span->work[1];

    end[i]     = e[i] - elastic;
    end[6 + i] = e[i];
    stress[i]  = 2 * G * elastic + (i < 3 ? K * trace : 0);
  }
  return 0;
}
static const PltLawTold fluid_told[] = {{"age", "1"}, {"flow", "m/m"}};
static inline void      FluidTell(PltProperties given, double T, const double shared[],
                                  const double state[], double value[])
{
  (void)given, (void)T;
  value[0] = shared[0];
  value[1] = state[0];
}
static const PltLaw fluid = {.version   = PLT_LAW_VERSION,
                             .name      = "fluid",
                             .nproperty = 3,
                             .property  = fluid_property,
                             .stiffness = FluidStiffness,
                             .affine    = 1,
                             .nshared   = 1,
                             .states    = FluidStates,
                             .birth     = FluidBirth,
                             .advance   = FluidAdvance,
                             .update    = FluidUpdate,
                             .ntold     = 2,
                             .told      = fluid_told,
                             .tell      = FluidTell,
                             .rates     = 1};
#endif
