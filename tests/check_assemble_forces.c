/* TEST np=1,2 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The residual of a panel against the sum of PltShellEvaluate and PltZigzagAdd over its elements,
   written out here, at every temperature of processes with all that a process can do; in large
   kinematics with the panel turned. The tangent there is the difference of residuals. */
#include "forces_bridge.h"
#include "forces_panel.h"
#include "step/step.h"

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

  shell.gamma      = sum->a->scheme.gamma;
  shell.kinematics = sum->a->scheme.kinematics;
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

static void TakeBridge(Sum *sum, PetscInt quad, PetscInt k)
{
  const PltState     s        = sum->a->state;
  const PltSlabData *lower    = &sum->a->slab[s->quad_class[quad] * s->slabs.nslab + k], *upper;
  PetscInt           level[3] = {k, k + 1, k + 2}, born;
  const PetscReal   *z        = s->slabs.z;
  const PltScheme   *scheme   = &sum->a->scheme;
  PetscReal          f[36];
  Stitch             b = {.factor = scheme->zigzag};

  while (!lower[level[1] - k].nply) level[1]++;
  level[2] = level[1] + 1;
  upper    = lower + (level[1] - k);
  born     = PetscMax(lower->first_event, upper->first_event);
  for (int i = 0; i < 2; i++) {
    const PetscInt slab = i ? level[1] : k;

    b.t[i] = z[s->slabs.first[slab + 1]] - z[s->slabs.first[slab]];
    b.G[i] = i ? upper->G : lower->G;
  }
  Places(s, quad, 0, b.X);
  Places(s, quad, b.t[0], b.X + 4);
  Places(s, quad, b.t[0] + b.t[1], b.X + 8);
  Gather(s, quad, 3, level, s->u, b.u);
  Gather(s, quad, 3, level, s->settled, b.settled);
  Gather(s, quad, 3, level, s->event[born].u, b.ub);
  if (b.t[0] < scheme->thin && b.t[1] < scheme->thin && !Near(b.G[0], b.G[1], 1e-9) &&
      !s->project->ply[s->slabs.first[k]].die_material &&
      !s->project->ply[s->slabs.first[level[1]]].die_material)
    b.factor = scheme->zigzag_thin;
  StitchForce(scheme->kinematics, &b, f);
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
  /* over all temperatures so far: difference over the largest force of an element; the same of a
     tangent */
  double worst, large, tangent;
  int    ages, states, count;
} Seen;

/* A displacement without pattern, the same on any number of ranks and for all levels merged. */
static double Push(PltState s, PetscInt i)
{
  const PetscInt v = i / 3 / s->nlevel, node = s->space->node[i / 3];
  const double   x = sin(12.9898 * (s->mesh->vert_natural[v] * 100 + 3 * node + i % 3)) * 43758.5;

  return 1e-7 * (x - floor(x));
}

