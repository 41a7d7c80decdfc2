/* SPDX-License-Identifier: BSD-2-Clause
   A small project made by calls, and what is expected of it; for the tests of the panel room. */
#ifndef PLT_TEST_PANEL_SAMPLE_H
#define PLT_TEST_PANEL_SAMPLE_H
#include "check.h"
#include "panel/internal.h"

static const double room = 298.15; /* K */

/* carrier (glass) | device (mold, glass dies) | cap (mold), 100 mm x 80 mm, no dies and no steps
   yet. */
static inline PltProject MakeProject(void)
{
  PltProject   p;
  const double T[] = {273.15, 473.15}, E[] = {20e9, 2e9};
  const double value[] = {70e9, 0.2, 3e-6, 2400, 0.3, 9e-6};

  CALL(PltProjectCreate(PETSC_COMM_SELF, &p));
  CALL(PltProjectSetKinematics(p, PLT_SMALL));
  CALL(PltProjectSetSize(p, 0.1, 0.08));
  CALL(PltProjectSetMesh(p, 0.005, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectAddMaterial(p, "glass", "isotropic"));
  CALL(PltProjectSetProperty(p, "glass", "E", 1, NULL, &value[0]));
  CALL(PltProjectSetProperty(p, "glass", "nu", 1, NULL, &value[1]));
  CALL(PltProjectSetProperty(p, "glass", "cte", 1, NULL, &value[2]));
  CALL(PltProjectSetProperty(p, "glass", "density", 1, NULL, &value[3]));
  CALL(PltProjectAddMaterial(p, "mold", "isotropic"));
  CALL(PltProjectSetProperty(p, "mold", "E", 2, T, E));
  CALL(PltProjectSetProperty(p, "mold", "nu", 1, NULL, &value[4]));
  CALL(PltProjectSetProperty(p, "mold", "cte", 1, NULL, &value[5]));
  CALL(PltProjectAddPly(p, "carrier", "glass", NULL, 1e-3, -1));
  CALL(PltProjectAddPly(p, "device", "mold", "glass", 3e-4, -1));
  CALL(PltProjectAddPly(p, "cap", "mold", NULL, 1e-4, -1));
  return p;
}

static inline void AddStep(PltProject p, const char *name, const char *add, const char *remove)
{
  CALL(PltProjectAddStep(p, name));
  if (add) CALL(PltProjectStepAdd(p, add));
  if (remove) CALL(PltProjectStepRemove(p, remove));
}

/* Carrier, dies, mold and cap, all at 25 degC. */
static inline void AddUsualSteps(PltProject p)
{
  AddStep(p, "start", "carrier", NULL);
  CALL(PltProjectStepSetTemperature(p, 1, NULL, &room));
  AddStep(p, "place", "device/dies", NULL);
  AddStep(p, "mold", "device/fill", NULL);
  CALL(PltProjectStepAdd(p, "cap"));
}

static inline void ExpectUsage(int code, const char *text)
{
  ck_assert_msg(code == PLT_ERR_USAGE, "code %d instead of %d for '%s'", code, PLT_ERR_USAGE, text);
  ck_assert_msg(strstr(PltGetErrorMessage(), text) != NULL, "'%s' is not in '%s'", text,
                PltGetErrorMessage());
}

static inline void ExpectMistake(PltProject p, const char *text)
{
  const int code = PltProjectCheck(p);

  ck_assert_msg(code == PLT_ERR_RECIPE, "code %d: %s", code, PltGetErrorMessage());
  ck_assert_msg(strstr(PltGetErrorMessage(), text) != NULL, "'%s' is not in '%s'", text,
                PltGetErrorMessage());
}

static inline void ExpectCount(PltProject p, int count)
{
  const char *last;

  ck_assert_int_eq(PltProjectCheck(p), PLT_ERR_RECIPE);
  last = strrchr(PltGetErrorMessage(), '\n');
  ck_assert_int_eq(atoi(last ? last + 1 : PltGetErrorMessage()), count);
}
#endif
