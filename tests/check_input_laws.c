/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Recipes with metals, silicon and a board: the law follows from the keys, values come in SI units,
   and what is written reads back to the same. */
#include "input_sample.h"

static const char recipe[] =
    "platen: 1\n"
    "panel: {size: [100 mm, 80 mm], mesh: {size: 5 mm}}\n"
    "materials:\n"
    "  copper: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, density: 8960 kg/m3,\n"
    "    yield: [[20 degC, 120 MPa], [260 degC, 80 MPa]], hardening: 1 GPa,\n"
    "    voce: {Q: 50 MPa, b: 60}, kinematic: [[5 GPa, 0], [30 GPa, 300]],\n"
    "    rate: {K: 20 MPa, N: 12}}\n"
    "  soft: {law: plastic, E: 70 GPa, nu: 0.3, cte: 23 ppm/K, yield: 30 MPa,\n"
    "    kinematic: [[5 GPa, 10]]}\n"
    "  norton: {E: 30 GPa, nu: 0.35, cte: 22 ppm/K,\n"
    "    creep: {A: 1e-16 1/s, n: 5, stress: 1 MPa}}\n"
    "  garofalo: {E: 40 GPa, nu: 0.36, cte: 22 ppm/K,\n"
    "    creep: {A: 260000 1/s, n: 6, alpha: 0.025 1/MPa, Q: 54 kJ/mol}}\n"
    "  solder: {E: 43 GPa, nu: 0.36, cte: 22 ppm/K, anand: {A: 3501 1/s, Q: 77.49 kJ/mol, xi: 4,\n"
    "    m: 0.25, s0: 21 MPa, h0: 180 GPa, shat: 30.2 MPa, n: 0.01, a: 1.78}}\n"
    "  silicon: {C11: 165.7 GPa, C12: 63.9 GPa, C44: 79.6 GPa, cte: 2.6 ppm/K, angle: 45 deg}\n"
    "  rdl: {metal: copper, in: soft, fraction: 0.4, direction: x}\n"
    "  board: {Ex: 20 GPa, Ey: 18 GPa, Ez: 9 GPa, nuxy: 0.15, nuxz: 0.2, nuyz: 0.2, Gxy: 6 GPa,\n"
    "    Gxz: 4 GPa, Gyz: 4 GPa, ctex_secant: [[25 degC, 14 ppm/K], [260 degC, 11 ppm/K]],\n"
    "    ctey: 15 ppm/K, ctez_secant: [[25 degC, 40 ppm/K], [260 degC, 130 ppm/K]],\n"
    "    cte_reference: 25 degC}\n"
    "stack: [{ply: p, material: silicon, thickness: 1 mm}]\n"
    "process: [{name: s, add: p, temperature: 25 degC}]\n";

static double ValueOf(PltProject p, int material, const char *key)
{
  const PetscInt k = PltMaterialFindProperty(p->material[material], key);

  ck_assert_msg(k >= 0, "no %s", key);
  return p->material[material]->curve[k].value[0];
}

START_TEST(keys_tell_the_law)
{
  static const char *const law[] = {"plastic", "plastic", "creep",  "creep",
                                    "anand",   "cubic",   "traces", "orthotropic"};
  PltProject               p     = MustParse(recipe);
  const PltCurve          *pairs;

  ck_assert_int_eq(p->nmaterial, 8);
  for (int k = 0; k < 8; k++) ck_assert_str_eq(p->material[k]->ops->type, law[k]);
  ck_assert(Near(ValueOf(p, 0, "voce.Q"), 50e6, 1e-15));
  ck_assert(Near(ValueOf(p, 0, "rate.K"), 20e6, 1e-15));
  pairs = &p->material[0]->curve[PltMaterialFindProperty(p->material[0], "kinematic")];
  ck_assert(pairs->n == 2 && Near(pairs->T[1], 30e9, 1e-15) && pairs->value[1] == 300);
  pairs = &p->material[1]->curve[PltMaterialFindProperty(p->material[1], "kinematic")];
  ck_assert(pairs->n == 1 && Near(pairs->T[0], 5e9, 1e-15) && pairs->value[0] == 10);
  ck_assert(Near(ValueOf(p, 2, "creep.stress"), 1e6, 1e-15));
  ck_assert(Near(ValueOf(p, 3, "creep.alpha"), 0.025e-6, 1e-15));
  ck_assert(Near(ValueOf(p, 3, "creep.Q"), 54e3, 1e-15));
  ck_assert(Near(ValueOf(p, 4, "anand.Q"), 77490, 1e-15));
  ck_assert(Near(ValueOf(p, 4, "anand.h0"), 180e9, 1e-15));
  ck_assert(Near(ValueOf(p, 5, "angle"), PETSC_PI / 4, 1e-15));
  ck_assert_int_eq(PltMaterialStates(p->material[6]), 4 + (7 + 12) + (7 + 6));
  ck_assert(Near(ValueOf(p, 7, "ctez_secant"), 40e-6, 1e-15));
  ck_assert(Near(ValueOf(p, 7, "cte_reference"), 298.15, 1e-15));
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(written_and_read_again)
{
  PltProject a = MustParse(recipe), b;
  char      *text;

  CALL(PltInputFormat(a, &text));
  b = MustParse(text);
  CompareProjects(a, b);
  CALL(PetscFree(text));
  CALL(PltProjectDestroy(&a));
  CALL(PltProjectDestroy(&b));
}
END_TEST

static Suite *LawsSuite(void)
{
  Suite *suite = suite_create("laws in recipes");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, keys_tell_the_law);
  tcase_add_test(tests, written_and_read_again);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(LawsSuite)
