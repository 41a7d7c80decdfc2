/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The free footprint: dies in any position on rectangles and disks; what cannot be meshed fails
   with a message and never ends the process. */
#include "mesh_sample.h"

#if PLT_HAVE_GMSH
/* Areas are exact (PltFootprintCheck, at 1e-9, is part of creating); here the shape of the
   quads. */
static void ExpectMesh(PltProject p, double least)
{
  PltFootprint f;

  CALL(PltFootprintCreate(p, &f));
  ck_assert_msg(LeastJacobian(&f) > least, "least Jacobian %g", LeastJacobian(&f));
  CALL(PltFootprintDestroy(&f));
}

START_TEST(turned_dies_are_meshed_exactly)
{
  PltProject   p = MakePanel(60 * mm, 40 * mm);
  PltFootprint f;

  AddDie(p, "a", -15, 0, 10, 0.3);
  CALL(PltProjectAddDie(p, "b", "device", 10 * mm, 5 * mm, 16 * mm, 6 * mm, -1.1));
  CALL(PltProjectSetMesh(p, 2 * mm, 1 * mm, 0, PLT_MESH_FREE, NULL));
  CALL(PltFootprintCreate(p, &f));
  ck_assert(Near(PltFootprintArea(&f), 2.4e-3, 1e-12));
  ck_assert(Near(RegionArea(&f, 1), 1e-4, 1e-12));
  ck_assert(Near(RegionArea(&f, 2), 96e-6, 1e-12));
  /* dies are even grids of the size at dies: 10 x 10 and 16 x 6 */
  for (PetscInt d = 1; d <= 2; d++) {
    PetscInt n = 0;

    for (PetscInt q = 0; q < f.nquad; q++) n += f.region[q] == d;
    ck_assert_int_eq(n, d == 1 ? 100 : 96);
  }
  ck_assert(LeastJacobian(&f) > 0.3);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(nodes_on_the_outline_are_as_asked)
{
  PltProject   p = MakePanel(50 * mm, 40 * mm);
  PltFootprint f;
  PltEdges     edges;
  PetscBool   *outer;
  PetscInt     n = 0;

  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_FREE, NULL));
  CALL(PltFootprintCreate(p, &f));
  CALL(PltEdgesCreate(&f, &edges));
  CALL(PetscMalloc1(f.nvert, &outer));
  PltEdgesOutline(p, &f, &edges, outer);
  for (PetscInt v = 0; v < f.nvert; v++) n += outer[v];
  ck_assert_int_eq(n, 2 * (26 + 20)); /* even numbers of at most 2 mm */
  CALL(PetscFree(outer));
  CALL(PltEdgesDestroy(&edges));
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(meshing_twice_gives_the_same)
{
  PltProject         p = MakeWafer(0.2);
  unsigned long long sum[2];

  for (int i = 0; i < 2; i++) {
    PltFootprint f;

    CALL(PltFootprintCreate(p, &f));
    sum[i] = PltFootprintChecksum(&f);
    CALL(PltFootprintDestroy(&f));
  }
  ck_assert(sum[0] == sum[1]);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(wafers_and_their_parts)
{
  for (int s = PLT_SYMMETRY_NONE; s <= PLT_SYMMETRY_QUARTER; s++) {
    PltProject   p     = MakeWafer(0);
    const double share = s == PLT_SYMMETRY_NONE ? 1 : s == PLT_SYMMETRY_QUARTER ? 0.25 : 0.5;
    PltFootprint f;

    CALL(PltProjectSetSymmetry(p, (PltSymmetry)s));
    CALL(PltFootprintCreate(p, &f));
    /* chords at an angle of 3 mm / 75 mm or less cut off its square over 6: 2.7e-4 of the area */
    ck_assert(Near(PltFootprintArea(&f), PETSC_PI * 75e-3 * 75e-3 * share, 2.7e-4));
    ck_assert(PltFootprintArea(&f) < PETSC_PI * 75e-3 * 75e-3 * share);
    ck_assert(LeastJacobian(&f) > 0.3);
    CALL(PltFootprintDestroy(&f));
    CALL(PltProjectDestroy(&p));
  }
}
END_TEST

START_TEST(dies_may_touch_along_whole_sides)
{
  PltProject p = MakePanel(40 * mm, 40 * mm);

  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_FREE, NULL));
  for (int i = 0; i < 4; i++) AddDie(p, NULL, i % 2 ? 5 : -5, i / 2 ? 5 : -5, 10, 0);
  AddDie(p, "corner", 17, -17, 6, 0);
  ExpectMesh(p, 0.3);
  CALL(PltProjectDestroy(&p));

  p = MakePanel(40 * mm, 40 * mm);
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_FREE, NULL));
  CALL(PltProjectAddDie(p, "bar", "device", 0, 0, 10 * mm, 40 * mm, 0)); /* divides the panel */
  ExpectMesh(p, 0.3);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(symmetry_cuts_dies_in_halves)
{
  PltProject   p = MakeCooldownPanel();
  PltFootprint f;

  CALL(PltProjectSetMesh(p, 3 * mm, 0, 0, PLT_MESH_FREE, NULL));
  CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_QUARTER));
  CALL(PltFootprintCreate(p, &f));
  ck_assert(Near(PltFootprintArea(&f), 9e-4, 1e-12));
  ck_assert(Near(RegionArea(&f, 13), 16e-6, 1e-12));
  ck_assert(Near(RegionArea(&f, 14), 32e-6, 1e-12));
  ck_assert(Near(RegionArea(&f, 25), 64e-6, 1e-12));
  for (PetscInt i = 0; i < 2 * f.nvert; i++) ck_assert(f.xy[i] >= 0);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(what_cannot_be_meshed_is_refused)
{
  static const struct {
    double      x, y, angle; /* of a second die of 10 mm beside the one at the origin */
    const char *words;
  } bad[] = {{10, 3, 0, "touch along a part of a side"},
             {10, 10, 0, "touches another one or the outline of the panel at its corner"},
             {0, 25 - 7.0710678118654755, PETSC_PI / 4, "touches another one or the outline"},
             {6, 2, 0.3, "Gmsh could not mesh between the dies"}};

  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    PltProject p = MakePanel(50 * mm, 50 * mm);

    CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_FREE, NULL));
    AddDie(p, "one", 0, 0, 10, 0);
    AddDie(p, "two", bad[i].x, bad[i].y, 10, bad[i].angle);
    ExpectNoMesh(p, bad[i].words);
    CALL(PltProjectDestroy(&p));
  }
}
END_TEST

