/* SPDX-License-Identifier: BSD-2-Clause
   Which plies share an element. An element holds any number of plies exactly as long as they
   bend with one director; what does not is a soft ply, in which the plates above and below slide
   past each other over the shear-lag length (Volkersen 1938) lambda = sqrt(t/G / (1/(E h)_below
   + 1/(E h)_above)), and plies that hold dies, whose columns differ from their neighbours'. */
#include "mesh/mesh.h"

/* Plies thinner than this are layers of a build-up and go together. */
static const PetscReal THIN = 50e-6; /* m */
/* Soft if the shear lag reaches this part of the stack's thickness (the adhesive of the cooldown
   panel has 0.33, its dielectric plies 0.16) and the ply is thin beside the stack: shear in a
   thick ply is what its own element is for. */
static const PetscReal SOFT = 0.25, SOFT_THICKNESS = 0.1;

/* At the lowest temperature of the tables, where materials are stiffest. */
static PetscReal LowestTemperature(PltMaterial material)
{
  PetscReal T = PETSC_MAX_REAL;

  for (PetscInt i = 0; i < material->ops->nproperty; i++)
    if (material->curve[i].n > 1) T = PetscMin(T, material->curve[i].T[0]);
  if (material->metal) T = PetscMin(T, LowestTemperature(material->metal));
  if (material->matrix) T = PetscMin(T, LowestTemperature(material->matrix));
  return T < PETSC_MAX_REAL ? T : 298.15;
}

/* Membrane stiffness (Pa m) and shear compliance (m/Pa) of a ply. */
static PetscErrorCode PlyStiffness(const PltPly *ply, PetscReal *membrane, PetscReal *compliance)
{
  const PltMaterial material = ply->material ? ply->material : ply->die_material;
  PetscReal         C[6][6];

  PetscFunctionBegin;
  PetscCall(PltMaterialStiffness(material, LowestTemperature(material), C));
  *membrane   = ply->thickness * (C[PLT_11][PLT_11] + C[PLT_22][PLT_22]) / 2;
  *compliance = 2 * ply->thickness / (C[PLT_23][PLT_23] + C[PLT_13][PLT_13]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One past the last of the plies from p upward that are one layer: of one material, without dies.
   Whether a layer is soft must not depend on how many plies it is written as. */
static PetscInt LayerEnd(PltProject project, PetscInt p)
{
  const PltPly *ply = &project->ply[p];
  PetscInt      end = p + 1;

  while (end < project->nply && !ply->die_material && !project->ply[end].die_material &&
         project->ply[end].material == ply->material)
    end++;
  return end;
}

static PetscBool IsThin(const PltPly *ply)
{
  return (PetscBool)(ply->thickness < THIN && !ply->die_material);
}

/* A soft layer stands out: beside another as compliant in its run of thin plies it is one of a
   build-up, which slides as a whole and not in one place. layer[nply]: first ply of each layer. */
static PetscBool StandsOut(PltProject project, const PetscInt layer[], const PetscReal slip[],
                           PetscInt p)
{
  for (PetscInt step = -1; step <= 1; step += 2)
    for (PetscInt i = p; i >= 0 && i < project->nply && IsThin(&project->ply[i]); i += step)
      if (layer[i] != layer[p] && 2 * slip[i] > slip[p]) return PETSC_FALSE;
  return PETSC_TRUE;
}

/* The step that takes a ply away, nstep if none does. */
static PetscInt Removal(PltProject project, PetscInt ply)
{
  PetscInt at = 0;

  for (; at < project->nstep; at++)
    for (PetscInt i = 0; i < project->step[at].nremove; i++)
      if (project->step[at].remove[i].ply == ply) return at;
  return at;
}

static PetscErrorCode FindSoft(PltProject project, PetscBool soft[])
{
  const PetscInt n = project->nply;
  PetscReal     *membrane, *slip, total = 0, thick = 0, below = 0;
  PetscInt      *layer;

  PetscFunctionBegin;
  PetscCall(PetscMalloc3(n, &membrane, n, &slip, n, &layer));
  for (PetscInt p = 0; p < n; p++) {
    PetscCall(PlyStiffness(&project->ply[p], &membrane[p], &slip[p]));
    total += membrane[p];
    thick += project->ply[p].thickness;
  }
  for (PetscInt p = 0, end; p < n; p = end) {
    PetscReal own = 0, sum = 0, h = 0, lag = 0;

    end = LayerEnd(project, p);
    for (PetscInt i = p; i < end; i++) {
      own += membrane[i];
      sum += slip[i];
      h += project->ply[i].thickness;
    }
    if (p > 0 && end < n) lag = PetscSqrtReal(sum / (1 / below + 1 / (total - below - own)));
    for (PetscInt i = p; i < end; i++) {
      layer[i] = p;
      slip[i]  = sum;
      soft[i]  = (PetscBool)(lag > SOFT * thick && !project->ply[i].die_material &&
                            h < SOFT_THICKNESS * thick);
    }
    below += own;
  }
  for (PetscInt p = 0; p < n; p++)
    soft[p] = (PetscBool)(soft[p] && StandsOut(project, layer, slip, p));
  PetscCall(PetscFree3(membrane, slip, layer));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Does a ply go into the slab of the one below it? What is taken away alone (a release layer) is an
   element of its own, so that none is left half empty. */
static PetscBool Joins(PltProject project, PetscInt p, const PetscBool soft[], PetscInt count)
{
  const PltPly *below = &project->ply[p - 1], *ply = &project->ply[p];

  if (ply->slab >= 0 || below->slab >= 0) return (PetscBool)(ply->slab == below->slab);
  if (ply->die_material || below->die_material || count >= 32) return PETSC_FALSE;
  if (Removal(project, p) != Removal(project, p - 1)) return PETSC_FALSE;
  if (soft[p] || soft[p - 1]) return (PetscBool)(ply->material == below->material);
  return (PetscBool)(IsThin(ply) && IsThin(below));
}

PetscErrorCode PltSlabsCreate(PltProject project, PltSlabs *s)
{
  const PetscInt n = project->nply;
  PetscBool     *soft;

  PetscFunctionBegin;
  *s = (PltSlabs){.nply = n};
  PetscCall(PetscCalloc3(n + 1, &s->first, n + 1, &s->soft, n + 1, &s->z));
  PetscCall(PetscCalloc1(n + 1, &soft));
  PetscCall(FindSoft(project, soft));
  for (PetscInt p = 0; p < n; p++) {
    s->z[p + 1] = s->z[p] + project->ply[p].thickness;
    if (p == 0 || !Joins(project, p, soft, p - s->first[s->nslab - 1])) s->first[s->nslab++] = p;
  }
  s->first[s->nslab] = n;
  for (PetscInt k = 0; k < s->nslab; k++) {
    s->soft[k] = PETSC_TRUE;
    for (PetscInt p = s->first[k]; p < s->first[k + 1]; p++)
      s->soft[k] = (PetscBool)(s->soft[k] && soft[p]);
  }
  PetscCall(PetscFree(soft));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSlabsDestroy(PltSlabs *s)
{
  PetscFunctionBegin;
  PetscCall(PetscFree3(s->first, s->soft, s->z));
  PetscFunctionReturn(PETSC_SUCCESS);
}
