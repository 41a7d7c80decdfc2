/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Homogenised traces against numbers found another way: the two phases' strains are the unknowns of
   a linear system (equal strain along, equal stress across, given mean strain), solved in rational
   arithmetic. */
#include "material_sample.h"

typedef struct {
  double fraction;
  char   direction;
  double Ex, Ey, nuxy, Gxy, ctex, ctey;
} Reference;

/* Ex Ey nuxy Gxy ctex ctey of a material; the in-plane part of the compliance is that of plane
   stress. */
static void GetInPlane(PltMaterial material, double value[6])
{
  double S[6][6], cte[6];

  GetCompliance(material, 300, S);
  CALL(PltMaterialExpansion(material, 299.5, 300.5, cte));
  value[0] = 1 / S[PLT_11][PLT_11];
  value[1] = 1 / S[PLT_22][PLT_22];
  value[2] = -S[PLT_11][PLT_22] / S[PLT_11][PLT_11];
  value[3] = 1 / S[PLT_12][PLT_12];
  value[4] = cte[PLT_11];
  value[5] = cte[PLT_22];
}

/* 1e-12: the references are printed with 13 digits, matrices of condition 1e2 lose two. */
static void CompareWith(const Reference *r, PltMaterial metal, PltMaterial matrix)
{
  PltMaterial  traces      = NewTraces(metal, matrix, r->fraction, r->direction);
  const double expected[6] = {r->Ex, r->Ey, r->nuxy, r->Gxy, r->ctex, r->ctey};
  double       found[6];

  GetInPlane(traces, found);
  for (int i = 0; i < 6; i++)
    ck_assert_msg(Near(found[i], expected[i], 1e-12), "%g %c, entry %d: %.13g, not %.13g",
                  r->fraction, r->direction, i, found[i], expected[i]);
  CALL(PltMaterialDestroy(&traces));
}

/* Copper 117 GPa, 17 ppm/K in polyimide 3.5 GPa, 45 ppm/K, Poisson's ratio 0.34 both. */
static const Reference copper_in_polyimide[] = {
    {0.2, 'x', 26200000000, 4806015284.685, 0.34, 1620344723.889, 1.999236641221e-05,
     4.599859541985e-05},
    {0.2, 'y', 4806015284.685, 26200000000, 0.06236813728217, 1620344723.889, 4.599859541985e-05,
     1.999236641221e-05},
    {0.2, 'm', 11892525535.62, 11892525535.62, 0.10540181844, 1620344723.889, 2.765055946746e-05,
     2.765055946746e-05},
    {0.5, 'x', 60250000000, 7573404282.578, 0.34, 2536074812.659, 1.78132780083e-05,
     3.548348547718e-05},
    {0.5, 'm', 23834396967.26, 23834396967.26, 0.07593123592995, 2536074812.659, 2.207090165243e-05,
     2.207090165243e-05},
    {0.8, 'x', 94300000000, 17297986310.91, 0.34, 5832004101.629, 1.720784729586e-05,
     2.443333191941e-05},
    {0.8, 'm', 42804013664.47, 42804013664.47, 0.10540181844, 5832004101.629, 1.933557431652e-05,
     1.933557431652e-05},
};

START_TEST(traces_of_isotropic_phases)
{
  PltMaterial copper    = NewIsotropic("copper", 117e9, 0.34, 17e-6);
  PltMaterial polyimide = NewIsotropic("polyimide", 3.5e9, 0.34, 45e-6);

  for (size_t i = 0; i < sizeof(copper_in_polyimide) / sizeof(*copper_in_polyimide); i++)
    CompareWith(&copper_in_polyimide[i], copper, polyimide);
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&polyimide));
}
END_TEST

static const double metal_ply[12]  = {120e9, 80e9, 100e9, 0.3,   0.25,  0.2,
                                      30e9,  35e9, 25e9,  16e-6, 18e-6, 17e-6};
