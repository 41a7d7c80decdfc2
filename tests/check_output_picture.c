/* TEST np=1,2 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The warpage map as pixels: up is red, y is up, a part of a symmetric panel is drawn whole. */
#include <cairo.h>
#include "output/internal.h"
#include "stage.h"

static Stage stage;

/* A picture of w = x on the right half or the quarter of the panel. */
static cairo_surface_t *Draw(PltSymmetry symmetry, PetscReal up,
                             PetscReal (*height)(const PetscReal *))
{
  MadeFrame    made = {0};
  PltFootprint plan;
  PetscReal   *own, *map;
  Grid         grid = frame_grid;
  PltMesh      mesh;
  char         base[128];

  for (int k = 0; symmetry != PLT_SYMMETRY_NONE && k < 2; k++) {
    grid.low[k] = 0;
    grid.n[k] /= 2;
  }
  GridMesh(PETSC_COMM_WORLD, &grid, &mesh);
  stage.project->symmetry = symmetry;
  FrameMake(mesh, stage.project, 3, &made);
  made.frame.up = up;
  CALL(PetscMalloc1(mesh->nvert_own, &own));
  for (PetscInt v = 0; v < mesh->nvert_own; v++) own[v] = height(&mesh->xy[2 * v]);
  CALL(PltMeshGatherFootprint(mesh, &plan));
  CALL(PltPlanGather(mesh, own, &map));
  snprintf(base, sizeof base, "%s/name", stage.folder);
  if (MyRank() == 0) CALL(PltPictureWrite(&plan, stage.project, base, &made.frame, 3, map));
  CALL(PltFootprintDestroy(&plan));
  CALL(PetscFree(own));
  CALL(PetscFree(map));
  FrameFree(&made);
  GridDestroy(&mesh);
  snprintf(base, sizeof base, "%s/name.03-cool.png", stage.folder);
  return MyRank() == 0 ? cairo_image_surface_create_from_png(base) : NULL;
}

/* Red less blue, -255..255, at a place on the panel (fractions of its width and height from below).
   */
static int Warmth(cairo_surface_t *picture, double x, double y)
{
  /* the panel of 80 x 60 mm fills 910 x 682.5 of the sheet's 1200 x 900 points from (60, 143.75) */
  const double scale = cairo_image_surface_get_width(picture) / 1200.0;
  const int    px = (int)(scale * (60 + 910 * x)), py = (int)(scale * (143.75 + 682.5 * (1 - y)));
  const uint32_t *row =
      (const uint32_t *)(const void *)(cairo_image_surface_get_data(picture) +
                                       py * cairo_image_surface_get_stride(picture));

  return (int)(row[px] >> 16 & 255) - (int)(row[px] & 255);
}

static PetscReal Slope(const PetscReal *xy)
{
  return 1e-3 * (xy[0] + 2 * xy[1]);
}

static PetscReal Bowl(const PetscReal *xy)
{
  return 0.1 * (xy[0] * xy[0] + xy[1] * xy[1]) - 1e-4;
}

START_TEST(picture_shows_up_as_red)
{
  for (int up = 1; up >= -1; up -= 2) {
    cairo_surface_t *picture;
    int              warmth[3] = {0, 0, 0}, status = 0;

    SetUp(&stage);
    picture = Draw(PLT_SYMMETRY_NONE, up, Slope);
    if (MyRank() == 0) {
      status    = (int)cairo_surface_status(picture);
      warmth[0] = up * Warmth(picture, 0.95, 0.96);
      warmth[1] = up * Warmth(picture, 0.05, 0.04);
      warmth[2] = up * Warmth(picture, 0.05, 0.96); /* y weighs more than x */
      cairo_surface_destroy(picture);
    }
    ck_assert(Everywhere(status == CAIRO_STATUS_SUCCESS));
    ck_assert(Everywhere(MyRank() || (warmth[0] > 100 && warmth[1] < -80 && warmth[2] > 0)));
    TearDown(&stage);
  }
}
END_TEST

START_TEST(picture_of_a_quarter_shows_the_whole)
{
  cairo_surface_t *picture[2];
  int              same = 0;

  SetUp(&stage);
  picture[0]              = Draw(PLT_SYMMETRY_NONE, 1, Bowl);
  picture[1]              = Draw(PLT_SYMMETRY_QUARTER, 1, Bowl);
  stage.project->symmetry = PLT_SYMMETRY_NONE;
  for (int i = 0; MyRank() == 0 && i < 81; i++) {
    const double x = 0.05 + 0.1 * (i % 9) + 0.013, y = 0.06 + 0.1 * (double)(i / 9) + 0.011;

    same += Warmth(picture[0], x, y) == Warmth(picture[1], x, y);
  }
  for (int i = 0; i < 2; i++) cairo_surface_destroy(picture[i]);
  /* a place or two may lie on a contour line, which is one pixel wide */
  ck_assert(Everywhere(MyRank() || same >= 79));
  TearDown(&stage);
}
END_TEST

static Suite *PictureSuite(void)
{
  Suite *suite = suite_create("picture");
  TCase *tcase = tcase_create("picture");

  tcase_set_timeout(tcase, 0);
  tcase_add_test(tcase, picture_shows_up_as_red);
  tcase_add_test(tcase, picture_of_a_quarter_shows_the_whole);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(PictureSuite)
