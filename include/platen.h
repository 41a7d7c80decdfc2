/* SPDX-License-Identifier: BSD-2-Clause
   Platen: warpage, stress and die shift of fan-out panels, process step by process step.

   This header is the whole API; platen_material.h is for laws of your own. Everything is SI: m, Pa,
   K (absolute), s, kg/m3, strain as a plain number. Every function returns 0 or an error code and
   prints nothing; PltGetErrorMessage says what went wrong. "Collective" means: every rank of the
   communicator calls it, in the same order, and every rank gets the same code. Handles are owned by
   the caller and freed by their Destroy, which nulls the handle. Strings passed in are copied;
   strings handed out are lent until the next call that changes the object, unless a function says
   otherwise.

     PltProject   what the user describes: materials, stack, dies, process; the recipe in memory
     PltModel     the mesh and the state of the panel while its process runs
     PltPath      what is done to a point of one material, to hold a law against a data sheet

   A run in five lines (tools/examples/link.c is the whole program):
     PltInitialize(&argc, &argv);
     PltProjectRead(PETSC_COMM_WORLD, "recipe.yaml", &project);
     PltModelCreate(project, &model);
     PltModelRun(model);                       or PltModelStep(model, &more) one by one
     PltModelGetWarpage(model, &warpage);                                                        */
#ifndef PLATEN_H
#define PLATEN_H
#include <mpi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PLT_VERSION_MAJOR 0
#define PLT_VERSION_MINOR 1
#define PLT_VERSION_PATCH 0
#define PLT_API __attribute__((visibility("default")))

typedef struct PltProject_ *PltProject;
typedef struct PltModel_   *PltModel;
typedef struct PltPath_    *PltPath;

/* Error codes of Platen itself; PltExitCode maps them to the exit codes of the command. Any other
   code that is not 0 is PETSc's or a defect. */
typedef enum {
  PLT_OK              = 0,
  PLT_ERR_INTERNAL    = 201,
  PLT_ERR_USAGE       = 202, /* an argument or a call out of order */
  PLT_ERR_RECIPE      = 203, /* the description of the panel is wrong */
  PLT_ERR_MESH        = 204, /* no acceptable footprint mesh */
  PLT_ERR_CONVERGENCE = 205, /* a solve failed; results up to the step before stay valid */
  PLT_ERR_IO          = 206, /* a file could not be read or written */
  PLT_ERR_LIMIT       = 207, /* a limit set in the recipe is exceeded; the run itself is good */
  PLT_ERR_INTERRUPTED = 208  /* stopped by a signal between two steps */
} PltError;

typedef enum {
  PLT_SYMMETRY_NONE,
  PLT_SYMMETRY_HALF_X,
  PLT_SYMMETRY_HALF_Y,
  PLT_SYMMETRY_QUARTER
} PltSymmetry;
typedef enum { PLT_MESH_MAPPED, PLT_MESH_FREE, PLT_MESH_FILE } PltMeshMethod;
typedef enum { PLT_HOLD_FREE, PLT_HOLD_FLAT } PltHold;
typedef enum { PLT_GRAVITY_OFF, PLT_GRAVITY_DOWN, PLT_GRAVITY_UP } PltGravity;
typedef enum { PLT_SMALL, PLT_LARGE } PltKinematics;
typedef enum { PLT_ON_NOTHING, PLT_ON_TABLE, PLT_ON_EDGES, PLT_ON_PINS } PltSupportKind;
typedef enum { PLT_SURFACE_TOP, PLT_SURFACE_BOTTOM } PltSurface;
typedef enum { PLT_MAP_REGIONS, PLT_MAP_CELLS, PLT_MAP_FILES, PLT_MAP_GDS } PltMapKind;
typedef enum { PLT_REPEAT_NONE, PLT_REPEAT_ARRAY, PLT_REPEAT_DIES } PltRepeat;

/* ---- session ---- */

/* Start PETSc (and MPI) unless the caller has; argc and argv may be NULL. PETSc options are what
   follows "--". Collective on MPI_COMM_WORLD. */
PLT_API int PltInitialize(int *argc, char ***argv);
/* Ends what PltInitialize started. Collective on MPI_COMM_WORLD. */
PLT_API int PltFinalize(void);
/* Options given to PETSc that nothing has asked for so far, a line each ("-ksp_typ cg"); empty if
   there are none. The caller frees *text with free(). Not collective. */
