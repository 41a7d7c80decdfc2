/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Gravity on pins: a narrow strip that sags under its own weight like Timoshenko's beam
   (Timoshenko 1921), and the order at which its deflection converges. On a frame: a square plate,
   Navier's, and a panel that leaves linear theory. */
#include "coupon.h"

static const double L = 0.080, E = 20e9, h = 0.5e-3, rho = 2000,
                    g = 9.80665; /* m, Pa, kg/m3, m/s2 */

/* A rectangle of one material, one ply thick, that has weight in its only step. */
static PltProject Heavy(double width, double height, double mesh, double nu, PltGravity gravity,
                        double density, PltKinematics kinematics)
{
  const double cte = 0, T = 298.15;
  PltProject   project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, kinematics));
  CALL(PltProjectSetSize(project, width, height));
  CALL(PltProjectSetMesh(project, mesh, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectAddMaterial(project, "emc", "isotropic"));
  CALL(PltProjectSetProperty(project, "emc", "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, "emc", "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, "emc", "cte", 1, NULL, &cte));
  CALL(PltProjectSetProperty(project, "emc", "density", 1, NULL, &density));
  CALL(PltProjectAddPly(project, "strip", "emc", NULL, h, -1));
  CALL(PltProjectAddStep(project, "rest"));
  CALL(PltProjectStepAdd(project, "strip"));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &T));
  CALL(PltProjectStepSetGravity(project, gravity));
  return project;
}

static PltProject Slab(double width, double height, double mesh, double nu, PltGravity gravity)
{
  return Heavy(width, height, mesh, nu, gravity, rho, PLT_SMALL);
}

/* Deflection of the middle; destroys the project. */
static double Middle(PltProject project, double *reaction)
{
  PltModel      model;
  PltStepReport report;
  double        u[3];

  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  CALL(PltModelGetDisplacement(model, "strip", 0, 0, u));
  CALL(PltModelGetStep(model, &report));
  *reaction = report.reactions_max;
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  return u[2];
}

/* Strip 80 x 4 mm, nu = 0, on three pins at its ends or on four at its corners. */
static double Sag(double mesh, PltGravity gravity, int flip, int npin, double *reaction)
{
  const double three[] = {-L / 2, -2e-3, -L / 2, 2e-3, L / 2, 0};
  const double four[]  = {-L / 2, -2e-3, -L / 2, 2e-3, L / 2, -2e-3, L / 2, 2e-3};
  PltProject   project = Slab(L, 4e-3, mesh, 0, gravity);

  if (flip) CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetPins(project, npin, npin == 3 ? three : four));
  return Middle(project, reaction);
}

static double BeamSag(void)
{
  const double q = rho * g * h, EI = E * h * h * h / 12, kGA = 5. / 6 * E / 2 * h;

  return -(5 * q * L * L * L * L / (384 * EI) + q * L * L / (8 * kGA)); /* per unit width */
}

START_TEST(sag_of_a_beam)
{
  double reaction, w = Sag(1e-3, PLT_GRAVITY_DOWN, 0, 3, &reaction);

  /* 2e-3: the single pin at one end lets the 4 mm wide end bend across, and the mesh error is
     3e-4 */
  ck_assert_msg(Everywhere(Near(w, BeamSag(), 2e-3)), "%.8g, beam %.8g", w, BeamSag());
  ck_assert(Everywhere(reaction > 0));
}
END_TEST

/* A pin at each corner: the strip stays a cylinder. */
START_TEST(four_pins_hold_a_beam)
{
  double reaction, w = Sag(1e-3, PLT_GRAVITY_DOWN, 0, 4, &reaction);

  /* 5e-4: the mesh error of 3e-4 */
  ck_assert_msg(Everywhere(Near(w, BeamSag(), 5e-4)), "%.8g, beam %.8g", w, BeamSag());
}
END_TEST

/* A square plate of 40 mm on a frame, whole or a quarter of it. */
static double Plate(PltSymmetry symmetry, int flip)
{
  PltProject project = Slab(0.04, 0.04, 1e-3, 0.3, PLT_GRAVITY_DOWN);
  double     reaction;

  CALL(PltProjectSetSymmetry(project, symmetry));
  if (flip) CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetSupport(project, PLT_ON_EDGES));
  return Middle(project, &reaction);
}

/* Navier's simply supported plate: 0.00406235 q a^4 / D in its middle (Timoshenko &
   Woinowsky-Krieger 1959, table 8). */
