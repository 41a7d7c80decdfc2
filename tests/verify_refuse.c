/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Laws that have no answer where others have one. An increment is cut until they have, or the step
   fails: never is there a wrong answer. A film on a rigid plate is cooled at once. */
#include "check.h"
#include "user_law.h"

static const double zero_celsius = 273.15, K = 16e9, G = 8e9, misfit = 1e-3;
static const double exact = 28.8e6; /* Pa, 9 K G / (3 K + G) / (1 - nu) times the misfit */

/* ---- elastic laws that refuse ---- */

/* 0 never; 1 a change of temperature above 30 K; 2 a change of strain above 2e-4, unless there is
   no strain at all, as where an affine law is asked for its stress at rest; 3 an increment of
   nothing, once there was one of something. State: strain at the start. */
enum { HOW };
static const PltLawProperty property[] = {{.key = "how", .unit = "1", .required = 1, .single = 1}};

static void Stiffness(PltProperties given, double T, double C[6][6])
{
  (void)given, (void)T;
  FillModulus(K, G, C);
}

static int States(PltProperties given)
{
  (void)given;
  return 6;
}

static int Update(PltProperties given, const PltLawSpan *span, const double start[],
                  const double strain[6], double end[], double stress[6], double D[6][6])
{
  const int how    = (int)(PltPropertyAt(given, HOW, span->T1) + 0.5);
  double    change = 0, size = 0, was = 0;

  FillModulus(K, G, D);
  for (int i = 0; i < 6; i++) {
    change = fmax(change, fabs(strain[i] - start[i]));
    size   = fmax(size, fabs(strain[i]));
    was    = fmax(was, fabs(start[i]));
    end[i] = strain[i];
    for (int j = 0; j < 6; j++) stress[i] += D[i][j] * strain[j];
  }
  if (how == 1) return fabs(span->T1 - span->T0) > 30;
  if (how == 2) return size > 0 && change > 2e-4;
  return how == 3 && was > 0 && fabs(span->T1 - span->T0) < 1e-9;
}

static const PltLaw shy = {.version   = PLT_LAW_VERSION,
                           .name      = "shy",
                           .nproperty = 1,
                           .property  = property,
                           .stiffness = Stiffness,
                           .affine    = 1,
                           .states    = States,
                           .update    = Update};
static const PltLaw sly = {.version   = PLT_LAW_VERSION,
                           .name      = "sly",
                           .nproperty = 1,
                           .property  = property,
                           .stiffness = Stiffness,
                           .states    = States,
                           .update    = Update};

/* ---- the film ---- */

static void Set(PltProject p, const char *material, const char *key, double value)
{
  CALL(PltProjectSetProperty(p, material, key, 1, NULL, &value));
}

static PltProject Film(const char *law, int how, PltKinematics kinematics)
{
  const double birth = 25 + zero_celsius, cold = birth - 100;
  PltProject   p;

  CALL(PltRegisterLaw(&shy));
  CALL(PltRegisterLaw(&sly));
  CALL(PltProjectCreate(PETSC_COMM_WORLD, &p));
  CALL(PltProjectSetSize(p, 4e-3, 4e-3));
  CALL(PltProjectSetMesh(p, 1e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetKinematics(p, kinematics));
  CALL(PltProjectAddMaterial(p, "rigid", "isotropic"));
  Set(p, "rigid", "E", 1e15);
  Set(p, "rigid", "nu", 0.2);
  Set(p, "rigid", "cte", 0);
  CALL(PltProjectAddMaterial(p, "film", law));
  Set(p, "film", "how", how);
  Set(p, "film", "cte", misfit / 100);
  CALL(PltProjectAddPly(p, "plate", "rigid", NULL, 1e-3, -1));
  CALL(PltProjectAddPly(p, "film", "film", NULL, 1e-6, -1));
  CALL(PltProjectAddStep(p, "born"));
  CALL(PltProjectStepAdd(p, "plate"));
  CALL(PltProjectStepAdd(p, "film"));
  CALL(PltProjectStepSetStressFree(p, birth));
  for (int i = 0; i < 2; i++) {
    CALL(PltProjectAddStep(p, i ? "stay" : "cool"));
    CALL(PltProjectStepSetTemperature(p, 1, NULL, &cold));
  }
  return p;
}

/* The increments that the step "cool" takes, or less the code of an error. *stress of the film. */
static int Cool(const char *law, int how, PltKinematics kinematics, double *stress)
{
  PltProject    p = Film(law, how, kinematics);
  double        low[6], high[6];
  PltStepReport report;
  PltModel      model;
  int           more, code = 0;

  CALL(PltModelCreate(p, &model));
  for (int i = 0; i < 3 && !code; i++) {
    code = PltModelStep(model, &more);
    if (i == 1 && !code) CALL(PltModelGetStep(model, &report));
  }
  if (!code) code = PltModelGetStress(model, "film", 0.3e-3, 0.4e-3, low, high);
  *stress = low[0];
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&p));
  return code ? -code : report.increments;
}

START_TEST(an_increment_without_an_answer_is_cut)
{
  const char *const   law        = _i / 2 % 2 ? "sly" : "shy";
  const PltKinematics kinematics = _i % 2 ? PLT_LARGE : PLT_SMALL;
  const int           how        = 1 + _i / 4;
  double              stress;
  const int           n = Cool(law, how, kinematics, &stress);

  ck_assert_msg(Everywhere(n >= (how == 1 ? 4 : 5) && n <= 20), "%s %d: %d, %s", law, how, n,
                PltGetErrorMessage());
  /* Green's strain differs by half the misfit */
  ck_assert_msg(Everywhere(Near(stress, exact, _i % 2 ? 1e-3 : 1e-6)), "%.7g, exact %.7g", stress,
                exact);
}
END_TEST

/* There is nothing to cut where the panel is in equilibrium. */
START_TEST(no_modulus_is_an_error)
{
  const char *const law = _i / 2 ? "sly" : "shy";
  double            stress;
  const int         n = Cool(law, 3, _i % 2 ? PLT_LARGE : PLT_SMALL, &stress);

  ck_assert_msg(Everywhere(n == -PLT_ERR_CONVERGENCE), "%s: %d, %s", law, n, PltGetErrorMessage());
}
END_TEST

static Suite *RefuseSuite(void)
{
  Suite *suite = suite_create("refuse");
  TCase *tc    = tcase_create("films");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, an_increment_without_an_answer_is_cut, 0, 8);
  tcase_add_loop_test(tc, no_modulus_is_an_error, 0, 4);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(RefuseSuite)