PLT_API int PltGetUnusedOptions(char **text);
/* "0.1.0"; static. */
PLT_API const char *PltGetVersion(void);
/* Text of the last failure on this rank, one mistake a line where there are several; lent until the
   next call of any function. Empty if nothing failed. */
PLT_API const char *PltGetErrorMessage(void);
/* Exit code of the command for a code: 0 done, 1 internal, 2 usage, 3 recipe, 4 mesh, 5 no
   convergence, 6 input/output, 7 limit exceeded, 130 interrupted. */
PLT_API int PltExitCode(int code);

/* ---- project: describe ---- */

/* An empty description. Collective on comm; every rank then makes the same calls. */
PLT_API int PltProjectCreate(MPI_Comm comm, PltProject *project);
/* Read a recipe; rank 0 reads, all ranks get it. All mistakes are reported in one message
   (PLT_ERR_RECIPE), each as file:line:column with the source line. Collective. */
PLT_API int PltProjectRead(MPI_Comm comm, const char *file, PltProject *project);
/* Write the description as a recipe that reads back to the same description (every number exactly).
   Rank 0 writes. Collective. */
PLT_API int PltProjectWrite(PltProject project, const char *file);
PLT_API int PltProjectDestroy(PltProject *project);

PLT_API int PltProjectSetTitle(PltProject project, const char *title);
/* Rectangle width (x) by height (y), centred on the origin. m */
PLT_API int PltProjectSetSize(PltProject project, double width, double height);
/* Round panel or wafer, centred on the origin. m */
PLT_API int PltProjectSetDiameter(PltProject project, double diameter);
/* Footprint mesh: element size far from dies and, at die edges (0: the same), the growth ratio
   between the two (0: 1.5), the method, and for PLT_MESH_FILE the .msh file (else NULL). m */
PLT_API int PltProjectSetMesh(PltProject project, double size, double die_size, double growth,
                              PltMeshMethod method, const char *file);
/* The mesh covers x >= 0 (HALF_X), y >= 0 (HALF_Y) or both (QUARTER); sizes and results stay those
   of the whole panel. */
PLT_API int PltProjectSetSymmetry(PltProject project, PltSymmetry symmetry);
/* What a run may not exceed at any step: warpage of the upper face and die shift after the fit of
   lithography, m; 0: no limit. PltModelRun then ends with PLT_ERR_LIMIT. */
PLT_API int PltProjectSetLimits(PltProject project, double warpage, double die_shift);
/* Small: the linear theory. Large: strain and equilibrium of the deformed panel. */
PLT_API int PltProjectSetKinematics(PltProject project, PltKinematics kinematics);
/* What two halves of an increment may add up to otherwise than the whole, where a law depends on
   time: stress over the largest of its part, 1e-6 to 1; 1e-3 by default. */
PLT_API int PltProjectSetAccuracy(PltProject project, double accuracy);
/* Large kinematics: the longest increment, a part of the way to a temperature, of a release or of a
   removal, 1e-4 to 1 (the default): more points of a curve. */
PLT_API int PltProjectSetLongest(PltProject project, double part);
/* Most increments a step may take; 0: as many as it needs (the default). */
PLT_API int PltProjectSetIncrements(PltProject project, int most);
/* Whether large kinematics looks at the end of each step if the shape it found is stable
   (default 1). */
PLT_API int PltProjectSetStability(PltProject project, int on);
/* Amplitude A, m, of the saddle w = A ((x/a)^2 - (y/b)^2), a and b the half sizes, that the panel
   has free of stress before its first step; w counts upwards, so that A > 0 curves it up along x
   (default 0). */
PLT_API int PltProjectSetImperfection(PltProject project, double amplitude);
/* Whether the panel rolled the other way is looked for after each step, PltModelGetOther, or not
   (all = 0, the default). One shape is followed in either case. */
PLT_API int PltProjectSetBranches(PltProject project, int all);
/* What is reported and kept: the ply whose upper face is measured while it is live (NULL: the
   uppermost live one), and whether stress goes into the field file (default 1). */
PLT_API int PltProjectSetOutput(PltProject project, const char *top, int stress);
/* Whether results are kept of every increment, or at the temperatures of each step's program (the
   default). */
PLT_API int PltProjectSetOutputIncrements(PltProject project, int every);

