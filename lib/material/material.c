/* SPDX-License-Identifier: BSD-2-Clause
   What all laws have in common: the list of laws, making and checking a material, its range of
   temperature. */
#include <string.h>
#include "material/law.h"

/* The one place that lists the laws, with the names again for messages; those of users follow. */
enum { BUILT_IN = 10 };
static const PltMaterialOps *law[BUILT_IN + PLT_USER_LAWS] = {
    &PltIsotropic, &PltOrthotropic, &PltTraces, &PltViscoelastic, &PltGlassy,
    &PltPlastic,   &PltCubic,       &PltCreep,  &PltAnand,        &PltFilled,
};
static const char *law_name[BUILT_IN + PLT_USER_LAWS] = {
    "isotropic", "orthotropic", "traces", "viscoelastic", "glassy",
    "plastic",   "cubic",       "creep",  "anand",        "filled",
};
static PetscInt nlaw = BUILT_IN;

const char *const *PltMaterialTypes(PetscInt *n)
{
  *n = nlaw;
  return law_name;
}

const PltMaterialOps *PltMaterialFindLaw(const char *type)
{
  for (PetscInt i = 0; i < nlaw; i++)
    if (!strcmp(law[i]->type, type)) return law[i];
  return NULL;
}

void PltMaterialAddLaw(const PltMaterialOps *ops)
{
  law[nlaw]        = ops;
  law_name[nlaw++] = ops->type;
}

