/* TEST np=1,2,3 timeout=240
   SPDX-License-Identifier: BSD-2-Clause
   The room mg in large kinematics: on panels that have turned or bent far, the shell operator is
   the assembled matrix, the preconditioner is symmetric and positive, and CG takes hardly more
   iterations than on the flat panel. */
#include "check.h"
#include "panel_shape.h"

static const PanelCase cases[] = {
    {.width = 120, .height = 120, .size = 2},
    {.width = 60, .height = 60, .size = 2, .bare = 1},
    {.width = 36, .height = 36, .size = 2, .loose = 1},
    {.width = 24, .height = 24, .size = 4, .resolved = 1},
#if PLT_HAVE_GMSH
    {.width = 60, .height = 60, .size = 3, .method = PLT_MESH_FREE, .angle = 25},
#endif
};
enum { NCASE = sizeof cases / sizeof *cases, WIDE = 0, SMALL = 1 };

/* A bow of 5 mm over 120 mm is one of 90 mm over 510 mm. */
static const struct {
  PanelShape shape;
  double     bow;     /* over 120 mm, mm */
  double     allowed; /* iterations over those of the flat panel, besides one */
} shapes[] = {{PANEL_TURNED, 0, 1}, {PANEL_CYLINDER, 5, 1.3}, {PANEL_SPHERE, 5, 1.3}};
enum { NSHAPE = sizeof shapes / sizeof *shapes };

typedef struct {
  PltProject  project;
  PltModel    model;
  PltAssembly assembly;
  double      width;
  Mat         shell;
} Sample;

static void Bend(Sample *s, PanelShape shape, double bow)
{
  CALL(PanelBend(s->assembly->state, shape, s->width, bow * PetscSqr(s->width / 120)));
}

static void Make(const PanelCase *c, PanelShape shape, double bow, Sample *s)
{
  int more;

  CALL(PetscOptionsSetValue(NULL, "-plt_mg_coarse", "500")); /* many levels */
  CALL(PanelProject(PETSC_COMM_WORLD, c, &s->project));
  CALL(PltModelCreate(s->project, &s->model));
  CALL(PltModelStep(s->model, &more));
  s->width                       = c->width;
  s->assembly                    = s->model->process->assembly;
  s->assembly->scheme.kinematics = PLT_LARGE;
  Bend(s, shape, bow);
  CALL(PltMgCreateOperator(s->assembly, &s->shell));
}

static void Free(Sample *s)
{
  CALL(PetscOptionsClearValue(NULL, "-plt_mg_coarse"));
  CALL(MatDestroy(&s->shell));
  CALL(PltModelDestroy(&s->model));
  CALL(PltProjectDestroy(&s->project));
}

static void RandomVecs(PltSpace space, Vec x[2], Vec y[2])
{
  PetscRandom random;

  CALL(PetscRandomCreate(PETSC_COMM_WORLD, &random));
  CALL(PetscRandomSetSeed(random, 7));
  CALL(PetscRandomSeed(random));
  for (int i = 0; i < 2; i++) {
    CALL(PltSpaceCreateVec(space, &x[i]));
    CALL(VecDuplicate(x[i], &y[i]));
    CALL(PanelRandomise(space, random, x[i]));
  }
  CALL(PetscRandomDestroy(&random));
}

static void FreeVecs(Vec x[2], Vec y[2])
{
  for (int i = 0; i < 2; i++) {
    CALL(VecDestroy(&x[i]));
    CALL(VecDestroy(&y[i]));
  }
}

/* |shell x - A x| over |A x|. */
static PetscReal Difference(Mat shell, Mat A, Vec x, Vec y[2])
{
  PetscReal size, difference;

  CALL(MatMult(shell, x, y[0]));
  CALL(MatMult(A, x, y[1]));
  CALL(VecNorm(y[1], NORM_2, &size));
  CALL(VecAXPY(y[1], -1, y[0]));
  CALL(VecNorm(y[1], NORM_2, &difference));
  return difference / size;
}

/* |(shell with stress - shell without) x - G x| over |K x|: to the digits of K. */
static PetscReal StressDifference(Mat shell, Mat G, Vec x, Vec y[2])
{
  PetscReal size, difference;

  CALL(MatMult(shell, x, y[0]));
  CALL(PltMgSetWithStress(shell, PETSC_FALSE));
  CALL(MatMult(shell, x, y[1]));
  CALL(PltMgSetWithStress(shell, PETSC_TRUE));
  CALL(VecNorm(y[1], NORM_2, &size));
  CALL(VecAXPY(y[0], -1, y[1]));
  CALL(MatMult(G, x, y[1]));
  CALL(VecNorm(y[1], NORM_2, &difference));
  ck_assert_msg(Everywhere(difference > 1e-10 * size), "no stress worth the name: %g",
                difference / size);
  CALL(VecAXPY(y[1], -1, y[0]));
  CALL(VecNorm(y[1], NORM_2, &difference));
  return difference / size;
}

