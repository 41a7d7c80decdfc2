/* SPDX-License-Identifier: BSD-2-Clause
   A level of the column multigrid: lines of unknowns in the plane, coupled to the lines of the
   quads around them. Level 0 is the panel itself, a line holding the displacements of all its
   nodes; on the levels below it a line holds five unknowns of a Reissner-Mindlin plate (u, v, w and
   the rotations of the normal, bx, by) for each sublaminate.

   Lines are numbered own ones first, then ghosts. Only blocks of an own line i with itself and with
   lines j > i are stored, by diagonals, so that products with a block and with its transpose are
   both plain streams of multiplications:

     S[d][p] = A_ij[p][p + d - band],  d = 0 .. 2 band,  p = 0 .. stride - 1

   Plates fill their blocks. In large kinematics, where these come from memory and not from the
   cache, they are stored column by column without a gap (`dense`).

   Lines whose blocks are alike share them: they are of one row class, found by hashing what their
   blocks are summed from. A panel of repeating dies has a few dozen row classes; where every
   quad is different, every line is a class of its own and the storage is half a matrix. */
#ifndef PLT_MG_INTERNAL_H
#define PLT_MG_INTERNAL_H
#include "mg/mg.h"

enum { PLT_WIDE = 8, PLT_PAD = 208 }; /* reals of a vector register; before and after arrays */
enum { PLT_PLATE = 5, PLT_SUBLAMINATES = 16, PLT_MAP = 3 * PLT_PLATE };

/* What an unknown of a line is: no such node; unknown; zero by support or symmetry. A coarse
   unknown is the highest of those that it is interpolated to. */
enum { PLT_IS_ABSENT, PLT_IS_FREE, PLT_IS_HELD };

/* Lines of one kind have the same unknowns. Level 0 only: to which plate (-1: absent) and at what
   height over its reference the nodes of a line belong. */
typedef struct {
  PetscInt   m, n;   /* unknowns of a line, kinds */
  PetscInt   stride; /* m, padded to whole registers */
  PetscInt  *of;     /* [nline] kind of a line */
  char      *is;     /* [n][m] */
  PetscReal *mask;   /* [n][stride] 1 where free, 0 elsewhere */
  PetscBool *whole;  /* [n] all free */
  PetscInt  *base;   /* [n] first free unknown that is a multiple of 3 (level 0) */
  PetscInt  *plate;  /* [n][m / 3] */
  PetscReal *height; /* [n][m / 3] m */
  PetscReal  middle[PLT_SUBLAMINATES]; /* m, reference heights of the plates */
} PltKinds;

/* Interpolation from the next coarser plate level: up to four coarse lines a line, with
   w = weight w_I + cx bx_I + cy by_I, and weight alone for the other four unknowns. In large
   kinematics a map (shape.c) takes the place of cx and cy: what u, v, w take from u, v, w, bx, by
   of the coarse line besides weight times the same. */
typedef struct {
  PetscInt  line; /* local coarse line, -1: none */
  PetscReal weight, cx, cy;
} PltLink;