START_TEST(silly_sizes_do_no_harm)
{
  PltProject p = MakePanel(50 * mm, 50 * mm);

  AddDie(p, "one", 0, 0, 10, 0.1);
  CALL(PltProjectSetMesh(p, 1e-9, 0, 0, PLT_MESH_FREE, NULL));
  ExpectNoMesh(p, "more than 20 million quads");
  CALL(PltProjectSetMesh(p, 2 * mm, 1e-9, 0, PLT_MESH_FREE, NULL));
  ExpectNoMesh(p, "size at dies");
  CALL(PltProjectSetMesh(p, 1e3, 0, 0, PLT_MESH_FREE, NULL));
  ExpectMesh(p, 0.2); /* as few quads as there can be */
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* A symmetry plane through a turned die leaves no rectangles. */
START_TEST(a_plane_through_a_turned_die_is_refused)
{
  PltProject p = MakePanel(50 * mm, 50 * mm);

  AddDie(p, "one", 0, 0, 10, PETSC_PI / 4);
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_FREE, NULL));
  CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_HALF_X));
  ExpectNoMesh(p, "the symmetry plane x = 0 cuts die 'one'");
  CALL(PltProjectDestroy(&p));
}
END_TEST

static void AddTests(TCase *tc)
{
  tcase_add_test(tc, turned_dies_are_meshed_exactly);
  tcase_add_test(tc, nodes_on_the_outline_are_as_asked);
  tcase_add_test(tc, meshing_twice_gives_the_same);
  tcase_add_test(tc, wafers_and_their_parts);
  tcase_add_test(tc, dies_may_touch_along_whole_sides);
  tcase_add_test(tc, symmetry_cuts_dies_in_halves);
  tcase_add_test(tc, what_cannot_be_meshed_is_refused);
  tcase_add_test(tc, silly_sizes_do_no_harm);
  tcase_add_test(tc, a_plane_through_a_turned_die_is_refused);
}

#else
START_TEST(without_gmsh_there_is_a_message)
{
  PltProject p = MakeWafer(0.2);

  ExpectNoMesh(p, "built without Gmsh");
  CALL(PltProjectDestroy(&p));
}
END_TEST

static void AddTests(TCase *tc)
{
  tcase_add_test(tc, without_gmsh_there_is_a_message);
}
#endif

static Suite *FreeSuite(void)
{
  Suite *suite = suite_create("mesh: free");
  TCase *tc    = tcase_create("free");

  tcase_set_timeout(tc, 60);
  AddTests(tc);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(FreeSuite)
