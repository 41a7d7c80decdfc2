/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Force and tangent of a prism in large kinematics are those of the solid-shell, to rounding, and
   agree with each other. */
#include "element_prism.h"

enum { STRAIGHT, TURNED, CASES };

/* Displacements of another size, then turned about an axis in general position. */
static void Move(const PetscReal X[8][3], double size, double angle, double u[24])
{
  static const double axis[3] = {2. / 3, -1. / 3, 2. / 3};
  const double        c = cos(angle), s = sin(angle);

  for (int a = 0; a < 24; a += 3) {
    double x[3], cross[3], dot = 0;

    for (int i = 0; i < 3; i++) x[i] = X[a / 3][i] + size * u[a + i], dot += axis[i] * x[i];
    PltCross(axis, x, cross);
    for (int i = 0; i < 3; i++)
      u[a + i] = c * x[i] + s * cross[i] + (1 - c) * dot * axis[i] - X[a / 3][i];
  }
}

/* The plies are of three ages: one from the start, one born where the element had turned by half,
   one that was still flat. */
static void Make(int law, const double xy[4][2], double thick, int turned, Sample *s)
{
  SampleMake(2 * law + 1, s);
  Straighten(xy, 1e-3, thick * 1e-3, s);
  if (!turned) return;
  Move((const PetscReal(*)[3])s->shell.X, 20, 1, s->u);
  Move((const PetscReal(*)[3])s->shell.X, 10, .5, s->ub[0]);
}

typedef struct {
  Prism     data;
  PetscReal u[2][3][4], before[2][3][4];
  PltPrism  prism;
} Case;

static void CaseSet(const Sample *s, Case *c)
{
  static const PetscInt event[SAMPLE_PLIES] = {3, 3, 5, 4};

  PrismSet(s, event, &c->data);
  Turned(s->u, c->u);
  if (s->shell.before) Turned(s->shell.before, c->before);
  c->prism = (PltPrism){.plan   = &c->data.plan,
                        .layup  = &c->data.layup,
                        .u      = c->u,
                        .before = s->shell.before ? c->before : NULL,
                        .ub     = c->data.born,
                        .birth  = c->data.birth,
                        .offset = s->ply[0].offset ? c->data.offset : NULL};
}

static double Most(int n, const PetscReal *a, const PetscReal *b)
{
  double most = 0;

  for (int i = 0; i < n; i++) most = fmax(most, fabs(a[i] - b[i]));
  return most;
}

/* 1e-13: rounding, 1e-16 of some hundred terms. Tangents are symmetric to the last bit. */
START_TEST(prism_is_the_shell)
{
  static const double thick[] = {1, .1, 1e-3};

  for (int i = 0; i < QUADS * 3 * CASES * 2; i++) {
    const int q = i / 2 / CASES / 3;
    Sample    s;
    Case      c;
    PetscReal f[24], K[24 * 24], G[64], t[2][3][4], g[2][3][4], J[24 * 24], H[64], before[24];
    double    room[SAMPLE_PLIES][4][PLT_SHELL_NZ][6];

    Make(_i, quad[q], thick[i / 2 / CASES % 3], i / 2 % CASES, &s);
    for (int a = 0; a < 24; a++) before[a] = s.u[a] + 1e-5 * Noise(700 + a);
    s.shell.before = i % 2 ? before : NULL;
    if (i % 4 > 1) OffsetsMake(&s, room);
    CaseSet(&s, &c);
    ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, K, G, NULL), 0);
    Turned(f, t);
    PltPrismLargeForce(&c.prism, g);
    ck_assert_msg(Most(24, t[0][0], g[0][0]) < 1e-13 * Largest(24, f), "%d: force %g of %g", i,
                  Most(24, t[0][0], g[0][0]), Largest(24, f));
    PltPrismLargeTangent(&c.prism, J, H);
    for (int k = 0; k < 24 * 24; k++) {
      const double size = sqrt(K[k / 24 * 25] * K[k % 24 * 25]);

      ck_assert(J[k] == J[k % 24 * 24 + k / 24]);
      ck_assert_msg(fabs(J[k] - K[k]) < 1e-13 * size, "%d: K %g of %g", i, J[k] - K[k], size);
    }
    for (int k = 0; k < 64; k++) ck_assert(H[k] == H[k % 8 * 8 + k / 8]);
    ck_assert_msg(Most(64, G, H) < 1e-12 * Largest(64, G), "%d: G %g of %g", i, Most(64, G, H),
                  Largest(64, G));
  }
}
END_TEST

