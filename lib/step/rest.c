/* SPDX-License-Identifier: BSD-2-Clause
   Where a rigid panel comes to rest on a plane: its centre of gravity is as low as it gets. Among
   the planes h = a + b x + c y under all nodes, the highest at the centre of gravity touches the
   facet of the convex hull beneath it: a linear program in a, b, c with a constraint for every
   node, solved by the dual simplex method (Lemke 1954): three nodes around the centre carry the
   plane; the node that is farthest under it takes the place of the one that leaves the centre
   inside. The panel is then turned until that plane is level, and, since the centre moves in that,
   all is done again until it stays. Symmetry planes take tilts away, and one node with each. */
#include "step/internal.h"

enum { PIVOTS_MAX = 1000, TURNS_MAX = 20 };
/* Heights, over the size of the panel, and slopes that make no difference. */
static const PetscReal LEVEL = 1e-13, SAME_HEIGHT = 1e-14;
/* Three points at the start, this many sizes away. */
static const PetscReal FAR = 100;

/* The plane and the nodes that carry it; n of a, b, c are in use, number[] says which. */
typedef struct {
  PetscInt  n, number[3];
  PetscReal row[3][3], height[3]; /* 1 x y of each node, those in use; its height */
  PetscReal centre[3];            /* 1 x y of the centre of gravity, those in use */
  PetscReal plane[3];             /* a b c */
} Facet;

/* Position of a live node, z up from the lowest level of the stack before it was displaced. */
static void Position(PltContact c, const PetscReal *z, PetscInt v, PetscInt k, PetscReal x[3])
{
  const PltState   s = c->state;
  const PetscReal *u = s->u + 3 * (v * s->nlevel + k);

  for (PetscInt d = 0; d < 3; d++)
    x[d] = u[d] + (d < 2 ? s->mesh->xy[2 * v + d] : z[s->space->merged[k]]);
}

static PetscErrorCode Centre(PltContact c, const PetscReal *z, PetscReal centre[3])
{
  const PltState     s      = c->state;
  PetscReal          sum[4] = {0, 0, 0, 0}, x[3];
  const PetscScalar *w;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(c->weight, &w));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < s->nlevel; k++) {
      const PetscInt node = PltSpaceNode(s->space, v, k);
      PetscReal      f;

      if (node < 0 || (k > 0 && PltSpaceNode(s->space, v, k - 1) == node)) continue;
      Position(c, z, v, k, x);
      f = w[3 * (node - s->space->node_start) + 2];
      for (PetscInt d = 0; d < 3; d++) sum[d] += f * x[d];
      sum[3] += f;
    }
  PetscCall(VecRestoreArrayRead(c->weight, &w));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 4, MPIU_REAL, MPI_SUM, s->mesh->comm));
  PetscCheck(c->up * sum[3] < 0, PETSC_COMM_SELF, PLT_ERR_RECIPE,
             "nothing presses the panel on its table");
  for (PetscInt d = 0; d < 3; d++) centre[d] = sum[d] / sum[3];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* x = A^-1 b or A'^-1 b for n <= 3, by Cramer's rule on the matrix padded to three. */
static void Solve(const Facet *f, PetscBool transposed, const PetscReal b[3], PetscReal x[3])
{
  PetscReal A[3][3], cross[3][3], det;

  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt j = 0; j < 3; j++)
      A[i][j] = i < f->n && j < f->n ? (transposed ? f->row[j][i] : f->row[i][j]) : (i == j);
  for (PetscInt i = 0; i < 3; i++) PltCross(A[(i + 1) % 3], A[(i + 2) % 3], cross[i]);
  det = A[0][0] * cross[0][0] + A[0][1] * cross[0][1] + A[0][2] * cross[0][2];
  for (PetscInt i = 0; i < 3; i++) {
    x[i] = 0;
    for (PetscInt j = 0; j < f->n && i < f->n; j++) x[i] += cross[j][i] * b[j] / det;
  }
}

static PetscReal PlaneAt(const Facet *f, const PetscReal row[3])
{
  PetscReal h = 0;

  for (PetscInt i = 0; i < f->n; i++) h += f->plane[i] * row[i];
  return h;
}

/* 1 x y without those that symmetry takes. */
static void Row(const Facet *f, const PetscReal x[3], PetscReal row[3])
{
  for (PetscInt i = 0; i < f->n; i++) row[i] = f->number[i] == 0 ? 1 : x[f->number[i] - 1];
}

/* The node farthest under the plane: its row and height; *depth 0 if there is none. */
static PetscErrorCode Lowest(PltContact c, const PetscReal *z, const Facet *f, PetscReal row[3],
                             PetscReal *height, PetscReal *depth)
{
  const PltState s = c->state;
  struct {
    double value;
    int    rank;
  } best               = {0, 0};
  PetscReal   found[4] = {0, 0, 0, 0};
  PetscMPIInt rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(s->mesh->comm, &rank));
  best.rank = rank;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    PetscReal x[3], at[3] = {0, 0, 0};

    if (c->level[v] < 0) continue;
    Position(c, z, v, c->level[v], x);
    Row(f, x, at);
    if (c->up * x[2] - PlaneAt(f, at) >= best.value) continue;
    best.value = c->up * x[2] - PlaneAt(f, at);
    for (PetscInt i = 0; i < 3; i++) found[i] = at[i];
    found[3] = c->up * x[2];
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &best, 1, MPI_DOUBLE_INT, MPI_MINLOC, s->mesh->comm));
  PetscCallMPI(MPI_Bcast(found, 4, MPIU_REAL, best.rank, s->mesh->comm));
  for (PetscInt i = 0; i < 3; i++) row[i] = found[i];
  *height = found[3];
  *depth  = -best.value;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The node takes the place of the one whose weight in the centre falls to zero first. */
