/* TEST np=1,2 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   Strips that roll up, through the process driver: the cantilever of Sze, Liu & Lo (2004) under an
   end moment, here by what its plies expand, until it is a whole circle; and a ply born on a strip
   that is rolled by 90 degrees, which keeps part of that when the strip is let go. */
#include "strip.h"

static PetscErrorCode Ignore(PltProcess process, const PltStep *step, void *context)
{
  (void)process, (void)step, (void)context;
  return PETSC_SUCCESS;
}

/* ---- a whole circle ---- */

enum { ROWS = 20 };

/* At the rows of the table, after every 20th of a turn: on the circle, to 5e-3 of the length and of
   the turn. Chords are shorter than the arc by the square of an element's angle over 24: 1.6e-3 for
   32 a turn. */
static PetscErrorCode CheckCircle(PltProcess process, const PltStep *step, void *context)
{
  const StripRun *run   = context;
  const Strip    *strip = (const Strip *)process->increment_context;
  const double    part = (process->state->T - 273.15) / 100, k = part * strip->curvature;
  double          x, z, angle, turned = k * strip->length;

  (void)step;
  StripTip(strip, run, &x, &z, &angle);
  ck_assert_msg(Everywhere(fabs(x - sin(turned) / k) < 5e-3 * strip->length), "%g: x %g", part, x);
  ck_assert_msg(Everywhere(fabs(z - (1 - cos(turned)) / k) < 5e-3 * strip->length), "%g: z %g",
                part, z);
  turned = remainder(angle - turned, 4 * acos(0));
  ck_assert_msg(Everywhere(fabs(turned) < 5e-3 * k * strip->length), "%g: turned %g from it", part,
                turned);
  ck_assert_msg(Everywhere(process->report.lambda > 0.5), "%g", process->report.lambda);
  return PETSC_SUCCESS;
}

START_TEST(strip_rolls_into_a_circle)
{
  double     T[ROWS + 1], time[ROWS + 1];
  Strip      strip = {.length = 12, .h = 0.1, .E = 1.2, .cells = 32};
  PltProject project;
  StripRun   run;

  strip.curvature = 4 * acos(0) / strip.length;
  project         = StripProject(&strip);
  for (int i = 0; i <= ROWS; i++) T[i] = 273.15 + 100. * i / ROWS, time[i] = i;
  CALL(PltProjectAddStep(project, "roll"));
  CALL(PltProjectStepAdd(project, "lower"));
  CALL(PltProjectStepAdd(project, "upper"));
  CALL(PltProjectStepSetStressFree(project, T[0]));
  CALL(PltProjectStepSetTemperature(project, ROWS + 1, time, T));
  run                            = StripStart(&strip, project);
  run.process->increment_context = &strip;
  CALL(PltProcessStep(run.process, CheckCircle, &run));
  StripEnd(&run);
}
END_TEST

/* ---- a birth on the rolled strip ---- */

static PltProject BirthProject(const Strip *strip)
{
  PltProject project = StripProject(strip);

  StepAdd(project, "roll", (const char *const[]){"lower", "upper", NULL}, 0, 100);
  StepAdd(project, "layer", (const char *const[]){"layer", NULL}, 100, 100);
  StepAdd(project, "off", NULL, 0, 100);
  CALL(PltProjectStepRemove(project, "layer"));
  StepAdd(project, "again", (const char *const[]){"layer", NULL}, 100, 100);
  StepAdd(project, "unroll", NULL, 0, 0);
  return project;
}

/* Largest change of the nodes of the halves since u, which becomes what they are now. mm */
static double Moved(const StripRun *run, double *u)
{
  const PltState s    = run->process->state;
  double         most = 0;

  for (PetscInt i = 0; i < 3 * run->mesh->nvert_own * s->nlevel; i++) {
    if (i / 3 % s->nlevel > 1 || (s->nlevel == 2 && i / 3 % 2 > 0)) continue;
    most = fmax(most, fabs(s->u[i] - u[i]) * 1e3);
    u[i] = s->u[i];
  }
  MPI_Allreduce(MPI_IN_PLACE, &most, 1, MPI_DOUBLE, MPI_MAX, PETSC_COMM_WORLD);
  return most;
}

/* Birth, death and birth again leave the rolled strip where it is, to 1e-10 of its length; then its
   curvature is 0.4679335 of what it was: that of a strip that was curved when it got its layer. */
START_TEST(birth_on_a_rolled_strip)
{
  const Strip strip = {.length    = 100,
                       .h         = 0.1,
                       .E         = 70e3,
                       .layer     = 0.05,
                       .Elayer    = 20e3,
                       .slab      = _i,
                       .cells     = 16,
                       .curvature = acos(0) / 100};
  StripRun    run   = StripStart(&strip, BirthProject(&strip));
  double      x, z, rolled, angle, moved, *u;

  CALL(PetscCalloc1(3 * run.mesh->nvert * run.process->state->nlevel, &u));
  CALL(PltProcessStep(run.process, Ignore, NULL));
  StripTip(&strip, &run, &x, &z, &rolled);
  ck_assert_msg(Everywhere(Near(rolled, acos(0), 1e-3)), "%g", rolled);
  Moved(&run, u);
  for (int i = 0; i < 3; i++) {
    CALL(PltProcessStep(run.process, Ignore, NULL));
    moved = Moved(&run, u);
    ck_assert_msg(Everywhere(moved < 1e-10 * strip.length), "%d: %g mm", i, moved);
  }
  CALL(PltProcessStep(run.process, Ignore, NULL));
  StripTip(&strip, &run, &x, &z, &angle);
  ck_assert_msg(Everywhere(Near(angle / rolled, 0.4679335, 3e-3)), "%g", angle / rolled);
  ck_assert_msg(Everywhere(Near(x, 91.23569, 3e-3)), "%g", x);
  ck_assert_msg(Everywhere(Near(z, 35.12629, 3e-3)), "%g", z);
  CALL(PetscFree(u));
  StripEnd(&run);
}
END_TEST

static Suite *LargeStripSuite(void)
{
  Suite *suite = suite_create("large_strip");
  TCase *tc    = tcase_create("rolled");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, strip_rolls_into_a_circle);
  tcase_add_loop_test(tc, birth_on_a_rolled_strip, 0, 2);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LargeStripSuite)
