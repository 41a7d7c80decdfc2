/* SPDX-License-Identifier: BSD-2-Clause
   Metals that flow at any stress, isotropic but for the history: the rule of one stage, and the two
   stages of an increment. Private to the room; flow.c has the method. */
#ifndef PLT_FLOW_H
#define PLT_FLOW_H
#include "material/material.h"

enum { PLT_RULE = 12 }; /* constants of a rule at a temperature at most */

/* What a stage has to answer. */
typedef struct {
  const PetscReal *rule;        /* the constants at its temperature */
  PetscReal        G, dt, q, s; /* equivalent trial stress, resistance at the start */
  /* The answer: equivalent strain, 0 <= dp <= q / 3G, with stress q - 3G dp at the end, and its
     derivatives by q, within 0 and 1 / 3G, and by s; growth of s and its derivative by q. */
  PetscReal dp, dp_q, dp_s, ds, ds_q;
} PltStage;
/* 1: no answer. q and dt are positive. */
typedef int (*PltFlowRule)(PltStage *stage);

/* Numbers kept at a point: strain of flow (6, engineering shear), its length p, strain at the end
   of the last increment (6), and with a resistance its growth since birth. */
enum { PLT_FLOW_STRAIN = 0, PLT_FLOW_P = 6, PLT_FLOW_LAST = 7, PLT_FLOW_GROWTH = 13 };

/* Fills span->free, largest by the activation energy, J/mol, and span->work but for the constants,
   which go to PltFlowRuleOf(span, i) by the temperature at PLT_FLOW_TIMES times of the span. */
enum { PLT_FLOW_TIMES = 3 };
PLT_INTERN PetscErrorCode PltFlowAdvance(PltMaterial material, PltSpan *span, PetscReal energy);
PLT_INTERN PetscReal     *PltFlowRuleOf(PltSpan *span, int i);
PLT_INTERN PetscReal      PltFlowTemperature(const PltSpan *span, int i);
/* As update; s is the resistance at birth, negative: the rule has none. */
PLT_INTERN int PltFlowUpdate(PltFlowRule rule, PetscReal s, const PltSite *site,
                             const PetscReal start[], const PetscReal strain[6], PetscReal end[],
                             PetscReal stress[6], PetscReal D[6][6]);
#endif
