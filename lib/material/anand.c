/* SPDX-License-Identifier: BSD-2-Clause
   Solder and hot metals by Anand (Int. J. Plasticity 1:213, 1985; Brown, Kim and Anand, 5:95,
   1989): flow at any stress q against a resistance s that grows and fades,

     dp/dt = A exp(-Q / RT) sinh(xi q / s)^(1/m)
     ds    = h0 |1 - s / s*|^a sign(1 - s / s*) dp,   s* = shat (dp/dt exp(Q / RT) / A)^n

   flow.c integrates it. For a stage, s is the root of s_old + ds(s, dp) - s, which falls in s and
   lies between s_old and s*; dp is the root of

     q_tr - 3 G dp - s / xi asinh((dp / dt exp(Q / RT) / A)^m).

   Where s fades so fast that stress falls with flow, the modulus takes it as constant.

   State: as flow.h says, s less s0. */
#include "material/flow.h"
#include "material/law.h"
#include "material/tensor.h"

enum { A = PLT_ISO_COUNT, Q, XI, M, S0, H0, SHAT, N, EXPONENT, NPROPERTY };
enum { RATE, RULE_XI, RULE_M, RULE_H0, RULE_SHAT, RULE_N, RULE_A }; /* RATE: A exp(-Q / RT) */

/* A stage at a flow dp. */
typedef struct {
  PltStage *is;
  PetscReal dp, limit;              /* s* */
  PetscReal growth, by_s, by_limit; /* ds / dp at s, its derivatives by s and s* */
  PetscReal s, s_dp;                /* at the end, d s / d dp */
  PetscReal reach;                  /* stress = s reach */
  PetscReal stress_dp;              /* d stress / d dp */
} Try;

static PetscInt NState_Anand(PltMaterial material)
{
  (void)material;
  return PLT_FLOW_GROWTH + 1;
}

