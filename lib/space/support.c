/* SPDX-License-Identifier: BSD-2-Clause
   Supports. A free panel gets a statically determinate 3-2-1 support: x and y at its centre, y
   at one edge, z at three points of the rim, all on its lower face. A load in equilibrium with
   itself leaves no reaction there, which the solver checks, so the support changes nothing but
   the frame. Three pins are such a support with the z where they stand; more of them, and the
   outline on a frame, hold z with whatever force it takes. */
#include "space/space.h"

typedef struct {
  PetscReal distance;
  PetscInt  natural, rank;
} Candidate;

static PetscBool Closer(const Candidate *a, const Candidate *b)
{
  if (a->distance < b->distance) return PETSC_TRUE;
  return (PetscBool)(a->distance == b->distance &&
                     a->natural < b->natural); /* exact tie: by number */
}

static void ChooseCloser(void *in, void *inout, int *n, MPI_Datatype *type)
{
  const Candidate *a = in;
  Candidate       *b = inout;

  (void)type;
  for (int i = 0; i < *n; i++)
    if (Closer(&a[i], &b[i])) b[i] = a[i];
}

/* Own vertex nearest to (x, y) among those that are live, -1 if another rank has it. Collective. */
static PetscErrorCode NearestVertex(PltSpace space, const PetscReal x[2], PetscInt *vertex)
{
  const PltMesh mesh = space->mesh;
  Candidate     best = {PETSC_MAX_REAL, PETSC_MAX_INT, 0}, all;
  PetscMPIInt   rank;
  MPI_Datatype  type;
  MPI_Op        op;

  PetscFunctionBegin;
  *vertex = -1;
  PetscCallMPI(MPI_Comm_rank(mesh->comm, &rank));
  best.rank = rank;
  for (PetscInt v = 0; v < mesh->nvert_own; v++) {
    const PetscReal dx = mesh->xy[2 * v] - x[0], dy = mesh->xy[2 * v + 1] - x[1];
    const Candidate c = {dx * dx + dy * dy, mesh->vert_natural[v], rank};

    if (space->count[v] == 0 || !Closer(&c, &best)) continue;
    best    = c;
    *vertex = v;
  }
  PetscCallMPI(MPI_Type_contiguous(sizeof(Candidate), MPI_BYTE, &type));
  PetscCallMPI(MPI_Type_commit(&type));
  PetscCallMPI(MPI_Op_create(ChooseCloser, 1, &op));
  PetscCallMPI(MPI_Allreduce(&best, &all, 1, type, op, mesh->comm));
  PetscCallMPI(MPI_Op_free(&op));
  PetscCallMPI(MPI_Type_free(&type));
  if (all.rank != rank) *vertex = -1;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Fix direction d of a line's node, at all levels merged into it. */
static void FixNode(PltSpace space, PetscInt v, PetscInt node, PetscInt d, PltDof how)
{
  for (PetscInt k = 0; k < space->nlevel; k++)
    if (space->node[v * space->nlevel + k] == node)
      space->fixed[3 * (v * space->nlevel + k) + d] = (unsigned char)how;
}

/* Fix direction d of the lowest node of a line. */
static void FixLowest(PltSpace space, PetscInt v, PetscReal up, PetscInt d, PltDof how)
{
  FixNode(space, v, up > 0 ? 0 : space->count[v] - 1, d, how);
}

static PetscErrorCode FixPoint(PltSpace space, PetscReal x, PetscReal y, PetscReal up, PetscInt d)
{
  const PetscReal at[2] = {x, y};
  PetscInt        v;

  PetscFunctionBegin;
  PetscCall(NearestVertex(space, at, &v));
  if (v >= 0) FixLowest(space, v, up, d, PLT_DOF_SUPPORT);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FixSymmetryPlanes(PltSpace space, const PltSupport *support)
{
  const PetscBool x   = (PetscBool)(support->symmetry == PLT_SYMMETRY_HALF_X ||
                                  support->symmetry == PLT_SYMMETRY_QUARTER);
  const PetscBool y   = (PetscBool)(support->symmetry == PLT_SYMMETRY_HALF_Y ||
                                  support->symmetry == PLT_SYMMETRY_QUARTER);
  const PetscReal tol = 1e-9 * support->half[0]; /* the mesher puts the planes at exactly 0 */

  PetscFunctionBegin;
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt n = 0; n < space->count[v]; n++) {
      if (x && PetscAbsReal(space->mesh->xy[2 * v]) < tol) FixNode(space, v, n, 0, PLT_DOF_HELD);
      if (y && PetscAbsReal(space->mesh->xy[2 * v + 1]) < tol)
        FixNode(space, v, n, 1, PLT_DOF_HELD);
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* In the plane: what the symmetry planes leave of x, y and the rotation about z. */
static PetscErrorCode FixInPlane(PltSpace space, const PltSupport *support)
{
  const PltSymmetry s  = support->symmetry;
  const PetscReal   up = support->up;

  PetscFunctionBegin;
  if (s == PLT_SYMMETRY_NONE || s == PLT_SYMMETRY_HALF_Y) PetscCall(FixPoint(space, 0, 0, up, 0));
  if (s == PLT_SYMMETRY_NONE || s == PLT_SYMMETRY_HALF_X) PetscCall(FixPoint(space, 0, 0, up, 1));
  if (s == PLT_SYMMETRY_NONE) PetscCall(FixPoint(space, support->half[0], 0, up, 1));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Three corners (round: three points of the rim), so that a symmetric shape does not look
   tilted. */
static PetscErrorCode FixThreePoints(PltSpace space, const PltSupport *support)
{
  const PetscReal a = support->half[0], b = support->half[1], up = support->up;
  const PetscReal c = support->round ? PetscSqrtReal(0.75) * a : a,
                  e = support->round ? 0.5 * b : b;

  PetscFunctionBegin;
  switch (support->symmetry) {
  case PLT_SYMMETRY_QUARTER:
    PetscCall(FixPoint(space, 0, 0, up, 2));
    break;
  case PLT_SYMMETRY_HALF_X:
    PetscCall(FixPoint(space, 0, -b, up, 2));
    PetscCall(FixPoint(space, 0, b, up, 2));
    break;
  case PLT_SYMMETRY_HALF_Y:
    PetscCall(FixPoint(space, -a, 0, up, 2));
    PetscCall(FixPoint(space, a, 0, up, 2));
    break;
  default:
    PetscCall(FixPoint(space, -c, -e, up, 2));
    PetscCall(FixPoint(space, c, -e, up, 2));
    PetscCall(FixPoint(space, support->round ? 0 : -a, b, up, 2));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The lower face flat: every node of the outermost live level. */
static PetscErrorCode FixFace(PltSpace space, PetscReal up)
{
  const PetscInt outer = up > 0 ? 0 : space->nmerged - 1;

  PetscFunctionBegin;
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    for (PetscInt k = 0; k < space->nlevel; k++) {
      const PetscInt i = v * space->nlevel + k;

      if (space->merged[k] == outer && space->node[i] >= 0) space->fixed[3 * i + 2] = PLT_DOF_HELD;
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void FixOutline(PltSpace space, PetscReal up)
{
  for (PetscInt v = 0; v < space->mesh->nvert_own; v++)
    if (space->mesh->boundary[v] && space->count[v] > 0) FixLowest(space, v, up, 2, PLT_DOF_HELD);
}

static PetscErrorCode FixPins(PltSpace space, const PltSupport *support)
{
  const PltDof how = support->npin == 3 ? PLT_DOF_SUPPORT : PLT_DOF_HELD;
  PetscInt     v;

  PetscFunctionBegin;
  for (PetscInt i = 0; i < support->npin; i++) {
    PetscCall(NearestVertex(space, support->pin[i], &v));
    if (v >= 0) FixLowest(space, v, support->up, 2, how);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode FixUpright(PltSpace space, const PltSupport *support)
{
  PetscFunctionBegin;
  if (support->hold == PLT_HOLD_FLAT) PetscCall(FixFace(space, support->up));
  else if (support->kind == PLT_ON_EDGES) FixOutline(space, support->up);
  else if (support->kind == PLT_ON_PINS) PetscCall(FixPins(space, support));
  else PetscCall(FixThreePoints(space, support));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSpaceSupport(PltSpace space, const PltSupport *support)
{
  PetscFunctionBegin;
  PetscCheck(support->kind != PLT_ON_PINS || support->symmetry == PLT_SYMMETRY_NONE,
             PETSC_COMM_SELF, PLT_ERR_RECIPE, "pins do not go with symmetry: use symmetry: none");
  PetscCall(PetscArrayzero(space->fixed, space->mesh->nvert * space->nlevel * 3));
  PetscCall(FixInPlane(space, support));
  if (!support->loose) PetscCall(FixUpright(space, support));
  PetscCall(FixSymmetryPlanes(space, support));
  PetscCall(PltSpaceBcast(space, MPI_UNSIGNED_CHAR, 3 * space->nlevel, space->fixed));
  PetscFunctionReturn(PETSC_SUCCESS);
}
