/* SPDX-License-Identifier: BSD-2-Clause
   A distributed mesh made by hand for tests of the rooms that use one: a grid of nx x ny quads,
   moved where a function says, with the vertices dealt out to the ranks in the least tidy way. */
#ifndef PLT_TEST_GRID_H
#define PLT_TEST_GRID_H
#include "check.h"
#include "mesh/mesh.h"

typedef struct {
  PetscInt  n[2];
  PetscReal low[2], high[2]; /* m */
  PetscReal distort;         /* inner vertices move by this part of a cell */
  PetscBool round; /* the square [-1, 1]^2 becomes the unit disc, then low and high apply */
  PetscInt (*region)(PetscReal x, PetscReal y); /* of a quad, by its middle; NULL: fill */
} Grid;

static inline int GridOwner(PetscInt vertex, int size)
{
  return (int)((vertex / 3 * 7 + vertex / 11) % size);
}

/* Where an item of an even split lives. */
static inline PetscSFNode GridShare(PetscInt item, PetscInt n, int size)
{
  PetscSFNode node  = {0, 0};
  PetscInt    start = 0;

  for (int r = 0; r < size; r++) {
    const PetscInt block = n / size + (r < n % size);

    if (item < start + block) {
      node.rank  = r;
      node.index = item - start;
      return node;
    }
    start += block;
  }
  return node;
}

/* Elliptical map of [-1, 1]^2 onto the unit disc: the middles of edges stay, corners come to the
   rim. */
static inline void GridDisc(PetscReal xy[2], const PetscReal radius[2])
{
  const PetscReal u = xy[0] / radius[0], v = xy[1] / radius[1];

  xy[0] = radius[0] * u * sqrt(1 - v * v / 2);
  xy[1] = radius[1] * v * sqrt(1 - u * u / 2);
}

static inline void GridPlace(const Grid *g, PetscInt v, PetscReal xy[2])
{
  const PetscInt  at[2] = {v % (g->n[0] + 1), v / (g->n[0] + 1)};
  const PetscBool inner = at[0] > 0 && at[0] < g->n[0] && at[1] > 0 && at[1] < g->n[1];

  for (int k = 0; k < 2; k++) {
    const PetscReal cell = (g->high[k] - g->low[k]) / (PetscReal)g->n[k];

    xy[k] = g->low[k] + cell * (PetscReal)at[k];
    if (at[k] == g->n[k]) xy[k] = g->high[k];
    if (inner) xy[k] += g->distort * cell * sin(1.7 * (double)v + k);
  }
  if (g->round) GridDisc(xy, g->high);
}

static inline void GridSplit(PetscInt n, int rank, int size, PetscInt *block, PetscInt *start)
{
  *block = n / size + (rank < n % size);
  *start = n / size * rank + PetscMin(rank, n % size);
}

static inline PetscInt GridCorner(const Grid *g, PetscInt q, PetscInt a)
{
  const PetscInt row = g->n[0] + 1, first = q / g->n[0] * row + q % g->n[0];

  return first + (a == 1 || a == 2) + (a >= 2) * row;
}

/* Own vertices first, then those of quads that touch them; number[] is the local one or -1. */
static inline void GridNumber(const Grid *g, PltMesh m, int rank, int size, PetscInt number[])
{
  PetscInt *touched;

  CALL(PetscCalloc1(m->nvert_all, &touched));
  for (PetscInt v = 0; v < m->nvert_all; v++) {
    number[v] = -1;
    if (GridOwner(v, size) != rank) continue;
    m->vert_natural[m->nvert_own] = v;
    number[v]                     = m->nvert_own++;
  }
  m->nvert = m->nvert_own;
  for (PetscInt q = 0; q < m->nquad_all; q++) {
    PetscBool mine = PETSC_FALSE;

    for (PetscInt a = 0; a < 4; a++)
      if (GridOwner(GridCorner(g, q, a), size) == rank) mine = PETSC_TRUE;
    for (PetscInt a = 0; mine && a < 4; a++) touched[GridCorner(g, q, a)] = 1;
    if (mine) m->quad_natural[m->nquad++] = q;
  }
  for (PetscInt v = 0; v < m->nvert_all; v++) {
    if (!touched[v] || number[v] >= 0) continue;
    m->vert_natural[m->nvert] = v;
    number[v]                 = m->nvert++;
  }
  CALL(PetscFree(touched));
}

static inline void GridQuads(const Grid *g, PltMesh m, int rank, int size, const PetscInt number[])
{
  CALL(PetscMalloc1(4 * m->nquad, &m->quad));
  CALL(PetscMalloc1(m->nquad, &m->region));
  CALL(PetscMalloc1(m->nquad, &m->own));
  m->nquad_own = 0;
  for (PetscInt q = 0; q < m->nquad; q++) {
    PetscReal middle[2] = {0, 0}, xy[2];

    for (PetscInt a = 0; a < 4; a++) {
      const PetscInt v = GridCorner(g, m->quad_natural[q], a);

      m->quad[4 * q + a] = number[v];
      GridPlace(g, v, xy);
      for (int k = 0; k < 2; k++) middle[k] += xy[k] / 4;
    }
    m->region[q] = g->region ? g->region(middle[0], middle[1]) : PLT_FILL;
    m->own[q] =
        GridOwner(GridCorner(g, m->quad_natural[q], 0), size) == rank; /* the lowest corner */
    m->nquad_own += m->own[q];
  }
}

