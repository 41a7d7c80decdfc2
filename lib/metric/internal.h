/* SPDX-License-Identifier: BSD-2-Clause
   What the files of this room share. */
#ifndef PLT_METRIC_INTERNAL_H
#define PLT_METRIC_INTERNAL_H
#include "metric/metric.h"

enum { PLT_BASIS_MAX = 6 };

/* ---- quad.c ---- */
/* Point g (0..3) of the 2 x 2 Gauss rule in local quad q: shape values, place (m), and its share of
   the quad's area (m2). The rule integrates the bilinear map times bilinear fields exactly. */
PLT_INTERN void PltQuadPoint(PltMesh mesh, PetscInt q, PetscInt g, PetscReal N[4], PetscReal xy[2],
                             PetscReal *area);
/* Shape values at the point of quad q nearest to p (inverse of the bilinear map, clamped to the
   quad), and its distance from p, m. */
PLT_INTERN PetscReal PltQuadNearest(PltMesh mesh, PetscInt q, const PetscReal p[2], PetscReal N[4]);

/* ---- field.c ---- */
/* Values at n <= 16 points of the field w [nvert] (ghosts included), linear in each quad; a point
   outside all quads (the rim of a round panel) takes the value at the nearest place. Same on all
   ranks. Collective. */
PLT_INTERN PetscErrorCode PltFieldAt(PltMesh mesh, const PetscReal w[], PetscInt n,
                                     PetscReal point[][2], PetscReal value[]);
/* Mean of w along the outline of the panel, by length. Same on all ranks. Collective. */
PLT_INTERN PetscErrorCode PltBoundaryMean(PltMesh mesh, PltProject project, const PetscReal w[],
                                          PetscReal *mean);

/* ---- fit.c ---- */
/* Least squares: solves the symmetric normal equations A c = b of n <= 6 unknowns. An unknown that
   the ones before it already explain (pivot below 1e-10 of its diagonal) is left at zero. */
PLT_INTERN void PltFitSolve(PetscInt n, PetscReal A[][PLT_BASIS_MAX], PetscReal b[], PetscReal c[]);

/* ---- turn.c ---- */
/* The rotation R that maximises sum_ij R[i][j] G[i][j] (j = 0, 1). With G = sum of weight q r' over
   points of a plane, r from their mean, it brings them nearest to q. G must have rank 2. */
PLT_INTERN void PltTurnNearest(PetscReal G[3][2], PetscReal R[3][3]);
/* The rotation vector (axis times angle, rad, up to half a turn) of B A', which leads from A to
   B. */
PLT_INTERN void PltTurnVector(PetscReal A[3][3], PetscReal B[3][3], PetscReal turn[3]);

/* ---- plane.c ---- */
/* Where the rigid motion nearest to the positions x [nvert_own][3] brings the plan: centre is the
   mean of x, axis what becomes of the panel's axes. area [nvert_own] are the weights. On a plane of
   symmetry the odd moments are zero, so it stays one. Collective. */
PLT_INTERN PetscErrorCode PltPlaneCarry(PltMesh mesh, PltProject project, const PetscReal area[],
                                        const PetscReal x[], PltPlane *plane);

/* ---- rigid.c ---- */
/* Area moments of a die about its nominal centre, and those of two displacements of it: at placing
   and since. [i][0..2]: component i times 1, x, y. Nothing but numbers that add up. */
typedef struct {
  PetscReal a, x, y, xx, yy, xy;
  PetscReal then[3][3], since[3][3];
} PltDieSums;
/* Least squares of the displacement since placing, d + omega x r: linear theory. */
PLT_INTERN void PltRigidSmall(const PltDieSums *s, PltDieMotion *motion);
/* The rigid motions nearest to the positions at placing and now, and what lies between them. z: m,
   height of the die's mid-plane above that of the panel's axes. */
PLT_INTERN void PltRigidLarge(const PltDieSums *s, PetscReal z, PltDieMotion *motion,
                              PltDiePlace *place);

/* ---- mirror ---- */
static inline PetscBool PltMirrored(PltProject project, PetscInt axis)
{
  const PltSymmetry half = axis == 0 ? PLT_SYMMETRY_HALF_X : PLT_SYMMETRY_HALF_Y;

  return (PetscBool)(project->symmetry == half || project->symmetry == PLT_SYMMETRY_QUARTER);
}
#endif
