/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Maps of metal in recipes: every form is read and written back, files are found beside the recipe
   and read on one rank for all, pictures of all depths, calls make the same map. */
#include <png.h>
#include <unistd.h>
#include "input/map.h"
#include "input_sample.h"

static const char head[] = "platen: 1\n"
                           "panel: {size: [100 mm, 80 mm], mesh: {size: 5 mm}}\n"
                           "materials:\n"
                           "  cu: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, density: 8900 kg/m3}\n"
                           "  pi: {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K, density: 1400 kg/m3}\n";
static const char tail[] =
    "stack:\n"
    "  - {ply: device, material: pi, dies: cu, thickness: 0.3 mm}\n"
    "  - {ply: m1, material: m1, thickness: 4 um}\n"
    "dies: [{array: [2, 2], pitch: [30 mm, 30 mm], size: [10 mm, 10 mm], ply: device}]\n"
    "process: [{name: all, add: [device, m1], temperature: 25 degC}]\n";

/* A recipe in which m1 has this fraction, and what comes after it. */
static const char *Recipe(const char *fraction)
{
  static char text[4096];

  snprintf(text, sizeof text, "%s  m1: {metal: cu, in: pi, fraction: %s}\n%s", head, fraction,
           tail);
  return text;
}

static void CompareMaps(const PltMap *a, const PltMap *b)
{
  const PltTracesMap *m = &a->given, *n = &b->given;

  ck_assert(m->kind == n->kind && m->direction == n->direction && m->black == n->black);
  ck_assert(m->fill == n->fill && m->dies == n->dies && m->outside == n->outside);
  ck_assert(m->width == n->width && m->height == n->height && m->pitch == n->pitch);
  ck_assert(m->x == n->x && m->y == n->y && m->repeat == n->repeat);
  ck_assert(m->count[0] == n->count[0] && m->count[1] == n->count[1]);
  ck_assert(m->step[0] == n->step[0] && m->step[1] == n->step[1]);
  ck_assert(!memcmp(m->window, n->window, sizeof m->window));
  ck_assert(SameText(m->ply, n->ply) && SameText(m->layers, n->layers));
  ck_assert(SameText(m->cell, n->cell));
  for (int k = 0; k < 3; k++) ck_assert(!m->file[k] == !n->file[k]);
  ck_assert(a->raster.n[0] == b->raster.n[0] && a->raster.n[1] == b->raster.n[1]);
  ck_assert(a->raster.size[0] == b->raster.size[0] && a->raster.size[1] == b->raster.size[1]);
  for (int i = 0; i < 3 * a->raster.n[0] * a->raster.n[1]; i++)
    ck_assert(a->raster.share[i] == b->raster.share[i]);
  ck_assert(Near(a->material->fraction, b->material->fraction, 1e-15));
}

/* In memory: what needs no file. */
START_TEST(maps_in_the_recipe_are_written_back)
{
  static const char *const form[] = {
      "0.4, direction: plane",
      "{fill: 0.2, dies: 0.6}, direction: x",
      "{values: [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], size: [30 mm, 20 mm]}, direction: y",
      "{values: [[0.1, 0.23]], size: [3 mm, 2 mm], at: [1 mm, 2 mm], outside: 0.1}, direction: y",
      "{values: [[0.1], [0.23]], size: [3 mm, 2 mm]}, direction: mixed",
      "{values: {x: [[0.1, 0.2]], plane: [[0, 0.7]]}, size: [5 mm, 5 mm], repeat: dies}",
      "{values: {y: [[0.1], [0.2]]}, size: [5 mm, 5 mm], repeat: {dies: device}, at: [1 mm, 0 mm]}",
      "{values: {x: [[1]]}, size: [5 mm, 5 mm], repeat: {array: [4, 3], pitch: [6 mm, 5 mm]}}"};

  for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
    PltProject a = MustParse(Recipe(form[i])), b;
    char      *text;

    CALL(PltInputFormat(a, &text));
    b = MustParse(text);
    ck_assert_int_eq(a->nmap, i ? 1 : 0);
    ck_assert_int_eq(b->nmap, a->nmap);
    ck_assert(a->material[2]->direction == b->material[2]->direction);
    if (a->nmap) CompareMaps(&a->map[0], &b->map[0]);
    CALL(PetscFree(text));
    CALL(PltProjectDestroy(&a));
    CALL(PltProjectDestroy(&b));
  }
}
END_TEST

