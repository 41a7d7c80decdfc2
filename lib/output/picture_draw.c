/* SPDX-License-Identifier: BSD-2-Clause
   The pieces of a warpage map: title, panel, dies, arrows of die shift, colour bar, scales. */
#include <math.h>
#include <stdio.h>
#include "output/picture.h"

enum {
  OUTLINE_MAX = 10000, /* dies beyond which outlines would be a blur and the SVG large */
  ARROW_MAX   = 2500
};

/* A length with its unit, three digits, as "12.3 µm"; less than a picometre is nothing. */
static void Length(double metres, size_t size, char text[])
{
  double      per;
  const char *unit = PltSheetUnit(fabs(metres) < 1e-12 ? 1e-6 : fabs(metres), &per);

  (void)snprintf(text, size, "%.3g %s", fabs(metres) < 1e-12 ? 0 : metres * per, unit);
}

static void DrawTitle(const PltScene *s, cairo_t *c)
{
  static const char *const side[3] = {" (centre down)", "", " (centre up)"};
  const PltStepReport     *r       = &s->frame->report;
  const PltWarpage        *w       = &s->frame->warpage;
  char                     line[512], pv[32], raw[32], left[32];

  PltSheetInk(c, PLT_INK, 1);
  PltSheetFont(c, 30, 1);
  (void)snprintf(line, sizeof line, "%d  %.80s", s->number, r->name);
  PltSheetText(c, 60, 58, 0, line);
  PltSheetFont(c, 20, 0);
  Length(w->sign < 0 ? -w->pv : w->pv, sizeof pv, pv);
  (void)snprintf(line, sizeof line, "%.5g °C     warpage %s%s peak to valley%s, %s%s",
                 r->temperature - 273.15, w->sign > 0 ? "+" : "", pv, side[w->sign + 1], w->shape,
                 s->frame->up < 0 ? "     (turned over)" : "");
  PltSheetText(c, 60, 92, 0, line);
  if (!s->frame->shift.count) return;
  Length(s->frame->shift.raw_max, sizeof raw, raw);
  Length(s->frame->shift.residual_max, sizeof left, left);
  (void)snprintf(line, sizeof line, "%d dies, shift up to %s, %s after the fit",
                 s->frame->shift.count, raw, left);
  PltSheetText(c, 60, 120, 0, line);
}

static void PanelPath(const PltScene *s, cairo_t *c)
{
  cairo_new_path(c);
  if (s->project->round)
    cairo_arc(c, s->left + s->size[0] / 2, s->top + s->size[1] / 2, s->size[0] / 2, 0,
              2 * PETSC_PI);
  else cairo_rectangle(c, s->left, s->top, s->size[0], s->size[1]);
}

static void DrawMap(const PltScene *s, cairo_t *c)
{
  const int n[2] = {cairo_image_surface_get_width(s->map), cairo_image_surface_get_height(s->map)};

  cairo_save(c);
  cairo_translate(c, s->left, s->top);
  cairo_scale(c, s->size[0] / n[0], s->size[1] / n[1]);
  cairo_set_source_surface(c, s->map, 0, 0);
  cairo_paint(c);
  cairo_restore(c);
  PanelPath(s, c);
  PltSheetInk(c, PLT_INK, 1);
  cairo_set_line_width(c, 1.5);
  cairo_stroke(c);
}

/* Point of the sheet at (x, y) m on the panel. */
static void At(const PltScene *s, double x, double y, double p[2])
{
  p[0] = s->left + s->size[0] / 2 + s->scale * x;
  p[1] = s->top + s->size[1] / 2 - s->scale * y;
}

static void DieOutline(const PltScene *s, cairo_t *c, const PltDie *die)
{
  const double cosine = cos(die->angle), sine = sin(die->angle);

  for (int k = 0; k < 4; k++) {
    const double u = (k == 1 || k == 2 ? 0.5 : -0.5) * die->width;
    const double v = (k >= 2 ? 0.5 : -0.5) * die->height;
    double       p[2];

    At(s, die->x + cosine * u - sine * v, die->y + sine * u + cosine * v, p);
    if (k == 0) cairo_move_to(c, p[0], p[1]);
    else cairo_line_to(c, p[0], p[1]);
  }
  cairo_close_path(c);
}

static void DrawDies(const PltScene *s, cairo_t *c)
{
  if (s->project->ndie > OUTLINE_MAX) return;
  for (int placed = 0; placed < 2; placed++) {
    cairo_new_path(c);
    for (PetscInt d = 0; d < s->project->ndie; d++)
      if (!s->frame->motion[d].placed == !placed) DieOutline(s, c, &s->project->die[d]);
    PltSheetInk(c, PLT_INK, placed ? 0.55 : 0.2);
    cairo_set_line_width(c, s->project->ndie > 900 ? 0.6 : 1);
    cairo_stroke(c);
  }
}

static void Arrow(cairo_t *c, const double from[2], double dx, double dy)
{
  const double length = hypot(dx, dy), head = fmin(6, 0.4 * length);

  if (length < 0.3) return;
  cairo_move_to(c, from[0], from[1]);
  cairo_line_to(c, from[0] + dx, from[1] + dy);
  for (int side = -1; side <= 1; side += 2) {
    const double x = -dx / length * head, y = -dy / length * head;

    cairo_move_to(c, from[0] + dx, from[1] + dy);
    cairo_rel_line_to(c, 0.88 * x - side * 0.47 * y, 0.88 * y + side * 0.47 * x);
  }
}

