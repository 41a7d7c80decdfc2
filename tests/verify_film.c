/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Laws of time in a whole plate, from a recipe through the process driver: a film has the stress of
   an equibiaxial film that is held. Small kinematics, as the closed forms are. */
#include "film.h"

/* relaxation_maxwell_step, 1 % at once, and relaxation_constant_rate, as a shrinkage in time: with
   one Poisson's ratio the strain across the film stays, and increments are exact. The plate gives
   by four times the stiffness of the film over its own, 5e-9. */
START_TEST(held_film_relaxes)
{
  static const char law[] = "{E: 1 GPa, nu: 0.3, cte: 100 ppm/K, young: [[1 s, 0.3], [10 s, 0.4]]}";
  static const double t[6] = {0, 0.5, 1, 5, 10, 50}, rate[3] = {1, 5, 10};
  PltProject          p;
  PltModel            m;

  Film(law, "125 degC",
       "  - {name: a, temperature: 25 degC}\n"
       "  - {name: b, time: 0.5 s}\n  - {name: c, time: 0.5 s}\n  - {name: d, time: 4 s}\n"
       "  - {name: e, time: 5 s}\n  - {name: f, time: 40 s}\n",
       &p, &m);
  for (int i = 0; i < 6; i++)
    Expect(m, "held", 10 * (0.3 + 0.3 * exp(-t[i]) + 0.4 * exp(-t[i] / 10)) / (1 - 0.3), 5e-9);
  Done(&p, &m);
  Film(law, "25 degC",
       "  - {name: a, time: 1 s, shrink: {film: 0.1 %}}\n"
       "  - {name: b, time: 4 s, shrink: {film: 0.4 %}}\n"
       "  - {name: c, time: 5 s, shrink: {film: 0.5 %}}\n",
       &p, &m);
  for (int i = 0; i < 3; i++)
    Expect(m, "pulled",
           (0.3 * rate[i] + 0.3 * (1 - exp(-rate[i])) + 4 * (1 - exp(-rate[i] / 10))) / (1 - 0.3),
           5e-9);
  Done(&p, &m);
}
END_TEST

/* viscoelastic_constrained_cooldown: its tolerance, and a tenth of it for smaller increments. */
START_TEST(film_cools_through_its_transition)
{
  for (int k = 0; k < 2; k++) {
    PltProject p;
    PltModel   m;

    Film("{E: 20 GPa, nu: 0.3, cte: 9 ppm/K, young: [[1 s, 0.5], [100 s, 0.3]],\n"
         "    shift: {reference: 120 degC, C1: 17.44, C2: 51.6 K, lowest: 75 degC,\n"
         "            highest: 260 degC}}",
         "150 degC", "  - {name: cool, temperature: 90 degC, time: 120 s}\n", &p, &m);
    if (k) CALL(PltProjectSetAccuracy(p, 1e-4));
    Expect(m, "cooled", 6.553063 / (1 - 0.3), k ? 2e-4 : 2e-3);
    Done(&p, &m);
  }
}
END_TEST

/* emc_mori_tanaka_levin: at one point, pulled by 100 MPa and cooled by 100 K; as a film, cooled. To
   half of the last of seven digits. */
START_TEST(filled_resin_cools)
{
  PltProject   p;
  PltModel     m;
  PltPath      path;
  PltPathPoint point;
  int          n;

  Film("{E: 3 GPa, nu: 0.38, cte: 60 ppm/K,\n"
       "    filler: {E: 72 GPa, nu: 0.17, cte: 0.5 ppm/K, fraction: 0.75}}",
       "125 degC", "  - {name: cool, temperature: 25 degC}\n", &p, &m);
  Expect(m, "filled", 16989.16 / (1 - 0.2990484) * 1.267142e-05 * 100, 4e-7);
  CALL(PltPathCreate(p, "film", &path));
  CALL(
      PltPathRead(path, "{temperature: [[0 s, 125 degC], [1 s, 25 degC]], stress: {xx: 100 MPa}}"));
  CALL(PltPathRun(path));
  CALL(PltPathCountPoints(path, &n));
  CALL(PltPathGetPoint(path, n - 1, &point));
  ck_assert(Near(point.strain[0], -1.267142e-3 + 100 / 16989.16, 5e-7));
  ck_assert(Near(point.strain[2], -1.267142e-3 - 0.2990484 * 100 / 16989.16, 4e-7));
  CALL(PltPathDestroy(&path));
  Done(&p, &m);
}
END_TEST

/* A film of secants in x and y, cooled by 100 K to their reference, 4 and 15 ppm/K at 125 degC; the
   same by the tangents that follow from them. */
