/* SPDX-License-Identifier: BSD-2-Clause
   The unknowns: three displacements at every live node. A level is a face between slabs, 0 at the
   bottom. Levels across a slab that is dead in every column coincide: they are one node, so a stack
   may list plies that are never there at the same time.

     level 3  o---o---o     slab 2 live everywhere
     level 2  o---o---o     slab 1 live only in the left column (a die before molding):
     level 1  o---o---.     node [v][1] of the right line is -1, dead, without unknowns
     level 0  o---o---o     slab 0 live everywhere

   Displacements are kept as fields u[nvert][nlevel][3] over local vertices, ghosts included, all
   levels (m); PETSc vectors hold the live nodes of own lines, bottom to top, three values a node.
   */
#ifndef PLT_SPACE_H
#define PLT_SPACE_H
#include <petscmat.h>
#include "mesh/mesh.h"

/* A displacement is unknown, or zero by the statically determinate support (no reaction there
   unless there is an outer load), or zero because the panel is held or by symmetry. */
typedef enum { PLT_DOF_FREE, PLT_DOF_SUPPORT, PLT_DOF_HELD } PltDof;
enum { PLT_LEVEL_MAX = 64 }; /* levels a line may have; couplings are 64-bit masks */

/* Which slabs are live: columns of one class are alike. Lent to the space. */
typedef struct {
  PetscInt         nslab, nclass;
  const PetscInt  *quad_class; /* [nquad] local quads */
  const PetscBool *live;       /* [nclass][nslab] */
} PltLiveSet;

typedef struct PltSpace_ *PltSpace;
struct PltSpace_ {
  PltMesh        mesh;
  PltLiveSet     set;
  PetscInt       nlevel, nmerged; /* levels; distinct ones after merging */
  PetscInt      *merged;          /* [nlevel] distinct number of a level */
  PetscInt      *node;            /* [nvert][nlevel] number on its line, -1 dead */
  PetscInt      *count;           /* [nvert] live nodes of a line */
  PetscInt      *start;           /* [nvert] global number of the line's first node */
  PetscInt       node_own, node_start, node_all;
  unsigned char *fixed; /* [nvert][nlevel][3] PltDof */
};

/* Number the live nodes. Collective. */
PLT_INTERN PetscErrorCode PltSpaceCreate(PltMesh mesh, const PltLiveSet *set, PltSpace *space);
PLT_INTERN PetscErrorCode PltSpaceDestroy(PltSpace *space);

/* How the panel is held: its lower face flat, or its outline or pins there, or 3-2-1 at its lowest
   nodes (free, or on a table that `loose` is not said of). */
typedef struct {
  PltHold        hold;
  PetscBool      loose; /* z is left to contact, which holds it where the panel touches */
  PltSupportKind kind;  /* where hold is free */
  PetscReal      up;    /* +1; -1 after a flip: the lower face is then the highest level */
  PltSymmetry    symmetry;
  PetscReal      half[2]; /* m, half sizes of the panel */
  PetscBool      round;
  PetscInt       npin;
  PetscReal (*pin)[2]; /* [npin] m, lent */
} PltSupport;
/* Set `fixed`. Collective. */
PLT_INTERN PetscErrorCode PltSpaceSupport(PltSpace space, const PltSupport *support);

/* r is zero where unknowns are fixed, and reaction (may be NULL), where they are free. Not
   collective. */
PLT_INTERN PetscErrorCode PltSpaceSplit(PltSpace space, Vec r, Vec reaction);
/* Put prescribed values (zero) into u where they are fixed. Not collective. */
PLT_INTERN PetscErrorCode PltSpaceSetFixed(PltSpace space, PetscReal *u);
/* u += dx at own nodes, then ghosts follow. Collective. */
PLT_INTERN PetscErrorCode PltSpaceAddVec(PltSpace space, Vec dx, PetscReal *u);
/* Ghost lines of an array of `width` units a line follow their owners. Collective. */
PLT_INTERN PetscErrorCode PltSpaceBcast(PltSpace space, MPI_Datatype unit, PetscInt width,
                                        void *data);
/* A vector over own live nodes from a field of forces (its own part): merged levels are summed. Not
   collective. */
PLT_INTERN PetscErrorCode PltSpaceSumToVec(PltSpace space, const PetscReal *f, Vec x);
PLT_INTERN PetscErrorCode PltSpaceCreateVec(PltSpace space, Vec *x);
/* Exactly preallocated matrix, block size 3; bridge[class][slab] says where the slab and the
   next live one above it are coupled across three levels (zigzag stabilisation). Collective. */
PLT_INTERN PetscErrorCode PltSpaceCreateMat(PltSpace space, const PetscBool *bridge, Mat *A);
/* The six rigid modes on the live nodes (coordinates z[nlevel], m). Collective. */
PLT_INTERN PetscErrorCode PltSpaceRigidModes(PltSpace space, const PetscReal *z,
                                             MatNullSpace *modes);
/* Next live slab above `slab` in a class, -1 if none. */
PLT_INTERN PetscInt PltLiveAbove(const PltLiveSet *set, PetscInt class, PetscInt slab);
/* Global number of the node at a level of a local vertex, -1 if dead. */
static inline PetscInt PltSpaceNode(PltSpace s, PetscInt v, PetscInt level)
{
  const PetscInt n = s->node[v * s->nlevel + level];

  return n < 0 ? -1 : s->start[v] + n;
}
#endif
