/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Paths as text: what is read, and every mistake with its place. And materials without a panel. */
#include <unistd.h>
#include "input/input.h"
#include "check.h"

static const char materials[] =
    "note: for the tests of paths\n"
    "mold:  {E: [[25 degC, 20 GPa], [200 degC, 1 GPa]], nu: 0.3, cte: 9 ppm/K}\n"
    "glass: {E: 70 GPa, nu: 0.2, cte: [[0 degC, 3 ppm/K], [150 degC, 4 ppm/K]]}\n";

static PltProject project;
static char       file[64];

static void WriteText(const char *text)
{
  FILE *out = fopen(file, "w");

  ck_assert_ptr_nonnull(out);
  ck_assert(fputs(text, out) >= 0 && !fclose(out));
}

static void Setup(void)
{
  int made;

  strcpy(file, "/tmp/platen-XXXXXX");
  made = mkstemp(file);
  ck_assert_int_ge(made, 0);
  close(made);
  WriteText(materials);
  CALL(PltProjectReadMaterials(file, &project));
}

static void Teardown(void)
{
  remove(file);
  CALL(PltProjectDestroy(&project));
}

static PltPath NewPath(void)
{
  PltPath path;

  CALL(PltPathCreate(project, "mold", &path));
  return path;
}

START_TEST(all_keys)
{
  static const char text[] = "temperature: [[0 s, 25 degC], [10 min, 180 degC]]\n"
                             "time: 1 h\n"
                             "strain: {xx: [[0 s, 0.1 %], [2 s, 1e-2 m/m]], yz: 200 ppm}\n"
                             "stress: {zz: -5 MPa, xy: [[0 s, 0 MPa], [1 min, 3 MPa]]}\n"
                             "increments: 12\n"
                             "accuracy: 1e-5\n";
  PltPath           path   = NewPath();
  const PltTest    *test   = &path->test;

  WriteText(text);
  CALL(PltPathRead(path, file));
  ck_assert(test->temperature.n == 2 && test->temperature.T[1] == 600);
  ck_assert(Near(test->temperature.value[1], 453.15, 1e-14));
  ck_assert(test->time == 3600 && test->least == 12 && test->accuracy == 1e-5);
  ck_assert(test->strain[PLT_11].n == 2 && Near(test->strain[PLT_11].value[0], 1e-3, 1e-14));
  ck_assert(test->strain[PLT_23].n == 1 && Near(test->strain[PLT_23].value[0], 2e-4, 1e-14));
  ck_assert(test->stress[PLT_33].n == 1 && Near(test->stress[PLT_33].value[0], -5e6, 1e-14));
  ck_assert(test->stress[PLT_12].n == 2 && test->stress[PLT_12].T[1] == 60);
  ck_assert(!test->strain[PLT_22].n && !test->stress[PLT_22].n && !test->substrate);
  CALL(PltPathDestroy(&path));
}
END_TEST

START_TEST(a_film)
{
  PltPath path = NewPath();

  CALL(PltPathRead(path, " {temperature: [[0 s, 150 degC], [1 h, 25 degC]], on: glass}"));
  ck_assert_str_eq(path->test.substrate->name, "glass");
  ck_assert(path->test.strain[PLT_12].n == 1 && path->test.strain[PLT_22].value[0] == 0);
  ck_assert(!path->test.strain[PLT_33].n);
  CALL(PltPathDestroy(&path));
}
END_TEST

/* In place, so line 1 of "(path)". */
static const struct {
  const char *text, *says;
} bad[] = {
    {"{}", "(path):1:1: error: a path needs a temperature"},
    {"{temperature: 25}", "(path):1:15: error: temperature: "},
    {"{temperature: 25 MPa}", "(path):1:15: error: temperature: "},
    {"{temperature: 250 degC}",
     "(path):1:15: error: the path reaches 250 degC, but 'E' of material "
     "'mold' is known from 25 to 200 degC"},
    {"{temperature: [[0 s, 25 degC], [1 s, 180 degC]], on: glass}",
     "(path):1:15: error: the path reaches 180 degC, but 'cte' of material 'glass'"},
    {"{temperature: [[0 s, 25 degC], [2 s, 30 degC], [1 s, 35 degC]]}",
     "(path):1:48: error: temperature: '1 s' does not come after '2 s'"},
    {"{temperature: [[1 s, 25 degC], [2 s, 30 degC]]}",
     "(path):1:16: error: temperature: the times count from the start of the path, the first is 0"},
    {"{temperature: 30 degC, strian: {xx: 1 %}}", "unknown key 'strian'; did you mean 'strain'?"},
    {"{temperature: 30 degC, strain: {xxx: 1 %}}", "(path):1:33: error: strain: unknown key 'xxx'"},
    {"{temperature: 30 degC, strain: 1 %}", "(path):1:32: error: strain: a map"},
    {"{temperature: 30 degC, strain: {xx: 1 MPa}}", "(path):1:37: error: strain: "},
    {"{temperature: 30 degC, stress: {xx: [[0 s, 1 %]]}}", "(path):1:44: error: stress: "},
    {"{temperature: 30 degC, strain: {xx: 1 %}, stress: {xx: 1 MPa}}",
     "(path):1:1: error: component xx has a strain and a stress"},
    {"{temperature: 30 degC, on: glas}", "there is no material 'glas'; did you mean 'glass'?"},
    {"{temperature: 30 degC, on: glass, stress: {yy: 1 MPa}}",
     "component yy has a strain and a stress; with a substrate, xx, yy and xy have strains"},
    {"{temperature: 30 degC, time: 0 s}",
     "(path):1:30: error: time: it is '0 s', must be positive"},
    {"{temperature: 30 degC, increments: 0}", "increments: a whole number from 1"},
    {"{temperature: 30 degC, accuracy: 2}", "(path):1:34: error: accuracy: it is '2'"},
    {"{temperature: 30 degC", "(path):2:1: error: "},
    {"  ", "cannot read '  '"},
};

