/* SPDX-License-Identifier: BSD-2-Clause
   Zigzag stabilisation of stacked solid-shells. Assumed transverse shear averages the in-plane
   displacement over each edge, so a rotation of the director that alternates from vertex to vertex
   has next to no energy, once for every thin layer: modes that hardly move the panel but that no
   smoother and no coarse grid sees. Let w = (u_upper - u_lower)/t be the in-plane director of a
   layer and

     H(w) = w - J^-1 (edge averages of the covariant components of w, then interpolated)

   be what assumed shear loses of it. The energy  s/2 sqrt(G0 t0 G1 t1) int |H(w0 - w1)|^2 dA  holds
   the directors of two neighbours together there. Kirchhoff bending has w0 = w1, so nothing locks
   for any ratio of in-plane size to thickness; the energy of a given smooth field vanishes with the
   mesh size. */
#include <string.h>
#include "element/shell.h"

/* H at a column as a matrix on w[4 corners][x y]; returns the area the column stands for. */
static PetscReal LostDirector(const PltPlace *p, const PetscReal X[4][3], PetscReal H[2][8])
{
  PetscReal along[4][2], J[2][2] = {{0}}, det;

  for (PetscInt e = 0; e < 4; e++) {
    for (PetscInt i = 0; i < 2; i++) {
      along[e][i] = (X[PltShellEdge[e][1]][i] - X[PltShellEdge[e][0]][i]) / 2;
      J[e / 2][i] += p->edge[e] * along[e][i];
    }
  }
  det = J[0][0] * J[1][1] - J[0][1] * J[1][0];
  for (PetscInt a = 0; a < 4; a++) {
    H[0][2 * a] = H[1][2 * a + 1] = p->n[a];
    H[0][2 * a + 1] = H[1][2 * a] = 0;
  }
  for (PetscInt e = 0; e < 4; e++) {
    const PetscReal f    = p->edge[e] / (2 * det);
    const PetscReal r[2] = {e < 2 ? f * J[1][1] : -f * J[0][1], e < 2 ? -f * J[1][0] : f * J[0][0]};

    for (PetscInt k = 0; k < 4; k++) {
      const PetscInt j = 2 * PltShellEdge[e][k / 2] + k % 2; /* both ends of the edge, x and y */

      H[0][j] -= r[0] * along[e][k % 2];
      H[1][j] -= r[1] * along[e][k % 2];
    }
  }
  return det;
}

void PltZigzagAdd(const PetscReal X[12][3], const PetscReal u[36], const PetscReal t[2],
                  const PetscReal G[2], PetscReal s, PetscReal f[36], PetscReal K[36 * 36])
{
  const PetscReal level[3] = {-1 / t[0], 1 / t[0] + 1 / t[1], -1 / t[1]}; /* w0 - w1 */
  const PetscReal scale    = s * PetscSqrtReal(G[0] * t[0] * G[1] * t[1]);
  PetscReal       H[2][8], A[2][36], Au[2], area;
  PltPlace        place;

  for (PetscInt c = 0; c < 4; c++) {
    PltPlaceSet(c, 1, &place);
    area = LostDirector(&place, X + 4, H);
    memset(A, 0, sizeof A);
    memset(Au, 0, sizeof Au);
    for (PetscInt i = 0; i < 24; i++) { /* level, corner, x y */
      const PetscInt j = i / 8 * 12 + i % 8 / 2 * 3 + i % 2;

      for (PetscInt k = 0; k < 2; k++) {
        A[k][j] = level[i / 8] * H[k][i % 8];
        Au[k] += A[k][j] * (u[j] - u[i / 8 * 12 + i % 2]);
      }
    }
    for (PetscInt i = 0; f && i < 36; i++)
      f[i] += scale * area * (A[0][i] * Au[0] + A[1][i] * Au[1]);
    for (PetscInt i = 0; K && i < 36 * 36; i++)
      K[i] += scale * area * (A[0][i / 36] * A[0][i % 36] + A[1][i / 36] * A[1][i % 36]);
  }
}
