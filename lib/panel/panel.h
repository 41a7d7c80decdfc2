/* SPDX-License-Identifier: BSD-2-Clause
   What the user described, as plain data: materials, stack, dies, process. The public PltProject...
   functions live here, and the checks that report every mistake. No mesh, no solver.

   Plies are numbered from 0 at the bottom (orientation of the first step). A region of the
   footprint is PLT_FILL (outside all dies) or 1 + the number of a die outline. */
#ifndef PLT_PANEL_H
#define PLT_PANEL_H
#include "material/point.h"

enum { PLT_FILL = 0, PLT_DIES_MAX = 1000000, PLT_PLIES_MAX = 1000, PLT_SLAB_PLIES_MAX = 32 };
enum { PLT_PINS_MIN = 3, PLT_PINS_MAX = 1000 };
typedef enum { PLT_PART_ALL, PLT_PART_FILL, PLT_PART_DIES } PltPart;

typedef struct {
  char       *name;
  PltMark     mark;
  PltMaterial material;     /* outside the dies; NULL: nothing there */
  PltMaterial die_material; /* inside the dies; NULL: no dies in this ply */
  PetscReal   thickness;    /* m */
  PetscInt    slab;         /* user's group, -1 automatic */
} PltPly;

typedef struct {
  char     *id;
  PltMark   mark;
  PetscInt  ply;                        /* the ply it is embedded in */
  PetscReal x, y, width, height, angle; /* m, rad */
  PetscInt  twin; /* ring of dies with this outline in other plies; itself if alone */
} PltDie;

typedef struct { /* dies first .. first + count[0] count[1] - 1 are a grid, x fastest */
  PetscInt  ply, first, count[2];
  PetscReal pitch[2], size[2], origin[2]; /* m; origin: centre of the grid */
} PltDieArray;

/* A rectangle of cells with the part of each that metal covers; grey values and drawings end here.
   Rows go up: row 0 is at the lowest y. */
typedef struct {
  PetscInt   n[2];    /* cells along x and y; 0: not there yet */
  PetscReal  size[2]; /* m, of all cells together */
  PetscReal *share;   /* [n[1]][n[0]][PLT_METAL_KINDS] x fastest */
} PltRaster;

/* Where the metal of a layer of traces is. */
typedef struct {
  PltMaterial  material;
  PltMark      mark;
  PltTracesMap given;  /* what it points at is owned here, but cells: they are in the raster */
  PltRaster    raster; /* none where the regions tell */
} PltMap;

typedef struct {
  PetscInt ply;
  PltPart  part;
  PltMark  mark;
} PltPiece;

typedef struct {
  PetscInt  ply;
  PetscReal value; /* shrink: linear strain, positive shrinks; grind: remaining thickness, m */
  PltMark   mark;
} PltPlyValue;

typedef struct {
  char          *name;
  PltMark        mark;
  PetscInt       nadd, nremove, nshrink, ngrind;
  PltPiece      *add, *remove;
  PltPlyValue   *shrink, *grind; /* grind: at most one */
  PetscBool      has_stress_free;
  PetscReal      stress_free;        /* K */
  PetscInt       ntemperature;       /* 0: stays as it was */
  PetscReal     *time, *temperature; /* [ntemperature] s from the step's start, K */
  PetscReal      duration;           /* s */
  PltHold        hold;
  PetscReal      vacuum; /* Pa, what holds it flat; 0: an ideal clamp */
  PltGravity     gravity;
  PetscBool      flip;
  PltMark        temperature_mark; /* of the first of stress_free, temperature, time */
  PltMark        support_mark;     /* of the first of gravity, support, pins */
  PltMark        vacuum_mark;
  PltSupportKind support; /* where hold is free */
  PetscInt       npin;    /* 0 unless PLT_ON_PINS */
  PetscReal (*pin)[2];    /* [npin] m */
} PltStep;

/* Parts of the description. A reader that found mistakes in one marks it as unread, and the checks
   that would only repeat them are left out. */
