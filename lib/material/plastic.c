/* SPDX-License-Identifier: BSD-2-Clause
   Rate-independent or viscoplastic metals: J2 flow, isotropic hardening (linear and Voce),
   kinematic hardening (Chaboche: dX = 2/3 C dep - gamma X dp, any number of back stresses), small
   strains.

   One backward Euler step in three dimensions (Simo and Hughes, Computational Inelasticity, 1998,
   chapter 3; Kobayashi and Ohno, IJNME 53:2217, 2002). With s_tr = 2 G (e - ep_old), theta_i =
   1 / (1 + gamma_i dp), eta = s_tr - sum theta_i X_i,old, q = sqrt(3/2 eta:eta), the plastic
   strain dp is the root of

     f(dp) = q - (3 G + sum theta_i C_i) dp - yield(p_old + dp) - K (dp / dt)^(1/N),

   yield(p) = yield + hardening p + Q (1 - exp(-b p)); then N = 3/2 eta / q, ep = ep_old + dp N,
   X_i = theta_i (X_i,old + 2/3 C_i dp N). f falls with a slope below -3 G as |X_i| <= sqrt(2/3)
   C_i / gamma_i, so there is one root, and it is bracketed. Without K the step is exact for a
   strain path along a line and linear hardening, else of first order. All constants are those of
   the end of the increment; stress is that of the strain that is not plastic (total form). An
   increment of dt = 0 is infinitely fast: with K it is elastic.

   The modulus is the derivative, made symmetric unless the site is exact (it is, but for gamma >
   0 and a turning direction), and is positive definite: its part along N, 2 G h / (3 G + h), h
   the slope of hardening, is taken with at least h = 3e-7 G (PltLeastModulus), which a perfectly
   plastic metal does not have; the product of N and the turn of direction is cut where it would
   spoil it. The stress knows nothing of either.

   State: plastic strain (6, engineering shear), p, back stresses (6 each). */
#include "material/law.h"
#include "material/tensor.h"

enum {
  YIELD = PLT_ISO_COUNT,
  HARDENING,
  VOCE_Q,
  VOCE_B,
  KINEMATIC, /* pairs [C, gamma] */
  RATE_K,
  RATE_N,
  NPROPERTY
};
enum { STRAIN = 0, P = 6, BACK = 7 }; /* the state */

/* At the end of the increment; in span->work. */
typedef struct {
  PetscReal G, K, yield, hardening, Q, b;
  PetscReal viscosity, exponent; /* K of the rate and 1 / N; 0: none */
} Constants;

/* The step at a point. */
typedef struct {
  const Constants *c;
  PetscInt         nback;
  const PetscReal *C, *gamma, *back; /* X_i,old */
  PetscReal        trial[6], p, dt;
  /* at dp, by Excess: */
  PetscReal dp, eta[6], q, slope;
  PetscReal turn[6]; /* d(eta) / d(dp) */
} Step;

static PetscBool Rates_Plastic(PltMaterial material)
{
  return (PetscBool)(material->curve[RATE_K].n > 0);
}

static PetscInt NState_Plastic(PltMaterial material)
{
  return BACK + 6 * material->curve[KINEMATIC].n;
}

