/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Text with units to SI and back. */
#include <locale.h>
#include <string.h>
#include "check.h"

typedef struct {
  const char *text;
  PltQuantity quantity;
  double      value;
} Right;

/* Factors and origins by definition (BIPM 2019; inch, ksi and degF by NIST SP 811). */
static const Right right[] = {
    {"1.1 mm", PLT_LENGTH, 1.1e-3},
    {"5um", PLT_LENGTH, 5e-6},
    {"5 µm", PLT_LENGTH, 5e-6}, /* micro sign U+00B5 */
    {"5 μm", PLT_LENGTH, 5e-6}, /* Greek mu U+03BC */
    {" -2.5e-3\tm ", PLT_LENGTH, -2.5e-3},
    {"+.5 mil", PLT_LENGTH, 1.27e-5},
    {"7. in", PLT_LENGTH, 0.1778},
    {"22 GPa", PLT_PRESSURE, 22e9},
    {"3500 MPa", PLT_PRESSURE, 3.5e9},
    {"3500 N/mm2", PLT_PRESSURE, 3.5e9},
    {"3500 N/(mm mm)", PLT_PRESSURE, 3.5e9},
    {"1 ksi", PLT_PRESSURE, 6894757.293168361},
    {"0.8 bar", PLT_AIR_PRESSURE, 8e4},
    {"180 degC", PLT_TEMPERATURE, 453.15},
    {"180 °C", PLT_TEMPERATURE, 453.15},
    {"180 celsius", PLT_TEMPERATURE, 453.15},
    {"-40 degF", PLT_TEMPERATURE, 233.15},
    {"356 °F", PLT_TEMPERATURE, 453.15},
    {"300 K", PLT_TEMPERATURE, 300},
    {"0 K", PLT_TEMPERATURE, 0},
    {"10 degC", PLT_TEMPERATURE_DIFFERENCE, 10},
    {"-9 degF", PLT_TEMPERATURE_DIFFERENCE, -5},
    {"10 K", PLT_TEMPERATURE_DIFFERENCE, 10},
    {"3.17 ppm/K", PLT_EXPANSION, 3.17e-6},
    {"3.17 ppm/degC", PLT_EXPANSION, 3.17e-6},
    {"3.17 ppm/°C", PLT_EXPANSION, 3.17e-6},
    {"17e-6 1/K", PLT_EXPANSION, 17e-6},
    {"17e-6/K", PLT_EXPANSION, 17e-6},
    {"17e-6 K-1", PLT_EXPANSION, 17e-6},
    {"17e-6 1/degC", PLT_EXPANSION, 17e-6},
    {"10 ppm/degF", PLT_EXPANSION, 18e-6},
    {"17 um/m/K", PLT_EXPANSION, 17e-6},
    {"17 um/(m K)", PLT_EXPANSION, 17e-6},
    {"0.1 %", PLT_STRAIN, 1e-3},
    {"0.1%", PLT_STRAIN, 1e-3},
    {"250 ppm", PLT_STRAIN, 2.5e-4},
    {"3 um/m", PLT_STRAIN, 3e-6},
    {"0.004 1", PLT_STRAIN, 4e-3},
    {"0.23", PLT_NUMBER, 0.23},
    {"-1e-3", PLT_NUMBER, -1e-3},
    {"4 min", PLT_TIME, 240},
    {"2 h", PLT_TIME, 7200},
    {"1.5 s", PLT_TIME, 1.5},
    {"1 day", PLT_TIME, 86400},
    {"2380 kg/m3", PLT_DENSITY, 2380},
    {"2380 kg/m^3", PLT_DENSITY, 2380},
    {"2380 kg/m³", PLT_DENSITY, 2380},
    {"2380 kg m-3", PLT_DENSITY, 2380},
    {"8.96 g/cm3", PLT_DENSITY, 8960},
    {"90 deg", PLT_ANGLE, 1.5707963267948966},
    {"90 °", PLT_ANGLE, 1.5707963267948966},
    {"1 mrad", PLT_ANGLE, 1e-3},
    {"200 kJ/mol", PLT_MOLAR_ENERGY, 2e5},
    {"66000 J/mol", PLT_MOLAR_ENERGY, 66000},
    {"66000 J mol-1", PLT_MOLAR_ENERGY, 66000},
    {"7.6e4 1/s", PLT_RATE, 7.6e4},
    {"7.6e4 s-1", PLT_RATE, 7.6e4},
    {"6 1/min", PLT_RATE, 0.1},
};

