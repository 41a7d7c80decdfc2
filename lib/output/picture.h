/* SPDX-License-Identifier: BSD-2-Clause
   Pictures while they are drawn. Lengths on a sheet are in points; a warpage map has 1200 x 900. */
#ifndef PLT_OUTPUT_PICTURE_H
#define PLT_OUTPUT_PICTURE_H
#include <cairo.h>
#include "output/internal.h"

/* ---- picture_sheet.c ---- */
typedef struct {
  double width, height; /* points */
  void (*draw)(const void *subject, cairo_t *sheet);
  const void *subject;
} PltSheet;
/* stem.png and stem.svg. */
PLT_INTERN PetscErrorCode PltSheetWrite(const PltSheet *sheet, const char *stem);
typedef enum { PLT_INK, PLT_PALE } PltInk;
PLT_INTERN void PltSheetInk(cairo_t *sheet, PltInk ink, double alpha);
PLT_INTERN void PltSheetFont(cairo_t *sheet, double size, int bold);
/* align: 0 left of the text at x, 0.5 its middle, 1 its end. */
PLT_INTERN void PltSheetText(cairo_t *sheet, double x, double y, double align, const char *text);
/* The smallest of 1, 2, 5 x 10^k that is not below x > 0. */
PLT_INTERN double PltSheetNice(double x);
/* nm, um or mm for lengths up to x m, and how many there are in a metre. */
PLT_INTERN const char *PltSheetUnit(double x, double *per_metre);

/* ---- picture_chart.c: curves over axes ---- */
typedef struct {
  double low, high, step; /* step: from tick to tick */
  int    decades;         /* the numbers are powers of ten: ticks are 10^low ... */
} PltAxis;
/* A chart with its margins, its origin in the upper left corner. */
enum { PLT_CHART_WIDTH = 640, PLT_CHART_HEIGHT = 470, PLT_CHART_LEFT = 92, PLT_CHART_RIGHT = 28 };
enum { PLT_CHART_TOP = 46, PLT_CHART_BOTTOM = 72 };
/* Six steps or so that hold both. */
PLT_INTERN PltAxis PltAxisOf(double low, double high);
PLT_INTERN double  PltChartX(const PltAxis axis[2], double x);
PLT_INTERN double  PltChartY(const PltAxis axis[2], double y);
/* Grid, ticks (y times per_unit) and what stands at the axes. */
PLT_INTERN void PltChartAxes(const PltAxis axis[2], double per_unit, const char *x, const char *y,
                             cairo_t *sheet);
PLT_INTERN void PltChartLine(cairo_t *sheet, double x0, double y0, double x1, double y1);
PLT_INTERN void PltChartDot(cairo_t *sheet, double x, double y, double radius);

typedef struct {
  PltProject       project;
  const PltFrame  *frame;
  int              number;           /* of the frame in the run */
  double           left, top, scale; /* upper left corner of the panel; points per metre */
  double           size[2];          /* of the panel, points */
  double           low, high, step;  /* m: range of the colour bar, height of a band */
  int              first, count;     /* bands: `first` begins at low; band 0 begins at the plane */
  const char      *unit;             /* of heights */
  double           per_metre;        /* of that unit */
  cairo_surface_t *map;              /* the panel as an image */
} PltScene;

/* ---- picture_map.c ---- */
/* Colour of a band, 0..1 each: blue below the plane, pale beside it, red above. */
PLT_INTERN void PltSceneColour(const PltScene *scene, int band, double rgb[3]);
/* Sets the range and the image of the scene. */
PLT_INTERN PetscErrorCode PltSceneMakeMap(PltScene *scene, const PltFootprint *plan,
                                          const PetscReal value[]);
/* ---- picture_draw.c ---- */
PLT_INTERN void PltSceneDraw(const PltScene *scene, cairo_t *sheet);
#endif
