/* SPDX-License-Identifier: BSD-2-Clause
   The state of a model, ply by ply, for the result files. */
#include <sys/resource.h>
#include "model/model.h"

typedef struct {
  unsigned char *live;
  PetscReal     *displacement, *w, *stress;
} Fields;

/* A face of a ply at an own vertex. On the reported face w is that of the face; elsewhere, the
   distance in the undeformed stack less. */
static void SetPoint(PltModel model, PetscInt v, PetscInt p, PetscInt upper, const PltFace *face,
                     Fields *f)
{
  const PltState  s     = model->process->state;
  const PetscInt  i     = v * (s->slabs.nply + 1) + p + upper;
  const PetscReal apart = (upper ? s->hi[p] : s->lo[p]) - face->z[v];
  PetscReal       x[3], *u = f->displacement + 3 * i;

  PltStatePlyPoint(s, s->u, v, p, (PetscReal)upper, u);
  PltModelPlace(model, v, u, x);
  f->w[i] = PltPlaneCoordinate(&face->plane, 2, x) + (face->plane.axis[2][2] - 1) * apart;
}

/* Displacement at the faces of live plies, and their heights above the plane. */
static PetscErrorCode FillPoints(PltModel model, const PltFace *face, Fields *f)
{
  const PltState s  = model->process->state;
  const PetscInt np = s->slabs.nply;

  PetscFunctionBegin;
  for (PetscInt q = 0; q < s->mesh->nquad; q++)
    for (PetscInt p = 0; p < np; p++) {
      f->live[q * np + p] = PltStateIsLive(s, s->quad_class[q], p) ? 1 : 0;
      for (PetscInt a = 0; a < 4 && f->live[q * np + p]; a++) {
        const PetscInt v = s->mesh->quad[4 * q + a];

        if (v >= s->mesh->nvert_own) continue;
        for (PetscInt upper = 0; upper < 2; upper++) SetPoint(model, v, p, upper, face, f);
      }
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Mean stress of every live ply. */
static PetscErrorCode FillStress(PltModel model, Fields *f)
{
  const PltState s  = model->process->state;
  const PetscInt np = s->slabs.nply;
  PetscReal     *faces;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(12 * np, &faces));
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    if (!s->mesh->own[q]) continue;
    PetscCall(PltAssemblyStress(model->process->assembly, q, faces));
    for (PetscInt p = 0; p < np; p++)
      for (PetscInt i = 0; i < 6; i++)
        f->stress[6 * (q * np + p) + i] = (faces[12 * p + i] + faces[12 * p + 6 + i]) / 2;
  }
  PetscCall(PetscFree(faces));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PeakMemory(MPI_Comm comm, PetscLogDouble *bytes)
{
  struct rusage  usage;
  PetscLogDouble own = 0;

  PetscFunctionBegin;
  if (getrusage(RUSAGE_SELF, &usage) == 0) own = (PetscLogDouble)usage.ru_maxrss * 1024;
  PetscCallMPI(MPI_Allreduce(&own, bytes, 1, MPI_DOUBLE, MPI_MAX, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelWrite(PltModel model, const PltFace *face, PltFrame *frame)
{
  const PltState s  = model->process->state;
  const PltMesh  m  = model->mesh;
  const PetscInt np = s->slabs.nply, npoint = m->nvert_own * (np + 1) + 1,
                 ncell = m->nquad * np + 1;
  PltOutputSize size   = {m->nquad_all, m->nvert_all, s->nlevel, m->nquad_all * np,
                          model->process->unknowns};
  Fields        f      = {NULL, NULL, NULL, NULL};

  PetscFunctionBegin;
  PetscCall(PetscCalloc3(ncell, &f.live, 3 * npoint, &f.displacement, npoint, &f.w));
  PetscCall(FillPoints(model, face, &f));
  if (model->project->output_stress) {
    PetscCall(PetscCalloc1(6 * ncell, &f.stress));
    PetscCall(FillStress(model, &f));
  }
  frame->motion       = model->motion;
  frame->up           = s->up;
  frame->live         = f.live;
  frame->displacement = f.displacement;
  frame->w            = f.w;
  frame->surface_w    = face->w;
  frame->stress       = f.stress;
  PetscCall(PeakMemory(m->comm, &frame->memory));
  PetscCall(PltOutputWrite(model->output, frame, &size));
  PetscCall(PetscFree3(f.live, f.displacement, f.w));
  PetscCall(PetscFree(f.stress));
  PetscFunctionReturn(PETSC_SUCCESS);
}
