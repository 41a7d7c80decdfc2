/* SPDX-License-Identifier: BSD-2-Clause
   The plies of a column of integration points joined by the column condition (element.h): the
   out-of-plane stresses are common, so the moduli are condensed with respect to the out-of-plane
   strains and one common stress per column is added back. Everything is in natural components, in
   which the out-of-plane directions are unit vectors and condensation is that of a block of the
   modulus. */
#include <string.h>
#include "element/shell.h"

static const PetscInt pair[6][2] = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};

/* Component and power of zeta of the compatible generalised strains. */
static const PetscInt part[PLT_NQ]  = {PLT_11, PLT_22, PLT_12, PLT_11, PLT_22, PLT_12,
                                       PLT_23, PLT_13, PLT_33, PLT_11, PLT_22, PLT_12};
static const PetscInt power[PLT_NQ] = {0, 0, 0, 1, 1, 1, 0, 0, 0, 2, 2, 2};

/* Cofactors: unlike elimination with pivots not disturbed by the very different size of thickness
   and shear entries in thin elements. */
void PltInvertOut(const PetscReal A[3][3], PetscBool harmonic, PetscReal B[3][3])
{
  PetscReal det;

  for (PetscInt i = 0; i < 9; i++) B[i / 3][i % 3] = 0;
  if (!harmonic) {
    B[0][0] = 1 / A[0][0];
    return;
  }
  B[0][0] = A[1][1] * A[2][2] - A[1][2] * A[2][1];
  B[0][1] = A[0][2] * A[2][1] - A[0][1] * A[2][2];
  B[0][2] = A[0][1] * A[1][2] - A[0][2] * A[1][1];
  B[1][1] = A[0][0] * A[2][2] - A[0][2] * A[2][0];
  B[1][2] = A[0][2] * A[1][0] - A[0][0] * A[1][2];
  B[2][2] = A[0][0] * A[1][1] - A[0][1] * A[1][0];
  det     = A[0][0] * B[0][0] + A[0][1] * B[0][1] + A[0][2] * B[0][2];
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt j = i; j < 3; j++) B[j][i] = B[i][j] /= det;
  }
}

/* Rows of the inverse of the matrix whose columns are the base vectors g; returns the determinant.
   */
static PetscReal Reciprocal(const PetscReal g[3][3], PetscReal r[3][3])
{
  PetscReal det;

  for (PetscInt i = 0; i < 3; i++) {
    const PetscReal *a = g[(i + 1) % 3], *b = g[(i + 2) % 3];

    r[i][0] = a[1] * b[2] - a[2] * b[1];
    r[i][1] = a[2] * b[0] - a[0] * b[2];
    r[i][2] = a[0] * b[1] - a[1] * b[0];
  }
  det = PltDot3(g[0], r[0]);
  for (PetscInt i = 0; i < 9; i++) r[i / 3][i % 3] /= det;
  return det;
}

/* Natural (covariant, engineering shear) to panel strain; r[i][k] = d xi^i / d X_k. */
static void StrainTransform(const PetscReal r[3][3], PetscReal T[6][6])
{
  for (PetscInt a = 0; a < 6; a++) {
    const PetscInt  k = pair[a][0], l = pair[a][1];
    const PetscReal f = a < 3 ? 1 : 2;

    for (PetscInt b = 0; b < 3; b++) T[a][b] = f * r[b][k] * r[b][l];
    for (PetscInt b = 3; b < 6; b++) {
      const PetscInt i = pair[b][0], j = pair[b][1];

      T[a][b] = f / 2 * (r[i][k] * r[j][l] + r[j][k] * r[i][l]);
    }
  }
}

/* Natural components of the enhanced strains, unit strains 11, 22, 12 of the centre times j0/j. */
static void EnhancedDirections(const PltReference *ref, const PetscReal g[3][3], PetscReal det,
                               PetscReal U[6][PLT_NE])
{
  const PetscReal scale = ref->det0 / det;
  PetscReal       x[3], y[3]; /* base vectors in those of the centre */

  for (PetscInt i = 0; i < 3; i++) {
    x[i] = PltDot3(g[i], ref->centre[0]);
    y[i] = PltDot3(g[i], ref->centre[1]);
  }
  for (PetscInt a = 0; a < 6; a++) {
    const PetscInt  i = pair[a][0], j = pair[a][1];
    const PetscReal f = a < 3 ? scale : 2 * scale;

    U[a][0] = f * x[i] * x[j];
    U[a][1] = f * y[i] * y[j];
    U[a][2] = f * (x[i] * y[j] + x[j] * y[i]) / 2;
  }
}

