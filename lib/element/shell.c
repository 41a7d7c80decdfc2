/* SPDX-License-Identifier: BSD-2-Clause
   The solid-shell of element.h from its parts (shell.h). The law is linear in the strain, so the
   enhanced parameters and the column stresses take one solve, and the force is a pure function of
   u, the gradient of a potential. Small kinematics is the same code with the slopes of the
   reference in place of the deformed ones and without geometric stiffness. */
#include <string.h>
#include "element/shell.h"

static void Blend(const PltSlopes *a, PetscReal factor, const PltSlopes *b, PltSlopes *sum)
{
  const PetscReal *x = (const PetscReal *)a, *y = (const PetscReal *)b;
  PetscReal       *z = (PetscReal *)sum;

  for (PetscInt i = 0; i < PLT_NSLOPE; i++) z[i] = x[i] + factor * y[i];
}

/* Generalised strains from the birth of a ply at ub to now. */
static void StrainSince(const PltShell *shell, const PltShellWork *w, const PetscReal *ub,
                        PetscReal q[4][PLT_NQ])
{
  PltSlopes       birth, h, v = w->now;
  const PetscReal half = shell->kinematics == PLT_LARGE ? 0.5 : 0;

  Blend(&w->ref.slopes, half, &w->now, &h);
  if (ub) {
    PltSlopesSet(w->ref.place, ub, &birth);
    Blend(&h, half, &birth, &h);
    Blend(&v, -1, &birth, &v);
  }
  PltStrainSet(w->ref.place, &h, &v, q);
}

/* The points of a ply: adds to the sums of the columns if local is NULL, else finds stress and
   strain. */
static int VisitPly(const PltShell *shell, PetscInt k, PetscReal q[4][PLT_NQ], PltShellWork *w,
                    PltShellLocal *local)
{
  static const PetscReal zero[PLT_SHELL_BIRTH];
  const PltShellPly     *ply   = &shell->ply[k];
  const PetscReal       *birth = ply->birth ? ply->birth : zero;
  PetscReal              alpha[4], e[PLT_NE], strain[6], s[PLT_NOUT];
  PltPoint               point;

  point.det = 0;
  for (PetscInt i = 0; i < 4; i++) alpha[i] = (local ? w->alpha[i] : 0) - birth[i];
  for (PetscInt c = 0; c < 4; c++) {
    PltEnhance(&w->ref.place[c], alpha, e);
    for (PetscInt o = 0; o < PLT_NOUT; o++)
      s[o] = (local ? w->column[c].s[o] : 0) - birth[4 + PLT_NOUT * c + o];
    for (PetscInt z = 0; z < PLT_SHELL_NZ; z++) {
      if (PltPointSet(&w->ref, c, shell->harmonic, ply, z, &point)) return 1;
      PltPointStrain(&point, q[c], e, strain);
      if (!local) {
        PltSumsAdd(&point, ply, strain, s, &w->sums[c]);
        continue;
      }
      PltPointStress(&point, ply, strain, s, local->stress[k][c][z], local->strain[k][c][z]);
      local->energy += PltPointEnergy(&point, ply, strain, s, birth + 4 + PLT_NOUT * c);
    }
  }
  return 0;
}

static int VisitPlies(const PltShell *shell, PltShellWork *w, PltShellLocal *local)
{
  PetscReal q[4][PLT_NQ];

  for (PetscInt k = 0; k < shell->nply; k++) {
    const PltShellPly *ply = &shell->ply[k];

    if (k == 0 || ply->ub != ply[-1].ub) StrainSince(shell, w, ply->ub, q);
    if (VisitPly(shell, k, q, w, local)) return 1;
  }
  return 0;
}

static int LocalSet(const PltShell *shell, PltShellWork *w, PltShellLocal *local)
{
  local->energy = 0;
  memcpy(local->birth, w->alpha, sizeof w->alpha);
  for (PetscInt c = 0; c < 4; c++)
    memcpy(local->birth + 4 + PLT_NOUT * c, w->column[c].s, sizeof w->column[c].s);
  return VisitPlies(shell, w, local);
}

/* Geometric stiffness. E(u) = E(before) + B(before) du + (du.du)/2, so the strain of the MIP stress
   is E(u) less its last part, and its resultants are those at hand less what that part adds. */
static void Geometric(const PltShell *shell, const PetscReal u[24], const PltShellWork *w,
                      PetscReal G[8 * 8])
{
  PltShellWork mip;
  PltSlopes    h, v;
  PetscReal    q[4][PLT_NQ], du[24];

  if (!shell->before || shell->kinematics == PLT_SMALL) {
    PltHalvesGeometric(w, G);
    return;
  }
  mip = *w;
  for (PetscInt i = 0; i < 24; i++) du[i] = u[i] - shell->before[i];
  PltSlopesSet(w->ref.place, du, &v);
  memset(&h, 0, sizeof h);
  Blend(&h, 0.5, &v, &h);
  PltStrainSet(w->ref.place, &h, &v, q);
  for (PetscInt c = 0; c < 4; c++)
    for (PetscInt i = 0; i < PLT_NA; i++)
      for (PetscInt j = 0; j < PLT_NQ; j++) mip.column[c].N[i] -= mip.column[c].Q[i][j] * q[c][j];
  PltEnhancedSolve(&mip);
  PltHalvesGeometric(&mip, G);
}

int PltShellEvaluate(const PltShell *shell, const PetscReal u[24], PetscReal f[24],
                     PetscReal K[24 * 24], PetscReal G[8 * 8], PltShellLocal *local)
{
  PltShellWork w;
  PltSlopes    g;

  if (PltReferenceSet(shell->X, shell->gamma, &w.ref)) return 1;
  if (shell->nply == 0) {
    memset(f, 0, 24 * sizeof *f);
    if (K) memset(K, 0, 24 * 24 * sizeof *K);
    if (G) memset(G, 0, 8 * 8 * sizeof *G);
    if (local) memset(local->birth, 0, sizeof local->birth);
    if (local) local->energy = 0;
    return 0;
  }
  memset(w.sums, 0, sizeof w.sums);
  w.plain = shell->plain;
  PltSlopesSet(w.ref.place, u, &w.now);
  if (VisitPlies(shell, &w, NULL)) return 1;
  for (PetscInt c = 0; c < 4; c++) PltLaminateSet(&w.sums[c], shell->harmonic, &w.column[c]);
  PltEnhancedSolve(&w);
  Blend(&w.ref.slopes, shell->kinematics == PLT_LARGE ? 1 : 0, &w.now, &g);
  PltHalvesForce(&w, &g, f);
  if (K) PltHalvesTangent(&w, &g, K);
  if (K && G) {
    if (shell->kinematics == PLT_LARGE) Geometric(shell, u, &w, G);
    else memset(G, 0, 8 * 8 * sizeof *G);
  }
  return local ? LocalSet(shell, &w, local) : 0;
}
