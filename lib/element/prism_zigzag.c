/* SPDX-License-Identifier: BSD-2-Clause
   The force of the zigzag stabilisation (zigzag.c) over a plan that is set already: with the
   covariant components of w averaged over the edges, H(w) = w - J^-1 w_edges at each column. */
#include "element/prism.h"

/* Jump of the directors between the two layers. */
static void Jump(PetscReal u[3][3][4], const PetscReal t[2], PetscReal w[2][4])
{
  for (PetscInt i = 0; i < 2; i++) {
    for (PetscInt a = 0; a < 4; a++)
      w[i][a] = (u[1][i][a] - u[0][i][a]) / t[0] - (u[2][i][a] - u[1][i][a]) / t[1];
  }
}

/* H(w) at the columns. */
static void Lost(const PltPlan *p, PetscReal w[2][4], PetscReal lost[2][4])
{
  PetscReal ends[2][4], mean[4], v[2][4];

  PltPrismEnds(w[0], ends[0]);
  PltPrismEnds(w[1], ends[1]);
  for (PetscInt e = 0; e < 4; e++)
    mean[e] = (p->along[0][e] * ends[0][e] + p->along[1][e] * ends[1][e]) / 2;
  PltPrismToColumns(mean, v);
  for (PetscInt i = 0; i < 2; i++) {
    for (PetscInt c = 0; c < 4; c++) {
      lost[i][c] = PltPrismShape[0][c] * w[i][0] + PltPrismShape[1][c] * w[i][1] +
                   PltPrismShape[2][c] * w[i][2] + PltPrismShape[3][c] * w[i][3] -
                   (p->inverse[0][i][c] * v[0][c] + p->inverse[1][i][c] * v[1][c]);
    }
  }
}

/* The transpose. */
static void LostTranspose(const PltPlan *p, PetscReal lost[2][4], PetscReal w[2][4])
{
  PetscReal mean[4], v[2][4], ends[4];

  for (PetscInt k = 0; k < 2; k++) {
    for (PetscInt c = 0; c < 4; c++)
      v[k][c] = p->inverse[k][0][c] * lost[0][c] + p->inverse[k][1][c] * lost[1][c];
  }
  PltPrismFromColumns(v, mean);
  for (PetscInt i = 0; i < 2; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      const PetscReal *n = PltPrismShape[a];

      w[i][a] = n[0] * lost[i][0] + n[1] * lost[i][1] + n[2] * lost[i][2] + n[3] * lost[i][3];
    }
    for (PetscInt e = 0; e < 4; e++) ends[e] = -p->along[i][e] * mean[e] / 2;
    PltPrismEndsAdd(ends, w[i]);
  }
}

void PltPrismZigzag(const PltPlan *p, PetscReal u[3][3][4], PetscReal ub[3][3][4],
                    const PetscReal t[2], const PetscReal G[2], PetscReal s, PetscReal f[3][3][4])
{
  const PetscReal scale = s * PetscSqrtReal(G[0] * t[0] * G[1] * t[1]);
  PetscReal       w[2][4], born[2][4], lost[2][4];

  Jump(u, t, w);
  Jump(ub, t, born);
  for (PetscInt i = 0; i < 2; i++) {
    const PetscReal origin = w[i][0] - born[i][0]; /* nothing is lost of a constant */

    for (PetscInt a = 0; a < 4; a++) w[i][a] = w[i][a] - born[i][a] - origin;
  }
  Lost(p, w, lost);
  for (PetscInt i = 0; i < 2; i++) {
    for (PetscInt c = 0; c < 4; c++) lost[i][c] *= scale * p->det[c];
  }
  LostTranspose(p, lost, w);
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      const PetscReal x = i < 2 ? w[i][a] : 0;

      f[0][i][a] = -x / t[0];
      f[1][i][a] = x / t[0] + x / t[1];
      f[2][i][a] = -x / t[1];
    }
  }
}
