/* SPDX-License-Identifier: BSD-2-Clause
   Where the metal of a patterned layer is, as the user gave it. Rasters that are in files come from
   the room input. */
#include "panel/internal.h"

const PltMap *PltProjectMapOf(PltProject project, PltMaterial material)
{
  for (PetscInt i = 0; i < project->nmap; i++)
    if (project->map[i].material == material) return &project->map[i];
  return NULL;
}

PetscBool PltMapIsLoaded(const PltMap *map)
{
  return (PetscBool)(map->given.kind == PLT_MAP_REGIONS || map->raster.share);
}

PetscErrorCode PltMapDestroy(PltMap *map)
{
  PltTracesMap *given = &map->given;

  PetscFunctionBegin;
  for (int k = 0; k < PLT_METAL_KINDS; k++) PetscCall(PetscFree(given->file[k]));
  PetscCall(PetscFree(given->layers));
  PetscCall(PetscFree(given->cell));
  PetscCall(PetscFree(given->ply));
  PetscCall(PetscFree(map->raster.share));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- adding one ---- */

static PetscErrorCode NeedNumbers(const PltTracesMap *map)
{
  const double number[] = {map->fill,      map->dies,      map->width,     map->height,
                           map->pitch,     map->window[0], map->window[1], map->window[2],
                           map->window[3], map->x,         map->y,         map->step[0],
                           map->step[1],   map->outside};

  PetscFunctionBegin;
  for (size_t i = 0; i < sizeof number / sizeof *number; i++)
    NeedFinite(number[i], "a number of a map of traces");
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Slots that are filled: of a direction the first, else any but not none. */
static PetscErrorCode NeedSlots(const PltTracesMap *map, const char *what, const PetscBool there[])
{
  PetscFunctionBegin;
  if (map->direction)
    PetscCheck(there[0] && !there[1] && !there[2], PETSC_COMM_SELF, PLT_ERR_USAGE,
               "a map with a direction has its %s in slot 0 and in no other", what);
  else
    PetscCheck(there[0] || there[1] || there[2], PETSC_COMM_SELF, PLT_ERR_USAGE,
               "a map without a direction has %s along x, along y or of planes", what);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode NeedCells(const PltTracesMap *map)
{
  PetscBool there[PLT_METAL_KINDS];

  PetscFunctionBegin;
  PetscCheck(map->nx > 0 && map->ny > 0 && map->ny <= PLT_CELLS_MAX / map->nx, PETSC_COMM_SELF,
             PLT_ERR_USAGE, "a map of %d x %d cells: must be positive and %d cells at most",
             map->nx, map->ny, (int)PLT_CELLS_MAX);
  for (int k = 0; k < PLT_METAL_KINDS; k++) there[k] = (PetscBool)(map->cells[k] != NULL);
  PetscCall(NeedSlots(map, "cells", there));
  for (int k = 0; k < PLT_METAL_KINDS; k++)
    for (PetscInt i = 0; there[k] && i < (PetscInt)map->nx * map->ny; i++)
      NeedFinite(map->cells[k][i], "a cell of a map of traces");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode NeedKind(const PltTracesMap *map)
{
  PetscBool there[PLT_METAL_KINDS];

  PetscFunctionBegin;
  switch (map->kind) {
  case PLT_MAP_REGIONS:
    PetscCheck(map->direction && map->repeat == PLT_REPEAT_NONE, PETSC_COMM_SELF, PLT_ERR_USAGE,
               "fractions by region need a direction, and cannot repeat");
    break;
  case PLT_MAP_CELLS:
    PetscCall(NeedCells(map));
    break;
  case PLT_MAP_FILES:
    for (int k = 0; k < PLT_METAL_KINDS; k++) there[k] = (PetscBool)(map->file[k] && *map->file[k]);
    PetscCall(NeedSlots(map, "files", there));
    break;
  case PLT_MAP_GDS:
    PetscCheck(map->file[0] && *map->file[0] && map->layers && *map->layers, PETSC_COMM_SELF,
               PLT_ERR_USAGE, "a map of a drawing needs its file and the layers");
    break;
  default:
    SETERRQ(PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no kind %d of maps", (int)map->kind);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CopyText(const char **text)
{
  char *copy = NULL;

  PetscFunctionBegin;
  if (*text && **text) PetscCall(PetscStrallocpy(*text, &copy));
  *text = copy;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* `given` points at the caller's texts and cells. */
static PetscErrorCode Own(PltMap *map)
{
  PltTracesMap *given = &map->given;

  PetscFunctionBegin;
  for (int k = 0; k < PLT_METAL_KINDS; k++) PetscCall(CopyText(&given->file[k]));
  PetscCall(CopyText(&given->layers));
  PetscCall(CopyText(&given->cell));
  PetscCall(CopyText(&given->ply));
  if (given->kind != PLT_MAP_CELLS) PetscFunctionReturn(PETSC_SUCCESS);
  map->raster.n[0] = given->nx;
  map->raster.n[1] = given->ny;
  PetscCall(PltRasterCreate(&map->raster));
  for (int k = 0; k < PLT_METAL_KINDS; k++) {
    for (PetscInt i = 0; given->cells[k] && i < (PetscInt)given->nx * given->ny; i++)
      PltRasterAdd(&map->raster, given->direction, i, k, given->cells[k][i]);
    given->cells[k] = NULL;
  }
  map->raster.size[0] = given->width;
  map->raster.size[1] = given->height;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltRasterCreate(PltRaster *raster)
{
  PetscFunctionBegin;
  PetscCall(PetscCalloc1(PLT_METAL_KINDS * raster->n[0] * raster->n[1], &raster->share));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltSharesAdd(PetscReal share[PLT_METAL_KINDS], char direction, PetscReal value)
{
  if (direction == 'x' || direction == 'y') share[direction - 'x'] += value;
  else if (direction == 'p') share[PLT_PLANES] += value;
  else
    for (int d = 0; d < 2; d++) share[d] += value / 2;
}

void PltRasterAdd(PltRaster *raster, char direction, PetscInt i, int slot, PetscReal value)
{
  PltSharesAdd(&raster->share[PLT_METAL_KINDS * i], direction ? direction : "xyp"[slot], value);
}

int PltProjectAddTracesMap(PltProject project, const char *name, const char *metal,
                           const char *matrix, const PltTracesMap *map)
{
  PltMaterial material;

  PetscFunctionBegin;
  PetscCheck(map, PETSC_COMM_SELF, PLT_ERR_USAGE, "the map of traces is NULL");
  PetscCheck(!map->direction || strchr("xymp", map->direction), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "traces run along 'x' or 'y', or 'm' for both, 'p' for planes, not '%c'",
             map->direction);
  PetscCheck(map->repeat >= PLT_REPEAT_NONE && map->repeat <= PLT_REPEAT_DIES, PETSC_COMM_SELF,
             PLT_ERR_USAGE, "there is no way %d to repeat a map", (int)map->repeat);
  PetscCall(NeedNumbers(map));
  PetscCall(NeedKind(map));
  PetscCall(PltProjectNewTraces(project, name, metal, matrix, &material));
  PetscCall(PltGrow(project->nmap, sizeof *project->map, &project->map));
  project->map[project->nmap++] = (PltMap){.material = material, .given = *map};
  PetscCall(Own(&project->map[project->nmap - 1]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the layer as a whole ---- */

/* The part of the panel that is above or below a die. */
static PetscReal DiePart(PltProject project)
{
  PetscReal area = project->size[0] * project->size[1], dies = 0;

  if (project->round) area *= PETSC_PI / 4;
  for (PetscInt i = 0; i < project->ndie; i++)
    if (!project->twins || PltDieIsFirst(project, i))
      dies += project->die[i].width * project->die[i].height;
  return PetscMin(dies / area, 1);
}

PetscErrorCode PltMapAverage(PltProject project, PltMap *map)
{
  const PetscReal a = project->size[0] / 2, b = project->size[1] / 2;
  const PetscReal corner[4][2] = {{-a, -b}, {a, -b}, {a, b}, {-a, b}};
  PetscReal       weight[PLT_PLACE_WEIGHTS], part;
  PltPlaced       placed;

  PetscFunctionBegin;
  if (map->given.direction) map->material->direction = map->given.direction;
  if (!PltMapIsLoaded(map) || !(a > 0 && b > 0)) PetscFunctionReturn(PETSC_SUCCESS);
  if (map->given.kind == PLT_MAP_REGIONS) {
    part                    = DiePart(project);
    map->material->fraction = part * map->given.dies + (1 - part) * map->given.fill;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltPlacedCreate(project, map, &placed));
  PltPlacedMean(&placed, PLT_FILL, corner, weight);
  PetscCall(PltPlacedDestroy(&placed));
  map->material->fraction = PetscMin(1 - weight[PLT_BARE], 1);
  PetscFunctionReturn(PETSC_SUCCESS);
}
