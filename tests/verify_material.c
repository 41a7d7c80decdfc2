/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Laws on a path of one point, through the public interface and text a user would write, against
   closed forms and independent integrations. What an elastic law does follows from its definition;
   the sources of the others stand beside them. */
#include <unistd.h>
#include "check.h"
#include "platen.h"

static const char materials[] =
    "elastic:  {E: 20 GPa, nu: 0.3, cte: [[25 degC, 10 ppm/K], [125 degC, 30 ppm/K]]}\n"
    "wood:     {Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
    "           Gxz: 2 GPa, Gyz: 1 GPa, ctex: 4 ppm/K, ctey: 20 ppm/K, ctez: 40 ppm/K}\n"
    "plate:    {E: 100 GPa, nu: 0.2, cte: 3.3 ppm/K}\n"
    /* relaxation: 0.3 + 0.3 exp(-t / 1 s) + 0.4 exp(-t / 10 s) */
    "maxwell:  {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.3], [10 s, 0.4]]}\n"
    /* K 16 GPa, G 8 GPa */
    "film:     {E: 20.571428571428573 GPa, nu: 0.2857142857142857, cte: 0 ppm/K,\n"
    "           shear: [[100 s, 0.9]]}\n"
    "cooled:   {E: 20 GPa, nu: 0.3, cte: 9 ppm/K, young: [[1 s, 0.5], [100 s, 0.3]],\n"
    "           shift: {reference: 120 degC, C1: 17.44, C2: 51.6 K, lowest: 75 degC,\n"
    "                   highest: 260 degC}}\n"
    /* the energies are those of the source by its gas constant, 8.314 */
    "resin:    {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
    "           cure: {A1: 76000 1/s, E1: 70003.894 J/mol, A2: 1200000 1/s, E2: 66003.6715 J/mol,\n"
    "                  m: 0.6, n: 1.4, gel: 0.5, shrinkage: 0.3 %}}\n"
    "resin11:  {E: 1 GPa, nu: 0.3, cte: 0 ppm/K, young: [[1 s, 0.9]],\n"
    "           cure: {A1: 0.001 1/s, E1: 0 J/mol, A2: 0.02 1/s, E2: 0 J/mol, m: 1, n: 1, gel: 0,\n"
    "                  Tg_uncured: -40 degC, Tg_cured: 150 degC, lambda: 0.4}}\n"
    "copper:   {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, yield: 120 MPa, hardening: 2 GPa}\n"
    "copper2:  {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, yield: 120 MPa, kinematic: [[2 GPa, 0]]}\n"
    "norton:   {E: 30 GPa, nu: 0.3, cte: 0 ppm/K, creep: {A: 1e-16 1/s, n: 5, stress: 1 MPa}}\n"
    "polymer:  {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K}\n"
    "traces:   {metal: norton2, in: polymer, fraction: 0.7, direction: y}\n"
    "norton2:  {E: 40 GPa, nu: 0.36, cte: 23 ppm/K, creep: {A: 1e-3 1/s, n: 6, Q: 54 kJ/mol,\n"
    "           stress: 10 MPa}}\n"
    /* Q / R is 9400 K */
    "solder:   {E: 30 GPa, nu: 0.3, cte: 0 ppm/K, anand: {s0: 12.41 MPa, Q: 78155.9486 J/mol,\n"
    "           A: 4e6 1/s, xi: 1.5, m: 0.303, h0: 1379 MPa, shat: 13.79 MPa, n: 0.07, a: 1.3}}\n";

/* ---- following a path ---- */

enum { XX, YY, ZZ, XY, YZ, XZ };

static PltProject project;

static void Setup(void)
{
  char  name[] = "/tmp/platen-XXXXXX";
  int   file   = mkstemp(name);
  FILE *out    = fdopen(file, "w");

  ck_assert_ptr_nonnull(out);
  ck_assert(fputs(materials, out) >= 0 && !fclose(out));
  CALL(PltProjectReadMaterials(name, &project));
  remove(name);
}

