/* TEST np=1 timeout=60 */
/* SPDX-License-Identifier: BSD-2-Clause
   Materials of Abaqus and Ansys text: the block they become, the numbers it holds once read, what
   is passed over, mistakes with their lines. */
#include <unistd.h>
#include "check.h"
#include "input/import.h"

static char file[64], *text;

static void Setup(void)
{
  int made;

  strcpy(file, "/tmp/platen-XXXXXX");
  made = mkstemp(file);
  ck_assert_int_ge(made, 0);
  close(made);
  text = NULL;
}

static void Teardown(void)
{
  remove(file);
  free(text);
}

static void Write(const char *bytes)
{
  FILE *out = fopen(file, "w");

  ck_assert_ptr_nonnull(out);
  ck_assert(fputs(bytes, out) >= 0 && !fclose(out));
}

static int Import(const char *bytes)
{
  free(text);
  Write(bytes);
  return PltMaterialImport(file, "MPa, degC, s, tonne/mm3", &text);
}

static void Says(const char *line)
{
  ck_assert_msg(strstr(text, line) != NULL, "'%s' is not in\n%s", line, text);
}

/* The blocks, read as materials; the first of them. */
static PltMaterial ReadBack(PltProject *project)
{
  Write(text);
  CALL(PltProjectReadMaterials(file, project));
  return (*project)->material[0];
}

static double Value(PltMaterial material, const char *key, double T)
{
  const PetscInt k = PltMaterialFindProperty(material, key);

  ck_assert_msg(k >= 0, "no %s", key);
  return PltCurveAt(&material->curve[k], T);
}

static const char polymer[] = "*Heading\n a model\n*NODE\n1, 0., 0., 0.\n"
                              "*Material, name=\"EMC\"\n"
                              "*Density\n 1.9e-9,\n"
                              "*Elastic, moduli=INSTANTANEOUS\n20000., 0.3\n"
                              "*Expansion, zero=150.\n 9e-6, 25.\n 12e-6, 125.\n 30e-6, 200.\n"
                              "*Viscoelastic,\n time=PRONY\n0.2, 0., 100.\n0.3, 0.1, 1.\n"
                              "*Trs\n150., 17.44, 51.6\n"
                              "** a remark\n"
                              "*Damping, alpha=1.\n"
                              "*Step\n*Static\n0.1, 1.\n";

START_TEST(abaqus_polymer)
{
  CALL(Import(polymer));
  Says("\"EMC\":\n  E: 20000 MPa\n  nu: 0.3\n");
  Says("  shear: [[1 s, 0.3], [100 s, 0.2]]\n  bulk: [[1 s, 0.1]]\n");
  Says("  shift: {reference: 150 degC, C1: 17.44, C2: 51.6 K}\n");
  Says("  cte_secant: [[25 degC, 9e-06 1/K], [125 degC, 1.2e-05 1/K], [200 degC, 3e-05 1/K]]\n"
       "  cte_reference: 150 degC\n");
  Says("  density: 1.9e-09 tonne/mm3\n");
  Says("# line 21: *DAMPING of 'EMC' was passed over: it is not understood\n");
}
END_TEST

START_TEST(ansys_says_the_same)
{
  char *abaqus, *body;

  CALL(Import(polymer));
  ck_assert(strstr(text, "\n  E:") && strstr(text, "\n# line"));
  abaqus                        = strdup(strstr(text, "\n  E:"));
  *(strstr(abaqus, "\n# line")) = '\0';
  CALL(Import("! a compound\n/PREP7\nMP,EX,1,20000 $ mp,nuxy,1,.3\nMP,REFT,1,150\n"
              "MPTEMP,1,25,125,200\nMPDATA,ALPX,1,1,9e-6,12e-6,30e-6\nMP,DENS,1,1.9e-9\n"
              "TB,PRONY,1,1,2,SHEAR\nTBDATA,1,0.2,100,0.3,1\nTB,PRONY,1,1,1,BULK\n"
              "TBDATA,1,0.1,1\nTB,SHIFT,1,1,3,WLF\nTBDATA,1,150,17.44,51.6\nMP,KXX,1,0.5\n"));
  Says("\"material-1\":\n");
  body = strstr(text, "\n  E:");
  ck_assert_ptr_nonnull(body);
  ck_assert_msg(!strncmp(body, abaqus, strlen(abaqus)), "%s\n%s", body, abaqus);
  Says("# line 14: MP,KXX was passed over: it is not understood\n");
  free(abaqus);
}
END_TEST

