/* SPDX-License-Identifier: BSD-2-Clause
   A folder of its own and what is written there, for the tests of the output. */
#ifndef PLT_TEST_STAGE_H
#define PLT_TEST_STAGE_H
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include "frames.h"

typedef struct {
  PltProject project;
  PltMesh    mesh;
  PltSlabs   slabs;
  char       folder[64];
} Stage;

/* `comm` writes; the folder is the same on all ranks of the world. */
static inline void SetUpOn(Stage *s, MPI_Comm comm)
{
  const char *parent = getenv("TMPDIR");

  if (!parent || strlen(parent) > 40) parent = "/tmp";
  snprintf(s->folder, sizeof s->folder, "%s/platen-test-XXXXXX", parent);
  if (MyRank() == 0 && !mkdtemp(s->folder)) s->folder[0] = '\0';
  (void)MPI_Bcast(s->folder, sizeof s->folder, MPI_CHAR, 0, PETSC_COMM_WORLD);
  ck_assert(s->folder[0]);
  s->project = FrameProject(comm);
  s->slabs   = FrameSlabs(0);
  GridMesh(comm, &frame_grid, &s->mesh);
}

static inline void SetUp(Stage *s)
{
  SetUpOn(s, PETSC_COMM_WORLD);
}

static inline void TearDown(Stage *s)
{
  char command[128];

  GridDestroy(&s->mesh);
  CALL(PltProjectDestroy(&s->project));
  snprintf(command, sizeof command, "rm -rf %s", s->folder);
  (void)MPI_Barrier(PETSC_COMM_WORLD);
  if (MyRank() == 0) ck_assert_int_eq(system(command), 0);
}

/* All steps of the made-up process to folder/name. */
static inline void WriteProcess(Stage *s, const char *name, PetscBool fields, PetscBool stress)
{
  PltOutput output;
  char      base[128];

  snprintf(base, sizeof base, "%s/%s", s->folder, name);
  CALL(PltOutputCreate(s->mesh, &s->slabs, s->project, base, fields, &output));
  for (int step = 0; step < STEPS; step++) {
    MadeFrame made = {0};

    FrameMake(s->mesh, s->project, step, &made);
    if (!stress) made.frame.stress = NULL;
    CALL(PltOutputWrite(output, &made.frame, &frame_size));
    FrameFree(&made);
  }
  CALL(PltOutputLog(output, "the last line"));
  CALL(PltOutputDestroy(&output));
  (void)MPI_Barrier(s->mesh->comm);
}

/* Files may not grow beyond `bytes`: what a full disk looks like to one process after another. */
static inline void LimitFiles(rlim_t bytes)
{
  struct rlimit limit;

  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}
#endif
