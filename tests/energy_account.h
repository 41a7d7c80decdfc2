/* SPDX-License-Identifier: BSD-2-Clause
   The account of energy of a process, from one equilibrium to the next: what is stored in strain
   changes by the work of what acts from outside, and by what temperature, shrinkage and fading do
   to it at constant shape (of inner unknowns it is stationary),

     d stored = P.du + sum over points W (E'dC E / 2 - S.d eigen),

   both by the trapezoidal rule. P is what the inner forces are in balance with: weight, support,
   and what a change of the panel has set free and is yet to be let go. Of the last nothing is left
   in the other phases: there P is weight and support alone, but for what is ground, slice by slice
   at constant shape, whose forces the panel then gives way to. Stabilisations have moduli too.
   Shrinkage s is an eigenstrain, of which it makes d eigen = -(1 + e) ds, e all that is free of
   stress; in linear theory -ds.

   At constant shape the panel changes in three ways. Plies are born, which stores nothing. Plies
   are removed or ground off: what was in them goes. What is left of an element that was ground has
   another thickness stress (Pinched), and hardly other strains in its plane, as its enhanced modes
   are those of other plies (`eased`). A flip changes the sign of the potential of weight, and
   nothing that is stored. A panel that is laid on a table moves as a rigid body to where it rests,
   in a hand that bears its weight: nothing is stored. Where that is, the function that laid it
   tells again. From there on the table is a support without friction: what touches it at both ends
   of an increment does not move, and what comes or goes moves under a force that is zero at one of
   them. */
#ifndef PLT_TEST_ENERGY_ACCOUNT_H
#define PLT_TEST_ENERGY_ACCOUNT_H
#include "energy_sight.h"

typedef struct {
  /* the last equilibrium */
  PetscReal    *u; /* NULL: there is none yet */
  PetscReal     T, up;
  PltPartState *part;
  PetscReal    *lo, *hi;                   /* [nply] m, faces of the plies */
  double (*stress)[8][6], (*strain)[8][6]; /* of its sight */
  double   *ply;                           /* [nply] J, in each */
  double    stored, height;                /* J; potential of weight */
  PetscInt  nevent;
  PetscBool lies; /* on a table */
  /* J, sums so far */
  double heat, shrunk, work; /* by temperature and fading, by shrinkage, from outside */
  double removed, ground, pinched, eased;
  double laid;       /* what weight did when the panel was laid on a table, into a hand */
  double touched;    /* what the plane does that it lies on */
  double turned;     /* potential of weight before and after flips under weight: largest sum */
  double gap[3];     /* of each phase: what is stored less what the account says */
  double jump;       /* largest change of what is stored at constant shape that is not known */
  double unbalanced; /* work of what is out of balance where nothing is let go */
  double most;       /* largest stored so far */
  int    increments, flips; /* flips: under weight */
} Account;

/* One ply of a quad at constant shape. *shrunk is the part of it that `shrink`, the change of
   shrinkage, makes. */
static inline double HeatOfPly(const Sight *x, const Sight *y, PetscInt at, const PltShellPly *old,
                               const PltShellPly *now, double shrink, const double W[4],
                               double *shrunk)
{
  const int large = x->a->scheme.kinematics == PLT_LARGE;
  double    sum   = 0;

  for (int n = 0; n < 8; n++)
    for (int i = 0; i < 6; i++) {
      const double stress = (x->stress[at][n][i] + y->stress[at][n][i]) / 2;
      double       soft = 0, stretch = 1;

      for (int j = 0; j < 6; j++)
        soft += (now->C[i][j] - old->C[i][j]) *
                (x->strain[at][n][i] * x->strain[at][n][j] +
                 y->strain[at][n][i] * y->strain[at][n][j]) /
                4;
      sum += W[n / 2] * (soft - stress * (now->eigen[i] - old->eigen[i]));
      if (i > 2) continue;
      if (large) stretch = (sqrt(1 + 2 * old->eigen[i]) + sqrt(1 + 2 * now->eigen[i])) / 2;
      *shrunk += W[n / 2] * stress * stretch * shrink;
    }
  return sum;
}

