/* SPDX-License-Identifier: BSD-2-Clause
   Unilateral contact of the lower face with a rigid plane without friction: a table, or a chuck that
   sucks with a finite pressure. Nodes on the plane are held there; the set of them is part of what
   Newton's method looks for, as in bound-constrained Newton methods (Benson & Munson 2006; primal-dual
   active sets, Hintermueller, Ito & Kunisch 2003): after each correction those that pull are let go,
   before each those that would go through the plane are caught. The set is never stored from
   increment to increment: what is held is what is on the plane.

   A plate that is caught too far lets go row by row, since only its outermost row pulls. So rows that
   are let go in one correction after the other become 1, 2, 4, ... wide, until one is caught again.
   Of the nodes that a whole correction would push through, those that a third of it does are
   caught: for a beam that settles on a table under growing weight, these are the right ones.

   Suction is a dead load along the normal of the chuck. Followed by the face, it would turn with its
   slope, which changes less than 1e-3 of it where the face is near the chuck. */
#include "step/internal.h"

/* m, on the plane; m, counts as touching it in what is reported. */
static const PetscReal ON_BASE = 1e-12, TOUCHES = 1e-6;
/* Smallest penetration that is seen, over the largest displacement, and pull, over the largest force
   of a contact. */
static const PetscReal PENETRATION = 1e-9, PULL = 1e-9;
/* Parts of a correction at which nodes are caught, if there are any. */
static const PetscReal PART[] = {1. / 3, 2. / 3, 1};
/* Corrections without fewer nodes that come and go, after which it is done with care. */
enum { CALM_MAX = 10 };
/* A node is let go with care so often in an increment; then it stays, with what is left of its pull. */
enum { TIMES_MAX = 10 };
/* Smallest radius of gyration of the contacts that hold a panel, over its size. */
static const PetscReal SPREAD = 1e-5;

static size_t FieldSize(PltState s)
{
  return (size_t)s->mesh->nvert * (size_t)s->nlevel * 3;
}

/* Number of the unknown z of the lowest node of an own line in vectors. */
static PetscInt Unknown(PltContact c, PetscInt v)
{
  const PltSpace space = c->state->space;

  return 3 * (PltSpaceNode(space, v, c->level[v]) - space->node_start) + 2;
}

static PetscReal Gap(PltContact c, PetscInt v)
{
  return c->height[v] + c->up * c->state->u[3 * (v * c->state->nlevel + c->level[v]) + 2];
}

