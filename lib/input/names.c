/* SPDX-License-Identifier: BSD-2-Clause
   Names of plies, their parts and materials; where there is none, the nearest is offered. */
#include <stdio.h>
#include "input/node.h"

enum { TEXT_SIZE = 256 };

static PetscErrorCode ReportMaterial(PltReader *reader, const PltNode *node, const char *what)
{
  const PltProject project = reader->project;
  const char     **name;
  char             hint[TEXT_SIZE];

  PetscFunctionBegin;
  if (project->nmaterial == 0 && project->unread[PLT_SECTION_MATERIALS]) {
    reader->found++; /* all are missing, which was said */
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscMalloc1(project->nmaterial, &name));
  for (PetscInt i = 0; i < project->nmaterial; i++) name[i] = project->material[i]->name;
  PetscCall(PltReaderAdd(reader, node->mark, "%s: there is no material '%s'%s", what, node->text,
                         PltDidYouMean(node->text, name, project->nmaterial, sizeof hint, hint)));
  PetscCall(PetscFree(name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadMaterialName(PltReader *reader, const PltNode *node, const char *what,
                                   PetscInt *material, PetscBool *ok)
{
  const char *name;
  PetscInt    found;

  PetscFunctionBegin;
  PetscCall(PltNodeName(reader, node, what, &name, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  found = PltProjectFindMaterial(reader->project, name);
  *ok   = found >= 0 ? PETSC_TRUE : PETSC_FALSE;
  if (*ok) *material = found;
  else PetscCall(ReportMaterial(reader, node, what));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* `word` is the part of the text that should name a ply. A stack in which plies could not be read
   may well have had this one. */
static PetscErrorCode ReportPly(PltReader *reader, const PltNode *node, const char *word,
                                const char *what)
{
  const PltProject project = reader->project;
  const char     **name;
  char             hint[TEXT_SIZE];

  PetscFunctionBegin;
  if (project->nply == 0 && project->unread[PLT_SECTION_STACK]) {
    reader->found++; /* as above */
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscMalloc1(project->nply, &name));
  for (PetscInt i = 0; i < project->nply; i++) name[i] = project->ply[i].name;
  PetscCall(PltReaderAdd(reader, node->mark, "%s: there is no ply '%s'%s", what, word,
                         PltDidYouMean(word, name, project->nply, sizeof hint, hint)));
  PetscCall(PetscFree(name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadPlyName(PltReader *reader, const PltNode *node, const char *what,
                              PetscInt *ply, PetscBool *ok)
{
  const char *name;
  PetscInt    found;

  PetscFunctionBegin;
  PetscCall(PltNodeName(reader, node, what, &name, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  found = PltProjectFindPly(reader->project, name);
  *ok   = found >= 0 ? PETSC_TRUE : PETSC_FALSE;
  if (*ok) *ply = found;
  else PetscCall(ReportPly(reader, node, name, what));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltReadPiece(PltReader *reader, const PltNode *node, const char *what,
                            PltPiece *piece, PetscBool *ok)
{
  const char *text, *slash;
  PetscBool   part_known;
  char        word[TEXT_SIZE];

  PetscFunctionBegin;
  PetscCall(PltNodeName(reader, node, what, &text, ok));
  if (!*ok) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltPieceParse(reader->project, text, piece, &part_known));
  piece->mark = node->mark;
  *ok         = piece->ply >= 0 && part_known ? PETSC_TRUE : PETSC_FALSE;
  slash       = strchr(text, '/');
  snprintf(word, sizeof word, "%.*s", (int)(slash ? slash - text : (long)strlen(text)), text);
  if (piece->ply < 0) PetscCall(ReportPly(reader, node, word, what));
  else if (!part_known)
    PetscCall(PltReaderAdd(reader, node->mark,
                           "%s: '%s' of ply '%s' is unknown; its parts are '/dies' and '/fill'",
                           what, slash, word));
  PetscFunctionReturn(PETSC_SUCCESS);
}
