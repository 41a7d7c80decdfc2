/* SPDX-License-Identifier: BSD-2-Clause
   Removing pieces, by peeling or by grinding, as the process is played through. */
#include "panel/internal.h"

static PetscErrorCode RemovePiece(PltReplay *r, const PltStep *step, const PltPiece *piece,
                                  PetscBool *removed)
{
  PetscBool absent = PETSC_FALSE, gone = PETSC_FALSE, covered = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt c = 0; c < r->nclass; c++) {
    PetscBool *live = PltReplayAt(r->live, r, c, piece->ply);

    if (!PltPieceCovers(r->project, piece, piece->ply, r->region[c])) continue;
    covered = PETSC_TRUE;
    if (*live) *PltReplayAt(removed, r, c, piece->ply) = PETSC_TRUE;
    else if (*PltReplayAt(r->ever, r, c, piece->ply)) gone = PETSC_TRUE;
    else absent = PETSC_TRUE;
    *live = PETSC_FALSE;
  }
  if (!covered || absent || gone)
    PetscCall(PltMistakesAdd(r->mistakes, piece->mark, "step '%s' removes '%s', which %s",
                             step->name, PltReplayPiece(r, piece).text,
                             gone     ? "is gone already"
                             : absent ? "is not there yet"
                                      : "holds nothing"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Nothing may go from between two plies that stay. */
static PetscErrorCode CheckParting(PltReplay *r, const PltStep *step, const PltPiece *piece,
                                   PetscBool *removed)
{
  PetscFunctionBegin;
  for (PetscInt c = 0; c < r->nclass; c++) {
    const PetscInt below = PltReplaySeek(r, r->live, c, piece->ply, -1);
    const PetscInt above = PltReplaySeek(r, r->live, c, piece->ply, 1);

    if (!*PltReplayAt(removed, r, c, piece->ply) || below < 0 || above < 0) continue;
    if (!PltPieceCovers(r->project, piece, piece->ply, r->region[c])) continue;
    PetscCall(PltMistakesAdd(r->mistakes, piece->mark,
                             "step '%s' removes '%s' from between '%s' and '%s'%s, which parts the "
                             "panel: remove '%s' and all below it too, or '%s' and all above it",
                             step->name, PltReplayPiece(r, piece).text, PltReplayPly(r, below),
                             PltReplayPly(r, above), PltReplayPlace(r, c).text,
                             PltReplayPly(r, below), PltReplayPly(r, above)));
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReplayRemove(PltReplay *r, const PltStep *step)
{
  const PetscBool some = PltReplayAny(r, r->live);
  PetscBool      *removed;

  PetscFunctionBegin;
  if (step->nremove == 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscCalloc1((size_t)r->nclass * (size_t)r->nply, &removed));
  for (PetscInt i = 0; i < step->nremove; i++)
    PetscCall(RemovePiece(r, step, &step->remove[i], removed));
  PltReplayRefresh(r);
  for (PetscInt i = 0; i < step->nremove; i++)
    PetscCall(CheckParting(r, step, &step->remove[i], removed));
  if (some && !PltReplayAny(r, r->live)) {
    r->told_empty = PETSC_TRUE;
    PetscCall(PltMistakesAdd(r->mistakes, step->remove[0].mark,
                             "step '%s' removes everything there is", step->name));
  }
  PetscCall(PetscFree(removed));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckThickness(PltReplay *r, const PltStep *step, const PltPlyValue *grind)
{
  PetscFunctionBegin;
  if (!(grind->value > 0 && grind->value < r->thickness[grind->ply]))
    PetscCall(PltMistakesAdd(r->mistakes, grind->mark,
                             "step '%s' grinds ply '%s' to %.6g um: must be positive and below its "
                             "present thickness, %.6g um",
                             step->name, PltReplayPly(r, grind->ply), (double)(grind->value * 1e6),
                             (double)(r->thickness[grind->ply] * 1e6)));
  else r->thickness[grind->ply] = grind->value;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReplayGrind(PltReplay *r, const PltStep *step)
{
  const PetscInt up = r->upside_down ? -1 : 1;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < step->ngrind; k++) {
    const PltPlyValue *grind = &step->grind[k];

    if (!r->anywhere[grind->ply]) {
      PetscCall(PltMistakesAdd(r->mistakes, grind->mark,
                               "step '%s' grinds ply '%s', which is not there", step->name,
                               PltReplayPly(r, grind->ply)));
      continue;
    }
    PetscCall(CheckThickness(r, step, grind));
    for (PetscInt p = grind->ply + up; p >= 0 && p < r->nply; p += up)
      for (PetscInt c = 0; c < r->nclass; c++) *PltReplayAt(r->live, r, c, p) = PETSC_FALSE;
  }
  PltReplayRefresh(r);
  PetscFunctionReturn(PETSC_SUCCESS);
}
