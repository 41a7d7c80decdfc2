/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Metals that creep: closed forms, order in time, the modulus against differences. */
#include "law_sample.h"

/* Norton's law of a metal of 30 GPa: rate 1e-16 / s at 1 MPa, fifth power. */
static PltMaterial NewNorton(void)
{
  PltMaterial metal = NewMaterial("creep", "metal");

  SetConstant(metal, "E", 30e9);
  SetConstant(metal, "nu", 0.35);
  SetConstant(metal, "cte", 20e-6);
  SetConstant(metal, "creep.A", 1e-16);
  SetConstant(metal, "creep.n", 5);
  SetConstant(metal, "creep.stress", 1e6);
  return metal;
}

/* Copper-like numbers that creep at once when hot. */
static PltMaterial NewGarofalo(void)
{
  PltMaterial metal = NewMaterial("creep", "solder");

  SetConstant(metal, "E", 40e9);
  SetConstant(metal, "nu", 0.36);
  SetConstant(metal, "cte", 22e-6);
  SetConstant(metal, "creep.A", 2.6e5);
  SetConstant(metal, "creep.n", 6);
  SetConstant(metal, "creep.alpha", 0.025e-6);
  SetConstant(metal, "creep.Q", 54e3);
  return metal;
}

/* ---- closed forms ---- */

/* A bar pulled to 40 MPa and held, relaxes as sigma^-4 = sigma0^-4 + 4 E A t; in increments that
   grow by a half. */
