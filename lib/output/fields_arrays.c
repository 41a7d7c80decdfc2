/* SPDX-License-Identifier: BSD-2-Clause
   The group /VTKHDF: what is in it, and what an epoch and a step append. */
#include "output/fields.h"

/* Arrays with a row a step. `width` 1 is a column where VTK wants one. */
typedef struct {
  const char *name;
  int         width;
} Row;
static const Row counters[] = {{"PartOffsets", 0},
                               {"NumberOfParts", 0},
                               {"PointOffsets", 0},
                               {"CellOffsets", 1},
                               {"ConnectivityIdOffsets", 1},
                               {"PointDataOffsets/displacement", 0},
                               {"PointDataOffsets/w", 0},
                               {"CellDataOffsets/ply", 0},
                               {"CellDataOffsets/material", 0},
                               {"CellDataOffsets/temperature", 0},
                               {"CellDataOffsets/stress", 0},
                               {"CellDataOffsets/von_mises", 0},
                               {"FieldDataOffsets/temperature_C", 0},
                               {"FieldDataOffsets/time", 0}};

enum { COUNTERS = sizeof counters / sizeof *counters, STRESS_COUNTER = 10 };

static PetscBool HasCounter(PltFields f, int i)
{
  return (PetscBool)(f->stress || (i != STRESS_COUNTER && i != STRESS_COUNTER + 1));
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

static PetscErrorCode MakeArrays(PltFields f)
{
  PltH5        *h5 = &f->h5;
  const hsize_t np = (hsize_t)f->npoint;
  const hsize_t nc = (hsize_t)f->layers.mesh->nquad_all * (hsize_t)f->layers.nlayer;
  char          path[64];

  PetscFunctionBegin;
  PetscCall(PltH5Array(h5, "/VTKHDF/Points", H5T_IEEE_F64LE, 3, np));
  PetscCall(PltH5Array(h5, "/VTKHDF/Connectivity", H5T_STD_I64LE, 0, 8 * nc));
  PetscCall(PltH5Array(h5, "/VTKHDF/Offsets", H5T_STD_I64LE, 0, nc + 1));
  PetscCall(PltH5Array(h5, "/VTKHDF/Types", H5T_STD_U8LE, 0, nc));
  PetscCall(PltH5Column(h5, "/VTKHDF/NumberOfPoints", H5T_STD_I64LE, 0));
  PetscCall(PltH5Column(h5, "/VTKHDF/NumberOfCells", H5T_STD_I64LE, 0));
  PetscCall(PltH5Column(h5, "/VTKHDF/NumberOfConnectivityIds", H5T_STD_I64LE, 0));
  PetscCall(PltH5Array(h5, "/VTKHDF/PointData/displacement", H5T_IEEE_F32LE, 3, np));
  PetscCall(PltH5Array(h5, "/VTKHDF/PointData/w", H5T_IEEE_F32LE, 0, np));
  PetscCall(PltH5Array(h5, "/VTKHDF/CellData/ply", H5T_STD_I32LE, 0, nc));
  PetscCall(PltH5Array(h5, "/VTKHDF/CellData/material", H5T_STD_I32LE, 0, nc));
  PetscCall(PltH5Array(h5, "/VTKHDF/CellData/temperature", H5T_IEEE_F32LE, 0, nc));
  if (f->stress) {
    PetscCall(PltH5Array(h5, "/VTKHDF/CellData/stress", H5T_IEEE_F32LE, 6, nc));
    PetscCall(PltH5Array(h5, "/VTKHDF/CellData/von_mises", H5T_IEEE_F32LE, 0, nc));
  }
  PetscCall(PltH5Column(h5, "/VTKHDF/FieldData/temperature_C", H5T_IEEE_F64LE, 0));
  PetscCall(PltH5Column(h5, "/VTKHDF/FieldData/time", H5T_IEEE_F64LE, 0));
  PetscCall(PltH5Column(h5, "/VTKHDF/Steps/Values", H5T_IEEE_F64LE, 0));
  for (int i = 0; i < COUNTERS; i++) {
    if (!HasCounter(f, i)) continue;
    PetscCall(PetscSNPrintf(path, sizeof path, "/VTKHDF/Steps/%s", counters[i].name));
    PetscCall(PltH5Column(h5, path, H5T_STD_I64LE, (hsize_t)counters[i].width));
  }
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

static PetscErrorCode Commit(PltFields f, const PltFrame *frame)
{
  const int64_t step = f->nstep, points = step * f->npoint, cells = f->epoch_start;
  const int64_t value[COUNTERS] = {f->nepoch - 1, 1,     0,      cells,  8 * cells, points, points,
                                   cells,         cells, f->row, f->row, f->row,    step,   step};
  const double  celsius = frame->report.temperature - 273.15, order = PltFieldsPlace(f, frame);
  const int64_t done = step + 1;
  PltH5        *h5   = &f->h5;
  char          path[64];

  PetscFunctionBegin;
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/FieldData/temperature_C", H5T_NATIVE_DOUBLE, &celsius));
  PetscCall(PltH5AppendOne(h5, "/VTKHDF/FieldData/time", H5T_NATIVE_DOUBLE, &frame->report.time));
  for (int i = 0; i < COUNTERS; i++) {
    if (!HasCounter(f, i)) continue;
    PetscCall(PetscSNPrintf(path, sizeof path, "/VTKHDF/Steps/%s", counters[i].name));
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
