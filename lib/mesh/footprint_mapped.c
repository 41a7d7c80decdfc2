/* SPDX-License-Identifier: BSD-2-Clause
   The mapped footprint: a rectangle with axis-aligned dies, cut by lines of constant x and y
   through all die edges and graded in between. All quads are rectangles, numbered row by row.
   Needs no mesher.

   With symmetry the lines are those of the whole panel, of which one lies on the plane because
   the layout is its own mirror image; so a half or a quarter has exactly the lines of the whole. */
#include "mesh/footprint.h"

/* Thinner elements than this share of the panel spoil the arithmetic. */
static const PetscReal narrowest_share = 1e-7;

typedef struct {
  PetscReal lower[2], upper[2];
} Box;

/* Quarter turns of a die, and how far it is from one, in turns. */
static PetscInt QuarterTurns(const PltDie *die, PetscReal *rest)
{
  const PetscReal turns = die->angle / (0.5 * PETSC_PI), whole = PetscFloorReal(turns + 0.5);

  *rest = PetscAbsReal(turns - whole);
  return (PetscInt)whole;
}

static Box BoxOf(const PltDie *die)
{
  PetscReal       rest;
  const PetscInt  turns   = QuarterTurns(die, &rest);
  const PetscReal half[2] = {0.5 * (turns % 2 ? die->height : die->width),
                             0.5 * (turns % 2 ? die->width : die->height)};
  const Box box = {{die->x - half[0], die->y - half[1]}, {die->x + half[0], die->y + half[1]}};

  return box;
}

