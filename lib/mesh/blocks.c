/* SPDX-License-Identifier: BSD-2-Clause
   Dies of the free footprint: even grids of quads, turned as the dies are. Where dies touch along
   whole sides of the same length their vertices are the same. */
#include <stdlib.h>
#include "mesh/footprint.h"

/* A die's grid: n elements a side, of which first .. last are in the meshed part. */
typedef struct {
  PetscInt  n[2], first[2], last[2];
  PetscReal axis[2][2]; /* directions of width and height */
} Grid;

static PetscInt VertexCount(const Grid *g)
{
  return (g->last[0] - g->first[0] + 1) * (g->last[1] - g->first[1] + 1);
}

static PetscInt QuadCount(const Grid *g)
{
  return (g->last[0] - g->first[0]) * (g->last[1] - g->first[1]);
}

/* The symmetry plane x = 0 (k = 0) or y = 0 passes through the die: keep the half above. A die
   that is its own mirror image has its middle line on the plane. */
static PetscErrorCode CutGrid(const PltDie *die, PetscInt k, Grid *g)
{
  const PetscInt  a      = PetscAbsReal(g->axis[0][k]) > 0.5 ? 0 : 1; /* the axis along k */
  const PetscReal centre = k == 0 ? die->x : die->y;

  PetscFunctionBegin;
  PetscCheck(PetscAbsReal(g->axis[1 - a][k]) < 1e-9 && PetscAbsReal(centre) < PLT_SAME_PLACE,
             PETSC_COMM_SELF, PLT_ERR_MESH,
             "the symmetry plane %c = 0 cuts die '%s' otherwise than through its middle and along "
             "its sides: mesh the whole panel",
             k == 0 ? 'x' : 'y', die->id);
  g->n[a]    = (g->n[a] + 3) / 4 * 4; /* the half is even, too */
  g->last[a] = g->n[a];
  if (g->axis[a][k] > 0) g->first[a] = g->n[a] / 2;
  else g->last[a] = g->n[a] / 2;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* No vertices at all for a die in the part that is not meshed. */
static PetscErrorCode GridOf(PltProject project, const PltDie *die, Grid *g)
{
  const PltGrading graded  = PltGradingOf(project);
  const PltGrading even    = {graded.near, graded.near, 1};
  const PetscReal  size[2] = {die->width, die->height};
  PetscReal        corner[4][2];

  PetscFunctionBegin;
  PltDieCorners(die, corner);
  for (PetscInt a = 0; a < 2; a++) {
    g->first[a]       = 0;
    g->n[a]           = PltSpacingCount(&even, size[a]);
    g->last[a]        = g->n[a];
    g->axis[a][a]     = PetscCosReal(die->angle);
    g->axis[a][1 - a] = (a ? -1 : 1) * PetscSinReal(die->angle);
  }
  for (PetscInt k = 0; k < 2; k++) {
    PetscReal low = corner[0][k], high = low;

    for (PetscInt i = 1; i < 4; i++) {
      low  = PetscMin(low, corner[i][k]);
      high = PetscMax(high, corner[i][k]);
    }
    if (!PltIsMirrored(project, k) || low > -PLT_SAME_PLACE) continue;
    if (high < PLT_SAME_PLACE) g->last[0] = -1;
    else PetscCall(CutGrid(die, k, g));
    if (g->last[0] < 0) break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void PlaceVertices(PltProject project, const PltDie *die, const Grid *g, PetscReal *xy)
{
  for (PetscInt j = g->first[1]; j <= g->last[1]; j++) {
    for (PetscInt i = g->first[0]; i <= g->last[0]; i++, xy += 2) {
      const PetscReal u = (PetscReal)(2 * i - g->n[0]) / (PetscReal)(2 * g->n[0]) * die->width;
      const PetscReal v = (PetscReal)(2 * j - g->n[1]) / (PetscReal)(2 * g->n[1]) * die->height;

      for (PetscInt k = 0; k < 2; k++) {
        xy[k] = (k == 0 ? die->x : die->y) + u * g->axis[0][k] + v * g->axis[1][k];
        if (PltIsMirrored(project, k) && PetscAbsReal(xy[k]) < PLT_SAME_PLACE) xy[k] = 0;
      }
    }
  }
}

static void SetSide(PetscInt from, PetscInt to, PetscInt odd, PetscInt side[2], PetscBool middle[])
{
  side[0]      = from;
  side[1]      = to;
  middle[from] = odd ? PETSC_TRUE : PETSC_FALSE;
}

/* Quads of a grid whose vertices start at `base`, and its sides, counter-clockwise. */
static void Connect(const Grid *g, PetscInt base, PetscInt *quad, PetscInt (*side)[2],
                    PetscBool middle[])
{
  const PetscInt nu = g->last[0] - g->first[0], nv = g->last[1] - g->first[1], row = nu + 1;

  for (PetscInt j = 0; j < nv; j++) {
    for (PetscInt i = 0; i < nu; i++, quad += 4) {
      const PetscInt v = base + j * row + i;

      quad[0] = v;
      quad[1] = v + 1;
      quad[2] = v + 1 + row;
      quad[3] = v + row;
    }
  }
  for (PetscInt i = 0; i < nu; i++) {
    const PetscInt low = base + i, high = base + nv * row + i + 1;

    SetSide(low, low + 1, i % 2, side[i], middle);
    SetSide(high, high - 1, (i + 1) % 2, side[nu + i], middle);
  }
  for (PetscInt j = 0; j < nv; j++) {
    const PetscInt left = base + (j + 1) * row, right = base + j * row + nu;

    SetSide(right, right + row, j % 2, side[2 * nu + j], middle);
    SetSide(left, left - row, (j + 1) % 2, side[2 * nu + nv + j], middle);
  }
}

/* ---- touching dies ---- */
typedef struct {
  PetscReal x, y;
  PetscInt  vertex;
} Spot;

static int CompareX(const void *a, const void *b)
{
  const Spot *p = (const Spot *)a, *q = (const Spot *)b;

  return (p->x > q->x) - (p->x < q->x);
}

static int CompareY(const void *a, const void *b)
{
  const Spot *p = (const Spot *)a, *q = (const Spot *)b;

  if (p->y != q->y) return p->y < q->y ? -1 : 1;
  return (p->vertex > q->vertex) - (p->vertex < q->vertex);
}

/* same[v]: the vertex that stands for v, of those on the sides. Spots in one column (their x hardly
   differ) are sorted by y, so that those in the same place are neighbours. */
static PetscErrorCode Unite(const PltBlocks *b, PetscInt same[])
{
  Spot    *spot;
  PetscInt end;

  PetscFunctionBegin;
  if (b->nside == 0) PetscFunctionReturn(PETSC_SUCCESS); /* qsort takes no null pointer */
  PetscCall(PetscMalloc1(b->nside, &spot));
  for (PetscInt s = 0; s < b->nside;
       s++) { /* each vertex on the sides of a die begins one of them */
    const PetscInt v = b->side[s][0];

    spot[s] = (Spot){b->f.xy[2 * v], b->f.xy[2 * v + 1], v};
  }
  qsort(spot, (size_t)b->nside, sizeof *spot, CompareX);
  for (PetscInt first = 0; first < b->nside; first = end) {
    for (end = first + 1; end < b->nside && spot[end].x - spot[end - 1].x <= PLT_SAME_PLACE;) end++;
    qsort(spot + first, (size_t)(end - first), sizeof *spot, CompareY);
    for (PetscInt i = first + 1; i < end; i++)
      if (spot[i].y - spot[i - 1].y <= PLT_SAME_PLACE)
        same[spot[i].vertex] = same[spot[i - 1].vertex];
  }
  PetscCall(PetscFree(spot));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int CompareSides(const void *a, const void *b)
{
  const PetscInt *p = (const PetscInt *)a, *q = (const PetscInt *)b;

  for (int k = 0; k < 2; k++) {
    const PetscInt x = k == 0 ? PetscMin(p[0], p[1]) : PetscMax(p[0], p[1]);
    const PetscInt y = k == 0 ? PetscMin(q[0], q[1]) : PetscMax(q[0], q[1]);

    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

/* Sides with a die on both sides are no sides of the fill. */
static void DropInnerSides(PltBlocks *b)
{
  PetscInt kept = 0;

  if (b->nside) qsort(b->side, (size_t)b->nside, sizeof *b->side, CompareSides);
  for (PetscInt s = 0; s < b->nside; s++) {
    if (s + 1 < b->nside && CompareSides(b->side[s], b->side[s + 1]) == 0) {
      s++;
      continue;
    }
    b->side[kept][0]   = b->side[s][0];
    b->side[kept++][1] = b->side[s][1];
  }
  b->nside = kept;
}

static PetscErrorCode JoinTouching(PltBlocks *b)
{
  PetscInt *same;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(b->f.nvert, &same));
  for (PetscInt v = 0; v < b->f.nvert; v++) same[v] = v;
  PetscCall(Unite(b, same));
  for (PetscInt i = 0; i < 4 * b->f.nquad; i++) b->f.quad[i] = same[b->f.quad[i]];
  for (PetscInt s = 0; s < b->nside; s++)
    for (PetscInt k = 0; k < 2; k++) b->side[s][k] = same[b->side[s][k]];
  PetscCall(PetscFree(same));
  DropInnerSides(b);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltBlocksCreate(PltProject project, const PetscInt region[], PltBlocks *b)
{
  PetscInt nvert = 0, nquad = 0;
  Grid     g;

  PetscFunctionBegin;
  b->nside = 0;
  for (PetscInt d = 0; d < project->ndie; d++) {
    if (region[d] != d + 1) continue;
    PetscCall(GridOf(project, &project->die[d], &g));
    if (g.last[0] < 0) continue;
    nvert += VertexCount(&g);
    nquad += QuadCount(&g);
    b->nside += 2 * (g.last[0] - g.first[0] + g.last[1] - g.first[1]);
  }
  PetscCall(PltFootprintAllocate(nvert, nquad, &b->f));
  PetscCall(PetscMalloc1(b->nside, &b->side));
  PetscCall(PetscCalloc1(nvert, &b->middle));
  nvert = nquad = b->nside = 0;
  for (PetscInt d = 0; d < project->ndie; d++) {
    if (region[d] != d + 1) continue;
    PetscCall(GridOf(project, &project->die[d], &g));
    if (g.last[0] < 0) continue;
    PlaceVertices(project, &project->die[d], &g, &b->f.xy[2 * nvert]);
    Connect(&g, nvert, &b->f.quad[4 * nquad], &b->side[b->nside], b->middle);
    for (PetscInt q = 0; q < QuadCount(&g); q++) b->f.region[nquad + q] = region[d];
    nvert += VertexCount(&g);
    nquad += QuadCount(&g);
    b->nside += 2 * (g.last[0] - g.first[0] + g.last[1] - g.first[1]);
  }
  PetscCall(JoinTouching(b));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltBlocksDestroy(PltBlocks *b)
{
  PetscFunctionBegin;
  PetscCall(PltFootprintDestroy(&b->f));
  PetscCall(PetscFree(b->side));
  PetscCall(PetscFree(b->middle));
  PetscFunctionReturn(PETSC_SUCCESS);
}
