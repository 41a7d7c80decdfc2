/* TEST np=1 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   Bifurcation of a bilayer: a bowl turns into a cylinder where the theory of Foeppl and von Karman
   says so, without an imperfection; on a panel longer along y there is nothing to bifurcate, it
   rolls along that side. References: a Ritz solution, Legendre polynomials to the 18th degree. */
#include "bilayer.h"
#include "step/internal.h"

/* ---- where the bowl stops being stable ---- */

enum { POINTS = 4 };
static const struct {
  double nu, k;
} critical[]                       = {{0.20, 18.01059}, {0.25, 16.91186}, {0.30, 15.85376}};
static const double around[POINTS] = {0.9, 0.98, 0.995, 1.005};

typedef struct {
  int    n;
  double k[POINTS], lambda[POINTS];
} Curve;

/* The run itself does not look: it stays on the bowl. */
static int LookForLowest(PltModel model, void *context)
{
  Curve *curve = context;
  Vec    mode;

  CALL(VecDuplicate(model->process->solver->r, &mode));
  CALL(PltSolverLowest(model->process->solver, model->process->state, &curve->lambda[curve->n],
                       mode));
  CALL(VecDestroy(&mode));
  curve->k[curve->n++] = BilayerLoad(model);
  return 0;
}

/* 0.5 %. The eigenvalue goes through zero between the two points nearest to it. */
START_TEST(bowl_loses_stability)
{
  const Bilayer b = {
      .nu = critical[_i].nu, .aspect = 1, .mesh = 6.25, .symmetry = PLT_SYMMETRY_QUARTER};
  Curve      curve = {0};
  PltProject project;
  PltModel   model;
  double     k[POINTS], zero;

  for (int i = 0; i < POINTS; i++) k[i] = around[i] * critical[_i].k;
  project = BilayerProject(PETSC_COMM_WORLD, &b);
  CALL(PltProjectSetStability(project, 0));
  BilayerStep(project, POINTS, k);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetMonitor(model, LookForLowest, &curve));
  CALL(PltModelRun(model));
  ck_assert(Everywhere(curve.n == POINTS && curve.lambda[2] > 0 && curve.lambda[3] < 0));
  zero = (curve.k[2] * curve.lambda[3] - curve.k[3] * curve.lambda[2]) /
         (curve.lambda[3] - curve.lambda[2]);
  ck_assert_msg(Everywhere(Near(zero, critical[_i].k, 5e-3)), "%g, theory %g", zero,
                critical[_i].k);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* ---- the stable shapes ---- */

static const struct {
  double      k;
  BilayerRise w;
} stable[] = {{5, {4.434983, 2.157108, 2.157108}},   {10, {7.515256, 3.500176, 3.500176}},
              {15, {9.869833, 4.410851, 4.410851}},  {16.5, {10.49409, 4.633658, 4.633658}},
              {17, {10.71633, 5.201043, 4.22999}},   {18, {11.34943, 6.717778, 3.254306}},
              {20, {12.61952, 8.529804, 2.522908}},  {30, {19.05089, 15.25704, 1.208801}},
              {50, {32.05603, 27.27589, 0.2545214}}, {75, {48.01847, 42.17335, -0.1998977}}};
enum { ROWS = sizeof stable / sizeof *stable };

typedef struct {
  const Bilayer *b;
  int            row, switches;
} Table;

/* Corner 0.5 %. Edges 0.05: what the mesh leaves of the small one. At k^ = 17 they change as the
   root of the distance from the bifurcation, 0.088, of which 0.5 % of the critical load is all:
   there 0.1 is what 0.1 % of it does. */
static int CheckRow(PltModel model, void *context)
{
  Table                *table = context;
  const int             i     = table->row++;
  const BilayerRise     r = BilayerRises(model, table->b), *w = &stable[i].w;
  const double          k = BilayerLoad(model), edge = stable[i].k == 17 ? 0.1 : 0.05;
  const PltSolveReport *report = &model->process->report;

  ck_assert(Everywhere(Near(k, stable[i].k, 1e-9)));
  ck_assert_msg(Everywhere(Near(r.corner, w->corner, 5e-3)), "%g: corner %g", k, r.corner);
  ck_assert_msg(Everywhere(fabs(r.edge_x - w->edge_x) < edge), "%g: x %g", k, r.edge_x);
  ck_assert_msg(Everywhere(fabs(r.edge_y - w->edge_y) < edge), "%g: y %g", k, r.edge_y);
  ck_assert_msg(Everywhere(report->lambda > 0), "%g: %g", k, report->lambda);
  table->switches += (int)report->switches;
  return 0;
}

