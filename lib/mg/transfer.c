/* SPDX-License-Identifier: BSD-2-Clause
   Interpolation between plate levels, bilinear in x and y for all unknowns, and linked: along an
   edge of a coarse cell the deflection takes a quadratic part from the difference of the rotations
   at its ends, which keeps the transverse shear strain w,x + bx constant there, so that bending
   costs no shear energy (the idea of Tessler & Hughes 1985; Auricchio & Taylor 1994). */
#include "mg/internal.h"

void PltLinkSet(const PltGrid *g, const PetscInt cell[2], const PetscReal x[2], PltLink link[4])
{
  PetscReal s[2], f[2], a[2];

  for (PetscInt d = 0; d < 2; d++) {
    a[d] = g->at[d][cell[d] + 1] - g->at[d][cell[d]];
    s[d] = (x[d] - g->at[d][cell[d]]) / a[d];
    if (PetscAbsReal(s[d]) < 1e-9) s[d] = 0;
    if (PetscAbsReal(s[d] - 1) < 1e-9) s[d] = 1;
    f[d] = a[d] * s[d] * (1 - s[d]) / 2;
  }
  for (PetscInt c = 0; c < 4; c++) {
    const PetscInt  right = c == 1 || c == 2, up = c >= 2;
    const PetscReal wx = right ? s[0] : 1 - s[0], wy = up ? s[1] : 1 - s[1];

    link[c].line   = (cell[1] + up) * g->n[0] + cell[0] + right;
    link[c].weight = wx * wy;
    link[c].cx     = (right ? f[0] : -f[0]) * wy;
    link[c].cy     = (up ? f[1] : -f[1]) * wx;
    if (link[c].weight == 0 && link[c].cx == 0 && link[c].cy == 0) link[c].line = -1;
  }
}

static void RestrictMaps(PetscInt nplate, PetscReal weight, const PetscReal *map,
                         const PetscReal *from, PetscReal *to)
{
  for (PetscInt s = 0; s < nplate; s++, from += PLT_PLATE, to += PLT_PLATE, map += PLT_MAP) {
    for (PetscInt i = 0; i < PLT_PLATE; i++) to[i] += weight * from[i];
    for (PetscInt i = 0; i < PLT_MAP; i++) to[i % PLT_PLATE] += map[i] * from[i / PLT_PLATE];
  }
}

static void ProlongMaps(PetscInt nplate, PetscReal weight, const PetscReal *map,
                        const PetscReal *from, PetscReal *to)
{
  for (PetscInt s = 0; s < nplate; s++, from += PLT_PLATE, to += PLT_PLATE, map += PLT_MAP) {
    for (PetscInt i = 0; i < PLT_PLATE; i++) to[i] += weight * from[i];
    for (PetscInt i = 0; i < PLT_MAP; i++) to[i / PLT_PLATE] += map[i] * from[i % PLT_PLATE];
  }
}

void PltLinkRestrict(PltLevel fine, const PetscReal *r, PltLevel coarse, PetscReal *b)
{
  const PetscInt nplate = fine->m / PLT_PLATE;

  for (PetscInt i = 0; i < coarse->nline * coarse->stride; i++) b[i] = 0;
  for (PetscInt v = 0; v < fine->nown; v++)
    for (PetscInt c = 0; c < 4; c++) {
      const PltLink    k    = fine->link[v][c];
      const PetscReal *from = r + v * fine->stride;
      PetscReal       *to   = b + k.line * coarse->stride;

      if (k.line < 0) continue;
      if (fine->map) {
        RestrictMaps(nplate, k.weight, fine->map + PLT_MAP * (4 * v + c) * nplate, from, to);
        continue;
      }
      for (PetscInt s = 0; s < nplate; s++, from += PLT_PLATE, to += PLT_PLATE) {
        for (PetscInt i = 0; i < PLT_PLATE; i++) to[i] += k.weight * from[i];
        to[3] += k.cx * from[2];
        to[4] += k.cy * from[2];
      }
    }
}

void PltLinkProlong(PltLevel fine, PetscReal *x, PltLevel coarse, const PetscReal *e)
{
  const PetscInt nplate = fine->m / PLT_PLATE;

  for (PetscInt v = 0; v < fine->nown; v++) {
    const PetscInt   kind = fine->kind.of[v];
    const PetscReal *mask = fine->kind.mask + kind * fine->stride;
    PetscReal       *line = x + v * fine->stride;

    for (PetscInt c = 0; c < 4; c++) {
      const PltLink    k    = fine->link[v][c];
      const PetscReal *from = e + k.line * coarse->stride;
      PetscReal       *to   = line;

      if (k.line < 0) continue;
      if (fine->map) {
        ProlongMaps(nplate, k.weight, fine->map + PLT_MAP * (4 * v + c) * nplate, from, to);
        continue;
      }
      for (PetscInt s = 0; s < nplate; s++, from += PLT_PLATE, to += PLT_PLATE) {
        for (PetscInt i = 0; i < PLT_PLATE; i++) to[i] += k.weight * from[i];
        to[2] += k.cx * from[3] + k.cy * from[4];
      }
    }
    for (PetscInt i = 0; i < fine->m && !fine->kind.whole[kind]; i++) line[i] *= mask[i];
  }
}
