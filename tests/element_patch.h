/* SPDX-License-Identifier: BSD-2-Clause
   A few solid-shells solved densely, for the tests of the element: no mesh, no assembly of the
   library is involved. */
#ifndef PLT_TEST_ELEMENT_PATCH_H
#define PLT_TEST_ELEMENT_PATCH_H
#include <string.h>
#include <petscmat.h>
#include "check.h"
#include "element/element.h"

typedef struct {
  int nnode, ncell;
  PetscReal (*X)[3], *u, *load; /* [nnode][3], [3 nnode], [3 nnode] */
  char *fixed;                  /* [3 nnode]; u holds the value */
  int (*node)[8];               /* [ncell] */
  PltShell *cell;               /* [ncell]; X is set by PatchSolve */
} Patch;

static inline Patch PatchCreate(int nnode, int ncell)
{
  const size_t n = (size_t)nnode, m = (size_t)ncell;
  Patch        p = {.nnode = nnode, .ncell = ncell};

  p.X     = calloc(n, sizeof *p.X);
  p.u     = calloc(3 * n, sizeof *p.u);
  p.load  = calloc(3 * n, sizeof *p.load);
  p.fixed = calloc(3 * n, sizeof *p.fixed);
  p.node  = calloc(m, sizeof *p.node);
  p.cell  = calloc(m, sizeof *p.cell);
  for (int e = 0; e < ncell; e++) p.cell[e].gamma = 1;
  return p;
}

static inline void PatchDestroy(Patch *p)
{
  free(p->X), free(p->u), free(p->load), free(p->fixed), free(p->node), free(p->cell);
}

/* A grid of nx x ny x nz cells of the unit cube, x fastest, z slowest. */
static inline Patch PatchGrid(int nx, int ny, int nz)
{
  Patch p = PatchCreate((nx + 1) * (ny + 1) * (nz + 1), nx * ny * nz);

  for (int n = 0; n < p.nnode; n++) {
    p.X[n][0] = (double)(n % (nx + 1)) / nx;
    p.X[n][1] = (double)(n / (nx + 1) % (ny + 1)) / ny;
    p.X[n][2] = (double)(n / (nx + 1) / (ny + 1)) / nz;
  }
  for (int e = 0; e < p.ncell; e++) {
    const int level = (nx + 1) * (ny + 1);
    const int n0    = (e / nx / ny * (ny + 1) + e / nx % ny) * (nx + 1) + e % nx;
    const int n[4]  = {n0, n0 + 1, n0 + nx + 2, n0 + nx + 1};

    for (int a = 0; a < 8; a++) p.node[e][a] = n[a % 4] + a / 4 * level;
  }
  return p;
}

static inline void PatchFix(Patch *p, int node, int direction, double value)
{
  p->fixed[3 * node + direction] = 1;
  p->u[3 * node + direction]     = value;
}

/* All cells get the same plies and kinematics. */
static inline void PatchSetPlies(Patch *p, int nply, const PltShellPly *ply,
                                 PltKinematics kinematics)
{
  for (int e = 0; e < p->ncell; e++) {
    p->cell[e].nply       = nply;
    p->cell[e].ply        = ply;
    p->cell[e].kinematics = kinematics;
  }
}

static inline void PatchGather(const Patch *p, int e, PetscReal X[8][3], PetscReal u[24])
{
  for (int i = 0; i < 24; i++) {
    X[i / 3][i % 3] = p->X[p->node[e][i / 3]][i % 3];
    u[i]            = p->u[3 * p->node[e][i / 3] + i % 3];
  }
}

/* Residual and tangent of the free unknowns, numbered by `index` (-1 if fixed). */
static inline void PatchAssemble(Patch *p, const int *index, int n, double *r, double *K)
{
  PetscReal u[24], f[24], k[576], g[64];

  for (int i = 0; i < 3 * p->nnode; i++) {
    if (index[i] >= 0) r[index[i]] = p->load[i];
  }
  for (int e = 0; e < p->ncell; e++) {
    int at[24];

    PatchGather(p, e, p->cell[e].X, u);
    ck_assert_int_eq(PltShellEvaluate(&p->cell[e], u, f, k, g, NULL), 0);
    for (int i = 0; i < 576; i++) k[i] += i / 24 % 3 == i % 3 ? g[8 * (i / 72) + i % 24 / 3] : 0;
    for (int i = 0; i < 24; i++) at[i] = index[3 * p->node[e][i / 3] + i % 3];
    for (int i = 0; i < 24; i++) {
      if (at[i] < 0) continue;
      r[at[i]] -= f[i];
      for (int j = 0; j < 24; j++) {
        if (at[j] >= 0) K[(size_t)at[j] * (size_t)n + (size_t)at[i]] += k[24 * i + j];
      }
    }
  }
}

