/* SPDX-License-Identifier: BSD-2-Clause
   Symmetric tensors of stress and strain as six components in voigt order: here the shear strains
   are tensor components, half the engineering ones. Private to the room. */
#ifndef PLT_TENSOR_H
#define PLT_TENSOR_H
#include <math.h>
#include "base/base.h"

static inline PetscReal PltDot(const PetscReal a[6], const PetscReal b[6])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + 2 * (a[3] * b[3] + a[4] * b[4] + a[5] * b[5]);
}

/* The equivalent stress of a deviator: a bar's stress. */
static inline PetscReal PltMises(const PetscReal s[6])
{
  return sqrt(1.5 * PltDot(s, s));
}

/* Deviator of a strain with engineering shear; returns its trace. */
static inline PetscReal PltDeviator(const PetscReal strain[6], PetscReal e[6])
{
  const PetscReal trace = strain[PLT_11] + strain[PLT_22] + strain[PLT_33];

  for (int i = 0; i < 6; i++) e[i] = i < 3 ? strain[i] - trace / 3 : strain[i] / 2;
  return trace;
}

static inline PetscBool PltIsFinite(int n, const PetscReal x[])
{
  PetscReal sum = 0;

  for (int i = 0; i < n; i++) sum += 0 * x[i]; /* inf and NaN leave a NaN */
  return (PetscBool)(sum == 0);
}

/* D = bulk 1 x 1 + twoG I_dev, by engineering shear. */
static inline void PltFillIsotropic6(PetscReal bulk, PetscReal twoG, PetscReal D[6][6])
{
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) D[i][j] = i < 3 && j < 3 ? bulk - twoG / 3 : 0;
    D[i][i] += i < 3 ? twoG : twoG / 2;
  }
}

/* D += factor (a x b + b x a) / 2 */
static inline void PltAddProduct(PetscReal factor, const PetscReal a[6], const PetscReal b[6],
                                 PetscReal D[6][6])
{
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) D[i][j] += factor / 2 * (a[i] * b[j] + b[i] * a[j]);
}

/* D += factor a x b */
static inline void PltAddOuter(PetscReal factor, const PetscReal a[6], const PetscReal b[6],
                               PetscReal D[6][6])
{
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) D[i][j] += factor * a[i] * b[j];
}
#endif
