/* SPDX-License-Identifier: BSD-2-Clause
   Text with a unit <-> a number in SI, by udunits2. The number is split off first and udunits is
   given the unit alone: it reads "180 degC" as a whole as a scale of 180 K.

   udunits is more lenient than a recipe may be, so on top of it
   - a unit must not hold factors or origins ("m 3" is 3 m to it, "K @ 273" an offset scale);
   - a unit and its reciprocal are not convertible ("2 Hz" would be the time 0.5 s);
   - the radian counts as a dimension ("0.1 rad" is no strain, "5 %" no angle). */
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <udunits2.h>
#include "base/base.h"

enum { UNIT_MAX = 48 }; /* bytes of the longest unit accepted */

typedef struct {
  const char *name, *si, *example; /* si is what PltUnitsFormat writes */
} Quantity;

static const Quantity quantity_table[PLT_QUANTITY_COUNT] = {
    [PLT_LENGTH]                 = {"length", "m", "mm"},
    [PLT_PRESSURE]               = {"pressure or modulus", "Pa", "GPa"},
    [PLT_TEMPERATURE]            = {"temperature", "K", "degC"},
    [PLT_TEMPERATURE_DIFFERENCE] = {"temperature difference", "K", "K"},
    [PLT_EXPANSION]              = {"thermal expansion", "1/K", "ppm/K"},
    [PLT_STRAIN]                 = {"strain", "m/m", "%"},
    [PLT_NUMBER]                 = {"plain number", "1", NULL},
    [PLT_TIME]                   = {"time", "s", "min"},
    [PLT_DENSITY]                = {"density", "kg/m3", "kg/m3"},
    [PLT_ANGLE]                  = {"angle", "rad", "deg"},
    [PLT_AIR_PRESSURE]           = {"pressure", "Pa", "kPa"},
    [PLT_MOLAR_ENERGY]           = {"molar energy", "J/mol", "kJ/mol"},
    [PLT_RATE]                   = {"rate", "1/s", "1/s"},
    [PLT_COMPLIANCE]             = {"inverse of a stress", "1/Pa", "1/MPa"},
};

/* The unit database: read at first use, the same for all. */
static ut_system *units;

/* What went wrong last, lent to the caller of PltUnitsParse. */
static _Thread_local char reason[512];

