/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Elastic laws and metals: one point on a path, through the public interface and text a user would
   write, against closed forms and independent integrations. What an elastic law does follows from
   its definition; the sources of the others stand beside them. */
static const char materials[] =
    "elastic:  {E: 20 GPa, nu: 0.3, cte: [[25 degC, 10 ppm/K], [125 degC, 30 ppm/K]]}\n"
    "wood:     {Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
    "           Gxz: 2 GPa, Gyz: 1 GPa, ctex: 4 ppm/K, ctey: 20 ppm/K, ctez: 40 ppm/K}\n"
    /* the same expansion by secants from 25 degC, and by the tangents that follow from them */
    "secants:  {Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
    "           Gxz: 2 GPa, Gyz: 1 GPa, ctex_secant: [[25 degC, 4 ppm/K], [125 degC, 8 ppm/K]],\n"
    "           ctey: 20 ppm/K, ctez_secant: [[25 degC, 40 ppm/K], [125 degC, 30 ppm/K]],\n"
    "           cte_reference: 25 degC}\n"
    "tangents: {Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
    "           Gxz: 2 GPa, Gyz: 1 GPa, ctex: [[25 degC, 4 ppm/K], [125 degC, 12 ppm/K]],\n"
    "           ctey: 20 ppm/K, ctez: [[25 degC, 40 ppm/K], [125 degC, 20 ppm/K]]}\n"
    "cu:       {E: 117 GPa, nu: 0.34, cte: 17 ppm/K}\n"
    "pi:       {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K}\n"
    "rdl2:     {metal: cu, in: pi, fraction: 0.2, direction: x}\n"
    "rdl5:     {metal: cu, in: pi, fraction: 0.5, direction: x}\n"
    "rdl8:     {metal: cu, in: pi, fraction: 0.8, direction: x}\n"
    "plate:    {E: 100 GPa, nu: 0.2, cte: 3.3 ppm/K}\n"
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

#include "material_path.h"

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

/* rdl_rank1_traces_along_x: pulled along and across, sheared, heated; to half of the last digit of
   seven. The strain across a pull along is Poisson's ratio. */
START_TEST(traces_are_a_laminate)
{
  /* Ex, Ey, nuxy, Gxy, expansions along x and y */
  static const double exact[3][6] = {{26200, 4806.015, 0.34, 1620.345, 1.999237e-05, 4.59986e-05},
                                     {60250, 7573.404, 0.34, 2536.075, 1.781328e-05, 3.548349e-05},
                                     {94300, 17297.99, 0.34, 5832.004, 1.720785e-05, 2.443333e-05}};

  for (int k = 0; k < 3; k++) {
    const char *const name = (const char *[]){"rdl2", "rdl5", "rdl8"}[k];
    const double     *is   = exact[k];
    PltPath      path  = Follow(name, "{temperature: 25 degC, stress: {xx: 100 MPa}, time: 1 s}");
    PltPathPoint point = At(path, 1);

    ck_assert(Near(point.strain[XX], 100 / is[0], 1e-6));
    ck_assert(Near(point.strain[YY], -is[2] * 100 / is[0], 1e-6));
    CALL(PltPathDestroy(&path));
    path  = Follow(name, "{temperature: 25 degC, stress: {yy: 10 MPa, xy: 10 MPa}, time: 1 s}");
    point = At(path, 1);
    ck_assert(Near(point.strain[YY], 10 / is[1], 1e-6));
    ck_assert(Near(point.strain[XY], 10 / is[3], 1e-6));
    CALL(PltPathDestroy(&path));
    path  = Follow(name, "{temperature: [[0 s, 25 degC], [1 s, 125 degC]]}");
    point = At(path, 1);
    ck_assert(Near(point.strain[XX], 100 * is[4], 1e-6));
    ck_assert(Near(point.strain[YY], 100 * is[5], 1e-6));
    CALL(PltPathDestroy(&path));
  }
}
END_TEST

/* Secants of each direction: 8 ppm/K and 30 ppm/K over 100 K, and what the tangents give on the
   way. */
START_TEST(orthotropic_secants)
{
  static const char text[]  = "{temperature: [[0 s, 25 degC], [1 s, 60 degC], [2 s, 125 degC],"
                              " [3 s, 80 degC]], strain: {yy: 0 %}, stress: {xy: 3 MPa}}";
  PltPath           path[2] = {Follow("secants", text), Follow("tangents", text)};
  PltPathPoint      hot     = At(path[0], 2);

  NearAll(hot.free, (const double[]){8e-4, 2e-3, 3e-3, 0, 0, 0}, 3e-3);
  for (double t = 1; t <= 3; t++) {
    PltPathPoint point[2];

    for (int k = 0; k < 2; k++) point[k] = At(path[k], t);
    NearAll(point[0].free, point[1].free, 3e-3);
    NearAll(point[0].stress, point[1].stress, 4e6);
    NearAll(point[0].strain, point[1].strain, 3e-3);
  }
  for (int k = 0; k < 2; k++) CALL(PltPathDestroy(&path[k]));
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
  tcase_add_test(laws, traces_are_a_laminate);
  tcase_add_test(laws, orthotropic_secants);
  tcase_add_test(laws, copper_film_cycles);
  tcase_add_test(laws, norton_relaxation);
  tcase_add_test(laws, free_traces_creep);
  tcase_add_test(laws, anand_uniaxial);
  suite_add_tcase(suite, laws);
  return suite;
}

PLT_TEST_MAIN(MaterialSuite)