static void Teardown(void)
{
  CALL(PltProjectDestroy(&project));
}

static PltPath Follow(const char *material, const char *text)
{
  PltPath path;

  CALL(PltPathCreate(project, material, &path));
  CALL(PltPathRead(path, text));
  CALL(PltPathRun(path));
  return path;
}

/* The last point at a time. */
static PltPathPoint At(PltPath path, double time)
{
  PltPathPoint point, found = {.time = -1};
  int          n;

  CALL(PltPathCountPoints(path, &n));
  for (int i = 0; i < n; i++) {
    CALL(PltPathGetPoint(path, i, &point));
    if (fabs(point.time - time) <= 1e-12 * time) found = point;
  }
  ck_assert_msg(found.time >= 0, "no point at %g s", time);
  return found;
}

static double Told(const PltPathPoint *point, const char *name)
{
  for (int i = 0; i < point->nvalue; i++)
    if (!strcmp(point->value[i].name, name)) return point->value[i].value;
  ck_abort_msg("%s is not told", name);
}

/* Stress xx in MPa at n times. */
static void CheckStress(const char *material, const char *text, int n, const double time[],
                        const double stress[], double tolerance)
{
  PltPath path = Follow(material, text);

  for (int i = 0; i < n; i++) {
    const PltPathPoint point = At(path, time[i]);

    ck_assert_msg(Near(point.stress[XX] * 1e-6, stress[i], tolerance), "%s at %g s: %.9g, not %.9g",
                  material, time[i], point.stress[XX] * 1e-6, stress[i]);
  }
  CALL(PltPathDestroy(&path));
}

static void NearAll(const double found[6], const double exact[6], double scale)
{
  for (int c = 0; c < 6; c++)
    ck_assert_msg(fabs(found[c] - exact[c]) <= 1e-11 * scale, "%d: %.12g, not %.12g", c, found[c],
                  exact[c]);
}

/* ---- elastic laws ---- */

START_TEST(free_expansion)
{
  PltPath      path = Follow("elastic", "{temperature: [[0 s, 25 degC], [1 h, 125 degC], "
                                             "[2 h, 75 degC]]}");
  const double hot = 2e-3, warm = 7.5e-4; /* integrals of 10 to 30 ppm/K over 100 K, 50 K */
  const double zero[6] = {0};
  PltPathPoint point   = At(path, 3600);

  NearAll(point.strain, (const double[]){hot, hot, hot, 0, 0, 0}, hot);
  NearAll(point.free, point.strain, hot);
  NearAll(point.stress, zero, 1);
  point = At(path, 7200);
  NearAll(point.strain, (const double[]){warm, warm, warm, 0, 0, 0}, hot);
  CALL(PltPathDestroy(&path));
}
END_TEST

START_TEST(clamped_and_film)
{
  PltPath      path = Follow("elastic", "{temperature: [[0 s, 125 degC], [1 h, 25 degC]], "
                                             "strain: {xx: 0 %, yy: 0 %, zz: 0 %}}");
  const double all = 2e-3 * 20e9 / 0.4, film = (2e-3 - 3.3e-4) * 20e9 / 0.7;
  PltPathPoint point = At(path, 3600);

  NearAll(point.stress, (const double[]){all, all, all, 0, 0, 0}, all);
  CALL(PltPathDestroy(&path));
  path  = Follow("elastic", "{temperature: [[0 s, 125 degC], [1 h, 25 degC]], on: plate}");
  point = At(path, 3600);
  NearAll(point.stress, (const double[]){film, film, 0, 0, 0, 0}, film);
  ck_assert(Near(point.strain[XX], -3.3e-4, 1e-12));
  ck_assert(Near(point.strain[ZZ], -2e-3 - 0.6 / 0.7 * (2e-3 - 3.3e-4), 1e-11));
  CALL(PltPathDestroy(&path));
}
END_TEST

