/* SPDX-License-Identifier: BSD-2-Clause
   Laws with a memory at the points of elements. In an increment such a law is S = D E + S0 at each
   point. Affine laws have one D for a whole ply, which is in the tables, and an S0 that hangs on
   what the point remembers: elements stay linear, and what the S0 of their points add to a prism is
   summed up once. The S0 of other laws are found in the element (element.c). */
#include <string.h>
#include "assemble/internal.h"

/* A ply of an element, for its points. */
typedef struct {
  PltSite          site;
  const PltMemory *memory;
  PetscReal        keep;
  size_t           first; /* of the points of this quad */
} Ply;

/* Ply i of a slab over a quad; its law is NULL if it has no memory. */
static Ply PlySet(PltAssembly a, PetscInt quad, PetscInt k, PetscInt i)
{
  const PltState s = a->state;
  const PetscInt c = s->quad_class[quad], p = a->slab[c * s->slabs.nslab + k].number[i];
  const PetscInt part = s->part[c * s->slabs.nply + p];
  PltMaterial    law  = PltStateMaterial(s, p, part);

  if (PltMaterialStates(law) == 0) law = NULL;
  return (Ply){.site   = {law, a->span + PLT_SPANS * (2 * p + part),
                        s->share[p] ? s->share[p] + PLT_METAL_KINDS * quad : NULL},
               .memory = &s->memory[p],
               .keep   = s->ply[2 * p + part].keep,
               .first  = (size_t)quad * 4 * PLT_SHELL_NZ};
}

static PetscReal *StateOf(const Ply *ply, PetscInt point)
{
  return ply->memory->point + (ply->first + (size_t)point) * (size_t)ply->memory->n;
}

void PltElementOffsets(PltAssembly a, PltElement *e)
{
  static const PetscReal zero[6];

  for (PetscInt i = 0; i < e->shell.nply; i++) {
    const Ply ply = PlySet(a, e->quad, e->slab, i);

    if (!ply.site.material || !PltMaterialIsAffine(ply.site.material)) continue;
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      PetscReal *S = e->offset[i][n / PLT_SHELL_NZ][n % PLT_SHELL_NZ];

      if (PltMaterialUpdate(&ply.site, StateOf(&ply, n), zero, NULL, S, NULL)) a->failed++;
      for (PetscInt j = 0; j < 6; j++) S[j] *= ply.keep;
    }
    e->ply[i].offset = e->offset[i][0][0];
  }
}

/* ---- laws that are not affine ---- */

/* The plies of a slab over a quad, for PltPrismSolve. */
typedef struct {
  const PltShellPly *ply;
  Ply                law[PLT_SHELL_PLIES];
} Slab;

/* Stress and modulus of a point. A ply without a memory is linear, and so is an affine one. */
static int Answer(void *context, PetscInt i, PetscInt n, const PetscReal strain[6],
                  PetscReal stress[6], PetscReal D[6][6])
{
  const Slab *slab = context;
  const Ply  *ply  = &slab->law[i];

  if (!ply->site.material) {
    memcpy(D, slab->ply[i].C, 36 * sizeof(PetscReal));
    PltMul6((const PetscReal(*)[6])D, strain, stress);
    return 0;
  }
  if (PltMaterialUpdate(&ply->site, StateOf(ply, n), strain, NULL, stress, D)) return 1;
  for (PetscInt j = 0; j < 6; j++) {
    stress[j] *= ply->keep;
    if (PetscIsInfOrNanReal(stress[j])) return 1;
    for (PetscInt m = 0; ply->keep != 1 && m < 6; m++) D[j][m] *= ply->keep;
  }
  return 0;
}

/* Strains are kept where the search for the next ones is to begin. */
static PetscReal *Found(const Ply *ply)
{
  return ply->memory->strain + ply->first * 6;
}

static PetscBool Iterates(const Ply *ply)
{
  return (PetscBool)(ply->site.material && !PltMaterialIsAffine(ply->site.material));
}

