/* SPDX-License-Identifier: BSD-2-Clause
   The block process of a recipe. */
#include "input/node.h"

/* A step under reading: the last one of the project. */
static PltStep *Step(PltReader *reader)
{
  return &reader->project->step[reader->project->nstep - 1];
}

static void SetFirst(PltMark *mark, const PltNode *node)
{
  if (node && (!mark->line || node->mark.line < mark->line)) *mark = node->mark;
}

/* ---- add, remove, shrink, grind ---- */

static PetscErrorCode ReadPieceNode(PltReader *reader, const PltNode *node, const char *key,
                                    PetscBool add)
{
  PltStep  *step = Step(reader);
  PltPiece  piece;
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltReadPiece(reader, node, key, &piece, &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  if (add) {
    PetscCall(PltProjectStepAdd(reader->project, node->text));
    step->add[step->nadd - 1].mark = node->mark;
  } else {
    PetscCall(PltProjectStepRemove(reader->project, node->text));
    step->remove[step->nremove - 1].mark = node->mark;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A list of pieces, or one. */
static PetscErrorCode ReadPieces(PltReader *reader, const PltNode *map, const char *key,
                                 PetscBool add)
{
  const PltNode *node = PltNodeFind(map, key);

  PetscFunctionBegin;
  if (!node) PetscFunctionReturn(PETSC_SUCCESS);
  if (node->kind == PLT_NODE_LIST)
    for (PetscInt i = 0; i < node->n; i++)
      PetscCall(ReadPieceNode(reader, &node->child[i], key, add));
  else PetscCall(ReadPieceNode(reader, node, key, add));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadShrink(PltReader *reader, const PltNode *map)
{
  const PltNode *node = PltNodeFind(map, "shrink");
  PltStep       *step = Step(reader);
  PetscBool      ok;

  PetscFunctionBegin;
  if (!node) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "shrink", &ok));
  for (PetscInt i = 0; ok && i < node->n; i += 2) {
    const PltNode *key = &node->child[i];
    PetscReal      strain;
    PetscInt       ply;
    PetscBool      good;

    PetscCall(PltReadPlyName(reader, key, "shrink", &ply, &good));
    if (!good) continue;
    PetscCall(PltNodeReal(reader, key + 1, PLT_STRAIN, "shrink", &strain, &good));
    for (PetscInt k = 0; k < step->nshrink; k++)
      if (step->shrink[k].ply == ply) good = PETSC_FALSE; /* a duplicate key, reported as such */
    if (!good) continue;
    PetscCall(PltProjectStepShrink(reader->project, key->text, strain));
    step->shrink[step->nshrink - 1].mark = key->mark;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadGrind(PltReader *reader, const PltNode *map)
{
  static const char *const known[] = {"ply", "to", NULL};
  const PltNode           *node    = PltNodeFind(map, "grind"), *ply_node, *to_node;
  PetscReal                to;
  PetscInt                 ply;
  PetscBool                ok, ply_ok = PETSC_FALSE, to_ok = PETSC_FALSE;

  PetscFunctionBegin;
  if (!node) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeIs(reader, node, PLT_NODE_MAP, "grind", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, node, "grind", known, NULL));
  ply_node = PltNodeFind(node, "ply");
  to_node  = PltNodeFind(node, "to");
  if (!ply_node || !to_node)
    PetscCall(PltReaderAdd(reader, node->mark, "grind: needs '{ply: NAME, to: THICKNESS}'"));
  if (ply_node) PetscCall(PltReadPlyName(reader, ply_node, "grind", &ply, &ply_ok));
  if (to_node) PetscCall(PltNodeReal(reader, to_node, PLT_LENGTH, "to", &to, &to_ok));
  if (!ply_ok || !to_ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltProjectStepGrind(reader->project, ply_node->text, to));
  Step(reader)->grind[0].mark = to_node->mark;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- temperature and time ---- */

static PetscErrorCode ReadProgram(PltReader *reader, const PltNode *node)
{
  const PltQuantity quantity[2] = {PLT_TIME, PLT_TEMPERATURE};
  PetscReal        *time, *T;
  PetscInt          n;
  PetscBool         ok;

  PetscFunctionBegin;
  PetscCall(PltNodeTable(reader, node, quantity, "temperature", &n, &time, &T, &ok));
  if (ok && time[0] != 0)
    PetscCall(
        PltReaderAdd(reader, node->child[0].mark,
                     "temperature: the times count from the start of the step, the first is 0"));
  else if (ok) PetscCall(PltProjectStepSetTemperature(reader->project, (int)n, time, T));
  PetscCall(PetscFree(time));
  PetscCall(PetscFree(T));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadTemperatures(PltReader *reader, const PltNode *map)
{
  const PltNode *free = PltNodeFind(map, "stress_free"), *program = PltNodeFind(map, "temperature");
  const PltNode *time = PltNodeFind(map, "time");
  PltMark       *mark = &Step(reader)->temperature_mark;
  PetscReal      value;
  PetscBool      ok;

  PetscFunctionBegin;
  SetFirst(mark, free);
  SetFirst(mark, program);
  SetFirst(mark, time);
  if (free) {
    PetscCall(PltNodeReal(reader, free, PLT_TEMPERATURE, "stress_free", &value, &ok));
    if (ok) PetscCall(PltProjectStepSetStressFree(reader->project, value));
  }
  if (program && program->kind == PLT_NODE_LIST) PetscCall(ReadProgram(reader, program));
  else if (program) {
    PetscCall(PltNodeReal(reader, program, PLT_TEMPERATURE, "temperature", &value, &ok));
    if (ok) PetscCall(PltProjectStepSetTemperature(reader->project, 1, NULL, &value));
  }
  if (time) {
    PetscCall(PltNodeReal(reader, time, PLT_TIME, "time", &value, &ok));
    if (ok) PetscCall(PltProjectStepSetTime(reader->project, value));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- hold, support, gravity, flip ---- */

static PetscErrorCode ReadPins(PltReader *reader, const PltNode *node)
{
  PetscReal xy[2 * PLT_PINS_MAX];
  PetscBool ok, good;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, "pins", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  if (node->n < PLT_PINS_MIN || node->n > PLT_PINS_MAX) {
    PetscCall(PltReaderAdd(reader, node->mark, "pins: %s%d points are expected, here are %d",
                           node->n < PLT_PINS_MIN ? "at least " : "at most ",
                           node->n < PLT_PINS_MIN ? PLT_PINS_MIN : PLT_PINS_MAX, (int)node->n));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (PetscInt k = 0; k < node->n; k++) {
    PetscCall(PltNodeReals(reader, &node->child[k], PLT_LENGTH, 2, "pins", &xy[2 * k], &good));
    if (!good) ok = PETSC_FALSE;
  }
  if (ok) PetscCall(PltProjectStepSetPins(reader->project, (int)node->n, xy));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadSupport(PltReader *reader, const PltNode *map)
{
  static const char *const word[]  = {"free", "table", "edges", "pins"};
  const PltNode           *support = PltNodeFind(map, "support"), *pins = PltNodeFind(map, "pins");
  PetscInt                 choice = pins ? PLT_ON_PINS : PLT_ON_NOTHING;
  PetscBool                ok     = PETSC_TRUE;

  PetscFunctionBegin;
  SetFirst(&Step(reader)->support_mark, support);
  SetFirst(&Step(reader)->support_mark, pins);
  if (support) PetscCall(PltNodeChoice(reader, support, word, 4, "support", &choice, &ok));
  if (choice == PLT_ON_PINS && !pins)
    PetscCall(PltReaderAdd(reader, support->mark,
                           "support: 'pins' needs 'pins: [[x, y], [x, y], [x, y]]'"));
  else if (choice != PLT_ON_PINS && pins)
    PetscCall(PltReaderAdd(reader, pins->mark, "pins: they have no effect with 'support: %s'",
                           word[choice]));
  if (pins) PetscCall(ReadPins(reader, pins));
  if (ok) PetscCall(PltProjectStepSetSupport(reader->project, (PltSupportKind)choice));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadHandling(PltReader *reader, const PltNode *map)
{
  static const char *const hold_word[]    = {"free", "flat"};
  static const char *const gravity_word[] = {"off", "down", "up"};
  const PltNode           *hold = PltNodeFind(map, "hold"), *gravity = PltNodeFind(map, "gravity");
  const PltNode           *flip = PltNodeFind(map, "flip"), *vacuum = PltNodeFind(map, "vacuum");
  PetscInt                 choice;
  PetscReal                pressure;
  PetscBool                ok, on;

  PetscFunctionBegin;
  SetFirst(&Step(reader)->support_mark, gravity);
  if (hold) {
    PetscCall(PltNodeChoice(reader, hold, hold_word, 2, "hold", &choice, &ok));
    if (ok) PetscCall(PltProjectStepSetHold(reader->project, (PltHold)choice));
  }
  if (vacuum) {
    PetscCall(PltNodeReal(reader, vacuum, PLT_AIR_PRESSURE, "vacuum", &pressure, &ok));
    if (ok && !(pressure > 0))
      PetscCall(
          PltReaderAdd(reader, vacuum->mark, "vacuum: it is '%s', must be positive", vacuum->text));
    else if (ok) PetscCall(PltProjectStepSetVacuum(reader->project, pressure));
    Step(reader)->vacuum_mark = vacuum->mark;
  }
  if (gravity) {
    PetscCall(PltNodeChoice(reader, gravity, gravity_word, 3, "gravity", &choice, &ok));
    if (ok) PetscCall(PltProjectStepSetGravity(reader->project, (PltGravity)choice));
  }
  if (flip) {
    PetscCall(PltNodeSwitch(reader, flip, "flip", &on, &ok));
    if (ok && on) PetscCall(PltProjectStepFlip(reader->project));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- steps ---- */

static PetscErrorCode ReadStep(PltReader *reader, const PltNode *map)
{
  static const char *const known[] = {"name",        "add",     "remove", "grind",  "stress_free",
                                      "shrink",      "time",    "hold",   "pins",   "support",
                                      "temperature", "gravity", "flip",   "vacuum", NULL};
  static const char *const later[] = {"pressure", "chuck", "cure", "branches", NULL};
  const PltNode           *name_node;
  const char              *name = "(no name)";
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, map, PLT_NODE_MAP, "a step of the process", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, map, "a step", known, later));
  name_node = PltNodeFind(map, "name");
  if (name_node) PetscCall(PltNodeName(reader, name_node, "name", &name, &ok));
  else PetscCall(PltReaderAdd(reader, map->mark, "a step needs a name, 'name: TEXT'"));
  PetscCall(PltProjectAddStep(reader->project, name));
  Step(reader)->mark = name_node ? name_node->mark : map->mark;
  PetscCall(ReadPieces(reader, map, "add", PETSC_TRUE));
  PetscCall(ReadPieces(reader, map, "remove", PETSC_FALSE));
  PetscCall(ReadShrink(reader, map));
  PetscCall(ReadGrind(reader, map));
  PetscCall(ReadTemperatures(reader, map));
  PetscCall(ReadSupport(reader, map));
  PetscCall(ReadHandling(reader, map));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadProcess(PltReader *reader, const PltNode *node)
{
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, "process", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < node->n; i++) PetscCall(ReadStep(reader, &node->child[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}
