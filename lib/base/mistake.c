/* SPDX-License-Identifier: BSD-2-Clause
   A list of what is wrong with a user's input, reported in one go the way compilers do:

     recipe.yaml:9:15: error: unknown key 'thikness'; did you mean 'thickness'?
         - {ply: glass, thikness: 1 mm}
                        ^

   Columns count characters of UTF-8, not bytes. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

enum {
  REPORT_MAX = 100, /* mistakes written out; the rest is only counted */
  WINDOW     = 120, /* characters shown of a source line */
  WORD_MAX   = 64   /* longer words have no nearest one */
};

typedef struct {
  char    *file, *text; /* owned; file may be NULL */
  PetscInt line, column;
} Mistake;

struct PltMistakes_ {
  PetscInt n, capacity;
  Mistake *item;
};

PetscErrorCode PltMistakesCreate(PltMistakes *list)
{
  PetscFunctionBegin;
  PetscCall(PetscNew(list));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMistakesDestroy(PltMistakes *list)
{
  PetscFunctionBegin;
  if (!*list) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < (*list)->n; i++) {
    PetscCall(PetscFree((*list)->item[i].file));
    PetscCall(PetscFree((*list)->item[i].text));
  }
  PetscCall(PetscFree((*list)->item));
  PetscCall(PetscFree(*list));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscInt PltMistakesCount(PltMistakes list)
{
  return list->n;
}

static int CompareText(const char *a, const char *b)
{
  if (!a || !b) return (a != NULL) - (b != NULL);
  return strcmp(a, b);
}

/* By place; those without a file first. The text comes last only to make the order unique. */
static int CompareMistakes(const void *x, const void *y)
{
  const Mistake *a = x, *b = y;
  int            order = CompareText(a->file, b->file);

  if (!order) order = (a->line > b->line) - (a->line < b->line);
  if (!order) order = (a->column > b->column) - (a->column < b->column);
  return order ? order : CompareText(a->text, b->text);
}

/* The same mistake found twice, by two checks, counts once. */
static PetscBool IsListed(PltMistakes list, const Mistake *mistake)
{
  for (PetscInt i = list->n - 1; i >= 0; i--)
    if (!CompareMistakes(&list->item[i], mistake)) return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode Grow(PltMistakes list)
{
  PetscFunctionBegin;
  if (list->n == list->capacity) {
    list->capacity = PetscMax(16, 2 * list->capacity);
    PetscCall(PetscRealloc(sizeof(*list->item) * (size_t)list->capacity, &list->item));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMistakesAdd(PltMistakes list, PltMark mark, const char *format, ...)
{
  Mistake mistake = {.line = mark.line, .column = mark.column};
  va_list arguments;
  int     length;

  PetscFunctionBegin;
  va_start(arguments, format);
  length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  PetscCheck(length >= 0, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "cannot format '%s'", format);
  PetscCall(PetscMalloc1(length + 1, &mistake.text));
  va_start(arguments, format);
  vsnprintf(mistake.text, (size_t)length + 1, format, arguments);
  va_end(arguments);
  PetscCall(PetscStrallocpy(mark.file, &mistake.file));
  if (IsListed(list, &mistake)) {
    PetscCall(PetscFree(mistake.file));
    PetscCall(PetscFree(mistake.text));
  } else {
    PetscCall(Grow(list));
    list->item[list->n++] = mistake;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- report ---- */

/* Bytes of the character at s (1 where it is no UTF-8). */
static size_t CharacterSize(const char *s)
{
  size_t n = 1;

  while (n < 4 && (s[n] & 0xC0) == 0x80) n++;
  return n;
}

/* The source line with a caret below its column; of a long one the part around the column. */
static void WriteSource(FILE *out, const char *source, PetscInt column)
{
  const PetscInt start = column > WINDOW - 20 ? column - WINDOW / 2 : 1;
  const char    *s     = source;
  char           pad[WINDOW + 1];
  PetscInt       at = 1, npad = 0;

  fputs("    ", out);
  for (; *s && *s != '\n' && *s != '\r' && at < start + WINDOW; at++) {
    const size_t n = CharacterSize(s);

    if (at >= start) {
      if (n == 1 && iscntrl((unsigned char)*s) && *s != '\t') fputc('?', out);
      else fwrite(s, 1, n, out);
      if (at < column) pad[npad++] = *s == '\t' ? '\t' : ' ';
    }
    s += n;
  }
  pad[npad] = '\0';
  fputc('\n', out);
  if (column >= start && column <= at) fprintf(out, "    %s^\n", pad);
}

/* A file read line by line, in ascending order of lines. */
typedef struct {
  const char *name;
  FILE       *stream;
  char       *line;
  size_t      size;
  PetscInt    at; /* number of the line held, 0 before the first */
} Reader;

static void CloseReader(Reader *reader)
{
  if (reader->stream) fclose(reader->stream);
  free(reader->line);
  *reader = (Reader){.name = NULL};
}

/* Line `number` of a file, NULL if it cannot be read. */
static const char *ReadLine(Reader *reader, const char *name, PetscInt number)
{
  if (!reader->name || strcmp(reader->name, name) != 0) {
    CloseReader(reader);
    reader->name   = name;
    reader->stream = fopen(name, "r");
  }
  while (reader->stream && reader->at < number) {
    if (getline(&reader->line, &reader->size, reader->stream) < 0) return NULL;
    reader->at++;
  }
  return reader->stream && reader->at == number ? reader->line : NULL;
}

static void WriteMistake(FILE *out, const char *kind, const Mistake *mistake, Reader *reader)
{
  const char *source = NULL;

  if (mistake->file) {
    fputs(mistake->file, out);
    if (mistake->line > 0) {
      fprintf(out, ":%" PetscInt_FMT, mistake->line);
      if (mistake->column > 0) fprintf(out, ":%" PetscInt_FMT, mistake->column);
      source = ReadLine(reader, mistake->file, mistake->line);
    }
    fputs(": ", out);
  }
  fprintf(out, "%s: %s\n", kind, mistake->text);
  if (source) WriteSource(out, source, mistake->column);
}

/* "3 mistakes in recipe.yaml" if all are in one file. */
static void WriteCount(FILE *out, PltMistakes list)
{
  const char *first = list->item[0].file, *last = list->item[list->n - 1].file;

  if (list->n > REPORT_MAX) fprintf(out, "... and %" PetscInt_FMT " more\n", list->n - REPORT_MAX);
  fprintf(out, "%" PetscInt_FMT " mistake%s", list->n, list->n > 1 ? "s" : "");
  if (last && !CompareText(first, last)) fprintf(out, " in %s", first);
}

PetscErrorCode PltMistakesRaise(PltMistakes list)
{
  Reader reader = {.name = NULL};
  char  *text   = NULL;
  size_t size;
  FILE  *out;

  PetscFunctionBegin;
  if (list->n == 0) PetscFunctionReturn(PETSC_SUCCESS);
  qsort(list->item, (size_t)list->n, sizeof(*list->item), CompareMistakes);
  out = open_memstream(&text, &size);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory to report mistakes");
  for (PetscInt i = 0; i < PetscMin(list->n, REPORT_MAX); i++)
    WriteMistake(out, "error", &list->item[i], &reader);
  WriteCount(out, list);
  CloseReader(&reader);
  if (fclose(out) == 0) PltKeepMessage(text);
  free(text);
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_RECIPE, "%" PetscInt_FMT " mistakes", list->n);
}

PetscErrorCode PltMistakesWarn(PltMistakes list, char **text)
{
  Reader reader = {.name = NULL};
  size_t size;
  FILE  *out;

  PetscFunctionBegin;
  if (list->n > 0) qsort(list->item, (size_t)list->n, sizeof(*list->item), CompareMistakes);
  out = open_memstream(text, &size);
  PetscCheck(out, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory to report warnings");
  for (PetscInt i = 0; i < PetscMin(list->n, REPORT_MAX); i++)
    WriteMistake(out, "warning", &list->item[i], &reader);
  CloseReader(&reader);
  PetscCheck(fclose(out) == 0, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory to report warnings");
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- nearest word ---- */

/* Edit distance where a swap of neighbours counts 1 and case nothing (optimal string alignment,
   Damerau 1964). Both words are shorter than WORD_MAX. */
static int EditDistance(const char *a, const char *b)
{
  int       row[3][WORD_MAX + 1];
  const int na = (int)strlen(a), nb = (int)strlen(b);

  for (int j = 0; j <= nb; j++) row[0][j] = j;
  for (int i = 1; i <= na; i++) {
    int *now = row[i % 3], *old = row[(i + 2) % 3], *older = row[(i + 1) % 3];

    now[0] = i;
    for (int j = 1; j <= nb; j++) {
      const int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);

      now[j] = PetscMin(PetscMin(old[j], now[j - 1]) + 1, old[j - 1] + (x != y));
      if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
          y == tolower((unsigned char)a[i - 2]))
        now[j] = PetscMin(now[j], older[j - 2] + 1);
    }
  }
  return row[na % 3][nb];
}

const char *PltNearest(const char *word, const char *const candidate[], PetscInt n)
{
  const size_t length  = strlen(word);
  const char  *nearest = NULL;
  int          least;

  if (length == 0 || length >= WORD_MAX) return NULL;
  /* A word of which every letter had to change is not near. */
  least = (int)PetscMin(PetscMax(2, length / 3), length - 1) + 1;
  for (PetscInt i = 0; i < n; i++) {
    if (strlen(candidate[i]) >= WORD_MAX) continue;
    const int distance = EditDistance(word, candidate[i]);

    if (distance < least) least = distance, nearest = candidate[i];
  }
  return nearest;
}
