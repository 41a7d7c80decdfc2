/* SPDX-License-Identifier: BSD-2-Clause
   platen material: one point of a material on a path of temperature, strains and stresses, so that
   a law can be held against a data sheet before any panel is run. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cmd.h"

static const char help[] =
    "usage: platen material RECIPE NAME --path PATH [-o BASE] [--quiet]\n"
    "       platen material --import FILE --units UNITS\n\n"
    "Follow one point of a material through temperatures, strains and stresses, to hold its law\n"
    "against a data sheet before any panel is run. RECIPE is a recipe, of which only the "
    "materials\n"
    "are read, or a file of materials. PATH is a file, or the text itself if it begins with "
    "'{':\n\n"
    "  temperature: 25 degC, or a program: [[0 s, 25 degC], [10 min, 180 degC], [1 h, 180 degC]]\n"
    "               The point is born free of stress at the first one.\n"
    "  strain:      {xx: 0 %, xy: [[0 s, 0 %], [1 s, 1 %]]}   since birth, what is thermal "
    "included\n"
    "  stress:      {xx: 10 MPa}   likewise; xx yy zz xy yz xz\n"
    "  on: NAME     a thin film on a thick substrate of that material\n"
    "  time: 2 h    the end; left out, that of the longest program\n"
    "  increments: 50, accuracy: 1e-4   the least from one point of a program to the next; the\n"
    "               error of one, to which they adapt if the law has a memory\n\n"
    "A component with neither strain nor stress is free of stress; a value at 0 s acts at once. "
    "So\n\n"
    "  free expansion, cure shrinkage   {temperature: [[0 s, 25 degC], [1 h, 180 degC]]}\n"
    "  clamped on all sides             {.., strain: {xx: 0 %, yy: 0 %, zz: 0 %}}\n"
    "  film on silicon                  {.., on: silicon}\n"
    "  tension, 0.1 % a second          {.., strain: {xx: [[0 s, 0 %], [10 s, 1 %]]}}\n"
    "  shear                            {.., strain: {xy: [[0 s, 0 %], [10 s, 1 %]]}}\n"
    "  relaxation                       {.., strain: {xx: 1 %}, time: 1 h}\n"
    "  creep                            {.., stress: {xx: 10 MPa}, time: 1 h}\n\n"
    "A line is printed for each point of the programs (strain in %, stress in MPa), BASE.csv has\n"
    "all increments (SI units), BASE.png and BASE.svg draw them.\n\n"
    "--import prints the materials of an Abaqus or Ansys input file as blocks of a recipe; such a\n"
    "file has no units: say them, as in --units 'MPa, degC, s, tonne/mm3'.\n\n"
    "  --path PATH         what is done to the point\n"
    "  -o, --output BASE   name of the files (default: NAME, in the current folder)\n"
    "  -q, --quiet         print nothing but failures\n"
    "  -h, --help          this page\n\n"
    "exit codes: 0 done, 2 no such material, 3 a mistake in the materials or in the path, 5 the "
    "law\n"
    "has no answer (what came before is kept), 6 input or output\n\n"
    "example:  platen material panel.yaml mold -o mold-free \\\n"
    "            --path '{temperature: [[0 s, 25 degC], [30 min, 180 degC]]}'\n";

enum { COLUMNS = 32 };

typedef struct {
  const char *recipe, *material, *path, *base, *import, *units;
  int         quiet;
} Options;

/* A column of the table: which number it is of, by its place in PltPathPoint, and its unit. */
typedef struct {
  char   name[32];
  char   what; /* 'e' strain, 's' stress, 'v' what the law tells of */
  int    i;
  double per_unit, from;
} Column;

static double Number(const PltPathPoint *point, const Column *column)
{
  const double value = column->what == 'e'   ? point->strain[column->i]
                       : column->what == 's' ? point->stress[column->i]
                                             : point->value[column->i].value;

  return (value - column->from) * column->per_unit;
}

static void AddColumn(Column *column, int *n, Column add, const char *name)
{
  if (*n == COLUMNS) return;
  snprintf(add.name, sizeof add.name, "%s", name);
  column[(*n)++] = add;
}

static void AddValue(Column *column, int *n, const PltPathValue *value, int i)
{
  Column add = {.what = 'v', .i = i, .per_unit = 1};
  char   name[32];

  if (!strcmp(value->unit, "K")) add.from = 273.15;
  if (!strcmp(value->unit, "Pa")) add.per_unit = 1e-6;
  if (!strcmp(value->unit, "m/m")) add.per_unit = 100;
  snprintf(name, sizeof name, "%s%s", value->name,
           !strcmp(value->unit, "K")     ? " degC"
           : !strcmp(value->unit, "Pa")  ? " MPa"
           : !strcmp(value->unit, "m/m") ? " %"
                                         : "");
  AddColumn(column, n, add, name);
}

