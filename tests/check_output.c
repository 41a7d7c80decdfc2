/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The field file, read back by rank 0 with serial HDF5 and compared with the formulas it was made
   from: through the arithmetic a VTKHDF reader does, and through the views of each step.

   With PLT_TEST_WRITE=base in the environment, and PLT_TEST_STEPS=n, this program writes n steps of
   the made-up process to base instead (over and over after the fifth), and prints the number of
   each when it is complete. With PLT_TEST_READ=base it reads them back: at least n. */
#include <hdf5.h>
#include "output/internal.h"
#include "stage.h"

static Stage stage;

/* ---- reading; rank 0 only ---- */

static hid_t OpenFile(const char *name)
{
  char path[128];

  snprintf(path, sizeof path, "%s/%s.vtkhdf", stage.folder, name);
  return H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
}

/* Values of a data set in one run of memory; *n of them. NULL if there is none. */
static void *Read(hid_t file, const char *path, hid_t type, size_t *n)
{
  hid_t    set, space;
  void    *value;
  hssize_t points;

  *n  = 0;
  set = H5Dopen2(file, path, H5P_DEFAULT);
  if (set < 0) return NULL;
  space  = H5Dget_space(set);
  points = H5Sget_simple_extent_npoints(space);
  value  = calloc((size_t)points + 1, H5Tget_size(type));
  if (H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0) free(value), value = NULL;
  else *n = (size_t)points;
  H5Sclose(space);
  H5Dclose(set);
  return value;
}

static long long ReadNumber(hid_t file, const char *array, long long row)
{
  char      path[64];
  size_t    n;
  long long value = -1, *all;

  snprintf(path, sizeof path, "/VTKHDF/%s", array);
  all = Read(file, path, H5T_NATIVE_LLONG, &n);
  if (all && (size_t)row < n) value = all[row];
  free(all);
  return value;
}

/* ---- writing ---- */

/* Steps of the made-up process, the field file alone. */
static void WriteSteps(Stage *s, const char *base, int n, PetscBool stress, PetscBool tell)
{
  PltFields fields;

  CALL(PltFieldsCreate(s->mesh, &s->slabs, s->project, base, &fields));
  for (int step = 0; step < n; step++) {
    MadeFrame made = {0};

    FrameMake(s->mesh, s->project, step % STEPS, &made);
    if (!stress) made.frame.stress = NULL;
    CALL(PltFieldsWrite(fields, &made.frame));
    FrameFree(&made);
    if (tell && MyRank() == 0) printf("step %d\n", step + 1);
  }
  CALL(PltFieldsDestroy(&fields));
  (void)MPI_Barrier(s->mesh->comm);
}

static void WriteFields(Stage *s, const char *name, PetscBool stress)
{
  char base[128];

  snprintf(base, sizeof base, "%s/%s", s->folder, name);
  WriteSteps(s, base, STEPS, stress, PETSC_FALSE);
}

/* ---- what must be there ---- */

/* The cells of a step in their order: natural quads, plies upwards. Calls check for each. */
typedef struct {
  const double  *point; /* [np][3] */
  const int64_t *corner;
  const float   *u, *w, *stress, *mises, *temperature;
  const int32_t *ply, *material;
  size_t         np, nc;
} View;

static int RightPoints(const View *v, int step)
{
  static const double z[FACES] = {0, 1e-3, 1.3e-3, 1.5e-3};
  int                 good     = v->np == 221 * FACES;

  for (size_t p = 0; good && p < v->np; p++) {
    const PetscInt k = (PetscInt)(p % FACES);
    const double  *x = v->point + 3 * p;
    PetscReal      xy[2];

    GridPlace(&frame_grid, (PetscInt)(p / FACES), xy);
    good = x[0] == xy[0] && x[1] == xy[1] && x[2] == z[k];
    /* 1e-6: single precision */
    for (int i = 0; i < 3; i++)
      good = good && fabs(v->u[3 * p + (size_t)i] - FrameU(step, x[0], x[1], k, i)) < 1e-6 * 5e-4;
    good = good && Near(v->w[p], FrameU(step, x[0], x[1], k, 2), 1e-6);
  }
  return good;
}

