/* SPDX-License-Identifier: BSD-2-Clause
   /steps/NNNN: a step seen alone, without copies: virtual datasets onto the arrays of /VTKHDF, and
   attributes that say what the step was. The XDMF sidecar and scripts (h5py) read these. */
#include "output/fields.h"

static PetscErrorCode View(PltFields f, const char *name, const char *source, int64_t first,
                           int64_t rows)
{
  char path[64], from[64];

  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d/%s", (int)f->nstep, name));
  PetscCall(PetscSNPrintf(from, sizeof from, "/VTKHDF/%s", source));
  PetscCall(PltH5View(&f->h5, path, from, (hsize_t)first, (hsize_t)rows));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeViews(PltFields f)
{
  const int64_t cells = f->layers.ncell_all, epoch = f->epoch_start, points = f->npoint;
  const int64_t first = f->nstep * points;
  PltH5        *h5    = &f->h5;
  char          path[64];

  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d/points", (int)f->nstep));
  /* a hard link: XDMF readers do not follow soft ones */
  PltCallHDF5(h5,
              H5Lcreate_hard(h5->file, "/VTKHDF/Points", h5->file, path, H5P_DEFAULT, H5P_DEFAULT));
  PetscCall(View(f, "connectivity", "Connectivity", 8 * epoch, 8 * cells));
  PetscCall(View(f, "displacement", "PointData/displacement", first, points));
  PetscCall(View(f, "w", "PointData/w", first, points));
  PetscCall(View(f, "ply", "CellData/ply", epoch, cells));
  PetscCall(View(f, "material", "CellData/material", epoch, cells));
  PetscCall(View(f, "temperature", "CellData/temperature", f->row, cells));
  if (f->stress) {
    PetscCall(View(f, "stress", "CellData/stress", f->row, cells));
    PetscCall(View(f, "von_mises", "CellData/von_mises", f->row, cells));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Least and greatest displacement of live material. Collective. */
static PetscErrorCode Range(PltFields f, const PltFrame *frame, double low[3], double high[3])
{
  const PltMesh  mesh = f->layers.mesh;
  const PetscInt nply = f->layers.nply;

  PetscFunctionBegin;
  for (int i = 0; i < 3; i++) low[i] = PETSC_MAX_REAL, high[i] = PETSC_MIN_REAL;
  for (PetscInt q = 0; q < mesh->nquad; q++)
    for (PetscInt k = 0; k < 8 * nply; k++) {
      const PetscInt   p = k / 8, v = mesh->quad[4 * q + k % 4], face = p + k % 8 / 4;
      const PetscReal *u =
          frame->displacement + ((size_t)v * (size_t)(nply + 1) + (size_t)face) * 3;

      if (!frame->live[(size_t)q * (size_t)nply + (size_t)p] || v >= mesh->nvert_own) continue;
      for (int i = 0; i < 3; i++) {
        low[i]  = PetscMin(low[i], u[i]);
        high[i] = PetscMax(high[i], u[i]);
      }
    }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, low, 3, MPI_DOUBLE, MPI_MIN, mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, high, 3, MPI_DOUBLE, MPI_MAX, mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What PltResultDescribe tells. Nothing here may depend on the number of ranks. */
static PetscErrorCode Tell(PltFields f, const char *path, const PltFrame *frame,
                           const double low[3], const double high[3])
{
  const int64_t cells = f->layers.ncell_all, sign = frame->warpage.sign, dies = frame->shift.count;
  PltH5        *h5 = &f->h5;

  PetscFunctionBegin;
  PetscCall(PltH5AttributeText(h5, path, "name", 0, frame->report.name));
  PetscCall(PltH5Attribute(h5, path, "time", H5T_NATIVE_DOUBLE, 0, &frame->report.time));
  PetscCall(
      PltH5Attribute(h5, path, "temperature", H5T_NATIVE_DOUBLE, 0, &frame->report.temperature));
  PetscCall(PltH5Attribute(h5, path, "cells", H5T_NATIVE_INT64, 0, &cells));
  PetscCall(PltH5Attribute(h5, path, "displacement_min", H5T_NATIVE_DOUBLE, 3, low));
  PetscCall(PltH5Attribute(h5, path, "displacement_max", H5T_NATIVE_DOUBLE, 3, high));
  PetscCall(PltH5Attribute(h5, path, "warpage_pv", H5T_NATIVE_DOUBLE, 0, &frame->warpage.pv));
  PetscCall(PltH5Attribute(h5, path, "warpage_sign", H5T_NATIVE_INT64, 0, &sign));
  PetscCall(PltH5AttributeText(h5, path, "warpage_shape", 0, frame->warpage.shape));
  PetscCall(PltH5Attribute(h5, path, "dies", H5T_NATIVE_INT64, 0, &dies));
  PetscCall(
      PltH5Attribute(h5, path, "die_shift_raw_max", H5T_NATIVE_DOUBLE, 0, &frame->shift.raw_max));
  PetscCall(PltH5Attribute(h5, path, "die_shift_residual_max", H5T_NATIVE_DOUBLE, 0,
                           &frame->shift.residual_max));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeStep(PltFields f, const PltFrame *frame, const double low[3],
                               const double high[3])
{
  char path[32];

  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(path, sizeof path, "/steps/%04d", (int)f->nstep));
  PetscCall(PltH5Group(&f->h5, path));
  PetscCall(Tell(f, path, frame, low, high));
  PetscCall(MakeViews(f));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFieldsWriteViews(PltFields f, const PltFrame *frame)
{
  double low[3], high[3];

  PetscFunctionBegin;
  PetscCall(Range(f, frame, low, high));
  PetscCall(PltAgree(f->h5.comm, MakeStep(f, frame, low, high)));
  PetscFunctionReturn(PETSC_SUCCESS);
}
