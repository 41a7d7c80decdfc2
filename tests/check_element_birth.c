/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Plies that are born and die inside an element during the process. */
#include "element_sample.h"

/* A ply listed last, born at the present state of the sample. */
static void Bear(Sample *s, int k, const PltShellLocal *local)
{
  memcpy(s->ub[k - 2], s->u, sizeof s->u);
  memcpy(s->birth[k - 2], local->birth, sizeof local->birth);
  memset(s->ply[k].eigen, 0, sizeof s->ply[k].eigen);
  memset(s->ply[k].weight, 0, sizeof s->ply[k].weight);
  s->shell.nply = k + 1;
}

/* Stresses of two states agree for the first n plies. */
static void Compare(int n, const PltShellLocal *a, const PltShellLocal *b, double tolerance)
{
  const double *x = a->stress[0][0][0], *y = b->stress[0][0][0];

  for (int i = 0; i < 48 * n; i++) ck_assert_double_eq_tol(x[i], y[i], tolerance);
}

/* The step to a new state after the birth of ply k. */
static void Move(Sample *s, int k)
{
  for (int i = 0; i < 24; i++) s->u[i] += 5e-6 * Noise(900 + 24 * k + i);
  for (int p = 0; p <= k; p++) s->ply[p].eigen[0] += 1e-3 * Noise(1000 + 4 * k + p);
}

/* Twice in a row: a birth leaves force, energy and older stress as they were and the newborn
   without stress. 1e-12: rounding of the sums over one more ply. */
START_TEST(birth_changes_nothing)
{
  double        f[2][24], most;
  Sample        s;
  PltShellLocal before, after;

  SampleMake(_i, &s);
  for (int k = 2; k < 4; k++) {
    s.shell.nply = k;
    SampleEvaluate(&s, f[0], NULL, &before);
    most = Largest(48 * k, before.stress[0][0][0]);
    ck_assert_double_gt(most, 1e6);
    Bear(&s, k, &before);
    SampleEvaluate(&s, f[1], NULL, &after);
    for (int i = 0; i < 24; i++)
      ck_assert_double_eq_tol(f[0][i], f[1][i], 1e-12 * Largest(24, f[0]));
    Compare(k, &before, &after, 1e-12 * most);
    ck_assert(Near(before.energy, after.energy, 1e-12));
    ck_assert_double_lt(Largest(48, after.stress[k][0][0]), 1e-12 * most);
    Move(&s, k);
    SampleEvaluate(&s, f[1], NULL, &after);
    ck_assert_double_gt(Largest(48, after.stress[k][0][0]), 1e-4 * most);
  }
}
END_TEST

/* A death right after the birth leaves no trace, and going back to the state of birth brings its
   stress back to zero: the element is elastic. */
START_TEST(history_is_elastic)
{
  double        f[2][24], u[24], most;
  Sample        s;
  PltShellLocal local;

  SampleMake(_i, &s);
  s.shell.nply = 2;
  SampleEvaluate(&s, f[0], NULL, &local);
  most = Largest(96, local.stress[0][0][0]);
  Bear(&s, 2, &local);
  memcpy(u, s.u, sizeof u);
  for (int i = 0; i < 24; i++) s.u[i] += 5e-6 * Noise(i);
  SampleEvaluate(&s, f[1], NULL, &local);
  memcpy(s.u, u, sizeof u);
  SampleEvaluate(&s, f[1], NULL, &local);
  ck_assert_double_lt(Largest(48, local.stress[2][0][0]), 1e-12 * most);
  s.shell.nply = 2;
  SampleEvaluate(&s, f[1], NULL, NULL);
  for (int i = 0; i < 24; i++) ck_assert_double_eq_tol(f[0][i], f[1][i], 1e-12 * Largest(24, f[0]));
}
END_TEST

/* Large kinematics: turning the deformed element by 80 degrees changes no stress of any ply,
   whether it was born before or after the deformation. Rounding of u over the thickness: 1e-15 of
   strain. */
START_TEST(rotation_keeps_stress_of_all_ages)
{
  const double  c = cos(1.4), d = sin(1.4);
  double        f[24];
  Sample        s;
  PltShellLocal local[2];

  SampleMake(2 * _i + 1, &s);
  for (int k = 0; k < SAMPLE_PLIES; k++) memset(s.ply[k].weight, 0, sizeof s.ply[k].weight);
  SampleEvaluate(&s, f, NULL, &local[0]);
  for (int a = 0; a < 8; a++) {
    const double *X = s.shell.X[a], x = X[0] + s.u[3 * a], z = X[2] + s.u[3 * a + 2];

    s.u[3 * a]     = c * x - d * z - X[0] + .2;
    s.u[3 * a + 2] = d * x + c * z - X[2];
  }
  SampleEvaluate(&s, f, NULL, &local[1]);
  Compare(SAMPLE_PLIES, &local[0], &local[1], 3e-14 * Largest(36, s.ply[3].C[0]));
}
END_TEST

