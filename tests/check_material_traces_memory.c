/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Traces of which a phase has a memory. */
#include "law_sample.h"

static const double never = 1e30; /* a yield stress */

/* Copper and molding compound, and traces of them. */
typedef struct {
  PltMaterial copper, matrix, traces;
} Layer;

static Layer NewLayer(double yield, double fraction, char direction)
{
  Layer layer = {.copper = NewYielding("copper", 117e9, 0.34, 17e-6, yield), .matrix = NewMold()};

  layer.traces = NewTraces(layer.copper, layer.matrix, fraction, direction);
  return layer;
}

static void DestroyLayer(Layer *layer)
{
  CALL(PltMaterialDestroy(&layer->traces));
  CALL(PltMaterialDestroy(&layer->copper));
  CALL(PltMaterialDestroy(&layer->matrix));
}

static const double fraction[]  = {0.03, 0.45, 0.9};
static const char   direction[] = {'x', 'y', 'm', 'p'};

/* ---- elastic ---- */

/* The part for no stress in z. */
static void PlaneStress(double C[6][6])
{
  const double c = C[2][2];

  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      if (i != 2 && j != 2) C[i][j] -= C[i][2] * C[2][j] / c;
  for (int i = 0; i < 6; i++) C[i][2] = C[2][i] = 0;
}

START_TEST(elastic_part_is_that_of_traces)
{
  for (int n = 0; n < 12; n++) {
    Layer  layer = NewLayer(never, fraction[n / 4], direction[n % 4]);
    Point  point = NewPoint(layer.traces, 300);
    double C[6][6], D[6][6], strain[6] = {1e-3, -5e-4, 2e-4, 3e-4, -1e-4, 6e-4}, stress[6];

    OpenSpan(&point, 320, 1);
    for (int i = 0; i < 3; i++) strain[i] += point.span->free[i];
    Answer(&point, strain, NULL, stress, D);
    CALL(PltMaterialStiffness(layer.traces, 320, C));
    PlaneStress(C);
    PlaneStress(D);
    for (int i = 0; i < 6; i++)
      for (int j = 0; j < 6; j++)
        ck_assert_msg(fabs(D[i][j] - C[i][j]) <= 1e-10 * C[0][0], "%c %d %d: %g %g",
                      layer.traces->direction, i, j, D[i][j], C[i][j]);
    DestroyLayer(&layer);
  }
}
END_TEST

/* Heat of a film that is held: the stress of the traces that are elastic, and of the same materials
   led in pieces; moduli that do not change, as the mean of others hangs on the path. */
START_TEST(elastic_film_is_that_of_traces)
{
  for (int n = 0; n < 12; n++) {
    Layer        layer   = NewLayer(never, fraction[n / 4], direction[n % 4]);
    PltMaterial  soft    = NewIsotropic("polyimide", 3.5e9, 0.3, 45e-6);
    const double held[6] = {0};
    Point        film;
    double       C[6][6], free[6], stress[6];

    layer.traces->matrix = soft;
    film                 = NewPoint(layer.traces, 300);
    for (int k = 1; k <= 4; k++) Lead(&film, 300 + 30 * k, 1, held, is_film);
    CALL(PltMaterialStiffness(layer.traces, 420, C));
    CALL(PltMaterialExpansion(layer.traces, 300, 420, free));
    PlaneStress(C);
    PltMul6((const double(*)[6])C, free, stress);
    for (int i = 0; i < 2; i++) ck_assert(Near(film.stress[i], -stress[i], 1e-10));
    CALL(PltMaterialDestroy(&soft));
    DestroyLayer(&layer);
  }
}
END_TEST

/* A matrix that softens on the way and hardens again leaves nothing. */
START_TEST(elastic_cycle_leaves_nothing)
{
  for (int n = 0; n < 12; n++) {
    static const double T[]     = {380, 415, 440, 410, 350, 300};
    Layer               layer   = NewLayer(never, fraction[n / 4], direction[n % 4]);
    const double        held[6] = {0};
    Point               film    = NewPoint(layer.traces, 300);

    for (int k = 0; k < 6; k++) {
      Lead(&film, T[k], 1, held, is_held);
      ck_assert(k == 5 || fabs(film.stress[0]) > 1e7);
    }
    for (int i = 0; i < 6; i++) ck_assert_msg(fabs(film.stress[i]) < 1e-2, "%g", film.stress[i]);
    DestroyLayer(&layer);
  }
}
END_TEST

