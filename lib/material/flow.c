/* SPDX-License-Identifier: BSD-2-Clause
   Metals that flow at any stress. Strain is taken as linear in time over an increment, and the flow
   is integrated by the diagonally implicit Runge-Kutta method of two stages, second order, L-stable
   (Alexander, SIAM J. Numer. Anal. 14:1006, 1977), g = 1 - 1/sqrt(2), k = (1 - g) / g:

     stage 1, at g dt:  flow d1 and growth r1 from e_tr = e_old + g (e - e_old) - ep_old and s_old
     stage 2, at dt:    flow d2 and growth r2 from e_tr = e - ep_old - k d1 and s_old + k r1
     at the end:        ep = ep_old + k d1 + d2,  s = s_old + k r1 + r2

   Each stage is a backward Euler return of g dt along its trial stress s_tr = 2 G e_tr, with one
   scalar equation by the rule of the law: d = dp N, N = 3/2 s_tr / q. Where the stress at the start
   would relax by more than 0.7 in the increment if the strain stayed, this method would turn what
   is left of it round, by up to a fifth; g is then 1/2, two steps of backward Euler, which do not.

   An increment in which the rate at constant stress changes by more than half a decade with
   temperature is too large, so is one with more than 1e-2 of flow.

   Modulus. P = a I + 2/3 (b - a) N x N is the derivative of d by e_tr, a = 3 G dp / q, b = 3 G
   d(dp)/dq, both within 0 and 1. By both stages

     D_dev = 2 G [(I - P2) (I - (1 - g) P1) - t N2 x N1],  t = 2 G1 (1 - g) dp2_s ds1_q

   made symmetric unless the site is exact; it is symmetric where the flow does not turn within an
   increment. Where it turns so much that this is not positive definite, N1 is taken as N2 in it. */
#include <string.h>
#include "material/flow.h"
#include "material/law.h"
#include "material/tensor.h"

enum { SECOND_ORDER, TWO_STEPS, END };
static const PetscReal at[PLT_FLOW_TIMES] = {0.29289321881345248, 0.5, 1}; /* g, g; dt is 1 */
static const PetscReal most               = 1e-2;
static const PetscReal most_log           = 1.15; /* half a decade */

typedef struct {
  PetscReal G[PLT_FLOW_TIMES], K, rule[PLT_FLOW_TIMES][PLT_RULE];
} Constants;

/* A stage with its direction. */
typedef struct {
  PltStage  is;
  PetscReal N[6], a, b;
} Stage;

PetscReal PltFlowTemperature(const PltSpan *span, int i)
{
  return i == END ? span->T[1] : span->T[0] + at[i] * (span->T[1] - span->T[0]);
}

PetscReal *PltFlowRuleOf(PltSpan *span, int i)
{
  return ((Constants *)span->work)->rule[i];
}

