/* SPDX-License-Identifier: BSD-2-Clause
   Fuzzing of the recipe reader, for libFuzzer: whatever the text, it is a project or a list of
   mistakes; and a project without mistakes is written, read back and written the same.
   tests/fuzz/run builds and runs it. Files a recipe names are looked for in the present folder. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "input/input.h"

/* End at what must not happen, so that libFuzzer keeps the input. */
#define Must(cond)                                                                                 \
  do {                                                                                             \
    if (cond) break;                                                                               \
    fprintf(stderr, "%s:%d: not so: %s\n%s\n", __FILE__, __LINE__, #cond, PltGetErrorMessage());   \
    abort();                                                                                       \
  } while (0)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
  (void)argc;
  (void)argv;
  Must(!PltInitialize(NULL, NULL));
  return 0;
}

/* The code of the report: 0 or PLT_ERR_RECIPE. */
static int Parse(const char *text, PltProject *project)
{
  PltMistakes mistakes;
  int         code;

  Must(!PltProjectCreate(PETSC_COMM_SELF, project));
  Must(!PltMistakesCreate(&mistakes));
  Must(!PltInputParse("recipe.yaml", text, *project, mistakes));
  Must(!PltInputLoadMaps(*project, mistakes));
  Must(!PltProjectFindMistakes(*project, mistakes));
  code = PltMistakesRaise(mistakes);
  Must(code == 0 || code == PLT_ERR_RECIPE);
  Must(code == 0 || *PltGetErrorMessage());
  Must(!PltMistakesDestroy(&mistakes));
  return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  char      *text = malloc(size + 1), *plain, *again;
  PltProject project, copy;

  Must(text);
  if (size) memcpy(text, data, size);
  text[size] = 0;
  if (Parse(text, &project) == 0) {
    Must(!PltInputFormat(project, &plain));
    Must(Parse(plain, &copy) == 0);
    Must(!PltInputFormat(copy, &again));
    Must(!strcmp(plain, again));
    Must(!PetscFree(plain));
    Must(!PetscFree(again));
    Must(!PltProjectDestroy(&copy));
  }
  Must(!PltProjectDestroy(&project));
  free(text);
  return 0;
}
