/* SPDX-License-Identifier: BSD-2-Clause
   Quads in a polygon with holes by Gmsh (Geuzaine & Remacle 2009): frontal-Delaunay triangles
   (Rebay 1993), paired by Blossom's perfect matching (Remacle et al. 2012).

   Nothing Gmsh meets may end the process, and it has three ways of failing (4.8.4): while
   geometry is built calls return a code (General.AbortOnError 2); with that setting a failure
   inside the mesher ends the process, so it is 0 while meshing, when no call returns a code any
   more and only the log tells. So: 2, build, 0, mesh, read the log, and look at what came out.
   It is not run in a child process because forking is unsafe under some MPI transports.
   Algorithm 8 is avoided: it crashes.

   Every other node on the loops is given, as ends of lines of one element each, and what comes
   out is subdivided later. So dies keep their nodes, a triangle without a partner does no harm,
   and it takes a quarter of the time. Lengths are millimetres here: Gmsh's tolerances are
   absolute. */
#include "mesh/footprint.h"

#if defined(PLT_HAVE_GMSH) && PLT_HAVE_GMSH
#include <gmshc.h>
#include <string.h>

static const PetscReal mm = 1e-3;

/* Raise the error of the Gmsh call before. */
static PetscErrorCode Raise(void)
{
  char *text = NULL, copy[512] = "no reason given";
  int   ierr;

  gmshLoggerGetLastError(&text, &ierr);
  if (text && *text) (void)PetscStrncpy(copy, text, sizeof copy);
  gmshFree(text);
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_MESH, "Gmsh: %s", copy);
}

#define PltCallGmsh(call)                                                                          \
  do {                                                                                             \
    int ierr = 0;                                                                                  \
    call;                                                                                          \
    if (ierr) PetscCall(Raise());                                                                  \
  } while (0)

/* From 4.9 on there is one more argument. */
static void Initialize(int *ierr)
{
#if GMSH_API_VERSION_MAJOR == 4 && GMSH_API_VERSION_MINOR < 9
  gmshInitialize(0, NULL, 0, ierr);
#else
  gmshInitialize(0, NULL, 0, 0, ierr);
#endif
}

#if GMSH_API_VERSION_MAJOR == 4 && GMSH_API_VERSION_MINOR < 9
static double SizeAt(int dim, int tag, double x, double y, double z, void *sizes)
{
  const PetscReal xy[2] = {x * mm, y * mm};

  (void)dim;
  (void)tag;
  (void)z;
  return 2 * PltSizesAt((const PltSizes *)sizes, xy) / mm;
}
#else
static double SizeAt(int dim, int tag, double x, double y, double z, double size, void *sizes)
{
  const PetscReal xy[2] = {x * mm, y * mm};

  (void)dim;
  (void)tag;
  (void)z;
  (void)size;
  return 2 * PltSizesAt((const PltSizes *)sizes, xy) / mm;
}
#endif

