/* SPDX-License-Identifier: BSD-2-Clause
   Seen only inside this room. */
#ifndef PLT_STEP_INTERNAL_H
#define PLT_STEP_INTERNAL_H
#include "step/step.h"

extern PLT_INTERN const char *const PltSolverName[];

/* ---- step.c ---- */
/* Gravity in panel axes. */
PLT_INTERN void PltProcessWeight(PltProcess process, const PltStep *step, PetscReal g[3]);
/* Support, and before it, what leads there: the free shape before a panel lies on a table, and the
   flat one before a chuck is left to suck. Collective. */
PLT_INTERN PetscErrorCode PltProcessHold(PltProcess process, const PltStep *step,
                                         const PetscReal g[3]);
/* Before a panel leaves its table its weight goes, there. Collective. */
PLT_INTERN PetscErrorCode PltProcessLighten(PltProcess process, const PltStep *step);
/* Equilibrium at temperature T, with that part of the step's shrinkage, under its support and
   gravity. Collective. */
PLT_INTERN PetscErrorCode PltProcessEquilibrate(PltProcess process, const PltStep *step,
                                                PetscReal T, PetscReal shrunk);
/* ---- change.c ---- */
/* What the step does before it goes through its temperatures. Collective. */
PLT_INTERN PetscErrorCode PltProcessChange(PltProcess process, const PltStep *step);

/* ---- linear.c ---- */
/* Tangent and preconditioner in small kinematics, unless they are there already. Collective. */
PLT_INTERN PetscErrorCode PltSolverPrepare(PltSolver solver, PltAssembly assembly);
/* The same where a tangent changes, in large kinematics and where a law's modulus depends on the
   strain: at the state's present u. Collective. */
PLT_INTERN PetscErrorCode PltSolverTangent(PltSolver solver, PltAssembly assembly);
/* The same tangent, but other unknowns are fixed. Collective. */
PLT_INTERN PetscErrorCode PltSolverSupport(PltSolver solver, PltAssembly assembly);
/* There: are moduli and shape still those of the tangent, nearly? Not collective, same on all
   ranks. */
PLT_INTERN PetscBool PltSolverServes(PltSolver solver, PltAssembly assembly);
/* There: dx = (K + G)^-1 r for the parts K of the moduli and G of the stress, by
   conjugate gradients. Where they meet a direction that is not of positive curvature they end
   with a step along it as long as if its curvature were as much above zero (Steihaug 1983 goes
   to the edge of a trust region), *definite is PETSC_FALSE, and dx still goes downhill.
   `tolerance` is the relative error in energy; PLT_ERR_CONVERGENCE where -ksp_max_it, the one
   option of PETSc's solvers that counts here, does not suffice for it. Collective. */
PLT_INTERN PetscErrorCode PltSolverLinear(PltSolver solver, PetscReal tolerance, Vec r, Vec dx,
                                          PltSolveReport *report, PetscBool *definite);

/* ---- solver.c ---- */
/* The residual at u into solver->r. The forces of elements may vanish in equilibrium (a uniform
   free panel), so what rounding is measured against is the largest force that any of them has
   had in this process. Collective. */
PLT_INTERN PetscErrorCode PltSolverResidual(PltSolver solver, PltAssembly assembly,
                                            PltSolveReport *report);
/* Updates solver->largest. Collective. */
PLT_INTERN PetscErrorCode PltSolverLargest(PltSolver solver, PltState state);

/* ---- newton.c ---- */
/* What is to be in equilibrium: inner forces, weight, and `kept` of the forces `unbalanced`
   that have yet to be let go (solver->r of what was removed or released; NULL: none). */
typedef struct {
  Vec        unbalanced;
  PetscReal  kept;      /* 1 .. 0 */
  PetscReal  tolerance; /* last correction over the largest displacement so far */
  PetscBool  cautious;  /* give up where the tangent is indefinite: shapes may be mistaken */
  PetscBool  minimise;  /* never uphill: for leaving an unstable shape */
  PetscBool  rests;     /* u is the last equilibrium: forces there are a measure of others */
  PltContact contact;   /* with a table or chuck; NULL: none */
} PltGoal;
PLT_INTERN PetscErrorCode PltNewtonResidual(PltSolver solver, PltAssembly assembly,
                                            const PltGoal *goal, PltSolveReport *report);
