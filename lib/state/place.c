/* SPDX-License-Identifier: BSD-2-Clause
   Where new nodes stand when plies are born: on the normal of the deformed face they are born
   on, at the distance of their slab's thickness (a conformal layer). The slope of
   the face at a vertex is the mean of those of the quads around it. */
#include "state/state.h"

/* Gradient of w[4] at corner a of a bilinear quad. */
static void GradientAtCorner(const PetscReal *x[4], const PetscReal w[4], PetscInt a,
                             PetscReal g[2])
{
  const PetscInt  n = (a + 1) % 4, p = (a + 3) % 4;
  const PetscReal e[2] = {x[n][0] - x[a][0], x[n][1] - x[a][1]};
  const PetscReal f[2] = {x[p][0] - x[a][0], x[p][1] - x[a][1]};
  const PetscReal det  = e[0] * f[1] - e[1] * f[0];

  g[0] = ((w[n] - w[a]) * f[1] - (w[p] - w[a]) * e[1]) / det;
  g[1] = ((w[p] - w[a]) * e[0] - (w[n] - w[a]) * f[0]) / det;
}

/* Outermost level that was live on a line, upward or downward; -1 if none. */
static PetscInt OuterLevel(PltState s, const PetscInt *was, PetscInt v, PetscBool upward)
{
  PetscInt k = upward ? s->nlevel - 1 : 0;

  while (k >= 0 && k < s->nlevel && was[v * s->nlevel + k] < 0) k += upward ? -1 : 1;
  return k < s->nlevel ? k : -1;
}

/* Across a plane of symmetry the face is level: the quads on its other side, which are not there,
   have the opposite slope. */
static void LevelAtPlanes(PltState s, PetscReal *slope)
{
  const PltSymmetry how         = s->project->symmetry;
  const PetscBool   mirrored[2] = {
        (PetscBool)(how == PLT_SYMMETRY_HALF_X || how == PLT_SYMMETRY_QUARTER),
        (PetscBool)(how == PLT_SYMMETRY_HALF_Y || how == PLT_SYMMETRY_QUARTER)};

  for (PetscInt i = 0; i < 2 * s->mesh->nvert; i++) {
    const PetscInt d = i % 2;

    if (mirrored[d] && PetscAbsReal(s->mesh->xy[i]) < 1e-9 * s->project->size[d]) slope[i] = 0;
  }
}

static PetscErrorCode FaceSlopes(PltState s, const PetscInt *was, PetscBool upward,
                                 PetscReal *slope)
{
  const PltMesh mesh = s->mesh;
  PetscInt     *around;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(mesh->nvert + 1, &around));
  PetscCall(PetscArrayzero(slope, 2 * mesh->nvert));
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    const PetscInt  *vert = mesh->quad + 4 * q;
    const PetscReal *x[4];
    PetscReal        w[4], g[2];
    PetscInt         known = 0;

    for (PetscInt a = 0; a < 4; a++) {
      const PetscInt k = OuterLevel(s, was, vert[a], upward);

      x[a] = mesh->xy + 2 * vert[a];
      w[a] = k < 0 ? 0 : s->u[3 * (vert[a] * s->nlevel + k) + 2];
      known += k < 0 ? 0 : 1;
    }
    for (PetscInt a = 0; a < 4 && known == 4; a++) {
      GradientAtCorner(x, w, a, g);
      slope[2 * vert[a]] += g[0];
      slope[2 * vert[a] + 1] += g[1];
      around[vert[a]]++;
    }
  }
  for (PetscInt v = 0; v < mesh->nvert; v++)
    for (PetscInt d = 0; d < 2 && around[v]; d++) slope[2 * v + d] /= around[v];
  LevelAtPlanes(s, slope);
  PetscCall(PetscFree(around));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Levels merged in the new space that were known get one value; returns which are known. */
static void ShareMerged(PltState s, const PetscInt *was, PetscInt v, PetscBool *known)
{
  const PetscInt nl = s->nlevel, *merged = s->space->merged;

  for (PetscInt k = 0; k < nl; k++) known[k] = (PetscBool)(was[v * nl + k] >= 0);
  for (PetscInt k = 0; k < nl; k++)
    for (PetscInt j = 0; j < nl && !known[k]; j++) {
      if (merged[j] != merged[k] || was[v * nl + j] < 0) continue;
      for (PetscInt d = 0; d < 3; d++) s->u[3 * (v * nl + k) + d] = s->u[3 * (v * nl + j) + d];
      known[k] = PETSC_TRUE;
    }
}

/* Unknown levels from the known one next to them, outward along the normal. */
static void Extrude(PltState s, PetscInt v, PetscBool upward, const PetscReal slope[2],
                    PetscBool *known)
{
  const PetscInt   nl = s->nlevel, step = upward ? 1 : -1, *merged = s->space->merged;
  const PetscInt  *first = s->slabs.first;
  const PetscReal *z     = s->slabs.z;

  for (PetscInt k = upward ? 1 : nl - 2; k >= 0 && k < nl; k += step) {
    const PetscInt slab = upward ? k - 1 : k;
    PetscReal     *u = s->u + 3 * (v * nl + k), *base = u - 3 * step, t;

    if (known[k] || !known[k - step] || s->space->node[v * nl + k] < 0) continue;
    t        = merged[k] == merged[k - step] ? 0 : step * (z[first[slab + 1]] - z[first[slab]]);
    u[0]     = base[0] - t * slope[0];
    u[1]     = base[1] - t * slope[1];
    u[2]     = base[2];
    known[k] = PETSC_TRUE;
  }
}

PetscErrorCode PltStatePlaceNodes(PltState s, const PetscInt *was)
{
  PetscReal *upper, *lower;
  PetscBool  known[PLT_LEVEL_MAX * 4];

  PetscFunctionBegin;
  PetscCheck(s->nlevel <= 4 * PLT_LEVEL_MAX, PETSC_COMM_SELF, PLT_ERR_USAGE, "more than %d slabs",
             4 * PLT_LEVEL_MAX - 1);
  PetscCall(PetscMalloc2(2 * s->mesh->nvert, &upper, 2 * s->mesh->nvert, &lower));
  PetscCall(FaceSlopes(s, was, PETSC_TRUE, upper));
  PetscCall(FaceSlopes(s, was, PETSC_FALSE, lower));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    ShareMerged(s, was, v, known);
    Extrude(s, v, PETSC_TRUE, upper + 2 * v, known);
    Extrude(s, v, PETSC_FALSE, lower + 2 * v, known);
  }
  PetscCall(PltSpaceBcast(s->space, MPIU_REAL, 3 * s->nlevel, s->u));
  PetscCall(PetscFree2(upper, lower));
  PetscFunctionReturn(PETSC_SUCCESS);
}