/* 1e-12: the same sums in another order. G alone by differences, to the digits of K, 1e-15. */
START_TEST(operator_is_the_matrix)
{
  PetscReal whole, moduli, stress;
  Vec       x[2], y[2];
  Mat       K, G;
  Sample    s;

  Make(&cases[_i], PANEL_SPHERE, 2, &s);
  RandomVecs(s.assembly->state->space, x, y);
  CALL(PltSpaceCreateMat(s.assembly->state->space, s.assembly->bridge, &K));
  CALL(PltAssemblyMatrix(s.assembly, PETSC_TRUE, K));
  CALL(MatDuplicate(K, MAT_COPY_VALUES, &G));
  whole = Difference(s.shell, K, x[0], y);
  CALL(PltAssemblyMatrix(s.assembly, PETSC_FALSE, K));
  CALL(PltMgSetWithStress(s.shell, PETSC_FALSE));
  moduli = Difference(s.shell, K, x[0], y);
  CALL(PltMgSetWithStress(s.shell, PETSC_TRUE));
  CALL(MatAXPY(G, -1, K, SAME_NONZERO_PATTERN));
  stress = StressDifference(s.shell, G, x[0], y);
  ck_assert_msg(Everywhere(whole < 1e-12 && moduli < 1e-12), "%g %g", whole, moduli);
  ck_assert_msg(Everywhere(stress < 1e-14), "%g", stress);
  FreeVecs(x, y);
  CALL(MatDestroy(&K));
  CALL(MatDestroy(&G));
  Free(&s);
}
END_TEST

/* Refilled, the operator is as good as new. */
START_TEST(update_follows_the_displacements)
{
  PetscReal difference;
  Vec       x[2], y[2];
  Mat       fresh;
  Sample    s;

  Make(&cases[SMALL], PANEL_FLAT, 0, &s);
  RandomVecs(s.assembly->state->space, x, y);
  Bend(&s, PANEL_CYLINDER, 5);
  CALL(PltMgUpdateOperator(s.shell, s.assembly));
  CALL(PltMgCreateOperator(s.assembly, &fresh));
  difference = Difference(s.shell, fresh, x[0], y);
  ck_assert_msg(Everywhere(difference < 1e-14), "%g", difference);
  FreeVecs(x, y);
  CALL(MatDestroy(&fresh));
  Free(&s);
}
END_TEST

/* A matrix that was assembled while the panel was flat, filled from the lines when it has bent: the
   sums of elements in another order. */
START_TEST(matrix_is_filled_from_lines)
{
  PetscReal size, difference;
  Mat       K, M;
  Sample    s;

  Make(&cases[_i], PANEL_FLAT, 0, &s);
  CALL(PltSpaceCreateMat(s.assembly->state->space, s.assembly->bridge, &K));
  CALL(PltAssemblyMatrix(s.assembly, PETSC_FALSE, K));
  CALL(MatDuplicate(K, MAT_COPY_VALUES, &M));
  Bend(&s, PANEL_SPHERE, 2);
  CALL(PltMgUpdateOperator(s.shell, s.assembly));
  CALL(PltMgFillMatrix(s.shell, M));
  CALL(PltAssemblyMatrix(s.assembly, PETSC_FALSE, K));
  CALL(MatNorm(K, NORM_FROBENIUS, &size));
  CALL(MatAXPY(M, -1, K, SAME_NONZERO_PATTERN));
  CALL(MatNorm(M, NORM_FROBENIUS, &difference));
  ck_assert_msg(Everywhere(difference < 1e-14 * size), "%g of %g", difference, size);
  CALL(MatDestroy(&K));
  CALL(MatDestroy(&M));
  Free(&s);
}
END_TEST

