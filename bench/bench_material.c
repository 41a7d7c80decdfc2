/* SPDX-License-Identifier: BSD-2-Clause
   Time of the processor and memory of the laws, as CSV: bytes of state a point, nanoseconds of a
   span (once a part and increment) and of an update of a point, stress and new state alone and with
   the modulus. The points, 4096 with states of their own, are strained anew in every increment, by
   so much that metals yield at all of them ("flow") or at none ("elastic"); those that creep, which
   need short increments, by a tenth of it.

   usage: bench_material */
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "panel/panel.h"

enum { POINTS = 4096, INCREMENTS = 8, ROUNDS = 5 };

static const char materials[] =
    "isotropic: {E: 20 GPa, nu: 0.3, cte: 10 ppm/K}\n"
    "orthotropic: {Ex: 16 GPa, Ey: 2 GPa, Ez: 1 GPa, nuxy: 0.4, nuxz: 0.3, nuyz: 0.2, Gxy: 3 GPa,\n"
    "              Gxz: 2 GPa, Gyz: 1 GPa, ctex: 4 ppm/K, ctey: 20 ppm/K, ctez: 40 ppm/K}\n"
    "cubic: {C11: 166 GPa, C12: 64 GPa, C44: 80 GPa, angle: 45 deg, cte: 2.6 ppm/K}\n"
    "filled: {E: 3 GPa, nu: 0.38, cte: 60 ppm/K,\n"
    "  filler: {E: 72 GPa, nu: 0.17, cte: 0.5 ppm/K, fraction: 0.75}}\n"
    "traces: {metal: isotropic, in: polyimide, fraction: 0.4, direction: x}\n"
    "traces of planes: {metal: isotropic, in: polyimide, fraction: 0.4, direction: plane}\n"
    "polyimide: {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K}\n"
    "viscoelastic, 3 terms: {E: 20 GPa, nu: 0.3, cte: 9 ppm/K,\n"
    "  young: [[1 s, 0.3], [100 s, 0.3], [10000 s, 0.3]], shift: {reference: 120 degC, C1: 17,\n"
    "  C2: 52 K, activation: 300 kJ/mol, lowest: 0 degC, highest: 300 degC}}\n"
    "viscoelastic, 12 terms: {E: 20 GPa, nu: 0.3, cte: 9 ppm/K, young: [[1 s, 0.08], [2 s, 0.08],\n"
    "  [4 s, 0.08], [8 s, 0.08], [16 s, 0.08], [32 s, 0.08], [64 s, 0.08], [128 s, 0.08],\n"
    "  [256 s, 0.08], [512 s, 0.08], [1024 s, 0.08], [2048 s, 0.08]]}\n"
    "viscoelastic, 3 terms and cure: {E: 20 GPa, nu: 0.3, cte: 9 ppm/K, cte_rubber: 30 ppm/K,\n"
    "  young: [[1 s, 0.3], [100 s, 0.3], [10000 s, 0.3]], shift: {reference: 120 degC, C1: 17,\n"
    "  C2: 52 K, activation: 300 kJ/mol, lowest: 0 degC, highest: 300 degC}, cure: {A1: 76000 "
    "1/s,\n"
    "  E1: 70 kJ/mol, A2: 1200000 1/s, E2: 66 kJ/mol, m: 0.6, n: 1.4, gel: 0.5, shrinkage: 0.3 %,\n"
    "  Tg_uncured: 0 degC, Tg_cured: 150 degC, lambda: 0.4}}\n"
    "glassy: {E: 20 GPa, nu: 0.3, E_rubber: 1 GPa, nu_rubber: 0.4, cte: 9 ppm/K,\n"
    "  cte_rubber: 30 ppm/K, Tg: 150 degC}\n"
    "glassy and cure: {E: 20 GPa, nu: 0.3, E_rubber: 1 GPa, nu_rubber: 0.4, cte: 9 ppm/K,\n"
    "  cte_rubber: 30 ppm/K, cure: {A1: 76000 1/s, E1: 70 kJ/mol, A2: 1200000 1/s, E2: 66 kJ/mol,\n"
    "  m: 0.6, n: 1.4, gel: 0.5, shrinkage: 0.3 %, Tg_uncured: 0 degC, Tg_cured: 150 degC,\n"
    "  lambda: 0.4}}\n"
    "plastic, elastic: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, yield: 100 GPa, hardening: 2 GPa}\n"
    "plastic, flow: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, yield: 100 MPa, hardening: 2 GPa}\n"
    "plastic, flow, Voce and 2 back stresses: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K,\n"
    "  yield: 100 MPa, voce: {Q: 50 MPa, b: 10}, kinematic: [[5 GPa, 100], [20 GPa, 1000]]}\n"
    "creep: {E: 30 GPa, nu: 0.3, cte: 20 ppm/K, creep: {A: 1e-4 1/s, n: 5, stress: 20 MPa}}\n"
    "anand: {E: 30 GPa, nu: 0.3, cte: 20 ppm/K, anand: {s0: 12.4 MPa, Q: 78 kJ/mol, A: 4e6 1/s,\n"
    "  xi: 1.5, m: 0.303, h0: 1379 MPa, shat: 13.8 MPa, n: 0.07, a: 1.3}}\n"
    "traces along x, flow: {metal: \"plastic, flow\", in: polyimide, fraction: 0.4,\n"
    "  direction: x}\n"
    "traces along x, Voce and 2 back stresses: {metal: \"plastic, flow, Voce and 2 back "
    "stresses\",\n"
    "  in: polyimide, fraction: 0.4, direction: x}\n"
    "traces along x, perfectly plastic: {metal: perfect, in: polyimide, fraction: 0.4,\n"
    "  direction: x}\n"
    "perfect: {E: 117 GPa, nu: 0.34, cte: 17 ppm/K, yield: 100 MPa}\n"
    "traces of planes, below yield: {metal: \"plastic, elastic\", in: polyimide, fraction: 0.4,\n"
    "  direction: plane}\n"
    "traces of planes, flow: {metal: \"plastic, flow\", in: polyimide, fraction: 0.4,\n"
    "  direction: plane}\n"
    "traces mixed, flow: {metal: \"plastic, flow\", in: polyimide, fraction: 0.4,\n"
    "  direction: mixed}\n";

