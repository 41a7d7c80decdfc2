/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What is told about a material a user has got wrong. */
#include "material_polymer.h"

static const double ply[12] = {120e9, 80e9, 100e9, 0.3,   0.25,  0.2,
                               30e9,  35e9, 25e9,  16e-6, 18e-6, 17e-6};

/* The mistakes of a material as one text, "" if there are none; destroys it. */
static const char *Mistakes(PltMaterial material)
{
  PltMistakes list;

  PltClearMessage();
  CALL(PltMistakesCreate(&list));
  CALL(PltMaterialCheck(material, list));
  if (PltMistakesCount(list) > 0) ck_assert_int_eq(PltMistakesRaise(list), PLT_ERR_RECIPE);
  CALL(PltMistakesDestroy(&list));
  CALL(PltMaterialDestroy(&material));
  return PltGetErrorMessage();
}

START_TEST(good_materials_have_no_mistakes)
{
  PltMaterial copper = NewIsotropic("copper", 117e9, 0.34, 17e-6), mold = NewMold();

  for (const char *direction = "xym"; *direction; direction++)
    ck_assert_str_eq(Mistakes(NewTraces(copper, mold, 0.4, *direction)), "");
  ck_assert_str_eq(Mistakes(copper), "");
  ck_assert_str_eq(Mistakes(mold), "");
  ck_assert_str_eq(Mistakes(NewOrthotropic("ply", ply)), "");
}
END_TEST

START_TEST(missing_properties)
{
  PltMaterial material = NewMaterial("isotropic", "emc");

  material->mark = (PltMark){"r.yaml", 4, 3};
  SetConstant(material, "nu", 0.3);
  ck_assert_str_eq(Mistakes(material), "r.yaml:4:3: error: material 'emc' has no E\n"
                                       "r.yaml:4:3: error: material 'emc' has no cte\n"
                                       "2 mistakes in r.yaml");
}
END_TEST

START_TEST(values_out_of_range)
{
  static const struct {
    const char *key;
    double      value;
    const char *text;
  } bad[] = {{"E", 0, "E is 0 MPa, must be positive"},
             {"E", -3e9, "E is -3 GPa, must be positive"},
             {"E", NAN, "must be positive"},
             {"E", INFINITY, "must be positive"},
             {"nu", 0.5, "nu is 0.5, must be between -1 and 0.5"},
             {"nu", -1, "nu is -1, must be between -1 and 0.5"},
             {"cte", 17, "cte is 1.7e+07 ppm/K, must be between -10000 ppm/K and 10000 ppm/K"},
             {"density", -1, "density is -1 kg/m3, must be positive"}};

  for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
    PltMaterial material = NewIsotropic("m", 1e9, 0.3, 1e-6);
    const char *text;

    SetConstant(material, bad[i].key, bad[i].value);
    material->mark                                                      = (PltMark){"r.yaml", 4, 3};
    material->curve_mark[PltMaterialFindProperty(material, bad[i].key)] = (PltMark){"r.yaml", 5, 9};
    text                                                                = Mistakes(material);
    ck_assert_msg(strstr(text, bad[i].text) != NULL, "%s", text);
    ck_assert_ptr_nonnull(strstr(text, "r.yaml:5:9: error: material 'm': "));
    ck_assert_ptr_nonnull(strstr(text, "\n1 mistake in r.yaml"));
  }
}
END_TEST

START_TEST(tables_out_of_order)
{
  const double value[] = {1e9, 2e9, 3e9};
  const double down[] = {300, 290, 400}, twice[] = {300, 350, 350}, cold[] = {-5, 290, 400};
  const double odd[] = {300, NAN, 400};
  const struct {
    const double *T;
    const char   *text;
  } bad[] = {{down, "the temperatures of E do not ascend: 26.85 degC is followed by 16.85 degC"},
             {twice, "do not ascend: 76.85 degC is followed by 76.85 degC"},
             {cold, "the temperatures of E must be above -273.15 degC, not -278.15 degC"},
             {odd, "do not ascend: 26.85 degC is followed by nan degC"}};

  for (int i = 0; i < 4; i++) {
    PltMaterial material = NewIsotropic("m", 1e9, 0.3, 1e-6);
    const char *text;

    SetTable(material, "E", 3, bad[i].T, value);
    text = Mistakes(material);
    ck_assert_msg(strstr(text, bad[i].text) != NULL, "%s", text);
    ck_assert_ptr_nonnull(strstr(text, "\n1 mistake"));
  }
}
END_TEST

