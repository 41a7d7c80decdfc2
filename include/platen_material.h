/* SPDX-License-Identifier: BSD-2-Clause
   Platen: a material law of your own, as a const table of functions on plain numbers.

   A registered law is like one of Platen's: a recipe names it with `law: NAME` and gives its
   properties with their units, as numbers or as tables over temperature; missing ones and values
   out of range are reported with their place; platen material(1) follows a point of it, panels are
   computed with it. Two ways to register: a program calls PltRegisterLaw, or a shared object with
   the symbol platen_law is given to the command (platen run --law ./mine.so) or to PltLoadLaw.
   tools/examples/law.c is a whole law.

   All numbers are SI (Pa, K absolute, s). Tensors have six components in the axes of the ply,
   11 22 33 23 13 12, strains with the engineering shear. Functions may not keep anything outside of
   their arguments: they are called for one point after the other, on several ranks, more than once
   for the same increment. They neither print nor allocate.

   Laws of older versions of this header stay good: fields are only added, and which ones a table
   has is told by its `version`. A table of a newer version than Platen's is refused. */
#ifndef PLATEN_MATERIAL_H
#define PLATEN_MATERIAL_H

#ifdef __cplusplus
extern "C" {
#endif

#define PLT_LAW_VERSION 2 /* 2: rates */
#ifndef PLT_API
#define PLT_API __attribute__((visibility("default")))
#endif

enum {
  PLT_LAW_PROPERTIES = 40, /* at most */
  PLT_LAW_SHARED     = 12,
  PLT_LAW_WORK       = 96,
  PLT_LAW_STATES     = 256,
  PLT_LAW_TOLD       = 8
};

/* ---- properties ---- */

/* A property: its key in the recipe, unit and range. A key "creep.n" stands in a map there,
   creep: {n: 4}; keys of a map follow one another. */
typedef struct {
  const char *key;
  const char *unit;         /* SI, any of: "1" (plain number), "Pa", "1/Pa", "K" (a temperature),
                           "delta K" (a difference), "1/K", "m/m", "s", "1/s", "m", "rad", "kg/m3",
                           "J/mol"; a recipe may say others of the same kind (MPa, degC, %) */
  int         required;     /* 0: may be left out, and is 0 then */
  double      above, below; /* values must be within, ends excluded; both 0: any. INFINITY is no
                               end; PLT_LAW_ZERO as `above` lets 0 in */
  int         single;       /* 1: one number, not a table over temperature */
  const char *first;        /* NULL; else it is a list of [first, value], `first` being the unit of
                               the first: positive, ascending */
} PltLawProperty;
#define PLT_LAW_ZERO (-1e-30)

/* What a recipe gives for one material of the law; lent for the call. k is the place of a property
   in the law's table. */
typedef const struct PltMaterial_ *PltProperties;
/* Value at T; 0 if it was not given. */
PLT_API double PltPropertyAt(PltProperties given, int k, double T);
/* Integral over temperature from T0 to T1, exact. */
PLT_API double PltPropertyIntegral(PltProperties given, int k, double T0, double T1);
/* Number of values: 0 not given, 1 constant, else points of the table or pairs of the list. */
PLT_API int PltPropertyCount(PltProperties given, int k);
/* Point or pair i: temperature (NaN of a constant) or first, and value; NaN if there is none. */
PLT_API void PltPropertyPair(PltProperties given, int k, int i, double pair[2]);

/* ---- increments ---- */

/* An increment as all points of a part (a ply, or the dies in it) share it. Temperature is linear
   in time. The arrays are Platen's; sizes are those above. */
typedef struct {
  double        T0, T1; /* at the start and at the end */
  double        dt;     /* 0: the answer is instantaneous, nothing relaxes, cures or creeps */
  const double *shared_start;
  /* The rest is what `advance` leaves for `update`. It finds shared_end = shared_start, free = the
     expansion from T0 to T1, largest = 1, work = 0. */
  double *shared_end;
  double *free;    /* [6] strain free of stress (thermal, cure) that this increment adds */
  double  largest; /* part of dt that is short enough for the law, 0 < .. <= 1; the span is
                      cut to it and must then pass: let a hundredth more through */
  double *work;    /* the law's own: constants at T1, factors */
} PltLawSpan;

/* A number of a point that a person may want to see, such as {"plastic_strain", "m/m"}. */
typedef struct {
  const char *name; /* letters, digits, _ */
  const char *unit; /* one of those above */
} PltLawTold;

/* ---- the law ---- */

/* Members not needed are 0 or NULL. Whatever the law has, Platen adds the property density, and to
   a law without `expansion` cte, cte_secant and cte_reference, isotropic, as in its own laws; so
   these are no keys of the table. */
typedef struct {
  int                   version; /* PLT_LAW_VERSION */
  const char           *name;    /* small letters, digits, _; up to 31 */
  int                   nproperty;
  const PltLawProperty *property; /* [nproperty] */

  /* Stiffness at T, Pa: symmetric, positive definite. Of a law with a memory that of an instant
     answer. Must be there. */
  void (*stiffness)(PltProperties given, double T, double C[6][6]);
  /* Free expansion from T0 to T1; adds up along any way. NULL: by the key cte. */
  void (*expansion)(PltProperties given, double T0, double T1, double strain[6]);
  /* What no range of a single property shows: NULL if all is well, else a text such as "hardening
     needs both Q and b". Called when the ranges are right. */
  const char *(*check)(PltProperties given);
  /* Temperatures between which the law holds, where that is not the tables alone. */
  void (*covers)(PltProperties given, double T[2]);

  /* ---- with `update` stress is more than stiffness times strain; all below NULL or 0 else ---- */
  int affine;  /* 1: D hangs on the span alone, S = D strain + S(0): no iteration is needed */
  int nshared; /* numbers kept of a whole part: degree of cure, reduced time. A metal or a matrix of
                  traces has room for 3, and no shear in `free` */
  /* Numbers kept at a point, 0 at birth; NULL: none. Where a ply is ground they are taken as linear
     through its thickness. */
  int (*states)(PltProperties given);
  /* Numbers kept of a part at its birth, if not 0. */
  void (*birth)(PltProperties given, double shared[]);
  /* Once for an increment and part, before `update` at its points. */
  void (*advance)(PltProperties given, PltLawSpan *span);
  /* Stress (Pa) and D = dS/dstrain at the end of the increment, for the strain since birth less
     what is free of it (that of this increment included), from the state at its start. `end` is the
     state then; it comes as a copy of `start`. D must be positive definite; its symmetric part is
     taken, in a phase of traces all of it. Returns 0, or 1 if there is no answer or if it is too
     coarse: a shorter increment is tried. Numbers that are not finite count as 1. */
  int (*update)(PltProperties given, const PltLawSpan *span, const double start[],
                const double strain[6], double end[], double stress[6], double D[6][6]);
  /* Numbers of a point to be seen beside stress and strain, from its state, shared numbers and
     temperature. */
  int               ntold;
  const PltLawTold *told; /* [ntold] */
  void (*tell)(PltProperties given, double T, const double shared[], const double state[],
               double value[]);

  /* ---- since version 2 ---- */
  /* 1: the answer depends on the time an increment takes (it relaxes, creeps, cures). Increments
     are then cut until two halves of one answer nearly as the whole does, which takes two more
     calls of `update` at each point, and recipes are warned of steps without time. */
  int rates;
} PltLaw;

/* Make a law known, after PltInitialize and before a recipe or a material names it. The table and
   what it points to must stay until the process ends, as the law does; to register the same table
   again does nothing. PLT_ERR_USAGE if the name is taken, if a member is missing or wrong, or if
   the version is not known here. Not collective, but every rank must do it. */
PLT_API int PltRegisterLaw(const PltLaw *law);

/* The laws of a shared object are registered; it stays loaded. A name without a folder is of the
   current one. PLT_ERR_IO if it cannot be loaded or has no platen_law, else as PltRegisterLaw.
   Collective on MPI_COMM_WORLD; every rank reads the file. */
PLT_API int PltLoadLaw(const char *file);

/* What a shared object for PltLoadLaw and --law defines: its laws, then NULL.
     const PltLaw *const platen_law[] = {&mine, NULL}; */
extern PLT_API const PltLaw *const platen_law[];

#ifdef __cplusplus
}
#endif
#endif
