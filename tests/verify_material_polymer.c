/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Laws that relax and cure: one point on a path, through the public interface and text a user would
   write, against closed forms and independent integrations. */
static const char materials[] =
    /* relaxation: 0.3 + 0.3 exp(-t / 1 s) + 0.4 exp(-t / 10 s) */
    "maxwell:  {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.3], [10 s, 0.4]]}\n"
    /* K 16 GPa, G 8 GPa */
    "film:     {E: 20.571428571428573 GPa, nu: 0.2857142857142857, cte: 0 ppm/K,\n"
    "           shear: [[100 s, 0.9]]}\n"
    "cooled:   {E: 20 GPa, nu: 0.3, cte: 9 ppm/K, young: [[1 s, 0.5], [100 s, 0.3]],\n"
    "           shift: {reference: 120 degC, C1: 17.44, C2: 51.6 K, lowest: 75 degC,\n"
    "                   highest: 260 degC}}\n"
    "clock:    {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[10000 s, 0.9]],\n"
    "           shift: {reference: 120 degC, C1: 17.44, C2: 51.6 K, lowest: 75 degC,\n"
    "                   highest: 260 degC}}\n"
    /* the energies are those of the source by its gas constant, 8.314 */
    "resin:    {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
    "           cure: {A1: 76000 1/s, E1: 70003.894 J/mol, A2: 1200000 1/s, E2: 66003.6715 J/mol,\n"
    "                  m: 0.6, n: 1.4, gel: 0.5, shrinkage: 0.3 %}}\n"
    "resin11:  {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
    "           cure: {A1: 0.001 1/s, E1: 0 J/mol, A2: 0.02 1/s, E2: 0 J/mol, m: 1, n: 1, gel: 0,\n"
    "                  Tg_uncured: -40 degC, Tg_cured: 150 degC, lambda: 0.4}}\n"
    "gel:      {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
    "           cure: {A1: 0.001 1/s, E1: 0 J/mol, n: 1, gel: 0, initial: 0, Tg_uncured: -20 "
    "degC,\n"
    "                  Tg_cured: 165 degC, lambda: 0.45}}\n"
    "emc:      {E: 3 GPa, nu: 0.38, cte: 60 ppm/K,\n"
    "           filler: {E: 72 GPa, nu: 0.17, cte: 0.5 ppm/K, fraction: 0.75}}\n";

#include "material_path.h"

/* ---- viscoelastic ---- */

START_TEST(relaxation_and_constant_rate)
{
  const double t[6] = {0, 0.5, 1, 5, 10, 50}, t2[3] = {1, 5, 10};
  double       exact[6];

  for (int i = 0; i < 6; i++) exact[i] = 10 * (0.3 + 0.3 * exp(-t[i]) + 0.4 * exp(-t[i] / 10));
  CheckStress("maxwell",
              "{temperature: 25 degC, strain: {xx: [[0 s, 1 %], [0.5 s, 1 %], [1 s, 1 %],\n"
              "  [5 s, 1 %], [10 s, 1 %], [50 s, 1 %]]}}",
              6, t, exact, 1e-10);
  for (int i = 0; i < 3; i++)
    exact[i] = 0.3 * t2[i] + 0.3 * (1 - exp(-t2[i])) + 0.4 * 10 * (1 - exp(-t2[i] / 10));
  CheckStress("maxwell",
              "{temperature: 25 degC, strain: {xx: [[0 s, 0 %], [1 s, 0.1 %], [5 s, 0.5 %],\n"
              "  [10 s, 1 %]]}}",
              3, t2, exact, 1e-10);
}
END_TEST

/* E(t) relaxes to 0.3 E: creep compliance ends at 1 / (0.3 E); in between, that of the series:
   s J(s) = 1 / (s E(s)), two retardation times. */
START_TEST(creep)
{
  PltPath      path  = Follow("maxwell", "{temperature: 25 degC, stress: {xx: 1 MPa}, time: 1000 s,"
                                               " accuracy: 1e-6}");
  PltPathPoint point = At(path, 0);

  ck_assert(Near(point.strain[XX], 1e-3, 1e-10));
  ck_assert(Near(point.stress[XX], 1e6, 1e-10));
  point = At(path, 1000);
  ck_assert_msg(Near(point.strain[XX], 1e-3 / 0.3, 1e-5), "%.9g", point.strain[XX]);
  ck_assert_msg(Near(point.strain[YY], -1e-3, 1e-5), "%.9g", point.strain[YY]);
  CALL(PltPathDestroy(&path));
}
END_TEST

