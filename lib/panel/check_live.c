/* SPDX-License-Identifier: BSD-2-Clause
   The process played through: which plies are live in which class of regions, and how to say so. */
#include "panel/internal.h"

PetscBool *PltReplayAt(PetscBool *array, const PltReplay *r, PetscInt c, PetscInt p)
{
  return &array[c * r->nply + p];
}

PetscInt PltReplaySeek(const PltReplay *r, PetscBool *array, PetscInt c, PetscInt p, PetscInt step)
{
  for (p += step; p >= 0 && p < r->nply; p += step)
    if (*PltReplayAt(array, r, c, p)) return p;
  return -1;
}

PetscBool PltReplayAny(const PltReplay *r, const PetscBool array[])
{
  for (PetscInt i = 0; i < r->nclass * r->nply; i++)
    if (array[i]) return PETSC_TRUE;
  return PETSC_FALSE;
}

void PltReplayRefresh(PltReplay *r)
{
  for (PetscInt p = 0; p < r->nply; p++) {
    r->anywhere[p] = PETSC_FALSE;
    for (PetscInt c = 0; c < r->nclass; c++)
      if (*PltReplayAt(r->live, r, c, p)) r->anywhere[p] = PETSC_TRUE;
  }
}

const char *PltReplayPly(const PltReplay *r, PetscInt p)
{
  return r->project->ply[p].name;
}

PltLabel PltReplayPiece(const PltReplay *r, const PltPiece *piece)
{
  static const char *const part[] = {"", "/fill", "/dies"};
  PltLabel                 label;

  (void)PetscSNPrintf(label.text, sizeof label.text, "%s%s", PltReplayPly(r, piece->ply),
                      part[piece->part]);
  return label;
}

PltLabel PltReplayPlace(const PltReplay *r, PetscInt c)
{
  PltLabel label = {""};

  if (r->nclass > 1 && c == 0)
    (void)PetscSNPrintf(label.text, sizeof label.text, " outside the dies");
  else if (c > 0)
    (void)PetscSNPrintf(label.text, sizeof label.text, " at die '%s'",
                        r->project->die[r->region[c] - 1].id);
  return label;
}

/* Dies lie apart: what holds them together is a ply that goes on outside. */
PetscErrorCode PltReplayHeld(PltReplay *r, const PltStep *step)
{
  PetscReal area = 0, all = r->project->size[0] * r->project->size[1];

  PetscFunctionBegin;
  if (r->project->round) all *= PETSC_PI / 4;
  for (PetscInt i = 0; i < r->project->ndie; i++)
    if (PltDieIsFirst(r->project, i)) area += r->project->die[i].width * r->project->die[i].height;
  if (area > all * (1 - 1e-6)) PetscFunctionReturn(PETSC_SUCCESS); /* no outside to speak of */
  for (PetscInt c = 1; c < r->nclass && !r->told_loose; c++) {
    PetscBool held = PETSC_FALSE, some = PETSC_FALSE;

    for (PetscInt p = 0; p < r->nply; p++) {
      if (!*PltReplayAt(r->live, r, c, p)) continue;
      some = PETSC_TRUE;
      if (*PltReplayAt(r->live, r, 0, p)) held = PETSC_TRUE;
    }
    if (!some || held) continue;
    r->told_loose = PETSC_TRUE;
    PetscCall(PltMistakesAdd(r->mistakes, step->mark,
                             "after step '%s' nothing holds what is left%s: no ply there goes on "
                             "outside the dies",
                             step->name, PltReplayPlace(r, c).text));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
