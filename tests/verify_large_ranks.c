/* TEST np=1,2,3,4 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   A bilayer beyond its bifurcation: the whole panel is its quarter, on any number of ranks. Which
   of two shapes is followed, and the other one. */
#include "bilayer.h"

static int KeepLowest(PltModel model, void *context)
{
  *(double *)context = model->process->report.lambda;
  return 0;
}

static PltModel Run(MPI_Comm comm, const Bilayer *b, double *lambda, PltProject *project)
{
  const double k[] = {15, 20};
  PltModel     model;

  *project = BilayerProject(comm, b);
  BilayerStep(*project, 2, k);
  CALL(PltModelCreate(*project, &model));
  CALL(PltModelSetMonitor(model, KeepLowest, lambda));
  CALL(PltModelRun(model));
  return model;
}

/* 1e-8 of the corner. */
static int SameRises(const BilayerRise *a, const BilayerRise *b)
{
  const double size = 1e-8 * fabs(b->corner);

  return fabs(a->corner - b->corner) < size && fabs(a->edge_x - b->edge_x) < size &&
         fabs(a->edge_y - b->edge_y) < size;
}

/* The quarter on all ranks, the whole panel on all ranks and on each alone are one shape, which by
   the rule of branch.c rolls about y. Modes that a quarter cannot have are what is softest then:
   the lowest eigenvalue of the theory, to 10 %, 4 % for the mesh and 3 % because theirs is measured
   by the stiffness of the flat panel. */
START_TEST(whole_panel_is_its_quarter)
{
  const Bilayer half = {.nu = 0.25, .aspect = 1, .mesh = 12.5, .symmetry = PLT_SYMMETRY_QUARTER};
  const Bilayer full = {.nu = 0.25, .aspect = 1, .mesh = 12.5, .symmetry = PLT_SYMMETRY_NONE};
  PltProject    project[3];
  PltModel      model[3];
  BilayerRise   rise[3];
  double        lambda[3];

  model[0] = Run(PETSC_COMM_WORLD, &half, &lambda[0], &project[0]);
  model[1] = Run(PETSC_COMM_WORLD, &full, &lambda[1], &project[1]);
  model[2] = Run(PETSC_COMM_SELF, &full, &lambda[2], &project[2]);
  for (int i = 0; i < 3; i++) rise[i] = BilayerRises(model[i], i ? &full : &half);
  ck_assert(Everywhere(SameRises(&rise[1], &rise[0]) && SameRises(&rise[2], &rise[1])));
  ck_assert(Everywhere(rise[0].edge_x > 3 * rise[0].edge_y && lambda[0] > 0.2));
  ck_assert_msg(Everywhere(Near(lambda[1], 0.07659787, 0.1)), "%g", lambda[1]);
  for (int i = 0; i < 3; i++) {
    CALL(PltModelDestroy(&model[i]));
    CALL(PltProjectDestroy(&project[i]));
  }
}
END_TEST

/* An imperfection of a hundredth of the thickness decides about which axis the panel rolls: upwards
   along x where it already curves so. Then no shape becomes unstable on the way. */
START_TEST(imperfection_decides)
{
  const Bilayer b       = {.nu = 0.25, .aspect = 1, .mesh = 12.5, .symmetry = PLT_SYMMETRY_QUARTER};
  const double  k[]     = {15, 20};
  const double  sign    = _i ? -1 : 1;
  PltProject    project = BilayerProject(PETSC_COMM_WORLD, &b);
  PltModel      model;
  BilayerRise   rise;

  CALL(PltProjectSetImperfection(project, sign * 1e-2 * bilayer_h * 1e-3));
  BilayerStep(project, 2, k);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelRun(model));
  rise = BilayerRises(model, &b);
  ck_assert_msg(Everywhere(sign * (rise.edge_x - rise.edge_y) > 0.5 * rise.corner / 2), "%g %g",
                rise.edge_x, rise.edge_y);
  ck_assert(Everywhere(!model->switched));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Copper along x in a film below a square of mold, 0.25 mm on 200 mm, makes it roll along x, as the
   film is stiffer that way, and copper along y the same panel turned, to 1e-6. No imperfection is
   given, and no shape becomes unstable on the way. */
