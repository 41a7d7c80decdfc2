/* SPDX-License-Identifier: BSD-2-Clause
   Finite rotations: the one nearest to the map of a plane (Kabsch 1976, Acta Cryst. A 32:922, for
   points that lie in a plane), from the orthogonal columns of a one-sided Jacobi step (Hestenes
   1958), and the vector of a rotation. */
#include "metric/internal.h"

static PetscReal Dot(const PetscReal a[3], const PetscReal b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void Normalise(PetscReal a[3])
{
  const PetscReal length = PetscSqrtReal(Dot(a, a));

  for (PetscInt i = 0; i < 3; i++) a[i] /= length;
}

void PltTurnNearest(PetscReal G[3][2], PetscReal R[3][3])
{
  PetscReal u[3], v[3], xx = 0, yy = 0, xy = 0, angle, c, s, along;

  for (PetscInt i = 0; i < 3; i++) {
    xx += G[i][0] * G[i][0];
    yy += G[i][1] * G[i][1];
    xy += G[i][0] * G[i][1];
  }
  angle = PetscAtan2Real(2 * xy, xx - yy) / 2; /* u becomes the longer column */
  c     = PetscCosReal(angle);
  s     = PetscSinReal(angle);
  for (PetscInt i = 0; i < 3; i++) {
    u[i] = c * G[i][0] + s * G[i][1];
    v[i] = c * G[i][1] - s * G[i][0];
  }
  Normalise(u);
  /* What rounding left of u in a short v would not be small beside it. */
  along = Dot(u, v);
  for (PetscInt i = 0; i < 3; i++) v[i] -= along * u[i];
  Normalise(v);
  for (PetscInt i = 0; i < 3; i++) {
    const PetscInt j = (i + 1) % 3, k = (i + 2) % 3;

    R[i][0] = c * u[i] - s * v[i];
    R[i][1] = s * u[i] + c * v[i];
    R[i][2] = u[j] * v[k] - u[k] * v[j];
  }
}

void PltTurnVector(PetscReal A[3][3], PetscReal B[3][3], PetscReal turn[3])
{
  PetscReal R[3][3], length, factor;

  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt j = 0; j < 3; j++) R[i][j] = Dot(B[i], A[j]);
  for (PetscInt i = 0; i < 3; i++) {
    const PetscInt j = (i + 1) % 3, k = (i + 2) % 3;

    turn[i] = (R[k][j] - R[j][k]) / 2;
  }
  length = PetscSqrtReal(Dot(turn, turn)); /* the sine of the angle */
  factor = length > 0 ? PetscAtan2Real(length, (R[0][0] + R[1][1] + R[2][2] - 1) / 2) / length : 1;
  for (PetscInt i = 0; i < 3; i++) turn[i] *= factor;
}
