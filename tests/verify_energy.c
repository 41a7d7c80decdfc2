/* TEST np=1,2 timeout=300 */
/* SPDX-License-Identifier: BSD-2-Clause
   A whole process keeps account of its energy: plies born at three temperatures, one of them into
   a slab that is not empty, a chuck that holds and lets go, a compound that shrinks on it, moduli
   that fall with temperature, a carrier that is removed, grinding from the other side, weight on a
   table and on a frame, both ways up. Between two equilibria what is stored changes by the work,
   the heat and the shrinkage of energy_account.h, to the order of its quadrature; exactly where it
   is quadratic. A birth adds nothing, a removal takes what is in the plies that go, grinding what
   is in the slice, a flip and a hand that lays the panel down change nothing. */
#include "energy_account.h"

typedef struct {
  const char *name;
  double      h, E, nu, cte, soft; /* m, Pa, -, 1/K; E at 200 degC over that at 0 */
} Ply;
/* From above; rdl and mold share a slab. */
static const Ply plies[] = {{"rdl", 40e-6, 4e9, 0.34, 40e-6, 0.5},
                            {"mold", 0.3e-3, 22e9, 0.28, 9e-6, 0.7},
                            {"release", 20e-6, 2e9, 0.4, 60e-6, 1},
                            {"glass", 0.5e-3, 74e9, 0.23, 4e-6, 1}};

/* A quarter of 120 x 100 mm, whose shapes are stable throughout: to look is half the time. In small
   kinematics moduli are constant: all is quadratic. */
static PltProject Panel(MPI_Comm comm, PltKinematics kinematics)
{
  const double T[2] = {273.15, 473.15}, density = 2000;
  PltProject   project;

  CALL(PltProjectCreate(comm, &project));
  CALL(PltProjectSetKinematics(project, kinematics));
  CALL(PltProjectSetStability(project, 0));
  CALL(PltProjectSetSize(project, 0.12, 0.1));
  CALL(PltProjectSetMesh(project, 0.02, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
  for (int i = 0; i < 4; i++) {
    const Ply   *p    = &plies[3 - i];
    const double E[2] = {p->E, p->E * (kinematics == PLT_SMALL ? 1 : p->soft)};

    CALL(PltProjectAddMaterial(project, p->name, "isotropic"));
    CALL(PltProjectSetProperty(project, p->name, "E", 2, T, E));
    CALL(PltProjectSetProperty(project, p->name, "nu", 1, NULL, &p->nu));
    CALL(PltProjectSetProperty(project, p->name, "cte", 1, NULL, &p->cte));
    CALL(PltProjectSetProperty(project, p->name, "density", 1, NULL, &density));
    CALL(PltProjectAddPly(project, p->name, p->name, NULL, p->h, PetscMin(i, 2)));
  }
  return project;
}

/* A step that ends at T, degC. */
static void Step(PltProject project, const char *name, const char *add, double T)
{
  const double kelvin = T + 273.15;

  CALL(PltProjectAddStep(project, name));
  if (add) CALL(PltProjectStepAdd(project, add));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &kelvin));
}

/* With weight. */
static void Lie(PltProject project, const char *name, double T, PltSupportKind support)
{
  Step(project, name, NULL, T);
  CALL(PltProjectStepSetGravity(project, PLT_GRAVITY_DOWN));
  CALL(PltProjectStepSetSupport(project, support));
}

/* Births are at the temperature where the step before ended: in small kinematics only frames are
   seen. */
