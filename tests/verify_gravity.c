/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Gravity on three pins: a narrow strip that sags under its own weight like Timoshenko's beam
   (Timoshenko 1921), and the order at which its deflection converges. */
#include "coupon.h"

static const double L = 0.080, E = 20e9, h = 0.5e-3, rho = 2000,
                    g = 9.80665; /* m, Pa, kg/m3, m/s2 */

/* Strip 80 x 4 mm, nu = 0, pinned at its ends; deflection of the middle under its own weight. */
static double Sag(double mesh, PltGravity gravity, int flip, double *reaction)
{
  const double  nu = 0, cte = 0, pins[6] = {-L / 2, -2e-3, -L / 2, 2e-3, L / 2, 0}, T = 298.15;
  PltProject    project;
  PltModel      model;
  PltStepReport report;
  double        u[3];

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, L, 4e-3));
  CALL(PltProjectSetMesh(project, mesh, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectAddMaterial(project, "emc", "isotropic"));
  CALL(PltProjectSetProperty(project, "emc", "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, "emc", "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, "emc", "cte", 1, NULL, &cte));
  CALL(PltProjectSetProperty(project, "emc", "density", 1, NULL, &rho));
  CALL(PltProjectAddPly(project, "strip", "emc", NULL, h, -1));
  CALL(PltProjectAddStep(project, "rest"));
  CALL(PltProjectStepAdd(project, "strip"));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &T));
  if (flip) CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetGravity(project, gravity));
  CALL(PltProjectStepSetPins(project, 3, pins));
  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  CALL(PltModelGetDisplacement(model, "strip", 0, 0, u));
  CALL(PltModelGetStep(model, &report));
  *reaction = report.reactions_max;
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  return u[2];
}

static double BeamSag(void)
{
  const double q = rho * g * h, EI = E * h * h * h / 12, kGA = 5. / 6 * E / 2 * h;

  return -(5 * q * L * L * L * L / (384 * EI) + q * L * L / (8 * kGA)); /* per unit width */
}

START_TEST(sag_of_a_beam)
{
  double reaction, w = Sag(1e-3, PLT_GRAVITY_DOWN, 0, &reaction);

  /* 2e-3: the single pin at one end lets the 4 mm wide end bend across, and the mesh error is
     3e-4 */
  ck_assert_msg(Everywhere(Near(w, BeamSag(), 2e-3)), "%.8g, beam %.8g", w, BeamSag());
  ck_assert(Everywhere(reaction > 0));
}
END_TEST

/* Down and up, and turned over: the same number with the sign that gravity has in the panel's
   axes. */
START_TEST(direction_of_gravity)
{
  double r, down = Sag(4e-3, PLT_GRAVITY_DOWN, 0, &r), up = Sag(4e-3, PLT_GRAVITY_UP, 0, &r);
  double flipped = Sag(4e-3, PLT_GRAVITY_DOWN, 1, &r);

  /* 1e-8: what the corrections leave; the pins of the flipped strip stand on its other face */
  ck_assert_msg(Everywhere(Near(down, -up, 1e-8)), "%g %g", down, up);
  ck_assert_msg(Everywhere(Near(down, -flipped, 1e-6)), "%g %g", down, flipped);
}
END_TEST

/* w(h) = w + C h^p from three meshes. */
START_TEST(order_of_convergence)
{
  double       r, w4 = Sag(4e-3, PLT_GRAVITY_DOWN, 0, &r), w2 = Sag(2e-3, PLT_GRAVITY_DOWN, 0, &r);
  double       w1    = Sag(1e-3, PLT_GRAVITY_DOWN, 0, &r);
  const double order = log2(fabs((w4 - w2) / (w2 - w1)));

  ck_assert_msg(Everywhere(order > 1.9), "order %.3f (%.9g %.9g %.9g)", order, w4, w2, w1);
}
END_TEST

static Suite *GravitySuite(void)
{
  Suite *suite = suite_create("gravity");
  TCase *tc    = tcase_create("strip on pins");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, sag_of_a_beam);
  tcase_add_test(tc, direction_of_gravity);
  tcase_add_test(tc, order_of_convergence);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(GravitySuite)
