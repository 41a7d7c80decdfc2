/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   One point of a material on a path: lengths of increments, control by strain and stress, failure.
   The law is a Maxwell fluid in shear integrated by backward Euler, of first order and with limits
   to try the driver with. */
#include "material/point.h"
#include "material_sample.h"

/* ---- the fluid: 2 G (e - v), dv/dt = s / (2 eta) ---- */

static const double G = 1e9, K = 2e9, eta = 1e10; /* eta / G = 10 s */

/* What the fluid refuses, and a temperature at which increments that cross it are to end. */
static double most_dt, hottest, asked, frozen;

static PetscInt NState(PltMaterial material)
{
  (void)material;
  return 6;
}

static PetscErrorCode Stiffness(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  (void)material, (void)T;
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      C[i][j] = (i < 3 && j < 3 ? K - 2 * G / 3 : 0) + (i == j ? (i < 3 ? 2 : 1) * G : 0);
  return 0;
}

static PetscErrorCode Expansion(PltMaterial material, PetscReal T0, PetscReal T1, PetscReal e[6])
{
  (void)material;
  for (int i = 0; i < 6; i++) e[i] = i < 3 ? 1e-5 * (T1 - T0) : 0;
  return 0;
}

static PetscErrorCode Advance(PltMaterial material, PltSpan *span)
{
  const double way = (frozen - span->T[0]) / (span->T[1] - span->T[0]);

  span->largest = span->dt > asked ? asked / span->dt : 1;
  if (way > 0.01 && way < 0.99) span->largest = way;
  return Expansion(material, span->T[0], span->T[1], span->free);
}

static int Update(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                  PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const double soft = 1 / (1 + G * site->span->dt / eta);
  const double tr   = strain[0] + strain[1] + strain[2];

  if (site->span->dt > most_dt || site->span->T[1] > hottest) return 1;
  for (int i = 0; i < 6; i++) {
    const double e = i < 3 ? strain[i] - tr / 3 : strain[i] / 2;
    const double s = 2 * G * soft * (e - start[i]);

    if (end) end[i] = start[i] + site->span->dt * s / (2 * eta);
    stress[i] = s + (i < 3 ? K * tr : 0);
  }
  for (int i = 0; D && i < 6; i++)
    for (int j = 0; j < 6; j++)
      D[i][j] =
          (i < 3 && j < 3 ? K - 2 * G * soft / 3 : 0) + (i == j ? (i < 3 ? 2 : 1) * G * soft : 0);
  return 0;
}

static PetscInt Tell(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD])
{
  (void)site;
  told[0] = (PltTold){"flow", PLT_STRAIN, state[0]};
  return 1;
}

static const PltMaterialOps fluid    = {.type      = "fluid",
                                        .stiffness = Stiffness,
                                        .expansion = Expansion,
                                        .nstate    = NState,
                                        .advance   = Advance,
                                        .update    = Update,
                                        .tell      = Tell};
static struct PltMaterial_  material = {.ops = &fluid, .name = (char *)"fluid"};

/* ---- what came of a path ---- */

enum { POINTS = 20000 };
static PltPoint point[POINTS];
static int      npoint;

static PetscErrorCode Keep(const PltPoint *p, void *context)
{
  (void)context;
  ck_assert_int_lt(npoint, POINTS);
  point[npoint++] = *p;
  return 0;
}

static void Setup(void)
{
  most_dt = hottest = asked = INFINITY;
  frozen                    = 0;
  npoint                    = 0;
}

static double        hold_time[2] = {0, 30}, held[2] = {0.01, 0.01};
static double        cold = 300, ramp_T[2] = {300, 400};
static const PltTest sheared = {.temperature = {1, NULL, &cold},
                                .strain      = {[PLT_12] = {2, hold_time, held}},
                                .least       = 10,
                                .accuracy    = 1e-4};

/* Relaxation of a shear stress of 10 MPa, tau 10 s. */
static double ErrorAtEnd(void)
{
  return fabs(point[npoint - 1].stress[PLT_12] / (G * held[1]) - exp(-3.));
}

