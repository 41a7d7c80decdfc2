/* SPDX-License-Identifier: BSD-2-Clause
   Mistakes of the stack: thickness, what plies hold, the user's grouping into slabs. */
#include "panel/internal.h"

/* Plies that hold a die of their own. */
static PetscErrorCode MarkDiePlies(PltProject project, PetscBool **has_die)
{
  PetscFunctionBegin;
  PetscCall(PetscCalloc1(project->nply, has_die));
  for (PetscInt i = 0; i < project->ndie; i++) (*has_die)[project->die[i].ply] = PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckPly(const PltPly *ply, PetscBool has_die, PetscBool dies_known,
                               PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (!(ply->thickness > 0))
    PetscCall(PltMistakesAdd(mistakes, ply->mark,
                             "ply '%s': thickness is %.6g um, must be positive", ply->name,
                             (double)(ply->thickness * 1e6)));
  if (!ply->material && !ply->die_material)
    PetscCall(PltMistakesAdd(mistakes, ply->mark,
                             "ply '%s' holds nothing: it needs a material, or dies", ply->name));
  if (dies_known && ply->die_material && !has_die)
    PetscCall(PltMistakesAdd(mistakes, ply->mark,
                             "ply '%s' has a material for dies ('%s'), but no dies are in it",
                             ply->name, ply->die_material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One slab is one element through z: its plies follow each other. */
static PetscErrorCode CheckSlabs(PltProject project, PltMistakes mistakes)
{
  PetscFunctionBegin;
  for (PetscInt p = 0; p < project->nply; p++) {
    const PltPly *ply   = &project->ply[p];
    PetscInt      above = p + 1;

    if (ply->slab < 0 || (p > 0 && project->ply[p - 1].slab == ply->slab)) continue;
    while (above < project->nply && project->ply[above].slab == ply->slab) above++;
    if (above - p > PLT_SLAB_PLIES_MAX)
      PetscCall(PltMistakesAdd(mistakes, ply->mark,
                               "slab %d has %d plies, at most %d are supported", (int)ply->slab,
                               (int)(above - p), (int)PLT_SLAB_PLIES_MAX));
    for (; above < project->nply; above++) {
      if (project->ply[above].slab != ply->slab) continue;
      PetscCall(
          PltMistakesAdd(mistakes, project->ply[above].mark,
                         "ply '%s' is in slab %d with '%s', but not all plies between them are",
                         project->ply[above].name, (int)ply->slab, ply->name));
      break;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A die in a ply that has no material for it. */
static PetscErrorCode CheckDieMaterials(PltProject project, PltMistakes mistakes)
{
  PetscInt found = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->ndie && found < PLT_ENOUGH; i++) {
    const PltDie *die = &project->die[i];
    const PltPly *ply = &project->ply[die->ply];

    if (ply->die_material) continue;
    PetscCall(PltMistakesAdd(mistakes, die->mark,
                             "ply '%s' has no material for dies: give it 'dies: MATERIAL'",
                             ply->name));
    found++;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckStack(PltProject project, PltMistakes mistakes)
{
  const PetscBool dies_known = !project->unread[PLT_SECTION_DIES];
  PetscBool      *has_die;

  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_STACK]) PetscFunctionReturn(PETSC_SUCCESS);
  if (project->nply == 0)
    PetscCall(PltMistakesAdd(mistakes, PltProjectMark(project), "the stack has no plies"));
  if (project->nply > PLT_PLIES_MAX)
    PetscCall(PltMistakesAdd(mistakes, PltProjectMark(project),
                             "the stack has %d plies, at most %d are supported", (int)project->nply,
                             (int)PLT_PLIES_MAX));
  PetscCall(MarkDiePlies(project, &has_die));
  for (PetscInt p = 0; p < project->nply; p++)
    PetscCall(CheckPly(&project->ply[p], has_die[p], dies_known, mistakes));
  PetscCall(CheckSlabs(project, mistakes));
  if (dies_known) PetscCall(CheckDieMaterials(project, mistakes));
  PetscCall(PetscFree(has_die));
  PetscFunctionReturn(PETSC_SUCCESS);
}