/* Strain in some components, stress in others, all six at once. */
START_TEST(mixed_control)
{
  static const char text[] = "{temperature: [[0 s, 300 K], [1 s, 310 K]],\n"
                             " strain: {yy: [[0 s, 0 %], [1 s, 0.1 %]], xz: 0.2 %},\n"
                             " stress: {xx: [[0 s, 0 MPa], [1 s, 5 MPa]], xy: 3 MPa}}";
  PltPath           path   = Follow("wood", text);
  PltPathPoint      point  = At(path, 1);
  const double      yy     = 2e9 * (1e-3 - 2e-4 + 0.4 / 16e9 * 5e6);

  NearAll(point.stress, (const double[]){5e6, yy, 0, 3e6, 0, 4e6}, 5e6);
  ck_assert(Near(point.strain[XX], 4e-5 + 5e6 / 16e9 - 0.4 / 16e9 * yy, 1e-11));
  ck_assert(Near(point.strain[ZZ], 4e-4 - 0.3 / 16e9 * 5e6 - 0.2 / 2e9 * yy, 1e-11));
  ck_assert(Near(point.strain[XY], 1e-3, 1e-11) && Near(point.strain[XZ], 2e-3, 1e-14));
  CALL(PltPathDestroy(&path));
}
END_TEST

/* ---- viscoelastic ---- */

START_TEST(relaxation_and_constant_rate)
{
  const double t[6] = {0, 0.5, 1, 5, 10, 50}, t2[3] = {1, 5, 10};
  double       exact[6];

  for (int i = 0; i < 6; i++) exact[i] = 10 * (0.3 + 0.3 * exp(-t[i]) + 0.4 * exp(-t[i] / 10));
  CheckStress("maxwell",
              "{temperature: 25 degC, strain: {xx: [[0 s, 1 %], [0.5 s, 1 %], [1 s, 1 %],\n"
              "  [5 s, 1 %], [10 s, 1 %], [50 s, 1 %]]}}",
              6, t, exact, 1e-10);
  for (int i = 0; i < 3; i++)
    exact[i] = 0.3 * t2[i] + 0.3 * (1 - exp(-t2[i])) + 0.4 * 10 * (1 - exp(-t2[i] / 10));
  CheckStress("maxwell",
              "{temperature: 25 degC, strain: {xx: [[0 s, 0 %], [1 s, 0.1 %], [5 s, 0.5 %],\n"
              "  [10 s, 1 %]]}}",
              3, t2, exact, 1e-10);
}
END_TEST

/* E(t) relaxes to 0.3 E: creep compliance ends at 1 / (0.3 E); in between, that of the series:
   s J(s) = 1 / (s E(s)), two retardation times. */
START_TEST(creep)
{
  PltPath      path  = Follow("maxwell", "{temperature: 25 degC, stress: {xx: 1 MPa}, time: 1000 s,"
                                               " accuracy: 1e-6}");
  PltPathPoint point = At(path, 0);

  ck_assert(Near(point.strain[XX], 1e-3, 1e-10));
  ck_assert(Near(point.stress[XX], 1e6, 1e-10));
  point = At(path, 1000);
  ck_assert_msg(Near(point.strain[XX], 1e-3 / 0.3, 1e-5), "%.9g", point.strain[XX]);
  ck_assert_msg(Near(point.strain[YY], -1e-3, 1e-5), "%.9g", point.strain[YY]);
  CALL(PltPathDestroy(&path));
}
END_TEST

/* M(s) = 18 K G(s) / (3 K + 4 G(s)): one time, 100 s (3 K + 4 G) / (3 K + 0.4 G). Two increments at
   least differ by the column that is free to relax, hence the accuracy. */
START_TEST(film_that_relaxes_in_shear)
{
  const double t[6]      = {0, 1, 10, 100, 1000, 10000};
  const double stress[6] = {28.8, 28.64498, 27.29352, 17.31321, 4.540376, 4.5};

  CheckStress("film",
              "{temperature: 25 degC, accuracy: 1e-5, strain: {yy: 0.1 %, xx: [[0 s, 0.1 %],\n"
              "  [1 s, 0.1 %], [10 s, 0.1 %], [100 s, 0.1 %], [1000 s, 0.1 %], [10000 s, 0.1 %]]}}",
              6, t, stress, 1e-4);
}
END_TEST

