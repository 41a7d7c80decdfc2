/* SPDX-License-Identifier: BSD-2-Clause
   The rigid motion of one die from its sums, in linear theory and with finite rotations. The die is
   flat before it moves, so both need no more than moments of its plan. */
#include "metric/internal.h"

void PltRigidSmall(const PltDieSums *s, PltDieMotion *motion)
{
  const PetscReal(*u)[3]                        = s->since;
  PetscReal plane[PLT_BASIS_MAX][PLT_BASIS_MAX] = {
      {s->a, 0, -s->y}, {0, s->a, s->x}, {-s->y, s->x, s->xx + s->yy}};
  PetscReal tilt[PLT_BASIS_MAX][PLT_BASIS_MAX] = {
      {s->a, s->y, -s->x}, {s->y, s->yy, -s->xy}, {-s->x, -s->xy, s->xx}};
  PetscReal b[3] = {u[0][0], u[1][0], u[1][1] - u[0][2]}, t[3] = {u[2][0], u[2][2], -u[2][1]}, c[3];

  PltFitSolve(3, plane, b, c);
  motion->dx       = c[0];
  motion->dy       = c[1];
  motion->rotation = c[2];
  PltFitSolve(3, tilt, t, c);
  motion->dz     = c[0];
  motion->tilt_x = c[1];
  motion->tilt_y = c[2];
}

/* Displacement of the centre and rotation since the plan, from moments u of the displacement. */
static void Nearest(const PltDieSums *s, PetscReal u[3][3], PetscReal d[3], PetscReal turn[3][3])
{
  const PetscReal mean[2]    = {s->x / s->a, s->y / s->a};
  const PetscReal plan[2][3] = {{s->x, s->xx, s->xy}, {s->y, s->xy, s->yy}};
  PetscReal       q[3][3], G[3][2];

  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt k = 0; k < 3; k++) q[i][k] = u[i][k] + (i < 2 ? plan[i][k] : 0);
    for (PetscInt j = 0; j < 2; j++) G[i][j] = q[i][j + 1] - q[i][0] * mean[j];
  }
  PltTurnNearest(G, turn);
  for (PetscInt i = 0; i < 3; i++)
    d[i] = q[i][0] / s->a - turn[i][0] * mean[0] - turn[i][1] * mean[1];
}

void PltRigidLarge(const PltDieSums *s, PetscReal z, PltDieMotion *motion, PltDiePlace *place)
{
  const PetscReal nominal[3] = {motion->x, motion->y, z};
  PetscReal       u[3][3], d[2][3], turn[3];

  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt k = 0; k < 3; k++) u[i][k] = s->then[i][k];
  Nearest(s, u, d[PLT_THEN], place->turn[PLT_THEN]);
  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt k = 0; k < 3; k++) u[i][k] += s->since[i][k];
  Nearest(s, u, d[PLT_NOW], place->turn[PLT_NOW]);
  place->z = z;
  for (PetscInt i = 0; i < 3; i++) {
    place->at[PLT_THEN][i] = nominal[i] + d[PLT_THEN][i];
    place->at[PLT_NOW][i]  = nominal[i] + d[PLT_NOW][i];
  }
  PltTurnVector(place->turn[PLT_THEN], place->turn[PLT_NOW], turn);
  motion->dx       = d[PLT_NOW][0] - d[PLT_THEN][0];
  motion->dy       = d[PLT_NOW][1] - d[PLT_THEN][1];
  motion->dz       = d[PLT_NOW][2] - d[PLT_THEN][2];
  motion->tilt_x   = turn[0];
  motion->tilt_y   = turn[1];
  motion->rotation = turn[2];
}
