/* SPDX-License-Identifier: BSD-2-Clause
   The force of a prism (element.h) in large kinematics. Green-Lagrange strains from a birth at ub
   are the bilinear form of shell_strain.c in v = u - ub and h = X + u - v/2; resultants follow from
   the layup as in small kinematics, with three strains more, and act along the deformed slopes. */
#include <string.h>
#include "element/prism_large.h"

#define EDGE(e) PLT_FOUR(PltPrismEdge[e])
#define INVERSE(k, i) PLT_FOUR(p->inverse[k][i])

/* Slopes of the half sum and the half difference of the faces. */
PLT_INLINE void SlopesSet(const PltPlan *p, PetscReal t, PetscReal mid[3][4], PetscReal half[3][4],
                          PltLargeSlopes *s)
{
  for (PetscInt n = 0; n < 6; n++) {
    const PetscInt i = n % 3;
    PetscReal      d[4], *along = n < 3 ? (PetscReal *)&s->along[i] : d;
    PltFour       *x = (n < 3 ? (PltFour *)s->mid : (PltFour *)s->half) + i, xi, eta;

    PltPrismAlong(n < 3 ? mid[i] : half[i], along);
    xi   = EDGE(0) * along[0] + EDGE(1) * along[1];
    eta  = EDGE(2) * along[2] + EDGE(3) * along[3];
    x[0] = INVERSE(0, 0) * xi + INVERSE(1, 0) * eta;
    x[3] = INVERSE(0, 1) * xi + INVERSE(1, 1) * eta;
  }
  for (PetscInt i = 0; i < 3; i++) {
    PltPrismEnds(half[i], (PetscReal *)&s->across[i]);
    s->across[i] *= 1 / t;
    s->corner[i] = PLT_FOUR(half[i]) * (2 / t);
  }
}

/* Adds those of the reference. */
PLT_INLINE void AddReference(const PltPlan *p, PltLargeSlopes *s)
{
  s->mid[0][0] += 1;
  s->mid[1][1] += 1;
  s->along[0] += PLT_FOUR(p->along[0]);
  s->along[1] += PLT_FOUR(p->along[1]);
  s->across[2] += 1;
  s->corner[2] += 1;
}

#define DOT(a, b) ((a)[0] * (b)[0] + (a)[1] * (b)[1] + (a)[2] * (b)[2])

/* The twelve strains, as PltStrainSet. */
PLT_INLINE void Strains(const PltPlan *p, const PltLargeSlopes *h, const PltLargeSlopes *v,
                        PltFour e[PLT_PRISM_NL])
{
  const PltFour *hx = h->mid[0], *hy = h->mid[1], *hX = h->half[0], *hY = h->half[1];
  const PltFour *vx = v->mid[0], *vy = v->mid[1], *vX = v->half[0], *vY = v->half[1];
  const PltFour  shear = DOT(h->along, v->across) + DOT(v->along, h->across);
  const PltFour  thick = DOT(h->corner, v->corner);
  const PltFour  xi    = EDGE(0) * shear[0] + EDGE(1) * shear[1];
  const PltFour  eta   = EDGE(2) * shear[2] + EDGE(3) * shear[3];
  PetscReal      mean, twist;

  e[0]  = DOT(hx, vx);
  e[1]  = DOT(hy, vy);
  e[2]  = DOT(hx, vy) + DOT(hy, vx);
  e[3]  = DOT(hx, vX) + DOT(hX, vx);
  e[4]  = DOT(hy, vY) + DOT(hY, vy);
  e[5]  = DOT(hx, vY) + DOT(hX, vy) + DOT(hy, vX) + DOT(hY, vx);
  e[6]  = INVERSE(0, 1) * xi + INVERSE(1, 1) * eta;
  e[7]  = INVERSE(0, 0) * xi + INVERSE(1, 0) * eta;
  mean  = (1 - p->gamma) / 4 * ((thick[0] + thick[2]) + (thick[1] + thick[3]));
  twist = (1 - p->gamma) / 12 * ((thick[0] + thick[2]) - (thick[1] + thick[3]));
  e[8]  = (PltFour){mean + twist, mean - twist, mean + twist, mean - twist};
  for (PetscInt a = 0; a < 4; a++) e[8] += PLT_FOUR(PltPrismShape[a]) * (p->gamma * thick[a]);
  e[9]  = DOT(hX, vX);
  e[10] = DOT(hY, vY);
  e[11] = DOT(hX, vY) + DOT(hY, vX);
}

