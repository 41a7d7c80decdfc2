/* SPDX-License-Identifier: BSD-2-Clause
   Memory bandwidth (stream.h) of 1, 2, 4, ... ranks at once and of all, as CSV: how many cores it
   takes until memory is the limit.

     usage: [mpiexec -n N] bench_stream */
#include <stdio.h>
#include "platen.h"
#include "stream.h"

/* The first n ranks measure, the others wait. */
static PetscErrorCode Measure(PetscMPIInt rank, PetscMPIInt n)
{
  MPI_Comm some;
  double   rate = 0;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_split(PETSC_COMM_WORLD, rank < n ? 0 : MPI_UNDEFINED, rank, &some));
  if (rank < n) {
    PetscCall(StreamBandwidth(some, &rate));
    PetscCallMPI(MPI_Comm_free(&some));
  }
  if (rank == 0) printf("%d,%.1f\n", n, rate);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MeasureAll(void)
{
  PetscMPIInt rank, size, n = 1;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  PetscCallMPI(MPI_Comm_size(PETSC_COMM_WORLD, &size));
  if (rank == 0) printf("ranks,GB_per_s\n");
  for (; n < size; n *= 2) PetscCall(Measure(rank, n));
  PetscCall(Measure(rank, size));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int failed = PltInitialize(&argc, &argv);

  if (failed) return 2;
  failed = MeasureAll();
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