static double LongestIncrement(void)
{
  double longest = 0;

  for (int k = 1; k < npoint; k++) longest = fmax(longest, point[k].time - point[k - 1].time);
  return longest;
}

START_TEST(increments_adapt_to_the_accuracy)
{
  PltTest test = sheared;
  double  error[3];
  int     n[3];

  for (int k = 0; k < 3; k++) {
    test.accuracy = pow(10, -3 - k);
    npoint        = 0;
    CALL(PltPointRun(&material, &test, Keep, NULL));
    error[k] = ErrorAtEnd();
    n[k]     = npoint;
  }
  /* a law of first order: a tenth of the local error is 0.32 of the length, and of the error */
  ck_assert_msg(error[0] < 5e-2 && error[2] < 5e-3, "%g %g", error[0], error[2]);
  for (int k = 0; k < 2; k++) {
    ck_assert_msg(error[k + 1] < 0.45 * error[k], "%g %g", error[k], error[k + 1]);
    ck_assert_msg(n[k + 1] < 4 * n[k], "%d %d", n[k], n[k + 1]);
  }
}
END_TEST

START_TEST(a_path_begins_and_ends_where_it_should)
{
  CALL(PltPointRun(&material, &sheared, Keep, NULL));
  ck_assert(point[0].time == 0 && point[0].corner && point[0].stress[PLT_12] == 0);
  ck_assert(point[1].time == 0 && point[1].corner && Near(point[1].stress[PLT_12], 1e7, 1e-12));
  ck_assert(point[2].time > 0 && !point[2].corner);
  ck_assert(point[npoint - 1].time == 30 && point[npoint - 1].corner);
  for (int k = 2; k < npoint; k++) {
    ck_assert(point[k].time > point[k - 1].time);
    ck_assert(Near(point[k].strain[PLT_12], 0.01, 1e-14) && point[k].T == 300);
    ck_assert_int_eq(point[k].ntold, 1);
  }
  /* over decades: from a millionth of the time on, and never more than a fifth of the time past */
  ck_assert(point[2].time < 3e-5);
  for (int k = 3; k < npoint; k++) ck_assert(point[k].time < 1.2 * point[k - 1].time + 3e-5);
}
END_TEST

START_TEST(what_the_law_asks_for_is_kept)
{
  asked = 0.125;
  CALL(PltPointRun(&material, &sheared, Keep, NULL));
  ck_assert_msg(LongestIncrement() <= 0.125, "%g", LongestIncrement());
}
END_TEST

/* A law that wants increments to end at a temperature gets just that, and no swarm before it. */
START_TEST(increments_end_where_the_law_asks)
{
  PltTest test  = sheared;
  int     there = 0;

  for (int k = 0; k < 7; k++) {
    test.temperature    = (PltCurve){2, hold_time, ramp_T};
    test.strain[PLT_12] = (PltCurve){0};
    npoint              = 0;
    frozen              = 303 + 13.7 * k; /* the increments are of 20 K, halved */
    CALL(PltPointRun(&material, &test, Keep, NULL));
    ck_assert_int_lt(npoint, 25);
    for (int i = 0; i < npoint; i++) there += fabs(point[i].T - frozen) < 0.11;
    ck_assert_int_eq(there, k + 1);
  }
}
END_TEST

START_TEST(what_the_law_cannot_do_is_cut)
{
  most_dt = 0.1;
  CALL(PltPointRun(&material, &sheared, Keep, NULL));
  ck_assert_msg(LongestIncrement() <= 0.1, "%g", LongestIncrement());
  ck_assert(LongestIncrement() > 0.02);
}
END_TEST

/* No answer above 350 K: an error that says where, and all points before it. */
START_TEST(no_answer_at_all)
{
  PltTest test = sheared;

  test.temperature = (PltCurve){2, hold_time, ramp_T};
  hottest          = 350;
  ck_assert_int_eq(PltPointRun(&material, &test, Keep, NULL), PLT_ERR_CONVERGENCE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "'fluid' has no answer at 15 s, 76.85 degC"));
  ck_assert(npoint > 5 && point[npoint - 1].T <= 350 && point[npoint - 1].T > 349.9);
}
END_TEST