static PetscErrorCode Advance_Anand(PltMaterial material, PltSpan *span)
{
  static const int from[] = {[RULE_XI] = XI,     [RULE_M] = M, [RULE_H0] = H0,
                             [RULE_SHAT] = SHAT, [RULE_N] = N, [RULE_A] = EXPONENT};
  const PltCurve  *curve  = material->curve;

  PetscFunctionBegin;
  PetscCall(PltFlowAdvance(material, span, PltLawValue(material, Q)));
  for (int i = 0; i < PLT_FLOW_TIMES; i++) {
    const PetscReal T    = PltFlowTemperature(span, i);
    PetscReal      *rule = PltFlowRuleOf(span, i);

    rule[RATE] = PltCurveAt(&curve[A], T) * exp(-PltCurveAt(&curve[Q], T) / (PLT_GAS * T));
    for (int r = RULE_XI; r <= RULE_A; r++) rule[r] = PltCurveAt(&curve[from[r]], T);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* s_old + ds - s at this dp. */
static PetscReal Lack(void *context, PetscReal s, PetscReal *slope)
{
  Try             *try  = context;
  const PetscReal *rule = try->is->rule, u = 1 - s / try->limit;
  const PetscReal  bare = rule[RULE_H0] * pow(fabs(u), rule[RULE_A] - 1);

  try->growth   = bare * u;
  try->by_s     = -rule[RULE_A] * bare / try->limit;
  try->by_limit = -try->by_s * s / try->limit;
  *slope        = try->dp * try->by_s - 1;
  return try->is->s + try->dp * try->growth - s;
}

static PetscReal Excess(void *context, PetscReal dp, PetscReal *slope)
{
  Try             *try  = context;
  const PltStage  *is   = try->is;
  const PetscReal *rule = is->rule, rate = dp / (is->dt * rule[RATE]);
  const PetscReal  y = pow(rate, rule[RULE_M]);
  PetscReal        fall;

  if (!(rate > 0)) { /* there is no flow without stress */
    *slope = -PETSC_MAX_REAL;
    return is->q;
  }
  try->dp    = dp;
  try->limit = rule[RULE_SHAT] * pow(rate, rule[RULE_N]);
  try->s     = is->s;
  if (PltFindRoot(Lack, try, PetscMin(is->s, try->limit), PetscMax(is->s, try->limit), &try->s))
    return NAN;
  Lack(try, try->s, &fall);
  try->s_dp  = -(try->growth + rule[RULE_N] * try->limit * try->by_limit) / fall;
  try->reach = asinh(y) / rule[RULE_XI];
  try->stress_dp =
      try->reach * try->s_dp + try->s / rule[RULE_XI] * rule[RULE_M] * y / (dp * sqrt(1 + y * y));
  *slope = -3 * is->G - try->stress_dp;
  return is->q - 3 * is->G * dp - try->s * try->reach;
}

static int Rule_Anand(PltStage *stage)
{
  const PetscReal *rule = stage->rule;
  const PetscReal  high = stage->q / (3 * stage->G);
  Try              try  = {.is = stage};
  PetscReal        slope, fall, stiff;

  if (!(rule[RATE] * stage->dt > 0)) return 0;
  stage->dp = stage->dt * rule[RATE] *
              pow(sinh(rule[RULE_XI] * stage->q / (2 * stage->s)), 1 / rule[RULE_M]);
  stage->dp = PetscMin(stage->dp, high / 2);
  if (PltFindRoot(Excess, &try, 0, high, &stage->dp)) return 1;
  if (!(stage->dp / (stage->dt * rule[RATE]) > 0)) return 0;
  Excess(&try, stage->dp, &slope);
  Lack(&try, try.s, &fall);
  stiff       = 3 * stage->G + PetscMax(try.stress_dp, 0);
  stage->dp_q = 1 / stiff;
  stage->dp_s = try.reach / (fall * stiff);
  stage->ds   = try.s - stage->s;
  stage->ds_q = try.s_dp * stage->dp_q;
  return 0;
}

static int Update_Anand(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                        PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const PetscReal s0 = PltLawValue(site->material, S0);

  return PltFlowUpdate(Rule_Anand, s0, site, start, strain, end, stress, D);
}

static PetscInt Tell_Anand(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD])
{
  const PetscReal s0 = PltLawValue(site->material, S0);

  told[0] = (PltTold){"plastic_strain", PLT_STRAIN, state[PLT_FLOW_P]};
  told[1] = (PltTold){"resistance", PLT_PRESSURE, s0 + state[PLT_FLOW_GROWTH]};
  return 2;
}

static PetscErrorCode Check_Anand(PltMaterial material, PltMistakes mistakes)
{
  const PetscReal a = PltLawValue(material, EXPONENT);

  PetscFunctionBegin;
  if (a < 1)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[EXPONENT],
                             "material '%s': anand.a is %.6g, must be at least 1", material->name,
                             (double)a));
  PetscFunctionReturn(PETSC_SUCCESS);
}

#define ROW(k, name, unit, low)                                                                    \
  PLT_SINGLE_ROW(k, "anand." name, unit, low, PETSC_MAX_REAL, .required = PETSC_TRUE)

const PltMaterialOps PltAnand = {
    .type      = "anand",
    .nproperty = NPROPERTY,
    .property  = {PLT_ISO_TABLE, ROW(A, "A", PLT_RATE, 0),
                  ROW(Q, "Q", PLT_MOLAR_ENERGY, PLT_ZERO_TOO), ROW(XI, "xi", PLT_NUMBER, 0),
                  ROW(M, "m", PLT_NUMBER, 0), ROW(S0, "s0", PLT_PRESSURE, 0),
                  ROW(H0, "h0", PLT_PRESSURE, PLT_ZERO_TOO), ROW(SHAT, "shat", PLT_PRESSURE, 0),
                  ROW(N, "n", PLT_NUMBER, PLT_ZERO_TOO), ROW(EXPONENT, "a", PLT_NUMBER, 0)},
    .stiffness = PltIsoStiffness,
    .tangent   = PltIsoTangent,
    .expansion = PltIsoExpansion,
    .check     = Check_Anand,
    .nstate    = NState_Anand,
    .advance   = Advance_Anand,
    .update    = Update_Anand,
    .rates     = PltLawAlways,
    .tell      = Tell_Anand,
};
