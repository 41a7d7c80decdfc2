/* SPDX-License-Identifier: BSD-2-Clause
   A chart: axes with round numbers, a grid, labels. */
#include <math.h>
#include <stdio.h>
#include "output/picture.h"

enum { WIDTH = PLT_CHART_WIDTH, HEIGHT = PLT_CHART_HEIGHT, LEFT = PLT_CHART_LEFT };
enum { RIGHT = PLT_CHART_RIGHT, TOP = PLT_CHART_TOP, BOTTOM = PLT_CHART_BOTTOM };

PltAxis PltAxisOf(double low, double high)
{
  const double least = fmax(1e-12, 1e-9 * fmax(fabs(low), fabs(high)));
  PltAxis      a     = {.step = PltSheetNice(fmax(high - low, least) / 6)};

  a.low  = a.step * floor(low / a.step + 1e-6);
  a.high = a.step * ceil(high / a.step - 1e-6);
  if (a.high <= a.low) a.high = a.low + a.step;
  return a;
}

double PltChartX(const PltAxis axis[2], double x)
{
  return LEFT + (WIDTH - LEFT - RIGHT) * (x - axis->low) / (axis->high - axis->low);
}

double PltChartY(const PltAxis axis[2], double y)
{
  return HEIGHT - BOTTOM -
         (HEIGHT - TOP - BOTTOM) * (y - axis[1].low) / (axis[1].high - axis[1].low);
}

void PltChartLine(cairo_t *c, double x0, double y0, double x1, double y1)
{
  cairo_move_to(c, x0, y0);
  cairo_line_to(c, x1, y1);
  cairo_stroke(c);
}

void PltChartDot(cairo_t *c, double x, double y, double radius)
{
  cairo_new_sub_path(c);
  cairo_arc(c, x, y, radius, 0, 2 * PETSC_PI);
  cairo_fill(c);
}

/* The line at 0 is the darkest. */
static void DrawTick(const PltAxis axis[2], int d, double tick, double per_unit, cairo_t *c)
{
  const double value = fabs(tick) < 1e-6 * axis[d].step ? 0 : tick * (d ? per_unit : 1);
  char         text[32];

  PltSheetInk(c, PLT_PALE, d && value == 0 ? 0.9 : 0.25);
  if (d) PltChartLine(c, LEFT, PltChartY(axis, tick), WIDTH - RIGHT, PltChartY(axis, tick));
  else PltChartLine(c, PltChartX(axis, tick), TOP, PltChartX(axis, tick), HEIGHT - BOTTOM);
  (void)snprintf(text, sizeof text, "%.6g", axis[d].decades ? pow(10, tick) : value);
  PltSheetInk(c, PLT_INK, 1);
  if (d) PltSheetText(c, LEFT - 9, PltChartY(axis, tick) + 5, 1, text);
  else PltSheetText(c, PltChartX(axis, tick), HEIGHT - BOTTOM + 21, 0.5, text);
}

void PltChartAxes(const PltAxis axis[2], double per_unit, const char *x, const char *y, cairo_t *c)
{
  PltSheetFont(c, 15, 0);
  cairo_set_line_width(c, 1);
  for (int d = 0; d < 2; d++) {
    const int n = (int)lround((axis[d].high - axis[d].low) / axis[d].step);

    for (int k = 0; k <= n; k++) DrawTick(axis, d, axis[d].low + k * axis[d].step, per_unit, c);
  }
  PltSheetText(c, (WIDTH + LEFT - RIGHT) / 2., HEIGHT - BOTTOM + 46, 0.5, x);
  cairo_save(c);
  cairo_translate(c, 24, (HEIGHT + TOP - BOTTOM) / 2.);
  cairo_rotate(c, -PETSC_PI / 2);
  PltSheetText(c, 0, 0, 0.5, y);
  cairo_restore(c);
}
