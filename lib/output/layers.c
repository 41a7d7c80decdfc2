/* SPDX-License-Identifier: BSD-2-Clause
   This rank's share of the field file: topology and fields in natural order. A field is turned into
   single precision first and moved then, so that no rank ever holds more than its part twice. */
#include "output/internal.h"

/* One layer a ply, or a slab. */
static PetscErrorCode MakeLayers(const PltSlabs *slabs, PetscBool by_slab, PltLayers *l)
{
  PetscFunctionBegin;
  l->nply   = slabs->nply;
  l->nlayer = by_slab ? slabs->nslab : slabs->nply;
  l->nface  = l->nlayer + 1;
  PetscCall(PetscMalloc3(l->nface, &l->first, l->nface, &l->z, l->nply, &l->thickness));
  for (PetscInt k = 0; k < l->nface; k++) {
    l->first[k] = by_slab ? slabs->first[k] : k;
    l->z[k]     = slabs->z[l->first[k]];
  }
  for (PetscInt p = 0; p < l->nply; p++) l->thickness[p] = slabs->z[p + 1] - slabs->z[p];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MoveQuads(PltMesh mesh, PltLayers *l)
{
  PetscInt *vertex;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(4 * mesh->quad_block, &l->vertex, mesh->quad_block, &l->region));
  PetscCall(PetscMalloc1(4 * mesh->nquad, &vertex));
  for (PetscInt i = 0; i < 4 * mesh->nquad; i++) vertex[i] = mesh->vert_natural[mesh->quad[i]];
  PetscCall(PltMeshQuadsToNatural(mesh, MPIU_INT, 4, vertex, l->vertex));
  PetscCall(PltMeshQuadsToNatural(mesh, MPIU_INT, 1, mesh->region, l->region));
  PetscCall(PetscFree(vertex));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLayersCreate(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                               PltLayers *layers)
{
  PetscFunctionBegin;
  PetscCall(PetscMemzero(layers, sizeof *layers));
  layers->mesh    = mesh;
  layers->project = project;
  PetscCall(MakeLayers(slabs, project->output_slabs, layers));
  PetscCall(PetscCalloc1(mesh->quad_block * layers->nlayer, &layers->live));
  PetscCall(MoveQuads(mesh, layers));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLayersDestroy(PltLayers *layers)
{
  PetscFunctionBegin;
  PetscCall(PetscFree3(layers->first, layers->z, layers->thickness));
  PetscCall(PetscFree2(layers->vertex, layers->region));
  PetscCall(PetscFree(layers->live));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A layer lives where any of its plies does. */
static unsigned char LayerLives(const PltLayers *l, const unsigned char *live, PetscInt layer)
{
  for (PetscInt p = l->first[layer]; p < l->first[layer + 1]; p++)
    if (live[p]) return 1;
  return 0;
}

PetscErrorCode PltLayersSetLive(PltLayers *l, const unsigned char *live, PetscBool *changed)
{
  const PltMesh  mesh = l->mesh;
  const size_t   n    = (size_t)mesh->quad_block * (size_t)l->nlayer;
  unsigned char *local, *share;
  PetscInt64     sum  = 0;
  int            diff = 0;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(mesh->nquad * l->nlayer, &local, n, &share));
  for (PetscInt q = 0; q < mesh->nquad; q++)
    for (PetscInt k = 0; k < l->nlayer; k++)
      local[q * l->nlayer + k] = LayerLives(l, live + q * l->nply, k);
  PetscCall(PltMeshQuadsToNatural(mesh, MPI_UNSIGNED_CHAR, l->nlayer, local, share));
  l->ncell = 0;
  for (size_t i = 0; i < n; i++) {
    if (share[i] != l->live[i]) diff = 1;
    l->live[i] = share[i];
    l->ncell += share[i];
  }
  PetscCall(PetscFree2(local, share));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &diff, 1, MPI_INT, MPI_MAX, mesh->comm));
  PetscCallMPI(MPI_Scan(&l->ncell, &sum, 1, MPIU_INT64, MPI_SUM, mesh->comm));
  l->ncell_start = sum - l->ncell;
  PetscCallMPI(MPI_Allreduce(&l->ncell, &l->ncell_all, 1, MPIU_INT64, MPI_SUM, mesh->comm));
  *changed = diff ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLayersPoints(const PltLayers *l, double **xyz)
{
  const PltMesh mesh = l->mesh;
  PetscReal    *xy;
  double       *p;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(2 * mesh->vert_block, &xy));
  PetscCall(PetscMalloc1(3 * (size_t)mesh->vert_block * (size_t)l->nface, xyz));
  PetscCall(PltMeshVertsToNatural(mesh, MPIU_REAL, 2, mesh->xy, xy));
  p = *xyz;
  for (PetscInt v = 0; v < mesh->vert_block; v++)
    for (PetscInt k = 0; k < l->nface; k++) {
      *p++ = xy[2 * v];
      *p++ = xy[2 * v + 1];
      *p++ = l->z[k];
    }
  PetscCall(PetscFree(xy));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* VTK_HEXAHEDRON: lower face counter-clockwise from above, then the upper one. */
PetscErrorCode PltLayersConnectivity(const PltLayers *l, int64_t **points)
{
  int64_t *p;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(8 * l->ncell, points));
  p = *points;
  for (PetscInt q = 0; q < l->mesh->quad_block; q++)
    for (PetscInt k = 0; k < l->nlayer; k++) {
      if (!l->live[q * l->nlayer + k]) continue;
      for (PetscInt a = 0; a < 8; a++)
        *p++ = (int64_t)l->vertex[4 * q + a % 4] * l->nface + k + a / 4;
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLayersOffsets(const PltLayers *l, int64_t **offset)
{
  PetscFunctionBegin;
  PetscCall(PetscMalloc1(l->ncell + 1, offset));
  for (PetscInt64 i = 0; i <= l->ncell; i++) (*offset)[i] = 8 * (l->ncell_start + i);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The thickest ply of a layer that holds anything in a region stands for it. */
static PetscInt MainPly(const PltLayers *l, PetscInt region, PetscInt layer)
{
  PetscInt best = -1;

  for (PetscInt p = l->first[layer]; p < l->first[layer + 1]; p++)
    if (PltProjectMaterialAt(l->project, p, region) &&
        (best < 0 || l->thickness[p] > l->thickness[best]))
      best = p;
  return PetscMax(best, l->first[layer]);
}

PetscErrorCode PltLayersPly(const PltLayers *l, int32_t **ply)
{
  int32_t *p;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(l->ncell, ply));
  p = *ply;
  for (PetscInt i = 0; i < l->mesh->quad_block * l->nlayer; i++)
    if (l->live[i]) *p++ = (int32_t)l->first[i % l->nlayer];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int32_t MaterialNumber(PltProject project, PltMaterial material)
{
  for (PetscInt i = 0; i < project->nmaterial; i++)
    if (project->material[i] == material) return (int32_t)i;
  return -1;
}

PetscErrorCode PltLayersMaterial(const PltLayers *l, int32_t **material)
{
  int32_t *m;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(l->ncell, material));
  m = *material;
  for (PetscInt q = 0; q < l->mesh->quad_block; q++)
    for (PetscInt k = 0; k < l->nlayer; k++)
      if (l->live[q * l->nlayer + k])
        *m++ =
            MaterialNumber(l->project, PltProjectMaterialAt(l->project, MainPly(l, l->region[q], k),
                                                            l->region[q]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltLayersFaces(const PltLayers *l, PetscInt width, const PetscReal *field,
                              float **value)
{
  const PltMesh mesh = l->mesh;
  const size_t  row  = (size_t)l->nface * (size_t)width;
  float        *local, *f;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(row * (size_t)mesh->vert_block, value));
  PetscCall(PetscMalloc1(row * (size_t)mesh->nvert_own, &local));
  f = local;
  for (PetscInt v = 0; v < mesh->nvert_own; v++)
    for (PetscInt k = 0; k < l->nface; k++)
      for (PetscInt i = 0; i < width; i++)
        *f++ =
            (float)field[((size_t)v * (size_t)(l->nply + 1) + (size_t)l->first[k]) * (size_t)width +
                         (size_t)i];
  PetscCall(PltMeshVertsToNatural(mesh, MPI_FLOAT, (PetscInt)row, local, *value));
  PetscCall(PetscFree(local));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Mean stress of the live plies of a layer, by thickness, from voigt to VTK order. */
static void LayerStress(const PltLayers *l, PetscInt layer, const unsigned char *live,
                        const PetscReal *stress, float s[6])
{
  static const PetscInt from[6] = {PLT_11, PLT_22, PLT_33, PLT_12, PLT_23, PLT_13};
  PetscReal             mean[6] = {0}, sum = 0;

  for (PetscInt p = l->first[layer]; p < l->first[layer + 1]; p++) {
    if (!live[p]) continue;
    sum += l->thickness[p];
    for (PetscInt i = 0; i < 6; i++) mean[i] += l->thickness[p] * stress[6 * p + from[i]];
  }
  for (PetscInt i = 0; i < 6; i++) s[i] = sum > 0 ? (float)(mean[i] / sum) : 0;
}

static float VonMises(const float s[6])
{
  const double a = s[0] - s[1], b = s[1] - s[2], c = s[2] - s[0];
  const double shear = (double)s[3] * s[3] + (double)s[4] * s[4] + (double)s[5] * s[5];

  return (float)PetscSqrtReal((a * a + b * b + c * c) / 2 + 3 * shear);
}

PetscErrorCode PltLayersStress(const PltLayers *l, const unsigned char *live,
                               const PetscReal *stress, float **value, float **mises)
{
  const PltMesh mesh = l->mesh;
  const size_t  row  = 6 * (size_t)l->nlayer;
  float        *local, *share, *out;

  PetscFunctionBegin;
  PetscCall(
      PetscMalloc2(row * (size_t)mesh->nquad, &local, row * (size_t)mesh->quad_block, &share));
  for (PetscInt q = 0; q < mesh->nquad; q++)
    for (PetscInt k = 0; k < l->nlayer; k++)
      LayerStress(l, k, live + q * l->nply, stress + 6 * (size_t)q * (size_t)l->nply,
                  local + row * (size_t)q + 6 * (size_t)k);
  PetscCall(PltMeshQuadsToNatural(mesh, MPI_FLOAT, (PetscInt)row, local, share));
  PetscCall(PetscMalloc1(6 * l->ncell, value));
  PetscCall(PetscMalloc1(l->ncell, mises));
  out = *value;
  for (PetscInt i = 0; i < mesh->quad_block * l->nlayer; i++) {
    if (!l->live[i]) continue;
    PetscCall(PetscArraycpy(out, share + 6 * (size_t)i, 6));
    (*mises)[(out - *value) / 6] = VonMises(out);
    out += 6;
  }
  PetscCall(PetscFree2(local, share));
  PetscFunctionReturn(PETSC_SUCCESS);
}
