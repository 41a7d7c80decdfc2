/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Every recipe in tests/bad is wrong in the way its first lines say:

     # expect: [FILE:]LINE:COLUMN: TEXT

   one line for each mistake, FILE being the recipe itself unless named and TEXT a part of the
   message. The report must hold these mistakes and no others. */
#include <dirent.h>
#include "check.h"
#include "panel/panel.h"

static const char folder[] = "tests/bad/";

static int IsRecipe(const struct dirent *entry)
{
  const char *dot = strrchr(entry->d_name, '.');

  return dot && !strcmp(dot, ".yaml");
}

/* "12:3: text" or "other.csv:12:3: text" split in what a line of the report begins with, and text.
   */
static const char *Expected(const char *recipe, const char *line, size_t size, char place[])
{
  const size_t number = strspn(line, "0123456789");
  const char  *end    = strstr(line, ": ");

  ck_assert_msg(end != NULL, "%s: malformed: %s", recipe, line);
  if (number > 0 && line[number] == ':')
    snprintf(place, size, "%s%s:%.*s: error: ", folder, recipe, (int)(end - line), line);
  else snprintf(place, size, "%s%.*s: error: ", folder, (int)(end - line), line);
  return end + 2;
}

static int Holds(const char *report, const char *place, const char *text)
{
  for (const char *at = strstr(report, place); at; at = strstr(at + 1, place)) {
    const char *found = strstr(at, text), *end = strchr(at, '\n');

    if (found && end && found < end) return 1;
  }
  return 0;
}

/* The expectations of a recipe are in the report; returns how many. */
static int CompareLines(const char *recipe, const char *report)
{
  char  name[300], line[512], place[1024];
  FILE *file;
  int   n = 0;

  snprintf(name, sizeof name, "%s%s", folder, recipe);
  file = fopen(name, "r");
  ck_assert_ptr_nonnull(file);
  while (fgets(line, sizeof line, file) && !strncmp(line, "# expect: ", 10)) {
    const char *text;

    line[strcspn(line, "\n")] = 0;
    text                      = Expected(recipe, line + 10, sizeof place, place);
    ck_assert_msg(Holds(report, place, text), "%s\n--- expected\n%s\n--- found\n%s", name, line,
                  report);
    n++;
  }
  fclose(file);
  return n;
}

static void Compare(const char *recipe, int code, const char *report)
{
  const char *last = strrchr(report, '\n');
  int         n;

  ck_assert_msg(code == PLT_ERR_RECIPE, "%s: code %d: %s", recipe, code, report);
  n = CompareLines(recipe, report);
  ck_assert_msg(n > 0, "%s has no expectation; the report is\n%s", recipe, report);
  ck_assert_ptr_nonnull(last);
  ck_assert_msg(atoi(last + 1) == n, "%s: %d mistakes are expected, the report is\n%s", recipe, n,
                report);
}

START_TEST(wrong_recipes_get_the_message_they_expect)
{
  struct dirent **entry;
  const int       n = scandir(folder, &entry, IsRecipe, alphasort);

  ck_assert_msg(n >= 60, "%d recipes in %s (run this from the top of the tree)", n, folder);
  for (int i = 0; i < n; i++) {
    PltProject project = NULL;
    char       name[300], *report;
    int        code;

    snprintf(name, sizeof name, "%s%s", folder, entry[i]->d_name);
    code   = PltProjectRead(PETSC_COMM_SELF, name, &project);
    report = strdup(PltGetErrorMessage());
    ck_assert_ptr_null(project);
    Compare(entry[i]->d_name, code, report);
    free(report);
    free(entry[i]);
  }
  free(entry);
}
END_TEST

static Suite *BadSuite(void)
{
  Suite *suite = suite_create("input_bad");
  TCase *tcase = tcase_create("bad");

  tcase_set_timeout(tcase, 60);
  tcase_add_test(tcase, wrong_recipes_get_the_message_they_expect);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(BadSuite)
