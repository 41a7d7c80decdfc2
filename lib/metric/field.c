/* SPDX-License-Identifier: BSD-2-Clause
   A vertex field at points and along the outline. Each rank looks at its own quads; the winner
   among ranks is chosen by distance and then by natural number, which no partition changes. */
#include "metric/internal.h"

enum { POINT_MAX = 16 };

/* Can quad q be the nearest one? A panel's rim lies outside the polygon of the mesh by much less
   than an element. */
static PetscBool NearQuad(PltMesh mesh, PetscInt q, const PetscReal p[2])
{
  for (PetscInt i = 0; i < 2; i++) {
    PetscReal low = PETSC_MAX_REAL, high = PETSC_MIN_REAL, margin;

    for (PetscInt a = 0; a < 4; a++) {
      const PetscReal x = mesh->xy[2 * mesh->quad[4 * q + a] + i];

      low  = PetscMin(low, x);
      high = PetscMax(high, x);
    }
    margin = (high - low) / 2;
    if (p[i] < low - margin || p[i] > high + margin) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

/* The best own quad for one point: distance (infinite if none), natural number, value. */
static void BestOwn(PltMesh mesh, const PetscReal w[], const PetscReal p[2], PetscReal *distance,
                    PetscInt *quad, PetscReal *value)
{
  /* Quads that share the point differ by rounding: count that as inside. */
  const PetscReal inside = 1e-10 * PetscSqrtReal(mesh->area);

  *distance = PETSC_MAX_REAL;
  *quad     = PETSC_MAX_INT;
  *value    = 0;
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    PetscReal N[4], d;

    if (!mesh->own[q] || !NearQuad(mesh, q, p)) continue;
    d = PltQuadNearest(mesh, q, p, N);
    if (d < inside) d = 0;
    if (d > *distance || (d == *distance && mesh->quad_natural[q] > *quad)) continue;
    *distance = d;
    *quad     = mesh->quad_natural[q];
    *value    = 0;
    for (PetscInt a = 0; a < 4; a++) *value += N[a] * w[mesh->quad[4 * q + a]];
  }
}

PetscErrorCode PltFieldAt(PltMesh mesh, const PetscReal w[], PetscInt n, PetscReal point[][2],
                          PetscReal value[])
{
  PetscReal mine[POINT_MAX], least[POINT_MAX];
  PetscInt  quad[POINT_MAX], first[POINT_MAX];

  PetscFunctionBegin;
  PltAssert(n <= POINT_MAX, "%" PetscInt_FMT " points", n);
  for (PetscInt i = 0; i < n; i++) BestOwn(mesh, w, point[i], &mine[i], &quad[i], &value[i]);
  PetscCallMPI(MPI_Allreduce(mine, least, (int)n, MPIU_REAL, MPIU_MIN, mesh->comm));
  for (PetscInt i = 0; i < n; i++)
    if (mine[i] > least[i]) quad[i] = PETSC_MAX_INT;
  PetscCallMPI(MPI_Allreduce(quad, first, (int)n, MPIU_INT, MPI_MIN, mesh->comm));
  for (PetscInt i = 0; i < n; i++) {
    if (quad[i] > first[i] || quad[i] == PETSC_MAX_INT) value[i] = 0;
    PetscCheck(first[i] < PETSC_MAX_INT, PETSC_COMM_SELF, PLT_ERR_MESH,
               "no element near the point (%.6g, %.6g) m", (double)point[i][0],
               (double)point[i][1]);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, value, (int)n, MPIU_REAL, MPIU_SUM, mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* An edge as a number; edges inside the mesh occur twice. */
static PetscErrorCode CollectEdges(PltMesh mesh, PltProject project, PetscInt *n, PetscInt64 edge[])
{
  const PetscReal zero = 1e-9 * PetscMax(project->size[0], project->size[1]);

  PetscFunctionBegin;
  *n = 0;
  for (PetscInt e = 0; e < 4 * mesh->nquad; e++) {
    const PetscInt i = mesh->quad[e], j = mesh->quad[e / 4 * 4 + (e + 1) % 4];
    const PetscInt low      = mesh->vert_natural[i] < mesh->vert_natural[j] ? i : j;
    PetscBool      on_plane = PETSC_FALSE;

    /* The owner of the lower vertex has both quads of the edge, if there are two. */
    if (!mesh->boundary[i] || !mesh->boundary[j] || low >= mesh->nvert_own) continue;
    for (PetscInt k = 0; k < 2; k++)
      if (PltMirrored(project, k) && PetscAbsReal(mesh->xy[2 * i + k]) < zero &&
          PetscAbsReal(mesh->xy[2 * j + k]) < zero)
        on_plane = PETSC_TRUE;
    if (!on_plane) edge[(*n)++] = (PetscInt64)low * mesh->nvert + (low == i ? j : i);
  }
  PetscCall(PetscSortInt64(*n, edge));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltBoundaryMean(PltMesh mesh, PltProject project, const PetscReal w[],
                               PetscReal *mean)
{
  PetscReal   sum[2] = {0, 0};
  PetscInt64 *edge;
  PetscInt    n;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(4 * mesh->nquad, &edge));
  PetscCall(CollectEdges(mesh, project, &n, edge));
  for (PetscInt k = 0; k < n; k++) {
    const PetscInt i = (PetscInt)(edge[k] / mesh->nvert), j = (PetscInt)(edge[k] % mesh->nvert);
    PetscReal      d[2], length;

    if (k + 1 < n && edge[k + 1] == edge[k]) {
      k++;
      continue;
    }
    for (PetscInt m = 0; m < 2; m++) d[m] = mesh->xy[2 * j + m] - mesh->xy[2 * i + m];
    length = PetscSqrtReal(d[0] * d[0] + d[1] * d[1]);
    sum[0] += length * (w[i] + w[j]) / 2;
    sum[1] += length;
  }
  PetscCall(PetscFree(edge));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 2, MPIU_REAL, MPIU_SUM, mesh->comm));
  *mean = sum[1] > 0 ? sum[0] / sum[1] : 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}
