/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Laws of time in a whole plate, from a recipe through the process driver: a film of 1 um on a
   plate 10^7 times as stiff in its plane has the stress of an equibiaxial film; a plate of one
   material alone expands and shrinks freely. Small kinematics, as the closed forms are. */
#include <unistd.h>
#include "check.h"

static const double MPa = 1e6;

/* A plate of 4 x 4 mm by the rest of a recipe: its materials, stack and process. */
static void Read(const char *rest, PltProject *project, PltModel *model)
{
  char  name[] = "/tmp/platen-XXXXXX";
  int   rank;
  FILE *out;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  if (rank == 0) {
    const int file = mkstemp(name);

    ck_assert_int_ge(file, 0);
    ck_assert_ptr_nonnull(out = fdopen(file, "w"));
    fprintf(out,
            "platen: 1\npanel: {size: [4 mm, 4 mm], mesh: {size: 2 mm}}\n"
            "analysis: {kinematics: small}\nmaterials:\n"
            "  rigid: {E: 1e6 GPa, nu: 0.2, cte: 0 ppm/K}\n%s",
            rest);
    ck_assert(!fclose(out));
  }
  CALL(MPI_Bcast(name, sizeof name, MPI_CHAR, 0, PETSC_COMM_WORLD));
  CALL(PltProjectRead(PETSC_COMM_WORLD, name, project));
  CALL(PltModelCreate(*project, model));
  if (rank == 0) remove(name);
}

static void Film(const char *law, const char *born, const char *steps, PltProject *project,
                 PltModel *model)
{
  char text[2000];
  int  more;

  snprintf(text, sizeof text,
           "  film: %s\nstack:\n  - {ply: plate, material: rigid, thickness: 1 mm}\n"
           "  - {ply: film, material: film, thickness: 1 um}\nprocess:\n"
           "  - {name: born, add: [plate, film], temperature: %s}\n%s",
           law, born, steps);
  Read(text, project, model);
  CALL(PltModelStep(*model, &more));
}

static void Done(PltProject *project, PltModel *model)
{
  CALL(PltModelDestroy(model));
  CALL(PltProjectDestroy(project));
}

/* In-plane stress of the film after the next step, MPa. */
static double NextStress(PltModel model)
{
  double low[6], high[6];
  int    more;

  CALL(PltModelStep(model, &more));
  CALL(PltModelGetStress(model, "film", 0.3e-3, 0.4e-3, low, high));
  ck_assert(Everywhere(Near(low[0], low[1], 1e-6) && Near(low[0], high[0], 1e-6)));
  return low[0] / MPa;
}

static void Expect(PltModel model, const char *what, double exact, double tolerance)
{
  const double stress = NextStress(model);

  ck_assert_msg(Everywhere(Near(stress, exact, tolerance)), "%s: %.8g MPa, not %.8g", what, stress,
                exact);
}

/* relaxation_maxwell_step, 1 % at once: with one Poisson's ratio the strain across the film stays,
   and increments are exact. */
START_TEST(held_film_relaxes)
{
  static const double exact[] = {10.0, 8.62451, 7.722988, 5.446336, 4.471654, 3.026952};
  PltProject          p;
  PltModel            m;

  Film("{E: 1 GPa, nu: 0.3, cte: 100 ppm/K, young: [[1 s, 0.3], [10 s, 0.4]]}", "125 degC",
       "  - {name: a, temperature: 25 degC}\n"
       "  - {name: b, time: 0.5 s}\n  - {name: c, time: 0.5 s}\n  - {name: d, time: 4 s}\n"
       "  - {name: e, time: 5 s}\n  - {name: f, time: 40 s}\n",
       &p, &m);
  for (int i = 0; i < 6; i++) Expect(m, "held", exact[i] / (1 - 0.3), 3e-7); /* of seven digits */
  Done(&p, &m);
}
END_TEST

/* viscoelastic_constrained_cooldown: its tolerance, and a tenth of it for smaller increments. */
START_TEST(film_cools_through_its_transition)
{
  for (int k = 0; k < 2; k++) {
    PltProject p;
    PltModel   m;

    Film("{E: 20 GPa, nu: 0.3, cte: 9 ppm/K, young: [[1 s, 0.5], [100 s, 0.3]],\n"
         "    shift: {reference: 120 degC, C1: 17.44, C2: 51.6 K, lowest: 75 degC,\n"
         "            highest: 260 degC}}",
         "150 degC", "  - {name: cool, temperature: 90 degC, time: 120 s}\n", &p, &m);
    if (k) CALL(PltProjectSetAccuracy(p, 1e-4));
    Expect(m, "cooled", 6.553063 / (1 - 0.3), k ? 2e-4 : 2e-3);
    Done(&p, &m);
  }
}
END_TEST

/* emc_mori_tanaka_levin: at one point, pulled by 100 MPa and cooled by 100 K; as a film, cooled. To
   half of the last of seven digits. */
