/* SPDX-License-Identifier: BSD-2-Clause
   Differences between PETSc versions, and nothing else. */
#ifndef PLT_COMPAT_H
#define PLT_COMPAT_H
#include <petscsys.h>
#if !defined(PETSC_SUCCESS) && PETSC_VERSION_LT(3, 19, 0)
#define PETSC_SUCCESS 0
#endif
#endif
