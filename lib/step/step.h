/* SPDX-License-Identifier: BSD-2-Clause
   The process driver: what each step does to the panel, and the solves in between. */
#ifndef PLT_STEP_H
#define PLT_STEP_H
#include <petscksp.h>
#include "mg/mg.h"

/* ---- solver.c ---- */
typedef enum {
  PLT_SOLVER_AUTO,
  PLT_SOLVER_COLUMNS,
  PLT_SOLVER_DIRECT,
  PLT_SOLVER_AMG
} PltSolverType;
enum { PLT_MODES = 3 }; /* lowest modes that are sought together */
typedef struct PltSolver_ *PltSolver;
struct PltSolver_ {
  MPI_Comm           comm;
  PltSolverType      type; /* as asked for */
  PltSolverType      used; /* of the matrix that is factored, never auto */
  PetscLogStage      set_up, solve, forces, stability;
  KSP                ksp; /* NULL until needed */
  Mat                A;   /* tangent as a product; NULL: M is it */
  Mat                M;   /* assembled part of the moduli, to be factored; NULL: columns */
  Vec                r, dx;
  Vec                mode[PLT_MODES]; /* lowest ones so far, NULL: none */
  unsigned long long stamp;           /* of the matrix that is factored */
  PetscBool          refused;         /* a law had no modulus for the last tangent; of all ranks */
  PetscBool          fell;            /* the last equilibrium was found downhill */
  PetscReal          drift;           /* m, how far u has gone since the tangent was made */
  PetscReal          scale;           /* N, largest force of an element in equilibria so far */
  PetscReal          largest;         /* m, largest displacement so far */
  PetscReal          contraction;     /* second correction of the last increment over the first */
};
typedef struct {
  PetscInt   solves, iterations, newton, increments;
  PetscReal  lambda;   /* lowest eigenvalue at the last equilibrium, NaN: not known */
  PetscInt   switches; /* shapes that were left, as they were unstable or ended */
  PltBalance balance;
} PltSolveReport;

PLT_INTERN PetscErrorCode PltSolverCreate(MPI_Comm comm, PltSolver *solver);
PLT_INTERN PetscErrorCode PltSolverDestroy(PltSolver *solver);
/* "auto", "columns", "direct" or "amg"; PLT_ERR_USAGE for anything else. */
PLT_INTERN PetscErrorCode PltSolverSetType(PltSolver solver, const char *type);
/* Bring state->u to equilibrium: Newton's method on the element-wise residual, which in small
   kinematics is iterative refinement (Wilkinson 1963) with one factor. Adds to the report.
   PLT_ERR_CONVERGENCE if it fails; where a law has no answer the balance in the report is
   infinite. Collective. */
PLT_INTERN PetscErrorCode PltSolverSolve(PltSolver solver, PltAssembly assembly,
                                         PltSolveReport *report);
/* The space has changed: forget matrix and factor. */
PLT_INTERN PetscErrorCode PltSolverReset(PltSolver solver);

/* ---- step.c ---- */
/* What an increment of large kinematics is about: forces that a change of the panel has set free;
   the fading of what is to be removed; a temperature, that of a birth or of the program. */
typedef enum { PLT_PHASE_RELEASE, PLT_PHASE_REMOVE, PLT_PHASE_TEMPERATURE } PltPhase;
/* Where the process is. The ways that lead to a frame (to remove, to the temperature of a birth, to
   that of the program) have equal parts of it; what is let go first has half of its way's. */
typedef struct {
  PltPhase  phase;    /* of the last increment */
  PetscReal time;     /* s, at the last increment */
  PetscReal span;     /* s, that the way under way takes and the process' `time` is ahead */
  PetscReal done;     /* of what leads to the next frame, 0..1; 1 only where the frame follows */
  PetscReal share[2]; /* `done` where the way under way begins and where it ends */
} PltPlace;
/* How the lower face lies on a table or chuck; of the whole panel, NaN where that says nothing. */
typedef struct {
  PetscReal fraction; /* of its area within 1 um of the plane */
  PetscReal gap;      /* m, largest */
  PetscReal at[2];    /* m, x and y where that is; NaN where all is within 1 um of the plane */
  PetscReal force;    /* N */
  PetscReal suction;  /* Pa, largest that an ideal clamp needs */
} PltContactReport;
typedef struct PltContact_ *PltContact;
typedef struct PltProcess_ *PltProcess;
struct PltProcess_ {
  PltProject       project; /* lent */
  PltMesh          mesh;    /* lent */
  PltState         state;
  PltSolver        solver;
  PltScheme        scheme;
  PltAssembly      assembly;   /* of the last solve; valid until the next step */
  PetscInt         next;       /* step to do next */
  PetscInt         reached;    /* temperatures of its program that are behind */
  PetscReal        time;       /* s */
  PetscReal        start;      /* s, when the step began */
  PetscReal        shrunk;     /* part of the present step's shrinkage that has happened */
  PetscInt         increments; /* of the present step */
  PetscInt         unknowns;   /* of the largest live set so far */
  PltSolveReport   report;     /* of the solves since the last frame */
  PltContact       contact;    /* NULL: the panel is not on a table or chuck that it may leave */
  PetscInt         base;       /* what it lies on since the last equilibrium (step.c) */
  PltContactReport lies;
  /* Called after every increment of large kinematics, if set. Collective. */
  PetscErrorCode (*increment)(PltProcess process, const PltStep *step, void *context);
  void    *increment_context;
  PltPlace place;
};
/* Called when a temperature of the program is reached, the last one ends the step. Collective. */
typedef PetscErrorCode (*PltFrameFunction)(PltProcess process, const PltStep *step, void *context);

PLT_INTERN PetscErrorCode PltProcessCreate(PltProject project, PltMesh mesh, PltProcess *process);
PLT_INTERN PetscErrorCode PltProcessDestroy(PltProcess *process);
/* Do step `next`: flip; remove; bring the panel to the birth temperature and add; grind; then the
   temperatures of the step with its shrinkage. Collective. */
PLT_INTERN PetscErrorCode PltProcessStep(PltProcess process, PltFrameFunction frame, void *context);

/* The state, `next`, `reached` and what else belongs to a process between two frames was read from
   a file: what the panel rests on, and the assembly. Collective. */
PLT_INTERN PetscErrorCode PltProcessResume(PltProcess process);

/* ---- other.c ---- */
typedef struct {
  PetscBool found;
  PetscReal energy; /* J, potential over that of the shape of the process; symmetry's part only. NaN
                        where a law that is not affine is live */
  PetscReal lambda; /* its lowest eigenvalue */
  PetscReal *u;     /* [nvert][nlevel][3] m; owned by the caller, PetscFree; NULL if not found */
} PltOther;
/* Another stable shape under the present loads: the panel rolled the other way. Large
   kinematics, in a frame function. Collective. */
PLT_INTERN PetscErrorCode PltProcessOther(PltProcess process, PltOther *other);
#endif
