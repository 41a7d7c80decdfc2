/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Where the metal of a layer is: the mean over quads against clipping cell by cell, nothing lost
   over quads that tile the panel, places in arrays and at dies, mistakes. */
#include "panel_sample.h"

enum { NX = 7, NY = 5, CELLS = NX * NY };
static const double um = 1e-6, mm = 1e-3;
static double       cells[3][CELLS];
static unsigned     seed;

/* 0..1, the same on every machine. */
static double Random(void)
{
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) / 16777216.0;
}

/* 14 mm x 9 mm with cells of its own, by slots. */
static PltTracesMap SampleMap(void)
{
  PltTracesMap map = {
      .kind = PLT_MAP_CELLS, .nx = NX, .ny = NY, .width = 14 * mm, .height = 9 * mm};

  seed = 7;
  for (int i = 0; i < CELLS; i++)
    for (int k = 0; k < 3; k++) cells[k][i] = Random() / 3;
  for (int k = 0; k < 3; k++) map.cells[k] = cells[k];
  return map;
}

static PltProject WithMap(const PltTracesMap *map)
{
  PltProject p = MakeProject();

  CALL(PltProjectAddTracesMap(p, "m1", "glass", "mold", map));
  return p;
}

static double Area(int n, double p[][2])
{
  double area = 0;

  for (int i = 0; i < n; i++) area += p[i][0] * p[(i + 1) % n][1] - p[(i + 1) % n][0] * p[i][1];
  return area / 2;
}

/* Cut a convex polygon to sign * (p[axis] - at) <= 0. */
static int Cut(int n, double p[][2], int axis, double at, double sign)
{
  double q[16][2];
  int    m = 0;

  for (int i = 0; i < n; i++) {
    const double *a = p[i], *b = p[(i + 1) % n];
    const double  da = sign * (a[axis] - at), db = sign * (b[axis] - at);

    if (da <= 0) memcpy(q[m++], a, sizeof q[0]);
    if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
      for (int d = 0; d < 2; d++) q[m][d] = a[d] + (b[d] - a[d]) * da / (da - db);
      m++;
    }
  }
  memcpy(p, q, sizeof q);
  return m;
}

/* Part of a quad inside a rectangle, m2. */
static double Common(const double corner[4][2], const double low[2], const double high[2])
{
  double p[16][2];
  int    n = 4;

  memcpy(p, corner, 4 * sizeof p[0]);
  for (int d = 0; d < 2; d++) {
    n = Cut(n, p, d, high[d], 1);
    n = Cut(n, p, d, low[d], -1);
  }
  return Area(n, p);
}

/* The sample by its definition, around (x, y). */
static void ByClipping(const double corner[4][2], double x, double y, double outside, double w[4])
{
  double quad[4][2], area, rest;

  memcpy(quad, corner, sizeof quad);
  area = rest = Area(4, quad);
  for (int k = 0; k < 4; k++) w[k] = 0;
  for (int i = 0; i < CELLS; i++) {
    const double low[2]  = {x + (i % NX - NX / 2.) * 2 * mm, y + (i / NX - NY / 2.) * 1.8 * mm};
    const double high[2] = {low[0] + 2 * mm, low[1] + 1.8 * mm};
    const double part    = Common(corner, low, high);

    for (int k = 0; k < 3; k++) w[k] += part * cells[k][i] / area;
    rest -= part;
  }
  for (int k = 0; k < 2; k++) w[k] += rest * outside / 2 / area;
  w[3] = 1 - w[0] - w[1] - w[2];
}

static void RandomQuad(double size, double corner[4][2])
{
  const double x = (Random() - 0.5) * 24 * mm, y = (Random() - 0.5) * 16 * mm;

  for (int k = 0; k < 4; k++) { /* one corner in each quadrant of a diamond: convex */
    const double turn = PETSC_PI / 2 * (k + Random() * 0.2);

    corner[k][0] = x + size * (0.9 + 0.1 * Random()) * cos(turn);
    corner[k][1] = y + size * (0.9 + 0.1 * Random()) * sin(turn);
  }
}

