/* SPDX-License-Identifier: BSD-2-Clause
   A path of a GDSII file as polygons: a rectangle for each straight part, and at each bend the
   wedge outside of it, out to where the borders meet (a mitre), or cut off where that would be far.
   They overlap; what they cover together counts. */
#include "input/gds.h"

enum { ROUND = 16 }; /* edges of a half circle */

typedef struct {
  PetscReal x, y;
} Vector;

/* Points less those that repeat. */
static PetscInt Distinct(PetscInt n, PetscReal xy[][2])
{
  PetscInt m = 0;

  for (PetscInt i = 0; i < n; i++) {
    if (m > 0 && xy[i][0] == xy[m - 1][0] && xy[i][1] == xy[m - 1][1]) continue;
    xy[m][0] = xy[i][0];
    xy[m][1] = xy[i][1];
    m++;
  }
  return m;
}

static Vector Along(PetscReal xy[][2], PetscInt i)
{
  const PetscReal dx = xy[i + 1][0] - xy[i][0], dy = xy[i + 1][1] - xy[i][1];
  const PetscReal length = PetscSqrtReal(dx * dx + dy * dy);

  return (Vector){dx / length, dy / length};
}

/* From a to b, longer by `before` and `after`. */
static PetscErrorCode AddBar(PltPolygons *p, const PetscReal a[2], const PetscReal b[2], Vector t,
                             PetscReal h, PetscReal before, PetscReal after)
{
  const PetscReal from[2]   = {a[0] - before * t.x, a[1] - before * t.y};
  const PetscReal to[2]     = {b[0] + after * t.x, b[1] + after * t.y};
  const PetscReal bar[4][2] = {{from[0] + h * t.y, from[1] - h * t.x},
                               {to[0] + h * t.y, to[1] - h * t.x},
                               {to[0] - h * t.y, to[1] + h * t.x},
                               {from[0] - h * t.y, from[1] + h * t.x}};

  PetscFunctionBegin;
  PetscCall(PltPolygonsAdd(p, 4, bar));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The wedge at a bend from direction s to t. Its tip is at h / cos(half the angle) from the point;
   at sharper bends than a right angle the wedge has none. */
static PetscErrorCode AddBend(PltPolygons *p, const PetscReal at[2], Vector s, Vector t,
                              PetscReal h)
{
  const PetscReal sine = s.x * t.y - s.y * t.x, cosine = s.x * t.x + s.y * t.y;
  const PetscReal side = sine > 0 ? h : -h; /* the outer side is on the right of a left turn */
  const PetscReal far  = side / (1 + cosine);
  PetscReal       wedge[4][2] = {{at[0], at[1]},
                                 {at[0] + side * s.y, at[1] - side * s.x},
                                 {at[0] + far * (s.y + t.y), at[1] - far * (s.x + t.x)},
                                 {at[0] + side * t.y, at[1] - side * t.x}};

  PetscFunctionBegin;
  if (cosine > -1e-9) {
    PetscCall(PltPolygonsAdd(p, 4, (const PetscReal(*)[2])wedge));
  } else {
    wedge[2][0] = wedge[3][0];
    wedge[2][1] = wedge[3][1];
    PetscCall(PltPolygonsAdd(p, 3, (const PetscReal(*)[2])wedge));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A half circle beyond a point, in direction t; of the same area. */
static PetscErrorCode AddCap(PltPolygons *p, const PetscReal at[2], Vector t, PetscReal h)
{
  const PetscReal step = PETSC_PI / ROUND;
  const PetscReal r    = h * PetscSqrtReal(step / PetscSinReal(step));
  PetscReal       cap[ROUND + 1][2];

  PetscFunctionBegin;
  for (int k = 0; k <= ROUND; k++) {
    const PetscReal c = r * PetscCosReal(k * step - PETSC_PI / 2);
    const PetscReal s = r * PetscSinReal(k * step - PETSC_PI / 2);

    cap[k][0] = at[0] + c * t.x - s * t.y;
    cap[k][1] = at[1] + c * t.y + s * t.x;
  }
  PetscCall(PltPolygonsAdd(p, ROUND + 1, (const PetscReal(*)[2])cap));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGdsAddPath(PltPolygons *p, PetscInt n, PetscReal xy[][2], PetscReal width,
                             const PetscReal end[2], PetscBool round)
{
  const PetscReal h = width / 2;
  const PetscInt  m = Distinct(n, xy);

  PetscFunctionBegin;
  for (PetscInt i = 0; i + 1 < m; i++) {
    const Vector    t = Along(xy, i), back = {-t.x, -t.y};
    const PetscBool first = (PetscBool)(i == 0), last = (PetscBool)(i + 2 == m);

    PetscCall(AddBar(p, xy[i], xy[i + 1], t, h, first ? end[0] : 0, last ? end[1] : 0));
    if (!last) PetscCall(AddBend(p, xy[i + 1], t, Along(xy, i + 1), h));
    if (round && first) PetscCall(AddCap(p, xy[0], back, h));
    if (round && last) PetscCall(AddCap(p, xy[m - 1], t, h));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
