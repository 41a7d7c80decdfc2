/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Increments of large kinematics as they are told to the monitor, in the report, in the field file
   and as curves: two equal plies of a square that bends into a bowl and rolls up. The closed form:
   Freund (2000), J. Mech. Phys. Solids 48:1159. */
#include <cairo.h>
#include <hdf5.h>
#include <libfyaml.h>
#include "model/model.h"
#include "rolling.h"

/* ---- what the monitor was told ---- */

static void CheckFrame(const Story *story, int f)
{
  const PltStepReport *r      = &story->frame[f];
  int                  newton = 0, iterations = 0;
  double               done = 0, time = f < 2 ? 0 : 30;

  ck_assert(Everywhere(story->first[f + 1] - story->first[f] == r->increments));
  for (int k = story->first[f]; k < story->first[f + 1]; k++) {
    const PltIncrement *i = &story->increment[k];

    ck_assert(Everywhere(i->step == r->index && i->number == k - story->first[f] + 1));
    ck_assert(Everywhere(!strcmp(i->name, r->name) && i->time >= time && i->done > done));
    /* 30 s for 50 K, linear */
    if (f > 0) ck_assert(Everywhere(fabs(i->time - 0.6 * (400 - i->temperature)) < 1e-9));
    time = i->time;
    done = i->done;
    newton += i->newton;
    iterations += i->iterations;
  }
  ck_assert(Everywhere(done == 1 && newton == r->newton && iterations == r->iterations));
}

/* Edges stay together until an unstable shape is left; no shape that is told of is unstable. */
static void CheckBranch(const Story *story)
{
  int switches = 0;

  for (int k = 0; k < story->n; k++) {
    const PltIncrement *i = &story->increment[k];
    const PltWarpage   *w = &i->warpage;

    switches += i->switches;
    ck_assert(Everywhere(i->lambda_min >= 0 && i->lambda_min < 1.001));
    ck_assert(Everywhere(!strcmp(i->branch, switches ? "switched" : "natural")));
    if (!switches) ck_assert(Everywhere(fabs(w->edge_x - w->edge_y) < 1e-6 * thick));
  }
  ck_assert(Everywhere(switches == 1 && story->increment[0].switches == 0));
  ck_assert(Everywhere(!strcmp(story->frame[0].branch, "natural")));
  ck_assert(Everywhere(!strcmp(story->frame[FRAMES - 1].branch, "switched")));
  ck_assert(Everywhere(strstr(story->notes, "step 'cool': the shape became unstable") != NULL));
}

/* ---- what is in the files ---- */

static double Number(struct fy_document *json, const char *path)
{
  struct fy_node *node = fy_node_by_path(fy_document_root(json), path, FY_NT, FYNWF_DONT_FOLLOW);
  const char     *text = node ? fy_node_get_scalar0(node) : NULL;

  return text ? strtod(text, NULL) : NAN;
}

static int RightIncrement(struct fy_document *json, int f, int k, const PltIncrement *i)
{
  const struct {
    const char *key;
    double      value;
  } expected[] = {{"time", i->time},
                  {"temperature", i->temperature},
                  {"done", i->done},
                  {"warpage", i->warpage.sign < 0 ? -i->warpage.pv : i->warpage.pv},
                  {"corner", i->warpage.corner},
                  {"edge_x", i->warpage.edge_x},
                  {"edge_y", i->warpage.edge_y},
                  {"curvature/0", i->warpage.curvature[0]},
                  {"curvature/2", i->warpage.curvature[2]},
                  {"lambda_min", i->lambda_min},
                  {"switches", i->switches},
                  {"newton", i->newton},
                  {"iterations", i->iterations}};
  char path[64], text[2][32] = {"", ""};

  for (size_t e = 0; e < sizeof expected / sizeof *expected; e++) {
    snprintf(path, sizeof path, "/steps/%d/increments/%d/%s", f, k, expected[e].key);
    if (Number(json, path) == expected[e].value) continue;
    fprintf(stderr, "%s is %.17g\n", path, Number(json, path));
    return 0;
  }
  snprintf(path, sizeof path, "/steps/%d/increments/%d/part %%31s", f, k);
  if (fy_document_scanf(json, path, text[0]) != 1) return 0;
  snprintf(path, sizeof path, "/steps/%d/increments/%d/branch %%31s", f, k);
  if (fy_document_scanf(json, path, text[1]) != 1) return 0;
  return !strcmp(text[0], i->part) && !strcmp(text[1], i->branch);
}

