/* SPDX-License-Identifier: BSD-2-Clause
   A map where it lies on the panel, and the mean of its cells over a polygon.

   The mean is exact. With F(x, y) the integral of a share from the left end of its row of cells up
   to x, Green's theorem makes the integral over a polygon a sum over its edges of F dy. In a row F
   is piecewise linear in x, so a sum over the cells an edge crosses is exact, from sums of each row
   that are made once. An edge gives the same number, with the other sign, to the two quads that
   share it: it is always gone along upwards. So quads that tile an area lose nothing.

   Where a map repeats, its middles are sorted into bins; a map reaches no farther than half its
   diagonal. A die that is turned turns its map, and the directions with it: by an angle t, traces
   along x count cos2 t along x and sin2 t along y. */
#include "panel/internal.h"

enum { AREA = PLT_METAL_KINDS, NSUM }; /* what is integrated: the shares, and 1 */

/* ---- places and their bins ---- */

static void AddPlace(PltPlaced *p, PetscReal x, PetscReal y, PetscReal cosine, PetscReal sine)
{
  const PetscReal dx = p->map->given.x, dy = p->map->given.y;

  p->place[p->nplace++] =
      (PltMapPlace){{x + cosine * dx - sine * dy, y + sine * dx + cosine * dy}, cosine, sine};
}

