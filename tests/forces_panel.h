/* SPDX-License-Identifier: BSD-2-Clause
   Panels for check_assemble_forces.c, and processes with all that a process can do. */
#ifndef PLT_TEST_FORCES_PANEL_H
#define PLT_TEST_FORCES_PANEL_H
#include "coupon.h"

static const Layer stack[] = {
    {"glass", 0.7, 73000, 0.23, 3.3e-6}, {"release", 0.001, 2000, 0.4, 60e-6},
    {"pi1", 0.007, 3500, 0.34, 45e-6},   {"m1", 0.004, 60000, 0.34, 20e-6},
    {"pi2", 0.007, 3500, 0.34, 45e-6},   {"device", 0.3, 20000, 0.28, 9e-6},
    {"cap", 0.2, 20000, 0.28, 9e-6}};

static inline void AddProperty(PltProject project, const char *material, const char *key,
                               double value)
{
  CALL(PltProjectSetProperty(project, material, key, 1, NULL, &value));
}

static inline void AddPlies(PltProject project)
{
  CALL(PltProjectAddMaterial(project, "si", "isotropic"));
  AddProperty(project, "si", "E", 160e9);
  AddProperty(project, "si", "nu", 0.23);
  AddProperty(project, "si", "cte", 2.8e-6);
  AddProperty(project, "si", "density", 2330);
  for (int i = 0; i < 7; i++) {
    const char *name = stack[i].name;

    CALL(PltProjectAddMaterial(project, name, "isotropic"));
    AddProperty(project, name, "E", stack[i].E * 1e6);
    AddProperty(project, name, "nu", stack[i].nu);
    AddProperty(project, name, "cte", stack[i].cte);
    AddProperty(project, name, "density", 2000 + 100 * i);
    if (i == 3) CALL(PltProjectAddTraces(project, "traces", "m1", "pi1", 0.6, 'x'));
    CALL(PltProjectAddPly(project, name, i == 3 ? "traces" : name, i == 5 ? "si" : NULL,
                          stack[i].h * 1e-3, -1));
  }
}

enum { MAPPED, QUARTER, FREE, CASES };

static inline PltProject Panel(int which)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  if (which == FREE) CALL(PltProjectSetDiameter(project, 0.052));
  else CALL(PltProjectSetSize(project, 0.052, 0.040));
  CALL(PltProjectSetMesh(project, 5e-3, which == FREE ? 0 : 2e-3, 2,
                         which == FREE ? PLT_MESH_FREE : PLT_MESH_MAPPED, NULL));
  if (which == QUARTER) CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
  AddPlies(project);
  if (which == QUARTER)
    CALL(PltProjectAddDieArray(project, "device", 2, 2, 0.02, 0.018, 0.012, 0.010));
  else {
    CALL(PltProjectAddDie(project, "a", "device", 0.011, 0.009, 0.012, 0.010,
                          which == FREE ? 0.3 : 0));
    CALL(PltProjectAddDie(project, "b", "device", -0.011, -0.007, 0.014, 0.012, 0));
  }
  return project;
}

/* The plies of the RDL share an element and have three births; its cap is ground, it is weighed. */
static inline void AddSteps(PltProject project, int which)
{
  const double pins[6] = {-0.02, -0.01, -0.02, 0.01, 0.02, 0};
  const double time[2] = {0, 240}, reflow[2] = {298.15, 533.15};

  StepAdd(project, "carrier", (const char *const[]){"glass", "release", NULL}, 25, 25);
  StepAdd(project, "pi1", (const char *const[]){"pi1", NULL}, 230, 25);
  StepAdd(project, "m1", (const char *const[]){"m1", NULL}, 60, 25);
  StepAdd(project, "pi2", (const char *const[]){"pi2", NULL}, 230, 25);
  StepAdd(project, "attach", (const char *const[]){"device/dies", NULL}, 150, 25);
  StepAdd(project, "mold", (const char *const[]){"device/fill", "cap", NULL}, 150, 150);
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepShrink(project, "cap", 1e-3));
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "glass"));
  CALL(PltProjectStepRemove(project, "release"));
  StepAdd(project, "grind", NULL, 0, 25);
  CALL(PltProjectStepGrind(project, "cap", 50e-6));
  CALL(PltProjectAddStep(project, "reflow"));
  CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetTemperature(project, 2, time, reflow));
  if (which == QUARTER) return;
  StepAdd(project, "weigh", NULL, 0, 25);
  CALL(PltProjectStepSetGravity(project, PLT_GRAVITY_DOWN));
  CALL(PltProjectStepSetPins(project, 3, pins));
}
#endif
