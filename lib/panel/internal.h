/* SPDX-License-Identifier: BSD-2-Clause
   What the files of this room share. */
#ifndef PLT_PANEL_INTERNAL_H
#define PLT_PANEL_INTERNAL_H
#include "panel/panel.h"

/* Arguments of the public functions. */
#define NeedProject(project)                                                                       \
  PetscCheck(project, PETSC_COMM_SELF, PLT_ERR_USAGE, "the project is NULL: create it first")
#define NeedFinite(value, what)                                                                    \
  PetscCheck(!PetscIsInfOrNanReal(value), PETSC_COMM_SELF, PLT_ERR_USAGE,                          \
             "%s is %g, not a finite number", what, (double)(value))
#define NeedName(name, what)                                                                       \
  PetscCheck(PltNameIsGood(name), PETSC_COMM_SELF, PLT_ERR_USAGE,                                  \
             "the name of %s must be 1 to 200 bytes of UTF-8 without control characters", what)

/* Where to report what belongs to no line: the top of the recipe. */
PLT_INTERN PltMark PltProjectMark(PltProject project);

/* Is this die the first of its ring of twins? Each outline has one such die. */
PLT_INTERN PetscBool PltDieIsFirst(PltProject project, PetscInt die);

/* Do two rectangles share more than 1 nm? check_dies.c */
PLT_INTERN PetscBool      PltRectanglesOverlap(PetscReal a[4][2], PetscReal b[4][2]);
PLT_INTERN PetscErrorCode PltMapDestroy(PltMap *map);
/* The bin of a coordinate; what is outside goes to the nearest. placed.c */
PLT_INTERN PetscInt PltPlacedBin(const PltPlaced *placed, int d, PetscReal x);
/* A material of the law traces. stack.c */
PLT_INTERN PetscErrorCode PltProjectNewTraces(PltProject project, const char *name,
                                              const char *metal, const char *matrix,
                                              PltMaterial *material);

/* Of many mistakes of one kind, the first few say enough. */
enum { PLT_ENOUGH = 10 };

/* ---- pairs.c: a grid of bins over the dies ---- */
typedef struct {
  PetscInt  n[2];
  PetscReal lower[2], width[2];
  PetscInt *start; /* [n[0] n[1] + 1] */
  PetscInt *item;  /* dies whose bounding box touches the bin */
} PltBins;
PLT_INTERN PetscErrorCode PltBinsCreate(PltProject project, PltBins *bins);
PLT_INTERN PetscErrorCode PltBinsDestroy(PltBins *bins);
/* Bin of a point; points outside go to the nearest. */
PLT_INTERN PetscInt PltBinsAt(const PltBins *bins, PetscReal x, PetscReal y);
/* Visit each pair of dies whose bounding boxes touch once, until visit says it has enough. */
PLT_INTERN PetscErrorCode PltBinsPairs(PltProject project, const PltBins *bins,
                                       PetscErrorCode (*visit)(PetscInt a, PetscInt b,
                                                               PetscBool *enough, void *context),
                                       void *context);

/* ---- check_*.c: each adds the mistakes of its part ---- */
PLT_INTERN PetscErrorCode PltCheckPanel(PltProject project, PltMistakes mistakes);
PLT_INTERN PetscErrorCode PltCheckStack(PltProject project, PltMistakes mistakes);
PLT_INTERN PetscErrorCode PltCheckMaps(PltProject project, PltMistakes mistakes);
PLT_INTERN PetscErrorCode PltCheckDies(PltProject project, PltMistakes mistakes);
PLT_INTERN PetscErrorCode PltCheckSteps(PltProject project, PltMistakes mistakes);
/* What may be meant otherwise goes to `warnings`, if it is not NULL. */
PLT_INTERN PetscErrorCode PltCheckProcess(PltProject project, PltMistakes mistakes,
                                          PltMistakes warnings);

/* ---- check_process.c: the process as it goes, without mechanics ----
   Regions that hold the same plies behave alike and are one class; class 0 is PLT_FILL. */
typedef struct {
  PltProject  project;
  PltMistakes mistakes, warnings; /* NULL: not asked for */
  PetscInt    nclass, nply;
  PetscInt   *region;    /* [nclass] one region of the class */
  PetscBool  *live;      /* [nclass][nply] now */
  PetscBool  *old;       /* [nclass][nply] before this step adds */
  PetscBool  *ever;      /* [nclass][nply] in any step so far */
  PetscBool  *anywhere;  /* [nply] live in any class now */
  PetscReal  *thickness; /* [nply] m, what grinding left */
  PetscBool  *told;      /* [nmaterial][2] reported: outside its tables; no density */
  PetscReal   temperature;
  PetscBool   upside_down, told_empty, told_loose;
} PltReplay;

typedef struct { /* a text for a message */
  char text[256];
} PltLabel;

/* ---- check_live.c ---- */
PLT_INTERN PetscBool *PltReplayAt(PetscBool *array, const PltReplay *replay, PetscInt c,
                                  PetscInt p);
/* The next ply after p that is set in the class, upward (step 1) or downward (-1); -1 if none is.
   */
PLT_INTERN PetscInt PltReplaySeek(const PltReplay *replay, PetscBool *array, PetscInt c, PetscInt p,
                                  PetscInt step);
PLT_INTERN PetscBool PltReplayAny(const PltReplay *replay, const PetscBool array[]);
/* Make `anywhere` anew. */
PLT_INTERN void        PltReplayRefresh(PltReplay *replay);
PLT_INTERN const char *PltReplayPly(const PltReplay *replay, PetscInt p);
PLT_INTERN PltLabel    PltReplayPiece(const PltReplay *replay, const PltPiece *piece);
/* " outside the dies", " at die '7'"; "" if there is but one class. */
PLT_INTERN PltLabel       PltReplayPlace(const PltReplay *replay, PetscInt c);
PLT_INTERN PetscErrorCode PltReplayHeld(PltReplay *replay, const PltStep *step);

/* ---- check_time.c: warnings of a step, before PltReplayTemperature ---- */
PLT_INTERN PetscErrorCode PltReplayTime(PltReplay *replay, const PltStep *step);

/* ---- check_add.c, check_remove.c, check_range.c ---- */
PLT_INTERN PetscErrorCode PltReplayAdd(PltReplay *replay, const PltStep *step);
PLT_INTERN PetscErrorCode PltReplayRemove(PltReplay *replay, const PltStep *step);
PLT_INTERN PetscErrorCode PltReplayGrind(PltReplay *replay, const PltStep *step);
PLT_INTERN PetscErrorCode PltReplayTemperature(PltReplay *replay, const PltStep *step);
#endif
