/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Footprints from and to .msh files: what is written reads back the same, by Gmsh too; bad files
   are refused with a message. */
#include <unistd.h>
#include "mesh_sample.h"
#if PLT_HAVE_GMSH
#include <gmshc.h>
#endif

static char folder[] = "/tmp/platen-mesh-XXXXXX", file[64];

static void MakeFolder(void)
{
  strcpy(folder, "/tmp/platen-mesh-XXXXXX");
  ck_assert(mkdtemp(folder) != NULL);
  snprintf(file, sizeof file, "%s/plan.msh", folder);
}

static void RemoveFolder(void)
{
  remove(file);
  rmdir(folder);
}

static void WriteText(const char *text, size_t n)
{
  FILE *out = fopen(file, "w");

  ck_assert(out && fwrite(text, 1, n, out) == n && fclose(out) == 0);
}

/* The file's text with a terminating zero; free it. */
static char *ReadText(size_t *n)
{
  FILE *in   = fopen(file, "r");
  char *text = (char *)calloc(1, 1 << 20);

  ck_assert(in && text);
  *n = fread(text, 1, (1 << 20) - 1, in);
  fclose(in);
  return text;
}

static void ReadItself(PltProject p, const PltFootprint *f)
{
  PltFootprint back;

  CALL(PltFootprintWrite(p, f, file));
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_FILE, file));
  CALL(PltFootprintCreate(p, &back));
  ck_assert(PltFootprintChecksum(&back) == PltFootprintChecksum(f));
  CALL(PltFootprintDestroy(&back));
}