/* ---- a flat element in transverse shear ---- */
typedef struct {
  PltShell    shell;
  PltShellPly ply[2];
  double      u[24], ub[24], birth[PLT_SHELL_BIRTH];
} Sheared;

static void ShearedMake(PetscBool harmonic, Sheared *s)
{
  memset(s, 0, sizeof *s);
  s->ply[0] = PlyMake(-1, .5, 6.5e9, .3); /* shear modulus 2.5 GPa */
  s->ply[1] = PlyMake(.5, 1, 52e9, .3);   /* 20 GPa */
  s->shell  = (PltShell){
       .nply = 2, .ply = s->ply, .kinematics = PLT_SMALL, .gamma = 1, .harmonic = harmonic};
  for (int a = 0; a < 8; a++) {
    s->shell.X[a][0] = a % 4 == 1 || a % 4 == 2 ? 1e-3 : 0;
    s->shell.X[a][1] = a % 4 > 1 ? 1e-3 : 0;
    s->shell.X[a][2] = a / 4 * 1e-4;
  }
}

static void Shear(Sheared *s, double angle)
{
  for (int a = 4; a < 8; a++) s->u[3 * a] = angle * 1e-4;
}

START_TEST(shear_of_plies_is_in_series_or_parallel)
{
  const double  series = 1 / (.75 / 2.5e9 + .25 / 20e9), parallel = .75 * 2.5e9 + .25 * 20e9;
  double        f[24], stress[2];
  Sheared       s;
  PltShellLocal local;

  for (int harmonic = 0; harmonic < 2; harmonic++) {
    ShearedMake((PetscBool)harmonic, &s);
    Shear(&s, 1e-3);
    ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, NULL, NULL, &local), 0);
    /* force on the upper face, an area of 1e-6 */
    ck_assert_double_eq_tol(f[12] + f[15] + f[18] + f[21], 1e-9 * (harmonic ? series : parallel),
                            1e-13);
    for (int k = 0; k < 2; k++) stress[k] = local.stress[k][2][1][PLT_13];
    ck_assert_double_eq_tol(stress[0], 1e-3 * (harmonic ? series : 2.5e9), 1e-6);
    ck_assert_double_eq_tol(stress[1], 1e-3 * (harmonic ? series : 20e9), 1e-6);
  }
}
END_TEST

/* The older ply alone takes the first shear; what is added after the birth of the other one is
   taken in series by both: the modulus of the older ply does not change what it has. */
START_TEST(shear_before_birth_is_kept)
{
  const double  series = 1 / (.75 / 2.5e9 + .25 / 20e9);
  double        f[24];
  Sheared       s;
  PltShellLocal local;

  ShearedMake(PETSC_TRUE, &s);
  s.shell.nply = 1;
  Shear(&s, 1e-3);
  ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, NULL, NULL, &local), 0);
  ck_assert_double_eq_tol(local.stress[0][0][0][PLT_13], 2.5e6, 1e-6);
  memcpy(s.ub, s.u, sizeof s.u);
  memcpy(s.birth, local.birth, sizeof s.birth);
  s.ply[1].ub    = s.ub;
  s.ply[1].birth = s.birth;
  s.shell.nply   = 2;
  Shear(&s, 1.5e-3);
  ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, NULL, NULL, &local), 0);
  ck_assert_double_eq_tol(local.stress[0][1][0][PLT_13], 2.5e6 + .5e-3 * series, 1e-6);
  ck_assert_double_eq_tol(local.stress[1][1][0][PLT_13], .5e-3 * series, 1e-6);
}
END_TEST

static Suite *BirthSuite(void)
{
  Suite *suite = suite_create("element birth");
  TCase *birth = tcase_create("birth"), *shear = tcase_create("shear");

  tcase_add_loop_test(birth, birth_changes_nothing, 0, SAMPLE_COUNT);
  tcase_add_loop_test(birth, history_is_elastic, 0, SAMPLE_COUNT);
  tcase_add_loop_test(birth, rotation_keeps_stress_of_all_ages, 0, SAMPLE_COUNT / 2);
  tcase_add_test(shear, shear_of_plies_is_in_series_or_parallel);
  tcase_add_test(shear, shear_before_birth_is_kept);
  suite_add_tcase(suite, birth);
  suite_add_tcase(suite, shear);
  return suite;
}

PLT_TEST_MAIN(BirthSuite)
