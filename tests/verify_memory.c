/* TEST np=1,2 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   Materials with a memory in a whole plate, through the process driver: a film that a rigid
   substrate holds has the closed form of an equibiaxial film, whatever its law. The substrate is
   10^7 times as stiff as the film in its plane, so that it strains 10^-7 of what it holds. */
#include "check.h"

static const double MPa = 1e6, GPa = 1e9, zero_celsius = 273.15;

static void Set(PltProject p, const char *material, const char *key, double value)
{
  CALL(PltProjectSetProperty(p, material, key, 1, NULL, &value));
}

/* A plate of 4 x 4 mm with a film of 1 um, of the law given. */
static PltProject Film(const char *law, double cte, PltKinematics kinematics)
{
  PltProject p;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &p));
  CALL(PltProjectSetSize(p, 4e-3, 4e-3));
  CALL(PltProjectSetMesh(p, 1e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetKinematics(p, kinematics));
  CALL(PltProjectAddMaterial(p, "rigid", "isotropic"));
  Set(p, "rigid", "E", 1e15);
  Set(p, "rigid", "nu", 0.2);
  Set(p, "rigid", "cte", cte);
  CALL(PltProjectAddMaterial(p, "film", law));
  CALL(PltProjectAddPly(p, "plate", "rigid", NULL, 1e-3, -1));
  CALL(PltProjectAddPly(p, "film", "film", NULL, 1e-6, -1));
  CALL(PltProjectAddStep(p, "born"));
  CALL(PltProjectStepAdd(p, "plate"));
  CALL(PltProjectStepAdd(p, "film"));
  CALL(PltProjectStepSetStressFree(p, 25 + zero_celsius));
  return p;
}

/* A step to a temperature (degC) in a time, s; 0: at once. */
static void Go(PltProject p, double celsius, double seconds)
{
  const double T = celsius + zero_celsius;

  CALL(PltProjectAddStep(p, "go"));
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &T));
  if (seconds > 0) CALL(PltProjectStepSetTime(p, seconds));
}

/* In-plane stress of the film after the next step, MPa, which must be equibiaxial and uniform. */
static double StressAfterStep(PltModel model)
{
  double low[6], high[6];
  int    more;

  CALL(PltModelStep(model, &more));
  CALL(PltModelGetStress(model, "film", 0.3e-3, 0.4e-3, low, high));
  ck_assert(Everywhere(Near(low[0], low[1], 1e-6) && Near(low[0], high[0], 1e-6)));
  ck_assert(Everywhere(fabs(low[2]) <= 1e-6 * fabs(low[0])));
  return low[0] / MPa;
}

/* Copper that yields, 25 -> 230 -> 25 -> 230 degC: j2_film_thermal_cycle. In large kinematics
   strains of 3e-3 are Green's, which differ by half their size. */
static void Cycle(PltKinematics kinematics, int kinematic, double tolerance)
{
  static const double exact[2][3] = {{-128.3382, 133.6604, -138.7478},
                                     {-128.3382, 117.3521, -128.3382}};
  const double        C = 2e9, gamma = 0;
  PltProject          p = Film("plastic", 3.3e-6, kinematics);
  PltModel            model;

  Set(p, "film", "E", 117 * GPa);
  Set(p, "film", "nu", 0.34);
  Set(p, "film", "cte", 17e-6);
  Set(p, "film", "yield", 120 * MPa);
  if (kinematic) CALL(PltProjectSetProperty(p, "film", "kinematic", 1, &C, &gamma));
  else Set(p, "film", "hardening", 2 * GPa);
  for (int i = 0; i < 3; i++) Go(p, i % 2 ? 25 : 230, 0);
  CALL(PltModelCreate(p, &model));
  ck_assert(fabs(StressAfterStep(model)) < 1e-3);
  for (int i = 0; i < 3; i++) {
    const double stress = StressAfterStep(model);

    ck_assert_msg(Everywhere(Near(stress, exact[kinematic][i], tolerance)), "%d: %.7g, exact %.7g",
                  i, stress, exact[kinematic][i]);
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&p));
}

START_TEST(copper_yields_and_yields_back)
{
  Cycle(PLT_SMALL, _i, 1e-6);
}
END_TEST

START_TEST(copper_yields_with_large_deflection)
{
  Cycle(PLT_LARGE, _i, 5e-3);
}
END_TEST

/* i increments of n in 0 .. 1 s, and of n in each factor of ten after. */
static double Time(int i, int n)
{
  return i < n ? (double)i / n : pow(10, (double)i / n - 1);
}

/* Shear relaxes and volume does not: viscoelastic_film_shear_prony, a mismatch of -1e-3 at once
   and then time, in n increments for each factor of ten. In large kinematics the mismatch is of
   Green's strain, as the law's is. Returns the largest relative error. */
static double Relax(PltKinematics kinematics, int n)
{
  static const double exact[] = {28.8, 28.64498, 27.29352, 17.31321, 4.540376};
  const double        K = 16 * GPa, G = 8 * GPa, tau = 100, g = 0.9;
  PltProject          p     = Film("viscoelastic", 0, kinematics);
  double              error = 0;
  PltModel            model;

  Set(p, "film", "E", 9 * K * G / (3 * K + G));
  Set(p, "film", "nu", (3 * K - 2 * G) / (2 * (3 * K + G)));
  Set(p, "film", "cte", 1e-5);
  CALL(PltProjectSetProperty(p, "film", "shear", 1, &tau, &g));
  CALL(PltProjectSetAccuracy(p, 1)); /* increments as given */
  if (kinematics == PLT_LARGE) Set(p, "film", "cte", (1 - sqrt(1 - 2e-3)) / 100);
  Go(p, -75, 0);
  for (int i = 0; i < 4 * n; i++) Go(p, -75, Time(i + 1, n) - Time(i, n));
  CALL(PltModelCreate(p, &model));
  (void)StressAfterStep(model);
  for (int i = 0; i < 5; i++) {
    double stress = 0;

    for (int k = 0; k < (i ? n : 1); k++) stress = StressAfterStep(model);
    error = fmax(error, fabs(stress / exact[i] - 1));
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&p));
  return error;
}

/* Laws take strain as linear in an increment; that across the film is not while its stress stays
   zero: of second order. */
START_TEST(shear_relaxes)
{
  const double coarse = Relax(PLT_SMALL, 24), fine = Relax(PLT_SMALL, 48);

  ck_assert_msg(Everywhere(fine < 1e-4), "error %g", fine);
  ck_assert_msg(Everywhere(coarse / fine > 3.7), "errors %g and %g", coarse, fine);
}
END_TEST

START_TEST(shear_relaxes_with_large_deflection)
{
  const double error = Relax(PLT_LARGE, 48);

  ck_assert_msg(Everywhere(error < 1e-4), "error %g", error);
}
END_TEST

static Suite *MemorySuite(void)
{
  Suite *suite = suite_create("memory");
  TCase *tc    = tcase_create("films");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, copper_yields_and_yields_back, 0, 2);
  tcase_add_loop_test(tc, copper_yields_with_large_deflection, 0, 2);
  tcase_add_test(tc, shear_relaxes);
  tcase_add_test(tc, shear_relaxes_with_large_deflection);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(MemorySuite)
