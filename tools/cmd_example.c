/* SPDX-License-Identifier: BSD-2-Clause
   platen example: list the sample recipes, print one, or copy one with the files it names. Needs
   neither MPI nor PETSc. */
#include <errno.h>
#include <getopt.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cmd.h"

#ifndef PLT_MESHES_DIR
#define PLT_MESHES_DIR "/usr/local/share/platen/meshes"
#endif

static const char help[] =
    "usage: platen example                  list the sample recipes\n"
    "       platen example NAME             print one\n"
    "       platen example NAME -o FOLDER   copy it there, with the files it needs\n\n"
    "Every sample is a lesson: read its comments, run it, change it. A first one is 'bilayer'.\n\n"
    "  -o, --output FOLDER   copy the recipe and the files it names (materials, die list); the\n"
    "                        folder is made if need be, a file that is there already is kept\n"
    "  -h, --help            this page\n\n"
    "exit codes: 0 done, 2 there is no such sample, 6 input or output\n\n"
    "example:  platen example bilayer -o . && platen run bilayer.yaml\n";

enum { PATH_SIZE = 4096, LINE_SIZE = 1024 };

/* dir/name; 0 if that is too long for a path. */
static int Join(char path[PATH_SIZE], const char *dir, const char *name, const char *ending)
{
  const int n = snprintf(path, PATH_SIZE, "%s/%s%s", dir, name, ending);

  return n > 0 && n < PATH_SIZE;
}

static int HasSamples(const char *dir)
{
  char name[PATH_SIZE];

  return Join(name, dir, "bilayer", ".yaml") && !access(name, R_OK);
}

/* The samples the environment names; else those that belong to this executable, in an installation
   that may have been moved or in a source tree; else where they were to be installed. /proc is
   Linux's; elsewhere the last one serves. */
static int FindSamples(char dir[PATH_SIZE])
{
  static const char *const near[] = {"../share/platen/meshes", "../meshes", "../../meshes"};
  const char              *given  = getenv("PLATEN_MESHES");
  char                     self[PATH_SIZE];
  ssize_t                  n = readlink("/proc/self/exe", self, sizeof self - 1);

  if (given) {
    snprintf(dir, PATH_SIZE, "%s", given);
    return HasSamples(dir);
  }
  if (n > 0) {
    self[n]             = '\0';
    *strrchr(self, '/') = '\0';
    for (int i = 0; i < 3; ++i)
      if (Join(dir, self, near[i], "") && HasSamples(dir)) return 1;
  }
  snprintf(dir, PATH_SIZE, "%s", PLT_MESHES_DIR);
  return HasSamples(dir);
}

/* The value of "key: value" if the line, comments left out, has one that is a plain word. */
static int FindValue(const char *line, const char *key, char value[LINE_SIZE])
{
  const char  *hash  = strchr(line, '#');
  const char  *found = strstr(line, key);
  const size_t n     = strlen(key);

  if (!found || (hash && hash < found)) return 0;
  if (found > line && found[-1] != ' ' && found[-1] != '{') return 0;
  found += n + strspn(found + n, " \"'");
  snprintf(value, LINE_SIZE, "%.*s", (int)strcspn(found, " ,}\"'\n"), found);
  return *value != '\0';
}

static int CopyFile(const char *from, const char *to)
{
  FILE  *in = NULL, *out = NULL;
  char   block[8192];
  size_t n;
  int    good;

  if (!access(to, F_OK)) {
    fprintf(stderr, "kept      %s (it was there already)\n", to);
    return CMD_EXIT_DONE;
  }
  in   = fopen(from, "r");
  out  = in ? fopen(to, "w") : NULL;
  good = in && out;
  while (good && (n = fread(block, 1, sizeof block, in)) > 0) good = fwrite(block, 1, n, out) == n;
  if (in && ferror(in)) good = 0;
  if (in) fclose(in);
  if (out && fclose(out)) good = 0;
  if (good) printf("written   %s\n", to);
  else fprintf(stderr, "platen example: cannot copy %s to %s: %s\n", from, to, strerror(errno));
  return good ? CMD_EXIT_DONE : CMD_EXIT_IO;
}

/* Copy one file of the samples. */
static int CopySample(const char *dir, const char *name, const char *folder)
{
  char from[PATH_SIZE], to[PATH_SIZE];

  if (Join(from, dir, name, "") && Join(to, folder, name, "")) return CopyFile(from, to);
  fprintf(stderr, "platen example: %s/%s is too long a name\n", folder, name);
  return CMD_EXIT_IO;
}

