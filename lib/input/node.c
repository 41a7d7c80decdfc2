/* SPDX-License-Identifier: BSD-2-Clause
   The questions a reader asks a node of the tree: kind, keys, numbers with units, words. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include "input/node.h"

enum { TEXT_SIZE = 256 };

const PltNode *PltNodeFind(const PltNode *map, const char *key)
{
  for (PetscInt i = 0; i < map->n; i += 2)
    if (!strcmp(map->child[i].text, key)) return &map->child[i + 1];
  return NULL;
}

/* What stands there, for messages: "'12 mm'", "a list", ... */
static const char *Describe(const PltNode *node, char text[TEXT_SIZE])
{
  if (node->kind == PLT_NODE_LIST) return "a list";
  if (node->kind == PLT_NODE_MAP) return "a map (key: value)";
  if (!*node->text) return "nothing";
  snprintf(text, TEXT_SIZE, strlen(node->text) > 60 ? "'%.60s...'" : "'%s'", node->text);
  for (char *s = text; *s; s++)
    if (iscntrl((unsigned char)*s)) *s = ' ';
  return text;
}

PetscErrorCode PltNodeIs(PltReader *reader, const PltNode *node, PltNodeKind kind, const char *what,
                         PetscBool *ok)
{
  static const char *const wanted[] = {"a text or number", "a list [...]", "a map {key: value}"};
  char                     text[TEXT_SIZE];

  PetscFunctionBegin;
  *ok = node->kind == kind && (kind != PLT_NODE_TEXT || *node->text) ? PETSC_TRUE : PETSC_FALSE;
  if (!*ok)
    PetscCall(PltReaderAdd(reader, node->mark, "%s: %s is expected, this is %s", what, wanted[kind],
                           Describe(node, text)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const char *PltDidYouMean(const char *word, const char *const candidate[], PetscInt n, size_t size,
                          char text[])
{
  const char *nearest = PltNearest(word, candidate, n);

  text[0] = 0;
  if (nearest) snprintf(text, size, "; did you mean '%s'?", nearest);
  return text;
}

static PetscInt Length(const char *const list[])
{
  PetscInt n = 0;

  while (list && list[n]) n++;
  return n;
}

static PetscBool IsListed(const char *word, const char *const list[], PetscInt n)
{
  for (PetscInt i = 0; i < n; i++)
    if (!strcmp(word, list[i])) return PETSC_TRUE;
  return PETSC_FALSE;
}

/* All words of a list, "a, b, c". */
static const char *Join(const char *const list[], PetscInt n, size_t size, char text[])
{
  size_t used = 0;

  text[0] = 0;
  for (PetscInt i = 0; i < n && used < size; i++)
    used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", list[i]);
  return text;
}

PetscErrorCode PltNodeCheckKeys(PltReader *reader, const PltNode *map, const char *what,
                                const char *const known[], const char *const later[])
{
  const PetscInt nknown = Length(known), nlater = Length(later);
  char           hint[512], quote[TEXT_SIZE];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < map->n; i += 2) {
    const PltNode *key = &map->child[i];

    if (IsListed(key->text, known, nknown)) continue;
    if (IsListed(key->text, later, nlater)) {
      PetscCall(PltReaderAdd(reader, key->mark, "%s: '%s' is not yet supported", what, key->text));
      continue;
    }
    if (!*PltDidYouMean(key->text, known, nknown, sizeof hint, hint)) {
      char list[400];

      snprintf(hint, sizeof hint, "; known: %s", Join(known, nknown, sizeof list, list));
    }
    PetscCall(
        PltReaderAdd(reader, key->mark, "%s: unknown key %s%s", what, Describe(key, quote), hint));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeReal(PltReader *reader, const PltNode *node, PltQuantity quantity,
                           const char *what, PetscReal *value, PetscBool *ok)
{
  PetscReal   found;
  const char *why;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_TEXT, what, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltUnitsParse(node->text, quantity, &found, ok, &why));
  if (*ok) *value = found;
  else PetscCall(PltReaderAdd(reader, node->mark, "%s: %s", what, why));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeReals(PltReader *reader, const PltNode *node, PltQuantity quantity,
                            PetscInt n, const char *what, PetscReal value[], PetscBool *ok)
{
  PetscBool good;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, what, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  *ok = node->n == n ? PETSC_TRUE : PETSC_FALSE;
  if (!*ok)
    PetscCall(PltReaderAdd(reader, node->mark, "%s: %d values are expected, here are %d", what,
                           (int)n, (int)node->n));
  for (PetscInt i = 0; i < n && i < node->n; i++) {
    PetscCall(PltNodeReal(reader, &node->child[i], quantity, what, &value[i], &good));
    if (!good) *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadRow(PltReader *reader, const PltNode *row, const PltQuantity quantity[2],
                              const char *what, PetscReal pair[2], PetscBool *ok)
{
  PetscBool good;

  PetscFunctionBegin;
  *ok = row->kind == PLT_NODE_LIST && row->n == 2 ? PETSC_TRUE : PETSC_FALSE;
  if (!*ok)
    PetscCall(PltReaderAdd(reader, row->mark,
                           "%s: a row of a table is a pair, [[.., ..], [.., ..]]", what));
  for (PetscInt k = 0; k < 2 && row->kind == PLT_NODE_LIST && row->n == 2; k++) {
    PetscCall(PltNodeReal(reader, &row->child[k], quantity[k], what, &pair[k], &good));
    if (!good) *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeTable(PltReader *reader, const PltNode *node, const PltQuantity quantity[2],
                            const char *what, PetscInt *n, PetscReal **x, PetscReal **y,
                            PetscBool *ok)
{
  PetscFunctionBegin;
  *x = *y = NULL;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_LIST, what, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  *n = node->n;
  if (*n < (quantity[0] == PLT_TEMPERATURE ? 2 : 1)) {
    PetscCall(PltReaderAdd(reader, node->mark, "%s: a table has %s or more", what,
                           quantity[0] == PLT_TEMPERATURE ? "two rows" : "one row"));
    *ok = PETSC_FALSE;
  }
  PetscCall(PetscMalloc1(*n, x));
  PetscCall(PetscMalloc1(*n, y));
  for (PetscInt i = 0; i < *n; i++) {
    PetscReal pair[2] = {0, 0};
    PetscBool good;

    PetscCall(ReadRow(reader, &node->child[i], quantity, what, pair, &good));
    (*x)[i] = pair[0];
    (*y)[i] = pair[1];
    if (good && *ok && i > 0 && !(pair[0] > (*x)[i - 1])) {
      PetscCall(PltReaderAdd(reader, node->child[i].mark, "%s: '%s' does not come after '%s'", what,
                             node->child[i].child[0].text, node->child[i - 1].child[0].text));
      good = PETSC_FALSE;
    }
    if (!good) *ok = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeInteger(PltReader *reader, const PltNode *node, PetscInt least,
                              const char *what, PetscInt *value, PetscBool *ok)
{
  char  text[TEXT_SIZE];
  char *end;
  long  found;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_TEXT, what, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  found = strtol(node->text, &end, 10);
  *ok   = !*end && found >= least && found <= 1000000000 ? PETSC_TRUE : PETSC_FALSE;
  if (*ok) *value = (PetscInt)found;
  else
    PetscCall(PltReaderAdd(reader, node->mark, "%s: a whole number from %d is expected, this is %s",
                           what, (int)least, Describe(node, text)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeChoice(PltReader *reader, const PltNode *node, const char *const word[],
                             PetscInt n, const char *what, PetscInt *choice, PetscBool *ok)
{
  char text[TEXT_SIZE], list[TEXT_SIZE];

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_TEXT, what, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < n; i++) {
    if (strcmp(node->text, word[i])) continue;
    *choice = i;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  *ok = PETSC_FALSE;
  PetscCall(PltReaderAdd(reader, node->mark, "%s: one of %s is expected, this is %s", what,
                         Join(word, n, sizeof list, list), Describe(node, text)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeSwitch(PltReader *reader, const PltNode *node, const char *what,
                             PetscBool *on, PetscBool *ok)
{
  static const char *const word[] = {"off", "on", "false", "true", "no", "yes"};
  PetscInt                 choice;

  PetscFunctionBegin;
  PetscCall(PltNodeChoice(reader, node, word, 6, what, &choice, ok));
  if (*ok) *on = choice % 2 ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltNodeName(PltReader *reader, const PltNode *node, const char *what,
                           const char **name, PetscBool *ok)
{
  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, node, PLT_NODE_TEXT, what, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  *ok = PltNameIsGood(node->text);
  if (*ok) *name = node->text;
  else
    PetscCall(PltReaderAdd(reader, node->mark,
                           "%s: a name has 1 to 200 bytes, one line, no blanks at its ends", what));
  PetscFunctionReturn(PETSC_SUCCESS);
}
