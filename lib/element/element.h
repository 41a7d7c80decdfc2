/* SPDX-License-Identifier: BSD-2-Clause
   SS8: 8-node layered solid-shell, total Lagrangian. Assumed natural transverse shear (Dvorkin &
   Bathe 1984) and thickness strain (Betsch & Stein 1995), four enhanced membrane modes (Simo &
   Rifai 1990) and a column condition on the out-of-plane stresses, which makes any number of plies
   in one element exact laminate theory. Pure functions on arrays: no PETSc objects, no allocation,
   no MPI.

   Nodes 0-3 are the lower face counter-clockwise, 4-7 the upper face. Voigt order of base.h.
   Columns are the 2x2 in-plane Gauss points in the order of the nodes, each with PLT_SHELL_NZ
   points in every ply:

     7-------6       c3   c2   upper        zeta 1  +---------------+
     |  zeta |                                      |  ply 1        |  hi
     4-------5       c0   c1                        |- - - - - - - -|  ply 1 lo = ply 0 hi
     0-------1  xi   eta from 0 to 3        zeta -1 +---------------+  plies need not fill it

   Strain of a ply at a point, and the column condition over the points k of all listed plies:

     E_k    = E(u) - E(ub) + Mt (alpha - alpha_b) + P theta_k - eigen,   sum_k W_k theta_k = 0
     P'S_k  = s - s_b,   S_k = C E_k,   sum_k W_k Mt'S_k = 0

   P = [t3] (natural 33; t3 is the column of the strain transformation) or, with `harmonic`, P = [t3
   t23 t13]: thickness stress and transverse shear stresses are common to all plies of a column, the
   assumed strain is their mean over the thickness. For flat plies without history that is one
   modulus 1/G = sum (h_k/H)/G_k. Linear law, A_k = P'C P, a_k = P'C (E_k at theta = 0):

     s = (sum W A^-1)^-1 sum W A^-1 (a + s_b),   theta_k = A_k^-1 (s - s_b - a_k)

   All this is stationarity of sum W (E'CE/2 + s_b.theta) in theta and alpha, so K is symmetric;
   with an offset S0 of the stress, of sum W (E'CE/2 + S0'E + s_b.theta). It is the energy that is
   stored, to which a newborn ply adds nothing.
   Birth: store ub = u and birth[] = PltShellLocal.birth (alpha and s of the element just before the
   ply is listed). At that u the newborn ply has theta = 0 and no stress, s stays as it was, hence
   so do alpha, the stress of the older plies and f: a birth changes nothing, harmonic or not, if
   gamma and harmonic stay the same for the life of an element. */
#ifndef PLT_ELEMENT_H
#define PLT_ELEMENT_H
#include "base/base.h"

enum {
  PLT_SHELL_PLIES = 32, /* plies in one element at most */
  PLT_SHELL_NZ    = 2,  /* Gauss points through each ply */
  PLT_SHELL_BIRTH = 16  /* numbers frozen at the birth of a ply: alpha[4], s[4 columns][33 23 13] */
};
/* A ply inside an element. Inactive plies are simply not listed. Birth: the ply is free of stress
   at the displacements ub in the element state `birth`; strains count from there. */
typedef struct {
  PetscReal        lo, hi;    /* faces in the element's zeta, -1 .. 1 */
  PetscReal        C[6][6];   /* Pa, in panel axes, symmetric positive definite */
  PetscReal        eigen[6];  /* eigenstrain since birth: thermal, cure */
  PetscReal        weight[3]; /* body force, N/m3 of the reference */
  const PetscReal *modulus;   /* [4 columns][PLT_SHELL_NZ][36] in place of C; NULL: C */
  const PetscReal *offset;    /* [4 columns][PLT_SHELL_NZ][6] Pa, panel axes: what is added to the
                                 modulus times the strain less eigen; NULL: zero */
  const PetscReal *ub;        /* [24] m; NULL: zero. Plies listed in a row may share it: cheaper */
  const PetscReal *birth;     /* [PLT_SHELL_BIRTH] as PltShellLocal gave it; NULL: zero */
} PltShellPly;

typedef struct {
  PetscReal          X[8][3]; /* m */
  PetscInt           nply;    /* 0: f and K are zero */
  const PltShellPly *ply;     /* [nply] active plies, bottom to top */
  PltKinematics      kinematics;
  PetscReal          gamma; /* kept of the thickness strain linear in xi and eta, 0 < gamma <= 1 */
  PetscBool          harmonic; /* transverse shear of the plies in series: common shear stress */
  PetscBool plain; /* without the enhanced modes, which metal that yields in compression makes
                      unstable (Wriggers & Reese 1996) */
  const PetscReal *before; /* [24] m, displacements of the iterate before, or NULL: see G below */
} PltShell;

