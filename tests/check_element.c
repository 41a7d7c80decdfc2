/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The contract of the solid-shell: what must hold for any element, law, kinematics and shear rule.
   */
#include "element_sample.h"
#include "rotation.h"

static const double origin[8][3];

/* No births, eigenstrains, weight. */
static void Unload(Sample *s)
{
  for (int k = 0; k < SAMPLE_PLIES; k++) {
    s->ply[k].ub = s->ply[k].birth = NULL;
    memset(s->ply[k].eigen, 0, sizeof s->ply[k].eigen);
    memset(s->ply[k].weight, 0, sizeof s->ply[k].weight);
  }
}

/* Makes the sample a prism, as all elements of a panel are: upright edges, level faces. */
static void Straighten(Sample *s)
{
  for (int a = 0; a < 8; a++) {
    s->shell.X[a][0] = s->shell.X[a % 4][0];
    s->shell.X[a][1] = s->shell.X[a % 4][1];
    s->shell.X[a][2] = a / 4 * 1.2e-4;
  }
}

/* Force that belongs to a strain of 1: the largest modulus times an area of the sample. */
static double ForceScale(const Sample *s)
{
  double most = 0;

  for (int k = 0; k < SAMPLE_PLIES; k++) most = fmax(most, Largest(36, s->ply[k].C[0]));
  return most * 1e-3 * 1e-4;
}

START_TEST(rigid_motion_is_free)
{
  const double  axis[3] = {1, 2, -2};
  double        R[3][3], x[24], f[24];
  Sample        s;
  PltShellLocal local;

  SampleMake(_i, &s);
  Unload(&s);
  for (int i = 0; i < 24; i++) s.u[i] = .7;
  SampleEvaluate(&s, f, NULL, &local);
  /* a translation leaves no trace at all, whatever its size */
  ck_assert_double_eq(Largest(24, f), 0);
  ck_assert_double_eq(Largest(24, local.stress[0][0][0]), 0);
  if (s.shell.kinematics == PLT_SMALL) {
    for (int i = 0; i < 8; i++) {
      const double *X = s.shell.X[i];

      for (int j = 0; j < 3; j++)
        s.u[3 * i + j] = axis[(j + 1) % 3] * X[(j + 2) % 3] - axis[(j + 2) % 3] * X[(j + 1) % 3];
    }
  } else {
    Rotation(1.4, axis, R);
    Rotate(R, s.shell.X[0], 8, x);
    for (int i = 0; i < 24; i++) s.u[i] = x[i] - s.shell.X[i / 3][i % 3];
  }
  SampleEvaluate(&s, f, NULL, NULL);
  /* rounding of u, divided by the thickness of an eighth: some 1e-15 of strain */
  ck_assert_double_lt(Largest(24, f), 3e-14 * ForceScale(&s));
}
END_TEST

/* f is a polynomial of degree 3 in u, for which the five-point difference is exact: what remains is
   rounding, about 1e-16 of the force by the part of it that the step changes. */
START_TEST(tangent_is_derivative_of_force)
{
  static const double weight[4] = {1. / 12, -8. / 12, 8. / 12, -1. / 12}, at[4] = {-2, -1, 1, 2};
  const double        step = 1e-6;
  double              K[576], f[24], unused[24];
  Sample              s;

  SampleMake(_i, &s);
  SampleEvaluate(&s, f, K, NULL);
  for (int j = 0; j < 24; j++) {
    double difference[24] = {0};

    for (int k = 0; k < 4; k++) {
      const double u = s.u[j];

      s.u[j] += at[k] * step;
      SampleEvaluate(&s, unused, NULL, NULL);
      s.u[j] = u;
      for (int i = 0; i < 24; i++) difference[i] += weight[k] * unused[i] / step;
    }
    for (int i = 0; i < 24; i++) {
      ck_assert_double_eq(K[24 * i + j], K[24 * j + i]);
      ck_assert_double_eq_tol(K[24 * i + j], difference[i], 1e-12 * Largest(576, K));
    }
  }
}
END_TEST

/* Six zero eigenvalues and no more: no hourglass mode in any combination. The least elastic one of
   the sample, a bending, is some (thickness / length)^4 of the largest. */
START_TEST(only_rigid_motion_has_no_energy)
{
  double K[576], f[24], value[24];
  Sample s;

  SampleMake(_i, &s);
  Unload(&s);
  memset(s.u, 0, sizeof s.u);
  SampleEvaluate(&s, f, K, NULL);
  Eigenvalues(24, K, value);
  for (int i = 0; i < 6; i++) ck_assert_double_lt(fabs(value[i]), 1e-14 * value[23]);
  ck_assert_double_gt(value[6], 1e-6 * value[23]);
}
END_TEST

/* One ply cut into two of the same material is the same ply. Small strains of a prism: there the
   integrals over a ply are exact, elsewhere they depend on the number of points. */
