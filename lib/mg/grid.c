/* SPDX-License-Identifier: BSD-2-Clause
   The grid a coarse plate level stands on: lines of constant x and y, whatever the footprint is. A
   mapped footprint is such a grid itself, and every level keeps some of its lines; then coarse
   lines stand where finer ones do. Any other footprint (turned dies, a wafer) gets even lines, of
   twice its mean element size, from which finer lines are interpolated where they are: the
   interpolation is of x and y, so it is exact for rigid motion wherever vertices are. Cells with
   hardly a line in them take no part; what is in them is extrapolated from the nearest cell. */
#include "mg/internal.h"

static const PetscReal SAME = 1e-9; /* m, lines closer than this are one */

static PetscErrorCode Allocate(PetscInt nx, PetscInt ny, PltGrid *g)
{
  PetscFunctionBegin;
  g->n[0] = nx;
  g->n[1] = ny;
  PetscCall(PetscMalloc2(nx, &g->at[0], ny, &g->at[1]));
  PetscCall(PetscCalloc1((nx - 1) * (ny - 1) + 1, &g->active));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGridDestroy(PltGrid *g)
{
  PetscFunctionBegin;
  PetscCall(PetscFree2(g->at[0], g->at[1]));
  PetscCall(PetscFree(g->active));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void KeepDistinct(PetscInt *n, PetscReal *x)
{
  PetscInt kept = 0;

  for (PetscInt i = 0; i < *n; i++)
    if (kept == 0 || x[i] - x[kept - 1] > SAME) x[kept++] = x[i];
  *n = kept;
}

/* Distinct coordinates of all lines along one axis; *n = 0 if there are more than `most`. */
static PetscErrorCode Distinct(PltLevel l, PetscInt axis, PetscInt most, PetscInt *n, PetscReal **x)
{
  PetscInt     own = l->nown, all = 0;
  PetscReal   *mine;
  PetscMPIInt *count, *start, size, length;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(l->comm, &size));
  PetscCall(PetscMalloc1(own + 1, &mine));
  for (PetscInt i = 0; i < own; i++) mine[i] = l->xy[2 * i + axis];
  PetscCall(PetscSortReal(own, mine));
  KeepDistinct(&own, mine);
  PetscCallMPI(MPI_Allreduce(&own, &all, 1, MPIU_INT, MPI_MAX, l->comm));
  *n = 0, *x = NULL;
  if (all <= most) {
    PetscCall(PetscMalloc2(size, &count, size + 1, &start));
    length = (PetscMPIInt)own;
    PetscCallMPI(MPI_Allgather(&length, 1, MPI_INT, count, 1, MPI_INT, l->comm));
    start[0] = 0;
    for (PetscMPIInt r = 0; r < size; r++) start[r + 1] = start[r] + count[r];
    PetscCall(PetscMalloc1(start[size] + 1, x));
    PetscCallMPI(MPI_Allgatherv(mine, length, MPIU_REAL, *x, count, start, MPIU_REAL, l->comm));
    *n = start[size];
    PetscCall(PetscSortReal(*n, *x));
    KeepDistinct(n, *x);
    PetscCall(PetscFree2(count, start));
  }
  PetscCall(PetscFree(mine));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Lines to keep of n: neighbouring intervals are joined where they are no longer together than
   the widest one, or, where that would leave too many, pair by pair. */
static PetscInt Keep(PetscInt n, const PetscReal *x, PetscReal *kept)
{
  PetscReal widest = 0, narrowest = PETSC_MAX_REAL;
  PetscInt  k = 1;

  for (PetscInt i = 0; i + 1 < n; i++) {
    widest    = PetscMax(widest, x[i + 1] - x[i]);
    narrowest = PetscMin(narrowest, x[i + 1] - x[i]);
  }
  kept[0] = x[0];
  for (PetscInt i = 0; i + 1 < n;) {
    const PetscInt j =
        i + 2 < n && x[i + 2] - x[i] <= PetscMax(widest, 2 * narrowest) * 1.0001 ? i + 2 : i + 1;

    kept[k++] = x[j];
    i         = j;
  }
  if (5 * k <= 4 * n) return k;
  k = 1;
  for (PetscInt i = 2; i < n; i += 2) kept[k++] = x[i];
  if (n % 2 == 0) kept[k++] = x[n - 1];
  return k;
}

static PetscErrorCode FromLines(const PetscInt n[2], PetscReal *const at[2], PltGrid *g)
{
  PetscReal *kept[2];
  PetscInt   k[2];

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(n[0], &kept[0], n[1], &kept[1]));
  for (PetscInt d = 0; d < 2; d++) k[d] = Keep(n[d], at[d], kept[d]);
  PetscCall(Allocate(k[0], k[1], g));
  for (PetscInt d = 0; d < 2; d++) PetscCall(PetscArraycpy(g->at[d], kept[d], k[d]));
  PetscCall(PetscFree2(kept[0], kept[1]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Even(PltLevel l, PetscInt nline, PltGrid *g)
{
  PetscReal box[4] = {PETSC_MIN_REAL, PETSC_MIN_REAL, PETSC_MIN_REAL, PETSC_MIN_REAL}, h;
  PetscInt  n[2];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 2 * l->nown; i++) {
    box[i % 2]     = PetscMax(box[i % 2], l->xy[i]);
    box[2 + i % 2] = PetscMax(box[2 + i % 2], -l->xy[i]);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, box, 4, MPIU_REAL, MPI_MAX, l->comm));
  h = 2 * PetscSqrtReal((box[0] + box[2]) * (box[1] + box[3]) / (PetscReal)nline);
  for (PetscInt d = 0; d < 2; d++)
    n[d] = 1 + PetscMax(1, (PetscInt)PetscFloorReal((box[d] + box[2 + d]) / h + 0.5));
  PetscCall(Allocate(n[0], n[1], g));
  for (PetscInt d = 0; d < 2; d++)
    for (PetscInt i = 0; i < n[d]; i++)
      g->at[d][i] = i == n[d] - 1 ? box[d]
                                  : -box[2 + d] + (box[d] + box[2 + d]) * (PetscReal)i /
                                                      (PetscReal)(n[d] - 1);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Intervals of `fine` (NULL: two) in each interval of the grid. */
static PetscInt Intervals(const PltGrid *fine, const PltGrid *g, PetscInt axis, PetscInt i)
{
  PetscInt count = 0;

  if (!fine) return 2;
  for (PetscInt k = 0; k + 1 < fine->n[axis]; k++)
    if (fine->at[axis][k] >= g->at[axis][i] - SAME &&
        fine->at[axis][k + 1] <= g->at[axis][i + 1] + SAME)
      count++;
  return count;
}

/* A cell is active with a quarter of the lines it would have in a full panel. */
static PetscErrorCode Activate(PltLevel l, const PltGrid *fine, PltGrid *g)
{
  const PetscInt nx = g->n[0] - 1, ny = g->n[1] - 1;
  PetscInt      *count, *along;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(nx * ny, &count));
  PetscCall(PetscMalloc1(nx, &along));
  for (PetscInt v = 0; v < l->nown; v++) {
    PetscInt at[2];

    for (PetscInt d = 0; d < 2; d++) at[d] = PltGridInterval(g, d, l->xy[2 * v + d]);
    count[at[1] * nx + at[0]]++;
  }
  PetscCallMPI(
      MPI_Allreduce(MPI_IN_PLACE, count, (PetscMPIInt)(nx * ny), MPIU_INT, MPI_SUM, l->comm));
  for (PetscInt i = 0; i < nx; i++) along[i] = Intervals(fine, g, 0, i);
  for (PetscInt j = 0; j < ny; j++) {
    const PetscInt across = Intervals(fine, g, 1, j);

    for (PetscInt i = 0; i < nx; i++)
      g->active[j * nx + i] =
          (PetscBool)(count[j * nx + i] > 0 && 4 * count[j * nx + i] >= along[i] * across);
  }
  PetscCall(PetscFree(count));
  PetscCall(PetscFree(along));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscInt PltGridInterval(const PltGrid *g, PetscInt axis, PetscReal x)
{
  PetscInt low = 0, high = g->n[axis] - 1;

  while (high - low > 1) {
    const PetscInt mid = (low + high) / 2;

    if (x < g->at[axis][mid] - SAME) high = mid;
    else low = mid;
  }
  return low;
}

PetscErrorCode PltGridCreate(PltLevel l, const PltGrid *from, PltGrid *g)
{
  PetscInt   nline = l->nown, n[2], most;
  PetscReal *at[2];

  PetscFunctionBegin;
  if (from) {
    PetscCall(FromLines(from->n, from->at, g));
    PetscCall(Activate(l, from, g));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &nline, 1, MPIU_INT, MPI_SUM, l->comm));
  most = nline / 2 + 1;
  for (PetscInt d = 0; d < 2; d++) PetscCall(Distinct(l, d, most, &n[d], &at[d]));
  if (n[0] > 1 && n[1] > 1 && (PetscInt64)n[0] * n[1] == nline) {
    const PltGrid fine = {{n[0], n[1]}, {at[0], at[1]}, NULL};

    PetscCall(FromLines(n, at, g));
    PetscCall(Activate(l, &fine, g));
  } else {
    PetscCall(Even(l, nline, g));
    PetscCall(Activate(l, NULL, g));
  }
  PetscCall(PetscFree(at[0]));
  PetscCall(PetscFree(at[1]));
  PetscFunctionReturn(PETSC_SUCCESS);
}