typedef struct PltLevel_ *PltLevel;
struct PltLevel_ {
  MPI_Comm     comm;
  PetscInt     m, stride, band;
  PetscBool    dense;
  PetscReal   *relax;  /* [nown] factor of over- or under-relaxation */
  PetscInt     sweeps; /* before and after the coarse correction */
  PetscInt     nline, nown;
  PetscReal   *xy;    /* [nline][2] m */
  PetscSF      ghost; /* NULL if no rank has ghosts */
  MPI_Datatype unit;  /* stride reals */
  PltKinds     kind;
  PetscInt    *first;     /* [nown + 1] */
  PetscInt    *next;      /* [first[nown]] lines above i that it is coupled to, ascending */
  PetscInt    *row;       /* [nown] row class */
  PetscInt     nrow;      /* row classes */
  PetscInt    *start;     /* [nrow + 1] first block: the diagonal one, then those above */
  PetscInt    *example;   /* [nrow] a line of the class */
  PetscReal   *block;     /* [start[nrow]][2 band + 1][stride], dense: [m][m] */
  PetscReal   *inverse;   /* [nrow][m][stride] columns of the inverse of the diagonal block */
  PetscReal   *x, *b, *r; /* [nline][stride] solution, right-hand side, work */
  PetscReal   *keep;      /* [nline][stride] or NULL: first solution of a W-cycle */
  PetscReal   *t;         /* [nline][stride] or NULL: -U x between forward sweeps */
  PetscInt     reach;     /* over how many lines own ones are coupled at most */
  PltLink (*link)[4];     /* [nline] to the next level, plates only */
  void *memory[10];       /* what the aligned arrays are freed by */
  /* Where rows are not shared, else NULL. n is m / 3, nodes of a line, or the number of plates. */
  PetscReal *position; /* [nline][n][3] m, where nodes are now, or the references of plates */
  PetscReal *director; /* plates: [nline][n][3], of unit length */
  PetscReal *lever;    /* level 0: [nline][n][3] m, to nodes from their plate */
  PetscReal *map;      /* plates: [nown][4][n][PLT_MAP] of links */
  PetscReal *stress;   /* level 0: [start[nrow]][3][span] diagonals of what stress adds, by node */
  PetscInt   span;     /* n and one at least, whole registers */
  PetscReal *plane[2]; /* level 0: [nline][3][span] work, directions apart */
  PetscInt64 bytes;    /* of blocks, inverses, arrays, lists */
};

static inline size_t PltBlockSize(PltLevel l)
{
  return l->dense ? (size_t)(l->m * l->m) : (size_t)(2 * l->band + 1) * (size_t)l->stride;
}

/* Where row p, column q of a block is, |p - q| <= band. */
static inline PetscInt PltEntry(PltLevel l, PetscInt p, PetscInt q)
{
  return l->dense ? q * l->m + p : (q - p + l->band) * l->stride + p;
}

/* ---- level.c ---- */
PLT_INTERN PetscErrorCode PltLevelCreate(MPI_Comm comm, PetscInt m, PetscInt band, PltLevel *level);
PLT_INTERN PetscErrorCode PltLevelDestroy(PltLevel *level);
/* Zeroed blocks for nrow classes whose `start` is set. */
PLT_INTERN PetscErrorCode PltLevelAllocateBlocks(PltLevel level);
/* Vectors; with_keep for levels that are visited twice. */
PLT_INTERN PetscErrorCode PltLevelAllocateVectors(PltLevel level, PetscBool with_keep);
/* How many sweeps, and the vector that several need. */
PLT_INTERN PetscErrorCode PltLevelSetSweeps(PltLevel level, PetscInt sweeps);
/* Inverses of the diagonal blocks on the free unknowns, which only the cycle needs. An unknown
   without stiffness of its own (relative pivot below 1e-13) is left out. */
PLT_INTERN PetscErrorCode PltLevelInvert(PltLevel level);
/* The factor away from ranks' borders; lower at them. */
PLT_INTERN PetscErrorCode PltLevelSetRelax(PltLevel level, PetscReal relax);
/* Ghost lines of x follow their owners. Collective. */
PLT_INTERN PetscErrorCode PltLevelHalo(PltLevel level, PetscReal *x);
/* Values at ghost lines of x are added to their owners'. Collective. */
PLT_INTERN PetscErrorCode PltLevelHaloAdd(PltLevel level, PetscReal *x);
/* Block of own line i with line j > i, or the diagonal one; NULL if they are not coupled. */
PLT_INTERN const PetscReal *PltLevelBlock(PltLevel level, PetscInt i, PetscInt j);
/* Finish kinds whose m, n, of and is are set. */
PLT_INTERN PetscErrorCode PltKindsFinish(PltKinds *kinds);
PLT_INTERN PetscErrorCode PltKindsDestroy(PltKinds *kinds);
/* [n] zeroed reals on a cache line, PLT_PAD before and after; free *memory. */
PLT_INTERN PetscErrorCode PltAligned(size_t n, PetscReal **array, void **memory, PetscInt64 *bytes);

