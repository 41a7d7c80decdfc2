/* SPDX-License-Identifier: BSD-2-Clause
   A patterned metal layer: parallel traces of metal in a matrix, homogenised.

   In the plane: plane-stress plies, a rank-1 laminate with its layering normal across the traces,
   which is exact (Milton, The Theory of Composites, 2002, section 9.2): strain along the traces and
   stress across them are the same in both phases. Direction 'm' is half traces along x and half
   along y: Hill's (1952) mean of the Voigt average of the two (with the mean thermal stress) and
   the Reuss average (with the mean CTE).

   Through the thickness there is no exact answer, as it hangs on how wide a trace is for its
   height. The 6 x 6 stiffness is made of the in-plane plane-stress part Q, the stiffness C33 at
   fixed in-plane strain and the ratios g_i = C_i3 / C33:

     C_ij = Q_ij + g_i g_j C33,   C_i3 = g_i C33,   i, j in {1, 2}

   so the plane-stress part of C is Q whatever C33 and g are, and C is positive definite if Q and
   C33 are. C33 and g are those of the three-dimensional rank-1 laminate, where traces and matrix
   stand side by side and stretch alike in z: its Ez is the Voigt average (for equal Poisson's
   ratios). Transverse shear: Voigt along the traces, Reuss across. The CTE in z is the volume
   average.

   The expansion is the integral of the tangent CTE of the mixture, by Gauss' rule between the
   points of the tables. It is exact as long as the stiffness of the phases does not change. */
#include "material/law.h"

enum { METAL, MATRIX };
enum { G23, G13, G12 };

/* A layer by its in-plane part, its thickness part and its shear moduli. */
typedef struct {
  PetscReal Q[2][2], b[2]; /* plane stress: stiffness, thermal stress for 1 K */
  PetscReal C33, g[2];     /* see above */
  PetscReal G[3];          /* G23 G13 G12 */
  PetscReal cte3;
} Layer;

/* ---- layer <-> stiffness ---- */

static Layer ReduceToLayer(const PetscReal C[6][6], const PetscReal cte[6])
{
  Layer layer = {.C33 = C[PLT_33][PLT_33], .cte3 = cte[PLT_33]};

  for (int i = 0; i < 2; i++) {
    layer.g[i] = C[i][PLT_33] / layer.C33;
    for (int j = 0; j < 2; j++) layer.Q[i][j] = C[i][j] - layer.g[i] * C[PLT_33][j];
  }
  for (int i = 0; i < 2; i++) layer.b[i] = layer.Q[i][0] * cte[0] + layer.Q[i][1] * cte[1];
  for (int s = 0; s < 3; s++) layer.G[s] = C[PLT_23 + s][PLT_23 + s];
  return layer;
}

/* The 3 x 3 normal part of the stiffness. */
static void ExpandNormal(const Layer *layer, PetscReal A[3][4])
{
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) A[i][j] = layer->Q[i][j] + layer->g[i] * layer->g[j] * layer->C33;
    A[i][2] = A[2][i] = layer->g[i] * layer->C33;
  }
  A[2][2] = layer->C33;
}

/* Exchange x and y. */
static Layer Turn(Layer layer)
{
  Layer turned = layer;

  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) turned.Q[i][j] = layer.Q[1 - i][1 - j];
    turned.b[i] = layer.b[1 - i];
    turned.g[i] = layer.g[1 - i];
  }
  turned.G[G23] = layer.G[G13];
  turned.G[G13] = layer.G[G23];
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
static void SolveExpansion(const Layer *layer, PetscReal cte[2])
{
  PetscReal S[2][2];

  Invert2(layer->Q, S);
  for (int i = 0; i < 2; i++) cte[i] = S[i][0] * layer->b[0] + S[i][1] * layer->b[1];
}

/* ---- mixing ---- */

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

static void MixPlane(const Layer phase[2], const PetscReal weight[2], Layer *layer)
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

static void MixThickness(const Layer phase[2], const PetscReal weight[2], Layer *layer)
{
  PetscReal A[2][3][4] = {{{0}}}, mean[3][4];

  for (int k = 0; k < 2; k++) ExpandNormal(&phase[k], A[k]);
  Laminate(3, A, weight, mean);
  layer->C33 = mean[2][2];
  for (int i = 0; i < 2; i++) layer->g[i] = mean[i][2] / mean[2][2];
}

