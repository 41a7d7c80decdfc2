/* SPDX-License-Identifier: BSD-2-Clause
   The polygons of a cell with those of all cells it refers to, turned, mirrored and repeated. What
   that will be is counted before, so that a small file cannot ask for more than the machine has;
   cells that refer to themselves are found on the way. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "input/gds.h"

enum { DEEP = 500, TEXT_SIZE = 200 };
static const PetscReal points_max = 5e7;

typedef struct { /* x' = a x + b y + x0, y' = c x + d y + y0 */
  PetscReal a, b, c, d, x0, y0;
} Motion;

/* A name for a message: lent until the next call but one. */
static const char *Shown(const char *name, size_t length)
{
  static _Thread_local char text[2][64];
  static _Thread_local int  turn;
  char                     *s = text[turn = 1 - turn];

  (void)snprintf(s, sizeof text[0], "%.*s", (int)PetscMin(length, 60), name);
  for (; *s; s++)
    if (*s < ' ' || *s > '~') *s = '?';
  return text[turn];
}

/* ---- names ---- */

static int CompareNames(const char *a, size_t na, const char *b, size_t nb)
{
  const int order = memcmp(a, b, PetscMin(na, nb));

  return order ? order : (na > nb) - (na < nb);
}

static int CompareCells(const void *x, const void *y)
{
  const PltGdsCell *a = x, *b = y;

  return CompareNames(a->name, a->length, b->name, b->length);
}

