/* SPDX-License-Identifier: BSD-2-Clause
   A check of plausibility: the curvatures that a free panel should about have. It is taken as one
   laminate, the mean over its area, equal along x and y. Classical laminate theory follows that
   through births and temperatures (Hsueh 2002) to the curvature kl of linear theory; from there the
   energy of a plate of uniform curvatures kx, ky that pays for its Gauss curvature by stretching,

     D (kx^2 + ky^2 + 2 nu kx ky) / 2 - (1 + nu) D kl (kx + ky) + Y mu (kx ky)^2 / 2,

   has one minimum or, beyond the critical curvature, two (Masters and Salamon 1993; Freund 2000, J.
   Mech. Phys. Solids 48:1159). mu is the mean deflection of a clamped plate of the panel's outline
   under unit pressure and stiffness. Shear lag, dies that are not spread evenly, weight and
   supports are beyond it. */
#include "model/model.h"

/* Per area; b: for strains equal along x and y, d: for opposite ones. */
typedef struct {
  PetscReal A[2], B[2], D[2], N, M;
} Laminate;
enum { EQUAL, OPPOSITE };

/* Part of the panel's area that a part of a ply takes. */
static PetscReal Share(PltProject project, PetscInt ply, PetscInt part)
{
  const PetscReal quarter = project->round ? PETSC_PI / 4 : 1;
  PetscReal       dies    = 0;

  for (PetscInt d = 0; d < project->ndie; d++)
    if (project->die[d].ply == ply) dies += project->die[d].width * project->die[d].height;
  dies /= quarter * project->size[0] * project->size[1];
  return part == PLT_IN_DIES ? dies : 1 - dies;
}

/* Plane stress. */
static PetscErrorCode Modulus(PltMaterial material, PetscReal T, PetscReal Q[2])
{
  PetscReal C[6][6], normal, coupled;

  PetscFunctionBegin;
  PetscCall(PltMaterialStiffness(material, T, C));
  normal = (C[PLT_11][PLT_11] - PetscSqr(C[PLT_11][PLT_33]) / C[PLT_33][PLT_33] +
            C[PLT_22][PLT_22] - PetscSqr(C[PLT_22][PLT_33]) / C[PLT_33][PLT_33]) /
           2;
  coupled     = C[PLT_11][PLT_22] - C[PLT_11][PLT_33] * C[PLT_22][PLT_33] / C[PLT_33][PLT_33];
  Q[EQUAL]    = normal + coupled;
  Q[OPPOSITE] = normal - coupled;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The parts that are known, at T, as shrunk as they were at the last frame. */
static PetscErrorCode AddPart(PltModel model, PetscInt i, PetscReal T, Laminate *l)
{
  const PltState       s        = model->process->state;
  const PltPly        *ply      = &model->project->ply[i / 2];
  const PltMaterial    material = i % 2 == PLT_IN_DIES ? ply->die_material : ply->material;
  const PltBirthShape *born     = &model->birth[i];
  const PetscReal lo = s->lo[i / 2], hi = s->hi[i / 2], share = Share(model->project, i / 2, i % 2);
  const PetscReal first = hi - lo, second = (hi * hi - lo * lo) / 2,
                  third = (hi * hi * hi - lo * lo * lo) / 3;
  PetscReal Q[2], strain[6], e;

  PetscFunctionBegin;
  if (!material) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Modulus(material, T, Q));
  PetscCall(PltMaterialExpansion(material, s->ply[i].T_birth, T, strain));
  e = (strain[PLT_11] + strain[PLT_22]) / 2 - born->shrink + born->strain;
  for (int k = 0; k < 2; k++) {
    l->A[k] += share * Q[k] * first;
    l->B[k] += share * Q[k] * second;
    l->D[k] += share * Q[k] * third;
  }
  l->N += share * Q[EQUAL] * (e * first - born->curvature * second);
  l->M += share * Q[EQUAL] * (e * second - born->curvature * third);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Strain at z = 0 and curvature in equilibrium; held flat, the curvature is 0. */
static void Settle(const Laminate *l, PetscBool flat, PetscReal *strain, PetscReal *curvature)
{
  const PetscReal A = l->A[EQUAL], B = l->B[EQUAL], D = l->D[EQUAL];

  *strain = *curvature = 0;
  if (A <= 0) return;
  if (!flat) *curvature = (B * l->N / A - l->M) / (D - B * B / A);
  *strain = (l->N + B * *curvature) / A;
}

static PetscBool IsKnown(PltModel model, PetscInt i)
{
  const PltPartState *part = &model->process->state->ply[i];

  return (PetscBool)(part->live && model->birth[i].event == part->event + 1);
}

static PetscErrorCode AddKnown(PltModel model, PetscReal T, Laminate *l)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < 2 * model->project->nply; i++)
    if (IsKnown(model, i)) PetscCall(AddPart(model, i, T, l));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelFollow(PltModel model, const PltStep *step)
{
  const PltState  s     = model->process->state;
  const PetscBool flat  = (PetscBool)(step->hold == PLT_HOLD_FLAT);
  PltBirthShape   shape = {0};
  Laminate        l     = {.N = 0};
  PetscInt        news  = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++)
    if (s->ply[i].live && !IsKnown(model, i)) news = i + 1;
  if (news) {
    PetscCall(AddKnown(model, s->ply[news - 1].T_birth, &l));
    Settle(&l, flat, &shape.strain, &shape.curvature);
  }
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    if (s->ply[i].live && !IsKnown(model, i)) model->birth[i] = shape;
    model->birth[i].event  = s->ply[i].live ? s->ply[i].event + 1 : 0;
    model->birth[i].shrink = s->ply[i].shrink;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* mu over the fourth power of the shorter half side a, for a / b: ellipses have closed forms, of
   rectangles these are series; in between a line is 0.3 % off. */
