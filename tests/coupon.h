/* SPDX-License-Identifier: BSD-2-Clause
   Layered coupons for the verification programs: built, run and measured through the public API,
   and the laminate theory they are compared with. mm and MPa in the tables, as the references
   print them. */
#ifndef PLT_TEST_COUPON_H
#define PLT_TEST_COUPON_H
#include "check.h"

typedef struct {
  const char *name;
  double      h, E, nu, cte; /* mm, MPa, -, 1/K */
} Layer;

/* A square coupon, one ply and one material a layer; slab < 0: every layer's own choice. Uniform
   mesh: there is a vertex at every multiple of `mesh` from the centre if side / mesh is even. */
static inline PltProject CouponCreate(double side, double mesh, int n, const Layer layer[],
                                      int slab)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  CALL(PltProjectSetSize(project, side * 1e-3, side * 1e-3));
  CALL(PltProjectSetMesh(project, mesh * 1e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  for (int i = 0; i < n; i++) {
    const double E = layer[i].E * 1e6;

    CALL(PltProjectAddMaterial(project, layer[i].name, "isotropic"));
    CALL(PltProjectSetProperty(project, layer[i].name, "E", 1, NULL, &E));
    CALL(PltProjectSetProperty(project, layer[i].name, "nu", 1, NULL, &layer[i].nu));
    CALL(PltProjectSetProperty(project, layer[i].name, "cte", 1, NULL, &layer[i].cte));
    CALL(PltProjectAddPly(project, layer[i].name, layer[i].name, NULL, layer[i].h * 1e-3, slab));
  }
  return project;
}

/* The same refined eightfold at the edges, for stacks whose edge effect would else reach far in. */
static inline void RefineEdges(PltProject project, double mesh)
{
  CALL(PltProjectSetMesh(project, mesh * 1e-3, mesh * 0.125e-3, 2, PLT_MESH_MAPPED, NULL));
}

/* A step that adds the plies named (NULL ends the list) stress-free at T0 and goes to T1, degC. */
static inline void StepAdd(PltProject project, const char *name, const char *const ply[], double T0,
                           double T1)
{
  const double T = T1 + 273.15;

  CALL(PltProjectAddStep(project, name));
  for (int i = 0; ply && ply[i]; i++) CALL(PltProjectStepAdd(project, ply[i]));
  if (ply) CALL(PltProjectStepSetStressFree(project, T0 + 273.15));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &T));
}

/* Curvature (1/mm) along x about the centre, from the lower face of a ply at 0 and +-d mm. */
static inline double CurvatureX(PltModel model, const char *ply, double d)
{
  double left[3], middle[3], right[3];

  CALL(PltModelGetDisplacement(model, ply, -d * 1e-3, 0, left));
  CALL(PltModelGetDisplacement(model, ply, 0, 0, middle));
  CALL(PltModelGetDisplacement(model, ply, d * 1e-3, 0, right));
  return (left[2] + right[2] - 2 * middle[2]) / (d * d * 1e-6) * 1e-3;
}

/* Strain along x of the lower face of a ply, between +-d mm. */
static inline double StrainX(PltModel model, const char *ply, double d)
{
  double left[3], right[3];

  CALL(PltModelGetDisplacement(model, ply, -d * 1e-3, 0, left));
  CALL(PltModelGetDisplacement(model, ply, d * 1e-3, 0, right));
  return (right[0] - left[0]) / (2 * d * 1e-3);
}

/* Laminate theory, free plate, equal biaxial: strain at z = 0 and curvature for eigenstrains a[n]
   (Hsueh 2002; eps = e0 - kappa z). */
static inline void Laminate(int n, const Layer layer[], const double a[], double *e0, double *kappa)
{
  double A = 0, B = 0, D = 0, N = 0, M = 0, z = 0;

  for (int i = 0; i < n; i++) {
    const double Q = layer[i].E / (1 - layer[i].nu), t = z + layer[i].h;
    const double s1 = t - z, s2 = (t * t - z * z) / 2, s3 = (t * t * t - z * z * z) / 3;

    A += Q * s1;
    B += Q * s2;
    D += Q * s3;
    N += Q * a[i] * s1;
    M += Q * a[i] * s2;
    z = t;
  }
  *kappa = (B * N / A - M) / (D - B * B / A);
  *e0    = (N + B * *kappa) / A;
}
#endif
