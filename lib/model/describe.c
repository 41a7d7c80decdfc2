/* SPDX-License-Identifier: BSD-2-Clause
   The description of a panel as text tables: stack, slabs, process and the size of the model to
   expect. What `platen check` prints. */
#include <stdio.h>
#include <stdlib.h>
#include "mesh/mesh.h"

enum { TEXT = 64 };
static const PetscReal kelvin = 273.15, shown = 298.15; /* 0 and 25 degC */

/* The unit in which a person would say it. */
static const char *Length(PetscReal metres, char text[TEXT])
{
  if (metres < 1e-3) snprintf(text, TEXT, "%.4g um", (double)(metres * 1e6));
  else snprintf(text, TEXT, "%.4g mm", (double)(metres * 1e3));
  return text;
}

/* One number if x and y agree to a part in a thousand, else both. */
static const char *Pair(PetscReal x, PetscReal y, char text[TEXT])
{
  if (PetscAbsReal(x - y) <= 1e-3 * PetscAbsReal(x)) snprintf(text, TEXT, "%.4g", (double)x);
  else snprintf(text, TEXT, "%.3g/%.3g", (double)x, (double)y);
  return text;
}

/* ---- panel ---- */

static void PrintPanel(FILE *out, PltProject project)
{
  static const char *const method[]   = {"mapped", "free", "of a file"};
  static const char *const symmetry[] = {"the whole of it is meshed", "x >= 0 is meshed",
                                         "y >= 0 is meshed", "x, y >= 0 is meshed"};
  char                     text[3][TEXT];

  fprintf(out, "%s\n\n", project->title && *project->title ? project->title : "(no title)");
  if (project->round) fprintf(out, "panel   round, %s", Length(project->size[0], text[0]));
  else
    fprintf(out, "panel   %s x %s", Length(project->size[0], text[0]),
            Length(project->size[1], text[1]));
  fprintf(out, "; %s\n", symmetry[project->symmetry]);
  fprintf(out, "mesh    %s, %s", method[project->mesh_method], Length(project->mesh_size, text[0]));
  if (project->mesh_dies > 0)
    fprintf(out, ", %s at die edges", Length(project->mesh_dies, text[1]));
  fprintf(out, "\ndies    %" PetscInt_FMT "\n", project->ndie);
}

/* ---- stack ---- */

