/* SPDX-License-Identifier: BSD-2-Clause
   From columns to plates: u = u_s + (z - z_s) bx, v = v_s + (z - z_s) by, w = w_s for the nodes of
   sublaminate s, and the stiffness of the plates by Galerkin's projection, block by block. */
#include "mg/internal.h"

/* What plate unknowns the unknown p of a line of some kind moves with: n of them, with factors. */
static PetscInt Follow(const PltKinds *kinds, PetscInt kind, PetscInt p, PetscInt to[2],
                       PetscReal factor[2])
{
  const PetscInt node = p / 3, d = p % 3, plate = kinds->plate[kind * (kinds->m / 3) + node];

  if (kinds->is[kind * kinds->m + p] != PLT_IS_FREE) return 0;
  to[0]     = PLT_PLATE * plate + d;
  to[1]     = PLT_PLATE * plate + 3 + d;
  factor[0] = 1;
  factor[1] = kinds->height[kind * (kinds->m / 3) + node];
  return d < 2 ? 2 : 1;
}

/* Plate unknowns of a kind: held if an unknown that moves with them is; absent without one, and a
   rotation where a plate has but one node. */
static void SetKind(const PltKinds *fine, PetscInt kind, PltKinds *coarse)
{
  const PetscInt nnode                   = fine->m / 3;
  char          *is                      = coarse->is + kind * coarse->m;
  PetscInt       nodes[PLT_SUBLAMINATES] = {0};

  for (PetscInt i = 0; i < coarse->m; i++) is[i] = PLT_IS_ABSENT;
  for (PetscInt k = 0; k < nnode; k++)
    if (fine->plate[kind * nnode + k] >= 0) nodes[fine->plate[kind * nnode + k]]++;
  for (PetscInt p = 0; p < fine->m; p++) {
    const char     how   = fine->is[kind * fine->m + p];
    const PetscInt plate = fine->plate[kind * nnode + p / 3];

    if (how == PLT_IS_ABSENT) continue;
    for (PetscInt i = 0; i < (p % 3 < 2 ? 2 : 1); i++) {
      char *to = is + PLT_PLATE * plate + 3 * i + p % 3;

      if (i == 1 && nodes[plate] < 2) continue;
      if (*to != PLT_IS_HELD) *to = how;
    }
  }
}

