/* TEST np=1 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   What must be exact through the whole product: uniform heating of a free panel of one expansion
   (free_uniform_dT), births and a cycle of temperature in it (birth_invariants), and that a ply
   may be written as two. */
#include <string.h>
#include "coupon.h"
#include "model/model.h"

static const double alpha = 3.3e-6;
static const double most  = 30e-3 * 3.3e-6 * 205; /* m, size of a displacement in these panels */

typedef struct {
  const char *name;
  double      h, E, nu, cte; /* mm, MPa, -, 1/K */
} Ply;
enum { PLIES = 7, DEVICE = 5 };
static const Ply ply[PLIES] = {
    {"glass", 0.7, 70000, 0.22, 3.3e-6}, {"adhesive", 0.010, 1000, 0.40, 60e-6},
    {"pi1", 0.007, 3500, 0.34, 45e-6},   {"m1", 0.004, 60000, 0.34, 20e-6},
    {"pi2", 0.007, 3500, 0.34, 45e-6},   {"device", 0.3, 22000, 0.30, 8e-6},
    {"cap", 0.2, 22000, 0.30, 8e-6}};

static void AddIsotropic(PltProject project, const char *name, double MPa, double nu, double cte)
{
  const double E = MPa * 1e6;

  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
}

/* All of one expansion: isotropic plies, an orthotropic cap, traces along x, silicon dies. */
static void AddMaterialsOfOne(PltProject project)
{
  static const char *const key[] = {"Ex",  "Ey",  "Ez",  "nuxy", "nuxz", "nuyz",
                                    "Gxy", "Gxz", "Gyz", "ctex", "ctey", "ctez"};
  const double value[] = {24e9, 20e9, 18e9, 0.28, 0.3, 0.31, 8e9, 7e9, 6e9, alpha, alpha, alpha};

  for (int i = 0; i < PLIES - 1; i++)
    AddIsotropic(project, ply[i].name, ply[i].E, ply[i].nu, alpha);
  AddIsotropic(project, "si", 160000, 0.23, alpha);
  CALL(PltProjectAddMaterial(project, "cap", "orthotropic"));
  for (int i = 0; i < 12; i++)
    CALL(PltProjectSetProperty(project, "cap", key[i], 1, NULL, &value[i]));
  CALL(PltProjectAddTraces(project, "traces", "m1", "pi1", 0.45, 'x'));
}

/* Each ply of the expansion it has. */
static void AddMaterials(PltProject project)
{
  for (int i = 0; i < PLIES; i++)
    AddIsotropic(project, ply[i].name, ply[i].E, ply[i].nu, ply[i].cte);
  AddIsotropic(project, "si", 160000, 0.23, 2.8e-6);
}

enum { RECTANGLE, WAFER, OUTLINES };

/* With a mapped and a free mesh; the footprint only. */
static PltProject Outline(int wafer)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  if (wafer) CALL(PltProjectSetDiameter(project, 60e-3));
  else CALL(PltProjectSetSize(project, 60e-3, 44e-3));
  if (wafer) CALL(PltProjectSetMesh(project, 4e-3, 0, 0, PLT_MESH_FREE, NULL));
  else CALL(PltProjectSetMesh(project, 5e-3, 2.5e-3, 4, PLT_MESH_MAPPED, NULL));
  return project;
}

/* Large kinematics on a coarser mesh: it takes a hundred times longer. */
static void Enlarge(PltProject project, PltKinematics kinematics)
{
  CALL(PltProjectSetKinematics(project, kinematics));
  if (kinematics == PLT_LARGE && !project->round)
    CALL(PltProjectSetMesh(project, 10e-3, 0, 0, PLT_MESH_MAPPED, NULL));
}

static void AddDies(PltProject project, const char *name, int wafer)
{
  CALL(PltProjectAddDie(project, NULL, name, -10e-3, 4e-3, 8e-3, 8e-3, wafer ? 0.3 : 0));
  CALL(PltProjectAddDie(project, NULL, name, 12e-3, -3e-3, 12e-3, 6e-3, wafer ? -0.5 : 0));
  CALL(PltProjectAddDie(project, NULL, name, 4e-3, 14e-3, 6e-3, 6e-3, 0));
}

