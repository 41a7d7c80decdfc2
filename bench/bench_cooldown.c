/* SPDX-License-Identifier: BSD-2-Clause
   Accuracy of the cooldown panel (tests/cooldown.h) over mesh, scheme and slabs, as CSV: the
   studies behind tests/README and the defaults of lib/assemble/tables.c.

     usage: bench_cooldown [mesh] [slabs] [scheme] [limit]      mesh and slabs without a word

   Stress is that of the device ply in the middle of the quads of the row above y = 0, after debond,
   half a millimetre or more off the edges of dies and panel. There s33 is below 0.1 MPa in truth,
   so its largest value, s33_MPa, is an artefact; s11_MPa is the largest alternation |a - 2b + c|/4
   of s11 over three neighbours. */
#include <petscsys.h>
#include "../tests/cooldown.h"
#include "model/model.h"

enum { ROW_MAX = 1024 };

typedef struct {
  PetscInt  quad, region;
  PetscReal x, end; /* m, from .. to */
} Place;

/* Quads of the first row above y = 0, ascending in x. */
static PetscInt FirstRow(PltMesh mesh, Place row[])
{
  PetscInt n = 0;

  for (PetscInt q = 0; q < mesh->nquad; q++) {
    const PetscInt *v = mesh->quad + 4 * q;
    const Place     p = {q, mesh->region[q], mesh->xy[2 * v[0]], mesh->xy[2 * v[1]]};
    PetscInt        i = n;

    if (PetscAbsReal(mesh->xy[2 * v[0] + 1]) > 1e-9 || n == ROW_MAX) continue;
    for (; i > 0 && row[i - 1].x > p.x; i--) row[i] = row[i - 1];
    row[i] = p;
    n++;
  }
  return n;
}

/* Is the centre of quad i half a millimetre off the ends of its region? */
static PetscBool OffEdges(PetscInt n, const Place row[], PetscInt i)
{
  const PetscReal x = (row[i].x + row[i].end) / 2;

  for (PetscInt j = 0; j < n; j++) {
    if (row[j].region != row[i].region && row[j].x < x + 0.5e-3 && row[j].end > x - 0.5e-3)
      return PETSC_FALSE;
  }
  return (PetscBool)(row[n - 1].end > x + 0.5e-3);
}

typedef struct {
  PetscReal s33, s11; /* Pa */
} Artefact;

static PetscErrorCode Artefacts(PltModel model, const char *ply, Artefact *a)
{
  const PltState s      = model->process->state;
  const PetscInt number = PltProjectFindPly(model->project, ply);
  Place          row[ROW_MAX];
  PetscReal     *stress, s11[ROW_MAX];
  const PetscInt n = FirstRow(model->mesh, row);

  PetscFunctionBegin;
  PetscCall(PetscMalloc1(12 * s->slabs.nply, &stress));
  *a = (Artefact){0, 0};
  for (PetscInt i = 0; i < n; i++) {
    const PetscReal *low = stress + 12 * number, *high = low + 6;

    PetscCall(PltAssemblyStress(model->process->assembly, row[i].quad, stress));
    s11[i] = (low[PLT_11] + high[PLT_11]) / 2;
    if (OffEdges(n, row, i))
      a->s33 = PetscMax(a->s33, PetscAbsReal(low[PLT_33] + high[PLT_33]) / 2);
    if (i < 2 || row[i - 2].region != row[i].region || !OffEdges(n, row, i - 2) ||
        !OffEdges(n, row, i))
      continue;
    a->s11 = PetscMax(a->s11, PetscAbsReal(s11[i - 2] - 2 * s11[i - 1] + s11[i]) / 4);
  }
  PetscCall(PetscFree(stress));
  PetscFunctionReturn(PETSC_SUCCESS);
}

typedef struct {
  const char  *study, *slabs;
  PetscReal    gamma, zigzag, thin; /* thin: um */
  CooldownMesh mesh;
} Case;

