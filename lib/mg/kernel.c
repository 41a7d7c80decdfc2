/* SPDX-License-Identifier: BSD-2-Clause
   Products and Gauss-Seidel sweeps over the lines of a level, block by block. The inner loops run
   over whole vector registers; the compiler makes a version for each kind of processor, and the
   loader takes the best. */
#include "mg/internal.h"

typedef PetscReal Wide __attribute__((vector_size(64), aligned(8), may_alias));

/* y -= S x for one block; x is readable `band` before and after the line. */
PLT_INLINE void Subtract(const PetscReal *S, PetscInt stride, PetscInt band, const PetscReal *x,
                         PetscReal *y)
{
  for (PetscInt c = 0; c < stride; c += PLT_WIDE) {
    const PetscReal *s = S + c, *v = x + c - band;
    Wide             even = *(const Wide *)s * *(const Wide *)v, odd = {0};

    for (PetscInt d = 1; d < 2 * band; d += 2) {
      odd += *(const Wide *)(s + d * stride) * *(const Wide *)(v + d);
      even += *(const Wide *)(s + (d + 1) * stride) * *(const Wide *)(v + d + 1);
    }
    *(Wide *)(y + c) -= even + odd;
  }
}

/* y -= S' x for one block; x is zero `band` before and after the line. */
PLT_INLINE void SubtractTransposed(const PetscReal *S, PetscInt stride, PetscInt band,
                                   const PetscReal *x, PetscReal *y)
{
  for (PetscInt c = 0; c < stride; c += PLT_WIDE) {
    const PetscReal *s = S + c + band, *v = x + c + band;
    Wide             even = *(const Wide *)s * *(const Wide *)v, odd = {0};

    for (PetscInt d = 1; d < 2 * band; d += 2) {
      odd += *(const Wide *)(s + d * (stride - 1)) * *(const Wide *)(v - d);
      even += *(const Wide *)(s + (d + 1) * (stride - 1)) * *(const Wide *)(v - d - 1);
    }
    *(Wide *)(y + c) -= even + odd;
  }
}

/* x = inverse r. */
PLT_INLINE void Solve(const PetscReal *inverse, PetscInt m, PetscInt stride, const PetscReal *r,
                      PetscReal *x)
{
  for (PetscInt c = 0; c < stride; c += PLT_WIDE) {
    Wide even = {0}, odd = {0};

    for (PetscInt p = 0; p + 1 < m; p += 2) {
      even += *(const Wide *)(inverse + p * stride + c) * r[p];
      odd += *(const Wide *)(inverse + (p + 1) * stride + c) * r[p + 1];
    }
    if (m % 2) even += *(const Wide *)(inverse + (m - 1) * stride + c) * r[m - 1];
    *(Wide *)(x + c) = even + odd;
  }
}

PLT_INLINE void Copy(PetscInt stride, const PetscReal *from, PetscReal *to)
{
  for (PetscInt c = 0; c < stride; c += PLT_WIDE) *(Wide *)(to + c) = *(const Wide *)(from + c);
}

/* to = from less the translation t. */
PLT_INLINE void CopyLess(PetscInt m, const PetscReal t[3], const PetscReal *from, PetscReal *to)
{
  for (PetscInt p = 0; p < m; p += 3) {
    to[p]     = from[p] - t[0];
    to[p + 1] = from[p + 1] - t[1];
    to[p + 2] = from[p + 2] - t[2];
  }
}

static void MaskLine(PltLevel l, PetscInt i, PetscReal *x)
{
  const PetscInt   k    = l->kind.of[i];
  const PetscReal *mask = l->kind.mask + k * l->stride;

  for (PetscInt p = 0; p < l->stride && !l->kind.whole[k]; p++) x[p] *= mask[p];
}

PLT_INLINE void Start(PetscInt stride, const PetscReal *b, PetscReal *r)
{
  if (b) Copy(stride, b, r);
  else
    for (PetscInt p = 0; p < stride; p++) r[p] = 0;
}

/* A line with zeros around it. */
typedef struct {
  PetscReal before[PLT_PAD], x[PLT_PAD + PLT_PAD];
} Line;

PLT_VERSIONS static void ReferenceProduct(PltLevel l, const PetscReal *x, PetscReal *r)
{
  const PetscInt stride = l->stride, band = l->band, m = l->m;
  const size_t   size = PltBlockSize(l);
  Line           mine = {{0}, {0}}, other = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size, *xi = x + i * stride;
    const PetscReal *ti = xi + l->kind.base[l->kind.of[i]];

    CopyLess(m, ti, xi, mine.x);
    Subtract(S, stride, band, mine.x, r + i * stride);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const PetscInt   j  = l->next[k];
      const PetscReal *xj = x + j * stride, *tj = xj + l->kind.base[l->kind.of[j]];

      S += size;
      CopyLess(m, ti, xj, other.x);
      Subtract(S, stride, band, other.x, r + i * stride);
      if (j >= l->nown) continue;
      CopyLess(m, tj, xi, mine.x);
      SubtractTransposed(S, stride, band, mine.x, r + j * stride);
    }
  }
}

