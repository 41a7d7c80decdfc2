/* SPDX-License-Identifier: BSD-2-Clause
   The end of an increment: is it accurate, and what do the points remember of it.

   Laws take strain as linear in time within an increment, and some integrate flow besides. Both
   errors are seen at a point, without another equilibrium: two halves of the increment are done
   on the parabola through the strains at its ends and the one before, and their stress at the
   end is compared with that of the whole. That is the error of the whole, of third order in its
   length (step doubling; Hairer, Norsett and Wanner 1993, section II.4).

   The first increment of a way has no strain before it that tells. There, all of the strain is
   taken to happen before the middle: right for what relaxes at once, so an increment that is
   longer than all times of a law passes, and an upper bound, of second order, for what has just
   begun. */
#include <string.h>
#include "assemble/internal.h"

/* A stress below what this strain makes of the modulus is of no interest: 0.2 MPa of 20 GPa. */
static const PetscReal NOTHING = 1e-5;

/* A part of a ply in an increment. */
typedef struct {
  PetscBool rates;
  PltSpan   half[2][PLT_SPANS];
  PetscReal error, stress, least; /* Pa: largest of this rank; stress that counts as some */
} Part;

typedef struct {
  PltAssembly a;
  Part       *part;  /* [nply][2] */
  PetscReal   ratio; /* of the increment to the one before; 0: there is none */
  PetscInt    failed;
  PetscReal  *end, *middle;
} Judge;

static PetscReal Largest(const PetscReal x[6])
{
  PetscReal largest = 0;

  for (int i = 0; i < 6; i++) largest = PetscMax(largest, PetscAbsReal(x[i]));
  return largest;
}

/* ---- judge ---- */