START_TEST(plate_on_its_edges)
{
  const double a = 0.04, D = E * h * h * h / (12 * (1 - 0.3 * 0.3));
  const double exact = -0.00406235 * rho * g * h * a * a * a * a / D;
  const double w     = Plate(PLT_SYMMETRY_NONE, 0);

  /* 5e-3: shear adds 5 (h/a)^2 = 8e-4 and lets the edge twist */
  ck_assert_msg(Everywhere(Near(w, exact, 5e-3)), "%.8g, Navier %.8g", w, exact);
  /* 1e-8: what the corrections leave; 1e-6: the flipped plate stands on its other face */
  ck_assert(Everywhere(Near(Plate(PLT_SYMMETRY_QUARTER, 0), w, 1e-8)));
  ck_assert(Everywhere(Near(Plate(PLT_SYMMETRY_HALF_X, 1), -w, 1e-6)));
}
END_TEST

/* The same frame under a panel of 510 mm, a quarter of it. */
static double Panel(double density, PltKinematics kinematics)
{
  PltProject project = Heavy(0.51, 0.51, 15e-3, 0.3, PLT_GRAVITY_DOWN, density, kinematics);
  double     reaction;

  CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
  CALL(PltProjectStepSetSupport(project, PLT_ON_EDGES));
  return Middle(project, &reaction);
}

/* A thousandth of its weight bends a panel of 510 mm by a fortieth of its thickness, as Navier
   says; all of it by 24 thicknesses in linear theory, in truth by much less: it becomes a
   membrane. */
START_TEST(panel_on_its_edges)
{
  const double a = 0.51, D = E * h * h * h / (12 * (1 - 0.3 * 0.3));
  const double exact = -0.00406235 * rho * g * h * a * a * a * a / D;
  const double light = Panel(1e-3 * rho, PLT_LARGE), linear = Panel(rho, PLT_SMALL);
  const double large = Panel(rho, PLT_LARGE);

  /* 5e-3: the mesh, and 0.4 (w/h)^2 = 2e-4 */
  ck_assert_msg(Everywhere(Near(light, 1e-3 * exact, 5e-3)), "%.8g, Navier %.8g", light,
                1e-3 * exact);
  ck_assert_msg(Everywhere(Near(linear, exact, 5e-3)), "%.8g, Navier %.8g", linear, exact);
  ck_assert_msg(Everywhere(-large > h && -large < 0.5 * -linear), "%.8g, linear %.8g", large,
                linear);
}
END_TEST

/* Down and up, and turned over: the same number with the sign that gravity has in the panel's
   axes. */
START_TEST(direction_of_gravity)
{
  double r, down = Sag(4e-3, PLT_GRAVITY_DOWN, 0, 3, &r), up = Sag(4e-3, PLT_GRAVITY_UP, 0, 3, &r);
  double flipped = Sag(4e-3, PLT_GRAVITY_DOWN, 1, 3, &r);

  /* 1e-8: what the corrections leave; the pins of the flipped strip stand on its other face */
  ck_assert_msg(Everywhere(Near(down, -up, 1e-8)), "%g %g", down, up);
  ck_assert_msg(Everywhere(Near(down, -flipped, 1e-6)), "%g %g", down, flipped);
}
END_TEST

/* w(h) = w + C h^p from three meshes. */
START_TEST(order_of_convergence)
{
  double r, w4 = Sag(4e-3, PLT_GRAVITY_DOWN, 0, 3, &r), w2 = Sag(2e-3, PLT_GRAVITY_DOWN, 0, 3, &r);
  double w1          = Sag(1e-3, PLT_GRAVITY_DOWN, 0, 3, &r);
  const double order = log2(fabs((w4 - w2) / (w2 - w1)));

  ck_assert_msg(Everywhere(order > 1.9), "order %.3f (%.9g %.9g %.9g)", order, w4, w2, w1);
}
END_TEST

static Suite *GravitySuite(void)
{
  Suite *suite = suite_create("gravity");
  TCase *tc    = tcase_create("pins and edges");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, sag_of_a_beam);
  tcase_add_test(tc, four_pins_hold_a_beam);
  tcase_add_test(tc, plate_on_its_edges);
  tcase_add_test(tc, panel_on_its_edges);
  tcase_add_test(tc, direction_of_gravity);
  tcase_add_test(tc, order_of_convergence);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(GravitySuite)