/* G and K at rest, 0.6 and 0.9 of those at once. */
START_TEST(moduli_at_rest)
{
  const double G = 1000 / 2.6 / 0.6, K = 1000 / 1.2 / 0.9;
  PltProject   project;
  PltMaterial  material;

  CALL(Import("*MATERIAL, NAME=a\n*ELASTIC\n1000., 0.3\n*EXPANSION\n1e-5\n"
              "*VISCOELASTIC, TIME=PRONY\n0.4, 0.1, 5.\n"));
  Says("moduli at rest (LONG TERM) became instantaneous ones");
  material = ReadBack(&project);
  ck_assert_str_eq(material->ops->type, "viscoelastic");
  ck_assert(Near(Value(material, "E", 0), 1e6 * 9 * K * G / (3 * K + G), 1e-13));
  ck_assert(Near(Value(material, "nu", 0), (3 * K - 2 * G) / (6 * K + 2 * G), 1e-13));
  CALL(PltProjectDestroy(&project));
}
END_TEST

START_TEST(metals)
{
  PltProject  project;
  PltMaterial material;

  CALL(Import("*MATERIAL, NAME=cu\n*ELASTIC\n117000., 0.34, 25.\n100000., 0.34, 200.\n"
              "*EXPANSION\n17e-6\n*PLASTIC\n120., 0., 25.\n140., 0.01, 25.\n100., 0., 200.\n"
              "110., 0.01, 200.\n"));
  Says("beyond the last point of *PLASTIC hardening goes on");
  material = ReadBack(&project);
  ck_assert_str_eq(material->ops->type, "plastic");
  ck_assert(Near(Value(material, "yield", 298.15), 120e6, 1e-13));
  ck_assert(Near(Value(material, "hardening", 298.15), 2e9, 1e-12));
  ck_assert(Near(Value(material, "hardening", 473.15), 1e9, 1e-12));
  ck_assert(Near(Value(material, "E", 473.15), 1e11, 1e-13));
  CALL(PltProjectDestroy(&project));
  CALL(Import("MP,EX,2,117000\nMP,PRXY,2,0.34\nMP,ALPX,2,17e-6\nTB,BISO,2,1\nTBTEMP,25\n"
              "TBDATA,1,120,2000\n"));
  material = ReadBack(&project);
  ck_assert(Near(Value(material, "hardening", 300), 2e9 / (1 - 2. / 117), 1e-12));
  CALL(PltProjectDestroy(&project));
}
END_TEST

START_TEST(metals_that_creep)
{
  PltProject  project;
  PltMaterial material;

  CALL(Import("*MATERIAL, NAME=pb\n*ELASTIC\n30000., 0.3\n*EXPANSION\n2e-5\n*CREEP\n"
              "1e-16, 5., 0.\n2e-16, 5., 0.\n"));
  Says("creep: {A: 1e-16 1/s, n: 5, stress: 1 MPa, Q: 0 J/mol}\n");
  Says("# line 8: a line of *CREEP was passed over");
  CALL(Import("MP,EX,1,30000\nMP,NUXY,1,0.3\nMP,ALPX,1,2e-5\nTB,ANAND,1,1,9\n"
              "TBDATA,1,12.41,9400,4e6,1.5,0.303,1379\nTBDATA,7,13.79,0.07,1.3\n"));
  material = ReadBack(&project);
  ck_assert_str_eq(material->ops->type, "anand");
  ck_assert(Near(Value(material, "anand.Q", 0), 9400 * 8.314462618, 1e-13));
  ck_assert(Near(Value(material, "anand.A", 0), 4e6, 1e-13));
  ck_assert(Near(Value(material, "anand.a", 0), 1.3, 1e-13));
  CALL(PltProjectDestroy(&project));
}
END_TEST