/* Components that are zero all the way are left out. */
static int FindColumns(PltPath path, int npoint, Column *column, int *n)
{
  static const char *const name[6]    = {"xx", "yy", "zz", "xy", "yz", "xz"};
  double                   most[2][6] = {{0}};
  PltPathPoint             point      = {0};
  int                      code       = PLT_OK;

  for (int k = 0; k < npoint && !code; k++) {
    code = PltPathGetPoint(path, k, &point);
    for (int c = 0; c < 6; c++) {
      most[0][c] = fmax(most[0][c], fabs(point.strain[c]));
      most[1][c] = fmax(most[1][c], fabs(point.stress[c]));
    }
  }
  *n = 0;
  for (int k = 0; k < 2; k++)
    for (int c = 0; c < 6; c++) {
      const Column add = {.what = k ? 's' : 'e', .i = c, .per_unit = k ? 1e-6 : 100};
      char         heading[16];

      if (most[k][c] < (k ? 1 : 1e-10)) continue;
      snprintf(heading, sizeof heading, "%s %s", name[c], k ? "MPa" : "%");
      AddColumn(column, n, add, heading);
    }
  for (int i = 0; i < point.nvalue; i++) AddValue(column, n, &point.value[i], i);
  return code;
}

static int PrintTable(PltPath path)
{
  Column       column[COLUMNS];
  PltPathPoint point;
  int          npoint, n, code;

  code = PltPathCountPoints(path, &npoint);
  if (!code) code = FindColumns(path, npoint, column, &n);
  if (code) return code;
  printf("%12s %8s", "time s", "degC");
  for (int i = 0; i < n; i++) printf(" %14s", column[i].name);
  printf("\n");
  for (int k = 0; k < npoint; k++) {
    code = PltPathGetPoint(path, k, &point);
    if (code) return code;
    if (!point.corner) continue;
    printf("%12.6g %8.2f", point.time, point.temperature - 273.15);
    for (int i = 0; i < n; i++) printf(" %14.7g", Number(&point, &column[i]));
    printf("\n");
  }
  return PLT_OK;
}

/* Where the law has no answer, what came before is written. */
static int Follow(const Options *options)
{
  PltProject project = NULL;
  PltPath    path    = NULL;
  int        code, failed = PLT_OK;

  code = PltProjectReadMaterials(options->recipe, &project);
  if (!code) code = PltPathCreate(project, options->material, &path);
  if (!code) code = PltPathRead(path, options->path);
  if (!code) code = PltPathRun(path);
  if (code == PLT_ERR_CONVERGENCE) {
    failed = CmdFail(code);
    code   = PLT_OK;
  }
  if (code) return CmdFail(code);
  CmdMakeFolders(options->base);
  code = PltPathWrite(path, options->base);
  if (!code && !options->quiet) code = PrintTable(path);
  if (!code) code = PltPathDestroy(&path);
  if (!code) code = PltProjectDestroy(&project);
  return code ? CmdFail(code) : failed;
}

static int Import(const Options *options)
{
  char *text = NULL;
  int   code = PltMaterialImport(options->import, options->units, &text);

  if (code) return CmdFail(code);
  fputs(text, stdout);
  free(text);
  return CMD_EXIT_DONE;
}

/* One point is work for one rank. */
static int OnFirst(int (*work)(const Options *options), const Options *options)
{
  int out = CMD_EXIT_DONE;

  if (CmdRank() == 0) out = work(options);
  MPI_Bcast(&out, 1, MPI_INT, 0, MPI_COMM_WORLD);
  return out;
}

static int Run(const PltCommand *command, int argc, char **argv)
{
  static const struct option list[] = {
      {"path", required_argument, NULL, 'p'},   {"output", required_argument, NULL, 'o'},
      {"import", required_argument, NULL, 'i'}, {"units", required_argument, NULL, 'u'},
      {"quiet", no_argument, NULL, 'q'},        {0}};
  Options options = {0};
  char    name[256];
  int     c;

  opterr = 0;
  while ((c = getopt_long(argc, argv, ":o:q", list, NULL)) != -1) {
    if (c == 'p') options.path = optarg;
    else if (c == 'o') options.base = optarg;
    else if (c == 'i') options.import = optarg;
    else if (c == 'u') options.units = optarg;
    else if (c == 'q') options.quiet = 1;
    else return CmdBadOption(command, c, argv);
  }
  if (options.import && (!options.units || argc > optind))
    return CmdUsage(command, "--import takes a file, --units 'MPa, degC, s' and nothing else");
  if (options.import) return OnFirst(Import, &options);
  if (argc - optind < 2) return CmdUsage(command, "a recipe and the name of a material are needed");
  if (argc - optind > 2)
    return CmdUsage(command, "one material at a time; '%s' is one too many", argv[optind + 2]);
  options.recipe   = argv[optind];
  options.material = argv[optind + 1];
  if (!options.path) return CmdUsage(command, "what is done to the point? Give --path");
  if (options.base && !*options.base) return CmdUsage(command, "'' is no name for files");
  snprintf(name, sizeof name, "%s", options.material);
  for (char *s = name; *s; s++)
    if (*s == '/') *s = '-';
  if (!options.base) options.base = name;
  return OnFirst(Follow, &options);
}

const PltCommand PltCommandMaterial = {
    "material", "one point of a material: stress and strain on a path", help, 1, Run};
