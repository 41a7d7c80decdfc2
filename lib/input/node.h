/* SPDX-License-Identifier: BSD-2-Clause
   What the files of this room share: a YAML document as a tree that knows where each part of it
   stands, and the reader that walks the tree and collects mistakes. */
#ifndef PLT_INPUT_NODE_H
#define PLT_INPUT_NODE_H
#include <stdio.h>
#include "input/input.h"

typedef enum { PLT_NODE_TEXT, PLT_NODE_LIST, PLT_NODE_MAP } PltNodeKind;

typedef struct PltNode_ PltNode;
struct PltNode_ {
  PltNodeKind kind;
  PetscBool   quoted; /* text in quotes */
  PltMark     mark;
  char       *text;  /* owned; NULL unless PLT_NODE_TEXT */
  PetscInt    n;     /* items of a list; twice the entries of a map */
  PltNode    *child; /* owned; of a map: key, value, key, value ... */
};

/* Beyond so many mistakes nobody reads on, and a file of the wrong kind has millions. */
enum { PLT_MISTAKES_MAX = 500 };

typedef struct {
  PltProject  project;
  PltMistakes mistakes;
  PetscInt    found;    /* mistakes so far, kept or not */
  const char *folder;   /* of the recipe, lent; "" is the present one */
  PetscInt    ninclude; /* files of materials read so far */
  PetscInt    depth;    /* of those, how many are open */
  char       *open[8];  /* their names */
} PltReader;

/* Record a mistake at a mark. */
#define PltReaderAdd(reader, mark, ...)                                                            \
  (++(reader)->found > PLT_MISTAKES_MAX ? PETSC_SUCCESS                                            \
                                        : PltMistakesAdd((reader)->mistakes, mark, __VA_ARGS__))

/* ---- file.c ---- */
/* The whole of a text file, ended by a zero that *size does not count. Fails with *why set (NULL if
   it went well): nothing there, a folder, too large, ... */
PLT_INTERN PetscErrorCode PltFileRead(const char *name, char **text, size_t *size,
                                      const char **why);
/* Is it text: UTF-8 without control characters? A mistake is added where it is not. `text` loses
   its byte order mark. */
PLT_INTERN PetscErrorCode PltFileCheckText(PltReader *reader, const char *file, char *text,
                                           size_t *size, PetscBool *ok);
/* `name` beside the recipe, unless it is absolute; freed by the caller. */
PLT_INTERN PetscErrorCode PltFileBeside(const char *folder, const char *name, char **path);
/* Folder of a file with its slash, "" if it has none; freed by the caller. */
PLT_INTERN PetscErrorCode PltFileFolder(const char *file, char **folder);
/* The absolute name; a copy of `name` if there is no such file. */
PLT_INTERN PetscErrorCode PltFileAbsolute(const char *name, char **absolute);

/* ---- yaml.c ---- */
/* Text to tree; `file` is lent for the marks. *root is NULL after a mistake of syntax (which is
   added), and if there is nothing in the file. */
PLT_INTERN PetscErrorCode PltYamlParse(PltReader *reader, const char *file, const char *text,
                                       size_t size, PltNode **root);
PLT_INTERN PetscErrorCode PltYamlFree(PltNode **root);

/* ---- node.c: the questions a reader asks a node. `what` names it in messages. Where the answer is
   no, a mistake is added, *ok is PETSC_FALSE and the result is left alone. ---- */
PLT_INTERN const PltNode *PltNodeFind(const PltNode *map, const char *key); /* NULL if absent */
PLT_INTERN PetscErrorCode PltNodeIs(PltReader *reader, const PltNode *node, PltNodeKind kind,
                                    const char *what, PetscBool *ok);
/* Each key of a map is one of `known`, or of `later` (may be NULL): those are reported as not yet
   supported. Both end with NULL. */
PLT_INTERN PetscErrorCode PltNodeCheckKeys(PltReader *reader, const PltNode *map, const char *what,
                                           const char *const known[], const char *const later[]);
PLT_INTERN PetscErrorCode PltNodeReal(PltReader *reader, const PltNode *node, PltQuantity quantity,
                                      const char *what, PetscReal *value, PetscBool *ok);
/* A list of exactly n numbers. */
PLT_INTERN PetscErrorCode PltNodeReals(PltReader *reader, const PltNode *node, PltQuantity quantity,
                                       PetscInt n, const char *what, PetscReal value[],
                                       PetscBool *ok);
/* A table [[x, y], ...] of two rows or more, x ascending; x and y are freed by the caller. */
PLT_INTERN PetscErrorCode PltNodeTable(PltReader *reader, const PltNode *node,
                                       const PltQuantity quantity[2], const char *what, PetscInt *n,
                                       PetscReal **x, PetscReal **y, PetscBool *ok);