START_TEST(mistakes)
{
  PltPath   path = NewPath();
  const int code = PltPathRead(path, bad[_i].text);

  ck_assert_int_eq(code, bad[_i].text[0] == '{' ? PLT_ERR_RECIPE : PLT_ERR_IO);
  ck_assert_msg(strstr(PltGetErrorMessage(), bad[_i].says) != NULL, "%s: %s", bad[_i].text,
                PltGetErrorMessage());
  CALL(PltPathDestroy(&path));
}
END_TEST

/* All in one go, by file, line and column. */
START_TEST(mistakes_in_a_file)
{
  PltPath path = NewPath();
  char    says[128];

  WriteText("temperature: 30 degC\nstrain: {xx: 1}\nspeed: 1\n");
  ck_assert_int_eq(PltPathRead(path, file), PLT_ERR_RECIPE);
  snprintf(says, sizeof says, "%s:2:14: error: strain", file);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), says));
  snprintf(says, sizeof says, "%s:3:1: error: a path: unknown key 'speed'", file);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), says));
  ck_assert_int_eq(PltPathRead(path, "/nowhere/path.yaml"), PLT_ERR_IO);
  CALL(PltPathDestroy(&path));
}
END_TEST

START_TEST(calls_out_of_order)
{
  const double time[2] = {0, 0}, value[2] = {300, 310};
  PltPath      path;
  PltPathPoint point;
  int          n;

  ck_assert_int_eq(PltPathCreate(project, "molt", &path), PLT_ERR_USAGE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "'molt'; did you mean 'mold'?"));
  ck_assert_int_eq(PltPathCreate(project, "something", &path), PLT_ERR_USAGE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "there are mold, glass"));
  path = NewPath();
  ck_assert_int_eq(PltPathSetStrain(path, "zx", 1, NULL, value), PLT_ERR_USAGE);
  ck_assert_int_eq(PltPathSetStress(path, "xx", 2, time, value), PLT_ERR_USAGE);
  ck_assert_int_eq(PltPathSetTemperature(path, 2, NULL, value), PLT_ERR_USAGE);
  ck_assert_int_eq(PltPathSetTime(path, -1), PLT_ERR_USAGE);
  ck_assert_int_eq(PltPathSetIncrements(path, 0, 1e-4), PLT_ERR_USAGE);
  ck_assert_int_eq(PltPathRun(path), PLT_ERR_RECIPE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "the path has no temperature"));
  ck_assert_int_eq(PltPathWrite(path, "/tmp/platen-none"), PLT_ERR_USAGE);
  ck_assert_int_eq(PltPathGetPoint(path, 0, &point), PLT_ERR_USAGE);
  CALL(PltPathSetTemperature(path, 1, NULL, value));
  CALL(PltPathSetTime(path, 10));
  CALL(PltPathRun(path));
  CALL(PltPathCountPoints(path, &n));
  ck_assert_int_eq(n, 51);
  CALL(PltPathDestroy(&path));
}
END_TEST

START_TEST(materials_of_a_recipe)
{
  PltProject other;

  WriteText("platen: 1\nmaterials: {a: {E: 1 GPa, nu: 0.3, cte: 1 ppm/K}}\nstack: wrong\n");
  CALL(PltProjectReadMaterials(file, &other));
  ck_assert_int_eq(other->nmaterial, 1);
  CALL(PltProjectDestroy(&other));
  WriteText("platen: 1\nstack: wrong\n");
  ck_assert_int_eq(PltProjectReadMaterials(file, &other), PLT_ERR_RECIPE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "the block 'materials' is missing"));
  WriteText("a: {E: 1, nu: 0.3, cte: 1 ppm/K}\n");
  ck_assert_int_eq(PltProjectReadMaterials(file, &other), PLT_ERR_RECIPE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), ":1:8: error: E"));
  ck_assert_int_eq(PltProjectReadMaterials("/nowhere/a.yaml", &other), PLT_ERR_IO);
  ck_assert_ptr_null(other);
}
END_TEST

static Suite *PathSuite(void)
{
  Suite *suite = suite_create("path");
  TCase *text  = tcase_create("text");

  tcase_add_checked_fixture(text, Setup, Teardown);
  tcase_add_test(text, all_keys);
  tcase_add_test(text, a_film);
  tcase_add_loop_test(text, mistakes, 0, (int)(sizeof bad / sizeof *bad));
  tcase_add_test(text, mistakes_in_a_file);
  tcase_add_test(text, calls_out_of_order);
  tcase_add_test(text, materials_of_a_recipe);
  suite_add_tcase(suite, text);
  return suite;
}

PLT_TEST_MAIN(PathSuite)
