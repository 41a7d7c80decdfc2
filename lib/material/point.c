/* SPDX-License-Identifier: BSD-2-Clause
   One point of a material, driven by strains in some components and stresses in the others.

   Time is cut at the points of all curves; in between temperature and what is prescribed are linear
   in time. An increment solves for the strains of the components whose stress is given, by Newton's
   method with the modulus of the law. Of a law with a memory each increment is done as a whole and
   in two halves, and the halves are kept: what the two differ by is the error, of second order in
   the length, by which the length adapts (Hairer, Norsett and Wanner 1993, section II.4). The law
   may ask for less by span->largest, or by having no answer. Where all is held, increments also
   begin short and grow with the time since then, so that a relaxation is seen over decades.

   What acts at time 0 is applied in increments of no duration. */
#include <string.h>
#include "material/point.h"

enum { NEWTON_MAX = 50 };
static const PetscReal relative = 1e-10; /* residual over the largest stress */
static const PetscReal phases   = 1e-12; /* ... over modulus times largest strain: phases in a
                                            point have stress and gaps of their own */
static const PetscReal rounding = 1e-14; /* what is no difference */
static const PetscReal shortest = 1e-12; /* increment over the time between two points of curves */
static const PetscReal first    = 1e-6;  /* the same, of the first one where all is held */
static const PetscReal still  = 1e-7; /* errors and rounding are not of strains that are smaller */
static const PetscReal growth = 0.2;  /* increment over the time since all is held */

typedef struct {
  PltPoint   p;
  PetscReal  shared[PLT_SHARED];
  PetscReal *state;
} Moment;

typedef struct {
  PltMaterial    material;
  const PltTest *test;
  PetscInt       nstate;
  PetscBool      remembers, held; /* held: nothing changes in the present piece */
  PetscReal      time[2];         /* the present piece between two points of curves */
  PetscReal      since;           /* s, when what is held began to be so */
  Moment         moment[4];       /* accepted; after the whole, after one half, after two */
  PltSpan        span[PLT_SPANS]; /* of the increment tried last */
  PetscReal      most[2];         /* largest stress and strain so far */
  PetscReal      stiffness;       /* largest modulus so far */
  PetscErrorCode (*add)(const PltPoint *point, void *context);
  void *context;
} Drive;

enum { NOW, WHOLE, HALF, BOTH };

PetscReal PltTestEnd(const PltTest *test)
{
  PetscReal end = test->time;

  for (int i = -1; i < 12 && test->time <= 0; i++) {
    const PltCurve *c = i < 0   ? &test->temperature
                        : i < 6 ? &test->strain[i]
                                : &test->stress[i - 6];

    if (c->n > 1) end = PetscMax(end, c->T[c->n - 1]);
  }
  return end;
}

/* ---- what is prescribed ---- */

/* At a part s of the present piece: strain or stress of each component. At time 0 all of it is
   applied in proportion to s. */
static void Prescribe(const Drive *d, PetscReal s, PetscReal target[6])
{
  const PltTest  *test         = d->test;
  const PetscReal time         = (1 - s) * d->time[0] + s * d->time[1];
  const PetscReal part         = d->time[1] > 0 ? 1 : s;
  PetscReal       substrate[6] = {0};

  if (test->substrate)
    (void)test->substrate->ops->expansion(test->substrate, PltCurveAt(&test->temperature, 0),
                                          PltCurveAt(&test->temperature, time), substrate);
  for (int i = 0; i < 6; i++) {
    const PetscBool strain = (PetscBool)(test->strain[i].n > 0);

    target[i] = part * PltCurveAt(strain ? &test->strain[i] : &test->stress[i], time);
    if (strain && i <= PLT_22) target[i] += substrate[i];
  }
}

