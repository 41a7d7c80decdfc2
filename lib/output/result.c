/* SPDX-License-Identifier: BSD-2-Clause
   A .vtkhdf result read back: what it holds as text, and its XDMF sidecar made anew. Serial HDF5;
   only attributes, sizes and rows of steps are read, never fields. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "output/internal.h"

static PetscErrorCode OpenFile(PltH5 *h5, PetscBool writable)
{
  hid_t access;

  PetscFunctionBegin;
  PltCallHDF5(h5, access = H5Pcreate(H5P_FILE_ACCESS));
  PltCallHDF5(h5, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG)); /* after a failure too */
  PltCallHDF5(h5, h5->file = H5Fopen(h5->name, writable ? H5F_ACC_RDWR : H5F_ACC_RDONLY, access));
  PltCallHDF5(h5, H5Pclose(access));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultOpen(PltH5 *h5, const char *name, PetscBool writable, int64_t *done)
{
  FILE  *file;
  htri_t is_result;

  PetscFunctionBegin;
  h5->file = H5I_INVALID_HID;
  PetscCheck(name && *name, PETSC_COMM_SELF, PLT_ERR_USAGE, "no result file is named");
  PetscCall(PetscStrallocpy(name, &h5->name));
  file = fopen(name, "rb");
  PetscCheck(file, PETSC_COMM_SELF, PLT_ERR_IO, "%s: cannot be read", name);
  (void)fclose(file);
  PetscCheck(H5Fis_hdf5(name) > 0, PETSC_COMM_SELF, PLT_ERR_IO, "%s: is not an HDF5 file", name);
  PetscCall(OpenFile(h5, writable));
  is_result = H5Lexists(h5->file, "/platen", H5P_DEFAULT);
  PetscCheck(is_result > 0, PETSC_COMM_SELF, PLT_ERR_IO, "%s: is not a result of Platen", name);
  PetscCall(PltResultGet(h5, "/VTKHDF/Steps", "NSteps", H5T_NATIVE_INT64, done));
  PetscCheck(*done >= 0 && *done < PETSC_MAX_INT, PETSC_COMM_SELF, PLT_ERR_IO, "%s: is damaged",
             name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CloseFile(PltH5 *h5)
{
  PetscFunctionBegin;
  if (h5->file >= 0) PltCallHDF5(h5, H5Fclose(h5->file));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultClose(PltH5 *h5)
{
  PetscErrorCode ierr = CloseFile(h5);

  PetscFunctionBegin;
  h5->file = H5I_INVALID_HID;
  PetscCall(PetscFree(h5->name));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultGet(PltH5 *h5, const char *path, const char *name, hid_t type, void *value)
{
  hid_t attribute;

  PetscFunctionBegin;
  PltCallHDF5(h5, attribute = H5Aopen_by_name(h5->file, path, name, H5P_DEFAULT, H5P_DEFAULT));
  PltCallHDF5(h5, H5Aread(attribute, type, value));
  PltCallHDF5(h5, H5Aclose(attribute));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultGetText(PltH5 *h5, const char *path, const char *name, size_t size,
                                char text[])
{
  hid_t  attribute, type;
  char  *whole;
  size_t length;

  PetscFunctionBegin;
  PltCallHDF5(h5, attribute = H5Aopen_by_name(h5->file, path, name, H5P_DEFAULT, H5P_DEFAULT));
  PltCallHDF5(h5, type = H5Aget_type(attribute));
  PetscCheck(H5Tget_class(type) == H5T_STRING && !H5Tis_variable_str(type), PETSC_COMM_SELF,
             PLT_ERR_IO, "%s: '%s' of %s is no text", h5->name, name, path);
  length = H5Tget_size(type);
  PetscCall(PetscCalloc1(length + 1, &whole));
  PltCallHDF5(h5, H5Aread(attribute, type, whole));
  (void)snprintf(text, size, "%s", whole);
  PetscCall(PetscFree(whole));
  PltCallHDF5(h5, H5Tclose(type));
  PltCallHDF5(h5, H5Aclose(attribute));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultCountRows(PltH5 *h5, const char *path, long long *rows)
{
  hsize_t size[2] = {0, 0};
  hid_t   set, space;

  PetscFunctionBegin;
  PltCallHDF5(h5, set = H5Dopen2(h5->file, path, H5P_DEFAULT));
  PltCallHDF5(h5, space = H5Dget_space(set));
  PetscCheck(H5Sget_simple_extent_ndims(space) <= 2, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: %s has more than two dimensions", h5->name, path);
  PltCallHDF5(h5, H5Sget_simple_extent_dims(space, size, NULL));
  PltCallHDF5(h5, H5Sclose(space));
  PltCallHDF5(h5, H5Dclose(set));
  *rows = (long long)size[0];
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultRead(PltH5 *h5, const char *path, hid_t type, int64_t first, int64_t count,
                             void *value)
{
  const hsize_t at[2] = {(hsize_t)first, 0}, rows[2] = {(hsize_t)count, 1};
  hid_t         set, space, memory;

  PetscFunctionBegin;
  if (!count) PetscFunctionReturn(PETSC_SUCCESS);
  PltCallHDF5(h5, set = H5Dopen2(h5->file, path, H5P_DEFAULT));
  PltCallHDF5(h5, space = H5Dget_space(set));
  PetscCheck(H5Sget_simple_extent_ndims(space) <= 2, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: %s has more than two dimensions", h5->name, path);
  PltCallHDF5(h5, memory = H5Screate_simple(1, rows, NULL));
  PltCallHDF5(h5, H5Sselect_hyperslab(space, H5S_SELECT_SET, at, NULL, rows, NULL));
  PltCallHDF5(h5, H5Dread(set, type, memory, space, H5P_DEFAULT, value));
  PltCallHDF5(h5, H5Sclose(memory));
  PltCallHDF5(h5, H5Sclose(space));
  PltCallHDF5(h5, H5Dclose(set));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltResultReadXdmf(PltH5 *h5, int64_t done, PltXdmf *xdmf)
{
  int64_t cells;
  double *time;
  char    path[32], name[1024];

  PetscFunctionBegin;
  PetscCall(PltResultCountRows(h5, "/VTKHDF/Points", &xdmf->points));
  xdmf->stress = H5Lexists(h5->file, "/VTKHDF/CellData/stress", H5P_DEFAULT) > 0;
  PetscCall(PetscMalloc1(done, &time));
  PetscCall(PltResultRead(h5, "/VTKHDF/Steps/Values", H5T_NATIVE_DOUBLE, 0, done, time));
  for (int64_t s = 0; s < done; s++) {
    PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d", (int)s));
    PetscCall(PltResultGetText(h5, path, "name", sizeof name, name));
    PetscCall(PltResultGet(h5, path, "cells", H5T_NATIVE_INT64, &cells));
    PetscCall(PltXdmfAdd(xdmf, name, time[s], (long long)cells));
  }
  PetscCall(PetscFree(time));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Sidecar(PltH5 *h5, const char *file)
{
  PltXdmf        xdmf = {0};
  PltText        text = {0};
  int64_t        done;
  char          *name;
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(PltResultOpen(h5, file, PETSC_FALSE, &done));
  PetscCall(PltResultReadXdmf(h5, done, &xdmf));
  PetscCall(PltXdmfFormat(&xdmf, PltFileBasename(file), &text));
  PetscCall(PltXdmfName(file, &name));
  ierr = PltFileReplace(name, &text);
  PetscCall(PetscFree(name));
  PetscCall(PltTextFree(&text));
  PetscCall(PltXdmfFree(&xdmf));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltResultWriteXdmf(const char *file)
{
  PltH5          h5    = {0};
  PltH5Quiet     quiet = PltH5BeQuiet();
  PetscErrorCode ierr  = Sidecar(&h5, file);

  PetscFunctionBegin;
  (void)PltResultClose(&h5);
  PltH5Loud(quiet);
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode DescribeHead(PltH5 *h5, PltText *text)
{
  char      version[64], title[1024], cells[32];
  long long points, plies, dies = 0;

  PetscFunctionBegin;
  PetscCall(PltResultGetText(h5, "/platen", "version", sizeof version, version));
  PetscCall(PltResultGetText(h5, "/platen", "title", sizeof title, title));
  PetscCall(PltResultGetText(h5, "/platen", "cells", sizeof cells, cells));
  PetscCall(PltResultCountRows(h5, "/VTKHDF/Points", &points));
  PetscCall(PltResultCountRows(h5, "/platen/plies/name", &plies));
  if (H5Lexists(h5->file, "/platen/dies", H5P_DEFAULT) > 0)
    PetscCall(PltResultCountRows(h5, "/platen/dies/id", &dies));
  PetscCall(PltTextAdd(text, "file      %s\n", h5->name));
  if (*title) PetscCall(PltTextAdd(text, "title     %s\n", title));
  PetscCall(PltTextAdd(text, "platen    %s\n", version));
  PetscCall(PltTextAdd(text, "points    %lld, %lld plies, %lld dies; cells show %s\n", points,
                       plies, dies, cells));
  PetscFunctionReturn(PETSC_SUCCESS);
}

typedef struct {
  char    name[128], shape[16];
  double  time, temperature, low[3], high[3], pv, raw, left;
  int64_t cells, sign, dies;
} StepFacts;

static PetscErrorCode ReadStep(PltH5 *h5, int step, StepFacts *f)
{
  const hid_t real = H5T_NATIVE_DOUBLE, whole = H5T_NATIVE_INT64;
  char        path[32];

  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d", step));
  PetscCall(PltResultGetText(h5, path, "name", sizeof f->name, f->name));
  PetscCall(PltResultGetText(h5, path, "warpage_shape", sizeof f->shape, f->shape));
  PetscCall(PltResultGet(h5, path, "time", real, &f->time));
  PetscCall(PltResultGet(h5, path, "temperature", real, &f->temperature));
  PetscCall(PltResultGet(h5, path, "displacement_min", real, f->low));
  PetscCall(PltResultGet(h5, path, "displacement_max", real, f->high));
  PetscCall(PltResultGet(h5, path, "warpage_pv", real, &f->pv));
  PetscCall(PltResultGet(h5, path, "die_shift_raw_max", real, &f->raw));
  PetscCall(PltResultGet(h5, path, "die_shift_residual_max", real, &f->left));
  PetscCall(PltResultGet(h5, path, "cells", whole, &f->cells));
  PetscCall(PltResultGet(h5, path, "warpage_sign", whole, &f->sign));
  PetscCall(PltResultGet(h5, path, "dies", whole, &f->dies));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode DescribeStep(PltH5 *h5, int step, PltText *text)
{
  StepFacts f;

  PetscFunctionBegin;
  PetscCall(ReadStep(h5, step, &f));
  PetscCall(PltTextAdd(text, "%4d %-20.20s %10.4g %9.2f %10lld", step, f.name, f.time,
                       f.temperature - 273.15, (long long)f.cells));
  for (int i = 0; i < 3; i++)
    PetscCall(
        PltTextAdd(text, " %11.4g %11.4g", PltMicrometres(f.low[i]), PltMicrometres(f.high[i])));
  PetscCall(PltTextAdd(text, " %+12.5g %-8s", PltMicrometres(f.sign < 0 ? -f.pv : f.pv), f.shape));
  if (f.dies)
    PetscCall(PltTextAdd(text, " %12.4g %12.4g\n", PltMicrometres(f.raw), PltMicrometres(f.left)));
  else PetscCall(PltTextAdd(text, " %12s %12s\n", "-", "-"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Describe(PltH5 *h5, const char *file, PltText *text)
{
  int64_t done;

  PetscFunctionBegin;
  PetscCall(PltResultOpen(h5, file, PETSC_FALSE, &done));
  PetscCall(DescribeHead(h5, text));
  PetscCall(PltTextAdd(text, "steps     %lld\n\n", (long long)done));
  PetscCall(PltTextAdd(text, "%4s %-20s %10s %9s %10s %23s %23s %23s %12s %-8s %12s %12s\n", "step",
                       "name", "time [s]", "T [degC]", "cells", "ux min, max [um]",
                       "uy min, max [um]", "uz min, max [um]", "warpage [um]", "shape",
                       "shift [um]", "resid. [um]"));
  for (int64_t s = 0; s < done; s++) PetscCall(DescribeStep(h5, (int)s, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltResultDescribe(const char *file, char **text)
{
  PltH5          h5    = {0};
  PltText        built = {0};
  PltH5Quiet     quiet = PltH5BeQuiet();
  PetscErrorCode ierr  = Describe(&h5, file, &built);

  PetscFunctionBegin;
  (void)PltResultClose(&h5);
  PltH5Loud(quiet);
  *text = ierr ? NULL : strdup(built.s); /* malloc: freed outside of PETSc */
  PetscCall(PltTextFree(&built));
  PetscCall(ierr);
  PetscCheck(*text, PETSC_COMM_SELF, PETSC_ERR_MEM, "a table of %zu bytes", strlen(file));
  PetscFunctionReturn(PETSC_SUCCESS);
}
