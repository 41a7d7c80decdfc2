/* SPDX-License-Identifier: BSD-2-Clause
   An element with all its points, for its stress and what a birth takes from it. Laws that
   are not affine are taken as linear where the columns of the prism have been solved (laws.c). */
#include "assemble/internal.h"

static PetscErrorCode ElementSet(PltAssembly a, PetscInt quad, PetscInt k, PltElement *e)
{
  const PltState     s        = a->state;
  const PltSlabData *data     = &a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  const PetscInt     level[2] = {k, k + 1};
  PetscInt           last     = -1;

  PetscFunctionBegin;
  e->quad  = quad;
  e->slab  = k;
  e->shell = (PltShell){.nply       = data->nply,
                        .ply        = e->ply,
                        .kinematics = a->scheme.kinematics,
                        .gamma      = a->scheme.gamma,
                        .plain      = data->plain,
                        .harmonic   = data->harmonic};
  PltAssemblyCorners(s, quad, s->slabs.z[s->slabs.first[k]], e->shell.X);
  PltAssemblyCorners(s, quad, s->slabs.z[s->slabs.first[k + 1]], e->shell.X + 4);
  PltAssemblyGather(s, quad, 2, level, s->u, e->u);
  PetscCall(PltSlabDataAt(a, quad, k, e->ply));
  for (PetscInt p = 0; p < data->nply; p++) {
    const PltEvent *event = &s->event[data->event[p]];

    if (data->event[p] != last) PltAssemblyGather(s, quad, 2, level, event->u, e->ub[p]);
    e->ply[p].ub = data->event[p] == last ? e->ply[p - 1].ub : e->ub[p];
    if (event->birth && event->birth[k])
      e->ply[p].birth = event->birth[k] + (size_t)quad * PLT_SHELL_BIRTH;
    last = data->event[p];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltElementSolve(PltAssembly a, PetscInt quad, PetscInt k, PltElement *e)
{
  PltPlan plan;

  PetscFunctionBegin;
  PetscCall(PltAssemblyPlan(a, quad, &plan));
  PltAssemblyPrism(a, quad, k, &plan, &e->gathered);
  PltAssemblySolve(a, quad, k, PETSC_FALSE, &e->gathered);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltElementEvaluate(PltAssembly a, PetscInt quad, PetscInt k, PltElement *e)
{
  const PltSlabData *data = &a->slab[a->state->quad_class[quad] * a->state->slabs.nslab + k];

  PetscFunctionBegin;
  PetscCall(ElementSet(a, quad, k, e));
  if (data->remembers) PltElementOffsets(a, e);
  if (data->iterates) {
    PetscCall(PltElementSolve(a, quad, k, e));
    PltElementLinearise(a, e);
  }
  PetscCheck(PltShellEvaluate(&e->shell, e->u, e->f, NULL, NULL, &e->local) == 0, PETSC_COMM_SELF,
             PLT_ERR_MESH, "an element is turned inside out");
  PetscFunctionReturn(PETSC_SUCCESS);
}