/* K feels no rigid motion of the present shape: against what as large a motion at random does. */
START_TEST(rigid_motion_is_free)
{
  PetscReal    size, rest;
  PetscScalar *a;
  PltState     state;
  Vec          x[2], y[2];
  Sample       s;

  Make(&cases[SMALL], PANEL_SPHERE, 5, &s);
  state = s.assembly->state;
  RandomVecs(state->space, x, y);
  CALL(PltMgSetWithStress(s.shell, PETSC_FALSE));
  CALL(VecGetArray(x[1], &a));
  for (PetscInt i = 0; i < state->mesh->nvert_own * state->nlevel; i++) {
    const PetscInt   node = PltSpaceNode(state->space, i / state->nlevel, i % state->nlevel);
    const PetscReal *X    = state->mesh->xy + 2 * (i / state->nlevel);
    PetscScalar     *to   = a + 3 * (node - state->space->node_start);

    if (node < 0) continue;
    to[0] = -(X[1] + state->u[3 * i + 1]); /* about z, heights do not matter */
    to[1] = X[0] + state->u[3 * i];
    to[2] = 0;
  }
  CALL(VecRestoreArray(x[1], &a));
  CALL(VecNorm(x[1], NORM_2, &rest));
  CALL(VecNorm(x[0], NORM_2, &size));
  CALL(VecScale(x[1], size / rest));
  CALL(MatMult(s.shell, x[0], y[0]));
  CALL(MatMult(s.shell, x[1], y[1]));
  CALL(VecNorm(y[0], NORM_2, &size));
  CALL(VecNorm(y[1], NORM_2, &rest));
  ck_assert_msg(Everywhere(rest < 1e-10 * size), "%g", rest / size);
  FreeVecs(x, y);
  Free(&s);
}
END_TEST

/* 1e-9: as on a flat panel. */
START_TEST(preconditioner_is_symmetric_and_positive)
{
  PetscScalar cross[2], own[2];
  Vec         x[2], y[2];
  Sample      s;
  PC          pc;

  Make(&cases[_i], _i % 2 ? PANEL_CYLINDER : PANEL_SPHERE, 5, &s);
  RandomVecs(s.assembly->state->space, x, y);
  CALL(PCCreate(PETSC_COMM_WORLD, &pc));
  CALL(PCSetType(pc, "platen"));
  CALL(PCSetOperators(pc, s.shell, s.shell));
  CALL(PCSetUp(pc));
  for (int i = 0; i < 2; i++) CALL(PCApply(pc, x[i], y[i]));
  for (int i = 0; i < 2; i++) {
    CALL(VecDot(x[i], y[1 - i], &cross[i]));
    CALL(VecDot(x[i], y[i], &own[i]));
  }
  ck_assert_msg(Everywhere(own[0] > 0 && own[1] > 0), "%g %g", own[0], own[1]);
  ck_assert_msg(Everywhere(fabs(cross[0] - cross[1]) < 1e-9 * sqrt(own[0] * own[1])), "%g",
                (cross[0] - cross[1]) / sqrt(own[0] * own[1]));
  CALL(PCDestroy(&pc));
  FreeVecs(x, y);
  Free(&s);
}
END_TEST

/* Through one operator and one solver, as Newton's method goes. The widest on one rank only. */
START_TEST(iterations_are_those_of_the_flat_panel)
{
  PetscInt    flat, bent;
  PetscMPIInt size;
  Sample      s;
  KSP         ksp;

  CALL(MPI_Comm_size(PETSC_COMM_WORLD, &size));
  if (_i == WIDE && size > 1) return;
  Make(&cases[_i], PANEL_FLAT, 0, &s);
  CALL(PanelSolver(s.shell, &ksp));
  CALL(PanelIterate(s.assembly, ksp, s.shell, &flat));
  ck_assert_msg(Everywhere(flat > 0), "%d", (int)flat);
  for (int i = 0; i < NSHAPE; i++) {
    Bend(&s, shapes[i].shape, shapes[i].bow);
    CALL(PltMgUpdateOperator(s.shell, s.assembly));
    CALL(KSPSetOperators(ksp, s.shell, s.shell));
    CALL(PanelIterate(s.assembly, ksp, s.shell, &bent));
    ck_assert_msg(Everywhere(bent > 0 && (double)bent <= shapes[i].allowed * (double)flat + 1),
                  "shape %d: %d, flat %d", i, (int)bent, (int)flat);
  }
  CALL(KSPDestroy(&ksp));
  Free(&s);
}
END_TEST

static Suite *MgSuite(void)
{
  Suite *suite = suite_create("mg_large");
  TCase *tc    = tcase_create("curved");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, operator_is_the_matrix, SMALL, NCASE);
  tcase_add_test(tc, update_follows_the_displacements);
  tcase_add_loop_test(tc, matrix_is_filled_from_lines, SMALL, NCASE);
  tcase_add_test(tc, rigid_motion_is_free);
  tcase_add_loop_test(tc, preconditioner_is_symmetric_and_positive, SMALL, NCASE);
  tcase_add_loop_test(tc, iterations_are_those_of_the_flat_panel, WIDE, NCASE);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(MgSuite)
