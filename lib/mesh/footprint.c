/* SPDX-License-Identifier: BSD-2-Clause
   The footprint: which method makes it, which dies share a region, its order and its checksum. */
#include <stdlib.h>
#include <xxhash.h>
#include "mesh/footprint.h"

PetscBool PltIsMirrored(PltProject project, PetscInt axis)
{
  const PltSymmetry half = axis == 0 ? PLT_SYMMETRY_HALF_X : PLT_SYMMETRY_HALF_Y;

  return project->symmetry == half || project->symmetry == PLT_SYMMETRY_QUARTER ? PETSC_TRUE
                                                                                : PETSC_FALSE;
}

PltWindow PltWindowOf(PltProject project)
{
  PltWindow window;

  for (PetscInt k = 0; k < 2; k++) {
    window.upper[k] = 0.5 * project->size[k];
    window.lower[k] = PltIsMirrored(project, k) ? 0 : -window.upper[k];
  }
  return window;
}

/* Sorted by x, the dies that may have the same outline are close together. */
PetscErrorCode PltFootprintRegions(PltProject project, PetscInt region[])
{
  const PetscInt n = project->ndie;
  PetscReal     *x;
  PetscInt      *die;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(n, &x, n, &die));
  for (PetscInt i = 0; i < n; i++) {
    x[i]      = project->die[i].x;
    die[i]    = i;
    region[i] = 1 + i;
  }
  PetscCall(PetscSortRealWithArrayInt(n, x, die));
  for (PetscInt i = 0; i < n; i++) {
    for (PetscInt j = i + 1; j < n && x[j] - x[i] <= PLT_SAME_PLACE; j++) {
      PetscInt *a = &region[die[i]], *b = &region[die[j]];

      if (*a == *b || !PltDieSameOutline(&project->die[die[i]], &project->die[die[j]])) continue;
      *a = *b = PetscMin(*a, *b);
    }
  }
  for (PetscInt i = 0; i < n; i++) region[i] = region[region[i] - 1];
  PetscCall(PetscFree2(x, die));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltRegionName(PltProject project, PetscInt region, const char **prefix, const char **name)
{
  *prefix = region == PLT_FILL ? "" : "die:";
  *name   = region == PLT_FILL ? "fill" : project->die[region - 1].id;
}