static const double matrix_ply[12] = {6e9,   4e9,   3e9,   0.35,  0.3,   0.4,
                                      1.5e9, 1.2e9, 1.1e9, 30e-6, 50e-6, 70e-6};

static const Reference ply_in_ply[] = {
    {0.35, 'x', 45900000000, 6420533397.352, 0.3325, 2247191011.236, 1.718954248366e-05,
     4.158947712418e-05},
    {0.35, 'y', 9630800096.028, 30600000000, 0.06976559982417, 2247191011.236, 2.935063180828e-05,
     2.071895424837e-05},
    {0.35, 'm', 21936237709.07, 14624158472.71, 0.11533206892, 2247191011.236, 2.105408481432e-05,
     2.706749472693e-05},
};

START_TEST(traces_of_orthotropic_phases)
{
  PltMaterial metal  = NewOrthotropic("metal", metal_ply);
  PltMaterial matrix = NewOrthotropic("matrix", matrix_ply);

  for (size_t i = 0; i < 3; i++) CompareWith(&ply_in_ply[i], metal, matrix);
  CALL(PltMaterialDestroy(&metal));
  CALL(PltMaterialDestroy(&matrix));
}
END_TEST

/* No metal is the matrix, all metal the metal, to the bit, in any direction. */
START_TEST(pure_phases)
{
  PltMaterial copper = NewIsotropic("copper", 117e9, 0.34, 17e-6), mold = NewMold();

  for (const char *direction = "xym"; *direction; direction++) {
    for (int all = 0; all < 2; all++) {
      PltMaterial traces = NewTraces(copper, mold, all, *direction), pure = all ? copper : mold;
      double      A[6][6], B[6][6], a[6], b[6];

      CALL(PltMaterialStiffness(traces, 400, A));
      CALL(PltMaterialStiffness(pure, 400, B));
      CALL(PltMaterialExpansion(traces, 300, 440, a));
      CALL(PltMaterialExpansion(pure, 300, 440, b));
      ck_assert(!memcmp(A, B, sizeof(A)) && !memcmp(a, b, sizeof(a)));
      ck_assert(PltMaterialDensity(traces) == PltMaterialDensity(pure));
      CALL(PltMaterialDestroy(&traces));
    }
  }
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&mold));
}
END_TEST

/* Continuous towards the pure phases: a millionth of the other one changes little. The stiffness
   across soft inclusions in metal is steep, hence 1e-3. */
START_TEST(nearly_pure_phases)
{
  PltMaterial copper = NewIsotropic("copper", 117e9, 0.34, 17e-6), mold = NewMold();

  for (const char *direction = "xym"; *direction; direction++) {
    for (int all = 0; all < 2; all++) {
      PltMaterial traces = NewTraces(copper, mold, all ? 1 - 1e-6 : 1e-6, *direction);
      double      A[6][6], B[6][6];

      CALL(PltMaterialStiffness(traces, 430, A));
      CALL(PltMaterialStiffness(all ? copper : mold, 430, B));
      for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) ck_assert(Near(A[i][j], B[i][j], 1e-3));
      CALL(PltMaterialDestroy(&traces));
    }
  }
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&mold));
}
END_TEST

/* Two phases of the same stuff are that stuff. */
START_TEST(equal_phases)
{
  PltMaterial metal = NewOrthotropic("metal", metal_ply);

  for (const char *direction = "xy"; *direction; direction++) {
    PltMaterial traces = NewTraces(metal, metal, 0.3, *direction);
    double      A[6][6], B[6][6], strain[6];

    CALL(PltMaterialStiffness(traces, 300, A));
    CALL(PltMaterialStiffness(metal, 300, B));
    CALL(PltMaterialExpansion(traces, 300, 400, strain));
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) ck_assert(Near(A[i][j], B[i][j], 1e-14));
      if (i < 3) ck_assert(Near(strain[i], 100 * metal_ply[9 + i], 1e-13));
    }
    CALL(PltMaterialDestroy(&traces));
  }
  CALL(PltMaterialDestroy(&metal));
}
END_TEST