typedef enum {
  PLT_SECTION_PANEL,
  PLT_SECTION_MATERIALS,
  PLT_SECTION_STACK,
  PLT_SECTION_DIES,
  PLT_SECTION_PROCESS,
  PLT_SECTION_COUNT
} PltSection;

struct PltProject_ {
  MPI_Comm      comm;
  char         *title;
  char         *file; /* the recipe, NULL if made by calls */
  PetscInt      nfile;
  char        **files; /* names the marks point at, owned here */
  PetscBool     round;
  PetscReal     size[2]; /* m; round: both the diameter */
  PltMark       size_mark;
  PltSymmetry   symmetry;
  PetscReal     mesh_size, mesh_dies, mesh_growth; /* m, m (0: mesh_size), ratio (0: default) */
  PltMeshMethod mesh_method;
  char         *mesh_file;
  PltMark       mesh_mark;
  PetscInt      nmaterial, nmap, nply, ndie, narray, nstep;
  PltMaterial  *material;
  PltMap       *map; /* of those materials that have one */
  PltPly       *ply;
  PltDie       *die;
  PltDieArray  *array; /* how some of the dies were given, for writing them back */
  PetscBool     twins; /* the rings of PltDie.twin are made */
  PltStep      *step;
  PltKinematics kinematics;
  PetscReal     longest;        /* part of a way that an increment may take */
  PetscReal     accuracy;       /* error of an increment's stress, over the largest */
  PetscInt      increments_max; /* of a step, 0 as many as it needs */
  PetscBool     stability;      /* look for other shapes; default PETSC_TRUE */
  PetscReal     imperfection;   /* m, A of the saddle w = A ((x/a)^2 - (y/b)^2) before all steps */
  PltMark       imperfection_mark;
  PetscBool     branches_all;                /* follow every stable shape */
  PetscBool     output_stress, output_slabs; /* default PETSC_TRUE, PETSC_FALSE */
  PetscBool     output_increments;           /* results of every increment, not of every step */
  PetscInt      output_top; /* ply whose upper face is reported, -1 the uppermost live one */
  PetscReal     limit_warpage, limit_die_shift; /* m, 0 none */
  PetscReal start_temperature; /* K, of the panel before the first step: its first temperature */
  PetscBool unread[PLT_SECTION_COUNT];
};

/* What is done to a point of one material, and what came of it. */
struct PltPath_ {
  PltProject  project; /* lent */
  PltMaterial material;
  PltTest     test;
  PltMark     mark, temperature_mark;
  PetscInt    npoint;
  PltPoint   *point; /* [npoint] */
};
/* Components in the order of the public interface: their names, their place in voigt order. */
extern PLT_INTERN const char *const PltComponent[6];
extern PLT_INTERN const int         PltComponentVoigt[6];
PLT_INTERN PetscErrorCode           PltPathFindMistakes(PltPath path, PltMistakes mistakes);

/* Numbers by name; -1 if there is none. */
PLT_INTERN PetscInt PltProjectFindPly(PltProject project, const char *name);
PLT_INTERN PetscInt PltProjectFindMaterial(PltProject project, const char *name);
/* Does die `die`, or one with its outline, occupy ply `ply`? */
PLT_INTERN PetscBool PltProjectDieInPly(PltProject project, PetscInt die, PetscInt ply);
/* Material of a ply in a region; NULL if there is nothing. */
PLT_INTERN PltMaterial PltProjectMaterialAt(PltProject project, PetscInt ply, PetscInt region);
/* Does a piece (add or remove) hold material of this ply in this region? */
PLT_INTERN PetscBool PltPieceCovers(PltProject project, const PltPiece *piece, PetscInt ply,
                                    PetscInt region);
/* The mistakes only a whole description shows: plies unknown or added twice, dies outside or
   overlapping, floating layers, temperatures outside a table, ... */
PLT_INTERN PetscErrorCode PltProjectFindMistakes(PltProject project, PltMistakes mistakes);
/* "ply", "ply/dies" or "ply/fill"; *piece->ply is -1 if there is no such ply, *part_known
   PETSC_FALSE if what follows the slash is neither. */
