/* SPDX-License-Identifier: BSD-2-Clause
   6 x 6 matrices in Voigt order. */
#include "base/base.h"

void PltMul6(const PetscReal A[6][6], const PetscReal x[6], PetscReal y[6])
{
  for (int i = 0; i < 6; i++) {
    y[i] = 0;
    for (int j = 0; j < 6; j++) y[i] += A[i][j] * x[j];
  }
}

/* Cholesky factor of A in its lower triangle. A pivot that cancels to 1e-13 of its diagonal is
   rounding: the matrix is then singular or indefinite as far as double can tell. */
static PetscBool Factor(PetscReal A[6][6])
{
  for (int j = 0; j < 6; j++) {
    const PetscReal diagonal = A[j][j];

    for (int k = 0; k < j; k++) A[j][j] -= A[j][k] * A[j][k];
    if (!(diagonal > 0 && A[j][j] > 1e-13 * diagonal)) return PETSC_FALSE;
    A[j][j] = PetscSqrtReal(A[j][j]);
    for (int i = j + 1; i < 6; i++) {
      for (int k = 0; k < j; k++) A[i][j] -= A[i][k] * A[j][k];
      A[i][j] /= A[j][j];
    }
  }
  return PETSC_TRUE;
}

/* Solve L L^T x = x. */
static void Solve(const PetscReal L[6][6], PetscReal x[6])
{
  for (int i = 0; i < 6; i++) {
    for (int k = 0; k < i; k++) x[i] -= L[i][k] * x[k];
    x[i] /= L[i][i];
  }
  for (int i = 5; i >= 0; i--) {
    for (int k = i + 1; k < 6; k++) x[i] -= L[k][i] * x[k];
    x[i] /= L[i][i];
  }
}

PetscErrorCode PltInvert6(PetscReal A[6][6], PetscBool *positive)
{
  PetscReal L[6][6];

  PetscFunctionBegin;
  PetscCall(PetscMemcpy(L, A, sizeof(L)));
  *positive = Factor(L);
  if (!*positive) PetscFunctionReturn(PETSC_SUCCESS);
  for (int j = 0; j < 6; j++) {
    PetscReal x[6] = {0};

    x[j] = 1;
    Solve(L, x);
    for (int i = j; i < 6; i++) A[i][j] = A[j][i] = x[i]; /* symmetric to the last bit */
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