/* All that a law is given and gives back. */
typedef struct {
  PltMaterial material;
  PetscInt    nstate;
  PetscReal   stretch; /* strain of an increment */
  PltSpan     span[PLT_SPANS];
  PetscReal   shared[PLT_SHARED];
  PetscReal (*strain)[6], *start, *end;
} Sample;

/* Numbers in -1 .. 1, the same in every run. */
static PetscReal Next(unsigned *seed)
{
  *seed = *seed * 1664525u + 1013904223u;
  return (PetscReal)(*seed >> 8) / (PetscReal)(1 << 23) - 1;
}

/* Of this process on its core: others that run beside it do not count. */
static PetscReal Seconds(void)
{
  struct timespec now;

  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (PetscReal)now.tv_sec + 1e-9 * (PetscReal)now.tv_nsec;
}

static PetscErrorCode OpenSpan(Sample *s, PetscInt increment)
{
  PetscFunctionBegin;
  PetscCall(PetscArrayzero(s->span, PLT_SPANS));
  s->span->T[0] = 400 + increment;
  s->span->T[1] = 401 + increment;
  s->span->dt   = 1;
  PetscCall(PetscArraycpy(s->span->shared[0], s->shared, PLT_SHARED));
  PetscCall(PltSpanSet(s->material, s->span));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Nanoseconds of an update over all increments from birth. */
static PetscErrorCode TimeUpdates(Sample *s, PetscBool modulus, PetscReal *nanoseconds)
{
  unsigned  seed  = 1;
  PetscReal total = 0;

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(s->start, (size_t)POINTS * s->nstate + 1));
  PetscCall(PetscArrayzero(s->strain, POINTS));
  PltMaterialBirth(s->material, s->shared);
  for (PetscInt increment = 0; increment < INCREMENTS; increment++) {
    const PltSite site = {.material = s->material, .span = s->span};
    PetscReal     begin, end;
    PetscReal    *swap, stress[6], D[6][6];
    int           failed = 0;

    PetscCall(OpenSpan(s, increment));
    for (PetscInt p = 0; p < POINTS; p++)
      for (int i = 0; i < 6; i++) s->strain[p][i] += s->stretch * ((i == 0) + Next(&seed) / 2);
    begin = Seconds();
    for (PetscInt p = 0; p < POINTS; p++)
      failed += PltMaterialUpdate(&site, s->start + p * s->nstate, s->strain[p],
                                  s->end + p * s->nstate, stress, modulus ? D : NULL);
    end = Seconds();
    PetscCheck(!failed, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE, "%s has no answer at %d points",
               s->material->name, failed);
    total += end - begin;
    swap     = s->start;
    s->start = s->end;
    s->end   = swap;
    PetscCall(PetscArraycpy(s->shared, s->span->shared[1], PLT_SHARED));
  }
  *nanoseconds = 1e9 * total / (POINTS * INCREMENTS);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TimeSpan(Sample *s, PetscReal *nanoseconds)
{
  PetscReal begin, end;

  PetscFunctionBegin;
  PltMaterialBirth(s->material, s->shared);
  begin = Seconds();
  for (PetscInt k = 0; k < POINTS / 4; k++) PetscCall(OpenSpan(s, 0));
  end          = Seconds();
  *nanoseconds = 1e9 * (end - begin) / (POINTS / 4.);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The least of several rounds. */
static PetscErrorCode Bench(PltMaterial material)
{
  Sample    s        = {.material = material, .nstate = PltMaterialStates(material)};
  PetscReal least[3] = {PETSC_MAX_REAL, PETSC_MAX_REAL, PETSC_MAX_REAL};

  PetscFunctionBegin;
  s.stretch =
      strcmp(material->ops->type, "creep") && strcmp(material->ops->type, "anand") ? 2e-3 : 2e-4;
  PetscCall(PetscMalloc1(POINTS, &s.strain));
  PetscCall(PetscMalloc1((size_t)POINTS * s.nstate + 1, &s.start));
  PetscCall(PetscCalloc1((size_t)POINTS * s.nstate + 1, &s.end));
  for (int round = 0; round < ROUNDS; round++) {
    PetscReal found[3];

    PetscCall(TimeSpan(&s, &found[0]));
    PetscCall(TimeUpdates(&s, PETSC_FALSE, &found[1]));
    PetscCall(TimeUpdates(&s, PETSC_TRUE, &found[2]));
    for (int k = 0; k < 3; k++) least[k] = PetscMin(least[k], found[k]);
  }
  printf("\"%s\",%d,%.0f,%.1f,%.1f\n", material->name,
         (int)(s.nstate * (PetscInt)sizeof(PetscReal)), (double)least[0], (double)least[1],
         (double)least[2]);
  fflush(stdout);
  PetscCall(PetscFree(s.strain));
  PetscCall(PetscFree(s.start));
  PetscCall(PetscFree(s.end));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadAll(PltProject *project)
{
  char           name[] = "/tmp/platen-XXXXXX";
  const int      file   = mkstemp(name);
  FILE          *out    = file >= 0 ? fdopen(file, "w") : NULL;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCheck(out && fputs(materials, out) >= 0 && !fclose(out), PETSC_COMM_SELF, PLT_ERR_IO,
             "cannot write %s", name);
  failed = PltProjectReadMaterials(name, project);
  (void)remove(name);
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Run(void)
{
  PltProject project;

  PetscFunctionBegin;
  PetscCall(ReadAll(&project));
  printf("law,state_bytes,span_ns,stress_ns,modulus_ns\n");
  for (PetscInt i = 0; i < project->nmaterial; i++) PetscCall(Bench(project->material[i]));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int code = PltInitialize(&argc, &argv);

  if (!code) code = Run();
  if (code) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || code;
}
