/* TEST np=1,2,3 timeout=120
   SPDX-License-Identifier: BSD-2-Clause
   The room mg against its header: the shell operator is the assembled matrix, the preconditioner is
   symmetric and positive, whatever the footprint, the support and the live set. */
#include "check.h"
#include "panel_case.h"

static const PanelCase cases[] = {
    {.width = 36, .height = 36, .size = 2},
    {.width = 36, .height = 36, .size = 2, .loose = 1},
    {.width = 36, .height = 36, .size = 4, .hold = PLT_HOLD_FLAT},
    {.width = 36, .height = 36, .size = 2, .symmetry = PLT_SYMMETRY_QUARTER},
    {.width = 24, .height = 24, .size = 4, .resolved = 1},
#if PLT_HAVE_GMSH
    {.width = 36, .height = 36, .size = 3, .method = PLT_MESH_FREE, .angle = 25},
    {.width = 60, .size = 4, .method = PLT_MESH_FREE, .bare = 1},
#endif
};
enum { NCASE = sizeof cases / sizeof *cases };

typedef struct {
  PltProject project;
  PltModel   model;
  Mat        shell, assembled;
  Vec        x[2], y[2];
} Sample;

/* Random, of the size of the lines' numbers, zero where the panel is held or supported. */
static void Randomise(PltSpace space, PetscRandom random, Vec x)
{
  PetscScalar *a;

  CALL(VecSetRandom(x, random));
  CALL(VecGetArray(x, &a));
  for (PetscInt i = 0; i < space->mesh->nvert_own * space->nlevel * 3; i++) {
    const PetscInt node = PltSpaceNode(space, i / 3 / space->nlevel, i / 3 % space->nlevel);

    if (node >= 0 && space->fixed[i] != PLT_DOF_FREE) a[3 * (node - space->node_start) + i % 3] = 0;
  }
  CALL(VecRestoreArray(x, &a));
}

static void Make(const PanelCase *c, Sample *s)
{
  PltAssembly a;
  PetscRandom random;
  int         more;

  CALL(PanelProject(PETSC_COMM_WORLD, c, &s->project));
  CALL(PltModelCreate(s->project, &s->model));
  CALL(PltModelStep(s->model, &more));
  a = s->model->process->assembly;
  CALL(PltMgCreateOperator(a, &s->shell));
  CALL(PltSpaceCreateMat(a->state->space, a->bridge, &s->assembled));
  CALL(PltAssemblyMatrix(a, PETSC_TRUE, s->assembled));
  CALL(PetscRandomCreate(PETSC_COMM_WORLD, &random));
  CALL(PetscRandomSetSeed(random, 7));
  CALL(PetscRandomSeed(random));
  for (int i = 0; i < 2; i++) {
    CALL(PltSpaceCreateVec(a->state->space, &s->x[i]));
    CALL(VecDuplicate(s->x[i], &s->y[i]));
    Randomise(a->state->space, random, s->x[i]);
  }
  CALL(PetscRandomDestroy(&random));
}

static void Free(Sample *s)
{
  for (int i = 0; i < 2; i++) {
    CALL(VecDestroy(&s->x[i]));
    CALL(VecDestroy(&s->y[i]));
  }
  CALL(MatDestroy(&s->shell));
  CALL(MatDestroy(&s->assembled));
  CALL(PltModelDestroy(&s->model));
  CALL(PltProjectDestroy(&s->project));
}

/* 1e-12: the same sums of about 80 terms in another order, and shapes that differ by 0.1 nm share a
   stencil. */
START_TEST(operator_is_the_matrix)
{
  PetscReal size, difference;
  Sample    s;

  Make(&cases[_i], &s);
  CALL(MatMult(s.shell, s.x[0], s.y[0]));
  CALL(MatMult(s.assembled, s.x[0], s.y[1]));
  CALL(VecNorm(s.y[1], NORM_2, &size));
  CALL(VecAXPY(s.y[1], -1, s.y[0]));
  CALL(VecNorm(s.y[1], NORM_2, &difference));
  ck_assert_msg(Everywhere(size > 0 && difference < 1e-12 * size), "%g", difference / size);
  Free(&s);
}
END_TEST

/* 1e-9: the cycle subtracts what the smoother has done from forces a million times larger than
   those that bend. */
START_TEST(preconditioner_is_symmetric_and_positive)
{
  PetscScalar cross[2], own[2];
  Sample      s;
  PC          pc;

  Make(&cases[_i], &s);
  CALL(PCCreate(PETSC_COMM_WORLD, &pc));
  CALL(PCSetType(pc, "platen"));
  CALL(PCSetOperators(pc, s.shell, s.shell));
  CALL(PCSetUp(pc));
  for (int i = 0; i < 2; i++) CALL(PCApply(pc, s.x[i], s.y[i]));
  for (int i = 0; i < 2; i++) {
    CALL(VecDot(s.x[i], s.y[1 - i], &cross[i]));
    CALL(VecDot(s.x[i], s.y[i], &own[i]));
  }
  ck_assert_msg(Everywhere(own[0] > 0 && own[1] > 0), "%g %g", own[0], own[1]);
  ck_assert_msg(Everywhere(fabs(cross[0] - cross[1]) < 1e-9 * sqrt(own[0] * own[1])), "%g",
                (cross[0] - cross[1]) / sqrt(own[0] * own[1]));
  CALL(PCDestroy(&pc));
  Free(&s);
}
END_TEST

START_TEST(other_matrices_are_refused)
{
  Mat A;
  PC  pc;

  CALL(
      MatCreateAIJ(PETSC_COMM_WORLD, 2, 2, PETSC_DETERMINE, PETSC_DETERMINE, 1, NULL, 0, NULL, &A));
  CALL(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
  CALL(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  CALL(PltMgRegister());
  CALL(PCCreate(PETSC_COMM_WORLD, &pc));
  CALL(PCSetType(pc, "platen"));
  CALL(PCSetOperators(pc, A, A));
  ck_assert_int_eq(PCSetUp(pc), PLT_ERR_USAGE);
  ck_assert(strstr(PltGetErrorMessage(), "-pc_type platen is for the matrices of a panel") != NULL);
  CALL(PCDestroy(&pc));
  CALL(MatDestroy(&A));
}
END_TEST

static Suite *MgSuite(void)
{
  Suite *suite = suite_create("mg");
  TCase *tc    = tcase_create("levels");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, operator_is_the_matrix, 0, NCASE);
  tcase_add_loop_test(tc, preconditioner_is_symmetric_and_positive, 0, NCASE);
  tcase_add_test(tc, other_matrices_are_refused);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(MgSuite)
