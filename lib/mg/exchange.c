/* SPDX-License-Identifier: BSD-2-Clause
   Rows near the border of a rank have parts on both sides of it: each rank works out what its own
   fine lines give and sends it to the owner of the coarse line. */
#include "mg/coarsen.h"

typedef struct {
  PetscInt     n, size, *head; /* [n][2] place, column */
  PetscReal   *block;          /* [n][m][m] */
  PetscMPIInt *count;          /* [ranks] */
} Parcel;

static PetscErrorCode Append(const PltCoarsening *c, const PltRow *row, Parcel *p)
{
  const PetscInt mm = c->m * c->m;

  PetscFunctionBegin;
  if (p->n + row->n > p->size) {
    p->size = 2 * p->size + row->n;
    PetscCall(PetscRealloc((size_t)(2 * p->size) * sizeof(*p->head), &p->head));
    PetscCall(PetscRealloc((size_t)(p->size * mm) * sizeof(*p->block), &p->block));
  }
  for (PetscInt i = 0; i < row->n; i++) {
    p->head[2 * p->n]     = row->place;
    p->head[2 * p->n + 1] = row->column[i];
    PetscCall(PetscArraycpy(p->block + p->n++ * mm, row->block + i * mm, mm));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int ComparePlaces(const void *x, const void *y)
{
  const PetscInt *a = (const PetscInt *)x, *b = (const PetscInt *)y; /* owner, place */

  if (a[0] != b[0]) return a[0] < b[0] ? -1 : 1;
  return (a[1] > b[1]) - (a[1] < b[1]);
}

/* Foreign rows, rank after rank. */
static PetscErrorCode Pack(const PltCoarsening *c, Parcel *p)
{
  PetscInt(*foreign)[2], n = 0;
  PetscReal *work;
  PltRow    *row;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < c->nplace; i++)
    if (c->support[i + 1] > c->support[i] && c->owner[i] != c->rank) n++;
  PetscCall(PetscMalloc1(n + 1, &foreign));
  n = 0;
  for (PetscInt i = 0; i < c->nplace; i++)
    if (c->support[i + 1] > c->support[i] && c->owner[i] != c->rank) {
      foreign[n][0]   = c->owner[i];
      foreign[n++][1] = i;
    }
  if (n) qsort(foreign, (size_t)n, sizeof *foreign, ComparePlaces);
  PetscCall(PetscNew(&row));
  PetscCall(PetscMalloc2(PLT_ROW_MAX * c->m * c->m, &row->block, PLT_ROW_MAX * c->m * c->m, &work));
  for (PetscInt i = 0; i < n; i++) {
    PetscCall(PltCoarseningColumns(c, foreign[i][1], row));
    PetscCall(PltCoarseningRow(c, row, work));
    PetscCall(Append(c, row, p));
    p->count[foreign[i][0]] += (PetscMPIInt)row->n;
  }
  PetscCall(PetscFree2(row->block, work));
  PetscCall(PetscFree(row));
  PetscCall(PetscFree(foreign));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* All-to-all of `width` items of a type for every block; *received is allocated. */
static PetscErrorCode Trade(MPI_Comm comm, MPI_Datatype type, PetscInt width,
                            const PetscMPIInt *out, const void *sent, const PetscMPIInt *in,
                            void *received)
{
  PetscMPIInt  size, *start_out, *start_in;
  MPI_Datatype unit;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(comm, &size));
  PetscCall(PetscMalloc2(size + 1, &start_out, size + 1, &start_in));
  start_out[0] = start_in[0] = 0;
  for (PetscMPIInt r = 0; r < size; r++) {
    start_out[r + 1] = start_out[r] + out[r];
    start_in[r + 1]  = start_in[r] + in[r];
  }
  PetscCallMPI(MPI_Type_contiguous((PetscMPIInt)width, type, &unit));
  PetscCallMPI(MPI_Type_commit(&unit));
  PetscCallMPI(MPI_Alltoallv(sent, out, start_out, unit, received, in, start_in, unit, comm));
  PetscCallMPI(MPI_Type_free(&unit));
  PetscCall(PetscFree2(start_out, start_in));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Received blocks by place, then column; in the order of the ranks where both are the same. */
static PetscErrorCode SortReceived(PltCoarsening *c, PetscInt *head, PetscReal *block)
{
  const PetscInt mm = c->m * c->m;
  PetscInt      *order;
  PetscReal     *key;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(c->nadd + 1, &order, c->nadd + 1, &key));
  PetscCall(PetscMalloc3(c->nadd + 1, &c->add_place, c->nadd + 1, &c->add_column, c->nadd * mm + 1,
                         &c->add_block));
  for (PetscInt i = 0; i < c->nadd; i++) {
    order[i] = i;
    key[i]   = (PetscReal)head[2 * i] + (PetscReal)i / (PetscReal)(c->nadd + 1); /* stable */
  }
  PetscCall(PetscSortRealWithArrayInt(c->nadd, key, order));
  for (PetscInt i = 0; i < c->nadd; i++) {
    c->add_place[i]  = head[2 * order[i]];
    c->add_column[i] = head[2 * order[i] + 1];
    PetscCall(PetscArraycpy(c->add_block + i * mm, block + order[i] * mm, mm));
  }
  PetscCall(PetscFree2(order, key));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarseningExchange(PltCoarsening *c)
{
  MPI_Comm    comm = c->fine->comm;
  Parcel      out  = {0, 0, NULL, NULL, NULL};
  PetscMPIInt size, *in;
  PetscInt   *head;
  PetscReal  *block;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(comm, &size));
  if (size == 1) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscCalloc1(size, &out.count));
  PetscCall(PetscMalloc1(size, &in));
  PetscCall(Pack(c, &out));
  PetscCallMPI(MPI_Alltoall(out.count, 1, MPI_INT, in, 1, MPI_INT, comm));
  for (PetscMPIInt r = 0; r < size; r++) c->nadd += in[r];
  PetscCall(PetscMalloc2(2 * c->nadd + 1, &head, c->nadd * c->m * c->m + 1, &block));
  PetscCall(Trade(comm, MPIU_INT, 2, out.count, out.head, in, head));
  PetscCall(Trade(comm, MPIU_REAL, c->m * c->m, out.count, out.block, in, block));
  PetscCall(SortReceived(c, head, block));
  PetscCall(PetscFree2(head, block));
  PetscCall(PetscFree(in));
  PetscCall(PetscFree(out.count));
  PetscCall(PetscFree(out.head));
  PetscCall(PetscFree(out.block));
  PetscFunctionReturn(PETSC_SUCCESS);
}
