/* SPDX-License-Identifier: BSD-2-Clause
   What polygons cover together, cell by cell, exactly.

   The window is halved until one cell is left (Warnock 1969), its polygons cut along; a block that
   one polygon fills is done. A cell with many points is divided on, as all pairs of edges are tried
   in what remains: between the heights of all end points and crossings edges do not cross, so a
   sweep from left to right that counts windings gives the union as trapezoids (Nievergelt and
   Preparata 1982). All polygons run counter-clockwise, so what is covered has a winding number
   above 0. A polygon that crosses itself is not taken apart.

   Lengths are in cells here: a cell is a square of 1. */
#include <stdlib.h>
#include "input/map.h"

enum { SIMPLE = 48, POINTS_MAX = 1024, DEPTH_MAX = 40 };
/* Of a cell: what is nearer is the same place. */
static const PetscReal same = 1e-9;

typedef struct {
  PetscReal lo[2], hi[2];
} Box;

typedef struct {             /* what is found in a box */
  PetscReal area, length[2]; /* L_x, L_y */
} Found;

typedef struct {
  PetscReal x0, y0, x1, y1; /* y0 < y1 */
  int       winding;        /* what it adds to the right of it */
} Edge;

typedef struct {
  PetscReal middle, low, high; /* x in a band */
  int       winding;
} Crossing;

typedef struct { /* pieces of a line y = const that are covered, from left to right */
  PetscInt n;
  PetscReal (*x)[2];
} Spans;

typedef struct {
  PetscInt   nedge, ny, ncrossing;
  Edge      *edge;
  PetscReal *y;
  Crossing  *crossing;
  Spans      foot, head, before; /* of a band; the head of the one below it */
} Sweep;

typedef struct {
  PltRaster *raster;
  char       direction;
  PetscReal  cell[2]; /* m */
  PetscBool  dense;   /* too many edges met */
  Sweep      sweep;
} Cover;

/* ---- a sweep over few edges ---- */

