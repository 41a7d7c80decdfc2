/* SPDX-License-Identifier: BSD-2-Clause
   Numbering of live nodes, and the traffic between fields over all levels and PETSc vectors. */
#include "space/space.h"

PetscInt PltLiveAbove(const PltLiveSet *set, PetscInt class, PetscInt slab)
{
  for (PetscInt s = slab + 1; s < set->nslab; s++)
    if (set->live[class * set->nslab + s]) return s;
  return -1;
}

static PetscBool SlabIsAnywhere(const PltLiveSet *set, PetscInt slab)
{
  for (PetscInt c = 0; c < set->nclass; c++)
    if (set->live[c * set->nslab + slab]) return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode MergeLevels(PltSpace space)
{
  const PltLiveSet *set = &space->set;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(space->nlevel, &space->merged));
  space->merged[0] = 0;
  for (PetscInt s = 0; s < set->nslab; s++)
    space->merged[s + 1] = space->merged[s] + (SlabIsAnywhere(set, s) ? 1 : 0);
  space->nmerged = space->merged[set->nslab] + 1;
  PetscCheck(space->nmerged <= PLT_LEVEL_MAX, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "%" PetscInt_FMT " live slabs, at most %d are possible: group plies (slab:)",
             space->nmerged - 1, PLT_LEVEL_MAX - 1);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A node is live on an own line if a live slab of a column around the line touches it; own lines
   have all their columns here. */
static PetscErrorCode NumberOwnLines(PltSpace space)
{
  const PltMesh     mesh = space->mesh;
  const PltLiveSet *set  = &space->set;
  uint64_t         *mask;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(mesh->nvert, &mask));
  for (PetscInt c = 0; c < mesh->nquad; c++)
    for (PetscInt s = 0; s < set->nslab; s++) {
      if (!set->live[set->quad_class[c] * set->nslab + s]) continue;
      for (PetscInt a = 0; a < 4; a++)
        mask[mesh->quad[4 * c + a]] |=
            (UINT64_C(1) << space->merged[s]) | (UINT64_C(1) << space->merged[s + 1]);
    }
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    PetscInt number[PLT_LEVEL_MAX], n = 0;

    for (PetscInt m = 0; m < space->nmerged; m++) number[m] = (mask[v] >> m & 1) ? n++ : -1;
    for (PetscInt k = 0; k < space->nlevel; k++)
      space->node[v * space->nlevel + k] = number[space->merged[k]];
    space->count[v] = n;
    space->node_own += n;
  }
  PetscCall(PetscFree(mask));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceBcast(PltSpace space, MPI_Datatype unit, PetscInt width, void *data)
{
  MPI_Datatype type;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Type_contiguous((PetscMPIInt)width, unit, &type));
  PetscCallMPI(MPI_Type_commit(&type));
  PetscCall(PetscSFBcastBegin(space->mesh->ghost, type, data, data, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(space->mesh->ghost, type, data, data, MPI_REPLACE));
  PetscCallMPI(MPI_Type_free(&type));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceCreate(PltMesh mesh, const PltLiveSet *set, PltSpace *space)
{
  PltSpace s;
  PetscInt next;

  PetscFunctionBegin;
  PetscCall(PetscNew(&s));
  *space    = s;
  s->mesh   = mesh;
  s->set    = *set;
  s->nlevel = set->nslab + 1;
  PetscCall(PetscMalloc3(mesh->nvert * s->nlevel, &s->node, mesh->nvert, &s->count, mesh->nvert,
                         &s->start));
  PetscCall(PetscCalloc1(mesh->nvert * s->nlevel * 3, &s->fixed));
  PetscCall(MergeLevels(s));
  PetscCall(NumberOwnLines(s));
  PetscCallMPI(MPI_Scan(&s->node_own, &next, 1, MPIU_INT, MPI_SUM, mesh->comm));
  PetscCallMPI(MPI_Allreduce(&s->node_own, &s->node_all, 1, MPIU_INT, MPI_SUM, mesh->comm));
  s->node_start = next - s->node_own;
  next          = s->node_start;
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    s->start[v] = next;
    next += s->count[v];
  }
  PetscCall(PltSpaceBcast(s, MPIU_INT, s->nlevel, s->node));
  PetscCall(PltSpaceBcast(s, MPIU_INT, 1, s->count));
  PetscCall(PltSpaceBcast(s, MPIU_INT, 1, s->start));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceDestroy(PltSpace *space)
{
  PetscFunctionBegin;
  if (!*space) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscFree((*space)->merged));
  PetscCall(PetscFree3((*space)->node, (*space)->count, (*space)->start));
  PetscCall(PetscFree((*space)->fixed));
  PetscCall(PetscFree(*space));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceSetFixed(PltSpace space, PetscReal *u)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < space->mesh->nvert * space->nlevel * 3; i++)
    if (space->fixed[i] != PLT_DOF_FREE) u[i] = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceAddVec(PltSpace space, Vec dx, PetscReal *u)
{
  const PetscScalar *x;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(dx, &x));
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < space->nlevel; k++) {
      const PetscInt i = v * space->nlevel + k, node = PltSpaceNode(space, v, k);

      if (node < 0) continue;
      for (PetscInt d = 0; d < 3; d++)
        u[3 * i + d] += PetscRealPart(x[3 * (node - space->node_start) + d]);
    }
  PetscCall(VecRestoreArrayRead(dx, &x));
  PetscCall(PltSpaceBcast(space, MPIU_REAL, 3 * space->nlevel, u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceSplit(PltSpace space, Vec r, Vec reaction)
{
  PetscScalar *x, *f = NULL;

  PetscFunctionBegin;
  PetscCall(VecGetArray(r, &x));
  if (reaction) PetscCall(VecGetArray(reaction, &f));
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < space->nlevel; k++) {
      const PetscInt node = PltSpaceNode(space, v, k), i = 3 * (node - space->node_start);

      for (PetscInt d = 0; d < 3 && node >= 0; d++)
        if (space->fixed[3 * (v * space->nlevel + k) + d] != PLT_DOF_FREE) x[i + d] = 0;
        else if (f) f[i + d] = 0;
    }
  PetscCall(VecRestoreArray(r, &x));
  if (reaction) PetscCall(VecRestoreArray(reaction, &f));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceSumToVec(PltSpace space, const PetscReal *f, Vec x)
{
  PetscScalar *a;

  PetscFunctionBegin;
  PetscCall(VecSet(x, 0));
  PetscCall(VecGetArray(x, &a));
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < space->nlevel; k++) {
      const PetscInt i = v * space->nlevel + k, node = PltSpaceNode(space, v, k);

      if (node < 0) continue;
      for (PetscInt d = 0; d < 3; d++) a[3 * (node - space->node_start) + d] += f[3 * i + d];
    }
  PetscCall(VecRestoreArray(x, &a));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceCreateVec(PltSpace space, Vec *x)
{
  PetscFunctionBegin;
  PetscCall(VecCreate(space->mesh->comm, x));
  PetscCall(VecSetSizes(*x, 3 * space->node_own, PETSC_DETERMINE));
  PetscCall(VecSetBlockSize(*x, 3));
  PetscCall(VecSetFromOptions(*x));
  PetscFunctionReturn(PETSC_SUCCESS);
}