START_TEST(orthotropic_film_by_secants)
{
  static const char *const cte[2] = {
      "ctex_secant: [[25 degC, 2 ppm/K], [125 degC, 4 ppm/K]], ctey_secant: [[25 degC, 20 ppm/K],\n"
      "    [125 degC, 15 ppm/K]], ctez: 40 ppm/K, cte_reference: 25 degC",
      "ctex: [[25 degC, 2 ppm/K], [125 degC, 6 ppm/K]], ctey: [[25 degC, 20 ppm/K],\n"
      "    [125 degC, 10 ppm/K]], ctez: 40 ppm/K"};
  const double Ex = 16e3, Ey = 2e3, nu = 0.4, whole = 1 - nu * nu * Ey / Ex;
  const double exact[2] = {Ex * (4e-4 + nu * Ey / Ex * 15e-4) / whole,
                           Ey * (15e-4 + nu * 4e-4) / whole};

  for (int k = 0; k < 2; k++) {
    char       law[600];
    double     low[6], high[6];
    PltProject p;
    PltModel   m;
    int        more;

    snprintf(law, sizeof law,
             "{Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
             "    Gxz: 2 GPa, Gyz: 1 GPa, %s}",
             cte[k]);
    Film(law, "125 degC", "  - {name: cool, temperature: 25 degC}\n", &p, &m);
    CALL(PltModelStep(m, &more));
    CALL(PltModelGetStress(m, "film", 0.3e-3, 0.4e-3, low, high));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(Near(low[d], exact[d] * MPa, 1e-6)), "%d: %.9g, not %.9g", d,
                    low[d] / MPa, exact[d]);
    Done(&p, &m);
  }
}
END_TEST

/* viscoelastic_film_shear_prony: K stays, G relaxes, a mismatch of 1e-3 at once. The strain across
   the film is not linear in time, so this is as good as increments are short. */
START_TEST(held_film_relaxes_in_shear)
{
  static const double exact[] = {28.8, 28.64498, 27.29352, 17.31321, 4.540376, 4.5};
  PltProject          p;
  PltModel            m;

  Film("{E: 20.571428571428573 GPa, nu: 0.2857142857142857, cte: 10 ppm/K,\n"
       "    shear: [[100 s, 0.9]]}",
       "125 degC",
       "  - {name: a, temperature: 25 degC}\n  - {name: b, time: 1 s}\n  - {name: c, time: 9 s}\n"
       "  - {name: d, time: 90 s}\n  - {name: e, time: 900 s}\n  - {name: f, time: 9000 s}\n",
       &p, &m);
  CALL(PltProjectSetAccuracy(p, 1e-5));
  for (int i = 0; i < 6; i++) Expect(m, "relaxes", exact[i], 1e-4);
  Done(&p, &m);
}
END_TEST

/* The time of reference that a film of one time of relaxation has had. */
static double Reduced(PltModel model)
{
  return -1e4 * log((NextStress(model) / (1e3 / (1 - 0.3) * 1e-2) - 0.1) / 0.9);
}

/* wlf_reduced_time_ramp: from 120 to 130 degC in 100 s, in n increments, and 10 s there. The film
   is stretched by 1 % at first, and does not expand. */
static double Ramp(int n, double *log10_aT)
{
  char       steps[40000];
  int        at = snprintf(steps, sizeof steps, "  - {name: a, shrink: {film: 1 %%}}\n");
  double     xi = 0;
  PltProject p;
  PltModel   m;

  for (int i = 1; i <= n; i++)
    at += snprintf(steps + at, sizeof steps - (size_t)at,
                   "  - {name: s%d, temperature: %.10g degC, time: %.10g s}\n", i,
                   120 + 10. * i / n, 100. / n);
  at += snprintf(steps + at, sizeof steps - (size_t)at, "  - {name: b, time: 10 s}\n");
  ck_assert_int_lt(at, (int)sizeof steps);
  Film("{E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[10000 s, 0.9]],\n"
       "    shift: {reference: 120 degC, C1: 17.44, C2: 51.6 K, lowest: 75 degC,\n"
       "            highest: 260 degC}}",
       "120 degC", steps, &p, &m);
  CALL(PltProjectSetAccuracy(p, 1)); /* increments as given */
  for (int i = 0; i <= n; i++) xi = Reduced(m);
  *log10_aT = log10(10 / (Reduced(m) - xi));
  Done(&p, &m);
  return xi;
}

/* Laws take log a as linear in an increment, which is of second order. */
START_TEST(held_film_heats_up)
{
  double       log10_aT;
  const double coarse = Ramp(125, &log10_aT), fine = Ramp(500, &log10_aT);

  ck_assert_msg(Everywhere(Near(fine, 11722.82, 1e-6)), "%.10g", fine);
  ck_assert_msg(Everywhere(Near(log10_aT, -2.831169, 1e-6)), "%.10g", log10_aT);
  ck_assert_msg(Everywhere(fabs(coarse - 11722.824) > 14 * fabs(fine - 11722.824)), "%.10g",
                coarse);
}
END_TEST

/* norton_relaxation: in a film half of the equivalent rate is in each direction, so that one whose
   E / (1 - nu) / 2 is the bar's E, held at 40 MPa, relaxes as the bar does. */
