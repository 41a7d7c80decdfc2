/* SPDX-License-Identifier: BSD-2-Clause
   A made-up process on a made-up mesh for the tests of what is written: a carrier, dies on it,
   mould around and above them, cooling, release of the carrier. Every value is a formula of place
   and step, so that it can be checked after reading it back, whatever rank wrote it. */
#ifndef PLT_TEST_FRAMES_H
#define PLT_TEST_FRAMES_H
#include "grid.h"
#include "metric/metric.h"
#include "output/output.h"

enum { PLIES = 3, FACES = PLIES + 1, STEPS = 5, EPOCHS = 4, DIE_COUNT = 4 };

static const double die_at[DIE_COUNT][2] = {
    {-0.02, -0.015}, {0.02, -0.015}, {-0.02, 0.015}, {0.02, 0.015}};

static inline PetscInt FrameRegion(PetscReal x, PetscReal y)
{
  for (PetscInt d = 0; d < DIE_COUNT; d++)
    if (fabs(x - die_at[d][0]) < 0.01 && fabs(y - die_at[d][1]) < 0.01) return 1 + d;
  return PLT_FILL;
}

/* 80 x 60 mm in quads of 5 mm: 192 quads, 64 of them dies. */
static const Grid frame_grid = {
    .n = {16, 12}, .low = {-0.04, -0.03}, .high = {0.04, 0.03}, .region = FrameRegion};

static inline int FrameLives(int step, PetscInt ply, PetscInt region)
{
  if (ply == 0) return step < 4;
  if (ply == 1) return region == PLT_FILL ? step >= 2 : step >= 1;
  return step >= 2;
}

/* Cells of a step: 192 a whole ply, 64 the dies. */
static const long long frame_cells[STEPS] = {192, 256, 576, 576, 384};
static const int       frame_epoch[STEPS] = {0, 1, 2, 2, 3};
static const char *frame_name[STEPS] = {"carrier", "die attach", "mold <\"µ\">", "cool", "debond"};
static const double frame_T[STEPS]   = {298.15, 423.15, 423.15, 298.15, 298.15};

static inline PetscReal FrameU(int step, PetscReal x, PetscReal y, PetscInt face, int i)
{
  const PetscReal k = step + 1;

  if (i == 0) return -1e-4 * k * x + 1e-6 * (PetscReal)face;
  if (i == 1) return -1e-4 * k * y;
  return 0.05 * k * x * x + 0.02 * y * y + 1e-7 * (PetscReal)face;
}

static inline PetscReal FrameStress(int step, PetscReal x, PetscReal y, PetscInt ply, int i)
{
  return 1e6 * ((double)(i + 1) + 10 * (double)ply + x + 2 * y) * (step + 1);
}

static inline void FrameMaterial(PltProject project, const char *name, double modulus)
{
  const double value[3] = {modulus, 0.25, 5e-6};

  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &value[0]));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &value[1]));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &value[2]));
}

