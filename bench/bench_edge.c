/* SPDX-License-Identifier: BSD-2-Clause
   What the zigzag stabilisation is for, as CSV: a free bilayer coupon bends to one curvature, but
   assumed shear lets the directors of its two elements alternate from vertex to vertex, most at
   the edge. Printed for mesh and factor: largest deviation of the bending stress from its value in
   theory, over all quads of the row above y = 0 but the last three, and the error of the warpage.

     usage: bench_edge */
#include <petscsys.h>
#include "model/model.h"

static const PetscReal SIDE    = 40e-3;      /* m */
static const PetscReal KAPPA   = 1.496599;   /* 1/m, Timoshenko 1925 */
static const PetscReal BENDING = 224.4898e6; /* Pa, from lower to upper face of the lower layer */

static PetscErrorCode AddLayer(PltProject project, const char *name, double E, double cte, double h)
{
  const double nu = 0.3;

  PetscFunctionBegin;
  PetscCall(PltProjectAddMaterial(project, name, "isotropic"));
  PetscCall(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  PetscCall(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  PetscCall(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
  PetscCall(PltProjectAddPly(project, name, name, NULL, h, -1));
  PetscCall(PltProjectStepAdd(project, name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Coupon(PetscReal mesh, PltProject *project)
{
  const double hot = 398.15;

  PetscFunctionBegin;
  PetscCall(PltProjectCreate(PETSC_COMM_WORLD, project));
  PetscCall(PltProjectSetKinematics(*project, PLT_SMALL));
  PetscCall(PltProjectSetSize(*project, SIDE, SIDE));
  PetscCall(PltProjectSetMesh(*project, mesh, 0, 0, PLT_MESH_MAPPED, NULL));
  PetscCall(PltProjectAddStep(*project, "heat"));
  PetscCall(AddLayer(*project, "lower", 210e9, 12e-6, 0.5e-3));
  PetscCall(AddLayer(*project, "upper", 70e9, 23e-6, 0.3e-3));
  PetscCall(PltProjectStepSetStressFree(*project, 298.15));
  PetscCall(PltProjectStepSetTemperature(*project, 1, NULL, &hot));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Along the row y = mesh/2, x > 0. */
static PetscErrorCode Deviation(PltModel model, PetscReal mesh, PetscReal *worst)
{
  double lower[6], upper[6];

  PetscFunctionBegin;
  *worst = 0;
  for (PetscReal x = mesh / 2; x < SIDE / 2 - 3 * mesh; x += mesh) {
    PetscCall(PltModelGetStress(model, "lower", x, mesh / 2, lower, upper));
    *worst = PetscMax(*worst, PetscAbsReal((upper[0] - lower[0]) / BENDING - 1));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Run(PetscReal mesh, const char *zigzag)
{
  PltProject project;
  PltModel   model;
  PltWarpage w;
  PetscReal  worst;

  PetscFunctionBegin;
  PetscCall(PetscOptionsSetValue(NULL, "-plt_zigzag", zigzag));
  PetscCall(Coupon(mesh, &project));
  PetscCall(PltModelCreate(project, &model));
  PetscCall(PltModelRun(model));
  PetscCall(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &w));
  PetscCall(Deviation(model, mesh, &worst));
  printf("%g,%s,%.3f,%.4f\n", (double)(mesh * 1e3), zigzag, (double)(100 * worst),
         (double)(100 * (w.pv / (KAPPA * SIDE * SIDE / 4) - 1)));
  PetscCall(PltModelDestroy(&model));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  static const char *const zigzag[] = {"0", "0.03", "0.1", "0.3", "1"};
  int                      failed   = PltInitialize(&argc, &argv);

  if (failed) return 2;
  printf("mesh_mm,zigzag,stress_error_percent,warpage_error_percent\n");
  for (int i = 0; i < 3 * 5 && !failed; i++) failed = Run(4e-3 / (1 << i / 5), zigzag[i % 5]);
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
