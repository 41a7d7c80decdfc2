/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What polygons cover together: rectangles at random against a count of all pieces, turned ones
   against their area and outline, touching ones have no outline between them. */
#include "input/map.h"
#include "input_sample.h"

enum { N = 60 };
static unsigned seed;

/* 0..1, the same on every machine. */
static double Random(void)
{
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) / 16777216.0;
}

static void AddRectangle(PltPolygons *p, double x, double y, double w, double h, double turn)
{
  const double c = cos(turn), s = sin(turn);
  double       xy[4][2];

  for (int k = 0; k < 4; k++) {
    const double u = (k == 1 || k == 2 ? 0.5 : -0.5) * w, v = (k > 1 ? 0.5 : -0.5) * h;

    xy[k][0] = x + c * u - s * v;
    xy[k][1] = y + s * u + c * v;
  }
  CALL(PltPolygonsAdd(p, 4, (const double(*)[2])xy));
}

/* Over the window [0, 2] x [0, 1]; sum of each kind. */
static void Cover(const PltPolygons *p, int nx, int ny, char direction, double sum[3], PltRaster *r)
{
  const double window[4] = {0, 0, 2, 1};
  PetscBool    ok;

  *r = (PltRaster){.n = {nx, ny}, .size = {2, 1}};
  CALL(PltRasterCreate(r));
  CALL(PltCoverCells(p, window, direction, r, &ok));
  ck_assert(ok);
  sum[0] = sum[1] = sum[2] = 0;
  for (int i = 0; i < 3 * nx * ny; i++) sum[i % 3] += r->share[i] * 2 / (nx * ny);
}

/* Area of the union of rectangles in a cell: all edges cut it into pieces, each in or out. */
static double CountPieces(double q[N][4], const double cell[4])
{
  double area = 0, x[2 * N + 2], y[2 * N + 2];

  for (int i = 0; i < N; i++)
    for (int k = 0; k < 2; k++) {
      x[2 * i + k] = fmax(cell[0], fmin(cell[2], q[i][2 * k]));
      y[2 * i + k] = fmax(cell[1], fmin(cell[3], q[i][2 * k + 1]));
    }
  x[2 * N] = cell[0], x[2 * N + 1] = cell[2], y[2 * N] = cell[1], y[2 * N + 1] = cell[3];
  for (int pass = 0; pass < 2; pass++) {
    double *v = pass ? y : x;

    for (int i = 1; i < 2 * N + 2; i++)
      for (int j = i; j > 0 && v[j] < v[j - 1]; j--) {
        const double keep = v[j];

        v[j]     = v[j - 1];
        v[j - 1] = keep;
      }
  }
  for (int i = 0; i < 2 * N + 1; i++)
    for (int j = 0; j < 2 * N + 1; j++) {
      const double mx = (x[i] + x[i + 1]) / 2, my = (y[j] + y[j + 1]) / 2;
      int          in = 0;

      for (int k = 0; k < N && !in; k++)
        in = mx > q[k][0] && mx < q[k][2] && my > q[k][1] && my < q[k][3];
      if (in) area += (x[i + 1] - x[i]) * (y[j + 1] - y[j]);
    }
  return area;
}

START_TEST(rectangles_at_random)
{
  seed = 3;
  for (int trial = 0; trial < 5; trial++) {
    double      q[N][4], sum[3];
    PltPolygons p = {.npoly = 0};
    PltRaster   r;

    for (int i = 0; i < N; i++) {
      const double w = 0.02 + 0.3 * Random(), h = 0.02 + 0.2 * Random();
      const double x = 2.2 * Random() - 0.1, y = 1.2 * Random() - 0.1;

      q[i][0] = x - w / 2, q[i][1] = y - h / 2, q[i][2] = x + w / 2, q[i][3] = y + h / 2;
      AddRectangle(&p, x, y, w, h, 0);
    }
    Cover(&p, 4, 3, 'y', sum, &r);
    for (int i = 0; i < 12; i++) {
      const double cell[4] = {i % 4 * 0.5, i / 4 / 3., (i % 4 + 1) * 0.5, (i / 4 + 1) / 3.};
      const double area    = CountPieces(q, cell);

      ck_assert(r.share[3 * i] == 0 && r.share[3 * i + 2] == 0);
      ck_assert_msg(Near(r.share[3 * i + 1] / 6, area, 1e-11), "%.15g, not %.15g",
                    r.share[3 * i + 1] / 6, area);
    }
    CALL(PetscFree(r.share));
    CALL(PltPolygonsFree(&p));
  }
}
END_TEST

