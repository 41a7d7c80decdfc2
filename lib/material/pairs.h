/* SPDX-License-Identifier: BSD-2-Clause
   Phases side by side: a tree of pairs whose parts share some stresses and the other strains.
   Private to the room; pairs.c has the method. */
#ifndef PLT_PAIRS_H
#define PLT_PAIRS_H
#include "material/material.h"

enum { PLT_PAIRS_MAX = 7, PLT_LEAVES_MAX = 8 };

/* Components of common stress. */
typedef struct {
  int n, of[6];
} PltCommon;

/* A pair or a phase at a strain. */
typedef struct {
  PetscReal strain[6], stress[6], D[6][6];
  PetscReal relaxed[6]; /* the stress once the step below is taken, to first order */
  PetscReal step[6];    /* of the strain */
} PltResponse;

typedef struct {
  const PltCommon *common;
  int              part[2];          /* responses of its parts, which come after its own */
  PetscReal        share;            /* of the first part in the pair, 0 and 1 included */
  PetscReal        weight;           /* of the pair in the tree */
  PetscReal        jump[6], base[6]; /* by the order of common->of: now, and before the step */
  PetscReal        step[6];
  PetscReal        alone[6], follow[6][6]; /* step = alone + follow (step of the pair's strain) */
} PltPair;

/* A phase of the tree. */
typedef struct {
  PltSite   site;
  PetscReal rest[3]; /* strain free of stress, 11 22 33, to be taken off the tree's */
  PetscInt  nstate;
} PltLeaf;

/* response[0 .. npair-1] are those of the pairs, pair 0 holds all; then those of the leaves. */
typedef struct {
  int         npair, nleaf;
  PltPair     pair[PLT_PAIRS_MAX];
  PltLeaf     leaf[PLT_LEAVES_MAX];
  PltResponse response[PLT_PAIRS_MAX + PLT_LEAVES_MAX];
} PltPairs;

/* A guess of the jumps: the strain of the layer of a solution, its jumps, and how they follow the
   strain; 7 numbers a jump and 6. Jumps of zero at the strain of zero if all are 0. */
PLT_INTERN void PltPairsKeep(const PltPairs *pairs, PetscReal guess[]);
PLT_INTERN void PltPairsGuess(PltPairs *pairs, const PetscReal guess[]);
/* Jumps, stress and modulus from response[0].strain and a first guess of the jumps; states of the
   leaves one after the other, end may be NULL. 1: no answer. */
PLT_INTERN int PltPairsSolve(PltPairs *pairs, const PetscReal start[], PetscReal end[]);
#endif
