/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Process steps against incremental laminate theory written out here: grinding, a mold-first
   stack whose RDL is built on the face that the carrier left, turning over, moduli that change
   with temperature. Layer i carries Q_i(T) [e0 - kappa z - (e0_b - kappa_b z) - alpha_i (T -
   T_b)] since its birth b. */
#include "coupon.h"

typedef struct {
  double bottom, top;  /* mm, where the layer is */
  double e0, kappa, T; /* at its birth */
  int    live;
} Part;

/* Free plate at temperature T: strain at z = 0 and curvature. */
static void Solve(int n, const Layer layer[], const Part part[], double T, double *e0,
                  double *kappa)
{
  double A = 0, B = 0, D = 0, N = 0, M = 0;

  for (int i = 0; i < n; i++) {
    const double Q = layer[i].E / (1 - layer[i].nu), b = part[i].bottom, t = part[i].top;
    const double s1 = t - b, s2 = (t * t - b * b) / 2, s3 = (t * t * t - b * b * b) / 3;
    const double a = layer[i].cte * (T - part[i].T) + part[i].e0;

    if (!part[i].live) continue;
    A += Q * s1;
    B += Q * s2;
    D += Q * s3;
    N += Q * (a * s1 - part[i].kappa * s2);
    M += Q * (a * s2 - part[i].kappa * s3);
  }
  *kappa = (B * N / A - M) / (D - B * B / A);
  *e0    = (N + B * *kappa) / A;
}

static void Born(Part *part, double e0, double kappa, double T)
{
  part->e0    = e0;
  part->kappa = kappa;
  part->T     = T;
  part->live  = 1;
}

static void Step(PltModel model, const char *ply, double kappa, const char *what)
{
  int    more;
  double found;

  CALL(PltModelStep(model, &more));
  found = CurvatureX(model, ply, 4);
  /* 5e-4: unequal Poisson's ratios bend the edges of a 30 mm coupon a little differently
     (1/side) */
  ck_assert_msg(Everywhere(fabs(found - kappa) < 5e-4 * fmax(fabs(kappa), 1e-4)),
                "%s: %.8g, exact %.8g", what, found, kappa);
}

