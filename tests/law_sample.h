/* SPDX-License-Identifier: BSD-2-Clause
   Laws with a memory: samples, and checks of what all of them promise. */
#ifndef PLT_TEST_LAW_SAMPLE_H
#define PLT_TEST_LAW_SAMPLE_H
#include "material_point.h"

static inline PltMaterial NewYielding(const char *name, double E, double nu, double cte,
                                      double yield)
{
  PltMaterial material = NewMaterial("plastic", name);

  SetConstant(material, "E", E);
  SetConstant(material, "nu", nu);
  SetConstant(material, "cte", cte);
  SetConstant(material, "yield", yield);
  return material;
}

/* The mistakes of a material as one text, "" if there are none. */
static inline const char *MistakesOf(PltMaterial material)
{
  PltMistakes list;

  material->mark = (PltMark){"r.yaml", 4, 3};
  PltClearMessage();
  CALL(PltMistakesCreate(&list));
  CALL(PltMaterialCheck(material, list));
  if (PltMistakesCount(list) > 0) ck_assert_int_eq(PltMistakesRaise(list), PLT_ERR_RECIPE);
  CALL(PltMistakesDestroy(&list));
  return PltGetErrorMessage();
}

/* Numbers in -1 .. 1, the same in every run. */
static inline double Next(unsigned *seed)
{
  *seed = *seed * 1664525u + 1013904223u;
  return (double)(*seed >> 8) / (double)(1 << 23) - 1;
}

/* Central differences of stress over 2e-8 of strain. */
static inline void Differences(const Point *point, const double total[6], double F[6][6])
{
  for (int j = 0; j < 6; j++) {
    double moved[6], S[2][6];

    for (int side = 0; side < 2; side++) {
      memcpy(moved, total, sizeof moved);
      moved[j] += side ? 1e-8 : -1e-8;
      Answer(point, moved, NULL, S[side], NULL);
    }
    for (int i = 0; i < 6; i++) F[i][j] = (S[1][i] - S[0][i]) / 2e-8;
  }
}

/* How far moduli are off, and what is not symmetric of the exact ones, of the largest entry. */
typedef struct {
  double symmetric, exact, dropped;
} ModulusError;

/* At one strain since birth: the exact modulus and differences, entry by entry; the symmetric one,
   symmetric to the bit and positive definite, and their symmetric part. */
static inline ModulusError CheckModulus(const Point *point, const double total[6])
{
  Point        twin = *point;
  double       D[6][6], E[6][6], F[6][6], again[6], largest = 0;
  ModulusError error = {0};
  PetscBool    positive;

  twin.exact       = PETSC_TRUE;
  twin.span->child = point->span->child ? twin.span + 1 : NULL;
  Answer(point, total, NULL, again, D);
  Answer(&twin, total, NULL, again, E);
  Differences(point, total, F);
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) {
      ck_assert_msg(D[i][j] == D[j][i], "%g %g", D[i][j], D[j][i]);
      largest         = fmax(largest, fabs(D[i][j]));
      error.symmetric = fmax(error.symmetric, fabs(D[i][j] - (F[i][j] + F[j][i]) / 2));
      error.exact     = fmax(error.exact, fabs(E[i][j] - F[i][j]));
      error.dropped   = fmax(error.dropped, fabs(E[i][j] - E[j][i]) / 2);
    }
  }
  CALL(PltInvert6(D, &positive));
  ck_assert(positive);
  error.symmetric /= largest;
  error.exact /= largest;
  error.dropped /= largest;
  return error;
}

/* Is the strain one that the law has an answer to, in the open span? */
static inline int HasAnswer(const Point *point, const double total[6])
{
  const PltSite site = {.material = point->material, .span = point->span};
  double        strain[6], stress[6];

  for (int i = 0; i < 6; i++) strain[i] = total[i] - point->free[i] - point->span->free[i];
  return PltMaterialUpdate(&site, point->state, strain, NULL, stress, NULL) == 0;
}

/* Loads a point step by step in a direction that turns, unloads and reverses it; at each step, of
   sizes from 1e-5 to 1e-2 or what the law takes in one, the modulus is checked; the largest
   errors. */
static inline ModulusError WorstModuli(PltMaterial material, double dt)
{
  static const double size[] = {1e-5, 2e-4, 1e-3, 1e-2};
  unsigned            seed   = 7;
  ModulusError        worst  = {0};

  for (int s = 0; s < 4; s++) {
    Point  point = NewPoint(material, 320);
    double way[6];

    for (int j = 0; j < 6; j++) way[j] = Next(&seed);
    for (int n = 0; n < 24; n++) {
      double step = (n % 12 < 7 ? 1 : -1) * size[s]; /* up, back and beyond, up again */
      double total[6];

      OpenSpan(&point, 320 + 4 * n, dt * (1 + n % 3));
      for (int j = 0; j < 6; j++) way[j] += 0.2 * Next(&seed);
      for (int cut = 0; cut < 12; cut++, step /= 2) {
        for (int j = 0; j < 6; j++) total[j] = point.total[j] + step * way[j];
        if (HasAnswer(&point, total)) break;
      }
      if (!HasAnswer(&point, total)) break; /* loaded in no time, it would flow too much at rest */
      const ModulusError error = CheckModulus(&point, total);

      worst.symmetric = fmax(worst.symmetric, error.symmetric);
      worst.exact     = fmax(worst.exact, error.exact);
      worst.dropped   = fmax(worst.dropped, error.dropped);
      CloseSpan(&point, total);
    }
  }
  return worst;
}

/* The larger error of the two. */
static inline double WorstModulus(PltMaterial material, double dt)
{
  const ModulusError worst = WorstModuli(material, dt);

  return fmax(worst.symmetric, worst.exact);
}

/* Whatever the strain, an update ends, and says so if it has no answer. */
static inline void CheckExtremes(PltMaterial material)
{
  static const double size[] = {0, 1e-300, 1e-20, 1e-8, 1, 1e6, 1e100, 1e160, 1e300, INFINITY, NAN};
  static const double time[] = {0, 1e-12, 1, 1e12};
  unsigned            seed   = 3;

  for (int s = 0; s < 11; s++) {
    for (int t = 0; t < 4; t++) {
      Point  point = NewPoint(material, 300);
      double end[POINT_STATES], strain[6], stress[6], D[6][6];

      OpenSpan(&point, 400, time[t]);
      for (int j = 0; j < 6; j++) strain[j] = size[s] * Next(&seed);
      const PltSite site = {.material = material, .span = point.span};
      const int     rc   = PltMaterialUpdate(&site, point.state, strain, end, stress, D);

      ck_assert(rc == 0 || rc == 1);
      if (size[s] <= 1e-8) ck_assert_int_eq(rc, 0);
      if (!(size[s] < 1e301)) ck_assert_int_eq(rc, 1);
      for (int i = 0; rc == 0 && i < 6; i++) {
        ck_assert(isfinite(stress[i]));
        for (int j = 0; j < 6; j++) ck_assert(isfinite(D[i][j]));
      }
      for (PetscInt i = 0; rc == 0 && i < PltMaterialStates(material); i++)
        ck_assert(isfinite(end[i]));
    }
  }
}
#endif
