/* SPDX-License-Identifier: BSD-2-Clause
   Materials for the tests of the room. Values are round, not those of a product. */
#ifndef PLT_TEST_MATERIAL_SAMPLE_H
#define PLT_TEST_MATERIAL_SAMPLE_H
#include <string.h>
#include "check.h"
#include "material/material.h"

static inline PltMaterial NewMaterial(const char *law, const char *name)
{
  PltMaterial material;

  CALL(PltMaterialCreate(law, name, &material));
  ck_assert_ptr_nonnull(material);
  return material;
}

static inline void SetTable(PltMaterial material, const char *key, PetscInt n, const double T[],
                            const double value[])
{
  const PetscInt i = PltMaterialFindProperty(material, key);

  ck_assert_msg(i >= 0, "no property %s", key);
  CALL(PltCurveSet(&material->curve[i], n, T, value));
}

static inline void SetConstant(PltMaterial material, const char *key, double value)
{
  SetTable(material, key, 1, NULL, &value);
}

static inline PltMaterial NewIsotropic(const char *name, double E, double nu, double cte)
{
  PltMaterial material = NewMaterial("isotropic", name);

  SetConstant(material, "E", E);
  SetConstant(material, "nu", nu);
  SetConstant(material, "cte", cte);
  return material;
}

/* value: Ex Ey Ez nuxy nuxz nuyz Gxy Gxz Gyz ctex ctey ctez */
static inline PltMaterial NewOrthotropic(const char *name, const double value[12])
{
  PltMaterial material = NewMaterial("orthotropic", name);

  for (int i = 0; i < 12; i++) SetConstant(material, material->ops->property[i].key, value[i]);
  return material;
}

static inline PltMaterial NewTraces(PltMaterial metal, PltMaterial matrix, double fraction,
                                    char direction)
{
  PltMaterial material = NewMaterial("traces", "traces");

  material->metal     = metal;
  material->matrix    = matrix;
  material->fraction  = fraction;
  material->direction = direction;
  return material;
}

/* A molding compound that loses 93 % of its modulus and triples its CTE above its glass transition,
   all tables with points of their own. */
static inline PltMaterial NewMold(void)
{
  static const double TE[] = {298.15, 403.15, 443.15}, E[] = {22e9, 20e9, 1.5e9};
  static const double Tc[]  = {298.15, 413.15, 433.15, 533.15};
  static const double cte[] = {8e-6, 8e-6, 30e-6, 31e-6};
  PltMaterial         mold  = NewIsotropic("mold", 1, 0.3, 1);

  SetTable(mold, "E", 3, TE, E);
  SetTable(mold, "cte", 4, Tc, cte);
  SetConstant(mold, "density", 2000);
  return mold;
}

/* A table of secants from 300 K in place of a tangent. */
static inline void SetSecant(PltMaterial material, const char *tangent, const char *secant)
{
  static const double T[] = {298.15, 373.15, 473.15}, value[] = {8e-6, 9e-6, 14e-6};

  CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, tangent)]));
  SetTable(material, secant, 3, T, value);
  SetConstant(material, "cte_reference", 300);
}

static inline PltMaterial NewSecant(void)
{
  PltMaterial material = NewMold();

  SetSecant(material, "cte", "cte_secant");
  return material;
}

static inline PltMaterial NewBoard(void)
{
  static const double value[12] = {120e9, 80e9, 100e9, 0.3,   0.25,  0.2,
                                   30e9,  35e9, 25e9,  16e-6, 18e-6, 17e-6};

  return NewOrthotropic("board", value);
}

static inline PltMaterial NewBoardSecant(void)
{
  PltMaterial material = NewBoard();

  SetSecant(material, "ctez", "ctez_secant");
  return material;
}

/* Compliance of a material at T. */
static inline void GetCompliance(PltMaterial material, double T, double S[6][6])
{
  PetscBool positive;

  CALL(PltMaterialStiffness(material, T, S));
  CALL(PltInvert6(S, &positive));
  ck_assert(positive);
}
#endif
