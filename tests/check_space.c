/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Unknowns of live levels: numbering, merging, exact preallocation, supports, rigid modes;
   births and deaths in the state. */
#include "coupon.h"
#include "state/state.h"

static const Layer four[] = {{"a", 1, 1e5, 0.3, 0},
                             {"b", 0.5, 1e5, 0.3, 0},
                             {"c", 0.25, 1e5, 0.3, 0},
                             {"d", 0.125, 1e5, 0.3, 0}};

/* 12 x 12 mm in 2 mm quads (7 x 7 lines), a 4 x 4 mm die (3 x 3 lines) in ply c; every ply a
   slab. */
static PltProject Panel(void)
{
  const double T       = 300;
  PltProject   project = CouponCreate(12, 2, 2, four, -1);

  for (int i = 2; i < 4; i++) {
    const double E = 1e11, nu = 0.3, cte = 0;

    CALL(PltProjectAddMaterial(project, four[i].name, "isotropic"));
    CALL(PltProjectSetProperty(project, four[i].name, "E", 1, NULL, &E));
    CALL(PltProjectSetProperty(project, four[i].name, "nu", 1, NULL, &nu));
    CALL(PltProjectSetProperty(project, four[i].name, "cte", 1, NULL, &cte));
    CALL(PltProjectAddPly(project, four[i].name, four[i].name, i == 2 ? "a" : NULL,
                          four[i].h * 1e-3, -1));
  }
  CALL(PltProjectAddDie(project, "die", "c", 0, 0, 4e-3, 4e-3, 0));
  CALL(PltProjectAddStep(project, "all"));
  CALL(PltProjectStepAdd(project, "a"));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &T));
  return project;
}

typedef struct {
  PltProject project;
  PltMesh    mesh;
  PltState   state;
} Setup;

static Setup SetupCreate(void)
{
  Setup s;

  s.project = Panel();
  CALL(PltMeshCreate(s.project, &s.mesh));
  CALL(PltStateCreate(s.project, s.mesh, 300, &s.state));
  return s;
}

static void SetupDestroy(Setup *s)
{
  CALL(PltStateDestroy(&s->state));
  CALL(PltMeshDestroy(&s->mesh));
  CALL(PltProjectDestroy(&s->project));
}

static void Bear(PltState state, PetscInt ply, PltPart part)
{
  const PltPiece piece = {.ply = ply, .part = part};
  PetscReal    **birth;

  CALL(PetscCalloc1(state->slabs.nslab, &birth));
  CALL(PltStateBear(state, 1, &piece, 300, birth));
}

static void Remove(PltState state, PetscInt ply, PltPart part)
{
  const PltPiece piece = {.ply = ply, .part = part};

  CALL(PltStateRemove(state, 1, &piece));
}

START_TEST(nodes_are_those_of_live_slabs)
{
  Setup s = SetupCreate();

  ck_assert(Everywhere(s.state->slabs.nslab == 4 && s.mesh->nvert_all == 49));
  Bear(s.state, 0, PLT_PART_ALL);
  ck_assert(Everywhere(s.state->space->node_all == 2 * 49));
  Bear(s.state, 1, PLT_PART_ALL);
  ck_assert(Everywhere(s.state->space->node_all == 3 * 49));
  Bear(s.state, 2, PLT_PART_DIES); /* only the nine lines of the die go higher */
  ck_assert(Everywhere(s.state->space->node_all == 3 * 49 + 9));
  Bear(s.state, 2, PLT_PART_FILL);
  ck_assert(Everywhere(s.state->space->node_all == 4 * 49));
  Remove(s.state, 0, PLT_PART_ALL);
  ck_assert(Everywhere(s.state->space->node_all == 3 * 49));
  SetupDestroy(&s);
}
END_TEST

/* A slab that is dead everywhere has both its faces on one node. */
START_TEST(dead_slabs_collapse)
{
  Setup    s = SetupCreate();
  PltSpace space;

  Bear(s.state, 0, PLT_PART_ALL);
  Bear(s.state, 3, PLT_PART_ALL);
  space = s.state->space;
  ck_assert(Everywhere(space->nmerged == 3 && space->node_all == 3 * 49));
  for (PetscInt v = 0; v < s.mesh->nvert; v++)
    ck_assert(PltSpaceNode(space, v, 1) == PltSpaceNode(space, v, 2) &&
              PltSpaceNode(space, v, 2) == PltSpaceNode(space, v, 3));
  SetupDestroy(&s);
}
END_TEST

