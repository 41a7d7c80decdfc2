/* SPDX-License-Identifier: BSD-2-Clause
   The sum of forces: a column of prisms is gathered and scattered with the four lines of the quad
   innermost. */
#include "assemble/internal.h"

typedef struct {
  PltPlan     plan;
  PltGathered element;
  PetscReal (*f)[3][4]; /* [nlevel] */
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

void PltAssemblyPrism(PltAssembly a, PetscInt quad, PetscInt k, const PltPlan *plan, PltGathered *e)
{
  const PltState  s     = a->state;
  const PltLayup *layup = PltLayupAt(a, quad, k);

  e->prism = (PltPrism){.plan   = plan,
                        .layup  = layup,
                        .u      = e->u,
                        .before = a->before ? e->before : NULL,
                        .ub     = e->born,
                        .birth  = e->birth};
  if (a->offset && a->offset[k]) e->prism.offset = (const PetscReal(*)[4])a->offset[k][quad];
  Gather(s, quad, k, 2, s->u, e->u);
  if (a->before) Gather(s, quad, k, 2, a->before, e->before);
  for (PetscInt g = 0; g < layup->nage; g++) {
    const PltEvent *event = &s->event[layup->age[g].event];

    Gather(s, quad, k, 2, event->u, e->ub[g]);
    e->born[g] = e->ub[g];
    e->birth[g] =
        event->birth && event->birth[k] ? event->birth[k] + (size_t)quad * PLT_SHELL_BIRTH : NULL;
  }
}

static void AddPrism(PltAssembly a, PetscInt quad, PetscInt k, Column *c)
{
  const PltPrism *p = &c->element.prism;
  PetscReal       f[2][3][4];

  PltAssemblyPrism(a, quad, k, &c->plan, &c->element);
  if (a->slab[a->state->quad_class[quad] * a->state->slabs.nslab + k].iterates)
    PltAssemblySolve(a, quad, k, PETSC_FALSE, &c->element);
  if (a->scheme.kinematics == PLT_LARGE) PltPrismLargeForce(p, f);
  else PltPrismForce(p, f);
  for (PetscInt i = 0; i < 2; i++) AddLevel(f[i], c->f[k + i], &c->scale);
}

/* x = R x for the vectors of one level, or R' x. */
static void Turn(PetscReal R[3][3], PetscBool back, PetscReal x[3][4])
{
  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal y[3] = {x[0][a], x[1][a], x[2][a]};

    for (PetscInt d = 0; d < 3; d++)
      x[d][a] = back ? R[0][d] * y[0] + R[1][d] * y[1] + R[2][d] * y[2]
                     : R[d][0] * y[0] + R[d][1] * y[1] + R[d][2] * y[2];
  }
}

/* Three levels into the frame of the middle one in `turned`. They count from the middle one, as the
   stabilisation looks at differences alone: rounding is that of these. */
static void ToFrame(PltAssembly a, PetscInt quad, PetscInt level, const PetscReal *turned,
                    PetscReal R[3][3], PetscReal u[3][3][4])
{
  PltBridgeFrame(a, quad, level, turned, R);
  for (PetscInt i = 0; i < 12; i++) {
    u[0][i / 4][i % 4] -= u[1][i / 4][i % 4];
    u[2][i / 4][i % 4] -= u[1][i / 4][i % 4];
    u[1][i / 4][i % 4] = 0;
  }
  Turn(R, PETSC_FALSE, u[0]);
  Turn(R, PETSC_FALSE, u[2]);
}

void PltBridgeForce(PltAssembly a, PetscInt quad, PetscInt k, const PltPlan *plan,
                    const PetscReal *field, PltBridgeForces *x)
{
  const PltState   s = a->state;
  const PltBridge *b = &x->bridge;

  PltBridgeFind(a, s->quad_class[quad], k, &x->bridge);
  for (PetscInt i = 0; i < 3; i++) {
    Gather(s, quad, b->level[i], 1, field, x->u + i);
    Gather(s, quad, b->level[i], 1, s->event[b->born].u, x->ub + i);
  }
  if (a->scheme.kinematics == PLT_LARGE) {
    ToFrame(a, quad, b->level[1], s->event[b->born].u, x->R, x->ub);
    ToFrame(a, quad, b->level[1], s->settled, x->R, x->u);
  }
  PltPrismZigzag(plan, x->u, x->ub, b->t, b->G, b->factor, x->f);
}

void PltBridgeBalance(PltAssembly a, PetscInt quad, PetscInt k, const PltPlan *plan,
                      PetscReal f[3][4])
{
  PetscReal       moment[3] = {0, 0, 0}, turned[3] = {0, 0, 0};
  PltBridgeForces x;

  PltBridgeForce(a, quad, k, plan, a->state->settled, &x);
  for (PetscInt i = 0; i < 12; i++) {
    PetscReal(*u)[4] = x.u[i / 4], (*g)[4] = x.f[i / 4];
    const PetscInt c = i % 4;

    moment[0] += u[1][c] * g[2][c] - u[2][c] * g[1][c];
    moment[1] += u[2][c] * g[0][c] - u[0][c] * g[2][c];
    moment[2] += u[0][c] * g[1][c] - u[1][c] * g[0][c];
  }
  for (PetscInt i = 0; i < 9; i++) turned[i % 3] += x.R[i / 3][i % 3] * moment[i / 3];
  PltBridgeTurns(a, quad, x.bridge.level[1], turned, f);
}

static void AddBridge(PltAssembly a, PetscInt quad, PetscInt k, Column *c)
{
  PltBridgeForces x;
  PetscReal       f[3][4];

  PltBridgeForce(a, quad, k, &c->plan, a->state->u, &x);
  for (PetscInt i = 0; i < 3; i++) {
    if (a->scheme.kinematics == PLT_LARGE) Turn(x.R, PETSC_TRUE, x.f[i]);
    AddLevel(x.f[i], c->f[x.bridge.level[i]], &c->scale);
  }
  if (a->scheme.kinematics == PLT_SMALL) return;
  PltBridgeBalance(a, quad, k, &c->plan, f);
  AddLevel(f, c->f[x.bridge.level[1]], &c->scale);
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
  PetscCall(PetscMalloc1(s->nlevel, &c->f));
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    PetscCall(AddColumn(a, q, c));
    Scatter(s, q, c->f, field);
  }
  *scale = PetscMax(*scale, c->scale);
  PetscCall(PetscFree(c->f));
  PetscCall(PetscFree(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}
