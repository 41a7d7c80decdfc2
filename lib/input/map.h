/* SPDX-License-Identifier: BSD-2-Clause
   What the readers of maps of metal share: grey images, drawings as polygons, cells they cover. */
#ifndef PLT_INPUT_MAP_H
#define PLT_INPUT_MAP_H
#include "input/node.h"

/* One number a cell, 0..1. */
typedef struct {
  PetscInt   n[2];  /* along x and y; 0 after a mistake, which is added */
  PetscReal *value; /* [n[1]][n[0]] x fastest, row 0 at the lowest y */
} PltGrey;

/* Closed polygons, one after the other, each counter-clockwise. */
typedef struct {
  PetscInt  npoly, npoint;
  PetscInt *first; /* [npoly] of its points; it ends where the next begins, or at npoint */
  PetscReal (*xy)[2];
} PltPolygons;

/* A layer of a drawing. */
typedef struct {
  int layer, datatype; /* -1: any */
} PltLayerNumber;
enum { PLT_LAYERS_MAX = 64 };

/* ---- map_csv.c, map_png.c: the text or bytes of a file; `file` is kept by the project ---- */
/* Rows of numbers 0..1, or with %, the uppermost first. The text is cut up. */
PLT_INTERN PetscErrorCode PltGreyFromText(PltReader *reader, const char *file, char *text,
                                          PltGrey *grey);
/* A grey .png of up to 16 bits; `black`: black is 1. */
PLT_INTERN PetscErrorCode PltGreyFromPng(PltReader *reader, const char *file,
                                         const unsigned char *bytes, size_t size, PetscBool black,
                                         PltGrey *grey);

/* ---- polygons.c ---- */
/* A polygon of n points; turned counter-clockwise if it is not. One without area is left out. */
PLT_INTERN PetscErrorCode PltPolygonsAdd(PltPolygons *polygons, PetscInt n,
                                         const PetscReal xy[][2]);
PLT_INTERN PetscErrorCode PltPolygonsFree(PltPolygons *polygons);
PLT_INTERN PetscReal      PltPolygonArea(PetscInt n, const PetscReal xy[][2]);
/* Points of polygon i. */
PLT_INTERN PetscInt PltPolygonSize(const PltPolygons *polygons, PetscInt i);
/* The parts on one side of the line x = at (axis 0) or y = at (axis 1): below it or above. Points
   on the line have exactly this coordinate. `part` is made anew. */
PLT_INTERN PetscErrorCode PltPolygonsCut(const PltPolygons *polygons, int axis, PetscReal at,
                                         PetscBool above, PltPolygons *part);

/* ---- cover.c: what polygons cover together, cell by cell ----
   The union is exact: its area, and the lengths of its outline inside the cell, projected on x and
   on y, L_x and L_y (the outline on the border of a cell does not count). These make directions:
   the copper of a cell with an outline runs along x by the part L_x / (L_x + L_y) and along y by
   the rest; a cell that is full, or that has no outline inside, is a plane.

     |=====|  L_x = 2 widths, L_y = 0: along x      |  o  |  a pad: L_x = L_y, half each way
     |     |                                        |     |

   So a trace must be narrower than a cell to be seen as one, and a straight edge of a plane makes
   its cells traces along that edge. */
/* raster->n and size are set, its cells bare; `window` is x0, y0, x1, y1 of it. A `direction` (0:
   none) takes all metal. *ok is PETSC_FALSE where too many edges meet in one place. */
PLT_INTERN PetscErrorCode PltCoverCells(const PltPolygons *polygons, const PetscReal window[4],
                                        char direction, PltRaster *raster, PetscBool *ok);

/* ---- gds.c, gds_path.c, gds_flat.c ---- */
/* "5, 6/0" -> layers; *n is 0 if it is none. */
PLT_INTERN void PltGdsLayers(const char *text, PetscInt *n, PltLayerNumber layer[PLT_LAYERS_MAX]);
/* The polygons of some layers of a cell, and of all that it is made of, in m. cell NULL: the top
   one. None and a mistake added where the file is wrong. */
PLT_INTERN PetscErrorCode PltGdsRead(PltReader *reader, const char *file,
                                     const unsigned char *bytes, size_t size, const char *layers,
                                     const char *cell, PltPolygons *polygons);

/* ---- read_map.c: `fraction` of traces as a map ---- */
typedef struct { /* what the map points at lives here and in the tree */
  PltTracesMap map;
  char        *path[PLT_METAL_KINDS];
  PetscReal   *cells[PLT_METAL_KINDS];
  char         layers[512];
  PetscBool    slots; /* one each for x, y, plane: it tells directions itself */
} PltMapDraft;
PLT_INTERN PetscErrorCode PltReadMap(PltReader *reader, const PltNode *map, PltMapDraft *draft,
                                     PetscBool *ok);
PLT_INTERN PetscErrorCode PltMapDraftFree(PltMapDraft *draft);

/* ---- write_map.c ---- */
/* ", fraction: {...}" */
PLT_INTERN PetscErrorCode PltWriteMap(FILE *out, const PltMap *map);
/* 'x' -> "x", 'm' -> "mixed" ... */
PLT_INTERN const char *PltDirectionName(char direction);

/* ---- map.c ---- */
/* Read the files of all maps that are not there yet. */
PLT_INTERN PetscErrorCode PltReadMaps(PltReader *reader);
#endif
