/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Recipes in and out of memory: what is read, and that what is written reads back to the same
   project, number by number. */
#include "input_sample.h"

START_TEST(every_key_is_read)
{
  PltProject     p = MustParse(full);
  const PltStep *s = p->step;

  ck_assert_str_eq(p->title, "A \"full\" recipe: µm, # and \\");
  ck_assert_double_eq(p->size[1], 0.08);
  ck_assert_double_eq(p->mesh_growth, 1.3);
  ck_assert_int_eq(p->mesh_method, PLT_MESH_FREE);
  ck_assert_int_eq(p->nmaterial, 11);
  ck_assert_str_eq(p->material[3]->ops->type, "orthotropic");
  ck_assert_str_eq(p->material[5]->ops->type, "viscoelastic");
  ck_assert_str_eq(p->material[7]->ops->type, "glassy");
  ck_assert_str_eq(p->material[8]->name, "later"); /* put off until copper was known */
  ck_assert_int_eq(p->material[8]->direction, 'm');
  ck_assert_str_eq(p->ply[1].material->name, "m1 material");
  ck_assert_str_eq(p->ply[4].die_material->name, "upper dies");
  ck_assert_ptr_null(p->ply[4].material);
  ck_assert_int_eq(p->ply[2].slab, 1);
  ck_assert_double_eq(p->material[0]->density, 2380);
  ck_assert(Near(p->material[1]->curve[2].value[1], 30e-6, 1e-15));
  ck_assert_int_eq(p->ndie, 8);
  ck_assert(Near(p->die[0].x, -0.009, 1e-15)); /* the array is shifted by 1 mm */
  ck_assert_str_eq(p->die[6].id, "odd, one");
  ck_assert(Near(p->die[7].angle, 2 * PETSC_PI / 3, 1e-15));
  ck_assert_int_eq(p->die[6].twin, 7); /* a square turned by 30 or 120 deg is the same */
  ck_assert_int_eq(s[0].nadd, 1);
  ck_assert(s[1].has_stress_free && Near(s[1].stress_free, 503.15, 1e-15));
  ck_assert(Near(s[1].duration, 7200, 1e-15));
  ck_assert(s[2].nshrink == 2 && Near(s[2].shrink[1].value, -2e-4, 1e-14));
  ck_assert(s[3].hold == PLT_HOLD_FLAT && s[3].ntemperature == 2 && s[3].duration == 240);
  ck_assert(s[4].flip && s[4].support == PLT_ON_PINS && s[4].pin[2][1] == 0.03);
  ck_assert(s[5].ngrind == 1 && s[5].grind[0].ply == 1 && !s[5].flip);
  ck_assert(s[5].support == PLT_ON_NOTHING && s[5].vacuum == 0);
  ck_assert(s[6].hold == PLT_HOLD_FLAT && Near(s[6].vacuum, 8e4, 1e-15));
  ck_assert(s[7].support == PLT_ON_EDGES && s[7].npin == 0);
  ck_assert(s[8].support == PLT_ON_PINS && s[8].npin == 4 && s[8].pin[3][0] == 1e-4);
  ck_assert(s[9].support == PLT_ON_TABLE);
  ck_assert(!p->output_stress && p->output_slabs && p->output_top == 3);
  ck_assert_double_eq(p->limit_warpage, 2e-3);
  ck_assert(Near(p->limit_die_shift, 1e-5, 1e-15));
  ck_assert_double_eq(p->start_temperature, 298.15);
  ck_assert(p->kinematics == PLT_LARGE && p->increments_max == 25 && !p->stability);
  ck_assert(p->longest == 0.125 && p->accuracy == 1e-2);
  ck_assert(p->branches_all && p->output_increments && Near(p->imperfection, -1e-5, 1e-15));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* One analysis block and one step, in the shortest recipe there is. */
static PltProject ParseShort(const char *analysis, const char *step)
{
  char text[600];

  snprintf(text, sizeof text,
           "platen: 1\n"
           "panel: {size: [100 mm, 80 mm], mesh: {size: 5 mm}}\n"
           "materials: {a: {E: 1 GPa, nu: 0.2, cte: 3 ppm/K, density: 2400 kg/m3}}\n"
           "stack: [{ply: p, material: a, thickness: 1 mm}]\n"
           "process: [{name: s, add: p, temperature: 25 degC%s}]\n%s\n",
           step, analysis);
  return MustParse(text);
}

START_TEST(what_is_left_out_has_its_default)
{
  PltProject p = ParseShort("", ", hold: free"), q;

  ck_assert(p->increments_max == 0 && p->stability && p->imperfection == 0 && !p->branches_all);
  ck_assert(p->longest == 1 && p->accuracy == 1e-3);
  ck_assert(!p->output_increments && p->step->support == PLT_ON_NOTHING && p->step->vacuum == 0);
  q = ParseShort("analysis: {increments: auto, stability: on, imperfection: 0 mm, branches: one,\n"
                 "  longest: 1, accuracy: 1e-3}\n"
                 "output: {every: step}",
                 ", support: free");
  CompareProjects(p, q);
  CALL(PltProjectDestroy(&p));
  CALL(PltProjectDestroy(&q));
}
END_TEST

/* Kinematics both ways, and what the panel rests on when it has weight. */
START_TEST(supports_with_weight_are_written_and_read_again)
{
  static const char *const step[] = {
      ", gravity: up, support: edges", ", gravity: down, support: table",
      ", gravity: down, support: edges", ", hold: flat, gravity: down, vacuum: 1e5 Pa",
      ", gravity: down, pins: [[-4 cm, 0 m], [4 cm, 0 m], [0 m, 4 cm]]"};
  PltProject a = ParseShort(_i % 2 ? "analysis: {kinematics: large}"
                                   : "analysis: {kinematics: small}",
                            step[_i]),
             b;
  char *text;

  ck_assert_int_eq(a->kinematics, _i % 2 ? PLT_LARGE : PLT_SMALL);
  CALL(PltInputFormat(a, &text));
  b = MustParse(text);
  CompareProjects(a, b);
  CALL(PetscFree(text));
  CALL(PltProjectDestroy(&a));
  CALL(PltProjectDestroy(&b));
}
END_TEST

START_TEST(written_and_read_again_a_project_is_the_same)
{
  PltProject a = MustParse(full), b;
  char      *text, *again;

  CALL(PltInputFormat(a, &text));
  b = MustParse(text);
  CompareProjects(a, b);
  CALL(PltInputFormat(b, &again));
  ck_assert_str_eq(text, again);
  CALL(PetscFree(text));
  CALL(PetscFree(again));
  CALL(PltProjectDestroy(&a));
  CALL(PltProjectDestroy(&b));
}
END_TEST

/* Numbers that no decimal of 15 digits gives back, names that need quotes. */
START_TEST(a_project_of_calls_is_written_exactly)
{
  PltProject   a, b;
  const double T[] = {1.0 / 3, 1e3 / 7}, E[] = {1e9 / 3, 7e9 / 11}, third = 1.0 / 3, cte = 1e-5 / 3;
  const double pin[] = {-third / 3, 0, third / 3, 0, 0, third / 7, 0, -third / 9};
  const char  *name  = "yes: \"no\" # {a: [\\n]} 'x' & * ! µ";
  char        *text;

  CALL(PltProjectCreate(PETSC_COMM_SELF, &a));
  CALL(PltProjectSetTitle(a, "- ? : null ~"));
  CALL(PltProjectSetDiameter(a, third));
  CALL(PltProjectSetMesh(a, third / 7, third / 11, 1 + third, PLT_MESH_FREE, NULL));
  CALL(PltProjectAddMaterial(a, name, "isotropic"));
  CALL(PltProjectSetProperty(a, name, "E", 2, T, E));
  CALL(PltProjectSetProperty(a, name, "nu", 1, NULL, &third));
  CALL(PltProjectSetProperty(a, name, "cte", 1, NULL, &cte));
  CALL(PltProjectAddTraces(a, "1", name, name, third, 'y'));
  CALL(PltProjectAddPly(a, "on", "1", name, third * 1e-3, -1));
  CALL(PltProjectAddPly(a, "null", name, NULL, third * 1e-4, 2));
  CALL(PltProjectAddDie(a, "0x10", "on", third / 9, -third / 7, third / 13, third / 17, third));
  CALL(PltProjectAddDieArray(a, "on", 1, 3, third / 3, third / 9, third / 40, third / 41));
  CALL(PltProjectAddDie(a, NULL, "on", -third / 4, -third / 7, third / 13, third / 17, -third));
  CALL(PltProjectAddStep(a, "~"));
  CALL(PltProjectStepAdd(a, "on/dies"));
  CALL(PltProjectStepAdd(a, "on/fill"));
  CALL(PltProjectStepAdd(a, "null"));
  CALL(PltProjectStepSetTemperature(a, 1, NULL, &T[1]));
  CALL(PltProjectStepSetTime(a, 1e5 / 7));
  CALL(PltProjectStepShrink(a, "null", third / 1e3));
  CALL(PltProjectStepGrind(a, "null", third * 1e-5));
  CALL(PltProjectStepSetPins(a, 4, pin));
  CALL(PltProjectAddStep(a, "- - -"));
  CALL(PltProjectStepSetHold(a, PLT_HOLD_FLAT));
  CALL(PltProjectStepSetVacuum(a, 1e5 / 3));
  CALL(PltProjectSetKinematics(a, PLT_LARGE));
  CALL(PltProjectSetIncrements(a, 7));
  CALL(PltProjectSetStability(a, 0));
  CALL(PltProjectSetImperfection(a, -third * 1e-3));
  CALL(PltProjectSetBranches(a, 1));
  CALL(PltProjectSetOutputIncrements(a, 1));
  CALL(PltProjectCheck(a));
  CALL(PltInputFormat(a, &text));
  b = MustParse(text);
  CompareProjects(a, b);
  CALL(PetscFree(text));
  CALL(PltProjectDestroy(&a));
  CALL(PltProjectDestroy(&b));
}
END_TEST

static Suite *InputSuite(void)
{
  Suite *suite = suite_create("input");
  TCase *tcase = tcase_create("input");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, every_key_is_read);
  tcase_add_test(tcase, what_is_left_out_has_its_default);
  tcase_add_loop_test(tcase, supports_with_weight_are_written_and_read_again, 0, 5);
  tcase_add_test(tcase, written_and_read_again_a_project_is_the_same);
  tcase_add_test(tcase, a_project_of_calls_is_written_exactly);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(InputSuite)