START_TEST(the_mean_is_that_of_clipped_cells)
{
  PltTracesMap map = SampleMap();
  PltProject   p;
  PltPlaced    placed;

  map.x       = 1.3 * mm;
  map.y       = -0.7 * mm;
  map.outside = 0.3;
  p           = WithMap(&map);
  CALL(PltPlacedCreate(p, &p->map[0], &placed));
  for (int trial = 0; trial < 2000; trial++) {
    double corner[4][2], expected[4], found[4];

    RandomQuad(trial % 2 ? 0.3 * mm : 4 * mm, corner);
    ByClipping(corner, map.x, map.y, map.outside, expected);
    PltPlacedMean(&placed, PLT_FILL, corner, found);
    for (int k = 0; k < 4; k++)
      ck_assert_msg(fabs(found[k] - expected[k]) < 1e-12, "%d: weight %d is %.15g, not %.15g",
                    trial, k, found[k], expected[k]);
  }
  CALL(PltPlacedDestroy(&placed));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* Vertex (i, j) of an uneven grid of n x n quads over the panel. */
static void Vertex(int n, int i, int j, double at[2])
{
  const double u = (double)i / n, v = (double)j / n;

  at[0] = 100 * mm * (u - 0.5 + 0.3 / n * sin(9 * v + 5 * u) * sin(PETSC_PI * u));
  at[1] = 80 * mm * (v - 0.5 + 0.3 / n * cos(8 * u - 3 * v) * sin(PETSC_PI * v));
}

/* Sum of area times weights over such a grid. */
static void SumOverGrid(const PltPlaced *placed, int n, double sum[4])
{
  for (int k = 0; k < 4; k++) sum[k] = 0;
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      double corner[4][2], weight[4], area;

      Vertex(n, i, j, corner[0]);
      Vertex(n, i + 1, j, corner[1]);
      Vertex(n, i + 1, j + 1, corner[2]);
      Vertex(n, i, j + 1, corner[3]);
      PltPlacedMean(placed, PLT_FILL, corner, weight);
      area = Area(4, corner);
      for (int k = 0; k < 4; k++) sum[k] += area * weight[k];
    }
}

/* Copper of `copies` maps, and their surroundings, on the panel. */
static void ExpectIntegral(const PltTracesMap *map, PltProject p, int copies)
{
  const int n[]    = {1, 13, 90};
  double    all[3] = {0};
  PltPlaced placed;

  for (int i = 0; i < CELLS; i++)
    for (int k = 0; k < 3; k++) all[k] += cells[k][i] * 2 * mm * 1.8 * mm * copies;
  for (int k = 0; k < 2; k++)
    all[k] += map->outside / 2 * (8000 - 126 * copies) * mm * mm; /* mm2 of panel and of a map */
  CALL(PltPlacedCreate(p, &p->map[0], &placed));
  ck_assert_int_eq(placed.nplace, copies);
  for (int m = 0; m < 3; m++) {
    double sum[4];

    SumOverGrid(&placed, n[m], sum);
    if (map->repeat == PLT_REPEAT_DIES) { /* turned: only what does not depend on directions */
      ck_assert_msg(Near(sum[0] + sum[1], all[0] + all[1], 1e-12), "%.15g", sum[0] + sum[1]);
      ck_assert(Near(sum[2], all[2], 1e-12));
    } else
      for (int k = 0; k < 3; k++)
        ck_assert_msg(Near(sum[k], all[k], 1e-12), "%d quads, %d: %.15g, not %.15g", n[m], k,
                      sum[k], all[k]);
    ck_assert(Near(sum[0] + sum[1] + sum[2] + sum[3], 8000 * mm * mm, 1e-12));
  }
  CALL(PltPlacedDestroy(&placed));
}

