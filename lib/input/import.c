/* SPDX-License-Identifier: BSD-2-Clause
   Materials of Abaqus and Ansys text as blocks of a recipe. Such text has no units, so they are
   asked for. What is not understood is named, never guessed. */
#include <math.h>
#include <stdlib.h>
#include "input/import.h"
#include "input/node.h"

PetscErrorCode PltImportAdd(PltImport *import, const char *name, PetscInt line,
                            PltForeign **material)
{
  PetscFunctionBegin;
  PetscCall(PltGrow(import->nmaterial, sizeof *import->material, &import->material));
  *material              = &import->material[import->nmaterial++];
  (*material)->line      = line;
  (*material)->reference = NAN;
  PetscCall(PetscStrallocpy(name, &(*material)->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltImportRow(PltForeign *material, PltGotKind kind, PetscInt line, PetscInt n,
                            const double value[])
{
  PltGot *got = &material->got[kind];

  PetscFunctionBegin;
  PetscCall(PltGrow(got->n, sizeof *got->row, &got->row));
  for (PetscInt i = 0; i < 10; i++) got->row[got->n][i] = i < n ? value[i] : NAN;
  if (got->n++ == 0) got->line = line;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscBool PltImportNumber(const char *text, double *value)
{
  char *end;

  text += strspn(text, " \t\r");
  *value = NAN;
  if (!*text) return PETSC_TRUE;
  *value = strtod(text, &end);
  end += strspn(end, " \t\r");
  return (PetscBool)(!*end && isfinite(*value));
}

static PetscErrorCode Free(PltImport *import)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < import->nmaterial; i++) {
    PetscCall(PetscFree(import->material[i].name));
    for (int k = 0; k < PLT_GOT_COUNT; k++) PetscCall(PetscFree(import->material[i].got[k].row));
  }
  PetscCall(PetscFree(import->material));
  PetscCall(PltMistakesDestroy(&import->mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* "MPa, degC, s, tonne/mm3": each goes where it fits. */
static PetscErrorCode SplitUnits(const char *text, PltImportUnits *units)
{
  static const PltQuantity quantity[] = {PLT_PRESSURE, PLT_TEMPERATURE, PLT_TIME, PLT_DENSITY};
  char *const to[] = {units->pressure, units->temperature, units->time, units->density};

  PetscFunctionBegin;
  for (const char *s = text; *s; s += *s == ',') {
    char      word[32], number[40];
    PetscBool any = PETSC_FALSE;

    s += strspn(s, " ");
    (void)snprintf(word, sizeof word, "%.*s", (int)strcspn(s, ", "), s);
    s += strcspn(s, ",");
    (void)snprintf(number, sizeof number, "1 %s", word);
    for (int k = 0; k < 4 && !any; k++) {
      const char *why;
      PetscReal   value;

      PetscCall(PltUnitsParse(number, quantity[k], &value, &any, &why));
      if (any) strcpy(to[k], word);
    }
    PetscCheck(any, PETSC_COMM_SELF, PLT_ERR_USAGE,
               "'%s' is no unit of pressure, temperature, time or density", word);
  }
  PetscCheck(*units->pressure && *units->temperature && *units->time, PETSC_COMM_SELF,
             PLT_ERR_USAGE,
             "the units of pressure, temperature and time are needed, such as 'MPa, degC, s'");
  PetscCheck(!strcmp(units->temperature, "degC") || !strcmp(units->temperature, "K"),
             PETSC_COMM_SELF, PLT_ERR_USAGE, "the unit of temperature is degC or K, not '%s'",
             units->temperature);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Keywords of Abaqus begin with '*', where Ansys has only commands of loops. */
static PetscBool IsAbaqus(const char *text)
{
  for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n') {
    const char *first = s + strspn(s, " \t\r");

    if (first[0] == '*' && first[1] != '*') return PETSC_TRUE;
    if (*first && strchr("\n*!", *first) == NULL) return PETSC_FALSE;
  }
  return PETSC_FALSE;
}

static PetscErrorCode Read(PltImport *import, const char *file)
{
  const PltMark mark = {file, 1, 0};
  const char   *why;
  char         *text;
  size_t        size;

  PetscFunctionBegin;
  PetscCall(PltFileRead(file, &text, &size, &why));
  PetscCheck(text, PETSC_COMM_SELF, PLT_ERR_IO, "cannot read '%s': %s", file, why);
  import->from = IsAbaqus(text) ? "Abaqus" : "Ansys";
  if (IsAbaqus(text)) PetscCall(PltImportAbaqus(import, text));
  else PetscCall(PltImportAnsys(import, text));
  PetscCall(PetscFree(text));
  if (import->nmaterial == 0 && PltMistakesCount(import->mistakes) == 0)
    PetscCall(PltMistakesAdd(import->mistakes, mark,
                             "no material of Abaqus (*MATERIAL) or Ansys (MP, TB) is in it"));
  PetscCall(PltMistakesRaise(import->mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltMaterialImport(const char *file, const char *units, char **text)
{
  PltImport      import = {.file = file};
  PltImportUnits split  = {"", "", "", ""};
  char          *notes  = NULL;
  size_t         size;
  FILE          *out;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCheck(file && units && text, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a file, its units and a place for the text are needed");
  *text = NULL;
  PetscCall(SplitUnits(units, &split));
  import.notes = open_memstream(&notes, &size);
  PetscCheck(import.notes, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory to import materials");
  PetscCall(PltMistakesCreate(&import.mistakes));
  failed = Read(&import, file);
  out    = failed ? NULL : open_memstream(text, &size);
  if (out) {
    fprintf(out, "# imported from %s of %s, in %s\n", import.from, file, units);
    failed = PltImportWrite(&import, &split, out);
    fflush(import.notes);
    fputs(notes, out);
    (void)fclose(out);
  }
  (void)fclose(import.notes);
  free(notes);
  if (failed) {
    free(*text);
    *text = NULL;
  }
  PetscCall(Free(&import));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}
