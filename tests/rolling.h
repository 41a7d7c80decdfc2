/* SPDX-License-Identifier: BSD-2-Clause
   Two equal plies of a square that bend into a bowl and roll up when they are cooled; a run of it,
   written to a folder of its own, and all that the monitors were told. */
#ifndef PLT_TEST_ROLLING_H
#define PLT_TEST_ROLLING_H
#include <string.h>
#include <unistd.h>
#include "check.h"

/* Half side and thickness, m; kl a^2 sqrt(12 (1 - nu^2)) / h, beyond 17.6, where it rolls up. */
static const double half = 0.03, thick = 1e-3, nu = 0.25, load = 25;
enum { FRAMES = 3, MOST = 200 };

static char folder[64];

static inline double LinearCurvature(void)
{
  return load * thick / (half * half * sqrt(12 * (1 - nu * nu)));
}

static inline void AddMaterial(PltProject project, const char *name, double cte)
{
  const double E = 70e9;

  CALL(PltProjectAddMaterial(project, name, "isotropic"));
  CALL(PltProjectSetProperty(project, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(project, name, "nu", 1, NULL, &nu));
  CALL(PltProjectSetProperty(project, name, "cte", 1, NULL, &cte));
  CALL(PltProjectAddPly(project, name, name, NULL, thick / 2, -1));
}

/* Cooled by 100 K in 60 s, the second half of it in a frame of its own. */
static inline PltProject Create(PltKinematics kinematics)
{
  const double strain = LinearCurvature() * thick / 1.5, hot = 400;
  const double time[] = {0, 30, 60}, T[] = {400, 350, 300};
  PltProject   project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetSize(project, 2 * half, 2 * half));
  CALL(PltProjectSetMesh(project, half / 4, 0, 0, PLT_MESH_MAPPED, NULL));
  CALL(PltProjectSetKinematics(project, kinematics));
  CALL(PltProjectSetOutputIncrements(project, 1));
  AddMaterial(project, "lower", 1e-6);
  AddMaterial(project, "upper", 1e-6 + strain / 100);
  CALL(PltProjectAddStep(project, "bond"));
  CALL(PltProjectStepAdd(project, "lower"));
  CALL(PltProjectStepAdd(project, "upper"));
  CALL(PltProjectStepSetStressFree(project, hot));
  CALL(PltProjectStepSetTemperature(project, 1, NULL, &hot));
  CALL(PltProjectAddStep(project, "cool"));
  CALL(PltProjectStepSetTemperature(project, 3, time, T));
  return project;
}

typedef struct {
  int           nframe, n, first[FRAMES + 1]; /* of the frames */
  PltStepReport frame[FRAMES];
  PltIncrement  increment[MOST];
  char          notes[512]; /* of the last frame */
} Story;

static inline int OnFrame(PltModel model, void *context)
{
  Story *story = context;

  if (PltModelGetStep(model, &story->frame[story->nframe])) return PLT_ERR_INTERNAL;
  snprintf(story->notes, sizeof story->notes, "%s", story->frame[story->nframe].notes);
  story->first[++story->nframe] = story->n;
  return PLT_OK;
}

static inline int OnIncrement(PltModel model, const PltIncrement *increment, void *context)
{
  Story     *story = context;
  PltWarpage warpage;

  if (story->n == MOST || PltModelGetWarpage(model, PLT_SURFACE_TOP, &warpage) ||
      warpage.corner != increment->warpage.corner)
    return PLT_ERR_INTERNAL;
  story->increment[story->n++] = *increment;
  return PLT_OK;
}

/* The whole process, written to folder/name. */
static inline PltModel Run(PltProject project, Story *story)
{
  PltModel model;
  char     base[96];

  memset(story, 0, sizeof *story);
  snprintf(base, sizeof base, "%s/name", folder);
  CALL(PltModelCreate(project, &model));
  CALL(PltModelSetOutput(model, base, 1));
  CALL(PltModelSetMonitor(model, OnFrame, story));
  CALL(PltModelSetIncrementMonitor(model, OnIncrement, story));
  CALL(PltModelRun(model));
  return model;
}

static inline void SetUp(void)
{
  const char *parent = getenv("TMPDIR");

  if (!parent || strlen(parent) > 40) parent = "/tmp";
  snprintf(folder, sizeof folder, "%s/platen-test-XXXXXX", parent);
  if (MyRank() == 0 && !mkdtemp(folder)) folder[0] = '\0';
  (void)MPI_Bcast(folder, sizeof folder, MPI_CHAR, 0, PETSC_COMM_WORLD);
  ck_assert(folder[0]);
}

static inline void TearDown(void)
{
  char command[96];

  snprintf(command, sizeof command, "rm -rf %s", folder);
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  if (MyRank() == 0) ck_assert_int_eq(system(command), 0);
}
#endif
