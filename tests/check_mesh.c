/* TEST np=1,2,3,4 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   The distributed columns against the footprint they come from, which every rank makes for
   itself. */
#include <unistd.h>
#include "mesh_sample.h"

typedef struct {
  PltProject   project;
  PltFootprint f;
  PltMesh      mesh;
} Case;

static Case Begin(PltProject p)
{
  Case c = {.project = p};

  CALL(PltFootprintCreate(p, &c.f));
  CALL(PltMeshCreate(p, &c.mesh));
  return c;
}

static void End(Case *c)
{
  CALL(PltMeshDestroy(&c->mesh));
  ck_assert(Everywhere(c->mesh == NULL));
  CALL(PltFootprintDestroy(&c->f));
  CALL(PltProjectDestroy(&c->project));
}

static PetscInt Sum(PetscInt n)
{
  PetscInt all = 0;

  MPI_Allreduce(&n, &all, 1, MPIU_INT, MPI_SUM, PETSC_COMM_WORLD);
  return all;
}

/* The k-th of five meshes: whole and quarter panels, a wafer, nine vertices for all ranks. */
enum { CASES = 4 };
static PltProject MakeCase(int k)
{
  PltProject p;

  if (k == 0) return MakeCooldownPanel();
#if PLT_HAVE_GMSH
  if (k == 1) return MakeWafer(0.2);
#endif
  p = k < 3 ? MakeCooldownPanel() : MakePanel(10 * mm, 10 * mm);
  CALL(PltProjectSetMesh(p, k < 3 ? 1 * mm : 10 * mm, 0, 0, PLT_MESH_MAPPED, NULL));
  if (k < 3) CALL(PltProjectSetSymmetry(p, PLT_SYMMETRY_QUARTER));
  return p;
}

static int VerticesAgree(const Case *c)
{
  const PltMesh m  = c->mesh;
  int           ok = m->nvert_own >= 0 && m->nvert >= m->nvert_own;

  for (PetscInt i = 0; i < m->nvert; i++) {
    const PetscInt v = m->vert_natural[i];

    ok = ok && v >= 0 && v < c->f.nvert;
    ok = ok && m->xy[2 * i] == c->f.xy[2 * v] && m->xy[2 * i + 1] == c->f.xy[2 * v + 1];
    if (i > 0 && i != m->nvert_own) ok = ok && v > m->vert_natural[i - 1];
    if (i < m->nvert_own) ok = ok && m->vert_global[i] == m->vert_start + i;
  }
  return ok;
}

START_TEST(every_vertex_has_one_owner)
{
  for (int k = 0; k < CASES; k++) {
    Case      c = Begin(MakeCase(k));
    PetscInt *owners, start = 0;

    ck_assert(Everywhere(c.mesh->nvert_all == c.f.nvert && c.mesh->nquad_all == c.f.nquad));
    ck_assert(Everywhere(VerticesAgree(&c)));
    CALL(PetscCalloc1(c.f.nvert, &owners));
    for (PetscInt i = 0; i < c.mesh->nvert_own; i++) owners[c.mesh->vert_natural[i]]++;
    MPI_Allreduce(MPI_IN_PLACE, owners, (int)c.f.nvert, MPIU_INT, MPI_SUM, PETSC_COMM_WORLD);
    for (PetscInt v = 0; v < c.f.nvert; v++) ck_assert_int_eq(owners[v], 1);
    MPI_Exscan(&c.mesh->nvert_own, &start, 1, MPIU_INT, MPI_SUM, PETSC_COMM_WORLD);
    ck_assert(Everywhere(c.mesh->vert_start == (MyRank() ? start : 0)));
    /* within 5 % of even, and one: measured 1 % */
    ck_assert(Everywhere(c.mesh->nvert_own <= 1.05 * c.f.nvert / RankCount() + 1));
    CALL(PetscFree(owners));
    End(&c);
  }
}
END_TEST

