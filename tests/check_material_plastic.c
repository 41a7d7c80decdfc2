/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Metals that yield: closed forms, the modulus against differences, rate and back stresses. */
#include "law_sample.h"

/* Round values of electroplated copper. */
static PltMaterial NewCopper(double yield)
{
  return NewYielding("copper", 117e9, 0.34, 17e-6, yield);
}

/* ---- closed forms ---- */

/* A film on an elastic substrate that does not bend, to 230 C and back twice (plane stress, equal
   strains; its total strain is the substrate's). Numbers of the closed form, which are given to
   seven digits. */
static void CycleFilm(PltMaterial copper, const double stress[3], const double p[3])
{
  static const double T[]  = {230, 25, 230};
  Point               film = NewPoint(copper, 298.15);

  for (int k = 0; k < 3; k++) {
    const double strain = 3.3e-6 * (T[k] - 25), total[6] = {strain, strain};

    for (int n = 1; n <= 5; n++) { /* a straight path: one increment would do as well */
      const double from = k == 0 ? 25 : T[k - 1], at = from + (T[k] - from) * n / 5;
      const double part[6] = {3.3e-6 * (at - 25), 3.3e-6 * (at - 25)};

      Lead(&film, at + 273.15, 60, part, is_film);
    }
    ck_assert_msg(Near(film.stress[PLT_11], stress[k], 1e-6), "%.9g", film.stress[PLT_11]);
    ck_assert(Near(film.stress[PLT_22], stress[k], 1e-6));
    ck_assert(fabs(film.stress[PLT_33]) < 1);
    ck_assert_msg(Near(film.state[6], p[k], 1e-6), "%.9g", film.state[6]);
    ck_assert(film.total[0] == total[0]);
  }
}

