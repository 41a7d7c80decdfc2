/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Force and tangent of a prism are those of the solid-shell, to rounding. */
#include "element_prism.h"

/* Largest difference of the two forces over the largest force, and of the two tangents over the
   root of both diagonal entries. `event` says which plies share a birth. */
static void Differences(const Sample *s, const PetscInt event[SAMPLE_PLIES], double *force,
                        double *tangent)
{
  PetscReal u[2][3][4], f[24], g[2][3][4], t[2][3][4], K[24 * 24], J[24 * 24];
  Prism     p;

  *force = *tangent = 0;
  SampleEvaluate(s, f, K, NULL);
  PrismSet(s, event, &p);
  Turned(s->u, u);
  PltPrismForce(&(PltPrism){&p.plan, &p.layup, u, NULL, p.born, p.birth, p.offset, NULL}, g);
  Turned(f, t);
  for (int i = 0; i < 24; i++)
    *force = fmax(*force, fabs((&t[0][0][0])[i] - (&g[0][0][0])[i]) / Largest(24, f));
  PltPrismTangent(&p.plan, &p.layup, J);
  for (int i = 0; i < 24 * 24; i++) {
    ck_assert(J[i] == J[i % 24 * 24 + i / 24]);
    *tangent = fmax(*tangent, fabs(J[i] - K[i]) / sqrt(K[i / 24 * 25] * K[i % 24 * 25]));
  }
}

/* All laws (one without a plane of symmetry but the horizontal), shear rules and gamma, plies of
   three ages with eigenstrain, weight and birth states; from thick to a thousand times as wide.
   1e-13: rounding, 1e-16 of some hundred terms; 2e-14 is seen. Tangents
   are symmetric to the last bit. */
START_TEST(prism_is_the_shell)
{
  static const PetscInt event[SAMPLE_PLIES] = {3, 3, 5, 4};
  static const double   thick[]             = {1, .1, 1e-3};

  for (int q = 0; q < QUADS; q++)
    for (int k = 0; k < 3; k++) {
      Sample s;
      double force, tangent, room[SAMPLE_PLIES][4][PLT_SHELL_NZ][6];

      SampleMake(2 * _i, &s);
      Straighten(quad[q], 1e-3, thick[k] * 1e-3, &s);
      for (int offsets = 0; offsets < 2; offsets++) {
        if (offsets) OffsetsMake(&s, room);
        Differences(&s, event, &force, &tangent);
        ck_assert_msg(force < 1e-13, "quad %d, thickness %g: %g", q, thick[k], force);
        ck_assert_msg(tangent < 1e-13, "quad %d, thickness %g: %g", q, thick[k], tangent);
      }
    }
}
END_TEST

/* The stabilisation between layers as thick as wide and a thousand times thinner, with a rotation
   that it does not see. 1e-13: rounding of u, 1e-16 of 20 um, is 2e-15 over the thickness. */
START_TEST(zigzag_is_that_of_zigzag)
{
  const double t[2] = {1e-3, 1e-6}, G[2] = {3e9, 8e9}, omega[3] = {2e-2, -1e-2, 3e-3};
  PetscReal    X[12][3], xy[4][2], d[36], f[36] = {0}, u[3][3][4], ub[3][3][4], g[3][3][4];
  PltPlan      plan;
  double       most = 0;

  for (int a = 0; a < 12; a++) {
    const double z = a < 4 ? 0 : a < 8 ? t[0] : t[0] + t[1];

    for (int i = 0; i < 2; i++) X[a][i] = xy[a % 4][i] = 1e-3 * quad[_i][a % 4][i];
    X[a][2] = z;
    for (int i = 0; i < 3; i++) {
      const int j = (i + 1) % 3, k = (i + 2) % 3;

      ub[a / 4][i][a % 4] = omega[j] * X[a][k] - omega[k] * X[a][j];
      d[3 * a + i]        = z * 1e-2 * Noise(3 * a + i);
      u[a / 4][i][a % 4]  = ub[a / 4][i][a % 4] + d[3 * a + i];
    }
  }
  PltZigzagAdd((const PetscReal(*)[3])X, d, t, G, 0.1, f, NULL);
  ck_assert_int_eq(PltPlanSet((const PetscReal(*)[2])xy, 1, &plan), 0);
  PltPrismZigzag(&plan, u, ub, t, G, 0.1, g);
  for (int i = 0; i < 36; i++) most = fmax(most, fabs(f[i] - g[i / 12][i % 3][i / 3 % 4]));
  ck_assert_msg(most < 1e-13 * Largest(36, f), "%g of %g", most, Largest(36, f));
}
END_TEST

/* Corners of 180 degrees and more, and turned over. */
START_TEST(quads_must_be_convex)
{
  static const double wrong[3][4][2] = {{{0, 0}, {1, 0}, {.5, .5}, {0, 1}},
                                        {{0, 0}, {1, 0}, {.3, .3}, {0, 1}},
                                        {{0, 0}, {0, 1}, {1, 1}, {1, 0}}};
  PltPlan             plan;

  ck_assert_int_eq(PltPlanSet(wrong[_i], 1, &plan), 1);
}
END_TEST

static Suite *PrismSuite(void)
{
  Suite *suite = suite_create("element: prism");
  TCase *tc    = tcase_create("contract");

  tcase_add_loop_test(tc, prism_is_the_shell, 0, SAMPLE_COUNT / 2);
  tcase_add_loop_test(tc, zigzag_is_that_of_zigzag, 0, QUADS);
  tcase_add_loop_test(tc, quads_must_be_convex, 0, 3);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(PrismSuite)
