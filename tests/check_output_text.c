/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   What is written for people and other programs: JSON, CSV, log, sidecar; that pictures are there.
   */
#include <libfyaml.h>
#include "output/internal.h"
#include "stage.h"

static Stage stage;

/* A whole file as text, to be freed; NULL if there is none. */
static char *Slurp(const char *name)
{
  char  path[160], *text;
  FILE *file;
  long  n;

  snprintf(path, sizeof path, "%s/%s", stage.folder, name);
  file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  n = ftell(file);
  rewind(file);
  text = calloc((size_t)n + 1, 1);
  ck_assert(text && fread(text, 1, (size_t)n, file) == (size_t)n);
  fclose(file);
  return text;
}

/* JSON is YAML: the parser of the recipes reads it. */
static double Number(struct fy_document *json, const char *path)
{
  struct fy_node *node = fy_node_by_path(fy_document_root(json), path, FY_NT, FYNWF_DONT_FOLLOW);
  const char     *text = node ? fy_node_get_scalar0(node) : NULL;

  return text ? strtod(text, NULL) : NAN;
}

static int RightStep(struct fy_document *json, int step, const MadeFrame *made)
{
  const PltWarpage  *w = &made->frame.warpage;
  const PltDieShift *s = &made->frame.shift;
  const struct {
    const char *key;
    double      value;
  } expected[] = {{"index", step},
                  {"time", 60.0 * step},
                  {"temperature", frame_T[step]},
                  {"warpage/pv", w->pv},
                  {"warpage/bow", w->bow},
                  {"warpage/rms", w->rms},
                  {"warpage/corner", w->corner},
                  {"warpage/edge_x", w->edge_x},
                  {"warpage/edge_y", w->edge_y},
                  {"warpage/curvature/0", w->curvature[0]},
                  {"warpage/curvature/1", w->curvature[1]},
                  {"warpage/curvature/2", w->curvature[2]},
                  {"warpage/sign", w->sign},
                  {"die_shift/count", s->count},
                  {"die_shift/raw_max", s->raw_max},
                  {"die_shift/raw_rms", s->raw_rms},
                  {"die_shift/fit/tx", s->tx},
                  {"die_shift/fit/ty", s->ty},
                  {"die_shift/fit/rotation", s->rotation},
                  {"die_shift/fit/mx", s->mx},
                  {"die_shift/fit/my", s->my},
                  {"die_shift/fit/shear", s->shear},
                  {"die_shift/residual_max", s->residual_max},
                  {"die_shift/residual_rms", s->residual_rms},
                  {"solver/increments", 3 + step},
                  {"solver/newton", 11},
                  {"solver/iterations", 17},
                  {"solver/residual", 1e-9},
                  {"reactions_max", 1e-12},
                  {"seconds", 0.25}};
  char path[64];
  int  good = 1;

  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    snprintf(path, sizeof path, "/steps/%d/%s", step, expected[i].key);
    if (Number(json, path) == expected[i].value) continue; /* exactly: 17 digits are enough */
    fprintf(stderr, "%s is %.17g\n", path, Number(json, path));
    good = 0;
  }
  return good;
}

/* null at step 0, where nothing was computed. */
static int RightStability(struct fy_document *json, int step)
{
  const char *const key[] = {"lambda_min", "branch"};
  char              path[64], text[2][32] = {"", ""};

  for (int i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "/steps/%d/stability/%s %%31s", step, key[i]);
    if (fy_document_scanf(json, path, text[i]) != 1) return 0;
  }
  if (step == 0) return !strcmp(text[0], "null") && !strcmp(text[1], "null");
  return strtod(text[0], NULL) == -0.1 / step && !strcmp(text[1], "switched");
}

/* A value of "other" as text; "" if there is none. */
static const char *Other(struct fy_document *json, int step, const char *key)
{
  static char text[32];
  char        path[64];

  text[0] = '\0';
  snprintf(path, sizeof path, "/steps/%d/other%s %%31s", step, key);
  (void)fy_document_scanf(json, path, text);
  return text;
}

