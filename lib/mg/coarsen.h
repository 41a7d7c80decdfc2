/* SPDX-License-Identifier: BSD-2-Clause
   What the files that make a coarser plate level share. Coarse lines stand at places of a grid,
   numbered row by row; a row is what one of them is coupled to. */
#ifndef PLT_MG_COARSEN_H
#define PLT_MG_COARSEN_H
#include "mg/internal.h"

enum { PLT_ROW_MAX = 256 }; /* lines that a coarse line may be coupled to */

/* Blocks [m][m], row-major, of the line at a place with lines at other places. */
typedef struct {
  PetscInt   place, n, column[PLT_ROW_MAX];
  PetscReal *block; /* [PLT_ROW_MAX][m][m] */
} PltRow;

typedef struct {
  PltLevel       fine;
  const PltGrid *grid;
  PetscMPIInt    rank;
  PetscInt       m, nplace;
  PetscInt      *owner;     /* [nplace] rank, -1: no coarse line */
  char          *is;        /* [nplace][m] */
  PltLink (*link)[4];       /* [fine nline] `line` is a place */
  PetscInt  *weight;        /* [fine nline] class of the four links' numbers */
  PetscReal *position;      /* [nplace][plates][3] m, large kinematics, else NULL */
  PetscReal *director;      /* [nplace][plates][3], likewise */
  PetscReal *map;           /* [fine nline][4][plates][PLT_MAP], likewise */
  PetscInt  *lower, *below; /* lines below an own one: below[lower[v]] .. below[lower[v + 1] - 1] */
  PetscInt  *support, *from; /* own fine lines interpolated from a place: from[support[p]] ... */
  /* What other ranks add to rows of this one, sorted by place: column[add[i]] .. */
  PetscInt   nadd, *add_place, *add_column;
  PetscReal *add_block; /* [nadd][m][m] */
} PltCoarsening;

/* ---- links.c ---- */
PLT_INTERN PetscErrorCode PltCoarseningLinks(PltCoarsening *c);
/* ---- row.c ---- */
PLT_INTERN PetscErrorCode PltCoarseningGraph(PltCoarsening *c);
/* Places that the line at a place is coupled to through own fine lines, ascending. */
PLT_INTERN PetscErrorCode PltCoarseningColumns(const PltCoarsening *c, PetscInt place, PltRow *row);
/* The part of the coarse row that own fine lines give, for the columns set. */
PLT_INTERN PetscErrorCode PltCoarseningRow(const PltCoarsening *c, PltRow *row, PetscReal *work);
/* ---- shape.c ---- */
/* Positions, directors and maps, where the fine level has positions. Collective. */
PLT_INTERN PetscErrorCode PltCoarseningShape(PltCoarsening *c);
/* ---- exchange.c ---- */
/* Send the parts of rows that other ranks own, receive what they have for this one. Collective. */
PLT_INTERN PetscErrorCode PltCoarseningExchange(PltCoarsening *c);
#endif