START_TEST(right_values)
{
  for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++) {
    const char *why;
    double      value;
    PetscBool   ok;

    CALL(PltUnitsParse(right[i].text, right[i].quantity, &value, &ok, &why));
    ck_assert_msg(ok, "%s", why);
    /* The product of two rounded factors. */
    ck_assert_msg(Near(value, right[i].value, 4e-16), "%s: %.17g, not %.17g", right[i].text, value,
                  right[i].value);
  }
}
END_TEST

typedef struct {
  const char *text;
  PltQuantity quantity;
  const char *why; /* a part of the reason */
} Wrong;

static const Wrong wrong[] = {
    {"12", PLT_LENGTH, "'12' has no unit; write for example '12 mm'"},
    {"12 ", PLT_EXPANSION, "'12' has no unit; write for example '12 ppm/K'"},
    {"0", PLT_STRAIN, "has no unit; write for example '0 %'"},
    {"", PLT_LENGTH, "'' is not a number with a unit; write for example '1.5 mm'"},
    {"mm", PLT_LENGTH, "'mm' is not a number"},
    {"nan mm", PLT_LENGTH, "is not a number"},
    {"inf", PLT_NUMBER, "'inf' is not a number; write for example '1.5'"},
    {".", PLT_NUMBER, "is not a number"},
    {"- 5 mm", PLT_LENGTH, "is not a number"},
    {"1e999", PLT_NUMBER, "too large"},
    {"1e999 mm", PLT_LENGTH, "too large"},
    {"1e308 km", PLT_LENGTH, "too large"},
    {"0.3 GPa", PLT_NUMBER, "'0.3 GPa' has a unit where a plain number belongs"},
    {"30 %", PLT_NUMBER, "has a unit"},
    {"1,5 mm", PLT_LENGTH, "the decimal mark is a point"},
    {"1_000 mm", PLT_LENGTH, "'_000 mm' is not a unit of length"},
    {"0x10 mm", PLT_LENGTH, "'x10 mm' is not a unit of length"},
    {"3e m", PLT_LENGTH, "'e m' is not a unit of length"}, /* udunits: e is the elementary charge */
    {"12 K", PLT_LENGTH, "'K' is not a unit of length; write for example '12 mm'"},
    {"12 furlongz", PLT_LENGTH, "'furlongz' is not a unit of length"},
    {"1.1 mm 2", PLT_LENGTH, "'mm 2' is not a unit"}, /* to udunits 2 mm, all of these */
    {"1.1 2 mm", PLT_LENGTH, "is not a unit"},
    {"1.1 mm*2", PLT_LENGTH, "is not a unit"},
    {"1.1 (2)mm", PLT_LENGTH, "is not a unit"},
    {"1.1 mm/0.5", PLT_LENGTH, "is not a unit"},
    {"1.1 1 mm", PLT_LENGTH, "is not a unit"},
    {"5 K @ 273.15", PLT_TEMPERATURE, "is not a unit"},
    {"5 mm2", PLT_LENGTH, "is not a unit of length"},
    {"180 C", PLT_TEMPERATURE, "degC or °C; C alone is coulomb"},
    {"180 deg C", PLT_TEMPERATURE, "degC or °C"},
    {"17 ppm/C", PLT_EXPANSION, "degC or °C"},
    {"356 F", PLT_TEMPERATURE, "degF or °F; F alone is farad"},
    {"-274 degC", PLT_TEMPERATURE, "'-274 degC' is below absolute zero"},
    {"17 K", PLT_EXPANSION, "'K' is not a unit of thermal expansion"}, /* reciprocal */
    {"17 ppm", PLT_EXPANSION, "is not a unit of thermal expansion"},
    {"2 Hz", PLT_TIME, "is not a unit of time"},
    {"10 m", PLT_TIME, "m is metre, minutes are min"},
    {"0.1 rad", PLT_STRAIN, "is not a unit of strain"},
    {"5 deg", PLT_STRAIN, "is not a unit of strain"},
    {"5 %", PLT_ANGLE, "is not a unit of angle"},
    {"5 mrad/K", PLT_EXPANSION, "is not a unit of thermal expansion"},
    {"1 N/mm.mm", PLT_PRESSURE, "what stands below the / goes in brackets"},
    {"1 kg/m2", PLT_DENSITY, "is not a unit of density"},
    {"1 lg(re 1 m)", PLT_LENGTH, "is not a unit"},
    {"1 mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", PLT_LENGTH,
     "mmm...' is not a unit"},
    {"1 \x1b[31mm", PLT_LENGTH, "'?[31mm' is not a unit"},
    {"1 m\nm-1", PLT_STRAIN, "'m?m-1' is not a unit"}, /* udunits would print the line end */
    {"1 \xff\xfe", PLT_LENGTH, "is not a unit"},
};

