/* TEST np=1,2 timeout=120 */
/* SPDX-License-Identifier: BSD-2-Clause
   Increments of large kinematics as they are told to the monitor, in the report, in the field file
   and as curves: two equal plies of a square that bends into a bowl and rolls up. The closed form:
   Freund (2000), J. Mech. Phys. Solids 48:1159. */
#include <cairo.h>
#include <hdf5.h>
#include <libfyaml.h>
#include <unistd.h>
#include "check.h"
#include "model/model.h"

/* Half side and thickness, m; kl a^2 sqrt(12 (1 - nu^2)) / h, beyond 17.6, where it rolls up. */
static const double half = 0.03, thick = 1e-3, nu = 0.25, load = 25;
enum { FRAMES = 3, MOST = 200 };

static char folder[64];

static double LinearCurvature(void)
{
  return load * thick / (half * half * sqrt(12 * (1 - nu * nu)));
}

static void AddMaterial(PltProject project, const char *name, double cte)
{
  const double E = 70e9;

  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
  CALL(PltProjectAddPly(project, name, name, NULL, thick / 2, -1));
}

/* Cooled by 100 K in 60 s, the second half of it in a frame of its own. */
static PltProject Create(PltKinematics kinematics)
{
  const double strain = LinearCurvature() * thick / 1.5, hot = 400;
  const double time[] = {0, 30, 60}, T[] = {400, 350, 300};
  PltProject   project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, 2 * half, 2 * half));
  CALL(PltProjectSetMesh(project, half / 4, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetKinematics(project, kinematics));
  CALL(PltProjectSetOutputIncrements(project, 1));
  AddMaterial(project, "lower", 1e-6);
  AddMaterial(project, "upper", 1e-6 + strain / 100);
  CALL(PltProjectAddStep(project, "bond"));
  CALL(PltProjectStepAdd(project, "lower"));
  CALL(PltProjectStepAdd(project, "upper"));
  CALL(PltProjectStepSetStressFree(project, hot));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &hot));
  CALL(PltProjectAddStep(project, "cool"));
  CALL(PltProjectStepSetTemperature(project, 3, time, T));
  return project;
}

typedef struct {
  int           nframe, n, first[FRAMES + 1]; /* of the frames */
  PltStepReport frame[FRAMES];
  PltIncrement  increment[MOST];
  char          notes[512]; /* of the last frame */
} Story;

static int OnFrame(PltModel model, void *context)
{
  Story *story = context;

  if (PltModelGetStep(model, &story->frame[story->nframe])) return PLT_ERR_INTERNAL;
  snprintf(story->notes, sizeof story->notes, "%s", story->frame[story->nframe].notes);
  story->first[++story->nframe] = story->n;
  return PLT_OK;
}

static int OnIncrement(PltModel model, const PltIncrement *increment, void *context)
{
  Story     *story = context;
  PltWarpage warpage;

  if (story->n == MOST || PltModelGetWarpage(model, PLT_SURFACE_TOP, &warpage) ||
      warpage.corner != increment->warpage.corner)
    return PLT_ERR_INTERNAL;
  story->increment[story->n++] = *increment;
  return PLT_OK;
}

/* The whole process, written to folder/name. */
static PltModel Run(PltProject project, Story *story)
{
  PltModel model;
  char     base[96];

  memset(story, 0, sizeof *story);
  snprintf(base, sizeof base, "%s/name", folder);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetOutput(model, base, 1));
  CALL(PltModelSetMonitor(model, OnFrame, story));
  CALL(PltModelSetIncrementMonitor(model, OnIncrement, story));
  CALL(PltModelRun(model));
  return model;
}

static void SetUp(void)
{
  const char *parent = getenv("TMPDIR");

  if (!parent || strlen(parent) > 40) parent = "/tmp";
  snprintf(folder, sizeof folder, "%s/platen-test-XXXXXX", parent);
  if (MyRank() == 0 && !mkdtemp(folder)) folder[0] = '\0';
  (void)MPI_Bcast(folder, sizeof folder, MPI_CHAR, 0, PETSC_COMM_WORLD);
  ck_assert(folder[0]);
}

static void TearDown(void)
{
  char command[96];

  snprintf(command, sizeof command, "rm -rf %s", folder);
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  if (MyRank() == 0) ck_assert_int_eq(system(command), 0);
}

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
  ck_assert(Everywhere(story->increment[story->first[f + 1] - 1].lambda_min == r->lambda_min));
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