PetscErrorCode PltMaterialCreate(const char *type, const char *name, PltMaterial *material)
{
  const PltMaterialOps *ops = PltMaterialFindLaw(type);

  PetscFunctionBegin;
  *material = NULL;
  if (!ops) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscNew(material));
  PetscCall(PetscStrallocpy(name, &(*material)->name));
  (*material)->ops = ops;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMaterialDestroy(PltMaterial *material)
{
  PetscFunctionBegin;
  if (!*material) PetscFunctionReturn(PETSC_SUCCESS);
  for (int i = 0; i < PLT_PROPERTY_MAX; i++) PetscCall(PltCurveFree(&(*material)->curve[i]));
  PetscCall(PetscFree((*material)->name));
  PetscCall(PetscFree(*material));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscInt PltMaterialFindProperty(PltMaterial material, const char *key)
{
  for (PetscInt i = 0; i < material->ops->nproperty; i++)
    if (!strcmp(material->ops->property[i].key, key)) return i;
  return -1;
}

/* ---- checks ---- */

/* A property of a material, for the functions below. */
typedef struct {
  PltMaterial        material;
  const PltProperty *property;
  const PltCurve    *curve;
  PltMark            mark;
} Subject;

static Subject SubjectOf(PltMaterial material, PetscInt i)
{
  Subject s = {.material = material, .property = &material->ops->property[i]};

  s.curve = &material->curve[i];
  s.mark  = material->curve_mark[i].line > 0 ? material->curve_mark[i] : material->mark;
  return s;
}

static PetscErrorCode DescribeRange(const PltProperty *p, size_t size, char text[])
{
  char above[64], below[64];

  PetscFunctionBegin;
  PetscCall(
      PltUnitsTell(p->above == PLT_ZERO_TOO ? 0 : p->above, p->quantity, sizeof(above), above));
  PetscCall(PltUnitsTell(p->below, p->quantity, sizeof(below), below));
  if (p->below < PETSC_MAX_REAL)
    PetscCall(PetscSNPrintf(text, size, "between %s and %s", above, below));
  else if (p->above > 0 || (p->above == 0 && p->quantity == PLT_TEMPERATURE))
    PetscCall(PetscSNPrintf(text, size, "above %s", above));
  else if (p->above == PLT_ZERO_TOO) PetscCall(PetscSNPrintf(text, size, "0 or more"));
  else PetscCall(PetscSNPrintf(text, size, p->above < 0 ? "a finite number" : "positive"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The first value out of range. */
static PetscErrorCode CheckValues(Subject s, PltMistakes mistakes)
{
  char found[64], range[160];

  PetscFunctionBegin;
  for (PetscInt k = 0; k < s.curve->n; k++) {
    const PetscReal value = s.curve->value[k];

    if (value > s.property->above && value < s.property->below) continue; /* not so for a NaN */
    PetscCall(PltUnitsTell(value, s.property->quantity, sizeof(found), found));
    PetscCall(DescribeRange(s.property, sizeof(range), range));
    PetscCall(PltMistakesAdd(mistakes, s.mark, "material '%s': %s is %s, must be %s",
                             s.material->name, s.property->key, found, range));
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Temperatures are absolute, finite and ascend; the first that is not. */
static PetscErrorCode CheckTemperatures(Subject s, PltMistakes mistakes)
{
  PetscFunctionBegin;
  for (PetscInt k = 0; !s.property->pairs && s.curve->n > 1 && k < s.curve->n; k++) {
    const PetscReal T = s.curve->T[k], before = k > 0 ? s.curve->T[k - 1] : 0;

    if (T > before && T < PETSC_MAX_REAL) continue;
    PetscCall(PltMistakesAdd(mistakes, s.mark,
                             k > 0 ? "material '%s': the temperatures of %s do not ascend: %.6g "
                                     "degC is followed by %.6g degC"
                                   : "material '%s': the temperatures of %s must be above %.6g "
                                     "degC, not %.6g degC",
                             s.material->name, s.property->key, (double)(before - 273.15),
                             (double)(T - 273.15)));
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The first numbers of pairs are positive, finite and ascend. */
static PetscErrorCode CheckPairs(Subject s, PltMistakes mistakes)
{
  char found[64];

  PetscFunctionBegin;
  for (PetscInt k = 0; s.property->pairs && k < s.curve->n; k++) {
    const PetscReal x = s.curve->T[k];

    if (x > (k > 0 ? s.curve->T[k - 1] : 0) && x < PETSC_MAX_REAL) continue;
    PetscCall(PltUnitsTell(x, s.property->first, sizeof(found), found));
    PetscCall(PltMistakesAdd(mistakes, s.mark,
                             "material '%s': the pairs of %s must begin with positive numbers that "
                             "ascend; '%s' does not fit",
                             s.material->name, s.property->key, found));
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckProperty(Subject s, PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (s.curve->n == 0 && s.property->required && !PltHasSecant(s.material, s.property))
    PetscCall(PltMistakesAdd(mistakes, s.mark, "material '%s' has no %s", s.material->name,
                             s.property->key));
  if (s.property->quantity == PLT_DENSITY && s.curve->n > 1)
    PetscCall(PltMistakesAdd(mistakes, s.mark,
                             "material '%s': density is that of the undeformed material, one value",
                             s.material->name));
  if (s.property->single && s.curve->n > 1)
    PetscCall(PltMistakesAdd(mistakes, s.mark,
                             "material '%s': %s of this law is one number, not a table",
                             s.material->name, s.property->key));
  PetscCall(CheckTemperatures(s, mistakes));
  PetscCall(CheckPairs(s, mistakes));
  PetscCall(CheckValues(s, mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMaterialCheck(PltMaterial material, PltMistakes mistakes)
{
  const PetscInt before = PltMistakesCount(mistakes);

  PetscFunctionBegin;
  for (PetscInt i = 0; i < material->ops->nproperty; i++)
    PetscCall(CheckProperty(SubjectOf(material, i), mistakes));
  PetscCall(PltCheckExpansion(material, mistakes));
  if (material->ops->check && PltMistakesCount(mistakes) == before)
    PetscCall(material->ops->check(material, mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- questions ---- */

PetscBool PltMaterialCovers(PltMaterial material, PetscReal T, const char **key, PetscReal range[2])
{
  for (PetscInt i = 0; i < material->ops->nproperty; i++) {
    const PltCurve *curve = &material->curve[i];

    if (material->ops->property[i].pairs || PltCurveCovers(curve, T)) continue;
    *key     = material->ops->property[i].key;
    range[0] = curve->T[0];
    range[1] = curve->T[curve->n - 1];
    return PETSC_FALSE;
  }
  if (material->ops->covers && !material->ops->covers(material, T, key, range)) return PETSC_FALSE;
  if (material->metal && !PltMaterialCovers(material->metal, T, key, range)) return PETSC_FALSE;
  return (PetscBool)(!material->matrix || PltMaterialCovers(material->matrix, T, key, range));
}

PetscBool PltMaterialIsThermal(PltMaterial material)
{
  if (material->ops->advance) return PETSC_TRUE;
  for (PetscInt i = 0; i < material->ops->nproperty; i++) {
    const PltQuantity quantity = material->ops->property[i].quantity;

    if (quantity == PLT_EXPANSION || quantity == PLT_DENSITY) continue;
    if (material->curve[i].n > 1 && !material->ops->property[i].pairs) return PETSC_TRUE;
  }
  if (material->metal && PltMaterialIsThermal(material->metal)) return PETSC_TRUE;
  return (PetscBool)(material->matrix && PltMaterialIsThermal(material->matrix));
}

PetscErrorCode PltMaterialStiffness(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  PetscFunctionBegin;
  PetscCall(material->ops->stiffness(material, T, C));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMaterialExpansion(PltMaterial material, PetscReal T0, PetscReal T1,
                                    PetscReal strain[6])
{
  PetscFunctionBegin;
  PetscCall(material->ops->expansion(material, T0, T1, strain));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscReal PltMaterialDensity(PltMaterial material)
{
  const PetscInt  i = PltMaterialFindProperty(material, "density");
  const PetscReal f = material->fraction;

  if (i >= 0) return PltCurveAt(&material->curve[i], 0);
  if (!material->metal || !material->matrix) return 0;
  return f * PltMaterialDensity(material->metal) + (1 - f) * PltMaterialDensity(material->matrix);
}
