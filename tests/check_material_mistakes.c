/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What is told about a material a user has got wrong. */
#include "material_sample.h"

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
  } bad[] = {{"E", 0, "E is 0 Pa, must be positive"},
             {"E", -3e9, "E is -3000000000 Pa, must be positive"},
             {"E", NAN, "must be positive"},
             {"E", INFINITY, "must be positive"},
             {"nu", 0.5, "nu is 0.5, must be between -1 and 0.5"},
             {"nu", -1, "nu is -1, must be between -1 and 0.5"},
             {"cte", 17, "cte is 17 1/K, must be between -0.01 1/K and 0.01 1/K"},
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
  } bad[] = {{down, "the temperatures of E do not ascend: 300 K is followed by 290 K"},
             {twice, "do not ascend: 350 K is followed by 350 K"},
             {cold, "the temperatures of E must be above 0 K, not -5 K"},
             {odd, "do not ascend: 300 K is followed by nan K"}};

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
  ck_assert_msg(strstr(text, "not positive definite at 400 K; nuxy = 1.3") != NULL, "%s", text);
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
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "'ply' is not positive definite at 300 K"));
  CALL(PltMaterialDestroy(&material));
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
  tcase_add_test(tests, traces_that_cannot_be);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(CheckSuite)
