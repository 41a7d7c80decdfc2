/* SPDX-License-Identifier: BSD-2-Clause
   Unilateral contact of the lower face with a rigid plane without friction: a table, or a chuck
   that sucks with a finite pressure. Nodes on the plane are held there; active.c finds which. The
   set is never stored from increment to increment: what is held is what is on the plane.

   Suction is a dead load along the normal of the chuck. If it followed the face, it would turn
   with its slope, which changes less than 1e-3 of it where the face is near the chuck. */
#include "step/internal.h"

/* m, on the plane; m, counts as touching it in what is reported. */
static const PetscReal ON_BASE = 1e-12, TOUCHES = 1e-6;
/* Part by which gaps differ that count as one. */
static const PetscReal ALIKE = 1e-4;
/* Smallest radius of gyration of the contacts that hold a panel, over its size. */
static const PetscReal SPREAD = 1e-5;

static void FindFace(PltContact c)
{
  const PltState s     = c->state;
  const PltSpace space = s->space;
  const PetscInt outer = c->up > 0 ? 0 : space->nmerged - 1;
  PetscReal      z[PLT_LEVEL_MAX];

  PltLinesHeights(s, z);
  for (PetscInt v = 0; v < s->mesh->nvert; v++) {
    const PetscInt lowest = c->up > 0 ? 0 : space->count[v] - 1;

    c->level[v] = -1;
    for (PetscInt k = 0; k < s->nlevel && space->count[v] > 0; k++)
      if (space->node[v * s->nlevel + k] == lowest) c->level[v] = k;
    if (c->level[v] >= 0) c->height[v] = c->up * (z[space->merged[c->level[v]]] - z[outer]);
  }
}

static PetscBool AnyLive(PltState s, PetscInt quad)
{
  const PetscInt ns = s->slabs.nslab;

  for (PetscInt k = 0; k < ns; k++)
    if (s->live[s->quad_class[quad] * ns + k]) return PETSC_TRUE;
  return PETSC_FALSE;
}

/* A quarter of each quad's area goes with each of its corners. */
static void ShareArea(PltContact c)
{
  const PltMesh mesh = c->state->mesh;

  for (PetscInt q = 0; q < mesh->nquad; q++) {
    const PetscInt  *v = mesh->quad + 4 * q;
    const PetscReal *x[4];

    if (!AnyLive(c->state, q)) continue;
    for (PetscInt a = 0; a < 4; a++) x[a] = mesh->xy + 2 * v[a];
    for (PetscInt a = 0; a < 4; a++)
      c->area[v[a]] +=
          ((x[2][0] - x[0][0]) * (x[3][1] - x[1][1]) - (x[2][1] - x[0][1]) * (x[3][0] - x[1][0])) /
          8;
  }
}