/* From x to y, which has the parts as they are; `part` as they were. */
static inline double Heat(PltState s, const PltPartState *part, const Sight *x, const Sight *y,
                          double *shrunk)
{
  const PetscInt ns  = s->slabs.nslab;
  double         sum = 0, W[4];

  *shrunk = 0;
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscInt     q = i / ns, n = s->quad_class[q] * ns + i % ns;
    const PltSlabData *old = &x->a->slab[n], *now = &y->a->slab[n];

    for (PetscInt p = 0; s->mesh->own[q] && p < now->nply; p++) {
      const PetscInt ply = now->number[p], k = 2 * ply + PLT_IN_FILL;

      Volumes(y->a, q, i % ns, &now->ply[p], W);
      sum += HeatOfPly(x, y, q * s->slabs.nply + ply, &old->ply[p], &now->ply[p],
                       s->ply[k].shrink - part[k].shrink, W, shrunk);
    }
  }
  for (int k = 0; k < 2; k++)
    sum += (Bridges(y->a, k ? y->u : x->u) - Bridges(x->a, k ? y->u : x->u)) / 2;
  *shrunk = Sum(s->mesh->comm, *shrunk);
  return Sum(s->mesh->comm, sum) - *shrunk;
}

/* What is stored in each ply; right for plies that were born into an empty slab. */
static inline void Plies(PltState s, const Sight *x, double ply[])
{
  const PetscInt ns = s->slabs.nslab, np = s->slabs.nply;
  double         W[4];

  for (PetscInt p = 0; p < np; p++) ply[p] = 0;
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscInt     q    = i / ns;
    const PltSlabData *data = &x->a->slab[s->quad_class[q] * ns + i % ns];

    for (PetscInt p = 0; s->mesh->own[q] && p < data->nply; p++) {
      const PetscInt at    = q * np + data->number[p];
      const double *stress = (const double *)x->stress[at], *strain = (const double *)x->strain[at];

      Volumes(x->a, q, i % ns, &data->ply[p], W);
      for (int j = 0; j < 48; j++) ply[data->number[p]] += W[j / 12] * stress[j] * strain[j] / 2;
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, ply, (int)np, MPI_DOUBLE, MPI_SUM, s->mesh->comm);
}

/* What the last equilibrium stored between two heights of a ply. Stress and strain of its two
   points are linear in between, and go on so; of a product of the two, two points know the
   integral. */
static inline double Slice(const Account *now, PltAssembly a, PetscInt ply, const double z[2])
{
  const PltState s     = a->state;
  const double   gauss = 1 / sqrt(3), mid = (now->lo[ply] + now->hi[ply]) / 2;
  const double   half = (now->hi[ply] - now->lo[ply]) / 2;
  double         sum  = 0;
  PltPlan        plan;

  for (PetscInt i = 0; i < 8 * s->mesh->nquad; i++) {
    const PetscInt q = i / 8, n = i % 8 / 2 * 2, at = q * s->slabs.nply + ply;
    const double   height = (z[0] + z[1] + (i % 2 ? gauss : -gauss) * (z[1] - z[0])) / 2;
    const double   high = (1 + (height - mid) / half / gauss) / 2, low = 1 - high;

    if (!s->mesh->own[q]) continue;
    CALL(PltAssemblyPlan(a, q, &plan));
    for (int j = 0; j < 6; j++)
      sum += plan.det[n / 2] * (z[1] - z[0]) / 2 *
             (low * now->stress[at][n][j] + high * now->stress[at][n + 1][j]) *
             (low * now->strain[at][n][j] + high * now->strain[at][n + 1][j]) / 2;
  }
  return Sum(s->mesh->comm, sum);
}

static inline double Ground(const Account *now, PltAssembly a)
{
  const PltState s   = a->state;
  double         sum = 0;

  for (PetscInt p = 0; now->u && p < s->slabs.nply; p++) {
    const double below[2] = {now->lo[p], s->lo[p]}, above[2] = {s->hi[p], now->hi[p]};

    if (below[1] > below[0]) sum += Slice(now, a, p, below);
    if (above[1] > above[0]) sum += Slice(now, a, p, above);
  }
  return sum;
}

/* What grinding does to the thickness stress of the elements that are left: it is the same in all
   plies of a column, and the mean strain that belongs to it is that of the nodes, which are where
   the faces were. At given strains in the plane S33^2 / C33 / 2 of what is stored is its part. */
static inline double Pinched(const Account *now, PltState s, const Sight *x)
{
  const PetscInt ns  = s->slabs.nslab;
  double         sum = 0, W[4];

  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscInt     q    = i / ns;
    const PltSlabData *data = &x->a->slab[s->quad_class[q] * ns + i % ns];

    for (PetscInt p = 0; s->mesh->own[q] && p < data->nply; p++) {
      const PetscInt at = q * s->slabs.nply + data->number[p];

      Volumes(x->a, q, i % ns, &data->ply[p], W);
      for (int n = 0; n < 8; n++)
        sum += W[n / 2] * (pow(x->stress[at][n][PLT_33], 2) - pow(now->stress[at][n][PLT_33], 2)) /
               data->ply[p].C[PLT_33][PLT_33] / 2;
    }
  }
  return Sum(s->mesh->comm, sum);
}

