/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The tables of PltProjectDescribe: that what they say is what the other rooms do. */
#include <string.h>
#include "check.h"
#include "mesh/mesh.h"

static const double room = 298.15, hot = 453.15;

static void AddMaterial(PltProject project, const char *name, double E, double nu, double cte)
{
  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
}

static PltProject Bilayer(void)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_SELF, &project));
  CALL(PltProjectSetTitle(project, "two plies"));
  CALL(PltProjectSetSize(project, 40e-3, 30e-3));
  CALL(PltProjectSetMesh(project, 2e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  AddMaterial(project, "glass", 74e9, 0.23, 3.8e-6);
  AddMaterial(project, "mold", 22e9, 0.30, 8e-6);
  CALL(PltProjectAddPly(project, "carrier", "glass", NULL, 0.7e-3, -1));
  CALL(PltProjectAddPly(project, "cap", "mold", NULL, 400e-6, -1));
  CALL(PltProjectAddStep(project, "bond"));
  CALL(PltProjectStepAdd(project, "carrier"));
  CALL(PltProjectStepAdd(project, "cap"));
  CALL(PltProjectStepSetStressFree(project, hot));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &room));
  return project;
}

/* Dies in a third ply, which a later step takes off with the carrier. */
static PltProject Panel(double die_size, PltSymmetry symmetry)
{
  PltProject project = Bilayer();

  CALL(PltProjectSetMesh(project, 2e-3, die_size, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, symmetry));
  AddMaterial(project, "silicon", 160e9, 0.23, 2.8e-6);
  CALL(PltProjectAddPly(project, "device", "mold", "silicon", 300e-6, -1));
  CALL(PltProjectAddDieArray(project, "device", 3, 2, 13e-3, 14e-3, 8e-3, 9e-3));
  CALL(PltProjectAddStep(project, "molding"));
  CALL(PltProjectStepAdd(project, "device/dies"));
  CALL(PltProjectStepAdd(project, "device/fill"));
  CALL(PltProjectAddStep(project, "debond"));
  CALL(PltProjectStepRemove(project, "carrier"));
  return project;
}

static char *Describe(PltProject project)
{
  char *text = NULL;

  CALL(PltProjectDescribe(project, &text));
  ck_assert_ptr_nonnull(text);
  return text;
}

#define HOLDS(text, part) ck_assert_msg(strstr(text, part), "'%s' is not in\n%s", part, text)

START_TEST(the_tables_hold_what_was_described)
{
  PltProject project = Panel(0, PLT_SYMMETRY_NONE);
  char      *text    = Describe(project);

  HOLDS(text, "two plies");
  HOLDS(text, "40 mm x 30 mm");
  HOLDS(text, "400 um");
  HOLDS(text, "0.230");
  HOLDS(text, "dies    6");
  HOLDS(text, "  add carrier cap at 180 degC");
  HOLDS(text, "  add device/dies device/fill");
  HOLDS(text, "  remove carrier");
  free(text);
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* E, nu and CTE come back from stiffness and expansion: to the four digits shown. */
START_TEST(properties_are_those_given)
{
  PltProject project = Bilayer();
  char      *text = Describe(project), *row = strstr(text, "carrier ");
  char       material[16];
  double     E, nu, cte;

  ck_assert_ptr_nonnull(row);
  ck_assert_int_eq(sscanf(row, "carrier 700 um %*d all %15s %lf %lf %lf", material, &E, &nu, &cte),
                   4);
  ck_assert_str_eq(material, "glass");
  ck_assert(Near(E, 74, 1e-3) && Near(nu, 0.23, 1e-3) && Near(cte, 3.8, 1e-3));
  free(text);
  CALL(PltProjectDestroy(&project));
}
END_TEST

static void ExpectCounts(PltProject project)
{
  PltFootprint footprint;
  char        *text = Describe(project), line[80];

  CALL(PltFootprintCreate(project, &footprint));
  snprintf(line, sizeof line, "columns  %d   on %d lines", footprint.nquad, footprint.nvert);
  HOLDS(text, line);
  CALL(PltFootprintDestroy(&footprint));
  free(text);
}

START_TEST(expected_columns_are_those_of_the_mesh)
{
  static const double      die_size[] = {0, 2e-3, 1e-3, 0.5e-3, 0.3e-3};
  static const PltSymmetry symmetry[] = {PLT_SYMMETRY_NONE, PLT_SYMMETRY_HALF_X,
                                         PLT_SYMMETRY_HALF_Y, PLT_SYMMETRY_QUARTER};
  PltProject               project    = Bilayer();

  ExpectCounts(project);
  CALL(PltProjectDestroy(&project));
  project = Panel(die_size[_i % 5], symmetry[_i / 5]);
  ExpectCounts(project);
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* 20 x 16 quads (the mesher takes even numbers), 21 x 17 lines; two slabs, so three levels. */
START_TEST(unknowns_are_those_of_the_fullest_step)
{
  PltProject project = Bilayer();
  char      *text    = Describe(project);

  HOLDS(text, "columns  320   on 357 lines");
  HOLDS(text, "levels   3 ");
  HOLDS(text, "unknowns 3213 ");
  free(text);
  CALL(PltProjectDestroy(&project));
}
END_TEST

START_TEST(a_wrong_description_is_refused)
{
  PltProject project = Bilayer();
  char      *text    = NULL;

  CALL(PltProjectAddStep(project, "take off"));
  CALL(PltProjectStepRemove(project, "carrier"));
  CALL(PltProjectAddStep(project, "again"));
  CALL(PltProjectStepRemove(project, "carrier"));
  ck_assert_int_eq(PltProjectDescribe(project, &text), PLT_ERR_RECIPE);
  ck_assert_ptr_null(text);
  ck_assert_msg(strstr(PltGetErrorMessage(), "again"), "%s", PltGetErrorMessage());
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *DescribeSuite(void)
{
  Suite *suite = suite_create("describe");
  TCase *tests = tcase_create("tables");

  tcase_add_test(tests, the_tables_hold_what_was_described);
  tcase_add_test(tests, properties_are_those_given);
  tcase_add_loop_test(tests, expected_columns_are_those_of_the_mesh, 0, 20);
  tcase_add_test(tests, unknowns_are_those_of_the_fullest_step);
  tcase_add_test(tests, a_wrong_description_is_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
PLT_TEST_MAIN(DescribeSuite)