static PltProject Process(MPI_Comm comm, PltKinematics kinematics)
{
  PltProject   project = Panel(comm, kinematics);
  const double hot     = 150 + 273.15;

  Step(project, "carrier", "glass", 25);
  Step(project, "heat", NULL, 100);
  Step(project, "release", "release", 100);
  Step(project, "hot", NULL, 150);
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  Step(project, "mold", "mold", 25);
  CALL(PltProjectStepSetStressFree(project, hot));
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepShrink(project, "mold", 0.5e-3));
  Step(project, "free", NULL, 25);
  Step(project, "cure", NULL, 180);
  Step(project, "rdl", "rdl", 180);
  Step(project, "cool", NULL, 25);
  Step(project, "debond", NULL, 25);
  CALL(PltProjectStepRemove(project, "release"));
  CALL(PltProjectStepRemove(project, "glass"));
  Step(project, "bake", NULL, 125);
  Step(project, "grind", NULL, 125);
  CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepGrind(project, "mold", 0.2e-3));
  Step(project, "let go", NULL, 125);
  if (kinematics == PLT_LARGE) {
    Lie(project, "table", 125, PLT_ON_TABLE);
    Lie(project, "dry", 25, PLT_ON_TABLE);
    Lie(project, "turned table", 25, PLT_ON_TABLE);
    CALL(PltProjectStepFlip(project));
  }
  Lie(project, "frame", 25, PLT_ON_EDGES);
  Lie(project, "turned frame", 25, PLT_ON_EDGES);
  CALL(PltProjectStepFlip(project));
  return project;
}

static int Ignore(PltProcess p, const PltStep *step, void *context)
{
  (void)p, (void)step, (void)context;
  return 0;
}

/* Increments take at most the part `longest` of a way; stabilisations are times zigzag. */
static Account Run(MPI_Comm comm, PltKinematics kinematics, double longest, double zigzag)
{
  PltProject project = Process(comm, kinematics);
  Account    now     = {.u = NULL};
  PltModel   model;
  PltProcess p;

  CALL(PltProjectSetLongest(project, longest));
  CALL(PltModelCreate(project, &model));
  p                    = model->process;
  p->increment         = Enter;
  p->increment_context = &now;
  p->scheme.zigzag *= zigzag;
  for (PetscInt i = 0; i < project->nstep; i++)
    CALL(PltProcessStep(p, kinematics == PLT_SMALL ? Enter : Ignore, &now));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  AccountFree(&now);
  return now;
}

/* Rounding. The carrier is removed at once, and its forces are let go. Grinding moves enhanced
   modes so little that strains in the plane change by 1e-5 of what they are, and what is stored by
   5e-9. */
START_TEST(linear_theory_balances)
{
  const Account now = Run(PETSC_COMM_WORLD, PLT_SMALL, 1, 0);

  ck_assert_msg(Everywhere(now.heat > 5e-3 && now.work < -3e-3 && now.removed > 3e-3),
                "heat %g, work %g, removed %g J", now.heat, now.work, now.removed);
  ck_assert_msg(Everywhere(now.shrunk > 5e-3 && now.ground > 1e-5 && now.pinched > 1e-5),
                "shrunk %g, ground %g, pinched %g J", now.shrunk, now.ground, now.pinched);
  ck_assert_msg(Everywhere(fabs(Gap(&now)) < 1e-12 * now.most), "%g of %g J", Gap(&now), now.most);
  ck_assert_msg(Everywhere(now.jump < 1e-12 * now.most), "%g of %g J", now.jump, now.most);
  ck_assert_msg(Everywhere(fabs(now.eased) < 1e-8 * now.most), "%g of %g J", now.eased, now.most);
  ck_assert_msg(Everywhere(now.flips == 1 && now.turned < 1e-12 * now.most), "%d, %g J", now.flips,
                now.turned);
}
END_TEST

/* In large deflection with increments of at most 1/24 and 1/48 of a way. */
static const double longest[2] = {1. / 24, 1. / 48};
static Account      fine[2];

/* What happens at once. A bent panel is ground, whose enhanced modes are larger: 5e-7. What comes
   to touch the table or leaves it on the way through an increment moves under a force that is not
   quite zero: 3e-8. A hand lifts the panel onto the table: 2e-4 J. */
