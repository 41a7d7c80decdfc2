/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What is allowed and seldom meant: warnings with their place. */
#include <string.h>
#include "check.h"

static const char head[] =
    "platen: 1\npanel: {size: [40 mm, 40 mm], mesh: {size: 2 mm}}\nmaterials:\n"
    "  glass: {E: 74 GPa, nu: 0.23, cte: 3.8 ppm/K}\n"
    "  mold: {law: viscoelastic, E: 20 GPa, nu: 0.3, cte: 8 ppm/K, young: [[1 s, 0.5]],\n"
    "    cure: {A1: 1 1/s, E1: 50 kJ/mol, gel: 0.5, shrinkage: 0.2 %}}\n"
    "stack:\n  - {ply: carrier, material: glass, thickness: 0.7 mm}\n"
    "  - {ply: cap, material: mold, thickness: 0.4 mm}\nprocess:\n"
    "  - {name: carrier, add: [carrier], temperature: 25 degC}\n"
    "  - {name: molding, add: [cap], stress_free: 150 degC, temperature: 150 degC}\n";

static char *WarningsOf(const char *step)
{
  const char *file = "build/tests/warnings.yaml";
  FILE       *out  = fopen(file, "w");
  PltProject  p;
  char       *text;

  ck_assert_ptr_nonnull(out);
  fprintf(out, "%s%s", head, step);
  ck_assert_int_eq(fclose(out), 0);
  CALL(PltProjectRead(PETSC_COMM_SELF, file, &p));
  CALL(PltProjectWarnings(p, &text));
  CALL(PltProjectDestroy(&p));
  return text;
}

START_TEST(what_has_time_is_not_warned_of)
{
  char *text = WarningsOf("  - {name: cool, temperature: 25 degC, time: 10 min}\n");

  ck_assert_str_eq(text, "");
  free(text);
}
END_TEST

START_TEST(a_temperature_that_changes_in_no_time)
{
  char *text = WarningsOf("  - {name: cool, temperature: 25 degC}\n");

  ck_assert_msg(strstr(text, "warnings.yaml:13:"), "%s", text);
  ck_assert_msg(strstr(text, "warning: step 'cool' goes from 150 to 25 degC in no time: material "
                             "'mold', of the law viscoelastic,"),
                "%s", text);
  ck_assert_ptr_null(strstr(text, "molding"));
  free(text);
}
END_TEST

START_TEST(shrinkage_that_counts_twice)
{
  char *text = WarningsOf("  - {name: cure, shrink: {cap: 0.1 %}, time: 10 min}\n");

  ck_assert_msg(strstr(text, "warnings.yaml:13:"), "%s", text);
  ck_assert_msg(strstr(text, "warning: step 'cure' shrinks ply 'cap' of material 'mold'"), "%s",
                text);
  free(text);
}
END_TEST

static Suite *WarningSuite(void)
{
  Suite *suite = suite_create("warnings");
  TCase *tc    = tcase_create("all");

  tcase_add_test(tc, what_has_time_is_not_warned_of);
  tcase_add_test(tc, a_temperature_that_changes_in_no_time);
  tcase_add_test(tc, shrinkage_that_counts_twice);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(WarningSuite)