START_TEST(traces_decide)
{
  static const struct {
    const char *name;
    double      E, nu, cte;
  } material[]      = {{"dielectric", 3.5e9, 0.34, 45e-6},
                       {"copper", 110e9, 0.34, 17e-6},
                       {"mold", 20e9, 0.28, 9e-6}};
  const double T[2] = {453.15, 298.15};
  PltWarpage   w[2];

  for (int i = 0; i < 2; i++) {
    PltProject project;
    PltModel   model;

    CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
    CALL(PltProjectSetSize(project, 0.2, 0.2));
    CALL(PltProjectSetMesh(project, 12.5e-3, 0, 0, PLT_MESH_MAPPED, NULL));
    CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
    for (int k = 0; k < 3; k++) {
      CALL(PltProjectAddMaterial(project, material[k].name, "isotropic"));
      CALL(PltProjectSetProperty(project, material[k].name, "E", 1, NULL, &material[k].E));
      CALL(PltProjectSetProperty(project, material[k].name, "nu", 1, NULL, &material[k].nu));
      CALL(PltProjectSetProperty(project, material[k].name, "cte", 1, NULL, &material[k].cte));
    }
    CALL(PltProjectAddTraces(project, "traces", "copper", "dielectric", 0.45, i ? 'y' : 'x'));
    CALL(PltProjectAddPly(project, "film", "traces", NULL, 5e-6, -1));
    CALL(PltProjectAddPly(project, "mold", "mold", NULL, 0.25e-3, -1));
    CALL(PltProjectAddStep(project, "cool"));
    CALL(PltProjectStepAdd(project, "film"));
    CALL(PltProjectStepAdd(project, "mold"));
    CALL(PltProjectStepSetStressFree(project, T[0]));
    CALL(PltProjectStepSetTemperature(project, 1, NULL, &T[1]));
    CALL(PltModelCreate(project, &model));
    CALL(PltModelRun(model));
    CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w[i]));
    ck_assert(Everywhere(!model->switched));
    CALL(PltModelDestroy(&model));
    CALL(PltProjectDestroy(&project));
  }
  ck_assert_msg(
      Everywhere(fabs(w[0].edge_x) > 5e-3 && fabs(w[0].edge_y) < 1e-2 * fabs(w[0].edge_x)),
      "%g along x, %g along y", w[0].edge_x, w[0].edge_y);
  ck_assert_msg(
      Everywhere(Near(w[0].edge_x, w[1].edge_y, 1e-6) && Near(w[0].corner, w[1].corner, 1e-6)),
      "%.12g and %.12g", w[0].edge_x, w[1].edge_y);
}
END_TEST

/* What the state has when the other shape is asked for, and the other shape. */
typedef struct {
  PltOther    other;
  BilayerRise rise[2];
  double      lambda;
} Both;
static const Bilayer bistable = {
    .nu = 0.25, .aspect = 1, .mesh = 12.5, .symmetry = PLT_SYMMETRY_QUARTER};

static int FindOther(PltModel model, void *context)
{
  const PltState s    = model->process->state;
  Both          *both = (Both *)context;
  PetscReal     *u    = s->u;

  if (BilayerLoad(model) < 19) return 0;
  both->lambda  = model->process->report.lambda;
  both->rise[0] = BilayerRises(model, &bistable);
  CALL(PltProcessOther(model->process, &both->other));
  if (!both->other.found) return 0;
  s->u          = both->other.u;
  both->rise[1] = BilayerRises(model, &bistable);
  s->u          = u;
  CALL(PetscFree(both->other.u));
  return 0;
}

/* The other cylinder of a square is its mirror image: same energy (to rounding of
   what is stored in either), same eigenvalue, edges exchanged, to the tolerance of its Newton's
   method, 1e-8 of the largest displacement. The shape of the process stays. */
START_TEST(other_cylinder_is_the_mirror_image)
{
  const double k[]     = {15, 20};
  Both         both    = {.lambda = 0};
  PltProject   project = BilayerProject(PETSC_COMM_WORLD, &bistable);
  PltModel     model;
  BilayerRise  after;

  BilayerStep(project, 2, k);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetMonitor(model, FindOther, &both));
  CALL(PltModelRun(model));
  after = BilayerRises(model, &bistable);
  ck_assert(Everywhere(both.other.found && SameRises(&after, &both.rise[0])));
  ck_assert_msg(Everywhere(Near(both.rise[1].edge_x, both.rise[0].edge_y, 1e-6) &&
                           Near(both.rise[1].edge_y, both.rise[0].edge_x, 1e-6) &&
                           Near(both.rise[1].corner, both.rise[0].corner, 1e-6)),
                "%g %g %g", both.rise[1].edge_x, both.rise[1].edge_y, both.rise[1].corner);
  ck_assert_msg(Everywhere(Near(both.other.lambda, both.lambda, 1e-2)), "%g %g", both.other.lambda,
                both.lambda);
  ck_assert_msg(Everywhere(fabs(both.other.energy) < 1e-12), "%g J", both.other.energy);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* ---- a panel longer along x, glass and mold with a soft ply between: two cylinders ---- */
static void Material(PltProject project, const char *name, const char *law, double E, double cte)
{
  const double nu = 0.3, yield = 1e9, hardening = 1e9, time = 30, relaxes = 0.5;

  CALL(PltProjectAddMaterial(project, name, law));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
  if (!strcmp(law, "viscoelastic"))
    CALL(PltProjectSetProperty(project, name, "young", 1, &time, &relaxes));
  if (strcmp(law, "plastic")) return;
  CALL(PltProjectSetProperty(project, name, "yield", 1, NULL, &yield));
  CALL(PltProjectSetProperty(project, name, "hardening", 1, NULL, &hardening));
}

