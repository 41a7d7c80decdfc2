/* SPDX-License-Identifier: BSD-2-Clause
   One block times one line. The inner loops run over whole vector registers; the compiler makes a
   version of what is marked PLT_VERSIONS for each kind of processor, and the loader takes the
   best. */
#ifndef PLT_MG_BLOCK_H
#define PLT_MG_BLOCK_H
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