static PetscBool IsHeld(const Drive *d)
{
  const PetscReal T[2] = {PltCurveAt(&d->test->temperature, d->time[0]),
                          PltCurveAt(&d->test->temperature, d->time[1])};
  PetscReal       target[2][6];
  PetscBool       held = (PetscBool)(d->remembers && d->time[1] > d->time[0] &&
                               PetscAbsReal(T[1] - T[0]) <= rounding * T[0]);

  for (int k = 0; k < 2; k++) Prescribe(d, k, target[k]);
  for (int i = 0; i < 6; i++)
    if (PetscAbsReal(target[1][i] - target[0][i]) > rounding * PetscAbsReal(target[0][i]))
      held = PETSC_FALSE;
  return held;
}

/* ---- one increment ---- */

static PetscReal Largest(const PetscReal x[6])
{
  PetscReal largest = 0;

  for (int i = 0; i < 6; i++) largest = PetscMax(largest, PetscAbsReal(x[i]));
  return largest;
}

/* What is left of the stresses to be met; rows and columns of given strains become those of 1. */
static PetscReal Residual(Drive *d, const PltPoint *p, const PetscReal target[6], PetscReal r[6],
                          PetscReal D[6][6])
{
  for (int i = 0; i < 6; i++) d->stiffness = PetscMax(d->stiffness, D[i][i]);
  for (int i = 0; i < 6; i++) {
    r[i] = d->test->strain[i].n ? 0 : p->stress[i] - target[i];
    if (!d->test->strain[i].n) continue;
    for (int j = 0; j < 6; j++) D[i][j] = D[j][i] = 0;
    D[i][i] = 1;
  }
  return Largest(r);
}

