/* SPDX-License-Identifier: BSD-2-Clause
   Arrays of the result file: small ones that rank 0 writes, large ones that all ranks write
   together, and views of their parts. */
#include <string.h>
#include "output/internal.h"

/* Writes `count` rows, if any, collectively. */
static PetscErrorCode WriteRows(PltH5 *h5, hid_t set, hid_t type, hsize_t start, hsize_t count,
                                const void *value)
{
  hsize_t size[2] = {1, 1}, at[2] = {start, 0}, n[2] = {count, 1};
  hid_t   there, here;
  int     rank;

  PetscFunctionBegin;
  PltCallHDF5(h5, there = H5Dget_space(set));
  PltCallHDF5(h5, rank = H5Sget_simple_extent_dims(there, size, NULL));
  n[1] = rank == 2 ? size[1] : 1;
  PltCallHDF5(h5, here = H5Screate_simple(rank, n, NULL));
  if (count) {
    PltCallHDF5(h5, H5Sselect_hyperslab(there, H5S_SELECT_SET, at, NULL, n, NULL));
  } else {
    PltCallHDF5(h5, H5Sselect_none(there));
    PltCallHDF5(h5, H5Sselect_none(here));
  }
  PltCallHDF5(h5, H5Dwrite(set, type, here, there, h5->transfer, count ? value : NULL));
  PltCallHDF5(h5, H5Sclose(here));
  PltCallHDF5(h5, H5Sclose(there));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Table(PltH5 *h5, const char *path, hid_t type, hsize_t n, const void *value)
{
  hid_t space, set;

  PetscFunctionBegin;
  PltCallHDF5(h5, space = H5Screate_simple(1, &n, NULL));
  PltCallHDF5(h5,
              set = H5Dcreate2(h5->file, path, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  if (h5->rank == 0) PltCallHDF5(h5, H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value));
  PltCallHDF5(h5, H5Dclose(set));
  PltCallHDF5(h5, H5Sclose(space));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5TableText(PltH5 *h5, const char *path, hsize_t n, const char *const text[])
{
  size_t length = 1;
  char  *padded;
  hid_t  type;

  PetscFunctionBegin;
  for (hsize_t i = 0; i < n; i++) length = PetscMax(length, strlen(text[i]));
  PetscCall(PetscCalloc1(length * n, &padded));
  for (hsize_t i = 0; i < n; i++) memcpy(padded + i * length, text[i], strlen(text[i]));
  PetscCall(PltH5StringType(h5, length, PETSC_FALSE, &type));
  PetscCall(PltH5Table(h5, path, type, n, padded));
  PltCallHDF5(h5, H5Tclose(type));
  PetscCall(PetscFree(padded));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeArray(PltH5 *h5, const char *path, hid_t type, hsize_t width, hid_t plan)
{
  const int     rank    = width ? 2 : 1;
  const hsize_t size[2] = {0, width}, most[2] = {H5S_UNLIMITED, width};
  hid_t         space, set;

  PetscFunctionBegin;
  PltCallHDF5(h5, space = H5Screate_simple(rank, size, most));
  PltCallHDF5(h5, set = H5Dcreate2(h5->file, path, type, space, H5P_DEFAULT, plan, H5P_DEFAULT));
  PltCallHDF5(h5, H5Dclose(set));
  PltCallHDF5(h5, H5Sclose(space));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Array(PltH5 *h5, const char *path, hid_t type, hsize_t width, hsize_t rows)
{
  const hsize_t row      = PetscMax(width, 1) * H5Tget_size(type);
  const hsize_t chunk[2] = {PetscMax(PetscMin(PLT_H5_CHUNK / row, rows), 16), width};
  hid_t         plan;

  PetscFunctionBegin;
  PltCallHDF5(h5, plan = H5Pcreate(H5P_DATASET_CREATE));
  PltCallHDF5(h5, H5Pset_chunk(plan, width ? 2 : 1, chunk));
  if (h5->deflate) {
    PltCallHDF5(h5, H5Pset_shuffle(plan));
    PltCallHDF5(h5, H5Pset_deflate(plan, (unsigned)h5->deflate));
  } else PltCallHDF5(h5, H5Pset_fill_time(plan, H5D_FILL_TIME_NEVER)); /* all rows are written */
  PetscCall(MakeArray(h5, path, type, width, plan));
  PltCallHDF5(h5, H5Pclose(plan));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Column(PltH5 *h5, const char *path, hid_t type, hsize_t width)
{
  const hsize_t chunk[2] = {64, width};
  hid_t         plan;

  PetscFunctionBegin;
  PltCallHDF5(h5, plan = H5Pcreate(H5P_DATASET_CREATE));
  PltCallHDF5(h5, H5Pset_chunk(plan, width ? 2 : 1, chunk));
  PltCallHDF5(h5, H5Pset_fill_time(plan, H5D_FILL_TIME_NEVER));
  PetscCall(MakeArray(h5, path, type, width, plan));
  PltCallHDF5(h5, H5Pclose(plan));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The size of an array in rows and columns (1 for a vector). */
static PetscErrorCode GetSize(PltH5 *h5, hid_t set, int *rank, hsize_t size[2])
{
  hid_t space;

  PetscFunctionBegin;
  size[1] = 1;
  PltCallHDF5(h5, space = H5Dget_space(set));
  PltCallHDF5(h5, *rank = H5Sget_simple_extent_dims(space, size, NULL));
  PltCallHDF5(h5, H5Sclose(space));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Append(PltH5 *h5, const char *path, hid_t type, PltRows rows,
                             const void *value)
{
  hsize_t size[2], start;
  hid_t   set;
  int     rank;

  PetscFunctionBegin;
  PltCallHDF5(h5, set = H5Dopen2(h5->file, path, H5P_DEFAULT));
  PetscCall(GetSize(h5, set, &rank, size));
  start = size[0] + rows.start;
  size[0] += rows.all;
  PltCallHDF5(h5, H5Dset_extent(set, size));
  PetscCall(WriteRows(h5, set, type, start, rows.count, value));
  PltCallHDF5(h5, H5Dclose(set));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Append(PltH5 *h5, const char *path, hid_t type, PltRows rows, const void *value)
{
  PetscFunctionBegin;
  PetscCall(PltAgree(h5->comm, Append(h5, path, type, rows, value)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Cut(PltH5 *h5, const char *path, hsize_t rows)
{
  hsize_t size[2];
  hid_t   set;
  int     rank;

  PetscFunctionBegin;
  PltCallHDF5(h5, set = H5Dopen2(h5->file, path, H5P_DEFAULT));
  PetscCall(GetSize(h5, set, &rank, size));
  if (size[0] > rows) {
    size[0] = rows;
    PltCallHDF5(h5, H5Dset_extent(set, size));
  }
  PltCallHDF5(h5, H5Dclose(set));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5AppendOne(PltH5 *h5, const char *path, hid_t type, const void *value)
{
  hsize_t size[2], n[2] = {1, 1}, at[2] = {0, 0};
  hid_t   set, there, here;
  int     rank;

  PetscFunctionBegin;
  PltCallHDF5(h5, set = H5Dopen2(h5->file, path, H5P_DEFAULT));
  PetscCall(GetSize(h5, set, &rank, size));
  at[0] = size[0]++;
  PltCallHDF5(h5, H5Dset_extent(set, size));
  if (h5->rank == 0) {
    PltCallHDF5(h5, there = H5Dget_space(set));
    PltCallHDF5(h5, here = H5Screate_simple(rank, n, NULL));
    PltCallHDF5(h5, H5Sselect_hyperslab(there, H5S_SELECT_SET, at, NULL, n, NULL));
    PltCallHDF5(h5, H5Dwrite(set, type, here, there, H5P_DEFAULT, value));
    PltCallHDF5(h5, H5Sclose(here));
    PltCallHDF5(h5, H5Sclose(there));
  }
  PltCallHDF5(h5, H5Dclose(set));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5View(PltH5 *h5, const char *path, const char *source, hsize_t first,
                         hsize_t rows)
{
  hsize_t size[2], n[2], at[2] = {first, 0};
  hid_t   set, there, here, type, plan;
  int     rank;

  PetscFunctionBegin;
  PltCallHDF5(h5, set = H5Dopen2(h5->file, source, H5P_DEFAULT));
  PltCallHDF5(h5, type = H5Dget_type(set));
  PetscCall(GetSize(h5, set, &rank, size));
  n[0] = rows;
  n[1] = size[1];
  PltCallHDF5(h5, there = H5Screate_simple(rank, size, NULL));
  PltCallHDF5(h5, H5Sselect_hyperslab(there, H5S_SELECT_SET, at, NULL, n, NULL));
  PltCallHDF5(h5, here = H5Screate_simple(rank, n, NULL));
  PltCallHDF5(h5, plan = H5Pcreate(H5P_DATASET_CREATE));
  PltCallHDF5(h5, H5Pset_virtual(plan, here, ".", source, there));
  PltCallHDF5(h5, H5Dclose(set));
  PltCallHDF5(h5, set = H5Dcreate2(h5->file, path, type, here, H5P_DEFAULT, plan, H5P_DEFAULT));
  PltCallHDF5(h5, H5Dclose(set));
  PltCallHDF5(h5, H5Pclose(plan));
  PltCallHDF5(h5, H5Sclose(here));
  PltCallHDF5(h5, H5Sclose(there));
  PltCallHDF5(h5, H5Tclose(type));
  PetscFunctionReturn(PETSC_SUCCESS);
}