/* Equilibrium near u, with the tangent the solver has for the first correction. Leaves the
   tangent of the last iterate but one. Collective. */
PLT_INTERN PetscErrorCode PltNewtonSolve(PltSolver solver, PltAssembly assembly,
                                         const PltGoal *goal, PltSolveReport *report,
                                         PetscBool *converged);
/* Slope of the potential at u + t d, as c[0] + c[1] t + c[2] t^2 + c[3] t^3. u stays.
   Collective. */
PLT_INTERN PetscErrorCode PltLineSlopes(PltSolver solver, PltAssembly assembly, const PltGoal *goal,
                                        Vec d, PetscReal c[4], PltSolveReport *report);

/* ---- contact.c ---- */
struct PltContact_ {
  PltState       state; /* lent */
  PetscReal      up;
  PetscInt      *level;  /* [nvert] of the lowest node of a line, -1: none */
  PetscReal     *height; /* [nvert] m, of that node over the base in the undeformed stack */
  unsigned char *held;   /* [nvert] it is on the base */
  PetscInt      *times;  /* [nvert] it was let go since the increment began */
  PetscReal     *area;   /* [nvert] m2 of the lower face that goes with it; own lines */
  PetscReal     *load;   /* [nvert][nlevel][3] N, the suction of a chuck; NULL: none */
  Vec            weight; /* N, outer forces */
  Vec            reaction, r, work[2];
  PetscInt       reach;   /* rows that are let go together */
  PetscBool      careful; /* of neighbours, only the deepest is caught */
  PetscInt fewest, calm;  /* that came or went at once, and for how many corrections not fewer */
};
/* Number of the unknown z of the lowest node of an own line in vectors. */
static inline PetscInt PltContactUnknown(PltContact c, PetscInt vert)
{
  const PltSpace space = c->state->space;

  return 3 * (PltSpaceNode(space, vert, c->level[vert]) - space->node_start) + 2;
}
/* Its height over the plane, m. */
static inline PetscReal PltContactGap(PltContact c, PetscInt vert)
{
  return c->height[vert] + c->up * c->state->u[3 * (vert * c->state->nlevel + c->level[vert]) + 2];
}
/* Is it on the plane? */
PLT_INTERN PetscBool PltContactTouches(PltContact contact, PetscInt vert);
/* The lower face and the plane it lies on, under the step's weight and vacuum. Nothing is held yet.
   Collective. */
PLT_INTERN PetscErrorCode PltContactCreate(PltProcess process, const PltStep *step,
                                           const PetscReal gravity[3], PltContact *contact);
PLT_INTERN PetscErrorCode PltContactDestroy(PltContact *contact);
/* Hold the nodes that are on the base now, and no others. Collective. */
PLT_INTERN PetscErrorCode PltContactHold(PltContact contact);
/* Is no node under the base, and do those that are held keep the panel from turning? Collective. */
PLT_INTERN PetscErrorCode PltContactRests(PltContact contact, PetscBool *rests);
/* Ghosts and the fixed unknowns of the space follow `held` of own lines. Collective. */
PLT_INTERN PetscErrorCode PltContactApply(PltContact contact);
/* Do these nodes keep the panel from turning about any level axis? Collective. */
PLT_INTERN PetscErrorCode PltContactSpans(PltContact contact, const unsigned char *held,
                                          PetscBool *spans);
/* The residuals of an assembly feel the suction from here on, and say what contact bears. */
PLT_INTERN void PltContactAttach(PltContact contact, PltAssembly assembly);
/* The residual r gets what else is out of balance: the pull of contacts, whose push the base bears.
   Not collective. */
PLT_INTERN PetscErrorCode PltContactUnbalanced(PltContact contact, Vec r);
PLT_INTERN PetscErrorCode PltContactMeasure(PltContact contact, PltContactReport *report);
/* ---- active.c ---- */
/* After a correction: let nodes go that pull; r then has their forces. *n is how many.
   Collective. */
