/* SPDX-License-Identifier: BSD-2-Clause
   Layers of two phases side by side, homogenised.

   In the plane: plane-stress plies, a rank-1 laminate with its layering normal across the traces,
   which is exact (Milton, The Theory of Composites, 2002, section 9.2): strain along the traces and
   stress across them are the same in both phases. Patches of different layers side by side: Hill's
   (1952) mean of the Voigt average (with the mean thermal stress) and the Reuss average (with the
   mean CTE).

   Through the thickness there is no exact answer, as it hangs on how wide a trace is for its
   height. The 6 x 6 stiffness is made of the in-plane plane-stress part Q, the stiffness C33 at
   fixed in-plane strain and the ratios g_i = C_i3 / C33:

     C_ij = Q_ij + g_i g_j C33,   C_i3 = g_i C33,   i, j in {1, 2}

   so the plane-stress part of C is Q whatever C33 and g are, and C is positive definite if Q and
   C33 are. Of traces, C33 and g are those of the three-dimensional rank-1 laminate, where traces
   and matrix stand side by side and stretch alike in z: its Ez is the Voigt average (for equal
   Poisson's ratios). So do patches: C33 and C_i3 are their means. Transverse shear: Voigt along
   the traces, Reuss across; of patches, the mean of the two. The CTE in z is the volume average. */
#include "material/layer.h"

/* ---- layer <-> stiffness ---- */

PltLayer PltLayerReduce(const PetscReal C[6][6], const PetscReal cte[6])
{
  PltLayer layer = {.C33 = C[PLT_33][PLT_33], .cte3 = cte[PLT_33]};

  for (int i = 0; i < 2; i++) {
    layer.g[i] = C[i][PLT_33] / layer.C33;
    for (int j = 0; j < 2; j++) layer.Q[i][j] = C[i][j] - layer.g[i] * C[PLT_33][j];
  }
  for (int i = 0; i < 2; i++) layer.b[i] = layer.Q[i][0] * cte[0] + layer.Q[i][1] * cte[1];
  for (int s = 0; s < 3; s++) layer.G[s] = C[PLT_23 + s][PLT_23 + s];
  return layer;
}

/* The 3 x 3 normal part of the stiffness. */
static void ExpandNormal(const PltLayer *layer, PetscReal A[3][4])
{
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) A[i][j] = layer->Q[i][j] + layer->g[i] * layer->g[j] * layer->C33;
    A[i][2] = A[2][i] = layer->g[i] * layer->C33;
  }
  A[2][2] = layer->C33;
}

void PltLayerExpand(const PltLayer *layer, PetscReal C[6][6])
{
  PetscReal A[3][4];

  for (int i = 0; i < 36; i++) C[i / 6][i % 6] = 0;
  ExpandNormal(layer, A);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) C[i][j] = (A[i][j] + A[j][i]) / 2; /* symmetric to the last bit */
  for (int s = 0; s < 3; s++) C[PLT_23 + s][PLT_23 + s] = layer->G[s];
}

/* Exchange x and y. */
static PltLayer Turn(const PltLayer *layer)
{
  PltLayer turned = *layer;

  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) turned.Q[i][j] = layer->Q[1 - i][1 - j];
    turned.b[i] = layer->b[1 - i];
    turned.g[i] = layer->g[1 - i];
  }
  turned.G[PLT_G23] = layer->G[PLT_G13];
  turned.G[PLT_G13] = layer->G[PLT_G23];
  return turned;
}

static void Invert2(const PetscReal A[2][2], PetscReal B[2][2])
{
  const PetscReal det = A[0][0] * A[1][1] - A[0][1] * A[1][0];

  B[0][0] = A[1][1] / det;
  B[1][1] = A[0][0] / det;
  B[0][1] = B[1][0] = -A[0][1] / det;
}

/* In-plane CTE of a layer. */
static void SolveExpansion(const PltLayer *layer, PetscReal cte[2])
{
  PetscReal S[2][2];

  Invert2(layer->Q, S);
  for (int i = 0; i < 2; i++) cte[i] = S[i][0] * layer->b[0] + S[i][1] * layer->b[1];
}

void PltLayerExpansion(const PltLayer *layer, PetscReal cte[6])
{
  for (int i = 0; i < 6; i++) cte[i] = 0;
  SolveExpansion(layer, cte);
  cte[PLT_33] = layer->cte3;
}

/* ---- traces ---- */

/* Rank-1 laminate with normal 2 of the first n rows and columns (Milton 2002, section 9.2); with
   <.> the volume average

     A*_ij = <A_ij - A_i2 A_2j / A_22> + <A_i2 / A_22> <A_2j / A_22> / <1 / A_22>.

   The last column is the thermal stress, which mixes like any other. */
static void Laminate(int n, const PetscReal A[2][3][4], const PetscReal weight[2],
                     PetscReal mean[3][4])
{
  PetscReal softness = 0;

  for (int k = 0; k < 2; k++) softness += weight[k] / A[k][1][1];
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 4; j++) {
      PetscReal rest = 0, left = 0, right = 0;

      for (int k = 0; k < 2; k++) {
        rest += weight[k] * (A[k][i][j] - A[k][i][1] * A[k][1][j] / A[k][1][1]);
        left += weight[k] * A[k][i][1] / A[k][1][1];
        right += weight[k] * A[k][1][j] / A[k][1][1];
      }
      mean[i][j] = rest + left * right / softness;
    }
  }
}

