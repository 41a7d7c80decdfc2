/* SPDX-License-Identifier: BSD-2-Clause
   The present shape of a panel that has bent far from flat (large kinematics): where its lines are,
   where they point, and how far what is interpolated is from where it is interpolated from.

   With theta = (-by, bx, 0) a rotation moves what is at the arm a from its centre by

     theta x a = (a3 bx, a3 by, -a1 bx - a2 by),    lever = (-a1, -a2, a3)

   From a plate to its nodes, a is along the director, the line from the lowest to the highest node.
   Between plates at x_k, with bilinear weights w_k of the reference and x0 = sum w_k x_k,

     u = sum w_k u_k + sum T_k x a_k,   a_k = w_k (2 x - x_k - x0) / 2,   T_k = theta_k if flat,

   which then is the interpolation of transfer.c. Rotation about the director d_k moves no node, so
   two rotations are enough while no director is level; but theta_k then has any part along d_k,
   which must not turn the middle surface. It is taken from how the corners move about each other:

     T_k = theta_k - d_k d_k.(theta_k - W),   W = sum w_k theta_k across d + psi d,
     d ~ sum w_k d_k,
     psi = sum w_k d x (x_k - x0) . u_k / sum w_k |x_k - x0|^2 across d

   For rigid motion W is its rotation, and so is T_k; u is exact to second order in curvature times
   the width of an element. Where a line is extrapolated, T_k = theta_k. */
#include "mg/coarsen.h"

/* The fit of a plane to neighbours is as good as none if they are in line to this. */
static const PetscReal IN_LINE = 1e-6;