static PetscErrorCode Compare(PltAssembly a, double *worst, Seen *seen)
{
  PltBalance balance;
  Sum        sum = {.a = a};
  Vec        r, x;

  PetscFunctionBegin;
  PetscCall(PltSpaceCreateVec(a->state->space, &r));
  PetscCall(VecDuplicate(r, &x));
  PetscCall(PetscCalloc1(a->state->mesh->nvert * a->state->nlevel * 3 + 1, &sum.field));
  PetscCall(PltAssemblyResidual(a, r, &balance));
  *worst = fmax(*worst, Difference(&sum, r, x) / balance.scale);
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &sum.scale, 1, MPIU_REAL, MPI_MAX, PETSC_COMM_WORLD));
  *worst = fmax(*worst, fabs(sum.scale - balance.scale) / balance.scale);
  seen->count++;
  seen->ages   = PetscMax(seen->ages, sum.ages);
  seen->states = PetscMax(seen->states, sum.states);
  PetscCall(PetscFree(sum.field));
  PetscCall(VecDestroy(&r));
  PetscCall(VecDestroy(&x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What Push is at the free unknowns. */
static PetscErrorCode FreePush(PltState s, Vec d)
{
  PetscScalar *x;

  PetscFunctionBegin;
  PetscCall(VecGetArray(d, &x));
  for (PetscInt i = 0; i < 3 * s->mesh->nvert_own * s->nlevel; i++) {
    const PetscInt node = PltSpaceNode(s->space, i / 3 / s->nlevel, i / 3 % s->nlevel);

    if (node < 0) continue;
    x[3 * (node - s->space->node_start) + i % 3] =
        s->space->fixed[i] == PLT_DOF_FREE ? Push(s, i) : 0;
  }
  PetscCall(VecRestoreArray(d, &x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The tangent times the push is the difference of residuals, of which 1e-3 is taken, 0.1 nm: to
   second order in it, and to the rounding of forces, 1e-12 over that share; 5e-9 is seen. */
static PetscErrorCode CompareTangent(PltAssembly a, double *worst)
{
  const PltState s = a->state;
  const PetscInt n = s->mesh->nvert * s->nlevel * 3;
  PetscReal      norm[2];
  PltBalance     balance;
  Vec            d, r[2];
  Mat            A;

  PetscFunctionBegin;
  PetscCall(PltSpaceCreateMat(s->space, a->bridge, &A));
  PetscCall(PltAssemblyMatrix(a, PETSC_TRUE, A));
  PetscCall(PltSpaceCreateVec(s->space, &d));
  for (int i = 0; i < 2; i++) {
    PetscCall(VecDuplicate(d, &r[i]));
    for (PetscInt k = 0; k < n; k++)
      if (s->space->fixed[k] == PLT_DOF_FREE) s->u[k] += (i ? -2e-3 : 1e-3) * Push(s, k);
    PetscCall(PltAssemblyResidual(a, r[i], &balance));
  }
  PetscCall(FreePush(s, d));
  for (PetscInt k = 0; k < n; k++)
    if (s->space->fixed[k] == PLT_DOF_FREE) s->u[k] += 1e-3 * Push(s, k);
  PetscCall(VecAXPY(r[1], -1, r[0])); /* 2e-3 A d */
  PetscCall(MatMult(A, d, r[0]));
  PetscCall(VecNorm(r[1], NORM_INFINITY, &norm[0]));
  PetscCall(VecAXPY(r[1], -2e-3, r[0]));
  PetscCall(VecNorm(r[1], NORM_INFINITY, &norm[1]));
  *worst = fmax(*worst, norm[1] / norm[0]);
  for (int i = 0; i < 2; i++) PetscCall(VecDestroy(&r[i]));
  PetscCall(VecDestroy(&d));
  PetscCall(MatDestroy(&A));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Turns the panel about an axis in general position. */
static void TurnPanel(PltState s, double angle, PetscReal *u)
{
  static const double axis[3] = {2. / 3, -1. / 3, 2. / 3};
  const double        cosine = cos(angle), sine = sin(angle);

  for (PetscInt i = 0; i < s->mesh->nvert * s->nlevel; i++) {
    const PetscReal *xy = s->mesh->xy + 2 * (i / s->nlevel),
                    z   = s->slabs.z[s->slabs.first[i % s->nlevel]];
    const double X[3]   = {xy[0], xy[1], z};
    double       x[3], cross[3], dot = 0;

    for (int d = 0; d < 3; d++) x[d] = X[d] + u[3 * i + d], dot += axis[d] * x[d];
    PltCross(axis, x, cross);
    for (int d = 0; d < 3; d++)
      u[3 * i + d] = cosine * x[d] + sine * cross[d] + (1 - cosine) * dot * axis[d] - X[d];
  }
}

/* Turned and pushed, the frames of the stitches turned by less. The process goes on from where it
   was. */
static PetscErrorCode CompareLarge(PltProcess p, Seen *seen)
{
  const PltState s = p->state;
  const PetscInt n = s->mesh->nvert * s->nlevel * 3;
  PetscReal     *was[2];

  PetscFunctionBegin;
  PetscCall(PetscMalloc2(n, &was[0], n, &was[1]));
  PetscCall(PetscArraycpy(was[0], s->u, n));
  PetscCall(PetscArraycpy(was[1], s->settled, n));
  TurnPanel(s, 0.5, s->u);
  TurnPanel(s, 0.4, s->settled);
  for (PetscInt i = 0; i < n; i++) s->u[i] += Push(s, i);
  p->assembly->scheme.kinematics = PLT_LARGE;
  PetscCall(Compare(p->assembly, &seen->large, seen));
  if (p->next == p->project->nstep - 1) PetscCall(CompareTangent(p->assembly, &seen->tangent));
  p->assembly->scheme.kinematics = PLT_SMALL;
  PetscCall(PetscArraycpy(s->u, was[0], n));
  PetscCall(PetscArraycpy(s->settled, was[1], n));
  PetscCall(PetscFree2(was[0], was[1]));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* In equilibrium, then pushed out of it by 0.1 um at every node. */
static PetscErrorCode Frame(PltProcess p, const PltStep *step, void *context)
{
  const PltState s    = p->state;
  const PetscInt n    = s->mesh->nvert * s->nlevel * 3;
  Seen          *seen = context;

  (void)step;
  PetscFunctionBegin;
  if (p->next > 0)
    PetscCall(Compare(p->assembly, &seen->worst, seen)); /* the carrier alone has no force */
  for (PetscInt i = 0; i < n; i++) s->u[i] += Push(s, i);
  PetscCall(Compare(p->assembly, &seen->worst, seen));
  for (PetscInt i = 0; i < n; i++) s->u[i] -= Push(s, i);
  PetscCall(CompareLarge(p, seen));
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
  ck_assert_msg(Everywhere(seen.large < 2e-12), "%g", seen.large);
  ck_assert_msg(Everywhere(seen.tangent > 0 && seen.tangent < 1e-7), "%g", seen.tangent);
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
