/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The description of a panel made by calls: what the setters keep and refuse, what is where. */
#include "panel_sample.h"

/* ---- setters ---- */

START_TEST(setters_keep_what_they_are_given)
{
  PltProject   p      = MakeProject();
  const double pins[] = {0.01, 0.02, -0.01, 0.02, 0, -0.03};
  const double time[] = {0, 60}, T[] = {300, 400};

  CALL(PltProjectSetTitle(p, "a title"));
  CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_HALF_Y));
  CALL(PltProjectSetLimits(p, 2e-3, 1e-5));
  CALL(PltProjectSetOutput(p, "cap", 0));
  CALL(PltProjectAddTraces(p, "m1", "glass", "mold", 0.25, 'm'));
  AddStep(p, "one", "device/dies", "carrier");
  CALL(PltProjectStepSetStressFree(p, 420));
  CALL(PltProjectStepSetTemperature(p, 2, time, T));
  CALL(PltProjectStepShrink(p, "cap", 1e-3));
  CALL(PltProjectStepGrind(p, "cap", 5e-5));
  CALL(PltProjectStepSetHold(p, PLT_HOLD_FLAT));
  CALL(PltProjectStepSetGravity(p, PLT_GRAVITY_UP));
  CALL(PltProjectStepSetPins(p, 3, pins));
  CALL(PltProjectStepFlip(p));
  ck_assert_str_eq(p->title, "a title");
  ck_assert_int_eq(p->symmetry, PLT_SYMMETRY_HALF_Y);
  ck_assert_double_eq(p->limit_warpage, 2e-3);
  ck_assert_double_eq(p->limit_die_shift, 1e-5);
  ck_assert_int_eq(p->output_top, 2);
  ck_assert_int_eq(p->output_stress, PETSC_FALSE);
  ck_assert_int_eq(PltProjectSetOutput(p, "lid", 1), PLT_ERR_USAGE);
  ck_assert_int_eq(PltProjectSetLimits(p, -1, 0), PLT_ERR_USAGE);
  ck_assert_int_eq(p->nmaterial, 3);
  ck_assert_ptr_eq(p->material[2]->metal, p->material[0]);
  ck_assert_ptr_eq(p->material[2]->matrix, p->material[1]);
  ck_assert_double_eq(p->material[0]->density, 2400);
  ck_assert_int_eq(p->material[1]->curve[0].n, 2);
  ck_assert_int_eq(p->step[0].add[0].part, PLT_PART_DIES);
  ck_assert_int_eq(p->step[0].remove[0].part, PLT_PART_ALL);
  ck_assert_int_eq(p->step[0].shrink[0].ply, 2);
  ck_assert_double_eq(p->step[0].duration, 60);
  ck_assert_int_eq(p->step[0].support, PLT_ON_PINS);
  ck_assert_int_eq(p->step[0].npin, 3);
  ck_assert_double_eq(p->step[0].pin[2][1], -0.03);
  ck_assert_int_eq(p->step[0].flip, PETSC_TRUE);
  ck_assert_double_eq(p->start_temperature, 420);
  CALL(PltProjectDestroy(&p));
  ck_assert_ptr_null(p);
}
END_TEST

