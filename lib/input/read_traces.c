/* SPDX-License-Identifier: BSD-2-Clause
   Layers of traces in a recipe: what they are made of, how much of it is metal, which way it
   runs. */
#include "input/map.h"

/* One of the two parts of traces. */
static PetscErrorCode ReadPart(PltReader *reader, const PltNode *map, const char *key,
                               const char **name, PetscBool *ok)
{
  const PltNode *node = PltNodeFind(map, key);
  PetscInt       material;

  PetscFunctionBegin;
  *ok = PETSC_FALSE;
  if (!node) PetscCall(PltReaderAdd(reader, map->mark, "traces need the key '%s'", key));
  else PetscCall(PltReadMaterialName(reader, node, key, &material, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  *name = reader->project->material[material]->name;
  if (reader->project->material[material]->metal) {
    PetscCall(PltReaderAdd(reader, node->mark, "%s: '%s' is itself made of traces", key, *name));
    *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* x, y, mixed or plane; draft is NULL if there is no map. */
static PetscErrorCode ReadDirection(PltReader *reader, const PltNode *map, const PltMapDraft *draft,
                                    char *direction, PetscBool *ok)
{
  static const char *const word[] = {"x", "y", "mixed", "plane"};
  const PltNode           *node   = PltNodeFind(map, "direction");
  const PetscBool          slots  = (PetscBool)(draft && draft->slots);
  const PetscBool          tells  = (PetscBool)(slots || (draft && draft->map.kind == PLT_MAP_GDS));
  PetscInt                 d      = 0;

  PetscFunctionBegin;
  *direction = 0;
  *ok        = PETSC_TRUE;
  if (node && slots) {
    PetscCall(PltReaderAdd(reader, node->mark,
                           "direction: the map has one for each of x, y and plane already"));
    *ok = PETSC_FALSE;
  } else if (node) {
    PetscCall(PltNodeChoice(reader, node, word, 4, "direction", &d, ok));
    if (*ok) *direction = "xymp"[d];
  } else if (!tells) {
    PetscCall(
        PltReaderAdd(reader, map->mark, "traces need the key 'direction': x, y, mixed or plane"));
    *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The amount of metal: a number, or a map. */
static PetscErrorCode ReadAmount(PltReader *reader, const PltNode *map, PetscReal *f,
                                 PltMapDraft *draft, PetscBool *is_map, PetscBool *ok)
{
  const PltNode *fraction = PltNodeFind(map, "fraction");

  PetscFunctionBegin;
  *draft  = (PltMapDraft){.map = {.direction = 0}};
  *ok     = PETSC_FALSE;
  *is_map = (PetscBool)(fraction && fraction->kind == PLT_NODE_MAP);
  if (*is_map) PetscCall(PltReadMap(reader, fraction, draft, ok));
  else if (fraction) PetscCall(PltNodeReal(reader, fraction, PLT_NUMBER, "fraction", f, ok));
  else PetscCall(PltReaderAdd(reader, map->mark, "traces need the key 'fraction'"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadTraces(PltReader *reader, const char *name, PltMark mark, const PltNode *map,
                             const char *const later[])
{
  static const char *const known[] = {"metal", "in",     "fraction", "direction",
                                      "law",   "source", "note",     NULL};
  const PltProject         project = reader->project;
  const char              *metal = NULL, *matrix = NULL;
  PltMapDraft              draft;
  PetscReal                f = 0;
  PetscBool                is_map, part[2], good, ok;

  PetscFunctionBegin;
  PetscCall(PltNodeCheckKeys(reader, map, name, known, later));
  PetscCall(ReadPart(reader, map, "metal", &metal, &part[0]));
  PetscCall(ReadPart(reader, map, "in", &matrix, &part[1]));
  PetscCall(ReadAmount(reader, map, &f, &draft, &is_map, &good));
  PetscCall(ReadDirection(reader, map, is_map ? &draft : NULL, &draft.map.direction, &ok));
  if (!part[0] || !part[1]) {
    PetscCall(PltProjectAddMaterial(project, name, "isotropic"));
  } else if (is_map && good && ok) {
    PetscCall(PltProjectAddTracesMap(project, name, metal, matrix, &draft.map));
    project->map[project->nmap - 1].mark = PltNodeFind(map, "fraction")->mark;
  } else { /* placeholders do for what is wrong: a mistake was added */
    PetscCall(PltProjectAddTraces(project, name, metal, matrix, f,
                                  draft.map.direction ? draft.map.direction : 'x'));
  }
  if (part[0] && part[1]) project->material[project->nmaterial - 1]->mark = mark;
  PetscCall(PltMapDraftFree(&draft));
  PetscFunctionReturn(PETSC_SUCCESS);
}
