/* SPDX-License-Identifier: BSD-2-Clause
   Linear viscoelasticity: an isotropic generalised Maxwell model (Prony series) in reduced time,
   updated in closed form (Taylor, Pister and Goudreau 1970; Simo and Hughes, Computational
   Inelasticity, 1998, section 10.3). With e the deviator, i the branches,

     x = dxi / tau_i,  h_i <- exp(-x) h_i + 2 G_i (1 - exp(-x)) / x de,  s = 2 G_inf e + sum h_i

   and the same with K_i and the trace. dxi is the integral of dt / a, ln a linear over the span.
   Exact for strain that is linear in reduced time, of second order in dt otherwise. A step without
   time is answered by the instantaneous moduli.

   Series: `shear` and `bulk`, normalised by the instantaneous G and K, or `young`: E(t) with a
   constant Poisson's ratio, so that G and K share it. Where a series adds up to 1, 1e-6 of the
   modulus stays for ever, so that equations have a solution.

   With cure, G_inf follows the degree at mid-span and multiplies increments of strain, as new links
   form free of stress; the other branches and K_inf do not change; the reference of the shift moves
   with Tg.

   State: strain [6], h of the branches in shear [n][6], in bulk [n], and if it cures the deviator
   of the equilibrium stress [6]. */
#include <string.h>
#include "material/polymer.h"

enum {
  E,
  NU,
  YOUNG,
  SHEAR,
  BULK,
  SHIFT,
  POLYMER = SHIFT + PLT_SHIFT_COUNT,
  DENSITY = POLYMER + PLT_POLYMER_COUNT,
  NPROPERTY,
  BRANCHES = 20 /* of a series at most */
};

static const PetscReal left = 1e-6; /* of a modulus after all relaxation */
static const PetscReal most = 0.5;  /* change of log10 a over a span */

/* Factors of an increment, in span->work. */
typedef struct {
  PetscReal G, K, G_inf, K_inf;                    /* of the increment; what is left */
  PetscReal shear[BRANCHES][2], bulk[BRANCHES][2]; /* exp(-x), modulus (1 - exp(-x)) / x */
} Work;
_Static_assert(sizeof(Work) <= PLT_WORK * sizeof(PetscReal), "a span is too small");

/* ---- the two series ---- */

static const PltCurve *ShearOf(PltMaterial material)
{
  return &material->curve[PltLawHas(material, YOUNG) ? YOUNG : SHEAR];
}

static const PltCurve *BulkOf(PltMaterial material)
{
  return &material->curve[PltLawHas(material, YOUNG) ? YOUNG : BULK];
}

static PetscBool CuresHere(PltMaterial material)
{
  return PltCures(material, POLYMER + PLT_POLYMER_CURE);
}

static PetscReal Sum(const PltCurve *series)
{
  PetscReal sum = 0;

  for (PetscInt i = 0; i < series->n; i++) sum += series->value[i];
  return sum;
}

static void Moduli(PltMaterial material, PetscReal *G, PetscReal *K)
{
  const PetscReal e = PltLawValue(material, E), nu = PltLawValue(material, NU);

  *G = e / (2 * (1 + nu));
  *K = e / (3 * (1 - 2 * nu));
}

