/* TEST np=1,2,3 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Messages of failures, agreement of ranks, start and end of a session. */
#include <string.h>
#include "check.h"

static PetscErrorCode FailWith(PetscErrorCode code, const char *text)
{
  PetscFunctionBegin;
  SETERRQ(PETSC_COMM_SELF, code, "%s", text);
}

static PetscErrorCode Caller(PetscErrorCode code, const char *text)
{
  PetscFunctionBegin;
  PetscCall(FailWith(code, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CallerOfMany(int depth)
{
  PetscFunctionBegin;
  if (depth == 0) PetscCall(FailWith(PETSC_ERR_PLIB, "deep"));
  PetscCall(CallerOfMany(depth - 1));
  PetscFunctionReturn(PETSC_SUCCESS);
}

START_TEST(a_users_mistake_is_plain_text)
{
  ck_assert_int_eq(Caller(PLT_ERR_USAGE, "no ply 'cap'"), PLT_ERR_USAGE);
  ck_assert_str_eq(PltGetErrorMessage(), "no ply 'cap'");
  ck_assert_int_eq(Caller(PLT_ERR_INTERRUPTED, "stopped\n"), PLT_ERR_INTERRUPTED);
  ck_assert_str_eq(PltGetErrorMessage(), "stopped"); /* the latest one, without its line end */
  PltClearMessage();
  ck_assert_str_eq(PltGetErrorMessage(), "");
}
END_TEST

START_TEST(a_defect_names_its_place)
{
  const char *text;

  ck_assert_int_eq(Caller(PLT_ERR_INTERNAL, "odd"), PLT_ERR_INTERNAL);
  text = PltGetErrorMessage();
  ck_assert_ptr_nonnull(strstr(text, "odd (in FailWith, check_base_error.c:"));
  ck_assert_ptr_nonnull(strstr(text, "\n  called by Caller, check_base_error.c:"));
  ck_assert_int_eq(Caller(PETSC_ERR_MEM, "wanted much"), PETSC_ERR_MEM);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "ut of memory"));
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "wanted much"));
}
END_TEST

START_TEST(tracebacks_stay_short)
{
  int n = 0;

  ck_assert_int_eq(CallerOfMany(100), PETSC_ERR_PLIB);
  for (const char *at = PltGetErrorMessage(); (at = strstr(at, "called by")); at++) n++;
  ck_assert_int_eq(n, 12);
}
END_TEST

START_TEST(a_kept_message_wins_once)
{
  char long_text[5001];

  memset(long_text, 'x', 5000);
  long_text[5000] = '\0';
  PltKeepMessage(long_text);
  ck_assert_int_eq(Caller(PLT_ERR_RECIPE, "short"), PLT_ERR_RECIPE);
  ck_assert_str_eq(PltGetErrorMessage(), long_text);
  PltKeepMessage(PltGetErrorMessage()); /* its own text */
  ck_assert_int_eq(Caller(PLT_ERR_INTERNAL, "short"), PLT_ERR_INTERNAL);
  ck_assert_str_eq(PltGetErrorMessage(), long_text);
  ck_assert_int_eq(Caller(PLT_ERR_RECIPE, "the next"), PLT_ERR_RECIPE);
  ck_assert_str_eq(PltGetErrorMessage(), "the next");
}
END_TEST

START_TEST(ranks_agree_on_success)
{
  CALL(PltAgree(PETSC_COMM_WORLD, 0));
}
END_TEST

/* Only the last rank fails: all get its code and its text, whatever its length. */
START_TEST(ranks_agree_on_one_failure)
{
  const int last = RankCount() - 1;
  char      text[4000];
  int       local = 0, code;

  memset(text, 'a' + last, sizeof(text));
  text[sizeof(text) - 1] = '\0';
  PltClearMessage();
  if (MyRank() == last) {
    PltKeepMessage(text);
    local = Caller(PLT_ERR_MESH, "cut");
  }
  code = PltAgree(PETSC_COMM_WORLD, local);
  ck_assert(Everywhere(code == PLT_ERR_MESH));
  ck_assert(Everywhere(!strcmp(PltGetErrorMessage(), text)));
}
END_TEST

/* The highest code wins, of its ranks the lowest speaks. */
START_TEST(ranks_agree_on_the_highest_code)
{
  char      text[32], expected[32];
  const int local = MyRank() == 0 && RankCount() > 1 ? PLT_ERR_USAGE : PLT_ERR_IO;
  int       code;

  snprintf(text, sizeof(text), "from rank %d", MyRank());
  snprintf(expected, sizeof(expected), "from rank %d", RankCount() > 1);
  (void)Caller(local, text);
  code = PltAgree(PETSC_COMM_WORLD, local);
  ck_assert(Everywhere(code == PLT_ERR_IO));
  ck_assert(Everywhere(!strcmp(PltGetErrorMessage(), expected)));
}
END_TEST

