/* SPDX-License-Identifier: BSD-2-Clause
   From columns to plates: u = u_s + (z - z_s) bx, v = v_s + (z - z_s) by, w = w_s for the nodes of
   sublaminate s, and the stiffness of the plates by Galerkin's projection, block by block. In large
   kinematics levers along the director of every line and plate (shape.c) take the place of the
   height: u = u_s + l3 bx, v = v_s + l3 by, w = w_s + l1 bx + l2 by. */
#include "mg/internal.h"

/* What plate unknowns every unknown of a line moves with: n of them, with factors. */
typedef struct {
  PetscInt  n, to[3];
  PetscReal factor[3];
} Follow;

static Follow FollowOne(PltLevel l, PetscInt line, PetscInt p)
{
  const PltKinds *kinds = &l->kind;
  const PetscInt  n = l->m / 3, node = p / 3, d = p % 3, kind = kinds->of[line];
  const PetscInt  plate = PLT_PLATE * kinds->plate[kind * n + node];
  Follow          f     = {.n = d < 2 ? 2 : 1, .to = {plate + d, plate + 3 + d}};

  if (kinds->is[kind * kinds->m + p] != PLT_IS_FREE) return (Follow){.n = 0};
  f.factor[0] = 1;
  f.factor[1] = kinds->height[kind * n + node];
  if (!l->lever) return f;
  f.factor[1] = l->lever[3 * (line * n + node) + 2];
  if (d < 2) return f;
  f.n = 3;
  for (PetscInt i = 0; i < 2; i++) {
    f.to[1 + i]     = plate + 3 + i;
    f.factor[1 + i] = l->lever[3 * (line * n + node) + i];
  }
  return f;
}

static void SetFollow(PltLevel l, PetscInt line, Follow *follow)
{
  for (PetscInt p = 0; p < l->m; p++) follow[p] = FollowOne(l, line, p);
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

/* T += P_i' S P_j for lines i and j. */
static void ProjectBlock(PltLevel fine, const PetscReal *S, const Follow *row, const Follow *col,
                         PltLevel coarse, PetscReal *T)
{
  for (PetscInt p = 0; p < fine->m; p++) {
    const PetscInt lo = PetscMax(0, p - fine->band), hi = PetscMin(fine->m - 1, p + fine->band);
    PetscReal      product[PLT_PLATE * PLT_SUBLAMINATES] = {0}; /* row p of S P_j */

    if (!row[p].n) continue;
    for (PetscInt q = lo; q <= hi; q++)
      for (PetscInt b = 0; b < col[q].n; b++)
        product[col[q].to[b]] += S[PltEntry(fine, p, q)] * col[q].factor[b];
    for (PetscInt a = 0; a < row[p].n; a++)
      for (PetscInt q = 0; q < coarse->m; q++)
        T[PltEntry(coarse, row[p].to[a], q)] += row[p].factor[a] * product[q];
  }
}

/* Entries of unknowns that are not free go: their rows and columns take no part. */
static void MaskBlock(PltLevel l, PetscInt v, PetscInt w, PetscReal *T)
{
  const PetscInt i = l->kind.of[v], j = l->kind.of[w];

  for (PetscInt p = 0; p < l->m; p++)
    for (PetscInt q = 0; q < l->m; q++)
      if (l->kind.is[i * l->m + p] != PLT_IS_FREE || l->kind.is[j * l->m + q] != PLT_IS_FREE)
        T[PltEntry(l, p, q)] = 0;
}

static PetscErrorCode Project(PltLevel fine, PltLevel coarse)
{
  Follow *of[2];

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(fine->m, &of[0], fine->m, &of[1]));
  for (PetscInt row = 0; row < fine->nrow; row++) {
    const PetscInt i = fine->example[row];

    SetFollow(fine, i, of[0]);
    for (PetscInt k = 0; k < fine->start[row + 1] - fine->start[row]; k++) {
      const PetscInt   j = k ? fine->next[fine->first[i] + k - 1] : i;
      const PetscReal *S = fine->block + (size_t)(fine->start[row] + k) * PltBlockSize(fine);
      PetscReal       *T = coarse->block + (size_t)(coarse->start[row] + k) * PltBlockSize(coarse);

      SetFollow(fine, j, of[1]);
      ProjectBlock(fine, S, of[0], of[1], coarse, T);
      MaskBlock(coarse, i, j, T);
    }
  }
  PetscCall(PetscFree2(of[0], of[1]));
  PetscFunctionReturn(PETSC_SUCCESS);
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
  l->dense  = (PetscBool)(fine->position != NULL);
  PetscCall(CopyGraph(fine, l));
  PetscCall(Kinds(&fine->kind, fine->nline, &l->kind));
  if (fine->position) PetscCall(PltShapeSetPlates(fine, l));
  PetscCall(PltLevelAllocateBlocks(l));
  PetscCall(Project(fine, l));
  PetscCall(PltLevelInvert(l));
  PetscCall(PltLevelSetRelax(l, 1));
  PetscCall(PltLevelAllocateVectors(l, PETSC_FALSE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void RestrictLever(const PetscReal lever[3], const PetscReal from[3],
                          PetscReal to[PLT_PLATE])
{
  for (PetscInt d = 0; d < 3; d++) to[d] += from[d];
  to[3] += lever[2] * from[0] + lever[0] * from[2];
  to[4] += lever[2] * from[1] + lever[1] * from[2];
}

static void ProlongLever(const PetscReal lever[3], const PetscReal from[PLT_PLATE], PetscReal to[3])
{
  to[0] += from[0] + lever[2] * from[3];
  to[1] += from[1] + lever[2] * from[4];
  to[2] += from[2] + lever[0] * from[3] + lever[1] * from[4];
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
    for (PetscInt k = 0; k < nnode && fine->lever; k++)
      if (plate[k] >= 0)
        RestrictLever(fine->lever + 3 * (v * nnode + k), from + 3 * k, to + PLT_PLATE * plate[k]);
    for (PetscInt k = 0; k < nnode && !fine->lever; k++) {
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

    for (PetscInt k = 0; k < nnode && fine->lever; k++)
      if (plate[k] >= 0)
        ProlongLever(fine->lever + 3 * (v * nnode + k),
                     e + v * coarse->stride + PLT_PLATE * plate[k], to + 3 * k);
    for (PetscInt k = 0; k < nnode && !fine->lever; k++) {
      const PetscReal *t = e + v * coarse->stride + PLT_PLATE * plate[k];

      if (plate[k] < 0) continue;
      to[3 * k] += t[0] + h[k] * t[3];
      to[3 * k + 1] += t[1] + h[k] * t[4];
      to[3 * k + 2] += t[2];
    }
    for (PetscInt i = 0; i < fine->m && !kinds->whole[kind]; i++) to[i] *= mask[i];
  }
}
