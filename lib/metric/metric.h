/* SPDX-License-Identifier: BSD-2-Clause
   Warpage and die shift from positions and displacements. Conventions: warpage is measured from the
   area-weighted least-squares plane (JEITA ED-7306 section 3), die shift is split by the
   six-parameter model of lithography. Symmetric parts are mirrored, so every number is the whole
   panel's. Sums run over own entities and then over ranks: the answers agree for any number of
   ranks to rounding.

   project->kinematics says what is meant by a plane and by a rigid motion: PLT_SMALL, linear theory
   (heights above the plan, small rotations, sums of displacements); PLT_LARGE, finite rotations: a
   panel that moves as a rigid body, however far it turns, keeps its warpage and has no die
   shift. */
#ifndef PLT_METRIC_H
#define PLT_METRIC_H
#include "mesh/mesh.h"

/* The plane heights are measured from: a point of it (m), and in rows the directions of the panel's
   x and y axes in it and its normal. Linear theory: x and y stay, the normal is (-slope x,
   -slope y, 1) and gives the vertical distance. */
typedef struct {
  PetscReal centre[3], axis[3][3];
} PltPlane;

/* Coordinate k of a point in the plane; k = 2: its height above it, m. */
static inline PetscReal PltPlaneCoordinate(const PltPlane *plane, PetscInt k, const PetscReal x[3])
{
  PetscReal sum = 0;

  for (PetscInt i = 0; i < 3; i++) sum += plane->axis[k][i] * (x[i] - plane->centre[i]);
  return sum;
}

/* Warpage of a surface given by the positions x [nvert_own][3] of own vertices (m); a flat face at
   rest has constant z, whatever plies it consists of. Linear theory: (X, Y, u_z), X and Y being
   those of the mesh.
   `up` is +1, or -1 after a flip: it turns heights, signs and curvatures of *warpage, so that up is
   up in the present orientation; the plane is not turned, its normal is the z axis of the mesh.

   Plane, finite rotations: what the rigid motion nearest to the deformation makes of the plan, so
   heights have no moment with the material coordinates. It is the plane of orthogonal least squares
   but for parts of the order of slope^2 of what is not symmetric; unlike that one it never stands
   on edge, as when a strip rises by more than its width.
   Curvatures: least squares by a quadratic over the coordinates in the plane (linear theory), or by
   the biconic surface of optics, which is a parabola where slopes are small, the circle on a rolled
   panel and the sphere on a bowl: 1 / R of these, up to slopes of 60 degrees at the rim; beyond,
   heights above a plane say little. Corners and edges are the material points that were there.
   Collective. */
PLT_INTERN PetscErrorCode PltMetricWarpage(PltMesh mesh, PltProject project, const PetscReal x[],
                                           PetscReal up, PltWarpage *warpage, PltPlane *plane);

/* The mid-plane of a ply: its height in the stack (m), and displacements [nvert][3] (m) of local
   vertices, ghosts included, at placing and now; read only where its dies are. */
typedef struct {
  PetscReal        z;
  const PetscReal *then, *now;
} PltMidplane;

/* A die at placing and now: position of its centre (m) and rotation from the plan; its z in the
   stack. */
enum { PLT_THEN, PLT_NOW };
typedef struct {
  PetscReal z, at[2][3], turn[2][3][3];
} PltDiePlace;

/* Mean rigid motion of every die's region. motion [ndie]: number, nominal centre, placed, and by
   area-weighted least squares dx dy dz of the centre since placing (m) and the components of the
   rotation vector since then about z (rotation), x (tilt_x) and y (tilt_y) (rad): small rotations
   in linear theory, else finite ones. Dies with placed[] false stay zero. Dies of several plies
   with one outline move differently: call once for each such ply, with placed[] true for its dies
   only.
   Residuals are zero until PltMetricDieShift. place [ndie] is set for placed dies with finite
   rotations; linear theory does not touch it (NULL will do). Same on all ranks. Collective. */
PLT_INTERN PetscErrorCode PltMetricDieMotion(PltMesh mesh, PltProject project,
                                             const PetscBool placed[], const PltMidplane *ply,
                                             PltDieMotion motion[], PltDiePlace place[]);
/* Takes the panel's rigid motion out of dx, dy and rotation of motion[], fits the six lithography
   parameters to what is left and sets the residuals:
     dx = tx + mx x - (rotation - shear / 2) y,   dy = ty + my y + (rotation + shear / 2) x.
   place NULL: linear theory, the in-plane rigid motion of least squares over the placed dies.
   Else the dies' places at placing and now are each brought nearest to their nominal plan by a
   rotation in space, and dx, dy, rotation are the difference in it; dz and tilts stay those of
   PltMetricDieMotion. A rolled panel shows its foreshortening as magnification.
   Dies on one line (two dies always are) determine only tx, ty, rotation and one magnification
   (mx = my, no shear), and turn about the line as they do on average; a single die determines tx
   and ty. Not collective. */
PLT_INTERN PetscErrorCode PltMetricDieShift(PetscInt ndie, PltDieMotion motion[],
                                            PltDiePlace place[], PltDieShift *shift);
#endif
