/* SPDX-License-Identifier: BSD-2-Clause
   One shape of the panel, with the structure that it has now: stress and strain at all points,
   what is stored, the forces. */
#ifndef PLT_TEST_ENERGY_SIGHT_H
#define PLT_TEST_ENERGY_SIGHT_H
#include "assemble/internal.h"
#include "check.h"
#include "model/model.h"
#include "step/internal.h"

typedef struct {
  PltAssembly a;           /* its tables */
  PetscReal  *u;           /* lent */
  double      energy;      /* J, stored */
  double (*stress)[8][6];  /* [nquad][nply][4 columns, 2 points], Pa */
  double (*strain)[8][6];  /* the same, less eigen */
  Vec free, fixed, weight; /* N: out of balance; what supports would have to bear; weight */
} Sight;

static inline double Sum(MPI_Comm comm, double x)
{
  MPI_Allreduce(MPI_IN_PLACE, &x, 1, MPI_DOUBLE, MPI_SUM, comm);
  return x;
}

/* W of the points of a ply in a column. */
static inline void Volumes(PltAssembly a, PetscInt quad, PetscInt k, const PltShellPly *ply,
                           double W[4])
{
  const PltSlabs *slabs = &a->state->slabs;
  const double    t     = slabs->z[slabs->first[k + 1]] - slabs->z[slabs->first[k]];
  PltPlan         plan;

  CALL(PltAssemblyPlan(a, quad, &plan));
  for (int c = 0; c < 4; c++) W[c] = plan.det[c] * t / 2 * (ply->hi - ply->lo) / 2;
}

static inline void SeeElements(PltState s, Sight *x)
{
  const PetscInt ns = s->slabs.nslab, np = s->slabs.nply;
  PltElement    *e;

  CALL(PetscNew(&e));
  CALL(PetscCalloc1(s->mesh->nquad * np + 1, &x->stress));
  CALL(PetscCalloc1(s->mesh->nquad * np + 1, &x->strain));
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PltSlabData *data = &x->a->slab[s->quad_class[i / ns] * ns + i % ns];

    if (!data->nply) continue;
    CALL(PltElementEvaluate(x->a, i / ns, i % ns, e));
    for (PetscInt p = 0; p < data->nply; p++) {
      memcpy(x->stress[i / ns * np + data->number[p]], e->local.stress[p], sizeof *x->stress);
      memcpy(x->strain[i / ns * np + data->number[p]], e->local.strain[p], sizeof *x->strain);
    }
  }
  CALL(PetscFree(e));
}

/* Residual of the tables `a`, split. */
static inline void Forces(PltAssembly a, Vec free, Vec fixed)
{
  PltBalance balance;

  a->reaction = fixed;
  CALL(PltAssemblyResidual(a, free, &balance));
  a->reaction = NULL;
}

static inline void SeeForces(PltProcess p, PetscReal T, Sight *x)
{
  const PetscReal none[3] = {0, 0, 0};
  PltAssembly     a;
  Vec             r[2];

  CALL(PltSpaceCreateVec(p->state->space, &x->free));
  CALL(VecDuplicate(x->free, &x->fixed));
  CALL(VecDuplicate(x->free, &x->weight));
  for (int i = 0; i < 2; i++) CALL(VecDuplicate(x->free, &r[i]));
  Forces(x->a, x->free, x->fixed);
  CALL(PltAssemblyCreate(p->state, &p->scheme, T, 0, none, &a));
  Forces(a, r[0], r[1]);
  CALL(PltAssemblyDestroy(&a));
  CALL(VecWAXPY(x->weight, -1, r[0], x->free));
  CALL(VecAXPY(x->weight, 1, x->fixed));
  CALL(VecAXPY(x->weight, -1, r[1]));
  for (int i = 0; i < 2; i++) CALL(VecDestroy(&r[i]));
}

/* The shape u with parts as they were. */
static inline void See(PltProcess p, PetscReal *u, PetscReal T, const PltPartState *part, Sight *x)
{
  const PltState s       = p->state;
  PetscReal     *kept[2] = {s->u, s->settled};
  PltPartState  *now     = s->ply;

  x->u = s->u = s->settled = u;
  s->ply                   = (PltPartState *)part;
  CALL(PltAssemblyCreate(s, &p->scheme, T, 0, p->assembly->gravity, &x->a));
  CALL(PltAssemblyEnergy(x->a, &x->energy));
  SeeElements(s, x);
  SeeForces(p, T, x);
  s->u       = kept[0];
  s->settled = kept[1];
  s->ply     = now;
}

static inline void SightFree(Sight *x)
{
  CALL(PltAssemblyDestroy(&x->a));
  CALL(PetscFree(x->stress));
  CALL(PetscFree(x->strain));
  CALL(VecDestroy(&x->free));
  CALL(VecDestroy(&x->fixed));
  CALL(VecDestroy(&x->weight));
}

/* What the stabilisations of the tables `a` store in the shape u. */
static inline double Bridges(PltAssembly a, PetscReal *u)
{
  const PltState  s       = a->state;
  const PetscInt  ns      = s->slabs.nslab;
  PetscReal      *kept[2] = {s->u, s->settled};
  double          sum     = 0;
  PltBridgeForces x;
  PltPlan         plan;

  s->u = s->settled = u;
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscReal *f = x.f[0][0], *now = x.u[0][0], *born = x.ub[0][0];

    if (!s->mesh->own[i / ns] || !a->bridge[s->quad_class[i / ns] * ns + i % ns]) continue;
    CALL(PltAssemblyPlan(a, i / ns, &plan));
    PltBridgeForce(a, i / ns, i % ns, &plan, u, &x);
    for (int j = 0; j < 36; j++) sum += f[j] * (now[j] - born[j]) / 2;
  }
  s->u       = kept[0];
  s->settled = kept[1];
  return sum;
}
#endif
