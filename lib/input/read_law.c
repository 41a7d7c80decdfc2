/* SPDX-License-Identifier: BSD-2-Clause
   The properties of a material by the table of its law: constants, tables over temperature, lists
   of pairs. Properties "cure.gel", "cure.m" stand in a map of their own, cure: {gel: 0.5, m: 1}. */
#include "input/node.h"

/* Of laws that are on their way; a key of theirs must not be passed over. */
const char *const PltLaterKey[] = {"master_curve",  "moisture", "swelling", "conductivity",
                                   "heat_capacity", "damage",   NULL};

/* A constant or a table over temperature, or a list of pairs. */
static PetscErrorCode ReadProperty(PltReader *reader, PltMaterial material, PetscInt k,
                                   const PltNode *value)
{
  const PltProperty *property    = &material->ops->property[k];
  const PltQuantity  quantity[2] = {property->pairs ? property->first : PLT_TEMPERATURE,
                                   property->quantity};
  PetscReal *T, *y, one;
  PetscInt   n;
  PetscBool  ok;

  PetscFunctionBegin;
  material->curve_mark[k] = value->mark;
  if (value->kind == PLT_NODE_LIST || property->pairs) {
    PetscCall(PltNodeTable(reader, value, quantity, property->key, &n, &T, &y, &ok));
    if (ok)
      PetscCall(
          PltProjectSetProperty(reader->project, material->name, property->key, (int)n, T, y));
    PetscCall(PetscFree(T));
    PetscCall(PetscFree(y));
  } else {
    PetscCall(PltNodeReal(reader, value, quantity[1], property->key, &one, &ok));
    if (ok)
      PetscCall(
          PltProjectSetProperty(reader->project, material->name, property->key, 1, NULL, &one));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What a key in a map of the law `material` with the prefix `section` may be: the next part of the
   properties' keys, each once, and of a material also what is said about it. */
static PetscInt ListKeys(PltMaterial material, const char *section, size_t size,
                         char name[][PLT_KEY_SIZE], const char *known[])
{
  const size_t length = strlen(section);
  PetscInt     n      = 0;

  for (PetscInt i = 0; i < material->ops->nproperty; i++) {
    const char *key = material->ops->property[i].key;
    size_t      end;

    if (strncmp(key, section, length) != 0) continue;
    key += length;
    end = PetscMin(strcspn(key, "."), size - 1);
    if (n > 0 && strlen(name[n - 1]) == end && !strncmp(name[n - 1], key, end)) continue;
    memcpy(name[n], key, end);
    name[n][end] = '\0';
    known[n]     = name[n];
    n++;
  }
  return n;
}

/* The properties whose keys begin with `section`. */
static PetscErrorCode ReadSection(PltReader *reader, PltMaterial material, const char *section,
                                  const PltNode *map)
{
  char        name[PLT_PROPERTY_MAX][PLT_KEY_SIZE], full[2 * PLT_KEY_SIZE];
  const char *known[PLT_PROPERTY_MAX + 4];
  PetscInt    n = ListKeys(material, section, PLT_KEY_SIZE, name, known);
  PetscBool   ok;

  PetscFunctionBegin;
  if (!*section) known[n++] = "law", known[n++] = "source", known[n++] = "note";
  known[n] = NULL;
  PetscCall(PltNodeCheckKeys(reader, map, *section ? section : material->name, known, PltLaterKey));
  for (PetscInt i = 0; i < map->n; i += 2) {
    const PltNode *value = &map->child[i + 1];
    PetscInt       k;

    PetscCall(PetscSNPrintf(full, sizeof full, "%s%s", section, map->child[i].text));
    k = PltMaterialFindProperty(material, full);
    if (k >= 0) {
      PetscCall(ReadProperty(reader, material, k, value));
      continue;
    }
    PetscCall(PetscSNPrintf(full, sizeof full, "%s%s.", section, map->child[i].text));
    if (strlen(full) >= PLT_KEY_SIZE || ListKeys(material, full, PLT_KEY_SIZE, name, known) == 0)
      continue;
    PetscCall(PltNodeIs(reader, value, PLT_NODE_MAP, map->child[i].text, &ok));
    if (ok) PetscCall(ReadSection(reader, material, full, value));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadLaw(PltReader *reader, const char *name, PltMark mark, const char *law,
                          const PltNode *map)
{
  PltMaterial material;

  PetscFunctionBegin;
  PetscCall(PltProjectAddMaterial(reader->project, name, law));
  material       = reader->project->material[reader->project->nmaterial - 1];
  material->mark = mark;
  PetscCall(ReadSection(reader, material, "", map));
  PetscFunctionReturn(PETSC_SUCCESS);
}