static void FindFace(PltContact c)
{
  const PltState  s     = c->state;
  const PltSpace  space = s->space;
  const PetscInt  outer = c->up > 0 ? 0 : space->nmerged - 1;
  PetscReal       z[PLT_LEVEL_MAX];

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
      c->area[v[a]] += ((x[2][0] - x[0][0]) * (x[3][1] - x[1][1]) -
                        (x[2][1] - x[0][1]) * (x[3][0] - x[1][0])) /
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
    PetscCall(PltAssemblyCreate(c->state, &p->scheme, c->state->T, i ? none : gravity, &a));
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
    PetscCall(PetscCalloc1(FieldSize(s) + 1, &c->load));
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

/* The space's fixed unknowns follow `held` of own lines; so do ghosts. */
static PetscErrorCode Apply(PltContact c)
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

PetscErrorCode PltContactHold(PltContact c)
{
  PetscFunctionBegin;
  c->reach  = 1;
  c->calm   = 0;
  c->fewest = PETSC_MAX_INT;
  PetscCall(PetscArrayzero(c->times, c->state->mesh->nvert));
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++)
    c->held[v] = c->level[v] >= 0 && PetscAbsReal(Gap(c, v)) <= ON_BASE;
  PetscCall(Apply(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltContactTilts(PltSymmetry symmetry, PetscBool tilt[2])
{
  tilt[0] = (PetscBool)(symmetry == PLT_SYMMETRY_NONE || symmetry == PLT_SYMMETRY_HALF_Y);
  tilt[1] = (PetscBool)(symmetry == PLT_SYMMETRY_NONE || symmetry == PLT_SYMMETRY_HALF_X);
}

/* Do these nodes keep the panel from turning about any level axis? The smaller eigenvalue of their
   second moments says how far from one line they are. */
static PetscErrorCode Spans(PltContact c, const unsigned char *held, PetscBool *spans)
{
  const PltProject p      = c->state->project;
  const PetscReal  least  = SPREAD * PetscMax(p->size[0], p->size[1]);
  PetscReal        sum[6] = {0}, xx, yy, xy, smallest = PETSC_MAX_REAL;
  PetscBool        tilt[2];

  PetscFunctionBegin;
  PltContactTilts(p->symmetry, tilt);
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++) {
    const PetscReal *x = c->state->mesh->xy + 2 * v;
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
    if (c->level[v] >= 0) low = PetscMin(low, Gap(c, v));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &low, 1, MPIU_REAL, MPI_MIN, c->state->mesh->comm));
  PetscCall(Spans(c, c->held, rests));
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
    if (c->held[v]) x[Unknown(c, v)] = PetscMax(0, c->up * f[Unknown(c, v)]) * c->up;
  PetscCall(VecRestoreArrayRead(c->reaction, &f));
  PetscCall(VecRestoreArray(r, &x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Positive values spread to all held nodes of the quads they are in, row after row. */
static PetscErrorCode Widen(PltContact c, PetscInt rows, PetscReal *value)
{
  const PltMesh mesh = c->state->mesh;
  PetscReal    *next;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(mesh->nvert + 1, &next));
  for (PetscInt i = 0; i < rows; i++) {
    PetscCall(PltSpaceBcast(c->state->space, MPIU_REAL, 1, value));
    PetscCall(PetscArraycpy(next, value, mesh->nvert));
    for (PetscInt q = 0; q < mesh->nquad; q++) {
      const PetscInt *v = mesh->quad + 4 * q;
      PetscReal       most = 0;

      for (PetscInt k = 0; k < 4; k++) most = PetscMax(most, value[v[k]]);
      for (PetscInt k = 0; k < 4; k++)
        if (c->held[v[k]]) next[v[k]] = PetscMax(next[v[k]], most);
    }
    PetscCall(PetscArraycpy(value, next, mesh->nvert));
  }
  PetscCall(PetscFree(next));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Of neighbours with positive values only the largest stays. */
static PetscErrorCode Thin(PltContact c, PetscReal *value)
{
  const PltMesh mesh = c->state->mesh;
  PetscReal    *stays;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(mesh->nvert + 1, &stays));
  PetscCall(PltSpaceBcast(c->state->space, MPIU_REAL, 1, value));
  PetscCall(PetscArraycpy(stays, value, mesh->nvert));
  for (PetscInt i = 0; i < 16 * mesh->nquad; i++) {
    const PetscInt v = mesh->quad[4 * (i / 16) + i % 4], w = mesh->quad[4 * (i / 16) + i / 4 % 4];

    if (value[w] > value[v] ||
        (value[w] == value[v] && mesh->vert_natural[w] < mesh->vert_natural[v]))
      stays[v] = 0;
  }
  PetscCall(PetscArraycpy(value, stays, mesh->nvert));
  PetscCall(PetscFree(stays));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Count(PltContact c, const PetscReal *value, PetscInt *n)
{
  PetscFunctionBegin;
  *n = 0;
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++) *n += value[v] > 0;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, n, 1, MPIU_INT, MPI_SUM, c->state->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* pull[nvert], N, of held nodes, 0 where it is none, or not more than `part` of the largest. */
static PetscErrorCode FindPulls(PltContact c, PetscReal part, PetscReal *pull)
{
  const PltState     s       = c->state;
  PetscReal          most[2] = {0, 0}; /* force either way, pull */
  const PetscScalar *f;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(c->reaction, &f));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    pull[v] = c->held[v] && c->times[v] < TIMES_MAX ? c->up * f[Unknown(c, v)] : 0;
  }
  PetscCall(VecRestoreArrayRead(c->reaction, &f));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    most[0] = PetscMax(most[0], PetscAbsReal(pull[v]));
    most[1] = PetscMax(most[1], pull[v]);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, 2, MPIU_REAL, MPI_MAX, s->mesh->comm));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    if (pull[v] <= PetscMax(PULL * most[0], part * most[1])) pull[v] = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Would the panel still be held without those that pull? */
static PetscErrorCode SpansWithout(PltContact c, const PetscReal *pull, PetscBool *spans)
{
  const PetscInt n = c->state->mesh->nvert_own;
  unsigned char *rest;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n + 1, &rest));
  for (PetscInt v = 0; v < n; v++) rest[v] = c->held[v] && !(pull[v] > 0);
  PetscCall(Spans(c, rest, spans));
  PetscCall(PetscFree(rest));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Those to be let go as pull[nvert] > 0, *n of them, so that the others hold the panel. */
