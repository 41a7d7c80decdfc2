/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What every law of material.c promises in material.h, for one material of each kind at least,
   fresh and after some history. A new law adds a function that makes a material, and a line. */
#include "law_sample.h"
#include "material_polymer.h"

/* Its phases are destroyed with it. */
static PltMaterial MakeTraces(void)
{
  return NewTraces(NewIsotropic("copper", 117e9, 0.34, 17e-6), NewMold(), 0.4, 'm');
}

static PltMaterial MakePlastic(void)
{
  PltMaterial copper = NewYielding("copper", 117e9, 0.34, 17e-6, 100e6);

  SetConstant(copper, "hardening", 2e9);
  return copper;
}

/* A material of n constants. */
static PltMaterial Make(const char *law, int n, const char *const key[], const double value[])
{
  PltMaterial material = NewMaterial(law, law);

  for (int k = 0; k < n; k++) SetConstant(material, key[k], value[k]);
  return material;
}

static PltMaterial MakeCubic(void)
{
  static const char *const key[]   = {"C11", "C12", "C44", "angle", "cte"};
  static const double      value[] = {166e9, 64e9, 80e9, PETSC_PI / 4, 2.6e-6};

  return Make("cubic", 5, key, value);
}

static PltMaterial MakeCreep(void)
{
  static const char *const key[]   = {"E", "nu", "cte", "creep.A", "creep.n", "creep.stress"};
  static const double      value[] = {30e9, 0.35, 20e-6, 1e-16, 5, 1e6};

  return Make("creep", 6, key, value);
}

/* SAC305, not aged (Motalab et al. 2012). */
static PltMaterial MakeAnand(void)
{
  static const char *const key[]   = {"E",        "nu",         "cte",     "anand.A",
                                      "anand.Q",  "anand.xi",   "anand.m", "anand.s0",
                                      "anand.h0", "anand.shat", "anand.n", "anand.a"};
  static const double      value[] = {43e9,  0.36,   22e-6, 3501, 9320 * 8.314462618, 4, 0.25, 21e6,
                                      180e9, 30.2e6, 0.01,  1.78};

  return Make("anand", 12, key, value);
}

/* A matrix that remembers. */
static PltMaterial MakeTracesGlassy(void)
{
  return NewTraces(MakePlastic(), NewGlassy(), 0.4, 'x');
}

static const struct {
  const char *law;
  PltMaterial (*make)(void);
} sample[] = {
    {"isotropic", NewMold},
    {"isotropic", NewSecant},
    {"orthotropic", NewBoard},
    {"orthotropic", NewBoardSecant},
    {"traces", MakeTraces},
    {"viscoelastic", NewViscoelastic},
    {"viscoelastic", NewViscoelasticYoung},
    {"viscoelastic", NewViscoelasticCure},
    {"glassy", NewGlassy},
    {"glassy", NewGlassyCure},
    {"plastic", MakePlastic},
    {"cubic", MakeCubic},
    {"creep", MakeCreep},
    {"anand", MakeAnand},
    {"filled", NewFilled},
    {"traces", MakeTracesGlassy},
};
enum { NSAMPLE = sizeof sample / sizeof *sample };

/* Temperatures and times of a history; the last span is looked at in the middle of things. All are
   within the tables. */
static const double hot = 440, path[][2] = {{425, 50}, {440, 600}, {400, 20}, {330, 10}, {410, 5}};
enum { NPATH = sizeof path / sizeof *path };

/* A strain of 1e-3 or less in every direction, a different one for each number. */
static void Strain(int number, double strain[6])
{
  for (int i = 0; i < 6; i++) strain[i] = 1e-3 * sin(1 + 7 * number + 3 * i);
}

/* The sample after n spans of the path. */
static Point After(int s, int n)
{
  Point point = NewPoint(sample[s].make(), hot);

  for (int k = 0; k < n; k++) {
    double strain[6];

    OpenSpan(&point, path[k][0], path[k][1]);
    Strain(k, strain);
    CloseSpan(&point, strain);
  }
  return point;
}

/* Opens the next span, which knows its children by their place; nothing to do if it is done. */
static PetscBool Open(Point *point, int n)
{
  if (!point->material) return PETSC_FALSE;
  OpenSpan(point, path[n][0], path[n][1]);
  return PETSC_TRUE;
}

static void Destroy(Point *point)
{
  PltMaterial phase[2] = {point->material->metal, point->material->matrix};

  CALL(PltMaterialDestroy(&point->material));
  for (int k = 0; k < 2; k++) CALL(PltMaterialDestroy(&phase[k]));
}

#define FOR_EACH_STATE(point, s, n)                                                                \
  for (int s = 0; s < NSAMPLE; s++)                                                                \
    for (int n = 0; n < NPATH; n++)                                                                \
      for (Point point = After(s, n); Open(&point, n); Destroy(&point))

static double Largest(const double D[6][6])
{
  double most = 0;

  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) most = fmax(most, fabs(D[i][j]));
  return most;
}

