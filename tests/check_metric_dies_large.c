/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Motion of dies and die shift with finite rotations. */
#include <string.h>
#include "grid.h"
#include "metric/metric.h"

/* Positions are of order 0.1 m. */
#define ROUNDING 1e-15

/* 4 x 2 dies of 2 x 2 quads with a quad between them, on a panel of 14 x 8 quads of 10 mm. */
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

/* y is turned by the vector `turn`: Rodrigues' formula. */
static void Turn(const PetscReal turn[3], PetscReal y[3])
{
  const PetscReal a = sqrt(turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2]);
  PetscReal       x[3], along = 0;

  if (a == 0) return;
  for (int i = 0; i < 3; i++) x[i] = y[i];
  for (int i = 0; i < 3; i++) along += turn[i] * x[i] / (a * a);
  for (int i = 0; i < 3; i++) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;

    y[i] = cos(a) * x[i] + sin(a) / a * (turn[j] * x[k] - turn[k] * x[j]) +
           (1 - cos(a)) * along * turn[i];
  }
}

/* Where the point X of a panel is when it is placed (0) and now (1). */
typedef void (*Shape)(PetscInt when, const PetscReal X[3], PetscReal x[3]);

static const Grid panel = {
    .n = {14, 8}, .low = {-0.07, -0.035}, .high = {0.07, 0.045}, .region = Region};

/* Dies of the mask in a mid-plane at z, all others in one twice as high. */
static void Move(Shape shape, unsigned mask, PetscReal z, PltDieMotion motion[DIES],
                 PltDiePlace place[DIES])
{
  struct PltProject_ project = {.size = {0.14, 0.08}, .ndie = DIES, .kinematics = PLT_LARGE};
  PltDie             die[DIES];
  PltDieMotion       mine[DIES];
  PltDiePlace        there[DIES];
  PetscReal         *u[2];
  PltMesh            mesh;

  project.die = die;
  for (PetscInt d = 0; d < DIES; d++) die[d] = (PltDie){.x = DieX(d), .y = DieY(d), .twin = d};
  GridMesh(PETSC_COMM_WORLD, &panel, &mesh);
  CALL(PetscMalloc2(3 * mesh->nvert, &u[0], 3 * mesh->nvert, &u[1]));
  for (int ply = 0; ply < 2; ply++) {
    const PltMidplane middle = {.z = z * (1 + ply), .then = u[0], .now = u[1]};
    PetscBool         placed[DIES];

    for (PetscInt d = 0; d < DIES; d++) placed[d] = (PetscBool)((mask >> d & 1) == (ply == 0));
    for (PetscInt v = 0; v < mesh->nvert; v++) {
      const PetscReal X[3] = {mesh->xy[2 * v], mesh->xy[2 * v + 1], middle.z};

      for (int when = 0; when < 2; when++) {
        shape(when, X, &u[when][3 * v]);
        for (int i = 0; i < 3; i++) u[when][3 * v + i] -= X[i];
      }
    }
    CALL(PltMetricDieMotion(mesh, &project, placed, &middle, mine, there));
    for (PetscInt d = 0; d < DIES; d++) {
      if (!placed[d]) continue;
      motion[d] = mine[d];
      place[d]  = there[d];
    }
  }
  CALL(PetscFree2(u[0], u[1]));
  GridDestroy(&mesh);
}

/* Each die is placed askew and then turned by a vector of its own about its centre and moved. */
static const PetscReal first[3] = {0.3, -0.2, 0.4};

static void DieTurn(PetscInt d, PetscReal turn[3])
{
  const PetscReal k = (PetscReal)d;

  turn[0] = 0.2 * (k - 3);
  turn[1] = 0.1 * (k + 1);
  turn[2] = 0.3 * (2 - k);
}

