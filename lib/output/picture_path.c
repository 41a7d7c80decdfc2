/* SPDX-License-Identifier: BSD-2-Clause
   base.png and .svg of a path: what is drawn. Stress, strain and what the law tells of, against
   temperature where that changes and against time; stress against strain where a strain is driven.
   Components that are the same are one curve. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "output/picture_path.h"

/* ---- numbers ---- */

double PltWhichNumber(const PltPoint *p, PltWhich w)
{
  switch (w.kind) {
  case PLT_AT_TIME:
    return p->time;
  case PLT_AT_TEMPERATURE:
    return p->T - 273.15;
  case PLT_AT_STRAIN:
    return p->strain[w.i];
  case PLT_AT_FREE:
    return p->free[w.i];
  case PLT_AT_STRESS:
    return p->stress[w.i];
  case PLT_AT_TOLD:
    break;
  }
  return p->told[w.i].quantity == PLT_TEMPERATURE ? p->told[w.i].value - 273.15
                                                  : p->told[w.i].value;
}

static double Most(PltPath path, PltWhich w)
{
  double most = 0;

  for (PetscInt k = 0; k < path->npoint; k++)
    most = fmax(most, fabs(PltWhichNumber(&path->point[k], w)));
  return most;
}

static int IsSame(PltPath path, PltWhich a, PltWhich b, double scale)
{
  for (PetscInt k = 0; k < path->npoint; k++)
    if (fabs(PltWhichNumber(&path->point[k], a) - PltWhichNumber(&path->point[k], b)) >
        1e-9 * scale)
      return 0;
  return 1;
}

static double LargestOf(PltPath path, PltWhichKind kind)
{
  double most = 0;

  for (int i = 0; i < 6; i++) most = fmax(most, Most(path, (PltWhich){kind, i}));
  return most;
}

static int Changes(PltPath path)
{
  const PltCurve *T = &path->test.temperature;

  for (PetscInt k = 1; k < T->n; k++)
    if (fabs(T->value[k] - T->value[0]) > 0.1) return 1;
  return 0;
}

/* ---- charts ---- */

static PltPathChart *AddChart(PltPathSheet *s, const char *title, PltWhichKind x)
{
  PltPathChart *chart = &s->chart[s->nchart];

  if (s->nchart < PLT_PATH_CHARTS - 1) s->nchart++;
  *chart = (PltPathChart){.title = title, .unit = "", .per_unit = 1, .x = {x, 0}};
  return chart;
}

static void AddCurve(PltPathChart *chart, PltWhich which, const char *style, const char *label)
{
  PltPathCurve *curve = &chart->curve[chart->ncurve];

  if (chart->ncurve == PLT_PATH_CURVES) return;
  chart->ncurve++;
  curve->which = which;
  curve->style = style;
  (void)snprintf(curve->label, sizeof curve->label, "%s", label);
}

/* The components that are not zero, the same ones together: "xx = yy". */
static void AddComponents(const PltPathSheet *s, PltPathChart *chart, PltWhichKind kind,
                          double scale)
{
  const int first = chart->ncurve;

  for (int c = 0; c < 6; c++) {
    const PltWhich w  = {kind, PltComponentVoigt[c]};
    int            at = first;

    if (Most(s->path, w) <= 1e-7 * scale) continue;
    while (at < chart->ncurve && !IsSame(s->path, chart->curve[at].which, w, scale)) at++;
    if (at == chart->ncurve) AddCurve(chart, w, kind == PLT_AT_FREE ? "dash" : "", PltComponent[c]);
    else {
      const size_t n = strlen(chart->curve[at].label);

      (void)snprintf(chart->curve[at].label + n, sizeof chart->curve[at].label - n, " = %s",
                     PltComponent[c]);
    }
  }
  for (int k = first; k < chart->ncurve && kind == PLT_AT_FREE; k++)
    strncat(chart->curve[k].label, " free of stress",
            sizeof chart->curve[k].label - strlen(chart->curve[k].label) - 1);
}

/* Is the strain free of stress something else than the strain, and not nothing? */
static int HasFree(PltPath path, double scale)
{
  int differs = 0;

  for (int i = 0; i < 6; i++)
    if (!IsSame(path, (PltWhich){PLT_AT_FREE, i}, (PltWhich){PLT_AT_STRAIN, i}, scale)) differs = 1;
  return differs && LargestOf(path, PLT_AT_FREE) > 1e-7 * scale;
}

static void AddStress(PltPathSheet *s, PltWhichKind x)
{
  const double  most = LargestOf(s->path, PLT_AT_STRESS);
  PltPathChart *chart;

  /* what is left of zero stresses is rounding */
  if (most < 1) return;
  chart           = AddChart(s, "stress", x);
  chart->per_unit = most >= 1e4 ? 1e-6 : 1;
  chart->unit     = most >= 1e4 ? "MPa" : "Pa";
  AddComponents(s, chart, PLT_AT_STRESS, most);
}

static void AddStrain(PltPathSheet *s, PltWhichKind x)
{
  const double  most = fmax(LargestOf(s->path, PLT_AT_STRAIN), LargestOf(s->path, PLT_AT_FREE));
  PltPathChart *chart;

  if (most <= 0) return;
  chart           = AddChart(s, "strain", x);
  chart->per_unit = most >= 1e-3 ? 100 : 1e6;
  chart->unit     = most >= 1e-3 ? "%" : "ppm";
  AddComponents(s, chart, PLT_AT_STRAIN, most);
  if (HasFree(s->path, most)) AddComponents(s, chart, PLT_AT_FREE, most);
}

