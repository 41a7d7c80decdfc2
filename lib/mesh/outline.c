/* SPDX-License-Identifier: BSD-2-Clause
   The polygon between the dies and the outline of the panel, with all nodes on it. Where sides
   of dies lie on the outline (dies flush with the edge, or cut by a symmetry plane) it goes
   around them. */
#include "mesh/footprint.h"

enum { PIECES = 4, STEPS_A_SIZE = 4 };

/* A straight line or a quarter of the rim. */
typedef struct {
  PetscReal a[2], b[2];
  PetscBool arc;
} Piece;

/* The polygon while it is drawn. */
typedef struct {
  const PltSizes *sizes;
  PetscInt        npoint, room;
  PetscReal      *xy;
  PetscBool      *middle; /* [npoint] in the middle of an edge of the coarse mesh */
  PetscInt       *next;   /* [npoint] the point that follows, -1 if it is not on the polygon */
  PetscBool      *flush;  /* [nside] sides of dies on the outline */
  PetscReal      *along;  /* [nside] those on one piece: where they begin, 0 .. 1 */
  PetscInt       *side;   /* [nside] and which they are */
} Drawing;

static PetscErrorCode AddPoint(Drawing *d, const PetscReal xy[2], PetscBool middle, PetscInt *point)
{
  PetscFunctionBegin;
  if (d->npoint == d->room) {
    d->room = 2 * d->room + 64;
    PetscCall(PetscRealloc(sizeof *d->xy * 2 * (size_t)d->room, &d->xy));
    PetscCall(PetscRealloc(sizeof *d->next * (size_t)d->room, &d->next));
    PetscCall(PetscRealloc(sizeof *d->middle * (size_t)d->room, &d->middle));
  }
  PetscCall(PetscArraycpy(&d->xy[2 * d->npoint], xy, 2));
  d->next[d->npoint]   = -1;
  d->middle[d->npoint] = middle;
  *point               = d->npoint++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode RaiseTouch(const PetscReal xy[2])
{
  SETERRQ(
      PETSC_COMM_SELF, PLT_ERR_MESH,
      "a die touches another one or the outline of the panel at its corner (%.6g mm, %.6g mm): the "
      "free mesh takes dies that lie apart or share whole sides; try 'method: mapped'",
      (double)(xy[0] * 1e3), (double)(xy[1] * 1e3));
}

static PetscErrorCode Join(Drawing *d, PetscInt p, PetscInt q)
{
  PetscFunctionBegin;
  if (d->next[p] >= 0) PetscCall(RaiseTouch(&d->xy[2 * p]));
  d->next[p] = q;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the outline of the panel, counter-clockwise ---- */
static void SetPiece(const PetscReal a[2], const PetscReal b[2], PetscBool arc, Piece *piece)
{
  for (PetscInt k = 0; k < 2; k++) {
    piece->a[k] = a[k];
    piece->b[k] = b[k];
  }
  piece->arc = arc;
}

static PetscInt PiecesOf(PltProject project, Piece piece[PIECES])
{
  const PltWindow w         = PltWindowOf(project);
  const PetscReal r         = w.upper[0];
  const PetscReal rim[4][2] = {{r, 0}, {0, r}, {-r, 0}, {0, -r}}, centre[2] = {0, 0};
  const PetscReal box[4][2] = {{w.lower[0], w.lower[1]},
                               {w.upper[0], w.lower[1]},
                               {w.upper[0], w.upper[1]},
                               {w.lower[0], w.upper[1]}};
  const PetscInt  first     = project->symmetry == PLT_SYMMETRY_HALF_X ? 3 : 0;
  PetscInt        narc      = 4;

  if (!project->round) {
    for (PetscInt i = 0; i < 4; i++) SetPiece(box[i], box[(i + 1) % 4], PETSC_FALSE, &piece[i]);
    return 4;
  }
  for (PetscInt k = 0; k < 2; k++)
    if (PltIsMirrored(project, k)) narc /= 2;
  for (PetscInt i = 0; i < narc; i++)
    SetPiece(rim[(first + i) % 4], rim[(first + i + 1) % 4], PETSC_TRUE, &piece[i]);
  if (narc == 4) return 4;
  if (narc == 2) {
    SetPiece(rim[(first + 2) % 4], rim[first], PETSC_FALSE, &piece[2]);
    return 3;
  }
  SetPiece(rim[1], centre, PETSC_FALSE, &piece[1]);
  SetPiece(centre, rim[0], PETSC_FALSE, &piece[2]);
  return 3;
}

static PetscReal LengthOf(const Piece *p)
{
  const PetscReal r = PetscSqrtReal(PetscSqr(p->a[0]) + PetscSqr(p->a[1]));

  if (p->arc) return 0.5 * PETSC_PI * r;
  return PetscSqrtReal(PetscSqr(p->b[0] - p->a[0]) + PetscSqr(p->b[1] - p->a[1]));
}

/* The place at t = 0 .. 1 along a piece. */
static void PlaceOn(const Piece *p, PetscReal t, PetscReal xy[2])
{
  const PetscReal angle = 0.5 * PETSC_PI * t;

  for (PetscInt k = 0; k < 2; k++)
    xy[k] = p->arc ? PetscCosReal(angle) * p->a[k] + PetscSinReal(angle) * p->b[k]
                   : p->a[k] + t * (p->b[k] - p->a[k]);
}

/* Does a point lie on a piece, and for straight ones where? */
static PetscBool IsOn(const Piece *p, const PetscReal xy[2], PetscReal *t)
{
  const PetscReal length = LengthOf(p);
  const PetscReal d[2]   = {(p->b[0] - p->a[0]) / length, (p->b[1] - p->a[1]) / length};
  const PetscReal x = xy[0] - p->a[0], y = xy[1] - p->a[1];
  const PetscReal s = x * d[0] + y * d[1];

  *t = s / length;
  if (p->arc)
    return PetscAbsReal(PetscSqrtReal(xy[0] * xy[0] + xy[1] * xy[1]) -
                        PetscMax(PetscAbsReal(p->a[0]), PetscAbsReal(p->a[1]))) < PLT_SAME_PLACE;
  return PetscAbsReal(x * d[1] - y * d[0]) < PLT_SAME_PLACE && s > -PLT_SAME_PLACE &&
         s < length + PLT_SAME_PLACE;
}

/* ---- nodes on the outline ---- */
/* n - 1 nodes between points p and q, at equal shares of sum[nstep + 1], the integral of 1 / size
   over equal steps from t[0] to t[1] of a piece. */
static PetscErrorCode Place(Drawing *d, const Piece *piece, const PetscReal t[2],
                            const PetscInt ends[2], PetscInt nstep, const PetscReal sum[])
{
  const PetscInt n = 2 * PetscMax(1, (PetscInt)PetscCeilReal(0.5 * sum[nstep] - 1e-6));
  PetscInt       p = ends[0], step = 0, point;

  PetscFunctionBegin;
  for (PetscInt i = 1; i < n; i++) {
    const PetscReal goal = sum[nstep] * (PetscReal)i / (PetscReal)n;
    PetscReal       at, xy[2];

    while (sum[step + 1] < goal) step++;
    at = (PetscReal)step + (goal - sum[step]) / (sum[step + 1] - sum[step]);
    PlaceOn(piece, t[0] + (t[1] - t[0]) * at / (PetscReal)nstep, xy);
    PetscCall(AddPoint(d, xy, i % 2 ? PETSC_TRUE : PETSC_FALSE, &point));
    PetscCall(Join(d, p, point));
    p = point;
  }
  PetscCall(Join(d, p, ends[1]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Nodes between two points at t[0] and t[1] of a piece, as far apart as the size there asks for; an
   even number of elements. */
static PetscErrorCode Divide(Drawing *d, const Piece *piece, const PetscReal t[2],
                             const PetscInt ends[2])
{
  const PetscReal length = LengthOf(piece) * (t[1] - t[0]);
  const PetscReal near   = d->sizes->grading.near;
  const PetscInt  nstep  = 8 + (PetscInt)PetscMin(STEPS_A_SIZE * length / near, 4e6);
  PetscErrorCode  code;
  PetscReal      *sum, xy[2];

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(nstep + 1, &sum));
  sum[0] = 0;
  for (PetscInt i = 0; i < nstep; i++) {
    PlaceOn(piece, t[0] + (t[1] - t[0]) * ((PetscReal)i + 0.5) / (PetscReal)nstep, xy);
    sum[i + 1] = sum[i] + length / (PetscReal)nstep / PltSizesAt(d->sizes, xy);
  }
  code = Place(d, piece, t, ends, nstep, sum);
  PetscCall(PetscFree(sum));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Sides of dies that lie on a straight piece, in order along it. */
static PetscErrorCode FindFlush(Drawing *d, const PltBlocks *b, const Piece *piece, PetscInt *n)
{
  PetscReal end;

  PetscFunctionBegin;
  *n = 0;
  for (PetscInt s = 0; s < b->nside && !piece->arc; s++) {
    if (!IsOn(piece, &d->xy[2 * b->side[s][1]], &end)) continue;
    if (!IsOn(piece, &d->xy[2 * b->side[s][0]], &d->along[*n])) continue;
    d->flush[s]     = PETSC_TRUE;
    d->side[(*n)++] = s;
  }
  PetscCall(PetscSortRealWithArrayInt(*n, d->along, d->side));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The part of a piece that no die lies on. */
static PetscErrorCode DrawPiece(Drawing *d, const PltBlocks *b, const Piece *piece,
                                const PetscInt corner[2])
{
  const PetscReal shortest = PLT_SAME_PLACE / LengthOf(piece);
  PetscReal       t[2]     = {0, 0};
  PetscInt        n, ends[2] = {corner[0], corner[1]};

  PetscFunctionBegin;
  PetscCall(FindFlush(d, b, piece, &n));
  for (PetscInt i = 0; i < n; i++) {
    const PetscInt *side = b->side[d->side[i]];

    t[1]    = d->along[i];
    ends[1] = side[0];
    if (t[1] - t[0] > shortest) PetscCall(Divide(d, piece, t, ends));
    ends[0] = side[1];
    (void)IsOn(piece, &d->xy[2 * side[1]], &t[0]);
  }
  t[1]    = 1;
  ends[1] = corner[1];
  if (t[1] - t[0] > shortest) PetscCall(Divide(d, piece, t, ends));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A corner of a die that lies on the outline without a side of it: no polygon. */
static PetscErrorCode CheckTouching(const Drawing *d, const PltBlocks *b, PetscInt npiece,
                                    const Piece piece[])
{
  PetscInt   touching = -1;
  PetscBool *good;
  PetscReal  t;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(b->f.nvert, &good));
  for (PetscInt s = 0; s < b->nside; s++)
    for (PetscInt k = 0; k < 2; k++)
      if (d->flush[s]) good[b->side[s][k]] = PETSC_TRUE;
  for (PetscInt s = 0; s < b->nside; s++) {
    const PetscInt v = b->side[s][0];

    for (PetscInt i = 0; i < npiece; i++)
      if (!good[v] && IsOn(&piece[i], &d->xy[2 * v], &t)) touching = v;
  }
  PetscCall(PetscFree(good));
  if (touching >= 0) PetscCall(RaiseTouch(&d->xy[2 * touching]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode DrawOutline(Drawing *d, PltProject project, const PltBlocks *b)
{
  Piece    piece[PIECES];
  PetscInt corner[PIECES + 1], n = PiecesOf(project, piece), nflush;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < n; i++) {
    PetscCall(AddPoint(d, piece[i].a, PETSC_FALSE, &corner[i]));
    PetscCall(FindFlush(d, b, &piece[i], &nflush));
  }
  corner[n] = corner[0];
  PetscCall(CheckTouching(d, b, n, piece));
  for (PetscInt i = 0; i < n; i++) PetscCall(DrawPiece(d, b, &piece[i], &corner[i]));
  for (PetscInt s = 0; s < b->nside; s++)
    if (!d->flush[s]) PetscCall(Join(d, b->side[s][1], b->side[s][0]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPolygonCreate(PltProject project, const PltBlocks *b, const PltSizes *sizes,
                                PltPolygon *polygon)
{
  Drawing        d = {.sizes = sizes, .npoint = b->f.nvert, .room = b->f.nvert};
  PetscErrorCode code;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(2 * d.room, &d.xy));
  PetscCall(PetscMalloc1(d.room, &d.next));
  PetscCall(PetscMalloc1(d.room, &d.middle));
  PetscCall(PetscCalloc3(b->nside, &d.flush, b->nside, &d.along, b->nside, &d.side));
  PetscCall(PetscArraycpy(d.xy, b->f.xy, 2 * d.npoint));
  PetscCall(PetscArraycpy(d.middle, b->middle, d.npoint));
  for (PetscInt p = 0; p < d.npoint; p++) d.next[p] = -1;
  code            = DrawOutline(&d, project, b);
  polygon->npoint = d.npoint;
  polygon->xy     = d.xy;
  if (!code) code = PltLoopsCreate(d.next, d.middle, polygon);
  PetscCall(PetscFree3(d.flush, d.along, d.side));
  PetscCall(PetscFree(d.next));
  PetscCall(PetscFree(d.middle));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPolygonDestroy(PltPolygon *polygon)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(polygon->xy));
  PetscCall(PetscFree(polygon->start));
  PetscCall(PetscFree(polygon->point));
  PetscCall(PetscFree(polygon->outer));
  PetscFunctionReturn(PETSC_SUCCESS);
}