START_TEST(quads_that_tile_the_panel_lose_nothing)
{
  PltTracesMap map = SampleMap();
  PltProject   p;

  map.outside = 0.25;
  map.x       = 3.21 * mm;
  p           = WithMap(&map);
  ExpectIntegral(&map, p, 1);
  CALL(PltProjectDestroy(&p));
  map.repeat   = PLT_REPEAT_ARRAY;
  map.count[0] = 6;
  map.count[1] = 8;
  map.step[0]  = 14 * mm; /* they touch */
  map.step[1]  = 9.5 * mm;
  p            = WithMap(&map);
  ExpectIntegral(&map, p, 48);
  CALL(PltProjectDestroy(&p));
  map.repeat = PLT_REPEAT_DIES;
  map.ply    = "device";
  p          = WithMap(&map);
  for (int i = 0; i < 6; i++)
    CALL(PltProjectAddDie(p, NULL, "device", (i % 3 - 1) * 28 * mm, (i / 3 - 0.5) * 28 * mm, 5 * mm,
                          5 * mm, 0.3 * i));
  ExpectIntegral(&map, p, 6);
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* A small quad at a place of the map of each die: directions turn along. */
START_TEST(maps_turn_with_their_dies)
{
  static const double turn[] = {0, PETSC_PI / 2, PETSC_PI / 6, -PETSC_PI};
  PltTracesMap        map    = SampleMap();
  PltProject          p;
  PltPlaced           placed;

  map.repeat = PLT_REPEAT_DIES;
  p          = WithMap(&map);
  for (int i = 0; i < 4; i++)
    CALL(PltProjectAddDie(p, NULL, "device", (i % 2 - 0.5) * 40 * mm, (i / 2 - 0.5) * 30 * mm,
                          5 * mm, 5 * mm, turn[i]));
  CALL(PltPlacedCreate(p, &p->map[0], &placed));
  for (int i = 0; i < 4; i++) {
    const double  c = cos(turn[i]), s = sin(turn[i]);
    const double *share = p->map[0].raster.share + 3 * (3 * NX + 5); /* cell 5, 3 */
    const double  u = 4 * mm, v = 1.8 * mm;                          /* its middle */
    const double  x = p->die[i].x + c * u - s * v, y = p->die[i].y + s * u + c * v, h = 50 * um;
    const double  corner[4][2] = {{x - h, y - h}, {x + h, y - h}, {x + h, y + h}, {x - h, y + h}};
    double        w[4];

    PltPlacedMean(&placed, PLT_FILL, corner, w);
    ck_assert(Near(w[0], c * c * share[0] + s * s * share[1], 1e-10));
    ck_assert(Near(w[1], s * s * share[0] + c * c * share[1], 1e-10));
    ck_assert(Near(w[2], share[2], 1e-10));
  }
  CALL(PltPlacedDestroy(&placed));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(regions_have_a_fraction_each)
{
  const PltTracesMap map = {.kind = PLT_MAP_REGIONS, .direction = 'y', .fill = 0.2, .dies = 0.6};
  const double       corner[4][2] = {{0, 0}, {1 * mm, 0}, {1 * mm, 1 * mm}, {0, 1 * mm}};
  PltProject         p            = WithMap(&map);
  PltPlaced          placed;
  double             w[4];

  CALL(PltProjectAddPly(p, "m", "m1", NULL, 4 * um, -1));
  CALL(PltProjectAddDieArray(p, "device", 2, 2, 20 * mm, 20 * mm, 10 * mm, 10 * mm));
  AddUsualSteps(p);
  CALL(PltProjectStepAdd(p, "m"));
  CALL(PltProjectCheck(p));
  ck_assert(Near(p->map[0].material->fraction, 0.2 + 0.4 * 400 / 8000, 1e-12));
  ck_assert(p->map[0].material->direction == 'y');
  ck_assert_ptr_eq(PltProjectMapOf(p, p->material[2]), &p->map[0]);
  ck_assert_ptr_null(PltProjectMapOf(p, p->material[0]));
  CALL(PltPlacedCreate(p, &p->map[0], &placed));
  PltPlacedMean(&placed, PLT_FILL, corner, w);
  ck_assert(w[0] == 0 && w[1] == 0.2 && w[2] == 0 && w[3] == 0.8);
  PltPlacedMean(&placed, 3, corner, w);
  ck_assert(w[0] == 0 && w[1] == 0.6 && w[2] == 0 && Near(w[3], 0.4, 1e-15));
  CALL(PltPlacedDestroy(&placed));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* ---- mistakes ---- */

START_TEST(calls_that_cannot_be)
{
  PltProject   p    = MakeProject();
  PltTracesMap good = SampleMap(), map;
  PltPath      path;

  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", NULL), "is NULL");
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mld", &good), "no material 'mld'");
  map = good, map.direction = 'z';
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "not 'z'");
  map = good, map.direction = 'x';
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "in slot 0 and in no other");
  map = good, map.nx = 0;
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "0 x 5 cells");
  map = good, map.outside = NAN;
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "not a finite number");
  map = (PltTracesMap){.kind = PLT_MAP_FILES};
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "a map without a direction");
  map = (PltTracesMap){.kind = PLT_MAP_GDS, .file = {"a.gds"}};
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "the layers");
  map = (PltTracesMap){.kind = PLT_MAP_REGIONS};
  ExpectUsage(PltProjectAddTracesMap(p, "m1", "glass", "mold", &map), "need a direction");
  ck_assert_int_eq(p->nmap, 0);
  CALL(PltProjectAddTracesMap(p, "m1", "glass", "mold", &good));
  ExpectUsage(PltPathCreate(p, "m1", &path), "'m1' is not the same everywhere");
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* The map on a panel of which only it is looked at. */
static void ExpectMapMistake(const PltTracesMap *map, PltSymmetry symmetry, const char *text)
{
  PltProject p = WithMap(map);

  CALL(PltProjectSetSymmetry(p, symmetry));
  CALL(PltProjectAddDieArray(p, "device", 2, 2, 20 * mm, 10 * mm, 5 * mm, 5 * mm));
  AddUsualSteps(p);
  ExpectMistake(p, text);
  ExpectCount(p, 1);
  CALL(PltProjectDestroy(&p));
}

