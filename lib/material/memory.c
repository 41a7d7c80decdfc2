/* SPDX-License-Identifier: BSD-2-Clause
   Laws with a memory as seen from outside: one way to drive every law through an increment. A law
   without a memory keeps its stiffness at the end of the increment in span->work. */
#include <string.h>
#include "material/law.h"

/* Traces remember if what they are made of does. */
static const PltMaterialOps *OpsOf(PltMaterial material)
{
  return material->metal && PltTracesRemember(material) ? &PltTracesMemory : material->ops;
}

PetscInt PltMaterialStates(PltMaterial material)
{
  const PltMaterialOps *ops = OpsOf(material);

  return ops->nstate ? ops->nstate(material) : 0;
}

PetscInt PltMaterialGuesses(PltMaterial material)
{
  const PltMaterialOps *ops = OpsOf(material);

  return ops->nguess ? ops->nguess(material) : 0;
}

PetscBool PltMaterialIsAffine(PltMaterial material)
{
  if (material->metal)
    return (PetscBool)(PltMaterialIsAffine(material->metal) &&
                       PltMaterialIsAffine(material->matrix));
  return (PetscBool)(!material->ops->update || material->ops->affine);
}

PetscBool PltMaterialHasRates(PltMaterial material)
{
  if (!material) return PETSC_FALSE;
  if (material->metal)
    return (PetscBool)(PltMaterialHasRates(material->metal) ||
                       PltMaterialHasRates(material->matrix));
  return (PetscBool)(material->ops->rates && material->ops->rates(material));
}

void PltMaterialBirth(PltMaterial material, PetscReal shared[PLT_SHARED])
{
  const PltMaterialOps *ops = OpsOf(material);

  memset(shared, 0, PLT_SHARED * sizeof *shared);
  if (ops->birth) ops->birth(material, shared);
}

PetscErrorCode PltSpanSet(PltMaterial material, PltSpan span[PLT_SPANS])
{
  const PltMaterialOps *ops = OpsOf(material);

  PetscFunctionBegin;
  memcpy(span->shared[1], span->shared[0], sizeof span->shared[0]);
  span->largest = 1;
  span->child   = material->metal ? span + 1 : NULL;
  if (ops->advance) PetscCall(ops->advance(material, span));
  else PetscCall(material->ops->expansion(material, span->T[0], span->T[1], span->free));
  if (!ops->update)
    PetscCall(material->ops->stiffness(material, span->T[1], (PetscReal(*)[6])span->work));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltMaterialUpdate(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                      PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const PltMaterialOps *ops = OpsOf(site->material);
  const PetscReal(*C)[6]    = (const PetscReal(*)[6])site->span->work;

  if (ops->update) return ops->update(site, start, strain, end, stress, D);
  PltMul6(C, strain, stress);
  if (D) memcpy(D, C, 36 * sizeof(PetscReal));
  return 0;
}