/* Exactly the quads that touch an own vertex are here, with the right corners and region. */
static int QuadsAgree(const Case *c, const PetscBool own[])
{
  const PltMesh m = c->mesh;
  PetscInt      i = 0, nown = 0;
  int           ok = 1;

  for (PetscInt q = 0; q < c->f.nquad; q++) {
    const PetscInt *v      = &c->f.quad[4 * q];
    PetscInt        lowest = v[0];

    for (int a = 1; a < 4; a++) lowest = PetscMin(lowest, v[a]);
    if (!own[v[0]] && !own[v[1]] && !own[v[2]] && !own[v[3]]) continue;
    if (i == m->nquad) return 0;
    ok = ok && m->quad_natural[i] == q && m->region[i] == c->f.region[q];
    ok = ok && m->own[i] == own[lowest];
    nown += m->own[i];
    for (int a = 0; a < 4; a++) ok = ok && m->vert_natural[m->quad[4 * i + a]] == v[a];
    i++;
  }
  return ok && i == m->nquad && nown == m->nquad_own;
}

START_TEST(quads_around_own_vertices_are_here)
{
  for (int k = 0; k < CASES; k++) {
    Case       c = Begin(MakeCase(k));
    PetscBool *own;

    CALL(PetscCalloc1(c.f.nvert, &own));
    for (PetscInt i = 0; i < c.mesh->nvert_own; i++) own[c.mesh->vert_natural[i]] = PETSC_TRUE;
    ck_assert(Everywhere(QuadsAgree(&c, own)));
    ck_assert_int_eq(Sum(c.mesh->nquad_own), c.f.nquad);
    CALL(PetscFree(own));
    End(&c);
  }
}
END_TEST

START_TEST(ghosts_get_the_owners_values)
{
  for (int k = 0; k < CASES; k++) {
    Case      c = Begin(MakeCase(k));
    PetscInt *number;
    int       ok = 1;

    CALL(PetscMalloc1(c.mesh->nvert, &number));
    for (PetscInt i = 0; i < c.mesh->nvert; i++)
      number[i] = i < c.mesh->nvert_own ? 7 * c.mesh->vert_natural[i] : -1;
    CALL(PetscSFBcastBegin(c.mesh->ghost, MPIU_INT, number, number, MPI_REPLACE));
    CALL(PetscSFBcastEnd(c.mesh->ghost, MPIU_INT, number, number, MPI_REPLACE));
    for (PetscInt i = 0; i < c.mesh->nvert; i++)
      ok = ok && number[i] == 7 * c.mesh->vert_natural[i];
    ck_assert(Everywhere(ok));
    /* the PETSc numbers of ghosts are their owners' */
    for (PetscInt i = 0; i < c.mesh->nvert; i++)
      number[i] = i < c.mesh->nvert_own ? c.mesh->vert_global[i] : -1;
    CALL(PetscSFBcastBegin(c.mesh->ghost, MPIU_INT, number, number, MPI_REPLACE));
    CALL(PetscSFBcastEnd(c.mesh->ghost, MPIU_INT, number, number, MPI_REPLACE));
    for (PetscInt i = 0; i < c.mesh->nvert; i++) ok = ok && number[i] == c.mesh->vert_global[i];
    ck_assert(Everywhere(ok));
    CALL(PetscFree(number));
    End(&c);
  }
}
END_TEST

static int SharesAgree(const Case *c, const PetscInt *region, const unsigned char *mark,
                       const PetscReal *xy)
{
  const PltMesh m  = c->mesh;
  int           ok = 1;

  for (PetscInt q = 0; q < m->quad_block; q++) {
    ok = ok && region[q] == c->f.region[m->quad_block_start + q];
    for (int i = 0; i < 3; i++)
      ok = ok && mark[3 * q + i] == (unsigned char)(m->quad_block_start + q + i);
  }
  for (PetscInt i = 0; i < 2 * m->vert_block; i++)
    ok = ok && xy[i] == c->f.xy[2 * m->vert_block_start + i];
  return ok;
}

