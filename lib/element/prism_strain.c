/* SPDX-License-Identifier: BSD-2-Clause
   Plan, strains and resultants of a prism (element.h): the strains of shell_strain.c in panel axes,
   with the slopes of a reference whose half is vertical and constant. */
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

void PltPrismStrains(const PltPlan *p, PetscReal t, PetscReal mid[3][4], PetscReal half[3][4],
                     PetscReal e[PLT_PRISM_NE][4])
{
  PetscReal d[2][4], shear[4], s[2][4], mean, twist;

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
  mean  = (1 - p->gamma) / 4 * ((half[2][0] + half[2][2]) + (half[2][1] + half[2][3]));
  twist = (1 - p->gamma) / 12 * ((half[2][0] + half[2][2]) - (half[2][1] + half[2][3]));
  for (PetscInt c = 0; c < 4; c++) {
    e[6][c] = p->inverse[0][1][c] * s[0][c] + p->inverse[1][1][c] * s[1][c];
    e[7][c] = p->inverse[0][0][c] * s[0][c] + p->inverse[1][0][c] * s[1][c];
    e[8][c] = 2 / t *
              (mean + (c % 2 ? -twist : twist) +
               p->gamma * (PltPrismShape[0][c] * half[2][0] + PltPrismShape[1][c] * half[2][1] +
                           PltPrismShape[2][c] * half[2][2] + PltPrismShape[3][c] * half[2][3]));
  }
}

void PltPrismResultants(const PltPlan *p, PetscReal t, PetscReal N[PLT_PRISM_NE][4],
                        PetscReal mid[3][4], PetscReal half[3][4])
{
  PetscReal d[2][4], s[2][4], shear[4], mean, twist;

  memset(mid, 0, 3 * sizeof mid[0]);
  memset(half, 0, 3 * sizeof half[0]);
  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
    for (PetscInt c = 0; c < 4; c++) N[i][c] *= t / 2 * p->det[c];
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
    for (PetscInt k = 0; k < 4; k++) d[i][k] = p->along[i][k] * shear[k] / t;
    PltPrismEndsAdd(d[i], half[i]);
  }
  mean  = (1 - p->gamma) / 4 * ((N[8][0] + N[8][2]) + (N[8][1] + N[8][3]));
  twist = (1 - p->gamma) / 12 * ((N[8][0] + N[8][2]) - (N[8][1] + N[8][3]));
  for (PetscInt a = 0; a < 4; a++)
    half[2][a] = 2 / t *
                 (mean + (a % 2 ? -twist : twist) +
                  p->gamma * (PltPrismShape[a][0] * N[8][0] + PltPrismShape[a][1] * N[8][1] +
                              PltPrismShape[a][2] * N[8][2] + PltPrismShape[a][3] * N[8][3]));
}
