/* SPDX-License-Identifier: BSD-2-Clause
   The tangent of a prism (element.h) in large kinematics: K = sum B' Q B of the columns less what
   the enhanced modes take, and G of the resultants, first for mid and half of the faces as in
   shell_halves.c. Rows of B have twelve numbers, the corners innermost: [x y z][4]. All columns are
   stacked, so that K is one product of tall matrices. */
#include <string.h>
#include "element/prism_large.h"

enum {
  MID   = PLT_NMID,  /* strains 0 .. 7 depend on mid */
  HALF  = PLT_NHALF, /* strains 3 .. 11 on half */
  MODES = 4
};

/* B and volume times Q B of the columns, and last the enhanced modes: rows -D^-1 Y beside Y. */
typedef struct {
  PltFour mid[4 * MID + MODES][3], half[4 * HALF + MODES][3];
  PltFour Qmid[4 * MID + MODES][3];   /* strains 0 .. 7 for mid */
  PltFour Qcross[4 * MID + MODES][3]; /* 0 .. 7 for half */
  PltFour Qhalf[4 * HALF + MODES][3]; /* 3 .. 11 for half */
} Rows;

/* Ends of the edges, over 2. */
static const PetscReal last[4][4]  = {{0, .5, 0, 0}, {0, 0, .5, 0}, {0, 0, 0, .5}, {0, 0, .5, 0}};
static const PetscReal first[4][4] = {{.5, 0, 0, 0}, {0, 0, 0, .5}, {.5, 0, 0, 0}, {0, .5, 0, 0}};

/* Derivatives of the shape functions to x and y at a column. */
PLT_INLINE void Derivatives(const PltPlan *p, PetscInt c, PltFour dn[2])
{
  PltFour natural[2] = {{0}, {0}};

  for (PetscInt e = 0; e < 4; e++)
    natural[e / 2] += (PLT_FOUR(last[e]) - PLT_FOUR(first[e])) * PltPrismEdge[e][c];
  for (PetscInt i = 0; i < 2; i++)
    dn[i] = natural[0] * p->inverse[0][i][c] + natural[1] * p->inverse[1][i][c];
}

/* Rows of transverse shear, 23 and 13: edges 0 and 1 have natural 13, edges 2 and 3 natural 23. */
PLT_INLINE void ShearRows(const PltPlan *p, PetscReal t, const PltLargeSlopes *g, PetscInt c,
                          PltFour mid[2][3], PltFour half[2][3])
{
  for (PetscInt k = 0; k < 2; k++) {
    for (PetscInt i = 0; i < 3; i++) {
      PltFour m = {0}, h = {0};

      for (PetscInt e = 0; e < 4; e++) {
        const PetscReal w = p->inverse[e / 2][1 - k][c] * PltPrismEdge[e][c];

        m += (PLT_FOUR(last[e]) - PLT_FOUR(first[e])) * (w * g->across[i][e]);
        h += (PLT_FOUR(last[e]) + PLT_FOUR(first[e])) * (w * 2 / t * g->along[i][e]);
      }
      mid[k][i] = m, half[k][i] = h;
    }
  }
}

/* Rows of a column, as PltRowsSet. */
PLT_INLINE void RowsSet(const PltPlan *p, PetscReal t, const PltLargeSlopes *g, PetscInt c,
                        PltFour mid[MID][3], PltFour half[HALF][3])
{
  const PetscReal gamma = p->gamma, twist = (1 - gamma) / (c % 2 ? -12 : 12);
  const PetscReal mean  = (1 - gamma) / 4;
  const PltFour   thick = (PltFour){mean + twist, mean - twist, mean + twist, mean - twist} +
                        PLT_FOUR(PltPrismShape[c]) * gamma;
  PltFour dn[2];

  Derivatives(p, c, dn);
  for (PetscInt i = 0; i < 3; i++) {
    const PltFour x = dn[0], y = dn[1];

    /* 0 .. 2 of mid are 3 .. 5 of half, 3 .. 5 of mid are 9 .. 11 of half */
    mid[0][i] = half[0][i] = x * g->mid[0][i][c];
    mid[1][i] = half[1][i] = y * g->mid[1][i][c];
    mid[2][i] = half[2][i] = x * g->mid[1][i][c] + y * g->mid[0][i][c];
    mid[3][i] = half[6][i] = x * g->half[0][i][c];
    mid[4][i] = half[7][i] = y * g->half[1][i][c];
    mid[5][i] = half[8][i] = x * g->half[1][i][c] + y * g->half[0][i][c];
    half[5][i]             = thick * g->corner[i] * (2 / t);
  }
  ShearRows(p, t, g, c, mid + 6, half + 3);
}

