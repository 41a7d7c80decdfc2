/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Zigzag stabilisation: what it must not touch, and what it is for. */
#include "element_patch.h"

static const double t[2] = {20e-6, 300e-6}, G[2] = {1.3e9, 8e9};

/* Three levels of a quad; shape 0 is a rectangle of 2 mm x 1 mm. */
static void Stack(int shape, double X[12][3])
{
  static const double corner[2][4][2] = {
      {{0, 0}, {2e-3, 0}, {2e-3, 1e-3}, {0, 1e-3}},
      {{0, 0}, {1.5e-3, .2e-3}, {2e-3, 1.1e-3}, {.1e-3, 1.4e-3}}};

  for (int n = 0; n < 12; n++) {
    X[n][0] = corner[shape][n % 4][0];
    X[n][1] = corner[shape][n % 4][1];
    X[n][2] = n < 4 ? 0 : n < 8 ? t[0] : t[0] + t[1];
  }
}

static double Energy(int shape, const double u[36])
{
  double X[12][3], f[36] = {0}, sum = 0;

  Stack(shape, X);
  PltZigzagAdd(X, u, t, G, 1, f, NULL);
  for (int i = 0; i < 36; i++) sum += u[i] * f[i] / 2;
  return sum;
}

START_TEST(smooth_fields_are_free)
{
  /* gradient of u: rotations and strains; then bending, twist and a stretch of the thickness */
  static const double a[3][3] = {{1, -2, 3}, {.5, .7, -4}, {2, 1, -1}};
  double              X[12][3], u[3][36], scale;

  Stack(_i, X);
  for (int i = 0; i < 36; i++) {
    const double *x = X[i / 3], z = x[2] - 2e-4, kx = 1, ky = -3, kxy = 2;
    const double  w[3] = {-z * (kx * x[0] + kxy * x[1]), -z * (ky * x[1] + kxy * x[0]),
                          kx * x[0] * x[0] / 2 + ky * x[1] * x[1] / 2 + kxy * x[0] * x[1] + z * z};

    u[0][i] = .3 + 1e-3 * i / 36 * (i % 3 == 2); /* a move, and any deflections of the nodes */
    u[1][i] = a[i % 3][0] * x[0] + a[i % 3][1] * x[1] + a[i % 3][2] * x[2];
    u[2][i] = w[i % 3];
  }
  for (int k = 0; k < 3; k++) {
    /* what the same in-plane displacements cost if they alternate from corner to corner */
    double zigzag[36] = {0};

    for (int i = 0; i < 36; i++) zigzag[i] = (i / 3 % 2 ? 1 : -1) * (i / 12 == 1 ? u[k][i] : 0);
    scale = Energy(_i, zigzag);
    ck_assert_double_gt(scale, 0);
    /* 1e-26: the square of the rounding of u */
    ck_assert_double_lt(fabs(Energy(_i, u[k])), 1e-26 * scale);
  }
}
END_TEST

/* The director of the lower layer turns by -+angle from left to right, that of the upper one is at
   rest: H = angle xi in x, energy c/2 angle^2 A/3. */
START_TEST(alternating_director_has_its_energy)
{
  const double angle = 1e-3, c = sqrt(G[0] * t[0] * G[1] * t[1]);
  double       u[36] = {0};

  for (int n = 0; n < 4; n++) u[3 * n] = (n == 1 || n == 2 ? -1 : 1) * angle * t[0];
  ck_assert_double_eq_tol(Energy(0, u) / (c / 2 * angle * angle * 2e-6 / 3), 1, 1e-13);
}
END_TEST

START_TEST(matrix_is_that_of_the_force)
{
  const int zero = _i == 0 ? 32 : 30;
  double    X[12][3], u[36], f[36], K[1296], sum, value[36];

  Stack(_i, X);
  for (int i = 0; i < 36; i++) u[i] = 1e-6 * sin(i * i), f[i] = .1;
  for (int i = 0; i < 1296; i++) K[i] = i % 37 == 0 ? 2 : 0;
  PltZigzagAdd(X, u, t, G, .7, f, K); /* adds to what is there */
  for (int i = 0; i < 36; i++) {
    sum = .1;
    for (int j = 0; j < 36; j++) {
      sum += (K[36 * i + j] - (i == j ? 2 : 0)) * u[j];
      ck_assert_double_eq(K[36 * i + j], K[36 * j + i]);
    }
    ck_assert_double_eq_tol(f[i], sum, 1e-13 * Largest(36, f));
  }
  for (int i = 0; i < 36; i++) K[37 * i] -= 2;
  Eigenvalues(36, K, value);
  /* Positive semi-definite. Of the eight difference directors assumed shear keeps four in
     a rectangle, the two constant ones in any quad. */
  for (int i = 0; i < zero; i++) ck_assert_double_lt(fabs(value[i]), 1e-14 * value[35]);
  for (int i = zero; i < 36; i++) ck_assert_double_gt(value[i], 1e-3 * value[35]);
}
END_TEST

static Suite *ZigzagSuite(void)
{
  Suite *suite  = suite_create("element zigzag");
  TCase *zigzag = tcase_create("zigzag");

  tcase_add_loop_test(zigzag, smooth_fields_are_free, 0, 2);
  tcase_add_test(zigzag, alternating_director_has_its_energy);
  tcase_add_loop_test(zigzag, matrix_is_that_of_the_force, 0, 2);
  suite_add_tcase(suite, zigzag);
  return suite;
}

PLT_TEST_MAIN(ZigzagSuite)
