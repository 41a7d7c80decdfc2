/* SPDX-License-Identifier: BSD-2-Clause
   Element size in the plane: `near` at and in dies, growing with the distance from the nearest
   one by (growth - 1) a metre, which is a geometric series of elements, up to `far`. */
#include "mesh/footprint.h"

static PetscReal Distance(const PltDie *die, const PetscReal xy[2])
{
  const PetscReal c = PetscCosReal(die->angle), s = PetscSinReal(die->angle);
  const PetscReal x = xy[0] - die->x, y = xy[1] - die->y;
  const PetscReal u = PetscAbsReal(c * x + s * y) - 0.5 * die->width;
  const PetscReal v = PetscAbsReal(c * y - s * x) - 0.5 * die->height;

  return PetscSqrtReal(PetscSqr(PetscMax(u, 0)) + PetscSqr(PetscMax(v, 0)));
}

static PetscInt BinOf(const PltSizes *sizes, PetscInt k, PetscReal x)
{
  const PetscReal i = (x + 0.5 * sizes->project->size[k]) / sizes->width[k];

  return (PetscInt)PetscClipInterval(i, 0, sizes->n[k] - 1);
}

/* Count the bins in reach of the dies at next[bin], or write the dies there. */
static void Fill(const PltSizes *sizes, const PetscInt region[], PetscInt next[], PetscInt item[])
{
  for (PetscInt d = 0; d < sizes->project->ndie; d++) {
    const PltDie *die = &sizes->project->die[d];
    PetscReal     corner[4][2];
    PetscInt      first[2], last[2];

    if (region[d] != d + 1) continue;
    PltDieCorners(die, corner);
    for (PetscInt k = 0; k < 2; k++) {
      const PetscReal low =
          PetscMin(PetscMin(corner[0][k], corner[1][k]), PetscMin(corner[2][k], corner[3][k]));
      const PetscReal high = (k == 0 ? 2 * die->x : 2 * die->y) - low;

      first[k] = BinOf(sizes, k, low - sizes->reach);
      last[k]  = BinOf(sizes, k, high + sizes->reach);
    }
    for (PetscInt j = first[1]; j <= last[1]; j++) {
      for (PetscInt i = first[0]; i <= last[0]; i++) {
        PetscInt *at = &next[j * sizes->n[0] + i];

        if (item) item[*at] = d;
        (*at)++;
      }
    }
  }
}

PetscErrorCode PltSizesCreate(PltProject project, const PetscInt region[], PltSizes *sizes)
{
  const PetscReal side = PetscSqrtReal((PetscReal)project->ndie) + 1;
  PetscInt       *next, nbin;

  PetscFunctionBegin;
  sizes->project = project;
  sizes->grading = PltGradingOf(project);
  sizes->reach =
      sizes->grading.near < sizes->grading.far
          ? (sizes->grading.far - sizes->grading.near) / PetscMax(sizes->grading.growth - 1, 1e-3)
          : 0;
  for (PetscInt k = 0; k < 2; k++) {
    sizes->n[k] = (PetscInt)PetscClipInterval(project->size[k] / (sizes->reach + 1e-6), 1, side);
    sizes->width[k] = project->size[k] / (PetscReal)sizes->n[k];
  }
  nbin = sizes->n[0] * sizes->n[1];
  PetscCall(PetscCalloc1(nbin + 1, &sizes->start));
  Fill(sizes, region, sizes->start + 1, NULL);
  for (PetscInt b = 0; b < nbin; b++) sizes->start[b + 1] += sizes->start[b];
  PetscCall(PetscMalloc1(sizes->start[nbin], &sizes->die));
  PetscCall(PetscMalloc1(nbin, &next));
  PetscCall(PetscArraycpy(next, sizes->start, nbin));
  Fill(sizes, region, next, sizes->die);
  PetscCall(PetscFree(next));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSizesDestroy(PltSizes *sizes)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(sizes->start));
  PetscCall(PetscFree(sizes->die));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscReal PltSizesAt(const PltSizes *sizes, const PetscReal xy[2])
{
  const PltGrading *g     = &sizes->grading;
  const PetscInt    bin   = BinOf(sizes, 1, xy[1]) * sizes->n[0] + BinOf(sizes, 0, xy[0]);
  PetscReal         least = sizes->reach;

  if (g->near >= g->far) return g->far;
  for (PetscInt i = sizes->start[bin]; i < sizes->start[bin + 1]; i++)
    least = PetscMin(least, Distance(&sizes->project->die[sizes->die[i]], xy));
  return PetscMin(g->far, g->near + least * PetscMax(g->growth - 1, 1e-3));
}