/* y = volume sum_j Q[j] B[j] for three strains at once: nine sums, which stay in registers. */
PLT_INLINE void Product(PetscInt n, const PetscReal *Q, PetscReal volume, PltFour B[][3],
                        PltFour y[3][3])
{
  PltFour sum[3][3] = {{{0}}};

  for (PetscInt j = 0; j < n; j++) {
#pragma GCC unroll 9
    for (PetscInt k = 0; k < 9; k++)
      sum[k / 3][k % 3] += B[j][k % 3] * Q[PLT_PRISM_NL * (k / 3) + j];
  }
#pragma GCC unroll 9
  for (PetscInt k = 0; k < 9; k++) y[k / 3][k % 3] = sum[k / 3][k % 3] * volume;
}

/* A column's share of all rows. Adds to Y what couples it to the enhanced modes, over det0 t/2. */
PLT_INLINE void AddColumn(const PltPrism *prism, const PltLargeSlopes *g, PetscInt c, Rows *r,
                          PltFour Y[2][MODES][3])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  const PetscReal(*modulus)[PLT_PRISM_NL] =
      (const PetscReal(*)[PLT_PRISM_NL])(prism->solved ? prism->solved->Q[c] : l->Q);
  const PetscReal volume = l->t / 2 * p->det[c];
  PltFour(*mid)[3] = r->mid + MID * c, (*half)[3] = r->half + HALF * c, Q[2][PLT_PRISM_NL][3];

  RowsSet(p, l->t, g, c, mid, half);
  for (PetscInt i = 0; i < PLT_PRISM_NL; i += 3) {
    if (i < MID) Product(MID, modulus[i], volume, mid, Q[0] + i);
    Product(HALF, modulus[i] + PLT_HALF0, volume, half, Q[1] + i);
  }
  memcpy(r->Qmid + MID * c, Q[0], MID * sizeof Q[0][0]);
  memcpy(r->Qcross + MID * c, Q[1], MID * sizeof Q[0][0]);
  memcpy(r->Qhalf + HALF * c, Q[1] + PLT_HALF0, HALF * sizeof Q[0][0]);
  for (PetscInt k = 0; k < 6; k++) {
    PltFour(*q)[3] = Q[k / 3], (*y)[3] = Y[k / 3];

    for (PetscInt j = 0; j < 3; j++) {
      const PltFour z =
          (q[0][k % 3] * p->T0[0][j] + q[1][k % 3] * p->T0[1][j] + q[2][k % 3] * p->T0[2][j]) *
          (1 / volume);

      if (j != 1) y[j][k % 3] += z * PltPrismXi[c];
      if (j != 0) y[2 * j - 1][k % 3] += z * PltPrismEta[c];
    }
  }
}

/* The rows of the enhanced modes: with A = L D L', Y' A^-1 Y = (L^-1 Y)' D^-1 (L^-1 Y). */
PLT_INLINE void SetModes(const PltPlan *p, const PltLayup *l, PltFour Y[2][MODES][3], Rows *r)
{
  const PetscReal volume = l->t / 2 * p->det[0] * p->ratio[0];
  PetscReal       A[4][4];

  PltPrismEnhancedSet(p, l, A);
  for (PetscInt m = 0; m < MODES; m++) {
    for (PetscInt k = 0; k < 3; k++) {
      const PltFour ym = Y[0][m][k], yh = Y[1][m][k];

      for (PetscInt n = m + 1; n < MODES; n++) {
        Y[0][n][k] -= ym * (A[n][m] * A[m][m]);
        Y[1][n][k] -= yh * (A[n][m] * A[m][m]);
      }
      r->mid[4 * MID + m][k]    = ym * -(A[m][m] * volume);
      r->half[4 * HALF + m][k]  = yh * -(A[m][m] * volume);
      r->Qmid[4 * MID + m][k]   = ym;
      r->Qcross[4 * MID + m][k] = yh;
      r->Qhalf[4 * HALF + m][k] = yh;
    }
  }
}

/* H = A' B of n rows, three rows of H at once. */
PLT_INLINE void TallProduct(PetscInt n, PltFour A[][3], PltFour B[][3], PetscReal H[12][12])
{
  for (PetscInt i = 0; i < 12; i += 3) {
    const PetscReal *a         = (const PetscReal *)A + i;
    PltFour          sum[3][3] = {{{0}}};

    for (PetscInt r = 0; r < n; r++) {
#pragma GCC unroll 9
      for (PetscInt k = 0; k < 9; k++) sum[k / 3][k % 3] += B[r][k % 3] * a[12 * r + k / 3];
    }
#pragma GCC unroll 9
    for (PetscInt k = 0; k < 9; k++) *(PltFour *)&H[i + k / 3][k % 3 * 4] = sum[k / 3][k % 3];
  }
}

