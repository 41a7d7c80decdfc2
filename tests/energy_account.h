/* SPDX-License-Identifier: BSD-2-Clause
   The account of energy of a process, from one equilibrium to the next: what is stored in strain
   changes by the work of what acts from outside, and by what temperature and fading do to it at
   constant shape (of inner unknowns it is stationary),

     d stored = P.du + sum over points W (E'dC E / 2 - S.d eigen),

   both by the trapezoidal rule. P is what the inner forces are in balance with: weight, support,
   and what a change of the panel has set free and is yet to be let go. Of the last nothing is left
   in the other phases: there P is weight and support alone. Stabilisations have moduli too. */
#ifndef PLT_TEST_ENERGY_ACCOUNT_H
#define PLT_TEST_ENERGY_ACCOUNT_H
#include "assemble/internal.h"
#include "check.h"
#include "model/model.h"

/* One shape with the structure that the panel has now. */
typedef struct {
  PltAssembly a;           /* its tables */
  PetscReal  *u;           /* lent */
  double      energy;      /* J, stored */
  double (*stress)[8][6];  /* [nquad][nply][4 columns, 2 points], Pa */
  double (*strain)[8][6];  /* the same, less eigen */
  Vec free, fixed, weight; /* N: out of balance; what supports would have to bear; weight */
} Sight;

typedef struct {
  /* the last equilibrium */
  PetscReal    *u; /* NULL: there is none yet */
  PetscReal     T;
  PltPartState *part;
  double       *ply; /* [nply] J, in each */
  double        stored;
  PetscInt      nevent;
  PetscBool     lies; /* on a table */
  /* J, sums so far; `skipped`: of increments without an account, at which it was laid down */
  double heat, work, removed, skipped;
  double gap[3];     /* of each phase: what is stored less what the account says */
  double jump;       /* largest change of what is stored by births and removals, less `removed` */
  double unbalanced; /* work of what is out of balance where nothing is let go */
  double most;       /* largest stored so far */
  int    increments;
} Account;

static inline double Sum(MPI_Comm comm, double x)
{
  MPI_Allreduce(MPI_IN_PLACE, &x, 1, MPI_DOUBLE, MPI_SUM, comm);
  return x;
}

/* W of the points of a ply in a column. */
static inline void Volumes(PltAssembly a, PetscInt quad, PetscInt k, const PltShellPly *ply,
                           double W[4])
{
  const PltSlabs *slabs = &a->state->slabs;
  const double    t     = slabs->z[slabs->first[k + 1]] - slabs->z[slabs->first[k]];
  PltPlan         plan;

  CALL(PltAssemblyPlan(a, quad, &plan));
  for (int c = 0; c < 4; c++) W[c] = plan.det[c] * t / 2 * (ply->hi - ply->lo) / 2;
}

static inline void SeeElements(PltState s, Sight *x)
{
  const PetscInt ns = s->slabs.nslab, np = s->slabs.nply;
  PltElement    *e;

  CALL(PetscNew(&e));
  CALL(PetscCalloc1(s->mesh->nquad * np + 1, &x->stress));
  CALL(PetscCalloc1(s->mesh->nquad * np + 1, &x->strain));
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PltSlabData *data = &x->a->slab[s->quad_class[i / ns] * ns + i % ns];

    if (!data->nply) continue;
    CALL(PltElementEvaluate(x->a, i / ns, i % ns, e));
    for (PetscInt p = 0; p < data->nply; p++) {
      memcpy(x->stress[i / ns * np + data->number[p]], e->local.stress[p], sizeof *x->stress);
      memcpy(x->strain[i / ns * np + data->number[p]], e->local.strain[p], sizeof *x->strain);
    }
  }
  CALL(PetscFree(e));
}

/* Residual of the tables `a`, split. */
static inline void Forces(PltAssembly a, Vec free, Vec fixed)
{
  PltBalance balance;

  a->reaction = fixed;
  CALL(PltAssemblyResidual(a, free, &balance));
  a->reaction = NULL;
}

