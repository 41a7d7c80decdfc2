/* SPDX-License-Identifier: BSD-2-Clause
   The XDMF sidecar: for ParaView 5.11 and older, which do not read temporal VTKHDF. It points at
   the per-step views of the .vtkhdf file. The form works in all three XDMF readers of ParaView: one
   data set an array (no hyperslabs), no soft links, stress as a "Matrix" of 6 columns in VTK order.
   */
#include <string.h>
#include "output/internal.h"

PetscErrorCode PltXdmfAdd(PltXdmf *xdmf, const char *name, double time, long long cells)
{
  PltXdmfStep *step;

  PetscFunctionBegin;
  PetscCall(PetscRealloc((size_t)(xdmf->nstep + 1) * sizeof *step, &xdmf->step));
  step        = &xdmf->step[xdmf->nstep++];
  step->time  = time;
  step->cells = cells;
  PetscCall(PetscStrallocpy(name, &step->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltXdmfFree(PltXdmf *xdmf)
{
  PetscFunctionBegin;
  for (PetscInt i = 0; i < xdmf->nstep; i++) PetscCall(PetscFree(xdmf->step[i].name));
  PetscCall(PetscFree(xdmf->step));
  xdmf->nstep = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltXdmfName(const char *file, char **name)
{
  const size_t n = strlen(file), tail = strlen(".vtkhdf");
  const size_t stem = n > tail && !strcmp(file + n - tail, ".vtkhdf") ? n - tail : n;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(stem + sizeof ".xdmf", name));
  memcpy(*name, file, stem);
  strcpy(*name + stem, ".xdmf");
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddEscaped(PltText *text, const char *s)
{
  PetscFunctionBegin;
  for (; *s; s++) {
    switch (*s) {
    case '&':
      PetscCall(PltTextAdd(text, "&amp;"));
      break;
    case '<':
      PetscCall(PltTextAdd(text, "&lt;"));
      break;
    case '>':
      PetscCall(PltTextAdd(text, "&gt;"));
      break;
    case '"':
      PetscCall(PltTextAdd(text, "&quot;"));
      break;
    default:
      PetscCall(PltTextAddBytes(text, s, 1));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* One array: rows x columns (0: a vector) of a number type. */
typedef struct {
  const char *name, *kind, *centre, *number;
  int         precision, columns;
} Array;

static PetscErrorCode AddItem(PltText *text, const Array *a, long long rows, const char *file,
                              PetscInt step)
{
  PetscFunctionBegin;
  PetscCall(PltTextAdd(text, "     <DataItem Dimensions=\"%lld", rows));
  if (a->columns) PetscCall(PltTextAdd(text, " %d", a->columns));
  PetscCall(PltTextAdd(text, "\" NumberType=\"%s\" Precision=\"%d\" Format=\"HDF\">", a->number,
                       a->precision));
  PetscCall(AddEscaped(text, file));
  PetscCall(PltTextAdd(text, ":/steps/%04d/%s</DataItem>\n", (int)step, a->name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddMesh(PltText *text, const PltXdmf *xdmf, const char *file, PetscInt step)
{
  const Array     connectivity = {"connectivity", NULL, NULL, "Int", 8, 0};
  const Array     points       = {"points", NULL, NULL, "Float", 8, 3};
  const long long cells        = xdmf->step[step].cells;

  PetscFunctionBegin;
  PetscCall(PltTextAdd(
      text, "    <Topology TopologyType=\"Hexahedron\" NumberOfElements=\"%lld\">\n", cells));
  PetscCall(AddItem(text, &connectivity, 8 * cells, file, step));
  PetscCall(PltTextAdd(text, "    </Topology>\n    <Geometry GeometryType=\"XYZ\">\n"));
  PetscCall(AddItem(text, &points, xdmf->points, file, step));
  PetscCall(PltTextAdd(text, "    </Geometry>\n"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddStep(PltText *text, const PltXdmf *xdmf, const char *file, PetscInt step)
{
  static const Array array[] = {{"displacement", "Vector", "Node", "Float", 4, 3},
                                {"w", "Scalar", "Node", "Float", 4, 0},
                                {"ply", "Scalar", "Cell", "Int", 4, 0},
                                {"material", "Scalar", "Cell", "Int", 4, 0},
                                {"temperature", "Scalar", "Cell", "Float", 4, 0},
                                {"stress", "Matrix", "Cell", "Float", 4, 6},
                                {"von_mises", "Scalar", "Cell", "Float", 4, 0}};
  const size_t       n       = sizeof array / sizeof *array - (xdmf->stress ? 0 : 2);

  PetscFunctionBegin;
  PetscCall(PltTextAdd(text, "   <Grid Name=\"%04d ", (int)step));
  PetscCall(AddEscaped(text, xdmf->step[step].name));
  PetscCall(PltTextAdd(text, "\" GridType=\"Uniform\">\n    <Time Value=\""));
  PetscCall(PltTextAddReal(text, xdmf->step[step].time));
  PetscCall(PltTextAdd(text, "\"/>\n"));
  PetscCall(AddMesh(text, xdmf, file, step));
  for (size_t i = 0; i < n; i++) {
    const Array    *a    = &array[i];
    const long long rows = a->centre[0] == 'N' ? xdmf->points : xdmf->step[step].cells;

    PetscCall(PltTextAdd(text, "    <Attribute Name=\"%s\" AttributeType=\"%s\" Center=\"%s\">\n",
                         a->name, a->kind, a->centre));
    PetscCall(AddItem(text, a, rows, file, step));
    PetscCall(PltTextAdd(text, "    </Attribute>\n"));
  }
  PetscCall(PltTextAdd(text, "   </Grid>\n"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltXdmfFormat(const PltXdmf *xdmf, const char *file, PltText *text)
{
  PetscFunctionBegin;
  PetscCall(PltTextAdd(text, "<?xml version=\"1.0\" ?>\n"
                             "<!DOCTYPE Xdmf SYSTEM \"Xdmf.dtd\" []>\n"
                             "<Xdmf Version=\"2.0\">\n <Domain>\n"
                             "  <Grid Name=\"process\" GridType=\"Collection\" "
                             "CollectionType=\"Temporal\">\n"));
  for (PetscInt s = 0; s < xdmf->nstep; s++) PetscCall(AddStep(text, xdmf, file, s));
  PetscCall(PltTextAdd(text, "  </Grid>\n </Domain>\n</Xdmf>\n"));
  PetscFunctionReturn(PETSC_SUCCESS);
}
