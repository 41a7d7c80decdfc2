/* SPDX-License-Identifier: BSD-2-Clause
   Is a footprint what was drawn? Shape of the quads, seams, outline, areas. */
#include "mesh/footprint.h"

static const PetscReal least_jacobian = 0.2; /* scaled: sine of the angle in the worst corner */

/* Relative: what this program makes is exact to rounding, files may carry a few digits. */
static PetscReal ToleranceOf(PltProject project)
{
  return project->mesh_method == PLT_MESH_FILE ? 1e-6 : 1e-9;
}

static PetscErrorCode CheckNumbers(PltProject project, const PltFootprint *f)
{
  PetscFunctionBegin;
  PetscCheck(f->nquad > 0, PETSC_COMM_SELF, PLT_ERR_MESH, "the footprint mesh has no quads");
  for (PetscInt i = 0; i < 4 * f->nquad; i++)
    PetscCheck(f->quad[i] >= 0 && f->quad[i] < f->nvert, PETSC_COMM_SELF, PLT_ERR_MESH,
               "quad %d of the footprint mesh names vertex %d of %d", (int)(i / 4), (int)f->quad[i],
               (int)f->nvert);
  for (PetscInt q = 0; q < f->nquad; q++)
    PetscCheck(f->region[q] >= 0 && f->region[q] <= project->ndie, PETSC_COMM_SELF, PLT_ERR_MESH,
               "quad %d of the footprint mesh names die %d of %d", (int)q, (int)f->region[q],
               (int)project->ndie);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckShapes(PltProject project, const PltFootprint *f)
{
  PetscReal least = 2;
  PetscInt  worst = 0;

  PetscFunctionBegin;
  for (PetscInt q = 0; q < f->nquad; q++) {
    const PetscReal j = PltQuadJacobian(f, q);

    if (j < least) {
      least = j;
      worst = q;
    }
  }
  PetscCheck(
      least > least_jacobian, PETSC_COMM_SELF, PLT_ERR_MESH,
      "the quad of the footprint mesh near (%.6g mm, %.6g mm) is too distorted (scaled Jacobian "
      "%.2g, must be above %.6g)%s",
      (double)(f->xy[2 * f->quad[4 * worst]] * 1e3),
      (double)(f->xy[2 * f->quad[4 * worst] + 1] * 1e3), (double)least, (double)least_jacobian,
      project->mesh_method == PLT_MESH_FREE
          ? ": a street there may be much narrower than the mesh size; make 'size' or 'dies' "
            "smaller"
          : "");
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Length of the outline and area of the meshed part of the panel, as drawn. */
static void Drawn(PltProject project, PetscReal *length, PetscReal *area)
{
  const PltWindow w = PltWindowOf(project);
  const PetscReal a = w.upper[0] - w.lower[0], b = w.upper[1] - w.lower[1];
  const PetscReal r     = 0.5 * project->size[0];
  const PetscReal share = a * b / (4 * r * r); /* round: 1, 1/2 or 1/4 */

  *length = project->round ? 2 * PETSC_PI * r * share + (share < 1 ? 2 * r : 0) : 2 * (a + b);
  *area   = project->round ? PETSC_PI * r * r * share : a * b;
}

/* The same of the mesh, and an edge that more than two quads share (-1: none). On a round panel
   each chord of the rim counts as the arc it stands for. */
static PetscInt Measure(PltProject project, const PltFootprint *f, const PltEdges *edges,
                        PetscReal *length, PetscReal *area)
{
  const PetscReal r    = 0.5 * project->size[0];
  const PetscReal near = PetscMax(PLT_SAME_PLACE, ToleranceOf(project) * r);
  PetscInt        bad  = -1;

  *length = 0;
  *area   = PltFootprintArea(f);
  for (PetscInt v = 0; v < f->nvert; v++) {
    for (PetscInt e = edges->start[v]; e < edges->start[v + 1]; e++) {
      const PetscReal *p = &f->xy[2 * v], *q = &f->xy[2 * edges->upper[e]];
      const PetscReal  chord = PetscSqrtReal(PetscSqr(q[0] - p[0]) + PetscSqr(q[1] - p[1]));
      const PetscReal  angle = 2 * PetscAsinReal(PetscMin(1, 0.5 * chord / r));

      if (edges->used[e] > 2) bad = v;
      if (edges->used[e] != 1) continue;
      if (project->round && PetscAbsReal(PetscSqrtReal(p[0] * p[0] + p[1] * p[1]) - r) < near &&
          PetscAbsReal(PetscSqrtReal(q[0] * q[0] + q[1] * q[1]) - r) < near) {
        *length += r * angle;
        *area += 0.5 * r * r * (angle - PetscSinReal(angle));
      } else {
        *length += chord;
      }
    }
  }
  return bad;
}

static PetscErrorCode CheckOutline(PltProject project, const PltFootprint *f)
{
  const PetscReal relative = ToleranceOf(project);
  PetscReal       drawn_length, drawn_area, length, area, slack;
  PltEdges        edges;
  PetscInt        bad;

  PetscFunctionBegin;
  Drawn(project, &drawn_length, &drawn_area);
  PetscCall(PltEdgesCreate(f, &edges));
  bad = Measure(project, f, &edges, &length, &area);
  PetscCall(PltEdgesDestroy(&edges));
  PetscCheck(bad < 0, PETSC_COMM_SELF, PLT_ERR_MESH,
             "more than two quads of the footprint mesh share an edge at (%.6g mm, %.6g mm)",
             (double)(f->xy[2 * bad] * 1e3), (double)(f->xy[2 * bad + 1] * 1e3));
  slack = relative * drawn_area + PLT_SAME_PLACE * drawn_length;
  PetscCheck(PetscAbsReal(area - drawn_area) <= slack, PETSC_COMM_SELF, PLT_ERR_MESH,
             "the footprint mesh covers %.9g mm2, the panel %.9g mm2%s", (double)(area * 1e6),
             (double)(drawn_area * 1e6),
             PetscAbsReal(area - 1e6 * drawn_area) < 1e3 * drawn_area
                 ? ": coordinates in a mesh file are metres, these seem to be mm"
                 : "");
  slack = relative * drawn_length + 10 * PLT_SAME_PLACE;
  PetscCheck(
      PetscAbsReal(length - drawn_length) <= slack, PETSC_COMM_SELF, PLT_ERR_MESH,
      "the footprint mesh has free edges of %.9g mm in all, the outline of the panel is %.9g "
      "mm: another outline, or seams inside where neighbours do not share their nodes",
      (double)(length * 1e3), (double)(drawn_length * 1e3));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Keep the part of a convex polygon with x (k = 0) or y (k = 1) >= 0. */
static PetscInt Clip(PetscInt k, PetscInt n, PetscReal p[][2])
{
  PetscReal kept[8][2];
  PetscInt  m = 0;

  for (PetscInt i = 0; i < n; i++) {
    const PetscReal *a = p[i], *b = p[(i + 1) % n];

    if (a[k] >= 0) {
      kept[m][0]   = a[0];
      kept[m++][1] = a[1];
    }
    if ((a[k] >= 0) != (b[k] >= 0)) {
      const PetscReal t = a[k] / (a[k] - b[k]);

      kept[m][0]   = a[0] + t * (b[0] - a[0]);
      kept[m++][1] = a[1] + t * (b[1] - a[1]);
    }
  }
  for (PetscInt i = 0; i < m; i++) {
    p[i][0] = kept[i][0];
    p[i][1] = kept[i][1];
  }
  return m;
}

/* Area of the die in the meshed part of the panel. */
static PetscReal DieArea(PltProject project, const PltDie *die)
{
  PetscReal p[8][2], area = 0;
  PetscInt  n = 4;

  PltDieCorners(die, p);
  for (PetscInt k = 0; k < 2; k++)
    if (PltIsMirrored(project, k)) n = Clip(k, n, p);
  for (PetscInt i = 1; i + 1 < n; i++)
    area += 0.5 * ((p[i][0] - p[0][0]) * (p[i + 1][1] - p[0][1]) -
                   (p[i + 1][0] - p[0][0]) * (p[i][1] - p[0][1]));
  return area;
}

static PetscErrorCode CheckDie(PltProject project, PetscInt d, PetscReal area, PetscReal drawn)
{
  const PltDie   *die = &project->die[d];
  const PetscReal slack =
      ToleranceOf(project) * die->width * die->height + PLT_SAME_PLACE * (die->width + die->height);

  PetscFunctionBegin;
  PetscCheck(PetscAbsReal(area - drawn) <= slack, PETSC_COMM_SELF, PLT_ERR_MESH,
             "the footprint mesh gives die '%s' at (%.6g mm, %.6g mm) %.9g mm2, drawn are %.9g mm2",
             die->id, (double)(die->x * 1e3), (double)(die->y * 1e3), (double)(area * 1e6),
             (double)(drawn * 1e6));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckDies(PltProject project, const PltFootprint *f)
{
  PetscErrorCode code = 0;
  PetscReal     *area;
  PetscInt      *region;

  PetscFunctionBegin;
  PetscCall(PetscCalloc2(project->ndie + 1, &area, project->ndie, &region));
  PetscCall(PltFootprintRegions(project, region));
  for (PetscInt q = 0; q < f->nquad; q++) {
    const PltFootprint one = {f->nvert, 1, f->xy, &f->quad[4 * q], NULL};

    area[f->region[q]] += PltFootprintArea(&one);
  }
  for (PetscInt d = 0; d < project->ndie && !code; d++)
    code = CheckDie(project, d, area[d + 1],
                    region[d] == d + 1 ? DieArea(project, &project->die[d]) : 0);
  PetscCall(PetscFree2(area, region));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintCheck(PltProject project, const PltFootprint *footprint)
{
  PetscFunctionBegin;
  PetscCall(CheckNumbers(project, footprint));
  PetscCall(CheckShapes(project, footprint));
  PetscCall(CheckOutline(project, footprint));
  PetscCall(CheckDies(project, footprint));
  PetscFunctionReturn(PETSC_SUCCESS);
}
