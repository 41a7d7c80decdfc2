/* TEST np=1,2 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The residual of a panel against the sum of PltShellEvaluate and PltZigzagAdd over its elements,
   written out here, at every temperature of processes with all that a process can do. */
#include "coupon.h"
#include "step/step.h"

static const Layer stack[] = {
    {"glass", 0.7, 73000, 0.23, 3.3e-6}, {"release", 0.001, 2000, 0.4, 60e-6},
    {"pi1", 0.007, 3500, 0.34, 45e-6},   {"m1", 0.004, 60000, 0.34, 20e-6},
    {"pi2", 0.007, 3500, 0.34, 45e-6},   {"device", 0.3, 20000, 0.28, 9e-6},
    {"cap", 0.2, 20000, 0.28, 9e-6}};

static void AddProperty(PltProject project, const char *material, const char *key, double value)
{
  CALL(PltProjectSetProperty(project, material, key, 1, NULL, &value));
}

static void AddPlies(PltProject project)
{
  CALL(PltProjectAddMaterial(project, "si", "isotropic"));
  AddProperty(project, "si", "E", 160e9);
  AddProperty(project, "si", "nu", 0.23);
  AddProperty(project, "si", "cte", 2.8e-6);
  AddProperty(project, "si", "density", 2330);
  for (int i = 0; i < 7; i++) {
    const char *name = stack[i].name;

    CALL(PltProjectAddMaterial(project, name, "isotropic"));
    AddProperty(project, name, "E", stack[i].E * 1e6);
    AddProperty(project, name, "nu", stack[i].nu);
    AddProperty(project, name, "cte", stack[i].cte);
    AddProperty(project, name, "density", 2000 + 100 * i);
    if (i == 3) CALL(PltProjectAddTraces(project, "traces", "m1", "pi1", 0.6, 'x'));
    CALL(PltProjectAddPly(project, name, i == 3 ? "traces" : name, i == 5 ? "si" : NULL,
                          stack[i].h * 1e-3, -1));
  }
}

enum { MAPPED, QUARTER, FREE, CASES };

static PltProject Panel(int which)
{
  PltProject project;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &project));
  CALL(PltProjectSetKinematics(project, PLT_SMALL));
  if (which == FREE) CALL(PltProjectSetDiameter(project, 0.052));
  else CALL(PltProjectSetSize(project, 0.052, 0.040));
  CALL(PltProjectSetMesh(project, 5e-3, which == FREE ? 0 : 2e-3, 2,
                         which == FREE ? PLT_MESH_FREE : PLT_MESH_MAPPED, NULL));
  if (which == QUARTER) CALL(PltProjectSetSymmetry(project, PLT_SYMMETRY_QUARTER));
  AddPlies(project);
  if (which == QUARTER)
    CALL(PltProjectAddDieArray(project, "device", 2, 2, 0.02, 0.018, 0.012, 0.010));
  else {
    CALL(PltProjectAddDie(project, "a", "device", 0.011, 0.009, 0.012, 0.010,
                          which == FREE ? 0.3 : 0));
    CALL(PltProjectAddDie(project, "b", "device", -0.011, -0.007, 0.014, 0.012, 0));
  }
  return project;
}

/* The plies of the RDL share an element and have three births; its cap is ground, it is weighed. */
static void AddSteps(PltProject project, int which)
{
  const double pins[6] = {-0.02, -0.01, -0.02, 0.01, 0.02, 0};
  const double time[2] = {0, 240}, reflow[2] = {298.15, 533.15};

  StepAdd(project, "carrier", (const char *const[]){"glass", "release", NULL}, 25, 25);
  StepAdd(project, "pi1", (const char *const[]){"pi1", NULL}, 230, 25);
  StepAdd(project, "m1", (const char *const[]){"m1", NULL}, 60, 25);
  StepAdd(project, "pi2", (const char *const[]){"pi2", NULL}, 230, 25);
  StepAdd(project, "attach", (const char *const[]){"device/dies", NULL}, 150, 25);
  StepAdd(project, "mold", (const char *const[]){"device/fill", "cap", NULL}, 150, 150);
  CALL(PltProjectStepSetHold(project, PLT_HOLD_FLAT));
  CALL(PltProjectStepShrink(project, "cap", 1e-3));
  StepAdd(project, "debond", NULL, 0, 25);
  CALL(PltProjectStepRemove(project, "glass"));
  CALL(PltProjectStepRemove(project, "release"));
  StepAdd(project, "grind", NULL, 0, 25);
  CALL(PltProjectStepGrind(project, "cap", 50e-6));
  CALL(PltProjectAddStep(project, "reflow"));
  CALL(PltProjectStepFlip(project));
  CALL(PltProjectStepSetTemperature(project, 2, time, reflow));
  if (which == QUARTER) return;
  StepAdd(project, "weigh", NULL, 0, 25);
  CALL(PltProjectStepSetGravity(project, PLT_GRAVITY_DOWN));
  CALL(PltProjectStepSetPins(project, 3, pins));
}

