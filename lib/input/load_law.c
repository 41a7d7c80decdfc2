/* SPDX-License-Identifier: BSD-2-Clause
   Laws from a shared object. It stays loaded: its laws do. */
#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "platen_material.h"
#include "input/node.h"

enum { LAWS_MAX = 64 }; /* a list that is longer does not end */

static PetscErrorCode Register(const char *file, const PltLaw *const law[])
{
  PetscFunctionBegin;
  PetscCheck(law[0], PETSC_COMM_SELF, PLT_ERR_USAGE, "law file '%s': platen_law is empty", file);
  for (int i = 0; law[i]; i++) {
    int code;

    PetscCheck(i < LAWS_MAX, PETSC_COMM_SELF, PLT_ERR_USAGE,
               "law file '%s': platen_law does not end with NULL", file);
    code = PltRegisterLaw(law[i]);
    PetscCheck(!code, PETSC_COMM_SELF, code, "law file '%s': %s", file, PltGetErrorMessage());
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* dlopen looks for a name without a folder elsewhere than here. */
static PetscErrorCode Load(const char *file)
{
  char  *path;
  void  *object, *law;
  size_t size = strlen(file) + 3;

  PetscFunctionBegin;
  PetscCheck(!access(file, R_OK), PETSC_COMM_SELF, PLT_ERR_IO, "law file '%s': %s", file,
             strerror(errno));
  PetscCall(PetscMalloc1(size, &path));
  PetscCall(PetscSNPrintf(path, size, "%s%s", strchr(file, '/') ? "" : "./", file));
  object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  PetscCall(PetscFree(path));
  PetscCheck(object, PETSC_COMM_SELF, PLT_ERR_IO, "law file '%s' cannot be loaded: %s", file,
             dlerror());
  law = dlsym(object, "platen_law");
  if (!law) dlclose(object);
  PetscCheck(law, PETSC_COMM_SELF, PLT_ERR_IO,
             "law file '%s' does not define platen_law, as platen_material.h says", file);
  PetscCall(Register(file, (const PltLaw *const *)law));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltLoadLaw(const char *file)
{
  PetscFunctionBegin;
  PetscCheck(file && *file, PETSC_COMM_SELF, PLT_ERR_USAGE, "no file of a law is named");
  PetscCall(PltAgree(PETSC_COMM_WORLD, Load(file)));
  PetscFunctionReturn(PETSC_SUCCESS);
}
