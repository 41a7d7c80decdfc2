/* SPDX-License-Identifier: BSD-2-Clause
   Laws from outside, behind the table of functions that all laws have. What a law gives back is
   not trusted: numbers that are not finite are no answer, a modulus is made symmetric, stiffness
   and the answer at rest are looked at when a material is checked. */
#include <math.h>
#include <string.h>
#include "material/tensor.h"
#include "material/user.h"

static const PltUser *UserOf(PltProperties given)
{
  return (const PltUser *)given->ops;
}

/* ---- what a law asks for ---- */

static const PltCurve *CurveOf(PltProperties given, int k)
{
  return given && k >= 0 && k < UserOf(given)->law.nproperty ? &given->curve[k] : NULL;
}

double PltPropertyAt(PltProperties given, int k, double T)
{
  const PltCurve *curve = CurveOf(given, k);

  return curve ? PltCurveAt(curve, T) : NAN;
}

double PltPropertyIntegral(PltProperties given, int k, double T0, double T1)
{
  const PltCurve *curve = CurveOf(given, k);

  if (!curve) return NAN;
  return curve->n ? PltCurveIntegral(curve, T0, T1) : 0;
}

int PltPropertyCount(PltProperties given, int k)
{
  const PltCurve *curve = CurveOf(given, k);

  return curve ? (int)curve->n : 0;
}

void PltPropertyPair(PltProperties given, int k, int i, double pair[2])
{
  const PltCurve *curve = CurveOf(given, k);

  pair[0] = pair[1] = NAN;
  if (!curve || i < 0 || i >= curve->n) return;
  if (curve->T) pair[0] = curve->T[i];
  pair[1] = curve->value[i];
}

/* ---- what every law has ---- */

