/* SPDX-License-Identifier: BSD-2-Clause
   One point of a material on a path of temperature, strains and stresses. */
#ifndef PLT_MATERIAL_POINT_H
#define PLT_MATERIAL_POINT_H
#include "material/material.h"

/* What is done to the point: curves over time (their T is s, from 0), which go on with their last
   value. A component has a strain or a stress; with neither its stress is zero. */
typedef struct {
  PltCurve    temperature;          /* K; the point is born free of stress at its first value */
  PltCurve    strain[6], stress[6]; /* since birth; Pa; voigt */
  PltMaterial substrate;            /* its expansion adds to the strains 11 and 22; may be NULL */
  PetscReal   time;                 /* s, the end; 0: that of the longest curve */
  PetscInt    least;    /* increments from one point of the curves to the next, at least */
  PetscReal   accuracy; /* of an increment, relative to the largest stress and strain */
} PltTest;

typedef struct {
  PetscReal time, T;                       /* s, K */
  PetscReal strain[6], free[6], stress[6]; /* total; of it free of stress; Pa; voigt */
  PetscBool corner;                        /* at a point of a curve */
  PetscInt  ntold;
  PltTold   told[PLT_TOLD];
} PltPoint;

/* s, the end of a test. */
PLT_INTERN PetscReal PltTestEnd(const PltTest *test);
/* Drive a point through the test and give `add` its birth, its state after what acts at once at the
   start (time 0), and that after each increment. PLT_ERR_CONVERGENCE if no increment, however
   short, has an answer. */
PLT_INTERN PetscErrorCode PltPointRun(PltMaterial material, const PltTest *test,
                                      PetscErrorCode (*add)(const PltPoint *point, void *context),
                                      void *context);
#endif