static void CheckChanges(const Account *now)
{
  ck_assert_msg(Everywhere(now->jump < 1e-12 * now->most), "%g of %g J", now->jump, now->most);
  ck_assert_msg(Everywhere(now->ground > 1e-5 && fabs(now->eased) < 1e-6 * now->most),
                "ground %g, eased %g of %g J", now->ground, now->eased, now->most);
  ck_assert_msg(Everywhere(now->flips == 1 && now->turned < 1e-12 * now->most), "%d, %g J",
                now->flips, now->turned);
  ck_assert_msg(Everywhere(fabs(now->laid) > 1e-4 && fabs(now->touched) < 1e-7 * now->most),
                "laid down %g J, the table %g J", now->laid, now->touched);
  ck_assert_msg(Everywhere(fabs(now->unbalanced) < 1e-5 * now->most), "%g J", now->unbalanced);
}

/* The gap falls with the square of the increments in every phase: at 1/48 of a way it is 1.3e-3 of
   what is stored, nearly all from the carrier, which goes through four decades. Extrapolated to
   increments of nothing (Richardson) it is below what `left` says: what is of fourth order, for
   the carrier; increments that are shorter than the longest, or in which nodes come or go. What
   Newton's method leaves out of balance, corrections of 1e-5 of the largest displacement on the
   way, does as little work: 4e-6. */
START_TEST(large_deflection_balances)
{
  static const double left[3] = {3e-6, 5e-6, 3e-6}; /* release, remove, temperature */
  const Account      *now     = &fine[1];

  for (int i = 0; i < 2; i++) {
    fine[i] = Run(PETSC_COMM_WORLD, PLT_LARGE, longest[i], 0);
    CheckChanges(&fine[i]);
  }
  ck_assert_msg(Everywhere(now->heat > 1e-2 && now->work < -2e-3 && now->shrunk > 5e-3),
                "heat %g, work %g, shrunk %g J", now->heat, now->work, now->shrunk);
  for (int k = 0; k < 3; k++) {
    const double order = log2(fine[0].gap[k] / now->gap[k]);
    const double gap   = (4 * now->gap[k] - fine[0].gap[k]) / 3;

    ck_assert_msg(Everywhere(order > 1.8 && fabs(gap) < left[k] * now->most),
                  "phase %d: order %.3f, %g and %g of %g J", k, order, now->gap[k], gap, now->most);
  }
}
END_TEST

/* Stabilisations between slabs. Their forces are in frames that turn with the panel from one
   equilibrium to the next, and have a potential on the whole way: what they add to the gap, most of
   it from the carrier, 1.4e-6 of what is stored, falls to a quarter in increments half as long. */
START_TEST(stabilisations_hardly_matter)
{
  const Account now = Run(PETSC_COMM_WORLD, PLT_LARGE, longest[0], 1);

  for (int k = 0; k < 3; k++) {
    const double more = fabs(now.gap[k] - fine[0].gap[k]);

    ck_assert_msg(Everywhere(more < 3e-6 * now.most), "phase %d: %g of %g J", k, more, now.most);
  }
}
END_TEST

/* To what the solver leaves. */
START_TEST(ranks_keep_one_account)
{
  const Account all = Run(PETSC_COMM_WORLD, PLT_LARGE, 1, 1);
  const Account one = Run(PETSC_COMM_SELF, PLT_LARGE, 1, 1);

  ck_assert(Everywhere(all.increments == one.increments));
  ck_assert_msg(Everywhere(Near(all.stored, one.stored, 1e-8) && Near(all.heat, one.heat, 1e-8) &&
                           Near(all.work, one.work, 1e-8) && Near(all.shrunk, one.shrunk, 1e-8)),
                "stored %.12g and %.12g, heat %.12g and %.12g, work %.12g and %.12g J", all.stored,
                one.stored, all.heat, one.heat, all.work, one.work);
}
END_TEST

static Suite *EnergySuite(void)
{
  Suite *suite = suite_create("energy");
  TCase *tc    = tcase_create("process");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, linear_theory_balances);
  tcase_add_test(tc, large_deflection_balances);
  tcase_add_test(tc, stabilisations_hardly_matter);
  tcase_add_test(tc, ranks_keep_one_account);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(EnergySuite)