static void AddTold(PltPathSheet *s, int k, PltWhichKind x)
{
  const PltTold *told  = &s->path->point[s->path->npoint - 1].told[k];
  PltPathChart  *chart = AddChart(s, told->name, x);

  if (told->quantity == PLT_PRESSURE) chart->per_unit = 1e-6, chart->unit = "MPa";
  else if (told->quantity == PLT_STRAIN) chart->per_unit = 100, chart->unit = "%";
  else chart->unit = PltUnitsSI(told->quantity);
  AddCurve(chart, (PltWhich){PLT_AT_TOLD, k}, "", told->name);
}

/* That of the point and those the law tells of. */
static void AddTemperature(PltPathSheet *s)
{
  const PltPoint *last  = &s->path->point[s->path->npoint - 1];
  PltPathChart   *chart = NULL;

  for (int k = -1; k < last->ntold; k++) {
    if (k < 0 ? !Changes(s->path) : last->told[k].quantity != PLT_TEMPERATURE) continue;
    if (!chart) chart = AddChart(s, "temperature", PLT_AT_TIME);
    chart->unit = "°C";
    if (k < 0) AddCurve(chart, (PltWhich){PLT_AT_TEMPERATURE, 0}, "ink", "temperature");
    else AddCurve(chart, (PltWhich){PLT_AT_TOLD, k}, "", last->told[k].name);
  }
}

static void AddStressStrain(PltPathSheet *s)
{
  for (int c = 0; c < 6; c++) {
    const int       i      = PltComponentVoigt[c];
    const PltCurve *strain = &s->path->test.strain[i];
    PltPathChart   *chart;

    if (strain->n < 2 || Most(s->path, (PltWhich){PLT_AT_STRAIN, i}) <= 0) continue;
    if (Most(s->path, (PltWhich){PLT_AT_STRESS, i}) < 1) continue;
    chart           = AddChart(s, "stress", PLT_AT_STRAIN);
    chart->x.i      = i;
    chart->unit     = "MPa";
    chart->per_unit = 1e-6;
    AddCurve(chart, (PltWhich){PLT_AT_STRESS, i}, "", PltComponent[c]);
    return;
  }
}

/* Where temperature changes: against it on the left, against time on the right. */
static void AddCharts(PltPathSheet *s)
{
  const PltWhichKind first = Changes(s->path) ? PLT_AT_TEMPERATURE : PLT_AT_TIME;
  const PltPoint    *last  = &s->path->point[s->path->npoint - 1];

  for (PltWhichKind x = first; x != PLT_AT_STRAIN;
       x              = x == PLT_AT_TEMPERATURE ? PLT_AT_TIME : PLT_AT_STRAIN)
    if (x == PLT_AT_TEMPERATURE || last->time > 0) AddStress(s, x);
  for (PltWhichKind x = first; x != PLT_AT_STRAIN;
       x              = x == PLT_AT_TEMPERATURE ? PLT_AT_TIME : PLT_AT_STRAIN)
    if (x == PLT_AT_TEMPERATURE || last->time > 0) AddStrain(s, x);
  for (int k = 0; k < last->ntold; k++)
    for (PltWhichKind x = first; x != PLT_AT_STRAIN;
         x              = x == PLT_AT_TEMPERATURE ? PLT_AT_TIME : PLT_AT_STRAIN)
      if (last->told[k].quantity != PLT_TEMPERATURE && last->time > 0) AddTold(s, k, x);
  if (last->time > 0) AddTemperature(s);
  AddStressStrain(s);
}

/* ---- heading ---- */

/* Adds to a text that is long enough. */
static void Add(char *text, size_t size, const char *more)
{
  const size_t n = strlen(text);

  (void)snprintf(text + n, size - n, "%s", more);
}

static void Describe(PltPathSheet *s)
{
  static const char *const head[] = {"strain given:", "stress given:", "free of stress:"};
  const PltTest           *test   = &s->path->test;
  const char              *title  = s->path->project->title;

  Add(s->title, sizeof s->title, s->path->material->name);
  if (title && *title) {
    Add(s->title, sizeof s->title, ",  ");
    Add(s->title, sizeof s->title, title);
  }
  if (test->substrate) {
    Add(s->given, sizeof s->given, "film on ");
    Add(s->given, sizeof s->given, test->substrate->name);
  }
  for (int k = 0; k < 3; k++) {
    int n = 0;

    for (int c = 0; c < 6; c++) {
      const int i = PltComponentVoigt[c];

      if ((test->strain[i].n ? 0 : test->stress[i].n ? 1 : 2) != k) continue;
      if (n++ == 0) {
        Add(s->given, sizeof s->given, *s->given ? ";  " : "");
        Add(s->given, sizeof s->given, head[k]);
      }
      Add(s->given, sizeof s->given, " ");
      Add(s->given, sizeof s->given, PltComponent[c]);
    }
  }
}

static void ChooseTime(PltPathSheet *s)
{
  const PltTest *test = &s->path->test;
  const double   end  = PltTestEnd(test);

  s->time_unit = end > 36000 ? "h" : end > 600 ? "min" : "s";
  s->per_time  = end > 36000 ? 1 / 3600. : end > 600 ? 1 / 60. : 1;
  s->decades   = test->temperature.n == 1 && s->path->npoint > 2;
  for (int i = 0; i < 6; i++)
    if (test->strain[i].n > 1 || test->stress[i].n > 1) s->decades = 0;
  if (s->decades) s->time_unit = "s", s->per_time = 1;
}

PetscErrorCode PltPathPicture(PltPath path, const char *stem)
{
  PltPathSheet  *s;
  PetscErrorCode failed = PETSC_SUCCESS;

  PetscFunctionBegin;
  PetscCall(PetscNew(&s));
  s->path = path;
  Describe(s);
  ChooseTime(s);
  AddCharts(s);
  if (s->nchart) failed = PltPathSheetWrite(s, stem);
  PetscCall(PetscFree(s));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}
