/* TEST np=1,2,3 timeout=240 */
/* SPDX-License-Identifier: BSD-2-Clause
   A bilayer beyond its bifurcation: the whole panel is its quarter, on any number of ranks. */
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

static Suite *LargeRanksSuite(void)
{
  Suite *suite = suite_create("large_ranks");
  TCase *tc    = tcase_create("bilayer");

  tcase_set_timeout(tc, 0);
  tcase_add_test(tc, whole_panel_is_its_quarter);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(LargeRanksSuite)
