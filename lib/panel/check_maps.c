/* SPDX-License-Identifier: BSD-2-Clause
   Mistakes of maps of metal: numbers out of range, maps that overlap or have no die to lie at, or
   that are not their own mirror image where the panel is. */
#include "panel/internal.h"

/* Of a fraction; grey values of eight bits are coarser. */
static const PetscReal tolerance = 1e-6;

static PetscErrorCode CheckFraction(const PltMap *map, const char *what, PetscReal value,
                                    PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (!(value >= 0 && value <= 1))
    PetscCall(PltMistakesAdd(mistakes, map->mark,
                             "material '%s': %s is %.6g, must be between 0 and 1",
                             map->material->name, what, (double)value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The first cell that holds less than nothing or more than itself. */
static PetscErrorCode CheckCells(const PltMap *map, PltMistakes mistakes)
{
  const PltRaster *r = &map->raster;

  PetscFunctionBegin;
  for (PetscInt i = 0; r->share && i < r->n[0] * r->n[1]; i++) {
    const PetscReal *share = &r->share[PLT_METAL_KINDS * i];
    const PetscReal  all   = share[0] + share[1] + share[2];

    if (share[0] >= 0 && share[1] >= 0 && share[2] >= 0 && all <= 1 + tolerance) continue;
    PetscCall(PltMistakesAdd(mistakes, map->mark,
                             "material '%s': metal covers %.6g of the cell in row %d, column %d of "
                             "its map (from above, from the left), must be between 0 and 1",
                             map->material->name, (double)all, (int)(r->n[1] - i / r->n[0]),
                             (int)(i % r->n[0] + 1)));
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckSize(const PltMap *map, PltMistakes mistakes)
{
  const PltTracesMap *m = &map->given;

  PetscFunctionBegin;
  if (m->kind == PLT_MAP_GDS) {
    const PetscReal w = m->window[2] - m->window[0], h = m->window[3] - m->window[1];

    if (!(m->pitch > 0))
      PetscCall(PltMistakesAdd(mistakes, map->mark,
                               "material '%s': the pitch of its map is %.6g um, must be positive",
                               map->material->name, (double)(m->pitch * 1e6)));
    if ((w != 0 || h != 0) && !(w > 0 && h > 0))
      PetscCall(PltMistakesAdd(mistakes, map->mark,
                               "material '%s': the window of its map is %.6g mm by %.6g mm, both "
                               "must be positive: [[left, bottom], [right, top]]",
                               map->material->name, (double)(w * 1e3), (double)(h * 1e3)));
  } else if (!(m->width > 0 && m->height > 0))
    PetscCall(PltMistakesAdd(
        mistakes, map->mark, "material '%s': its map is %.6g mm by %.6g mm, both must be positive",
        map->material->name, (double)(m->width * 1e3), (double)(m->height * 1e3)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckArray(const PltMap *map, PltMistakes mistakes)
{
  const PltTracesMap *m    = &map->given;
  const PetscReal    *size = map->raster.size;

  PetscFunctionBegin;
  if (m->count[0] < 1 || m->count[1] < 1 || m->count[1] > PLT_DIES_MAX / m->count[0]) {
    PetscCall(PltMistakesAdd(mistakes, map->mark,
                             "material '%s': an array of %d x %d maps: must be positive and %d at "
                             "most",
                             map->material->name, m->count[0], m->count[1], (int)PLT_DIES_MAX));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (int d = 0; d < 2; d++) {
    if (m->count[d] < 2 || m->step[d] >= size[d] * (1 - tolerance)) continue;
    PetscCall(PltMistakesAdd(mistakes, map->mark,
                             "material '%s': its map is %.6g mm %s, so it overlaps the next one at "
                             "a pitch of %.6g mm",
                             map->material->name, (double)(size[d] * 1e3), d ? "high" : "wide",
                             (double)(m->step[d] * 1e3)));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- at dies ---- */

static void CornersOf(const PltPlaced *p, PetscInt i, PetscReal corner[4][2])
{
  const PltMapPlace *place = &p->place[i];
  PltDie             die   = {.x      = place->at[0],
                              .y      = place->at[1],
                              .width  = p->map->raster.size[0],
                              .height = p->map->raster.size[1],
                              .angle  = atan2(place->sine, place->cosine)};

  PltDieCorners(&die, corner);
}

/* The first place whose map overlaps the one at i; -1 if none does. */
static PetscInt FindOverlap(const PltPlaced *p, PetscInt i)
{
  PetscReal corner[2][4][2];
  PetscInt  first[2], last[2];

  CornersOf(p, i, corner[0]);
  for (int d = 0; d < 2; d++) {
    first[d] = PltPlacedBin(p, d, p->place[i].at[d] - 2 * p->reach);
    last[d]  = PltPlacedBin(p, d, p->place[i].at[d] + 2 * p->reach);
  }
  for (PetscInt j = first[1]; j <= last[1]; j++)
    for (PetscInt k = p->start[j * p->n[0] + first[0]]; k < p->start[j * p->n[0] + last[0] + 1];
         k++) {
      if (k <= i) continue;
      CornersOf(p, k, corner[1]);
      if (PltRectanglesOverlap(corner[0], corner[1])) return k;
    }
  return -1;
}

static PetscErrorCode CheckDiePlaces(PltProject project, const PltMap *map, PltMistakes mistakes)
{
  const PltTracesMap *m = &map->given;
  PltPlaced           placed;

  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_DIES] || project->unread[PLT_SECTION_STACK])
    PetscFunctionReturn(PETSC_SUCCESS);
  if (m->ply && PltProjectFindPly(project, m->ply) < 0) {
    PetscCall(PltMistakesAdd(mistakes, map->mark,
                             "material '%s': its map is to lie at the dies of ply '%s', which is "
                             "not in the stack",
                             map->material->name, m->ply));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltPlacedCreate(project, map, &placed));
  if (placed.nplace == 0)
    PetscCall(PltMistakesAdd(
        mistakes, map->mark, "material '%s': its map is to lie at dies, but there are none%s%s%s",
        map->material->name, m->ply ? " in ply '" : "", m->ply ? m->ply : "", m->ply ? "'" : ""));
  for (PetscInt i = 0; i < placed.nplace; i++) {
    const PetscInt   k = FindOverlap(&placed, i);
    const PetscReal *a = placed.place[i].at, *b = k < 0 ? a : placed.place[k].at;

    if (k < 0) continue;
    PetscCall(PltMistakesAdd(mistakes, map->mark,
                             "material '%s': its map, %.6g mm by %.6g mm, at (%.6g mm, %.6g mm) "
                             "overlaps that at (%.6g mm, %.6g mm)",
                             map->material->name, (double)(map->raster.size[0] * 1e3),
                             (double)(map->raster.size[1] * 1e3), (double)(a[0] * 1e3),
                             (double)(a[1] * 1e3), (double)(b[0] * 1e3), (double)(b[1] * 1e3)));
    break;
  }
  PetscCall(PltPlacedDestroy(&placed));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- symmetry ---- */

/* Is a map its own image in the mirror across x = 0 (d = 0) or y = 0 (d = 1)? */
static PetscBool IsImage(const PltMap *map, int d)
{
  const PltRaster *r       = &map->raster;
  const PetscReal  shift[] = {map->given.x, map->given.y};

  if (PetscAbsReal(shift[d]) > 1e-9) return PETSC_FALSE;
  for (PetscInt j = 0; j < r->n[1]; j++)
    for (PetscInt i = 0; i < r->n[0]; i++) {
      const PetscInt other =
          d == 0 ? j * r->n[0] + r->n[0] - 1 - i : (r->n[1] - 1 - j) * r->n[0] + i;
      const PetscReal *a = &r->share[PLT_METAL_KINDS * (j * r->n[0] + i)];
      const PetscReal *b = &r->share[PLT_METAL_KINDS * other];

      for (int k = 0; k < PLT_METAL_KINDS; k++)
        if (PetscAbsReal(a[k] - b[k]) > tolerance) return PETSC_FALSE;
    }
  return PETSC_TRUE;
}

static PetscErrorCode CheckSymmetry(PltProject project, const PltMap *map, PltMistakes mistakes)
{
  const PetscBool plane[2] = {
      project->symmetry == PLT_SYMMETRY_HALF_X || project->symmetry == PLT_SYMMETRY_QUARTER,
      project->symmetry == PLT_SYMMETRY_HALF_Y || project->symmetry == PLT_SYMMETRY_QUARTER};

  PetscFunctionBegin;
  for (int d = 0; d < 2; d++)
    if (plane[d] && !IsImage(map, d))
      PetscCall(PltMistakesAdd(mistakes, map->mark,
                               "material '%s': its map is not its own mirror image across %s = 0, "
                               "as the symmetry of the panel says",
                               map->material->name, d ? "y" : "x"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- all of one ---- */

static PetscErrorCode CheckMap(PltProject project, PltMap *map, PltMistakes mistakes)
{
  const PltTracesMap *m      = &map->given;
  const PetscInt      before = PltMistakesCount(mistakes);

  PetscFunctionBegin;
  if (m->kind == PLT_MAP_REGIONS) {
    PetscCall(CheckFraction(map, "the fraction outside the dies, 'fill',", m->fill, mistakes));
    PetscCall(CheckFraction(map, "the fraction at 'dies'", m->dies, mistakes));
  } else {
    PetscCall(CheckFraction(map, "the fraction 'outside' its map", m->outside, mistakes));
    PetscCall(CheckSize(map, mistakes));
    PetscCall(CheckCells(map, mistakes));
    if (m->repeat == PLT_REPEAT_ARRAY) PetscCall(CheckArray(map, mistakes));
    if (PltMapIsLoaded(map) && PltMistakesCount(mistakes) == before) {
      if (m->repeat == PLT_REPEAT_DIES) PetscCall(CheckDiePlaces(project, map, mistakes));
      PetscCall(CheckSymmetry(project, map, mistakes));
    }
  }
  if (PltMistakesCount(mistakes) == before) PetscCall(PltMapAverage(project, map));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckMaps(PltProject project, PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_MATERIALS]) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < project->nmap; i++)
    PetscCall(CheckMap(project, &project->map[i], mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}