START_TEST(bowl_becomes_a_cylinder)
{
  const Bilayer b       = {.nu = 0.25, .aspect = 1, .mesh = 6.25, .symmetry = PLT_SYMMETRY_QUARTER};
  Table         table   = {.b = &b};
  PltProject    project = BilayerProject(PETSC_COMM_WORLD, &b);
  PltModel      model;
  double        k[ROWS];

  for (int i = 0; i < ROWS; i++) k[i] = stable[i].k;
  BilayerStep(project, ROWS, k);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetMonitor(model, CheckRow, &table));
  CALL(PltModelRun(model));
  ck_assert(Everywhere(table.row == ROWS && table.switches == 1));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* ---- 515 mm along y for 510 along x ---- */

static int CheckNatural(PltModel model, void *context)
{
  const Bilayer        *b      = context;
  const BilayerRise     r      = BilayerRises(model, b);
  const PltSolveReport *report = &model->process->report;

  ck_assert_msg(Everywhere(report->lambda > 0 && report->switches == 0), "%g: %g",
                BilayerLoad(model), report->lambda);
  ck_assert_msg(Everywhere(r.edge_y > r.edge_x), "%g: %g along x, %g along y", BilayerLoad(model),
                r.edge_x, r.edge_y);
  return 0;
}

/* The eigenvalue comes down to some hundredths and goes up again, past what would be critical. */
START_TEST(longer_panel_rolls_along_its_longer_side)
{
  const double  k[] = {5, 10, 13, 15, 16, 17, 18, 19, 20, 22, 25, 30};
  const Bilayer b   = {
        .nu = 0.25, .aspect = 515. / 510, .mesh = 6.25, .symmetry = PLT_SYMMETRY_QUARTER};
  PltProject  project = BilayerProject(PETSC_COMM_WORLD, &b);
  BilayerRise r;
  PltModel    model;

  BilayerStep(project, sizeof k / sizeof *k, k);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetMonitor(model, CheckNatural, (void *)&b));
  CALL(PltModelRun(model));
  r = BilayerRises(model, &b);
  ck_assert_msg(Everywhere(r.edge_y > 10 * fabs(r.edge_x)), "%g along x, %g along y", r.edge_x,
                r.edge_y);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* ---- how far an increment goes ---- */
/* The last two equilibria. */
typedef struct {
  int    n;
  double k[2], lambda[2];
} Trend;

static int FollowTrend(PltModel model, const PltIncrement *i, void *context)
{
  Trend       *t = context;
  const double k = i->temperature - 273.15, fall = t->lambda[0] - t->lambda[1];

  (void)model;
  /* the first one to a frame goes half the way, whatever was before */
  if (i->number == 2 && t->k[1] < t->k[0]) {
    const double zero = t->k[1] + t->lambda[1] * (t->k[1] - t->k[0]) / fall;

    ck_assert_msg(Everywhere(fall > 0 && k > zero), "%g, lambda would be zero at %g", k, zero);
    t->n++;
  }
  t->k[0]      = t->k[1];
  t->lambda[0] = t->lambda[1];
  t->k[1]      = k;
  t->lambda[1] = i->lambda_min;
  return 0;
}

/* An increment does not go to where lambda would be zero by the last two equilibria, the first of
   which may be that of the frame before. Unrolled from 20, half way to 15, lambda has fallen so
   much that the other half is too long: it would end on a bowl, past where the cylinder does. */
START_TEST(increments_end_before_lambda_is_zero)
{
  const double  k[]     = {20, 15};
  const Bilayer b       = {.nu = 0.25, .aspect = 1, .mesh = 12.5, .symmetry = PLT_SYMMETRY_QUARTER};
  PltProject    project = BilayerProject(PETSC_COMM_WORLD, &b);
  Trend         trend   = {.n = 0};
  PltModel      model;

  BilayerStep(project, 2, k);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetIncrementMonitor(model, FollowTrend, &trend));
  CALL(PltModelRun(model));
  ck_assert(Everywhere(trend.n == 1));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *LargeBifurcationSuite(void)
{
  Suite *suite = suite_create("large_bifurcation");
  TCase *tc    = tcase_create("bilayer");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, bowl_loses_stability, 0, 3);
  tcase_add_test(tc, bowl_becomes_a_cylinder);
  tcase_add_test(tc, longer_panel_rolls_along_its_longer_side);
  tcase_add_test(tc, increments_end_before_lambda_is_zero);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LargeBifurcationSuite)