/* M(s) = 18 K G(s) / (3 K + 4 G(s)): one time, 100 s (3 K + 4 G) / (3 K + 0.4 G). Two increments at
   least differ by the column that is free to relax, hence the accuracy. */
START_TEST(film_that_relaxes_in_shear)
{
  const double t[6]      = {0, 1, 10, 100, 1000, 10000};
  const double stress[6] = {28.8, 28.64498, 27.29352, 17.31321, 4.540376, 4.5};

  CheckStress("film",
              "{temperature: 25 degC, accuracy: 1e-5, strain: {yy: 0.1 %, xx: [[0 s, 0.1 %],\n"
              "  [1 s, 0.1 %], [10 s, 0.1 %], [100 s, 0.1 %], [1000 s, 0.1 %], [10000 s, 0.1 %]]}}",
              6, t, stress, 1e-4);
}
END_TEST

/* wlf_reduced_time_ramp: the time of reference by what has relaxed in a bar that is held, from 120
   to 130 degC in 100 s; and in 10 s there. */
START_TEST(reduced_time_of_a_ramp)
{
  PltPath path = Follow("clock", "{temperature: [[0 s, 120 degC], [100 s, 130 degC],\n"
                                 "  [110 s, 130 degC]], strain: {xx: 1 %}, accuracy: 1e-9}");
  double  xi[2];

  for (int i = 0; i < 2; i++)
    xi[i] = -1e4 * log((At(path, 100 + 10 * i).stress[XX] / 1e7 - 0.1) / 0.9);
  ck_assert_msg(Near(xi[0], 11722.82, 1e-6), "%.10g", xi[0]);
  ck_assert_msg(Near(log10(10 / (xi[1] - xi[0])), -2.831169, 1e-6), "%.10g",
                log10(10 / (xi[1] - xi[0])));
  CALL(PltPathDestroy(&path));
}
END_TEST

/* 6.553063 MPa: hereditary integral by fine quadrature. */
START_TEST(constrained_cooldown)
{
  const double t[1] = {120}, stress[1] = {6.553063};

  CheckStress("cooled", "{temperature: [[0 s, 150 degC], [120 s, 90 degC]], strain: {xx: 0 %}}", 1,
              t, stress, 1e-3);
  CheckStress("cooled",
              "{temperature: [[0 s, 150 degC], [120 s, 90 degC]], strain: {xx: 0 %},\n"
              " accuracy: 1e-7}",
              1, t, stress, 1e-5);
}
END_TEST

/* ---- cure ---- */

/* Integrated by LSODA to 1e-11. */
START_TEST(kamal_isothermal)
{
  const double t[6]     = {60, 120, 300, 600, 1200, 3600};
  const double alpha[6] = {0.007524711, 0.02243634, 0.1089851, 0.3369704, 0.703133, 0.9694879};
  PltPath      path     = Follow("resin", "{temperature: [[0 s, 125 degC], [60 s, 125 degC], "
                                                   "[120 s, 125 degC], [300 s, 125 degC],\n"
                                                   " [600 s, 125 degC], [1200 s, 125 degC], "
                                                   "[3600 s, 125 degC]]}");

  for (int i = 0; i < 6; i++) {
    const PltPathPoint point  = At(path, t[i]);
    const double       shrunk = -3e-3 * fmax(0, alpha[i] - 0.5) / 0.5;

    ck_assert_msg(Near(Told(&point, "cure"), alpha[i], 1e-6), "%g s: %.9g, not %.9g", t[i],
                  Told(&point, "cure"), alpha[i]);
    ck_assert(fabs(point.strain[XX] - shrunk) < 1e-8);
  }
  CALL(PltPathDestroy(&path));
}
END_TEST

/* alpha = (e - 1) / (e + k2 / k1), e = exp((k1 + k2) t); Tg of it by DiBenedetto. */
START_TEST(kamal_closed_form)
{
  PltPath path = Follow("resin11", "{temperature: [[0 s, 400 K], [50 s, 400 K], [100 s, 400 K], "
                                   "[200 s, 400 K], [400 s, 400 K]]}");

  for (double t = 50; t <= 400; t *= 2) {
    const PltPathPoint point = At(path, t);
    const double       e = exp(0.021 * t), alpha = (e - 1) / (e + 20);

    ck_assert(Near(Told(&point, "cure"), alpha, 1e-8));
    ck_assert(Near(Told(&point, "Tg"), 233.15 + 190 * 0.4 * alpha / (1 - 0.6 * alpha), 1e-8));
  }
  CALL(PltPathDestroy(&path));
}
END_TEST

