/* SPDX-License-Identifier: BSD-2-Clause
   The panel as it is now: which parts of which plies are live, since when and since what
   temperature, how far they are ground, and the displacement of every node.

   A ply has two parts, outside the dies (fill) and inside them, which are born and removed
   together everywhere. So whether something is live is known by class of column (the set of
   plies that hold a die there) and never stored by column. What is stored by column is the state
   of elements at a birth into a slab that was not empty. */
#ifndef PLT_STATE_H
#define PLT_STATE_H
#include "element/element.h"
#include "space/space.h"

enum { PLT_IN_FILL, PLT_IN_DIES, PLT_NOWHERE }; /* part of a ply in a class of columns */

typedef struct {
  PetscBool live;
  PetscInt  event;   /* index of its birth */
  PetscReal T_birth; /* K, where its thermal strain counts from */
  PetscReal shrink;  /* linear shrinkage so far */
  PetscReal keep;    /* of its stiffness and weight; below 1 only while it is being removed */
  /* Of materials with a memory, at T_memory: what all points share, and the strain free of stress
     since birth. */
  PetscReal shared[PLT_SHARED], free[6];
  /* Pa, the largest stress at a point, of laws with rates: at T_memory; since the way under way
     began. Of this rank. */
  PetscReal stress, largest;
} PltPartState;

/* What the points of a ply remember. Columns and points as in element.h. */
typedef struct {
  PetscInt   n;       /* numbers at a point; 0: nothing is kept */
  PetscReal *point;   /* [nquad][4][PLT_SHELL_NZ][n], zero at birth; NULL before */
  PetscReal *past;    /* [nquad][4][PLT_SHELL_NZ][2][6] strain at T_memory and one increment before,
                        less what is free of stress; NULL if the law has no rates */
  PetscReal *strain;  /* [nquad][4][PLT_SHELL_NZ][6] where the search for an answer to a strain
                        begins; NULL if the law is affine */
  PetscReal *settled; /* the same at the last equilibrium */
  PetscInt   nguess;  /* numbers of PltSite.guess */
  PetscReal *guess;   /* [nquad][4][PLT_SHELL_NZ][nguess] NULL: none */
} PltMemory;

typedef struct {
  PetscReal  *u;     /* [nvert][nlevel][3] m, when it happened */
  PetscReal **birth; /* [nslab] NULL (slab was empty) or [nquad][PLT_SHELL_BIRTH] */
} PltEvent;

/* Kinds of quads in a slab with layers that are not the same everywhere (kinds.c). */
typedef struct {
  PetscInt  n;
  PetscInt *of;      /* [nquad] NULL: the slab has no such layer, its kinds are the classes */
  PetscInt *example; /* [n] a quad of each */
} PltQuadKinds;

typedef struct PltState_ *PltState;
struct PltState_ {
  PltProject    project; /* lent */
  PltMesh       mesh;    /* lent */
  PltSlabs      slabs;
  PetscInt      nlevel;
  PetscInt      nclass;
  PetscInt     *quad_class; /* [nquad] */
  PetscInt     *part;       /* [nclass][nply] */
  PltPartState *ply;        /* [nply][2] */
  PetscReal    *lo, *hi;    /* [nply] m, faces of the plies, moved by grinding */
  PetscBool    *live;       /* [nclass][nslab], kept by Bear, Remove and Grind */
  PetscInt      nevent;
  PltEvent     *event;
  PetscReal    *u;        /* [nvert][nlevel][3] m */
  PetscReal    *settled;  /* the same at the last equilibrium, which frames of elements turn with */
  PetscReal     T;        /* K */
  PetscReal   **share;    /* [nply] NULL or [nquad][PLT_METAL_KINDS]: metal of a layer by place */
  PltQuadKinds *kind;     /* [nslab] */
  PltMemory    *memory;   /* [nply] */
  PetscReal     T_memory; /* K, when they were written */
  PetscReal     dt_memory; /* s, what the increment before took; 0: rates of now do not follow it */
  PetscReal     up;        /* +1, -1 after a flip */
  PltSpace      space;     /* of the present live set; NULL before the first birth */
};

/* An empty panel at the temperature T. Collective. */
PLT_INTERN PetscErrorCode PltStateCreate(PltProject project, PltMesh mesh, PetscReal T,
                                         PltState *state);
PLT_INTERN PetscErrorCode PltStateDestroy(PltState *state);
/* Part state of a ply in a class, NULL where there is nothing. */
PLT_INTERN PltPartState *PltStatePart(PltState state, PetscInt class, PetscInt ply);
PLT_INTERN PetscBool     PltStateIsLive(PltState state, PetscInt class, PetscInt ply);
/* Birth: pieces become live, free of stress at T_birth on the present shape; birth[nslab] (taken
   over, entries may be NULL) are the element states of slabs that are not empty. New nodes stand
   on the normals of the deformed face. A new space is made. Collective. */
PLT_INTERN PetscErrorCode PltStateBear(PltState state, PetscInt n, const PltPiece piece[],
                                       PetscReal T_birth, PetscReal **birth);
