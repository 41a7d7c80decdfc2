/* TEST np=1,2,3 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   A field file carried on behind a mark is that of a run that did not stop: every dataset,
   attribute and link, and the sidecar. */
#include "resume.h"
#include "samefile.h"

/* The run that does not stop, to be compared with others of the name "name". */
static void WriteWhole(void)
{
  char command[256];

  WriteFrames("name", WHOLE, 0, 0, NULL);
  snprintf(command, sizeof command, "cd %s && mv name.vtkhdf whole.vtkhdf && mv name.xdmf whole",
           stage.folder);
  if (MyRank() == 0) ck_assert_int_eq(system(command), 0);
  (void)MPI_Barrier(PETSC_COMM_WORLD);
}

static int SameAsWhole(void)
{
  size_t n;
  char  *text = Load("whole", "", &n), path[2][128];
  int    same = text && Unchanged("name", ".xdmf", text, n);

  free(text);
  PathOf("name", ".vtkhdf", path[0]);
  PathOf("whole", ".vtkhdf", path[1]);
  return Everywhere(same && (MyRank() || SameFile(path[0], path[1])));
}

/* Stopped after `at` frames, with up to three frames more in the file; carried on in place, or
   from a file of another name. */
static void CompareRuns(const char *from, int at)
{
  PltFieldsMark mark;
  const int     beyond = PetscMin(at + at % 4, WHOLE);
  char          source[32];

  snprintf(source, sizeof source, "%s.vtkhdf", from);
  WriteFrames(from, beyond, at, 0, &mark);
  ck_assert(Everywhere(mark.nstep == at));
  ResumeToEnd(source, &mark);
  ck_assert_msg(SameAsWhole(), "from %s, stopped after %d of %d", source, at, beyond);
  ck_assert(Everywhere(!Exists("name", ".vtkhdf.part")));
}

START_TEST(carried_on_is_the_same_as_not_stopped)
{
  SetUp(&stage);
  WriteWhole();
  for (int at = 1; at < WHOLE; at++) CompareRuns(at % 2 ? "name" : "part", at);
  TearDown(&stage);
}
END_TEST

/* Slabs without stress, not compressed; compressed more. */
START_TEST(other_cells_and_compression)
{
  static const char *const level[] = {"0", "9"};

  for (int i = 0; i < 2; i++) {
    CALL(PetscOptionsSetValue(NULL, "-plt_output_compress", level[i]));
    SetUp(&stage);
    if (i == 0) {
      stage.slabs                  = FrameSlabs(1);
      stage.project->output_slabs  = PETSC_TRUE;
      stage.project->output_stress = PETSC_FALSE;
    }
    WriteWhole();
    CompareRuns("name", 2);
    CompareRuns("part", 7);
    TearDown(&stage);
  }
  CALL(PetscOptionsClearValue(NULL, "-plt_output_compress"));
}
END_TEST

/* Twice in a row; the second time from the file that was carried on. */
START_TEST(carried_on_again)
{
  PltFieldsMark mark;
  PltFields     fields;

  SetUp(&stage);
  WriteWhole();
  WriteFrames("name", 4, 2, 0, &mark);
  CALL(Resume("name.vtkhdf", &mark, &fields));
  for (int i = 2; i < 7; i++) {
    CALL(WriteFrame(fields, i, 0));
    if (i == 4) CALL(PltFieldsGetMark(fields, &mark));
  }
  CALL(PltFieldsDestroy(&fields));
  ck_assert(Everywhere(mark.nstep == 5));
  ResumeToEnd("name.vtkhdf", &mark);
  ck_assert(SameAsWhole());
  TearDown(&stage);
}
END_TEST

/* A recipe with another title and one more step: the description is that of the new one, and so
   is the file kept as it was written. */
START_TEST(description_is_that_of_the_new_recipe)
{
  PltFieldsMark mark;
  char          path[128];

  SetUp(&stage);
  PathOf("recipe.yaml", "", path);
  CALL(PetscStrallocpy(path, &stage.project->file));
  if (MyRank() == 0) WriteBytes("recipe.yaml", "title: old", 10);
  WriteFrames("part", 3, 3, 0, &mark);
  CALL(PltProjectSetTitle(stage.project, "another title"));
  CALL(PltProjectAddStep(stage.project, "one more"));
  if (MyRank() == 0) WriteBytes("recipe.yaml", "title: another title", 20);
  WriteWhole();
  ResumeToEnd("part.vtkhdf", &mark);
  ck_assert(SameAsWhole());
  TearDown(&stage);
}
END_TEST

/* No step is written after the restart. */
START_TEST(nothing_is_touched_before_a_step_is_complete)
{
  PltFieldsMark mark;
  PltFields     fields;
  size_t        n;
  char         *before;

  SetUp(&stage);
  WriteFrames("name", 5, 3, 0, &mark);
  before = Load("name", ".vtkhdf", &n);
  CALL(Resume("name.vtkhdf", &mark, &fields));
  ck_assert(Everywhere(Exists("name", ".vtkhdf.part")));
  ck_assert(Unchanged("name", ".vtkhdf", before, n));
  CALL(PltFieldsDestroy(&fields));
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  ck_assert(Everywhere(!Exists("name", ".vtkhdf.part")));
  ck_assert(Unchanged("name", ".vtkhdf", before, n));
  free(before);
  TearDown(&stage);
}
END_TEST

/* A run was killed before its first step was complete: what it left is no source, for it would be
   overwritten, and in nobody's way. */
START_TEST(part_that_was_left)
{
  PltFieldsMark mark;
  PltFields     fields;
  size_t        n;
  char         *bytes;

  SetUp(&stage);
  WriteWhole();
  WriteFrames("name", 5, 3, 0, &mark);
  bytes = Load("name", ".vtkhdf", &n);
  if (MyRank() == 0) WriteBytes("name.vtkhdf.part", bytes, n);
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  ck_assert(Everywhere(Resume("name.vtkhdf.part", &mark, &fields) == PLT_ERR_IO));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "would be overwritten") != NULL));
  CALL(PltFieldsDestroy(&fields));
  ck_assert(Unchanged("name", ".vtkhdf.part", bytes, n));
  free(bytes);
  ResumeToEnd("name.vtkhdf", &mark);
  ck_assert(SameAsWhole());
  TearDown(&stage);
}
END_TEST

static Suite *ResumeSuite(void)
{
  Suite *suite = suite_create("resume");
  TCase *tcase = tcase_create("resume");

  suite_add_tcase(suite, tcase);
  tcase_set_timeout(tcase, 0);
  tcase_add_test(tcase, carried_on_is_the_same_as_not_stopped);
  tcase_add_test(tcase, other_cells_and_compression);
  tcase_add_test(tcase, carried_on_again);
  tcase_add_test(tcase, description_is_that_of_the_new_recipe);
  tcase_add_test(tcase, nothing_is_touched_before_a_step_is_complete);
  tcase_add_test(tcase, part_that_was_left);
  return suite;
}

PLT_TEST_MAIN(ResumeSuite)