/* null where it does not apply, or is not known. */
static int SameOr(const char *text, double value)
{
  return isnan(value) ? !strcmp(text, "null") : strtod(text, NULL) == value;
}

static int RightOther(struct fy_document *json, int step)
{
  const PltOtherShape o = FrameOther(step);
  const PltWarpage   *w = &o.warpage;

  if (!o.looked) return !strcmp(Other(json, step, ""), "null");
  if (strcmp(Other(json, step, "/stable"), o.stable ? "true" : "false")) return 0;
  if (!SameOr(Other(json, step, "/energy"), o.energy)) return 0;
  if (!SameOr(Other(json, step, "/lambda_min"), o.lambda_min)) return 0;
  if (!o.stable) return !strcmp(Other(json, step, "/warpage"), "null");
  return SameOr(Other(json, step, "/warpage/pv"), w->pv) &&
         SameOr(Other(json, step, "/warpage/edge_x"), w->edge_x) &&
         SameOr(Other(json, step, "/warpage/sign"), w->sign) &&
         !strcmp(Other(json, step, "/warpage/shape"), w->shape);
}

static int RightHeader(struct fy_document *json)
{
  char text[32] = "", shape[32] = "", hash[32] = "";

  return fy_document_scanf(json, "/platen %31s", text) == 1 && !strcmp(text, PltGetVersion()) &&
         Number(json, "/ranks") == RankCount() && Number(json, "/mesh/quads") == 192 &&
         Number(json, "/mesh/lines") == 221 && Number(json, "/mesh/levels") == 4 &&
         Number(json, "/mesh/cells") == 576 && Number(json, "/mesh/unknowns") == 2652 &&
         Number(json, "/peak_memory_bytes") == 1e8 &&
         fy_document_scanf(json, "/recipe/hash %31s", hash) == 1 && strlen(hash) == 16 &&
         fy_document_scanf(json, "/steps/0/warpage/shape %31s", shape) == 1 &&
         !strcmp(shape, "bowl");
}

START_TEST(json_holds_every_number_exactly)
{
  struct fy_document *json = NULL;
  char                path[160];

  SetUp(&stage);
  WriteProcess(&stage, "name", PETSC_FALSE, PETSC_TRUE);
  snprintf(path, sizeof path, "%s/name.json", stage.folder);
  if (MyRank() == 0) json = fy_document_build_from_file(NULL, path);
  ck_assert(Everywhere(MyRank() || json != NULL));
  ck_assert(Everywhere(MyRank() || RightHeader(json)));
  for (int step = 0; step < STEPS; step++) {
    MadeFrame made = {0};

    FrameMake(stage.mesh, stage.project, step, &made);
    ck_assert(Everywhere(MyRank() || RightStep(json, step, &made)));
    ck_assert(Everywhere(MyRank() || RightStability(json, step)));
    ck_assert(Everywhere(MyRank() || RightOther(json, step)));
    FrameFree(&made);
  }
  fy_document_destroy(json);
  TearDown(&stage);
}
END_TEST

START_TEST(json_is_escaped_and_finite)
{
  PltJson json = {.depth = 0};

  CALL(PltJsonOpen(&json, NULL, '{'));
  CALL(PltJsonText(&json, "a\"b", "c\\d\n\x01µ"));
  CALL(PltJsonText(&json, "none", NULL));
  CALL(PltJsonOpen(&json, "list", '['));
  CALL(PltJsonReal(&json, NULL, 0.1));
  CALL(PltJsonReal(&json, NULL, -0.0));
  CALL(PltJsonReal(&json, NULL, 1.0 / 3));
  CALL(PltJsonInt(&json, NULL, -7));
  CALL(PltJsonClose(&json, ']'));
  CALL(PltJsonClose(&json, '}'));
  ck_assert_str_eq(json.text.s, "{\n"
                                "  \"a\\\"b\": \"c\\\\d\\u000a\\u0001µ\",\n"
                                "  \"none\": null,\n"
                                "  \"list\": [\n"
                                "    0.1,\n    0,\n    0.3333333333333333,\n    -7\n"
                                "  ]\n}");
  ck_assert(PltJsonReal(&json, "x", NAN) == PLT_ERR_INTERNAL);
  ck_assert(PltJsonReal(&json, "x", INFINITY) == PLT_ERR_INTERNAL);
  CALL(PltTextFree(&json.text));
}
END_TEST