static inline void SeeForces(PltProcess p, PetscReal T, Sight *x)
{
  const PetscReal none[3] = {0, 0, 0};
  PltAssembly     a;
  Vec             r[2];

  CALL(PltSpaceCreateVec(p->state->space, &x->free));
  CALL(VecDuplicate(x->free, &x->fixed));
  CALL(VecDuplicate(x->free, &x->weight));
  for (int i = 0; i < 2; i++) CALL(VecDuplicate(x->free, &r[i]));
  Forces(x->a, x->free, x->fixed);
  CALL(PltAssemblyCreate(p->state, &p->scheme, T, 0, none, &a));
  Forces(a, r[0], r[1]);
  CALL(PltAssemblyDestroy(&a));
  CALL(VecWAXPY(x->weight, -1, r[0], x->free));
  CALL(VecAXPY(x->weight, 1, x->fixed));
  CALL(VecAXPY(x->weight, -1, r[1]));
  for (int i = 0; i < 2; i++) CALL(VecDestroy(&r[i]));
}

/* The shape u with parts as they were. */
static inline void See(PltProcess p, PetscReal *u, PetscReal T, const PltPartState *part, Sight *x)
{
  const PltState s       = p->state;
  PetscReal     *kept[2] = {s->u, s->settled};
  PltPartState  *now     = s->ply;

  x->u = s->u = s->settled = u;
  s->ply                   = (PltPartState *)part;
  CALL(PltAssemblyCreate(s, &p->scheme, T, 0, p->assembly->gravity, &x->a));
  CALL(PltAssemblyEnergy(x->a, &x->energy));
  SeeElements(s, x);
  SeeForces(p, T, x);
  s->u       = kept[0];
  s->settled = kept[1];
  s->ply     = now;
}

static inline void SightFree(Sight *x)
{
  CALL(PltAssemblyDestroy(&x->a));
  CALL(PetscFree(x->stress));
  CALL(PetscFree(x->strain));
  CALL(VecDestroy(&x->free));
  CALL(VecDestroy(&x->fixed));
  CALL(VecDestroy(&x->weight));
}

/* What the stabilisations of the tables `a` store in the shape u. */
static inline double Bridges(PltAssembly a, PetscReal *u)
{
  const PltState  s       = a->state;
  const PetscInt  ns      = s->slabs.nslab;
  PetscReal      *kept[2] = {s->u, s->settled};
  double          sum     = 0;
  PltBridgeForces x;
  PltPlan         plan;

  s->u = s->settled = u;
  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscReal *f = x.f[0][0], *now = x.u[0][0], *born = x.ub[0][0];

    if (!s->mesh->own[i / ns] || !a->bridge[s->quad_class[i / ns] * ns + i % ns]) continue;
    CALL(PltAssemblyPlan(a, i / ns, &plan));
    PltBridgeForce(a, i / ns, i % ns, &plan, &x);
    for (int j = 0; j < 36; j++) sum += f[j] * (now[j] - born[j]) / 2;
  }
  s->u       = kept[0];
  s->settled = kept[1];
  return sum;
}

/* One ply of a quad at constant shape. */
static inline double HeatOfPly(const Sight *x, const Sight *y, PetscInt at, const PltShellPly *old,
                               const PltShellPly *now, const double W[4])
{
  double sum = 0;

  for (int n = 0; n < 8; n++)
    for (int i = 0; i < 6; i++) {
      double stress = (x->stress[at][n][i] + y->stress[at][n][i]) / 2, soft = 0;

      for (int j = 0; j < 6; j++)
        soft += (now->C[i][j] - old->C[i][j]) *
                (x->strain[at][n][i] * x->strain[at][n][j] +
                 y->strain[at][n][i] * y->strain[at][n][j]) /
                4;
      sum += W[n / 2] * (soft - stress * (now->eigen[i] - old->eigen[i]));
    }
  return sum;
}

