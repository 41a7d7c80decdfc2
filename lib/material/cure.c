/* SPDX-License-Identifier: BSD-2-Clause
   Cure of a thermoset, by its degree alpha from 0 to 1:

     d(alpha)/dt = (k1 + k2 alpha^m) (1 - alpha)^n f     Kamal and Sourour (1973)
     k = A exp(-E / (R T)),   f = 1 / (1 + exp(C (alpha - ac - s T)))

   f, 1 if C is not given, is control by diffusion (Chern and Poehlein 1987; Cole 1991): near the
   degree ac + s T, T in K, the resin vitrifies and cures no further.

     Tg = Tg0 + (Tg1 - Tg0) lambda alpha / (1 - (1 - lambda) alpha)         DiBenedetto (1987)
     G(alpha) / G(1) = [(alpha^2 - gel^2) / (1 - gel^2)]^(8/3)              Adolf and Martin (1996)

   the latter the equilibrium shear modulus above the gel point. Below it a resin has none; 1e-3
   of the modulus of the fully cured is left to it so that equations have a solution, and so much of
   the stress of a rubber may be locked in. The bulk modulus does not follow cure: a liquid is as
   hard to compress as a rubber. Shrinkage counts from the gel point, in proportion to alpha; what
   happens in the liquid is taken up by flow.

   alpha is integrated by the method of Dormand and Prince (1980), orders 5 and 4. Full cure is
   approached so slowly, if n > 1, that steps may grow as it goes on; if not, 1 - alpha < 1e-9 ends
   the way. */
#include "material/polymer.h"

static const PetscReal tolerance = 1e-11; /* in alpha a step; errors grow by up to k2 / k1 */
static const PetscReal longest   = 0.01;  /* step in alpha: Tg is nearly linear over it */
static const PetscReal cured     = 1 - 1e-9;
static const PetscReal most      = 0.05; /* change of alpha over a span, after the gel point */
static const PetscReal least     = 1e-3;

PetscBool PltCures(PltMaterial material, PetscInt k)
{
  return (PetscBool)(PltLawHas(material, k + PLT_CURE_A1) || PltLawHas(material, k + PLT_CURE_A2));
}

/* A exp(-E / (R T)) */
static PetscReal Arrhenius(PltMaterial material, PetscInt A, PetscInt E, PetscReal T)
{
  return PltLawValue(material, A) * PetscExpReal(-PltLawValue(material, E) / (PLT_GAS * T));
}

PetscReal PltCureRate(PltMaterial material, PetscInt k, PetscReal alpha, PetscReal T)
{
  const PetscReal a = PetscMax(0, PetscMin(1, alpha)),
                  C = PltLawValue(material, k + PLT_CURE_DIFFUSION);
  const PetscReal n =
      PltLawHas(material, k + PLT_CURE_N) ? PltLawValue(material, k + PLT_CURE_N) : 1;
  PetscReal rate = Arrhenius(material, k + PLT_CURE_A1, k + PLT_CURE_E1, T);

  if (PltLawHas(material, k + PLT_CURE_A2))
    rate += Arrhenius(material, k + PLT_CURE_A2, k + PLT_CURE_E2, T) *
            PetscPowReal(a, PltLawValue(material, k + PLT_CURE_M));
  rate *= PetscPowReal(1 - a, n);
  if (C > 0)
    rate /= 1 + PetscExpReal(C * (a - PltLawValue(material, k + PLT_CURE_DEGREE) -
                                  PltLawValue(material, k + PLT_CURE_SLOPE) * T));
  return rate;
}

/* ---- the way through a span ---- */

