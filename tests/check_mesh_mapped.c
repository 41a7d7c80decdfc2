/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Spacings and the mapped footprint: where lines are, which quads belong to dies, what is
   refused. */
#include "mesh_sample.h"

/* Lines are where they are drawn to rounding of sums of a hundred lengths. */
#define ROUNDING 1e-14

static void ExpectSpacing(const PltGrading *g, double length, int n, const double size[])
{
  PetscReal x[64], at = 0;

  ck_assert_int_eq(PltSpacingCount(g, length), n);
  PltSpacingSet(g, 0, length, n, x);
  for (int i = 0; i < n; i++) {
    ck_assert_msg(fabs(x[i] - at) < ROUNDING, "line %d at %g, not %g", i, x[i], at);
    at += size[i];
  }
  ck_assert(x[n] == length);
}

START_TEST(spacings_are_the_recommended_ones)
{
  const PltGrading even = {2 * mm, 2 * mm, 1.5}, graded = {2 * mm, 0.5 * mm, 3};
  const double     die[]           = {2 * mm, 2 * mm, 2 * mm, 2 * mm};
  const double     graded_die[]    = {0.5 * mm, 1.5 * mm, 2 * mm, 2 * mm, 1.5 * mm, 0.5 * mm};
  const double     graded_street[] = {0.5 * mm, 1.5 * mm, 1.5 * mm, 0.5 * mm};

  ExpectSpacing(&even, 8 * mm, 4, die);
  ExpectSpacing(&even, 3 * mm, 2, (const double[]){1.5 * mm, 1.5 * mm});
  ExpectSpacing(&even, 0.1 * mm, 2, (const double[]){0.05 * mm, 0.05 * mm});
  /* the mesh "2 mm with lines 0.5 mm from die edges": ten elements in a pitch of 12 mm */
  ExpectSpacing(&graded, 8 * mm, 6, graded_die);
  ExpectSpacing(&graded, 4 * mm, 4, graded_street);
}
END_TEST

START_TEST(spacing_grows_steadily_to_the_far_size)
{
  const PltGrading g      = {2 * mm, 0.1 * mm, 1.5};
  const double     length = 37 * mm;
  const PetscInt   n      = PltSpacingCount(&g, length);
  PetscReal        x[128], ratio;

  ck_assert_int_le(n, 127);
  PltSpacingSet(&g, -length / 2, length / 2, n, x);
  ck_assert(fabs(x[1] - x[0] - g.near) < ROUNDING);
  ck_assert(x[n / 2] == 0);
  ratio = (x[2] - x[1]) / (x[1] - x[0]);
  ck_assert_msg(ratio > 1 && ratio < 1.5 * (1 + 1e-6), "ratio %g", ratio);
  for (PetscInt i = 0; i < n; i++) {
    const double size = x[i + 1] - x[i];

    ck_assert(x[i] == -x[n - i]);
    ck_assert(size < g.far * (1 + 2e-6)); /* the stretch that spares an element */
    if (i > 0 && i < n / 2 && size < g.far * 0.999)
      ck_assert(Near(size, ratio * (x[i] - x[i - 1]), 1e-9)); /* differences of 1e-2, size 1e-4 */
  }
}
END_TEST

START_TEST(spacing_knows_when_it_is_too_much)
{
  const PltGrading tiny = {1e-9, 1e-9, 1.5}, slow = {1e-3, 1e-9, 1 + 1e-9};

  ck_assert_int_gt(PltSpacingCount(&tiny, 1), PLT_QUADS_MAX);
  ck_assert_int_gt(PltSpacingCount(&slow, 1), PLT_QUADS_MAX);
}
END_TEST

/* Lines of constant x of a mapped footprint: its first row. */
static PetscInt CountLines(const PltFootprint *f)
{
  PetscInt n = 1;

  while (n < f->nvert && f->xy[2 * n + 1] == f->xy[1]) n++;
  return n;
}

