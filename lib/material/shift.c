/* SPDX-License-Identifier: BSD-2-Clause
   Time-temperature superposition: a polymer relaxes a(T) times slower than at its reference Tr.

     at and above Tr  log10 a = -C1 (T - Tr) / (C2 + T - Tr)   Williams, Landel and Ferry (1955)
     below it         ln a = (H / R) (1 / T - 1 / Tr)          Arrhenius

   Both are 0 at Tr. WLF alone has a pole at Tr - C2, which is why it ends at Tr; without an
   activation energy H it goes on to the lowest temperature, which must be above the pole. |log10 a|
   is cut off at 40: what is slower has not moved in 1e30 years, what is faster is at rest. */
#include "material/polymer.h"

static const PetscReal most = 40 * 2.302585092994046;

PetscReal PltShiftAt(PltMaterial material, PetscInt k, PetscReal T, PetscReal moved)
{
  const PetscReal Tr = PltLawValue(material, k + PLT_SHIFT_REFERENCE) + moved;
  PetscReal       ln_a;

  if (!PltLawHas(material, k + PLT_SHIFT_REFERENCE)) return 0;
  if (T < Tr && PltLawHas(material, k + PLT_SHIFT_ACTIVATION))
    ln_a = PltLawValue(material, k + PLT_SHIFT_ACTIVATION) / PLT_GAS * (1 / T - 1 / Tr);
  else
    ln_a = -PltLawValue(material, k + PLT_SHIFT_C1) * 2.302585092994046 * (T - Tr) /
           (PltLawValue(material, k + PLT_SHIFT_C2) + T - Tr);
  return PetscMax(-most, PetscMin(most, ln_a));
}

PetscReal PltMeanDecay(PetscReal x)
{
  if (PetscAbsReal(x) < 1e-5) return 1 - x / 2 + x * x / 6; /* the next term is 4e-17 */
  return -expm1(-x) / x;
}

PetscReal PltReducedTime(PetscReal dt, const PetscReal ln_a[2])
{
  return dt * PetscExpReal(-ln_a[0]) * PltMeanDecay(ln_a[1] - ln_a[0]);
}

PetscBool PltShiftCovers(PltMaterial material, PetscInt k, PetscReal T, const char **key,
                         PetscReal range[2])
{
  const PetscReal low  = PltLawValue(material, k + PLT_SHIFT_LOWEST),
                  high = PltLawValue(material, k + PLT_SHIFT_HIGHEST);

  if (!PltLawHas(material, k + PLT_SHIFT_LOWEST) || (T >= low && T <= high)) return PETSC_TRUE;
  *key     = "shift";
  range[0] = low;
  range[1] = high;
  return PETSC_FALSE;
}

PetscErrorCode PltCheckShift(PltMaterial material, PetscInt k, PltMistakes mistakes)
{
  const PltProperty *property = &material->ops->property[k];
  const PetscReal    pole =
      PltLawValue(material, k + PLT_SHIFT_REFERENCE) - PltLawValue(material, k + PLT_SHIFT_C2);
  const PetscReal low  = PltLawValue(material, k + PLT_SHIFT_LOWEST),
                  high = PltLawValue(material, k + PLT_SHIFT_HIGHEST);
  PetscInt given = 0, missing = -1;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < PLT_SHIFT_COUNT; i++) {
    if (PltLawHas(material, k + i)) given++;
    else if (i != PLT_SHIFT_ACTIVATION) missing = i;
  }
  if (given == 0) PetscFunctionReturn(PETSC_SUCCESS);
  if (missing >= 0)
    PetscCall(PltMistakesAdd(mistakes, material->mark,
                             "material '%s' has no %s; a shift needs reference, C1, C2, lowest and "
                             "highest, and activation for what is below the reference",
                             material->name, property[missing].key));
  else if (low >= high)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_SHIFT_LOWEST],
                             "material '%s': shift.lowest, %.6g degC, is not below shift.highest, "
                             "%.6g degC",
                             material->name, (double)(low - 273.15), (double)(high - 273.15)));
  else if (!PltLawHas(material, k + PLT_SHIFT_ACTIVATION) && low <= pole)
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[k + PLT_SHIFT_LOWEST],
                             "material '%s': WLF has a pole at %.6g degC, reference - C2, and "
                             "shift.lowest is %.6g degC; give shift.activation",
                             material->name, (double)(pole - 273.15), (double)(low - 273.15)));
  PetscFunctionReturn(PETSC_SUCCESS);
}
