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

static PetscErrorCode GatherFootprint(PltMesh m, PltFootprint *f)
{
  const PetscInt nq = m->quad_block, nv = m->vert_block;
  PetscInt      *corner, *region, *quads, *regions;
  PetscReal     *xy;

  PetscFunctionBegin;
  PetscCall(PetscMalloc5(4 * m->nquad, &corner, 4 * nq, &quads, nq, &regions, 2 * nv, &xy, m->nquad,
                         &region));
  for (PetscInt i = 0; i < 4 * m->nquad; i++) corner[i] = m->vert_natural[m->quad[i]];
  PetscCall(PetscArraycpy(region, m->region, m->nquad));
  PetscCall(PltMeshQuadsToNatural(m, MPIU_INT, 4, corner, quads));
  PetscCall(PltMeshQuadsToNatural(m, MPIU_INT, 1, region, regions));
  PetscCall(PltMeshVertsToNatural(m, MPIU_REAL, 2, m->xy, xy));
  PetscCall(GatherShares(m->comm, 4 * nq, MPIU_INT, quads, f->quad));
  PetscCall(GatherShares(m->comm, nq, MPIU_INT, regions, f->region));
  PetscCall(GatherShares(m->comm, 2 * nv, MPIU_REAL, xy, f->xy));
  PetscCall(PetscFree5(corner, quads, regions, xy, region));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshWriteFootprint(PltMesh m, PltProject project, const char *file)
{
  PltFootprint   f      = {0, 0, NULL, NULL, NULL};
  PetscErrorCode failed = 0;
  PetscMPIInt    rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(m->comm, &rank));
  if (rank == 0) PetscCall(PltFootprintAllocate(m->nvert_all, m->nquad_all, &f));
  PetscCall(GatherFootprint(m, &f));
  if (rank == 0) {
    failed = PltFootprintWrite(project, &f, file);
    PetscCall(PltFootprintDestroy(&f));
  }
  PetscCall(PltAgree(m->comm, failed));
  PetscFunctionReturn(PETSC_SUCCESS);
}
