/* TEST np=1,2,3,4 timeout=180 */
/* SPDX-License-Identifier: BSD-2-Clause
   The same answer on any number of ranks: a small RDL-first panel with everything a process can
   do, in small and in large kinematics, run on all ranks together and on each rank alone. */
#include "coupon.h"

static const Layer stack[] = {
    {"glass", 0.7, 73000, 0.23, 3.3e-6}, {"release", 0.001, 2000, 0.4, 60e-6},
    {"pi1", 0.007, 3500, 0.34, 45e-6},   {"m1", 0.004, 60000, 0.34, 20e-6},
    {"pi2", 0.007, 3500, 0.34, 45e-6},   {"device", 0.3, 20000, 0.28, 9e-6},
    {"cap", 0.2, 20000, 0.28, 9e-6}};

static void AddMaterials(PltProject project)
{
  const double E = 160e9, nu = 0.23, cte = 2.8e-6;

  CALL(PltProjectAddMaterial(project, "si", "isotropic"));
  CALL(PltProjectSetProperty(project, "si", "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, "si", "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, "si", "cte", 1, NULL, &cte));
  for (int i = 0; i < 7; i++) {
    const double modulus = stack[i].E * 1e6;

    CALL(PltProjectAddMaterial(project, stack[i].name, "isotropic"));
    CALL(PltProjectSetProperty(project, stack[i].name, "E", 1, NULL, &modulus));
    CALL(PltProjectSetProperty(project, stack[i].name, "nu", 1, NULL, &stack[i].nu));
    CALL(PltProjectSetProperty(project, stack[i].name, "cte", 1, NULL, &stack[i].cte));
    CALL(PltProjectAddPly(project, stack[i].name, stack[i].name, i == 5 ? "si" : NULL,
                          stack[i].h * 1e-3, -1));
  }
}

static PltProject Panel(MPI_Comm comm, PltKinematics kinematics)
{
  const double time[3] = {0, 240, 480}, reflow[3] = {298.15, 533.15, 298.15};
  PltProject   project;

  CALL(PltProjectCreate(comm, &project));
  CALL(PltProjectSetKinematics(project, kinematics));
  CALL(PltProjectSetSize(project, 0.052, 0.040));
  if (kinematics == PLT_SMALL)
    CALL(PltProjectSetMesh(project, 4e-3, 1e-3, 2, PLT_MESH_MAPPED, NULL));
  else
    CALL(PltProjectSetMesh(project, 12e-3, 12e-3, 2, PLT_MESH_MAPPED, NULL)); /* takes increments */
  AddMaterials(project);
  CALL(PltProjectAddDie(project, "a", "device", -0.013, 0.002, 0.012, 0.010, 0));
  CALL(PltProjectAddDie(project, "b", "device", 0.011, -0.007, 0.014, 0.012, 0));
  CALL(PltProjectAddDie(project, "c", "device", 0.013, 0.010, 0.008, 0.008, 0));
  StepAdd(project, "carrier", (const char *const[]){"glass", "release", NULL}, 25, 25);
  StepAdd(project, "pi1", (const char *const[]){"pi1", NULL}, 230, 25);
  StepAdd(project, "m1", (const char *const[]){"m1", NULL}, 60, 25);
  StepAdd(project, "pi2", (const char *const[]){"pi2", NULL}, 230, 25);
  StepAdd(project, "attach", (const char *const[]){"device/dies", NULL}, 150, 25);
  StepAdd(project, "mold", (const char *const[]){"device/fill", "cap", NULL}, 150, 150);
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepShrink(project, "cap", 1e-3));
  StepAdd(project, "cool", NULL, 0, 25);
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "glass"));
  CALL(PltProjectStepRemove(project, "release"));
  StepAdd(project, "grind", NULL, 0, 25);
  CALL(PltProjectStepGrind(project, "cap", 50e-6));
  CALL(PltProjectAddStep(project, "reflow"));
  CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetTemperature(project, 3, time, reflow));
  return project;
}

/* 1e-9 of the larger of the value and its kind's size here. */
static int Same(double a, double b, double size)
{
  return fabs(a - b) <= 1e-9 * fmax(fabs(b), size);
}

static int SameStep(PltModel all, PltModel alone, int step)
{
  PltWarpage  w, v;
  PltDieShift s, t;
  double      a[3], b[3], low[6], high[6], low1[6], high1[6];
  const char *ply  = step >= 5 ? "cap" : step >= 1 ? "pi1" : "glass";
  int         same = 1;

  CALL(PltModelGetWarpage(all, PLT_SURFACE_TOP, &w));
  CALL(PltModelGetWarpage(alone, PLT_SURFACE_TOP, &v));
  same &= Same(w.pv, v.pv, 1e-6) && Same(w.curvature[0], v.curvature[0], 1e-3) && w.sign == v.sign;
  same &=
      Same(w.corner, v.corner, 1e-6) && Same(w.edge_x, v.edge_x, 1e-6) && Same(w.bow, v.bow, 1e-6);
  CALL(PltModelGetDieShift(all, &s));
  CALL(PltModelGetDieShift(alone, &t));
  same &= s.count == t.count && Same(s.raw_max, t.raw_max, 1e-6) && Same(s.mx, t.mx, 1e-5);
  CALL(PltModelGetDisplacement(all, ply, 0.017, -0.011, a));
  CALL(PltModelGetDisplacement(alone, ply, 0.017, -0.011, b));
  CALL(PltModelGetStress(all, ply, 0.0171, -0.0112, low, high));
  CALL(PltModelGetStress(alone, ply, 0.0171, -0.0112, low1, high1));
  for (int d = 0; d < 3; d++) same &= Same(a[d], b[d], 1e-5);
  for (int d = 0; d < 6; d++) same &= Same(low[d], low1[d], 1e7) && Same(high[d], high1[d], 1e7);
  return same;
}

/* In large kinematics on three ranks only: it takes long, and verify_large_ranks goes to four. */
START_TEST(every_step_is_the_same)
{
  PltProject    project = Panel(PETSC_COMM_WORLD, (PltKinematics)_i);
  PltProject    single  = Panel(PETSC_COMM_SELF, (PltKinematics)_i);
  PltModel      all, alone;
  PltMeshSize   size, size1;
  PltStepReport report;
  int           more = _i == PLT_SMALL || RankCount() == 3, more1 = more;

  CALL(PltModelCreate(project, &all));
  CALL(PltModelCreate(single, &alone));
  CALL(PltModelGetMeshSize(all, &size));
  CALL(PltModelGetMeshSize(alone, &size1));
  ck_assert(Everywhere(size.checksum == size1.checksum && size.quads == size1.quads));
  for (int step = 0; more; step++) {
    CALL(PltModelStep(all, &more));
    CALL(PltModelStep(alone, &more1));
    CALL(PltModelGetStep(all, &report));
    ck_assert_msg(Everywhere(SameStep(all, alone, step)), "step %d (%s) differs", step,
                  report.name);
  }
  ck_assert(Everywhere(!more1));
  CALL(PltModelDestroy(&all));
  CALL(PltModelDestroy(&alone));
  CALL(PltProjectDestroy(&project));
  CALL(PltProjectDestroy(&single));
}
END_TEST

static Suite *RanksSuite(void)
{
  Suite *suite = suite_create("ranks");
  TCase *tc    = tcase_create("whole process");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, every_step_is_the_same, PLT_SMALL, PLT_LARGE + 1);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(RanksSuite)
