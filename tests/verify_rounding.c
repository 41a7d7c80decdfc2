/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Digits: a 510 mm stack with 10 um of adhesive and 4 um of copper, every layer an element of
   its own. The nodal matrix has a condition of 1e13 (E h^2/t of the copper against E H^3 h^2/L^4
   of the panel): one direct solve keeps four to five digits of the warpage, measured 1.9e-5
   here. It must be good to 1e-6 and not depend on the way the equations are solved. */
#include "coupon.h"

enum { LAYERS = 5 };
static const Layer  layer[LAYERS] = {{"glass", 1.0, 74000, 0.23, 3.8e-6},
                                     {"adhesive", 0.010, 1000, 0.40, 60e-6},
                                     {"copper", 0.004, 60000, 0.34, 20e-6},
                                     {"device", 0.3, 22000, 0.30, 8e-6},
                                     {"cap", 0.2, 22000, 0.30, 8e-6}};
static const double side = 510, heat = 155; /* mm, K */

/* mesh, edge: size of elements far from and at the edges, mm. The coarser, the worse the
   rounding. */
static PltProject Panel(double length, double mesh, double edge, PltSymmetry symmetry)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  CALL(PltProjectSetSize(project, length * 1e-3, length * 1e-3));
  CALL(PltProjectSetMesh(project, mesh * 1e-3, edge * 1e-3, 2, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, symmetry));
  return project;
}

static void AddPly(PltProject project, const Layer *l, const char *name, double h, double cte,
                   int slab)
{
  const double E = l->E * 1e6;

  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &l->nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
  CALL(PltProjectAddPly(project, name, name, NULL, h * 1e-3, slab));
}

/* A stack whose warpage is known to all digits, edges included. Each layer is two halves of one
   modulus and of expansions a +- d. By itself it has the strain a T in the middle and the
   curvature 3/2 (2 d T)/h (Timoshenko 1925, equal halves). With a = (e - k z)/T at its middle
   and d = k h/(3 T) all layers want the strain e - k z: they fit, nothing passes between them,
   no edge disturbs. */
static PltProject Fitting(double e, double k)
{
  PltProject project = Panel(side, 15, 0, PLT_SYMMETRY_NONE);
  double     z       = 0;
  char       name[32];

  StepAdd(project, "heat", NULL, 0, 25 + heat);
  CALL(PltProjectStepSetStressFree(project, 25 + 273.15));
  for (int i = 0; i < LAYERS; i++) {
    const double h = layer[i].h, a = (e - k * (z + h / 2)) / heat, d = k * h / (3 * heat);

    for (int half = 0; half < 2; half++) {
      snprintf(name, sizeof name, "%s%d", layer[i].name, half);
      AddPly(project, &layer[i], name, h / 2, half ? a - d : a + d, i);
      CALL(PltProjectStepAdd(project, name));
    }
    z += h;
  }
  return project;
}

START_TEST(deflection_is_good_to_1e_6)
{
  const double k = 2e-4, exact = k * side * side / 4 * 1e-3; /* 1/mm; m, 13 mm to a corner */
  PltProject   project = Fitting(2e-3, k);
  PltModel     model;
  PltWarpage   w;

  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &w));
  ck_assert_msg(Everywhere(Near(w.pv, exact, 1e-6)), "pv %.12g, exact %.12g", w.pv, exact);
  ck_assert_msg(Everywhere(Near(w.corner, exact, 1e-6)), "corner %.12g", w.corner);
  ck_assert_msg(Everywhere(Near(w.edge_x, exact / 2, 1e-6)), "edge %.12g", w.edge_x);
  ck_assert_msg(Everywhere(Near(w.curvature[0], k * 1e3, 1e-6)), "kappa %.12g", w.curvature[0]);
  ck_assert_msg(Everywhere(Near(w.curvature[1], k * 1e3, 1e-6)), "kappa %.12g", w.curvature[1]);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* The layers as they are: they pull on each other, along the edges through the adhesive. */
static PltModel Pulling(double length, double mesh, double edge, PltProject *project)
{
  PltModel model;

  *project = Panel(length, mesh, edge, PLT_SYMMETRY_QUARTER);
  StepAdd(*project, "cool", NULL, 0, 25);
  CALL(PltProjectStepSetStressFree(*project, 25 + heat + 273.15));
  for (int i = 0; i < LAYERS; i++) {
    AddPly(*project, &layer[i], layer[i].name, layer[i].h, layer[i].cte, i);
    CALL(PltProjectStepAdd(*project, layer[i].name));
  }
  CALL(PltModelCreate(*project, &model));
  return model;
}

/* Over the 30 mm beside the centre, 1/mm. */
static double MiddleCurvature(double length)
{
  PltProject project;
  PltModel   model = Pulling(length, 15, 1, &project);
  double     middle[3], beside[3];

  CALL(PltModelRun(model));
  CALL(PltModelGetDisplacement(model, "glass", 0, 0, middle));
  CALL(PltModelGetDisplacement(model, "glass", 30e-3, 0, beside));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  return 2 * (beside[2] - middle[2]) / (30e-3 * 30e-3) * 1e-3;
}

/* The strip along the edges that the adhesive sets free changes the middle by a part c/L,
   -5.4e-5 at 510 mm; panels of two sizes with equal edges tell c. What is left must be laminate
   theory. */
START_TEST(middle_is_a_laminate_to_1e_6)
{
  const double small = MiddleCurvature(side / 2), large = MiddleCurvature(side);
  const double limit = 2 * large - small;
  double       a[LAYERS], e0, kappa;

  for (int i = 0; i < LAYERS; i++) a[i] = -heat * layer[i].cte;
  Laminate(LAYERS, layer, a, &e0, &kappa);
  ck_assert_msg(Everywhere(Near(large, kappa, 1e-4)), "kappa %.12g, %.12g", large, kappa);
  ck_assert_msg(Everywhere(Near(limit, kappa, 1e-6)), "limit %.12g, %.12g", limit, kappa);
}
END_TEST

static PltWarpage Solve(const char *solver)
{
  PltProject project;
  PltModel   model = Pulling(side, 30, 0, &project);
  PltWarpage w;

  CALL(PltModelSetSolver(model, solver));
  CALL(PltModelRun(model));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &w));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  return w;
}

START_TEST(solvers_agree_to_1e_6)
{
  const PltWarpage direct = Solve("direct"), amg = Solve("amg");

  ck_assert_msg(Everywhere(Near(amg.pv, direct.pv, 1e-6)), "%.12g, %.12g", amg.pv, direct.pv);
  ck_assert(Everywhere(Near(amg.corner, direct.corner, 1e-6)));
  ck_assert(Everywhere(Near(amg.edge_x, direct.edge_x, 1e-6)));
  ck_assert(Everywhere(Near(amg.curvature[0], direct.curvature[0], 1e-6)));
  ck_assert(Everywhere(Near(amg.curvature[1], direct.curvature[1], 1e-6)));
}
END_TEST

static Suite *RoundingSuite(void)
{
  Suite *suite = suite_create("rounding");
  TCase *tc    = tcase_create("whole panel");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, deflection_is_good_to_1e_6);
  tcase_add_test(tc, middle_is_a_laminate_to_1e_6);
  tcase_add_test(tc, solvers_agree_to_1e_6);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(RoundingSuite)
