/* SPDX-License-Identifier: BSD-2-Clause
   Force of a prism (element.h): the strains of shell_strain.c in panel axes, with the slopes of a
   reference whose half is vertical and constant. Loops run over the four columns innermost, which
   is what the vector units want. */
#include <string.h>
#include "element/prism.h"

const PetscReal PltPrismXi[4]       = {-PLT_GAUSS, PLT_GAUSS, PLT_GAUSS, -PLT_GAUSS};
const PetscReal PltPrismEta[4]      = {-PLT_GAUSS, -PLT_GAUSS, PLT_GAUSS, PLT_GAUSS};
const PetscReal PltPrismEdge[4][4]  = {{PLT_HIGH, PLT_HIGH, PLT_LOW, PLT_LOW},
                                       {PLT_LOW, PLT_LOW, PLT_HIGH, PLT_HIGH},
                                       {PLT_HIGH, PLT_LOW, PLT_LOW, PLT_HIGH},
                                       {PLT_LOW, PLT_HIGH, PLT_HIGH, PLT_LOW}};
const PetscReal PltPrismShape[4][4] = {
    {PLT_HIGH * PLT_HIGH, PLT_LOW *PLT_HIGH, PLT_LOW *PLT_LOW, PLT_HIGH *PLT_LOW},
    {PLT_HIGH * PLT_LOW, PLT_HIGH *PLT_HIGH, PLT_LOW *PLT_HIGH, PLT_LOW *PLT_LOW},
    {PLT_LOW * PLT_LOW, PLT_HIGH *PLT_LOW, PLT_HIGH *PLT_HIGH, PLT_LOW *PLT_HIGH},
    {PLT_LOW * PLT_HIGH, PLT_LOW *PLT_LOW, PLT_HIGH *PLT_LOW, PLT_HIGH *PLT_HIGH}};

int PltPlanSet(const PetscReal xy[4][2], PetscReal gamma, PltPlan *p)
{
  PetscReal g[2][2], r[2][2], det0; /* of the centre */

  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal *x = xy[a], *next = xy[(a + 1) % 4], *last = xy[(a + 3) % 4];

    if (!((next[0] - x[0]) * (last[1] - x[1]) - (next[1] - x[1]) * (last[0] - x[0]) > 0)) return 1;
  }
  p->gamma = gamma;
  for (PetscInt i = 0; i < 2; i++) {
    const PetscReal x[4] = {xy[0][i], xy[1][i], xy[2][i], xy[3][i]};
    PetscReal       v[2][4];

    PltPrismAlong(x, p->along[i]);
    PltPrismToColumns(p->along[i], v);
    memcpy(p->base[0][i], v[0], sizeof v[0]);
    memcpy(p->base[1][i], v[1], sizeof v[1]);
    g[0][i] = (p->along[i][0] + p->along[i][1]) / 2;
    g[1][i] = (p->along[i][2] + p->along[i][3]) / 2;
  }
  det0    = g[0][0] * g[1][1] - g[0][1] * g[1][0];
  r[0][0] = g[1][1] / det0, r[0][1] = -g[1][0] / det0;
  r[1][0] = -g[0][1] / det0, r[1][1] = g[0][0] / det0;
  for (PetscInt i = 0; i < 2; i++) {
    p->T0[i][0] = r[0][i] * r[0][i];
    p->T0[i][1] = r[1][i] * r[1][i];
    p->T0[i][2] = r[0][i] * r[1][i];
    p->T0[2][i] = 2 * r[i][0] * r[i][1];
  }
  p->T0[2][2] = r[0][0] * r[1][1] + r[0][1] * r[1][0];
  for (PetscInt c = 0; c < 4; c++) {
    p->det[c]           = p->base[0][0][c] * p->base[1][1][c] - p->base[0][1][c] * p->base[1][0][c];
    p->ratio[c]         = det0 / p->det[c];
    p->inverse[0][0][c] = p->base[1][1][c] / p->det[c];
    p->inverse[0][1][c] = -p->base[1][0][c] / p->det[c];
    p->inverse[1][0][c] = -p->base[0][1][c] / p->det[c];
    p->inverse[1][1][c] = p->base[0][0][c] / p->det[c];
  }
  for (PetscInt a = 0; a < 4; a++)
    p->area[a] = PltPrismShape[a][0] * p->det[0] + PltPrismShape[a][1] * p->det[1] +
                 PltPrismShape[a][2] * p->det[2] + PltPrismShape[a][3] * p->det[3];
  return 0;
}

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