START_TEST(one_phase_is_taken_as_it_is)
{
  for (int n = 0; n < 8; n++) {
    Layer             layer    = NewLayer(100e6, n / 4, direction[n % 4]);
    const PltMaterial phase    = n / 4 ? layer.copper : layer.matrix;
    const double      total[6] = {4e-3, 1e-3, 2e-3, 1e-3, 0, 3e-3};
    Point             a = NewPoint(layer.traces, 300), b = NewPoint(phase, 300);

    ck_assert_int_eq(PltMaterialStates(layer.traces), PltMaterialStates(phase));
    Lead(&a, 330, 1, total, is_held);
    Lead(&b, 330, 1, total, is_held);
    for (int i = 0; i < 6; i++) ck_assert(a.stress[i] == b.stress[i] && a.free[i] == b.free[i]);
    DestroyLayer(&layer);
  }
}
END_TEST

START_TEST(only_what_remembers_has_states)
{
  Layer       layer = NewLayer(100e6, 0.4, 'x');
  PltMaterial hard  = NewIsotropic("hard", 117e9, 0.34, 17e-6);

  ck_assert_int_eq(PltMaterialStates(layer.traces), 4 + 7);
  ck_assert(!PltMaterialIsAffine(layer.traces));
  layer.traces->direction = 'm';
  ck_assert_int_eq(PltMaterialStates(layer.traces), 24 + 4 * 7);
  layer.traces->direction = 'p';
  ck_assert_int_eq(PltMaterialStates(layer.traces), 8 + 2 * 7);
  layer.traces->metal = hard;
  ck_assert_int_eq(PltMaterialStates(layer.traces), 0);
  ck_assert(PltMaterialIsAffine(layer.traces));
  CALL(PltMaterialDestroy(&hard));
  DestroyLayer(&layer);
}
END_TEST

/* ---- yielding ---- */

/* Copper alone carries a matrix as soft as that: its stress over the layer's is the fraction, along
   the traces, and it is the copper's that yields. */
START_TEST(copper_yields_at_its_own_stress)
{
  Layer        layer = NewLayer(100e6, 0.25, 'x');
  PltMaterial  air   = NewIsotropic("air", 1, 0.3, 0);
  const double rates = 2e9, E = 117e9;

  SetConstant(layer.copper, "hardening", rates);
  layer.traces->matrix = air;
  Point        bar     = NewPoint(layer.traces, 300);
  const double elastic = LeadBar(&bar, 300, 0, 8e-4), plastic = LeadBar(&bar, 300, 0, 5e-3);

  ck_assert(Near(elastic, 0.25 * E * 8e-4, 1e-9));
  ck_assert_msg(Near(plastic, 0.25 * (100e6 + E * rates / (E + rates) * (5e-3 - 100e6 / E)), 1e-9),
                "%.9g", plastic);
  CALL(PltMaterialDestroy(&air));
  DestroyLayer(&layer);
}
END_TEST

/* The two phases of traces along x by themselves, from the jumps and states that are kept: the same
   strain but for the jumps in 22 33 23 12, the same stress there, the mean in all. */
