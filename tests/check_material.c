/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What every law promises, the two elastic laws, their range of temperature. */
#include "material_sample.h"

static const double ply[12] = {120e9, 80e9, 100e9, 0.3,   0.25,  0.2,
                               30e9,  35e9, 25e9,  16e-6, 18e-6, 17e-6};

/* ---- the contract, for one material of every kind ---- */

enum { NSAMPLE = 9, NPHASE = 4 };

/* The last NPHASE are the phases of the traces before them. */
static void MakeSamples(PltMaterial sample[NSAMPLE])
{
  PltMaterial *phase = &sample[NSAMPLE - NPHASE];

  phase[0]  = NewIsotropic("copper", 117e9, 0.34, 17e-6);
  phase[1]  = NewIsotropic("polyimide", 3.5e9, 0.34, 45e-6);
  phase[2]  = NewMold();
  phase[3]  = NewOrthotropic("ply", ply);
  sample[0] = NewTraces(phase[0], phase[1], 0.45, 'x');
  sample[1] = NewTraces(phase[0], phase[2], 0.2, 'y');
  sample[2] = NewTraces(phase[0], phase[2], 0.7, 'm');
  sample[3] = NewTraces(phase[3], phase[2], 0.35, 'm');
  sample[4] = NewTraces(phase[0], phase[2], 0, 'x');
}

static void DestroySamples(PltMaterial sample[NSAMPLE])
{
  for (int i = 0; i < NSAMPLE; i++) CALL(PltMaterialDestroy(&sample[i]));
}

static const double temperature[] = {298.15, 350, 403.15, 420, 425, 443.15};
enum { NT = sizeof(temperature) / sizeof(*temperature) };

START_TEST(stiffness_is_symmetric_and_positive)
{
  PltMaterial sample[NSAMPLE];

  MakeSamples(sample);
  for (int s = 0; s < NSAMPLE; s++) {
    for (int t = 0; t < NT; t++) {
      double    C[6][6];
      PetscBool positive;

      CALL(PltMaterialStiffness(sample[s], temperature[t], C));
      for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) {
          ck_assert(C[i][j] == C[j][i]);
          if (i != j && (i >= PLT_23 || j >= PLT_23)) ck_assert(C[i][j] == 0);
        }
      CALL(PltInvert6(C, &positive));
      ck_assert_msg(positive, "sample %d at %g K", s, temperature[t]);
    }
  }
  DestroySamples(sample);
}
END_TEST

/* Expansion adds up along any path. 1e-9 of 1e-3: Gauss' rule in traces of a matrix that softens;
   the other laws are exact but for rounding. */
START_TEST(expansion_adds_up)
{
  PltMaterial sample[NSAMPLE];

  MakeSamples(sample);
  for (int s = 0; s < NSAMPLE; s++) {
    for (int n = 0; n < NT * NT * NT; n++) {
      const double T[3] = {temperature[n % NT], temperature[n / NT % NT], temperature[n / NT / NT]};
      double       ab[6], ba[6], bc[6], ac[6];

      CALL(PltMaterialExpansion(sample[s], T[0], T[1], ab));
      CALL(PltMaterialExpansion(sample[s], T[1], T[0], ba));
      CALL(PltMaterialExpansion(sample[s], T[1], T[2], bc));
      CALL(PltMaterialExpansion(sample[s], T[0], T[2], ac));
      for (int i = 0; i < 6; i++) {
        ck_assert(ab[i] == -ba[i]);
        if (n % NT == n / NT % NT) ck_assert(ab[i] == 0);
        if (i >= PLT_23) ck_assert(ab[i] == 0);
        ck_assert_msg(fabs(ab[i] + bc[i] - ac[i]) < 1e-12, "sample %d: %g", s,
                      ab[i] + bc[i] - ac[i]);
      }
    }
  }
  DestroySamples(sample);
}
END_TEST

/* Central difference over 0.02 K, where the tangent is smooth: the CTE varies by up to 1e-6 / K^2,
   the error is of second order; rounding of strains of 1e-3 leaves 1e-17 / 0.02. */