static int RightStress(const float s[6], float mises, int step, const double c[2], PetscInt ply)
{
  static const int voigt[6] = {PLT_11, PLT_22, PLT_33, PLT_12,
                               PLT_23, PLT_13}; /* XX YY ZZ XY YZ XZ
  */
  double           t[6], square;
  int              good = 1;

  for (int i = 0; i < 6; i++) {
    t[i] = FrameStress(step, c[0], c[1], ply, voigt[i]);
    good = good && Near(s[i], t[i], 1e-6);
  }
  square = (pow(t[0] - t[1], 2) + pow(t[1] - t[2], 2) + pow(t[2] - t[0], 2)) / 2 +
           3 * (t[3] * t[3] + t[4] * t[4] + t[5] * t[5]);
  return good && Near(mises, sqrt(square), 1e-6);
}

static int RightCell(const View *v, size_t c, int step, PetscInt quad, PetscInt ply)
{
  double   middle[2] = {0, 0};
  PetscInt region;
  int      good = v->ply[c] == ply;

  for (int a = 0; a < 8; a++) {
    const int64_t p = (int64_t)GridCorner(&frame_grid, quad, a % 4) * FACES + ply + a / 4;

    good = good && v->corner[8 * c + (size_t)a] == p;
    for (int i = 0; i < 2; i++) middle[i] += v->point[3 * p + i] / 8;
  }
  region = FrameRegion(middle[0], middle[1]);
  good   = good && v->material[c] == (ply == 0 ? 0 : ply == 1 && region ? 1 : 2);
  good   = good && Near(v->temperature[c], frame_T[step], 1e-6);
  if (v->stress) good = good && RightStress(v->stress + 6 * c, v->mises[c], step, middle, ply);
  return good && FrameLives(step, ply, region);
}

static int RightCells(const View *v, int step)
{
  size_t c    = 0;
  int    good = (long long)v->nc == frame_cells[step];

  for (PetscInt q = 0; good && q < 192; q++) {
    const PetscInt first = GridCorner(&frame_grid, q, 0), last = GridCorner(&frame_grid, q, 2);
    PetscReal      low[2], high[2];

    GridPlace(&frame_grid, first, low);
    GridPlace(&frame_grid, last, high);
    for (PetscInt ply = 0; good && ply < PLIES; ply++) {
      const PetscInt region = FrameRegion((low[0] + high[0]) / 2, (low[1] + high[1]) / 2);

      if (FrameLives(step, ply, region)) good = RightCell(v, c++, step, q, ply);
    }
  }
  return good && c == v->nc;
}

static void *ReadView(hid_t file, int step, const char *name, hid_t type, size_t *n)
{
  char path[64];

  snprintf(path, sizeof path, "/steps/%04d/%s", step, name);
  return Read(file, path, type, n);
}

static int RightViews(hid_t file, int step, int stress)
{
  size_t     n[9];
  void      *data[9] = {ReadView(file, step, "points", H5T_NATIVE_DOUBLE, &n[0]),
                        ReadView(file, step, "connectivity", H5T_NATIVE_INT64, &n[1]),
                        ReadView(file, step, "displacement", H5T_NATIVE_FLOAT, &n[2]),
                        ReadView(file, step, "w", H5T_NATIVE_FLOAT, &n[3]),
                        ReadView(file, step, "ply", H5T_NATIVE_INT32, &n[4]),
                        ReadView(file, step, "material", H5T_NATIVE_INT32, &n[5]),
                        ReadView(file, step, "temperature", H5T_NATIVE_FLOAT, &n[6]),
                   stress ? ReadView(file, step, "stress", H5T_NATIVE_FLOAT, &n[7]) : NULL,
                   stress ? ReadView(file, step, "von_mises", H5T_NATIVE_FLOAT, &n[8]) : NULL};
  const View v       = {.point       = data[0],
                        .corner      = data[1],
                        .u           = data[2],
                        .w           = data[3],
                        .ply         = data[4],
                        .material    = data[5],
                        .temperature = data[6],
                        .stress      = data[7],
                        .mises       = data[8],
                        .np          = n[3],
                        .nc          = n[4]};
  int good = n[0] == 3 * v.np && n[2] == n[0] && n[1] == 8 * v.nc && n[5] == v.nc && n[6] == v.nc &&
             (!stress || (n[7] == 6 * v.nc && n[8] == v.nc));

  good = good && RightPoints(&v, step % STEPS) && RightCells(&v, step % STEPS);
  for (int i = 0; i < 9; i++) free(data[i]);
  return good;
}

