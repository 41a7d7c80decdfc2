/* SPDX-License-Identifier: BSD-2-Clause
   The object behind the public API: wires project, mesh, process, metrics and output together. */
#ifndef PLT_MODEL_H
#define PLT_MODEL_H
#include "metric/metric.h"
#include "output/output.h"
#include "step/step.h"

struct PltModel_ {
  PltProject project; /* lent by the user */
  PltMesh    mesh;
  PltProcess process;
  PltOutput  output; /* NULL: writes nothing */
  int (*monitor)(PltModel model, void *context);
  void         *context;
  double        clock;   /* s, wall time when the frame under way began */
  PltStepReport report;  /* of the last frame */
  PltWarpage    warpage; /* of the reported face */
  PltDieShift   shift;
  PltDieMotion *motion;   /* [ndie] */
  PetscBool     exceeded; /* a limit of the recipe, at any frame so far */
  char          excess[160];
};

/* surface.c: height of a face of the live stack at own vertices: the upper or lower one in the
   present orientation; ply >= 0: that ply's face where it is live. Not collective. */
PLT_INTERN PetscErrorCode PltModelFaceHeights(PltModel model, PltSurface face, PetscInt ply,
                                              PetscReal *uz);
/* frame.c: metrics of the present state, and all of it written. Collective. */
PLT_INTERN PetscErrorCode PltModelFrame(PltProcess process, const PltStep *step, void *model);
/* motion.c: motion of every die placed so far, and the fit of lithography. Collective. */
PLT_INTERN PetscErrorCode PltModelMeasureDies(PltModel model);
#endif
