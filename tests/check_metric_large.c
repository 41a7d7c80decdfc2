/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Warpage with finite rotations: shapes of constant curvature, and that turning the panel in space
   changes nothing. */
#include <string.h>
#include "grid.h"
#include "metric/metric.h"

/* Relative to the panel: positions of order 1 are summed some hundred times. */
#define ROUNDING 1e-12

#define FOUND 1e-8 /* curvatures are iterated for, slowly when slopes are of order 1 */

enum { SIZE = 1 }; /* m, about; what lengths are compared with */
static const Grid plate = {.n = {10, 8}, .low = {-0.25, -0.2}, .high = {0.25, 0.2}};

/* A material point goes to x; then the panel is turned by `angle` about `axis` and moved. */
typedef struct {
  void (*shape)(const PetscReal X[2], PetscReal x[3]);
  PetscReal axis[3], angle;
} Motion;

/* Rodrigues' formula. */
static void Turn(const PetscReal axis[3], PetscReal angle, PetscReal x[3])
{
  const PetscReal c = cos(angle), s = sin(angle);
  PetscReal       n[3], y[3], along = 0, length = 0;

  for (int i = 0; i < 3; i++) length += axis[i] * axis[i];
  for (int i = 0; i < 3; i++) n[i] = length > 0 ? axis[i] / sqrt(length) : 0;
  for (int i = 0; i < 3; i++) along += n[i] * x[i];
  for (int i = 0; i < 3; i++) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;

    y[i] = c * x[i] + s * (n[j] * x[k] - n[k] * x[j]) + (1 - c) * along * n[i];
  }
  for (int i = 0; i < 3; i++) x[i] = y[i];
}

static PltWarpage Measure(MPI_Comm comm, const Grid *grid, struct PltProject_ *project,
                          const Motion *motion, PetscReal up, PltPlane *plane)
{
  static const PetscReal away[3] = {0.3, -0.2, 0.1};
  PltWarpage             warpage;
  PetscReal             *x;
  PltMesh                mesh;

  GridMesh(comm, grid, &mesh);
  CALL(PetscMalloc1(3 * mesh->nvert_own, &x));
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    motion->shape(&mesh->xy[2 * v], &x[3 * v]);
    Turn(motion->axis, motion->angle, &x[3 * v]);
    for (int i = 0; i < 3 && motion->angle != 0; i++) x[3 * v + i] += away[i];
  }
  CALL(PltMetricWarpage(mesh, project, x, up, &warpage, plane));
  CALL(PetscFree(x));
  GridDestroy(&mesh);
  return warpage;
}

static PltWarpage MeasureWhole(const Grid *grid, const Motion *motion, PetscReal up)
{
  struct PltProject_ project = {.size       = {2 * grid->high[0], 2 * grid->high[1]},
                                .round      = grid->round,
                                .kinematics = PLT_LARGE};
  PltPlane           plane;

  return Measure(PETSC_COMM_WORLD, grid, &project, motion, up, &plane);
}

static int Same(double a, double b)
{
  return fabs(a - b) <= ROUNDING * SIZE;
}

static int SameWarpage(const PltWarpage *a, const PltWarpage *b)
{
  int same = Same(a->pv, b->pv) && Same(a->rms, b->rms) && Same(a->bow, b->bow) &&
             Same(a->corner, b->corner) && Same(a->edge_x, b->edge_x) &&
             Same(a->edge_y, b->edge_y) && a->sign == b->sign && !strcmp(a->shape, b->shape);

  for (int i = 0; i < 3; i++) /* in units of a panel of this size */
    same = same && Near(1 + a->curvature[i], 1 + b->curvature[i], 100 * ROUNDING);
  return same;
}

/* Rolled to radius `radius` about an axis at `across` to y, without stretching. */
static PetscReal radius, across;

static void Roll(const PetscReal X[2], PetscReal x[3])
{
  const PetscReal c = cos(across), s = sin(across);
  const PetscReal along = c * X[0] + s * X[1], beside = c * X[1] - s * X[0];
  const PetscReal arc = radius * sin(along / radius);

  x[0] = c * arc - s * beside;
  x[1] = s * arc + c * beside;
  x[2] = radius * (1 - cos(along / radius));
}

START_TEST(rolled_panel_is_a_circle)
{
  const double a = 0.25, slope[3] = {0.05, 0.5, 1.0}; /* rad, at the rim */

  for (int i = 0; i < 3; i++) {
    PltWarpage w;
    double     rise;

    radius = a / slope[i];
    across = 0;
    rise   = radius * (1 - cos(slope[i]));
    w      = MeasureWhole(&plate, &(Motion){.shape = Roll}, 1);
    ck_assert_msg(Everywhere(Near(w.curvature[0], 1 / radius, FOUND)), "slope %g: %.15g, 1 / R %g",
                  slope[i], w.curvature[0], 1 / radius);
    ck_assert(Everywhere(fabs(w.curvature[1]) < FOUND && fabs(w.curvature[2]) < FOUND));
    ck_assert(Everywhere(Same(w.pv, rise) && Same(w.corner, rise) && Same(w.edge_x, rise)));
    ck_assert(Everywhere(Same(w.edge_y, 0) && w.sign == -1));
    ck_assert_str_eq(w.shape, "cylinder");
  }
}
END_TEST

