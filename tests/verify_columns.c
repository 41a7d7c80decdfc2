/* TEST np=1,2,3,4 timeout=240
   SPDX-License-Identifier: BSD-2-Clause
   The column solver: iterations over sizes, meshes, materials, supports and ranks; the answer of
   the direct solver; no number from a solve that fails. */
#include "check.h"
#include "panel_case.h"

/* Iterations of one linear solve to a relative residual of 1e-8 on one rank are at most `most`;
   bytes an unknown of all levels at most `bytes`: vectors and links, 75, and some rows where quads
   repeat; half of the stencils where they do not. */
typedef struct {
  PanelCase panel;
  int       most, bytes;
} Case;

static const Case cases[] = {
    {{.name = "60 mm", .width = 60, .height = 60, .size = 1}, 18, 110},
    {{.name = "2 mm", .width = 60, .height = 60, .size = 2}, 20, 250},
    {{.name = "2 mm, larger", .width = 144, .height = 144, .size = 2}, 20, 120},
    {{.name = "4 mm", .width = 120, .height = 120, .size = 4}, 25, 300},
    {{.name = "soft", .width = 48, .height = 48, .size = 1, .E = 1e6}, 20, 110},
    {{.name = "soft, nu", .width = 48, .height = 48, .size = 1, .E = 1e6, .nu = 0.49}, 20, 110},
    {{.name = "stiff, nu", .width = 60, .height = 60, .size = 1, .nu = 0.49}, 21, 110},
    {{.name = "bare", .width = 60, .height = 60, .size = 1, .bare = 1}, 20, 110},
    {{.name = "bare 4 mm", .width = 240, .height = 240, .size = 4, .bare = 1}, 30, 150},
    {{.name = "graded", .width = 36, .height = 36, .size = 2, .dies = 0.5}, 20, 500},
    {{.name = "every ply", .width = 36, .height = 36, .size = 1, .resolved = 1}, 20, 150},
    {{.name = "every ply, bare", .width = 36, .height = 36, .size = 1, .resolved = 1, .bare = 1},
     21,
     150},
    {{.name = "30 slabs", .width = 36, .height = 36, .size = 2, .resolved = 26}, 30, 250},
    {{.name = "flat", .width = 36, .height = 36, .size = 1, .hold = PLT_HOLD_FLAT}, 20, 150},
    {{.name = "pins", .width = 36, .height = 36, .size = 1, .pins = 3}, 20, 150},
    {{.name = "five pins", .width = 36, .height = 36, .size = 2, .pins = 5}, 20, 400},
    {{.name = "edges", .width = 36, .height = 36, .size = 2, .edges = 1}, 20, 400},
    {{.name = "quarter", .width = 60, .height = 60, .size = 1, .symmetry = PLT_SYMMETRY_QUARTER},
     20,
     150},
    {{.name = "loose", .width = 36, .height = 36, .size = 1, .loose = 1}, 30, 200},
#if PLT_HAVE_GMSH
    {{.name = "turned", .width = 48, .height = 48, .size = 2, .method = PLT_MESH_FREE, .angle = 17},
     30,
     1500},
    {{.name   = "turned, bare",
      .width  = 48,
      .height = 48,
      .size   = 2,
      .method = PLT_MESH_FREE,
      .angle  = 30,
      .bare   = 1},
     30,
     1500},
    {{.name = "wafer", .width = 80, .size = 2, .method = PLT_MESH_FREE}, 30, 2000},
    {{.name = "wafer, bare", .width = 80, .size = 2, .method = PLT_MESH_FREE, .bare = 1}, 30, 2000},
#endif
};
enum { NCASE = sizeof cases / sizeof *cases };

static PltModel Model(const PanelCase *c, const char *solver, PltProject *project)
{
  PltModel model;
  int      more;

  CALL(PanelProject(PETSC_COMM_WORLD, c, project));
  CALL(PltModelCreate(*project, &model));
  CALL(PltModelSetSolver(model, solver));
  CALL(PltModelStep(model, &more));
  return model;
}

