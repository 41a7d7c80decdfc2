/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Recipes in files: the ways they may be written, what is no text, the same project and the same
   message on every rank. */
#include <unistd.h>
#include "input_sample.h"

static const char small[] = "platen: 1\n"
                            "panel: {size: [100 mm, 80 mm], mesh: {size: 5 mm}}\n"
                            "materials: {glass: {E: 70 GPa, nu: 0.2, cte: 3 ppm/K}}\n"
                            "stack: [{ply: a, material: glass, dies: glass, thickness: 1 mm}]\n"
                            "dies: [{file: dies.csv, ply: a}]\n"
                            "process: [{name: all, add: [a]}]\n";

/* A new folder, the same on every rank, with the slash. Collective. */
static void MakeFolder(char folder[64])
{
  int made = 1;

  strcpy(folder, "/tmp/platen-XXXXXX");
  if (MyRank() == 0) made = mkdtemp(folder) != NULL;
  ck_assert(Everywhere(made));
  CALL(MPI_Bcast(folder, 64, MPI_CHAR, 0, PETSC_COMM_WORLD));
  strcat(folder, "/");
}

static void WriteBytes(const char *folder, const char *name, const char *text, size_t size)
{
  char  path[128];
  FILE *file;

  if (MyRank() != 0) return;
  snprintf(path, sizeof path, "%s%s", folder, name);
  file = fopen(path, "wb");
  ck_assert_ptr_nonnull(file);
  ck_assert(fwrite(text, 1, size, file) == size && !fclose(file));
}

static void Remove(const char *folder, const char *name)
{
  char path[128];

  snprintf(path, sizeof path, "%s%s", folder, name);
  if (MyRank() == 0) remove(path);
}

static int ReadFrom(const char *folder, const char *name, PltProject *project)
{
  char path[128];

  snprintf(path, sizeof path, "%s%s", folder, name);
  return PltProjectRead(PETSC_COMM_WORLD, path, project);
}

/* The recipe `text` with dies.csv of `csv`; 0 for csv leaves the file out. Collective. */
static int ReadTogether(const char *text, size_t size, const char *csv, PltProject *project)
{
  char folder[64];
  int  code;

  MakeFolder(folder);
  WriteBytes(folder, "recipe.yaml", text, size);
  if (csv) WriteBytes(folder, "dies.csv", csv, strlen(csv));
  code = ReadFrom(folder, "recipe.yaml", project);
  Remove(folder, "recipe.yaml");
  Remove(folder, "dies.csv");
  Remove(folder, "");
  return code;
}

START_TEST(die_lists_may_be_written_in_several_ways)
{
  const char *const csv[] = {
      "id,x,y,width,height,angle\n,mm,mm,mm,mm,deg\nA,10,-5,8,6,90\nB,-10,0,8,6,0\n",
      "\xef\xbb\xbf# a remark\r\n\r\nid,x,y,width,height,angle\r\n,mm,mm,mm,mm,deg\r\n"
      "A,10,-5,8,6,90\r\nB,-10,0,8,6,0\r\n",
      "height [mm], width [mm] , y[mm],x [cm],angle [rad],\"id\"\n"
      "6,8,-5,1,1.5707963267948966,\"A\"\n\n6,8,0,-1,0,\"B\"",
      "id,x [m],y,width,height,angle\n-,,[um],[um],[mm],deg\nA, 0.010 "
      ",-5e3,8000,6,90\nB,-.01,0,8e3,6,0"};

  for (int k = 0; k < 4; k++) {
    PltProject p    = NULL;
    int        code = ReadTogether(small, strlen(small), csv[k], &p);

    ck_assert_msg(code == 0, "%d: %s", k, PltGetErrorMessage());
    ck_assert(Everywhere(p->ndie == 2 && !strcmp(p->die[0].id, "A")));
    ck_assert(Everywhere(Near(p->die[0].x, 0.01, 1e-15) && Near(p->die[0].y, -0.005, 1e-15)));
    ck_assert(Everywhere(Near(p->die[0].width, 0.008, 1e-15)));
    ck_assert(Everywhere(Near(p->die[0].angle, PETSC_PI / 2, 1e-15) && p->die[1].angle == 0));
    CALL(PltProjectDestroy(&p));
  }
}
END_TEST

