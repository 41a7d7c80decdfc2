/* SPDX-License-Identifier: BSD-2-Clause
   The coefficient of thermal expansion of a law by its tangent, d(strain)/dT, or by a table of
   secants, (strain from the reference Tr to T) / (T - Tr), as dilatometers give it. With secants
   s(T)

     H(T) = s(T) (T - Tr),   strain from T0 to T1 = H(T1) - H(T0),   tangent = s + s' (T - Tr).

   A table of secants is linear between its points, so H is quadratic and the tangent linear there,
   with a jump at each point, where the tangent is that above. H is right at all of them and is
   never replaced by its tangent. Using s(T1) (T1 - T0) with another T0 than Tr is wrong, by as much
   as s changes; hence the two keys are told apart. */
#include "material/law.h"

/* The segment of the table that begins at or below T. */
static PetscReal Slope(const PltCurve *curve, PetscReal T)
{
  PetscInt i = 0;

  if (curve->n < 2 || T < curve->T[0] || T >= curve->T[curve->n - 1]) return 0;
  while (curve->T[i + 1] <= T) i++;
  return (curve->value[i + 1] - curve->value[i]) / (curve->T[i + 1] - curve->T[i]);
}

PetscReal PltTangent(PltMaterial material, PetscInt k, PetscReal T)
{
  const PltProperty *property = &material->ops->property[k];
  const PltCurve    *secant   = &material->curve[property->secant];

  if (!PltHasSecant(material, property)) return PltCurveAt(&material->curve[k], T);
  return PltCurveAt(secant, T) +
         Slope(secant, T) * (T - PltLawValue(material, property->reference));
}

PetscReal PltTangentIntegral(PltMaterial material, PetscInt k, PetscReal T0, PetscReal T1)
{
  const PltProperty *property = &material->ops->property[k];
  const PltCurve    *secant   = &material->curve[property->secant];
  PetscReal          Tr;

  if (!PltHasSecant(material, property)) return PltCurveIntegral(&material->curve[k], T0, T1);
  Tr = PltLawValue(material, property->reference);
  return PltCurveAt(secant, T1) * (T1 - Tr) - PltCurveAt(secant, T0) * (T0 - Tr);
}

PetscBool PltHasSecant(PltMaterial material, const PltProperty *property)
{
  return (PetscBool)(property->secant > 0 && PltLawHas(material, property->secant));
}

/* One direction: *reference is the row of the reference, *used if its table counts from that. */
static PetscErrorCode CheckDirection(PltMaterial material, PetscInt k, PltMistakes mistakes,
                                     PetscInt *reference, PetscBool *used)
{
  const PltProperty *property = &material->ops->property[k];
  const PltMark      mark     = material->curve_mark[property->secant];
  const char        *secant   = material->ops->property[property->secant].key;

  PetscFunctionBegin;
  if (!property->secant) PetscFunctionReturn(PETSC_SUCCESS);
  *reference = property->reference;
  if (!PltHasSecant(material, property)) PetscFunctionReturn(PETSC_SUCCESS);
  *used = PETSC_TRUE;
  if (PltLawHas(material, k))
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "material '%s' has %s, the tangent, and %s: one of them",
                             material->name, property->key, secant));
  if (!PltLawHas(material, property->reference))
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "material '%s': %s needs cte_reference, the temperature that it "
                             "counts from",
                             material->name, secant));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckExpansion(PltMaterial material, PltMistakes mistakes)
{
  PetscInt  reference = 0;
  PetscBool used      = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < material->ops->nproperty; k++)
    PetscCall(CheckDirection(material, k, mistakes, &reference, &used));
  if (reference && !used && PltLawHas(material, reference)) {
    const PetscBool one = (PetscBool)(PltMaterialFindProperty(material, "cte") >= 0);

    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[reference],
                             "material '%s': cte_reference belongs to %s; %s the tangent and %s "
                             "none",
                             material->name, one ? "cte_secant" : "ctex_secant, ctey_secant, ...",
                             one ? "cte is" : "ctex, ctey, ctez are", one ? "has" : "have"));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
