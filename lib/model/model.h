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

/* surface.c: where the point of a local vertex that was displaced by u is measured, m: (X, Y, u_z)
   in linear theory, else (X + u_x, Y + u_y, u_z). Its height in the stack does not count. */
PLT_INTERN void PltModelPlace(PltModel model, PetscInt vert, const PetscReal u[3], PetscReal x[3]);
/* Those places of a face of the live stack, x [nvert_own][3], and its height in the stack before it
   was displaced, z [nvert_own]: the upper or lower face in the present orientation; ply >= 0: that
   ply's face where it is live. Where nothing is live: the plan, 0. z may be NULL. Not
   collective. */
PLT_INTERN PetscErrorCode PltModelFacePlaces(PltModel model, PltSurface face, PetscInt ply,
                                             PetscReal *x, PetscReal *z);
/* frame.c: metrics of the present state, and all of it written. Collective. */
PLT_INTERN PetscErrorCode PltModelFrame(PltProcess process, const PltStep *step, void *model);
/* motion.c: motion of every die placed so far, and the fit of lithography. Collective. */
PLT_INTERN PetscErrorCode PltModelMeasureDies(PltModel model);
#endif