/* Local results at the given u. */
typedef struct {
  PetscReal birth[PLT_SHELL_BIRTH]; /* what a ply born now has to freeze, besides u; opaque */
  PetscReal stress[PLT_SHELL_PLIES][4][PLT_SHELL_NZ][6]; /* [ply][column][point] Pa */
  PetscReal strain[PLT_SHELL_PLIES][4][PLT_SHELL_NZ][6]; /* the strain since birth less eigen */
  PetscReal energy; /* J, the potential above: f is its gradient less the body force */
} PltShellLocal;

/* Internal force less body force f[24] (N) at nodal displacements u[24] (m; node-major x y z) and,
   if K is not NULL, the tangent (row-major, symmetric) in two parts: K comes from the moduli, is
   positive semidefinite and zero on the rigid motions of the present shape; G[8*8] from the
   stress (may be NULL; zero in small kinematics). The whole tangent is K_ab + G_ab I. local may be
   NULL. Returns 0, or 1 if the reference is not a proper element (Jacobian not positive).

   With `before`, G has the stress that belongs to the strain E(before) + B(before) (u - before),
   linear in the last correction, in place of that of E(u): the MIP iteration of Magisano,
   Leonetti & Garcea 2017, which takes Newton's method through large rotations of thin plates in a
   few steps. Where u has converged both are one. */
PLT_INTERN int PltShellEvaluate(const PltShell *shell, const PetscReal u[24], PetscReal f[24],
                                PetscReal K[24 * 24], PetscReal G[8 * 8], PltShellLocal *local);

/* ---- prisms: layup.c, prism*.c ----
   The same element where the upper face of the reference stands straight above the lower one and
   both are level, as in every panel. Panel axes then serve all its points alike: what the plies do
   is one matrix for a whole class of columns, and a force takes no sum over plies. Plies of one
   birth (same ub and birth) are an age; they share their strains.

   Fields of a prism have their corners innermost: u[2 faces][x y z][4]. Strains of a column:

     small kinematics     0  1  2 |  3  4  5 |  6  7  8 |          |  9 10 11
     large kinematics     0  1  2 |  3  4  5 |  6  7  8 |  9 10 11 | 12 13 14
     strain              11 22 12 | 11 22 12 | 23 13 33 | 11 22 12 | 33 23 13 of the column
     times                   1    |   zeta   |     1    |  zeta^2  | stress s_b, Pa

   Resultants, moduli and body force of a layup are integrals over zeta. */
enum { PLT_PRISM_NE = 9, PLT_PRISM_NL = 12, PLT_PRISM_NS = 3 };
typedef struct {
  PetscInt  event;                                        /* which birth: the caller's number */
  PetscReal Q[PLT_PRISM_NE][PLT_PRISM_NE + PLT_PRISM_NS]; /* Pa; what its strains add to N ... */
  PetscReal L[PLT_PRISM_NL][PLT_PRISM_NL + PLT_PRISM_NS]; /* ... and in large kinematics */
} PltAge;
typedef struct {
  PetscBool plain;              /* as in PltShell; set by the caller after PltLayupSet */
  PetscReal t;                  /* m */
  PetscReal N[PLT_PRISM_NL];    /* Pa, resultants of the eigenstrains */
  PetscReal M[PLT_PRISM_NL][3]; /* Pa, resultants of a membrane strain of all plies */
  PetscReal weight[2][3];       /* N/m3, body force and its first moment in zeta */
  PetscInt  nage;
  PltAge   *age;                           /* [nage] lent */
  PetscReal Q[PLT_PRISM_NL][PLT_PRISM_NL]; /* Pa, resultants of a strain of all plies */
} PltLayup;
/* What takes the offsets of all points of a layup to its resultants. */
typedef struct {
  PetscReal weight[PLT_SHELL_PLIES][PLT_SHELL_NZ][PLT_PRISM_NL][6];
} PltOffsets;
/* The plan view of a column and what follows from it. */
typedef struct {
  PetscReal gamma;            /* as in PltShell */
  PetscReal along[2][4];      /* [x y][edge] m, halves of the edges eta -1, +1 and xi -1, +1 */
  PetscReal base[2][2][4];    /* [xi eta][x y][column] m */
  PetscReal inverse[2][2][4]; /* d(xi eta)/d(x y) at the columns */
  PetscReal det[4];           /* m2 */
  PetscReal ratio[4];         /* det of the centre over det */
  PetscReal T0[3][3];         /* strain 11 22 12 of the centre's base to panel axes */
  PetscReal area[4];          /* m2, of the corners */
} PltPlan;

