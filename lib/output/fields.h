/* SPDX-License-Identifier: BSD-2-Clause
   The field file while it is written. */
#ifndef PLT_OUTPUT_FIELDS_H
#define PLT_OUTPUT_FIELDS_H
#include "output/internal.h"

struct PltFields_ {
  PltH5           h5;
  PltLayers       layers;
  const PltSlabs *slabs;
  PltXdmf         xdmf;
  char           *name, *part, *sidecar; /* files */
  PetscBool       stress, failed;
  PetscBool       unnamed;                  /* still called .part */
  PetscInt        nstep, nepoch;            /* complete steps; epochs begun */
  PetscInt        nframe;                   /* of the steps, those that are no increments */
  int64_t         npoint;                   /* of the file */
  int64_t         epoch_start, epoch_cells; /* cells of earlier epochs; of the present one */
  int64_t         row;                      /* cells of earlier steps */
  double          pv;                       /* m, warpage of the last step */
};

/* Names, layers and the level of compression; no file yet. */
PLT_INTERN PetscErrorCode PltFieldsNew(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                                       const char *base, PltFields *fields, PetscInt *level);

/* Steps may last no time at all, and readers want ascending values: the number of the frame, which
   increments that lead to it are behind by what is left of the way. */
PLT_INTERN double PltFieldsPlace(PltFields fields, const PltFrame *frame);
/* ---- fields_arrays.c: all collective, all fail on every rank alike ---- */
/* Groups, empty arrays, points, description. */
PLT_INTERN PetscErrorCode PltFieldsBegin(PltFields fields);
PLT_INTERN PetscErrorCode PltFieldsWriteEpoch(PltFields fields);
PLT_INTERN PetscErrorCode PltFieldsWriteArrays(PltFields fields, const PltFrame *frame);
/* Rows of /VTKHDF/Steps, and NSteps last. */
PLT_INTERN PetscErrorCode PltFieldsCommit(PltFields fields, const PltFrame *frame);
/* Not collective: has a file, open on this rank alone, at least what `fields` counts, and does its
   last step start where it should? And what it has beyond is cut off. */
PLT_INTERN PetscErrorCode PltFieldsCheckArrays(PltFields fields, PltH5 *h5);
PLT_INTERN PetscErrorCode PltFieldsCutArrays(PltFields fields, PltH5 *h5);
/* ---- fields_views.c ---- */
/* /steps/NNNN: virtual datasets and what is known about the step. */
PLT_INTERN PetscErrorCode PltFieldsWriteViews(PltFields fields, const PltFrame *frame);
#endif
