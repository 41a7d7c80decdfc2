/* SPDX-License-Identifier: BSD-2-Clause
   A project as a recipe: SI units, every number with the digits that read back to the same value,
   every name in quotes. Materials, plies, dies and steps keep their order, so that numbers of them
   stay. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "input/map.h"

enum { NUMBER_SIZE = 48 };

PetscErrorCode PltPutBegin(PltPut *put)
{
  PetscFunctionBegin;
  put->made = NULL;
  put->out  = open_memstream(&put->made, &put->size);
  PetscCheck(put->out, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory for the text of a recipe");
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutEnd(PltPut *put, char **text)
{
  int bad = ferror(put->out);

  PetscFunctionBegin;
  bad |= fclose(put->out);
  PetscCheck(!bad, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory for the text of a recipe");
  PetscCall(PetscStrallocpy(put->made, text));
  free(put->made);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutNumber(FILE *out, PetscReal value, PltQuantity quantity)
{
  char text[NUMBER_SIZE];

  PetscFunctionBegin;
  PetscCall(PltUnitsFormat(value, quantity, sizeof text, text));
  fputs(text, out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutKey(FILE *out, const char *key, PetscReal value, PltQuantity quantity)
{
  PetscFunctionBegin;
  fprintf(out, "%s: ", key);
  PetscCall(PltPutNumber(out, value, quantity));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutPair(FILE *out, const char *key, PetscReal a, PetscReal b,
                          PltQuantity quantity_a, PltQuantity quantity_b)
{
  PetscFunctionBegin;
  fprintf(out, "%s[", key);
  PetscCall(PltPutNumber(out, a, quantity_a));
  fputs(", ", out);
  PetscCall(PltPutNumber(out, b, quantity_b));
  fputc(']', out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* In double quotes, where only these two characters mean something (names have no control
   characters). */
void PltPutText(FILE *out, const char *text)
{
  fputc('"', out);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') fputc('\\', out);
    fputc(*text, out);
  }
  fputc('"', out);
}

void PltPutTextKey(FILE *out, const char *key, const char *text)
{
  fprintf(out, "%s: ", key);
  PltPutText(out, text);
}

