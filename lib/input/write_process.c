/* SPDX-License-Identifier: BSD-2-Clause
   Steps of a process as a recipe has them, and parts of a recipe alone. */
#include <stdio.h>
#include <xxhash.h>
#include "input/map.h"

static void PutPieces(FILE *out, PltProject project, const char *key, PetscInt n,
                      const PltPiece piece[])
{
  static const char *const part[] = {"", "/fill", "/dies"};
  char                     text[256];

  for (PetscInt i = 0; i < n; i++) {
    snprintf(text, sizeof text, "%s%s", project->ply[piece[i].ply].name, part[piece[i].part]);
    if (i == 0) fprintf(out, "    %s: [", key);
    PltPutText(out, text);
    fputs(i + 1 < n ? ", " : "]\n", out);
  }
}

static PetscErrorCode PutProgram(FILE *out, const PltStep *step)
{
  const PetscInt n = step->ntemperature;

  PetscFunctionBegin;
  if (step->has_stress_free) {
    PetscCall(PltPutKey(out, "    stress_free", step->stress_free, PLT_TEMPERATURE));
    fputc('\n', out);
  }
  if (n == 1) PetscCall(PltPutKey(out, "    temperature", step->temperature[0], PLT_TEMPERATURE));
  for (PetscInt i = 0; n > 1 && i < n; i++)
    PetscCall(PltPutPair(out, i ? ", " : "    temperature: [", step->time[i], step->temperature[i],
                         PLT_TIME, PLT_TEMPERATURE));
  if (n > 0) fputs(n > 1 ? "]\n" : "\n", out);
  if (step->duration != 0) {
    PetscCall(PltPutKey(out, "    time", step->duration, PLT_TIME));
    fputc('\n', out);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutHandling(FILE *out, const PltStep *step)
{
  static const char *const support[] = {"free", "table", "edges", "pins"};

  PetscFunctionBegin;
  if (step->hold == PLT_HOLD_FLAT) fputs("    hold: flat\n", out);
  if (step->vacuum != 0) {
    PetscCall(PltPutKey(out, "    vacuum", step->vacuum, PLT_AIR_PRESSURE));
    fputc('\n', out);
  }
  if (step->gravity != PLT_GRAVITY_OFF)
    fprintf(out, "    gravity: %s\n", step->gravity == PLT_GRAVITY_DOWN ? "down" : "up");
  if (step->support != PLT_ON_NOTHING) fprintf(out, "    support: %s\n", support[step->support]);
  for (PetscInt k = 0; k < step->npin; k++)
    PetscCall(PltPutPair(out, k ? ", " : "    pins: [", step->pin[k][0], step->pin[k][1],
                         PLT_LENGTH, PLT_LENGTH));
  if (step->npin > 0) fputs("]\n", out);
  if (step->flip) fputs("    flip: true\n", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPutStep(FILE *out, PltProject project, const PltStep *step)
{
  PetscFunctionBegin;
  PltPutTextKey(out, "  - name", step->name);
  fputc('\n', out);
  PutPieces(out, project, "add", step->nadd, step->add);
  PutPieces(out, project, "remove", step->nremove, step->remove);
  for (PetscInt i = 0; i < step->nshrink; i++) {
    fputs(i ? ", " : "    shrink: {", out);
    PltPutText(out, project->ply[step->shrink[i].ply].name);
    PetscCall(PltPutKey(out, "", step->shrink[i].value, PLT_STRAIN));
  }
  if (step->nshrink) fputs("}\n", out);
  if (step->ngrind) {
    PltPutTextKey(out, "    grind: {ply", project->ply[step->grind[0].ply].name);
    PetscCall(PltPutKey(out, ", to", step->grind[0].value, PLT_LENGTH));
    fputs("}\n", out);
  }
  PetscCall(PutProgram(out, step));
  PetscCall(PutHandling(out, step));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A material and those it is made of. Of a map in files, what was read from them counts too. */
static PetscErrorCode PutLaw(FILE *out, PltProject project, PltMaterial m)
{
  const PltMap *map = m ? PltProjectMapOf(project, m) : NULL;

  PetscFunctionBegin;
  if (!m) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltPutMaterial(out, project, m));
  if (map && map->raster.share) {
    const PltRaster *r = &map->raster;
    const size_t     n = (size_t)r->n[0] * (size_t)r->n[1] * PLT_METAL_KINDS;

    fprintf(out, "  # cells %llx\n",
            (unsigned long long)XXH3_64bits(r->share, n * sizeof *r->share));
  }
  PetscCall(PutLaw(out, project, m->metal));
  PetscCall(PutLaw(out, project, m->matrix));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputFormatPanel(PltProject project, char **text)
{
  static const char *const symmetry[] = {"none", "half-x", "half-y", "quarter"};
  PltPut                   put;

  PetscFunctionBegin;
  PetscCall(PltPutBegin(&put));
  PetscCall(PltPutPair(put.out, project->round ? "round: " : "size: ", project->size[0],
                       project->size[1], PLT_LENGTH, PLT_LENGTH));
  fprintf(put.out, ", symmetry: %s, kinematics: %s\n", symmetry[project->symmetry],
          project->kinematics == PLT_LARGE ? "large" : "small");
  PetscCall(PltPutDies(put.out, project));
  PetscCall(PltPutEnd(&put, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputFormatPly(PltProject project, PetscInt ply, char **text)
{
  PltPut put;

  PetscFunctionBegin;
  PetscCall(PltPutBegin(&put));
  PetscCall(PltPutPly(put.out, &project->ply[ply]));
  PetscCall(PutLaw(put.out, project, project->ply[ply].material));
  PetscCall(PutLaw(put.out, project, project->ply[ply].die_material));
  PetscCall(PltPutEnd(&put, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputFormatStep(PltProject project, PetscInt step, char **text)
{
  PltPut put;

  PetscFunctionBegin;
  PetscCall(PltPutBegin(&put));
  PetscCall(PltPutStep(put.out, project, &project->step[step]));
  PetscCall(PltPutEnd(&put, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}