START_TEST(filled_resin_cools)
{
  PltProject   p;
  PltModel     m;
  PltPath      path;
  PltPathPoint point;
  int          n;

  Film("{E: 3 GPa, nu: 0.38, cte: 60 ppm/K,\n"
       "    filler: {E: 72 GPa, nu: 0.17, cte: 0.5 ppm/K, fraction: 0.75}}",
       "125 degC", "  - {name: cool, temperature: 25 degC}\n", &p, &m);
  Expect(m, "filled", 16989.16 / (1 - 0.2990484) * 1.267142e-05 * 100, 4e-7);
  CALL(PltPathCreate(p, "film", &path));
  CALL(
      PltPathRead(path, "{temperature: [[0 s, 125 degC], [1 s, 25 degC]], stress: {xx: 100 MPa}}"));
  CALL(PltPathRun(path));
  CALL(PltPathCountPoints(path, &n));
  CALL(PltPathGetPoint(path, n - 1, &point));
  ck_assert(Near(point.strain[0], -1.267142e-3 + 100 / 16989.16, 5e-7));
  ck_assert(Near(point.strain[2], -1.267142e-3 - 0.2990484 * 100 / 16989.16, 4e-7));
  CALL(PltPathDestroy(&path));
  Done(&p, &m);
}
END_TEST

/* A film of secants in x and y, cooled by 100 K to their reference, 4 and 15 ppm/K at 125 degC; the
   same by the tangents that follow from them. */
START_TEST(orthotropic_film_by_secants)
{
  static const char *const cte[2] = {
      "ctex_secant: [[25 degC, 2 ppm/K], [125 degC, 4 ppm/K]], ctey_secant: [[25 degC, 20 ppm/K],\n"
      "    [125 degC, 15 ppm/K]], ctez: 40 ppm/K, cte_reference: 25 degC",
      "ctex: [[25 degC, 2 ppm/K], [125 degC, 6 ppm/K]], ctey: [[25 degC, 20 ppm/K],\n"
      "    [125 degC, 10 ppm/K]], ctez: 40 ppm/K"};
  const double Ex = 16e3, Ey = 2e3, nu = 0.4, whole = 1 - nu * nu * Ey / Ex;
  const double exact[2] = {Ex * (4e-4 + nu * Ey / Ex * 15e-4) / whole,
                           Ey * (15e-4 + nu * 4e-4) / whole};

  for (int k = 0; k < 2; k++) {
    char       law[600];
    double     low[6], high[6];
    PltProject p;
    PltModel   m;
    int        more;

    snprintf(law, sizeof law,
             "{Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
             "    Gxz: 2 GPa, Gyz: 1 GPa, %s}",
             cte[k]);
    Film(law, "125 degC", "  - {name: cool, temperature: 25 degC}\n", &p, &m);
    CALL(PltModelStep(m, &more));
    CALL(PltModelGetStress(m, "film", 0.3e-3, 0.4e-3, low, high));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(Near(low[d], exact[d] * MPa, 1e-6)), "%d: %.9g, not %.9g", d,
                    low[d] / MPa, exact[d]);
    Done(&p, &m);
  }
}
END_TEST

/* Norton's law: d stress / dt = -E / (1 - nu) A stress^n / 2, as half of the equivalent rate is in
   each direction. */
START_TEST(held_film_creeps)
{
  const double t[5] = {0, 100, 1000, 10000, 100000}, E = 30e3 / (1 - 0.3) / 2;
  PltProject   p;
  PltModel     m;

  Film("{E: 30 GPa, nu: 0.3, cte: 10 ppm/K, creep: {A: 1e-16 1/s, n: 5, stress: 1 MPa}}",
       "125 degC",
       "  - {name: a, temperature: 25 degC}\n  - {name: b, time: 100 s}\n"
       "  - {name: c, time: 900 s}\n  - {name: d, time: 9000 s}\n  - {name: e, time: 90000 s}\n",
       &p, &m);
  for (int i = 0; i < 5; i++) {
    const double first = 30e3 / (1 - 0.3) * 1e-3;

    Expect(m, "creeps", pow(pow(first, -4) + 4 * E * 1e-16 * t[i], -0.25), 1e-3);
  }
  Done(&p, &m);
}
END_TEST

/* Anand's solder, anand_uniaxial's parameters, cooled as a film by 100 K in 100 s: integrated here
   in small steps by the midpoint rule. */