static PetscErrorCode SetOptions(const PltSizes *sizes, PetscInt effort)
{
  const struct {
    const char *name;
    double      value;
  } option[] = {{"General.Terminal", 0},
                {"General.Verbosity", 2}, /* warnings: progress lines would fill the log */
                {"General.NumThreads", 1},
                {"General.AbortOnError", 2},
                {"Mesh.Algorithm", 6},
                {"Mesh.RecombinationAlgorithm", 1},
                {"Mesh.RecombineOptimizeTopology", effort > 1 ? 5 : 0}};

  PetscFunctionBegin;
  for (size_t i = 0; i < sizeof option / sizeof *option; i++)
    PltCallGmsh(gmshOptionSetNumber(option[i].name, option[i].value, &ierr));
  if (sizes->grading.near < sizes->grading.far) {
    PltCallGmsh(gmshOptionSetNumber("Mesh.MeshSizeExtendFromBoundary", 0, &ierr));
    PltCallGmsh(gmshModelMeshSetSizeCallback(SizeAt, (void *)(size_t)sizes, &ierr));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Points get the number of the coarse node in the list of all loops, from 1; so do the lines
   that begin there. Loops get that of themselves. */
static PetscErrorCode AddLoops(const PltPolygon *polygon, PetscReal size)
{
  int *line;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(polygon->start[polygon->nloop] / 2, &line));
  for (PetscInt l = 0; l < polygon->nloop; l++) {
    const int first = (int)polygon->start[l] / 2 + 1,
              n     = (int)polygon->start[l + 1] / 2 + 1 - first;

    for (int i = 0; i < n; i++) {
      const PetscReal *xy = &polygon->xy[2 * polygon->point[2 * (first + i - 1)]];

      PltCallGmsh(gmshModelGeoAddPoint(xy[0] / mm, xy[1] / mm, 0, size / mm, first + i, &ierr));
    }
    for (int i = 0; i < n; i++) {
      line[i] = first + i;
      PltCallGmsh(gmshModelGeoAddLine(first + i, first + (i + 1) % n, line[i], &ierr));
      PltCallGmsh(gmshModelGeoMeshSetTransfiniteCurve(line[i], 2, "Progression", 1, &ierr));
    }
#if GMSH_API_VERSION_MAJOR == 4 && GMSH_API_VERSION_MINOR < 8
    PltCallGmsh(gmshModelGeoAddCurveLoop(line, (size_t)n, (int)l + 1, &ierr));
#else
    PltCallGmsh(gmshModelGeoAddCurveLoop(line, (size_t)n, (int)l + 1, 0, &ierr));
#endif
  }
  PetscCall(PetscFree(line));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode AddSurfaces(const PltPolygon *polygon, PetscInt effort)
{
  int *loop, surface = 0;

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(polygon->nloop, &loop));
  for (PetscInt l = 0; l < polygon->nloop; surface++) {
    size_t n = 0;

    do loop[n++] = (int)++l;
    while (l < polygon->nloop && !polygon->outer[l]);
    PltCallGmsh(gmshModelGeoAddPlaneSurface(loop, n, surface + 1, &ierr));
  }
  PltCallGmsh(gmshModelGeoSynchronize(&ierr));
  for (; surface > 0 && effort > 0; surface--)
    PltCallGmsh(gmshModelMeshSetRecombine(2, surface, &ierr));
  PetscCall(PetscFree(loop));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* With AbortOnError 0 the log is the only sign of a failure. */
static PetscErrorCode Generate(void)
{
  char **line = NULL, first[512] = "";
  size_t n = 0;

  PetscFunctionBegin;
  PltCallGmsh(gmshOptionSetNumber("General.AbortOnError", 0, &ierr));
  PltCallGmsh(gmshLoggerStart(&ierr));
  PltCallGmsh(gmshModelMeshGenerate(2, &ierr));
  PltCallGmsh(gmshLoggerGet(&line, &n, &ierr));
  for (size_t i = 0; i < n; i++) {
    if (!*first && !strncmp(line[i], "Error", 5))
      PetscCall(PetscStrncpy(first, line[i], sizeof first));
    gmshFree(line[i]);
  }
  gmshFree(line);
  PltCallGmsh(gmshLoggerStop(&ierr));
  PetscCheck(
      !*first, PETSC_COMM_SELF, PLT_ERR_MESH,
      "Gmsh could not mesh between the dies (%s): dies may touch along a part of a side, or lie "
      "much closer together than the mesh size; try 'method: mapped'",
      first);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Vertices of the mesh: the points, then the inner nodes. vertex[node tag] tells which. */
static PetscErrorCode ReadVertices(const PltPolygon *polygon, PetscInt nquad, PetscInt **vertex,
                                   PltFootprint *mesh)
{
  const int ncoarse = (int)polygon->start[polygon->nloop] / 2;
  size_t   *node, nnode, ncoord, nparametric, most = 0;
  double   *coord, *parametric;

  PetscFunctionBegin;
  PltCallGmsh(gmshModelMeshGetNodes(&node, &nnode, &coord, &ncoord, &parametric, &nparametric, -1,
                                    -1, 0, 0, &ierr));
  gmshFree(parametric);
  for (size_t i = 0; i < nnode; i++) most = PetscMax(most, node[i]);
  PetscCall(PetscMalloc1(most + 1, vertex));
  for (size_t i = 0; i <= most; i++) (*vertex)[i] = -1;
  for (int i = 0; i < ncoarse; i++) {
    size_t *one, none;
    double *at;

    PltCallGmsh(gmshModelMeshGetNodes(&one, &none, &at, &ncoord, &parametric, &nparametric, 0,
                                      i + 1, 0, 0, &ierr));
    if (none == 1) (*vertex)[one[0]] = polygon->point[2 * i];
    gmshFree(one);
    gmshFree(at);
    gmshFree(parametric);
  }
  PetscCall(PltFootprintAllocate(polygon->npoint + (PetscInt)nnode, nquad, mesh));
  PetscCall(PetscArraycpy(mesh->xy, polygon->xy, 2 * polygon->npoint));
  mesh->nvert = polygon->npoint;
  for (size_t i = 0; i < nnode; i++) {
    if ((*vertex)[node[i]] >= 0) continue;
    mesh->xy[2 * mesh->nvert]     = coord[3 * i] * mm;
    mesh->xy[2 * mesh->nvert + 1] = coord[3 * i + 1] * mm;
    (*vertex)[node[i]]            = mesh->nvert++;
  }
  gmshFree(node);
  gmshFree(coord);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Read(const PltPolygon *polygon, PltFootprint *mesh)
{
  enum { TRIANGLE = 2, QUAD = 3 }; /* element types */
  size_t   *element, *node[2], n[2], nnode;
  PetscInt *vertex, *quad;

  PetscFunctionBegin;
  for (int k = 0; k < 2; k++) {
    PltCallGmsh(gmshModelMeshGetElementsByType(k == 0 ? QUAD : TRIANGLE, &element, &n[k], &node[k],
                                               &nnode, -1, 0, 1, &ierr));
    gmshFree(element);
  }
  PetscCall(ReadVertices(polygon, (PetscInt)(n[0] + n[1]), &vertex, mesh));
  quad = mesh->quad;
  for (size_t i = 0; i < 4 * n[0]; i++) *quad++ = vertex[node[0][i]];
  for (size_t i = 0; i < 3 * n[1]; i++) {
    *quad++ = vertex[node[1][i]];
    if (i % 3 == 2) *quad++ = vertex[node[1][i]];
  }
  for (int k = 0; k < 2; k++) gmshFree(node[k]);
  PetscCall(PetscFree(vertex));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Fill(const PltPolygon *polygon, const PltSizes *sizes, PetscInt effort,
                           PltFootprint *coarse)
{
  PetscFunctionBegin;
  PetscCall(SetOptions(sizes, effort));
  PltCallGmsh(gmshModelAdd("platen", &ierr));
  PetscCall(AddLoops(polygon, 2 * sizes->grading.far));
  PetscCall(AddSurfaces(polygon, effort));
  PetscCall(Generate());
  PetscCall(Read(polygon, coarse));
  PltFootprintFaceUp(coarse);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGmshFill(const PltPolygon *polygon, const PltSizes *sizes, PetscInt effort,
                           PltFootprint *coarse)
{
  PetscErrorCode code;
  int            ierr;

  PetscFunctionBegin;
  Initialize(&ierr);
  PetscCheck(!ierr, PETSC_COMM_SELF, PLT_ERR_MESH, "Gmsh did not start");
  code = Fill(polygon, sizes, effort, coarse);
  gmshFinalize(&ierr);
  PetscCall(code);
  PetscFunctionReturn(PETSC_SUCCESS);
}

#else
PetscErrorCode PltGmshFill(const PltPolygon *polygon, const PltSizes *sizes, PetscInt effort,
                           PltFootprint *coarse)
{
  PetscFunctionBegin;
  (void)polygon;
  (void)sizes;
  (void)effort;
  (void)coarse;
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_MESH,
          "this Platen was built without Gmsh, which 'method: free' needs: use 'method: mapped' "
          "(rectangles with dies along the axes) or 'file' with a mesh made elsewhere");
}
#endif
