/* SPDX-License-Identifier: BSD-2-Clause
   A patterned metal layer of which the metal or the matrix has a memory: copper that yields, a
   polymer that relaxes. Each phase is led by its own strain and keeps its own state, so that it is
   the stress of the copper that makes it yield, not the mean.

   A layer is a tree of pairs that lie side by side. The two of a pair have the same strain but for
   some components, in which their stress is the same and their strain differs by a jump:

     traces        metal and matrix, what is across the traces:   22 33 23 12 along x, 11 33 13 12
     Voigt's mean  traces along x and along y                     33
     Reuss' mean   traces along x and along y                     all six
     Hill's mean   these two, half each                           33
     planes        as the three, of metal and matrix themselves

   Traces along x or y are a single pair, planes Hill's mean of metal and matrix, a mixed layer that
   of four laminates, each with states of its own, as a laminate that yields has no elastic mean.
   The stress in z is the same in all, so with none the layer is the laminate of plies in plane
   stress of traces.c: its in-plane part is the same while all is elastic. Its part in z is not,
   which is there the mean stiffness of walls of metal: Reuss' mean here, as wide flat traces have
   it.

   pairs.c finds the jumps.

   Phases expand unlike: the strain of phase k is less its own free strain, all since birth. span->
   free is the expansion of the layer as if it were elastic, and the rest, phase less layer, the
   same at all points, is added up in shared[]: 0-2 the metal's own, 3-5 the matrix' own, 6-8 and
   9-11 the rest of metal and matrix (11 22 33). So what `free` is does not matter to the stress.

   State: the jumps of the pairs, then the states of the phases of each laminate. */
#include <string.h>
#include "material/law.h"
#include "material/pairs.h"

enum { METAL, MATRIX };
enum { OWN = PLT_PHASE_SHARED, REST = 2 * OWN }; /* in shared[] */

static const PltCommon across[2] = {{4, {PLT_22, PLT_33, PLT_23, PLT_12}},
                                    {4, {PLT_11, PLT_33, PLT_13, PLT_12}}};
static const PltCommon thickness = {1, {PLT_33}};
static const PltCommon all       = {6, {PLT_11, PLT_22, PLT_33, PLT_23, PLT_13, PLT_12}};

static int PairCount(PltMaterial material)
{
  if (material->direction == 'm') return 7;
  return material->direction == 'p' ? 3 : 1;
}

static PltMaterial OnlyPhase(PltMaterial material)
{
  if (material->fraction <= 0) return material->matrix;
  return material->fraction >= 1 ? material->metal : NULL;
}

/* The phases of the laminates. */
static void MakeLeaves(PltPairs *tree, const PltSite *site)
{
  const PltMaterial phase[2] = {site->material->metal, site->material->matrix};

  for (int l = 0; l < tree->nleaf; l++) {
    const int k    = l % 2;
    PltLeaf  *leaf = &tree->leaf[l];

    leaf->site =
        (PltSite){.material = phase[k], .span = &site->span->child[k], .exact = PETSC_TRUE};
    leaf->nstate = PltMaterialStates(phase[k]);
    for (int i = 0; i < 3; i++) leaf->rest[i] = site->span->shared[1][REST + 3 * k + i];
  }
}

/* A share of nothing would leave jumps undetermined. */
static const PetscReal least_share = 1e-4;

/* Part of the area that metal covers at a place, and part of that which runs along x. Planes count
   as half and half. */
static void SharesOf(const PltSite *site, PetscReal *metal, PetscReal *along)
{
  const PetscReal *mix = site->mix;

  *metal = site->material->fraction;
  *along = 0.5;
  if (!mix) return;
  *metal = mix[PLT_ALONG_X] + mix[PLT_ALONG_Y] + mix[PLT_PLANES];
  if (*metal > 0) *along = (mix[PLT_ALONG_X] + mix[PLT_PLANES] / 2) / *metal;
  *metal = PetscMin(1 - least_share, PetscMax(least_share, *metal));
  *along = PetscMin(1 - least_share, PetscMax(least_share, *along));
}

/* The tree is the same at all places of a material, as states are. Shares may differ: any will do,
   0 and 1 included. */
static void MakeTree(PltPairs *tree, const PltSite *site)
{
  static const PltCommon *const mean[3]  = {&thickness, &thickness, &all}; /* Hill, Voigt, Reuss */
  const PltMaterial             material = site->material;
  const PetscBool               planes   = (PetscBool)(material->direction == 'p');
  const int                     n = PairCount(material), first = n / 2; /* of metal and matrix */
  PetscReal                     metal, along;

  SharesOf(site, &metal, &along);

  tree->npair = n;
  tree->nleaf = n + 1;
  for (int p = 0; p < first; p++)
    tree->pair[p] =
        (PltPair){.common = mean[p], .part = {2 * p + 1, 2 * p + 2}, .share = p == 0 ? 0.5 : along};
  for (int p = first; p < n; p++) {
    const int turned = n == 1 ? material->direction == 'y' : (p - first) % 2;

    tree->pair[p] = (PltPair){.common = planes ? mean[p] : &across[turned], .share = metal};
    for (int k = 0; k < 2; k++) tree->pair[p].part[k] = n + 2 * (p - first) + k;
  }
  tree->pair[0].weight = 1;
  for (int p = 0; p < first; p++)
    for (int k = 0; k < 2; k++)
      tree->pair[tree->pair[p].part[k]].weight =
          tree->pair[p].weight * (k ? 1 - tree->pair[p].share : tree->pair[p].share);
  MakeLeaves(tree, site);
}

