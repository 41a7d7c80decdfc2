/* SPDX-License-Identifier: BSD-2-Clause
   Is an equilibrium stable? The lowest eigenvalue of (K + G) v = lambda K v for the parts K of
   the moduli and G of the stress, by LOBPCG (Knyazev 2001) with the preconditioner of K. K of
   the present shape as the measure makes lambda the same however the panel is turned: 1 without
   stress, 0 at a bifurcation or a limit point, below it an unstable shape. It takes all modes
   that may count along from equilibrium to equilibrium. */
#include "step/internal.h"
#include <petscblaslapack.h>

enum { MODES = PLT_MODES, BASIS = 3 * PLT_MODES, LOWEST_MAX = 40 };
/* lambda is known when it moves less than this in two iterations; what it is good for is its
   sign, and how near it is to zero. */
static const PetscReal LOWEST_TOLERANCE = 1e-3, LOWEST_SMALL = 0.01;
/* Directions of the basis that others make up to this part are left out. */
static const PetscReal DEPENDENT = 1e-12;

/* Basis x w p, with the images under K + G and K. */
typedef struct {
  PltSolver solver;
  Vec       v[BASIS], whole[BASIS], moduli[BASIS];
  PetscReal lambda[MODES];
  PetscInt  n; /* vectors in use: MODES, 2 MODES or 3 MODES */
} Subspace;

