/* SPDX-License-Identifier: BSD-2-Clause
   platen mesh: the footprint mesh alone, its counts, and the mesh as a file. */
#include <getopt.h>
#include <stdio.h>
#include "cmd.h"

static const char help[] =
    "usage: platen mesh [-o FILE.msh] [--law FILE.so] RECIPE\n\n"
    "Mesh the footprint (the plan view) of a recipe and print how many quads, lines, slabs and\n"
    "unknowns it has, its area and its checksum. The checksum is the same whatever the number of\n"
    "ranks: two results with the same checksum are on the same mesh.\n\n"
    "  -o, --output FILE.msh   write the footprint in Gmsh format 4.1, one physical surface for\n"
    "                          the fill and one for each die; Gmsh and ParaView show it. Such a\n"
    "                          file, drawn or changed by hand, can be the mesh of a recipe:\n"
    "                          'mesh: {method: file, file: plan.msh}'\n"
    "  --law FILE.so           a shared object with laws of your own (platen_material.h); may be\n"
    "                          given again\n"
    "  -h, --help              this page\n\n"
    "exit codes: 0 done, 3 wrong recipe, 4 no acceptable mesh, 6 input or output\n\n"
    "example:  platen mesh panel.yaml -o plan.msh\n";

static int PrintSize(PltModel model, const char *output, double seconds)
{
  PltMeshSize size;
  int         ranks, code;

  code = PltModelGetMeshSize(model, &size);
  if (code || CmdRank() != 0) return code;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  printf("quads     %10ld\n", size.quads);
  printf("lines     %10ld\n", size.lines);
  printf("slabs     %10ld   of %ld plies\n", size.slabs, size.plies);
  printf("unknowns  %10ld   when every slab is live\n", 3 * size.lines * (size.slabs + 1));
  printf("area      %10.6g   mm2 meshed\n", size.area * 1e6);
  printf("checksum  %016llx\n", size.checksum);
  printf("time      %10.2f   s on %d rank%s\n", seconds, ranks, ranks > 1 ? "s" : "");
  if (output) printf("written   %s\n", output);
  return PLT_OK;
}

static int Mesh(const char *recipe, const char *output)
{
  PltProject   project = NULL;
  PltModel     model   = NULL;
  const double start   = MPI_Wtime();
  int          code;

  code = CmdReadRecipe(recipe, &project);
  if (!code) code = PltModelCreate(project, &model);
  if (!code && output) code = PltModelWriteFootprint(model, output);
  if (!code) code = PrintSize(model, output, MPI_Wtime() - start);
  if (!code) code = PltModelDestroy(&model);
  if (!code) code = PltProjectDestroy(&project);
  return code ? CmdFail(code) : CMD_EXIT_DONE;
}

static int Run(const PltCommand *command, int argc, char **argv)
{
  static const struct option options[] = {
      {"output", required_argument, NULL, 'o'}, {"law", required_argument, NULL, 'l'}, {0}};
  const char *recipe, *output = NULL;
  int         c, failed;

  opterr = 0;
  while ((c = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
    if (c == 'o') output = optarg;
    else if (c == 'l') {
      failed = CmdLoadLaw(optarg);
      if (failed) return failed;
    } else return CmdBadOption(command, c, argv);
  }
  recipe = CmdOperand(command, argc, argv, "recipe");
  return recipe ? Mesh(recipe, output) : CMD_EXIT_USAGE;
}

const PltCommand PltCommandMesh = {"mesh", "mesh the plan view, print its size, write it as .msh",
                                   help, 1, Run};
