/* SPDX-License-Identifier: BSD-2-Clause
   All quads from a mesh of quads and triangles: each edge gets a node in its middle and each
   face one in its centre. Always possible, and nested: corners keep their angles. */
#include "mesh/footprint.h"

/* Number of the edge between two vertices, -1 if there is none. */
static PetscInt EdgeOf(const PltEdges *edges, PetscInt a, PetscInt b)
{
  const PetscInt low = PetscMin(a, b), high = PetscMax(a, b);

  for (PetscInt e = edges->start[low]; e < edges->start[low + 1]; e++)
    if (edges->upper[e] == high) return e;
  return -1;
}

/* middle[edge] and its place: points of the polygon on the loops, new vertices inside. */
static PetscErrorCode PlaceMiddles(const PltPolygon *polygon, const PltEdges *edges,
                                   const PltFootprint *coarse, PetscInt middle[],
                                   PltFootprint *fine)
{
  const PetscInt nedge = edges->start[coarse->nvert];

  PetscFunctionBegin;
  for (PetscInt e = 0; e < nedge; e++) middle[e] = -1;
  for (PetscInt l = 0; l < polygon->nloop; l++) {
    const PetscInt  n = polygon->start[l + 1] - polygon->start[l];
    const PetscInt *p = &polygon->point[polygon->start[l]];

    for (PetscInt i = 0; i < n; i += 2) {
      const PetscInt e = EdgeOf(edges, p[i], p[(i + 2) % n]);

      PetscCheck(e >= 0 && edges->used[e] == 1, PETSC_COMM_SELF, PLT_ERR_MESH,
                 "the mesh between the dies leaves out a side near (%.6g mm, %.6g mm)",
                 (double)(coarse->xy[2 * p[i]] * 1e3), (double)(coarse->xy[2 * p[i] + 1] * 1e3));
      middle[e] = p[i + 1];
    }
  }
  for (PetscInt v = 0; v < coarse->nvert; v++) {
    for (PetscInt e = edges->start[v]; e < edges->start[v + 1]; e++) {
      const PetscInt w = edges->upper[e];

      if (middle[e] >= 0 || w == v) continue; /* w == v: the fourth side of a triangle */
      PetscCheck(edges->used[e] == 2, PETSC_COMM_SELF, PLT_ERR_MESH,
                 "the mesh between the dies has a hole near (%.6g mm, %.6g mm)",
                 (double)(coarse->xy[2 * v] * 1e3), (double)(coarse->xy[2 * v + 1] * 1e3));
      for (PetscInt k = 0; k < 2; k++)
        fine->xy[2 * fine->nvert + k] = 0.5 * (coarse->xy[2 * v + k] + coarse->xy[2 * w + k]);
      middle[e] = fine->nvert++;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The quads at the corners of one face, which get a node in its centre. */
static void SplitFace(const PltEdges *edges, const PetscInt middle[], const PetscInt face[4],
                      PltFootprint *fine)
{
  const PetscInt n = face[3] == face[2] ? 3 : 4, centre = fine->nvert++;

  for (PetscInt k = 0; k < 2; k++) {
    PetscReal sum = 0;

    for (PetscInt a = 0; a < n; a++) sum += fine->xy[2 * face[a] + k];
    fine->xy[2 * centre + k] = sum / (PetscReal)n;
  }
  for (PetscInt a = 0; a < n; a++) {
    PetscInt *quad = &fine->quad[4 * fine->nquad++];

    quad[0] = face[a];
    quad[1] = middle[EdgeOf(edges, face[a], face[(a + 1) % n])];
    quad[2] = centre;
    quad[3] = middle[EdgeOf(edges, face[(a + n - 1) % n], face[a])];
  }
}

PetscErrorCode PltSubdivide(const PltPolygon *polygon, const PltFootprint *coarse,
                            PltFootprint *fine)
{
  PetscErrorCode code;
  PltEdges       edges;
  PetscInt      *middle, nedge;

  PetscFunctionBegin;
  PetscCall(PltEdgesCreate(coarse, &edges));
  nedge = edges.start[coarse->nvert];
  PetscCall(PetscMalloc1(nedge, &middle));
  PetscCall(PltFootprintAllocate(coarse->nvert + nedge + coarse->nquad, 4 * coarse->nquad, fine));
  PetscCall(PetscArraycpy(fine->xy, coarse->xy, 2 * coarse->nvert));
  fine->nvert = coarse->nvert;
  fine->nquad = 0;
  code        = PlaceMiddles(polygon, &edges, coarse, middle, fine);
  for (PetscInt q = 0; q < coarse->nquad && !code; q++)
    SplitFace(&edges, middle, &coarse->quad[4 * q], fine);
  PetscCall(PetscFree(middle));
  PetscCall(PltEdgesDestroy(&edges));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}
