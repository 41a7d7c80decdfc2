/* SPDX-License-Identifier: BSD-2-Clause
   What the functions on prisms share: the way from corners and edges of a quad to its columns.
   Fields have corners, edges or columns innermost, four of each; loops over them are what the
   vector units want. Seen only inside this room. */
#ifndef PLT_ELEMENT_PRISM_H
#define PLT_ELEMENT_PRISM_H
#include "element/shell.h"

#define PLT_GAUSS 0.57735026918962576451
#define PLT_LOW ((1 - PLT_GAUSS) / 2)
#define PLT_HIGH ((1 + PLT_GAUSS) / 2)

/* At the columns: coordinates, weights of the edges, shape functions of the corners. */
extern PLT_INTERN const PetscReal PltPrismXi[4], PltPrismEta[4];
extern PLT_INTERN const PetscReal PltPrismEdge[4][4];  /* [edge][column] */
extern PLT_INTERN const PetscReal PltPrismShape[4][4]; /* [corner][column] */

/* prism_strain.c: strains of half sum and half difference of the faces, and the transpose on
   resultants N, which are multiplied by the volume of their column. */
PLT_INTERN void PltPrismStrains(const PltPlan *plan, PetscReal t, PetscReal mid[3][4],
                                PetscReal half[3][4], PetscReal e[PLT_PRISM_NE][4]);
PLT_INTERN void PltPrismResultants(const PltPlan *plan, PetscReal t, PetscReal N[PLT_PRISM_NE][4],
                                   PetscReal mid[3][4], PetscReal half[3][4]);

/* prism_enhanced.c: adds what a birth takes from the membrane strains e, and finds its column
   stress in panel axes. */
PLT_INTERN void PltPrismSinceBirth(const PltPlan *plan, PetscReal t, const PetscReal *birth,
                                   PetscReal e[3][4], PetscReal stress[PLT_PRISM_NS][4]);
/* Factor of the matrix of the enhanced parameters over det0 t/2, A = L D L': L D below the
   diagonal, 1/D on it. */
PLT_INTERN void PltPrismEnhancedSet(const PltPlan *plan, const PltLayup *layup, PetscReal A[4][4]);
/* From the n resultants of alpha = 0 to those of the alpha for which they do no work on the
   enhanced strains. */
PLT_INTERN void PltPrismEnhancedSolve(const PltPlan *plan, const PltLayup *layup,
                                      PetscReal factor[4][4], PetscInt n, PetscReal N[][4]);

/* Strains of the columns since the birth of an age, and its column stress: the rows of large
   kinematics in element.h. */
typedef PetscReal PltAgeStrains[PLT_PRISM_NL + PLT_PRISM_NS][4];
PLT_INTERN void   PltPrismAges(const PltPrism *prism, PltAgeStrains e[]);      /* prism.c */
PLT_INTERN void   PltPrismLargeAges(const PltPrism *prism, PltAgeStrains e[]); /* prism_large.c */

/* Half sums, less that of corner 0, and half differences of the faces. */
static inline void PltPrismHalves(PetscReal u[2][3][4], PetscReal mid[3][4], PetscReal half[3][4])
{
  for (PetscInt i = 0; i < 3; i++) {
    const PetscReal origin = u[0][i][0];

    for (PetscInt a = 0; a < 4; a++) {
      mid[i][a]  = ((u[0][i][a] - origin) + (u[1][i][a] - origin)) / 2;
      half[i][a] = (u[1][i][a] - u[0][i][a]) / 2;
    }
  }
}

/* N += sum_j Q[j] e[j]; the sums in names of their own, so that they stay in registers. */
static inline void PltPrismAddProduct(PetscInt n, const PetscReal Q[], PetscReal e[][4],
                                      PetscReal N[4])
{
  PetscReal a = N[0], b = N[1], c = N[2], d = N[3];

  for (PetscInt j = 0; j < n; j++) {
    a += Q[j] * e[j][0];
    b += Q[j] * e[j][1];
    c += Q[j] * e[j][2];
    d += Q[j] * e[j][3];
  }
  N[0] = a, N[1] = b, N[2] = c, N[3] = d;
}

/* Halves of the differences along the edges. */
static inline void PltPrismAlong(const PetscReal x[4], PetscReal d[4])
{
  d[0] = (x[1] - x[0]) / 2;
  d[1] = (x[2] - x[3]) / 2;
  d[2] = (x[3] - x[0]) / 2;
  d[3] = (x[2] - x[1]) / 2;
}

/* Sums over their ends. */
static inline void PltPrismEnds(const PetscReal x[4], PetscReal d[4])
{
  d[0] = x[0] + x[1];
  d[1] = x[3] + x[2];
  d[2] = x[0] + x[3];
  d[3] = x[1] + x[2];
}

/* The transposes of both, added. */
static inline void PltPrismAlongAdd(const PetscReal d[4], PetscReal x[4])
{
  x[0] -= (d[0] + d[2]) / 2;
  x[1] += (d[0] - d[3]) / 2;
  x[2] += (d[1] + d[3]) / 2;
  x[3] += (d[2] - d[1]) / 2;
}

static inline void PltPrismEndsAdd(const PetscReal d[4], PetscReal x[4])
{
  x[0] += d[0] + d[2];
  x[1] += d[0] + d[3];
  x[2] += d[1] + d[3];
  x[3] += d[1] + d[2];
}

/* From the edges to the columns: edges 0 and 1 give v[0], the part of xi, 2 and 3 that of eta. */
static inline void PltPrismToColumns(const PetscReal d[4], PetscReal v[2][4])
{
  for (PetscInt c = 0; c < 4; c++) {
    v[0][c] = PltPrismEdge[0][c] * d[0] + PltPrismEdge[1][c] * d[1];
    v[1][c] = PltPrismEdge[2][c] * d[2] + PltPrismEdge[3][c] * d[3];
  }
}

/* The transpose. */
static inline void PltPrismFromColumns(PetscReal v[2][4], PetscReal d[4])
{
  d[0] = PLT_HIGH * (v[0][0] + v[0][1]) + PLT_LOW * (v[0][2] + v[0][3]);
  d[1] = PLT_LOW * (v[0][0] + v[0][1]) + PLT_HIGH * (v[0][2] + v[0][3]);
  d[2] = PLT_HIGH * (v[1][0] + v[1][3]) + PLT_LOW * (v[1][1] + v[1][2]);
  d[3] = PLT_LOW * (v[1][0] + v[1][3]) + PLT_HIGH * (v[1][1] + v[1][2]);
}
#endif