static int HasLine(const PltFootprint *f, double x)
{
  const PetscInt n = CountLines(f);

  for (PetscInt i = 0; i < n; i++)
    if (fabs(f->xy[2 * i] - x) < ROUNDING) return 1;
  return 0;
}

START_TEST(lines_follow_die_edges_and_mid_gaps)
{
  PltProject   p = MakeCooldownPanel();
  PltFootprint f;

  CALL(PltProjectSetMesh(p, 2 * mm, 0.5 * mm, 3, PLT_MESH_MAPPED, NULL));
  CALL(PltFootprintCreate(p, &f));
  for (int i = -2; i <= 2; i++) {
    ck_assert(HasLine(&f, (12 * i - 4) * mm) && HasLine(&f, (12 * i + 4) * mm));
    ck_assert(HasLine(&f, (12 * i - 3.5) * mm) && HasLine(&f, (12 * i + 4.5) * mm));
    ck_assert(i == 2 || HasLine(&f, (12 * i + 6) * mm));
  }
  /* five dies of 6, four streets of 4, two margins of 2 mm at 0.5 mm */
  ck_assert_int_eq(f.nquad, 54 * 54);
  ck_assert_int_eq(f.nvert, 55 * 55);
  ck_assert(Near(PltFootprintArea(&f), 3.6e-3, 1e-12));
  for (PetscInt d = 1; d <= 25; d++) ck_assert(Near(RegionArea(&f, d), 64e-6, 1e-12));
  ck_assert(LeastJacobian(&f) > 1 - 1e-12); /* rectangles, to rounding */
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(quarter_has_the_lines_of_the_whole)
{
  PltProject   p = MakeCooldownPanel();
  PltFootprint whole, quarter;
  PetscInt     n;

  CALL(PltProjectSetMesh(p, 2 * mm, 0.5 * mm, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltFootprintCreate(p, &whole));
  CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_QUARTER));
  CALL(PltFootprintCreate(p, &quarter));
  n = CountLines(&quarter);
  ck_assert_int_eq(CountLines(&whole), 2 * n - 1);
  for (PetscInt i = 0; i < n; i++) ck_assert(quarter.xy[2 * i] == whole.xy[2 * (n - 1 + i)]);
  ck_assert_int_eq(4 * quarter.nquad, whole.nquad);
  ck_assert(Near(RegionArea(&quarter, 13), 16e-6, 1e-12)); /* the middle die, cut twice */
  ck_assert(Near(RegionArea(&quarter, 15), 32e-6, 1e-12));
  ck_assert(RegionArea(&quarter, 1) == 0);
  CALL(PltFootprintDestroy(&whole));
  CALL(PltFootprintDestroy(&quarter));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(twins_share_the_lowest_region)
{
  PltProject   p = MakePanel(50 * mm, 50 * mm);
  PltFootprint f;

  AddDie(p, "a", -10, 0, 8, 0);
  AddDie(p, "b", 10, 0, 8, 0);
  /* 0.1 nm off and turned by a quarter: still the same outline */
  CALL(PltProjectAddDie(p, "c", "upper", 10 * mm + 1e-10, 0, 8 * mm, 8 * mm, PETSC_PI / 2));
  CALL(PltFootprintCreate(p, &f));
  ck_assert(Near(RegionArea(&f, 2), 64e-6, 1e-6)); /* 0.1 nm of 8 mm */
  ck_assert(RegionArea(&f, 3) == 0);
  ck_assert(PltProjectDieInPly(p, 1, 1));
  ck_assert(!PltProjectDieInPly(p, 0, 1));
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(dies_may_touch_each_other_and_the_edge)
{
  PltProject   p = MakePanel(40 * mm, 20 * mm);
  PltFootprint f;

  AddDie(p, "left", -15, 0, 10, 0);
  AddDie(p, "beside", -5, 3, 10, 0); /* a part of the side */
  AddDie(p, "corner", 15, 5, 10, PETSC_PI / 2);
  CALL(PltFootprintCreate(p, &f));
  for (PetscInt d = 1; d <= 3; d++) ck_assert(Near(RegionArea(&f, d), 1e-4, 1e-12));
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(what_cannot_be_mapped_is_refused)
{
  PltProject p = MakePanel(50 * mm, 50 * mm);

  AddDie(p, "one", 0, 0, 10, 0);
  CALL(PltProjectSetMesh(p, 1e-9, 0, 0, PLT_MESH_MAPPED, NULL));
  ExpectNoMesh(p, "too small for a panel of 50 mm");
  CALL(PltProjectSetMesh(p, 1 * um, 0, 0, PLT_MESH_MAPPED, NULL));
  ExpectNoMesh(p, "more than 20 million quads");
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_MAPPED, NULL));
  AddDie(p, "two", 10 + 3e-6, 0, 10, 0); /* a gap of 3 nm */
  ExpectNoMesh(p, "only 3 nm apart");
  AddDie(p, "three", 4, 0, 10, 0);
  ExpectNoMesh(p, "nm apart");
  CALL(PltProjectDestroy(&p));

  p = MakePanel(50 * mm, 50 * mm);
  AddDie(p, "one", 0, 0, 10, 0);
  AddDie(p, "two", 6, 0, 10, 0);
  ExpectNoMesh(p, "dies 'one' and 'two' overlap");
  AddDie(p, "askew", 0, 20, 5, 0.1);
  ExpectNoMesh(p, "die 'askew' is turned by 5.72958 deg");
  CALL(PltProjectDestroy(&p));

  p = MakePanel(50 * mm, 0);
  ExpectNoMesh(p, "a round panel has no mapped mesh");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(check_finds_what_is_wrong)
{
  PltProject   p = MakeCooldownPanel();
  PltFootprint f;
  PetscInt     swap;

  CALL(PltFootprintCreate(p, &f));
  CALL(PltFootprintCheck(p, &f));
  swap      = f.quad[1];
  f.quad[1] = f.quad[3];
  f.quad[3] = swap;
  ck_assert_int_eq(PltFootprintCheck(p, &f), PLT_ERR_MESH); /* turned over */
  ck_assert(strstr(PltGetErrorMessage(), "too distorted") != NULL);
  f.quad[3]   = f.quad[1];
  f.quad[1]   = swap;
  f.region[0] = 1;
  ck_assert_int_eq(PltFootprintCheck(p, &f), PLT_ERR_MESH); /* die 1 has a quad too many */
  ck_assert(strstr(PltGetErrorMessage(), "gives die '1'") != NULL);
  f.region[0] = PLT_FILL;
  f.nquad--;
  ck_assert_int_eq(PltFootprintCheck(p, &f), PLT_ERR_MESH); /* the last quad is missing */
  ck_assert(strstr(PltGetErrorMessage(), "covers") != NULL);
  f.nquad++;
  CALL(PltFootprintCheck(p, &f));
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *MappedSuite(void)
{
  Suite *suite = suite_create("mesh: mapped");
  TCase *tc    = tcase_create("mapped");

  tcase_add_test(tc, spacings_are_the_recommended_ones);
  tcase_add_test(tc, spacing_grows_steadily_to_the_far_size);
  tcase_add_test(tc, spacing_knows_when_it_is_too_much);
  tcase_add_test(tc, lines_follow_die_edges_and_mid_gaps);
  tcase_add_test(tc, quarter_has_the_lines_of_the_whole);
  tcase_add_test(tc, twins_share_the_lowest_region);
  tcase_add_test(tc, dies_may_touch_each_other_and_the_edge);
  tcase_add_test(tc, what_cannot_be_mapped_is_refused);
  tcase_add_test(tc, check_finds_what_is_wrong);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(MappedSuite)
