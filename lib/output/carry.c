/* SPDX-License-Identifier: BSD-2-Clause
   What the report is at after a frame: kept with the state of the panel, so that a run which goes
   on from there tells of all steps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "output/internal.h"
#include "step/step.h"

const char *const PltOutputPart[3] = {[PLT_PHASE_RELEASE]     = "release",
                                      [PLT_PHASE_REMOVE]      = "remove",
                                      [PLT_PHASE_TEMPERATURE] = "temperature"};

/* Numbers of an increment in a file. */
enum { NUMBERS = 18 };

static void PackIncrement(const PltIncrement *i, double x[NUMBERS])
{
  const PltWarpage *w      = &i->warpage;
  const double      its[9] = {i->step,       i->number,   i->time,   i->temperature, i->done,
                              i->lambda_min, i->switches, i->newton, i->iterations};
  const double      its_warpage[9] = {w->pv,           w->bow,          w->rms,
                                      w->corner,       w->edge_x,       w->edge_y,
                                      w->curvature[0], w->curvature[1], w->curvature[2]};

  memcpy(x, its, sizeof its);
  memcpy(x + 9, its_warpage, sizeof its_warpage);
}

static void UnpackIncrement(const double x[NUMBERS], PltIncrement *i)
{
  *i = (PltIncrement){.step        = (int)x[0],
                      .number      = (int)x[1],
                      .time        = x[2],
                      .temperature = x[3],
                      .done        = x[4],
                      .lambda_min  = x[5],
                      .switches    = (int)x[6],
                      .newton      = (int)x[7],
                      .iterations  = (int)x[8],
                      .warpage     = {.pv        = x[9],
                                      .bow       = x[10],
                                      .rms       = x[11],
                                      .corner    = x[12],
                                      .edge_x    = x[13],
                                      .edge_y    = x[14],
                                      .curvature = {x[15], x[16], x[17]}}};
}

/* "temperature natural +1 bowl": words of an increment, a line each; "-" for none. */
static PetscErrorCode WordsOf(const PltReport *r, PltText *text)
{
  PetscFunctionBegin;
  for (int k = 0; k < r->nincrement; k++) {
    const PltIncrement *i = &r->increment[k];

    PetscCall(PltTextAdd(text, "%s %s %+d %s\n", i->part, *i->branch ? i->branch : "-",
                         i->warpage.sign, *i->warpage.shape ? i->warpage.shape : "-"));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TakeWords(PltReport *r, PltProject project, const char *name,
                                const char *text)
{
  for (int k = 0; k < r->nincrement; k++) {
    PltIncrement   *i = &r->increment[k];
    char            part[16], branch[16], shape[16];
    int             n = 0, p = 0;
    const PetscBool read = (PetscBool)(sscanf(text, "%15s %15s %d %15s%n", part, branch,
                                              &i->warpage.sign, shape, &n) == 4);

    while (p < 3 && read && strcmp(PltOutputPart[p], part) != 0) p++;
    PetscCheck(read && p < 3 && i->step >= 0 && i->step < project->nstep, PETSC_COMM_SELF,
               PLT_ERR_IO, "%s: is damaged: increment %d", name, k);
    i->part = PltOutputPart[p];
    i->name = project->step[i->step].name;
    (void)snprintf(i->branch, sizeof i->branch, "%s", strcmp(branch, "-") ? branch : "");
    (void)snprintf(i->warpage.shape, sizeof i->warpage.shape, "%s",
                   strcmp(shape, "-") ? shape : "");
    text += n;
    if (*text) text++;
  }
  return PETSC_SUCCESS;
}

static PetscErrorCode Increments(PltReport *r, PltProject project, PetscBool mine, PltArchive a)
{
  PetscInt n     = r->nincrement;
  PltText  words = {0};
  char    *text;
  double  *x;

  PetscFunctionBegin;
  PetscCall(PltArchiveCount(a, "increments", &n));
  PetscCall(PetscCalloc1(NUMBERS * n + 1, &x));
  for (PetscInt k = 0; k < r->nincrement; k++) PackIncrement(&r->increment[k], x + NUMBERS * k);
  PetscCall(WordsOf(r, &words));
  text = words.s;
  PetscCall(PltArchiveReals(a, "increments.numbers", NUMBERS * n, x));
  PetscCall(PltArchiveText(a, "increments.words", &text));
  if (PltArchiveReads(a) && mine) {
    const PltIncrement none = {0};

    for (PetscInt k = 0; k < n; k++) {
      PetscCall(PltReportIncrement(r, &none));
      UnpackIncrement(x + NUMBERS * k, &r->increment[k]);
    }
  }
  if (PltArchiveReads(a))
    PetscCall(PltAgree(project->comm,
                       mine ? TakeWords(r, project, PltArchiveName(a), text) : PETSC_SUCCESS));
  if (text != words.s) PetscCall(PetscFree(text));
  PetscCall(PltTextFree(&words));
  PetscCall(PetscFree(x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Text of rank 0. */
static PetscErrorCode Grown(PltText *text, PetscBool mine, const char *name, PltArchive a)
{
  char *s = text->s;

  PetscFunctionBegin;
  PetscCall(PltArchiveText(a, name, &s));
  if (!PltArchiveReads(a)) PetscFunctionReturn(PETSC_SUCCESS);
  if (mine) PetscCall(PltTextAdd(text, "%s", s));
  PetscCall(PetscFree(s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReportTransfer(PltReport *r, PltProject project, PetscBool mine, PltArchive a)
{
  PetscInt n[3] = {r->steps.depth, r->nstep, r->told};

  PetscFunctionBegin;
  PetscCall(PltArchiveInts(a, "report.counts", 3, n));
  PetscCall(Increments(r, project, mine, a));
  PetscCall(Grown(&r->steps.text, mine, "report.steps", a));
  PetscCall(Grown(&r->dies, mine, "report.dies", a));
  PetscCall(Grown(&r->log, mine, "report.log", a));
  if (!PltArchiveReads(a)) PetscFunctionReturn(PETSC_SUCCESS);
  r->steps.depth = n[0];
  r->nstep       = n[1];
  r->told        = PetscMin(PetscMax(n[2], 0), r->nincrement);
  PetscFunctionReturn(PETSC_SUCCESS);
}