void PltAssemblySolve(PltAssembly a, PetscInt quad, PetscInt k, PetscBool tangent, PltGathered *g)
{
  const PltState     s    = a->state;
  const PltSlabData *data = &a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  Slab               slab = {.ply = data->ply};
  PetscInt           age[PLT_SHELL_PLIES];
  PltPoints          points = {.nply     = data->nply,
                               .ply      = data->ply,
                               .age      = age,
                               .harmonic = data->harmonic,
                               .law      = Answer,
                               .context  = &slab,
                               .strain   = g->strain};

  for (PetscInt i = 0; i < data->nply; i++) {
    slab.law[i]     = PlySet(a, quad, k, i);
    points.known[i] = Iterates(&slab.law[i]);
    if (points.known[i]) memcpy(g->strain[i], Found(&slab.law[i]), sizeof g->strain[i]);
    for (age[i] = 0; g->prism.layup->age[age[i]].event != data->event[i];) age[i]++;
  }
  g->prism.solved = &g->solved;
  if (PltPrismSolve(&g->prism, a->scheme.kinematics, &points, tangent, &g->solved)) {
    a->failed++;
    memset(&g->solved, 0, sizeof g->solved);
    return;
  }
  for (PetscInt i = 0; i < data->nply; i++)
    if (points.known[i]) memcpy(Found(&slab.law[i]), g->strain[i], sizeof g->strain[i]);
}

void PltElementLinearise(PltAssembly a, PltElement *e)
{
  Slab slab = {.ply = e->ply};

  for (PetscInt i = 0; i < e->shell.nply; i++) {
    slab.law[i] = PlySet(a, e->quad, e->slab, i);
    if (!Iterates(&slab.law[i])) continue;
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      const PetscInt   c = n / PLT_SHELL_NZ, z = n % PLT_SHELL_NZ;
      const PetscReal *strain = e->gathered.strain[i][c][z];
      PetscReal        S[6], DE[6];

      if (Answer(&slab, i, n, strain, S, e->modulus[i][c][z])) a->failed++;
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
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The points of a slab over a quad remember what they went through, with strains of its plies. */
static PetscErrorCode CommitSlab(PltAssembly a, PetscInt quad, PetscInt k,
                                 PetscReal (*strain)[4][PLT_SHELL_NZ][6], PetscReal *end)
{
  const PltState s = a->state;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < a->slab[s->quad_class[quad] * s->slabs.nslab + k].nply; i++) {
    const Ply         ply = PlySet(a, quad, k, i);
    const PltMaterial law = ply.site.material;
    PetscReal         S[6];

    for (PetscInt n = 0; law && n < 4 * PLT_SHELL_NZ; n++) {
      PetscCheck(PltMaterialUpdate(&ply.site, StateOf(&ply, n),
                                   strain[i][n / PLT_SHELL_NZ][n % PLT_SHELL_NZ], end, S,
                                   NULL) == 0,
                 PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
                 "material '%s' has no answer to an increment", law->name);
      PetscCall(PetscArraycpy(StateOf(&ply, n), end, PltMaterialStates(law)));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyCommit(PltAssembly a)
{
  const PltState s = a->state;
  PetscInt       n = 1;
  PetscReal     *end;
  PltElement    *e;

  PetscFunctionBegin;
  for (PetscInt p = 0; p < s->slabs.nply; p++) n = PetscMax(n, s->memory[p].n);
  PetscCall(PetscMalloc2(n, &end, 1, &e));
  for (PetscInt i = 0; i < s->mesh->nquad * s->slabs.nslab; i++) {
    const PetscInt     q = i / s->slabs.nslab, k = i % s->slabs.nslab;
    const PltSlabData *data = &a->slab[s->quad_class[q] * s->slabs.nslab + k];

    if (!data->remembers) continue;
    if (data->iterates) PetscCall(PltElementSolve(a, q, k, e));
    else PetscCall(PltElementEvaluate(a, q, k, e));
    PetscCall(CommitSlab(a, q, k, data->iterates ? e->gathered.strain : e->local.strain, end));
  }
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    if (!s->ply[i].live || !PltMaterialRemembers(PltStateMaterial(s, i / 2, i % 2))) continue;
    PetscCall(PetscArraycpy(s->ply[i].shared, a->span[PLT_SPANS * i].shared[1], PLT_SHARED));
    for (PetscInt j = 0; j < 6; j++) s->ply[i].free[j] += a->span[PLT_SPANS * i].free[j];
  }
  s->T_memory = s->T;
  PetscCall(PetscFree2(end, e));
  PetscFunctionReturn(PETSC_SUCCESS);
}
