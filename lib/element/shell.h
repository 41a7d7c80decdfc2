/* SPDX-License-Identifier: BSD-2-Clause
   The parts of the solid-shell, seen only inside this room.

   The element is written in the half sum and half difference of its two faces: a nodal field
   (reference or displacement) is  x = sum_a n_a(xi,eta) (mid_a + zeta half_a),  a = 0..3. The
   natural strains of a column are then polynomials in zeta with twelve coefficients q, and all that
   the plies do is in the matrix of a generalised laminate which joins q to its resultants N (the
   idea of Sze & Yao 2000 and Leonetti et al 2018). Force and tangent follow from q, Q and N, so
   that plies add little work:

     q index    0  1  2 |  3  4  5 |  6  7  8 |  9 10 11 | 12 13 14
     component 11 22 12 | 11 22 12 | 23 13 33 | 11 22 12 | 11 22 12 of the centre
     times         1    |   zeta   |    1     |  zeta^2  | enhanced: (j0/j) T0 M alpha

   mid enters q 0..7 only and half q 3..11 only. */
#ifndef PLT_ELEMENT_SHELL_H
#define PLT_ELEMENT_SHELL_H
#include "element/element.h"

enum {
  PLT_NMID  = 8, /* q that depend on mid: 0..7 */
  PLT_NHALF = 9, /* q that depend on half: PLT_HALF0..11 */
  PLT_HALF0 = 3,
  PLT_NQ    = 12, /* compatible generalised strains */
  PLT_NE    = 3,  /* enhanced ones */
  PLT_NA    = PLT_NQ + PLT_NE,
  PLT_NOUT  = 3,     /* out-of-plane components 33 23 13 ... */
  PLT_OUT0  = PLT_33 /* ... which follow one another in the order of base.h */
};

/* What the strains need of a nodal field: derivatives at the columns and at the sampling points of
   the assumed strains. Linear in the field, so slopes are added and scaled as plain arrays. */
typedef struct {
  PetscReal mid[4][2][3];  /* [column][d/dxi, d/deta] of mid */
  PetscReal half[4][2][3]; /* the same of half */
  PetscReal corner[4][3];  /* half at the corners: 33 */
  PetscReal along[4][3]; /* derivative of mid along the edges eta -1, +1 (13), xi -1, +1 (23) ... */
  PetscReal across[4][3]; /* ... and half, at the middle of these edges */
} PltSlopes;
enum { PLT_NSLOPE = sizeof(PltSlopes) / sizeof(PetscReal) };

/* A column: natural coordinates, shape functions, weights of the sampling points. */
typedef struct {
  PetscReal xi, eta;
  PetscReal n[4], dn[2][4]; /* n_a, n_a,i */
  PetscReal corner[4];      /* 33 */
  PetscReal edge[4];        /* 13 of edges 0 and 1, 23 of edges 2 and 3 */
} PltPlace;

/* Reference geometry. */
typedef struct {
  PltPlace  place[4];
  PltSlopes slopes;
  PetscReal thick[4][3];  /* half at the columns: the third base vector */
  PetscReal centre[2][3]; /* first two reciprocal base vectors of the centre */
  PetscReal det0;
} PltReference;

/* Rows dq[r]/d mid and dq[PLT_HALF0 + r]/d half at a column; node-major x y z. */
typedef struct {
  PetscReal mid[PLT_NMID][12];
  PetscReal half[PLT_NHALF][12];
} PltRows;

/* A point of a ply, in natural components: modulus C = T' (panel modulus) T, enhanced strain
   directions U, inverse of the out-of-plane block A (only 33 if the shear is not in series), and
   what they give: R = A^-1 C_out, D = C - C_out' R. All but zeta and w depend on the base
   vectors alone. */
typedef struct {
  PetscReal        zeta, w;
  const PetscReal *modulus, *offset; /* of the ply at this point */
  PetscReal        base[3][3], det;  /* det 0: nothing set yet */
  PetscReal        T[6][6], CT[6][6], C[6][6];
  PetscReal        U[6][PLT_NE];
  PetscReal        Ainv[PLT_NOUT][PLT_NOUT];
  PetscReal        R[PLT_NOUT][6], D[6][6];
  PetscReal        DU[6][PLT_NE], UDU[PLT_NE][PLT_NE], RU[PLT_NOUT][PLT_NE];
} PltPoint;

/* Sums over the points of a column, by powers of zeta. D and S: modulus and stress (at s = 0 and
   alpha = 0) after the column condition; R = A^-1 C_out. */
typedef struct {
  PetscReal D[5][6][6], DU[3][6][PLT_NE], UDU[PLT_NE][PLT_NE];
  PetscReal R[3][PLT_NOUT][6], RU[PLT_NOUT][PLT_NE];
  PetscReal Ainv[PLT_NOUT][PLT_NOUT];
  PetscReal S[3][6], SU[PLT_NE];
  PetscReal s[PLT_NOUT];  /* sum W A^-1 (a + s_b) */
  PetscReal weight[2][3]; /* body force */
} PltSums;

/* The generalised laminate of a column. N and s hold for alpha = 0 until the enhanced strains e are
   known, then N += Q e and s += beta e. */
typedef struct {
  PetscReal Q[PLT_NA][PLT_NA], N[PLT_NA];
  PetscReal s[PLT_NOUT], beta[PLT_NOUT][PLT_NE];
} PltLaminate;

