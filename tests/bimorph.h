/* SPDX-License-Identifier: BSD-2-Clause
   A plate of two plies that strains alike in all directions of its plane, by its strain at z = 0
   and its curvature alone: an elastic ply, and one on it that relaxes or creeps. Time goes in steps
   that are a small part of the time so far: what they err by does not count. */
#ifndef PLT_TEST_BIMORPH_H
#define PLT_TEST_BIMORPH_H
#include <math.h>
#include <string.h>

enum { BIMORPH_BRANCHES = 12 };
typedef struct {
  double h[2], M[2]; /* m, thickness; Pa, E / (1 - nu); from below */
  int    n;          /* branches of the upper ply */
  double tau[BIMORPH_BRANCHES], g[BIMORPH_BRANCHES];
  double A, power; /* 1/s; rate of creep A q^power, q in MPa; 0: none */
  double misfit;   /* free strain of the upper ply less that below */
  double e, k;     /* strain at z = 0, between the plies; curvature */
  double branch[2][BIMORPH_BRANCHES], past[2], creep[2], stress[2]; /* of points of the upper ply */
} Bimorph;

static inline double BimorphAt(const Bimorph *b, int i)
{
  return b->h[1] / 2 * (1 + (i ? 1 : -1) / sqrt(3));
}

/* Equilibrium: stress of the upper ply's points is D e + S; that of the lower is M e. */
static inline void BimorphBalance(Bimorph *b, double D, const double S[2])
{
  const double h    = b->h[0];
  double       K[3] = {b->M[0] * h, -b->M[0] * h * h / 2, b->M[0] * h * h * h / 3}, f[2] = {0, 0};

  for (int i = 0; i < 2; i++) {
    const double z = BimorphAt(b, i), w = b->h[1] / 2;

    K[0] += w * D;
    K[1] += w * D * z;
    K[2] += w * D * z * z;
    f[0] -= w * (S[i] - D * b->misfit);
    f[1] -= w * (S[i] - D * b->misfit) * z;
  }
  b->e = (K[2] * f[0] - K[1] * f[1]) / (K[0] * K[2] - K[1] * K[1]);
  b->k = (K[0] * f[1] - K[1] * f[0]) / (K[0] * K[2] - K[1] * K[1]);
  for (int i = 0; i < 2; i++) b->stress[i] = D * (b->e + b->k * BimorphAt(b, i) - b->misfit) + S[i];
}

/* A step of a linear law; dt = 0: at once. */
static inline void BimorphRelax(Bimorph *b, double dt)
{
  double D = 1, decay[BIMORPH_BRANCHES], mean[BIMORPH_BRANCHES], S[2];

  for (int j = 0; j < b->n; j++) D -= b->g[j];
  S[0] = S[1] = 0;
  for (int j = 0; j < b->n; j++) {
    const double x = dt / b->tau[j];

    decay[j] = exp(-x);
    mean[j]  = b->g[j] * (x > 1e-8 ? -expm1(-x) / x : 1 - x / 2);
    D += mean[j];
    for (int i = 0; i < 2; i++) S[i] += decay[j] * b->branch[i][j] - b->M[1] * mean[j] * b->past[i];
  }
  BimorphBalance(b, b->M[1] * D, S);
  for (int i = 0; i < 2; i++) {
    const double e = b->e + b->k * BimorphAt(b, i) - b->misfit;

    for (int j = 0; j < b->n; j++)
      b->branch[i][j] = decay[j] * b->branch[i][j] + b->M[1] * mean[j] * (e - b->past[i]);
    b->past[i] = e;
  }
}

/* A step of creep: the midpoint rule. */
static inline void BimorphCreep(Bimorph *b, double dt)
{
  double start[2], S[2];

  memcpy(start, b->creep, sizeof start);
  for (int half = 1; half <= 2; half++) {
    for (int i = 0; i < 2; i++) {
      const double q = fabs(b->stress[i]) / 1e6;

      b->creep[i] =
          start[i] + half * dt / 2 * b->A * pow(q, b->power) / 2 * (b->stress[i] > 0 ? 1 : -1);
    }
    for (int i = 0; i < 2; i++) S[i] = -b->M[1] * b->creep[i];
    BimorphBalance(b, b->M[1], S);
  }
}

/* The misfit at once, and then the time t, from a step of t / 1e12 on. */
static inline void BimorphHold(Bimorph *b, double misfit, double t)
{
  const int    steps   = 20000;
  const double none[2] = {0, 0}, ratio = pow(1e12, 1.0 / steps);
  double       now = t / 1e12;

  b->misfit = misfit;
  BimorphBalance(b, b->M[1], none);
  if (b->n) BimorphRelax(b, 0);
  for (int i = 0; i <= steps && t > 0; i++) {
    const double dt = i ? now * (ratio - 1) : now;

    if (b->n) BimorphRelax(b, dt);
    else BimorphCreep(b, dt);
    if (i) now *= ratio;
  }
}
#endif
