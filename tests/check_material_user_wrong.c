/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Wrong laws from outside: their tables are refused, each with a text that names what is wrong; a
   law that answers nonsense is found when its material is checked, or has no answer. */
#include <string.h>
#include "law_sample.h"
#include "user_law.h"

/* Registering the table fails and says so. */
static void Refused(const PltLaw *law, const char *text)
{
  const int code = PltRegisterLaw(law);

  ck_assert_msg(code == PLT_ERR_USAGE, "'%s': %d", text, code);
  ck_assert_msg(strstr(PltGetErrorMessage(), text) != NULL, "'%s' is not in '%s'", text,
                PltGetErrorMessage());
}

/* A good table to be spoilt, under a name that is never taken. */
static PltLaw Spoilt(void)
{
  PltLaw law = fluid;

  law.name = "spoilt";
  return law;
}

#define WRONG(text, ...)                                                                           \
  do {                                                                                             \
    PltLaw law = Spoilt();                                                                         \
    __VA_ARGS__;                                                                                   \
    Refused(&law, text);                                                                           \
  } while (0)

START_TEST(wrong_tables)
{
  static const PltLaw empty = {0};

  Refused(NULL, "NULL");
  Refused(&empty, "version 0");
  WRONG("version 3 of platen_material.h", law.version = PLT_LAW_VERSION + 1);
  WRONG("version -1", law.version = -1);
  WRONG("(NULL)", law.name = NULL);
  WRONG("cannot name a law", law.name = "");
  WRONG("cannot name a law", law.name = "Spoilt");
  WRONG("cannot name a law", law.name = "a b");
  WRONG("cannot name a law", law.name = "a_name_that_is_longer_than_the_longest_of_all");
  WRONG("there is a law 'isotropic' already", law.name = "isotropic");
  WRONG("stiffness is NULL", law.stiffness = NULL);
  WRONG("property is NULL", law.property = NULL);
  WRONG("nproperty is -1", law.nproperty = -1);
  WRONG("nproperty is 41", law.nproperty = 41);
  WRONG("update is NULL", law.update = NULL);
  WRONG("affine is 7", law.affine = 7);
  WRONG("nshared is 13", law.nshared = 13);
  WRONG("birth is there, but nshared is 0", law.nshared = 0);
  WRONG("ntold is 9", law.ntold = 9);
  WRONG("belong together", law.tell = NULL);
  WRONG("belong together", law.told = NULL);
  WRONG("belong together", law.ntold = 0);
  ck_assert_ptr_null(PltMaterialFindLaw("spoilt"));
}
END_TEST

/* One property, or two. */
static void WrongProperties(const char *text, PltLawProperty one, PltLawProperty two)
{
  const PltLawProperty property[] = {{.key = "a.x", .unit = "1"}, one, two};
  PltLaw               law        = Spoilt();

  law.property  = property;
  law.nproperty = two.key ? 3 : 2;
  Refused(&law, text);
}

START_TEST(wrong_properties)
{
  static const char *const bad[]  = {"",
                                     "2a",
                                     "a b",
                                     "a:",
                                     "a.",
                                     ".a",
                                     "a..",
                                     "a.2b",
                                     "ä",
                                     "a.b.c",
                                     "a\n",
                                     "{}",
                                     "a_key_that_is_longer_than_the_longest_of_all"};
  static const char *const ours[] = {"cte",     "cte_secant", "cte_reference",
                                     "density", "law",        "note"};
  const PltLawProperty     none   = {0};

  WrongProperties("cannot be the key", none, none);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    WrongProperties("cannot be the key", (PltLawProperty){.key = bad[i], .unit = "1"}, none);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    WrongProperties("is there in every law", (PltLawProperty){.key = ours[i], .unit = "1"}, none);
  WrongProperties("two properties have the key 'a.x'", (PltLawProperty){.key = "a.x", .unit = "1"},
                  none);
  WrongProperties("a map of others", (PltLawProperty){.key = "a", .unit = "1"}, none);
  WrongProperties("must follow one another", (PltLawProperty){.key = "b", .unit = "1"},
                  (PltLawProperty){.key = "a.y", .unit = "1"});
  WrongProperties("the unit '(NULL)' is none of 1, Pa", (PltLawProperty){.key = "b"}, none);
  WrongProperties("the unit 'MPa' is none of", (PltLawProperty){.key = "b", .unit = "MPa"}, none);
  WrongProperties("the unit 'h' is none of",
                  (PltLawProperty){.key = "b", .unit = "1", .first = "h"}, none);
  WrongProperties("is not single",
                  (PltLawProperty){.key = "b", .unit = "1", .first = "s", .single = 1}, none);
  WrongProperties("nothing is above 2 and below 1",
                  (PltLawProperty){.key = "b", .unit = "1", .above = 2, .below = 1}, none);
  WrongProperties("nothing is above",
                  (PltLawProperty){.key = "b", .unit = "1", .above = NAN, .below = 1}, none);
}
END_TEST