static PetscErrorCode ReadUnits(void)
{
  ut_unit *degree;

  PetscFunctionBegin;
  if (units) PetscFunctionReturn(PETSC_SUCCESS);
  ut_set_error_message_handler(ut_ignore);
  units = ut_read_xml(NULL);
  PetscCheck(units, PETSC_COMM_SELF, PLT_ERR_IO,
             "cannot read the units database of udunits2 (see UDUNITS2_XML_PATH)");
  degree = ut_get_unit_by_name(units, "arc_degree");
  PetscCheck(degree && ut_map_name_to_unit("deg", UT_ASCII, degree) == UT_SUCCESS, PETSC_COMM_SELF,
             PETSC_ERR_LIB, "udunits2 does not know the degree");
  ut_free(degree);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltUnitsFinalize(void)
{
  PetscFunctionBegin;
  if (units) ut_free_system(units);
  units = NULL;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- splitting ---- */

static const char *SkipDigits(const char *s)
{
  while (isdigit((unsigned char)*s)) s++;
  return s;
}

/* End of the decimal number at the start of s, s itself if there is none. An 'e' is an exponent
   only before digits. */
static const char *SkipNumber(const char *s)
{
  const char *p = s + (*s == '+' || *s == '-'), *digits = p, *e;

  p = SkipDigits(p);
  if (*p == '.') p = SkipDigits(p + 1);
  if (p - digits < 1 || (p - digits == 1 && *digits == '.')) return s;
  if (*p != 'e' && *p != 'E') return p;
  e = p + 1 + (p[1] == '+' || p[1] == '-');
  return isdigit((unsigned char)*e) ? SkipDigits(e) : p;
}

/* Digits may only be exponents ("kg/m3", "m^-3"), but for the 1 of "1/K". Not a factor ("5 mm"), no
   origin ("K @ 273"), and no line end, which udunits would print. */
static PetscBool IsPlainUnit(const char *unit)
{
  const char *s = unit;

  if (*s == '1' && (s[1 + strspn(s + 1, " ")] == '/' || !s[1])) s++;
  for (; *s; s++) {
    if (*s == '@' || iscntrl((unsigned char)*s)) return PETSC_FALSE;
    if (!isdigit((unsigned char)*s) || (s > unit && isdigit((unsigned char)s[-1]))) continue;
    const char *before = s - 1;

    if (before > unit && (*before == '-' || *before == '+')) before--;
    if (before > unit && *before == '^') before--;
    if (before < unit || !isalpha((unsigned char)*before)) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

/* Copy of a unit, without outer blanks and with the 1 of "/K" put in; false if it is too long. */
static PetscBool CopyUnit(const char *text, char unit[UNIT_MAX])
{
  const char *lead = *text == '/' ? "1" : "";
  size_t      n    = strlen(text);

  while (n > 0 && isspace((unsigned char)text[n - 1])) n--;
  return (PetscBool)(snprintf(unit, UNIT_MAX, "%s%.*s", lead, (int)PetscMin(n, UNIT_MAX), text) <
                     UNIT_MAX);
}

/* ---- conversion ---- */

/* unit / si as a pure scale, NULL unless the two measure the same; udunits drops origins here. */
static ut_unit *ScaleOf(ut_unit *unit, ut_unit *si)
{
  ut_unit  *scale = ut_divide(unit, si);
  char      definition[128];
  PetscBool same;

  if (!scale) return NULL;
  same = (PetscBool)(ut_is_dimensionless(scale) &&
                     ut_format(scale, definition, sizeof(definition), UT_ASCII | UT_DEFINITION) <
                         (int)sizeof(definition) &&
                     !strstr(definition, "rad"));
  if (same) return scale;
  ut_free(scale);
  return NULL;
}

/* value * from in the unit `to`. */
static PetscErrorCode Convert(ut_unit *from, ut_unit *to, PetscReal *value)
{
  cv_converter *converter = ut_get_converter(from, to);

  PetscFunctionBegin;
  PetscCheck(converter, PETSC_COMM_SELF, PETSC_ERR_LIB, "udunits2 cannot convert a checked unit");
  *value = cv_convert_double(converter, *value);
  cv_free(converter);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* *value in the unit `text` to SI; *ok is false if that is no unit of the quantity. */
static PetscErrorCode ConvertToSI(const char *text, PltQuantity quantity, PetscReal *value,
                                  PetscBool *ok)
{
  ut_unit *one   = ut_get_dimensionless_unit_one(units);
  ut_unit *unit  = ut_parse(units, text, UT_UTF8);
  ut_unit *si    = ut_parse(units, quantity_table[quantity].si, UT_ASCII);
  ut_unit *scale = unit ? ScaleOf(unit, si) : NULL;

  PetscFunctionBegin;
  *ok = (PetscBool)(scale != NULL);
  if (scale && quantity == PLT_TEMPERATURE) PetscCall(Convert(unit, si, value));
  else if (scale) PetscCall(Convert(scale, one, value));
  ut_free(scale);
  ut_free(si);
  ut_free(unit);
  ut_free(one);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- reading ---- */

/* A text as it is quoted in messages: short and on one line. */
typedef struct {
  char text[64];
} Quote;

static Quote QuoteText(const char *text, size_t length)
{
  Quote        quote;
  const size_t most = sizeof(quote.text) - 4;
  size_t       n    = PetscMin(length, most);

  while (n > 0 && n < length && (text[n] & 0xC0) == 0x80) n--; /* not inside a character */
  for (size_t i = 0; i < n; i++) quote.text[i] = iscntrl((unsigned char)text[i]) ? '?' : text[i];
  strcpy(quote.text + n, n < length ? "..." : "");
  return quote;
}

/* The slips seen most often get the right spelling. */
static const char *Hint(const char *unit, PltQuantity quantity)
{
  const char *slash = strchr(unit, '/');

  if (*unit == ',') return " (the decimal mark is a point)";
  if (quantity == PLT_TEMPERATURE || quantity == PLT_TEMPERATURE_DIFFERENCE ||
      quantity == PLT_EXPANSION) {
    const char last = unit[strlen(unit) - 1];

    if (last == 'C') return " (degree Celsius is degC or °C; C alone is coulomb)";
    if (last == 'F') return " (degree Fahrenheit is degF or °F; F alone is farad)";
  }
  if (quantity == PLT_TIME && !strcmp(unit, "m")) return " (m is metre, minutes are min)";
  if (slash && strpbrk(slash, ". *")) return " (what stands below the / goes in brackets)";
  return "";
}

static void ExplainUnit(Quote number, const char *rest, PltQuantity quantity)
{
  const Quantity *q    = &quantity_table[quantity];
  const Quote     unit = QuoteText(rest, strlen(rest));

  snprintf(reason, sizeof(reason), "'%s' is not a unit of %s%s; write for example '%s %s'",
           unit.text, q->name, Hint(rest, quantity), number.text, q->example);
}

/* The value of a number and a unit already split; *ok false with the reason if they do not fit. */
static PetscErrorCode ParseSplit(Quote number, const char *rest, PltQuantity quantity,
                                 PetscReal *value, PetscBool *ok)
{
  char unit[UNIT_MAX];

  PetscFunctionBegin;
  PetscCall(ReadUnits());
  *ok = (PetscBool)(CopyUnit(rest, unit) && IsPlainUnit(unit));
  if (*ok) PetscCall(ConvertToSI(unit, quantity, value, ok));
  if (!*ok) ExplainUnit(number, rest, quantity);
  else if (PetscIsInfOrNanReal(*value)) {
    *ok = PETSC_FALSE;
    snprintf(reason, sizeof(reason), "'%s' is too large", number.text);
  } else if (quantity == PLT_TEMPERATURE && *value < 0) {
    *ok = PETSC_FALSE;
    snprintf(reason, sizeof(reason), "'%s %s' is below absolute zero", number.text, unit);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* strtod with a decimal point whatever the locale of the program. */
static PetscReal ReadNumber(const char *text)
{
  const locale_t  plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
  const locale_t  own   = uselocale(plain);
  const PetscReal value = strtod(text, NULL);

  uselocale(own);
  freelocale(plain);
  return value;
}

/* How the value would be written right, for the messages. */
static void ExplainNumber(Quote whole, PltQuantity quantity)
{
  const char *example = quantity_table[quantity].example;

  snprintf(reason, sizeof(reason), "'%s' is not a number%s; write for example '1.5%s%s'",
           whole.text, example ? " with a unit" : "", example ? " " : "", example ? example : "");
}

PetscErrorCode PltUnitsParse(const char *text, PltQuantity quantity, PetscReal *value,
                             PetscBool *ok, const char **why)
{
  const char *end, *rest;
  Quote       number, whole;

  PetscFunctionBegin;
  *why = reason;
  *ok  = PETSC_FALSE;
  while (isspace((unsigned char)*text)) text++;
  end    = SkipNumber(text);
  number = QuoteText(text, (size_t)(end - text));
  whole  = QuoteText(text, strlen(text));
  for (rest = end; isspace((unsigned char)*rest);) rest++;
  if (end == text) {
    ExplainNumber(whole, quantity);
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  *value = ReadNumber(text);
  if (PetscIsInfOrNanReal(*value))
    snprintf(reason, sizeof(reason), "'%s' is too large", number.text);
  else if (quantity == PLT_NUMBER && *rest)
    snprintf(reason, sizeof(reason), "'%s' has a unit where a plain number belongs", whole.text);
  else if (quantity == PLT_NUMBER) *ok = PETSC_TRUE;
  else if (!*rest)
    snprintf(reason, sizeof(reason), "'%s' has no unit; write for example '%s %s'", number.text,
             number.text, quantity_table[quantity].example);
  else PetscCall(ParseSplit(number, rest, quantity, value, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- writing ---- */

PetscErrorCode PltUnitsFormat(PetscReal value, PltQuantity quantity, size_t size, char text[])
{
  const locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
  const locale_t own   = uselocale(plain);
  char           number[32];

  PetscFunctionBegin;
  /* 17 digits always read back, fewer mostly do and are what a person wrote. */
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(number, sizeof(number), "%.*g", digits, (double)value);
    if (strtod(number, NULL) == value) break;
  }
  uselocale(own);
  freelocale(plain);
  if (quantity == PLT_NUMBER) snprintf(text, size, "%s", number);
  else snprintf(text, size, "%s %s", number, quantity_table[quantity].si);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Of a quantity the first whose least size the value has; what is not here is told in SI. */
static const struct {
  PltQuantity quantity;
  PetscReal   least, size;
  const char *unit;
} told[] = {
    {PLT_LENGTH, 1e-4, 1e-3, "mm"},       {PLT_LENGTH, 0, 1e-6, "um"},
    {PLT_PRESSURE, 1e9, 1e9, "GPa"},      {PLT_PRESSURE, 0, 1e6, "MPa"},
    {PLT_AIR_PRESSURE, 0, 1e3, "kPa"},    {PLT_EXPANSION, 0, 1e-6, "ppm/K"},
    {PLT_STRAIN, 0, 1e-2, "%"},           {PLT_ANGLE, 0, PETSC_PI / 180, "deg"},
    {PLT_MOLAR_ENERGY, 0, 1e3, "kJ/mol"}, {PLT_COMPLIANCE, 0, 1e-6, "1/MPa"},
};

PetscErrorCode PltUnitsTell(PetscReal value, PltQuantity quantity, size_t size, char text[])
{
  const char *unit  = PltUnitsSI(quantity);
  PetscReal   scale = 1;

  PetscFunctionBegin;
  for (size_t i = sizeof told / sizeof *told; i-- > 0;)
    if (told[i].quantity == quantity && PetscAbsReal(value) >= told[i].least)
      unit = told[i].unit, scale = told[i].size;
  if (quantity == PLT_TEMPERATURE)
    PetscCall(PetscSNPrintf(text, size, "%.6g degC", (double)(value - 273.15)));
  else
    PetscCall(
        PetscSNPrintf(text, size, "%.6g%s%s", (double)(value / scale), *unit ? " " : "", unit));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const char *PltUnitsSI(PltQuantity quantity)
{
  return quantity == PLT_NUMBER ? "" : quantity_table[quantity].si;
}
