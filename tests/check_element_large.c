/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The solid-shell far from where it was drawn: turned by more than a radian, strained, with plies
   that were born on the way. The tangent is the derivative of the force, its parts are what the
   header says, and the stress of the MIP iteration is that of the strain linear in the last
   correction. */
#include "element_sample.h"
#include "rotation.h"

static const double axis[3] = {1, 2, -2};

/* Turns what has moved: the shape, and those at the births of plies 2 and 3. */
static void TurnSample(Sample *s, const double angle[3])
{
  double *const field[3] = {s->u, s->ub[0], s->ub[1]};
  double        R[3][3], x[24];

  for (int k = 0; k < 3; k++) {
    Rotation(angle[k], axis, R);
    for (int i = 0; i < 24; i++) x[i] = s->shell.X[i / 3][i % 3] + field[k][i];
    Rotate((const double(*)[3])R, x, 8, x);
    for (int i = 0; i < 24; i++) field[k][i] = x[i] - s->shell.X[i / 3][i % 3];
  }
}

/* Combination i in large kinematics, far from flat, its plies born on the way there. */
static void Make(int i, Sample *s)
{
  SampleMake(2 * i + 1, s);
  TurnSample(s, (const double[3]){1.4, 0.4, 1});
}

static void Parts(const Sample *s, const double u[24], const double *before, double f[24],
                  double K[576], double G[64])
{
  PltShell shell = s->shell;

  shell.before = before;
  ck_assert_int_eq(PltShellEvaluate(&shell, u, f, K, G, NULL), 0);
}

/* The force is a cubic of u, for which the five-point difference is exact but for rounding. */
START_TEST(tangent_is_derivative_of_force)
{
  static const double weight[4] = {1. / 12, -8. / 12, 8. / 12, -1. / 12}, at[4] = {-2, -1, 1, 2};
  const double        step = 1e-6;
  double              K[576], G[64], f[24], side[24];
  Sample              s;

  Make(_i, &s);
  Parts(&s, s.u, NULL, f, K, G);
  /* what stress adds is no trifle here */
  ck_assert_double_gt(Largest(64, G), 1e-4 * Largest(576, K));
  for (int j = 0; j < 24; j++) {
    const double u         = s.u[j];
    double       slope[24] = {0};

    for (int k = 0; k < 4; k++) {
      s.u[j] = u + at[k] * step;
      ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, side, NULL, NULL, NULL), 0);
      for (int i = 0; i < 24; i++) slope[i] += weight[k] * side[i] / step;
    }
    s.u[j] = u;
    for (int i = 0; i < 24; i++) {
      const double stress = i % 3 == j % 3 ? G[i / 3 * 8 + j / 3] : 0;

      ck_assert_double_eq_tol(K[24 * i + j] + stress, slope[i], 1e-11 * Largest(576, K));
    }
  }
}
END_TEST

/* Without body force it is the gradient of the energy, a quartic of u, in small kinematics too. */
START_TEST(force_is_gradient_of_energy)
{
  static const double weight[4] = {1. / 12, -8. / 12, 8. / 12, -1. / 12}, at[4] = {-2, -1, 1, 2};
  const double        step = 1e-6;
  double              f[24], side[24];
  PltShellLocal       local;
  Sample              s;

  SampleMake(_i, &s);
  if (_i % 2) TurnSample(&s, (const double[3]){1.4, 0.4, 1});
  for (int k = 0; k < SAMPLE_PLIES; k++) memset(s.ply[k].weight, 0, sizeof s.ply[k].weight);
  SampleEvaluate(&s, f, NULL, NULL);
  for (int j = 0; j < 24; j++) {
    const double u     = s.u[j];
    double       slope = 0;

    for (int k = 0; k < 4; k++) {
      s.u[j] = u + at[k] * step;
      SampleEvaluate(&s, side, NULL, &local);
      slope += weight[k] * local.energy / step;
    }
    s.u[j] = u;
    ck_assert_double_eq_tol(f[j], slope, 1e-10 * Largest(24, f));
  }
}
END_TEST

/* K alone: symmetric, positive semidefinite, and nothing for the six rigid motions of the present
   shape. */
START_TEST(moduli_feel_no_rigid_motion)
{
  double K[576], G[64], f[24], value[24], motion[6][24], size = 0;
  Sample s;

  Make(_i, &s);
  Parts(&s, s.u, NULL, f, K, G);
  for (int a = 0; a < 24; a++)
    for (int m = 0; m < 6; m++) {
      const int     d = a % 3, e = m % 3;
      const double *X = s.shell.X[a / 3], *u = s.u + a / 3 * 3;

      motion[m][a] = d == e ? 1e-3 : 0;
      if (m < 3) continue;
      motion[m][a] = 0;
      if (d == (e + 1) % 3) motion[m][a] = -(X[(e + 2) % 3] + u[(e + 2) % 3]);
      if (d == (e + 2) % 3) motion[m][a] = X[(e + 1) % 3] + u[(e + 1) % 3];
    }
  for (int m = 0; m < 6; m++)
    for (int i = 0; i < 24; i++) {
      double sum = 0;

      for (int j = 0; j < 24; j++) sum += K[24 * i + j] * motion[m][j];
      size = fmax(size, fabs(sum));
    }
  /* of the force that as large a motion without a plan would take */
  ck_assert_double_lt(size, 1e-12 * 1e-3 * Largest(576, K));
  for (int i = 0; i < 64; i++) ck_assert_double_eq(G[i], G[i % 8 * 8 + i / 8]);
  Eigenvalues(24, K, value);
  ck_assert_double_gt(value[0], -1e-14 * value[23]);
}
END_TEST