START_TEST(film_cycle_isotropic)
{
  const double stress[] = {-128.3382e6, 133.6604e6, -138.7478e6};
  const double p[]      = {0.004169082, 0.006830201, 0.009373878};
  PltMaterial  copper   = NewCopper(120e6);

  SetConstant(copper, "hardening", 2e9);
  CycleFilm(copper, stress, p);
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

START_TEST(film_cycle_kinematic)
{
  const double stress[] = {-128.3382e6, 117.3521e6, -128.3382e6}, C = 2e9, gamma = 0;
  const double p[]    = {0.004169082, 0.007014193, 0.009859303};
  PltMaterial  copper = NewCopper(120e6);

  SetTable(copper, "kinematic", 1, &C, &gamma);
  CycleFilm(copper, stress, p);
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

/* A bar: stress = yield + Q (1 - exp(-b p)) + C / gamma (1 - exp(-gamma p)) + hardening p, p =
   strain - stress / E. The back stress is of first order in the increment, here 5e-6 of 1e-2. */
START_TEST(bar_follows_its_curve)
{
  const double C = 20e9, gamma = 200;
  PltMaterial  copper = NewCopper(100e6);
  Point        bar    = NewPoint(copper, 300);
  double       stress = 0, p;

  SetConstant(copper, "hardening", 1e9);
  SetConstant(copper, "voce.Q", 60e6);
  SetConstant(copper, "voce.b", 80);
  SetTable(copper, "kinematic", 1, &C, &gamma);
  bar = NewPoint(copper, 300);
  for (int n = 1; n <= 2000; n++) stress = LeadBar(&bar, 300, 0, 1e-2 * n / 2000);
  p = 1e-2 - stress / 117e9;
  ck_assert(Near(bar.state[6], p, 1e-10));
  ck_assert_msg(
      Near(stress, 100e6 + 1e9 * p + 60e6 * (1 - exp(-80 * p)) + C / gamma * (1 - exp(-gamma * p)),
           3e-4),
      "%.9g", stress);
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

/* The error of the back stress halves with the increment. */
START_TEST(order_of_back_stress)
{
  const double C = 20e9, gamma = 200;
  PltMaterial  copper = NewCopper(100e6);
  double       stress[4], order;

  SetTable(copper, "kinematic", 1, &C, &gamma);
  for (int k = 0; k < 4; k++) {
    const int count = 20 << k;
    Point     bar   = NewPoint(copper, 300);

    for (int n = 1; n <= count; n++) stress[k] = LeadBar(&bar, 300, 0, 1e-2 * n / count);
  }
  order = log2((stress[1] - stress[2]) / (stress[2] - stress[3]));
  ck_assert_msg(order > 0.9 && order < 1.1, "order %g", order);
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

/* Steady flow of a bar: stress = yield + K rate^(1/N). At dt = 0 it has no time to yield. */
START_TEST(rate_sets_the_stress)
{
  PltMaterial  copper = NewCopper(100e6);
  const double rate[] = {1e-6, 1e-3, 10};

  SetConstant(copper, "rate.K", 200e6);
  SetConstant(copper, "rate.N", 12);
  for (int k = 0; k < 3; k++) {
    Point  bar    = NewPoint(copper, 300);
    double stress = 0;

    for (int n = 1; n <= 40; n++) stress = LeadBar(&bar, 300, 1e-3 / rate[k], 1e-3 * n);
    ck_assert_msg(Near(stress, 100e6 + 200e6 * pow(rate[k], 1.0 / 12), 1e-9), "%.9g", stress);
    stress += 117e9 * 1e-3;
    ck_assert(Near(LeadBar(&bar, 300, 0, 41e-3), stress, 1e-9));
  }
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

/* ---- what every law promises ---- */

enum { NCOPPER = 7 };

static void MakeCoppers(PltMaterial copper[NCOPPER])
{
  static const double C[] = {5e9, 30e9, 120e9}, gamma[] = {0, 300, 2000};
  static const double T[] = {250, 500}, yield[] = {150e6, 60e6}, E[] = {120e9, 100e9};

  for (int k = 0; k < NCOPPER; k++) copper[k] = NewCopper(100e6);
  SetConstant(copper[1], "hardening", 2e9); /* copper[0] is perfectly plastic */
  SetTable(copper[2], "kinematic", 2, C, gamma);
  SetTable(copper[3], "kinematic", 3, C, gamma);
  SetConstant(copper[3], "voce.Q", 50e6);
  SetConstant(copper[3], "voce.b", 60);
  SetTable(copper[4], "kinematic", 1, C + 1, gamma + 1);
  SetConstant(copper[4], "rate.K", 100e6);
  SetConstant(copper[4], "rate.N", 8);
  SetTable(copper[5], "yield", 2, T, yield);
  SetTable(copper[5], "E", 2, T, E);
  SetConstant(copper[5], "hardening", 1e9);
  SetTable(copper[6], "kinematic", 1, C + 2, gamma + 2); /* nothing but a saturating back stress */
}

START_TEST(modulus_is_the_derivative)
{
  PltMaterial copper[NCOPPER];

  MakeCoppers(copper);
  for (int k = 0; k < NCOPPER; k++) {
    const double error = WorstModulus(copper[k], 60);

    ck_assert_msg(error < 1e-6, "copper %d: %g", k, error);
  }
  for (int k = 0; k < NCOPPER; k++) CALL(PltMaterialDestroy(&copper[k]));
}
END_TEST

START_TEST(update_always_ends)
{
  PltMaterial copper[NCOPPER];

  MakeCoppers(copper);
  for (int k = 0; k < NCOPPER; k++) CheckExtremes(copper[k]);
  for (int k = 0; k < NCOPPER; k++) CALL(PltMaterialDestroy(&copper[k]));
}
END_TEST

START_TEST(pairs_of_constants_go_together)
{
  PltMaterial copper = NewCopper(100e6);

  SetConstant(copper, "voce.Q", 1e6);
  SetConstant(copper, "rate.N", 10);
  ck_assert_str_eq(MistakesOf(copper),
                   "r.yaml:4:3: error: material 'copper': rate needs both K and N\n"
                   "r.yaml:4:3: error: material 'copper': voce needs both Q and b\n"
                   "2 mistakes in r.yaml");
  SetConstant(copper, "hardening", -1);
  ck_assert_str_eq(
      MistakesOf(copper),
      "r.yaml:4:3: error: material 'copper': hardening is -1e-06 MPa, must be 0 or more\n"
      "1 mistake in r.yaml");
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

static Suite *PlasticSuite(void)
{
  Suite *suite = suite_create("plastic");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, film_cycle_isotropic);
  tcase_add_test(tests, film_cycle_kinematic);
  tcase_add_test(tests, bar_follows_its_curve);
  tcase_add_test(tests, order_of_back_stress);
  tcase_add_test(tests, rate_sets_the_stress);
  tcase_add_test(tests, modulus_is_the_derivative);
  tcase_add_test(tests, update_always_ends);
  tcase_add_test(tests, pairs_of_constants_go_together);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(PlasticSuite)