/* ---- the sum ---- */
typedef struct {
  PltAssembly a;
  PetscReal  *field, scale; /* [nvert][nlevel][3]; largest force */
  int         ages, states; /* most births in one element; elements with a birth state */
} Sum;

static PetscReal *At(PltState s, PetscReal *field, PetscInt quad, PetscInt corner, PetscInt level)
{
  return field + 3 * (s->mesh->quad[4 * quad + corner] * s->nlevel + level);
}

static void Gather(PltState s, PetscInt quad, PetscInt n, const PetscInt level[], PetscReal *field,
                   PetscReal *out)
{
  for (PetscInt i = 0; i < 12 * n; i++)
    out[i] = At(s, field, quad, i / 3 % 4, level[i / 12])[i % 3];
}

static void Take(Sum *sum, PetscInt quad, PetscInt n, const PetscInt level[], const PetscReal *f)
{
  for (PetscInt i = 0; i < 12 * n; i++) {
    At(sum->a->state, sum->field, quad, i / 3 % 4, level[i / 12])[i % 3] -= f[i];
    sum->scale = fmax(sum->scale, fabs(f[i]));
  }
}

static void Places(PltState s, PetscInt quad, double z, PetscReal X[4][3])
{
  for (int c = 0; c < 4; c++) {
    memcpy(X[c], s->mesh->xy + 2 * s->mesh->quad[4 * quad + c], 2 * sizeof(PetscReal));
    X[c][2] = z;
  }
}

static void TakeElement(Sum *sum, PetscInt quad, PetscInt k)
{
  const PltState     s        = sum->a->state;
  const PltSlabData *data     = &sum->a->slab[s->quad_class[quad] * s->slabs.nslab + k];
  const PetscInt     level[2] = {k, k + 1};
  PltShellPly        ply[PLT_SHELL_PLIES];
  PetscReal          ub[PLT_SHELL_PLIES][24], u[24], f[24];
  PltShell           shell = {.nply = data->nply, .ply = ply, .harmonic = data->harmonic};
  int                ages  = 0;

  shell.gamma = sum->a->scheme.gamma;
  Places(s, quad, s->slabs.z[s->slabs.first[k]], shell.X);
  Places(s, quad, s->slabs.z[s->slabs.first[k + 1]], shell.X + 4);
  Gather(s, quad, 2, level, s->u, u);
  for (PetscInt p = 0; p < data->nply; p++) {
    const PltEvent *event = &s->event[data->event[p]];

    ply[p] = data->ply[p];
    Gather(s, quad, 2, level, event->u, ub[p]);
    ply[p].ub = ub[p];
    ages += p == 0 || data->event[p] != data->event[p - 1];
    if (!event->birth || !event->birth[k]) continue;
    ply[p].birth = event->birth[k] + (size_t)quad * PLT_SHELL_BIRTH;
    sum->states++;
  }
  sum->ages = ages > sum->ages ? ages : sum->ages;
  ck_assert_int_eq(PltShellEvaluate(&shell, u, f, NULL, NULL, NULL), 0);
  Take(sum, quad, 2, level, f);
}

/* u less ub, both counted from the middle level, as what all levels share does nothing: taken from
   each other before, they would leave the rounding of displacements, not of their differences. */
static void LessBirth(PetscReal u[36], const PetscReal ub[36])
{
  PetscReal less[36];

  for (int i = 0; i < 36; i++) less[i] = (u[i] - u[12 + i % 12]) - (ub[i] - ub[12 + i % 12]);
  memcpy(u, less, sizeof less);
}

static void TakeBridge(Sum *sum, PetscInt quad, PetscInt k)
{
  const PltState     s        = sum->a->state;
  const PltSlabData *lower    = &sum->a->slab[s->quad_class[quad] * s->slabs.nslab + k], *upper;
  PetscInt           level[3] = {k, k + 1, k + 2}, born;
  const PetscReal   *z        = s->slabs.z;
  const PltScheme   *scheme   = &sum->a->scheme;
  PetscReal          t[2], G[2], u[36], ub[36], X[12][3], factor, f[36] = {0};

  while (!lower[level[1] - k].nply) level[1]++;
  level[2] = level[1] + 1;
  upper    = lower + (level[1] - k);
  born     = PetscMax(lower->first_event, upper->first_event);
  for (int i = 0; i < 2; i++) {
    const PetscInt slab = i ? level[1] : k;

    t[i] = z[s->slabs.first[slab + 1]] - z[s->slabs.first[slab]];
    G[i] = i ? upper->G : lower->G;
  }
  Places(s, quad, 0, X);
  Places(s, quad, t[0], X + 4);
  Places(s, quad, t[0] + t[1], X + 8);
  Gather(s, quad, 3, level, s->u, u);
  Gather(s, quad, 3, level, s->event[born].u, ub);
  LessBirth(u, ub);
  factor = scheme->zigzag;
  if (t[0] < scheme->thin && t[1] < scheme->thin && !Near(G[0], G[1], 1e-9) &&
      !s->project->ply[s->slabs.first[k]].die_material &&
      !s->project->ply[s->slabs.first[level[1]]].die_material)
    factor = scheme->zigzag_thin;
  PltZigzagAdd((const PetscReal(*)[3])X, u, t, G, factor, f, NULL);
  Take(sum, quad, 3, level, f);
}

