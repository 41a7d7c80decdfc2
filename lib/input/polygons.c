/* SPDX-License-Identifier: BSD-2-Clause
   Lists of polygons, and cutting them by a line parallel to an axis (Sutherland and Hodgman 1974).
   What is not convex may keep pairs of edges that run to and fro on the line: they enclose
   nothing. */
#include "input/map.h"

PetscReal PltPolygonArea(PetscInt n, const PetscReal xy[][2])
{
  PetscReal area = 0;

  for (PetscInt i = 1; i + 1 < n; i++)
    area += (xy[i][0] - xy[0][0]) * (xy[i + 1][1] - xy[0][1]) -
            (xy[i + 1][0] - xy[0][0]) * (xy[i][1] - xy[0][1]);
  return area / 2;
}

PetscInt PltPolygonSize(const PltPolygons *p, PetscInt i)
{
  return (i + 1 < p->npoly ? p->first[i + 1] : p->npoint) - p->first[i];
}

static PetscErrorCode Begin(PltPolygons *p)
{
  PetscFunctionBegin;
  PetscCall(PltGrow(p->npoly, sizeof *p->first, &p->first));
  p->first[p->npoly++] = p->npoint;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddPoint(PltPolygons *p, PetscReal x, PetscReal y)
{
  PetscFunctionBegin;
  PetscCall(PltGrow(p->npoint, sizeof *p->xy, &p->xy));
  p->xy[p->npoint][0] = x;
  p->xy[p->npoint][1] = y;
  p->npoint++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPolygonsAdd(PltPolygons *p, PetscInt n, const PetscReal xy[][2])
{
  const PetscReal area = PltPolygonArea(n, xy);

  PetscFunctionBegin;
  if (!(area > 0 || area < 0)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Begin(p));
  for (PetscInt i = 0; i < n; i++) {
    const PetscReal *point = xy[area > 0 ? i : n - 1 - i];

    PetscCall(AddPoint(p, point[0], point[1]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPolygonsFree(PltPolygons *p)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(p->first));
  PetscCall(PetscFree(p->xy));
  *p = (PltPolygons){.npoly = 0};
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The points of one polygon on the side that counts; sign * (coordinate - at) >= 0 there. An edge
   meets the line in the same point whichever way it runs. */
static PetscErrorCode CutOne(PetscInt n, const PetscReal xy[][2], int axis, PetscReal at,
                             PetscReal sign, PltPolygons *part)
{
  const PetscInt before = part->npoint;

  PetscFunctionBegin;
  PetscCall(Begin(part));
  for (PetscInt i = 0; i < n; i++) {
    const PetscReal *a = xy[i], *b = xy[i + 1 < n ? i + 1 : 0];
    const PetscReal  da = sign * (a[axis] - at), db = sign * (b[axis] - at);

    if (da >= 0) PetscCall(AddPoint(part, a[0], a[1]));
    if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
      const PetscReal *low = a[axis] < b[axis] ? a : b, *high = low == a ? b : a;
      const PetscReal  t     = (at - low[axis]) / (high[axis] - low[axis]);
      const PetscReal  other = low[1 - axis] + t * (high[1 - axis] - low[1 - axis]);

      PetscCall(AddPoint(part, axis ? other : at, axis ? at : other));
    }
  }
  if (part->npoint - before < 3) { /* nothing of it */
    part->npoint = before;
    part->npoly--;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPolygonsCut(const PltPolygons *p, int axis, PetscReal at, PetscBool above,
                              PltPolygons *part)
{
  const PetscReal sign = above ? 1 : -1;

  PetscFunctionBegin;
  *part = (PltPolygons){.npoly = 0};
  for (PetscInt i = 0; i < p->npoly; i++) {
    const PetscInt n        = PltPolygonSize(p, i);
    PetscReal(*const xy)[2] = p->xy + p->first[i];
    PetscBool some          = PETSC_FALSE;

    for (PetscInt k = 0; k < n && !some; k++) some = (PetscBool)(sign * (xy[k][axis] - at) > 0);
    if (some) PetscCall(CutOne(n, (const PetscReal(*)[2])xy, axis, at, sign, part));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
