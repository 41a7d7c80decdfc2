/* SPDX-License-Identifier: BSD-2-Clause
   A law from outside: the table of platen_material.h and what it becomes in here. Private to the
   room; user.c stands between the two, register.c makes one. */
#ifndef PLT_USER_H
#define PLT_USER_H
#include "platen_material.h"
#include "material/law.h"

typedef struct {
  PltMaterialOps ops; /* first: that of a material leads here */
  PltLaw         law;
  PltQuantity    told[PLT_LAW_TOLD];
  PetscInt       cte; /* place of the property, of a law without an expansion of its own */
  const PltLaw  *from;
} PltUser;

/* Functions of a law with an update; the rest of the table is the law's. */
extern PLT_INTERN const PltMaterialOps PltUserOps;
#endif