/* Cells are sorted; -1 if there is none of this name. */
static PetscInt FindCell(const PltGds *g, const char *name, size_t length)
{
  PetscInt low = 0, high = g->ncell;

  while (low < high) {
    const PetscInt    middle = (low + high) / 2;
    const PltGdsCell *cell   = &g->cell[middle];
    const int         order  = CompareNames(name, length, cell->name, cell->length);

    if (order == 0) return middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return -1;
}

static PetscErrorCode LinkCells(PltGds *g)
{
  PetscFunctionBegin;
  qsort(g->cell, (size_t)g->ncell, sizeof *g->cell, CompareCells);
  for (PetscInt i = 1; i < g->ncell; i++) {
    const PltGdsCell *a = &g->cell[i - 1], *b = &g->cell[i];

    if (!CompareCells(a, b))
      PetscCall(PltGdsFail(g, PetscMax(a->at, b->at), "cell '%s' is in the file twice",
                           Shown(a->name, a->length)));
  }
  for (PetscInt i = 0; i < g->ncell; i++)
    for (PetscInt k = 0; k < g->cell[i].nreference; k++) {
      PltGdsReference *f = &g->cell[i].reference[k];

      f->cell = FindCell(g, f->name, f->length);
      if (f->cell >= 0) g->cell[f->cell].referred = PETSC_TRUE;
      else
        PetscCall(PltGdsFail(g, f->at, "cell '%s' refers to '%s', which is not in the file",
                             Shown(g->cell[i].name, g->cell[i].length), Shown(f->name, f->length)));
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* "A, B, C" */
static const char *TopCells(const PltGds *g, char text[TEXT_SIZE])
{
  size_t used = 0;

  text[0] = 0;
  for (PetscInt i = 0; i < g->ncell && used + 70 < TEXT_SIZE; i++)
    if (!g->cell[i].referred)
      used += (size_t)snprintf(text + used, TEXT_SIZE - used, "%s%s", used ? ", " : "",
                               Shown(g->cell[i].name, g->cell[i].length));
  return text;
}

/* -1 and a mistake if it cannot be told. */
static PetscErrorCode ChooseCell(PltGds *g, const char *name, PetscInt *found)
{
  PetscInt n = 0;
  char     text[TEXT_SIZE];

  PetscFunctionBegin;
  *found = -1;
  if (name) {
    *found = FindCell(g, name, strlen(name));
    if (*found < 0)
      PetscCall(PltGdsFail(g, g->at, "there is no cell '%s' in the file; its top cells: %s", name,
                           TopCells(g, text)));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (PetscInt i = 0; i < g->ncell; i++) {
    if (g->cell[i].referred) continue;
    *found = i;
    n++;
  }
  if (n == 1) PetscFunctionReturn(PETSC_SUCCESS);
  *found = -1;
  if (n > 1)
    PetscCall(PltGdsFail(g, g->at, "the file has several top cells: %s; name one of them, 'cell'",
                         TopCells(g, text)));
  else if (g->ncell)
    PetscCall(PltGdsFail(g, g->at, "all cells of the file are referred to; name one, 'cell'"));
  else PetscCall(PltGdsFail(g, g->at, "the file has no cells"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- flattening ---- */

/* Points of a cell with all that is in it. */
static PetscErrorCode CountPoints(PltGds *g, PetscInt i, int depth)
{
  PltGdsCell *cell = &g->cell[i];

  PetscFunctionBegin;
  if (cell->mark == 2 || g->bad) PetscFunctionReturn(PETSC_SUCCESS);
  if (cell->mark == 1 || depth > DEEP) {
    PetscCall(PltGdsFail(g, cell->at, "cell '%s' %s", Shown(cell->name, cell->length),
                         cell->mark == 1 ? "refers to itself" : "is nested too deep"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  cell->mark   = 1;
  cell->points = (PetscReal)cell->polygons.npoint;
  for (PetscInt k = 0; k < cell->nreference && !g->bad; k++) {
    const PltGdsReference *f = &cell->reference[k];

    PetscCall(CountPoints(g, f->cell, depth + 1));
    cell->points += (PetscReal)f->count[0] * (PetscReal)f->count[1] * g->cell[f->cell].points;
  }
  cell->mark = 2;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* After the motion m: that of a reference, at column i and row j. */
static Motion Follow(const Motion *m, const PltGdsReference *f, PetscInt i, PetscInt j)
{
  const PetscReal quarters = f->angle / 90, turn = f->angle * PETSC_PI / 180;
  const PetscBool straight = (PetscBool)(quarters == PetscFloorReal(quarters));
  const int       q        = straight ? ((int)fmod(quarters, 4) + 4) % 4 : 0;
  const PetscReal exact[4] = {1, 0, -1, 0};
  const PetscReal c        = f->mag * (straight ? exact[q] : PetscCosReal(turn));
  const PetscReal s        = f->mag * (straight ? exact[(q + 3) % 4] : PetscSinReal(turn));
  const PetscReal flip = f->mirror ? -1 : 1, a = c, b = -s * flip, cc = s, d = c * flip;
  PetscReal       at[2];

  for (int e = 0; e < 2; e++) {
    at[e] = f->xy[0][e];
    if (i) at[e] += (f->xy[1][e] - f->xy[0][e]) * ((PetscReal)i / (PetscReal)f->count[0]);
    if (j) at[e] += (f->xy[2][e] - f->xy[0][e]) * ((PetscReal)j / (PetscReal)f->count[1]);
  }
  return (Motion){m->a * a + m->b * cc,
                  m->a * b + m->b * d,
                  m->c * a + m->d * cc,
                  m->c * b + m->d * d,
                  m->a * at[0] + m->b * at[1] + m->x0,
                  m->c * at[0] + m->d * at[1] + m->y0};
}

static PetscErrorCode AddMoved(const PltPolygons *from, const Motion *m, PltPolygons *to)
{
  PetscInt most = 0;
  PetscReal(*xy)[2];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < from->npoly; i++) most = PetscMax(most, PltPolygonSize(from, i));
  PetscCall(PetscMalloc1(most, &xy));
  for (PetscInt i = 0; i < from->npoly; i++) {
    const PetscInt n = PltPolygonSize(from, i);

    for (PetscInt k = 0; k < n; k++) {
      const PetscReal *p = from->xy[from->first[i] + k];

      xy[k][0] = m->a * p[0] + m->b * p[1] + m->x0;
      xy[k][1] = m->c * p[0] + m->d * p[1] + m->y0;
    }
    PetscCall(PltPolygonsAdd(to, n, (const PetscReal(*)[2])xy));
  }
  PetscCall(PetscFree(xy));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddCell(const PltGds *g, PetscInt i, const Motion *m, PltPolygons *polygons)
{
  const PltGdsCell *cell = &g->cell[i];

  PetscFunctionBegin;
  PetscCall(AddMoved(&cell->polygons, m, polygons));
  for (PetscInt k = 0; k < cell->nreference; k++) {
    const PltGdsReference *f = &cell->reference[k];

    if (!(g->cell[f->cell].points > 0)) continue; /* nothing of these layers */
    for (PetscInt row = 0; row < f->count[1]; row++)
      for (PetscInt column = 0; column < f->count[0]; column++) {
        const Motion inner = Follow(m, f, column, row);

        PetscCall(AddCell(g, f->cell, &inner, polygons));
      }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReportEmpty(PltGds *g, const PltGdsCell *cell)
{
  char   text[TEXT_SIZE] = "none";
  size_t used            = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < g->nseen && used + 24 < TEXT_SIZE; i++)
    used += (size_t)snprintf(text + used, TEXT_SIZE - used, "%s%d/%d", i ? ", " : "",
                             g->seen[i].layer, g->seen[i].datatype);
  PetscCall(PltGdsFail(g, cell->at,
                       "cell '%s' has nothing on the layers that are asked for; in the "
                       "file are: %s",
                       Shown(cell->name, cell->length), text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGdsFlatten(PltGds *g, const char *name, PltPolygons *polygons)
{
  const Motion metres = {.a = g->unit, .d = g->unit};
  PetscInt     i      = -1;

  PetscFunctionBegin;
  PetscCall(LinkCells(g));
  if (!g->bad) PetscCall(ChooseCell(g, name, &i));
  if (!g->bad) PetscCall(CountPoints(g, i, 0));
  if (g->bad) PetscFunctionReturn(PETSC_SUCCESS);
  if (!(g->cell[i].points > 0)) PetscCall(ReportEmpty(g, &g->cell[i]));
  else if (g->cell[i].points > points_max)
    PetscCall(PltGdsFail(g, g->cell[i].at, "cell '%s' has %.3g points, at most %.0e are supported",
                         Shown(g->cell[i].name, g->cell[i].length), (double)g->cell[i].points,
                         (double)points_max));
  else PetscCall(AddCell(g, i, &metres, polygons));
  PetscFunctionReturn(PETSC_SUCCESS);
}
