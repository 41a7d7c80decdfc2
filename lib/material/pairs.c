/* SPDX-License-Identifier: BSD-2-Clause
   Phases side by side, each with a law of its own. The two parts of a pair have the same strain but
   for some components, in which their stress is the same and their strain differs by a jump.

   The jumps d make the energy of the increment least. With shares w and 1 - w of a pair, c its
   components of common stress, e1 = e + (1 - w) d, e2 = e - w d: S1 = S2 in c, and Newton's method
   for all pairs at once goes up the tree with

     H = (1 - w) D1 + w D2 in c,   d <- d - H^-1 (S1 - S2 + (D1 - D2) de),
     D = w D1 + (1 - w) D2 - w (1 - w) (D1 - D2) H^-1 (D1 - D2)

   and down with de. The moduli of phases are exact, as those of flow that turns are not
   symmetric, and so D is exact. As the work of a pair is the mean of that of its parts (Hill, J.
   Mech. Phys. Solids 11:357, 1963), the symmetric part of D is positive definite if theirs are,
   and so is that of H, whose pivots are then positive. Steps that go past the least energy are
   shortened. Found is a gap of 1e-12 of the largest stress. */
#include <string.h>
#include "material/pairs.h"
#include "material/tensor.h"

enum { MOST_STEPS = 60 };

/* Strains of all parts from those of the layer and the jumps. */
static void Descend(PltPairs *tree)
{
  for (int p = 0; p < tree->npair; p++) {
    const PltPair *pair = &tree->pair[p];

    for (int k = 0; k < 2; k++) {
      const PetscReal part  = k == 0 ? 1 - pair->share : -pair->share;
      PetscReal      *child = tree->response[pair->part[k]].strain;

      memcpy(child, tree->response[p].strain, 6 * sizeof *child);
      for (int i = 0; i < pair->common->n; i++) child[pair->common->of[i]] += part * pair->jump[i];
    }
  }
}

/* Stress and modulus of the phases at their strains. */
static int UpdateLeaves(PltPairs *tree, const PetscReal start[], PetscReal end[])
{
  PetscInt at = 0;

  for (int l = 0; l < tree->nleaf; l++) {
    const PltLeaf *leaf = &tree->leaf[l];
    PltResponse   *r    = &tree->response[tree->npair + l];
    PetscReal      strain[6];

    for (int i = 0; i < 6; i++) strain[i] = r->strain[i] - (i < 3 ? leaf->rest[i] : 0);
    if (PltMaterialUpdate(&leaf->site, start + at, strain, end ? end + at : NULL, r->stress, r->D))
      return 1;
    at += leaf->nstate;
  }
  return 0;
}

/* ---- Newton's method ---- */

/* Columns of a right side: those of the strain, that of the stress, and one to fill a vector. */
enum { STRESS = 6, COLUMNS = 8 };

/* b -= factor a */
PLT_INLINE void Subtract(PetscReal factor, const PetscReal a[COLUMNS], PetscReal b[COLUMNS])
{
  for (int c = 0; c < COLUMNS; c++) b[c] -= factor * a[c];
}

/* Solves H x = b for all columns of b, which become x; 1 if a pivot is not positive. */
PLT_INLINE int Solve(int n, PetscReal H[6][6], PetscReal b[6][COLUMNS])
{
  for (int j = 0; j < n; j++) {
    if (!(H[j][j] > 0)) return 1;
    H[j][j] = 1 / H[j][j];
    for (int i = j + 1; i < n; i++) {
      const PetscReal factor = H[i][j] * H[j][j];

      for (int k = j + 1; k < n; k++) H[i][k] -= factor * H[j][k];
      Subtract(factor, b[j], b[i]);
    }
  }
  for (int i = n - 1; i >= 0; i--) {
    for (int k = i + 1; k < n; k++) Subtract(H[i][k], b[k], b[i]);
    for (int c = 0; c < COLUMNS; c++) b[i][c] *= H[i][i];
  }
  return 0;
}

/* Mean stress of all pairs. */
static void Average(PltPairs *tree)
{
  for (int p = tree->npair - 1; p >= 0; p--) {
    const PltPair     *pair = &tree->pair[p];
    const PetscReal    w    = pair->share;
    const PltResponse *a = &tree->response[pair->part[0]], *b = &tree->response[pair->part[1]];

    for (int i = 0; i < 6; i++)
      tree->response[p].stress[i] = w * a->stress[i] + (1 - w) * b->stress[i];
  }
}