/* Base vectors equal to rounding of the places of the nodes. */
static PetscBool SameBase(PetscReal a[3][3], PetscReal b[3][3])
{
  for (PetscInt i = 0; i < 3; i++) {
    const PetscReal size = PetscAbsReal(a[i][0]) + PetscAbsReal(a[i][1]) + PetscAbsReal(a[i][2]);

    for (PetscInt k = 0; k < 3; k++)
      if (!(PetscAbsReal(a[i][k] - b[i][k]) <= 1e-12 * size)) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

/* Natural modulus C and CT from that of the ply. */
static void NaturalModulus(PltPoint *p)
{
  for (PetscInt i = 0; i < 6; i++) {
    for (PetscInt j = 0; j < 6; j++) {
      p->CT[i][j] = 0;
      for (PetscInt k = 0; k < 6; k++) p->CT[i][j] += p->modulus[6 * i + k] * p->T[k][j];
    }
  }
  for (PetscInt i = 0; i < 6; i++) {
    for (PetscInt j = 0; j < 6; j++) {
      p->C[i][j] = 0;
      for (PetscInt k = 0; k < 6; k++) p->C[i][j] += p->T[k][i] * p->CT[k][j];
    }
  }
}

/* Moduli after condensation: R = A^-1 C_out, D = C - C_out' R, and their products with U. */
static void Condense(PltPoint *p)
{
  for (PetscInt o = 0; o < PLT_NOUT; o++) {
    for (PetscInt j = 0; j < 6; j++) {
      p->R[o][j] = p->Ainv[o][0] * p->C[PLT_OUT0][j] + p->Ainv[o][1] * p->C[PLT_OUT0 + 1][j] +
                   p->Ainv[o][2] * p->C[PLT_OUT0 + 2][j];
    }
  }
  for (PetscInt i = 0; i < 6; i++) {
    const PetscReal *c = &p->C[i][PLT_OUT0];

    for (PetscInt j = 0; j < 6; j++)
      p->D[i][j] = p->C[i][j] - c[0] * p->R[0][j] - c[1] * p->R[1][j] - c[2] * p->R[2][j];
  }
  memset(p->DU, 0, sizeof p->DU);
  memset(p->UDU, 0, sizeof p->UDU);
  memset(p->RU, 0, sizeof p->RU);
  for (PetscInt k = 0; k < 6; k++) {
    for (PetscInt e = 0; e < PLT_NE; e++) {
      for (PetscInt i = 0; i < 6; i++) p->DU[i][e] += p->D[i][k] * p->U[k][e];
      for (PetscInt o = 0; o < PLT_NOUT; o++) p->RU[o][e] += p->R[o][k] * p->U[k][e];
    }
  }
  for (PetscInt k = 0; k < 6; k++) {
    for (PetscInt e = 0; e < PLT_NE; e++) {
      for (PetscInt i = 0; i < PLT_NE; i++) p->UDU[i][e] += p->U[k][i] * p->DU[k][e];
    }
  }
}

int PltPointSet(const PltReference *ref, PetscInt column, PetscBool harmonic,
                const PltShellPly *ply, PetscInt z, PltPoint *p)
{
  const PetscReal gauss = z ? 0.57735026918962576451 : -0.57735026918962576451;
  const PetscInt  k     = PLT_SHELL_NZ * column + z;
  PetscReal       g[3][3], r[3][3], A[3][3];

  p->modulus = ply->modulus ? ply->modulus + 36 * k : ply->C[0];
  p->offset  = ply->offset ? ply->offset + 6 * k : NULL;
  p->zeta    = (ply->lo + ply->hi + gauss * (ply->hi - ply->lo)) / 2;
  for (PetscInt i = 0; i < 3; i++) {
    g[0][i] = ref->slopes.mid[column][0][i] + p->zeta * ref->slopes.half[column][0][i];
    g[1][i] = ref->slopes.mid[column][1][i] + p->zeta * ref->slopes.half[column][1][i];
    g[2][i] = ref->thick[column][i];
  }
  if (p->det == 0 || ply->modulus || !SameBase(g, p->base)) {
    memcpy(p->base, g, sizeof g);
    p->det = Reciprocal(g, r);
    if (!(p->det > 0)) return 1;
    StrainTransform(r, p->T);
    EnhancedDirections(ref, g, p->det, p->U);
    NaturalModulus(p);
    for (PetscInt i = 0; i < 9; i++) A[i / 3][i % 3] = p->C[PLT_OUT0 + i / 3][PLT_OUT0 + i % 3];
    PltInvertOut(A, harmonic, p->Ainv);
    Condense(p);
  }
  p->w = p->det * (ply->hi - ply->lo) / 2;
  return 0;
}

void PltPointStrain(const PltPoint *p, const PetscReal q[PLT_NQ], const PetscReal e[PLT_NE],
                    PetscReal strain[6])
{
  const PetscReal z = p->zeta;

  strain[PLT_11] = q[0] + z * (q[3] + z * q[9]);
  strain[PLT_22] = q[1] + z * (q[4] + z * q[10]);
  strain[PLT_12] = q[2] + z * (q[5] + z * q[11]);
  strain[PLT_23] = q[6];
  strain[PLT_13] = q[7];
  strain[PLT_33] = q[8];
  for (PetscInt i = 0; i < 6; i++) strain[i] += PltDot3(p->U[i], e);
}

/* Natural stress before the column condition. The eigenstrain has panel components. */
static void FreeStress(const PltPoint *p, const PltShellPly *ply, const PetscReal strain[6],
                       PetscReal S[6])
{
  for (PetscInt i = 0; i < 6; i++) {
    S[i] = 0;
    for (PetscInt k = 0; k < 6; k++) S[i] += p->C[i][k] * strain[k] - p->CT[k][i] * ply->eigen[k];
    for (PetscInt k = 0; p->offset && k < 6; k++) S[i] += p->T[k][i] * p->offset[k];
  }
}

static inline void AddScaled(PetscInt n, PetscReal w, const PetscReal *x, PetscReal *y)
{
  for (PetscInt i = 0; i < n; i++) y[i] += w * x[i];
}

static void AddModulus(const PltPoint *p, const PetscReal w[5], PltSums *m)
{
  for (PetscInt n = 0; n < 5; n++) AddScaled(36, w[n], &p->D[0][0], &m->D[n][0][0]);
  for (PetscInt n = 0; n < 3; n++) {
    AddScaled(6 * PLT_NE, w[n], &p->DU[0][0], &m->DU[n][0][0]);
    AddScaled(6 * PLT_NOUT, w[n], &p->R[0][0], &m->R[n][0][0]);
  }
  AddScaled(PLT_NE * PLT_NE, w[0], &p->UDU[0][0], &m->UDU[0][0]);
  AddScaled(PLT_NOUT * PLT_NE, w[0], &p->RU[0][0], &m->RU[0][0]);
}

void PltSumsAdd(const PltPoint *p, const PltShellPly *ply, const PetscReal strain[6],
                const PetscReal s[PLT_NOUT], PltSums *m)
{
  PetscReal w[5], S[6], a[PLT_NOUT], theta[PLT_NOUT];

  w[0] = p->w;
  for (PetscInt n = 1; n < 5; n++) w[n] = w[n - 1] * p->zeta;
  AddModulus(p, w, m);
  FreeStress(p, ply, strain, S);
  for (PetscInt o = 0; o < PLT_NOUT; o++) a[o] = S[PLT_OUT0 + o] - s[o];
  for (PetscInt o = 0; o < PLT_NOUT; o++) {
    theta[o] = PltDot3(p->Ainv[o], a);
    m->s[o] += w[0] * theta[o];
    for (PetscInt i = 0; i < PLT_NOUT; i++) m->Ainv[o][i] += w[0] * p->Ainv[o][i];
  }
  for (PetscInt i = 0; i < 6; i++) {
    const PetscReal t = S[i] - PltDot3(&p->C[i][PLT_OUT0], theta);

    for (PetscInt n = 0; n < 3; n++) m->S[n][i] += w[n] * t;
    for (PetscInt e = 0; e < PLT_NE; e++) m->SU[e] += w[0] * t * p->U[i][e];
  }
  for (PetscInt i = 0; i < 3; i++) {
    m->weight[0][i] += w[0] * ply->weight[i];
    m->weight[1][i] += w[1] * ply->weight[i];
  }
}

/* The sums at their places in the generalised laminate, without the common stress. */
static void Place(const PltSums *m, PltLaminate *l, PetscReal R[PLT_NOUT][PLT_NA])
{
  for (PetscInt i = 0; i < PLT_NQ; i++) {
    const PetscInt c = part[i], n = power[i];

    for (PetscInt j = 0; j < PLT_NQ; j++) l->Q[i][j] = m->D[n + power[j]][c][part[j]];
    for (PetscInt e = 0; e < PLT_NE; e++) {
      l->Q[i][PLT_NQ + e] = l->Q[PLT_NQ + e][i] = m->DU[n][c][e];
    }
    for (PetscInt o = 0; o < PLT_NOUT; o++) R[o][i] = m->R[n][o][c];
    l->N[i] = m->S[n][c];
  }
  for (PetscInt e = 0; e < PLT_NE; e++) {
    for (PetscInt i = 0; i < PLT_NE; i++) l->Q[PLT_NQ + e][PLT_NQ + i] = m->UDU[e][i];
    for (PetscInt o = 0; o < PLT_NOUT; o++) R[o][PLT_NQ + e] = m->RU[o][e];
    l->N[PLT_NQ + e] = m->SU[e];
  }
}

void PltLaminateSet(const PltSums *m, PetscBool harmonic, PltLaminate *l)
{
  PetscReal R[PLT_NOUT][PLT_NA], FR[PLT_NOUT][PLT_NA], F[PLT_NOUT][PLT_NOUT];

  Place(m, l, R);
  PltInvertOut(m->Ainv, harmonic, F);
  for (PetscInt o = 0; o < PLT_NOUT; o++) {
    l->s[o] = PltDot3(F[o], m->s);
    for (PetscInt i = 0; i < PLT_NA; i++)
      FR[o][i] = F[o][0] * R[0][i] + F[o][1] * R[1][i] + F[o][2] * R[2][i];
    for (PetscInt e = 0; e < PLT_NE; e++) l->beta[o][e] = FR[o][PLT_NQ + e];
  }
  for (PetscInt i = 0; i < PLT_NA; i++) {
    for (PetscInt j = 0; j < PLT_NA; j++)
      l->Q[i][j] += R[0][i] * FR[0][j] + R[1][i] * FR[1][j] + R[2][i] * FR[2][j];
    l->N[i] += R[0][i] * l->s[0] + R[1][i] * l->s[1] + R[2][i] * l->s[2];
  }
}

/* The out-of-plane strains that bring the column stress to s, S being what it is without them. */
static void Theta(const PltPoint *p, const PetscReal S[6], const PetscReal s[PLT_NOUT],
                  PetscReal theta[PLT_NOUT])
{
  PetscReal a[PLT_NOUT];

  for (PetscInt o = 0; o < PLT_NOUT; o++) a[o] = s[o] - S[PLT_OUT0 + o];
  for (PetscInt o = 0; o < PLT_NOUT; o++) theta[o] = PltDot3(p->Ainv[o], a);
}

void PltPointStress(const PltPoint *p, const PltShellPly *ply, const PetscReal strain[6],
                    const PetscReal s[PLT_NOUT], PetscReal stress[6], PetscReal local[6])
{
  PetscReal S[6], theta[PLT_NOUT], natural[6];

  FreeStress(p, ply, strain, S);
  Theta(p, S, s, theta);
  for (PetscInt i = 0; i < 6; i++) natural[i] = strain[i];
  for (PetscInt o = 0; o < PLT_NOUT; o++) natural[PLT_OUT0 + o] += theta[o];
  for (PetscInt i = 0; i < 6; i++) {
    stress[i] = p->offset ? p->offset[i] : 0;
    local[i]  = -ply->eigen[i];
    for (PetscInt k = 0; k < 6; k++) {
      stress[i] += p->CT[i][k] * natural[k] - p->modulus[6 * i + k] * ply->eigen[k];
      local[i] += p->T[i][k] * natural[k];
    }
  }
}

PetscReal PltPointEnergy(const PltPoint *p, const PltShellPly *ply, const PetscReal strain[6],
                         const PetscReal s[PLT_NOUT], const PetscReal born[PLT_NOUT])
{
  PetscReal S[6], theta[PLT_NOUT], stress[6], local[6], energy;

  FreeStress(p, ply, strain, S);
  Theta(p, S, s, theta);
  PltPointStress(p, ply, strain, s, stress, local);
  energy = PltDot3(born, theta);
  for (PetscInt i = 0; i < 6; i++)
    energy += (stress[i] + (p->offset ? p->offset[i] : 0)) * local[i] / 2;
  return p->w * energy;
}
