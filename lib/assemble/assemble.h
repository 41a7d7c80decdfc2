/* SPDX-License-Identifier: BSD-2-Clause
   Residual, tangent, stress and birth states of a panel in its present state at one temperature.
   The residual is summed element by element from differences of displacements, so that it keeps
   its digits where the matrix times a vector would not (lib/README): the solver refines on it. */
#ifndef PLT_ASSEMBLE_H
#define PLT_ASSEMBLE_H
#include "state/state.h"

/* How to discretise; tests/README has the study behind the defaults. */
typedef struct {
  PltKinematics kinematics;
  PetscReal     gamma;       /* kept of the assumed thickness strain linear in plan */
  PetscReal     zigzag;      /* factor of the zigzag stabilisation, 0 off everywhere */
  PetscReal     zigzag_thin; /* in its place between two slabs of a build-up, thinner than `thin` */
  PetscReal     zigzag_soft; /* between a soft slab and any other, of the softer one's stiffness */
  PetscReal     thin; /* m; slabs of plies all thinner have their transverse shear in series */
} PltScheme;
/* Defaults, and what -plt_gamma, -plt_zigzag, -plt_zigzag_thin, -plt_zigzag_soft
   and -plt_thin say instead. Not
   collective. */
PLT_INTERN PetscErrorCode PltSchemeSet(PltScheme *scheme);

/* One slab in one class of columns. */
typedef struct {
  PetscInt    nply;
  PltShellPly ply[PLT_SHELL_PLIES]; /* live plies; ub and birth are filled in by column */
  PetscInt    number[PLT_SHELL_PLIES], event[PLT_SHELL_PLIES];
  PetscBool   harmonic;
  PetscReal   G;         /* Pa, transverse shear modulus of the plies in series */
  PetscBool   remembers; /* a ply among them has a material with a memory at its points ... */
  PetscBool   iterates;  /* ... and a law whose modulus depends on the strain */
  PetscBool   plain;     /* such a ply is, was or will be among them: no enhanced modes */
  PetscInt    first_event;
} PltSlabData;

typedef struct PltAssembly_ *PltAssembly;
struct PltAssembly_ {
  PltState     state; /* lent */
  PltScheme    scheme;
  PltSlabData *slab;     /* [nclass][nslab] */
  PetscBool    iterates; /* any of them does, on any rank */
  PetscBool *bridge; /* [nclass][nslab] zigzag stabilisation between this slab and the next above */
  PltLayup **kind;   /* [nslab] NULL or [kinds of the slab]: in place of layup */
  PltAge   **kind_age; /* [nslab] theirs */
  PetscReal  T, gravity[3];
  PltLayup  *layup;         /* [nclass][nslab] the same plies as prisms; not set where nply is 0 */
  unsigned long long stamp; /* changes when moduli, live set or supports do; same on all ranks */
  PltSpan           *span;  /* [nply][2][PLT_SPANS], of live parts with a memory */
  PetscReal (**offset)[PLT_PRISM_NL][4]; /* [nslab] NULL or [nquad]: what memories add to prisms */
  PetscInt         failed;               /* evaluations of a law that came to no answer */
  PetscInt         refused;              /* the same, when this was created */
  PetscReal        dt;                   /* s */
  PetscReal       *end;                  /* of a point, room for its state */
  const PetscReal *before; /* [nvert][nlevel][3] m, lent: iterate before u, for G; NULL: none */
  PltAssembly      rest;   /* lent: the equilibrium u, whose stress G has; NULL: its own */
  PltAge          *age;    /* theirs */
  const PetscReal *load;   /* [nvert][nlevel][3] N, lent: forces beside weight; NULL: none */
  Vec reaction; /* lent: what the residual is before it is set to zero where fixed; NULL: no use */
};

/* Tables of moduli, eigenstrains and weights at the temperature T (K), the time dt (s) after
   state->T_memory; gravity in m/s2, panel axes. Collective. */
PLT_INTERN PetscErrorCode PltAssemblyCreate(PltState state, const PltScheme *scheme, PetscReal T,
                                            PetscReal dt, const PetscReal gravity[3],
                                            PltAssembly *assembly);
PLT_INTERN PetscErrorCode PltAssemblyDestroy(PltAssembly *assembly);
/* What is fixed has changed: a new stamp. Collective. */
PLT_INTERN PetscErrorCode PltAssemblyStamp(PltAssembly assembly);

/* u is an equilibrium. Have all laws an answer that can be written down? And how far are the ways
   of stress and strain in it from a line: *error is what two halves of the increment add up to less
   the whole, Pa, over the largest stress, for the part where that is largest; 0 where nothing
   depends on time. Collective. */
PLT_INTERN PetscErrorCode PltAssemblyJudge(PltAssembly assembly, PetscBool *answers,
                                           PetscReal *error);
/* What the materials have gone through is written into their memories: u is the equilibrium of the
   last residual, in which no law was without an answer. The assembly is of no use then but to be
   destroyed. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblyCommit(PltAssembly assembly);
/* Was a law without an answer on any rank since the last residual or tangent began? Collective. */
PLT_INTERN PetscErrorCode PltAssemblyFailed(PltAssembly assembly, PetscBool *failed);

typedef struct {
  PetscReal unbalanced; /* N, largest at a free unknown; infinite where a law has no answer */
  PetscReal reaction;   /* N, largest at the determinate support */
  PetscReal scale;      /* N, largest force of an element on a node */
} PltBalance;
/* r = outer less inner forces at the state's u, zero where fixed. Collective. */
PLT_INTERN PetscErrorCode PltAssemblyResidual(PltAssembly assembly, Vec r, PltBalance *balance);
/* energy.c: what is stored in strain and in the stabilisations, J: the potential of the inner
   forces at the state's u, with frames that turn with `settled`. With an affine law that has a
   memory only differences between two u in one span have a meaning; other laws have no potential.
   Collective. */
PLT_INTERN PetscErrorCode PltAssemblyEnergy(PltAssembly assembly, PetscReal *energy);
/* The tangents above one quad, one call for each live element (n = 2) and each zigzag
   stabilisation (n = 3): K is the row-major matrix of n levels x 4 vertices x 3, exactly symmetric,
   and may be overwritten. What stress adds to it in large kinematics, G, is one number for a pair
   of vertices, [4n][4n], the same in x, y and z; NULL if there is none. K alone is positive
   semidefinite. Supports are not looked at. Not collective. */
typedef PetscErrorCode (*PltTangentFunction)(void *context, PetscInt quad, PetscInt n,
                                             const PetscInt level[], PetscReal *K,
                                             const PetscReal *G);
PLT_INTERN PetscErrorCode PltAssemblyTangents(PltAssembly assembly, PetscInt quad,
                                              PltTangentFunction add, void *context);
/* The tangent, `whole` with what stress adds to it; fixed unknowns keep their diagonal only. A
   comes from PltSpaceCreateMat. Collective. */
PLT_INTERN PetscErrorCode PltAssemblyMatrix(PltAssembly assembly, PetscBool whole, Mat A);
/* Element states of a slab, for a birth into it: birth[nquad][PLT_SHELL_BIRTH]. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblyBirth(PltAssembly assembly, PetscInt slab, PetscReal *birth);
/* Stress of every live ply of one quad at its centre, on its lower and upper face:
   stress[nply][2][6] (Pa, voigt order), zero where dead. Not collective. */
PLT_INTERN PetscErrorCode PltAssemblyStress(PltAssembly assembly, PetscInt quad, PetscReal *stress);
#endif
