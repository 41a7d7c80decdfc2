/* SPDX-License-Identifier: BSD-2-Clause
   How long the next increment is, after one that converged. Longer where Newton's method found it
   easy: the second correction over the first, which shows how curved the path is, grows in
   proportion to the increment (Deuflhard 2004, Newton Methods for Nonlinear Problems, 5.1), so
   that it tells which one is near too long before that fails. Not so long that the panel turns far:
   it may hop from one rolled shape to another. And not up to where lambda would be zero. */
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
  if (angle > 0) *part = PetscMin(*part, done * PetscMax(SHORTER, TURN / angle));
  if (lost > 0)
    *part = PetscMin(*part, PetscMax(PLT_PACE_SHORT, done * BEFORE_ZERO * p->report.lambda / lost));
  PetscFunctionReturn(PETSC_SUCCESS);
}
