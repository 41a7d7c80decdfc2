/* SPDX-License-Identifier: BSD-2-Clause
   Rigid motion of each die: area moments of its displacement about the nominal centre, to which
   rigid.c fits the motion. They are summed over the quads of its region and, on a symmetric part,
   over their mirror images: the image of a quad belongs to the image of its die, which may be the
   same die cut by the plane. */
#include <math.h>
#include <stdlib.h>
#include "metric/internal.h"

/* Dies by place, to find mirror images: coordinates as multiples of a tolerance. */
typedef struct {
  PetscInt64 x, y;
  PetscInt   ply, die;
} Place;

static int ComparePlaces(const void *a, const void *b)
{
  const Place *p = a, *q = b;

  if (p->x != q->x) return p->x < q->x ? -1 : 1;
  if (p->y != q->y) return p->y < q->y ? -1 : 1;
  return p->ply < q->ply ? -1 : p->ply > q->ply;
}

static Place PlaceOf(const PltDie *die, PetscInt mirror, PetscReal tolerance)
{
  const PetscReal x = (mirror & 1 ? -die->x : die->x) / tolerance;
  const PetscReal y = (mirror & 2 ? -die->y : die->y) / tolerance;

  return (Place){.x = llrint((double)x), .y = llrint((double)y), .ply = die->ply, .die = -1};
}

/* The die at a place or a tolerance beside it, -1 if there is none. */
static PetscInt FindDie(PetscInt n, const Place place[], Place at)
{
  for (int i = -1; i <= 1; i++)
    for (int j = -1; j <= 1; j++) {
      const Place  near  = {.x = at.x + i, .y = at.y + j, .ply = at.ply};
      const Place *found = bsearch(&near, place, (size_t)n, sizeof *place, ComparePlaces);

      if (found) return found->die;
    }
  return -1;
}

/* image [ndie][4]: the die that is the mirror image in x (1), y (2) or both (3); itself (0). Images
   across planes that are not planes of symmetry are -1. */
static PetscErrorCode FindImages(PltProject project, PetscInt image[])
{
  const PetscInt  n         = project->ndie;
  const PetscReal tolerance = 1e-6 * PetscMax(project->size[0], project->size[1]);
  Place          *place;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n, &place));
  for (PetscInt d = 0; d < n; d++) {
    place[d]     = PlaceOf(&project->die[d], 0, tolerance);
    place[d].die = d;
  }
  qsort(place, (size_t)n, sizeof *place, ComparePlaces);
  for (PetscInt d = 0; d < n; d++) {
    image[4 * d] = d;
    for (PetscInt m = 1; m < 4; m++) {
      const PetscBool mirrored = (PetscBool)((!(m & 1) || PltMirrored(project, 0)) &&
                                             (!(m & 2) || PltMirrored(project, 1)));

      image[4 * d + m] = mirrored ? FindDie(n, place, PlaceOf(&project->die[d], m, tolerance)) : -1;
    }
  }
  PetscCall(PetscFree(place));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One point of area a at r from the die's centre moved by u[PLT_THEN], then to u[PLT_NOW]. */
static void AddPoint(PltDieSums *s, PetscReal a, const PetscReal r[2], PetscReal u[2][3])
{
  const PetscReal f[3] = {a, a * r[0], a * r[1]};

  s->a += a;
  s->x += f[1];
  s->y += f[2];
  s->xx += f[1] * r[0];
  s->yy += f[2] * r[1];
  s->xy += f[1] * r[1];
  for (PetscInt i = 0; i < 3; i++)
    for (PetscInt k = 0; k < 3; k++) {
      s->then[i][k] += f[k] * u[PLT_THEN][i];
      s->since[i][k] += f[k] * (u[PLT_NOW][i] - u[PLT_THEN][i]);
    }
}

/* Adds quad q, seen in mirror m, to the sums of the die at `centre`. */
static void AddQuad(PltMesh mesh, PetscInt q, PetscInt m, const PltMidplane *ply, const PltDie *die,
                    PltDieSums *sums)
{
  const PetscReal sign[3] = {m & 1 ? -1 : 1, m & 2 ? -1 : 1, 1};

  for (PetscInt g = 0; g < 4; g++) {
    PetscReal N[4], xy[2], area, r[2], u[2][3] = {{0}};

    PltQuadPoint(mesh, q, g, N, xy, &area);
    for (PetscInt a = 0; a < 4; a++)
      for (PetscInt i = 0; i < 3; i++) {
        const PetscInt at = 3 * mesh->quad[4 * q + a] + i;

        u[PLT_THEN][i] += sign[i] * N[a] * ply->then[at];
        u[PLT_NOW][i] += sign[i] * N[a] * ply->now[at];
      }
    r[0] = sign[0] * xy[0] - die->x;
    r[1] = sign[1] * xy[1] - die->y;
    AddPoint(sums, area, r, u);
  }
}

static PetscErrorCode SumDies(PltMesh mesh, PltProject project, const PetscBool placed[],
                              const PltMidplane *ply, PltDieSums sums[])
{
  PetscInt *image;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(4 * project->ndie, &image));
  PetscCall(FindImages(project, image));
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    const PetscInt first = mesh->region[q] - 1;
    PetscInt       die   = first;

    if (!mesh->own[q] || first < 0) continue;
    do { /* dies of other plies may have the same outline */
      for (PetscInt m = 0; m < 4; m++) {
        const PetscInt d = image[4 * die + m];

        if (d >= 0 && placed[d]) AddQuad(mesh, q, m, ply, &project->die[d], &sums[d]);
      }
      die = project->twins ? project->die[die].twin : first;
    } while (die != first);
  }
  PetscCall(PetscFree(image));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMetricDieMotion(PltMesh mesh, PltProject project, const PetscBool placed[],
                                  const PltMidplane *ply, PltDieMotion motion[],
                                  PltDiePlace place[])
{
  const PetscInt n     = project->ndie;
  const int      width = (int)(sizeof(PltDieSums) / sizeof(PetscReal));
  PltDieSums    *sums;

  PetscFunctionBegin;
  if (!n) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscCalloc1(n, &sums));
  PetscCall(SumDies(mesh, project, placed, ply, sums));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sums, (int)n * width, MPIU_REAL, MPIU_SUM, mesh->comm));
  for (PetscInt d = 0; d < n; d++) {
    motion[d] = (PltDieMotion){.die    = (int)d,
                               .placed = placed[d] && sums[d].a > 0,
                               .x      = project->die[d].x,
                               .y      = project->die[d].y};
    if (!motion[d].placed) continue;
    if (project->kinematics == PLT_SMALL) PltRigidSmall(&sums[d], &motion[d]);
    else PltRigidLarge(&sums[d], ply->z, &motion[d], &place[d]);
  }
  PetscCall(PetscFree(sums));
  PetscFunctionReturn(PETSC_SUCCESS);
}
