/* SPDX-License-Identifier: BSD-2-Clause
   A warpage map while it is drawn. Lengths on the sheet are in points of a 1200 x 900 sheet. */
#ifndef PLT_OUTPUT_PICTURE_H
#define PLT_OUTPUT_PICTURE_H
#include <cairo.h>
#include "output/internal.h"

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

/* The smallest of 1, 2, 5 x 10^k that is not below x > 0. */
PLT_INTERN double PltSceneNice(double x);
/* nm, um or mm for lengths up to x m, and how many there are in a metre. */
PLT_INTERN const char *PltSceneUnit(double x, double *per_metre);
/* ---- picture_map.c ---- */
/* Colour of a band, 0..1 each: blue below the plane, pale beside it, red above. */
PLT_INTERN void PltSceneColour(const PltScene *scene, int band, double rgb[3]);
/* Sets the range and the image of the scene. */
PLT_INTERN PetscErrorCode PltSceneMakeMap(PltScene *scene, const PltFootprint *plan,
                                          const PetscReal value[]);
/* ---- picture_draw.c ---- */
PLT_INTERN void PltSceneDraw(const PltScene *scene, cairo_t *sheet);
#endif
