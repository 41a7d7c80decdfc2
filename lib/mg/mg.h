/* SPDX-License-Identifier: BSD-2-Clause
   Column multigrid: a preconditioner for panels, which are wide, thin and stiff across some layers
   and soft across others.

     level 0   the panel: lines of nodes,  block Gauss-Seidel over whole lines
     level 1   the same lines, each one plate (u v w bx by) for every sublaminate between soft slabs
     level 2.. plates on grids of every second line, linked interpolation, W-cycle
     coarsest  Cholesky

   All stiffness of the layers against each other is inside the blocks of level 0, all that bends is
   on the plates. Levels are Galerkin products. lib/README says what each part is for. */
#ifndef PLT_MG_H
#define PLT_MG_H
#include <petscksp.h>
#include "assemble/assemble.h"

enum { PLT_MG_LEVELS = 24 };

/* Registers the preconditioner "platen" with PETSc (-pc_type platen). It takes matrices of
   PltMgCreateOperator, and others that PltMgAttach was called for. Options: -plt_mg_coarse N (most
   unknowns of the coarsest level), -plt_mg_levels N, -plt_mg_sweeps N (over plates, 0: by their
   shape), -plt_mg_cycle v | w, -plt_mg_coarse_ksp_..., -plt_mg_coarse_pc_... . Collective. */
PLT_INTERN PetscErrorCode PltMgRegister(void);
/* The tangent of an assembly as a shell matrix on the vectors of its space: stencils of lines,
   shared where lines are alike, and products that first subtract a translation from every
   line, which keeps the digits that stiffness across thin layers would eat. Vectors must be zero
   where the space is fixed. Valid until the space changes. Collective.

   In large kinematics it is K + G at the present displacements, K being the part of the
   moduli and G that of stress; every line has a stencil of its own. So it has in small kinematics
   where a law's modulus depends on the strain, without G. The preconditioner is made from
   K alone, which is positive semidefinite, whatever the shape of the panel. */
PLT_INTERN PetscErrorCode PltMgCreateOperator(PltAssembly assembly, Mat *A);
/* The same space, but displacements, temperature or, in large kinematics, what is fixed have
   changed: new numbers in the old storage. The preconditioner is set up again when it is next used.
   Collective. */
PLT_INTERN PetscErrorCode PltMgUpdateOperator(Mat A, PltAssembly assembly);
/* The same tangent, but other unknowns are fixed. Collective. */
PLT_INTERN PetscErrorCode PltMgUpdateSupport(Mat A, PltAssembly assembly);
/* The part K of the tangent into an assembled matrix M, without going through the elements again.
   M has had the K of another shape by PltAssemblyMatrix, so that it has all entries. Large
   kinematics. Collective. */
PLT_INTERN PetscErrorCode PltMgFillMatrix(Mat A, Mat M);
/* Heights of the distinct levels, z[nmerged], m. Not collective. */
PLT_INTERN void PltLinesHeights(PltState state, PetscReal *z);
/* Whether G counts, which it does at first. Does not touch the preconditioner. Not collective, but
   alike on all ranks. */
PLT_INTERN PetscErrorCode PltMgSetWithStress(Mat A, PetscBool on);
/* So that -pc_type platen works on an assembled matrix of the assembly, which must live until
   the preconditioner is set up. */
PLT_INTERN PetscErrorCode PltMgAttach(PltAssembly assembly, Mat A);
/* Ends CG (natural norm, operator of PltMgCreateOperator) when the energy norm of the error is
   below `tolerance` of that of the solution. With alpha_j, r_j, z_j of CG the error at k has
   the energy sum_{j >= k} alpha_j (r_j, z_j) (Hestenes & Stiefel 1952, theorem 6:1), of which the
   next few terms are nearly all (Strakos & Tichy 2002, eq 5.1). Collective. */
PLT_INTERN PetscErrorCode PltMgSetEnergyTest(KSP ksp, PetscReal tolerance);

/* What a preconditioner is made of, over all ranks. */
typedef struct {
  PetscInt   nlevel;
  PetscInt   lines[PLT_MG_LEVELS], unknowns[PLT_MG_LEVELS], rows[PLT_MG_LEVELS]; /* row classes */
  PetscInt64 bytes[PLT_MG_LEVELS]; /* without the coarsest factor */
} PltMgInfo;
PLT_INTERN PetscErrorCode PltMgGetInfo(PC pc, PltMgInfo *info);
#endif
