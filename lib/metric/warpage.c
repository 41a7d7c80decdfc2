/* SPDX-License-Identifier: BSD-2-Clause
   Warpage of one surface: area-weighted least-squares plane, peak to valley and bow (JEITA ED-7306
   section 3; SEMI MF1390 for the bow), least-squares quadratic and the class of shape it implies.
   With finite rotations the quadratic is a biconic,
     w = r'K r / (1 + sqrt(1 - |K r|^2)),
   the surface of optics with two radii, for any axes: exact for the circle and the sphere.

   Weights are the areas of vertices, the integrals of their bilinear hats. The half or quarter of a
   symmetric panel stands for the whole: mirror images double the even moments and cancel the odd
   ones, so the odd ones are set to zero. */
#include "metric/internal.h"

/* Below this part of its size a panel is flat: no instrument sees it, and a panel held flat
   still has as much from the thickness strain of its plies. */
#define FLAT 1e-7
/* Below this part of pv the bow is rounding, as on a saddle. */
#define BOW_NOISE 1e-6
/* Smaller principal curvature over the larger below which a shape counts as a cylinder. */
#define CYLINDER 0.3

/* The curvatures of the biconic are found when they change by less than this part. Each round the
   error falls, to half the square of the slope at the rim where that is small, to 0.73 of it at 57
   degrees. */
#define SETTLED 1e-10
#define ROUNDS 60

/* A surface while it is measured. Lengths in the plane are scaled by `length`, so that the normal
   equations are well conditioned. */
typedef struct {
  PltMesh          mesh;
  PltProject       project;
  PetscReal        length;
  const PetscReal *x;    /* [nvert_own][3] m */
  PetscReal       *area; /* [nvert_own] m2 */
  PetscReal       *at;   /* [nvert_own][2] places in the plane over `length` */
  PetscReal       *w;    /* [nvert] m, along the normal of the plane */
  PltPlane         plane;
} Surface;

static PetscErrorCode SurfaceCreate(PltMesh mesh, PltProject project, const PetscReal x[],
                                    Surface *s)
{
  PetscFunctionBegin;
  *s        = (Surface){.mesh = mesh, .project = project, .x = x};
  s->length = PetscMax(project->size[0], project->size[1]) / 2;
  PetscCall(PetscCalloc1(mesh->nvert_own, &s->area));
  PetscCall(PetscMalloc1(2 * mesh->nvert_own, &s->at));
  PetscCall(PetscMalloc1(mesh->nvert, &s->w));
  for (PetscInt q = 0; q < mesh->nquad; q++)
    for (PetscInt g = 0; g < 4; g++) {
      PetscReal N[4], xy[2], area;

      PltQuadPoint(mesh, q, g, N, xy, &area);
      for (PetscInt a = 0; a < 4; a++) {
        const PetscInt v = mesh->quad[4 * q + a];

        if (v < mesh->nvert_own) s->area[v] += N[a] * area;
      }
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SurfaceDestroy(Surface *s)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(s->area));
  PetscCall(PetscFree(s->at));
  PetscCall(PetscFree(s->w));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* 1, X, Y and, with S = 2 / (1 + sqrt(1 - |K r|^2)), S X^2/2, S Y^2/2, S XY: the coefficients of
   the last three are curvatures xx, yy, xy, which also are K. Where K is zero S is 1, so that a
   curvature that the data do not determine, as across a strip, still shows by equal functions. */
static void Basis(const PetscReal at[2], const PetscReal K[3], PetscReal f[PLT_BASIS_MAX])
{
  const PetscReal X = at[0], Y = at[1];
  const PetscReal square = PetscSqr(K[0] * X + K[2] * Y) + PetscSqr(K[2] * X + K[1] * Y);
  const PetscReal S      = 2 / (1 + PetscSqrtReal(PetscMax(0, 1 - square)));

  f[0] = 1;
  f[1] = X;
  f[2] = Y;
  f[3] = X * X / 2;
  f[4] = Y * Y / 2;
  f[5] = X * Y;
  for (PetscInt i = 0; i < 3; i++)
    if (K[i] != 0) f[3 + i] *= S;
}

/* Least squares of w with the first n functions; collective. */
static PetscErrorCode Fit(const Surface *s, PetscInt n, const PetscReal K[3],
                          PetscReal c[PLT_BASIS_MAX])
{
  static const int odd[2][PLT_BASIS_MAX]                 = {{0, 1, 0, 0, 0, 1}, {0, 0, 1, 0, 0, 1}};
  PetscReal        sum[PLT_BASIS_MAX + 1][PLT_BASIS_MAX] = {{0}}, f[PLT_BASIS_MAX];

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    Basis(&s->at[2 * v], K, f);
    for (PetscInt i = 0; i < n; i++) {
      sum[PLT_BASIS_MAX][i] += s->area[v] * f[i] * s->w[v];
      for (PetscInt j = 0; j < n; j++) sum[i][j] += s->area[v] * f[i] * f[j];
    }
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, (PLT_BASIS_MAX + 1) * PLT_BASIS_MAX, MPIU_REAL,
                             MPIU_SUM, s->mesh->comm));
  for (PetscInt axis = 0; axis < 2; axis++) {
    if (!PltMirrored(s->project, axis)) continue;
    for (PetscInt i = 0; i < n; i++) {
      if (odd[axis][i]) sum[PLT_BASIS_MAX][i] = 0;
      for (PetscInt j = 0; j < n; j++)
        if (odd[axis][i] != odd[axis][j]) sum[i][j] = 0;
    }
  }
  PltFitSolve(n, sum, sum[PLT_BASIS_MAX], c);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void SetHeights(Surface *s)
{
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    s->w[v] = PltPlaneCoordinate(&s->plane, 2, &s->x[3 * v]);
}

