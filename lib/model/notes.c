/* SPDX-License-Identifier: BSD-2-Clause
   What is to be told about a step besides its numbers: shapes that became unstable, how the panel
   lies on a table or chuck, whether the curvatures are plausible, and the panel rolled the other
   way. */
#include <stdio.h>
#include <string.h>
#include "model/model.h"

/* Angle, rad, by which a panel of the linear curvature would turn from edge to edge, below which it
   is as good as flat. */
static const PetscReal PLAUSIBLE = 1e-4;

static void Add(PltModel model, const char *line)
{
  const size_t n = strlen(model->notes);

  (void)snprintf(model->notes + n, sizeof model->notes - n, "      %s\n", line);
}

static void TellUnstable(PltModel model)
{
  const PltSwitch *s    = &model->unstable;
  const PetscReal  T[2] = {s->T[0] - 273.15, s->T[1] - 273.15};
  char             line[200], where[64];

  if (!s->count) return;
  (void)snprintf(where, sizeof where, "at %.4g degC", (double)T[1]);
  if (PetscAbsReal(T[0] - T[1]) > 0.05)
    (void)snprintf(where, sizeof where, "between %.4g and %.4g degC", (double)T[0], (double)T[1]);
  (void)snprintf(
      line, sizeof line,
      "step '%.30s': the shape became unstable %s and was left; now a %s (lambda_min %.3g)",
      model->report.name, where, model->warpage.shape, model->report.lambda_min);
  Add(model, line);
}

/* How the panel lies on what it may leave. */
static void TellContact(PltModel model, const PltStep *step)
{
  const PltStepReport *r = &model->report;
  char                 line[200], where[64] = "";

  if (!model->process->contact) return;
  if (!isnan(r->gap_at[0]))
    (void)snprintf(where, sizeof where, " at (%.4g, %.4g) mm", r->gap_at[0] * 1e3,
                   r->gap_at[1] * 1e3);
  (void)snprintf(
      line, sizeof line,
      "on its %s: %.3g %% of the face touches it, the largest gap is %.4f mm%s, it bears "
      "%.4g N",
      step->hold == PLT_HOLD_FLAT ? "chuck" : "table", 100 * r->contact, r->gap_max * 1e3, where,
      r->contact_force);
  Add(model, line);
}

/* Principal curvatures, the larger one first. */
static void Principal(const double c[3], double k[2])
{
  const double mean = (c[0] + c[1]) / 2, radius = hypot((c[0] - c[1]) / 2, c[2]);

  k[0] = mean + (mean < 0 ? -radius : radius);
  k[1] = mean - (mean < 0 ? -radius : radius);
}

static PetscBool HasDies(PltState s)
{
  for (PetscInt p = 0; p < s->slabs.nply; p++)
    if (s->project->ply[p].die_material && s->ply[2 * p + PLT_IN_DIES].live) return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode TellPlausible(PltModel model)
{
  const PetscReal *size = model->project->size;
  PltExpected      e;
  double           k[2];
  char             line[200];

  PetscFunctionBegin;
  PetscCall(PltModelExpect(model, &e));
  Principal(model->warpage.curvature, k);
  if (PetscAbsReal(e.linear) * PetscMin(size[0], size[1]) < PLAUSIBLE)
    PetscFunctionReturn(PETSC_SUCCESS);
  (void)snprintf(line, sizeof line,
                 "plausibility: uniform-curvature theory%s kx, ky = %.3g, %.3g 1/m; "
                 "computed %.3g, %.3g",
                 HasDies(model->process->state) ? " (dies smeared, a rough guide)" : "",
                 (double)e.curvature[0], (double)e.curvature[1], k[0], k[1]);
  Add(model, line);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What the meshed part stands for. */
static PetscReal Whole(PltSymmetry symmetry)
{
  return symmetry == PLT_SYMMETRY_NONE ? 1 : symmetry == PLT_SYMMETRY_QUARTER ? 4 : 2;
}

/* The panel rolled the other way, measured like the shape that was followed. */
static PetscErrorCode LookForOther(PltModel model)
{
  const PltState s     = model->process->state;
  PltOther       other = {.found = PETSC_FALSE, .u = NULL};
  PetscReal     *u     = s->u;
  PltFace        face;

  PetscFunctionBegin;
  PetscCall(PltProcessOther(model->process, &other));
  model->other.looked = 1;
  if (!other.found) PetscFunctionReturn(PETSC_SUCCESS);
  model->other.stable     = 1;
  model->other.energy     = other.energy * Whole(model->project->symmetry);
  model->other.lambda_min = other.lambda;
  s->u                    = other.u;
  PetscCall(PltModelMeasureFace(model, &face, &model->other.warpage));
  s->u = u;
  PetscCall(PltFaceFree(&face));
  PetscCall(PetscFree(other.u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void TellOther(PltModel model)
{
  const PltOtherShape *o = &model->other;
  const PltWarpage    *w = &o->warpage;
  char                 line[200], potential[40];

  if (!o->stable) {
    Add(model, "rolled the other way it is not stable, or comes back to this shape");
    return;
  }
  (void)snprintf(potential, sizeof potential, "potential %+.3g J, ", o->energy);
  (void)snprintf(line, sizeof line,
                 "also stable: %s of %+.4f mm, kx, ky = %.3g, %.3g 1/m, %slambda_min %.3g",
                 w->shape, w->sign * w->pv * 1e3, w->curvature[0], w->curvature[1],
                 isnan(o->energy) ? "" : potential, o->lambda_min);
  Add(model, line);
}

PetscErrorCode PltModelMakeNotes(PltModel model, const PltStep *step)
{
  const PetscBool free =
      (PetscBool)(step->hold == PLT_HOLD_FREE && step->support == PLT_ON_NOTHING &&
                  step->gravity == PLT_GRAVITY_OFF);

  PetscFunctionBegin;
  model->notes[0] = '\0';
  model->other    = (PltOtherShape){.energy = NAN, .lambda_min = NAN};
  if (model->project->kinematics == PLT_SMALL) PetscFunctionReturn(PETSC_SUCCESS);
  TellUnstable(model);
  TellContact(model, step);
  PetscCall(PltModelFollow(model, step));
  if (free) PetscCall(TellPlausible(model));
  if (free && model->project->branches_all) {
    PetscCall(LookForOther(model));
    TellOther(model);
  }
  model->unstable.count = 0;
  model->report.notes   = model->notes;
  PetscFunctionReturn(PETSC_SUCCESS);
}
