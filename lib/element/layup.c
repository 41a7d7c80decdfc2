/* SPDX-License-Identifier: BSD-2-Clause
   The generalised laminate of a prism in panel axes. Its third base vector is vertical and the
   other two are level at every point, so the out-of-plane directions P of element.h span the same
   strains in panel axes as in natural ones, and so do the directions of the enhanced strains those
   of the membrane: the column condition is that of a unit cube, and the matrix that follows from it
   is the same under every quad. With sums over all plies R, A and over those of one age g

     N = sum_g (D_g + R'F R_g) e_g + (R'F A_g - R_g') s_g,   F = A^-1,   A = sum W C_out^-1. */
#include <string.h>
#include "element/shell.h"

/* Component and power of zeta of the strains. */
static const PetscInt part[PLT_PRISM_NL]  = {PLT_11, PLT_22, PLT_12, PLT_11, PLT_22, PLT_12,
                                             PLT_23, PLT_13, PLT_33, PLT_11, PLT_22, PLT_12};
static const PetscInt power[PLT_PRISM_NL] = {0, 0, 0, 1, 1, 1, 0, 0, 0, 2, 2, 2};

/* Sums of one age, R and A of the formula. */
typedef struct {
  PetscReal R[PLT_NOUT][PLT_PRISM_NL], A[PLT_NOUT][PLT_NOUT];
} Sums;

/* The base vectors of a cube: natural components are those of the panel. */
static void CubeSet(PltReference *ref)
{
  memset(ref, 0, sizeof *ref);
  ref->slopes.mid[0][0][0] = ref->slopes.mid[0][1][1] = ref->thick[0][2] = 1;
  ref->centre[0][0] = ref->centre[1][1] = ref->det0 = 1;
}

/* A point's share of its age; x is that of the eigenstrains to A^-1 (a + s_b) of element.h. */
static void AddPoint(const PltPoint *p, const PltShellPly *ply, PltLayup *l, PltAge *age, Sums *sum,
                     PetscReal x[PLT_NOUT])
{
  PetscReal w[5] = {p->w};

  for (PetscInt n = 1; n < 5; n++) w[n] = w[n - 1] * p->zeta;
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
    const PetscInt c = part[i], n = power[i];

    for (PetscInt j = 0; j < PLT_PRISM_NL; j++) age->L[i][j] += w[n + power[j]] * p->D[c][part[j]];
    for (PetscInt j = 0; j < 6; j++) l->N[i] -= w[n] * p->D[c][j] * ply->eigen[j];
    for (PetscInt o = 0; o < PLT_NOUT; o++) sum->R[o][i] += w[n] * p->R[o][c];
  }
  for (PetscInt o = 0; o < PLT_NOUT; o++) {
    for (PetscInt j = 0; j < 6; j++) x[o] -= w[0] * p->R[o][j] * ply->eigen[j];
    for (PetscInt j = 0; j < PLT_NOUT; j++) sum->A[o][j] += w[0] * p->Ainv[o][j];
    l->weight[0][o] += w[0] * ply->weight[o];
    l->weight[1][o] += w[1] * ply->weight[o];
  }
}

/* The common stress of the columns, which joins the ages. */
static void AddCommon(const Sums sum[], PetscBool harmonic, const PetscReal x[PLT_NOUT],
                      PltLayup *l)
{
  Sums      all = {{{0}}, {{0}}};
  PetscReal F[PLT_NOUT][PLT_NOUT], RF[PLT_PRISM_NL][PLT_NOUT];

  for (PetscInt g = 0; g < l->nage; g++) {
    for (PetscInt o = 0; o < PLT_NOUT; o++) {
      for (PetscInt i = 0; i < PLT_PRISM_NL; i++) all.R[o][i] += sum[g].R[o][i];
      for (PetscInt i = 0; i < PLT_NOUT; i++) all.A[o][i] += sum[g].A[o][i];
    }
  }
  PltInvertOut(all.A, harmonic, F);
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
    for (PetscInt o = 0; o < PLT_NOUT; o++)
      RF[i][o] = all.R[0][i] * F[0][o] + all.R[1][i] * F[1][o] + all.R[2][i] * F[2][o];
    l->N[i] += PltDot3(RF[i], x);
  }
  for (PetscInt g = 0; g < l->nage; g++) {
    for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
      PetscReal *L = l->age[g].L[i];

      for (PetscInt o = 0; o < PLT_NOUT; o++) {
        for (PetscInt j = 0; j < PLT_PRISM_NL; j++) L[j] += RF[i][o] * sum[g].R[o][j];
        for (PetscInt j = 0; j < PLT_NOUT; j++) L[PLT_PRISM_NL + j] += RF[i][o] * sum[g].A[o][j];
        L[PLT_PRISM_NL + o] -= sum[g].R[o][i];
      }
    }
  }
}