/* Points of the sheet a metre of die shift: the longest arrow about reaches a neighbour. */
static double ArrowScale(const PltScene *s)
{
  const PltDie *die   = &s->project->die[0];
  const int     shown = PetscMin(s->frame->shift.count, (int)ARROW_MAX);
  const double  pitch = sqrt(s->size[0] * s->size[1] / PetscMax(shown, 1));
  const double  reach = fmin(0.9 * pitch, 1.4 * s->scale * sqrt(die->width * die->height));

  return fmin(fmax(reach, 16), 80) / s->frame->shift.raw_max;
}

static void DrawArrows(const PltScene *s, cairo_t *c)
{
  const PetscInt every = 1 + (PetscMax(s->frame->shift.count, 1) - 1) / ARROW_MAX;
  const double   scale = ArrowScale(s), legend = PltSheetNice(s->frame->shift.raw_max / 2);
  const double   at[2] = {s->left, 868};
  PetscInt       k     = 0;
  char           text[64], length[32];

  cairo_new_path(c);
  for (PetscInt d = 0; d < s->project->ndie; d++) {
    const PltDieMotion *m = &s->frame->motion[d];
    double              p[2];

    if (!m->placed || k++ % every) continue;
    At(s, m->x, m->y, p);
    Arrow(c, p, scale * m->dx, -scale * m->dy);
  }
  Arrow(c, (const double[2]){at[0], at[1] - 6}, scale * legend, 0);
  PltSheetInk(c, PLT_INK, 0.95);
  cairo_set_line_width(c, 1.3);
  cairo_stroke(c);
  Length(legend, sizeof length, length);
  (void)snprintf(text, sizeof text, "%s die shift", length);
  PltSheetFont(c, 17, 0);
  PltSheetText(c, at[0] + scale * legend + 12, at[1], 0, text);
}

static void DrawBar(const PltScene *s, cairo_t *c)
{
  const double x = 1020, y = 190, width = 30, height = 560;
  const int    bands = s->count, every = bands > 12 ? 2 : 1;
  char         text[64];

  for (int i = 0; i < bands; i++) {
    double rgb[3];

    PltSceneColour(s, s->first + i, rgb);
    cairo_set_source_rgb(c, rgb[0], rgb[1], rgb[2]);
    cairo_rectangle(c, x, y + height * (bands - i - 1) / bands, width, height / bands + 0.5);
    cairo_fill(c);
  }
  PltSheetInk(c, PLT_INK, 1);
  cairo_set_line_width(c, 1);
  cairo_rectangle(c, x, y, width, height);
  PltSheetFont(c, 17, 0);
  for (int i = 0; i <= bands; i++) {
    const double at = y + height * (bands - i) / bands, h = (s->first + i) * s->step;

    if ((s->first + i) % every) continue;
    cairo_move_to(c, x + width, at);
    cairo_rel_line_to(c, 6, 0);
    (void)snprintf(text, sizeof text, "%.4g", h * s->per_metre);
    PltSheetText(c, x + width + 12, at + 6, 0, text);
  }
  cairo_stroke(c);
  PltSheetText(c, x, y - 36, 0, "out of plane");
  (void)snprintf(text, sizeof text, "[%s]", s->unit);
  PltSheetText(c, x, y - 14, 0, text);
}

/* A bar of round length, and the directions of x and y. */
static void DrawScale(const PltScene *s, cairo_t *c)
{
  const double length = PltSheetNice(fmax(s->size[0], s->size[1]) / s->scale / 12);
  const double right = s->left + s->size[0], y = 862, bar = length * s->scale, x0 = 1034, y0 = 862;
  char         text[32];

  PltSheetInk(c, PLT_INK, 1);
  cairo_set_line_width(c, 3);
  cairo_move_to(c, right - bar, y);
  cairo_line_to(c, right, y);
  cairo_stroke(c);
  PltSheetFont(c, 17, 0);
  Length(length, sizeof text, text);
  PltSheetText(c, right - bar - 10, y + 6, 1, text);
  PltSheetInk(c, PLT_PALE, 1);
  cairo_set_line_width(c, 1.5);
  Arrow(c, (const double[2]){x0, y0}, 44, 0);
  Arrow(c, (const double[2]){x0, y0}, 0, -44);
  cairo_stroke(c);
  PltSheetText(c, x0 + 50, y0 + 5, 0, "x");
  PltSheetText(c, x0 - 5, y0 - 52, 0, "y");
}

void PltSceneDraw(const PltScene *s, cairo_t *c)
{
  cairo_set_source_rgb(c, 1, 1, 1);
  cairo_paint(c);
  cairo_set_line_join(c, CAIRO_LINE_JOIN_MITER);
  DrawTitle(s, c);
  DrawMap(s, c);
  DrawDies(s, c);
  if (s->frame->shift.raw_max > 0) DrawArrows(s, c);
  DrawBar(s, c);
  DrawScale(s, c);
}
