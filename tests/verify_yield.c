/* TEST np=1,2,3 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Copper that yields and does not harden, in small kinematics: silicon dies on a foil with next to
   nothing around them, heated by 125 K and cooled. Between the dies the foil alone holds the panel,
   and yields. The first reference was found by corrections with the elastic matrix, 154 and 95 of
   them; a second foil, which yields more, they did not bring to equilibrium in 500. */
#include <string.h>
#include "check.h"
#include "model/model.h"

static const double zero_celsius = 273.15, GPa = 1e9, MPa = 1e6, ppm = 1e-6, mm = 1e-3;

static void Set(PltProject p, const char *material, const char *key, double value)
{
  CALL(PltProjectSetProperty(p, material, key, 1, NULL, &value));
}

static void AddMaterial(PltProject p, const char *name, const char *law, double E, double nu,
                        double cte)
{
  CALL(PltProjectAddMaterial(p, name, law));
  Set(p, name, "E", E);
  Set(p, name, "nu", nu);
  Set(p, name, "cte", cte);
}

static void AddStep(PltProject p, double celsius)
{
  const double T = celsius + zero_celsius;

  CALL(PltProjectAddStep(p, "step"));
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &T));
}

/* Four dies of 8 x 8 mm at 12 mm pitch, 0.3 mm thick, on 5 um of copper. */
static PltProject Panel(double yield, double fill)
{
  PltProject p;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &p));
  CALL(PltProjectSetSize(p, 24 * mm, 24 * mm));
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_QUARTER));
  CALL(PltProjectSetKinematics(p, PLT_SMALL));
  AddMaterial(p, "silicon", "isotropic", 170 * GPa, 0.27, 2.6 * ppm);
  AddMaterial(p, "fill", "isotropic", fill, 0.45, 100 * ppm);
  AddMaterial(p, "copper", "plastic", 120 * GPa, 0.34, 17 * ppm);
  Set(p, "copper", "yield", yield);
  CALL(PltProjectAddPly(p, "foil", "copper", NULL, 5e-6, -1));
  CALL(PltProjectAddPly(p, "device", "fill", "silicon", 0.3 * mm, -1));
  CALL(PltProjectAddDieArray(p, "device", 2, 2, 12 * mm, 12 * mm, 8 * mm, 8 * mm));
  AddStep(p, 25);
  CALL(PltProjectStepAdd(p, "foil"));
  CALL(PltProjectStepAdd(p, "device"));
  CALL(PltProjectStepSetStressFree(p, 25 + zero_celsius));
  AddStep(p, 150);
  AddStep(p, 25);
  return p;
}

/* Warpage after heating and after cooling, to 1e-6, in no more than 20 corrections each. */
static void Run(double yield, double fill, const char *solver, const double exact[2])
{
  PltProject p = Panel(yield, fill);
  PltModel   model;
  int        more;

  CALL(PltModelCreate(p, &model));
  CALL(PltModelSetSolver(model, solver));
  CALL(PltModelStep(model, &more));
  for (int i = 0; i < 2; i++) {
    PltWarpage    w;
    PltStepReport report;

    CALL(PltModelStep(model, &more));
    CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w));
    CALL(PltModelGetStep(model, &report));
    ck_assert_msg(Everywhere(Near(w.pv, exact[i], 1e-6)), "%d: %.9g m, not %.9g m", i, w.pv,
                  exact[i]);
    ck_assert_msg(Everywhere(report.newton <= 20), "%d corrections", report.newton);
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&p));
}

static const char *const solver[] = {"direct", "columns"};

START_TEST(foil_yields)
{
  const double exact[2] = {2.44866362e-3, 4.52953518e-4};

  Run(30 * MPa, 0.1 * MPa, solver[_i], exact);
}
END_TEST

START_TEST(foil_yields_in_liquid)
{
  const double exact[2] = {1.96968693e-3, 6.74424425e-4};

  Run(5 * MPa, 0.01 * MPa, solver[_i], exact);
}
END_TEST

static Suite *YieldSuite(void)
{
  Suite *suite = suite_create("yield");
  TCase *tc    = tcase_create("foil");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, foil_yields, 0, 2);
  tcase_add_loop_test(tc, foil_yields_in_liquid, 0, 2);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(YieldSuite)