START_TEST(phases_are_in_equilibrium)
{
  Layer    layer = NewLayer(80e6, 0.35, 'x');
  Point    point;
  unsigned seed = 11;

  SetConstant(layer.copper, "hardening", 1e9);
  point = NewPoint(layer.traces, 300);
  for (int n = 0; n < 40; n++) {
    const int    common[] = {PLT_22, PLT_33, PLT_23, PLT_12};
    double       total[6], own[2][6], stress[2][6], state[7], largest;
    const double T = 300 + 60 * fabs(Next(&seed));

    memcpy(state, point.state + 4, sizeof state);
    for (int j = 0; j < 6; j++) total[j] = point.total[j] + 1e-3 * Next(&seed);
    Lead(&point, T, 1, total, is_held);
    for (int k = 0; k < 2; k++) {
      const PltSite site = {.material = k ? layer.matrix : layer.copper,
                            .span     = &point.span->child[k]};
      double        free[6];

      CALL(PltMaterialExpansion(site.material, 300, T, free));
      for (int i = 0; i < 6; i++) own[k][i] = total[i] - free[i];
      for (int i = 0; i < 4; i++) own[k][common[i]] += (k ? -0.35 : 0.65) * point.state[i];
      ck_assert_int_eq(PltMaterialUpdate(&site, state, own[k], NULL, stress[k], NULL), 0);
    }
    largest = 0;
    for (int i = 0; i < 6; i++) largest = fmax(largest, fabs(stress[0][i]));
    for (int i = 0; i < 4; i++)
      ck_assert(fabs(stress[0][common[i]] - stress[1][common[i]]) <= 2e-12 * largest);
    for (int i = 0; i < 6; i++)
      ck_assert(fabs(0.35 * stress[0][i] + 0.65 * stress[1][i] - point.stress[i]) <=
                2e-12 * largest);
  }
  ck_assert(point.state[4 + 6] > 1e-3); /* it did yield */
  DestroyLayer(&layer);
}
END_TEST

/* Where a search begins does not matter: the guess that was kept, none, or one far off. It is kept
   where it is of use: asked again, the search ends where it begins. */
START_TEST(guesses_do_not_matter)
{
  for (int n = 0; n < 4; n++) {
    Layer        layer      = NewLayer(80e6, 0.35, direction[n]);
    const int    size       = PltMaterialGuesses(layer.traces);
    Point        point      = NewPoint(layer.traces, 300);
    double       guess[200] = {0}, again[200], end[3][POINT_STATES], stress[3][6], total[6] = {0};
    unsigned     seed   = 5;
    const size_t nstate = (size_t)PltMaterialStates(layer.traces);

    ck_assert(size > 6 && size <= 200);
    for (int k = 0; k < 20; k++) {
      for (int i = 0; i < 6; i++) total[i] += 1e-3 * Next(&seed);
      OpenSpan(&point, 300 + 5 * k, 1);
      for (int way = 0; way < 3; way++) {
        double        far[200], strain[6];
        const PltSite site = {.material = layer.traces,
                              .span     = point.span,
                              .guess    = (double *[]){NULL, guess, far}[way]};

        for (int i = 0; i < 200; i++) far[i] = 0.02 * Next(&seed);
        for (int i = 0; i < 6; i++) strain[i] = total[i] - point.free[i] - point.span->free[i];
        ck_assert_int_eq(PltMaterialUpdate(&site, point.state, strain, end[way], stress[way], NULL),
                         0);
        if (way != 1) continue;
        memcpy(again, guess, sizeof guess);
        ck_assert_int_eq(PltMaterialUpdate(&site, point.state, strain, end[2], stress[2], NULL), 0);
        ck_assert(!memcmp(guess, again, sizeof guess));
      }
      /* gaps of 1e-12 of the stress are left, and a modulus of hardening of 1e-2 */
      for (int i = 0; i < 12; i++)
        ck_assert_msg(fabs(stress[1 + i / 6][i % 6] - stress[0][i % 6]) < 1, "%c %d: %g",
                      direction[n], k, stress[1 + i / 6][i % 6] - stress[0][i % 6]);
      for (size_t i = 0; i < 2 * nstate; i++)
        ck_assert(fabs(end[1 + i / nstate][i % nstate] - end[0][i % nstate]) < 1e-9);
      CloseSpan(&point, total);
    }
    DestroyLayer(&layer);
  }
}
END_TEST

/* x and y exchanged give the same with x and y exchanged. */
START_TEST(turned_layers_are_turned)
{
  static const char turned[] = {'y', 'x', 'm', 'p'};
  static const int  place[]  = {1, 0, 2, 4, 3, 5};

  for (int n = 0; n < 4; n++) {
    Layer    a = NewLayer(80e6, 0.35, direction[n]), b = NewLayer(80e6, 0.35, turned[n]);
    Point    p = NewPoint(a.traces, 300), q = NewPoint(b.traces, 300);
    unsigned seed = 4;

    for (int k = 0; k < 10; k++) {
      double x[6], y[6];

      for (int i = 0; i < 6; i++) x[i] = 2e-3 * Next(&seed);
      for (int i = 0; i < 6; i++) y[place[i]] = x[i];
      Lead(&p, 300 + 10 * k, 1, x, is_held);
      Lead(&q, 300 + 10 * k, 1, y, is_held);
      for (int i = 0; i < 6; i++) ck_assert(fabs(p.stress[i] - q.stress[place[i]]) < 1e-2);
    }
    DestroyLayer(&a);
    DestroyLayer(&b);
  }
}
END_TEST