/* Largest difference at a free unknown; r is the residual, x room for the sum. */
static double Difference(Sum *sum, Vec r, Vec x)
{
  const PltState s     = sum->a->state;
  const PltSpace space = s->space;
  const PetscInt ns    = s->slabs.nslab;
  PetscScalar   *rx, *xx;
  double         most = 0;

  for (PetscInt q = 0; q < s->mesh->nquad; q++)
    for (PetscInt k = 0; k < ns; k++) {
      if (!s->live[s->quad_class[q] * ns + k]) continue;
      TakeElement(sum, q, k);
      if (sum->a->bridge[s->quad_class[q] * ns + k]) TakeBridge(sum, q, k);
    }
  CALL(PltSpaceSumToVec(space, sum->field, x));
  CALL(VecGetArray(x, &xx));
  CALL(VecGetArray(r, &rx));
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++) {
    const PetscInt node = PltSpaceNode(space, i / 3 / s->nlevel, i / 3 % s->nlevel);
    const PetscInt at   = 3 * (node - space->node_start) + i % 3;

    if (node >= 0 && space->fixed[i] == PLT_DOF_FREE) most = fmax(most, fabs(xx[at] - rx[at]));
  }
  CALL(VecRestoreArray(x, &xx));
  CALL(VecRestoreArray(r, &rx));
  return most;
}

/* ---- the tests ---- */
typedef struct {
  double worst; /* over all temperatures so far: difference over the largest force of an element */
  int    ages, states, count;
} Seen;

/* A displacement without pattern, the same on any number of ranks and for all levels merged. */
static double Push(PltState s, PetscInt i)
{
  const PetscInt v = i / 3 / s->nlevel, node = s->space->node[i / 3];
  const double   x = sin(12.9898 * (s->mesh->vert_natural[v] * 100 + 3 * node + i % 3)) * 43758.5;

  return 1e-7 * (x - floor(x));
}

static PetscErrorCode Compare(PltAssembly a, Seen *seen)
{
  PltBalance balance;
  Sum        sum = {.a = a};
  Vec        r, x;

  PetscFunctionBegin;
  PetscCall(PltSpaceCreateVec(a->state->space, &r));
  PetscCall(VecDuplicate(r, &x));
  PetscCall(PetscCalloc1(a->state->mesh->nvert * a->state->nlevel * 3 + 1, &sum.field));
  PetscCall(PltAssemblyResidual(a, r, &balance));
  seen->worst = fmax(seen->worst, Difference(&sum, r, x) / balance.scale);
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &sum.scale, 1, MPIU_REAL, MPI_MAX, PETSC_COMM_WORLD));
  seen->worst = fmax(seen->worst, fabs(sum.scale - balance.scale) / balance.scale);
  seen->count++;
  seen->ages   = PetscMax(seen->ages, sum.ages);
  seen->states = PetscMax(seen->states, sum.states);
  PetscCall(PetscFree(sum.field));
  PetscCall(VecDestroy(&r));
  PetscCall(VecDestroy(&x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* In equilibrium, then pushed out of it by 0.1 um at every node. */
static PetscErrorCode Frame(PltProcess p, const PltStep *step, void *context)
{
  const PltState s = p->state;
  const PetscInt n = s->mesh->nvert * s->nlevel * 3;

  (void)step;
  PetscFunctionBegin;
  if (p->next > 0) PetscCall(Compare(p->assembly, context)); /* the carrier alone has no force */
  for (PetscInt i = 0; i < n; i++) s->u[i] += Push(s, i);
  PetscCall(Compare(p->assembly, context));
  for (PetscInt i = 0; i < n; i++) s->u[i] -= Push(s, i);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Rounding, 1e-16 of the slopes of 1e-2 that a panel has, is 1e-13 to 1e-12 of its strains; 3e-13
   is seen. */
START_TEST(residual_is_the_sum_over_elements)
{
  PltProject project = Panel(_i);
  PltProcess process;
  PltMesh    mesh;
  Seen       seen = {0};

  AddSteps(project, _i);
  CALL(PltMeshCreate(project, &mesh));
  CALL(PltProcessCreate(project, mesh, &process));
  while (process->next < project->nstep) CALL(PltProcessStep(process, Frame, &seen));
  ck_assert_msg(Everywhere(seen.worst < 2e-12), "%g", seen.worst);
  ck_assert(Everywhere(seen.count >= 16 && seen.ages == 3 && seen.states > 0));
  CALL(PltProcessDestroy(&process));
  CALL(PltMeshDestroy(&mesh));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static Suite *ForcesSuite(void)
{
  Suite *suite = suite_create("assemble: forces");
  TCase *tc    = tcase_create("sum");

  tcase_set_timeout(tc, 0);
  tcase_add_loop_test(tc, residual_is_the_sum_over_elements, 0, CASES);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(ForcesSuite)
