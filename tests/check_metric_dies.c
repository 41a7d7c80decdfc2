/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Motion of dies and the fits of die shift, against motions made up beforehand. */
#include <string.h>
#include "grid.h"
#include "metric/metric.h"

#define ROUNDING 1e-11

/* 4 x 2 dies of 2 x 2 quads with a quad between them, on a panel of 14 x 7 quads of 10 mm. */
enum { NX = 4, NY = 2, DIES = NX * NY };
static const PetscReal cell = 0.01;

static PetscReal DieX(PetscInt die)
{
  return ((PetscReal)(die % NX) * 3 - 4.5) * cell;
}

static PetscReal DieY(PetscInt die)
{
  return ((PetscReal)(die / NX) * 3 - 1.5) * cell;
}

static PetscInt Region(PetscReal x, PetscReal y)
{
  for (PetscInt d = 0; d < DIES; d++)
    if (fabs(x - DieX(d)) < cell && fabs(y - DieY(d)) < cell) return 1 + d;
  return PLT_FILL;
}

static const Grid panel = {
    .n = {14, 8}, .low = {-0.07, -0.035}, .high = {0.07, 0.045}, .region = Region};

static void MakeProject(struct PltProject_ *project, PltDie die[DIES])
{
  memset(project, 0, sizeof *project);
  project->size[0] = 0.14;
  project->size[1] = 0.08;
  project->ndie    = DIES;
  project->die     = die;
  for (PetscInt d = 0; d < DIES; d++)
    die[d] = (PltDie){
        .x = DieX(d), .y = DieY(d), .width = 2 * cell, .height = 2 * cell, .angle = 0, .twin = d};
}

/* A rigid motion of its own for each die, mirror images of each other where `mirror` says so. */
static void Motion(PetscInt die, PetscReal x, PetscReal y, PetscReal u[3])
{
  const PetscReal rx = x - DieX(die), ry = y - DieY(die), k = (PetscReal)die;
  const PetscReal turn[3] = {1e-4 * (k - 3), 2e-4 * (k + 1), 3e-4 * (2 - k)};

  u[0] = 1e-6 * (k + 1) - turn[2] * ry;
  u[1] = -2e-6 * k + turn[2] * rx;
  u[2] = 3e-6 + 1e-6 * k + turn[0] * ry - turn[1] * rx;
}

static void SetField(PltMesh mesh, PetscReal u[])
{
  for (PetscInt i = 0; i < 3 * mesh->nvert; i++) u[i] = 1; /* outside dies: not to be read */
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    if (mesh->region[q] == PLT_FILL) continue;
    for (PetscInt a = 0; a < 4; a++) {
      const PetscInt v = mesh->quad[4 * q + a];

      Motion(mesh->region[q] - 1, mesh->xy[2 * v], mesh->xy[2 * v + 1], &u[3 * v]);
    }
  }
}

/* Motion of dies that were placed on the undeformed shape. */
static void Move(PltMesh mesh, PltProject project, const PetscBool placed[], const PetscReal *u,
                 PltDieMotion motion[])
{
  PltMidplane  middle = {.now = u};
  PltDiePlace *place;
  PetscReal   *rest;

  CALL(PetscCalloc1(3 * mesh->nvert, &rest));
  CALL(PetscMalloc1(project->ndie, &place));
  middle.then = rest;
  CALL(PltMetricDieMotion(mesh, project, placed, &middle, motion, place));
  CALL(PetscFree(place));
  CALL(PetscFree(rest));
}

static void CheckMotion(const PltDieMotion *m, PetscInt d)
{
  const double k = (double)d;

  ck_assert(Everywhere(m->die == d && m->placed && m->x == DieX(d) && m->y == DieY(d)));
  ck_assert(Everywhere(Near(m->dx, 1e-6 * (k + 1), ROUNDING)));
  ck_assert(Everywhere(fabs(m->dy + 2e-6 * k) < ROUNDING * 1e-6));
  ck_assert(Everywhere(Near(m->dz, 3e-6 + 1e-6 * k, ROUNDING)));
  ck_assert(Everywhere(fabs(m->tilt_x - 1e-4 * (k - 3)) < ROUNDING * 1e-4));
  ck_assert(Everywhere(Near(m->tilt_y, 2e-4 * (k + 1), ROUNDING)));
  ck_assert(Everywhere(fabs(m->rotation - 3e-4 * (2 - k)) < ROUNDING * 1e-4));
}