START_TEST(natural_order_is_that_of_the_footprint)
{
  for (int k = 0; k < CASES; k++) {
    Case           c = Begin(MakeCase(k));
    const PltMesh  m = c.mesh;
    PetscInt      *region;
    unsigned char *mark, *marks;
    PetscReal     *xy;

    CALL(PetscMalloc4(m->quad_block, &region, 3 * m->nquad, &mark, 3 * m->quad_block, &marks,
                      2 * m->vert_block, &xy));
    for (PetscInt q = 0; q < m->nquad; q++) /* those of other ranks must not count */
      for (int i = 0; i < 3; i++)
        mark[3 * q + i] = m->own[q] ? (unsigned char)(m->quad_natural[q] + i) : 0xff;
    CALL(PltMeshQuadsToNatural(m, MPIU_INT, 1, m->region, region));
    CALL(PltMeshQuadsToNatural(m, MPI_UNSIGNED_CHAR, 3, mark, marks));
    CALL(PltMeshVertsToNatural(m, MPIU_REAL, 2, m->xy, xy));
    ck_assert(Everywhere(SharesAgree(&c, region, marks, xy)));
    ck_assert_int_eq(Sum(m->quad_block), m->nquad_all);
    ck_assert_int_eq(Sum(m->vert_block), m->nvert_all);
    CALL(PetscFree4(region, mark, marks, xy));
    End(&c);
  }
}
END_TEST

START_TEST(boundary_is_the_outline_of_the_whole_panel)
{
  for (int k = 0; k < CASES; k++) {
    Case      c     = Begin(MakeCase(k));
    const int round = c.project->round;
    int       ok    = 1;

    for (PetscInt i = 0; i < c.mesh->nvert; i++) {
      const double x = fabs(c.mesh->xy[2 * i]), y = fabs(c.mesh->xy[2 * i + 1]);
      const double far = round ? hypot(x, y) : fmax(x, y); /* half the panel is 5, 30 or 75 mm */

      ok = ok && c.mesh->boundary[i] == (far > 0.5 * c.project->size[0] - 1e-9);
    }
    ck_assert(Everywhere(ok));
    End(&c);
  }
}
END_TEST

START_TEST(checksum_and_area_do_not_know_the_ranks)
{
  for (int k = 0; k < CASES; k++) {
    Case c = Begin(MakeCase(k));

    ck_assert(Everywhere(c.mesh->checksum == PltFootprintChecksum(&c.f)));
    ck_assert(Everywhere(c.mesh->area == PltFootprintArea(&c.f)));
    End(&c);
  }
}
END_TEST

START_TEST(writes_the_footprint_again)
{
  Case         c      = Begin(MakeCase(0));
  char         file[] = "/tmp/platen-mesh-XXXXXX";
  PltFootprint back;
  int          same = 1, handle = MyRank() ? -1 : mkstemp(file);

  ck_assert(Everywhere(MyRank() || handle >= 0));
  CALL(PltMeshWriteFootprint(c.mesh, c.project, file));
  CALL(PltProjectSetMesh(c.project, 2 * mm, 0, 0, PLT_MESH_FILE, file));
  if (MyRank() == 0) {
    same = PltFootprintCreate(c.project, &back) == 0;
    same = same && PltFootprintChecksum(&back) == c.mesh->checksum;
    if (same) CALL(PltFootprintDestroy(&back));
    close(handle);
    remove(file);
  }
  ck_assert(Everywhere(same));
  ck_assert(Everywhere(PltMeshWriteFootprint(c.mesh, c.project, "/dev/full") == PLT_ERR_IO));
  End(&c);
}
END_TEST

START_TEST(a_failure_on_rank_0_reaches_all)
{
  PltProject p = MakePanel(50 * mm, 50 * mm);
  PltMesh    m;

  AddDie(p, "one", 0, 0, 10, 0);
  AddDie(p, "two", 6, 0, 10, 0);
  ck_assert(Everywhere(PltMeshCreate(p, &m) == PLT_ERR_MESH));
  ck_assert(Everywhere(strstr(PltGetErrorMessage(), "dies 'one' and 'two' overlap") != NULL));
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *MeshSuite(void)
{
  Suite *suite = suite_create("mesh");
  TCase *tc    = tcase_create("mesh");

  tcase_set_timeout(tc, 60);
  tcase_add_test(tc, every_vertex_has_one_owner);
  tcase_add_test(tc, quads_around_own_vertices_are_here);
  tcase_add_test(tc, ghosts_get_the_owners_values);
  tcase_add_test(tc, natural_order_is_that_of_the_footprint);
  tcase_add_test(tc, boundary_is_the_outline_of_the_whole_panel);
  tcase_add_test(tc, checksum_and_area_do_not_know_the_ranks);
  tcase_add_test(tc, writes_the_footprint_again);
  tcase_add_test(tc, a_failure_on_rank_0_reaches_all);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(MeshSuite)
