/* TEST np=1,2 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   What large deflection may not depend on: a warped panel with dies, several slabs and births, one
   of them into a slab that was not empty, feels nothing of being turned as a whole; and its forces
   have a potential, of degree four, whichever way it is gone through. */
#include "coupon.h"
#include "model/model.h"
#include "rotation.h"
#include "step/internal.h"

static const struct {
  Layer layer;
  int   slab;
} stack[] = {{{"glass", 0.7, 73000, 0.23, 3.3e-6}, -1}, {{"release", 0.002, 2000, 0.4, 60e-6}, -1},
             {{"pi1", 0.007, 3500, 0.34, 45e-6}, 10},   {{"m1", 0.004, 60000, 0.34, 20e-6}, 10},
             {{"pi2", 0.007, 3500, 0.34, 45e-6}, 11},   {{"device", 0.3, 20000, 0.28, 9e-6}, -1},
             {{"cap", 0.2, 20000, 0.28, 9e-6}, -1}};
enum { PLIES = sizeof stack / sizeof *stack };
static const double axis[3] = {1, 2, -1.5}, angle = 0.7;

static void AddMaterial(PltProject project, const Layer *layer)
{
  const double E = layer->E * 1e6;

  CALL(PltProjectAddMaterial(project, layer->name, "isotropic"));
  CALL(PltProjectSetProperty(project, layer->name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, layer->name, "nu", 1, NULL, &layer->nu));
  CALL(PltProjectSetProperty(project, layer->name, "cte", 1, NULL, &layer->cte));
}

/* All plies live at the end, so that no levels are merged. */
static PltProject Panel(void)
{
  const Layer si = {"si", 0, 160e3, 0.23, 2.8e-6};
  PltProject  project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, 0.156, 0.120));
  CALL(PltProjectSetMesh(project, 24e-3, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetKinematics(project, PLT_LARGE));
  AddMaterial(project, &si);
  for (int i = 0; i < PLIES; i++) {
    AddMaterial(project, &stack[i].layer);
    CALL(PltProjectAddPly(project, stack[i].layer.name, stack[i].layer.name, i == 5 ? "si" : NULL,
                          stack[i].layer.h * 1e-3, stack[i].slab));
  }
  CALL(PltProjectAddDie(project, "a", "device", -0.039, 0.006, 0.036, 0.030, 0));
  CALL(PltProjectAddDie(project, "b", "device", 0.033, -0.021, 0.042, 0.036, 0));
  StepAdd(project, "carrier", (const char *const[]){"glass", "release", NULL}, 25, 25);
  StepAdd(project, "pi1", (const char *const[]){"pi1", NULL}, 230, 25);
  StepAdd(project, "m1", (const char *const[]){"m1", NULL}, 60, 25);
  StepAdd(project, "pi2", (const char *const[]){"pi2", NULL}, 230, 25);
  StepAdd(project, "attach", (const char *const[]){"device/dies", NULL}, 150, 25);
  StepAdd(project, "mold", (const char *const[]){"device/fill", "cap", NULL}, 150, 25);
  return project;
}

/* One run for all tests; each leaves it as it was. */
static struct {
  PltProject project;
  PltModel   model;
  PltProcess process;
  PltState   state;
} run;

static void Start(void)
{
  run.project = Panel();
  CALL(PltModelCreate(run.project, &run.model));
  CALL(PltModelRun(run.model));
  run.process = run.model->process;
  run.state   = run.process->state;
}

static void End(void)
{
  CALL(PltModelDestroy(&run.model));
  CALL(PltProjectDestroy(&run.project));
}

/* ---- turned as a whole ---- */

static void TurnField(PltState s, const double R[3][3], PetscReal *u)
{
  for (PetscInt i = 0; i < s->mesh->nvert * s->nlevel; i++) {
    const PetscInt  v    = i / s->nlevel;
    const PetscReal X[3] = {s->mesh->xy[2 * v], s->mesh->xy[2 * v + 1],
                            s->slabs.z[s->slabs.first[i % s->nlevel]]};
    PetscReal       x[3];

    for (int d = 0; d < 3; d++) x[d] = X[d] + u[3 * i + d];
    Rotate(R, x, 1, x);
    for (int d = 0; d < 3; d++) u[3 * i + d] = x[d] - X[d];
  }
}

/* The panel now, when it was last in equilibrium, and at all births; sense -1 turns it back. */
static void TurnState(double sense)
{
  const PltState s = run.state;
  double         A[3][3];
  const double(*R)[3] = (const double(*)[3])A;

  Rotation(sense * angle, axis, A);
  TurnField(s, R, s->u);
  TurnField(s, R, s->settled);
  for (PetscInt e = 0; e < s->nevent; e++) TurnField(s, R, s->event[e].u);
}

static void TurnVec(const double R[3][3], Vec x)
{
  PetscScalar *a;
  PetscInt     n;

  CALL(VecGetLocalSize(x, &n));
  CALL(VecGetArray(x, &a));
  Rotate(R, a, n / 3, a);
  CALL(VecRestoreArray(x, &a));
}