/* Offsets and counts as vtkHDFReader adds them up: rows of the counts from PartOffsets, of Offsets
   from CellOffsets + PartOffsets. */
static int RightArithmetic(hid_t file, int step)
{
  long long cells = 0, rows = 0, epoch_cells[EPOCHS] = {0};

  for (int s = 0; s < STEPS; s++) epoch_cells[frame_epoch[s]] = frame_cells[s];
  for (int e = 0; e < frame_epoch[step]; e++) cells += epoch_cells[e];
  for (int s = 0; s < step; s++) rows += frame_cells[s];
  return ReadNumber(file, "Steps/PartOffsets", step) == frame_epoch[step] &&
         ReadNumber(file, "Steps/NumberOfParts", step) == 1 &&
         ReadNumber(file, "Steps/PointOffsets", step) == 0 &&
         ReadNumber(file, "Steps/CellOffsets", step) == cells &&
         ReadNumber(file, "Steps/ConnectivityIdOffsets", step) == 8 * cells &&
         ReadNumber(file, "Steps/PointDataOffsets/displacement", step) == step * 884 &&
         ReadNumber(file, "Steps/PointDataOffsets/w", step) == step * 884 &&
         ReadNumber(file, "Steps/CellDataOffsets/ply", step) == cells &&
         ReadNumber(file, "Steps/CellDataOffsets/material", step) == cells &&
         ReadNumber(file, "Steps/CellDataOffsets/temperature", step) == rows &&
         ReadNumber(file, "Steps/CellDataOffsets/stress", step) == rows &&
         ReadNumber(file, "Steps/CellDataOffsets/von_mises", step) == rows &&
         ReadNumber(file, "Steps/FieldDataOffsets/temperature_C", step) == step &&
         ReadNumber(file, "Steps/FieldDataOffsets/time", step) == step &&
         ReadNumber(file, "NumberOfCells", frame_epoch[step]) == frame_cells[step] &&
         ReadNumber(file, "NumberOfPoints", frame_epoch[step]) == 884 &&
         ReadNumber(file, "NumberOfConnectivityIds", frame_epoch[step]) == 8 * frame_cells[step] &&
         ReadNumber(file, "Offsets", cells + frame_epoch[step]) == 0 &&
         ReadNumber(file, "Offsets", cells + frame_epoch[step] + frame_cells[step]) ==
             8 * frame_cells[step];
}

static int RightFile(const char *name, int stress)
{
  const hid_t file = OpenFile(name);
  int         good = file >= 0;

  for (int s = 0; good && s < STEPS; s++) good = RightViews(file, s, stress);
  if (good && stress)
    for (int s = 0; good && s < STEPS; s++) good = RightArithmetic(file, s);
  if (file >= 0) H5Fclose(file);
  return good;
}

START_TEST(every_value_is_read_back)
{
  SetUp(&stage);
  WriteFields(&stage, "name", PETSC_TRUE);
  ck_assert(Everywhere(MyRank() || RightFile("name", 1)));
  TearDown(&stage);
}
END_TEST

static herr_t NoStress(hid_t group, const char *name, const H5O_info_t *info, void *found)
{
  (void)group;
  (void)info;
  if (strstr(name, "stress") || strstr(name, "von_mises")) *(int *)found = 1;
  return 0;
}

START_TEST(stress_can_be_left_out)
{
  int found = 0;

  SetUp(&stage);
  WriteFields(&stage, "name", PETSC_FALSE);
  ck_assert(Everywhere(MyRank() || RightFile("name", 0)));
  if (MyRank() == 0) {
    const hid_t file = OpenFile("name");

    H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, NoStress, &found);
    H5Fclose(file);
  }
  ck_assert(Everywhere(!found));
  TearDown(&stage);
}
END_TEST