START_TEST(expansion_is_the_integral_of_the_tangent)
{
  const double T[] = {310, 408, 423, 440};
  PltMaterial  sample[NSAMPLE];

  MakeSamples(sample);
  for (int s = 0; s < NSAMPLE; s++) {
    for (int t = 0; t < 4; t++) {
      double cte[6], strain[6];

      CALL(sample[s]->ops->tangent(sample[s], T[t], cte));
      CALL(PltMaterialExpansion(sample[s], T[t] - 0.01, T[t] + 0.01, strain));
      for (int i = 0; i < 6; i++)
        ck_assert_msg(fabs(strain[i] / 0.02 - cte[i]) < 1e-12, "sample %d: %.15g %.15g", s,
                      strain[i] / 0.02, cte[i]);
    }
  }
  DestroySamples(sample);
}
END_TEST

START_TEST(laws_are_listed)
{
  PetscInt           n;
  const char *const *name = PltMaterialTypes(&n);

  ck_assert_int_ge(n, 3);
  for (PetscInt i = 0; i < n; i++) {
    PltMaterial material = NewMaterial(name[i], "any");

    ck_assert_str_eq(material->ops->type, name[i]);
    ck_assert_str_eq(material->name, "any");
    for (PetscInt p = 0; p < material->ops->nproperty; p++) {
      const PltProperty *property = &material->ops->property[p];

      ck_assert_int_eq(PltMaterialFindProperty(material, property->key), p);
      ck_assert(property->above < property->below);
      ck_assert_int_eq(property->required && property->quantity == PLT_DENSITY, 0);
    }
    ck_assert_int_eq(PltMaterialFindProperty(material, "colour"), -1);
    CALL(PltMaterialDestroy(&material));
    ck_assert_ptr_null(material);
    CALL(PltMaterialDestroy(&material));
  }
}
END_TEST

START_TEST(an_unknown_law_is_none)
{
  PltMaterial material;

  CALL(PltMaterialCreate("rubber", "any", &material));
  ck_assert_ptr_null(material);
}
END_TEST

/* ---- elastic laws ---- */

START_TEST(isotropic_constants_come_back)
{
  PltMaterial glass = NewIsotropic("glass", 73.6e9, 0.23, 3.17e-6);
  double      S[6][6], C[6][6], Q11;

  GetCompliance(glass, 300, S);
  for (int i = 0; i < 3; i++) {
    ck_assert(Near(1 / S[i][i], 73.6e9, 1e-14));
    ck_assert(Near(1 / S[i + 3][i + 3], 73.6e9 / 2.46, 1e-14));
    ck_assert(Near(-S[i][(i + 1) % 3] * 73.6e9, 0.23, 1e-14));
  }
  CALL(PltMaterialStiffness(glass, 300, C));
  Q11 = C[0][0] - C[0][2] * C[2][0] / C[2][2]; /* plane stress: E / (1 - nu^2) */
  ck_assert(Near(Q11, 73.6e9 / (1 - 0.23 * 0.23), 1e-14));
  CALL(PltMaterialDestroy(&glass));
}
END_TEST

/* Near the ends of what is allowed. */
START_TEST(isotropic_extremes_stay_positive)
{
  const double nu[] = {-0.999, 0, 0.4999, 0.499999};

  for (int i = 0; i < 4; i++) {
    PltMaterial rubber = NewIsotropic("rubber", 1e6, nu[i], 2e-4);
    double      S[6][6];

    GetCompliance(rubber, 300, S);
    ck_assert(Near(1 / S[0][0], 1e6, 1e-8)); /* 1 - 2 nu = 2e-6 of the double's 2e-16 */
    CALL(PltMaterialDestroy(&rubber));
  }
}
END_TEST

START_TEST(isotropic_tables_are_used)
{
  PltMaterial mold = NewMold();
  double      C[6][6], strain[6];

  CALL(PltMaterialStiffness(mold, 423.15, C)); /* half way from 20 to 1.5 GPa */
  ck_assert(Near(C[PLT_12][PLT_12], 10.75e9 / 2.6, 1e-14));
  /* 115 K at 8 ppm, 20 K at 19 ppm on average, 10 K rising from 30 by 0.01 ppm/K */
  CALL(PltMaterialExpansion(mold, 298.15, 443.15, strain));
  ck_assert(Near(strain[PLT_11], 1e-6 * (115 * 8 + 20 * 19 + 10 * 30.05), 1e-13));
  ck_assert(strain[PLT_33] == strain[PLT_11] && strain[PLT_22] == strain[PLT_11]);
  ck_assert(PltMaterialIsThermal(mold));
  ck_assert(PltMaterialDensity(mold) == 2000);
  CALL(PltMaterialDestroy(&mold));
}
END_TEST

