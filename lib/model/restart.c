/* SPDX-License-Identifier: BSD-2-Clause
   The state of a panel in a file, and going on from there. What has been done must be what the
   recipe says: the panel, plies that live, steps behind. Later steps, and plies that were not born
   yet, may have changed since. */
#include <stdio.h>
#include <string.h>
#include "input/input.h"
#include "model/model.h"

enum { NAME = 48, POINTS = 4 * PLT_SHELL_NZ, PART_REALS = 5 + PLT_SHARED + 6 };

static const char *Name(char name[NAME], const char *format, PetscInt i, PetscInt k)
{
  (void)snprintf(name, NAME, format, (int)i, (int)k);
  return name;
}

/* The first line of a that b does not have at its place, without what it is indented by. */
static void Difference(const char *a, const char *b, int size, char line[])
{
  size_t n = 0;

  while (*a && a[n = strcspn(a, "\n")] == b[strcspn(b, "\n")] && strncmp(a, b, n) == 0 && a[n]) {
    a += n + 1;
    b += n + 1;
  }
  a += strspn(a, " ");
  (void)snprintf(line, (size_t)size, "%.*s", (int)strcspn(a, "\n"), a);
}

/* The text of something that may not have changed; freed here. */
static PetscErrorCode Same(PltArchive a, const char *name, const char *what, const char *which,
                           char *now)
{
  char     *then = now, line[2][160];
  PetscBool same = PETSC_TRUE;

  PetscFunctionBegin;
  PetscCall(PltArchiveText(a, name, &then));
  if (then != now) {
    same = (PetscBool)(strcmp(then, now) == 0);
    Difference(then, now, sizeof line[0], line[0]);
    Difference(now, then, sizeof line[1], line[1]);
    PetscCall(PetscFree(then));
  }
  PetscCall(PetscFree(now));
  PetscCheck(same, PETSC_COMM_SELF, PLT_ERR_RECIPE,
             "%s: %s%s%s%s is not what the recipe says\n  there:  %s\n  recipe: %s",
             PltArchiveName(a), what, *which ? " '" : "", which, *which ? "'" : "", line[0],
             line[1]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SameInts(PltArchive a, const char *name, const char *what, PetscInt n,
                               const PetscInt now[])
{
  PetscInt *then;
  PetscBool same;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n, &then));
  PetscCall(PetscArraycpy(then, now, n));
  PetscCall(PltArchiveInts(a, name, n, then));
  PetscCall(PetscArraycmp(then, now, n, &same));
  PetscCall(PetscFree(then));
  PetscCheck(same, PETSC_COMM_SELF, PLT_ERR_RECIPE, "%s: %s is not what the recipe says",
             PltArchiveName(a), what);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Plies, which of them share an element, and what dies replace where. */
static PetscErrorCode Structure(PltModel m, PltArchive a)
{
  const PltState s       = m->process->state;
  const PetscInt now[3]  = {s->slabs.nply, s->slabs.nslab, m->project->ndie};
  PetscInt       then[3] = {now[0], now[1], now[2]};
  char          *panel;

  PetscFunctionBegin;
  PetscCall(PltInputFormatPanel(m->project, &panel));
  PetscCall(Same(a, "panel", "the panel", "", panel));
  PetscCall(PltArchiveInts(a, "structure", 3, then));
  PetscCheck(
      then[0] == now[0] && then[1] == now[1] && then[2] == now[2], PETSC_COMM_SELF, PLT_ERR_RECIPE,
      "%s: has %" PetscInt_FMT " plies in %" PetscInt_FMT " slabs and %" PetscInt_FMT
      " dies, the recipe %" PetscInt_FMT " in %" PetscInt_FMT " and %" PetscInt_FMT "%s",
      PltArchiveName(a), then[0], then[1], then[2], now[0], now[1], now[2],
      then[0] == now[0] && then[2] == now[2]
          ? "; what later steps add or remove decides, too, which plies share a slab: 'slab' "
            "in the stack fixes it"
          : "");
  PetscCall(SameInts(a, "slabs", "which plies share a slab", s->slabs.nslab + 1, s->slabs.first));
  PetscCall(SameInts(a, "classes", "which plies hold dies", s->nclass * s->slabs.nply, s->part));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Where the process is. */
static PetscErrorCode Place(PltModel m, PltArchive a)
{
  const PltProcess p = m->process;
  const PltState   s = p->state;
  PetscInt  *count[] = {&p->next, &p->reached, &p->increments, &p->unknowns, &p->base, &s->nevent};
  PetscReal *value[] = {&p->time,
                        &p->start,
                        &p->shrunk,
                        &s->T,
                        &s->T_memory,
                        &s->dt_memory,
                        &s->up,
                        &p->solver->scale,
                        &p->solver->largest,
                        &p->report.lambda};
  enum { COUNTS = sizeof count / sizeof *count, VALUES = sizeof value / sizeof *value };
  PetscInt  n[COUNTS];
  PetscReal x[VALUES];

  PetscFunctionBegin;
  for (int i = 0; i < COUNTS; i++) n[i] = *count[i];
  for (int i = 0; i < VALUES; i++) x[i] = *value[i];
  PetscCall(PltArchiveInts(a, "counts", COUNTS, n));
  PetscCall(PltArchiveReals(a, "values", VALUES, x));
  PetscCheck(n[0] >= 0 && n[1] >= 0 && n[COUNTS - 1] >= 0 && n[COUNTS - 1] <= n[0] + 1,
             PETSC_COMM_SELF, PLT_ERR_IO, "%s: is damaged: step %" PetscInt_FMT, PltArchiveName(a),
             n[0]);
  PetscCheck(n[0] < m->project->nstep, PETSC_COMM_SELF, PLT_ERR_RECIPE,
             "%s: %" PetscInt_FMT " steps are done, the recipe has %" PetscInt_FMT,
             PltArchiveName(a), n[0] + 1, m->project->nstep);
  for (int i = 0; i < COUNTS; i++) *count[i] = n[i];
  for (int i = 0; i < VALUES; i++) *value[i] = x[i];
  if (PltArchiveReads(a)) PetscCall(PetscCalloc1(s->nevent, &s->event));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Steps(PltModel m, PltArchive a)
{
  char *text, name[NAME];

  PetscFunctionBegin;
  for (PetscInt i = 0; i <= m->process->next; i++) {
    PetscCall(PltInputFormatStep(m->project, i, &text));
    PetscCall(Same(a, Name(name, "step.%d", i, 0), "step", m->project->step[i].name, text));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Part(PltModel m, PltArchive a, PetscInt i)
{
  PltPartState *part    = &m->process->state->ply[i];
  PetscInt      n[2]    = {part->live, part->event};
  PetscReal     most[2] = {part->stress, part->largest}, x[PART_REALS];
  char          name[NAME];

  PetscFunctionBegin;
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, most, 2, MPIU_REAL, MPI_MAX, m->mesh->comm));
  x[0] = part->T_birth, x[1] = part->shrink, x[2] = part->keep, x[3] = most[0], x[4] = most[1];
  PetscCall(PetscArraycpy(x + 5, part->shared, PLT_SHARED));
  PetscCall(PetscArraycpy(x + 5 + PLT_SHARED, part->free, 6));
  PetscCall(PltArchiveInts(a, Name(name, "part.%d.%d.live", i / 2, i % 2), 2, n));
  PetscCall(PltArchiveReals(a, Name(name, "part.%d.%d", i / 2, i % 2), PART_REALS, x));
  if (!PltArchiveReads(a)) PetscFunctionReturn(PETSC_SUCCESS);
  part->live    = n[0] ? PETSC_TRUE : PETSC_FALSE;
  part->event   = n[1];
  part->T_birth = x[0], part->shrink = x[1], part->keep = x[2];
  part->stress = x[3], part->largest = x[4];
  PetscCall(PetscArraycpy(part->shared, x + 5, PLT_SHARED));
  PetscCall(PetscArraycpy(part->free, x + 5 + PLT_SHARED, 6));
  PetscCheck(!part->live || (part->event >= 0 && part->event < m->process->state->nevent),
             PETSC_COMM_SELF, PLT_ERR_IO, "%s: is damaged: birth %" PetscInt_FMT, PltArchiveName(a),
             part->event);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscBool LivesInSlab(PltState s, PetscInt k)
{
  for (PetscInt i = 2 * s->slabs.first[k]; i < 2 * s->slabs.first[k + 1]; i++)
    if (s->ply[i].live) return PETSC_TRUE;
  return PETSC_FALSE;
}

/* What lives is as it was, and so is where it lies in its slab. */
static PetscErrorCode Plies(PltModel m, PltArchive a)
{
  const PltState s     = m->process->state;
  const PetscInt np    = s->slabs.nply;
  PetscReal     *faces = NULL;
  char          *text, name[NAME];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < 2 * np; i++) PetscCall(Part(m, a, i));
  for (PetscInt p = 0; p < np; p++) {
    if (!s->ply[2 * p].live && !s->ply[2 * p + 1].live) continue;
    PetscCall(PltInputFormatPly(m->project, p, &text));
    PetscCall(Same(a, Name(name, "ply.%d", p, 0), "ply", m->project->ply[p].name, text));
  }
  PetscCall(PetscMalloc1(3 * np + 1, &faces));
  PetscCall(PetscArraycpy(faces, s->slabs.z, np + 1));
  PetscCall(PetscArraycpy(faces + np + 1, s->lo, np));
  PetscCall(PetscArraycpy(faces + 2 * np + 1, s->hi, np));
  PetscCall(PltArchiveReals(a, "faces", 3 * np + 1, faces));
  for (PetscInt k = 0; k < s->slabs.nslab; k++) {
    const PetscInt first = s->slabs.first[k], end = s->slabs.first[k + 1];

    if (!LivesInSlab(s, k)) continue;
    PetscCheck(faces[first] == s->slabs.z[first] && faces[end] == s->slabs.z[end], PETSC_COMM_SELF,
               PLT_ERR_RECIPE,
               "%s: ply '%s' lives, so that thicknesses below it and of what shares its slab are "
               "to be as they were",
               PltArchiveName(a), m->project->ply[first].name);
    PetscCall(PetscArraycpy(s->lo + first, faces + np + 1 + first, end - first));
    PetscCall(PetscArraycpy(s->hi + first, faces + 2 * np + 1 + first, end - first));
  }
  PetscCall(PetscFree(faces));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Displacements at births, and states of elements that were not empty. */
static PetscErrorCode Event(PltState s, PltArchive a, PetscInt e)
{
  const PetscInt n     = s->slabs.nslab;
  PltEvent      *event = &s->event[e];
  PetscInt      *has;
  char           name[NAME];

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(n + 1, &has));
  has[n] = event->u ? 1 : 0;
  for (PetscInt k = 0; k < n && event->birth; k++) has[k] = event->birth[k] ? 1 : 0;
  PetscCall(PltArchiveInts(a, Name(name, "birth.%d.has", e, 0), n + 1, has));
  if (PltArchiveReads(a) && has[n]) {
    PetscCall(PetscCalloc1(PltStateFieldSize(s) + 1, &event->u));
    PetscCall(PetscCalloc1(n, &event->birth));
    for (PetscInt k = 0; k < n; k++)
      if (has[k])
        PetscCall(PetscCalloc1((size_t)s->mesh->nquad * PLT_SHELL_BIRTH + 1, &event->birth[k]));
  }
  if (has[n])
    PetscCall(PltArchiveLines(a, Name(name, "birth.%d.u", e, 0), 3 * s->nlevel, event->u));
  for (PetscInt k = 0; k < n && has[n]; k++)
    if (has[k])
      PetscCall(PltArchiveQuads(a, Name(name, "birth.%d.slab.%d", e, k), PLT_SHELL_BIRTH,
                                event->birth[k]));
  PetscCall(PetscFree(has));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Fields(PltModel m, PltArchive a)
{
  const PltState s = m->process->state;
  char           name[NAME];

  PetscFunctionBegin;
  if (PltArchiveReads(a)) PetscCall(PltStateResume(s));
  PetscCall(PltArchiveLines(a, "u", 3 * s->nlevel, s->u));
  for (PetscInt e = 0; e < s->nevent; e++) PetscCall(Event(s, a, e));
  for (PetscInt p = 0; p < s->slabs.nply; p++) {
    const PltMemory *l = &s->memory[p];

    if (l->point)
      PetscCall(PltArchiveQuads(a, Name(name, "memory.%d.point", p, 0), POINTS * l->n, l->point));
    if (l->strain)
      PetscCall(PltArchiveQuads(a, Name(name, "memory.%d.strain", p, 0), POINTS * 6, l->strain));
    if (l->past)
      PetscCall(PltArchiveQuads(a, Name(name, "memory.%d.past", p, 0), POINTS * 12, l->past));
  }
  if (PltArchiveReads(a)) PetscCall(PltStateSettle(s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What the reports hang on. */
static PetscErrorCode Report(PltModel m, PltArchive a)
{
  const PetscInt n     = 2 * m->project->nply;
  PetscInt       is[2] = {m->switched, m->exceeded}, *event;
  PetscReal     *shape;
  char          *excess = m->excess;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(n, &event, 3 * n + 1, &shape));
  for (PetscInt i = 0; i < n; i++) {
    const PltBirthShape *b = &m->birth[i];

    event[i]     = b->event;
    shape[3 * i] = b->strain, shape[3 * i + 1] = b->curvature, shape[3 * i + 2] = b->shrink;
  }
  shape[3 * n] = m->T;
  PetscCall(PltArchiveInts(a, "report", 2, is));
  PetscCall(PltArchiveInts(a, "laminate.births", n, event));
  PetscCall(PltArchiveReals(a, "laminate", 3 * n + 1, shape));
  PetscCall(PltArchiveText(a, "excess", &excess));
  if (PltArchiveReads(a)) {
    for (PetscInt i = 0; i < n; i++)
      m->birth[i] = (PltBirthShape){event[i], shape[3 * i], shape[3 * i + 1], shape[3 * i + 2]};
    m->switched = is[0] ? PETSC_TRUE : PETSC_FALSE;
    m->exceeded = is[1] ? PETSC_TRUE : PETSC_FALSE;
    m->T        = shape[3 * n];
    (void)snprintf(m->excess, sizeof m->excess, "%s", excess);
    PetscCall(PetscFree(excess));
  }
  PetscCall(PetscFree2(event, shape));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Output(PltModel m, PltArchive a)
{
  const PltState s  = m->process->state;
  const PetscInt np = s->slabs.nply;
  unsigned char *live;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(m->mesh->nquad * np + 1, &live));
  for (PetscInt i = 0; i < m->mesh->nquad * np; i++)
    live[i] = PltStateIsLive(s, s->quad_class[i / np], i % np) ? 1 : 0;
  PetscCall(PltOutputTransfer(m->output, a, live));
  PetscCall(PetscFree(live));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Transfer(PltArchive a, void *context)
{
  const PltModel m = context;

  PetscFunctionBegin;
  PetscCall(Structure(m, a));
  PetscCall(Place(m, a));
  PetscCall(Steps(m, a));
  PetscCall(Plies(m, a));
  PetscCall(Fields(m, a));
  PetscCall(Report(m, a));
  PetscCall(Output(m, a));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltModelSave(PltModel m)
{
  char   number[16] = "", *file;
  size_t size;

  PetscFunctionBegin;
  if (!m->state_base) PetscFunctionReturn(PETSC_SUCCESS);
  if (m->state_all) (void)snprintf(number, sizeof number, ".%02d", (int)m->process->next);
  size = strlen(m->state_base) + sizeof number + sizeof ".state";
  PetscCall(PetscMalloc1(size, &file));
  (void)snprintf(file, size, "%s%s.state", m->state_base, number);
  PetscCall(PltArchiveWrite(m->mesh, file, Transfer, m));
  PetscCall(PetscFree(file));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelSetState(PltModel m, const char *base, int all)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(m->state_base));
  if (base) PetscCall(PetscStrallocpy(base, &m->state_base));
  m->state_all = all ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What PltModelGet... tells of the step that was read. */
static PetscErrorCode Tell(PltModel m)
{
  const PltProcess p = m->process;
  PltFace          face;

  PetscFunctionBegin;
  m->report = (PltStepReport){.index         = (int)p->next,
                              .name          = m->project->step[p->next].name,
                              .time          = p->time,
                              .temperature   = p->state->T,
                              .lambda_min    = NAN,
                              .contact       = NAN,
                              .gap_max       = NAN,
                              .gap_at        = {NAN, NAN},
                              .contact_force = NAN,
                              .suction       = NAN,
                              .notes         = ""};
  PltModelBranch(m, m->report.branch);
  PetscCall(PltModelMeasureFace(m, &face, &m->warpage));
  PetscCall(PltFaceFree(&face));
  PetscCall(PltModelMeasureDies(m));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltModelRestart(PltModel m, const char *file)
{
  PetscFunctionBegin;
  PetscCheck(!m->process->state->space && m->process->next == 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "a model goes on from a file before its first step or not at all");
  PetscCall(PltArchiveRead(m->mesh, file, Transfer, m));
  PetscCall(Tell(m));
  PetscCall(PltProcessResume(m->process));
  PetscFunctionReturn(PETSC_SUCCESS);
}