static PetscErrorCode SetScheme(const Case *c)
{
  char value[32];

  PetscFunctionBegin;
  PetscCall(PetscSNPrintf(value, sizeof(value), "%g", (double)c->gamma));
  PetscCall(PetscOptionsSetValue(NULL, "-plt_gamma", value));
  PetscCall(PetscSNPrintf(value, sizeof(value), "%g", (double)c->zigzag));
  PetscCall(PetscOptionsSetValue(NULL, "-plt_zigzag", value));
  PetscCall(PetscSNPrintf(value, sizeof(value), "%g", (double)c->thin * 1e-6));
  PetscCall(PetscOptionsSetValue(NULL, "-plt_thin", value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void Print(const Case *c, const PltMeshSize *size, double full, double debonded,
                  const Artefact *a, double seconds)
{
  const CooldownMesh *m = &c->mesh;

  printf("%s,%g,%g,%g,%d,%g,%g,%g,%s,%ld,%ld,", c->study, m->size, m->dies, m->growth, m->cut,
         c->gamma, c->zigzag, c->thin, c->slabs, size->quads, size->unknowns);
  printf("%.3f,%.2f,%.3f,%.2f,%.3f,%.3f,%.2f\n", full, 100 * (full / cooldown_full - 1), debonded,
         100 * (debonded / cooldown_debonded - 1), a->s33 * 1e-6, a->s11 * 1e-6, seconds);
}

static PetscErrorCode Run(const Case *c)
{
  PltProject    project;
  PltModel      model;
  PltWarpage    full, debonded;
  PltStepReport step[2];
  PltMeshSize   size;
  Artefact      a;
  int           more;

  PetscFunctionBegin;
  PetscCall(SetScheme(c));
  PetscCall(CooldownProject(PETSC_COMM_WORLD, &c->mesh, &project));
  PetscCall(PltModelCreate(project, &model));
  PetscCall(PltModelStep(model, &more));
  PetscCall(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &full));
  PetscCall(PltModelGetStep(model, &step[0]));
  PetscCall(PltModelStep(model, &more));
  PetscCall(PltModelGetWarpage(model, PLT_SURFACE_BOTTOM, &debonded));
  PetscCall(PltModelGetStep(model, &step[1]));
  PetscCall(PltModelGetMeshSize(model, &size));
  PetscCall(Artefacts(model, "device", &a));
  Print(c, &size, full.pv * 1e6, debonded.pv * 1e6, &a, step[0].seconds + step[1].seconds);
  PetscCall(PltModelDestroy(&model));
  PetscCall(PltProjectDestroy(&project));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Far size h, beside die edges h, then h/4 at a large and at the usual growth. */
static PetscErrorCode MeshStudy(Case c)
{
  PetscFunctionBegin;
  c.study = "mesh";
  for (c.mesh.size = 4; c.mesh.size > 0.4; c.mesh.size /= 2) {
    c.mesh.dies = c.mesh.growth = 0;
    PetscCall(Run(&c));
  }
  for (c.mesh.growth = 4; c.mesh.growth >= 0; c.mesh.growth -= 4)
    for (c.mesh.size = 4; c.mesh.size > 0.9; c.mesh.size /= 2) {
      c.mesh.dies = c.mesh.size / 4;
      PetscCall(Run(&c));
    }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode SchemeStudy(Case c)
{
  static const CooldownMesh mesh[]   = {{2, 0.5, 2, PLT_SYMMETRY_QUARTER, 1, NULL, 0},
                                        {2, 0, 0, PLT_SYMMETRY_QUARTER, 1, NULL, 0},
                                        {1, 0, 0, PLT_SYMMETRY_QUARTER, 1, NULL, 0}};
  static const PetscReal    thin[]   = {50, 0};
  static const PetscReal    gamma[]  = {1, 0.3, 0.1};
  static const PetscReal    zigzag[] = {0, 0.03, 0.1, 0.3, 1};

  PetscFunctionBegin;
  c.study = "scheme";
  for (int i = 0; i < 3 * 2 * 3 * 5; i++) {
    c.mesh   = mesh[i / 30];
    c.thin   = thin[i / 15 % 2];
    c.gamma  = gamma[i / 5 % 3];
    c.zigzag = zigzag[i % 5];
    PetscCall(Run(&c));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Plies of one number share an element; without a word beside it, glass and adhesive have their
   own. */
static PetscErrorCode SlabStudy(Case c)
{
  static const struct {
    const char *name;
    int         slab[COOLDOWN_PLIES];
  } grouping[] = {{"all in one", {0, 0, 0, 0, 0, 0, 0, 0, 0}},
                  {"adhesive with glass", {0, 0, 1, 1, 1, 1, 1, 2, 3}},
                  {"adhesive with rdl", {0, 1, 1, 1, 1, 1, 1, 2, 3}},
                  {"rdl+device+cap", {0, 1, 2, 2, 2, 2, 2, 2, 2}},
                  {"rdl+device | cap", {0, 1, 2, 2, 2, 2, 2, 2, 3}},
                  {"rdl | device+cap", {0, 1, 2, 2, 2, 2, 2, 3, 3}},
                  {"rdl | device | cap", {0, 1, 2, 2, 2, 2, 2, 3, 4}},
                  {"every ply", {0, 1, 2, 3, 4, 5, 6, 7, 8}}};

  PetscFunctionBegin;
  c.study = "slabs";
  for (int i = 0; i < (int)(sizeof grouping / sizeof *grouping); i++) {
    c.slabs     = grouping[i].name;
    c.mesh.slab = grouping[i].slab;
    PetscCall(Run(&c));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* More elements through device, cap and glass, on finer and finer meshes: towards the reference. */
static PetscErrorCode LimitStudy(Case c)
{
  PetscFunctionBegin;
  c.study = "limit";
  for (c.mesh.cut = 1; c.mesh.cut <= 4; c.mesh.cut *= 2)
    for (c.mesh.dies = 0.5; c.mesh.dies > 0.06; c.mesh.dies /= 2) PetscCall(Run(&c));
  c.mesh.dies = 0.125; /* cut is 8 */
  PetscCall(Run(&c));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Study(int argc, char **argv)
{
  static const char *const name[]                       = {"mesh", "slabs", "scheme", "limit"};
  static PetscErrorCode (*const study[])(Case defaults) = {MeshStudy, SlabStudy, SchemeStudy,
                                                           LimitStudy};
  PltScheme scheme;
  Case      c = {"", "automatic", 0, 0, 0, {2, 0.5, 2, PLT_SYMMETRY_QUARTER, 1, NULL, 0}};

  PetscFunctionBegin;
  PetscCall(PltSchemeSet(&scheme));
  c.gamma  = scheme.gamma;
  c.zigzag = scheme.zigzag;
  c.thin   = scheme.thin * 1e6;
  printf("study,size_mm,dies_mm,growth,cut,gamma,zigzag,thin_um,slabs,quads,unknowns,full_um,"
         "full_error_percent,debonded_um,debonded_error_percent,s33_MPa,s11_MPa,seconds\n");
  for (int k = 0; k < 4; k++) {
    PetscBool wanted = (PetscBool)(argc < 2 && k < 2);

    for (int i = 1; i < argc; i++)
      if (strcmp(argv[i], name[k]) == 0) wanted = PETSC_TRUE;
    if (wanted) PetscCall(study[k](c));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv)
{
  int failed = PltInitialize(&argc, &argv);

  if (failed) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  failed = Study(argc, argv);
  if (failed) fprintf(stderr, "%s\n", PltGetErrorMessage());
  return PltFinalize() || failed;
}
