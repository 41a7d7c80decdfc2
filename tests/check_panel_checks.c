/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What is wrong with a description, found for projects made by calls. The mistakes of recipes are
   in check_input_bad.c; here are those that only calls can make, the limits just inside of which
   nothing is wrong, and speed. */
#include "panel_sample.h"

START_TEST(a_good_project_has_no_mistakes)
{
  PltProject   p      = MakeProject();
  const double pins[] = {-0.04, -0.03, 0.04, -0.03, 0, 0.03};

  CALL(PltProjectAddDieArray(p, "device", 4, 3, 0.02, 0.02, 0.02, 0.02)); /* they touch */
  AddUsualSteps(p);
  AddStep(p, "peel", NULL, "carrier");
  CALL(PltProjectStepSetHold(p, PLT_HOLD_FLAT));
  AddStep(p, "turn", NULL, NULL);
  CALL(PltProjectStepFlip(p));
  CALL(PltProjectStepSetPins(p, 3, pins));
  AddStep(p, "thin", NULL, NULL);
  CALL(PltProjectStepGrind(p, "device", 1e-4)); /* the lower face is up now: the cap stays */
  CALL(PltProjectStepShrink(p, "cap", 1e-3));
  CALL(PltProjectCheck(p));
  CALL(PltProjectCheck(p)); /* checking changes nothing */
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(calls_can_make_mistakes_that_readers_stop)
{
  PltProject   p    = MakeProject();
  const double cold = -1;

  CALL(PltProjectSetSize(p, -0.1, 0.08));
  AddStep(p, "start", "carrier", NULL);
  ExpectMistake(p, "the size of the panel is -100 mm by 80 mm");
  ExpectMistake(p, "ply 'device' has a material for dies ('glass'), but no dies are in it");
  ExpectMistake(p, "no step adds ply 'cap'");
  ExpectMistake(p, "no step adds ply 'device'");
  CALL(PltProjectSetDiameter(p, 0.1));
  ExpectMistake(p, "a round panel cannot have a mapped mesh");
  CALL(PltProjectSetMesh(p, 0.005, -1, 0.9, PLT_MESH_FREE, NULL));
  ExpectMistake(p, "mesh size at dies is -1000 mm");
  ExpectMistake(p, "growth of the mesh size is 0.9");
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &cold));
  ExpectMistake(p, "step 'start': -274.15 degC is below absolute zero");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(supports_and_vacuum_have_limits)
{
  PltProject   p        = MakeProject();
  const double square[] = {0.05, 0.04, -0.05, 0.04, -0.05, -0.04, 0.05, -0.04};
  const double line[]   = {0, 0, 0.04, 0, -0.04, 0, 0.02, 1e-5};

  AddUsualSteps(p);
  CALL(PltProjectSetKinematics(p, PLT_LARGE));
  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  CALL(PltProjectSetImperfection(p, 7.9e-3));
  CALL(PltProjectStepSetPins(p, 4, square)); /* at the corners */
  CALL(PltProjectCheck(p));
  CALL(PltProjectStepSetPins(p, 4, line));
  ExpectMistake(p, "step 'mold': the 4 pins are nearly in one line");
  CALL(PltProjectStepSetSupport(p, PLT_ON_EDGES));
  CALL(PltProjectCheck(p));
  CALL(PltProjectStepSetSupport(p, PLT_ON_PINS));
  ExpectMistake(p, "step 'mold': it rests on pins, but there are none");
  CALL(PltProjectStepSetSupport(p, PLT_ON_TABLE));
  ExpectMistake(p, "step 'mold': nothing presses the panel on its table");
  CALL(PltProjectStepSetGravity(p, PLT_GRAVITY_UP));
  ExpectMistake(p, "step 'mold': 'gravity: up' lifts the panel off its table");
  CALL(PltProjectStepSetGravity(p, PLT_GRAVITY_OFF));
  CALL(PltProjectStepSetHold(p, PLT_HOLD_FLAT));
  CALL(PltProjectStepSetVacuum(p, 110e3));
  CALL(PltProjectCheck(p));
  CALL(PltProjectStepSetVacuum(p, -1));
  ExpectMistake(p, "step 'mold': the vacuum is -0.001 kPa");
  CALL(PltProjectSetImperfection(p, 8e-3));
  ExpectMistake(p, "the imperfection is 8 mm, must be below a tenth of the panel's 80 mm");
  ExpectCount(p, 2);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(an_empty_project_has_a_mistake_for_each_thing_it_lacks)
{
  PltProject p;

  CALL(PltProjectCreate(PETSC_COMM_SELF, &p));
  ExpectMistake(p, "the size of the panel is 0 mm by 0 mm");
  ExpectMistake(p, "the stack has no plies");
  ExpectMistake(p, "the process has no steps");
  ExpectCount(p, 3);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(temperatures_at_the_ends_of_a_table_are_inside)
{
  PltProject   p      = MakeProject();
  const double time[] = {0, 1, 2}, in[] = {273.15, 473.15, 300}, out[] = {300, 473.16, 300};

  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  AddUsualSteps(p);
  AddStep(p, "cycle", NULL, NULL);
  CALL(PltProjectStepSetTemperature(p, 3, time, in));
  CALL(PltProjectCheck(p));
  CALL(PltProjectStepSetTemperature(p, 3, time, out));
  ExpectMistake(p, "step 'cycle' reaches 200.01 degC, but 'E' of material 'mold' is known from 0");
  ExpectCount(p, 1);
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* What was removed before a hot step is not asked; what is live while the panel is brought to the
   birth temperature of the next ply is. */
START_TEST(temperatures_are_those_a_material_sees)
{
  PltProject   p   = MakeProject();
  const double hot = 500;

  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  AddStep(p, "start", "carrier", NULL);
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &room));
  AddStep(p, "mold", "device", NULL);
  AddStep(p, "cap", "cap", NULL);
  CALL(PltProjectStepSetStressFree(p, hot));
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &room));
  ExpectMistake(p, "step 'cap' reaches 226.85 degC");
  CALL(PltProjectDestroy(&p));

  p = MakeProject();
  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  AddStep(p, "start", "device", NULL);
  CALL(PltProjectStepAdd(p, "cap"));
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &room));
  AddStep(p, "carrier", "carrier", NULL);
  AddStep(p, "peel", NULL, "device");
  CALL(PltProjectStepRemove(p, "cap"));
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &hot));
  CALL(PltProjectCheck(p));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* A ply may come from below, and fill may go beside dies that stand on nothing else. */
