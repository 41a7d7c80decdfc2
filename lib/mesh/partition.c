/* SPDX-License-Identifier: BSD-2-Clause
   Which rank owns which line: the graph of the footprint's edges cut by PT-Scotch (Pellegrini
   2008), serially on rank 0, so that the parts do not depend on where anything was before. */
#include <stdlib.h>
#include <petscmat.h>
#include "mesh/footprint.h"
#include "mesh/partition.h"

/* Rows of the graph: every vertex lists its neighbours, ascending. */
static PetscErrorCode GraphCreate(const PltFootprint *f, const PltEdges *edges, Mat *graph)
{
  PetscInt *row, *column, *fill;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(f->nvert + 1, &row)); /* both go to the matrix, which frees them */
  PetscCall(PetscMalloc1(2 * edges->start[f->nvert] + 1, &column));
  for (PetscInt v = 0; v < f->nvert; v++)
    for (PetscInt e = edges->start[v]; e < edges->start[v + 1]; e++) {
      row[v + 1]++;
      row[edges->upper[e] + 1]++;
    }
  for (PetscInt v = 0; v < f->nvert; v++) row[v + 1] += row[v];
  PetscCall(PetscMalloc1(f->nvert, &fill));
  PetscCall(PetscArraycpy(fill, row, f->nvert));
  for (PetscInt v = 0; v < f->nvert; v++)
    for (PetscInt e = edges->start[v]; e < edges->start[v + 1]; e++) {
      column[fill[edges->upper[e]]++] = v;
    }
  for (PetscInt v = 0; v < f->nvert; v++)
    for (PetscInt e = edges->start[v]; e < edges->start[v + 1]; e++)
      column[fill[v]++] = edges->upper[e];
  PetscCall(PetscFree(fill));
  PetscCall(MatCreateMPIAdj(PETSC_COMM_SELF, f->nvert, f->nvert, row, column, NULL, graph));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPartition(const PltFootprint *f, const PltEdges *edges, PetscMPIInt n,
                            PetscInt part[])
{
  MatPartitioning cut;
  Mat             graph;
  IS              is;
  const PetscInt *to;

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(part, f->nvert));
  if (n == 1) PetscFunctionReturn(PETSC_SUCCESS);
  /* Scotch 7 cuts with threads, and then differently from run to run; a user's value wins. */
  setenv("SCOTCH_PTHREAD_NUMBER", "1", 0);
  PetscCall(GraphCreate(f, edges, &graph));
  PetscCall(MatPartitioningCreate(PETSC_COMM_SELF, &cut));
  PetscCall(MatPartitioningSetAdjacency(cut, graph));
  PetscCall(MatPartitioningSetType(cut, MATPARTITIONINGPTSCOTCH));
  PetscCall(MatPartitioningSetNParts(cut, n));
  PetscCall(MatPartitioningApply(cut, &is));
  PetscCall(ISGetIndices(is, &to));
  PetscCall(PetscArraycpy(part, to, f->nvert));
  PetscCall(ISRestoreIndices(is, &to));
  PetscCall(ISDestroy(&is));
  PetscCall(MatPartitioningDestroy(&cut));
  PetscCall(MatDestroy(&graph));
  PetscFunctionReturn(PETSC_SUCCESS);
}