static PetscReal Resistance(PltProject project)
{
  static const PetscReal at[6]    = {0, 0.5, 1 / 1.5, 0.8, 510. / 515, 1};
  static const PetscReal value[6] = {1. / 45, .0140241, .0112457, .0090716, .0063477, .0062259};
  const PetscReal        a        = PetscMin(project->size[0], project->size[1]) / 2;
  const PetscReal        b        = PetscMax(project->size[0], project->size[1]) / 2;
  PetscInt               k        = 0;

  if (project->round) return PetscPowReal(a, 4) / 192;
  while (k < 4 && a / b > at[k + 1]) k++;
  return PetscPowReal(a, 4) *
         (value[k] + (value[k + 1] - value[k]) * (a / b - at[k]) / (at[k + 1] - at[k]));
}

/* One root, as the left side only grows: stiffness k + cubic k^3 = stiffness kl. */
static PetscReal Bowl(PetscReal stiffness, PetscReal cubic, PetscReal kl)
{
  PetscReal k = kl;

  for (int i = 0; i < 100; i++)
    k -= (stiffness * (k - kl) + cubic * k * k * k) / (stiffness + 3 * cubic * k * k);
  return k;
}

PetscErrorCode PltModelExpect(PltModel model, PltExpected *expected)
{
  const PltState s = model->process->state;
  Laminate       l = {.N = 0};
  PetscReal      D[2], Y, mu = Resistance(model->project), strain, kl, sum, part;

  PetscFunctionBegin;
  *expected = (PltExpected){0};
  PetscCall(AddKnown(model, s->T, &l));
  Settle(&l, PETSC_FALSE, &strain, &kl);
  for (int k = 0; k < 2; k++) D[k] = l.D[k] - l.B[k] * l.B[k] / l.A[k];
  Y                  = 2 / (1 / l.A[EQUAL] + 1 / l.A[OPPOSITE]);
  expected->linear   = s->up * kl;
  expected->critical = PetscSqrtReal(D[OPPOSITE] / (Y * mu));
  sum                = 2 * D[EQUAL] / (D[EQUAL] + D[OPPOSITE]) * s->up * kl;
  part               = sum * sum / 4 - PetscSqr(expected->critical);
  if (part > 0) {
    expected->curvature[0] = sum / 2 + (sum < 0 ? -1 : 1) * PetscSqrtReal(part);
    expected->curvature[1] = sum - expected->curvature[0];
  } else expected->curvature[0] = expected->curvature[1] = Bowl(D[EQUAL], Y * mu, s->up * kl);
  PetscFunctionReturn(PETSC_SUCCESS);
}