enum { STAGES = 7 };
static const PetscReal stage_at[STAGES]          = {0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1};
static const PetscReal stage[STAGES][STAGES - 1] = {
    {0},
    {1. / 5},
    {3. / 40, 9. / 40},
    {44. / 45, -56. / 15, 32. / 9},
    {19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
    {9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
    {35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84}};
static const PetscReal difference[STAGES] = {71. / 57600,      0,         -71. / 16695, 71. / 1920,
                                             -17253. / 339200, 22. / 525, -1. / 40};

/* The degree after the step, and what the two orders differ by. */
static PetscReal TryStep(PltMaterial material, PetscInt k, const PltSpan *span,
                         const PltCureWay *way, PetscReal step, PetscReal *error)
{
  PetscReal rate[STAGES], alpha = way->alpha;

  *error = 0;
  for (int s = 0; s < STAGES; s++) {
    const PetscReal at = way->at + stage_at[s] * step;

    alpha = way->alpha;
    for (int i = 0; i < s; i++) alpha += step * stage[s][i] * rate[i];
    rate[s] =
        span->dt * PltCureRate(material, k, alpha, span->T[0] + at * (span->T[1] - span->T[0]));
    *error += step * difference[s] * rate[s];
  }
  return alpha;
}

void PltCureStep(PltMaterial material, PetscInt k, const PltSpan *span, PltCureWay *way)
{
  PetscReal step = PetscMin(way->next, 1 - way->at);

  if (span->dt <= 0 || way->alpha > cured) {
    way->at = 1;
    return;
  }
  for (;;) {
    PetscReal       error, factor;
    const PetscReal alpha  = TryStep(material, k, span, way, step, &error);
    const PetscReal miss   = PetscMax(PetscAbsReal(error) / tolerance, 1e-10);
    const PetscReal length = (alpha - way->alpha) / longest;

    factor = PetscMin(5, 0.9 * PetscPowReal(miss, -0.2));
    if ((miss <= 1 && length <= 1) || step < 1e-12) {
      way->at    = step < 1 - way->at ? way->at + step : 1;
      way->alpha = PetscMax(way->alpha, PetscMin(1, alpha));
      way->next  = step * PetscMin(factor, length > 0.18 ? 0.9 / length : 5);
      return;
    }
    step *= PetscMax(0.1, PetscMin(0.9, PetscMin(factor, length > 0 ? 0.9 / length : 1)));
  }
}

/* ---- what follows from the degree ---- */

PetscBool PltCureHasTg(PltMaterial material, PetscInt k)
{
  return PltLawHas(material, k + PLT_CURE_TG_CURED);
}

PetscReal PltCureTg(PltMaterial material, PetscInt k, PetscReal alpha)
{
  const PetscReal low    = PltLawValue(material, k + PLT_CURE_TG_UNCURED),
                  high   = PltLawValue(material, k + PLT_CURE_TG_CURED),
                  lambda = PltLawValue(material, k + PLT_CURE_LAMBDA);

  return low + (high - low) * lambda * alpha / (1 - (1 - lambda) * alpha);
}

PetscReal PltCureShrinkage(PltMaterial material, PetscInt k, PetscReal alpha)
{
  const PetscReal gel = PltLawValue(material, k + PLT_CURE_GEL);

  return PltLawValue(material, k + PLT_CURE_SHRINKAGE) * PetscMax(0, alpha - gel) / (1 - gel);
}

PetscReal PltCureModulus(PltMaterial material, PetscInt k, PetscReal alpha)
{
  const PetscReal gel = PltLawValue(material, k + PLT_CURE_GEL);
  PetscReal       x;

  if (!PltCures(material, k)) return 1;
  x = PetscMax(0, (alpha * alpha - gel * gel) / (1 - gel * gel));
  return PetscMax(least, PetscPowReal(x, 8. / 3));
}

void PltCureLimit(PltMaterial material, PetscInt k, PltSpan *span)
{
  if (PltCures(material, k) && span->shared[1][0] > PltLawValue(material, k + PLT_CURE_GEL))
    PltLimitSpan(span, span->shared[1][0] - span->shared[0][0], most);
}

/* ---- check ---- */

/* A key of cure that another one needs. */
static PetscErrorCode Need(PltMaterial material, PetscInt k, PetscInt key, PetscInt needed,
                           PltMistakes mistakes)
{
  const PltProperty *property = material->ops->property;

  PetscFunctionBegin;
  if (PltLawHas(material, k + key) && !PltLawHas(material, k + needed))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + key], "material '%s': %s needs %s",
                             material->name, property[k + key].key, property[k + needed].key));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckCure(PltMaterial material, PetscInt k, PltMistakes mistakes)
{
  static const PetscInt need[][2] = {{PLT_CURE_A1, PLT_CURE_E1},
                                     {PLT_CURE_A2, PLT_CURE_E2},
                                     {PLT_CURE_A2, PLT_CURE_M},
                                     {PLT_CURE_DIFFUSION, PLT_CURE_DEGREE},
                                     {PLT_CURE_TG_CURED, PLT_CURE_TG_UNCURED},
                                     {PLT_CURE_TG_CURED, PLT_CURE_LAMBDA},
                                     {PLT_CURE_TG_UNCURED, PLT_CURE_TG_CURED},
                                     {PLT_CURE_LAMBDA, PLT_CURE_TG_CURED}};
  PetscInt              any       = -1;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < PLT_CURE_COUNT; i++)
    if (PltLawHas(material, k + i)) any = k + i;
  if (any < 0) PetscFunctionReturn(PETSC_SUCCESS);
  for (size_t i = 0; i < sizeof need / sizeof *need; i++)
    PetscCall(Need(material, k, need[i][0], need[i][1], mistakes));
  if (!PltCures(material, k) || !PltLawHas(material, k + PLT_CURE_GEL))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[any],
                             "material '%s': cure needs A1 with E1, or A2 with E2 and m, and gel",
                             material->name));
  else if (PltLawValue(material, k + PLT_CURE_A1) <= 0 &&
           PltLawValue(material, k + PLT_CURE_INITIAL) <= 0)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[any],
                             "material '%s': without cure.A1 nothing starts; give cure.initial",
                             material->name));
  if (PltLawValue(material, k + PLT_CURE_TG_UNCURED) > PltLawValue(material, k + PLT_CURE_TG_CURED))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_CURE_TG_UNCURED],
                             "material '%s': cure.Tg_uncured is above cure.Tg_cured",
                             material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}
