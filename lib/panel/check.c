/* SPDX-License-Identifier: BSD-2-Clause
   Mistakes that only the whole description shows: entry, and those of panel, mesh and materials. */
#include "panel/internal.h"

/* Footprints beyond this are a slip of a unit rather than a wish. */
static const PetscReal quads_max = 1e8;

static PetscErrorCode CheckOutline(PltProject project, PltMistakes mistakes)
{
  const PltMark mark = project->size_mark.line ? project->size_mark : PltProjectMark(project);

  PetscFunctionBegin;
  if (project->size[0] > 0 && project->size[1] > 0) PetscFunctionReturn(PETSC_SUCCESS);
  if (project->round)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "the diameter of the panel is %.6g mm, must be positive",
                             (double)(project->size[0] * 1e3)));
  else
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "the size of the panel is %.6g mm by %.6g mm, both must be positive",
                             (double)(project->size[0] * 1e3), (double)(project->size[1] * 1e3)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* About how many quads the sizes ask for. */
static PetscReal CountQuads(PltProject project)
{
  const PetscReal h    = project->mesh_size;
  const PetscReal fine = project->mesh_dies > 0 ? project->mesh_dies : h;
  PetscReal       n    = project->size[0] / h * (project->size[1] / h);

  /* the mapped mesh takes whole lines at least at each die, refined at its edges */
  for (PetscInt i = 0; i < project->ndie; i++)
    n += PetscMin(project->die[i].width, 4 * h) / fine *
         (PetscMin(project->die[i].height, 4 * h) / fine);
  if (project->symmetry == PLT_SYMMETRY_QUARTER) n /= 4;
  else if (project->symmetry != PLT_SYMMETRY_NONE) n /= 2;
  return n;
}

static PetscErrorCode CheckMeshSize(PltProject project, PltMark mark, PltMistakes mistakes)
{
  const PetscReal least = PetscMin(project->size[0], project->size[1]);
  const PetscReal size = project->mesh_size, dies = project->mesh_dies;

  PetscFunctionBegin;
  if (!(size > 0 && size <= least)) {
    PetscCall(
        PltMistakesAdd(mistakes, mark,
                       "the mesh size is %.6g mm, must be positive and at most the panel's %.6g mm",
                       (double)(size * 1e3), (double)(least * 1e3)));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (dies < 0 || dies > size)
    PetscCall(
        PltMistakesAdd(mistakes, mark,
                       "the mesh size at dies is %.6g mm, must be positive and at most the size "
                       "elsewhere, %.6g mm",
                       (double)(dies * 1e3), (double)(size * 1e3)));
  else if (CountQuads(project) > quads_max)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "the mesh sizes ask for about %.1e quads; at most %.0e are supported",
                             (double)CountQuads(project), (double)quads_max));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckMesh(PltProject project, PltMistakes mistakes)
{
  const PltMark   mark   = project->mesh_mark.line ? project->mesh_mark : PltProjectMark(project);
  const PetscReal growth = project->mesh_growth;

  PetscFunctionBegin;
  if (project->mesh_method == PLT_MESH_FILE) PetscFunctionReturn(PETSC_SUCCESS);
  if (project->size[0] > 0 && project->size[1] > 0)
    PetscCall(CheckMeshSize(project, mark, mistakes));
  if (growth != 0 && !(growth > 1 && growth <= 10))
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "the growth of the mesh size is %.6g, must be above 1 and at most 10",
                             (double)growth));
  if (project->round && project->mesh_method == PLT_MESH_MAPPED)
    PetscCall(PltMistakesAdd(mistakes, mark,
                             "a round panel cannot have a mapped mesh: use 'method: free'"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A saddle steeper than that is a slip of a unit rather than an imperfection. */
static PetscErrorCode CheckImperfection(PltProject project, PltMistakes mistakes)
{
  const PltMark   given = project->imperfection_mark;
  const PetscReal least = PetscMin(project->size[0], project->size[1]);

  PetscFunctionBegin;
  if (least > 0 && !(PetscAbsReal(project->imperfection) < least / 10))
    PetscCall(PltMistakesAdd(mistakes, given.line ? given : PltProjectMark(project),
                             "the imperfection is %.6g mm, must be below a tenth of the panel's "
                             "%.6g mm",
                             (double)(project->imperfection * 1e3), (double)(least * 1e3)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltCheckPanel(PltProject project, PltMistakes mistakes)
{
  const PltMark mark = PltProjectMark(project);

  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_PANEL]) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(CheckOutline(project, mistakes));
  PetscCall(CheckMesh(project, mistakes));
  PetscCall(CheckImperfection(project, mistakes));
  if (project->limit_warpage < 0)
    PetscCall(PltMistakesAdd(mistakes, mark, "the limit of warpage is %.6g mm, must be positive",
                             (double)(project->limit_warpage * 1e3)));
  if (project->limit_die_shift < 0)
    PetscCall(PltMistakesAdd(mistakes, mark, "the limit of die shift is %.6g um, must be positive",
                             (double)(project->limit_die_shift * 1e6)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckMaterials(PltProject project, PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (project->unread[PLT_SECTION_MATERIALS]) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < project->nmaterial; i++)
    PetscCall(PltMaterialCheck(project->material[i], mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProjectFindMistakes(PltProject project, PltMistakes mistakes)
{
  const PetscBool *unread = project->unread;

  PetscFunctionBegin;
  project->twins = PETSC_FALSE;
  PetscCall(PltCheckPanel(project, mistakes));
  PetscCall(CheckMaterials(project, mistakes));
  PetscCall(PltCheckStack(project, mistakes));
  PetscCall(PltCheckDies(project, mistakes));
  PetscCall(PltCheckMaps(project, mistakes));
  PetscCall(PltCheckSteps(project, mistakes));
  if (!unread[PLT_SECTION_STACK] && !unread[PLT_SECTION_DIES] && !unread[PLT_SECTION_PROCESS])
    PetscCall(PltCheckProcess(project, mistakes, NULL));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectCheck(PltProject project)
{
  PltMistakes    mistakes;
  PetscErrorCode found;

  PetscFunctionBegin;
  NeedProject(project);
  PetscCall(PltMistakesCreate(&mistakes));
  PetscCall(PltProjectFindMistakes(project, mistakes));
  found = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(found);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectWarnings(PltProject project, char **text)
{
  PltMistakes warnings, mistakes;

  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(text, PETSC_COMM_SELF, PLT_ERR_USAGE, "nowhere to put the warnings: NULL");
  PetscCall(PltMistakesCreate(&warnings));
  PetscCall(PltMistakesCreate(&mistakes));
  PetscCall(PltCheckProcess(project, mistakes, warnings));
  PetscCall(PltMistakesWarn(warnings, text));
  PetscCall(PltMistakesDestroy(&mistakes));
  PetscCall(PltMistakesDestroy(&warnings));
  PetscFunctionReturn(PETSC_SUCCESS);
}
