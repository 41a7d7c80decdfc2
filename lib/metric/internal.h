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

/* ---- mirror ---- */
static inline PetscBool PltMirrored(PltProject project, PetscInt axis)
{
  const PltSymmetry half = axis == 0 ? PLT_SYMMETRY_HALF_X : PLT_SYMMETRY_HALF_Y;

  return (PetscBool)(project->symmetry == half || project->symmetry == PLT_SYMMETRY_QUARTER);
}
#endif
