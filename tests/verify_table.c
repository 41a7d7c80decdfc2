/* TEST np=1,2,3,4 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   A table without friction, from which a panel lifts off, and a chuck whose vacuum is finite. A
   strip that is curved by nature and lies down under its weight, against the beam: it lifts off
   over the length s = sqrt(2 EI k / q) at each end. */
#include "coupon.h"
#include "model/model.h"
#include "step/internal.h"

static const double g = 9.80665;

typedef struct {
  double      width, height, mesh;  /* m */
  double      h, E, nu, rho, kappa; /* m, Pa, -, kg/m3, 1/m; > 0: ends up */
  double      along_y;              /* curvature along y over that along x */
  PltSymmetry symmetry;
  int         flip;
  int         steps;  /* 0: it is laid down, 1: and set free again, -1: not laid down */
  double      vacuum; /* Pa; 0: a table; below it: an ideal clamp */
} Sheet;

static void AddMaterial(PltProject project, const char *name, const Sheet *s, double cte)
{
  const double G = s->E / (2 * (1 + s->nu)), zero = 0, cte_y = s->along_y * cte;
  const struct {
    const char *key;
    double      value;
  } property[] = {{"Ex", s->E},       {"Ey", s->E},    {"Ez", s->E},    {"nuxy", s->nu},
                  {"nuxz", s->nu},    {"nuyz", s->nu}, {"Gxy", G},      {"Gxz", G},
                  {"Gyz", G},         {"ctex", cte},   {"ctey", cte_y}, {"ctez", zero},
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
  if (s->steps < 0) return project;
  CALL(PltProjectAddStep(project, "lie"));
  if (s->flip) CALL(PltProjectStepFlip(project));
  if (s->vacuum != 0) {
    CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
    if (s->vacuum > 0) CALL(PltProjectStepSetVacuum(project, s->vacuum));
  } else {
    CALL(PltProjectStepSetGravity(project, PLT_GRAVITY_DOWN));
    CALL(PltProjectStepSetSupport(project, PLT_ON_TABLE));
  }
  if (s->steps > 0) CALL(PltProjectAddStep(project, "free"));
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

static double Weight(const Sheet *s)
{
  return s->rho * g * s->h * s->width * s->height;
}

/* Runs the sheet and ends it. */
static PltStepReport Report(const Sheet *s)
{
  PltProject    project;
  PltStepReport report;
  PltModel      model = Run(s, &project, &report);

  /* coming into contact and leaving it is no instability */
  ck_assert_msg(Everywhere(!strcmp(report.branch, "natural")), "%s", report.notes);
  End(model, project);
  return report;
}

static const Sheet strip = {.width    = 0.4,
                            .height   = 0.008,
                            .mesh     = 2e-3,
                            .h        = 0.5e-3,
                            .E        = 20e9,
                            .rho      = 2000,
                            .kappa    = 0.2,
                            .symmetry = PLT_SYMMETRY_QUARTER};

/* What the table bears of the rows of nodes of a strip at x >= from, N for a metre of width, and
   its centre. */
static double Borne(PltModel model, const Sheet *s, double from, double *at)
{
  const PltContact   c      = model->process->contact;
  const PltMesh      mesh   = c->state->mesh;
  double             sum[2] = {0, 0};
  const PetscScalar *f;

  CALL(VecGetArrayRead(c->reaction, &f));
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    const double x     = mesh->xy[2 * v];
    const double force = -c->up * f[PltContactUnknown(c, v)] / (s->height / 2); /* of a quarter */

    sum[0] += x < from - 1e-6 ? 0 : force;
    sum[1] += x < from - 1e-6 ? 0 : force * x;
  }
  CALL(VecRestoreArrayRead(c->reaction, &f));
  MPI_Allreduce(MPI_IN_PLACE, sum, 2, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD);
  if (at) *at = sum[1] / sum[0];
  return sum[0];
}

/* Its tip stands EI k^2 / (2 q) high; the rest lies flat. 2 %: what contact from node to node may
   cost; the tip is within 1e-4. */
START_TEST(strip_lifts_off)
{
  const Sheet   s  = strip;
  const double  EI = s.E * pow(s.h, 3) / 12, q = s.rho * g * s.h;
  const double  lift = sqrt(2 * EI * s.kappa / q), rise = EI * s.kappa * s.kappa / (2 * q);
  PltProject    project;
  PltStepReport r;
  PltModel      model = Run(&s, &project, &r);
  double        x     = s.width / 2;

  ck_assert_msg(Everywhere(Near(Height(model, "lower", x, 0), rise, 0.02)), "%g, beam %g",
                Height(model, "lower", x, 0), rise);
  while (Height(model, "lower", x, 0) > 1e-9) x -= s.mesh; /* the same on all ranks */
  ck_assert_msg(Everywhere(fabs(s.width / 2 - x - lift) < 1.01 * s.mesh), "%g, beam %g",
                s.width / 2 - x, lift);
  ck_assert(Everywhere(Near(r.gap_max, rise, 0.02) && isnan(r.suction)));
  End(model, project);
}
END_TEST

/* The free ends carry q s each to the lines where they lift off; the rest bears its own weight, and
   the table the whole. Rows of nodes: the pressure of the last ones before the line is theirs to
   share out. */
START_TEST(strip_presses_on_a_line)
{
  const Sheet   s  = strip;
  const double  EI = s.E * pow(s.h, 3) / 12, q = s.rho * g * s.h;
  const double  lift = sqrt(2 * EI * s.kappa / q), line = s.width / 2 - lift;
  const double  from = floor(line / s.mesh - 5) * s.mesh, flat = 0.08;
  PltProject    project;
  PltStepReport r;
  PltModel      model = Run(&s, &project, &r);
  double        at, force = Borne(model, &s, from, NULL) - q * (line - from + s.mesh / 2);

  ck_assert_msg(Everywhere(Near(force, q * lift, 0.02)), "%g N/m, beam %g", force, q * lift);
  force = Borne(model, &s, line - 2 * s.mesh, &at);
  ck_assert_msg(Everywhere(force > 0.98 * q * lift && force < 1.1 * q * lift), "%g", force);
  ck_assert_msg(Everywhere(fabs(at - line) < 0.5 * s.mesh), "%g m, beam %g", at, line);
  ck_assert(Everywhere(fabs(Borne(model, &s, line + s.mesh, NULL)) < 1e-9 * force));
  force = Borne(model, &s, 0, NULL) - Borne(model, &s, flat, NULL);
  ck_assert_msg(Everywhere(Near(force, q * (flat - s.mesh / 2), 0.01)), "%g N/m", force);
  ck_assert_msg(Everywhere(Near(r.contact_force, Weight(&s), 1e-8)), "%.12g N", r.contact_force);
  End(model, project);
}
END_TEST

static const Sheet plate = {.width   = 0.1,
                            .height  = 0.08,
                            .mesh    = 5e-3,
                            .h       = 1e-3,
                            .E       = 20e9,
                            .nu      = 0.3,
                            .rho     = 2000,
                            .kappa   = 0.2,
                            .along_y = 1};

START_TEST(flat_panel_lies_flat)
{
  Sheet         s = plate;
  PltStepReport r;

  s.kappa = 0;
  r       = Report(&s);
  ck_assert_msg(Everywhere(r.contact == 1 && r.gap_max <= 1e-12), "%g %g", r.contact, r.gap_max);
  ck_assert_msg(Everywhere(Near(r.contact_force, Weight(&s), 1e-9)), "%.12g N", r.contact_force);
}
END_TEST

/* A bowl too stiff to sink in rests on the nodes at its middle; one turned over, on its corners, as
   does a dome. The highest point is as high as without weight, k r^2 / 2; 10 %: sag and, for the
   bowl, the tilt onto a facet of the mesh. */
START_TEST(stiff_bowl_rests_on_its_middle)
{
  const double  rise = plate.kappa * (0.05 * 0.05 + 0.04 * 0.04) / 2;
  Sheet         s    = plate;
  PltStepReport r    = Report(&s), turned, dome;

  ck_assert_msg(Everywhere(r.contact < 0.03 && Near(r.gap_max, rise, 0.1)), "%g %g", r.contact,
                r.gap_max);
  ck_assert(Everywhere(Near(r.contact_force, Weight(&s), 1e-8)));
  s.flip = 1;
  turned = Report(&s);
  ck_assert_msg(Everywhere(turned.contact < 0.01 && Near(turned.gap_max, rise, 0.1)), "%g %g",
                turned.contact, turned.gap_max);
  s.flip  = 0;
  s.kappa = -s.kappa;
  dome    = Report(&s);
  /* 1e-6: the solver's tolerance, and that the panel stands on its other face */
  ck_assert_msg(Everywhere(Near(dome.gap_max, turned.gap_max, 1e-6)), "%.9g %.9g", dome.gap_max,
                turned.gap_max);
  ck_assert(Everywhere(Near(dome.contact_force, Weight(&s), 1e-8)));
}
END_TEST

static int GapAt(const PltStepReport *r, double x, double y)
{
  return fabs(r->gap_at[0] - x) < 1e-9 && fabs(r->gap_at[1] - y) < 1e-9;
}

/* Thin sheets, which sink in, on any number of ranks; a quarter is the whole. */
START_TEST(thin_sheets_sink)
{
  Sheet         s = plate;
  PltStepReport r, whole;

  s.h        = 0.4e-3;
  s.mesh     = 8e-3;
  s.symmetry = PLT_SYMMETRY_QUARTER;
  r          = Report(&s);
  /* 1e-6: other nodes are tried on other ranks, but one set of them is right */
  ck_assert_msg(Everywhere(Near(r.gap_max, 0.000330265539, 1e-6)), "bowl %.9g", r.gap_max);
  ck_assert_msg(Everywhere(GapAt(&r, s.width / 2, s.height / 2)), "%g %g", r.gap_at[0],
                r.gap_at[1]);
  ck_assert(Everywhere(Near(r.contact_force, Weight(&s), 1e-8)));
  s.kappa = -s.kappa;
  r       = Report(&s);
  ck_assert_msg(Everywhere(Near(r.gap_max, 0.000277086725, 1e-6)), "dome %.9g", r.gap_max);
  s.symmetry = PLT_SYMMETRY_NONE;
  whole      = Report(&s);
  ck_assert_msg(Everywhere(Near(r.gap_max, whole.gap_max, 1e-6)), "%.9g %.9g", r.gap_max,
                whole.gap_max);
  ck_assert(Everywhere(Near(r.contact, whole.contact, 1e-9)));
  ck_assert_msg(Everywhere(GapAt(&r, 0, 0)), "%g %g", r.gap_at[0], r.gap_at[1]);
  ck_assert_msg(Everywhere(GapAt(&whole, 0, 0)), "%g %g", whole.gap_at[0], whole.gap_at[1]);
}
END_TEST

/* A sheet that has rolled on a table or chuck is what it was when it is free again. */
START_TEST(free_again)
{
  static const double vacuum[] = {0, 5e3};
  Sheet               s        = plate;
  PltProject          project;
  PltStepReport       report;
  PltWarpage          w[2];

  s.h      = 0.2e-3;
  s.kappa  = 0.8;
  s.mesh   = 10e-3;
  s.vacuum = vacuum[_i];
  for (int i = 0; i < 2; i++) {
    s.steps        = i ? 1 : -1;
    PltModel model = Run(&s, &project, &report);

    CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w[i]));
    ck_assert(Everywhere(isnan(report.contact) && report.lambda_min > 0));
    End(model, project);
  }
  /* 1e-6: the shape is found to 1e-9 of the largest displacement, from either side */
  ck_assert_msg(Everywhere(Near(w[1].pv, w[0].pv, 1e-6)), "%.9g %.9g", w[1].pv, w[0].pv);
}
END_TEST

