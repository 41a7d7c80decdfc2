/* TEST np=1,3 timeout=180 */
/* SPDX-License-Identifier: BSD-2-Clause
   Births, deaths, holding and releasing against incremental laminate theory: an RDL-first
   sequence on a 20 x 20 mm coupon, free and held flat during molding, every row (closed form:
   layer i carries Q_i [e0 - kappa z - (e0_b - kappa_b z) - alpha_i (T - T_b) + shrinkage] from
   its birth b on). */
#include "coupon.h"

static const Layer       stack[] = {{"glass", 1.1, 73000, 0.23, 3.3e-6},
                                    {"rdl", 0.020, 6000, 0.34, 35e-6},
                                    {"emc", 0.5, 20000, 0.28, 9e-6}};
static const char *const glass[] = {"glass", NULL}, *const rdl[] = {"rdl", NULL},
                         *const emc[] = {"emc", NULL};

/* Curvature 1/mm; strain at z = 0 (lower face of the glass), and stress of the lowest and highest
   point of each layer that is there, MPa. */
typedef struct {
  double kappa, e0, stress[3][2];
} Row;

static const Row free_row[] = {
    {0, 0, {{0, 0}}}, /* glass at 25 */
    {6.247529e-05,
     2.311213e-05,
     {{2.19115, -4.32413}, {58.66263, 58.65127}}}, /* RDL born 230, 25 */
    {2.43806e-05, 0.0004215194, {{0.8550831, -1.687465}, {22.89273, 22.8883}}}, /* heated to 150 */
    {2.43806e-05,
     0.0004215194,
     {{0.8550831, -1.687465}, {22.89273, 22.8883}, {0, 0}}}, /* EMC born */
    {0.0005504688,
     0.0006445955,
     {{22.00386, -35.40218}, {19.65982, 19.55973}, {17.60715, 10.30037}}},
    {0.0009427815, 0.0003962578, {{37.56729, -60.75134}, {53.2518, 53.08039}, {29.7536, 16.99803}}},
    {-0.0007135609, -0.002773592, {{0, 0}, {40.99841, 41.12815}, {-6.767125, 3.482062}}},
    {-0.0002105555, -0.0009191684, {{0, 0}, {13.05402, 13.09231}, {-2.154427, 1.108574}}}};
static const Row held_row[] = {
    {0, 0, {{0, 0}}},
    {6.247529e-05, 2.311213e-05, {{2.19115, -4.32413}, {58.66263, 58.65127}}},
    {0, 0.0004080863, {{-0.418444, -0.418444}, {23.01442, 23.01442}}},
    {0, 0.0004080863, {{-0.418444, -0.418444}, {23.01442, 23.01442}, {0, 0}}},
    {0, 0.0002907383, {{-11.54364, -11.54364}, {21.94762, 21.94762}, {24.51811, 24.51811}}},
    {0, -0.0002114593, {{-20.04744, -20.04744}, {57.15492, 57.15492}, {41.81818, 41.81818}}},
    {0.0009319067,
     0.0003915641,
     {{37.12231, -60.06225}, {53.31788, 53.14844}, {29.57618, 16.63303}}},
    {-0.0007400504, -0.002790083, {{0, 0}, {41.11339, 41.24794}, {-6.786466, 3.492013}}},
    {-0.000237045, -0.0009356598, {{0, 0}, {13.169, 13.2121}, {-2.173768, 1.118524}}}};

static void Hold(PltProject project, int held)
{
  if (held) CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
}

/* The process; the number of its steps is that of the rows. */
static PltProject Sequence(int held, int slab)
{
  PltProject project = CouponCreate(20, 1, 3, stack, slab);

  StepAdd(project, "glass", glass, 25, 25);
  StepAdd(project, "RDL", rdl, 230, 25);
  StepAdd(project, "heat", NULL, 0, 150);
  Hold(project, held);
  StepAdd(project, "mold", emc, 150, 150);
  Hold(project, held);
  StepAdd(project, "cure", NULL, 0, 150);
  CALL(PltProjectStepShrink(project, "emc", 1e-3));
  Hold(project, held);
  StepAdd(project, "cool", NULL, 0, 25);
  Hold(project, held);
  if (held) StepAdd(project, "release", NULL, 0, 25);
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "glass"));
  StepAdd(project, "reheat", NULL, 0, 150);
  return project;
}

/* 2e-3 of the largest value of the kind in the sequence: the coupon is 12 stack thicknesses
   wide. */
