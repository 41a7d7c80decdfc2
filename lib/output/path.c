/* SPDX-License-Identifier: BSD-2-Clause
   What the points of a path leave behind: base.csv, and base.png and .svg. */
#include "output/internal.h"

static PetscErrorCode AddHeading(PltText *text, const PltPathPoint *point)
{
  static const char *const part[] = {"strain", "free", "stress"};

  PetscFunctionBegin;
  PetscCall(PltTextAdd(text, "time,temperature"));
  for (int k = 0; k < 3; k++)
    for (int c = 0; c < 6; c++) PetscCall(PltTextAdd(text, ",%s_%s", part[k], PltComponent[c]));
  for (int k = 0; k < point->nvalue; k++) PetscCall(PltTextAdd(text, ",%s", point->value[k].name));
  PetscCall(PltTextAdd(text, "\n"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddReal(PltText *text, double x)
{
  PetscFunctionBegin;
  PetscCall(PltTextAdd(text, ","));
  PetscCall(PltTextAddReal(text, x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddPoint(PltText *text, const PltPathPoint *point)
{
  const double *part[] = {point->strain, point->free, point->stress};

  PetscFunctionBegin;
  PetscCall(PltTextAddReal(text, point->time));
  PetscCall(AddReal(text, point->temperature));
  for (int k = 0; k < 3; k++)
    for (int c = 0; c < 6; c++) PetscCall(AddReal(text, part[k][c]));
  for (int k = 0; k < point->nvalue; k++) PetscCall(AddReal(text, point->value[k].value));
  PetscCall(PltTextAdd(text, "\n"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode WriteTable(PltPath path, const char *base)
{
  PltText        name = {0}, text = {0};
  PltPathPoint   point;
  PetscErrorCode failed;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < path->npoint; i++) {
    PetscCall(PltPathGetPoint(path, (int)i, &point));
    if (i == 0) PetscCall(AddHeading(&text, &point));
    PetscCall(AddPoint(&text, &point));
  }
  PetscCall(PltTextAdd(&name, "%s.csv", base));
  failed = PltFileReplace(name.s, &text);
  PetscCall(PltTextFree(&name));
  PetscCall(PltTextFree(&text));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathWrite(PltPath path, const char *base)
{
  PetscFunctionBegin;
  PetscCheck(path && base && *base, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a path and a name for its files are needed");
  PetscCheck(path->npoint > 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "the path was not followed: call PltPathRun first");
  PetscCall(WriteTable(path, base));
  PetscCall(PltPathPicture(path, base));
  PetscFunctionReturn(PETSC_SUCCESS);
}