START_TEST(held_bar_relaxes)
{
  static const double t[]    = {100, 1000, 10000, 100000};
  static const double ref[]  = {39.96934e6, 39.69857e6, 37.40886e6, 28.1584e6};
  const double        strain = 40e6 / 30e9;
  PltMaterial         metal  = NewNorton();
  Point               bar    = NewPoint(metal, 300);
  double              time = 0, dt = 10, stress = LeadBar(&bar, 300, 0, strain);

  ck_assert(Near(stress, 40e6, 1e-9));
  for (int k = 0; k < 4; k++) {
    while (time < t[k]) {
      const double step = fmin(dt, t[k] - time);

      stress = LeadBar(&bar, 300, step, strain);
      time += step;
      dt *= 1.5;
    }
    ck_assert_msg(Near(stress, ref[k], 1e-3), "%g s: %.9g", t[k], stress);
  }
  ck_assert(Near(bar.state[6], strain - stress / 30e9, 1e-9));
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

/* The error goes with the square of the increment. */
START_TEST(order_in_time)
{
  const double strain = 40e6 / 30e9, exact = pow(pow(40, -4.0) + 4 * 30e3 * 1e-16 * 1e6, -0.25);
  PltMaterial  metal = NewNorton();
  double       error[4], order;

  for (int k = 0; k < 4; k++) {
    Point  bar    = NewPoint(metal, 300);
    double stress = LeadBar(&bar, 300, 0, strain);

    for (int n = 0; n < 8 << k; n++) stress = LeadBar(&bar, 300, 1e6 / (8 << k), strain);
    error[k] = fabs(stress * 1e-6 - exact);
  }
  order = log2(error[2] / error[3]);
  ck_assert_msg(order > 1.8 && order < 2.3, "order %g, error %g", order, error[3]);
  ck_assert_msg(error[3] < 2e-4 * exact, "%g", error[3]);
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

/* Steady flow of a bar at 1e-5 / s: sinh(alpha stress)^n A exp(-Q / RT) = rate. */
START_TEST(steady_flow)
{
  const double T[] = {300, 400, 450}, R = 8.314462618;
  PltMaterial  metal = NewGarofalo();

  for (int k = 0; k < 3; k++) {
    const double rate   = 2.6e5 * exp(-54e3 / (R * T[k]));
    const double want   = asinh(pow(1e-5 / rate, 1.0 / 6)) / 0.025e-6;
    Point        bar    = NewPoint(metal, T[k]);
    double       stress = 0;

    for (int n = 1; n <= 60; n++) stress = LeadBar(&bar, T[k], 50, 5e-4 * n);
    ck_assert_msg(Near(stress, want, 1e-9), "%g K: %.9g %.9g", T[k], stress, want);
  }
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

/* In increments much longer than it takes, stress goes down without swinging, as t^-1/5 at last; in
   no time it is elastic. */
START_TEST(long_increments_relax)
{
  PltMaterial metal = NewGarofalo();
  Point       bar   = NewPoint(metal, 450);
  double      last  = LeadBar(&bar, 450, 0, 5e-4);

  ck_assert(Near(last, 40e9 * 5e-4, 1e-9));
  for (int n = 0; n < 8; n++) {
    const double stress = LeadBar(&bar, 450, 1e9, 5e-4);

    ck_assert_msg(stress > 0 && stress < last * (n ? 1 : 0.05), "%g %g", last, stress);
    last = stress;
  }
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

/* Cooling while creeping goes with the square of the increment too. */
START_TEST(order_in_a_cool_down)
{
  PltMaterial  metal   = NewGarofalo();
  const double held[6] = {0};
  double       stress[4], order;

  for (int k = 0; k < 4; k++) {
    const int count = 40 << k;
    Point     film  = NewPoint(metal, 420);

    for (int n = 1; n <= count; n++)
      Lead(&film, 420 - 100.0 * n / count, 3600.0 / count, held, is_film);
    stress[k] = film.stress[0];
  }
  order = log2((stress[1] - stress[2]) / (stress[2] - stress[3]));
  ck_assert_msg(order > 1.8 && order < 2.3, "order %g", order);
  ck_assert(fabs(stress[3] - stress[2]) < 1e-3 * stress[3]);
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

/* ---- what every law promises ---- */

START_TEST(modulus_is_the_derivative)
{
  for (int k = 0; k < 2; k++) {
    static const double time[] = {0, 1e-3, 1, 60, 1e4};

    for (int t = 0; t < 5; t++) {
      PltMaterial  metal = k ? NewGarofalo() : NewNorton();
      const double error = WorstModulus(metal, time[t]);

      ck_assert_msg(error < 1e-6, "law %d dt %g: %g", k, time[t], error);
      CALL(PltMaterialDestroy(&metal));
    }
  }
}
END_TEST

START_TEST(update_always_ends)
{
  for (int k = 0; k < 2; k++) {
    PltMaterial metal = k ? NewGarofalo() : NewNorton();

    CheckExtremes(metal);
    CALL(PltMaterialDestroy(&metal));
  }
}
END_TEST

/* More than 1e-2 of flow in an increment is too much, and more than half a decade of rate. */
START_TEST(large_flow_is_refused)
{
  PltMaterial  metal     = NewGarofalo();
  Point        point     = NewPoint(metal, 450);
  const double strain[6] = {2e-2, -1e-2, -1e-2};
  double       stress[6];

  OpenSpan(&point, 450, 1e6);
  const PltSite site = {.material = metal, .span = point.span};
  ck_assert_int_eq(PltMaterialUpdate(&site, point.state, strain, NULL, stress, NULL), 1);
  OpenSpan(&point, 400, 1);
  ck_assert(Near(point.span->largest, 1.15 / (54e3 / 8.314462618 * (1. / 400 - 1. / 450)), 1e-9));
  OpenSpan(&point, 400, 0);
  ck_assert(point.span->largest == 1);
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

START_TEST(one_scale_of_stress)
{
  PltMaterial metal = NewNorton();

  ck_assert_str_eq(MistakesOf(metal), "");
  SetConstant(metal, "creep.alpha", 1e-7);
  ck_assert_ptr_nonnull(strstr(MistakesOf(metal), "material 'metal': creep needs either stress"));
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

static Suite *CreepSuite(void)
{
  Suite *suite = suite_create("creep");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, held_bar_relaxes);
  tcase_add_test(tests, order_in_time);
  tcase_add_test(tests, steady_flow);
  tcase_add_test(tests, long_increments_relax);
  tcase_add_test(tests, order_in_a_cool_down);
  tcase_add_test(tests, modulus_is_the_derivative);
  tcase_add_test(tests, update_always_ends);
  tcase_add_test(tests, large_flow_is_refused);
  tcase_add_test(tests, one_scale_of_stress);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(CreepSuite)
