/* SPDX-License-Identifier: BSD-2-Clause
   base.curve.png and .svg: how the panel bends on the way. For each step a chart of the heights of
   corners and edges at every increment, against temperature, or the part of the step that is done
   where the temperature hardly changes. Where the curves of the two edges part, a bowl has rolled
   up. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "output/picture.h"

/* A chart; the sheet's title and legend; margins of the axes in a chart. */
enum { WIDTH = PLT_CHART_WIDTH, HEIGHT = PLT_CHART_HEIGHT, HEAD = 108 };
enum { LEFT = PLT_CHART_LEFT, TOP = PLT_CHART_TOP };
enum { COLUMNS_MAX = 4, CURVES = 3 };
/* K, below which a step is drawn against its progress. */
static const double LEVEL = 0.5;

typedef struct {
  const PltIncrement *i;
  int                 n, from; /* increments; 1: the first is the last of the step before */
  PetscBool           level;   /* against progress */
} Chart;

typedef struct {
  const char *title;
  int         nchart, columns;
  Chart      *chart;
} Curves;

/* Okabe and Ito (2008), which colour-blind readers can tell apart. */
static const double colour[CURVES][3] = {{0.13, 0.15, 0.18}, {0, 0.447, 0.698}, {0.835, 0.369, 0}};
static const double dash[CURVES][2]   = {{0, 0}, {0, 0}, {9, 5}};
static const char *const name[CURVES] = {"corners", "middle of the edges x = ±a",
                                         "middle of the edges y = ±b"};

/* ---- what is drawn ---- */

static PetscBool IsWorthIt(const PltIncrement *i, int n)
{
  for (int k = 0; k < n; k++)
    if (strcmp(i[k].warpage.shape, "flat") != 0) return n > 1;
  return PETSC_FALSE;
}

static void SetChart(Chart *chart, const PltReport *report, PltProject project, int first, int n)
{
  const PltIncrement *i   = report->increment + first;
  double              low = i->temperature, high = low;

  for (int k = 0; k < n; k++) {
    low  = fmin(low, i[k].temperature);
    high = fmax(high, i[k].temperature);
  }
  chart->level = (PetscBool)(high - low < LEVEL);
  chart->from  = first > 0 && !project->step[i->step].flip ? 1 : 0;
  chart->i     = i - chart->from;
  chart->n     = n + chart->from;
}

static PetscErrorCode FindCharts(const PltReport *report, PltProject project, Curves *curves)
{
  int n;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(report->nincrement, &curves->chart));
  for (int first = 0; first < report->nincrement; first += n) {
    for (n = 1; first + n < report->nincrement; n++)
      if (report->increment[first + n].step != report->increment[first].step) break;
    if (IsWorthIt(report->increment + first, n))
      SetChart(&curves->chart[curves->nchart++], report, project, first, n);
  }
  curves->columns = PetscMin(curves->nchart, PetscMax(2, (int)ceil(sqrt(curves->nchart))));
  curves->columns = PetscMin(curves->columns, (int)COLUMNS_MAX);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static double Height(const PltIncrement *i, int curve)
{
  const PltWarpage *w = &i->warpage;

  return curve == 0 ? w->corner : curve == 1 ? w->edge_x : w->edge_y;
}

/* Is this the last increment of a frame? */
static PetscBool Ends(const Chart *chart, int k)
{
  return (PetscBool)(k == chart->n - 1 || chart->i[k + 1].number <= chart->i[k].number);
}

/* degC, or how many temperatures of the program are reached; the last of a step ends it, whatever
   was left to do. */
static double Place(const Chart *chart, int k)
{
  double reached = 0;

  if (!chart->level) return chart->i[k].temperature - 273.15;
  for (int j = chart->from; j < k; j++) reached += Ends(chart, j);
  if (k < chart->from) return 0;
  return reached + (Ends(chart, k) ? 1 : chart->i[k].done);
}

/* ---- axes ---- */

/* Heights in metres, from 0. */
static void FindAxes(const Chart *chart, PltAxis axis[2])
{
  double low[2] = {Place(chart, 0), 0}, high[2] = {low[0], 0};

  if (chart->level) low[0] = 0;
  for (int k = 0; k < chart->n; k++) {
    low[0]  = fmin(low[0], Place(chart, k));
    high[0] = fmax(high[0], Place(chart, k));
    for (int c = 0; c < CURVES; c++) {
      low[1]  = fmin(low[1], Height(&chart->i[k], c));
      high[1] = fmax(high[1], Height(&chart->i[k], c));
    }
  }
  for (int d = 0; d < 2; d++) axis[d] = PltAxisOf(low[d], high[d]);
}

