/* SPDX-License-Identifier: BSD-2-Clause
   Unknowns that a support holds at zero, and that are not there yet. */
#include "step/internal.h"

PetscErrorCode PltHeldMove(PltState s, PltContact contact, const PetscReal *start, PetscReal way)
{
  const PltSpace space = s->space;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert; v++)
    for (PetscInt d = 0; d < (contact ? 2 : 3); d++) {
      PetscReal move = 0;

      for (PetscInt k = 0; k < s->nlevel; k++) {
        const PetscInt i = 3 * (v * s->nlevel + k) + d;

        if (space->node[i / 3] < 0 || space->fixed[i] != PLT_DOF_HELD) continue;
        move = (1 - way) * start[i] - s->u[i];
      }
      for (PetscInt k = 0; k < s->nlevel && move != 0; k++)
        s->u[3 * (v * s->nlevel + k) + d] += move;
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltHeldDistance(PltState s, PltContact contact, PetscReal *all)
{
  PetscReal most = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++)
    if (s->space->node[i / 3] >= 0 && s->space->fixed[i] == PLT_DOF_HELD &&
        !(contact && i % 3 == 2))
      most = PetscMax(most, PetscAbsReal(s->u[i]));
  PetscCallMPI(MPI_Allreduce(&most, all, 1, MPIU_REAL, MPI_MAX, s->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}
