/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Generalised Maxwell model: closed forms of relaxation, reduced time, order in dt. */
#include "material_point.h"

static const double celsius = 273.15;

/* Branches of E(t), constant nu. */
static PltMaterial NewSeries(double E, double nu, int n, const double tau[], const double part[])
{
  PltMaterial material = NewMaterial("viscoelastic", "emc");

  SetConstant(material, "E", E);
  SetConstant(material, "nu", nu);
  SetConstant(material, "cte", 9e-6);
  SetTable(material, "young", n, tau, part);
  return material;
}

static void SetShift(PltMaterial material, double reference, double C1, double C2, double low,
                     double high)
{
  SetConstant(material, "shift.reference", reference);
  SetConstant(material, "shift.C1", C1);
  SetConstant(material, "shift.C2", C2);
  SetConstant(material, "shift.lowest", low);
  SetConstant(material, "shift.highest", high);
}

static const double tau2[2] = {1, 10}, part2[2] = {0.3, 0.4};

/* ---- relaxation ---- */

START_TEST(a_step_of_strain_relaxes_by_the_series)
{
  static const double t[]      = {0, 0.5, 1, 5, 10, 50};
  static const double told[]   = {10, 8.62451, 7.722988, 5.446336, 4.471654, 3.026952};
  PltMaterial         material = NewSeries(1000, 0.3, 2, tau2, part2);
  Point               point    = NewPoint(material, 300);
  double              now      = 0;

  for (int i = 0; i < 6; i++) {
    const double exact = 10 * (0.3 + 0.3 * exp(-t[i]) + 0.4 * exp(-t[i] / 10));
    const double found = LeadBar(&point, 300, t[i] - now, 0.01);

    ck_assert_msg(Near(found, exact, 1e-13), "%.15g %.15g", found, exact);
    ck_assert(Near(found, told[i], 1e-6));
    now = t[i];
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Exact in steps of any size. */
START_TEST(a_constant_rate_of_strain)
{
  static const double t[] = {1, 5, 10}, told[] = {0.8702865, 3.371856, 5.828469};
  PltMaterial         material = NewSeries(1000, 0.3, 2, tau2, part2);
  Point               point    = NewPoint(material, 300);
  double              now      = 0;

  for (int i = 0; i < 3; i++) {
    const double exact =
        0.3 * t[i] + 0.3 * (1 - exp(-t[i])) + 4 * (1 - exp(-t[i] / 10)); /* rate 1e-3, E 1000 */
    const double found = LeadBar(&point, 300, t[i] - now, 1e-3 * t[i]);

    ck_assert_msg(Near(found, exact, 1e-13), "%.15g %.15g", found, exact);
    ck_assert(Near(found, told[i], 1e-6));
    now = t[i];
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* A film whose shear alone relaxes: by Laplace, M(s) = 18 K G(s) / (3 K + 4 G(s)) is a series of
   one branch with M0 = 18 K G0 / (3 K + 4 G0), M_inf the same of G_inf, and the time of relaxation
   tau (3 K + 4 G0) / (3 K + 4 G_inf). Strain across the film is not linear in time: of second
   order; 200 steps a decade. */
START_TEST(a_film_whose_shear_relaxes)
{
  static const double t[]    = {0, 1, 10, 100, 1000, 10000};
  static const double told[] = {28.8, 28.64498, 27.29352, 17.31321, 4.540376, 4.5};
  const double        K = 16000, G = 8000, M0 = 18 * K * G / (3 * K + 4 * G),
               M1   = 18 * K * 0.1 * G / (3 * K + 0.4 * G);
  const double rate = (3 * K + 0.4 * G) / (3 * K + 4 * G) / 100, total[6] = {1e-3, 1e-3};
  const double tau = 100, part = 0.9;
  PltMaterial  material = NewMaterial("viscoelastic", "film");
  Point        point;
  double       now = 0;

  SetConstant(material, "E", 9 * K * G / (3 * K + G));
  SetConstant(material, "nu", (3 * K - 2 * G) / (6 * K + 2 * G));
  SetConstant(material, "cte", 9e-6);
  SetTable(material, "shear", 1, &tau, &part);
  point = NewPoint(material, 300);
  Lead(&point, 300, 0, total, is_film);
  for (int i = 0; i < 6; i++) {
    const double exact = 1e-3 * (M1 + (M0 - M1) * exp(-rate * t[i]));

    while (now < t[i]) {
      const double next = fmin(t[i], now < 0.1 ? 0.1 : now * 1.0116);

      Lead(&point, 300, next - now, total, is_film);
      now = next;
    }
    ck_assert_msg(Near(point.stress[0], exact, 1e-5), "%.15g %.15g", point.stress[0], exact);
    ck_assert_msg(Near(point.stress[0], told[i], 1e-5), "%.15g %.15g", point.stress[0], told[i]);
    ck_assert(Near(point.stress[0], point.stress[1], 1e-12));
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Bulk and shear each by their own series: stress of a held strain with both parts. */
START_TEST(bulk_relaxes_by_its_own_series)
{
  const double tau_g = 2, g = 0.6, tau_k = 30, k = 0.25, E = 1000, nu = 0.25;
  const double G = E / 2.5, K = E / 1.5, total[6] = {1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3};
  PltMaterial  material = NewMaterial("viscoelastic", "emc");
  Point        point;

  SetConstant(material, "E", E);
  SetConstant(material, "nu", nu);
  SetConstant(material, "cte", 9e-6);
  SetTable(material, "shear", 1, &tau_g, &g);
  SetTable(material, "bulk", 1, &tau_k, &k);
  point = NewPoint(material, 300);
  Lead(&point, 300, 0, total, is_held);
  Lead(&point, 300, 5, total, is_held);
  for (int i = 0; i < 6; i++) {
    const double Gt = G * (1 - g + g * exp(-2.5)), Kt = K * (1 - k + k * exp(-1. / 6));
    const double exact = i < 3 ? 2 * Gt * (total[i] - 2e-3) + Kt * 6e-3 : Gt * total[i];

    ck_assert_msg(Near(point.stress[i], exact, 1e-13), "%d: %.15g %.15g", i, point.stress[i],
                  exact);
  }
  ck_assert_int_eq(PltMaterialStates(material), 6 + 6 + 1);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Twenty branches in both series have room in a span; far out they have all relaxed. */
START_TEST(twenty_branches_fit)
{
  double tau[20], part[20];

  for (int i = 0; i < 20; i++) {
    tau[i]  = pow(10, i - 8);
    part[i] = 0.049;
  }
  {
    PltMaterial material = NewSeries(2e10, 0.3, 20, tau, part);
    Point       point    = NewPoint(material, 300);

    ck_assert_int_eq(PltMaterialStates(material), 146);
    ck_assert(Near(LeadBar(&point, 300, 0, 1e-3), 2e7, 1e-13));
    ck_assert(Near(LeadBar(&point, 300, 1e16, 1e-3), 0.02 * 2e7, 1e-10));
    CALL(PltMaterialDestroy(&material));
  }
}
END_TEST

/* ---- reduced time ---- */

/* xi / tau, read from a branch of 0.9 that relaxes by exp(-xi / tau). */
static double ReducedTime(PltMaterial material, double T0, double T1, double dt, int n)
{
  Point  point = NewPoint(material, T0);
  double first, last = 0;

  first = LeadBar(&point, T0, 0, 1e-3);
  for (int i = 1; i <= n; i++) {
    OpenSpan(&point, T0 + (T1 - T0) * i / n, dt / n);
    last =
        LeadBar(&point, T0 + (T1 - T0) * i / n, dt / n, 1e-3 + point.span->free[0] + point.free[0]);
  }
  return -log((last / first - 0.1) / 0.9);
}

START_TEST(wlf_by_the_value)
{
  const double tau = 1e4, part = 0.9;
  PltMaterial  material = NewSeries(1e9, 0.3, 1, &tau, &part);
  double       xi;

  SetShift(material, 120 + celsius, 17.44, 51.6, 80 + celsius, 260 + celsius);
  xi = 1e4 * ReducedTime(material, 130 + celsius, 130 + celsius, 1, 1);
  ck_assert_msg(Near(log10(xi), 2.831169, 1e-6), "%.10g", log10(xi));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Of second order in the span, and right. */
START_TEST(wlf_over_a_ramp)
{
  const double tau = 1e4, part = 0.9;
  PltMaterial  material = NewSeries(1e9, 0.3, 1, &tau, &part);
  double       error[3];

  SetShift(material, 120 + celsius, 17.44, 51.6, 80 + celsius, 260 + celsius);
  for (int i = 0; i < 3; i++) {
    const double xi = 1e4 * ReducedTime(material, 120 + celsius, 130 + celsius, 100, 4 << i);

    error[i] = fabs(xi / 11722.82 - 1);
  }
  ck_assert_msg(error[0] / error[1] > 3.5 && error[1] / error[2] > 3.3, "%g %g %g", error[0],
                error[1], error[2]);
  {
    const double xi = 1e4 * ReducedTime(material, 120 + celsius, 130 + celsius, 100, 400);

    ck_assert_msg(Near(xi, 11722.82, 1e-6), "%.10g", xi);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Arrhenius below the reference: the value at one temperature, no jump at the reference, no
   singularity at the pole of WLF, a cut at 1e40. */
START_TEST(arrhenius_below_the_reference)
{
  const double tau = 1, part = 0.9, H = 200e3, R = 8.314462618, Tr = 150 + celsius;
  PltMaterial  material = NewSeries(1e9, 0.3, 1, &tau, &part);
  double       a;

  SetShift(material, Tr, 17.4, 51.6, -269 + celsius, 260 + celsius);
  SetConstant(material, "shift.activation", H);
  for (double T = Tr - 40; T < Tr; T += 10) {
    const double exact = exp(H / R * (1 / T - 1 / Tr));
    Point        point = NewPoint(material, T);

    LeadBar(&point, T, 0, 1e-3);
    a = LeadBar(&point, T, exact, 1e-3) / 1e6; /* x is then 1 */
    ck_assert_msg(Near(a, 0.1 + 0.9 * exp(-1), 1e-12), "%g: %.15g", T, a);
  }
  {
    const double below = ReducedTime(material, Tr - 1e-9, Tr - 1e-9, 1, 1),
                 above = ReducedTime(material, Tr + 1e-9, Tr + 1e-9, 1, 1);

    ck_assert(Near(below, above, 1e-7));
  }
  for (double T = Tr - 51.6 - 1; T < Tr - 50; T += 0.1) {
    Point point = NewPoint(material, T);

    ck_assert(Near(LeadBar(&point, T, 1, 1e-3), 1e6, 1e-3));
  }
  {
    Point point = NewPoint(material, 5);

    ck_assert(Near(LeadBar(&point, 5, 1e37, 1e-3), 1e6, 1e-3)); /* 1e-3 of 1e40 */
    ck_assert(LeadBar(&point, 5, 1e42, 1e-3) < 0.11e6);
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* ---- a cooldown ---- */

static PltMaterial NewCooled(void)
{
  static const double tau[] = {1, 100}, part[] = {0.5, 0.3};
  PltMaterial         material = NewSeries(20000, 0.3, 2, tau, part);

  SetShift(material, 120 + celsius, 17.44, 51.6, 75 + celsius, 260 + celsius);
  return material;
}

/* A bar held at both ends, 150 to 90 degC in 120 s, by n steps. */
static double Cooldown(PltMaterial material, int n)
{
  Point  point  = NewPoint(material, 150 + celsius);
  double stress = 0;

  for (int i = 1; i <= n; i++) stress = LeadBar(&point, 150 + celsius - 60. * i / n, 120. / n, 0);
  return stress;
}

/* Value by fine quadrature of the hereditary integral. */
START_TEST(a_constrained_cooldown_is_of_second_order)
{
  PltMaterial material = NewCooled();
  double      finest   = Cooldown(material, 12800), error[4];

  ck_assert_msg(Near(finest, 6.553063, 2e-6), "%.10g", finest);
  for (int i = 0; i < 4; i++) error[i] = fabs(Cooldown(material, 60 << i) - finest);
  for (int i = 0; i < 3; i++)
    ck_assert_msg(log2(error[i] / error[i + 1]) > 1.8, "%g %g %g %g", error[0], error[1], error[2],
                  error[3]);
  ck_assert_msg(error[0] < 2e-3 * finest, "%g", error[0]); /* steps of 1 K */
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* The same by the length the law asks for. */
START_TEST(the_law_asks_for_short_spans)
{
  PltMaterial material = NewCooled();
  Point       point    = NewPoint(material, 150 + celsius);
  double      t = 0, dt = 120;
  int         n = 0, tries = 0;

  while (t < 120 * (1 - 1e-12)) {
    const double length = fmin(dt, 120 - t), T = 150 + celsius - 0.5 * (t + length);

    OpenSpan(&point, T, length);
    ck_assert(point.span->largest > 0 && point.span->largest <= 1);
    ck_assert_int_lt(++tries, 1000);
    if (point.span->largest < 1) {
      dt = length * point.span->largest;
      continue;
    }
    LeadBar(&point, T, length, 0);
    t += length;
    n++;
    dt = 2 * length;
  }
  ck_assert_msg(Near(point.stress[0], 6.553063, 5e-3), "%g in %d steps", point.stress[0], n);
  ck_assert_msg(n > 20 && n < 100, "%d", n);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Cold, where nothing moves, hot, where all has relaxed, or without time: any span will do. */
START_TEST(long_spans_where_nothing_happens)
{
  PltMaterial material = NewCooled();
  Point       point;

  SetConstant(material, "shift.activation", 300e3);
  SetConstant(material, "shift.lowest", 200);
  point = NewPoint(material, 300);
  OpenSpan(&point, 220, 1);
  ck_assert(point.span->largest == 1);
  point = NewPoint(material, 480);
  OpenSpan(&point, 500, 3600);
  ck_assert(point.span->largest == 1);
  point = NewPoint(material, 500);
  OpenSpan(&point, 250, 0);
  ck_assert(point.span->largest == 1);
  OpenSpan(&point, 250, 600);
  ck_assert(point.span->largest < 0.1);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

START_TEST(the_range_of_the_shift_bounds_the_material)
{
  PltMaterial material = NewCooled();
  const char *key      = NULL;
  double      range[2];

  ck_assert(PltMaterialCovers(material, 400, &key, range));
  ck_assert(!PltMaterialCovers(material, 300, &key, range));
  ck_assert_str_eq(key, "shift");
  ck_assert(range[0] == 75 + celsius && range[1] == 260 + celsius);
  ck_assert(!PltMaterialCovers(material, 540, &key, range));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

static Suite *ViscoelasticSuite(void)
{
  Suite *suite = suite_create("viscoelastic");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, a_step_of_strain_relaxes_by_the_series);
  tcase_add_test(tests, a_constant_rate_of_strain);
  tcase_add_test(tests, a_film_whose_shear_relaxes);
  tcase_add_test(tests, bulk_relaxes_by_its_own_series);
  tcase_add_test(tests, twenty_branches_fit);
  tcase_add_test(tests, wlf_by_the_value);
  tcase_add_test(tests, wlf_over_a_ramp);
  tcase_add_test(tests, arrhenius_below_the_reference);
  tcase_add_test(tests, a_constrained_cooldown_is_of_second_order);
  tcase_add_test(tests, the_law_asks_for_short_spans);
  tcase_add_test(tests, long_spans_where_nothing_happens);
  tcase_add_test(tests, the_range_of_the_shift_bounds_the_material);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(ViscoelasticSuite)
