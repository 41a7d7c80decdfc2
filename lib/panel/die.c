/* SPDX-License-Identifier: BSD-2-Clause
   Dies of the description, one by one or as a grid. */
#include "panel/internal.h"

/* Coordinates closer than this are the same: far below any die placement, far above rounding. */
static const PetscReal same_place = 1e-9; /* m */

void PltDieCorners(const PltDie *die, PetscReal corner[4][2])
{
  const PetscReal c = PetscCosReal(die->angle), s = PetscSinReal(die->angle);

  for (int k = 0; k < 4; k++) {
    const PetscReal u = (k == 1 || k == 2 ? 0.5 : -0.5) * die->width;
    const PetscReal v = (k >= 2 ? 0.5 : -0.5) * die->height;

    corner[k][0] = die->x + c * u - s * v;
    corner[k][1] = die->y + s * u + c * v;
  }
}

PetscBool PltDieSameOutline(const PltDie *a, const PltDie *b)
{
  PetscReal ca[4][2], cb[4][2];

  if (PetscAbsReal(a->x - b->x) > same_place || PetscAbsReal(a->y - b->y) > same_place)
    return PETSC_FALSE;
  PltDieCorners(a, ca);
  PltDieCorners(b, cb);
  for (int shift = 0; shift < 4;
       shift++) { /* a turned rectangle is the same one, corners renamed */
    int k = 0;

    while (k < 4 && PetscAbsReal(ca[k][0] - cb[(k + shift) % 4][0]) <= same_place &&
           PetscAbsReal(ca[k][1] - cb[(k + shift) % 4][1]) <= same_place)
      k++;
    if (k == 4) return PETSC_TRUE;
  }
  return PETSC_FALSE;
}

PetscBool PltProjectDieInPly(PltProject project, PetscInt die, PetscInt ply)
{
  const PltDie *d = &project->die[die];

  if (d->ply == ply) return PETSC_TRUE;
  if (project->twins) { /* made by PltCheckDies */
    for (PetscInt i = d->twin; i != die; i = project->die[i].twin)
      if (project->die[i].ply == ply) return PETSC_TRUE;
    return PETSC_FALSE;
  }
  for (PetscInt i = 0; i < project->ndie; i++)
    if (project->die[i].ply == ply && PltDieSameOutline(d, &project->die[i])) return PETSC_TRUE;
  return PETSC_FALSE;
}

PetscBool PltDieIsFirst(PltProject project, PetscInt die)
{
  for (PetscInt i = project->die[die].twin; i != die; i = project->die[i].twin)
    if (i < die) return PETSC_FALSE;
  return PETSC_TRUE;
}

/* id NULL: the number of the die, from 1. */
static PetscErrorCode AppendDie(PltProject project, const char *id, PetscInt ply,
                                const PetscReal at[2], const PetscReal size[2], PetscReal angle)
{
  char    number[24];
  PltDie *die;

  PetscFunctionBegin;
  PetscCall(PltGrow(project->ndie, sizeof *project->die, &project->die));
  die         = &project->die[project->ndie];
  die->ply    = ply;
  die->x      = at[0];
  die->y      = at[1];
  die->width  = size[0];
  die->height = size[1];
  die->angle  = angle;
  die->twin   = project->ndie;
  PetscCall(PetscSNPrintf(number, sizeof number, "%d", (int)project->ndie + 1));
  PetscCall(PetscStrallocpy(id ? id : number, &die->id));
  project->ndie++;
  project->twins = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectAddDie(PltProject project, const char *id, const char *ply, double x, double y,
                     double width, double height, double angle)
{
  const PetscReal at[2] = {x, y}, size[2] = {width, height};
  PetscInt        p;

  PetscFunctionBegin;
  NeedProject(project);
  if (id) NeedName(id, "a die");
  p = PltProjectFindPly(project, ply);
  PetscCheck(p >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no ply '%s' for a die",
             ply ? ply : "");
  NeedFinite(x, "the x of a die");
  NeedFinite(y, "the y of a die");
  NeedFinite(width, "the width of a die");
  NeedFinite(height, "the height of a die");
  NeedFinite(angle, "the angle of a die");
  PetscCheck(project->ndie < PLT_DIES_MAX, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "more than %d dies are not supported", (int)PLT_DIES_MAX);
  PetscCall(AppendDie(project, id, p, at, size, angle));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProjectPlaceArray(PltProject project, const PltDieArray *array)
{
  const PetscInt *n = array->count;

  PetscFunctionBegin;
  PetscCall(PltGrow(project->narray, sizeof *project->array, &project->array));
  project->array[project->narray]         = *array;
  project->array[project->narray++].first = project->ndie;
  for (PetscInt j = 0; j < n[1]; j++) {
    for (PetscInt i = 0; i < n[0]; i++) {
      const PetscReal at[2] = {array->origin[0] + (i - 0.5 * (n[0] - 1)) * array->pitch[0],
                               array->origin[1] + (j - 0.5 * (n[1] - 1)) * array->pitch[1]};

      PetscCall(AppendDie(project, NULL, array->ply, at, array->size, 0));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectAddDieArray(PltProject project, const char *ply, int nx, int ny, double pitch_x,
                          double pitch_y, double width, double height)
{
  PltDieArray array = {.count = {nx, ny}, .pitch = {pitch_x, pitch_y}, .size = {width, height}};

  PetscFunctionBegin;
  NeedProject(project);
  array.ply = PltProjectFindPly(project, ply);
  PetscCheck(array.ply >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no ply '%s' for dies",
             ply ? ply : "");
  PetscCheck(nx > 0 && ny > 0 && ny <= PLT_DIES_MAX / nx &&
                 nx * ny <= PLT_DIES_MAX - (int)project->ndie,
             PETSC_COMM_SELF, PLT_ERR_USAGE,
             "an array of %d x %d dies: must be positive and %d dies at most in all", nx, ny,
             (int)PLT_DIES_MAX);
  NeedFinite(pitch_x, "the pitch in x");
  NeedFinite(pitch_y, "the pitch in y");
  NeedFinite(width, "the width of the dies");
  NeedFinite(height, "the height of the dies");
  PetscCall(PltProjectPlaceArray(project, &array));
  PetscFunctionReturn(PETSC_SUCCESS);
}
