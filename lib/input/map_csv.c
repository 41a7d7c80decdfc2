/* SPDX-License-Identifier: BSD-2-Clause
   A map of metal as text: rows of numbers 0..1 or with %, commas between them, the uppermost row
   first as one looks at it. Empty lines and lines that begin with # are skipped. */
#include <ctype.h>
#include <stdlib.h>
#include "input/map.h"

typedef struct {
  PltReader *reader;
  PltMark    mark; /* of the present cell */
  PltGrey   *grey;
  PetscInt   nvalue; /* so far */
} Rows;

static PetscErrorCode AddValue(Rows *r, PetscReal value)
{
  PetscFunctionBegin;
  PetscCall(PltGrow(r->nvalue, sizeof *r->grey->value, &r->grey->value));
  r->grey->value[r->nvalue++] = value;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A number that ends in blanks, or in % and blanks; a mistake is added where it is none. */
static PetscErrorCode ReadCell(Rows *r, char *text, PetscReal *value)
{
  char     *end;
  PetscReal unit = 1;
  PetscBool good;

  PetscFunctionBegin;
  for (end = text + strlen(text); end > text && isspace((unsigned char)end[-1]);) *--end = 0;
  good   = (PetscBool)(*text && strspn(text, "+-.0123456789eE %") == strlen(text));
  *value = strtod(text, &end);
  if (end == text) good = PETSC_FALSE;
  while (*end == ' ') end++;
  if (*end == '%') {
    unit = 0.01;
    end++;
  }
  if (*end) good = PETSC_FALSE;
  *value *= unit;
  if (!*text) PetscCall(PltReaderAdd(r->reader, r->mark, "the cell is empty"));
  else if (!good)
    PetscCall(PltReaderAdd(r->reader, r->mark,
                           "'%.40s' is no fraction: a number from 0 to 1, or with %%", text));
  else if (!(*value >= 0 && *value <= 1))
    PetscCall(PltReaderAdd(r->reader, r->mark, "the fraction is %.40s, must be between 0 and %s",
                           text, unit < 1 ? "100 %" : "1"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadRow(Rows *r, char *line)
{
  PetscInt n = 0;

  PetscFunctionBegin;
  for (char *s = line; s; n++) {
    char     *end = strchr(s, ','), *text = s + strspn(s, " \t");
    PetscReal value = 0;

    if (end) *end = 0;
    r->mark.column = (PetscInt)(text - line) + 1;
    PetscCall(ReadCell(r, text, &value));
    PetscCall(AddValue(r, value));
    if (r->nvalue > PLT_CELLS_MAX || r->reader->found > PLT_MISTAKES_MAX) break;
    s = end ? end + 1 : NULL;
  }
  r->mark.column = 1;
  if (r->grey->n[1] == 0) r->grey->n[0] = n;
  else if (n != r->grey->n[0])
    PetscCall(PltReaderAdd(r->reader, r->mark,
                           "this row has %d numbers, the first one has %d: all must have as many",
                           (int)n, (int)r->grey->n[0]));
  r->grey->n[1]++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The uppermost row last. */
static void TurnRows(PltGrey *grey)
{
  const PetscInt n = grey->n[0];

  for (PetscInt j = 0; j < grey->n[1] / 2; j++)
    for (PetscInt i = 0; i < n; i++) {
      PetscReal      *a = &grey->value[j * n + i], *b = &grey->value[(grey->n[1] - 1 - j) * n + i];
      const PetscReal keep = *a;

      *a = *b;
      *b = keep;
    }
}

PetscErrorCode PltGreyFromText(PltReader *reader, const char *file, char *text, PltGrey *grey)
{
  const PetscInt before = reader->found;
  const PltMark  top    = {file, 1, 1};
  Rows           r      = {.reader = reader, .mark = {file, 0, 1}, .grey = grey};

  PetscFunctionBegin;
  *grey = (PltGrey){.n = {0, 0}};
  for (char *line = text; line && r.reader->found <= PLT_MISTAKES_MAX;) {
    char *end = strchr(line, '\n');

    r.mark.line++;
    if (end) *end = 0;
    if (*line != '#' && line[strspn(line, " \t\r")]) PetscCall(ReadRow(&r, line));
    if (r.nvalue > PLT_CELLS_MAX) {
      PetscCall(PltReaderAdd(reader, r.mark, "the map has more than %d cells", (int)PLT_CELLS_MAX));
      break;
    }
    line = end ? end + 1 : NULL;
  }
  if (r.nvalue == 0) PetscCall(PltReaderAdd(reader, top, "the map is empty"));
  if (reader->found > before) {
    PetscCall(PetscFree(grey->value));
    grey->n[0] = grey->n[1] = 0;
  } else TurnRows(grey);
  PetscFunctionReturn(PETSC_SUCCESS);
}