/* A material; law is "isotropic", "orthotropic", "cubic", "filled", "viscoelastic", "glassy",
   "plastic", "creep", "anand", or one of your own. Fails if the name is taken. */
PLT_API int PltProjectAddMaterial(PltProject project, const char *name, const char *law);
/* A property as n points (temperature[n] K ascending, value[n]); n = 1 with temperature NULL is a
   constant. Keys, as in platen-recipe(5), a point for a map in a map:
     isotropic     E (Pa) nu cte (1/K, tangent) density (kg/m3); instead of cte: cte_secant (1/K)
                   and cte_reference (K)
     orthotropic   Ex Ey Ez nuxy nuxz nuyz Gxy Gxz Gyz ctex ctey ctez density; instead of a tangent
                   its secants, ctex_secant ctey_secant ctez_secant, and one cte_reference
     viscoelastic  E nu, young or shear and bulk, shift.reference shift.C1 shift.C2 (K)
                   shift.activation (J/mol) shift.lowest shift.highest (K); as isotropic cte.. and
                   density; cte_rubber Tg (K); cure.A1 (1/s) cure.E1 (J/mol) cure.A2 cure.E2 cure.m
                   cure.n cure.diffusion cure.diffusion_degree cure.diffusion_slope (1/K)
                   cure.initial cure.gel cure.shrinkage (m/m) cure.Tg_uncured cure.Tg_cured (K)
                   cure.lambda
     glassy        E nu E_rubber nu_rubber; cte.. cte_rubber Tg cure.. density as before
     cubic         C11 C12 C44 (Pa) cte angle (rad) density
     filled        as isotropic, of the resin; filler.E filler.nu filler.cte filler.fraction
     plastic       as isotropic; yield hardening voce.Q (Pa) voce.b rate.K (Pa) rate.N kinematic
     creep         as isotropic; creep.A (1/s) creep.n creep.Q (J/mol) creep.stress (Pa) or
                   creep.alpha (1/Pa)
     anand         as isotropic; anand.A (1/s) anand.Q (J/mol) anand.xi anand.m anand.s0 anand.h0
                   anand.shat (Pa) anand.n anand.a
   young, shear and bulk are lists of pairs: temperature[i] is then a time of relaxation, s, and
   value[i] the part of the modulus that relaxes with it; kinematic of pairs of C, Pa, and gamma.
   For pairs temperature is never NULL. */
PLT_API int PltProjectSetProperty(PltProject project, const char *material, const char *key, int n,
                                  const double *temperature, const double *value);
/* A patterned metal layer: parallel traces of `metal` along direction 'x' or 'y', or 'm' for an
   even mixture of both, in `matrix`, area fraction 0..1; homogenised as a rank-1 laminate
   (Milton 2002). 'p': planes of metal beside bare places. */
PLT_API int PltProjectAddTraces(PltProject project, const char *name, const char *metal,
                                const char *matrix, double fraction, char direction);
/* Where the metal of a patterned layer is. Start from {0} and set what the kind needs; all is
   copied, and files are read when the model is made. A map is a rectangle of cells, each with the
   part of its area that metal covers: in slots, 0 along x, 1 along y, 2 planes, or with a
   `direction` all in slot 0. */
typedef struct {
  PltMapKind    kind;
  char          direction; /* 'x', 'y', 'm', 'p' as above; 0: the slots tell, or the geometry (GDS).
                           REGIONS need it */
  double        fill, dies;    /* REGIONS: fractions outside all dies, and above or below dies */
  int           nx, ny;        /* CELLS */
  const double *cells[3];      /* CELLS: [ny][nx], lowest row first; NULL: none of that kind */
  const char   *file[3];       /* FILES: .csv or .png, or NULL; GDS: file[0] */
  int           black;         /* FILES: black is metal in a .png, not white */
  double        width, height; /* CELLS, FILES: of the whole map, m */
  const char   *layers;        /* GDS: "5", or "5/0, 6": layer/datatype; without, any datatype */
  const char   *cell;          /* GDS: NULL is the only one that no other refers to */
  double        pitch;         /* GDS: the most that a cell of the map is wide and high, m */
  double        window[4];     /* GDS: x0, y0, x1, y1 of the drawing that the map shows, m; all 0:
                                  what the layers cover */
  double        x, y;          /* m, the map's middle from that of the panel (from each die's) */
  PltRepeat     repeat;        /* once, in an array around (x, y), or at each die */
  int           count[2];      /* ARRAY */
  double        step[2];       /* ARRAY: from one to the next, m */
  const char   *ply;           /* DIES: those in this ply; NULL: all */
  double        outside;       /* fraction where no map is; without a direction, mixed */
} PltTracesMap;
PLT_API int PltProjectAddTracesMap(PltProject project, const char *name, const char *metal,
                                   const char *matrix, const PltTracesMap *map);
