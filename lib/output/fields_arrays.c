/* SPDX-License-Identifier: BSD-2-Clause
   The group /VTKHDF: what is in it, what an epoch and a step append, and how it is cut back to an
   earlier step. */
#include "output/fields.h"

typedef enum { F32, F64, I32, I64, U8 } Number;
typedef enum { /* what an array has a row of */
               POINTS,
               EPOCHS,
               EPOCH_CELLS,
               EPOCH_CORNERS,
               EPOCH_OFFSETS, /* one more than cells */
               STEPS,
               STEP_POINTS,
               STEP_CELLS
} Rows;
typedef struct {
  const char *name;
  Number      number;
  int         width; /* 0 a vector; 1 a column, where VTK wants one */
  Rows        rows;
  int         stress; /* there only with stress */
} Array;
static const Array array[] = {{"Points", F64, 3, POINTS},
                              {"Connectivity", I64, 0, EPOCH_CORNERS},
                              {"Offsets", I64, 0, EPOCH_OFFSETS},
                              {"Types", U8, 0, EPOCH_CELLS},
                              {"NumberOfPoints", I64, 0, EPOCHS},
                              {"NumberOfCells", I64, 0, EPOCHS},
                              {"NumberOfConnectivityIds", I64, 0, EPOCHS},
                              {"PointData/displacement", F32, 3, STEP_POINTS},
                              {"PointData/w", F32, 0, STEP_POINTS},
                              {"CellData/ply", I32, 0, EPOCH_CELLS},
                              {"CellData/material", I32, 0, EPOCH_CELLS},
                              {"CellData/temperature", F32, 0, STEP_CELLS},
                              {"CellData/stress", F32, 6, STEP_CELLS, 1},
                              {"CellData/von_mises", F32, 0, STEP_CELLS, 1},
                              {"FieldData/temperature_C", F64, 0, STEPS},
                              {"FieldData/time", F64, 0, STEPS},
                              {"Steps/Values", F64, 0, STEPS},
                              /* counters of a step, in the order of GetCounters */
                              {"Steps/PartOffsets", I64, 0, STEPS},
                              {"Steps/NumberOfParts", I64, 0, STEPS},
                              {"Steps/PointOffsets", I64, 0, STEPS},
                              {"Steps/CellOffsets", I64, 1, STEPS},
                              {"Steps/ConnectivityIdOffsets", I64, 1, STEPS},
                              {"Steps/PointDataOffsets/displacement", I64, 0, STEPS},
                              {"Steps/PointDataOffsets/w", I64, 0, STEPS},
                              {"Steps/CellDataOffsets/ply", I64, 0, STEPS},
                              {"Steps/CellDataOffsets/material", I64, 0, STEPS},
                              {"Steps/CellDataOffsets/temperature", I64, 0, STEPS},
                              {"Steps/CellDataOffsets/stress", I64, 0, STEPS, 1},
                              {"Steps/CellDataOffsets/von_mises", I64, 0, STEPS, 1},
                              {"Steps/FieldDataOffsets/temperature_C", I64, 0, STEPS},
                              {"Steps/FieldDataOffsets/time", I64, 0, STEPS}};

enum { ARRAYS = sizeof array / sizeof *array, COUNTERS = 14, FIRST_COUNTER = ARRAYS - COUNTERS };

