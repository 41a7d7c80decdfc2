/* SPDX-License-Identifier: BSD-2-Clause
   Zigzag stabilisation between two slabs of a column: which pairs, how strongly, in which frame. */
#include "assemble/internal.h"

/* Two thin slabs of a build-up. Slabs of one modulus, or with dies, are a thick ply that was cut,
   to be more exact. */
static PetscBool IsBuildUp(PltAssembly a, PetscInt k, PetscInt above, const PltBridge *b)
{
  const PltState s = a->state;

  if (PetscMax(b->t[0], b->t[1]) >= a->scheme.thin) return PETSC_FALSE;
  if (s->project->ply[s->slabs.first[k]].die_material) return PETSC_FALSE;
  if (s->project->ply[s->slabs.first[above]].die_material) return PETSC_FALSE;
  return (PetscBool)(PetscAbsReal(b->G[0] - b->G[1]) > 1e-9 * b->G[0]);
}

/* A soft slab is stabilised against its neighbour, whatever that is, as against another like
   itself: so weakly that it still slips as it should. */
static PetscReal Factor(PltAssembly a, PetscInt k, PetscInt above, const PltBridge *b)
{
  const PltScheme *scheme = &a->scheme;
  const PetscReal  Gt[2]  = {b->G[0] * b->t[0], b->G[1] * b->t[1]};

  if (a->state->slabs.soft[k] || a->state->slabs.soft[above])
    return scheme->zigzag_soft * PetscSqrtReal(PetscMin(Gt[0], Gt[1]) / PetscMax(Gt[0], Gt[1]));
  return IsBuildUp(a, k, above, b) ? scheme->zigzag_thin : scheme->zigzag;
}

void PltBridgeFind(PltAssembly a, PetscInt class, PetscInt k, PltBridge *b)
{
  const PltState     s     = a->state;
  const PetscInt     ns    = s->slabs.nslab;
  const PltLiveSet   set   = {ns, s->nclass, s->quad_class, s->live};
  const PetscInt     above = PltLiveAbove(&set, class, k);
  const PltSlabData *lower = &a->slab[class * ns + k], *upper = &a->slab[class * ns + above];

  b->level[0] = k;
  b->level[1] = above;
  b->level[2] = above + 1;
  b->t[0]     = s->slabs.z[s->slabs.first[k + 1]] - s->slabs.z[s->slabs.first[k]];
  b->t[1]     = s->slabs.z[s->slabs.first[above + 1]] - s->slabs.z[s->slabs.first[above]];
  b->G[0]     = lower->G;
  b->G[1]     = upper->G;
  b->factor   = Factor(a, k, above, b);
  b->born     = PetscMax(lower->first_event, upper->first_event);
}

static PetscReal Dot(const PetscReal a[3], const PetscReal b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* x becomes its direction; what it was long. */
static PetscReal Unit(PetscReal x[3])
{
  const PetscReal length = PetscSqrtReal(Dot(x, x));

  for (PetscInt d = 0; d < 3; d++) x[d] /= length;
  return length;
}

/* Twice the middle lines of a quad whose corners have moved by u. */
static void MiddleLines(const PetscReal X[4][3], const PetscReal u[12], PetscReal line[2][3])
{
  for (PetscInt d = 0; d < 3; d++) {
    PetscReal x[4];

    for (PetscInt c = 0; c < 4; c++) x[c] = X[c][d] + u[3 * c + d];
    line[0][d] = x[1] + x[2] - x[0] - x[3];
    line[1][d] = x[2] + x[3] - x[0] - x[1];
  }
}

/* The frame of the normal of the middle lines and what is between their directions, then and now: a
   rigid rotation is found exactly, and from whichever corner the quad is counted. */
void PltBridgeFrame(PltAssembly a, PetscInt quad, PetscInt level, const PetscReal *field,
                    PetscReal R[3][3])
{
  PetscReal frame[2][3][3], X[4][3], u[2][12] = {{0}};

  PltAssemblyCorners(a->state, quad, 0, X);
  PltAssemblyGather(a->state, quad, 1, &level, field, u[1]);
  for (PetscInt now = 0; now < 2; now++) {
    PetscReal(*e)[3] = frame[now];

    MiddleLines((const PetscReal(*)[3])X, u[now], e);
    for (PetscInt i = 0; i < 2; i++) (void)Unit(e[i]);
    PltCross(e[0], e[1], e[2]);
    for (PetscInt d = 0; d < 3; d++) e[0][d] += e[1][d];
    for (PetscInt i = 0; i < 3; i += 2) (void)Unit(e[i]);
    PltCross(e[2], e[0], e[1]);
  }
  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt d = 0; d < 3; d++)
      R[i][d] = frame[0][0][i] * frame[1][0][d] + frame[0][1][i] * frame[1][1][d] +
                frame[0][2][i] * frame[1][2][d];
}

