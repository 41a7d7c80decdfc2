/* SPDX-License-Identifier: BSD-2-Clause
   The coefficient of thermal expansion of a law by its tangent, d(strain)/dT, or by a table of
   secants, (strain from the reference Tr to T) / (T - Tr), as dilatometers give it. With secants
   s(T)

     H(T) = s(T) (T - Tr),   strain from T0 to T1 = H(T1) - H(T0),   tangent = s + s' (T - Tr).

   A table of secants is linear between its points, so H is quadratic and the tangent linear there,
   with a jump at each point, where the tangent is that above. H is right at all of them and is
   never replaced by its tangent. Using s(T1) (T1 - T0) with another T0 than Tr is wrong, by as much
   as s changes; hence the two keys are told apart. */
#include <string.h>
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
  const PltCurve *secant = &material->curve[k + PLT_CTE_SECANT];

  if (!secant->n) return PltCurveAt(&material->curve[k + PLT_CTE], T);
  return PltCurveAt(secant, T) +
         Slope(secant, T) * (T - PltLawValue(material, k + PLT_CTE_REFERENCE));
}

PetscReal PltTangentIntegral(PltMaterial material, PetscInt k, PetscReal T0, PetscReal T1)
{
  const PltCurve *secant = &material->curve[k + PLT_CTE_SECANT];
  const PetscReal Tr     = PltLawValue(material, k + PLT_CTE_REFERENCE);

  if (!secant->n) return PltCurveIntegral(&material->curve[k + PLT_CTE], T0, T1);
  return PltCurveAt(secant, T1) * (T1 - Tr) - PltCurveAt(secant, T0) * (T0 - Tr);
}

PetscBool PltHasSecant(PltMaterial material, const char *key)
{
  const PetscInt k = PltMaterialFindProperty(material, "cte_secant");

  return (PetscBool)(k >= 0 && !strcmp(key, "cte") && PltLawHas(material, k));
}

PetscErrorCode PltCheckExpansion(PltMaterial material, PltMistakes mistakes)
{
  const PetscInt k = PltMaterialFindProperty(material, "cte");
  PetscBool      secant;

  PetscFunctionBegin;
  if (k < 0 || PltMaterialFindProperty(material, "cte_secant") < 0)
    PetscFunctionReturn(PETSC_SUCCESS);
  secant = PltLawHas(material, k + PLT_CTE_SECANT);
  if (secant && PltLawHas(material, k + PLT_CTE))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_CTE_SECANT],
                             "material '%s' has cte, the tangent, and cte_secant: one of them",
                             material->name));
  if (secant && !PltLawHas(material, k + PLT_CTE_REFERENCE))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_CTE_SECANT],
                             "material '%s': cte_secant needs cte_reference, the temperature that "
                             "it counts from",
                             material->name));
  if (!secant && PltLawHas(material, k + PLT_CTE_REFERENCE))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_CTE_REFERENCE],
                             "material '%s': cte_reference belongs to cte_secant; cte is the "
                             "tangent and has none",
                             material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}