static void EachItsOwn(PetscInt when, const PetscReal X[3], PetscReal x[3])
{
  PetscInt  die = 0;
  PetscReal turn[3];

  for (PetscInt d = 1; d < DIES; d++) /* the nearest: vertices belong to one die at most */
    if (hypot(X[0] - DieX(d), X[1] - DieY(d)) < hypot(X[0] - DieX(die), X[1] - DieY(die))) die = d;
  x[0] = X[0] - DieX(die);
  x[1] = X[1] - DieY(die);
  x[2] = 0;
  Turn(first, x);
  DieTurn(die, turn);
  if (when) Turn(turn, x);
  x[0] += DieX(die) + (when ? 1e-3 * (PetscReal)die : 5e-3);
  x[1] += DieY(die) - (when ? 2e-3 : 0);
  x[2] += X[2] + (when ? 0.01 : 0.02);
}

START_TEST(finite_rotation_of_each_die)
{
  PltDieMotion motion[DIES];
  PltDiePlace  place[DIES];

  Move(EachItsOwn, ~0u, 1e-3, motion, place);
  for (PetscInt d = 0; d < DIES; d++) {
    const PltDieMotion *m = &motion[d];
    PetscReal           turn[3];

    DieTurn(d, turn);
    ck_assert(Everywhere(m->placed && m->die == d));
    ck_assert(Everywhere(fabs(m->dx - (1e-3 * (double)d - 5e-3)) < ROUNDING));
    ck_assert(Everywhere(fabs(m->dy + 2e-3) < ROUNDING && fabs(m->dz + 0.01) < ROUNDING));
    /* moments of 10 mm dies are sums of numbers of that size */
    ck_assert_msg(Everywhere(fabs(m->tilt_x - turn[0]) < 1e-13), "%g", m->tilt_x - turn[0]);
    ck_assert(Everywhere(fabs(m->tilt_y - turn[1]) < 1e-13));
    ck_assert(Everywhere(fabs(m->rotation - turn[2]) < 1e-13));
    ck_assert(Everywhere(fabs(place[d].at[PLT_THEN][2] - 0.021) < ROUNDING));
    ck_assert(Everywhere(place[d].z == 1e-3));
  }
}
END_TEST

/* Bowed askew when dies are placed, and all of it turned by 0.5 rad and moved now. */
static void Bowed(PetscInt when, const PetscReal X[3], PetscReal x[3])
{
  const PetscReal turn[3] = {0.3, -0.3, 0.264575131106459};

  x[0] = X[0] + 1e-3 * X[1];
  x[1] = X[1];
  x[2] = X[2] + 0.5 * X[0] * X[0] + 0.2 * X[0] * X[1] - 3 * X[1] * X[1] * X[1];
  if (!when) return;
  Turn(turn, x);
  x[0] += 0.1;
  x[2] -= 0.05;
}

START_TEST(turning_the_panel_shifts_no_die)
{
  /* all; two plies; one row; two dies; one die */
  const unsigned placed[5] = {0xff, 0xff, 0x0f, 0x11, 0x04};
  PltDieMotion   motion[DIES];
  PltDiePlace    place[DIES];
  PltDieShift    shift;

  for (int i = 0; i < 5; i++) {
    Move(Bowed, i == 1 ? 0x5a : 0xff, 1e-3, motion, place);
    for (PetscInt d = 0; d < DIES; d++)
      if (!(placed[i] >> d & 1)) motion[d].placed = 0;
    CALL(PltMetricDieShift(DIES, motion, place, &shift));
    ck_assert_msg(Everywhere(shift.raw_max < 1e-13), "case %d: %g", i, shift.raw_max);
    ck_assert(Everywhere(shift.residual_max < 1e-13 && fabs(shift.mx) < 1e-12));
    for (PetscInt d = 0; d < DIES && i < 4; d++)
      ck_assert(Everywhere(!motion[d].placed || fabs(motion[d].rotation) < 1e-9));
  }
}
END_TEST

/* Rolled about y to a radius, then turned. */
static const PetscReal radius = 0.1;

static void Rolled(PetscInt when, const PetscReal X[3], PetscReal x[3])
{
  const PetscReal turn[3] = {-0.2, 0.3, 0.4}, angle = when ? X[0] / radius : 0;

  x[0] = when ? (radius - X[2]) * sin(angle) : X[0];
  x[1] = X[1];
  x[2] = when ? radius - (radius - X[2]) * cos(angle) : X[2];
  if (when) Turn(turn, x);
}

