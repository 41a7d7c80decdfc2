/* SPDX-License-Identifier: BSD-2-Clause
   Seen only inside this room. */
#ifndef PLT_ASSEMBLE_INTERNAL_H
#define PLT_ASSEMBLE_INTERNAL_H
#include "assemble/assemble.h"

/* The pair of a slab and the next live one above it, which are stabilised together. */
typedef struct {
  PetscInt  level[3]; /* the middle one is the same node as that above the lower slab */
  PetscReal t[2], G[2], factor;
  PetscInt  born; /* event since which there are both */
} PltBridge;

/* ---- tables.c ---- */
/* The plies of a slab over a quad, whose layers may not be the same everywhere. */
PLT_INTERN PetscErrorCode PltSlabDataAt(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                        PltShellPly ply[]);
/* The layup over a quad. */
static inline const PltLayup *PltLayupAt(PltAssembly a, PetscInt quad, PetscInt k)
{
  const PltState s = a->state;

  return a->kind[k] ? &a->kind[k][s->kind[k].of[quad]]
                    : &a->layup[s->quad_class[quad] * s->slabs.nslab + k];
}

/* ---- assemble.c ---- */
/* Values of a field at the nodes of `n` levels above a quad: out[n][4][3]. */
PLT_INTERN void PltAssemblyGather(PltState state, PetscInt quad, PetscInt n, const PetscInt level[],
                                  const PetscReal *field, PetscReal *out);
/* The vertices of a quad at a height. */
PLT_INTERN void PltAssemblyCorners(PltState state, PetscInt quad, PetscReal z, PetscReal X[4][3]);

/* ---- prisms.c: types ---- */
/* An element as a prism, and what is gathered for it. */
typedef struct {
  PltPrism  prism;
  PetscReal u[2][3][4], before[2][3][4], ub[PLT_SHELL_PLIES][2][3][4];
  PetscReal (*born[PLT_SHELL_PLIES])[3][4];
  const PetscReal *birth[PLT_SHELL_PLIES];
  PltSolved        solved; /* of laws that are not affine, and the strains of all points */
  PetscReal        strain[PLT_SHELL_PLIES][4][PLT_SHELL_NZ][6];
} PltGathered;

/* ---- element.c ---- */
/* One element with all its points: its shell, the plies with the column's own birth data, the
   displacements at birth of each event gathered to its nodes, the answers of laws with a memory. */
typedef struct {
  PetscInt      quad, slab;
  PltShell      shell;
  PltShellPly   ply[PLT_SHELL_PLIES];
  PetscReal     ub[PLT_SHELL_PLIES][24];
  PetscReal     u[24], f[24];
  PetscReal     modulus[PLT_SHELL_PLIES][4][PLT_SHELL_NZ][6][6];
  PetscReal     offset[PLT_SHELL_PLIES][4][PLT_SHELL_NZ][6];
  PltShellLocal local;
  PltGathered   gathered;
} PltElement;
/* All local results at the state's u. */
PLT_INTERN PetscErrorCode PltElementEvaluate(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                             PltElement *element);

/* Only e->gathered, with the columns solved: of laws that are not affine. */
PLT_INTERN PetscErrorCode PltElementSolve(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                          PltElement *element);

/* ---- laws.c ---- */
/* A ply of a slab over a quad, for its points; site.material is NULL if they have no memory. */
typedef struct {
  PltSite          site;
  const PltMemory *memory;
  PltPartState    *part;
  PetscReal        keep;
  size_t           first; /* of the points of this quad */
} PltPointsOf;
PLT_INTERN PltPointsOf   PltPointsOfPly(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                        PetscInt i);
static inline PetscReal *PltPointState(const PltPointsOf *ply, PetscInt point)
{
  return ply->memory->point + (ply->first + (size_t)point) * (size_t)ply->memory->n;
}
/* The site of a point, with its guess. */
static inline PltSite PltPointSite(const PltPointsOf *ply, PetscInt point)
{
  PltSite site = ply->site;

  if (ply->memory->guess)
    site.guess = ply->memory->guess + (ply->first + (size_t)point) * (size_t)ply->memory->nguess;
  return site;
}
static inline PetscBool PltPointsIterate(const PltPointsOf *ply)
{
  return (PetscBool)(ply->site.material && !PltMaterialIsAffine(ply->site.material));
}
/* Strains of laws that are not affine, [4][PLT_SHELL_NZ][6]: those of the last solution of the
   columns, where the search for the next ones is to begin. */