/* Pressure takes the place of weight; an ideal clamp says that it needs some. */
START_TEST(chuck_holds_or_not)
{
  Sheet         s  = strip;
  const double  EI = s.E * pow(s.h, 3) / 12;
  PltStepReport r;

  s.vacuum = 12;
  r        = Report(&s);
  ck_assert_msg(Everywhere(Near(r.gap_max, EI * s.kappa * s.kappa / (2 * s.vacuum), 0.02)),
                "%g, beam %g", r.gap_max, EI * s.kappa * s.kappa / (2 * s.vacuum));
  ck_assert_msg(Everywhere(GapAt(&r, s.width / 2, s.height / 2)), "%g %g", r.gap_at[0],
                r.gap_at[1]);
  /* 1e-7: what is out of balance is small beside the forces of the layers, which are far greater */
  ck_assert_msg(Everywhere(Near(r.contact_force, s.vacuum * s.width * s.height, 1e-7)), "%.12g N",
                r.contact_force);
  ck_assert(Everywhere(r.contact < 0.9 && isnan(r.suction)));
  s.vacuum = 80e3;
  r        = Report(&s);
  ck_assert_msg(Everywhere(r.contact == 1 && r.gap_max < 1e-6), "%g %g", r.contact, r.gap_max);
  ck_assert(Everywhere(isnan(r.gap_at[0]) && isnan(r.gap_at[1])));
  s.vacuum = -1;
  r        = Report(&s);
  ck_assert_msg(Everywhere(r.contact == 1 && r.gap_max == 0 && r.suction > 0), "%g %g %g",
                r.contact, r.gap_max, r.suction);
}
END_TEST

static Suite *TableSuite(void)
{
  Suite *suite = suite_create("table");
  TCase *tc    = tcase_create("contact");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, strip_lifts_off);
  tcase_add_test(tc, strip_presses_on_a_line);
  tcase_add_test(tc, flat_panel_lies_flat);
  tcase_add_test(tc, stiff_bowl_rests_on_its_middle);
  tcase_add_test(tc, thin_sheets_sink);
  tcase_add_loop_test(tc, free_again, 0, 2);
  tcase_add_test(tc, chuck_holds_or_not);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(TableSuite)