PetscErrorCode PltFootprintAllocate(PetscInt nvert, PetscInt nquad, PltFootprint *f)
{
  PetscFunctionBegin;
  f->nvert = nvert;
  f->nquad = nquad;
  PetscCall(PetscMalloc1(2 * nvert, &f->xy));
  PetscCall(PetscMalloc1(4 * nquad, &f->quad));
  PetscCall(PetscCalloc1(nquad, &f->region));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintDestroy(PltFootprint *f)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(f->xy));
  PetscCall(PetscFree(f->quad));
  PetscCall(PetscFree(f->region));
  f->nvert = f->nquad = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Make(PltProject project, PltFootprint *f)
{
  PetscErrorCode code = 0;
  PetscInt      *region;

  PetscFunctionBegin;
  PetscCheck(project->size[0] > 0 && project->size[1] > 0, PETSC_COMM_SELF, PLT_ERR_MESH,
             "the panel has no size");
  PetscCheck(project->mesh_size > 0 || project->mesh_method == PLT_MESH_FILE, PETSC_COMM_SELF,
             PLT_ERR_MESH, "the mesh size is %.6g mm, must be positive",
             (double)(project->mesh_size * 1e3));
  PetscCall(PetscMalloc1(project->ndie, &region));
  PetscCall(PltFootprintRegions(project, region));
  switch (project->mesh_method) {
  case PLT_MESH_MAPPED:
    code = PltFootprintMapped(project, region, f);
    break;
  case PLT_MESH_FREE:
    code = PltFootprintFree(project, region, f);
    break;
  case PLT_MESH_FILE:
    code = PltFootprintFile(project, region, f);
    break;
  }
  PetscCall(PetscFree(region));
  PetscCall(code);
  PetscCall(PltFootprintCheck(project, f));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintCreate(PltProject project, PltFootprint *footprint)
{
  PltFootprint   f = {0, 0, NULL, NULL, NULL};
  PetscErrorCode code;

  PetscFunctionBegin;
  code = Make(project, &f);
  if (code) (void)PltFootprintDestroy(&f);
  PetscCall(code);
  *footprint = f;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintNeedFew(PltProject project, PetscReal nquad)
{
  const PltGrading g = PltGradingOf(project);

  PetscFunctionBegin;
  PetscCheck(nquad <= PLT_QUADS_MAX, PETSC_COMM_SELF, PLT_ERR_MESH,
             "the mesh would have more than %d million quads: make its %s larger than %.6g mm",
             PLT_QUADS_MAX / 1000000, g.near < g.far ? "size at dies ('dies')" : "'size'",
             (double)(g.near * 1e3));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscReal PltFootprintArea(const PltFootprint *f)
{
  PetscReal area = 0;

  for (PetscInt q = 0; q < f->nquad; q++) {
    const PetscReal *a = &f->xy[2 * f->quad[4 * q]], *b = &f->xy[2 * f->quad[4 * q + 1]];
    const PetscReal *c = &f->xy[2 * f->quad[4 * q + 2]], *d = &f->xy[2 * f->quad[4 * q + 3]];

    area += 0.5 * ((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1]));
  }
  return area;
}

void PltFootprintFaceUp(PltFootprint *f)
{
  for (PetscInt q = 0; q < f->nquad; q++) {
    PetscInt          *v    = &f->quad[4 * q];
    const PltFootprint one  = {f->nvert, 1, f->xy, v, NULL};
    const PetscInt     a    = v[0];
    const PetscInt     with = v[3] == v[2] ? 1 : 2; /* keeps the mark of a triangle */

    if (PltFootprintArea(&one) >= 0) continue;
    v[0]    = v[with];
    v[with] = a;
  }
}

unsigned long long PltFootprintChecksum(const PltFootprint *f)
{
  const PetscInt     size[2] = {f->nvert, f->nquad};
  unsigned long long sum     = XXH3_64bits(size, sizeof size);

  sum = XXH3_64bits_withSeed(f->xy, sizeof *f->xy * 2 * (size_t)f->nvert, sum);
  sum = XXH3_64bits_withSeed(f->quad, sizeof *f->quad * 4 * (size_t)f->nquad, sum);
  return XXH3_64bits_withSeed(f->region, sizeof *f->region * (size_t)f->nquad, sum);
}

/* ---- order ---- */
typedef struct {
  PetscInt  row, item;
  PetscReal x;
} Place;

static int ComparePlaces(const void *a, const void *b)
{
  const Place *p = (const Place *)a, *q = (const Place *)b;

  if (p->row != q->row) return p->row < q->row ? -1 : 1;
  if (p->x < q->x) return -1;
  if (p->x > q->x) return 1;
  return (p->item > q->item) - (p->item < q->item);
}

static Place PlaceOf(PetscInt item, const PetscReal xy[2], PetscReal row)
{
  Place place = {.row = (PetscInt)PetscFloorReal(xy[1] / row + 1e-6), .item = item, .x = xy[0]};

  return place;
}

/* order[new] = old; vertices without quads come last and are not counted in *nvert. */
static PetscErrorCode SortVertices(PetscReal row, const PltFootprint *f, PetscInt *nvert,
                                   Place order[])
{
  PetscBool *used;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(f->nvert, &used));
  for (PetscInt i = 0; i < 4 * f->nquad; i++) used[f->quad[i]] = PETSC_TRUE;
  *nvert = 0;
  for (PetscInt v = 0; v < f->nvert; v++) {
    order[v] = PlaceOf(v, &f->xy[2 * v], row);
    if (used[v]) (*nvert)++;
    else order[v].row = PETSC_MAX_INT;
  }
  qsort(order, (size_t)f->nvert, sizeof *order, ComparePlaces);
  PetscCall(PetscFree(used));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SortQuads(PetscReal row, const PltFootprint *f, Place order[])
{
  PetscFunctionBegin;
  for (PetscInt q = 0; q < f->nquad; q++) {
    PetscReal centre[2] = {0, 0};

    for (PetscInt a = 0; a < 8; a++)
      centre[a % 2] += 0.25 * f->xy[2 * f->quad[4 * q + a / 2] + a % 2];
    order[q] = PlaceOf(q, centre, row);
  }
  qsort(order, (size_t)f->nquad, sizeof *order, ComparePlaces);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintSort(PetscReal row, PltFootprint *f)
{
  PltFootprint sorted;
  Place       *vert, *quad;
  PetscInt    *number, nvert = 0;

  PetscFunctionBegin;
  PetscCall(PetscMalloc3(f->nvert, &vert, f->nquad, &quad, f->nvert, &number));
  PetscCall(SortVertices(row, f, &nvert, vert));
  PetscCall(SortQuads(row, f, quad));
  PetscCall(PltFootprintAllocate(nvert, f->nquad, &sorted));
  for (PetscInt v = 0; v < nvert; v++) {
    number[vert[v].item] = v;
    PetscCall(PetscArraycpy(&sorted.xy[2 * v], &f->xy[2 * vert[v].item], 2));
  }
  for (PetscInt q = 0; q < f->nquad; q++) {
    for (PetscInt a = 0; a < 4; a++) sorted.quad[4 * q + a] = number[f->quad[4 * quad[q].item + a]];
    sorted.region[q] = f->region[quad[q].item];
  }
  PetscCall(PetscFree3(vert, quad, number));
  PetscCall(PltFootprintDestroy(f));
  *f = sorted;
  PetscFunctionReturn(PETSC_SUCCESS);
}