static PetscBool CuresOn(PltMaterial material)
{
  const PetscInt k = PltMaterialFindProperty(material, "cure.A1");

  return (PetscBool)(k >= 0 && material->curve[k].n > 0);
}

START_TEST(every_law_has_a_sample)
{
  PetscInt           n;
  const char *const *type = PltMaterialTypes(&n);

  for (PetscInt i = 0; i < n; i++) {
    int found = 0;

    for (int s = 0; s < NSAMPLE; s++)
      if (!strcmp(sample[s].law, type[i])) found = 1;
    ck_assert_msg(found, "%s", type[i]);
  }
}
END_TEST

START_TEST(samples_have_no_mistakes)
{
  for (int s = 0; s < NSAMPLE; s++) {
    Point       point = NewPoint(sample[s].make(), hot);
    PltMistakes list;

    ck_assert_str_eq(point.material->ops->type, sample[s].law);
    CALL(PltMistakesCreate(&list));
    CALL(PltMaterialCheck(point.material, list));
    if (PltMistakesCount(list) > 0) PltMistakesRaise(list);
    ck_assert_msg(PltMistakesCount(list) == 0, "%s", PltGetErrorMessage());
    CALL(PltMistakesDestroy(&list));
    Destroy(&point);
  }
}
END_TEST

/* Twice the same is the same, whether or not all is asked for, and the start is left alone. */
START_TEST(update_is_pure)
{
  FOR_EACH_STATE(point, s, n)
  {
    const PetscInt states = PltMaterialStates(point.material);
    const Point    before = point;
    double         strain[6], end[2][POINT_STATES], stress[3][6], D[2][6][6];

    Strain(n, strain);
    Answer(&point, strain, end[0], stress[0], D[0]);
    Answer(&point, strain, end[1], stress[1], D[1]);
    Answer(&point, strain, NULL, stress[2], NULL);
    ck_assert(!memcmp(stress[0], stress[1], sizeof stress[0]));
    ck_assert(!memcmp(stress[0], stress[2], sizeof stress[0]));
    ck_assert(!memcmp(D[0], D[1], sizeof D[0]));
    ck_assert(!memcmp(end[0], end[1], sizeof(double) * (size_t)states));
    ck_assert(!memcmp(&before, &point, sizeof point));
    for (PetscInt i = 0; i < states; i++) ck_assert(isfinite(end[0][i]));
    for (int i = 0; i < 6; i++) ck_assert(isfinite(stress[0][i]));
  }
}
END_TEST

/* Central differences over 4e-8 of strain, a thousandth of what changes a modulus: the exact
   modulus, and of what is not symmetric (flow that turns within a span) the symmetric part. */
START_TEST(the_modulus_is_the_derivative_of_stress)
{
  FOR_EACH_STATE(point, s, n)
  {
    double strain[6], stress[6], D[6][6], E[6][6], F[6][6];

    Strain(n, strain);
    Answer(&point, strain, NULL, stress, D);
    point.exact = PETSC_TRUE;
    Answer(&point, strain, NULL, stress, E);
    for (int j = 0; j < 6; j++) {
      double up[6], down[6], shifted[6];

      memcpy(shifted, strain, sizeof strain);
      shifted[j] = strain[j] + 2e-8;
      Answer(&point, shifted, NULL, up, NULL);
      shifted[j] = strain[j] - 2e-8;
      Answer(&point, shifted, NULL, down, NULL);
      for (int i = 0; i < 6; i++) F[i][j] = (up[i] - down[i]) / 4e-8;
    }
    for (int i = 0; i < 6; i++)
      for (int j = 0; j < 6; j++) {
        ck_assert_msg(fabs((F[i][j] + F[j][i]) / 2 - D[i][j]) < 1e-6 * Largest(D),
                      "sample %d, state %d, %d %d: %g %g", s, n, i, j, (F[i][j] + F[j][i]) / 2,
                      D[i][j]);
        ck_assert_msg(fabs(F[i][j] - E[i][j]) < 1e-6 * Largest(D),
                      "sample %d, state %d, %d %d: %g %g", s, n, i, j, F[i][j], E[i][j]);
      }
  }
}
END_TEST

START_TEST(the_modulus_is_symmetric_and_positive)
{
  FOR_EACH_STATE(point, s, n)
  {
    double    strain[6], stress[6], D[6][6];
    PetscBool positive;

    Strain(n, strain);
    Answer(&point, strain, NULL, stress, D);
    for (int i = 0; i < 6; i++)
      for (int j = 0; j < 6; j++) ck_assert(D[i][j] == D[j][i]);
    CALL(PltInvert6(D, &positive));
    ck_assert_msg(positive, "sample %d, state %d", s, n);
  }
}
END_TEST