START_TEST(how_to_solve_is_kept)
{
  PltProject p = MakeProject();

  ck_assert(p->increments_max == 0 && p->stability && !p->branches_all && !p->output_increments);
  for (int k = 0; k < 2; k++) {
    CALL(PltProjectSetKinematics(p, k ? PLT_SMALL : PLT_LARGE));
    CALL(PltProjectSetIncrements(p, 10 * k));
    CALL(PltProjectSetStability(p, k));
    CALL(PltProjectSetImperfection(p, k - 0.5));
    CALL(PltProjectSetBranches(p, k));
    CALL(PltProjectSetOutputIncrements(p, k));
    ck_assert(p->kinematics == (k ? PLT_SMALL : PLT_LARGE) && p->increments_max == 10 * k);
    ck_assert(p->stability == (PetscBool)k && p->imperfection == k - 0.5);
    ck_assert(p->branches_all == (PetscBool)k && p->output_increments == (PetscBool)k);
  }
  ExpectUsage(PltProjectSetAccuracy(p, 2), "the accuracy is 2, must be between 1e-6 and 1");
  ExpectUsage(PltProjectSetLongest(p, 0), "the longest increment is 0, must be between");
  ExpectUsage(PltProjectSetKinematics(p, (PltKinematics)2), "no kinematics 2");
  ExpectUsage(PltProjectSetIncrements(p, -1), "-1, must not be negative");
  ExpectUsage(PltProjectSetImperfection(p, NAN), "amplitude of the imperfection");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(the_last_support_of_a_step_counts)
{
  PltProject   p     = MakeProject();
  const double pin[] = {0, 0, 0.01, 0, 0, 0.01, -0.02, 0.03};

  AddStep(p, "one", NULL, NULL);
  CALL(PltProjectStepSetPins(p, 4, pin));
  CALL(PltProjectStepSetSupport(p, PLT_ON_PINS)); /* says what was known */
  ck_assert_int_eq(p->step->npin, 4);
  ck_assert_double_eq(p->step->pin[3][1], 0.03);
  CALL(PltProjectStepSetPins(p, 3, pin));
  ck_assert_int_eq(p->step->npin, 3);
  CALL(PltProjectStepSetSupport(p, PLT_ON_EDGES));
  ck_assert(p->step->support == PLT_ON_EDGES && p->step->npin == 0 && !p->step->pin);
  CALL(PltProjectStepSetVacuum(p, 8e4));
  ck_assert_double_eq(p->step->vacuum, 8e4);
  ExpectUsage(PltProjectStepSetSupport(p, (PltSupportKind)4), "no support 4");
  ExpectUsage(PltProjectStepSetPins(p, 2, pin), "2 pins, must be 3 to 1000");
  ExpectUsage(PltProjectStepSetPins(p, 3, NULL), "pins are NULL");
  ExpectUsage(PltProjectStepSetVacuum(p, INFINITY), "pressure of the vacuum");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(the_panel_starts_at_the_first_temperature_of_its_process)
{
  PltProject   p   = MakeProject();
  const double hot = 400;

  ck_assert_double_eq(p->start_temperature, 298.15);
  AddStep(p, "one", "carrier", NULL);
  AddStep(p, "two", NULL, NULL);
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &hot));
  AddStep(p, "three", NULL, NULL);
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &room));
  ck_assert_double_eq(p->start_temperature, 400);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(an_array_is_centred_and_numbered_along_x_first)
{
  PltProject p = MakeProject();

  CALL(PltProjectAddDieArray(p, "device", 3, 2, 0.02, 0.03, 0.01, 0.012));
  ck_assert_int_eq(p->ndie, 6);
  ck_assert_double_eq(p->die[0].x, -0.02);
  ck_assert_double_eq(p->die[0].y, -0.015);
  ck_assert_double_eq(p->die[1].x, 0);
  ck_assert_double_eq(p->die[5].x, 0.02);
  ck_assert_double_eq(p->die[5].y, 0.015);
  ck_assert_double_eq(p->die[5].height, 0.012);
  ck_assert_str_eq(p->die[4].id, "5");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(wrong_arguments_are_refused_by_name)
{
  PltProject   p = MakeProject(), none = NULL;
  const double T[] = {300, 300}, E[] = {1, 2}, bad = NAN;

  ExpectUsage(PltProjectSetTitle(none, "x"), "project is NULL");
  ExpectUsage(PltProjectSetTitle(p, NULL), "title is NULL");
  ExpectUsage(PltProjectSetTitle(p, "two\nlines"), "UTF-8");
  ExpectUsage(PltProjectSetSize(p, NAN, 1), "width of the panel");
  ExpectUsage(PltProjectSetDiameter(p, INFINITY), "diameter");
  ExpectUsage(PltProjectSetMesh(p, 1, 0, 0, PLT_MESH_FREE, "x.msh"), "mesh file");
  ExpectUsage(PltProjectSetMesh(p, 1, 0, 0, PLT_MESH_FILE, NULL), "mesh file");
  ExpectUsage(PltProjectSetMesh(p, 1, 0, 0, (PltMeshMethod)9, NULL), "no mesh method 9");
  ExpectUsage(PltProjectSetSymmetry(p, (PltSymmetry)-1), "no symmetry -1");
  ExpectUsage(PltProjectAddMaterial(p, "glass", "isotropic"), "'glass' is there already");
  ExpectUsage(PltProjectAddMaterial(p, "", "isotropic"), "name of a material");
  ExpectUsage(PltProjectAddMaterial(p, "\xff", "isotropic"), "UTF-8");
  ExpectUsage(PltProjectAddMaterial(p, "none", "isotropic"), "'none'");
  ExpectUsage(PltProjectAddMaterial(p, "x", "rubber"), "no law 'rubber'");
  ExpectUsage(PltProjectAddMaterial(p, "x", "traces"), "PltProjectAddTraces");
  ExpectUsage(PltProjectSetProperty(p, "gold", "E", 1, NULL, E), "no material 'gold'");
  ExpectUsage(PltProjectSetProperty(p, "glass", "Ex", 1, NULL, E), "no property 'Ex'");
  ExpectUsage(PltProjectSetProperty(p, "glass", "E", 0, NULL, E), "needs one value");
  ExpectUsage(PltProjectSetProperty(p, "glass", "E", -2, T, E), "needs one value");
  ExpectUsage(PltProjectSetProperty(p, "glass", "E", 2, NULL, E), "needs one value");
  ExpectUsage(PltProjectSetProperty(p, "glass", "E", 2, T, E), "must ascend");
  ExpectUsage(PltProjectSetProperty(p, "glass", "E", 1, NULL, &bad), "not a finite number");
  ExpectUsage(PltProjectAddTraces(p, "m", "gold", "mold", 0.5, 'x'), "no material 'gold'");
  ExpectUsage(PltProjectAddTraces(p, "m", "glass", "mold", 0.5, 'z'), "not 'z'");
  ExpectUsage(PltProjectAddPly(p, "cap", "mold", NULL, 1, -1), "ply 'cap' is there already");
  ExpectUsage(PltProjectAddPly(p, "a/b", "mold", NULL, 1, -1), "cannot name a ply");
  ExpectUsage(PltProjectAddPly(p, "x", "gold", NULL, 1, -1), "no material 'gold'");
  ExpectUsage(PltProjectAddPly(p, "x", "mold", "gold", 1, -1), "no material 'gold'");
  ExpectUsage(PltProjectAddPly(p, "x", "mold", NULL, NAN, -1), "thickness of a ply");
  ExpectUsage(PltProjectAddPly(p, "x", "mold", NULL, 1, -2), "slab is -2");
  ck_assert_int_eq(p->nmaterial, 2); /* nothing of all this was kept */
  ck_assert_int_eq(p->nply, 3);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(wrong_dies_and_steps_are_refused_by_name)
{
  PltProject   p      = MakeProject();
  const double pins[] = {0, 0, 0, 0, 0, NAN}, T[] = {300, 310}, late[] = {1, 2}, back[] = {0, 0};

  ExpectUsage(PltProjectAddDie(p, "a", "lid", 0, 0, 1, 1, 0), "no ply 'lid'");
  ExpectUsage(PltProjectAddDie(p, "a\tb", "device", 0, 0, 1, 1, 0), "UTF-8");
  ExpectUsage(PltProjectAddDie(p, "a", "device", 0, NAN, 1, 1, 0), "y of a die");
  ExpectUsage(PltProjectAddDieArray(p, "device", -1, 4, 1, 1, 1, 1), "-1 x 4 dies");
  ExpectUsage(PltProjectAddDieArray(p, "device", 100000, 100000, 1, 1, 1, 1),
              "1000000 dies at most");
  ExpectUsage(PltProjectAddDieArray(p, "lid", 1, 1, 1, 1, 1, 1), "no ply 'lid'");
  ExpectUsage(PltProjectStepAdd(p, "cap"), "PltProjectAddStep first");
  ExpectUsage(PltProjectStepFlip(p), "PltProjectAddStep first");
  ExpectUsage(PltProjectAddStep(p, NULL), "name of a step");
  AddStep(p, "one", NULL, NULL);
  ExpectUsage(PltProjectStepAdd(p, "lid"), "no ply of 'lid'");
  ExpectUsage(PltProjectStepAdd(p, NULL), "piece is NULL");
  ExpectUsage(PltProjectStepRemove(p, "device/die"), "no other part");
  ExpectUsage(PltProjectStepSetStressFree(p, NAN), "stress-free");
  ExpectUsage(PltProjectStepSetTemperature(p, 0, NULL, T), "needs one temperature");
  ExpectUsage(PltProjectStepSetTemperature(p, 2, NULL, T), "needs one temperature");
  ExpectUsage(PltProjectStepSetTemperature(p, 2, late, T), "ascend from 0");
  ExpectUsage(PltProjectStepSetTemperature(p, 2, back, T), "ascend from 0");
  ExpectUsage(PltProjectStepSetTime(p, INFINITY), "duration");
  ExpectUsage(PltProjectStepShrink(p, "lid", 0.1), "no ply 'lid'");
  CALL(PltProjectStepShrink(p, "cap", 0.001));
  ExpectUsage(PltProjectStepShrink(p, "cap", 0.001), "already");
  CALL(PltProjectStepGrind(p, "cap", 1e-5));
  ExpectUsage(PltProjectStepGrind(p, "device", 1e-5), "grinds already");
  ExpectUsage(PltProjectStepSetHold(p, (PltHold)5), "no hold 5");
  ExpectUsage(PltProjectStepSetGravity(p, (PltGravity)5), "no gravity 5");
  ExpectUsage(PltProjectStepSetPins(p, 3, pins), "place of a pin");
  ck_assert_int_eq(p->ndie, 0);
  ck_assert_int_eq(p->step[0].nadd, 0);
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* ---- what is where ---- */

START_TEST(pieces_and_materials_by_region)
{
  PltProject     p   = MakeProject();
  const PltPiece all = {.ply = 1, .part = PLT_PART_ALL}, fill = {.ply = 1, .part = PLT_PART_FILL};
  const PltPiece dies     = {.ply = 1, .part = PLT_PART_DIES},
                 cap_fill = {.ply = 2, .part = PLT_PART_FILL};

  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  ck_assert_ptr_eq(PltProjectMaterialAt(p, 1, PLT_FILL), p->material[1]);
  ck_assert_ptr_eq(PltProjectMaterialAt(p, 1, 1), p->material[0]);
  ck_assert_ptr_eq(PltProjectMaterialAt(p, 2, 1), p->material[1]);
  ck_assert(PltPieceCovers(p, &all, 1, PLT_FILL) && PltPieceCovers(p, &all, 1, 1));
  ck_assert(PltPieceCovers(p, &fill, 1, PLT_FILL) && !PltPieceCovers(p, &fill, 1, 1));
  ck_assert(!PltPieceCovers(p, &dies, 1, PLT_FILL) && PltPieceCovers(p, &dies, 1, 1));
  ck_assert(!PltPieceCovers(p, &all, 2, PLT_FILL));
  ck_assert(PltPieceCovers(p, &cap_fill, 2, 1)); /* no die of the cap there */
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* A die of another ply with the same outline, written the other way round, is in the same region.
   */
START_TEST(dies_with_one_outline_in_several_plies_are_twins)
{
  PltProject p = MakeProject();

  CALL(PltProjectAddPly(p, "top", "mold", "glass", 1e-4, -1));
  CALL(PltProjectAddDie(p, "a", "device", 0.01, 0, 0.02, 0.01, 0));
  CALL(PltProjectAddDie(p, "b", "device", -0.02, 0, 0.02, 0.01, 0));
  CALL(PltProjectAddDie(p, "c", "top", 0.01 + 1e-13, 0, 0.01, 0.02, PETSC_PI / 2));
  for (int pass = 0; pass < 2; pass++) { /* before and after the rings are made */
    ck_assert(PltProjectDieInPly(p, 0, 1) && PltProjectDieInPly(p, 0, 3));
    ck_assert(PltProjectDieInPly(p, 2, 1) && PltProjectDieInPly(p, 2, 3));
    ck_assert(PltProjectDieInPly(p, 1, 1) && !PltProjectDieInPly(p, 1, 3));
    ck_assert(!PltProjectDieInPly(p, 0, 0));
    AddUsualSteps(p);
    CALL(PltProjectStepAdd(p, "top"));
    if (pass == 0) CALL(PltProjectCheck(p));
  }
  ck_assert_int_eq(p->twins, PETSC_TRUE);
  ck_assert_int_eq(p->die[0].twin, 2);
  ck_assert_int_eq(p->die[2].twin, 0);
  ck_assert_int_eq(p->die[1].twin, 1);
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *PanelSuite(void)
{
  Suite *suite = suite_create("panel");
  TCase *tcase = tcase_create("panel");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, setters_keep_what_they_are_given);
  tcase_add_test(tcase, how_to_solve_is_kept);
  tcase_add_test(tcase, the_last_support_of_a_step_counts);
  tcase_add_test(tcase, the_panel_starts_at_the_first_temperature_of_its_process);
  tcase_add_test(tcase, an_array_is_centred_and_numbered_along_x_first);
  tcase_add_test(tcase, wrong_arguments_are_refused_by_name);
  tcase_add_test(tcase, wrong_dies_and_steps_are_refused_by_name);
  tcase_add_test(tcase, pieces_and_materials_by_region);
  tcase_add_test(tcase, dies_with_one_outline_in_several_plies_are_twins);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(PanelSuite)