/* The next ply upward. die_material NULL: no dies in it. material NULL: nothing outside the dies.
   slab: -1 automatic, else plies with the same number share an element. Thickness in m. */
PLT_API int PltProjectAddPly(PltProject project, const char *name, const char *material,
                             const char *die_material, double thickness, int slab);
/* A die: centre, size (m) and angle (rad, counter-clockwise), in the ply named. */
PLT_API int PltProjectAddDie(PltProject project, const char *id, const char *ply, double x,
                             double y, double width, double height, double angle);
/* nx x ny dies at a pitch, centred on the panel. m */
PLT_API int PltProjectAddDieArray(PltProject project, const char *ply, int nx, int ny,
                                  double pitch_x, double pitch_y, double width, double height);

/* A process step after the last one; the PltProjectStep... calls that follow refer to it. */
PLT_API int PltProjectAddStep(PltProject project, const char *name);
/* piece is "ply", "ply/dies" or "ply/fill". */
PLT_API int PltProjectStepAdd(PltProject project, const char *piece);
PLT_API int PltProjectStepRemove(PltProject project, const char *piece);
/* The temperature at which the plies of this step are born free of stress. The panel is brought
   to it first, and they are born on the shape it has there. K */
PLT_API int PltProjectStepSetStressFree(PltProject project, double temperature);
/* n points time[n] (s from the start of the step, ascending from 0; NULL when n = 1) and
   temperature[n] (K). */
PLT_API int PltProjectStepSetTemperature(PltProject project, int n, const double *time,
                                         const double *temperature);
PLT_API int PltProjectStepSetTime(PltProject project, double duration);
/* Isotropic linear shrinkage of a ply over the step, positive shrinks. */
PLT_API int PltProjectStepShrink(PltProject project, const char *ply, double strain);
/* Grind the upper face down until `to` metres of the ply remain; what lies above it is removed. */
PLT_API int PltProjectStepGrind(PltProject project, const char *ply, double to);
PLT_API int PltProjectStepSetHold(PltProject project, PltHold hold);
/* The pressure with which PLT_HOLD_FLAT sucks the panel down, Pa; 0: held whatever it takes (the
   default). */
PLT_API int PltProjectStepSetVacuum(PltProject project, double pressure);
/* Gravity acts in this step; the panel rests on something, or is held. */
PLT_API int PltProjectStepSetGravity(PltProject project, PltGravity gravity);
/* What the panel rests on where it is not held flat: nothing (the default), a rigid table without
   friction from which it may lift off (needs gravity), a frame on which the outline of its lower
   face stays, or pins. Pins given before are forgotten unless it is PLT_ON_PINS. */
PLT_API int PltProjectStepSetSupport(PltProject project, PltSupportKind support);
/* n >= 3 points (xy[n][2], m) on which the lower face stays; three are statically determinate. The
   support is PLT_ON_PINS from then on. */
PLT_API int PltProjectStepSetPins(PltProject project, int n, const double xy[]);
/* Turn the panel over at the start of the step. */
PLT_API int PltProjectStepFlip(PltProject project);

/* All mistakes of the description at once; PLT_ERR_RECIPE with the list in PltGetErrorMessage. Not
   collective. */
PLT_API int PltProjectCheck(PltProject project);
/* What is allowed and seldom meant, with its place; *text (free it) is "" if there is nothing. Not
   collective. */
PLT_API int PltProjectWarnings(PltProject project, char **text);
/* Stack, slabs and process as text tables, with the expected size of the model. The caller frees
   *text with free(). Not collective. */
PLT_API int PltProjectDescribe(PltProject project, char **text);

/* ---- model: run ---- */

typedef struct {
  long               quads, lines, slabs, plies;
  long               unknowns; /* of the largest live set so far */
  double             area;     /* m2, of the meshed part */
  unsigned long long checksum; /* of the footprint, whatever the number of ranks */
} PltMeshSize;

