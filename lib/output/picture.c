/* SPDX-License-Identifier: BSD-2-Clause
   base.NN-name.png and .svg: the warpage map of a step, drawn by cairo without a display. */
#include <cairo-svg.h>
#include <math.h>
#include <string.h>
#include "output/picture.h"

enum { WIDTH = 1200, HEIGHT = 900 };
/* Pixels a point of the PNG: sharp on a projector. */
#define RESOLUTION (4.0 / 3)
/* The part of the sheet that is left for the panel. */
enum { LEFT = 60, TOP = 140, RIGHT = 970, BOTTOM = 830 };

double PltSceneNice(double x)
{
  const double ten = pow(10, floor(log10(x) + 1e-9)), lead = x / ten;

  return (lead <= 1 + 1e-6 ? 1 : lead <= 2 + 1e-6 ? 2 : lead <= 5 + 1e-6 ? 5 : 10) * ten;
}

const char *PltSceneUnit(double x, double *per_metre)
{
  *per_metre = x >= 0.99e-3 ? 1e3 : x >= 0.99e-6 ? 1e6 : 1e9;
  return x >= 0.99e-3 ? "mm" : x >= 0.99e-6 ? "µm" : "nm";
}

static void PlacePanel(PltScene *s)
{
  const double *m = s->project->size;

  s->scale = fmin((RIGHT - LEFT) / m[0], (BOTTOM - TOP) / m[1]);
  for (int i = 0; i < 2; i++) s->size[i] = s->scale * m[i];
  s->left = LEFT + (RIGHT - LEFT - s->size[0]) / 2;
  s->top  = TOP + (BOTTOM - TOP - s->size[1]) / 2;
}

/* base.07-die-attach: what is no letter, digit or underscore becomes a dash. */
static PetscErrorCode FileName(const char *base, const PltScene *scene, const char *tail,
                               PltText *name)
{
  const char *step = scene->frame->report.name;

  PetscFunctionBegin;
  PetscCall(PltTextAdd(name, "%s.%02d-", base, scene->number));
  for (int i = 0; step[i] && i < 60; i++) {
    const char c    = step[i];
    const int  good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

    if (good || c == '_') PetscCall(PltTextAddBytes(name, &c, 1));
    else if (name->s[name->n - 1] != '-') PetscCall(PltTextAddBytes(name, "-", 1));
  }
  if (name->s[name->n - 1] == '-') name->s[--name->n] = '\0';
  PetscCall(PltTextAdd(name, "%s", tail));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static cairo_status_t Collect(void *context, const unsigned char *bytes, unsigned n)
{
  return PltTextAddBytes(context, (const char *)bytes, n) ? CAIRO_STATUS_NO_MEMORY
                                                          : CAIRO_STATUS_SUCCESS;
}

static cairo_status_t DrawPng(const PltScene *scene, PltText *bytes)
{
  cairo_surface_t *surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, (int)(RESOLUTION * WIDTH), (int)(RESOLUTION * HEIGHT));
  cairo_t       *sheet = cairo_create(surface);
  cairo_status_t status;

  cairo_scale(sheet, RESOLUTION, RESOLUTION);
  PltSceneDraw(scene, sheet);
  status = cairo_status(sheet);
  cairo_destroy(sheet);
  if (!status) status = cairo_surface_write_to_png_stream(surface, Collect, bytes);
  cairo_surface_destroy(surface);
  return status;
}

static cairo_status_t DrawSvg(const PltScene *scene, PltText *bytes)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(Collect, bytes, WIDTH, HEIGHT);
  cairo_t         *sheet   = cairo_create(surface);
  cairo_status_t   status;

  PltSceneDraw(scene, sheet);
  status = cairo_status(sheet);
  cairo_destroy(sheet);
  cairo_surface_finish(surface);
  if (!status) status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  return status;
}

static PetscErrorCode WriteFile(const PltScene *scene, const char *base, const char *tail,
                                cairo_status_t (*draw)(const PltScene *, PltText *))
{
  PltText        name = {0}, bytes = {0};
  cairo_status_t status = draw(scene, &bytes);
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCheck(status == CAIRO_STATUS_SUCCESS, PETSC_COMM_SELF, PLT_ERR_INTERNAL,
             "drawing a picture: %s", cairo_status_to_string(status));
  PetscCall(FileName(base, scene, tail, &name));
  ierr = PltFileReplace(name.s, &bytes);
  PetscCall(PltTextFree(&name));
  PetscCall(PltTextFree(&bytes));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPictureWrite(const PltFootprint *plan, PltProject project, const char *base,
                               const PltFrame *frame, int number, const PetscReal value[])
{
  PltScene       scene = {.project = project, .frame = frame, .number = number};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PlacePanel(&scene);
  PetscCall(PltSceneMakeMap(&scene, plan, value));
  ierr = WriteFile(&scene, base, ".png", DrawPng);
  if (!ierr) ierr = WriteFile(&scene, base, ".svg", DrawSvg);
  cairo_surface_destroy(scene.map);
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