/* The strains from the displacements ub, or zero, to u, whose deformed slopes are g. */
PLT_INLINE void Since(const PltPlan *p, PetscReal t, PetscReal u[2][3][4], PetscReal (*ub)[3][4],
                      const PltLargeSlopes *g, PltFour e[PLT_PRISM_NL])
{
  PetscReal      mid[3][4], half[3][4], m[3][4], d[3][4];
  PltLargeSlopes h, v;

  PltPrismHalves(u, mid, half);
  if (ub) {
    PltPrismHalves(ub, m, d);
    for (PetscInt i = 0; i < 3; i++) {
      for (PetscInt a = 0; a < 4; a++) mid[i][a] -= m[i][a], half[i][a] -= d[i][a];
    }
  }
  SlopesSet(p, t, mid, half, &v);
  for (PetscInt i = 0; i < PLT_LARGE_NSLOPE; i++)
    ((PltFour *)&h)[i] = ((const PltFour *)g)[i] - ((const PltFour *)&v)[i] / 2;
  Strains(p, &h, &v, e);
}

/* N += Q e */
PLT_INLINE void AddProduct(PetscInt n, const PetscReal *Q, PetscInt stride, const PltFour e[],
                           PltFour N[PLT_PRISM_NL])
{
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++, Q += stride) {
    PltFour even = N[i], odd = {0};

    for (PetscInt j = 0; j < n; j += 3) {
      even += e[j] * Q[j];
      odd += e[j + 1] * Q[j + 1];
      even += e[j + 2] * Q[j + 2];
    }
    N[i] = even + odd;
  }
}

PLT_INLINE void Resultants(const PltPrism *prism, PltLargeSlopes *g, PltFour N[PLT_PRISM_NL])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  PetscReal       mid[3][4], half[3][4], factor[4][4];
  PltFour         e[PLT_PRISM_NL + PLT_PRISM_NS];

  PltPrismHalves(prism->u, mid, half);
  SlopesSet(p, l->t, mid, half, g);
  AddReference(p, g);
  if (prism->solved) {
    memcpy(N, prism->solved->N, sizeof prism->solved->N);
    return;
  }
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) N[i] = (PltFour){l->N[i], l->N[i], l->N[i], l->N[i]};
  for (PetscInt i = 0; prism->offset && i < PLT_PRISM_NL; i++) N[i] += PLT_FOUR(prism->offset[i]);
  for (PetscInt k = 0; k < l->nage; k++) {
    const PetscReal *birth = prism->birth[k];

    Since(p, l->t, prism->u, prism->ub[k], g, e);
    if (birth)
      PltPrismSinceBirth(p, l->t, birth, (PetscReal(*)[4])e, (PetscReal(*)[4])(e + PLT_PRISM_NL));
    if (birth) AddProduct(PLT_PRISM_NL + PLT_PRISM_NS, l->age[k].L[0], PLT_PRISM_NL + 3, e, N);
    else AddProduct(PLT_PRISM_NL, l->age[k].L[0], PLT_PRISM_NL + 3, e, N);
  }
  PltPrismEnhancedSet(p, l, factor);
  PltPrismEnhancedSolve(p, l, factor, PLT_PRISM_NL, (PetscReal(*)[4])N);
}

PLT_VERSIONS static void ResultantsAlone(const PltPrism *prism, PltLargeSlopes *g, PltFour N[])
{
  Resultants(prism, g, N);
}

void PltPrismLargeResultants(const PltPrism *prism, PltLargeSlopes *g, PltFour N[])
{
  ResultantsAlone(prism, g, N);
}

PLT_VERSIONS static void Ages(const PltPrism *prism, PltAgeStrains e[])
{
  const PltPlan  *p = prism->plan;
  const PetscReal t = prism->layup->t;
  PetscReal       mid[3][4], half[3][4];
  PltLargeSlopes  g;

  PltPrismHalves(prism->u, mid, half);
  SlopesSet(p, t, mid, half, &g);
  AddReference(p, &g);
  for (PetscInt k = 0; k < prism->layup->nage; k++) {
    memset(e[k], 0, sizeof e[k]);
    Since(p, t, prism->u, prism->ub[k], &g, (PltFour *)e[k]);
    if (prism->birth[k]) PltPrismSinceBirth(p, t, prism->birth[k], e[k], e[k] + PLT_PRISM_NL);
  }
}

void PltPrismLargeAges(const PltPrism *prism, PltAgeStrains e[])
{
  Ages(prism, e);
}

