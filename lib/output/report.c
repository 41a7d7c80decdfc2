/* SPDX-License-Identifier: BSD-2-Clause
   base.json, base.dies.csv and base.log: grown in memory, rewritten whole after each step. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>
#include "input/input.h"
#include "output/internal.h"

static PetscErrorCode AddWarpage(PltJson *j, const PltWarpage *w)
{
  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, "warpage", '{'));
  PetscCall(PltJsonReal(j, "pv", w->pv));
  PetscCall(PltJsonReal(j, "bow", w->bow));
  PetscCall(PltJsonReal(j, "rms", w->rms));
  PetscCall(PltJsonReal(j, "corner", w->corner));
  PetscCall(PltJsonReal(j, "edge_x", w->edge_x));
  PetscCall(PltJsonReal(j, "edge_y", w->edge_y));
  PetscCall(PltJsonOpen(j, "curvature", '['));
  for (int i = 0; i < 3; i++) PetscCall(PltJsonReal(j, NULL, w->curvature[i]));
  PetscCall(PltJsonClose(j, ']'));
  PetscCall(PltJsonText(j, "shape", w->shape));
  PetscCall(PltJsonInt(j, "sign", w->sign));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddShift(PltJson *j, const PltDieShift *s)
{
  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, "die_shift", '{'));
  PetscCall(PltJsonInt(j, "count", s->count));
  PetscCall(PltJsonReal(j, "raw_max", s->raw_max));
  PetscCall(PltJsonReal(j, "raw_rms", s->raw_rms));
  PetscCall(PltJsonOpen(j, "fit", '{'));
  PetscCall(PltJsonReal(j, "tx", s->tx));
  PetscCall(PltJsonReal(j, "ty", s->ty));
  PetscCall(PltJsonReal(j, "rotation", s->rotation));
  PetscCall(PltJsonReal(j, "mx", s->mx));
  PetscCall(PltJsonReal(j, "my", s->my));
  PetscCall(PltJsonReal(j, "shear", s->shear));
  PetscCall(PltJsonClose(j, '}'));
  PetscCall(PltJsonReal(j, "residual_max", s->residual_max));
  PetscCall(PltJsonReal(j, "residual_rms", s->residual_rms));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* null for what does not apply, or was not computed */
