/* SPDX-License-Identifier: BSD-2-Clause
   HDF5 as this room uses it: one file, written by all ranks, that survives a kill.

   Between two flushes the file on disk is that of the last flush: metadata is kept in the cache
   (evictions off), freed space is never used again (strategy NONE), new data goes behind the end. A
   compressed chunk that grows is written anew and the old copy stays valid until the flush. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "output/internal.h"

static herr_t Deepest(unsigned n, const H5E_error2_t *error, void *context)
{
  PltH5 *h5 = context;

  if (n == 0) {
    char minor[96] = "";

    (void)H5Eget_msg(error->min_num, NULL, minor, sizeof minor);
    (void)snprintf(h5->reason, sizeof h5->reason, "%s (HDF5, %s: %s)", error->desc,
                   error->func_name, minor);
  }
  return 0;
}

const char *PltH5Reason(PltH5 *h5)
{
  (void)snprintf(h5->reason, sizeof h5->reason, "HDF5 failed");
  (void)H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, Deepest, h5);
  return h5->reason;
}

PltH5Quiet PltH5BeQuiet(void)
{
  PltH5Quiet quiet = {NULL, NULL};

  (void)H5Eget_auto2(H5E_DEFAULT, &quiet.print, &quiet.data);
  (void)H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  return quiet;
}

void PltH5Loud(PltH5Quiet quiet)
{
  (void)H5Eset_auto2(H5E_DEFAULT, quiet.print, quiet.data);
}

static PetscErrorCode SetAccess(PltH5 *h5, hid_t access)
{
  H5AC_cache_config_t cache = {.version = H5AC__CURR_CACHE_CONFIG_VERSION};

  PetscFunctionBegin;
  PltCallHDF5(h5, H5Pset_fapl_mpio(access, h5->comm, MPI_INFO_NULL));
  PltCallHDF5(h5, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG));
  PltCallHDF5(h5, H5Pset_coll_metadata_write(access, 1));
  PltCallHDF5(h5, H5Pget_mdc_config(access, &cache));
  cache.evictions_enabled     = 0;
  cache.incr_mode             = H5C_incr__off;
  cache.flash_incr_mode       = H5C_flash_incr__off;
  cache.decr_mode             = H5C_decr__off;
  cache.dirty_bytes_threshold = 32 << 20; /* the largest there is: no writing in between */
  PltCallHDF5(h5, H5Pset_mdc_config(access, &cache));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeFile(PltH5 *h5, hid_t access)
{
  hid_t creation;

  PetscFunctionBegin;
  PltCallHDF5(h5, creation = H5Pcreate(H5P_FILE_CREATE));
  PltCallHDF5(h5, H5Pset_file_space_strategy(creation, H5F_FSPACE_STRATEGY_NONE, 0, 1));
  PltCallHDF5(h5, h5->file = H5Fcreate(h5->name, H5F_ACC_TRUNC, creation, access));
  PltCallHDF5(h5, H5Pclose(creation));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A new file, or one that is there. */
static PetscErrorCode Open(PltH5 *h5, PetscBool new)
{
  hid_t access;

  PetscFunctionBegin;
  PltCallHDF5(h5, access = H5Pcreate(H5P_FILE_ACCESS));
  PetscCall(SetAccess(h5, access));
  if (new) PetscCall(MakeFile(h5, access));
  else PltCallHDF5(h5, h5->file = H5Fopen(h5->name, H5F_ACC_RDWR, access));
  PltCallHDF5(h5, H5Pclose(access));
  PltCallHDF5(h5, h5->transfer = H5Pcreate(H5P_DATASET_XFER));
  PltCallHDF5(h5, H5Pset_dxpl_mpio(h5->transfer, H5FD_MPIO_COLLECTIVE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Begin(PltH5 *h5, MPI_Comm comm, const char *name, PetscInt deflate)
{
  PetscFunctionBegin;
  h5->comm    = comm;
  h5->deflate = deflate;
  h5->file = h5->transfer = H5I_INVALID_HID;
  PetscCallMPI(MPI_Comm_rank(comm, &h5->rank));
  PetscCall(PetscStrallocpy(name, &h5->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Create(PltH5 *h5, MPI_Comm comm, const char *name, PetscInt deflate)
{
  PetscErrorCode ierr = 0;

  PetscFunctionBegin;
  PetscCall(Begin(h5, comm, name, deflate));
  if (h5->rank == 0) ierr = PltFileProbe(name); /* says why in plain words, HDF5 does not */
  PetscCall(PltAgree(comm, ierr));
  PetscCall(PltAgree(comm, Open(h5, PETSC_TRUE)));
  PetscCall(PltH5Reserve(h5, PLT_H5_CHUNK)); /* closing it will write */
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5OpenAgain(PltH5 *h5, MPI_Comm comm, const char *name, PetscInt deflate)
{
  PetscFunctionBegin;
  PetscCall(Begin(h5, comm, name, deflate));
  PetscCall(PltAgree(comm, Open(h5, PETSC_FALSE)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Reserve(PltH5 *h5, double bytes)
{
  const int   file = open(h5->name, O_WRONLY);
  struct stat now;
  int         why;

  PetscFunctionBegin;
  if (file < 0 || fstat(file, &now)) why = errno;
  else {
    why = posix_fallocate(file, now.st_size, (off_t)bytes);
    if (why && ftruncate(file, now.st_size)) why = errno;
  }
  if (file >= 0) (void)close(file);
  PetscCheck(!why, PETSC_COMM_SELF, PLT_ERR_IO,
             "%s: cannot be written: %s (the next step may take %.3g MB)", h5->name, strerror(why),
             bytes / 1e6);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Reserve(PltH5 *h5, double bytes)
{
  PetscFunctionBegin;
  PetscCall(PltAgree(h5->comm, h5->rank == 0 ? Reserve(h5, bytes) : 0));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Flush(PltH5 *h5)
{
  PetscFunctionBegin;
  PltCallHDF5(h5, H5Fflush(h5->file, H5F_SCOPE_GLOBAL));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Flush(PltH5 *h5)
{
  PetscFunctionBegin;
  PetscCall(PltAgree(h5->comm, Flush(h5)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Close(PltH5 *h5)
{
  PetscFunctionBegin;
  if (h5->transfer >= 0) PltCallHDF5(h5, H5Pclose(h5->transfer));
  if (h5->file >= 0) PltCallHDF5(h5, H5Fclose(h5->file));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Close(PltH5 *h5)
{
  PetscErrorCode ierr = Close(h5);

  PetscFunctionBegin;
  h5->file = h5->transfer = H5I_INVALID_HID;
  ierr                    = PltAgree(h5->comm, ierr);
  PetscCall(PetscFree(h5->name));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Group(PltH5 *h5, const char *path)
{
  hid_t group;

  PetscFunctionBegin;
  PltCallHDF5(h5, group = H5Gcreate2(h5->file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  PltCallHDF5(h5, H5Gclose(group));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5Attribute(PltH5 *h5, const char *path, const char *name, hid_t type, hsize_t n,
                              const void *value)
{
  hid_t space, attribute;

  PetscFunctionBegin;
  PltCallHDF5(h5, space = n ? H5Screate_simple(1, &n, NULL) : H5Screate(H5S_SCALAR));
  PltCallHDF5(h5, attribute = H5Acreate_by_name(h5->file, path, name, type, space, H5P_DEFAULT,
                                                H5P_DEFAULT, H5P_DEFAULT));
  PltCallHDF5(h5, H5Awrite(attribute, type, value));
  PltCallHDF5(h5, H5Aclose(attribute));
  PltCallHDF5(h5, H5Sclose(space));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5StringType(PltH5 *h5, size_t length, PetscBool ascii, hid_t *type)
{
  PetscFunctionBegin;
  PltCallHDF5(h5, *type = H5Tcopy(H5T_C_S1));
  PltCallHDF5(h5, H5Tset_size(*type, PetscMax(length, 1)));
  PltCallHDF5(h5, H5Tset_strpad(*type, H5T_STR_NULLPAD));
  PltCallHDF5(h5, H5Tset_cset(*type, ascii ? H5T_CSET_ASCII : H5T_CSET_UTF8));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5AttributeText(PltH5 *h5, const char *path, const char *name, size_t length,
                                  const char *text)
{
  const size_t size = length ? length : PetscMax(strlen(text), 1);
  char        *padded;
  hid_t        type;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(size, &padded));
  memcpy(padded, text, PetscMin(strlen(text), size));
  PetscCall(PltH5StringType(h5, size, length > 0, &type));
  PetscCall(PltH5Attribute(h5, path, name, type, 0, padded));
  PltCallHDF5(h5, H5Tclose(type));
  PetscCall(PetscFree(padded));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltH5SetAttribute(PltH5 *h5, const char *path, const char *name, hid_t type,
                                 const void *value)
{
  hid_t object, attribute;

  PetscFunctionBegin;
  PltCallHDF5(h5, object = H5Oopen(h5->file, path, H5P_DEFAULT));
  /* not H5Aopen_by_name: what that opens cannot be written (1.10.8: "can't locate open attribute")
     */
  PltCallHDF5(h5, attribute = H5Aopen(object, name, H5P_DEFAULT));
  PltCallHDF5(h5, H5Awrite(attribute, type, value));
  PltCallHDF5(h5, H5Aclose(attribute));
  PltCallHDF5(h5, H5Oclose(object));
  PetscFunctionReturn(PETSC_SUCCESS);
}
