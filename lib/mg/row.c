/* SPDX-License-Identifier: BSD-2-Clause
   One row of Galerkin's product P' A P, line by line: from the fine lines v that are interpolated
   from a place, over their neighbours w, to the places those are interpolated from. */
#include "mg/coarsen.h"

/* Lower neighbours, supports, and classes of weights. */
PetscErrorCode PltCoarseningGraph(PltCoarsening *c)
{
  const PltLevel f = c->fine;
  PetscInt      *at;
  PetscBool      is_new;
  PltIds         ids;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(f->nown + 1, &c->lower));
  PetscCall(PetscCalloc1(c->nplace + 1, &c->support));
  for (PetscInt k = 0; k < f->first[f->nown]; k++)
    if (f->next[k] < f->nown) c->lower[f->next[k] + 1]++;
  for (PetscInt v = 0; v < f->nown; v++) c->lower[v + 1] += c->lower[v];
  for (PetscInt i = 0; i < 4 * f->nown; i++)
    if (c->link[i / 4][i % 4].line >= 0) c->support[c->link[i / 4][i % 4].line + 1]++;
  for (PetscInt p = 0; p < c->nplace; p++) c->support[p + 1] += c->support[p];
  PetscCall(PetscMalloc1(c->lower[f->nown] + 1, &c->below));
  PetscCall(PetscMalloc1(c->support[c->nplace] + 1, &c->from));
  PetscCall(PetscMalloc1(PetscMax(f->nown, c->nplace) + 1, &at));
  PetscCall(PetscArraycpy(at, c->lower, f->nown));
  for (PetscInt v = 0; v < f->nown; v++)
    for (PetscInt k = f->first[v]; k < f->first[v + 1]; k++)
      if (f->next[k] < f->nown) c->below[at[f->next[k]]++] = v;
  PetscCall(PetscArraycpy(at, c->support, c->nplace));
  for (PetscInt i = 0; i < 4 * f->nown; i++)
    if (c->link[i / 4][i % 4].line >= 0) c->from[at[c->link[i / 4][i % 4].line]++] = i / 4;
  PetscCall(PetscFree(at));
  PetscCall(PltIdsCreate(&ids));
  PetscCall(PetscMalloc1(f->nline + 1, &c->weight));
  for (PetscInt v = 0; v < f->nline; v++) {
    long long key[12];

    for (PetscInt k = 0; k < 4; k++) {
      key[3 * k]     = llround(c->link[v][k].weight * 1e10);
      key[3 * k + 1] = llround(c->link[v][k].cx * 1e13);
      key[3 * k + 2] = llround(c->link[v][k].cy * 1e13);
    }
    PetscCall(PltIdsGet(&ids, key, sizeof key, &c->weight[v], &is_new));
  }
  PetscCall(PltIdsDestroy(&ids));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddColumns(const PltCoarsening *c, PetscInt w, PltRow *row)
{
  PetscFunctionBegin;
  for (PetscInt k = 0; k < 4; k++) {
    const PetscInt place = c->link[w][k].line;
    PetscInt       i     = 0;

    if (place < 0) continue;
    while (i < row->n && row->column[i] != place) i++;
    if (i < row->n) continue;
    PetscCheck(row->n < PLT_ROW_MAX, PETSC_COMM_SELF, PLT_ERR_MESH,
               "the mesh is too uneven for the column solver: use --solver direct");
    row->column[row->n++] = place;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarseningColumns(const PltCoarsening *c, PetscInt place, PltRow *row)
{
  const PltLevel f = c->fine;

  PetscFunctionBegin;
  row->place = place;
  row->n     = 0;
  for (PetscInt i = c->support[place]; i < c->support[place + 1]; i++) {
    const PetscInt v = c->from[i];

    PetscCall(AddColumns(c, v, row));
    for (PetscInt k = f->first[v]; k < f->first[v + 1]; k++)
      PetscCall(AddColumns(c, f->next[k], row));
    for (PetscInt k = c->lower[v]; k < c->lower[v + 1]; k++)
      PetscCall(AddColumns(c, c->below[k], row));
  }
  PetscCall(PetscSortInt(row->n, row->column));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static const PetscReal *Maps(const PltCoarsening *c, PetscInt v, PetscInt link)
{
  return c->map ? c->map + PLT_MAP * (4 * v + link) * (c->m / PLT_PLATE) : NULL;
}

/* T += A P for one block A (or its transpose) and one link of its column, with its maps or NULL. */
static void AddRight(PltLevel f, const PetscReal *S, PetscBool transposed, const PltLink *k,
                     const PetscReal *map, PetscReal *T)
{
  const PetscInt m = f->m, across = transposed ? PltEntry(f, 1, 0) - PltEntry(f, 0, 0)
                                               : PltEntry(f, 0, 1) - PltEntry(f, 0, 0);

  for (PetscInt p = 0; p < m; p++) {
    /* Entry q of row p of the block, or of its transpose. */
    const PetscReal *a = S + (transposed ? PltEntry(f, 0, p) : PltEntry(f, p, 0));
    PetscReal       *t = T + p * m;

    for (PetscInt q = 0; q < m; q += PLT_PLATE) {
      const PetscReal w = a[(q + 2) * across];

      for (PetscInt i = 0; i < PLT_PLATE; i++) t[q + i] += k->weight * a[(q + i) * across];
      if (map) {
        const PetscReal *M = map + PLT_MAP * (q / PLT_PLATE);

        for (PetscInt e = 0; e < 3; e++, M += PLT_PLATE)
          for (PetscInt i = 0; i < PLT_PLATE; i++) t[q + i] += a[(q + e) * across] * M[i];
      } else {
        t[q + 3] += k->cx * w;
        t[q + 4] += k->cy * w;
      }
    }
  }
}

/* B += P' T for one link. */
static void AddLeft(PetscInt m, const PltLink *k, const PetscReal *T, PetscReal *B)
{
  for (PetscInt p = 0; p < m; p++) {
    const PetscReal *w = T + (p / PLT_PLATE * PLT_PLATE + 2) * m;
    const PetscReal  c = p % PLT_PLATE == 3 ? k->cx : p % PLT_PLATE == 4 ? k->cy : 0;

    for (PetscInt q = 0; q < m; q++) B[p * m + q] += k->weight * T[p * m + q] + c * w[q];
  }
}

/* The same in large kinematics. */
static void AddLeftMaps(PetscInt m, const PltLink *k, const PetscReal *map, const PetscReal *T,
                        PetscReal *B)
{
  for (PetscInt i = 0; i < m * m; i++) B[i] += k->weight * T[i];
  for (PetscInt s = 0; s < m; s += PLT_PLATE, map += PLT_MAP)
    for (PetscInt i = 0; i < PLT_MAP; i++) {
      const PetscReal *t = T + (s + i / PLT_PLATE) * m;
      PetscReal       *b = B + (s + i % PLT_PLATE) * m;

      for (PetscInt q = 0; q < m; q++) b[q] += map[i] * t[q];
    }
}

static void AddNeighbour(const PltCoarsening *c, const PltRow *row, const PetscReal *S,
                         PetscBool transposed, PetscInt w, PetscReal *T)
{
  for (PetscInt k = 0; k < 4; k++) {
    const PltLink *link = &c->link[w][k];
    PetscInt       i;

    if (link->line < 0) continue;
    if (PetscFindInt(link->line, row->n, row->column, &i) || i < 0) continue;
    AddRight(c->fine, S, transposed, link, Maps(c, w, k), T + i * c->m * c->m);
  }
}

PetscErrorCode PltCoarseningRow(const PltCoarsening *c, PltRow *row, PetscReal *T)
{
  const PltLevel f  = c->fine;
  const PetscInt mm = c->m * c->m;

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(row->block, row->n * mm));
  for (PetscInt i = c->support[row->place]; i < c->support[row->place + 1]; i++) {
    const PetscInt v = c->from[i];

    PetscCall(PetscArrayzero(T, row->n * mm));
    AddNeighbour(c, row, PltLevelBlock(f, v, v), PETSC_FALSE, v, T);
    for (PetscInt k = f->first[v]; k < f->first[v + 1]; k++)
      AddNeighbour(c, row, PltLevelBlock(f, v, f->next[k]), PETSC_FALSE, f->next[k], T);
    for (PetscInt k = c->lower[v]; k < c->lower[v + 1]; k++)
      AddNeighbour(c, row, PltLevelBlock(f, c->below[k], v), PETSC_TRUE, c->below[k], T);
    for (PetscInt k = 0; k < 4; k++)
      for (PetscInt j = 0; j < row->n && c->link[v][k].line == row->place; j++) {
        const PetscReal *t = T + j * mm;

        if (c->map) AddLeftMaps(c->m, &c->link[v][k], Maps(c, v, k), t, row->block + j * mm);
        else AddLeft(c->m, &c->link[v][k], t, row->block + j * mm);
      }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