START_TEST(rolling_is_magnification)
{
  PltDieMotion motion[DIES];
  PltDiePlace  place[DIES];
  PltDieShift  shift;
  double       xx = 0, xd = 0, d[DIES];

  Move(Rolled, 0xff, 0, motion, place);
  CALL(PltMetricDieShift(DIES, motion, place, &shift));
  for (int i = 0; i < DIES; i++) {
    const double x = DieX(i), arc = cell / radius;
    /* a die's chord stands for it: its mean in x over sin of its middle is a little less than 1,
       by what is the same for all */
    d[i] = motion[i].dx;
    xx += x * x;
    xd += x * d[i];
    ck_assert_msg(Everywhere(fabs(x + d[i] - radius * sin(x / radius)) < radius * arc * arc / 3),
                  "die %d: %g", i, x + d[i] - radius * sin(x / radius));
    ck_assert(Everywhere(fabs(motion[i].dy) < 1e-15));
    /* about the panel's y axis, which itself has turned */
    ck_assert(Everywhere(fabs(motion[i].rotation) < 1e-12));
  }
  ck_assert(Everywhere(Near(shift.mx, xd / xx, 1e-11) && shift.mx < -0.01));
  ck_assert(Everywhere(fabs(shift.my) < 1e-12 && fabs(shift.shear) < 1e-12));
}
END_TEST

/* Rotations, the panel's included, are 2e-5 and less: what linear theory leaves out is 4e-10. */
START_TEST(small_rotations_are_linear_theory)
{
  PltDieMotion large[DIES], small[DIES];
  PltDiePlace  place[DIES] = {{.z = 0}};
  PltDieShift  a, b;

  for (int d = 0; d < DIES; d++) {
    PetscReal turn[3] = {2e-6, 1e-6 * d, -3e-6 + 2e-7 * d};

    small[d] = (PltDieMotion){.die      = d,
                              .placed   = 1,
                              .x        = DieX(d),
                              .y        = DieY(d),
                              .dx       = 1e-6 * sin(3.0 * d),
                              .dy       = 2e-6 * cos(5.0 * d),
                              .rotation = turn[2]};
    large[d] = small[d];
    for (int when = 0; when < 2; when++) {
      place[d].at[when][0] = DieX(d) + (when ? small[d].dx : 0);
      place[d].at[when][1] = DieY(d) + (when ? small[d].dy : 0);
      for (int j = 0; j < 3; j++) {
        PetscReal column[3] = {j == 0, j == 1, j == 2};

        if (when) Turn(turn, column);
        for (int i = 0; i < 3; i++) place[d].turn[when][i][j] = column[i];
      }
    }
  }
  CALL(PltMetricDieShift(DIES, small, NULL, &a));
  CALL(PltMetricDieShift(DIES, large, place, &b));
  ck_assert(Near(a.raw_rms, b.raw_rms, 1e-4) && Near(a.residual_rms, b.residual_rms, 1e-4));
  ck_assert(Near(a.mx, b.mx, 1e-3) && Near(a.shear, b.shear, 1e-3));
  for (int d = 0; d < DIES; d++) {
    ck_assert(fabs(small[d].dx - large[d].dx) < 1e-10 && fabs(small[d].dy - large[d].dy) < 1e-10);
    ck_assert(fabs(small[d].rotation - large[d].rotation) < 4e-10);
  }
}
END_TEST

static Suite *DieSuite(void)
{
  Suite *suite = suite_create("large dies");
  TCase *tcase = tcase_create("large dies");

  tcase_add_test(tcase, finite_rotation_of_each_die);
  tcase_add_test(tcase, turning_the_panel_shifts_no_die);
  tcase_add_test(tcase, rolling_is_magnification);
  tcase_add_test(tcase, small_rotations_are_linear_theory);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(DieSuite)