/* Would a piece of these go into this slab beside live plies in some class? */
PLT_INTERN PetscBool PltStateJoins(PltState state, PetscInt n, const PltPiece piece[],
                                   PetscInt slab);
/* Before a removal, large kinematics: `keep` of the pieces' stiffness, stress and weight is
   left. */
PLT_INTERN void PltStateFade(PltState state, PetscInt n, const PltPiece piece[], PetscReal keep);
/* Do the pieces leave none of their slabs partly filled? */
PLT_INTERN PetscBool PltStateEmpties(PltState state, PetscInt n, const PltPiece piece[]);
/* Death: the pieces are gone; u stays. A new space is made. Collective. */
PLT_INTERN PetscErrorCode PltStateRemove(PltState state, PetscInt n, const PltPiece piece[]);
/* Grind from the face that is up: plies above `ply` go, `to` metres of it remain. Collective. */
PLT_INTERN PetscErrorCode PltStateGrind(PltState state, PetscInt ply, PetscReal to);
/* `ply` was read from a file: room for what live parts remember, and the space. Collective. */
PLT_INTERN PetscErrorCode PltStateResume(PltState state);
/* So much of a ply remains, m, under the face that is up; what its points remember goes with it.
   Not collective. */
PLT_INTERN void PltStateThin(PltState state, PetscInt ply, PetscReal to);
/* Numbers in a field of the form of u. */
static inline size_t PltStateFieldSize(PltState s)
{
  return (size_t)s->mesh->nvert * (size_t)s->nlevel * 3;
}
/* What u is now is an equilibrium. Not collective. */
PLT_INTERN PetscErrorCode PltStateSettle(PltState state);
/* Back to the last equilibrium: u, and where the search for strains begins. Not collective. */
PLT_INTERN PetscErrorCode PltStateRestore(PltState state);
/* Displacement of a ply's face (0 lower, 1 upper, 0.5 middle) at a local vertex, from any field
   of the form of u. Not collective. */
PLT_INTERN void PltStatePlyPoint(PltState state, const PetscReal *field, PetscInt vert,
                                 PetscInt ply, PetscReal at, PetscReal u[3]);
/* place.c: values of u at nodes that are new in s->space; was[nvert][nlevel] is -1 where no live
   slab touched the level before. Collective. */
PLT_INTERN PetscErrorCode PltStatePlaceNodes(PltState state, const PetscInt *was);
/* ---- kinds.c ---- */
PLT_INTERN PetscErrorCode PltQuadKindsCreate(PltState state);
PLT_INTERN PetscErrorCode PltQuadKindsDestroy(PltState state);
/* A number that differs for quads whose columns are not alike. */
static inline unsigned long long PltStateQuadKind(PltState s, PetscInt quad)
{
  unsigned long long kind = (unsigned long long)s->quad_class[quad];

  for (PetscInt k = 0; k < s->slabs.nslab; k++)
    if (s->kind[k].of) kind = kind * 1000003ull + (unsigned long long)s->kind[k].of[quad];
  return kind;
}
/* ---- memory.c ---- */
/* Material of a part of a ply; NULL where the ply has no such part. */
PLT_INTERN PltMaterial PltStateMaterial(PltState state, PetscInt ply, PetscInt part);
/* Has it a memory, of its points or of the part? */
PLT_INTERN PetscBool PltMaterialRemembers(PltMaterial material);
/* Is a part with a memory live? */
PLT_INTERN PetscBool PltStateRemembers(PltState state);
/* Is a part live whose law has a modulus that depends on the strain at a point? */
PLT_INTERN PetscBool PltStateIterates(PltState state);
/* Is a part live whose law depends on time? */
PLT_INTERN PetscBool PltStateHasRates(PltState state);
/* Do moduli of a live part depend on temperature, time or strain? */
PLT_INTERN PetscBool PltStateModuliVary(PltState state);
/* A part is born, or is gone; room for what it remembers. */
PLT_INTERN PetscErrorCode PltMemoryBear(PltState state, PetscInt ply, PetscInt part);
PLT_INTERN PetscErrorCode PltMemoryRoom(PltState state, PetscInt ply, PetscInt part);
PLT_INTERN PetscErrorCode PltMemoryForget(PltState state);
/* Searches begin at the states again. */
PLT_INTERN PetscErrorCode PltMemoryUnguess(PltState state);
/* A way begins, on which things may go at other rates than before. */
PLT_INTERN void PltMemoryTurn(PltState state);
/* The faces of a ply have moved from lo, hi to where they are now. */
PLT_INTERN void PltMemoryGrind(PltState state, PetscInt ply, PetscReal lo, PetscReal hi);
/* The span from T_memory to T in the time dt for a part. */
PLT_INTERN PetscErrorCode PltStateSpan(PltState state, PetscInt ply, PetscInt part, PetscReal T,
                                       PetscReal dt, PltSpan span[PLT_SPANS]);
/* The part of a way to T in the time dt that is small enough for all live laws. */
PLT_INTERN PetscErrorCode PltStateLargest(PltState state, PetscReal T, PetscReal dt,
                                          PetscReal *largest);
/* The slab a ply belongs to. */
PLT_INTERN PetscInt PltSlabOf(const PltSlabs *slabs, PetscInt ply);
#endif