static PetscErrorCode Kinds(const PltKinds *fine, PetscInt nline, PltKinds *coarse)
{
  PetscFunctionBegin;
  coarse->n = fine->n;
  PetscCall(PetscMalloc1(nline + 1, &coarse->of));
  PetscCall(PetscArraycpy(coarse->of, fine->of, nline));
  PetscCall(PetscMalloc1(coarse->n * coarse->m, &coarse->is));
  for (PetscInt k = 0; k < fine->n; k++) SetKind(fine, k, coarse);
  PetscCall(PltKindsFinish(coarse));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* T += P_i' S P_j for lines of kinds i and j. */
static void ProjectBlock(PltLevel fine, const PetscReal *S, PetscInt i, PetscInt j, PltLevel coarse,
                         PetscReal *T)
{
  for (PetscInt p = 0; p < fine->m; p++) {
    PetscInt       row[2], col[2];
    PetscReal      fr[2], fc[2];
    const PetscInt nr = Follow(&fine->kind, i, p, row, fr);

    for (PetscInt q = PetscMax(0, p - fine->band); nr && q <= PetscMin(fine->m - 1, p + fine->band);
         q++) {
      const PetscReal s  = S[(q - p + fine->band) * fine->stride + p];
      const PetscInt  nc = Follow(&fine->kind, j, q, col, fc);

      for (PetscInt a = 0; a < nr; a++)
        for (PetscInt b = 0; b < nc; b++)
          T[(col[b] - row[a] + coarse->band) * coarse->stride + row[a]] += fr[a] * s * fc[b];
    }
  }
}

/* Entries of unknowns that are not free go: their rows and columns take no part. */
static void MaskBlock(PltLevel l, PetscInt i, PetscInt j, PetscReal *T)
{
  for (PetscInt p = 0; p < l->m; p++)
    for (PetscInt q = 0; q < l->m; q++)
      if (l->kind.is[i * l->m + p] != PLT_IS_FREE || l->kind.is[j * l->m + q] != PLT_IS_FREE)
        T[(q - p + l->band) * l->stride + p] = 0;
}

static void Project(PltLevel fine, PltLevel coarse)
{
  for (PetscInt row = 0; row < fine->nrow; row++) {
    const PetscInt v = fine->example[row], i = fine->kind.of[v];

    for (PetscInt k = 0; k < fine->start[row + 1] - fine->start[row]; k++) {
      const PetscInt   j = k ? fine->kind.of[fine->next[fine->first[v] + k - 1]] : i;
      const PetscReal *S = fine->block + (size_t)(fine->start[row] + k) * PltBlockSize(fine);
      PetscReal       *T = coarse->block + (size_t)(coarse->start[row] + k) * PltBlockSize(coarse);

      ProjectBlock(fine, S, i, j, coarse, T);
      MaskBlock(coarse, i, j, T);
    }
  }
}

/* Lines, neighbours and classes of rows are those of the columns. */
static PetscErrorCode CopyGraph(PltLevel from, PltLevel to)
{
  const PetscInt n = from->nown;

  PetscFunctionBegin;
  to->nline = from->nline;
  to->nown  = n;
  to->nrow  = from->nrow;
  if (from->ghost) PetscCall(PetscObjectReference((PetscObject)from->ghost));
  to->ghost = from->ghost;
  PetscCall(PetscMalloc1(2 * from->nline + 1, &to->xy));
  PetscCall(PetscArraycpy(to->xy, from->xy, 2 * from->nline));
  PetscCall(PetscMalloc1(n + 1, &to->first));
  PetscCall(PetscArraycpy(to->first, from->first, n + 1));
  PetscCall(PetscMalloc1(from->first[n] + 1, &to->next));
  PetscCall(PetscArraycpy(to->next, from->next, from->first[n]));
  PetscCall(PetscMalloc1(n + 1, &to->row));
  PetscCall(PetscArraycpy(to->row, from->row, n));
  PetscCall(PetscMalloc1(from->nrow + 1, &to->start));
  PetscCall(PetscArraycpy(to->start, from->start, from->nrow + 1));
  PetscCall(PetscMalloc1(from->nrow + 1, &to->example));
  PetscCall(PetscArraycpy(to->example, from->example, from->nrow));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPlateCreate(PltLevel fine, PetscInt nplate, PltLevel *coarse)
{
  const PetscInt m = PLT_PLATE * nplate;
  PltLevel       l;

  PetscFunctionBegin;
  PetscCall(PltLevelCreate(fine->comm, m, m - 1, coarse));
  l         = *coarse;
  l->kind.m = m;
  PetscCall(CopyGraph(fine, l));
  PetscCall(Kinds(&fine->kind, fine->nline, &l->kind));
  PetscCall(PltLevelAllocateBlocks(l));
  Project(fine, l);
  PetscCall(PltLevelInvert(l));
  PetscCall(PltLevelSetRelax(l, 1));
  PetscCall(PltLevelAllocateVectors(l, PETSC_FALSE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltPlateRestrict(PltLevel fine, const PetscReal *r, PltLevel coarse, PetscReal *b)
{
  const PltKinds *kinds = &fine->kind;
  const PetscInt  nnode = fine->m / 3;

  for (PetscInt v = 0; v < fine->nown; v++) {
    const PetscInt   kind = kinds->of[v], *plate = kinds->plate + kind * nnode;
    const PetscReal *h = kinds->height + kind * nnode, *from = r + v * fine->stride;
    const PetscReal *mask = coarse->kind.mask + kind * coarse->stride;
    PetscReal       *to   = b + v * coarse->stride;

    for (PetscInt i = 0; i < coarse->stride; i++) to[i] = 0;
    for (PetscInt k = 0; k < nnode; k++) {
      PetscReal *t = to + PLT_PLATE * plate[k];

      if (plate[k] < 0) continue;
      t[0] += from[3 * k];
      t[1] += from[3 * k + 1];
      t[2] += from[3 * k + 2];
      t[3] += h[k] * from[3 * k];
      t[4] += h[k] * from[3 * k + 1];
    }
    for (PetscInt i = 0; i < coarse->m && !coarse->kind.whole[kind]; i++) to[i] *= mask[i];
  }
}

void PltPlateProlong(PltLevel fine, PetscReal *x, PltLevel coarse, const PetscReal *e)
{
  const PltKinds *kinds = &fine->kind;
  const PetscInt  nnode = fine->m / 3;

  for (PetscInt v = 0; v < fine->nown; v++) {
    const PetscInt   kind = kinds->of[v], *plate = kinds->plate + kind * nnode;
    const PetscReal *h = kinds->height + kind * nnode, *mask = kinds->mask + kind * fine->stride;
    PetscReal       *to = x + v * fine->stride;

    for (PetscInt k = 0; k < nnode; k++) {
      const PetscReal *t = e + v * coarse->stride + PLT_PLATE * plate[k];

      if (plate[k] < 0) continue;
      to[3 * k] += t[0] + h[k] * t[3];
      to[3 * k + 1] += t[1] + h[k] * t[4];
      to[3 * k + 2] += t[2];
    }
    for (PetscInt i = 0; i < fine->m && !kinds->whole[kind]; i++) to[i] *= mask[i];
  }
}
