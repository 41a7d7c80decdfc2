/* SPDX-License-Identifier: BSD-2-Clause
   The free strain of a polymer over a span: expansion by the CTE of the glass below Tg and of the
   rubber from Tg up, and shrinkage of cure. Tg is constant or follows cure. A span is walked
   through in pieces over which T and Tg are both nearly linear, so that where they cross is found
   in closed form: exactly for a constant Tg.

   Strain is added at the rate of the state at hand; where Tg overtakes T at constant temperature,
   only what comes after expands as a glass. */
#include "material/polymer.h"

typedef struct {
  PltMaterial    material;
  PetscInt       k;
  const PltSpan *span;
  PltCourse     *course;
} Walk;

PetscBool PltPolymerHasTg(PltMaterial material, PetscInt k)
{
  return (PetscBool)(PltLawHas(material, k + PLT_POLYMER_TG) ||
                     PltCureHasTg(material, k + PLT_POLYMER_CURE));
}

static PetscReal TgAt(PltMaterial material, PetscInt k, PetscReal alpha)
{
  if (PltCureHasTg(material, k + PLT_POLYMER_CURE))
    return PltCureTg(material, k + PLT_POLYMER_CURE, alpha);
  return PltLawValue(material, k + PLT_POLYMER_TG);
}

PetscReal PltPolymerTg(PltMaterial material, PetscInt k)
{
  return TgAt(material, k, 1);
}

/* Expansion in one of the two states. */
static PetscReal Expand(PltMaterial material, PetscInt k, PetscBool glass, PetscReal T0,
                        PetscReal T1)
{
  if (glass || !PltLawHas(material, k + PLT_POLYMER_RUBBER))
    return PltTangentIntegral(material, k + PLT_POLYMER_CTE, T0, T1);
  return PltCurveIntegral(&material->curve[k + PLT_POLYMER_RUBBER], T0, T1);
}

PetscReal PltPolymerTangent(PltMaterial material, PetscInt k, PetscReal T)
{
  if (T < PltPolymerTg(material, k) || !PltLawHas(material, k + PLT_POLYMER_RUBBER))
    return PltTangent(material, k + PLT_POLYMER_CTE, T);
  return PltCurveAt(&material->curve[k + PLT_POLYMER_RUBBER], T);
}

PetscReal PltPolymerExpansion(PltMaterial material, PetscInt k, PetscReal T0, PetscReal T1)
{
  const PetscReal low = PetscMin(T0, T1), high = PetscMax(T0, T1);
  const PetscReal Tg = PetscMax(low, PetscMin(high, PltPolymerTg(material, k)));
  PetscReal       strain;

  strain = Expand(material, k, PETSC_TRUE, low, Tg) + Expand(material, k, PETSC_FALSE, Tg, high);
  return T0 < T1 ? strain : -strain;
}

/* A piece of the way in one state, from fraction s[0] to s[1] of the span. */
static void Pass(Walk *walk, const PetscReal s[2], PetscBool glass, PetscReal shrink)
{
  PltCourse      *c  = walk->course;
  const PetscReal T0 = walk->span->T[0], range = walk->span->T[1] - T0;
  const PetscReal add =
      Expand(walk->material, walk->k, glass, T0 + s[0] * range, T0 + s[1] * range) - shrink;

  c->free += add;
  if (glass) {
    if (c->glass <= 0) c->glass = 1 - s[0];
    c->late += add;
  } else {
    c->always = PETSC_FALSE;
    c->glass = c->late = 0;
  }
}

/* A piece of the way with Tg linear in it. */
static void Cross(Walk *walk, const PetscReal s[2], const PetscReal alpha[2])
{
  const PltSpan *span = walk->span;
  const PetscInt cure = walk->k + PLT_POLYMER_CURE;
  PetscReal      d[2], shrink, x, part[2];

  for (int i = 0; i < 2; i++)
    d[i] = span->T[0] + s[i] * (span->T[1] - span->T[0]) - TgAt(walk->material, walk->k, alpha[i]);
  shrink = PltCureShrinkage(walk->material, cure, alpha[1]) -
           PltCureShrinkage(walk->material, cure, alpha[0]);
  if ((d[0] < 0) == (d[1] < 0)) {
    Pass(walk, s, (PetscBool)(d[0] < 0), shrink);
    return;
  }
  x       = d[0] / (d[0] - d[1]);
  part[0] = s[0];
  part[1] = s[0] + x * (s[1] - s[0]);
  if (x > 0) Pass(walk, part, (PetscBool)(d[0] < 0), x * shrink);
  part[0] = part[1];
  part[1] = s[1];
  Pass(walk, part, (PetscBool)(d[1] < 0), (1 - x) * shrink);
}

void PltPolymerBirth(PltMaterial material, PetscInt k, PetscReal shared[PLT_SHARED])
{
  const PetscInt cure = k + PLT_POLYMER_CURE;

  shared[0] = PltCures(material, cure) ? PltLawValue(material, cure + PLT_CURE_INITIAL) : 1;
  shared[1] = TgAt(material, k, shared[0]);
}

void PltPolymerAdvance(PltMaterial material, PetscInt k, PltSpan *span, PltCourse *course)
{
  const PetscInt  cure  = k + PLT_POLYMER_CURE;
  const PetscBool cures = PltCures(material, cure);
  Walk            walk  = {material, k, span, course};
  PltCureWay      way   = {.alpha = cures ? span->shared[0][0] : 1, .next = 1};

  *course          = (PltCourse){.always = PETSC_TRUE};
  course->alpha[0] = way.alpha;
  while (way.at < 1) {
    const PltCureWay before = way;

    if (cures) PltCureStep(material, cure, span, &way);
    else way.at = 1;
    Cross(&walk, (const PetscReal[]){before.at, way.at},
          (const PetscReal[]){before.alpha, way.alpha});
  }
  course->alpha[1] = way.alpha;
  for (int i = 0; i < 2; i++) course->Tg[i] = TgAt(material, k, course->alpha[i]);
  span->shared[1][0] = way.alpha;
  span->shared[1][1] = course->Tg[1];
  PltFillIsotropic(course->free, span->free);
}

PetscErrorCode PltCheckPolymer(PltMaterial material, PetscInt k, PltMistakes mistakes)
{
  PetscFunctionBegin;
  PetscCall(PltCheckCure(material, k + PLT_POLYMER_CURE, mistakes));
  if (PltLawHas(material, k + PLT_POLYMER_TG) && PltCureHasTg(material, k + PLT_POLYMER_CURE))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_POLYMER_TG],
                             "material '%s' has Tg, which is constant, and cure.Tg_cured: one of "
                             "them",
                             material->name));
  if (PltLawHas(material, k + PLT_POLYMER_RUBBER) && !PltPolymerHasTg(material, k))
    PetscCall(
        PltMistakesAdd(mistakes, material->curve_mark[k + PLT_POLYMER_RUBBER],
                       "material '%s': cte_rubber needs Tg, or cure with Tg_uncured, Tg_cured "
                       "and lambda",
                       material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscInt PltPolymerTell(PltMaterial material, PetscInt k, const PltSpan *span,
                        PltTold told[PLT_TOLD])
{
  PetscInt n = 0;

  if (PltCures(material, k + PLT_POLYMER_CURE))
    told[n++] = (PltTold){"cure", PLT_NUMBER, span->shared[1][0]};
  if (PltPolymerHasTg(material, k))
    told[n++] = (PltTold){"Tg", PLT_TEMPERATURE, span->shared[1][1]};
  return n;
}