static double Solder(double seconds, double from, double to, double strain)
{
  const double A = 4e6, q = 9400, xi = 1.5, power = 0.303, h0 = 1379, hat = 13.79, n = 0.07,
               a  = 1.3;
  const int steps = 200000;
  double    x[2]  = {0, 12.41}, mid[2], rate[2];

  for (int i = 0; i < steps; i++)
    for (int half = 0; half < 2; half++) {
      const double *at = half ? mid : x;
      const double  T = from + (to - from) * (i + 0.5 * half) / steps, dt = seconds / steps;
      const double  arrhenius = A * exp(-q / T);
      const double  flow      = arrhenius * pow(sinh(xi * at[0] / at[1]), 1 / power);
      const double  end = hat * pow(fmax(flow, 1e-300) / arrhenius, n), off = 1 - at[1] / end;

      rate[0] = 30e3 / (1 - 0.3) * (strain / seconds - flow / 2);
      rate[1] = h0 * pow(fabs(off), a) * (off < 0 ? -1 : 1) * flow;
      for (int k = 0; k < 2; k++) {
        if (half) x[k] += dt * rate[k];
        else mid[k] = x[k] + dt / 2 * rate[k];
      }
    }
  return x[0];
}

START_TEST(solder_film_cools)
{
  PltProject p;
  PltModel   m;

  Film("{E: 30 GPa, nu: 0.3, cte: 20 ppm/K, anand: {s0: 12.41 MPa, Q: 78155.9486 J/mol,\n"
       "    A: 4e6 1/s, xi: 1.5, m: 0.303, h0: 1379 MPa, shat: 13.79 MPa, n: 0.07, a: 1.3}}",
       "125 degC", "  - {name: cool, temperature: 25 degC, time: 100 s}\n", &p, &m);
  Expect(m, "solder", Solder(100, 398.15, 298.15, 2e-3), 2e-3);
  Done(&p, &m);
}
END_TEST

/* Change of the distance of two edges over it, after the next step. */
static double NextStrain(PltModel model, int direction)
{
  const double a = 2e-3;
  double       u[2][3];

  for (int k = 0; k < 2; k++)
    CALL(PltModelGetDisplacement(model, "plate", (k ? a : -a) * (direction == 0),
                                 (k ? a : -a) * (direction == 1), u[k]));
  return (u[1][direction] - u[0][direction]) / (2 * a);
}

/* kamal_isothermal: a free plate shrinks in proportion to what is cured beyond the gel point. */
START_TEST(free_plate_shrinks_as_it_cures)
{
  const double alpha[6] = {0.007524711, 0.02243634, 0.1089851, 0.3369704, 0.703133, 0.9694879};
  PltProject   p;
  PltModel     m;
  int          more;

  Read("  resin: {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
       "    cure: {A1: 76000 1/s, E1: 70003.894 J/mol, A2: 1200000 1/s, E2: 66003.6715 J/mol,\n"
       "           m: 0.6, n: 1.4, gel: 0.1, shrinkage: 0.3 %}}\n"
       "stack:\n  - {ply: plate, material: resin, thickness: 1 mm}\n"
       "process:\n  - {name: born, add: [plate], temperature: 125 degC}\n"
       "  - {name: a, time: 60 s}\n  - {name: b, time: 60 s}\n  - {name: c, time: 180 s}\n"
       "  - {name: d, time: 300 s}\n  - {name: e, time: 600 s}\n  - {name: f, time: 2400 s}\n",
       &p, &m);
  CALL(PltModelStep(m, &more));
  for (int i = 0; i < 6; i++) {
    const double exact = -3e-3 * fmax(0, alpha[i] - 0.1) / 0.9;

    CALL(PltModelStep(m, &more));
    for (int d = 0; d < 2; d++)
      ck_assert_msg(Everywhere(fabs(NextStrain(m, d) - exact) < 1e-5 * 3e-3), "%d: %.9g, not %.9g",
                    i, NextStrain(m, d), exact);
  }
  Done(&p, &m);
}
END_TEST

/* rdl_rank1_traces_along_x: a layer of traces alone, heated by 100 K. */
START_TEST(traces_expand_more_across)
{
  static const double exact[3][3] = {{0.2, 1.999237e-05, 4.59986e-05},
                                     {0.5, 1.781328e-05, 3.548349e-05},
                                     {0.8, 1.720785e-05, 2.443333e-05}};

  for (int k = 0; k < 3; k++) {
    char       text[800];
    PltProject p;
    PltModel   m;
    int        more;

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
      ck_assert_msg(Everywhere(Near(NextStrain(m, d), 100 * exact[k][1 + d], 1e-6)),
                    "%g: %.8g, not %.8g", exact[k][0], NextStrain(m, d), 100 * exact[k][1 + d]);
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

static Suite *FilmSuite(void)
{
  Suite *suite = suite_create("film");
  TCase *tc    = tcase_create("plates");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, held_film_relaxes);
  tcase_add_test(tc, film_cools_through_its_transition);
  tcase_add_test(tc, filled_resin_cools);
  tcase_add_test(tc, orthotropic_film_by_secants);
  tcase_add_test(tc, held_film_creeps);
  tcase_add_test(tc, solder_film_cools);
  tcase_add_test(tc, free_plate_shrinks_as_it_cures);
  tcase_add_test(tc, traces_expand_more_across);
  tcase_add_loop_test(tc, metal_in_what_cures, 0, 3);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(FilmSuite)