static Layer MixAlongX(Layer metal, Layer matrix, PetscReal fraction)
{
  const Layer     phase[2]  = {metal, matrix};
  const PetscReal weight[2] = {fraction, 1 - fraction};
  Layer           layer     = {.cte3 = fraction * metal.cte3 + (1 - fraction) * matrix.cte3};

  MixPlane(phase, weight, &layer);
  MixThickness(phase, weight, &layer);
  for (int s = 0; s < 3; s++) {
    const PetscReal G[2] = {metal.G[s], matrix.G[s]};

    layer.G[s] = s == G13 ? Voigt(G, weight) : Reuss(G, weight);
  }
  return layer;
}

/* The Reuss average of two layers in the plane: mean compliance, mean CTE. */
static void ReussInPlane(const Layer part[2], PetscReal Q[2][2], PetscReal b[2])
{
  PetscReal S[2][2][2], cte[2][2], mean[2][2], mean_cte[2];

  for (int k = 0; k < 2; k++) {
    Invert2(part[k].Q, S[k]);
    SolveExpansion(&part[k], cte[k]);
  }
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) mean[i][j] = (S[0][i][j] + S[1][i][j]) / 2;
    mean_cte[i] = (cte[0][i] + cte[1][i]) / 2;
  }
  Invert2(mean, Q);
  for (int i = 0; i < 2; i++) b[i] = Q[i][0] * mean_cte[0] + Q[i][1] * mean_cte[1];
}

/* Half traces along x, half along y: Hill's mean. C33 is nearly the same in both, so the plain mean
   does for it and g. */
static Layer MixDirections(Layer x, Layer y)
{
  const Layer     part[2] = {x, y};
  const PetscReal half[2] = {0.5, 0.5};
  Layer           layer   = {.C33 = (x.C33 + y.C33) / 2, .cte3 = x.cte3};
  PetscReal       Q[2][2], b[2];

  ReussInPlane(part, Q, b);
  for (int i = 0; i < 2; i++) {
    for (int j = 0; j < 2; j++) layer.Q[i][j] = (x.Q[i][j] + y.Q[i][j]) / 4 + Q[i][j] / 2;
    layer.b[i] = (x.b[i] + y.b[i]) / 4 + b[i] / 2;
    layer.g[i] = (x.g[i] + y.g[i]) / 2;
  }
  for (int s = 0; s < 3; s++) {
    const PetscReal G[2] = {x.G[s], y.G[s]};

    layer.G[s] = (Voigt(G, half) + Reuss(G, half)) / 2;
  }
  return layer;
}

