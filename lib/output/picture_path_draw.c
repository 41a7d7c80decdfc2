/* SPDX-License-Identifier: BSD-2-Clause
   base.png and .svg of a path: drawing the charts. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "output/picture_path.h"

enum { HEAD = 84, COLUMNS = 2 };
enum { WIDTH = PLT_CHART_WIDTH, HEIGHT = PLT_CHART_HEIGHT, LEFT = PLT_CHART_LEFT };
enum { TOP = PLT_CHART_TOP };

/* Okabe and Ito (2008). */
static const double colour[7][3] = {{0, 0.447, 0.698},   {0.835, 0.369, 0}, {0, 0.62, 0.451},
                                    {0.8, 0.475, 0.655}, {0.902, 0.624, 0}, {0.337, 0.706, 0.914},
                                    {0.13, 0.15, 0.18}};

static double AtX(const PltPathSheet *s, const PltPathChart *chart, const PltPoint *p)
{
  const double x = PltWhichNumber(p, chart->x);

  if (chart->x.kind == PLT_AT_TIME) return s->decades ? log10(x) : s->per_time * x;
  return chart->x.kind == PLT_AT_STRAIN ? 100 * x : x;
}

/* The first point that has a place: time 0 has no logarithm. */
static PetscInt First(const PltPathSheet *s, const PltPathChart *chart)
{
  PetscInt k = 0;

  while (chart->x.kind == PLT_AT_TIME && s->decades && s->path->point[k].time <= 0 &&
         k < s->path->npoint - 1)
    k++;
  return k;
}

static void FindAxes(const PltPathSheet *s, const PltPathChart *chart, PltAxis axis[2])
{
  double low[2]  = {INFINITY, chart->unit[0] == '\xc2' ? INFINITY : 0},
         high[2] = {-INFINITY, chart->unit[0] == '\xc2' ? -INFINITY : 0};

  for (PetscInt k = First(s, chart); k < s->path->npoint; k++) {
    const PltPoint *p = &s->path->point[k];
    const double    x = AtX(s, chart, p);

    low[0]  = fmin(low[0], x);
    high[0] = fmax(high[0], x);
    for (int i = 0; i < chart->ncurve; i++) {
      low[1]  = fmin(low[1], PltWhichNumber(p, chart->curve[i].which) * chart->per_unit);
      high[1] = fmax(high[1], PltWhichNumber(p, chart->curve[i].which) * chart->per_unit);
    }
  }
  for (int d = 0; d < 2; d++) axis[d] = PltAxisOf(low[d], high[d]);
  axis[0].decades = chart->x.kind == PLT_AT_TIME && s->decades;
  if (axis[0].decades)
    axis[0] = (PltAxis){floor(low[0]), fmax(ceil(high[0]), floor(low[0]) + 1), 1, 1};
}

static void SetPen(const PltPathCurve *curve, int number, cairo_t *c)
{
  const double  dash[2] = {8, 6};
  const double *rgb     = colour[*curve->style ? 6 : number % 6];

  cairo_set_source_rgba(c, rgb[0], rgb[1], rgb[2], *curve->style == 'd' ? 0.5 : 1);
  cairo_set_dash(c, dash, *curve->style == 'd' ? 2 : 0, 0);
  cairo_set_line_width(c, 2.5);
}

static void DrawCurve(const PltPathSheet *s, const PltPathChart *chart, const PltAxis axis[2],
                      int number, cairo_t *c)
{
  const PltPathCurve *curve = &chart->curve[number];

  SetPen(curve, number, c);
  cairo_new_path(c);
  for (PetscInt k = First(s, chart); k < s->path->npoint; k++) {
    const PltPoint *p = &s->path->point[k];

    cairo_line_to(c, PltChartX(axis, AtX(s, chart, p)),
                  PltChartY(axis, chart->per_unit * PltWhichNumber(p, curve->which)));
  }
  cairo_stroke(c);
  cairo_set_dash(c, NULL, 0, 0);
  for (PetscInt k = First(s, chart); k < s->path->npoint; k++) {
    const PltPoint *p = &s->path->point[k];

    if (p->corner && *curve->style != 'd')
      PltChartDot(c, PltChartX(axis, AtX(s, chart, p)),
                  PltChartY(axis, chart->per_unit * PltWhichNumber(p, curve->which)), 3.5);
  }
}