/* 6.553063 MPa: hereditary integral by fine quadrature. */
START_TEST(constrained_cooldown)
{
  const double t[1] = {120}, stress[1] = {6.553063};

  CheckStress("cooled", "{temperature: [[0 s, 150 degC], [120 s, 90 degC]], strain: {xx: 0 %}}", 1,
              t, stress, 1e-3);
  CheckStress("cooled",
              "{temperature: [[0 s, 150 degC], [120 s, 90 degC]], strain: {xx: 0 %},\n"
              " accuracy: 1e-7}",
              1, t, stress, 1e-5);
}
END_TEST

/* ---- cure ---- */

/* Integrated by LSODA to 1e-11. */
START_TEST(kamal_isothermal)
{
  const double t[6]     = {60, 120, 300, 600, 1200, 3600};
  const double alpha[6] = {0.007524711, 0.02243634, 0.1089851, 0.3369704, 0.703133, 0.9694879};
  PltPath      path     = Follow("resin", "{temperature: [[0 s, 125 degC], [60 s, 125 degC], "
                                                   "[120 s, 125 degC], [300 s, 125 degC],\n"
                                                   " [600 s, 125 degC], [1200 s, 125 degC], "
                                                   "[3600 s, 125 degC]]}");

  for (int i = 0; i < 6; i++) {
    const PltPathPoint point  = At(path, t[i]);
    const double       shrunk = -3e-3 * fmax(0, alpha[i] - 0.5) / 0.5;

    ck_assert_msg(Near(Told(&point, "cure"), alpha[i], 1e-6), "%g s: %.9g, not %.9g", t[i],
                  Told(&point, "cure"), alpha[i]);
    ck_assert(fabs(point.strain[XX] - shrunk) < 1e-8);
  }
  CALL(PltPathDestroy(&path));
}
END_TEST

/* alpha = (e - 1) / (e + k2 / k1), e = exp((k1 + k2) t); Tg of it by DiBenedetto. */
START_TEST(kamal_closed_form)
{
  PltPath path = Follow("resin11", "{temperature: [[0 s, 400 K], [50 s, 400 K], [100 s, 400 K], "
                                   "[200 s, 400 K], [400 s, 400 K]]}");

  for (double t = 50; t <= 400; t *= 2) {
    const PltPathPoint point = At(path, t);
    const double       e = exp(0.021 * t), alpha = (e - 1) / (e + 20);

    ck_assert(Near(Told(&point, "cure"), alpha, 1e-8));
    ck_assert(Near(Told(&point, "Tg"), 233.15 + 190 * 0.4 * alpha / (1 - 0.6 * alpha), 1e-8));
  }
  CALL(PltPathDestroy(&path));
}
END_TEST

/* ---- metals ---- */

/* Closed form of a film on a rigid substrate; stress and plastic strain after each ramp. */
START_TEST(copper_film_cycles)
{
  static const char *const metal[2]      = {"copper", "copper2"};
  static const double      stress[2][3]  = {{-128.3382, 133.6604, -138.7478},
                                            {-128.3382, 117.3521, -128.3382}};
  static const double      plastic[2][3] = {{0.004169082, 0.006830201, 0.009373878},
                                            {0.004169082, 0.007014193, 0.009859303}};

  for (int m = 0; m < 2; m++) {
    PltPath path = Follow(metal[m], "{temperature: [[0 s, 25 degC], [1 s, 230 degC], "
                                    "[2 s, 25 degC], [3 s, 230 degC]], on: plate}");

    for (int i = 0; i < 3; i++) {
      const PltPathPoint point = At(path, i + 1);

      ck_assert_msg(Near(point.stress[XX] * 1e-6, stress[m][i], 1e-6), "%.9g, not %.9g",
                    point.stress[XX] * 1e-6, stress[m][i]);
      ck_assert(Near(Told(&point, "plastic_strain"), plastic[m][i], 1e-6));
    }
    CALL(PltPathDestroy(&path));
  }
}
END_TEST

