/* SPDX-License-Identifier: BSD-2-Clause
   Time of the element, as CSV: microseconds of one PltShellEvaluate in large kinematics, force
   alone and with the tangent, of one PltPrismForce, and of one PltPrismLargeForce and
   PltPrismLargeTangent, for 1 .. 8 plies.

   usage: bench_element */
#include <petsctime.h>
#include "element/element.h"

enum { PLIES = 8, REPEAT = 4000 };

static void SetIsotropic(PetscReal E, PetscReal nu, PetscReal C[6][6])
{
  const PetscReal G = E / (2 + 2 * nu), lame = 2 * G * nu / (1 - 2 * nu);

  for (PetscInt i = 0; i < 6; i++)
    for (PetscInt j = 0; j < 6; j++)
      C[i][j] = (i < 3 && j < 3 ? lame : 0) + (i == j ? (i < 3 ? 2 * G : G) : 0);
}

/* A 2 mm square of plies, alternately polymer and copper. */
static void SetShell(PetscInt nply, PltShellPly ply[], PltShell *shell)
{
  static const PetscReal corner[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};

  *shell = (PltShell){.nply = nply, .ply = ply, .kinematics = PLT_LARGE, .gamma = 0.3};
  for (PetscInt a = 0; a < 8; a++) {
    shell->X[a][0] = 2e-3 * corner[a % 4][0];
    shell->X[a][1] = 2e-3 * corner[a % 4][1];
    shell->X[a][2] = a < 4 ? 0 : 1e-5 * nply;
  }
  for (PetscInt p = 0; p < nply; p++) {
    ply[p] = (PltShellPly){.lo = 2. * p / nply - 1, .hi = 2. * (p + 1) / nply - 1};
    SetIsotropic(p % 2 ? 60e9 : 3e9, 0.33, ply[p].C);
    for (PetscInt i = 0; i < 3; i++) ply[p].eigen[i] = p % 2 ? -3e-3 : -7e-3;
  }
}

/* Seconds of one evaluation, the least of five rounds. */
static PetscErrorCode Time(const PltShell *shell, PetscReal *K, PetscReal *seconds)
{
  PetscReal u[24] = {0}, f[24], G[8 * 8];

  PetscFunctionBegin;
  *seconds = PETSC_MAX_REAL;
  for (PetscInt round = 0; round < 5; round++) {
    PetscLogDouble start, end;

    PetscCall(PetscTime(&start));
    for (PetscInt i = 0; i < REPEAT; i++) {
      u[i % 24] += 1e-9;
      PetscCheck(PltShellEvaluate(shell, u, f, K, G, NULL) == 0, PETSC_COMM_SELF, PLT_ERR_MESH,
                 "the element is turned inside out");
    }
    PetscCall(PetscTime(&end));
    *seconds = PetscMin(*seconds, (end - start) / REPEAT);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The same of a prism, plies of one birth: force in small kinematics, force and tangent in
   large. The plan is set anew for every fifth, as on a panel of some slabs it is. */
static PetscErrorCode TimePrism(const PltShell *shell, PetscInt what, PetscReal *seconds)
{
  static PetscReal K[24 * 24], G[8 * 8];
  PetscReal u[2][3][4] = {{{0}}}, ub[2][3][4] = {{{0}}}, f[2][3][4], xy[4][2], (*born)[3][4] = ub;
  const PetscReal *birth        = NULL;
  PetscInt         event[PLIES] = {0};
  PltLayup         layup;
  PltAge           age;
  PltPlan          plan;
  PltPrism         prism = {&plan, &layup, u, NULL, &born, &birth, NULL};

  PetscFunctionBegin;
  PltLayupSet(shell->X[4][2], shell->nply, shell->ply, event, shell->harmonic, &age, &layup);
  for (PetscInt i = 0; i < 8; i++) xy[i / 2][i % 2] = shell->X[i / 2][i % 2];
  *seconds = PETSC_MAX_REAL;
  for (PetscInt round = 0; round < 5; round++) {
    PetscLogDouble start, end;

    PetscCall(PetscTime(&start));
    for (PetscInt i = 0; i < 10 * REPEAT; i++) {
      if (i % 5 == 0) PltPlanSet((const PetscReal(*)[2])xy, shell->gamma, &plan);
      u[i % 2][i % 3][i % 4] += 1e-9;
      if (what == 0) PltPrismForce(&prism, f);
      else if (what == 1) PltPrismLargeForce(&prism, f);
      else PltPrismLargeTangent(&prism, K, G);
    }
    PetscCall(PetscTime(&end));
    *seconds = PetscMin(*seconds, (end - start) / (10 * REPEAT));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Measure(void)
{
  PltShellPly ply[PLIES];
  PltShell    shell;
  PetscReal   K[24 * 24], force, tangent, prism[3];

  PetscFunctionBegin;
  printf("plies,shear,force_us,tangent_us,prism_us,large_us,large_tangent_us\n");
  for (PetscInt nply = 1; nply <= PLIES; nply++)
    for (PetscInt harmonic = 0; harmonic < 2; harmonic++) {
      SetShell(nply, ply, &shell);
      shell.harmonic = (PetscBool)harmonic;
      PetscCall(Time(&shell, NULL, &force));
      PetscCall(Time(&shell, K, &tangent));
      for (PetscInt i = 0; i < 3; i++) PetscCall(TimePrism(&shell, i, &prism[i]));
      printf("%d,%s,%.2f,%.2f,%.3f,%.3f,%.2f\n", (int)nply, harmonic ? "series" : "parallel",
             force * 1e6, tangent * 1e6, prism[0] * 1e6, prism[1] * 1e6, prism[2] * 1e6);
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int failed = PltInitialize(&argc, &argv);

  if (failed) return 2;
  failed = Measure();
  return PltFinalize() || failed;
}
