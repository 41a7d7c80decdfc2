/* SPDX-License-Identifier: BSD-2-Clause
   Columns to their ranks. Rank 0 meshes and cuts the footprint; all ranks get it whole for a moment
   (10 MB at 10^5 quads), keep their own lines and the ring around them, and forget the rest. */
#include "mesh/mesh.h"
#include "mesh/partition.h"

/* The whole footprint on every rank, while the parts are taken out. */
typedef struct {
  PltFootprint f;
  PetscInt    *part;   /* [nvert] owner of a line */
  PetscInt    *global; /* [nvert] PETSc number */
  PetscBool   *outer;  /* [nvert] on the outline */
  PetscInt    *start;  /* [size + 1] first PETSc number of each rank */
} Whole;

static PetscErrorCode MakeWhole(PltProject project, PetscMPIInt size, Whole *w)
{
  PltEdges edges;

  PetscFunctionBegin;
  PetscCall(PltFootprintCreate(project, &w->f));
  PetscCall(PltEdgesCreate(&w->f, &edges));
  PetscCall(PetscMalloc2(w->f.nvert, &w->part, w->f.nvert, &w->outer));
  PetscCall(PltPartition(&w->f, &edges, size, w->part));
  PltEdgesOutline(project, &w->f, &edges, w->outer);
  PetscCall(PltEdgesDestroy(&edges));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode BcastWhole(MPI_Comm comm, PetscMPIInt rank, Whole *w)
{
  PetscInt n[2] = {w->f.nvert, w->f.nquad};

  PetscFunctionBegin;
  PetscCallMPI(MPI_Bcast(n, 2, MPIU_INT, 0, comm));
  if (rank) {
    PetscCall(PltFootprintAllocate(n[0], n[1], &w->f));
    PetscCall(PetscMalloc2(n[0], &w->part, n[0], &w->outer));
  }
  PetscCallMPI(MPI_Bcast(w->f.xy, (PetscMPIInt)(2 * n[0]), MPIU_REAL, 0, comm));
  PetscCallMPI(MPI_Bcast(w->f.quad, (PetscMPIInt)(4 * n[1]), MPIU_INT, 0, comm));
  PetscCallMPI(MPI_Bcast(w->f.region, (PetscMPIInt)n[1], MPIU_INT, 0, comm));
  PetscCallMPI(MPI_Bcast(w->part, (PetscMPIInt)n[0], MPIU_INT, 0, comm));
  PetscCallMPI(MPI_Bcast(w->outer, (PetscMPIInt)n[0], MPIU_BOOL, 0, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* PETSc numbers: rank after rank, within a rank by natural number. */
static PetscErrorCode NumberLines(PetscMPIInt size, Whole *w)
{
  PetscInt *next;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(w->f.nvert, &w->global));
  PetscCall(PetscCalloc1(size + 1, &w->start));
  PetscCall(PetscMalloc1(size + 1, &next));
  for (PetscInt v = 0; v < w->f.nvert; v++) w->start[w->part[v] + 1]++;
  for (PetscInt r = 0; r < size; r++) w->start[r + 1] += w->start[r];
  PetscCall(PetscArraycpy(next, w->start, size + 1));
  for (PetscInt v = 0; v < w->f.nvert; v++) w->global[v] = next[w->part[v]]++;
  PetscCall(PetscFree(next));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscBool Touches(const Whole *w, PetscInt q, PetscInt rank)
{
  for (PetscInt a = 0; a < 4; a++)
    if (w->part[w->f.quad[4 * q + a]] == rank) return PETSC_TRUE;
  return PETSC_FALSE;
}

/* Local numbers: own vertices, then those that only the ring has, each by natural number. */
static PetscErrorCode NumberLocally(PltMesh m, const Whole *w, PetscInt rank, PetscInt *local)
{
  PetscInt ghost;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < w->f.nvert; v++) local[v] = -1;
  for (PetscInt q = 0; q < w->f.nquad; q++) {
    if (!Touches(w, q, rank)) continue;
    m->nquad++;
    for (PetscInt a = 0; a < 4; a++) local[w->f.quad[4 * q + a]] = 0;
  }
  for (PetscInt v = 0; v < w->f.nvert; v++) {
    if (w->part[v] == rank) m->nvert_own++;
    if (w->part[v] == rank || local[v] == 0) m->nvert++;
  }
  ghost = m->nvert_own;
  for (PetscInt v = 0, own = 0; v < w->f.nvert; v++)
    if (w->part[v] == rank) local[v] = own++;
    else if (local[v] == 0) local[v] = ghost++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TakeVertices(PltMesh m, const Whole *w, const PetscInt *local)
{
  PetscFunctionBegin;
  PetscCall(PetscMalloc4(m->nvert, &m->vert_natural, m->nvert, &m->vert_global, 2 * m->nvert,
                         &m->xy, m->nvert, &m->boundary));
  for (PetscInt v = 0; v < w->f.nvert; v++) {
    const PetscInt i = local[v];

    if (i < 0) continue;
    m->vert_natural[i] = v;
    m->vert_global[i]  = w->global[v];
    m->boundary[i]     = w->outer[v];
    m->xy[2 * i]       = w->f.xy[2 * v];
    m->xy[2 * i + 1]   = w->f.xy[2 * v + 1];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TakeQuads(PltMesh m, const Whole *w, const PetscInt *local, PetscInt rank)
{
  PetscFunctionBegin;
  PetscCall(PetscMalloc4(m->nquad, &m->quad_natural, m->nquad, &m->own, 4 * m->nquad, &m->quad,
                         m->nquad, &m->region));
  for (PetscInt q = 0, i = 0; q < w->f.nquad; q++) {
    const PetscInt *vert   = w->f.quad + 4 * q;
    PetscInt        lowest = vert[0];

    if (!Touches(w, q, rank)) continue;
    for (PetscInt a = 0; a < 4; a++) {
      m->quad[4 * i + a] = local[vert[a]];
      lowest             = PetscMin(lowest, vert[a]);
    }
    m->own[i] = (PetscBool)(w->part[lowest] == rank);
    m->nquad_own += m->own[i] ? 1 : 0;
    m->region[i]         = w->f.region[q];
    m->quad_natural[i++] = q;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ConnectGhosts(PltMesh m, const Whole *w)
{
  const PetscInt n = m->nvert - m->nvert_own;
  PetscInt      *leaf;
  PetscSFNode   *root;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n, &leaf));
  PetscCall(PetscMalloc1(n, &root));
  for (PetscInt i = 0; i < n; i++) {
    const PetscInt v = m->vert_natural[m->nvert_own + i];

    leaf[i]       = m->nvert_own + i;
    root[i].rank  = w->part[v];
    root[i].index = w->global[v] - w->start[w->part[v]];
  }
  PetscCall(PetscSFCreate(m->comm, &m->ghost));
  PetscCall(
      PetscSFSetGraph(m->ghost, m->nvert_own, n, leaf, PETSC_OWN_POINTER, root, PETSC_OWN_POINTER));
  PetscCall(PetscSFSetUp(m->ghost));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* First natural number in the even share of a rank. */
static PetscInt ShareStart(PetscInt n, PetscInt size, PetscInt rank)
{
  return (PetscInt)((PetscInt64)n * rank / size);
}

static PetscInt ShareOwner(PetscInt n, PetscInt size, PetscInt natural)
{
  PetscInt rank = (PetscInt)((PetscInt64)natural * size / PetscMax(n, 1));

  while (rank > 0 && natural < ShareStart(n, size, rank)) rank--;
  while (rank < size - 1 && natural >= ShareStart(n, size, rank + 1)) rank++;
  return rank;
}

/* SF from own entities (leaves; own NULL: all n) to the even shares (roots). */
static PetscErrorCode ConnectShares(PltMesh m, PetscInt nall, PetscInt n, const PetscInt *natural,
                                    const PetscBool *own, PetscSF *sf)
{
  PetscMPIInt  rank, size;
  PetscInt    *leaf, count = 0;
  PetscSFNode *root;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(m->comm, &rank));
  PetscCallMPI(MPI_Comm_size(m->comm, &size));
  PetscCall(PetscMalloc1(n, &leaf));
  PetscCall(PetscMalloc1(n, &root));
  for (PetscInt i = 0; i < n; i++) {
    if (own && !own[i]) continue;
    leaf[count]       = i;
    root[count].rank  = ShareOwner(nall, size, natural[i]);
    root[count].index = natural[i] - ShareStart(nall, size, root[count].rank);
    count++;
  }
  PetscCall(PetscSFCreate(m->comm, sf));
  PetscCall(PetscSFSetGraph(*sf, ShareStart(nall, size, rank + 1) - ShareStart(nall, size, rank),
                            count, leaf, PETSC_OWN_POINTER, root, PETSC_OWN_POINTER));
  PetscCall(PetscSFSetUp(*sf));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TakePart(PltMesh m, const Whole *w, PetscMPIInt rank, PetscMPIInt size)
{
  PetscInt *local;

  PetscFunctionBegin;
  m->nvert_all  = w->f.nvert;
  m->nquad_all  = w->f.nquad;
  m->vert_start = w->start[rank];
  PetscCall(PetscMalloc1(w->f.nvert, &local));
  PetscCall(NumberLocally(m, w, rank, local));
  PetscCall(TakeVertices(m, w, local));
  PetscCall(TakeQuads(m, w, local, rank));
  PetscCall(PetscFree(local));
  PetscCall(ConnectGhosts(m, w));
  m->quad_block_start = ShareStart(m->nquad_all, size, rank);
  m->quad_block       = ShareStart(m->nquad_all, size, rank + 1) - m->quad_block_start;
  m->vert_block_start = ShareStart(m->nvert_all, size, rank);
  m->vert_block       = ShareStart(m->nvert_all, size, rank + 1) - m->vert_block_start;
  PetscCall(ConnectShares(m, m->nquad_all, m->nquad, m->quad_natural, m->own, &m->quad_to_natural));
  PetscCall(
      ConnectShares(m, m->nvert_all, m->nvert_own, m->vert_natural, NULL, &m->vert_to_natural));
  PetscCall(ConnectShares(m, m->nquad_all, m->nquad, m->quad_natural, NULL, &m->quad_from_natural));
  PetscCall(ConnectShares(m, m->nvert_all, m->nvert, m->vert_natural, NULL, &m->vert_from_natural));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshCreate(PltProject project, PltMesh *mesh)
{
  PetscErrorCode failed = 0;
  PetscMPIInt    rank, size;
  Whole          w = {.f = {0, 0, NULL, NULL, NULL}};
  PltMesh        m;

  PetscFunctionBegin;
  *mesh = NULL;
  PetscCallMPI(MPI_Comm_rank(project->comm, &rank));
  PetscCallMPI(MPI_Comm_size(project->comm, &size));
  if (rank == 0) failed = MakeWhole(project, size, &w);
  PetscCall(PltAgree(project->comm, failed));
  PetscCall(BcastWhole(project->comm, rank, &w));
  PetscCall(NumberLines(size, &w));
  PetscCall(PetscNew(&m));
  *mesh       = m;
  m->comm     = project->comm;
  m->checksum = PltFootprintChecksum(&w.f);
  m->area     = PltFootprintArea(&w.f);
  PetscCall(TakePart(m, &w, rank, size));
  PetscCall(PetscFree2(w.part, w.outer));
  PetscCall(PetscFree(w.global));
  PetscCall(PetscFree(w.start));
  PetscCall(PltFootprintDestroy(&w.f));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMeshDestroy(PltMesh *mesh)
{
  PltMesh m = *mesh;

  PetscFunctionBegin;
  if (!m) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscFree4(m->vert_natural, m->vert_global, m->xy, m->boundary));
  PetscCall(PetscFree4(m->quad_natural, m->own, m->quad, m->region));
  PetscCall(PetscSFDestroy(&m->ghost));
  PetscCall(PetscSFDestroy(&m->quad_to_natural));
  PetscCall(PetscSFDestroy(&m->vert_to_natural));
  PetscCall(PetscSFDestroy(&m->quad_from_natural));
  PetscCall(PetscSFDestroy(&m->vert_from_natural));
  PetscCall(PetscFree(*mesh));
  PetscFunctionReturn(PETSC_SUCCESS);
}