static PetscErrorCode ArrayPath(const Array *a, char path[64])
{
  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(path, 64, "/VTKHDF/%s", a->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Rows that an array has now. */
static int64_t RowsNow(PltFields f, Rows rows)
{
  const int64_t cells = f->epoch_start + f->epoch_cells;

  switch (rows) {
  case POINTS:
    return f->npoint;
  case EPOCHS:
    return f->nepoch;
  case EPOCH_CELLS:
    return cells;
  case EPOCH_CORNERS:
    return 8 * cells;
  case EPOCH_OFFSETS:
    return cells + f->nepoch;
  case STEPS:
    return f->nstep;
  case STEP_POINTS:
    return f->nstep * f->npoint;
  case STEP_CELLS:
    break;
  }
  return f->row;
}

static PetscErrorCode MakeGroups(PltFields f)
{
  static const char *const group[]    = {"/VTKHDF",
                                         "/VTKHDF/PointData",
                                         "/VTKHDF/CellData",
                                         "/VTKHDF/FieldData",
                                         "/VTKHDF/Steps",
                                         "/VTKHDF/Steps/PointDataOffsets",
                                         "/VTKHDF/Steps/CellDataOffsets",
                                         "/VTKHDF/Steps/FieldDataOffsets",
                                         "/steps"};
  const int64_t            version[2] = {2, 0}, none = 0;
  PltH5                   *h5 = &f->h5;

  PetscFunctionBegin;
  for (size_t i = 0; i < sizeof group / sizeof *group; i++) PetscCall(PltH5Group(h5, group[i]));
  PetscCall(PltH5Attribute(h5, "/VTKHDF", "Version", H5T_NATIVE_INT64, 2, version));
  PetscCall(PltH5AttributeText(h5, "/VTKHDF", "Type", 16, "UnstructuredGrid"));
  PetscCall(PltH5Attribute(h5, "/VTKHDF/Steps", "NSteps", H5T_NATIVE_INT64, 0, &none));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeArray(PltFields f, const Array *a)
{
  const hid_t   type[] = {[F32] = H5T_IEEE_F32LE,
                          [F64] = H5T_IEEE_F64LE,
                          [I32] = H5T_STD_I32LE,
                          [I64] = H5T_STD_I64LE,
                          [U8]  = H5T_STD_U8LE};
  const hsize_t cells  = (hsize_t)f->layers.mesh->nquad_all * (hsize_t)f->layers.nlayer;
  hsize_t       most   = cells; /* rows of a step or an epoch */
  char          path[64];

  PetscFunctionBegin;
  PetscCall(ArrayPath(a, path));
  if (a->rows == EPOCHS || a->rows == STEPS) {
    PetscCall(PltH5Column(&f->h5, path, type[a->number], (hsize_t)a->width));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (a->rows == POINTS || a->rows == STEP_POINTS) most = (hsize_t)f->npoint;
  if (a->rows == EPOCH_CORNERS) most = 8 * cells;
  if (a->rows == EPOCH_OFFSETS) most = cells + 1;
  PetscCall(PltH5Array(&f->h5, path, type[a->number], (hsize_t)a->width, most));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeArrays(PltFields f)
{
  PetscFunctionBegin;
  for (int i = 0; i < ARRAYS; i++)
    if (f->stress || !array[i].stress) PetscCall(MakeArray(f, &array[i]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode WritePoints(PltFields f)
{
  const PltMesh mesh = f->layers.mesh;
  const hsize_t face = (hsize_t)f->layers.nface;
  const PltRows rows = {.all   = (hsize_t)f->npoint,
                        .start = (hsize_t)mesh->vert_block_start * face,
                        .count = (hsize_t)mesh->vert_block * face};
  double       *xyz;

  PetscFunctionBegin;
  PetscCall(PltLayersPoints(&f->layers, &xyz));
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/Points", H5T_NATIVE_DOUBLE, rows, xyz));
  PetscCall(PetscFree(xyz));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsBegin(PltFields f)
{
  PetscFunctionBegin;
  PetscCall(PltAgree(f->h5.comm, MakeGroups(f)));
  PetscCall(PltAgree(f->h5.comm, MakeArrays(f)));
  PetscCall(WritePoints(f));
  PetscCall(PltFieldsDescribe(&f->h5, f->layers.project, f->slabs));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Rows of this rank in an array with `width` rows a cell. */
static PltRows CellRows(PltFields f, hsize_t width)
{
  return (PltRows){.all   = width * (hsize_t)f->layers.ncell_all,
                   .start = width * (hsize_t)f->layers.ncell_start,
                   .count = width * (hsize_t)f->layers.ncell};
}

static PetscErrorCode WriteTopology(PltFields f)
{
  PltRows  rows = CellRows(f, 1);
  int64_t *number;
  uint8_t *type;
  int      size;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_size(f->h5.comm, &size));
  PetscCall(PltLayersConnectivity(&f->layers, &number));
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/Connectivity", H5T_NATIVE_INT64, CellRows(f, 8), number));
  PetscCall(PetscFree(number));
  PetscCall(PetscMalloc1(f->layers.ncell, &type));
  for (PetscInt64 i = 0; i < f->layers.ncell; i++) type[i] = 12; /* VTK_HEXAHEDRON */
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/Types", H5T_NATIVE_UINT8, rows, type));
  PetscCall(PetscFree(type));
  rows.all++; /* the end of the last cell, written by the last rank */
  if (f->h5.rank == size - 1) rows.count++;
  PetscCall(PltLayersOffsets(&f->layers, &number));
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/Offsets", H5T_NATIVE_INT64, rows, number));
  PetscCall(PetscFree(number));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CountEpoch(PltFields f)
{
  const int64_t cells = f->layers.ncell_all, corners = 8 * cells;
  PltH5        *h5 = &f->h5;

  PetscFunctionBegin;
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/NumberOfPoints", H5T_NATIVE_INT64, &f->npoint));
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/NumberOfCells", H5T_NATIVE_INT64, &cells));
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/NumberOfConnectivityIds", H5T_NATIVE_INT64, &corners));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsWriteEpoch(PltFields f)
{
  PltH5   *h5 = &f->h5;
  int32_t *number;

  PetscFunctionBegin;
  f->epoch_start += f->epoch_cells;
  f->epoch_cells = f->layers.ncell_all;
  f->nepoch++;
  PetscCall(WriteTopology(f));
  PetscCall(PltLayersPly(&f->layers, &number));
  PetscCall(PltH5Append(h5, "/VTKHDF/CellData/ply", H5T_NATIVE_INT32, CellRows(f, 1), number));
  PetscCall(PetscFree(number));
  PetscCall(PltLayersMaterial(&f->layers, &number));
  PetscCall(PltH5Append(h5, "/VTKHDF/CellData/material", H5T_NATIVE_INT32, CellRows(f, 1), number));
  PetscCall(PetscFree(number));
  PetscCall(PltAgree(h5->comm, CountEpoch(f)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode WriteFaces(PltFields f, const char *path, PetscInt width,
                                 const PetscReal *field)
{
  const PltMesh mesh = f->layers.mesh;
  const hsize_t face = (hsize_t)f->layers.nface;
  const PltRows rows = {.all   = (hsize_t)f->npoint,
                        .start = (hsize_t)mesh->vert_block_start * face,
                        .count = (hsize_t)mesh->vert_block * face};
  float        *value;

  PetscFunctionBegin;
  PetscCall(PltLayersFaces(&f->layers, width, field, &value));
  PetscCall(PltH5Append(&f->h5, path, H5T_NATIVE_FLOAT, rows, value));
  PetscCall(PetscFree(value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsWriteArrays(PltFields f, const PltFrame *frame)
{
  const PltRows rows = CellRows(f, 1);
  float        *value, *mises;

  PetscFunctionBegin;
  PetscCall(WriteFaces(f, "/VTKHDF/PointData/displacement", 3, frame->displacement));
  PetscCall(WriteFaces(f, "/VTKHDF/PointData/w", 1, frame->w));
  PetscCall(PetscMalloc1(f->layers.ncell, &value));
  for (PetscInt64 i = 0; i < f->layers.ncell; i++) value[i] = (float)frame->report.temperature;
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/CellData/temperature", H5T_NATIVE_FLOAT, rows, value));
  PetscCall(PetscFree(value));
  if (!f->stress) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltLayersStress(&f->layers, frame->live, frame->stress, &value, &mises));
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/CellData/stress", H5T_NATIVE_FLOAT, rows, value));
  PetscCall(PltH5Append(&f->h5, "/VTKHDF/CellData/von_mises", H5T_NATIVE_FLOAT, rows, mises));
  PetscCall(PetscFree(value));
  PetscCall(PetscFree(mises));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Of a step in the present epoch, with `row` cells in earlier steps. */
static void GetCounters(PltFields f, int64_t step, int64_t row, int64_t value[COUNTERS])
{
  const int64_t points = step * f->npoint, cells = f->epoch_start;
  const int64_t all[COUNTERS] = {f->nepoch - 1, 1,     0,   cells, 8 * cells, points, points,
                                 cells,         cells, row, row,   row,       step,   step};

  for (int i = 0; i < COUNTERS; i++) value[i] = all[i];
}

static PetscErrorCode Commit(PltFields f, const PltFrame *frame)
{
  const double  celsius = frame->report.temperature - 273.15, order = PltFieldsPlace(f, frame);
  const int64_t done = f->nstep + 1;
  PltH5        *h5   = &f->h5;
  int64_t       value[COUNTERS];
  char          path[64];

  PetscFunctionBegin;
  GetCounters(f, f->nstep, f->row, value);
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/FieldData/temperature_C", H5T_NATIVE_DOUBLE, &celsius));
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/FieldData/time", H5T_NATIVE_DOUBLE, &frame->report.time));
  for (int i = 0; i < COUNTERS; i++) {
    const Array *a = &array[FIRST_COUNTER + i];

    if (a->stress && !f->stress) continue;
    PetscCall(ArrayPath(a, path));
    PetscCall(PltH5AppendOne(h5, path, H5T_NATIVE_INT64, &value[i]));
  }
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/Steps/Values", H5T_NATIVE_DOUBLE, &order));
  PetscCall(PltH5SetAttribute(h5, "/VTKHDF/Steps", "NSteps", H5T_NATIVE_INT64, &done));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsCommit(PltFields f, const PltFrame *frame)
{
  PetscFunctionBegin;
  PetscCall(PltAgree(f->h5.comm, Commit(f, frame)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsCheckArrays(PltFields f, PltH5 *h5)
{
  int64_t   value[COUNTERS], found;
  long long rows;
  char      path[64];

  PetscFunctionBegin;
  GetCounters(f, f->nstep - 1, f->row - f->epoch_cells, value);
  for (int i = 0; i < ARRAYS; i++) {
    const Array    *a    = &array[i];
    const long long need = (long long)RowsNow(f, a->rows);

    if (a->stress && !f->stress) continue;
    PetscCall(ArrayPath(a, path));
    PetscCall(PltResultCountRows(h5, path, &rows));
    PetscCheck(rows >= need, PETSC_COMM_SELF, PLT_ERR_IO,
               "%s: %s has %lld rows, %lld had been written", h5->name, path, rows, need);
    if (i < FIRST_COUNTER) continue;
    PetscCall(PltResultRead(h5, path, H5T_NATIVE_INT64, f->nstep - 1, 1, &found));
    PetscCheck(found == value[i - FIRST_COUNTER], PETSC_COMM_SELF, PLT_ERR_IO,
               "%s: %s of step %" PetscInt_FMT " is %lld, %lld had been written", h5->name, path,
               f->nstep - 1, (long long)found, (long long)value[i - FIRST_COUNTER]);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsCutArrays(PltFields f, PltH5 *h5)
{
  const int64_t done = f->nstep;
  char          path[64];

  PetscFunctionBegin;
  for (int i = 0; i < ARRAYS; i++) {
    if (array[i].stress && !f->stress) continue;
    PetscCall(ArrayPath(&array[i], path));
    PetscCall(PltH5Cut(h5, path, (hsize_t)RowsNow(f, array[i].rows)));
  }
  PetscCall(PltH5SetAttribute(h5, "/VTKHDF/Steps", "NSteps", H5T_NATIVE_INT64, &done));
  PetscFunctionReturn(PETSC_SUCCESS);
}
