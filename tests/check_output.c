/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The field file, read back by rank 0 with serial HDF5 and compared with the formulas it was made
   from: through the arithmetic a VTKHDF reader does, and through the views of each step.

   With PLT_TEST_WRITE=base in the environment, and PLT_TEST_STEPS=n, this program writes n steps of
   the made-up process to base instead (over and over after the fifth), and prints the number of
   each when it is complete. With PLT_TEST_READ=base it reads them back: at least n. */
#include "output/internal.h"
#include "readback.h"
#include "stage.h"

static Stage stage;

static hid_t OpenFile(const char *name)
{
  char path[128];

  snprintf(path, sizeof path, "%s/%s.vtkhdf", stage.folder, name);
  return H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
}

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

/* Only die 0 in the device ply lives: most ranks have nothing to write, but must take part. */
START_TEST(ranks_without_cells)
{
  MadeFrame made = {0};
  PltFields fields;
  char      base[128];
  int       good = 1;

  SetUp(&stage);
  snprintf(base, sizeof base, "%s/name", stage.folder);
  FrameMake(stage.mesh, stage.project, 0, &made);
  for (PetscInt i = 0; i < stage.mesh->nquad * PLIES; i++)
    made.live[i] = i % PLIES == 1 && stage.mesh->region[i / PLIES] == 1;
  CALL(PltFieldsCreate(stage.mesh, &stage.slabs, stage.project, base, &fields));
  CALL(PltFieldsWrite(fields, &made.frame));
  CALL(PltFieldsDestroy(&fields));
  if (MyRank() == 0) {
    const hid_t file = OpenFile("name");
    size_t      n, cells;
    int64_t    *corner   = ReadView(file, 0, "connectivity", H5T_NATIVE_INT64, &n);
    int32_t    *material = ReadView(file, 0, "material", H5T_NATIVE_INT32, &cells);

    good = cells == 16 && n == 8 * cells && ReadNumber(file, "Offsets", 16) == 8 * 16;
    for (size_t i = 0; good && i < cells; i++) /* quads 18 .. 21 and the same in three more rows */
      good = material[i] == 1 &&
             corner[8 * i] ==
                 GridCorner(&frame_grid, (PetscInt)(18 + i / 4 * 16 + i % 4), 0) * FACES + 1;
    free(corner);
    free(material);
    H5Fclose(file);
  }
  FrameFree(&made);
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
  tcase_add_test(tcase, ranks_without_cells);
  tcase_add_test(tcase, description_is_in_the_file);
  return suite;
}

PLT_TEST_MAIN(FieldSuite)