PLT_VERSIONS static void PlainProduct(PltLevel l, const PetscReal *x, PetscReal *r)
{
  const PetscInt stride = l->stride, band = l->band;
  const size_t   size = PltBlockSize(l);
  Line           mine = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size;

    Copy(stride, x + i * stride, mine.x);
    Subtract(S, stride, band, mine.x, r + i * stride);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const PetscInt j = l->next[k];

      S += size;
      Subtract(S, stride, band, x + j * stride, r + i * stride);
      if (j < l->nown) SubtractTransposed(S, stride, band, mine.x, r + j * stride);
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

    for (PetscInt d = 0; d < width; d += span) Subtract(S, span, 1, x + d, y + d);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++) {
      const PetscInt j = l->next[k];

      S += width;
      for (PetscInt d = 0; d < width; d += span)
        Subtract(S, span, 1, l->plane[0] + j * width + d, y + d);
      for (PetscInt d = 0; d < width && j < l->nown; d += span)
        SubtractTransposed(S, span, 1, x + d, l->plane[1] + j * width + d);
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

PLT_VERSIONS static void Upper(PltLevel l, const PetscReal *b, const PetscReal *x, PetscReal *r)
{
  const PetscInt stride = l->stride, band = l->band;
  const size_t   size = PltBlockSize(l);

  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S  = l->block + (size_t)l->start[l->row[i]] * size;
    PetscReal       *ri = r + i * stride;

    if (b) Start(stride, b + i * stride, ri);
    else
      for (PetscInt p = 0; p < stride; p++) ri[p] *= 1 - l->relax[i];
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++)
      Subtract(S += size, stride, band, x + l->next[k] * stride, ri);
    MaskLine(l, i, ri);
  }
}

PLT_VERSIONS static void Lower(PltLevel l, const PetscReal *b, const PetscReal *x, PetscReal *r)
{
  const PetscInt stride = l->stride, band = l->band;
  const size_t   size = PltBlockSize(l);
  Line           mine = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++) Copy(stride, b + i * stride, r + i * stride);
  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size;

    Copy(stride, x + i * stride, mine.x);
    for (PetscInt k = l->first[i]; k < l->first[i + 1] && l->next[k] < l->nown; k++)
      SubtractTransposed(S += size, stride, band, mine.x, r + l->next[k] * stride);
  }
}

PLT_VERSIONS static void Forward(PltLevel l, PetscReal *r, PetscReal *x)
{
  const PetscInt stride = l->stride, band = l->band, m = l->m;
  const size_t   size = PltBlockSize(l);
  Line           mine = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size;

    Solve(l->inverse + (size_t)l->row[i] * m * stride, m, stride, r + i * stride, mine.x);
    for (PetscInt p = 0; p < stride; p++) mine.x[p] *= l->relax[i];
    Copy(stride, mine.x, x + i * stride);
    for (PetscInt k = l->first[i]; k < l->first[i + 1] && l->next[k] < l->nown; k++)
      SubtractTransposed(S += size, stride, band, mine.x, r + l->next[k] * stride);
  }
}

PLT_VERSIONS static void Backward(PltLevel l, const PetscReal *r, PetscReal *x)
{
  const PetscInt stride = l->stride, band = l->band, m = l->m;
  const size_t   size = PltBlockSize(l);
  PetscReal      rest[PLT_PAD], now[PLT_PAD];

  for (PetscInt i = l->nown - 1; i >= 0; i--) {
    const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * size;

    Copy(stride, r + i * stride, rest);
    for (PetscInt k = l->first[i]; k < l->first[i + 1]; k++)
      Subtract(S += size, stride, band, x + l->next[k] * stride, rest);
    Solve(l->inverse + (size_t)l->row[i] * m * stride, m, stride, rest, now);
    for (PetscInt p = 0; p < stride; p++)
      x[i * stride + p] += l->relax[i] * (now[p] - x[i * stride + p]);
  }
}

/* The linker would export the resolvers of versions that are not static. */
void PltLevelUpper(PltLevel l, const PetscReal *b, const PetscReal *x, PetscReal *r)
{
  Upper(l, b, x, r);
}

void PltLevelLower(PltLevel l, const PetscReal *b, const PetscReal *x, PetscReal *r)
{
  Lower(l, b, x, r);
}

void PltLevelForward(PltLevel l, PetscReal *r, PetscReal *x)
{
  Forward(l, r, x);
}

void PltLevelBackward(PltLevel l, const PetscReal *r, PetscReal *x)
{
  Backward(l, r, x);
}