/* ---- what every law promises ---- */

static void Harden(PltMaterial copper, int kind)
{
  static const double C[] = {5e9, 30e9}, gamma[] = {0, 300};

  if (kind == 0) SetConstant(copper, "hardening", 2e9);
  if (kind == 1) SetTable(copper, "kinematic", 2, C, gamma);
  if (kind != 2) return;
  SetConstant(copper, "rate.K", 100e6);
  SetConstant(copper, "rate.N", 8);
}

/* Exact in each entry, and so is the symmetric part. What is not symmetric is the flow that turns
   where back stresses fade. */
START_TEST(modulus_is_the_derivative)
{
  for (int n = 0; n < 12; n++) {
    for (int kind = 0; kind < 4; kind++) { /* the last is perfectly plastic */
      Layer        layer = NewLayer(100e6, fraction[n / 4], direction[n % 4]);
      ModulusError worst;

      Harden(layer.copper, kind);
      worst = WorstModuli(layer.traces, 60);
      ck_assert_msg(fmax(worst.symmetric, worst.exact) < 2e-7, "%c %g, kind %d: %g %g",
                    direction[n % 4], fraction[n / 4], kind, worst.symmetric, worst.exact);
      ck_assert_msg(worst.dropped < (kind == 1 ? 3e-3 : 1e-14), "%g", worst.dropped);
      ck_assert(kind != 1 || worst.dropped > 1e-4);
      DestroyLayer(&layer);
    }
  }
}
END_TEST

/* Metal that creeps; its flow turns within an increment. */
START_TEST(creeping_metal)
{
  for (int n = 0; n < 12; n++) {
    Layer        layer  = NewLayer(100e6, fraction[n / 4], direction[n % 4]);
    PltMaterial  copper = NewMaterial("creep", "copper");
    ModulusError worst;

    SetConstant(copper, "E", 110e9);
    SetConstant(copper, "nu", 0.34);
    SetConstant(copper, "cte", 17e-6);
    SetConstant(copper, "creep.A", 1e-6);
    SetConstant(copper, "creep.n", 4);
    SetConstant(copper, "creep.stress", 100e6);
    layer.traces->metal = copper;
    worst               = WorstModuli(layer.traces, 60);
    ck_assert_msg(fmax(worst.symmetric, worst.exact) < 2e-7, "%c %g: %g %g", direction[n % 4],
                  fraction[n / 4], worst.symmetric, worst.exact);
    ck_assert_msg(worst.dropped > 1e-4 && worst.dropped < 5e-3, "%g", worst.dropped);
    CheckExtremes(layer.traces);
    CALL(PltMaterialDestroy(&copper));
    DestroyLayer(&layer);
  }
}
END_TEST

START_TEST(update_always_ends)
{
  for (int n = 0; n < 12; n++) {
    for (int kind = 0; kind < 4; kind++) {
      Layer layer = NewLayer(100e6, fraction[n / 4], direction[n % 4]);

      Harden(layer.copper, kind);
      CheckExtremes(layer.traces);
      DestroyLayer(&layer);
    }
  }
}
END_TEST

static Suite *TracesSuite(void)
{
  Suite *suite = suite_create("traces with a memory");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, elastic_part_is_that_of_traces);
  tcase_add_test(tests, elastic_film_is_that_of_traces);
  tcase_add_test(tests, elastic_cycle_leaves_nothing);
  tcase_add_test(tests, one_phase_is_taken_as_it_is);
  tcase_add_test(tests, only_what_remembers_has_states);
  tcase_add_test(tests, copper_yields_at_its_own_stress);
  tcase_add_test(tests, phases_are_in_equilibrium);
  tcase_add_test(tests, guesses_do_not_matter);
  tcase_add_test(tests, turned_layers_are_turned);
  tcase_add_test(tests, modulus_is_the_derivative);
  tcase_add_test(tests, creeping_metal);
  tcase_add_test(tests, update_always_ends);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(TracesSuite)
