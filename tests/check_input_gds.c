/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Drawings: tests/maps/rdl.gds, whose area is known by hand, over the cells of a map; what is wrong
   with a file and where; bytes at random. */
#include "input/map.h"
#include "input_sample.h"

static const double um     = 1e-6;
static const char   file[] = "tests/maps/rdl.gds";

typedef struct {
  PltReader      reader;
  unsigned char *bytes;
  size_t         size;
} Drawing;

static void Open(Drawing *d)
{
  const char *why;
  char       *text;

  CALL(PltProjectCreate(PETSC_COMM_SELF, &d->reader.project));
  CALL(PltMistakesCreate(&d->reader.mistakes));
  d->reader.found = 0;
  CALL(PltFileRead(file, &text, &d->size, &why));
  ck_assert_msg(text != NULL, "%s: %s (run this from the top of the tree)", file, why);
  d->bytes = (unsigned char *)text;
}

static void Close(Drawing *d)
{
  CALL(PltProjectDestroy(&d->reader.project));
  CALL(PltMistakesDestroy(&d->reader.mistakes));
  CALL(PetscFree(d->bytes));
}

/* Cells of a map over the window, in um. */
static void Cover(const PltPolygons *p, double x0, double y0, double x1, double y1, int nx, int ny,
                  PltRaster *r)
{
  const double window[4] = {x0 * um, y0 * um, x1 * um, y1 * um};
  PetscBool    ok;

  *r = (PltRaster){.n = {nx, ny}, .size = {window[2] - window[0], window[3] - window[1]}};
  CALL(PltRasterCreate(r));
  CALL(PltCoverCells(p, window, 0, r, &ok));
  ck_assert(ok);
}

/* Metal of each kind in all cells, um2. */
static void Sum(const PltRaster *r, double sum[3])
{
  const double cell = r->size[0] * r->size[1] / (r->n[0] * r->n[1]) / (um * um);

  for (int k = 0; k < 3; k++) sum[k] = 0;
  for (int i = 0; i < 3 * r->n[0] * r->n[1]; i++) sum[i % 3] += cell * r->share[i];
}

static void ReadLayers(Drawing *d, const char *layers, const char *cell, PltPolygons *p)
{
  CALL(PltGdsRead(&d->reader, file, d->bytes, d->size, layers, cell, p));
  if (d->reader.found > 0) (void)PltMistakesRaise(d->reader.mistakes);
  ck_assert_msg(d->reader.found == 0, "%s", PltGetErrorMessage());
}

/* The table at the end of rdl.py. */
static const double copper = 2 * 10 * 4000 + 1.25 * 10 * 4000 + 1400 * 800 + 23 * (6400 - 4 * 288) +
                             20 * 1220 + 40 * 400 + PETSC_PI * 400 + 40 * 420 +
                             30 * 600 * 1.4142135623730951;

START_TEST(the_area_is_that_by_hand)
{
  static const int n[][2] = {{1, 1}, {4, 3}, {40, 30}, {137, 91}, {400, 300}};
  Drawing          d;
  PltPolygons      p;

  Open(&d);
  ReadLayers(&d, "5", "RDL", &p);
  for (int k = 0; k < 5; k++) {
    PltRaster r;
    double    sum[3];

    Cover(&p, 0, 0, 4000, 3000, n[k][0], n[k][1], &r);
    Sum(&r, sum);
    ck_assert_msg(Near(sum[0] + sum[1] + sum[2], copper, 1e-12), "%d x %d cells: %.12g, not %.12g",
                  n[k][0], n[k][1], sum[0] + sum[1] + sum[2], copper);
    for (int i = 0; i < r.n[0] * r.n[1]; i++)
      ck_assert(r.share[3 * i] + r.share[3 * i + 1] + r.share[3 * i + 2] <= 1 + 1e-12);
    CALL(PetscFree(r.share));
  }
  CALL(PltPolygonsFree(&p));
  Close(&d);
}
END_TEST

/* Share of kind k in every cell of a window. */
static void ExpectAll(const PltPolygons *p, double x0, double y0, double x1, double y1, int k,
                      double share)
{
  PltRaster r;

  Cover(p, x0, y0, x1, y1, 2, 2, &r);
  for (int i = 0; i < 12; i++)
    ck_assert_msg(fabs(r.share[i] - (i % 3 == k ? share : 0)) < 1e-12, "cell %d, kind %d: %g",
                  i / 3, i % 3, r.share[i]);
  CALL(PetscFree(r.share));
}

START_TEST(directions_follow_the_lines)
{
  Drawing     d;
  PltPolygons p;

  Open(&d);
  ReadLayers(&d, "5/0", "RDL", &p);
  ExpectAll(&p, 200, 2600, 800, 2800, 0, 0.5);
  ExpectAll(&p, 1200, 2550, 1400, 2850, 1, 0.5); /* turned by 90 deg */
  ExpectAll(&p, 1500, 2720, 1600, 2880, 1, 0.5); /* mirrored, turned, half the size */
  ExpectAll(&p, 2000, 2000, 3400, 2800, 2, 1);   /* a plane of several pieces */
  ExpectAll(&p, 3500, 100, 3900, 2900, 2, 0);
  CALL(PltPolygonsFree(&p));
  Close(&d);
}
END_TEST