START_TEST(cut_ply_is_same_ply)
{
  double      f[2][24], K[2][576];
  PltShellPly cut[2 * SAMPLE_PLIES];
  Sample      s;

  SampleMake(_i, &s);
  Straighten(&s);
  if (s.shell.kinematics == PLT_LARGE) memset(s.u, 0, sizeof s.u), memset(s.ub, 0, sizeof s.ub);
  SampleEvaluate(&s, f[0], K[0], NULL);
  for (int k = 0; k < 2 * SAMPLE_PLIES; k++) {
    cut[k]                             = s.ply[k / 2];
    *(k % 2 ? &cut[k].lo : &cut[k].hi) = .3 * s.ply[k / 2].lo + .7 * s.ply[k / 2].hi;
  }
  s.shell.nply = 2 * SAMPLE_PLIES;
  s.shell.ply  = cut;
  SampleEvaluate(&s, f[1], K[1], NULL);
  for (int i = 0; i < 24; i++) ck_assert_double_eq_tol(f[0][i], f[1][i], 1e-12 * Largest(24, f[0]));
  for (int i = 0; i < 576; i++)
    ck_assert_double_eq_tol(K[0][i], K[1][i], 1e-12 * Largest(576, K[0]));
}
END_TEST

/* Turning element, displacements and materials by 37 degrees turns the force and nothing else. */
START_TEST(turned_element_is_same_element)
{
  const double  axis[3] = {0, 0, 1};
  double        R[3][3], f[2][24], K[576], turned[24], strain[6];
  Sample        s;
  PltShellLocal local[2];

  SampleMake(_i, &s);
  for (int k = 0; k < SAMPLE_PLIES; k++) s.ply[k].weight[0] = s.ply[k].weight[1] = 0;
  SampleEvaluate(&s, f[0], NULL, &local[0]);
  Rotation(37 * acos(-1) / 180, axis, R);
  Rotate(R, f[0], 8, turned);
  memcpy(f[0], turned, sizeof turned);
  Rotate(R, s.u, 8, turned);
  memcpy(s.u, turned, sizeof turned);
  Rotate(R, s.shell.X[0], 8, turned);
  memcpy(s.shell.X, turned, sizeof turned);
  for (int k = 0; k < SAMPLE_PLIES; k++) {
    PltShellPly *ply = &s.ply[k];
    const double c = R[0][0], d = R[1][0], *e = ply->eigen;

    Turn(R, ply->C);
    strain[0] = c * c * e[0] + d * d * e[1] - c * d * e[5];
    strain[1] = d * d * e[0] + c * c * e[1] + c * d * e[5];
    strain[2] = e[2];
    strain[3] = c * e[3] + d * e[4];
    strain[4] = c * e[4] - d * e[3];
    strain[5] = 2 * c * d * (e[0] - e[1]) + (c * c - d * d) * e[5];
    memcpy(ply->eigen, strain, sizeof strain);
    if (k < 2) continue;
    Rotate(R, s.ub[k - 2], 8, turned);
    memcpy(s.ub[k - 2], turned, sizeof turned);
  }
  SampleEvaluate(&s, f[1], K, &local[1]);
  for (int i = 0; i < 24; i++) ck_assert_double_eq_tol(f[0][i], f[1][i], 1e-12 * Largest(24, f[0]));
  for (int i = 0; i < PLT_SHELL_BIRTH; i++)
    ck_assert_double_eq_tol(local[0].birth[i], local[1].birth[i],
                            1e-12 * Largest(i < 4 ? 4 : 16, local[0].birth));
}
END_TEST

/* A uniform free expansion: no stress with either kinematics, to rounding of the strain, 1e-3, and
   of u over the thickness. */
START_TEST(free_expansion_has_no_stress)
{
  const double  expansion = 3.3e-6 * -205;
  const double  strain[2] = {expansion, expansion + expansion * expansion / 2};
  double        f[24];
  Sample        s;
  PltShellLocal local;

  SampleMake(_i, &s);
  Straighten(&s);
  Unload(&s);
  for (int i = 0; i < 24; i++) s.u[i] = expansion * s.shell.X[i / 3][i % 3];
  for (int k = 0; k < SAMPLE_PLIES; k++) PlyExpand(&s.ply[k], strain[s.shell.kinematics]);
  SampleEvaluate(&s, f, NULL, &local);
  for (int k = 0; k < SAMPLE_PLIES; k++)
    ck_assert_double_lt(Largest(48, local.stress[k][0][0]), 3e-18 * Largest(36, s.ply[k].C[0]));
  ck_assert_double_lt(Largest(24, f), 3e-18 * ForceScale(&s));
}
END_TEST

/* Stretching the edge at one corner stretches column c by n(c) of it, of which gamma scales what is
   linear in xi and eta; without Poisson's ratio that alone is the thickness stress. */
