/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What goes wrong while results are written: every rank gets PLT_ERR_IO with the name of the file,
   no rank waits for another, and what was there before stays. */
#include <string.h>
#include <sys/stat.h>
#include "stage.h"

static int Create(Stage *s, const char *name, PetscBool fields, PltOutput *output)
{
  char base[128];

  snprintf(base, sizeof base, "%s/%s", s->folder, name);
  return PltOutputCreate(s->mesh, &s->slabs, s->project, base, fields, output);
}

static int Write(Stage *s, PltOutput output, int step)
{
  MadeFrame made = {0};
  int       ierr;

  FrameMake(s->mesh, s->project, step, &made);
  ierr = PltOutputWrite(output, &made.frame, &frame_size);
  FrameFree(&made);
  return ierr;
}

static int Exists(Stage *s, const char *name)
{
  char        path[128];
  struct stat file;

  snprintf(path, sizeof path, "%s/%s", s->folder, name);
  return stat(path, &file) == 0;
}

START_TEST(folder_that_is_not_there)
{
  Stage     s;
  PltOutput output;

  SetUp(&s);
  for (int fields = 0; fields < 2; fields++) {
    output = NULL;
    ck_assert(Everywhere(Create(&s, "nowhere/name", fields, &output) == PLT_ERR_IO));
    ck_assert(Everywhere(strstr(PltGetErrorMessage(), "nowhere/name") != NULL));
    ck_assert(Everywhere(strstr(PltGetErrorMessage(), "No such file") != NULL));
    CALL(PltOutputDestroy(&output));
  }
  TearDown(&s);
}
END_TEST

/* A folder bears the name of the field file: it is told at once, not after the first solve. */
START_TEST(name_that_is_taken_by_a_folder)
{
  Stage     s;
  PltOutput output = NULL;
  char      path[128];

  SetUp(&s);
  snprintf(path, sizeof path, "%s/name.vtkhdf.part", s.folder);
  if (MyRank() == 0) ck_assert_int_eq(mkdir(path, 0777), 0);
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  ck_assert(Everywhere(Create(&s, "name", PETSC_TRUE, &output) == PLT_ERR_IO));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "name.vtkhdf") != NULL));
  CALL(PltOutputDestroy(&output));
  TearDown(&s);
}
END_TEST

static void WriteText(Stage *s, const char *name, const char *text)
{
  char  path[128];
  FILE *file;

  snprintf(path, sizeof path, "%s/%s", s->folder, name);
  file = fopen(path, "w");
  ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static int HoldsText(Stage *s, const char *name, const char *text)
{
  char  path[128], found[128] = "";
  FILE *file;

  snprintf(path, sizeof path, "%s/%s", s->folder, name);
  file = fopen(path, "r");
  if (!file) return 0;
  if (!fgets(found, sizeof found, file)) found[0] = '\0';
  fclose(file);
  return !strcmp(found, text);
}

START_TEST(earlier_result_stays_until_the_first_step)
{
  static const char *const name[] = {"name.vtkhdf", "name.json", "name.dies.csv", "name.log"};
  Stage                    s;
  PltOutput                output;

  SetUp(&s);
  for (int i = 0; MyRank() == 0 && i < 4; i++) WriteText(&s, name[i], "old");
  CALL(Create(&s, "name", PETSC_TRUE, &output));
  CALL(PltOutputLog(output, "a line before the first step"));
  CALL(PltOutputDestroy(&output));
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  for (int i = 0; i < 4; i++) ck_assert(Everywhere(HoldsText(&s, name[i], "old")));
  ck_assert(Everywhere(!Exists(&s, "name.vtkhdf.part")));
  CALL(Create(&s, "name", PETSC_TRUE, &output));
  CALL(Write(&s, output, 0));
  for (int i = 0; i < 4; i++) ck_assert(Everywhere(!HoldsText(&s, name[i], "old")));
  CALL(PltOutputDestroy(&output));
  TearDown(&s);
}
END_TEST

START_TEST(disk_fills_up_after_two_steps)
{
  Stage     s;
  PltOutput output;
  char      path[128], *text = NULL;
  int       ierr;

  SetUp(&s);
  CALL(Create(&s, "name", PETSC_TRUE, &output));
  CALL(Write(&s, output, 0));
  CALL(Write(&s, output, 1));
  LimitFiles(200000); /* the file has 130 kB now */
  ierr = Write(&s, output, 2);
  LimitFiles(RLIM_INFINITY);
  ck_assert(Everywhere(ierr == PLT_ERR_IO));
  ck_assert_msg(Everywhere(strstr(PltGetErrorMessage(), "name.vtkhdf: cannot be written") != NULL),
                "%s", PltGetErrorMessage());
  ck_assert(Everywhere(Write(&s, output, 2) == PLT_ERR_USAGE));
  CALL(PltOutputDestroy(&output));
  snprintf(path, sizeof path, "%s/name.vtkhdf", s.folder);
  CALL(PltResultDescribe(path, &text));
  ck_assert(Everywhere(strstr(text, "steps     2\n") != NULL));
  ck_assert(Everywhere(strstr(text, "die attach") != NULL));
  free(text);
  TearDown(&s);
}
END_TEST

/* Only the picture does not fit: the message names it, and half of it is not left behind. */
START_TEST(disk_fills_up_in_a_picture)
{
  Stage     s;
  PltOutput output;
  int       ierr;

  SetUp(&s);
  CALL(Create(&s, "name", PETSC_FALSE, &output));
  LimitFiles(4096);
  ierr = Write(&s, output, 0);
  LimitFiles(RLIM_INFINITY);
  ck_assert(Everywhere(ierr == PLT_ERR_IO));
  ck_assert(
      Everywhere(strstr(PltGetErrorMessage(), "name.00-carrier.png: cannot be written: ") != NULL));
  ck_assert(
      Everywhere(!Exists(&s, "name.00-carrier.png") && !Exists(&s, "name.00-carrier.png.part")));
  ck_assert(Everywhere(!Exists(&s, "name.json")));
  CALL(PltOutputDestroy(&output));
  TearDown(&s);
}
END_TEST

START_TEST(files_that_are_no_results)
{
  Stage s;
  char  path[128], *text;

  SetUp(&s);
  if (MyRank() == 0) WriteText(&s, "other", "no HDF5");
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  snprintf(path, sizeof path, "%s/other", s.folder);
  ck_assert(Everywhere(PltResultDescribe(path, &text) == PLT_ERR_IO && !text));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "/other: is not an HDF5 file") != NULL));
  ck_assert(Everywhere(PltResultWriteXdmf(path) == PLT_ERR_IO));
  snprintf(path, sizeof path, "%s/missing", s.folder);
  ck_assert(Everywhere(PltResultWriteXdmf(path) == PLT_ERR_IO));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "/missing: cannot be read") != NULL));
  ck_assert(Everywhere(PltResultDescribe(NULL, &text) == PLT_ERR_USAGE));
  TearDown(&s);
}
END_TEST

static Suite *FailureSuite(void)
{
  Suite *suite = suite_create("failures");
  TCase *tcase = tcase_create("failures");

  suite_add_tcase(suite, tcase);
  tcase_add_test(tcase, folder_that_is_not_there);
  tcase_add_test(tcase, name_that_is_taken_by_a_folder);
  tcase_add_test(tcase, earlier_result_stays_until_the_first_step);
  tcase_add_test(tcase, disk_fills_up_after_two_steps);
  tcase_add_test(tcase, disk_fills_up_in_a_picture);
  tcase_add_test(tcase, files_that_are_no_results);
  return suite;
}

PLT_TEST_MAIN(FailureSuite)
