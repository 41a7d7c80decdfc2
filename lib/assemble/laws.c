/* SPDX-License-Identifier: BSD-2-Clause
   Laws with a memory at the points of elements. In an increment such a law is S = D E + S0 at each
   point. Affine laws have one D for a whole ply, which is in the tables, and an S0 that hangs on
   what the point remembers: elements stay linear, and what the S0 of their points add to a prism is
   summed up once. The S0 of other laws are found in the element (element.c). */
#include <string.h>
#include "assemble/internal.h"

PltMaterial PltElementLaw(PltAssembly a, const PltElement *e, PetscInt i)
{
  const PltState    s = a->state;
  const PetscInt    c = s->quad_class[e->quad], ns = s->slabs.nslab;
  const PetscInt    p = a->slab[c * ns + e->slab].number[i];
  const PltMaterial m = PltStateMaterial(s, p, s->part[c * s->slabs.nply + p]);

  return PltMaterialStates(m) > 0 ? m : NULL;
}

/* A ply of an element, for its points. */
typedef struct {
  PltSite          site;
  const PltMemory *memory;
  PetscInt         number;
  PetscReal        keep;
  size_t           first; /* of the points of this quad */
} Ply;

static Ply PlySet(PltAssembly a, const PltElement *e, PetscInt i, PltMaterial law)
{
  const PltState s = a->state;
  const PetscInt c = s->quad_class[e->quad], p = a->slab[c * s->slabs.nslab + e->slab].number[i];
  const PetscInt part = s->part[c * s->slabs.nply + p];

  return (Ply){.site   = {law, a->span + PLT_SPANS * (2 * p + part), NULL},
               .memory = &s->memory[p],
               .number = p,
               .keep   = s->ply[2 * p + part].keep,
               .first  = (size_t)e->quad * 4 * PLT_SHELL_NZ};
}

static PetscReal *StateOf(const Ply *ply, PetscInt point)
{
  return ply->memory->point + (ply->first + (size_t)point) * (size_t)ply->memory->n;
}

static PetscReal *StrainOf(const Ply *ply, PetscInt point)
{
  return ply->memory->strain + (ply->first + (size_t)point) * 6;
}

void PltElementOffsets(PltAssembly a, PltElement *e)
{
  static const PetscReal zero[6];

  for (PetscInt i = 0; i < e->shell.nply; i++) {
    const PltMaterial law = PltElementLaw(a, e, i);
    Ply               ply;

    if (!law || !PltMaterialIsAffine(law)) continue;
    ply = PlySet(a, e, i, law);
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      PetscReal *S = e->offset[i][n / PLT_SHELL_NZ][n % PLT_SHELL_NZ];

      if (PltMaterialUpdate(&ply.site, StateOf(&ply, n), zero, NULL, S, NULL)) a->failed++;
      for (PetscInt j = 0; j < 6; j++) S[j] *= ply.keep;
    }
    e->ply[i].offset = e->offset[i][0][0];
  }
}

/* Modulus and offset of a point at a strain; *change as in PltElementLinearise, not yet divided. */
static int LinearisePoint(const Ply *ply, PetscInt n, const PetscReal strain[6],
                          const PetscReal before[6], PetscReal D[6][6], PetscReal offset[6],
                          PetscReal *change, PetscReal *largest)
{
  PetscReal S[6], DE[6];

  if (PltMaterialUpdate(&ply->site, StateOf(ply, n), strain, NULL, S, D)) return 1;
  for (PetscInt j = 0; j < 36; j++) D[j / 6][j % 6] *= ply->keep;
  PltMul6((const PetscReal(*)[6])D, strain, DE);
  for (PetscInt j = 0; j < 6; j++) {
    if (!PetscIsNormalReal(S[j]) && S[j] != 0) return 1;
    offset[j] = ply->keep * S[j] - DE[j];
    *change   = PetscMax(*change, PetscAbsReal(ply->keep * S[j] - before[j]));
    *largest  = PetscMax(*largest, PetscAbsReal(ply->keep * S[j]));
  }
  return 0;
}

int PltElementLinearise(PltAssembly a, PetscBool first, PltElement *e, PetscReal *change)
{
  PetscReal largest = 1; /* Pa: less is nothing */

  *change = 0;
  for (PetscInt i = 0; i < e->shell.nply; i++) {
    const PltMaterial law = PltElementLaw(a, e, i);
    Ply               ply;

    if (!law || PltMaterialIsAffine(law)) continue;
    ply = PlySet(a, e, i, law);
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      const PetscInt c = n / PLT_SHELL_NZ, z = n % PLT_SHELL_NZ;
      PetscReal     *strain = StrainOf(&ply, n);

      if (!first) memcpy(strain, e->local.strain[i][c][z], 6 * sizeof *strain);
      if (LinearisePoint(&ply, n, strain, e->local.stress[i][c][z], e->modulus[i][c][z],
                         e->offset[i][c][z], change, &largest))
        return 1;
    }
    e->ply[i].modulus = e->modulus[i][0][0][0];
    e->ply[i].offset  = e->offset[i][0][0];
  }
  *change /= largest;
  return 0;
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

/* The points of an element remember what they have gone through. */
static PetscErrorCode CommitElement(PltAssembly a, const PltElement *e, PetscReal *end)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < e->shell.nply; i++) {
    const PltMaterial law = PltElementLaw(a, e, i);
    Ply               ply;
    PetscReal         S[6];

    if (!law) continue;
    ply = PlySet(a, e, i, law);
    for (PetscInt n = 0; n < 4 * PLT_SHELL_NZ; n++) {
      PetscReal *state = StateOf(&ply, n);

      PetscCheck(PltMaterialUpdate(&ply.site, state,
                                   e->local.strain[i][n / PLT_SHELL_NZ][n % PLT_SHELL_NZ], end, S,
                                   NULL) == 0,
                 PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
                 "material '%s' has no answer to an increment", law->name);
      PetscCall(PetscArraycpy(state, end, PltMaterialStates(law)));
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
    const PetscInt q = i / s->slabs.nslab, k = i % s->slabs.nslab;

    if (!a->slab[s->quad_class[q] * s->slabs.nslab + k].remembers) continue;
    PetscCall(PltElementEvaluate(a, q, k, PETSC_TRUE, NULL, NULL, e));
    PetscCall(CommitElement(a, e, end));
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
