/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Curves of temperature, 6 x 6 matrices, lists of mistakes, nearest words. */
#include <string.h>
#include <unistd.h>
#include "check.h"

/* ---- curves ---- */

static const PetscReal table_T[]     = {300, 320, 400, 410};
static const PetscReal table_value[] = {2, 6, 6, -4};

static PltCurve MakeTable(void)
{
  PltCurve curve = {.n = 0};

  CALL(PltCurveSet(&curve, 4, table_T, table_value));
  return curve;
}

START_TEST(curve_goes_through_its_points)
{
  PltCurve curve = MakeTable();

  for (int i = 0; i < 4; i++)
    ck_assert(PltCurveAt(&curve, table_T[i]) == table_value[i]); /* to the bit */
  ck_assert(Near(PltCurveAt(&curve, 305), 3, 1e-15));
  ck_assert(Near(PltCurveAt(&curve, 408), -2, 1e-14)); /* cancels between 6 and -4 */
  ck_assert(PltCurveAt(&curve, 350) == 6);
  CALL(PltCurveFree(&curve));
  ck_assert(curve.n == 0 && !curve.T && !curve.value);
}
END_TEST

START_TEST(curve_knows_its_ends)
{
  PltCurve curve = MakeTable(), constant = {.n = 0};

  CALL(PltCurveSet(&constant, 1, NULL, table_value));
  ck_assert(PltCurveCovers(&curve, 300) && PltCurveCovers(&curve, 410));
  ck_assert(!PltCurveCovers(&curve, 299.999) && !PltCurveCovers(&curve, 410.001));
  ck_assert(!PltCurveCovers(&curve, NAN));
  ck_assert(PltCurveCovers(&constant, 1e6));
  ck_assert(PltCurveAt(&constant, 1e6) == 2);
  ck_assert(PltCurveAt(&curve, 0) == 2 && PltCurveAt(&curve, 1000) == -4);
  CALL(PltCurveFree(&curve));
  CALL(PltCurveFree(&constant));
}
END_TEST

/* Trapezia by hand: 20 * 4 = 80 to 320 K, 80 * 6 = 480 to 400 K, 10 * 1 = 10 to 410 K. */
START_TEST(curve_integral_is_exact)
{
  PltCurve curve = MakeTable();

  ck_assert(Near(PltCurveIntegral(&curve, 300, 410), 570, 1e-15));
  ck_assert(Near(PltCurveIntegral(&curve, 310, 402), 50 + 480 + 10, 1e-14));
  ck_assert(Near(PltCurveIntegral(&curve, 330, 340), 60, 1e-15));
  ck_assert(Near(PltCurveIntegral(&curve, 290, 430), 20 + 570 - 80, 1e-15)); /* ends go on */
  ck_assert(Near(PltCurveIntegral(&curve, 500, 450), 200, 1e-15));
  ck_assert(PltCurveIntegral(&curve, 333, 333) == 0);
  CALL(PltCurveFree(&curve));
}
END_TEST

START_TEST(curve_integrals_add_up)
{
  PltCurve        curve = MakeTable();
  const PetscReal T[]   = {280, 300, 301, 320, 399, 405, 410, 450};

  for (int a = 0; a < 8; a++) {
    for (int b = 0; b < 8; b++) {
      const PetscReal ab = PltCurveIntegral(&curve, T[a], T[b]);

      ck_assert(ab == -PltCurveIntegral(&curve, T[b], T[a]));
      for (int c = 0; c < 8; c++) {
        const PetscReal bc = PltCurveIntegral(&curve, T[b], T[c]);
        const PetscReal ac = PltCurveIntegral(&curve, T[a], T[c]);

        ck_assert(fabs(ab + bc - ac) < 1e-12); /* rounding of terms up to 1e3 */
      }
    }
  }
  CALL(PltCurveFree(&curve));
}
END_TEST

START_TEST(curve_is_set_again)
{
  PltCurve        curve = MakeTable();
  const PetscReal two[] = {7, 8};

  CALL(PltCurveSet(&curve, 2, two, two));
  ck_assert(curve.n == 2 && PltCurveAt(&curve, 7.5) == 7.5);
  CALL(PltCurveSet(&curve, 1, NULL, two));
  ck_assert(curve.n == 1 && !curve.T && PltCurveAt(&curve, 300) == 7);
  ck_assert_int_eq(PltCurveSet(&curve, 2, NULL, two), PLT_ERR_USAGE);
  ck_assert_int_eq(PltCurveSet(&curve, 0, NULL, two), PLT_ERR_USAGE);
  ck_assert(curve.n == 1 && PltCurveAt(&curve, 300) == 7); /* left as it was */
  CALL(PltCurveFree(&curve));
}
END_TEST

/* ---- 6 x 6 ---- */