START_TEST(maps_that_cannot_be)
{
  PltTracesMap good = SampleMap(), map = good;

  cells[1][8] = 0.9; /* with the two others above 1; the second row from below */
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "of the cell in row 4, column 2 of its map");
  cells[1][8] = -0.1;
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "of the cell in row 4, column 2 of its map");
  map = good = SampleMap(), map.width = -1 * mm;
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "its map is -1 mm by 9 mm");
  map = good, map.outside = 1.5;
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "'outside' its map is 1.5");
  ExpectMapMistake(&good, PLT_SYMMETRY_HALF_Y, "mirror image across y = 0");
  map = good, map.repeat = PLT_REPEAT_ARRAY, map.count[0] = map.count[1] = 2;
  map.step[0] = 20 * mm, map.step[1] = 8 * mm;
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "9 mm high, so it overlaps the next one");
  map = good, map.repeat = PLT_REPEAT_DIES, map.ply = "cap";
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "there are none in ply 'cap'");
  map.ply = "lid";
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "dies of ply 'lid', which is not in the stack");
  map.ply = NULL, map.height = 11 * mm;
  ExpectMapMistake(&map, PLT_SYMMETRY_NONE, "overlaps that at");
}
END_TEST

static Suite *MapSuite(void)
{
  Suite *suite = suite_create("map");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, the_mean_is_that_of_clipped_cells);
  tcase_add_test(tests, quads_that_tile_the_panel_lose_nothing);
  tcase_add_test(tests, maps_turn_with_their_dies);
  tcase_add_test(tests, regions_have_a_fraction_each);
  tcase_add_test(tests, calls_that_cannot_be);
  tcase_add_test(tests, maps_that_cannot_be);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(MapSuite)