START_TEST(cells_lie_as_they_are_seen)
{
  PltProject p = MustParse(
      Recipe("{values: [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], size: [30 mm, 20 mm]}, direction: y"));
  PltPlaced    placed;
  const double corner[4][2] = {{-0.01, 0.005}, {-0.006, 0.005}, {-0.006, 0.009}, {-0.01, 0.009}};
  double       w[4];

  ck_assert(p->map[0].raster.n[0] == 3 && p->map[0].raster.n[1] == 2);
  ck_assert(p->map[0].raster.share[1] == 0.4 && p->map[0].raster.share[3 * 5 + 1] == 0.3);
  CALL(PltPlacedCreate(p, &p->map[0], &placed));
  PltPlacedMean(&placed, PLT_FILL, corner, w);
  ck_assert(Near(w[PLT_ALONG_Y], 0.1, 1e-12) && w[PLT_ALONG_X] == 0 && w[PLT_PLANES] == 0);
  CALL(PltPlacedDestroy(&placed));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* ---- files ---- */

static char folder[64];

/* A new folder, the same on every rank, with the slash. Collective. */
static void MakeFolder(void)
{
  int made = 1;

  strcpy(folder, "/tmp/platen-XXXXXX");
  if (MyRank() == 0) made = mkdtemp(folder) != NULL;
  ck_assert(Everywhere(made));
  CALL(MPI_Bcast(folder, 64, MPI_CHAR, 0, PETSC_COMM_WORLD));
  strcat(folder, "/");
}

static FILE *Create(const char *name, char path[128])
{
  FILE *f;

  snprintf(path, 128, "%s%s", folder, name);
  f = fopen(path, "wb");
  ck_assert_ptr_nonnull(f);
  return f;
}

static void WriteFile(const char *name, const char *text)
{
  char path[128];

  if (MyRank() != 0) return;
  FILE *f = Create(name, path);
  ck_assert(fputs(text, f) >= 0 && !fclose(f));
}

/* 4 x 2 pixels: 0, 1, 2 ... of 15 in four bits, scaled to the depth. */
static void WritePicture(const char *name, int depth, int type)
{
  const int     channels = type == PNG_COLOR_TYPE_GRAY ? 1 : 3;
  png_structp   png      = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop     info     = png_create_info_struct(png);
  char          path[128];
  unsigned char row[32];

  if (MyRank() == 0) {
    FILE *f = Create(name, path);

    png_init_io(png, f);
    png_set_IHDR(png, info, 4, 2, depth, type,
                 depth == 8 ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int pass = 0; pass < png_set_interlace_handling(png); pass++)
      for (int j = 0; j < 2; j++) {
        memset(row, 0, sizeof row);
        for (int i = 0; i < 4; i++) {
          const int v = 4 * j + i;

          if (depth == 4) row[i / 2] |= (unsigned char)(i % 2 ? v : v << 4);
          for (int k = 0; depth >= 8 && k < channels * depth / 8; k++)
            row[i * channels * depth / 8 + k] = (unsigned char)(17 * v);
        }
        png_write_row(png, row);
      }
    png_write_end(png, NULL);
    fclose(f);
  }
  png_destroy_write_struct(&png, &info);
}

static void RemoveFolder(void)
{
  char command[128];

  snprintf(command, sizeof command, "rm -r %s", folder);
  ck_assert(MyRank() != 0 || system(command) == 0);
}

/* Read the recipe of a fraction on all ranks. Collective. */
static int ReadFraction(const char *fraction, PltProject *p)
{
  char path[128];

  WriteFile("recipe.yaml", Recipe(fraction));
  snprintf(path, sizeof path, "%srecipe.yaml", folder);
  return PltProjectRead(PETSC_COMM_WORLD, path, p);
}

static void WriteFiles(void)
{
  WriteFile("x.csv", "# a remark\n0.1, 20 %,0.3,0.05\n\n 0.4,0.25,+1e-1,.5 \n");
  WriteFile("y.csv", "0.1,0.2,0.3,0.05\r\n0,0.25,0,0.5\r\n");
  WritePicture("p.png", 8, PNG_COLOR_TYPE_GRAY);
  WritePicture("deep.PNG", 16, PNG_COLOR_TYPE_GRAY);
  WritePicture("flat.png", 4, PNG_COLOR_TYPE_GRAY);
  WritePicture("red.png", 8, PNG_COLOR_TYPE_RGB);
}

/* Each form, read by all ranks, is the same after it was written; n[] of its raster. */
START_TEST(maps_in_files_are_read_and_written_back)
{
  static const struct {
    const char *form;
    int         nx, ny;
    double      first[3]; /* shares of the lower left cell */
  } all[] = {
      {"{file: x.csv, size: [40 mm, 20 mm]}, direction: x", 4, 2, {0.4, 0, 0}},
      {"{file: x.csv, size: [40 mm, 20 mm], repeat: {array: [2, 3], pitch: [50 mm, 25 mm]}}, "
       "direction: mixed",
       4,
       2,
       {0.2, 0.2, 0}},
      {"{files: {x: x.csv, y: y.csv}, size: [9 mm, 9 mm], repeat: dies}", 4, 2, {0.4, 0, 0}},
      {"{file: p.png, size: [40 mm, 20 mm]}, direction: plane", 4, 2, {0, 0, 4 / 15.}},
      {"{file: deep.PNG, size: [40 mm, 20 mm], metal: black}, direction: y",
       4,
       2,
       {0, 11 / 15., 0}},
      {"{files: {plane: flat.png}, size: [40 mm, 20 mm], metal: white}", 4, 2, {0, 0, 4 / 15.}},
      {"{file: rdl.gds, layer: 5, cell: RDL, pitch: 100 um, window: [[0 mm, 0 mm], [4 mm, 3 mm]],"
       " repeat: dies}",
       40,
       30,
       {0, 0, 0}},
      {"{file: rdl.gds, layer: [5/0, 10], cell: RDL, pitch: 1 mm}, direction: y", 4, 3, {0, 1, 0}},
  };

  MakeFolder();
  WriteFiles();
  if (MyRank() == 0) {
    char command[128];

    snprintf(command, sizeof command, "cp tests/maps/rdl.gds %s", folder);
    ck_assert_int_eq(system(command), 0);
  }
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    PltProject a = NULL, b = NULL;
    char       path[128];

    ck_assert_msg(Everywhere(ReadFraction(all[i].form, &a) == 0), "%s: %s", all[i].form,
                  PltGetErrorMessage());
    ck_assert(Everywhere(a->nmap == 1 && PltMapIsLoaded(&a->map[0])));
    ck_assert(Everywhere(a->map[0].raster.n[0] == all[i].nx && a->map[0].raster.n[1] == all[i].ny));
    for (int k = 0; k < 3; k++)
      ck_assert_msg(Everywhere(fabs(a->map[0].raster.share[k] - all[i].first[k]) < 1e-12), "%s: %g",
                    all[i].form, a->map[0].raster.share[k]);
    ck_assert(Everywhere(a->map[0].material->fraction > 0));
    snprintf(path, sizeof path, "%sagain.yaml", folder);
    CALL(PltProjectWrite(a, path));
    ck_assert_msg(Everywhere(PltProjectRead(PETSC_COMM_WORLD, path, &b) == 0), "%s",
                  PltGetErrorMessage());
    CompareMaps(&a->map[0], &b->map[0]);
    CALL(PltProjectDestroy(&a));
    CALL(PltProjectDestroy(&b));
  }
  RemoveFolder();
}
END_TEST