static PltProject Oblong(const char *law, int one)
{
  static const char *const name[] = {"glass", "soft", "mold"};
  const double             hot = 420, T[] = {420, 300}, time[] = {0, 60};
  PltProject               project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, 0.06, 0.05));
  CALL(PltProjectSetMesh(project, 5e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
  CALL(PltProjectSetBranches(project, 1));
  Material(project, "glass", "isotropic", 74e9, 4e-6);
  Material(project, "soft", law, 4e9, 30e-6);
  Material(project, "mold", "isotropic", 22e9, 14e-6);
  CALL(PltProjectAddStep(project, "cool"));
  for (int i = 0; i < 3; i++) {
    CALL(PltProjectAddPly(project, name[i], name[i], NULL, i == 1 ? 40e-6 : 0.1e-3, one ? 0 : i));
    CALL(PltProjectStepAdd(project, name[i]));
  }
  CALL(PltProjectStepSetStressFree(project, hot));
  CALL(PltProjectStepSetTemperature(project, 2, time, T));
  return project;
}

/* The other shape, and from there back. */
typedef struct {
  PltOtherShape told;
  PltWarpage    followed;
  PltOther      to, back;
  double        moved, largest; /* m, what is found on the way back; displacements */
} Swap;

static int SwapShapes(PltModel model, void *context)
{
  const PltState s    = model->process->state;
  Swap          *swap = context;
  PetscReal     *u    = s->u;

  CALL(PltModelGetOther(model, &swap->told));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &swap->followed));
  CALL(PltProcessOther(model->process, &swap->to));
  ck_assert(Everywhere(swap->to.found));
  s->u = swap->to.u;
  CALL(PltStateSettle(s));
  CALL(PltProcessOther(model->process, &swap->back));
  ck_assert(Everywhere(swap->back.found));
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++) {
    swap->moved   = fmax(swap->moved, fabs(swap->back.u[i] - u[i]));
    swap->largest = fmax(swap->largest, fabs(u[i]));
  }
  s->u = u;
  CALL(PltStateSettle(s));
  CALL(PetscFree(swap->to.u));
  CALL(PetscFree(swap->back.u));
  return 0;
}

/* Whichever of the two shapes is followed, the other one is found, and the difference of their
   potentials is the same but for its sign: 1e-9 of it. The whole panel has four times that of the
   quarter that is meshed. So it is where a ply has relaxed meanwhile: in one slab, as the
   stabilisation between slabs follows the modulus of an increment, and the shape is then 4e-6 out
   of place. */
START_TEST(shapes_swap_and_so_does_the_sign)
{
  PltProject project = Oblong(_i ? "viscoelastic" : "isotropic", _i);
  Swap       swap    = {.moved = 0};
  PltModel   model;

  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetMonitor(model, SwapShapes, &swap));
  CALL(PltModelRun(model));
  ck_assert(Everywhere(swap.told.looked && swap.told.stable && swap.told.lambda_min > 0.1));
  ck_assert_msg(
      Everywhere(swap.told.energy > 1e-6 && Near(swap.told.energy, 4 * swap.to.energy, 1e-9)),
      "%.12g and %.12g J", swap.told.energy, swap.to.energy);
  ck_assert_msg(Everywhere(Near(swap.to.energy, -swap.back.energy, 1e-9)), "%.12g and %.12g J",
                swap.to.energy, swap.back.energy);
  ck_assert_msg(Everywhere(swap.moved < 1e-9 * swap.largest), "%g of %g m", swap.moved,
                swap.largest);
  ck_assert(Everywhere(!strcmp(swap.told.warpage.shape, "cylinder") &&
                       swap.told.warpage.edge_y > 10 * fabs(swap.told.warpage.edge_x) &&
                       swap.followed.edge_x > 10 * fabs(swap.followed.edge_y)));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* A metal has no potential, even if it does not yield on the way; before the first step nothing was
   looked for. */
START_TEST(metal_has_no_potential)
{
  PltProject    project = Oblong("plastic", 0);
  PltModel      model;
  PltOtherShape other;

  CALL(PltModelCreate(project, &model));
  CALL(PltModelGetOther(model, &other));
  ck_assert(Everywhere(!other.looked && !other.stable && isnan(other.energy)));
  CALL(PltModelRun(model));
  CALL(PltModelGetOther(model, &other));
  ck_assert(Everywhere(other.looked && other.stable && isnan(other.energy)));
  ck_assert(Everywhere(other.lambda_min > 0.1 && other.warpage.edge_y > 1e-3));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *LargeRanksSuite(void)
{
  Suite *suite = suite_create("large_ranks");
  TCase *tc    = tcase_create("bilayer");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, whole_panel_is_its_quarter);
  tcase_add_loop_test(tc, imperfection_decides, 0, 2);
  tcase_add_test(tc, traces_decide);
  tcase_add_test(tc, other_cylinder_is_the_mirror_image);
  tcase_add_loop_test(tc, shapes_swap_and_so_does_the_sign, 0, 2);
  tcase_add_test(tc, metal_has_no_potential);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LargeRanksSuite)
