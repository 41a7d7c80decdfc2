/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Any number of plies in one element is exact laminate theory. A free element that expands bends to
   a constant curvature, equal in both directions; with common thickness stress the plies are in
   plane stress, the element has all these strains (linear membrane strains, zero assumed shear, any
   mean thickness strain), and thus the laminate formula is its solution to rounding. */
#include "element_patch.h"

enum { LAYERS = 5 };
typedef struct {
  double h, E, nu, expansion; /* m, Pa, expansion strain of the load */
} Layer;

/* Curvature w,xx = w,yy and strain at z = 0, the bottom, of free layers: no force and no moment
   from stress E/(1-nu) (e0 - kappa z - expansion). Signs: the edges go down when the top expands
   more. */
static void Laminate(int n, const Layer *layer, double *kappa, double *e0)
{
  double A = 0, B = 0, D = 0, N = 0, M = 0, z0 = 0;

  for (int k = 0; k < n; k++) {
    const double stiffness = layer[k].E / (1 - layer[k].nu), z1 = z0 + layer[k].h;

    A += stiffness * layer[k].h;
    B += stiffness * (z1 * z1 - z0 * z0) / 2;
    D += stiffness * (z1 * z1 * z1 - z0 * z0 * z0) / 3;
    N += stiffness * layer[k].expansion * layer[k].h;
    M += stiffness * layer[k].expansion * (z1 * z1 - z0 * z0) / 2;
    z0 = z1;
  }
  *kappa = (B * N / A - M) / (D - B * B / A);
  *e0    = (N + B * *kappa) / A;
}

/* A square element of all layers, supported at three points; the layers fill it from below up to
   the part `fill` of its thickness. */
static Patch Coupon(int n, const Layer *layer, double fill, PltShellPly ply[])
{
  double H = 0, z = 0;
  Patch  p = PatchGrid(1, 1, 1);

  for (int k = 0; k < n; k++) H += layer[k].h / fill;
  for (int k = 0; k < n; k++) {
    ply[k] = PlyMake(2 * z / H - 1, 2 * (z + layer[k].h) / H - 1, layer[k].E, layer[k].nu);
    PlyExpand(&ply[k], layer[k].expansion);
    z += layer[k].h;
  }
  for (int i = 0; i < 8; i++) {
    p.X[i][0] *= 3 * H, p.X[i][1] *= 3 * H, p.X[i][2] *= H;
  }
  for (int i = 0; i < 3; i++) PatchFix(&p, 0, i, 0);
  PatchFix(&p, 1, 1, 0), PatchFix(&p, 1, 2, 0), PatchFix(&p, 2, 2, 0);
  PatchSetPlies(&p, n, ply, PLT_SMALL);
  return p;
}

/* u = (e0 - kappa z) x between node 0 and node 1 */
static double Curvature(const Patch *p)
{
  return -((p->u[3 * 5] - p->u[3 * 4]) - (p->u[3 * 1] - p->u[3 * 0])) / p->X[1][0] / p->X[4][2];
}

static double BottomStrain(const Patch *p)
{
  return (p->u[3 * 1] - p->u[3 * 0]) / p->X[1][0];
}

/* In-plane stress at the bottom and top of ply k from its two points. */
static void FaceStress(const PltShellLocal *local, int k, double stress[2])
{
  const double a = local->stress[k][2][0][0], b = local->stress[k][2][1][0];

  stress[0] = (a + b) / 2 - sqrt(3) * (b - a) / 2;
  stress[1] = (a + b) / 2 + sqrt(3) * (b - a) / 2;
}

static const Layer bimetal[2] = {{.5e-3, 210e9, .3, 1.2e-3}, {.3e-3, 70e9, .3, 2.3e-3}};
static const Layer film[2]    = {{.775e-3, 130e9, .28, 0}, {1e-6, 100e9, .28, -1e-3}};
static const Layer panel[5]   = {{1.1e-3, 73e9, .23, -150 * 3.3e-6},
                                 {.01e-3, 1e9, .4, -150 * 8e-5},
                                 {.02e-3, 3.5e9, .34, -150 * 4.5e-5},
                                 {.005e-3, 117e9, .34, -150 * 1.7e-5},
                                 {.5e-3, 20e9, .28, -150 * 9e-6}};

