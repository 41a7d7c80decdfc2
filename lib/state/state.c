/* SPDX-License-Identifier: BSD-2-Clause
   The panel as it is now: classes of columns, births, deaths, grinding. */
#include "state/state.h"

PetscInt PltSlabOf(const PltSlabs *slabs, PetscInt ply)
{
  PetscInt s = 0;

  while (slabs->first[s + 1] <= ply) s++;
  return s;
}

static PetscInt PartIn(PltProject project, PetscInt region, PetscInt ply)
{
  if (!PltProjectMaterialAt(project, ply, region)) return PLT_NOWHERE;
  return region != PLT_FILL && PltProjectDieInPly(project, region - 1, ply) ? PLT_IN_DIES
                                                                            : PLT_IN_FILL;
}

/* Columns whose plies are in the same parts form a class. All ranks find the same classes in the
   same order, since regions belong to the project. */
static PetscErrorCode FindClasses(PltState s)
{
  const PetscInt np = s->slabs.nply, nregion = s->project->ndie + 1;
  PetscInt      *class_of, *part;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(nregion, &class_of, nregion * np, &s->part));
  PetscCall(PetscMalloc1(np, &part));
  for (PetscInt r = 0; r < nregion; r++) {
    PetscBool same = PETSC_FALSE;
    PetscInt  c;

    for (PetscInt p = 0; p < np; p++) part[p] = PartIn(s->project, r, p);
    for (c = 0; c < s->nclass; c++) {
      PetscCall(PetscArraycmp(part, s->part + c * np, np, &same));
      if (same) break;
    }
    if (!same) PetscCall(PetscArraycpy(s->part + s->nclass++ * np, part, np));
    class_of[r] = c;
  }
  PetscCall(PetscMalloc1(s->mesh->nquad + 1, &s->quad_class));
  for (PetscInt q = 0; q < s->mesh->nquad; q++) s->quad_class[q] = class_of[s->mesh->region[q]];
  PetscCall(PetscFree(part));
  part = s->part;
  PetscCall(PetscMalloc1(s->nclass * np, &s->part));
  PetscCall(PetscArraycpy(s->part, part, s->nclass * np));
  PetscCall(PetscFree2(class_of, part));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateCreate(PltProject project, PltMesh mesh, PetscReal T, PltState *state)
{
  PltState s;

  PetscFunctionBegin;
  PetscCall(PetscNew(&s));
  *state     = s;
  s->project = project;
  s->mesh    = mesh;
  s->T       = T;
  s->up      = 1;
  PetscCall(PltSlabsCreate(project, &s->slabs));
  s->nlevel = s->slabs.nslab + 1;
  PetscCall(FindClasses(s));
  PetscCall(PltQuadKindsCreate(s));
  PetscCall(PetscCalloc1(2 * s->slabs.nply, &s->ply));
  PetscCall(PetscMalloc2(s->slabs.nply, &s->lo, s->slabs.nply, &s->hi));
  PetscCall(PetscArraycpy(s->lo, s->slabs.z, s->slabs.nply));
  PetscCall(PetscArraycpy(s->hi, s->slabs.z + 1, s->slabs.nply));
  s->T_memory = T;
  PetscCall(PetscCalloc1(s->slabs.nply, &s->memory));
  for (PetscInt p = 0; p < s->slabs.nply; p++)
    for (PetscInt part = PLT_IN_FILL; part <= PLT_IN_DIES; part++) {
      const PltMaterial m = PltStateMaterial(s, p, part);

      if (!m) continue;
      s->memory[p].n      = PetscMax(s->memory[p].n, PltMaterialStates(m));
      s->memory[p].nguess = PetscMax(s->memory[p].nguess, PltMaterialGuesses(m));
    }
  PetscCall(PetscCalloc3(s->nclass * s->slabs.nslab, &s->live, mesh->nvert * s->nlevel * 3, &s->u,
                         mesh->nvert * s->nlevel * 3, &s->settled));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode EventFree(PltState s, PltEvent *event)
{
  PetscFunctionBegin;
  if (event->birth)
    for (PetscInt k = 0; k < s->slabs.nslab; k++) PetscCall(PetscFree(event->birth[k]));
  PetscCall(PetscFree(event->birth));
  PetscCall(PetscFree(event->u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateDestroy(PltState *state)
{
  PltState s = *state;

  PetscFunctionBegin;
  if (!s) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt e = 0; e < s->nevent; e++) PetscCall(EventFree(s, &s->event[e]));
  for (PetscInt p = 0; p < s->slabs.nply; p++)
    s->ply[2 * p].live = s->ply[2 * p + 1].live = PETSC_FALSE;
  PetscCall(PltMemoryForget(s));
  PetscCall(PetscFree(s->memory));
  PetscCall(PetscFree(s->event));
  PetscCall(PltSpaceDestroy(&s->space));
  PetscCall(PltQuadKindsDestroy(s));
  PetscCall(PetscFree(s->quad_class));
  PetscCall(PetscFree(s->part));
  PetscCall(PetscFree(s->ply));
  PetscCall(PetscFree2(s->lo, s->hi));
  PetscCall(PetscFree3(s->live, s->u, s->settled));
  PetscCall(PltSlabsDestroy(&s->slabs));
  PetscCall(PetscFree(*state));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PltPartState *PltStatePart(PltState s, PetscInt class, PetscInt ply)
{
  const PetscInt part = s->part[class * s->slabs.nply + ply];

  return part == PLT_NOWHERE ? NULL : &s->ply[2 * ply + part];
}

PetscBool PltStateIsLive(PltState s, PetscInt class, PetscInt ply)
{
  const PltPartState *part = PltStatePart(s, class, ply);

  return (PetscBool)(part && part->live);
}

static PetscBool PieceHas(const PltPiece *piece, PetscInt ply, PetscInt part)
{
  if (piece->ply != ply) return PETSC_FALSE;
  return (PetscBool)(piece->part == PLT_PART_ALL ||
                     (piece->part == PLT_PART_DIES) == (part == PLT_IN_DIES));
}

PetscBool PltStateJoins(PltState s, PetscInt n, const PltPiece piece[], PetscInt slab)
{
  for (PetscInt c = 0; c < s->nclass; c++) {
    if (!s->live[c * s->slabs.nslab + slab]) continue;
    for (PetscInt i = 0; i < n; i++) {
      const PetscInt p = piece[i].ply;

      if (p < s->slabs.first[slab] || p >= s->slabs.first[slab + 1]) continue;
      if (PltStatePart(s, c, p) && PieceHas(&piece[i], p, s->part[c * s->slabs.nply + p]))
        return PETSC_TRUE;
    }
  }
  return PETSC_FALSE;
}

/* Liveness of slabs from that of plies, and the space that goes with it. */
static PetscErrorCode Renumber(PltState s)
{
  const PetscInt ns  = s->slabs.nslab;
  PltLiveSet     set = {ns, s->nclass, s->quad_class, s->live};

  PetscFunctionBegin;
  for (PetscInt c = 0; c < s->nclass; c++)
    for (PetscInt k = 0; k < ns; k++) {
      s->live[c * ns + k] = PETSC_FALSE;
      for (PetscInt p = s->slabs.first[k]; p < s->slabs.first[k + 1]; p++)
        if (PltStateIsLive(s, c, p)) s->live[c * ns + k] = PETSC_TRUE;
    }
  PetscCall(PltSpaceDestroy(&s->space));
  PetscCall(PltSpaceCreate(s->mesh, &set, &s->space));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateResume(PltState s)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < 2 * s->slabs.nply; i++)
    if (s->ply[i].live) PetscCall(PltMemoryRoom(s, i / 2, i % 2));
  PetscCall(Renumber(s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Levels that a live slab touches on each line now: was[nvert][nlevel], 0 or -1. */
static PetscErrorCode TouchedLevels(PltState s, PetscInt *was)
{
  const PetscInt ns = s->slabs.nslab;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < s->mesh->nvert * s->nlevel; i++) was[i] = -1;
  for (PetscInt i = 0; i < 4 * s->mesh->nquad; i++)
    for (PetscInt k = 0; k < ns; k++) {
      PetscInt *level = was + s->mesh->quad[i] * s->nlevel + k;

      if (s->live[s->quad_class[i / 4] * ns + k]) level[0] = level[1] = 0;
    }
  PetscCall(PltSpaceBcast(s->space, MPIU_INT, s->nlevel, was));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode EventAppend(PltState s, PetscReal **birth)
{
  const PetscInt n = s->mesh->nvert * s->nlevel * 3;
  PltEvent      *event;

  PetscFunctionBegin;
  PetscCall(PetscRealloc((size_t)(s->nevent + 1) * sizeof(*s->event), &s->event));
  event        = &s->event[s->nevent++];
  event->birth = birth;
  PetscCall(PetscMalloc1(n + 1, &event->u));
  PetscCall(PetscArraycpy(event->u, s->u, n));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltStateBear(PltState s, PetscInt n, const PltPiece piece[], PetscReal T_birth,
                            PetscReal **birth)
{
  const PetscInt nnode = s->mesh->nvert * s->nlevel;
  PetscInt      *was   = NULL;

  PetscFunctionBegin;
  if (s->space) {
    PetscCall(PetscMalloc1(nnode + 1, &was));
    PetscCall(TouchedLevels(s, was));
  }
  for (PetscInt i = 0; i < n; i++)
    for (PetscInt part = PLT_IN_FILL; part <= PLT_IN_DIES; part++) {
      PltPartState *state = &s->ply[2 * piece[i].ply + part];

      if (!PieceHas(&piece[i], piece[i].ply, part)) continue;
      state->live    = PETSC_TRUE;
      state->event   = s->nevent;
      state->T_birth = T_birth;
      state->shrink  = 0;
      state->keep    = 1;
      PetscCall(PltMemoryBear(s, piece[i].ply, part));
    }
  s->T_memory = s->T;
  PetscCall(Renumber(s));
  if (was) PetscCall(PltStatePlaceNodes(s, was));
  PetscCall(PltStateSettle(s));
  PetscCall(EventAppend(s, birth));
  PetscCall(PetscFree(was));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Snapshots that no live part refers to are given back. */
static PetscErrorCode ForgetEvents(PltState s)
{
  PetscFunctionBegin;
  for (PetscInt e = 0; e < s->nevent; e++) {
    PetscBool used = PETSC_FALSE;

    for (PetscInt i = 0; i < 2 * s->slabs.nply; i++)
      if (s->ply[i].live && s->ply[i].event == e) used = PETSC_TRUE;
    if (used) continue;
    PetscCall(EventFree(s, &s->event[e]));
    s->event[e] = (PltEvent){NULL, NULL};
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltStateFade(PltState s, PetscInt n, const PltPiece piece[], PetscReal keep)
{
  for (PetscInt i = 0; i < n; i++)
    for (PetscInt part = PLT_IN_FILL; part <= PLT_IN_DIES; part++)
      if (PieceHas(&piece[i], piece[i].ply, part)) s->ply[2 * piece[i].ply + part].keep = keep;
}

PetscBool PltStateEmpties(PltState s, PetscInt n, const PltPiece piece[])
{
  const PetscInt np = s->slabs.nply;

  for (PetscInt c = 0; c < s->nclass; c++)
    for (PetscInt k = 0; k < s->slabs.nslab; k++) {
      PetscBool goes = PETSC_FALSE, stays = PETSC_FALSE;

      for (PetscInt p = s->slabs.first[k]; p < s->slabs.first[k + 1]; p++) {
        PetscBool named = PETSC_FALSE;

        if (!PltStateIsLive(s, c, p)) continue;
        for (PetscInt i = 0; i < n; i++)
          if (PieceHas(&piece[i], p, s->part[c * np + p])) named = PETSC_TRUE;
        if (named) goes = PETSC_TRUE;
        else stays = PETSC_TRUE;
      }
      if (goes && stays) return PETSC_FALSE;
    }
  return PETSC_TRUE;
}

PetscErrorCode PltStateRemove(PltState s, PetscInt n, const PltPiece piece[])
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < n; i++)
    for (PetscInt part = PLT_IN_FILL; part <= PLT_IN_DIES; part++)
      if (PieceHas(&piece[i], piece[i].ply, part))
        s->ply[2 * piece[i].ply + part].live = PETSC_FALSE;
  PetscCall(ForgetEvents(s));
  PetscCall(PltMemoryForget(s));
  PetscCall(Renumber(s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltStateThin(PltState s, PetscInt ply, PetscReal to)
{
  const PetscReal lo = s->lo[ply], hi = s->hi[ply];

  if (s->up > 0) s->hi[ply] = lo + to;
  else s->lo[ply] = hi - to;
  PltMemoryGrind(s, ply, lo, hi);
}

PetscErrorCode PltStateGrind(PltState s, PetscInt ply, PetscReal to)
{
  PetscFunctionBegin;
  for (PetscInt p = 0; p < s->slabs.nply; p++)
    if (s->up > 0 ? p > ply : p < ply) s->ply[2 * p].live = s->ply[2 * p + 1].live = PETSC_FALSE;
  PltStateThin(s, ply, to);
  PetscCall(ForgetEvents(s));
  PetscCall(PltMemoryForget(s));
  PetscCall(Renumber(s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltStatePlyPoint(PltState s, const PetscReal *field, PetscInt vert, PetscInt ply, PetscReal at,
                      PetscReal u[3])
{
  const PetscInt   k      = PltSlabOf(&s->slabs, ply);
  const PetscReal  z      = s->lo[ply] + at * (s->hi[ply] - s->lo[ply]);
  const PetscReal  bottom = s->slabs.z[s->slabs.first[k]], top = s->slabs.z[s->slabs.first[k + 1]];
  const PetscReal  t     = (z - bottom) / (top - bottom);
  const PetscReal *below = field + 3 * (vert * s->nlevel + k), *above = below + 3;

  for (PetscInt d = 0; d < 3; d++) u[d] = (1 - t) * below[d] + t * above[d];
}