static PetscErrorCode Stiffness_Viscoelastic(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  PetscReal G, K;

  PetscFunctionBegin;
  (void)T;
  Moduli(material, &G, &K);
  PltIsotropicStiffness(G, K, C);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Tangent_Viscoelastic(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PltFillIsotropic(PltPolymerTangent(material, POLYMER, T), cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Viscoelastic(PltMaterial material, PetscReal T0, PetscReal T1,
                                             PetscReal strain[6])
{
  PetscFunctionBegin;
  PltFillIsotropic(PltPolymerExpansion(material, POLYMER, T0, T1), strain);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- an increment ---- */

static PetscInt States_Viscoelastic(PltMaterial material)
{
  return 6 + 6 * ShearOf(material)->n + BulkOf(material)->n + (CuresHere(material) ? 6 : 0);
}

static void Birth_Viscoelastic(PltMaterial material, PetscReal shared[PLT_SHARED])
{
  PltPolymerBirth(material, POLYMER, shared);
}

/* Factors of the branches of one series with the instantaneous modulus M; their sum is added. */
static void SetFactors(const PltCurve *series, PetscReal M, PetscReal dxi,
                       PetscReal factor[BRANCHES][2], PetscReal *sum)
{
  for (PetscInt i = 0; i < series->n; i++) {
    const PetscReal x = dxi / series->T[i];

    factor[i][0] = PetscExpReal(-x);
    factor[i][1] = M * series->value[i] * PltMeanDecay(x);
    *sum += factor[i][1];
  }
}

/* Does some branch neither rest nor keep pace anywhere in the span? */
static PetscBool IsActive(const PltCurve *series, PetscReal dt, const PetscReal ln_a[2])
{
  const PetscReal fast = dt * PetscExpReal(-PetscMin(ln_a[0], ln_a[1])),
                  slow = dt * PetscExpReal(-PetscMax(ln_a[0], ln_a[1]));

  for (PetscInt i = 0; i < series->n; i++)
    if (fast > 1e-3 * series->T[i] && slow < 1e3 * series->T[i]) return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode Advance_Viscoelastic(PltMaterial material, PltSpan *span)
{
  const PltCurve *shear = ShearOf(material), *bulk = BulkOf(material);
  const PetscInt  cure    = POLYMER + PLT_POLYMER_CURE;
  const PetscReal Tg_full = PltPolymerTg(material, POLYMER);
  Work           *work    = (Work *)span->work;
  PltCourse       course;
  PetscReal       G, K, dxi, ln_a[2];

  PetscFunctionBegin;
  PltPolymerAdvance(material, POLYMER, span, &course);
  for (int i = 0; i < 2; i++)
    ln_a[i] = PltShiftAt(material, SHIFT, span->T[i], course.Tg[i] - Tg_full);
  dxi = PltReducedTime(span->dt, ln_a);
  Moduli(material, &G, &K);
  work->G_inf = G * PetscMax(left, 1 - Sum(shear));
  work->G_inf *= PltCureModulus(material, cure, (course.alpha[0] + course.alpha[1]) / 2);
  work->G_inf = PetscMax(left * G, work->G_inf);
  work->K_inf = K * PetscMax(left, 1 - Sum(bulk));
  work->G     = work->G_inf;
  work->K     = work->K_inf;
  SetFactors(shear, G, dxi, work->shear, &work->G);
  SetFactors(bulk, K, dxi, work->bulk, &work->K);
  if (IsActive(shear, span->dt, ln_a) || IsActive(bulk, span->dt, ln_a))
    PltLimitSpan(span, (ln_a[1] - ln_a[0]) / 2.302585092994046, most);
  PltCureLimit(material, cure, span);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int Update_Viscoelastic(const PltSite *site, const PetscReal start[],
                               const PetscReal strain[6], PetscReal end[], PetscReal stress[6],
                               PetscReal D[6][6])
{
  const PltMaterial material = site->material;
  const Work       *work     = (const Work *)site->span->work;
  const PetscInt    nshear = ShearOf(material)->n, nbulk = BulkOf(material)->n;
  const PetscReal  *h = start + 6, *p = h + 6 * nshear, *rest = p + nbulk;
  const PetscBool   cures = CuresHere(material);
  PetscReal         d[6], whole[6], change[6], trace, added, pressure;

  for (int j = 0; j < 6; j++) change[j] = strain[j] - start[j];
  added    = PltTwiceDeviator(change, d);
  trace    = PltTwiceDeviator(strain, whole);
  pressure = work->K_inf * trace;
  for (int j = 0; j < 6; j++) {
    stress[j] = cures ? rest[j] + work->G_inf * d[j] : work->G_inf * whole[j];
    if (!end) continue;
    end[j] = strain[j];
    if (cures) end[rest - start + j] = stress[j];
  }
  for (PetscInt i = 0; i < nshear; i++)
    for (int j = 0; j < 6; j++) {
      const PetscReal now = work->shear[i][0] * h[6 * i + j] + work->shear[i][1] * d[j];

      stress[j] += now;
      if (end) end[6 + 6 * i + j] = now;
    }
  for (PetscInt i = 0; i < nbulk; i++) {
    const PetscReal now = work->bulk[i][0] * p[i] + work->bulk[i][1] * added;

    pressure += now;
    if (end) end[p - start + i] = now;
  }
  for (int j = 0; j < 3; j++) stress[j] += pressure;
  if (D) PltIsotropicStiffness(work->G, work->K, D);
  return 0;
}

static PetscInt Tell_Viscoelastic(const PltSite *site, const PetscReal state[],
                                  PltTold told[PLT_TOLD])
{
  (void)state;
  return PltPolymerTell(site->material, POLYMER, site->span, told);
}

/* ---- the table ---- */

static PetscBool Covers_Viscoelastic(PltMaterial material, PetscReal T, const char **key,
                                     PetscReal range[2])
{
  return PltShiftCovers(material, SHIFT, T, key, range);
}

static PetscErrorCode CheckSeries(PltMaterial material, PetscInt k, PltMistakes mistakes)
{
  const PltCurve *series = &material->curve[k];
  const char     *key    = material->ops->property[k].key;

  PetscFunctionBegin;
  if (series->n > BRANCHES)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k],
                             "material '%s': %s has %d pairs; at most %d", material->name, key,
                             (int)series->n, BRANCHES));
  if (Sum(series) > 1 + 1e-9)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k],
                             "material '%s': %s adds up to %.6g; these are parts of the "
                             "instantaneous modulus, at most 1",
                             material->name, key, (double)Sum(series)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Check_Viscoelastic(PltMaterial material, PltMistakes mistakes)
{
  const PetscBool both = (PetscBool)(PltLawHas(material, SHEAR) || PltLawHas(material, BULK));

  PetscFunctionBegin;
  if (PltLawHas(material, YOUNG) && both)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[YOUNG],
                             "material '%s' has young, with a constant nu, and shear or bulk: one "
                             "of them",
                             material->name));
  if (!PltLawHas(material, YOUNG) && !both)
    PetscCall(PltMistakesAdd(mistakes, material->mark,
                             "material '%s' has no series: shear and bulk, or young",
                             material->name));
  for (PetscInt k = YOUNG; k <= BULK; k++) PetscCall(CheckSeries(material, k, mistakes));
  PetscCall(PltCheckShift(material, SHIFT, mistakes));
  PetscCall(PltCheckPolymer(material, POLYMER, mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

#define SERIES(k, name)                                                                            \
  PLT_TABLE_ROW(k, name, PLT_NUMBER, 0, PETSC_MAX_REAL, .pairs = PETSC_TRUE, .first = PLT_TIME)

const PltMaterialOps PltViscoelastic = {
    .type      = "viscoelastic",
    .nproperty = NPROPERTY,
    .property  = {PLT_SINGLE_ROW(E, "E", PLT_PRESSURE, 0, PETSC_MAX_REAL, .required = PETSC_TRUE),
                  PLT_SINGLE_ROW(NU, "nu", PLT_NUMBER, -1, 0.5, .required = PETSC_TRUE),
                  SERIES(YOUNG, "young"), SERIES(SHEAR, "shear"), SERIES(BULK, "bulk"),
                  PLT_SHIFT_TABLE(SHIFT), PLT_POLYMER_TABLE(POLYMER),
                  PLT_SINGLE_ROW(DENSITY, "density", PLT_DENSITY, 0, PETSC_MAX_REAL)},
    .stiffness = Stiffness_Viscoelastic,
    .tangent   = Tangent_Viscoelastic,
    .expansion = Expansion_Viscoelastic,
    .covers    = Covers_Viscoelastic,
    .check     = Check_Viscoelastic,
    .affine    = PETSC_TRUE,
    .nshared   = 2,
    .nstate    = States_Viscoelastic,
    .birth     = Birth_Viscoelastic,
    .advance   = Advance_Viscoelastic,
    .update    = Update_Viscoelastic,
    .rates     = PltLawAlways,
    .tell      = Tell_Viscoelastic,
};