static PetscReal Dot(const PetscReal a[3], const PetscReal b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void Normalise(PetscReal a[3])
{
  const PetscReal length = PetscSqrtReal(Dot(a, a));

  for (PetscInt i = 0; i < 3; i++) a[i] /= length;
}

static void SetLever(const PetscReal arm[3], PetscReal lever[3])
{
  lever[0] = -arm[0];
  lever[1] = -arm[1];
  lever[2] = arm[2];
}

/* The unit vector from the lowest to the highest node of a plate, or, with plate -1, of all on a
   line; false where there is but one. */
static PetscBool Director(PltLevel l, PetscInt line, PetscInt plate, PetscReal d[3])
{
  const PetscInt   n = l->m / 3, *of = l->kind.plate + l->kind.of[line] * n;
  const PetscReal *x  = l->position + 3 * line * n;
  PetscInt         lo = -1, hi = -1;

  for (PetscInt k = 0; k < n; k++) {
    if (of[k] < 0 || (plate >= 0 && of[k] != plate)) continue;
    if (lo < 0) lo = k;
    hi = k;
  }
  if (lo == hi) return PETSC_FALSE;
  for (PetscInt i = 0; i < 3; i++) d[i] = x[3 * hi + i] - x[3 * lo + i];
  Normalise(d);
  return PETSC_TRUE;
}

static void PlateDirector(PltLevel l, PetscInt line, PetscInt plate, PetscReal d[3])
{
  if (Director(l, line, plate, d) || Director(l, line, -1, d)) return;
  d[0] = d[1] = 0;
  d[2]        = 1;
}

static void SetPositions(PltState s, PetscBool moved, const PetscReal *z, PltLevel l)
{
  const PetscInt n = l->m / 3;

  for (PetscInt v = 0; v < l->nline; v++)
    for (PetscInt k = 0; k < s->nlevel; k++) {
      const PetscInt   node = v * s->nlevel + k, m = s->space->merged[k];
      const PetscReal *u = s->u + 3 * node;
      PetscReal       *x = l->position + 3 * (v * n + m);

      for (PetscInt d = 0; d < 3; d++) x[d] = d < 2 ? s->mesh->xy[2 * v + d] : z[m];
      if (s->space->node[node] < 0 || !moved) continue;
      for (PetscInt d = 0; d < 3; d++) x[d] += u[d];
    }
}

/* The levers to the nodes of a line. Nodes of a plate that the line has but a part of have their
   heights over the same plane as on other lines. */
static void SetLineLevers(PltLevel l, PetscInt line)
{
  const PetscInt   n = l->m / 3, kind = l->kind.of[line], *plate = l->kind.plate + kind * n;
  const PetscReal *h = l->kind.height + kind * n, *x = l->position + 3 * line * n;
  PetscReal        d[3], from[3]                     = {0, 0, 0};

  for (PetscInt k = 0, last = -1; k < n; k++) {
    PetscReal arm[3] = {0, 0, 0}, rise;

    if (plate[k] >= 0 && plate[k] != last) {
      last = plate[k];
      PlateDirector(l, line, last, d);
      for (PetscInt i = 0; i < 3; i++) from[i] = x[3 * k + i] - h[k] * d[i];
    }
    if (plate[k] >= 0) {
      for (PetscInt i = 0; i < 3; i++) arm[i] = x[3 * k + i] - from[i];
      rise = Dot(arm, d);
      for (PetscInt i = 0; i < 3; i++) arm[i] = rise * d[i];
    }
    SetLever(arm, l->lever + 3 * (line * n + k));
  }
}

PetscErrorCode PltShapeSetLines(PltAssembly a, PltLevel l)
{
  const PltState s    = a->state;
  const PetscInt size = l->nline * l->m;
  PetscReal      z[PLT_LEVEL_MAX];

  PetscFunctionBegin;
  if (!l->position) {
    PetscCall(PetscMalloc1(size + 1, &l->position));
    PetscCall(PetscMalloc1(size + 1, &l->lever));
    l->bytes += 2 * (PetscInt64)size * (PetscInt64)sizeof(PetscReal);
  }
  PltLinesHeights(s, z);
  SetPositions(s, (PetscBool)(a->scheme.kinematics == PLT_LARGE), z, l);
  for (PetscInt v = 0; v < l->nline; v++) SetLineLevers(l, v);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The reference of a plate is a lever below its lowest node; where a line has none of its nodes, at
   the plate's height along the line. */
static void SetPlatePosition(PltLevel f, PetscInt line, PetscInt plate, PetscReal x[3])
{
  const PetscInt n = f->m / 3, *of = f->kind.plate + f->kind.of[line] * n;
  PetscInt       k = 0, any = 0;
  PetscReal      d[3], rise;

  while (k < n && of[k] != plate) k++;
  while (any < n - 1 && of[any] < 0) any++;
  if (k < n) {
    const PetscReal *lever = f->lever + 3 * (line * n + k), *at = f->position + 3 * (line * n + k);

    for (PetscInt i = 0; i < 3; i++) x[i] = at[i] + (i < 2 ? lever[i] : -lever[i]);
    return;
  }
  PlateDirector(f, line, -1, d);
  rise = f->kind.middle[plate];
  if (of[any] >= 0) rise -= f->kind.middle[of[any]] + f->kind.height[f->kind.of[line] * n + any];
  for (PetscInt i = 0; i < 3; i++) x[i] = f->position[3 * (line * n + any) + i] + rise * d[i];
}

PetscErrorCode PltShapeSetPlates(PltLevel f, PltLevel l)
{
  const PetscInt n = l->m / PLT_PLATE;

  PetscFunctionBegin;
  if (!l->position) {
    PetscCall(PetscMalloc1(3 * l->nline * n + 1, &l->position));
    PetscCall(PetscMalloc1(3 * l->nline * n + 1, &l->director));
    l->bytes += 6 * (PetscInt64)(l->nline * n) * (PetscInt64)sizeof(PetscReal);
  }
  for (PetscInt v = 0; v < l->nline; v++)
    for (PetscInt p = 0; p < n; p++) {
      SetPlatePosition(f, v, p, l->position + 3 * (v * n + p));
      PlateDirector(f, v, p, l->director + 3 * (v * n + p));
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Sums of the least squares fit x = x_v + F (X - X_v) to neighbours of a line. */
typedef struct {
  PetscReal A[2][2], B[3][2]; /* sum dX dX', sum dx dX' */
} Fit;

static void AddToFit(PltLevel f, PetscInt v, PetscInt w, PetscInt plate, Fit *fit)
{
  const PetscInt   n = f->m / PLT_PLATE;
  const PetscReal *x = f->position + 3 * (v * n + plate), *y = f->position + 3 * (w * n + plate);

  for (PetscInt j = 0; j < 2; j++) {
    const PetscReal dX = f->xy[2 * w + j] - f->xy[2 * v + j];

    for (PetscInt i = 0; i < 2; i++) fit->A[i][j] += (f->xy[2 * w + i] - f->xy[2 * v + i]) * dX;
    for (PetscInt i = 0; i < 3; i++) fit->B[i][j] += (y[i] - x[i]) * dX;
  }
}

/* The plate at a place at D from the line v in the reference: on the plane that fits the line and
   its neighbours. */
static void Extrapolate(const PltCoarsening *c, PetscInt v, PetscInt plate, const PetscReal D[2],
                        PetscReal x[3])
{
  const PltLevel   f   = c->fine;
  const PetscReal *at  = f->position + 3 * (v * (f->m / PLT_PLATE) + plate);
  Fit              fit = {{{0, 0}, {0, 0}}, {{0, 0}, {0, 0}, {0, 0}}};
  PetscReal        det, s[2] = {0, 0};

  for (PetscInt k = f->first[v]; k < f->first[v + 1]; k++) AddToFit(f, v, f->next[k], plate, &fit);
  for (PetscInt k = c->lower[v]; k < c->lower[v + 1]; k++) AddToFit(f, v, c->below[k], plate, &fit);
  det = fit.A[0][0] * fit.A[1][1] - fit.A[0][1] * fit.A[1][0];
  if (det <= IN_LINE * PetscSqr(fit.A[0][0] + fit.A[1][1])) {
    for (PetscInt i = 0; i < 3; i++) x[i] = at[i] + (i < 2 ? D[i] : 0);
    return;
  }
  s[0] = (fit.A[1][1] * D[0] - fit.A[0][1] * D[1]) / det;
  s[1] = (fit.A[0][0] * D[1] - fit.A[1][0] * D[0]) / det;
  for (PetscInt i = 0; i < 3; i++) x[i] = at[i] + fit.B[i][0] * s[0] + fit.B[i][1] * s[1];
}

/* Every place from the fine line of its owner that it weighs most in. */
static PetscErrorCode PlacePositions(PltCoarsening *c)
{
  const PltLevel f = c->fine;
  const PetscInt n = f->m / PLT_PLATE, nx = c->grid->n[0];
  PetscInt      *best;
  PetscReal     *weight;

  PetscFunctionBegin;
  PetscCall(PetscCalloc2(c->nplace, &weight, c->nplace, &best));
  for (PetscInt i = 0; i < 4 * f->nown; i++) {
    const PltLink *link = &c->link[i / 4][i % 4];

    if (link->line < 0 || PetscAbsReal(link->weight) <= weight[link->line]) continue;
    weight[link->line] = PetscAbsReal(link->weight);
    best[link->line]   = i / 4;
  }
  PetscCall(PetscArrayzero(c->position, 3 * c->nplace * n));
  PetscCall(PetscArrayzero(c->director, 3 * c->nplace * n));
  for (PetscInt p = 0; p < c->nplace; p++) {
    const PetscReal D[2] = {c->grid->at[0][p % nx] - f->xy[2 * best[p]],
                            c->grid->at[1][p / nx] - f->xy[2 * best[p] + 1]};

    if (c->owner[p] != c->rank) continue;
    for (PetscInt s = 0; s < n; s++) Extrapolate(c, best[p], s, D, c->position + 3 * (p * n + s));
    PetscCall(PetscArraycpy(c->director + 3 * p * n, f->director + 3 * best[p] * n, 3 * n));
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, c->position, (PetscMPIInt)(3 * c->nplace * n), MPIU_REAL,
                             MPI_SUM, f->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, c->director, (PetscMPIInt)(3 * c->nplace * n), MPIU_REAL,
                             MPI_SUM, f->comm));
  PetscCall(PetscFree2(weight, best));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What one plate of a line is interpolated from: n corners. */
typedef struct {
  PetscInt  n, link[4];
  PetscReal w[4], x[4][3], d[4][3], arm[4][3]; /* weights, positions, directors, a_k above */
  PetscReal x0[3], d0[3];
  PetscBool inside; /* no negative weight, corners apart */
  PetscReal spread; /* sum w_k |x_k - x0|^2 across d0 */
} Corners;

static void SetCorners(const PltCoarsening *c, PetscInt v, PetscInt plate, Corners *k)
{
  const PetscInt   n = c->m / PLT_PLATE;
  const PetscReal *x = c->fine->position + 3 * (v * n + plate);

  *k = (Corners){.inside = PETSC_TRUE};
  for (PetscInt i = 0; i < 4; i++) {
    const PltLink *link = &c->link[v][i];

    if (link->line < 0) continue;
    k->link[k->n] = i;
    k->w[k->n]    = link->weight;
    if (link->weight < 0) k->inside = PETSC_FALSE;
    for (PetscInt d = 0; d < 3; d++) {
      k->x[k->n][d] = c->position[3 * (link->line * n + plate) + d];
      k->d[k->n][d] = c->director[3 * (link->line * n + plate) + d];
      k->x0[d] += link->weight * k->x[k->n][d];
      k->d0[d] += link->weight * k->d[k->n][d];
    }
    k->n++;
  }
  Normalise(k->d0);
  for (PetscInt i = 0; i < k->n; i++) {
    PetscReal apart[3];

    for (PetscInt d = 0; d < 3; d++) {
      apart[d]     = k->x[i][d] - k->x0[d];
      k->arm[i][d] = k->w[i] / 2 * (2 * x[d] - k->x[i][d] - k->x0[d]);
    }
    k->spread += k->w[i] * (Dot(apart, apart) - PetscSqr(Dot(apart, k->d0)));
  }
  if (k->n < 2 || k->spread <= 0) k->inside = PETSC_FALSE;
}

/* H = sum (d_k x a_k) d_k', what a common rotation about the directors moves. */
static void SetTwist(const Corners *k, PetscReal H[3][3])
{
  for (PetscInt i = 0; i < 9; i++) H[i / 3][i % 3] = 0;
  for (PetscInt i = 0; i < k->n && k->inside; i++) {
    PetscReal moved[3];

    PltCross(k->d[i], k->arm[i], moved);
    for (PetscInt e = 0; e < 9; e++) H[e / 3][e % 3] += moved[e / 3] * k->d[i][e % 3];
  }
}

/* What u, v, w take from u, v, w, bx, by of corner i. */
static void SetMap(const Corners *k, PetscInt i, PetscReal H[3][3], PetscReal map[PLT_MAP])
{
  PetscReal apart[3], turn[3];

  for (PetscInt b = 0; b < 2; b++) { /* bx turns about y, by about -x */
    PetscReal e[3]  = {b ? -1 : 0, b ? 0 : 1, 0}, across[3], moved[3];
    PetscReal along = k->inside ? Dot(e, k->d[i]) : 0, mean = Dot(e, k->d0);

    for (PetscInt d = 0; d < 3; d++) across[d] = e[d] - mean * k->d0[d];
    for (PetscInt d = 0; d < 3; d++) e[d] -= along * k->d[i][d];
    PltCross(e, k->arm[i], moved);
    for (PetscInt d = 0; d < 3; d++)
      map[PLT_PLATE * d + 3 + b] = moved[d] + k->w[i] * Dot(H[d], across);
  }
  for (PetscInt d = 0; d < 3; d++) apart[d] = k->x[i][d] - k->x0[d];
  PltCross(k->d0, apart, turn);
  for (PetscInt d = 0; d < 3; d++)
    for (PetscInt e = 0; e < 3; e++)
      map[PLT_PLATE * d + e] = k->inside ? Dot(H[d], k->d0) * k->w[i] / k->spread * turn[e] : 0;
}

PetscErrorCode PltCoarseningShape(PltCoarsening *c)
{
  const PltLevel f = c->fine;
  const PetscInt n = c->m / PLT_PLATE;

  PetscFunctionBegin;
  if (!f->position) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc1(3 * c->nplace * n, &c->position));
  PetscCall(PetscMalloc1(3 * c->nplace * n, &c->director));
  PetscCall(PetscCalloc1(4 * PLT_MAP * f->nline * n + 1, &c->map));
  PetscCall(PlacePositions(c));
  for (PetscInt v = 0; v < f->nline; v++)
    for (PetscInt s = 0; s < n; s++) {
      PetscReal H[3][3];
      Corners   k;

      SetCorners(c, v, s, &k);
      SetTwist(&k, H);
      for (PetscInt i = 0; i < k.n; i++)
        SetMap(&k, i, H, c->map + PLT_MAP * ((4 * v + k.link[i]) * n + s));
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}