START_TEST(density_is_one_value)
{
  const double T[] = {300, 400}, value[] = {2000, 1990};
  PltMaterial  material = NewIsotropic("m", 1e9, 0.3, 1e-6);

  SetTable(material, "density", 2, T, value);
  ck_assert_ptr_nonnull(strstr(Mistakes(material), "density is that of the undeformed material"));
}
END_TEST

/* nuxy^2 < Ex / Ey is violated at the hot end only. */
START_TEST(orthotropic_constants_that_do_not_go_together)
{
  const double T[] = {300, 400}, value[] = {0.3, 1.3};
  PltMaterial  material = NewOrthotropic("ply", ply);
  const char  *text;

  SetTable(material, "nuxy", 2, T, value);
  text = Mistakes(material);
  ck_assert_msg(strstr(text, "not positive definite at 126.85 degC; nuxy = 1.3") != NULL, "%s",
                text);
  material = NewOrthotropic("ply", ply);
  SetConstant(material, "nuxz", 1.2);
  ck_assert_ptr_nonnull(strstr(Mistakes(material), "nuxz = 1.2"));
  material = NewOrthotropic("ply", ply);
  SetConstant(material, "nuxy", 0.9); /* more than 0.5 is fine if the rest allows it */
  ck_assert_str_eq(Mistakes(material), "");
}
END_TEST

START_TEST(orthotropic_stiffness_that_does_not_exist)
{
  PltMaterial material = NewOrthotropic("ply", ply);
  double      C[6][6];

  SetConstant(material, "nuxy", 5);
  ck_assert_int_eq(PltMaterialStiffness(material, 300, C), PLT_ERR_RECIPE);
  ck_assert_ptr_nonnull(
      strstr(PltGetErrorMessage(), "'ply' is not positive definite at 26.85 degC"));
  CALL(PltMaterialDestroy(&material));
}
END_TEST

/* An orthotropic material in which a direction has what is said of it; the mistakes. */
static const char *Secant(int tangent, int secant, int reference)
{
  PltMaterial material = NewOrthotropic("ply", ply);

  if (!tangent) CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, "ctey")]));
  if (secant) SetConstant(material, "ctey_secant", 9e-6);
  if (reference) SetConstant(material, "cte_reference", 300);
  return Mistakes(material);
}

START_TEST(orthotropic_secants_that_do_not_fit)
{
  ck_assert_str_eq(Secant(0, 1, 1), "");
  ck_assert_ptr_nonnull(strstr(Secant(0, 0, 0), "material 'ply' has no ctey"));
  ck_assert_ptr_nonnull(
      strstr(Secant(1, 1, 1), "'ply' has ctey, the tangent, and ctey_secant: one of them"));
  ck_assert_ptr_nonnull(
      strstr(Secant(0, 1, 0), "'ply': ctey_secant needs cte_reference, the temp"));
  ck_assert_ptr_nonnull(strstr(Secant(1, 0, 1), "'ply': cte_reference belongs to ctex_secant, "));
}
END_TEST

START_TEST(traces_that_cannot_be)
{
  PltMaterial copper = NewIsotropic("copper", 117e9, 0.34, 17e-6);
  PltMaterial inner  = NewTraces(copper, copper, 0.5, 'x');
  const char *text   = Mistakes(NewTraces(NULL, inner, 1.5, 'z'));

  ck_assert_ptr_nonnull(strstr(text, "material 'traces' has no metal"));
  ck_assert_ptr_nonnull(strstr(text, "its matrix 'traces' is itself a layer of traces"));
  ck_assert_ptr_nonnull(strstr(text, "fraction is 1.5, must be between 0 and 1"));
  ck_assert_ptr_nonnull(strstr(text, "the direction of traces is x, y or m (mixed)"));
  ck_assert_ptr_nonnull(strstr(text, "\n4 mistakes"));
  text = Mistakes(NewTraces(copper, copper, NAN, 'x'));
  ck_assert_ptr_nonnull(strstr(text, "fraction is nan"));
  CALL(PltMaterialDestroy(&inner));
  CALL(PltMaterialDestroy(&copper));
}
END_TEST