static PltProject PanelOfOne(int wafer, PltKinematics kinematics)
{
  PltProject project = Outline(wafer);

  Enlarge(project, kinematics);
  AddMaterialsOfOne(project);
  for (int i = 0; i < PLIES; i++)
    CALL(PltProjectAddPly(project, ply[i].name, strcmp(ply[i].name, "m1") ? ply[i].name : "traces",
                          i == DEVICE ? "si" : NULL, ply[i].h * 1e-3, -1));
  AddDies(project, "device", wafer);
  return project;
}

/* Largest error of u(a) - u(b) = strain (x_a - x_b) in `dim` directions, over the live nodes of
   this rank, b the first one. m */
static double StretchError(PltModel model, double strain, int dim)
{
  const PltState s     = model->process->state;
  double         error = 0, *u0 = NULL, x0[3];

  for (PetscInt i = 0; i < s->mesh->nvert_own * s->nlevel; i++) {
    const PetscInt v = i / s->nlevel, k = i % s->nlevel;
    double        *u  = s->u + 3 * i;
    const double x[3] = {s->mesh->xy[2 * v], s->mesh->xy[2 * v + 1], s->slabs.z[s->slabs.first[k]]};

    if (s->space->node[i] < 0) continue;
    if (!u0) {
      u0 = u;
      memcpy(x0, x, sizeof x);
    }
    for (int d = 0; d < dim; d++) error = fmax(error, fabs(u[d] - u0[d] - strain * (x[d] - x0[d])));
  }
  return error;
}

/* On the wafer no vertex lies exactly where the support wants it, which may turn the whole of
   it: dies tell the stretch there. */
static double DieStretchError(PltModel model, double strain)
{
  PltDieShift shift;

  CALL(PltModelGetDieShift(model, &shift));
  if (!shift.count) return 0;
  return fmax(shift.residual_max, 30e-3 * fmax(fabs(shift.shear), fmax(fabs(shift.mx - strain),
                                                                       fabs(shift.my - strain))));
}

/* Largest stress over E of its ply, in all live plies of all quads of this rank. */
static double StressOverE(PltModel model)
{
  const PltState s = model->process->state;
  double         stress[12 * PLIES], largest = 0;

  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    CALL(PltAssemblyStress(model->process->assembly, q, stress));
    for (int i = 0; i < 12 * PLIES; i++)
      largest = fmax(largest, fabs(stress[i]) / (ply[i / 12].E * 1e6));
  }
  return largest;
}

/* From 230 to 25 degC: no stress to 1e-10 E, and everything shrinks alike, in both kinematics. */
START_TEST(uniform_cooling)
{
  const int  outline = _i % OUTLINES;
  PltProject project = PanelOfOne(outline, _i / OUTLINES ? PLT_LARGE : PLT_SMALL);
  PltModel   model;
  PltWarpage w;

  StepAdd(project, "cool", NULL, 0, 25);
  CALL(PltProjectStepSetStressFree(project, 230 + 273.15));
  for (int i = 0; i < PLIES; i++) CALL(PltProjectStepAdd(project, ply[i].name));
  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  ck_assert_msg(Everywhere(StressOverE(model) < 1e-10), "stress/E %g", StressOverE(model));
  if (outline == RECTANGLE)
    ck_assert(Everywhere(StretchError(model, alpha * -205, 3) < 1e-10 * most));
  ck_assert(Everywhere(DieStretchError(model, alpha * -205) < 1e-10 * most));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w));
  ck_assert_msg(Everywhere(w.pv < 1e-10 * most), "pv %g", w.pv);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Carrier, build-up, dies, mold; each born at a temperature of its own. */
static void AddBirths(PltProject project)
{
  StepAdd(project, "carrier", (const char *const[]){"glass", "adhesive", NULL}, 25, 25);
  StepAdd(project, "pi1", (const char *const[]){"pi1", NULL}, 230, 25);
  StepAdd(project, "m1", (const char *const[]){"m1", "pi2", NULL}, 60, 180);
  StepAdd(project, "dies", (const char *const[]){"device/dies", NULL}, 150, 25);
  StepAdd(project, "mold", (const char *const[]){"device/fill", "cap", NULL}, 150, 25);
}

