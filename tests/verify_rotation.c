/* TEST np=1 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Directions: a panel described turned gives the same answer turned. By 90 degrees with a mapped
   mesh, unsymmetric dies, orthotropic plies and traces, also in large deflection; by 37 degrees a
   wafer whose mesh comes from a file. And a panel is what its symmetric quarter says. The process
   has births on a warped face, a hold, a flip. */
#include "coupon.h"

static const Layer stack[] = {
    {"glass", 0.7, 73000, 0.23, 3.3e-6}, {"release", 0.002, 2000, 0.4, 60e-6},
    {"pi1", 0.007, 3500, 0.34, 45e-6},   {"m1", 0.004, 60000, 0.34, 20e-6},
    {"pi2", 0.007, 3500, 0.34, 45e-6},   {"device", 0.3, 20000, 0.28, 9e-6},
    {"cap", 0.2, 20000, 0.28, 9e-6}};
enum { PLIES = sizeof stack / sizeof *stack };

static void AddIsotropic(PltProject project, const char *name, double MPa, double nu, double cte)
{
  const double E = MPa * 1e6;

  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
}

static PltProject Start(double width, double height)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  if (height > 0) CALL(PltProjectSetSize(project, width, height));
  else CALL(PltProjectSetDiameter(project, width));
  for (int i = 0; i < PLIES; i++)
    AddIsotropic(project, stack[i].name, stack[i].E, stack[i].nu, stack[i].cte);
  AddIsotropic(project, "si", 160000, 0.23, 2.8e-6);
  return project;
}

/* Plies of the materials of their names, but for those given. */
static void AddPlies(PltProject project, const char *m1, const char *cap)
{
  for (int i = 0; i < PLIES; i++) {
    const char *material = i == 3 ? m1 : i == 6 ? cap : stack[i].name;

    CALL(PltProjectAddPly(project, stack[i].name, material, i == 5 ? "si" : NULL, stack[i].h * 1e-3,
                          -1));
  }
}

static void AddProcess(PltProject project)
{
  StepAdd(project, "RDL", (const char *const[]){"glass", "release", "pi1", "m1", NULL}, 230, 25);
  StepAdd(project, "pi2", (const char *const[]){"pi2", NULL}, 230, 25);
  StepAdd(project, "attach", (const char *const[]){"device/dies", NULL}, 25, 25);
  StepAdd(project, "mold", (const char *const[]){"device/fill", "cap", NULL}, 150, 150);
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepShrink(project, "cap", 1e-3));
  StepAdd(project, "cool", NULL, 0, 25);
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "glass"));
  CALL(PltProjectStepRemove(project, "release"));
  StepAdd(project, "grind", NULL, 0, 60);
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepGrind(project, "cap", 50e-6));
  StepAdd(project, "turn over", NULL, 0, 25);
  CALL(PltProjectStepFlip(project));
}

/* Of what such numbers are here. */
static const double same = 1e-9;

static int Same(double a, double b, double size)
{
  return fabs(a - b) <= same * fmax(fabs(b), size);
}

/* The warpage w is v turned by the angle with the cosine c and the sine s. */
static int SameWarpage(const PltWarpage *w, const PltWarpage *v, double c, double s)
{
  const double *k  = v->curvature;
  const double  xx = c * c * k[0] + s * s * k[1] - 2 * c * s * k[2];
  const double  yy = s * s * k[0] + c * c * k[1] + 2 * c * s * k[2];
  const double  xy = c * s * (k[0] - k[1]) + (c * c - s * s) * k[2];
  int good = Same(w->pv, v->pv, 1e-6) && Same(w->rms, v->rms, 1e-6) && Same(w->bow, v->bow, 1e-6);

  good &= Same(w->curvature[0], xx, 1e-2) && Same(w->curvature[1], yy, 1e-2) &&
          Same(w->curvature[2], xy, 1e-2);
  return good && w->sign == v->sign && strcmp(w->shape, v->shape) == 0;
}

static int SameDie(PltModel turned, PltModel model, int die, double c, double s)
{
  PltDieMotion a, b;

  CALL(PltModelGetDieMotion(turned, die, &a));
  CALL(PltModelGetDieMotion(model, die, &b));
  return a.placed == b.placed && Same(a.x, c * b.x - s * b.y, 1e-2) &&
         Same(a.y, s * b.x + c * b.y, 1e-2) && Same(a.dx, c * b.dx - s * b.dy, 1e-6) &&
         Same(a.dy, s * b.dx + c * b.dy, 1e-6) && Same(a.rotation, b.rotation, 1e-4) &&
         Same(a.residual_dx, c * b.residual_dx - s * b.residual_dy, 1e-6) &&
         Same(a.residual_dy, s * b.residual_dx + c * b.residual_dy, 1e-6);
}