START_TEST(orthotropic_constants_come_back)
{
  PltMaterial material = NewOrthotropic("ply", ply);
  double      S[6][6], strain[6];

  GetCompliance(material, 300, S);
  for (int i = 0; i < 3; i++) ck_assert(Near(1 / S[i][i], ply[i], 1e-14));
  ck_assert(Near(-S[PLT_11][PLT_22] * ply[0], 0.3, 1e-14));
  ck_assert(Near(-S[PLT_11][PLT_33] * ply[0], 0.25, 1e-14));
  ck_assert(Near(-S[PLT_22][PLT_33] * ply[1], 0.2, 1e-14));
  ck_assert(Near(1 / S[PLT_12][PLT_12], 30e9, 1e-14));
  ck_assert(Near(1 / S[PLT_13][PLT_13], 35e9, 1e-14));
  ck_assert(Near(1 / S[PLT_23][PLT_23], 25e9, 1e-14));
  CALL(PltMaterialExpansion(material, 300, 400, strain));
  for (int i = 0; i < 3; i++) ck_assert(Near(strain[i], 100 * ply[9 + i], 1e-14));
  ck_assert(!PltMaterialIsThermal(material));
  ck_assert(PltMaterialDensity(material) == 0);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* An isotropic material written as an orthotropic one. */
START_TEST(both_laws_agree)
{
  const double G        = 70e9 / 2.6,
               same[12] = {70e9, 70e9, 70e9, 0.3, 0.3, 0.3, G, G, G, 5e-6, 5e-6, 5e-6};
  PltMaterial a = NewIsotropic("a", 70e9, 0.3, 5e-6), b = NewOrthotropic("b", same);
  double      A[6][6], B[6][6];

  CALL(PltMaterialStiffness(a, 300, A));
  CALL(PltMaterialStiffness(b, 300, B));
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) ck_assert(Near(A[i][j], B[i][j], 1e-13));
  CALL(PltMaterialDestroy(&a));
  CALL(PltMaterialDestroy(&b));
}
END_TEST

/* ---- range of temperature ---- */

START_TEST(coverage_is_that_of_every_table)
{
  PltMaterial mold = NewMold(), copper = NewIsotropic("copper", 117e9, 0.34, 17e-6);
  PltMaterial traces = NewTraces(copper, mold, 0.5, 'x');
  const char *key    = NULL;
  double      range[2];

  ck_assert(PltMaterialCovers(mold, 298.15, &key, range));
  ck_assert(PltMaterialCovers(mold, 443.15, &key, range));
  ck_assert_ptr_null(key);
  ck_assert(!PltMaterialCovers(mold, 500, &key, range));
  ck_assert_str_eq(key, "E");
  ck_assert(range[0] == 298.15 && range[1] == 443.15);
  ck_assert(PltMaterialCovers(copper, 5, &key, range));
  ck_assert(PltMaterialCovers(traces, 400, &key, range));
  ck_assert(!PltMaterialCovers(traces, 290, &key, range)); /* the matrix ends */
  traces->metal  = mold;
  traces->matrix = copper;
  ck_assert(!PltMaterialCovers(traces, 290, &key, range)); /* the metal ends */
  ck_assert(PltMaterialIsThermal(traces));
  CALL(PltMaterialDestroy(&traces));
  CALL(PltMaterialDestroy(&mold));
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

/* ---- secant tables ---- */

/* The strain from the reference is that of the table at each of its points and of its line between;
   from anywhere else it is a difference. The tangent jumps at points. */
START_TEST(secant_tables_are_exact)
{
  static const double T[] = {300, 350, 450}, secant[] = {8e-6, 9e-6, 14e-6};
  PltMaterial         material = NewIsotropic("m", 1e9, 0.3, 0), traces;
  const double        Tr       = 298;
  double              strain[6], cte[6];

  CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, "cte")]));
  SetTable(material, "cte_secant", 3, T, secant);
  SetConstant(material, "cte_reference", Tr);
  for (int i = 0; i < 3; i++) {
    CALL(PltMaterialExpansion(material, Tr, T[i], strain));
    ck_assert(Near(strain[PLT_11], secant[i] * (T[i] - Tr), 1e-15));
  }
  CALL(PltMaterialExpansion(material, 350, 400, strain));
  ck_assert(Near(strain[PLT_33], 11.5e-6 * 102 - 9e-6 * 52, 1e-14));
  CALL(material->ops->tangent(material, 400, cte));
  ck_assert(Near(cte[PLT_11], 11.5e-6 + 5e-8 * 102, 1e-14));
  CALL(material->ops->tangent(material, 350, cte));
  ck_assert(Near(cte[PLT_22], 9e-6 + 5e-8 * 52, 1e-14));
  traces = NewTraces(material, material, 0.4, 'x'); /* knots in homogenisation */
  CALL(PltMaterialExpansion(traces, 310, 440, strain));
  ck_assert(Near(strain[PLT_11], 13.5e-6 * 142 - 8.2e-6 * 12, 1e-12));
  CALL(PltMaterialDestroy(&traces));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* Each direction by itself: x and z by secants with points of their own from one reference, y by
   its tangent. The closed form, and Gauss' rule on the tangent from point to point, which is exact
   for what is linear there. */
