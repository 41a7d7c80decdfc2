/* SPDX-License-Identifier: BSD-2-Clause
   Gauss-Seidel sweeps over the lines of a level, block by block: (D + L) forward, (D + U) backward.

   Every sweep needs a product with the other half of the matrix as well, forward ones after them
   (for the residual), backward ones before. As blocks are coupled over no more than `reach` lines,
   the product follows the sweep, or goes before it, at that distance, so that blocks come from
   memory once (temporal blocking, Leiserson, Rao & Toledo 1997). */
#include "mg/block.h"

/* x of line i from b - L x - U x, and what it adds to L x of later lines. */
PLT_INLINE void ForwardLine(PltLevel l, PetscBool first, PetscInt i, Line *mine)
{
  const PetscInt   stride = l->stride;
  const PetscReal *S      = l->block + (size_t)l->start[l->row[i]] * PltBlockSize(l);
  PetscReal       *xi     = l->x + i * stride;
  PetscReal        rest[PLT_PAD];

  Copy(stride, l->r + i * stride, rest);
  for (PetscInt p = 0; p < stride && !first; p++) rest[p] += l->t[i * stride + p];
  Solve(l->inverse + (size_t)l->row[i] * (size_t)(l->m * stride), l->m, stride, rest, mine->x);
  for (PetscInt p = 0; p < stride; p++) mine->x[p] *= l->relax[i];
  for (PetscInt p = 0; p < stride && !first; p++) mine->x[p] += (1 - l->relax[i]) * xi[p];
  Copy(stride, mine->x, xi);
  for (PetscInt k = l->first[i]; k < l->first[i + 1] && l->next[k] < l->nown; k++)
    SubtractTransposed(l, S += PltBlockSize(l), mine->x, l->r + l->next[k] * stride);
}

/* y -= U x on line i, neighbours from k on as long as they are before `end`. */
PLT_INLINE void UpperLine(PltLevel l, PetscInt i, PetscInt k, PetscInt end, PetscReal *y)
{
  const size_t     size = PltBlockSize(l);
  const PetscReal *S =
      l->block + ((size_t)l->start[l->row[i]] + 1 + (size_t)(k - l->first[i])) * size;

  for (; k < l->first[i + 1] && l->next[k] < end; k++, S += size)
    Subtract(l, S, l->x + l->next[k] * l->stride, y + i * l->stride);
}

/* After a sweep from zero b - (D + L) x is what relaxation left of the right-hand side. */
PLT_INLINE void AfterForward(PltLevel l, PetscBool first, PetscBool last, PetscInt i)
{
  const PetscInt   stride = l->stride;
  const PetscReal *S      = l->block + (size_t)l->start[l->row[i]] * PltBlockSize(l);
  PetscReal       *r = l->r + i * stride, *t = last ? NULL : l->t + i * stride;

  if (!last) {
    Copy(stride, l->b + i * stride, r);
    for (PetscInt p = 0; p < stride; p++) t[p] = 0;
  } else if (first)
    for (PetscInt p = 0; p < stride; p++) r[p] *= 1 - l->relax[i];
  else Subtract(l, S, l->x + i * stride, r);
  UpperLine(l, i, l->first[i], l->nown, last ? l->r : l->t);
  if (last) MaskLine(l, i, r);
}

PLT_VERSIONS static void Forward(PltLevel l, PetscBool first, PetscBool last)
{
  Line mine = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown && first; i++)
    Copy(l->stride, l->b + i * l->stride, l->r + i * l->stride);
  for (PetscInt i = 0; i < l->nown + l->reach; i++) {
    if (i < l->nown) ForwardLine(l, first, i, &mine);
    if (i >= l->reach) AfterForward(l, first, last, i - l->reach);
  }
}

PLT_VERSIONS static void ForwardGhosts(PltLevel l, PetscBool last)
{
  for (PetscInt i = 0; i < l->nown; i++) {
    PetscInt k = l->first[i + 1];

    while (k > l->first[i] && l->next[k - 1] >= l->nown) k--;
    if (k == l->first[i + 1]) continue;
    UpperLine(l, i, k, l->nline, last ? l->r : l->t);
    if (last) MaskLine(l, i, l->r + i * l->stride);
  }
}

/* r -= L x, as far as line i makes it. */
PLT_INLINE void LowerLine(PltLevel l, PetscInt i, Line *mine)
{
  const PetscReal *S = l->block + (size_t)l->start[l->row[i]] * PltBlockSize(l);

  Copy(l->stride, l->x + i * l->stride, mine->x);
  for (PetscInt k = l->first[i]; k < l->first[i + 1] && l->next[k] < l->nown; k++)
    SubtractTransposed(l, S += PltBlockSize(l), mine->x, l->r + l->next[k] * l->stride);
}

PLT_INLINE void BackwardLine(PltLevel l, PetscInt i)
{
  const PetscInt stride = l->stride;
  PetscReal     *xi     = l->x + i * stride, now[PLT_PAD];

  UpperLine(l, i, l->first[i], l->nline, l->r);
  Solve(l->inverse + (size_t)l->row[i] * (size_t)(l->m * stride), l->m, stride, l->r + i * stride,
        now);
  for (PetscInt p = 0; p < stride; p++) xi[p] += l->relax[i] * (now[p] - xi[p]);
}

PLT_VERSIONS static void Backward(PltLevel l)
{
  Line mine = {{0}, {0}};

  for (PetscInt i = 0; i < l->nown; i++)
    Copy(l->stride, l->b + i * l->stride, l->r + i * l->stride);
  for (PetscInt i = l->nown - 1; i >= -l->reach; i--) {
    if (i >= 0) LowerLine(l, i, &mine);
    if (i + l->reach < l->nown) BackwardLine(l, i + l->reach);
  }
}

/* The linker would export the resolvers of versions that are not static. */
void PltLevelForward(PltLevel l, PetscBool first, PetscBool last)
{
  Forward(l, first, last);
}

void PltLevelForwardGhosts(PltLevel l, PetscBool last)
{
  if (l->ghost) ForwardGhosts(l, last);
}

void PltLevelBackward(PltLevel l)
{
  Backward(l);
}
