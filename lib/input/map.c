/* SPDX-License-Identifier: BSD-2-Clause
   The files of maps of metal: read on rank 0 into the rasters of the project, spread to all. */
#include <stdio.h>
#include <strings.h>
#include "input/map.h"

/* ---- one file ---- */

/* NULL and a mistake if it cannot be read. *kept is its name for marks. */
static PetscErrorCode ReadBytes(PltReader *reader, const PltMap *map, const char *file,
                                char **bytes, size_t *size, const char **kept)
{
  const char *why;

  PetscFunctionBegin;
  PetscCall(PltFileRead(file, bytes, size, &why));
  if (!*bytes)
    PetscCall(PltReaderAdd(reader, map->mark, "material '%s': cannot read '%s': %s",
                           map->material->name, file, why));
  else PetscCall(PltProjectKeepFile(reader->project, file, kept));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadGrey(PltReader *reader, const PltMap *map, const char *file,
                               PltGrey *grey)
{
  const char *dot = strrchr(file, '.'), *kept = NULL;
  const int   png = dot && !strcasecmp(dot, ".png"), csv = dot && !strcasecmp(dot, ".csv");
  char       *bytes = NULL;
  size_t      size;
  PetscBool   ok;

  PetscFunctionBegin;
  *grey = (PltGrey){.n = {0, 0}};
  if (!png && !csv)
    PetscCall(PltReaderAdd(reader, map->mark,
                           "material '%s': '%s' is no map: a .csv or a .png file",
                           map->material->name, file));
  else PetscCall(ReadBytes(reader, map, file, &bytes, &size, &kept));
  if (bytes && png)
    PetscCall(PltGreyFromPng(reader, kept, (const unsigned char *)bytes, size,
                             (PetscBool)(map->given.black != 0), grey));
  if (bytes && csv) {
    PetscCall(PltFileCheckText(reader, kept, bytes, &size, &ok));
    if (ok) PetscCall(PltGreyFromText(reader, kept, bytes, grey));
  }
  PetscCall(PetscFree(bytes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- one map ---- */

/* Files of one map have as many cells; those of the first one count. */
static PetscErrorCode TakeGrey(PltReader *reader, PltMap *map, int slot, const char *file,
                               const PltGrey *grey)
{
  PltRaster *r = &map->raster;

  PetscFunctionBegin;
  if (!r->share) {
    r->n[0] = grey->n[0];
    r->n[1] = grey->n[1];
    PetscCall(PltRasterCreate(r));
  }
  if (grey->n[0] != r->n[0] || grey->n[1] != r->n[1])
    PetscCall(PltReaderAdd(
        reader, map->mark,
        "material '%s': '%s' has %d x %d cells, the file before it %d x %d: they "
        "must be the same",
        map->material->name, file, (int)grey->n[0], (int)grey->n[1], (int)r->n[0], (int)r->n[1]));
  else
    for (PetscInt i = 0; i < r->n[0] * r->n[1]; i++)
      PltRasterAdd(r, map->given.direction, i, slot, grey->value[i]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadFiles(PltReader *reader, PltMap *map)
{
  PetscFunctionBegin;
  for (int slot = 0; slot < PLT_METAL_KINDS; slot++) {
    const char *file = map->given.file[slot];
    PltGrey     grey;

    if (!file) continue;
    PetscCall(ReadGrey(reader, map, file, &grey));
    if (grey.value) PetscCall(TakeGrey(reader, map, slot, file, &grey));
    PetscCall(PetscFree(grey.value));
  }
  map->raster.size[0] = map->given.width;
  map->raster.size[1] = map->given.height;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The window given, or what the polygons cover. */
static void ChooseWindow(const PltTracesMap *given, const PltPolygons *p, PetscReal window[4])
{
  const PetscBool free = (PetscBool) !(given->window[2] > given->window[0]);

  for (int k = 0; k < 4; k++)
    window[k] = free ? (k < 2 ? 1 : -1) * PETSC_MAX_REAL : given->window[k];
  for (PetscInt i = 0; free && i < p->npoint; i++)
    for (int d = 0; d < 2; d++) {
      window[d]     = PetscMin(window[d], p->xy[i][d]);
      window[2 + d] = PetscMax(window[2 + d], p->xy[i][d]);
    }
}

/* Cells over the window, at most a pitch wide and high; rounding must not make one more. */
static PetscErrorCode CoverWindow(PltReader *reader, PltMap *map, const char *file,
                                  const PltPolygons *p)
{
  const PltMark mark = {file, 0, 0};
  PltRaster    *r    = &map->raster;
  PetscReal     window[4], n[2];
  PetscBool     ok;

  PetscFunctionBegin;
  ChooseWindow(&map->given, p, window);
  for (int d = 0; d < 2; d++) {
    r->size[d] = window[2 + d] - window[d];
    n[d]       = PetscMax(1, PetscCeilReal(r->size[d] / map->given.pitch * (1 - 1e-9)));
  }
  if (n[0] * n[1] > PLT_CELLS_MAX) {
    PetscCall(
        PltReaderAdd(reader, map->mark,
                     "material '%s': %.6g mm by %.6g mm at a pitch of %.6g um are %.3g cells; "
                     "at most %d are supported",
                     map->material->name, (double)(r->size[0] * 1e3), (double)(r->size[1] * 1e3),
                     (double)(map->given.pitch * 1e6), (double)(n[0] * n[1]), (int)PLT_CELLS_MAX));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int d = 0; d < 2; d++) r->n[d] = (PetscInt)n[d];
  PetscCall(PltRasterCreate(r));
  PetscCall(PltCoverCells(p, window, map->given.direction, r, &ok));
  if (!ok) PetscCall(PltReaderAdd(reader, mark, "too many edges of the drawing meet in one place"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadDrawing(PltReader *reader, PltMap *map)
{
  const PltTracesMap *given = &map->given;
  PltLayerNumber      layer[PLT_LAYERS_MAX];
  PltPolygons         polygons = {.npoly = 0};
  const char         *kept     = NULL;
  char               *bytes    = NULL;
  size_t              size;
  PetscInt            n;

  PetscFunctionBegin;
  PltGdsLayers(given->layers, &n, layer);
  if (n == 0)
    PetscCall(PltReaderAdd(reader, map->mark,
                           "material '%s': '%s' is no list of layers: \"5\", \"5/0, 6\"",
                           map->material->name, given->layers));
  else if (given->pitch > 0)
    PetscCall(ReadBytes(reader, map, given->file[0], &bytes, &size, &kept));
  if (bytes)
    PetscCall(PltGdsRead(reader, kept, (const unsigned char *)bytes, size, given->layers,
                         given->cell, &polygons));
  PetscCall(PetscFree(bytes));
  if (polygons.npoly > 0) PetscCall(CoverWindow(reader, map, kept, &polygons));
  PetscCall(PltPolygonsFree(&polygons));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadMaps(PltReader *reader)
{
  const PltProject project = reader->project;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->nmap; i++) {
    PltMap        *map   = &project->map[i];
    const PetscInt found = reader->found;

    if (PltMapIsLoaded(map)) continue;
    if (map->given.kind == PLT_MAP_GDS) PetscCall(ReadDrawing(reader, map));
    else PetscCall(ReadFiles(reader, map));
    if (reader->found > found) PetscCall(PetscFree(map->raster.share));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- on all ranks ---- */

PetscErrorCode PltInputLoadMaps(PltProject project, PltMistakes mistakes)
{
  PltReader reader = {.project = project, .mistakes = mistakes, .folder = ""};

  PetscFunctionBegin;
  PetscCall(PltReadMaps(&reader));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SpreadRaster(PltProject project, PltMap *map)
{
  PltRaster *r = &map->raster;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Bcast(r->n, 2, MPIU_INT, 0, project->comm));
  PetscCallMPI(MPI_Bcast(r->size, 2, MPIU_REAL, 0, project->comm));
  if (!r->share) PetscCall(PltRasterCreate(r));
  PetscCallMPI(
      MPI_Bcast(r->share, PLT_METAL_KINDS * r->n[0] * r->n[1], MPIU_REAL, 0, project->comm));
  PetscCallMPI(MPI_Bcast(&map->material->fraction, 1, MPIU_REAL, 0, project->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputSpreadMaps(PltProject project)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->nmap; i++)
    if (project->map[i].given.kind == PLT_MAP_FILES || project->map[i].given.kind == PLT_MAP_GDS)
      PetscCall(SpreadRaster(project, &project->map[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What rank 0 does alone. */
static PetscErrorCode LoadAndCheck(PltProject project)
{
  PltMistakes    mistakes;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCall(PltMistakesCreate(&mistakes));
  failed = PltInputLoadMaps(project, mistakes);
  if (!failed) failed = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputNeedMaps(PltProject project)
{
  PetscErrorCode failed = PETSC_SUCCESS;
  PetscBool      there  = PETSC_TRUE;
  PetscMPIInt    rank;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->nmap && there; i++) there = PltMapIsLoaded(&project->map[i]);
  if (there) PetscFunctionReturn(PETSC_SUCCESS); /* on all ranks or on none */
  PetscCallMPI(MPI_Comm_rank(project->comm, &rank));
  if (rank == 0) failed = LoadAndCheck(project);
  PetscCall(PltAgree(project->comm, failed));
  PetscCall(PltInputSpreadMaps(project));
  PetscFunctionReturn(PETSC_SUCCESS);
}
