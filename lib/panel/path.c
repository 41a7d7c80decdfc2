/* SPDX-License-Identifier: BSD-2-Clause
   Paths of a point of one material: described, checked, followed. */
#include <stdio.h>
#include "panel/internal.h"

#define NeedPath(path)                                                                             \
  PetscCheck(path, PETSC_COMM_SELF, PLT_ERR_USAGE, "the path is NULL: create it first")

const char *const PltComponent[6]      = {"xx", "yy", "zz", "xy", "yz", "xz"};
const int         PltComponentVoigt[6] = {PLT_11, PLT_22, PLT_33, PLT_12, PLT_23, PLT_13};

/* ---- describe ---- */

static PetscErrorCode FindMaterial(PltProject project, const char *name, PltMaterial *material)
{
  const char **names;
  const char  *nearest;
  PetscInt     found;
  char         hint[512];

  PetscFunctionBegin;
  PetscCheck(name, PETSC_COMM_SELF, PLT_ERR_USAGE, "the name of the material is NULL");
  found = PltProjectFindMaterial(project, name);
  if (found >= 0) {
    *material = project->material[found];
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscMalloc1(project->nmaterial, &names));
  for (PetscInt i = 0; i < project->nmaterial; i++) names[i] = project->material[i]->name;
  nearest = PltNearest(name, names, project->nmaterial);
  (void)snprintf(hint, sizeof hint, nearest ? "; did you mean '%s'?" : "%s",
                 nearest ? nearest : "; there are");
  for (PetscInt i = 0; !nearest && i < project->nmaterial && strlen(hint) < 400; i++) {
    const size_t n = strlen(hint);

    (void)snprintf(hint + n, sizeof hint - n, "%s %.60s", i ? "," : "", names[i]);
  }
  PetscCall(PetscFree(names));
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no material '%.200s'%s", name, hint);
}