START_TEST(contact_is_from_either_side)
{
  PltProject p = MakeProject();

  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  AddStep(p, "lid", "cap", NULL);
  AddStep(p, "dies", "device/dies", NULL);
  AddStep(p, "fill", "device/fill", NULL);
  AddStep(p, "carrier", "carrier", NULL);
  CALL(PltProjectCheck(p));
  CALL(PltProjectDestroy(&p));

  p = MakeProject();
  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.1, 0.08, 0)); /* one die is the whole panel */
  AddStep(p, "die", "device/dies", NULL);
  AddStep(p, "fill", "device/fill", NULL);
  AddStep(p, "cap", "cap", NULL);
  AddStep(p, "carrier", "carrier", NULL);
  CALL(PltProjectCheck(p));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(a_gap_below_is_no_contact)
{
  PltProject p = MakeProject();

  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  AddStep(p, "start", "carrier", NULL);
  AddStep(p, "dies", "device/dies", NULL);
  AddStep(p, "cap", "cap", NULL); /* outside the dies it hangs in the air */
  AddStep(p, "fill", "device/fill", NULL);
  ExpectMistake(p, "step 'cap' adds 'cap', which touches nothing outside the dies: 'device'");
  CALL(PltProjectDestroy(&p));

  p = MakeProject();
  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, 0));
  AddStep(p, "start", "carrier", NULL);
  AddStep(p, "fill", "device/fill", NULL);
  AddStep(p, "cap", "cap/fill", NULL);
  ExpectMistake(p, "which touches nothing at die '1'"); /* cap/fill is there too: a void below */
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(mirror_images_may_be_written_another_way)
{
  PltProject p = MakeProject();

  CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_QUARTER));
  CALL(PltProjectSetMesh(p, 0.005, 0, 0, PLT_MESH_FREE, NULL));
  for (int k = 0; k < 4; k++) {
    const double sx = k % 2 ? -1 : 1, sy = k / 2 ? -1 : 1;

    CALL(PltProjectAddDie(p, NULL, "device", sx * 0.02, sy * 0.02, 0.01, 0.005, sx * sy * 0.3));
  }
  CALL(PltProjectAddDie(p, NULL, "device", 0, 0, 0.01, 0.01, PETSC_PI / 4)); /* on both planes */
  AddUsualSteps(p);
  CALL(PltProjectCheck(p));
  p->die[0].angle = -0.3;
  ExpectMistake(p, "die '1' at (20 mm, 20 mm) has no mirror image across x = 0");
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* Turned squares side by side: their bounding boxes overlap, they do not. */
START_TEST(overlap_is_of_the_dies_not_of_their_boxes)
{
  PltProject   p    = MakeProject();
  const double side = 0.01, shift = side * 1.001 * PETSC_SQRT2 / 2;

  CALL(PltProjectSetMesh(p, 0.005, 0, 0, PLT_MESH_FREE, NULL));
  CALL(PltProjectAddDie(p, "a", "device", 0, 0, side, side, PETSC_PI / 4));
  CALL(PltProjectAddDie(p, "b", "device", shift, shift, side, side, PETSC_PI / 4));
  AddUsualSteps(p);
  CALL(PltProjectCheck(p));
  p->die[1].x = p->die[1].y = 0.999 * shift / 1.001;
  ExpectMistake(p, "die 'b' at (7.064 mm, 7.064 mm) overlaps die 'a'");
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* All pairs would take 10^10 comparisons; a bad case for bins is one long column. */
START_TEST(a_hundred_thousand_dies_are_checked_quickly)
{
  const int count[][2] = {{400, 250}, {1, 100000}, {100000, 1}};

  for (int k = 0; k < 3; k++) {
    PltProject   p  = MakeProject();
    const double dx = 0.1 / count[k][0], dy = 0.08 / count[k][1];
    const double start = MPI_Wtime();

    CALL(PltProjectAddDieArray(p, "device", count[k][0], count[k][1], dx, dy, 0.9 * dx, 0.9 * dy));
    AddUsualSteps(p);
    CALL(PltProjectSetMesh(p, 0.005, 0.005, 0, PLT_MESH_MAPPED, NULL));
    CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_QUARTER));
    CALL(PltProjectCheck(p));
    p->die[70000].x += 0.2 * dx;
    p->die[70000].y += 0.2 * dy;
    ExpectMistake(p, "die '70001' at");
    /* 0.3 s on a 2023 core; sanitizers and a busy machine take up to ten times that */
    ck_assert_msg(MPI_Wtime() - start < 20, "%g s", MPI_Wtime() - start);
    CALL(PltProjectDestroy(&p));
  }
}
END_TEST