static const struct {
  int          n;
  const Layer *layer;
  double       kappa; /* 1/m: Timoshenko 1925 (equal nu), Freund & Suresh 2003 (2.19), Hsueh 2002 */
} stack[3] = {{2, bimetal, -1.496599}, {2, film, 7.663733e-3}, {5, panel, .509292}};

/* Stack _i / 4, combination of shear rule and gamma _i % 4. */
START_TEST(curvature_is_that_of_the_laminate)
{
  double        kappa, e0, stress[2], z = 0;
  const int     n     = stack[_i / 4].n;
  const Layer  *layer = stack[_i / 4].layer;
  PltShellPly   ply[LAYERS];
  Patch         p = Coupon(n, layer, 1, ply);
  PltShellLocal local;

  p.cell[0].harmonic = (PetscBool)(_i & 1);
  p.cell[0].gamma    = _i & 2 ? .3 : 1;
  PatchSolve(&p);
  Laminate(n, layer, &kappa, &e0);
  ck_assert_double_eq_tol(kappa, stack[_i / 4].kappa,
                          1e-6 * fabs(kappa)); /* digits of the source */
  ck_assert_double_eq_tol(Curvature(&p), kappa, 1e-10 * fabs(kappa));
  ck_assert_double_eq_tol(BottomStrain(&p), e0, 1e-10 * fabs(e0));
  PatchLocal(&p, 0, &local);
  for (int k = 0; k < n; k++) {
    const double stiffness = layer[k].E / (1 - layer[k].nu);

    FaceStress(&local, k, stress);
    for (int i = 0; i < 2; i++, z += i == 1 ? layer[k].h : 0)
      ck_assert_double_eq_tol(stress[i], stiffness * (e0 - kappa * z - layer[k].expansion),
                              1e-10 * stiffness * fabs(e0));
    /* plane stress, to rounding of the terms that cancel in S33 */
    ck_assert_double_eq_tol(local.stress[k][0][0][PLT_33], 0, 1e-12 * stiffness * fabs(e0));
  }
  PatchDestroy(&p);
}
END_TEST

/* Plies that will be born later leave their part of the element empty; nothing is lost by that. */
START_TEST(partly_filled_element)
{
  static const double fill[5] = {.95, .75, .5, .25, .05};
  double              kappa, e0;
  PltShellPly         ply[2];

  Laminate(2, bimetal, &kappa, &e0);
  for (int i = 0; i < 5; i++) {
    Patch p = Coupon(2, bimetal, fill[i], ply);

    PatchSolve(&p);
    ck_assert_double_eq_tol(Curvature(&p) / kappa, 1, 1e-10);
    PatchDestroy(&p);
  }
}
END_TEST

/* A bilayer of nine distorted elements, one through the thickness: every element bends alike. */
START_TEST(distorted_bilayer)
{
  double      kappa, e0, most = 0;
  PltShellPly ply[2];
  Patch       p, coupon = Coupon(2, bimetal, 1, ply);

  p = PatchGrid(3, 3, 1);
  PatchSetPlies(&p, 2, ply, PLT_SMALL);
  for (int n = 0; n < p.nnode; n++) {
    const int    i = n % 4, j = n / 4 % 4, inside = i % 3 && j % 3;
    const double x = i + (inside ? .3 * sin(5 * i + 3 * j) : 0);
    const double y = j + (inside ? .3 * sin(7 * i - 2 * j) : 0);

    p.X[n][0] = x * 2e-3, p.X[n][1] = y * 2e-3, p.X[n][2] = n / 16 * .8e-3;
  }
  for (int i = 0; i < 3; i++) PatchFix(&p, 0, i, 0);
  PatchFix(&p, 3, 1, 0), PatchFix(&p, 3, 2, 0), PatchFix(&p, 12, 2, 0);
  PatchSolve(&p);
  Laminate(2, bimetal, &kappa, &e0);
  for (int n = 0; n < p.nnode; n++) {
    const double dx = p.X[n][0] - p.X[0][0], u = p.u[3 * n];

    /* level at the three supports: w = kappa x (x - 6e-3) / 2 + ... */
    most = fmax(most, fabs(u - (e0 * dx - kappa * (dx - 3e-3) * p.X[n][2])));
  }
  ck_assert_double_lt(most, 1e-10 * 6e-3 * fabs(e0));
  PatchDestroy(&coupon);
  PatchDestroy(&p);
}
END_TEST