/* ---- ids.c: consecutive numbers for keys, by a 128-bit hash of their content ---- */
typedef struct {
  PetscInt n, size; /* keys so far; slots, a power of two */
  struct {
    unsigned long long low, high;
    PetscInt           id; /* -1: empty */
  } * slot;
} PltIds;
PLT_INTERN PetscErrorCode PltIdsCreate(PltIds *ids);
PLT_INTERN PetscErrorCode PltIdsDestroy(PltIds *ids);
/* *id is ids->n - 1 and *is_new true for a key not seen before. */
PLT_INTERN PetscErrorCode PltIdsGet(PltIds *ids, const void *key, size_t size, PetscInt *id,
                                    PetscBool *is_new);

/* ---- shape.c: the present shape, large kinematics. A lever l says how the rotations bx, by of a
   plate move a node: u by l[2] bx, v by l[2] by, w by l[0] bx + l[1] by. ---- */
/* Positions of the nodes of level 0, in small kinematics those of the reference, and levers to them
   from their plates. */
PLT_INTERN PetscErrorCode PltShapeSetLines(PltAssembly assembly, PltLevel level);
/* Positions and directors of the plates on the lines of level 0. */
PLT_INTERN PetscErrorCode PltShapeSetPlates(PltLevel fine, PltLevel coarse);

/* ---- kernel.c: products over own lines; ghosts of x must be current ---- */
/* r = b - A x; b NULL: zero. `reference`: subtract the translation of each line first, which keeps
   digits that stiffness across thin layers would eat (level 0). */
PLT_INTERN void PltLevelResidual(PltLevel level, PetscBool reference, const PetscReal *b,
                                 const PetscReal *x, PetscReal *r);
/* r += G x where free, G being what stress adds to the tangent (level 0). */
PLT_INTERN void PltLevelAddStress(PltLevel level, const PetscReal *x, PetscReal *r);

/* ---- sweep.c: Gauss-Seidel over own lines with right-hand side b; r is work ---- */
/* One forward sweep, from x = 0 if it is the `first`; after the `last` one r = b - A x, but for
   ghosts, which must then follow their owners. */
PLT_INTERN void PltLevelForward(PltLevel level, PetscBool first, PetscBool last);
/* The part of ghosts in what the sweep left behind. */
PLT_INTERN void PltLevelForwardGhosts(PltLevel level, PetscBool last);
/* One backward sweep; ghosts of x must be current. */
PLT_INTERN void PltLevelBackward(PltLevel level);

/* ---- lines.c: sublaminates and the kinds of the lines of level 0 ---- */
/* Number of plates a line has at most, heights z[nmerged] of the distinct levels. */
PLT_INTERN PetscErrorCode PltLinesKinds(PltAssembly assembly, PetscInt *nplate, PetscReal *z,
                                        PltKinds *kinds);

/* ---- gauge.c: rigid motion of a panel and the support that takes it away ---- */
typedef struct {
  PltState         state;
  PetscInt         n;             /* rigid motions the held unknowns leave = support unknowns */
  PetscInt         mode[6];       /* which: 0-2 translations, 3-5 rotations */
  PetscReal        inverse[6][6]; /* of mode values at the support unknowns */
  PetscInt         nown;          /* support unknowns on own lines */
  PetscInt         own[6], line[6], at[6]; /* their number, line, unknown of it */
  PetscReal       *z;                      /* [nmerged] m */
  const PetscReal *position; /* [nvert][nmerged][3] m, lent; NULL: that of the reference */
} PltGauge;
PLT_INTERN PetscErrorCode PltGaugeCreate(PltState state, const PetscReal *position,
                                         PltGauge *gauge);
PLT_INTERN PetscErrorCode PltGaugeDestroy(PltGauge *gauge);
/* Add the reactions that balance the load r (level 0, own lines). Collective. */
PLT_INTERN PetscErrorCode PltGaugeBalance(const PltGauge *gauge, PltLevel level, PetscReal *r);
/* Take the rigid motion out of x that its support unknowns show. Collective. */
PLT_INTERN PetscErrorCode PltGaugeFix(const PltGauge *gauge, PltLevel level, PetscReal *x);

/* Do lines that are alike share a row? Not where shape or strain makes every quad another. */
static inline PetscBool PltRowsAreShared(PltAssembly a)
{
  return (PetscBool)(a->scheme.kinematics == PLT_SMALL && !a->iterates);
}

