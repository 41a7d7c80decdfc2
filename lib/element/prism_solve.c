/* SPDX-License-Identifier: BSD-2-Clause
   A prism without enhanced modes whose plies follow any law: the columns are solved one by one
   (element.h, the column condition). With stress a and modulus A of the out-of-plane components at
   the last strains, Newton's method is

     s = (sum W A^-1)^-1 (sum W A^-1 (a + s_b) - sum W theta),   theta += A^-1 (s - s_b - a)

   until a = s - s_b at all points. The moduli of the column are then those of the layup (layup.c),
   from the consistent moduli of its points. */
#include <string.h>
#include "element/prism_large.h"

/* Largest difference of a and s - s_b, over the largest stress of the column; what rounding of the
   strains and searches of phases in a point may do besides, over the modulus times the strain. */
static const PetscReal AGREED = 1e-11, ROUNDED = 1e-12;
enum { SEARCH_MAX = 30, POINTS = PLT_SHELL_PLIES * PLT_SHELL_NZ };

static const PetscInt part[PLT_PRISM_NL]  = {PLT_11, PLT_22, PLT_12, PLT_11, PLT_22, PLT_12,
                                             PLT_23, PLT_13, PLT_33, PLT_11, PLT_22, PLT_12};
static const PetscInt power[PLT_PRISM_NL] = {0, 0, 0, 1, 1, 1, 0, 0, 0, 2, 2, 2};

typedef struct {
  PetscReal  w[5]; /* weight times powers of zeta */
  PetscReal *strain;
  PetscReal  born[PLT_NOUT]; /* s_b */
  PetscReal  S[6], D[6][6], Ainv[PLT_NOUT][PLT_NOUT];
} Point;

typedef struct {
  PetscInt  n, nout;
  PetscReal F[PLT_NOUT][PLT_NOUT]; /* (sum W A^-1)^-1 */
  PetscReal s[PLT_NOUT];
  Point     point[POINTS];
} Column;

/* Where the points are, and strains with the out-of-plane part where the search begins. */
static void ColumnSet(const PltPoints *p, PltAgeStrains *e, PetscInt c, Column *col)
{
  col->n    = 0;
  col->nout = p->harmonic ? PLT_NOUT : 1;
  for (PetscInt k = 0; k < p->nply; k++) {
    const PltShellPly *ply = &p->ply[k];
    PetscReal(*q)[4]       = e[p->age[k]];
    const PetscReal half   = (ply->hi - ply->lo) / 2;

    for (PetscInt z = 0; z < PLT_SHELL_NZ; z++) {
      const PetscReal zeta = (ply->lo + ply->hi) / 2 + (z ? PLT_GAUSS : -PLT_GAUSS) * half;
      Point          *at   = &col->point[col->n++];
      PetscReal       found[6];

      at->w[0] = half;
      for (PetscInt n = 1; n < 5; n++) at->w[n] = at->w[n - 1] * zeta;
      at->strain = p->strain[k][c][z];
      memcpy(found, at->strain, sizeof found);
      for (PetscInt i = 0; i < 6; i++) at->strain[i] = -ply->eigen[i];
      for (PetscInt i = 0; i < PLT_PRISM_NL; i++)
        at->strain[part[i]] += q[i][c] * at->w[power[i]] / half;
      for (PetscInt o = 0; o < PLT_NOUT; o++) {
        if (o < col->nout && p->known[k]) at->strain[PLT_OUT0 + o] = found[PLT_OUT0 + o];
        at->born[o] = q[PLT_PRISM_NL + o][c];
      }
    }
  }
}

/* sum W theta, from strains less those of the assumed field. */
static void MeanOf(const PltPoints *p, PltAgeStrains *e, PetscInt c, const Column *col,
                   PetscReal mean[PLT_NOUT])
{
  static const PetscInt row[PLT_NOUT] = {8, 6, 7}; /* 33 23 13 among the strains */

  for (PetscInt o = 0; o < PLT_NOUT; o++) {
    mean[o] = 0;
    for (PetscInt i = 0; i < col->n; i++) {
      const PltShellPly *ply = &p->ply[i / PLT_SHELL_NZ];

      mean[o] +=
          col->point[i].w[0] * (col->point[i].strain[PLT_OUT0 + o] + ply->eigen[PLT_OUT0 + o] -
                                e[p->age[i / PLT_SHELL_NZ]][row[o]][c]);
    }
  }
}

/* Stress and moduli at the present strains, and what the points may be off; 1 if a law has no
   answer. */
static int ColumnEvaluate(const PltPoints *p, PetscInt c, Column *col, PetscReal *limit)
{
  PetscReal sum[PLT_NOUT][PLT_NOUT] = {{0}}, A[PLT_NOUT][PLT_NOUT];
  PetscReal largest = 1, round = 0; /* Pa: less is nothing */

  for (PetscInt i = 0; i < col->n; i++) {
    Point *at = &col->point[i];

    if (p->law(p->context, i / PLT_SHELL_NZ, PLT_SHELL_NZ * c + i % PLT_SHELL_NZ, at->strain, at->S,
               at->D))
      return 1;
    for (PetscInt j = 0; j < 6; j++) {
      largest = PetscMax(largest, PetscAbsReal(at->S[j]));
      round   = PetscMax(round, at->D[j][j] * PetscAbsReal(at->strain[j]));
    }
    for (PetscInt j = 0; j < 9; j++) A[j / 3][j % 3] = at->D[PLT_OUT0 + j / 3][PLT_OUT0 + j % 3];
    PltInvertOut((const PetscReal(*)[3])A, p->harmonic, at->Ainv);
    for (PetscInt j = 0; j < 9; j++) sum[j / 3][j % 3] += at->w[0] * at->Ainv[j / 3][j % 3];
  }
  PltInvertOut((const PetscReal(*)[3])sum, p->harmonic, col->F);
  *limit = AGREED * largest + ROUNDED * round;
  return PetscIsInfOrNanReal(*limit);
}