/* Blocks mid-mid, mid-half, half-half to nodes; exactly symmetric. */
PLT_INLINE void ToNodes(PetscReal H[3][12][12], PetscReal K[24][24])
{
  for (PetscInt i = 0; i < 12; i++) {
    const PetscInt row = i % 4 * 3 + i / 4;

#pragma GCC unroll 12
    for (PetscInt j = 0; j < 12; j++) {
      const PetscInt  col = j % 4 * 3 + j / 4;
      const PetscReal sum = H[1][i][j] + H[1][j][i], skew = H[1][i][j] - H[1][j][i];

      K[row][12 + col] = K[12 + col][row] = (H[0][i][j] - H[2][i][j] + skew) / 4;
      if (j < i) continue;
      K[row][col] = K[col][row] = (H[0][i][j] + H[2][i][j] - sum) / 4;
      K[12 + row][12 + col] = K[12 + col][12 + row] = (H[0][i][j] + H[2][i][j] + sum) / 4;
    }
  }
}

/* Second derivatives of the strains times resultants N, as PltGeometricAdd. */
PLT_INLINE void Geometric(const PltPlan *p, PetscReal t, const PltFour N[PLT_PRISM_NL],
                          PltFour k[3][4])
{
  static const PetscInt start[3] = {0, 3, 9};
  PltFour               shear, thick;

  memset(k, 0, 12 * sizeof k[0][0]);
  for (PetscInt c = 0; c < 4; c++) {
    PltFour dn[2];

    Derivatives(p, c, dn);
    for (PetscInt n = 0; n < 3; n++) {
      const PltFour *s = N + start[n], x = dn[0] * s[0][c] + dn[1] * s[2][c];
      const PltFour  y = dn[1] * s[1][c] + dn[0] * s[2][c];

      for (PetscInt a = 0; a < 4; a++) k[n][a] += dn[0] * x[a] + dn[1] * y[a];
    }
  }
  PltLargeSums(p, N, &shear, &thick);
  for (PetscInt e = 0; e < 4; e++) {
    const PetscInt i = PltShellEdge[e][0], j = PltShellEdge[e][1];
    const PltFour  s = (PLT_FOUR(last[e]) + PLT_FOUR(first[e])) * (shear[e] / t);

    k[1][i] -= s;
    k[1][j] += s;
    k[2][e][e] += thick[e] * (4 / (t * t));
  }
}

/* To nodes. */
PLT_INLINE void GeometricToNodes(PltFour k[3][4], PetscReal G[8][8])
{
  for (PetscInt a = 0; a < 4; a++) {
    for (PetscInt b = 0; b < 4; b++) {
      const PetscReal skew = k[1][a][b] - k[1][b][a];

      G[a][4 + b] = G[4 + b][a] = (k[0][a][b] - k[2][a][b] + skew) / 4;
      if (b < a) continue;
      G[a][b] = G[b][a] = (k[0][a][b] + k[2][a][b] - (k[1][a][b] + k[1][b][a])) / 4;
      G[4 + a][4 + b] = G[4 + b][4 + a] = (k[0][a][b] + k[2][a][b] + (k[1][a][b] + k[1][b][a])) / 4;
    }
  }
}

PLT_VERSIONS static void Tangent(const PltPrism *prism, PetscReal K[24 * 24], PetscReal G[8 * 8])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  PltLargeSlopes  g;
  PltFour         N[PLT_PRISM_NL], Y[2][MODES][3] = {{{{0}}}}, k[3][4];
  PetscReal       H[3][12][12];
  Rows            r;

  PltPrismLargeResultants(prism->rest ? prism->rest : prism, &g, N);
  if (prism->before) PltPrismLargeBefore(prism, N);
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) N[i] *= PLT_FOUR(p->det) * (l->t / 2);
  Geometric(p, l->t, N, k);
  GeometricToNodes(k, (PetscReal(*)[8])G);
  for (PetscInt c = 0; c < 4; c++) AddColumn(prism, &g, c, &r, Y);
  SetModes(p, l, Y, &r);
  TallProduct(4 * MID + MODES, r.mid, r.Qmid, H[0]);
  TallProduct(4 * MID + MODES, r.mid, r.Qcross, H[1]);
  TallProduct(4 * HALF + MODES, r.half, r.Qhalf, H[2]);
  ToNodes(H, (PetscReal(*)[24])K);
}

void PltPrismLargeTangent(const PltPrism *prism, PetscReal K[24 * 24], PetscReal G[8 * 8])
{
  Tangent(prism, K, G);
}
