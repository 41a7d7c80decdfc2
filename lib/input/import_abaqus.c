/* SPDX-License-Identifier: BSD-2-Clause
   Materials of an Abaqus input file (Abaqus Keywords Reference): *MATERIAL with *ELASTIC,
   *EXPANSION, *DENSITY, *VISCOELASTIC (TIME=PRONY), *TRS (WLF), *PLASTIC (isotropic), *CREEP
   (steady), *CURE KINETICS (KAMAL). Other options of a material are named as passed over. */
#include <ctype.h>
#include <math.h>
#include <strings.h>
#include "input/import.h"

enum { PARAMETERS = 12, VALUES = 16 };

/* A keyword line: its word and parameters, in capitals; lent by the text. */
typedef struct {
  char    *word, *key[PARAMETERS], *value[PARAMETERS];
  int      n;
  PetscInt line;
} Option;

/* What is done with data lines of an option. */
typedef struct {
  PltForeign *material;
  Option      option;
  PltGotKind  kind;
  int         least; /* numbers of a line, at least; 0: lines are passed over */
  double      kept[VALUES];
  int         nkept; /* of a row over two lines */
} Reading;

static char *Trim(char *s)
{
  char *end;

  s += strspn(s, " \t\r");
  end = s + strlen(s);
  while (end > s && isspace((unsigned char)end[-1])) *--end = '\0';
  return s;
}

static void ParseOption(char *line, PetscInt number, Option *option)
{
  char *rest = strchr(line, ',');

  *option = (Option){.line = number};
  if (rest) *rest++ = '\0';
  option->word = Trim(line + 1);
  for (char *s = option->word; *s; s++) *s = (char)toupper((unsigned char)*s);
  while (rest && option->n < PARAMETERS) {
    char *next = strchr(rest, ','), *is;

    if (next) *next++ = '\0';
    is = strchr(rest, '=');
    if (is) *is++ = '\0';
    option->key[option->n]     = Trim(rest);
    option->value[option->n++] = is ? Trim(is) : (char *)"";
    rest                       = next;
  }
}

/* The value of a parameter, `otherwise` if it is not there. */
static const char *Parameter(const Option *option, const char *key, const char *otherwise)
{
  for (int i = 0; i < option->n; i++)
    if (!strcasecmp(option->key[i], key)) return option->value[i];
  return otherwise;
}

static PetscBool Is(const Option *option, const char *key, const char *otherwise, const char *value)
{
  return (PetscBool)!strcasecmp(Parameter(option, key, otherwise), value);
}

static void Skip(PltImport *import, const Reading *r, const char *why)
{
  fprintf(import->notes, "# line %d: *%s of '%s' was passed over: %s\n", (int)r->option.line,
          r->option.word, r->material->name, why);
}

/* ---- options of a material ---- */

static void OpenElastic(PltImport *import, Reading *r)
{
  r->material->long_term = Is(&r->option, "MODULI", "LONG TERM", "LONG TERM");
  r->kind                = PLT_GOT_YOUNG;
  r->least               = 2;
  if (Is(&r->option, "TYPE", "ISOTROPIC", "ENGINEERING CONSTANTS"))
    r->kind = PLT_GOT_ORTHO, r->least = 9;
  else if (!Is(&r->option, "TYPE", "ISOTROPIC", "ISOTROPIC") &&
           !Is(&r->option, "TYPE", "ISOTROPIC", "ISO")) {
    r->least = 0;
    Skip(import, r, "only TYPE=ISOTROPIC and ENGINEERING CONSTANTS are read");
  }
}

static void OpenExpansion(PltImport *import, Reading *r)
{
  double zero;

  r->kind  = PLT_GOT_SECANT;
  r->least = 1;
  if (PltImportNumber(Parameter(&r->option, "ZERO", "0"), &zero)) r->material->reference = zero;
  if (Is(&r->option, "TYPE", "ISO", "ORTHO")) r->kind = PLT_GOT_ORTHOCTE, r->least = 3;
  else if (!Is(&r->option, "TYPE", "ISO", "ISO")) {
    r->least = 0;
    Skip(import, r, "only TYPE=ISO and ORTHO are read");
  }
}

static void OpenOption(PltImport *import, Reading *r)
{
  const char *word = r->option.word;

  r->least = 0;
  r->nkept = 0;
  if (!strcmp(word, "ELASTIC")) OpenElastic(import, r);
  else if (!strcmp(word, "EXPANSION")) OpenExpansion(import, r);
  else if (!strcmp(word, "DENSITY")) r->kind = PLT_GOT_DENSITY, r->least = 1;
  else if (!strcmp(word, "VISCOELASTIC")) {
    if (Is(&r->option, "TIME", "", "PRONY")) r->kind = PLT_GOT_SHEAR, r->least = 3;
    else Skip(import, r, "only TIME=PRONY is read");
  } else if (!strcmp(word, "TRS")) {
    if (Is(&r->option, "DEFINITION", "WLF", "WLF")) r->kind = PLT_GOT_WLF, r->least = 3;
    else Skip(import, r, "only DEFINITION=WLF is read");
  } else if (!strcmp(word, "PLASTIC")) {
    if (Is(&r->option, "HARDENING", "ISOTROPIC", "ISOTROPIC"))
      r->kind = PLT_GOT_YIELD, r->least = 1;
    else Skip(import, r, "only HARDENING=ISOTROPIC is read");
  } else if (!strcmp(word, "CREEP")) {
    if (Is(&r->option, "LAW", "STRAIN", "STRAIN") || Is(&r->option, "LAW", "STRAIN", "TIME"))
      r->kind = PLT_GOT_CREEP, r->least = 3;
    else Skip(import, r, "only LAW=STRAIN and TIME are read");
  } else if (!strcmp(word, "CURE KINETICS")) {
    if (Is(&r->option, "DEFINITION", "", "KAMAL")) r->kind = PLT_GOT_KAMAL, r->least = 4;
    else Skip(import, r, "only DEFINITION=KAMAL is read");
  } else Skip(import, r, "it is not understood");
}

