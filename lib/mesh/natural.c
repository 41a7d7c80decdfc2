/* SPDX-License-Identifier: BSD-2-Clause
   From own entities to the natural order, for everything that is written. */
#include "mesh/footprint.h"

static PetscErrorCode Move(PetscSF sf, MPI_Datatype unit, PetscInt width, const void *local,
                           void *natural)
{
  MPI_Datatype type;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Type_contiguous((PetscMPIInt)width, unit, &type));
  PetscCallMPI(MPI_Type_commit(&type));
  PetscCall(PetscSFReduceBegin(sf, type, local, natural, MPI_REPLACE));
  PetscCall(PetscSFReduceEnd(sf, type, local, natural, MPI_REPLACE));
  PetscCallMPI(MPI_Type_free(&type));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshQuadsToNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                     const void *local, void *natural)
{
  PetscFunctionBegin;
  PetscCall(Move(mesh->quad_to_natural, unit, width, local, natural));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshVertsToNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                     const void *local, void *natural)
{
  PetscFunctionBegin;
  PetscCall(Move(mesh->vert_to_natural, unit, width, local, natural));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Spread(PetscSF sf, MPI_Datatype unit, PetscInt width, const void *natural,
                             void *local)
{
  MPI_Datatype type;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Type_contiguous((PetscMPIInt)width, unit, &type));
  PetscCallMPI(MPI_Type_commit(&type));
  PetscCall(PetscSFBcastBegin(sf, type, natural, local, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(sf, type, natural, local, MPI_REPLACE));
  PetscCallMPI(MPI_Type_free(&type));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshQuadsFromNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                       const void *natural, void *local)
{
  PetscFunctionBegin;
  PetscCall(Spread(mesh->quad_from_natural, unit, width, natural, local));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshVertsFromNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                       const void *natural, void *local)
{
  PetscFunctionBegin;
  PetscCall(Spread(mesh->vert_from_natural, unit, width, natural, local));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Shares of one array on rank 0, one after the other. */
static PetscErrorCode GatherShares(MPI_Comm comm, PetscInt n, MPI_Datatype unit, const void *share,
                                   void *all)
{
  PetscMPIInt rank, size, *count, *offset, mine = (PetscMPIInt)n;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCallMPI(MPI_Comm_size(comm, &size));
  PetscCall(PetscCalloc2(size, &count, size + 1, &offset));
  PetscCallMPI(MPI_Gather(&mine, 1, MPI_INT, count, 1, MPI_INT, 0, comm));
  for (PetscMPIInt r = 0; r < size; r++) offset[r + 1] = offset[r] + count[r];
  PetscCallMPI(MPI_Gatherv(share, mine, unit, all, count, offset, unit, 0, comm));
  PetscCall(PetscFree2(count, offset));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshGatherVertices(PltMesh m, PetscInt width, const PetscReal own[],
                                     PetscReal all[])
{
  PetscReal *share;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(width * m->vert_block, &share));
  PetscCall(PltMeshVertsToNatural(m, MPIU_REAL, width, own, share));
  PetscCall(GatherShares(m->comm, width * m->vert_block, MPIU_REAL, share, all));
  PetscCall(PetscFree(share));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshGatherFootprint(PltMesh m, PltFootprint *f)
{
  const PetscInt n = m->quad_block;
  PetscInt      *corner, *quads, *regions;
  PetscMPIInt    rank;

  PetscFunctionBegin;
  *f = (PltFootprint){0, 0, NULL, NULL, NULL};
  PetscCallMPI(MPI_Comm_rank(m->comm, &rank));
  if (rank == 0) PetscCall(PltFootprintAllocate(m->nvert_all, m->nquad_all, f));
  PetscCall(PetscMalloc3(4 * m->nquad, &corner, 4 * n, &quads, n, &regions));
  for (PetscInt i = 0; i < 4 * m->nquad; i++) corner[i] = m->vert_natural[m->quad[i]];
  PetscCall(PltMeshQuadsToNatural(m, MPIU_INT, 4, corner, quads));
  PetscCall(PltMeshQuadsToNatural(m, MPIU_INT, 1, m->region, regions));
  PetscCall(GatherShares(m->comm, 4 * n, MPIU_INT, quads, f->quad));
  PetscCall(GatherShares(m->comm, n, MPIU_INT, regions, f->region));
  PetscCall(PltMeshGatherVertices(m, 2, m->xy, f->xy));
  PetscCall(PetscFree3(corner, quads, regions));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshWriteFootprint(PltMesh m, PltProject project, const char *file)
{
  PltFootprint   f;
  PetscErrorCode failed = 0;
  PetscMPIInt    rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(m->comm, &rank));
  PetscCall(PltMeshGatherFootprint(m, &f));
  if (rank == 0) failed = PltFootprintWrite(project, &f, file);
  PetscCall(PltFootprintDestroy(&f));
  PetscCall(PltAgree(m->comm, failed));
  PetscFunctionReturn(PETSC_SUCCESS);
}
