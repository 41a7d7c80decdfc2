/* SPDX-License-Identifier: BSD-2-Clause
   The plan of a surface carried along by its rigid motion: the rotation and translation that bring
   the flat plan nearest to the positions, by area-weighted least squares. */
#include "metric/internal.h"

/* Row i < 3: moments 1, X, Y of component i of the positions; row 3: of the plan alone. */
enum { ROWS = 4, COLUMNS = 3 };

static PetscErrorCode Sum(PltMesh mesh, PltProject project, const PetscReal area[],
                          const PetscReal x[], PetscReal sum[ROWS][COLUMNS])
{
  PetscFunctionBegin;
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    const PetscReal f[COLUMNS] = {area[v], area[v] * mesh->xy[2 * v],
                                  area[v] * mesh->xy[2 * v + 1]};

    for (PetscInt j = 0; j < COLUMNS; j++) {
      for (PetscInt i = 0; i < 3; i++) sum[i][j] += f[j] * x[3 * v + i];
      sum[3][j] += f[j];
    }
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, ROWS * COLUMNS, MPIU_REAL, MPIU_SUM, mesh->comm));
  for (PetscInt axis = 0; axis < 2; axis++)
    for (PetscInt i = 0; i < ROWS; i++)
      for (PetscInt j = 0; j < COLUMNS; j++)
        if (PltMirrored(project, axis) && (i == axis) != (j == axis + 1)) sum[i][j] = 0; /* odd */
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPlaneCarry(PltMesh mesh, PltProject project, const PetscReal area[],
                             const PetscReal x[], PltPlane *plane)
{
  PetscReal sum[ROWS][COLUMNS] = {{0}}, G[3][2], R[3][3];

  PetscFunctionBegin;
  PetscCall(Sum(mesh, project, area, x, sum));
  for (PetscInt i = 0; i < 3; i++) {
    plane->centre[i] = sum[i][0] / sum[3][0];
    for (PetscInt j = 0; j < 2; j++) G[i][j] = sum[i][j + 1] - plane->centre[i] * sum[3][j + 1];
  }
  PltTurnNearest(G, R);
  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt k = 0; k < 3; k++) plane->axis[k][i] = R[i][k];
  PetscFunctionReturn(PETSC_SUCCESS);
}
