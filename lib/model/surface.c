/* SPDX-License-Identifier: BSD-2-Clause
   Faces of the live stack, and values at a point of the panel for the public Get functions. */
#include <string.h>
#include "model/model.h"

/* Which plies are live in any column around each local vertex: out[nvert][nply]. */
static PetscErrorCode LiveAtVertices(PltModel model, PetscBool *out)
{
  const PltState s  = model->process->state;
  const PetscInt np = s->slabs.nply;

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(out, s->mesh->nvert * np));
  for (PetscInt q = 0; q < s->mesh->nquad; q++)
    for (PetscInt p = 0; p < np; p++) {
      if (!PltStateIsLive(s, s->quad_class[q], p)) continue;
      for (PetscInt a = 0; a < 4; a++) out[s->mesh->quad[4 * q + a] * np + p] = PETSC_TRUE;
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A face that steps from ply to ply is measured as if it were level. Its steps are taken to stand
   upright, so where the panel leans by an angle its height is off by step x (1 - cos angle). */
void PltModelPlace(PltModel model, PetscInt v, const PetscReal u[3], PetscReal x[3])
{
  for (PetscInt i = 0; i < 2; i++)
    x[i] = model->mesh->xy[2 * v + i] + (model->project->kinematics == PLT_LARGE ? u[i] : 0);
  x[2] = u[2];
}

PetscErrorCode PltModelFacePlaces(PltModel model, PltSurface face, PetscInt ply, PetscReal *x,
                                  PetscReal *z)
{
  const PltState  s    = model->process->state;
  const PetscInt  np   = s->slabs.nply;
  const PetscBool high = (PetscBool)((face == PLT_SURFACE_TOP) == (s->up > 0));
  PetscBool      *live;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(s->mesh->nvert * np + 1, &live));
  PetscCall(LiveAtVertices(model, live));
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    PetscInt  p    = high ? np - 1 : 0;
    PetscReal u[3] = {0, 0, 0}, height = 0;

    while (p >= 0 && p < np && !live[v * np + p]) p += high ? -1 : 1;
    if (ply >= 0 && live[v * np + ply]) p = ply;
    if (p >= 0 && p < np) {
      PltStatePlyPoint(s, s->u, v, p, high ? 1 : 0, u);
      height = high ? s->hi[p] : s->lo[p];
    }
    PltModelPlace(model, v, u, &x[3 * v]);
    if (z) z[v] = height;
  }
  PetscCall(PetscFree(live));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelMeasureFace(PltModel model, PltFace *face, PltWarpage *warpage)
{
  const PltProject project = model->project;
  const PetscInt   n       = model->mesh->nvert_own;
  PetscReal       *x;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(n + 1, &face->w, n + 1, &face->z));
  PetscCall(PetscMalloc1(3 * n + 1, &x));
  PetscCall(PltModelFacePlaces(model, PLT_SURFACE_TOP, project->output_top, x, face->z));
  PetscCall(
      PltMetricWarpage(model->mesh, project, x, model->process->state->up, warpage, &face->plane));
  for (PetscInt v = 0; v < n; v++) face->w[v] = PltPlaneCoordinate(&face->plane, 2, &x[3 * v]);
  if (strcmp(warpage->shape, "flat") == 0)
    PetscCall(PetscArrayzero(face->w, n)); /* no map of nanometres */
  PetscCall(PetscFree(x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFaceFree(PltFace *face)
{
  PetscFunctionBegin;
  PetscCall(PetscFree2(face->w, face->z));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetWarpage(PltModel model, PltSurface surface, PltWarpage *warpage)
{
  const PltProject project = model->project;
  const PetscInt   ply     = surface == PLT_SURFACE_TOP ? project->output_top : -1;
  const PetscReal  up      = model->process->state->up;
  PetscReal       *x;
  PltPlane         plane;

  PetscFunctionBegin;
  PetscCheck(model->process->assembly, PETSC_COMM_SELF, PLT_ERR_USAGE, "no step has been done yet");
  PetscCall(PetscMalloc1(3 * model->mesh->nvert_own + 1, &x));
  PetscCall(PltModelFacePlaces(model, surface, ply, x, NULL));
  PetscCall(PltMetricWarpage(model->mesh, project, x, up, warpage, &plane));
  PetscCall(PetscFree(x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- values at a point ---- */

typedef struct {
  PetscReal value; /* what is compared: the smaller wins, then the smaller natural number */
  PetscInt  natural, rank;
} Bid;

/* The rank with the lowest bid; every rank learns it. */
static PetscErrorCode LowestBid(MPI_Comm comm, Bid bid, PetscInt *winner)
{
  PetscReal   value;
  PetscInt    natural;
  PetscMPIInt rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(comm, &rank));
  PetscCallMPI(MPI_Allreduce(&bid.value, &value, 1, MPIU_REAL, MPI_MIN, comm));
  if (bid.value > value) bid.natural = PETSC_MAX_INT;
  PetscCallMPI(MPI_Allreduce(&bid.natural, &natural, 1, MPIU_INT, MPI_MIN, comm));
  bid.rank = bid.natural == natural ? rank : PETSC_MAX_INT;
  PetscCallMPI(MPI_Allreduce(&bid.rank, winner, 1, MPIU_INT, MPI_MIN, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Distance to (x, y) of the quad's centre, and whether the point is in it. */
static PetscBool InQuad(PltMesh mesh, PetscInt q, const PetscReal x[2], PetscReal *distance)
{
  const PetscInt *quad   = mesh->quad + 4 * q;
  PetscReal       c[2]   = {0, 0};
  PetscBool       inside = PETSC_TRUE;

  for (PetscInt a = 0; a < 4; a++) {
    const PetscReal *p = mesh->xy + 2 * quad[a], *n = mesh->xy + 2 * quad[(a + 1) % 4];
    const PetscReal  turn = (n[0] - p[0]) * (x[1] - p[1]) - (n[1] - p[1]) * (x[0] - p[0]);

    if (turn < 0) inside = PETSC_FALSE;
    c[0] += p[0] / 4;
    c[1] += p[1] / 4;
  }
  *distance = PetscSqr(c[0] - x[0]) + PetscSqr(c[1] - x[1]);
  return inside;
}

/* Own quad that holds the point (on an edge: the one with the nearest centre), -1 elsewhere; every
   rank gets the winner, or an error if no quad holds it. */
static PetscErrorCode FindQuad(PltModel model, double x, double y, PetscInt *quad, PetscInt *winner)
{
  const PltMesh   mesh  = model->mesh;
  const PetscReal at[2] = {x, y};
  Bid             best  = {PETSC_MAX_REAL, PETSC_MAX_INT, 0};
  PetscInt        found;
  PetscMPIInt     rank;

  PetscFunctionBegin;
  *quad = -1;
  for (PetscInt q = 0; q < mesh->nquad; q++) {
    PetscReal d;

    if (!mesh->own[q] || !InQuad(mesh, q, at, &d) || d >= best.value) continue;
    best  = (Bid){d, mesh->quad_natural[q], 0};
    *quad = q;
  }
  found = best.natural;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &found, 1, MPIU_INT, MPI_MIN, mesh->comm));
  PetscCheck(found < PETSC_MAX_INT, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "(%.6g, %.6g) m is not in the meshed part of the panel", x, y);
  PetscCall(LowestBid(mesh->comm, best, winner));
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  if (rank != *winner) *quad = -1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindPly(PltModel model, const char *name, PetscInt *ply)
{
  PetscFunctionBegin;
  *ply = PltProjectFindPly(model->project, name);
  PetscCheck(*ply >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no ply '%s'", name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Send n numbers from the winner to all, with word whether they exist. */
static PetscErrorCode Tell(PltModel model, PetscInt winner, const char *name, PetscMPIInt n,
                           PetscReal *value)
{
  PetscFunctionBegin;
  PetscCallMPI(MPI_Bcast(value, n + 1, MPIU_REAL, (PetscMPIInt)winner, model->mesh->comm));
  PetscCheck(value[n] > 0, PETSC_COMM_SELF, PLT_ERR_USAGE, "ply '%s' is not live there", name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetDisplacement(PltModel model, const char *name, double x, double y, double u[3])
{
  const PltState s        = model->process->state;
  PetscReal      value[4] = {0, 0, 0, 0}, best = PETSC_MAX_REAL;
  PetscInt       ply, quad, winner, vert = 0;

  PetscFunctionBegin;
  PetscCall(FindPly(model, name, &ply));
  PetscCall(FindQuad(model, x, y, &quad, &winner));
  for (PetscInt a = 0; a < 4 && quad >= 0; a++) {
    const PetscInt  v = s->mesh->quad[4 * quad + a];
    const PetscReal d = PetscSqr(s->mesh->xy[2 * v] - x) + PetscSqr(s->mesh->xy[2 * v + 1] - y);

    if (d < best) vert = v;
    best = PetscMin(best, d);
  }
  if (quad >= 0 && PltStateIsLive(s, s->quad_class[quad], ply)) {
    PltStatePlyPoint(s, s->u, vert, ply, 0, value);
    value[3] = 1;
  }
  PetscCall(Tell(model, winner, name, 3, value));
  for (PetscInt d = 0; d < 3; d++) u[d] = value[d];
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelGetStress(PltModel model, const char *name, double x, double y, double lower[6],
                      double upper[6])
{
  static const PetscInt order[6]  = {PLT_11, PLT_22, PLT_33, PLT_12, PLT_23, PLT_13};
  const PltState        s         = model->process->state;
  PetscReal             value[13] = {0}, *stress;
  PetscInt              ply, quad, winner;

  PetscFunctionBegin;
  PetscCheck(model->process->assembly, PETSC_COMM_SELF, PLT_ERR_USAGE, "no step has been done yet");
  PetscCall(FindPly(model, name, &ply));
  PetscCall(FindQuad(model, x, y, &quad, &winner));
  PetscCall(PetscMalloc1(12 * s->slabs.nply, &stress));
  if (quad >= 0 && PltStateIsLive(s, s->quad_class[quad], ply)) {
    PetscCall(PltAssemblyStress(model->process->assembly, quad, stress));
    PetscCall(PetscArraycpy(value, stress + 12 * ply, 12));
    value[12] = 1;
  }
  PetscCall(PetscFree(stress));
  PetscCall(Tell(model, winner, name, 12, value));
  for (PetscInt i = 0; i < 6; i++) {
    lower[i] = value[order[i]];
    upper[i] = value[6 + order[i]];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}
