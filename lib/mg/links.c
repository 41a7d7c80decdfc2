/* SPDX-License-Identifier: BSD-2-Clause
   Which places of the grid are coarse lines, who owns them, and what their unknowns are. A place is
   a coarse line if some finer line is interpolated from it; it belongs to the rank that owns the
   finer line it weighs most in. Every rank looks at the whole grid, which is a few numbers a
   place. */
#include "mg/internal.h"
#include "mg/coarsen.h"

/* How far x is outside an interval, in its lengths. */
static PetscReal Outside(const PltGrid *g, PetscInt axis, PetscInt i, PetscReal x)
{
  const PetscReal lo = g->at[axis][i], hi = g->at[axis][i + 1];

  return PetscMax(0, PetscMax(lo - x, x - hi)) / (hi - lo);
}

/* The active cell that x is in or nearest to, in growing rings. */
static PetscErrorCode FindCell(const PltGrid *g, const PetscReal x[2], PetscInt cell[2])
{
  const PetscInt n[2]  = {g->n[0] - 1, g->n[1] - 1};
  const PetscInt at[2] = {PltGridInterval(g, 0, x[0]), PltGridInterval(g, 1, x[1])};
  PetscReal      best  = PETSC_MAX_REAL;

  PetscFunctionBegin;
  for (PetscInt ring = 0; ring < PetscMax(n[0], n[1]) && best > ring - 1; ring++)
    for (PetscInt j = PetscMax(0, at[1] - ring); j <= PetscMin(n[1] - 1, at[1] + ring); j++)
      for (PetscInt i = PetscMax(0, at[0] - ring); i <= PetscMin(n[0] - 1, at[0] + ring); i++) {
        PetscReal d;

        if (!g->active[j * n[0] + i]) continue;
        d = PetscMax(Outside(g, 0, i, x[0]), Outside(g, 1, j, x[1]));
        if (d >= best) continue;
        best    = d;
        cell[0] = i;
        cell[1] = j;
      }
  PetscCheck(best < PETSC_MAX_REAL, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "no cell of a coarse grid");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindOwners(PltCoarsening *c, PetscMPIInt rank)
{
  struct {
    PetscReal weight;
    int       rank;
  } * best;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(c->nplace, &best));
  for (PetscInt i = 0; i < c->nplace; i++) best[i].weight = 0, best[i].rank = -1;
  for (PetscInt v = 0; v < c->fine->nown; v++)
    for (PetscInt k = 0; k < 4; k++) {
      const PltLink *link = &c->link[v][k];

      if (link->line < 0 || PetscAbsReal(link->weight) <= best[link->line].weight) continue;
      best[link->line].weight = PetscAbsReal(link->weight);
      best[link->line].rank   = rank;
    }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, best, (PetscMPIInt)c->nplace, MPI_DOUBLE_INT, MPI_MAXLOC,
                             c->fine->comm));
  for (PetscInt i = 0; i < c->nplace; i++) c->owner[i] = best[i].weight > 0 ? best[i].rank : -1;
  PetscCall(PetscFree(best));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindStatus(PltCoarsening *c)
{
  const PltKinds *kind = &c->fine->kind;
  const PetscInt  m    = kind->m;

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(c->is, (size_t)c->nplace * (size_t)m));
  for (PetscInt v = 0; v < c->fine->nown; v++)
    for (PetscInt k = 0; k < 4; k++) {
      const PetscInt place = c->link[v][k].line;

      if (place < 0 || c->link[v][k].weight == 0) continue;
      for (PetscInt p = 0; p < m; p++)
        c->is[place * m + p] = (char)PetscMax(c->is[place * m + p], kind->is[kind->of[v] * m + p]);
    }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, c->is, (PetscMPIInt)(c->nplace * m), MPI_SIGNED_CHAR,
                             MPI_MAX, c->fine->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCoarseningLinks(PltCoarsening *c)
{
  PetscMPIInt rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(c->fine->comm, &rank));
  for (PetscInt v = 0; v < c->fine->nline; v++) {
    PetscInt cell[2] = {0, 0};

    PetscCall(FindCell(c->grid, c->fine->xy + 2 * v, cell));
    PltLinkSet(c->grid, cell, c->fine->xy + 2 * v, c->link[v]);
  }
  PetscCall(FindOwners(c, rank));
  PetscCall(FindStatus(c));
  PetscFunctionReturn(PETSC_SUCCESS);
}
