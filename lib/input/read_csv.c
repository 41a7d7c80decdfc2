/* SPDX-License-Identifier: BSD-2-Clause
   Die lists: a CSV file with a line of column names, id, x, y, width, height, angle in any order;
   id and angle may be left out. Units stand behind the names, "x [mm]", or in the line below them.
   Empty lines and lines that begin with # are skipped. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include "input/node.h"

enum { ID, X, Y, WIDTH, HEIGHT, ANGLE, NCOLUMN, CELL_MAX = 32, UNIT_SIZE = 32 };
static const char *const column_name[] = {"id", "x", "y", "width", "height", "angle"};

typedef struct {
  char    *text; /* inside the line */
  PetscInt at;   /* column of the file, from 1 */
} Cell;

typedef struct {
  PltReader  *reader;
  const char *file;
  PetscInt    line, ncell; /* of the present line */
  Cell        cell[CELL_MAX];
  PetscInt    place[NCOLUMN];           /* which cell holds a column, -1 none */
  char        unit[NCOLUMN][UNIT_SIZE]; /* "" not known */
  PltMark     unit_mark[NCOLUMN];       /* where it is, or should be */
  PetscReal   factor[NCOLUMN];          /* to SI */
  PetscInt    nid;
  PetscInt   *id; /* dies of this file that have an id */
} Table;

static PltMark CellMark(const Table *t, PetscInt i)
{
  PltMark mark = {t->file, t->line, i < t->ncell ? t->cell[i].at : 1};

  return mark;
}

/* ---- lines and cells ---- */

static char *Trim(char *s)
{
  char *end = s + strlen(s);

  while (end > s && isspace((unsigned char)end[-1])) *--end = 0;
  while (isspace((unsigned char)*s)) s++;
  return s;
}

/* A cell in quotes loses them; "" inside is one quote. */
static void Unquote(char *s)
{
  char *to = s;

  for (char *from = s + 1; *from; from++) {
    if (*from == '"' && from[1] != '"') break;
    if (*from == '"') from++;
    *to++ = *from;
  }
  *to = 0;
}

static PetscInt Characters(const char *from, const char *to)
{
  PetscInt n = 0;

  for (; from < to; from++)
    if ((*from & 0xc0) != 0x80) n++;
  return n;
}

