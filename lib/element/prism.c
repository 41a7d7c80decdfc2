/* SPDX-License-Identifier: BSD-2-Clause
   Force and tangent of a prism (element.h) in small kinematics from its layup: resultants N =
   sum Q e of the columns, then the enhanced parameters for which they do no work on the enhanced
   strains. */
#include <string.h>
#include "element/prism.h"

/* The nine strains from the displacements ub, or zero, to u. */
static void Since(const PltPlan *p, PetscReal t, PetscReal u[2][3][4], PetscReal (*ub)[3][4],
                  PetscReal e[PLT_PRISM_NE][4])
{
  PetscReal mid[3][4], half[3][4], m[3][4], h[3][4];

  PltPrismHalves(u, mid, half);
  if (ub) {
    PltPrismHalves(ub, m, h);
    for (PetscInt i = 0; i < 3; i++) {
      for (PetscInt a = 0; a < 4; a++) mid[i][a] -= m[i][a], half[i][a] -= h[i][a];
    }
  }
  PltPrismStrains(p, t, mid, half, e);
}

void PltPrismAges(const PltPrism *prism, PltAgeStrains e[])
{
  for (PetscInt g = 0; g < prism->layup->nage; g++) {
    memset(e[g], 0, sizeof e[g]);
    Since(prism->plan, prism->layup->t, prism->u, prism->ub[g], e[g]);
    if (prism->birth[g])
      PltPrismSinceBirth(prism->plan, prism->layup->t, prism->birth[g], e[g], e[g] + PLT_PRISM_NL);
  }
}

/* Resultants of the layup. */
static void Resultants(const PltPrism *prism, PetscReal N[PLT_PRISM_NE][4])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  PetscReal       e[PLT_PRISM_NE + PLT_PRISM_NS][4], factor[4][4];

  for (PetscInt i = 0; i < PLT_PRISM_NE; i++) {
    for (PetscInt c = 0; c < 4; c++) N[i][c] = l->N[i] + (prism->offset ? prism->offset[i][c] : 0);
  }
  for (PetscInt g = 0; g < l->nage; g++) {
    const PetscReal *birth = prism->birth[g];
    const PetscInt   n     = birth ? PLT_PRISM_NE + PLT_PRISM_NS : PLT_PRISM_NE;

    Since(p, l->t, prism->u, prism->ub[g], e);
    if (birth) PltPrismSinceBirth(p, l->t, birth, e, e + PLT_PRISM_NE);
    for (PetscInt i = 0; i < PLT_PRISM_NE; i++) PltPrismAddProduct(n, l->age[g].Q[i], e, N[i]);
  }
  PltPrismEnhancedSet(p, l, factor);
  PltPrismEnhancedSolve(p, l, factor, PLT_PRISM_NE, N);
}

void PltPrismForce(const PltPrism *prism, PetscReal f[2][3][4])
{
  const PltPlan  *p = prism->plan;
  const PltLayup *l = prism->layup;
  PetscReal       N[PLT_PRISM_NE][4], mid[3][4], half[3][4];

  if (prism->solved) memcpy(N, prism->solved->N, sizeof N);
  else Resultants(prism, N);
  PltPrismResultants(p, l->t, N, mid, half);
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      const PetscReal m = mid[i][a] - l->t / 2 * l->weight[0][i] * p->area[a];
      const PetscReal h = half[i][a] - l->t / 2 * l->weight[1][i] * p->area[a];

      f[0][i][a] = (m - h) / 2;
      f[1][i][a] = (m + h) / 2;
    }
  }
}

/* Column by column, from unit displacements of mid and then of half: the law is linear. */
void PltPrismTangent(const PltPlan *p, const PltLayup *l, PetscReal K[24 * 24])
{
  PetscReal H[3][12][12], factor[4][4];

  PltPrismEnhancedSet(p, l, factor);
  for (PetscInt j = 0; j < 24; j++) {
    PetscReal unit[2][3][4] = {{{0}}}, e[PLT_PRISM_NE][4], N[PLT_PRISM_NE][4] = {{0}};
    PetscReal mid[3][4], half[3][4];

    unit[j / 12][j % 3][j % 12 / 3] = 1;
    PltPrismStrains(p, l->t, unit[0], unit[1], e);
    for (PetscInt i = 0; i < PLT_PRISM_NE; i++) PltPrismAddProduct(PLT_PRISM_NE, l->Q[i], e, N[i]);
    PltPrismEnhancedSolve(p, l, factor, PLT_PRISM_NE, N);
    PltPrismResultants(p, l->t, N, mid, half);
    for (PetscInt i = 0; i < 12; i++) {
      if (j < 12) H[0][i][j] = mid[i % 3][i / 3], H[1][j][i] = half[i % 3][i / 3];
      else H[2][i][j - 12] = half[i % 3][i / 3];
    }
  }
  PltHalvesToNodes(H, (PetscReal(*)[24])K);
}