/* ---- carrier, RDL, mold: born one after the other on the bent coupon ---- */
typedef struct {
  Patch       p;
  PltShellPly all[3], live[3];
  double      ub[3][24], birth[3][PLT_SHELL_BIRTH];
} Process;

static void Live(Process *s, int first, int last)
{
  for (int k = first; k <= last; k++) s->live[k - first] = s->all[k];
  PatchSetPlies(&s->p, last - first + 1, s->live, PLT_SMALL);
}

/* Free of stress at the present shape; counts its expansion from here. */
static void Bear(Process *s, int k)
{
  PltShellLocal local;

  PatchLocal(&s->p, 0, &local);
  PatchGather(&s->p, 0, s->p.cell[0].X, s->ub[k]);
  memcpy(s->birth[k], local.birth, sizeof local.birth);
  s->all[k].ub    = s->ub[k];
  s->all[k].birth = s->birth[k];
  Live(s, 0, k);
}

static double Solve(Process *s, int first, int last, const double expansion[3])
{
  for (int k = 0; k < 3; k++) PlyExpand(&s->all[k], expansion[k]);
  Live(s, first, last);
  PatchSolve(&s->p);
  return Curvature(&s->p);
}

/* Curvatures of incremental laminate theory, 7 digits, in 1/mm there: glass flat at 25 C; RDL born
   at 230 C and cooled; mold born at 150 C on the bent panel, shrinks by 0.1 %, is cooled; glass
   removed. The order of births matters: without history the curvature before debonding were another
   one. */
START_TEST(process_is_incremental_laminate_theory)
{
  static const Layer layer[3] = {
      {1.1e-3, 73e9, .23, 0}, {.02e-3, 6e9, .34, 0}, {.5e-3, 20e9, .28, 0}};
  static const double cte[3] = {3.3e-6, 35e-6, 9e-6};
  Process             s;
  double              kappa;

  memset(&s, 0, sizeof s);
  s.p                  = Coupon(3, layer, 1, s.all);
  s.p.cell[0].harmonic = (PetscBool)_i;
  kappa                = Solve(&s, 0, 0, (double[3]){205 * cte[0], 0, 0});
  ck_assert_double_lt(fabs(kappa), 1e-12);
  Bear(&s, 1);
  kappa = Solve(&s, 0, 1, (double[3]){0, -205 * cte[1], 0});
  ck_assert_double_eq_tol(kappa, 6.247529e-2, 1e-8);
  kappa = Solve(&s, 0, 1, (double[3]){125 * cte[0], -80 * cte[1], 0});
  ck_assert_double_eq_tol(kappa, 2.43806e-2, 1e-8);
  Bear(&s, 2);
  kappa = Solve(&s, 0, 2, (double[3]){125 * cte[0], -80 * cte[1], 0});
  ck_assert_double_eq_tol(kappa, 2.43806e-2, 1e-8);
  kappa = Solve(&s, 0, 2, (double[3]){125 * cte[0], -80 * cte[1], -1e-3});
  ck_assert_double_eq_tol(kappa, .5504688, 1e-7);
  kappa = Solve(&s, 0, 2, (double[3]){0, -205 * cte[1], -1e-3 - 125 * cte[2]});
  ck_assert_double_eq_tol(kappa, .9427815, 1e-7);
  kappa = Solve(&s, 1, 2, (double[3]){0, -205 * cte[1], -1e-3 - 125 * cte[2]});
  ck_assert_double_eq_tol(kappa, -.7135609, 1e-7);
  kappa = Solve(&s, 1, 2, (double[3]){0, -80 * cte[1], -1e-3});
  ck_assert_double_eq_tol(kappa, -.2105555, 1e-7);
  PatchDestroy(&s.p);
}
END_TEST

static Suite *LaminateSuite(void)
{
  Suite *suite    = suite_create("element laminate");
  TCase *laminate = tcase_create("laminate");

  tcase_add_loop_test(laminate, curvature_is_that_of_the_laminate, 0, 12);
  tcase_add_test(laminate, partly_filled_element);
  tcase_add_test(laminate, distorted_bilayer);
  tcase_add_loop_test(laminate, process_is_incremental_laminate_theory, 0, 2);
  suite_add_tcase(suite, laminate);
  return suite;
}

PLT_TEST_MAIN(LaminateSuite)
