/* SPDX-License-Identifier: BSD-2-Clause
   Laws with a memory at the points of elements. In an increment such a law is S = D E + S0 at each
   point. Affine laws have one D for a whole ply, which is in the tables, and an S0 that hangs on
   what the point remembers: elements stay linear, and what the S0 of their points add to a prism is
   summed up once. The S0 of other laws are found in the element (element.c). */
#include <string.h>
#include "assemble/internal.h"

PltPointsOf PltPointsOfPly(PltAssembly a, PetscInt quad, PetscInt k, PetscInt i)
{
  const PltState s = a->state;
  const PetscInt c = s->quad_class[quad], p = a->slab[c * s->slabs.nslab + k].number[i];
  const PetscInt part = s->part[c * s->slabs.nply + p];
  PltMaterial    law  = PltStateMaterial(s, p, part);

  if (PltMaterialStates(law) == 0) law = NULL;
  return (PltPointsOf){.site   = {law, a->span + PLT_SPANS * (2 * p + part),
                                s->share[p] ? s->share[p] + PLT_METAL_KINDS * quad : NULL, NULL},
                       .memory = &s->memory[p],
                       .part   = &s->ply[2 * p + part],
                       .keep   = s->ply[2 * p + part].keep,
                       .first  = (size_t)quad * 4 * PLT_SHELL_NZ};
}

void PltElementOffsets(PltAssembly a, PltElement *e)
{
  static const PetscReal zero[6];

  for (PetscInt i = 0; i < e->shell.nply; i++) {
    const PltPointsOf ply = PltPointsOfPly(a, e->quad, e->slab, i);

    if (!ply.site.material || !PltMaterialIsAffine(ply.site.material)) continue;
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      PetscReal *S = e->offset[i][n / PLT_SHELL_NZ][n % PLT_SHELL_NZ];

      if (PltMaterialUpdate(&ply.site, PltPointState(&ply, n), zero, NULL, S, NULL)) {
        a->failed++;
        PetscArrayzero(S, 6);
      }
      for (PetscInt j = 0; j < 6; j++) S[j] *= ply.keep;
    }
    e->ply[i].offset = e->offset[i][0][0];
  }
}

/* ---- laws that are not affine ---- */

/* The plies of a slab over a quad, for PltPrismSolve. */
typedef struct {
  const PltShellPly *ply;
  PltPointsOf        law[PLT_SHELL_PLIES];
  PetscReal         *end; /* of no use but to see whether there is one */
} Slab;

/* Stress and modulus of a point. A ply without a memory is linear. The state is asked for too, so
   that what has had an answer here has one when it is written down. */
static int Answer(void *context, PetscInt i, PetscInt n, const PetscReal strain[6],
                  PetscReal stress[6], PetscReal D[6][6])
{
  const Slab        *slab = context;
  const PltPointsOf *ply  = &slab->law[i];
  const PltSite      site = PltPointSite(ply, n);

  if (!ply->site.material) {
    memcpy(D, slab->ply[i].C, 36 * sizeof(PetscReal));
    PltMul6((const PetscReal(*)[6])D, strain, stress);
    return 0;
  }
  if (PltMaterialUpdate(&site, PltPointState(ply, n), strain, slab->end, stress, D)) return 1;
  for (PetscInt j = 0; j < 6; j++) {
    stress[j] *= ply->keep;
    if (PetscIsInfOrNanReal(stress[j])) return 1;
    for (PetscInt m = 0; ply->keep != 1 && m < 6; m++) D[j][m] *= ply->keep;
  }
  return 0;
}

