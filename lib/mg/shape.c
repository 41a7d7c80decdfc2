/* SPDX-License-Identifier: BSD-2-Clause
   The present shape of a panel that has bent far from flat (large kinematics): where its lines are,
   where they point, and how far what is interpolated is from where it is interpolated from.

   With theta = (-by, bx, 0) a rotation moves what is at the arm a from its centre by

     theta x a = (a3 bx, a3 by, -a1 bx - a2 by),    lever = (-a1, -a2, a3)

   From a plate to its nodes, a is along the director, the line from the lowest to the highest node.
   Between plates at x_k, with bilinear weights w_k of the reference,

     u = sum w_k (u_k + theta_k x (x - x_k) / 2) + (sum w_k theta_k) x (x - sum w_k x_k) / 2,

   so arm k is w_k (2 x - x_k - sum w x) / 2. That is exact for rigid motion of any shape, and on a
   flat panel the interpolation of transfer.c. Rotation about the director moves nothing, so two
   rotations are enough as long as no director is level. */
#include "mg/coarsen.h"

/* The fit of a plane to neighbours is as good as none if they are in line to this. */
static const PetscReal IN_LINE = 1e-6;

static PetscReal Dot(const PetscReal a[3], const PetscReal b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
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
  PetscReal        length;

  for (PetscInt k = 0; k < n; k++) {
    if (of[k] < 0 || (plate >= 0 && of[k] != plate)) continue;
    if (lo < 0) lo = k;
    hi = k;
  }
  if (lo == hi) return PETSC_FALSE;
  for (PetscInt i = 0; i < 3; i++) d[i] = x[3 * hi + i] - x[3 * lo + i];
  length = PetscSqrtReal(Dot(d, d));
  for (PetscInt i = 0; i < 3; i++) d[i] /= length;
  return PETSC_TRUE;
}

static void PlateDirector(PltLevel l, PetscInt line, PetscInt plate, PetscReal d[3])
{
  if (Director(l, line, plate, d) || Director(l, line, -1, d)) return;
  d[0] = d[1] = 0;
  d[2]        = 1;
}

static void SetPositions(PltState s, const PetscReal *z, PltLevel l)
{
  const PetscInt n = l->m / 3;

  for (PetscInt v = 0; v < l->nline; v++)
    for (PetscInt k = 0; k < s->nlevel; k++) {
      const PetscInt   node = v * s->nlevel + k, m = s->space->merged[k];
      const PetscReal *u = s->u + 3 * node;
      PetscReal       *x = l->position + 3 * (v * n + m);

      for (PetscInt d = 0; d < 3; d++) x[d] = d < 2 ? s->mesh->xy[2 * v + d] : z[m];
      if (s->space->node[node] < 0) continue;
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

PetscErrorCode PltShapeSetLines(PltState s, PltLevel l)
{
  const PetscInt size = l->nline * l->m;
  PetscReal      z[PLT_LEVEL_MAX];

  PetscFunctionBegin;
  if (!l->position) {
    PetscCall(PetscMalloc1(size + 1, &l->position));
    PetscCall(PetscMalloc1(size + 1, &l->lever));
    l->bytes += 2 * (PetscInt64)size * (PetscInt64)sizeof(PetscReal);
  }
  PltLinesHeights(s, z);
  SetPositions(s, z, l);
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
    l->bytes += 3 * (PetscInt64)(l->nline * n) * (PetscInt64)sizeof(PetscReal);
  }
  for (PetscInt v = 0; v < l->nline; v++)
    for (PetscInt p = 0; p < n; p++) SetPlatePosition(f, v, p, l->position + 3 * (v * n + p));
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
  for (PetscInt p = 0; p < c->nplace; p++) {
    const PetscReal D[2] = {c->grid->at[0][p % nx] - f->xy[2 * best[p]],
                            c->grid->at[1][p / nx] - f->xy[2 * best[p] + 1]};

    for (PetscInt s = 0; s < n && c->owner[p] == c->rank; s++)
      Extrapolate(c, best[p], s, D, c->position + 3 * (p * n + s));
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, c->position, (PetscMPIInt)(3 * c->nplace * n), MPIU_REAL,
                             MPI_SUM, f->comm));
  PetscCall(PetscFree2(weight, best));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarseningShape(PltCoarsening *c)
{
  const PltLevel f = c->fine;
  const PetscInt n = f->m / PLT_PLATE;

  PetscFunctionBegin;
  if (!f->position) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc1(3 * c->nplace * n, &c->position));
  PetscCall(PetscCalloc1(12 * f->nline * n + 1, &c->lever));
  PetscCall(PlacePositions(c));
  for (PetscInt v = 0; v < f->nline; v++)
    for (PetscInt s = 0; s < n; s++) {
      const PetscReal *x       = f->position + 3 * (v * n + s);
      PetscReal        mean[3] = {0, 0, 0}, arm[3];

      for (PetscInt i = 0; i < 12; i++)
        if (c->link[v][i / 3].line >= 0)
          mean[i % 3] +=
              c->link[v][i / 3].weight * c->position[3 * (c->link[v][i / 3].line * n + s) + i % 3];
      for (PetscInt k = 0; k < 4; k++) {
        const PltLink *link = &c->link[v][k];

        if (link->line < 0) continue;
        for (PetscInt i = 0; i < 3; i++)
          arm[i] =
              link->weight / 2 * (2 * x[i] - c->position[3 * (link->line * n + s) + i] - mean[i]);
        SetLever(arm, c->lever + 3 * ((4 * v + k) * n + s));
      }
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}