static PetscErrorCode ReducePhase(PltMaterial phase, PetscReal T, Layer *layer)
{
  PetscReal C[6][6], cte[6];

  PetscFunctionBegin;
  PetscCall(phase->ops->stiffness(phase, T, C));
  PetscCall(phase->ops->tangent(phase, T, cte));
  *layer = ReduceToLayer(C, cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Homogenise(PltMaterial material, PetscReal T, Layer *layer)
{
  const PetscReal f = material->fraction;
  Layer           metal, matrix, x, y;

  PetscFunctionBegin;
  PetscCall(ReducePhase(material->metal, T, &metal));
  PetscCall(ReducePhase(material->matrix, T, &matrix));
  x = MixAlongX(metal, matrix, f);
  y = Turn(MixAlongX(Turn(metal), Turn(matrix), f));
  switch (material->direction) {
  case 'x':
    *layer = x;
    break;
  case 'y':
    *layer = y;
    break;
  default:
    *layer = MixDirections(x, y);
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the law ---- */

/* The phase that is all there is, NULL if both are there: its numbers are then taken to the bit. */
static PltMaterial OnlyPhase(PltMaterial material)
{
  if (material->fraction <= 0) return material->matrix;
  return material->fraction >= 1 ? material->metal : NULL;
}

static PetscErrorCode Stiffness_Traces(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  const PltMaterial only = OnlyPhase(material);
  Layer             layer;
  PetscReal         A[3][4];

  PetscFunctionBegin;
  if (only) {
    PetscCall(only->ops->stiffness(only, T, C));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Homogenise(material, T, &layer));
  PetscCall(PetscMemzero(C, 36 * sizeof(PetscReal)));
  ExpandNormal(&layer, A);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) C[i][j] = (A[i][j] + A[j][i]) / 2; /* symmetric to the last bit */
  for (int s = 0; s < 3; s++) C[PLT_23 + s][PLT_23 + s] = layer.G[s];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Tangent_Traces(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  const PltMaterial only = OnlyPhase(material);
  Layer             layer;

  PetscFunctionBegin;
  if (only) {
    PetscCall(only->ops->tangent(only, T, cte));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(Homogenise(material, T, &layer));
  PetscCall(PetscArrayzero(cte, 6));
  SolveExpansion(&layer, cte);
  cte[PLT_33] = layer.cte3;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The least temperature of the phases' tables above T, or that is a property of theirs (Tg); `last`
   if there is none below it. */
static PetscReal NextKnot(PltMaterial material, PetscReal T, PetscReal last)
{
  const PltMaterial phase[2] = {material->metal, material->matrix};

  for (int k = 0; k < 2; k++) {
    for (PetscInt i = 0; i < phase[k]->ops->nproperty; i++) {
      const PltProperty *property = &phase[k]->ops->property[i];
      const PltCurve    *curve    = &phase[k]->curve[i];
      const PetscReal   *knot     = property->quantity == PLT_TEMPERATURE ? curve->value : curve->T;

      if (property->pairs || !knot) continue;
      for (PetscInt p = 0; p < curve->n; p++)
        if (knot[p] > T && knot[p] < last) last = knot[p];
    }
  }
  return last;
}

/* The tangent CTE is a smooth rational function between two knots. With a matrix that loses 93 % of
   its modulus from one knot to the next, GAUSS points leave a relative error below 1e-10. */
enum { GAUSS = 8 };
static const PetscReal gauss_x[GAUSS / 2] = {0.1834346424956498, 0.5255324099163290,
                                             0.7966664774136267, 0.9602898564975363};
static const PetscReal gauss_w[GAUSS / 2] = {0.3626837833783620, 0.3137066458778873,
                                             0.2223810344533745, 0.1012285362903763};

static PetscErrorCode AddIntegral(PltMaterial material, PetscReal a, PetscReal b,
                                  PetscReal strain[6])
{
  const PetscReal middle = (a + b) / 2, half = (b - a) / 2;

  PetscFunctionBegin;
  for (int p = 0; p < GAUSS; p++) {
    const PetscReal x = p % 2 ? gauss_x[p / 2] : -gauss_x[p / 2];
    PetscReal       cte[6];

    PetscCall(Tangent_Traces(material, middle + half * x, cte));
    for (int i = 0; i < 6; i++) strain[i] += half * gauss_w[p / 2] * cte[i];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Traces(PltMaterial material, PetscReal T0, PetscReal T1,
                                       PetscReal strain[6])
{
  const PltMaterial only = OnlyPhase(material);
  const PetscReal   last = PetscMax(T0, T1);

  PetscFunctionBegin;
  if (only) {
    PetscCall(only->ops->expansion(only, T0, T1, strain));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscArrayzero(strain, 6));
  for (PetscReal a = PetscMin(T0, T1); a < last;) {
    const PetscReal b = NextKnot(material, a, last);

    PetscCall(AddIntegral(material, a, b, strain));
    a = b;
  }
  if (T1 < T0)
    for (int i = 0; i < 6; i++) strain[i] = -strain[i];
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Check_Traces(PltMaterial material, PltMistakes mistakes)
{
  const PltMaterial phase[2] = {material->metal, material->matrix};
  const char *const part[2]  = {"metal", "matrix"};

  PetscFunctionBegin;
  for (int k = 0; k < 2; k++) {
    if (!phase[k])
      PetscCall(PltMistakesAdd(mistakes, material->mark, "material '%s' has no %s", material->name,
                               part[k]));
    else if (phase[k]->ops == &PltTraces)
      PetscCall(PltMistakesAdd(mistakes, material->mark,
                               "material '%s': its %s '%s' is itself a layer of traces",
                               material->name, part[k], phase[k]->name));
  }
  if (!(material->fraction >= 0 && material->fraction <= 1))
    PetscCall(PltMistakesAdd(mistakes, material->mark,
                             "material '%s': fraction is %.6g, must be between 0 and 1",
                             material->name, (double)material->fraction));
  if (material->direction != 'x' && material->direction != 'y' && material->direction != 'm')
    PetscCall(PltMistakesAdd(mistakes, material->mark,
                             "material '%s': the direction of traces is x, y or m (mixed)",
                             material->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltTraces = {
    .type      = "traces",
    .nproperty = 0,
    .stiffness = Stiffness_Traces,
    .tangent   = Tangent_Traces,
    .expansion = Expansion_Traces,
    .check     = Check_Traces,
};
