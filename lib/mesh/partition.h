/* SPDX-License-Identifier: BSD-2-Clause
   Which rank owns which line. Serial. */
#ifndef PLT_PARTITION_H
#define PLT_PARTITION_H
#include "mesh/footprint.h"

/* part[nvert] in 0 .. n-1, balanced. */
PLT_INTERN PetscErrorCode PltPartition(const PltFootprint *footprint, const PltEdges *edges,
                                       PetscMPIInt n, PetscInt part[]);
#endif