START_TEST(held_film_creeps)
{
  static const double exact[5] = {40.0, 39.96934, 39.69857, 37.40886, 28.1584};
  PltProject          p;
  PltModel            m;

  Film("{E: 42 GPa, nu: 0.3, cte: 6.6666666666666667 ppm/K,\n"
       "    creep: {A: 1e-16 1/s, n: 5, stress: 1 MPa}}",
       "125 degC",
       "  - {name: a, temperature: 25 degC}\n  - {name: b, time: 100 s}\n"
       "  - {name: c, time: 900 s}\n  - {name: d, time: 9000 s}\n  - {name: e, time: 90000 s}\n",
       &p, &m);
  for (int i = 0; i < 5; i++) Expect(m, "creeps", exact[i], 1e-3);
  Done(&p, &m);
}
END_TEST

/* anand_uniaxial, as a film in the same way: half of the bar's strain, as a shrinkage in time. */
START_TEST(solder_film_is_pulled)
{
  static const char *const T[3]         = {"25 degC", "125 degC", "25 degC"};
  static const double      rate[3]      = {1e-3, 1e-3, 1e-5};
  static const double      strain[6]    = {0, 0.002, 0.01, 0.02, 0.05, 0.1};
  static const double      stress[3][5] = {{30.59319, 39.23671, 46.35354, 56.2201, 60.80609},
                                           {10.41526, 11.14081, 11.6676, 12.28722, 12.52292},
                                           {18.54725, 21.50605, 23.71093, 26.38413, 27.43582}};
  char                     steps[600];
  int                      at = 0;
  PltProject               p;
  PltModel                 m;

  for (int i = 0; i < 5; i++)
    at += snprintf(steps + at, sizeof steps - (size_t)at,
                   "  - {name: s%d, time: %.17g s, shrink: {film: %.17g m/m}}\n", i,
                   (strain[i + 1] - strain[i]) / rate[_i], (strain[i + 1] - strain[i]) / 2);
  Film("{E: 42 GPa, nu: 0.3, cte: 0 ppm/K, anand: {s0: 12.41 MPa, Q: 78155.9486 J/mol,\n"
       "    A: 4e6 1/s, xi: 1.5, m: 0.303, h0: 1379 MPa, shat: 13.79 MPa, n: 0.07, a: 1.3}}",
       T[_i], steps, &p, &m);
  for (int i = 0; i < 5; i++) Expect(m, T[_i], stress[_i][i], 2e-3);
  Done(&p, &m);
}
END_TEST

/* Anand's solder, anand_uniaxial's parameters, cooled as a film by 100 K in 100 s: integrated here
   in small steps by the midpoint rule. */
static double Solder(double seconds, double from, double to, double strain)
{
  const double A = 4e6, q = 9400, xi = 1.5, power = 0.303, h0 = 1379, hat = 13.79, n = 0.07,
               a  = 1.3;
  const int steps = 200000;
  double    x[2]  = {0, 12.41}, mid[2], rate[2];

  for (int i = 0; i < steps; i++)
    for (int half = 0; half < 2; half++) {
      const double *at = half ? mid : x;
      const double  T = from + (to - from) * (i + 0.5 * half) / steps, dt = seconds / steps;
      const double  arrhenius = A * exp(-q / T);
      const double  flow      = arrhenius * pow(sinh(xi * at[0] / at[1]), 1 / power);
      const double  end = hat * pow(fmax(flow, 1e-300) / arrhenius, n), off = 1 - at[1] / end;

      rate[0] = 30e3 / (1 - 0.3) * (strain / seconds - flow / 2);
      rate[1] = h0 * pow(fabs(off), a) * (off < 0 ? -1 : 1) * flow;
      for (int k = 0; k < 2; k++) {
        if (half) x[k] += dt * rate[k];
        else mid[k] = x[k] + dt / 2 * rate[k];
      }
    }
  return x[0];
}

START_TEST(solder_film_cools)
{
  PltProject p;
  PltModel   m;

  Film("{E: 30 GPa, nu: 0.3, cte: 20 ppm/K, anand: {s0: 12.41 MPa, Q: 78155.9486 J/mol,\n"
       "    A: 4e6 1/s, xi: 1.5, m: 0.303, h0: 1379 MPa, shat: 13.79 MPa, n: 0.07, a: 1.3}}",
       "125 degC", "  - {name: cool, temperature: 25 degC, time: 100 s}\n", &p, &m);
  Expect(m, "solder", Solder(100, 398.15, 298.15, 2e-3), 2e-3);
  Done(&p, &m);
}
END_TEST

static Suite *FilmSuite(void)
{
  Suite *suite = suite_create("film");
  TCase *tc    = tcase_create("plates");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, held_film_relaxes);
  tcase_add_test(tc, film_cools_through_its_transition);
  tcase_add_test(tc, filled_resin_cools);
  tcase_add_test(tc, orthotropic_film_by_secants);
  tcase_add_test(tc, held_film_relaxes_in_shear);
  tcase_add_test(tc, held_film_heats_up);
  tcase_add_test(tc, held_film_creeps);
  tcase_add_loop_test(tc, solder_film_is_pulled, 0, 3);
  tcase_add_test(tc, solder_film_cools);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(FilmSuite)
