/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Cure and traces in a whole plate, from a recipe through the process driver: a plate of one
   material alone expands and shrinks freely; metal in a polymer that cures. */
#include "film.h"

/* A free plate that shrinks by 0.3 % in proportion to its cure; degrees of cure after its steps. */
static void Cure(const char *kinetics, const char *steps, int n, const double alpha[],
                 double tolerance)
{
  char       text[1200];
  PltProject p;
  PltModel   m;
  int        more;

  snprintf(text, sizeof text,
           "  resin: {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
           "    cure: {%s, gel: 0, shrinkage: 0.3 %%}}\n"
           "stack:\n  - {ply: plate, material: resin, thickness: 1 mm}\n"
           "process:\n  - {name: born, add: [plate], temperature: 125 degC}\n%s",
           kinetics, steps);
  Read(text, &p, &m);
  CALL(PltModelStep(m, &more));
  for (int i = 0; i < n; i++) {
    CALL(PltModelStep(m, &more));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(Near(NextStrain(m, d), -3e-3 * alpha[i], tolerance)),
                    "%d: %.10g, not %.10g", i, NextStrain(m, d) / -3e-3, alpha[i]);
  }
  Done(&p, &m);
}

START_TEST(free_plate_shrinks_as_it_cures)
{
  /* kamal_isothermal: to its tolerance */
  const double told[6] = {0.007524711, 0.02243634, 0.1089851, 0.3369704, 0.703133, 0.9694879};
  double       exact[4];

  Cure("A1: 76000 1/s, E1: 70003.894 J/mol, A2: 1200000 1/s, E2: 66003.6715 J/mol, m: 0.6, n: 1.4",
       "  - {name: a, time: 60 s}\n  - {name: b, time: 60 s}\n  - {name: c, time: 180 s}\n"
       "  - {name: d, time: 300 s}\n  - {name: e, time: 600 s}\n  - {name: f, time: 2400 s}\n",
       6, told, 1e-5);
  /* kamal_closed_form_m1n1 */
  for (int i = 0; i < 4; i++) {
    const double e = exp(0.021 * 50 * (1 << i));

    exact[i] = (e - 1) / (e + 20);
  }
  Cure("A1: 0.001 1/s, E1: 0 J/mol, A2: 0.02 1/s, E2: 0 J/mol, m: 1, n: 1",
       "  - {name: a, time: 50 s}\n  - {name: b, time: 50 s}\n  - {name: c, time: 100 s}\n"
       "  - {name: d, time: 200 s}\n",
       4, exact, 1e-8);
}
END_TEST

/* dibenedetto: a free plate that is heated expands above Tg only, by 0.1 % for each kelvin. What is
   left of Tg of the rounding of displacements is 1e-12 of it. */
START_TEST(free_plate_has_its_glass_transition)
{
  static const double alpha[5] = {0, 0.25, 0.5, 0.75, 0.9};
  static const double told[5]  = {-20.0, 4.130435, 37.41379, 86.2766, 128.3663};

  for (int i = 0; i < 5; i++) {
    const double exact = -20 + 185 * 0.45 * alpha[i] / (1 - 0.55 * alpha[i]);
    char         text[800];
    double       found;
    PltProject   p;
    PltModel     m;
    int          more;

    snprintf(
        text, sizeof text,
        "  resin: {E: 1 GPa, nu: 0.3, E_rubber: 0.1 GPa, cte: 0 ppm/K, cte_rubber: 1000 ppm/K,\n"
        "    cure: {A1: 1 1/s, E1: 0 J/mol, n: 1, gel: 0, initial: %g,\n"
        "           Tg_uncured: -20 degC, Tg_cured: 165 degC, lambda: 0.45}}\n"
        "stack:\n  - {ply: plate, material: resin, thickness: 1 mm}\n"
        "process:\n  - {name: born, add: [plate], temperature: -40 degC}\n"
        "  - {name: hot, temperature: 170 degC}\n",
        alpha[i]);
    Read(text, &p, &m);
    for (int k = 0; k < 2; k++) CALL(PltModelStep(m, &more));
    found = 170 - NextStrain(m, 0) / 1e-3;
    ck_assert_msg(Everywhere(fabs(found - exact) <= 1e-12 * (exact + 273.15)), "%g: %.15g, %.15g",
                  alpha[i], found, exact);
    ck_assert(Everywhere(fabs(found - told[i]) < 5e-5)); /* half of the last digit */
    Done(&p, &m);
  }
}
END_TEST

/* rdl_rank1_traces_along_x: a layer of traces alone, heated by 100 K; and as a film that is cooled,
   which has the stress of its moduli. */
