/* SPDX-License-Identifier: BSD-2-Clause
   Numbers kept in a file (HDF5) and read back, by one function that names them in turn: so what is
   read is what was written. Fields are in natural order, whatever the number of ranks. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "output/internal.h"

/* Of what is in the file and how; another one is not read. */
enum { FORMAT = 1 };
/* Bytes that HDF5 takes besides, for each array. */
static const double OVERHEAD = 4096;

typedef enum { COUNT, WRITE, READ } Mode; /* bytes that there will be; them */
struct PltArchive_ {
  PltMesh mesh;
  Mode    mode;
  double  bytes;
  PltH5   h5;
};

PetscBool PltArchiveReads(PltArchive a)
{
  return (PetscBool)(a->mode == READ);
}

const char *PltArchiveName(PltArchive a)
{
  return a->h5.name;
}

static hid_t IntType(void)
{
  return sizeof(PetscInt) == sizeof(int64_t) ? H5T_NATIVE_INT64 : H5T_NATIVE_INT32;
}

/* The array of that name, which has so many rows of so many numbers. */
static PetscErrorCode OpenArray(PltH5 *h5, const char *name, hsize_t rows, hsize_t width,
                                hid_t *set)
{
  hsize_t size[2] = {0, 1};
  hid_t   space;

  PetscFunctionBegin;
  PetscCheck(H5Lexists(h5->file, name, H5P_DEFAULT) > 0, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: '%s' is missing", h5->name, name);
  PltCallHDF5(h5, *set = H5Dopen2(h5->file, name, H5P_DEFAULT));
  PltCallHDF5(h5, space = H5Dget_space(*set));
  if (H5Sget_simple_extent_ndims(space) <= 2)
    PltCallHDF5(h5, H5Sget_simple_extent_dims(space, size, NULL));
  PltCallHDF5(h5, H5Sclose(space));
  PetscCheck(size[0] == rows && size[1] == width, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: '%s' is %lld x %lld numbers instead of %lld x %lld", h5->name, name,
             (long long)size[0], (long long)size[1], (long long)rows, (long long)width);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadSmall(PltH5 *h5, const char *name, hid_t type, PetscInt n, void *value)
{
  hid_t set;

  PetscFunctionBegin;
  PetscCall(OpenArray(h5, name, (hsize_t)n, 1, &set));
  PltCallHDF5(h5, H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value));
  PltCallHDF5(h5, H5Dclose(set));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Small(PltArchive a, const char *name, hid_t type, PetscInt n, void *value)
{
  PltH5 *h5 = &a->h5;

  PetscFunctionBegin;
  if (n == 0) PetscFunctionReturn(PETSC_SUCCESS);
  if (a->mode == COUNT) a->bytes += OVERHEAD + (double)n * (double)H5Tget_size(type);
  else if (a->mode == WRITE)
    PetscCall(PltAgree(h5->comm, PltH5Table(h5, name, type, (hsize_t)n, value)));
  else PetscCall(PltAgree(h5->comm, ReadSmall(h5, name, type, n, value)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveReals(PltArchive a, const char *name, PetscInt n, PetscReal value[])
{
  PetscFunctionBegin;
  PetscCall(Small(a, name, H5T_NATIVE_DOUBLE, n, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveInts(PltArchive a, const char *name, PetscInt n, PetscInt value[])
{
  PetscFunctionBegin;
  PetscCall(Small(a, name, IntType(), n, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveCount(PltArchive a, const char *name, PetscInt *n)
{
  PetscFunctionBegin;
  PetscCallMPI(MPI_Bcast(n, 1, MPIU_INT, 0, a->mesh->comm));
  PetscCall(PltArchiveInts(a, name, 1, n));
  PetscCheck(*n >= 0, PETSC_COMM_SELF, PLT_ERR_IO, "%s: '%s' is %" PetscInt_FMT, a->h5.name, name,
             *n);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveText(PltArchive a, const char *name, char **text)
{
  PetscInt n = *text && a->mode != READ ? (PetscInt)strlen(*text) : 0;
  char     length[64];

  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(length, sizeof length, "%s.length", name));
  PetscCall(PltArchiveCount(a, length, &n));
  if (a->mode == READ) PetscCall(PetscCalloc1(n + 1, text));
  PetscCall(Small(a, name, H5T_NATIVE_CHAR, n, *text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadRows(PltH5 *h5, const char *name, PltRows rows, hsize_t width,
                               PetscReal *value)
{
  const hsize_t at[2] = {rows.start, 0}, n[2] = {rows.count, width};
  hid_t         set, there, here;

  PetscFunctionBegin;
  PetscCall(OpenArray(h5, name, rows.all, width, &set));
  PltCallHDF5(h5, there = H5Dget_space(set));
  PltCallHDF5(h5, here = H5Screate_simple(2, n, NULL));
  if (rows.count) {
    PltCallHDF5(h5, H5Sselect_hyperslab(there, H5S_SELECT_SET, at, NULL, n, NULL));
  } else {
    PltCallHDF5(h5, H5Sselect_none(there));
    PltCallHDF5(h5, H5Sselect_none(here));
  }
  PltCallHDF5(h5, H5Dread(set, H5T_NATIVE_DOUBLE, here, there, h5->transfer, value));
  PltCallHDF5(h5, H5Sclose(here));
  PltCallHDF5(h5, H5Sclose(there));
  PltCallHDF5(h5, H5Dclose(set));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* This rank's even share of a field. */
static PetscErrorCode Share(PltArchive a, const char *name, PltRows rows, PetscInt width,
                            PetscReal *share)
{
  PltH5 *h5 = &a->h5;

  PetscFunctionBegin;
  if (a->mode == WRITE) {
    PetscCall(PltAgree(h5->comm,
                       PltH5Array(h5, name, H5T_NATIVE_DOUBLE, (hsize_t)width, (hsize_t)rows.all)));
    PetscCall(PltH5Append(h5, name, H5T_NATIVE_DOUBLE, rows, share));
  } else PetscCall(PltAgree(h5->comm, ReadRows(h5, name, rows, (hsize_t)width, share)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Field(PltArchive a, const char *name, PetscBool quads, PetscInt width,
                            PetscReal *value)
{
  const PltMesh m    = a->mesh;
  const PltRows rows = {.all   = (hsize_t)(quads ? m->nquad_all : m->nvert_all),
                        .start = (hsize_t)(quads ? m->quad_block_start : m->vert_block_start),
                        .count = (hsize_t)(quads ? m->quad_block : m->vert_block)};
  PetscReal    *share;

  PetscFunctionBegin;
  if (a->mode == COUNT) {
    a->bytes += OVERHEAD + 8 * (double)rows.all * (double)width + 2. * PLT_H5_CHUNK;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscMalloc1(rows.count * (size_t)width + 1, &share));
  if (a->mode == WRITE && quads)
    PetscCall(PltMeshQuadsToNatural(m, MPIU_REAL, width, value, share));
  else if (a->mode == WRITE) PetscCall(PltMeshVertsToNatural(m, MPIU_REAL, width, value, share));
  PetscCall(Share(a, name, rows, width, share));
  if (a->mode == READ && quads)
    PetscCall(PltMeshQuadsFromNatural(m, MPIU_REAL, width, share, value));
  else if (a->mode == READ) PetscCall(PltMeshVertsFromNatural(m, MPIU_REAL, width, share, value));
  PetscCall(PetscFree(share));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveQuads(PltArchive a, const char *name, PetscInt width, PetscReal value[])
{
  PetscFunctionBegin;
  PetscCall(Field(a, name, PETSC_TRUE, width, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveLines(PltArchive a, const char *name, PetscInt width, PetscReal value[])
{
  PetscFunctionBegin;
  PetscCall(Field(a, name, PETSC_FALSE, width, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Format and mesh first. */
static PetscErrorCode Transfer(PltArchive a, PltArchiveFunction transfer, void *context)
{
  const PltMesh  m      = a->mesh;
  const PetscInt low    = (PetscInt)(m->checksum & 0x7fffffff);
  const PetscInt high   = (PetscInt)(m->checksum >> 32 & 0x7fffffff);
  PetscInt       format = FORMAT, size[4] = {m->nquad_all, m->nvert_all, low, high};

  PetscFunctionBegin;
  PetscCall(PltArchiveInts(a, "platen_state", 1, &format));
  PetscCheck(format == FORMAT, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: is of another version of Platen (format %" PetscInt_FMT ", this one reads %d)",
             a->h5.name, format, FORMAT);
  PetscCall(PltArchiveInts(a, "mesh", 4, size));
  PetscCheck(
      size[0] == m->nquad_all && size[1] == m->nvert_all && size[2] == low && size[3] == high,
      PETSC_COMM_SELF, PLT_ERR_IO,
      "%s: is of another mesh: %" PetscInt_FMT " quads, the recipe gives %" PetscInt_FMT "%s",
      a->h5.name, size[0], m->nquad_all,
      size[0] == m->nquad_all ? " elsewhere or of other dies" : "");
  PetscCall(transfer(a, context));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Rename(const char *part, const char *name)
{
  PetscFunctionBegin;
  PetscCheck(!rename(part, name), PETSC_COMM_SELF, PLT_ERR_IO, "%s: cannot be written: %s", name,
             strerror(errno));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Write(PltArchive a, PltArchiveFunction transfer, void *context,
                            const char *part)
{
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(Transfer(a, transfer, context));
  a->mode = WRITE;
  PetscCall(PltH5Create(&a->h5, a->mesh->comm, part, 1));
  ierr = PltH5Reserve(&a->h5, a->bytes);
  if (!ierr) ierr = Transfer(a, transfer, context);
  if (ierr) (void)PltH5Close(&a->h5);
  else ierr = PltH5Close(&a->h5);
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveWrite(PltMesh mesh, const char *file, PltArchiveFunction transfer,
                               void *context)
{
  struct PltArchive_ a    = {.mesh = mesh, .mode = COUNT};
  PltText            part = {0};
  PltH5Quiet         quiet;
  PetscErrorCode     ierr;
  int                rank;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  PetscCall(PltTextAdd(&part, "%s.part", file));
  quiet = PltH5BeQuiet();
  ierr  = Write(&a, transfer, context, part.s);
  PltH5Loud(quiet);
  if (!ierr) ierr = PltAgree(mesh->comm, rank == 0 ? Rename(part.s, file) : 0);
  if (ierr && rank == 0) (void)remove(part.s);
  PetscCall(PltTextFree(&part));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Says in plain words why a file cannot be read. */
static PetscErrorCode Probe(const char *name)
{
  FILE *file = fopen(name, "rb");
  int   why  = errno;

  PetscFunctionBegin;
  if (file) (void)fclose(file);
  PetscCheck(file, PETSC_COMM_SELF, PLT_ERR_IO, "%s: cannot be read: %s", name, strerror(why));
  PetscCheck(H5Fis_hdf5(name) > 0, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: is not the state of a panel (no HDF5 file)", name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Open(PltH5 *h5)
{
  hid_t access;

  PetscFunctionBegin;
  PltCallHDF5(h5, access = H5Pcreate(H5P_FILE_ACCESS));
  PltCallHDF5(h5, H5Pset_fapl_mpio(access, h5->comm, MPI_INFO_NULL));
  PltCallHDF5(h5, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG)); /* after mistakes, too */
  PltCallHDF5(h5, h5->file = H5Fopen(h5->name, H5F_ACC_RDONLY, access));
  PltCallHDF5(h5, H5Pclose(access));
  PltCallHDF5(h5, h5->transfer = H5Pcreate(H5P_DATASET_XFER));
  PltCallHDF5(h5, H5Pset_dxpl_mpio(h5->transfer, H5FD_MPIO_COLLECTIVE));
  PetscCheck(H5Lexists(h5->file, "platen_state", H5P_DEFAULT) > 0, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: is not the state of a panel", h5->name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltArchiveRead(PltMesh mesh, const char *file, PltArchiveFunction transfer,
                              void *context)
{
  struct PltArchive_ a = {.mesh = mesh, .mode = READ};
  PltH5Quiet         quiet;
  PetscErrorCode     ierr;

  PetscFunctionBegin;
  a.h5.comm = mesh->comm;
  a.h5.file = a.h5.transfer = H5I_INVALID_HID;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &a.h5.rank));
  PetscCall(PetscStrallocpy(file, &a.h5.name));
  quiet = PltH5BeQuiet();
  ierr  = PltAgree(mesh->comm, a.h5.rank == 0 ? Probe(file) : 0);
  if (!ierr) ierr = PltAgree(mesh->comm, Open(&a.h5));
  if (!ierr) ierr = Transfer(&a, transfer, context);
  if (ierr) (void)PltH5Close(&a.h5);
  else ierr = PltH5Close(&a.h5);
  PltH5Loud(quiet);
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}
