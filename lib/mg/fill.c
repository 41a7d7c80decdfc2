/* SPDX-License-Identifier: BSD-2-Clause
   From the stencils of lines to an assembled matrix: what a factor is made of. */
#include "mg/internal.h"

/* A line: its nodes by merged levels (-1: absent), and which unknowns are free. */
typedef struct {
  PetscInt      node[PLT_LEVEL_MAX];
  unsigned char fixed[3 * PLT_LEVEL_MAX];
} Line;

/* Lines that are coupled, by a block of the first one. */
typedef struct {
  const Line      *line[2];
  const PetscReal *block;
} Pair;

static void SetLine(PltSpace space, PetscInt v, Line *line)
{
  for (PetscInt p = 0; p < space->nmerged; p++) line->node[p] = -1;
  for (PetscInt k = 0; k < space->nlevel; k++) {
    const PetscInt node = PltSpaceNode(space, v, k), p = space->merged[k];

    if (node < 0) continue;
    line->node[p] = node;
    for (PetscInt d = 0; d < 3; d++)
      line->fixed[3 * p + d] = space->fixed[3 * (v * space->nlevel + k) + d];
  }
}

/* Entry of the block; of what is fixed only that on the diagonal. */
static PetscReal Entry(PltLevel l, const Pair *pair, PetscInt p, PetscInt q)
{
  const Line *const *line = pair->line;

  if (PetscAbsInt(p - q) > l->band || line[0]->node[p / 3] < 0 || line[1]->node[q / 3] < 0)
    return 0;
  if ((line[0]->fixed[p] != PLT_DOF_FREE || line[1]->fixed[q] != PLT_DOF_FREE) &&
      !(line[0] == line[1] && p == q))
    return 0;
  return pair->block[PltEntry(l, p, q)];
}

/* The rows of the first line, or, transposed, those of the second. Nodes meet if they are no
   further apart than the band reaches. */
static PetscErrorCode Insert(PltLevel l, const Pair *pair, PetscBool transposed, Mat M)
{
  const PetscInt reach = (l->band - 2) / 3;
  PetscReal      K[3][15];

  PetscFunctionBegin;
  for (PetscInt p = 0; p < l->m / 3; p++) {
    const PetscInt low = PetscMax(0, p - reach), high = PetscMin(l->m / 3 - 1, p + reach);
    const PetscInt n = high - low + 1;

    if (pair->line[transposed]->node[p] < 0) continue;
    for (PetscInt i = 0; i < 3; i++)
      for (PetscInt j = 0; j < 3 * n; j++) {
        const PetscInt a = 3 * p + i, b = 3 * low + j;

        (&K[0][0])[i * 3 * n + j] = transposed ? Entry(l, pair, b, a) : Entry(l, pair, a, b);
      }
    PetscCall(MatSetValuesBlocked(M, 1, &pair->line[transposed]->node[p], n,
                                  &pair->line[!transposed]->node[low], &K[0][0], INSERT_VALUES));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgFillMatrix(Mat A, Mat M)
{
  PltOperator *op;
  PltLevel     l;
  Line         line[2];

  PetscFunctionBegin;
  PetscCall(MatShellGetContext(A, &op));
  l = op->level;
  PetscCall(MatZeroEntries(M));
  PetscCall(MatSetOption(M, MAT_IGNORE_ZERO_ENTRIES, PETSC_TRUE));
  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *block = l->block + (size_t)l->start[l->row[i]] * PltBlockSize(l);

    SetLine(op->space, i, &line[0]);
    PetscCall(Insert(l, &(Pair){{&line[0], &line[0]}, block}, PETSC_FALSE, M));
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const Pair pair = {{&line[0], &line[1]}, block += PltBlockSize(l)};

      SetLine(op->space, l->next[k], &line[1]);
      PetscCall(Insert(l, &pair, PETSC_FALSE, M));
      if (l->next[k] < l->nown) PetscCall(Insert(l, &pair, PETSC_TRUE, M));
    }
  }
  PetscCall(MatAssemblyBegin(M, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(M, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}
