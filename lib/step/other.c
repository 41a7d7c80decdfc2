/* SPDX-License-Identifier: BSD-2-Clause
   The other cylinder. A panel that has rolled one way often is stable rolled the other way as
   well; which of them comes out of the process is decided by its layout, its supports and small
   imperfections. From the shape at hand, with its mean curvatures along x and y exchanged, the
   potential is minimised under the same loads, with frames that turn with the shape found. */
#include "step/internal.h"

/* The other shape is another one if the two differ by this part of the largest displacement. */
static const PetscReal DIFFERENT = 1e-2;

/* Is the stress of all live materials an affine function of strain? The potential is what separates
   two shapes then, whatever the way from one to the other. */
static PetscBool HasPotential(PltState s)
{
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    const PltMaterial m = PltStateMaterial(s, i / 2, i % 2);

    if (m && s->ply[i].live && !PltMaterialIsAffine(m)) return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

/* Difference of the mean curvatures along x and y of the lowest nodes: least squares of the saddle
   x^2 - y^2. */
static PetscErrorCode SaddleOf(PltState s, PetscReal *curvature)
{
  PetscReal sum[5] = {0}; /* of 1, q, w, q q, q w with q = (x^2 - y^2) / 2 */

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < s->nlevel; k++) {
      const PetscReal *x = s->mesh->xy + 2 * v, q = (x[0] * x[0] - x[1] * x[1]) / 2;
      const PetscReal  w = s->u[3 * (v * s->nlevel + k) + 2];

      if (s->space->node[v * s->nlevel + k] != 0) continue;
      sum[0] += 1, sum[1] += q, sum[2] += w, sum[3] += q * q, sum[4] += q * w;
      break;
    }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 5, MPIU_REAL, MPI_SUM, s->mesh->comm));
  *curvature = (sum[0] * sum[4] - sum[1] * sum[2]) / (sum[0] * sum[3] - sum[1] * sum[1]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Adds the saddle c (x^2 - y^2) / 2, normals following; unknowns that are fixed stay. */
static void AddSaddle(PltState s, PetscReal c)
{
  for (PetscInt v = 0; v < s->mesh->nvert; v++) {
    const PetscReal *x = s->mesh->xy + 2 * v;

    for (PetscInt k = 0; k < s->nlevel; k++) {
      const PetscInt  i = 3 * (v * s->nlevel + k);
      const PetscReal z = s->slabs.z[k < s->slabs.nslab ? s->slabs.first[k] : s->slabs.nply];

      if (s->space->fixed[i + 2] == PLT_DOF_FREE)
        s->u[i + 2] += c * (x[0] * x[0] - x[1] * x[1]) / 2;
      if (s->space->fixed[i] == PLT_DOF_FREE) s->u[i] -= c * x[0] * z;
      if (s->space->fixed[i + 1] == PLT_DOF_FREE) s->u[i + 1] += c * x[1] * z;
    }
  }
}

/* Down to equilibrium, and on to a stable one. */
static PetscErrorCode Descend(PltProcess p, PetscReal *lambda, PetscBool *found)
{
  const PltGoal goal = {.tolerance = 1e-8, .minimise = PETSC_TRUE};
  PltSolver     s    = p->solver;
  Vec           mode;

  PetscFunctionBegin;
  PetscCall(VecDuplicate(s->r, &mode));
  PetscCall(PltSolverTangent(s, p->assembly));
  PetscCall(PltNewtonSolve(s, p->assembly, &goal, &p->report, found));
  for (PetscInt i = 0; i < 4 && *found; i++) {
    PetscCall(PltStateSettle(p->state));
    PetscCall(PltPathAgree(p, found));
    if (!*found) break;
    PetscCall(PltSolverTangent(s, p->assembly));
    PetscCall(PltSolverLowest(s, p->state, lambda, mode));
    if (*lambda >= 0) break;
    PetscCall(PltBranchLeave(s, p->assembly, &goal, mode, &p->report, found));
  }
  *found = (PetscBool)(*found && *lambda >= 0);
  PetscCall(VecDestroy(&mode));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Differs(PltState s, const PetscReal *from, PetscReal largest,
                              PetscBool *differs)
{
  PetscReal most = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++)
    if (s->space->node[i / 3] >= 0) most = PetscMax(most, PetscAbsReal(s->u[i] - from[i]));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &most, 1, MPIU_REAL, MPI_MAX, s->mesh->comm));
  *differs = (PetscBool)(most > DIFFERENT * largest);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The shape that was kept is that of the state again. */
static PetscErrorCode Return(PltProcess p, PetscReal *const kept[2])
{
  PltState s = p->state;

  PetscFunctionBegin;
  PetscCall(PetscArraycpy(s->u, kept[0], PltStateFieldSize(s)));
  PetscCall(PetscArraycpy(s->settled, kept[1], PltStateFieldSize(s)));
  PetscCall(PltSolverTangent(p->solver, p->assembly));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProcessOther(PltProcess p, PltOther *other)
{
  const PltState s    = p->state;
  const PetscInt n    = (PetscInt)PltStateFieldSize(s);
  PltSolveReport kept = p->report;
  PetscReal     *from[2], saddle, energy;

  PetscFunctionBegin;
  other->found = PETSC_FALSE;
  PetscCall(PetscMalloc2(n + 1, &from[0], n + 1, &from[1]));
  PetscCall(PetscArraycpy(from[0], s->u, n));
  PetscCall(PetscArraycpy(from[1], s->settled, n));
  PetscCall(PltAssemblyEnergy(p->assembly, &energy));
  PetscCall(SaddleOf(s, &saddle));
  AddSaddle(s, -2 * saddle);
  PetscCall(Descend(p, &other->lambda, &other->found));
  if (other->found) PetscCall(Differs(s, from[0], p->solver->largest, &other->found));
  if (other->found) {
    PetscCall(PltAssemblyEnergy(p->assembly, &other->energy));
    other->energy = HasPotential(s) ? other->energy - energy : NAN;
    PetscCall(PetscMalloc1(n + 1, &other->u));
    PetscCall(PetscArraycpy(other->u, s->u, n));
  }
  PetscCall(Return(p, from));
  PetscCall(PetscFree2(from[0], from[1]));
  kept.solves     = p->report.solves;
  kept.iterations = p->report.iterations;
  p->report       = kept;
  PetscFunctionReturn(PETSC_SUCCESS);
}