/* Modulus, relaxed stress and the step of one pair from those of its parts. */
PLT_VERSIONS static int Condense(PltPairs *tree, int p)
{
  PltPair           *pair = &tree->pair[p];
  const PltResponse *a = &tree->response[pair->part[0]], *b = &tree->response[pair->part[1]];
  PltResponse       *r = &tree->response[p];
  const PetscReal    w = pair->share;
  const int          n = pair->common->n, *of = pair->common->of;
  PetscReal          H[6][6], x[6][COLUMNS], left[6][6], sum[6][COLUMNS] = {{0}};

  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) H[i][j] = (1 - w) * a->D[of[i]][of[j]] + w * b->D[of[i]][of[j]];
    for (int j = 0; j < 6; j++) x[i][j] = a->D[of[i]][j] - b->D[of[i]][j];
    for (int j = 0; j < 6; j++) left[i][j] = a->D[j][of[i]] - b->D[j][of[i]];
    x[i][STRESS]      = a->relaxed[of[i]] - b->relaxed[of[i]];
    x[i][COLUMNS - 1] = 0;
  }
  if (Solve(n, H, x)) return 1;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 6; i++) Subtract(-left[k][i], x[k], sum[i]);
    pair->alone[k] = -x[k][STRESS];
    for (int j = 0; j < 6; j++) pair->follow[k][j] = -x[k][j];
  }
  for (int i = 0; i < 6; i++) {
    r->relaxed[i] = w * a->relaxed[i] + (1 - w) * (b->relaxed[i] - w * sum[i][STRESS]);
    for (int j = 0; j < 6; j++)
      r->D[i][j] = w * a->D[i][j] + (1 - w) * (b->D[i][j] - w * sum[i][j]);
  }
  return 0;
}

/* Steps of jumps and strains that follow the step of the layer's strain. */
static void Follow(PltPairs *tree)
{
  for (int p = 0; p < tree->npair; p++) {
    PltPair         *pair = &tree->pair[p];
    const PetscReal *de   = tree->response[p].step;

    for (int i = 0; i < pair->common->n; i++) {
      pair->base[i] = pair->jump[i];
      pair->step[i] = pair->alone[i];
      for (int j = 0; j < 6; j++) pair->step[i] += pair->follow[i][j] * de[j];
    }
    for (int k = 0; k < 2; k++) {
      const PetscReal part  = k == 0 ? 1 - pair->share : -pair->share;
      PetscReal      *child = tree->response[pair->part[k]].step;

      memcpy(child, de, 6 * sizeof *child);
      for (int i = 0; i < pair->common->n; i++) child[pair->common->of[i]] += part * pair->step[i];
    }
  }
}

/* The step of all jumps, the strain of the layer given. */
static int FindStep(PltPairs *tree)
{
  for (int l = 0; l < tree->nleaf; l++) {
    PltResponse *leaf = &tree->response[tree->npair + l];

    memcpy(leaf->relaxed, leaf->stress, sizeof leaf->stress);
  }
  for (int p = tree->npair - 1; p >= 0; p--)
    if (Condense(tree, p)) return 1;
  memset(tree->response[0].step, 0, sizeof tree->response[0].step);
  Follow(tree);
  return 0;
}

/* Slope of the energy along the step. */
static PetscReal Slope(const PltPairs *tree)
{
  PetscReal sum = 0;

  for (int p = 0; p < tree->npair; p++) {
    const PltPair   *pair = &tree->pair[p];
    const PetscReal  both = pair->weight * pair->share * (1 - pair->share);
    const PetscReal *a    = tree->response[pair->part[0]].stress;
    const PetscReal *b    = tree->response[pair->part[1]].stress;

    for (int i = 0; i < pair->common->n; i++)
      sum += both * (a[pair->common->of[i]] - b[pair->common->of[i]]) * pair->step[i];
  }
  return sum;
}

/* What the rounding of strains may leave of a gap: 1e-15 of the stiffest part at the largest
   strain, of which the small one of a stiff phase is a difference; at one of 1e-7 or more. */
