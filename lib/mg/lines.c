/* SPDX-License-Identifier: BSD-2-Clause
   Which lines are alike, and which plates their nodes belong to.

   Between two soft slabs (shear lag, mesh/slabs.c) the panel moves as a plate: a straight normal,
   stiff across its thickness. So a line is one Reissner-Mindlin plate for each such sublaminate
   (Mindlin 1951; Reissner 1945), and what slides or tilts over a soft slab is on the coarse
   levels. Where no stiff slab of a sublaminate is live around a line (a tape between dies), its
   nodes go with the plate below. */
#include "mg/internal.h"

void PltLinesHeights(PltState s, PetscReal *z)
{
  const PltSlabs *slabs = &s->slabs;

  z[0] = 0;
  for (PetscInt k = 0; k < slabs->nslab; k++) {
    const PetscInt m = s->space->merged[k], up = s->space->merged[k + 1];

    if (up > m) z[up] = z[m] + slabs->z[slabs->first[k + 1]] - slabs->z[slabs->first[k]];
  }
}

/* Is the live slab between distinct levels m and m + 1 soft? */
static void FindSoft(PltState s, PetscBool *soft)
{
  for (PetscInt k = 0; k < s->slabs.nslab; k++)
    if (s->space->merged[k + 1] > s->space->merged[k]) soft[s->space->merged[k]] = s->slabs.soft[k];
}

/* Plate of each distinct level: the next one begins above a soft slab with stiff ones on both
   sides; of several soft slabs in a row the topmost counts. */
static PetscInt SplitLevels(PltState s, PetscInt *plate)
{
  const PetscInt n = s->space->nmerged;
  PetscBool      soft[PLT_LEVEL_MAX], stiff_below = PETSC_FALSE;
  PetscInt       at = 0, last = -1;

  FindSoft(s, soft);
  for (PetscInt m = 0; m < n - 1; m++)
    if (!soft[m]) last = m;
  plate[0] = 0;
  for (PetscInt m = 0; m < n - 1; m++) {
    if (!soft[m]) stiff_below = PETSC_TRUE;
    else if (stiff_below && m < last && !soft[m + 1] && at + 1 < PLT_SUBLAMINATES) at++;
    plate[m + 1] = at;
  }
  return at + 1;
}

typedef struct {
  uint64_t live, stiff, held[3]; /* distinct levels: with a node, touched by a stiff slab, held */
} Signature;

static PetscErrorCode Signatures(PltAssembly a, Signature *sign)
{
  const PltState s     = a->state;
  const PltMesh  mesh  = s->mesh;
  const PltSpace space = s->space;
  const PetscInt ns = s->slabs.nslab, nl = s->nlevel;
  PetscBool      soft[PLT_LEVEL_MAX];

  PetscFunctionBegin;
  FindSoft(s, soft);
  for (PetscInt q = 0; q < mesh->nquad; q++)
    for (PetscInt k = 0; k < ns; k++) {
      const PetscInt m = space->merged[k];

      if (!s->live[s->quad_class[q] * ns + k] || soft[m]) continue;
      for (PetscInt c = 0; c < 4; c++) sign[mesh->quad[4 * q + c]].stiff |= (UINT64_C(3) << m);
    }
  for (PetscInt v = 0; v < mesh->nvert; v++)
    for (PetscInt k = 0; k < nl; k++) {
      if (space->node[v * nl + k] < 0) continue;
      sign[v].live |= UINT64_C(1) << space->merged[k];
      for (PetscInt d = 0; d < 3; d++)
        if (space->fixed[3 * (v * nl + k) + d] == PLT_DOF_HELD)
          sign[v].held[d] |= UINT64_C(1) << space->merged[k];
    }
  PetscCall(PltSpaceBcast(space, MPI_BYTE, sizeof(Signature), sign));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Plates with a stiff slab on this line keep their levels, others give them to the next below that
   has one, else above. */
static void PlatesOfLine(const Signature *sign, PetscInt nlevel, const PetscInt *plate,
                         PetscInt *mine)
{
  PetscBool has[PLT_SUBLAMINATES] = {PETSC_FALSE}, any = PETSC_FALSE;

  for (PetscInt m = 0; m < nlevel; m++)
    if (sign->stiff >> m & sign->live >> m & 1) has[plate[m]] = any = PETSC_TRUE;
  for (PetscInt m = 0; m < nlevel; m++) {
    PetscInt p = plate[m];

    while (any && p >= 0 && !has[p]) p--;
    if (p < 0)
      for (p = plate[m]; !has[p];) p++;
    mine[m] = sign->live >> m & 1 ? p : -1;
  }
}

static PetscErrorCode SetKind(const Signature *sign, PetscInt i, PetscInt nlevel,
                              const PetscInt *plate, const PetscReal *z, PltKinds *kinds)
{
  PetscFunctionBegin;
  PlatesOfLine(sign, nlevel, plate, kinds->plate + i * nlevel);
  for (PetscInt m = 0; m < nlevel; m++) {
    const PetscInt p  = kinds->plate[i * nlevel + m];
    PetscReal      lo = PETSC_MAX_REAL, hi = PETSC_MIN_REAL;

    for (PetscInt j = 0; j < nlevel; j++)
      if (plate[j] == p) lo = PetscMin(lo, z[j]), hi = PetscMax(hi, z[j]);
    kinds->height[i * nlevel + m] = p < 0 ? 0 : z[m] - (lo + hi) / 2;
    if (p >= 0) kinds->middle[p] = (lo + hi) / 2;
    for (PetscInt d = 0; d < 3; d++)
      kinds->is[i * kinds->m + 3 * m + d] = (char)(p < 0                    ? PLT_IS_ABSENT
                                                   : sign->held[d] >> m & 1 ? PLT_IS_HELD
                                                                            : PLT_IS_FREE);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLinesKinds(PltAssembly a, PetscInt *nplate, PetscReal *z, PltKinds *kinds)
{
  const PetscInt n = a->state->space->nmerged, nvert = a->state->mesh->nvert;
  PetscInt       plate[PLT_LEVEL_MAX], *example;
  Signature     *sign;
  PetscBool      is_new;
  PltIds         ids;

  PetscFunctionBegin;
  *nplate = SplitLevels(a->state, plate);
  *kinds  = (PltKinds){.m = 3 * n};
  PltLinesHeights(a->state, z);
  PetscCall(PetscCalloc1(nvert + 1, &sign));
  PetscCall(PetscMalloc1(nvert + 1, &example));
  PetscCall(PetscMalloc1(nvert + 1, &kinds->of));
  PetscCall(Signatures(a, sign));
  PetscCall(PltIdsCreate(&ids));
  for (PetscInt v = 0; v < nvert; v++) {
    PetscCall(PltIdsGet(&ids, &sign[v], sizeof(Signature), &kinds->of[v], &is_new));
    if (is_new) example[kinds->of[v]] = v;
  }
  kinds->n = ids.n;
  PetscCall(PetscMalloc1(kinds->n * kinds->m, &kinds->is));
  PetscCall(PetscMalloc1(kinds->n * n, &kinds->plate));
  PetscCall(PetscMalloc1(kinds->n * n, &kinds->height));
  for (PetscInt i = 0; i < kinds->n; i++)
    PetscCall(SetKind(&sign[example[i]], i, n, plate, z, kinds));
  PetscCall(PltKindsFinish(kinds));
  PetscCall(PltIdsDestroy(&ids));
  PetscCall(PetscFree(sign));
  PetscCall(PetscFree(example));
  PetscFunctionReturn(PETSC_SUCCESS);
}