static void ExpectFailure(const char *fraction, const char *text)
{
  PltProject p = NULL;

  ck_assert(Everywhere(ReadFraction(fraction, &p) == PLT_ERR_RECIPE));
  ck_assert_msg(Everywhere(strstr(PltGetErrorMessage(), text) != NULL), "'%s' is not in '%s'", text,
                PltGetErrorMessage());
  ck_assert(Everywhere(p == NULL));
}

#define FILE_OF(name) "{file: " name ", size: [4 mm, 2 mm]}, direction: x"

START_TEST(what_is_wrong_with_a_file_is_told_with_its_place)
{
  MakeFolder();
  WriteFiles();
  WriteFile("ragged.csv", "0.1,0.2\n0.1,0.2\n0.3\n");
  WriteFile("range.csv", "0.1,0.2\n0.1, 1.2\n");
  WriteFile("part.csv", "0.1,20\n");
  WriteFile("word.csv", "0.1,\n0.2,copper\n0x1,0.2\n");
  WriteFile("empty.csv", "# nothing\n\n");
  WriteFile("none.png", "no picture");
  WriteFile("full.csv", "0.5,0.9,0,0\n0,0,0,0\n");
  ExpectFailure(FILE_OF("ragged.csv"), "ragged.csv:3:1: error: this row has 1 numbers, the first");
  ExpectFailure(FILE_OF("range.csv"), "range.csv:2:6: error: the fraction is 1.2, must be between");
  ExpectFailure(FILE_OF("part.csv"), "part.csv:1:5: error: the fraction is 20");
  ExpectFailure(FILE_OF("word.csv"), "word.csv:1:5: error: the cell is empty");
  ExpectFailure(FILE_OF("word.csv"), "word.csv:2:5: error: 'copper' is no fraction");
  ExpectFailure(FILE_OF("word.csv"), "word.csv:3:1: error: '0x1' is no fraction");
  ExpectFailure(FILE_OF("empty.csv"), "empty.csv:1:1: error: the map is empty");
  ExpectFailure(FILE_OF("none.png"),
                "none.png: error: byte 8: this picture cannot be read: Not a PNG");
  ExpectFailure(FILE_OF("red.png"), "it is in colour; save it as grey");
  ExpectFailure(FILE_OF("x.txt"), "x.txt' is no map: a .csv or a .png file");
  ExpectFailure(FILE_OF("gone.csv"), "gone.csv': No such file");
  ExpectFailure("{files: {x: x.csv, y: full.csv}, size: [4 mm, 2 mm]}",
                "metal covers 1.1 of the cell in row 1, column 2 of its map");
  ExpectFailure("{files: {x: x.csv, y: range.csv}, size: [4 mm, 2 mm]}", "range.csv:2:6");
  WriteFile("small.csv", "0,0\n");
  ExpectFailure("{files: {x: x.csv, y: small.csv}, size: [4 mm, 2 mm]}",
                "small.csv' has 2 x 1 cells, the file before it 4 x 2");
  RemoveFolder();
}
END_TEST

