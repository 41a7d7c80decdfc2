/* SPDX-License-Identifier: BSD-2-Clause
   A frame: the metrics of the state that a temperature of a step has reached, and its fields ply by
   ply for the result file. */
#include <string.h>
#include <sys/resource.h>
#include "model/model.h"

typedef struct {
  unsigned char *live;
  PetscReal     *displacement, *w, *stress;
} Fields;

/* The reported face: the plane it is measured from, heights above it and in the stack. */
typedef struct {
  PltPlane   plane;
  PetscReal *w, *z; /* [nvert_own] m */
} Face;

/* A face of a ply at an own vertex. On the reported face w is that of the face; elsewhere, the
   distance in the undeformed stack less. */
static void SetPoint(PltModel model, PetscInt v, PetscInt p, PetscInt upper, const Face *face,
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
static PetscErrorCode FillPoints(PltModel model, const Face *face, Fields *f)
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

static PetscErrorCode Write(PltModel model, const Face *face)
{
  const PltState s  = model->process->state;
  const PltMesh  m  = model->mesh;
  const PetscInt np = s->slabs.nply, npoint = m->nvert_own * (np + 1) + 1,
                 ncell = m->nquad * np + 1;
  PltOutputSize size   = {m->nquad_all, m->nvert_all, s->nlevel, m->nquad_all * np,
                          model->process->unknowns};
  Fields        f      = {NULL, NULL, NULL, NULL};
  PltFrame      frame;

  PetscFunctionBegin;
  PetscCall(PetscCalloc3(ncell, &f.live, 3 * npoint, &f.displacement, npoint, &f.w));
  PetscCall(FillPoints(model, face, &f));
  if (model->project->output_stress) {
    PetscCall(PetscCalloc1(6 * ncell, &f.stress));
    PetscCall(FillStress(model, &f));
  }
  frame = (PltFrame){.report       = model->report,
                     .warpage      = model->warpage,
                     .shift        = model->shift,
                     .motion       = model->motion,
                     .up           = s->up,
                     .live         = f.live,
                     .displacement = f.displacement,
                     .w            = f.w,
                     .surface_w    = face->w,
                     .stress       = f.stress};
  PetscCall(PeakMemory(m->comm, &frame.memory));
  PetscCall(PltOutputWrite(model->output, &frame, &size));
  PetscCall(PetscFree3(f.live, f.displacement, f.w));
  PetscCall(PetscFree(f.stress));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void CheckLimits(PltModel model)
{
  const PltProject p    = model->project;
  const double     warp = model->warpage.pv, shift = model->shift.residual_max;

  if (model->exceeded) return;
  if (p->limit_warpage > 0 && warp > p->limit_warpage) {
    model->exceeded = PETSC_TRUE;
    snprintf(model->excess, sizeof(model->excess),
             "step '%s': warpage is %.4g mm, the limit is %.4g mm", model->report.name, warp * 1e3,
             (double)p->limit_warpage * 1e3);
  } else if (p->limit_die_shift > 0 && shift > p->limit_die_shift) {
    model->exceeded = PETSC_TRUE;
    snprintf(model->excess, sizeof(model->excess),
             "step '%s': residual die shift is %.4g um, the limit is %.4g um", model->report.name,
             shift * 1e6, (double)p->limit_die_shift * 1e6);
  }
}

/* The linear theory takes one Newton iteration an increment: both are the number of solves. */
static void SetReport(PltModel model, const PltStep *step)
{
  const PltProcess  p     = model->process;
  const PltBalance *b     = &p->report.balance;
  const double      now   = MPI_Wtime();
  const PetscReal   scale = b->scale > 0 ? b->scale : 1;

  model->report = (PltStepReport){.index         = (int)p->next,
                                  .name          = step->name,
                                  .time          = p->time,
                                  .temperature   = p->state->T,
                                  .seconds       = now - model->clock,
                                  .solves        = (int)p->report.solves,
                                  .iterations    = (int)p->report.iterations,
                                  .residual      = b->unbalanced / scale,
                                  .reactions_max = b->reaction / scale,
                                  .increments    = (int)p->report.solves,
                                  .newton        = (int)p->report.solves,
                                  .lambda_min    = NAN,
                                  .contact       = p->lies.fraction,
                                  .gap_max       = p->lies.gap,
                                  .contact_force = p->lies.force,
                                  .suction       = p->lies.suction};
  model->clock  = now;
}

/* Warpage of the reported face, kept in the model. */
static PetscErrorCode MeasureFace(PltModel model, Face *face)
{
  const PltProject project = model->project;
  const PetscInt   n       = model->mesh->nvert_own;
  PetscReal       *x;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(3 * n + 1, &x));
  PetscCall(PltModelFacePlaces(model, PLT_SURFACE_TOP, project->output_top, x, face->z));
  PetscCall(PltMetricWarpage(model->mesh, project, x, model->process->state->up, &model->warpage,
                             &face->plane));
  for (PetscInt v = 0; v < n; v++) face->w[v] = PltPlaneCoordinate(&face->plane, 2, &x[3 * v]);
  if (strcmp(model->warpage.shape, "flat") == 0)
    PetscCall(PetscArrayzero(face->w, n)); /* no map of nanometres */
  PetscCall(PetscFree(x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelFrame(PltProcess process, const PltStep *step, void *context)
{
  const PltModel model = context;
  const PetscInt n     = model->mesh->nvert_own;
  Face           face;

  PetscFunctionBegin;
  (void)process;
  PetscCall(PetscMalloc2(n + 1, &face.w, n + 1, &face.z));
  PetscCall(MeasureFace(model, &face));
  PetscCall(PltModelMeasureDies(model));
  SetReport(model, step);
  CheckLimits(model);
  if (model->output) PetscCall(Write(model, &face));
  PetscCall(PetscFree2(face.w, face.z));
  if (model->monitor) {
    const int code = model->monitor(model, model->context);

    PetscCheck(code == 0, PETSC_COMM_SELF, code, "stopped by the monitor at step '%s'", step->name);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