/* Over the border of ranks sweeps see old values: a fifth more iterations at most. The residual
   that is left, summed element by element, is that of CG to rounding. */
START_TEST(iterations_do_not_grow)
{
  const Case   *c    = &cases[_i];
  const int     most = RankCount() == 1 ? c->most : (c->most * 6 + 4) / 5;
  PltProject    project;
  PltModel      model = Model(&c->panel, "columns", &project);
  PltMeshSize   size;
  PltStepReport step;
  PanelSolve    s;
  double        bytes = 0;

  CALL(PltModelGetMeshSize(model, &size));
  CALL(PltModelGetStep(model, &step));
  CALL(PanelMeasure(model->process, &s));
  for (int k = 0; k < s.info.nlevel; k++) bytes += (double)s.info.bytes[k];
  ck_assert_msg(Everywhere(s.iterations > 5 && s.iterations <= most), "%s: %d iterations",
                c->panel.name, s.iterations);
  ck_assert_msg(Everywhere(s.residual < 2e-8), "%s: residual %g", c->panel.name, s.residual);
  ck_assert_msg(Everywhere(RankCount() > 1 || bytes < c->bytes * (double)size.unknowns),
                "%s: %g bytes an unknown", c->panel.name, bytes / (double)size.unknowns);
  /* two corrections, three where the first leaves a small panel far off */
  ck_assert_msg(Everywhere(step.solves <= 4), "%s: %d corrections", c->panel.name, step.solves);
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Displacements of all lines on rank 0, in natural order (two meshes may be cut differently); those
   of dead nodes are zero. */
static double *Displacements(PltModel model)
{
  const PltState s     = model->process->state;
  const PetscInt width = 3 * s->nlevel;
  double        *own   = calloc((size_t)(s->mesh->nvert_own * width + 1), sizeof *own);
  double        *all   = calloc((size_t)(s->mesh->nvert_all * width), sizeof *all);

  for (PetscInt i = 0; i < s->mesh->nvert_own * width; i++)
    own[i] = s->space->node[i / 3] < 0 ? 0 : s->u[i];
  CALL(PltMeshGatherVertices(s->mesh, width, own, all));
  free(own);
  return all;
}

/* Largest difference of the displacements of two models, over the largest displacement. */
static double Difference(PltModel a, PltModel b)
{
  const PetscInt n = a->process->state->mesh->nvert_all * a->process->state->nlevel * 3;
  double        *u = Displacements(a), *v = Displacements(b), most[2] = {0, 0};

  for (PetscInt i = 0; i < n; i++) {
    most[0] = fmax(most[0], fabs(u[i] - v[i]));
    most[1] = fmax(most[1], fabs(v[i]));
  }
  free(u);
  free(v);
  CALL(MPI_Bcast(most, 2, MPI_DOUBLE, 0, PETSC_COMM_WORLD));
  return most[0] / most[1];
}

START_TEST(answer_is_that_of_the_direct_solver)
{
  static const PanelCase small[] = {
      {.width = 24, .height = 24, .size = 1},
      {.width = 24, .height = 24, .size = 2, .bare = 1},
      {.width = 36, .height = 36, .size = 2, .loose = 1},
      {.width = 24, .height = 24, .size = 2, .hold = PLT_HOLD_FLAT},
      {.width = 36, .height = 36, .size = 2, .pins = 3},
      {.width = 24, .height = 24, .size = 2, .pins = 5},
      {.width = 24, .height = 24, .size = 2, .edges = 1},
      {.width = 24, .height = 24, .size = 2, .resolved = 1, .E = 1e6},
  };
  PltProject project[2];
  PltModel   columns = Model(&small[_i], "columns", &project[0]);
  PltModel   direct  = Model(&small[_i], "direct", &project[1]);
  double     difference;

  difference = Difference(columns, direct);
  ck_assert_msg(Everywhere(difference < 1e-7), "%g", difference);
  CALL(PltModelDestroy(&columns));
  CALL(PltModelDestroy(&direct));
  for (int i = 0; i < 2; i++) CALL(PltProjectDestroy(&project[i]));
}
END_TEST

/* By size: the direct solver up to 20,000 unknowns. */
START_TEST(auto_chooses_by_size)
{
  const PanelCase small = {.width = 24, .height = 24, .size = 2};
  const PanelCase large = {.width = 36, .height = 36, .size = 1};
  PltProject      project[2];
  PltModel        a = Model(&small, "auto", &project[0]), b = Model(&large, "auto", &project[1]);

  ck_assert_int_eq(a->process->solver->used, PLT_SOLVER_DIRECT);
  ck_assert_int_eq(b->process->solver->used, PLT_SOLVER_COLUMNS);
  ck_assert_int_eq(PltModelSetSolver(a, "magic"), PLT_ERR_USAGE);
  ck_assert(strstr(PltGetErrorMessage(), "auto, columns, direct, amg") != NULL);
  CALL(PltModelDestroy(&a));
  CALL(PltModelDestroy(&b));
  for (int i = 0; i < 2; i++) CALL(PltProjectDestroy(&project[i]));
}
END_TEST

/* One option at a time: fewer levels, other cycles, an assembled matrix, too few iterations. */
static int RunWith(const char *solver, const char *const option[][2], int n, int *iterations)
{
  const PanelCase c = {.width = 36, .height = 36, .size = 2};
  PltProject      project;
  PltModel        model;
  PltStepReport   step;
  int             more, failed;

  CALL(PanelProject(PETSC_COMM_WORLD, &c, &project));
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetSolver(model, solver));
  for (int i = 0; i < n; i++) CALL(PetscOptionsSetValue(NULL, option[i][0], option[i][1]));
  failed = PltModelStep(model, &more);
  for (int i = 0; i < n; i++) CALL(PetscOptionsClearValue(NULL, option[i][0]));
  CALL(PltModelGetStep(model, &step));
  *iterations = step.iterations;
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  return failed;
}

