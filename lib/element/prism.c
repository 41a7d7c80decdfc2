/* SPDX-License-Identifier: BSD-2-Clause
   Force and tangent of a prism (element.h) from its layup: resultants N = sum Q e of the columns,
   then the enhanced parameters for which they do no work on the enhanced strains. */
#include <string.h>
#include "element/prism.h"

/* Half sums, less that of corner 0, and half differences of the faces. */
static inline void Halves(PetscReal u[2][3][4], PetscReal mid[3][4], PetscReal half[3][4])
{
  for (PetscInt i = 0; i < 3; i++) {
    const PetscReal origin = u[0][i][0];

    for (PetscInt a = 0; a < 4; a++) {
      mid[i][a]  = ((u[0][i][a] - origin) + (u[1][i][a] - origin)) / 2;
      half[i][a] = (u[1][i][a] - u[0][i][a]) / 2;
    }
  }
}

/* The nine strains from the displacements ub, or zero, to u. */
static void Since(const PltPlan *p, PetscReal t, PetscReal u[2][3][4], PetscReal (*ub)[3][4],
                  PetscReal e[PLT_PRISM_NE][4])
{
  PetscReal mid[3][4], half[3][4], m[3][4], h[3][4];

  Halves(u, mid, half);
  if (ub) {
    Halves(ub, m, h);
    for (PetscInt i = 0; i < 3; i++) {
      for (PetscInt a = 0; a < 4; a++) mid[i][a] -= m[i][a], half[i][a] -= h[i][a];
    }
  }
  PltPrismStrains(p, t, mid, half, e);
}

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

/* Of a birth: its enhanced strains count from there, its column stress goes to panel axes. */
static void SinceBirth(const PltPlan *p, PetscReal t, const PetscReal *birth,
                       PetscReal e[PLT_PRISM_NE + PLT_PRISM_NS][4])
{
  const PetscReal *s = birth + 4;

  Enhance(p, birth, -1, e);
  for (PetscInt c = 0; c < 4; c++, s += PLT_NOUT) {
    e[PLT_PRISM_NE][c] = t * t / 4 * s[0];
    for (PetscInt o = 1; o < PLT_NOUT; o++)
      e[PLT_PRISM_NE + o][c] = t / 2 * (p->base[1][2 - o][c] * s[1] + p->base[0][2 - o][c] * s[2]);
  }
}

/* A = L D L' of a symmetric positive definite matrix of which the lower part is read. Left are L D
   below the diagonal and 1/D on it. */
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

/* Factor of the matrix of the enhanced parameters over det0 t/2. */
static void EnhancedSet(const PltPlan *p, const PltLayup *l, PetscReal A[4][4])
{
  const PetscReal even = (p->ratio[0] + p->ratio[1] + p->ratio[2] + p->ratio[3]) / 3;
  const PetscReal odd  = (p->ratio[0] - p->ratio[1] + p->ratio[2] - p->ratio[3]) / 3;
  PetscReal       Z[3][3];

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

/* N += sum_j Q[j] e[j]; the sums in names of their own, so that they stay in registers. */
static inline void AddProduct(PetscInt n, const PetscReal Q[], PetscReal e[][4], PetscReal N[4])
{
  PetscReal a = N[0], b = N[1], c = N[2], d = N[3];

  for (PetscInt j = 0; j < n; j++) {
    a += Q[j] * e[j][0];
    b += Q[j] * e[j][1];
    c += Q[j] * e[j][2];
    d += Q[j] * e[j][3];
  }
  N[0] = a, N[1] = b, N[2] = c, N[3] = d;
}

/* From the resultants of alpha = 0 to those of the alpha for which they do no work on the enhanced
   strains. */
static void SolveEnhanced(const PltPlan *p, const PltLayup *l, PetscReal factor[4][4],
                          PetscReal N[PLT_PRISM_NE][4])
{
  PetscReal x[3], y[3], alpha[4], e[3][4] = {{0}};

  for (PetscInt i = 0; i < 3; i++) {
    x[i] = PLT_GAUSS * ((N[i][1] + N[i][2]) - (N[i][0] + N[i][3]));
    y[i] = PLT_GAUSS * ((N[i][2] + N[i][3]) - (N[i][0] + N[i][1]));
  }
  for (PetscInt k = 0; k < 4; k++) {
    const PetscReal *n = k % 2 ? y : x;
    const PetscInt   j = k < 2 ? k : 2;

    alpha[k] = -(p->T0[0][j] * n[0] + p->T0[1][j] * n[1] + p->T0[2][j] * n[2]);
  }
  Solve(factor, alpha);
  Enhance(p, alpha, 1, e);
  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) AddProduct(3, l->M[i], e, N[i]);
}

