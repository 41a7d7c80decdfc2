/* SPDX-License-Identifier: BSD-2-Clause
   What the files of this room share: the ways to a footprint, all serial. */
#ifndef PLT_FOOTPRINT_H
#define PLT_FOOTPRINT_H
#include "mesh/mesh.h"

enum { PLT_QUADS_MAX = 20000000 }; /* beyond this a request is taken for a mistake in a unit */

/* Coordinates closer than this are one, as for the outlines of dies. m */
#define PLT_SAME_PLACE 1e-9

/* The part of the panel that is meshed: all of it, or the side x >= 0, y >= 0 of symmetry planes.
   Round panels: its bounding box. m */
typedef struct {
  PetscReal lower[2], upper[2];
} PltWindow;
PLT_INTERN PltWindow PltWindowOf(PltProject project);
PLT_INTERN PetscBool PltIsMirrored(PltProject project, PetscInt axis);

/* ---- footprint.c ---- */
/* region[ndie]: 1 + the lowest die with the same outline. */
PLT_INTERN PetscErrorCode PltFootprintRegions(PltProject project, PetscInt region[]);
/* "fill" or "die:<id>", lent by the project or static; prefix and name are printed one after the
   other. */
PLT_INTERN void           PltRegionName(PltProject project, PetscInt region, const char **prefix,
                                        const char **name);
PLT_INTERN PetscErrorCode PltFootprintAllocate(PetscInt nvert, PetscInt nquad,
                                               PltFootprint *footprint);
/* Refuse a mesh of about that many quads if it is more than PLT_QUADS_MAX. */
PLT_INTERN PetscErrorCode PltFootprintNeedFew(PltProject project, PetscReal nquad);
PLT_INTERN PetscReal      PltFootprintArea(const PltFootprint *footprint);
/* Turn over the quads that are clockwise, and triangles given as quads whose last vertices are
   one. */
PLT_INTERN void PltFootprintFaceUp(PltFootprint *footprint);
/* Row by row from below, so that neighbours in space are neighbours in memory. Vertices that no
   quad uses are dropped. */
PLT_INTERN PetscErrorCode PltFootprintSort(PetscReal row, PltFootprint *footprint);

/* ---- edges.c: sides of quads, each once, listed by their lower vertex ---- */
typedef struct {
  PetscInt *start; /* [nvert + 1] edges of lower vertex v: start[v] .. start[v+1]-1 */
  PetscInt *upper; /* [start[nvert]] the other vertex, ascending */
  PetscInt *used;  /* [start[nvert]] number of quads: 1 on the boundary, 2 inside */
} PltEdges;
PLT_INTERN PetscErrorCode PltEdgesCreate(const PltFootprint *footprint, PltEdges *edges);
PLT_INTERN PetscErrorCode PltEdgesDestroy(PltEdges *edges);
/* outer[nvert]: on the outline of the whole panel; symmetry planes do not count. */
PLT_INTERN void PltEdgesOutline(PltProject project, const PltFootprint *footprint,
                                const PltEdges *edges, PetscBool outer[]);

/* ---- spacing.c: elements along a line, graded from both ends ---- */
typedef struct {
  PetscReal far, near, growth; /* size in the middle and at the ends, m; ratio of neighbours >= 1 */
} PltGrading;
PLT_INTERN PltGrading PltGradingOf(PltProject project);
/* Elements in an interval, even, so that its middle is a line; more than PLT_QUADS_MAX if too
   many. */
PLT_INTERN PetscInt PltSpacingCount(const PltGrading *grading, PetscReal length);
/* x[n + 1] from a to b, mirror-symmetric; n of PltSpacingCount. The first element is grading->near
   unless the interval is shorter than n times that, or grading is even. */
PLT_INTERN void PltSpacingSet(const PltGrading *grading, PetscReal a, PetscReal b, PetscInt n,
                              PetscReal x[]);

/* ---- footprint_mapped.c, footprint_free.c, footprint_file.c: the methods ---- */
PLT_INTERN PetscErrorCode PltFootprintMapped(PltProject project, const PetscInt region[],
                                             PltFootprint *footprint);
PLT_INTERN PetscErrorCode PltFootprintFree(PltProject project, const PetscInt region[],
                                           PltFootprint *footprint);
PLT_INTERN PetscErrorCode PltFootprintFile(PltProject project, const PetscInt region[],
                                           PltFootprint *footprint);

/* ---- sizes.c: element size in the plane, growing with the distance from the nearest die ---- */
typedef struct {
  PltProject project;
  PltGrading grading;
  PetscReal  reach;    /* m, from a die to where the size is far */
  PetscReal  width[2]; /* m, of a bin */
  PetscInt   n[2];     /* bins over the panel */
  PetscInt  *start;    /* [n[0] n[1] + 1] */
  PetscInt  *die;      /* dies within reach of each bin */
} PltSizes;
PLT_INTERN PetscErrorCode PltSizesCreate(PltProject project, const PetscInt region[],
                                         PltSizes *sizes);
