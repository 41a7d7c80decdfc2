/* SPDX-License-Identifier: BSD-2-Clause
   The free footprint: rectangle or disk with dies in any position. Dies are even grids of quads
   of the size at dies; Gmsh meshes what lies between them. */
#include "mesh/footprint.h"

/* Three sweeps raise the worst scaled Jacobian from 0.2 to 0.35 .. 0.6; ten hardly do more. */
enum { SWEEPS = 5 };

/* Expected number of quads: dies evenly, the rest by the area over the size squared. Around a
   die the size grows linearly over the reach; the integral of 1/size^2 there, less the far one,
   is in closed form if reaches do not overlap, and an upper bound if they do. */
static PetscReal Estimate(PltProject project, const PetscInt region[], const PltSizes *sizes)
{
  const PetscReal near = sizes->grading.near, far = sizes->grading.far;
  const PetscReal slope = sizes->reach > 0 ? (far - near) / sizes->reach : 0;
  const PetscReal ring  = slope > 0 ? (1 / near - 1 / far) / slope - sizes->reach / (far * far)
                                    : 0; /* a metre of side */
  PetscReal       area = project->size[0] * project->size[1], n = 0;

  for (PetscInt d = 0; d < project->ndie; d++) {
    const PltDie *die = &project->die[d];

    if (region[d] != d + 1) continue;
    n += die->width * die->height / (near * near) + 2 * (die->width + die->height) * ring;
    area -= die->width * die->height;
  }
  n += PetscMax(area, 0) / (far * far);
  for (PetscInt k = 0; k < 2; k++)
    if (PltIsMirrored(project, k)) n /= 2;
  return n;
}

/* Area between the loops, of the coarse nodes. */
static PetscReal AreaOf(const PltPolygon *polygon)
{
  PetscReal area = 0;

  for (PetscInt l = 0; l < polygon->nloop; l++) {
    const PetscInt *p = &polygon->point[polygon->start[l]];
    const PetscInt  n = polygon->start[l + 1] - polygon->start[l];

    for (PetscInt i = 0; i < n; i += 2) {
      const PetscReal *a = &polygon->xy[2 * p[i]], *b = &polygon->xy[2 * p[(i + 2) % n]];

      area += 0.5 * (a[0] * b[1] - b[0] * a[1]);
    }
  }
  return area;
}

/* Folded faces, turned over, count too much area. */
static PetscBool IsFolded(const PltPolygon *polygon, const PltFootprint *coarse)
{
  const PetscReal area = AreaOf(polygon);

  return PetscAbsReal(PltFootprintArea(coarse) - area) > 1e-9 * area ? PETSC_TRUE : PETSC_FALSE;
}

/* With less and less effort until the coarse mesh is not folded; that of triangles never is. */
static PetscErrorCode FillCoarsely(const PltPolygon *polygon, const PltSizes *sizes,
                                   PltFootprint *coarse)
{
  PetscFunctionBegin;
  for (PetscInt effort = 2; effort >= 0; effort--) {
    PetscCall(PltFootprintDestroy(coarse));
    PetscCall(PltGmshFill(polygon, sizes, effort, coarse));
    if (!IsFolded(polygon, coarse)) break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Quads between the dies; none if dies cover the panel. */
static PetscErrorCode FillPolygon(const PltPolygon *polygon, const PltSizes *sizes,
                                  PltFootprint *fill)
{
  PltFootprint   coarse = {.nvert = 0};
  PetscErrorCode code;

  PetscFunctionBegin;
  if (polygon->nloop == 0) {
    PetscCall(PltFootprintAllocate(polygon->npoint, 0, fill));
    PetscCall(PetscArraycpy(fill->xy, polygon->xy, 2 * polygon->npoint));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  code = FillCoarsely(polygon, sizes, &coarse);
  if (!code) code = PltSubdivide(polygon, &coarse, fill);
  PetscCall(PltFootprintDestroy(&coarse));
  PetscCall(code);
  PetscCall(PltSmooth(polygon->npoint, SWEEPS, fill));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The dies, then the quads between them; both number the vertices of the dies alike. */
static PetscErrorCode Combine(const PltFootprint *dies, const PltFootprint *fill, PltFootprint *f)
{
  PetscFunctionBegin;
  PetscCall(PltFootprintAllocate(fill->nvert, dies->nquad + fill->nquad, f));
  PetscCall(PetscArraycpy(f->xy, fill->xy, 2 * fill->nvert));
  PetscCall(PetscArraycpy(f->quad, dies->quad, 4 * dies->nquad));
  PetscCall(PetscArraycpy(f->region, dies->region, dies->nquad));
  PetscCall(PetscArraycpy(f->quad + 4 * dies->nquad, fill->quad, 4 * fill->nquad));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintFree(PltProject project, const PetscInt region[], PltFootprint *f)
{
  PltSizes       sizes;
  PltBlocks      blocks  = {.side = NULL};
  PltPolygon     polygon = {.nloop = 0};
  PltFootprint   fill    = {.nvert = 0};
  PetscErrorCode code;
  PetscReal      n;

  PetscFunctionBegin;
  PetscCall(PltSizesCreate(project, region, &sizes));
  n    = Estimate(project, region, &sizes);
  code = n > PLT_QUADS_MAX ? PLT_ERR_MESH : 0;
  if (!code) code = PltBlocksCreate(project, region, &blocks);
  if (!code) code = PltPolygonCreate(project, &blocks, &sizes, &polygon);
  if (!code) code = FillPolygon(&polygon, &sizes, &fill);
  if (!code) code = Combine(&blocks.f, &fill, f);
  PetscCall(PltFootprintDestroy(&fill));
  PetscCall(PltPolygonDestroy(&polygon));
  PetscCall(PltBlocksDestroy(&blocks));
  PetscCall(PltSizesDestroy(&sizes));
  PetscCall(PltFootprintNeedFew(project, n));
  PetscCall(code);
  PetscCall(PltFootprintSort(project->mesh_size, f));
  PetscFunctionReturn(PETSC_SUCCESS);
}
