/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Patch tests and the other cases of MacNeal & Harder (Finite Elements in Analysis and Design 1,
   1985) that say something about a layered solid-shell. */
#include "element_patch.h"

static const double E = 1e6, nu = .25;
static PltShellPly  ply[2];

/* Five quads, the fifth inside the others, times the levels z[n]; nodes of a level follow one
   another. */
static Patch PatchQuads(const double xy[8][2], int n, const double z[])
{
  static const int quad[5][4] = {
      {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}, {4, 5, 6, 7}};
  Patch p = PatchCreate(8 * n, 5 * (n - 1));

  for (int i = 0; i < p.nnode; i++) {
    p.X[i][0] = xy[i % 8][0];
    p.X[i][1] = xy[i % 8][1];
    p.X[i][2] = z[i / 8];
  }
  for (int e = 0; e < p.ncell; e++) {
    for (int a = 0; a < 8; a++) p.node[e][a] = quad[e % 5][a % 4] + 8 * (e / 5 + a / 4);
  }
  return p;
}

static const double plate[8][2] = {{0, 0},     {.24, 0},   {.24, .12}, {0, .12},
                                   {.04, .02}, {.18, .03}, {.16, .08}, {.08, .08}};

/* Two plies of one material; combination i of shear rule, gamma and kinematics. */
static void Fill(Patch *p, int i)
{
  ply[0] = PlyMake(-1, .2, E, nu);
  ply[1] = PlyMake(.2, 1, E, nu);
  PatchSetPlies(p, 2, ply, PLT_SMALL);
  for (int e = 0; e < p->ncell; e++) {
    p->cell[e].harmonic = (PetscBool)(i & 1);
    p->cell[e].gamma    = i & 2 ? .3 : 1;
  }
}

/* Largest difference of the stress of any point to a[6] + z b[6]. */
static double StressError(Patch *p, const double a[6], const double b[6])
{
  double        most = 0;
  PltShellLocal local;

  for (int e = 0; e < p->ncell; e++) {
    PatchLocal(p, e, &local);
    for (int n = 0; n < 2 * 4 * PLT_SHELL_NZ * 6; n++) {
      const int    k = n / 48, c = n / 12 % 4, q = n / 6 % 2, i = n % 6;
      const double at =
          (ply[k].lo + ply[k].hi + (2 * q - 1) / sqrt(3) * (ply[k].hi - ply[k].lo)) / 2;
      const double z0 = p->cell[e].X[0][2], z1 = p->cell[e].X[4][2];
      const double z = (z0 + z1 + at * (z1 - z0)) / 2;

      most = fmax(most, fabs(local.stress[k][c][q][i] - a[i] - z * b[i]));
    }
  }
  return most;
}

/* Constant membrane strain; the inner nodes find their places. */
START_TEST(membrane_patch)
{
  const double z[2] = {0, .001}, none[6] = {0};
  const double stress[6] = {4000. / 3, 4000. / 3, 0, 0, 0, 400};
  Patch        p         = PatchQuads(plate, 2, z);

  Fill(&p, _i);
  for (int n = 0; n < p.nnode; n++) {
    const double x = p.X[n][0], y = p.X[n][1];

    if (n < 8) PatchFix(&p, n, 2, 0);
    if (n % 8 > 3) continue;
    PatchFix(&p, n, 0, 1e-3 * (x + y / 2));
    PatchFix(&p, n, 1, 1e-3 * (y + x / 2));
  }
  PatchSolve(&p);
  /* exact but for rounding */
  ck_assert_double_lt(StressError(&p, stress, none), 1e-11 * stress[0]);
  PatchDestroy(&p);
}
END_TEST

/* Constant curvature. The lines through the thickness get longer on one side of the middle and as
   much shorter on the other, which nodes need not show. */