/* Strains and stresses of `to` in d->span; *ok is PETSC_FALSE if there is no answer. */
static PetscErrorCode Solve(Drive *d, const Moment *from, const PetscReal target[6], Moment *to,
                            PetscBool *ok)
{
  const PltSite site = {.material = d->material, .span = d->span};
  PltPoint     *p    = &to->p;

  PetscFunctionBegin;
  for (int i = 0; i < 6; i++)
    p->strain[i] = d->test->strain[i].n ? target[i] : from->p.strain[i] + d->span->free[i];
  for (int it = 0; it < NEWTON_MAX; it++) {
    PetscReal D[6][6], elastic[6], r[6], left, largest, bound, x[6];

    for (int i = 0; i < 6; i++) elastic[i] = p->strain[i] - p->free[i];
    *ok = (PetscBool)!PltMaterialUpdate(&site, from->state, elastic, to->state, p->stress, D);
    if (!*ok) break;
    left    = Residual(d, p, target, r, D);
    largest = PetscMax(still, PetscMax(Largest(p->strain), Largest(p->free)));
    bound =
        relative * PetscMax(Largest(p->stress), Largest(target)) + phases * d->stiffness * largest;
    if (left <= bound) PetscFunctionReturn(PETSC_SUCCESS);
    PetscCall(PltInvert6(D, ok));
    if (!*ok) break;
    PltMul6((const PetscReal(*)[6])D, r, x);
    for (int i = 0; i < 6; i++) p->strain[i] -= x[i];
  }
  *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* From one moment to another, parts s[0] and s[1] of the piece. *largest is the part of it that the
   law will have; nothing was done if that is below 1. */
static PetscErrorCode Try(Drive *d, const PetscReal s[2], const Moment *from, Moment *to,
                          PetscReal *largest, PetscBool *ok)
{
  PetscReal target[6];

  PetscFunctionBegin;
  PetscCall(PetscArrayzero(d->span, PLT_SPANS));
  to->p.time      = (1 - s[1]) * d->time[0] + s[1] * d->time[1];
  to->p.T         = PltCurveAt(&d->test->temperature, to->p.time);
  d->span[0].T[0] = from->p.T;
  d->span[0].T[1] = to->p.T;
  d->span[0].dt   = (s[1] - s[0]) * (d->time[1] - d->time[0]);
  PetscCall(PetscArraycpy(d->span[0].shared[0], from->shared, PLT_SHARED));
  PetscCall(PltSpanSet(d->material, d->span));
  *largest = d->span->largest;
  *ok      = (PetscBool)(*largest > 1 - 1e-9);
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  *largest = 1;
  PetscCall(PetscArraycpy(to->shared, d->span[0].shared[1], PLT_SHARED));
  for (int i = 0; i < 6; i++) to->p.free[i] = from->p.free[i] + d->span->free[i];
  Prescribe(d, s[1], target);
  PetscCall(Solve(d, from, target, to, ok));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the way through a piece ---- */

/* What two answers for the same moment differ by. */
static PetscReal Differ(Drive *d, const PltPoint *a, const PltPoint *b)
{
  PetscReal stress[6], strain[6], scale[2];

  for (int i = 0; i < 6; i++) {
    stress[i] = a->stress[i] - b->stress[i];
    strain[i] = a->strain[i] - b->strain[i];
  }
  scale[1] = PetscMax(PetscMax(d->most[1], still), PetscMax(Largest(b->strain), Largest(b->free)));
  /* below 1e-6 of what the strains would make of it, stress is that of a free point */
  scale[0] = PetscMax(PetscMax(d->most[0], Largest(b->stress)), 1e-6 * d->stiffness * scale[1]);
  return PetscMax(Largest(stress) / scale[0], Largest(strain) / scale[1]);
}

static PetscErrorCode Accept(Drive *d, PetscInt which, PetscBool corner)
{
  const PltSite site = {.material = d->material, .span = d->span};
  Moment       *m = &d->moment[which], swap = d->moment[NOW];

  PetscFunctionBegin;
  d->moment[NOW]   = *m;
  d->moment[which] = swap;
  m                = &d->moment[NOW];
  m->p.corner      = corner;
  d->most[0]       = PetscMax(d->most[0], Largest(m->p.stress));
  d->most[1]       = PetscMax(d->most[1], PetscMax(Largest(m->p.strain), Largest(m->p.free)));
  m->p.ntold       = 0;
  /* the span tried last may be the one after this moment */
  PetscCall(PetscArraycpy(d->span->shared[1], m->shared, PLT_SHARED));
  d->span->T[1] = m->p.T;
  if (d->material->ops->tell) m->p.ntold = d->material->ops->tell(&site, m->state, m->p.told);
  /* of what acts at once, the end */
  if (corner || d->time[1] > 0) PetscCall(d->add(&m->p, d->context));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* From part s of the piece, h of it. *next is a good length for what follows, whether this one was
   *done or not. */
static PetscErrorCode Advance(Drive *d, PetscReal s, PetscReal h, PetscReal *next, PetscBool *done)
{
  const PetscBool end      = (PetscBool)(s + h >= 1);
  const PetscReal half[4]  = {s, s + h / 2, end ? 1 : s + h, s};
  const PetscReal whole[2] = {s, half[2]};
  PetscReal       largest, error;

  PetscFunctionBegin;
  *next = 2 * h;
  PetscCall(Try(d, whole, &d->moment[NOW], &d->moment[WHOLE], &largest, done));
  if (*done && d->remembers) {
    PetscCall(Try(d, half, &d->moment[NOW], &d->moment[HALF], &largest, done));
    if (*done) PetscCall(Try(d, half + 1, &d->moment[HALF], &d->moment[BOTH], &largest, done));
    if (*done) {
      error = Differ(d, &d->moment[WHOLE].p, &d->moment[BOTH].p) / d->test->accuracy;
      *next = h * PetscMax(0.2, PetscMin(2, 0.9 / PetscSqrtReal(PetscMax(error, 1e-10))));
      *done = (PetscBool)(error <= 1);
    } else *next = h / 2;
  } else if (!*done) *next = largest < 1 ? h * PetscMax(0.05, largest) : h / 2;
  if (!*done) PetscFunctionReturn(PETSC_SUCCESS);
  if (d->remembers) PetscCall(Accept(d, HALF, PETSC_FALSE));
  PetscCall(Accept(d, d->remembers ? BOTH : WHOLE, end));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* From one point of the curves to the next; the same time twice: what acts at once. */
static PetscErrorCode Pass(Drive *d, PetscReal t0, PetscReal t1)
{
  const PetscReal most = (d->remembers ? 2. : 1.) / (t1 > t0 ? d->test->least : 1);
  PetscReal       s = 0, h = most;

  PetscFunctionBegin;
  d->time[0] = t0;
  d->time[1] = t1;
  d->held    = IsHeld(d);
  while (s < 1) {
    PetscReal next;
    PetscBool done;

    h = PetscMin(h, most);
    if (d->held) h = PetscMin(h, first + growth * (s + (t0 - d->since) / (t1 - t0)));
    /* no tail that is shorter than half of it */
    if (s + 1.5 * h > 1) h = s + h >= 1 ? 1 - s : (1 - s) / 2;
    PetscCall(Advance(d, s, h, &next, &done));
    if (done) s = s + h >= 1 ? 1 : s + h;
    PetscCheck(done || next > shortest, PETSC_COMM_SELF, PLT_ERR_CONVERGENCE,
               "material '%s' has no answer at %.6g s, %.6g degC, however short the increment",
               d->material->name, (double)(t0 + s * (t1 - t0)),
               (double)(d->moment[NOW].p.T - 273.15));
    h = next;
  }
  if (!d->held) d->since = t1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The first point of any curve after t, `end` if there is none before. */
static PetscReal NextCorner(const PltTest *test, PetscReal t, PetscReal end)
{
  for (int i = -1; i < 12; i++) {
    const PltCurve *c = i < 0   ? &test->temperature
                        : i < 6 ? &test->strain[i]
                                : &test->stress[i - 6];

    for (PetscInt k = 0; c->n > 1 && k < c->n; k++)
      if (c->T[k] > t && c->T[k] < end) end = c->T[k];
  }
  return end;
}

static PetscErrorCode Run(Drive *d)
{
  const PetscReal end = PltTestEnd(d->test);
  Moment         *m   = &d->moment[NOW];
  PetscReal       target[6];

  PetscFunctionBegin;
  m->p.T = PltCurveAt(&d->test->temperature, 0);
  PltMaterialBirth(d->material, m->shared);
  m               = &d->moment[WHOLE];
  m->p.T          = d->moment[NOW].p.T;
  d->span[0].T[0] = m->p.T;
  PetscCall(PetscArraycpy(m->shared, d->moment[NOW].shared, PLT_SHARED));
  PetscCall(PetscArraycpy(d->span[0].shared[0], m->shared, PLT_SHARED));
  PetscCall(Accept(d, WHOLE, PETSC_TRUE));
  Prescribe(d, 1, target);
  if (Largest(target) > 0) PetscCall(Pass(d, 0, 0));
  for (PetscReal t = 0; t < end;) {
    const PetscReal next = NextCorner(d->test, t, end);

    PetscCall(Pass(d, t, next));
    t = next;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltPointRun(PltMaterial material, const PltTest *test,
                           PetscErrorCode (*add)(const PltPoint *point, void *context),
                           void *context)
{
  Drive         *d;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCall(PetscNew(&d));
  d->material  = material;
  d->test      = test;
  d->add       = add;
  d->context   = context;
  d->nstate    = PltMaterialStates(material);
  d->remembers = (PetscBool)(d->nstate > 0 || material->ops->nshared > 0);
  for (int k = 0; k < 4; k++) PetscCall(PetscCalloc1(d->nstate + 1, &d->moment[k].state));
  failed = Run(d);
  for (int k = 0; k < 4; k++) PetscCall(PetscFree(d->moment[k].state));
  PetscCall(PetscFree(d));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}
