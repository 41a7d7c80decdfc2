/* SPDX-License-Identifier: BSD-2-Clause
   How the project is solved, what is kept of it and what it may not exceed: the blocks analysis,
   output and limits of a recipe. */
#include "panel/internal.h"

int PltProjectSetKinematics(PltProject project, PltKinematics kinematics)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(kinematics == PLT_SMALL || kinematics == PLT_LARGE, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there are no kinematics %d", (int)kinematics);
  project->kinematics = kinematics;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetIncrements(PltProject project, int most)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(most >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "the most increments of a step are %d, must not be negative", most);
  project->increments_max = most;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode NeedPart(double value, double least, const char *range, const char *what)
{
  PetscFunctionBegin;
  PetscCheck(value >= least && value <= 1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "%s is %.6g, must be between %s", what, value, range);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetAccuracy(PltProject project, double accuracy)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCall(NeedPart(accuracy, 1e-6, "1e-6 and 1", "the accuracy"));
  project->accuracy = accuracy;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetLongest(PltProject project, double part)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCall(NeedPart(part, 1e-4, "1e-4 and 1", "the longest increment"));
  project->longest = part;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetStability(PltProject project, int on)
{
  PetscFunctionBegin;
  NeedProject(project);
  project->stability = on ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetImperfection(PltProject project, double amplitude)
{
  PetscFunctionBegin;
  NeedProject(project);
  NeedFinite(amplitude, "the amplitude of the imperfection");
  project->imperfection = amplitude;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetBranches(PltProject project, int all)
{
  PetscFunctionBegin;
  NeedProject(project);
  project->branches_all = all ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetOutputIncrements(PltProject project, int every)
{
  PetscFunctionBegin;
  NeedProject(project);
  project->output_increments = every ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetLimits(PltProject project, double warpage, double die_shift)
{
  PetscFunctionBegin;
  NeedProject(project);
  PetscCheck(warpage >= 0 && die_shift >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "limits are %.6g mm and %.6g mm, must not be negative", warpage * 1e3,
             die_shift * 1e3);
  project->limit_warpage   = warpage;
  project->limit_die_shift = die_shift;
  PetscFunctionReturn(PETSC_SUCCESS);
}

int PltProjectSetOutput(PltProject project, const char *top, int stress)
{
  PetscFunctionBegin;
  NeedProject(project);
  project->output_top = top ? PltProjectFindPly(project, top) : -1;
  PetscCheck(!top || project->output_top >= 0, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is no ply '%s'", top);
  project->output_stress = stress ? PETSC_TRUE : PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}