/* One Newton correction; returns the ratio of its largest entry to that of u. */
static inline double PatchCorrect(Patch *p, const int *index, int n)
{
  double *k, *b, size = 0, step = 0;
  Mat     K;
  Vec     r, d;

  CALL(MatCreateSeqDense(PETSC_COMM_SELF, n, n, NULL, &K));
  CALL(MatCreateVecs(K, &d, &r));
  CALL(MatDenseGetArray(K, &k));
  CALL(VecGetArray(r, &b));
  PatchAssemble(p, index, n, b, k);
  CALL(VecRestoreArray(r, &b));
  CALL(MatDenseRestoreArray(K, &k));
  CALL(MatSetOption(K, MAT_SPD, PETSC_TRUE));
  CALL(MatCholeskyFactor(K, NULL, NULL));
  CALL(MatSolve(K, r, d));
  CALL(VecGetArray(d, &b));
  for (int i = 0; i < 3 * p->nnode; i++) {
    if (index[i] >= 0) p->u[i] += b[index[i]], step = fmax(step, fabs(b[index[i]]));
    size = fmax(size, fabs(p->u[i]));
  }
  CALL(VecRestoreArray(d, &b));
  CALL(MatDestroy(&K));
  CALL(VecDestroy(&r));
  CALL(VecDestroy(&d));
  return step / size;
}

/* Newton's method until the correction is below 1e-12 of the displacement. A second correction with
   small kinematics too: it takes the rounding of the first one away. */
static inline void PatchSolve(Patch *p)
{
  int *index = calloc(3 * (size_t)p->nnode, sizeof *index), n = 0, it = 0, least = 2;

  for (int i = 0; i < 3 * p->nnode; i++) index[i] = p->fixed[i] ? -1 : n++;
  while (PatchCorrect(p, index, n) > 1e-12 || it + 1 < least) {
    if (++it == 20) break;
  }
  ck_assert_int_lt(it, 20);
  free(index);
}

/* Local results of a cell at the present displacements. */
static inline void PatchLocal(Patch *p, int e, PltShellLocal *local)
{
  PetscReal u[24], f[24];

  PatchGather(p, e, p->cell[e].X, u);
  ck_assert_int_eq(PltShellEvaluate(&p->cell[e], u, f, NULL, NULL, local), 0);
}

/* ---- plies ---- */
static inline void Isotropic(double E, double nu, PetscReal C[6][6])
{
  const double l = E * nu / (1 + nu) / (1 - 2 * nu), m = E / 2 / (1 + nu);

  for (int i = 0; i < 36; i++) C[i / 6][i % 6] = i / 6 < 3 && i % 6 < 3 ? l : 0;
  for (int i = 0; i < 6; i++) C[i][i] += i < 3 ? 2 * m : m;
}

static inline PltShellPly PlyMake(double lo, double hi, double E, double nu)
{
  PltShellPly ply = {.lo = lo, .hi = hi};

  Isotropic(E, nu, ply.C);
  return ply;
}

/* Expansion strain of all three directions. */
static inline void PlyExpand(PltShellPly *ply, double strain)
{
  ply->eigen[0] = ply->eigen[1] = ply->eigen[2] = strain;
}

/* Eigenvalues of a symmetric n x n matrix in ascending order: Jacobi's method. Destroys A. */
static inline void Eigenvalues(int n, PetscReal *A, PetscReal value[])
{
  for (int sweep = 0; sweep < 12; sweep++) {
    for (int pq = 0; pq < n * n; pq++) {
      const int    p = pq / n, q = pq % n;
      const double t = q > p ? atan2(2 * A[p * n + q], A[q * n + q] - A[p * n + p]) / 2 : 0;
      const double c = cos(t), s = sin(t);

      for (int k = 0; t != 0 && k < n; k++) {
        const double x = A[p * n + k], y = A[q * n + k];

        A[p * n + k] = c * x - s * y, A[q * n + k] = s * x + c * y;
      }
      for (int k = 0; t != 0 && k < n; k++) {
        const double x = A[k * n + p], y = A[k * n + q];

        A[k * n + p] = c * x - s * y, A[k * n + q] = s * x + c * y;
      }
    }
  }
  for (int i = 0; i < n; i++) {
    int at = i;

    while (at > 0 && value[at - 1] > A[i * n + i]) value[at] = value[at - 1], at--;
    value[at] = A[i * n + i];
  }
}

static inline double Largest(int n, const PetscReal x[])
{
  double most = 0;

  for (int i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
  return most;
}
#endif
