/* SPDX-License-Identifier: BSD-2-Clause
   A footprint as Gmsh .msh, version 4.1 in ASCII, with a physical surface for each region:
   "fill" and "die:<id>". Tags are natural numbers plus one, so that reading it back gives the
   same footprint. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "mesh/footprint.h"

/* Regions with quads, and the bounding box of each: xmin ymin xmax ymax. */
typedef struct {
  PetscInt  n;         /* regions with quads */
  PetscInt *count;     /* [ndie + 1] */
  PetscReal (*box)[4]; /* [ndie + 1] */
} Regions;

static void Measure(const PltFootprint *f, Regions *r)
{
  for (PetscInt i = 0; i < 4 * f->nquad; i++) {
    const PetscReal *xy  = &f->xy[2 * f->quad[i]];
    const PetscInt   k   = f->region[i / 4];
    PetscReal       *box = r->box[k];

    if (r->count[k] == 0) {
      box[0] = box[2] = xy[0];
      box[1] = box[3] = xy[1];
      r->n++;
    }
    if (i % 4 == 0) r->count[k]++;
    for (PetscInt d = 0; d < 2; d++) {
      box[d]     = PetscMin(box[d], xy[d]);
      box[2 + d] = PetscMax(box[2 + d], xy[d]);
    }
  }
}

static void WriteSurfaces(PltProject project, const Regions *r, FILE *out)
{
  fprintf(out, "$MeshFormat\n4.1 0 8\n$EndMeshFormat\n$PhysicalNames\n%d\n", (int)r->n);
  for (PetscInt k = 0; k <= project->ndie; k++) {
    const char *prefix, *name;

    if (!r->count[k]) continue;
    PltRegionName(project, k, &prefix, &name);
    fprintf(out, "2 %d \"%s%s\"\n", (int)k + 1, prefix, name);
  }
  fprintf(out, "$EndPhysicalNames\n$Entities\n0 0 %d 0\n", (int)r->n);
  for (PetscInt k = 0; k <= project->ndie; k++) {
    const PetscReal *box = r->box[k];

    if (!r->count[k]) continue;
    fprintf(out, "%d %.17g %.17g 0 %.17g %.17g 0 1 %d 0\n", (int)k + 1, (double)box[0],
            (double)box[1], (double)box[2], (double)box[3], (int)k + 1);
  }
  fprintf(out, "$EndEntities\n");
}

/* All nodes are listed under the first surface: .msh wants an entity, nobody asks which. */
static void WriteNodes(const PltFootprint *f, PetscInt entity, FILE *out)
{
  const int n = (int)f->nvert;

  fprintf(out, "$Nodes\n1 %d 1 %d\n2 %d 0 %d\n", n, n, (int)entity, n);
  for (int v = 1; v <= n; v++) fprintf(out, "%d\n", v);
  for (int v = 0; v < n; v++)
    fprintf(out, "%.17g %.17g 0\n", (double)f->xy[2 * v], (double)f->xy[2 * v + 1]);
  fprintf(out, "$EndNodes\n");
}

static PetscErrorCode WriteQuads(const PltFootprint *f, PetscInt ndie, const Regions *r, FILE *out)
{
  PetscInt *start, *order;

  PetscFunctionBegin;
  PetscCall(PetscCalloc2(ndie + 2, &start, f->nquad, &order));
  for (PetscInt k = 0; k <= ndie; k++) start[k + 1] = start[k] + r->count[k];
  for (PetscInt q = 0; q < f->nquad; q++) order[start[f->region[q]]++] = q;
  fprintf(out, "$Elements\n%d %d 1 %d\n", (int)r->n, (int)f->nquad, (int)f->nquad);
  for (PetscInt i = 0; i < f->nquad; i++) {
    const PetscInt  q = order[i], k = f->region[q];
    const PetscInt *v = &f->quad[4 * q];

    if (i == 0 || f->region[order[i - 1]] != k)
      fprintf(out, "2 %d 3 %d\n", (int)k + 1, (int)r->count[k]);
    fprintf(out, "%d %d %d %d %d\n", (int)q + 1, (int)v[0] + 1, (int)v[1] + 1, (int)v[2] + 1,
            (int)v[3] + 1);
  }
  fprintf(out, "$EndElements\n");
  PetscCall(PetscFree2(start, order));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintWrite(PltProject project, const PltFootprint *f, const char *file)
{
  Regions r = {.n = 0};
  FILE   *out;
  int     failed;

  PetscFunctionBegin;
  out = fopen(file, "w");
  PetscCheck(out, PETSC_COMM_SELF, PLT_ERR_IO, "cannot write %s: %s", file, strerror(errno));
  PetscCall(PetscCalloc2(project->ndie + 1, &r.count, project->ndie + 1, &r.box));
  Measure(f, &r);
  WriteSurfaces(project, &r, out);
  WriteNodes(f, f->region[0] + 1, out);
  PetscCall(WriteQuads(f, project->ndie, &r, out));
  PetscCall(PetscFree2(r.count, r.box));
  failed = ferror(out);
  failed = fclose(out) || failed;
  PetscCheck(!failed, PETSC_COMM_SELF, PLT_ERR_IO, "cannot write all of %s: %s", file,
             strerror(errno));
  PetscFunctionReturn(PETSC_SUCCESS);
}
