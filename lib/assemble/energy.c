/* SPDX-License-Identifier: BSD-2-Clause
   The potential of the inner forces: every element's own (element.h), and half of what the forces
   of the stabilisations, which are linear, do on the way from birth; what balances their moments
   is constant since the last equilibrium. */
#include "assemble/internal.h"

static PetscErrorCode AddBridge(PltAssembly a, PetscInt quad, PetscInt slab, PetscReal *energy)
{
  const PltState  s = a->state;
  PetscReal       f[3][4];
  PltBridgeForces x;
  PltPlan         plan;

  PetscFunctionBegin;
  PetscCall(PltAssemblyPlan(a, quad, &plan));
  PltBridgeForce(a, quad, slab, &plan, a->state->u, &x);
  for (PetscInt i = 0; i < 36; i++)
    *energy += x.f[i / 12][i / 4 % 3][i % 4] *
               (x.u[i / 12][i / 4 % 3][i % 4] - x.ub[i / 12][i / 4 % 3][i % 4]) / 2;
  if (a->scheme.kinematics == PLT_SMALL) PetscFunctionReturn(PETSC_SUCCESS);
  PltBridgeBalance(a, quad, slab, &plan, f);
  for (PetscInt i = 0; i < 12; i++) {
    const PetscInt at = 3 * (s->mesh->quad[4 * quad + i % 4] * s->nlevel + x.bridge.level[1]);

    *energy += f[i / 4][i % 4] * (s->u[at + i / 4] - s->settled[at + i / 4]);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyEnergy(PltAssembly a, PetscReal *energy)
{
  const PltState s   = a->state;
  const PetscInt ns  = s->slabs.nslab;
  PetscReal      sum = 0;
  PltElement    *e;

  PetscFunctionBegin;
  PetscCall(PetscNew(&e));
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscInt q = i / ns, k = i % ns, n = s->quad_class[q] * ns + k;

    if (!s->mesh->own[q] || !s->live[n]) continue;
    PetscCall(PltElementEvaluate(a, q, k, e));
    sum += e->local.energy;
    if (a->bridge[n]) PetscCall(AddBridge(a, q, k, &sum));
  }
  PetscCall(PetscFree(e));
  PetscCallMPI(MPI_Allreduce(&sum, energy, 1, MPIU_REAL, MPI_SUM, s->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}
