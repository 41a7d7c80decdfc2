/* SPDX-License-Identifier: BSD-2-Clause
   Numbers for keys: an open hash table of XXH3's 128-bit hashes. Two different keys among 10^9 get
   the same hash with a probability of 10^-21. */
#include <xxhash.h>
#include "mg/internal.h"

PetscErrorCode PltIdsCreate(PltIds *ids)
{
  PetscFunctionBegin;
  *ids = (PltIds){.n = 0, .size = 1024};
  PetscCall(PetscMalloc1(ids->size, &ids->slot));
  for (PetscInt i = 0; i < ids->size; i++) ids->slot[i].id = -1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltIdsDestroy(PltIds *ids)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(ids->slot));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Slot of a hash: its own, or the empty one it would go to. */
static PetscInt Find(const PltIds *ids, unsigned long long low, unsigned long long high)
{
  PetscInt i = (PetscInt)(low & (unsigned long long)(ids->size - 1));

  while (ids->slot[i].id >= 0 && (ids->slot[i].low != low || ids->slot[i].high != high))
    i = (i + 1) & (ids->size - 1);
  return i;
}

static PetscErrorCode Grow(PltIds *ids)
{
  PltIds bigger = {.n = ids->n, .size = 2 * ids->size};

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(bigger.size, &bigger.slot));
  for (PetscInt i = 0; i < bigger.size; i++) bigger.slot[i].id = -1;
  for (PetscInt i = 0; i < ids->size; i++)
    if (ids->slot[i].id >= 0)
      bigger.slot[Find(&bigger, ids->slot[i].low, ids->slot[i].high)] = ids->slot[i];
  PetscCall(PetscFree(ids->slot));
  *ids = bigger;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltIdsGet(PltIds *ids, const void *key, size_t size, PetscInt *id, PetscBool *is_new)
{
  const XXH128_hash_t hash = XXH3_128bits(key, size);
  PetscInt            i;

  PetscFunctionBegin;
  if (2 * ids->n >= ids->size) PetscCall(Grow(ids));
  i       = Find(ids, hash.low64, hash.high64);
  *is_new = (PetscBool)(ids->slot[i].id < 0);
  if (*is_new) {
    ids->slot[i].low  = hash.low64;
    ids->slot[i].high = hash.high64;
    ids->slot[i].id   = ids->n++;
  }
  *id = ids->slot[i].id;
  PetscFunctionReturn(PETSC_SUCCESS);
}
