/* SPDX-License-Identifier: BSD-2-Clause
   The blocks stack and dies of a recipe; dies listed in a file are read_csv.c's. */
#include <stdio.h>
#include "input/node.h"

/* ---- stack ---- */

/* A name for a material given in place: that of its ply, made unique. */
static PetscErrorCode NameInPlace(PltReader *reader, const char *ply, const char *key, size_t size,
                                  char name[])
{
  PetscFunctionBegin;
  snprintf(name, size, "%.150s %s", ply, key);
  for (int k = 2; PltProjectFindMaterial(reader->project, name) >= 0; k++)
    snprintf(name, size, "%.150s %s %d", ply, key, k);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* `material` or `dies` of a ply: a name, none, or a material in place. *name is NULL for none. */
static PetscErrorCode ReadPlyMaterial(PltReader *reader, const PltNode *map, const char *key,
                                      const char *ply, const char **name)
{
  const PltNode *node = PltNodeFind(map, key);
  PetscInt       material;
  PetscBool      ok;
  char           text[256];

  PetscFunctionBegin;
  *name = NULL;
  if (!node || (node->kind == PLT_NODE_TEXT && !strcmp(node->text, "none")))
    PetscFunctionReturn(PETSC_SUCCESS);
  if (node->kind == PLT_NODE_MAP) {
    const PetscInt before = reader->found;

    PetscCall(NameInPlace(reader, ply, key, sizeof text, text));
    PetscCall(PltReadMaterial(reader, text, node->mark, node, NULL));
    if (reader->found > before) reader->project->unread[PLT_SECTION_MATERIALS] = PETSC_TRUE;
    ok       = PETSC_TRUE;
    material = reader->project->nmaterial - 1;
  } else PetscCall(PltReadMaterialName(reader, node, key, &material, &ok));
  if (ok) *name = reader->project->material[material]->name;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Name of a ply that can be added; *ok is false where a ply cannot be. */
static PetscErrorCode ReadPlyKey(PltReader *reader, const PltNode *map, const char **name,
                                 PetscBool *ok)
{
  const PltNode *node = PltNodeFind(map, "ply");
  PetscInt       there;

  PetscFunctionBegin;
  *ok = PETSC_FALSE;
  if (!node) PetscCall(PltReaderAdd(reader, map->mark, "a ply needs its name, 'ply: NAME'"));
  else PetscCall(PltNodeName(reader, node, "ply", name, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  there = PltProjectFindPly(reader->project, *name);
  *ok   = there < 0 && !strchr(*name, '/') ? PETSC_TRUE : PETSC_FALSE;
  if (there >= 0)
    PetscCall(PltReaderAdd(reader, node->mark, "ply '%s' is in the stack twice, first in line %d",
                           *name, (int)reader->project->ply[there].mark.line));
  else if (!*ok)
    PetscCall(PltReaderAdd(reader, node->mark,
                           "'%s' cannot name a ply: a slash means its part, '/dies' or '/fill'",
                           *name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A ply is added even where something of it is wrong, so that what refers to it finds it. */
static PetscErrorCode ReadPly(PltReader *reader, const PltNode *map)
{
  static const char *const known[] = {"ply", "material", "dies", "thickness", "slab", NULL};
  const PltNode           *thickness, *slab_node;
  const char              *name = NULL, *material, *dies;
  PetscReal                h    = 1;
  PetscInt                 slab = -1;
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, map, PLT_NODE_MAP, "a ply of the stack", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, map, "a ply", known, NULL));
  thickness = PltNodeFind(map, "thickness");
  slab_node = PltNodeFind(map, "slab");
  if (thickness) PetscCall(PltNodeReal(reader, thickness, PLT_LENGTH, "thickness", &h, &ok));
  else PetscCall(PltReaderAdd(reader, map->mark, "a ply needs its thickness, 'thickness: LENGTH'"));
  if (slab_node) PetscCall(PltNodeInteger(reader, slab_node, 0, "slab", &slab, &ok));
  if (!PltNodeFind(map, "material"))
    PetscCall(PltReaderAdd(reader, map->mark,
                           "a ply needs 'material: NAME', or 'material: none' for nothing outside "
                           "the dies"));
  PetscCall(ReadPlyKey(reader, map, &name, &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(ReadPlyMaterial(reader, map, "material", name, &material));
  PetscCall(ReadPlyMaterial(reader, map, "dies", name, &dies));
  PetscCall(PltProjectAddPly(reader->project, name, material, dies, h, (int)slab));
  reader->project->ply[reader->project->nply - 1].mark = PltNodeFind(map, "ply")->mark;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadStack(PltReader *reader, const PltNode *node)
{
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, "stack", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < node->n; i++) PetscCall(ReadPly(reader, &node->child[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- dies ---- */

/* A pair of lengths that must be there. */
static PetscErrorCode ReadPair(PltReader *reader, const PltNode *map, const char *key,
                               PetscReal pair[2], PetscBool *ok)
{
  const PltNode *node = PltNodeFind(map, key);
  PetscBool      good = PETSC_FALSE;

  PetscFunctionBegin;
  if (node) PetscCall(PltNodeReals(reader, node, PLT_LENGTH, 2, key, pair, &good));
  else PetscCall(PltReaderAdd(reader, map->mark, "dies: '%s: [X, Y]' is missing", key));
  if (!good) *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* [nx, ny], and not too many. */
static PetscErrorCode ReadCount(PltReader *reader, const PltNode *node, PetscInt count[2],
                                PetscBool *ok)
{
  const PetscInt left = PLT_DIES_MAX - reader->project->ndie;
  PetscBool      good;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, "array", &good));
  if (good && node->n != 2) {
    PetscCall(
        PltReaderAdd(reader, node->mark, "array: two numbers of dies are expected, [NX, NY]"));
    good = PETSC_FALSE;
  }
  for (int k = 0; k < 2 && good; k++)
    PetscCall(PltNodeInteger(reader, &node->child[k], 1, "array", &count[k], &good));
  if (good && (PetscInt64)count[0] * count[1] > left) {
    PetscCall(PltReaderAdd(reader, node->mark,
                           "array: %d x %d dies are too many; at most %d are supported in all",
                           (int)count[0], (int)count[1], (int)PLT_DIES_MAX));
    good = PETSC_FALSE;
  }
  if (!good) *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadArray(PltReader *reader, const PltNode *map, PetscInt ply)
{
  static const char *const known[] = {"array", "pitch", "size", "ply", "origin", NULL};
  PltDieArray              array   = {.ply = ply};
  PltProject               project = reader->project;
  PetscBool                ok      = ply >= 0 ? PETSC_TRUE : PETSC_FALSE;

  PetscFunctionBegin;
  PetscCall(PltNodeCheckKeys(reader, map, "dies in an array", known, NULL));
  PetscCall(ReadCount(reader, PltNodeFind(map, "array"), array.count, &ok));
  PetscCall(ReadPair(reader, map, "pitch", array.pitch, &ok));
  PetscCall(ReadPair(reader, map, "size", array.size, &ok));
  if (PltNodeFind(map, "origin")) PetscCall(ReadPair(reader, map, "origin", array.origin, &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltProjectPlaceArray(project, &array));
  for (PetscInt i = project->array[project->narray - 1].first; i < project->ndie; i++)
    project->die[i].mark = map->mark;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadSingle(PltReader *reader, const PltNode *map, PetscInt ply)
{
  static const char *const known[] = {"at", "size", "angle", "id", "ply", NULL};
  const PltNode *angle_node = PltNodeFind(map, "angle"), *id_node = PltNodeFind(map, "id");
  PltProject     project = reader->project;
  const char    *id      = NULL;
  PetscReal      at[2] = {0, 0}, size[2] = {0, 0}, angle = 0;
  PetscBool      good, ok = ply >= 0 ? PETSC_TRUE : PETSC_FALSE;

  PetscFunctionBegin;
  PetscCall(PltNodeCheckKeys(reader, map, "a die", known, NULL));
  PetscCall(ReadPair(reader, map, "at", at, &ok));
  PetscCall(ReadPair(reader, map, "size", size, &ok));
  if (angle_node) {
    PetscCall(PltNodeReal(reader, angle_node, PLT_ANGLE, "angle", &angle, &good));
    if (!good) ok = PETSC_FALSE;
  }
  if (id_node) {
    PetscCall(PltNodeName(reader, id_node, "id", &id, &good));
    if (!good) ok = PETSC_FALSE;
  }
  if (project->ndie == PLT_DIES_MAX) {
    PetscCall(PltReaderAdd(reader, map->mark, "dies: at most %d are supported", (int)PLT_DIES_MAX));
    ok = PETSC_FALSE;
  }
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(
      PltProjectAddDie(project, id, project->ply[ply].name, at[0], at[1], size[0], size[1], angle));
  project->die[project->ndie - 1].mark = map->mark;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadDieEntry(PltReader *reader, const PltNode *map)
{
  static const char *const file_known[] = {"file", "ply", NULL};
  const PltNode           *ply_node, *file;
  PetscInt                 ply = -1;
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, map, PLT_NODE_MAP, "an entry of dies", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  ply_node = PltNodeFind(map, "ply");
  file     = PltNodeFind(map, "file");
  if (ply_node) PetscCall(PltReadPlyName(reader, ply_node, "ply", &ply, &ok));
  else PetscCall(PltReaderAdd(reader, map->mark, "dies: 'ply: NAME' is missing: where are they?"));
  if (PltNodeFind(map, "array")) PetscCall(ReadArray(reader, map, ply));
  else if (file) {
    PetscCall(PltNodeCheckKeys(reader, map, "dies in a file", file_known, NULL));
    PetscCall(PltReadDieFile(reader, file, ply));
  } else if (PltNodeFind(map, "at")) PetscCall(ReadSingle(reader, map, ply));
  else
    PetscCall(
        PltReaderAdd(reader, map->mark,
                     "dies: an entry has 'array: [NX, NY]', 'file: NAME.csv' or 'at: [X, Y]'"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadDies(PltReader *reader, const PltNode *node)
{
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, "dies", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < node->n && reader->found <= PLT_MISTAKES_MAX; i++)
    PetscCall(ReadDieEntry(reader, &node->child[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}