/* K + G I by central differences of the force: the force is of third order in u, so that the error
   is of second order in the step, 1e-5 of the slopes; 1e-8 with rounding. */
START_TEST(tangent_is_the_difference_of_forces)
{
  const double step = 1e-8;
  Sample       s;
  Case         c;
  PetscReal    K[24 * 24], G[64], f[2][2][3][4];

  Make(_i, quad[2], .1, 1, &s);
  CaseSet(&s, &c);
  PltPrismLargeTangent(&c.prism, K, G);
  for (int j = 0; j < 24; j++) {
    PetscReal *u = &c.u[j / 12][j % 3][j / 3 % 4], old = *u;

    *u = old + step;
    PltPrismLargeForce(&c.prism, f[1]);
    *u = old - step;
    PltPrismLargeForce(&c.prism, f[0]);
    *u = old;
    for (int i = 0; i < 24; i++) {
      const double d = (f[1][i / 12][i % 3][i / 3 % 4] - f[0][i / 12][i % 3][i / 3 % 4]) / 2 / step;
      const double k = K[24 * i + j] + (i % 3 == j % 3 ? G[8 * (i / 3) + j / 3] : 0);

      ck_assert_msg(fabs(d - k) < 1e-7 * sqrt(K[25 * i] * K[25 * j]), "%d %d: %g, %g", i, j, d, k);
    }
  }
}
END_TEST

/* With `rest` the moduli are its own, and stress is that of the prism at rest: other plies here. */
START_TEST(stress_of_the_prism_at_rest)
{
  Sample    s[2];
  Case      c[2];
  PetscReal K[3][24 * 24], G[3][64];

  for (int i = 0; i < 2; i++) {
    Make(i, quad[0], .1, TURNED, &s[i]);
    if (i) memcpy(s[1].u, s[0].u, sizeof s[0].u);
    CaseSet(&s[i], &c[i]);
    PltPrismLargeTangent(&c[i].prism, K[i], G[i]);
  }
  c[0].prism.rest = &c[1].prism;
  PltPrismLargeTangent(&c[0].prism, K[2], G[2]);
  ck_assert(!memcmp(K[2], K[0], sizeof K[0]));
  ck_assert(!memcmp(G[2], G[1], sizeof G[0]));
  ck_assert(Most(64, G[0], G[1]) > 0.01 * Largest(64, G[0]));
}
END_TEST

/* Turned by 1 rad as a rigid body, plies without eigenstrain and weight: no force but that of the
   rounding of coordinates, 1e-16 of 0.2 m. */
START_TEST(rigid_rotation_has_no_force)
{
  Sample    s;
  Case      c;
  PetscReal f[2][3][4], K[24 * 24], G[64];

  SampleMake(2 * _i + 1, &s);
  Straighten(quad[1], 1e-3, 1e-4, &s);
  for (int k = 0; k < SAMPLE_PLIES; k++)
    s.ply[k] = (PltShellPly){.lo = s.ply[k].lo, .hi = s.ply[k].hi},
    LawStiffness(_i / 4, 1, s.ply[k].C);
  memset(s.u, 0, sizeof s.u);
  Move((const PetscReal(*)[3])s.shell.X, 0, 1, s.u);
  CaseSet(&s, &c);
  PltPrismLargeForce(&c.prism, f);
  PltPrismLargeTangent(&c.prism, K, G);
  ck_assert_msg(Largest(24, f[0][0]) < 1e-15 * .2 * Largest(24 * 24, K), "%g of %g",
                Largest(24, f[0][0]), Largest(24 * 24, K));
}
END_TEST

static Suite *PrismSuite(void)
{
  Suite *suite = suite_create("element: prism, large kinematics");
  TCase *tc    = tcase_create("contract");

  tcase_add_loop_test(tc, prism_is_the_shell, 0, SAMPLE_COUNT / 2);
  tcase_add_loop_test(tc, tangent_is_the_difference_of_forces, 0, SAMPLE_COUNT / 2);
  tcase_add_test(tc, stress_of_the_prism_at_rest);
  tcase_add_loop_test(tc, rigid_rotation_has_no_force, 0, SAMPLE_COUNT / 2);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(PrismSuite)