START_TEST(any_compression_holds_the_same)
{
  static const char *const level[] = {"0", "9"};

  for (int i = 0; i < 2; i++) {
    CALL(PetscOptionsSetValue(NULL, "-plt_output_compress", level[i]));
    SetUp(&stage);
    WriteFields(&stage, "name", PETSC_TRUE);
    ck_assert(Everywhere(MyRank() || RightFile("name", 1)));
    TearDown(&stage);
  }
  CALL(PetscOptionsClearValue(NULL, "-plt_output_compress"));
}
END_TEST

START_TEST(wrong_compression_is_told)
{
  PltOutput output = NULL;

  SetUp(&stage);
  CALL(PetscOptionsSetValue(NULL, "-plt_output_compress", "10"));
  ck_assert(Everywhere(PltOutputCreate(stage.mesh, &stage.slabs, stage.project, stage.folder,
                                       PETSC_TRUE, &output) == PLT_ERR_USAGE));
  CALL(PetscOptionsClearValue(NULL, "-plt_output_compress"));
  CALL(PltOutputDestroy(&output));
  TearDown(&stage);
}
END_TEST

/* ---- one rank and all ranks write the same ---- */

typedef struct {
  hid_t other;
  int   sets, same;
} Comparison;

static herr_t CompareSet(hid_t file, const char *name, const H5O_info_t *info, void *context)
{
  Comparison *c = context;
  size_t      n[2], size;
  void       *value[2];
  hid_t       set, type;

  if (info->type != H5O_TYPE_DATASET) return 0;
  set      = H5Dopen2(file, name, H5P_DEFAULT);
  type     = H5Dget_type(set);
  size     = H5Tget_size(type);
  value[0] = Read(file, name, type, &n[0]);
  value[1] = Read(c->other, name, type, &n[1]);
  if (!value[0] || !value[1] || n[0] != n[1] || memcmp(value[0], value[1], n[0] * size))
    c->same = 0;
  c->sets++;
  free(value[0]);
  free(value[1]);
  H5Tclose(type);
  H5Dclose(set);
  return 0;
}

START_TEST(file_does_not_depend_on_ranks)
{
  Comparison c = {.same = 1};
  Stage      alone;

  SetUp(&stage);
  WriteFields(&stage, "all", PETSC_TRUE);
  alone         = stage;
  alone.project = FrameProject(PETSC_COMM_SELF);
  GridMesh(PETSC_COMM_SELF, &frame_grid, &alone.mesh);
  if (MyRank() == 0) WriteFields(&alone, "one", PETSC_TRUE);
  GridDestroy(&alone.mesh);
  CALL(PltProjectDestroy(&alone.project));
  if (MyRank() == 0) {
    const hid_t file = OpenFile("all");

    c.other = OpenFile("one");
    H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, CompareSet, &c);
    H5Fclose(c.other);
    H5Fclose(file);
  }
  /* 31 in VTKHDF, 8 views a step (points are the same set as Points), 13 of platen */
  ck_assert(Everywhere(MyRank() || (c.same && c.sets == 31 + 8 * STEPS + 13)));
  TearDown(&stage);
}
END_TEST

/* Device and cap in one slab: two layers of cells, stress averaged by thickness over what lives. */
START_TEST(cells_can_be_slabs)
{
  int good = 1;

  SetUp(&stage);
  stage.slabs                 = FrameSlabs(1);
  stage.project->output_slabs = PETSC_TRUE;
  WriteFields(&stage, "name", PETSC_TRUE);
  if (MyRank() == 0) {
    const hid_t file = OpenFile("name");
    size_t      n, cells;
    float      *stress   = ReadView(file, 4, "stress", H5T_NATIVE_FLOAT, &n);
    int32_t    *material = ReadView(file, 4, "material", H5T_NATIVE_INT32, &cells);
    double      low      = FrameStress(4, -0.0375, -0.0275, 1, 0);
    double      high     = FrameStress(4, -0.0375, -0.0275, 2, 0);

    good = cells == 192 && n == 6 * cells && Near(stress[0], 0.6 * low + 0.4 * high, 1e-6);
    good = good && material[0] == 2 && material[3 * 16 + 4] == 1; /* mould; a die is thicker than
    the cap */
    good = good && ReadNumber(file, "NumberOfPoints", 0) == 3 * 221;
    free(stress);
    free(material);
    H5Fclose(file);
  }
  ck_assert(Everywhere(good));
  TearDown(&stage);
}
END_TEST