/* S = D strain + S(0), D the same for any strain; the scale of stress is 1e-3 D. */
START_TEST(affine_laws_are_affine)
{
  FOR_EACH_STATE(point, s, n)
  {
    const double none[6] = {0};
    double       strain[6], still[6], stress[6], change[6], D[2][6][6];

    if (!PltMaterialIsAffine(point.material)) continue;
    Strain(n, strain);
    Answer(&point, none, NULL, still, D[0]);
    Answer(&point, strain, NULL, stress, D[1]);
    ck_assert(!memcmp(D[0], D[1], sizeof D[0]));
    PltMul6(D[0], strain, change);
    for (int i = 0; i < 6; i++)
      ck_assert_msg(fabs(still[i] + change[i] - stress[i]) < 1e-14 * Largest(D[0]),
                    "sample %d, state %d", s, n);
  }
}
END_TEST

/* Nothing more happens in a span without time at the same temperature and strain: the new state
   holds the stress that came with it. */
START_TEST(the_end_holds_its_stress)
{
  FOR_EACH_STATE(point, s, n)
  {
    double strain[6], stress[6], D[6][6];

    Strain(n, strain);
    Answer(&point, strain, NULL, stress, D);
    CloseSpan(&point, strain);
    OpenSpan(&point, point.T, 0);
    Answer(&point, strain, NULL, point.stress, NULL);
    for (int i = 0; i < 6; i++)
      ck_assert_msg(fabs(point.stress[i] - stress[i]) < 1e-12 * Largest(D),
                    "sample %d, state %d: %g %g", s, n, point.stress[i], stress[i]);
  }
}
END_TEST

/* Without time, from birth, fully cured: the stiffness. A strain of 1e-6 is below any yield. Traces
   that remember stand differently in z. */
START_TEST(the_instantaneous_answer_is_the_stiffness)
{
  for (int s = 0; s < NSAMPLE; s++) {
    for (double T = 300; T <= hot; T += 35) {
      const double strain[6] = {1e-6, -2e-6, 3e-6, -1e-6, 2e-6, 1e-6};
      Point        point     = NewPoint(sample[s].make(), T);
      double       C[6][6], D[6][6], stress[6], exact[6];

      if (CuresOn(point.material)) point.shared[0] = 1;
      if (point.material->metal && PltMaterialStates(point.material) > 0) {
        Destroy(&point);
        continue;
      }
      OpenSpan(&point, T, 0);
      Answer(&point, strain, NULL, stress, D);
      CALL(PltMaterialStiffness(point.material, T, C));
      PltMul6(C, strain, exact);
      for (int i = 0; i < 6; i++) {
        ck_assert_msg(fabs(stress[i] - exact[i]) < 1e-18 * Largest(C) + 1e-12 * fabs(exact[i]),
                      "sample %d at %g K: %.15g %.15g", s, T, stress[i], exact[i]);
        for (int j = 0; j < 6; j++) ck_assert(fabs(C[i][j] - D[i][j]) < 1e-12 * Largest(C));
      }
      Destroy(&point);
    }
  }
}
END_TEST

START_TEST(free_strain_is_the_expansion)
{
  FOR_EACH_STATE(point, s, n)
  {
    double exact[6];

    ck_assert(point.span->largest > 0 && point.span->largest <= 1);
    if (CuresOn(point.material)) continue;
    CALL(PltMaterialExpansion(point.material, point.span->T[0], point.span->T[1], exact));
    for (int i = 0; i < 6; i++)
      ck_assert_msg(fabs(point.span->free[i] - exact[i]) < 1e-16, "sample %d, state %d", s, n);
  }
}
END_TEST

/* A part that cures keeps its degree between 0 and 1, and it grows; the order of calls does not
   matter, as spans know all they need. */
START_TEST(spans_do_not_depend_on_what_was_before)
{
  FOR_EACH_STATE(point, s, n)
  {
    Point again = point;

    OpenSpan(&again, 350, 1e4);
    OpenSpan(&again, path[n][0], path[n][1]);
    for (int i = 0; i < PLT_SHARED; i++) {
      ck_assert(isfinite(point.span->shared[1][i]));
      ck_assert(point.span->shared[1][i] == again.span->shared[1][i]);
    }
    ck_assert(!memcmp(point.span->free, again.span->free, sizeof again.span->free));
    ck_assert(point.span->largest == again.span->largest);
    if (!CuresOn(point.material)) continue;
    ck_assert(point.span->shared[1][0] >= point.span->shared[0][0]);
    ck_assert(point.span->shared[1][0] <= 1);
  }
}
END_TEST

static Suite *ContractSuite(void)
{
  Suite *suite = suite_create("contract");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, every_law_has_a_sample);
  tcase_add_test(tests, samples_have_no_mistakes);
  tcase_add_test(tests, update_is_pure);
  tcase_add_test(tests, the_modulus_is_the_derivative_of_stress);
  tcase_add_test(tests, the_modulus_is_symmetric_and_positive);
  tcase_add_test(tests, affine_laws_are_affine);
  tcase_add_test(tests, the_end_holds_its_stress);
  tcase_add_test(tests, the_instantaneous_answer_is_the_stiffness);
  tcase_add_test(tests, free_strain_is_the_expansion);
  tcase_add_test(tests, spans_do_not_depend_on_what_was_before);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(ContractSuite)