/* All that is worked out of an element before its force and tangent. */
typedef struct {
  PltReference ref;
  PltSlopes    now; /* of u */
  PltSums      sums[4];
  PltLaminate  column[4];
  PetscReal    alpha[4];
  PetscBool    plain;
  PetscReal    factor[4][4]; /* lower Cholesky factor of the matrix of the enhanced parameters */
} PltShellWork;

static inline PetscReal PltDot3(const PetscReal a[3], const PetscReal b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* ---- shell_strain.c: natural strains and their derivatives ---- */
/* Corners of the edges eta -1, +1 and xi -1, +1, in the direction of xi and eta. */
extern PLT_INTERN const PetscInt PltShellEdge[4][2];
PLT_INTERN void                  PltPlaceSet(PetscInt column, PetscReal gamma, PltPlace *place);
/* Slopes of the nodal field x[8][3] less its value at node 0. */
PLT_INTERN void PltSlopesSet(const PltPlace place[4], const PetscReal *x, PltSlopes *slopes);
/* 1 if the Jacobian is not positive at a corner. */
PLT_INTERN int PltReferenceSet(const PetscReal X[8][3], PetscReal gamma, PltReference *ref);
/* q[4 columns] of the bilinear form (h.v + v.h)/2: the Green-Lagrange strain from the displacement
   a to b has v = b - a and h = X + (a + b)/2, without difference of large numbers. */
PLT_INTERN void PltStrainSet(const PltPlace place[4], const PltSlopes *h, const PltSlopes *v,
                             PetscReal q[4][PLT_NQ]);
/* Rows at a column whose deformed slopes are g. */
PLT_INTERN void PltRowsSet(const PltPlace *place, const PltSlopes *g, PetscInt column,
                           PltRows *rows);
/* Adds the geometric stiffness of resultants N to the 4x4 scalar blocks mid-mid, mid-half,
   half-half. */
PLT_INTERN void PltGeometricAdd(const PltPlace place[4], const PltLaminate column[4],
                                PetscReal k[3][4][4]);

/* ---- shell_column.c: plies of a column ---- */
/* Inverse of a symmetric positive definite out-of-plane block; of its first entry alone if the
   shear is not in series, zero elsewhere. */
PLT_INTERN void PltInvertOut(const PetscReal A[3][3], PetscBool harmonic, PetscReal B[3][3]);
/* Point z of a ply; 1 if the Jacobian is not positive. *point is another point of the ply, or
   its det is 0: where the base vectors are the same, as they are all over a parallelepiped,
   little is left to do. */
PLT_INTERN int PltPointSet(const PltReference *ref, PetscInt column, PetscBool harmonic,
                           const PltShellPly *ply, PetscInt z, PltPoint *point);
/* Natural strain [6] at a point of generalised strain q and enhanced strain e. */
PLT_INTERN void PltPointStrain(const PltPoint *point, const PetscReal q[PLT_NQ],
                               const PetscReal e[PLT_NE], PetscReal strain[6]);
/* Add a point with its natural strain at alpha = 0 and its part -s_b of the column stress. */
PLT_INTERN void PltSumsAdd(const PltPoint *point, const PltShellPly *ply, const PetscReal strain[6],
                           const PetscReal s[PLT_NOUT], PltSums *sums);
PLT_INTERN void PltLaminateSet(const PltSums *sums, PetscBool harmonic, PltLaminate *laminate);
/* Stress, and strain less eigen, in panel axes at a point for the column stress s. */
PLT_INTERN void PltPointStress(const PltPoint *point, const PltShellPly *ply,
                               const PetscReal strain[6], const PetscReal s[PLT_NOUT],
                               PetscReal stress[6], PetscReal local[6]);

/* Energy of the point, J, for the column stress s + s_b; its stress and strain are those of
   PltPointStress. */
PLT_INTERN PetscReal PltPointEnergy(const PltPoint *point, const PltShellPly *ply,
                                    const PetscReal strain[6], const PetscReal s[PLT_NOUT],
                                    const PetscReal born[PLT_NOUT]);

/* ---- shell_enhanced.c: four enhanced membrane modes (Simo & Rifai 1990) ---- */
/* Enhanced strains of a column for enhanced parameters: 11 ~ xi, 22 ~ eta, 12 ~ xi and eta. */
PLT_INTERN void PltEnhance(const PltPlace *place, const PetscReal alpha[4], PetscReal e[PLT_NE]);
/* The transpose: adds to alpha what belongs to e. */
PLT_INTERN void PltEnhanceTranspose(const PltPlace *place, const PetscReal e[PLT_NE],
                                    PetscReal alpha[4]);
/* Finds alpha, for which sum W Mt'S = 0; the laminates then hold the final N and s. */
PLT_INTERN void PltEnhancedSolve(PltShellWork *work);
/* x = L^-1 x with the factor that PltEnhancedSolve left. */
PLT_INTERN void PltEnhancedReduce(const PltShellWork *work, PetscReal x[4]);

/* ---- shell_halves.c: force f[24] and tangent K[24*24] at the deformed slopes g ---- */
PLT_INTERN void PltHalvesForce(const PltShellWork *work, const PltSlopes *g, PetscReal f[24]);
PLT_INTERN void PltHalvesTangent(const PltShellWork *work, const PltSlopes *g,
                                 PetscReal K[24 * 24]);
/* G[8*8] of the resultants that the laminates hold. */
PLT_INTERN void PltHalvesGeometric(const PltShellWork *work, PetscReal G[8 * 8]);
/* Blocks mid-mid, mid-half, half-half of a tangent to nodes; exactly symmetric. */
PLT_INTERN void PltHalvesToNodes(PetscReal H[3][12][12], PetscReal K[24][24]);
#endif