void PltAssemblySolve(PltAssembly a, PetscInt quad, PetscInt k, PetscBool tangent, PltGathered *g)
{
  const PltState     s    = a->state;
  const PltSlabData *data = &a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  Slab               slab = {.ply = data->ply, .end = a->end};
  PetscInt           age[PLT_SHELL_PLIES];
  PltPoints          points = {.nply     = data->nply,
                               .ply      = data->ply,
                               .age      = age,
                               .harmonic = data->harmonic,
                               .law      = Answer,
                               .context  = &slab,
                               .strain   = g->strain};
  int                lost;

  for (PetscInt i = 0; i < data->nply; i++) {
    slab.law[i]     = PltPointsOfPly(a, quad, k, i);
    points.known[i] = PltPointsIterate(&slab.law[i]);
    if (points.known[i]) memcpy(g->strain[i], PltPointFound(&slab.law[i]), sizeof g->strain[i]);
    for (age[i] = 0; g->prism.layup->age[age[i]].event != data->event[i];) age[i]++;
  }
  g->prism.solved = &g->solved;
  lost            = PltPrismSolve(&g->prism, a->scheme.kinematics, &points, tangent, &g->solved);
  if (lost) { /* what was found last may be far: afresh */
    memset(points.known, 0, sizeof points.known);
    lost = PltPrismSolve(&g->prism, a->scheme.kinematics, &points, tangent, &g->solved);
  }
  if (lost) {
    a->failed++;
    g->prism.solved = NULL; /* finite numbers, of the elastic plies, that nobody is to use */
    return;
  }
  for (PetscInt i = 0; i < data->nply; i++)
    if (PltPointsIterate(&slab.law[i]))
      memcpy(PltPointFound(&slab.law[i]), g->strain[i], sizeof g->strain[i]);
}

void PltElementLinearise(PltAssembly a, PltElement *e)
{
  Slab slab = {.ply = e->ply, .end = a->end};

  for (PetscInt i = 0; i < e->shell.nply; i++) {
    slab.law[i] = PltPointsOfPly(a, e->quad, e->slab, i);
    if (!PltPointsIterate(&slab.law[i])) continue;
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      const PetscInt   c = n / PLT_SHELL_NZ, z = n % PLT_SHELL_NZ;
      const PetscReal *strain = e->gathered.strain[i][c][z];
      PetscReal        S[6], DE[6];

      if (Answer(&slab, i, n, strain, S, e->modulus[i][c][z])) {
        a->failed++;
        memset(S, 0, sizeof S);
        memcpy(e->modulus[i][c][z], e->ply[i].C, sizeof e->ply[i].C);
      }
      PltMul6((const PetscReal(*)[6])e->modulus[i][c][z], strain, DE);
      for (PetscInt j = 0; j < 6; j++) e->offset[i][c][z][j] = S[j] - DE[j];
    }
    e->ply[i].modulus = e->modulus[i][0][0][0];
    e->ply[i].offset  = e->offset[i][0][0];
  }
}

/* Offsets of the plies of a class to resultants, quad by quad. */
static PetscErrorCode AddSlab(PltAssembly a, PetscInt class, PetscInt k, PltOffsets *weights,
                              PltElement *e)
{
  const PltState     s    = a->state;
  const PltSlabData *data = &a->slab[class * s->slabs.nslab + k];

  PetscFunctionBegin;
  PltOffsetsSet(data->nply, data->ply, data->harmonic, weights);
  e->slab       = k;
  e->shell.nply = data->nply;
  for (PetscInt q = 0; q < s->mesh->nquad; q++) {
    PetscReal(*sum)[4] = a->offset[k][q];

    if (s->quad_class[q] != class) continue;
    e->quad = q;
    for (PetscInt p = 0; p < data->nply; p++) e->ply[p].offset = NULL;
    PltElementOffsets(a, e);
    for (PetscInt p = 0; p < data->nply; p++)
      for (PetscInt c = 0; c < 4 && e->ply[p].offset; c++)
        for (PetscInt z = 0; z < PLT_SHELL_NZ; z++)
          for (PetscInt i = 0; i < PLT_PRISM_NL; i++)
            for (PetscInt j = 0; j < 6; j++)
              sum[i][c] += weights->weight[p][z][i][j] * e->offset[p][c][z][j];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyOffsets(PltAssembly a)
{
  const PltState s = a->state;
  PltOffsets    *weights;
  PltElement    *e;

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(s->slabs.nslab, &a->offset));
  PetscCall(PetscMalloc2(1, &weights, 1, &e));
  for (PetscInt i = 0; i < s->nclass * s->slabs.nslab; i++) {
    const PetscInt k = i % s->slabs.nslab;

    if (!a->slab[i].remembers || a->slab[i].iterates) continue;
    if (!a->offset[k]) PetscCall(PetscCalloc1(s->mesh->nquad + 1, &a->offset[k]));
    PetscCall(AddSlab(a, i / s->slabs.nslab, k, weights, e));
  }
  PetscCall(PetscFree2(weights, e));
  a->refused += a->failed;
  a->failed = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}
