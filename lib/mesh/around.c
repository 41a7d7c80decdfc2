/* SPDX-License-Identifier: BSD-2-Clause
   From vertices to the quads around them. */
#include "mesh/mesh.h"

PetscErrorCode PltAroundCreate(PltMesh mesh, PltAround *around)
{
  PetscInt *fill;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(mesh->nvert_own + 1, &around->first));
  PetscCall(PetscMalloc1(mesh->nquad * 4 + 1, &around->quad));
  for (PetscInt i = 0; i < 4 * mesh->nquad; i++)
    if (mesh->quad[i] < mesh->nvert_own) around->first[mesh->quad[i] + 1]++;
  for (PetscInt v = 0; v < mesh->nvert_own; v++) around->first[v + 1] += around->first[v];
  PetscCall(PetscMalloc1(mesh->nvert_own + 1, &fill));
  PetscCall(PetscArraycpy(fill, around->first, mesh->nvert_own + 1));
  for (PetscInt i = 0; i < 4 * mesh->nquad; i++)
    if (mesh->quad[i] < mesh->nvert_own) around->quad[fill[mesh->quad[i]]++] = i / 4;
  PetscCall(PetscFree(fill));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAroundDestroy(PltAround *around)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(around->first));
  PetscCall(PetscFree(around->quad));
  PetscFunctionReturn(PETSC_SUCCESS);
}
