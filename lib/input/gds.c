/* SPDX-License-Identifier: BSD-2-Clause
   GDSII stream files (Calma, GDSII Stream Format Manual 6.0, 1987): records of a length, a type and
   a kind of data, big-endian; coordinates are whole database units. Boundaries, paths, boxes and
   references are read; texts, nodes and properties are passed over. Whatever the bytes, the answer
   is polygons or a mistake with the byte where it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "input/gds.h"

enum { HEADER, BGNLIB, LIBNAME, UNITS, ENDLIB, BGNSTR, STRNAME, ENDSTR, BOUNDARY, PATH, SREF };
enum { AREF = SREF + 1, TEXT, LAYER, DATATYPE, WIDTH, XY, ENDEL, SNAME, COLROW, NODE = 0x15 };
enum { STRANS = 0x1a, MAG, ANGLE, PATHTYPE = 0x21, BOX = 0x2d, BOXTYPE, BGNEXTN = 0x30, ENDEXTN };
enum { TYPES = 0x3c };
enum { NO_DATA, BITS, SHORT, LONG, REAL4, REAL8, CHARS };

/* What a record of a type must hold: the kind and the least number of bytes. Those not listed are
   passed over. */
static const struct {
  const char *name;
  int         kind, least;
} known[TYPES] = {
    [HEADER]   = {"HEADER", SHORT, 2},
    [UNITS]    = {"UNITS", REAL8, 16},
    [ENDLIB]   = {"ENDLIB", NO_DATA, 0},
    [BGNSTR]   = {"BGNSTR", SHORT, 0},
    [STRNAME]  = {"STRNAME", CHARS, 1},
    [ENDSTR]   = {"ENDSTR", NO_DATA, 0},
    [BOUNDARY] = {"BOUNDARY", NO_DATA, 0},
    [PATH]     = {"PATH", NO_DATA, 0},
    [SREF]     = {"SREF", NO_DATA, 0},
    [AREF]     = {"AREF", NO_DATA, 0},
    [TEXT]     = {"TEXT", NO_DATA, 0},
    [LAYER]    = {"LAYER", SHORT, 2},
    [DATATYPE] = {"DATATYPE", SHORT, 2},
    [WIDTH]    = {"WIDTH", LONG, 4},
    [XY]       = {"XY", LONG, 8},
    [ENDEL]    = {"ENDEL", NO_DATA, 0},
    [SNAME]    = {"SNAME", CHARS, 1},
    [COLROW]   = {"COLROW", SHORT, 4},
    [NODE]     = {"NODE", NO_DATA, 0},
    [STRANS]   = {"STRANS", BITS, 2},
    [MAG]      = {"MAG", REAL8, 8},
    [ANGLE]    = {"ANGLE", REAL8, 8},
    [PATHTYPE] = {"PATHTYPE", SHORT, 2},
    [BOX]      = {"BOX", NO_DATA, 0},
    [BOXTYPE]  = {"BOXTYPE", SHORT, 2},
    [BGNEXTN]  = {"BGNEXTN", LONG, 4},
    [ENDEXTN]  = {"ENDEXTN", LONG, 4},
};

typedef struct {
  size_t               at, n; /* byte of its head; bytes of data */
  int                  type;
  const unsigned char *data;
} Record;

/* What is collected of an element. */
typedef struct {
  size_t    at;
  int       type, layer, datatype, pathtype;
  PetscReal width, end[2];
  PetscInt  nxy;
  PetscReal (*xy)[2];
  PltGdsReference reference;
} Element;

/* ---- numbers ---- */

static int ShortAt(const unsigned char *s)
{
  const int v = s[0] << 8 | s[1];

  return v < 0x8000 ? v : v - 0x10000;
}

static PetscReal LongAt(const unsigned char *s)
{
  const PetscReal v = ((s[0] * 256. + s[1]) * 256. + s[2]) * 256. + s[3];

  return v < 2147483648. ? v : v - 4294967296.;
}

