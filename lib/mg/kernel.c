/* SPDX-License-Identifier: BSD-2-Clause
   Products over the lines of a level, block by block. */
#include "mg/block.h"

PLT_VERSIONS static void ReferenceProduct(PltLevel l, const PetscReal *x, PetscReal *r)
{
  const PetscInt stride = l->stride, band = l->band, m = l->m;
  const size_t   size = PltBlockSize(l);
  Line           mine = {{0}, {0}}, other = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size, *xi = x + i * stride;
    const PetscReal *ti = xi + l->kind.base[l->kind.of[i]];

    CopyLess(m, ti, xi, mine.x);
    SubtractBand(S, stride, band, mine.x, r + i * stride);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const PetscInt   j  = l->next[k];
      const PetscReal *xj = x + j * stride, *tj = xj + l->kind.base[l->kind.of[j]];

      S += size;
      CopyLess(m, ti, xj, other.x);
      SubtractBand(S, stride, band, other.x, r + i * stride);
      if (j >= l->nown) continue;
      CopyLess(m, tj, xi, mine.x);
      SubtractBandTransposed(S, stride, band, mine.x, r + j * stride);
    }
  }
}

PLT_VERSIONS static void PlainProduct(PltLevel l, const PetscReal *x, PetscReal *r)
{
  const PetscInt stride = l->stride;
  const size_t   size   = PltBlockSize(l);
  Line           mine   = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size;

    Copy(stride, x + i * stride, mine.x);
    Subtract(l, S, mine.x, r + i * stride);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const PetscInt j = l->next[k];

      S += size;
      Subtract(l, S, x + j * stride, r + i * stride);
      if (j < l->nown) SubtractTransposed(l, S, mine.x, r + j * stride);
    }
  }
}

void PltLevelResidual(PltLevel l, PetscBool reference, const PetscReal *b, const PetscReal *x,
                      PetscReal *r)
{
  for (PetscInt i = 0; i < l->nown; i++)
    Start(l->stride, b ? b + i * l->stride : NULL, r + i * l->stride);
  if (reference) ReferenceProduct(l, x, r);
  else PlainProduct(l, x, r);
  for (PetscInt i = 0; i < l->nown; i++) MaskLine(l, i, r + i * l->stride);
}

/* Directions of a line apart: to[d][span] from [n][d]. */
PLT_INLINE void Part(PetscInt n, PetscInt span, const PetscReal *from, PetscReal *to)
{
  for (PetscInt k = 0; k < n; k++)
    for (PetscInt d = 0; d < 3; d++) to[d * span + k] = from[3 * k + d];
}

/* plane[1] = -G plane[0]; direction by direction, which G treats alike. */
PLT_VERSIONS static void StressProduct(PltLevel l)
{
  const PetscInt span = l->span, width = 3 * span;

  for (PetscInt i = 0; i < l->nown * width; i++) l->plane[1][i] = 0;
  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->stress + (size_t)l->start[l->row[i]] * (size_t)width;
    const PetscReal *x = l->plane[0] + i * width;
    PetscReal       *y = l->plane[1] + i * width;

    for (PetscInt d = 0; d < width; d += span) SubtractBand(S, span, 1, x + d, y + d);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const PetscInt j = l->next[k];

      S += width;
      for (PetscInt d = 0; d < width; d += span)
        SubtractBand(S, span, 1, l->plane[0] + j * width + d, y + d);
      for (PetscInt d = 0; d < width && j < l->nown; d += span)
        SubtractBandTransposed(S, span, 1, x + d, l->plane[1] + j * width + d);
    }
  }
}

/* No translation is subtracted here: G is of the size of stress times thickness, a millionth of the
   stiffness across a thin layer, and rounding of its sums is as small beside what bends. */
void PltLevelAddStress(PltLevel l, const PetscReal *x, PetscReal *r)
{
  const PetscInt n = l->m / 3, width = 3 * l->span;

  for (PetscInt i = 0; i < l->nline; i++)
    Part(n, l->span, x + i * l->stride, l->plane[0] + i * width);
  StressProduct(l);
  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *mask = l->kind.mask + l->kind.of[i] * l->stride;

    for (PetscInt p = 0; p < l->m; p++)
      r[i * l->stride + p] -= mask[p] * l->plane[1][i * width + p % 3 * l->span + p / 3];
  }
}