int PltPathCreate(PltProject project, const char *material, PltPath *path)
{
  PltMaterial found;

  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(path, PETSC_COMM_SELF, PLT_ERR_USAGE, "nowhere to put the path: NULL");
  *path = NULL;
  PetscCall(FindMaterial(project, material, &found));
  PetscCheck(!PltProjectMapOf(project, found), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "material '%s' is not the same everywhere: a point of it needs 'fraction' as a number",
             material);
  PetscCall(PetscNew(path));
  (*path)->project       = project;
  (*path)->material      = found;
  (*path)->test.least    = 50;
  (*path)->test.accuracy = 1e-4;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathDestroy(PltPath *path)
{
  PltPath p = path ? *path : NULL;

  PetscFunctionBegin;
  if (!p) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltCurveFree(&p->test.temperature));
  for (int i = 0; i < 6; i++) {
    PetscCall(PltCurveFree(&p->test.strain[i]));
    PetscCall(PltCurveFree(&p->test.stress[i]));
  }
  PetscCall(PetscFree(p->point));
  PetscCall(PetscFree(*path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetProgram(PltCurve *curve, const char *what, int n, const double *time,
                                 const double *value)
{
  PetscFunctionBegin;
  PetscCheck(n >= 1 && value && (n == 1 || time), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "the %s of a path needs values, and times if there are several", what);
  for (int i = 0; i < n; i++) {
    NeedFinite(value[i], what);
    if (n > 1) NeedFinite(time[i], "a time");
    if (n == 1) continue;
    PetscCheck(i == 0 ? !(time[0] > 0 || time[0] < 0) : time[i] > time[i - 1], PETSC_COMM_SELF,
               PLT_ERR_USAGE, "the times of the %s of a path must ascend from 0", what);
  }
  PetscCall(PltCurveSet(curve, n, n > 1 ? time : NULL, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathSetTemperature(PltPath path, int n, const double *time, const double *temperature)
{
  PetscFunctionBegin;
  NeedPath(path);
  PetscCall(SetProgram(&path->test.temperature, "temperature", n, time, temperature));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindComponent(const char *name, int *voigt)
{
  PetscFunctionBegin;
  *voigt = -1;
  for (int i = 0; i < 6 && name; i++)
    if (!strcmp(name, PltComponent[i])) *voigt = PltComponentVoigt[i];
  PetscCheck(*voigt >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no component '%.20s'; there are xx yy zz xy yz xz", name ? name : "NULL");
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathSetStrain(PltPath path, const char *component, int n, const double *time,
                     const double *strain)
{
  int i;

  PetscFunctionBegin;
  NeedPath(path);
  PetscCall(FindComponent(component, &i));
  PetscCall(SetProgram(&path->test.strain[i], "strain", n, time, strain));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathSetStress(PltPath path, const char *component, int n, const double *time,
                     const double *stress)
{
  int i;

  PetscFunctionBegin;
  NeedPath(path);
  PetscCall(FindComponent(component, &i));
  PetscCall(SetProgram(&path->test.stress[i], "stress", n, time, stress));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathSetSubstrate(PltPath path, const char *material)
{
  static const int plane[3] = {PLT_11, PLT_22, PLT_12};
  const PetscReal  zero     = 0;

  PetscFunctionBegin;
  NeedPath(path);
  PetscCall(FindMaterial(path->project, material, &path->test.substrate));
  for (int i = 0; i < 3; i++)
    if (!path->test.strain[plane[i]].n)
      PetscCall(PltCurveSet(&path->test.strain[plane[i]], 1, NULL, &zero));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathSetTime(PltPath path, double time)
{
  PetscFunctionBegin;
  NeedPath(path);
  NeedFinite(time, "the time of a path");
  PetscCheck(time >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "the time of a path is %.6g s", time);
  path->test.time = time;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathSetIncrements(PltPath path, int least, double accuracy)
{
  PetscFunctionBegin;
  NeedPath(path);
  PetscCheck(least >= 1 && least <= 1000000, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "the increments of a path are 1 to 1000000, not %d", least);
  PetscCheck(accuracy >= 1e-9 && accuracy <= 0.1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "the accuracy of a path is 1e-9 to 0.1, not %.6g", accuracy);
  path->test.least    = least;
  path->test.accuracy = accuracy;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- check ---- */

static PetscErrorCode CheckRange(PltPath path, PltMaterial material, PltMistakes mistakes)
{
  const PltCurve *curve = &path->test.temperature;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < curve->n; k++) {
    const PetscReal T = curve->value[k];
    PetscReal       range[2];
    const char     *key;

    if (PltMaterialCovers(material, T, &key, range)) continue;
    PetscCall(PltMistakesAdd(mistakes, path->temperature_mark,
                             "the path reaches %.6g degC, but '%s' of material '%s' is known from "
                             "%.6g to %.6g degC",
                             (double)(T - 273.15), key, material->name, (double)(range[0] - 273.15),
                             (double)(range[1] - 273.15)));
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPathFindMistakes(PltPath path, PltMistakes mistakes)
{
  const PltTest *test = &path->test;

  PetscFunctionBegin;
  if (!test->temperature.n)
    PetscCall(PltMistakesAdd(mistakes, path->mark, "the path has no temperature"));
  for (PetscInt k = 0; k < test->temperature.n; k++) {
    if (test->temperature.value[k] > 0) continue;
    PetscCall(PltMistakesAdd(mistakes, path->temperature_mark,
                             "the path has a temperature of %.6g degC, at or below absolute zero",
                             test->temperature.value[k] - 273.15));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int c = 0; c < 6; c++) {
    const int i = PltComponentVoigt[c];

    if (test->strain[i].n && test->stress[i].n)
      PetscCall(PltMistakesAdd(
          mistakes, path->mark, "component %s has a strain and a stress%s", PltComponent[c],
          test->substrate ? "; with a substrate, xx, yy and xy have strains" : ""));
  }
  PetscCall(CheckRange(path, path->material, mistakes));
  if (test->substrate) PetscCall(CheckRange(path, test->substrate, mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- follow ---- */

static PetscErrorCode Keep(const PltPoint *point, void *context)
{
  PltPath path = context;

  PetscFunctionBegin;
  PetscCall(PltGrow(path->npoint, sizeof *path->point, &path->point));
  path->point[path->npoint++] = *point;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathRun(PltPath path)
{
  PltMistakes    mistakes;
  PetscErrorCode failed;

  PetscFunctionBegin;
  NeedPath(path);
  PetscCall(PltMistakesCreate(&mistakes));
  failed = PltPathFindMistakes(path, mistakes);
  if (!failed) failed = PltMaterialCheck(path->material, mistakes);
  if (!failed) failed = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(failed);
  PetscCall(PetscFree(path->point));
  path->npoint = 0;
  PetscCall(PltPointRun(path->material, &path->test, Keep, path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathCountPoints(PltPath path, int *n)
{
  PetscFunctionBegin;
  NeedPath(path);
  PetscCheck(n, PETSC_COMM_SELF, PLT_ERR_USAGE, "nowhere to put the number: NULL");
  *n = (int)path->npoint;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathGetPoint(PltPath path, int i, PltPathPoint *point)
{
  const PltPoint *p;

  PetscFunctionBegin;
  NeedPath(path);
  PetscCheck(point, PETSC_COMM_SELF, PLT_ERR_USAGE, "nowhere to put the point: NULL");
  PetscCheck(i >= 0 && i < path->npoint, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no point %d; the path has %d", i, (int)path->npoint);
  p = &path->point[i];
  memset(point, 0, sizeof *point);
  point->corner      = p->corner;
  point->time        = p->time;
  point->temperature = p->T;
  for (int c = 0; c < 6; c++) {
    point->strain[c] = p->strain[PltComponentVoigt[c]];
    point->free[c]   = p->free[PltComponentVoigt[c]];
    point->stress[c] = p->stress[PltComponentVoigt[c]];
  }
  point->nvalue = (int)p->ntold;
  for (int k = 0; k < point->nvalue; k++) {
    const char *unit = PltUnitsSI(p->told[k].quantity);

    point->value[k] = (PltPathValue){p->told[k].name, unit, p->told[k].value};
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