static PetscErrorCode Stiffness_User(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  PetscFunctionBegin;
  PetscCall(PetscMemzero(C, 36 * sizeof(PetscReal)));
  UserOf(material)->law.stiffness(material, T, C);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_User(PltMaterial material, PetscReal T0, PetscReal T1,
                                     PetscReal strain[6])
{
  const PltUser *user = UserOf(material);

  PetscFunctionBegin;
  if (user->law.expansion) {
    PetscCall(PetscArrayzero(strain, 6));
    user->law.expansion(material, T0, T1, strain);
  } else PltFillIsotropic(PltTangentIntegral(material, user->cte, T0, T1), strain);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Of an expansion of the law's own by differences: the error is of second order in 0.05 K. */
static PetscErrorCode Tangent_User(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  const PltUser  *user = UserOf(material);
  const PetscReal h    = 0.05;

  PetscFunctionBegin;
  if (user->law.expansion) {
    PetscCall(Expansion_User(material, T - h, T + h, cte));
    for (int i = 0; i < 6; i++) cte[i] /= 2 * h;
  } else PltFillIsotropic(PltTangent(material, user->cte, T), cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscBool Covers_User(PltMaterial material, PetscReal T, const char **key,
                             PetscReal range[2])
{
  const PltUser *user = UserOf(material);

  range[0] = 0;
  range[1] = PETSC_MAX_REAL;
  user->law.covers(material, range);
  *key = user->law.name;
  return (PetscBool)(T >= range[0] && T <= range[1]);
}

/* ---- laws with an update ---- */

/* One number at least: without any, a panel takes the law as linear. */
static PetscInt NState_User(PltMaterial material)
{
  const PltLaw *law = &UserOf(material)->law;
  const int     n   = law->states ? law->states(material) : 1;

  return PetscMax(1, PetscMin(n, PLT_LAW_STATES));
}

static void Birth_User(PltMaterial material, PetscReal shared[PLT_SHARED])
{
  UserOf(material)->law.birth(material, shared);
}

/* The law writes to none of it but in its `advance`. */
static PltLawSpan Outside(const PltSpan *span)
{
  return (PltLawSpan){.T0           = span->T[0],
                      .T1           = span->T[1],
                      .dt           = span->dt,
                      .shared_start = span->shared[0],
                      .shared_end   = (double *)span->shared[1],
                      .free         = (double *)span->free,
                      .largest      = span->largest,
                      .work         = (double *)span->work};
}

static PetscErrorCode Advance_User(PltMaterial material, PltSpan *span)
{
  const PltLaw *law     = &UserOf(material)->law;
  PltLawSpan    outside = Outside(span);

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(span->work, PLT_WORK));
  PetscCall(Expansion_User(material, span->T[0], span->T[1], span->free));
  if (law->advance) law->advance(material, &outside);
  span->largest = outside.largest;
  PetscCheck(span->largest > 0 && span->largest <= 1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "material '%s': the law '%s' sets largest to %.6g; it must be above 0, at most 1",
             material->name, law->name, (double)span->largest);
  PetscCheck(PltIsFinite(6, span->free) && PltIsFinite(law->nshared, span->shared[1]),
             PETSC_COMM_SELF, PLT_ERR_USAGE,
             "material '%s': the law '%s' leaves numbers that are not finite in free or "
             "shared_end, from %.6g degC to %.6g degC in %.6g s",
             material->name, law->name, (double)(span->T[0] - 273.15),
             (double)(span->T[1] - 273.15), (double)span->dt);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int Update_User(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                       PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const PltLaw    *law  = &UserOf(site->material)->law;
  const PetscInt   n    = NState_User(site->material);
  const PltLawSpan span = Outside(site->span);
  PetscReal        state[PLT_LAW_STATES], modulus[6][6] = {{0}};

  memset(stress, 0, 6 * sizeof *stress);
  memcpy(state, start, (size_t)n * sizeof *state);
  if (law->update(site->material, &span, start, strain, state, stress, modulus)) return 1;
  if (!PltIsFinite(6, stress) || !PltIsFinite(36, modulus[0]) || !PltIsFinite(n, state)) return 1;
  if (end) memcpy(end, state, (size_t)n * sizeof *end);
  for (int i = 0; D && i < 6; i++)
    for (int j = 0; j < 6; j++)
      D[i][j] = site->exact ? modulus[i][j] : (modulus[i][j] + modulus[j][i]) / 2;
  return 0;
}

static PetscInt Tell_User(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD])
{
  const PltUser *user                = UserOf(site->material);
  PetscReal      value[PLT_LAW_TOLD] = {0};

  user->law.tell(site->material, site->span->T[1], site->span->shared[1], state, value);
  for (int i = 0; i < user->law.ntold; i++)
    told[i] = (PltTold){user->law.told[i].name, user->told[i], value[i]};
  return user->law.ntold;
}

/* ---- checks ---- */

/* Finite, symmetric and positive definite? */
static PetscErrorCode IsStiffness(const PetscReal C[6][6], PetscBool *good)
{
  PetscReal copy[6][6], largest = 0;

  PetscFunctionBegin;
  PetscCall(PetscMemcpy(copy, C, sizeof copy));
  *good = PltIsFinite(36, C[0]);
  for (int i = 0; i < 6; i++) largest = PetscMax(largest, PetscAbsReal(C[i][i]));
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < i; j++)
      if (PetscAbsReal(C[i][j] - C[j][i]) > 1e-9 * largest) *good = PETSC_FALSE;
  if (*good) PetscCall(PltInvert6(copy, good));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What is wrong with the answer to no strain at birth, NULL if nothing. */
static PetscErrorCode CheckRest(PltMaterial material, PetscReal T, const char **wrong)
{
  static const PetscReal zero[PLT_LAW_STATES];
  PltSpan                span[PLT_SPANS] = {{.T = {T, T}}};
  const PltSite          site            = {.material = material, .span = span};
  PetscReal              end[PLT_LAW_STATES], stress[6], D[6][6];
  PetscBool              good;

  PetscFunctionBegin;
  *wrong = NULL;
  PltMaterialBirth(material, span->shared[0]);
  PetscCall(PltSpanSet(material, span));
  if (PltMaterialUpdate(&site, zero, zero, end, stress, D)) {
    *wrong = "update has no answer without strain at birth";
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(IsStiffness((const PetscReal(*)[6])D, &good));
  if (!good) *wrong = "D of update is not positive definite without strain at birth";
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckAt(PltMaterial material, PetscReal T, const char **wrong)
{
  PetscReal   C[6][6], strain[6], range[2];
  const char *key;
  PetscBool   good;

  PetscFunctionBegin;
  if (!PltMaterialCovers(material, T, &key, range)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Stiffness_User(material, T, C));
  PetscCall(IsStiffness((const PetscReal(*)[6])C, &good));
  PetscCall(Expansion_User(material, T, T, strain));
  if (!good) *wrong = "the stiffness is not symmetric and positive definite";
  else if (!PltIsFinite(6, strain)) *wrong = "the expansion is not finite";
  else if (material->ops->update) PetscCall(CheckRest(material, T, wrong));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* At the points of all tables and at 20 degC; the first that is wrong is enough. */
static PetscErrorCode Check_User(PltMaterial material, PltMistakes mistakes)
{
  const PltUser *user  = UserOf(material);
  const char    *wrong = user->law.check ? user->law.check(material) : NULL;
  PetscReal      T     = 293.15;

  PetscFunctionBegin;
  if (wrong) {
    PetscCall(PltMistakesAdd(mistakes, material->mark, "material '%s': %s", material->name, wrong));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (user->law.states) {
    const int n = user->law.states(material);

    if (n < 0 || n > PLT_LAW_STATES)
      PetscCall(PltMistakesAdd(mistakes, material->mark,
                               "material '%s': the law '%s' has %d states, may have 0 to %d",
                               material->name, user->law.name, n, PLT_LAW_STATES));
    if (n < 0 || n > PLT_LAW_STATES) PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(CheckAt(material, T, &wrong));
  for (PetscInt i = 0; i < user->ops.nproperty && !wrong; i++)
    for (PetscInt k = 0; k < material->curve[i].n && !wrong; k++) {
      if (material->curve[i].n < 2 || user->ops.property[i].pairs) break;
      T = material->curve[i].T[k];
      PetscCall(CheckAt(material, T, &wrong));
    }
  if (wrong)
    PetscCall(PltMistakesAdd(mistakes, material->mark, "material '%s', law '%s': %s at %.6g degC",
                             material->name, user->law.name, wrong, (double)(T - 273.15)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltUserOps = {
    .stiffness = Stiffness_User,
    .tangent   = Tangent_User,
    .expansion = Expansion_User,
    .covers    = Covers_User,
    .check     = Check_User,
    .nstate    = NState_User,
    .birth     = Birth_User,
    .advance   = Advance_User,
    .update    = Update_User,
    .tell      = Tell_User,
};
