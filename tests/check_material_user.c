/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Laws from outside: they are known by their names, keep what every law promises, and what is wrong
   with them is an error with a name. */
#include <string.h>
#include "law_sample.h"
#include "user_law.h"

static void RegisterAll(void)
{
  CALL(PltRegisterLaw(&grain));
  CALL(PltRegisterLaw(&bent));
  CALL(PltRegisterLaw(&fluid));
}

static PltMaterial NewGrain(void)
{
  PltMaterial material = NewMaterial("grain", "die");

  SetConstant(material, "G", 50e9);
  SetConstant(material, "K", 90e9);
  SetConstant(material, "cte.in", 3e-6);
  SetConstant(material, "cte.out", 9e-6);
  return material;
}

static PltMaterial NewBent(void)
{
  PltMaterial material = NewMaterial("bent", "film");

  SetConstant(material, "bent.G", 1e9);
  SetConstant(material, "bent.K", 3e9);
  SetConstant(material, "bent.e0", 0.01);
  SetConstant(material, "cte", 40e-6);
  return material;
}

static PltMaterial NewFluid(double tau)
{
  PltMaterial material = NewMaterial("fluid", "gum");

  SetConstant(material, "G", 1e9);
  SetConstant(material, "K", 3e9);
  SetConstant(material, "tau", tau);
  SetConstant(material, "cte", 40e-6);
  return material;
}

/* ---- what every law promises ---- */

START_TEST(modulus_is_the_derivative)
{
  static const double time[] = {0, 1, 60, 1e4};

  RegisterAll();
  for (int t = 0; t < 4; t++) {
    PltMaterial  law[2]   = {NewBent(), NewFluid(1e4)};
    const double error[2] = {WorstModulus(law[0], time[t]), WorstModulus(law[1], time[t])};

    ck_assert_msg(error[0] < 1e-6 && error[1] < 1e-6, "dt %g: %g %g", time[t], error[0], error[1]);
    for (int k = 0; k < 2; k++) CALL(PltMaterialDestroy(&law[k]));
  }
}
END_TEST

START_TEST(update_always_ends)
{
  PltMaterial law[2];

  RegisterAll();
  law[0] = NewBent();
  law[1] = NewFluid(1e4);
  for (int k = 0; k < 2; k++) {
    ck_assert_str_eq(MistakesOf(law[k]), "");
    CheckExtremes(law[k]);
    CALL(PltMaterialDestroy(&law[k]));
  }
}
END_TEST

/* A law without an update is linear; its expansion is its own, that of a law with cte the usual
   one. */
START_TEST(elastic_law)
{
  PltMaterial die, film;
  double      C[6][6], cte[6], strain[6];
  const char *key;
  double      range[2];

  RegisterAll();
  die  = NewGrain();
  film = NewBent();
  ck_assert_str_eq(MistakesOf(die), "");
  ck_assert_int_eq(PltMaterialStates(die), 0);
  CALL(PltMaterialStiffness(die, 300, C));
  ck_assert(Near(C[PLT_12][PLT_12], 50e9, 1e-14));
  ck_assert(Near(C[PLT_11][PLT_22], 90e9 - 2 * 50e9 / 3, 1e-14));
  CALL(PltMaterialExpansion(die, 300, 400, strain));
  ck_assert(Near(strain[PLT_22], 3e-4, 1e-12) && Near(strain[PLT_33], 9e-4, 1e-12));
  ck_assert(strain[PLT_12] == 0);
  CALL(die->ops->tangent(die, 350, cte));
  ck_assert(Near(cte[PLT_33], 9e-6, 1e-9));
  ck_assert(PltMaterialCovers(die, 900, &key, range));
  ck_assert(!PltMaterialCovers(die, 901, &key, range));
  ck_assert_str_eq(key, "grain");
  CALL(PltMaterialExpansion(film, 300, 400, strain));
  ck_assert(Near(strain[PLT_33], 4e-3, 1e-12));
  SetConstant(film, "density", 1300);
  ck_assert(PltMaterialDensity(film) == 1300);
  CALL(PltMaterialDestroy(&die));
  CALL(PltMaterialDestroy(&film));
}
END_TEST

/* A point without any number of its own is not taken as linear. */
START_TEST(stress_without_a_state)
{
  PltMaterial  film;
  Point        point;
  const double shear[6] = {0, 0, 0, 0, 0, 0.02};

  RegisterAll();
  film  = NewBent();
  point = NewPoint(film, 300);
  ck_assert_int_eq(PltMaterialStates(film), 1);
  ck_assert(!PltMaterialIsAffine(film));
  Lead(&point, 300, 0, shear, is_held);
  /* |e| = sqrt(2) 0.01 */
  ck_assert(Near(point.stress[PLT_12], 2e9 * 0.01 / (1 + sqrt(2)), 1e-12));
  CALL(PltMaterialDestroy(&film));
}
END_TEST