/* A rectangle that is rolled about an axis at an angle turns a little in the plane. */
START_TEST(rolled_askew_has_the_same_radius)
{
  PltWarpage w;
  double     principal, angle;

  radius = 0.5;
  across = 0.4;
  w      = MeasureWhole(&plate, &(Motion){.shape = Roll}, 1);
  /* invariants: the principal curvatures are 1 / R and 0 */
  principal = w.curvature[0] * w.curvature[1] - w.curvature[2] * w.curvature[2];
  angle     = atan2(2 * w.curvature[2], w.curvature[0] - w.curvature[1]) / 2;
  ck_assert(Everywhere(Near(w.curvature[0] + w.curvature[1], 1 / radius, FOUND)));
  ck_assert(Everywhere(fabs(principal) < FOUND));
  ck_assert_msg(Everywhere(fabs(angle - across) < 0.02), "%g", angle);
  ck_assert_str_eq(w.shape, "cylinder");
}
END_TEST

/* Onto a sphere, distances from the centre kept. */
static void Dome(const PetscReal X[2], PetscReal x[3])
{
  const PetscReal r = sqrt(X[0] * X[0] + X[1] * X[1]);
  const PetscReal f = r > 0 ? radius * sin(r / radius) / r : 1;

  x[0] = f * X[0];
  x[1] = f * X[1];
  x[2] = -radius * (1 - cos(r / radius));
}

START_TEST(dome_is_a_sphere)
{
  const double a = 0.25, b = 0.2, r = sqrt(a * a + b * b);
  PltWarpage   w;

  radius = 0.4;
  w      = MeasureWhole(&plate, &(Motion){.shape = Dome}, 1);
  ck_assert(Everywhere(Near(w.curvature[0], -1 / radius, FOUND)));
  ck_assert(Everywhere(Near(w.curvature[1], -1 / radius, FOUND)));
  ck_assert(Everywhere(fabs(w.curvature[2]) < FOUND));
  ck_assert(Everywhere(Same(w.corner, -radius * (1 - cos(r / radius)))));
  ck_assert(Everywhere(Same(w.edge_x, -radius * (1 - cos(a / radius)))));
  ck_assert(Everywhere(Same(w.edge_y, -radius * (1 - cos(b / radius)))));
  ck_assert(Everywhere(Same(w.pv, -w.corner) && w.sign == 1));
  ck_assert_str_eq(w.shape, "dome");
}
END_TEST

/* No symmetry, strained and sheared in the plane; `scale` makes it flatter. */
static PetscReal scale = 1;

static void Wild(const PetscReal X[2], PetscReal x[3])
{
  const PetscReal u = X[0], v = X[1];

  x[0] = u + scale * (1e-2 * u + 3e-3 * v - 0.1 * u * u * u);
  x[1] = v + scale * (2e-2 * u - 1e-2 * v + 0.1 * u * v);
  x[2] = scale * (5e-3 * sin(12 * u + 5 * v) + 0.2 * u * v - 0.6 * u * u - 0.4 * v * v);
}

static const PetscReal turn[5][4] = {
    {1, 0, 0, 0.5}, {0, 1, 0, -0.5}, {0, 0, 1, 0.5}, {1, 2, -1, 0.5}, {-2, 1, 1, 2.5}};

START_TEST(turning_the_panel_changes_nothing)
{
  for (int up = -1; up <= 1; up += 2) {
    const PltWarpage still = MeasureWhole(&plate, &(Motion){.shape = Wild}, up);

    ck_assert(Everywhere(still.sign == up && still.curvature[0] * up < -0.5));
    for (int i = 0; i < 5; i++) {
      const Motion motion = {
          .shape = Wild, .axis = {turn[i][0], turn[i][1], turn[i][2]}, .angle = turn[i][3]};
      const PltWarpage turned = MeasureWhole(&plate, &motion, up);

      ck_assert_msg(Everywhere(SameWarpage(&still, &turned)), "turn %d, up %d", i, up);
    }
  }
}
END_TEST

