/* SPDX-License-Identifier: BSD-2-Clause
   What materials remember lives with their plies, from birth to death, at the points of all columns
   of a rank: those that ranks share are kept by each of them, and stay the same. */
#include "state/state.h"

PltMaterial PltStateMaterial(PltState s, PetscInt ply, PetscInt part)
{
  return part == PLT_IN_DIES ? s->project->ply[ply].die_material : s->project->ply[ply].material;
}

PetscBool PltMaterialRemembers(PltMaterial m)
{
  return (PetscBool)(m && (PltMaterialStates(m) > 0 || m->ops->nshared > 0));
}

PetscBool PltStateRemembers(PltState s)
{
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++)
    if (s->ply[i].live && PltMaterialRemembers(PltStateMaterial(s, i / 2, i % 2)))
      return PETSC_TRUE;
  return PETSC_FALSE;
}

PetscBool PltStateIterates(PltState s)
{
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    const PltMaterial m = s->ply[i].live ? PltStateMaterial(s, i / 2, i % 2) : NULL;

    if (m && PltMaterialStates(m) > 0 && !PltMaterialIsAffine(m)) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

PetscBool PltStateHasRates(PltState s)
{
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++)
    if (s->ply[i].live && PltMaterialHasRates(PltStateMaterial(s, i / 2, i % 2))) return PETSC_TRUE;
  return PETSC_FALSE;
}

PetscBool PltStateModuliVary(PltState s)
{
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    const PltMaterial m = PltStateMaterial(s, i / 2, i % 2);

    if (!m || !s->ply[i].live) continue;
    if (PltMaterialIsThermal(m) || PltMaterialRemembers(m)) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

PetscErrorCode PltMemoryRoom(PltState s, PetscInt ply, PetscInt part)
{
  const size_t      npoint   = (size_t)s->mesh->nquad * 4 * PLT_SHELL_NZ;
  PltMemory        *memory   = &s->memory[ply];
  const PltMaterial material = PltStateMaterial(s, ply, part);

  PetscFunctionBegin;
  if (!PltMaterialRemembers(material)) PetscFunctionReturn(PETSC_SUCCESS);
  if (!memory->point && memory->n > 0)
    PetscCall(PetscCalloc1(npoint * memory->n + 1, &memory->point));
  if (!memory->strain && !PltMaterialIsAffine(material)) {
    PetscCall(PetscCalloc1(npoint * 6 + 1, &memory->strain));
    PetscCall(PetscCalloc1(npoint * 6 + 1, &memory->settled));
  }
  if (!memory->guess && memory->nguess > 0)
    PetscCall(PetscCalloc1(npoint * memory->nguess + 1, &memory->guess));
  if (!memory->past && PltMaterialHasRates(material))
    PetscCall(PetscCalloc1(npoint * 12 + 1, &memory->past));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMemoryBear(PltState s, PetscInt ply, PetscInt part)
{
  PltPartState     *p        = &s->ply[2 * ply + part];
  const PltMaterial material = PltStateMaterial(s, ply, part);

  PetscFunctionBegin;
  if (!PltMaterialRemembers(material)) PetscFunctionReturn(PETSC_SUCCESS);
  PltMaterialBirth(material, p->shared);
  PetscCall(PetscArrayzero(p->free, 6));
  p->stress = p->largest = 0;
  PetscCall(PltMemoryRoom(s, ply, part));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMemoryForget(PltState s)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->slabs.nply; i++) {
    if (s->ply[2 * i].live || s->ply[2 * i + 1].live) continue;
    PetscCall(PetscFree(s->memory[i].point));
    PetscCall(PetscFree(s->memory[i].strain));
    PetscCall(PetscFree(s->memory[i].settled));
    PetscCall(PetscFree(s->memory[i].guess));
    PetscCall(PetscFree(s->memory[i].past));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Strains in copies of each other. */
static PetscErrorCode Copy(PltState s, PetscBool back)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->slabs.nply; i++) {
    PltMemory *m = &s->memory[i];

    if (!m->strain) continue;
    PetscCall(PetscArraycpy(back ? m->strain : m->settled, back ? m->settled : m->strain,
                            (size_t)s->mesh->nquad * 4 * PLT_SHELL_NZ * 6));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateSettle(PltState s)
{
  PetscFunctionBegin;
  PetscCall(PetscArraycpy(s->settled, s->u, PltStateFieldSize(s)));
  PetscCall(Copy(s, PETSC_FALSE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateRestore(PltState s)
{
  PetscFunctionBegin;
  PetscCall(PetscArraycpy(s->u, s->settled, PltStateFieldSize(s)));
  PetscCall(Copy(s, PETSC_TRUE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMemoryUnguess(PltState s)
{
  const size_t npoint = (size_t)s->mesh->nquad * 4 * PLT_SHELL_NZ;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->slabs.nply; i++)
    if (s->memory[i].guess)
      PetscCall(PetscArrayzero(s->memory[i].guess, npoint * (size_t)s->memory[i].nguess));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltMemoryTurn(PltState s)
{
  s->dt_memory = 0;
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) s->ply[i].largest = s->ply[i].stress;
}

/* The points of a ply stand at +-1/sqrt(3) of its half thickness. What they remember is taken as
   linear in between, and goes on so. */
void PltMemoryGrind(PltState s, PetscInt ply, PetscReal lo, PetscReal hi)
{
  const PltMemory *memory = &s->memory[ply];
  const PetscReal  gauss = 1 / PetscSqrtReal(3), mid = (s->lo[ply] + s->hi[ply]) / 2;
  const size_t     ncolumn = (size_t)s->mesh->nquad * 4;

  for (PetscInt field = 0; field < 3; field++) {
    const PetscInt   n    = (const PetscInt[]){memory->n, 6, 12}[field];
    PetscReal *const data = (PetscReal *[]){memory->point, memory->strain, memory->past}[field];

    for (size_t i = 0; data && i < ncolumn; i++) {
      PetscReal *low = data + 2 * i * (size_t)n, *high = low + n;

      for (PetscInt j = 0; j < n; j++) {
        const PetscReal mean = (low[j] + high[j]) / 2, slope = (high[j] - low[j]) / (2 * gauss);
        const PetscReal at   = (2 * mid - lo - hi) / (hi - lo);
        const PetscReal half = gauss * (s->hi[ply] - s->lo[ply]) / (hi - lo);

        low[j]  = mean + slope * (at - half);
        high[j] = mean + slope * (at + half);
      }
    }
  }
}

PetscErrorCode PltStateSpan(PltState s, PetscInt ply, PetscInt part, PetscReal T, PetscReal dt,
                            PltSpan span[PLT_SPANS])
{
  PetscFunctionBegin;
  PetscCall(PetscMemzero(span, PLT_SPANS * sizeof *span));
  span->T[0] = s->T_memory;
  span->T[1] = T;
  span->dt   = dt;
  PetscCall(PetscArraycpy(span->shared[0], s->ply[2 * ply + part].shared, PLT_SHARED));
  PetscCall(PltSpanSet(PltStateMaterial(s, ply, part), span));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateLargest(PltState s, PetscReal T, PetscReal dt, PetscReal *largest)
{
  PltSpan span[PLT_SPANS];

  PetscFunctionBegin;
  *largest = 1;
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    if (!s->ply[i].live || !PltMaterialRemembers(PltStateMaterial(s, i / 2, i % 2))) continue;
    PetscCall(PltStateSpan(s, i / 2, i % 2, T, dt, span));
    *largest = PetscMin(*largest, span->largest);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
