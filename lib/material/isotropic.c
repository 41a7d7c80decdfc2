/* SPDX-License-Identifier: BSD-2-Clause
   Isotropic thermoelasticity: Young's modulus, Poisson's ratio and tangent CTE from curves. The
   stiffness is a function of temperature alone (total form, no state). */
#include "material/law.h"

enum { E, NU, CTE, DENSITY = CTE + PLT_CTE_COUNT, NPROPERTY };

static PetscErrorCode Stiffness_Isotropic(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  const PetscReal e = PltCurveAt(&material->curve[E], T), nu = PltCurveAt(&material->curve[NU], T);
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

static PetscErrorCode Tangent_Isotropic(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(cte, 6));
  cte[PLT_11] = cte[PLT_22] = cte[PLT_33] = PltTangent(material, CTE, T);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Isotropic(PltMaterial material, PetscReal T0, PetscReal T1,
                                          PetscReal strain[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(strain, 6));
  strain[PLT_11] = PltTangentIntegral(material, CTE, T0, T1);
  strain[PLT_22] = strain[PLT_33] = strain[PLT_11];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The ranges of E and nu are those of a positive definite stiffness; that of the CTE only catches a
   forgotten "ppm". */
const PltMaterialOps PltIsotropic = {
    .type      = "isotropic",
    .nproperty = NPROPERTY,
    .property  = {[E]  = {"E", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [NU] = {"nu", PLT_NUMBER, PETSC_TRUE, -1, 0.5},
                  PLT_CTE_TABLE(CTE),
                  [DENSITY] = {"density", PLT_DENSITY, PETSC_FALSE, 0, PETSC_MAX_REAL}},
    .stiffness = Stiffness_Isotropic,
    .tangent   = Tangent_Isotropic,
    .expansion = Expansion_Isotropic,
};
