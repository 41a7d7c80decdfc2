/* SPDX-License-Identifier: BSD-2-Clause
   The laws, and where a mistake in a material is marked. Private to the room. */
#ifndef PLT_LAW_H
#define PLT_LAW_H
#include "material/material.h"

extern PLT_INTERN const PltMaterialOps PltIsotropic, PltOrthotropic, PltTraces;
#endif
