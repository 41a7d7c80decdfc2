/* SPDX-License-Identifier: BSD-2-Clause
   Mistakes in the placing of dies: size, outline, overlap, symmetry. Rectangles are tested for
   overlap by separating axes (Gottschalk, Lin, Manocha 1996). */
#include "panel/internal.h"

typedef struct {
  PltProject  project;
  PltMistakes mistakes;
  PetscInt    found;
} Search;

static PetscBool IsInside(PltProject project, const PltDie *die)
{
  const PetscReal tolerance = 1e-9; /* m, as for equal outlines */
  PetscReal       corner[4][2];

  PltDieCorners(die, corner);
  for (int k = 0; k < 4; k++) {
    const PetscReal x = corner[k][0], y = corner[k][1];

    if (project->round && PetscSqrtReal(x * x + y * y) > 0.5 * project->size[0] + tolerance)
      return PETSC_FALSE;
    if (PetscAbsReal(x) > 0.5 * project->size[0] + tolerance ||
        PetscAbsReal(y) > 0.5 * project->size[1] + tolerance)
      return PETSC_FALSE;
  }
  return PETSC_TRUE;
}

/* Each die by itself; *good says whether they may be compared with each other. */
static PetscErrorCode CheckEach(PltProject project, PltMistakes mistakes, PetscBool *good)
{
  const PetscBool outline_known =
      !project->unread[PLT_SECTION_PANEL] && project->size[0] > 0 && project->size[1] > 0;
  PetscInt found = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->ndie && found < PLT_ENOUGH; i++) {
    const PltDie *die = &project->die[i];

    if (!(die->width > 0 && die->height > 0)) {
      PetscCall(PltMistakesAdd(mistakes, die->mark,
                               "die '%s' is %.6g mm by %.6g mm: both must be positive", die->id,
                               (double)(die->width * 1e3), (double)(die->height * 1e3)));
      found++;
    } else if (outline_known && !IsInside(project, die)) {
      PetscCall(PltMistakesAdd(mistakes, die->mark,
                               "die '%s' at (%.6g mm, %.6g mm) reaches outside the panel", die->id,
                               (double)(die->x * 1e3), (double)(die->y * 1e3)));
      found++;
    }
  }
  *good = found == 0 && outline_known ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Is there an axis, along a side of `a`, on which the two do not share more than the tolerance? */
