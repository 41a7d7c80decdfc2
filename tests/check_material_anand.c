/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Solder: Anand's law. */
#include "law_sample.h"

static const double R = 8.314462618;

static PltMaterial NewAnand(const char *name, double E, const double constant[9])
{
  static const char *const key[]  = {"anand.A",  "anand.Q",    "anand.xi", "anand.m", "anand.s0",
                                     "anand.h0", "anand.shat", "anand.n",  "anand.a"};
  PltMaterial              solder = NewMaterial("anand", name);

  SetConstant(solder, "E", E);
  SetConstant(solder, "nu", 0.36);
  SetConstant(solder, "cte", 22e-6);
  for (int k = 0; k < 9; k++) SetConstant(solder, key[k], constant[k]);
  return solder;
}

/* 62Sn36Pb2Ag of the references. */
static PltMaterial NewTinLead(void)
{
  const double constant[9] = {4e6, 9400 * R, 1.5, 0.303, 12.41e6, 1379e6, 13.79e6, 0.07, 1.3};

  return NewAnand("62Sn36Pb2Ag", 30e9, constant);
}

/* Not aged (Motalab et al., ITherm 2012). */
static PltMaterial NewSAC305(void)
{
  const double constant[9] = {3501, 9320 * R, 4, 0.25, 21e6, 180e9, 30.2e6, 0.01, 1.78};

  return NewAnand("SAC305", 43e9, constant);
}

/* ---- references ---- */

/* A bar pulled at a constant rate. The references are integrals of the equations for a bar, which
   LSODA gave. */
START_TEST(bar_at_constant_rate)
{
  static const double strain[] = {0.002, 0.01, 0.02, 0.05, 0.1};
  static const double T[] = {298.15, 398.15, 298.15}, rate[] = {1e-3, 1e-3, 1e-5};
  static const double ref[3][5]   = {{30.59319, 39.23671, 46.35354, 56.2201, 60.80609},
                                     {10.41526, 11.14081, 11.6676, 12.28722, 12.52292},
                                     {18.54725, 21.50605, 23.71093, 26.38413, 27.43582}};
  static const double saturated[] = {63.05761, 12.6183, 27.87409};

  for (int n = 0; n < 3; n++) {
    PltMaterial solder = NewTinLead();
    Point       bar    = NewPoint(solder, T[n]);
    double      at = 0, stress = 0;

    for (int k = 0; k < 5; k++) {
      while (at < strain[k] - 1e-9) {
        at += 2e-4;
        stress = LeadBar(&bar, T[n], 2e-4 / rate[n], at);
      }
      ck_assert_msg(Near(stress * 1e-6, ref[n][k], 5e-5), "%g K: %g: %.9g", T[n], at, stress);
    }
    for (; at < 0.8; at += 1e-3) stress = LeadBar(&bar, T[n], 1e-3 / rate[n], at + 1e-3);
    ck_assert_msg(Near(stress * 1e-6, saturated[n], 1e-3), "%g K: %.9g", T[n], stress);
    CALL(PltMaterialDestroy(&solder));
  }
}
END_TEST

/* Pulled while heated, its expansion apart; the stress is that of the equations of a bar, by
   Runge-Kutta's method in 20000 steps. */
START_TEST(order_in_time)
{
  const double exact  = 29.2854351058e6;
  PltMaterial  solder = NewTinLead();
  double       error[6], order;

  for (int k = 0; k < 6; k++) {
    const int count  = 16 << k;
    Point     bar    = NewPoint(solder, 298);
    double    stress = 0;

    for (int n = 1; n <= count; n++)
      stress = LeadBar(&bar, 298 + 40.0 * n / count, 20.0 / count, (2e-2 + 22e-6 * 40) * n / count);
    error[k] = fabs(stress / exact - 1);
  }
  order = log2(error[4] / error[5]);
  ck_assert_msg(order > 1.7 && order < 2.4, "order %g", order);
  ck_assert_msg(error[0] < 2e-4, "%g", error[0]);
  CALL(PltMaterialDestroy(&solder));
}
END_TEST

/* A resistance above what it saturates at fades: pulled fast when cold, slowly when hot. */
START_TEST(resistance_fades)
{
  PltMaterial solder = NewTinLead();
  Point       bar    = NewPoint(solder, 298);
  double      grown;

  for (int n = 1; n <= 100; n++) LeadBar(&bar, 298, 1, 1e-3 * n);
  grown = bar.state[13];
  ck_assert(grown > 10e6);
  for (int n = 1; n <= 20; n++) LeadBar(&bar, 298 + 5 * n, 100, 0.1 - 5e-5 * n);
  for (int n = 1; n <= 100; n++) LeadBar(&bar, 398, 1e4, 0.1 + 1e-3 * n);
  ck_assert_msg(bar.state[13] < grown - 1e6, "%g %g", grown, bar.state[13]);
  CALL(PltMaterialDestroy(&solder));
}
END_TEST

/* ---- what every law promises ---- */

START_TEST(modulus_is_the_derivative)
{
  static const double time[] = {0, 1e-3, 1, 60, 1e4};

  for (int k = 0; k < 2; k++) {
    for (int t = 0; t < 5; t++) {
      PltMaterial  solder = k ? NewSAC305() : NewTinLead();
      const double error  = WorstModulus(solder, time[t]);

      ck_assert_msg(error < 1e-6, "law %d dt %g: %g", k, time[t], error);
      CALL(PltMaterialDestroy(&solder));
    }
  }
}
END_TEST

START_TEST(update_always_ends)
{
  for (int k = 0; k < 2; k++) {
    PltMaterial solder = k ? NewSAC305() : NewTinLead();

    CheckExtremes(solder);
    CALL(PltMaterialDestroy(&solder));
  }
}
END_TEST

START_TEST(mistakes)
{
  PltMaterial solder = NewSAC305();

  ck_assert_str_eq(MistakesOf(solder), "");
  SetConstant(solder, "anand.a", 0.9);
  ck_assert_ptr_nonnull(strstr(MistakesOf(solder), "anand.a is 0.9, must be at least 1"));
  SetConstant(solder, "anand.m", 0);
  ck_assert_ptr_nonnull(strstr(MistakesOf(solder), "anand.m is 0, must be positive"));
  CALL(PltMaterialDestroy(&solder));
}
END_TEST

static Suite *AnandSuite(void)
{
  Suite *suite = suite_create("anand");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, bar_at_constant_rate);
  tcase_add_test(tests, order_in_time);
  tcase_add_test(tests, resistance_fades);
  tcase_add_test(tests, modulus_is_the_derivative);
  tcase_add_test(tests, update_always_ends);
  tcase_add_test(tests, mistakes);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(AnandSuite)