/* The frame turns by w where the lines a and b of the quad move by da and db: its normal n by dn
   with dn.a = -n.da and dn.b = -n.db, about that by the mean of what the two lines do, so that

     w.moment = dn.(moment x n) + (n x a.da / a.a + n x b.db / b.b) moment.n / 2,

   and as much less is stored. */
void PltBridgeTurns(PltAssembly a, PetscInt quad, PetscInt level, const PetscReal moment[3],
                    PetscReal f[3][4])
{
  PetscReal line[2][3], n[3], m[3], on[2][3], X[4][3], u[12], area;

  PltAssemblyCorners(a->state, quad, 0, X);
  PltAssemblyGather(a->state, quad, 1, &level, a->state->settled, u);
  MiddleLines((const PetscReal(*)[3])X, u, line);
  PltCross(line[0], line[1], n);
  area = Unit(n);
  PltCross(moment, n, m);
  for (PetscInt i = 0; i < 2; i++) {
    PetscReal across[3], other[3]; /* n x the line, n x the other one */

    PltCross(n, line[i], across);
    PltCross(n, line[1 - i], other);
    for (PetscInt d = 0; d < 3; d++)
      on[i][d] = (i ? -1 : 1) * Dot(other, m) / area * n[d] +
                 Dot(moment, n) / 2 * across[d] / Dot(line[i], line[i]);
  }
  for (PetscInt d = 0; d < 3; d++) {
    f[d][0] = on[0][d] + on[1][d];
    f[d][1] = on[1][d] - on[0][d];
    f[d][2] = -f[d][0];
    f[d][3] = -f[d][1];
  }
}

/* b = R' a for twelve vectors. */
static void TurnBack(const PetscReal R[3][3], const PetscReal a[36], PetscReal b[36])
{
  for (PetscInt i = 0; i < 36; i += 3) {
    const PetscReal x[3] = {a[i], a[i + 1], a[i + 2]};

    for (PetscInt d = 0; d < 3; d++) b[i + d] = R[0][d] * x[0] + R[1][d] * x[1] + R[2][d] * x[2];
  }
}

void PltBridgeTangent(PltAssembly a, PetscInt quad, const PltBridge *b, PetscReal K[36 * 36])
{
  PetscReal X[12][3], R[3][3], row[36];

  for (PetscInt i = 0; i < 36 * 36; i++) K[i] = 0;
  PltAssemblyCorners(a->state, quad, 0, X);
  PltAssemblyCorners(a->state, quad, b->t[0], X + 4);
  PltAssemblyCorners(a->state, quad, b->t[0] + b->t[1], X + 8);
  PltZigzagAdd((const PetscReal(*)[3])X, NULL, b->t, b->G, b->factor, NULL, K);
  if (a->scheme.kinematics == PLT_SMALL) return;
  PltBridgeFrame(a, quad, b->level[1], a->state->settled, R);
  for (PetscInt i = 0; i < 36; i++) /* K R, row by row */
    TurnBack((const PetscReal(*)[3])R, K + 36 * i, K + 36 * i);
  for (PetscInt j = 0; j < 36; j++) {
    for (PetscInt i = 0; i < 36; i++) row[i] = K[36 * i + j];
    TurnBack((const PetscReal(*)[3])R, row, row);
    for (PetscInt i = 0; i < 36; i++) K[36 * i + j] = row[i];
  }
  for (PetscInt i = 0; i < 36; i++) /* exactly symmetric */
    for (PetscInt j = 0; j < i; j++)
      K[36 * i + j] = K[36 * j + i] = (K[36 * i + j] + K[36 * j + i]) / 2;
}
