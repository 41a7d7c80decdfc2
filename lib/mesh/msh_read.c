/* SPDX-License-Identifier: BSD-2-Clause
   Gmsh's .msh, versions 2.2 and 4.1 in ASCII: nodes, quads and the names of their physical
   surfaces. What is not of use (points, lines, volumes, other sections) is skipped. No Gmsh
   needed, and no file can make this end the process. Format: Gmsh reference manual, "MSH file
   format". */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "mesh/footprint.h"

enum { LINE = 1, QUAD = 3, LINE_3 = 8, POINT = 15 };

/* The text and where reading is; numbers are read one after the other whatever the line breaks. */
typedef struct {
  const char *file;
  char       *text, *at;
  PetscInt    longest; /* no list in the file can have more items than this */
  PetscBool   version4;
  PetscInt    nsurface;
  PetscInt   *surface, *surface_physical; /* [nsurface] 4.1: tag, physical tag */
} Reader;

static PetscErrorCode Raise(const Reader *r, const char *what)
{
  int line = 1;

  for (const char *c = r->text; c < r->at; c++) line += *c == '\n';
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_MESH, "%s:%d: %s", r->file, line, what);
}

static PetscErrorCode ReadText(Reader *r)
{
  FILE  *in   = fopen(r->file, "r");
  size_t size = 0, room = 1 << 16;

  PetscFunctionBegin;
  PetscCheck(in, PETSC_COMM_SELF, PLT_ERR_MESH, "cannot read %s: %s", r->file, strerror(errno));
  PetscCall(PetscMalloc1(room, &r->text));
  for (;;) {
    const size_t n = fread(r->text + size, 1, room - size - 1, in);

    size += n;
    if (n == 0) break;
    if (size < room - 1) continue;
    room *= 2;
    PetscCall(PetscRealloc(room, &r->text));
  }
  r->text[size] = '\0';
  r->at         = r->text;
  fclose(in);
  PetscCheck(strlen(r->text) == size, PETSC_COMM_SELF, PLT_ERR_MESH,
             "%s is not text: save the mesh as ASCII (Gmsh: Mesh.Binary = 0)", r->file);
  PetscCheck(size < PETSC_MAX_INT, PETSC_COMM_SELF, PLT_ERR_MESH, "%s is too large", r->file);
  r->longest = (PetscInt)size;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadInt(Reader *r, PetscInt low, PetscInt *value)
{
  char *end;
  long  n;

  PetscFunctionBegin;
  errno = 0;
  n     = strtol(r->at, &end, 10);
  if (end == r->at || errno || n > PETSC_MAX_INT || n < low)
    PetscCall(Raise(r, "a whole number is missing or out of range"));
  r->at  = end;
  *value = (PetscInt)n;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* How many items follow; each takes two characters at least. */
static PetscErrorCode ReadCount(Reader *r, PetscInt *value)
{
  PetscFunctionBegin;
  PetscCall(ReadInt(r, 0, value));
  if (*value > r->longest / 2) PetscCall(Raise(r, "this list cannot be that long"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadReals(Reader *r, PetscInt n, PetscReal value[])
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < n; i++) {
    char *end;

    value[i] = strtod(r->at, &end);
    if (end == r->at || PetscIsInfOrNanReal(value[i])) PetscCall(Raise(r, "a number is missing"));
    r->at = end;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void SkipLine(Reader *r)
{
  r->at += strcspn(r->at, "\n");
}

/* ---- sections ---- */
static PetscErrorCode ReadFormat(Reader *r)
{
  PetscReal version;
  PetscInt  binary;

  PetscFunctionBegin;
  PetscCall(ReadReals(r, 1, &version));
  PetscCall(ReadInt(r, 0, &binary));
  if (binary) PetscCall(Raise(r, "a binary mesh: save it as ASCII (Gmsh: Mesh.Binary = 0)"));
  if (PetscAbsReal(version - 2.2) > 1e-6 && PetscAbsReal(version - 4.1) > 1e-6)
    PetscCall(Raise(r, "a version of .msh other than 2.2 and 4.1: save the mesh as one of these"));
  r->version4 = version > 4 ? PETSC_TRUE : PETSC_FALSE;
  SkipLine(r); /* size of numbers in binary files */
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadNames(Reader *r, PltMsh *m)
{
  PetscInt n, dim;

  PetscFunctionBegin;
  PetscCall(ReadCount(r, &n));
  PetscCall(PetscMalloc1(n, &m->name_tag));
  PetscCall(PetscCalloc1(n, &m->name));
  for (PetscInt i = 0; i < n; i++) {
    size_t length, first;

    PetscCall(ReadInt(r, 0, &dim));
    PetscCall(ReadInt(r, 0, &m->name_tag[m->nname]));
    length = strcspn(r->at, "\n");
    first  = strcspn(r->at, "\"\n") + 1;
    while (length > first && r->at[length] != '"') length--; /* names may hold quotes themselves */
    if (length <= first) PetscCall(Raise(r, "the name of a physical group is missing"));
    if (dim == 2) {
      PetscCall(PetscMalloc1(length - first + 1, &m->name[m->nname]));
      memcpy(m->name[m->nname], r->at + first, length - first);
      m->name[m->nname++][length - first] = '\0';
    }
    SkipLine(r);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Points have a place where the others have a box, and no boundary. */
static PetscErrorCode ReadEntity(Reader *r, PetscInt dim)
{
  PetscReal box[6];
  PetscInt  tag, n, physical = 0, skipped;

  PetscFunctionBegin;
  PetscCall(ReadInt(r, -PETSC_MAX_INT, &tag));
  PetscCall(ReadReals(r, dim == 0 ? 3 : 6, box));
  PetscCall(ReadCount(r, &n));
  if (dim == 2 && n > 1) PetscCall(Raise(r, "a surface belongs to several physical groups"));
  for (PetscInt i = 0; i < n; i++) PetscCall(ReadInt(r, -PETSC_MAX_INT, &physical));
  if (dim == 2) {
    r->surface[r->nsurface]            = tag;
    r->surface_physical[r->nsurface++] = PetscAbsInt(physical);
  }
  if (dim == 0) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(ReadCount(r, &n));
  for (PetscInt i = 0; i < n; i++) PetscCall(ReadInt(r, -PETSC_MAX_INT, &skipped));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadEntities(Reader *r)
{
  PetscInt n[4];

  PetscFunctionBegin;
  for (PetscInt dim = 0; dim < 4; dim++) PetscCall(ReadCount(r, &n[dim]));
  PetscCall(PetscMalloc1(n[2], &r->surface));
  PetscCall(PetscMalloc1(n[2], &r->surface_physical));
  for (PetscInt dim = 0; dim < 4; dim++)
    for (PetscInt i = 0; i < n[dim]; i++) PetscCall(ReadEntity(r, dim));
  PetscCall(PetscSortIntWithArray(r->nsurface, r->surface, r->surface_physical));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadNodes4(Reader *r, PltMsh *m)
{
  PetscInt nblock, total, dim, tag, parametric, n;

  PetscFunctionBegin;
  PetscCall(ReadCount(r, &nblock));
  PetscCall(ReadCount(r, &total));
  SkipLine(r);
  PetscCall(PetscMalloc1(total, &m->node_tag));
  PetscCall(PetscMalloc1(3 * total, &m->xyz));
  for (PetscInt b = 0; b < nblock; b++) {
    PetscCall(ReadInt(r, 0, &dim));
    PetscCall(ReadInt(r, -PETSC_MAX_INT, &tag));
    PetscCall(ReadInt(r, 0, &parametric));
    PetscCall(ReadCount(r, &n));
    if (n > total - m->nnode) PetscCall(Raise(r, "more nodes than announced"));
    for (PetscInt i = 0; i < n; i++) PetscCall(ReadInt(r, 0, &m->node_tag[m->nnode + i]));
    for (PetscInt i = 0; i < n; i++) {
      r->at += strspn(r->at, " \t\r\n");
      PetscCall(ReadReals(r, 3, &m->xyz[3 * m->nnode++]));
      SkipLine(r); /* the place on the entity, if given */
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadNodes2(Reader *r, PltMsh *m)
{
  PetscInt n;

  PetscFunctionBegin;
  PetscCall(ReadCount(r, &n));
  PetscCall(PetscMalloc1(n, &m->node_tag));
  PetscCall(PetscMalloc1(3 * n, &m->xyz));
  for (; m->nnode < n; m->nnode++) {
    PetscCall(ReadInt(r, 0, &m->node_tag[m->nnode]));
    PetscCall(ReadReals(r, 3, &m->xyz[3 * m->nnode]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AllocateQuads(PetscInt n, PltMsh *m)
{
  PetscFunctionBegin;
  PetscCall(PetscMalloc1(n, &m->quad_tag));
  PetscCall(PetscMalloc1(n, &m->physical));
  PetscCall(PetscMalloc1(4 * n, &m->quad));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One element after its tag: corners of a quad, or the rest of the line. */
static PetscErrorCode ReadElement(Reader *r, PetscInt type, PetscInt tag, PetscInt physical,
                                  PltMsh *m)
{
  PetscFunctionBegin;
  if (type == QUAD) {
    m->quad_tag[m->nquad] = tag;
    m->physical[m->nquad] = physical;
    for (PetscInt a = 0; a < 4; a++) PetscCall(ReadInt(r, 0, &m->quad[4 * m->nquad + a]));
    m->nquad++;
  } else {
    if (type != LINE && type != POINT && type != LINE_3) m->nother++;
    SkipLine(r);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadElements4(Reader *r, PltMsh *m)
{
  PetscInt nblock, total, dim, entity, type, n, tag, place, left;

  PetscFunctionBegin;
  PetscCall(ReadCount(r, &nblock));
  PetscCall(ReadCount(r, &total));
  SkipLine(r);
  PetscCall(AllocateQuads(total, m));
  left = total;
  for (PetscInt b = 0; b < nblock; b++) {
    PetscCall(ReadInt(r, 0, &dim));
    PetscCall(ReadInt(r, -PETSC_MAX_INT, &entity));
    PetscCall(ReadInt(r, 0, &type));
    PetscCall(ReadCount(r, &n));
    if (n > left) PetscCall(Raise(r, "more elements than announced"));
    left -= n;
    PetscCall(PetscFindInt(entity, r->nsurface, r->surface, &place));
    if (dim != 2) place = -1;
    for (PetscInt i = 0; i < n; i++) {
      PetscCall(ReadInt(r, 0, &tag));
      PetscCall(ReadElement(r, type, tag, place < 0 ? 0 : r->surface_physical[place], m));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadElements2(Reader *r, PltMsh *m)
{
  PetscInt n, tag, type, ntag, physical, skipped;

  PetscFunctionBegin;
  PetscCall(ReadCount(r, &n));
  PetscCall(AllocateQuads(n, m));
  for (PetscInt i = 0; i < n; i++) {
    PetscCall(ReadInt(r, 0, &tag));
    PetscCall(ReadInt(r, 0, &type));
    PetscCall(ReadCount(r, &ntag));
    physical = 0;
    for (PetscInt k = 0; k < ntag; k++)
      PetscCall(ReadInt(r, -PETSC_MAX_INT, k == 0 ? &physical : &skipped));
    PetscCall(ReadElement(r, type, tag, PetscAbsInt(physical), m));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the file ---- */
static PetscErrorCode ReadSection(Reader *r, const char *name, PltMsh *m)
{
  const PetscBool nodes = strcmp(name, "Nodes") == 0, elements = strcmp(name, "Elements") == 0;

  PetscFunctionBegin;
  if ((nodes && m->node_tag) || (elements && m->quad_tag) ||
      (!strcmp(name, "Entities") && r->surface) || (!strcmp(name, "PhysicalNames") && m->name))
    PetscCall(Raise(r, "a section that was there before"));
  if (!strcmp(name, "MeshFormat")) {
    PetscCall(ReadFormat(r));
  } else if (!strcmp(name, "PhysicalNames")) {
    PetscCall(ReadNames(r, m));
  } else if (!strcmp(name, "Entities")) {
    PetscCall(ReadEntities(r));
  } else if (nodes) {
    PetscCall(r->version4 ? ReadNodes4(r, m) : ReadNodes2(r, m));
  } else if (elements) {
    PetscCall(r->version4 ? ReadElements4(r, m) : ReadElements2(r, m));
  } else {
    while (*r->at && strncmp(r->at, "\n$End", 5)) r->at++;
  }
  r->at += strspn(r->at, " \t\r\n");
  if (strncmp(r->at, "$End", 4)) PetscCall(Raise(r, "the section should end here"));
  SkipLine(r);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Parse(Reader *r, PltMsh *m)
{
  char name[32];

  PetscFunctionBegin;
  PetscCall(ReadText(r));
  if (strncmp(r->text, "$MeshFormat", 11)) PetscCall(Raise(r, "not a Gmsh mesh (.msh)"));
  for (;;) {
    size_t length;

    r->at += strspn(r->at, " \t\r\n");
    if (!*r->at) break;
    if (*r->at != '$') PetscCall(Raise(r, "a section should begin here"));
    length = strcspn(++r->at, " \t\r\n");
    PetscCall(PetscStrncpy(name, r->at, PetscMin(length + 1, sizeof name)));
    r->at += length;
    PetscCall(ReadSection(r, name, m));
  }
  if (!m->node_tag || !m->quad_tag) PetscCall(Raise(r, "the file ends without nodes or elements"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMshRead(const char *file, PltMsh *msh)
{
  Reader         r = {.file = file};
  PetscErrorCode code;

  PetscFunctionBegin;
  PetscCall(PetscMemzero(msh, sizeof *msh));
  code = Parse(&r, msh);
  PetscCall(PetscFree(r.text));
  PetscCall(PetscFree(r.surface));
  PetscCall(PetscFree(r.surface_physical));
  if (code) PetscCall(PltMshDestroy(msh));
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltMshDestroy(PltMsh *m)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < m->nname; i++) PetscCall(PetscFree(m->name[i]));
  PetscCall(PetscFree(m->name));
  PetscCall(PetscFree(m->name_tag));
  PetscCall(PetscFree(m->node_tag));
  PetscCall(PetscFree(m->xyz));
  PetscCall(PetscFree(m->quad_tag));
  PetscCall(PetscFree(m->quad));
  PetscCall(PetscFree(m->physical));
  PetscFunctionReturn(PETSC_SUCCESS);
}