/* NULL but on rank 0. */
static struct fy_document *ReadReport(void)
{
  char path[96];

  snprintf(path, sizeof path, "%s/name.json", folder);
  return MyRank() == 0 ? fy_document_build_from_file(NULL, path) : NULL;
}

static int CountIncrements(struct fy_document *json, const char *step)
{
  char            path[64];
  struct fy_node *node;

  snprintf(path, sizeof path, "%s/increments", step);
  node = fy_node_by_path(fy_document_root(json), path, FY_NT, FYNWF_DONT_FOLLOW);
  return node && fy_node_is_sequence(node) ? fy_node_sequence_item_count(node) : -1;
}

static int RightReport(const Story *story)
{
  struct fy_document *json = ReadReport();
  char                path[64];
  int                 good = 1;

  for (int f = 0; json && good && f < FRAMES; f++) {
    const int n = story->first[f + 1] - story->first[f];

    snprintf(path, sizeof path, "/steps/%d", f);
    good = CountIncrements(json, path) == n;
    snprintf(path, sizeof path, "/steps/%d/solver/increments", f);
    good = good && Number(json, path) == n;
    for (int k = 0; good && k < n; k++)
      good = RightIncrement(json, f, k, &story->increment[story->first[f] + k]);
  }
  good = good && json;
  fy_document_destroy(json);
  return good;
}

/* Times ascend; a frame has its number, and an increment that leads to it comes before. */
static int RightTimes(const Story *story)
{
  char    path[96];
  double  time[MOST];
  hsize_t n = 0;
  hid_t   file, set, space;
  int     good = 1, whole = 0;

  snprintf(path, sizeof path, "%s/name.vtkhdf", folder);
  file  = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  set   = H5Dopen2(file, "/VTKHDF/Steps/Values", H5P_DEFAULT);
  space = H5Dget_space(set);
  H5Sget_simple_extent_dims(space, &n, NULL);
  good = (int)n == story->n &&
         H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, time) >= 0;
  for (int k = 0; good && k < (int)n; k++) {
    good = time[k] > -1 && (k == 0 || time[k] > time[k - 1]);
    if (time[k] == floor(time[k])) good = good && time[k] == whole++;
  }
  H5Sclose(space);
  H5Dclose(set);
  H5Fclose(file);
  return good && whole == FRAMES;
}

/* Enough of the blue and of the red of the two edges. */
static int RightCurves(void)
{
  char             path[96];
  cairo_surface_t *picture;
  int              width, height, blue = 0, red = 0;

  snprintf(path, sizeof path, "%s/name.curve.png", folder);
  picture = cairo_image_surface_create_from_png(path);
  width   = cairo_image_surface_get_width(picture);
  height  = cairo_image_surface_get_height(picture);
  for (int p = 0; cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS && p < width * height;
       p++) {
    const unsigned char *row = cairo_image_surface_get_data(picture) +
                               (p / width) * cairo_image_surface_get_stride(picture);
    const uint32_t colour = ((const uint32_t *)(const void *)row)[p % width] & 0xffffff;
    const int      warmth = (int)(colour >> 16) - (int)(colour & 255);

    blue += warmth < -100;
    red += warmth > 100;
  }
  cairo_surface_destroy(picture);
  return blue > 1000 && red > 1000;
}