static inline PltProject FrameProject(MPI_Comm comm)
{
  PltProject project;

  CALL(PltProjectCreate(comm, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  CALL(PltProjectSetTitle(project, "made up"));
  CALL(PltProjectSetSize(project, 0.08, 0.06));
  CALL(PltProjectSetMesh(project, 0.005, 0, 0, PLT_MESH_MAPPED, NULL));
  FrameMaterial(project, "glass", 7e10);
  FrameMaterial(project, "silicon", 1.3e11);
  FrameMaterial(project, "emc", 2e10);
  CALL(PltProjectAddPly(project, "carrier", "glass", NULL, 1e-3, -1));
  CALL(PltProjectAddPly(project, "device", "emc", "silicon", 3e-4, -1));
  CALL(PltProjectAddPly(project, "cap", "emc", NULL, 2e-4, -1));
  for (int d = 0; d < DIE_COUNT; d++)
    CALL(PltProjectAddDie(project, NULL, "device", die_at[d][0], die_at[d][1], 0.02, 0.02, 0));
  for (int s = 0; s < STEPS; s++) CALL(PltProjectAddStep(project, frame_name[s]));
  return project;
}

/* Plies as slabs; or device and cap in one. */
static inline PltSlabs FrameSlabs(int grouped)
{
  static PetscInt  single[] = {0, 1, 2, 3}, pair[] = {0, 1, 3};
  static PetscBool soft[] = {PETSC_FALSE, PETSC_FALSE, PETSC_FALSE};
  static PetscReal z[]    = {0, 1e-3, 1.3e-3, 1.5e-3};

  return (PltSlabs){.nply  = PLIES,
                    .nslab = grouped ? 2 : 3,
                    .first = grouped ? pair : single,
                    .soft  = soft,
                    .z     = z};
}

/* Not looked for; not stable; stable, and in the last step without a potential. */
static inline PltOtherShape FrameOther(int step)
{
  PltOtherShape other = {.looked = step >= 2, .energy = NAN, .lambda_min = NAN};

  if (step < 3) return other;
  other.stable     = 1;
  other.lambda_min = 0.25 / step;
  other.warpage    = (PltWarpage){.pv = 1. / 3, .edge_x = 0.1, .sign = -1};
  strcpy(other.warpage.shape, "cylinder");
  if (step == 3) other.energy = -1e-3 / 3;
  return other;
}

typedef struct {
  PltFrame       frame;
  unsigned char *live;
  PetscReal     *u, *w, *surface, *stress;
  PltDieMotion   motion[DIE_COUNT];
} MadeFrame;

static inline void FrameDies(MadeFrame *m, int step)
{
  for (int d = 0; d < DIE_COUNT; d++) {
    const double x = die_at[d][0], y = die_at[d][1];

    m->motion[d] = (PltDieMotion){.die = d, .x = x, .y = y, .placed = step >= 1};
    if (step < 1) continue;
    m->motion[d].dx       = -1e-4 * (step + 1) * x + 1e-7 * d;
    m->motion[d].dy       = -1e-4 * (step + 1) * y;
    m->motion[d].rotation = 1e-5 * d;
  }
  CALL(PltMetricDieShift(DIE_COUNT, m->motion, NULL, &m->frame.shift));
}

static inline void FrameFields(PltMesh mesh, MadeFrame *m, int step)
{
  for (PetscInt v = 0; v < mesh->nvert_own; v++)
    for (PetscInt k = 0; k < FACES; k++) {
      const PetscReal x = mesh->xy[2 * v], y = mesh->xy[2 * v + 1];

      for (int i = 0; i < 3; i++) m->u[(v * FACES + k) * 3 + i] = FrameU(step, x, y, k, i);
      m->w[v * FACES + k] = FrameU(step, x, y, k, 2);
      if (k == FACES - 1) m->surface[v] = FrameU(step, x, y, k, 2);
    }
  for (PetscInt q = 0; q < mesh->nquad; q++)
    for (PetscInt p = 0; p < PLIES; p++) {
      PetscReal x = 0, y = 0;

      for (int a = 0; a < 4; a++) {
        x += mesh->xy[2 * mesh->quad[4 * q + a]] / 4;
        y += mesh->xy[2 * mesh->quad[4 * q + a] + 1] / 4;
      }
      m->live[q * PLIES + p] = (unsigned char)FrameLives(step, p, mesh->region[q]);
      for (int i = 0; i < 6; i++)
        m->stress[(q * PLIES + p) * 6 + i] = FrameStress(step, x, y, p, i);
    }
}

/* Of the heights in m->surface, which become those above the plane. */
static inline void FrameWarpage(PltMesh mesh, PltProject project, MadeFrame *m)
{
  PetscReal *x;
  PltPlane   plane;

  CALL(PetscMalloc1(3 * mesh->nvert_own, &x));
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    for (int k = 0; k < 2; k++) x[3 * v + k] = mesh->xy[2 * v + k];
    x[3 * v + 2] = m->surface[v];
  }
  CALL(PltMetricWarpage(mesh, project, x, 1, &m->frame.warpage, &plane));
  for (PetscInt v = 0; v < mesh->nvert_own; v++)
    m->surface[v] = PltPlaneCoordinate(&plane, 2, &x[3 * v]);
  CALL(PetscFree(x));
}

static inline void FrameMake(PltMesh mesh, PltProject project, int step, MadeFrame *m)
{
  CALL(PetscMalloc5(mesh->nquad * PLIES, &m->live, mesh->nvert_own * FACES * 3, &m->u,
                    mesh->nvert_own * FACES, &m->w, mesh->nvert_own, &m->surface,
                    mesh->nquad * PLIES * 6, &m->stress));
  FrameFields(mesh, m, step);
  FrameDies(m, step);
  m->frame.report = (PltStepReport){.index         = step,
                                    .name          = frame_name[step],
                                    .time          = 60.0 * step,
                                    .temperature   = frame_T[step],
                                    .seconds       = 0.25,
                                    .solves        = 2,
                                    .iterations    = 17,
                                    .residual      = 1e-9,
                                    .reactions_max = 1e-12,
                                    .increments    = 3 + step,
                                    .newton        = 11,
                                    .lambda_min    = step ? -0.1 / step : NAN,
                                    .branch        = ""};
  if (step) strcpy(m->frame.report.branch, "switched");
  m->frame.other = FrameOther(step);
  FrameWarpage(mesh, project, m);
  m->frame.motion       = m->motion;
  m->frame.up           = 1;
  m->frame.live         = m->live;
  m->frame.displacement = m->u;
  m->frame.w            = m->w;
  m->frame.surface_w    = m->surface;
  m->frame.stress       = m->stress;
  m->frame.memory       = 1e8;
}

static inline void FrameFree(MadeFrame *m)
{
  CALL(PetscFree5(m->live, m->u, m->w, m->surface, m->stress));
}

static const PltOutputSize frame_size = {
    .quads = 192, .lines = 221, .levels = 4, .cells = 576, .unknowns = 2652};
#endif
