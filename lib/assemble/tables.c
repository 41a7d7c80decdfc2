/* SPDX-License-Identifier: BSD-2-Clause
   What is the same in every column of a class: moduli, eigenstrains, weights of the live plies. */
#include <xxhash.h>
#include "assemble/internal.h"

static const PetscReal MINUTE = 60; /* s */

PetscErrorCode PltSchemeSet(PltScheme *scheme)
{
  PetscFunctionBegin;
  *scheme = (PltScheme){.kinematics  = PLT_SMALL,
                        .gamma       = 0.3,
                        .zigzag      = 0.1,
                        .zigzag_thin = 4,
                        .zigzag_soft = 0.1,
                        .thin        = 50e-6};
  PetscCall(PetscOptionsGetReal(NULL, NULL, "-plt_gamma", &scheme->gamma, NULL));
  PetscCall(PetscOptionsGetReal(NULL, NULL, "-plt_zigzag", &scheme->zigzag, NULL));
  PetscCall(PetscOptionsGetReal(NULL, NULL, "-plt_zigzag_soft", &scheme->zigzag_soft, NULL));
  PetscCall(PetscOptionsGetReal(NULL, NULL, "-plt_zigzag_thin", &scheme->zigzag_thin, NULL));
  PetscCall(PetscOptionsGetReal(NULL, NULL, "-plt_thin", &scheme->thin, NULL));
  PetscCheck(scheme->gamma > 0 && scheme->gamma <= 1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-plt_gamma is %.6g, must be in (0, 1]", (double)scheme->gamma);
  PetscCheck(scheme->zigzag >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-plt_zigzag is %.6g, must not be negative", (double)scheme->zigzag);
  PetscCheck(scheme->zigzag_thin >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-plt_zigzag_thin is %.6g, must not be negative", (double)scheme->zigzag_thin);
  PetscCheck(scheme->zigzag_soft >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-plt_zigzag_soft is %.6g, must not be negative", (double)scheme->zigzag_soft);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Modulus and free strain at the end of an increment of a material with a memory. */
static PetscErrorCode FillByLaw(PltAssembly a, PetscInt p, PetscInt part, PetscReal T,
                                PltShellPly *ply)
{
  const PltPartState *state    = &a->state->ply[2 * p + part];
  const PltMaterial   material = PltStateMaterial(a->state, p, part);
  const PltSpan      *span     = a->span + PLT_SPANS * (2 * p + part);
  const PltSite       site     = {.material = material, .span = span};
  PetscReal          *zero, S[6];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 6; i++) ply->eigen[i] = state->free[i] + span->free[i];
  PetscCall(PetscCalloc1(PltMaterialStates(material) + 6, &zero));
  if (!PltMaterialIsAffine(material)) PetscCall(PltMaterialStiffness(material, T, ply->C));
  else if (PltMaterialUpdate(&site, zero, zero, NULL, S, ply->C)) {
    a->refused++;
    PetscCall(PltMaterialStiffness(material, T, ply->C));
  }
  PetscCall(PetscFree(zero));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Shear modulus for the stabilisation. Where what counts depends on how long an increment is, that
   after a minute at the temperature and cure of now: forces of the stabilisation then do not. */
static PetscErrorCode SteadyShear(PltAssembly a, PetscInt p, PetscInt part, PetscReal T,
                                  PetscReal *G)
{
  const PltMaterial material        = PltStateMaterial(a->state, p, part);
  PltSpan           span[PLT_SPANS] = {{.T = {T, T}, .dt = MINUTE}};
  const PltSite     site            = {.material = material, .span = span};
  PetscReal        *zero, S[6], D[6][6];

  PetscFunctionBegin;
  PetscCall(
      PetscArraycpy(span->shared[0], a->span[PLT_SPANS * (2 * p + part)].shared[1], PLT_SHARED));
  PetscCall(PltSpanSet(material, span));
  PetscCall(PetscCalloc1(PltMaterialStates(material) + 6, &zero));
  if (PltMaterialUpdate(&site, zero, zero, NULL, S, D)) {
    a->refused++;
    PetscCall(PltMaterialStiffness(material, T, D));
  }
  PetscCall(PetscFree(zero));
  *G = (D[PLT_23][PLT_23] + D[PLT_13][PLT_13]) / 2 * a->state->ply[2 * p + part].keep;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What is common to all materials. In large kinematics the strain is Green's, of a stretch by what
   is measured as expansion. The weight is yet to be multiplied by gravity. */
static void Finish(PltState s, const PltPartState *part, PetscReal density, PltShellPly *ply)
{
  for (PetscInt i = 0; i < 36; i++) ply->C[i / 6][i % 6] *= part->keep;
  for (PetscInt i = 0; i < 3; i++) {
    ply->eigen[i] -= part->shrink;
    if (s->project->kinematics == PLT_LARGE) ply->eigen[i] += PetscSqr(ply->eigen[i]) / 2;
    ply->weight[i] = part->keep * density;
  }
}

/* Mold shrinks, the dies in it do not: shrinkage acts outside the dies. */
static PetscErrorCode FillPly(PltAssembly a, PetscInt class, PetscInt p, PetscReal T,
                              PltShellPly *ply)
{
  const PltState      state = a->state;
  const PltSlabs     *slabs = &state->slabs;
  const PetscInt      which = state->part[class * slabs->nply + p];
  const PltPartState *part  = &state->ply[2 * p + which];
  const PltMaterial   mat   = PltStateMaterial(state, p, which);
  const PetscInt      k     = PltSlabOf(slabs, p);
  const PetscReal     z0 = slabs->z[slabs->first[k]], z1 = slabs->z[slabs->first[k + 1]];

  PetscFunctionBegin;
  ply->lo = 2 * (state->lo[p] - z0) / (z1 - z0) - 1;
  ply->hi = 2 * (state->hi[p] - z0) / (z1 - z0) - 1;
  if (PltMaterialRemembers(mat)) PetscCall(FillByLaw(a, p, which, T, ply));
  else {
    PetscCall(PltMaterialStiffness(mat, T, ply->C));
    PetscCall(PltMaterialExpansion(mat, part->T_birth, T, ply->eigen));
  }
  Finish(state, part, PltMaterialDensity(mat), ply);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A ply of a slab, live or not. */
static void LookAtLaw(PltState s, PetscInt class, PetscInt p, PltSlabData *data)
{
  const PetscInt    part = s->part[class * s->slabs.nply + p];
  const PltMaterial m    = part == PLT_NOWHERE ? NULL : PltStateMaterial(s, p, part);
  const PetscBool   live = PltStateIsLive(s, class, p);

  if (!m || PltMaterialStates(m) == 0) return;
  if (live) data->remembers = PETSC_TRUE;
  if (PltMaterialIsAffine(m)) return;
  data->plain = PETSC_TRUE;
  if (live) data->iterates = PETSC_TRUE;
}

static PetscBool IsAffineWithMemory(PltMaterial m)
{
  return (PetscBool)(PltMaterialRemembers(m) && PltMaterialIsAffine(m));
}

static PetscErrorCode FillSlab(PltAssembly a, PetscInt class, PetscInt k, PetscReal T,
                               const PetscReal g[3])
{
  const PltState state = a->state;
  PltSlabData   *data  = &a->slab[class * state->slabs.nslab + k];
  PetscReal      thick = 0, compliance = 0;

  PetscFunctionBegin;
  data->nply        = 0;
  data->first_event = PETSC_MAX_INT;
  data->harmonic    = PETSC_TRUE;
  data->remembers = data->iterates = data->plain = PETSC_FALSE;
  for (PetscInt p = state->slabs.first[k]; p < state->slabs.first[k + 1]; p++) {
    PltShellPly    *ply   = &data->ply[data->nply];
    const PetscReal h     = state->hi[p] - state->lo[p];
    const PetscInt  which = state->part[class * state->slabs.nply + p];
    PetscReal       G;

    if (state->slabs.z[p + 1] - state->slabs.z[p] > a->scheme.thin) data->harmonic = PETSC_FALSE;
    LookAtLaw(state, class, p, data);
    if (!PltStateIsLive(state, class, p)) continue;
    PetscCall(PetscMemzero(ply, sizeof(*ply)));
    PetscCall(FillPly(a, class, p, T, ply));
    for (PetscInt i = 0; i < 3; i++) ply->weight[i] *= g[i];
    data->number[data->nply] = p;
    data->event[data->nply]  = PltStatePart(state, class, p)->event;
    data->first_event        = PetscMin(data->first_event, data->event[data->nply]);
    thick += h;
    G = (ply->C[PLT_23][PLT_23] + ply->C[PLT_13][PLT_13]) / 2;
    if (IsAffineWithMemory(PltStateMaterial(state, p, which)))
      PetscCall(SteadyShear(a, p, which, T, &G));
    compliance += h / G;
    data->nply++;
  }
  data->G = data->nply ? thick / compliance : 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSlabDataAt(PltAssembly a, PetscInt quad, PetscInt k, PltShellPly ply[])
{
  const PltState     s    = a->state;
  const PetscInt     c    = s->quad_class[quad];
  const PltSlabData *data = &a->slab[c * s->slabs.nslab + k];

  PetscFunctionBegin;
  PetscCall(PetscArraycpy(ply, data->ply, data->nply));
  for (PetscInt i = 0; i < data->nply; i++) {
    const PetscInt      p = data->number[i], which = s->part[c * s->slabs.nply + p];
    const PltPartState *part  = &s->ply[2 * p + which];
    const PltMaterial   m     = PltStateMaterial(s, p, which);
    const PetscReal    *share = s->share[p] ? s->share[p] + PLT_METAL_KINDS * quad : NULL;

    if (!share || !PltProjectMapOf(s->project, m) || PltMaterialRemembers(m)) continue;
    PetscCall(PltTracesStiffness(m, share, a->T, ply[i].C));
    PetscCall(PltTracesExpansion(m, share, part->T_birth, a->T, ply[i].eigen));
    Finish(s, part, PltTracesDensity(m, share), &ply[i]);
    for (PetscInt d = 0; d < 3; d++) ply[i].weight[d] *= a->gravity[d];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The layups of a slab whose layers are not the same everywhere. */
static PetscErrorCode FillKinds(PltAssembly a, PetscInt k)
{
  const PltState      s    = a->state;
  const PltQuadKinds *kind = &s->kind[k];
  PltShellPly        *ply;
  PetscInt            nage = 0;

  PetscFunctionBegin;
  if (!kind->of) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < kind->n; i++) {
    const PltSlabData *data = &a->slab[s->quad_class[kind->example[i]] * s->slabs.nslab + k];

    nage += PltLayupAges(data->nply, data->event);
  }
  PetscCall(PetscMalloc1(kind->n, &a->kind[k]));
  PetscCall(PetscMalloc1(nage + 1, &a->kind_age[k]));
  PetscCall(PetscMalloc1(PLT_SHELL_PLIES, &ply));
  nage = 0;
  for (PetscInt i = 0; i < kind->n; i++) {
    const PltSlabData *data = &a->slab[s->quad_class[kind->example[i]] * s->slabs.nslab + k];

    if (data->nply == 0) continue;
    PetscCall(PltSlabDataAt(a, kind->example[i], k, ply));
    PltLayupSet(s->slabs.z[s->slabs.first[k + 1]] - s->slabs.z[s->slabs.first[k]], data->nply, ply,
                data->event, data->harmonic, a->kind_age[k] + nage, &a->kind[k][i]);
    a->kind[k][i].plain = data->plain;
    nage += a->kind[k][i].nage;
  }
  PetscCall(PetscFree(ply));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FillLayups(PltAssembly a)
{
  const PltState  state = a->state;
  const PltSlabs *slabs = &state->slabs;
  const PetscInt  n     = state->nclass * slabs->nslab;
  PetscInt        nage  = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < n; i++) nage += PltLayupAges(a->slab[i].nply, a->slab[i].event);
  PetscCall(PetscMalloc2(n, &a->layup, nage, &a->age));
  nage = 0;
  for (PetscInt i = 0; i < n; i++) {
    const PltSlabData *data = &a->slab[i];
    const PetscInt     k    = i % slabs->nslab;

    if (data->nply == 0) continue;
    PltLayupSet(slabs->z[slabs->first[k + 1]] - slabs->z[slabs->first[k]], data->nply, data->ply,
                data->event, data->harmonic, a->age + nage, &a->layup[i]);
    a->layup[i].plain = data->plain;
    nage += a->layup[i].nage;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyStamp(PltAssembly a)
{
  const PltState     state = a->state;
  const PltSpace     space = state->space;
  XXH3_state_t      *hash  = XXH3_createState();
  unsigned long long own;
  PetscMPIInt        rank;

  PetscFunctionBegin;
  PetscCheck(hash, PETSC_COMM_SELF, PETSC_ERR_MEM, "no memory for a hash");
  PetscCallMPI(MPI_Comm_rank(state->mesh->comm, &rank));
  XXH3_64bits_reset(hash);
  XXH3_64bits_update(hash, &rank, sizeof(rank)); /* or equal hashes of two ranks would cancel */
  for (PetscInt i = 0; i < state->nclass * state->slabs.nslab; i++) {
    XXH3_64bits_update(hash, &a->slab[i].nply, sizeof(PetscInt));
    XXH3_64bits_update(hash, &a->slab[i].G, sizeof(PetscReal));
    for (PetscInt p = 0; p < a->slab[i].nply; p++) {
      const PltShellPly *ply = &a->slab[i].ply[p];

      XXH3_64bits_update(hash, &a->slab[i].number[p], sizeof(PetscInt));
      XXH3_64bits_update(hash, ply->C, sizeof(ply->C));
      XXH3_64bits_update(hash, &ply->lo, sizeof(ply->lo));
      XXH3_64bits_update(hash, &ply->hi, sizeof(ply->hi));
    }
  }
  XXH3_64bits_update(hash, space->fixed, (size_t)(state->mesh->nvert * space->nlevel * 3));
  own = XXH3_64bits_digest(hash);
  XXH3_freeState(hash);
  PetscCallMPI(
      MPI_Allreduce(&own, &a->stamp, 1, MPI_UNSIGNED_LONG_LONG, MPI_BXOR, state->mesh->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The spans of live parts with a memory. */
static PetscErrorCode FillSpans(PltAssembly a, PetscReal T, PetscReal dt)
{
  const PltState s = a->state;
  PetscInt       n = 0;

  PetscFunctionBegin;
  if (!PltStateRemembers(s)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscCalloc1(2 * s->slabs.nply * PLT_SPANS, &a->span));
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++) {
    if (!s->ply[i].live || !PltMaterialRemembers(PltStateMaterial(s, i / 2, i % 2))) continue;
    PetscCall(PltStateSpan(s, i / 2, i % 2, T, dt, a->span + PLT_SPANS * i));
  }
  for (PetscInt p = 0; p < s->slabs.nply; p++) n = PetscMax(n, s->memory[p].n);
  PetscCall(PetscMalloc1(3 * n + 1, &a->end));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyCreate(PltState state, const PltScheme *scheme, PetscReal T, PetscReal dt,
                                 const PetscReal gravity[3], PltAssembly *assembly)
{
  const PetscInt ns  = state->slabs.nslab;
  PltLiveSet     set = {ns, state->nclass, state->quad_class, state->live};
  PltAssembly    a;

  PetscFunctionBegin;
  PetscCall(PetscNew(&a));
  *assembly   = a;
  a->state    = state;
  a->scheme   = *scheme;
  a->T        = T;
  a->dt       = dt;
  a->iterates = PltStateIterates(state);
  PetscCall(PetscArraycpy(a->gravity, gravity, 3));
  PetscCall(PetscCalloc2(ns, &a->kind, ns, &a->kind_age));
  PetscCall(FillSpans(a, T, dt));
  PetscCall(PetscMalloc2(state->nclass * ns, &a->slab, state->nclass * ns, &a->bridge));
  for (PetscInt c = 0; c < state->nclass; c++)
    for (PetscInt k = 0; k < ns; k++) {
      const PetscInt above = PltLiveAbove(&set, c, k);

      PetscCall(FillSlab(a, c, k, T, gravity));
      a->bridge[c * ns + k] =
          (PetscBool)(scheme->zigzag > 0 && above >= 0 && state->live[c * ns + k] &&
                      state->space->merged[above] == state->space->merged[k + 1]);
    }
  PetscCall(FillLayups(a));
  for (PetscInt k = 0; k < ns; k++) PetscCall(FillKinds(a, k));
  if (a->span) PetscCall(PltAssemblyOffsets(a));
  PetscCall(PltAssemblyStamp(a));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltAssemblyDestroy(PltAssembly *assembly)
{
  PetscFunctionBegin;
  if (!*assembly) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscFree2((*assembly)->slab, (*assembly)->bridge));
  PetscCall(PetscFree2((*assembly)->layup, (*assembly)->age));
  for (PetscInt k = 0; (*assembly)->offset && k < (*assembly)->state->slabs.nslab; k++)
    PetscCall(PetscFree((*assembly)->offset[k]));
  PetscCall(PetscFree((*assembly)->offset));
  for (PetscInt k = 0; k < (*assembly)->state->slabs.nslab; k++) {
    PetscCall(PetscFree((*assembly)->kind[k]));
    PetscCall(PetscFree((*assembly)->kind_age[k]));
  }
  PetscCall(PetscFree2((*assembly)->kind, (*assembly)->kind_age));
  PetscCall(PetscFree((*assembly)->span));
  PetscCall(PetscFree((*assembly)->end));
  PetscCall(PetscFree(*assembly));
  PetscFunctionReturn(PETSC_SUCCESS);
}
