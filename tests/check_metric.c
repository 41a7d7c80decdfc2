/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Warpage of surfaces with closed forms, on meshes made by hand. */
#include <string.h>
#include "grid.h"
#include "metric/metric.h"

/* Sums of a few hundred terms; what is compared is of order 1. */
#define ROUNDING 1e-12

typedef PetscReal (*Field)(PetscReal x, PetscReal y);

static PltWarpage Measure(MPI_Comm comm, const Grid *grid, struct PltProject_ *project, Field uz,
                          PetscReal up)
{
  PltWarpage warpage;
  PltPlane   plane;
  PetscReal *x;
  PltMesh    mesh;

  GridMesh(comm, grid, &mesh);
  CALL(PetscMalloc1(3 * mesh->nvert_own, &x));
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    for (int k = 0; k < 2; k++) x[3 * v + k] = mesh->xy[2 * v + k];
    x[3 * v + 2] = uz(x[3 * v], x[3 * v + 1]);
  }
  CALL(PltMetricWarpage(mesh, project, x, up, &warpage, &plane));
  CALL(PetscFree(x));
  GridDestroy(&mesh);
  return warpage;
}

static PltWarpage MeasureWhole(const Grid *grid, Field uz, PetscReal up)
{
  struct PltProject_ project = {.size = {2 * grid->high[0], 2 * grid->high[1]}};

  project.round = grid->round;
  return Measure(PETSC_COMM_WORLD, grid, &project, uz, up);
}

static const Grid plate = {.n = {10, 8}, .low = {-0.25, -0.2}, .high = {0.25, 0.2}};

static PetscReal Quadratic(PetscReal x, PetscReal y)
{
  return 3e-3 + 0.02 * x - 0.01 * y + 0.015 * x * x + 0.01 * y * y - 0.006 * x * y;
}

START_TEST(quadratic_is_measured_exactly)
{
  const PltWarpage w = MeasureWhole(&plate, Quadratic, 1);
  const double     a = 0.25, b = 0.2, hx = 0.05, hy = 0.05;
  /* mean of the outline: the trapezoid rule adds h^2 / 6 to the mean of x^2 */
  const double along_x = 0.015 * (a * a / 3 + hx * hx / 6) + 0.01 * b * b;
  const double along_y = 0.015 * a * a + 0.01 * (b * b / 3 + hy * hy / 6);
  const double rim     = (along_x * a + along_y * b) / (a + b);

  ck_assert(Everywhere(Near(w.curvature[0], 0.03, ROUNDING)));
  ck_assert(Everywhere(Near(w.curvature[1], 0.02, ROUNDING)));
  ck_assert(Everywhere(Near(w.curvature[2], -0.006, ROUNDING)));
  ck_assert(Everywhere(Near(w.corner, 0.015 * a * a + 0.01 * b * b, ROUNDING)));
  ck_assert(Everywhere(Near(w.edge_x, 0.015 * a * a, ROUNDING)));
  ck_assert(Everywhere(Near(w.edge_y, 0.01 * b * b, ROUNDING)));
  ck_assert(Everywhere(Near(w.bow, -rim, ROUNDING)));
  /* corners (a, -b) and (-a, b) are the highest, the centre the lowest */
  ck_assert(Everywhere(Near(w.pv, 0.015 * a * a + 0.01 * b * b + 0.006 * a * b, ROUNDING)));
  ck_assert(Everywhere(w.sign == -1));
  ck_assert_str_eq(w.shape, "bowl");
}
END_TEST

START_TEST(flip_turns_what_has_a_sign)
{
  const PltWarpage w = MeasureWhole(&plate, Quadratic, 1), f = MeasureWhole(&plate, Quadratic, -1);

  ck_assert(Everywhere(f.pv == w.pv && f.rms == w.rms));
  ck_assert(Everywhere(f.bow == -w.bow && f.corner == -w.corner && f.edge_x == -w.edge_x));
  for (int i = 0; i < 3; i++) ck_assert(Everywhere(f.curvature[i] == -w.curvature[i]));
  ck_assert(Everywhere(f.sign == 1));
  ck_assert_str_eq(f.shape, "dome");
}
END_TEST

static PetscReal Tilted(PetscReal x, PetscReal y)
{
  return 0.01 + 0.02 * x - 0.03 * y;
}