/* The next common stress, and by how much the points are off it. */
static PetscReal ColumnStress(Column *col, const PetscReal mean[PLT_NOUT])
{
  PetscReal x[PLT_NOUT], off = 0;

  for (PetscInt o = 0; o < PLT_NOUT; o++) x[o] = -mean[o];
  for (PetscInt i = 0; i < col->n; i++) {
    const Point *at = &col->point[i];

    for (PetscInt o = 0; o < col->nout; o++)
      for (PetscInt j = 0; j < col->nout; j++)
        x[o] += at->w[0] * at->Ainv[o][j] * (at->S[PLT_OUT0 + j] + at->born[j]);
  }
  for (PetscInt o = 0; o < PLT_NOUT; o++) col->s[o] = PltDot3(col->F[o], x);
  for (PetscInt i = 0; i < col->n; i++) {
    const Point *at = &col->point[i];

    for (PetscInt o = 0; o < col->nout; o++)
      off = PetscMax(off, PetscAbsReal(at->S[PLT_OUT0 + o] + at->born[o] - col->s[o]));
  }
  return off;
}

static int ColumnSolve(const PltPoints *p, PltAgeStrains *e, PetscInt c, Column *col)
{
  PetscReal mean[PLT_NOUT], limit;

  ColumnSet(p, e, c, col);
  for (PetscInt it = 0; it < SEARCH_MAX; it++) {
    if (ColumnEvaluate(p, c, col, &limit)) return 1;
    MeanOf(p, e, c, col, mean);
    if (ColumnStress(col, mean) <= limit) return 0;
    for (PetscInt i = 0; i < col->n; i++) {
      Point *at = &col->point[i];

      for (PetscInt o = 0; o < col->nout; o++)
        for (PetscInt j = 0; j < col->nout; j++)
          at->strain[PLT_OUT0 + o] +=
              at->Ainv[o][j] * (col->s[j] - at->born[j] - at->S[PLT_OUT0 + j]);
    }
  }
  return 1;
}

/* Moduli of a column, of which R is sum W A^-1 D_out. */
static void ColumnModuli(const Column *col, PetscReal Q[PLT_PRISM_NL][PLT_PRISM_NL])
{
  PetscReal R[PLT_NOUT][PLT_PRISM_NL] = {{0}}, FR[PLT_NOUT];

  memset(Q, 0, PLT_PRISM_NL * sizeof Q[0]);
  for (PetscInt n = 0; n < col->n; n++) {
    const Point *at = &col->point[n];
    PetscReal    r[PLT_NOUT][6], D[6][6];

    for (PetscInt o = 0; o < PLT_NOUT; o++)
      for (PetscInt j = 0; j < 6; j++)
        r[o][j] = at->Ainv[o][0] * at->D[PLT_OUT0][j] + at->Ainv[o][1] * at->D[PLT_OUT0 + 1][j] +
                  at->Ainv[o][2] * at->D[PLT_OUT0 + 2][j];
    for (PetscInt i = 0; i < 6; i++)
      for (PetscInt j = 0; j < 6; j++)
        D[i][j] = at->D[i][j] - at->D[i][PLT_OUT0] * r[0][j] - at->D[i][PLT_OUT0 + 1] * r[1][j] -
                  at->D[i][PLT_OUT0 + 2] * r[2][j];
    for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
      for (PetscInt j = 0; j < PLT_PRISM_NL; j++)
        Q[i][j] += at->w[power[i] + power[j]] * D[part[i]][part[j]];
      for (PetscInt o = 0; o < PLT_NOUT; o++) R[o][i] += at->w[power[i]] * r[o][part[i]];
    }
  }
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) {
    for (PetscInt o = 0; o < PLT_NOUT; o++)
      FR[o] = col->F[o][0] * R[0][i] + col->F[o][1] * R[1][i] + col->F[o][2] * R[2][i];
    for (PetscInt j = 0; j < PLT_PRISM_NL; j++)
      Q[i][j] += FR[0] * R[0][j] + FR[1] * R[1][j] + FR[2] * R[2][j];
  }
}

int PltPrismSolve(const PltPrism *prism, PltKinematics kinematics, const PltPoints *points,
                  PetscBool tangent, PltSolved *solved)
{
  PltAgeStrains e[PLT_SHELL_PLIES];
  Column        col;

  if (kinematics == PLT_LARGE) PltPrismLargeAges(prism, e);
  else PltPrismAges(prism, e);
  memset(solved->N, 0, sizeof solved->N);
  for (PetscInt c = 0; c < 4; c++) {
    if (ColumnSolve(points, e, c, &col)) return 1;
    for (PetscInt n = 0; n < col.n; n++)
      for (PetscInt i = 0; i < PLT_PRISM_NL; i++)
        solved->N[i][c] += col.point[n].w[power[i]] * col.point[n].S[part[i]];
    if (tangent) ColumnModuli(&col, solved->Q[c]);
  }
  return 0;
}
