/* SPDX-License-Identifier: BSD-2-Clause
   Imported materials as blocks of a recipe, in the units of the file. What changes its meaning on
   the way: moduli at rest become instantaneous ones, E0 from G0 = G / (1 - sum g) and K0; the slope
   of a bilinear curve over strain becomes one over plastic strain, Et / (1 - Et / E); E / R becomes
   an energy. */
#include <math.h>
#include <stdlib.h>
#include "input/import.h"

static const double gas = 8.314462618; /* J/(mol K) */

typedef struct {
  PltImport            *import;
  const PltForeign     *material;
  const PltImportUnits *units;
  FILE                 *out;
} Writing;

static void Note(const Writing *w, PetscInt line, const char *text)
{
  fprintf(w->import->notes, "# line %d: '%s': %s\n", (int)line, w->material->name, text);
}

static PetscErrorCode Mistake(const Writing *w, PetscInt line, const char *text)
{
  const PltMark mark = {w->import->file, line, 1};

  PetscFunctionBegin;
  PetscCall(
      PltMistakesAdd(w->import->mistakes, mark, "material '%s': %s", w->material->name, text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void PutValue(const Writing *w, double value, const char *unit)
{
  fprintf(w->out, "%.15g%s%s", value, *unit ? " " : "", unit);
}

/* A column over temperature, a constant if there is but one row. */
static void PutColumn(const Writing *w, const char *indent, const char *key, const PltGot *got,
                      int column, int T, const char *unit)
{
  fprintf(w->out, "%s%s: ", indent, key);
  if (got->n == 1) PutValue(w, got->row[0][column], unit);
  for (PetscInt i = 0; got->n > 1 && i < got->n; i++) {
    fputs(i ? ", [" : "[[", w->out);
    PutValue(w, got->row[i][T], w->units->temperature);
    fputs(", ", w->out);
    PutValue(w, got->row[i][column], unit);
    fputs("]", w->out);
  }
  fputs(got->n > 1 ? "]\n" : "\n", w->out);
}

/* ---- moduli ---- */

static double SumOf(const PltGot *got)
{
  double sum = 0;

  for (PetscInt i = 0; i < got->n; i++) sum += got->row[i][1];
  return sum;
}

/* One value of each, instantaneous. */
static PetscErrorCode PutGlass(const Writing *w)
{
  const PltGot *got = w->material->got;
  double        E = got[PLT_GOT_YOUNG].row[0][0], nu = got[PLT_GOT_POISSON].row[0][0];
  double        G = E / (2 * (1 + nu)), K = E / (3 * (1 - 2 * nu));
  const double  g = SumOf(&got[PLT_GOT_SHEAR]), k = SumOf(&got[PLT_GOT_BULK]);

  PetscFunctionBegin;
  if (got[PLT_GOT_YOUNG].n > 1 || got[PLT_GOT_POISSON].n > 1)
    Note(w, got[PLT_GOT_YOUNG].line, "a viscoelastic law has one E and nu; the first are taken");
  if (w->material->long_term) {
    if (g >= 1 || k >= 1) {
      PetscCall(Mistake(w, got[PLT_GOT_SHEAR].line,
                        "the parts of the series add up to 1, and moduli are those of rest"));
      PetscFunctionReturn(PETSC_SUCCESS);
    }
    G /= 1 - g;
    K /= 1 - k;
    E  = 9 * K * G / (3 * K + G);
    nu = (3 * K - 2 * G) / (2 * (3 * K + G));
    Note(w, got[PLT_GOT_YOUNG].line, "moduli at rest (LONG TERM) became instantaneous ones");
  }
  fprintf(w->out, "  E: %.15g %s\n  nu: %.15g\n", E, w->units->pressure, nu);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int CompareRows(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void PutSeries(const Writing *w, const char *key, const PltGot *got)
{
  if (!got->n) return;
  qsort(got->row, (size_t)got->n, sizeof *got->row, CompareRows);
  fprintf(w->out, "  %s: ", key);
  for (PetscInt i = 0; i < got->n; i++)
    fprintf(w->out, "%s[%.15g %s, %.15g]", i ? ", " : "[", got->row[i][0], w->units->time,
            got->row[i][1]);
  fputs("]\n", w->out);
}

static PetscErrorCode PutElastic(const Writing *w)
{
  static const char *const key[] = {"Ex", "Ey", "Ez", "nuxy", "nuxz", "nuyz", "Gxy", "Gxz", "Gyz"};
  const PltGot            *got   = w->material->got;

  PetscFunctionBegin;
  if (got[PLT_GOT_ORTHO].n) {
    for (int i = 0; i < 9; i++)
      PutColumn(w, "  ", key[i], &got[PLT_GOT_ORTHO], i, 9,
                i >= 3 && i < 6 ? "" : w->units->pressure);
  } else if (!got[PLT_GOT_YOUNG].n || !got[PLT_GOT_POISSON].n) {
    PetscCall(Mistake(w, w->material->line, "it has no modulus, or no Poisson's ratio"));
  } else if (got[PLT_GOT_SHEAR].n || got[PLT_GOT_BULK].n) {
    PetscCall(PutGlass(w));
    PutSeries(w, "shear", &got[PLT_GOT_SHEAR]);
    PutSeries(w, "bulk", &got[PLT_GOT_BULK]);
  } else {
    PutColumn(w, "  ", "E", &got[PLT_GOT_YOUNG], 0, 1, w->units->pressure);
    PutColumn(w, "  ", "nu", &got[PLT_GOT_POISSON], 0, 1, "");
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void PutShift(const Writing *w)
{
  const PltGot *got = &w->material->got[PLT_GOT_WLF];

  if (!got->n) return;
  fputs("  # to be added: lowest, highest: where the shift was measured; activation: below "
        "reference\n",
        w->out);
  fprintf(w->out, "  shift: {reference: %.15g %s, C1: %.15g, C2: %.15g K}\n", got->row[0][0],
          w->units->temperature, got->row[0][1], got->row[0][2]);
}

/* ---- expansion ---- */

/* One value is a tangent as well as a secant. */
static PetscErrorCode PutExpansion(const Writing *w)
{
  static const char *const axis[] = {"x", "y", "z"};
  const PltGot            *got = w->material->got, *ortho = &got[PLT_GOT_ORTHOCTE];
  const PltGot            *found;
  const PetscBool          three = (PetscBool)(ortho->n || got[PLT_GOT_ORTHO].n);
  PetscBool                secant;

  PetscFunctionBegin;
  found = &got[got[PLT_GOT_TANGENT].n ? PLT_GOT_TANGENT : PLT_GOT_SECANT];
  if (ortho->n) found = ortho;
  if (!found->n) PetscCall(Mistake(w, w->material->line, "it has no thermal expansion"));
  secant = (PetscBool)(found->n > 1 && found != &got[PLT_GOT_TANGENT]);
  for (int i = 0; found->n && i < (three ? 3 : 1); i++) {
    char key[16];

    PetscCall(
        PetscSNPrintf(key, sizeof key, "cte%s%s", three ? axis[i] : "", secant ? "_secant" : ""));
    PutColumn(w, "  ", key, found, ortho->n ? i : 0, ortho->n ? 3 : 1, "1/K");
  }
  if (secant)
    fprintf(w->out, "  cte_reference: %.15g %s\n", w->material->reference, w->units->temperature);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- yield ---- */

static double YoungAt(const PltForeign *m, double T)
{
  const PltGot *E = &m->got[PLT_GOT_YOUNG];

  for (PetscInt i = 0; i + 1 < E->n; i++)
    if (T < E->row[i + 1][1])
      return E->row[i][0] + (E->row[i + 1][0] - E->row[i][0]) *
                                PetscMax(0, (T - E->row[i][1]) / (E->row[i + 1][1] - E->row[i][1]));
  return E->row[E->n - 1][0];
}

/* A row of hardening: yield, H, T, Q, b. */
static PetscErrorCode AddRow(PltForeign *to, double yield, double H, double T, double Q, double b)
{
  const double row[5] = {yield, H, T, Q, b};

  PetscFunctionBegin;
  PetscCall(PltImportRow(to, PLT_GOT_YIELD, 0, 5, row));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The points of one temperature, from row `first`; the first row of the next one. */
static PetscErrorCode Harden(const Writing *w, PetscInt first, PltForeign *to, PetscInt *next)
{
  const PltGot *got = &w->material->got[PLT_GOT_YIELD];
  const double  T   = got->row[first][2];
  PetscInt      end = first + 1;
  double        H, Q, b, worst;
  char          text[160];

  PetscFunctionBegin;
  while (end < got->n &&
         (isnan(T) ? isnan(got->row[end][2]) : fabs(got->row[end][2] - T) <= 1e-9 * fabs(T)))
    end++;
  for (PetscInt i = first + 1; i < end; i++)
    if (!(got->row[i][1] > got->row[i - 1][1])) {
      PetscCall(Mistake(w, got->line, "plastic strains of *PLASTIC do not ascend"));
      end = i;
      break;
    }
  worst = PltImportHarden(end - first, (const double(*)[10])got->row + first, &H, &Q, &b);
  PetscCall(AddRow(to, got->row[first][0], H, T, Q, b));
  if (end - first > 2) {
    (void)snprintf(text, sizeof text, "%d points of *PLASTIC are fitted to %.2g %% of the yield",
                   (int)(end - first), 100 * worst / got->row[first][0]);
    Note(w, got->line, text);
  }
  *next = end;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The slope of a bilinear curve counts from the elastic one. */
static PetscErrorCode HardenBilinear(const Writing *w, PltForeign *to)
{
  const PltGot *got = &w->material->got[PLT_GOT_BILINEAR];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < got->n && w->material->got[PLT_GOT_YOUNG].n; i++) {
    const double slope = got->row[i][1], E = YoungAt(w->material, got->row[i][2]);

    PetscCall(AddRow(to, got->row[i][0], slope / (1 - slope / E), got->row[i][2], 0, 1));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PutYield(const Writing *w)
{
  PltForeign to   = {.name = w->material->name};
  PltGot    *rows = &to.got[PLT_GOT_YIELD];
  double     H = 0, Q = 0;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < w->material->got[PLT_GOT_YIELD].n;) PetscCall(Harden(w, i, &to, &i));
  PetscCall(HardenBilinear(w, &to));
  for (PetscInt i = 0; i < rows->n; i++) {
    H = fmax(H, rows->row[i][1]);
    Q = fmax(Q, rows->row[i][3]);
  }
  if (rows->n) PutColumn(w, "  ", "yield", rows, 0, 2, w->units->pressure);
  if (H > 0) PutColumn(w, "  ", "hardening", rows, 1, 2, w->units->pressure);
  if (Q > 0) {
    fputs("  voce:\n", w->out);
    PutColumn(w, "    ", "Q", rows, 3, 2, w->units->pressure);
    PutColumn(w, "    ", "b", rows, 4, 2, "");
  }
  if (rows->n && (H > 0 || Q > 0) && !w->material->got[PLT_GOT_BILINEAR].n)
    Note(w, w->material->got[PLT_GOT_YIELD].line,
         "beyond the last point of *PLASTIC hardening goes on, which it does not in Abaqus");
  PetscCall(PetscFree(rows->row));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A stress of 1 is that of the unit. */
static void PutFlow(const Writing *w)
{
  static const char *const key[9]  = {"s0", "Q", "A", "xi", "m", "h0", "shat", "n", "a"};
  const char              *unit[9] = {w->units->pressure, "J/mol", "", "", "", w->units->pressure,
                                      w->units->pressure, "",      ""};
  const PltGot *creep = &w->material->got[PLT_GOT_CREEP], *anand = &w->material->got[PLT_GOT_ANAND];

  if (creep->n)
    fprintf(w->out, "  creep: {A: %.15g 1/%s, n: %.15g, stress: 1 %s, Q: %.15g J/mol}\n",
            creep->row[0][0], w->units->time, creep->row[0][1], w->units->pressure,
            creep->row[0][2] * gas);
  if (!anand->n) return;
  for (int i = 0; i < 9; i++) {
    fprintf(w->out, "%s%s: ", i ? ", " : "  anand: {", key[i]);
    PutValue(w, anand->row[0][i] * (i == 1 ? gas : 1), unit[i]);
    if (i == 2) fprintf(w->out, " 1/%s", w->units->time);
  }
  fputs("}\n", w->out);
}

/* ---- cure ---- */

/* Terms Z exp(-E / R T) (b + x^m) (1 - x)^n: k1 is that without x, k2 that with it. */
static PetscErrorCode PutCure(const Writing *w)
{
  const PltGot *got  = &w->material->got[PLT_GOT_KAMAL];
  double        A[2] = {0, 0}, E[2] = {0, 0}, m = 1;
  int           used[2] = {0, 0};

  PetscFunctionBegin;
  if (!got->n) PetscFunctionReturn(PETSC_SUCCESS);
  for (PetscInt i = 0; i < got->n; i++) {
    const double *row = got->row[i], b = isnan(row[4]) ? 0 : row[4];
    const double  part[2] = {b + (row[2] > 0 ? 0 : 1), row[2] > 0 ? 1 : 0};

    if (row[3] < got->row[0][3] || row[3] > got->row[0][3]) used[0] = 2;
    for (int k = 0; k < 2; k++) {
      if (part[k] <= 0) continue;
      used[k]++;
      A[k] = part[k] * row[0];
      E[k] = row[1];
      if (k == 1) m = row[2];
    }
  }
  if (used[0] > 1 || used[1] > 1) {
    Note(w, got->line, "*CURE KINETICS was passed over: more than (k1 + k2 x^m) (1 - x)^n");
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  fputs("  # to be added: gel; shrinkage, Tg_uncured, Tg_cured, lambda\n  cure:", w->out);
  for (int k = 0; k < 2; k++)
    if (used[k])
      fprintf(w->out, " %sA%d: %.15g 1/%s, E%d: %.15g J/mol,", k == 0 || !used[0] ? "{" : "", k + 1,
              A[k], w->units->time, k + 1, E[k] * gas);
  if (used[1]) fprintf(w->out, " m: %.15g,", m);
  fprintf(w->out, " n: %.15g}\n", got->row[0][3]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- all ---- */

static void PutDensity(const Writing *w)
{
  const PltGot *got = &w->material->got[PLT_GOT_DENSITY];

  if (!got->n) return;
  if (*w->units->density)
    fprintf(w->out, "  density: %.15g %s\n", got->row[0][0], w->units->density);
  else Note(w, got->line, "the density was passed over: its unit was not given");
}

PetscErrorCode PltImportWrite(PltImport *import, const PltImportUnits *units, FILE *out)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < import->nmaterial; i++) {
    const Writing w = {import, &import->material[i], units, out};

    fputc('"', out);
    for (const char *s = w.material->name; *s; s++)
      fprintf(out, "%s%c", *s == '"' || *s == '\\' ? "\\" : "", *s);
    fputs("\":\n", out);
    PetscCall(PutElastic(&w));
    PutShift(&w);
    PetscCall(PutExpansion(&w));
    PetscCall(PutYield(&w));
    PutFlow(&w);
    PetscCall(PutCure(&w));
    PutDensity(&w);
  }
  PetscCall(PltMistakesRaise(import->mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}