START_TEST(wrong_told)
{
  static const PltLawTold name[] = {{"a b", "1"}}, none[] = {{NULL, "1"}}, unit[] = {{"a", "mm"}};

  WRONG("cannot name what it tells", law.ntold = 1; law.told = name);
  WRONG("'(NULL)' cannot name what it tells", law.ntold = 1; law.told = none);
  WRONG("a: the unit 'mm'", law.ntold = 1; law.told = unit);
}
END_TEST

/* The same table again is no mistake, another of the same name is. */
START_TEST(names_are_taken_once)
{
  const PltLaw copy = grain;

  CALL(PltRegisterLaw(&grain));
  CALL(PltRegisterLaw(&grain));
  Refused(&copy, "there is a law 'grain' already");
}
END_TEST

/* ---- laws that answer nonsense ---- */

static void NotSymmetric(PltProperties given, double T, double C[6][6])
{
  FluidStiffness(given, T, C);
  C[0][1] *= 2;
}

static void NoNumber(PltProperties given, double T, double C[6][6])
{
  FluidStiffness(given, T, C);
  C[3][3] = NAN;
}

static int TooMany(PltProperties given)
{
  (void)given;
  return 1000000000;
}

static int Negative(PltProperties given)
{
  (void)given;
  return -5;
}

static void NoTime(PltProperties given, PltLawSpan *span)
{
  (void)given;
  span->largest = 0;
}

static void NoFree(PltProperties given, PltLawSpan *span)
{
  FluidAdvance(given, span);
  span->free[2] = INFINITY;
}

static int NoAnswer(PltProperties given, const PltLawSpan *span, const double start[],
                    const double strain[6], double end[], double stress[6], double D[6][6])
{
  FluidUpdate(given, span, start, strain, end, stress, D);
  return 1;
}

static int NoStress(PltProperties given, const PltLawSpan *span, const double start[],
                    const double strain[6], double end[], double stress[6], double D[6][6])
{
  FluidUpdate(given, span, start, strain, end, stress, D);
  stress[4] = NAN;
  return 0;
}

static int NoModulus(PltProperties given, const PltLawSpan *span, const double start[],
                     const double strain[6], double end[], double stress[6], double D[6][6])
{
  FluidUpdate(given, span, start, strain, end, stress, D);
  D[5][5] = 0;
  return 0;
}

static const char *Disagrees(PltProperties given)
{
  return PltPropertyAt(given, FLUID_G, 300) > 0 ? "G is not to my taste" : NULL;
}

