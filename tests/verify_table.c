/* TEST np=1,2,3 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   A table without friction, from which a panel lifts off, and a chuck whose vacuum is finite. A strip
   that is curved by nature and lies down under its weight, against the beam: it lifts off over the
   length s = sqrt(2 EI k / q) at each end. */
#include "coupon.h"

static const double g = 9.80665;

typedef struct {
  double      width, height, mesh; /* m */
  double      h, E, nu, rho, kappa; /* m, Pa, -, kg/m3, 1/m; > 0: ends up */
  double      along_y;              /* curvature along y over that along x */
  PltSymmetry symmetry;
  int         flip;
  double      vacuum; /* Pa; 0: a table */
} Sheet;

static void AddMaterial(PltProject project, const char *name, const Sheet *s, double cte)
{
  const double G = s->E / (2 * (1 + s->nu)), zero = 0, cte_y = s->along_y * cte;
  const struct {
    const char *key;
    double      value;
  } property[] = {{"Ex", s->E},    {"Ey", s->E},    {"Ez", s->E},     {"nuxy", s->nu},
                  {"nuxz", s->nu}, {"nuyz", s->nu}, {"Gxy", G},       {"Gxz", G},
                  {"Gyz", G},      {"ctex", cte},   {"ctey", cte_y},  {"ctez", zero},
                  {"density", s->rho}};

  CALL(PltProjectAddMaterial(project, name, "orthotropic"));
  for (size_t i = 0; i < sizeof property / sizeof *property; i++)
    CALL(PltProjectSetProperty(project, name, property[i].key, 1, NULL, &property[i].value));
}

/* Two halves of the thickness; cooling by 100 K curves them: k = 3/2 (a2 - a1) dT / h. */
static PltProject Describe(const Sheet *s)
{
  const double T[2] = {398.15, 298.15}, a = s->kappa * s->h / (1.5 * 100) / 2;
  PltProject   project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_LARGE));
  CALL(PltProjectSetSize(project, s->width, s->height));
  CALL(PltProjectSetMesh(project, s->mesh, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, s->symmetry));
  AddMaterial(project, "lower", s, -a);
  AddMaterial(project, "upper", s, a);
  CALL(PltProjectAddPly(project, "lower", "lower", NULL, s->h / 2, -1));
  CALL(PltProjectAddPly(project, "upper", "upper", NULL, s->h / 2, -1));
  CALL(PltProjectAddStep(project, "make"));
  CALL(PltProjectStepAdd(project, "lower"));
  CALL(PltProjectStepAdd(project, "upper"));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &T[0]));
  CALL(PltProjectAddStep(project, "cool"));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &T[1]));
  CALL(PltProjectAddStep(project, "lie"));
  if (s->flip) CALL(PltProjectStepFlip(project));
  if (s->vacuum > 0) {
    CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
    CALL(PltProjectStepSetVacuum(project, s->vacuum));
  } else {
    CALL(PltProjectStepSetGravity(project, PLT_GRAVITY_DOWN));
    CALL(PltProjectStepSetSupport(project, PLT_ON_TABLE));
  }
  return project;
}

static PltModel Run(const Sheet *s, PltProject *project, PltStepReport *report)
{
  PltModel model;

  *project = Describe(s);
  CALL(PltModelCreate(*project, &model));
  CALL(PltModelRun(model));
  CALL(PltModelGetStep(model, report));
  return model;
}

static void End(PltModel model, PltProject project)
{
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}

static double Height(PltModel model, const char *ply, double x, double y)
{
  double u[3];

  CALL(PltModelGetDisplacement(model, ply, x, y, u));
  return u[2];
}

static const Sheet strip = {.width = 0.4, .height = 0.008, .mesh = 2e-3, .h = 0.5e-3, .E = 20e9, .rho = 2000, .kappa = 0.2,
                            .symmetry = PLT_SYMMETRY_QUARTER};


static void Show(const char *what, const Sheet *s)
{
  PltProject project;
  PltStepReport r;
  PltWarpage w;
  double t0 = MPI_Wtime();
  PltModel   model = Run(s, &project, &r);
  const double q = s->rho * g * s->h;
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w));
  if (MyRank() == 0) printf("%-8s contact %.9f gap %.10g force %.12g (%.10g) suction %g newton %d its %d incr %d pv %.10g kx %g ky %g; %.2f s\n", what, r.contact, r.gap_max, r.contact_force, q * s->width * s->height, r.suction, r.newton, r.iterations, r.increments, w.pv, w.curvature[0], w.curvature[1], MPI_Wtime() - t0);
  End(model, project);
}
static const Sheet plate = {.width = 0.1, .height = 0.08, .mesh = 4e-3, .h = 1e-3, .E = 20e9, .nu = 0.3, .rho = 2000, .kappa = 0.2, .along_y = 1};

START_TEST(strip_lifts_off)
{
  Sheet s = plate;
  if (getenv("CASE") && getenv("CASE")[0]=='v') goto vac; if (getenv("CASE")) goto thin;
  Show("bowl", &s);
  s.flip = 1;
  Show("flipped", &s);
  s.kappa = -.2;
  Show("dome fl", &s);
  s.flip=0;
  Show("dome", &s);
  s.kappa=.2;
  s.along_y=-1;
  Show("saddle", &s);
  s.along_y=0;
  Show("cyl", &s);
  s.kappa=0;
  Show("flat", &s);
  s.symmetry=PLT_SYMMETRY_HALF_X;
  s.kappa=.2; s.along_y=1;
  Show("half x", &s);
  s.symmetry=PLT_SYMMETRY_HALF_Y;
  Show("half y", &s);
  s.symmetry=PLT_SYMMETRY_QUARTER;
  Show("quarter", &s);
thin:
  s=plate; s.h=.25e-3; s.width=.2; s.height=.16;
  s.symmetry=PLT_SYMMETRY_QUARTER;
  { const char *w = getenv("CASE"); s.kappa = w && w[0]=='b' ? .2 : -.2; if (w && w[0]=='s') {s=strip;}  Show("thindome", &s); return; }
  return;
vac:
  s=plate;
  s.vacuum=20;
  Show("vac 20", &s);
  s.vacuum=200;
  Show("vac 200", &s);
  s.vacuum=2000;
  Show("vac 2k", &s);
  s.vacuum=20000;
  Show("vac 20k", &s);
}
END_TEST

static Suite *TableSuite(void)
{
  Suite *suite = suite_create("table");
  TCase *tc    = tcase_create("contact");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, strip_lifts_off);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(TableSuite)