START_TEST(inverse_of_a_spd_matrix)
{
  PetscReal A[6][6], B[6][6], unit[6], column[6];
  PetscBool positive;

  /* A Hilbert-like matrix with a strong diagonal: condition about 30. */
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) B[i][j] = A[i][j] = 1e9 * (1.0 / (i + j + 1) + (i == j));
  CALL(PltInvert6(B, &positive));
  ck_assert(positive);
  for (int j = 0; j < 6; j++) {
    for (int i = 0; i < 6; i++) {
      ck_assert(B[i][j] == B[j][i]);
      column[i] = B[i][j];
    }
    PltMul6(A, column, unit);
    for (int i = 0; i < 6; i++) ck_assert(fabs(unit[i] - (i == j)) < 1e-14);
  }
}
END_TEST

START_TEST(indefinite_matrices_are_told)
{
  PetscReal A[6][6] = {{0}};
  PetscBool positive;

  for (int i = 0; i < 6; i++) A[i][i] = 1;
  A[0][1] = A[1][0] = 1; /* singular */
  CALL(PltInvert6(A, &positive));
  ck_assert(!positive);
  ck_assert(A[0][1] == 1 && A[5][5] == 1); /* untouched */
  A[0][1] = A[1][0] = 1 - 1e-9;
  CALL(PltInvert6(A, &positive));
  ck_assert(positive);
  A[0][0] = NAN;
  CALL(PltInvert6(A, &positive));
  ck_assert(!positive);
  A[0][0] = -1;
  CALL(PltInvert6(A, &positive));
  ck_assert(!positive);
}
END_TEST

/* ---- mistakes ---- */

static char folder[] = "/tmp/platen_check_XXXXXX";
static char source[64];

static void WriteSourceFile(void)
{
  FILE *out;

  ck_assert_ptr_nonnull(mkdtemp(folder));
  snprintf(source, sizeof(source), "%s/recipe.yaml", folder);
  out = fopen(source, "w");
  ck_assert_ptr_nonnull(out);
  fputs("platen: 1\n\tsize: 5\n  µm: é bad\r\nlast", out);
  fclose(out);
}

static void RemoveSourceFile(void)
{
  unlink(source);
  rmdir(folder);
}

/* Raise the list, destroy it, give its text. */
static const char *RaiseAll(PltMistakes list)
{
  ck_assert_int_eq(PltMistakesRaise(list), PLT_ERR_RECIPE);
  CALL(PltMistakesDestroy(&list));
  ck_assert_ptr_null(list);
  return PltGetErrorMessage();
}

START_TEST(no_mistake_is_no_error)
{
  PltMistakes list;

  CALL(PltMistakesCreate(&list));
  ck_assert_int_eq(PltMistakesCount(list), 0);
  CALL(PltMistakesRaise(list));
  CALL(PltMistakesDestroy(&list));
  CALL(PltMistakesDestroy(&list)); /* of nothing: nothing */
}
END_TEST

/* Sorted by place; the caret stands below its column, also after tabs and two-byte letters. */
START_TEST(mistakes_show_the_source)
{
  PltMistakes list;
  char        expected[1024];

  CALL(PltMistakesCreate(&list));
  CALL(PltMistakesAdd(list, (PltMark){source, 3, 9}, "'%s' is %d", "bad", 3));
  CALL(PltMistakesAdd(list, (PltMark){source, 2, 8}, "second"));
  CALL(PltMistakesAdd(list, (PltMark){source, 1, 9}, "first"));
  CALL(PltMistakesAdd(list, (PltMark){source, 99, 1}, "below the end"));
  CALL(PltMistakesAdd(list, (PltMark){source, 1, 9}, "first"));
  ck_assert_int_eq(PltMistakesCount(list), 4); /* one of the five was known */
  snprintf(expected, sizeof(expected),
           "%s:1:9: error: first\n    platen: 1\n            ^\n"
           "%s:2:8: error: second\n    \tsize: 5\n    \t      ^\n"
           "%s:3:9: error: 'bad' is 3\n      µm: é bad\n            ^\n"
           "%s:99:1: error: below the end\n4 mistakes in %s",
           source, source, source, source, source);
  ck_assert_str_eq(RaiseAll(list), expected);
}
END_TEST

START_TEST(mistakes_without_a_readable_place)
{
  PltMistakes list;

  CALL(PltMistakesCreate(&list));
  CALL(PltMistakesAdd(list, (PltMark){"/nowhere/r.yaml", 2, 3}, "b"));
  CALL(PltMistakesAdd(list, (PltMark){"/nowhere/r.yaml", 0, 0}, "a"));
  CALL(PltMistakesAdd(list, (PltMark){NULL, 0, 0}, "no file"));
  ck_assert_str_eq(RaiseAll(list), "error: no file\n/nowhere/r.yaml: error: a\n"
                                   "/nowhere/r.yaml:2:3: error: b\n3 mistakes");
  CALL(PltMistakesCreate(&list));
  CALL(PltMistakesAdd(list, (PltMark){NULL, 0, 0}, "alone"));
  ck_assert_str_eq(RaiseAll(list), "error: alone\n1 mistake");
}
END_TEST