PLT_INTERN PetscErrorCode PltContactRelease(PltContact contact, Vec r, PetscInt *n);
/* Before a correction solver->dx is added: catch nodes that would go through the base, in which
   case it is made anew from the residual contact->r, with them moved onto it. *n is how many;
   *definite as for PltSolverLinear if there are any. Collective. */
PLT_INTERN PetscErrorCode PltContactCatch(PltContact contact, PltSolver solver, PltAssembly a,
                                          PetscReal tolerance, PltSolveReport *report, PetscInt *n,
                                          PetscBool *definite);
/* Nodes that were caught but did not get to the base are free again. Collective. */
PLT_INTERN PetscErrorCode PltContactDrop(PltContact contact);
/* So many nodes came or went in a correction; false if they do not become fewer, and the increment
   is to be done again with more care. */
PLT_INTERN PetscBool PltContactWatch(PltContact contact, PetscInt moved);
/* ---- rest.c ---- */
/* Move the panel without deformation to where it would rest on the base if it were rigid, and hold
   it there. Collective. */
PLT_INTERN PetscErrorCode PltContactRest(PltContact contact);
/* Tilts that symmetry leaves: about y (heights grow with x), about x. */
PLT_INTERN void PltContactTilts(PltSymmetry symmetry, PetscBool tilt[2]);

/* ---- lowest.c ---- */
/* Lowest eigenvalue of the tangent the solver has, measured by its part of the moduli, and its
   mode. Collective. */
PLT_INTERN PetscErrorCode PltSolverLowest(PltSolver solver, PltState state, PetscReal *lambda,
                                          Vec mode);

/* ---- branch.c ---- */
/* From an unstable equilibrium along its mode (used up) to the next minimum of the potential.
   Collective. */
PLT_INTERN PetscErrorCode PltBranchLeave(PltSolver solver, PltAssembly assembly,
                                         const PltGoal *goal, Vec mode, PltSolveReport *report,
                                         PetscBool *converged);

/* ---- pace.c ---- */
/* An increment of more than this part of the way may not pass through shapes that are not stable:
   it could end on another branch. */
#define PLT_PACE_SHORT (1. / 64)
/* What part of the way under way increments of laws that depend on time may take. */
typedef struct {
  PetscReal factor; /* the next increment, or the next attempt, over this one */
  PetscReal error;  /* of the last one that was looked at, over what is asked for; 0: none */
  PetscInt  cuts;   /* of this increment so far */
  PetscBool timed;  /* accuracy is an issue at all */
} PltPace;
/* Where an increment from `way` of about this part ends: what is left is gone in pieces alike. */
PLT_INTERN PetscReal PltPaceTo(PetscReal way, PetscReal part);
/* The equilibrium of an increment of this part of the way, from where the part `way` is behind: may
   it be kept, by the laws and by its accuracy? Collective. */
PLT_INTERN PetscErrorCode PltPaceJudge(PltProcess process, PltAssembly assembly, PetscReal way,
                                       PetscReal part, PltPace *pace, PetscBool *good);
/* How long the next increment is to be after one of *part, parts of the way, that converged in so
   many corrections; lambda as before it. To be called before the shape is settled. Collective. */
PLT_INTERN PetscErrorCode PltPaceNext(PltProcess process, PetscInt corrections, PetscReal lambda,
                                      PetscReal *part);

/* ---- held.c ---- */
/* Held unknowns go to zero: at a part of the way from `start`, of the form of u. Their whole line
   goes with them, so that no element is squeezed. What is in contact is where it should be. */
PLT_INTERN PetscErrorCode PltHeldMove(PltState state, PltContact contact, const PetscReal *start,
                                      PetscReal way);
/* Largest distance of one from where it should be. Collective. */
PLT_INTERN PetscErrorCode PltHeldDistance(PltState state, PltContact contact, PetscReal *all);

