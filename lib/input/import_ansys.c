/* SPDX-License-Identifier: BSD-2-Clause
   Materials of Ansys Mechanical APDL text: MP, MPTEMP, MPDATA (EX, NUXY or PRXY, ALPX, CTEX, DENS,
   REFT), TREF, TB, TBTEMP, TBDATA (PRONY, SHIFT with WLF, BISO, PLASTIC with BISO, ANAND,
   CREEP of kind 10). Numbers only:
   an expression of parameters is a mistake. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>
#include "input/import.h"

enum { FIELDS = 24, TEMPERATURES = 100, DATA = 400 };

typedef struct {
  PltImport *import;
  char      *field[FIELDS];
  int        n;
  PetscInt   line;
  double     T[TEMPERATURES]; /* of MPTEMP */
  int        nT;
  double     reference; /* of TREF */
  /* the table open: */
  PetscInt table; /* the material, -1: none */
  char     what[16], option[16];
  PetscInt table_line;
  double   at, data[DATA]; /* TBTEMP */
  int      ndata;
} Reading;

static const char *Field(const Reading *r, int i)
{
  return i < r->n ? r->field[i] : "";
}

static PetscErrorCode Number(Reading *r, int i, double *value)
{
  const PltMark mark = {r->import->file, r->line, 1};

  PetscFunctionBegin;
  if (!PltImportNumber(Field(r, i), value)) {
    PetscCall(PltMistakesAdd(r->import->mistakes, mark, "'%.40s' is no number", Field(r, i)));
    *value = NAN;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void Skip(Reading *r, const char *why)
{
  fprintf(r->import->notes, "# line %d: %s,%s was passed over: %s\n", (int)r->line, Field(r, 0),
          Field(r, 1), why);
}

/* The material of that number; made when it is first named. */
static PetscErrorCode Find(Reading *r, int i, PetscInt *index)
{
  PltForeign *material;
  char        name[40];

  PetscFunctionBegin;
  (void)snprintf(name, sizeof name, "material-%.20s", *Field(r, i) ? Field(r, i) : "1");
  for (*index = 0; *index < r->import->nmaterial; ++*index)
    if (!strcmp(r->import->material[*index].name, name)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltImportAdd(r->import, name, r->line, &material));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- MP ---- */

static PetscErrorCode Property(Reading *r, PetscInt index, const char *label, double value,
                               double T)
{
  PltForeign *material = &r->import->material[index];
  static const struct {
    const char *label;
    PltGotKind  kind;
  } known[] = {{"EX", PLT_GOT_YOUNG},    {"NUXY", PLT_GOT_POISSON}, {"PRXY", PLT_GOT_POISSON},
               {"ALPX", PLT_GOT_SECANT}, {"CTEX", PLT_GOT_TANGENT}, {"DENS", PLT_GOT_DENSITY}};
  const double row[2] = {value, T};

  PetscFunctionBegin;
  if (!strcasecmp(label, "REFT")) material->reference = value;
  for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
    if (strcasecmp(label, known[k].label)) continue;
    PetscCall(PltImportRow(material, known[k].kind, r->line, 2, row));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (strcasecmp(label, "REFT")) Skip(r, "it is not understood");
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* MP,label,material,C0,C1..: a polynomial of temperature, of which only the constant is read. */
static PetscErrorCode ReadMp(Reading *r)
{
  const PltMark mark = {r->import->file, r->line, 1};
  PetscInt      material;
  double        value, more;

  PetscFunctionBegin;
  PetscCall(Find(r, 2, &material));
  PetscCall(Number(r, 3, &value));
  for (int i = 4; i < r->n; i++) {
    PetscCall(Number(r, i, &more));
    if (isnan(more) || (more >= 0 && more <= 0)) continue;
    PetscCall(PltMistakesAdd(r->import->mistakes, mark,
                             "MP with a polynomial of temperature is not read: use MPTEMP and "
                             "MPDATA"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Property(r, material, Field(r, 1), value, NAN));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* MPTEMP,first,T1,T2..; alone it forgets them all. */
static PetscErrorCode ReadTemperatures(Reading *r)
{
  const int first = atoi(Field(r, 1));

  PetscFunctionBegin;
  if (r->n < 3 || first <= 1) r->nT = 0;
  for (int i = 2; i < r->n && *Field(r, i); i++) {
    const int at = PetscMax(first, 1) + i - 3;

    if (at >= TEMPERATURES) break;
    PetscCall(Number(r, i, &r->T[at]));
    r->nT = PetscMax(r->nT, at + 1);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* MPDATA,label,material,first,V1,V2.. */
static PetscErrorCode ReadMpData(Reading *r)
{
  const PltMark mark  = {r->import->file, r->line, 1};
  const int     first = PetscMax(atoi(Field(r, 3)), 1);
  PetscInt      material;

  PetscFunctionBegin;
  PetscCall(Find(r, 2, &material));
  for (int i = 4; i < r->n && *Field(r, i); i++) {
    const int at = first + i - 5;
    double    value;

    PetscCall(Number(r, i, &value));
    if (at < r->nT) PetscCall(Property(r, material, Field(r, 1), value, r->T[at]));
    else
      PetscCall(PltMistakesAdd(r->import->mistakes, mark,
                               "value %d of MPDATA has no temperature: MPTEMP gave %d", at + 1,
                               r->nT));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- TB ---- */

static PetscErrorCode StoreTable(Reading *r)
{
  PltForeign *m = r->table < 0 ? NULL : &r->import->material[r->table];
  double      row[3];

  PetscFunctionBegin;
  if (!m || r->ndata == 0) PetscFunctionReturn(PETSC_SUCCESS);
  if (!strcasecmp(r->what, "PRONY")) {
    const PltGotKind kind = !strncasecmp(r->option, "BULK", 4) ? PLT_GOT_BULK : PLT_GOT_SHEAR;

    for (int i = 0; i + 1 < r->ndata; i += 2) {
      row[0] = r->data[i + 1];
      row[1] = r->data[i];
      if (row[1] > 0) PetscCall(PltImportRow(m, kind, r->table_line, 2, row));
    }
  } else if (!strcasecmp(r->what, "ANAND") || !strcasecmp(r->what, "CREEP")) {
    while (r->ndata < 9) r->data[r->ndata++] = 0;
    PetscCall(PltImportRow(m, !strcasecmp(r->what, "CREEP") ? PLT_GOT_CREEP : PLT_GOT_ANAND,
                           r->table_line, 9, r->data));
  } else {
    row[0] = r->data[0];
    row[1] = r->ndata > 1 ? r->data[1] : 0;
    row[2] = !strcasecmp(r->what, "SHIFT") ? (r->ndata > 2 ? r->data[2] : NAN) : r->at;
    PetscCall(PltImportRow(m, !strcasecmp(r->what, "SHIFT") ? PLT_GOT_WLF : PLT_GOT_BILINEAR,
                           r->table_line, 3, row));
  }
  r->ndata = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* TB,what,material,ntemp,npts,option */
static PetscErrorCode OpenTable(Reading *r)
{
  PetscFunctionBegin;
  PetscCall(StoreTable(r));
  r->table = -1;
  (void)snprintf(r->what, sizeof r->what, "%s", Field(r, 1));
  (void)snprintf(r->option, sizeof r->option, "%s", Field(r, 5));
  r->at         = NAN;
  r->table_line = r->line;
  if (!strcasecmp(r->what, "SHIFT") && strcasecmp(r->option, "WLF") && strcasecmp(r->option, "1"))
    Skip(r, "only the shift WLF is read");
  else if (!strcasecmp(r->what, "PLASTIC") && strcasecmp(r->option, "BISO"))
    Skip(r, "only BISO is read");
  else if (!strcasecmp(r->what, "CREEP") && strcmp(r->option, "10"))
    Skip(r, "only creep of kind 10, Norton's, is read");
  else if (strcasecmp(r->what, "PRONY") && strcasecmp(r->what, "SHIFT") &&
           strcasecmp(r->what, "PLASTIC") && strcasecmp(r->what, "BISO") &&
           strcasecmp(r->what, "ANAND") && strcasecmp(r->what, "CREEP"))
    Skip(r, "it is not understood");
  else PetscCall(Find(r, 2, &r->table));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadTbTemp(Reading *r)
{
  double T;

  PetscFunctionBegin;
  PetscCall(Number(r, 1, &T));
  PetscCall(StoreTable(r));
  r->at = T;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* TBDATA,first,C1,C2.. */
static PetscErrorCode ReadTbData(Reading *r)
{
  const int first = PetscMax(atoi(Field(r, 1)), 1);

  PetscFunctionBegin;
  for (int i = 2; r->table >= 0 && i < r->n; i++) {
    const int at = first + i - 3;

    if (at >= DATA) break;
    PetscCall(Number(r, i, &r->data[at]));
    if (isnan(r->data[at])) r->data[at] = 0;
    r->ndata = PetscMax(r->ndata, at + 1);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the file ---- */

static PetscErrorCode ReadCommand(Reading *r)
{
  const char *word = Field(r, 0);

  PetscFunctionBegin;
  if (!strcasecmp(word, "MP")) PetscCall(ReadMp(r));
  else if (!strcasecmp(word, "MPTEMP")) PetscCall(ReadTemperatures(r));
  else if (!strcasecmp(word, "MPDATA")) PetscCall(ReadMpData(r));
  else if (!strcasecmp(word, "TREF")) PetscCall(Number(r, 1, &r->reference));
  else if (!strcasecmp(word, "TB")) PetscCall(OpenTable(r));
  else if (!strcasecmp(word, "TBTEMP")) PetscCall(ReadTbTemp(r));
  else if (!strcasecmp(word, "TBDATA")) PetscCall(ReadTbData(r));
  else if (!strcasecmp(word, "TBPT") || !strncasecmp(word, "MP", 2))
    Skip(r, "it is not understood");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static char *Trim(char *s)
{
  char *end;

  s += strspn(s, " \t\r");
  end = s + strlen(s);
  while (end > s && isspace((unsigned char)end[-1])) *--end = '\0';
  return s;
}

PetscErrorCode PltImportAnsys(PltImport *import, char *text)
{
  Reading *r;
  PetscInt number = 0;

  PetscFunctionBegin;
  PetscCall(PetscNew(&r));
  r->import = import;
  r->table  = -1;
  for (char *line = text, *next; line; line = next) {
    char *remark, *more;

    next = strchr(line, '\n');
    if (next) *next++ = '\0';
    r->line = ++number;
    remark  = strchr(line, '!');
    if (remark) *remark = '\0';
    /* several commands in a line stand between dollars */
    for (char *command = line; command; command = more) {
      more = strchr(command, '$');
      if (more) *more++ = '\0';
      r->n = 0;
      for (char *s = command; s && r->n < FIELDS;) {
        char *comma = strchr(s, ',');

        if (comma) *comma++ = '\0';
        r->field[r->n++] = Trim(s);
        s                = comma;
      }
      PetscCall(ReadCommand(r));
    }
  }
  PetscCall(StoreTable(r));
  for (PetscInt k = 0; k < import->nmaterial; k++)
    if (isnan(import->material[k].reference)) import->material[k].reference = r->reference;
  PetscCall(PetscFree(r));
  PetscFunctionReturn(PETSC_SUCCESS);
}
