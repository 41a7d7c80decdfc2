/* SPDX-License-Identifier: BSD-2-Clause
   Seen only inside this room. */
#ifndef PLT_STEP_INTERNAL_H
#define PLT_STEP_INTERNAL_H
#include "step/step.h"

extern PLT_INTERN const char *const PltSolverName[];

/* ---- linear.c ---- */
/* Tangent and preconditioner in small kinematics, unless they are there already. Collective. */
PLT_INTERN PetscErrorCode PltSolverPrepare(PltSolver solver, PltAssembly assembly);
/* The same in large kinematics, at the state's present u. Collective. */
PLT_INTERN PetscErrorCode PltSolverTangent(PltSolver solver, PltAssembly assembly);
/* Large kinematics: are moduli and shape still those of the tangent, nearly? Not collective,
   same on all ranks. */
PLT_INTERN PetscBool PltSolverServes(PltSolver solver, PltAssembly assembly);
/* Large kinematics: dx = (K + G)^-1 r for the parts K of the moduli and G of the stress, by
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
  Vec       unbalanced;
  PetscReal kept;      /* 1 .. 0 */
  PetscReal tolerance; /* last correction over the largest displacement so far */
  PetscBool cautious;  /* give up where the tangent is indefinite: shapes may be mistaken */
  PetscBool minimise;  /* never uphill: for leaving an unstable shape */
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

/* ---- path.c ---- */
/* From the present equilibrium to another in increments that adapt. `step` supports, weight and
   shrinkage hold throughout. Forces that are out of balance at the start (after a removal, a
   release, a change of weight) are let go in proportion, held unknowns go to zero, the
   temperature to T, the shrinkage to the part `shrunk` of the step's. PLT_ERR_CONVERGENCE if it
   does not get there; the state is then the last equilibrium. Collective. */
PLT_INTERN void           PltProcessShrink(PltProcess process, const PltStep *step, PetscReal part);
PLT_INTERN PetscErrorCode PltPathTravel(PltProcess process, const PltStep *step, PetscReal T,
                                        PetscReal shrunk, const PetscReal gravity[3]);
/* The same in small kinematics, small.c. Collective. */
PLT_INTERN PetscErrorCode PltPathSmall(PltProcess process, const PltStep *step, PetscReal T,
                                       PetscReal shrunk, const PetscReal gravity[3]);
/* Before a removal that leaves no slab partly filled: the parts fade to 1e-4 of their stiffness.
   Collective. */
PLT_INTERN PetscErrorCode PltPathFade(PltProcess process, const PltStep *step,
                                      const PetscReal gravity[3]);
#endif