/* ---- increment.c ---- */
/* Last correction over the largest displacement at the end of a way. */
#define PLT_TOLERANCE_END 1e-9
/* A way from one equilibrium to another. */
typedef struct {
  PetscReal  T[2], shrunk[2], fade[2]; /* at the start and the end; fade: decades */
  PetscReal  gravity[3], first;        /* first increment */
  PetscReal  thin[2];                  /* m of the ply that is ground at the start and the end; 0 */
  PetscReal  share[2];                 /* as in PltPlace */
  PetscReal *start;                    /* u at the start */
  PetscReal *last;                     /* u at the last equilibrium but one */
  PltPace    pace;                     /* by accuracy */
  Vec        unbalanced;               /* NULL: nothing is to be let go */
} PltWay;
/* Tables at a part of the way, the time dt (s) after the last equilibrium. Collective. */
PLT_INTERN PetscErrorCode PltWayLoad(PltProcess process, const PltStep *step, const PltWay *path,
                                     PetscReal way, PetscReal dt, PltAssembly *assembly);
/* Time (s) that a part of the way takes. Nothing else than going through the program takes time. */
PLT_INTERN PetscReal PltWayDuration(PltProcess process, const PltWay *path, PetscReal part);
/* Fails if a law had no modulus for the last tangent, which was that of an equilibrium. */
PLT_INTERN PetscErrorCode PltWayAnswered(PltProcess process, const PltStep *step);
/* The panel has come to an equilibrium: its materials remember. What is looked at from now on is an
   increment of nothing. Collective. */
PLT_INTERN PetscErrorCode PltWayCommit(PltProcess process, const PltWay *path);
/* Back to the last equilibrium, at the part `way`. Collective. */
PLT_INTERN PetscErrorCode PltWayRestore(PltProcess process, const PltStep *step, const PltWay *path,
                                        PetscReal way);
/* An increment between two parts of the way. If it is not *good, the state is somewhere, and
   path->pace.factor says how much shorter the next attempt is to be. Collective. */
PLT_INTERN PetscErrorCode PltWayTry(PltProcess process, const PltStep *step, PltWay *path,
                                    PetscReal from, PetscReal way, PetscBool *good);
/* So much of the step's shrinkage has happened. */
PLT_INTERN void PltProcessShrink(PltProcess process, const PltStep *step, PetscReal part);

/* ---- path.c ---- */
/* From the present equilibrium to another in increments that adapt. `step` supports, weight and
   shrinkage hold throughout. Forces that are out of balance at the start (after a removal, a
   release, a change of weight) are let go in proportion, held unknowns go to zero, the
   temperature to T, the shrinkage to the part `shrunk` of the step's. PLT_ERR_CONVERGENCE if it
   does not get there; the state is then the last equilibrium. Collective. */
PLT_INTERN PetscErrorCode PltPathTravel(PltProcess process, const PltStep *step, PetscReal T,
                                        PetscReal shrunk, const PetscReal gravity[3]);
/* Frames of elements turned with the panel when the present equilibrium was settled, and that has
   moved it a little. Where the way must not matter, frames and shape are made to agree. The last
   residual is that of the shape; *answers is false where a law has none to it. Collective. */
PLT_INTERN PetscErrorCode PltPathAgree(PltProcess process, PetscBool *answers);
/* small.c: an increment from a part `way` of a way between two temperatures, which takes the time
   span, to at most *next becomes small enough for all live laws. */
PLT_INTERN PetscErrorCode PltProcessSuit(PltProcess process, const PetscReal T[2], PetscReal span,
                                         PetscReal way, PetscReal *next);
/* The same in small kinematics with no such law, small.c. Collective. */
PLT_INTERN PetscErrorCode PltPathSmall(PltProcess process, const PltStep *step, PetscReal T,
                                       PetscReal shrunk, const PetscReal gravity[3]);
/* Before a removal that leaves no slab partly filled: the parts fade to 1e-4 of their stiffness.
   Collective. */
PLT_INTERN PetscErrorCode PltPathFade(PltProcess process, const PltStep *step,
                                      const PetscReal gravity[3]);
/* The step's ply is ground to what is to remain of it; nothing is live above. Collective. */
PLT_INTERN PetscErrorCode PltPathThin(PltProcess process, const PltStep *step,
                                      const PetscReal gravity[3]);
#endif
