/* SPDX-License-Identifier: BSD-2-Clause
   A GDSII file in memory: cells with polygons of the layers that are asked for, and with references
   to other cells. */
#ifndef PLT_INPUT_GDS_H
#define PLT_INPUT_GDS_H
#include "input/map.h"

typedef struct {
  const char *name;       /* of the cell meant; lent by the file's bytes, not ended by a zero */
  size_t      length, at; /* of the name; byte of the reference */
  PetscReal   xy[3][2];
  PetscInt    count[2];   /* columns, rows */
  PetscBool   mirror;     /* across x, before it is turned */
  PetscReal   mag, angle; /* angle in degrees, counter-clockwise */
  PetscInt    cell;       /* found by gds_flat.c */
} PltGdsReference;

typedef struct {
  const char      *name;
  size_t           length, at;
  PltPolygons      polygons; /* database units */
  PetscInt         nreference;
  PltGdsReference *reference;
  PetscBool        referred; /* another cell refers to it */
  int              mark;     /* gds_flat.c: 0 new, 1 on the way, 2 done */
  PetscReal        points;   /* of all it holds, flat */
} PltGdsCell;

typedef struct {
  PltReader           *reader;
  PltMark              mark; /* the file */
  const unsigned char *bytes;
  size_t               size, at;
  PetscBool            bad;  /* a mistake was added: no more is read */
  PetscReal            unit; /* m; 0 not known */
  PetscInt             ncell;
  PltGdsCell          *cell;
  PetscInt             nwanted, nseen;
  PltLayerNumber       wanted[PLT_LAYERS_MAX], seen[PLT_LAYERS_MAX]; /* seen: the first ones */
} PltGds;

/* Add a mistake at a byte of the file, the first only. */
#define PltGdsFail(gds, byte, format, ...)                                                         \
  ((gds)->bad                                                                                      \
       ? PETSC_SUCCESS                                                                             \
       : ((gds)->bad = PETSC_TRUE, PltReaderAdd((gds)->reader, (gds)->mark, "byte %zu: " format,   \
                                                (size_t)(byte), ##__VA_ARGS__)))

/* ---- gds_path.c: a path as polygons that together cover it ---- */
/* end: by how much it goes beyond its first and last point; round: half circles there instead. */
PLT_INTERN PetscErrorCode PltGdsAddPath(PltPolygons *polygons, PetscInt n, PetscReal xy[][2],
                                        PetscReal width, const PetscReal end[2], PetscBool round);
/* ---- gds_flat.c: the polygons of a cell (NULL: the top one) and all below it, in m ---- */
PLT_INTERN PetscErrorCode PltGdsFlatten(PltGds *gds, const char *cell, PltPolygons *polygons);
#endif