/* How many births the plies are from. */
PLT_INTERN PetscInt PltLayupAges(PetscInt nply, const PetscInt event[]);
/* Plies of an element of thickness t, and the births they are from; their own ub and birth are not
   looked at. The layup keeps age[PltLayupAges()], which is filled here. */
PLT_INTERN void PltLayupSet(PetscReal t, PetscInt nply, const PltShellPly ply[],
                            const PetscInt event[], PetscBool harmonic, PltAge age[],
                            PltLayup *layup);
/* The moduli of the plies must be C. */
PLT_INTERN void PltOffsetsSet(PetscInt nply, const PltShellPly ply[], PetscBool harmonic,
                              PltOffsets *offsets);
/* Returns 1 if a corner of the quad is not convex (the Jacobian not positive). */
PLT_INTERN int PltPlanSet(const PetscReal xy[4][2], PetscReal gamma, PltPlan *plan);
/* What the columns of a prism give where its laws are solved, in place of what the layup does. */
typedef struct {
  PetscReal N[PLT_PRISM_NL][4];               /* Pa, resultants */
  PetscReal Q[4][PLT_PRISM_NL][PLT_PRISM_NL]; /* Pa, their derivatives to strains of all plies */
} PltSolved;
/* A prism and its displacements. */
typedef struct PltPrism_ PltPrism;
struct PltPrism_ {
  const PltPlan  *plan;
  const PltLayup *layup;
  PetscReal (*u)[3][4];          /* [2] m */
  PetscReal (*before)[3][4];     /* [2] m, or NULL: as in PltShell */
  PetscReal (*const *ub)[3][4];  /* [nage][2] m; NULL: zero */
  const PetscReal *const *birth; /* [nage] as in PltShellPly */
  const PetscReal (*offset)[4];  /* [PLT_PRISM_NL] Pa, of the offsets of all plies; NULL: zero */
  const PltSolved *solved;       /* NULL: plies are linear, as the layup says */
  const PltPrism  *rest;         /* at the same u, G has its stress; NULL: its own */
};
/* The points of a prism with any laws. `law` gives stress and modulus (symmetric positive definite)
   of a ply at a point (PLT_SHELL_NZ column + z) for the strain since its birth less eigen; 1: it
   has no answer. */
typedef struct {
  PetscInt           nply;
  const PltShellPly *ply;
  const PetscInt    *age; /* [nply] which of the layup's ages */
  PetscBool          harmonic;
  int (*law)(void *context, PetscInt ply, PetscInt point, const PetscReal strain[6],
             PetscReal stress[6], PetscReal D[6][6]);
  void     *context;
  PetscBool known[PLT_SHELL_PLIES];        /* strain[] is where the search begins, out of plane */
  PetscReal (*strain)[4][PLT_SHELL_NZ][6]; /* [nply] what it finds, less eigen */
} PltPoints;
/* The columns of a prism without enhanced modes; Q if `tangent`. 1: there is no answer. */
PLT_INTERN int PltPrismSolve(const PltPrism *prism, PltKinematics kinematics,
                             const PltPoints *points, PetscBool tangent, PltSolved *solved);
/* f of PltShellEvaluate in small kinematics, from strains that are differences of displacements
   as there. */
PLT_INTERN void PltPrismForce(const PltPrism *prism, PetscReal f[2][3][4]);
/* K of PltShellEvaluate in small kinematics. */
PLT_INTERN void PltPrismTangent(const PltPlan *plan, const PltLayup *layup, PetscReal K[24 * 24]);
/* f, and K and G, of PltShellEvaluate in large kinematics. */
PLT_INTERN void PltPrismLargeForce(const PltPrism *prism, PetscReal f[2][3][4]);
PLT_INTERN void PltPrismLargeTangent(const PltPrism *prism, PetscReal K[24 * 24],
                                     PetscReal G[8 * 8]);
/* f[3 levels] of PltZigzagAdd, at u less ub. */
PLT_INTERN void PltPrismZigzag(const PltPlan *plan, PetscReal u[3][3][4], PetscReal ub[3][3][4],
                               const PetscReal t[2], const PetscReal G[2], PetscReal s,
                               PetscReal f[3][3][4]);

/* Zigzag stabilisation between two stacked elements of one sublaminate (inter-layer shear
   hourglass): X[12], u[36] are the nodes of the three levels bottom to top; t and G are thickness
   (m) and transverse shear modulus (Pa) of the lower and upper element; s scales it. Adds to f[36]
   and to K[36*36] (either may be NULL). Zero for rigid motion, constant strain and Kirchhoff
   bending. */
PLT_INTERN void PltZigzagAdd(const PetscReal X[12][3], const PetscReal u[36], const PetscReal t[2],
                             const PetscReal G[2], PetscReal s, PetscReal f[36],
                             PetscReal K[36 * 36]);
#endif