START_TEST(orthotropic_secants_are_exact)
{
  static const double Tx[] = {300, 350, 450}, x[] = {8e-6, 9e-6, 14e-6};
  static const double Tz[] = {290, 410, 460}, z[] = {40e-6, 55e-6, 50e-6};
  static const double knot[]   = {310, 350, 410, 440};
  PltMaterial         material = NewOrthotropic("ply", ply);
  const double        Tr       = 298;
  double              strain[6], cte[6], sum[6] = {0};

  for (int i = 0; i < 3; i += 2) {
    const char *const tangent = i ? "ctez" : "ctex", *const secant =
                                                         i ? "ctez_secant" : "ctex_secant";

    CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, tangent)]));
    SetTable(material, secant, 3, i ? Tz : Tx, i ? z : x);
  }
  SetConstant(material, "cte_reference", Tr);
  CALL(PltMaterialExpansion(material, 310, 440, strain));
  ck_assert(Near(strain[PLT_11], 13.5e-6 * 142 - 8.2e-6 * 12, 1e-14));
  ck_assert(Near(strain[PLT_22], 18e-6 * 130, 1e-14));
  ck_assert(Near(strain[PLT_33], 52e-6 * 142 - 42.5e-6 * 12, 1e-14));
  for (int s = 0; s < 3; s++)
    for (int side = -1; side < 2; side += 2) {
      const double half = (knot[s + 1] - knot[s]) / 2;

      CALL(material->ops->tangent(material, knot[s] + half * (1 + side / sqrt(3)), cte));
      for (int i = 0; i < 6; i++) sum[i] += half * cte[i];
    }
  for (int i = 0; i < 6; i++) ck_assert(fabs(sum[i] - strain[i]) <= 1e-13 * strain[PLT_33]);
  CALL(PltMaterialDestroy(&material));
}
END_TEST

static Suite *LawSuite(void)
{
  Suite *suite = suite_create("laws");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, stiffness_is_symmetric_and_positive);
  tcase_add_test(tests, expansion_adds_up);
  tcase_add_test(tests, expansion_is_the_integral_of_the_tangent);
  tcase_add_test(tests, laws_are_listed);
  tcase_add_test(tests, an_unknown_law_is_none);
  tcase_add_test(tests, isotropic_constants_come_back);
  tcase_add_test(tests, isotropic_extremes_stay_positive);
  tcase_add_test(tests, isotropic_tables_are_used);
  tcase_add_test(tests, orthotropic_constants_come_back);
  tcase_add_test(tests, both_laws_agree);
  tcase_add_test(tests, coverage_is_that_of_every_table);
  tcase_add_test(tests, secant_tables_are_exact);
  tcase_add_test(tests, orthotropic_secants_are_exact);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(LawSuite)
