/* SPDX-License-Identifier: BSD-2-Clause
   The blocks panel, analysis, output and limits of a recipe. */
#include <unistd.h>
#include "input/node.h"

static PetscErrorCode ReadSize(PltReader *reader, const PltNode *panel)
{
  const PltNode *size = PltNodeFind(panel, "size"), *diameter = PltNodeFind(panel, "diameter");
  PltProject     project = reader->project;
  PetscReal      value[2];
  PetscBool      ok;

  PetscFunctionBegin;
  if (!size == !diameter) {
    PetscCall(PltReaderAdd(reader, panel->mark,
                           size ? "panel: it has a size or a diameter, not both"
                                : "panel: needs 'size: [WIDTH, HEIGHT]', or 'diameter: DIAMETER'"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (size) {
    PetscCall(PltNodeReals(reader, size, PLT_LENGTH, 2, "size", value, &ok));
    if (ok) PetscCall(PltProjectSetSize(project, value[0], value[1]));
  } else {
    PetscCall(PltNodeReal(reader, diameter, PLT_LENGTH, "diameter", value, &ok));
    if (ok) PetscCall(PltProjectSetDiameter(project, value[0]));
  }
  project->size_mark = size ? size->mark : diameter->mark;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The method and the file that goes with one of them. */
static PetscErrorCode ReadMethod(PltReader *reader, const PltNode *mesh, PetscInt *method,
                                 char **path)
{
  static const char *const word[] = {"mapped", "free", "file"};
  const PltNode           *given = PltNodeFind(mesh, "method"), *file = PltNodeFind(mesh, "file");
  char                    *beside;
  PetscBool                ok = PETSC_TRUE;

  PetscFunctionBegin;
  *path   = NULL;
  *method = file ? PLT_MESH_FILE : PLT_MESH_MAPPED;
  if (given) PetscCall(PltNodeChoice(reader, given, word, 3, "method", method, &ok));
  if (ok && *method == PLT_MESH_FILE && !file)
    PetscCall(PltReaderAdd(reader, given->mark, "mesh: 'method: file' needs 'file: NAME.msh'"));
  if (ok && *method != PLT_MESH_FILE && file)
    PetscCall(PltReaderAdd(reader, file->mark, "mesh: a file and 'method: %s' exclude each other",
                           word[*method]));
  if (!file) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeIs(reader, file, PLT_NODE_TEXT, "file", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltFileBeside(reader->folder, file->text, &beside));
  if (access(beside, R_OK))
    PetscCall(PltReaderAdd(reader, file->mark, "mesh: cannot read '%s'", beside));
  PetscCall(PltFileAbsolute(beside, path));
  PetscCall(PetscFree(beside));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadMesh(PltReader *reader, const PltNode *mesh)
{
  static const char *const known[]  = {"size", "dies", "growth", "method", "file", NULL};
  static const char *const key[]    = {"size", "dies", "growth"};
  const PetscInt           before   = reader->found;
  PetscReal                value[3] = {0, 0, 0};
  PetscInt                 method;
  char                    *path;
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, mesh, PLT_NODE_MAP, "mesh", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  reader->project->mesh_mark = mesh->mark;
  PetscCall(PltNodeCheckKeys(reader, mesh, "mesh", known, NULL));
  PetscCall(ReadMethod(reader, mesh, &method, &path));
  for (int k = 0; k < 3; k++) {
    const PltNode *node = PltNodeFind(mesh, key[k]);

    if (!node && k == 0 && method != PLT_MESH_FILE)
      PetscCall(PltReaderAdd(reader, mesh->mark, "mesh: needs 'size: LENGTH' of an element"));
    if (!node) continue;
    PetscCall(PltNodeReal(reader, node, k < 2 ? PLT_LENGTH : PLT_NUMBER, key[k], &value[k], &ok));
    if (ok && !(value[k] > 0))
      PetscCall(PltReaderAdd(reader, node->mark, "mesh: %s is '%s', must be positive", key[k],
                             node->text));
  }
  if (reader->found == before)
    PetscCall(PltProjectSetMesh(reader->project, value[0], value[1], value[2],
                                (PltMeshMethod)method, path));
  PetscCall(PetscFree(path));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadPanel(PltReader *reader, const PltNode *node)
{
  static const char *const known[] = {"size", "diameter", "mesh", "symmetry", NULL};
  static const char *const word[]  = {"none", "half-x", "half-y", "quarter"};
  const PltNode           *mesh, *symmetry;
  PetscInt                 choice;
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "panel", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, node, "panel", known, NULL));
  PetscCall(ReadSize(reader, node));
  mesh = PltNodeFind(node, "mesh");
  if (mesh) PetscCall(ReadMesh(reader, mesh));
  else PetscCall(PltReaderAdd(reader, node->mark, "panel: needs 'mesh: {size: LENGTH}'"));
  symmetry = PltNodeFind(node, "symmetry");
  if (symmetry) {
    PetscCall(PltNodeChoice(reader, symmetry, word, 4, "symmetry", &choice, &ok));
    if (ok) PetscCall(PltProjectSetSymmetry(reader->project, (PltSymmetry)choice));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- analysis ---- */

static PetscErrorCode ReadIncrements(PltReader *reader, const PltNode *node)
{
  PetscInt  most = 0;
  PetscBool ok   = PETSC_TRUE;

  PetscFunctionBegin;
  if (node->kind != PLT_NODE_TEXT || strcmp(node->text, "auto"))
    PetscCall(PltNodeInteger(reader, node, 1, "increments ('auto' or a number)", &most, &ok));
  if (ok) PetscCall(PltProjectSetIncrements(reader->project, (int)most));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A number from `least` to 1, for one of the setters. */
static PetscErrorCode ReadPart(PltReader *reader, const PltNode *map, const char *key, double least,
                               const char *range, int (*set)(PltProject, double))
{
  const PltNode *node = PltNodeFind(map, key);
  PetscReal      part;
  PetscBool      ok;

  PetscFunctionBegin;
  if (!node) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeReal(reader, node, PLT_NUMBER, key, &part, &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  if (part >= least && part <= 1) PetscCall(set(reader->project, part));
  else
    PetscCall(PltReaderAdd(reader, node->mark, "%s: it is '%s', must be between %s", key,
                           node->text, range));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadImperfection(PltReader *reader, const PltNode *node)
{
  PetscReal amplitude;
  PetscBool ok;

  PetscFunctionBegin;
  if (!node) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeReal(reader, node, PLT_LENGTH, "imperfection", &amplitude, &ok));
  if (ok) PetscCall(PltProjectSetImperfection(reader->project, amplitude));
  reader->project->imperfection_mark = node->mark;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadAnalysis(PltReader *reader, const PltNode *node)
{
  static const char *const known[] = {"kinematics", "increments",   "longest",  "accuracy",
                                      "stability",  "imperfection", "branches", NULL};
  static const char *const kinematics_word[] = {"small", "large"}, *const branches_word[] = {"one",
                                                                                             "all"};
  const PltNode *kinematics, *increments, *stability, *branches;
  PltProject     project = reader->project;
  PetscInt       choice;
  PetscBool      ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "analysis", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, node, "analysis", known, NULL));
  kinematics = PltNodeFind(node, "kinematics");
  increments = PltNodeFind(node, "increments");
  stability  = PltNodeFind(node, "stability");
  branches   = PltNodeFind(node, "branches");
  if (kinematics) {
    PetscCall(PltNodeChoice(reader, kinematics, kinematics_word, 2, "kinematics", &choice, &ok));
    if (ok) PetscCall(PltProjectSetKinematics(project, (PltKinematics)choice));
  }
  if (increments) PetscCall(ReadIncrements(reader, increments));
  if (stability) PetscCall(PltNodeSwitch(reader, stability, "stability", &project->stability, &ok));
  PetscCall(ReadPart(reader, node, "accuracy", 1e-6, "1e-6 and 1", PltProjectSetAccuracy));
  PetscCall(ReadPart(reader, node, "longest", 1e-4, "1e-4 and 1", PltProjectSetLongest));
  PetscCall(ReadImperfection(reader, PltNodeFind(node, "imperfection")));
  if (branches) {
    PetscCall(PltNodeChoice(reader, branches, branches_word, 2, "branches", &choice, &ok));
    if (ok) PetscCall(PltProjectSetBranches(project, (int)choice));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadOutput(PltReader *reader, const PltNode *node)
{
  static const char *const known[]      = {"every", "stress", "top", "cells", NULL};
  static const char *const every_word[] = {"step", "increment"};
  static const char *const cells_word[] = {"plies", "slabs"};
  const PltNode           *every, *stress, *top, *cells;
  PltProject               project = reader->project;
  PetscInt                 choice;
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "output", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, node, "output", known, NULL));
  every  = PltNodeFind(node, "every");
  stress = PltNodeFind(node, "stress");
  top    = PltNodeFind(node, "top");
  cells  = PltNodeFind(node, "cells");
  if (every) {
    PetscCall(PltNodeChoice(reader, every, every_word, 2, "every", &choice, &ok));
    if (ok) PetscCall(PltProjectSetOutputIncrements(project, (int)choice));
  }
  if (stress) PetscCall(PltNodeSwitch(reader, stress, "stress", &project->output_stress, &ok));
  if (top) PetscCall(PltReadPlyName(reader, top, "top", &project->output_top, &ok));
  if (cells) {
    PetscCall(PltNodeChoice(reader, cells, cells_word, 2, "cells", &choice, &ok));
    if (ok) project->output_slabs = choice == 1 ? PETSC_TRUE : PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadLimits(PltReader *reader, const PltNode *node)
{
  static const char *const known[] = {"warpage", "die_shift", NULL};
  PetscReal *const limit[] = {&reader->project->limit_warpage, &reader->project->limit_die_shift};
  PetscBool        ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "limits", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, node, "limits", known, NULL));
  for (int k = 0; k < 2; k++) {
    const PltNode *given = PltNodeFind(node, known[k]);

    if (!given) continue;
    PetscCall(PltNodeReal(reader, given, PLT_LENGTH, known[k], limit[k], &ok));
    if (ok && !(*limit[k] > 0))
      PetscCall(PltReaderAdd(reader, given->mark, "limits: %s is '%s', must be positive", known[k],
                             given->text));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
