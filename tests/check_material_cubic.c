/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Cubic crystals turned about z. */
#include "law_sample.h"

/* Silicon (Hopcroft, Nix and Kenny, J. MEMS 19:229, 2010). */
static PltMaterial NewSilicon(double degrees)
{
  PltMaterial silicon = NewMaterial("cubic", "silicon");

  SetConstant(silicon, "C11", 165.7e9);
  SetConstant(silicon, "C12", 63.9e9);
  SetConstant(silicon, "C44", 79.6e9);
  SetConstant(silicon, "cte", 2.6e-6);
  SetConstant(silicon, "angle", degrees * PETSC_PI / 180);
  return silicon;
}

/* The values printed with <110> along x, to the digits they are printed with. */
START_TEST(wafer_with_110_edges)
{
  PltMaterial silicon = NewSilicon(45);
  double      C[6][6], S[6][6];

  CALL(PltMaterialStiffness(silicon, 300, C));
  ck_assert(fabs(C[0][0] - 194e9) < 0.5e9 && fabs(C[1][1] - C[0][0]) < 1);
  ck_assert(fabs(C[0][1] - 35e9) < 0.5e9);
  ck_assert(fabs(C[5][5] - 51e9) < 0.5e9);
  ck_assert(C[0][2] == 63.9e9 && C[2][2] == 165.7e9 && C[3][3] == 79.6e9);
  ck_assert(fabs(C[0][5]) < 1);
  GetCompliance(silicon, 300, S);
  ck_assert(fabs(1 / S[0][0] - 169e9) < 0.5e9);
  /* small as the difference of 35 and 25 GPa: 0.062 of these constants, 0.064 is printed */
  ck_assert(fabs(-S[0][1] / S[0][0] - 0.064) < 0.002);
  CALL(PltMaterialDestroy(&silicon));
}
END_TEST

/* Along its own axes: E <100> = 130 GPa, nu = 0.28. */
START_TEST(crystal_axes)
{
  PltMaterial silicon = NewSilicon(0);
  double      S[6][6];

  GetCompliance(silicon, 300, S);
  ck_assert(fabs(1 / S[0][0] - 130e9) < 0.5e9);
  ck_assert(fabs(-S[0][1] / S[0][0] - 0.28) < 0.005);
  CALL(PltMaterialDestroy(&silicon));
}
END_TEST

/* v in axes turned by an angle about z: of a strain (engineering shear: part = 2) or stress (1). */
static void Turn(double angle, double part, const double v[6], double turned[6])
{
  const double c = cos(angle), s = sin(angle), shear = v[PLT_12] / part;

  turned[PLT_11] = c * c * v[0] + s * s * v[1] + 2 * c * s * shear;
  turned[PLT_22] = s * s * v[0] + c * c * v[1] - 2 * c * s * shear;
  turned[PLT_33] = v[PLT_33];
  turned[PLT_23] = c * v[PLT_23] - s * v[PLT_13];
  turned[PLT_13] = c * v[PLT_13] + s * v[PLT_23];
  turned[PLT_12] = part * (c * s * (v[1] - v[0]) + (c * c - s * s) * shear);
}

/* The stress of a strain is the same by way of the crystal's axes. */
START_TEST(any_angle)
{
  PltMaterial straight = NewSilicon(0);
  double      C0[6][6];
  unsigned    seed = 5;

  CALL(PltMaterialStiffness(straight, 300, C0));
  for (int n = 0; n < 24; n++) {
    const double angle   = 37 * n;
    PltMaterial  silicon = NewSilicon(angle);
    double       C[6][6], strain[6], own[6], there[6], stress[6], back[6];
    PetscBool    positive;

    for (int j = 0; j < 6; j++) strain[j] = Next(&seed);
    CALL(PltMaterialStiffness(silicon, 300, C));
    PltMul6((const double(*)[6])C, strain, stress);
    Turn(angle * PETSC_PI / 180, 2, strain, own);
    PltMul6((const double(*)[6])C0, own, there);
    Turn(-angle * PETSC_PI / 180, 1, there, back);
    for (int i = 0; i < 6; i++) ck_assert(fabs(stress[i] - back[i]) < 1e-13 * 4e11);
    CALL(PltInvert6(C, &positive));
    ck_assert(positive);
    CALL(PltMaterialDestroy(&silicon));
  }
  CALL(PltMaterialDestroy(&straight));
}
END_TEST

START_TEST(mistakes)
{
  static const double T[] = {300, 400}, value[] = {166e9, 60e9};
  PltMaterial         silicon = NewSilicon(45);

  ck_assert_str_eq(MistakesOf(silicon), "");
  SetTable(silicon, "C11", 2, T, value);
  ck_assert_str_eq(MistakesOf(silicon),
                   "r.yaml:4:3: error: material 'silicon': the stiffness is not positive definite "
                   "at 126.85 degC: C12 is 63.9 GPa, must be between -C11 / 2 and C11 = 60 GPa\n"
                   "1 mistake in r.yaml");
  SetTable(silicon, "angle", 2, T, value);
  ck_assert_ptr_nonnull(strstr(MistakesOf(silicon), "angle of this law is one number, not a"));
  CALL(PltMaterialDestroy(&silicon));
}
END_TEST

static Suite *CubicSuite(void)
{
  Suite *suite = suite_create("cubic");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, wafer_with_110_edges);
  tcase_add_test(tests, crystal_axes);
  tcase_add_test(tests, any_angle);
  tcase_add_test(tests, mistakes);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(CubicSuite)
