/* SPDX-License-Identifier: BSD-2-Clause
   Orthotropic thermoelasticity in the axes of the ply, nine constants and three CTEs from curves.
   nuij is the contraction along j under a stress along i: S_ij = -nu_ij / E_i (Jones,
   Mechanics of Composite Materials, 1999, section 2.3). */
#include "material/law.h"

enum { EX, EY, EZ, NUXY, NUXZ, NUYZ, GXY, GXZ, GYZ, CTEX, CTEY, CTEZ, NELASTIC = CTEX };
enum { SECANTX = CTEZ + 1, SECANTY, SECANTZ, REFERENCE, DENSITY, NPROPERTY };

static void Compliance(PltMaterial material, PetscReal T, PetscReal S[6][6])
{
  PetscReal p[NELASTIC];

  for (int i = 0; i < NELASTIC; i++) p[i] = PltCurveAt(&material->curve[i], T);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) S[i][j] = 0;
  S[PLT_11][PLT_11] = 1 / p[EX];
  S[PLT_22][PLT_22] = 1 / p[EY];
  S[PLT_33][PLT_33] = 1 / p[EZ];
  S[PLT_11][PLT_22] = S[PLT_22][PLT_11] = -p[NUXY] / p[EX];
  S[PLT_11][PLT_33] = S[PLT_33][PLT_11] = -p[NUXZ] / p[EX];
  S[PLT_22][PLT_33] = S[PLT_33][PLT_22] = -p[NUYZ] / p[EY];
  S[PLT_23][PLT_23]                     = 1 / p[GYZ];
  S[PLT_13][PLT_13]                     = 1 / p[GXZ];
  S[PLT_12][PLT_12]                     = 1 / p[GXY];
}

static PetscErrorCode Stiffness_Orthotropic(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  PetscBool positive;

  PetscFunctionBegin;
  Compliance(material, T, C);
  PetscCall(PltInvert6(C, &positive));
  PetscCheck(positive, PETSC_COMM_SELF, PLT_ERR_RECIPE,
             "the stiffness of material '%s' is not positive definite at %.6g degC", material->name,
             (double)(T - 273.15));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Tangent_Orthotropic(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(cte, 6));
  for (int i = 0; i < 3; i++) cte[PLT_11 + i] = PltTangent(material, CTEX + i, T);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Orthotropic(PltMaterial material, PetscReal T0, PetscReal T1,
                                            PetscReal strain[6])
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(strain, 6));
  for (int i = 0; i < 3; i++) strain[PLT_11 + i] = PltTangentIntegral(material, CTEX + i, T0, T1);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Names the temperature and adds the mistake if the nine constants do not go together at T. */
static PetscErrorCode CheckAt(PltMaterial material, PetscReal T, PltMistakes mistakes,
                              PetscBool *positive)
{
  PetscReal S[6][6];

  PetscFunctionBegin;
  Compliance(material, T, S);
  PetscCall(PltInvert6(S, positive));
  if (!*positive)
    PetscCall(PltMistakesAdd(
        mistakes, material->mark,
        "material '%s': the stiffness is not positive definite at %.6g degC; nuxy "
        "= %.6g, nuxz = %.6g or nuyz = %.6g is too large for the moduli",
        material->name, (double)(T - 273.15), (double)PltCurveAt(&material->curve[NUXY], T),
        (double)PltCurveAt(&material->curve[NUXZ], T),
        (double)PltCurveAt(&material->curve[NUYZ], T)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* At the points of all tables; the first that is wrong is enough. */
static PetscErrorCode Check_Orthotropic(PltMaterial material, PltMistakes mistakes)
{
  PetscBool positive = PETSC_TRUE, constant = PETSC_TRUE;

  PetscFunctionBegin;
  for (int i = 0; i < NELASTIC && positive; i++) {
    const PltCurve *curve = &material->curve[i];

    if (curve->n <= 1) continue;
    constant = PETSC_FALSE;
    for (PetscInt k = 0; k < curve->n && positive; k++)
      PetscCall(CheckAt(material, curve->T[k], mistakes, &positive));
  }
  if (constant) PetscCall(CheckAt(material, 293.15, mistakes, &positive));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Poisson's ratios may exceed 0.5 here; whether they may together is what the check is for. */
const PltMaterialOps PltOrthotropic = {
    .type      = "orthotropic",
    .nproperty = NPROPERTY,
    .property  = {[EX]   = {"Ex", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [EY]   = {"Ey", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [EZ]   = {"Ez", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [NUXY] = {"nuxy", PLT_NUMBER, PETSC_TRUE, -PETSC_MAX_REAL, PETSC_MAX_REAL},
                  [NUXZ] = {"nuxz", PLT_NUMBER, PETSC_TRUE, -PETSC_MAX_REAL, PETSC_MAX_REAL},
                  [NUYZ] = {"nuyz", PLT_NUMBER, PETSC_TRUE, -PETSC_MAX_REAL, PETSC_MAX_REAL},
                  [GXY]  = {"Gxy", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [GXZ]  = {"Gxz", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  [GYZ]  = {"Gyz", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
                  PLT_CTE_ROWS(CTEX, SECANTX, REFERENCE, "ctex"),
                  PLT_CTE_ROWS(CTEY, SECANTY, REFERENCE, "ctey"),
                  PLT_CTE_ROWS(CTEZ, SECANTZ, REFERENCE, "ctez"),
                  PLT_CTE_REFERENCE_ROW(REFERENCE),
                  [DENSITY] = {"density", PLT_DENSITY, PETSC_FALSE, 0, PETSC_MAX_REAL}},
    .stiffness = Stiffness_Orthotropic,
    .tangent   = Tangent_Orthotropic,
    .expansion = Expansion_Orthotropic,
    .check     = Check_Orthotropic,
};
