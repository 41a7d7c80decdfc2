/* SPDX-License-Identifier: BSD-2-Clause
   A law of one's own: a polymer that yields sooner in tension than in compression (Drucker and
   Prager 1952), flow associated, hardening linear, small strains.

     f = q + a p - k(r),   a = 3 (C - T) / (C + T),   k = 2 C T / (C + T) + hardening r

   q is the equivalent (Mises) stress, p the mean stress, T and C the yield stresses of a bar in
   tension and compression, r the equivalent plastic strain. One backward Euler step returns to
   the cone, or to its tip where the cone would be left (de Souza Neto, Peric and Owen,
   Computational Methods for Plasticity, 2008, section 8.3).

     cc -shared -fPIC law.c $(pkg-config --cflags --libs platen) -lm -o law.so
     platen run --law ./law.so law.yaml */
#include <math.h>
#include <platen_material.h>
#include <string.h>

enum { E, NU, TENSION, COMPRESSION, HARDENING, NPROPERTY };
static const PltLawProperty property[NPROPERTY] = {
    [E]           = {.key = "E", .unit = "Pa", .required = 1, .above = 0, .below = INFINITY},
    [NU]          = {.key = "nu", .unit = "1", .required = 1, .above = -1, .below = 0.5},
    [TENSION]     = {.key = "yield.tension", .unit = "Pa", .required = 1, .below = INFINITY},
    [COMPRESSION] = {.key = "yield.compression", .unit = "Pa", .required = 1, .below = INFINITY},
    [HARDENING]   = {.key = "hardening", .unit = "Pa", .above = PLT_LAW_ZERO, .below = INFINITY},
};

enum { STRAIN = 0, R = 6, NSTATE }; /* plastic strain (6) and r */

/* Constants at the end of the increment, in span->work. */
typedef struct {
  double G, K, a, k, hardening;
} Constants;

static int States(PltProperties given)
{
  (void)given;
  return NSTATE;
}

static Constants ConstantsAt(PltProperties given, double T)
{
  const double e = PltPropertyAt(given, E, T), nu = PltPropertyAt(given, NU, T);
  const double tension     = PltPropertyAt(given, TENSION, T);
  const double compression = PltPropertyAt(given, COMPRESSION, T);

  return (Constants){.G         = e / (2 * (1 + nu)),
                     .K         = e / (3 * (1 - 2 * nu)),
                     .a         = 3 * (compression - tension) / (compression + tension),
                     .k         = 2 * compression * tension / (compression + tension),
                     .hardening = PltPropertyAt(given, HARDENING, T)};
}

/* D = K 1 x 1 + 2 g I_dev */
static void FillIsotropic(double K, double g, double D[6][6])
{
  for (int i = 0; i < 6; i++) {
    for (int j = 0; j < 6; j++) D[i][j] = i < 3 && j < 3 ? K - 2 * g / 3 : 0;
    D[i][i] += i < 3 ? 2 * g : g;
  }
}

static void Stiffness(PltProperties given, double T, double C[6][6])
{
  const Constants c = ConstantsAt(given, T);

  FillIsotropic(c.K, c.G, C);
}

static const char *Check(PltProperties given)
{
  for (int k = TENSION; k <= COMPRESSION; k++)
    for (int i = 0; i < PltPropertyCount(given, k); i++) {
      double point[2];

      PltPropertyPair(given, k, i, point);
      if (isnan(point[0])) point[0] = 300; /* a constant */
      if (PltPropertyAt(given, TENSION, point[0]) > PltPropertyAt(given, COMPRESSION, point[0]))
        return "yields sooner in compression than in tension";
    }
  return NULL;
}

static void Advance(PltProperties given, PltLawSpan *span)
{
  const Constants c = ConstantsAt(given, span->T1);

  memcpy(span->work, &c, sizeof c);
}

/* Return along n = 3/2 s / q (components of the tensor) by the length r. A modulus that vanishes
   along the flow is no use to a solver: 1e-7 of 3 G are left of it. */
static void ReturnToCone(const Constants *c, const double s[6], double q, double r, double p,
                         double stress[6], double D[6][6])
{
  const double harden = fmax(c->hardening, 1e-7 * 3 * c->G);
  const double A = 3 * c->G + c->K * c->a * c->a + harden, rest = q > 0 ? 1 - 3 * c->G * r / q : 1;
  double       n[6], v[6];

  for (int i = 0; i < 6; i++) {
    n[i]      = q > 0 ? 1.5 * s[i] / q : 0;
    v[i]      = 2 * c->G * n[i] + (i < 3 ? c->K * c->a : 0);
    stress[i] = rest * s[i] + (i < 3 ? p - c->K * c->a * r : 0);
  }
  FillIsotropic(c->K, rest * c->G, D);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      D[i][j] += 2 * c->G * (1 - rest) * n[i] * n[j] / 1.5 - v[i] * v[j] / A;
}

static int Update(PltProperties given, const PltLawSpan *span, const double start[],
                  const double strain[6], double end[], double stress[6], double D[6][6])
{
  const Constants *c = (const Constants *)span->work;
  double           e[6], s[6], trace, p, q, k, f, r;

  (void)given;
  for (int i = 0; i < 6; i++) e[i] = strain[i] - start[STRAIN + i];
  trace = e[0] + e[1] + e[2];
  for (int i = 0; i < 6; i++) s[i] = c->G * (i < 3 ? 2 * (e[i] - trace / 3) : e[i]);
  q = sqrt(1.5 * (s[0] * s[0] + s[1] * s[1] + s[2] * s[2]) +
           3 * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]));
  p = c->K * trace;
  k = c->k + c->hardening * start[R];
  f = q + c->a * p - k;
  r = fmax(f, 0) / (3 * c->G + c->K * c->a * c->a + c->hardening);
  if (f <= 0) {
    for (int i = 0; i < 6; i++) stress[i] = s[i] + (i < 3 ? p : 0);
    FillIsotropic(c->K, c->G, D);
  } else if (3 * c->G * r <= q) ReturnToCone(c, s, q, r, p, stress, D);
  else {
    const double harden = fmax(c->hardening, 1e-7 * c->K);

    r = (c->a * p - k) / (c->K * c->a * c->a + c->hardening);
    for (int i = 0; i < 6; i++) stress[i] = i < 3 ? p - c->K * c->a * r : 0;
    FillIsotropic(c->K * harden / (c->K * c->a * c->a + harden), 1e-7 * c->G, D);
  }
  /* what is not elastic of the strain */
  trace = (stress[0] + stress[1] + stress[2]) / 3;
  for (int i = 0; i < 6 && f > 0; i++)
    end[STRAIN + i] = strain[i] - (i < 3 ? (stress[i] - trace) / (2 * c->G) + trace / (3 * c->K)
                                         : stress[i] / c->G);
  if (f > 0) end[R] = start[R] + r;
  return 0;
}

static const PltLawTold told[] = {{"plastic_strain", "m/m"}};

static void Tell(PltProperties given, double T, const double shared[], const double state[],
                 double value[])
{
  (void)given, (void)T, (void)shared;
  value[0] = state[R];
}

static const PltLaw drucker_prager = {
    .version   = PLT_LAW_VERSION,
    .name      = "drucker_prager",
    .nproperty = NPROPERTY,
    .property  = property,
    .stiffness = Stiffness,
    .check     = Check,
    .states    = States,
    .advance   = Advance,
    .update    = Update,
    .ntold     = 1,
    .told      = told,
    .tell      = Tell,
};

const PltLaw *const platen_law[] = {&drucker_prager, NULL};
