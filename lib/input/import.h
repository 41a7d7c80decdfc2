/* SPDX-License-Identifier: BSD-2-Clause
   Materials of other codes: what their text says, as tables of numbers, before it becomes a block
   of a recipe. Numbers stay in the units of the file. */
#ifndef PLT_INPUT_IMPORT_H
#define PLT_INPUT_IMPORT_H
#include <stdio.h>
#include "input/input.h"

typedef enum {
  PLT_GOT_YOUNG,    /* E, T; T is NaN where there is none */
  PLT_GOT_POISSON,  /* nu, T */
  PLT_GOT_ORTHO,    /* E1 E2 E3 nu12 nu13 nu23 G12 G13 G23, T */
  PLT_GOT_SECANT,   /* CTE, T */
  PLT_GOT_TANGENT,  /* CTE, T */
  PLT_GOT_ORTHOCTE, /* a1 a2 a3, T; secant */
  PLT_GOT_DENSITY,  /* density */
  PLT_GOT_SHEAR,    /* time, part of the modulus */
  PLT_GOT_BULK,     /* time, part */
  PLT_GOT_WLF,      /* reference, C1, C2 */
  PLT_GOT_YIELD,    /* stress, plastic strain, T */
  PLT_GOT_BILINEAR, /* yield, slope of stress over strain, T */
  PLT_GOT_KAMAL,    /* Z, E / R, m, n, b: Z exp(-E / R T) (b + x^m) (1 - x)^n */
  PLT_GOT_CREEP,    /* A, n, Q / R: A stress^n exp(-Q / R T) */
  PLT_GOT_ANAND,    /* s0, Q / R, A, xi, m, h0, shat, n, a */
  PLT_GOT_COUNT
} PltGotKind;

typedef struct {
  PetscInt n, line; /* rows; line of the first */
  double (*row)[10];
} PltGot;

typedef struct {
  char     *name;
  PetscInt  line;
  double    reference; /* of the secant CTE; NaN: not given */
  PetscBool long_term; /* moduli are those of rest */
  PltGot    got[PLT_GOT_COUNT];
} PltForeign;

typedef struct {
  const char *file, *from; /* from: whose format; static */
  PltMistakes mistakes;
  PetscInt    nmaterial;
  PltForeign *material;
  FILE       *notes; /* lines of comment: what was passed over */
} PltImport;

PLT_INTERN PetscErrorCode PltImportAdd(PltImport *import, const char *name, PetscInt line,
                                       PltForeign **material);
/* A row of n <= 10 numbers, the rest NaN. */
PLT_INTERN PetscErrorCode PltImportRow(PltForeign *material, PltGotKind kind, PetscInt line,
                                       PetscInt n, const double value[]);
/* A number that is all of the text but for blanks, or an empty text: NaN. */
PLT_INTERN PetscBool PltImportNumber(const char *text, double *value);
/* Text is changed. */
PLT_INTERN PetscErrorCode PltImportAbaqus(PltImport *import, char *text);
PLT_INTERN PetscErrorCode PltImportAnsys(PltImport *import, char *text);
/* ---- import_harden.c: n points of yield stress and plastic strain as H, Q, b of the law; what the
   worst of them is off by ---- */
PLT_INTERN double PltImportHarden(PetscInt n, const double point[][10], double *H, double *Q,
                                  double *b);
/* ---- import_write.c ---- */
typedef struct {
  char pressure[32], temperature[32], time[32], density[32];
} PltImportUnits;
PLT_INTERN PetscErrorCode PltImportWrite(PltImport *import, const PltImportUnits *units, FILE *out);
#endif
