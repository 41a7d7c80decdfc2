/* SPDX-License-Identifier: BSD-2-Clause
   One block times one line. The inner loops run over whole vector registers; the compiler makes a
   version of what is marked PLT_VERSIONS for each kind of processor, and the loader takes the
   best. */
#ifndef PLT_MG_BLOCK_H
#define PLT_MG_BLOCK_H
#include "mg/internal.h"

typedef PetscReal Wide __attribute__((vector_size(64), aligned(8), may_alias));

/* y -= S x for one block; x is readable `band` before and after the line. */
PLT_INLINE void SubtractBand(const PetscReal *S, PetscInt stride, PetscInt band, const PetscReal *x,
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
PLT_INLINE void SubtractBandTransposed(const PetscReal *S, PetscInt stride, PetscInt band,
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

/* y -= sum, first n lanes only, n >= 1. */
PLT_INLINE void SubtractLanes(const Wide *sum, PetscInt n, PetscReal *y)
{
  static const PetscReal ones[2 * PLT_WIDE] = {1, 1, 1, 1, 1, 1, 1, 1};

  *(Wide *)y -= *sum * *(const Wide *)(ones + (n < PLT_WIDE ? PLT_WIDE - n : 0));
}

/* y -= S x for one dense block. */
PLT_INLINE void SubtractDense(const PetscReal *S, PetscInt m, const PetscReal *x, PetscReal *y)
{
  for (PetscInt c = 0; c < m; c += PLT_WIDE) {
    Wide even = {0}, odd = {0};

    for (PetscInt q = 0; q + 1 < m; q += 2) {
      even += *(const Wide *)(S + q * m + c) * x[q];
      odd += *(const Wide *)(S + (q + 1) * m + c) * x[q + 1];
    }
    if (m % 2) even += *(const Wide *)(S + (m - 1) * m + c) * x[m - 1];
    even += odd;
    SubtractLanes(&even, m - c, y + c);
  }
}

/* Two columns times x, which is zero after the line, as sums over pairs of lanes in turn. */
PLT_INLINE void MultiplyColumns(const PetscReal *S, PetscInt m, const PetscReal *x, Wide *sum)
{
  Wide a = *(const Wide *)S * *(const Wide *)x, b = *(const Wide *)(S + m) * *(const Wide *)x;

  for (PetscInt c = PLT_WIDE; c < m; c += PLT_WIDE) {
    a += *(const Wide *)(S + c) * *(const Wide *)(x + c);
    b += *(const Wide *)(S + m + c) * *(const Wide *)(x + c);
  }
  *sum = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +
         __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}

/* y -= S' x for one dense block, whose columns are eight at a time; x is zero after the line. */
PLT_INLINE void SubtractDenseTransposed(const PetscReal *S, PetscInt m, const PetscReal *x,
                                        PetscReal *y)
{
  for (PetscInt q = 0; q < m; q += PLT_WIDE) {
    Wide a, b = {0}, c = {0}, d = {0};

    MultiplyColumns(S + q * m, m, x, &a);
    if (q + 2 < m) MultiplyColumns(S + (q + 2) * m, m, x, &b);
    if (q + 4 < m) MultiplyColumns(S + (q + 4) * m, m, x, &c);
    if (q + 6 < m) MultiplyColumns(S + (q + 6) * m, m, x, &d);
    a = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +
        __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    c = __builtin_shufflevector(c, d, 0, 1, 8, 9, 4, 5, 12, 13) +
        __builtin_shufflevector(c, d, 2, 3, 10, 11, 6, 7, 14, 15);
    a = __builtin_shufflevector(a, c, 0, 1, 2, 3, 8, 9, 10, 11) +
        __builtin_shufflevector(a, c, 4, 5, 6, 7, 12, 13, 14, 15);
    SubtractLanes(&a, m - q, y + q);
  }
}

/* y -= S x for one block of a level; x is readable around the line. */
PLT_INLINE void Subtract(PltLevel l, const PetscReal *S, const PetscReal *x, PetscReal *y)
{
  if (l->dense) SubtractDense(S, l->m, x, y);
  else SubtractBand(S, l->stride, l->band, x, y);
}

/* y -= S' x for one block of a level; x is zero around the line. */
PLT_INLINE void SubtractTransposed(PltLevel l, const PetscReal *S, const PetscReal *x, PetscReal *y)
{
  if (l->dense) SubtractDenseTransposed(S, l->m, x, y);
  else SubtractBandTransposed(S, l->stride, l->band, x, y);
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

PLT_INLINE void MaskLine(PltLevel l, PetscInt i, PetscReal *x)
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
#endif