/* Every preallocated place is a coupling of two nodes of one element, and none is missing. */
static void InsertAll(PltState s, Mat A)
{
  PetscReal *one;

  CALL(PetscMalloc1(24 * 24, &one));
  for (int i = 0; i < 24 * 24; i++) one[i] = 1;
  for (PetscInt q = 0; q < s->mesh->nquad; q++)
    for (PetscInt k = 0; k < s->slabs.nslab; k++) {
      PetscInt row[8], col[8];

      if (!s->live[s->quad_class[q] * s->slabs.nslab + k]) continue;
      for (PetscInt a = 0; a < 8; a++) {
        const PetscInt v = s->mesh->quad[4 * q + a % 4];

        col[a] = PltSpaceNode(s->space, v, k + a / 4);
        row[a] = v < s->mesh->nvert_own ? col[a] : -1;
      }
      CALL(MatSetValuesBlocked(A, 8, row, 8, col, one, ADD_VALUES));
    }
  CALL(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  CALL(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  CALL(PetscFree(one));
}

START_TEST(preallocation_is_exact)
{
  Setup   s = SetupCreate();
  Mat     A;
  MatInfo info;

  Bear(s.state, 0, PLT_PART_ALL);
  Bear(s.state, 1, PLT_PART_ALL);
  if (_i) Bear(s.state, 2, PLT_PART_DIES);
  CALL(PltSpaceCreateMat(s.state->space, NULL, &A));
  InsertAll(s.state, A);
  CALL(MatGetInfo(A, MAT_GLOBAL_SUM, &info));
  ck_assert_msg(Everywhere(info.nz_used == info.nz_allocated && info.mallocs == 0), "%g of %g",
                info.nz_used, info.nz_allocated);
  CALL(MatDestroy(&A));
  SetupDestroy(&s);
}
END_TEST

static PetscInt CountFixed(PltSpace space, PltDof how)
{
  PetscInt n = 0;

  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < space->nlevel; k++)
      for (PetscInt d = 0; d < 3 && space->node[v * space->nlevel + k] >= 0; d++)
        n += space->fixed[3 * (v * space->nlevel + k) + d] == how;
  CALL(MPI_Allreduce(MPI_IN_PLACE, &n, 1, MPIU_INT, MPI_SUM, space->mesh->comm));
  return n;
}

START_TEST(supports_fix_six_or_the_face)
{
  Setup      s        = SetupCreate();
  PetscReal  pin[][2] = {{-5e-3, 0}, {0, 4e-3}, {5e-3, 0}, {0, -4e-3}, {0, -3.9e-3}};
  PltSupport support  = {.up = 1, .half = {6e-3, 6e-3}};

  Bear(s.state, 0, PLT_PART_ALL);
  CALL(PltSpaceSupport(s.state->space, &support));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_SUPPORT) == 6));
  support.hold = PLT_HOLD_FLAT;
  CALL(PltSpaceSupport(s.state->space, &support));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_SUPPORT) == 3));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_HELD) == 49));
  support.hold = PLT_HOLD_FREE;
  support.kind = PLT_ON_PINS;
  support.npin = 3;
  support.pin  = pin;
  CALL(PltSpaceSupport(s.state->space, &support));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_SUPPORT) == 6));
  support.npin = 5; /* two of them stand at one vertex */
  CALL(PltSpaceSupport(s.state->space, &support));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_SUPPORT) == 3));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_HELD) == 4));
  support.kind = PLT_ON_EDGES;
  CALL(PltSpaceSupport(s.state->space, &support));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_SUPPORT) == 3));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_HELD) == 24)); /* the rim of 7 x 7 */
  support.kind = PLT_ON_TABLE;
  CALL(PltSpaceSupport(s.state->space, &support));
  ck_assert(Everywhere(CountFixed(s.state->space, PLT_DOF_SUPPORT) == 6));
  SetupDestroy(&s);
}
END_TEST

/* New nodes stand on the normal of a tilted face, on lines of the die and, later, of the fill. */
START_TEST(new_nodes_stand_on_the_normal)
{
  Setup           s      = SetupCreate();
  const PetscReal tilt   = 1e-3;
  PetscReal       worst  = 0;
  const PetscInt  levels = s.state->nlevel;

  Bear(s.state, 0, PLT_PART_ALL);
  for (PetscInt v = 0; v < s.mesh->nvert; v++)
    for (PetscInt k = 0; k < 2; k++)
      s.state->u[3 * (v * levels + k) + 2] = tilt * s.mesh->xy[2 * v];
  Bear(s.state, 1, PLT_PART_ALL);
  Bear(s.state, 2, PLT_PART_DIES);
  Bear(s.state, 2, PLT_PART_FILL);
  for (PetscInt v = 0; v < s.mesh->nvert; v++) {
    const PetscReal *u = s.state->u + 3 * (v * levels + 3); /* b and c are 0.75 mm thick together */

    worst = PetscMax(worst, PetscAbsReal(u[0] + tilt * 0.75e-3));
    worst = PetscMax(worst, PetscAbsReal(u[2] - tilt * s.mesh->xy[2 * v]));
  }
  ck_assert_msg(Everywhere(worst < 1e-18), "%g", worst); /* rounding of 7.5e-7 m */
  SetupDestroy(&s);
}
END_TEST

START_TEST(rigid_modes_are_six)
{
  Setup        s    = SetupCreate();
  PetscReal    z[5] = {0, 1e-3, 1.5e-3, 1.75e-3, 1.875e-3};
  MatNullSpace modes;
  PetscInt     n;

  Bear(s.state, 0, PLT_PART_ALL);
  CALL(PltSpaceRigidModes(s.state->space, z, &modes));
  CALL(MatNullSpaceGetVecs(modes, NULL, &n, NULL));
  ck_assert(Everywhere(n == 6));
  CALL(MatNullSpaceDestroy(&modes));
  SetupDestroy(&s);
}
END_TEST

static Suite *SpaceSuite(void)
{
  Suite *suite = suite_create("space");
  TCase *tc    = tcase_create("live levels");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, nodes_are_those_of_live_slabs);
  tcase_add_test(tc, dead_slabs_collapse);
  tcase_add_loop_test(tc, preallocation_is_exact, 0, 2);
  tcase_add_test(tc, supports_fix_six_or_the_face);
  tcase_add_test(tc, new_nodes_stand_on_the_normal);
  tcase_add_test(tc, rigid_modes_are_six);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(SpaceSuite)