PLT_INTERN PetscErrorCode PltNodeInteger(PltReader *reader, const PltNode *node, PetscInt least,
                                         const char *what, PetscInt *value, PetscBool *ok);
/* One of n words, by number. */
PLT_INTERN PetscErrorCode PltNodeChoice(PltReader *reader, const PltNode *node,
                                        const char *const word[], PetscInt n, const char *what,
                                        PetscInt *choice, PetscBool *ok);
PLT_INTERN PetscErrorCode PltNodeSwitch(PltReader *reader, const PltNode *node, const char *what,
                                        PetscBool *on, PetscBool *ok);
/* A text that may name something; lent. */
PLT_INTERN PetscErrorCode PltNodeName(PltReader *reader, const PltNode *node, const char *what,
                                      const char **name, PetscBool *ok);
/* "; did you mean 'x'?" or "" in `text`. */
PLT_INTERN const char *PltDidYouMean(const char *word, const char *const candidate[], PetscInt n,
                                     size_t size, char text[]);

/* ---- names.c: names of what the project holds, with the nearest where there is none ---- */
PLT_INTERN PetscErrorCode PltReadMaterialName(PltReader *reader, const PltNode *node,
                                              const char *what, PetscInt *material, PetscBool *ok);
PLT_INTERN PetscErrorCode PltReadPlyName(PltReader *reader, const PltNode *node, const char *what,
                                         PetscInt *ply, PetscBool *ok);
PLT_INTERN PetscErrorCode PltReadPiece(PltReader *reader, const PltNode *node, const char *what,
                                       PltPiece *piece, PetscBool *ok);

/* ---- write_recipe.c: pieces of a recipe; a key is written as "key: " ---- */
typedef struct { /* text that is written to memory */
  FILE  *out;
  char  *made;
  size_t size;
} PltPut;
PLT_INTERN PetscErrorCode PltPutBegin(PltPut *put);
/* Free the text with PetscFree. */
PLT_INTERN PetscErrorCode PltPutEnd(PltPut *put, char **text);
PLT_INTERN PetscErrorCode PltPutNumber(FILE *out, PetscReal value, PltQuantity quantity);
PLT_INTERN PetscErrorCode PltPutKey(FILE *out, const char *key, PetscReal value,
                                    PltQuantity quantity);
/* "key[a, b]" */
PLT_INTERN PetscErrorCode PltPutPair(FILE *out, const char *key, PetscReal a, PetscReal b,
                                     PltQuantity quantity_a, PltQuantity quantity_b);
PLT_INTERN void           PltPutText(FILE *out, const char *text);
PLT_INTERN void           PltPutTextKey(FILE *out, const char *key, const char *text);
PLT_INTERN PetscErrorCode PltPutMaterial(FILE *out, PltProject project, PltMaterial material);
PLT_INTERN PetscErrorCode PltPutPly(FILE *out, const PltPly *ply);
PLT_INTERN PetscErrorCode PltPutDies(FILE *out, PltProject project);
/* ---- write_process.c ---- */
PLT_INTERN PetscErrorCode PltPutStep(FILE *out, PltProject project, const PltStep *step);

/* ---- sections of the recipe ---- */
PLT_INTERN PetscErrorCode PltReadPanel(PltReader *reader, const PltNode *node);
PLT_INTERN PetscErrorCode PltReadMaterials(PltReader *reader, const PltNode *node);
/* A material whose law has a table of properties; keys of laws that are on their way. */
PLT_INTERN PetscErrorCode           PltReadLaw(PltReader *reader, const char *name, PltMark mark,
                                               const char *law, const PltNode *map);
extern PLT_INTERN const char *const PltLaterKey[];
/* A material given in place. */
PLT_INTERN PetscErrorCode PltReadMaterial(PltReader *reader, const char *name, PltMark mark,
                                          const PltNode *node, PetscBool *deferred);
/* One of the law traces; `later` as in PltNodeCheckKeys. */
PLT_INTERN PetscErrorCode PltReadTraces(PltReader *reader, const char *name, PltMark mark,
                                        const PltNode *map, const char *const later[]);
PLT_INTERN PetscErrorCode PltReadStack(PltReader *reader, const PltNode *node);
PLT_INTERN PetscErrorCode PltReadDies(PltReader *reader, const PltNode *node);
PLT_INTERN PetscErrorCode PltReadDieFile(PltReader *reader, const PltNode *file, PetscInt ply);
PLT_INTERN PetscErrorCode PltReadProcess(PltReader *reader, const PltNode *node);
PLT_INTERN PetscErrorCode PltReadAnalysis(PltReader *reader, const PltNode *node);
PLT_INTERN PetscErrorCode PltReadOutput(PltReader *reader, const PltNode *node);
PLT_INTERN PetscErrorCode PltReadLimits(PltReader *reader, const PltNode *node);
#endif