START_TEST(wrong_values_are_explained)
{
  for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
    const char *why;
    double      value;
    PetscBool   ok;

    CALL(PltUnitsParse(wrong[i].text, wrong[i].quantity, &value, &ok, &why));
    ck_assert_msg(!ok, "'%s' was taken as %g", wrong[i].text, value);
    ck_assert_msg(strstr(why, wrong[i].why) != NULL, "'%s' was explained by: %s", wrong[i].text,
                  why);
  }
}
END_TEST

/* Any number of any quantity, written and read: the same to the bit. */
START_TEST(format_reads_back)
{
  const double given[] = {0, 1, 0.1, 1.1e-3, 1.0 / 3, 453.15, 2.2e10, 1e-300, 5e-324, 1.7e308};
  PetscRandom  random;

  CALL(PetscRandomCreate(PETSC_COMM_SELF, &random));
  CALL(PetscRandomSetSeed(random, 7));
  CALL(PetscRandomSeed(random));
  for (int q = 0; q < PLT_QUANTITY_COUNT; q++) {
    for (int i = 0; i < 60; i++) {
      const char *why;
      double      value, read, x;
      PetscBool   ok;
      char        text[64];

      CALL(PetscRandomGetValueReal(random, &x));
      value = i < 10 ? given[i] : x * pow(10, i - 35);
      if (i % 2 && q != PLT_TEMPERATURE) value = -value;
      CALL(PltUnitsFormat(value, (PltQuantity)q, sizeof(text), text));
      CALL(PltUnitsParse(text, (PltQuantity)q, &read, &ok, &why));
      ck_assert_msg(ok, "%s", why);
      ck_assert_msg(read == value, "%s read as %.17g, was %.17g", text, read, value);
    }
  }
  CALL(PetscRandomDestroy(&random));
}
END_TEST

START_TEST(format_is_short)
{
  static const struct {
    double      value;
    PltQuantity quantity;
    const char *text;
  } list[] = {{0.0011, PLT_LENGTH, "0.0011 m"},
              {453.15, PLT_TEMPERATURE, "453.15 K"},
              {10, PLT_TEMPERATURE_DIFFERENCE, "10 K"},
              {7.36e10, PLT_PRESSURE, "73600000000 Pa"},
              {3.17e-6, PLT_EXPANSION, "3.17e-06 1/K"},
              {0.001, PLT_STRAIN, "0.001 m/m"},
              {0.23, PLT_NUMBER, "0.23"},
              {600, PLT_TIME, "600 s"},
              {2380, PLT_DENSITY, "2380 kg/m3"},
              {0.5, PLT_ANGLE, "0.5 rad"},
              {2e5, PLT_MOLAR_ENERGY, "200000 J/mol"},
              {0.1, PLT_RATE, "0.1 1/s"}};
  char text[64];

  for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
    CALL(PltUnitsFormat(list[i].value, list[i].quantity, sizeof(text), text));
    ck_assert_str_eq(text, list[i].text);
  }
}
END_TEST