START_TEST(line_ends_and_byte_order_marks_do_not_matter)
{
  char       text[2 * sizeof small + 3] = "\xef\xbb\xbf", *to = text + 3;
  PltProject p = NULL;

  for (const char *s = small; *s; s++) {
    if (*s == '\n') *to++ = '\r';
    *to++ = *s;
  }
  *to = 0;
  ck_assert(Everywhere(
      ReadTogether(text, strlen(text), "x [m],y [m],width [mm],height [mm]\n0,0,1,1\n", &p) == 0));
  ck_assert(Everywhere(p->ndie == 1 && !strcmp(p->die[0].id, "1") && p->nply == 1));
  CALL(PltProjectDestroy(&p));
}
END_TEST

static void ExpectFailure(const char *text, size_t size, const char *csv, int code,
                          const char *message)
{
  PltProject p     = NULL;
  const int  found = ReadTogether(text, size, csv, &p);

  ck_assert_msg(Everywhere(found == code), "%d: %s", found, PltGetErrorMessage());
  ck_assert_msg(Everywhere(strstr(PltGetErrorMessage(), message) != NULL), "'%s' is not in '%s'",
                message, PltGetErrorMessage());
  ck_assert(Everywhere(p == NULL));
}

START_TEST(what_is_no_text_is_refused_with_its_place)
{
  char many[3000];

  ExpectFailure("", 0, NULL, PLT_ERR_RECIPE, "recipe.yaml:1:1: error: the recipe is empty");
  ExpectFailure("\n\n# x\n", 6, NULL, PLT_ERR_RECIPE,
                "recipe.yaml:1:1: error: the recipe is empty");
  ExpectFailure("platen: 1\nti\0tle", 16, NULL, PLT_ERR_RECIPE,
                ":2:3: error: this is not text: byte 0x00");
  ExpectFailure("platen: \x1b[0m", 12, NULL, PLT_ERR_RECIPE,
                ":1:9: error: this is not text: byte 0x1b");
  ExpectFailure("a: \xc3\x28", 5, NULL, PLT_ERR_RECIPE, ":1:4: error: this is not text: byte 0xc3");
  ExpectFailure("a: \xed\xa0\x80", 6, NULL, PLT_ERR_RECIPE, "byte 0xed"); /* a surrogate */
  ExpectFailure("\xff\xfep\0l\0", 6, NULL, PLT_ERR_RECIPE, "the file is UTF-16");
  ExpectFailure(small, strlen(small), NULL, PLT_ERR_RECIPE, "dies.csv': No such file");
  ExpectFailure(small, strlen(small), "", PLT_ERR_RECIPE,
                "dies.csv:1:1: error: the die list is empty");
  ExpectFailure(small, strlen(small), "id,x\x01", PLT_ERR_RECIPE,
                "dies.csv:1:5: error: this is not text");
  memset(many, ',', sizeof many - 1);
  many[sizeof many - 1] = 0;
  ExpectFailure(small, strlen(small), many, PLT_ERR_RECIPE, "more than 32 columns");
}
END_TEST

START_TEST(a_recipe_that_is_not_there_is_an_error_of_input)
{
  PltProject p = NULL;

  ck_assert(Everywhere(PltProjectRead(PETSC_COMM_WORLD, "/no/such/recipe", &p) == PLT_ERR_IO));
  ck_assert(Everywhere(
      !strcmp(PltGetErrorMessage(), "cannot read '/no/such/recipe': No such file or directory")));
  ck_assert(Everywhere(PltProjectRead(PETSC_COMM_WORLD, "/tmp", &p) == PLT_ERR_IO));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "it is a folder") != NULL));
  ck_assert(Everywhere(PltProjectRead(PETSC_COMM_WORLD, "/dev/zero", &p) == PLT_ERR_IO));
  ck_assert(Everywhere(PltProjectRead(PETSC_COMM_WORLD, NULL, &p) == PLT_ERR_USAGE));
  ck_assert(Everywhere(p == NULL));
}
END_TEST

