/* SPDX-License-Identifier: BSD-2-Clause
   Sides of the quads, each once with the number of quads that share it. */
#include "mesh/footprint.h"

static void Ends(const PltFootprint *f, PetscInt side, PetscInt *low, PetscInt *high)
{
  const PetscInt a = f->quad[side], b = f->quad[side / 4 * 4 + (side + 1) % 4];

  *low  = PetscMin(a, b);
  *high = PetscMax(a, b);
}

/* Sort the few upper vertices of one lower one and count equals; returns how many differ. */
static PetscInt Unite(PetscInt n, PetscInt upper[], PetscInt used[])
{
  PetscInt kept = 0;

  for (PetscInt i = 1; i < n; i++) {
    const PetscInt v = upper[i];
    PetscInt       j = i;

    for (; j > 0 && upper[j - 1] > v; j--) upper[j] = upper[j - 1];
    upper[j] = v;
  }
  for (PetscInt i = 0; i < n; i++) {
    if (kept && upper[kept - 1] == upper[i]) {
      used[kept - 1]++;
    } else {
      upper[kept]  = upper[i];
      used[kept++] = 1;
    }
  }
  return kept;
}

PetscErrorCode PltEdgesCreate(const PltFootprint *f, PltEdges *edges)
{
  PetscInt *start, *upper, *used, low, high, n = 0;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(f->nvert + 2, &start));
  PetscCall(PetscMalloc2(4 * f->nquad, &upper, 4 * f->nquad, &used));
  for (PetscInt s = 0; s < 4 * f->nquad; s++) {
    Ends(f, s, &low, &high);
    start[low + 2]++;
  }
  for (PetscInt v = 0; v < f->nvert; v++) start[v + 2] += start[v + 1];
  for (PetscInt s = 0; s < 4 * f->nquad;
       s++) { /* start[v + 1] moves from the start of v to its end */
    Ends(f, s, &low, &high);
    upper[start[low + 1]++] = high;
  }
  for (PetscInt v = 0; v < f->nvert; v++) {
    const PetscInt first = start[v], kept = Unite(start[v + 1] - first, upper + first, used + n);

    PetscCall(PetscArraymove(upper + n, upper + first, kept));
    start[v] = n;
    n += kept;
  }
  start[f->nvert] = n;
  edges->start    = start;
  PetscCall(PetscMalloc2(n, &edges->upper, n, &edges->used));
  PetscCall(PetscArraycpy(edges->upper, upper, n));
  PetscCall(PetscArraycpy(edges->used, used, n));
  PetscCall(PetscFree2(upper, used));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltEdgesDestroy(PltEdges *edges)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(edges->start));
  PetscCall(PetscFree2(edges->upper, edges->used));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The middle of an edge decides: its ends may be corners, which lie on the outline and on a
   plane. */
static PetscBool OnPlane(PltProject project, const PltFootprint *f, PetscInt v, PetscInt w)
{
  for (PetscInt k = 0; k < 2; k++) {
    const PetscReal x = 0.5 * (f->xy[2 * v + k] + f->xy[2 * w + k]);

    if (PltIsMirrored(project, k) && PetscAbsReal(x) < PLT_SAME_PLACE) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

void PltEdgesOutline(PltProject project, const PltFootprint *f, const PltEdges *edges,
                     PetscBool outer[])
{
  for (PetscInt v = 0; v < f->nvert; v++) outer[v] = PETSC_FALSE;
  for (PetscInt v = 0; v < f->nvert; v++) {
    for (PetscInt e = edges->start[v]; e < edges->start[v + 1]; e++) {
      if (edges->used[e] != 1 || OnPlane(project, f, v, edges->upper[e])) continue;
      outer[v] = outer[edges->upper[e]] = PETSC_TRUE;
    }
  }
}