static inline double Heat(PltState s, const Sight *x, const Sight *y)
{
  const PetscInt ns  = s->slabs.nslab;
  double         sum = 0, W[4];

  for (PetscInt i = 0; i < s->mesh->nquad * ns; i++) {
    const PetscInt     q = i / ns, n = s->quad_class[q] * ns + i % ns;
    const PltSlabData *old = &x->a->slab[n], *now = &y->a->slab[n];

    for (PetscInt p = 0; s->mesh->own[q] && p < now->nply; p++) {
      Volumes(y->a, q, i % ns, &now->ply[p], W);
      sum += HeatOfPly(x, y, q * s->slabs.nply + now->number[p], &old->ply[p], &now->ply[p], W);
    }
  }
  for (int k = 0; k < 2; k++)
    sum += (Bridges(y->a, k ? y->u : x->u) - Bridges(x->a, k ? y->u : x->u)) / 2;
  return Sum(s->mesh->comm, sum);
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

/* Work on d of what was looked at: weight and support, and of what is out of balance. */
static inline void Work(const Sight *x, Vec d, double *outer, double *unbalanced)
{
  double weight, fixed;

  CALL(VecDot(x->weight, d, &weight));
  CALL(VecDot(x->fixed, d, &fixed));
  CALL(VecDot(x->free, d, unbalanced));
  *outer      = weight - fixed;
  *unbalanced = -*unbalanced;
}

/* Parts as they are, but faded and shrunk as far as they were; what it took to remove others. */
static inline void PartsBefore(const Account *now, PltState s, PltPartState *part, double *removed)
{
  *removed = 0;
  memcpy(part, s->ply, 2 * (size_t)s->slabs.nply * sizeof *part);
  for (PetscInt i = 0; now->u && i < 2 * s->slabs.nply; i++) {
    if (now->part[i].live && !s->ply[i].live && i % 2 == PLT_IN_FILL) *removed += now->ply[i / 2];
    if (!now->part[i].live || now->part[i].event != part[i].event) continue;
    part[i].keep   = now->part[i].keep;
    part[i].shrink = now->part[i].shrink;
  }
}

static inline void Keep(Account *now, PltState s, const Sight *x)
{
  const size_t np = (size_t)s->slabs.nply;

  if (!now->u) {
    CALL(PetscMalloc1(PltStateFieldSize(s) + 1, &now->u));
    CALL(PetscMalloc1(2 * np, &now->part));
    CALL(PetscMalloc1(np, &now->ply));
  }
  CALL(PetscArraycpy(now->u, s->u, PltStateFieldSize(s)));
  CALL(PetscArraycpy(now->part, s->ply, 2 * np));
  Plies(s, x, now->ply);
  now->T      = s->T;
  now->nevent = s->nevent;
  now->stored = x->energy;
  now->most   = fmax(now->most, x->energy);
  now->increments++;
}

/* From x[0] to x[1], which differ by d. */
static inline void Add(Account *now, PltProcess p, const Sight x[2], Vec d)
{
  const int all = p->scheme.kinematics == PLT_SMALL || p->place.phase == PLT_PHASE_RELEASE;
  double    heat, work, outer[2], off[2];

  for (int i = 0; i < 2; i++) Work(&x[i], d, &outer[i], &off[i]);
  heat = Heat(p->state, &x[0], &x[1]);
  work = (outer[0] + outer[1] + (all ? off[0] + off[1] : 0)) / 2;
  now->heat += heat;
  now->work += work;
  now->gap[p->place.phase] += x[1].energy - x[0].energy - heat - work;
  if (!all) now->unbalanced += (off[0] + off[1]) / 2;
}

/* An increment of the process, or a frame. A panel that is laid on a table has moved without a
   strain before the first increment there, nobody knows how far. */
static inline int Enter(PltProcess p, const PltStep *step, void *context)
{
  const PltState  s    = p->state;
  Account        *now  = context;
  PetscReal      *from = s->nevent != now->nevent ? s->event[s->nevent - 1].u : now->u;
  const PetscBool lies = (PetscBool)(p->contact != NULL);
  PltPartState   *part;
  double          removed;
  Sight           x[2];
  Vec             d;

  (void)step;
  CALL(PetscMalloc1(2 * s->slabs.nply, &part));
  PartsBefore(now, s, part, &removed);
  See(p, from, now->u ? now->T : s->T, part, &x[0]);
  See(p, s->u, s->T, s->ply, &x[1]);
  CALL(VecDuplicate(x[0].free, &d));
  Difference(s, from, s->u, d);
  now->jump = fmax(now->jump, fabs(x[0].energy - (now->stored - removed)));
  now->removed += removed;
  if (lies && !now->lies) now->skipped += x[1].energy - x[0].energy;
  else Add(now, p, x, d);
  now->lies = lies;
  Keep(now, s, &x[1]);
  for (int i = 0; i < 2; i++) SightFree(&x[i]);
  CALL(VecDestroy(&d));
  CALL(PetscFree(part));
  return 0;
}

/* What is stored, less what the account says. */
static inline double Gap(const Account *now)
{
  return now->stored - (now->heat + now->work - now->removed + now->skipped);
}

static inline void AccountFree(Account *now)
{
  CALL(PetscFree(now->u));
  CALL(PetscFree(now->part));
  CALL(PetscFree(now->ply));
}
#endif