/* A picture cut off at any byte, or with a byte changed. */
START_TEST(pictures_of_any_bytes)
{
  char        path[128], *bytes;
  const char *why;
  size_t      size;
  PltReader   reader = {.found = 0};
  unsigned    seed   = 5;

  MakeFolder();
  WriteFiles();
  CALL(MPI_Barrier(PETSC_COMM_WORLD));
  snprintf(path, sizeof path, "%sdeep.PNG", folder);
  CALL(PltFileRead(path, &bytes, &size, &why));
  ck_assert(bytes != NULL);
  CALL(PltMistakesCreate(&reader.mistakes));
  for (size_t k = 0; k < 3 * size; k++) {
    const char     keep = bytes[k % size];
    const size_t   n    = k < size ? k : size;
    unsigned char *copy;
    PltGrey        grey;

    seed = seed * 1664525u + 1013904223u;
    if (k >= size) bytes[k % size] = (char)(seed >> 9);
    CALL(PetscMalloc1(n + 1, &copy));
    memcpy(copy, bytes, n);
    reader.found = 0;
    CALL(PltGreyFromPng(&reader, "p.png", copy, n, PETSC_FALSE, &grey));
    ck_assert((grey.value == NULL) == (reader.found > 0));
    CALL(PetscFree(grey.value));
    CALL(PetscFree(copy));
    bytes[k % size] = keep;
  }
  CALL(PltMistakesDestroy(&reader.mistakes));
  CALL(PetscFree(bytes));
  CALL(MPI_Barrier(PETSC_COMM_WORLD));
  RemoveFolder();
}
END_TEST