static PetscErrorCode Advance_Plastic(PltMaterial material, PltSpan *span)
{
  Constants      *c     = (Constants *)span->work;
  const PltCurve *curve = material->curve;
  const PetscReal T     = span->T[1];

  PetscFunctionBegin;
  PetscCall(PltIsoExpansion(material, span->T[0], T, span->free));
  PltIsoModuli(material, T, &c->G, &c->K);
  c->yield     = PltCurveAt(&curve[YIELD], T);
  c->hardening = PltCurveAt(&curve[HARDENING], T);
  c->Q         = PltCurveAt(&curve[VOCE_Q], T);
  c->b         = PltCurveAt(&curve[VOCE_B], T);
  c->viscosity = PltCurveAt(&curve[RATE_K], T);
  c->exponent  = c->viscosity > 0 ? 1 / PltCurveAt(&curve[RATE_N], T) : 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Yield stress less that of the start, and its slope. */
static PetscReal Resistance(const Step *step, PetscReal dp, PetscReal *slope)
{
  const Constants *c     = step->c;
  const PetscReal  faded = c->Q * exp(-c->b * (step->p + dp));
  PetscReal        value = c->yield + c->hardening * (step->p + dp) + c->Q - faded;

  *slope = c->hardening + c->b * faded;
  if (c->viscosity > 0 && dp > 0) {
    const PetscReal drag = c->viscosity * pow(dp / step->dt, c->exponent);

    value += drag;
    *slope += drag * c->exponent / dp;
  }
  return value;
}

/* f of the head of this file. */
static PetscReal Excess(void *context, PetscReal dp, PetscReal *slope)
{
  Step     *step = context;
  PetscReal harden, f, stiff = 3 * step->c->G, drag = 3 * step->c->G;

  for (int j = 0; j < 6; j++) {
    step->eta[j]  = step->trial[j];
    step->turn[j] = 0;
  }
  for (PetscInt i = 0; i < step->nback; i++) {
    const PetscReal theta = 1 / (1 + step->gamma[i] * dp);

    for (int j = 0; j < 6; j++) {
      const PetscReal X = theta * step->back[6 * i + j];

      step->eta[j] -= X;
      step->turn[j] += step->gamma[i] * theta * X;
    }
    drag += theta * step->C[i];
    stiff += theta * theta * step->C[i];
  }
  step->dp = dp;
  step->q  = PltMises(step->eta);
  f        = step->q - drag * dp - Resistance(step, dp, &harden);
  *slope   = -stiff - harden;
  if (step->q > 0) *slope += 1.5 * PltDot(step->eta, step->turn) / step->q;
  step->slope = *slope;
  return f;
}

/* Finds dp and leaves all that belongs to it in the step; 1: no answer. */
static int Return(Step *step)
{
  const Constants *c = step->c;
  PetscReal        slope, dp = 0, most, length = sqrt(PltDot(step->trial, step->trial));
  const PetscReal  excess = Excess(step, 0, &slope);

  if (!isfinite(excess)) return 1;
  if (excess <= 0 || (c->viscosity > 0 && step->dt <= 0)) return 0;
  for (PetscInt i = 0; i < step->nback; i++)
    length += sqrt(PltDot(&step->back[6 * i], &step->back[6 * i]));
  most = 1.001 * sqrt(1.5) * length / (3 * c->G);
  if (c->viscosity >
      0) /* drag and stiffness take about half of the excess each, or one of them all */
    dp =
        PetscMin(step->dt * pow(excess / (2 * c->viscosity), 1 / c->exponent), excess / (6 * c->G));
  if (PltFindRoot(Excess, step, 0, most, &dp)) return 1;
  return 0;
}

static void Modulus(const Step *step, const PltSite *site, PetscReal D[6][6])
{
  const PetscReal G = step->c->G, least = PltLeastModulus(site) * 3 * G;
  PetscReal       N[6], v[6], h, along, across, b, cross, cut, size;

  if (step->dp <= 0) {
    PltFillIsotropic6(step->c->K, 2 * G, D);
    return;
  }
  for (int j = 0; j < 6; j++) N[j] = 1.5 * step->eta[j] / step->q;
  h      = PetscMax(-step->slope - 3 * G, least);
  b      = 2 * G / (3 * G + h);
  along  = b * h;
  across = 2 * G * (1 - 3 * G * step->dp / step->q);
  PltFillIsotropic6(step->c->K, across, D);
  PltAddProduct((along - across) / 1.5, N, N, D);
  for (int j = 0; j < 6; j++) v[j] = step->turn[j] - N[j] * PltDot(N, step->turn) / 1.5;
  size  = sqrt(1.5 * PltDot(v, v));
  cross = 3 * G * step->dp * b / step->q;
  cut   = 1.9 * sqrt(along * across); /* 2: the limit of a positive definite matrix */
  if (cross * size > cut) cross = cut / size;
  if (site->exact) PltAddOuter(-cross, v, N, D);
  else PltAddProduct(-cross, v, N, D);
}

static void Store(const Step *step, const PetscReal start[], PetscReal end[])
{
  const PetscReal flow = step->dp > 0 ? 1.5 * step->dp / step->q : 0; /* dp N = flow eta */

  for (int j = 0; j < 6; j++) end[STRAIN + j] = start[j] + (j < 3 ? 1 : 2) * flow * step->eta[j];
  end[P] = step->p + step->dp;
  for (PetscInt i = 0; i < step->nback; i++)
    for (int j = 0; j < 6; j++)
      end[BACK + 6 * i + j] = (step->back[6 * i + j] + step->C[i] * flow * step->eta[j] / 1.5) /
                              (1 + step->gamma[i] * step->dp);
}

static int Update_Plastic(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                          PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const PltCurve *kinematic = &site->material->curve[KINEMATIC];
  Step            step      = {.c = (const Constants *)site->span->work, .dt = site->span->dt};
  PetscReal       elastic[6], e[6], trace, flow;

  step.nback = kinematic->n;
  step.C     = kinematic->T;
  step.gamma = kinematic->value;
  step.back  = start + BACK;
  step.p     = start[P];
  for (int j = 0; j < 6; j++) elastic[j] = strain[j] - start[STRAIN + j];
  trace = PltDeviator(elastic, e);
  for (int j = 0; j < 6; j++) step.trial[j] = 2 * step.c->G * e[j];
  if (Return(&step)) return 1;
  flow = step.dp > 0 ? 3 * step.c->G * step.dp / step.q : 0;
  for (int j = 0; j < 6; j++)
    stress[j] = step.trial[j] - flow * step.eta[j] + (j < 3 ? step.c->K * trace : 0);
  if (end) Store(&step, start, end);
  if (D) Modulus(&step, site, D);
  return PltIsFinite(6, stress) && isfinite(step.dp) ? 0 : 1;
}

static PetscInt Tell_Plastic(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD])
{
  (void)site;
  told[0] = (PltTold){"plastic_strain", PLT_STRAIN, state[P]};
  return 1;
}