static PetscReal Voigt(const PetscReal x[2], const PetscReal weight[2])
{
  return weight[0] * x[0] + weight[1] * x[1];
}

static PetscReal Reuss(const PetscReal x[2], const PetscReal weight[2])
{
  return 1 / (weight[0] / x[0] + weight[1] / x[1]);
}

static void MixPlane(const PltLayer phase[2], const PetscReal weight[2], PltLayer *layer)
{
  PetscReal A[2][3][4] = {{{0}}}, mean[3][4];

  for (int k = 0; k < 2; k++) {
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) A[k][i][j] = phase[k].Q[i][j];
      A[k][i][3] = phase[k].b[i];
    }
  }
  Laminate(2, A, weight, mean);
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) layer->Q[i][j] = mean[i][j];
    layer->b[i] = mean[i][3];
  }
}

static void MixThickness(const PltLayer phase[2], const PetscReal weight[2], PltLayer *layer)
{
  PetscReal A[2][3][4] = {{{0}}}, mean[3][4];

  for (int k = 0; k < 2; k++) ExpandNormal(&phase[k], A[k]);
  Laminate(3, A, weight, mean);
  layer->C33 = mean[2][2];
  for (int i = 0; i < 2; i++) layer->g[i] = mean[i][2] / mean[2][2];
}

static PltLayer TracesAlongX(const PltLayer *metal, const PltLayer *matrix, PetscReal fraction)
{
  const PltLayer  phase[2]  = {*metal, *matrix};
  const PetscReal weight[2] = {fraction, 1 - fraction};
  PltLayer        layer     = {.cte3 = fraction * metal->cte3 + (1 - fraction) * matrix->cte3};

  MixPlane(phase, weight, &layer);
  MixThickness(phase, weight, &layer);
  for (int s = 0; s < 3; s++) {
    const PetscReal G[2] = {metal->G[s], matrix->G[s]};

    layer.G[s] = s == PLT_G13 ? Voigt(G, weight) : Reuss(G, weight);
  }
  return layer;
}

PltLayer PltLayerTraces(const PltLayer *metal, const PltLayer *matrix, PetscReal fraction, int d)
{
  PltLayer phase[2], layer;

  if (d == 0) return TracesAlongX(metal, matrix, fraction);
  phase[0] = Turn(metal);
  phase[1] = Turn(matrix);
  layer    = TracesAlongX(&phase[0], &phase[1], fraction);
  return Turn(&layer);
}

/* ---- patches ---- */

/* The Reuss average in the plane: mean compliance, mean CTE. */
static void ReussInPlane(PetscInt n, const PltLayer patch[], const PetscReal weight[],
                         PetscReal Q[2][2], PetscReal b[2])
{
  PetscReal mean[2][2] = {{0}}, mean_cte[2] = {0};

  for (PetscInt k = 0; k < n; k++) {
    PetscReal S[2][2], cte[2];

    Invert2(patch[k].Q, S);
    SolveExpansion(&patch[k], cte);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) mean[i][j] += weight[k] * S[i][j];
      mean_cte[i] += weight[k] * cte[i];
    }
  }
  Invert2(mean, Q);
  for (int i = 0; i < 2; i++) b[i] = Q[i][0] * mean_cte[0] + Q[i][1] * mean_cte[1];
}

/* The Voigt average of all that has one, and the mean C33. */
static PltLayer VoigtOf(PetscInt n, const PltLayer patch[], const PetscReal weight[])
{
  PltLayer mean = {.C33 = 0};

  for (PetscInt k = 0; k < n; k++) {
    const PltLayer *p = &patch[k];

    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) mean.Q[i][j] += weight[k] * p->Q[i][j];
      mean.b[i] += weight[k] * p->b[i];
      mean.g[i] += weight[k] * p->g[i] * p->C33;
    }
    for (int s = 0; s < 3; s++) mean.G[s] += weight[k] * p->G[s];
    mean.C33 += weight[k] * p->C33;
    mean.cte3 += weight[k] * p->cte3;
  }
  for (int i = 0; i < 2; i++) mean.g[i] /= mean.C33;
  return mean;
}

PltLayer PltLayerPatches(PetscInt n, const PltLayer patch[], const PetscReal weight[])
{
  PltLayer  layer;
  PetscReal Q[2][2], b[2];

  if (n == 1) return patch[0]; /* to the bit */
  layer = VoigtOf(n, patch, weight);
  ReussInPlane(n, patch, weight, Q, b);
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) layer.Q[i][j] = (layer.Q[i][j] + Q[i][j]) / 2;
    layer.b[i] = (layer.b[i] + b[i]) / 2;
  }
  for (int s = 0; s < 3; s++) {
    PetscReal softness = 0;

    for (PetscInt k = 0; k < n; k++) softness += weight[k] / patch[k].G[s];
    layer.G[s] = (layer.G[s] + 1 / softness) / 2;
  }
  return layer;
}
