/* SPDX-License-Identifier: BSD-2-Clause
   Level 0: the stencil of every line from the tangents of the elements around it. Quads of one
   shape (to 0.1 nm) and one class of columns have one tangent, which is worked out once; lines with
   the same quads around them and the same unknowns share a row. In large kinematics every quad has
   a shape of its own and every line a row, and what stress adds is kept beside. So has every line
   where metal yields in small kinematics. */
#include "mg/internal.h"

static const PetscReal SAME_SHAPE = 1e-10; /* m */
/* Over-relaxation of the lines: what has little energy beside the diagonal blocks (directors and
   thickness strains that alternate from line to line) goes faster, what the plates take hardly
   slower; from 1 to 1.3 there is little between 20 iterations and 22. */
static const PetscReal RELAX = 1.2;

/* One term of a row: corners a, b of a quad of a class, for block k of the row. */
typedef struct {
  PetscInt k, quad, a, b; /* quad: class of quads */
} Term;
enum { TERMS = 256 };

/* A term as part of all terms, which are worked off quad class after quad class. */
typedef struct {
  PetscInt block, a, b;
} Place;

typedef struct {
  PltAssembly assembly;
  PltLevel    level;
  PetscInt    nquad, *quad, *example;  /* classes of quads: [local quads], [nquad] */
  PetscInt    nterm, size, *term_quad; /* of all rows */
  Place      *term;
  PetscInt   *first; /* [nquad + 1], after Sort */
} Builder;

/* Where the tangent of a quad goes. */
typedef struct {
  PltLevel        level;
  const PetscInt *merged; /* distinct number of a level */
  PetscInt        n;
  const Place    *place; /* [n] */
} Target;

static PetscErrorCode FindQuads(Builder *b)
{
  const PltState s    = b->assembly->state;
  const PltMesh  mesh = s->mesh;
  PetscBool      is_new;
  PltIds         ids;

  PetscFunctionBegin;
  PetscCall(PltIdsCreate(&ids));
  PetscCall(PetscMalloc2(mesh->nquad + 1, &b->quad, mesh->nquad + 1, &b->example));
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    const PetscInt  *v  = mesh->quad + 4 * q;
    const PetscReal *x0 = mesh->xy + 2 * v[0];
    long long        key[7];

    for (PetscInt i = 0; i < 6; i++)
      key[i] = llround((mesh->xy[2 * v[1 + i / 2] + i % 2] - x0[i % 2]) / SAME_SHAPE);
    key[6] = (long long)PltStateQuadKind(s, q);
    PetscCall(PltIdsGet(&ids, key, sizeof key, &b->quad[q], &is_new));
    if (is_new) b->example[b->quad[q]] = q;
  }
  b->nquad = ids.n;
  PetscCall(PltIdsDestroy(&ids));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Lines above each own line that share a quad with it. */
static PetscErrorCode FindNeighbours(PltLevel l, PltMesh mesh, const PltAround *around)
{
  PetscInt size = 8 * mesh->nvert_own + 64, n = 0;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(mesh->nvert_own + 1, &l->first));
  PetscCall(PetscMalloc1(size, &l->next));
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    PetscInt count = 0;

    l->first[v] = n;
    if (n + 4 * (around->first[v + 1] - around->first[v]) > size) {
      size = 2 * size + 4 * (around->first[v + 1] - around->first[v]);
      PetscCall(PetscRealloc((size_t)size * sizeof(PetscInt), &l->next));
    }
    for (PetscInt i = around->first[v]; i < around->first[v + 1]; i++)
      for (PetscInt a = 0; a < 4; a++) {
        const PetscInt w = mesh->quad[4 * around->quad[i] + a];

        if (w > v) l->next[n + count++] = w;
      }
    PetscCall(PetscSortRemoveDupsInt(&count, l->next + n));
    n += count;
  }
  l->first[mesh->nvert_own] = n;
  PetscCall(PetscRealloc((size_t)(n + 1) * sizeof(PetscInt), &l->next));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int CompareTerms(const void *x, const void *y)
{
  const Term *s = (const Term *)x, *t = (const Term *)y;

  if (s->k != t->k) return s->k < t->k ? -1 : 1;
  if (s->quad != t->quad) return s->quad < t->quad ? -1 : 1;
  if (s->a != t->a) return s->a < t->a ? -1 : 1;
  return (s->b > t->b) - (s->b < t->b);
}