static PetscErrorCode Check_Plastic(PltMaterial material, PltMistakes mistakes)
{
  const PltCurve *curve = material->curve;

  PetscFunctionBegin;
  if ((curve[VOCE_Q].n > 0) != (curve[VOCE_B].n > 0))
    PetscCall(PltMistakesAdd(mistakes, material->mark, "material '%s': voce needs both Q and b",
                             material->name));
  if ((curve[RATE_K].n > 0) != (curve[RATE_N].n > 0))
    PetscCall(PltMistakesAdd(mistakes, material->mark, "material '%s': rate needs both K and N",
                             material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltPlastic = {
    .type      = "plastic",
    .nproperty = NPROPERTY,
    .property  = {PLT_ISO_TABLE, [YIELD] = {"yield", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [HARDENING] = {"hardening", PLT_PRESSURE, PETSC_FALSE, PLT_ZERO_TOO,
                                 PETSC_MAX_REAL},
                  [VOCE_Q]    = {"voce.Q", PLT_PRESSURE, PETSC_FALSE, PLT_ZERO_TOO, PETSC_MAX_REAL},
                  [VOCE_B]    = {"voce.b", PLT_NUMBER, PETSC_FALSE, PLT_ZERO_TOO, PETSC_MAX_REAL},
                  [KINEMATIC] = {.key      = "kinematic",
                                 .quantity = PLT_NUMBER,
                                 .above    = PLT_ZERO_TOO,
                                 .below    = PETSC_MAX_REAL,
                                 .pairs    = PETSC_TRUE,
                                 .first    = PLT_PRESSURE},
                  [RATE_K]    = {"rate.K", PLT_PRESSURE, PETSC_FALSE, 0, PETSC_MAX_REAL},
                  [RATE_N]    = {"rate.N", PLT_NUMBER, PETSC_FALSE, 0, PETSC_MAX_REAL}},
    .stiffness = PltIsoStiffness,
    .tangent   = PltIsoTangent,
    .expansion = PltIsoExpansion,
    .check     = Check_Plastic,
    .nstate    = NState_Plastic,
    .advance   = Advance_Plastic,
    .update    = Update_Plastic,
    .rates     = Rates_Plastic,
    .tell      = Tell_Plastic,
};
