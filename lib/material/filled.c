/* SPDX-License-Identifier: BSD-2-Clause
   A resin with round filler, elastic: what a molding compound or an underfill is made of. Moduli by
   the mean field of Mori and Tanaka (1973) for spheres, in Benveniste's form (1987, Mech. Mater.
   6:147), which for a stiff filler is the lower bound of Hashin and Shtrikman; tangent CTE by Levin
   (1967), which is exact for two isotropic phases of these moduli. E, nu and cte are the resin's,
   density that of the whole. */
#include "material/law.h"

enum { FILLER_E = PLT_ISO_COUNT, FILLER_NU, FILLER_CTE, FRACTION, NPROPERTY };
enum { GAUSS = 4 };

/* Of one phase in the mean field of the other: `stiff` is what the matrix resists with. */
static PetscReal Mix(PetscReal matrix, PetscReal filler, PetscReal stiff, PetscReal f)
{
  return matrix + f * (filler - matrix) / (1 + (1 - f) * (filler - matrix) / (matrix + stiff));
}

/* K: of the resin, the filler, both together. */
static void Moduli(PltMaterial material, PetscReal T, PetscReal *G, PetscReal K[3])
{
  const PetscReal e  = PltCurveAt(&material->curve[FILLER_E], T);
  const PetscReal nu = PltCurveAt(&material->curve[FILLER_NU], T);
  const PetscReal f  = PltLawValue(material, FRACTION);
  PetscReal       Gm;

  PltIsoModuli(material, T, &Gm, &K[0]);
  K[1] = e / (3 * (1 - 2 * nu));
  K[2] = Mix(K[0], K[1], 4 * Gm / 3, f);
  *G   = Mix(Gm, e / (2 * (1 + nu)), Gm * (9 * K[0] + 8 * Gm) / (6 * (K[0] + 2 * Gm)), f);
}

static PetscErrorCode Stiffness_Filled(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  PetscReal G, K[3];

  PetscFunctionBegin;
  Moduli(material, T, &G, K);
  PltIsotropicStiffness(G, K[2], C);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscReal Levin(PltMaterial material, PetscReal T)
{
  const PetscReal f      = PltLawValue(material, FRACTION);
  const PetscReal matrix = PltTangent(material, PLT_ISO_CTE, T);
  const PetscReal filler = PltCurveAt(&material->curve[FILLER_CTE], T);
  PetscReal       G, K[3], apart;

  Moduli(material, T, &G, K);
  apart = 1 / K[1] - 1 / K[0];
  if (apart == 0) return f * filler + (1 - f) * matrix;
  return f * filler + (1 - f) * matrix +
         (filler - matrix) / apart * (1 / K[2] - f / K[1] - (1 - f) / K[0]);
}

static PetscErrorCode Tangent_Filled(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PltFillIsotropic(Levin(material, T), cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The first point of a table above T, at most `end`: in between all is smooth. */
static PetscReal NextPoint(PltMaterial material, PetscReal T, PetscReal end)
{
  for (PetscInt k = 0; k < NPROPERTY; k++)
    for (PetscInt i = 0; i < material->curve[k].n && material->curve[k].n > 1; i++)
      if (material->curve[k].T[i] > T) end = PetscMin(end, material->curve[k].T[i]);
  return end;
}

/* Gauss's rule between points of tables, where the integrand is a rational function. */
static PetscErrorCode Expansion_Filled(PltMaterial material, PetscReal T0, PetscReal T1,
                                       PetscReal strain[6])
{
  static const PetscReal at[GAUSS]     = {-.8611363115940526, -.3399810435848563, .3399810435848563,
                                          .8611363115940526};
  static const PetscReal weight[GAUSS] = {.3478548451374538, .6521451548625461, .6521451548625461,
                                          .3478548451374538};
  const PetscReal        low = PetscMin(T0, T1), high = PetscMax(T0, T1);
  PetscReal              sum = 0, end;

  PetscFunctionBegin;
  for (PetscReal T = low; T < high; T = end) {
    end = NextPoint(material, T, high);
    for (int i = 0; i < GAUSS; i++)
      sum += weight[i] * (end - T) / 2 * Levin(material, (T + end + at[i] * (end - T)) / 2);
  }
  PltFillIsotropic(T1 < T0 ? -sum : sum, strain);
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltFilled = {
    .type      = "filled",
    .nproperty = NPROPERTY,
    .property =
        {PLT_ISO_TABLE, [FILLER_E] = {"filler.E", PLT_PRESSURE, PETSC_TRUE, 0, PETSC_MAX_REAL},
         [FILLER_NU]  = {"filler.nu", PLT_NUMBER, PETSC_TRUE, -1, 0.5},
         [FILLER_CTE] = {"filler.cte", PLT_EXPANSION, PETSC_TRUE, -1e-2, 1e-2},
         PLT_SINGLE_ROW(FRACTION, "filler.fraction", PLT_NUMBER, PLT_ZERO_TOO, 1,
                        .required = PETSC_TRUE)},
    .stiffness = Stiffness_Filled,
    .tangent   = Tangent_Filled,
    .expansion = Expansion_Filled,
};