/* Points of a Voce curve give it back. */
START_TEST(hardening_is_fitted)
{
  double points[8][10] = {{0}}, H, Q, b;

  for (int i = 0; i < 8; i++) {
    points[i][1] = 0.002 * i * i;
    points[i][0] = 120 + 300 * points[i][1] + 60 * (1 - exp(-80 * points[i][1]));
  }
  ck_assert(PltImportHarden(8, (const double(*)[10])points, &H, &Q, &b) < 1e-4);
  ck_assert_msg(Near(H, 300, 1e-3) && Near(Q, 60, 1e-4) && Near(b, 80, 1e-3), "%g %g %g", H, Q, b);
}
END_TEST

START_TEST(cure)
{
  PltProject  project;
  PltMaterial material;

  CALL(Import("*MATERIAL, NAME=r\n*ELASTIC\n1000., 0.3\n*EXPANSION\n1e-5\n"
              "*VISCOELASTIC, TIME=PRONY\n0.4, 0., 5.\n*CURE KINETICS, DEFINITION=KAMAL\n"
              "76000., 8419.5, 0., 1.4, 0.\n1.2e6, 7938.4, 0.6, 1.4, 0.\n"));
  ck_assert_ptr_nonnull(strstr(text, "n: 1.4}"));
  memcpy(strstr(text, "n: 1.4}"), "gel: 0}", 7); /* what Abaqus does not know, for n */
  material = ReadBack(&project);
  ck_assert(Near(Value(material, "cure.A1", 0), 76000, 1e-14));
  ck_assert(Near(Value(material, "cure.E2", 0), 7938.4 * 8.314462618, 1e-13));
  ck_assert(Near(Value(material, "cure.m", 0), 0.6, 1e-14));
  CALL(PltProjectDestroy(&project));
  /* one term that starts by itself is both */
  CALL(Import("*MATERIAL, NAME=r\n*ELASTIC\n1000., 0.3\n*EXPANSION\n1e-5\n"
              "*CURE KINETICS, DEFINITION=KAMAL\n1000., 7000., 1.5, 2., 0.01\n"));
  Says("cure: {A1: 10 1/s, E1: 58201.238326 J/mol, A2: 1000 1/s, E2: 58201.238326 J/mol, m: 1.5, "
       "n: 2}");
}
END_TEST

START_TEST(orthotropic)
{
  PltProject  project;
  PltMaterial material;

  CALL(Import("*MATERIAL, NAME=core\n*ELASTIC, TYPE=ENGINEERING CONSTANTS\n"
              "16000., 2000., 1000., 0.4, 0.3, 0.2, 3000., 2000.,\n1000.\n"
              "*EXPANSION, TYPE=ORTHO\n4e-6, 20e-6, 40e-6\n"));
  material = ReadBack(&project);
  ck_assert_str_eq(material->ops->type, "orthotropic");
  ck_assert(Near(Value(material, "Gyz", 0), 1e9, 1e-14));
  ck_assert(Near(Value(material, "nuyz", 0), 0.2, 1e-14));
  ck_assert(Near(Value(material, "ctez", 0), 4e-5, 1e-14));
  CALL(PltProjectDestroy(&project));
  CALL(Import("*MATERIAL, NAME=core\n*ELASTIC, TYPE=ENGINEERING CONSTANTS\n"
              "16000., 2000., 1000., 0.4, 0.3, 0.2, 3000., 2000.,\n1000.\n"
              "*EXPANSION, TYPE=ORTHO, ZERO=150.\n4e-6, 20e-6, 40e-6, 25.\n"
              "5e-6, 22e-6, 60e-6, 200.\n"));
  Says("  ctez_secant: [[25 degC, 4e-05 1/K], [200 degC, 6e-05 1/K]]\n  cte_reference: 150 degC\n");
  material = ReadBack(&project);
  ck_assert(Near(Value(material, "ctey_secant", 473.15), 22e-6, 1e-14));
  ck_assert(Near(Value(material, "cte_reference", 0), 423.15, 1e-14));
  CALL(PltProjectDestroy(&project));
  CALL(Import("*MATERIAL, NAME=core\n*ELASTIC, TYPE=ENGINEERING CONSTANTS\n"
              "16000., 2000., 1000., 0.4, 0.3, 0.2, 3000., 2000.,\n1000.\n"
              "*EXPANSION, ZERO=20.\n4e-6, 25.\n5e-6, 200.\n"));
  material = ReadBack(&project);
  for (int i = 0; i < 3; i++)
    ck_assert(Near(
        Value(material, (const char *[]){"ctex_secant", "ctey_secant", "ctez_secant"}[i], 473.15),
        5e-6, 1e-14));
  CALL(PltProjectDestroy(&project));
}
END_TEST

