/* SPDX-License-Identifier: BSD-2-Clause
   The group /platen: what the fields are of. Readers of VTKHDF ignore it. */
#include <stdio.h>
#include <string.h>
#include "input/input.h"
#include "output/internal.h"

static PetscErrorCode Plies(PltH5 *h5, PltProject project, const PltSlabs *slabs)
{
  const PetscInt n = project->nply;
  const char   **name;
  double        *thickness;
  int32_t       *slab;

  PetscFunctionBegin;
  PetscCall(PltH5Group(h5, "/platen/plies"));
  PetscCall(PetscMalloc3(n, &name, n, &thickness, n, &slab));
  for (PetscInt s = 0; s < slabs->nslab; s++)
    for (PetscInt p = slabs->first[s]; p < slabs->first[s + 1]; p++) slab[p] = (int32_t)s;
  for (PetscInt p = 0; p < n; p++) {
    name[p]      = project->ply[p].name;
    thickness[p] = project->ply[p].thickness;
  }
  PetscCall(PltH5TableText(h5, "/platen/plies/name", (hsize_t)n, name));
  PetscCall(PltH5Table(h5, "/platen/plies/thickness", H5T_NATIVE_DOUBLE, (hsize_t)n, thickness));
  PetscCall(PltH5Table(h5, "/platen/plies/z", H5T_NATIVE_DOUBLE, (hsize_t)n + 1, slabs->z));
  PetscCall(PltH5Table(h5, "/platen/plies/slab", H5T_NATIVE_INT32, (hsize_t)n, slab));
  PetscCall(PetscFree3(name, thickness, slab));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Materials(PltH5 *h5, PltProject project)
{
  const PetscInt n = project->nmaterial;
  const char   **name;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n, &name));
  for (PetscInt i = 0; i < n; i++) name[i] = project->material[i]->name;
  PetscCall(PltH5TableText(h5, "/platen/materials", (hsize_t)n, name));
  PetscCall(PetscFree(name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode DieNumbers(PltH5 *h5, PltProject project)
{
  static const char *const column[] = {"x", "y", "width", "height", "angle"};
  const PetscInt           n        = project->ndie;
  double                  *value;
  char                     path[32];

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n, &value));
  for (int c = 0; c < 5; c++) {
    for (PetscInt d = 0; d < n; d++) {
      const PltDie *die = &project->die[d];

      value[d] = (const double[]){die->x, die->y, die->width, die->height, die->angle}[c];
    }
    PetscCall(PetscSNPrintf(path, sizeof path, "/platen/dies/%s", column[c]));
    PetscCall(PltH5Table(h5, path, H5T_NATIVE_DOUBLE, (hsize_t)n, value));
  }
  PetscCall(PetscFree(value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Dies(PltH5 *h5, PltProject project)
{
  const PetscInt n = project->ndie;
  const char   **id;
  int32_t       *ply;

  PetscFunctionBegin;
  PetscCall(PltH5Group(h5, "/platen/dies"));
  PetscCall(PetscMalloc2(n, &id, n, &ply));
  for (PetscInt d = 0; d < n; d++) {
    id[d]  = project->die[d].id ? project->die[d].id : "";
    ply[d] = (int32_t)project->die[d].ply;
  }
  PetscCall(PltH5TableText(h5, "/platen/dies/id", (hsize_t)n, id));
  PetscCall(PltH5Table(h5, "/platen/dies/ply", H5T_NATIVE_INT32, (hsize_t)n, ply));
  PetscCall(PetscFree2(id, ply));
  PetscCall(DieNumbers(h5, project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The file the user wrote, as long as rank 0 can still read it; empty otherwise. Collective. */
static PetscErrorCode ReadSource(PltH5 *h5, const char *name, PltText *text)
{
  FILE     *file = h5->rank == 0 && name ? fopen(name, "rb") : NULL;
  char      block[4096];
  long long n = 0;

  PetscFunctionBegin;
  while (file) {
    const size_t got = fread(block, 1, sizeof block, file);

    PetscCall(PltTextAddBytes(text, block, got));
    if (got < sizeof block) break;
  }
  if (file) (void)fclose(file);
  n = (long long)text->n;
  PetscCallMPI(MPI_Bcast(&n, 1, MPI_LONG_LONG, 0, h5->comm));
  if (h5->rank > 0)
    for (long long i = 0; i < n; i++) PetscCall(PltTextAddBytes(text, " ", 1));
  if (n) PetscCallMPI(MPI_Bcast(text->s, (int)n, MPI_CHAR, 0, h5->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The whole description with includes resolved, and the file as it was written. */
static PetscErrorCode Recipe(PltH5 *h5, PltProject project, const PltText *source)
{
  char *recipe;

  PetscFunctionBegin;
  PetscCall(PltInputFormat(project, &recipe));
  PetscCall(PltH5TableText(h5, "/platen/recipe", 1, (const char *const[]){recipe}));
  PetscCall(PetscFree(recipe));
  if (source->n)
    PetscCall(PltH5TableText(h5, "/platen/recipe_file", 1, (const char *const[]){source->s}));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Describe(PltH5 *h5, PltProject project, const PltSlabs *slabs,
                               const PltText *source)
{
  const char *title = project->title ? project->title : "";

  PetscFunctionBegin;
  PetscCall(PltH5Group(h5, "/platen"));
  PetscCall(PltH5AttributeText(h5, "/platen", "version", 0, PltGetVersion()));
  PetscCall(PltH5AttributeText(h5, "/platen", "title", 0, title));
  PetscCall(PltH5AttributeText(h5, "/platen", "units", 0, "SI: m, Pa, K, s, rad"));
  PetscCall(
      PltH5AttributeText(h5, "/platen", "cells", 0, project->output_slabs ? "slabs" : "plies"));
  PetscCall(Plies(h5, project, slabs));
  PetscCall(Materials(h5, project));
  if (project->ndie) PetscCall(Dies(h5, project));
  PetscCall(Recipe(h5, project, source));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsDescribe(PltH5 *h5, PltProject project, const PltSlabs *slabs)
{
  PltText source = {0};

  PetscFunctionBegin;
  PetscCall(ReadSource(h5, project->file, &source));
  PetscCall(PltAgree(h5->comm, Describe(h5, project, slabs, &source)));
  PetscCall(PltTextFree(&source));
  PetscFunctionReturn(PETSC_SUCCESS);
}
