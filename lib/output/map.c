/* SPDX-License-Identifier: BSD-2-Clause
   A vertex field gathered on rank 0 (two dimensions only, so it fits there) and turned into
   pixels: each quad is four triangles about its middle, linear in each, so that mirror images
   look alike. */
#include <math.h>
#include "output/internal.h"

PetscErrorCode PltPlanGather(PltMesh mesh, const PetscReal own[], PetscReal **value)
{
  int rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  *value = NULL;
  if (rank == 0) PetscCall(PetscMalloc1(mesh->nvert_all, value));
  PetscCall(PltMeshGatherVertices(mesh, 1, own, *value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Fills the pixels whose centres lie in the triangle; p in pixels, row 0 at the top. */
static void FillTriangle(const double p[3][2], const double value[3], const int n[2], float *pixel)
{
  const double det =
      (p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) - (p[2][0] - p[0][0]) * (p[1][1] - p[0][1]);
  const double slack = 1e-6; /* neighbours share the pixels on their edge */
  double       low[2], high[2];

  if (det == 0) return;
  for (int i = 0; i < 2; i++) {
    low[i]  = ceil(fmax(0, fmin(p[0][i], fmin(p[1][i], p[2][i])) - 0.5 - slack));
    high[i] = fmin(n[i] - 1, fmax(p[0][i], fmax(p[1][i], p[2][i])) - 0.5 + slack);
  }
  for (int y = (int)low[1]; y <= high[1]; y++)
    for (int x = (int)low[0]; x <= high[0]; x++) {
      const double u = x + 0.5 - p[0][0], v = y + 0.5 - p[0][1];
      const double b = (u * (p[2][1] - p[0][1]) - v * (p[2][0] - p[0][0])) / det;
      const double c = (v * (p[1][0] - p[0][0]) - u * (p[1][1] - p[0][1])) / det;

      if (b < -slack || c < -slack || b + c > 1 + slack) continue;
      pixel[(size_t)y * (size_t)n[0] + (size_t)x] =
          (float)(value[0] + b * (value[1] - value[0]) + c * (value[2] - value[0]));
    }
}

static void FillQuad(const PltFootprint *plan, const PetscReal size[2], PetscInt q, PetscInt mirror,
                     const PetscReal value[], const int n[2], float *pixel)
{
  double p[6][2] = {{0}}, v[6] = {0}; /* middle, corners, first corner again */

  for (int i = 1; i < 6; i++) {
    const PetscInt k = plan->quad[4 * q + (i - 1) % 4];
    const double   x = plan->xy[2 * k] * (mirror & 1 ? -1 : 1);
    const double   y = plan->xy[2 * k + 1] * (mirror & 2 ? -1 : 1);

    p[i][0] = (x / size[0] + 0.5) * n[0];
    p[i][1] = (0.5 - y / size[1]) * n[1];
    v[i]    = value[k];
    if (i == 5) break;
    p[0][0] += p[i][0] / 4;
    p[0][1] += p[i][1] / 4;
    v[0] += v[i] / 4;
  }
  for (int i = 1; i < 5; i++) {
    const double corner[3][2] = {
        {p[0][0], p[0][1]}, {p[i][0], p[i][1]}, {p[i + 1][0], p[i + 1][1]}};
    const double height[3] = {v[0], v[i], v[i + 1]};

    FillTriangle(corner, height, n, pixel);
  }
}

PetscErrorCode PltPlanRaster(const PltFootprint *plan, PltProject project, const PetscReal value[],
                             const int n[2], float *pixel)
{
  const PltSymmetry s     = project->symmetry;
  const PetscInt    inx   = s == PLT_SYMMETRY_HALF_X || s == PLT_SYMMETRY_QUARTER ? 1 : 0;
  const PetscInt    iny   = s == PLT_SYMMETRY_HALF_Y || s == PLT_SYMMETRY_QUARTER ? 2 : 0;
  const size_t      total = (size_t)n[0] * (size_t)n[1];

  PetscFunctionBegin;
  for (size_t i = 0; i < total; i++) pixel[i] = NAN;
  for (PetscInt mirror = 0; mirror < 4; mirror++) {
    if (mirror & ~(inx | iny)) continue;
    for (PetscInt q = 0; q < plan->nquad; q++)
      FillQuad(plan, project->size, q, mirror, value, n, pixel);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
