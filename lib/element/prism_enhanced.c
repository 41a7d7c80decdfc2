/* SPDX-License-Identifier: BSD-2-Clause
   The four enhanced membrane modes of a prism (shell_enhanced.c) and its births, alike in small and
   large kinematics. */
#include <string.h>
#include "element/prism.h"

/* Adds the enhanced strains of alpha, times the factor, to those of the membrane. */
static inline void Enhance(const PltPlan *p, const PetscReal alpha[4], PetscReal factor,
                           PetscReal e[3][4])
{
  for (PetscInt i = 0; i < 3; i++) {
    const PetscReal x = factor * (p->T0[i][0] * alpha[0] + p->T0[i][2] * alpha[2]);
    const PetscReal y = factor * (p->T0[i][1] * alpha[1] + p->T0[i][2] * alpha[3]);

    for (PetscInt c = 0; c < 4; c++)
      e[i][c] += p->ratio[c] * (PltPrismXi[c] * x + PltPrismEta[c] * y);
  }
}

void PltPrismSinceBirth(const PltPlan *p, PetscReal t, const PetscReal *birth, PetscReal e[3][4],
                        PetscReal stress[PLT_PRISM_NS][4])
{
  const PetscReal *s = birth + 4;

  Enhance(p, birth, -1, e);
  for (PetscInt c = 0; c < 4; c++, s += PLT_NOUT) {
    stress[0][c] = t * t / 4 * s[0];
    for (PetscInt o = 1; o < PLT_NOUT; o++)
      stress[o][c] = t / 2 * (p->base[1][2 - o][c] * s[1] + p->base[0][2 - o][c] * s[2]);
  }
}

/* A = L D L' of a symmetric positive definite matrix of which the lower part is read. */
static void Factor(PetscReal A[4][4])
{
  for (PetscInt k = 0; k < 4; k++) {
    A[k][k] = 1 / A[k][k];
    for (PetscInt i = k + 1; i < 4; i++) {
      for (PetscInt j = k + 1; j <= i; j++) A[i][j] -= A[i][k] * A[k][k] * A[j][k];
    }
  }
}

static void Solve(PetscReal A[4][4], PetscReal b[4])
{
  for (PetscInt k = 0; k < 4; k++) {
    const PetscReal x = b[k] * A[k][k];

    for (PetscInt i = k + 1; i < 4; i++) b[i] -= A[i][k] * x;
  }
  for (PetscInt k = 3; k >= 0; k--) {
    for (PetscInt i = k + 1; i < 4; i++) b[k] -= A[i][k] * b[i];
    b[k] *= A[k][k];
  }
}

void PltPrismEnhancedSet(const PltPlan *p, const PltLayup *l, PetscReal A[4][4])
{
  const PetscReal even = (p->ratio[0] + p->ratio[1] + p->ratio[2] + p->ratio[3]) / 3;
  const PetscReal odd  = (p->ratio[0] - p->ratio[1] + p->ratio[2] - p->ratio[3]) / 3;
  PetscReal       Z[3][3];

  if (l->plain) { /* as if infinitely stiff */
    memset(A, 0, 16 * sizeof A[0][0]);
    return;
  }
  for (PetscInt j = 0; j < 3; j++) {
    PetscReal MT[3];

    for (PetscInt i = 0; i < 3; i++)
      MT[i] = l->M[i][0] * p->T0[0][j] + l->M[i][1] * p->T0[1][j] + l->M[i][2] * p->T0[2][j];
    for (PetscInt i = 0; i < 3; i++)
      Z[i][j] = p->T0[0][i] * MT[0] + p->T0[1][i] * MT[1] + p->T0[2][i] * MT[2];
  }
  A[0][0] = even * Z[0][0];
  A[1][0] = odd * Z[1][0], A[1][1] = even * Z[1][1];
  A[2][0] = even * Z[2][0], A[2][1] = odd * Z[2][1], A[2][2] = even * Z[2][2];
  A[3][0] = odd * Z[2][0], A[3][1] = even * Z[2][1];
  A[3][2] = odd * Z[2][2], A[3][3] = even * Z[2][2];
  Factor(A);
}

PLT_VERSIONS static void SolveModes(const PltPlan *p, const PltLayup *l, PetscReal factor[4][4],
                                    PetscInt n, PetscReal N[][4])
{
  PetscReal x[3], y[3], alpha[4], e[3][4] = {{0}};

  for (PetscInt i = 0; i < 3; i++) {
    x[i] = PLT_GAUSS * ((N[i][1] + N[i][2]) - (N[i][0] + N[i][3]));
    y[i] = PLT_GAUSS * ((N[i][2] + N[i][3]) - (N[i][0] + N[i][1]));
  }
  for (PetscInt k = 0; k < 4; k++) {
    const PetscReal *w = k % 2 ? y : x;
    const PetscInt   j = k < 2 ? k : 2;

    alpha[k] = -(p->T0[0][j] * w[0] + p->T0[1][j] * w[1] + p->T0[2][j] * w[2]);
  }
  Solve(factor, alpha);
  Enhance(p, alpha, 1, e);
  for (PetscInt i = 0; i < n; i++) PltPrismAddProduct(3, l->M[i], e, N[i]);
}

void PltPrismEnhancedSolve(const PltPlan *p, const PltLayup *l, PetscReal factor[4][4], PetscInt n,
                           PetscReal N[][4])
{
  SolveModes(p, l, factor, n, N);
}