/* u at b less u at a as a vector. */
static inline void Difference(PltState s, const PetscReal *a, const PetscReal *b, Vec d)
{
  PetscScalar *x;

  CALL(VecGetArray(d, &x));
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++) {
    const PetscInt node = PltSpaceNode(s->space, i / 3 / s->nlevel, i / 3 % s->nlevel);

    if (node >= 0) x[3 * (node - s->space->node_start) + i % 3] = b[i] - a[i];
  }
  CALL(VecRestoreArray(d, &x));
}

/* Works on d of what was looked at: of weight, of support, of what is out of balance. */
static inline void Work(const Sight *x, Vec d, double work[3])
{
  CALL(VecDot(x->weight, d, &work[0]));
  CALL(VecDot(x->fixed, d, &work[1]));
  CALL(VecDot(x->free, d, &work[2]));
  for (int k = 1; k < 3; k++) work[k] = -work[k];
}

/* Parts as they are, but faded and shrunk as far as they were; what it took to remove others. */
static inline void PartsBefore(const Account *now, PltState s, PltPartState *part, double *removed)
{
  *removed = 0;
  memcpy(part, s->ply, 2 * (size_t)s->slabs.nply * sizeof *part);
  for (PetscInt i = 0; now->u && i < 2 * s->slabs.nply; i++) {
    const PetscBool old = (PetscBool)(now->part[i].live && now->part[i].event == part[i].event);

    if (now->part[i].live && !s->ply[i].live && i % 2 == PLT_IN_FILL) *removed += now->ply[i / 2];
    part[i].keep   = old ? now->part[i].keep : 1;
    part[i].shrink = old ? now->part[i].shrink : 0;
  }
}

/* What was seen last is that of the last equilibrium. */
static inline void Keep(Account *now, PltState s, Sight *x, double height)
{
  const size_t np = (size_t)s->slabs.nply;

  if (!now->u) {
    CALL(PetscMalloc1(PltStateFieldSize(s) + 1, &now->u));
    CALL(PetscMalloc1(2 * np, &now->part));
    CALL(PetscMalloc3(np, &now->ply, np, &now->lo, np, &now->hi));
  }
  CALL(PetscArraycpy(now->u, s->u, PltStateFieldSize(s)));
  CALL(PetscArraycpy(now->part, s->ply, 2 * np));
  CALL(PetscArraycpy(now->lo, s->lo, np));
  CALL(PetscArraycpy(now->hi, s->hi, np));
  Plies(s, x, now->ply);
  CALL(PetscFree(now->stress));
  CALL(PetscFree(now->strain));
  now->stress = x->stress;
  now->strain = x->strain;
  x->stress = x->strain = NULL;
  now->T                = s->T;
  now->up               = s->up;
  now->nevent           = s->nevent;
  now->stored           = x->energy;
  now->height           = height;
  now->most             = fmax(now->most, x->energy);
  now->increments++;
}

/* From x[0] to x[1], which differ by d; `part` as they were; `ground`: something was ground off
   before. */
static inline void Add(Account *now, PltProcess p, const PltPartState *part, const Sight x[2],
                       Vec d, int ground)
{
  const int all =
      p->scheme.kinematics == PLT_SMALL || p->place.phase == PLT_PHASE_RELEASE || ground;
  double heat, shrunk, of[2][3], work[3];

  for (int i = 0; i < 2; i++) Work(&x[i], d, of[i]);
  for (int k = 0; k < 3; k++) work[k] = (of[0][k] + of[1][k]) / 2;
  heat = Heat(p->state, part, &x[0], &x[1], &shrunk);
  if (!all) {
    now->unbalanced -= work[2];
    work[2] = 0;
  }
  now->heat += heat;
  now->shrunk += shrunk;
  if (p->contact) now->touched += work[1];
  now->work += work[0] + work[1] + work[2];
  now->gap[p->place.phase] +=
      x[1].energy - x[0].energy - heat - shrunk - work[0] - work[1] - work[2];
}

