/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Coupons against laminate theory: curvature in the middle and stress of every ply. */
#include "coupon.h"

static const Layer       five[]     = {{"glass", 1.1, 73000, 0.23, 3.3e-6},
                                       {"adhesive", 0.010, 1000, 0.40, 80e-6},
                                       {"pi", 0.020, 3500, 0.34, 45e-6},
                                       {"cu", 0.005, 117000, 0.34, 17e-6},
                                       {"emc", 0.5, 20000, 0.28, 9e-6}};
static const char *const all_five[] = {"glass", "adhesive", "pi", "cu", "emc", NULL};

/* nlayer_plate_5: stress on the lower and upper face of each layer, MPa (Hsueh 2002). */
static const double five_stress[5][2] = {{19.91643, -33.19545},
                                         {18.59143, 18.58294},
                                         {31.28662, 31.23261},
                                         {299.516, 299.0646},
                                         {13.52864, 6.455139}};

static PltModel RunFive(int slab, PltProject *project)
{
  PltModel model;

  *project = CouponCreate(40, 2, 5, five, slab);
  RefineEdges(*project, 2);
  StepAdd(*project, "cool", all_five, 175, 25);
  CALL(PltModelCreate(*project, &model));
  CALL(PltModelRun(model));
  return model;
}

static void CheckFive(int slab, double tolerance)
{
  const double bending = 33e6; /* Pa, of the glass: an error of the curvature shows in proportion */
  PltProject   project;
  PltModel     model = RunFive(slab, &project);
  double       kappa = CurvatureX(model, "glass", 6), low[6], high[6];

  ck_assert_msg(Everywhere(Near(kappa, 5.09292e-4, tolerance)), "slab %d: kappa %.8g", slab, kappa);
  for (int i = 0; i < 5; i++) {
    CALL(PltModelGetStress(model, five[i].name, 1e-3, 1e-3, low, high));
    ck_assert_msg(Everywhere(fabs(low[0] - five_stress[i][0] * 1e6) <
                             1e-3 * fmax(bending, fabs(five_stress[i][0]) * 1e6)),
                  "%s low %g", five[i].name, low[0]);
    ck_assert_msg(Everywhere(fabs(high[1] - five_stress[i][1] * 1e6) <
                             1e-3 * fmax(bending, fabs(five_stress[i][1]) * 1e6)),
                  "%s high %g", five[i].name, high[1]);
    /* free faces: no thickness stress away from the edge; 1e4 Pa against 300 MPa in the copper
       is what is left of the edge effect */
    ck_assert_msg(Everywhere(fabs(low[2]) < 3e4), "%s s33 %g", five[i].name, low[2]);
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}

/* 1e-3: along an edge the adhesive gives way over its shear-lag length, 0.6 mm; the strip that
   it frees bends the whole coupon in proportion to its share: measured -6.4e-4 at 40 mm, -3.3e-4
   at 80 mm. */
START_TEST(five_layers_automatic_slabs)
{
  CheckFive(-1, 1e-3);
}
END_TEST

/* 1e-4: one shear strain through the stack, so no shear lag; the middle is 12 thicknesses from
   an edge. */
START_TEST(five_layers_one_slab)
{
  CheckFive(0, 1e-4);
}
END_TEST

static const Layer       bimetal[] = {{"bottom", 0.5, 210000, 0.3, 12e-6},
                                      {"top", 0.3, 70000, 0.3, 23e-6}};
static const char *const both[]    = {"bottom", "top", NULL};

/* bilayer_plate_biaxial: equal nu gives Timoshenko's (1925) beam curvature, 1.496599e-3 for 100
   K. */
START_TEST(bilayer_plate)
{
  PltProject project = CouponCreate(40, 2, 2, bimetal, -1);
  PltModel   model;
  double     low[6], high[6], kappa;

  RefineEdges(project, 2);
  StepAdd(project, "heat", both, 25, 125);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  kappa = CurvatureX(model, "bottom", 8);
  ck_assert_msg(Everywhere(Near(kappa, -1.496599e-3, 1e-5)), "kappa %.9g", kappa);
  CALL(PltModelGetStress(model, "bottom", 1e-3, 1e-3, low, high));
  ck_assert(Everywhere(Near(low[0], -87.17687e6, 1e-4) && Near(high[0], 137.3129e6, 1e-4)));
  CALL(PltModelGetStress(model, "top", 1e-3, 1e-3, low, high));
  ck_assert(Everywhere(Near(low[0], -64.22902e6, 1e-4) && Near(high[0], -19.33107e6, 1e-4)));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* stoney: exact bilayer 7.663733e-6, Stoney's (1909) thin-film limit 7.684303e-6; mismatch 1e-3. */
START_TEST(stoney_film)
{
  static const Layer film[] = {{"si", 0.775, 130000, 0.28, 0}, {"film", 0.001, 100000, 0.28, 1e-5}};
  static const char *const plies[] = {"si", "film", NULL};
  PltProject               project = CouponCreate(40, 2, 2, film, -1);
  PltModel                 model;
  double                   kappa;

  StepAdd(project, "cool", plies, 125, 25);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  kappa = CurvatureX(model, "si", 8);
  ck_assert_msg(Everywhere(Near(kappa, 7.663733e-6, 1e-5)), "kappa %.9g", kappa);
  ck_assert(Everywhere(Near(kappa, 7.684303e-6, 1e-2)));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *LaminateSuite(void)
{
  Suite *suite = suite_create("laminate");
  TCase *tc    = tcase_create("coupons");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, five_layers_automatic_slabs);
  tcase_add_test(tc, five_layers_one_slab);
  tcase_add_test(tc, bilayer_plate);
  tcase_add_test(tc, stoney_film);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LaminateSuite)
