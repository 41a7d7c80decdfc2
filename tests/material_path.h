/* SPDX-License-Identifier: BSD-2-Clause
   One point of a material on a path, through the public interface and the text a user would write:
   materials are those of `materials`, which the test defines before it includes this. */
#ifndef PLT_TEST_MATERIAL_PATH_H
#define PLT_TEST_MATERIAL_PATH_H
#include <unistd.h>
#include "check.h"
#include "platen.h"

static PltProject project;

enum { XX, YY, ZZ, XY, YZ, XZ };

static inline void Setup(void)
{
  char  name[] = "/tmp/platen-XXXXXX";
  int   file   = mkstemp(name);
  FILE *out    = fdopen(file, "w");

  ck_assert_ptr_nonnull(out);
  ck_assert(fputs(materials, out) >= 0 && !fclose(out));
  CALL(PltProjectReadMaterials(name, &project));
  remove(name);
}

static inline void Teardown(void)
{
  CALL(PltProjectDestroy(&project));
}

static inline PltPath Follow(const char *material, const char *text)
{
  PltPath path;

  CALL(PltPathCreate(project, material, &path));
  CALL(PltPathRead(path, text));
  CALL(PltPathRun(path));
  return path;
}

/* The last point at a time. */
static inline PltPathPoint At(PltPath path, double time)
{
  PltPathPoint point, found = {.time = -1};
  int          n;

  CALL(PltPathCountPoints(path, &n));
  for (int i = 0; i < n; i++) {
    CALL(PltPathGetPoint(path, i, &point));
    if (fabs(point.time - time) <= 1e-12 * time) found = point;
  }
  ck_assert_msg(found.time >= 0, "no point at %g s", time);
  return found;
}

static inline double Told(const PltPathPoint *point, const char *name)
{
  for (int i = 0; i < point->nvalue; i++)
    if (!strcmp(point->value[i].name, name)) return point->value[i].value;
  ck_abort_msg("%s is not told", name);
}

/* Stress xx in MPa at n times. */
static inline void CheckStress(const char *material, const char *text, int n, const double time[],
                               const double stress[], double tolerance)
{
  PltPath path = Follow(material, text);

  for (int i = 0; i < n; i++) {
    const PltPathPoint point = At(path, time[i]);

    ck_assert_msg(Near(point.stress[XX] * 1e-6, stress[i], tolerance), "%s at %g s: %.9g, not %.9g",
                  material, time[i], point.stress[XX] * 1e-6, stress[i]);
  }
  CALL(PltPathDestroy(&path));
}

static inline void NearAll(const double found[6], const double exact[6], double scale)
{
  for (int c = 0; c < 6; c++)
    ck_assert_msg(fabs(found[c] - exact[c]) <= 1e-11 * scale, "%d: %.12g, not %.12g", c, found[c],
                  exact[c]);
}
#endif