static PetscErrorCode Halve(PltAssembly a, PetscInt i, Part *part)
{
  const PltState    s        = a->state;
  const PltMaterial material = PltStateMaterial(s, i / 2, i % 2);
  const PltSpan    *whole    = &a->span[PLT_SPANS * i];
  PetscReal         C[6][6];

  PetscFunctionBegin;
  part->rates = (PetscBool)(a->dt > 0 && s->ply[i].live && PltMaterialHasRates(material));
  if (!part->rates) PetscFunctionReturn(PETSC_SUCCESS);
  for (int k = 0; k < 2; k++) {
    PltSpan *half = part->half[k];

    half->T[0] = k ? part->half[0]->T[1] : whole->T[0];
    half->T[1] = k ? whole->T[1] : (whole->T[0] + whole->T[1]) / 2;
    half->dt   = whole->dt / 2;
    PetscCall(PetscArraycpy(half->shared[0], k ? part->half[0]->shared[1] : whole->shared[0],
                            PLT_SHARED));
    PetscCall(PltSpanSet(material, half));
  }
  PetscCall(PltMaterialStiffness(material, a->T, C));
  part->least  = NOTHING * C[PLT_11][PLT_11];
  part->stress = s->ply[i].largest;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The strain in the middle of the increment. */
static void Middle(const PetscReal past[2][6], const PetscReal strain[6], PetscReal ratio,
                   PetscReal middle[6])
{
  for (int i = 0; i < 6; i++) {
    const PetscReal now = strain[i] - past[0][i], before = past[0][i] - past[1][i];

    middle[i] = strain[i];
    if (ratio > 0)
      middle[i] = past[0][i] + now / 2 + ratio / (4 * (1 + ratio)) * (ratio * before - now);
  }
}

/* A point at its strain; 1 if the law has no answer. */
static int JudgePoint(Judge *j, const PltPointsOf *ply, PetscInt n, const PetscReal strain[6],
                      Part *part)
{
  const PetscReal *past  = ply->memory->past ? ply->memory->past + 12 * (ply->first + n) : NULL;
  const PetscReal *start = PltPointState(ply, n);
  const PltSite    site  = PltPointSite(ply, n);
  PltSite          half  = ply->site;
  PetscReal        whole[6], middle[6], S[6];

  if (PltMaterialUpdate(&site, start, strain, j->end, whole, NULL)) return 1;
  if (!part->rates) return 0;
  Middle((const PetscReal(*)[6])past, strain, j->ratio, middle);
  half.span = part->half[0];
  if (PltMaterialUpdate(&half, start, middle, j->middle, S, NULL)) return 1;
  half.span = part->half[1];
  if (PltMaterialUpdate(&half, j->middle, strain, j->end, S, NULL)) return 1;
  part->stress = PetscMax(part->stress, Largest(whole));
  for (int i = 0; i < 6; i++) S[i] -= whole[i];
  part->error = PetscMax(part->error, Largest(S));
  return 0;
}

/* Is there anything to be seen in a slab? Of laws that are not affine, the last residual has asked
   for everything but errors. */
static PetscBool Interests(const Judge *j, const PltPointsOf *ply)
{
  const PltState s = j->a->state;

  return (PetscBool)(ply->site.material &&
                     (!PltPointsIterate(ply) || j->part[ply->part - s->ply].rates));
}

static PetscErrorCode JudgeSlab(Judge *j, PetscInt quad, PetscInt k, PltElement *e)
{
  const PltAssembly  a    = j->a;
  const PltState     s    = a->state;
  const PltSlabData *data = &a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  PetscBool          any  = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < data->nply; i++) {
    const PltPointsOf ply = PltPointsOfPly(a, quad, k, i);

    any = (PetscBool)(any || Interests(j, &ply));
  }
  if (!any) PetscFunctionReturn(PETSC_SUCCESS);
  if (data->iterates) PetscCall(PltElementSolve(a, quad, k, e));
  else PetscCall(PltElementEvaluate(a, quad, k, e));
  for (PetscInt i = 0; i < data->nply; i++) {
    const PltPointsOf ply = PltPointsOfPly(a, quad, k, i);
    PetscReal(*strain)[PLT_SHELL_NZ][6] =
        data->iterates ? e->gathered.strain[i] : e->local.strain[i];

    for (PetscInt n = 0; Interests(j, &ply) && n < 4 * PLT_SHELL_NZ; n++)
      j->failed += JudgePoint(j, &ply, n, strain[n / PLT_SHELL_NZ][n % PLT_SHELL_NZ],
                              &j->part[ply.part - s->ply]);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The worst of all parts and ranks. */
static PetscErrorCode Sum(const Judge *j, PetscBool *answers, PetscReal *error)
{
  const PltState s = j->a->state;
  const PetscInt n = 2 * s->slabs.nply;
  PetscReal     *most;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(2 * n + 1, &most));
  for (PetscInt i = 0; i < n; i++) {
    most[2 * i]     = j->part[i].error;
    most[2 * i + 1] = PetscMax(j->part[i].stress, j->part[i].least);
  }
  most[2 * n] = j->failed + j->a->failed;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, (PetscMPIInt)(2 * n + 1), MPIU_REAL, MPI_MAX,
                             s->mesh->comm));
  for (PetscInt i = 0; i < n; i++)
    if (most[2 * i] > 0) *error = PetscMax(*error, most[2 * i] / most[2 * i + 1]);
  *answers = (PetscBool)(most[2 * n] <= 0);
  PetscCall(PetscFree(most));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyJudge(PltAssembly a, PetscBool *answers, PetscReal *error)
{
  const PltState s = a->state;
  Judge          j = {.a = a};
  PetscInt       n = 0;
  PetscBool      any;
  PltElement    *e;

  PetscFunctionBegin;
  *answers = PETSC_TRUE;
  *error   = 0;
  any      = PETSC_FALSE;
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    const PltMaterial m = s->ply[i].live ? PltStateMaterial(s, i / 2, i % 2) : NULL;

    if (m && PltMaterialStates(m) > 0 && (PltMaterialIsAffine(m) || PltMaterialHasRates(m)))
      any = PETSC_TRUE;
    n = PetscMax(n, s->memory[i / 2].n);
  }
  if (!any) PetscFunctionReturn(PETSC_SUCCESS);
  if (s->dt_memory > 0) j.ratio = a->dt / s->dt_memory;
  j.end     = a->end + n;
  j.middle  = a->end + 2 * n;
  a->failed = 0;
  PetscCall(PetscNew(&e));
  PetscCall(PetscCalloc1(2 * s->slabs.nply, &j.part));
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) PetscCall(Halve(a, i, &j.part[i]));
  for (PetscInt i = 0; i < s->mesh->nquad * s->slabs.nslab; i++)
    if (a->slab[s->quad_class[i / s->slabs.nslab] * s->slabs.nslab + i % s->slabs.nslab].remembers)
      PetscCall(JudgeSlab(&j, i / s->slabs.nslab, i % s->slabs.nslab, e));
  PetscCall(Sum(&j, answers, error));
  PetscCall(PetscFree(j.part));
  PetscCall(PetscFree(e));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- commit ---- */

