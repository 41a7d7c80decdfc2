/* SPDX-License-Identifier: BSD-2-Clause
   YAML text to a tree, by the events of libfyaml: they carry the place of everything and report
   every mistake of syntax without printing. A recipe is plain: anchors, aliases, tags and several
   documents in one file are refused, which also keeps small files from growing into large trees. */
#include <libfyaml.h>
#include <stdlib.h>
#include "input/node.h"

enum { DEPTH_MAX = 16 }; /* a recipe needs 5 */

typedef struct {
  PltReader  *reader;
  const char *file;
  PetscInt    depth;
  PltNode     open[DEPTH_MAX]; /* lists and maps not closed yet */
  PltNode     root;
  PetscBool   has_root;
  PetscInt    ndocument;
} Builder;

static PetscErrorCode FreeNode(PltNode *node)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < node->n; i++) PetscCall(FreeNode(&node->child[i]));
  PetscCall(PetscFree(node->child));
  PetscCall(PetscFree(node->text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltYamlFree(PltNode **root)
{
  PetscFunctionBegin;
  if (*root) PetscCall(FreeNode(*root));
  PetscCall(PetscFree(*root));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Where a token starts; what has no token (an absent value) stands where its parent does. */
static PltMark MarkOf(const Builder *b, struct fy_token *token)
{
  const struct fy_mark *at   = token ? fy_token_start_mark(token) : NULL;
  PltMark               mark = {b->file, 1, 1};

  if (at && at->line >= 0) {
    mark.line   = at->line + 1;
    mark.column = at->column + 1;
  } else if (b->depth > 0) {
    const PltNode *parent = &b->open[b->depth - 1];

    mark = parent->n > 0 ? parent->child[parent->n - 1].mark : parent->mark;
  }
  return mark;
}

/* ---- duplicate keys ---- */

static int CompareKeys(const void *x, const void *y)
{
  const PltNode *a = *(const PltNode *const *)x, *b = *(const PltNode *const *)y;
  const int      order = strcmp(a->text, b->text);

  return order ? order : (a > b) - (a < b);
}

static PetscErrorCode CheckDuplicates(Builder *b, const PltNode *map)
{
  const PetscInt  n = map->n / 2;
  const PltNode **key;

  PetscFunctionBegin;
  if (n < 2) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc1(n, &key));
  for (PetscInt i = 0; i < n; i++) key[i] = &map->child[2 * i];
  qsort((void *)key, (size_t)n, sizeof *key, CompareKeys);
  for (PetscInt i = 1; i < n; i++)
    if (!strcmp(key[i - 1]->text, key[i]->text))
      PetscCall(PltReaderAdd(b->reader, key[i]->mark, "key '%s' is here twice, first in line %d",
                             key[i]->text, (int)key[i - 1]->mark.line));
  PetscCall(PetscFree(key));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- building ---- */

/* Hand a finished node to its parent, which owns it from here. */
static PetscErrorCode Attach(Builder *b, PltNode node)
{
  PltNode *parent = b->depth > 0 ? &b->open[b->depth - 1] : NULL;

  PetscFunctionBegin;
  if (!parent && b->has_root) PetscCall(FreeNode(&node)); /* of a further document */
  else if (!parent) {
    b->root     = node;
    b->has_root = PETSC_TRUE;
  } else {
    if ((parent->n & (parent->n - 1)) == 0)
      PetscCall(
          PetscRealloc(sizeof node * (size_t)(parent->n ? 2 * parent->n : 1), &parent->child));
    parent->child[parent->n++] = node;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscBool IsKeyNext(const Builder *b)
{
  const PltNode *parent = b->depth > 0 ? &b->open[b->depth - 1] : NULL;

  return parent && parent->kind == PLT_NODE_MAP && parent->n % 2 == 0 ? PETSC_TRUE : PETSC_FALSE;
}

static PetscErrorCode Scalar(Builder *b, struct fy_token *token, PetscBool *go_on)
{
  PltNode     node = {.kind = PLT_NODE_TEXT, .mark = MarkOf(b, token)};
  size_t      size = 0;
  const char *text = token ? fy_token_get_text(token, &size) : NULL;

  PetscFunctionBegin;
  if (token) {
    const enum fy_scalar_style style = fy_token_scalar_style(token);

    node.quoted = (PetscBool)(style != FYSS_PLAIN);
    if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
      node.mark.column--; /* libfyaml points behind the quote */
  }
  if (text && memchr(text, 0, size)) {
    PetscCall(PltReaderAdd(b->reader, node.mark, "a text cannot hold a zero byte"));
    *go_on = PETSC_FALSE;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscMalloc1(size + 1, &node.text));
  if (size) PetscCall(PetscMemcpy(node.text, text, size));
  node.text[size] = 0;
  PetscCall(Attach(b, node));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Open(Builder *b, PltNodeKind kind, struct fy_token *token, PetscBool *go_on)
{
  PltNode node = {.kind = kind, .mark = MarkOf(b, token)};

  PetscFunctionBegin;
  *go_on = PETSC_FALSE;
  if (IsKeyNext(b))
    PetscCall(PltReaderAdd(b->reader, node.mark, "a key is a word, not a list or a map"));
  else if (b->depth == DEPTH_MAX)
    PetscCall(PltReaderAdd(b->reader, node.mark, "lists and maps are nested too deeply"));
  else {
    *go_on              = PETSC_TRUE;
    b->open[b->depth++] = node;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Close(Builder *b)
{
  PltNode node = b->open[--b->depth];

  PetscFunctionBegin;
  if (node.kind == PLT_NODE_MAP) PetscCall(CheckDuplicates(b, &node));
  PetscCall(Attach(b, node));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What recipes do not have. */
static PetscErrorCode CheckPlain(Builder *b, struct fy_token *anchor, struct fy_token *tag,
                                 PetscBool *go_on)
{
  PltMark mark = MarkOf(b, anchor);

  PetscFunctionBegin;
  mark.column--; /* libfyaml points behind the & or * */
  if (anchor)
    PetscCall(PltReaderAdd(b->reader, mark, "anchors and aliases (& and *) are not supported"));
  else if (tag) PetscCall(PltReaderAdd(b->reader, MarkOf(b, tag), "tags (!) are not supported"));
  *go_on = anchor || tag ? PETSC_FALSE : PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Handle(Builder *b, const struct fy_event *event, PetscBool *go_on)
{
  PetscFunctionBegin;
  *go_on = PETSC_TRUE;
  switch (event->type) {
  case FYET_SCALAR:
    PetscCall(CheckPlain(b, event->scalar.anchor, event->scalar.tag, go_on));
    if (*go_on) PetscCall(Scalar(b, event->scalar.value, go_on));
    break;
  case FYET_ALIAS:
    PetscCall(CheckPlain(b, event->alias.anchor, NULL, go_on));
    break;
  case FYET_SEQUENCE_START:
    PetscCall(CheckPlain(b, event->sequence_start.anchor, event->sequence_start.tag, go_on));
    if (*go_on) PetscCall(Open(b, PLT_NODE_LIST, event->sequence_start.sequence_start, go_on));
    break;
  case FYET_MAPPING_START:
    PetscCall(CheckPlain(b, event->mapping_start.anchor, event->mapping_start.tag, go_on));
    if (*go_on) PetscCall(Open(b, PLT_NODE_MAP, event->mapping_start.mapping_start, go_on));
    break;
  case FYET_SEQUENCE_END:
  case FYET_MAPPING_END:
    PetscCall(Close(b));
    break;
  case FYET_DOCUMENT_START:
    if (b->ndocument++ == 0) break;
    PetscCall(PltReaderAdd(b->reader, MarkOf(b, event->document_start.document_start),
                           "a second document in the file: one is expected"));
    *go_on = PETSC_FALSE;
    break;
  default:
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- libfyaml ---- */

/* What libfyaml collected becomes mistakes. */
static PetscErrorCode TakeErrors(Builder *b, struct fy_diag *diag, PetscBool *good)
{
  void                 *at = NULL;
  struct fy_diag_error *error;

  PetscFunctionBegin;
  while ((error = fy_diag_errors_iterate(diag, &at))) {
    const PltMark mark = {b->file, PetscMax(1, error->line), PetscMax(1, error->column)};

    PetscCall(PltReaderAdd(b->reader, mark, "%s", error->msg));
    *good = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadEvents(Builder *b, struct fy_parser *parser, struct fy_diag *diag,
                                 PetscBool *good)
{
  const PltMark mark = {b->file, 1, 1};

  PetscFunctionBegin;
  *good = PETSC_TRUE;
  while (*good) {
    struct fy_event *event = fy_parser_parse(parser);

    if (!event) break;
    PetscCall(Handle(b, event, good));
    fy_parser_event_free(parser, event);
  }
  PetscCall(TakeErrors(b, diag, good));
  if (*good && (fy_parser_get_stream_error(parser) || b->depth > 0)) {
    PetscCall(PltReaderAdd(b->reader, mark, "the file is not YAML"));
    *good = PETSC_FALSE;
  }
  while (b->depth > 0) PetscCall(FreeNode(&b->open[--b->depth]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltYamlParse(PltReader *reader, const char *file, const char *text, size_t size,
                            PltNode **root)
{
  Builder             b = {.reader = reader, .file = file};
  struct fy_diag_cfg  diag_config;
  struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DISABLE_MMAP_OPT |
                                         FYPCF_JSON_NONE};
  struct fy_parser   *parser;
  struct fy_diag     *diag;
  PetscBool           good;

  PetscFunctionBegin;
  *root = NULL;
  fy_diag_cfg_default(&diag_config);
  diag_config.fp       = NULL; /* it prints to stderr otherwise */
  diag_config.colorize = false;
  diag                 = fy_diag_create(&diag_config);
  PetscCheck(diag, PETSC_COMM_SELF, PETSC_ERR_LIB, "fy_diag_create failed");
  fy_diag_set_collect_errors(diag, true);
  config.diag = diag;
  parser      = fy_parser_create(&config);
  PetscCheck(parser && !fy_parser_set_string(parser, text, size), PETSC_COMM_SELF, PETSC_ERR_LIB,
             "fy_parser_set_string failed");
  PetscCall(ReadEvents(&b, parser, diag, &good));
  fy_parser_destroy(parser);
  fy_diag_destroy(diag);
  if (b.has_root && !good) PetscCall(FreeNode(&b.root));
  else if (b.has_root) {
    PetscCall(PetscNew(root));
    **root = b.root;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
