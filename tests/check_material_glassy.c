/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The glassy law by closed forms: cooling, cycles, frozen strain, cure. */
#include "material_polymer.h"

static const double Tg = 423.15, cold = 298.15, hot = 448.15;
static const double none[6] = {0};

static double Bulk(double E, double nu)
{
  return E / (3 * (1 - 2 * nu));
}

static double Shear(double E, double nu)
{
  return E / (2 * (1 + nu));
}

/* Held on all sides, in one span through Tg and in several, from any side. */
START_TEST(a_held_block_cools_through_tg)
{
  const double Kr = Bulk(1e9, 0.45), Kg = Bulk(20e9, 0.3);
  const double exact = 3 * Kr * 30e-6 * (hot - Tg) + 3 * Kg * 9e-6 * (Tg - cold);

  for (int n = 1; n <= 7; n++) {
    PltMaterial material = NewGlassy();
    Point       point    = NewPoint(material, hot);

    for (int i = 1; i <= n; i++) Lead(&point, hot + (cold - hot) * i / n, 60, none, is_held);
    for (int i = 0; i < 3; i++)
      ck_assert_msg(Near(point.stress[i], exact, 1e-13), "%d: %.15g %.15g", n, point.stress[i],
                    exact);
    CALL(PltMaterialDestroy(&material));
  }
}
END_TEST

/* The law asks for a span that ends at Tg; a film is then exact. Its rubber is born at `hot`, and
   in the end S33 = 0 for what rubber and glass make of it together. */
START_TEST(a_film_cools_through_tg)
{
  const double er = 30e-6 * (hot - Tg), eg = 9e-6 * (Tg - cold);
  const double exact    = 1e9 / 0.55 * er + 20e9 / 0.7 * eg;
  PltMaterial  material = NewGlassy();
  Point        point    = NewPoint(material, hot);

  OpenSpan(&point, cold, 60);
  ck_assert(Near(point.span->largest, (hot - Tg) / (hot - cold), 1e-13));
  Lead(&point, hot + point.span->largest * (cold - hot), 10, none, is_film);
  OpenSpan(&point, cold, 50);
  ck_assert(point.span->largest == 1);
  Lead(&point, cold, 50, none, is_film);
  ck_assert_msg(Near(point.stress[0], exact, 1e-12), "%.15g %.15g", point.stress[0], exact);

  point = NewPoint(material, hot); /* in one span: what linear strain across the film costs */
  Lead(&point, cold, 60, none, is_film);
  ck_assert_msg(Near(point.stress[0], exact, 0.1), "%.15g %.15g", point.stress[0], exact);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Ten cycles through Tg: the same stress each time at each temperature, that of a rubber above. */
START_TEST(cycles_do_not_ratchet)
{
  static const double at[]     = {400, 350, 298.15, 360, 420, 440, 448.15};
  PltMaterial         material = NewGlassy();
  Point               point    = NewPoint(material, hot);
  double              first[7];

  for (int cycle = 0; cycle < 10; cycle++) {
    for (int i = 0; i < 7; i++) {
      for (int piece = 0; piece < 2; piece++) { /* the law's own pieces */
        OpenSpan(&point, at[i], 1);
        if (point.span->largest == 1) break;
        Lead(&point, point.T + point.span->largest * (at[i] - point.T), 1, none, is_film);
      }
      Lead(&point, at[i], 1, none, is_film);
      if (cycle == 0) first[i] = point.stress[0];
      ck_assert_msg(fabs(point.stress[0] - first[i]) < 1e-12 * 20e9 * 1e-3, "cycle %d, %g K: %g",
                    cycle, at[i], point.stress[0] - first[i]);
    }
    ck_assert(fabs(point.stress[0]) < 1);
    ck_assert(Near(first[1] - first[0], 20e9 / 0.7 * 9e-6 * 50, 1e-9)); /* a glass below Tg */
    ck_assert(Near(first[2] - first[1], 20e9 / 0.7 * 9e-6 * (350 - cold), 1e-9));
    ck_assert(Near(first[3] - first[2], -20e9 / 0.7 * 9e-6 * (360 - cold), 1e-9));
  }
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Strain of the rubber is frozen in, with its stress; unloaded as a glass, most of it stays;
   melted, the rubber springs back. */
START_TEST(strain_freezes)
{
  const double Gr = Shear(1e9, 0.45), Gg = Shear(20e9, 0.3);
  double       gamma[6] = {0, 0, 0, 0, 0, 1e-2};
  PltMaterial  material = NewGlassy();
  Point        point    = NewPoint(material, hot);

  Lead(&point, hot, 1, gamma, is_held);
  ck_assert(Near(point.stress[PLT_12], Gr * 1e-2, 1e-13));
  Lead(&point, cold, 60, gamma, is_held);
  ck_assert(Near(point.stress[PLT_12], Gr * 1e-2, 1e-13)); /* a total form has Gg here */
  gamma[PLT_12] -= Gr / Gg * 1e-2;
  Lead(&point, cold, 1, gamma, is_held);
  ck_assert(fabs(point.stress[PLT_12]) < 1e-9 * Gr * 1e-2);
  Lead(&point, hot, 60, gamma, is_held);
  ck_assert(Near(point.stress[PLT_12], Gr * gamma[PLT_12], 1e-13));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* The rubber's own Poisson's ratio is the glass's if it is not given. */
START_TEST(nu_rubber_is_nu)
{
  PltMaterial material = NewGlassy();
  double      C[6][6], S[6][6];

  GetCompliance(material, Tg, S);
  ck_assert(Near(1 / S[0][0], 1e9, 1e-12));
  ck_assert(Near(-S[0][1] * 1e9, 0.45, 1e-12));
  GetCompliance(material, Tg - 1e-9, S);
  ck_assert(Near(1 / S[0][0], 20e9, 1e-12));
  CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, "nu_rubber")]));
  CALL(PltMaterialStiffness(material, Tg + 1, C));
  ck_assert(Near(C[PLT_12][PLT_12], 1e9 / 2.6, 1e-14));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Time plays no part without cure. */
