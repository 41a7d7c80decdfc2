/* SPDX-License-Identifier: BSD-2-Clause
   Die shift: the panel's rigid motion, the six-parameter model of overlay (translation, rotation,
   magnification in x and y, orthogonality) and what it leaves. All fits are least squares over the
   placed dies, with places taken from their mean, where the normal equations fall apart into small
   ones. */
#include "metric/internal.h"

/* Dies spread less than this across a line, relative to along it (variances), lie on it. */
#define COLLINEAR 1e-10

/* Places and shifts of the placed dies: mean, variances and covariances. */
typedef struct {
  PetscInt  n;
  PetscReal x, y, u, v;
  PetscReal xx, yy, xy, xu, yu, xv, yv;
} Moments;

static Moments Take(PetscInt ndie, const PltDieMotion motion[])
{
  Moments m = {0};

  for (PetscInt d = 0; d < ndie; d++) {
    if (!motion[d].placed) continue;
    m.n++;
    m.x += motion[d].x;
    m.y += motion[d].y;
    m.u += motion[d].dx;
    m.v += motion[d].dy;
  }
  if (!m.n) return m;
  m.x /= (PetscReal)m.n;
  m.y /= (PetscReal)m.n;
  m.u /= (PetscReal)m.n;
  m.v /= (PetscReal)m.n;
  for (PetscInt d = 0; d < ndie; d++) {
    const PetscReal x = motion[d].x - m.x, y = motion[d].y - m.y;
    const PetscReal u = motion[d].dx - m.u, v = motion[d].dy - m.v;

    if (!motion[d].placed) continue;
    m.xx += x * x;
    m.yy += y * y;
    m.xy += x * y;
    m.xu += x * u;
    m.yu += y * u;
    m.xv += x * v;
    m.yv += y * v;
  }
  return m;
}

static void TakeRigidOut(PetscInt ndie, PltDieMotion motion[])
{
  const Moments   m     = Take(ndie, motion);
  const PetscReal polar = m.xx + m.yy, angle = polar > 0 ? (m.xv - m.yu) / polar : 0;

  for (PetscInt d = 0; d < ndie; d++) {
    if (!motion[d].placed) continue;
    motion[d].dx -= m.u - angle * (motion[d].y - m.y);
    motion[d].dy -= m.v + angle * (motion[d].x - m.x);
    if (polar > 0) motion[d].rotation -= angle;
  }
}

/* The gradient of the affine map nearest to the shifts: G[i][j] = d (dx, dy)[i] / d (x, y)[j]. */
static void FitGradient(const Moments *m, PetscReal G[2][2])
{
  const PetscReal det = m->xx * m->yy - m->xy * m->xy, sum = m->xx + m->yy;

  G[0][0] = G[0][1] = G[1][0] = G[1][1] = 0;
  /* det = product of the principal variances, sum^2 about the square of the larger one */
  if (det > COLLINEAR * sum * sum) {
    G[0][0] = (m->yy * m->xu - m->xy * m->yu) / det;
    G[0][1] = (m->xx * m->yu - m->xy * m->xu) / det;
    G[1][0] = (m->yy * m->xv - m->xy * m->yv) / det;
    G[1][1] = (m->xx * m->yv - m->xy * m->xv) / det;
  } else if (sum > 0) { /* on one line: a similarity is all that can be told */
    G[0][0] = G[1][1] = (m->xu + m->yv) / sum;
    G[1][0]           = (m->xv - m->yu) / sum;
    G[0][1]           = -G[1][0];
  }
}

PetscErrorCode PltMetricDieShift(PetscInt ndie, PltDieMotion motion[], PltDieShift *shift)
{
  PetscReal raw = 0, left = 0, G[2][2];
  Moments   m;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(shift, sizeof *shift));
  TakeRigidOut(ndie, motion);
  m = Take(ndie, motion);
  if (!m.n) PetscFunctionReturn(PETSC_SUCCESS);
  FitGradient(&m, G);
  shift->count    = (int)m.n;
  shift->tx       = m.u - G[0][0] * m.x - G[0][1] * m.y;
  shift->ty       = m.v - G[1][0] * m.x - G[1][1] * m.y;
  shift->rotation = (G[1][0] - G[0][1]) / 2;
  shift->shear    = G[1][0] + G[0][1];
  shift->mx       = G[0][0];
  shift->my       = G[1][1];
  for (PetscInt d = 0; d < ndie; d++) {
    PltDieMotion   *p = &motion[d];
    const PetscReal x = p->x - m.x, y = p->y - m.y;

    if (!p->placed) continue;
    p->residual_dx = p->dx - m.u - G[0][0] * x - G[0][1] * y;
    p->residual_dy = p->dy - m.v - G[1][0] * x - G[1][1] * y;
    raw            = PetscSqr(p->dx) + PetscSqr(p->dy);
    left           = PetscSqr(p->residual_dx) + PetscSqr(p->residual_dy);
    shift->raw_max = PetscMax(shift->raw_max, PetscSqrtReal(raw));
    shift->raw_rms += raw / (PetscReal)m.n;
    shift->residual_rms += left / (PetscReal)m.n;
    shift->residual_max = PetscMax(shift->residual_max, PetscSqrtReal(left));
  }
  shift->raw_rms      = PetscSqrtReal(shift->raw_rms);
  shift->residual_rms = PetscSqrtReal(shift->residual_rms);
  PetscFunctionReturn(PETSC_SUCCESS);
}