/* The matrices of small kinematics and of all ages from that of one. */
static void AddTotal(PltAge *age, PltLayup *l)
{
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
    for (PetscInt j = 0; j < 3; j++) l->M[i][j] += age->L[i][j];
    for (PetscInt j = 0; j < PLT_PRISM_NL; j++) l->Q[i][j] += age->L[i][j];
  }
  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
    for (PetscInt j = 0; j < PLT_PRISM_NE; j++) age->Q[i][j] = age->L[i][j];
    for (PetscInt j = 0; j < PLT_PRISM_NS; j++)
      age->Q[i][PLT_PRISM_NE + j] = age->L[i][PLT_PRISM_NL + j];
  }
}

PetscInt PltLayupAges(PetscInt nply, const PetscInt event[])
{
  PetscInt n = 0;

  for (PetscInt k = 0; k < nply; k++) {
    PetscInt first = 0;

    while (event[first] != event[k]) first++;
    n += first == k ? 1 : 0;
  }
  return n;
}

/* The age of a birth; a new one if there is none. */
static PetscInt FindAge(PetscInt event, PltLayup *l)
{
  PetscInt g = 0;

  while (g < l->nage && l->age[g].event != event) g++;
  if (g < l->nage) return g;
  memset(&l->age[g], 0, sizeof l->age[g]);
  l->age[g].event = event;
  return l->nage++;
}

void PltLayupSet(PetscReal t, PetscInt nply, const PltShellPly ply[], const PetscInt event[],
                 PetscBool harmonic, PltAge age[], PltLayup *l)
{
  PetscReal    x[PLT_NOUT] = {0};
  Sums         sum[PLT_SHELL_PLIES];
  PltReference cube;
  PltPoint     point;

  *l = (PltLayup){.t = t, .age = age};
  memset(sum, 0, sizeof sum);
  CubeSet(&cube);
  for (PetscInt k = 0; k < nply; k++) {
    const PetscInt g = FindAge(event[k], l);

    point.det = 0;
    for (PetscInt z = 0; z < PLT_SHELL_NZ; z++) {
      (void)PltPointSet(&cube, 0, harmonic, &ply[k], z, &point); /* a cube is proper */
      AddPoint(&point, &ply[k], l, &l->age[g], &sum[g], x);
    }
  }
  AddCommon(sum, harmonic, x, l);
  for (PetscInt g = 0; g < l->nage; g++) AddTotal(&age[g], l);
}

/* From offsets S of a point to what they add, N_i = w zeta^n (S_c - R S_out), x = w A^-1 S_out, and
   the sums R and A. */
static void PointOffset(const PltPoint *p, PetscReal N[PLT_PRISM_NL][6], PetscReal x[PLT_NOUT][6],
                        PetscReal R[PLT_NOUT][PLT_PRISM_NL], PetscReal A[PLT_NOUT][PLT_NOUT])
{
  const PetscReal w[3] = {p->w, p->w * p->zeta, p->w * p->zeta * p->zeta};

  memset(N, 0, PLT_PRISM_NL * sizeof N[0]);
  memset(x, 0, PLT_NOUT * sizeof x[0]);
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
    const PetscInt c = part[i];

    N[i][c] = w[power[i]];
    for (PetscInt o = 0; o < PLT_NOUT; o++) {
      N[i][PLT_OUT0 + o] -= w[power[i]] * p->R[o][c];
      R[o][i] += w[power[i]] * p->R[o][c];
    }
  }
  for (PetscInt o = 0; o < PLT_NOUT; o++) {
    for (PetscInt j = 0; j < PLT_NOUT; j++) A[o][j] += x[o][PLT_OUT0 + j] = w[0] * p->Ainv[o][j];
  }
}

void PltOffsetsSet(PetscInt nply, const PltShellPly ply[], PetscBool harmonic, PltOffsets *offsets)
{
  PetscReal    x[PLT_SHELL_PLIES][PLT_SHELL_NZ][PLT_NOUT][6], A[PLT_NOUT][PLT_NOUT] = {{0}};
  PetscReal    R[PLT_NOUT][PLT_PRISM_NL] = {{0}}, F[PLT_NOUT][PLT_NOUT];
  PltReference cube;
  PltPoint     p;

  CubeSet(&cube);
  for (PetscInt k = 0; k < nply; k++) {
    p.det = 0;
    for (PetscInt z = 0; z < PLT_SHELL_NZ; z++) {
      (void)PltPointSet(&cube, 0, harmonic, &ply[k], z, &p);
      PointOffset(&p, offsets->weight[k][z], x[k][z], R, A);
    }
  }
  PltInvertOut(A, harmonic, F);
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
    PetscReal RF[PLT_NOUT];

    for (PetscInt o = 0; o < PLT_NOUT; o++)
      RF[o] = R[0][i] * F[0][o] + R[1][i] * F[1][o] + R[2][i] * F[2][o];
    for (PetscInt n = 0; n < PLT_SHELL_NZ * nply; n++) {
      PetscReal *to = offsets->weight[n / PLT_SHELL_NZ][n % PLT_SHELL_NZ][i];

      for (PetscInt j = 0; j < 6 * PLT_NOUT; j++)
        to[j % 6] += RF[j / 6] * x[n / PLT_SHELL_NZ][n % PLT_SHELL_NZ][j / 6][j % 6];
    }
  }
}