/* The title of a chart and its curves behind it. */
static void DrawLegend(const PltPathChart *chart, const char *title, cairo_t *c)
{
  cairo_text_extents_t extents;
  double               x = LEFT;

  PltSheetInk(c, PLT_INK, 1);
  PltSheetFont(c, 18, 1);
  PltSheetText(c, x, TOP - 14, 0, title);
  cairo_text_extents(c, title, &extents);
  x += extents.x_advance + 24;
  PltSheetFont(c, 14, 0);
  for (int i = 0; i < chart->ncurve; i++) {
    if (chart->ncurve == 1 && !strcmp(chart->curve[i].label, chart->title)) continue;
    SetPen(&chart->curve[i], i, c);
    PltChartLine(c, x, TOP - 19, x + 26, TOP - 19);
    cairo_set_dash(c, NULL, 0, 0);
    PltSheetInk(c, PLT_INK, 1);
    PltSheetText(c, x + 32, TOP - 14, 0, chart->curve[i].label);
    cairo_text_extents(c, chart->curve[i].label, &extents);
    x += extents.x_advance + 52;
  }
}

static void DrawChart(const PltPathSheet *s, const PltPathChart *chart, cairo_t *c)
{
  const char *const x_name[] = {
      [PLT_AT_TIME] = "time", [PLT_AT_TEMPERATURE] = "temperature", [PLT_AT_STRAIN] = "strain"};
  const char *const x_unit[] = {
      [PLT_AT_TIME] = s->time_unit, [PLT_AT_TEMPERATURE] = "°C", [PLT_AT_STRAIN] = "%"};
  PltAxis axis[2];
  char    x[64], y[80], title[48];

  (void)snprintf(title, sizeof title, "%s", chart->title);
  for (char *t = title; *t; t++)
    if (*t == '_') *t = ' ';
  FindAxes(s, chart, axis);
  (void)snprintf(x, sizeof x, "%s [%s]", x_name[chart->x.kind], x_unit[chart->x.kind]);
  (void)snprintf(y, sizeof y, *chart->unit ? "%s [%s]" : "%s", title, chart->unit);
  PltChartAxes(axis, 1, x, y, c);
  DrawLegend(chart, title, c);
  for (int i = chart->ncurve - 1; i >= 0; i--) DrawCurve(s, chart, axis, i, c);
}

static void Draw(const void *subject, cairo_t *c)
{
  const PltPathSheet *s = subject;

  cairo_set_source_rgb(c, 1, 1, 1);
  cairo_paint(c);
  PltSheetInk(c, PLT_INK, 1);
  PltSheetFont(c, 22, 1);
  PltSheetText(c, LEFT, 36, 0, s->title);
  PltSheetFont(c, 15, 0);
  PltSheetText(c, LEFT, 62, 0, s->given);
  for (int k = 0; k < s->nchart; k++) {
    cairo_save(c);
    cairo_translate(c, (double)WIDTH * (k % COLUMNS), HEAD + (double)HEIGHT * (k / COLUMNS));
    DrawChart(s, &s->chart[k], c);
    cairo_restore(c);
  }
}

PetscErrorCode PltPathSheetWrite(const PltPathSheet *s, const char *stem)
{
  PltSheet sheet = {.draw = Draw, .subject = s};

  PetscFunctionBegin;
  sheet.width  = WIDTH * COLUMNS;
  sheet.height = HEAD + HEIGHT * ((s->nchart + COLUMNS - 1) / COLUMNS);
  PetscCall(PltSheetWrite(&sheet, stem));
  PetscFunctionReturn(PETSC_SUCCESS);
}
