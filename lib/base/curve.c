/* SPDX-License-Identifier: BSD-2-Clause
   A property as a piecewise linear function of temperature. Outside its table a curve goes on with
   the value of the nearer end; PltCurveCovers tells whether that would happen. */
#include "base/base.h"

PetscErrorCode PltCurveSet(PltCurve *curve, PetscInt n, const PetscReal T[],
                           const PetscReal value[])
{
  PltCurve made = {.n = n};

  PetscFunctionBegin;
  PetscCheck(n >= 1, PETSC_COMM_SELF, PLT_ERR_USAGE, "a property needs at least one value");
  PetscCheck(n == 1 || T, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a property of %" PetscInt_FMT " values needs their temperatures", n);
  PetscCall(PetscMalloc1(n, &made.value));
  PetscCall(PetscArraycpy(made.value, value, n));
  if (T) {
    PetscCall(PetscMalloc1(n, &made.T));
    PetscCall(PetscArraycpy(made.T, T, n));
  }
  PetscCall(PltCurveFree(curve));
  *curve = made;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCurveFree(PltCurve *curve)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(curve->T));
  PetscCall(PetscFree(curve->value));
  curve->n = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Segment i of the table, from point i to i + 1, that holds T; the first or last if T is
   outside. */
static PetscInt FindSegment(const PltCurve *curve, PetscReal T)
{
  PetscInt low = 0, high = curve->n - 1;

  while (high - low > 1) {
    const PetscInt middle = low + (high - low) / 2;

    if (curve->T[middle] <= T) low = middle;
    else high = middle;
  }
  return low;
}

/* Value at T on segment i. */
static PetscReal OnSegment(const PltCurve *curve, PetscInt i, PetscReal T)
{
  const PetscReal x = (T - curve->T[i]) / (curve->T[i + 1] - curve->T[i]);

  return (1 - x) * curve->value[i] + x * curve->value[i + 1];
}

PetscReal PltCurveAt(const PltCurve *curve, PetscReal T)
{
  if (curve->n == 0) return 0;
  if (curve->n == 1 || T <= curve->T[0]) return curve->value[0];
  if (T >= curve->T[curve->n - 1]) return curve->value[curve->n - 1];
  return OnSegment(curve, FindSegment(curve, T), T);
}

/* Trapezia, which are exact; low <= high. */
static PetscReal IntegralUpward(const PltCurve *curve, PetscReal low, PetscReal high)
{
  const PetscReal first = curve->T[0], last = curve->T[curve->n - 1];
  PetscReal       sum = 0;

  if (low < first) sum += curve->value[0] * (PetscMin(high, first) - low);
  for (PetscInt i = FindSegment(curve, low); i + 1 < curve->n && curve->T[i] < high; i++) {
    const PetscReal a = PetscMax(low, curve->T[i]), b = PetscMin(high, curve->T[i + 1]);

    if (a < b) sum += (b - a) * (OnSegment(curve, i, a) + OnSegment(curve, i, b)) / 2;
  }
  if (high > last) sum += curve->value[curve->n - 1] * (high - PetscMax(low, last));
  return sum;
}

PetscReal PltCurveIntegral(const PltCurve *curve, PetscReal T0, PetscReal T1)
{
  if (curve->n == 0) return 0;
  if (curve->n == 1) return curve->value[0] * (T1 - T0);
  return T0 <= T1 ? IntegralUpward(curve, T0, T1) : -IntegralUpward(curve, T1, T0);
}

PetscBool PltCurveCovers(const PltCurve *curve, PetscReal T)
{
  if (curve->n <= 1) return PETSC_TRUE;
  return (PetscBool)(T >= curve->T[0] && T <= curve->T[curve->n - 1]);
}