/* s^(1 - n) = s0^(1 - n) + (n - 1) E A t, a bar of 40 MPa held. */
START_TEST(norton_relaxation)
{
  const double t[5] = {0, 100, 1000, 10000, 100000};
  double       stress[5];

  for (int i = 0; i < 5; i++) stress[i] = pow(pow(40, -4) + 4 * 30000 * 1e-16 * t[i], -0.25);
  CheckStress("norton",
              "{temperature: 25 degC, strain: {xx: [[0 s, 0.133333333333333333 %],\n"
              "  [100 s, 0.133333333333333333 %], [1000 s, 0.133333333333333333 %],\n"
              "  [10000 s, 0.133333333333333333 %], [100000 s, 0.133333333333333333 %]]}}",
              5, t, stress, 1e-5);
}
END_TEST

/* Free traces whose metal creeps: along them they expand by more than it and by less than the
   polymer. Their phases have stress, the layer has none. */
START_TEST(free_traces_creep)
{
  static const char text[] =
      "{temperature: [[0 s, 150 degC], [10 min, 150 degC], [20 min, 25 degC],\n"
      "  [30 min, 25 degC], [40 min, 240 degC], [1000 h, 240 degC]]}";
  PltPath      path  = Follow("traces", text);
  PltPathPoint point = At(path, 3.6e6);

  for (int c = 0; c < 6; c++) ck_assert(fabs(point.stress[c]) < 1);
  ck_assert_msg(point.strain[YY] > 23e-6 * 90 && point.strain[YY] < 45e-6 * 90, "%.9g",
                point.strain[YY]);
  CALL(PltPathDestroy(&path));
}
END_TEST

/* A bar at constant rates, integrated by LSODA. */
START_TEST(anand_uniaxial)
{
  static const char *const T[3]         = {"25 degC", "125 degC", "25 degC"};
  static const double      rate[3]      = {1e-3, 1e-3, 1e-5};
  static const double      strain[5]    = {0.002, 0.01, 0.02, 0.05, 0.1};
  static const double      stress[3][5] = {{30.59319, 39.23671, 46.35354, 56.2201, 60.80609},
                                           {10.41526, 11.14081, 11.6676, 12.28722, 12.52292},
                                           {18.54725, 21.50605, 23.71093, 26.38413, 27.43582}};

  for (int k = 0; k < 3; k++) {
    char   text[400], *end = text;
    double time[5];

    end += sprintf(end, "{temperature: %s, strain: {xx: [[0 s, 0 %%]", T[k]);
    for (int i = 0; i < 5; i++) {
      time[i] = strain[i] / rate[k];
      end += sprintf(end, ", [%.17g s, %.17g m/m]", time[i], strain[i]);
    }
    strcpy(end, "]}}");
    CheckStress("solder", text, 5, time, stress[k], 1e-4);
  }
}
END_TEST

static Suite *MaterialSuite(void)
{
  Suite *suite = suite_create("material");
  TCase *laws  = tcase_create("laws");

  tcase_set_timeout(laws, 60);
  tcase_add_unchecked_fixture(laws, Setup, Teardown);
  tcase_add_test(laws, free_expansion);
  tcase_add_test(laws, clamped_and_film);
  tcase_add_test(laws, mixed_control);
  tcase_add_test(laws, relaxation_and_constant_rate);
  tcase_add_test(laws, creep);
  tcase_add_test(laws, film_that_relaxes_in_shear);
  tcase_add_test(laws, constrained_cooldown);
  tcase_add_test(laws, kamal_isothermal);
  tcase_add_test(laws, kamal_closed_form);
  tcase_add_test(laws, copper_film_cycles);
  tcase_add_test(laws, norton_relaxation);
  tcase_add_test(laws, free_traces_creep);
  tcase_add_test(laws, anand_uniaxial);
  suite_add_tcase(suite, laws);
  return suite;
}

PLT_TEST_MAIN(MaterialSuite)
