/* SPDX-License-Identifier: BSD-2-Clause
   The matrix of a space: exact preallocation from (footprint graph) x (live levels), and the
   rigid modes. An own line is coupled to the lines of the quads around it; which of their levels
   meet is a 64-bit mask a level, gathered from the live slabs of those quads. */
#include "space/space.h"

/* Couplings of one line: neighbour lines and, for each level of this one, the levels it meets. */
typedef struct {
  PetscInt n, line[64];
  uint64_t meets[64][PLT_LEVEL_MAX];
} Coupling;

static PetscInt Neighbour(Coupling *c, PetscInt line)
{
  PetscInt i = 0;

  while (i < c->n && c->line[i] != line) i++;
  if (i == c->n) {
    c->line[c->n++] = line;
    for (PetscInt k = 0; k < PLT_LEVEL_MAX; k++) c->meets[i][k] = 0;
  }
  return i;
}

static PetscErrorCode CoupleQuad(PltSpace space, const PetscBool *bridge, PetscInt quad,
                                 Coupling *c)
{
  const PltLiveSet *set = &space->set;
  const PetscInt class  = set->quad_class[quad];

  PetscFunctionBegin;
  PetscCheck(c->n + 4 <= 64, PETSC_COMM_SELF, PLT_ERR_MESH, "more than 20 quads meet at a vertex");
  for (PetscInt a = 0; a < 4; a++) {
    const PetscInt i = Neighbour(c, space->mesh->quad[4 * quad + a]);

    for (PetscInt s = 0; s < set->nslab; s++) {
      uint64_t levels;
      PetscInt above;

      if (!set->live[class * set->nslab + s]) continue;
      levels = (UINT64_C(1) << space->merged[s]) | (UINT64_C(1) << space->merged[s + 1]);
      above  = PltLiveAbove(set, class, s);
      if (above >= 0 && bridge && bridge[class * set->nslab + s])
        levels |= (UINT64_C(1) << space->merged[above]) | (UINT64_C(1) << space->merged[above + 1]);
      for (PetscInt k = 0; k < space->nmerged; k++)
        if (levels >> k & 1) c->meets[i][k] |= levels;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CountRows(PltSpace space, PetscInt v, const Coupling *c, PetscInt *dnnz,
                                PetscInt *onnz)
{
  PetscInt last = -1;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < space->nlevel; k++) {
    const PetscInt node = PltSpaceNode(space, v, k), row = node - space->node_start;

    if (node < 0 || node == last) continue; /* merged levels are one row */
    last      = node;
    dnnz[row] = onnz[row] = 0;
    for (PetscInt i = 0; i < c->n; i++) {
      const PetscInt n = (PetscInt)__builtin_popcountll(c->meets[i][space->merged[k]]);

      if (c->line[i] < space->mesh->nvert_own) dnnz[row] += n;
      else onnz[row] += n;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceCreateMat(PltSpace space, const PetscBool *bridge, Mat *A)
{
  const PetscInt n = space->node_own;
  PetscInt      *dnnz, *onnz;
  PltAround      around;
  Coupling      *c;

  PetscFunctionBegin;
  PetscCall(PltAroundCreate(space->mesh, &around));
  PetscCall(PetscMalloc3(n + 1, &dnnz, n + 1, &onnz, 1, &c));
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++) {
    c->n = 0;
    for (PetscInt j = around.first[v]; j < around.first[v + 1]; j++)
      PetscCall(CoupleQuad(space, bridge, around.quad[j], c));
    PetscCall(CountRows(space, v, c, dnnz, onnz));
  }
  PetscCall(MatCreate(space->mesh->comm, A));
  PetscCall(MatSetSizes(*A, 3 * n, 3 * n, PETSC_DETERMINE, PETSC_DETERMINE));
  PetscCall(MatSetType(*A, MATAIJ));
  PetscCall(MatSetBlockSize(*A, 3));
  PetscCall(MatXAIJSetPreallocation(*A, 3, dnnz, onnz, NULL, NULL));
  PetscCall(MatSetOption(*A, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_TRUE));
  PetscCall(MatSetOption(*A, MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE));
  PetscCall(MatSetOption(*A, MAT_SPD, PETSC_TRUE));
  PetscCall(PetscFree3(dnnz, onnz, c));
  PetscCall(PltAroundDestroy(&around));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceRigidModes(PltSpace space, const PetscReal *z, MatNullSpace *modes)
{
  const PetscInt nl = space->nlevel;
  Vec            x;
  PetscScalar   *a;

  PetscFunctionBegin;
  PetscCall(PltSpaceCreateVec(space, &x));
  PetscCall(VecGetArrayWrite(x, &a));
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < nl; k++) {
      const PetscInt node = PltSpaceNode(space, v, k);

      if (node < 0) continue;
      a[3 * (node - space->node_start) + 0] = space->mesh->xy[2 * v];
      a[3 * (node - space->node_start) + 1] = space->mesh->xy[2 * v + 1];
      a[3 * (node - space->node_start) + 2] = z[k];
    }
  PetscCall(VecRestoreArrayWrite(x, &a));
  PetscCall(MatNullSpaceCreateRigidBody(x, modes));
  PetscCall(VecDestroy(&x));
  PetscFunctionReturn(PETSC_SUCCESS);
}