/* ---- data lines ---- */

static PetscErrorCode Split(PltImport *import, PetscInt number, char *line, double value[VALUES],
                            int *n)
{
  const PltMark mark = {import->file, number, 1};

  PetscFunctionBegin;
  *n = 0;
  for (char *s = line; s && *n < VALUES;) {
    char *next = strchr(s, ',');

    if (next) *next++ = '\0';
    if (!PltImportNumber(s, &value[*n]))
      PetscCall(PltMistakesAdd(import->mistakes, mark, "'%.40s' is no number", Trim(s)));
    ++*n;
    s = next;
  }
  while (*n > 0 && isnan(value[*n - 1])) --*n; /* a comma at the end */
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Store(PltImport *import, Reading *r, PetscInt number, int n,
                            const double value[])
{
  const double pair[2][2] = {{value[0], n > 2 ? value[2] : NAN}, {n > 1 ? value[1] : 0, NAN}};
  double       term[2]    = {n > 2 ? value[2] : NAN, value[0]};

  PetscFunctionBegin;
  if (r->kind == PLT_GOT_YOUNG) {
    const double nu[2] = {pair[1][0], pair[0][1]};

    PetscCall(PltImportRow(r->material, PLT_GOT_YOUNG, number, 2, pair[0]));
    PetscCall(PltImportRow(r->material, PLT_GOT_POISSON, number, 2, nu));
  } else if (r->kind == PLT_GOT_SHEAR) {
    if (value[0] > 0) PetscCall(PltImportRow(r->material, PLT_GOT_SHEAR, number, 2, term));
    term[1] = value[1];
    if (value[1] > 0) PetscCall(PltImportRow(r->material, PLT_GOT_BULK, number, 2, term));
  } else if (r->kind == PLT_GOT_CREEP) {
    const double steady[3] = {value[0], value[1], 0};

    if (value[2] > 0 || value[2] < 0 || r->material->got[PLT_GOT_CREEP].n)
      fprintf(import->notes,
              "# line %d: a line of *CREEP was passed over: it is not steady, or one of several\n",
              (int)number);
    else PetscCall(PltImportRow(r->material, PLT_GOT_CREEP, number, 3, steady));
  } else PetscCall(PltImportRow(r->material, r->kind, number, PetscMin(n, 10), value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadData(PltImport *import, Reading *r, PetscInt number, char *line)
{
  const PltMark mark = {import->file, number, 1};
  double        value[VALUES];
  int           n;

  PetscFunctionBegin;
  if (r->least == 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Split(import, number, line, value, &n));
  if (r->kind == PLT_GOT_ORTHO && r->nkept == 0 && n == 8) { /* the ninth is in the next line */
    memcpy(r->kept, value, 8 * sizeof *value);
    r->nkept = 8;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int i = 0; i < n && r->nkept + i < VALUES; i++) r->kept[r->nkept + i] = value[i];
  n        = PetscMin(n + r->nkept, (int)VALUES);
  r->nkept = 0;
  if (n < r->least)
    PetscCall(PltMistakesAdd(import->mistakes, mark,
                             "a line of *%s has %d numbers at least, this one %d", r->option.word,
                             r->least, n));
  else PetscCall(Store(import, r, number, n, r->kept));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the file ---- */

/* Options that no material has: they end it. */
static PetscBool Ends(const char *word)
{
  static const char *const other[] = {
      "STEP",     "NODE",     "ELEMENT",  "NSET",      "ELSET",
      "PART",     "INSTANCE", "ASSEMBLY", "BOUNDARY",  "SOLID SECTION",
      "SURFACE",  "END PART", "HEADING",  "AMPLITUDE", "INITIAL CONDITIONS",
      "PREPRINT", "INCLUDE",  "TIE",      "EQUATION",  "PHYSICAL CONSTANTS"};

  for (size_t i = 0; i < sizeof other / sizeof *other; i++)
    if (!strcmp(word, other[i])) return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode ReadOption(PltImport *import, Reading *r, PetscInt number, char *line)
{
  PetscFunctionBegin;
  ParseOption(line, number, &r->option);
  r->least = 0;
  if (!strcmp(r->option.word, "MATERIAL")) {
    const char *name = Parameter(&r->option, "NAME", "");
    size_t      n    = strlen(name);

    if (n >= 2 && name[0] == '"') ((char *)name)[n - 1] = '\0', name++;
    PetscCall(PltImportAdd(import, *name ? name : "unnamed", number, &r->material));
  } else if (Ends(r->option.word)) r->material = NULL;
  else if (r->material) OpenOption(import, r);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltImportAbaqus(PltImport *import, char *text)
{
  Reading  r      = {NULL};
  PetscInt number = 0;

  PetscFunctionBegin;
  for (char *line = text, *next; line; line = next) {
    const PetscInt at = ++number;

    next = strchr(line, '\n');
    if (next) *next++ = '\0';
    line = Trim(line);
    if (!*line || !strncmp(line, "**", 2)) continue;
    if (*line != '*') {
      if (r.material) PetscCall(ReadData(import, &r, at, line));
      continue;
    }
    /* a keyword line goes on after a comma */
    while (next && line[strlen(line) - 1] == ',') {
      char *more = next;

      next = strchr(more, '\n');
      if (next) *next++ = '\0';
      more = Trim(more);
      memmove(line + strlen(line), more, strlen(more) + 1);
      number++;
    }
    PetscCall(ReadOption(import, &r, at, line));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
