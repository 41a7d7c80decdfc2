/* SPDX-License-Identifier: BSD-2-Clause
   Adding pieces as the process is played through. What is live in a class of regions must be one
   pile: plies that are live in no class take no room, so those on either side of them touch, but a
   ply that is live elsewhere leaves a gap where it is not. */
#include "panel/internal.h"

/* Live plies of class c that touch each other, from `first` to `last`; `below` is the last of the
   pile below it, -1 if there is none. */
typedef struct {
  PetscInt c, first, last, below;
} Pile;

static PetscErrorCode AddPiece(PltReplay *r, const PltStep *step, const PltPiece *piece)
{
  PetscInt  covered = 0;
  PetscBool there = PETSC_FALSE, before = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt c = 0; c < r->nclass; c++) {
    PetscBool *live = PltReplayAt(r->live, r, c, piece->ply);
    PetscBool *ever = PltReplayAt(r->ever, r, c, piece->ply);

    if (!PltPieceCovers(r->project, piece, piece->ply, r->region[c])) continue;
    covered++;
    if (*live) there = PETSC_TRUE;
    else if (*ever) before = PETSC_TRUE;
    else *live = *ever = PETSC_TRUE;
  }
  if (!covered || there || before)
    PetscCall(PltMistakesAdd(r->mistakes, piece->mark, "step '%s' adds '%s', which %s", step->name,
                             PltReplayPiece(r, piece).text,
                             there    ? "is there already"
                             : before ? "was there before: a ply is added once"
                                      : "holds nothing"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscBool HasOld(const PltReplay *r, const Pile *pile)
{
  for (PetscInt p = pile->first; p <= pile->last; p++)
    if (*PltReplayAt(r->old, r, pile->c, p)) return PETSC_TRUE;
  return PETSC_FALSE;
}

/* Does a new pile touch anything that was there? On an empty panel the lowest is the beginning. A
   region where nothing was is held by its neighbours, if they have one of these plies. */
static PetscBool IsHeld(const PltReplay *r, const Pile *pile)
{
  const PetscInt c = pile->c;

  if (!PltReplayAny(r, r->old)) return (PetscBool)(pile->below < 0);
  if (PltReplaySeek(r, r->old, c, -1, 1) >= 0) return PETSC_FALSE;
  for (PetscInt p = pile->first; p <= pile->last; p++)
    for (PetscInt other = 0; other < r->nclass; other++)
      if (other != c && *PltReplayAt(r->live, r, c, p) && *PltReplayAt(r->live, r, other, p))
        return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode ReportFloating(PltReplay *r, const PltStep *step, const Pile *pile)
{
  const PltPiece *piece = NULL;
  PetscInt        gap   = pile->first - 1;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < step->nadd && !piece; i++)
    if (PltPieceCovers(r->project, &step->add[i], pile->first, r->region[pile->c]))
      piece = &step->add[i];
  if (!piece) PetscFunctionReturn(PETSC_SUCCESS);
  while (gap >= 0 && !r->anywhere[gap]) gap--;
  if (gap < 0)
    for (gap = pile->last + 1; gap < r->nply && !r->anywhere[gap];) gap++;
  if (gap < r->nply)
    PetscCall(PltMistakesAdd(r->mistakes, piece->mark,
                             "step '%s' adds '%s', which touches nothing%s: '%s' is missing there",
                             step->name, PltReplayPiece(r, piece).text,
                             PltReplayPlace(r, pile->c).text, PltReplayPly(r, gap)));
  else
    PetscCall(PltMistakesAdd(r->mistakes, piece->mark,
                             "step '%s' adds '%s', which touches nothing%s", step->name,
                             PltReplayPiece(r, piece).text, PltReplayPlace(r, pile->c).text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* This pile and the one below touched until a ply between them was added in other regions. */
static PetscErrorCode ReportParting(PltReplay *r, const PltStep *step, const Pile *pile)
{
  const PltPiece *piece = NULL;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < step->nadd && !piece; i++)
    if (step->add[i].ply > pile->below && step->add[i].ply < pile->first) piece = &step->add[i];
  if (!piece) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltMistakesAdd(r->mistakes, piece->mark,
                           "step '%s' adds '%s' between '%s' and '%s', which touched: where it is "
                           "not,%s, they come apart",
                           step->name, PltReplayPiece(r, piece).text, PltReplayPly(r, pile->below),
                           PltReplayPly(r, pile->first), PltReplayPlace(r, pile->c).text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckPile(PltReplay *r, const PltStep *step, const Pile *pile,
                                PetscBool *found)
{
  PetscFunctionBegin;
  if (HasOld(r, pile) && pile->below >= 0) {
    PetscCall(ReportParting(r, step, pile));
    *found = PETSC_TRUE;
  } else if (!HasOld(r, pile) && !IsHeld(r, pile)) {
    PetscCall(ReportFloating(r, step, pile));
    *found = PETSC_TRUE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The piles of a class, upward; the first mistake is enough. */
static PetscErrorCode CheckClass(PltReplay *r, const PltStep *step, PetscInt c, PetscBool *found)
{
  Pile pile = {c, -1, -1, -1};

  PetscFunctionBegin;
  for (PetscInt p = 0; p <= r->nply && !*found; p++) {
    const PetscBool live = (PetscBool)(p < r->nply && *PltReplayAt(r->live, r, c, p));

    if (live && pile.first < 0) pile.first = p;
    if (live) pile.last = p;
    if (live || pile.first < 0 || (p < r->nply && !r->anywhere[p])) continue;
    PetscCall(CheckPile(r, step, &pile, found));
    pile.below = pile.last;
    pile.first = pile.last = -1;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReplayAdd(PltReplay *r, const PltStep *step)
{
  PetscBool found = PETSC_FALSE;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < step->nadd; i++) PetscCall(AddPiece(r, step, &step->add[i]));
  PltReplayRefresh(r);
  for (PetscInt c = 0; c < r->nclass && !found && step->nadd > 0; c++)
    PetscCall(CheckClass(r, step, c, &found));
  if (step->nadd == 0 && !r->told_empty && !PltReplayAny(r, r->live)) {
    r->told_empty = PETSC_TRUE;
    PetscCall(PltMistakesAdd(r->mistakes, step->mark,
                             "step '%s' finds an empty panel: an earlier step must add something",
                             step->name));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