START_TEST(layers_and_cells_are_chosen)
{
  Drawing     d;
  PltPolygons p;
  double      area = 0;

  Open(&d);
  ReadLayers(&d, "6/3, 10", "RDL", &p);
  ck_assert_int_eq(p.npoly, 24);
  CALL(PltPolygonsFree(&p));
  ReadLayers(&d, "5", "LINES", &p);
  ck_assert_int_eq(p.npoly, 10);
  for (int i = 0; i < p.npoly; i++) {
    double(*xy)[2] = p.xy + p.first[i];

    area += PltPolygonArea(PltPolygonSize(&p, i), (const double(*)[2])xy);
  }
  ck_assert(Near(area, 10 * 4000 * um * um, 1e-13));
  CALL(PltPolygonsFree(&p));
  Close(&d);
}
END_TEST

START_TEST(lists_of_layers)
{
  static const char *const bad[] = {"",   "x",    "5,",    "5 6", "-1",
                                    "5/", "5/-2", "99999", "5;6", "5/a"};
  PltLayerNumber           layer[PLT_LAYERS_MAX];
  PetscInt                 n;

  PltGdsLayers(" 5/0 , 6,70/12", &n, layer);
  ck_assert(n == 3 && layer[0].layer == 5 && layer[0].datatype == 0);
  ck_assert(layer[1].layer == 6 && layer[1].datatype == -1 && layer[2].datatype == 12);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    PltGdsLayers(bad[i], &n, layer);
    ck_assert_msg(n == 0, "'%s'", bad[i]);
  }
}
END_TEST

/* ---- mistakes ---- */

/* Reading fails with this text; `d` is as before but for its mistakes. */
static void ExpectFailure(Drawing *d, size_t size, const char *layers, const char *cell,
                          const char *text)
{
  PltPolygons p;

  CALL(PltGdsRead(&d->reader, file, d->bytes, size, layers, cell, &p));
  ck_assert_int_eq(p.npoly, 0);
  ck_assert_int_eq(d->reader.found, 1);
  ck_assert_int_eq(PltMistakesRaise(d->reader.mistakes), PLT_ERR_RECIPE);
  ck_assert_msg(strstr(PltGetErrorMessage(), text) != NULL, "'%s' is not in '%s'", text,
                PltGetErrorMessage());
  CALL(PltMistakesDestroy(&d->reader.mistakes));
  CALL(PltMistakesCreate(&d->reader.mistakes));
  d->reader.found = 0;
}

/* Byte of the n-th record of a type. */
static size_t Find(const Drawing *d, int type, int n)
{
  for (size_t at = 0; at + 4 <= d->size; at += (size_t)(d->bytes[at] << 8 | d->bytes[at + 1]))
    if (d->bytes[at + 2] == type && n-- == 0) return at;
  ck_abort_msg("no record %d", type);
  return 0;
}

/* With a byte of the file changed. */
static void ExpectChange(Drawing *d, size_t at, int value, const char *format)
{
  const unsigned char keep = d->bytes[at];
  char                text[128];

  d->bytes[at] = (unsigned char)value;
  snprintf(text, sizeof text, format, at & ~(size_t)1);
  ExpectFailure(d, d->size, "5", "RDL", text);
  d->bytes[at] = keep;
}

START_TEST(what_is_wrong_is_told_with_its_byte)
{
  Drawing d;
  size_t  at;
  char    text[128];

  Open(&d);
  ExpectFailure(&d, 0, "5", NULL, "rdl.gds: error: byte 0: this is no GDSII file");
  ExpectFailure(&d, 1000, "5", "RDL", "byte 9");
  snprintf(text, sizeof text, "byte %zu: the file ends without its last record", d.size - 4);
  ExpectFailure(&d, d.size - 4, "5", "RDL", text);
  ExpectFailure(&d, d.size, "5", NULL, "several top cells: RDL, SPARE; name one of them, 'cell'");
  ExpectFailure(&d, d.size, "5", "RDX", "there is no cell 'RDX' in the file; its top cells: RDL");
  ExpectFailure(&d, d.size, "7, 5/1", "RDL", "in the file are: 5/0, 6/3, 10/0");
  ExpectChange(&d, 1, 3, "byte 0: no record of a GDSII file: length 3");
  at              = Find(&d, 0x03, 0); /* UNITS */
  d.bytes[at + 2] = 0x1f;
  ExpectFailure(&d, d.size, "5", "RDL", "the file has no UNITS");
  d.bytes[at + 2] = 0x03;
  ExpectChange(&d, at + 12, 0x7f, "a database unit of");
  at = Find(&d, 0x12, 0); /* SNAME of BUS: LINES */
  ExpectChange(&d, at + 4, 'X', "cell 'BUS' refers to 'XINES', which is not in the file");
  memcpy(&d.bytes[at + 4], "BUS\0\0", 5);
  ExpectFailure(&d, d.size, "5", "RDL", "cell 'BUS' refers to itself");
  memcpy(&d.bytes[at + 4], "LINES", 5);
  at = Find(&d, 0x06, 2); /* STRNAME of BUS */
  memcpy(&d.bytes[at + 4], "PAD", 3);
  ExpectFailure(&d, d.size, "5", "RDL", "cell 'PAD' is in the file twice");
  memcpy(&d.bytes[at + 4], "BUS", 3);
  at = Find(&d, 0x21, 0); /* PATHTYPE */
  ExpectChange(&d, at + 5, 3, "a path of type 3: must be 0, 1, 2 or 4");
  at = Find(&d, 0x13, 0); /* COLROW */
  ExpectChange(&d, at + 4, 0x80, "AREF needs SNAME and XY of three points, and COLROW above 0");
  at = Find(&d, 0x1a, 0); /* STRANS */
  ExpectChange(&d, at + 5, 2, "absolute size or angle");
  at = Find(&d, 0x11, 0); /* ENDEL */
  ExpectChange(&d, at + 2, 0x07, "a record ENDSTR inside an element");
  at = Find(&d, 0x0d, 0); /* LAYER */
  ExpectChange(&d, at + 3, 3, "a record LAYER of 2 bytes of kind 3");
  Close(&d);
}
END_TEST