START_TEST(gamma_damps_the_gradient_of_thickness_strain)
{
  const double  near = (1 + 1 / sqrt(3)) / 2, far = 1 - near;
  const double  n[4] = {far * far, near * far, near * near, near * far}, gamma = _i / 4.;
  const double  rest[4] = {4. / 3, 2. / 3, 4. / 3, 2. / 3}; /* 1 + xi eta for this corner */
  double        f[24], stretch = 1e-4;
  Sample        s;
  PltShellLocal local;

  SampleMake(0, &s);
  Straighten(&s);
  Unload(&s);
  memset(s.u, 0, sizeof s.u);
  s.u[3 * 6 + 2] = stretch * 1.2e-4;
  s.shell.gamma  = gamma;
  for (int k = 0; k < SAMPLE_PLIES; k++) Isotropic(1e9, 0, s.ply[k].C);
  SampleEvaluate(&s, f, NULL, &local);
  for (int c = 0; c < 4; c++)
    ck_assert_double_eq_tol(local.stress[1][c][0][PLT_33],
                            1e9 * stretch * (rest[c] / 4 + gamma * (n[c] - rest[c] / 4)),
                            1e-12 * 1e5);
}
END_TEST

START_TEST(improper_element_is_refused)
{
  double f[24];
  Sample s;

  SampleMake(0, &s);
  for (int i = 0; i < 3; i++) {
    const double x = s.shell.X[2][i];

    s.shell.X[2][i] = s.shell.X[6][i];
    s.shell.X[6][i] = x;
  }
  ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, NULL, NULL, NULL), 1);
  memcpy(s.shell.X, origin, sizeof origin);
  ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, NULL, NULL, NULL), 1);
}
END_TEST

START_TEST(element_without_ply_is_nothing)
{
  double f[24], K[576];
  Sample s;

  SampleMake(1, &s);
  s.shell.nply = 0;
  f[3] = K[7] = 1;
  SampleEvaluate(&s, f, K, NULL);
  ck_assert_double_eq(Largest(24, f), 0);
  ck_assert_double_eq(Largest(576, K), 0);
}
END_TEST

/* The body force of all nodes together is the weight of the plies that are there, zeta -1 .. .8;
   the upper face takes the integral of (1 + zeta)/4 of it, 1.8 squared over 8. */
START_TEST(weight_is_that_of_the_plies)
{
  static const double weight[3] = {1e4, -2e4, 3e5};
  double              f[24], sum[3] = {0}, upper = 0;
  Sample              s;

  SampleMake(_i, &s);
  Unload(&s);
  memset(s.u, 0, sizeof s.u);
  for (int k = 0; k < SAMPLE_PLIES; k++) memcpy(s.ply[k].weight, weight, sizeof weight);
  for (int a = 0; a < 8; a++) {
    s.shell.X[a][0] = a % 4 == 1 || a % 4 == 2 ? 1e-3 : 0;
    s.shell.X[a][1] = a % 4 > 1 ? 2e-3 : 0;
    s.shell.X[a][2] = a > 3 ? 1e-4 : 0;
  }
  SampleEvaluate(&s, f, NULL, NULL);
  for (int i = 0; i < 24; i++) sum[i % 3] += f[i];
  for (int i = 14; i < 24; i += 3) upper += f[i];
  for (int i = 0; i < 3; i++) ck_assert(Near(sum[i], -weight[i] * .9 * 2e-10, 1e-12));
  ck_assert(Near(upper, -weight[2] * .405 * 2e-10, 1e-12));
}
END_TEST

static Suite *ElementSuite(void)
{
  Suite *suite    = suite_create("element");
  TCase *contract = tcase_create("contract"), *limits = tcase_create("limits");

  tcase_add_loop_test(contract, rigid_motion_is_free, 0, SAMPLE_COUNT);
  tcase_add_loop_test(contract, tangent_is_derivative_of_force, 0, SAMPLE_COUNT);
  tcase_add_loop_test(contract, only_rigid_motion_has_no_energy, 0, SAMPLE_COUNT);
  tcase_add_loop_test(contract, cut_ply_is_same_ply, 0, SAMPLE_COUNT);
  tcase_add_loop_test(contract, turned_element_is_same_element, 0, SAMPLE_COUNT);
  tcase_add_loop_test(contract, free_expansion_has_no_stress, 0, 8);
  tcase_add_loop_test(contract, weight_is_that_of_the_plies, 0, 8);
  tcase_add_loop_test(contract, gamma_damps_the_gradient_of_thickness_strain, 1, 5);
  tcase_add_test(limits, improper_element_is_refused);
  tcase_add_test(limits, element_without_ply_is_nothing);
  suite_add_tcase(suite, contract);
  suite_add_tcase(suite, limits);
  return suite;
}

PLT_TEST_MAIN(ElementSuite)