/* The text of all ranks is that of rank 0, which shows whatever differs. */
START_TEST(every_rank_has_the_same_project)
{
  PltProject  p = NULL;
  char       *text;
  const char *csv =
      "id,x [mm],y [mm],width [mm],height [mm],angle [deg]\na,0,0,7,3,90\n,20,1,7,3,0\n";
  int n, same;

  ck_assert_msg(ReadTogether(small, strlen(small), csv, &p) == 0, "%s", PltGetErrorMessage());
  CALL(PltInputFormat(p, &text));
  n = (int)strlen(text) + 1;
  CALL(MPI_Bcast(&n, 1, MPI_INT, 0, PETSC_COMM_WORLD));
  same = n == (int)strlen(text) + 1;
  ck_assert(Everywhere(same));
  char *first = malloc((size_t)n);
  memcpy(first, text, (size_t)n);
  CALL(MPI_Bcast(first, n, MPI_CHAR, 0, PETSC_COMM_WORLD));
  ck_assert(Everywhere(!strcmp(first, text)));
  ck_assert(Everywhere(p->file && strstr(p->file, "/recipe.yaml") != NULL));
  ck_assert(Everywhere(p->twins == PETSC_TRUE));
  free(first);
  CALL(PetscFree(text));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(written_files_read_back)
{
  PltProject a = MustParse(full), b = NULL, c = NULL;
  char       folder[64], path[128];

  MakeFolder(folder);
  WriteBytes(folder, "in.yaml", full, strlen(full));
  CALL(ReadFrom(folder, "in.yaml", &b));
  CompareProjects(a, b);
  snprintf(path, sizeof path, "%sout.yaml", folder);
  CALL(PltProjectWrite(b, path));
  CALL(PltProjectRead(PETSC_COMM_WORLD, path, &c));
  CompareProjects(a, c);
  ck_assert(Everywhere(PltProjectWrite(b, "/no/such/folder/x") == PLT_ERR_IO));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "cannot write '/no/such/folder/x'") != NULL));
  Remove(folder, "in.yaml");
  Remove(folder, "out.yaml");
  Remove(folder, "");
  CALL(PltProjectDestroy(&a));
  CALL(PltProjectDestroy(&b));
  CALL(PltProjectDestroy(&c));
}
END_TEST

/* include and file are beside the file that names them, mesh files become absolute. */
START_TEST(names_are_beside_the_recipe)
{
  PltProject p = NULL;
  char       folder[64];
  const char recipe[] = "platen: 1\n"
                        "panel: {size: [1 m, 1 m], mesh: {file: plan.msh}}\n"
                        "materials: {include: [lib.inc], two: {metal: one, in: one, fraction: 1, "
                        "direction: x}}\n"
                        "stack: [{ply: a, material: two, thickness: 1 mm}]\n"
                        "process: [{name: all, add: a}]\n";
  const char lib[]    = "note: units as they come\none: {E: 1 GPa, nu: 0, cte: 0 1/K}\n";

  MakeFolder(folder);
  WriteBytes(folder, "recipe.yaml", recipe, strlen(recipe));
  WriteBytes(folder, "lib.inc", lib, strlen(lib));
  WriteBytes(folder, "plan.msh", "x", 1);
  ck_assert_msg(ReadFrom(folder, "recipe.yaml", &p) == 0, "%s", PltGetErrorMessage());
  ck_assert(Everywhere(p->mesh_method == PLT_MESH_FILE && p->mesh_file[0] == '/'));
  ck_assert(Everywhere(strstr(p->mesh_file, "/plan.msh") != NULL && p->nmaterial == 2));
  Remove(folder, "recipe.yaml");
  Remove(folder, "lib.inc");
  Remove(folder, "plan.msh");
  Remove(folder, "");
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* ---- robustness ---- */

START_TEST(many_mistakes_are_counted_not_listed)
{
  enum { N = 20000, LINE = 12 };
  char      *text  = malloc((N + 2) * (size_t)LINE);
  size_t     at    = (size_t)sprintf(text, "platen: 1\n");
  double     start = MPI_Wtime();
  PltProject p     = NULL;

  for (int i = 0; i < N; i++) at += (size_t)sprintf(text + at, "k%d: 1\n", i);
  ck_assert(Everywhere(ReadTogether(text, at, NULL, &p) == PLT_ERR_RECIPE));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "unknown key 'k0'") != NULL));
  ck_assert(Everywhere(strlen(PltGetErrorMessage()) < 100000));
  /* 0.1 s; linear in the size of the file */
  ck_assert_msg(Everywhere(MPI_Wtime() - start < 10), "%g s", MPI_Wtime() - start);
  free(text);
}
END_TEST

static Suite *InputFilesSuite(void)
{
  Suite *suite = suite_create("input_files");
  TCase *tcase = tcase_create("input_files");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, die_lists_may_be_written_in_several_ways);
  tcase_add_test(tcase, line_ends_and_byte_order_marks_do_not_matter);
  tcase_add_test(tcase, what_is_no_text_is_refused_with_its_place);
  tcase_add_test(tcase, a_recipe_that_is_not_there_is_an_error_of_input);
  tcase_add_test(tcase, every_rank_has_the_same_project);
  tcase_add_test(tcase, written_files_read_back);
  tcase_add_test(tcase, names_are_beside_the_recipe);
  tcase_add_test(tcase, many_mistakes_are_counted_not_listed);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(InputFilesSuite)
