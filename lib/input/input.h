/* SPDX-License-Identifier: BSD-2-Clause
   YAML (libfyaml) <-> project. Every message carries file:line:column. */
#ifndef PLT_INPUT_H
#define PLT_INPUT_H
#include "panel/panel.h"

/* Parse a recipe into an empty project. `text` NULL reads the file (PLT_ERR_IO if it cannot be
   read); else the text is parsed under the file's name, or under none if `file` is NULL. Files it
   names are found beside `file`. All mistakes of reading go to the list, and the blocks they are in
   are marked as unread; PltProjectFindMistakes then adds those of the whole. Not collective. */
PLT_INTERN PetscErrorCode PltInputParse(const char *file, const char *text, PltProject project,
                                        PltMistakes mistakes);
/* The same for the block materials of a recipe alone, or a file of materials; the other blocks
   count as unread. */
PLT_INTERN PetscErrorCode PltInputParseMaterials(const char *file, PltProject project,
                                                 PltMistakes mistakes);
/* Read the files of maps of metal into the project (PltMap), which PltInputParse leaves to be done.
   Mistakes go to the list. Not collective. */
PLT_INTERN PetscErrorCode PltInputLoadMaps(PltProject project, PltMistakes mistakes);
/* From rank 0, which has loaded them, to all. Collective. */
PLT_INTERN PetscErrorCode PltInputSpreadMaps(PltProject project);
/* Load and spread what is not there yet: of projects made by calls. Collective. */
PLT_INTERN PetscErrorCode PltInputNeedMaps(PltProject project);
/* The project as a recipe (SI, every number exact); free with PetscFree. Not collective. */
PLT_INTERN PetscErrorCode PltInputFormat(PltProject project, char **text);
/* Parts of it, to see if they have changed: what the panel is (size, symmetry, kinematics, dies); a
   ply with its materials; a step. As above. */
PLT_INTERN PetscErrorCode PltInputFormatPanel(PltProject project, char **text);
PLT_INTERN PetscErrorCode PltInputFormatPly(PltProject project, PetscInt ply, char **text);
PLT_INTERN PetscErrorCode PltInputFormatStep(PltProject project, PetscInt step, char **text);
#endif
