/* SPDX-License-Identifier: BSD-2-Clause
   Closed loops from "which point follows which", each outer loop before the holes inside it. */
#include "mesh/footprint.h"

typedef struct {
  PetscInt   n;
  PetscInt  *start, *point;
  PetscReal *area;   /* m2, positive: outer */
  PetscInt  *parent; /* the outer loop that holds it, itself for outer ones */
} Loops;

/* Follow the points from one of the coarse mesh back to itself. */
static PetscErrorCode TraceOne(const PltPolygon *polygon, const PetscInt next[], PetscInt first,
                               PetscBool seen[], Loops *l)
{
  PetscReal area = 0;
  PetscInt  p = first, used = l->start[l->n];

  PetscFunctionBegin;
  do {
    const PetscInt   q = next[p];
    const PetscReal *a = &polygon->xy[2 * p], *b;

    PetscCheck(q >= 0 && !seen[p], PETSC_COMM_SELF, PLT_ERR_MESH,
               "the outlines of the dies are not closed near (%.6g mm, %.6g mm): dies touch there",
               (double)(a[0] * 1e3), (double)(a[1] * 1e3));
    b                = &polygon->xy[2 * q];
    seen[p]          = PETSC_TRUE;
    l->point[used++] = p;
    area += 0.5 * (a[0] * b[1] - b[0] * a[1]);
    p = q;
  } while (p != first);
  l->area[l->n]    = area;
  l->start[++l->n] = used;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Trace(const PltPolygon *polygon, const PetscInt next[],
                            const PetscBool middle[], Loops *l)
{
  PetscErrorCode code = 0;
  PetscBool     *seen;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(polygon->npoint, &seen));
  l->n = l->start[0] = 0;
  for (PetscInt p = 0; p < polygon->npoint && !code; p++)
    if (next[p] >= 0 && !seen[p] && !middle[p]) code = TraceOne(polygon, next, p, seen, l);
  PetscCall(PetscFree(seen));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Even-odd rule. */
static PetscBool IsInside(const PltPolygon *polygon, const Loops *l, PetscInt loop,
                          const PetscReal xy[2])
{
  const PetscInt first = l->start[loop], n = l->start[loop + 1] - first;
  PetscBool      inside = PETSC_FALSE;

  for (PetscInt i = 0; i < n; i++) {
    const PetscReal *a = &polygon->xy[2 * l->point[first + i]];
    const PetscReal *b = &polygon->xy[2 * l->point[first + (i + 1) % n]];

    if ((a[1] > xy[1]) == (b[1] > xy[1])) continue;
    if (xy[0] < a[0] + (b[0] - a[0]) * (xy[1] - a[1]) / (b[1] - a[1]))
      inside = inside ? PETSC_FALSE : PETSC_TRUE;
  }
  return inside;
}

/* Almost always there is one outer loop; more if dies divide the panel. */
static void FindParents(const PltPolygon *polygon, Loops *l)
{
  PetscInt nouter = 0, last = 0;

  for (PetscInt i = 0; i < l->n; i++) {
    if (l->area[i] <= 0) continue;
    last = i;
    nouter++;
  }
  for (PetscInt i = 0; i < l->n; i++) {
    const PetscReal *xy = &polygon->xy[2 * l->point[l->start[i]]];

    l->parent[i] = l->area[i] > 0 ? i : last;
    if (nouter == 1 || l->area[i] > 0) continue;
    for (PetscInt j = 0; j < l->n; j++)
      if (l->area[j] > 0 && IsInside(polygon, l, j, xy)) l->parent[i] = j;
  }
}

/* Append the loops of one outer loop: itself, then its holes. */
static void Emit(const Loops *l, PetscInt outer, PltPolygon *polygon)
{
  for (PetscInt pass = 0; pass < 2; pass++) {
    for (PetscInt i = 0; i < l->n; i++) {
      PetscInt at = polygon->start[polygon->nloop];

      if (l->parent[i] != outer || (i == outer) != (pass == 0)) continue;
      for (PetscInt k = l->start[i]; k < l->start[i + 1]; k++) polygon->point[at++] = l->point[k];
      polygon->outer[polygon->nloop++] = pass == 0 ? PETSC_TRUE : PETSC_FALSE;
      polygon->start[polygon->nloop]   = at;
    }
  }
}

static PetscErrorCode Sort(Loops *l, PltPolygon *polygon)
{
  PetscFunctionBegin;
  FindParents(polygon, l);
  PetscCall(PetscMalloc1(l->n + 1, &polygon->start));
  PetscCall(PetscMalloc1(l->start[l->n], &polygon->point));
  PetscCall(PetscMalloc1(l->n, &polygon->outer));
  polygon->nloop = polygon->start[0] = 0;
  for (PetscInt i = 0; i < l->n; i++)
    if (l->area[i] > 0) Emit(l, i, polygon);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLoopsCreate(const PetscInt next[], const PetscBool middle[], PltPolygon *polygon)
{
  const PetscInt n = polygon->npoint;
  PetscErrorCode code;
  Loops          l;

  PetscFunctionBegin;
  PetscCall(PetscMalloc4(n + 1, &l.start, n, &l.point, n, &l.area, n, &l.parent));
  code = Trace(polygon, next, middle, &l);
  if (!code) code = Sort(&l, polygon);
  PetscCall(PetscFree4(l.start, l.point, l.area, l.parent));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}