static PetscErrorCode PlaceAtDies(PltProject project, PltPlaced *p)
{
  const PetscInt ply = PltProjectFindPly(project, p->map->given.ply);

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(project->ndie, &p->place));
  for (PetscInt i = 0; i < project->ndie; i++) {
    const PltDie *die = &project->die[i];

    if (ply >= 0 ? die->ply != ply : project->twins && !PltDieIsFirst(project, i)) continue;
    AddPlace(p, die->x, die->y, PetscCosReal(die->angle), PetscSinReal(die->angle));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakePlaces(PltProject project, PltPlaced *p)
{
  const PltTracesMap *m = &p->map->given;

  PetscFunctionBegin;
  if (m->repeat == PLT_REPEAT_DIES) {
    PetscCall(PlaceAtDies(project, p));
  } else if (m->repeat == PLT_REPEAT_ARRAY) {
    PetscCall(PetscMalloc1(m->count[0] * m->count[1], &p->place));
    for (int j = 0; j < m->count[1]; j++)
      for (int i = 0; i < m->count[0]; i++)
        AddPlace(p, (i - 0.5 * (m->count[0] - 1)) * m->step[0],
                 (j - 0.5 * (m->count[1] - 1)) * m->step[1], 1, 0);
  } else {
    PetscCall(PetscMalloc1(1, &p->place));
    AddPlace(p, 0, 0, 1, 0);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscInt PltPlacedBin(const PltPlaced *p, int d, PetscReal x)
{
  const PetscReal i = (x - p->lower[d]) / p->width[d];

  if (!(i > 0)) return 0;
  return i < (PetscReal)p->n[d] ? (PetscInt)i : p->n[d] - 1;
}

static PetscInt BinOfPlace(const PltPlaced *p, const PltMapPlace *place)
{
  return PltPlacedBin(p, 1, place->at[1]) * p->n[0] + PltPlacedBin(p, 0, place->at[0]);
}

/* Bins at least as wide as a map reaches, and about as many as places. */
static void ChooseBins(PltPlaced *p)
{
  const PetscInt most = (PetscInt)PetscSqrtReal((PetscReal)p->nplace) + 1;

  for (int d = 0; d < 2; d++) {
    PetscReal lower = p->nplace ? p->place[0].at[d] : 0, upper = lower;

    for (PetscInt i = 0; i < p->nplace; i++) {
      lower = PetscMin(lower, p->place[i].at[d]);
      upper = PetscMax(upper, p->place[i].at[d]);
    }
    p->lower[d] = lower;
    p->n[d]     = (PetscInt)PetscMin((upper - lower) / p->reach + 1, (PetscReal)most);
    p->width[d] = PetscMax((upper - lower) / (PetscReal)p->n[d], p->reach);
  }
}

static PetscErrorCode SortPlaces(PltPlaced *p)
{
  PltMapPlace *sorted;
  PetscInt     nbin, *next;

  PetscFunctionBegin;
  ChooseBins(p);
  nbin = p->n[0] * p->n[1];
  PetscCall(PetscCalloc1(nbin + 1, &p->start));
  PetscCall(PetscMalloc1(nbin + 1, &next));
  PetscCall(PetscMalloc1(p->nplace, &sorted));
  for (PetscInt i = 0; i < p->nplace; i++) p->start[BinOfPlace(p, &p->place[i]) + 1]++;
  for (PetscInt b = 0; b < nbin; b++) p->start[b + 1] += p->start[b];
  PetscCall(PetscArraycpy(next, p->start, nbin + 1));
  for (PetscInt i = 0; i < p->nplace; i++)
    sorted[next[BinOfPlace(p, &p->place[i])]++] = p->place[i];
  PetscCall(PetscFree(next));
  PetscCall(PetscFree(p->place));
  p->place = sorted;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- create, destroy ---- */

static PetscErrorCode SumRows(const PltRaster *r, PetscReal **sum)
{
  const PetscInt n = r->n[0], width = (n + 1) * PLT_METAL_KINDS;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(width * r->n[1], sum));
  for (PetscInt j = 0; j < r->n[1]; j++) {
    PetscReal       *s     = *sum + width * j;
    const PetscReal *share = r->share + PLT_METAL_KINDS * n * j;

    for (PetscInt k = 0; k < PLT_METAL_KINDS; k++) s[k] = 0;
    for (PetscInt i = 0; i < PLT_METAL_KINDS * n; i++) s[i + PLT_METAL_KINDS] = s[i] + share[i];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPlacedCreate(PltProject project, const PltMap *map, PltPlaced *placed)
{
  const PetscReal *size = map->raster.size;

  PetscFunctionBegin;
  *placed = (PltPlaced){.map = map};
  if (map->given.kind == PLT_MAP_REGIONS) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCheck(PltMapIsLoaded(map), PETSC_COMM_SELF, PLT_ERR_INTERNAL, "the map of '%s' is not read",
             map->material->name);
  PltSharesAdd(placed->outside, map->given.direction, map->given.outside);
  placed->reach = PetscSqrtReal(size[0] * size[0] + size[1] * size[1]) / 2;
  PetscCall(SumRows(&map->raster, &placed->sum));
  PetscCall(MakePlaces(project, placed));
  PetscCall(SortPlaces(placed));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPlacedDestroy(PltPlaced *placed)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(placed->sum));
  PetscCall(PetscFree(placed->place));
  PetscCall(PetscFree(placed->start));
  *placed = (PltPlaced){.map = NULL};
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- integrals, in cells: the map is [0, n0] x [0, n1] ---- */

/* Add the integral of F over dy along a piece of an edge inside one row, from x0 to x1. F is
   constant beyond the ends of the row. */
static void AddPiece(const PltRaster *r, const PetscReal *row, PetscReal x0, PetscReal x1,
                     PetscReal dy, PetscReal sum[NSUM])
{
  const PetscReal n = (PetscReal)r->n[0], lo = PetscMin(x0, x1), hi = PetscMax(x0, x1);
  PetscReal       x = lo;

  do {
    const PetscReal left = PetscFloorReal(x);
    const PetscReal next = x >= n ? hi : PetscMin(hi, x < 0 ? 0 : left + 1);
    const PetscReal part = hi > lo ? dy * ((next - x) / (hi - lo)) : dy;
    const PetscReal mid  = PetscMax(0, PetscMin((x + next) / 2, n));
    const PetscInt  i    = PetscMin((PetscInt)mid, r->n[0] - 1);
    const PetscReal t    = mid - (PetscReal)i;

    for (int k = 0; k < PLT_METAL_KINDS; k++) {
      const PetscReal *s = row + PLT_METAL_KINDS * i + k;

      sum[k] += part * (s[0] + t * (s[PLT_METAL_KINDS] - s[0]));
    }
    sum[AREA] += part * mid;
    x = next;
  } while (x < hi);
}

/* Add that along an edge, row by row and always upwards. */
static void AddEdge(const PltPlaced *p, const PetscReal from[2], const PetscReal to[2],
                    PetscReal sum[NSUM])
{
  const PltRaster *r    = &p->map->raster;
  const PetscBool  down = (PetscBool)(to[1] < from[1]);
  const PetscReal *a = down ? to : from, *b = down ? from : to;
  const PetscReal  top        = PetscMin(b[1], (PetscReal)r->n[1]);
  PetscReal        edge[NSUM] = {0}, y = PetscMax(a[1], 0);

  if (y >= top) return;
  for (PetscInt j = (PetscInt)y; y < top; j++) {
    const PetscReal end   = PetscMin((PetscReal)(j + 1), top);
    const PetscReal slope = (b[0] - a[0]) / (b[1] - a[1]);

    AddPiece(r, p->sum + (PetscInt64)(r->n[0] + 1) * PLT_METAL_KINDS * j, a[0] + slope * (y - a[1]),
             a[0] + slope * (end - a[1]), end - y, edge);
    y = end;
  }
  for (int k = 0; k < NSUM; k++) sum[k] += down ? -edge[k] : edge[k];
}

/* Integrals over a quad of the map at one place, m2 and in the directions of the panel. */
static void AddPlaceTo(const PltPlaced *p, const PltMapPlace *place, const PetscReal corner[4][2],
                       PetscReal integral[NSUM])
{
  const PltRaster *r = &p->map->raster;
  const PetscReal  c = place->cosine, s = place->sine;
  const PetscReal  cell[2] = {r->size[0] / (PetscReal)r->n[0], r->size[1] / (PetscReal)r->n[1]};
  const PetscReal  area    = cell[0] * cell[1];
  PetscReal        local[4][2], sum[NSUM] = {0};

  for (int k = 0; k < 4; k++) {
    const PetscReal x = corner[k][0] - place->at[0], y = corner[k][1] - place->at[1];

    local[k][0] = (c * x + s * y + r->size[0] / 2) / cell[0];
    local[k][1] = (-s * x + c * y + r->size[1] / 2) / cell[1];
  }
  for (int k = 0; k < 4; k++) AddEdge(p, local[k], local[(k + 1) % 4], sum);
  integral[PLT_ALONG_X] += area * (c * c * sum[PLT_ALONG_X] + s * s * sum[PLT_ALONG_Y]);
  integral[PLT_ALONG_Y] += area * (s * s * sum[PLT_ALONG_X] + c * c * sum[PLT_ALONG_Y]);
  integral[PLT_PLANES] += area * sum[PLT_PLANES];
  integral[AREA] += area * sum[AREA];
}

static PetscReal AreaOf(const PetscReal corner[4][2])
{
  const PetscReal ux = corner[2][0] - corner[0][0], uy = corner[2][1] - corner[0][1];
  const PetscReal vx = corner[3][0] - corner[1][0], vy = corner[3][1] - corner[1][1];

  return (ux * vy - uy * vx) / 2;
}

/* Over all places whose map may touch the quad. */
static void Integrate(const PltPlaced *p, const PetscReal corner[4][2], PetscReal integral[NSUM])
{
  PetscInt first[2], last[2];

  for (int d = 0; d < 2; d++) {
    PetscReal lower = corner[0][d], upper = lower;

    for (int k = 1; k < 4; k++) {
      lower = PetscMin(lower, corner[k][d]);
      upper = PetscMax(upper, corner[k][d]);
    }
    first[d] = PltPlacedBin(p, d, lower - 1.001 * p->reach);
    last[d]  = PltPlacedBin(p, d, upper + 1.001 * p->reach);
  }
  for (PetscInt j = first[1]; j <= last[1]; j++)
    for (PetscInt i = first[0]; i <= last[0]; i++) {
      const PetscInt bin = j * p->n[0] + i;

      for (PetscInt k = p->start[bin]; k < p->start[bin + 1]; k++)
        AddPlaceTo(p, &p->place[k], corner, integral);
    }
}

void PltPlacedMean(const PltPlaced *placed, PetscInt region, const PetscReal corner[4][2],
                   PetscReal weight[PLT_PLACE_WEIGHTS])
{
  const PltTracesMap *given          = &placed->map->given;
  const PetscReal     area           = AreaOf(corner);
  PetscReal           integral[NSUM] = {0};

  if (given->kind == PLT_MAP_REGIONS) {
    PltSharesAdd(integral, given->direction, region == PLT_FILL ? given->fill : given->dies);
    for (int k = 0; k < PLT_METAL_KINDS; k++) weight[k] = integral[k];
  } else {
    Integrate(placed, corner, integral);
    for (int k = 0; k < PLT_METAL_KINDS; k++)
      weight[k] = (integral[k] + placed->outside[k] * (area - integral[AREA])) / area;
  }
  weight[PLT_BARE] = 1 - weight[PLT_ALONG_X] - weight[PLT_ALONG_Y] - weight[PLT_PLANES];
}