/* E, nu and CTE in the plane, from stiffness and expansion, so that they hold for every law. */
static PetscErrorCode PrintElastic(FILE *out, PltMaterial material)
{
  const PetscReal step = 0.5; /* K; the tangent CTE is linear between table points */
  PetscReal       C[6][6], strain[6];
  PetscBool       good;
  const char     *key;
  PetscReal       range[2];
  char            E[TEXT], cte[TEXT];

  PetscFunctionBegin;
  if (!PltMaterialCovers(material, shown, &key, range)) {
    fprintf(out, "%12s %7s %12s\n", "-", "-", "-");
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltMaterialStiffness(material, shown, C));
  PetscCall(PltInvert6(C, &good));
  if (PltMaterialCovers(material, shown + step, &key, range))
    PetscCall(PltMaterialExpansion(material, shown, shown + step, strain));
  else PetscCall(PltMaterialExpansion(material, shown - step, shown, strain));
  fprintf(out, "%12s %7.3f %12s\n", Pair(1e-9 / C[PLT_11][PLT_11], 1e-9 / C[PLT_22][PLT_22], E),
          (double)(-C[PLT_11][PLT_22] / C[PLT_11][PLT_11]),
          Pair(1e6 * strain[PLT_11] / step, 1e6 * strain[PLT_22] / step, cte));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PrintPly(FILE *out, const PltPly *ply, PetscInt slab)
{
  const PltMaterial  part[] = {ply->material, ply->die_material};
  static const char *name[] = {"fill", "dies"};
  PetscBool          first  = PETSC_TRUE;
  char               text[TEXT];

  PetscFunctionBegin;
  for (int i = 0; i < 2; ++i) {
    if (!part[i]) continue;
    if (first)
      fprintf(out, "%-14.14s %10s %5" PetscInt_FMT "  ", ply->name, Length(ply->thickness, text),
              slab + 1);
    else fprintf(out, "%-14s %10s %5s  ", "", "", "");
    fprintf(out, "%-4s  %-14.14s", ply->die_material ? name[i] : "all", part[i]->name);
    PetscCall(PrintElastic(out, part[i]));
    first = PETSC_FALSE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode PrintStack(FILE *out, PltProject project, const PltSlabs *slabs)
{
  PetscFunctionBegin;
  fprintf(out, "\nSTACK, uppermost ply first (x/y where they differ)         at 25 degC:\n"
               "ply             thickness  slab  part  material             E GPa      nu"
               "    CTE ppm/K\n");
  for (PetscInt s = slabs->nslab - 1; s >= 0; --s)
    for (PetscInt p = slabs->first[s + 1] - 1; p >= slabs->first[s]; --p)
      PetscCall(PrintPly(out, &project->ply[p], s));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- slabs ---- */

static void PrintSlabs(FILE *out, PltProject project, const PltSlabs *slabs)
{
  char text[TEXT];

  fprintf(out, "\nSLABS, one element each through the thickness, uppermost first\n"
               "slab   thickness  kind    plies\n");
  for (PetscInt s = slabs->nslab - 1; s >= 0; --s) {
    const PetscInt lo = slabs->first[s], hi = slabs->first[s + 1];

    fprintf(out, "%4" PetscInt_FMT " %11s  %-6s ", s + 1, Length(slabs->z[hi] - slabs->z[lo], text),
            slabs->soft[s] ? "soft" : "");
    for (PetscInt p = lo; p < hi; ++p) fprintf(out, " %s", project->ply[p].name);
    fputc('\n', out);
  }
}

/* ---- process ---- */

/* One thing that happens in a step, set off from the one before; *count of them so far. */
static void Begin(FILE *out, int *count)
{
  fputs((*count)++ ? "; " : "", out);
}

static void PrintPieces(FILE *out, PltProject project, const char *word, PetscInt n,
                        const PltPiece piece[])
{
  static const char *const part[] = {
      [PLT_PART_ALL] = "", [PLT_PART_FILL] = "/fill", [PLT_PART_DIES] = "/dies"};

  fputs(word, out);
  for (PetscInt i = 0; i < n; ++i)
    fprintf(out, " %s%s", project->ply[piece[i].ply].name, part[piece[i].part]);
}

static void PrintTemperatures(FILE *out, const PltStep *step)
{
  char   text[4 * TEXT] = "as it was";
  size_t n              = 0;

  for (PetscInt i = 0; i < step->ntemperature && n < sizeof text - TEXT; ++i)
    n += (size_t)snprintf(text + n, TEXT, "%s%.4g", i ? " -> " : "",
                          (double)(step->temperature[i] - kelvin));
  fprintf(out, "%-18s  ", text);
}

static void PrintHandling(FILE *out, const PltStep *step, int *count)
{
  const char *const what[] = {step->flip ? "flip" : NULL,
                              step->hold == PLT_HOLD_FLAT ? "held flat" : NULL,
                              step->support == PLT_ON_TABLE ? "on a table" : NULL,
                              step->support == PLT_ON_EDGES ? "on its edges" : NULL,
                              step->support == PLT_ON_PINS ? "on pins" : NULL,
                              step->gravity == PLT_GRAVITY_DOWN ? "gravity down" : NULL,
                              step->gravity == PLT_GRAVITY_UP ? "gravity up" : NULL};

  for (size_t i = 0; i < sizeof what / sizeof *what; ++i) {
    if (!what[i]) continue;
    Begin(out, count);
    fputs(what[i], out);
  }
}

static void PrintStep(FILE *out, PltProject project, PetscInt index)
{
  const PltStep *step  = &project->step[index];
  int            count = 0;
  char           text[TEXT];

  fprintf(out, "%4" PetscInt_FMT "  %-18.18s  ", index, step->name);
  PrintTemperatures(out, step);
  PrintHandling(out, step, &count);
  if (step->nremove) {
    Begin(out, &count);
    PrintPieces(out, project, "remove", step->nremove, step->remove);
  }
  if (step->nadd) {
    Begin(out, &count);
    PrintPieces(out, project, "add", step->nadd, step->add);
    if (step->has_stress_free) fprintf(out, " at %.4g degC", (double)(step->stress_free - kelvin));
  }
  for (PetscInt i = 0; i < step->ngrind; ++i) {
    Begin(out, &count);
    fprintf(out, "grind %s to %s", project->ply[step->grind[i].ply].name,
            Length(step->grind[i].value, text));
  }
  for (PetscInt i = 0; i < step->nshrink; ++i) {
    Begin(out, &count);
    fprintf(out, "shrink %s by %.3g %%", project->ply[step->shrink[i].ply].name,
            (double)(100 * step->shrink[i].value));
  }
  fputc('\n', out);
}

static void PrintProcess(FILE *out, PltProject project)
{
  fprintf(out,
          "\nPROCESS, from %.4g degC\n"
          "step  name                temperature, degC   what happens\n",
          (double)(project->start_temperature - kelvin));
  for (PetscInt i = 0; i < project->nstep; ++i) PrintStep(out, project, i);
}

/* ---- size ---- */

/* Slabs that hold anything after each step, as counted by `live` [nply][2] (fill, dies). */
static PetscInt CountLive(const PltSlabs *slabs, const PetscBool (*live)[2])
{
  PetscInt n = 0;

  for (PetscInt s = 0; s < slabs->nslab; ++s) {
    PetscBool any = PETSC_FALSE;

    for (PetscInt p = slabs->first[s]; p < slabs->first[s + 1]; ++p)
      if (live[p][0] || live[p][1]) any = PETSC_TRUE;
    if (any) ++n;
  }
  return n;
}

/* Most slabs and most plies that are live at once, over the process. */
static PetscErrorCode CountMost(PltProject project, const PltSlabs *slabs, PetscInt most[2])
{
  PetscBool(*live)[2];

  PetscFunctionBegin;
  PetscCall(PetscCalloc1(project->nply, &live));
  most[0] = most[1] = 0;
  for (PetscInt i = 0; i < project->nstep; ++i) {
    const PltStep *step  = &project->step[i];
    PetscInt       plies = 0;

    for (PetscInt k = 0; k < step->nremove + step->nadd; ++k) {
      const PetscBool add   = k >= step->nremove ? PETSC_TRUE : PETSC_FALSE;
      const PltPiece *piece = add ? &step->add[k - step->nremove] : &step->remove[k];

      if (piece->part != PLT_PART_DIES) live[piece->ply][0] = add;
      if (piece->part != PLT_PART_FILL) live[piece->ply][1] = add;
    }
    for (PetscInt p = 0; p < project->nply; ++p) plies += live[p][0] || live[p][1];
    most[0] = PetscMax(most[0], CountLive(slabs, (const PetscBool(*)[2])live));
    most[1] = PetscMax(most[1], plies);
  }
  PetscCall(PetscFree(live));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The footprint is made to be counted: that finds what would go wrong with it, too. */
static PetscErrorCode PrintSize(FILE *out, PltProject project, const PltSlabs *slabs)
{
  PltFootprint footprint = {0};
  PetscInt     most[2]   = {0}, lines;

  PetscFunctionBegin;
  PetscCall(CountMost(project, slabs, most));
  PetscCall(PltFootprintCreate(project, &footprint));
  lines = footprint.nvert;
  fprintf(out, "\nSIZE to expect\n");
  fprintf(out, "columns  %" PetscInt_FMT "   on %" PetscInt_FMT " lines\n", footprint.nquad, lines);
  fprintf(out,
          "levels   %" PetscInt_FMT "   when most is there, %" PetscInt_FMT " of %" PetscInt_FMT
          " slabs\n",
          most[0] + 1, most[0], slabs->nslab);
  fprintf(out, "unknowns %" PetscInt_FMT "   (an element for every ply: %" PetscInt_FMT ")\n",
          3 * lines * (most[0] + 1), 3 * lines * (most[1] + 1));
  PetscCall(PltFootprintDestroy(&footprint));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- all of it ---- */

static PetscErrorCode Describe(FILE *out, PltProject project)
{
  PltSlabs slabs = {0};

  PetscFunctionBegin;
  PetscCall(PltSlabsCreate(project, &slabs));
  PrintPanel(out, project);
  PetscCall(PrintStack(out, project, &slabs));
  PrintSlabs(out, project, &slabs);
  PrintProcess(out, project);
  PetscCall(PrintSize(out, project, &slabs));
  PetscCall(PltSlabsDestroy(&slabs));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectDescribe(PltProject project, char **text)
{
  PetscErrorCode code;
  size_t         size;
  FILE          *out;

  PetscFunctionBegin;
  *text = NULL;
  PetscCall(PltProjectCheck(project));
  out = open_memstream(text, &size);
  PetscCheck(out, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "no memory for the description");
  code = Describe(out, project);
  if (fclose(out) && !code) code = PLT_ERR_INTERNAL;
  if (code) {
    free(*text);
    *text = NULL;
  }
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}
