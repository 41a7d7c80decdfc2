/* SPDX-License-Identifier: BSD-2-Clause
   A stabilisation between two slabs, written out: its forces in the frame of the quad between them,
   and those that it takes to turn the frame. */
#ifndef PLT_TEST_FORCES_BRIDGE_H
#define PLT_TEST_FORCES_BRIDGE_H
#include "assemble/internal.h"
#include "check.h"

/* The frame of a quad of twelve numbers x: columns are what is between its middle lines, what is
   normal to that, and the normal. */
static inline void QuadFrame(const double *x, double F[3][3])
{
  double line[2][3], e[3][3], length[2];

  for (int d = 0; d < 3; d++) {
    line[0][d] = x[3 + d] + x[6 + d] - x[d] - x[9 + d];
    line[1][d] = x[6 + d] + x[9 + d] - x[d] - x[3 + d];
  }
  for (int i = 0; i < 2; i++)
    length[i] = sqrt(line[i][0] * line[i][0] + line[i][1] * line[i][1] + line[i][2] * line[i][2]);
  for (int d = 0; d < 3; d++) e[0][d] = line[0][d] / length[0] + line[1][d] / length[1];
  PltCross(line[0], line[1], e[2]);
  PltCross(e[2], e[0], e[1]);
  for (int i = 0; i < 9; i++)
    F[i % 3][i / 3] = e[i / 3][i % 3] / sqrt(e[i / 3][0] * e[i / 3][0] + e[i / 3][1] * e[i / 3][1] +
                                             e[i / 3][2] * e[i / 3][2]);
}

/* R: from the place X[4][3] moved by u to where it was. Unity in small kinematics. */
static inline void TurnedBy(PltKinematics kinematics, const PetscReal *X, const PetscReal *u,
                            double R[3][3])
{
  double x[12], F[3][3], now[3][3];

  for (int i = 0; i < 12; i++) x[i] = X[i] + (kinematics == PLT_LARGE ? u[i] : 0);
  QuadFrame(X, F);
  QuadFrame(x, now);
  for (int i = 0; i < 9; i++)
    R[i / 3][i % 3] =
        F[i / 3][0] * now[i % 3][0] + F[i / 3][1] * now[i % 3][1] + F[i / 3][2] * now[i % 3][2];
}

/* y += factor R x, or R' x, of twelve vectors. */
static inline void AddTurned(double factor, double R[3][3], int back, const double x[36],
                             double y[36])
{
  for (int i = 0; i < 36; i++)
    for (int d = 0; d < 3; d++)
      y[i] += factor * (back ? R[d][i % 3] : R[i % 3][d]) * x[i / 3 * 3 + d];
}

/* u less ub in the frames of R, both counted from the middle level, as what all levels share does
   nothing: taken from each other before, they would leave the rounding of displacements, not of
   their differences. */
static inline void LessBirth(double R[2][3][3], PetscReal u[36], PetscReal ub[36])
{
  PetscReal less[36] = {0};

  for (int i = 0; i < 36; i++) {
    if (i / 12 == 1) continue;
    u[i] -= u[12 + i % 12];
    ub[i] -= ub[12 + i % 12];
  }
  memset(u + 12, 0, 12 * sizeof *u);
  memset(ub + 12, 0, 12 * sizeof *ub);
  AddTurned(1, R[0], 0, u, less);
  AddTurned(-1, R[1], 0, ub, less);
  memcpy(u, less, sizeof less);
}

typedef struct {
  PetscReal X[12][3], t[2], G[2], factor;
  PetscReal u[36], settled[36], ub[36]; /* now, at the last equilibrium, at birth */
} Stitch;

/* What it stores at the last equilibrium, in the frame of another place of its middle level. */
static inline double StitchStores(const Stitch *b, const PetscReal middle[12])
{
  PetscReal u[36], ub[36], g[36] = {0}, R[2][3][3];
  double    sum = 0;

  memcpy(u, b->settled, sizeof u);
  memcpy(ub, b->ub, sizeof ub);
  TurnedBy(PLT_LARGE, b->X[4], middle, R[0]);
  TurnedBy(PLT_LARGE, b->X[4], ub + 12, R[1]);
  LessBirth(R, u, ub);
  PltZigzagAdd((const PetscReal(*)[3])b->X, u, b->t, b->G, b->factor, g, NULL);
  for (int i = 0; i < 36; i++) sum += g[i] * u[i] / 2;
  return sum;
}

/* In large kinematics with what it takes to turn the frame, by differences. */
static inline void StitchForce(PltKinematics kinematics, const Stitch *b, PetscReal f[36])
{
  const double step = 1e-7;
  PetscReal    u[36], ub[36], g[36] = {0}, middle[12], R[2][3][3];

  memcpy(u, b->u, sizeof u);
  memcpy(ub, b->ub, sizeof ub);
  memcpy(middle, b->settled + 12, sizeof middle);
  memset(f, 0, 36 * sizeof *f);
  TurnedBy(kinematics, b->X[4], middle, R[0]);
  TurnedBy(kinematics, b->X[4], ub + 12, R[1]);
  LessBirth(R, u, ub);
  PltZigzagAdd((const PetscReal(*)[3])b->X, u, b->t, b->G, b->factor, g, NULL);
  AddTurned(1, R[0], 1, g, f);
  for (int i = 0; i < 24 && kinematics == PLT_LARGE; i++) {
    const double side = i % 2 ? -1 : 1, was = middle[i / 2];

    middle[i / 2] = was + side * step;
    f[12 + i / 2] += side * StitchStores(b, middle) / (2 * step);
    middle[i / 2] = was;
  }
}
#endif