/* Stress, and with it G, is quadratic in u along a line: what is linear in the step d from `before`
   is half the difference of G at either side. */
START_TEST(mip_stress_is_linear_in_the_correction)
{
  double K[576], f[24], plain[576], force[24], before[24], at[24], G[64], side[3][64], d[24];
  Sample s;

  Make(_i, &s);
  for (int i = 0; i < 24; i++) {
    d[i]      = 2e-4 * Noise(700 + i);
    before[i] = s.u[i] - d[i];
  }
  for (int k = 0; k < 3; k++) {
    for (int i = 0; i < 24; i++) at[i] = before[i] + (k - 1) * d[i];
    Parts(&s, at, NULL, force, plain, side[k]);
  }
  Parts(&s, s.u, before, f, K, G);
  for (int i = 0; i < 64; i++)
    ck_assert_double_eq_tol(G[i], side[1][i] + (side[2][i] - side[0][i]) / 2,
                            1e-12 * Largest(64, side[2]));
  /* the two differ, and nothing else does */
  for (int i = 0; i < 64; i++) side[0][i] = G[i] - side[2][i];
  ck_assert_double_gt(Largest(64, side[0]), 1e-3 * Largest(64, side[2]));
  Parts(&s, s.u, NULL, force, plain, side[2]);
  for (int i = 0; i < 24; i++) ck_assert_double_eq(f[i], force[i]);
  for (int i = 0; i < 576; i++) ck_assert_double_eq(K[i], plain[i]);
}
END_TEST

START_TEST(mip_stress_of_no_correction_is_the_stress)
{
  double K[576], f[24], G[2][64];
  Sample s;

  Make(_i, &s);
  Parts(&s, s.u, NULL, f, K, G[0]);
  Parts(&s, s.u, s.u, f, K, G[1]);
  for (int i = 0; i < 64; i++) ck_assert_double_eq_tol(G[0][i], G[1][i], 1e-13 * Largest(64, G[0]));
}
END_TEST

/* Turning all that has moved turns the force and leaves stress and G as they are: 1e-10, rounding
   of u over the thickness is 1e-14 of strain, stress that of 1e-3. */
START_TEST(turned_shape_has_the_same_stress)
{
  double        R[3][3], K[576], f[2][24], G[2][64];
  PltShellLocal local[2];
  Sample        s;

  SampleMake(2 * _i + 1, &s);
  for (int k = 0; k < SAMPLE_PLIES; k++) memset(s.ply[k].weight, 0, sizeof s.ply[k].weight);
  ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f[0], K, G[0], &local[0]), 0);
  TurnSample(&s, (const double[3]){1.4, 1.4, 1.4});
  /* plies 0 and 1 are from the flat start, whose strain no rotation changes */
  ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f[1], K, G[1], &local[1]), 0);
  Rotation(1.4, axis, R);
  Rotate((const double(*)[3])R, f[0], 8, f[0]);
  for (int i = 0; i < 24; i++) ck_assert_double_eq_tol(f[1][i], f[0][i], 1e-10 * Largest(24, f[0]));
  for (int i = 0; i < 64; i++) ck_assert_double_eq_tol(G[1][i], G[0][i], 1e-10 * Largest(64, G[0]));
  for (int k = 0; k < SAMPLE_PLIES; k++) {
    const double *was = (const double *)local[0].stress[k],
                 *is  = (const double *)local[1].stress[k];

    for (int i = 0; i < 48; i++) ck_assert_double_eq_tol(is[i], was[i], 1e-10 * Largest(48, was));
  }
}
END_TEST

static Suite *ElementLargeSuite(void)
{
  Suite *suite = suite_create("element_large");
  TCase *tc    = tcase_create("turned");

  tcase_add_loop_test(tc, force_is_gradient_of_energy, 0, SAMPLE_COUNT);
  tcase_add_loop_test(tc, tangent_is_derivative_of_force, 0, SAMPLE_COUNT / 2);
  tcase_add_loop_test(tc, moduli_feel_no_rigid_motion, 0, SAMPLE_COUNT / 2);
  tcase_add_loop_test(tc, mip_stress_is_linear_in_the_correction, 0, SAMPLE_COUNT / 2);
  tcase_add_loop_test(tc, mip_stress_of_no_correction_is_the_stress, 0, SAMPLE_COUNT / 2);
  tcase_add_loop_test(tc, turned_shape_has_the_same_stress, 0, SAMPLE_COUNT / 2);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(ElementLargeSuite)
