/* SPDX-License-Identifier: BSD-2-Clause
   The project: its life, the outline of the panel and how it is to be meshed. */
#include "panel/internal.h"

PetscErrorCode PltGrow(PetscInt n, size_t size, void *array)
{
  char **a = (char **)array;

  PetscFunctionBegin;
  if ((n & (n - 1)) == 0) PetscCall(PetscRealloc(size * (size_t)(n ? 2 * n : 1), a));
  PetscCall(PetscMemzero(*a + size * (size_t)n, size));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Length of the UTF-8 sequence a byte opens, 0 if it cannot. */
static int SequenceLength(unsigned char c)
{
  if (c < 0x80) return 1;
  if (c >= 0xc2 && c < 0xe0) return 2;
  if (c >= 0xe0 && c < 0xf0) return 3;
  return c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

PetscBool PltNameIsGood(const char *name)
{
  size_t i = 0;

  if (!name || !*name || strlen(name) > 200) return PETSC_FALSE;
  while (name[i]) {
    const unsigned char c = (unsigned char)name[i];
    const int           n = SequenceLength(c);

    if (n == 0 || c < 0x20 || c == 0x7f) return PETSC_FALSE;
    if (c == 0xc2 && (unsigned char)name[i + 1] < 0xa0) return PETSC_FALSE; /* C1 controls */
    for (int k = 1; k < n; k++)
      if (((unsigned char)name[i + (size_t)k] & 0xc0) != 0x80) return PETSC_FALSE;
    i += (size_t)n;
  }
  return name[0] != ' ' && name[i - 1] != ' ' ? PETSC_TRUE : PETSC_FALSE;
}

PltMark PltProjectMark(PltProject project)
{
  PltMark mark = {project->file, 1, 1};

  if (!project->file) mark.line = mark.column = 0;
  return mark;
}

int PltProjectCreate(MPI_Comm comm, PltProject *project)
{
  PltProject p;

  PetscFunctionBegin;
  PetscCheck(project, PETSC_COMM_SELF, PLT_ERR_USAGE, "nowhere to put the project: NULL");
  PetscCall(PetscNew(&p));
  PetscCall(PetscCommDuplicate(comm, &p->comm, NULL));
  p->kinematics        = PLT_LARGE; /* the default */
  p->accuracy          = 1e-3;
  p->longest           = 1;
  p->stability         = PETSC_TRUE;
  p->output_stress     = PETSC_TRUE;
  p->output_top        = -1;
  p->start_temperature = 298.15;
  *project             = p;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode DestroyStep(PltStep *step)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(step->name));
  PetscCall(PetscFree(step->add));
  PetscCall(PetscFree(step->remove));
  PetscCall(PetscFree(step->shrink));
  PetscCall(PetscFree(step->grind));
  PetscCall(PetscFree(step->time));
  PetscCall(PetscFree(step->temperature));
  PetscCall(PetscFree(step->pin));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectDestroy(PltProject *project)
{
  PltProject p = project ? *project : NULL;

  PetscFunctionBegin;
  if (!p) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < p->nfile; i++) PetscCall(PetscFree(p->files[i]));
  for (PetscInt i = 0; i < p->nmaterial; i++) PetscCall(PltMaterialDestroy(&p->material[i]));
  for (PetscInt i = 0; i < p->nmap; i++) PetscCall(PltMapDestroy(&p->map[i]));
  for (PetscInt i = 0; i < p->nply; i++) PetscCall(PetscFree(p->ply[i].name));
  for (PetscInt i = 0; i < p->ndie; i++) PetscCall(PetscFree(p->die[i].id));
  for (PetscInt i = 0; i < p->nstep; i++) PetscCall(DestroyStep(&p->step[i]));
  PetscCall(PetscFree(p->files));
  PetscCall(PetscFree(p->material));
  PetscCall(PetscFree(p->map));
  PetscCall(PetscFree(p->ply));
  PetscCall(PetscFree(p->die));
  PetscCall(PetscFree(p->array));
  PetscCall(PetscFree(p->step));
  PetscCall(PetscFree(p->title));
  PetscCall(PetscFree(p->file));
  PetscCall(PetscFree(p->mesh_file));
  PetscCall(PetscCommDestroy(&p->comm));
  PetscCall(PetscFree(*project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProjectKeepFile(PltProject project, const char *name, const char **kept)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < project->nfile; i++) {
    *kept = project->files[i];
    if (!strcmp(*kept, name)) PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltGrow(project->nfile, sizeof *project->files, &project->files));
  PetscCall(PetscStrallocpy(name, &project->files[project->nfile]));
  *kept = project->files[project->nfile++];
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetTitle(PltProject project, const char *title)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(title, PETSC_COMM_SELF, PLT_ERR_USAGE, "the title is NULL");
  if (*title) NeedName(title, "the project (its title)");
  PetscCall(PetscFree(project->title));
  PetscCall(PetscStrallocpy(title, &project->title));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetSize(PltProject project, double width, double height)
{
  PetscFunctionBegin;
  NeedProject(project);
  NeedFinite(width, "the width of the panel");
  NeedFinite(height, "the height of the panel");
  project->round   = PETSC_FALSE;
  project->size[0] = width;
  project->size[1] = height;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetDiameter(PltProject project, double diameter)
{
  PetscFunctionBegin;
  NeedProject(project);
  NeedFinite(diameter, "the diameter of the panel");
  project->round   = PETSC_TRUE;
  project->size[0] = project->size[1] = diameter;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetMesh(PltProject project, double size, double die_size, double growth,
                      PltMeshMethod method, const char *file)
{
  PetscFunctionBegin;
  NeedProject(project);
  NeedFinite(size, "the mesh size");
  NeedFinite(die_size, "the mesh size at dies");
  NeedFinite(growth, "the growth of the mesh size");
  PetscCheck(method >= PLT_MESH_MAPPED && method <= PLT_MESH_FILE, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no mesh method %d", (int)method);
  PetscCheck((method == PLT_MESH_FILE) == (file && *file), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a mesh file belongs to PLT_MESH_FILE and to no other method");
  project->mesh_size   = size;
  project->mesh_dies   = die_size;
  project->mesh_growth = growth;
  project->mesh_method = method;
  PetscCall(PetscFree(project->mesh_file));
  if (file && *file) PetscCall(PetscStrallocpy(file, &project->mesh_file));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetSymmetry(PltProject project, PltSymmetry symmetry)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(symmetry >= PLT_SYMMETRY_NONE && symmetry <= PLT_SYMMETRY_QUARTER, PETSC_COMM_SELF,
             PLT_ERR_USAGE, "there is no symmetry %d", (int)symmetry);
  project->symmetry = symmetry;
  PetscFunctionReturn(PETSC_SUCCESS);
}