START_TEST(rates_play_no_part)
{
  PltMaterial material = NewGlassy();
  double      stress[3];

  for (int i = 0; i < 3; i++) {
    Point point = NewPoint(material, hot);

    Lead(&point, cold, (double[]){0, 1, 1e6}[i], none, is_film);
    stress[i] = point.stress[0];
  }
  ck_assert(stress[0] == stress[1] && stress[1] == stress[2]);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* ---- with cure ---- */

/* Adolf and Martin, and the thousandth that a liquid keeps. */
static double Rubber(double alpha)
{
  return fmax(1e-3, pow(fmax(0, (alpha * alpha - 0.16) / 0.84), 8. / 3));
}

/* Sheared in proportion to cure, above Tg: the integral of the modulus, of second order. */
START_TEST(new_links_form_free_of_stress)
{
  const double Gr = Shear(1e9, 0.45);
  double       error[3];

  for (int i = 0; i < 3; i++) {
    PltMaterial material = NewGlassyCure();
    Point       point    = NewPoint(material, 448.15);
    double      gamma[6] = {0}, exact = 0, end;
    const int   n = 50 << i;

    for (int k = 1; k <= n; k++) { /* ever longer spans, as cure slows down */
      OpenSpan(&point, 448.15, 1000. * (2 * k - 1) / (n * n));
      gamma[PLT_12] = 1e-3 * point.span->shared[1][0];
      CloseSpan(&point, gamma);
    }
    end = point.shared[0];
    ck_assert(end > 0.95);
    for (int k = 0; k < 20000; k++) exact += Rubber(end * (k + 0.5) / 20000) * end / 20000;
    error[i] = fabs(point.stress[PLT_12] / (1e-3 * Gr * exact) - 1);
    CALL(PltMaterialDestroy(&material));
  }
  ck_assert_msg(error[0] < 1e-2 && error[0] > 3.4 * error[1] && error[1] > 3.4 * error[2],
                "%g %g %g", error[0], error[1], error[2]);
}
END_TEST

/* A resin held at 125 degC turns to glass when its Tg, 150 degC in the end, gets there: modulus and
   stress of what shrinks after that. */
START_TEST(cure_turns_a_rubber_to_glass)
{
  PltMaterial  material = NewGlassyCure();
  Point        point    = NewPoint(material, 398.15);
  const double Kr = Bulk(1e9, 0.45), Kg = Bulk(20e9, 0.3);
  double       at = 0, exact, D[6][6];

  for (double low = 0, high = 1; high - low > 1e-14;) { /* alpha where Tg is 398.15 K */
    at = (low + high) / 2;
    if (273.15 + 150 * 0.45 * at / (1 - 0.55 * at) < 398.15) low = at;
    else high = at;
  }
  Lead(&point, 398.15, 3600, none, is_held);
  ck_assert(point.shared[0] > at);
  exact = 3 * Kr * 1e-3 * (at - 0.4) / 0.6 + 3 * Kg * 1e-3 * (point.shared[0] - at) / 0.6;
  ck_assert_msg(Near(point.stress[0], exact, 2e-4), "%.15g %.15g", point.stress[0], exact);
  OpenSpan(&point, 398.15, 0);
  Answer(&point, none, NULL, point.stress, D);
  ck_assert(Near(D[PLT_12][PLT_12], Shear(20e9, 0.3), 1e-12));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

static Suite *GlassySuite(void)
{
  Suite *suite = suite_create("glassy");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, a_held_block_cools_through_tg);
  tcase_add_test(tests, a_film_cools_through_tg);
  tcase_add_test(tests, cycles_do_not_ratchet);
  tcase_add_test(tests, strain_freezes);
  tcase_add_test(tests, nu_rubber_is_nu);
  tcase_add_test(tests, rates_play_no_part);
  tcase_add_test(tests, new_links_form_free_of_stress);
  tcase_add_test(tests, cure_turns_a_rubber_to_glass);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(GlassySuite)