static void DrawAxes(const Chart *chart, const PltAxis axis[2], cairo_t *c)
{
  const PltIncrement *last = &chart->i[chart->n - 1];
  double              per_metre;
  const char         *unit = PltSheetUnit(fmax(axis[1].high, -axis[1].low), &per_metre);
  char                text[128], above[64];

  PltSheetInk(c, PLT_INK, 1);
  PltSheetFont(c, 18, 1);
  (void)snprintf(text, sizeof text, "%d  %.40s", last->step, last->name);
  PltSheetText(c, LEFT, TOP - 14, 0, text);
  if (chart->level)
    (void)snprintf(text, sizeof text, "part of the step, at %.5g °C", last->temperature - 273.15);
  else (void)snprintf(text, sizeof text, "temperature [°C]");
  (void)snprintf(above, sizeof above, "above the centre [%s]", unit);
  PltChartAxes(axis, per_metre, text, above, c);
}

/* ---- curves ---- */

static void SetPen(cairo_t *c, int curve)
{
  cairo_set_source_rgb(c, colour[curve][0], colour[curve][1], colour[curve][2]);
  cairo_set_dash(c, dash[curve], dash[curve][0] > 0 ? 2 : 0, 0);
  cairo_set_line_width(c, 2.5);
}

static void Ring(cairo_t *c, double x, double y)
{
  cairo_set_dash(c, NULL, 0, 0);
  cairo_set_line_width(c, 1.5);
  cairo_new_sub_path(c);
  cairo_arc(c, x, y, 8, 0, 2 * PETSC_PI);
  cairo_stroke(c);
}

static void DrawCurve(const Chart *chart, const PltAxis axis[2], int curve, cairo_t *c)
{
  const int last = chart->n - 1;

  SetPen(c, curve);
  cairo_new_path(c);
  for (int k = 0; k <= last; k++)
    cairo_line_to(c, PltChartX(axis, Place(chart, k)),
                  PltChartY(axis, Height(&chart->i[k], curve)));
  cairo_stroke(c);
  for (int k = 0; k <= last; k++) {
    const double x = PltChartX(axis, Place(chart, k)),
                 y = PltChartY(axis, Height(&chart->i[k], curve));

    PltChartDot(c, x, y, k == last ? 6 : 3.2);
    if (k >= chart->from && chart->i[k].switches > 0) Ring(c, x, y);
  }
}

static double LegendEntry(cairo_t *c, double x, double y, const char *text)
{
  cairo_text_extents_t extents;

  PltSheetInk(c, PLT_INK, 1);
  PltSheetText(c, x, y, 0, text);
  cairo_text_extents(c, text, &extents);
  return x + extents.x_advance + 30;
}

/* In two rows, so that it fits above one chart. */
static void DrawLegend(cairo_t *c)
{
  const double row[2] = {68, 94};
  double       x      = LEFT;

  PltSheetFont(c, 15, 0);
  for (int k = 0; k < CURVES; k++) {
    if (k == 1) x = LEFT;
    SetPen(c, k);
    PltChartLine(c, x, row[k > 0] - 5, x + 30, row[k > 0] - 5);
    cairo_set_dash(c, NULL, 0, 0);
    x = LegendEntry(c, x + 38, row[k > 0], name[k]);
    if (k > 0) continue;
    PltChartDot(c, x + 6, row[0] - 5, 6);
    x = LegendEntry(c, x + 20, row[0], "end of the step");
    Ring(c, x + 8, row[0] - 5);
    x = LegendEntry(c, x + 24, row[0], "an unstable shape was left");
  }
}

static void Draw(const void *subject, cairo_t *c)
{
  const Curves *curves = subject;

  cairo_set_source_rgb(c, 1, 1, 1);
  cairo_paint(c);
  PltSheetInk(c, PLT_INK, 1);
  PltSheetFont(c, 22, 1);
  PltSheetText(c, LEFT, 38, 0, curves->title);
  DrawLegend(c);
  for (int k = 0; k < curves->nchart; k++) {
    const Chart *chart = &curves->chart[k];
    PltAxis      axis[2];

    FindAxes(chart, axis);
    cairo_save(c);
    cairo_translate(c, (double)WIDTH * (k % curves->columns),
                    HEAD + (double)HEIGHT * (k / curves->columns));
    DrawAxes(chart, axis, c);
    for (int curve = 0; curve < CURVES; curve++) DrawCurve(chart, axis, curve, c);
    cairo_restore(c);
  }
}

PetscErrorCode PltCurveWrite(const PltReport *report, PltProject project, const char *base)
{
  Curves         curves = {.title =
                       project->title && *project->title ? project->title : PltFileBasename(base)};
  PltSheet       sheet  = {.draw = Draw, .subject = &curves};
  PltText        stem   = {0};
  PetscErrorCode ierr   = 0;

  PetscFunctionBegin;
  if (!report->nincrement) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(FindCharts(report, project, &curves));
  if (curves.nchart) {
    const int rows = (curves.nchart + curves.columns - 1) / curves.columns;

    sheet.width  = WIDTH * curves.columns;
    sheet.height = HEAD + HEIGHT * rows;
    PetscCall(PltTextAdd(&stem, "%s.curve", base));
    ierr = PltSheetWrite(&sheet, stem.s);
    PetscCall(PltTextFree(&stem));
  }
  PetscCall(PetscFree(curves.chart));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
