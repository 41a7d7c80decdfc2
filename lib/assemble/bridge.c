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

/* b = R a for n vectors, or R' a. */
static void Turn(const PetscReal R[3][3], PetscBool back, PetscInt n, const PetscReal *a,
                 PetscReal *b)
{
  for (PetscInt i = 0; i < n; i++, a += 3, b += 3) {
    const PetscReal x[3] = {a[0], a[1], a[2]};

    for (PetscInt d = 0; d < 3; d++)
      b[d] = back ? R[0][d] * x[0] + R[1][d] * x[1] + R[2][d] * x[2]
                  : R[d][0] * x[0] + R[d][1] * x[1] + R[d][2] * x[2];
  }
}

/* How far a quad X[4] has turned, from its middle lines: the frame of normal and first line then
   and now, so that a rigid rotation is found exactly. */
static void Rotation(const PetscReal X[4][3], const PetscReal u[12], PetscReal R[3][3])
{
  PetscReal frame[2][3][3];

  for (PetscInt now = 0; now < 2; now++) {
    PetscReal(*e)[3] = frame[now], length;

    for (PetscInt d = 0; d < 3; d++) {
      PetscReal x[4];

      for (PetscInt a = 0; a < 4; a++) x[a] = X[a][d] + (now ? u[3 * a + d] : 0);
      e[0][d] = x[1] + x[2] - x[0] - x[3];
      e[1][d] = x[2] + x[3] - x[0] - x[1];
    }
    PltCross(e[0], e[1], e[2]);
    for (PetscInt i = 0; i < 3; i += 2) {
      length = PetscSqrtReal(e[i][0] * e[i][0] + e[i][1] * e[i][1] + e[i][2] * e[i][2]);
      for (PetscInt d = 0; d < 3; d++) e[i][d] /= length;
    }
    PltCross(e[2], e[0], e[1]);
  }
  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt d = 0; d < 3; d++)
      R[i][d] = frame[0][0][i] * frame[1][0][d] + frame[0][1][i] * frame[1][1][d] +
                frame[0][2][i] * frame[1][2][d];
}

/* Turns u[36] of a field into the frame that the quad between the two slabs has in `turned`. */
static void ToFrame(PltState s, PetscInt quad, const PltStitch *b, const PetscReal *turned,
                    PetscReal R[3][3], PetscReal u[36])
{
  PetscReal middle[12];

  PltAssemblyGather(s, quad, 1, &b->at.level[1], turned, middle);
  Rotation((const PetscReal(*)[3])b->X + 4, middle, R);
  Turn((const PetscReal(*)[3])R, PETSC_FALSE, 12, u, u);
}

void PltStitchSet(PltAssembly a, PetscInt quad, PetscInt k, PltStitch *b)
{
  const PltState   s = a->state;
  const PetscReal *birth;
  PetscReal        ub[36], R[3][3];

  PltBridgeFind(a, s->quad_class[quad], k, &b->at);
  birth = s->event[b->at.born].u;
  PltAssemblyCorners(s, quad, 0, b->X);
  PltAssemblyCorners(s, quad, b->at.t[0], b->X + 4);
  PltAssemblyCorners(s, quad, b->at.t[0] + b->at.t[1], b->X + 8);
  PltAssemblyGather(s, quad, 3, b->at.level, s->u, b->u);
  PltAssemblyGather(s, quad, 3, b->at.level, birth, ub);
  if (a->scheme.kinematics == PLT_LARGE) {
    ToFrame(s, quad, b, s->settled, b->R, b->u);
    ToFrame(s, quad, b, birth, R, ub);
  }
  for (PetscInt i = 0; i < 36; i++) b->u[i] -= ub[i];
}

void PltStitchForce(PltAssembly a, PltStitch *b)
{
  for (PetscInt i = 0; i < 36; i++) b->f[i] = 0;
  PltZigzagAdd((const PetscReal(*)[3])b->X, b->u, b->at.t, b->at.G, b->at.factor, b->f, NULL);
  if (a->scheme.kinematics == PLT_LARGE)
    Turn((const PetscReal(*)[3])b->R, PETSC_TRUE, 12, b->f, b->f);
}

void PltStitchTangent(PltAssembly a, PltStitch *b)
{
  PetscReal row[36];

  for (PetscInt i = 0; i < 36 * 36; i++) b->K[i] = 0;
  PltZigzagAdd((const PetscReal(*)[3])b->X, b->u, b->at.t, b->at.G, b->at.factor, NULL, b->K);
  if (a->scheme.kinematics == PLT_SMALL) return;
  for (PetscInt i = 0; i < 36; i++) /* K R, row by row */
    Turn((const PetscReal(*)[3])b->R, PETSC_TRUE, 12, b->K + 36 * i, b->K + 36 * i);
  for (PetscInt j = 0; j < 36; j++) {
    for (PetscInt i = 0; i < 36; i++) row[i] = b->K[36 * i + j];
    Turn((const PetscReal(*)[3])b->R, PETSC_TRUE, 12, row, row);
    for (PetscInt i = 0; i < 36; i++) b->K[36 * i + j] = row[i];
  }
  for (PetscInt i = 0; i < 36; i++) /* exactly symmetric */
    for (PetscInt j = 0; j < i; j++)
      b->K[36 * i + j] = b->K[36 * j + i] = (b->K[36 * i + j] + b->K[36 * j + i]) / 2;
}
