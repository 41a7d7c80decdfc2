/* SPDX-License-Identifier: BSD-2-Clause
   Where new nodes stand when plies are born: on the normal of the deformed face they are born
   on, at the distance of their slab's thickness (a conformal layer). Linear theory: the slope of
   the face at a vertex is the mean of those of the quads around it; large deflection: the normal
   is theirs, weighted by their area. */
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
   lean the opposite way. */
static void LevelAtPlanes(PltState s, PetscReal *normal)
{
  const PltSymmetry how         = s->project->symmetry;
  const PetscBool   mirrored[2] = {
        (PetscBool)(how == PLT_SYMMETRY_HALF_X || how == PLT_SYMMETRY_QUARTER),
        (PetscBool)(how == PLT_SYMMETRY_HALF_Y || how == PLT_SYMMETRY_QUARTER)};

  for (PetscInt i = 0; i < 2 * s->mesh->nvert; i++) {
    const PetscInt d = i % 2;

    if (mirrored[d] && PetscAbsReal(s->mesh->xy[i]) < 1e-9 * s->project->size[d])
      normal[3 * (i / 2) + d] = 0;
  }
}

/* The outer face above a quad: places and displacements of its corners; false if a part of it is
   not there. */
static PetscBool Face(PltState s, const PetscInt *was, PetscInt quad, PetscBool upward,
                      const PetscReal *x[4], PetscReal u[4][3])
{
  for (PetscInt a = 0; a < 4; a++) {
    const PetscInt v = s->mesh->quad[4 * quad + a], k = OuterLevel(s, was, v, upward);

    if (k < 0) return PETSC_FALSE;
    x[a] = s->mesh->xy + 2 * v;
    for (PetscInt d = 0; d < 3; d++) u[a][d] = s->u[3 * (v * s->nlevel + k) + d];
  }
  return PETSC_TRUE;
}

/* Adds to the normals at the corners: in linear theory (-w,x, -w,y, 1), else the quad's own
   with its area as length. */
static void AddNormals(PltState s, PetscInt quad, const PetscReal *x[4], PetscReal u[4][3],
                       PetscReal *normal)
{
  const PetscReal w[4] = {u[0][2], u[1][2], u[2][2], u[3][2]};
  PetscReal       side[2][3], n[3], g[2];

  for (PetscInt i = 0; i < 2; i++)
    for (PetscInt d = 0; d < 3; d++)
      side[i][d] = u[2 + i][d] - u[i][d] + (d < 2 ? x[2 + i][d] - x[i][d] : 0);
  PltCross(side[0], side[1], n);
  for (PetscInt a = 0; a < 4; a++) {
    PetscReal *to = normal + 3 * s->mesh->quad[4 * quad + a];

    if (s->project->kinematics == PLT_SMALL) {
      GradientAtCorner(x, w, a, g);
      n[0] = -g[0];
      n[1] = -g[1];
      n[2] = 1;
    }
    for (PetscInt d = 0; d < 3; d++) to[d] += n[d];
  }
}

static void FaceNormals(PltState s, const PetscInt *was, PetscBool upward, PetscReal *normal)
{
  for (PetscInt i = 0; i < 3 * s->mesh->nvert; i++) normal[i] = 0;
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    const PetscReal *x[4];
    PetscReal        u[4][3];

    if (Face(s, was, q, upward, x, u)) AddNormals(s, q, x, u, normal);
  }
  LevelAtPlanes(s, normal);
  for (PetscInt v = 0; v < s->mesh->nvert; v++) {
    PetscReal *n = normal + 3 * v, length = n[2]; /* linear theory: the number of quads */

    if (s->project->kinematics == PLT_LARGE)
      length = PetscSqrtReal(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    for (PetscInt d = 0; d < 3; d++) n[d] = length > 0 ? n[d] / length : d / 2;
  }
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
static void Extrude(PltState s, PetscInt v, PetscBool upward, const PetscReal normal[3],
                    PetscBool *known)
{
  const PetscInt   nl = s->nlevel, step = upward ? 1 : -1, *merged = s->space->merged;
  const PetscInt  *first = s->slabs.first;
  const PetscReal *z     = s->slabs.z;

  for (PetscInt k = upward ? 1 : nl - 2; k >= 0 && k < nl; k += step) {
    const PetscInt slab = upward ? k - 1 : k;
    PetscReal     *u = s->u + 3 * (v * nl + k), *base = u - 3 * step, t;

    if (known[k] || !known[k - step] || s->space->node[v * nl + k] < 0) continue;
    t = merged[k] == merged[k - step] ? 0 : step * (z[first[slab + 1]] - z[first[slab]]);
    for (PetscInt d = 0; d < 3; d++) u[d] = base[d] + t * (normal[d] - (d == 2 ? 1 : 0));
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
  PetscCall(PetscMalloc2(3 * s->mesh->nvert, &upper, 3 * s->mesh->nvert, &lower));
  FaceNormals(s, was, PETSC_TRUE, upper);
  FaceNormals(s, was, PETSC_FALSE, lower);
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    ShareMerged(s, was, v, known);
    Extrude(s, v, PETSC_TRUE, upper + 3 * v, known);
    Extrude(s, v, PETSC_FALSE, lower + 3 * v, known);
  }
  PetscCall(PltSpaceBcast(s->space, MPIU_REAL, 3 * s->nlevel, s->u));
  PetscCall(PetscFree2(upper, lower));
  PetscFunctionReturn(PETSC_SUCCESS);
}