static PetscErrorCode AddOr(PltJson *j, const char *key, double value)
{
  PetscFunctionBegin;
  if (isnan(value)) PetscCall(PltJsonText(j, key, NULL));
  else PetscCall(PltJsonReal(j, key, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddStability(PltJson *j, const PltStepReport *r)
{
  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, "stability", '{'));
  PetscCall(AddOr(j, "lambda_min", r->lambda_min));
  PetscCall(PltJsonText(j, "branch", *r->branch ? r->branch : NULL));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* null where it was not looked for */
static PetscErrorCode AddOther(PltJson *j, const PltOtherShape *other)
{
  PetscFunctionBegin;
  if (!other->looked) {
    PetscCall(PltJsonText(j, "other", NULL));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltJsonOpen(j, "other", '{'));
  PetscCall(PltJsonBool(j, "stable", (PetscBool)other->stable));
  PetscCall(AddOr(j, "energy", other->energy));
  PetscCall(AddOr(j, "lambda_min", other->lambda_min));
  if (other->stable) PetscCall(AddWarpage(j, &other->warpage));
  else PetscCall(PltJsonText(j, "warpage", NULL));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* null where the panel lies on no table or chuck */
static PetscErrorCode AddContact(PltJson *j, const PltStepReport *r)
{
  PetscFunctionBegin;
  if (isnan(r->contact)) {
    PetscCall(PltJsonText(j, "contact", NULL));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltJsonOpen(j, "contact", '{'));
  PetscCall(AddOr(j, "fraction", r->contact));
  PetscCall(AddOr(j, "gap_max", r->gap_max));
  if (isnan(r->gap_at[0])) PetscCall(PltJsonText(j, "gap_at", NULL));
  else {
    PetscCall(PltJsonOpen(j, "gap_at", '['));
    for (int i = 0; i < 2; i++) PetscCall(PltJsonReal(j, NULL, r->gap_at[i]));
    PetscCall(PltJsonClose(j, ']'));
  }
  PetscCall(AddOr(j, "force", r->contact_force));
  PetscCall(AddOr(j, "suction", r->suction));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddSolver(PltJson *j, const PltStepReport *r)
{
  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, "solver", '{'));
  PetscCall(PltJsonInt(j, "increments", r->increments));
  PetscCall(PltJsonInt(j, "newton", r->newton));
  PetscCall(PltJsonInt(j, "iterations", r->iterations));
  PetscCall(PltJsonReal(j, "residual", r->residual));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One line each: a step has dozens. The sign of the warpage is that of the tables. */
static PetscErrorCode AddIncrement(PltJson *j, const PltIncrement *i)
{
  const PltWarpage *w = &i->warpage;

  PetscFunctionBegin;
  j->flat = PETSC_FALSE;
  PetscCall(PltJsonOpen(j, NULL, '{'));
  j->flat = PETSC_TRUE;
  PetscCall(PltJsonText(j, "part", i->part));
  PetscCall(PltJsonReal(j, "time", i->time));
  PetscCall(PltJsonReal(j, "temperature", i->temperature));
  PetscCall(PltJsonReal(j, "done", i->done));
  PetscCall(PltJsonReal(j, "warpage", w->sign < 0 ? -w->pv : w->pv));
  PetscCall(PltJsonReal(j, "corner", w->corner));
  PetscCall(PltJsonReal(j, "edge_x", w->edge_x));
  PetscCall(PltJsonReal(j, "edge_y", w->edge_y));
  PetscCall(PltJsonOpen(j, "curvature", '['));
  for (int k = 0; k < 3; k++) PetscCall(PltJsonReal(j, NULL, w->curvature[k]));
  PetscCall(PltJsonClose(j, ']'));
  PetscCall(PltJsonText(j, "shape", w->shape));
  if (isnan(i->lambda_min)) PetscCall(PltJsonText(j, "lambda_min", NULL));
  else PetscCall(PltJsonReal(j, "lambda_min", i->lambda_min));
  PetscCall(PltJsonText(j, "branch", *i->branch ? i->branch : NULL));
  PetscCall(PltJsonInt(j, "switches", i->switches));
  PetscCall(PltJsonInt(j, "newton", i->newton));
  PetscCall(PltJsonInt(j, "iterations", i->iterations));
  PetscCall(PltJsonClose(j, '}'));
  j->flat = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddIncrements(PltJson *j, const PltReport *report, int first)
{
  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, "increments", '['));
  for (int k = first; k < report->nincrement; k++)
    PetscCall(AddIncrement(j, &report->increment[k]));
  PetscCall(PltJsonClose(j, ']'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddStep(PltReport *report, const PltFrame *frame)
{
  PltJson             *j = &report->steps;
  const PltStepReport *r = &frame->report;

  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, NULL, '{'));
  PetscCall(PltJsonInt(j, "index", r->index));
  PetscCall(PltJsonText(j, "name", r->name));
  PetscCall(PltJsonReal(j, "time", r->time));
  PetscCall(PltJsonReal(j, "temperature", r->temperature));
  PetscCall(AddWarpage(j, &frame->warpage));
  PetscCall(AddShift(j, &frame->shift));
  PetscCall(AddStability(j, r));
  PetscCall(AddOther(j, &frame->other));
  PetscCall(AddContact(j, r));
  PetscCall(AddSolver(j, r));
  PetscCall(AddIncrements(j, report, report->told));
  report->told = report->nincrement;
  PetscCall(PltJsonReal(j, "reactions_max", r->reactions_max));
  PetscCall(PltJsonReal(j, "seconds", r->seconds));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Room is made for as many again as there are. */
PetscErrorCode PltReportIncrement(PltReport *report, const PltIncrement *increment)
{
  const int n = report->nincrement;

  PetscFunctionBegin;
  if ((n & (n - 1)) == 0)
    PetscCall(PetscRealloc((size_t)PetscMax(2 * n, 1) * sizeof *increment, &report->increment));
  report->increment[report->nincrement++] = *increment;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReportAdd(PltReport *report, PltProject project, const PltFrame *frame,
                            const PltOutputSize *size)
{
  PltJson *j = &report->steps;
  char     line[256];

  PetscFunctionBegin;
  if (!j->text.n) {
    j->depth = 1;
    PetscCall(PltJsonOpen(j, "steps", '['));
    PetscCall(PltOutputHeading(sizeof line, line));
    PetscCall(PltTextAdd(&report->log, "%s\n", line));
  }
  PetscCall(AddStep(report, frame));
  PetscCall(PltDiesAdd(&report->dies, project, frame, report->nstep));
  PetscCall(PltOutputLine(frame, size, sizeof line, line));
  PetscCall(PltTextAdd(&report->log, "%s\n", line));
  if (frame->report.notes) PetscCall(PltTextAdd(&report->log, "%s", frame->report.notes));
  report->size   = *size;
  report->memory = frame->memory;
  report->nstep++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReportFree(PltReport *report)
{
  PetscFunctionBegin;
  PetscCall(PetscFree(report->increment));
  PetscCall(PltTextFree(&report->steps.text));
  PetscCall(PltTextFree(&report->dies));
  PetscCall(PltTextFree(&report->log));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The hash is that of the whole description, includes resolved: XXH64 of what PltProjectWrite
   gives. */
static PetscErrorCode AddRecipe(PltJson *j, PltProject project)
{
  char *recipe, hash[17];

  PetscFunctionBegin;
  PetscCall(PltInputFormat(project, &recipe));
  (void)snprintf(hash, sizeof hash, "%016llx",
                 (unsigned long long)XXH64(recipe, strlen(recipe), 0));
  PetscCall(PetscFree(recipe));
  PetscCall(PltJsonOpen(j, "recipe", '{'));
  PetscCall(PltJsonText(j, "file", project->file));
  PetscCall(PltJsonText(j, "hash", hash));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddHeader(PltJson *j, PltProject project, int ranks,
                                const PltOutputSize *size)
{
  PetscFunctionBegin;
  PetscCall(PltJsonText(j, "platen", PltGetVersion()));
  PetscCall(AddRecipe(j, project));
  PetscCall(PltJsonInt(j, "ranks", ranks));
  PetscCall(PltJsonOpen(j, "mesh", '{'));
  PetscCall(PltJsonInt(j, "quads", size->quads));
  PetscCall(PltJsonInt(j, "lines", size->lines));
  PetscCall(PltJsonInt(j, "levels", size->levels));
  PetscCall(PltJsonInt(j, "cells", size->cells));
  PetscCall(PltJsonInt(j, "unknowns", size->unknowns));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Replace(const char *base, const char *tail, const PltText *text)
{
  PltText        name = {0};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(PltTextAdd(&name, "%s%s", base, tail));
  ierr = PltFileReplace(name.s, text);
  PetscCall(PltTextFree(&name));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A step that broke off: how far it came. */
static PetscErrorCode AddUnfinished(PltJson *j, const PltReport *report)
{
  const PltIncrement *first = &report->increment[report->told];

  PetscFunctionBegin;
  PetscCall(PltJsonOpen(j, "unfinished", '{'));
  PetscCall(PltJsonInt(j, "index", first->step));
  PetscCall(PltJsonText(j, "name", first->name));
  PetscCall(AddIncrements(j, report, report->told));
  PetscCall(PltJsonClose(j, '}'));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReportWrite(PltReport *report, PltProject project, int ranks, const char *base)
{
  PltJson        j = {.depth = 0};
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCall(PltJsonOpen(&j, NULL, '{'));
  PetscCall(AddHeader(&j, project, ranks, &report->size));
  PetscCall(PltTextAdd(&j.text, ",%s", report->steps.text.s));
  j.depth++;
  PetscCall(PltJsonClose(&j, ']'));
  if (report->told < report->nincrement) PetscCall(AddUnfinished(&j, report));
  PetscCall(PltJsonInt(&j, "peak_memory_bytes", (long long)report->memory));
  PetscCall(PltJsonClose(&j, '}'));
  PetscCall(PltTextAdd(&j.text, "\n"));
  ierr = Replace(base, ".json", &j.text);
  PetscCall(PltTextFree(&j.text));
  PetscCall(ierr);
  PetscCall(Replace(base, ".dies.csv", &report->dies));
  PetscCall(Replace(base, ".log", &report->log));
  report->saved = report->log.n;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReportFinish(PltReport *report, PltProject project, int ranks, const char *base)
{
  PetscFunctionBegin;
  if (!report->saved) PetscFunctionReturn(PETSC_SUCCESS);
  if (report->told < report->nincrement) {
    PetscCall(PltCurveWrite(report, project, base));
    PetscCall(PltReportWrite(report, project, ranks, base));
  } else if (report->saved < report->log.n) PetscCall(Replace(base, ".log", &report->log));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltOutputHeading(size_t size, char line[])
{
  PetscFunctionBegin;
  (void)snprintf(line, size, "%4s %-20s %9s %10s %10s %6s %9s %12s %-8s %12s %12s %9s", "step",
                 "name", "T [degC]", "cells", "unknowns", "its", "residual", "warpage [um]",
                 "shape", "shift [um]", "resid. [um]", "wall [s]");
  PetscFunctionReturn(PETSC_SUCCESS);
}

double PltMicrometres(double metres)
{
  return fabs(metres) < 1e-12 ? 0 : 1e6 * metres;
}

/* Die shift: the largest one as it is, and what the lithography fit leaves. */
PetscErrorCode PltOutputLine(const PltFrame *frame, const PltOutputSize *sizes, size_t size,
                             char line[])
{
  const PltStepReport *r    = &frame->report;
  const PltWarpage    *w    = &frame->warpage;
  const PltDieShift   *s    = &frame->shift;
  const double         sign = w->sign < 0 ? -1 : 1;
  char                 shift[2][24];

  PetscFunctionBegin;
  (void)snprintf(shift[0], sizeof shift[0], "%.4g", PltMicrometres(s->raw_max));
  (void)snprintf(shift[1], sizeof shift[1], "%.4g", PltMicrometres(s->residual_max));
  if (!s->count) strcpy(shift[0], "-"), strcpy(shift[1], "-");
  (void)snprintf(line, size,
                 "%4d %-20.20s %9.2f %10" PetscInt_FMT " %10" PetscInt_FMT
                 " %6d %9.1e %+12.5g %-8s %12s %12s %9.2f",
                 r->index, r->name, r->temperature - 273.15, sizes->cells, sizes->unknowns,
                 r->iterations, r->residual, PltMicrometres(sign * w->pv), w->shape, shift[0],
                 shift[1], r->seconds);
  PetscFunctionReturn(PETSC_SUCCESS);
}