static const PltLaw odd[] = {
#define ODD(name_, ...)                                                                            \
  {                                                                                                \
    .version = PLT_LAW_VERSION, .name = name_, .nproperty = 3, .property = fluid_property,         \
    .nshared = 1, __VA_ARGS__                                                                      \
  }
    ODD("odd_a", .stiffness = NotSymmetric, .states = FluidStates, .update = FluidUpdate),
    ODD("odd_b", .stiffness = NoNumber, .states = FluidStates, .update = FluidUpdate),
    ODD("odd_c", .stiffness = FluidStiffness, .states = TooMany, .update = FluidUpdate),
    ODD("odd_d", .stiffness = FluidStiffness, .states = Negative, .update = FluidUpdate),
    ODD("odd_e", .stiffness = FluidStiffness, .states = FluidStates, .update = NoAnswer),
    ODD("odd_f", .stiffness = FluidStiffness, .states = FluidStates, .update = NoStress),
    ODD("odd_g", .stiffness = FluidStiffness, .states = FluidStates, .update = NoModulus),
    ODD("odd_h", .stiffness = FluidStiffness, .states = FluidStates, .update = FluidUpdate,
        .check = Disagrees),
    ODD("odd_i", .stiffness = FluidStiffness, .states = FluidStates, .update = FluidUpdate,
        .advance = NoTime),
    ODD("odd_j", .stiffness = FluidStiffness, .states = FluidStates, .update = FluidUpdate,
        .advance = NoFree),
};

static PltMaterial NewOdd(const PltLaw *law)
{
  PltMaterial material;

  CALL(PltRegisterLaw(law));
  material = NewMaterial(law->name, "gum");
  SetConstant(material, "G", 1e9);
  SetConstant(material, "K", 3e9);
  SetConstant(material, "tau", 60);
  SetConstant(material, "cte", 1e-5);
  return material;
}

START_TEST(nonsense_is_found)
{
  static const char *const text[] = {"the stiffness is not symmetric",
                                     "the stiffness is not symmetric",
                                     "has 1000000000 states, may have 0 to 256",
                                     "has -5 states",
                                     "update has no answer",
                                     "update has no answer",
                                     "D of update is not positive definite",
                                     "G is not to my taste"};

  for (int i = 0; i < 8; i++) {
    PltMaterial material = NewOdd(&odd[i]);
    const char *found    = MistakesOf(material);

    ck_assert_msg(strstr(found, text[i]) && strstr(found, "r.yaml:4:3"), "%d: '%s'", i, found);
    CALL(PltMaterialDestroy(&material));
  }
}
END_TEST

START_TEST(a_wrong_advance_is_an_error)
{
  static const char *const text[] = {"'odd_i' sets largest to 0", "'odd_j' leaves numbers"};

  for (int i = 0; i < 2; i++) {
    PltMaterial material        = NewOdd(&odd[8 + i]);
    PltSpan     span[PLT_SPANS] = {{.T = {300, 310}, .dt = 1}};

    ck_assert_int_eq(PltSpanSet(material, span), PLT_ERR_USAGE);
    ck_assert_msg(strstr(PltGetErrorMessage(), text[i]) != NULL, "%s", PltGetErrorMessage());
    CALL(PltMaterialDestroy(&material));
  }
}
END_TEST

/* No more than there is room for; goes last, as there is none afterwards. */
START_TEST(room_ends)
{
  static PltLaw law[64];
  static char   name[64][32];
  int           n = 0, code = 0;

  for (; n < 64 && !code; n++) {
    law[n] = fluid;
    snprintf(name[n], sizeof name[n], "more_%d", n);
    law[n].name = name[n];
    code        = PltRegisterLaw(&law[n]);
  }
  ck_assert_int_eq(code, PLT_ERR_USAGE);
  ck_assert_ptr_nonnull(strstr(PltGetErrorMessage(), "more than 32 laws"));
  CALL(PltRegisterLaw(&law[0]));
}
END_TEST

static Suite *WrongSuite(void)
{
  Suite *suite = suite_create("user wrong");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, wrong_tables);
  tcase_add_test(tests, wrong_properties);
  tcase_add_test(tests, wrong_told);
  tcase_add_test(tests, names_are_taken_once);
  tcase_add_test(tests, nonsense_is_found);
  tcase_add_test(tests, a_wrong_advance_is_an_error);
  tcase_add_test(tests, room_ends);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(WrongSuite)