static PetscErrorCode PutPanel(FILE *out, PltProject project)
{
  static const char *const method[]   = {"mapped", "free", "file"};
  static const char *const symmetry[] = {"none", "half-x", "half-y", "quarter"};
  const PetscReal          size[]     = {project->mesh_size, project->mesh_dies};

  PetscFunctionBegin;
  fputs("panel:\n  ", out);
  if (project->round) PetscCall(PltPutKey(out, "diameter", project->size[0], PLT_LENGTH));
  else
    PetscCall(
        PltPutPair(out, "size: ", project->size[0], project->size[1], PLT_LENGTH, PLT_LENGTH));
  fputs("\n  mesh: {", out);
  for (int k = 0; k < 2; k++) {
    if (size[k] <= 0) continue;
    PetscCall(PltPutKey(out, k ? "dies" : "size", size[k], PLT_LENGTH));
    fputs(", ", out);
  }
  if (project->mesh_growth > 0) {
    PetscCall(PltPutKey(out, "growth", project->mesh_growth, PLT_NUMBER));
    fputs(", ", out);
  }
  fprintf(out, "method: %s", method[project->mesh_method]);
  if (project->mesh_file) {
    char *absolute;

    PetscCall(PltFileAbsolute(project->mesh_file, &absolute));
    PltPutTextKey(out, ", file", absolute);
    PetscCall(PetscFree(absolute));
  }
  fprintf(out, "}\n  symmetry: %s\n", symmetry[project->symmetry]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A key "cure.gel" goes into the map "cure", which is opened or closed where *open (its name with
   the point, "" outside) changes. */
static void PutPropertyKey(FILE *out, const char *key, char open[PLT_KEY_SIZE])
{
  const char  *point  = key ? strchr(key, '.') : NULL;
  const size_t length = point ? (size_t)(point - key) + 1 : 0;
  const char  *comma  = ", ";

  if (strlen(open) != length || strncmp(open, key ? key : "", length) != 0) {
    if (*open) fputc('}', out);
    if (length > 0) {
      fprintf(out, ", %.*s: {", (int)length - 1, key);
      comma = "";
    }
    if (length > 0) memcpy(open, key, length);
    open[length] = '\0';
  }
  if (key) fprintf(out, "%s%s: ", comma, key + length);
}

static PetscErrorCode PutCurve(FILE *out, const PltProperty *property, const PltCurve *curve,
                               char open[PLT_KEY_SIZE])
{
  const PltQuantity first = property->pairs ? property->first : PLT_TEMPERATURE;
  const PetscBool   list  = (PetscBool)(curve->n > 1 || property->pairs);

  PetscFunctionBegin;
  PutPropertyKey(out, property->key, open);
  if (!list) PetscCall(PltPutNumber(out, curve->value[0], property->quantity));
  for (PetscInt i = 0; list && i < curve->n; i++)
    PetscCall(
        PltPutPair(out, i ? ", " : "[", curve->T[i], curve->value[i], first, property->quantity));
  if (list) fputc(']', out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutMaterial(FILE *out, PltProject project, PltMaterial material)
{
  char          open[PLT_KEY_SIZE] = "";
  const PltMap *map                = PltProjectMapOf(project, material);
  const char    direction          = map ? map->given.direction : material->direction;

  PetscFunctionBegin;
  fputs("  ", out);
  PltPutText(out, material->name);
  fprintf(out, ": {law: %s", material->ops->type);
  if (material->metal) {
    PltPutTextKey(out, ", metal", material->metal->name);
    PltPutTextKey(out, ", in", material->matrix->name);
    if (map) PetscCall(PltWriteMap(out, map));
    else PetscCall(PltPutKey(out, ", fraction", material->fraction, PLT_NUMBER));
    if (direction) fprintf(out, ", direction: %s", PltDirectionName(direction));
  }
  for (PetscInt k = 0; k < material->ops->nproperty; k++)
    if (material->curve[k].n > 0)
      PetscCall(PutCurve(out, &material->ops->property[k], &material->curve[k], open));
  PutPropertyKey(out, NULL, open);
  fputs("}\n", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutPly(FILE *out, const PltPly *ply)
{
  PetscFunctionBegin;
  PltPutTextKey(out, "  - {ply", ply->name);
  if (ply->material) PltPutTextKey(out, ", material", ply->material->name);
  else fputs(", material: none", out);
  if (ply->die_material) PltPutTextKey(out, ", dies", ply->die_material->name);
  PetscCall(PltPutKey(out, ", thickness", ply->thickness, PLT_LENGTH));
  if (ply->slab >= 0) fprintf(out, ", slab: %d", (int)ply->slab);
  fputs("}\n", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutArray(FILE *out, PltProject project, const PltDieArray *a)
{
  PetscFunctionBegin;
  fprintf(out, "  - {array: [%d, %d], ", (int)a->count[0], (int)a->count[1]);
  PetscCall(PltPutPair(out, "pitch: ", a->pitch[0], a->pitch[1], PLT_LENGTH, PLT_LENGTH));
  PetscCall(PltPutPair(out, ", size: ", a->size[0], a->size[1], PLT_LENGTH, PLT_LENGTH));
  if (a->origin[0] != 0 || a->origin[1] != 0)
    PetscCall(PltPutPair(out, ", origin: ", a->origin[0], a->origin[1], PLT_LENGTH, PLT_LENGTH));
  PltPutTextKey(out, ", ply", project->ply[a->ply].name);
  fputs("}\n", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutDie(FILE *out, PltProject project, const PltDie *die)
{
  PetscFunctionBegin;
  PetscCall(PltPutPair(out, "  - {at: ", die->x, die->y, PLT_LENGTH, PLT_LENGTH));
  PetscCall(PltPutPair(out, ", size: ", die->width, die->height, PLT_LENGTH, PLT_LENGTH));
  if (die->angle != 0) PetscCall(PltPutKey(out, ", angle", die->angle, PLT_ANGLE));
  PltPutTextKey(out, ", ply", project->ply[die->ply].name);
  PltPutTextKey(out, ", id", die->id);
  fputs("}\n", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutDies(FILE *out, PltProject project)
{
  PetscInt array = 0;

  PetscFunctionBegin;
  if (project->ndie > 0) fputs("dies:\n", out);
  for (PetscInt i = 0; i < project->ndie;) {
    const PltDieArray *a = array < project->narray ? &project->array[array] : NULL;

    if (a && a->first == i) {
      PetscCall(PutArray(out, project, a));
      i += a->count[0] * a->count[1];
      array++;
    } else PetscCall(PutDie(out, project, &project->die[i++]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutAnalysis(FILE *out, PltProject project)
{
  PetscFunctionBegin;
  fprintf(out, "analysis: {kinematics: %s, ", project->kinematics == PLT_LARGE ? "large" : "small");
  if (project->increments_max > 0) fprintf(out, "increments: %d", (int)project->increments_max);
  else fputs("increments: auto", out);
  PetscCall(PltPutKey(out, ", longest", project->longest, PLT_NUMBER));
  PetscCall(PltPutKey(out, ", accuracy", project->accuracy, PLT_NUMBER));
  fprintf(out, ", stability: %s, ", project->stability ? "on" : "off");
  PetscCall(PltPutKey(out, "imperfection", project->imperfection, PLT_LENGTH));
  fprintf(out, ", branches: %s}\n", project->branches_all ? "all" : "one");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutOptions(FILE *out, PltProject project)
{
  const PetscReal limit[] = {project->limit_warpage, project->limit_die_shift};
  PetscBool       some    = PETSC_FALSE;

  PetscFunctionBegin;
  fprintf(out, "output: {every: %s, stress: %s, cells: %s",
          project->output_increments ? "increment" : "step", project->output_stress ? "on" : "off",
          project->output_slabs ? "slabs" : "plies");
  if (project->output_top >= 0) PltPutTextKey(out, ", top", project->ply[project->output_top].name);
  fputs("}\n", out);
  for (int k = 0; k < 2; k++) {
    if (limit[k] <= 0) continue;
    fputs(some ? ", " : "limits: {", out);
    PetscCall(PltPutKey(out, k ? "die_shift" : "warpage", limit[k], PLT_LENGTH));
    some = PETSC_TRUE;
  }
  if (some) fputs("}\n", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutRecipe(FILE *out, PltProject project)
{
  PetscFunctionBegin;
  fputs("platen: 1\n", out);
  if (project->title && *project->title) {
    PltPutTextKey(out, "title", project->title);
    fputc('\n', out);
  }
  PetscCall(PutPanel(out, project));
  fputs("materials:\n", out);
  for (PetscInt i = 0; i < project->nmaterial; i++)
    PetscCall(PltPutMaterial(out, project, project->material[i]));
  fputs("stack:\n", out);
  for (PetscInt i = 0; i < project->nply; i++) PetscCall(PltPutPly(out, &project->ply[i]));
  PetscCall(PltPutDies(out, project));
  fputs("process:\n", out);
  for (PetscInt i = 0; i < project->nstep; i++)
    PetscCall(PltPutStep(out, project, &project->step[i]));
  PetscCall(PutAnalysis(out, project));
  PetscCall(PutOptions(out, project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputFormat(PltProject project, char **text)
{
  PltPut put;

  PetscFunctionBegin;
  PetscCall(PltPutBegin(&put));
  PetscCall(PutRecipe(put.out, project));
  PetscCall(PltPutEnd(&put, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}