/* Stress in some components, none in others, a strain in one: all met at every point. */
START_TEST(stresses_are_met)
{
  double  load[2] = {0, 1e6}, pull[2] = {0, 0.02};
  PltTest test = sheared;

  test.temperature    = (PltCurve){2, hold_time, ramp_T};
  test.stress[PLT_11] = (PltCurve){2, hold_time, load};
  test.strain[PLT_22] = (PltCurve){2, hold_time, pull};
  test.strain[PLT_12] = (PltCurve){0};
  CALL(PltPointRun(&material, &test, Keep, NULL));
  for (int k = 0; k < npoint; k++) {
    const double largest = fmax(1, fabs(point[k].stress[PLT_22])), part = point[k].time / 30;

    ck_assert(fabs(point[k].stress[PLT_11] - 1e6 * part) <= 1e-10 * largest + 1e-4);
    ck_assert(fabs(point[k].stress[PLT_33]) <= 1e-10 * largest + 1e-4);
    ck_assert(Near(point[k].strain[PLT_22], 0.02 * part, 1e-14));
    ck_assert(Near(point[k].free[PLT_33], 1e-3 * part, 1e-10));
  }
}
END_TEST

/* Nothing but heat: no stress, and the least number of increments. */
START_TEST(a_free_point_has_no_stress)
{
  PltTest test = sheared;

  test.temperature    = (PltCurve){2, hold_time, ramp_T};
  test.strain[PLT_12] = (PltCurve){0};
  CALL(PltPointRun(&material, &test, Keep, NULL));
  ck_assert_int_eq(npoint, 11);
  for (int k = 0; k < npoint; k++)
    for (int i = 0; i < 6; i++) ck_assert(fabs(point[k].stress[i]) < 1e-5);
  ck_assert(Near(point[npoint - 1].strain[PLT_11], 1e-3, 1e-12));
}
END_TEST

/* Where temperature is constant to rounding, so are strains; increments do not follow that. */
START_TEST(rounding_is_not_followed)
{
  double  zero[2] = {0, 0}, warm[2] = {398.15, 398.15 + 1e-12};
  PltTest test = sheared;

  test.temperature    = (PltCurve){2, hold_time, warm};
  test.strain[PLT_12] = (PltCurve){0};
  test.strain[PLT_11] = test.strain[PLT_22] = (PltCurve){2, hold_time, zero};
  CALL(PltPointRun(&material, &test, Keep, NULL));
  ck_assert_int_lt(npoint, 200); /* short ones at first, as where all is held */
}
END_TEST

START_TEST(time_of_its_own)
{
  PltTest test = sheared;

  test.time = 10; /* within the curves */
  CALL(PltPointRun(&material, &test, Keep, NULL));
  ck_assert(point[npoint - 1].time == 10 && point[npoint - 1].corner);
  npoint    = 0;
  test.time = 1e4; /* beyond them */
  CALL(PltPointRun(&material, &test, Keep, NULL));
  ck_assert(point[npoint - 1].time == 1e4);
  ck_assert(fabs(point[npoint - 1].stress[PLT_12]) < 1e-2);
}
END_TEST

static Suite *PointSuite(void)
{
  Suite *suite = suite_create("point");
  TCase *path  = tcase_create("path");

  tcase_add_checked_fixture(path, Setup, NULL);
  tcase_add_test(path, increments_adapt_to_the_accuracy);
  tcase_add_test(path, a_path_begins_and_ends_where_it_should);
  tcase_add_test(path, what_the_law_asks_for_is_kept);
  tcase_add_test(path, increments_end_where_the_law_asks);
  tcase_add_test(path, what_the_law_cannot_do_is_cut);
  tcase_add_test(path, no_answer_at_all);
  tcase_add_test(path, stresses_are_met);
  tcase_add_test(path, a_free_point_has_no_stress);
  tcase_add_test(path, rounding_is_not_followed);
  tcase_add_test(path, time_of_its_own);
  suite_add_tcase(suite, path);
  return suite;
}

PLT_TEST_MAIN(PointSuite)