START_TEST(rigid_motion_of_each_die)
{
  struct PltProject_ project;
  PltDie             die[DIES];
  PltDieMotion       motion[DIES];
  PetscBool          placed[DIES];
  PetscReal         *u;
  PltMesh            mesh;

  MakeProject(&project, die);
  GridMesh(PETSC_COMM_WORLD, &panel, &mesh);
  CALL(PetscMalloc1(3 * mesh->nvert, &u));
  SetField(mesh, u);
  for (PetscInt d = 0; d < DIES; d++) placed[d] = d != 5;
  Move(mesh, &project, placed, u, motion);
  for (PetscInt d = 0; d < DIES; d++)
    if (d != 5) CheckMotion(&motion[d], d);
  ck_assert(Everywhere(!motion[5].placed && motion[5].dx == 0 && motion[5].rotation == 0));
  CALL(PetscFree(u));
  GridDestroy(&mesh);
}
END_TEST

/* A smooth field whose x part is odd in x and even in y, and so on: that of a symmetric panel. */
static void Symmetric(PetscReal x, PetscReal y, PetscReal u[3])
{
  u[0] = 1e-3 * x * (1 + 200 * y * y) + 0.5 * x * x * x;
  u[1] = -2e-3 * y + 0.3 * y * x * x;
  u[2] = 0.01 * x * x - 0.02 * y * y;
}

/* One die on the axes, four around it, two on the x axis: whole, cut once and cut twice. */
enum { CROSS = 7 };
static const PetscReal cross_at[CROSS][2] = {
    {0, 0}, {0.04, 0.02}, {-0.04, 0.02}, {-0.04, -0.02}, {0.04, -0.02}, {0.04, 0}, {-0.04, 0}};

static PetscInt CrossRegion(PetscReal x, PetscReal y)
{
  for (PetscInt d = 0; d < CROSS; d++)
    if (fabs(x - cross_at[d][0]) < 0.005 && fabs(y - cross_at[d][1]) < 0.005) return 1 + d;
  return PLT_FILL;
}

static void MoveCross(PltKinematics kinematics, PltSymmetry symmetry, PltDieMotion motion[CROSS])
{
  struct PltProject_ project = {
      .size = {0.1, 0.06}, .symmetry = symmetry, .ndie = CROSS, .kinematics = kinematics};
  Grid   grid = {.n = {40, 24}, .low = {-0.05, -0.03}, .high = {0.05, 0.03}, .region = CrossRegion};
  PltDie die[CROSS];
  PetscBool  placed[CROSS];
  PetscReal *u;
  PltMesh    mesh;

  project.die = die;
  for (int k = 0; k < 2; k++) {
    const PltSymmetry half = k ? PLT_SYMMETRY_HALF_Y : PLT_SYMMETRY_HALF_X;

    if (symmetry != half && symmetry != PLT_SYMMETRY_QUARTER) continue;
    grid.low[k] = 0;
    grid.n[k] /= 2;
  }
  for (PetscInt d = 0; d < CROSS; d++) {
    die[d]    = (PltDie){.x = cross_at[d][0], .y = cross_at[d][1], .twin = d};
    placed[d] = PETSC_TRUE;
  }
  GridMesh(PETSC_COMM_WORLD, &grid, &mesh);
  CALL(PetscMalloc1(3 * mesh->nvert, &u));
  for (PetscInt v = 0; v < mesh->nvert; v++)
    Symmetric(mesh->xy[2 * v], mesh->xy[2 * v + 1], &u[3 * v]);
  Move(mesh, &project, placed, u, motion);
  CALL(PetscFree(u));
  GridDestroy(&mesh);
}

static int SameMotion(const PltDieMotion *a, const PltDieMotion *b)
{
  return a->placed && b->placed && fabs(a->dx - b->dx) < 1e-16 && fabs(a->dy - b->dy) < 1e-16 &&
         fabs(a->dz - b->dz) < 1e-16 && fabs(a->rotation - b->rotation) < 1e-14 &&
         fabs(a->tilt_x - b->tilt_x) < 1e-14 && fabs(a->tilt_y - b->tilt_y) < 1e-14;
}