START_TEST(many_mistakes_of_a_kind_are_cut_short)
{
  PltProject p = MakeProject();

  CALL(PltProjectAddDieArray(p, "device", 1000, 1000, 0, 0, 0.01, 0.01)); /* all in one place */
  AddUsualSteps(p);
  CALL(PltProjectSetMesh(p, 0.005, 0.005, 0, PLT_MESH_MAPPED, NULL));
  ExpectMistake(p, "overlaps die '1'");
  ExpectCount(p, PLT_ENOUGH);
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *PanelCheckSuite(void)
{
  Suite *suite = suite_create("panel_checks");
  TCase *tcase = tcase_create("panel_checks");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, a_good_project_has_no_mistakes);
  tcase_add_test(tcase, calls_can_make_mistakes_that_readers_stop);
  tcase_add_test(tcase, supports_and_vacuum_have_limits);
  tcase_add_test(tcase, an_empty_project_has_a_mistake_for_each_thing_it_lacks);
  tcase_add_test(tcase, temperatures_at_the_ends_of_a_table_are_inside);
  tcase_add_test(tcase, temperatures_are_those_a_material_sees);
  tcase_add_test(tcase, contact_is_from_either_side);
  tcase_add_test(tcase, a_gap_below_is_no_contact);
  tcase_add_test(tcase, mirror_images_may_be_written_another_way);
  tcase_add_test(tcase, overlap_is_of_the_dies_not_of_their_boxes);
  tcase_add_test(tcase, a_hundred_thousand_dies_are_checked_quickly);
  tcase_add_test(tcase, many_mistakes_of_a_kind_are_cut_short);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(PanelCheckSuite)