/* ---- operator.c ---- */
typedef struct {
  PltState  state;
  PltSpace  space; /* that it was made for, to compare with */
  PltLevel  level; /* 0 */
  PetscInt  nplate;
  PltGauge  gauge;
  PetscBool with_stress; /* it multiplies with K + G, else with K */
  PetscReal curvature;   /* (p, A p) of the last product with a vector p */
} PltOperator;
PLT_INTERN PetscErrorCode PltOperatorCreate(PltAssembly assembly, PltOperator **op);
PLT_INTERN PetscErrorCode PltOperatorDestroy(PltOperator **op);
/* Values of a PETSc vector over live nodes of own lines to the lines of level 0, and back. */
PLT_INTERN PetscErrorCode PltOperatorUnpack(const PltOperator *op, Vec from, PetscReal *to);
PLT_INTERN PetscErrorCode PltOperatorPack(const PltOperator *op, const PetscReal *from, Vec to);

/* ---- columns.c: level 0 of an assembly ---- */
PLT_INTERN PetscErrorCode PltLevelFromAssembly(PltAssembly assembly, PetscInt *nplate,
                                               PltLevel *level);
/* Large kinematics: positions and blocks of the present displacements. */
PLT_INTERN PetscErrorCode PltLevelRefill(PltAssembly assembly, PltLevel level);

/* ---- plate.c: from columns to plates ---- */
PLT_INTERN PetscErrorCode PltPlateCreate(PltLevel fine, PetscInt nplate, PltLevel *coarse);
PLT_INTERN void PltPlateRestrict(PltLevel fine, const PetscReal *r, PltLevel coarse, PetscReal *b);
PLT_INTERN void PltPlateProlong(PltLevel fine, PetscReal *x, PltLevel coarse, const PetscReal *e);

/* ---- grid.c: lines of constant x and y that a coarse plate level stands on ---- */
typedef struct {
  PetscInt   n[2];   /* lines of constant x, of constant y */
  PetscReal *at[2];  /* [n] m, ascending */
  PetscBool *active; /* [n[1] - 1][n[0] - 1] cells that lines are interpolated in */
} PltGrid;
/* The grid for the next level, of every second line of `from`, or, if that is NULL, of the lines of
   the mesh if it has such, else even ones of twice its size. Collective. */
PLT_INTERN PetscErrorCode PltGridCreate(PltLevel fine, const PltGrid *from, PltGrid *grid);
PLT_INTERN PetscErrorCode PltGridDestroy(PltGrid *grid);
/* Interval of the lines across an axis that x is in, the first or last if it is outside. */
PLT_INTERN PetscInt PltGridInterval(const PltGrid *grid, PetscInt axis, PetscReal x);

/* ---- galerkin.c: the next coarser plate level ---- */
PLT_INTERN PetscErrorCode PltLevelCoarsen(PltLevel fine, const PltGrid *grid, PltLevel *coarse);
/* ---- transfer.c ---- */
/* Interpolation at x from a cell of the grid; `line` is the place in the grid. */
PLT_INTERN void PltLinkSet(const PltGrid *grid, const PetscInt cell[2], const PetscReal x[2],
                           PltLink link[4]);
PLT_INTERN void PltLinkRestrict(PltLevel fine, const PetscReal *r, PltLevel coarse, PetscReal *b);
PLT_INTERN void PltLinkProlong(PltLevel fine, PetscReal *x, PltLevel coarse, const PetscReal *e);

/* ---- coarsest.c: Cholesky factor of the coarsest plates ---- */
typedef struct {
  PltLevel level;
  Mat      A;
  Vec      b, x;
  KSP      ksp;
  PetscInt start, *number; /* [nline][m] equation of an unknown, -1: none */
} PltCoarsest;
PLT_INTERN PetscErrorCode PltCoarsestCreate(PltLevel level, PltLevel finest, const PltGauge *gauge,
                                            PltCoarsest *coarsest);
PLT_INTERN PetscErrorCode PltCoarsestDestroy(PltCoarsest *coarsest);
PLT_INTERN PetscErrorCode PltCoarsestSolve(PltCoarsest *coarsest);
#endif