/* The outer forces: what the residual loses without them. */
static PetscErrorCode Weigh(PltProcess p, PltContact c, const PetscReal gravity[3])
{
  const PetscReal none[3] = {0, 0, 0};
  PltAssembly     a;
  PltBalance      balance;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 2; i++) {
    PetscCall(PltAssemblyCreate(c->state, &p->scheme, c->state->T, 0, i ? none : gravity, &a));
    PltContactAttach(c, a);
    if (i) a->load = NULL;
    PetscCall(PltAssemblyResidual(a, c->work[i], &balance));
    PetscCall(VecAXPY(c->work[i], 1, c->reaction));
    PetscCall(PltAssemblyDestroy(&a));
  }
  PetscCall(VecWAXPY(c->weight, -1, c->work[1], c->work[0]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactCreate(PltProcess p, const PltStep *step, const PetscReal gravity[3],
                                PltContact *contact)
{
  const PltState s = p->state;
  const PetscInt n = s->mesh->nvert;
  PltContact     c;

  PetscFunctionBegin;
  PetscCall(PetscNew(&c));
  *contact = c;
  c->state = s;
  c->up    = s->up;
  c->reach = 1;
  PetscCall(PetscMalloc1(n + 1, &c->level));
  PetscCall(PetscCalloc1(n + 1, &c->height));
  PetscCall(PetscCalloc1(n + 1, &c->held));
  PetscCall(PetscCalloc1(n + 1, &c->times));
  PetscCall(PetscCalloc1(n + 1, &c->area));
  PetscCall(PltSpaceCreateVec(s->space, &c->weight));
  PetscCall(VecDuplicate(c->weight, &c->reaction));
  PetscCall(VecDuplicate(c->weight, &c->r));
  for (PetscInt i = 0; i < 2; i++) PetscCall(VecDuplicate(c->weight, &c->work[i]));
  FindFace(c);
  ShareArea(c);
  if (step->hold == PLT_HOLD_FLAT && step->vacuum > 0) {
    PetscCall(PetscCalloc1(PltStateFieldSize(s) + 1, &c->load));
    for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
      if (c->level[v] >= 0)
        c->load[3 * (v * s->nlevel + c->level[v]) + 2] = -c->up * step->vacuum * c->area[v];
  }
  PetscCall(Weigh(p, c, gravity));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactDestroy(PltContact *contact)
{
  PltContact c = *contact;

  PetscFunctionBegin;
  if (!c) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscFree(c->level));
  PetscCall(PetscFree(c->height));
  PetscCall(PetscFree(c->held));
  PetscCall(PetscFree(c->times));
  PetscCall(PetscFree(c->area));
  PetscCall(PetscFree(c->load));
  PetscCall(VecDestroy(&c->weight));
  PetscCall(VecDestroy(&c->reaction));
  PetscCall(VecDestroy(&c->r));
  for (PetscInt i = 0; i < 2; i++) PetscCall(VecDestroy(&c->work[i]));
  PetscCall(PetscFree(*contact));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltContactAttach(PltContact c, PltAssembly a)
{
  a->load     = c->load;
  a->reaction = c->reaction;
}

PetscErrorCode PltContactApply(PltContact c)
{
  const PltState s     = c->state;
  const PltSpace space = s->space;

  PetscFunctionBegin;
  PetscCall(PltSpaceBcast(space, MPI_UNSIGNED_CHAR, 1, c->held));
  for (PetscInt v = 0; v < s->mesh->nvert; v++)
    for (PetscInt k = 0; k < s->nlevel && c->level[v] >= 0; k++)
      if (space->node[v * s->nlevel + k] == space->node[v * s->nlevel + c->level[v]])
        space->fixed[3 * (v * s->nlevel + k) + 2] =
            (unsigned char)(c->held[v] ? PLT_DOF_HELD : PLT_DOF_FREE);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscBool PltContactTouches(PltContact c, PetscInt vert)
{
  return (PetscBool)(c->level[vert] >= 0 && PetscAbsReal(PltContactGap(c, vert)) <= ON_BASE);
}

PetscErrorCode PltContactHold(PltContact c)
{
  PetscFunctionBegin;
  c->reach  = 1;
  c->calm   = 0;
  c->fewest = PETSC_MAX_INT;
  PetscCall(PetscArrayzero(c->times, c->state->mesh->nvert));
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++) c->held[v] = PltContactTouches(c, v);
  PetscCall(PltContactApply(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltContactTilts(PltSymmetry symmetry, PetscBool tilt[2])
{
  tilt[0] = (PetscBool)(symmetry == PLT_SYMMETRY_NONE || symmetry == PLT_SYMMETRY_HALF_Y);
  tilt[1] = (PetscBool)(symmetry == PLT_SYMMETRY_NONE || symmetry == PLT_SYMMETRY_HALF_X);
}

/* The smaller eigenvalue of their second moments says how far from one line the nodes are. */
PetscErrorCode PltContactSpans(PltContact c, const unsigned char *held, PetscBool *spans)
{
  const PltProject p      = c->state->project;
  const PetscReal  least  = SPREAD * PetscMax(p->size[0], p->size[1]);
  PetscReal        sum[6] = {0}, xx, yy, xy, smallest = PETSC_MAX_REAL;
  PetscBool        tilt[2];

  PetscFunctionBegin;
  PltContactTilts(p->symmetry, tilt);
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++) {
    const PetscReal *x    = c->state->mesh->xy + 2 * v;
    const PetscReal  a[6] = {1, x[0], x[1], x[0] * x[0], x[1] * x[1], x[0] * x[1]};

    for (PetscInt i = 0; i < 6 && held[v]; i++) sum[i] += a[i];
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 6, MPIU_REAL, MPI_SUM, c->state->mesh->comm));
  *spans = (PetscBool)(sum[0] > 0);
  if (!*spans) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 1; i < 6; i++) sum[i] /= sum[0];
  xx = sum[3] - sum[1] * sum[1];
  yy = sum[4] - sum[2] * sum[2];
  xy = sum[5] - sum[1] * sum[2];
  if (tilt[0] && tilt[1])
    smallest = (xx + yy) / 2 - PetscSqrtReal(PetscSqr((xx - yy) / 2) + PetscSqr(xy));
  else if (tilt[0]) smallest = xx;
  else if (tilt[1]) smallest = yy;
  *spans = (PetscBool)(smallest > least * least);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactRests(PltContact c, PetscBool *rests)
{
  PetscReal low = 0;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++)
    if (c->level[v] >= 0) low = PetscMin(low, PltContactGap(c, v));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &low, 1, MPIU_REAL, MPI_MIN, c->state->mesh->comm));
  PetscCall(PltContactSpans(c, c->held, rests));
  if (low < -TOUCHES) *rests = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactUnbalanced(PltContact c, Vec r)
{
  PetscScalar       *x;
  const PetscScalar *f;

  PetscFunctionBegin;
  PetscCall(VecGetArray(r, &x));
  PetscCall(VecGetArrayRead(c->reaction, &f));
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++)
    if (c->held[v])
      x[PltContactUnknown(c, v)] = PetscMax(0, c->up * f[PltContactUnknown(c, v)]) * c->up;
  PetscCall(VecRestoreArrayRead(c->reaction, &f));
  PetscCall(VecRestoreArray(r, &x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Where the largest gap is. Of places alike, as corners are, that of the largest x, then y. */
static PetscErrorCode Locate(PltContact c, PetscReal gap, PetscReal at[2])
{
  const PltMesh mesh = c->state->mesh;

  PetscFunctionBegin;
  at[0] = at[1] = NAN;
  if (gap <= TOUCHES) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt axis = 0; axis < 2; axis++) {
    PetscReal most = -PETSC_MAX_REAL;

    for (PetscInt v = 0; v < mesh->nvert_own; v++) {
      const PetscReal *x = mesh->xy + 2 * v;

      if (c->level[v] < 0 || c->height[v] > ON_BASE) continue;
      if (PltContactGap(c, v) < (1 - ALIKE) * gap) continue;
      if (axis == 0 || x[0] >= at[0] - ON_BASE) most = PetscMax(most, x[axis]);
    }
    PetscCallMPI(MPI_Allreduce(&most, &at[axis], 1, MPIU_REAL, MPI_MAX, mesh->comm));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactMeasure(PltContact c, PltContactReport *report)
{
  const PltSymmetry  how    = c->state->project->symmetry;
  const PetscReal    times  = how == PLT_SYMMETRY_NONE ? 1 : how == PLT_SYMMETRY_QUARTER ? 4 : 2;
  PetscReal          sum[3] = {0, 0, 0}, most[2] = {0, 0}; /* near, area, force; gap, suction */
  const PetscScalar *f;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(c->reaction, &f));
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++) {
    if (c->level[v] < 0 || c->height[v] > ON_BASE) continue;
    sum[1] += c->area[v];
    if (PltContactGap(c, v) <= TOUCHES) sum[0] += c->area[v];
    sum[2] -= times * c->up * f[PltContactUnknown(c, v)];
    most[0] = PetscMax(most[0], PltContactGap(c, v));
    most[1] = PetscMax(most[1], c->up * f[PltContactUnknown(c, v)] / c->area[v]);
  }
  PetscCall(VecRestoreArrayRead(c->reaction, &f));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 3, MPIU_REAL, MPI_SUM, c->state->mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, 2, MPIU_REAL, MPI_MAX, c->state->mesh->comm));
  *report = (PltContactReport){
      .fraction = sum[0] / sum[1], .gap = most[0], .force = sum[2], .suction = most[1]};
  PetscCall(Locate(c, report->gap, report->at));
  PetscFunctionReturn(PETSC_SUCCESS);
}
