/* SPDX-License-Identifier: BSD-2-Clause
   Better quads by moving inner vertices where corners are bad: to the best of eight places
   around, by the worst corner of the quads there, with shorter and shorter steps (optimisation-
   based smoothing as in Freitag 1997, with a pattern search for the maximum). Nothing gets
   worse. */
#include "mesh/footprint.h"

/* Scaled Jacobian that needs no care: corners between 37 and 143 degrees. */
static const PetscReal good_enough = 0.6;

PetscReal PltQuadJacobian(const PltFootprint *f, PetscInt q)
{
  PetscReal least = 1;

  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal *p  = &f->xy[2 * f->quad[4 * q + a]];
    const PetscReal *r  = &f->xy[2 * f->quad[4 * q + (a + 1) % 4]];
    const PetscReal *s  = &f->xy[2 * f->quad[4 * q + (a + 3) % 4]];
    const PetscReal  u0 = r[0] - p[0], u1 = r[1] - p[1], v0 = s[0] - p[0], v1 = s[1] - p[1];
    const PetscReal  lengths = PetscSqrtReal((u0 * u0 + u1 * u1) * (v0 * v0 + v1 * v1));
    const PetscReal  j       = lengths > 0 ? (u0 * v1 - u1 * v0) / lengths : 0;

    least = j < least ? j : least;
  }
  return least;
}

/* Worst corner of the quads around a vertex. */
static PetscReal Worst(const PltFootprint *f, PetscInt n, const PetscInt quad[])
{
  PetscReal least = 1;

  for (PetscInt i = 0; i < n; i++) least = PetscMin(least, PltQuadJacobian(f, quad[i]));
  return least;
}

/* Length of an edge at the vertex: the scale of steps. */
static PetscReal StepOf(const PltFootprint *f, PetscInt quad)
{
  const PetscReal *p = &f->xy[2 * f->quad[4 * quad]], *r = &f->xy[2 * f->quad[4 * quad + 2]];

  return 0.25 * PetscSqrtReal(PetscSqr(r[0] - p[0]) + PetscSqr(r[1] - p[1]));
}

static void Move(PltFootprint *f, PetscInt v, PetscInt n, const PetscInt quad[])
{
  static const PetscReal way[8][2] = {{1, 0},  {0.7, 0.7},   {0, 1},  {-0.7, 0.7},
                                      {-1, 0}, {-0.7, -0.7}, {0, -1}, {0.7, -0.7}};
  PetscReal *const       xy        = &f->xy[2 * v];
  PetscReal              best = Worst(f, n, quad), step = StepOf(f, quad[0]);

  for (PetscInt k = 0; k < 4 && best < good_enough; k++, step *= 0.5) {
    const PetscReal from[2] = {xy[0], xy[1]};
    PetscReal       to[2]   = {xy[0], xy[1]};

    for (PetscInt i = 0; i < 8; i++) {
      PetscReal worst;

      xy[0] = from[0] + step * way[i][0];
      xy[1] = from[1] + step * way[i][1];
      worst = Worst(f, n, quad);
      if (worst <= best) continue;
      best  = worst;
      to[0] = xy[0];
      to[1] = xy[1];
    }
    xy[0] = to[0];
    xy[1] = to[1];
  }
}

PetscErrorCode PltSmooth(PetscInt first, PetscInt sweeps, PltFootprint *f)
{
  PetscInt *start, *quad;

  PetscFunctionBegin;
  PetscCall(PetscCalloc2(f->nvert + 2, &start, 4 * f->nquad, &quad));
  for (PetscInt i = 0; i < 4 * f->nquad; i++) start[f->quad[i] + 2]++;
  for (PetscInt v = 0; v < f->nvert; v++) start[v + 2] += start[v + 1];
  for (PetscInt i = 0; i < 4 * f->nquad; i++) quad[start[f->quad[i] + 1]++] = i / 4;
  for (PetscInt s = 0; s < sweeps; s++)
    for (PetscInt v = first; v < f->nvert; v++)
      if (start[v + 1] > start[v]) Move(f, v, start[v + 1] - start[v], &quad[start[v]]);
  PetscCall(PetscFree2(start, quad));
  PetscFunctionReturn(PETSC_SUCCESS);
}