/* In one cell: the outline of a bar by its projections. */
START_TEST(turned_bars_have_both_directions)
{
  for (int k = 0; k <= 12; k++) {
    const double turn = PETSC_PI / 12 * k, w = 0.7, h = 0.1;
    const double c = fabs(cos(turn)), s = fabs(sin(turn));
    const double lx = w * c + h * s, ly = w * s + h * c;
    PltPolygons  p = {.npoly = 0};
    PltRaster    r;
    double       sum[3];

    AddRectangle(&p, 1.01, 0.52, w, h, turn);
    AddRectangle(&p, 1.01, 0.52, w, h, turn + PETSC_PI); /* the same once more */
    Cover(&p, 1, 1, 0, sum, &r);
    ck_assert(Near(sum[0], w * h * lx / (lx + ly), 1e-12));
    ck_assert(Near(sum[1], w * h * ly / (lx + ly), 1e-12) && sum[2] == 0);
    CALL(PetscFree(r.share));
    Cover(&p, 37, 23, 0, sum, &r);
    ck_assert(Near(sum[0] + sum[1] + sum[2], w * h, 1e-12));
    CALL(PetscFree(r.share));
    CALL(PltPolygonsFree(&p));
  }
}
END_TEST

/* A plane of turned tiles that touch; in its middle there is no outline. */
START_TEST(touching_tiles_are_a_plane)
{
  const double turn = 0.3, size = 0.037;
  PltPolygons  p = {.npoly = 0};
  PltRaster    r;
  double       sum[3];

  for (int i = -40; i <= 40; i++)
    for (int j = -40; j <= 40; j++)
      AddRectangle(&p, 1 + size * (i * cos(turn) - j * sin(turn)),
                   0.5 + size * (i * sin(turn) + j * cos(turn)), size, size, turn);
  Cover(&p, 8, 4, 0, sum, &r);
  ck_assert(sum[0] == 0 && sum[1] == 0 && Near(sum[2], 2, 1e-9));
  CALL(PetscFree(r.share));
  CALL(PltPolygonsFree(&p));
}
END_TEST

/* A cross: what lies on top of each other counts once, and has no outline inside. */
START_TEST(crossing_bars)
{
  const double w = 0.6, h = 0.1;
  PltPolygons  p = {.npoly = 0};
  PltRaster    r;
  double       sum[3];

  AddRectangle(&p, 0.9, 0.5, w, h, 0);
  AddRectangle(&p, 1, 0.5, w, h, PETSC_PI / 2);
  Cover(&p, 1, 1, 0, sum, &r);
  ck_assert(Near(sum[0], (2 * w * h - h * h) / 2, 1e-12) && Near(sum[1], sum[0], 1e-12));
  CALL(PetscFree(r.share));
  CALL(PltPolygonsFree(&p));
}
END_TEST

/* Many bars through one point: few cells are hard, and they are done or told. */
START_TEST(many_edges_in_one_place)
{
  const double window[4] = {0, 0, 2, 1};
  PltPolygons  p         = {.npoly = 0};
  PltRaster    r         = {.n = {20, 10}, .size = {2, 1}};
  PetscBool    ok;

  for (int i = 0; i < 60; i++) AddRectangle(&p, 1.03, 0.52, 0.8, 0.001, PETSC_PI / 60 * i);
  CALL(PltRasterCreate(&r));
  CALL(PltCoverCells(&p, window, 0, &r, &ok));
  ck_assert(ok);
  CALL(PltPolygonsFree(&p));
  for (int i = 0; i < 3000; i++) AddRectangle(&p, 1.03, 0.52, 0.03 + 1e-6 * i, 0.02, 0);
  CALL(PltCoverCells(&p, window, 0, &r, &ok));
  CALL(PltPolygonsFree(&p));
  CALL(PetscFree(r.share));
}
END_TEST

static Suite *CoverSuite(void)
{
  Suite *suite = suite_create("input_cover");
  TCase *tcase = tcase_create("cover");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, rectangles_at_random);
  tcase_add_test(tcase, turned_bars_have_both_directions);
  tcase_add_test(tcase, touching_tiles_are_a_plane);
  tcase_add_test(tcase, crossing_bars);
  tcase_add_test(tcase, many_edges_in_one_place);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(CoverSuite)