/* Waves across the panel of the height `wave`, the same at all levels, and on each node up to
   `noise`; whatever the number of ranks. m */
static void Fill(PltState s, int seed, PetscReal wave, PetscReal noise, Vec x)
{
  PetscScalar *a;

  CALL(VecGetArray(x, &a));
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++) {
    const PetscInt v = i / 3 / s->nlevel, node = PltSpaceNode(s->space, v, i / 3 % s->nlevel);
    const PetscInt number = 3 * s->nlevel * s->mesh->vert_natural[v] + i % (3 * s->nlevel);

    if (node >= 0 && s->space->fixed[i] == PLT_DOF_FREE)
      a[3 * (node - s->space->node_start) + i % 3] =
          wave *
              sin(40 * s->mesh->xy[2 * v] + 30 * s->mesh->xy[2 * v + 1] + seed + (double)(i % 3)) +
          noise * sin(1e4 * sin((double)number + seed));
  }
  CALL(VecRestoreArray(x, &a));
}

/* Largest of a - b, which becomes a. */
static double Difference(Vec a, Vec b)
{
  PetscReal difference;

  CALL(VecAXPY(a, -1, b));
  CALL(VecNorm(a, NORM_INFINITY, &difference));
  return difference;
}

/* What is compared: unbalanced forces 20 K away from equilibrium, and the whole tangent times x;
   both without supports. Returns the largest force of an element. */
static PetscReal Respond(Vec x, Vec force, Vec product)
{
  const PetscReal g[3] = {0};
  PltAssembly     a;
  PltBalance      balance;
  Mat             A;

  CALL(PltAssemblyCreate(run.state, &run.process->scheme, run.state->T + 20, 0, g, &a));
  CALL(PltAssemblyResidual(a, force, &balance));
  CALL(PltSpaceCreateMat(run.state->space, a->bridge, &A));
  CALL(PltAssemblyMatrix(a, PETSC_TRUE, A));
  CALL(MatMult(A, x, product));
  CALL(MatDestroy(&A));
  CALL(PltAssemblyDestroy(&a));
  return balance.scale;
}

/* 1e-8 of the largest force of an element: 1e-17 m, rounding of places 0.1 m away, is a strain of
   4e-12 in a layer of 2 um; the product with x keeps its digits, x is not rounded. */
START_TEST(turned_panel_has_turned_forces)
{
  const size_t   n = 3 * (size_t)(run.state->mesh->nvert * run.state->nlevel);
  unsigned char *fixed;
  double         R[3][3];
  PetscReal      forces, products, unbalanced, size, scale;
  Vec            x, f[2], y[2];

  Rotation(angle, axis, R);
  CALL(PetscMalloc1(n, &fixed));
  CALL(PetscArraycpy(fixed, run.state->space->fixed, n));
  CALL(PetscArrayzero(run.state->space->fixed, n));
  CALL(PltSpaceCreateVec(run.state->space, &x));
  for (int i = 0; i < 2; i++) {
    CALL(VecDuplicate(x, &f[i]));
    CALL(VecDuplicate(x, &y[i]));
  }
  Fill(run.state, 1, 0, 1, x);
  scale = Respond(x, f[0], y[0]);
  TurnState(1);
  TurnVec((const double(*)[3])R, x);
  (void)Respond(x, f[1], y[1]);
  TurnState(-1);
  TurnVec((const double(*)[3])R, f[0]);
  TurnVec((const double(*)[3])R, y[0]);
  CALL(VecNorm(f[0], NORM_INFINITY, &unbalanced));
  CALL(VecNorm(y[0], NORM_INFINITY, &size));
  forces   = Difference(f[1], f[0]) / scale;
  products = Difference(y[1], y[0]) / size;
  ck_assert_msg(Everywhere(forces < 1e-8), "%g", forces);
  ck_assert_msg(Everywhere(unbalanced > 1e-2 * scale), "%g of %g N", unbalanced, scale);
  ck_assert_msg(Everywhere(products < 1e-9), "%g", products);
  for (int i = 0; i < 2; i++) {
    CALL(VecDestroy(&f[i]));
    CALL(VecDestroy(&y[i]));
  }
  CALL(VecDestroy(&x));
  CALL(PetscArraycpy(run.state->space->fixed, fixed, n));
  CALL(PetscFree(fixed));
}
END_TEST

/* All the stresses of this rank. */
static PetscReal *Stresses(void)
{
  PetscReal *stress;

  CALL(PetscMalloc1(12 * PLIES * run.state->mesh->nquad + 1, &stress));
  for (PetscInt q = 0; q < run.state->mesh->nquad; q++)
    CALL(PltAssemblyStress(run.process->assembly, q, stress + 12 * PLIES * q));
  return stress;
}