/* Warpage of one face of the live stack: w = displacement out of the area-weighted least-squares
   plane; with finite rotations, distance of the face from it. Lengths in m, curvatures in 1/m, x
   and y axes of the panel, z up in the present orientation. */
typedef struct {
  double pv;  /* max - min of w */
  double bow; /* w at the centre minus the mean of the boundary */
  double rms;
  double corner;         /* mean of the four corners above the centre (round: rim at 45 degrees) */
  double edge_x, edge_y; /* middle of the edges x = +-a, y = +-b above the centre */
  double curvature[3];   /* xx, yy, xy of the least-squares quadratic */
  int    sign;           /* +1 centre above the edges seen from the upper face, -1 below, 0 flat */
  char   shape[16];      /* flat, bowl, dome, cylinder, saddle */
} PltWarpage;

/* Shift of the dies placed so far: displacement since placing, less the panel's own rigid
   motion. */
typedef struct {
  int    count;
  double raw_max, raw_rms;           /* m */
  double tx, ty;                     /* m; the fit that lithography removes */
  double rotation, mx, my, shear;    /* rad; magnifications as strain; rad */
  double residual_max, residual_rms; /* m; what is left */
} PltDieShift;

/* One die, as in the .dies.csv file: nominal centre, shift (m), rotation about z and tilts (rad).
   With finite rotations dx, dy and rotation are seen from the panel, which may have turned, and the
   tilts are components of the die's own rotation vector. */
typedef struct {
  int    die, placed;
  double x, y, dx, dy, dz, rotation, tilt_x, tilt_y, residual_dx, residual_dy;
} PltDieMotion;

typedef struct {
  int         index;              /* from 0; -1 before the first step */
  const char *name;               /* lent by the project */
  double      time, temperature;  /* s since the start, K; at the end of the step */
  double      seconds;            /* wall time of the step */
  int         solves, iterations; /* linear solves and their iterations, refinements included */
  double      residual;           /* largest unbalanced force over the largest force */
  double      reactions_max;      /* largest reaction of the 3-2-1 support over the same, 0 held */
  int         increments, newton; /* increments accepted; iterations of Newton's method */
  double      lambda_min;         /* lowest eigenvalue of K v = lambda K0 v, K the tangent at the
                                     end of the step and K0 that without stress: below 0 the shape
                                     is unstable; NaN if it was not computed */
  double      contact;            /* part of the lower face within 1 um of its table or chuck */
  double      gap_max;            /* m, largest distance from it */
  double      gap_at[2];          /* m, x and y where that is (of alike places the largest x, then
                                     y), in the meshed part; NaN where all is within 1 um */
  double      contact_force;      /* N, with which the panel presses on it */
  double      suction;            /* Pa, largest that 'hold: flat' needs without a vacuum; beside
                                     edges it grows as the mesh gets finer. NaN where one of these
                                     does not apply */
  char        branch[16];         /* which shape was followed: "natural" until one is left,
                                     unstable or by a snap, then "switched"; "": not looked for */
  const char *notes;              /* what else is to be told about the step, lines of text; lent
                                     until the next one; "" if nothing */
} PltStepReport;

/* The panel rolled the other way, under the loads it has: what PltProjectSetBranches asks for. It
   is looked for in large kinematics, after each temperature of a step in which the panel is free
   and without weight. Where materials have a memory it is the shape that a snap would lead to
   which takes no time. */
typedef struct {
  int        looked; /* 1: it was looked for */
  int        stable; /* 1: there is such a shape, it is stable and not the one that was followed;
                        else all below is 0 or NaN */
  double     energy; /* J, potential of the whole panel over that of the shape that was followed:
                        below 0 the other one is the deeper of the two. NaN where a live law is not
                        affine (plastic, creep, anand, such laws of users): then what separates two
                        shapes depends on the way there */
  double     lambda_min; /* as in PltStepReport, of the other shape */
  PltWarpage warpage;    /* its own, of the reported face */
} PltOtherShape;

/* An accepted increment of large kinematics. Increments are counted from one call of the monitor of
   PltModelSetMonitor to the next; the last one is the state which that call reports. */