static void CheckRow(PltModel model, const Row *row, int index)
{
  const int    gone = row->stress[0][0] == 0 && index > 0;
  const char  *base = gone ? "rdl" : "glass";
  const double z = gone ? 1.1 : 0, e0 = row->e0 - row->kappa * z;
  const double kappa = CurvatureX(model, base, 3), strain = StrainX(model, base, 3);
  double       low[6], high[6];

  ck_assert_msg(Everywhere(fabs(kappa - row->kappa) < 2e-3 * 9.4e-4),
                "row %d: kappa %.7g, exact %.7g", index, kappa, row->kappa);
  ck_assert_msg(Everywhere(fabs(strain - e0) < 2e-3 * 2e-3), "row %d: e0 %.7g, exact %.7g", index,
                strain, e0);
  for (int i = 0; i < 3; i++) {
    if (row->stress[i][0] == 0) continue;
    CALL(PltModelGetStress(model, stack[i].name, 0.2e-3, 0.2e-3, low, high));
    ck_assert_msg(Everywhere(fabs(low[0] - row->stress[i][0] * 1e6) < 2e-3 * 60e6), "row %d %s %g",
                  index, stack[i].name, low[0]);
    ck_assert_msg(Everywhere(fabs(high[1] - row->stress[i][1] * 1e6) < 2e-3 * 60e6), "row %d %s %g",
                  index, stack[i].name, high[1]);
  }
}

static void CheckSequence(int held, int slab, int n, const Row *row)
{
  PltProject project = Sequence(held, slab);
  PltModel   model;
  int        more = 1;

  CALL(PltModelCreate(project, &model));
  for (int i = 0; i < n; i++) {
    ck_assert(Everywhere(more));
    CALL(PltModelStep(model, &more));
    CheckRow(model, &row[i], i);
  }
  ck_assert(Everywhere(!more));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}

START_TEST(free_sequence)
{
  CheckSequence(0, -1, 8, free_row);
}
END_TEST

/* The whole stack in one element, filled ply by ply. */
START_TEST(free_sequence_in_one_slab)
{
  CheckSequence(0, 0, 8, free_row);
}
END_TEST

START_TEST(held_sequence)
{
  CheckSequence(1, -1, 9, held_row);
}
END_TEST

START_TEST(held_sequence_in_one_slab)
{
  CheckSequence(1, 0, 9, held_row);
}
END_TEST

/* birth_invariants: adding a ply at the present temperature changes nothing; removing it again
   at once changes nothing; heating with equal expansion and back returns. */
START_TEST(birth_changes_nothing)
{
  PltProject project = CouponCreate(20, 2, 3, stack, _i ? 0 : -1);
  PltModel   model;
  int        more;
  double     before[3], after[3], removed[3], low[6], high[6], low_after[6], high_after[6];

  StepAdd(project, "RDL", (const char *const[]){"glass", "rdl", NULL}, 230, 25);
  StepAdd(project, "emc", emc, 25, 25);
  StepAdd(project, "off", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "emc"));
  CALL(PltModelCreate(project, &model));
  CALL(PltModelStep(model, &more));
  CALL(PltModelGetDisplacement(model, "rdl", 8e-3, 6e-3, before));
  CALL(PltModelGetStress(model, "rdl", 1e-3, 1e-3, low, high));
  CALL(PltModelStep(model, &more));
  CALL(PltModelGetDisplacement(model, "rdl", 8e-3, 6e-3, after));
  CALL(PltModelGetStress(model, "rdl", 1e-3, 1e-3, low_after, high_after));
  CALL(PltModelStep(model, &more));
  CALL(PltModelGetDisplacement(model, "rdl", 8e-3, 6e-3, removed));
  for (int d = 0; d < 3; d++) { /* 1e-12 of the panel's size, as the reference says */
    ck_assert_msg(Everywhere(fabs(after[d] - before[d]) < 1e-12 * 20e-3), "%g",
                  after[d] - before[d]);
    ck_assert_msg(Everywhere(fabs(removed[d] - before[d]) < 1e-12 * 20e-3), "%g",
                  removed[d] - before[d]);
  }
  ck_assert(Everywhere(Near(low[0], low_after[0], 1e-8) && Near(high[1], high_after[1], 1e-8)));
  CALL(PltModelGetStress(model, "rdl", 1e-3, 1e-3, low_after, high_after));
  ck_assert(Everywhere(Near(low[0], low_after[0], 1e-8) && Near(high[1], high_after[1], 1e-8)));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *BirthSuite(void)
{
  Suite *suite = suite_create("birth");
  TCase *tc    = tcase_create("sequences");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, free_sequence);
  tcase_add_test(tc, free_sequence_in_one_slab);
  tcase_add_test(tc, held_sequence);
  tcase_add_test(tc, held_sequence_in_one_slab);
  tcase_add_loop_test(tc, birth_changes_nothing, 0, 2);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(BirthSuite)