static PetscErrorCode NeedAligned(PltProject project)
{
  PetscFunctionBegin;
  PetscCheck(!project->round, PETSC_COMM_SELF, PLT_ERR_MESH,
             "a round panel has no mapped mesh: use 'method: free'");
  for (PetscInt d = 0; d < project->ndie; d++) {
    const PltDie *die = &project->die[d];
    PetscReal     rest;

    (void)QuarterTurns(die, &rest);
    PetscCheck(rest < 1e-9, PETSC_COMM_SELF, PLT_ERR_MESH,
               "die '%s' is turned by %.6g deg; the mapped mesh takes multiples of 90 deg: use "
               "'method: free'",
               die->id, (double)(die->angle * 180 / PETSC_PI));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Die edges and the outline along one axis, ascending, those that coincide once. */
static PetscErrorCode Cuts(PltProject project, const PetscInt region[], PetscInt axis, PetscInt *n,
                           PetscReal *cut)
{
  const PetscReal end       = 0.5 * project->size[axis];
  const PetscReal narrowest = narrowest_share * project->size[axis];
  PetscInt        count = 0, kept = 1;

  PetscFunctionBegin;
  for (PetscInt d = 0; d < project->ndie; d++) {
    const Box box = BoxOf(&project->die[d]);

    if (region[d] != d + 1) continue;
    if (box.lower[axis] > -end + PLT_SAME_PLACE) cut[count++] = box.lower[axis];
    if (box.upper[axis] < end - PLT_SAME_PLACE) cut[count++] = box.upper[axis];
  }
  cut[count++] = -end;
  cut[count++] = end;
  PetscCall(PetscSortReal(count, cut));
  PetscCheck(cut[0] >= -end && cut[count - 1] <= end, PETSC_COMM_SELF, PLT_ERR_MESH,
             "a die reaches outside the panel");
  for (PetscInt i = 1; i < count; i++) {
    const PetscReal gap = cut[i] - cut[kept - 1];

    if (gap <= PLT_SAME_PLACE) continue;
    PetscCheck(
        gap >= narrowest, PETSC_COMM_SELF, PLT_ERR_MESH,
        "edges of dies or of the panel at %c = %.9g mm and %.9g mm are only %.6g nm apart and "
        "each needs a line of the mapped mesh: align them, or use 'method: free'",
        axis == 0 ? 'x' : 'y', (double)(cut[kept - 1] * 1e3), (double)(cut[i] * 1e3),
        (double)(gap * 1e9));
    cut[kept++] = cut[i];
  }
  *n = kept;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Leave out the lines below the symmetry plane. */
static PetscErrorCode KeepUpper(PetscInt axis, PetscInt *n, PetscReal x[])
{
  PetscInt first;

  PetscFunctionBegin;
  PetscCall(PetscFindReal(0, *n, x, 2 * PLT_SAME_PLACE, &first));
  PetscCheck(first >= 0, PETSC_COMM_SELF, PLT_ERR_MESH,
             "the dies are not their own mirror image across %c = 0, as the symmetry says",
             axis == 0 ? 'x' : 'y');
  *n -= first;
  PetscCall(PetscArraymove(x, x + first, *n));
  x[0] = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Elements in each interval between cuts, and lines in all: PLT_QUADS_MAX or more if too many. */
static PetscInt Count(const PltGrading *grading, PetscInt ncut, const PetscReal cut[],
                      PetscInt count[])
{
  PetscInt n = 1;

  for (PetscInt i = 0; i + 1 < ncut && n < PLT_QUADS_MAX; i++) {
    count[i] = PltSpacingCount(grading, cut[i + 1] - cut[i]);
    n += count[i];
  }
  return n;
}

/* All lines of constant x (axis 0) or y (axis 1); the caller frees x. None if they are too many. */
static PetscErrorCode Lines(PltProject project, const PetscInt region[], PetscInt axis, PetscInt *n,
                            PetscReal **x)
{
  const PltGrading grading = PltGradingOf(project);
  PetscErrorCode   code;
  PetscReal       *cut;
  PetscInt         ncut = 0, *count;

  PetscFunctionBegin;
  PetscCheck(grading.near >= narrowest_share * project->size[axis], PETSC_COMM_SELF, PLT_ERR_MESH,
             "a mesh size of %.6g mm is too small for a panel of %.6g mm",
             (double)(grading.near * 1e3), (double)(project->size[axis] * 1e3));
  PetscCall(PetscMalloc2(2 * project->ndie + 2, &cut, 2 * project->ndie + 2, &count));
  code = Cuts(project, region, axis, &ncut, cut);
  *n   = Count(&grading, ncut, cut, count);
  if (!code && *n < PLT_QUADS_MAX) {
    PetscReal *at;

    PetscCall(PetscMalloc1(*n, x));
    at = *x;
    for (PetscInt i = 0; i + 1 < ncut; at += count[i++])
      PltSpacingSet(&grading, cut[i], cut[i + 1], count[i], at);
  }
  PetscCall(PetscFree2(cut, count));
  PetscCall(code);
  if (*x && PltIsMirrored(project, axis)) PetscCall(KeepUpper(axis, n, *x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Line at x; the outermost one beyond the ends. Die edges are lines to PLT_SAME_PLACE. */
static PetscErrorCode LineAt(PetscInt n, const PetscReal x[], PetscReal at, PetscInt *line)
{
  PetscFunctionBegin;
  PetscCall(PetscFindReal(PetscClipInterval(at, x[0], x[n - 1]), n, x, 2 * PLT_SAME_PLACE, line));
  PltAssert(*line >= 0, "no line at %.6g", (double)at);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Give the quads inside a die its region. */
static PetscErrorCode Paint(PltProject project, PetscInt region, const PetscInt n[2],
                            PetscReal *const x[2], PltFootprint *f)
{
  const Box box = BoxOf(&project->die[region - 1]);
  PetscInt  first[2], end[2];

  PetscFunctionBegin;
  for (PetscInt k = 0; k < 2; k++) {
    PetscCall(LineAt(n[k], x[k], box.lower[k], &first[k]));
    PetscCall(LineAt(n[k], x[k], box.upper[k], &end[k]));
  }
  for (PetscInt j = first[1]; j < end[1]; j++) {
    for (PetscInt i = first[0]; i < end[0]; i++) {
      PetscInt *r = &f->region[j * (n[0] - 1) + i];

      PetscCheck(*r == PLT_FILL, PETSC_COMM_SELF, PLT_ERR_MESH, "dies '%s' and '%s' overlap",
                 project->die[*r - 1].id, project->die[region - 1].id);
      *r = region;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void Number(const PetscInt n[2], PetscReal *const x[2], PltFootprint *f)
{
  for (PetscInt v = 0; v < f->nvert; v++) {
    f->xy[2 * v]     = x[0][v % n[0]];
    f->xy[2 * v + 1] = x[1][v / n[0]];
  }
  for (PetscInt q = 0; q < f->nquad; q++) {
    const PetscInt v = q / (n[0] - 1) * n[0] + q % (n[0] - 1);

    f->quad[4 * q]     = v;
    f->quad[4 * q + 1] = v + 1;
    f->quad[4 * q + 2] = v + 1 + n[0];
    f->quad[4 * q + 3] = v + n[0];
  }
}

static PetscErrorCode Build(PltProject project, const PetscInt region[], PetscReal *x[2],
                            PltFootprint *f)
{
  PetscInt n[2];

  PetscFunctionBegin;
  for (PetscInt k = 0; k < 2; k++) PetscCall(Lines(project, region, k, &n[k], &x[k]));
  PetscCall(PltFootprintNeedFew(project, (PetscReal)n[0] * (PetscReal)n[1]));
  PetscCall(PltFootprintAllocate(n[0] * n[1], (n[0] - 1) * (n[1] - 1), f));
  Number(n, x, f);
  for (PetscInt d = 0; d < project->ndie; d++)
    if (region[d] == d + 1) PetscCall(Paint(project, region[d], n, x, f));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintMapped(PltProject project, const PetscInt region[], PltFootprint *f)
{
  PetscReal     *x[2] = {NULL, NULL};
  PetscErrorCode code;

  PetscFunctionBegin;
  PetscCall(NeedAligned(project));
  code = Build(project, region, x, f);
  for (PetscInt k = 0; k < 2; k++) PetscCall(PetscFree(x[k]));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}