START_TEST(bending_patch)
{
  const double z[2] = {-.0005, .0005}, none[6] = {0};
  const double slope[6] = {-4e3 / 3, -4e3 / 3, 0, 0, 0, -400}; /* of the stress over z */
  Patch        p        = PatchQuads(plate, 2, z);

  Fill(&p, _i);
  for (int n = 0; n < p.nnode; n++) {
    const double x = p.X[n][0], y = p.X[n][1];

    if (n % 8 > 3) continue;
    PatchFix(&p, n, 0, -1e-3 * (x + y / 2) * p.X[n][2]);
    PatchFix(&p, n, 1, -1e-3 * (y + x / 2) * p.X[n][2]);
    PatchFix(&p, n, 2, 1e-3 * (x * x + x * y + y * y) / 2);
  }
  PatchSolve(&p);
  /* the system has a condition of (h / t)^4 = 1e8, but it is solved twice, see PatchSolve */
  ck_assert_double_lt(StressError(&p, none, slope), 1e-11 * .6667);
  PatchDestroy(&p);
}
END_TEST

/* All six strains constant in distorted prisms, three elements through the thickness. */
START_TEST(extruded_patch)
{
  const double xy[8][2] = {{0, 0},    {1, 0},    {1, 1},    {0, 1},
                           {.25, .3}, {.8, .25}, {.75, .7}, {.3, .8}};
  const double z[4] = {0, .3, .65, 1}, none[6] = {0};
  const double stress[6] = {2000, 2000, 2000, 400, 400, 400};
  Patch        p         = PatchQuads(xy, 4, z);

  Fill(&p, _i);
  for (int n = 0; n < p.nnode; n++) {
    const double *X = p.X[n], sum = X[0] + X[1] + X[2];

    if (n % 8 > 3 && n > 7 && n < 24) continue;
    for (int i = 0; i < 3; i++) PatchFix(&p, n, i, 5e-4 * (X[i] + sum));
  }
  PatchSolve(&p);
  ck_assert_double_lt(StressError(&p, stress, none), 1e-11 * 2000);
  PatchDestroy(&p);
}
END_TEST

/* Seven irregular hexahedra in a cube. Assumed shear and thickness strains are made for prisms and
   do not represent constant strain here: a solid-shell fails, by construction, and the mesh of a
   panel never has such elements. If this ever passes, the element is another one and its
   description wrong. One hexahedron of the original has a corner turned inside out, which the
   element refuses; with that node moved from y = .186 to .286 all are proper. */
START_TEST(irregular_cube_fails_as_it_must)
{
  static const double inner[8][3] = {{.249, .342, .192}, {.826, .288, .288}, {.85, .649, .263},
                                     {.273, .75, .23},   {.32, .286, .643},  {.677, .305, .683},
                                     {.788, .693, .644}, {.165, .745, .702}};
  static const int    node[7][8]  = {{0, 1, 2, 3, 4, 5, 6, 7},     {8, 9, 10, 11, 0, 1, 2, 3},
                                     {4, 5, 6, 7, 12, 13, 14, 15}, {8, 0, 3, 11, 12, 4, 7, 15},
                                     {1, 9, 10, 2, 5, 13, 14, 6},  {8, 9, 1, 0, 12, 13, 5, 4},
                                     {3, 2, 10, 11, 7, 6, 14, 15}};
  const double        stress[6] = {2000, 2000, 2000, 400, 400, 400}, none[6] = {0};
  double              u[24], f[24];
  Patch               p = PatchCreate(16, 7);

  memcpy(p.X, inner, sizeof inner);
  memcpy(p.node, node, sizeof node);
  for (int n = 8; n < 16; n++) {
    double *X = p.X[n], sum;

    X[0] = n % 4 == 1 || n % 4 == 2, X[1] = n % 4 > 1, X[2] = n > 11;
    sum = X[0] + X[1] + X[2];
    for (int i = 0; i < 3; i++) PatchFix(&p, n, i, 5e-4 * (X[i] + sum));
  }
  Fill(&p, 0);
  PatchSolve(&p);
  ck_assert_double_gt(StressError(&p, stress, none), .3 * 2000);
  p.X[4][1] = .186;
  PatchGather(&p, 5, p.cell[5].X, u);
  ck_assert_int_eq(PltShellEvaluate(&p.cell[5], u, f, NULL, NULL, NULL), 1);
  PatchDestroy(&p);
}
END_TEST

/* ---- cylindrical roof under its own weight (Scordelis & Lo 1964) ---- */