static int HasAttribute(hid_t file, const char *path, const char *name, const char *text)
{
  char        found[64] = "";
  const hid_t attribute = H5Aopen_by_name(file, path, name, H5P_DEFAULT, H5P_DEFAULT);
  const hid_t type      = H5Aget_type(attribute);
  const int   fits      = H5Tget_size(type) < sizeof found && H5Aread(attribute, type, found) >= 0;

  H5Tclose(type);
  H5Aclose(attribute);
  return fits && !strcmp(found, text);
}

/* The group /platen: enough to make sense of the fields without the recipe file. */
START_TEST(description_is_in_the_file)
{
  int good = 1;

  SetUp(&stage);
  WriteFields(&stage, "name", PETSC_TRUE);
  if (MyRank() == 0) {
    const hid_t file = OpenFile("name");
    size_t      n;
    double     *x = Read(file, "/platen/dies/x", H5T_NATIVE_DOUBLE, &n);

    good = n == DIE_COUNT && x[0] == die_at[0][0] && x[3] == die_at[3][0];
    free(x);
    x    = Read(file, "/platen/plies/z", H5T_NATIVE_DOUBLE, &n);
    good = good && n == FACES && x[FACES - 1] == 1.5e-3;
    free(x);
    good = good && HasAttribute(file, "/platen", "version", PltGetVersion());
    good = good && HasAttribute(file, "/platen", "title", "made up");
    good = good && HasAttribute(file, "/steps/0002", "name", frame_name[2]);
    good = good && HasAttribute(file, "/VTKHDF", "Type", "UnstructuredGrid");
    H5Fclose(file);
  }
  ck_assert(Everywhere(good));
  TearDown(&stage);
}
END_TEST

/* ---- for scripts ---- */

static int StepsAsked(void)
{
  return getenv("PLT_TEST_STEPS") ? atoi(getenv("PLT_TEST_STEPS")) : STEPS;
}

START_TEST(write_the_process)
{
  SetUp(&stage);
  WriteSteps(&stage, getenv("PLT_TEST_WRITE"), StepsAsked(), PETSC_TRUE, PETSC_TRUE);
  TearDown(&stage);
}
END_TEST

START_TEST(read_the_process)
{
  char      path[160];
  hid_t     file, attribute;
  long long steps = 0;

  snprintf(path, sizeof path, "%s.vtkhdf", getenv("PLT_TEST_READ"));
  file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  ck_assert(file >= 0);
  attribute = H5Aopen_by_name(file, "/VTKHDF/Steps", "NSteps", H5P_DEFAULT, H5P_DEFAULT);
  ck_assert(attribute >= 0 && H5Aread(attribute, H5T_NATIVE_LLONG, &steps) >= 0);
  ck_assert(steps >= StepsAsked());
  for (int s = 0; s < steps; s++) ck_assert_msg(RightViews(file, s, 1), "step %d", s);
  H5Aclose(attribute);
  H5Fclose(file);
}
END_TEST

static Suite *FieldSuite(void)
{
  Suite *suite = suite_create("fields");
  TCase *tcase = tcase_create("fields");

  tcase_set_timeout(tcase, 0);
  suite_add_tcase(suite, tcase);
  if (getenv("PLT_TEST_WRITE")) {
    tcase_add_test(tcase, write_the_process);
    return suite;
  }
  if (getenv("PLT_TEST_READ")) {
    tcase_add_test(tcase, read_the_process);
    return suite;
  }
  tcase_add_test(tcase, every_value_is_read_back);
  tcase_add_test(tcase, stress_can_be_left_out);
  tcase_add_test(tcase, any_compression_holds_the_same);
  tcase_add_test(tcase, wrong_compression_is_told);
  tcase_add_test(tcase, file_does_not_depend_on_ranks);
  tcase_add_test(tcase, cells_can_be_slabs);
  tcase_add_test(tcase, description_is_in_the_file);
  return suite;
}

PLT_TEST_MAIN(FieldSuite)
