/* SPDX-License-Identifier: BSD-2-Clause
   Memory bandwidth of this machine, to hold the times of a solver against: the triad
   a[i] = b[i] + s c[i] of McCalpin (1995, IEEE TCCA Newsletter), three arrays of 64 MiB, far larger
   than a last-level cache. An element counts as 24 bytes, as there: that the store reads its cache
   line first is left out. 0.2 s, 192 MiB a rank. With pages of 4 KiB, arrays of gigabytes give a
   third less. */
#ifndef PLT_BENCH_STREAM_H
#define PLT_BENCH_STREAM_H
#include "base/base.h"

enum { STREAM_LENGTH = 1 << 23, STREAM_ROUNDS = 6 };

static inline void StreamTriad(double s, const double *restrict b, const double *restrict c,
                               double *restrict a)
{
  for (int i = 0; i < STREAM_LENGTH; i++) a[i] = b[i] + s * c[i];
}

/* StreamBandwidth - GB/s of all ranks of comm at once, in sum; PETSC_COMM_SELF: of this rank.
   Collective. The best round counts, each as long as on its slowest rank. */
static inline PetscErrorCode StreamBandwidth(MPI_Comm comm, double *rate)
{
  PetscMPIInt size;
  double     *a, *b, *c;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(comm, &size));
  PetscCall(PetscMalloc3(STREAM_LENGTH, &a, STREAM_LENGTH, &b, STREAM_LENGTH, &c));
  for (int i = 0; i < STREAM_LENGTH; i++) {
    a[i] = 0; /* now, so that no round waits for pages */
    b[i] = 1;
    c[i] = i;
  }
  *rate = 0;
  for (int round = 0; round < STREAM_ROUNDS; round++) {
    double seconds = MPI_Wtime();

    StreamTriad(1 + round, b, c, a);
    seconds = MPI_Wtime() - seconds;
    /* The maximum also lets the ranks begin the next round together; the first does not count. */
    PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &seconds, 1, MPI_DOUBLE, MPI_MAX, comm));
    if (round) *rate = PetscMax(*rate, 24e-9 * STREAM_LENGTH * size / seconds);
  }
  PetscCheck(a[2] == 1 + 2. * STREAM_ROUNDS, PETSC_COMM_SELF, PETSC_ERR_PLIB,
             "the triad is wrong: %g", a[2]);
  PetscCall(PetscFree3(a, b, c));
  PetscFunctionReturn(PETSC_SUCCESS);
}
#endif
