/* SPDX-License-Identifier: BSD-2-Clause
   The materials of a recipe, in it and in files it includes. The law of a material follows from its
   keys, or is named by `law`. */
#include "input/node.h"

/* Laws that are on their way. */
static const char *const later_law[] = {"viscoplastic", NULL};

/* Keys that say where a value is from; kept out of the physics. */
static PetscBool IsRemark(const char *key)
{
  return (PetscBool)(!strcmp(key, "source") || !strcmp(key, "note"));
}

static PetscErrorCode CheckRemarks(PltReader *reader, const PltNode *map)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < map->n; i += 2) {
    PetscBool ok;

    if (IsRemark(map->child[i].text))
      PetscCall(PltNodeIs(reader, &map->child[i + 1], PLT_NODE_TEXT, map->child[i].text, &ok));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Keys that only one law has; of several, the last that is there tells. */
static const struct {
  const char *law, *key[16];
} tells[] = {
    {"orthotropic",
     {"Ex", "Ey", "Ez", "nuxy", "nuxz", "nuyz", "Gxy", "Gxz", "Gyz", "ctex", "ctey", "ctez",
      "ctex_secant", "ctey_secant", "ctez_secant"}},
    {"glassy", {"E_rubber", "nu_rubber"}},
    {"viscoelastic", {"young", "shear", "bulk", "shift"}},
    {"plastic", {"yield", "hardening", "voce", "kinematic", "rate"}},
    {"cubic", {"C11", "C12", "C44"}},
    {"creep", {"creep"}},
    {"anand", {"anand"}},
    {"filled", {"filler"}},
    {"traces", {"metal", "in", "fraction", "direction"}},
};

/* *law is NULL where it cannot be told. */
static PetscErrorCode ChooseLaw(PltReader *reader, const char *name, const PltNode *map,
                                const char **law)
{
  const PltNode     *given = PltNodeFind(map, "law");
  const char *const *type;
  PetscInt           n, choice;
  PetscBool          ok;

  PetscFunctionBegin;
  *law = "isotropic";
  for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
    for (const char *const *key = tells[i].key; *key; key++)
      if (PltNodeFind(map, *key)) *law = tells[i].law;
  if (!given) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; later_law[i] && given->kind == PLT_NODE_TEXT; i++) {
    if (strcmp(given->text, later_law[i]) || PltMaterialFindLaw(given->text)) continue;
    PetscCall(PltReaderAdd(reader, given->mark, "material '%s': law '%s' is not yet supported",
                           name, given->text));
    *law = NULL;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  type = PltMaterialTypes(&n);
  PetscCall(PltNodeChoice(reader, given, type, n, "law", &choice, &ok));
  *law = ok ? type[choice] : NULL;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Not yet, if what it is made of comes later in the recipe. */
static PetscErrorCode IsTooEarly(PltReader *reader, const PltNode *map, PetscBool *too_early)
{
  const PltNode *part[2] = {PltNodeFind(map, "metal"), PltNodeFind(map, "in")};

  PetscFunctionBegin;
  *too_early = PETSC_FALSE;
  for (int k = 0; k < 2; k++)
    if (part[k] && part[k]->kind == PLT_NODE_TEXT &&
        PltProjectFindMaterial(reader->project, part[k]->text) < 0)
      *too_early = PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadMaterial(PltReader *reader, const char *name, PltMark mark,
                               const PltNode *node, PetscBool *deferred)
{
  const PetscInt there = PltProjectFindMaterial(reader->project, name);
  const char    *law;
  PltMark        first;
  PetscBool      ok, too_early = PETSC_FALSE;

  PetscFunctionBegin;
  if (there >= 0) {
    first = reader->project->material[there]->mark;
    PetscCall(PltReaderAdd(reader, mark, "material '%s' is given twice, first in line %d%s%s", name,
                           (int)first.line, first.file ? " of " : "",
                           first.file ? first.file : ""));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, name, &ok));
  law = "isotropic";
  if (ok) PetscCall(ChooseLaw(reader, name, node, &law));
  if (ok && law && !strcmp(law, "traces") && deferred)
    PetscCall(IsTooEarly(reader, node, &too_early));
  if (deferred) *deferred = too_early;
  if (too_early) PetscFunctionReturn(PETSC_SUCCESS);
  if (ok) PetscCall(CheckRemarks(reader, node));
  if (!ok || !law) PetscCall(PltProjectAddMaterial(reader->project, name, "isotropic"));
  else if (!strcmp(law, "traces")) PetscCall(PltReadTraces(reader, name, mark, node, PltLaterKey));
  else PetscCall(PltReadLaw(reader, name, mark, law, node));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The materials of one map. Those made of materials that come later wait for the second pass. */
static PetscErrorCode ReadMap(PltReader *reader, const PltNode *map)
{
  PetscBool *wait;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(map->n / 2, &wait));
  for (int pass = 0; pass < 2; pass++) {
    for (PetscInt i = 0; i < map->n / 2; i++) {
      const PltNode *key = &map->child[2 * i];
      const char    *name;
      PetscBool      ok;

      if (!strcmp(key->text, "include") || IsRemark(key->text) || (pass == 1 && !wait[i])) continue;
      PetscCall(PltNodeName(reader, key, "the name of a material", &name, &ok));
      if (!ok) continue;
      if (!strcmp(name, "none")) {
        PetscCall(PltReaderAdd(reader, key->mark, "'none' means no material: it cannot name one"));
        continue;
      }
      PetscCall(PltReadMaterial(reader, name, key->mark, key + 1, pass == 0 ? &wait[i] : NULL));
    }
  }
  PetscCall(PetscFree(wait));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadIncludes(PltReader *reader, const PltNode *map, const char *folder);

/* The tree of a file, read and freed. */
static PetscErrorCode ReadTree(PltReader *reader, const char *file, char *text, size_t size,
                               const char *folder)
{
  PltNode  *root = NULL;
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltFileCheckText(reader, file, text, &size, &ok));
  if (ok) PetscCall(PltYamlParse(reader, file, text, size, &root));
  if (root) PetscCall(PltNodeIs(reader, root, PLT_NODE_MAP, "a file of materials", &ok));
  if (root && ok) {
    PetscCall(CheckRemarks(reader, root));
    PetscCall(ReadIncludes(reader, root, folder));
    PetscCall(ReadMap(reader, root));
  }
  PetscCall(PltYamlFree(&root));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Is the file open already, by its absolute name? Or are there too many? */
static PetscErrorCode CheckInclude(PltReader *reader, const PltNode *name, const char *absolute,
                                   PetscBool *ok)
{
  const PetscInt depth_max = (PetscInt)(sizeof reader->open / sizeof *reader->open);

  PetscFunctionBegin;
  *ok = PETSC_TRUE;
  for (PetscInt i = 0; i < reader->depth; i++)
    if (!strcmp(reader->open[i], absolute)) *ok = PETSC_FALSE;
  if (!*ok)
    PetscCall(PltReaderAdd(reader, name->mark, "include: '%s' includes itself", name->text));
  else if (reader->depth == depth_max || reader->ninclude >= 100) {
    PetscCall(PltReaderAdd(reader, name->mark, "include: too many files (at most 100, %d deep)",
                           (int)depth_max));
    *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Include(PltReader *reader, const PltNode *name, const char *folder)
{
  const char *why, *kept;
  char       *path, *absolute, *inner, *text = NULL;
  size_t      size;
  PetscBool   ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, name, PLT_NODE_TEXT, "include", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltFileBeside(folder, name->text, &path));
  PetscCall(PltFileAbsolute(path, &absolute));
  PetscCall(PltFileFolder(path, &inner));
  PetscCall(CheckInclude(reader, name, absolute, &ok));
  if (ok) {
    PetscCall(PltFileRead(path, &text, &size, &why));
    if (!text)
      PetscCall(PltReaderAdd(reader, name->mark, "include: cannot read '%s': %s", path, why));
  }
  if (text) {
    reader->ninclude++;
    reader->open[reader->depth++] = absolute;
    PetscCall(PltProjectKeepFile(reader->project, path, &kept));
    PetscCall(ReadTree(reader, kept, text, size, inner));
    reader->depth--;
  }
  PetscCall(PetscFree(text));
  PetscCall(PetscFree(path));
  PetscCall(PetscFree(absolute));
  PetscCall(PetscFree(inner));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadIncludes(PltReader *reader, const PltNode *map, const char *folder)
{
  const PltNode *include = PltNodeFind(map, "include");

  PetscFunctionBegin;
  if (include && include->kind == PLT_NODE_LIST)
    for (PetscInt i = 0; i < include->n; i++)
      PetscCall(Include(reader, &include->child[i], folder));
  else if (include) PetscCall(Include(reader, include, folder));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadMaterials(PltReader *reader, const PltNode *node)
{
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "materials", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(CheckRemarks(reader, node));
  PetscCall(ReadIncludes(reader, node, reader->folder));
  PetscCall(ReadMap(reader, node));
  PetscFunctionReturn(PETSC_SUCCESS);
}
