/* TEST np=1 timeout=30 */
/* SPDX-License-Identifier: BSD-2-Clause
   Metal that is traces along x, traces along y, planes and bare places at once: the reference of
   traces along x, limits, closed forms of a Hill mean, symmetry. */
#include "material_sample.h"

static PltMaterial copper, polyimide, layer;

static void Setup(void)
{
  copper    = NewIsotropic("copper", 117e9, 0.34, 17e-6);
  polyimide = NewIsotropic("polyimide", 3.5e9, 0.34, 45e-6);
  layer     = NewTraces(copper, polyimide, 0.99, 'y'); /* its own numbers do not count */
  SetConstant(copper, "density", 8900);
  SetConstant(polyimide, "density", 1400);
}

static void Teardown(void)
{
  CALL(PltMaterialDestroy(&layer));
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&polyimide));
}

/* Ex Ey nuxy Gxy ctex ctey of a mixture. */
static void GetMixture(double x, double y, double plane, double found[6])
{
  const double share[PLT_METAL_KINDS] = {x, y, plane};
  double       C[6][6], strain[6];
  PetscBool    positive;

  CALL(PltTracesStiffness(layer, share, 300, C));
  CALL(PltTracesExpansion(layer, share, 300, 310, strain));
  CALL(PltInvert6(C, &positive));
  ck_assert(positive);
  found[0] = 1 / C[PLT_11][PLT_11];
  found[1] = 1 / C[PLT_22][PLT_22];
  found[2] = -C[PLT_11][PLT_22] * found[0];
  found[3] = 1 / C[PLT_12][PLT_12];
  found[4] = strain[PLT_11] / 10;
  found[5] = strain[PLT_22] / 10;
}

/* rdl_rank1_traces_along_x: the exact plane-stress laminate, seven digits. */
START_TEST(traces_along_x_are_the_exact_laminate)
{
  static const double exact[3][7] = {
      {0.2, 26200e6, 4806.015e6, 0.34, 1620.345e6, 1.999237e-05, 4.59986e-05},
      {0.5, 60250e6, 7573.404e6, 0.34, 2536.075e6, 1.781328e-05, 3.548349e-05},
      {0.8, 94300e6, 17297.99e6, 0.34, 5832.004e6, 1.720785e-05, 2.443333e-05}};

  for (int k = 0; k < 3; k++) {
    double found[6];

    GetMixture(exact[k][0], 0, 0, found);
    for (int i = 0; i < 6; i++)
      ck_assert_msg(Near(found[i], exact[k][i + 1], 1e-6), "%g, %d: %.9g", exact[k][0], i,
                    found[i]);
  }
}
END_TEST

/* A ply of one fraction and one direction everywhere, to the bit. */
START_TEST(mixtures_of_one_kind_are_those_of_the_law)
{
  static const struct {
    char   direction;
    double x, y, plane;
  } same[] = {{'x', 0.4, 0, 0}, {'y', 0, 0.4, 0}, {'m', 0.2, 0.2, 0}, {'p', 0, 0, 0.4}};

  for (int k = 0; k < 4; k++) {
    const double share[PLT_METAL_KINDS] = {same[k].x, same[k].y, same[k].plane};
    PltMaterial  law                    = NewTraces(copper, polyimide, 0.4, same[k].direction);
    double       A[6][6], B[6][6], a[6], b[6];

    CALL(PltMaterialStiffness(law, 300, A));
    CALL(PltTracesStiffness(layer, share, 300, B));
    CALL(PltMaterialExpansion(law, 300, 400, a));
    CALL(PltTracesExpansion(layer, share, 300, 400, b));
    ck_assert(!memcmp(A, B, sizeof A) && !memcmp(a, b, sizeof a));
    ck_assert(Near(PltTracesDensity(layer, share), PltMaterialDensity(law), 1e-15));
    CALL(PltMaterialDestroy(&law));
  }
}
END_TEST

/* All plane is copper, nothing is the matrix, and traces that fill all are copper. */
START_TEST(pure_places)
{
  static const double share[][PLT_METAL_KINDS] = {{0, 0, 1}, {0.3, 0.7, 0}, {1, 0, 0}, {0, 0, 0}};

  for (int k = 0; k < 4; k++) {
    const PltMaterial pure = k < 3 ? copper : polyimide;
    double            A[6][6], B[6][6], a[6], b[6];

    CALL(PltMaterialStiffness(pure, 300, A));
    CALL(PltTracesStiffness(layer, share[k], 300, B));
    CALL(PltMaterialExpansion(pure, 300, 400, a));
    CALL(PltTracesExpansion(layer, share[k], 300, 400, b));
    ck_assert(!memcmp(A, B, sizeof A) && !memcmp(a, b, sizeof a));
  }
}
END_TEST