START_TEST(mirrored_dies_move_as_on_the_whole_panel)
{
  const PltSymmetry kind[3] = {PLT_SYMMETRY_HALF_X, PLT_SYMMETRY_HALF_Y, PLT_SYMMETRY_QUARTER};
  PltDieMotion      whole[CROSS], part[CROSS];

  for (int large = 0; large < 2; large++) {
    MoveCross(large ? PLT_LARGE : PLT_SMALL, PLT_SYMMETRY_NONE, whole);
    /* not nothing: the bent field turns and tilts the outer dies */
    ck_assert(Everywhere(fabs(whole[1].rotation) > 1e-6 && fabs(whole[1].tilt_y) > 1e-5));
    for (int i = 0; i < 3; i++) {
      MoveCross(large ? PLT_LARGE : PLT_SMALL, kind[i], part);
      for (PetscInt d = 0; d < CROSS; d++)
        ck_assert_msg(Everywhere(SameMotion(&whole[d], &part[d])), "symmetry %d, die %d", i,
                      (int)d);
    }
  }
}
END_TEST

/* Two dies of different plies on one outline: both take the motion of its quads. */
START_TEST(twins_share_an_outline)
{
  struct PltProject_ project;
  PltDie             die[DIES + 1];
  PltDieMotion       motion[DIES + 1];
  PetscBool          placed[DIES + 1] = {PETSC_FALSE};
  PetscReal         *u;
  PltMesh            mesh;

  MakeProject(&project, die);
  die[DIES]      = die[2];
  die[DIES].ply  = 3;
  die[DIES].twin = 2;
  die[2].twin    = DIES;
  project.ndie   = DIES + 1;
  project.twins  = PETSC_TRUE;
  placed[DIES]   = PETSC_TRUE;
  GridMesh(PETSC_COMM_WORLD, &panel, &mesh);
  CALL(PetscMalloc1(3 * mesh->nvert, &u));
  SetField(mesh, u);
  Move(mesh, &project, placed, u, motion);
  ck_assert(Everywhere(!motion[2].placed && motion[DIES].placed));
  ck_assert(Everywhere(Near(motion[DIES].dx, 3e-6, ROUNDING)));
  CALL(PetscFree(u));
  GridDestroy(&mesh);
}
END_TEST

/* A scatter of dies, moved by six parameters on top of a rigid motion. */
static void Scatter(PetscInt n, PltDieMotion motion[])
{
  for (PetscInt d = 0; d < n; d++)
    motion[d] = (PltDieMotion){.die    = (int)d,
                               .placed = 1,
                               .x      = 0.2 * sin(1.3 * (double)d),
                               .y      = 0.15 * cos(2.1 * (double)d + 0.4)};
}

START_TEST(rigid_motion_is_no_shift)
{
  PltDieMotion motion[20];
  PltDieShift  shift;

  Scatter(20, motion);
  for (int d = 0; d < 20; d++) {
    motion[d].dx       = 1e-4 - 3e-4 * motion[d].y;
    motion[d].dy       = -2e-4 + 3e-4 * motion[d].x;
    motion[d].rotation = 3e-4;
  }
  CALL(PltMetricDieShift(20, motion, NULL, &shift));
  ck_assert(shift.count == 20 && shift.raw_max < 1e-18 && shift.residual_max < 1e-18);
  for (int d = 0; d < 20; d++) ck_assert(fabs(motion[d].rotation) < 1e-17);
}
END_TEST