/* What is left of nanometres is the rounding of positions, 1e-16 of a metre or two. */
START_TEST(nanometres_keep_their_digits)
{
  PltWarpage still, turned;

  scale  = 1e-7;
  still  = MeasureWhole(&plate, &(Motion){.shape = Wild}, 1);
  turned = MeasureWhole(&plate, &(Motion){.shape = Wild, .axis = {1, 2, -1}, .angle = 0.5}, 1);
  scale  = 1;
  ck_assert(Everywhere(still.pv > 1e-9 && still.pv < 1e-8));
  ck_assert_msg(Everywhere(fabs(still.pv - turned.pv) < 1e-15), "%g", still.pv - turned.pv);
  ck_assert(Everywhere(fabs(still.bow - turned.bow) < 1e-15));
}
END_TEST

/* Slopes are 1e-3 of those of Wild, so the theories differ by 1e-6 of the warpage and less. */
START_TEST(small_slopes_are_linear_theory)
{
  struct PltProject_ project = {.size = {0.5, 0.4}};
  PltPlane           plane;
  PltWarpage         small, large;

  scale = 1e-3;
  small = Measure(PETSC_COMM_WORLD, &plate, &project, &(Motion){.shape = Wild}, 1, &plane);
  large = MeasureWhole(&plate, &(Motion){.shape = Wild}, 1);
  scale = 1;
  ck_assert(Everywhere(plane.axis[0][0] == 1 && plane.axis[1][1] == 1 && plane.axis[2][2] == 1));
  ck_assert(Everywhere(Near(small.pv, large.pv, 1e-5) && Near(small.bow, large.bow, 1e-5)));
  ck_assert(Everywhere(Near(small.corner, large.corner, 1e-5)));
  /* of places that have moved by 1e-5 */
  ck_assert(Everywhere(Near(small.curvature[0], large.curvature[0], 1e-4)));
}
END_TEST

/* Even in X and in Y, strained in the plane as well. */
static void Even(const PetscReal X[2], PetscReal x[3])
{
  x[0] = X[0] * (0.99 - 0.5 * X[0] * X[0] + 0.1 * X[1] * X[1]);
  x[1] = X[1] * (1.01 + 0.3 * X[0] * X[0]);
  x[2] = 0.05 * cos(7 * X[0]) * cosh(3 * X[1]);
}

START_TEST(parts_of_a_symmetric_panel_give_the_whole)
{
  const PltWarpage  whole   = MeasureWhole(&plate, &(Motion){.shape = Even}, 1);
  const PltSymmetry kind[3] = {PLT_SYMMETRY_HALF_X, PLT_SYMMETRY_HALF_Y, PLT_SYMMETRY_QUARTER};

  for (int i = 0; i < 3; i++) {
    struct PltProject_ project = {.size = {0.5, 0.4}, .symmetry = kind[i], .kinematics = PLT_LARGE};
    Grid               part    = plate;
    PltPlane           plane;
    PltWarpage         w;

    for (int k = 0; k < 2; k++) {
      if (kind[i] != (k ? PLT_SYMMETRY_HALF_Y : PLT_SYMMETRY_HALF_X) && i < 2) continue;
      part.low[k] = 0;
      part.n[k] /= 2;
    }
    w = Measure(PETSC_COMM_WORLD, &part, &project, &(Motion){.shape = Even}, 1, &plane);
    ck_assert_msg(Everywhere(SameWarpage(&w, &whole)), "symmetry %d", (int)kind[i]);
    for (int k = 0; k < 2; k++) /* the normal lies in the planes of symmetry */
      ck_assert(Everywhere(fabs(plane.axis[2][k]) < ROUNDING));
  }
}
END_TEST

/* A strip one element wide that rises by four times its width, and is turned: the plane stays
   upright, and curvature across it cannot be told. */
START_TEST(rolled_strip)
{
  const Grid       strip = {.n = {40, 1}, .low = {-0.15, -0.005}, .high = {0.15, 0.005}};
  const PetscReal  a     = 0.15;
  const PltWarpage w =
      (radius = 0.25, across = 0,
       MeasureWhole(&strip, &(Motion){.shape = Roll, .axis = {0, 1, 0}, .angle = 0.3}, 1));

  ck_assert(Everywhere(Same(w.pv, radius * (1 - cos(a / radius)))));
  ck_assert(Everywhere(Near(w.curvature[0], 1 / radius, FOUND)));
  ck_assert(Everywhere(fabs(w.curvature[1]) < FOUND));
}
END_TEST

static Suite *WarpageSuite(void)
{
  Suite *suite = suite_create("large warpage");
  TCase *tcase = tcase_create("large warpage");

  tcase_add_test(tcase, rolled_panel_is_a_circle);
  tcase_add_test(tcase, rolled_askew_has_the_same_radius);
  tcase_add_test(tcase, dome_is_a_sphere);
  tcase_add_test(tcase, turning_the_panel_changes_nothing);
  tcase_add_test(tcase, nanometres_keep_their_digits);
  tcase_add_test(tcase, small_slopes_are_linear_theory);
  tcase_add_test(tcase, parts_of_a_symmetric_panel_give_the_whole);
  tcase_add_test(tcase, rolled_strip);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(WarpageSuite)