static PetscBool SideSeparates(PetscReal a[4][2], PetscReal b[4][2])
{
  const PetscReal tolerance = 1e-9; /* m: dies may touch */

  for (int side = 0; side < 2; side++) {
    const PetscReal dx = a[side + 1][0] - a[side][0], dy = a[side + 1][1] - a[side][1];
    const PetscReal length   = PetscSqrtReal(dx * dx + dy * dy);
    PetscReal       lower[2] = {PETSC_MAX_REAL, PETSC_MAX_REAL};
    PetscReal       upper[2] = {-PETSC_MAX_REAL, -PETSC_MAX_REAL};

    for (int k = 0; k < 8; k++) {
      const PetscReal *p = k < 4 ? a[k] : b[k - 4];
      const PetscReal  s = (p[0] * dx + p[1] * dy) / length;

      lower[k / 4] = PetscMin(lower[k / 4], s);
      upper[k / 4] = PetscMax(upper[k / 4], s);
    }
    if (PetscMin(upper[0], upper[1]) - PetscMax(lower[0], lower[1]) <= tolerance) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

PetscBool PltRectanglesOverlap(PetscReal a[4][2], PetscReal b[4][2])
{
  return (PetscBool)(!SideSeparates(a, b) && !SideSeparates(b, a));
}

static PetscBool InRing(PltProject project, PetscInt a, PetscInt b)
{
  for (PetscInt i = project->die[a].twin; i != a; i = project->die[i].twin)
    if (i == b) return PETSC_TRUE;
  return PETSC_FALSE;
}

/* Dies of different plies with one outline are twins; any other overlap is a mistake, because a
   quad of the footprint belongs to one die outline. */
static PetscErrorCode VisitPair(PetscInt first, PetscInt second, PetscBool *enough, void *context)
{
  Search        *search  = (Search *)context;
  PltProject     project = search->project;
  const PetscInt a = PetscMin(first, second), b = PetscMax(first, second);
  PltDie        *p = &project->die[a], *q = &project->die[b];
  PetscReal      corner[2][4][2];

  PetscFunctionBegin;
  if (p->ply != q->ply && PltDieSameOutline(p, q)) {
    if (!InRing(project, a, b)) { /* exchanging the successors joins two rings */
      const PetscInt next = p->twin;

      p->twin = q->twin;
      q->twin = next;
    }
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PltDieCorners(p, corner[0]);
  PltDieCorners(q, corner[1]);
  if (!PltRectanglesOverlap(corner[0], corner[1])) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltMistakesAdd(
      search->mistakes, q->mark,
      "die '%s' at (%.6g mm, %.6g mm) overlaps die '%s' at (%.6g mm, %.6g mm)%s", q->id,
      (double)(q->x * 1e3), (double)(q->y * 1e3), p->id, (double)(p->x * 1e3), (double)(p->y * 1e3),
      p->ply == q->ply ? "" : "; dies of different plies must lie apart or have the same outline"));
  *enough = ++search->found >= PLT_ENOUGH ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Is there the image of a die in the mirror across x = 0 (d = 0) or y = 0 (d = 1)? */
static PetscBool HasImage(PltProject project, const PltBins *bins, const PltDie *die, int d)
{
  PltDie   image = *die;
  PetscInt bin;

  image.angle = -die->angle;
  if (d == 0) image.x = -die->x;
  else image.y = -die->y;
  bin = PltBinsAt(bins, image.x, image.y);
  for (PetscInt k = bins->start[bin]; k < bins->start[bin + 1]; k++) {
    const PltDie *other = &project->die[bins->item[k]];

    if (other->ply == die->ply && PltDieSameOutline(other, &image)) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

static PetscErrorCode CheckSymmetry(PltProject project, const PltBins *bins, PltMistakes mistakes)
{
  const PetscBool plane[2] = {
      project->symmetry == PLT_SYMMETRY_HALF_X || project->symmetry == PLT_SYMMETRY_QUARTER,
      project->symmetry == PLT_SYMMETRY_HALF_Y || project->symmetry == PLT_SYMMETRY_QUARTER};

  PetscFunctionBegin;
  for (int d = 0; d < 2; d++) {
    PetscInt found = 0;

    for (PetscInt i = 0; plane[d] && i < project->ndie && found < PLT_ENOUGH; i++) {
      const PltDie *die = &project->die[i];

      if (HasImage(project, bins, die, d)) continue;
      PetscCall(PltMistakesAdd(
          mistakes, die->mark,
          "die '%s' at (%.6g mm, %.6g mm) has no mirror image across %s = 0, as the "
          "symmetry of the panel says",
          die->id, (double)(die->x * 1e3), (double)(die->y * 1e3), d == 0 ? "x" : "y"));
      found++;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The mapped mesh follows lines of constant x and y. */
static PetscErrorCode CheckAngles(PltProject project, PltMistakes mistakes)
{
  PetscInt found = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->ndie && found < PLT_ENOUGH; i++) {
    const PltDie   *die   = &project->die[i];
    const PetscReal turns = die->angle / (0.5 * PETSC_PI);

    if (project->mesh_method != PLT_MESH_MAPPED) break;
    if (PetscAbsReal(turns - PetscFloorReal(turns + 0.5)) < 1e-9) continue;
    PetscCall(
        PltMistakesAdd(mistakes, die->mark,
                       "die '%s' is turned by %.6g deg; the mapped mesh takes multiples of 90 deg: "
                       "use 'method: free'",
                       die->id, (double)(die->angle * 180 / PETSC_PI)));
    found++;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckDies(PltProject project, PltMistakes mistakes)
{
  Search    search = {project, mistakes, 0};
  PetscBool good   = PETSC_FALSE;
  PltBins   bins;

  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_DIES]) PetscFunctionReturn(PETSC_SUCCESS);
  if (!project->unread[PLT_SECTION_PANEL]) PetscCall(CheckAngles(project, mistakes));
  PetscCall(CheckEach(project, mistakes, &good));
  if (!good || project->ndie == 0) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < project->ndie; i++) project->die[i].twin = i;
  PetscCall(PltBinsCreate(project, &bins));
  PetscCall(PltBinsPairs(project, &bins, VisitPair, &search));
  project->twins = search.found == 0 ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(CheckSymmetry(project, &bins, mistakes));
  PetscCall(PltBinsDestroy(&bins));
  PetscFunctionReturn(PETSC_SUCCESS);
}
