/* SPDX-License-Identifier: BSD-2-Clause
   Force and tangent of the solid-shell from its generalised laminates, first for mid and half, then
   for the nodes of the lower and upper face: mid = (lower + upper)/2, half = (upper - lower)/2. */
#include <string.h>
#include "element/shell.h"

/* y += B' q */
static inline void AddRows(PetscInt n, const PetscReal q[], PetscReal B[][12], PetscReal y[12])
{
  for (PetscInt r = 0; r < n; r++) {
    const PetscReal qr = q[r];

    for (PetscInt j = 0; j < 12; j++) y[j] += qr * B[r][j];
  }
}

void PltHalvesForce(const PltShellWork *w, const PltSlopes *g, PetscReal f[24])
{
  PetscReal mid[12] = {0}, half[12] = {0};
  PltRows   rows;

  for (PetscInt c = 0; c < 4; c++) {
    const PetscReal *N = w->column[c].N, *n = w->ref.place[c].n;
    const PetscReal(*weight)[3] = w->sums[c].weight;

    PltRowsSet(&w->ref.place[c], g, c, &rows);
    AddRows(PLT_NMID, N, rows.mid, mid);
    AddRows(PLT_NHALF, N + PLT_HALF0, rows.half, half);
    for (PetscInt j = 0; j < 12; j++) {
      mid[j] -= n[j / 3] * weight[0][j % 3];
      half[j] -= n[j / 3] * weight[1][j % 3];
    }
  }
  for (PetscInt j = 0; j < 12; j++) {
    f[j]      = (mid[j] - half[j]) / 2;
    f[12 + j] = (mid[j] + half[j]) / 2;
  }
}

/* K += A' Q B; Q is the block of a laminate's matrix that belongs to the rows of A and B. */
static void AddProduct(PetscInt na, PetscReal A[][12], const PetscReal *Q, PetscInt nb,
                       PetscReal B[][12], PetscReal K[12][12])
{
  for (PetscInt r = 0; r < na; r++) {
    PetscReal QB[12] = {0};

    AddRows(nb, Q + PLT_NA * r, B, QB);
    for (PetscInt i = 0; i < 12; i++) {
      const PetscReal a = A[r][i]; /* a copy, so that the inner loop needs no look at aliases */

      for (PetscInt j = 0; j < 12; j++) K[i][j] += a * QB[j];
    }
  }
}

/* Second derivatives with respect to the enhanced parameters and mid, half. */
static void AddCoupling(const PltPlace *place, const PltLaminate *l, PltRows *rows,
                        PetscReal mid[4][12], PetscReal half[4][12])
{
  PetscReal m[4][PLT_NQ];

  for (PetscInt r = 0; r < PLT_NQ; r++) {
    PetscReal a[4] = {0};

    PltEnhanceTranspose(place, &l->Q[r][PLT_NQ], a);
    for (PetscInt i = 0; i < 4; i++) m[i][r] = a[i];
  }
  for (PetscInt i = 0; i < 4; i++) {
    AddRows(PLT_NMID, m[i], rows->mid, mid[i]);
    AddRows(PLT_NHALF, m[i] + PLT_HALF0, rows->half, half[i]);
  }
}

/* K -= P' H^-1 Q, P and Q already multiplied by the inverse of the factor of H. */
static void SubtractEnhanced(PetscReal P[4][12], PetscReal Q[4][12], PetscReal K[12][12])
{
  for (PetscInt k = 0; k < 4; k++) {
    for (PetscInt i = 0; i < 12; i++) {
      for (PetscInt j = 0; j < 12; j++) K[i][j] -= P[k][i] * Q[k][j];
    }
  }
}

static void Reduce(const PltShellWork *w, PetscReal y[4][12])
{
  for (PetscInt j = 0; j < 12; j++) {
    PetscReal x[4] = {y[0][j], y[1][j], y[2][j], y[3][j]};

    PltEnhancedReduce(w, x);
    for (PetscInt i = 0; i < 4; i++) y[i][j] = x[i];
  }
}

void PltHalvesToNodes(PetscReal H[3][12][12], PetscReal K[24][24])
{
  for (PetscInt i = 0; i < 12; i++) {
    for (PetscInt j = i; j < 12; j++) {
      const PetscReal same = (H[0][i][j] + H[2][i][j]) / 4, cross = (H[1][i][j] + H[1][j][i]) / 4;

      K[i][j] = K[j][i] = same - cross;
      K[12 + i][12 + j] = K[12 + j][12 + i] = same + cross;
    }
    for (PetscInt j = 0; j < 12; j++) {
      K[i][12 + j] = K[12 + j][i] = (H[0][i][j] - H[2][i][j] + H[1][i][j] - H[1][j][i]) / 4;
    }
  }
}

void PltHalvesTangent(const PltShellWork *w, const PltSlopes *g, PetscReal K[24 * 24])
{
  PetscReal H[3][12][12], mid[4][12], half[4][12];
  PltRows   rows;

  memset(H, 0, sizeof H);
  memset(mid, 0, sizeof mid);
  memset(half, 0, sizeof half);
  for (PetscInt c = 0; c < 4; c++) {
    const PltLaminate *l = &w->column[c];
    const PetscReal   *Q = l->Q[0], *Qh = l->Q[PLT_HALF0];

    PltRowsSet(&w->ref.place[c], g, c, &rows);
    AddProduct(PLT_NMID, rows.mid, Q, PLT_NMID, rows.mid, H[0]);
    AddProduct(PLT_NMID, rows.mid, Q + PLT_HALF0, PLT_NHALF, rows.half, H[1]);
    AddProduct(PLT_NHALF, rows.half, Qh + PLT_HALF0, PLT_NHALF, rows.half, H[2]);
    AddCoupling(&w->ref.place[c], l, &rows, mid, half);
  }
  Reduce(w, mid);
  Reduce(w, half);
  SubtractEnhanced(mid, mid, H[0]);
  SubtractEnhanced(mid, half, H[1]);
  SubtractEnhanced(half, half, H[2]);
  PltHalvesToNodes(H, (PetscReal(*)[24])K);
}

void PltHalvesGeometric(const PltShellWork *w, PetscReal G[8 * 8])
{
  PetscReal k[3][4][4] = {{{0}}};

  PltGeometricAdd(w->ref.place, w->column, k);
  for (PetscInt a = 0; a < 4; a++) {
    for (PetscInt b = a; b < 4; b++) {
      const PetscReal sum = (k[0][a][b] + k[2][a][b]) / 4, cross = (k[1][a][b] + k[1][b][a]) / 4;

      G[8 * a + b] = G[8 * b + a] = sum - cross;
      G[8 * (4 + a) + 4 + b] = G[8 * (4 + b) + 4 + a] = sum + cross;
    }
    for (PetscInt b = 0; b < 4; b++)
      G[8 * a + 4 + b] = G[8 * (4 + b) + a] =
          (k[0][a][b] - k[2][a][b] + k[1][a][b] - k[1][b][a]) / 4;
  }
}
