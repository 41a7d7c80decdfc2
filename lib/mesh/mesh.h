/* SPDX-License-Identifier: BSD-2-Clause
   The mesh: a footprint (quads of the plan view) times a stack of slabs.

     level 2  o-----o   A line is all nodes above a footprint vertex, a column all elements
              | c,1 |   above a quad. Ranks own lines; a quad belongs to the rank that owns its
     level 1  o-----o   lowest numbered vertex. A rank holds every quad that touches a line of its
              | c,0 |   own, so that it assembles its rows alone and in the same order whatever the
     level 0  o-----o   number of ranks.

   "Natural" numbers are those of the footprint on rank 0: they do not depend on the number of ranks
   and order everything that is written. */
#ifndef PLT_MESH_H
#define PLT_MESH_H
#include <petscsf.h>
#include "panel/panel.h"

/* ---- footprint.c, footprint_mapped.c, footprint_free.c, footprint_file.c: serial, rank 0 ---- */
typedef struct {
  PetscInt   nvert, nquad;
  PetscReal *xy;     /* [nvert][2] m */
  PetscInt  *quad;   /* [nquad][4] counter-clockwise from above */
  PetscInt  *region; /* [nquad] PLT_FILL or 1 + die */
} PltFootprint;
PLT_INTERN PetscErrorCode PltFootprintCreate(PltProject project, PltFootprint *footprint);
PLT_INTERN PetscErrorCode PltFootprintDestroy(PltFootprint *footprint);
/* All quads, positive Jacobians, total and region areas as drawn: PLT_ERR_MESH otherwise. */
PLT_INTERN PetscErrorCode     PltFootprintCheck(PltProject project, const PltFootprint *footprint);
PLT_INTERN PetscErrorCode     PltFootprintWrite(PltProject project, const PltFootprint *footprint,
                                                const char *file);
PLT_INTERN unsigned long long PltFootprintChecksum(const PltFootprint *footprint);

/* ---- slabs.c: which plies share an element ---- */
typedef struct {
  PetscInt   nply, nslab;
  PetscInt  *first; /* [nslab + 1] first ply of each slab; plies first[s] .. first[s+1]-1 */
  PetscBool *soft;  /* [nslab] a soft layer (shear lag, slabs.c): borders a sublaminate */
  PetscReal *z;     /* [nply + 1] m, undeformed ply faces, 0 at the bottom of the stack */
} PltSlabs;
/* Soft plies and plies with dies alone, runs of thin plies together, thick plies alone; the user's
   grouping wins. Not collective. */
PLT_INTERN PetscErrorCode PltSlabsCreate(PltProject project, PltSlabs *slabs);
PLT_INTERN PetscErrorCode PltSlabsDestroy(PltSlabs *slabs);

/* ---- mesh.c: the distributed columns ---- */
typedef struct PltMesh_ *PltMesh;
struct PltMesh_ {
  MPI_Comm   comm;
  PetscInt   nvert_all, nquad_all;
  PetscInt   nvert, nvert_own; /* local vertices: own ones, then ghosts, each by natural number */
  PetscInt   nquad, nquad_own; /* local quads, all by natural number; how many of them are own */
  PetscInt   vert_start;       /* PETSc number of the first own vertex */
  PetscInt  *vert_natural;     /* [nvert] */
  PetscInt  *vert_global;      /* [nvert] PETSc number */
  PetscInt  *quad_natural;     /* [nquad] */
  PetscBool *own;              /* [nquad] */
  PetscInt  *quad;             /* [nquad][4] local vertices */
  PetscInt  *region;           /* [nquad] */
  PetscReal *xy;               /* [nvert][2] m */
  PetscBool *boundary;         /* [nvert] on the outline of the whole panel, planes do not count */
  PetscSF    ghost;            /* roots: own vertices; leaves: ghosts, numbered as local vertices */
  PetscInt   quad_block, quad_block_start; /* this rank's even share of natural quads, to write */
  PetscInt   vert_block, vert_block_start; /* and of natural vertices */
  PetscSF    quad_to_natural; /* roots: the share; leaves: own quads at their local numbers */
  PetscSF    vert_to_natural; /* roots: the share; leaves: own vertices */
  PetscSF    quad_from_natural, vert_from_natural; /* the same with ghosts, to read */
  unsigned long long checksum;
  PetscReal          area; /* m2 */
};
/* Footprint on rank 0, partition (PT-Scotch through MatPartitioning), columns to their ranks.
   Collective. */
PLT_INTERN PetscErrorCode PltMeshCreate(PltProject project, PltMesh *mesh);
PLT_INTERN PetscErrorCode PltMeshDestroy(PltMesh *mesh);
/* Gather the footprint on rank 0 again and write it. Collective. */
PLT_INTERN PetscErrorCode PltMeshWriteFootprint(PltMesh mesh, PltProject project, const char *file);
/* Move `width` items of `unit` an entity to this rank's share of the natural order: from all local
   quads [nquad][width], of which own ones count, or from own vertices [nvert_own][width].
   Collective. */
PLT_INTERN PetscErrorCode PltMeshQuadsToNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                                const void *local, void *natural);
PLT_INTERN PetscErrorCode PltMeshVertsToNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                                const void *local, void *natural);
/* The other way: from the shares to all local quads [nquad][width], or vertices [nvert][width].
   Collective. */
PLT_INTERN PetscErrorCode PltMeshQuadsFromNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                                  const void *natural, void *local);
PLT_INTERN PetscErrorCode PltMeshVertsFromNatural(PltMesh mesh, MPI_Datatype unit, PetscInt width,
                                                  const void *natural, void *local);
/* around.c: the local quads around each own vertex, ascending: quad[first[v]] .. quad[first[v + 1]
   - 1]. Not collective. */
typedef struct {
  PetscInt *first; /* [nvert_own + 1] */
  PetscInt *quad;
} PltAround;
PLT_INTERN PetscErrorCode PltAroundCreate(PltMesh mesh, PltAround *around);
PLT_INTERN PetscErrorCode PltAroundDestroy(PltAround *around);
/* The whole footprint on rank 0 again, empty elsewhere; PltFootprintDestroy it. Collective. */
PLT_INTERN PetscErrorCode PltMeshGatherFootprint(PltMesh mesh, PltFootprint *footprint);
/* A field of own vertices, width numbers each, on rank 0 in natural order
   (all[nvert_all][width]; NULL elsewhere). Collective. */
PLT_INTERN PetscErrorCode PltMeshGatherVertices(PltMesh mesh, PetscInt width, const PetscReal own[],
                                                PetscReal all[]);
#endif