START_TEST(tilt_is_no_warpage)
{
  const PltWarpage w = MeasureWhole(&plate, Tilted, 1);

  ck_assert(Everywhere(w.pv < 1e-16 && w.rms < 1e-16)); /* rounding of 1e-2 */
  ck_assert(Everywhere(w.sign == 0));
  ck_assert_str_eq(w.shape, "flat");
}
END_TEST

static PetscReal Cylinder(PetscReal x, PetscReal y)
{
  return -0.01 * PetscSqr(x + 2 * y); /* principal curvatures -0.1 and 0, axes turned */
}

static PetscReal NearlyCylinder(PetscReal x, PetscReal y)
{
  return -0.01 * x * x + 0.0028 * y * y; /* ratio -0.28 */
}

static PetscReal Saddle(PetscReal x, PetscReal y)
{
  return -0.01 * x * x + 0.0032 * y * y; /* ratio -0.32 */
}

START_TEST(shapes_are_told_apart)
{
  ck_assert_str_eq(MeasureWhole(&plate, Cylinder, 1).shape, "cylinder");
  ck_assert_str_eq(MeasureWhole(&plate, NearlyCylinder, 1).shape, "cylinder");
  ck_assert_str_eq(MeasureWhole(&plate, Saddle, 1).shape, "saddle");
  ck_assert(Everywhere(MeasureWhole(&plate, Cylinder, 1).sign == 1));
}
END_TEST

static PetscReal PureSaddle(PetscReal x, PetscReal y)
{
  return 0.01 * (x * x - y * y);
}

/* Centre and outline are at the same height: rounding must not choose a sign. */
START_TEST(perfect_saddle_has_no_sign)
{
  const Grid       square = {.n = {10, 10}, .low = {-0.25, -0.25}, .high = {0.25, 0.25}};
  const PltWarpage w      = MeasureWhole(&square, PureSaddle, 1);

  ck_assert(Everywhere(w.sign == 0));
  ck_assert_str_eq(w.shape, "saddle");
  ck_assert(Everywhere(Near(w.curvature[0], 0.02, ROUNDING)));
  ck_assert(Everywhere(Near(w.curvature[1], -0.02, ROUNDING)));
}
END_TEST

/* Even in x and in y, and no polynomial. */
static PetscReal Even(PetscReal x, PetscReal y)
{
  return 1e-3 * cos(7 * x) * cosh(3 * y) + 2e-4 * x * x * y * y;
}

static int SameWarpage(const PltWarpage *a, const PltWarpage *b, double relative)
{
  int same = Near(a->pv, b->pv, relative) && Near(a->rms, b->rms, relative) &&
             Near(a->bow, b->bow, relative) && Near(a->corner, b->corner, relative) &&
             Near(a->edge_x, b->edge_x, relative) && Near(a->edge_y, b->edge_y, relative) &&
             a->sign == b->sign && !strcmp(a->shape, b->shape);

  for (int i = 0; i < 2; i++) same = same && Near(a->curvature[i], b->curvature[i], relative);
  return same && fabs(a->curvature[2] - b->curvature[2]) <= relative * fabs(a->curvature[0]);
}

START_TEST(parts_of_a_symmetric_panel_give_the_whole)
{
  const PltWarpage  whole   = MeasureWhole(&plate, Even, 1);
  const PltSymmetry kind[3] = {PLT_SYMMETRY_HALF_X, PLT_SYMMETRY_HALF_Y, PLT_SYMMETRY_QUARTER};

  for (int i = 0; i < 3; i++) {
    struct PltProject_ project = {.size = {0.5, 0.4}, .symmetry = kind[i]};
    Grid               part    = plate;
    PltWarpage         w;

    for (int k = 0; k < 2; k++) {
      if (kind[i] != (k ? PLT_SYMMETRY_HALF_Y : PLT_SYMMETRY_HALF_X) && i < 2) continue;
      part.low[k] = 0;
      part.n[k] /= 2;
    }
    w = Measure(PETSC_COMM_WORLD, &part, &project, Even, 1);
    ck_assert_msg(Everywhere(SameWarpage(&w, &whole, ROUNDING)), "symmetry %d", (int)kind[i]);
  }
}
END_TEST

static PetscReal Wild(PetscReal x, PetscReal y)
{
  return 1e-3 * sin(12 * x + 5 * y) + 2e-3 * x * y - 4e-3 * x * x + 0.3 * x;
}

