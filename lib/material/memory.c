/* SPDX-License-Identifier: BSD-2-Clause
   Laws with a memory as seen from outside: one way to drive every law through an increment. A law
   without a memory keeps its stiffness at the end of the increment in span->work. */
#include <string.h>
#include "material/law.h"

PetscInt PltMaterialStates(PltMaterial material)
{
  return material->ops->nstate ? material->ops->nstate(material) : 0;
}

PetscBool PltMaterialIsAffine(PltMaterial material)
{
  return (PetscBool)(!material->ops->update || material->ops->affine);
}

void PltMaterialBirth(PltMaterial material, PetscReal shared[PLT_SHARED])
{
  memset(shared, 0, PLT_SHARED * sizeof *shared);
  if (material->ops->birth) material->ops->birth(material, shared);
}

PetscErrorCode PltSpanSet(PltMaterial material, PltSpan span[PLT_SPANS])
{
  const PltMaterialOps *ops = material->ops;

  PetscFunctionBegin;
  memcpy(span->shared[1], span->shared[0], sizeof span->shared[0]);
  span->largest = 1;
  span->child   = material->metal ? span + 1 : NULL;
  if (ops->advance) PetscCall(ops->advance(material, span));
  else PetscCall(ops->expansion(material, span->T[0], span->T[1], span->free));
  if (!ops->update) PetscCall(ops->stiffness(material, span->T[1], (PetscReal(*)[6])span->work));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltMaterialUpdate(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                      PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const PetscReal(*C)[6] = (const PetscReal(*)[6])site->span->work;

  if (site->material->ops->update)
    return site->material->ops->update(site, start, strain, end, stress, D);
  PltMul6(C, strain, stress);
  if (D) memcpy(D, C, 36 * sizeof(PetscReal));
  return 0;
}