/* PETSc cuts messages at 2 kB, the list must not be. Of very many the first 100 are written out. */
START_TEST(long_lists_are_whole)
{
  PltMistakes list;
  const char *text;
  int         n = 0;

  CALL(PltMistakesCreate(&list));
  for (int i = 1; i <= 250; i++)
    CALL(PltMistakesAdd(list, (PltMark){"r.yaml", i, 1}, "mistake number %d of this list", i));
  text = RaiseAll(list);
  ck_assert(strlen(text) > 4000);
  for (const char *at = text; (at = strstr(at, "mistake number ")); at++) n++;
  ck_assert_int_eq(n, 100);
  ck_assert_ptr_nonnull(strstr(text, "\n... and 150 more\n250 mistakes in r.yaml"));
}
END_TEST

START_TEST(long_lines_are_cut_around_the_column)
{
  PltMistakes list;
  const char *text, *line, *caret;
  char        name[80];
  FILE       *out;

  snprintf(name, sizeof(name), "%s/long", folder);
  out = fopen(name, "w");
  for (int i = 0; i < 5000; i++) fputs(i == 3000 ? "X" : ".", out);
  fclose(out);
  CALL(PltMistakesCreate(&list));
  CALL(PltMistakesAdd(list, (PltMark){name, 1, 3001}, "here"));
  text = RaiseAll(list);
  unlink(name);
  line  = strchr(text, '\n') + 1;
  caret = strchr(line, '\n') + 1;
  ck_assert(caret - line < 140);
  ck_assert(line[strcspn(caret, "^")] == 'X');
}
END_TEST

START_TEST(nearest_word)
{
  static const char *const key[] = {"thickness", "material", "temperature", "time", "add", "E"};

  ck_assert_str_eq(PltNearest("thikness", key, 6), "thickness");
  ck_assert_str_eq(PltNearest("Temprature", key, 6), "temperature");
  ck_assert_str_eq(PltNearest("tiem", key, 6), "time"); /* a swap is one edit */
  ck_assert_str_eq(PltNearest("e", key, 6), "E");
  ck_assert_str_eq(PltNearest("temperatur_in", key, 6), "temperature"); /* 3 of 13 letters */
  ck_assert_ptr_null(PltNearest("nu", key, 6)); /* nothing in common with E */
  ck_assert_ptr_null(PltNearest("colour", key, 6));
  ck_assert_ptr_null(PltNearest("", key, 6));
  ck_assert_ptr_null(PltNearest("thickness", key, 0));
}
END_TEST

/* ---- start ---- */

/* The options given behind "--" in main below. */
START_TEST(petsc_got_its_options)
{
  PetscInt  found = 0;
  PetscBool set;

  CALL(PetscOptionsGetInt(NULL, NULL, "-plt_check_option", &found, &set));
  ck_assert(set && found == 17);
  CALL(PetscOptionsHasName(NULL, NULL, "-own", &set));
  ck_assert(!set);
}
END_TEST

static Suite *StartSuite(void)
{
  Suite *suite = suite_create("start");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, petsc_got_its_options);
  suite_add_tcase(suite, tests);
  return suite;
}

static Suite *CurveSuite(void)
{
  Suite *suite = suite_create("curves and matrices");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, curve_goes_through_its_points);
  tcase_add_test(tests, curve_knows_its_ends);
  tcase_add_test(tests, curve_integral_is_exact);
  tcase_add_test(tests, curve_integrals_add_up);
  tcase_add_test(tests, curve_is_set_again);
  tcase_add_test(tests, inverse_of_a_spd_matrix);
  tcase_add_test(tests, indefinite_matrices_are_told);
  suite_add_tcase(suite, tests);
  return suite;
}

static Suite *MistakeSuite(void)
{
  Suite *suite = suite_create("mistakes");
  TCase *tests = tcase_create("all");

  tcase_add_unchecked_fixture(tests, WriteSourceFile, RemoveSourceFile);
  tcase_add_test(tests, no_mistake_is_no_error);
  tcase_add_test(tests, mistakes_show_the_source);
  tcase_add_test(tests, mistakes_without_a_readable_place);
  tcase_add_test(tests, long_lists_are_whole);
  tcase_add_test(tests, long_lines_are_cut_around_the_column);
  tcase_add_test(tests, nearest_word);
  suite_add_tcase(suite, tests);
  return suite;
}

/* As PLT_TEST_MAIN, with a command line of its own. */
int main(int argc, char **argv)
{
  Suite *(*const make[])(void) = {StartSuite, CurveSuite, MistakeSuite};
  char  own[] = "-own", dashes[] = "--", name[] = "-plt_check_option", value[] = "17";
  char *list[] = {argv[0], own, dashes, name, value, NULL};

  (void)argc;
  return RunSuites(5, list, 3, make);
}