/* A sign, an exponent of 16 that counts from 64, a fraction of 56 bits. */
static PetscReal RealAt(const unsigned char *s)
{
  PetscReal v = 0;

  for (int k = 7; k > 0; k--) v = (v + s[k]) / 256;
  v = ldexp(v, 4 * ((s[0] & 0x7f) - 64));
  return s[0] & 0x80 ? -v : v;
}

/* ---- records ---- */

static PetscErrorCode Next(PltGds *g, Record *r)
{
  const size_t         left = g->size - g->at;
  const unsigned char *s    = g->bytes + g->at;

  PetscFunctionBegin;
  *r = (Record){.at = g->at, .type = ENDLIB};
  if (left < 4) {
    PetscCall(PltGdsFail(g, g->at, "the file ends without its last record, ENDLIB"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  r->n    = (size_t)s[0] << 8 | s[1];
  r->type = s[2];
  r->data = s + 4;
  if (r->n < 4 || r->n % 2 || r->type >= TYPES) {
    PetscCall(
        PltGdsFail(g, g->at, "no record of a GDSII file: length %zu, type %d", r->n, r->type));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (r->n > left) {
    PetscCall(
        PltGdsFail(g, g->at, "a record of %zu bytes, but the file ends after %zu", r->n, left));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  g->at += r->n;
  r->n -= 4;
  if (known[r->type].name && (s[3] != known[r->type].kind || r->n < (size_t)known[r->type].least))
    PetscCall(PltGdsFail(g, r->at,
                         "a record %s of %zu bytes of kind %d, which must be %d or more of "
                         "kind %d",
                         known[r->type].name, r->n, s[3], known[r->type].least,
                         known[r->type].kind));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The text of a record, less the zero that fills it up. */
static size_t TextLength(const Record *r)
{
  size_t n = r->n;

  while (n > 0 && r->data[n - 1] == 0) n--;
  return n;
}

/* ---- elements ---- */

static PetscErrorCode AddPoints(Element *e, const Record *r)
{
  PetscFunctionBegin;
  for (size_t k = 0; k + 8 <= r->n; k += 8) {
    PetscCall(PltGrow(e->nxy, sizeof *e->xy, &e->xy));
    e->xy[e->nxy][0] = LongAt(r->data + k);
    e->xy[e->nxy][1] = LongAt(r->data + k + 4);
    e->nxy++;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode TakeRecord(PltGds *g, const Record *r, Element *e)
{
  PltGdsReference *f = &e->reference;

  PetscFunctionBegin;
  switch (r->type) {
  case LAYER:
    e->layer = ShortAt(r->data);
    break;
  case DATATYPE:
  case BOXTYPE:
    e->datatype = ShortAt(r->data);
    break;
  case WIDTH:
    e->width = PetscAbsReal(LongAt(r->data));
    break;
  case PATHTYPE:
    e->pathtype = ShortAt(r->data);
    break;
  case BGNEXTN:
  case ENDEXTN:
    e->end[r->type - BGNEXTN] = LongAt(r->data);
    break;
  case XY:
    PetscCall(AddPoints(e, r));
    break;
  case SNAME:
    f->name   = (const char *)r->data;
    f->length = TextLength(r);
    break;
  case COLROW:
    for (int d = 0; d < 2; d++) f->count[d] = ShortAt(r->data + 2 * d);
    break;
  case STRANS:
    f->mirror = (PetscBool)(r->data[0] >> 7);
    if (r->data[1] & 6)
      PetscCall(PltGdsFail(g, r->at, "a reference of absolute size or angle is not supported"));
    break;
  case MAG:
    f->mag = RealAt(r->data);
    break;
  case ANGLE:
    f->angle = RealAt(r->data);
    break;
  case ENDSTR:
  case ENDLIB:
  case BGNSTR:
  case BOUNDARY:
  case PATH:
  case SREF:
  case AREF:
  case TEXT:
  case NODE:
  case BOX:
    PetscCall(PltGdsFail(g, r->at, "a record %s inside an element, which began in byte %zu",
                         known[r->type].name, e->at));
    break;
  default:
    break;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscBool IsWanted(PltGds *g, const Element *e)
{
  PetscBool seen = PETSC_FALSE;

  for (PetscInt i = 0; i < g->nseen && !seen; i++)
    seen = (PetscBool)(g->seen[i].layer == e->layer && g->seen[i].datatype == e->datatype);
  if (!seen && g->nseen < PLT_LAYERS_MAX)
    g->seen[g->nseen++] = (PltLayerNumber){e->layer, e->datatype};
  for (PetscInt i = 0; i < g->nwanted; i++)
    if (g->wanted[i].layer == e->layer &&
        (g->wanted[i].datatype < 0 || g->wanted[i].datatype == e->datatype))
      return PETSC_TRUE;
  return PETSC_FALSE;
}

static PetscErrorCode AddShape(PltGds *g, PltGdsCell *cell, Element *e)
{
  const PetscInt least = e->type == PATH ? 1 : 4;

  PetscFunctionBegin;
  if (e->layer < 0 || e->datatype < 0 || e->nxy < least) {
    PetscCall(PltGdsFail(g, e->at, "a %s needs LAYER, %s and XY of %d points or more",
                         known[e->type].name, e->type == BOX ? "BOXTYPE" : "DATATYPE", (int)least));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (!IsWanted(g, e)) PetscFunctionReturn(PETSC_SUCCESS);
  if (e->type != PATH) { /* the last point is the first one again */
    PetscCall(PltPolygonsAdd(&cell->polygons, e->nxy - 1, (const PetscReal(*)[2])e->xy));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  if (e->pathtype != 4) e->end[0] = e->end[1] = e->pathtype == 2 ? e->width / 2 : 0;
  if (e->pathtype < 0 || e->pathtype == 3 || e->pathtype > 4)
    PetscCall(PltGdsFail(g, e->at, "a path of type %d: must be 0, 1, 2 or 4", e->pathtype));
  else if (e->width > 0)
    PetscCall(PltGdsAddPath(&cell->polygons, e->nxy, e->xy, e->width, e->end,
                            (PetscBool)(e->pathtype == 1)));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddReference(PltGds *g, PltGdsCell *cell, const Element *e)
{
  const PetscBool array = (PetscBool)(e->type == AREF);
  const PetscInt  n     = array ? 3 : 1;
  PltGdsReference f     = e->reference;
  const PetscBool good  = (PetscBool)(f.count[0] > 0 && f.count[1] > 0);

  PetscFunctionBegin;
  if (!f.name || f.length == 0 || e->nxy != n || (array && !good))
    PetscCall(PltGdsFail(g, e->at, "%s needs SNAME and XY of %s", known[e->type].name,
                         array ? "three points, and COLROW above 0" : "one point"));
  else if (!(f.mag > 0 && f.mag < 1e6 && PetscAbsReal(f.angle) < 1e6))
    PetscCall(PltGdsFail(g, e->at, "a reference of size %.6g and angle %.6g deg", (double)f.mag,
                         (double)f.angle));
  if (g->bad) PetscFunctionReturn(PETSC_SUCCESS);
  f.at = e->at;
  PetscCall(PetscMemcpy(f.xy, e->xy, (size_t)n * sizeof *e->xy));
  if (!array) f.count[0] = f.count[1] = 1;
  PetscCall(PltGrow(cell->nreference, sizeof *cell->reference, &cell->reference));
  cell->reference[cell->nreference++] = f;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadElement(PltGds *g, const Record *head)
{
  Element e = {.at = head->at, .type = head->type, .layer = -1, .datatype = -1};
  Record  r;

  PetscFunctionBegin;
  e.reference.mag = 1;
  do {
    PetscCall(Next(g, &r));
    if (!g->bad && r.type != ENDEL) PetscCall(TakeRecord(g, &r, &e));
  } while (!g->bad && r.type != ENDEL);
  if (!g->bad) {
    PltGdsCell *cell = &g->cell[g->ncell - 1];

    if (e.type == BOUNDARY || e.type == BOX || e.type == PATH) PetscCall(AddShape(g, cell, &e));
    else if (e.type == SREF || e.type == AREF) PetscCall(AddReference(g, cell, &e));
  }
  PetscCall(PetscFree(e.xy));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- cells ---- */

static PetscErrorCode ReadCell(PltGds *g)
{
  Record r;

  PetscFunctionBegin;
  PetscCall(Next(g, &r));
  if (!g->bad && r.type != STRNAME)
    PetscCall(PltGdsFail(g, r.at, "a cell without a name, STRNAME"));
  if (g->bad) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PltGrow(g->ncell, sizeof *g->cell, &g->cell));
  g->cell[g->ncell++] =
      (PltGdsCell){.name = (const char *)r.data, .length = TextLength(&r), .at = r.at};
  while (!g->bad) {
    PetscCall(Next(g, &r));
    if (g->bad || r.type == ENDSTR) break;
    if (r.type == ENDLIB || r.type == BGNSTR)
      PetscCall(PltGdsFail(g, r.at, "a record %s inside a cell", known[r.type].name));
    else if ((r.type >= BOUNDARY && r.type <= TEXT) || r.type == NODE || r.type == BOX)
      PetscCall(ReadElement(g, &r));
    else if (known[r.type].name)
      PetscCall(PltGdsFail(g, r.at, "a record %s outside of an element", known[r.type].name));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadUnits(PltGds *g, const Record *r)
{
  PetscFunctionBegin;
  g->unit = RealAt(r->data + 8);
  if (!(g->unit > 1e-15 && g->unit < 1))
    PetscCall(PltGdsFail(g, r->at, "a database unit of %.6g m", (double)g->unit));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode ReadLibrary(PltGds *g)
{
  Record r;

  PetscFunctionBegin;
  if (g->size < 4 || g->bytes[2] != HEADER || g->bytes[3] != SHORT)
    PetscCall(PltGdsFail(g, 0, "this is no GDSII file: it would begin with a HEADER"));
  while (!g->bad) {
    PetscCall(Next(g, &r));
    if (g->bad) break;
    if (r.type == ENDLIB) {
      if (!(g->unit > 0)) PetscCall(PltGdsFail(g, r.at, "the file has no UNITS"));
      break;
    }
    if (r.type == UNITS) PetscCall(ReadUnits(g, &r));
    else if (r.type == BGNSTR) PetscCall(ReadCell(g));
    else if (r.type > LIBNAME && known[r.type].name)
      PetscCall(PltGdsFail(g, r.at, "a record %s outside of a cell", known[r.type].name));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

void PltGdsLayers(const char *text, PetscInt *n, PltLayerNumber layer[PLT_LAYERS_MAX])
{
  for (*n = 0; *n < PLT_LAYERS_MAX;) {
    PltLayerNumber *l    = &layer[*n];
    int             used = 0;

    l->datatype = -1;
    if (sscanf(text, " %5d%n", &l->layer, &used) != 1 || l->layer < 0 || l->layer > 32767) break;
    text += used;
    if (*text == '/') {
      if (sscanf(text, "/%5d%n", &l->datatype, &used) != 1 || l->datatype < 0) break;
      text += used;
    }
    ++*n;
    text += strspn(text, " ");
    if (!*text) return;
    if (*text++ != ',') break;
  }
  *n = 0;
}

PetscErrorCode PltGdsRead(PltReader *reader, const char *file, const unsigned char *bytes,
                          size_t size, const char *layers, const char *cell, PltPolygons *polygons)
{
  PltGds g = {.reader = reader, .mark = {file, 0, 0}, .bytes = bytes, .size = size};

  PetscFunctionBegin;
  *polygons = (PltPolygons){.npoly = 0};
  PltGdsLayers(layers, &g.nwanted, g.wanted);
  PetscCall(ReadLibrary(&g));
  if (!g.bad) PetscCall(PltGdsFlatten(&g, cell, polygons));
  if (g.bad) PetscCall(PltPolygonsFree(polygons));
  for (PetscInt i = 0; i < g.ncell; i++) {
    PetscCall(PltPolygonsFree(&g.cell[i].polygons));
    PetscCall(PetscFree(g.cell[i].reference));
  }
  PetscCall(PetscFree(g.cell));
  PetscFunctionReturn(PETSC_SUCCESS);
}
