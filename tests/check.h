/* SPDX-License-Identifier: BSD-2-Clause
   What every test program starts with: Check (https://libcheck.github.io/check) on one or more MPI
   ranks. The first line of a test program tells tests/run how: TEST np=1,2,3 timeout=60.

   Tests do not fork (an MPI process may not), so a failed assertion jumps out of the test function.
   With several ranks all must fail together, or the others wait for ever in the next collective
   call: assert through Everywhere(), whose answer is the same on every rank. A CALL that fails on
   one of several ranks ends the whole run at once. */
#ifndef PLT_TEST_CHECK_H
#define PLT_TEST_CHECK_H
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/base.h"
/* Leaks are looked for (make asan) between the start and the end of MPI: what its plugins allocate
   there cannot be told from ours once they are unloaded. The rest is in tests/lsan.supp. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable() ((void)0)
#define __lsan_enable() ((void)0)
#define __lsan_do_leak_check() ((void)0)
#endif

/* A call that must succeed. Not collective. */
#define CALL(...)                                                                                  \
  do {                                                                                             \
    int rc_ = (__VA_ARGS__);                                                                       \
    if (rc_) EndRun(rc_);                                                                          \
    ck_assert_int_eq(rc_, 0);                                                                      \
  } while (0)

/* True if the condition holds on every rank. Collective on PETSC_COMM_WORLD. */
static inline int Everywhere(int condition)
{
  int mine = condition != 0, all = 0;
  MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MIN, PETSC_COMM_WORLD);
  return all;
}

/* a and b agree to `relative` of the larger magnitude; never true for a NaN. Not collective. */
static inline int Near(double a, double b, double relative)
{
  return fabs(a - b) <= relative * fmax(fabs(a), fabs(b));
}

static inline int RankCount(void)
{
  int size = 1;
  MPI_Comm_size(PETSC_COMM_WORLD, &size);
  return size;
}

static inline int MyRank(void)
{
  int rank = 0;
  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  return rank;
}

/* One rank of several cannot leave a test alone: say why and end all. One rank: only say why. */
static inline void EndRun(int code)
{
  fprintf(stderr, "rank %d: code %d: %s\n", MyRank(), code, PltGetErrorMessage());
  if (RankCount() > 1) MPI_Abort(MPI_COMM_WORLD, 1);
}

/* Run the suites made by the functions given (each returns a Suite *); 0 if nothing failed. */
static inline int RunSuites(int argc, char **argv, int n, Suite *(*const make[])(void))
{
  SRunner *runner;
  int      failed;

  setvbuf(stdout, NULL, _IOLBF, 0);
  __lsan_disable();
  failed = PltInitialize(&argc, &argv);
  __lsan_enable();
  if (failed) return 2;
  runner = srunner_create(make[0]());
  for (int i = 1; i < n; i++) srunner_add_suite(runner, make[i]());
  srunner_set_fork_status(runner, CK_NOFORK);
  srunner_run_all(runner, MyRank() == 0 ? CK_NORMAL : CK_SILENT);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  __lsan_do_leak_check();
  return PltFinalize() || failed;
}

/* PLT_TEST_MAIN(BaseSuite) or PLT_TEST_MAIN(UnitsSuite, CurveSuite): the main function. */
#define PLT_TEST_MAIN(...)                                                                         \
  int main(int argc, char **argv)                                                                  \
  {                                                                                                \
    Suite *(*const make[])(void) = {__VA_ARGS__};                                                  \
    return RunSuites(argc, argv, (int)(sizeof make / sizeof *make), make);                         \
  }
#endif
