/* SPDX-License-Identifier: BSD-2-Clause
   The sample of element_sample.h as a prism. */
#ifndef PLT_TEST_ELEMENT_PRISM_H
#define PLT_TEST_ELEMENT_PRISM_H
#include "element_sample.h"

/* Quads: a rectangle, a parallelogram, two without parallel edges, one of them thin and long. */
enum { QUADS = 4 };
static const double quad[QUADS][4][2] = {{{0, 0}, {1, 0}, {1, .6}, {0, .6}},
                                         {{0, 0}, {1, .2}, {1.3, 1.1}, {.3, .9}},
                                         {{.1, -.1}, {1.2, .1}, {.9, 1.1}, {0, .8}},
                                         {{0, 0}, {.9, 3}, {.5, 3.4}, {-.3, .1}}};

/* Corners innermost, of the whole element. */
static inline void Turned(const double node[24], PetscReal u[2][3][4])
{
  for (int a = 0; a < 8; a++)
    for (int i = 0; i < 3; i++) u[a / 4][i][a % 4] = node[3 * a + i];
}

/* The sample on straight columns over a quad of size h, t thick. */
static inline void Straighten(const double xy[4][2], double h, double t, Sample *s)
{
  for (int a = 0; a < 8; a++) {
    for (int i = 0; i < 2; i++) s->shell.X[a][i] = .2 + h * xy[a % 4][i];
    s->shell.X[a][2] = .01 + (a < 4 ? 0 : t);
  }
}

/* What the functions on prisms need of a straight sample. */
typedef struct {
  PltPlan   plan;
  PltLayup  layup;
  PltAge    age[SAMPLE_PLIES];
  PetscReal ub[SAMPLE_PLIES][2][3][4];
  PetscReal (*born[SAMPLE_PLIES])[3][4];
  const PetscReal *birth[SAMPLE_PLIES];
  PetscReal        offset[PLT_PRISM_NL][4];
} Prism;

/* Stress at no strain of some plies, one for each point; the caller owns the room for them. */
static inline void OffsetsMake(Sample *s, double room[SAMPLE_PLIES][4][PLT_SHELL_NZ][6])
{
  for (int k = 0; k < s->shell.nply; k++) {
    if (k == 1) continue;
    for (int i = 0; i < 24 * PLT_SHELL_NZ; i++) (&room[k][0][0][0])[i] = 3e6 * Noise(100 * k + i);
    s->ply[k].offset = &room[k][0][0][0];
  }
}

/* What they add to the resultants of the columns. */
static inline void OffsetsSum(const Sample *s, PetscReal sum[PLT_PRISM_NL][4])
{
  static PltOffsets offsets;

  PltOffsetsSet(s->shell.nply, s->ply, s->shell.harmonic, &offsets);
  memset(sum, 0, PLT_PRISM_NL * sizeof sum[0]);
  for (int k = 0; k < s->shell.nply; k++) {
    for (int c = 0; c < 4 && s->ply[k].offset; c++)
      for (int z = 0; z < PLT_SHELL_NZ; z++)
        for (int i = 0; i < PLT_PRISM_NL * 6; i++)
          sum[i / 6][c] += offsets.weight[k][z][i / 6][i % 6] *
                           s->ply[k].offset[6 * (PLT_SHELL_NZ * c + z) + i % 6];
  }
}

/* `event` says which plies share a birth. */
static inline void PrismSet(const Sample *s, const PetscInt event[SAMPLE_PLIES], Prism *p)
{
  PetscReal xy[4][2];

  PltLayupSet(s->shell.X[4][2] - s->shell.X[0][2], s->shell.nply, s->ply, event, s->shell.harmonic,
              p->age, &p->layup);
  ck_assert_int_eq(p->layup.nage, PltLayupAges(s->shell.nply, event));
  for (int k = 0; k < s->shell.nply; k++) {
    int n = 0;

    while (p->age[n].event != event[k]) n++;
    if (s->ply[k].ub) Turned(s->ply[k].ub, p->ub[n]);
    p->born[n]  = s->ply[k].ub ? p->ub[n] : NULL;
    p->birth[n] = s->ply[k].birth;
  }
  OffsetsSum(s, p->offset);
  for (int i = 0; i < 8; i++) xy[i / 2][i % 2] = s->shell.X[i / 2][i % 2];
  ck_assert_int_eq(PltPlanSet((const PetscReal(*)[2])xy, s->shell.gamma, &p->plan), 0);
}
#endif