static void Exchange(Facet *f, const PetscReal row[3], PetscReal height)
{
  PetscReal weight[3], change[3], least = PETSC_MAX_REAL;
  PetscInt  out = 0;

  Solve(f, PETSC_TRUE, f->centre, weight);
  Solve(f, PETSC_TRUE, row, change);
  for (PetscInt i = 0; i < f->n; i++) {
    if (change[i] <= 1e-12 || weight[i] / change[i] >= least) continue;
    least = weight[i] / change[i];
    out   = i;
  }
  for (PetscInt i = 0; i < f->n; i++) f->row[out][i] = row[i];
  f->height[out] = height;
}

/* The facet under the centre. */
static PetscErrorCode FindFacet(PltContact c, const PetscReal *z, const PetscReal centre[3],
                                Facet *f)
{
  static const PetscReal corner[3][2] = {{-1, -1}, {1, -1}, {0, 1}};
  const PltProject       p            = c->state->project;
  const PetscReal        size         = PetscMax(p->size[0], p->size[1]);
  PetscReal              row[3], height = 0, depth = 1;
  PetscBool              tilt[2];

  PetscFunctionBegin;
  PltContactTilts(p->symmetry, tilt);
  *f = (Facet){.n = 1};
  for (PetscInt i = 0; i < 2; i++)
    if (tilt[i]) f->number[f->n++] = i + 1;
  Row(f, centre, f->centre);
  for (PetscInt i = 0; i < f->n; i++) {
    PetscReal x[3] = {FAR * size * corner[i][0], FAR * size * corner[i][f->n == 2 ? 0 : 1], 0};

    Row(f, x, f->row[i]);
    f->height[i] = FAR * size;
  }
  for (PetscInt i = 0; i < PIVOTS_MAX && depth > SAME_HEIGHT * size; i++) {
    Solve(f, PETSC_FALSE, f->height, f->plane);
    PetscCall(Lowest(c, z, f, row, &height, &depth));
    if (depth > SAME_HEIGHT * size) Exchange(f, row, height);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Turn all nodes about the centre so that the normal of the plane stands upright. *slope is what it
   was. */
static void Turn(PltContact c, const PetscReal *z, const PetscReal centre[3], const Facet *f,
                 PetscReal *slope)
{
  const PltState s    = c->state;
  PetscReal      n[3] = {0, 0, c->up}, up[3] = {0, 0, c->up}, axis[3], length, factor;

  *slope = 0;
  for (PetscInt i = 1; i < f->n; i++) {
    n[f->number[i] - 1] = -f->plane[i];
    *slope              = PetscMax(*slope, PetscAbsReal(f->plane[i]));
  }
  length = PetscSqrtReal(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
  for (PetscInt d = 0; d < 3; d++) n[d] /= length;
  PltCross(n, up, axis);
  factor = 1 / (1 + n[2] * up[2]);
  for (PetscInt v = 0; v < s->mesh->nvert; v++)
    for (PetscInt k = 0; k < s->nlevel; k++) {
      PetscReal x[3], first[3], second[3];

      if (s->space->node[v * s->nlevel + k] < 0) continue;
      Position(c, z, v, k, x);
      for (PetscInt d = 0; d < 3; d++) x[d] -= centre[d];
      PltCross(axis, x, first);
      PltCross(axis, first, second);
      for (PetscInt d = 0; d < 3; d++)
        s->u[3 * (v * s->nlevel + k) + d] += first[d] + factor * second[d];
    }
}

/* Let the lowest nodes be on the plane. */
static PetscErrorCode Lower(PltContact c)
{
  const PltState s   = c->state;
  PetscReal      low = PETSC_MAX_REAL;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    if (c->level[v] >= 0)
      low = PetscMin(low, c->height[v] + c->up * s->u[3 * (v * s->nlevel + c->level[v]) + 2]);
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &low, 1, MPIU_REAL, MPI_MIN, s->mesh->comm));
  for (PetscInt i = 0; i < s->mesh->nvert * s->nlevel; i++)
    if (s->space->node[i] >= 0) s->u[3 * i + 2] -= c->up * low;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactRest(PltContact c)
{
  PetscReal z[PLT_LEVEL_MAX], centre[3], slope = 1;
  Facet     f;

  PetscFunctionBegin;
  PltLinesHeights(c->state, z);
  for (PetscInt i = 0; i < TURNS_MAX && slope > LEVEL; i++) {
    PetscCall(Centre(c, z, centre));
    PetscCall(FindFacet(c, z, centre, &f));
    Turn(c, z, centre, &f, &slope);
    PetscCall(PetscInfo(NULL, "at rest: facet %" PetscInt_FMT ", slope %g\n", i, (double)slope));
  }
  PetscCall(Lower(c));
  PetscCall(PltStateSettle(c->state));
  PetscCall(PltContactHold(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}