/* ---- the law ---- */

static int JumpCount(PltMaterial material)
{
  if (material->direction == 'm') return 24;
  return material->direction == 'p' ? 8 : 4;
}

PetscBool PltTracesRemember(PltMaterial material)
{
  const PltMaterial phase[2] = {material->metal, material->matrix};

  for (int k = 0; k < 2; k++)
    if (phase[k] && (phase[k]->ops->update || phase[k]->ops->advance)) return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscInt NState_Traces(PltMaterial material)
{
  const PltMaterial only = OnlyPhase(material);
  PetscInt          n;

  if (only) return PltMaterialStates(only);
  n = PltMaterialStates(material->metal) + PltMaterialStates(material->matrix);
  return JumpCount(material) + (PairCount(material) + 1) / 2 * n;
}

static PetscInt NGuess_Traces(PltMaterial material)
{
  return OnlyPhase(material) ? 0 : 6 + 7 * JumpCount(material);
}

static void Birth_Traces(PltMaterial material, PetscReal shared[PLT_SHARED])
{
  PetscReal own[PLT_SHARED];

  PltMaterialBirth(material->metal, own);
  for (int i = 0; i < OWN; i++) shared[i] = own[i];
  PltMaterialBirth(material->matrix, own);
  for (int i = 0; i < OWN; i++) shared[OWN + i] = own[i];
}

/* The span of a phase. */
static PetscErrorCode AdvancePhase(PltMaterial phase, int k, PltSpan *span)
{
  PltSpan *child = &span->child[k];

  PetscFunctionBegin;
  PltAssert(phase->ops->nshared <= OWN, "a phase of traces shares too many numbers");
  for (int i = 0; i < 2; i++) child->T[i] = span->T[i];
  child->dt = span->dt;
  for (int i = 0; i < PLT_SHARED; i++)
    child->shared[0][i] = i < OWN ? span->shared[0][OWN * k + i] : 0;
  PetscCall(PltSpanSet(phase, child));
  for (int i = 0; i < OWN; i++) {
    span->shared[1][OWN * k + i] = child->shared[1][i];
    span->shared[1][REST + 3 * k + i] += child->free[i] - span->free[i];
  }
  span->largest = PetscMin(span->largest, child->largest);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Advance_Traces(PltMaterial material, PltSpan *span)
{
  const PltMaterial only = OnlyPhase(material);

  PetscFunctionBegin;
  PetscCall(material->ops->expansion(material, span->T[0], span->T[1], span->free));
  PetscCall(AdvancePhase(material->metal, METAL, span));
  PetscCall(AdvancePhase(material->matrix, MATRIX, span));
  if (only) PetscCall(PetscArraycpy(span->free, span->child[only == material->matrix].free, 6));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void GiveModulus(const PltPairs *tree, PetscBool exact, PetscReal D[6][6])
{
  const PetscReal(*F)[6] = tree->response[0].D;

  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) D[i][j] = exact ? F[i][j] : (F[i][j] + F[j][i]) / 2;
}

static int Update_Traces(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                         PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const PltMaterial only  = OnlyPhase(site->material);
  const int         njump = JumpCount(site->material);
  PltPairs          tree;
  int               at = 0, lost = 1;

  if (only) {
    const PltSite all_of_it = {.material = only,
                               .span     = &site->span->child[only == site->material->matrix],
                               .exact    = site->exact};

    return PltMaterialUpdate(&all_of_it, start, strain, end, stress, D);
  }
  MakeTree(&tree, site);
  memcpy(tree.response[0].strain, strain, sizeof tree.response[0].strain);
  if (site->guess) {
    PltPairsGuess(&tree, site->guess);
    lost = PltPairsSolve(&tree, start + njump, end ? end + njump : NULL);
  }
  for (int p = 0; lost && p < tree.npair; p++)
    for (int i = 0; i < tree.pair[p].common->n; i++) tree.pair[p].jump[i] = start[at++];
  if (lost && PltPairsSolve(&tree, start + njump, end ? end + njump : NULL)) return 1;
  if (site->guess) PltPairsKeep(&tree, site->guess);
  memcpy(stress, tree.response[0].stress, sizeof tree.response[0].stress);
  if (D) GiveModulus(&tree, site->exact, D);
  at = 0;
  for (int p = 0; end && p < tree.npair; p++)
    for (int i = 0; i < tree.pair[p].common->n; i++) end[at++] = tree.pair[p].jump[i];
  return 0;
}

/* Of the law "traces" in the place of PltTraces, where PltTracesRemember; what is not here is
   taken from that. */
const PltMaterialOps PltTracesMemory = {
    .type    = "traces",
    .nshared = PLT_SHARED,
    .nstate  = NState_Traces,
    .nguess  = NGuess_Traces,
    .birth   = Birth_Traces,
    .advance = Advance_Traces,
    .update  = Update_Traces,
};