PetscErrorCode PltFlowAdvance(PltMaterial material, PltSpan *span, PetscReal energy)
{
  Constants      *c      = (Constants *)span->work;
  const PetscReal change = fabs(energy / PLT_GAS * (1 / span->T[0] - 1 / span->T[1]));

  PetscFunctionBegin;
  PetscCall(PltIsoExpansion(material, span->T[0], span->T[1], span->free));
  for (int i = 0; i < PLT_FLOW_TIMES; i++)
    PltIsoModuli(material, PltFlowTemperature(span, i), &c->G[i], &c->K);
  if (span->dt > 0 && change > 1.01 * most_log) span->largest = most_log / change;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Flow of a stage from its trial strain. */
static int Flow(PltFlowRule rule, const PetscReal trial[6], Stage *stage)
{
  PltStage *is = &stage->is;

  for (int j = 0; j < 6; j++) stage->N[j] = 2 * is->G * trial[j];
  is->q = PltMises(stage->N);
  if (!isfinite(is->q)) return 1;
  is->dp = is->dp_q = is->dp_s = is->ds = is->ds_q = 0;
  if (is->q > 0 && is->dt > 0 && rule(is)) return 1;
  for (int j = 0; j < 6; j++) stage->N[j] *= is->q > 0 ? 1.5 / is->q : 0;
  stage->a = is->q > 0 ? 3 * is->G * is->dp / is->q : 0;
  stage->b = 3 * is->G * is->dp_q;
  return 0;
}

/* D_dev / 2G = c[0] I + c[1] N1 x N1 + c[2] N2 x N2 + c[3] N2 x N1, its part in the plane of N1 and
   N2 positive definite? */
static PetscBool IsPositive(const PetscReal c[4], const PetscReal N1[6], const PetscReal N2[6],
                            PetscReal smallest)
{
  const PetscReal n1 = PltDot(N1, N1), n2 = PltDot(N2, N2), n12 = PltDot(N1, N2);
  const PetscReal x = n1 > 0 ? n12 / sqrt(n1) : 0, y = sqrt(PetscMax(n2 - x * x, 0));
  const PetscReal A11 = c[0] + c[1] * n1 + c[2] * x * x + c[3] * x * sqrt(n1);
  const PetscReal A22 = c[0] + c[2] * y * y, A12 = c[2] * x * y + c[3] * y * sqrt(n1) / 2;

  return (PetscBool)(A11 > smallest / 2 && A11 * A22 - A12 * A12 > smallest / 2 * A22);
}

static void Modulus(const Constants *c, const Stage stage[2], PetscReal g, const PltSite *site,
                    PetscReal D[6][6])
{
  const Stage     *one = &stage[0], *two = &stage[1];
  const PetscReal *N1 = one->N, *N2 = two->N, G = two->is.G;
  const PetscReal  smallest = PltLeastModulus(site);
  const PetscReal  t        = 2 * one->is.G * (1 - g) * two->is.dp_s * one->is.ds_q;
  const PetscReal  a1 = (1 - g) * one->a, b1 = (1 - g) * one->b, a2 = two->a;
  const PetscReal  b2 = PetscMin(two->b, 1 - smallest), p1 = (a1 - b1) / 1.5, p2 = (a2 - b2) / 1.5;
  PetscReal        part[4] = {(1 - a2) * (1 - a1), (1 - a2) * p1, p2 * (1 - a1),
                              p2 * p1 * PltDot(N1, N2) - t};

  part[0] = PetscMax(part[0], smallest);
  if (!IsPositive(part, N1, N2, smallest)) {
    N1      = N2;
    part[1] = 0;
    part[2] = ((1 - b2) * (1 - b1) - part[0]) / 1.5;
    part[3] = 0;
  }
  PltFillIsotropic6(c->K, 2 * G * part[0], D);
  PltAddProduct(2 * G * part[1], N1, N1, D);
  PltAddProduct(2 * G * part[2], N2, N2, D);
  if (site->exact) PltAddOuter(2 * G * part[3], N2, N1, D);
  else PltAddProduct(2 * G * part[3], N2, N1, D);
}

/* The part of the increment that stage 1 takes, by the stress at the start: the same whatever the
   strain at the end. */
static int ChooseMethod(PltFlowRule rule, const PetscReal elastic[6], PetscReal dt, PetscReal s,
                        const Constants *c, int *method)
{
  Stage probe = {.is = {.rule = c->rule[TWO_STEPS], .G = c->G[TWO_STEPS], .dt = dt, .s = s}};

  if (Flow(rule, elastic, &probe)) return 1;
  *method = probe.a > 0.7 ? TWO_STEPS : SECOND_ORDER;
  return 0;
}

int PltFlowUpdate(PltFlowRule rule, PetscReal s, const PltSite *site, const PetscReal start[],
                  const PetscReal strain[6], PetscReal end[], PetscReal stress[6],
                  PetscReal D[6][6])
{
  const Constants *c  = (const Constants *)site->span->work;
  const PetscReal  dt = PetscMax(site->span->dt, 0);
  PetscReal        e[6], last[6], flow[6], trial[6], trace, dp, g, k;
  Stage            stage[2];
  int              method;

  trace = PltDeviator(strain, e);
  PltDeviator(start + PLT_FLOW_LAST, last);
  PltDeviator(start + PLT_FLOW_STRAIN, flow); /* it is one */
  if (s >= 0) s += start[PLT_FLOW_GROWTH];
  for (int j = 0; j < 6; j++) trial[j] = last[j] - flow[j];
  if (ChooseMethod(rule, trial, dt, s, c, &method)) return 1;
  g = at[method];
  k = (1 - g) / g;
  for (int i = 0; i < 2; i++) {
    const int time = i ? END : method;

    stage[i].is = (PltStage){.rule = c->rule[time], .G = c->G[time], .dt = g * dt, .s = s};
  }
  for (int j = 0; j < 6; j++) trial[j] = last[j] + g * (e[j] - last[j]) - flow[j];
  if (Flow(rule, trial, &stage[0])) return 1;
  for (int j = 0; j < 6; j++) {
    flow[j] += k * stage[0].is.dp * stage[0].N[j];
    trial[j] = e[j] - flow[j];
  }
  stage[1].is.s += k * stage[0].is.ds;
  if (Flow(rule, trial, &stage[1])) return 1;
  dp = k * stage[0].is.dp + stage[1].is.dp;
  if (!(dp <= most)) return 1;
  for (int j = 0; j < 6; j++) {
    flow[j] += stage[1].is.dp * stage[1].N[j];
    stress[j] = 2 * c->G[END] * (e[j] - flow[j]) + (j < 3 ? c->K * trace : 0);
  }
  for (int j = 0; end && j < 6; j++) {
    end[PLT_FLOW_STRAIN + j] = (j < 3 ? 1 : 2) * flow[j];
    end[PLT_FLOW_LAST + j]   = strain[j];
  }
  if (end) end[PLT_FLOW_P] = start[PLT_FLOW_P] + dp;
  if (end && s >= 0)
    end[PLT_FLOW_GROWTH] = start[PLT_FLOW_GROWTH] + k * stage[0].is.ds + stage[1].is.ds;
  if (D) Modulus(c, stage, g, site, D);
  return PltIsFinite(6, stress) ? 0 : 1;
}