/* By calls: files are read when they are needed, cells are there at once. */
START_TEST(calls_make_the_same_maps)
{
  PltTracesMap map = {.kind = PLT_MAP_FILES, .direction = 'x', .width = 0.04, .height = 0.02};
  PltProject   a = NULL, b = NULL;
  char         path[128];
  double       cells[8];

  MakeFolder();
  WriteFiles();
  ck_assert(Everywhere(ReadFraction("{file: x.csv, size: [40 mm, 20 mm]}, direction: x", &a) == 0));
  CALL(PltProjectCreate(PETSC_COMM_WORLD, &b));
  CALL(PltProjectSetSize(b, 0.1, 0.08));
  CALL(PltProjectAddMaterial(b, "cu", "isotropic"));
  snprintf(path, sizeof path, "%sx.csv", folder);
  map.file[0] = path;
  CALL(PltProjectAddTracesMap(b, "m1", "cu", "cu", &map));
  ck_assert(Everywhere(!PltMapIsLoaded(&b->map[0])));
  CALL(PltInputNeedMaps(b));
  CALL(PltMapAverage(b, &b->map[0]));
  CompareMaps(&a->map[0], &b->map[0]);
  for (int i = 0; i < 8; i++) cells[i] = a->map[0].raster.share[3 * i];
  map = (PltTracesMap){.kind = PLT_MAP_CELLS, .direction = 'x', .nx = 4, .ny = 2, .cells = {cells}};
  CALL(PltProjectAddTracesMap(b, "m2", "cu", "cu", &map));
  for (int i = 0; i < 24; i++) ck_assert(b->map[1].raster.share[i] == a->map[0].raster.share[i]);
  map = (PltTracesMap){.kind = PLT_MAP_FILES, .direction = 'x', .file = {"/no/such.csv"}};
  CALL(PltProjectAddTracesMap(b, "m3", "cu", "cu", &map));
  ck_assert(Everywhere(PltInputNeedMaps(b) == PLT_ERR_RECIPE));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "cannot read '/no/such.csv'") != NULL));
  CALL(PltProjectDestroy(&a));
  CALL(PltProjectDestroy(&b));
  RemoveFolder();
}
END_TEST

static Suite *TracesSuite(void)
{
  Suite *suite = suite_create("input_traces");
  TCase *tcase = tcase_create("traces");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, maps_in_the_recipe_are_written_back);
  tcase_add_test(tcase, cells_lie_as_they_are_seen);
  tcase_add_test(tcase, maps_in_files_are_read_and_written_back);
  tcase_add_test(tcase, what_is_wrong_with_a_file_is_told_with_its_place);
  tcase_add_test(tcase, pictures_of_any_bytes);
  tcase_add_test(tcase, calls_make_the_same_maps);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(TracesSuite)
