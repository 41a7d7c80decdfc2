/* SPDX-License-Identifier: BSD-2-Clause
   Elements along a line: small at both ends, growing by a constant ratio towards the middle
   until they have the far size. Both halves are alike, so the middle is always a line, and equal
   intervals get equal spacings. */
#include "mesh/footprint.h"

/* A rounding error in a length must not cost an element: elements may be stretched by this much. */
static const PetscReal stretch = 1e-6;

static const PetscReal default_growth = 1.5;

PltGrading PltGradingOf(PltProject project)
{
  PltGrading g = {.far    = project->mesh_size,
                  .near   = project->mesh_dies,
                  .growth = project->mesh_growth > 0 ? project->mesh_growth : default_growth};

  if (!(g.near > 0 && g.near < g.far)) g.near = g.far;
  g.growth = PetscMax(g.growth, 1);
  return g;
}

/* Length of m elements that grow by `ratio` up to the far size. */
static PetscReal LengthOf(const PltGrading *g, PetscReal ratio, PetscInt m)
{
  PetscReal sum = 0, size = g->near;

  for (PetscInt i = 0; i < m; i++) {
    if (size >= g->far) return sum + (PetscReal)(m - i) * g->far;
    sum += size;
    size *= ratio;
  }
  return sum;
}

PetscInt PltSpacingCount(const PltGrading *g, PetscReal length)
{
  const PetscReal half = 0.5 * length * (1 - stretch);
  PetscReal       sum = 0, size = g->near, rest;
  PetscInt        m = 0;

  for (; sum < half && size < g->far && m < PLT_QUADS_MAX / 2; size *= g->growth, m++) sum += size;
  rest = sum < half ? PetscCeilReal((half - sum) / g->far) : 0;
  if ((PetscReal)m + rest > PLT_QUADS_MAX / 2) return PLT_QUADS_MAX + 2;
  return 2 * PetscMax(1, m + (PetscInt)rest);
}

/* The ratio with which m elements fill the half. LengthOf increases with the ratio; m elements are
   too short at 1 and long enough at the growth asked for. */
static PetscReal RatioFor(const PltGrading *g, PetscReal half, PetscInt m)
{
  PetscReal low = 1, high = g->growth;

  for (;;) {
    const PetscReal mid = 0.5 * (low + high);

    if (mid <= low || mid >= high) return low;
    if (LengthOf(g, mid, m) < half) low = mid;
    else high = mid;
  }
}

void PltSpacingSet(const PltGrading *g, PetscReal a, PetscReal b, PetscInt n, PetscReal x[])
{
  const PetscInt  m    = n / 2;
  const PetscReal half = 0.5 * (b - a);
  PetscReal       at = 0, size = g->near, ratio = 1, scale;

  if ((PetscReal)m * g->near < half) ratio = RatioFor(g, half, m);
  scale = half / LengthOf(g, ratio, m);
  for (PetscInt i = 0; i < m; i++) {
    x[i]     = a + scale * at;
    x[n - i] = b - scale * at;
    at += size;
    size = PetscMin(size * ratio, g->far);
  }
  x[m] = 0.5 * (a + b);
}
