/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Which plies share a slab. */
#include "mesh_sample.h"

/* The slabs begin at these plies; soft ones are marked. */
static void ExpectSlabs(PltProject p, int n, const int first[], const int soft[])
{
  PltSlabs slabs;
  double   z = 0;

  CALL(PltSlabsCreate(p, &slabs));
  ck_assert_int_eq(slabs.nply, p->nply);
  ck_assert_int_eq(slabs.nslab, n);
  for (int s = 0; s < n; s++) {
    ck_assert_int_eq(slabs.first[s], first[s]);
    ck_assert_int_eq(slabs.soft[s], soft[s]);
  }
  ck_assert_int_eq(slabs.first[n], p->nply);
  for (PetscInt k = 0; k <= p->nply; k++) {
    ck_assert(Near(slabs.z[k], z, 1e-14)); /* the same sum */
    if (k < p->nply) z += p->ply[k].thickness;
  }
  CALL(PltSlabsDestroy(&slabs));
}

static void AddPly(PltProject p, const char *name, const char *material, double thickness)
{
  CALL(PltProjectAddPly(p, name, material, strcmp(name, "device") ? NULL : "silicon", thickness,
                        -1));
}

static PltProject MakeEmpty(double adhesive)
{
  PltProject p;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &p));
  CALL(PltProjectSetSize(p, 60 * mm, 60 * mm));
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_MAPPED, NULL));
  AddSolid(p, "glass", 74e9, 0.23);
  AddSolid(p, "adhesive", adhesive, 0.4);
  AddSolid(p, "polymer", 3e9, 0.33);
  AddSolid(p, "copper", 60e9, 0.34);
  AddSolid(p, "silicon", 160e9, 0.23);
  AddSolid(p, "mold", 22e9, 0.3);
  CALL(PltProjectAddTraces(p, "traces", "copper", "polymer", 0.45, 'x'));
  return p;
}

/* glass | adhesive | five RDL plies | device with dies | cap */
static PltProject MakeCooldownStack(double adhesive)
{
  PltProject p = MakeEmpty(adhesive);

  AddPly(p, "glass", "glass", 1 * mm);
  AddPly(p, "adhesive", "adhesive", 10 * um);
  AddPly(p, "pi1", "polymer", 7 * um);
  AddPly(p, "m1", "copper", 4 * um);
  AddPly(p, "pi2", "polymer", 7 * um);
  AddPly(p, "m2", "copper", 4 * um);
  AddPly(p, "pi3", "polymer", 7 * um);
  AddPly(p, "device", "mold", 0.3 * mm);
  AddPly(p, "cap", "mold", 0.2 * mm);
  return p;
}

START_TEST(cooldown_stack_has_five)
{
  static const int    first[] = {0, 1, 2, 7, 8}, soft[] = {0, 1, 0, 0, 0};
  static const double size[] = {1 * 1e-3, 2 * 1e-3, 4 * 1e-3}, E[] = {1e6, 50e6, 1e9};

  for (int i = 0; i < 3; i++) {
    PltProject p = MakeCooldownStack(E[i]);

    for (int k = 0; k < 3; k++) {
      CALL(PltProjectSetMesh(p, size[k], 0, 0, PLT_MESH_MAPPED, NULL));
      ExpectSlabs(p, 5, first, soft);
    }
    CALL(PltProjectDestroy(&p));
  }
}
END_TEST