START_TEST(messages_have_units_of_people)
{
  static const struct {
    double      value;
    PltQuantity quantity;
    const char *text;
  } list[] = {{0.0011, PLT_LENGTH, "1.1 mm"},
              {-4e-6, PLT_LENGTH, "-4 um"},
              {453.15, PLT_TEMPERATURE, "180 degC"},
              {10, PLT_TEMPERATURE_DIFFERENCE, "10 K"},
              {7.36e10, PLT_PRESSURE, "73.6 GPa"},
              {-2e5, PLT_PRESSURE, "-0.2 MPa"},
              {0, PLT_PRESSURE, "0 MPa"},
              {NAN, PLT_PRESSURE, "nan Pa"},
              {92e3, PLT_AIR_PRESSURE, "92 kPa"},
              {3.17e-6, PLT_EXPANSION, "3.17 ppm/K"},
              {0.001, PLT_STRAIN, "0.1 %"},
              {0.23, PLT_NUMBER, "0.23"},
              {600, PLT_TIME, "600 s"},
              {2380, PLT_DENSITY, "2380 kg/m3"},
              {PETSC_PI / 6, PLT_ANGLE, "30 deg"},
              {2e5, PLT_MOLAR_ENERGY, "200 kJ/mol"},
              {2.5e-8, PLT_COMPLIANCE, "0.025 1/MPa"},
              {0.1, PLT_RATE, "0.1 1/s"}};
  char text[64];

  for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
    CALL(PltUnitsTell(list[i].value, list[i].quantity, sizeof(text), text));
    ck_assert_str_eq(text, list[i].text);
  }
}
END_TEST

/* A program that speaks German still reads and writes recipes. Where no such locale is installed
   the test says nothing, and nothing is lost: the program could not speak it either. */
START_TEST(locale_does_not_matter)
{
  static const char *const name[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"};
  const char              *why;
  double                   value;
  PetscBool                ok;
  char                     text[64], *own = strdup(setlocale(LC_ALL, NULL));

  for (int i = 0; i < 3; i++)
    if (setlocale(LC_ALL, name[i])) break;
  CALL(PltUnitsParse("1.5 mm", PLT_LENGTH, &value, &ok, &why));
  ck_assert(ok && Near(value, 1.5e-3, 1e-15));
  CALL(PltUnitsFormat(0.25, PLT_LENGTH, sizeof(text), text));
  ck_assert_str_eq(text, "0.25 m");
  setlocale(LC_ALL, own);
  free(own);
}
END_TEST

START_TEST(the_database_is_read_again)
{
  const char *why;
  double      value;
  PetscBool   ok;

  CALL(PltUnitsFinalize());
  CALL(PltUnitsFinalize());
  CALL(PltUnitsParse("90 deg", PLT_ANGLE, &value, &ok, &why));
  ck_assert(ok && Near(value, 1.5707963267948966, 1e-15));
}
END_TEST

static Suite *UnitsSuite(void)
{
  Suite *suite = suite_create("units");
  TCase *tests = tcase_create("all");

  tcase_add_test(tests, right_values);
  tcase_add_test(tests, wrong_values_are_explained);
  tcase_add_test(tests, format_reads_back);
  tcase_add_test(tests, format_is_short);
  tcase_add_test(tests, messages_have_units_of_people);
  tcase_add_test(tests, locale_does_not_matter);
  tcase_add_test(tests, the_database_is_read_again);
  suite_add_tcase(suite, tests);
  return suite;
}

PLT_TEST_MAIN(UnitsSuite)
