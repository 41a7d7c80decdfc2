/* SPDX-License-Identifier: BSD-2-Clause
   What a step changes of the panel before it goes through its temperatures: flip; removals; births;
   grinding. */
#include "step/internal.h"

/* States of elements that get new plies beside live ones. */
static PetscErrorCode BirthStates(PltProcess p, const PltStep *step, PetscReal **birth)
{
  const PltState s = p->state;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < s->slabs.nslab; k++) {
    if (!s->space || !PltStateJoins(s, step->nadd, step->add, k)) continue;
    PetscCall(PetscMalloc1((size_t)s->mesh->nquad * PLT_SHELL_BIRTH + 1, &birth[k]));
    PetscCall(PltAssemblyBirth(p->assembly, k, birth[k]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The next way has as large a part of what leads to the frame. */
static void NextWay(PltProcess p)
{
  PetscReal      *share = p->place.share;
  const PetscReal way   = share[1] - share[0];

  share[0] = share[1];
  share[1] += way;
}

static PetscErrorCode Add(PltProcess p, const PltStep *step)
{
  PetscReal   T = step->has_stress_free ? step->stress_free
                  : step->ntemperature  ? step->temperature[0]
                                        : p->state->T;
  PetscReal **birth;

  PetscFunctionBegin;
  if (p->state->space) {
    PetscCall(PltProcessEquilibrate(p, step, T, 0));
    NextWay(p);
  }
  p->state->T = T;
  PetscCall(PetscCalloc1(p->state->slabs.nslab, &birth));
  PetscCall(BirthStates(p, step, birth));
  PetscCall(PltStateBear(p->state, step->nadd, step->add, T, birth));
  PetscCall(PltSolverReset(p->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Remove(PltProcess p, const PltStep *step)
{
  PetscReal g[3];

  PetscFunctionBegin;
  if (p->scheme.kinematics == PLT_LARGE && p->state->space &&
      PltStateEmpties(p->state, step->nremove, step->remove)) {
    PltProcessWeight(p, step, g);
    PetscCall(PltProcessHold(p, step, g));
    PetscCall(PltPathFade(p, step, g));
    NextWay(p);
  }
  PetscCall(PltStateRemove(p->state, step->nremove, step->remove));
  PetscCall(PltSolverReset(p->solver));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What is live above a ply, where `up` is up. */
static PetscErrorCode Above(PltState s, PetscReal up, PetscInt ply, PetscInt *n, PltPiece **piece)
{
  PetscFunctionBegin;
  *n = 0;
  PetscCall(PetscMalloc1(s->slabs.nply + 1, piece));
  for (PetscInt p = 0; p < s->slabs.nply; p++)
    if ((up > 0 ? p > ply : p < ply) && (s->ply[2 * p].live || s->ply[2 * p + 1].live))
      (*piece)[(*n)++] = (PltPiece){.ply = p, .part = PLT_PART_ALL};
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* In large kinematics little by little, as what is ground off at once would leave its forces as
   dead loads behind, under which what is left may buckle. */
static PetscErrorCode Grind(PltProcess p, const PltStep *step)
{
  const PltPlyValue *grind = &step->grind[0];
  PltStep            above = *step;
  PetscReal          g[3];

  PetscFunctionBegin;
  if (p->scheme.kinematics == PLT_SMALL) {
    PetscCall(PltStateGrind(p->state, grind->ply, grind->value));
    PetscCall(PltSolverReset(p->solver));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Above(p->state, p->state->up, grind->ply, &above.nremove, &above.remove));
  if (above.nremove) PetscCall(Remove(p, &above));
  PetscCall(PetscFree(above.remove));
  PltProcessWeight(p, step, g);
  PetscCall(PltProcessHold(p, step, g));
  PetscCall(PltPathThin(p, step, g));
  NextWay(p);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Ways to what leads to the first frame, so that each has as large a part of it. */
static PetscErrorCode CountWays(PltProcess p, const PltStep *step, PetscInt *n)
{
  const PetscReal up = step->flip ? -p->state->up : p->state->up;
  PltPiece       *above;
  PetscInt        nabove;

  PetscFunctionBegin;
  *n = 1 + (step->nremove > 0) + (step->nadd && p->state->space);
  if (!step->ngrind || p->scheme.kinematics == PLT_SMALL) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Above(p->state, up, step->grind[0].ply, &nabove, &above));
  PetscCall(PetscFree(above));
  *n += 1 + (nabove > 0);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessChange(PltProcess p, const PltStep *step)
{
  PetscInt ways;

  PetscFunctionBegin;
  p->shrunk     = 0;
  p->increments = 0;
  p->start      = p->time;
  PetscCall(CountWays(p, step, &ways));
  p->place = (PltPlace){.time = p->time, .share = {0, 1. / ways}};
  PetscCall(PltProcessLighten(p, step));
  if (step->flip) p->state->up = -p->state->up;
  if (step->nremove) PetscCall(Remove(p, step));
  if (step->nadd) PetscCall(Add(p, step));
  if (step->ngrind) PetscCall(Grind(p, step));
  PetscFunctionReturn(PETSC_SUCCESS);
}