/* Traces along y are traces along x turned by 90 degrees: 1 and 2 change places, so do 23 and
   13. */
START_TEST(directions_are_turned)
{
  static const int turned[6] = {PLT_22, PLT_11, PLT_33, PLT_13, PLT_23, PLT_12};
  PltMaterial      copper = NewIsotropic("copper", 117e9, 0.34, 17e-6), mold = NewMold();
  PltMaterial      x = NewTraces(copper, mold, 0.4, 'x'), y = NewTraces(copper, mold, 0.4, 'y');
  double           X[6][6], Y[6][6], ex[6], ey[6];

  CALL(PltMaterialStiffness(x, 430, X));
  CALL(PltMaterialStiffness(y, 430, Y));
  CALL(PltMaterialExpansion(x, 300, 430, ex));
  CALL(PltMaterialExpansion(y, 300, 430, ey));
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) ck_assert(Near(X[i][j], Y[turned[i]][turned[j]], 1e-14));
    ck_assert(Near(ex[i], ey[turned[i]], 1e-14));
  }
  CALL(PltMaterialDestroy(&x));
  CALL(PltMaterialDestroy(&y));
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&mold));
}
END_TEST

/* Through the thickness. Ez is that of bars side by side, 60.25 GPa, but for the plane-stress part
   that stands for the three-dimensional one: one per cent. Gxz is Voigt's average, Gyz Reuss'. */
START_TEST(thickness_of_traces)
{
  PltMaterial  copper    = NewIsotropic("copper", 117e9, 0.34, 17e-6);
  PltMaterial  polyimide = NewIsotropic("polyimide", 3.5e9, 0.34, 45e-6);
  PltMaterial  traces    = NewTraces(copper, polyimide, 0.5, 'x');
  const double Gm = 117e9 / 2.68, Gp = 3.5e9 / 2.68;
  double       S[6][6], strain[6];

  GetCompliance(traces, 300, S);
  CALL(PltMaterialExpansion(traces, 300, 400, strain));
  ck_assert_msg(Near(1 / S[PLT_33][PLT_33], 60.25e9, 0.02), "%g", 1 / S[PLT_33][PLT_33]);
  ck_assert(Near(1 / S[PLT_13][PLT_13], (Gm + Gp) / 2, 1e-13));
  ck_assert(Near(1 / S[PLT_23][PLT_23], 2 * Gm * Gp / (Gm + Gp), 1e-13));
  ck_assert(Near(strain[PLT_33], 31e-4, 1e-13));
  CALL(PltMaterialDestroy(&traces));
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&polyimide));
}
END_TEST

/* Density by volume. */
START_TEST(density_of_traces)
{
  PltMaterial copper = NewIsotropic("copper", 117e9, 0.34, 17e-6), mold = NewMold();
  PltMaterial traces = NewTraces(copper, mold, 0.25, 'x');

  SetConstant(copper, "density", 8960);
  ck_assert(Near(PltMaterialDensity(traces), 0.25 * 8960 + 0.75 * 2000, 1e-15));
  CALL(PltMaterialDestroy(&traces));
  CALL(PltMaterialDestroy(&copper));
  CALL(PltMaterialDestroy(&mold));
}
END_TEST

static Suite *TracesSuite(void)
{
  Suite *suite = suite_create("traces");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, traces_of_isotropic_phases);
  tcase_add_test(tests, traces_of_orthotropic_phases);
  tcase_add_test(tests, pure_phases);
  tcase_add_test(tests, nearly_pure_phases);
  tcase_add_test(tests, equal_phases);
  tcase_add_test(tests, directions_are_turned);
  tcase_add_test(tests, thickness_of_traces);
  tcase_add_test(tests, density_of_traces);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(TracesSuite)
