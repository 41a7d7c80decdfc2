/* SPDX-License-Identifier: BSD-2-Clause
   Rotations for the tests of what must not feel them. */
#ifndef PLT_TEST_ROTATION_H
#define PLT_TEST_ROTATION_H
#include <math.h>
#include <petscsys.h>

/* R x turns x by the angle (rad) about the axis, of any length. */
static inline void Rotation(double angle, const double axis[3], double R[3][3])
{
  const double n = sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
  const double c = cos(angle), s = sin(angle);
  const double a[3] = {axis[0] / n, axis[1] / n, axis[2] / n};

  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) R[i][j] = (1 - c) * a[i] * a[j] + (i == j ? c : 0);
  }
  for (int i = 0; i < 3; i++) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;

    R[j][k] -= s * a[i];
    R[k][j] += s * a[i];
  }
}

/* n vectors; y may be x. */
static inline void Rotate(const double R[3][3], const PetscReal *x, int n, PetscReal *y)
{
  for (int i = 0; i < n; i++) {
    const PetscReal v[3] = {x[3 * i], x[3 * i + 1], x[3 * i + 2]};

    for (int d = 0; d < 3; d++) y[3 * i + d] = R[d][0] * v[0] + R[d][1] * v[1] + R[d][2] * v[2];
  }
}
#endif
