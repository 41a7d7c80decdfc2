/* SPDX-License-Identifier: BSD-2-Clause
   A field file read back with serial HDF5 by one rank, and compared with the formulas of frames.h.
   */
#ifndef PLT_TEST_READBACK_H
#define PLT_TEST_READBACK_H
#include <hdf5.h>
#include "frames.h"

/* Values of a data set in one run of memory; *n of them. NULL if there is none. */
static inline void *Read(hid_t file, const char *path, hid_t type, size_t *n)
{
  hid_t    set, space;
  void    *value;
  hssize_t points;

  *n  = 0;
  set = H5Dopen2(file, path, H5P_DEFAULT);
  if (set < 0) return NULL;
  space  = H5Dget_space(set);
  points = H5Sget_simple_extent_npoints(space);
  value  = calloc((size_t)points + 1, H5Tget_size(type));
  if (H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0) free(value), value = NULL;
  else *n = (size_t)points;
  H5Sclose(space);
  H5Dclose(set);
  return value;
}

static inline long long ReadNumber(hid_t file, const char *array, long long row)
{
  char      path[64];
  size_t    n;
  long long value = -1, *all;

  snprintf(path, sizeof path, "/VTKHDF/%s", array);
  all = Read(file, path, H5T_NATIVE_LLONG, &n);
  if (all && (size_t)row < n) value = all[row];
  free(all);
  return value;
}

/* ---- what must be there ---- */

/* The cells of a step in their order: natural quads, plies upwards. Calls check for each. */
typedef struct {
  const double  *point; /* [np][3] */
  const int64_t *corner;
  const float   *u, *w, *stress, *mises, *temperature;
  const int32_t *ply, *material;
  size_t         np, nc;
} View;

static inline int RightPoints(const View *v, int step)
{
  static const double z[FACES] = {0, 1e-3, 1.3e-3, 1.5e-3};
  int                 good     = v->np == 221 * FACES;

  for (size_t p = 0; good && p < v->np; p++) {
    const PetscInt k = (PetscInt)(p % FACES);
    const double  *x = v->point + 3 * p;
    PetscReal      xy[2];

    GridPlace(&frame_grid, (PetscInt)(p / FACES), xy);
    good = x[0] == xy[0] && x[1] == xy[1] && x[2] == z[k];
    /* 1e-6: single precision */
    for (int i = 0; i < 3; i++)
      good = good && fabs(v->u[3 * p + (size_t)i] - FrameU(step, x[0], x[1], k, i)) < 1e-6 * 5e-4;
    good = good && Near(v->w[p], FrameU(step, x[0], x[1], k, 2), 1e-6);
  }
  return good;
}

static inline int RightStress(const float s[6], float mises, int step, const double c[2],
                              PetscInt ply)
{
  static const int voigt[6] = {PLT_11, PLT_22, PLT_33, PLT_12,
                               PLT_23, PLT_13}; /* XX YY ZZ XY YZ XZ
  */
  double           t[6], square;
  int              good = 1;

  for (int i = 0; i < 6; i++) {
    t[i] = FrameStress(step, c[0], c[1], ply, voigt[i]);
    good = good && Near(s[i], t[i], 1e-6);
  }
  square = (pow(t[0] - t[1], 2) + pow(t[1] - t[2], 2) + pow(t[2] - t[0], 2)) / 2 +
           3 * (t[3] * t[3] + t[4] * t[4] + t[5] * t[5]);
  return good && Near(mises, sqrt(square), 1e-6);
}

static inline int RightCell(const View *v, size_t c, int step, PetscInt quad, PetscInt ply)
{
  double   middle[2] = {0, 0};
  PetscInt region;
  int      good = v->ply[c] == ply;

  for (int a = 0; a < 8; a++) {
    const int64_t p = (int64_t)GridCorner(&frame_grid, quad, a % 4) * FACES + ply + a / 4;

    good = good && v->corner[8 * c + (size_t)a] == p;
    for (int i = 0; i < 2; i++) middle[i] += v->point[3 * p + i] / 8;
  }
  region = FrameRegion(middle[0], middle[1]);
  good   = good && v->material[c] == (ply == 0 ? 0 : ply == 1 && region ? 1 : 2);
  good   = good && Near(v->temperature[c], frame_T[step], 1e-6);
  if (v->stress) good = good && RightStress(v->stress + 6 * c, v->mises[c], step, middle, ply);
  return good && FrameLives(step, ply, region);
}