/* Traces of laws from outside: the mean of both where they share the strains; no room for a law
   that keeps much of its part. */
START_TEST(phases_of_traces)
{
  static PltLaw much;
  PltMaterial   film, gum, traces;
  Point         point;
  const double  along[6] = {2e-3};
  double        stress[2];

  RegisterAll();
  much         = fluid;
  much.name    = "much";
  much.nshared = 4;
  CALL(PltRegisterLaw(&much));
  film   = NewBent();
  gum    = NewFluid(1e4);
  traces = NewTraces(film, gum, 0.25, 'x');
  ck_assert_str_eq(MistakesOf(traces), "");
  ck_assert(WorstModulus(traces, 60) < 1e-6);
  for (int k = 0; k < 2; k++) { /* a bar of one, of the other, then of both side by side */
    point     = NewPoint(k ? gum : film, 300);
    stress[k] = LeadBar(&point, 300, 60, along[0]);
  }
  point = NewPoint(traces, 300);
  /* 2e-2: the contractions differ, and hinder each other */
  ck_assert(Near(LeadBar(&point, 300, 60, along[0]), 0.25 * stress[0] + 0.75 * stress[1], 2e-2));
  gum->ops = PltMaterialFindLaw("much");
  ck_assert_ptr_nonnull(strstr(MistakesOf(traces), "keeps 4 numbers"));
  CALL(PltMaterialDestroy(&film));
  CALL(PltMaterialDestroy(&gum));
  CALL(PltMaterialDestroy(&traces));
}
END_TEST

/* ---- through the public functions, as the command does ---- */

/* A project of the materials in a text. */
static int ReadText(const char *text, PltProject *project)
{
  char  name[] = "/tmp/platen-user-XXXXXX";
  FILE *out    = fdopen(mkstemp(name), "w");
  int   code;

  ck_assert_ptr_nonnull(out);
  fputs(text, out);
  fclose(out);
  code = PltProjectReadMaterials(name, project);
  remove(name);
  return code;
}

/* What PltProjectWrite writes. */
static void WriteText(PltProject project, char text[4096])
{
  char  name[] = "/tmp/platen-user-XXXXXX";
  FILE *in     = fdopen(mkstemp(name), "r");

  ck_assert_ptr_nonnull(in);
  CALL(PltProjectWrite(project, name));
  in = freopen(name, "r", in);
  ck_assert_ptr_nonnull(in);
  text[fread(text, 1, 4095, in)] = '\0';
  fclose(in);
  remove(name);
}

/* gamma = 1 % at once, then held: tau = 2 G 0.005 (2 / (2 + t))^(1 h / tau), t in hours, by the age
   of 1 h at birth. */
START_TEST(relaxation_of_an_ageing_fluid)
{
  static const char   text[] = "gum: {law: fluid, G: 1 GPa, K: 3 GPa, tau: [[20 degC, 30 min], "
                               "[80 degC, 30 min]], cte: 40 ppm/K, density: 1.3 g/cm3}\n";
  static const double hour[] = {0, 4 * 3600}, cold = 300, strain[] = {0.01, 0.01};
  PltProject          project;
  PltPath             path;
  PltPathPoint        point;
  int                 n;

  RegisterAll();
  CALL(ReadText(text, &project));
  CALL(PltPathCreate(project, "gum", &path));
  CALL(PltPathSetTemperature(path, 1, NULL, &cold));
  CALL(PltPathSetStrain(path, "xy", 2, hour, strain));
  CALL(PltPathRun(path));
  CALL(PltPathCountPoints(path, &n));
  for (int i = 1; i < n; i++) {
    CALL(PltPathGetPoint(path, i, &point));
    const double want = 1e7 * pow(2 / (2 + point.time / 3600), 2);

    ck_assert_msg(Near(point.stress[3], want, 1e-9), "%g s: %.12g %.12g", point.time,
                  point.stress[3], want);
    ck_assert_int_eq(point.nvalue, 2);
    ck_assert(Near(point.value[0].value, 1 + point.time / 3600, 1e-12));
  }
  ck_assert(Near(point.time, hour[1], 1e-12));
  ck_assert_str_eq(point.value[0].name, "age");
  ck_assert_str_eq(point.value[1].unit, "m/m");
  CALL(PltPathDestroy(&path));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Pairs of text and what is said about it. */
START_TEST(recipes_are_checked)
{
  static const char *const wrong[][2] = {
      {"{law: bend, cte: 1 ppm/K}", "law: "},
      {"{law: bent, bent: {G: 1 GPa, K: 3 GPa}, cte: 1 ppm/K}", "has no bent.e0"},
      {"{law: bent, bent: {G: 1 GPa, K: 3 GPa, e0: 2 %}}", "has no cte"},
      {"{law: bent, bent: {G: 1 mm, K: 3 GPa, e0: 2 %}, cte: 1 ppm/K}", "G"},
      {"{law: bent, bent: {G: 1 GPa, K: -3 GPa, e0: 2 %}, cte: 1 ppm/K}", "must be positive"},
      {"{law: bent, bent: {G: 1 GPa, K: 3 GPa, e0: 200 %}, cte: 1 ppm/K}", "must be between"},
      {"{law: bent, bent: {G: 1 GPa, K: 3 GPa, e0: [[20 degC, 2 %], [30 degC, 3 %]]}, cte: 1 "
       "ppm/K}",
       "one number, not a table"},
      {"{law: bent, bent: {G: 1 GPa, K: 3 GPa, e: 2 %}, cte: 1 ppm/K}", "unknown key 'e'"},
      {"{law: fluid, G: 1 GPa, K: 3 GPa, tau: 1 m, cte: 1 ppm/K}", "tau"},
  };

  RegisterAll();
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    PltProject project = NULL;
    char       text[256];
    int        code;

    snprintf(text, sizeof text, "film: %s\n", wrong[i][0]);
    code = ReadText(text, &project);
    ck_assert_msg(code == PLT_ERR_RECIPE, "%s: %d", text, code);
    ck_assert_msg(strstr(PltGetErrorMessage(), wrong[i][1]) && strstr(PltGetErrorMessage(), ":1:"),
                  "%s: %s", text, PltGetErrorMessage());
    CALL(PltProjectDestroy(&project));
  }
}
END_TEST