PLT_INTERN PetscErrorCode PltPieceParse(PltProject project, const char *text, PltPiece *piece,
                                        PetscBool *part_known);
/* A grid of dies in array->ply; array->first is set here. */
PLT_INTERN PetscErrorCode PltProjectPlaceArray(PltProject project, const PltDieArray *array);
/* Corners of a die, counter-clockwise. m */
PLT_INTERN void PltDieCorners(const PltDie *die, PetscReal corner[4][2]);
/* Do two dies cover the same rectangle (to 1 nm)? */
PLT_INTERN PetscBool PltDieSameOutline(const PltDie *a, const PltDie *b);
/* May `name` name something: not empty, at most 200 bytes, UTF-8 without control characters? */
PLT_INTERN PetscBool PltNameIsGood(const char *name);
/* Room for one more item of `size` bytes after the n that are there, set to zero. The array doubles
   when n is a power of two, so no capacity is kept. */
PLT_INTERN PetscErrorCode PltGrow(PetscInt n, size_t size, void *array);
/* ---- map.c: where the metal of a layer is ---- */
enum { PLT_CELLS_MAX = 1 << 24, PLT_BARE = PLT_METAL_KINDS, PLT_PLACE_WEIGHTS };
/* The map of a material; NULL: it is the same everywhere. */
PLT_INTERN const PltMap *PltProjectMapOf(PltProject project, PltMaterial material);
PLT_INTERN PetscBool     PltMapIsLoaded(const PltMap *map);
/* Metal of a direction ('x', 'y', 'm', 'p') to the shares of a place. */
PLT_INTERN void PltSharesAdd(PetscReal share[PLT_METAL_KINDS], char direction, PetscReal value);
/* Cells for raster->n, all bare; free raster->share. */
PLT_INTERN PetscErrorCode PltRasterCreate(PltRaster *raster);
/* A value of a slot of PltTracesMap to cell i. */
PLT_INTERN void PltRasterAdd(PltRaster *raster, char direction, PetscInt i, int slot,
                             PetscReal value);
/* Set material->fraction and direction to the mean of its map over the panel, if both are known:
   for all that takes the layer as a whole. */
PLT_INTERN PetscErrorCode PltMapAverage(PltProject project, PltMap *map);

/* ---- placed.c: a map where it lies on the panel. A quad that is asked for its metal gets the
   exact mean of cells and what is outside; sums over quads that tile an area are the integral of
   the map over it. ---- */
typedef struct {
  PetscReal at[2], cosine, sine; /* m; the turn of its die */
} PltMapPlace;
typedef struct {
  const PltMap *map; /* lent */
  PetscReal    *sum; /* [n[1]][n[0] + 1][PLT_METAL_KINDS] sums of a row of cells up to a cell */
  PetscReal     outside[PLT_METAL_KINDS];
  PetscInt      nplace;
  PltMapPlace  *place; /* by bins */
  PetscReal     reach; /* m, of a map from its middle */
  PetscReal     lower[2], width[2];
  PetscInt      n[2], *start; /* bins of the middles: [n[0] n[1] + 1] */
} PltPlaced;
/* The map is loaded and without mistakes. Not collective. */
PLT_INTERN PetscErrorCode PltPlacedCreate(PltProject project, const PltMap *map, PltPlaced *placed);
PLT_INTERN PetscErrorCode PltPlacedDestroy(PltPlaced *placed);
/* Parts of a quad's area: metal along x, along y, planes (weight[PLT_ALONG_X] ...) and the bare
   rest, weight[PLT_BARE]; they sum to 1. corner in m, counter-clockwise; any polygon without
   crossings will do. `region` is that of the quad. */
PLT_INTERN void PltPlacedMean(const PltPlaced *placed, PetscInt region,
                              const PetscReal corner[4][2], PetscReal weight[PLT_PLACE_WEIGHTS]);
/* Copy a file name into the project's list and lend it, for marks. */
PLT_INTERN PetscErrorCode PltProjectKeepFile(PltProject project, const char *name,
                                             const char **kept);
#endif