static PetscErrorCode CommitPoint(const PltPointsOf *ply, PetscInt n, const PetscReal strain[6],
                                  PetscReal *end)
{
  const PltMaterial law  = ply->site.material;
  const PltSite     site = PltPointSite(ply, n);
  PetscReal        *past = ply->memory->past ? ply->memory->past + 12 * (ply->first + n) : NULL;
  PetscReal         S[6];

  PetscFunctionBegin;
  PetscCheck(PltMaterialUpdate(&site, PltPointState(ply, n), strain, end, S, NULL) == 0,
             PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
             "material '%s' has an answer to an increment, and then none", law->name);
  PetscCall(PetscArraycpy(PltPointState(ply, n), end, PltMaterialStates(law)));
  if (!past) PetscFunctionReturn(PETSC_SUCCESS);
  ply->part->stress = PetscMax(ply->part->stress, Largest(S));
  PetscCall(PetscArraycpy(past + 6, past, 6));
  PetscCall(PetscArraycpy(past, strain, 6));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The points of a slab over a quad remember what they went through. Laws that are not affine had
   their last answer at the strains that were found. */
static PetscErrorCode CommitSlab(PltAssembly a, PetscInt quad, PetscInt k, PltElement *e)
{
  const PltState     s    = a->state;
  const PltSlabData *data = &a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  PltPointsOf        ply[PLT_SHELL_PLIES];
  PetscBool          affine = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < data->nply; i++) {
    ply[i] = PltPointsOfPly(a, quad, k, i);
    affine = (PetscBool)(affine || (ply[i].site.material && !PltPointsIterate(&ply[i])));
  }
  if (affine && data->iterates) PetscCall(PltElementSolve(a, quad, k, e));
  else if (affine) PetscCall(PltElementEvaluate(a, quad, k, e));
  for (PetscInt i = 0; i < data->nply; i++) {
    const PetscReal *strain =
        data->iterates ? e->gathered.strain[i][0][0] : e->local.strain[i][0][0];

    if (PltPointsIterate(&ply[i])) strain = PltPointFound(&ply[i]);
    for (PetscInt n = 0; ply[i].site.material && n < 4 * PLT_SHELL_NZ; n++)
      PetscCall(CommitPoint(&ply[i], n, strain + 6 * n, a->end));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyCommit(PltAssembly a)
{
  const PltState s = a->state;
  PltElement    *e;

  PetscFunctionBegin;
  PetscCall(PetscNew(&e));
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) s->ply[i].stress = 0;
  for (PetscInt i = 0; i < s->mesh->nquad * s->slabs.nslab; i++)
    if (a->slab[s->quad_class[i / s->slabs.nslab] * s->slabs.nslab + i % s->slabs.nslab].remembers)
      PetscCall(CommitSlab(a, i / s->slabs.nslab, i % s->slabs.nslab, e));
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    PltPartState *part = &s->ply[i];

    part->largest = PetscMax(part->largest, part->stress);
    if (!part->live || !PltMaterialRemembers(PltStateMaterial(s, i / 2, i % 2))) continue;
    PetscCall(PetscArraycpy(part->shared, a->span[PLT_SPANS * i].shared[1], PLT_SHARED));
    for (PetscInt j = 0; j < 6; j++) part->free[j] += a->span[PLT_SPANS * i].free[j];
  }
  s->T_memory  = s->T;
  s->dt_memory = a->dt;
  PetscCall(PetscFree(e));
  PetscFunctionReturn(PETSC_SUCCESS);
}
