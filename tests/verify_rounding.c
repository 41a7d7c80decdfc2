/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Digits: a 510 mm stack with 10 um of adhesive and 4 um of copper, every layer an element of its own.
   Its nodal matrix has a condition of 1e13 (E h^2/t of the copper against E H^3 h^2/L^4 of the panel).
   The warpage must be good to 1e-6 all the same, and not depend on the way the equations are solved. */
#include "coupon.h"

enum { LAYERS = 5 };
static const Layer layer[LAYERS] = {{"glass", 1.0, 74000, 0.23, 3.8e-6},
                                    {"adhesive", 0.010, 1000, 0.40, 60e-6},
                                    {"copper", 0.004, 60000, 0.34, 20e-6},
                                    {"device", 0.3, 22000, 0.30, 8e-6},
                                    {"cap", 0.2, 22000, 0.30, 8e-6}};
/* 15 mm is the coarsest mesh that a panel would get, where rounding is worst. */
static const double side = 510, mesh = 15, heat = 155;

static PltProject Panel(PltSymmetry symmetry)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, side * 1e-3, side * 1e-3));
  CALL(PltProjectSetMesh(project, mesh * 1e-3, 0, 0, PLT_MESH_MAPPED, NULL));
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

/* A stack whose warpage is known to all digits, edges included. Each layer is two halves of one modulus
   and of expansions a -+ d. By itself it has the strain a T in the middle and the curvature
   -3/2 (2 d T)/h (Timoshenko 1925, equal halves). With a = (e - k z)/T at its middle and d = k h/(3 T)
   all layers want the strain e - k z: they fit, nothing passes between them, no edge disturbs. */
static PltProject Fitting(double e, double k)
{
  PltProject project = Panel(PLT_SYMMETRY_NONE);
  double     z       = 0;

  for (int i = 0; i < LAYERS; i++) {
    const double h = layer[i].h, a = (e - k * (z + h / 2)) / heat, d = k * h / (3 * heat);
    char         name[32];

    for (int half = 0; half < 2; half++) {
      snprintf(name, sizeof name, "%s%d", layer[i].name, half);
      AddPly(project, &layer[i], name, h / 2, half ? a - d : a + d, i);
    }
    z += h;
  }
  StepAdd(project, "heat", NULL, 0, 25 + heat);
  for (int i = 0; i < 2 * LAYERS; i++) {
    char name[32];

    snprintf(name, sizeof name, "%s%d", layer[i / 2].name, i % 2);
    CALL(PltProjectStepAdd(project, name));
  }
  CALL(PltProjectStepSetStressFree(project, 25 + 273.15));
  return project;
}

START_TEST(deflection_is_good_to_1e_6)
{
  const double k       = 2e-4; /* 1/mm: 13 mm from the middle to a corner */
  PltProject   project = Fitting(2e-3, k);
  PltModel     model;
  PltWarpage   w;
  double       exact = k * side * side / 4 * 1e-3;

  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &w));
  ck_assert_msg(Everywhere(Near(w.pv, exact, 1e-6)), "pv %.12g, exact %.12g", w.pv, exact);
  ck_assert(Everywhere(Near(w.corner, exact, 1e-6) && Near(w.edge_x, exact / 2, 1e-6)));
  ck_assert(Everywhere(Near(w.curvature[0], k * 1e3, 1e-6) && Near(w.curvature[1], k * 1e3, 1e-6)));
  printf("%.3e %.3e %.3e %.3e %.3e\n", w.pv/exact-1, w.corner/exact-1, w.edge_x/exact*2-1, w.curvature[0]/k/1e3-1,w.curvature[1]/k/1e3-1);
  PltStepReport r; PltModelGetStep(model,&r); printf("%d solves %g %g s\n", r.solves,r.residual,r.seconds);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *RoundingSuite(void)
{
  Suite *suite = suite_create("rounding");
  TCase *tc    = tcase_create("whole panel");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, deflection_is_good_to_1e_6);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(RoundingSuite)