/* Plies of one expansion, whenever they are born, leave the panel free of stress at any
   temperature, with and without its carrier, ground or not; and at 25 degC it is back where it was.
   In large kinematics to the square of the strain: a ply's expansion is measured by the sizes
   drawn, not by those at its birth; and silicon is seven times as stiff as the mold it counts as.
   */
START_TEST(births_of_one_expansion)
{
  const PltKinematics kinematics = _i / OUTLINES ? PLT_LARGE : PLT_SMALL;
  const int           outline    = _i % OUTLINES;
  const double        error      = kinematics == PLT_LARGE ? 3 * PetscSqr(alpha * 235) : 1e-10;
  const double        stretch    = kinematics == PLT_LARGE ? 30e-3 * error : error * most;
  PltProject          project    = PanelOfOne(outline, kinematics);
  PltModel            model;
  int                 more = 1, placed = 0;

  AddBirths(project);
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "glass"));
  CALL(PltProjectStepRemove(project, "adhesive"));
  StepAdd(project, "grind", NULL, 0, 260);
  CALL(PltProjectStepGrind(project, "cap", 50e-6));
  StepAdd(project, "back", NULL, 0, 25);
  CALL(PltModelCreate(project, &model));
  while (more) {
    PltStepReport r;
    double        strain;

    CALL(PltModelStep(model, &more));
    CALL(PltModelGetStep(model, &r));
    strain = alpha * (r.temperature - 298.15);
    ck_assert_msg(Everywhere(StressOverE(model) < error), "%s: %g", r.name, StressOverE(model));
    /* in the plane only: a ply has its nominal thickness at its own birth temperature */
    if (outline == RECTANGLE)
      ck_assert_msg(Everywhere(StretchError(model, strain, 2) < stretch), "%s: %g", r.name,
                    StretchError(model, strain, 2));
    placed |= strcmp(r.name, "dies") == 0;
    if (placed) strain = alpha * (r.temperature - 150 - 273.15);
    ck_assert_msg(Everywhere(DieStretchError(model, strain) < stretch), "%s: dies", r.name);
  }
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* The state of a run, to be compared with a later one. */
static double *Displacements(PltModel model)
{
  const PltState s = model->process->state;
  const size_t   n = 3 * (size_t)(s->mesh->nvert * s->nlevel);
  double        *u = malloc(n * sizeof *u);

  memcpy(u, s->u, n * sizeof *u);
  return u;
}

/* A warped panel of plies that expand differently, heated and cooled, is what it was: it is
   elastic. */
START_TEST(cycle_returns)
{
  const double time[3] = {0, 60, 120}, T[3] = {298.15, 533.15, 298.15};
  PltProject   project = Outline(RECTANGLE);
  PltModel     model;
  PltWarpage   before, after;
  double      *u, change = 0;
  int          more = 1;

  Enlarge(project, (PltKinematics)_i);
  AddMaterials(project);
  for (int i = 0; i < PLIES; i++)
    CALL(PltProjectAddPly(project, ply[i].name, ply[i].name, i == DEVICE ? "si" : NULL,
                          ply[i].h * 1e-3, -1));
  AddDies(project, "device", RECTANGLE);
  AddBirths(project);
  CALL(PltProjectAddStep(project, "cycle"));
  CALL(PltProjectStepSetTemperature(project, 3, time, T));
  CALL(PltModelCreate(project, &model));
  for (int i = 0; i < 5; i++) CALL(PltModelStep(model, &more));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &before));
  u = Displacements(model);
  CALL(PltModelRun(model));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &after));
  for (PetscInt i = 0; i < 3 * model->mesh->nvert_own * model->process->state->nlevel; i++)
    change = fmax(change, fabs(model->process->state->u[i] - u[i]));
  free(u);
  /* corrections end below 1e-10 of the largest displacement */
  ck_assert_msg(Everywhere(change < 1e-9 * before.pv), "%g of %g", change, before.pv);
  ck_assert(Everywhere(before.pv > 1e-5 && Near(before.pv, after.pv, 1e-9)));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Plies written as two: not at all, all in the element of the ply, all in elements of their own,
   or the thin ones where automatic slabs put them. */
