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

/* What an increment may be about, by PltPhase. */
extern PLT_INTERN const char *const PltOutputPart[3];

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

/* ---- archive.c: numbers kept in a file, and read back by the same calls in the same order. All
   collective; fails on all ranks alike: PLT_ERR_IO with the name of the file. ---- */
typedef struct PltArchive_ *PltArchive;
typedef PetscErrorCode (*PltArchiveFunction)(PltArchive archive, void *context);
/* `transfer` names what is to be kept; it is called twice, the first time to find how much that is.
   An earlier file of that name stays until the new one is whole. */
PLT_INTERN PetscErrorCode PltArchiveWrite(PltMesh mesh, const char *file,
                                          PltArchiveFunction transfer, void *context);
/* `transfer` gets it back, if it was of the same mesh. */
PLT_INTERN PetscErrorCode PltArchiveRead(PltMesh mesh, const char *file,
                                         PltArchiveFunction transfer, void *context);
PLT_INTERN PetscBool      PltArchiveReads(PltArchive archive);
PLT_INTERN const char    *PltArchiveName(PltArchive archive);
/* n numbers; those of rank 0 are kept, all get them. */
PLT_INTERN PetscErrorCode PltArchiveReals(PltArchive archive, const char *name, PetscInt n,
                                          PetscReal value[]);
PLT_INTERN PetscErrorCode PltArchiveInts(PltArchive archive, const char *name, PetscInt n,
                                         PetscInt value[]);
/* How much of something there is on rank 0, from then on on all ranks. */
PLT_INTERN PetscErrorCode PltArchiveCount(PltArchive archive, const char *name, PetscInt *n);
/* Of rank 0; what is read is to be freed with PetscFree. */
PLT_INTERN PetscErrorCode PltArchiveText(PltArchive archive, const char *name, char **text);
/* Fields of all local quads [nquad][width], or vertices [nvert][width]. */
PLT_INTERN PetscErrorCode PltArchiveQuads(PltArchive archive, const char *name, PetscInt width,
                                          PetscReal value[]);
PLT_INTERN PetscErrorCode PltArchiveLines(PltArchive archive, const char *name, PetscInt width,
                                          PetscReal value[]);
/* What the report and the field file are at, so that they can be gone on with; `live` as in
   PltFrame, only looked at in reading. */
PLT_INTERN PetscErrorCode PltOutputTransfer(PltOutput output, PltArchive archive,
                                            const unsigned char *live);

/* A row of the table of steps and its heading, as in base.log, without the newline; cut to `size`.
   */
PLT_INTERN PetscErrorCode PltOutputHeading(size_t size, char line[]);
PLT_INTERN PetscErrorCode PltOutputLine(const PltFrame *frame, const PltOutputSize *sizes,
                                        size_t size, char line[]);
#endif