/* A row for each die that is placed, in every step from the second on. */
static int RightCsv(const char *csv)
{
  const char *line = strchr(csv, '\n');
  int         rows = 0;

  if (strncmp(csv, "step,die,x,y,dx,dy,dz,rotation,tilt_x,tilt_y,residual_dx,residual_dy\n", 68))
    return 0;
  for (line++; *line; line = strchr(line, '\n') + 1, rows++) {
    const int step = rows / DIE_COUNT + 1, die = rows % DIE_COUNT;
    double    v[12];

    if (sscanf(line, "%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf,%lf\n", &v[0], &v[1], &v[2],
               &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9], &v[10], &v[11]) != 12)
      return 0;
    if (v[0] != step || v[1] != die + 1 || v[2] != die_at[die][0] || v[3] != die_at[die][1])
      return 0;
  }
  return rows == (STEPS - 1) * DIE_COUNT;
}

static int RightPicture(const char *step)
{
  char file[64], *svg, *png;
  int  good;

  snprintf(file, sizeof file, "name.%s.svg", step);
  svg = Slurp(file);
  snprintf(file, sizeof file, "name.%s.png", step);
  png  = Slurp(file);
  good = svg && strstr(svg, "</svg>") && strlen(svg) > 20000 && strlen(svg) < 1000000;
  good = good && png && !memcmp(png, "\x89PNG", 4);
  free(svg);
  free(png);
  return good;
}

START_TEST(csv_log_and_pictures)
{
  static const char *const picture[STEPS] = {"00-carrier", "01-die-attach", "02-mold", "03-cool",
                                             "04-debond"};
  char                    *csv = NULL, *log = NULL;

  SetUp(&stage);
  WriteProcess(&stage, "name", PETSC_FALSE, PETSC_TRUE);
  if (MyRank() == 0) {
    csv = Slurp("name.dies.csv");
    log = Slurp("name.log");
  }
  ck_assert(Everywhere(MyRank() || (csv && RightCsv(csv))));
  ck_assert(Everywhere(MyRank() || (log && !strncmp(log, "step name", 9))));
  ck_assert(Everywhere(MyRank() || strstr(log, "\n   1 die attach ")));
  ck_assert(Everywhere(MyRank() || strstr(log, "the last line\n"))); /* after the last step */
  for (int i = 0; i < STEPS; i++) ck_assert(Everywhere(MyRank() || RightPicture(picture[i])));
  free(csv);
  free(log);
  TearDown(&stage);
}
END_TEST

START_TEST(die_ids_are_quoted)
{
  PltOutput output;
  char      base[128], *csv = NULL;

  SetUp(&stage);
  CALL(PltProjectDestroy(&stage.project));
  stage.project = FrameProject(PETSC_COMM_WORLD);
  CALL(PetscFree(stage.project->die[1].id));
  CALL(PetscStrallocpy("left, \"upper\"", &stage.project->die[1].id));
  snprintf(base, sizeof base, "%s/name", stage.folder);
  CALL(PltOutputCreate(stage.mesh, &stage.slabs, stage.project, base, PETSC_FALSE, &output));
  for (int step = 1; step < 2; step++) {
    MadeFrame made = {0};

    FrameMake(stage.mesh, stage.project, step, &made);
    CALL(PltOutputWrite(output, &made.frame, &frame_size));
    FrameFree(&made);
  }
  CALL(PltOutputDestroy(&output));
  if (MyRank() == 0) csv = Slurp("name.dies.csv");
  ck_assert(Everywhere(MyRank() || (csv && strstr(csv, "\n0,\"left, \"\"upper\"\"\",0.02,"))));
  free(csv);
  TearDown(&stage);
}
END_TEST

