/* SPDX-License-Identifier: BSD-2-Clause
   A recipe, block by block. A block in which mistakes were found is marked as unread, so that the
   checks of the whole leave out what would only repeat them. */
#include "input/node.h"

typedef struct {
  const char *key;
  PetscErrorCode (*read)(PltReader *reader, const PltNode *node);
  int       section; /* -1: none of those that are checked together */
  PetscBool required;
} Block;

/* In the order in which one refers to the other. */
static const Block block[] = {{"materials", PltReadMaterials, PLT_SECTION_MATERIALS, PETSC_TRUE},
                              {"stack", PltReadStack, PLT_SECTION_STACK, PETSC_TRUE},
                              {"panel", PltReadPanel, PLT_SECTION_PANEL, PETSC_TRUE},
                              {"dies", PltReadDies, PLT_SECTION_DIES, PETSC_FALSE},
                              {"process", PltReadProcess, PLT_SECTION_PROCESS, PETSC_TRUE},
                              {"analysis", PltReadAnalysis, -1, PETSC_FALSE},
                              {"output", PltReadOutput, -1, PETSC_FALSE},
                              {"limits", PltReadLimits, -1, PETSC_FALSE}};

static PetscErrorCode ReadVersion(PltReader *reader, const PltNode *recipe)
{
  const PltNode *version = PltNodeFind(recipe, "platen");

  PetscFunctionBegin;
  if (!version)
    PetscCall(PltReaderAdd(reader, recipe->mark, "a recipe begins with the line 'platen: 1'"));
  else if (version->kind != PLT_NODE_TEXT || strcmp(version->text, "1"))
    PetscCall(PltReaderAdd(reader, version->mark,
                           "platen: this program reads recipes of version 1 only"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadBlock(PltReader *reader, const PltNode *recipe, const Block *b)
{
  const PltNode *node   = PltNodeFind(recipe, b->key);
  const PetscInt before = reader->found;

  PetscFunctionBegin;
  if (node) PetscCall(b->read(reader, node));
  else if (b->required)
    PetscCall(PltReaderAdd(reader, recipe->mark, "the block '%s' is missing", b->key));
  if (reader->found > before && b->section >= 0) reader->project->unread[b->section] = PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadRecipe(PltReader *reader, const PltNode *recipe)
{
  static const char *const known[] = {"platen",  "title",    "panel",  "materials", "stack", "dies",
                                      "process", "analysis", "output", "limits",    NULL};
  const PltNode           *title;
  const char              *text;
  PetscBool                ok, some = PETSC_FALSE;

  PetscFunctionBegin;
  for (int s = 0; s < PLT_SECTION_COUNT; s++) reader->project->unread[s] = PETSC_TRUE;
  PetscCall(PltNodeIs(reader, recipe, PLT_NODE_MAP, "a recipe", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  for (int i = 0; known[i] && !some; i++) some = (PetscBool)(PltNodeFind(recipe, known[i]) != NULL);
  if (!some) {
    PetscCall(PltReaderAdd(reader, recipe->mark, "this is no recipe: it would begin 'platen: 1'"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int s = 0; s < PLT_SECTION_COUNT; s++) reader->project->unread[s] = PETSC_FALSE;
  PetscCall(ReadVersion(reader, recipe));
  PetscCall(PltNodeCheckKeys(reader, recipe, "the recipe", known, NULL));
  title = PltNodeFind(recipe, "title");
  if (title) {
    PetscCall(PltNodeName(reader, title, "title", &text, &ok));
    if (ok) PetscCall(PltProjectSetTitle(reader->project, text));
  }
  for (size_t i = 0; i < sizeof block / sizeof *block; i++)
    PetscCall(ReadBlock(reader, recipe, &block[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The materials of a recipe, or a file that has nothing else. */
static PetscErrorCode ReadOnlyMaterials(PltReader *reader, const PltNode *root)
{
  static const Block materials = {"materials", PltReadMaterials, PLT_SECTION_MATERIALS, PETSC_TRUE};
  PetscBool          ok;

  PetscFunctionBegin;
  for (int s = 0; s < PLT_SECTION_COUNT; s++) reader->project->unread[s] = PETSC_TRUE;
  PetscCall(PltNodeIs(reader, root, PLT_NODE_MAP, "a recipe or a file of materials", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  reader->project->unread[PLT_SECTION_MATERIALS] = PETSC_FALSE;
  if (PltNodeFind(root, "platen") || PltNodeFind(root, "materials"))
    PetscCall(ReadBlock(reader, root, &materials));
  else PetscCall(PltReadMaterials(reader, root));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Text to project by `read`; `name` is that of the file for the marks, kept by the project, or
   NULL. */
static PetscErrorCode ReadText(PltReader *reader, const char *name, char *text, size_t size,
                               PetscErrorCode (*read)(PltReader *reader, const PltNode *root))
{
  const PltMark  mark   = {name, 1, 1};
  const PetscInt before = reader->found;
  PltNode       *root   = NULL;
  PetscBool      ok;

  PetscFunctionBegin;
  PetscCall(PltFileCheckText(reader, name, text, &size, &ok));
  if (ok) PetscCall(PltYamlParse(reader, name, text, size, &root));
  if (root) PetscCall(read(reader, root));
  else {
    if (reader->found == before) PetscCall(PltReaderAdd(reader, mark, "the recipe is empty"));
    for (int s = 0; s < PLT_SECTION_COUNT; s++) reader->project->unread[s] = PETSC_TRUE;
  }
  PetscCall(PltYamlFree(&root));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Parse(const char *file, const char *text, PltProject project,
                            PltMistakes mistakes,
                            PetscErrorCode (*read)(PltReader *reader, const PltNode *root))
{
  PltReader   reader = {.project = project, .mistakes = mistakes};
  const char *why, *kept = NULL;
  char       *folder, *copy;
  size_t      size;

  PetscFunctionBegin;
  if (text) {
    size = strlen(text);
    PetscCall(PetscStrallocpy(text, &copy));
  } else {
    PetscCall(PltFileRead(file, &copy, &size, &why));
    PetscCheck(copy, PETSC_COMM_SELF, PLT_ERR_IO, "cannot read '%s': %s", file, why);
  }
  if (file) {
    PetscCall(PltProjectKeepFile(project, file, &kept));
    PetscCall(PetscFree(project->file));
    PetscCall(PetscStrallocpy(file, &project->file));
  }
  PetscCall(PltFileFolder(file, &folder));
  reader.folder = folder;
  PetscCall(ReadText(&reader, kept, copy, size, read));
  PetscCall(PetscFree(copy));
  PetscCall(PetscFree(folder));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputParse(const char *file, const char *text, PltProject project,
                             PltMistakes mistakes)
{
  PetscFunctionBegin;
  PetscCall(Parse(file, text, project, mistakes, ReadRecipe));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltInputParseMaterials(const char *file, PltProject project, PltMistakes mistakes)
{
  PetscFunctionBegin;
  PetscCall(Parse(file, NULL, project, mistakes, ReadOnlyMaterials));
  PetscFunctionReturn(PETSC_SUCCESS);
}