/* Of the last state of that process. */
static void CheckExpected(PltModel model)
{
  const double kl = LinearCurvature();
  const double kc = thick / (half * half) / sqrt(12 * (1 + nu) * 0.0062259);
  PltExpected  e;
  PltWarpage   w;

  CALL(PltModelExpect(model, &e));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w));
  ck_assert(Everywhere(Near(e.linear, kl, 1e-9) && Near(e.critical, kc, 1e-9)));
  ck_assert(Everywhere(Near(e.curvature[0] + e.curvature[1], (1 + nu) * kl, 1e-9)));
  ck_assert(Everywhere(Near(e.curvature[0] * e.curvature[1], kc * kc, 1e-9)));
  /* 10 %: real curvatures are not uniform, and the quads are large */
  ck_assert(Everywhere(Near(fmax(w.curvature[0], w.curvature[1]), e.curvature[0], 0.1)));
}

START_TEST(increments_are_told_everywhere)
{
  PltProject project;
  PltModel   model;
  Story      story;

  SetUp();
  project = Create(PLT_LARGE);
  model   = Run(project, &story);
  CheckExpected(model);
  CALL(PltModelDestroy(&model));
  ck_assert(Everywhere(story.nframe == FRAMES));
  for (int f = 0; f < FRAMES; f++) CheckFrame(&story, f);
  CheckBranch(&story);
  ck_assert(Everywhere(MyRank() || RightReport(&story)));
  ck_assert(Everywhere(MyRank() || RightTimes(&story)));
  ck_assert(Everywhere(MyRank() || RightCurves()));
  CALL(PltProjectDestroy(&project));
  TearDown();
}
END_TEST

START_TEST(linear_theory_has_no_increments)
{
  char                path[96];
  struct fy_document *json;
  PltProject          project;
  PltModel            model;
  Story               story;

  SetUp();
  project = Create(PLT_SMALL);
  model   = Run(project, &story);
  CALL(PltModelDestroy(&model));
  ck_assert(Everywhere(story.n == 0 && story.nframe == FRAMES && !*story.notes));
  ck_assert(Everywhere(!*story.frame[FRAMES - 1].branch && isnan(story.frame[0].lambda_min)));
  json = ReadReport();
  ck_assert(Everywhere(MyRank() || (json && CountIncrements(json, "/steps/2") == 0)));
  fy_document_destroy(json);
  snprintf(path, sizeof path, "%s/name.curve.png", folder);
  ck_assert(Everywhere(access(path, F_OK) != 0));
  CALL(PltProjectDestroy(&project));
  TearDown();
}
END_TEST

static int Stop(PltModel model, const PltIncrement *increment, void *context)
{
  (void)model;
  (void)context;
  return increment->step == 1 && increment->number == 2 ? PLT_ERR_INTERRUPTED : PLT_OK;
}

START_TEST(broken_off_step_is_reported)
{
  struct fy_document *json;
  PltProject          project = Create(PLT_LARGE);
  PltStepReport       report;
  PltModel            model;
  char                path[96];

  SetUp();
  snprintf(path, sizeof path, "%s/name", folder);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetOutput(model, path, 0));
  CALL(PltModelSetIncrementMonitor(model, Stop, NULL));
  ck_assert(Everywhere(PltModelRun(model) == PLT_ERR_INTERRUPTED));
  CALL(PltModelGetStep(model, &report));
  ck_assert(Everywhere(report.index == 0));
  CALL(PltModelDestroy(&model));
  json = ReadReport();
  ck_assert(Everywhere(MyRank() || (json && CountIncrements(json, "/unfinished") == 2)));
  ck_assert(Everywhere(MyRank() || Number(json, "/unfinished/index") == 1));
  fy_document_destroy(json);
  CALL(PltProjectDestroy(&project));
  TearDown();
}
END_TEST

static Suite *IncrementSuite(void)
{
  Suite *suite = suite_create("increments");
  TCase *tcase = tcase_create("increments");

  tcase_set_timeout(tcase, 0);
  tcase_add_test(tcase, increments_are_told_everywhere);
  tcase_add_test(tcase, linear_theory_has_no_increments);
  tcase_add_test(tcase, broken_off_step_is_reported);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(IncrementSuite)