START_TEST(answer_does_not_depend_on_ranks)
{
  struct PltProject_ project = {.size = {0.5, 0.4}};
  Grid               bent    = plate;
  PltWarpage         alone, all;

  bent.distort = 0.2;
  alone        = Measure(PETSC_COMM_SELF, &bent, &project, Wild, 1);
  all          = Measure(PETSC_COMM_WORLD, &bent, &project, Wild, 1);
  ck_assert(Everywhere(SameWarpage(&alone, &all, ROUNDING)));
}
END_TEST

static PetscReal Bowl(PetscReal x, PetscReal y)
{
  return 0.02 * x * x + 0.01 * y * y;
}

/* An odd number of quads: the centre is the middle of one, the edges' middles of one side. */
START_TEST(points_inside_quads_are_interpolated)
{
  const Grid       odd    = {.n = {5, 5}, .low = {-0.25, -0.25}, .high = {0.25, 0.25}};
  const PltWarpage w      = MeasureWhole(&odd, Bowl, 1);
  const double     centre = 0.03 * 0.05 * 0.05; /* half a quad is 0.05 m */

  ck_assert(Everywhere(Near(w.corner, 0.03 * 0.25 * 0.25 - centre, ROUNDING)));
  ck_assert(Everywhere(Near(w.edge_x, 0.02 * 0.25 * 0.25 + 0.01 * 0.05 * 0.05 - centre, ROUNDING)));
}
END_TEST

START_TEST(round_panel)
{
  const double     r    = 0.15;
  Grid             disc = {.n = {8, 8}, .low = {-r, -r}, .high = {r, r}, .round = PETSC_TRUE};
  const PltWarpage w    = MeasureWhole(&disc, Bowl, 1);
  PltWarpage       odd;

  ck_assert(Everywhere(Near(w.corner, 0.015 * r * r, ROUNDING))); /* rim at 45 degrees */
  ck_assert(Everywhere(Near(w.edge_x, 0.02 * r * r, ROUNDING)));
  ck_assert(Everywhere(Near(w.edge_y, 0.01 * r * r, ROUNDING)));
  ck_assert(Everywhere(Near(w.curvature[0], 0.04, ROUNDING)));
  ck_assert(Everywhere(w.sign == -1));
  disc.n[0] = disc.n[1] = 7; /* (r, 0) lies outside the polygon: the nearest place counts */
  odd                   = MeasureWhole(&disc, Bowl, 1);
  /* the chord is 2 % inside the rim, and the centre is in the middle of a quad */
  ck_assert(Everywhere(Near(odd.edge_x, 0.02 * r * r, 0.06)));
  ck_assert(Everywhere(Near(odd.corner, 0.015 * r * r, 0.06)));
}
END_TEST

/* Curvature across a strip one element wide cannot be told: 0, and the other one stays exact. */
START_TEST(strip_of_one_element)
{
  const Grid       strip = {.n = {12, 1}, .low = {-0.15, -0.01}, .high = {0.15, 0.01}};
  const PltWarpage w     = MeasureWhole(&strip, Bowl, 1);

  ck_assert(Everywhere(Near(w.curvature[0], 0.04, ROUNDING)));
  ck_assert(Everywhere(fabs(w.curvature[1]) < ROUNDING));
  ck_assert(Everywhere(Near(w.edge_x, 0.02 * 0.15 * 0.15, ROUNDING)));
  ck_assert_str_eq(w.shape, "cylinder");
}
END_TEST

static Suite *WarpageSuite(void)
{
  Suite *suite = suite_create("warpage");
  TCase *tcase = tcase_create("warpage");

  tcase_add_test(tcase, quadratic_is_measured_exactly);
  tcase_add_test(tcase, flip_turns_what_has_a_sign);
  tcase_add_test(tcase, tilt_is_no_warpage);
  tcase_add_test(tcase, shapes_are_told_apart);
  tcase_add_test(tcase, perfect_saddle_has_no_sign);
  tcase_add_test(tcase, parts_of_a_symmetric_panel_give_the_whole);
  tcase_add_test(tcase, answer_does_not_depend_on_ranks);
  tcase_add_test(tcase, points_inside_quads_are_interpolated);
  tcase_add_test(tcase, round_panel);
  tcase_add_test(tcase, strip_of_one_element);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(WarpageSuite)