static const struct {
  const char *bytes, *says;
} bad[] = {
    {"nothing of the kind\n", "no material of Abaqus (*MATERIAL) or Ansys (MP, TB) is in it"},
    {"*MATERIAL, NAME=a\n*ELASTIC\n2e4, O.3\n", ":3:1: error: 'O.3' is no number"},
    {"*MATERIAL, NAME=a\n*ELASTIC\n2e4\n", ":3:1: error: a line of *ELASTIC has 2 numbers"},
    {"*MATERIAL, NAME=a\n*ELASTIC\n2e4, 0.3\n", ":1:1: error: material 'a': it has no thermal"},
    {"*MATERIAL, NAME=a\n*EXPANSION\n1e-5\n", ":1:1: error: material 'a': it has no modulus"},
    {"*MATERIAL, NAME=a\n*ELASTIC\n2e4, 0.3\n*EXPANSION\n1e-5\n*VISCOELASTIC, TIME=PRONY\n"
     "1., 0., 1.\n",
     ":7:1: error: material 'a': the parts of the series add up to 1"},
    {"MP,EX,1,E0\n", ":1:1: error: 'E0' is no number"},
    {"MP,EX,1,2e4,5\n", ":1:1: error: MP with a polynomial of temperature is not read"},
    {"MPTEMP,1,25\nMPDATA,EX,1,1,2e4,1e4\n", ":2:1: error: value 2 of MPDATA has no temperature"},
};

START_TEST(mistakes)
{
  ck_assert_int_eq(Import(bad[_i].bytes), PLT_ERR_RECIPE);
  ck_assert_ptr_null(text);
  ck_assert_msg(strstr(PltGetErrorMessage(), bad[_i].says) != NULL, "%s: %s", bad[_i].says,
                PltGetErrorMessage());
}
END_TEST

START_TEST(units)
{
  static const char *const wrong[] = {"MPa, degC", "MPa, degF, s", "MPa, degC, s, parsec", ""};

  Write("*MATERIAL, NAME=a\n*ELASTIC\n2e4, 0.3\n*EXPANSION\n1e-5\n*DENSITY\n2e-9\n");
  for (int i = 0; i < 4; i++)
    ck_assert_int_eq(PltMaterialImport(file, wrong[i], &text), PLT_ERR_USAGE);
  ck_assert_int_eq(PltMaterialImport("/nowhere/a.inp", "MPa, K, s", &text), PLT_ERR_IO);
  CALL(PltMaterialImport(file, "psi,K,min", &text));
  Says("E: 20000 psi\n");
  Says("# line 7: 'a': the density was passed over: its unit was not given\n");
}
END_TEST

static Suite *ImportSuite(void)
{
  Suite *suite = suite_create("import");
  TCase *codes = tcase_create("codes");

  tcase_add_checked_fixture(codes, Setup, Teardown);
  tcase_add_test(codes, abaqus_polymer);
  tcase_add_test(codes, ansys_says_the_same);
  tcase_add_test(codes, moduli_at_rest);
  tcase_add_test(codes, metals);
  tcase_add_test(codes, metals_that_creep);
  tcase_add_test(codes, hardening_is_fitted);
  tcase_add_test(codes, cure);
  tcase_add_test(codes, orthotropic);
  tcase_add_loop_test(codes, mistakes, 0, (int)(sizeof bad / sizeof *bad));
  tcase_add_test(codes, units);
  suite_add_tcase(suite, codes);
  return suite;
}

PLT_TEST_MAIN(ImportSuite)