START_TEST(options_work)
{
  static const char *const each[][2] = {{"-plt_mg_levels", "2"},
                                        {"-plt_mg_cycle", "v"},
                                        {"-plt_mg_sweeps", "2"},
                                        {"-plt_mg_coarse", "200"}};
  int                      iterations;

  for (int i = 0; i < 4; i++) {
    ck_assert_int_eq(RunWith("columns", &each[i], 1, &iterations), 0);
    ck_assert_msg(Everywhere(iterations > 20 && iterations < 80), "%s: %d", each[i][0], iterations);
  }
}
END_TEST

START_TEST(works_on_an_assembled_matrix)
{
  static const char *const option[][2] = {
      {"-ksp_type", "cg"}, {"-pc_type", "platen"}, {"-ksp_rtol", "1e-8"}};
  int iterations;

  ck_assert_int_eq(RunWith("direct", option, 3, &iterations), 0);
  ck_assert_msg(Everywhere(iterations > 20 && iterations < 80), "%d", iterations);
}
END_TEST

START_TEST(failure_is_an_error)
{
  static const char *const option[][2] = {{"-ksp_max_it", "3"}};
  int                      iterations;

  ck_assert_int_eq(RunWith("columns", option, 1, &iterations), PLT_ERR_CONVERGENCE);
  ck_assert(strstr(PltGetErrorMessage(), "(columns) failed after 3 iterations") != NULL);
}
END_TEST

static Suite *ColumnsSuite(void)
{
  Suite *suite = suite_create("columns");
  TCase *tc    = tcase_create("panel");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, iterations_do_not_grow, 0, NCASE);
  tcase_add_loop_test(tc, answer_is_that_of_the_direct_solver, 0, 8);
  tcase_add_test(tc, auto_chooses_by_size);
  tcase_add_test(tc, options_work);
  tcase_add_test(tc, works_on_an_assembled_matrix);
  tcase_add_test(tc, failure_is_an_error);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(ColumnsSuite)