void PltPrismForce(const PltPlan *p, const PltLayup *l, PetscReal u[2][3][4],
                   PetscReal (*const ub[])[3][4], const PetscReal *const birth[],
                   PetscReal f[2][3][4])
{
  PetscReal e[PLT_PRISM_NE + PLT_PRISM_NS][4], N[PLT_PRISM_NE][4], factor[4][4];
  PetscReal mid[3][4], half[3][4];

  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
    for (PetscInt c = 0; c < 4; c++) N[i][c] = l->N[i];
  }
  for (PetscInt g = 0; g < l->nage; g++) {
    const PetscInt n = birth[g] ? PLT_PRISM_NE + PLT_PRISM_NS : PLT_PRISM_NE;

    Since(p, l->t, u, ub[g], e);
    if (birth[g]) SinceBirth(p, l->t, birth[g], e);
    for (PetscInt i = 0; i < PLT_PRISM_NE; i++) AddProduct(n, l->age[g].Q[i], e, N[i]);
  }
  EnhancedSet(p, l, factor);
  SolveEnhanced(p, l, factor, N);
  PltPrismResultants(p, l->t, N, mid, half);
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      const PetscReal m = mid[i][a] - l->t / 2 * l->weight[0][i] * p->area[a];
      const PetscReal h = half[i][a] - l->t / 2 * l->weight[1][i] * p->area[a];

      f[0][i][a] = (m - h) / 2;
      f[1][i][a] = (m + h) / 2;
    }
  }
}

/* Column by column, from unit displacements of mid and then of half: the law is linear. */
void PltPrismTangent(const PltPlan *p, const PltLayup *l, PetscReal K[24 * 24])
{
  PetscReal Q[PLT_PRISM_NE][PLT_PRISM_NE] = {{0}}, H[3][12][12], factor[4][4];

  for (PetscInt g = 0; g < l->nage; g++) {
    for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
      for (PetscInt j = 0; j < PLT_PRISM_NE; j++) Q[i][j] += l->age[g].Q[i][j];
    }
  }
  EnhancedSet(p, l, factor);
  for (PetscInt j = 0; j < 24; j++) {
    PetscReal unit[2][3][4] = {{{0}}}, e[PLT_PRISM_NE][4], N[PLT_PRISM_NE][4] = {{0}};
    PetscReal mid[3][4], half[3][4];

    unit[j / 12][j % 3][j % 12 / 3] = 1;
    PltPrismStrains(p, l->t, unit[0], unit[1], e);
    for (PetscInt i = 0; i < PLT_PRISM_NE; i++) AddProduct(PLT_PRISM_NE, Q[i], e, N[i]);
    SolveEnhanced(p, l, factor, N);
    PltPrismResultants(p, l->t, N, mid, half);
    for (PetscInt i = 0; i < 12; i++) {
      if (j < 12) H[0][i][j] = mid[i % 3][i / 3], H[1][j][i] = half[i % 3][i / 3];
      else H[2][i][j - 12] = half[i % 3][i / 3];
    }
  }
  PltHalvesToNodes(H, (PetscReal(*)[24])K);
}
