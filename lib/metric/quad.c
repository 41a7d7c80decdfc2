/* SPDX-License-Identifier: BSD-2-Clause
   Integrals over footprint quads and the inverse of their bilinear map. */
#include "metric/internal.h"

static const PetscReal corner[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

/* Shape values and place of (r, s) in [-1, 1]^2; J[i][j] = d xy[i] / d (r, s)[j]. */
static void Map(PltMesh mesh, PetscInt q, const PetscReal rs[2], PetscReal N[4], PetscReal xy[2],
                PetscReal J[2][2])
{
  xy[0] = xy[1] = J[0][0] = J[0][1] = J[1][0] = J[1][1] = 0;
  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal *x  = &mesh->xy[2 * mesh->quad[4 * q + a]];
    const PetscReal  fr = 1 + corner[a][0] * rs[0], fs = 1 + corner[a][1] * rs[1];

    N[a] = fr * fs / 4;
    for (PetscInt i = 0; i < 2; i++) {
      xy[i] += N[a] * x[i];
      J[i][0] += corner[a][0] * fs / 4 * x[i];
      J[i][1] += corner[a][1] * fr / 4 * x[i];
    }
  }
}

void PltQuadPoint(PltMesh mesh, PetscInt q, PetscInt g, PetscReal N[4], PetscReal xy[2],
                  PetscReal *area)
{
  const PetscReal at    = 0.57735026918962576451; /* 1 / sqrt(3) */
  const PetscReal rs[2] = {corner[g][0] * at, corner[g][1] * at};
  PetscReal       J[2][2];

  Map(mesh, q, rs, N, xy, J);
  *area = J[0][0] * J[1][1] - J[0][1] * J[1][0];
}

PetscReal PltQuadNearest(PltMesh mesh, PetscInt q, const PetscReal p[2], PetscReal N[4])
{
  PetscReal rs[2] = {0, 0}, xy[2], J[2][2];

  /* Newton converges in one step on a parallelogram and in a few on any convex quad; 20 is ample.
     Far outside it may not, and then the clamped point is merely not the nearest one. */
  for (PetscInt it = 0; it < 20; it++) {
    PetscReal det, d[2];

    Map(mesh, q, rs, N, xy, J);
    det  = J[0][0] * J[1][1] - J[0][1] * J[1][0];
    d[0] = (J[1][1] * (p[0] - xy[0]) - J[0][1] * (p[1] - xy[1])) / det;
    d[1] = (J[0][0] * (p[1] - xy[1]) - J[1][0] * (p[0] - xy[0])) / det;
    for (PetscInt i = 0; i < 2; i++) rs[i] = PetscMax(-2, PetscMin(2, rs[i] + d[i]));
    if (PetscAbsReal(d[0]) + PetscAbsReal(d[1]) < 1e-14) break;
  }
  for (PetscInt i = 0; i < 2; i++) rs[i] = PetscMax(-1, PetscMin(1, rs[i]));
  Map(mesh, q, rs, N, xy, J);
  return PetscSqrtReal(PetscSqr(p[0] - xy[0]) + PetscSqr(p[1] - xy[1]));
}
