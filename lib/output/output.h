/* SPDX-License-Identifier: BSD-2-Clause
   What a run leaves behind: base.vtkhdf + base.xdmf (fields of plies, for ParaView), base.json,
   base.dies.csv, base.log, base.NN-name.png/svg (warpage map). Formats: lib/output/README. */
#ifndef PLT_OUTPUT_H
#define PLT_OUTPUT_H
#include "mesh/mesh.h"

typedef struct PltOutput_ *PltOutput;

/* Everything of one step, or of one temperature of a step that reports several. Arrays are local to
   the rank and lent for the call. Heights are along the z axis of the mesh, whichever way up the
   panel lies. */
typedef struct {
  PltStepReport        report;
  PltWarpage           warpage; /* of the reported upper face */
  PltDieShift          shift;
  PltOtherShape        other;
  const PltDieMotion  *motion;   /* [ndie], the same on all ranks */
  PetscReal            up;       /* +1, -1 after a flip */
  const unsigned char *live;     /* [nquad][nply], own and ghost quads */
  const PetscReal *displacement; /* [nvert_own][nply + 1][3] m, at ply faces; 0 if nothing lives */
  const PetscReal *w;            /* [nvert_own][nply + 1] m, out of the best-fit plane */
  const PetscReal *surface_w;    /* [nvert_own] m, the map that is drawn; turned by `up` there */
  const PetscReal *stress;       /* [nquad][nply][6] Pa, voigt order of base.h; NULL: not kept.
                                        The first step decides for all */
  PetscLogDouble   memory;       /* bytes, peak of all ranks */
  PetscReal        left; /* 0; an increment: what is left of the way to the next frame, 0..1 */
} PltFrame;

typedef struct { /* what the JSON header needs; the same on all ranks */
  PetscInt quads, lines, levels, cells, unknowns;
} PltOutputSize;

/* Begins the files. An earlier result of that name stays until the first step is complete, but its
   folder must be writable now. fields false: no field file. The option -plt_output_compress 0..9
   sets the deflate level of the field file (1; 0 is none). Collective. */
PLT_INTERN PetscErrorCode PltOutputCreate(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                                          const char *base, PetscBool fields, PltOutput *output);
/* An increment of the step under way, for the report and its curves; reported as unfinished if
   the step never ends. Not collective; rank 0's count. */
PLT_INTERN PetscErrorCode PltOutputIncrement(PltOutput output, const PltIncrement *increment);
/* One step: fields appended and flushed, sidecar, JSON, CSV and log rewritten, pictures drawn. An
   increment (frame->left > 0): fields and sidecar alone. After a failure (PLT_ERR_IO with the
   file's name, on all ranks) the output may only be destroyed; steps written before stay readable.
   Collective. */
PLT_INTERN PetscErrorCode PltOutputWrite(PltOutput output, const PltFrame *frame,
                                         const PltOutputSize *size);
/* A line of text for base.log, kept until the next step is written or the output destroyed. Not
   collective; rank 0's lines count. */
PLT_INTERN PetscErrorCode PltOutputLog(PltOutput output, const char *line);
PLT_INTERN PetscErrorCode PltOutputDestroy(PltOutput *output);

/* A row of the table of steps and its heading, as in base.log, without the newline; cut to `size`.
   */
PLT_INTERN PetscErrorCode PltOutputHeading(size_t size, char line[]);
PLT_INTERN PetscErrorCode PltOutputLine(const PltFrame *frame, const PltOutputSize *sizes,
                                        size_t size, char line[]);
#endif
