/* SPDX-License-Identifier: BSD-2-Clause
   A path of a point of one material, from a file or from text in place: a map of temperature, time,
   strains, stresses. And the materials of a recipe alone, for those who follow such paths. */
#include "input/node.h"

/* PltPathSetStrain or PltPathSetStress. */
typedef int (*SetComponent)(PltPath path, const char *component, int n, const double *time,
                            const double *value);

/* A value, or a table over time: *time is NULL for the former. Both are freed by the caller. */
static PetscErrorCode ReadProgram(PltReader *reader, const PltNode *node, PltQuantity quantity,
                                  const char *what, PetscInt *n, PetscReal **time,
                                  PetscReal **value, PetscBool *ok)
{
  const PltQuantity pair[2] = {PLT_TIME, quantity};

  PetscFunctionBegin;
  *time = *value = NULL;
  if (node->kind != PLT_NODE_LIST) {
    *n = 1;
    PetscCall(PetscMalloc1(1, value));
    PetscCall(PltNodeReal(reader, node, quantity, what, *value, ok));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PltNodeTable(reader, node, pair, what, n, time, value, ok));
  if (!*ok || !((*time)[0] < 0 || (*time)[0] > 0)) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltReaderAdd(reader, node->child[0].mark,
                         "%s: the times count from the start of the path, the first is 0", what));
  *ok = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadTemperature(PltReader *reader, PltPath path, const PltNode *node)
{
  PetscReal *time, *T;
  PetscInt   n;
  PetscBool  ok;

  PetscFunctionBegin;
  path->temperature_mark = node->mark;
  PetscCall(ReadProgram(reader, node, PLT_TEMPERATURE, "temperature", &n, &time, &T, &ok));
  if (ok) PetscCall(PltPathSetTemperature(path, (int)n, time, T));
  PetscCall(PetscFree(time));
  PetscCall(PetscFree(T));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadComponents(PltReader *reader, PltPath path, const PltNode *map,
                                     PltQuantity quantity, const char *what, SetComponent set)
{
  const char *known[7] = {NULL};
  PetscBool   ok;

  PetscFunctionBegin;
  for (int c = 0; c < 6; c++) known[c] = PltComponent[c];
  PetscCall(PltNodeIs(reader, map, PLT_NODE_MAP, what, &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltNodeCheckKeys(reader, map, what, known, NULL));
  for (int c = 0; c < 6; c++) {
    const PltNode *node = PltNodeFind(map, known[c]);
    PetscReal     *time, *value;
    PetscInt       n;

    if (!node) continue;
    PetscCall(ReadProgram(reader, node, quantity, what, &n, &time, &value, &ok));
    if (ok) PetscCall(set(path, known[c], (int)n, time, value));
    PetscCall(PetscFree(time));
    PetscCall(PetscFree(value));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadTime(PltReader *reader, PltPath path, const PltNode *node)
{
  PetscReal time;
  PetscBool ok;

  PetscFunctionBegin;
  PetscCall(PltNodeReal(reader, node, PLT_TIME, "time", &time, &ok));
  if (ok && !(time > 0))
    PetscCall(PltReaderAdd(reader, node->mark, "time: it is '%s', must be positive", node->text));
  else if (ok) PetscCall(PltPathSetTime(path, time));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadIncrements(PltReader *reader, PltPath path, const PltNode *map)
{
  const PltNode *least_node    = PltNodeFind(map, "increments");
  const PltNode *accuracy_node = PltNodeFind(map, "accuracy");
  PetscInt       least         = path->test.least;
  PetscReal      accuracy      = path->test.accuracy;
  PetscBool      ok            = PETSC_TRUE, good;

  PetscFunctionBegin;
  if (least_node) {
    PetscCall(PltNodeInteger(reader, least_node, 1, "increments", &least, &ok));
    if (ok && least > 1000000) {
      PetscCall(PltReaderAdd(reader, least_node->mark, "increments: at most 1000000"));
      ok = PETSC_FALSE;
    }
  }
  if (accuracy_node) {
    PetscCall(PltNodeReal(reader, accuracy_node, PLT_NUMBER, "accuracy", &accuracy, &good));
    if (good && !(accuracy >= 1e-9 && accuracy <= 0.1)) {
      PetscCall(PltReaderAdd(reader, accuracy_node->mark,
                             "accuracy: it is '%s', must be between "
                             "1e-9 and 0.1",
                             accuracy_node->text));
      good = PETSC_FALSE;
    }
    if (!good) ok = PETSC_FALSE;
  }
  if (ok) PetscCall(PltPathSetIncrements(path, (int)least, accuracy));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadPath(PltReader *reader, PltPath path, const PltNode *map)
{
  static const char *const known[] = {"temperature", "time",       "strain",   "stress",
                                      "on",          "increments", "accuracy", NULL};
  const PltNode           *node;
  PetscInt                 substrate;
  PetscBool                ok;

  PetscFunctionBegin;
  PetscCall(PltNodeIs(reader, map, PLT_NODE_MAP, "a path", &ok));
  if (!ok) PetscFunctionReturn(PETSC_SUCCESS);
  path->mark = map->mark;
  PetscCall(PltNodeCheckKeys(reader, map, "a path", known, NULL));
  if ((node = PltNodeFind(map, "temperature"))) PetscCall(ReadTemperature(reader, path, node));
  else PetscCall(PltReaderAdd(reader, map->mark, "a path needs a temperature"));
  if ((node = PltNodeFind(map, "time"))) PetscCall(ReadTime(reader, path, node));
  if ((node = PltNodeFind(map, "strain")))
    PetscCall(ReadComponents(reader, path, node, PLT_STRAIN, "strain", PltPathSetStrain));
  if ((node = PltNodeFind(map, "stress")))
    PetscCall(ReadComponents(reader, path, node, PLT_PRESSURE, "stress", PltPathSetStress));
  if ((node = PltNodeFind(map, "on"))) {
    PetscCall(PltReadMaterialName(reader, node, "on", &substrate, &ok));
    if (ok) PetscCall(PltPathSetSubstrate(path, node->text));
  }
  PetscCall(ReadIncrements(reader, path, map));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* `name` is lent for the marks. */
static PetscErrorCode ReadText(PltReader *reader, PltPath path, const char *name, char *text,
                               size_t size)
{
  const PltMark  mark   = {name, 1, 1};
  const PetscInt before = reader->found;
  PltNode       *root   = NULL;
  PetscBool      ok;

  PetscFunctionBegin;
  PetscCall(PltFileCheckText(reader, name, text, &size, &ok));
  if (ok) PetscCall(PltYamlParse(reader, name, text, size, &root));
  if (root) PetscCall(ReadPath(reader, path, root));
  else if (reader->found == before) PetscCall(PltReaderAdd(reader, mark, "the path is empty"));
  if (reader->found == before) PetscCall(PltPathFindMistakes(path, reader->mistakes));
  PetscCall(PltYamlFree(&root));
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltPathRead(PltPath path, const char *text)
{
  const char    *blank  = text ? text + strspn(text, " \t\n") : NULL, *why, *kept;
  PltReader      reader = {0};
  char          *copy;
  size_t         size;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCheck(path && text, PETSC_COMM_SELF, PLT_ERR_USAGE, "a path and its text are needed");
  if (*blank == '{') {
    size = strlen(text);
    PetscCall(PetscStrallocpy(text, &copy));
  } else {
    PetscCall(PltFileRead(text, &copy, &size, &why));
    PetscCheck(copy, PETSC_COMM_SELF, PLT_ERR_IO, "cannot read '%s': %s", text, why);
  }
  PetscCall(PltProjectKeepFile(path->project, *blank == '{' ? "(path)" : text, &kept));
  reader.project = path->project;
  PetscCall(PltMistakesCreate(&reader.mistakes));
  failed = ReadText(&reader, path, kept, copy, size);
  if (!failed) failed = PltMistakesRaise(reader.mistakes);
  PetscCall(PltMistakesDestroy(&reader.mistakes));
  PetscCall(PetscFree(copy));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectReadMaterials(const char *file, PltProject *project)
{
  PltMistakes    mistakes;
  PetscErrorCode failed;

  PetscFunctionBegin;
  PetscCheck(project && file, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "materials need a file name and a place for the project");
  *project = NULL;
  PetscCall(PltProjectCreate(PETSC_COMM_SELF, project));
  PetscCall(PltMistakesCreate(&mistakes));
  failed = PltInputParseMaterials(file, *project, mistakes);
  if (!failed) failed = PltProjectFindMistakes(*project, mistakes);
  if (!failed) failed = PltMistakesRaise(mistakes);
  PetscCall(PltMistakesDestroy(&mistakes));
  if (failed) PetscCall(PltProjectDestroy(project));
  PetscCall(failed);
  PetscFunctionReturn(PETSC_SUCCESS);
}