static inline PetscReal *PltPointFound(const PltPointsOf *ply)
{
  return ply->memory->strain + ply->first * 6;
}
/* Affine laws: offsets of all points of an element at its strain zero. */
PLT_INTERN void PltElementOffsets(PltAssembly assembly, PltElement *element);
/* Other laws: moduli and offsets at the strains that were found last. */
PLT_INTERN void PltElementLinearise(PltAssembly assembly, PltElement *element);
/* The columns of an element whose laws are not affine; Q if `tangent`. assembly->failed is counted
   up where a law has no answer. */
PLT_INTERN void PltAssemblySolve(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                 PetscBool tangent, PltGathered *gathered);
/* Fills assembly->offset of affine slabs. */
PLT_INTERN PetscErrorCode PltAssemblyOffsets(PltAssembly assembly);

/* ---- bridge.c ---- */
PLT_INTERN void PltBridgeFind(PltAssembly assembly, PetscInt class, PetscInt slab,
                              PltBridge *bridge);
/* Large kinematics: directors are compared in a frame that turns with the panel, of its last
   equilibrium, so that forces stay linear in u between two of them. Rows of R are its axes where
   the quad at a level has the displacements of `field`. */
PLT_INTERN void PltBridgeFrame(PltAssembly assembly, PetscInt quad, PetscInt level,
                               const PetscReal *field, PetscReal R[3][3]);
/* What it takes to turn the frame of the last equilibrium, of which the forces of a stabilisation
   there know nothing as the frame is given: forces f on the corners of its middle level that keep
   the moments of the others in balance, and without which a free panel would lean on its support.
   `moment` of those is about the middle level, in panel axes. */
PLT_INTERN void PltBridgeTurns(PltAssembly assembly, PetscInt quad, PetscInt level,
                               const PetscReal moment[3], PetscReal f[3][4]);
/* K in panel axes. */
PLT_INTERN void PltBridgeTangent(PltAssembly assembly, PetscInt quad, const PltBridge *bridge,
                                 PetscReal K[36 * 36]);

/* ---- prisms.c ---- */
/* The plan is lent. */
PLT_INTERN void PltAssemblyPrism(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                 const PltPlan *plan, PltGathered *gathered);
/* The plan of a quad; PLT_ERR_MESH if it is not convex. */
PLT_INTERN PetscErrorCode PltAssemblyPlan(PltAssembly assembly, PetscInt quad, PltPlan *plan);
/* A zigzag stabilisation and its forces at the displacements of `field`, linear in u - ub, in the
   frame of the bridge. */
typedef struct {
  PltBridge bridge;
  PetscReal u[3][3][4], ub[3][3][4], f[3][3][4], R[3][3]; /* R in large kinematics */
} PltBridgeForces;
PLT_INTERN void PltBridgeForce(PltAssembly assembly, PetscInt quad, PetscInt slab,
                               const PltPlan *plan, const PetscReal *field,
                               PltBridgeForces *forces);
/* Large kinematics: forces on the middle level, in panel axes, with which those of the last
   equilibrium are in balance (PltBridgeTurns). They stay until the next one. */
PLT_INTERN void PltBridgeBalance(PltAssembly assembly, PetscInt quad, PetscInt slab,
                                 const PltPlan *plan, PetscReal f[3][4]);
/* Takes the forces of all elements and stabilisations from field[nvert][nlevel][3] and raises
   *scale to the largest of an element. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblySumPrisms(PltAssembly assembly, PetscReal *field,
                                               PetscReal *scale);
#endif