/* Deflection of the middle of the free edge with n x n elements on a quarter. */
static double Roof(int n, double gamma)
{
  const double pi = acos(-1), r = 25, t = .25;
  Patch        p = PatchGrid(n, n, 1);
  double       w;

  ply[0]           = PlyMake(-1, 1, 4.32e8, 0);
  ply[0].weight[2] = -90 / t;
  PatchSetPlies(&p, 1, ply, PLT_SMALL);
  for (int e = 0; e < p.ncell; e++) p.cell[e].gamma = gamma;
  for (int i = 0; i < p.nnode; i++) {
    const double a = p.X[i][0] * 40 * pi / 180, y = 25 * p.X[i][1], s = r + (p.X[i][2] - .5) * t;

    if (p.X[i][0] == 0) PatchFix(&p, i, 0, 0);
    if (p.X[i][1] == 0) PatchFix(&p, i, 1, 0);
    if (p.X[i][1] == 1) PatchFix(&p, i, 0, 0), PatchFix(&p, i, 2, 0);
    p.X[i][0] = s * sin(a), p.X[i][1] = y, p.X[i][2] = s * cos(a);
  }
  PatchSolve(&p);
  w = (p.u[3 * n + 2] + p.u[3 * (n + (n + 1) * (n + 1)) + 2]) / 2;
  PatchDestroy(&p);
  return w;
}

/* 0.3024 is the target of MacNeal & Harder, good to 2 % for a converged solution; the values of an
   independent implementation of the same element are .3166, .3039, .3015 */
START_TEST(scordelis_lo_roof)
{
  ck_assert_double_eq_tol(Roof(4, 1), -.3024 * 1.047, .3024 * 1e-3);
  ck_assert_double_eq_tol(Roof(8, 1), -.3024 * 1.005, .3024 * 1e-3);
  ck_assert_double_eq_tol(Roof(16, 1), -.3024 * .997, .3024 * 1e-3);
}
END_TEST

/* ---- straight cantilever 6 x 0.2 x 0.1 of 6 elements ---- */

/* Displacement of the tip over that of beam theory; load case 0 extension, 1 in-plane shear, 2 out
   of plane; shape 0 rectangular, 1 trapezoidal, 2 parallelogram elements. */
static double Beam(int load, int shape)
{
  static const double exact[3] = {3e-5, .1081, .4321};
  Patch               p        = PatchGrid(6, 1, 1);
  double              sum      = 0;

  ply[0] = PlyMake(-1, 1, 1e7, .3);
  PatchSetPlies(&p, 1, ply, PLT_SMALL);
  for (int n = 0; n < p.nnode; n++) {
    const int    i    = n % 7;
    const double side = p.X[n][1] - .5, skew = shape == 0 || i % 6 == 0 ? 0 : .2 * side;

    p.X[n][0] = i + (shape == 1 && i % 2 ? -skew : skew);
    p.X[n][1] = .2 * p.X[n][1];
    p.X[n][2] = .1 * p.X[n][2];
    for (int d = 0; i == 0 && d < 3; d++) PatchFix(&p, n, d, 0);
    if (i == 6) p.load[3 * n + load] = .25;
  }
  PatchSolve(&p);
  for (int n = 6; n < p.nnode; n += 7) sum += p.u[3 * n + load] / 4;
  PatchDestroy(&p);
  return sum / exact[load];
}

/* Values of an independent implementation of the same element. In the plane trapezoids lock
   (MacNeal's theorem): a mesh has to have good quads; out of the plane no shape does harm. */
START_TEST(straight_beam)
{
  static const double ratio[3][3] = {{.988, .979, .980}, {.994, .047, .963}, {.994, .624, .978}};

  for (int i = 0; i < 9; i++)
    ck_assert_double_eq_tol(Beam(i % 3, i / 3), ratio[i / 3][i % 3], 1e-3);
}
END_TEST

static Suite *PatchSuite(void)
{
  Suite *suite = suite_create("element patch");
  TCase *patch = tcase_create("patch"), *shell = tcase_create("shell");

  tcase_add_loop_test(patch, membrane_patch, 0, 4);
  tcase_add_loop_test(patch, bending_patch, 0, 4);
  tcase_add_loop_test(patch, extruded_patch, 0, 4);
  tcase_add_test(patch, irregular_cube_fails_as_it_must);
  tcase_add_test(shell, scordelis_lo_roof);
  tcase_add_test(shell, straight_beam);
  suite_add_tcase(suite, patch);
  suite_add_tcase(suite, shell);
  return suite;
}

PLT_TEST_MAIN(PatchSuite)