/* Strains 11 22 12 of the columns from the two level components of a field along the edges. */
static inline void Membrane(const PltPlan *p, PetscReal d[2][4], PetscReal e[3][4])
{
  PetscReal x[2][4], y[2][4];

  PltPrismToColumns(d[0], x);
  PltPrismToColumns(d[1], y);
  for (PetscInt c = 0; c < 4; c++) {
    e[0][c] = p->inverse[0][0][c] * x[0][c] + p->inverse[1][0][c] * x[1][c];
    e[1][c] = p->inverse[0][1][c] * y[0][c] + p->inverse[1][1][c] * y[1][c];
    e[2][c] = p->inverse[0][1][c] * x[0][c] + p->inverse[1][1][c] * x[1][c] +
              p->inverse[0][0][c] * y[0][c] + p->inverse[1][0][c] * y[1][c];
  }
}

/* The transpose. */
static inline void MembraneTranspose(const PltPlan *p, PetscReal n[3][4], PetscReal d[2][4])
{
  PetscReal x[2][4], y[2][4];

  for (PetscInt k = 0; k < 2; k++) {
    for (PetscInt c = 0; c < 4; c++) {
      x[k][c] = p->inverse[k][0][c] * n[0][c] + p->inverse[k][1][c] * n[2][c];
      y[k][c] = p->inverse[k][1][c] * n[1][c] + p->inverse[k][0][c] * n[2][c];
    }
  }
  PltPrismFromColumns(x, d[0]);
  PltPrismFromColumns(y, d[1]);
}

/* The nine strains from the displacements ub, or zero, to u. */
static void Strains(const PltPlan *p, PetscReal t, PetscReal u[2][3][4], PetscReal (*ub)[3][4],
                    PetscReal e[PLT_PRISM_NE][4])
{
  PetscReal mid[3][4], half[3][4], m[3][4], h[3][4], d[2][4], shear[4], s[2][4], mean;

  Halves(u, mid, half);
  if (ub) {
    Halves(ub, m, h);
    for (PetscInt i = 0; i < 3; i++) {
      for (PetscInt a = 0; a < 4; a++) mid[i][a] -= m[i][a], half[i][a] -= h[i][a];
    }
  }
  PltPrismAlong(mid[0], d[0]);
  PltPrismAlong(mid[1], d[1]);
  Membrane(p, d, e);
  PltPrismAlong(half[0], d[0]);
  PltPrismAlong(half[1], d[1]);
  Membrane(p, d, e + 3);
  PltPrismAlong(mid[2], shear);
  PltPrismEnds(half[0], d[0]);
  PltPrismEnds(half[1], d[1]);
  for (PetscInt k = 0; k < 4; k++)
    shear[k] += (p->along[0][k] * d[0][k] + p->along[1][k] * d[1][k]) / t;
  PltPrismToColumns(shear, s);
  mean = (1 - p->gamma) / 4 * ((half[2][0] + half[2][2]) + (half[2][1] + half[2][3]));
  for (PetscInt c = 0; c < 4; c++) {
    e[6][c] = p->inverse[0][1][c] * s[0][c] + p->inverse[1][1][c] * s[1][c];
    e[7][c] = p->inverse[0][0][c] * s[0][c] + p->inverse[1][0][c] * s[1][c];
    e[8][c] =
        2 / t *
        (mean + p->gamma * (PltPrismShape[0][c] * half[2][0] + PltPrismShape[1][c] * half[2][1] +
                            PltPrismShape[2][c] * half[2][2] + PltPrismShape[3][c] * half[2][3]));
  }
}

/* f = -/+ what belongs to corner fields of mid and half. */
static inline void ToFaces(PetscReal mid[3][4], PetscReal half[3][4], PetscReal f[2][3][4])
{
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      f[0][i][a] = (mid[i][a] - half[i][a]) / 2;
      f[1][i][a] = (mid[i][a] + half[i][a]) / 2;
    }
  }
}