/* The sidecar of `name`, made again by rank 0 from the result alone. */
static char *Sidecar(const char *name)
{
  char path[160];

  snprintf(path, sizeof path, "%s/%s.vtkhdf", stage.folder, name);
  if (PltResultWriteXdmf(path)) return NULL;
  snprintf(path, sizeof path, "%s.xdmf", name);
  return Slurp(path);
}

/* The result of SetUp and WriteProcess. */
static void CheckDescription(void)
{
  char        path[160], *text = NULL;
  const char *row;
  double      value[4];
  int         cells;

  snprintf(path, sizeof path, "%s/name.vtkhdf", stage.folder);
  CALL(PltResultDescribe(path, &text));
  ck_assert(Everywhere(strstr(text, "title     made up\n") && strstr(text, "steps     5\n")));
  ck_assert(Everywhere(strstr(text, "points    884, 3 plies, 4 dies; cells show plies\n") != NULL));
  /* least and greatest ux of the live plies: -1e-4 k x + 1e-6 face, k = 4, x = +-0.04 */
  row = strstr(text, "   3 cool  ");
  ck_assert(Everywhere(row && sscanf(row, "%*d cool %lf %lf %d %lf %lf", &value[0], &value[1],
                                     &cells, &value[2], &value[3]) == 5));
  ck_assert(Everywhere(value[0] == 180 && value[1] == 25 && cells == 576));
  ck_assert(Everywhere(value[2] == -16 && value[3] == 19));
  free(text);
}

START_TEST(sidecar_and_description)
{
  char from[160], to[160], *text[3] = {NULL};
  int  renamed = 0;

  SetUp(&stage);
  WriteProcess(&stage, "name", PETSC_TRUE, PETSC_TRUE);
  CheckDescription();
  snprintf(from, sizeof from, "%s/name.vtkhdf", stage.folder);
  snprintf(to, sizeof to, "%s/new & old.vtkhdf", stage.folder);
  if (MyRank() == 0) {
    text[0] = Slurp("name.xdmf");
    text[1] = Sidecar("name");
    renamed = rename(from, to);
    text[2] = Sidecar("new & old");
  }
  ck_assert(Everywhere(MyRank() || (text[0] && text[1] && text[2] && !renamed)));
  ck_assert(Everywhere(MyRank() || !strcmp(text[0], text[1])));
  ck_assert(Everywhere(MyRank() || strstr(text[0], "name.vtkhdf:/steps/0004/von_mises<")));
  ck_assert(Everywhere(MyRank() || strstr(text[0], "\"0002 mold &lt;&quot;µ&quot;&gt;\"")));
  ck_assert(Everywhere(MyRank() || strstr(text[2], "new &amp; old.vtkhdf:/steps/0000/points<")));
  ck_assert(Everywhere(MyRank() || !strstr(text[2], "name.vtkhdf")));
  for (int i = 0; i < 3; i++) free(text[i]);
  TearDown(&stage);
}
END_TEST

static Suite *TextSuite(void)
{
  Suite *suite = suite_create("text");
  TCase *tcase = tcase_create("text");

  tcase_set_timeout(tcase, 0);
  tcase_add_test(tcase, json_holds_every_number_exactly);
  tcase_add_test(tcase, json_is_escaped_and_finite);
  tcase_add_test(tcase, csv_log_and_pictures);
  tcase_add_test(tcase, die_ids_are_quoted);
  tcase_add_test(tcase, sidecar_and_description);
  suite_add_tcase(suite, tcase);
  return suite;
}

PLT_TEST_MAIN(TextSuite)