typedef struct {
  int         step;   /* index of the process step */
  int         number; /* from 1 */
  const char *name;   /* of the step; lent by the project */
  const char *part;   /* "release": forces that a change of the panel has set free are let go;
                         "remove": what is to be removed fades; "temperature": of a birth or of the
                         program; static */
  double      time, temperature;  /* s since the start, K */
  double      done;               /* of what leads to the next call of that monitor: 0..1 */
  double      lambda_min;         /* as in PltStepReport */
  char        branch[16];         /* as there */
  int         switches;           /* shapes that were left in this increment */
  int         newton, iterations; /* of Newton's method, of linear solves; with what was cut */
  PltWarpage  warpage;            /* of the reported face */
} PltIncrement;

/* Mesh the footprint, distribute the columns. Takes its own reference of nothing: the project must
   outlive the model. Collective on the project's communicator. */
PLT_API int PltModelCreate(PltProject project, PltModel *model);
PLT_API int PltModelDestroy(PltModel *model);
PLT_API int PltModelGetMeshSize(PltModel model, PltMeshSize *size);
/* Write the footprint as Gmsh .msh 4.1 with one physical surface a region. Collective. */
PLT_API int PltModelWriteFootprint(PltModel model, const char *file);
/* Solver: "columns" (CG with the column multigrid), "direct" (MUMPS Cholesky), "amg" (CG with
   smoothed aggregation), or "auto" (the default): direct up to 20,000 unknowns, columns above. */
PLT_API int PltModelSetSolver(PltModel model, const char *solver);
/* Write base.vtkhdf, base.xdmf, base.json, base.dies.csv, base.log and pictures as steps end.
   fields = 0 leaves out the field file. NULL: write nothing (the default). Collective. */
PLT_API int PltModelSetOutput(PltModel model, const char *base, int fields);
/* Keep the state of the panel when results are written, so that PltModelRestart can go on from it:
   in base.state, which is replaced each time, or (all = 1) one file a step, base.NN.state, NN its
   number from 0. NULL: keep none (the default). The same on all ranks. */
PLT_API int PltModelSetState(PltModel model, const char *base, int all);
/* Go on from such a file with a model that has done nothing yet; PltModelStep and PltModelRun then
   do what remains. The recipe must have the same footprint mesh, panel, dies and kinematics, and
   must not have changed what has been done: the steps behind, the plies that live and what is below
   them. Later steps and plies may be others (PLT_ERR_RECIPE with what differs). Any number of
   ranks. What the reports told of earlier steps is theirs again; a field file (PltModelSetOutput
   first) goes on as a copy of the one beside the state, which is left as it is if it has another
   name. After a failure the model may only be destroyed. Collective. */
PLT_API int PltModelRestart(PltModel model, const char *file);
/* Called on every rank after each temperature of a step's program but its start (so at least once a
   step, when its results are written); a non-zero return stops the run with that code. */
PLT_API int PltModelSetMonitor(PltModel model, int (*monitor)(PltModel model, void *context),
                               void    *context);
/* Called on every rank after each increment of large kinematics; a non-zero return stops the run
   with that code. The state is that of the increment: PltModelGet... of displacements, stress and
   warpage tell about it, PltModelGetStep about the last step. */
PLT_API int PltModelSetIncrementMonitor(
    PltModel model, int (*monitor)(PltModel model, const PltIncrement *increment, void *context),
    void    *context);
/* The next process step; *more = 0 after the last one. Collective. */
PLT_API int PltModelStep(PltModel model, int *more);
/* All steps that remain. Collective. */
PLT_API int PltModelRun(PltModel model);

/* State after the last step. Collective, same answer on all ranks. */
PLT_API int PltModelGetStep(PltModel model, PltStepReport *report);
PLT_API int PltModelGetWarpage(PltModel model, PltSurface surface, PltWarpage *warpage);
PLT_API int PltModelGetDieShift(PltModel model, PltDieShift *shift);
/* looked is 0 before the first step, too. */
PLT_API int PltModelGetOther(PltModel model, PltOtherShape *other);
/* Die number `die` in the order of the description. */
PLT_API int PltModelGetDieMotion(PltModel model, int die, PltDieMotion *motion);
/* Displacement (m) at the mesh vertex nearest to (x, y), on the lower face of the ply. Fails with
   PLT_ERR_USAGE where the ply is not live. */
PLT_API int PltModelGetDisplacement(PltModel model, const char *ply, double x, double y,
                                    double u[3]);
