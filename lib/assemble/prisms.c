/* SPDX-License-Identifier: BSD-2-Clause
   The sum of forces where the elements are prisms in small kinematics: a column of them is gathered
   and scattered at once, with the four lines of the quad innermost. */
#include "assemble/internal.h"

typedef struct {
  PltPlan plan;
  PetscReal (*u)[3][4], (*f)[3][4]; /* [nlevel] */
  PetscReal ub[PLT_SHELL_PLIES][2][3][4];
  PetscReal scale;
} Column;

/* n levels of a field above a quad, from `level` on. */
static void Gather(PltState s, PetscInt quad, PetscInt level, PetscInt n, const PetscReal *field,
                   PetscReal (*out)[3][4])
{
  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal *from = field + 3 * (s->mesh->quad[4 * quad + a] * s->nlevel + level);

    for (PetscInt i = 0; i < 3 * n; i++) out[i / 3][i % 3][a] = from[i];
  }
}

static void Scatter(PltState s, PetscInt quad, PetscReal (*f)[3][4], PetscReal *field)
{
  for (PetscInt a = 0; a < 4; a++) {
    PetscReal *to = field + 3 * s->mesh->quad[4 * quad + a] * s->nlevel;

    for (PetscInt i = 0; i < 3 * s->nlevel; i++) to[i] -= f[i / 3][i % 3][a];
  }
}

static void AddLevel(PetscReal f[3][4], PetscReal sum[3][4], PetscReal *scale)
{
  PetscReal most[4] = {0, 0, 0, 0};

  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      sum[i][a] += f[i][a];
      most[a] = PetscMax(most[a], PetscAbsReal(f[i][a]));
    }
  }
  *scale = PetscMax(*scale, PetscMax(PetscMax(most[0], most[1]), PetscMax(most[2], most[3])));
}

static void AddPrism(PltAssembly a, PetscInt quad, PetscInt k, Column *c)
{
  const PltState   s     = a->state;
  const PltLayup  *layup = &a->layup[s->quad_class[quad] * s->slabs.nslab + k];
  const PetscReal *birth[PLT_SHELL_PLIES];
  PetscReal(*ub[PLT_SHELL_PLIES])[3][4], f[2][3][4];

  for (PetscInt g = 0; g < layup->nage; g++) {
    const PltEvent *event = &s->event[layup->age[g].event];

    Gather(s, quad, k, 2, event->u, c->ub[g]);
    ub[g] = c->ub[g];
    birth[g] =
        event->birth && event->birth[k] ? event->birth[k] + (size_t)quad * PLT_SHELL_BIRTH : NULL;
  }
  PltPrismForce(&c->plan, layup, c->u + k, ub, birth, f);
  for (PetscInt i = 0; i < 2; i++) AddLevel(f[i], c->f[k + i], &c->scale);
}

static void AddBridge(PltAssembly a, PetscInt quad, PetscInt k, Column *c)
{
  const PltState s = a->state;
  PetscReal      u[3][3][4], ub[3][3][4], f[3][3][4];
  PltBridge      b;

  PltBridgeFind(a, s->quad_class[quad], k, &b);
  for (PetscInt i = 0; i < 3; i++) {
    Gather(s, quad, b.level[i], 1, s->u, u + i);
    Gather(s, quad, b.level[i], 1, s->event[b.born].u, ub + i);
  }
  PltPrismZigzag(&c->plan, u, ub, b.t, b.G, b.factor, f);
  for (PetscInt i = 0; i < 3; i++) AddLevel(f[i], c->f[b.level[i]], &c->scale);
}

PetscErrorCode PltAssemblyPlan(PltAssembly a, PetscInt quad, PltPlan *plan)
{
  const PltMesh mesh = a->state->mesh;
  PetscReal     xy[4][2];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 8; i++)
    xy[i / 2][i % 2] = mesh->xy[2 * mesh->quad[4 * quad + i / 2] + i % 2];
  PetscCheck(PltPlanSet((const PetscReal(*)[2])xy, a->scheme.gamma, plan) == 0, PETSC_COMM_SELF,
             PLT_ERR_MESH, "an element is turned inside out");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddColumn(PltAssembly a, PetscInt quad, Column *c)
{
  const PltState s  = a->state;
  const PetscInt ns = s->slabs.nslab, class = s->quad_class[quad];

  PetscFunctionBegin;
  PetscCall(PltAssemblyPlan(a, quad, &c->plan));
  Gather(s, quad, 0, s->nlevel, s->u, c->u);
  PetscCall(PetscArrayzero(c->f, s->nlevel));
  for (PetscInt k = 0; k < ns; k++) {
    if (!s->live[class * ns + k]) continue;
    AddPrism(a, quad, k, c);
    if (a->bridge[class * ns + k]) AddBridge(a, quad, k, c);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblySumPrisms(PltAssembly a, PetscReal *field, PetscReal *scale)
{
  const PltState s = a->state;
  Column        *c;

  PetscFunctionBegin;
  PetscCall(PetscNew(&c));
  PetscCall(PetscMalloc2(s->nlevel, &c->u, s->nlevel, &c->f));
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    PetscCall(AddColumn(a, q, c));
    Scatter(s, q, c->f, field);
  }
  *scale = PetscMax(*scale, c->scale);
  PetscCall(PetscFree2(c->u, c->f));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}
