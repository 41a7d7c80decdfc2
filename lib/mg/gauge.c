/* SPDX-License-Identifier: BSD-2-Clause
   Rigid motion. The levels know the panel without its statically determinate support, so that no
   smoother and no coarse grid meets a single fixed point. That a load is balanced, and that the
   support does not move, is added outside: with S the values at the support unknowns and F the
   rigid motions that symmetry and chuck leave,

     R  = I - F (S F)^-1 S      takes the rigid motion out of a displacement,
     R' = I - S' (S F)'^-1 F'   adds the reactions to a load,

   and R B R' preconditions the supported panel as well as B does the free one: the two have the
   same spectrum, as R changes no energy. In large kinematics all this is about the present shape,
   whose rigid motions the tangent of the moduli does not feel. */
#include "mg/internal.h"
#include <petscblaslapack.h>

/* Rigid motion number `mode` at a point, direction d. */
static PetscReal Motion(PetscInt mode, const PetscReal x[3], PetscInt d)
{
  if (mode < 3) return mode == d ? 1 : 0;
  if (d == (mode - 3 + 1) % 3) return -x[(mode - 3 + 2) % 3]; /* axis e: e x position */
  if (d == (mode - 3 + 2) % 3) return x[(mode - 3 + 1) % 3];
  return 0;
}

static void Place(const PltGauge *g, PetscInt v, PetscInt m, PetscReal x[3])
{
  const PltMesh  mesh = g->state->mesh;
  const PetscInt node = v * g->state->space->nmerged + m;

  if (g->position) {
    for (PetscInt d = 0; d < 3; d++) x[d] = g->position[3 * node + d];
    return;
  }
  x[0] = mesh->xy[2 * v];
  x[1] = mesh->xy[2 * v + 1];
  x[2] = g->z[m];
}

/* Motions that move no held unknown. */
static PetscErrorCode FindModes(PltGauge *g)
{
  const PltState s       = g->state;
  const PetscInt nl      = s->nlevel;
  PetscReal      most[6] = {0}, size = 0;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < nl; k++) {
      PetscReal x[3];

      if (s->space->node[v * nl + k] < 0) continue;
      Place(g, v, s->space->merged[k], x);
      size = PetscMax(size, PetscMax(PetscAbsReal(x[0]), PetscAbsReal(x[1])));
      for (PetscInt i = 0; i < 18; i++)
        if (s->space->fixed[3 * (v * nl + k) + i % 3] == PLT_DOF_HELD)
          most[i / 3] = PetscMax(most[i / 3], PetscAbsReal(Motion(i / 3, x, i % 3)));
    }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, 6, MPIU_REAL, MPI_MAX, s->mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &size, 1, MPIU_REAL, MPI_MAX, s->mesh->comm));
  for (PetscInt i = 0; i < 6; i++)
    if (most[i] <= (i < 3 ? 1 : size) * 1e-8) g->mode[g->n++] = i;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Support unknowns, numbered rank after rank; those of merged levels are one. */