static PetscErrorCode ChooseReleased(PltContact c, PetscReal *pull, PetscInt *n)
{
  PetscBool spans;

  PetscFunctionBegin;
  PetscCall(FindPulls(c, 0, pull));
  PetscCall(Widen(c, c->reach - 1, pull));
  PetscCall(Count(c, pull, n));
  if (!*n) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(SpansWithout(c, pull, &spans));
  for (PetscReal part = 0.5; !spans && part < 1; part = (1 + part) / 2 + 1e-3) {
    PetscCall(FindPulls(c, part, pull));
    PetscCall(SpansWithout(c, pull, &spans));
  }
  PetscCall(Count(c, pull, n));
  if (!spans) *n = 0;
  if (!spans) PetscCall(PetscInfo(NULL, "no contact can be spared\n"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactRelease(PltContact c, Vec r, PetscInt *n)
{
  const PltState s = c->state;
  PetscReal     *pull;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(s->mesh->nvert + 1, &pull));
  PetscCall(ChooseReleased(c, pull, n));
  for (PetscInt v = 0; v < s->mesh->nvert_own && *n; v++) {
    if (pull[v] <= 0) continue;
    c->held[v] = 0;
    if (c->careful) c->times[v]++;
  }
  PetscCall(PetscFree(pull));
  if (!*n) PetscFunctionReturn(PETSC_SUCCESS);
  c->reach *= 2;
  PetscCall(Apply(c));
  PetscCall(VecAXPY(r, 1, c->reaction));
  PetscCall(PltSpaceSplit(s->space, r, c->reaction));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* depth[nvert], m, of nodes that go through the plane at a part of dx. */
static PetscErrorCode FindCaught(PltContact c, PetscReal part, PetscReal least, Vec dx,
                                 PetscReal *depth, PetscInt *n)
{
  const PetscScalar *x;

  PetscFunctionBegin;
  PetscCall(VecGetArrayRead(dx, &x));
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++) {
    depth[v] = c->level[v] < 0 || c->held[v] ? 0 : -Gap(c, v) - part * c->up * x[Unknown(c, v)];
    if (depth[v] <= least) depth[v] = 0;
  }
  PetscCall(VecRestoreArrayRead(dx, &x));
  if (c->careful) PetscCall(Thin(c, depth));
  PetscCall(Count(c, depth, n));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Hold the nodes that are caught; `move` takes their lines onto the plane. */
static PetscErrorCode Take(PltContact c, const PetscReal *depth, Vec move)
{
  const PltState s = c->state;
  PetscScalar   *m;

  PetscFunctionBegin;
  PetscCall(VecSet(move, 0));
  PetscCall(VecGetArray(move, &m));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < s->nlevel && depth[v] > 0; k++) {
      const PetscInt node = PltSpaceNode(s->space, v, k);

      if (node >= 0) m[3 * (node - s->space->node_start) + 2] = -c->up * Gap(c, v);
      c->held[v] = 1;
    }
  PetscCall(VecRestoreArray(move, &m));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactCatch(PltContact c, PltSolver solver, PltAssembly a, Vec r, Vec dx,
                               PltSolveReport *report, PetscInt *n, PetscBool *usable)
{
  const Vec  move = c->work[0], pull = c->work[1];
  PetscReal *depth;

  PetscFunctionBegin;
  *n = 0;
  PetscCall(PetscCalloc1(c->state->mesh->nvert + 1, &depth));
  for (PetscInt i = c->careful ? 2 : 0; i < 3 && !*n; i++)
    PetscCall(FindCaught(c, PART[i], PENETRATION * solver->largest, dx, depth, n));
  if (*n) PetscCall(Take(c, depth, move));
  PetscCall(PetscFree(depth));
  if (!*n) PetscFunctionReturn(PETSC_SUCCESS);
  c->reach = 1;
  PetscCall(MatMult(solver->A, move, pull)); /* the nodes are still free in it */
  PetscCall(VecAXPY(r, -1, pull));
  PetscCall(Apply(c));
  PetscCall(PltSpaceSplit(c->state->space, r, NULL));
  PetscCall(PltSolverSupport(solver, a));
  PetscCall(PltSolverLinear(solver, 0, r, dx, report, usable));
  PetscCall(VecAXPY(dx, 1, move));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscBool PltContactWatch(PltContact c, PetscInt moved)
{
  c->calm   = moved < c->fewest ? 0 : c->calm + 1;
  c->fewest = PetscMin(c->fewest, moved);
  if (c->calm < CALM_MAX || c->careful) return PETSC_TRUE;
  c->careful = PETSC_TRUE;
  return PETSC_FALSE;
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
    if (Gap(c, v) <= TOUCHES) sum[0] += c->area[v];
    sum[2] -= times * c->up * f[Unknown(c, v)];
    most[0] = PetscMax(most[0], Gap(c, v));
    most[1] = PetscMax(most[1], c->up * f[Unknown(c, v)] / c->area[v]);
  }
  PetscCall(VecRestoreArrayRead(c->reaction, &f));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 3, MPIU_REAL, MPI_SUM, c->state->mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, 2, MPIU_REAL, MPI_MAX, c->state->mesh->comm));
  *report = (PltContactReport){sum[0] / sum[1], most[0], sum[2], most[1]};
  PetscFunctionReturn(PETSC_SUCCESS);
}
