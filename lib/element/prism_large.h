/* SPDX-License-Identifier: BSD-2-Clause
   What force and tangent of a prism in large kinematics share. The strains are those of
   shell_strain.c in panel axes: with derivatives to x and y instead of xi and eta, and with the
   thickness direction measured in halves of the thickness. Seen only inside this room. */
#ifndef PLT_ELEMENT_PRISM_LARGE_H
#define PLT_ELEMENT_PRISM_LARGE_H
#include "element/prism.h"

/* Four columns, edges or corners: one register. */
typedef PetscReal PltFour __attribute__((vector_size(32), aligned(8), may_alias));
#define PLT_FOUR(x) (*(const PltFour *)(x))

/* As PltSlopes, of the present shape: without displacements mid is the unit vectors x and y, half
   zero, across and corner the unit vector z. */
typedef struct {
  PltFour mid[2][3];  /* [d/dx d/dy][x y z] of mid, at the columns */
  PltFour half[2][3]; /* the same of half */
  PltFour along[3];   /* derivative of mid along the edges, to xi or eta ... */
  PltFour across[3];  /* ... and half there over t/2 */
  PltFour corner[3];  /* half at the corners over t/2 */
} PltLargeSlopes;
enum { PLT_LARGE_NSLOPE = sizeof(PltLargeSlopes) / sizeof(PltFour) };

/* Transverse shear of the edges and thickness of the corners from resultants N[12] that are
   multiplied by the volume of their column. */
PLT_INLINE void PltLargeSums(const PltPlan *p, const PltFour N[], PltFour *shear, PltFour *thick)
{
  const PltFour   n     = N[8];
  const PetscReal mean  = (1 - p->gamma) / 4 * ((n[0] + n[2]) + (n[1] + n[3]));
  const PetscReal twist = (1 - p->gamma) / 12 * ((n[0] + n[2]) - (n[1] + n[3]));
  PltFour         s[2];

  for (PetscInt k = 0; k < 2; k++)
    s[k] = PLT_FOUR(p->inverse[k][1]) * N[6] + PLT_FOUR(p->inverse[k][0]) * N[7];
  PltPrismFromColumns((PetscReal(*)[4])s, (PetscReal *)shear);
  /* the shape functions of corner a at column c are those of c at a */
  *thick = (PltFour){mean + twist, mean - twist, mean + twist, mean - twist};
  for (PetscInt c = 0; c < 4; c++) *thick += PLT_FOUR(PltPrismShape[c]) * (p->gamma * n[c]);
}

/* ---- prism_large.c ---- */
/* The deformed slopes g, and the resultants N[12] of the columns, enhanced modes solved for. */
PLT_INTERN void PltPrismLargeResultants(const PltPrism *prism, PltLargeSlopes *g, PltFour N[]);
/* Takes from N what belongs to the part of the strain that is quadratic in u - before. */
PLT_INTERN void PltPrismLargeBefore(const PltPrism *prism, PltFour N[]);
#endif
