/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   A panel that snaps: two equal plies that differ in expansion, rolled along x since there they
   differ most. That difference then goes over to y, until the shape is no minimum any more and the
   panel rolls along y. Where that is, says a plate of uniform curvature (Hyer 1981, J. Compos.
   Mater. 15:175, with the stretching of Freund 2000, J. Mech. Phys. Solids 48:1159). */
#include "rolling.h"

/* Difference of expansion, of that of a square of the load of rolling.h: the curvatures a linear
   panel would have are (1 + bias) and (1 - bias) times that one. */
static const double from = 0.1, to = -0.2;
static const double T[] = {400, 350, 300};

/* Elastic energy D (d1^2 + d2^2 + 2 nu d1 d2) / 2 + beta (k1 k2)^2 / 2, d = k less that of a linear
   panel, all over D. In equilibrium of an unbiased plate k1 k2 = (1 - nu) / beta. */
typedef struct {
  double beta, linear[2];
} Uniform;

/* One step of Newton's method; the determinant of the second derivatives. */
static double Step(const Uniform *u, double k[2])
{
  const double d[2] = {k[0] - u->linear[0], k[1] - u->linear[1]};
  const double f[2] = {d[0] + nu * d[1] + u->beta * k[0] * k[1] * k[1],
                       d[1] + nu * d[0] + u->beta * k[1] * k[0] * k[0]};
  const double xx = 1 + u->beta * k[1] * k[1], yy = 1 + u->beta * k[0] * k[0];
  const double xy = nu + 2 * u->beta * k[0] * k[1], det = xx * yy - xy * xy;

  k[0] -= (yy * f[0] - xy * f[1]) / det;
  k[1] -= (xx * f[1] - xy * f[0]) / det;
  return det;
}

/* The bias at which a plate that is rolled along x snaps. */
static double SnapBias(void)
{
  const double kl   = LinearCurvature();
  const double kc   = thick / (half * half) / sqrt(12 * (1 + nu) * 0.0062259);
  Uniform      u    = {.beta = (1 - nu) / (kc * kc)};
  double       k[2] = {(1 + nu) * kl, kc * kc / kl};

  for (double bias = from; bias > to; bias -= 1e-4) {
    double det = 0;

    u.linear[0] = (1 + bias) * kl;
    u.linear[1] = (1 - bias) * kl;
    for (int i = 0; i < 20; i++) det = Step(&u, k);
    if (det <= 0 || k[0] < k[1]) return bias;
  }
  return NAN;
}

/* Expansion of the upper ply along x (sense = 1) and y (-1), so that it has the whole difference
   when half of the cooling is done, and keeps the mean of it. */
static void SetExpansion(PltProject project, const char *key, double cte, double strain, int sense)
{
  const double at[]    = {T[2], T[1] - 1e-6, T[1] + 1e-6, T[0]};
  const double late    = cte + sense * strain * (to - from) / (T[1] - T[2]);
  const double early   = cte + strain * (1 + sense * from) / (T[0] - T[1]);
  const double value[] = {late, late, early, early};

  CALL(PltProjectSetProperty(project, "upper", key, 4, at, value));
}

static PltProject Biased(void)
{
  const double E = 70e9, G = E / (2 * (1 + nu)), strain = LinearCurvature() * thick / 1.5;
  const double cte = 50e-6, value[] = {E, E, E, nu, nu, nu, G, G, G, cte};
  const char  *key[]  = {"Ex", "Ey", "Ez", "nuxy", "nuxz", "nuyz", "Gxy", "Gxz", "Gyz", "ctez"};
  const double time[] = {0, 30, 60};
  PltProject   project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, 2 * half, 2 * half));
  CALL(PltProjectSetMesh(project, half / 4, 0, 0, PLT_MESH_MAPPED, NULL));
  AddMaterial(project, "lower", cte);
  CALL(PltProjectAddMaterial(project, "upper", "orthotropic"));
  for (int i = 0; i < 10; i++)
    CALL(PltProjectSetProperty(project, "upper", key[i], 1, NULL, &value[i]));
  SetExpansion(project, "ctex", cte, strain, 1);
  SetExpansion(project, "ctey", cte, strain, -1);
  CALL(PltProjectAddPly(project, "upper", "upper", NULL, thick / 2, -1));
  CALL(PltProjectAddStep(project, "bond"));
  CALL(PltProjectStepAdd(project, "lower"));
  CALL(PltProjectStepAdd(project, "upper"));
  CALL(PltProjectStepSetStressFree(project, T[0]));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, T));
  CALL(PltProjectAddStep(project, "cool"));
  CALL(PltProjectStepSetTemperature(project, 3, time, T));
  return project;
}

static int Rolled(const PltIncrement *i)
{
  return i->warpage.curvature[0] > i->warpage.curvature[1] ? 1 : -1;
}

/* Where lambda, which falls with the root of the distance, would be zero by two increments. */
static double LimitTemperature(const PltIncrement *a, const PltIncrement *b)
{
  const double x = a->lambda_min * a->lambda_min, y = b->lambda_min * b->lambda_min;

  return b->temperature - y * (a->temperature - b->temperature) / (x - y);
}

/* The number of the increment in which it snaps. Until then all shapes hang together, also where
   the panel rolled up and where the bias has changed its sign. */
static int FindSnap(const Story *story)
{
  int snap = 0;

  while (snap < story->n && !story->increment[snap].switches) snap++;
  ck_assert(Everywhere(snap > 2 && snap < story->n - 1));
  for (int k = 0; k < story->n; k++) {
    const PltIncrement *i = &story->increment[k];

    ck_assert(Everywhere(i->switches == (k == snap) && i->lambda_min > 0));
    ck_assert(Everywhere(!strcmp(i->branch, k < snap ? "natural" : "switched")));
    if (k > 0) ck_assert(Everywhere(Rolled(i) == (k < snap ? 1 : -1)));
  }
  return snap;
}

/* A plate that may also bend otherwise than uniformly snaps earlier than one that may not, but not
   before the other side is the better one. */
START_TEST(snap_is_told_where_it_happens)
{
  const double latest = T[1] + (T[2] - T[1]) * (SnapBias() - from) / (to - from);
  const double even   = T[1] + (T[2] - T[1]) * (0 - from) / (to - from);
  PltProject   project;
  PltModel     model;
  Story        story;
  double       limit;
  int          snap;

  SetUp();
  project = Biased();
  model   = Run(project, &story);
  snap    = FindSnap(&story);
  limit   = LimitTemperature(&story.increment[snap - 2], &story.increment[snap - 1]);
  ck_assert_msg(Everywhere(limit > latest && limit < even), "%g: %g, %g K", limit, latest, even);
  ck_assert_msg(Everywhere(limit < story.increment[snap - 1].temperature &&
                           limit > story.increment[snap].temperature),
                "%g: %g to %g K", limit, story.increment[snap - 1].temperature,
                story.increment[snap].temperature);
  ck_assert(Everywhere(strstr(story.notes, "step 'cool': the shape became unstable") != NULL));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  TearDown();
}
END_TEST

static Suite *SnapSuite(void)
{
  Suite *suite = suite_create("large_snap");
  TCase *tc    = tcase_create("snap");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, snap_is_told_where_it_happens);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(SnapSuite)
