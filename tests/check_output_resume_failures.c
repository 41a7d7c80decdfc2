/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   A field file that cannot be carried on: every rank gets PLT_ERR_IO with the name of the file and
   what is wrong, no rank waits for another, and what was there before stays. */
#include "resume.h"

/* Resuming from folder/from must fail, and say so; folder/name.vtkhdf stays as it is. */
static void Refused(const char *from, const PltFieldsMark *mark, const char *why)
{
  PltFields fields;
  size_t    n;
  char     *before = Load("name", ".vtkhdf", &n);

  ck_assert_msg(Everywhere(Resume(from, mark, &fields) == PLT_ERR_IO), "%s: %s", why,
                PltGetErrorMessage());
  ck_assert_msg(Everywhere(strstr(PltGetErrorMessage(), from) != NULL), "%s", PltGetErrorMessage());
  ck_assert_msg(Everywhere(strstr(PltGetErrorMessage(), why) != NULL), "%s", PltGetErrorMessage());
  CALL(PltFieldsDestroy(&fields));
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  ck_assert(Everywhere(!Exists("name", ".vtkhdf.part")));
  ck_assert(Unchanged("name", ".vtkhdf", before, n));
  free(before);
}

START_TEST(files_that_do_not_fit)
{
  PltFieldsMark mark, fewer, other;
  size_t        n;
  char         *bytes;

  SetUp(&stage);
  WriteFrames("name", 5, 3, 0, &mark);
  WriteFrames("fewer", 2, 2, 0, &fewer);
  WriteFrames("warped", 5, 5, 1e-9, &other);
  if (MyRank() == 0) {
    WriteBytes("text", "no HDF5", 7);
    bytes = Load("name", ".vtkhdf", &n);
    WriteBytes("torn", bytes, n / 4); /* the end of a file may be room that was claimed */
    free(bytes);
  }
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  Refused("missing.vtkhdf", &mark, "missing.vtkhdf: cannot be read");
  Refused("text", &mark, "text: is not an HDF5 file");
  Refused("torn", &mark, "torn: truncated file");
  Refused("fewer.vtkhdf", &mark, "fewer.vtkhdf: has 2 steps, 3 had been written");
  Refused("warped.vtkhdf", &mark, "warped.vtkhdf: warpage of step 2 is ");
  other     = mark;
  other.row = mark.row + 1;
  Refused("name.vtkhdf", &other, "CellDataOffsets/temperature of step 2 is ");
  other             = mark;
  other.epoch_cells = 0;
  Refused("name.vtkhdf", &other, "step 2 has 256 cells, 0 had been written");
  other        = mark;
  other.nepoch = 7;
  Refused("name.vtkhdf", &other, "/VTKHDF/NumberOfPoints has 3 rows, 7 had been written");
  TearDown(&stage);
}
END_TEST

START_TEST(panels_that_do_not_fit)
{
  const Grid    finer = {.n = {8, 12}, .low = {-0.04, -0.03}, .high = {0.04, 0.03}};
  PltFieldsMark mark;
  PltFields     fields;
  PltMaterial   glass, silicon;
  PltMesh       mesh;

  SetUp(&stage);
  WriteFrames("name", 5, 3, 0, &mark);
  glass   = stage.project->material[0];
  silicon = stage.project->material[1];
  mesh    = stage.mesh;
  GridMesh(PETSC_COMM_WORLD, &finer, &stage.mesh);
  Refused("name.vtkhdf", &mark, "has 884 points, the panel has 468");
  GridDestroy(&stage.mesh);
  stage.mesh                   = mesh;
  stage.project->output_stress = PETSC_FALSE;
  Refused("name.vtkhdf", &mark, "has stress, the recipe wants none");
  stage.project->output_stress = PETSC_TRUE;
  stage.project->output_slabs  = PETSC_TRUE;
  Refused("name.vtkhdf", &mark, "its cells are plies, the recipe wants slabs");
  stage.project->output_slabs = PETSC_FALSE;
  stage.project->material[0]  = silicon;
  Refused("name.vtkhdf", &mark, "material 0 is 'glass', that of the recipe 'silicon'");
  stage.project->material[0] = glass;
  ck_assert(Everywhere(ResumeWith(WHOLE - 1, "name.vtkhdf", &mark, &fields) == PLT_ERR_IO));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "step 2 has 256 cells, 384 are live") != NULL));
  CALL(PltFieldsDestroy(&fields));
  TearDown(&stage);
}
END_TEST

/* In the middle of the copy; behind it, when it is cut back; in the first step. */
START_TEST(disk_fills_up)
{
  PltFieldsMark mark;
  PltFields     fields;
  size_t        n, size;
  char         *before;
  struct stat   about;
  char          path[128];

  SetUp(&stage);
  WriteFrames("name", 5, 3, 0, &mark);
  before = Load("name", ".vtkhdf", &n);
  for (int i = 0; i < 2; i++) {
    LimitFiles(i ? n + 1000 : n / 2);
    ck_assert(Everywhere(Resume("name.vtkhdf", &mark, &fields) == PLT_ERR_IO));
    LimitFiles(RLIM_INFINITY);
    ck_assert_msg(
        Everywhere(strstr(PltGetErrorMessage(), "name.vtkhdf.part: cannot be written: ") != NULL),
        "%s", PltGetErrorMessage());
    ck_assert(Everywhere(!Exists("name", ".vtkhdf.part")));
    CALL(PltFieldsDestroy(&fields));
  }
  CALL(Resume("name.vtkhdf", &mark, &fields));
  PathOf("name", ".vtkhdf.part", path);
  size = stat(path, &about) ? 0 : (size_t)about.st_size;
  LimitFiles(size + 1000);
  ck_assert(Everywhere(WriteFrame(fields, 3, 0) == PLT_ERR_IO));
  LimitFiles(RLIM_INFINITY);
  CALL(PltFieldsDestroy(&fields));
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  ck_assert(Everywhere(!Exists("name", ".vtkhdf.part")));
  ck_assert(Unchanged("name", ".vtkhdf", before, n));
  free(before);
  TearDown(&stage);
}
END_TEST

static Suite *ResumeFailureSuite(void)
{
  Suite *suite = suite_create("resume failures");
  TCase *tcase = tcase_create("resume failures");

  suite_add_tcase(suite, tcase);
  tcase_set_timeout(tcase, 0);
  tcase_add_test(tcase, files_that_do_not_fit);
  tcase_add_test(tcase, panels_that_do_not_fit);
  tcase_add_test(tcase, disk_fills_up);
  return suite;
}

PLT_TEST_MAIN(ResumeFailureSuite)