static PetscErrorCode AddHeight(Sweep *s, PetscReal y)
{
  PetscFunctionBegin;
  PetscCall(PltGrow(s->ny, sizeof *s->y, &s->y));
  s->y[s->ny++] = y;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeEdges(Sweep *s, const PltPolygons *p)
{
  PetscFunctionBegin;
  s->nedge = s->ny = 0;
  for (PetscInt i = 0; i < p->npoly; i++) {
    const PetscInt n = PltPolygonSize(p, i);

    for (PetscInt k = 0; k < n; k++) {
      const PetscReal *a = p->xy[p->first[i] + k], *b = p->xy[p->first[i] + (k + 1) % n];
      const PetscBool  up  = (PetscBool)(a[1] < b[1]);
      const PetscReal *low = up ? a : b, *high = up ? b : a;

      PetscCall(AddHeight(s, a[1]));
      if (!(low[1] < high[1])) continue;
      PetscCall(PltGrow(s->nedge, sizeof *s->edge, &s->edge));
      s->edge[s->nedge++] = (Edge){low[0], low[1], high[0], high[1], up ? -1 : 1};
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscReal EdgeAt(const Edge *e, PetscReal y)
{
  return e->x0 + (e->x1 - e->x0) * ((y - e->y0) / (e->y1 - e->y0));
}

static PetscErrorCode AddCrossings(Sweep *s)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->nedge; i++)
    for (PetscInt j = i + 1; j < s->nedge; j++) {
      const Edge     *a = &s->edge[i], *b = &s->edge[j];
      const PetscReal low = PetscMax(a->y0, b->y0), high = PetscMin(a->y1, b->y1);
      PetscReal       d0, d1;

      if (!(low < high)) continue;
      d0 = EdgeAt(a, low) - EdgeAt(b, low);
      d1 = EdgeAt(a, high) - EdgeAt(b, high);
      if ((d0 > 0 && d1 < 0) || (d0 < 0 && d1 > 0))
        PetscCall(AddHeight(s, low + (high - low) * (d0 / (d0 - d1))));
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int CompareCrossings(const void *x, const void *y)
{
  const Crossing *a = x, *b = y;

  return (a->middle > b->middle) - (a->middle < b->middle);
}

/* The edges of a band from left to right. */
static PetscErrorCode MakeCrossings(Sweep *s, PetscReal low, PetscReal high)
{
  PetscFunctionBegin;
  s->ncrossing = 0;
  for (PetscInt i = 0; i < s->nedge; i++) {
    const Edge *e = &s->edge[i];

    if (e->y0 > low || e->y1 < high) continue;
    PetscCall(PltGrow(s->ncrossing, sizeof *s->crossing, &s->crossing));
    s->crossing[s->ncrossing++] =
        (Crossing){EdgeAt(e, (low + high) / 2), EdgeAt(e, low), EdgeAt(e, high), e->winding};
  }
  qsort(s->crossing, (size_t)s->ncrossing, sizeof *s->crossing, CompareCrossings);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* An edge of the union; on the sides of the box it is that of the box. */
static void AddOutline(const Crossing *c, const Box *box, PetscReal height, Found *found)
{
  for (int side = 0; side < 2; side++) {
    const PetscReal x = side ? box->hi[0] : box->lo[0];

    if (PetscAbsReal(c->low - x) < same && PetscAbsReal(c->high - x) < same) return;
  }
  found->length[0] += PetscAbsReal(c->high - c->low);
  found->length[1] += height;
}

static PetscErrorCode AddSpan(Spans *s, PetscReal from, PetscReal to)
{
  PetscFunctionBegin;
  PetscCall(PltGrow(s->n, sizeof *s->x, &s->x));
  s->x[s->n][0] = from;
  s->x[s->n][1] = to;
  s->n++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscReal Length(const Spans *s)
{
  PetscReal length = 0;

  for (PetscInt i = 0; i < s->n; i++) length += s->x[i][1] - s->x[i][0];
  return length;
}

/* Length of what is in one of two lists only. */
static PetscReal Difference(const Spans *a, const Spans *b)
{
  PetscReal common = 0;

  for (PetscInt i = 0, j = 0; i < a->n && j < b->n;) {
    const PetscReal *p = a->x[i], *q = b->x[j];

    common += PetscMax(0, PetscMin(p[1], q[1]) - PetscMax(p[0], q[0]));
    if (p[1] < q[1]) i++;
    else j++;
  }
  return PetscMax(0, Length(a) + Length(b) - 2 * common);
}

/* The union in a band in which no edges cross; edges in the same place count as one, so that
   polygons may touch. */
static PetscErrorCode SweepBand(Sweep *s, const Box *box, PetscReal low, PetscReal high,
                                Found *found)
{
  PetscInt start   = 0;
  int      winding = 0;

  PetscFunctionBegin;
  PetscCall(MakeCrossings(s, low, high));
  s->foot.n = s->head.n = 0;
  for (PetscInt i = 0; i < s->ncrossing;) {
    const Crossing *c     = s->crossing;
    const PetscInt  first = i;
    const int       left  = winding;

    do winding += c[i++].winding;
    while (i < s->ncrossing && c[i].middle - c[first].middle < same);
    if (left <= 0 && winding > 0) start = first;
    if (left <= 0 || winding > 0) continue;
    found->area += (c[first].middle - c[start].middle) * (high - low);
    AddOutline(&c[start], box, high - low, found);
    AddOutline(&c[first], box, high - low, found);
    PetscCall(AddSpan(&s->foot, c[start].low, c[first].low));
    PetscCall(AddSpan(&s->head, c[start].high, c[first].high));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int CompareReals(const void *x, const void *y)
{
  const PetscReal *a = x, *b = y;

  return (*a > *b) - (*a < *b);
}

static PetscErrorCode SweepBox(Sweep *s, const PltPolygons *p, const Box *box, Found *found)
{
  PetscReal y;

  PetscFunctionBegin;
  PetscCall(MakeEdges(s, p));
  PetscCall(AddCrossings(s));
  qsort(s->y, (size_t)s->ny, sizeof *s->y, CompareReals);
  y           = box->lo[1];
  s->before.n = 0;
  for (PetscInt i = 0; i + 1 < s->ny; i++) {
    const Spans before = s->before;

    if (!(s->y[i] < s->y[i + 1])) continue;
    PetscCall(SweepBand(s, box, s->y[i], s->y[i + 1], found));
    if (s->y[i] - box->lo[1] > same) found->length[0] += Difference(&before, &s->foot);
    y         = s->y[i + 1];
    s->before = s->head;
    s->head   = before;
  }
  if (box->hi[1] - y > same) found->length[0] += Length(&s->before);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FreeSweep(Sweep *s)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(s->edge));
  PetscCall(PetscFree(s->y));
  PetscCall(PetscFree(s->crossing));
  PetscCall(PetscFree(s->foot.x));
  PetscCall(PetscFree(s->head.x));
  PetscCall(PetscFree(s->before.x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- dividing ---- */

/* Does one polygon fill the box? */
static PetscBool IsFull(const PltPolygons *p, const Box *box)
{
  const PetscReal area = (box->hi[0] - box->lo[0]) * (box->hi[1] - box->lo[1]);

  for (PetscInt i = 0; i < p->npoly; i++) {
    PetscReal(*const xy)[2] = p->xy + p->first[i];
    const PetscReal part    = PltPolygonArea(PltPolygonSize(p, i), (const PetscReal(*)[2])xy);

    if (part >= area * (1 - 1e-12) && part <= area * (1 + 1e-12)) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

/* Part of a cell. Not cut in the middle, where outlines of round sizes are, as what lies on the cut
   is no outline. Cutting ends where it does not help. */
static PetscErrorCode CoverBox(Cover *c, const PltPolygons *p, const Box *box, int depth,
                               Found *found)
{
  const int       axis = box->hi[0] - box->lo[0] < box->hi[1] - box->lo[1] ? 1 : 0;
  const PetscReal at   = box->lo[axis] + 0.48370517 * (box->hi[axis] - box->lo[axis]);
  PltPolygons     part[2];

  PetscFunctionBegin;
  if (p->npoly == 0) PetscFunctionReturn(PETSC_SUCCESS);
  if (IsFull(p, box)) {
    found->area += (box->hi[0] - box->lo[0]) * (box->hi[1] - box->lo[1]);
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (p->npoint <= SIMPLE || depth == DEPTH_MAX) {
    PetscCall(SweepBox(&c->sweep, p, box, found));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int k = 0; k < 2; k++) PetscCall(PltPolygonsCut(p, axis, at, (PetscBool)k, &part[k]));
  if (PetscMax(part[0].npoint, part[1].npoint) > 0.8 * p->npoint) {
    if (p->npoint > POINTS_MAX) c->dense = PETSC_TRUE;
    else PetscCall(SweepBox(&c->sweep, p, box, found));
  } else {
    for (int k = 0; k < 2; k++) {
      Box half = *box;

      if (k) half.lo[axis] = at;
      else half.hi[axis] = at;
      PetscCall(CoverBox(c, &part[k], &half, depth + 1, found));
    }
  }
  for (int k = 0; k < 2; k++) PetscCall(PltPolygonsFree(&part[k]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The copper of a cell by its outline. */
static void SetCell(Cover *c, PetscInt i, const Found *found)
{
  const PetscReal area = PetscMin(found->area, 1);
  const PetscReal x = found->length[0] * c->cell[0], y = found->length[1] * c->cell[1];
  PetscReal      *share = &c->raster->share[PLT_METAL_KINDS * i];

  if (c->direction) PltSharesAdd(share, c->direction, area);
  else if (area >= 1 - same || x + y <= same * (c->cell[0] + c->cell[1])) share[PLT_PLANES] = area;
  else {
    share[PLT_ALONG_X] = area * x / (x + y);
    share[PLT_ALONG_Y] = area * y / (x + y);
  }
}

/* A block of cells: lo <= cell < hi. */
static PetscErrorCode CoverBlock(Cover *c, const PltPolygons *p, const PetscInt lo[2],
                                 const PetscInt hi[2])
{
  const int   axis  = hi[0] - lo[0] < hi[1] - lo[1] ? 1 : 0;
  const Box   box   = {{lo[0], lo[1]}, {hi[0], hi[1]}};
  Found       found = {.area = 1};
  PltPolygons part;

  PetscFunctionBegin;
  if (p->npoly == 0 || c->dense) PetscFunctionReturn(PETSC_SUCCESS);
  if (IsFull(p, &box)) {
    for (PetscInt j = lo[1]; j < hi[1]; j++)
      for (PetscInt i = lo[0]; i < hi[0]; i++) SetCell(c, j * c->raster->n[0] + i, &found);
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (hi[axis] - lo[axis] == 1) {
    found.area = 0;
    PetscCall(CoverBox(c, p, &box, 0, &found));
    SetCell(c, lo[1] * c->raster->n[0] + lo[0], &found);
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int k = 0; k < 2; k++) {
    const PetscInt at      = (lo[axis] + hi[axis]) / 2;
    PetscInt       from[2] = {lo[0], lo[1]}, to[2] = {hi[0], hi[1]};

    if (k) from[axis] = at;
    else to[axis] = at;
    PetscCall(PltPolygonsCut(p, axis, (PetscReal)at, (PetscBool)k, &part));
    PetscCall(CoverBlock(c, &part, from, to));
    PetscCall(PltPolygonsFree(&part));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* To the unit of a cell, and cut to the window. */
static PetscErrorCode ToCells(const Cover *c, const PltPolygons *p, const PetscReal window[4],
                              PltPolygons *cut)
{
  PltPolygons now = {.npoly = p->npoly, .npoint = p->npoint}, next;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(p->npoly, &now.first));
  PetscCall(PetscMalloc1(p->npoint, &now.xy));
  PetscCall(PetscArraycpy(now.first, p->first, p->npoly));
  for (PetscInt i = 0; i < p->npoint; i++)
    for (int d = 0; d < 2; d++) now.xy[i][d] = (p->xy[i][d] - window[d]) / c->cell[d];
  for (int side = 0; side < 4; side++) {
    const PetscReal at = side % 2 ? (PetscReal)c->raster->n[side / 2] : 0;

    PetscCall(PltPolygonsCut(&now, side / 2, at, (PetscBool)(side % 2 == 0), &next));
    PetscCall(PltPolygonsFree(&now));
    now = next;
  }
  *cut = now;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoverCells(const PltPolygons *polygons, const PetscReal window[4], char direction,
                             PltRaster *raster, PetscBool *ok)
{
  const PetscInt zero[2] = {0, 0};
  Cover          c       = {.raster = raster, .direction = direction};
  PltPolygons    cut;

  PetscFunctionBegin;
  for (int d = 0; d < 2; d++) c.cell[d] = raster->size[d] / (PetscReal)raster->n[d];
  PetscCall(ToCells(&c, polygons, window, &cut));
  PetscCall(CoverBlock(&c, &cut, zero, raster->n));
  PetscCall(PltPolygonsFree(&cut));
  PetscCall(FreeSweep(&c.sweep));
  *ok = (PetscBool)!c.dense;
  PetscFunctionReturn(PETSC_SUCCESS);
}
