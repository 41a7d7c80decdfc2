/* SPDX-License-Identifier: BSD-2-Clause
   A footprint made elsewhere: quads in a .msh file, coordinates in metres, with a physical
   surface for each region: "fill" and "die:<id>". Vertices and quads keep the order of their
   tags. */
#include <string.h>
#include "mesh/footprint.h"

/* Names the messages list. */
enum { NAMES_TOLD = 8 };

static PetscErrorCode RaiseNames(const char *file, const PltMsh *m, const char *what)
{
  char   text[1024];
  size_t n = 0;

  PetscFunctionBegin;
  text[0] = '\0';
  for (PetscInt i = 0; i < m->nname && i < NAMES_TOLD && n < sizeof text; i++) {
    PetscCall(PetscSNPrintf(text + n, sizeof text - n, "%s'%s'", i ? ", " : "", m->name[i]));
    PetscCall(PetscStrlen(text, &n));
  }
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_MESH,
          "%s: %s; the regions must be physical surfaces named 'fill' and 'die:<id>', found %s%s",
          file, what, m->nname ? text : "none", m->nname > NAMES_TOLD ? ", ..." : "");
}

/* Region of each name. */
static PetscErrorCode FindRegions(PltProject project, const PetscInt region[], const PltMsh *m,
                                  PetscInt of_name[])
{
  char what[300];

  PetscFunctionBegin;
  for (PetscInt i = 0; i < m->nname; i++) {
    const char *id = m->name[i];

    of_name[i] = strcmp(id, "fill") ? -1 : PLT_FILL;
    for (PetscInt d = 0; d < project->ndie && of_name[i] < 0 && !strncmp(id, "die:", 4); d++)
      if (!strcmp(id + 4, project->die[d].id)) of_name[i] = region[d];
    if (of_name[i] >= 0) continue;
    PetscCall(PetscSNPrintf(what, sizeof what, "there is no region '%s' in the description", id));
    PetscCall(RaiseNames(project->mesh_file, m, what));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* name[nname] ascending, of_name[nname] along with it. */
static PetscErrorCode NameQuads(PltProject project, const PltMsh *m, const PetscInt order[],
                                const PetscInt name[], const PetscInt of_name[], PltFootprint *f)
{
  PetscFunctionBegin;
  for (PetscInt q = 0; q < f->nquad; q++) {
    PetscInt i;

    PetscCall(PetscFindInt(m->physical[order[q]], m->nname, name, &i));
    if (i < 0) PetscCall(RaiseNames(project->mesh_file, m, "some quads are in no named surface"));
    f->region[q] = of_name[i];
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SetRegions(PltProject project, const PetscInt region[], const PltMsh *m,
                                 const PetscInt order[], PltFootprint *f)
{
  PetscErrorCode code;
  PetscInt      *of_name, *name;

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(m->nname, &of_name, m->nname, &name));
  PetscCall(PetscArraycpy(name, m->name_tag, m->nname));
  code = FindRegions(project, region, m, of_name);
  if (!code) {
    PetscCall(PetscSortIntWithArray(m->nname, name, of_name));
    code = NameQuads(project, m, order, name, of_name, f);
  }
  PetscCall(PetscFree2(of_name, name));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* order[new] = old by ascending tag; tags are sorted along. */
static PetscErrorCode Sort(const char *file, const char *what, PetscInt n, PetscInt tag[],
                           PetscInt order[])
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < n; i++) order[i] = i;
  PetscCall(PetscSortIntWithArray(n, tag, order));
  for (PetscInt i = 1; i < n; i++)
    PetscCheck(tag[i] != tag[i - 1], PETSC_COMM_SELF, PLT_ERR_MESH, "%s: two %s have the tag %d",
               file, what, (int)tag[i]);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Nodes that quads use, in order; quads name them by number. number[nnode] comes as zeros. */
static PetscErrorCode Number(const char *file, PltMsh *m, const PetscInt node_order[],
                             const PetscInt quad_order[], PetscInt number[], PltFootprint *f)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < 4 * f->nquad; i++) {
    const PetscInt tag = m->quad[4 * quad_order[i / 4] + i % 4];

    PetscCall(PetscFindInt(tag, m->nnode, m->node_tag, &f->quad[i]));
    PetscCheck(f->quad[i] >= 0, PETSC_COMM_SELF, PLT_ERR_MESH,
               "%s: quad %d names node %d, which is not there", file, (int)m->quad_tag[i / 4],
               (int)tag);
    number[f->quad[i]] = 1;
  }
  f->nvert = 0;
  for (PetscInt v = 0; v < m->nnode; v++) {
    const PetscReal *xyz = &m->xyz[3 * node_order[v]];

    if (!number[v]) continue;
    number[v] = f->nvert++;
    PetscCheck(PetscAbsReal(xyz[2] - m->xyz[3 * node_order[0] + 2]) <= PLT_SAME_PLACE,
               PETSC_COMM_SELF, PLT_ERR_MESH, "%s: the mesh is not flat: node %d is at z = %.6g",
               file, (int)m->node_tag[v], (double)xyz[2]);
    PetscCall(PetscArraycpy(&f->xy[2 * number[v]], xyz, 2));
  }
  for (PetscInt i = 0; i < 4 * f->nquad; i++) f->quad[i] = number[f->quad[i]];
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* work: order of the nodes, numbers of the nodes, order of the quads. */
static PetscErrorCode Build(PltProject project, const PetscInt region[], PltMsh *m,
                            PetscInt *const work[3], PltFootprint *f)
{
  PetscFunctionBegin;
  PetscCall(Sort(project->mesh_file, "nodes", m->nnode, m->node_tag, work[0]));
  PetscCall(Sort(project->mesh_file, "elements", m->nquad, m->quad_tag, work[2]));
  PetscCall(PltFootprintAllocate(m->nnode, m->nquad, f));
  PetscCall(Number(project->mesh_file, m, work[0], work[2], work[1], f));
  PetscCall(SetRegions(project, region, m, work[2], f));
  PltFootprintFaceUp(f);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckElements(const char *file, const PltMsh *m)
{
  PetscFunctionBegin;
  PetscCheck(m->nother == 0, PETSC_COMM_SELF, PLT_ERR_MESH,
             "%s: %d elements are neither 4-node quads nor lines or points: recombine triangles "
             "(Gmsh: Mesh.RecombineAll = 1), order 1",
             file, (int)m->nother);
  PetscCheck(m->nquad > 0, PETSC_COMM_SELF, PLT_ERR_MESH, "%s: no quads", file);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFootprintFile(PltProject project, const PetscInt region[], PltFootprint *f)
{
  PetscErrorCode code;
  PetscInt      *work[3];
  PltMsh         m;

  PetscFunctionBegin;
  PetscCheck(project->mesh_file, PETSC_COMM_SELF, PLT_ERR_MESH, "the mesh file has no name");
  PetscCall(PltMshRead(project->mesh_file, &m));
  PetscCall(PetscCalloc3(m.nnode, &work[0], m.nnode, &work[1], m.nquad, &work[2]));
  code = CheckElements(project->mesh_file, &m);
  if (!code) code = Build(project, region, &m, work, f);
  PetscCall(PetscFree3(work[0], work[1], work[2]));
  PetscCall(PltMshDestroy(&m));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}
