/* SPDX-License-Identifier: BSD-2-Clause
   An element with all its points, for its stress, its state, and laws whose modulus depends on the
   strain. These are solved in the element: the plies are taken as linear at the last strains, which
   gives new ones by the column condition, until stress and strain agree (Newton's method, quadratic
   with consistent moduli). Force and tangent are then those of the linear element at hand, the
   tangent exactly the derivative of the force. */
#include "assemble/internal.h"

/* Largest stress that a law may differ by from the column condition, over the largest stress. */
static const PetscReal AGREED = 1e-11;
enum { SEARCH_MAX = 25 };

static void ElementSet(PltAssembly a, PetscInt quad, PetscInt k, PltElement *e)
{
  const PltState     s        = a->state;
  const PltSlabData *data     = &a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  const PetscInt     level[2] = {k, k + 1};
  PetscInt           last     = -1;

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
  if (a->before) PltAssemblyGather(s, quad, 2, level, a->before, e->before);
  if (a->before) e->shell.before = e->before;
  for (PetscInt p = 0; p < data->nply; p++) {
    const PltEvent *event = &s->event[data->event[p]];

    e->ply[p] = data->ply[p];
    if (data->event[p] != last) PltAssemblyGather(s, quad, 2, level, event->u, e->ub[p]);
    e->ply[p].ub = data->event[p] == last ? e->ply[p - 1].ub : e->ub[p];
    if (event->birth && event->birth[k])
      e->ply[p].birth = event->birth[k] + (size_t)quad * PLT_SHELL_BIRTH;
    last = data->event[p];
  }
}

static PetscErrorCode Evaluate(PltElement *e, PetscBool local, PetscReal *K, PetscReal *G)
{
  PetscFunctionBegin;
  PetscCheck(PltShellEvaluate(&e->shell, e->u, e->f, K, G, local ? &e->local : NULL) == 0,
             PETSC_COMM_SELF, PLT_ERR_MESH, "an element is turned inside out");
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Strains at which all laws agree with the column condition. */
static PetscErrorCode Search(PltAssembly a, PltElement *e)
{
  PetscReal change = PETSC_MAX_REAL;
  PetscInt  it;

  PetscFunctionBegin;
  for (it = 0; it < SEARCH_MAX; it++) {
    if (PltElementLinearise(a, (PetscBool)(it == 0), e, &change)) break;
    if (it > 0 && change <= AGREED) PetscFunctionReturn(PETSC_SUCCESS);
    PetscCall(Evaluate(e, PETSC_TRUE, NULL, NULL));
  }
  a->failed++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltElementEvaluate(PltAssembly a, PetscInt quad, PetscInt k, PetscBool local,
                                  PetscReal *K, PetscReal *G, PltElement *e)
{
  const PltSlabData *data = &a->slab[a->state->quad_class[quad] * a->state->slabs.nslab + k];

  PetscFunctionBegin;
  ElementSet(a, quad, k, e);
  if (data->remembers) PltElementOffsets(a, e);
  if (data->iterates) PetscCall(Search(a, e));
  PetscCall(Evaluate(e, local, K, G));
  PetscFunctionReturn(PETSC_SUCCESS);
}
