/* SPDX-License-Identifier: BSD-2-Clause
   The object behind the public API: wires project, mesh, process, metrics and output together. */
#ifndef PLT_MODEL_H
#define PLT_MODEL_H
#include "metric/metric.h"
#include "output/output.h"
#include "step/step.h"

/* The shape on which a part of a ply was born, as one laminate: strain at z = 0 and curvature
   (1/m); how far it has shrunk since. */
typedef struct {
  PetscInt  event; /* 1 + that of its birth, 0: not live */
  PetscReal strain, curvature, shrink;
} PltBirthShape;
/* Unstable shapes that were left since the last frame, and the temperatures (K) between which the
   first one became so. */
typedef struct {
  PetscInt  count;
  PetscReal T[2];
} PltSwitch;

struct PltModel_ {
  PltProject project; /* lent by the user */
  PltMesh    mesh;
  PltProcess process;
  PltOutput  output;     /* NULL: writes nothing */
  char      *state_base; /* NULL: keeps no state */
  PetscBool  state_all;  /* one file a step */
  int (*monitor)(PltModel model, void *context);
  void *context;
  int (*increment_monitor)(PltModel model, const PltIncrement *increment, void *context);
  void          *increment_context;
  double         clock;    /* s, wall time when the frame under way began */
  PltSolveReport counted;  /* by increments of the frame under way */
  PetscBool      switched; /* an unstable shape has been left */
  PltSwitch      unstable;
  PetscReal      T;     /* K, at the last increment */
  PltBirthShape *birth; /* [nply][2] */
  char           notes[1024];
  PltStepReport  report;  /* of the last frame */
  PltWarpage     warpage; /* of the reported face */
  PltDieShift    shift;
  PltOtherShape  other;
  PltDieMotion  *motion;   /* [ndie] */
  PetscBool      exceeded; /* a limit of the recipe, at any frame so far */
  char           excess[160];
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
/* The reported face: the plane it is measured from, heights above it and in the stack. */
typedef struct {
  PltPlane   plane;
  PetscReal *w, *z; /* [nvert_own] m; w is 0 where the face is flat */
} PltFace;
/* Collective. */
PLT_INTERN PetscErrorCode PltModelMeasureFace(PltModel model, PltFace *face, PltWarpage *warpage);
PLT_INTERN PetscErrorCode PltFaceFree(PltFace *face);
/* write.c: the state as it is now, under the report, warpage and shift that *frame has; the rest of
   it is set here. Collective. */
PLT_INTERN PetscErrorCode PltModelWrite(PltModel model, const PltFace *face, PltFrame *frame);
/* increment.c: an increment told and written. Collective. */
PLT_INTERN PetscErrorCode PltModelIncrement(PltProcess process, const PltStep *step, void *model);
/* Of the shape that is followed: PltStepReport.branch. */
PLT_INTERN void PltModelBranch(PltModel model, char name[16]);
/* frame.c: metrics of the present state, and all of it written. Collective. */
PLT_INTERN PetscErrorCode PltModelFrame(PltProcess process, const PltStep *step, void *model);
/* restart.c: the state in its file, if one is wanted. In a frame. Collective. */
PLT_INTERN PetscErrorCode PltModelSave(PltModel model);
/* laminate.c: the panel as one laminate, in large kinematics. Follow is called once a frame. */
typedef struct {
  PetscReal linear;       /* curvature of linear theory, 1/m, up being up */
  PetscReal critical;     /* at which a bowl rolls up */
  PetscReal curvature[2]; /* the larger one first */
} PltExpected;
PLT_INTERN PetscErrorCode PltModelFollow(PltModel model, const PltStep *step);
PLT_INTERN PetscErrorCode PltModelExpect(PltModel model, PltExpected *expected);
/* notes.c: report.notes and the other shape of the frame, whose report and warpage are known.
   Collective. */
PLT_INTERN PetscErrorCode PltModelMakeNotes(PltModel model, const PltStep *step);
/* motion.c: motion of every die placed so far, and the fit of lithography. Collective. */
PLT_INTERN PetscErrorCode PltModelMeasureDies(PltModel model);
#endif
