/* SPDX-License-Identifier: BSD-2-Clause
   base.NN-name.png and .svg: the warpage map of a step, drawn by cairo without a display. */
#include <math.h>
#include "output/picture.h"

enum { WIDTH = 1200, HEIGHT = 900 };
/* The part of the sheet that is left for the panel. */
enum { LEFT = 60, TOP = 140, RIGHT = 970, BOTTOM = 830 };

static void PlacePanel(PltScene *s)
{
  const double *m = s->project->size;

  s->scale = fmin((RIGHT - LEFT) / m[0], (BOTTOM - TOP) / m[1]);
  for (int i = 0; i < 2; i++) s->size[i] = s->scale * m[i];
  s->left = LEFT + (RIGHT - LEFT - s->size[0]) / 2;
  s->top  = TOP + (BOTTOM - TOP - s->size[1]) / 2;
}

/* base.07-die-attach: what is no letter, digit or underscore becomes a dash. */
static PetscErrorCode FileName(const char *base, const PltScene *scene, PltText *name)
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
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void Draw(const void *scene, cairo_t *sheet)
{
  PltSceneDraw(scene, sheet);
}

PetscErrorCode PltPictureWrite(const PltFootprint *plan, PltProject project, const char *base,
                               const PltFrame *frame, int number, const PetscReal value[])
{
  PltScene       scene = {.project = project, .frame = frame, .number = number};
  const PltSheet sheet = {.width = WIDTH, .height = HEIGHT, .draw = Draw, .subject = &scene};
  PltText        name  = {0};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PlacePanel(&scene);
  PetscCall(PltSceneMakeMap(&scene, plan, value));
  PetscCall(FileName(base, &scene, &name));
  ierr = PltSheetWrite(&sheet, name.s);
  PetscCall(PltTextFree(&name));
  cairo_surface_destroy(scene.map);
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
