/* TEST np=1,2 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   A layer of traces that is not the same everywhere, through the process driver: a map of one value
   is the layer without a map, and where a map changes each half of a held plate has the stress of a
   plate of its own. */
#include <string.h>
#include "check.h"

enum { NOTHING, ONE, HALVES, ENDS }; /* the map */

static void Set(PltProject p, const char *material, const char *key, double value)
{
  CALL(PltProjectSetProperty(p, material, key, 1, NULL, &value));
}

static void AddTraces(PltProject p, int map, double fraction)
{
  const double cells[4][2] = {{fraction, fraction}, {fraction, fraction}, {0.2, 0.7}, {0, 1}};
  PltTracesMap given       = {.kind      = PLT_MAP_CELLS,
                              .direction = map == ENDS ? 'm' : 'x',
                              .nx        = 2,
                              .ny        = 1,
                              .cells     = {cells[map]},
                              .width     = 20e-3,
                              .height    = 20e-3};

  if (map == NOTHING) CALL(PltProjectAddTraces(p, "m1", "cu", "pi", fraction, 'x'));
  else CALL(PltProjectAddTracesMap(p, "m1", "cu", "pi", &given));
}

/* Traces in polyimide on 2 mm of glass, cooled by 200 K. The law of copper: isotropic, or plastic
   as if it yielded at 100 MPa. */
static PltModel Cool(int map, double fraction, const char *law, PltKinematics kinematics,
                     const char *solver, PltProject *project)
{
  const double T = 300;
  PltProject   p;
  PltModel     model;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &p));
  CALL(PltProjectSetSize(p, 20e-3, 20e-3));
  CALL(PltProjectSetMesh(p, 2e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetKinematics(p, kinematics));
  for (int i = 0; i < 3; i++) {
    const char *const name[]     = {"glass", "pi", "cu"};
    const double      value[][3] = {{73e9, .22, 4e-6}, {3.5e9, .34, 45e-6}, {117e9, .34, 17e-6}};

    CALL(PltProjectAddMaterial(p, name[i], i == 2 ? law : "isotropic"));
    Set(p, name[i], "E", value[i][0]);
    Set(p, name[i], "nu", value[i][1]);
    Set(p, name[i], "cte", value[i][2]);
  }
  if (strcmp(law, "isotropic")) Set(p, "cu", "yield", 100e6);
  if (strcmp(law, "isotropic")) Set(p, "cu", "hardening", 1e9);
  AddTraces(p, map, fraction);
  CALL(PltProjectAddPly(p, "base", "glass", NULL, 2e-3, -1));
  CALL(PltProjectAddPly(p, "metal", "m1", NULL, 5e-6, -1));
  CALL(PltProjectAddStep(p, "cool"));
  CALL(PltProjectStepAdd(p, "base"));
  CALL(PltProjectStepAdd(p, "metal"));
  CALL(PltProjectStepSetStressFree(p, 500));
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &T));
  CALL(PltModelCreate(p, &model));
  CALL(PltModelSetSolver(model, solver));
  CALL(PltModelRun(model));
  *project = p;
  return model;
}

static void StressAt(int map, double fraction, const char *law, PltKinematics kinematics, double x,
                     double stress[6])
{
  PltProject p;
  PltModel   model = Cool(map, fraction, law, kinematics, "columns", &p);
  double     high[6];

  CALL(PltModelGetStress(model, "metal", x, 1e-3, stress, high));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&p));
}

/* Elastic and yielding copper, small and large kinematics. Shares are rounded to 1e-9. */
START_TEST(map_of_one_value_is_no_map)
{
  const char *const   law        = _i % 2 ? "plastic" : "isotropic";
  const PltKinematics kinematics = _i / 2 ? PLT_LARGE : PLT_SMALL;
  PltWarpage          w[2];

  for (int map = 0; map < 2; map++) {
    PltProject p;
    PltModel   model = Cool(map ? ONE : NOTHING, 0.45, law, kinematics, "auto", &p);

    CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w[map]));
    CALL(PltModelDestroy(&model));
    CALL(PltProjectDestroy(&p));
  }
  ck_assert(Everywhere(w[0].pv > 1e-8));
  ck_assert_msg(Everywhere(Near(w[0].pv, w[1].pv, 1e-7)), "%.12g and %.12g", w[0].pv, w[1].pv);
}
END_TEST

/* The glass holds the layer: 6 mm from where the map changes the stress is that of a plate with the
   same fraction all over, to what the layer strains the glass (0.3 %) and to the alternation of
   stress that coarse quads have beside a step (bench_edge): 1.3 % with quads of 2.5 mm, below 1 %
   with these of 2 mm. */
START_TEST(each_half_has_its_own_stress)
{
  const char *const   law        = _i % 2 ? "plastic" : "isotropic";
  const PltKinematics kinematics = _i / 2 ? PLT_LARGE : PLT_SMALL;

  for (int half = 0; half < 2; half++) {
    double alone[6], beside[6];

    StressAt(NOTHING, half ? 0.7 : 0.2, law, kinematics, half ? 6e-3 : -6e-3, alone);
    StressAt(HALVES, 0, law, kinematics, half ? 6e-3 : -6e-3, beside);
    ck_assert_msg(Everywhere(Near(alone[0], beside[0], 1e-2)), "half %d: %g and %g Pa", half,
                  alone[0], beside[0]);
  }
}
END_TEST

/* Copper that yields beside bare polyimide: where all of an area is one of the two, it is that. A
   share of nothing counts as 1e-4, 0.3 % of the stress; the rest of 1.3 % is the step's. */
START_TEST(all_and_nothing)
{
  PltProject p;
  PltModel   model = Cool(ENDS, 0, "plastic", PLT_LARGE, "columns", &p);

  for (int half = 0; half < 2; half++) {
    const double x = half ? 6e-3 : -6e-3;
    double       alone[6], beside[6], high[6];

    StressAt(NOTHING, half, "plastic", PLT_LARGE, x, alone);
    CALL(PltModelGetStress(model, "metal", x, 1e-3, beside, high));
    ck_assert_msg(Everywhere(Near(alone[0], beside[0], 2e-2)), "half %d: %g and %g Pa", half,
                  alone[0], beside[0]);
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *MapSuite(void)
{
  Suite *suite = suite_create("map");
  TCase *tc    = tcase_create("maps");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, map_of_one_value_is_no_map, 0, 4);
  tcase_add_loop_test(tc, each_half_has_its_own_stress, 0, 4);
  if (RankCount() == 1) tcase_add_test(tc, all_and_nothing); /* half a minute */
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(MapSuite)
