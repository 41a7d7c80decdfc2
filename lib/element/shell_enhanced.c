/* SPDX-License-Identifier: BSD-2-Clause
   Four enhanced membrane modes (Simo & Rifai 1990), condensed inside the element. With strains
   (j0/j) T0 M alpha and M odd in xi, eta they do no work on constant stress: the patch test stays.
   */
#include <string.h>
#include "element/shell.h"

void PltEnhance(const PltPlace *p, const PetscReal alpha[4], PetscReal e[PLT_NE])
{
  e[0] = p->xi * alpha[0];
  e[1] = p->eta * alpha[1];
  e[2] = p->xi * alpha[2] + p->eta * alpha[3];
}

void PltEnhanceTranspose(const PltPlace *p, const PetscReal e[PLT_NE], PetscReal alpha[4])
{
  alpha[0] += p->xi * e[0];
  alpha[1] += p->eta * e[1];
  alpha[2] += p->xi * e[2];
  alpha[3] += p->eta * e[2];
}

static void Cholesky(PetscReal A[4][4])
{
  for (PetscInt i = 0; i < 4; i++) {
    for (PetscInt j = 0; j <= i; j++) {
      PetscReal sum = A[i][j];

      for (PetscInt k = 0; k < j; k++) sum -= A[i][k] * A[j][k];
      A[i][j] = i == j ? PetscSqrtReal(sum) : sum / A[j][j];
    }
  }
}

void PltEnhancedReduce(const PltShellWork *w, PetscReal x[4])
{
  for (PetscInt i = 0; i < 4; i++) {
    for (PetscInt j = 0; j < i; j++) x[i] -= w->factor[i][j] * x[j];
    x[i] /= w->factor[i][i];
  }
}

void PltEnhancedSolve(PltShellWork *w)
{
  PetscReal *alpha = w->alpha, e[PLT_NE];

  memset(w->factor, 0, sizeof w->factor);
  memset(w->alpha, 0, sizeof w->alpha);
  for (PetscInt c = 0; c < 4; c++) {
    const PltLaminate *l       = &w->column[c];
    const PltPlace    *p       = &w->ref.place[c];
    const PetscReal    M[4][3] = {{p->xi, 0, 0}, {0, p->eta, 0}, {0, 0, p->xi}, {0, 0, p->eta}};

    for (PetscInt i = 0; i < 4; i++) {
      for (PetscInt j = 0; j < PLT_NE; j++) e[j] = PltDot3(M[i], &l->Q[PLT_NQ + j][PLT_NQ]);
      PltEnhanceTranspose(p, e, w->factor[i]);
    }
    for (PetscInt j = 0; j < PLT_NE; j++) e[j] = -l->N[PLT_NQ + j];
    PltEnhanceTranspose(p, e, alpha);
  }
  if (w->plain) /* as if infinitely stiff */
    for (PetscInt i = 0; i < 16; i++) w->factor[i / 4][i % 4] = i % 5 ? 0 : PETSC_MAX_REAL;
  else Cholesky(w->factor);
  PltEnhancedReduce(w, alpha);
  for (PetscInt i = 3; i >= 0; i--) {
    for (PetscInt j = i + 1; j < 4; j++) alpha[i] -= w->factor[j][i] * alpha[j];
    alpha[i] /= w->factor[i][i];
  }
  for (PetscInt c = 0; c < 4; c++) {
    PltLaminate *l = &w->column[c];

    PltEnhance(&w->ref.place[c], alpha, e);
    for (PetscInt i = 0; i < PLT_NA; i++) l->N[i] += PltDot3(&l->Q[i][PLT_NQ], e);
    for (PetscInt o = 0; o < PLT_NOUT; o++) l->s[o] += PltDot3(l->beta[o], e);
  }
}
