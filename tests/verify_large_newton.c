/* TEST np=1,2 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   Newton's method of large deflection under dead loads: two of the popular benchmarks of Sze, Liu &
   Lo (2004, Finite Elements in Analysis and Design 40:1551), a cantilever and a slit ring, in the
   few steps and iterations that the MIP stress is there for. Lengths in m, whatever theirs are. */
#include "plate.h"

/* ---- cantilever under a shear force at its end ---- */

static const struct {
  double part, u, w; /* of the force; of the tip, along the strip and across */
} elastica[] = {{0.25, 0.5643324, 3.017208},
                {0.5, 1.606417, 4.934575},
                {0.75, 2.544202, 6.032534},
                {1, 3.289412, 6.699642}};
enum { LEVELS = sizeof elastica / sizeof *elastica, STRIP = 16 };

static void StripCreate(Plate *p)
{
  const Grid grid = {.n = {STRIP, 1}, .low = {0, -0.5}, .high = {10, 0.5}};

  /* The linear deflection, the first correction of a single step, is longer than the strip. */
  PlateCreate(&grid, NULL, 20, 1.2e6, 0.1, p);
  for (PetscInt row = 0; row < 2; row++) {
    PlateClamp(p, row * (STRIP + 1));
    PlateLoad(p, row * (STRIP + 1) + STRIP, 2);
  }
  CALL(VecAssemblyBegin(p->unbalanced));
  CALL(VecAssemblyEnd(p->unbalanced));
}

static void CheckTip(const Plate *p, int level)
{
  PetscReal u[3];

  PlateMotion(p, STRIP, u);
  ck_assert_msg(Everywhere(Near(-u[0], elastica[level].u, 5e-3)), "at %g: %.6g, elastica %.6g",
                elastica[level].part, -u[0], elastica[level].u);
  ck_assert_msg(Everywhere(Near(u[2], elastica[level].w, 5e-3)), "at %g: %.6g, elastica %.6g",
                elastica[level].part, u[2], elastica[level].w);
}

START_TEST(cantilever_follows_elastica)
{
  Plate p;

  StripCreate(&p);
  for (int i = 0; i < LEVELS; i++) {
    const int newton = PlateSolve(&p, elastica[i].part);

    ck_assert_msg(Everywhere(newton > 0 && newton <= 7), "%d iterations", newton);
    CheckTip(&p, i);
  }
  PlateDestroy(&p);
}
END_TEST

/* Deflections of the tip at 1/20, 2/20 .. of the force, as their paper prints them. */
static const double table[][2] = {{0.026, 0.663}, {0.103, 1.309}, {0.224, 1.922}, {0.381, 2.493},
                                  {0.563, 3.015}, {0.763, 3.488}, {0.971, 3.912}, {1.184, 4.292},
                                  {1.396, 4.631}, {1.604, 4.933}, {1.807, 5.202}, {2.002, 5.444},
                                  {2.190, 5.660}, {2.370, 5.855}, {2.541, 6.031}, {2.705, 6.190},
                                  {2.861, 6.335}, {3.010, 6.467}, {3.151, 6.588}, {3.286, 6.698}};

/* 0.5 % and half a unit of the last digit. */
static int Printed(double value, double printed, double tolerance)
{
  return fabs(value - printed) <= tolerance * printed + 5e-4;
}

START_TEST(cantilever_follows_the_table)
{
  Plate     p;
  PetscReal u[3];

  StripCreate(&p);
  for (int i = 0; i < 20; i++) {
    ck_assert(Everywhere(PlateSolve(&p, (i + 1) / 20.) > 0));
    PlateMotion(&p, STRIP, u);
    ck_assert_msg(Everywhere(Printed(-u[0], table[i][0], 5e-3) && Printed(u[2], table[i][1], 5e-3)),
                  "at %g: %.4g %.4g, table %.4g %.4g", (i + 1) / 20., -u[0], u[2], table[i][0],
                  table[i][1]);
  }
  PlateDestroy(&p);
}
END_TEST

START_TEST(cantilever_in_one_step)
{
  Plate p;
  int   newton;

  StripCreate(&p);
  newton = PlateSolve(&p, 1);
  ck_assert_msg(Everywhere(newton > 0 && newton <= 9), "%d iterations", newton);
  CheckTip(&p, LEVELS - 1);
  PlateDestroy(&p);
}
END_TEST