/* Stress (Pa; xx yy zz xy yz xz) of a ply in the quad that holds (x, y), at its centre, on its
   lower and upper face. Fails with PLT_ERR_USAGE where the ply is not live. */
PLT_API int PltModelGetStress(PltModel model, const char *ply, double x, double y, double lower[6],
                              double upper[6]);

/* ---- one material at a point ---- */

/* A project with the materials of a recipe and nothing else of it, or of a file of materials;
   mistakes as by PltProjectRead. Nothing here is collective. */
PLT_API int PltProjectReadMaterials(const char *file, PltProject *project);

/* A path of one material of the project, which must outlive it. PLT_ERR_USAGE, with the nearest
   name, if there is no such material. */
PLT_API int PltPathCreate(PltProject project, const char *material, PltPath *path);
PLT_API int PltPathDestroy(PltPath *path);
/* Read the path from a file, or from the text itself if that begins with '{'; platen-material(1)
   has the keys. All mistakes are reported in one message (PLT_ERR_RECIPE). */
PLT_API int PltPathRead(PltPath path, const char *text);
/* n points time[n] (s, ascending from 0; NULL when n = 1) and temperature[n] (K). The point is born
   free of stress at the first one; the last one holds on. Must be given. */
PLT_API int PltPathSetTemperature(PltPath path, int n, const double *time,
                                  const double *temperature);
/* A component ("xx", "yy", "zz", "xy", "yz", "xz") has this strain since birth, what is thermal
   included (shear is the change of the angle), or this stress (Pa); a value at time 0 acts at once.
   A component with neither is free of stress. */
PLT_API int PltPathSetStrain(PltPath path, const char *component, int n, const double *time,
                             const double *strain);
PLT_API int PltPathSetStress(PltPath path, const char *component, int n, const double *time,
                             const double *stress);
/* The point is of a thin film on a thick substrate of that material: strains xx and yy follow its
   thermal expansion, whatever they are set to comes on top, and xy is 0. */
PLT_API int PltPathSetSubstrate(PltPath path, const char *material);
/* s, the end; 0: that of the longest program (the default). */
PLT_API int PltPathSetTime(PltPath path, double time);
/* Increments from one point of the programs to the next, at least (50), and the error of one
   relative to the largest stress and strain so far (1e-4), to which laws with a memory adapt. */
PLT_API int PltPathSetIncrements(PltPath path, int least, double accuracy);

/* A number that a law tells of besides ("cure", "Tg"). */
typedef struct {
  const char *name, *unit; /* static; "" if it has none, else Pa, K, s, ... */
  double      value;
} PltPathValue;

typedef struct {
  int          corner;                        /* 1: at a point of a program, or at the end */
  double       time, temperature;             /* s, K */
  double       strain[6], free[6], stress[6]; /* xx yy zz xy yz xz: since birth; of it what comes
                                                 without stress (thermal, cure); Pa */
  int          nvalue;
  PltPathValue value[8];
} PltPathPoint;

/* Follow the path: birth is point 0, then what acts at once at time 0, then the end of each
   increment. PLT_ERR_CONVERGENCE where the law has no answer; points before are kept. */
PLT_API int PltPathRun(PltPath path);
PLT_API int PltPathCountPoints(PltPath path, int *n);
PLT_API int PltPathGetPoint(PltPath path, int i, PltPathPoint *point);
/* All points as base.csv, curves as base.png and base.svg. */
PLT_API int PltPathWrite(PltPath path, const char *base);

/* The materials of an Abaqus input file or of Ansys APDL text as blocks of a recipe. units: those
   of the file, "MPa, degC, s" or with a density "MPa, degC, s, tonne/mm3". What was passed over or
   changed its meaning is told in comments at the end; mistakes by line (PLT_ERR_RECIPE). The caller
   frees *text with free(). Not collective. */
PLT_API int PltMaterialImport(const char *file, const char *units, char **text);

/* ---- result files ---- */

/* What a .vtkhdf result holds, as a text table; the caller frees *text with free(). Serial. */
PLT_API int PltResultDescribe(const char *file, char **text);
/* Rewrite the .xdmf sidecar beside a .vtkhdf result (after renaming it). Serial. */
PLT_API int PltResultWriteXdmf(const char *file);

#ifdef __cplusplus
}
#endif
#endif
