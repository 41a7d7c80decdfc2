/* SPDX-License-Identifier: BSD-2-Clause
   Creep of metals: flow at a rate set by stress and temperature alone,

     dp/dt = A exp(-Q / RT) (q / stress)^n              Norton (1929)
     dp/dt = A exp(-Q / RT) sinh(alpha q)^n             Garofalo (1963)

   whichever of `stress` and `alpha` is given; q is the equivalent stress. flow.c integrates it. For
   a stage, dp is the root of q_tr - 3 G dp - q(dp / dt), which falls. State: as flow.h says. */
#include "material/flow.h"
#include "material/law.h"
#include "material/tensor.h"

enum { A = PLT_ISO_COUNT, N, Q, STRESS, ALPHA, NPROPERTY };
enum { RATE, POWER, SCALE, IS_SINH }; /* the rule's: A exp(-Q / RT), 1 / n, stress or 1 / alpha */

static PetscInt NState_Creep(PltMaterial material)
{
  (void)material;
  return PLT_FLOW_GROWTH;
}

static PetscErrorCode Advance_Creep(PltMaterial material, PltSpan *span)
{
  const PltCurve *curve = material->curve;

  PetscFunctionBegin;
  PetscCall(PltFlowAdvance(material, span, PltLawValue(material, Q)));
  for (int i = 0; i < PLT_FLOW_TIMES; i++) {
    const PetscReal T    = PltFlowTemperature(span, i);
    PetscReal      *rule = PltFlowRuleOf(span, i);

    rule[RATE]    = PltCurveAt(&curve[A], T) * exp(-PltCurveAt(&curve[Q], T) / (PLT_GAS * T));
    rule[POWER]   = 1 / PltCurveAt(&curve[N], T);
    rule[IS_SINH] = curve[ALPHA].n > 0;
    rule[SCALE] =
        curve[ALPHA].n > 0 ? 1 / PltCurveAt(&curve[ALPHA], T) : PltCurveAt(&curve[STRESS], T);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Stress that flows at this rate over the trial stress; falls. */
static PetscReal Excess(void *context, PetscReal dp, PetscReal *slope)
{
  const PltStage  *stage = context;
  const PetscReal *rule  = stage->rule;
  const PetscReal  x     = pow(dp / (stage->dt * rule[RATE]), rule[POWER]);
  PetscReal        q = rule[SCALE] * x, rise = q * rule[POWER] / dp;

  if (rule[IS_SINH] > 0) {
    q = rule[SCALE] * asinh(x);
    rise /= sqrt(1 + x * x);
  }
  *slope = -3 * stage->G - (dp > 0 ? rise : PETSC_MAX_REAL);
  return stage->q - 3 * stage->G * dp - q;
}

static int Rule_Creep(PltStage *stage)
{
  const PetscReal *rule = stage->rule;
  const PetscReal  half = stage->q / (2 * rule[SCALE]), high = stage->q / (3 * stage->G);
  PetscReal        slope;

  if (!(rule[RATE] * stage->dt > 0)) return 0;
  /* the root if half of the stress goes into the rate, or half into strain if that is less */
  stage->dp = stage->dt * rule[RATE] * pow(rule[IS_SINH] > 0 ? sinh(half) : half, 1 / rule[POWER]);
  stage->dp = PetscMin(stage->dp, high / 2);
  if (PltFindRoot(Excess, stage, 0, high, &stage->dp)) return 1;
  Excess(stage, stage->dp, &slope);
  stage->dp_q = -1 / slope;
  return 0;
}

static int Update_Creep(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                        PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  return PltFlowUpdate(Rule_Creep, -1, site, start, strain, end, stress, D);
}

static PetscInt Tell_Creep(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD])
{
  (void)site;
  told[0] = (PltTold){"creep_strain", PLT_STRAIN, state[PLT_FLOW_P]};
  return 1;
}

static PetscErrorCode Check_Creep(PltMaterial material, PltMistakes mistakes)
{
  PetscFunctionBegin;
  if ((material->curve[STRESS].n > 0) == (material->curve[ALPHA].n > 0))
    PetscCall(
        PltMistakesAdd(mistakes, material->mark,
                       "material '%s': creep needs either stress, A (q / stress)^n, or alpha, "
                       "A sinh(alpha q)^n",
                       material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

#define ROW(k, name, unit, low, ...)                                                               \
  PLT_SINGLE_ROW(k, "creep." name, unit, low, PETSC_MAX_REAL, __VA_ARGS__)

const PltMaterialOps PltCreep = {
    .type      = "creep",
    .nproperty = NPROPERTY,
    .property  = {PLT_ISO_TABLE, ROW(A, "A", PLT_RATE, 0, .required = PETSC_TRUE),
                  ROW(N, "n", PLT_NUMBER, 0, .required = PETSC_TRUE),
                  ROW(Q, "Q", PLT_MOLAR_ENERGY, PLT_ZERO_TOO, .required = PETSC_FALSE),
                  ROW(STRESS, "stress", PLT_PRESSURE, 0, .required = PETSC_FALSE),
                  ROW(ALPHA, "alpha", PLT_COMPLIANCE, 0, .required = PETSC_FALSE)},
    .stiffness = PltIsoStiffness,
    .tangent   = PltIsoTangent,
    .expansion = PltIsoExpansion,
    .check     = Check_Creep,
    .nstate    = NState_Creep,
    .advance   = Advance_Creep,
    .update    = Update_Creep,
    .rates     = PltLawAlways,
    .tell      = Tell_Creep,
};
