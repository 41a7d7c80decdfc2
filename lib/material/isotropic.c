/* SPDX-License-Identifier: BSD-2-Clause
   Isotropic thermoelasticity: Young's modulus, Poisson's ratio and tangent CTE from curves. The
   stiffness is a function of temperature alone (total form, no state). */
#include "material/law.h"

PetscErrorCode PltIsoStiffness(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  const PetscReal e  = PltCurveAt(&material->curve[PLT_ISO_E], T);
  const PetscReal nu = PltCurveAt(&material->curve[PLT_ISO_NU], T);
  const PetscReal mu = e / (2 * (1 + nu)), lambda = 2 * mu * nu / (1 - 2 * nu);

  PetscFunctionBegin;
  PetscCall(PetscMemzero(C, 36 * sizeof(PetscReal)));
  for (int i = PLT_11; i <= PLT_33; i++) {
    for (int j = PLT_11; j <= PLT_33; j++) C[i][j] = lambda;
    C[i][i] += 2 * mu;
  }
  for (int i = PLT_23; i <= PLT_12; i++) C[i][i] = mu;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltIsoTangent(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(cte, 6));
  cte[PLT_11] = cte[PLT_22] = cte[PLT_33] = PltTangent(material, PLT_ISO_CTE, T);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltIsoExpansion(PltMaterial material, PetscReal T0, PetscReal T1,
                               PetscReal strain[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(strain, 6));
  strain[PLT_11] = PltTangentIntegral(material, PLT_ISO_CTE, T0, T1);
  strain[PLT_22] = strain[PLT_33] = strain[PLT_11];
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltIsoModuli(PltMaterial material, PetscReal T, PetscReal *G, PetscReal *K)
{
  const PetscReal e  = PltCurveAt(&material->curve[PLT_ISO_E], T);
  const PetscReal nu = PltCurveAt(&material->curve[PLT_ISO_NU], T);

  *G = e / (2 * (1 + nu));
  *K = e / (3 * (1 - 2 * nu));
}

const PltMaterialOps PltIsotropic = {
    .type      = "isotropic",
    .nproperty = PLT_ISO_COUNT,
    .property  = {PLT_ISO_TABLE},
    .stiffness = PltIsoStiffness,
    .tangent   = PltIsoTangent,
    .expansion = PltIsoExpansion,
};
