/* SPDX-License-Identifier: BSD-2-Clause
   The next coarser plate level: Galerkin's product P' A P. Coarse lines whose fine lines, weights
   and couplings are alike share a row, which is worked out once. */
#include "mg/coarsen.h"

/* What numbers the coarse lines of this rank. */
typedef struct {
  PltCoarsening c;
  PltLevel      coarse;
  PetscInt     *local; /* [nplace] local coarse line, -1: not here */
  PetscInt     *place; /* [coarse nline] */
  PltRow       *row;
  PetscReal    *work;
  PetscInt     *key, nkey, size;
} Builder;

/* First of the received blocks for a place. */
static PetscInt FirstAdded(const PltCoarsening *c, PetscInt place)
{
  PetscInt low = 0, high = c->nadd;

  while (low < high) {
    const PetscInt mid = (low + high) / 2;

    if (c->add_place[mid] < place) low = mid + 1;
    else high = mid;
  }
  return low;
}

static PetscErrorCode AddReceivedColumns(const PltCoarsening *c, PltRow *row)
{
  PetscFunctionBegin;
  for (PetscInt i = FirstAdded(c, row->place); i < c->nadd && c->add_place[i] == row->place; i++) {
    PetscInt k = 0;

    while (k < row->n && row->column[k] != c->add_column[i]) k++;
    PetscCheck(k < PLT_ROW_MAX, PETSC_COMM_SELF, PLT_ERR_MESH,
               "the mesh is too uneven for the column solver: use --solver direct");
    if (k == row->n) row->column[row->n++] = c->add_column[i];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Own coarse lines by place, then ghosts: what own lines are coupled to or interpolated from. */
static PetscErrorCode NumberLines(Builder *b)
{
  const PltCoarsening *c = &b->c;
  PetscBool           *ghost;
  PetscInt             n = 0;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(c->nplace, &b->local));
  PetscCall(PetscCalloc1(c->nplace, &ghost));
  for (PetscInt p = 0; p < c->nplace; p++)
    b->local[p] = c->owner[p] == c->rank ? b->coarse->nown++ : -1;
  for (PetscInt p = 0; p < c->nplace; p++) {
    if (c->support[p + 1] > c->support[p]) ghost[p] = PETSC_TRUE;
    if (c->owner[p] != c->rank) continue;
    PetscCall(PltCoarseningColumns(c, p, b->row));
    for (PetscInt i = 0; i < b->row->n; i++) ghost[b->row->column[i]] = PETSC_TRUE;
  }
  for (PetscInt i = 0; i < c->nadd; i++) ghost[c->add_column[i]] = PETSC_TRUE;
  n = b->coarse->nown;
  for (PetscInt p = 0; p < c->nplace; p++)
    if (b->local[p] < 0 && ghost[p]) b->local[p] = n++;
  b->coarse->nline = n;
  PetscCall(PetscMalloc1(n + 1, &b->place));
  PetscCall(PetscMalloc1(2 * n + 1, &b->coarse->xy));
  for (PetscInt p = 0; p < c->nplace; p++) {
    const PetscInt i = b->local[p];

    if (i < 0) continue;
    b->place[i]              = p;
    b->coarse->xy[2 * i]     = c->grid->at[0][p % c->grid->n[0]];
    b->coarse->xy[2 * i + 1] = c->grid->at[1][p / c->grid->n[0]];
  }
  PetscCall(PetscFree(ghost));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetKinds(Builder *b)
{
  const PltCoarsening *c = &b->c;
  const PltLevel       l = b->coarse;
  PetscBool            is_new;
  PltIds               ids;

  PetscFunctionBegin;
  l->kind.m = l->m;
  PetscCall(PetscMalloc1(l->nline + 1, &l->kind.of));
  PetscCall(PetscMalloc1(l->nline * l->m + 1, &l->kind.is));
  PetscCall(PltIdsCreate(&ids));
  for (PetscInt i = 0; i < l->nline; i++) {
    const char *is = c->is + b->place[i] * l->m;

    PetscCall(PltIdsGet(&ids, is, (size_t)l->m, &l->kind.of[i], &is_new));
    if (is_new) PetscCall(PetscArraycpy(l->kind.is + l->kind.of[i] * l->m, is, l->m));
  }
  l->kind.n = ids.n;
  PetscCall(PltIdsDestroy(&ids));
  PetscCall(PltKindsFinish(&l->kind));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ConnectGhosts(Builder *b)
{
  const PltCoarsening *c = &b->c;
  const PltLevel       l = b->coarse;
  const PetscInt       n = l->nline - l->nown;
  PetscInt            *leaf, *index, *count;
  PetscSFNode         *root;
  PetscMPIInt          size;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(l->comm, &size));
  if (size == 1) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscCalloc2(c->nplace, &index, size, &count));
  for (PetscInt p = 0; p < c->nplace; p++)
    if (c->owner[p] >= 0) index[p] = count[c->owner[p]]++;
  PetscCall(PetscMalloc1(n + 1, &leaf));
  PetscCall(PetscMalloc1(n + 1, &root));
  for (PetscInt i = 0; i < n; i++) {
    leaf[i]       = l->nown + i;
    root[i].rank  = c->owner[b->place[leaf[i]]];
    root[i].index = index[b->place[leaf[i]]];
  }
  PetscCall(PetscSFCreate(l->comm, &l->ghost));
  PetscCall(
      PetscSFSetGraph(l->ghost, l->nown, n, leaf, PETSC_OWN_POINTER, root, PETSC_OWN_POINTER));
  PetscCall(PetscSFSetUp(l->ghost));
  PetscCall(PetscFree2(index, count));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Push(Builder *b, PetscInt value)
{
  PetscFunctionBegin;
  if (b->nkey == b->size) {
    b->size = 2 * b->size + 256;
    PetscCall(PetscRealloc((size_t)b->size * sizeof(*b->key), &b->key));
  }
  b->key[b->nkey++] = value;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A fine neighbour w: its weights, and which column each of its links adds to. */
static PetscErrorCode PushNeighbour(Builder *b, PetscInt w)
{
  PetscFunctionBegin;
  PetscCall(Push(b, b->c.weight[w]));
  for (PetscInt k = 0; k < 4; k++) {
    PetscInt i = -1;

    if (b->c.link[w][k].line >= 0)
      PetscCall(PetscFindInt(b->c.link[w][k].line, b->row->n, b->row->column, &i));
    PetscCall(Push(b, PetscMax(i, -1)));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* All that a row is worked out from. */
static PetscErrorCode MakeKey(Builder *b)
{
  const PltCoarsening *c   = &b->c;
  const PltLevel       f   = c->fine;
  const PltRow        *row = b->row;

  PetscFunctionBegin;
  b->nkey = 0;
  PetscCall(Push(b, b->coarse->kind.of[b->local[row->place]]));
  for (PetscInt i = 0; i < row->n; i++) {
    const PetscInt j = b->local[row->column[i]];

    PetscCall(Push(b, 2 * b->coarse->kind.of[j] + (j < b->coarse->nown ? 0 : 1)));
  }
  for (PetscInt i = c->support[row->place]; i < c->support[row->place + 1]; i++) {
    const PetscInt v = c->from[i];
    PetscInt       a = 0;

    while (c->link[v][a].line != row->place) a++;
    PetscCall(Push(b, -2 - a));
    PetscCall(Push(b, f->row[v]));
    PetscCall(PushNeighbour(b, v));
    for (PetscInt k = f->first[v]; k < f->first[v + 1]; k++)
      PetscCall(PushNeighbour(b, f->next[k]));
    PetscCall(Push(b, -9));
    for (PetscInt k = c->lower[v]; k < c->lower[v + 1]; k++) {
      PetscInt at = f->first[c->below[k]];

      while (f->next[at] != v) at++;
      PetscCall(Push(b, f->row[c->below[k]]));
      PetscCall(Push(b, at - f->first[c->below[k]]));
      PetscCall(PushNeighbour(b, c->below[k]));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Keep the columns above the diagonal (with it): first the line itself, then by local number. */
static PetscErrorCode SetColumns(Builder *b, PetscInt line)
{
  PltRow  *row = b->row;
  PetscInt n   = 0, local[PLT_ROW_MAX];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < row->n; i++) {
    const PetscInt j = b->local[row->column[i]];

    if (j < line) continue;
    local[n]         = j;
    row->column[n++] = row->column[i];
  }
  row->n = n;
  PetscCall(PetscSortIntWithArray(n, local, row->column));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Rows: neighbours of every own line, classes, and the terms of each class by its example. */
static PetscErrorCode FindRows(Builder *b)
{
  const PltCoarsening *c = &b->c;
  const PltLevel       l = b->coarse;
  PetscInt             n = 0, size = 0;
  PetscBool            is_new;
  PltIds               ids;

  PetscFunctionBegin;
  PetscCall(PltIdsCreate(&ids));
  PetscCall(PetscMalloc1(l->nown + 1, &l->first));
  PetscCall(PetscMalloc1(l->nown + 1, &l->row));
  PetscCall(PetscMalloc1(l->nown + 1, &l->start));
  PetscCall(PetscMalloc1(l->nown + 1, &l->example));
  l->start[0] = 0;
  for (PetscInt i = 0; i < l->nown; i++) {
    PetscCall(PltCoarseningColumns(c, b->place[i], b->row));
    PetscCall(AddReceivedColumns(c, b->row));
    PetscCall(SetColumns(b, i));
    if (n + b->row->n > size) {
      size = 2 * size + PLT_ROW_MAX;
      PetscCall(PetscRealloc((size_t)size * sizeof(PetscInt), &l->next));
    }
    l->first[i] = n;
    for (PetscInt k = 1; k < b->row->n; k++) l->next[n++] = b->local[b->row->column[k]];
    PetscCall(PetscSortInt(b->row->n, b->row->column));
    PetscCall(MakeKey(b));
    if (FirstAdded(c, b->place[i]) < c->nadd &&
        c->add_place[FirstAdded(c, b->place[i])] == b->place[i])
      PetscCall(Push(b, -100 - i)); /* has foreign parts: its own class */
    PetscCall(PltIdsGet(&ids, b->key, (size_t)b->nkey * sizeof(*b->key), &l->row[i], &is_new));
    if (!is_new) continue;
    l->example[ids.n - 1] = i;
    l->start[ids.n]       = l->start[ids.n - 1] + b->row->n;
  }
  l->first[l->nown] = n;
  l->nrow           = ids.n;
  PetscCall(PltIdsDestroy(&ids));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A dense block into the storage of the level, without unknowns that are not free. */
static void StoreBlock(PltLevel l, PetscInt i, PetscInt j, const PetscReal *B, PetscReal *S)
{
  const char *ri = l->kind.is + l->kind.of[i] * l->m, *rj = l->kind.is + l->kind.of[j] * l->m;

  for (PetscInt p = 0; p < l->m; p++)
    for (PetscInt q = 0; q < l->m; q++)
      if (ri[p] == PLT_IS_FREE && rj[q] == PLT_IS_FREE) S[PltEntry(l, p, q)] += B[p * l->m + q];
}

static PetscErrorCode FillRows(Builder *b)
{
  const PltCoarsening *c = &b->c;
  const PltLevel       l = b->coarse;

  PetscFunctionBegin;
  for (PetscInt r = 0; r < l->nrow; r++) {
    const PetscInt i   = l->example[r];
    PltRow        *row = b->row;

    row->place     = b->place[i];
    row->n         = l->start[r + 1] - l->start[r];
    row->column[0] = row->place;
    for (PetscInt k = 1; k < row->n; k++) row->column[k] = b->place[l->next[l->first[i] + k - 1]];
    PetscCall(PetscSortInt(row->n, row->column));
    PetscCall(PltCoarseningRow(c, row, b->work));
    for (PetscInt k = FirstAdded(c, row->place); k < c->nadd && c->add_place[k] == row->place;
         k++) {
      PetscInt at;

      PetscCall(PetscFindInt(c->add_column[k], row->n, row->column, &at));
      for (PetscInt e = 0; e < l->m * l->m && at >= 0; e++)
        row->block[at * l->m * l->m + e] += c->add_block[k * l->m * l->m + e];
    }
    for (PetscInt k = 0; k < row->n; k++) {
      const PetscInt j = k ? l->next[l->first[i] + k - 1] : i;
      PetscInt       at;

      PetscCall(PetscFindInt(b->place[j], row->n, row->column, &at));
      StoreBlock(l, i, j, row->block + at * l->m * l->m,
                 l->block + (size_t)(l->start[r] + k) * PltBlockSize(l));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The links of own lines, to local coarse lines. */
static PetscErrorCode KeepLinks(Builder *b)
{
  const PltLevel f = b->c.fine;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(f->nown + 1, &f->link));
  for (PetscInt i = 0; i < 4 * f->nown; i++) {
    f->link[i / 4][i % 4] = b->c.link[i / 4][i % 4];
    if (f->link[i / 4][i % 4].line >= 0)
      f->link[i / 4][i % 4].line = b->local[f->link[i / 4][i % 4].line];
  }
  f->bytes += (PetscInt64)sizeof(PltLink[4]) * f->nown;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode KeepShape(Builder *b)
{
  const PltCoarsening *c = &b->c;
  const PltLevel       f = c->fine, l = b->coarse;
  const PetscInt       n = l->m / PLT_PLATE;

  PetscFunctionBegin;
  if (!c->position) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc1(3 * l->nline * n + 1, &l->position));
  for (PetscInt i = 0; i < l->nline; i++)
    PetscCall(PetscArraycpy(l->position + 3 * i * n, c->position + 3 * b->place[i] * n, 3 * n));
  PetscCall(PetscMalloc1(3 * l->nline * n + 1, &l->director));
  for (PetscInt i = 0; i < l->nline; i++)
    PetscCall(PetscArraycpy(l->director + 3 * i * n, c->director + 3 * b->place[i] * n, 3 * n));
  PetscCall(PetscMalloc1(4 * PLT_MAP * f->nown * n + 1, &f->map));
  PetscCall(PetscArraycpy(f->map, c->map, 4 * PLT_MAP * f->nown * n));
  l->bytes += 6 * (PetscInt64)(l->nline * n) * (PetscInt64)sizeof(PetscReal);
  f->bytes += 4 * PLT_MAP * (PetscInt64)(f->nown * n) * (PetscInt64)sizeof(PetscReal);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Build(Builder *b)
{
  PltCoarsening *c = &b->c;

  PetscFunctionBegin;
  PetscCall(PltCoarseningLinks(c));
  PetscCall(PltCoarseningGraph(c));
  PetscCall(PltCoarseningShape(c));
  PetscCall(PltCoarseningExchange(c));
  PetscCall(NumberLines(b));
  PetscCall(SetKinds(b));
  PetscCall(ConnectGhosts(b));
  PetscCall(FindRows(b));
  PetscCall(PltLevelAllocateBlocks(b->coarse));
  PetscCall(FillRows(b));
  PetscCall(KeepLinks(b));
  PetscCall(KeepShape(b));
  PetscCall(PltLevelInvert(b->coarse));
  PetscCall(PltLevelSetRelax(b->coarse, 1));
  PetscCall(PltLevelAllocateVectors(b->coarse, PETSC_TRUE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelCoarsen(PltLevel fine, const PltGrid *grid, PltLevel *coarse)
{
  const PetscInt m = fine->m, n = grid->n[0] * grid->n[1];
  Builder        b = {.c = {.fine = fine, .grid = grid, .m = m, .nplace = n}};

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(fine->comm, &b.c.rank));
  PetscCall(PltLevelCreate(fine->comm, m, m - 1, coarse));
  b.coarse        = *coarse;
  b.coarse->dense = fine->dense;
  PetscCall(PetscMalloc3(n, &b.c.owner, n * m, &b.c.is, fine->nline + 1, &b.c.link));
  PetscCall(PetscNew(&b.row));
  PetscCall(PetscMalloc2(PLT_ROW_MAX * m * m, &b.row->block, PLT_ROW_MAX * m * m, &b.work));
  PetscCall(Build(&b));
  PetscCall(PetscFree2(b.row->block, b.work));
  PetscCall(PetscFree(b.row));
  PetscCall(PetscFree3(b.c.owner, b.c.is, b.c.link));
  PetscCall(PetscFree(b.c.weight));
  PetscCall(PetscFree(b.c.position));
  PetscCall(PetscFree(b.c.director));
  PetscCall(PetscFree(b.c.map));
  PetscCall(PetscFree(b.c.lower));
  PetscCall(PetscFree(b.c.below));
  PetscCall(PetscFree(b.c.support));
  PetscCall(PetscFree(b.c.from));
  PetscCall(PetscFree3(b.c.add_place, b.c.add_column, b.c.add_block));
  PetscCall(PetscFree(b.local));
  PetscCall(PetscFree(b.place));
  PetscCall(PetscFree(b.key));
  PetscFunctionReturn(PETSC_SUCCESS);
}