/* dibenedetto: Tg of six degrees of cure, the last all but full, at their start. */
START_TEST(glass_transition_of_a_cure)
{
  static const double alpha[6] = {0, 0.25, 0.5, 0.75, 0.9, 1 - 1e-15};
  static const double told[6]  = {-20.0, 4.130435, 37.41379, 86.2766, 128.3663, 165.0};

  for (int i = 0; i < 6; i++) {
    const double exact = -20 + 185 * 0.45 * alpha[i] / (1 - 0.55 * alpha[i]);
    PltPathPoint point;
    PltPath      path;

    CALL(PltProjectSetProperty(project, "gel", "cure.initial", 1, NULL, &alpha[i]));
    path  = Follow("gel", "{temperature: 25 degC, time: 1 s}");
    point = At(path, 0);
    ck_assert_msg(fabs(Told(&point, "Tg") - 273.15 - exact) <= 1e-12 * (exact + 273.15),
                  "%.15g, not %.15g", Told(&point, "Tg") - 273.15, exact);
    ck_assert(fabs(exact - told[i]) < 5e-5); /* half of the last digit */
    CALL(PltPathDestroy(&path));
  }
}
END_TEST

/* ---- mixtures ---- */

/* emc_mori_tanaka_levin: Mori and Tanaka's mean of round filler in closed form, Levin's expansion
   (of seven digits in the reference). */
START_TEST(filled_resin)
{
  const double E[2] = {3e9, 72e9}, nu[2] = {0.38, 0.17}, cte[2] = {60e-6, 0.5e-6}, f = 0.75;
  double       G[2], K[2], k, g, is[4];
  PltPath      path;
  PltPathPoint point;

  for (int i = 0; i < 2; i++) {
    G[i] = E[i] / (2 * (1 + nu[i]));
    K[i] = E[i] / (3 * (1 - 2 * nu[i]));
  }
  k     = K[0] + f / (1 / (K[1] - K[0]) + (1 - f) / (K[0] + 4 * G[0] / 3));
  g     = G[0] * (9 * K[0] + 8 * G[0]) / (6 * (K[0] + 2 * G[0]));
  g     = G[0] + f / (1 / (G[1] - G[0]) + (1 - f) / (G[0] + g));
  is[0] = 9 * k * g / (3 * k + g);
  is[1] = (3 * k - 2 * g) / (6 * k + 2 * g);
  is[2] = g;
  is[3] = f * cte[1] + (1 - f) * cte[0] +
          (cte[1] - cte[0]) / (1 / K[1] - 1 / K[0]) * (1 / k - f / K[1] - (1 - f) / K[0]);
  ck_assert(Near(is[0], 16989.16e6, 3e-7) && Near(is[1], 0.2990484, 2e-7));
  ck_assert(Near(is[2], 6539.079e6, 1e-7) && Near(is[3], 1.267142e-5, 4e-7));
  path  = Follow("emc", "{temperature: 25 degC, stress: {xx: 100 MPa, xy: 10 MPa}, time: 1 s}");
  point = At(path, 1);
  ck_assert(Near(point.strain[XX], 100e6 / is[0], 1e-8));
  ck_assert(Near(point.strain[YY], -is[1] * 100e6 / is[0], 1e-8));
  ck_assert(Near(point.strain[XY], 10e6 / is[2], 1e-8));
  CALL(PltPathDestroy(&path));
  path  = Follow("emc", "{temperature: [[0 s, 125 degC], [1 s, 25 degC]]}");
  point = At(path, 1);
  for (int c = XX; c <= ZZ; c++) ck_assert(Near(point.strain[c], -100 * is[3], 1e-8));
  CALL(PltPathDestroy(&path));
}
END_TEST

static Suite *MaterialPolymerSuite(void)
{
  Suite *suite = suite_create("material polymer");
  TCase *laws  = tcase_create("laws");

  tcase_set_timeout(laws, 60);
  tcase_add_unchecked_fixture(laws, Setup, Teardown);
  tcase_add_test(laws, relaxation_and_constant_rate);
  tcase_add_test(laws, creep);
  tcase_add_test(laws, film_that_relaxes_in_shear);
  tcase_add_test(laws, reduced_time_of_a_ramp);
  tcase_add_test(laws, constrained_cooldown);
  tcase_add_test(laws, kamal_isothermal);
  tcase_add_test(laws, kamal_closed_form);
  tcase_add_test(laws, glass_transition_of_a_cure);
  tcase_add_test(laws, filled_resin);
  suite_add_tcase(suite, laws);
  return suite;
}

PLT_TEST_MAIN(MaterialPolymerSuite)
