/* SPDX-License-Identifier: BSD-2-Clause
   A curve of yield stress over plastic strain as that of the law: yield + H p + Q (1 - exp(-b p)),
   through the first point, by least squares in H, Q >= 0 and a search in b. */
#include <math.h>
#include "input/import.h"

enum { GRID = 400, REFINE = 60 };

typedef struct {
  const double (*point)[10]; /* stress, plastic strain */
  PetscInt n;
} Curve;

/* The best H and Q for this b; the largest difference at any point. */
static double Fit(const Curve *c, double b, double *H, double *Q)
{
  double pp = 0, pe = 0, ee = 0, yp = 0, ye = 0, det, worst = 0;

  for (PetscInt i = 1; i < c->n; i++) {
    const double p = c->point[i][1] - c->point[0][1], e = -expm1(-b * p);
    const double y = c->point[i][0] - c->point[0][0];

    pp += p * p;
    pe += p * e;
    ee += e * e;
    yp += y * p;
    ye += y * e;
  }
  det = pp * ee - pe * pe;
  *H  = det > 1e-12 * pp * ee ? (yp * ee - ye * pe) / det : 0;
  *Q  = det > 1e-12 * pp * ee ? (ye * pp - yp * pe) / det : ye / ee;
  if (*H < 0) *H = 0, *Q = ye / ee;
  if (*Q < 0) *Q = 0, *H = fmax(0, yp / pp);
  for (PetscInt i = 1; i < c->n; i++) {
    const double p = c->point[i][1] - c->point[0][1];

    worst = fmax(worst, fabs(c->point[i][0] - c->point[0][0] - *H * p + *Q * expm1(-b * p)));
  }
  return worst;
}

double PltImportHarden(PetscInt n, const double point[][10], double *H, double *Q, double *b)
{
  const Curve  c    = {point, n};
  const double p    = n > 1 ? point[n - 1][1] - point[0][1] : 0;
  double       best = INFINITY, low, high;

  *H = *Q = 0;
  *b      = 1;
  if (n < 2 || !(p > 0)) return 0;
  if (n == 2) {
    *H = (point[1][0] - point[0][0]) / p;
    return 0;
  }
  for (int i = 0; i <= GRID; i++) {
    const double tried = pow(10, 5. * i / GRID - 1) / p, worst = Fit(&c, tried, H, Q);

    if (worst < best) best = worst, *b = tried;
  }
  low  = *b / 1.03;
  high = *b * 1.03;
  for (int i = 0; i < REFINE; i++) { /* golden section */
    const double third[2] = {low + 0.381966 * (high - low), high - 0.381966 * (high - low)};

    if (Fit(&c, third[0], H, Q) < Fit(&c, third[1], H, Q)) high = third[1];
    else low = third[0];
  }
  *b = (low + high) / 2;
  return Fit(&c, *b, H, Q);
}
