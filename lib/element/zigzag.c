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

/* K += the quadratic form Z[8][8] of the jump w0 - w1 of the directors. */
static void AddForm(const PetscReal level[3], PetscReal scale, PetscReal Z[8][8],
                    PetscReal K[36 * 36])
{
  for (PetscInt i = 0; i < 24; i++) { /* level, corner, x y */
    for (PetscInt j = 0; j < 24; j++) {
      const PetscInt row = i / 8 * 12 + i % 8 / 2 * 3 + i % 2;
      const PetscInt col = j / 8 * 12 + j % 8 / 2 * 3 + j % 2;

      K[36 * row + col] += level[i / 8] * level[j / 8] * scale * Z[i % 8][j % 8];
    }
  }
}

void PltZigzagAdd(const PetscReal X[12][3], const PetscReal u[36], const PetscReal t[2],
                  const PetscReal G[2], PetscReal s, PetscReal f[36], PetscReal K[36 * 36])
{
  const PetscReal level[3] = {-1 / t[0], 1 / t[0] + 1 / t[1], -1 / t[1]}; /* w0 - w1 */
  const PetscReal scale    = s * PetscSqrtReal(G[0] * t[0] * G[1] * t[1]);
  PetscReal       H[2][8], Z[8][8] = {{0}}, Au[2], area;
  PltPlace        place;

  for (PetscInt c = 0; c < 4; c++) {
    PltPlaceSet(c, 1, &place);
    area = LostDirector(&place, X + 4, H);
    memset(Au, 0, sizeof Au);
    for (PetscInt i = 0; f && i < 48; i++) { /* x y of the result, level, corner, x y */
      const PetscInt k = i / 24, l = i % 24 / 8;

      Au[k] += level[l] * H[k][i % 8] * (u[12 * l + i % 8 / 2 * 3 + i % 2] - u[12 * l + i % 2]);
    }
    for (PetscInt i = 0; f && i < 24; i++)
      f[i / 8 * 12 + i % 8 / 2 * 3 + i % 2] +=
          scale * area * level[i / 8] * (H[0][i % 8] * Au[0] + H[1][i % 8] * Au[1]);
    for (PetscInt i = 0; K && i < 64; i++)
      Z[i / 8][i % 8] += area * (H[0][i / 8] * H[0][i % 8] + H[1][i / 8] * H[1][i % 8]);
  }
  if (K) AddForm(level, scale, Z, K);
}