/* Run both and compare after every step; the caller looks at what only one of the cases has. */
static void Compare(PltProject turned, PltProject project, double angle, int dies,
                    int (*also)(const PltWarpage *w, const PltWarpage *v))
{
  const double  c = cos(angle), s = sin(angle);
  PltModel      A, B;
  PltWarpage    w, v;
  PltStepReport report;
  int           more = 1, more_too = 1;

  CALL(PltModelCreate(turned, &A));
  CALL(PltModelCreate(project, &B));
  for (int step = 0; more; step++) {
    CALL(PltModelStep(A, &more));
    CALL(PltModelStep(B, &more_too));
    CALL(PltModelGetWarpage(A, PLT_SURFACE_TOP, &w));
    CALL(PltModelGetWarpage(B, PLT_SURFACE_TOP, &v));
    ck_assert_msg(Everywhere(SameWarpage(&w, &v, c, s)),
                  "step %d: pv %.12g, %.12g; curvature %.12g %.12g %.12g, %.12g %.12g %.12g", step,
                  w.pv, v.pv, w.curvature[0], w.curvature[1], w.curvature[2], v.curvature[0],
                  v.curvature[1], v.curvature[2]);
    ck_assert_msg(Everywhere(!also || also(&w, &v)), "step %d", step);
    CALL(PltModelGetStep(A, &report));
    /* the support of a free panel bears nothing */
    ck_assert_msg(Everywhere(report.reactions_max < 1e-10), "step %d: %g", step,
                  report.reactions_max);
    for (int d = 0; d < dies; d++)
      ck_assert_msg(Everywhere(SameDie(A, B, d, c, s)), "step %d, die %d", step, d);
  }
  ck_assert(Everywhere(!more_too));
  CALL(PltModelDestroy(&A));
  CALL(PltModelDestroy(&B));
}

/* ---- 90 degrees ---- */

/* Stiff along `first`, 'x' or 'y'. */
static void AddOrthotropic(PltProject project, char first)
{
  static const char *const along_x[] = {"Ex",  "Ey",  "Ez",  "nuxy", "nuxz", "nuyz",
                                        "Gxy", "Gxz", "Gyz", "ctex", "ctey", "ctez"};
  static const char *const along_y[] = {"Ey",  "Ex",  "Ez",  NULL,   "nuyz", "nuxz",
                                        "Gxy", "Gyz", "Gxz", "ctey", "ctex", "ctez"};
  const double value[] = {30e9, 16e9, 18e9, 0.3, 0.25, 0.28, 8e9, 7e9, 6e9, 7e-6, 14e-6, 12e-6};
  const double nu_back = 0.3 * 16 / 30; /* nu12 E2 = nu21 E1 */

  CALL(PltProjectAddMaterial(project, "fibres", "orthotropic"));
  for (int i = 0; i < 12; i++) {
    const char *key = first == 'x' ? along_x[i] : along_y[i];

    CALL(PltProjectSetProperty(project, "fibres", key ? key : "nuxy", 1, NULL,
                               key ? &value[i] : &nu_back));
  }
}

