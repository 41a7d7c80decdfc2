/* SPDX-License-Identifier: BSD-2-Clause
   Die shift: the panel's rigid motion, the six-parameter model of overlay (translation, rotation,
   magnification in x and y, orthogonality) and what it leaves. All fits are least squares over the
   placed dies, with places taken from their mean, where the normal equations fall apart into small
   ones. */
#include "metric/internal.h"

/* Dies spread less than this across a line, relative to along it (variances), lie on it. */
#define COLLINEAR 1e-10
/* Such dies tell by their own rotations how they turn about the line. Their arms, squared, are this
   part of the spread along it: enough to count, too little to bend the line. */
#define ARM 1e-6
#define NANOMETRE 1e-9 /* the arms of dies that all stand in one place */

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

static void TakeOut_Small(PetscInt ndie, PltDieMotion motion[])
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

/* Where the placed dies are as a whole: their mean, and the rotation that brings their nominal plan
   nearest to them. */
typedef struct {
  PetscReal centre[3], turn[3][3];
} Frame;

/* Dies of several plies are brought to one plan along their mean normal. */
static void FitFrame(PetscInt ndie, const PltDieMotion motion[], const PltDiePlace place[],
                     PetscInt when, Frame *frame)
{
  const Moments   m = Take(ndie, motion);
  const PetscReal n = (PetscReal)m.n, sum = m.xx + m.yy;
  const PetscBool line       = (PetscBool)(m.xx * m.yy - m.xy * m.xy <= COLLINEAR * sum * sum);
  const PetscReal arm        = line ? ARM * sum + PetscSqr(NANOMETRE) : 0;
  PetscReal       turn[3][3] = {{0}}, G[3][2] = {{0}}, length;

  for (PetscInt i = 0; i < 3; i++) frame->centre[i] = 0;
  for (PetscInt d = 0; d < ndie; d++)
    for (PetscInt i = 0; i < 3 && motion[d].placed; i++) {
      frame->centre[i] += place[d].at[when][i] / n;
      for (PetscInt j = 0; j < 3; j++) turn[i][j] += place[d].turn[when][i][j] / n;
    }
  length = PetscSqrtReal(PetscSqr(turn[0][2]) + PetscSqr(turn[1][2]) + PetscSqr(turn[2][2]));
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt d = 0; d < ndie; d++) {
      PetscReal foot;

      if (!motion[d].placed) continue;
      foot = place[d].at[when][i] - place[d].z * turn[i][2] / length - frame->centre[i];
      G[i][0] += foot * (motion[d].x - m.x);
      G[i][1] += foot * (motion[d].y - m.y);
    }
    for (PetscInt j = 0; j < 2; j++) G[i][j] += arm * turn[i][j];
  }
  PltTurnNearest(G, frame->turn);
}

/* A place as seen from the frame: coordinates and rotation in the plan. */
static void SeeFrom(const Frame *frame, const PltDiePlace *place, PetscInt when, PetscReal at[2],
                    PetscReal turn[3][3])
{
  at[0] = at[1] = 0;
  for (PetscInt i = 0; i < 3; i++) {
    for (PetscInt k = 0; k < 2; k++)
      at[k] += frame->turn[i][k] * (place->at[when][i] - frame->centre[i]);
    for (PetscInt j = 0; j < 3; j++) {
      turn[i][j] = 0;
      for (PetscInt k = 0; k < 3; k++) turn[i][j] += frame->turn[k][i] * place->turn[when][k][j];
    }
  }
}

static void TakeOut_Large(PetscInt ndie, PltDieMotion motion[], const PltDiePlace place[])
{
  const Moments m = Take(ndie, motion);
  Frame         frame[2];

  if (!m.n) return;
  for (PetscInt when = 0; when < 2; when++) FitFrame(ndie, motion, place, when, &frame[when]);
  for (PetscInt d = 0; d < ndie; d++) {
    PetscReal at[2][2], turn[2][3][3], vector[3];

    if (!motion[d].placed) continue;
    for (PetscInt when = 0; when < 2; when++)
      SeeFrom(&frame[when], &place[d], when, at[when], turn[when]);
    motion[d].dx = at[PLT_NOW][0] - at[PLT_THEN][0];
    motion[d].dy = at[PLT_NOW][1] - at[PLT_THEN][1];
    PltTurnVector(turn[PLT_THEN], turn[PLT_NOW], vector);
    if (m.xx + m.yy > 0) motion[d].rotation = vector[2];
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

PetscErrorCode PltMetricDieShift(PetscInt ndie, PltDieMotion motion[], PltDiePlace place[],
                                 PltDieShift *shift)
{
  PetscReal raw = 0, left = 0, G[2][2];
  Moments   m;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(shift, sizeof *shift));
  if (place) TakeOut_Large(ndie, motion, place);
  else TakeOut_Small(ndie, motion);
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
