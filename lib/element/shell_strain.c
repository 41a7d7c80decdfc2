/* SPDX-License-Identifier: BSD-2-Clause
   Natural Green-Lagrange strains of the solid-shell, their first and second derivatives.

   Membrane strains are compatible; transverse shear is sampled at the four edge middles of the
   mid-surface (Dvorkin & Bathe 1984, eq 3), thickness strain at its four corners (Betsch & Stein
   1995), where the part of the latter that is linear in xi and eta is scaled by gamma: in full it
   gives false thickness stress next to a die edge on a coarse mesh. The part with xi eta stays: it
   does nothing to such an edge, but a thickness strain that alternates like a checkerboard would
   have next to no energy without it, which no smoother likes (bench/README). All three are constant
   through the thickness. */
#include "element/shell.h"

const PetscInt PltShellEdge[4][2] = {{0, 1}, {3, 2}, {0, 3}, {1, 2}};

void PltPlaceSet(PetscInt column, PetscReal gamma, PltPlace *p)
{
  static const PetscReal sx[4] = {-1, 1, 1, -1}, sy[4] = {-1, -1, 1, 1};
  const PetscReal        gauss = 0.57735026918962576451, x = gauss * sx[column];
  const PetscReal        y = gauss * sy[column];

  p->xi = x, p->eta = y;
  for (PetscInt a = 0; a < 4; a++) {
    p->n[a]      = (1 + sx[a] * x) * (1 + sy[a] * y) / 4;
    p->dn[0][a]  = sx[a] * (1 + sy[a] * y) / 4;
    p->dn[1][a]  = sy[a] * (1 + sx[a] * x) / 4;
    p->corner[a] = (1 + gamma * (sx[a] * x + sy[a] * y) + sx[a] * x * sy[a] * y) / 4;
  }
  p->edge[0] = (1 - y) / 2, p->edge[1] = (1 + y) / 2;
  p->edge[2] = (1 - x) / 2, p->edge[3] = (1 + x) / 2;
}

void PltSlopesSet(const PltPlace place[4], const PetscReal *x, PltSlopes *s)
{
  PetscReal mid[4][3], half[4][3];

  for (PetscInt a = 0; a < 4; a++) {
    for (PetscInt i = 0; i < 3; i++) {
      mid[a][i]       = ((x[3 * a + i] - x[i]) + (x[3 * a + 12 + i] - x[i])) / 2;
      half[a][i]      = (x[3 * a + 12 + i] - x[3 * a + i]) / 2;
      s->corner[a][i] = half[a][i];
    }
  }
  for (PetscInt e = 0; e < 4; e++) {
    const PetscInt p = PltShellEdge[e][0], q = PltShellEdge[e][1];

    for (PetscInt i = 0; i < 3; i++) {
      s->along[e][i]  = (mid[q][i] - mid[p][i]) / 2;
      s->across[e][i] = (half[p][i] + half[q][i]) / 2;
    }
  }
  for (PetscInt c = 0; c < 4; c++) {
    for (PetscInt d = 0; d < 2; d++) {
      const PetscReal *dn = place[c].dn[d];

      for (PetscInt i = 0; i < 3; i++) {
        s->mid[c][d][i] =
            dn[0] * mid[0][i] + dn[1] * mid[1][i] + dn[2] * mid[2][i] + dn[3] * mid[3][i];
        s->half[c][d][i] =
            dn[0] * half[0][i] + dn[1] * half[1][i] + dn[2] * half[2][i] + dn[3] * half[3][i];
      }
    }
  }
}

