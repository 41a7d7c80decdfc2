/* SPDX-License-Identifier: BSD-2-Clause
   The preconditioner "platen": levels, cycle, PETSc's interface. One V-cycle visit of level 0, W on
   the plates below, since a nodal smoother has a hard time with a shear-stiff plate whose elements
   are many times wider than it is thick; forward sweeps before and backward sweeps after the
   coarse correction make it symmetric. */
#include "mg/internal.h"

typedef struct {
  PltOperator *op;    /* lent by the matrix, or own */
  PetscBool    owner; /* of op */
  PetscInt     n, coarse, levels, sweeps;
  PetscBool    w;
  PltLevel     level[PLT_MG_LEVELS];
  PltCoarsest  coarsest;
} Mg;

static const PetscReal WIDE = 4;

static PetscLogEvent event_setup, event_columns, event_plates, event_coarsest;

/* PCShellGetContext looks for the name "shell", so the context is composed. */
static PetscErrorCode GetMg(PC pc, Mg **mg)
{
  PetscContainer container;

  PetscFunctionBegin;
  PetscCall(PetscObjectQuery((PetscObject)pc, "PltMg", (PetscObject *)&container));
  PetscCheck(container, PETSC_COMM_SELF, PLT_ERR_INTERNAL, "not a column multigrid");
  PetscCall(PetscContainerGetPointer(container, (void **)mg));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the cycle ---- */
static PetscErrorCode Restrict(Mg *mg, PetscInt k)
{
  PltLevel fine = mg->level[k], coarse = mg->level[k + 1];

  PetscFunctionBegin;
  if (k == 0) PltPlateRestrict(fine, fine->r, coarse, coarse->b);
  else {
    PltLinkRestrict(fine, fine->r, coarse, coarse->b);
    PetscCall(PltLevelHaloAdd(coarse, coarse->b));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Prolong(Mg *mg, PetscInt k)
{
  PltLevel fine = mg->level[k], coarse = mg->level[k + 1];

  PetscFunctionBegin;
  if (k == 0) PltPlateProlong(fine, fine->x, coarse, coarse->x);
  else {
    PetscCall(PltLevelHalo(coarse, coarse->x));
    PltLinkProlong(fine, fine->x, coarse, coarse->x);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* x from zero, and the residual r it leaves. */
static PetscErrorCode SmoothBefore(PltLevel l)
{
  PetscFunctionBegin;
  for (PetscInt s = 0; s < l->sweeps; s++) {
    PltLevelForward(l, (PetscBool)(s == 0), (PetscBool)(s == l->sweeps - 1));
    PetscCall(PltLevelHalo(l, l->x));
    PltLevelForwardGhosts(l, (PetscBool)(s == l->sweeps - 1));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SmoothAfter(PltLevel l)
{
  PetscFunctionBegin;
  for (PetscInt s = 0; s < l->sweeps; s++) {
    PetscCall(PltLevelHalo(l, l->x));
    PltLevelBackward(l);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Cycle(Mg *mg, PetscInt k);

static PetscErrorCode CycleTwice(Mg *mg, PetscInt k)
{
  PltLevel     l = mg->level[k];
  const size_t n = (size_t)l->nown * (size_t)l->stride;

  PetscFunctionBegin;
  PetscCall(Cycle(mg, k));
  if (!mg->w || k < 2 || k == mg->n - 1) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltLevelHalo(l, l->x));
  PltLevelResidual(l, PETSC_FALSE, l->b, l->x, l->r);
  PetscCall(PetscArraycpy(l->keep, l->x, n));
  PetscCall(PetscArraycpy(l->b, l->r, n));
  PetscCall(Cycle(mg, k));
  for (size_t i = 0; i < n; i++) l->x[i] += l->keep[i];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* x of level k from its b. */
static PetscErrorCode Cycle(Mg *mg, PetscInt k)
{
  PltLevel            l     = mg->level[k];
  const PetscLogEvent event = k ? event_plates : event_columns;

  PetscFunctionBegin;
  if (k == mg->n - 1) {
    PetscCall(PetscLogEventBegin(event_coarsest, 0, 0, 0, 0));
    PetscCall(PltCoarsestSolve(&mg->coarsest));
    PetscCall(PetscLogEventEnd(event_coarsest, 0, 0, 0, 0));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  PetscCall(PetscLogEventBegin(event, 0, 0, 0, 0));
  PetscCall(SmoothBefore(l));
  PetscCall(Restrict(mg, k));
  PetscCall(PetscLogEventEnd(event, 0, 0, 0, 0));
  PetscCall(CycleTwice(mg, k + 1));
  PetscCall(PetscLogEventBegin(event, 0, 0, 0, 0));
  PetscCall(Prolong(mg, k));
  PetscCall(SmoothAfter(l));
  PetscCall(PetscLogEventEnd(event, 0, 0, 0, 0));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Apply(PC pc, Vec r, Vec z)
{
  PltLevel l;
  Mg      *mg;

  PetscFunctionBegin;
  PetscCall(GetMg(pc, &mg));
  l = mg->level[0];
  PetscCall(PltOperatorUnpack(mg->op, r, l->b));
  PetscCall(PltGaugeBalance(&mg->op->gauge, l, l->b));
  PetscCall(Cycle(mg, 0));
  PetscCall(PltGaugeFix(&mg->op->gauge, l, l->x));
  PetscCall(PltOperatorPack(mg->op, l->x, z));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- set-up ---- */
static PetscErrorCode Unknowns(PltLevel l, PetscInt *all)
{
  PetscInt n = l->m * l->nown;

  PetscFunctionBegin;
  PetscCallMPI(MPI_Allreduce(&n, all, 1, MPIU_INT, MPI_SUM, l->comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Coarsen(Mg *mg)
{
  PltGrid  grid = {{0, 0}, {NULL, NULL}, NULL}, next;
  PetscInt n, before;

  PetscFunctionBegin;
  PetscCall(PltPlateCreate(mg->level[0], mg->op->nplate, &mg->level[1]));
  mg->n = 2;
  PetscCall(Unknowns(mg->level[1], &n));
  for (before = PETSC_MAX_INT; n > mg->coarse && mg->n < mg->levels; mg->n++) {
    PetscCall(PltGridCreate(mg->level[mg->n - 1], grid.at[0] ? &grid : NULL, &next));
    PetscCall(PltGridDestroy(&grid));
    grid = next;
    PetscCall(PltLevelCoarsen(mg->level[mg->n - 1], &grid, &mg->level[mg->n]));
    before = n;
    PetscCall(Unknowns(mg->level[mg->n], &n));
    if (4 * n > 3 * before) {
      mg->n++;
      break;
    }
  }
  PetscCall(PltGridDestroy(&grid));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A nodal smoother takes two sweeps on a plate whose elements are WIDE times wider than the panel
   is thick: its shear then outweighs its bending. */
static PetscErrorCode SetSweeps(Mg *mg)
{
  const PetscReal thick = mg->op->gauge.z[mg->op->state->space->nmerged - 1];

  PetscFunctionBegin;
  PetscCall(PltLevelSetSweeps(mg->level[0], 1));
  for (PetscInt k = 1; k < mg->n; k++) {
    PetscInt n, sweeps = mg->sweeps;

    PetscCall(Unknowns(mg->level[k], &n));
    if (!sweeps)
      sweeps = mg->op->state->mesh->area * (PetscReal)mg->level[k]->m >
                       PetscSqr(WIDE * thick) * (PetscReal)n
                   ? 2
                   : 1;
    PetscCall(PltLevelSetSweeps(mg->level[k], sweeps));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Clear(Mg *mg)
{
  PetscFunctionBegin;
  if (mg->n) PetscCall(PltCoarsestDestroy(&mg->coarsest));
  for (PetscInt k = 1; k < mg->n; k++) PetscCall(PltLevelDestroy(&mg->level[k]));
  mg->n = 0;
  if (mg->owner) PetscCall(PltOperatorDestroy(&mg->op));
  mg->op    = NULL;
  mg->owner = PETSC_FALSE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FindOperator(PC pc, Mg *mg)
{
  PetscContainer container;
  PltAssembly    assembly;
  PetscBool      shell;
  Mat            P;

  PetscFunctionBegin;
  PetscCall(PCGetOperators(pc, NULL, &P));
  PetscCall(PetscObjectTypeCompare((PetscObject)P, MATSHELL, &shell));
  PetscCall(PetscObjectQuery((PetscObject)P, "PltAssembly", (PetscObject *)&container));
  PetscCheck(shell || container, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-pc_type platen is for the matrices of a panel");
  if (shell) PetscCall(MatShellGetContext(P, &mg->op));
  else {
    PetscCall(PetscContainerGetPointer(container, (void **)&assembly));
    PetscCall(PltOperatorCreate(assembly, &mg->op));
    mg->owner = PETSC_TRUE;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadOptions(PC pc, Mg *mg)
{
  const char *const names[] = {"v", "w"};
  PetscInt          cycle   = mg->w;
  PetscBool         set;

  PetscFunctionBegin;
  PetscOptionsBegin(PetscObjectComm((PetscObject)pc), NULL, "column multigrid", "PC");
  PetscCall(PetscOptionsInt("-plt_mg_coarse", "unknowns of the coarsest level at most", NULL,
                            mg->coarse, &mg->coarse, NULL));
  PetscCall(
      PetscOptionsInt("-plt_mg_levels", "levels at most", NULL, mg->levels, &mg->levels, NULL));
  PetscCall(
      PetscOptionsInt("-plt_mg_sweeps", "sweeps over plates", NULL, mg->sweeps, &mg->sweeps, NULL));
  PetscCall(
      PetscOptionsEList("-plt_mg_cycle", "v or w", NULL, names, 2, names[cycle], &cycle, &set));
  PetscOptionsEnd();
  mg->w = (PetscBool)(cycle == 1);
  PetscCheck(mg->levels >= 2 && mg->levels <= PLT_MG_LEVELS && mg->sweeps >= 0 && mg->coarse >= 0,
             PETSC_COMM_SELF, PLT_ERR_USAGE,
             "-plt_mg_levels must be from 2 to %d, -plt_mg_sweeps and -plt_mg_coarse not "
             "negative",
             PLT_MG_LEVELS);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetUp(PC pc)
{
  Mg *mg;

  PetscFunctionBegin;
  PetscCall(GetMg(pc, &mg));
  PetscCall(Clear(mg));
  PetscCall(ReadOptions(pc, mg));
  PetscCall(PetscLogEventBegin(event_setup, pc, 0, 0, 0));
  PetscCall(FindOperator(pc, mg));
  mg->level[0] = mg->op->level;
  PetscCall(PltLevelInvert(mg->level[0]));
  PetscCall(Coarsen(mg));
  PetscCall(SetSweeps(mg));
  PetscCall(PltCoarsestCreate(mg->level[mg->n - 1], mg->level[0], &mg->op->gauge, &mg->coarsest));
  PetscCall(PetscLogEventEnd(event_setup, pc, 0, 0, 0));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Destroy(PC pc)
{
  Mg *mg;

  PetscFunctionBegin;
  PetscCall(GetMg(pc, &mg));
  PetscCall(Clear(mg));
  PetscCall(PetscFree(mg));
  PetscCall(PetscObjectCompose((PetscObject)pc, "PltMg", NULL));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgGetInfo(PC pc, PltMgInfo *info)
{
  Mg *mg;

  PetscFunctionBegin;
  PetscCall(GetMg(pc, &mg));
  PetscCall(PetscMemzero(info, sizeof *info));
  info->nlevel = mg->n;
  for (PetscInt k = 0; k < mg->n; k++) {
    const PltLevel l    = mg->level[k];
    PetscInt64     n[4] = {l->nown, (PetscInt64)l->m * l->nown, l->nrow, l->bytes};

    PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, n, 4, MPIU_INT64, MPI_SUM, l->comm));
    info->lines[k]    = (PetscInt)n[0];
    info->unknowns[k] = (PetscInt)n[1];
    info->rows[k]     = (PetscInt)n[2];
    info->bytes[k]    = n[3];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode View(PC pc, PetscViewer viewer)
{
  PltMgInfo info;

  PetscFunctionBegin;
  PetscCall(PltMgGetInfo(pc, &info));
  for (PetscInt k = 0; k < info.nlevel; k++)
    PetscCall(PetscViewerASCIIPrintf(
        viewer,
        "  level %" PetscInt_FMT ": %" PetscInt_FMT " lines, %" PetscInt_FMT
        " unknowns, %" PetscInt_FMT " different rows, %.1f MB\n",
        k, info.lines[k], info.unknowns[k], info.rows[k], (double)info.bytes[k] / 1e6));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A shell preconditioner under a name of its own. */
static PetscErrorCode Create(PC pc)
{
  PetscContainer container;
  Mg            *mg;

  PetscFunctionBegin;
  PetscCall(PetscNew(&mg));
  mg->coarse = 20000;
  mg->levels = PLT_MG_LEVELS;
  mg->sweeps = 0; /* by the plates' shape */
  mg->w      = PETSC_TRUE;
  PetscCall(PCSetType(pc, PCSHELL));
  PetscCall(PetscContainerCreate(PetscObjectComm((PetscObject)pc), &container));
  PetscCall(PetscContainerSetPointer(container, mg));
  PetscCall(PetscObjectCompose((PetscObject)pc, "PltMg", (PetscObject)container));
  PetscCall(PetscContainerDestroy(&container));
  PetscCall(PCShellSetSetUp(pc, SetUp));
  PetscCall(PCShellSetApply(pc, Apply));
  PetscCall(PCShellSetView(pc, View));
  PetscCall(PCShellSetDestroy(pc, Destroy));
  PetscCall(PCShellSetName(pc, "column multigrid"));
  PetscCall(PetscObjectChangeTypeName((PetscObject)pc, "platen"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* PETSc may have been ended and started again, so what is registered is asked of PETSc. */
static PetscErrorCode Event(PetscClassId class, const char *name, PetscLogEvent *event)
{
  PetscFunctionBegin;
  PetscCall(PetscLogEventGetId(name, event));
  if (*event < 0) PetscCall(PetscLogEventRegister(name, class, event));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMgRegister(void)
{
  PetscFunctionBegin;
  PetscCall(PCRegister("platen", Create));
  PetscCall(Event(PC_CLASSID, "PltMgSetUp", &event_setup));
  PetscCall(Event(PC_CLASSID, "PltMgColumns", &event_columns));
  PetscCall(Event(PC_CLASSID, "PltMgPlates", &event_plates));
  PetscCall(Event(PC_CLASSID, "PltMgCoarsest", &event_coarsest));
  PetscFunctionReturn(PETSC_SUCCESS);
}