START_TEST(six_parameters_are_found)
{
  const double mx = 3e-4, my = -1e-4, shear = 5e-5;
  PltDieMotion motion[21];
  PltDieShift  shift;
  double       raw = 0;

  Scatter(21, motion);
  motion[20].placed = 0; /* not there yet: must not count */
  motion[20].dx     = 1;
  for (int d = 0; d < 20; d++) {
    motion[d].dx = 2e-4 + mx * motion[d].x + shear / 2 * motion[d].y;
    motion[d].dy = 1e-4 + my * motion[d].y + shear / 2 * motion[d].x;
  }
  CALL(PltMetricDieShift(21, motion, NULL, &shift));
  ck_assert_int_eq(shift.count, 20);
  ck_assert(Near(shift.mx, mx, ROUNDING) && Near(shift.my, my, ROUNDING));
  ck_assert(Near(shift.shear, shear, ROUNDING));
  ck_assert(shift.residual_max < 1e-16);
  ck_assert(motion[20].dx == 1 && motion[20].residual_dx == 0);
  for (int d = 0; d < 20; d++) {
    /* what the fit says of each die plus its residual is what is left of its shift */
    const double x = motion[d].x, y = motion[d].y, r = shift.rotation, s = shift.shear / 2;

    ck_assert(fabs(shift.tx + shift.mx * x - (r - s) * y + motion[d].residual_dx - motion[d].dx) <
              1e-17);
    ck_assert(fabs(shift.ty + shift.my * y + (r + s) * x + motion[d].residual_dy - motion[d].dy) <
              1e-17);
    raw += (motion[d].dx * motion[d].dx + motion[d].dy * motion[d].dy) / 20;
  }
  ck_assert(Near(shift.raw_rms, sqrt(raw), ROUNDING));
}
END_TEST

/* A shift no affine map explains stays: x^3 on five dies in a row, whose least squares line is
   0.85 x for x = -1 -1/2 0 1/2 1. */
START_TEST(residual_is_what_the_fit_leaves)
{
  PltDieMotion motion[15];
  PltDieShift  shift;

  for (int d = 0; d < 15; d++) {
    const double x = d % 5 / 2.0 - 1;

    motion[d] = (PltDieMotion){
        .die = d, .placed = 1, .x = 0.1 * x, .y = 0.1 * (d / 5 - 1), .dx = 1e-5 * x * x * x};
  }
  CALL(PltMetricDieShift(15, motion, NULL, &shift));
  ck_assert(Near(shift.mx, 0.85e-4, ROUNDING));
  ck_assert(Near(shift.raw_max, 1e-5, ROUNDING));
  ck_assert(Near(shift.residual_max, 0.3e-5, ROUNDING)); /* 1/8 - 0.85/2 */
  ck_assert(Near(motion[14].residual_dx, 0.15e-5, ROUNDING));
}
END_TEST

START_TEST(few_dies_determine_less)
{
  PltDieMotion motion[3];
  PltDieShift  shift;

  CALL(PltMetricDieShift(0, NULL, NULL, &shift));
  ck_assert(shift.count == 0 && shift.raw_max == 0);
  Scatter(3, motion);
  motion[0].dx = 3e-6;
  CALL(PltMetricDieShift(1, motion, NULL, &shift));
  ck_assert(shift.count == 1 && shift.raw_max == 0 && shift.residual_max == 0);
  Scatter(2, motion);
  motion[1].dx = 1e-4 * (motion[1].x - motion[0].x); /* two dies move apart: one magnification */
  motion[1].dy = 1e-4 * (motion[1].y - motion[0].y);
  CALL(PltMetricDieShift(2, motion, NULL, &shift));
  ck_assert(Near(shift.mx, 1e-4, ROUNDING) && shift.mx == shift.my && shift.shear == 0);
  ck_assert(shift.residual_max < 1e-18);
  for (int d = 0; d < 3; d++)
    motion[d] = (PltDieMotion){
        .placed = 1, .x = 0.1 * d, .y = 0.05 * d, .dx = 2e-4 * 0.1 * d, .dy = 2e-4 * 0.05 * d};
  CALL(PltMetricDieShift(3, motion, NULL, &shift)); /* on a line */
  ck_assert(Near(shift.mx, 2e-4, ROUNDING) && shift.mx == shift.my && shift.shear == 0);
  ck_assert(shift.residual_max < 1e-18);
}
END_TEST

static Suite *DieSuite(void)
{
  Suite *suite = suite_create("dies");
  TCase *tcase = tcase_create("dies");

  tcase_add_test(tcase, rigid_motion_of_each_die);
  tcase_add_test(tcase, mirrored_dies_move_as_on_the_whole_panel);
  tcase_add_test(tcase, twins_share_an_outline);
  tcase_add_test(tcase, rigid_motion_is_no_shift);
  tcase_add_test(tcase, six_parameters_are_found);
  tcase_add_test(tcase, residual_is_what_the_fit_leaves);
  tcase_add_test(tcase, few_dies_determine_less);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(DieSuite)