static PetscErrorCode Images(Subspace *b, PetscInt i)
{
  const Mat A = b->solver->A;

  PetscFunctionBegin;
  PetscCall(MatMult(A, b->v[i], b->whole[i]));
  PetscCall(PltMgSetWithStress(A, PETSC_FALSE));
  PetscCall(MatMult(A, b->v[i], b->moduli[i]));
  PetscCall(PltMgSetWithStress(A, PETSC_TRUE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Loads on the faces, of which a chuck may hold one, that bend a panel in its softest ways;
   what they give are the first modes. None is symmetric to any axis, so that each holds some of
   every mode. */
static PetscReal Pattern(PetscInt mode, PetscReal x, PetscReal y)
{
  const PetscReal odd = 1 + 0.3 * x + 0.2 * y - 0.1 * x * y;

  if (mode == 0) return odd * (x * x - y * y);
  if (mode == 1) return odd * x * y;
  return odd * (x * x + y * y - 0.7) + 0.2 * x * x * x;
}

static PetscErrorCode FirstModes(PltSolver s, PltState state)
{
  const PltSpace   space = state->space;
  const PetscReal *size  = state->project->size;
  PetscReal       *f;
  PC               pc;

  PetscFunctionBegin;
  PetscCall(KSPGetPC(s->ksp, &pc));
  PetscCall(PetscCalloc1(state->mesh->nvert * state->nlevel * 3 + 1, &f));
  for (PetscInt i = 0; i < MODES; i++) {
    PetscCall(VecDuplicate(s->r, &s->mode[i]));
    for (PetscInt v = 0; v < state->mesh->nvert_own; v++)
      for (PetscInt k = 0; k < state->nlevel; k++) {
        const PetscInt at   = 3 * (v * state->nlevel + k) + 2;
        const PetscInt node = space->node[v * state->nlevel + k];

        if (node != 0 && node != space->count[v] - 1) continue;
        f[at] = space->fixed[at] != PLT_DOF_FREE
                    ? 0
                    : Pattern(i, 2 * state->mesh->xy[2 * v] / size[0],
                              2 * state->mesh->xy[2 * v + 1] / size[1]);
      }
    PetscCall(PltSpaceSumToVec(space, f, s->r));
    PetscCall(PCApply(pc, s->r, s->mode[i]));
  }
  PetscCall(PetscFree(f));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Small dense symmetric eigenproblem, column-major A[n][n]; eigenvectors in its columns. */
static PetscErrorCode Eigen(PetscInt n, PetscReal *A, PetscReal value[])
{
  PetscReal    work[BASIS * BASIS + 8 * BASIS];
  PetscBLASInt size = (PetscBLASInt)n, lwork = BASIS * BASIS + 8 * BASIS, info;

  PetscFunctionBegin;
  PetscCallBLAS("LAPACKsyev", LAPACKsyev_("V", "U", &size, A, &size, value, work, &lwork, &info));
  PetscCheck(info == 0, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE, "no eigenvalues of a small matrix");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Gram(Subspace *b, Vec image[], PetscReal *G)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < b->n; i++) PetscCall(VecMDot(image[i], b->n, b->v, G + i * b->n));
  for (PetscInt i = 0; i < b->n; i++)
    for (PetscInt j = 0; j < i; j++)
      G[i * b->n + j] = G[j * b->n + i] = (G[i * b->n + j] + G[j * b->n + i]) / 2;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Coefficients c[MODES][n] of the lowest Ritz vectors: whiten by the eigenvectors of the Gram
   matrix of K (scaled to a unit diagonal), drop what is dependent, diagonalise. */
static PetscErrorCode Ritz(Subspace *b, PetscReal *c, PetscBool *enough)
{
  const PetscInt n = b->n;
  PetscReal      A[BASIS * BASIS], B[BASIS * BASIS], small[BASIS * BASIS], value[BASIS], d[BASIS];
  PetscReal      T[BASIS * BASIS];
  PetscInt       m = 0;

  PetscFunctionBegin;
  PetscCall(Gram(b, b->whole, A));
  PetscCall(Gram(b, b->moduli, B));
  for (PetscInt i = 0; i < n; i++) d[i] = B[i * n + i] > 0 ? 1 / PetscSqrtReal(B[i * n + i]) : 0;
  for (PetscInt i = 0; i < n * n; i++) B[i] *= d[i / n] * d[i % n];
  PetscCall(Eigen(n, B, value));
  for (PetscInt k = 0; k < n; k++) {
    if (value[k] < DEPENDENT) continue;
    for (PetscInt i = 0; i < n; i++) T[m * n + i] = d[i] * B[k * n + i] / PetscSqrtReal(value[k]);
    m++;
  }
  *enough = (PetscBool)(m >= MODES);
  if (!*enough) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt k = 0; k < m; k++)
    for (PetscInt l = 0; l < m; l++) {
      PetscReal sum = 0;

      for (PetscInt i = 0; i < n; i++)
        for (PetscInt j = 0; j < n; j++) sum += T[k * n + i] * A[i * n + j] * T[l * n + j];
      small[k * m + l] = sum;
    }
  PetscCall(Eigen(m, small, value));
  for (PetscInt k = 0; k < MODES; k++) {
    b->lambda[k] = value[k];
    for (PetscInt i = 0; i < n; i++) {
      c[k * n + i] = 0;
      for (PetscInt l = 0; l < m; l++) c[k * n + i] += T[l * n + i] * small[k * m + l];
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* x = all c v, p = c v without the part of the old x; for the vectors and their images. */
static PetscErrorCode Recombine(Subspace *b, Vec set[], const PetscReal *c)
{
  const PetscInt n = b->n;
  Vec            x[MODES], p[MODES];

  PetscFunctionBegin;
  for (PetscInt k = 0; k < MODES; k++) {
    PetscCall(VecDuplicate(set[0], &x[k]));
    PetscCall(VecDuplicate(set[0], &p[k]));
    PetscCall(VecSet(p[k], 0));
    if (n > MODES) PetscCall(VecMAXPY(p[k], n - MODES, c + k * n + MODES, set + MODES));
    PetscCall(VecCopy(p[k], x[k]));
    PetscCall(VecMAXPY(x[k], MODES, c + k * n, set));
  }
  for (PetscInt k = 0; k < MODES; k++) {
    PetscCall(VecCopy(x[k], set[k]));
    PetscCall(VecCopy(p[k], set[2 * MODES + k]));
    PetscCall(VecDestroy(&x[k]));
    PetscCall(VecDestroy(&p[k]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Preconditioned residuals of the Ritz pairs as new directions. */
static PetscErrorCode Extend(Subspace *b)
{
  PC  pc;
  Vec r = b->solver->r;

  PetscFunctionBegin;
  PetscCall(KSPGetPC(b->solver->ksp, &pc));
  for (PetscInt k = 0; k < MODES; k++) {
    PetscCall(VecWAXPY(r, -b->lambda[k], b->moduli[k], b->whole[k]));
    PetscCall(PCApply(pc, r, b->v[MODES + k]));
    PetscCall(Images(b, MODES + k));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Rayleigh-Ritz on the n first vectors. What has nothing new in it leaves all as it is. */
static PetscErrorCode Improve(Subspace *b, PetscInt n, PetscBool *better)
{
  PetscReal c[MODES * BASIS];

  PetscFunctionBegin;
  b->n = n;
  PetscCall(Ritz(b, c, better));
  if (!*better) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(Recombine(b, b->v, c));
  PetscCall(Recombine(b, b->whole, c));
  PetscCall(Recombine(b, b->moduli, c));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Iterate(Subspace *b, PetscInt *its)
{
  PetscBool better;
  PetscInt  calm = 0;

  PetscFunctionBegin;
  PetscCall(Improve(b, MODES, &better));
  PetscCheck(better, b->solver->comm, PLT_ERR_CONVERGENCE, "the modes of the panel coincide");
  for (*its = 1; *its < LOWEST_MAX && calm < 2 && better; ++*its) {
    const PetscReal before = b->lambda[0];

    PetscCall(Extend(b));
    PetscCall(Improve(b, *its == 1 ? 2 * MODES : 3 * MODES, &better));
    calm = before - b->lambda[0] <=
                   LOWEST_TOLERANCE * PetscMax(LOWEST_SMALL, PetscAbsReal(b->lambda[0]))
               ? calm + 1
               : 0;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSolverLowest(PltSolver s, PltState state, PetscReal *lambda, Vec mode)
{
  Subspace b   = {.solver = s};
  PetscInt its = 0;

  PetscFunctionBegin;
  PetscCall(PetscLogStagePush(s->stability));
  if (!s->mode[0]) PetscCall(FirstModes(s, state));
  for (PetscInt i = 0; i < BASIS; i++) {
    PetscCall(VecDuplicate(s->r, &b.v[i]));
    PetscCall(VecDuplicate(s->r, &b.whole[i]));
    PetscCall(VecDuplicate(s->r, &b.moduli[i]));
    if (i >= MODES) continue;
    PetscCall(VecCopy(s->mode[i], b.v[i]));
    PetscCall(PltSpaceSplit(state->space, b.v[i], NULL)); /* contact may have come since */
    PetscCall(Images(&b, i));
  }
  PetscCall(Iterate(&b, &its));
  PetscCall(PetscInfo(NULL, "lowest eigenvalues %g %g %g after %" PetscInt_FMT " iterations\n",
                      (double)b.lambda[0], (double)b.lambda[1], (double)b.lambda[2], its));
  for (PetscInt i = 0; i < MODES; i++) PetscCall(VecCopy(b.v[i], s->mode[i]));
  *lambda = b.lambda[0];
  PetscCall(VecCopy(b.v[0], mode));
  for (PetscInt i = 0; i < BASIS; i++) {
    PetscCall(VecDestroy(&b.v[i]));
    PetscCall(VecDestroy(&b.whole[i]));
    PetscCall(VecDestroy(&b.moduli[i]));
  }
  PetscCall(PetscLogStagePop());
  PetscFunctionReturn(PETSC_SUCCESS);
}
