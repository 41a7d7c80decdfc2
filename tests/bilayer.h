/* SPDX-License-Identifier: BSD-2-Clause
   A thin square of two equal plies in one element that expand differently, in the units of Foeppl
   and von Karman: half side a, k^ = k a^2 sqrt(Y/D), w^ = w sqrt(Y/D), sqrt(Y/D) = sqrt(12 (1 -
   nu^2)) / h. Expansions are such that one kelvin is one k^ of the curvature of linear theory. */
#ifndef PLT_TEST_BILAYER_H
#define PLT_TEST_BILAYER_H
#include "coupon.h"
#include "model/model.h"

/* 0.25 mm on 200 mm: slopes stay below 0.07 up to k^ = 75. */
typedef struct {
  double      nu, aspect; /* aspect: height over width */
  double      mesh;       /* mm */
  PltSymmetry symmetry;
} Bilayer;
static const double bilayer_half = 100, bilayer_h = 0.25; /* mm */

/* sqrt(Y/D), 1/mm */
static inline double BilayerScale(const Bilayer *b)
{
  return sqrt(12 * (1 - b->nu * b->nu)) / bilayer_h;
}

/* Equal plies: curvature 3/2 of the mismatch over h. The larger expansion is below. */
static inline PltProject BilayerProject(MPI_Comm comm, const Bilayer *b)
{
  const char *const name[2] = {"lower", "upper"};
  const double      a2 = bilayer_half * bilayer_half, E = 70e9;
  const double      cte = bilayer_h / (1.5 * a2 * BilayerScale(b));
  PltProject        project;

  CALL(PltProjectCreate(comm, &project));
  CALL(PltProjectSetSize(project, 2e-3 * bilayer_half, 2e-3 * bilayer_half * b->aspect));
  CALL(PltProjectSetMesh(project, b->mesh * 1e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, b->symmetry));
  CALL(PltProjectSetKinematics(project, PLT_LARGE));
  for (int i = 0; i < 2; i++) {
    const double half = (i ? -0.5 : 0.5) * cte;

    CALL(PltProjectAddMaterial(project, name[i], "isotropic"));
    CALL(PltProjectSetProperty(project, name[i], "E", 1, NULL, &E));
    CALL(PltProjectSetProperty(project, name[i], "nu", 1, NULL, &b->nu));
    CALL(PltProjectSetProperty(project, name[i], "cte", 1, NULL, &half));
    CALL(PltProjectAddPly(project, name[i], name[i], NULL, bilayer_h * 0.5e-3, 0));
  }
  return project;
}

/* A step that brings the two plies through n values of k^. */
static inline void BilayerStep(PltProject project, int n, const double k[])
{
  double T[32], time[32];

  ck_assert_int_lt(n, 32);
  for (int i = 0; i <= n; i++) {
    T[i]    = 273.15 + (i ? k[i - 1] : 0);
    time[i] = i;
  }
  CALL(PltProjectAddStep(project, "load"));
  CALL(PltProjectStepAdd(project, "lower"));
  CALL(PltProjectStepAdd(project, "upper"));
  CALL(PltProjectStepSetStressFree(project, 273.15));
  CALL(PltProjectStepSetTemperature(project, n + 1, time, T));
}

/* k^ where the panel is now. */
static inline double BilayerLoad(PltModel model)
{
  return model->process->state->T - 273.15;
}

/* Rises w^ above the centre of the corner and of the middles of the edges x = a and y = b. */
typedef struct {
  double corner, edge_x, edge_y;
} BilayerRise;

static inline BilayerRise BilayerRises(PltModel model, const Bilayer *b)
{
  const double a = bilayer_half * 1e-3, scale = BilayerScale(b) * 1e3;
  double       centre[3], corner[3], x[3], y[3];

  CALL(PltModelGetDisplacement(model, "lower", 0, 0, centre));
  CALL(PltModelGetDisplacement(model, "lower", a, a * b->aspect, corner));
  CALL(PltModelGetDisplacement(model, "lower", a, 0, x));
  CALL(PltModelGetDisplacement(model, "lower", 0, a * b->aspect, y));
  return (BilayerRise){.corner = scale * (corner[2] - centre[2]),
                       .edge_x = scale * (x[2] - centre[2]),
                       .edge_y = scale * (y[2] - centre[2])};
}
#endif