PLT_VERSIONS static void Before(const PltPrism *prism, PltFour N[])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  PltLargeSlopes  h, v;
  PltFour         e[PLT_PRISM_NL];
  PetscReal       mid[3][4], half[3][4], du[2][3][4], factor[4][4];

  for (PetscInt i = 0; i < 24; i++)
    (&du[0][0][0])[i] = (&prism->before[0][0][0])[i] - (&prism->u[0][0][0])[i];
  PltPrismHalves(du, mid, half);
  SlopesSet(p, l->t, mid, half, &v);
  for (PetscInt i = 0; i < PLT_LARGE_NSLOPE; i++)
    ((PltFour *)&h)[i] = ((const PltFour *)&v)[i] * -0.5;
  Strains(p, &h, &v, e);
  for (PetscInt n = 0; prism->solved && n < 4 * PLT_PRISM_NL; n++)
    for (PetscInt j = 0; j < PLT_PRISM_NL; j++)
      N[n / 4][n % 4] += prism->solved->Q[n % 4][n / 4][j] * e[j][n % 4];
  if (prism->solved) return;
  AddProduct(PLT_PRISM_NL, l->Q[0], PLT_PRISM_NL, e, N);
  PltPrismEnhancedSet(p, l, factor);
  PltPrismEnhancedSolve(p, l, factor, PLT_PRISM_NL, (PetscReal(*)[4])N);
}

void PltPrismLargeBefore(const PltPrism *prism, PltFour N[])
{
  Before(prism, N);
}

/* One component of the force: mid and half of what the columns pull along x and y and the edges. */
PLT_INLINE void Pull(const PltPlan *p, const PltFour N[PLT_PRISM_NL], const PltFour *shear,
                     const PltLargeSlopes *g, PetscInt i, PetscReal t, PetscReal mid[4],
                     PetscReal half[4])
{
  const PltFour x = g->mid[0][i], y = g->mid[1][i], X = g->half[0][i], Y = g->half[1][i];
  const PltFour mx = N[0] * x + N[2] * y + N[3] * X + N[5] * Y;
  const PltFour my = N[2] * x + N[1] * y + N[5] * X + N[4] * Y;
  const PltFour hx = N[3] * x + N[5] * y + N[9] * X + N[11] * Y;
  const PltFour hy = N[5] * x + N[4] * y + N[11] * X + N[10] * Y;
  PltFour       v[2], d;

  v[0] = INVERSE(0, 0) * mx + INVERSE(0, 1) * my;
  v[1] = INVERSE(1, 0) * mx + INVERSE(1, 1) * my;
  PltPrismFromColumns((PetscReal(*)[4])v, (PetscReal *)&d);
  d += *shear * g->across[i];
  PltPrismAlongAdd((const PetscReal *)&d, mid);
  v[0] = INVERSE(0, 0) * hx + INVERSE(0, 1) * hy;
  v[1] = INVERSE(1, 0) * hx + INVERSE(1, 1) * hy;
  PltPrismFromColumns((PetscReal(*)[4])v, (PetscReal *)&d);
  PltPrismAlongAdd((const PetscReal *)&d, half);
  d = *shear * g->along[i] * (1 / t);
  PltPrismEndsAdd((const PetscReal *)&d, half);
}

PLT_VERSIONS static void Force(const PltPrism *prism, PetscReal f[2][3][4])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  const PetscReal t = l->t;
  PltLargeSlopes  g;
  PltFour         N[PLT_PRISM_NL], shear, thick;

  Resultants(prism, &g, N);
  for (PetscInt i = 0; i < PLT_PRISM_NL; i++) N[i] *= PLT_FOUR(p->det) * (t / 2);
  PltLargeSums(p, N, &shear, &thick);
  for (PetscInt i = 0; i < 3; i++) {
    PltFour mid  = PLT_FOUR(p->area) * (-t / 2 * l->weight[0][i]);
    PltFour half = PLT_FOUR(p->area) * (-t / 2 * l->weight[1][i]) + thick * g.corner[i] * (2 / t);

    Pull(p, N, &shear, &g, i, t, (PetscReal *)&mid, (PetscReal *)&half);
    *(PltFour *)f[0][i] = (mid - half) / 2;
    *(PltFour *)f[1][i] = (mid + half) / 2;
  }
}

void PltPrismLargeForce(const PltPrism *prism, PetscReal f[2][3][4])
{
  Force(prism, f);
}