START_TEST(a_stiff_bond_is_one_of_the_thin_plies)
{
  static const int first[] = {0, 1, 7, 8}, soft[4] = {0};
  PltProject       p = MakeCooldownStack(60e9);

  ExpectSlabs(p, 4, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(thin_plies_of_traces_go_together)
{
  static const int first[] = {0, 1, 3, 4}, soft[4] = {0};
  PltProject       p = MakeEmpty(1e9);

  AddPly(p, "glass", "glass", 1.1 * mm);
  AddPly(p, "pi1", "polymer", 7 * um);
  AddPly(p, "m1", "traces", 4 * um);
  AddPly(p, "device", "mold", 0.3 * mm);
  AddPly(p, "cap", "mold", 0.2 * mm);
  ExpectSlabs(p, 4, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(thin_plies_with_dies_are_alone)
{
  static const int first[] = {0, 1, 2, 3, 4}, soft[5] = {0};
  PltProject       p = MakeEmpty(1e9);

  AddPly(p, "glass", "glass", 1 * mm);
  AddPly(p, "pi1", "polymer", 7 * um);
  CALL(PltProjectAddPly(p, "daf", "polymer", "polymer", 10 * um, -1));
  AddPly(p, "device", "mold", 40 * um);
  AddPly(p, "pi2", "polymer", 7 * um);
  ExpectSlabs(p, 5, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(long_runs_are_cut)
{
  static const int first[] = {0, 1, 1 + PLT_SLAB_PLIES_MAX, 1 + 2 * PLT_SLAB_PLIES_MAX};
  static const int soft[4] = {0};
  PltProject       p       = MakeEmpty(1e9);
  char             name[16];

  AddPly(p, "glass", "glass", 1 * mm);
  for (int i = 0; i < 2 * PLT_SLAB_PLIES_MAX + 3; i++) {
    snprintf(name, sizeof name, "p%d", i);
    AddPly(p, name, i % 2 ? "copper" : "polymer", 5 * um);
  }
  ExpectSlabs(p, 4, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* Every dielectric ply of a build-up without a carrier is compliant; none of them stands out. */
START_TEST(a_build_up_alone_is_one_slab)
{
  static const int first[] = {0}, soft[1] = {0};
  PltProject       p = MakeEmpty(1e9);
  char             name[16];

  for (int i = 0; i < 17; i++) {
    snprintf(name, sizeof name, "p%d", i);
    AddPly(p, name, i % 2 ? "copper" : "polymer", 5 * um);
  }
  ExpectSlabs(p, 1, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(what_is_removed_alone_is_a_slab)
{
  static const int first[] = {0, 1, 2, 4}, soft[4] = {0};
  PltProject       p = MakeEmpty(1e9);

  AddPly(p, "glass", "glass", 1.1 * mm);
  AddPly(p, "release", "polymer", 1 * um);
  AddPly(p, "pi1", "polymer", 7 * um);
  AddPly(p, "m1", "copper", 4 * um);
  AddPly(p, "cap", "mold", 0.2 * mm);
  CALL(PltProjectAddStep(p, "debond"));
  CALL(PltProjectStepRemove(p, "glass"));
  CALL(PltProjectStepRemove(p, "release"));
  ExpectSlabs(p, 4, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(the_user_wins)
{
  static const int slab[]  = {0, 0, -1, -1, 5, 5, 6, 6, -1};
  static const int first[] = {0, 2, 4, 6, 8}, soft[5] = {0};
  PltProject       p = MakeCooldownStack(1e9);

  for (int k = 0; k < 9; k++) p->ply[k].slab = slab[k];
  ExpectSlabs(p, 5, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(one_ply_is_one_slab)
{
  static const int first[] = {0}, soft[] = {0};
  PltProject       p = MakeEmpty(1e6);

  AddPly(p, "film", "adhesive", 10 * um);
  ExpectSlabs(p, 1, first, soft);
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *SlabsSuite(void)
{
  Suite *suite = suite_create("mesh: slabs");
  TCase *tc    = tcase_create("slabs");

  tcase_add_test(tc, cooldown_stack_has_five);
  tcase_add_test(tc, a_stiff_bond_is_one_of_the_thin_plies);
  tcase_add_test(tc, thin_plies_of_traces_go_together);
  tcase_add_test(tc, thin_plies_with_dies_are_alone);
  tcase_add_test(tc, long_runs_are_cut);
  tcase_add_test(tc, the_user_wins);
  tcase_add_test(tc, a_build_up_alone_is_one_slab);
  tcase_add_test(tc, what_is_removed_alone_is_a_slab);
  tcase_add_test(tc, one_ply_is_one_slab);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(SlabsSuite)
