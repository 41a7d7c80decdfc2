/* SPDX-License-Identifier: BSD-2-Clause
   Layers of traces that are not the same everywhere: what is in them over each quad, found once. In
   a slab with such layers, quads of one class of columns with the same shares (as under packages
   that repeat) are of one kind, which has one table of moduli. */
#include <stdlib.h>
#include <string.h>
#include "state/state.h"

/* Shares that differ by less than this part of an area are the same. */
static const PetscReal SAME_SHARE = 1e-9;

/* The map of the material of a ply in a class of columns; NULL: none. */
static const PltMap *MapIn(PltState s, PetscInt class, PetscInt ply)
{
  const PetscInt    part = s->part[class * s->slabs.nply + ply];
  const PltMaterial m    = part == PLT_NOWHERE ? NULL : PltStateMaterial(s, ply, part);

  return m ? PltProjectMapOf(s->project, m) : NULL;
}

/* Shares over the quads whose material has this map. */
static PetscErrorCode FillShares(PltState s, PetscInt ply, const PltMap *map)
{
  PltPlaced placed;

  PetscFunctionBegin;
  PetscCall(PltPlacedCreate(s->project, map, &placed));
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    PetscReal corner[4][2], weight[PLT_PLACE_WEIGHTS], *share;

    if (MapIn(s, s->quad_class[q], ply) != map) continue;
    for (PetscInt i = 0; i < 8; i++)
      corner[i / 2][i % 2] = s->mesh->xy[2 * s->mesh->quad[4 * q + i / 2] + i % 2];
    PltPlacedMean(&placed, s->mesh->region[q], (const PetscReal(*)[2])corner, weight);
    share = s->share[ply] + PLT_METAL_KINDS * q;
    for (PetscInt i = 0; i < PLT_METAL_KINDS; i++)
      share[i] = SAME_SHARE * PetscFloorReal(weight[i] / SAME_SHARE + 0.5);
  }
  PetscCall(PltPlacedDestroy(&placed));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindShares(PltState s, PetscInt ply)
{
  PetscFunctionBegin;
  for (PetscInt c = 0; c < s->nclass; c++) {
    const PltMap *map  = MapIn(s, c, ply);
    PetscBool     seen = PETSC_FALSE;

    for (PetscInt b = 0; b < c; b++)
      if (MapIn(s, b, ply) == map) seen = PETSC_TRUE;
    if (!map || seen) continue;
    if (!s->share[ply])
      PetscCall(PetscCalloc1(PLT_METAL_KINDS * s->mesh->nquad + 1, &s->share[ply]));
    PetscCall(FillShares(s, ply, map));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Class and shares of a quad, to be sorted. */
typedef struct {
  PetscInt         quad, n;
  const PetscReal *key; /* [n] */
} Entry;

static int Compare(const void *a, const void *b)
{
  const Entry *x = a, *y = b;

  for (PetscInt i = 0; i < x->n; i++)
    if (x->key[i] != y->key[i]) return x->key[i] < y->key[i] ? -1 : 1;
  return x->quad < y->quad ? -1 : 1;
}

static PetscErrorCode FindKinds(PltState s, PetscInt k)
{
  const PetscInt first = s->slabs.first[k], nquad = s->mesh->nquad;
  PetscInt       n = 1, at = 0;
  PetscReal     *key;
  Entry         *entry;

  PetscFunctionBegin;
  for (PetscInt p = first; p < s->slabs.first[k + 1]; p++) n += s->share[p] ? PLT_METAL_KINDS : 0;
  if (n == 1) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc2(nquad, &entry, n * nquad, &key));
  PetscCall(PetscMalloc1(nquad + 1, &s->kind[k].of));
  PetscCall(PetscMalloc1(nquad + 1, &s->kind[k].example));
  for (PetscInt q = 0; q < nquad; q++) {
    entry[q]  = (Entry){q, n, key + at};
    key[at++] = (PetscReal)s->quad_class[q];
    for (PetscInt p = first; p < s->slabs.first[k + 1]; p++)
      for (PetscInt i = 0; s->share[p] && i < PLT_METAL_KINDS; i++)
        key[at++] = s->share[p][PLT_METAL_KINDS * q + i];
  }
  qsort(entry, (size_t)nquad, sizeof *entry, Compare);
  for (PetscInt i = 0; i < nquad; i++) {
    if (i == 0 || memcmp(entry[i].key, entry[i - 1].key, (size_t)n * sizeof *key) != 0)
      s->kind[k].example[s->kind[k].n++] = entry[i].quad;
    s->kind[k].of[entry[i].quad] = s->kind[k].n - 1;
  }
  PetscCall(PetscFree2(entry, key));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltQuadKindsCreate(PltState s)
{
  PetscFunctionBegin;
  PetscCall(PetscCalloc2(s->slabs.nply, &s->share, s->slabs.nslab, &s->kind));
  for (PetscInt p = 0; p < s->slabs.nply; p++) PetscCall(FindShares(s, p));
  for (PetscInt k = 0; k < s->slabs.nslab; k++) PetscCall(FindKinds(s, k));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltQuadKindsDestroy(PltState s)
{
  PetscFunctionBegin;
  for (PetscInt p = 0; p < s->slabs.nply; p++) PetscCall(PetscFree(s->share[p]));
  for (PetscInt k = 0; k < s->slabs.nslab; k++) {
    PetscCall(PetscFree(s->kind[k].of));
    PetscCall(PetscFree(s->kind[k].example));
  }
  PetscCall(PetscFree2(s->share, s->kind));
  PetscFunctionReturn(PETSC_SUCCESS);
}
