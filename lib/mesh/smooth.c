/* SPDX-License-Identifier: BSD-2-Clause
   Better quads by moving inner vertices: towards the mean of their neighbours (Laplace), but only where
   the worst corner around the vertex improves ("smart" smoothing: Freitag 1997). */
#include "mesh/footprint.h"

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

/* Every edge around an inner vertex belongs to two quads, so that counting both ends of each quad's two
   edges there takes the mean. */
static void Move(PltFootprint *f, PetscInt v, PetscInt n, const PetscInt quad[])
{
  const PetscReal old = Worst(f, n, quad), x = f->xy[2 * v], y = f->xy[2 * v + 1];
  PetscReal       sum[2] = {0, 0};

  for (PetscInt i = 0; i < n; i++) {
    for (PetscInt a = 0; a < 4; a++) {
      if (f->quad[4 * quad[i] + a] != v) continue;
      for (PetscInt k = 0; k < 2; k++)
        sum[k] += f->xy[2 * f->quad[4 * quad[i] + (a + 1) % 4] + k] +
                  f->xy[2 * f->quad[4 * quad[i] + (a + 3) % 4] + k];
    }
  }
  for (PetscInt step = 1; step <= 4; step *= 2) { /* the whole way, half of it, a quarter */
    f->xy[2 * v]     = x + (0.5 * sum[0] / (PetscReal)n - x) / (PetscReal)step;
    f->xy[2 * v + 1] = y + (0.5 * sum[1] / (PetscReal)n - y) / (PetscReal)step;
    if (Worst(f, n, quad) > old) return;
  }
  f->xy[2 * v]     = x;
  f->xy[2 * v + 1] = y;
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
      Move(f, v, start[v + 1] - start[v], &quad[start[v]]);
  PetscCall(PetscFree2(start, quad));
  PetscFunctionReturn(PETSC_SUCCESS);
}