/* To more digits than the solver needs: each call goes on where the last one ended. */
static PetscReal Lowest(void)
{
  PltSolver solver;
  PetscReal lambda = 0;
  Vec       mode;

  CALL(PltSolverCreate(PETSC_COMM_WORLD, &solver));
  CALL(PltSolverSetType(solver, "direct"));
  CALL(PltSolverTangent(solver, run.process->assembly));
  CALL(VecDuplicate(solver->r, &mode));
  for (int i = 0; i < 5; i++) CALL(PltSolverLowest(solver, run.state, &lambda, mode));
  CALL(VecDestroy(&mode));
  CALL(PltSolverDestroy(&solver));
  return lambda;
}

/* Stress 1e-9. The lowest eigenvalue 1e-6: the energy of its mode, a bending of the whole panel, is
   1e-9 of what the entries of the matrix would make of it. */
START_TEST(turned_panel_is_the_panel)
{
  double     most = 0, change = 0;
  PetscReal *stress[2], lambda[2];
  const int  n = (int)(12 * PLIES * run.state->mesh->nquad);

  stress[0] = Stresses();
  lambda[0] = Lowest();
  TurnState(1);
  stress[1] = Stresses();
  lambda[1] = Lowest();
  TurnState(-1);
  for (int i = 0; i < n; i++) {
    most   = fmax(most, fabs(stress[0][i]));
    change = fmax(change, fabs(stress[1][i] - stress[0][i]));
  }
  ck_assert_msg(Everywhere(most > 1e7 && change < 1e-9 * most), "%g of %g Pa", change, most);
  ck_assert_msg(Everywhere(lambda[0] < 0.99 && Near(lambda[0], lambda[1], 1e-6)), "%.12g, %.12g",
                lambda[0], lambda[1]);
  CALL(PetscFree(stress[0]));
  CALL(PetscFree(stress[1]));
}
END_TEST

/* ---- potential ---- */

/* What the potential gains from u to u + d, and its slope at u + 3 d less what the cubic through
   its slopes at 0, 1/2, 1 and 2 says, over the largest of those; u becomes u + d. */
static double Gain(Vec d, double *off)
{
  const PltGoal  goal = {.kept = 0};
  PltSolveReport report;
  PetscReal      c[4], slope;

  CALL(PltLineSlopes(run.process->solver, run.process->assembly, &goal, d, c, &report));
  CALL(VecScale(d, 3));
  CALL(PltSpaceAddVec(run.state->space, d, run.state->u));
  CALL(VecScale(d, 1. / 3));
  CALL(PltNewtonResidual(run.process->solver, run.process->assembly, &goal, &report));
  CALL(VecDot(run.process->solver->r, d, &slope));
  *off = fabs(-slope - (c[0] + 3 * c[1] + 9 * c[2] + 27 * c[3])) / fabs(slope);
  CALL(VecScale(d, -2));
  CALL(PltSpaceAddVec(run.state->space, d, run.state->u));
  CALL(VecScale(d, -0.5));
  return c[0] + c[1] / 2 + c[2] / 3 + c[3] / 4;
}

/* Around a triangle nothing is gained, and along its sides what is stored. They are waves of a
   tenth of a millimetre. */
START_TEST(forces_have_a_potential)
{
  double    gain[3], off[3], sum = 0, most = 0;
  PetscReal energy[4];
  Vec       d[3];

  CALL(PltSolverTangent(run.process->solver, run.process->assembly));
  for (int i = 0; i < 3; i++) CALL(VecDuplicate(run.process->solver->r, &d[i]));
  for (int i = 0; i < 2; i++) Fill(run.state, 10 + i, 1e-4, 1e-8, d[i]);
  CALL(VecWAXPY(d[2], 1, d[0], d[1]));
  CALL(VecScale(d[2], -1));
  CALL(PltAssemblyEnergy(run.process->assembly, &energy[0]));
  for (int i = 0; i < 3; i++) {
    gain[i] = Gain(d[i], &off[i]);
    CALL(PltAssemblyEnergy(run.process->assembly, &energy[i + 1]));
    sum += gain[i];
    most = fmax(most, fabs(gain[i]));
  }
  ck_assert_msg(Everywhere(fabs(sum) < 1e-10 * most), "%g of %g", sum, most);
  for (int i = 0; i < 3; i++) {
    ck_assert_msg(Everywhere(off[i] < 1e-10), "side %d: %g", i, off[i]);
    ck_assert_msg(Everywhere(fabs(energy[i + 1] - energy[i] - gain[i]) < 1e-10 * most),
                  "side %d: %g and %g J", i, energy[i + 1] - energy[i], gain[i]);
    CALL(VecDestroy(&d[i]));
  }
}
END_TEST

static Suite *LargeInvarianceSuite(void)
{
  Suite *suite = suite_create("large_invariance");
  TCase *tc    = tcase_create("warped panel");

  tcase_set_timeout(tc, 0);
  tcase_add_unchecked_fixture(tc, Start, End);
  tcase_add_test(tc, turned_panel_has_turned_forces);
  tcase_add_test(tc, turned_panel_is_the_panel);
  tcase_add_test(tc, forces_have_a_potential);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LargeInvarianceSuite)