/* The transpose of Strains on resultants N, times the volume; less the body force. */
static void Forces(const PltPlan *p, const PltLayup *l, PetscReal N[PLT_PRISM_NE][4],
                   PetscReal f[2][3][4])
{
  PetscReal mid[3][4] = {{0}}, half[3][4] = {{0}}, d[2][4], s[2][4], shear[4], mean;

  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
    for (PetscInt c = 0; c < 4; c++) N[i][c] *= l->t / 2 * p->det[c];
  }
  MembraneTranspose(p, N, d);
  PltPrismAlongAdd(d[0], mid[0]);
  PltPrismAlongAdd(d[1], mid[1]);
  MembraneTranspose(p, N + 3, d);
  PltPrismAlongAdd(d[0], half[0]);
  PltPrismAlongAdd(d[1], half[1]);
  for (PetscInt k = 0; k < 2; k++) {
    for (PetscInt c = 0; c < 4; c++)
      s[k][c] = p->inverse[k][1][c] * N[6][c] + p->inverse[k][0][c] * N[7][c];
  }
  PltPrismFromColumns(s, shear);
  PltPrismAlongAdd(shear, mid[2]);
  for (PetscInt i = 0; i < 2; i++) {
    for (PetscInt k = 0; k < 4; k++) d[i][k] = p->along[i][k] * shear[k] / l->t;
    PltPrismEndsAdd(d[i], half[i]);
  }
  mean = (1 - p->gamma) / 4 * ((N[8][0] + N[8][2]) + (N[8][1] + N[8][3]));
  for (PetscInt a = 0; a < 4; a++)
    half[2][a] =
        2 / l->t *
        (mean + p->gamma * (PltPrismShape[a][0] * N[8][0] + PltPrismShape[a][1] * N[8][1] +
                            PltPrismShape[a][2] * N[8][2] + PltPrismShape[a][3] * N[8][3]));
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      mid[i][a] -= l->t / 2 * l->weight[0][i] * p->area[a];
      half[i][a] -= l->t / 2 * l->weight[1][i] * p->area[a];
    }
  }
  ToFaces(mid, half, f);
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

/* x of A x = b, A symmetric positive definite: A = L D L', of which the lower part is read. */
static void Solve4(PetscReal A[4][4], PetscReal b[4])
{
  PetscReal reciprocal[4];

  for (PetscInt k = 0; k < 4; k++) {
    reciprocal[k] = 1 / A[k][k];
    for (PetscInt i = k + 1; i < 4; i++) {
      const PetscReal L = A[i][k] * reciprocal[k];

      for (PetscInt j = k + 1; j <= i; j++) A[i][j] -= L * A[j][k];
      b[i] -= L * b[k];
    }
  }
  for (PetscInt k = 3; k >= 0; k--) {
    for (PetscInt i = k + 1; i < 4; i++) b[k] -= A[i][k] * b[i];
    b[k] *= reciprocal[k];
  }
}

/* The enhanced parameters for which the resultants N of alpha = 0 do no work on their strains. */
static void SolveEnhanced(const PltPlan *p, const PltLayup *l, PetscReal N[3][4],
                          PetscReal alpha[4])
{
  const PetscReal even = (p->ratio[0] + p->ratio[1] + p->ratio[2] + p->ratio[3]) / 3;
  const PetscReal odd  = (p->ratio[0] - p->ratio[1] + p->ratio[2] - p->ratio[3]) / 3;
  PetscReal       x[3], y[3], Z[3][3], A[4][4];

  for (PetscInt i = 0; i < 3; i++) {
    x[i] = PLT_GAUSS * ((N[i][1] + N[i][2]) - (N[i][0] + N[i][3]));
    y[i] = PLT_GAUSS * ((N[i][2] + N[i][3]) - (N[i][0] + N[i][1]));
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
  for (PetscInt k = 0; k < 4; k++) {
    const PetscReal *n = k % 2 ? y : x;
    const PetscInt   j = k < 2 ? k : 2;

    alpha[k] = -(p->T0[0][j] * n[0] + p->T0[1][j] * n[1] + p->T0[2][j] * n[2]);
  }
  Solve4(A, alpha);
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

void PltPrismForce(const PltPlan *p, const PltLayup *l, PetscReal u[2][3][4],
                   PetscReal (*const ub[])[3][4], const PetscReal *const birth[],
                   PetscReal f[2][3][4])
{
  PetscReal e[PLT_PRISM_NE + PLT_PRISM_NS][4], N[PLT_PRISM_NE][4], alpha[4];

  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
    for (PetscInt c = 0; c < 4; c++) N[i][c] = l->N[i];
  }
  for (PetscInt g = 0; g < l->nage; g++) {
    const PetscInt n = birth[g] ? PLT_PRISM_NE + PLT_PRISM_NS : PLT_PRISM_NE;

    Strains(p, l->t, u, ub[g], e);
    if (birth[g]) SinceBirth(p, l->t, birth[g], e);
    for (PetscInt i = 0; i < PLT_PRISM_NE; i++) AddProduct(n, l->age[g].Q[i], e, N[i]);
  }
  SolveEnhanced(p, l, N, alpha);
  memset(e, 0, sizeof e[0] * 3);
  Enhance(p, alpha, 1, e);
  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) AddProduct(3, l->M[i], e, N[i]);
  Forces(p, l, N, f);
}