/* Cells of a line, which is cut up; commas in quotes do not count. */
static PetscErrorCode Split(Table *t, char *line)
{
  char    *s  = line;
  PetscInt at = 1;

  PetscFunctionBegin;
  for (t->ncell = 0; s; t->ncell++) {
    char     *end    = s, *cell;
    PetscBool quoted = PETSC_FALSE, more;

    for (; *end && (quoted || *end != ','); end++)
      if (*end == '"') quoted = (PetscBool)!quoted;
    more = (PetscBool)(*end == ',');
    if (t->ncell == CELL_MAX) {
      const PltMark mark = {t->file, t->line, at};

      PetscCall(PltReaderAdd(t->reader, mark, "more than %d columns", (int)CELL_MAX));
      break;
    }
    t->cell[t->ncell].at = at + Characters(s, s + strspn(s, " \t"));
    at += Characters(s, end) + (more ? 1 : 0);
    *end = 0;
    cell = Trim(s);
    if (*cell == '"') Unquote(cell);
    t->cell[t->ncell].text = cell;
    s                      = more ? end + 1 : NULL;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The next line that holds something, NULL at the end; *text moves behind it. */
static char *NextLine(Table *t, char **text)
{
  while (*text && **text) {
    char *line = *text, *end = strchr(line, '\n');

    t->line++;
    *text = end ? end + 1 : NULL;
    if (end) *end = 0;
    if (*Trim(line) && *line != '#') return line;
  }
  return NULL;
}

/* ---- names and units of the columns ---- */

/* "x [mm]" -> x, mm. */
static PetscErrorCode ReadHeader(Table *t)
{
  const PltMark  mark   = {t->file, t->line, 1};
  const PetscInt before = t->reader->found;

  PetscFunctionBegin;
  for (PetscInt c = 0; c < NCOLUMN; c++) t->place[c] = -1;
  for (PetscInt i = 0; i < t->ncell; i++) {
    char    *open = strchr(t->cell[i].text, '['), *close = open ? strchr(open, ']') : NULL;
    PetscInt c = 0;
    char     hint[128];

    if (close) *open = *close = 0;
    t->cell[i].text = Trim(t->cell[i].text);
    while (c < NCOLUMN && strcmp(t->cell[i].text, column_name[c])) c++;
    if (c == NCOLUMN)
      PetscCall(
          PltReaderAdd(t->reader, CellMark(t, i), "unknown column '%s'%s", t->cell[i].text,
                       PltDidYouMean(t->cell[i].text, column_name, NCOLUMN, sizeof hint, hint)));
    else if (t->place[c] >= 0)
      PetscCall(
          PltReaderAdd(t->reader, CellMark(t, i), "column '%s' is here twice", column_name[c]));
    else {
      t->place[c]     = i;
      t->unit_mark[c] = CellMark(t, i);
      if (close && c != ID) snprintf(t->unit[c], UNIT_SIZE, "%s", Trim(open + 1));
    }
  }
  for (PetscInt c = X; c <= HEIGHT && t->reader->found == before; c++)
    if (t->place[c] < 0)
      PetscCall(PltReaderAdd(t->reader, mark,
                             "column '%s' is missing; the first line names the columns, "
                             "id,x,y,width,height,angle",
                             column_name[c]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Does this line give the units? No cell of it begins like a number. */
static PetscBool IsUnitLine(const Table *t)
{
  for (PetscInt c = X; c <= ANGLE; c++) {
    const PetscInt i = t->place[c];

    if (i >= 0 && i < t->ncell && strpbrk(t->cell[i].text, "0123456789")) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

static PetscErrorCode ReadUnitLine(Table *t)
{
  PetscFunctionBegin;
  for (PetscInt c = X; c <= ANGLE; c++) {
    const PetscInt i = t->place[c];

    if (i < 0 || i >= t->ncell || !*t->cell[i].text) continue;
    if (*t->unit[c])
      PetscCall(PltReaderAdd(t->reader, CellMark(t, i), "column '%s' has its unit, '%s', already",
                             column_name[c], t->unit[c]));
    else {
      char *text = t->cell[i].text, *end = text + strlen(text);

      if (*text == '[' && end[-1] == ']') *text++ = end[-1] = 0;
      snprintf(t->unit[c], UNIT_SIZE, "%s", text);
      t->unit_mark[c] = CellMark(t, i);
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PltQuantity QuantityOf(PetscInt column)
{
  return column == ANGLE ? PLT_ANGLE : PLT_LENGTH;
}

/* Units to factors, once for the whole file. */
static PetscErrorCode FindFactors(Table *t)
{
  PetscFunctionBegin;
  for (PetscInt c = X; c <= ANGLE; c++) {
    char        text[UNIT_SIZE + 8];
    const char *why;
    PetscBool   ok;

    if (t->place[c] < 0) continue;
    snprintf(text, sizeof text, "1 %s", t->unit[c]);
    PetscCall(PltUnitsParse(text, QuantityOf(c), &t->factor[c], &ok, &why));
    if (ok) continue;
    PetscCall(PltReaderAdd(t->reader, t->unit_mark[c], "column '%s': %s%s", column_name[c],
                           *t->unit[c] ? why : "no unit; write for example",
                           *t->unit[c] ? ""
                           : c == ANGLE
                               ? " 'angle [deg]'"
                               : " 'x [mm]' in the first line, or the units in the second"));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- dies ---- */

static PetscErrorCode ReadNumber(Table *t, PetscInt column, PetscReal *value, PetscBool *ok)
{
  const PetscInt i    = t->place[column];
  const char    *text = i < t->ncell ? t->cell[i].text : "", *why;

  PetscFunctionBegin;
  PetscCall(PltUnitsParse(text, PLT_NUMBER, value, ok, &why));
  *value *= t->factor[column];
  if (*ok && PetscIsInfOrNanReal(*value)) {
    *ok = PETSC_FALSE;
    why = "too large";
  }
  if (!*ok)
    PetscCall(PltReaderAdd(t->reader, CellMark(t, i), "column '%s': %s", column_name[column],
                           *text ? why : "the cell is empty"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadId(Table *t, const char **id, PetscBool *ok)
{
  const PetscInt i    = t->place[ID];
  const char    *text = i >= 0 && i < t->ncell ? t->cell[i].text : "";

  PetscFunctionBegin;
  *id = NULL;
  *ok = PETSC_TRUE;
  if (!*text) PetscFunctionReturn(PETSC_SUCCESS);
  *ok = PltNameIsGood(text);
  *id = text;
  if (!*ok) PetscCall(PltReaderAdd(t->reader, CellMark(t, i), "this cannot name a die"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadDie(Table *t, PetscInt ply)
{
  PltProject  project        = t->reader->project;
  PetscReal   value[NCOLUMN] = {0, 0, 0, 0, 0, 0};
  const char *id;
  PetscBool   ok, good;

  PetscFunctionBegin;
  PetscCall(ReadId(t, &id, &ok));
  for (PetscInt c = X; c <= ANGLE; c++) {
    if (t->place[c] < 0) continue;
    PetscCall(ReadNumber(t, c, &value[c], &good));
    if (!good) ok = PETSC_FALSE;
  }
  if (!ok || ply < 0) PetscFunctionReturn(PETSC_SUCCESS);
  if (id) {
    PetscCall(PltGrow(t->nid, sizeof *t->id, &t->id));
    t->id[t->nid++] = project->ndie;
  }
  PetscCall(PltProjectAddDie(project, id, project->ply[ply].name, value[X], value[Y], value[WIDTH],
                             value[HEIGHT], value[ANGLE]));
  project->die[project->ndie - 1].mark = CellMark(t, 0);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* PetscTimSort's comparison; context is the array of dies. */
static int CompareIds(const void *x, const void *y, void *context)
{
  const PltDie  *die = (const PltDie *)context;
  const PetscInt a = *(const PetscInt *)x, b = *(const PetscInt *)y;
  const int      order = strcmp(die[a].id, die[b].id);

  return order ? order : (a > b) - (a < b);
}

static PetscErrorCode CheckIds(Table *t)
{
  const PltDie *die = t->reader->project->die;

  PetscFunctionBegin;
  if (t->nid > 1) PetscCall(PetscTimSort(t->nid, t->id, sizeof *t->id, CompareIds, (void *)die));
  for (PetscInt k = 1; k < t->nid; k++) {
    const PltDie *a = &die[t->id[k - 1]], *b = &die[t->id[k]];

    if (!strcmp(a->id, b->id))
      PetscCall(PltReaderAdd(t->reader, b->mark, "id '%s' is here twice, first in line %d", b->id,
                             (int)a->mark.line));
  }
  PetscCall(PetscFree(t->id));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadDies(Table *t, char *line, char *text, PetscInt ply)
{
  PetscFunctionBegin;
  for (; line; line = NextLine(t, &text)) {
    PetscCall(Split(t, line));
    if (t->reader->project->ndie == PLT_DIES_MAX || t->reader->found > PLT_MISTAKES_MAX) {
      PetscCall(PltReaderAdd(t->reader, CellMark(t, 0), "at most %d dies are supported",
                             (int)PLT_DIES_MAX));
      break;
    }
    PetscCall(ReadDie(t, ply));
  }
  PetscCall(CheckIds(t));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadText(PltReader *reader, const char *file, char *text, PetscInt ply)
{
  const PetscInt before = reader->found;
  const PltMark  mark   = {file, 1, 1};
  Table          t      = {.reader = reader, .file = file};
  char          *line   = NextLine(&t, &text);

  PetscFunctionBegin;
  if (!line) {
    PetscCall(PltReaderAdd(reader, mark, "the die list is empty"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Split(&t, line));
  PetscCall(ReadHeader(&t));
  if (reader->found > before) PetscFunctionReturn(PETSC_SUCCESS);
  line = NextLine(&t, &text);
  if (line) { /* read it as units first, then as a die if it is none */
    char *copy;

    PetscCall(PetscStrallocpy(line, &copy));
    PetscCall(Split(&t, copy));
    if (IsUnitLine(&t)) {
      PetscCall(ReadUnitLine(&t));
      line = NULL;
    }
    PetscCall(FindFactors(&t));
    PetscCall(PetscFree(copy));
    if (!line) line = NextLine(&t, &text);
  }
  if (reader->found > before) PetscFunctionReturn(PETSC_SUCCESS);
  if (!line) PetscCall(PltReaderAdd(reader, mark, "the die list has no dies"));
  PetscCall(ReadDies(&t, line, text, ply));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadDieFile(PltReader *reader, const PltNode *node, PetscInt ply)
{
  const char *why, *kept;
  char       *path, *text;
  size_t      size;
  PetscBool   ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_TEXT, "file", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltFileBeside(reader->folder, node->text, &path));
  PetscCall(PltFileRead(path, &text, &size, &why));
  if (!text) PetscCall(PltReaderAdd(reader, node->mark, "dies: cannot read '%s': %s", path, why));
  else {
    PetscCall(PltProjectKeepFile(reader->project, path, &kept));
    PetscCall(PltFileCheckText(reader, kept, text, &size, &ok));
    if (ok) PetscCall(ReadText(reader, kept, text, ply));
  }
  PetscCall(PetscFree(text));
  PetscCall(PetscFree(path));
  PetscFunctionReturn(PETSC_SUCCESS);
}