/* The potential of weight in the shape u, over that of the panel as it is drawn. */
static inline double Height(PltState s, const Sight *x, const PetscReal *u, Vec d)
{
  PetscReal *drawn;
  double     work;

  CALL(PetscCalloc1(PltStateFieldSize(s) + 1, &drawn));
  Difference(s, drawn, u, d);
  CALL(VecDot(x->weight, d, &work));
  CALL(PetscFree(drawn));
  return -work;
}

/* u becomes where the panel was laid before its first increment on a table. */
static inline void LayDown(PltProcess p, PetscReal *u)
{
  const PltContact c    = p->contact;
  const PltState   s    = p->state;
  const size_t     n    = (size_t)s->mesh->nvert;
  PetscReal       *kept = s->u;
  unsigned char   *held, *fixed;
  PetscInt        *times;

  CALL(PetscMalloc3(n + 1, &held, PltStateFieldSize(s) + 1, &fixed, n + 1, &times));
  CALL(PetscArraycpy(held, c->held, n));
  CALL(PetscArraycpy(times, c->times, n));
  CALL(PetscArraycpy(fixed, s->space->fixed, PltStateFieldSize(s)));
  s->u = u;
  CALL(PltContactRest(c));
  s->u = kept;
  CALL(PetscArraycpy(c->held, held, n));
  CALL(PetscArraycpy(c->times, times, n));
  CALL(PetscArraycpy(s->space->fixed, fixed, PltStateFieldSize(s)));
  CALL(PetscFree3(held, fixed, times));
}

/* What happened at constant shape, or without a strain, before the increment from x; 1 if something
   was ground off. */
static inline int Change(Account *now, PltState s, const Sight *x, const PetscReal *from, Vec d,
                         double removed)
{
  const double ground = Ground(now, x->a), pinched = ground != 0 ? Pinched(now, s, x) : 0;
  const double jump = x->energy - (now->stored - removed - ground + pinched);
  double       height;

  if (ground != 0) now->eased += jump;
  else now->jump = fmax(now->jump, fabs(jump));
  now->removed += removed;
  now->ground += ground;
  now->pinched += pinched;
  height = Height(s, x, from, d);
  if (now->u && s->up != now->up && height != 0 && now->height != 0) {
    now->turned = fmax(now->turned, fabs(height + now->height));
    now->flips++;
  }
  return ground != 0;
}

/* An increment of the process, or a frame. */
static inline int Enter(PltProcess p, const PltStep *step, void *context)
{
  const PltState  s    = p->state;
  Account        *now  = context;
  const PetscBool lies = (PetscBool)(p->contact != NULL);
  const PetscBool down = (PetscBool)(now->u && lies && (!now->lies || now->up != s->up));
  PltPartState   *part;
  PetscReal      *from;
  double          removed, laid = 0;
  int             ground;
  Sight           x[2];
  Vec             d;

  (void)step;
  CALL(PetscMalloc1(2 * s->slabs.nply, &part));
  CALL(PetscMalloc1(PltStateFieldSize(s) + 1, &from));
  CALL(PetscArraycpy(from, s->nevent != now->nevent ? s->event[s->nevent - 1].u : now->u,
                     PltStateFieldSize(s)));
  if (down) LayDown(p, from);
  PartsBefore(now, s, part, &removed);
  See(p, from, now->u ? now->T : s->T, part, &x[0]);
  See(p, s->u, s->T, s->ply, &x[1]);
  CALL(VecDuplicate(x[0].free, &d));
  if (down) {
    Difference(s, now->u, from, d);
    CALL(VecDot(x[0].weight, d, &laid));
    now->laid += laid;
  }
  ground = Change(now, s, &x[0], from, d, removed);
  Difference(s, from, s->u, d);
  Add(now, p, part, x, d, ground);
  now->lies = lies;
  Keep(now, s, &x[1], Height(s, &x[1], s->u, d));
  for (int i = 0; i < 2; i++) SightFree(&x[i]);
  CALL(VecDestroy(&d));
  CALL(PetscFree(from));
  CALL(PetscFree(part));
  return 0;
}

/* What is stored, less what the account says. */
static inline double Gap(const Account *now)
{
  return now->stored - (now->heat + now->shrunk + now->work - now->removed - now->ground +
                        now->pinched + now->eased);
}

static inline void AccountFree(Account *now)
{
  CALL(PetscFree(now->u));
  CALL(PetscFree(now->part));
  CALL(PetscFree(now->stress));
  CALL(PetscFree(now->strain));
  CALL(PetscFree3(now->ply, now->lo, now->hi));
}
#endif