START_TEST(recipes_read_back)
{
  static const char text[] = "gum: {law: fluid, G: 1 GPa, K: [[20 degC, 3 GPa], [80 degC, 2 GPa]], "
                             "tau: 1 h, cte: 40 ppm/K}\n"
                             "film: {law: bent, bent: {G: 1 GPa, K: 3 GPa, e0: 2 %}, "
                             "cte_secant: [[20 degC, 30 ppm/K], [80 degC, 40 ppm/K]], "
                             "cte_reference: 20 degC}\n";
  PltProject        project, again;
  char              first[4096], second[4096];

  RegisterAll();
  CALL(ReadText(text, &project));
  WriteText(project, first);
  ck_assert_ptr_nonnull(strstr(first, ": {law: fluid, G: "));
  ck_assert_ptr_nonnull(strstr(first, ": {law: bent, bent: {G: "));
  CALL(ReadText(first, &again));
  WriteText(again, second);
  ck_assert_str_eq(strstr(first, "materials:"), strstr(second, "materials:"));
  CALL(PltProjectDestroy(&project));
  CALL(PltProjectDestroy(&again));
}
END_TEST

/* ---- properties ---- */

START_TEST(properties_outside_of_the_table_are_no_numbers)
{
  static const double T[] = {300, 400}, G[] = {1e9, 2e9};
  PltMaterial         gum;
  double              pair[2];

  RegisterAll();
  gum = NewFluid(1);
  SetTable(gum, "G", 2, T, G);
  ck_assert(Near(PltPropertyAt(gum, FLUID_G, 350), 1.5e9, 1e-14));
  ck_assert(Near(PltPropertyIntegral(gum, FLUID_G, 300, 400), 150e9, 1e-14));
  ck_assert_int_eq(PltPropertyCount(gum, FLUID_G), 2);
  PltPropertyPair(gum, FLUID_G, 1, pair);
  ck_assert(pair[0] == 400 && pair[1] == 2e9);
  PltPropertyPair(gum, FLUID_TAU, 0, pair);
  ck_assert(isnan(pair[0]) && pair[1] == 1);
  PltPropertyPair(gum, FLUID_TAU, 1, pair);
  ck_assert(isnan(pair[1]));
  for (int k = -1; k < 1000; k += 500) {
    if (k == 499) continue;
    ck_assert(isnan(PltPropertyAt(gum, k, 300)));
    ck_assert(isnan(PltPropertyIntegral(gum, k, 300, 301)));
    ck_assert_int_eq(PltPropertyCount(gum, k), 0);
  }
  ck_assert(isnan(PltPropertyAt(NULL, 0, 300)));
  CALL(PltMaterialDestroy(&gum));
}
END_TEST

static Suite *UserSuite(void)
{
  Suite *suite = suite_create("user");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, modulus_is_the_derivative);
  tcase_add_test(tests, update_always_ends);
  tcase_add_test(tests, elastic_law);
  tcase_add_test(tests, stress_without_a_state);
  tcase_add_test(tests, phases_of_traces);
  tcase_add_test(tests, relaxation_of_an_ageing_fluid);
  tcase_add_test(tests, recipes_are_checked);
  tcase_add_test(tests, recipes_read_back);
  tcase_add_test(tests, properties_outside_of_the_table_are_no_numbers);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(UserSuite)
