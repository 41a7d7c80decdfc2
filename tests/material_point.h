/* SPDX-License-Identifier: BSD-2-Clause
   A point of a material led through a process by hand: some strains are given, the other stresses
   are zero. */
#ifndef PLT_TEST_MATERIAL_POINT_H
#define PLT_TEST_MATERIAL_POINT_H
#include "material_sample.h"

enum { POINT_STATES = 400 };

typedef struct {
  PltMaterial material;
  PetscBool   exact; /* moduli are those of PltSite.exact */
  double      T, shared[PLT_SHARED];
  double      state[POINT_STATES];
  double      total[6], free[6], stress[6]; /* strain since birth, what is free of stress of it */
  PltSpan     span[PLT_SPANS];              /* the last one */
} Point;

static inline Point NewPoint(PltMaterial material, double T)
{
  Point point = {.material = material, .T = T};

  ck_assert_int_le(PltMaterialStates(material), POINT_STATES);
  PltMaterialBirth(material, point.shared);
  return point;
}

/* The span to T in dt. */
static inline void OpenSpan(Point *point, double T, double dt)
{
  memset(point->span, 0x7f, sizeof point->span); /* nothing is taken from what was there */
  point->span->T[0] = point->T;
  point->span->T[1] = T;
  point->span->dt   = dt;
  memcpy(point->span->shared[0], point->shared, sizeof point->shared);
  CALL(PltSpanSet(point->material, point->span));
}

/* Stress and modulus at the end of the open span for a strain since birth. */
static inline void Answer(const Point *point, const double total[6], double end[], double stress[6],
                          double D[6][6])
{
  const PltSite site = {.material = point->material, .span = point->span, .exact = point->exact};
  double        strain[6];

  for (int i = 0; i < 6; i++) strain[i] = total[i] - point->free[i] - point->span->free[i];
  ck_assert_int_eq(PltMaterialUpdate(&site, point->state, strain, end, stress, D), 0);
}

/* Takes the span's end over. */
static inline void CloseSpan(Point *point, const double total[6])
{
  double end[POINT_STATES];

  Answer(point, total, end, point->stress, NULL);
  memcpy(point->state, end, sizeof(double) * (size_t)PltMaterialStates(point->material));
  memcpy(point->shared, point->span->shared[1], sizeof point->shared);
  for (int i = 0; i < 6; i++) {
    point->total[i] = total[i];
    point->free[i] += point->span->free[i];
  }
  point->T = point->span->T[1];
}

/* Newton for the strains whose stress is to vanish: solves D x = -stress in them. */
static inline void Relieve(const double D[6][6], const double stress[6], const int open[6],
                           double total[6])
{
  double    A[6][6];
  PetscBool positive;

  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) A[i][j] = open[i] && open[j] ? D[i][j] : i == j;
  CALL(PltInvert6(A, &positive));
  ck_assert(positive);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      if (open[i] && open[j]) total[i] -= A[i][j] * stress[j];
}

/* To T in dt with the strains since birth given where open[] is 0. */
static inline void Lead(Point *point, double T, double dt, const double total[6], const int open[6])
{
  double found[6], D[6][6], stress[6];

  OpenSpan(point, T, dt);
  for (int i = 0; i < 6; i++) found[i] = open[i] ? point->total[i] : total[i];
  for (int n = 0; n < (PltMaterialIsAffine(point->material) ? 2 : 20); n++) {
    Answer(point, found, NULL, stress, D);
    Relieve(D, stress, open, found);
  }
  CloseSpan(point, found);
}

static const int is_bar[6]  = {0, 1, 1, 1, 1, 1}; /* pulled along 1 */
static const int is_film[6] = {0, 0, 1, 1, 1, 1}; /* stretched along 1 and 2 */
static const int is_held[6] = {0, 0, 0, 0, 0, 0};

/* A bar of the given strain; its stress. */
static inline double LeadBar(Point *point, double T, double dt, double strain)
{
  const double total[6] = {strain};

  Lead(point, T, dt, total, is_bar);
  return point->stress[PLT_11];
}
#endif
