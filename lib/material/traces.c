/* SPDX-License-Identifier: BSD-2-Clause
   A patterned metal layer: copper that is in places traces along x, traces along y, a plane, or
   missing, homogenised by layer.c. The law "traces" is such a mixture: all of its copper runs along
   x, or along y, or half of it each way.

   From copper to patches. What is known of a place is the part of its area that copper of each kind
   covers: x, y, plane. The patch of planes is all metal, so it has the weight `plane`. The rest is
   taken as traces of one density f = (x + y) / (1 - plane), in patches along x and y by the shares
   of their copper:

     patch        weight                     metal in it
     planes       plane                      all
     along x      (1 - plane) x / (x + y)    f
     along y      (1 - plane) y / (x + y)    f
     bare         1 - plane, if x + y = 0    none

   All copper is accounted for; traces of one direction are the exact laminate; x = y is an even
   mixture of both. Dense traces beside a bare area count as sparse ones all over it: cells of a map
   that are smaller than such areas avoid that.

   The expansion is the integral of the tangent CTE of the mixture, by Gauss' rule between the
   points of the tables. It is exact as long as the stiffness of the phases does not change. */
#include "material/layer.h"
#include "material/law.h"

/* A mixture: its materials and its copper. */
typedef struct {
  PltMaterial metal, matrix;
  PetscReal   share[PLT_METAL_KINDS];
} Mixture;

/* Shares below this are none; where the rest is below it, metal is all there is. */
static const PetscReal none = 1e-12;

/* The copper of the law. */
static Mixture MixtureOf(PltMaterial material)
{
  const PetscReal f       = material->fraction;
  Mixture         mixture = {.metal = material->metal, .matrix = material->matrix};

  switch (material->direction) {
  case 'x':
    mixture.share[PLT_ALONG_X] = f;
    break;
  case 'y':
    mixture.share[PLT_ALONG_Y] = f;
    break;
  case 'p':
    mixture.share[PLT_PLANES] = f;
    break;
  default:
    mixture.share[PLT_ALONG_X] = mixture.share[PLT_ALONG_Y] = f / 2;
    break;
  }
  return mixture;
}

static PetscReal MetalOf(const Mixture *m)
{
  return m->share[PLT_ALONG_X] + m->share[PLT_ALONG_Y] + m->share[PLT_PLANES];
}

/* The phase that is all there is, NULL if both are there: its numbers are then taken to the bit. */
static PltMaterial OnlyPhase(const Mixture *m)
{
  const PetscReal f = MetalOf(m);

  if (f <= none) return m->matrix;
  return f >= 1 - none ? m->metal : NULL;
}

