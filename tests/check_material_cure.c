/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Cure as the laws that have it see it: degree, Tg, shrinkage, moduli, shift. */
#include "material_polymer.h"

static const double R = 8.314462618, celsius = 273.15;

/* The degree after dt. */
static double Cure(Point *point, double T, double dt)
{
  const double none[6] = {0};

  Lead(point, T, dt, none, is_held);
  return point->shared[0];
}

/* The kinetics again, for quadrature by small steps of Runge and Kutta. */
typedef struct {
  double A1, E1, A2, E2, m, n, C, ac, slope;
} Kinetics;

static double Rate(const Kinetics *k, double a, double T)
{
  const double f = k->C > 0 ? 1 / (1 + exp(k->C * (a - k->ac - k->slope * T))) : 1;

  return (k->A1 * exp(-k->E1 / (R * T)) + k->A2 * exp(-k->E2 / (R * T)) * pow(a, k->m)) *
         pow(1 - a, k->n) * f;
}

static double Follow(const Kinetics *k, double a, double T0, double T1, double dt, int n)
{
  const double h = dt / n, g = (T1 - T0) / n;

  for (int i = 0; i < n; i++) {
    const double T = T0 + g * i, k1 = Rate(k, a, T), k2 = Rate(k, a + h / 2 * k1, T + g / 2);
    const double k3 = Rate(k, a + h / 2 * k2, T + g / 2), k4 = Rate(k, a + h * k3, T + g);

    a += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return a;
}

static const Kinetics sample = {
    7.6e4, 70e3 * 8.314462618 / 8.314, 1.2e6, 66e3 * 8.314462618 / 8.314, 0.6, 1.4, 0, 0, 0};

/* ---- kinetics ---- */

START_TEST(isothermal_cure)
{
  static const double t[]    = {60, 120, 300, 600, 1200, 3600};
  static const double told[] = {0.007524711, 0.02243634, 0.1089851, 0.3369704, 0.703133, 0.9694879};
  PltMaterial         material = NewGlassyCure();
  Point               point    = NewPoint(material, 125 + celsius);

  for (int i = 0; i < 6; i++) {
    Point        whole = NewPoint(material, 125 + celsius);
    const double steps = Cure(&point, 125 + celsius, t[i] - (i ? t[i - 1] : 0));
    const double one   = Cure(&whole, 125 + celsius, t[i]);

    ck_assert_msg(Near(steps, told[i], 1e-6), "%g s: %.10g %.10g", t[i], steps, told[i]);
    ck_assert_msg(fabs(steps - one) < 1e-8, "%g s: %g", t[i], steps - one);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

START_TEST(closed_form_of_first_order)
{
  static const double t[]      = {50, 100, 200, 400};
  PltMaterial         material = NewGlassyCure();
  Point               point    = NewPoint(material, 400);

  SetConstant(material, "cure.A1", 1e-3);
  SetConstant(material, "cure.E1", 0);
  SetConstant(material, "cure.A2", 0.02);
  SetConstant(material, "cure.E2", 0);
  SetConstant(material, "cure.m", 1);
  SetConstant(material, "cure.n", 1);
  for (int i = 0; i < 4; i++) {
    const double grown = exp(0.021 * t[i]), exact = (grown - 1) / (grown + 20);
    const double found = Cure(&point, 400, t[i] - (i ? t[i - 1] : 0));

    ck_assert_msg(fabs(found - exact) < 1e-8, "%g s: %.12g %.12g", t[i], found, exact);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Heated up in one span, and cold at its start. */
START_TEST(cure_on_a_ramp)
{
  PltMaterial  material = NewGlassyCure();
  Point        point    = NewPoint(material, 300);
  const double found    = Cure(&point, 440, 1800);
  const double exact    = Follow(&sample, 0, 300, 440, 1800, 200000);

  ck_assert_msg(fabs(found - exact) < 1e-8, "%.12g %.12g", found, exact);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* The reaction comes to rest near the degree that diffusion allows; it goes on when heated. */
START_TEST(cure_by_diffusion)
{
  Kinetics    k        = sample;
  PltMaterial material = NewGlassyCure();
  Point       point    = NewPoint(material, 400);
  double      found, exact;

  SetConstant(material, "cure.diffusion", k.C = 40);
  SetConstant(material, "cure.diffusion_degree", k.ac = -1.2);
  SetConstant(material, "cure.diffusion_slope", k.slope = 5e-3);
  found = Cure(&point, 400, 7200);
  exact = Follow(&k, 0, 400, 400, 7200, 400000);
  ck_assert_msg(fabs(found - exact) < 1e-8, "%.12g %.12g", found, exact);
  ck_assert(found > 0.8 && found < 0.95);
  ck_assert(Cure(&point, 440, 7200) > found + 0.02);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Long, hot spans end, at most fully cured; n below 1 gets there in finite time. */
START_TEST(full_cure_is_the_end)
{
  static const double n[] = {0.3, 0.5, 1, 1.4, 2};

  for (int i = 0; i < 5; i++) {
    PltMaterial material = NewGlassyCure();
    Point       point    = NewPoint(material, 530);
    double      alpha;

    SetConstant(material, "cure.n", n[i]);
    SetConstant(material, "cure.A1", 1e9);
    alpha = Cure(&point, 530, 1e6);
    ck_assert_msg(alpha > 1 - 1e-6 && alpha <= 1, "n %g: %.12g", n[i], alpha);
    ck_assert(Cure(&point, 300, 1e6) <= 1);
    CALL(PltMaterialDestroy(&material));
  }
}
END_TEST

START_TEST(no_time_no_cure)
{
  PltMaterial material = NewGlassyCure();
  Point       point    = NewPoint(material, 440);

  ck_assert(Cure(&point, 500, 0) == 0);
  SetConstant(material, "cure.initial", 0.25);
  point = NewPoint(material, 440);
  ck_assert(point.shared[0] == 0.25);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* ---- what follows from it ---- */

START_TEST(tg_by_dibenedetto)
{
  static const double alpha[]  = {0, 0.25, 0.5, 0.75, 0.9, 1};
  static const double told[]   = {-20, 4.130435, 37.41379, 86.2766, 128.3663, 165};
  PltMaterial         material = NewGlassyCure();

  SetConstant(material, "cure.Tg_uncured", -20 + celsius);
  SetConstant(material, "cure.Tg_cured", 165 + celsius);
  for (int i = 0; i < 6; i++) {
    const double exact = -20 + 185 * 0.45 * alpha[i] / (1 - 0.55 * alpha[i]) + celsius;
    Point        point = NewPoint(material, 300);

    point.shared[0] = alpha[i];
    OpenSpan(&point, 300, 0);
    ck_assert(Near(point.span->shared[1][1], exact, 1e-12));
    ck_assert(fabs(exact - celsius - told[i]) < 1e-4);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* At one temperature: nothing before the gel point, then in proportion. */
START_TEST(shrinkage_counts_from_gel)
{
  PltMaterial material = NewViscoelasticCure();
  Point       point    = NewPoint(material, 400);
  double      sum      = 0;

  for (int i = 0; i < 60; i++) {
    OpenSpan(&point, 400, 60);
    sum += point.span->free[0];
    ck_assert(point.span->free[1] == point.span->free[0] && point.span->free[3] == 0);
    CloseSpan(&point, point.free);
    ck_assert_msg(fabs(sum + 1e-3 * fmax(0, point.shared[0] - 0.4) / 0.6) < 1e-15, "%d: %g", i,
                  sum);
  }
  ck_assert(point.shared[0] > 0.95);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Cooled while it cures, so that Tg and T meet: expansion is that of the state at hand, compared
   with small steps. Tg is taken as linear over pieces of 0.01 in alpha, which misses it by up to
   0.01 K: 2e-7 of strain by the difference of the CTEs. */
START_TEST(expansion_follows_tg)
{
  PltMaterial material = NewGlassyCure();
  double      exact = 0, a = 0;
  const int   n = 100000;

  for (int i = 0; i < n; i++) {
    const double T = 430 - 60. * i / n, next = Follow(&sample, a, T, T - 60. / n, 1800. / n, 1);
    const double middle = (a + next) / 2, Tg = 273.15 + 150 * 0.45 * middle / (1 - 0.55 * middle);

    exact += (T - 30. / n < Tg ? 9e-6 : 30e-6) * -60 / n;
    exact -= 1e-3 * (fmax(0, next - 0.4) - fmax(0, a - 0.4)) / 0.6;
    a = next;
  }
  for (int spans = 1; spans <= 64; spans *= 8) {
    Point  point = NewPoint(material, 430);
    double sum   = 0;

    for (int i = 1; i <= spans; i++) {
      OpenSpan(&point, 430 - 60. * i / spans, 1800. / spans);
      sum += point.span->free[0];
      CloseSpan(&point, point.free);
    }
    ck_assert_msg(fabs(sum - exact) < 2e-7, "%d: %.12g %.12g", spans, sum, exact);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Shear modulus of a span that does not cure, at rest: Adolf and Martin's part of the rubber. */
START_TEST(the_rubber_grows_from_the_gel_point)
{
  static const double alpha[]  = {0, 0.4, 0.41, 0.7, 1};
  PltMaterial         material = NewViscoelasticCure();
  const double        G        = 20e9 / 2.6;

  for (int i = 0; i < 5; i++) {
    const double grown   = pow(fmax(0, (alpha[i] * alpha[i] - 0.16) / 0.84), 8. / 3);
    const double none[6] = {0};
    double       D[6][6], stress[6];
    Point        point = NewPoint(material, 530);

    SetConstant(material, "cure.A1", 1e-15);
    SetConstant(material, "cure.A2", 1e-15);
    point.shared[0] = alpha[i];
    OpenSpan(&point, 530, 1e12);
    Answer(&point, none, NULL, stress, D);
    ck_assert_msg(Near(D[PLT_12][PLT_12], 0.1 * G * fmax(1e-3, grown), 1e-4), "%g: %g", alpha[i],
                  D[PLT_12][PLT_12] / G);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Half cured at T, Tg is 99.75 K below that of the fully cured: it relaxes as that does at
   T + 99.75 K. The references differ in 1 / T below Tg, so above. */
START_TEST(the_shift_follows_tg)
{
  const double down     = 150 - 150 * 0.45 * 0.5 / (1 - 0.275);
  PltMaterial  material = NewViscoelasticCure(), full = NewViscoelastic();
  double       gamma[6] = {0, 0, 0, 0, 0, 1e-3};

  SetConstant(material, "cure.initial", 0.5);
  SetConstant(material, "cure.A1", 1e-12);
  SetConstant(material, "cure.A2", 1e-12);
  for (double above = 0; above < 6; above += 2) {
    Point  a = NewPoint(material, 423.15 + above - down), b = NewPoint(full, 423.15 + above);
    double rubber = 0.1 * 20e9 / 2.6 * 1e-3;

    Lead(&a, a.T, 0, gamma, is_held);
    Lead(&b, b.T, 0, gamma, is_held);
    Lead(&a, a.T, 5, gamma, is_held);
    Lead(&b, b.T, 5, gamma, is_held);
    ck_assert(Near(b.stress[PLT_12] - rubber, a.stress[PLT_12] - rubber * pow(0.09 / 0.84, 8. / 3),
                   1e-9));
  }
  CALL(PltMaterialDestroy(&material));
  CALL(PltMaterialDestroy(&full));
}
END_TEST

/* A film on a rigid carrier, cured at 175 degC for 20 min and cooled to 25 degC in 10, by n spans
   each. Second order, but for the spans in which gel and Tg come. */
static double CureAndCool(PltMaterial material, int n)
{
  const double none[6] = {0};
  Point        point   = NewPoint(material, 448.15);

  for (int i = 1; i <= n; i++) Lead(&point, 448.15, 1200. / n, none, is_film);
  for (int i = 1; i <= n; i++) Lead(&point, 448.15 - 150. * i / n, 600. / n, none, is_film);
  return point.stress[0];
}

START_TEST(a_film_cures_and_cools)
{
  PltMaterial  material = NewViscoelasticCure();
  const double finest   = CureAndCool(material, 12800);
  double       error[3];

  for (int i = 0; i < 3; i++) error[i] = fabs(CureAndCool(material, 100 << i) / finest - 1);
  ck_assert_msg(error[0] < 2e-3 && error[0] > 3.3 * error[1] && error[1] > 3.3 * error[2],
                "%g: %g %g %g", finest, error[0], error[1], error[2]);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

static Suite *CureSuite(void)
{
  Suite *suite = suite_create("cure");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, isothermal_cure);
  tcase_add_test(tests, closed_form_of_first_order);
  tcase_add_test(tests, cure_on_a_ramp);
  tcase_add_test(tests, cure_by_diffusion);
  tcase_add_test(tests, full_cure_is_the_end);
  tcase_add_test(tests, no_time_no_cure);
  tcase_add_test(tests, tg_by_dibenedetto);
  tcase_add_test(tests, shrinkage_counts_from_gel);
  tcase_add_test(tests, expansion_follows_tg);
  tcase_add_test(tests, the_rubber_grows_from_the_gel_point);
  tcase_add_test(tests, the_shift_follows_tg);
  tcase_add_test(tests, a_film_cures_and_cools);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(CureSuite)
