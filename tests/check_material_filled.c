/* TEST np=1 timeout=30 */
/* SPDX-License-Identifier: BSD-2-Clause
   A resin with filler: its limits, and the expansion over tables. The reference value is in
   verify_film. */
#include "material_polymer.h"

static PltMaterial filled;

static void Setup(void)
{
  filled = NewFilled();
}

static void Teardown(void)
{
  CALL(PltMaterialDestroy(&filled));
}

/* Of no filler it is the resin; of a filler that is the resin, too, whatever there is of it. */
START_TEST(limits)
{
  PltMaterial resin = NewIsotropic("resin", 3e9, 0.38, 60e-6);
  PetscReal   C[2][6][6], strain[2][6];

  if (_i == 0) SetConstant(filled, "filler.fraction", 0);
  else {
    SetConstant(filled, "filler.E", 3e9);
    SetConstant(filled, "filler.nu", 0.38);
    SetConstant(filled, "filler.cte", 60e-6);
  }
  CALL(PltMaterialStiffness(resin, 390, C[0]));
  CALL(PltMaterialStiffness(filled, 390, C[1]));
  for (int i = 0; i < 36; i++)
    ck_assert(fabs(C[0][i / 6][i % 6] - C[1][i / 6][i % 6]) < 1e-12 * C[0][0][0]);
  CALL(PltMaterialExpansion(resin, 390, 390.001, strain[0]));
  CALL(PltMaterialExpansion(filled, 390, 390.001, strain[1]));
  for (int i = 0; i < 6; i++) ck_assert(fabs(strain[0][i] - strain[1][i]) < 1e-5 * strain[0][0]);
  CALL(PltMaterialDestroy(&resin));
}
END_TEST

/* Gauss's rule between points of tables, against 2,000 steps of the midpoint rule. */
START_TEST(expansion_is_the_integral)
{
  const PetscReal low = 250, high = 550;
  const int       n   = 2000;
  PetscReal       sum = 0, cte[6], strain[6], back[6];

  for (int i = 0; i < n; i++) {
    CALL(filled->ops->tangent(filled, low + (i + 0.5) / n * (high - low), cte));
    sum += cte[0] * (high - low) / n;
  }
  CALL(PltMaterialExpansion(filled, low, high, strain));
  CALL(PltMaterialExpansion(filled, high, low, back));
  ck_assert_msg(Near(strain[0], sum, 1e-6), "%.9g, not %.9g", strain[0], sum);
  ck_assert(strain[0] == -back[0] && strain[1] == strain[0] && strain[3] == 0);
}
END_TEST

static Suite *FilledSuite(void)
{
  Suite *suite = suite_create("filled");
  TCase *tc    = tcase_create("resin");

  tcase_add_checked_fixture(tc, Setup, Teardown);
  tcase_add_loop_test(tc, limits, 0, 2);
  tcase_add_test(tc, expansion_is_the_integral);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(FilledSuite)
