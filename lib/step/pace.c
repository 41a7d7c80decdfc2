/* SPDX-License-Identifier: BSD-2-Clause
   How long the next increment is, after one that converged. Longer where Newton's method found
   it easy: the second correction over the first, which shows how curved the path is, grows in
   proportion to the increment (Deuflhard 2004, Newton Methods for Nonlinear Problems, 5.1), so
   that it tells which one is near too long before that fails. Not so long that the panel turns
   far: it may hop from one rolled shape to another. And not up to where lambda would be zero.

   Where a law depends on time, increments are as long as accuracy allows: an error of third
   order in the length, of second in the first increment of a way (commit.c), that is to be a
   given part of the stress. Errors fade with the times they are made in, by what relaxes: an
   increment of 1e-4 of the way is not cut for its error, which is gone at the end. So a hold of
   an hour takes some twenty increments by a law with times from microseconds on, and not a
   hundred thousand. */
#include "step/internal.h"

/* By how much an increment may be longer than the last one, and down to what part it may become
   shorter without having failed. */
static const PetscReal LONGER = 3, SHORTER = 0.25;
/* Corrections up to which it may be longer at all. */
enum { EASY = 6 };
/* The second correction over the first that is aimed at. */
static const PetscReal CONTRACTION = 0.25;
/* About what the panel may turn, rad. */
static const PetscReal TURN = 0.06;
/* How much of the way to where lambda would be zero, by the last two, an increment goes. */
static const PetscReal BEFORE_ZERO = 0.6;

/* An increment of this part of the way is accurate enough, and one of this part of what is behind:
   so there are at most some hundred. */
static const PetscReal FADES = 1e-4, FADED = 1e-2;
/* Of what the error allows; how far it follows the trend of the last two errors, so that lengths do
   not swing; the least error that counts. */
static const PetscReal CAREFUL = 0.9, DAMPED = 0.5, LEAST = 1e-3;

PetscReal PltPaceTo(PetscReal way, PetscReal part)
{
  const PetscReal pieces = PetscCeilReal((1 - way) / part - 0.1);

  return pieces > 1 ? way + (1 - way) / pieces : 1;
}

PetscErrorCode PltPaceJudge(PltProcess p, PltAssembly a, PetscReal way, PetscReal part,
                            PltPace *pace, PetscBool *good)
{
  const PetscReal order = a->state->dt_memory > 0 ? 3 : 2, before = pace->factor;
  const PetscReal least = PetscMax(FADES, FADED * way);
  const PetscInt  cuts  = pace->cuts;
  PetscReal       error, last = pace->error;

  PetscFunctionBegin;
  PetscCall(PltAssemblyJudge(a, good, &error));
  pace->timed  = (PetscBool)(a->dt > 0 && PltStateHasRates(a->state));
  pace->factor = *good ? LONGER : 0.5;
  if (!pace->timed || !*good) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscInfo(NULL, "increment of %g of the way: error %g\n", (double)part, (double)error));
  pace->error = error = PetscMax(error / p->project->accuracy, LEAST);
  *good               = (PetscBool)(error <= 1 || part <= 1.01 * least);
  if (*good) {
    if (last > 0 && cuts == 0) error *= PetscPowReal(error / last, DAMPED);
    pace->factor = PetscMin(cuts ? 1 : LONGER, CAREFUL * PetscPowReal(error, -1 / order));
    pace->factor = PetscMax(PetscMax(SHORTER, pace->factor), PetscMin(1, least / part));
    pace->cuts   = 0;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  pace->cuts++;
  pace->factor = CAREFUL * PetscPowReal(error, -1 / order);
  /* where the error does not fall with the length, what is cut again is cut by more */
  if (cuts > 0 && error > last / 2) pace->factor *= before;
  pace->factor = PetscMax(least / part, PetscMin(0.5, pace->factor));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* How far the panel turned since the last equilibrium, roughly: deflection over half its size. */
static PetscErrorCode Turned(PltState s, PetscReal *angle)
{
  const PetscReal half = PetscMax(s->project->size[0], s->project->size[1]) / 2;
  PetscReal       most = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->mesh->nvert_own * s->nlevel; i++)
    if (s->space->node[i] >= 0)
      most = PetscMax(most, 2 * PetscAbsReal(s->u[3 * i + 2] - s->settled[3 * i + 2]) / half);
  PetscCallMPI(MPI_Allreduce(&most, angle, 1, MPIU_REAL, MPI_MAX, s->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPaceNext(PltProcess p, PetscInt corrections, PetscReal lambda, PetscReal *part)
{
  const PetscReal done = *part, lost = lambda - p->report.lambda, ratio = p->solver->contraction;
  PetscReal       angle;

  PetscFunctionBegin;
  PetscCall(Turned(p->state, &angle));
  if (p->contact || corrections <= EASY) *part = LONGER * done;
  if (!p->contact && ratio > 0) *part = PetscMin(*part, done * PetscMax(1, CONTRACTION / ratio));
  if (angle > 0 && p->scheme.kinematics == PLT_LARGE)
    *part = PetscMin(*part, done * PetscMax(SHORTER, TURN / angle));
  if (lost > 0)
    *part = PetscMin(*part, PetscMax(PLT_PACE_SHORT, done * BEFORE_ZERO * p->report.lambda / lost));
  PetscFunctionReturn(PETSC_SUCCESS);
}
