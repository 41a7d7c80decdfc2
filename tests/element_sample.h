/* SPDX-License-Identifier: BSD-2-Clause
   A distorted element with several plies of different age for the contract test of the solid-shell,
   in every combination of kinematics, shear rule, gamma and material law. */
#ifndef PLT_TEST_ELEMENT_SAMPLE_H
#define PLT_TEST_ELEMENT_SAMPLE_H
#include "element_patch.h"
#include "material/material.h"

enum { SAMPLE_LAWS = 4, SAMPLE_COUNT = 8 * SAMPLE_LAWS, SAMPLE_PLIES = 4 };

typedef struct {
  PltShell    shell;
  PltShellPly ply[SAMPLE_PLIES];
  double      ub[2][24], birth[2][PLT_SHELL_BIRTH]; /* of ply 2 and of ply 3 */
  double      u[24];
} Sample;

/* Numbers without pattern in -1 .. 1, the same in every run. */
static inline double Noise(int i)
{
  const double x = sin(12.9898 * i + 1) * 43758.5453;

  return 2 * (x - floor(x)) - 1;
}

static inline PltMaterial LawCreate(const char *type, double scale)
{
  static const struct {
    const char *key;
    double      value;
  } given[] = {{"E", 20e9},  {"nu", .3},    {"cte", 9e-6},  {"Ex", 40e9},   {"Ey", 15e9},
               {"Ez", 10e9}, {"nuxy", .25}, {"nuxz", .3},   {"nuyz", .35},  {"Gxy", 8e9},
               {"Gxz", 5e9}, {"Gyz", 3e9},  {"ctex", 5e-6}, {"ctey", 2e-5}, {"ctez", 3e-5}};
  PltMaterial material;

  CALL(PltMaterialCreate(type, type, &material));
  ck_assert_ptr_nonnull(material);
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    const PetscInt at    = PltMaterialFindProperty(material, given[i].key);
    const double   value = given[i].value * (given[i].value > 1e6 ? scale : 1);

    if (at >= 0) CALL(PltCurveSet(&material->curve[at], 1, NULL, &value));
  }
  return material;
}

/* Stiffness C in axes turned by R: R[new][old]. */
static inline void Turn(const double R[3][3], PetscReal C[6][6])
{
  static const int pair[6][2] = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
  double           M[6][6], MC[6][6];

  for (int a = 0; a < 36; a++) {
    const int k = pair[a / 6][0], l = pair[a / 6][1], i = pair[a % 6][0], j = pair[a % 6][1];

    M[a / 6][a % 6] = R[k][i] * R[l][j] + (i == j ? 0 : R[k][j] * R[l][i]);
  }
  for (int a = 0; a < 36; a++) {
    MC[a / 6][a % 6] = 0;
    for (int k = 0; k < 6; k++) MC[a / 6][a % 6] += M[a / 6][k] * C[k][a % 6];
  }
  for (int a = 0; a < 36; a++) {
    C[a / 6][a % 6] = 0;
    for (int k = 0; k < 6; k++) C[a / 6][a % 6] += MC[a / 6][k] * M[a % 6][k];
  }
}

/* Law 0 isotropic, 1 orthotropic, 2 traces, 3 orthotropic turned by 30 degrees about z. */
static inline void LawStiffness(int law, double scale, PetscReal C[6][6])
{
  static const char *const type[]     = {"isotropic", "orthotropic", "traces", "orthotropic"};
  const double             turn[3][3] = {{sqrt(.75), .5, 0}, {-.5, sqrt(.75), 0}, {0, 0, 1}};
  PltMaterial              m          = LawCreate(type[law], scale);

  if (law == 2) {
    m->metal    = LawCreate("isotropic", 6 * scale);
    m->matrix   = LawCreate("isotropic", scale / 5);
    m->fraction = .4, m->direction = 'x';
  }
  CALL(PltMaterialStiffness(m, 300, C));
  if (law == 3) Turn(turn, C);
  CALL(PltMaterialDestroy(&m->metal));
  CALL(PltMaterialDestroy(&m->matrix));
  CALL(PltMaterialDestroy(&m));
}

/* Combination i; all faces warped, in-plane angles of 75 to 105 degrees, thickness about h/8. Plies
   0 and 1 are there from the start, ply 2 and ply 3 were born during the process. */
static inline void SampleMake(int i, Sample *s)
{
  static const double corner[4][2] = {{0, 0}, {1, .1}, {1.2, 1.1}, {.1, .9}};
  static const double face[5]      = {-1, -.5, -.3, .35, .8}; /* the top of the element is empty */
  const double        h            = 1e-3;

  memset(s, 0, sizeof *s);
  s->shell = (PltShell){.nply       = SAMPLE_PLIES,
                        .ply        = s->ply,
                        .kinematics = i & 1 ? PLT_LARGE : PLT_SMALL,
                        .harmonic   = i & 2 ? PETSC_TRUE : PETSC_FALSE,
                        .gamma      = i & 4 ? .3 : 1};
  for (int a = 0; a < 24; a++) {
    const double x = a % 3 < 2 ? corner[a / 3 % 4][a % 3] : a / 12 * .12;

    s->shell.X[a / 3][a % 3] = h * (x + .015 * Noise(a));
    s->u[a]                  = 5e-3 * h * Noise(100 + a);
    s->ub[0][a]              = 5e-3 * h * Noise(200 + a);
    s->ub[1][a]              = 5e-3 * h * Noise(300 + a);
  }
  for (int k = 0; k < SAMPLE_PLIES; k++) {
    s->ply[k] = (PltShellPly){.lo = face[k], .hi = face[k + 1], .weight = {1e4, -2e4, 3e5}};
    LawStiffness(i / 8, k == 2 ? .03 : 1 + .7 * k, s->ply[k].C);
    for (int j = 0; j < 6; j++) s->ply[k].eigen[j] = 1e-3 * Noise(400 + 6 * k + j);
    if (k < 2) continue;
    s->ply[k].ub    = s->ub[k - 2];
    s->ply[k].birth = s->birth[k - 2];
    /* natural components: enhanced strain 1e-3, thickness stress 10 MPa, transverse shear 1 MPa */
    for (int j = 0; j < PLT_SHELL_BIRTH; j++)
      s->birth[k - 2][j] = (j < 4 ? 1e-3 * h * h / 4 : 4e7 / h / h * (j % 3 == 1 ? 64 : .8)) *
                           Noise(500 + 20 * k + j);
  }
}

static inline void SampleEvaluate(const Sample *s, PetscReal f[24], PetscReal K[24 * 24],
                                  PltShellLocal *local)
{
  PetscReal G[64];

  ck_assert_int_eq(PltShellEvaluate(&s->shell, s->u, f, K, K ? G : NULL, local), 0);
  for (int i = 0; K && i < 576; i++) K[i] += i / 24 % 3 == i % 3 ? G[8 * (i / 72) + i % 24 / 3] : 0;
}
#endif