/* A code of PETSc on one rank: its text keeps the place where it arose. */
START_TEST(ranks_agree_on_a_defect)
{
  const int local = MyRank() == 0 ? Caller(PETSC_ERR_ARG_WRONG, "from zero") : 0;
  const int code  = PltAgree(PETSC_COMM_WORLD, local);

  ck_assert(Everywhere(code == PETSC_ERR_ARG_WRONG));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "from zero (in FailWith, ") != NULL));
  ck_assert(Everywhere(!strstr(PltGetErrorMessage(), "raised by")));
}
END_TEST

START_TEST(exit_codes)
{
  const int code[]  = {0,
                       PLT_ERR_INTERNAL,
                       PLT_ERR_USAGE,
                       PLT_ERR_RECIPE,
                       PLT_ERR_MESH,
                       PLT_ERR_CONVERGENCE,
                       PLT_ERR_IO,
                       PLT_ERR_LIMIT,
                       PLT_ERR_INTERRUPTED,
                       PETSC_ERR_MEM,
                       -1,
                       1};
  const int value[] = {0, 1, 2, 3, 4, 5, 6, 7, 130, 1, 1, 1};

  for (int i = 0; i < 12; i++) ck_assert_int_eq(PltExitCode(code[i]), value[i]);
}
END_TEST

START_TEST(version_is_that_of_the_header)
{
  char text[32];

  snprintf(text, sizeof(text), "%d.%d.%d", PLT_VERSION_MAJOR, PLT_VERSION_MINOR, PLT_VERSION_PATCH);
  ck_assert_str_eq(PltGetVersion(), text);
}
END_TEST

/* A session inside a session, with options: they reach PETSc, the rest stays with the program. */
START_TEST(options_follow_two_dashes)
{
  char      program[] = "program", file[] = "-o", dashes[] = "--", name[] = "-plt_check_option";
  char      value[] = "17", *list[] = {program, file, dashes, name, value, NULL}, **argv = list;
  int       argc  = 5;
  PetscInt  found = 0;
  PetscBool set;

  CALL(PltFinalize()); /* PETSc stays up: the main function of this test started it */
  CALL(PltInitialize(&argc, &argv));
  ck_assert_int_eq(argc, 2);
  ck_assert_str_eq(argv[1], "-o");
  ck_assert_ptr_null(argv[2]);
  CALL(PetscOptionsGetInt(NULL, NULL, "-plt_check_option", &found, &set));
  ck_assert(set && found == 17);
  CALL(PetscOptionsHasName(NULL, NULL, "-o", &set));
  ck_assert(!set);
}
END_TEST

START_TEST(sessions_nest)
{
  PetscBool up;

  CALL(PltInitialize(NULL, NULL));
  CALL(PltFinalize());
  CALL(PetscInitialized(&up));
  ck_assert(up);
  ck_assert_int_eq(Caller(PLT_ERR_USAGE, "still kept"), PLT_ERR_USAGE);
  ck_assert_str_eq(PltGetErrorMessage(), "still kept");
}
END_TEST

static Suite *ErrorSuite(void)
{
  Suite *suite = suite_create("errors");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, a_users_mistake_is_plain_text);
  tcase_add_test(tests, a_defect_names_its_place);
  tcase_add_test(tests, tracebacks_stay_short);
  tcase_add_test(tests, a_kept_message_wins_once);
  tcase_add_test(tests, ranks_agree_on_success);
  tcase_add_test(tests, ranks_agree_on_one_failure);
  tcase_add_test(tests, ranks_agree_on_the_highest_code);
  tcase_add_test(tests, ranks_agree_on_a_defect);
  suite_add_tcase(suite, tests);
  return suite;
}

static Suite *SessionSuite(void)
{
  Suite *suite = suite_create("session");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, exit_codes);
  tcase_add_test(tests, version_is_that_of_the_header);
  tcase_add_test(tests, options_follow_two_dashes);
  tcase_add_test(tests, sessions_nest);
  suite_add_tcase(suite, tests);
  return suite;
}

/* Not PLT_TEST_MAIN: PETSc is started here, so that sessions can be ended and begun inside. */
int main(int argc, char **argv)
{
  Suite *(*const make[])(void) = {ErrorSuite, SessionSuite};
  int failed;

  if (PetscInitialize(&argc, &argv, NULL, NULL)) return 2;
  failed = RunSuites(argc, argv, 2, make);
  return PetscFinalize() || failed;
}