START_TEST(reads_back_exactly)
{
  PltProject   p = MakePanel(30 * mm, 20 * mm);
  PltFootprint f;

  AddDie(p, "plain", -8, 0, 6, 0);
  AddDie(p, "a \"quoted\" name", 1. / 3, 0, 6, 0);
  CALL(PltFootprintCreate(p, &f));
  ReadItself(p, &f);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

#if PLT_HAVE_GMSH
START_TEST(free_meshes_read_back_exactly)
{
  PltProject   p = MakeWafer(0.2);
  PltFootprint f;

  CALL(PltFootprintCreate(p, &f));
  ReadItself(p, &f);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* Number of quads Gmsh finds in the physical surface of that name, -1 if there is none. */
static int GmshCount(const char *wanted)
{
  int   *group, *entity, ierr, found = -1;
  size_t n, m;

  gmshModelGetPhysicalGroups(&group, &n, 2, &ierr);
  for (size_t i = 0; i < n; i += 2) {
    char *name;

    gmshModelGetPhysicalName(2, group[i + 1], &name, &ierr);
    if (!strcmp(name, wanted)) {
      found = 0;
      gmshModelGetEntitiesForPhysicalGroup(2, group[i + 1], &entity, &m, &ierr);
      for (size_t k = 0; k < m; k++) {
        size_t *element, *node, nelement, nnode;

        gmshModelMeshGetElementsByType(3, &element, &nelement, &node, &nnode, entity[k], 0, 1,
                                       &ierr);
        found += (int)nelement;
        gmshFree(element);
        gmshFree(node);
      }
      gmshFree(entity);
    }
    gmshFree(name);
  }
  gmshFree(group);
  return found;
}

START_TEST(gmsh_opens_what_is_written)
{
  PltProject   p = MakeCooldownPanel();
  PltFootprint f;
  int          ierr;

  CALL(PltFootprintCreate(p, &f));
  CALL(PltFootprintWrite(p, &f, file));
  gmshInitialize(0, NULL, 0, &ierr);
  gmshOptionSetNumber("General.Terminal", 0, &ierr);
  gmshOpen(file, &ierr);
  ck_assert_int_eq(ierr, 0);
  ck_assert_int_eq(GmshCount("die:1"), 16); /* 8 mm at 2 mm */
  ck_assert_int_eq(GmshCount("die:25"), 16);
  ck_assert_int_eq(GmshCount("fill"), (int)f.nquad - 25 * 16);
  ck_assert_int_eq(GmshCount("die:26"), -1);
  gmshFinalize(&ierr);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST
#endif

/* Two quads side by side on a panel of 2 x 1 m with one die on the left half, version 2.2; the
   second is clockwise, tags are in no order, and there is a point and a line. */
static const char plain[] = "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n"
                            "$PhysicalNames\n3\n1 9 \"rim\"\n2 7 \"fill\"\n2 5 \"die:one\"\n"
                            "$EndPhysicalNames\n$Comments\nanything $End\n$EndComments\n"
                            "$Nodes\n6\n30 -1 .5 0\n10 -1 -.5 0\n11 0 -.5 0\n12 1 -.5 0\n"
                            "31 0 .5 0\n32 1 .5 0\n$EndNodes\n"
                            "$Elements\n4\n4 15 2 0 1 10\n3 1 2 9 1 10 11\n"
                            "2 3 2 7 2 11 31 32 12\n1 3 2 5 1 10 11 31 30\n$EndElements\n";

static PltProject MakePlain(void)
{
  PltProject p = MakePanel(2, 1);

  CALL(PltProjectAddDie(p, "one", "device", -0.5, 0, 1, 1, 0));
  CALL(PltProjectSetMesh(p, 1, 0, 0, PLT_MESH_FILE, file));
  return p;
}

START_TEST(version_2_is_read_in_order_of_tags)
{
  static const PetscInt quad[2][4] = {{0, 1, 4, 3}, {5, 4, 1, 2}}; /* turned over from 1 4 5 2 */
  PltProject            p          = MakePlain();
  PltFootprint          f;

  WriteText(plain, strlen(plain));
  CALL(PltFootprintCreate(p, &f));
  ck_assert_int_eq(f.nvert, 6);
  ck_assert_int_eq(f.nquad, 2);
  ck_assert(f.xy[0] == -1 && f.xy[1] == -0.5 && f.xy[10] == 1 && f.xy[11] == 0.5);
  for (int i = 0; i < 8; i++) ck_assert_int_eq(f.quad[i], quad[i / 4][i % 4]);
  ck_assert_int_eq(f.region[0], 1);
  ck_assert_int_eq(f.region[1], PLT_FILL);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* The plain file with the first `from` replaced by `to` is refused with these words. */
static void ExpectBad(const char *from, const char *to, const char *words)
{
  PltProject  p = MakePlain();
  char        text[1024];
  const char *at = strstr(plain, from);

  ck_assert(at != NULL);
  snprintf(text, sizeof text, "%.*s%s%s", (int)(at - plain), plain, to, at + strlen(from));
  WriteText(text, strlen(text));
  ExpectNoMesh(p, words);
  CALL(PltProjectDestroy(&p));
}

START_TEST(bad_files_are_refused)
{
  ExpectBad("$MeshFormat", "solid", "not a Gmsh mesh");
  ExpectBad("2.2 0 8", "2.2 1 8", ":2: a binary mesh");
  ExpectBad("2.2 0 8", "4.0 0 8", ":2: a version of .msh other than 2.2 and 4.1");
  ExpectBad("die:one", "die:two", "there is no region 'die:two'");
  ExpectBad("die:one", "die:two", "found 'fill', 'die:two'");
  ExpectBad("1 3 2 5 1", "1 3 2 6 1", "some quads are in no named surface");
  ExpectBad("2 3 2 7 2 11 31 32 12", "2 2 2 7 2 11 31 32", "neither 4-node quads nor lines");
  ExpectBad("2 3 2 7 2 11 31 32 12", "2 3 2 7 2 11 31 32 99", "names node 99, which is not there");
  ExpectBad("2 3 2 7 2", "1 3 2 7 2", "two elements have the tag 1");
  ExpectBad("32 1 .5 0", "32 1 .5 .1", "the mesh is not flat");
  ExpectBad("32 1 .5 0", "32 1 x 0", ":20: a number is missing");
  ExpectBad("32 1 .5 0", "32 1.1 .5 0", "covers");
  ExpectBad("$Nodes\n6", "$Nodes\n400", "this list cannot be that long");
  ExpectBad("$Elements\n4", "$Elements\n3", "the section should end here");
}
END_TEST

START_TEST(unshared_nodes_are_found)
{
  /* the second quad has nodes of its own where it touches the first */
  PltProject p = MakePlain();
  char       text[1024];

  snprintf(
      text, sizeof text,
      "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n2\n2 7 \"fill\"\n2 5 \"die:one\"\n"
      "$EndPhysicalNames\n$Nodes\n8\n1 -1 -.5 0\n2 0 -.5 0\n3 0 .5 0\n4 -1 .5 0\n"
      "5 0 -.5 0\n6 1 -.5 0\n7 1 .5 0\n8 0 .5 0\n$EndNodes\n"
      "$Elements\n2\n1 3 2 5 1 1 2 3 4\n2 3 2 7 2 5 6 7 8\n$EndElements\n");
  WriteText(text, strlen(text));
  ExpectNoMesh(p, "seams inside where neighbours do not share their nodes");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(millimetres_are_recognised)
{
  PltProject p = MakePlain();

  WriteText(plain, strlen(plain));
  CALL(PltProjectSetSize(p, 2 * mm, 1 * mm));
  ExpectNoMesh(p, "coordinates in a mesh file are metres, these seem to be mm");
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(missing_files_are_named)
{
  PltProject p = MakePlain();

  remove(file);
  ExpectNoMesh(p, file);
  CALL(PltProjectSetMesh(p, 1, 0, 0, PLT_MESH_FILE, "/tmp"));
  ExpectNoMesh(p, "/tmp");
  CALL(PltProjectDestroy(&p));
}
END_TEST

/* Every cut of a good file, and every line taken out of it, is refused and does no harm. */
START_TEST(broken_files_do_no_harm)
{
  PltProject   p = MakePanel(12 * mm, 8 * mm);
  PltFootprint f;
  char        *text;
  size_t       n;

  AddDie(p, "one", 0, 0, 4, 0);
  CALL(PltFootprintCreate(p, &f));
  CALL(PltFootprintWrite(p, &f, file));
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectSetMesh(p, 1, 0, 0, PLT_MESH_FILE, file));
  text = ReadText(&n);
  for (size_t cut = 0; cut + 2 < n; cut += 7) {
    int code;

    WriteText(text, cut);
    code = PltFootprintCreate(p, &f);
    ck_assert_msg(code == PLT_ERR_MESH || cut > n - 13, "cut at %zu", cut);
    if (code == 0) CALL(PltFootprintDestroy(&f)); /* only "$EndElements" was cut short */
  }
  for (char *line = text; *line;) {
    char *end = strchr(line, '\n') + 1;
    FILE *out = fopen(file, "w");

    fwrite(text, 1, (size_t)(line - text), out);
    fputs(end, out);
    fclose(out);
    ck_assert_msg(PltFootprintCreate(p, &f) == PLT_ERR_MESH, "without the line %.30s", line);
    line = end;
  }
  free(text);
  CALL(PltProjectDestroy(&p));
}
END_TEST

START_TEST(where_nothing_can_be_written)
{
  PltProject   p = MakeCooldownPanel();
  PltFootprint f;
  char         below[80];

  WriteText("", 0);
  snprintf(below, sizeof below, "%s/plan.msh", file); /* a file is no folder, even for root */
  CALL(PltFootprintCreate(p, &f));
  ck_assert_int_eq(PltFootprintWrite(p, &f, below), PLT_ERR_IO);
  ck_assert(strstr(PltGetErrorMessage(), below) != NULL);
  ck_assert_int_eq(PltFootprintWrite(p, &f, "/dev/full"), PLT_ERR_IO);
  CALL(PltFootprintDestroy(&f));
  CALL(PltProjectDestroy(&p));
}
END_TEST

static Suite *FileSuite(void)
{
  Suite *suite = suite_create("mesh: files");
  TCase *tc    = tcase_create("files");

  tcase_set_timeout(tc, 60);
  tcase_add_checked_fixture(tc, MakeFolder, RemoveFolder);
  tcase_add_test(tc, reads_back_exactly);
#if PLT_HAVE_GMSH
  tcase_add_test(tc, free_meshes_read_back_exactly);
  tcase_add_test(tc, gmsh_opens_what_is_written);
#endif
  tcase_add_test(tc, version_2_is_read_in_order_of_tags);
  tcase_add_test(tc, bad_files_are_refused);
  tcase_add_test(tc, unshared_nodes_are_found);
  tcase_add_test(tc, millimetres_are_recognised);
  tcase_add_test(tc, missing_files_are_named);
  tcase_add_test(tc, broken_files_do_no_harm);
  tcase_add_test(tc, where_nothing_can_be_written);
  suite_add_tcase(suite, tc);
  return suite;
}

PLT_TEST_MAIN(FileSuite)
