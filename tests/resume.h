/* SPDX-License-Identifier: BSD-2-Clause
   A made-up process with increments, stopped somewhere and carried on, for the tests of that. */
#ifndef PLT_TEST_RESUME_H
#define PLT_TEST_RESUME_H
#include <string.h>
#include <sys/stat.h>
#include "output/internal.h"
#include "stage.h"

/* The made-up process with increments: frame of frames.h, and what is left of the way to it. New
   live sets begin at 1, 3 and 8. */
enum { WHOLE = 9 };
static const int    made_step[WHOLE] = {0, 1, 1, 2, 2, 3, 3, 3, 4};
static const double made_left[WHOLE] = {0, 0.5, 0, 0.25, 0, 0.75, 0.5, 0, 0};

static Stage stage;

static inline void PathOf(const char *name, const char *ending, char path[128])
{
  snprintf(path, 128, "%s/%s%s", stage.folder, name, ending);
}

/* Frame `i` of the process; `other` is added to its warpage. */
static inline int WriteFrame(PltFields fields, int i, double other)
{
  MadeFrame made = {0};
  int       ierr;

  FrameMake(stage.mesh, stage.project, made_step[i], &made);
  made.frame.left = made_left[i];
  made.frame.warpage.pv += other + 1e-6 * i;
  if (!stage.project->output_stress) made.frame.stress = NULL;
  ierr = PltFieldsWrite(fields, &made.frame);
  FrameFree(&made);
  return ierr;
}

/* Frames 0 .. n - 1; mark: where the file stood after `at` of them. */
static inline void WriteFrames(const char *name, int n, int at, double other, PltFieldsMark *mark)
{
  PltFields fields;
  char      base[128];

  PathOf(name, "", base);
  CALL(PltFieldsCreate(stage.mesh, &stage.slabs, stage.project, base, &fields));
  for (int i = 0; i < n; i++) {
    CALL(WriteFrame(fields, i, other));
    if (i + 1 == at) CALL(PltFieldsGetMark(fields, mark));
  }
  CALL(PltFieldsDestroy(&fields));
  (void)MPI_Barrier(PETSC_COMM_WORLD);
}

/* To "name"; `live` is the frame whose live set is handed in. */
static inline int ResumeWith(int live, const char *from, const PltFieldsMark *mark,
                             PltFields *fields)
{
  MadeFrame made = {0};
  char      base[128], source[128];
  int       ierr;

  *fields = NULL;
  PathOf("name", "", base);
  PathOf(from, "", source);
  FrameMake(stage.mesh, stage.project, made_step[live], &made);
  ierr = PltFieldsResume(stage.mesh, &stage.slabs, stage.project, base, source, mark, made.live,
                         fields);
  FrameFree(&made);
  return ierr;
}

static inline int Resume(const char *from, const PltFieldsMark *mark, PltFields *fields)
{
  return ResumeWith((int)mark->nstep - 1, from, mark, fields);
}

static inline void ResumeToEnd(const char *from, const PltFieldsMark *mark)
{
  PltFields fields;

  CALL(Resume(from, mark, &fields));
  for (int i = (int)mark->nstep; i < WHOLE; i++) CALL(WriteFrame(fields, i, 0));
  CALL(PltFieldsDestroy(&fields));
  (void)MPI_Barrier(PETSC_COMM_WORLD);
}

/* The whole of a file, to be freed; *n bytes. */
static inline char *Load(const char *name, const char *ending, size_t *n)
{
  char        path[128], *bytes;
  struct stat about;
  FILE       *file;

  *n = 0;
  PathOf(name, ending, path);
  if (stat(path, &about) || !(file = fopen(path, "rb"))) return NULL;
  bytes = calloc((size_t)about.st_size + 1, 1);
  *n    = fread(bytes, 1, (size_t)about.st_size, file);
  fclose(file);
  return bytes;
}

/* Whether a file has these bytes; rank 0 has a look. */
static inline int Unchanged(const char *name, const char *ending, const char *bytes, size_t n)
{
  size_t now;
  char  *found = Load(name, ending, &now);
  int    same  = found && now == n && !memcmp(found, bytes, n);

  free(found);
  return Everywhere(MyRank() || same);
}

static inline int Exists(const char *name, const char *ending)
{
  char        path[128];
  struct stat file;

  PathOf(name, ending, path);
  return stat(path, &file) == 0;
}

static inline void WriteBytes(const char *name, const char *bytes, size_t n)
{
  char  path[128];
  FILE *file;

  PathOf(name, "", path);
  file = fopen(path, "wb");
  ck_assert(file && fwrite(bytes, 1, n, file) == n && fclose(file) == 0);
}
#endif
