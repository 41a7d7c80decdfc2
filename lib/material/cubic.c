/* SPDX-License-Identifier: BSD-2-Clause
   A cubic crystal with [001] along z, such as a (100) wafer: C11, C12, C44 and the CTE from
   curves; `angle` is that of its [100] axis from the panel's x axis, counter-clockwise seen from
   above. A silicon wafer with its <110> edges along x and y has 45 degrees.

   With a the three crystal axes, C_ijkl = C12 d_ij d_kl + C44 (d_ik d_jl + d_il d_jk) + H sum_a a_i
   a_j a_k a_l, H = C11 - C12 - 2 C44, which is 0 in an isotropic solid (Nye, Physical Properties of
   Crystals, 1985, chapter 8). */
#include "material/law.h"

enum { C11, C12, C44, CTE, ANGLE = CTE + PLT_CTE_COUNT, DENSITY, NPROPERTY };

static PetscErrorCode Stiffness_Cubic(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  const PetscReal c11 = PltCurveAt(&material->curve[C11], T);
  const PetscReal c12 = PltCurveAt(&material->curve[C12], T);
  const PetscReal c44 = PltCurveAt(&material->curve[C44], T);
  const PetscReal H = c11 - c12 - 2 * c44, angle = PltLawValue(material, ANGLE);
  const PetscReal s = PetscSinReal(2 * angle), turned = H * s * s / 2;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(C, 36 * sizeof(PetscReal)));
  for (int i = PLT_11; i <= PLT_33; i++) {
    for (int j = PLT_11; j <= PLT_33; j++) C[i][j] = i == j ? c11 : c12;
    C[PLT_23 + i][PLT_23 + i] = c44;
  }
  C[PLT_11][PLT_11] -= turned;
  C[PLT_22][PLT_22] -= turned;
  C[PLT_11][PLT_22] += turned;
  C[PLT_22][PLT_11] += turned;
  C[PLT_12][PLT_12] += turned;
  C[PLT_11][PLT_12] = C[PLT_12][PLT_11] = H * PetscSinReal(4 * angle) / 4;
  C[PLT_22][PLT_12] = C[PLT_12][PLT_22] = -C[PLT_11][PLT_12];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Tangent_Cubic(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(cte, 6));
  cte[PLT_11] = cte[PLT_22] = cte[PLT_33] = PltTangent(material, CTE, T);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Cubic(PltMaterial material, PetscReal T0, PetscReal T1,
                                      PetscReal strain[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(strain, 6));
  strain[PLT_11] = PltTangentIntegral(material, CTE, T0, T1);
  strain[PLT_22] = strain[PLT_33] = strain[PLT_11];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* C44 is positive by its range; the other two eigenvalues are C11 - C12 and C11 + 2 C12. */
static PetscErrorCode CheckAt(PltMaterial material, PetscReal T, PltMistakes mistakes,
                              PetscBool *positive)
{
  const PetscReal c11 = PltCurveAt(&material->curve[C11], T);
  const PetscReal c12 = PltCurveAt(&material->curve[C12], T);

  PetscFunctionBegin;
  *positive = (PetscBool)(c12 < c11 && 2 * c12 > -c11);
  if (!*positive)
    PetscCall(PltMistakesAdd(
        mistakes, material->mark,
        "material '%s': the stiffness is not positive definite at %.6g degC: C12 "
        "is %.6g GPa, must be between -C11 / 2 and C11 = %.6g GPa",
        material->name, (double)(T - 273.15), (double)(c12 * 1e-9), (double)(c11 * 1e-9)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* At the points of both tables; the first that is wrong is enough. */
static PetscErrorCode Check_Cubic(PltMaterial material, PltMistakes mistakes)
{
  PetscBool positive = PETSC_TRUE;

  PetscFunctionBegin;
  for (int i = C11; i <= C12; i++) {
    const PltCurve *curve = &material->curve[i];

    for (PetscInt k = 0; k < curve->n && positive; k++)
      PetscCall(CheckAt(material, curve->n > 1 ? curve->T[k] : 293.15, mistakes, &positive));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltCubic = {
    .type      = "cubic",
    .nproperty = NPROPERTY,
    .property  = {[C11] = {"C11", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [C12] = {"C12", PLT_PRESSURE, PETSC_TRUE, -PETSC_MAX_REAL, PETSC_MAX_REAL},
                  [C44] = {"C44", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  PLT_CTE_TABLE(CTE),
                  PLT_SINGLE_ROW(ANGLE, "angle", PLT_ANGLE, -PETSC_MAX_REAL, PETSC_MAX_REAL,
                                 .required = PETSC_TRUE),
                  [DENSITY] = {"density", PLT_DENSITY, PETSC_FALSE, 0, PETSC_MAX_REAL}},
    .stiffness = Stiffness_Cubic,
    .tangent   = Tangent_Cubic,
    .expansion = Expansion_Cubic,
    .check     = Check_Cubic,
};
