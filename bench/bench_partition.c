/* SPDX-License-Identifier: BSD-2-Clause
   What a process count does to the lines of a panel, as CSV and on one process: the footprint of
   510 x 515 mm with 42 x 42 dies, cut into 2, 4, ..., 1024 parts as a mesh is, and its coarse
   levels. Of these, each keeps every second grid line of the level below in both directions, and
   a line stays with its part.

     usage: bench_partition [MESH]       mm, 2 if not given

   Of all parts: own lines; ghosts, the other lines of the quads that touch an own one; neighbours,
   with which they exchange these; and what one sends in an exchange, of 18 numbers a line (three
   displacements at six levels). The mean goes over all parts, also the empty ones. */
#include <stdio.h>
#include <stdlib.h>
#include <petscbt.h>
#include "mesh/mesh.h"
#include "mesh/partition.h"

enum { PARTS_MAX = 1024, UNKNOWNS = 18, LINES_FEW = 1000 };

static PetscErrorCode Panel(PetscReal mesh, PltProject *project)
{
  PetscFunctionBegin;
  PetscCall(PltProjectCreate(PETSC_COMM_SELF, project));
  PetscCall(PltProjectSetSize(*project, 510e-3, 515e-3));
  PetscCall(PltProjectSetMesh(*project, mesh, 0, 0, PLT_MESH_MAPPED, NULL));
  PetscCall(PltProjectAddMaterial(*project, "any", "isotropic"));
  PetscCall(PltProjectAddPly(*project, "device", "any", "any", 0.3e-3, -1));
  PetscCall(PltProjectAddDieArray(*project, "device", 42, 42, 12e-3, 12e-3, 8e-3, 8e-3));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- what the parts of a grid have to do with each other ---- */

/* The lines of one level, row by row. */
typedef struct {
  PetscInt  n[2]; /* in a row, rows */
  PetscInt *part; /* [n[0] n[1]] */
} Grid;

typedef struct {
  PetscInt own[PARTS_MAX], ghost[PARTS_MAX], sent[PARTS_MAX], neighbours[PARTS_MAX];
} Counts;

/* Parts that hold line v as a ghost; returns how many. */
static PetscInt Wanted(const Grid *g, PetscInt v, PetscInt by[])
{
  const PetscInt i = v % g->n[0], j = v / g->n[0];
  PetscInt       count = 0;

  for (PetscInt y = PetscMax(j - 1, 0); y <= PetscMin(j + 1, g->n[1] - 1); y++)
    for (PetscInt x = PetscMax(i - 1, 0); x <= PetscMin(i + 1, g->n[0] - 1); x++) {
      const PetscInt p = g->part[y * g->n[0] + x];
      PetscInt       k = 0;

      while (k < count && by[k] != p) k++;
      if (p != g->part[v] && k == count) by[count++] = p;
    }
  return count;
}

static PetscErrorCode Count(const Grid *g, PetscInt parts, Counts *c)
{
  PetscBT met;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(c, sizeof *c));
  PetscCall(PetscBTCreate(parts * parts, &met));
  for (PetscInt v = 0; v < g->n[0] * g->n[1]; v++) {
    const PetscInt p = g->part[v];
    PetscInt       by[8];
    const PetscInt n = Wanted(g, v, by);

    c->own[p]++;
    c->sent[p] += n;
    for (PetscInt k = 0; k < n; k++) {
      c->ghost[by[k]]++;
      if (!PetscBTLookupSet(met, p * parts + by[k])) c->neighbours[p]++;
    }
  }
  PetscCall(PetscBTDestroy(&met));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscInt Largest(PetscInt n, const PetscInt of[])
{
  PetscInt most = 0;

  for (PetscInt p = 0; p < n; p++) most = PetscMax(most, of[p]);
  return most;
}

static void Print(PetscInt parts, PetscInt level, const Grid *g, const Counts *c)
{
  const PetscInt lines = g->n[0] * g->n[1];
  PetscInt       empty = 0, ghosts = 0;

  for (PetscInt p = 0; p < parts; p++) {
    empty += c->own[p] == 0 ? 1 : 0;
    ghosts += c->ghost[p];
  }
  printf("%d,%d,%d,%d,%.1f,", (int)parts, (int)level, (int)lines, (int)Largest(parts, c->own),
         (double)lines / parts);
  printf("%d,%.1f,%d,%d,%d\n", (int)Largest(parts, c->ghost), (double)ghosts / parts,
         (int)Largest(parts, c->neighbours),
         (int)(Largest(parts, c->sent) * UNKNOWNS * (PetscInt)sizeof(PetscReal)), (int)empty);
}

/* ---- levels ---- */

/* Lines in one direction of the next level: every second one and always the last. */
static PetscInt Half(PetscInt n)
{
  return n / 2 + 1;
}

/* In place: a line never moves up. */
static void Coarsen(Grid *g)
{
  const PetscInt n[2] = {g->n[0], g->n[1]};

  g->n[0] = Half(n[0]);
  g->n[1] = Half(n[1]);
  for (PetscInt v = 0; v < g->n[0] * g->n[1]; v++) {
    const PetscInt i = PetscMin(v % g->n[0] * 2, n[0] - 1);
    const PetscInt j = PetscMin(v / g->n[0] * 2, n[1] - 1);

    g->part[v] = g->part[j * n[0] + i];
  }
}

/* A mapped footprint is numbered row by row, so the fourth vertex of the first quad begins the
   second row. */
static PetscErrorCode Sweep(const PltFootprint *f)
{
  const PetscInt row = f->quad[3];
  PltEdges       edges;
  Grid           g;
  Counts         c;

  PetscFunctionBegin;
  PetscCheck(f->nvert % row == 0, PETSC_COMM_SELF, PETSC_ERR_PLIB, "the footprint is no grid");
  PetscCall(PltEdgesCreate(f, &edges));
  PetscCall(PetscMalloc1(f->nvert, &g.part));
  for (PetscMPIInt parts = 2; parts <= PARTS_MAX; parts *= 2) {
    g.n[0] = row;
    g.n[1] = f->nvert / row;
    PetscCall(PltPartition(f, &edges, parts, g.part));
    for (PetscInt level = 0;; level++) {
      PetscCall(Count(&g, parts, &c));
      Print(parts, level, &g, &c);
      if (g.n[0] * g.n[1] < LINES_FEW) break;
      Coarsen(&g);
    }
  }
  PetscCall(PetscFree(g.part));
  PetscCall(PltEdgesDestroy(&edges));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Run(PetscReal mesh)
{
  PltProject   project;
  PltFootprint f;

  PetscFunctionBegin;
  PetscCall(Panel(mesh, &project));
  PetscCall(PltFootprintCreate(project, &f));
  printf("parts,level,lines,own_max,own_mean,ghost_max,ghost_mean,neighbours_max,halo_bytes_max,"
         "empty_parts\n");
  PetscCall(Sweep(&f));
  PetscCall(PltFootprintDestroy(&f));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int failed;

  /* With more threads, Scotch 7 cuts otherwise in every run. */
  if (setenv("SCOTCH_PTHREAD_NUMBER", "1", 1)) return 2;
  failed = PltInitialize(&argc, &argv);
  if (failed) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  failed = Run(1e-3 * (argc > 1 ? atof(argv[1]) : 2));
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