/* An array of arrays of arrays that would fill the machine. */
START_TEST(more_than_the_machine_has_is_refused)
{
  Drawing d;
  size_t  at;

  Open(&d);
  for (int k = 0; k < 3; k++) {
    at              = Find(&d, 0x13, k);
    d.bytes[at + 4] = d.bytes[at + 6] = 0x7f;
  }
  ExpectFailure(&d, d.size, "5", "RDL", "points, at most 5e+07 are supported");
  Close(&d);
}
END_TEST

/* ---- bytes at random ---- */

/* Whatever it is, it is polygons or a mistake, and the polygons cover cells. */
static void ReadAnything(Drawing *d, size_t size)
{
  const double window[4] = {0, 0, 4000 * um, 3000 * um};
  PltPolygons  p;
  PetscBool    ok;

  d->reader.found = 0;
  CALL(PltGdsRead(&d->reader, file, d->bytes, size, "5", "RDL", &p));
  ck_assert((p.npoly > 0) == (d->reader.found == 0));
  if (p.npoly > 0 && p.npoint < 20000) {
    PltRaster r = {.n = {8, 6}, .size = {4000 * um, 3000 * um}};
    double    sum[3];

    CALL(PltRasterCreate(&r));
    CALL(PltCoverCells(&p, window, 0, &r, &ok));
    Sum(&r, sum);
    ck_assert(!ok || (sum[0] + sum[1] + sum[2] >= 0 && sum[0] + sum[1] + sum[2] < 12.0001e6));
    CALL(PetscFree(r.share));
  }
  CALL(PltPolygonsFree(&p));
}

START_TEST(files_that_end_anywhere)
{
  Drawing d;

  Open(&d);
  for (size_t size = 0; size < d.size; size += 1) {
    unsigned char *all = d.bytes;

    CALL(PetscMalloc1(size + 1, &d.bytes)); /* so that reading beyond is seen */
    memcpy(d.bytes, all, size);
    ReadAnything(&d, size);
    CALL(PetscFree(d.bytes));
    d.bytes = all;
  }
  Close(&d);
}
END_TEST

START_TEST(bytes_changed_at_random)
{
  Drawing        d;
  unsigned char *good;
  unsigned       seed = 12345;

  Open(&d);
  CALL(PetscMalloc1(d.size, &good));
  memcpy(good, d.bytes, d.size);
  for (int trial = 0; trial < 4000; trial++) {
    memcpy(d.bytes, good, d.size);
    for (int k = 0; k <= trial % 4; k++) {
      seed = seed * 1664525u + 1013904223u;
      d.bytes[(seed >> 8) % d.size] =
          (unsigned char)(trial % 3 ? seed >> 3 : d.bytes[seed % d.size] ^ 1);
    }
    ReadAnything(&d, d.size);
  }
  CALL(PetscFree(good));
  Close(&d);
}
END_TEST

static Suite *GdsSuite(void)
{
  Suite *suite = suite_create("input_gds");
  TCase *tcase = tcase_create("gds");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, the_area_is_that_by_hand);
  tcase_add_test(tcase, directions_follow_the_lines);
  tcase_add_test(tcase, layers_and_cells_are_chosen);
  tcase_add_test(tcase, lists_of_layers);
  tcase_add_test(tcase, what_is_wrong_is_told_with_its_byte);
  tcase_add_test(tcase, more_than_the_machine_has_is_refused);
  tcase_add_test(tcase, files_that_end_anywhere);
  tcase_add_test(tcase, bytes_changed_at_random);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(GdsSuite)