/* Copy or, folder NULL, print the recipe; with it go the files its lines name. */
static int HandSample(const char *dir, const char *name, const char *folder)
{
  static const char *const key[] = {"include:", "file:"};
  char                     path[PATH_SIZE], line[LINE_SIZE], value[LINE_SIZE];
  FILE                    *in;
  int                      out = CMD_EXIT_DONE, needs = 0;

  in = Join(path, dir, name, ".yaml") ? fopen(path, "r") : NULL;
  if (!in) {
    fprintf(stderr, "platen example: cannot read %s: %s\n", path, strerror(errno));
    return CMD_EXIT_IO;
  }
  if (folder) out = CopySample(dir, strrchr(path, '/') + 1, folder);
  while (out == CMD_EXIT_DONE && fgets(line, sizeof line, in)) {
    if (!folder) fputs(line, stdout);
    for (int i = 0; i < 2; ++i) {
      if (!FindValue(line, key[i], value)) continue;
      needs = 1;
      if (folder) out = CopySample(dir, value, folder);
    }
  }
  fclose(in);
  if (needs && !folder)
    fprintf(stderr, "\nIt names other files: 'platen example %s -o FOLDER' copies them all.\n",
            name);
  return out;
}

/* A sample is a recipe: a file that starts with a format version. materials.yaml is none. */
static int IsRecipe(const char *path, char title[LINE_SIZE])
{
  char  line[LINE_SIZE], version[LINE_SIZE];
  FILE *in = fopen(path, "r");
  int   is = 0;

  *title = '\0';
  while (in && !(is && *title) && fgets(line, sizeof line, in)) {
    if (FindValue(line, "platen:", version)) is = 1;
    if (!strncmp(line, "title: ", 7)) {
      const char *text = line + 7 + strspn(line + 7, "\"");

      snprintf(title, LINE_SIZE, "%.*s", (int)strcspn(text, "\"\n"), text);
    }
  }
  if (in) fclose(in);
  return is;
}

/* The names of all samples, with their titles if asked. */
static void ListSamples(FILE *out, const char *dir, int titles)
{
  char   pattern[PATH_SIZE], title[LINE_SIZE];
  glob_t found = {0};

  if (Join(pattern, dir, "*", ".yaml") && !glob(pattern, 0, NULL, &found)) {
    for (size_t i = 0; i < found.gl_pathc; ++i) {
      const char *name = strrchr(found.gl_pathv[i], '/') + 1;
      const int   n    = (int)strlen(name) - (int)strlen(".yaml");

      if (!IsRecipe(found.gl_pathv[i], title)) continue;
      if (titles) fprintf(out, "%-12.*s %s\n", n, name, title);
      else fprintf(out, " %.*s", n, name);
    }
  }
  globfree(&found);
}

static int Hand(const PltCommand *command, const char *dir, const char *name, const char *folder)
{
  char path[PATH_SIZE], title[LINE_SIZE];

  if (strchr(name, '/') || !Join(path, dir, name, ".yaml") || !IsRecipe(path, title)) {
    fprintf(stderr, "platen %s: there is no sample '%s'; there are", command->name, name);
    ListSamples(stderr, dir, 0);
    fputc('\n', stderr);
    return CMD_EXIT_USAGE;
  }
  if (folder && mkdir(folder, 0777) && errno != EEXIST) {
    fprintf(stderr, "platen %s: cannot make the folder %s: %s\n", command->name, folder,
            strerror(errno));
    return CMD_EXIT_IO;
  }
  return HandSample(dir, name, folder);
}

static int Run(const PltCommand *command, int argc, char **argv)
{
  static const struct option options[] = {{"output", required_argument, NULL, 'o'}, {0}};
  char                       dir[PATH_SIZE];
  const char                *folder = NULL, *name;
  int                        c;

  opterr = 0;
  while ((c = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
    if (c != 'o') return CmdBadOption(command, c, argv);
    folder = optarg;
  }
  if (!FindSamples(dir)) {
    fprintf(stderr, "platen example: there are no samples in %s\n", dir);
    return CMD_EXIT_IO;
  }
  if (optind == argc && !folder) {
    ListSamples(stdout, dir, 1);
    return CMD_EXIT_DONE;
  }
  name = CmdOperand(command, argc, argv, "sample");
  return name ? Hand(command, dir, name, folder) : CMD_EXIT_USAGE;
}

const PltCommand PltCommandExample = {"example", "list, print or copy the sample recipes", help, 0,
                                      Run};
