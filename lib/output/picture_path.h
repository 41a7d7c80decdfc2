/* SPDX-License-Identifier: BSD-2-Clause
   The picture of a path: charts of the numbers of its points. */
#ifndef PLT_OUTPUT_PICTURE_PATH_H
#define PLT_OUTPUT_PICTURE_PATH_H
#include "output/picture.h"

enum { PLT_PATH_CHARTS = 32, PLT_PATH_CURVES = 12 };

/* A number of a point. */
typedef enum {
  PLT_AT_TIME,
  PLT_AT_TEMPERATURE,
  PLT_AT_STRAIN,
  PLT_AT_FREE,
  PLT_AT_STRESS,
  PLT_AT_TOLD
} PltWhichKind;
typedef struct {
  PltWhichKind kind;
  int          i; /* voigt, or which of what is told */
} PltWhich;

typedef struct {
  PltWhich    which;
  const char *style;
  char        label[48];
} PltPathCurve;

typedef struct {
  const char  *title, *unit;
  double       per_unit; /* of the unit in SI; 1 for degC */
  PltWhich     x;
  int          ncurve;
  PltPathCurve curve[PLT_PATH_CURVES];
} PltPathChart;

typedef struct {
  PltPath      path;
  char         title[512], given[512];
  const char  *time_unit;
  double       per_time; /* time_unit in a second */
  int          decades;  /* time is drawn by its logarithm */
  int          nchart;
  PltPathChart chart[PLT_PATH_CHARTS];
} PltPathSheet;

/* In SI, temperatures in degC. */
PLT_INTERN double PltWhichNumber(const PltPoint *point, PltWhich which);
/* ---- picture_path_draw.c ---- */
PLT_INTERN PetscErrorCode PltPathSheetWrite(const PltPathSheet *sheet, const char *stem);
#endif
