/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   A prism whose columns are solved for laws at their points: with linear laws it is the solid-shell
   without enhanced modes, and with others its tangent is the derivative of its force. */
#include "element_prism.h"

typedef struct {
  const PltShellPly *ply;
  double             stiffen; /* S = C E (1 + stiffen E'CE), the gradient of a potential; 1/Pa */
  int                calls;
} Law;

static int Answer(void *context, PetscInt k, PetscInt point, const PetscReal E[6], PetscReal S[6],
                  PetscReal D[6][6])
{
  Law   *law = context;
  double CE[6], w = 0;

  (void)point;
  law->calls++;
  PltMul6(law->ply[k].C, E, CE);
  for (int i = 0; i < 6; i++) w += E[i] * CE[i];
  for (int i = 0; i < 6; i++) {
    S[i] = CE[i] * (1 + law->stiffen * w);
    for (int j = 0; j < 6; j++)
      D[i][j] = law->ply[k].C[i][j] * (1 + law->stiffen * w) + 2 * law->stiffen * CE[i] * CE[j];
  }
  return 0;
}

typedef struct {
  Prism     data;
  PetscReal u[2][3][4];
  PltSolved solved;
  PltPrism  prism;
  PltPoints points;
  PetscInt  age[SAMPLE_PLIES];
  PetscReal strain[SAMPLE_PLIES][4][PLT_SHELL_NZ][6];
  Law       law;
} Case;

static void CaseSet(Sample *s, double stiffen, Case *c)
{
  static const PetscInt event[SAMPLE_PLIES] = {3, 3, 5, 4};

  s->shell.plain = PETSC_TRUE;
  PrismSet(s, event, &c->data);
  c->data.layup.plain = PETSC_TRUE;
  Turned(s->u, c->u);
  c->prism  = (PltPrism){.plan   = &c->data.plan,
                         .layup  = &c->data.layup,
                         .u      = c->u,
                         .ub     = c->data.born,
                         .birth  = c->data.birth,
                         .solved = &c->solved};
  c->law    = (Law){s->ply, stiffen, 0};
  c->points = (PltPoints){.nply     = s->shell.nply,
                          .ply      = s->ply,
                          .age      = c->age,
                          .harmonic = s->shell.harmonic,
                          .law      = Answer,
                          .context  = &c->law,
                          .strain   = c->strain};
  for (int k = 0; k < s->shell.nply; k++)
    for (c->age[k] = 0; c->data.age[c->age[k]].event != event[k];) c->age[k]++;
}

static void Force(Case *c, PltKinematics kinematics, PetscReal f[2][3][4])
{
  ck_assert_int_eq(PltPrismSolve(&c->prism, kinematics, &c->points, PETSC_TRUE, &c->solved), 0);
  if (kinematics == PLT_LARGE) PltPrismLargeForce(&c->prism, f);
  else PltPrismForce(&c->prism, f);
}

/* 1e-13: rounding, 1e-16 of some hundred terms; the search ends at 1e-11 at worst, and a linear law
   is exact after one step. The body force is the layup's. */
START_TEST(linear_laws_make_the_shell)
{
  for (int q = 0; q < QUADS; q++) {
    Sample    s;
    Case      c;
    PetscReal f[24], K[24 * 24], G[64], t[2][3][4], g[2][3][4], J[24 * 24], H[64];

    SampleMake(_i, &s);
    Straighten(quad[q], 1e-3, 1e-4, &s);
    CaseSet(&s, 0, &c);
    ck_assert_int_eq(PltShellEvaluate(&s.shell, s.u, f, K, G, NULL), 0);
    Turned(f, t);
    Force(&c, s.shell.kinematics, g);
    for (int i = 0; i < 24; i++)
      ck_assert_msg(fabs((&t[0][0][0])[i] - (&g[0][0][0])[i]) < 1e-13 * Largest(24, f), "%d: %g %g",
                    i, (&t[0][0][0])[i], (&g[0][0][0])[i]);
    ck_assert_int_eq(c.law.calls, 2 * 4 * PLT_SHELL_NZ * s.shell.nply);
    if (s.shell.kinematics == PLT_SMALL) continue;
    PltPrismLargeTangent(&c.prism, J, H);
    for (int i = 0; i < 24 * 24; i++)
      ck_assert_msg(fabs(J[i] - K[i]) < 1e-13 * sqrt(K[i / 24 * 25] * K[i % 24 * 25]), "%d: %g %g",
                    i, J[i], K[i]);
    for (int i = 0; i < 64; i++) ck_assert(fabs(H[i] - G[i]) < 1e-12 * Largest(64, G));
  }
}
END_TEST

/* By central differences: the error is of second order in the step. The law stiffens by a half or
   so. */
START_TEST(tangent_is_the_difference_of_forces)
{
  const double step = 3e-9;
  Sample       s;
  Case         c;
  PetscReal    K[24 * 24], G[64], f[2][2][3][4];

  SampleMake(2 * _i + 1, &s);
  ck_assert_int_eq(s.shell.kinematics, PLT_LARGE);
  Straighten(quad[2], 1e-3, 1e-4, &s);
  CaseSet(&s, 3e-7, &c);
  Force(&c, PLT_LARGE, f[0]);
  ck_assert_int_gt(c.law.calls, 3 * 4 * PLT_SHELL_NZ * s.shell.nply); /* a search */
  PltPrismLargeTangent(&c.prism, K, G);
  for (int j = 0; j < 24; j++) {
    PetscReal *u = &c.u[j / 12][j % 3][j / 3 % 4], old = *u;

    *u = old + step;
    Force(&c, PLT_LARGE, f[1]);
    *u = old - step;
    Force(&c, PLT_LARGE, f[0]);
    *u = old;
    for (int i = 0; i < 24; i++) {
      const double d = (f[1][i / 12][i % 3][i / 3 % 4] - f[0][i / 12][i % 3][i / 3 % 4]) / 2 / step;
      const double k = K[24 * i + j] + (i % 3 == j % 3 ? G[8 * (i / 3) + j / 3] : 0);

      ck_assert(K[24 * i + j] == K[24 * j + i]);
      ck_assert_msg(fabs(d - k) < 1e-6 * sqrt(K[25 * i] * K[25 * j]), "%d %d: %g, %g", i, j, d, k);
    }
  }
}
END_TEST

static Suite *SolveSuite(void)
{
  Suite *suite = suite_create("element: prism with any laws");
  TCase *tc    = tcase_create("contract");

  tcase_add_loop_test(tc, linear_laws_make_the_shell, 0, SAMPLE_COUNT);
  tcase_add_loop_test(tc, tangent_is_the_difference_of_forces, 0, SAMPLE_COUNT / 2);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(SolveSuite)