START_TEST(grinding)
{
  static const Layer layer[] = {{"rdl", 0.1, 6000, 0.3, 35e-6}, {"emc", 0.6, 20000, 0.3, 9e-6}};
  static const char *const plies[] = {"rdl", "emc", NULL};
  Part                     part[]  = {{0, 0.1, 0, 0, 150, 1}, {0.1, 0.7, 0, 0, 150, 1}};
  PltProject               project = CouponCreate(30, 1, 2, layer, _i ? 0 : -1);
  PltModel                 model;
  double                   e0, kappa;

  StepAdd(project, "cool", plies, 150, 25);
  StepAdd(project, "grind", NULL, 0, 25);
  CALL(PltProjectStepGrind(project, "emc", 0.35e-3));
  StepAdd(project, "again", NULL, 0, 25);
  CALL(PltProjectStepGrind(project, "emc", 0.2e-3));
  CALL(PltModelCreate(project, &model));
  for (int i = 0; i < 3; i++) {
    part[1].top = i == 0 ? 0.7 : i == 1 ? 0.45 : 0.3;
    Solve(2, layer, part, 25, &e0, &kappa);
    Step(model, "rdl", kappa, i == 0 ? "cool" : "grind");
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Grinding through the cap into the ply below it. */
START_TEST(grinding_removes_what_is_above)
{
  static const Layer       layer[] = {{"rdl", 0.1, 6000, 0.3, 35e-6},
                                      {"emc", 0.4, 20000, 0.3, 9e-6},
                                      {"cap", 0.2, 15000, 0.3, 12e-6}};
  static const char *const plies[] = {"rdl", "emc", "cap", NULL};
  Part       part[]  = {{0, 0.1, 0, 0, 150, 1}, {0.1, 0.5, 0, 0, 150, 1}, {0.5, 0.7, 0, 0, 150, 1}};
  PltProject project = CouponCreate(30, 1, 3, layer, -1);
  PltModel   model;
  double     e0, kappa;

  StepAdd(project, "cool", plies, 150, 25);
  StepAdd(project, "grind", NULL, 0, 25);
  CALL(PltProjectStepGrind(project, "emc", 0.25e-3));
  CALL(PltModelCreate(project, &model));
  Solve(3, layer, part, 25, &e0, &kappa);
  Step(model, "rdl", kappa, "cool");
  part[1].top  = 0.35;
  part[2].live = 0;
  Solve(3, layer, part, 25, &e0, &kappa);
  Step(model, "rdl", kappa, "grind");
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Carrier below mold; the carrier goes, the panel is turned, two RDL plies are built where it
   was. */
START_TEST(mold_first)
{
  static const Layer layer[] = {{"carrier", 0.8, 73000, 0.23, 3.3e-6},
                                {"pi2", 0.02, 6000, 0.34, 35e-6},
                                {"pi1", 0.02, 6000, 0.34, 35e-6},
                                {"emc", 0.5, 20000, 0.28, 9e-6}};
  Part               part[]  = {{-0.8, 0, 0, 0, 150, 1},
                                {-0.04, -0.02, 0, 0, 0, 0},
                                {-0.02, 0, 0, 0, 0, 0},
                                {0, 0.5, 0, 0, 150, 1}};
  PltProject         project = CouponCreate(30, 1, 4, layer, -1);
  PltModel           model;
  double             e0, kappa;

  StepAdd(project, "mold", (const char *const[]){"carrier", "emc", NULL}, 150, 25);
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "carrier"));
  StepAdd(project, "pi1", (const char *const[]){"pi1", NULL}, 200, 25);
  CALL(PltProjectStepFlip(project));
  StepAdd(project, "pi2", (const char *const[]){"pi2", NULL}, 230, 25);
  CALL(PltModelCreate(project, &model));
  Solve(4, layer, part, 25, &e0, &kappa);
  Step(model, "emc", kappa, "mold");
  part[0].live = 0;
  Solve(4, layer, part, 25, &e0, &kappa);
  Step(model, "emc", kappa, "debond");
  Solve(4, layer, part, 200, &e0, &kappa);
  Born(&part[2], e0, kappa, 200);
  Solve(4, layer, part, 25, &e0, &kappa);
  Step(model, "emc", kappa, "pi1");
  Solve(4, layer, part, 230, &e0, &kappa);
  Born(&part[1], e0, kappa, 230);
  Solve(4, layer, part, 25, &e0, &kappa);
  Step(model, "emc", kappa, "pi2");
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* E and CTE of the mold by table; the stress at a temperature does not depend on the way there. */
START_TEST(moduli_by_table)
{
  static const Layer layer[] = {{"glass", 0.7, 73000, 0.28, 3.3e-6}, {"emc", 0.5, 0, 0.28, 0}};
  static const char *const plies[] = {"glass", "emc", NULL};
  const double T[2] = {25 + 273.15, 175 + 273.15}, E[2] = {22e9, 2e9}, cte[2] = {8e-6, 32e-6};
  const double time[3] = {0, 60, 120}, program[3] = {25 + 273.15, 100 + 273.15, 25 + 273.15};
  Layer        now[2]  = {layer[0], layer[1]};
  Part         part[]  = {{0, 0.7, 0, 0, 175, 1}, {0.7, 1.2, 0, 0, 175, 1}};
  PltProject   project = CouponCreate(30, 1, 1, layer, -1);
  PltModel     model;
  double       e0, kappa;

  CALL(PltProjectAddMaterial(project, "emc", "isotropic"));
  CALL(PltProjectSetProperty(project, "emc", "E", 2, T, E));
  CALL(PltProjectSetProperty(project, "emc", "nu", 1, NULL, &layer[1].nu));
  CALL(PltProjectSetProperty(project, "emc", "cte", 2, T, cte));
  CALL(PltProjectAddPly(project, "emc", "emc", NULL, 0.5e-3, -1));
  StepAdd(project, "hot", plies, 175, 100);
  StepAdd(project, "cold", NULL, 0, 25);
  CALL(PltProjectAddStep(project, "cycle"));
  CALL(PltProjectStepSetTemperature(project, 3, time, program));
  CALL(PltModelCreate(project, &model));
  now[1].E   = 12000;               /* at 100 degC */
  now[1].cte = (20e-6 + 32e-6) / 2; /* mean of the tangent CTE from 175 to 100 */
  Solve(2, now, part, 100, &e0, &kappa);
  Step(model, "glass", kappa, "hot");
  now[1].E   = 22000;
  now[1].cte = 20e-6; /* and to 25 */
  Solve(2, now, part, 25, &e0, &kappa);
  Step(model, "glass", kappa, "cold");
  Step(model, "glass", kappa, "cycle");
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *ProcessSuite(void)
{
  Suite *suite = suite_create("process");
  TCase *tc    = tcase_create("steps");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, grinding, 0, 2);
  tcase_add_test(tc, grinding_removes_what_is_above);
  tcase_add_test(tc, mold_first);
  tcase_add_test(tc, moduli_by_table);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(ProcessSuite)