/* On the outline of the whole panel; a lower bound of exactly 0 is a plane of symmetry. */
static inline void GridBoundary(const Grid *g, PltMesh m)
{
  CALL(PetscMalloc1(2 * m->nvert, &m->xy));
  CALL(PetscCalloc1(m->nvert, &m->boundary));
  for (PetscInt v = 0; v < m->nvert; v++) {
    GridPlace(g, m->vert_natural[v], &m->xy[2 * v]);
    for (int k = 0; k < 2; k++) {
      const PetscInt natural = m->vert_natural[v], row = g->n[0] + 1;
      const PetscInt at = k == 0 ? natural % row : natural / row;

      if (at == g->n[k] || (g->low[k] != 0 && at == 0)) m->boundary[v] = PETSC_TRUE;
    }
  }
}

static inline void GridForests(PltMesh m, int size)
{
  PetscSFNode *remote;
  PetscInt    *leaf, *index, n = 0, *count;

  CALL(
      PetscMalloc3(m->nvert + m->nquad, &remote, m->nvert + m->nquad, &leaf, m->nvert_all, &index));
  CALL(PetscCalloc1(size, &count));
  for (PetscInt v = 0; v < m->nvert_all; v++) index[v] = count[GridOwner(v, size)]++;
  for (PetscInt v = m->nvert_own; v < m->nvert; v++, n++) {
    const PetscInt natural = m->vert_natural[v];

    leaf[n]   = v;
    remote[n] = (PetscSFNode){.rank = GridOwner(natural, size), .index = index[natural]};
  }
  CALL(PetscSFCreate(m->comm, &m->ghost));
  CALL(PetscSFSetGraph(m->ghost, m->nvert_own, n, leaf, PETSC_COPY_VALUES, remote,
                       PETSC_COPY_VALUES));
  n = 0;
  for (PetscInt q = 0; q < m->nquad; q++) {
    if (!m->own[q]) continue;
    leaf[n]     = q;
    remote[n++] = GridShare(m->quad_natural[q], m->nquad_all, size);
  }
  CALL(PetscSFCreate(m->comm, &m->quad_to_natural));
  CALL(PetscSFSetGraph(m->quad_to_natural, m->quad_block, n, leaf, PETSC_COPY_VALUES, remote,
                       PETSC_COPY_VALUES));
  for (n = 0; n < m->nvert_own; n++) {
    leaf[n]   = n;
    remote[n] = GridShare(m->vert_natural[n], m->nvert_all, size);
  }
  CALL(PetscSFCreate(m->comm, &m->vert_to_natural));
  CALL(PetscSFSetGraph(m->vert_to_natural, m->vert_block, n, leaf, PETSC_COPY_VALUES, remote,
                       PETSC_COPY_VALUES));
  CALL(PetscFree(count));
  CALL(PetscFree3(remote, leaf, index));
}

static inline void GridMesh(MPI_Comm comm, const Grid *g, PltMesh *mesh)
{
  PltMesh   m;
  PetscInt *number;
  int       rank, size;

  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  CALL(PetscNew(&m));
  *mesh        = m;
  m->comm      = comm;
  m->nvert_all = (g->n[0] + 1) * (g->n[1] + 1);
  m->nquad_all = g->n[0] * g->n[1];
  m->area      = (g->high[0] - g->low[0]) * (g->high[1] - g->low[1]);
  CALL(PetscMalloc1(m->nvert_all, &number));
  CALL(PetscMalloc1(m->nvert_all, &m->vert_natural));
  CALL(PetscMalloc1(m->nquad_all, &m->quad_natural));
  GridNumber(g, m, rank, size, number);
  GridQuads(g, m, rank, size, number);
  GridBoundary(g, m);
  GridSplit(m->nquad_all, rank, size, &m->quad_block, &m->quad_block_start);
  GridSplit(m->nvert_all, rank, size, &m->vert_block, &m->vert_block_start);
  GridForests(m, size);
  CALL(PetscFree(number));
}

static inline void GridDestroy(PltMesh *mesh)
{
  PltMesh m = *mesh;

  CALL(PetscSFDestroy(&m->ghost));
  CALL(PetscSFDestroy(&m->quad_to_natural));
  CALL(PetscSFDestroy(&m->vert_to_natural));
  CALL(PetscFree(m->vert_natural));
  CALL(PetscFree(m->quad_natural));
  CALL(PetscFree(m->quad));
  CALL(PetscFree(m->region));
  CALL(PetscFree(m->own));
  CALL(PetscFree(m->xy));
  CALL(PetscFree(m->boundary));
  CALL(PetscFree(*mesh));
}
#endif