static int CountIncrements(struct fy_document *json, int f)
{
  char            path[64];
  struct fy_node *node;

  snprintf(path, sizeof path, "/steps/%d/increments", f);
  node = fy_node_by_path(fy_document_root(json), path, FY_NT, FYNWF_DONT_FOLLOW);
  return node && fy_node_is_sequence(node) ? fy_node_sequence_item_count(node) : -1;
}

static int RightReport(const Story *story)
{
  char                path[96];
  struct fy_document *json;
  int                 good = 1;

  snprintf(path, sizeof path, "%s/name.json", folder);
  json = fy_document_build_from_file(NULL, path);
  for (int f = 0; json && good && f < FRAMES; f++) {
    const int n = story->first[f + 1] - story->first[f];

    snprintf(path, sizeof path, "/steps/%d/solver/increments", f);
    good = Number(json, path) == n && CountIncrements(json, f) == n;
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

/* Enough of the blue and of the red of the edges, which part. */
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

START_TEST(increments_are_told_everywhere)
{
  PltProject project;
  PltModel   model;
  Story      story;

  SetUp();
  project = Create(PLT_LARGE);
  model   = Run(project, &story);
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

START_TEST(expected_curvatures_are_those_of_the_closed_form)
{
  const double kl = LinearCurvature(), kc = thick / (half * half) / sqrt(12 * (1 + nu) * 0.0062259);
  PltProject   project;
  PltModel     model;
  PltExpected  e;
  PltWarpage   w;
  Story        story;

  SetUp();
  project = Create(PLT_LARGE);
  model   = Run(project, &story);
  CALL(PltModelExpect(model, &e));
  CALL(PltModelGetWarpage(model, PLT_SURFACE_TOP, &w));
  /* rounding; the temperature is reached to rounding too */
  ck_assert(Everywhere(Near(e.linear, kl, 1e-9) && Near(e.critical, kc, 1e-9)));
  ck_assert(Everywhere(Near(e.curvature[0] + e.curvature[1], (1 + nu) * kl, 1e-9)));
  ck_assert(Everywhere(Near(e.curvature[0] * e.curvature[1], kc * kc, 1e-9)));
  /* 10 %: real curvatures are not uniform, and the quads are large */
  ck_assert(Everywhere(Near(fmax(w.curvature[0], w.curvature[1]), e.curvature[0], 0.1)));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
  TearDown();
}
END_TEST

START_TEST(linear_theory_has_no_increments)
{
  char                path[96];
  struct fy_document *json = NULL;
  PltProject          project;
  PltModel            model;
  Story               story;

  SetUp();
  project = Create(PLT_SMALL);
  model   = Run(project, &story);
  CALL(PltModelDestroy(&model));
  ck_assert(Everywhere(story.n == 0 && story.nframe == FRAMES && !*story.notes));
  ck_assert(Everywhere(!*story.frame[FRAMES - 1].branch && isnan(story.frame[0].lambda_min)));
  snprintf(path, sizeof path, "%s/name.json", folder);
  if (MyRank() == 0) json = fy_document_build_from_file(NULL, path);
  ck_assert(Everywhere(MyRank() || (json && CountIncrements(json, FRAMES - 1) == 0)));
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
  return increment->step == 1 ? PLT_ERR_INTERRUPTED : PLT_OK;
}

START_TEST(monitor_stops_the_run)
{
  PltProject    project = Create(PLT_LARGE);
  PltStepReport report;
  PltModel      model;

  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetIncrementMonitor(model, Stop, NULL));
  ck_assert(Everywhere(PltModelRun(model) == PLT_ERR_INTERRUPTED));
  CALL(PltModelGetStep(model, &report));
  ck_assert(Everywhere(report.index == 0));
  CALL(PltModelDestroy(&model));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *IncrementSuite(void)
{
  Suite *suite = suite_create("increments");
  TCase *tcase = tcase_create("increments");

  tcase_set_timeout(tcase, 0);
  tcase_add_test(tcase, increments_are_told_everywhere);
  tcase_add_test(tcase, expected_curvatures_are_those_of_the_closed_form);
  tcase_add_test(tcase, linear_theory_has_no_increments);
  tcase_add_test(tcase, monitor_stops_the_run);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(IncrementSuite)
