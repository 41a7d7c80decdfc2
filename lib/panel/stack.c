/* SPDX-License-Identifier: BSD-2-Clause
   Materials and plies of the description, and what is where. */
#include "panel/internal.h"

PetscInt PltProjectFindMaterial(PltProject project, const char *name)
{
  for (PetscInt i = 0; name && i < project->nmaterial; i++)
    if (!strcmp(project->material[i]->name, name)) return i;
  return -1;
}

PetscInt PltProjectFindPly(PltProject project, const char *name)
{
  for (PetscInt i = 0; name && i < project->nply; i++)
    if (!strcmp(project->ply[i].name, name)) return i;
  return -1;
}

static PetscErrorCode AddMaterial(PltProject project, const char *name, const char *law,
                                  PltMaterial *material)
{
  PetscFunctionBegin;
  NeedProject(project);
  NeedName(name, "a material");
  PetscCheck(strcmp(name, "none"), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "'none' means no material: it cannot name one");
  PetscCheck(PltProjectFindMaterial(project, name) < 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "material '%s' is there already", name);
  PetscCall(PltMaterialCreate(law, name, material));
  PetscCheck(*material, PETSC_COMM_SELF, PLT_ERR_USAGE, "material '%s': there is no law '%s'", name,
             law);
  PetscCall(PltGrow(project->nmaterial, sizeof *project->material, &project->material));
  project->material[project->nmaterial++] = *material;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectAddMaterial(PltProject project, const char *name, const char *law)
{
  PltMaterial material;

  PetscFunctionBegin;
  PetscCheck(law && strcmp(law, "traces"), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a material needs a law, isotropic for example; traces need PltProjectAddTraces");
  PetscCall(AddMaterial(project, name, law, &material));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetProperty(PltProject project, const char *material, const char *key, int n,
                          const double *temperature, const double *value)
{
  PltMaterial m;
  PetscInt    i, k;

  PetscFunctionBegin;
  NeedProject(project);
  i = PltProjectFindMaterial(project, material);
  PetscCheck(i >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no material '%s'",
             material ? material : "");
  m = project->material[i];
  k = key ? PltMaterialFindProperty(m, key) : -1;
  PetscCheck(k >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "material '%s' is %s: it has no property '%s'",
             material, m->ops->type, key ? key : "");
  PetscCheck(temperature || !m->ops->property[k].pairs, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "material '%s', %s: needs a list of pairs", material, key);
  PetscCheck(n >= 1 && value && (n == 1 || temperature), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "material '%s', %s: needs one value, or a table of temperatures and values", material,
             key);
  for (PetscInt j = 0; j < n; j++) {
    NeedFinite(value[j], key);
    if (!temperature) continue;
    NeedFinite(temperature[j], "a temperature");
    PetscCheck(j == 0 || temperature[j] > temperature[j - 1], PETSC_COMM_SELF, PLT_ERR_USAGE,
               "material '%s', %s: the temperatures of a table must ascend", material, key);
  }
  PetscCall(PltCurveSet(&m->curve[k], n, temperature, value));
  if (!strcmp(key, "density")) m->density = value[0];
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltProjectNewTraces(PltProject project, const char *name, const char *metal,
                                   const char *matrix, PltMaterial *material)
{
  PetscInt part[2];

  PetscFunctionBegin;
  NeedProject(project);
  part[0] = PltProjectFindMaterial(project, metal);
  part[1] = PltProjectFindMaterial(project, matrix);
  for (int k = 0; k < 2; k++) {
    const char *part_name = k ? matrix : metal;

    PetscCheck(part[k] >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no material '%s'",
               part_name ? part_name : "");
    PetscCheck(!project->material[part[k]]->metal, PETSC_COMM_SELF, PLT_ERR_USAGE,
               "traces cannot be made of '%s', which is of traces itself", part_name);
  }
  PetscCall(AddMaterial(project, name, "traces", material));
  (*material)->metal     = project->material[part[0]];
  (*material)->matrix    = project->material[part[1]];
  (*material)->direction = 'm';
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectAddTraces(PltProject project, const char *name, const char *metal, const char *matrix,
                        double fraction, char direction)
{
  PltMaterial m;

  PetscFunctionBegin;
  NeedFinite(fraction, "the area fraction of traces");
  PetscCheck(direction && strchr("xymp", direction), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "traces run along 'x' or 'y', or 'm' for both, 'p' for planes, not '%c'", direction);
  PetscCall(PltProjectNewTraces(project, name, metal, matrix, &m));
  m->fraction  = fraction;
  m->direction = direction;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* NULL stands for no material. */
static PetscErrorCode FindOrNone(PltProject project, const char *name, PltMaterial *material)
{
  const PetscInt i = PltProjectFindMaterial(project, name);

  PetscFunctionBegin;
  PetscCheck(!name || i >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no material '%s'", name);
  *material = name ? project->material[i] : NULL;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectAddPly(PltProject project, const char *name, const char *material,
                     const char *die_material, double thickness, int slab)
{
  PltPly ply = {.slab = slab};

  PetscFunctionBegin;
  NeedProject(project);
  NeedName(name, "a ply");
  PetscCheck(!strchr(name, '/'), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "'%s' cannot name a ply: the slash splits a ply in '/dies' and '/fill'", name);
  PetscCheck(PltProjectFindPly(project, name) < 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "ply '%s' is there already", name);
  PetscCall(FindOrNone(project, material, &ply.material));
  PetscCall(FindOrNone(project, die_material, &ply.die_material));
  NeedFinite(thickness, "the thickness of a ply");
  PetscCheck(slab >= -1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "ply '%s': slab is %d, must be -1 (automatic) or a number from 0", name, slab);
  ply.thickness = thickness;
  PetscCall(PetscStrallocpy(name, &ply.name));
  PetscCall(PltGrow(project->nply, sizeof *project->ply, &project->ply));
  project->ply[project->nply++] = ply;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PltMaterial PltProjectMaterialAt(PltProject project, PetscInt ply, PetscInt region)
{
  const PltPly *p = &project->ply[ply];

  if (region == PLT_FILL || !p->die_material) return p->material;
  return PltProjectDieInPly(project, region - 1, ply) ? p->die_material : p->material;
}

PetscBool PltPieceCovers(PltProject project, const PltPiece *piece, PetscInt ply, PetscInt region)
{
  PetscBool in_die;

  if (piece->ply != ply || !PltProjectMaterialAt(project, ply, region)) return PETSC_FALSE;
  if (piece->part == PLT_PART_ALL) return PETSC_TRUE;
  in_die = region != PLT_FILL ? PltProjectDieInPly(project, region - 1, ply) : PETSC_FALSE;
  return in_die == (piece->part == PLT_PART_DIES) ? PETSC_TRUE : PETSC_FALSE;
}

PetscErrorCode PltPieceParse(PltProject project, const char *text, PltPiece *piece,
                             PetscBool *part_known)
{
  const char *slash = strchr(text, '/');
  char       *name;

  PetscFunctionBegin;
  PetscCall(PetscStrallocpy(text, &name));
  if (slash) name[slash - text] = 0;
  piece->ply  = PltProjectFindPly(project, name);
  piece->part = PLT_PART_ALL;
  *part_known = PETSC_TRUE;
  if (slash && !strcmp(slash, "/dies")) piece->part = PLT_PART_DIES;
  else if (slash && !strcmp(slash, "/fill")) piece->part = PLT_PART_FILL;
  else if (slash) *part_known = PETSC_FALSE;
  PetscCall(PetscFree(name));
  PetscFunctionReturn(PETSC_SUCCESS);
}