/* Levels the plane: heights less their least squares over the plan. This is all of the plane in
   linear theory; with finite rotations it takes out what rounding of the positions left. */
static PetscErrorCode Level(Surface *s)
{
  static const PetscReal flat[3] = {0, 0, 0};
  PetscReal              c[PLT_BASIS_MAX], *n = s->plane.axis[2];

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < 2; k++) s->at[2 * v + k] = s->mesh->xy[2 * v + k] / s->length;
  SetHeights(s);
  PetscCall(Fit(s, 3, flat, c));
  for (PetscInt i = 0; i < 3; i++) {
    s->plane.centre[i] += c[0] * n[i];
    n[i] -= (c[1] * s->plane.axis[0][i] + c[2] * s->plane.axis[1][i]) / s->length;
  }
  SetHeights(s);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Sets the plane, heights above it, on ghosts as well, and places in it. */
static PetscErrorCode FindPlane(Surface *s)
{
  const PltMesh mesh = s->mesh;

  PetscFunctionBegin;
  for (PetscInt k = 0; k < 3; k++) s->plane.axis[k][k] = 1;
  if (s->project->kinematics == PLT_LARGE)
    PetscCall(PltPlaneCarry(mesh, s->project, s->area, s->x, &s->plane));
  PetscCall(Level(s));
  PetscCall(PetscSFBcastBegin(mesh->ghost, MPIU_REAL, s->w, s->w, MPI_REPLACE));
  PetscCall(PetscSFBcastEnd(mesh->ghost, MPIU_REAL, s->w, s->w, MPI_REPLACE));
  for (PetscInt v = 0; v < mesh->nvert_own; v++)
    for (PetscInt k = 0; k < 2; k++)
      s->at[2 * v + k] = PltPlaneCoordinate(&s->plane, k, &s->x[3 * v]) / s->length;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Curvatures xx, yy, xy, 1/m; K are those of the round before, times `length`. Collective. */
static PetscErrorCode FitCurvatures(const Surface *s, PetscReal k[3])
{
  PetscReal c[PLT_BASIS_MAX], K[3] = {0, 0, 0}, change = 1;

  PetscFunctionBegin;
  for (PetscInt round = 0; round < ROUNDS && change > SETTLED; round++) {
    PetscReal size = 0;

    PetscCall(Fit(s, 6, K, c));
    change = 0;
    for (PetscInt i = 0; i < 3; i++) {
      k[i]   = c[3 + i] / PetscSqr(s->length);
      change = PetscMax(change, PetscAbsReal(k[i] * s->length - K[i]));
      size   = PetscMax(size, PetscAbsReal(k[i] * s->length));
      K[i]   = k[i] * s->length;
    }
    if (s->project->kinematics == PLT_SMALL || size == 0) break;
    change /= size;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Spread(const Surface *s, PltWarpage *warpage)
{
  PetscReal sum[2] = {0, 0}, top[2] = {PETSC_MIN_REAL, PETSC_MIN_REAL};

  PetscFunctionBegin;
  for (PetscInt v = 0; v < s->mesh->nvert_own; v++) {
    sum[0] += s->area[v] * PetscSqr(s->w[v]);
    sum[1] += s->area[v];
    top[0] = PetscMax(top[0], s->w[v]);
    top[1] = PetscMax(top[1], -s->w[v]);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 2, MPIU_REAL, MPIU_SUM, s->mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, top, 2, MPIU_REAL, MPIU_MAX, s->mesh->comm));
  warpage->pv  = top[0] + top[1];
  warpage->rms = PetscSqrtReal(sum[0] / sum[1]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Heights of the nine named points. */
static PetscErrorCode Points(const Surface *s, PetscReal up, PetscReal *centre, PltWarpage *warpage)
{
  const PetscReal a = s->project->size[0] / 2, b = s->project->size[1] / 2;
  const PetscReal d  = s->project->round ? PetscSqrtReal(0.5) : 1;
  PetscReal at[9][2] = {{0, 0}, {d * a, d * b}, {-d * a, d * b}, {-d * a, -d * b}, {d * a, -d * b},
                        {a, 0}, {-a, 0},        {0, b},          {0, -b}};
  PetscReal w[9];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 9; i++) /* the mirror image that is meshed */
    for (PetscInt axis = 0; axis < 2; axis++)
      if (PltMirrored(s->project, axis)) at[i][axis] = PetscAbsReal(at[i][axis]);
  PetscCall(PltFieldAt(s->mesh, s->w, 9, at, w));
  *centre         = up * w[0];
  warpage->corner = up * ((w[1] + w[2] + w[3] + w[4]) / 4 - w[0]);
  warpage->edge_x = up * ((w[5] + w[6]) / 2 - w[0]);
  warpage->edge_y = up * ((w[7] + w[8]) / 2 - w[0]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void Classify(PetscReal flat, PltWarpage *warpage)
{
  const PetscReal *k      = warpage->curvature;
  const PetscReal  mean   = (k[0] + k[1]) / 2;
  const PetscReal  radius = PetscSqrtReal(PetscSqr((k[0] - k[1]) / 2) + PetscSqr(k[2]));
  const PetscReal  large  = mean < 0 ? mean - radius : mean + radius;
  const PetscReal  small  = mean < 0 ? mean + radius : mean - radius;
  const char      *shape;

  if (warpage->pv < flat || large == 0) shape = "flat";
  else if (PetscAbsReal(small) < CYLINDER * PetscAbsReal(large)) shape = "cylinder";
  else if (small * large < 0) shape = "saddle";
  else shape = large > 0 ? "bowl" : "dome";
  (void)snprintf(warpage->shape, sizeof warpage->shape, "%s", shape);
  warpage->sign = 0;
  if (warpage->pv >= flat && PetscAbsReal(warpage->bow) > BOW_NOISE * warpage->pv)
    warpage->sign = warpage->bow > 0 ? 1 : -1;
}

static PetscErrorCode Measure(Surface *s, PetscReal up, PltWarpage *warpage)
{
  PetscReal centre = 0, rim = 0;

  PetscFunctionBegin;
  PetscCall(FindPlane(s));
  PetscCall(Spread(s, warpage));
  PetscCall(Points(s, up, &centre, warpage));
  PetscCall(PltBoundaryMean(s->mesh, s->project, s->w, &rim));
  warpage->bow = centre - up * rim;
  PetscCall(FitCurvatures(s, warpage->curvature));
  for (PetscInt i = 0; i < 3; i++) warpage->curvature[i] *= up;
  Classify(FLAT * s->length, warpage);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMetricWarpage(PltMesh mesh, PltProject project, const PetscReal x[], PetscReal up,
                                PltWarpage *warpage, PltPlane *plane)
{
  Surface s;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(warpage, sizeof *warpage));
  PetscCall(SurfaceCreate(mesh, project, x, &s));
  PetscCall(Measure(&s, up, warpage));
  *plane = s.plane;
  PetscCall(SurfaceDestroy(&s));
  PetscFunctionReturn(PETSC_SUCCESS);
}
