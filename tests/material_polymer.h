/* SPDX-License-Identifier: BSD-2-Clause
   Polymers for the tests of the room. Values are round, not those of a product. */
#ifndef PLT_TEST_MATERIAL_POLYMER_H
#define PLT_TEST_MATERIAL_POLYMER_H
#include "material_point.h"

/* The kinetics that the tests' values are computed with have R = 8.314. */
static const double by_R = 8.314462618 / 8.314;

static inline void SetCure(PltMaterial material)
{
  SetConstant(material, "cure.A1", 7.6e4);
  SetConstant(material, "cure.E1", 70e3 * by_R);
  SetConstant(material, "cure.A2", 1.2e6);
  SetConstant(material, "cure.E2", 66e3 * by_R);
  SetConstant(material, "cure.m", 0.6);
  SetConstant(material, "cure.n", 1.4);
  SetConstant(material, "cure.gel", 0.4);
  SetConstant(material, "cure.shrinkage", 1e-3);
  SetConstant(material, "cure.Tg_uncured", 273.15);
  SetConstant(material, "cure.Tg_cured", 423.15);
  SetConstant(material, "cure.lambda", 0.45);
}

static inline PltMaterial NewPolymer(const char *law)
{
  PltMaterial material = NewMaterial(law, "emc");

  SetConstant(material, "E", 20e9);
  SetConstant(material, "nu", 0.3);
  SetConstant(material, "cte", 9e-6);
  SetConstant(material, "cte_rubber", 30e-6);
  return material;
}

static inline void SetEmcShift(PltMaterial material)
{
  SetConstant(material, "shift.reference", 423.15);
  SetConstant(material, "shift.C1", 17.4);
  SetConstant(material, "shift.C2", 51.6);
  SetConstant(material, "shift.activation", 250e3);
  SetConstant(material, "shift.lowest", 233.15);
  SetConstant(material, "shift.highest", 533.15);
}

static inline PltMaterial NewViscoelastic(void)
{
  static const double tau[] = {0.1, 1, 10, 100, 1e3}, g[] = {0.1, 0.2, 0.25, 0.2, 0.15};
  static const double tau_k[] = {3, 300}, k[] = {0.2, 0.2};
  PltMaterial         material = NewPolymer("viscoelastic");

  SetTable(material, "shear", 5, tau, g);
  SetTable(material, "bulk", 2, tau_k, k);
  SetEmcShift(material);
  SetConstant(material, "Tg", 423.15);
  return material;
}

static inline PltMaterial NewViscoelasticYoung(void)
{
  static const double tau[] = {1, 100}, e[] = {0.5, 0.4}, T[] = {300, 400, 450},
                      cte[] = {9e-6, 11e-6, 30e-6};
  PltMaterial material      = NewMaterial("viscoelastic", "emc");

  SetConstant(material, "E", 20e9);
  SetConstant(material, "nu", 0.3);
  SetTable(material, "cte", 3, T, cte);
  SetTable(material, "young", 2, tau, e);
  SetEmcShift(material);
  return material;
}

static inline PltMaterial NewViscoelasticCure(void)
{
  PltMaterial material = NewViscoelastic();

  CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, "Tg")]));
  SetCure(material);
  return material;
}

static inline PltMaterial NewGlassy(void)
{
  PltMaterial material = NewPolymer("glassy");

  SetConstant(material, "E_rubber", 1e9);
  SetConstant(material, "nu_rubber", 0.45);
  SetConstant(material, "Tg", 423.15);
  return material;
}

static inline PltMaterial NewGlassyCure(void)
{
  PltMaterial material = NewGlassy();

  CALL(PltCurveFree(&material->curve[PltMaterialFindProperty(material, "Tg")]));
  SetCure(material);
  return material;
}
/* A resin with filler, all of it over temperature. */
static inline PltMaterial NewFilled(void)
{
  static const double T[] = {200, 390, 600}, E[] = {4e9, 3e9, 0.1e9}, cte[] = {50e-6, 6e-5, 15e-5};
  PltMaterial         material = NewMaterial("filled", "emc");

  SetTable(material, "E", 3, T, E);
  SetTable(material, "cte", 3, T, cte);
  SetConstant(material, "nu", 0.38);
  SetConstant(material, "filler.E", 72e9);
  SetConstant(material, "filler.nu", 0.17);
  SetConstant(material, "filler.cte", 0.5e-6);
  SetConstant(material, "filler.fraction", 0.75);
  return material;
}

#endif
