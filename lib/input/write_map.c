/* SPDX-License-Identifier: BSD-2-Clause
   A map of metal as the key `fraction` of a material. Cells that are in no file are written as they
   are. */
#include "input/map.h"

static const char *const slot_name[] = {"x", "y", "plane"};

const char *PltDirectionName(char direction)
{
  switch (direction) {
  case 'x':
    return "x";
  case 'y':
    return "y";
  case 'p':
    return "plane";
  default:
    return "mixed";
  }
}

static PetscErrorCode PutFile(FILE *out, const char *key, const char *file)
{
  char *absolute;

  PetscFunctionBegin;
  PetscCall(PltFileAbsolute(file, &absolute));
  PltPutTextKey(out, key, absolute);
  PetscCall(PetscFree(absolute));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A direction has its values in the shares it went to. */
static PetscReal ValueOf(const PetscReal share[PLT_METAL_KINDS], char direction, int slot)
{
  return direction ? share[0] + share[1] + share[2] : share[slot];
}

static PetscErrorCode PutRows(FILE *out, const PltMap *map, int slot)
{
  const PltRaster *r = &map->raster;

  PetscFunctionBegin;
  for (PetscInt j = r->n[1] - 1; j >= 0; j--) {
    fputs(j == r->n[1] - 1 ? "[[" : ", [", out);
    for (PetscInt i = 0; i < r->n[0]; i++) {
      const PetscReal *share = &r->share[PLT_METAL_KINDS * (j * r->n[0] + i)];

      if (i) fputs(", ", out);
      PetscCall(PltPutNumber(out, ValueOf(share, map->given.direction, slot), PLT_NUMBER));
    }
    fputc(']', out);
  }
  fputc(']', out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutCells(FILE *out, const PltMap *map)
{
  PetscFunctionBegin;
  fputs("values: ", out);
  if (map->given.direction) PetscCall(PutRows(out, map, 0));
  for (int slot = 0; !map->given.direction && slot < PLT_METAL_KINDS; slot++) {
    fprintf(out, "%s%s: ", slot ? ", " : "{", slot_name[slot]);
    PetscCall(PutRows(out, map, slot));
  }
  if (!map->given.direction) fputc('}', out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutFiles(FILE *out, const PltTracesMap *m)
{
  PetscBool some = PETSC_FALSE;

  PetscFunctionBegin;
  if (m->direction) PetscCall(PutFile(out, "file", m->file[0]));
  else fputs("files: {", out);
  for (int slot = 0; !m->direction && slot < PLT_METAL_KINDS; slot++) {
    if (!m->file[slot]) continue;
    if (some) fputs(", ", out);
    PetscCall(PutFile(out, slot_name[slot], m->file[slot]));
    some = PETSC_TRUE;
  }
  if (!m->direction) fputc('}', out);
  if (m->black) fputs(", metal: black", out);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutDrawing(FILE *out, const PltTracesMap *m)
{
  PltLayerNumber layer[PLT_LAYERS_MAX];
  PetscInt       n;

  PetscFunctionBegin;
  PetscCall(PutFile(out, "file", m->file[0]));
  PltGdsLayers(m->layers, &n, layer);
  for (PetscInt i = 0; i < n; i++) {
    fprintf(out, i ? ", %d" : ", layer: [%d", layer[i].layer);
    if (layer[i].datatype >= 0) fprintf(out, "/%d", layer[i].datatype);
  }
  if (n > 0) fputc(']', out);
  if (m->cell) PltPutTextKey(out, ", cell", m->cell);
  PetscCall(PltPutKey(out, ", pitch", m->pitch, PLT_LENGTH));
  if (m->window[0] != m->window[2]) {
    PetscCall(PltPutPair(out, ", window: [", m->window[0], m->window[1], PLT_LENGTH, PLT_LENGTH));
    PetscCall(PltPutPair(out, ", ", m->window[2], m->window[3], PLT_LENGTH, PLT_LENGTH));
    fputc(']', out);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutPlace(FILE *out, const PltTracesMap *m)
{
  PetscFunctionBegin;
  if (m->x != 0 || m->y != 0)
    PetscCall(PltPutPair(out, ", at: ", m->x, m->y, PLT_LENGTH, PLT_LENGTH));
  if (m->repeat == PLT_REPEAT_ARRAY) {
    fprintf(out, ", repeat: {array: [%d, %d], ", m->count[0], m->count[1]);
    PetscCall(PltPutPair(out, "pitch: ", m->step[0], m->step[1], PLT_LENGTH, PLT_LENGTH));
    fputc('}', out);
  } else if (m->repeat == PLT_REPEAT_DIES && m->ply) {
    PltPutTextKey(out, ", repeat: {dies", m->ply);
    fputc('}', out);
  } else if (m->repeat == PLT_REPEAT_DIES) fputs(", repeat: dies", out);
  if (m->outside != 0) PetscCall(PltPutKey(out, ", outside", m->outside, PLT_NUMBER));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltWriteMap(FILE *out, const PltMap *map)
{
  const PltTracesMap *m = &map->given;

  PetscFunctionBegin;
  fputs(", fraction: {", out);
  switch (m->kind) {
  case PLT_MAP_REGIONS:
    PetscCall(PltPutKey(out, "fill", m->fill, PLT_NUMBER));
    PetscCall(PltPutKey(out, ", dies", m->dies, PLT_NUMBER));
    break;
  case PLT_MAP_CELLS:
    PetscCall(PutCells(out, map));
    break;
  case PLT_MAP_FILES:
    PetscCall(PutFiles(out, m));
    break;
  default:
    PetscCall(PutDrawing(out, m));
    break;
  }
  if (m->kind == PLT_MAP_CELLS || m->kind == PLT_MAP_FILES)
    PetscCall(PltPutPair(out, ", size: ", m->width, m->height, PLT_LENGTH, PLT_LENGTH));
  PetscCall(PutPlace(out, m));
  fputc('}', out);
  PetscFunctionReturn(PETSC_SUCCESS);
}