/* quarter = 1: the same, turned by 90 degrees. */
static PltProject Rectangle(int quarter)
{
  static const double die[3][4] = {
      {-13e-3, 2e-3, 12e-3, 10e-3}, {11e-3, -7e-3, 14e-3, 12e-3}, {13e-3, 10e-3, 8e-3, 8e-3}};
  PltProject project = quarter ? Start(40e-3, 52e-3) : Start(52e-3, 40e-3);

  CALL(PltProjectSetMesh(project, 5e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  AddOrthotropic(project, quarter ? 'y' : 'x');
  CALL(PltProjectAddTraces(project, "traces", "m1", "pi1", 0.45, quarter ? 'y' : 'x'));
  AddPlies(project, "traces", "fibres");
  for (int i = 0; i < 3; i++) {
    const double *d = die[i];

    if (!quarter) CALL(PltProjectAddDie(project, NULL, "device", d[0], d[1], d[2], d[3], 0));
    else if (i == 0) CALL(PltProjectAddDie(project, NULL, "device", -d[1], d[0], d[3], d[2], 0));
    else CALL(PltProjectAddDie(project, NULL, "device", -d[1], d[0], d[2], d[3], acos(0)));
  }
  AddProcess(project);
  return project;
}

static int EdgesSwapped(const PltWarpage *w, const PltWarpage *v)
{
  return Same(w->corner, v->corner, 1e-6) && Same(w->edge_x, v->edge_y, 1e-6) &&
         Same(w->edge_y, v->edge_x, 1e-6);
}

START_TEST(ninety_degrees)
{
  PltProject turned = Rectangle(1), project = Rectangle(0);

  CALL(PltProjectSetKinematics(turned, (PltKinematics)_i));
  CALL(PltProjectSetKinematics(project, (PltKinematics)_i));
  Compare(turned, project, acos(0), 3, EdgesSwapped);
  CALL(PltProjectDestroy(&turned));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* ---- 37 degrees ---- */

static PltProject Wafer(double angle, const char *file)
{
  static const double die[3][5] = {{-12e-3, 3e-3, 12e-3, 10e-3, 0},
                                   {11e-3, -9e-3, 10e-3, 8e-3, 0.4},
                                   {8e-3, 12e-3, 8e-3, 8e-3, -0.2}};
  const double        c = cos(angle), s = sin(angle);
  PltProject          project = Start(60e-3, 0);

  CALL(PltProjectSetMesh(project, 4e-3, 0, 0, file ? PLT_MESH_FILE : PLT_MESH_FREE, file));
  AddPlies(project, "m1", "cap");
  for (int i = 0; i < 3; i++) {
    const double *d = die[i];

    CALL(PltProjectAddDie(project, NULL, "device", c * d[0] - s * d[1], s * d[0] + c * d[1], d[2],
                          d[3], d[4] + angle));
  }
  AddProcess(project);
  return project;
}

/* Turn the nodes of a .msh file: in its section $Nodes, the lines of three numbers. */
static int TurnFile(const char *from, const char *to, double angle)
{
  FILE        *in = fopen(from, "r"), *out = fopen(to, "w");
  const double c = cos(angle), s = sin(angle);
  double       x, y, z, more;
  char         line[512];
  int          nodes = 0, turned = 0;

  if (!in || !out) return 0;
  while (fgets(line, sizeof line, in)) {
    if (line[0] == '$') nodes = strcmp(line, "$Nodes\n") == 0;
    if (nodes && sscanf(line, "%lf %lf %lf %lf", &x, &y, &z, &more) == 3) {
      fprintf(out, "%.17g %.17g %.17g\n", c * x - s * y, s * x + c * y, z);
      turned++;
    } else {
      fputs(line, out);
    }
  }
  fclose(in);
  return fclose(out) == 0 && turned > 100;
}

START_TEST(thirty_seven_degrees)
{
  const char  *build   = getenv("BUILD") ? getenv("BUILD") : "build";
  const double angle   = 37 * acos(-1) / 180;
  PltProject   project = Wafer(0, NULL), turned;
  PltModel     model;
  char         straight[256], oblique[256];
  int          good = 1;

  snprintf(straight, sizeof straight, "%s/tests/rotation.%d.msh", build, RankCount());
  snprintf(oblique, sizeof oblique, "%s/tests/rotation37.%d.msh", build, RankCount());
  CALL(PltModelCreate(project, &model));
  CALL(PltModelWriteFootprint(model, straight));
  CALL(PltModelDestroy(&model));
  if (MyRank() == 0) good = TurnFile(straight, oblique, angle);
  ck_assert(Everywhere(good));
  turned = Wafer(angle, oblique);
  Compare(turned, project, angle, 3, NULL);
  CALL(PltProjectDestroy(&turned));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* ---- symmetry ---- */

static PltProject Mirrored(PltSymmetry symmetry)
{
  PltProject project = Start(52e-3, 40e-3);

  CALL(PltProjectSetMesh(project, 5e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, symmetry));
  AddPlies(project, "m1", "cap");
  CALL(PltProjectAddDieArray(project, "device", 2, 2, 20e-3, 16e-3, 12e-3, 10e-3));
  AddProcess(project);
  return project;
}

static int EdgesSame(const PltWarpage *w, const PltWarpage *v)
{
  return Same(w->corner, v->corner, 1e-6) && Same(w->edge_x, v->edge_x, 1e-6) &&
         Same(w->edge_y, v->edge_y, 1e-6);
}

START_TEST(quarter_and_halves)
{
  static const PltSymmetry symmetry[] = {PLT_SYMMETRY_QUARTER, PLT_SYMMETRY_HALF_X,
                                         PLT_SYMMETRY_HALF_Y};
  PltProject               part = Mirrored(symmetry[_i]), whole = Mirrored(PLT_SYMMETRY_NONE);

  Compare(part, whole, 0, 4, EdgesSame);
  CALL(PltProjectDestroy(&part));
  CALL(PltProjectDestroy(&whole));
}
END_TEST

static Suite *RotationSuite(void)
{
  Suite *suite = suite_create("rotation");
  TCase *tc    = tcase_create("whole process");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, ninety_degrees, PLT_SMALL, PLT_LARGE + 1);
  tcase_add_test(tc, thirty_seven_degrees);
  tcase_add_loop_test(tc, quarter_and_halves, 0, 3);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(RotationSuite)