static PetscErrorCode FindSupport(PltGauge *g, PetscReal point[6][4])
{
  const PltState s  = g->state;
  const PetscInt nl = s->nlevel;
  PetscInt       end, all;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    for (PetscInt i = 0; i < 3 * nl; i++) {
      const PetscInt k = i / 3, m = s->space->merged[k];

      if (s->space->fixed[3 * v * nl + i] != PLT_DOF_SUPPORT || s->space->node[v * nl + k] < 0 ||
          (k > 0 && s->space->merged[k - 1] == m))
        continue;
      PetscCheck(g->nown < 6, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "more than six support unknowns");
      g->line[g->nown] = v;
      g->at[g->nown++] = 3 * m + i % 3;
    }
  PetscCallMPI(MPI_Scan(&g->nown, &end, 1, MPIU_INT, MPI_SUM, s->mesh->comm));
  PetscCallMPI(MPI_Allreduce(&g->nown, &all, 1, MPIU_INT, MPI_SUM, s->mesh->comm));
  PetscCheck(all == g->n, PETSC_COMM_SELF, PLT_ERR_INTERNAL,
             "%" PetscInt_FMT " support unknowns for %" PetscInt_FMT " rigid motions", all, g->n);
  PetscCall(PetscArrayzero(&point[0][0], 24));
  for (PetscInt i = 0; i < g->nown; i++) {
    g->own[i] = end - g->nown + i;
    Place(g, g->line[i], g->at[i] / 3, point[g->own[i]]);
    point[g->own[i]][3] = (PetscReal)(g->at[i] % 3);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, point, 24, MPIU_REAL, MPI_SUM, s->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* inverse = A^-1 for a small matrix. */
static PetscErrorCode Invert(PetscInt n, PetscReal A[6][6], PetscReal inverse[6][6])
{
  PetscReal    a[36], b[36];
  PetscBLASInt size = (PetscBLASInt)n, pivot[6], info = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < n * n; i++) {
    a[i] = A[i % n][i / n];
    b[i] = i % n == i / n ? 1 : 0;
  }
  if (n) PetscCallBLAS("LAPACKgesv", LAPACKgesv_(&size, &size, a, &size, pivot, b, &size, &info));
  PetscCheck(!info, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "the support does not hold the panel: its points lie in line");
  for (PetscInt i = 0; i < n * n; i++) inverse[i % n][i / n] = b[i];
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGaugeCreate(PltState state, const PetscReal *position, PltGauge *g)
{
  PetscReal point[6][4], value[6][6];

  PetscFunctionBegin;
  *g = (PltGauge){.state = state, .position = position};
  PetscCall(PetscMalloc1(state->space->nmerged, &g->z));
  PltLinesHeights(state, g->z);
  PetscCall(FindModes(g));
  PetscCall(FindSupport(g, point));
  for (PetscInt i = 0; i < g->n; i++)
    for (PetscInt j = 0; j < g->n; j++)
      value[i][j] = Motion(g->mode[j], point[i], (PetscInt)point[i][3]);
  PetscCall(Invert(g->n, value, g->inverse));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGaugeDestroy(PltGauge *g)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(g->z));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGaugeBalance(const PltGauge *g, PltLevel l, PetscReal *r)
{
  PetscReal moment[6] = {0};

  PetscFunctionBegin;
  if (!g->n) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt v = 0; v < l->nown; v++)
    for (PetscInt m = 0; m < l->m / 3; m++) {
      const PetscReal *f = r + v * l->stride + 3 * m;
      PetscReal        x[3];

      Place(g, v, m, x);
      for (PetscInt i = 0; i < g->n; i++) {
        const PetscInt e = g->mode[i];

        if (e < 3) moment[i] += f[e];
        else moment[i] += x[(e + 1) % 3] * f[(e + 2) % 3] - x[(e + 2) % 3] * f[(e + 1) % 3];
      }
    }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, moment, 6, MPIU_REAL, MPI_SUM, l->comm));
  for (PetscInt k = 0; k < g->nown; k++)
    for (PetscInt i = 0; i < g->n; i++)
      r[g->line[k] * l->stride + g->at[k]] -= g->inverse[i][g->own[k]] * moment[i];
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGaugeFix(const PltGauge *g, PltLevel l, PetscReal *x)
{
  PetscReal shown[6] = {0}, t[3] = {0}, w[3] = {0};

  PetscFunctionBegin;
  if (!g->n) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt k = 0; k < g->nown; k++) shown[g->own[k]] = x[g->line[k] * l->stride + g->at[k]];
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, shown, 6, MPIU_REAL, MPI_SUM, l->comm));
  for (PetscInt i = 0; i < g->n; i++)
    for (PetscInt j = 0; j < g->n; j++)
      (g->mode[i] < 3 ? t : w)[g->mode[i] % 3] += g->inverse[i][j] * shown[j];
  for (PetscInt v = 0; v < l->nown; v++) {
    const PetscReal *mask  = l->kind.mask + l->kind.of[v] * l->stride;
    const PetscBool  whole = l->kind.whole[l->kind.of[v]];

    for (PetscInt m = 0; m < l->m / 3; m++) {
      PetscReal p[3], *u = x + v * l->stride + 3 * m;

      Place(g, v, m, p);
      u[0] -= t[0] + w[1] * p[2] - w[2] * p[1];
      u[1] -= t[1] + w[2] * p[0] - w[0] * p[2];
      u[2] -= t[2] + w[0] * p[1] - w[1] * p[0];
    }
    for (PetscInt p = 0; p < l->m && !whole; p++) x[v * l->stride + p] *= mask[p];
  }
  for (PetscInt k = 0; k < g->nown; k++) x[g->line[k] * l->stride + g->at[k]] = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}
