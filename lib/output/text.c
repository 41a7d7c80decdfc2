/* SPDX-License-Identifier: BSD-2-Clause
   Text that grows, and files that are replaced in one go: written beside the old one and renamed,
   so that a reader or a killed run never sees half a file. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "output/internal.h"

static PetscErrorCode Reserve(PltText *text, size_t more)
{
  const size_t size = PetscMax(text->n + more + 1, 2 * text->size);

  PetscFunctionBegin;
  if (text->n + more + 1 <= text->size) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscRealloc(size, &text->s));
  text->size = size;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltTextAddBytes(PltText *text, const char *bytes, size_t n)
{
  PetscFunctionBegin;
  PetscCall(Reserve(text, n));
  if (n) memcpy(text->s + text->n, bytes, n);
  text->n += n;
  text->s[text->n] = '\0';
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltTextAdd(PltText *text, const char *format, ...)
{
  va_list list;
  int     n;

  PetscFunctionBegin;
  va_start(list, format);
  n = vsnprintf(NULL, 0, format, list);
  va_end(list);
  PltAssert(n >= 0, "bad format '%s'", format);
  PetscCall(Reserve(text, (size_t)n));
  va_start(list, format);
  (void)vsnprintf(text->s + text->n, (size_t)n + 1, format, list);
  va_end(list);
  text->n += (size_t)n;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltTextAddReal(PltText *text, double x)
{
  char number[40];

  PetscFunctionBegin;
  PetscCheck(!PetscIsInfOrNanReal(x), PETSC_COMM_SELF, PLT_ERR_INTERNAL, "%.6g among the results",
             x);
  if (x == 0) x = 0; /* no "-0" */
  for (int digits = 15; digits <= 17; digits++) {
    (void)snprintf(number, sizeof number, "%.*g", digits, x);
    if (strtod(number, NULL) == x) break;
  }
  for (char *c = number; *c; c++)
    if (*c == ',') *c = '.'; /* a locale of the program's choice */
  PetscCall(PltTextAdd(text, "%s", number));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltTextFree(PltText *text)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(text->s));
  text->n = text->size = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PartName(const char *name, char **part)
{
  PetscFunctionBegin;
  PetscCall(PetscMalloc1(strlen(name) + sizeof ".part", part));
  strcpy(*part, name);
  strcat(*part, ".part");
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFileReplace(const char *name, const PltText *text)
{
  char *part;
  FILE *file;
  int   failed = 1, why;

  PetscFunctionBegin;
  PetscCall(PartName(name, &part));
  errno = 0;
  file  = fopen(part, "wb");
  if (file) {
    failed = fwrite(text->s ? text->s : "", 1, text->n, file) != text->n;
    failed = fclose(file) || failed;
    failed = failed || rename(part, name);
    why    = errno;
    if (failed) (void)remove(part);
  } else why = errno;
  PetscCall(PetscFree(part));
  PetscCheck(!failed, PETSC_COMM_SELF, PLT_ERR_IO, "%s: cannot be written: %s", name,
             why ? strerror(why) : "unknown reason");
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFileProbe(const char *name)
{
  char *part;
  FILE *file;
  int   why;

  PetscFunctionBegin;
  PetscCall(PartName(name, &part));
  errno = 0;
  file  = fopen(part, "wb");
  why   = errno;
  if (file) {
    (void)fclose(file);
    (void)remove(part);
  }
  PetscCall(PetscFree(part));
  PetscCheck(file, PETSC_COMM_SELF, PLT_ERR_IO, "%s: cannot be written: %s", name, strerror(why));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const char *PltFileBasename(const char *path)
{
  const char *slash = strrchr(path, '/');

  return slash ? slash + 1 : path;
}