static PetscErrorCode ReducePhase(PltMaterial phase, PetscReal T, PltLayer *layer)
{
  PetscReal C[6][6], cte[6];

  PetscFunctionBegin;
  PetscCall(phase->ops->stiffness(phase, T, C));
  PetscCall(phase->ops->tangent(phase, T, cte));
  *layer = PltLayerReduce(C, cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Patches of a mixture of both phases; returns how many. */
static PetscInt MakePatches(const Mixture *m, const PltLayer *metal, const PltLayer *matrix,
                            PltLayer patch[PLT_METAL_KINDS], PetscReal weight[PLT_METAL_KINDS])
{
  const PetscReal  plane = m->share[PLT_PLANES];
  const PetscReal *share = m->share, traces = share[PLT_ALONG_X] + share[PLT_ALONG_Y];
  PetscInt         n = 0;

  if (plane > none) {
    patch[n]    = *metal;
    weight[n++] = plane > 1 - none ? 1 : plane;
  }
  if (plane > 1 - none) return n;
  if (traces <= none) {
    patch[n]    = *matrix;
    weight[n++] = 1 - plane;
    return n;
  }
  for (int d = 0; d < 2; d++) {
    if (share[d] <= none * traces) continue;
    patch[n]    = PltLayerTraces(metal, matrix, PetscMin(traces / (1 - plane), 1), d);
    weight[n++] = (1 - plane) * share[d] / traces;
  }
  return n;
}

static PetscErrorCode Homogenise(const Mixture *m, PetscReal T, PltLayer *layer)
{
  PltLayer  metal, matrix, patch[PLT_METAL_KINDS];
  PetscReal weight[PLT_METAL_KINDS];
  PetscInt  n;

  PetscFunctionBegin;
  PetscCall(ReducePhase(m->metal, T, &metal));
  PetscCall(ReducePhase(m->matrix, T, &matrix));
  n      = MakePatches(m, &metal, &matrix, patch, weight);
  *layer = PltLayerPatches(n, patch, weight);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- stiffness and expansion ---- */

static PetscErrorCode MixStiffness(const Mixture *m, PetscReal T, PetscReal C[6][6])
{
  const PltMaterial only = OnlyPhase(m);
  PltLayer          layer;

  PetscFunctionBegin;
  if (only) {
    PetscCall(only->ops->stiffness(only, T, C));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Homogenise(m, T, &layer));
  PltLayerExpand(&layer, C);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MixTangent(const Mixture *m, PetscReal T, PetscReal cte[6])
{
  const PltMaterial only = OnlyPhase(m);
  PltLayer          layer;

  PetscFunctionBegin;
  if (only) {
    PetscCall(only->ops->tangent(only, T, cte));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Homogenise(m, T, &layer));
  PltLayerExpansion(&layer, cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The least temperature of the phases' tables above T, or that is a property of theirs (Tg); `last`
   if there is none below it. */
static PetscReal NextKnot(const Mixture *m, PetscReal T, PetscReal last)
{
  const PltMaterial phase[2] = {m->metal, m->matrix};

  for (int k = 0; k < 2; k++) {
    for (PetscInt i = 0; i < phase[k]->ops->nproperty; i++) {
      const PltProperty *property = &phase[k]->ops->property[i];
      const PltCurve    *curve    = &phase[k]->curve[i];
      const PetscReal   *knot     = property->quantity == PLT_TEMPERATURE ? curve->value : curve->T;

      if (property->pairs || !knot) continue;
      for (PetscInt p = 0; p < curve->n; p++)
        if (knot[p] > T && knot[p] < last) last = knot[p];
    }
  }
  return last;
}

/* The tangent CTE is a smooth rational function between two knots. With a matrix that loses 93 % of
   its modulus from one knot to the next, GAUSS points leave a relative error below 1e-10. */
enum { GAUSS = 8 };
static const PetscReal gauss_x[GAUSS / 2] = {0.1834346424956498, 0.5255324099163290,
                                             0.7966664774136267, 0.9602898564975363};
static const PetscReal gauss_w[GAUSS / 2] = {0.3626837833783620, 0.3137066458778873,
                                             0.2223810344533745, 0.1012285362903763};

static PetscErrorCode AddIntegral(const Mixture *m, PetscReal a, PetscReal b, PetscReal strain[6])
{
  const PetscReal middle = (a + b) / 2, half = (b - a) / 2;

  PetscFunctionBegin;
  for (int p = 0; p < GAUSS; p++) {
    const PetscReal x = p % 2 ? gauss_x[p / 2] : -gauss_x[p / 2];
    PetscReal       cte[6];

    PetscCall(MixTangent(m, middle + half * x, cte));
    for (int i = 0; i < 6; i++) strain[i] += half * gauss_w[p / 2] * cte[i];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MixExpansion(const Mixture *m, PetscReal T0, PetscReal T1,
                                   PetscReal strain[6])
{
  const PltMaterial only = OnlyPhase(m);
  const PetscReal   last = PetscMax(T0, T1);

  PetscFunctionBegin;
  if (only) {
    PetscCall(only->ops->expansion(only, T0, T1, strain));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscArrayzero(strain, 6));
  for (PetscReal a = PetscMin(T0, T1); a < last;) {
    const PetscReal b = NextKnot(m, a, last);

    PetscCall(AddIntegral(m, a, b, strain));
    a = b;
  }
  if (T1 < T0)
    for (int i = 0; i < 6; i++) strain[i] = -strain[i];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- by place ---- */

PetscErrorCode PltTracesStiffness(PltMaterial material, const PetscReal share[PLT_METAL_KINDS],
                                  PetscReal T, PetscReal C[6][6])
{
  Mixture m = MixtureOf(material);

  PetscFunctionBegin;
  PetscCall(PetscArraycpy(m.share, share, PLT_METAL_KINDS));
  PetscCall(MixStiffness(&m, T, C));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltTracesExpansion(PltMaterial material, const PetscReal share[PLT_METAL_KINDS],
                                  PetscReal T0, PetscReal T1, PetscReal strain[6])
{
  Mixture m = MixtureOf(material);

  PetscFunctionBegin;
  PetscCall(PetscArraycpy(m.share, share, PLT_METAL_KINDS));
  PetscCall(MixExpansion(&m, T0, T1, strain));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscReal PltTracesDensity(PltMaterial material, const PetscReal share[PLT_METAL_KINDS])
{
  const PetscReal f = share[PLT_ALONG_X] + share[PLT_ALONG_Y] + share[PLT_PLANES];

  return f * PltMaterialDensity(material->metal) + (1 - f) * PltMaterialDensity(material->matrix);
}

/* ---- the law ---- */

static PetscErrorCode Stiffness_Traces(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  const Mixture m = MixtureOf(material);

  PetscFunctionBegin;
  PetscCall(MixStiffness(&m, T, C));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Tangent_Traces(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  const Mixture m = MixtureOf(material);

  PetscFunctionBegin;
  PetscCall(MixTangent(&m, T, cte));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Traces(PltMaterial material, PetscReal T0, PetscReal T1,
                                       PetscReal strain[6])
{
  const Mixture m = MixtureOf(material);

  PetscFunctionBegin;
  PetscCall(MixExpansion(&m, T0, T1, strain));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Check_Traces(PltMaterial material, PltMistakes mistakes)
{
  const PltMaterial phase[2] = {material->metal, material->matrix};
  const char *const part[2]  = {"metal", "matrix"};

  PetscFunctionBegin;
  for (int k = 0; k < 2; k++) {
    if (!phase[k])
      PetscCall(PltMistakesAdd(mistakes, material->mark, "material '%s' has no %s", material->name,
                               part[k]));
    else if (phase[k]->ops == &PltTraces)
      PetscCall(PltMistakesAdd(mistakes, material->mark,
                               "material '%s': its %s '%s' is itself a layer of traces",
                               material->name, part[k], phase[k]->name));
    else if (phase[k]->ops->nshared > PLT_PHASE_SHARED)
      PetscCall(PltMistakesAdd(mistakes, material->mark,
                               "material '%s': the law '%s' of its %s '%s' keeps %d numbers of a "
                               "part; in traces there is room for %d",
                               material->name, phase[k]->ops->type, part[k], phase[k]->name,
                               (int)phase[k]->ops->nshared, PLT_PHASE_SHARED));
  }
  if (!(material->fraction >= 0 && material->fraction <= 1))
    PetscCall(PltMistakesAdd(mistakes, material->mark,
                             "material '%s': fraction is %.6g, must be between 0 and 1",
                             material->name, (double)material->fraction));
  if (!strchr("xymp", material->direction) || !material->direction)
    PetscCall(
        PltMistakesAdd(mistakes, material->mark,
                       "material '%s': the direction of traces is x, y or m (mixed), or p (planes)",
                       material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltTraces = {
    .type      = "traces",
    .nproperty = 0,
    .stiffness = Stiffness_Traces,
    .tangent   = Tangent_Traces,
    .expansion = Expansion_Traces,
    .check     = Check_Traces,
};