static PetscReal Rounding(const PltPairs *tree)
{
  PetscReal stiffness = 0, strain = 1e-7;

  for (int r = 0; r < tree->npair + tree->nleaf; r++)
    for (int i = 0; i < 6; i++) strain = PetscMax(strain, fabs(tree->response[r].strain[i]));
  for (int l = 0; l < tree->nleaf; l++) {
    for (int i = 0; i < 3; i++) strain = PetscMax(strain, fabs(tree->leaf[l].rest[i]));
    for (int i = 0; i < 6; i++)
      stiffness = PetscMax(stiffness, tree->response[tree->npair + l].D[i][i]);
  }
  return 1e-15 * stiffness * strain;
}

/* The largest gap in parts of what may be left of it: 1e-12 of the largest stress, and rounding. */
static PetscReal Gap(const PltPairs *tree)
{
  PetscReal gap = 0, stress = 0;

  for (int p = 0; p < tree->npair; p++) {
    const PltPair   *pair = &tree->pair[p];
    const PetscReal *a    = tree->response[pair->part[0]].stress;
    const PetscReal *b    = tree->response[pair->part[1]].stress;

    for (int i = 0; i < pair->common->n; i++)
      gap = PetscMax(gap, fabs(a[pair->common->of[i]] - b[pair->common->of[i]]));
  }
  for (int l = tree->npair; l < tree->npair + tree->nleaf; l++)
    for (int i = 0; i < 6; i++) stress = PetscMax(stress, fabs(tree->response[l].stress[i]));
  return gap / (1e-12 * stress + Rounding(tree));
}

/* Goes along the step, as far as the energy falls. */
static int TakeStep(PltPairs *tree, const PetscReal start[], PetscReal end[])
{
  const PetscReal slope = Slope(tree);
  PetscReal       part  = 1;

  for (int n = 0; n < 12; n++) {
    PetscReal there;

    for (int p = 0; p < tree->npair; p++)
      for (int i = 0; i < tree->pair[p].common->n; i++)
        tree->pair[p].jump[i] = tree->pair[p].base[i] + part * tree->pair[p].step[i];
    Descend(tree);
    if (UpdateLeaves(tree, start, end)) {
      part /= 4;
      continue;
    }
    Average(tree);
    there = Slope(tree);
    if (!isfinite(there)) return 1;
    if (there <= 0.5 * fabs(slope) || Gap(tree) <= 1) return 0;
    part *= PetscMax(0.1, PetscMin(0.7, -slope / (there - slope)));
  }
  return 1;
}

void PltPairsKeep(const PltPairs *tree, PetscReal guess[])
{
  int at = 6;

  memcpy(guess, tree->response[0].strain, 6 * sizeof *guess);
  for (int p = 0; p < tree->npair; p++) {
    const PltPair *pair = &tree->pair[p];

    for (int i = 0; i < pair->common->n; i++, at += 7) {
      guess[at] = pair->jump[i];
      memcpy(guess + at + 1, pair->follow[i], 6 * sizeof *guess);
    }
  }
}

void PltPairsGuess(PltPairs *tree, const PetscReal guess[])
{
  int at = 6;

  for (int i = 0; i < 6; i++) tree->response[0].step[i] = tree->response[0].strain[i] - guess[i];
  for (int p = 0; p < tree->npair; p++) {
    PltPair *pair = &tree->pair[p];

    for (int i = 0; i < pair->common->n; i++, at += 7) {
      pair->jump[i]  = guess[at];
      pair->alone[i] = 0;
      memcpy(pair->follow[i], guess + at + 1, 6 * sizeof *guess);
    }
  }
  Follow(tree);
  for (int p = 0; p < tree->npair; p++)
    for (int i = 0; i < tree->pair[p].common->n; i++)
      tree->pair[p].jump[i] += tree->pair[p].step[i];
}

int PltPairsSolve(PltPairs *tree, const PetscReal start[], PetscReal end[])
{
  Descend(tree);
  if (UpdateLeaves(tree, start, end)) return 1;
  Average(tree);
  for (int n = 0; n < MOST_STEPS; n++) {
    const PetscReal gap = Gap(tree);

    if (!isfinite(gap)) return 1;
    if (FindStep(tree)) return 1;
    if (gap <= 1) return 0;
    if (TakeStep(tree, start, end)) return gap <= 1e3 && Gap(tree) <= 1e3 ? 0 : 1;
  }
  return 1;
}
