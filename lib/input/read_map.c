/* SPDX-License-Identifier: BSD-2-Clause
   How much metal of a layer of traces is where, in a recipe: a fraction by region, or a map in the
   recipe itself, in files or in a drawing. The files are read later (map.c). */
#include <stdio.h>
#include <strings.h>
#include "input/map.h"

typedef PltMapDraft Draft;

static const char *const slot_name[] = {"x", "y", "plane"};

/* ---- parts ---- */

static PetscErrorCode NeedKey(PltReader *reader, const PltNode *map, const char *key,
                              const char *form, const PltNode **node, PetscBool *ok)
{
  PetscFunctionBegin;
  *node = PltNodeFind(map, key);
  if (!*node) {
    PetscCall(PltReaderAdd(reader, map->mark, "fraction: '%s: %s' is missing", key, form));
    *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadFraction(PltReader *reader, const PltNode *map, const char *key,
                                   double *value, PetscBool *ok)
{
  const PltNode *node;
  PetscReal      found = 0;
  PetscBool      good  = PETSC_FALSE;

  PetscFunctionBegin;
  PetscCall(NeedKey(reader, map, key, "NUMBER", &node, ok));
  if (node) PetscCall(PltNodeReal(reader, node, PLT_NUMBER, key, &found, &good));
  if (good) *value = found;
  else *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* [x, y] or [x, y, ...] of lengths. */
static PetscErrorCode ReadLengths(PltReader *reader, const PltNode *node, const char *what,
                                  double pair[2], PetscBool *ok)
{
  PetscReal found[2] = {0, 0};
  PetscBool good;

  PetscFunctionBegin;
  PetscCall(PltNodeReals(reader, node, PLT_LENGTH, 2, what, found, &good));
  for (int d = 0; d < 2; d++) pair[d] = found[d];
  if (!good) *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadSize(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  const PltNode *node;
  double         size[2];

  PetscFunctionBegin;
  PetscCall(NeedKey(reader, map, "size", "[WIDTH, HEIGHT]", &node, ok));
  if (!node) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(ReadLengths(reader, node, "size", size, ok));
  d->map.width  = size[0];
  d->map.height = size[1];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadArray(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  static const char *const known[] = {"array", "pitch", NULL};
  const PltNode           *array, *pitch;
  PetscInt                 count = 0;
  PetscBool                good  = PETSC_TRUE;

  PetscFunctionBegin;
  PetscCall(PltNodeCheckKeys(reader, map, "repeat", known, NULL));
  PetscCall(NeedKey(reader, map, "array", "[NX, NY]", &array, ok));
  PetscCall(NeedKey(reader, map, "pitch", "[X, Y]", &pitch, ok));
  if (array) PetscCall(PltNodeIs(reader, array, PLT_NODE_LIST, "array", &good));
  if (array && good && array->n != 2) {
    PetscCall(PltReaderAdd(reader, array->mark, "array: two numbers are expected, [NX, NY]"));
    good = PETSC_FALSE;
  }
  for (int k = 0; array && k < 2 && good; k++) {
    PetscCall(PltNodeInteger(reader, &array->child[k], 1, "array", &count, &good));
    d->map.count[k] = (int)count;
  }
  if (!good) *ok = PETSC_FALSE;
  if (pitch) PetscCall(ReadLengths(reader, pitch, "pitch", d->map.step, ok));
  d->map.repeat = PLT_REPEAT_ARRAY;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* dies, {dies: PLY} or {array: [..], pitch: [..]} */
static PetscErrorCode ReadRepeat(PltReader *reader, const PltNode *node, Draft *d, PetscBool *ok)
{
  static const char *const word[] = {"dies"}, *const known[] = {"dies", NULL};
  const PltNode *dies;
  PetscInt       choice;
  PetscBool      good;

  PetscFunctionBegin;
  if (node->kind != PLT_NODE_MAP) {
    PetscCall(PltNodeChoice(reader, node, word, 1, "repeat", &choice, &good));
    if (!good) *ok = PETSC_FALSE;
    d->map.repeat = PLT_REPEAT_DIES;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  dies = PltNodeFind(node, "dies");
  if (!dies) {
    PetscCall(ReadArray(reader, node, d, ok));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltNodeCheckKeys(reader, node, "repeat", known, NULL));
  PetscCall(PltNodeName(reader, dies, "dies", &d->map.ply, &good));
  if (!good) *ok = PETSC_FALSE;
  d->map.repeat = PLT_REPEAT_DIES;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Where the map lies. */
static PetscErrorCode ReadPlace(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  const PltNode *at = PltNodeFind(map, "at"), *repeat = PltNodeFind(map, "repeat");
  double         place[2] = {0, 0};

  PetscFunctionBegin;
  if (at) PetscCall(ReadLengths(reader, at, "at", place, ok));
  d->map.x = place[0];
  d->map.y = place[1];
  if (repeat) PetscCall(ReadRepeat(reader, repeat, d, ok));
  if (PltNodeFind(map, "outside"))
    PetscCall(ReadFraction(reader, map, "outside", &d->map.outside, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadPath(PltReader *reader, const PltNode *node, int slot, Draft *d,
                               PetscBool *ok)
{
  PetscBool good;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_TEXT, "file", &good));
  if (good) PetscCall(PltFileBeside(reader->folder, node->text, &d->path[slot]));
  else *ok = PETSC_FALSE;
  d->map.file[slot] = d->path[slot];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- cells in the recipe ---- */

/* [[...], ...], the uppermost row first. */
static PetscErrorCode ReadRows(PltReader *reader, const PltNode *rows, int slot, Draft *d,
                               PetscBool *ok)
{
  PetscInt  nx = 0;
  PetscBool good;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, rows, PLT_NODE_LIST, "values", &good));
  if (good && (rows->n == 0 || rows->child[0].kind != PLT_NODE_LIST || rows->child[0].n == 0)) {
    PetscCall(
        PltReaderAdd(reader, rows->mark, "values: rows of numbers are expected, [[...], ...]"));
    good = PETSC_FALSE;
  }
  if (good) nx = rows->child[0].n;
  if (good && d->map.nx > 0 && (nx != d->map.nx || rows->n != d->map.ny)) {
    PetscCall(PltReaderAdd(reader, rows->mark, "values: %d x %d cells, those before it %d x %d",
                           (int)nx, (int)rows->n, d->map.nx, d->map.ny));
    good = PETSC_FALSE;
  }
  if (good && rows->n > PLT_CELLS_MAX / nx) {
    PetscCall(PltReaderAdd(reader, rows->mark, "values: more than %d cells", (int)PLT_CELLS_MAX));
    good = PETSC_FALSE;
  }
  if (!good) {
    *ok = PETSC_FALSE;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscCalloc1((size_t)nx * (size_t)rows->n, &d->cells[slot]));
  for (PetscInt j = 0; j < rows->n && reader->found <= PLT_MISTAKES_MAX; j++) {
    PetscCall(PltNodeReals(reader, &rows->child[j], PLT_NUMBER, nx, "values",
                           &d->cells[slot][nx * (rows->n - 1 - j)], &good));
    if (!good) *ok = PETSC_FALSE;
  }
  d->map.nx          = (int)nx;
  d->map.ny          = (int)rows->n;
  d->map.cells[slot] = d->cells[slot];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- kinds of maps ---- */

/* Of `files` or `values`: one for each slot, {x: .., y: .., plane: ..}. */
static PetscErrorCode ReadSlots(PltReader *reader, const PltNode *map, const char *what,
                                PetscErrorCode (*read)(PltReader *reader, const PltNode *node,
                                                       int slot, Draft *d, PetscBool *ok),
                                Draft *d, PetscBool *ok)
{
  static const char *const known[] = {"x", "y", "plane", NULL};
  PetscBool                some    = PETSC_FALSE;

  PetscFunctionBegin;
  d->slots = PETSC_TRUE;
  PetscCall(PltNodeCheckKeys(reader, map, what, known, NULL));
  for (int slot = 0; slot < PLT_METAL_KINDS; slot++) {
    const PltNode *node = PltNodeFind(map, slot_name[slot]);

    if (!node) continue;
    PetscCall(read(reader, node, slot, d, ok));
    some = PETSC_TRUE;
  }
  if (map->n == 0)
    PetscCall(PltReaderAdd(reader, map->mark, "%s: one of x, y, plane is expected", what));
  if (!some) *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadRegions(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  static const char *const known[] = {"fill", "dies", NULL};

  PetscFunctionBegin;
  d->map.kind = PLT_MAP_REGIONS;
  PetscCall(PltNodeCheckKeys(reader, map, "fraction by region", known, NULL));
  PetscCall(ReadFraction(reader, map, "fill", &d->map.fill, ok));
  PetscCall(ReadFraction(reader, map, "dies", &d->map.dies, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadValues(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  static const char *const known[] = {"values", "size", "at", "repeat", "outside", NULL};
  const PltNode           *values  = PltNodeFind(map, "values");

  PetscFunctionBegin;
  d->map.kind = PLT_MAP_CELLS;
  PetscCall(PltNodeCheckKeys(reader, map, "a map in the recipe", known, NULL));
  if (values->kind == PLT_NODE_MAP) PetscCall(ReadSlots(reader, values, "values", ReadRows, d, ok));
  else PetscCall(ReadRows(reader, values, 0, d, ok));
  PetscCall(ReadSize(reader, map, d, ok));
  PetscCall(ReadPlace(reader, map, d, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadFiles(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  static const char *const known[] = {"file", "files",  "size",    "metal",
                                      "at",   "repeat", "outside", NULL};
  static const char *const word[]  = {"white", "black"};
  const PltNode           *file = PltNodeFind(map, "file"), *files = PltNodeFind(map, "files");
  const PltNode           *metal = PltNodeFind(map, "metal");
  PetscInt                 black = 0;
  PetscBool                good  = PETSC_TRUE;

  PetscFunctionBegin;
  d->map.kind = PLT_MAP_FILES;
  PetscCall(PltNodeCheckKeys(reader, map, "a map in files", known, NULL));
  if (file && files)
    PetscCall(PltReaderAdd(reader, map->mark, "fraction: 'file' or 'files', not both"));
  if (file) PetscCall(ReadPath(reader, file, 0, d, ok));
  if (!file) PetscCall(PltNodeIs(reader, files, PLT_NODE_MAP, "files", &good));
  if (!file && good) PetscCall(ReadSlots(reader, files, "files", ReadPath, d, ok));
  if (!good) *ok = PETSC_FALSE;
  if (metal) {
    PetscCall(PltNodeChoice(reader, metal, word, 2, "metal", &black, &good));
    if (!good) *ok = PETSC_FALSE;
  }
  d->map.black = (int)black;
  PetscCall(ReadSize(reader, map, d, ok));
  PetscCall(ReadPlace(reader, map, d, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* 5, 5/0, or a list of them, to the text "5, 5/0". */
static PetscErrorCode ReadLayers(PltReader *reader, const PltNode *node, Draft *d, PetscBool *ok)
{
  const PetscBool list = (PetscBool)(node->kind == PLT_NODE_LIST);
  PltLayerNumber  layer[PLT_LAYERS_MAX];
  size_t          used = 0;
  PetscInt        n    = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < (list ? node->n : 1); i++) {
    const PltNode *one = list ? &node->child[i] : node;
    PetscBool      good;

    PetscCall(PltNodeIs(reader, one, PLT_NODE_TEXT, "layer", &good));
    if (good) {
      PltGdsLayers(one->text, &n, layer);
      if (n != 1 || used + strlen(one->text) + 3 > sizeof d->layers) {
        PetscCall(PltReaderAdd(reader, one->mark,
                               "layer: a layer or layer/datatype is expected, such as 5 or 5/0, "
                               "this is '%.40s'",
                               one->text));
        good = PETSC_FALSE;
      } else
        used += (size_t)snprintf(d->layers + used, sizeof d->layers - used, "%s%s",
                                 used ? ", " : "", one->text);
    }
    if (!good) *ok = PETSC_FALSE;
  }
  if (list && node->n == 0) {
    PetscCall(PltReaderAdd(reader, node->mark, "layer: the list is empty"));
    *ok = PETSC_FALSE;
  }
  d->map.layers = d->layers;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* [[left, bottom], [right, top]] */
static PetscErrorCode ReadWindow(PltReader *reader, const PltNode *node, Draft *d, PetscBool *ok)
{
  PetscBool good;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, "window", &good));
  if (good && node->n != 2) {
    PetscCall(PltReaderAdd(reader, node->mark,
                           "window: two corners are expected, [[LEFT, BOTTOM], [RIGHT, TOP]]"));
    good = PETSC_FALSE;
  }
  if (!good) *ok = PETSC_FALSE;
  for (int k = 0; good && k < 2; k++)
    PetscCall(ReadLengths(reader, &node->child[k], "window", &d->map.window[2 * k], ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadDrawing(PltReader *reader, const PltNode *map, Draft *d, PetscBool *ok)
{
  static const char *const known[] = {"file", "layer",  "cell",    "pitch", "window",
                                      "at",   "repeat", "outside", NULL};
  const PltNode           *cell = PltNodeFind(map, "cell"), *window = PltNodeFind(map, "window");
  const PltNode           *layer, *pitch;
  PetscReal                found = 0;
  PetscBool                good  = PETSC_TRUE;

  PetscFunctionBegin;
  d->map.kind = PLT_MAP_GDS;
  PetscCall(PltNodeCheckKeys(reader, map, "a map of a drawing", known, NULL));
  PetscCall(ReadPath(reader, PltNodeFind(map, "file"), 0, d, ok));
  PetscCall(NeedKey(reader, map, "layer", "NUMBER", &layer, ok));
  PetscCall(NeedKey(reader, map, "pitch", "LENGTH", &pitch, ok));
  if (layer) PetscCall(ReadLayers(reader, layer, d, ok));
  if (pitch) PetscCall(PltNodeReal(reader, pitch, PLT_LENGTH, "pitch", &found, &good));
  if (!good) *ok = PETSC_FALSE;
  d->map.pitch = found;
  if (cell) PetscCall(PltNodeName(reader, cell, "cell", &d->map.cell, &good));
  if (!good) *ok = PETSC_FALSE;
  if (window) PetscCall(ReadWindow(reader, window, d, ok));
  PetscCall(ReadPlace(reader, map, d, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- all ---- */

static PetscBool IsDrawing(const PltNode *file)
{
  const char *dot = file && file->kind == PLT_NODE_TEXT ? strrchr(file->text, '.') : NULL;

  return (PetscBool)(dot && (!strcasecmp(dot, ".gds") || !strcasecmp(dot, ".gds2") ||
                             !strcasecmp(dot, ".gdsii")));
}

PetscErrorCode PltReadMap(PltReader *reader, const PltNode *map, PltMapDraft *draft, PetscBool *ok)
{
  const PltNode *file = PltNodeFind(map, "file");

  PetscFunctionBegin;
  *draft = (PltMapDraft){.map = {.direction = 0}};
  *ok    = PETSC_TRUE;
  if (IsDrawing(file)) PetscCall(ReadDrawing(reader, map, draft, ok));
  else if (file || PltNodeFind(map, "files")) PetscCall(ReadFiles(reader, map, draft, ok));
  else if (PltNodeFind(map, "values")) PetscCall(ReadValues(reader, map, draft, ok));
  else if (PltNodeFind(map, "fill") || PltNodeFind(map, "dies"))
    PetscCall(ReadRegions(reader, map, draft, ok));
  else {
    PetscCall(PltReaderAdd(reader, map->mark,
                           "fraction: a number, or a map with the key 'fill', 'file', 'files' or "
                           "'values', is expected"));
    *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMapDraftFree(PltMapDraft *draft)
{
  PetscFunctionBegin;
  for (int k = 0; k < PLT_METAL_KINDS; k++) {
    PetscCall(PetscFree(draft->path[k]));
    PetscCall(PetscFree(draft->cells[k]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
