/* SPDX-License-Identifier: BSD-2-Clause
   The small dense solve behind every fit of this room: Cholesky without square roots (LDL^T), which
   drops unknowns that the data do not determine, such as the curvature across a strip that is one
   element wide. */
#include "metric/internal.h"

void PltFitSolve(PetscInt n, PetscReal A[][PLT_BASIS_MAX], PetscReal b[], PetscReal c[])
{
  PetscReal L[PLT_BASIS_MAX][PLT_BASIS_MAX], D[PLT_BASIS_MAX];

  for (PetscInt j = 0; j < n; j++) {
    D[j] = A[j][j];
    for (PetscInt k = 0; k < j; k++) D[j] -= L[j][k] * L[j][k] * D[k];
    if (D[j] <= 1e-10 * A[j][j]) D[j] = 0;
    for (PetscInt i = j + 1; i < n; i++) {
      L[i][j] = A[i][j];
      for (PetscInt k = 0; k < j; k++) L[i][j] -= L[i][k] * L[j][k] * D[k];
      L[i][j] = D[j] > 0 ? L[i][j] / D[j] : 0;
    }
  }
  for (PetscInt i = 0; i < n; i++) {
    c[i] = b[i];
    for (PetscInt k = 0; k < i; k++) c[i] -= L[i][k] * c[k];
  }
  for (PetscInt i = 0; i < n; i++) c[i] = D[i] > 0 ? c[i] / D[i] : 0;
  for (PetscInt i = n - 1; i >= 0; i--)
    for (PetscInt k = i + 1; k < n; k++)
      if (D[i] > 0) c[i] -= L[k][i] * c[k];
}