PLT_INTERN PetscErrorCode PltSizesDestroy(PltSizes *sizes);
PLT_INTERN PetscReal      PltSizesAt(const PltSizes *sizes, const PetscReal xy[2]);

/* ---- blocks.c: dies as even grids, in any position ---- */
typedef struct {
  PltFootprint f;      /* touching dies share vertices; some vertices are then without quads */
  PetscBool   *middle; /* [nvert] of f: every other vertex on the sides, corners are not */
  PetscInt     nside;
  PetscInt (*side)[2]; /* [nside] sides of quads between a die and no die, die on the left */
} PltBlocks;
PLT_INTERN PetscErrorCode PltBlocksCreate(PltProject project, const PetscInt region[],
                                          PltBlocks *blocks);
PLT_INTERN PetscErrorCode PltBlocksDestroy(PltBlocks *blocks);

/* ---- outline.c: what lies between the dies and the outline of the panel ---- */
typedef struct {
  PetscInt   npoint, nloop;
  PetscReal *xy;    /* [npoint][2] m */
  PetscInt  *start; /* [nloop + 1] */
  PetscInt  *point; /* [start[nloop]] all nodes of each loop in turn: outer loops counter-clockwise,
                       each followed by its holes, clockwise. Their number is even; the second,
                       fourth, ... are in the middle of an edge of the coarse mesh. */
  PetscBool *outer; /* [nloop] */
} PltPolygon;
/* The points are the vertices of the blocks, then those on the outline. */
PLT_INTERN PetscErrorCode PltPolygonCreate(PltProject project, const PltBlocks *blocks,
                                           const PltSizes *sizes, PltPolygon *polygon);
PLT_INTERN PetscErrorCode PltPolygonDestroy(PltPolygon *polygon);

/* ---- loops.c ---- */
/* The loops of a polygon whose points are set; next[npoint] follows each, or is -1. */
PLT_INTERN PetscErrorCode PltLoopsCreate(const PetscInt next[], const PetscBool middle[],
                                         PltPolygon *polygon);

/* ---- footprint_gmsh.c: the only file that knows Gmsh ---- */
/* Coarse mesh inside a polygon, of twice the size asked for: quads, and triangles as quads whose
   last two vertices are one. Vertices are the points, as numbered, then inner ones. No nodes are
   added on the loops. effort 0: all triangles; 1: pairs of them are quads; 2: quads are
   exchanged for others where triangles are left. More effort makes far fewer quads in the end,
   but may fold the mesh. PLT_ERR_MESH if Gmsh cannot or is not there. */
PLT_INTERN PetscErrorCode PltGmshFill(const PltPolygon *polygon, const PltSizes *sizes,
                                      PetscInt effort, PltFootprint *coarse);

/* ---- subdivide.c ---- */
/* Quads of the coarse mesh become four, triangles three; on loops the middle points are taken. */
PLT_INTERN PetscErrorCode PltSubdivide(const PltPolygon *polygon, const PltFootprint *coarse,
                                       PltFootprint *fine);

/* ---- smooth.c ---- */
/* Lowest scaled Jacobian of the corners of a quad; not above 0 if it is turned over or
   degenerate. */
PLT_INTERN PetscReal PltQuadJacobian(const PltFootprint *footprint, PetscInt quad);
/* Move the vertices from `first` on, all of them inside; none of its quads gets worse than the
   worst around the vertex. */
PLT_INTERN PetscErrorCode PltSmooth(PetscInt first, PetscInt sweeps, PltFootprint *footprint);

/* ---- msh_read.c: Gmsh's .msh, versions 2.2 and 4.1 in ASCII; msh_write.c writes 4.1 ---- */
typedef struct {
  PetscInt   nnode, nquad, nother; /* nother: faces that are no plain quads */
  PetscInt  *node_tag;             /* [nnode] as in the file, any order */
  PetscReal *xyz;                  /* [nnode][3] */
  PetscInt  *quad_tag;             /* [nquad] */
  PetscInt  *quad;                 /* [nquad][4] tags of nodes */
  PetscInt  *physical;             /* [nquad] tag of the physical surface, 0: none */
  PetscInt   nname;
  PetscInt  *name_tag; /* [nname] */
  char     **name;     /* [nname] of physical surfaces */
} PltMsh;
PLT_INTERN PetscErrorCode PltMshRead(const char *file, PltMsh *msh);
PLT_INTERN PetscErrorCode PltMshDestroy(PltMsh *msh);
#endif
