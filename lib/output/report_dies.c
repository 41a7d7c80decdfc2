/* SPDX-License-Identifier: BSD-2-Clause
   base.dies.csv: a line for every die that is placed, step after step. */
#include <string.h>
#include "output/internal.h"

/* RFC 4180: quotes around what holds a comma, a quote or a line end. */
static PetscErrorCode AddField(PltText *text, const char *s)
{
  PetscFunctionBegin;
  if (!strpbrk(s, ",\"\r\n")) {
    PetscCall(PltTextAdd(text, "%s", s));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltTextAddBytes(text, "\"", 1));
  for (; *s; s++) {
    if (*s == '"') PetscCall(PltTextAddBytes(text, s, 1));
    PetscCall(PltTextAddBytes(text, s, 1));
  }
  PetscCall(PltTextAddBytes(text, "\"", 1));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddNumbers(PltText *text, int n, const double value[])
{
  PetscFunctionBegin;
  for (int i = 0; i < n; i++) {
    PetscCall(PltTextAddBytes(text, ",", 1));
    PetscCall(PltTextAddReal(text, value[i]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltDiesAdd(PltText *text, PltProject project, const PltFrame *frame, int number)
{
  PetscFunctionBegin;
  if (!text->n)
    PetscCall(
        PltTextAdd(text, "step,die,x,y,dx,dy,dz,rotation,tilt_x,tilt_y,residual_dx,residual_dy\n"));
  for (PetscInt d = 0; d < project->ndie; d++) {
    const PltDieMotion *m       = &frame->motion[d];
    const double        move[5] = {m->x, m->y, m->dx, m->dy, m->dz};
    const double        turn[3] = {m->rotation, m->tilt_x, m->tilt_y};
    const double        left[2] = {m->residual_dx, m->residual_dy};

    if (!m->placed) continue;
    PetscCall(PltTextAdd(text, "%d,", number));
    PetscCall(AddField(text, project->die[d].id ? project->die[d].id : ""));
    PetscCall(AddNumbers(text, 5, move));
    PetscCall(AddNumbers(text, 3, turn));
    PetscCall(AddNumbers(text, 2, left));
    PetscCall(PltTextAddBytes(text, "\n", 1));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