/* Is the Jacobian positive at all eight nodes? Its edge vectors there are differences of nodes. */
static PetscBool IsProper(const PetscReal X[8][3])
{
  PetscReal v[3][3], n[3];

  for (PetscInt a = 0; a < 8; a++) {
    const PetscInt face = a / 4 * 4, next = face + (a + 1) % 4, last = face + (a + 3) % 4;

    for (PetscInt i = 0; i < 3; i++) {
      v[0][i] = X[next][i] - X[a][i];
      v[1][i] = X[last][i] - X[a][i];
      v[2][i] = X[a % 4 + 4][i] - X[a % 4][i];
    }
    PltCross(v[0], v[1], n);
    if (!(PltDot3(n, v[2]) > 0)) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

int PltReferenceSet(const PetscReal X[8][3], PetscReal gamma, PltReference *ref)
{
  PltSlopes *s = &ref->slopes;
  PetscReal  g[3][3];

  if (!IsProper(X)) return 1;
  for (PetscInt c = 0; c < 4; c++) PltPlaceSet(c, gamma, &ref->place[c]);
  PltSlopesSet(ref->place, X[0], s);
  for (PetscInt i = 0; i < 3; i++) {
    g[0][i] = (s->along[0][i] + s->along[1][i]) / 2;
    g[1][i] = (s->along[2][i] + s->along[3][i]) / 2;
    g[2][i] = (s->across[0][i] + s->across[1][i]) / 2;
    for (PetscInt c = 0; c < 4; c++) {
      const PetscReal *n = ref->place[c].n;

      ref->thick[c][i] = n[0] * s->corner[0][i] + n[1] * s->corner[1][i] + n[2] * s->corner[2][i] +
                         n[3] * s->corner[3][i];
    }
  }
  PltCross(g[1], g[2], ref->centre[0]);
  PltCross(g[2], g[0], ref->centre[1]);
  ref->det0 = PltDot3(g[0], ref->centre[0]);
  for (PetscInt i = 0; i < 3; i++) {
    ref->centre[0][i] /= ref->det0;
    ref->centre[1][i] /= ref->det0;
  }
  return 0;
}

/* Membrane coefficients of one column, q 0..5 and 9..11. */
static void MembraneStrain(const PltSlopes *h, const PltSlopes *v, PetscInt c, PetscReal q[PLT_NQ])
{
  const PetscReal(*hm)[3] = h->mid[c], (*hd)[3] = h->half[c];
  const PetscReal(*vm)[3] = v->mid[c], (*vd)[3] = v->half[c];

  for (PetscInt i = 0; i < 2; i++) {
    q[i]     = PltDot3(hm[i], vm[i]);
    q[3 + i] = PltDot3(hm[i], vd[i]) + PltDot3(hd[i], vm[i]);
    q[9 + i] = PltDot3(hd[i], vd[i]);
  }
  q[2] = PltDot3(hm[0], vm[1]) + PltDot3(hm[1], vm[0]);
  q[5] =
      PltDot3(hm[0], vd[1]) + PltDot3(hd[0], vm[1]) + PltDot3(hm[1], vd[0]) + PltDot3(hd[1], vm[0]);
  q[11] = PltDot3(hd[0], vd[1]) + PltDot3(hd[1], vd[0]);
}

void PltStrainSet(const PltPlace place[4], const PltSlopes *h, const PltSlopes *v,
                  PetscReal q[4][PLT_NQ])
{
  PetscReal shear[4], thick[4];

  for (PetscInt a = 0; a < 4; a++) {
    shear[a] = PltDot3(h->along[a], v->across[a]) + PltDot3(v->along[a], h->across[a]);
    thick[a] = PltDot3(h->corner[a], v->corner[a]);
  }
  for (PetscInt c = 0; c < 4; c++) {
    const PetscReal *e = place[c].edge, *w = place[c].corner;

    MembraneStrain(h, v, c, q[c]);
    q[c][6] = e[2] * shear[2] + e[3] * shear[3];
    q[c][7] = e[0] * shear[0] + e[1] * shear[1];
    q[c][8] = w[0] * thick[0] + w[1] * thick[1] + w[2] * thick[2] + w[3] * thick[3];
  }
}

/* Transverse shear rows: edges 0 and 1 make row 7 (13), edges 2 and 3 row 6 (23). */
static void ShearRows(const PltPlace *place, const PltSlopes *g, PltRows *r)
{
  for (PetscInt e = 0; e < 4; e++) {
    const PetscInt  p = 3 * PltShellEdge[e][0], q = 3 * PltShellEdge[e][1], row = e < 2 ? 7 : 6;
    const PetscReal w = place->edge[e] / 2;

    for (PetscInt i = 0; i < 3; i++) {
      r->mid[row][p + i] -= w * g->across[e][i];
      r->mid[row][q + i] += w * g->across[e][i];
      r->half[row - PLT_HALF0][p + i] += w * g->along[e][i];
      r->half[row - PLT_HALF0][q + i] += w * g->along[e][i];
    }
  }
}

void PltRowsSet(const PltPlace *place, const PltSlopes *g, PetscInt column, PltRows *r)
{
  const PetscReal(*m)[3] = g->mid[column], (*d)[3] = g->half[column];

  for (PetscInt j = 0; j < 12; j++) {
    r->mid[6][j] = r->mid[7][j] = r->half[6 - PLT_HALF0][j] = r->half[7 - PLT_HALF0][j] = 0;
  }
  ShearRows(place, g, r);
  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal n1 = place->dn[0][a], n2 = place->dn[1][a];

    for (PetscInt i = 0; i < 3; i++) {
      const PetscInt j = 3 * a + i;

      /* q 0..2 of mid are q 3..5 of half, and q 3..5 of mid are q 9..11 of half. */
      r->mid[0][j] = r->half[0][j] = n1 * m[0][i];
      r->mid[1][j] = r->half[1][j] = n2 * m[1][i];
      r->mid[2][j] = r->half[2][j] = n1 * m[1][i] + n2 * m[0][i];
      r->mid[3][j] = r->half[6][j] = n1 * d[0][i];
      r->mid[4][j] = r->half[7][j] = n2 * d[1][i];
      r->mid[5][j] = r->half[8][j] = n1 * d[1][i] + n2 * d[0][i];
      r->half[8 - PLT_HALF0][j]    = place->corner[a] * g->corner[a][i];
    }
  }
}

/* Second derivatives of the membrane strains times the three resultants of one power of zeta. */
static void MembraneGeometric(const PltPlace *p, const PetscReal N[3], PetscReal k[4][4])
{
  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal x = N[0] * p->dn[0][a] + N[2] * p->dn[1][a];
    const PetscReal y = N[1] * p->dn[1][a] + N[2] * p->dn[0][a];

    for (PetscInt b = 0; b < 4; b++) k[a][b] += x * p->dn[0][b] + y * p->dn[1][b];
  }
}

void PltGeometricAdd(const PltPlace place[4], const PltLaminate column[4], PetscReal k[3][4][4])
{
  PetscReal shear[4] = {0}, thick[4] = {0};

  for (PetscInt c = 0; c < 4; c++) {
    const PetscReal *N = column[c].N;

    MembraneGeometric(&place[c], N, k[0]);
    MembraneGeometric(&place[c], N + 3, k[1]);
    MembraneGeometric(&place[c], N + 9, k[2]);
    for (PetscInt e = 0; e < 4; e++) {
      shear[e] += place[c].edge[e] * N[e < 2 ? 7 : 6];
      thick[e] += place[c].corner[e] * N[8];
    }
  }
  for (PetscInt e = 0; e < 4; e++) {
    const PetscInt p = PltShellEdge[e][0], q = PltShellEdge[e][1];

    k[1][p][p] -= shear[e] / 4, k[1][p][q] -= shear[e] / 4;
    k[1][q][p] += shear[e] / 4, k[1][q][q] += shear[e] / 4;
    k[2][e][e] += thick[e];
  }
}