static inline int RightCells(const View *v, int step)
{
  size_t c    = 0;
  int    good = (long long)v->nc == frame_cells[step];

  for (PetscInt q = 0; good && q < 192; q++) {
    const PetscInt first = GridCorner(&frame_grid, q, 0), last = GridCorner(&frame_grid, q, 2);
    PetscReal      low[2], high[2];

    GridPlace(&frame_grid, first, low);
    GridPlace(&frame_grid, last, high);
    for (PetscInt ply = 0; good && ply < PLIES; ply++) {
      const PetscInt region = FrameRegion((low[0] + high[0]) / 2, (low[1] + high[1]) / 2);

      if (FrameLives(step, ply, region)) good = RightCell(v, c++, step, q, ply);
    }
  }
  return good && c == v->nc;
}

static inline void *ReadView(hid_t file, int step, const char *name, hid_t type, size_t *n)
{
  char path[64];

  snprintf(path, sizeof path, "/steps/%04d/%s", step, name);
  return Read(file, path, type, n);
}

static inline int RightViews(hid_t file, int step, int stress)
{
  size_t     n[9]    = {0};
  void      *data[9] = {ReadView(file, step, "points", H5T_NATIVE_DOUBLE, &n[0]),
                        ReadView(file, step, "connectivity", H5T_NATIVE_INT64, &n[1]),
                        ReadView(file, step, "displacement", H5T_NATIVE_FLOAT, &n[2]),
                        ReadView(file, step, "w", H5T_NATIVE_FLOAT, &n[3]),
                        ReadView(file, step, "ply", H5T_NATIVE_INT32, &n[4]),
                        ReadView(file, step, "material", H5T_NATIVE_INT32, &n[5]),
                        ReadView(file, step, "temperature", H5T_NATIVE_FLOAT, &n[6]),
                   stress ? ReadView(file, step, "stress", H5T_NATIVE_FLOAT, &n[7]) : NULL,
                   stress ? ReadView(file, step, "von_mises", H5T_NATIVE_FLOAT, &n[8]) : NULL};
  const View v       = {.point       = data[0],
                        .corner      = data[1],
                        .u           = data[2],
                        .w           = data[3],
                        .ply         = data[4],
                        .material    = data[5],
                        .temperature = data[6],
                        .stress      = data[7],
                        .mises       = data[8],
                        .np          = n[3],
                        .nc          = n[4]};
  int good = n[0] == 3 * v.np && n[2] == n[0] && n[1] == 8 * v.nc && n[5] == v.nc && n[6] == v.nc &&
             (!stress || (n[7] == 6 * v.nc && n[8] == v.nc));

  good = good && RightPoints(&v, step % STEPS) && RightCells(&v, step % STEPS);
  for (int i = 0; i < 9; i++) free(data[i]);
  return good;
}

/* Offsets and counts as vtkHDFReader adds them up: rows of the counts from PartOffsets, of Offsets
   from CellOffsets + PartOffsets. */
static inline int RightArithmetic(hid_t file, int step)
{
  long long cells = 0, rows = 0, epoch_cells[EPOCHS] = {0};

  for (int s = 0; s < STEPS; s++) epoch_cells[frame_epoch[s]] = frame_cells[s];
  for (int e = 0; e < frame_epoch[step]; e++) cells += epoch_cells[e];
  for (int s = 0; s < step; s++) rows += frame_cells[s];
  return ReadNumber(file, "Steps/PartOffsets", step) == frame_epoch[step] &&
         ReadNumber(file, "Steps/NumberOfParts", step) == 1 &&
         ReadNumber(file, "Steps/PointOffsets", step) == 0 &&
         ReadNumber(file, "Steps/CellOffsets", step) == cells &&
         ReadNumber(file, "Steps/ConnectivityIdOffsets", step) == 8 * cells &&
         ReadNumber(file, "Steps/PointDataOffsets/displacement", step) == step * 884 &&
         ReadNumber(file, "Steps/PointDataOffsets/w", step) == step * 884 &&
         ReadNumber(file, "Steps/CellDataOffsets/ply", step) == cells &&
         ReadNumber(file, "Steps/CellDataOffsets/material", step) == cells &&
         ReadNumber(file, "Steps/CellDataOffsets/temperature", step) == rows &&
         ReadNumber(file, "Steps/CellDataOffsets/stress", step) == rows &&
         ReadNumber(file, "Steps/CellDataOffsets/von_mises", step) == rows &&
         ReadNumber(file, "Steps/FieldDataOffsets/temperature_C", step) == step &&
         ReadNumber(file, "Steps/FieldDataOffsets/time", step) == step &&
         ReadNumber(file, "NumberOfCells", frame_epoch[step]) == frame_cells[step] &&
         ReadNumber(file, "NumberOfPoints", frame_epoch[step]) == 884 &&
         ReadNumber(file, "NumberOfConnectivityIds", frame_epoch[step]) == 8 * frame_cells[step] &&
         ReadNumber(file, "Offsets", cells + frame_epoch[step]) == 0 &&
         ReadNumber(file, "Offsets", cells + frame_epoch[step] + frame_cells[step]) ==
             8 * frame_cells[step];
}

#endif