/* Near a limit the mixture is near it: a millionth of copper, or of bare places. */
START_TEST(nearly_pure_places)
{
  static const double share[][PLT_METAL_KINDS] = {
      {0, 0, 1 - 1e-6}, {5e-7, 0, 1 - 1e-6}, {1e-6, 1e-6, 0}, {0, 1e-6, 1e-6}};

  for (int k = 0; k < 4; k++) {
    double A[6][6], B[6][6];

    CALL(PltMaterialStiffness(k < 2 ? copper : polyimide, 300, A));
    CALL(PltTracesStiffness(layer, share[k], 300, B));
    for (int i = 0; i < 6; i++)
      for (int j = 0; j < 6; j++) ck_assert(Near(A[i][j], B[i][j], 1e-3));
  }
}
END_TEST

/* Planes and bare places of one Poisson's ratio: Q is E times one matrix, so all averages are those
   of E, and the CTE is a quotient of them. */
START_TEST(planes_and_bare_places_are_a_hill_mean)
{
  const double w = 0.3, E1 = 117e9, E2 = 3.5e9, a1 = 17e-6, a2 = 45e-6;
  const double voigt = w * E1 + (1 - w) * E2, reuss = 1 / (w / E1 + (1 - w) / E2);
  const double E   = (voigt + reuss) / 2;
  const double cte = (w * E1 * a1 + (1 - w) * E2 * a2 + reuss * (w * a1 + (1 - w) * a2)) / (2 * E);
  double       found[6];

  GetMixture(0, 0, w, found);
  ck_assert(Near(found[0], E, 1e-12) && Near(found[1], E, 1e-12) && Near(found[2], 0.34, 1e-12));
  ck_assert(Near(found[3], E / 2.68, 1e-12));
  ck_assert(Near(found[4], cte, 1e-12) && Near(found[5], cte, 1e-12));
}
END_TEST

/* The Hill mean of all patches by hand: the laminate of density f = (x + y) / (1 - plane) along x
   and y, and copper; of Gxy, which turning does not change, in closed form. */
START_TEST(weights_of_patches)
{
  const double x = 0.3, y = 0.1, plane = 0.2, f = (x + y) / (1 - plane);
  const double bounds[2] = {3.5e9, 117e9};
  double       found[6], traces[6], only[6];

  GetMixture(x, y, plane, found);
  GetMixture(f, 0, 0, traces);
  GetMixture(0, 0, 1, only);
  ck_assert(Near(found[3],
                 (plane * only[3] + (1 - plane) * traces[3] +
                  1 / (plane / only[3] + (1 - plane) / traces[3])) /
                     2,
                 1e-12));
  for (int i = 0; i < 2; i++) ck_assert(found[i] > bounds[0] && found[i] < bounds[1]);
  ck_assert(found[0] > found[1] && found[4] < found[5]); /* most traces run along x */
}
END_TEST

/* x and y exchanged: so are 1 and 2, 23 and 13. */
START_TEST(directions_may_be_exchanged)
{
  static const int    turned[6]          = {PLT_22, PLT_11, PLT_33, PLT_13, PLT_23, PLT_12};
  static const double a[PLT_METAL_KINDS] = {0.35, 0.1, 0.15}, b[] = {0.1, 0.35, 0.15};
  double              A[6][6], B[6][6], ea[6], eb[6];

  CALL(PltTracesStiffness(layer, a, 300, A));
  CALL(PltTracesStiffness(layer, b, 300, B));
  CALL(PltTracesExpansion(layer, a, 300, 430, ea));
  CALL(PltTracesExpansion(layer, b, 300, 430, eb));
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) {
      ck_assert(Near(A[i][j], B[turned[i]][turned[j]], 1e-14));
      ck_assert(A[i][j] == A[j][i]);
    }
    ck_assert(Near(ea[i], eb[turned[i]], 1e-14));
  }
}
END_TEST

/* A matrix that softens: the expansion adds up along any path. */
START_TEST(expansion_adds_up)
{
  static const double share[PLT_METAL_KINDS] = {0.2, 0.15, 0.25};
  PltMaterial         mold = NewMold(), soft = NewTraces(copper, mold, 0, 'x');
  double              there[6], on[6], all[6];

  CALL(PltTracesExpansion(soft, share, 300, 411, there));
  CALL(PltTracesExpansion(soft, share, 411, 450, on));
  CALL(PltTracesExpansion(soft, share, 300, 450, all));
  for (int i = 0; i < 3; i++) ck_assert(Near(there[i] + on[i], all[i], 1e-9));
  CALL(PltMaterialDestroy(&soft));
  CALL(PltMaterialDestroy(&mold));
}
END_TEST

static Suite *MixSuite(void)
{
  Suite *suite = suite_create("mix");
  TCase *tests = tcase_create("all");

  tcase_add_checked_fixture(tests, Setup, Teardown);
  tcase_add_test(tests, traces_along_x_are_the_exact_laminate);
  tcase_add_test(tests, mixtures_of_one_kind_are_those_of_the_law);
  tcase_add_test(tests, pure_places);
  tcase_add_test(tests, nearly_pure_places);
  tcase_add_test(tests, planes_and_bare_places_are_a_hill_mean);
  tcase_add_test(tests, weights_of_patches);
  tcase_add_test(tests, directions_may_be_exchanged);
  tcase_add_test(tests, expansion_adds_up);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(MixSuite)