/* Keys of polymers that are missing, too many, or do not go together. */
START_TEST(polymers_that_cannot_be)
{
  static const struct {
    PltMaterial (*make)(void);
    const char *drop; /* a key that is taken away, NULL: none */
    const char *key;  /* one that is set, NULL: none */
    double      value;
    const char *text;
  } bad[] = {
      {NewViscoelastic, "shift.C2", NULL, 0, "has no shift.C2; a shift needs reference, C1, C2"},
      {NewViscoelastic, "shift.activation", NULL, 0, "WLF has a pole at 98.4 degC"},
      {NewViscoelastic, NULL, "shift.lowest", 600,
       "lowest, 326.85 degC, is not below shift.highest"},
      {NewViscoelastic, "Tg", NULL, 0, "cte_rubber needs Tg, or cure with Tg_uncured"},
      {NewViscoelasticCure, NULL, "Tg", 400, "has Tg, which is constant, and cure.Tg_cured"},
      {NewViscoelasticCure, "cure.E1", NULL, 0, "cure.A1 needs cure.E1"},
      {NewViscoelasticCure, "cure.m", NULL, 0, "cure.A2 needs cure.m"},
      {NewViscoelasticCure, "cure.lambda", NULL, 0, "cure.Tg_cured needs cure.lambda"},
      {NewViscoelasticCure, "cure.gel", NULL, 0, "cure needs A1 with E1, or A2"},
      {NewViscoelasticCure, NULL, "cure.A1", 0, "without cure.A1 nothing starts"},
      {NewViscoelasticCure, NULL, "cure.n", 0, "cure.n is 0, must be between 0 and 10"},
      {NewViscoelasticCure, NULL, "cure.initial", -0.1, "is -0.1, must be between 0 and 1"},
      {NewViscoelasticCure, NULL, "cure.A2", -1, "cure.A2 is -1 1/s, must be 0 or more"},
      {NewViscoelasticCure, NULL, "cure.Tg_uncured", 500, "cure.Tg_uncured is above cure.Tg_cured"},
      {NewGlassy, "Tg", NULL, 0, "has no Tg; give it, or cure with"},
      {NewGlassy, NULL, "E_rubber", 30e9, "E_rubber, above Tg, is not below E"},
      {NewGlassy, NULL, "cte_secant", 9e-6, "has cte, the tangent, and cte_secant"},
      {NewGlassy, NULL, "cte_reference", 300, "cte_reference belongs to cte_secant"},
      {NewGlassy, "cte", NULL, 0, "has no cte"}};

  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    PltMaterial material = bad[i].make();
    const char *text;

    if (bad[i].drop)
      CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, bad[i].drop)]));
    if (bad[i].key) SetConstant(material, bad[i].key, bad[i].value);
    text = Mistakes(material);
    ck_assert_msg(strstr(text, bad[i].text) != NULL, "%s: %s", bad[i].text, text);
  }
}
END_TEST

START_TEST(series_that_cannot_be)
{
  static const double tau[] = {1, 2}, many[] = {0.6, 0.5}, T[] = {300, 400};
  double              times[21], parts[21];
  PltMaterial         material = NewViscoelastic();
  const char         *text;

  SetTable(material, "young", 2, tau, many);
  text = Mistakes(material);
  ck_assert_ptr_nonnull(strstr(text, "has young, with a constant nu, and shear or bulk"));
  ck_assert_ptr_nonnull(strstr(text, "young adds up to 1.1; these are parts"));
  material = NewPolymer("viscoelastic");
  SetConstant(material, "Tg", 400);
  ck_assert_ptr_nonnull(strstr(Mistakes(material), "has no series: shear and bulk, or young"));
  material = NewViscoelastic();
  for (int i = 0; i < 21; i++) times[i] = i + 1, parts[i] = 0.01;
  SetTable(material, "bulk", 21, times, parts);
  ck_assert_ptr_nonnull(strstr(Mistakes(material), "bulk has 21 pairs; at most 20"));
  material = NewViscoelastic();
  SetTable(material, "E", 2, T, T);
  ck_assert_ptr_nonnull(strstr(Mistakes(material), "E of this law is one number, not a table"));
  material = NewViscoelastic();
  times[1] = 0.5;
  SetTable(material, "bulk", 2, times, parts);
  ck_assert_ptr_nonnull(strstr(Mistakes(material), "must begin with positive numbers that ascend"));
}
END_TEST

static Suite *CheckSuite(void)
{
  Suite *suite = suite_create("checks of materials");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, good_materials_have_no_mistakes);
  tcase_add_test(tests, missing_properties);
  tcase_add_test(tests, values_out_of_range);
  tcase_add_test(tests, tables_out_of_order);
  tcase_add_test(tests, density_is_one_value);
  tcase_add_test(tests, orthotropic_constants_that_do_not_go_together);
  tcase_add_test(tests, orthotropic_stiffness_that_does_not_exist);
  tcase_add_test(tests, orthotropic_secants_that_do_not_fit);
  tcase_add_test(tests, traces_that_cannot_be);
  tcase_add_test(tests, polymers_that_cannot_be);
  tcase_add_test(tests, series_that_cannot_be);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(CheckSuite)
