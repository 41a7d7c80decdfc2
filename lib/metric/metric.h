/* SPDX-License-Identifier: BSD-2-Clause
   Warpage and die shift from displacement fields. Conventions: warpage is measured from the
   area-weighted least-squares plane (JEITA ED-7306 section 3), die shift is split by the
   six-parameter model of lithography. Symmetric parts are mirrored, so every number is the whole
   panel's. Sums run over own entities and then over ranks: the answers agree for any number of
   ranks to rounding. */
#ifndef PLT_METRIC_H
#define PLT_METRIC_H
#include "mesh/mesh.h"

/* Warpage of a surface given by the out-of-plane displacement uz [nvert_own] of own vertices (m).
   `up` is +1, or -1 after a flip: it turns heights, signs and curvatures of *warpage, so that up is
   up in the present orientation. If w is not NULL it receives uz less the plane [nvert_own], not
   turned: the z axis of the mesh. Collective. */
PLT_INTERN PetscErrorCode PltMetricWarpage(PltMesh mesh, PltProject project, const PetscReal uz[],
                                           PetscReal up, PltWarpage *warpage, PetscReal w[]);
/* Mean rigid motion of every die's region: u [nvert][3] is the displacement since placing of the
   die's mid-plane at local vertices (ghosts included), read only where the die is. motion [ndie]:
   number, nominal centre, placed, and by area-weighted least squares dx dy dz of the centre and the
   small rotations about z (rotation), x (tilt_x) and y (tilt_y); dies with placed[] false stay
   zero. Dies of several plies with one outline move differently: call once for each such ply, with
   placed[] true for its dies only. Residuals are zero until PltMetricDieShift. Same on all ranks.
   Collective. */
PLT_INTERN PetscErrorCode PltMetricDieMotion(PltMesh mesh, PltProject project,
                                             const PetscBool placed[], const PetscReal *u,
                                             PltDieMotion motion[]);
/* Takes the panel's rigid in-plane motion (least squares over the placed dies) out of dx, dy and
   rotation of motion[], fits the six lithography parameters to what is left and sets the residuals:
     dx = tx + mx x - (rotation - shear / 2) y,   dy = ty + my y + (rotation + shear / 2) x.
   Dies on one line (two dies always are) determine only tx, ty, rotation and one magnification
   (mx = my, no shear); a single die determines tx and ty. Not collective. */
PLT_INTERN PetscErrorCode PltMetricDieShift(PetscInt ndie, PltDieMotion motion[],
                                            PltDieShift *shift);
#endif
