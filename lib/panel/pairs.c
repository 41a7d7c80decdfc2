/* SPDX-License-Identifier: BSD-2-Clause
   Neighbouring dies in about linear time: bins of about a die's size over the panel, each with the
   dies whose bounding box touches it. */
#include "panel/internal.h"

typedef struct {
  PetscReal lower[2], upper[2];
} Box;

static Box BoxOf(const PltDie *die)
{
  PetscReal corner[4][2];
  Box       box;

  PltDieCorners(die, corner);
  for (int d = 0; d < 2; d++) {
    box.lower[d] = box.upper[d] = corner[0][d];
    for (int k = 1; k < 4; k++) {
      box.lower[d] = PetscMin(box.lower[d], corner[k][d]);
      box.upper[d] = PetscMax(box.upper[d], corner[k][d]);
    }
    box.lower[d] -= 1e-9; /* touching dies are neighbours */
    box.upper[d] += 1e-9;
  }
  return box;
}

static PetscInt BinOf(const PltBins *bins, int d, PetscReal x)
{
  const PetscReal i = (x - bins->lower[d]) / bins->width[d];

  if (!(i > 0)) return 0;
  return i < (PetscReal)bins->n[d] ? (PetscInt)i : bins->n[d] - 1;
}

PetscInt PltBinsAt(const PltBins *bins, PetscReal x, PetscReal y)
{
  return BinOf(bins, 1, y) * bins->n[0] + BinOf(bins, 0, x);
}

static void SetNumber(PltProject project, PltBins *bins, const PetscInt n[2])
{
  for (int d = 0; d < 2; d++) {
    bins->n[d]     = n[d];
    bins->lower[d] = -0.5 * project->size[d];
    bins->width[d] = project->size[d] / (PetscReal)n[d];
  }
}

/* Bins that each die touches, counted at start[bin + 1] or, with `item`, written there. */
static PetscInt64 Fill(PltProject project, PltBins *bins, PetscInt *next)
{
  PetscInt64 total = 0;

  for (PetscInt k = 0; k < project->ndie; k++) {
    const Box      box = BoxOf(&project->die[k]);
    const PetscInt i0 = BinOf(bins, 0, box.lower[0]), i1 = BinOf(bins, 0, box.upper[0]);
    const PetscInt j0 = BinOf(bins, 1, box.lower[1]), j1 = BinOf(bins, 1, box.upper[1]);

    total += (PetscInt64)(i1 - i0 + 1) * (j1 - j0 + 1);
    for (PetscInt j = j0; next && j <= j1; j++)
      for (PetscInt i = i0; i <= i1; i++) {
        const PetscInt b = j * bins->n[0] + i;

        if (bins->item) bins->item[next[b]] = k;
        next[b]++;
      }
  }
  return total;
}

/* As many bins as dies of mean size fill the panel; fewer while large dies would be listed so often
   that memory grows faster than the number of dies. */
static void ChooseNumber(PltProject project, PltBins *bins)
{
  PetscReal mean[2] = {0, 0};
  PetscInt  n[2];

  for (PetscInt k = 0; k < project->ndie; k++) {
    const Box box = BoxOf(&project->die[k]);

    for (int d = 0; d < 2; d++) mean[d] += (box.upper[d] - box.lower[d]) / project->ndie;
  }
  for (int d = 0; d < 2; d++)
    n[d] = (PetscInt)PetscClipInterval(project->size[d] / mean[d], 1, (PetscReal)PLT_DIES_MAX);
  while ((PetscInt64)n[0] * n[1] > 4 * (PetscInt64)project->ndie + 16)
    for (int d = 0; d < 2; d++) n[d] = PetscMax(1, n[d] / 2);
  SetNumber(project, bins, n);
  while (n[0] * n[1] > 1 && Fill(project, bins, NULL) > 16 * (PetscInt64)project->ndie) {
    for (int d = 0; d < 2; d++) n[d] = PetscMax(1, n[d] / 2);
    SetNumber(project, bins, n);
  }
}

PetscErrorCode PltBinsCreate(PltProject project, PltBins *bins)
{
  PetscInt nbin, *next;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(bins, sizeof *bins));
  ChooseNumber(project, bins);
  nbin = bins->n[0] * bins->n[1];
  PetscCall(PetscCalloc1(nbin + 1, &bins->start));
  PetscCall(PetscMalloc1(nbin, &next));
  (void)Fill(project, bins, bins->start + 1);
  for (PetscInt b = 0; b < nbin; b++) bins->start[b + 1] += bins->start[b];
  PetscCall(PetscMalloc1(bins->start[nbin], &bins->item));
  PetscCall(PetscArraycpy(next, bins->start, nbin));
  (void)Fill(project, bins, next);
  PetscCall(PetscFree(next));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltBinsDestroy(PltBins *bins)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(bins->start));
  PetscCall(PetscFree(bins->item));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Two boxes may meet in several bins: the one that holds the lower corner of what they share
   counts. */
static PetscBool MeetHere(PltProject project, const PltBins *bins, PetscInt bin, PetscInt a,
                          PetscInt b)
{
  const Box p = BoxOf(&project->die[a]), q = BoxOf(&project->die[b]);

  for (int d = 0; d < 2; d++)
    if (p.lower[d] > q.upper[d] || q.lower[d] > p.upper[d]) return PETSC_FALSE;
  return PltBinsAt(bins, PetscMax(p.lower[0], q.lower[0]), PetscMax(p.lower[1], q.lower[1])) == bin
             ? PETSC_TRUE
             : PETSC_FALSE;
}

PetscErrorCode PltBinsPairs(PltProject project, const PltBins *bins,
                            PetscErrorCode (*visit)(PetscInt a, PetscInt b, PetscBool *enough,
                                                    void *context),
                            void *context)
{
  PetscBool enough = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt bin = 0; bin < bins->n[0] * bins->n[1]; bin++) {
    for (PetscInt i = bins->start[bin]; i < bins->start[bin + 1]; i++) {
      for (PetscInt j = i + 1; j < bins->start[bin + 1]; j++) {
        if (!MeetHere(project, bins, bin, bins->item[i], bins->item[j])) continue;
        PetscCall(visit(bins->item[i], bins->item[j], &enough, context));
        if (enough) PetscFunctionReturn(PETSC_SUCCESS);
      }
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
