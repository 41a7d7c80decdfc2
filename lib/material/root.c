/* SPDX-License-Identifier: BSD-2-Clause
   Roots of falling functions: Newton's method inside a bracket. Where a step leaves the bracket or
   does not halve the function, the bracket is halved, by the geometric mean if its ends are far
   apart, so that an end is always reached (Press et al., Numerical Recipes, 2007, section 9.4). */
#include "material/law.h"
#include "material/tensor.h"

enum { MOST = 200 };

static PetscReal Middle(PetscReal low, PetscReal high)
{
  if (low <= 0) low = 1e-12 * high;
  return high > 4 * low ? sqrt(low) * sqrt(high) : low + (high - low) / 2;
}

int PltFindRoot(PltFalling f, void *context, PetscReal low, PetscReal high, PetscReal *x)
{
  const PetscReal least  = 8 * PETSC_MACHINE_EPSILON * high; /* what rounding of f may do */
  PetscReal       before = PETSC_MAX_REAL;

  for (int n = 0; n < MOST; n++) {
    PetscReal       slope = 0, next;
    const PetscReal y     = f(context, *x, &slope);

    if (!isfinite(y)) return 1;
    if (y == 0) return 0;
    if (y > 0) low = *x;
    else high = *x;
    next = *x - y / slope;
    if (fabs(next - *x) <= least) return 0;
    if (!(next > low && next < high) || fabs(y) > before / 2) next = Middle(low, high);
    if (!(next > low && next < high)) return 0; /* no number in between */
    before = fabs(y);
    *x     = next;
  }
  return 1;
}