/* ---- slit ring, one lip held, the other lifted by a force along it ---- */

enum { RADIAL = 10, AROUND = 80, ROW = RADIAL + 1 };
static const struct {
  double part, inner, outer; /* of the force; lift of the ends of the lip */
} ring[] = {
    {0.025, 1.305, 1.789}, {0.05, 2.455, 3.370},   {0.075, 3.435, 4.720}, {0.1, 4.277, 5.876},
    {0.125, 5.007, 6.872}, {0.15, 5.649, 7.736},   {0.2, 6.725, 9.160},   {0.25, 7.602, 10.288},
    {0.3, 8.340, 11.213},  {0.35, 8.974, 11.992},  {0.4, 9.529, 12.661},  {0.45, 10.023, 13.247},
    {0.5, 10.468, 13.768}, {0.55, 10.876, 14.240}, {0.6, 11.257, 14.674}, {0.65, 11.620, 15.081},
    {0.7, 11.970, 15.469}, {0.75, 12.310, 15.842}, {0.8, 12.642, 16.202}, {0.85, 12.966, 16.550},
    {0.9, 13.282, 16.886}, {0.95, 13.590, 17.212}, {1, 13.891, 17.528}};
enum { RING = sizeof ring / sizeof *ring };

/* x is the radius, y the angle. */
static void ToRing(PetscReal xy[2])
{
  const PetscReal r = xy[0], angle = xy[1];

  xy[0] = r * cos(angle);
  xy[1] = r * sin(angle);
}

static void RingCreate(Plate *p)
{
  const Grid      grid  = {.n = {RADIAL, AROUND}, .low = {6, 0}, .high = {10, 2 * acos(-1)}};
  const PetscReal piece = 4. / RADIAL, force = 0.8;

  PlateCreate(&grid, ToRing, 40, 21e6, 0.03, p);
  for (PetscInt i = 0; i <= RADIAL; i++) {
    PlateClamp(p, AROUND * ROW + i);
    PlateLoad(p, i, force * piece * (i == 0 || i == RADIAL ? 0.5 : 1));
  }
  CALL(VecAssemblyBegin(p->unbalanced));
  CALL(VecAssemblyEnd(p->unbalanced));
}

/* 1 %: what the mesh of the reference gives with different elements. */
static void CheckLip(const Plate *p, int level)
{
  PetscReal inner[3], outer[3];

  PlateMotion(p, 0, inner);
  PlateMotion(p, RADIAL, outer);
  ck_assert_msg(Everywhere(Near(inner[2], ring[level].inner, 0.01)), "at %g: %.6g, reference %.6g",
                ring[level].part, inner[2], ring[level].inner);
  ck_assert_msg(Everywhere(Near(outer[2], ring[level].outer, 0.01)), "at %g: %.6g, reference %.6g",
                ring[level].part, outer[2], ring[level].outer);
}

START_TEST(slit_ring_follows_the_table)
{
  Plate p;
  int   newton;

  RingCreate(&p);
  for (int i = 0; i < RING; i++) {
    newton = PlateSolve(&p, ring[i].part);
    ck_assert_msg(Everywhere(newton > 0), "no equilibrium at %g", ring[i].part);
    CheckLip(&p, i);
  }
  PlateDestroy(&p);
}
END_TEST

/* Steps that the lip turns far in. */
START_TEST(slit_ring_in_seven_steps)
{
  static const int row[] = {1, 3, 6, 9, 12, 17, RING - 1};
  Plate            p;
  int              newton, sum = 0;

  RingCreate(&p);
  for (int i = 0; i < 7; i++) {
    newton = PlateSolve(&p, ring[row[i]].part);
    ck_assert_msg(Everywhere(newton > 0), "no equilibrium at %g", ring[row[i]].part);
    sum += newton;
    CheckLip(&p, row[i]);
  }
  ck_assert_msg(Everywhere(sum <= 45), "%d iterations", sum);
  PlateDestroy(&p);
}
END_TEST

static Suite *LargeNewtonSuite(void)
{
  Suite *suite = suite_create("large_newton");
  TCase *tc    = tcase_create("dead loads");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, cantilever_follows_elastica);
  tcase_add_test(tc, cantilever_follows_the_table);
  tcase_add_test(tc, cantilever_in_one_step);
  tcase_add_test(tc, slit_ring_follows_the_table);
  tcase_add_test(tc, slit_ring_in_seven_steps);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LargeNewtonSuite)
