/* SPDX-License-Identifier: BSD-2-Clause
   From one equilibrium to another in small kinematics where no modulus depends on the strain
   (path.c has the others): at once, or where materials remember in increments as large as their
   laws allow and as accuracy does (pace.c). */
#include "step/internal.h"

/* Increments of a way, the smallest part of it. */
enum { MOST = 10000, SUIT_MAX = 8 };
static const PetscReal SMALLEST = 1e-6;

typedef struct {
  const PltStep   *step;
  const PetscReal *gravity;
  PetscReal        T[2], shrunk[2];
} Way;

/* Equilibrium at a part of the way; *good is false where a law has no answer. */
static PetscErrorCode Solve(PltProcess p, const Way *w, PetscReal from, PetscReal to,
                            PetscBool *good)
{
  const PltState s = p->state;

  PetscFunctionBegin;
  s->T = to < 1 ? w->T[0] + to * (w->T[1] - w->T[0]) : w->T[1];
  PltProcessShrink(p, w->step, w->shrunk[0] + to * (w->shrunk[1] - w->shrunk[0]));
  PetscCall(PltAssemblyDestroy(&p->assembly));
  PetscCall(PltAssemblyCreate(s, &p->scheme, s->T, (to - from) * p->place.span, w->gravity,
                              &p->assembly));
  PetscCall(PltSolverSolve(p->solver, p->assembly, &p->report));
  *good = (PetscBool)!PetscIsInfReal(p->report.balance.unbalanced);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessSuit(PltProcess p, const PetscReal T[2], PetscReal span, PetscReal way,
                              PetscReal *next)
{
  PetscReal largest = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < SUIT_MAX && largest < 1; i++) {
    PetscCall(
        PltStateLargest(p->state, T[0] + *next * (T[1] - T[0]), (*next - way) * span, &largest));
    *next = way + largest * (*next - way);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Go(PltProcess p, const Way *w)
{
  const PltState s   = p->state;
  PetscReal      way = 0, part = 1;
  PltPace        pace = {.cuts = 0};
  PetscBool      good = PETSC_TRUE;

  PetscFunctionBegin;
  PltMemoryTurn(s);
  for (PetscInt n = 0; way < 1; n++) {
    PetscReal next = PltPaceTo(way, part);

    PetscCall(PltStateSettle(s));
    PetscCall(PltProcessSuit(p, w->T, p->place.span, way, &next));
    PetscCheck(n < MOST && next - way > SMALLEST, p->mesh->comm, PLT_ERR_CONVERGENCE,
               "step '%s': stopped at %.4g degC, %.4g %% of the way to %.4g degC: no increment is "
               "small enough for the laws of its materials",
               w->step->name, (double)s->T - 273.15, (double)(100 * way), (double)w->T[1] - 273.15);
    PetscCall(Solve(p, w, way, next, &good));
    part = next - way;
    if (good) {
      PetscCall(PltPaceJudge(p, p->assembly, way, part, &pace, &good));
      part *= pace.factor;
    } else part /= 2;
    if (!good) {
      PetscCall(PltStateRestore(s));
      continue;
    }
    way = next;
    PetscCall(PltAssemblyCommit(p->assembly));
    p->increments++;
    p->report.increments++;
  }
  PetscCall(PltAssemblyDestroy(&p->assembly));
  PetscCall(PltAssemblyCreate(s, &p->scheme, s->T, 0, w->gravity, &p->assembly));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPathSmall(PltProcess p, const PltStep *step, PetscReal T, PetscReal shrunk,
                            const PetscReal gravity[3])
{
  const Way way = {step, gravity, {p->state->T, T}, {p->shrunk, shrunk}};
  PetscBool good;

  PetscFunctionBegin;
  if (PltStateRemembers(p->state)) PetscCall(Go(p, &way));
  else PetscCall(Solve(p, &way, 0, 1, &good));
  p->state->T_memory = T;
  PetscFunctionReturn(PETSC_SUCCESS);
}