START_TEST(traces_are_a_laminate)
{
  /* fraction; Ex and Ey, MPa; expansions */
  static const double exact[3][5] = {{0.2, 26200, 4806.015, 1.999237e-05, 4.59986e-05},
                                     {0.5, 60250, 7573.404, 1.781328e-05, 3.548349e-05},
                                     {0.8, 94300, 17297.99, 1.720785e-05, 2.443333e-05}};

  for (int k = 0; k < 3; k++) {
    const double *is = exact[k] + 1, nu = 0.34, whole = 1 - nu * nu * is[1] / is[0];
    const double  stress[2] = {is[0] * (is[2] + nu * is[1] / is[0] * is[3]) / whole,
                               is[1] * (is[3] + nu * is[2]) / whole};
    char          text[800];
    double        low[6], high[6];
    PltProject    p;
    PltModel      m;
    int           more;

    snprintf(text, sizeof text,
             "  cu: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K}\n"
             "  pi: {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K}\n"
             "  rdl: {law: traces, metal: cu, in: pi, fraction: %g, direction: x}\n"
             "stack:\n  - {ply: plate, material: rdl, thickness: 0.1 mm}\n"
             "process:\n  - {name: born, add: [plate], temperature: 25 degC}\n"
             "  - {name: hot, temperature: 125 degC}\n",
             exact[k][0]);
    Read(text, &p, &m);
    for (int i = 0; i < 2; i++) CALL(PltModelStep(m, &more));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(Near(NextStrain(m, d), 100 * is[2 + d], 1e-6)), "%g: %.8g, not %.8g",
                    exact[k][0], NextStrain(m, d), 100 * is[2 + d]);
    Done(&p, &m);
    snprintf(text, sizeof text,
             "{law: traces, metal: cu, in: pi, fraction: %g, direction: x}\n"
             "  cu: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K}\n"
             "  pi: {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K}\n",
             exact[k][0]);
    Film(text, "125 degC", "  - {name: cool, temperature: 25 degC}\n", &p, &m);
    CALL(PltModelStep(m, &more));
    CALL(PltModelGetStress(m, "film", 0.3e-3, 0.4e-3, low, high));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(Near(low[d], 100 * stress[d] * MPa, 1e-6)), "%g: %.9g, not %.9g",
                    exact[k][0], low[d] / MPa, 100 * stress[d]);
    Done(&p, &m);
  }
}
END_TEST

/* Metal in a polymer that is a liquid at first, 1e-6 as stiff in shear: what rounding makes of
   strains is no stress. The film is that of one point. */
START_TEST(metal_in_what_cures)
{
  static const char *const direction[] = {"x", "mixed", "plane"};
  char                     text[800];
  PltProject               p;
  PltModel                 m;
  PltPath                  path;
  int                      n;

  snprintf(text, sizeof text,
           "{metal: cu, in: pi, fraction: 0.4, direction: %s}\n"
           "  cu: {E: 120 GPa, nu: 0.34, cte: 17 ppm/K}\n"
           "  pi: {E: 3 GPa, nu: 0.34, E_rubber: 0.3 GPa, nu_rubber: 0.42, cte: 40 ppm/K,\n"
           "    cte_rubber: 90 ppm/K, cure: {A2: 1.2e6 1/s, E2: 66 kJ/mol, m: 0.6, n: 1.4,\n"
           "    initial: 0.05, gel: 0.4, shrinkage: 1 %%, Tg_uncured: 20 degC,\n"
           "    Tg_cured: 240 degC, lambda: 0.5}}",
           direction[_i]);
  Film(text, "200 degC",
       "  - {name: a, time: 30 min}\n  - {name: b, temperature: 25 degC, time: 30 min}\n", &p, &m);
  CALL(PltPathCreate(p, "film", &path));
  CALL(PltPathRead(path, "{temperature: [[0 s, 200 degC], [30 min, 200 degC], [1 h, 25 degC]],"
                         " on: rigid}"));
  CALL(PltPathRun(path));
  CALL(PltPathCountPoints(path, &n));
  for (int step = 0, i = 0; step < 2; step++) {
    PltPathPoint point;
    double       low[6], high[6];
    int          more;

    do CALL(PltPathGetPoint(path, i++, &point));
    while (i < n && point.time < 1800 * (step + 1));
    CALL(PltModelStep(m, &more));
    CALL(PltModelGetStress(m, "film", 0.3e-3, 0.4e-3, low, high));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(Near(low[d], point.stress[d], 2e-3)), "%d: %.8g Pa, not %.8g", step,
                    low[d], point.stress[d]);
  }
  CALL(PltPathDestroy(&path));
  Done(&p, &m);
}
END_TEST

static Suite *FilmCureSuite(void)
{
  Suite *suite = suite_create("film cure");
  TCase *tc    = tcase_create("plates");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, free_plate_shrinks_as_it_cures);
  tcase_add_test(tc, free_plate_has_its_glass_transition);
  tcase_add_test(tc, traces_are_a_laminate);
  tcase_add_loop_test(tc, metal_in_what_cures, 0, 3);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(FilmCureSuite)