static PetscErrorCode TermsOf(const Builder *b, const PltAround *around, PetscInt v, PetscInt *n,
                              Term term[TERMS])
{
  const PltMesh  mesh = b->assembly->state->mesh;
  const PltLevel l    = b->level;

  PetscFunctionBegin;
  *n = 0;
  PetscCheck(4 * (around->first[v + 1] - around->first[v]) <= TERMS, PETSC_COMM_SELF, PLT_ERR_MESH,
             "more than %d quads meet at a vertex", TERMS / 4);
  for (PetscInt i = around->first[v]; i < around->first[v + 1]; i++) {
    const PetscInt q = around->quad[i], *corner = mesh->quad + 4 * q;
    PetscInt       a = 0;

    while (corner[a] != v) a++;
    for (PetscInt c = 0; c < 4; c++) {
      PetscInt k = 0;

      if (corner[c] < v) continue;
      if (corner[c] > v)
        for (k = 1; l->next[l->first[v] + k - 1] != corner[c];) k++;
      term[(*n)++] = (Term){k, b->quad[q], a, c};
    }
  }
  qsort(term, (size_t)*n, sizeof *term, CompareTerms);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AppendTerms(Builder *b, PetscInt start, PetscInt n, const Term term[])
{
  PetscFunctionBegin;
  if (b->nterm + n > b->size) {
    b->size = 2 * b->size + TERMS;
    PetscCall(PetscRealloc((size_t)b->size * sizeof(*b->term), &b->term));
    PetscCall(PetscRealloc((size_t)b->size * sizeof(*b->term_quad), &b->term_quad));
  }
  for (PetscInt i = 0; i < n; i++) {
    b->term_quad[b->nterm] = term[i].quad;
    b->term[b->nterm++]    = (Place){start + term[i].k, term[i].a, term[i].b};
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A class for every line. */
static void SetOwnRows(PltLevel l)
{
  for (PetscInt v = 0; v < l->nown; v++) {
    l->row[v] = l->example[v] = v;
    l->start[v + 1]           = l->start[v] + 1 + l->first[v + 1] - l->first[v];
  }
  l->nrow = l->nown;
}

/* Classes of rows: kinds of the lines involved, and the terms. */
static PetscErrorCode FindRows(Builder *b, const PltAround *around)
{
  const PltLevel l = b->level;
  PetscInt       n, key[64 + 4 * TERMS];
  Term           term[TERMS];
  PetscBool      is_new;
  PltIds         ids;

  PetscFunctionBegin;
  PetscCall(PltIdsCreate(&ids));
  for (PetscInt v = 0; v < l->nown; v++) {
    const PetscInt above = l->first[v + 1] - l->first[v];

    PetscCall(TermsOf(b, around, v, &n, term));
    key[0] = l->kind.of[v];
    key[1] = above;
    PetscCheck(above < 60, PETSC_COMM_SELF, PLT_ERR_MESH, "too many quads meet at a vertex");
    for (PetscInt k = 0; k < above; k++) key[2 + k] = l->kind.of[l->next[l->first[v] + k]];
    PetscCall(PetscMemcpy(key + 2 + above, term, (size_t)n * sizeof *term));
    PetscCall(PltIdsGet(&ids, key, (size_t)(2 + above) * sizeof *key + (size_t)n * sizeof *term,
                        &l->row[v], &is_new));
    if (!is_new) continue;
    l->example[ids.n - 1] = v;
    l->start[ids.n]       = l->start[ids.n - 1] + 1 + above;
    PetscCall(AppendTerms(b, l->start[ids.n - 1], n, term));
  }
  l->nrow = ids.n;
  PetscCall(PltIdsDestroy(&ids));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Terms by class of quads. */
static PetscErrorCode SortTerms(Builder *b)
{
  Place    *sorted;
  PetscInt *at;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(b->nquad + 1, &b->first));
  PetscCall(PetscMalloc1(b->nquad + 1, &at));
  PetscCall(PetscMalloc1(b->nterm + 1, &sorted));
  for (PetscInt i = 0; i < b->nterm; i++) b->first[b->term_quad[i] + 1]++;
  for (PetscInt c = 0; c < b->nquad; c++) b->first[c + 1] += b->first[c];
  PetscCall(PetscArraycpy(at, b->first, b->nquad + 1));
  for (PetscInt i = 0; i < b->nterm; i++) sorted[at[b->term_quad[i]]++] = b->term[i];
  PetscCall(PetscFree(b->term));
  PetscCall(PetscFree(b->term_quad));
  PetscCall(PetscFree(at));
  b->term = sorted;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Add what stress adds above a quad. It comes from elements only, so it couples levels that are
   next to each other. */
static PetscErrorCode AddStress(const Target *target, PetscInt n, const PetscInt level[],
                                const PetscReal *G)
{
  const PltLevel  l      = target->level;
  const PetscInt *merged = target->merged;

  PetscFunctionBegin;
  PetscCheck(n == 2, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "stress couples %" PetscInt_FMT " levels",
             n);
  for (PetscInt t = 0; t < target->n; t++) {
    PetscReal *S = l->stress + (size_t)target->place[t].block * (size_t)(3 * l->span);

    for (PetscInt i = 0; i < n; i++)
      for (PetscInt j = 0; j < n; j++) {
        const PetscInt p = merged[level[i]], q = merged[level[j]];

        S[(q - p + 1) * l->span + p] +=
            G[(4 * i + target->place[t].a) * 4 * n + 4 * j + target->place[t].b];
      }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Add the tangent of n levels above a quad to all blocks it is part of. */
static PetscErrorCode AddTangent(void *context, PetscInt quad, PetscInt n, const PetscInt level[],
                                 PetscReal *K, const PetscReal *G)
{
  const Target   *target = (const Target *)context;
  const PltLevel  l      = target->level;
  const PetscInt *merged = target->merged;

  PetscFunctionBegin;
  (void)quad;
  for (PetscInt t = 0; t < target->n; t++) {
    const Place *place = &target->place[t];
    PetscReal   *S     = l->block + (size_t)place->block * PltBlockSize(l);

    for (PetscInt i = 0; i < 3 * n; i++)
      for (PetscInt j = 0; j < 3 * n; j++) {
        const PetscInt p = 3 * merged[level[i / 3]] + i % 3, q = 3 * merged[level[j / 3]] + j % 3;
        const PetscInt row = 3 * (4 * (i / 3) + place->a) + i % 3;
        const PetscInt col = 3 * (4 * (j / 3) + place->b) + j % 3;

        S[(q - p + l->band) * l->stride + p] += K[row * 12 * n + col];
      }
  }
  if (G) PetscCall(AddStress(target, n, level, G));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetGeometry(PltLevel l, PltMesh mesh)
{
  PetscMPIInt size;

  PetscFunctionBegin;
  l->nline = mesh->nvert;
  l->nown  = mesh->nvert_own;
  PetscCallMPI(MPI_Comm_size(mesh->comm, &size));
  if (size > 1) {
    PetscCall(PetscObjectReference((PetscObject)mesh->ghost));
    l->ghost = mesh->ghost;
  }
  PetscCall(PetscMalloc1(2 * mesh->nvert + 1, &l->xy));
  PetscCall(PetscArraycpy(l->xy, mesh->xy, 2 * mesh->nvert));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The blocks of lines of their own that a quad is part of. */
static PetscInt FindPlaces(PltLevel l, const PetscInt corner[4], Place place[16])
{
  PetscInt n = 0;

  for (PetscInt a = 0; a < 4; a++)
    for (PetscInt b = 0; b < 4; b++) {
      const PetscInt v = corner[a], w = corner[b];
      PetscInt       k = 0;

      if (v >= l->nown || w < v) continue;
      if (w > v)
        for (k = 1; l->next[l->first[v] + k - 1] != w;) k++;
      place[n++] = (Place){l->start[v] + k, a, b};
    }
  return n;
}

static PetscErrorCode AllocateStress(PltLevel l)
{
  const PetscInt n = l->m / 3;

  PetscFunctionBegin;
  l->span = (n / PLT_WIDE + 1) * PLT_WIDE; /* a zero at the end, which transposed products read */
  PetscCall(PltAligned((size_t)l->start[l->nrow] * (size_t)(3 * l->span), &l->stress, &l->memory[6],
                       &l->bytes));
  for (PetscInt i = 0; i < 2; i++)
    PetscCall(PltAligned((size_t)l->nline * (size_t)(3 * l->span), &l->plane[i], &l->memory[7 + i],
                         &l->bytes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelRefill(PltAssembly a, PltLevel l)
{
  const PltMesh mesh   = a->state->mesh;
  Target        target = {.level = l, .merged = a->state->space->merged};
  Place         place[16];

  PetscFunctionBegin;
  PetscCall(PltShapeSetLines(a, l));
  PetscCall(PetscArrayzero(l->block, (size_t)l->start[l->nrow] * PltBlockSize(l)));
  PetscCall(PetscArrayzero(l->stress, (size_t)l->start[l->nrow] * (size_t)(3 * l->span)));
  target.place = place;
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    target.n = FindPlaces(l, mesh->quad + 4 * q, place);
    if (target.n) PetscCall(PltAssemblyTangents(a, q, AddTangent, &target));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Stencils shared by lines that are alike. */
static PetscErrorCode BuildShared(Builder *b, const PltAround *around)
{
  Target target = {.level = b->level, .merged = b->assembly->state->space->merged};

  PetscFunctionBegin;
  PetscCall(FindQuads(b));
  PetscCall(FindRows(b, around));
  PetscCall(SortTerms(b));
  PetscCall(PltLevelAllocateBlocks(b->level));
  for (PetscInt c = 0; c < b->nquad; c++) {
    target.n     = b->first[c + 1] - b->first[c];
    target.place = b->term + b->first[c];
    if (target.n) PetscCall(PltAssemblyTangents(b->assembly, b->example[c], AddTangent, &target));
  }
  PetscCall(PetscFree2(b->quad, b->example));
  PetscCall(PetscFree(b->term));
  PetscCall(PetscFree(b->first));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Build(Builder *b)
{
  const PltLevel l = b->level;
  PltAround      around;

  PetscFunctionBegin;
  PetscCall(PltAroundCreate(b->assembly->state->mesh, &around));
  PetscCall(FindNeighbours(l, b->assembly->state->mesh, &around));
  PetscCall(PetscMalloc1(l->nown + 1, &l->row));
  PetscCall(PetscMalloc1(l->nown + 1, &l->start));
  PetscCall(PetscMalloc1(l->nown + 1, &l->example));
  l->start[0] = 0;
  if (PltRowsAreShared(b->assembly)) PetscCall(BuildShared(b, &around));
  else {
    SetOwnRows(l);
    PetscCall(PltLevelAllocateBlocks(l));
    PetscCall(AllocateStress(l));
    PetscCall(PltLevelRefill(b->assembly, l));
  }
  PetscCall(PltAroundDestroy(&around));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLevelFromAssembly(PltAssembly a, PetscInt *nplate, PltLevel *level)
{
  const PltState s    = a->state;
  Builder        b    = {.assembly = a};
  PetscInt       band = 5;
  PetscReal      z[PLT_LEVEL_MAX];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->nclass * s->slabs.nslab; i++)
    if (a->bridge[i]) band = 8;
  PetscCall(PltLevelCreate(s->mesh->comm, 3 * s->space->nmerged, band, level));
  b.level = *level;
  PetscCall(SetGeometry(b.level, s->mesh));
  PetscCall(PltLinesKinds(a, nplate, z, &b.level->kind));
  PetscCall(Build(&b));
  PetscCall(PltLevelSetRelax(b.level, RELAX));
  PetscCall(PltLevelAllocateVectors(b.level, PETSC_FALSE));
  PetscFunctionReturn(PETSC_SUCCESS);
}