typedef enum { WHOLE, TOGETHER, APART, AUTOMATIC } Split;

static int SlabOf(Split split, int i, int half)
{
  if (split == AUTOMATIC) return -1;
  if (i > 1 && i < DEVICE) return 2; /* the build-up is one element, as automatically */
  return split == APART ? 2 * i + half + 10 : i;
}

static void AddSplit(PltProject project, Split split)
{
  char name[32];

  for (int i = 0; i < PLIES; i++) {
    const int cut = split == WHOLE || (split == AUTOMATIC && ply[i].h > 0.05) ? 1 : 2;

    for (int k = 0; k < cut; k++) {
      snprintf(name, sizeof name, k ? "%s.%d" : "%s", ply[i].name, k);
      CALL(PltProjectAddPly(project, name, ply[i].name, i == DEVICE ? "si" : NULL,
                            ply[i].h * 1e-3 / cut, SlabOf(split, i, k)));
      CALL(PltProjectStepAdd(project, name));
      if (i == DEVICE) AddDies(project, name, RECTANGLE);
    }
  }
}

static PltWarpage RunSplit(Split split, double stress[2][6])
{
  PltProject project = Outline(RECTANGLE);
  PltModel   model;
  PltWarpage w;

  AddMaterials(project);
  StepAdd(project, "cool", NULL, 0, 25);
  CALL(PltProjectStepSetStressFree(project, 180 + 273.15));
  AddSplit(project, split);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &w));
  CALL(PltModelGetStress(model, "m1", -7e-3, 5e-3, stress[0], stress[1]));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  return w;
}

static int SameWarpage(const PltWarpage *a, const PltWarpage *b, double part)
{
  return Near(a->pv, b->pv, part) && Near(a->corner, b->corner, part) &&
         Near(a->rms, b->rms, part) && Near(a->curvature[0], b->curvature[0], part) &&
         Near(a->curvature[1], b->curvature[1], part);
}

START_TEST(split_plies_are_the_ply)
{
  double           whole[2][6], halves[2][6];
  const PltWarpage a = RunSplit(WHOLE, whole);
  PltWarpage       b = RunSplit(TOGETHER, halves);

  /* 1e-9: the same element to rounding, solved to 1e-10 */
  ck_assert(Everywhere(SameWarpage(&a, &b, 1e-9)));
  ck_assert(Everywhere(Near(whole[0][0], halves[0][0], 1e-8)));
  b = RunSplit(AUTOMATIC, halves);
  ck_assert(Everywhere(SameWarpage(&a, &b, 1e-9)));
  ck_assert(Everywhere(Near(whole[0][0], halves[0][0], 1e-8)));
  /* Two elements see more of what happens at die edges. */
  b = RunSplit(APART, halves);
  ck_assert_msg(Everywhere(SameWarpage(&a, &b, 2e-3)), "%g, %g", a.pv, b.pv);
  ck_assert(Everywhere(Near(whole[0][0], halves[0][0], 2e-2)));
}
END_TEST

static Suite *FreeSuite(void)
{
  Suite *suite = suite_create("free");
  TCase *tc = tcase_create("one expansion"), *split = tcase_create("elastic panel");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, uniform_cooling, 0, 2 * OUTLINES - 1);
  tcase_add_loop_test(tc, births_of_one_expansion, 0, 2 * OUTLINES - 1);
  suite_add_tcase(suite, tc);
  tcase_set_timeout(split, 0);
  tcase_add_loop_test(split, cycle_returns, PLT_SMALL, PLT_LARGE + 1);
  tcase_add_test(split, split_plies_are_the_ply);
  suite_add_tcase(suite, split);
  return suite;
}

PLT_TEST_MAIN(FreeSuite)
