/* SPDX-License-Identifier: BSD-2-Clause
   Which nodes of the lower face are in contact is part of what Newton's method looks for, as in
   bound-constrained Newton methods (Benson & Munson 2006) and primal-dual active sets
   (Hintermueller, Ito & Kunisch 2003): before a correction is added, nodes that it would push
   through the plane are caught and the correction is made anew with them moved onto it; after it,
   those that pull are let go.

   A plate that is caught too far lets go row by row, since only its outermost row pulls. So rows
   that are let go in one correction after the other become 1, 2, 4, ... wide, until one is caught
   again. Of the nodes that a whole correction would push through, those that a third of it does
   are caught: for a beam that settles on a table under growing weight, these are the right ones.

   All at once is quick, but where much of a plate is nearly in contact (a thin dome that its
   weight presses flat) nodes may come and go for ever. The increment is then begun again with
   care: of neighbours only the deepest is caught. Contacts double with each correction then, and
   none is caught because another one was not yet. */
#include "step/internal.h"

/* Smallest penetration that is seen, over the largest displacement, and pull, over the largest
   force of a contact. */
static const PetscReal PENETRATION = 1e-9, PULL = 1e-9;
/* Parts of a correction at which nodes are caught, if there are any. */
static const PetscReal PART[] = {1. / 3, 2. / 3, 1};
/* Corrections without fewer nodes that come and go, after which it is done with care. */
enum { CALM_MAX = 10 };
/* A node is let go with care so often in an increment; then it stays, with what is left of its
   pull. */
enum { TIMES_MAX = 10 };

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
      const PetscInt *v    = mesh->quad + 4 * q;
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
    pull[v] = c->held[v] && c->times[v] < TIMES_MAX ? c->up * f[PltContactUnknown(c, v)] : 0;
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
  PetscCall(PltContactSpans(c, rest, spans));
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
  PetscCall(PltContactApply(c));
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
    depth[v] = c->level[v] < 0 || c->held[v]
                   ? 0
                   : -PltContactGap(c, v) - part * c->up * x[PltContactUnknown(c, v)];
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

      if (node >= 0) m[3 * (node - s->space->node_start) + 2] = -c->up * PltContactGap(c, v);
      c->held[v] = 1;
    }
  PetscCall(VecRestoreArray(move, &m));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactCatch(PltContact c, PltSolver solver, PltAssembly a, PetscReal tolerance,
                               PltSolveReport *report, PetscInt *n, PetscBool *definite)
{
  const Vec  move = c->work[0], pull = c->work[1], dx = solver->dx;
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
  PetscCall(VecAXPY(c->r, -1, pull));
  PetscCall(PltContactApply(c));
  PetscCall(PltSpaceSplit(c->state->space, c->r, NULL));
  PetscCall(PltSolverSupport(solver, a));
  PetscCall(PltSolverLinear(solver, tolerance, c->r, dx, report, definite));
  PetscCall(VecAXPY(dx, 1, move));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltContactDrop(PltContact c)
{
  PetscFunctionBegin;
  for (PetscInt v = 0; v < c->state->mesh->nvert_own; v++)
    if (c->held[v] && !PltContactTouches(c, v)) c->held[v] = 0;
  PetscCall(PltContactApply(c));
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
