/* SPDX-License-Identifier: BSD-2-Clause
   A recipe with every key there is, parsing from memory, and the comparison of two projects number
   by number; for the tests of the input room. */
#ifndef PLT_TEST_INPUT_SAMPLE_H
#define PLT_TEST_INPUT_SAMPLE_H
#include "check.h"
#include "input/input.h"

static const char full[] =
    "platen: 1\n"
    "title: \"A \\\"full\\\" recipe: µm, # and \\\\\"\n"
    "panel:\n"
    "  size: [100 mm, 8 cm]\n"
    "  mesh: {size: 5 mm, dies: 2 mm, growth: 1.3, method: free}\n"
    "  symmetry: none\n"
    "materials:\n"
    "  later: {metal: copper, in: mold, fraction: 0.45, direction: mixed} # before what it is made "
    "of\n"
    "  glass: {E: 73.6 GPa, nu: 0.23, cte: 3.17 ppm/K, density: 2380 kg/m3, source: here, note: "
    "x}\n"
    "  mold:\n"
    "    E: [[25 degC, 22 GPa], [130 degC, 20 GPa], [270 degC, 1.5 GPa]]\n"
    "    nu: 0.3\n"
    "    cte: [[25 degC, 8 ppm/K], [270 degC, 30e-6 1/K]]\n"
    "  copper: {law: isotropic, E: 120 GPa, nu: 0.34, cte: 17 ppm/K}\n"
    "  si: {Ex: 169 GPa, Ey: 169 GPa, Ez: 130 GPa, nuxy: 0.064, nuxz: 0.36, nuyz: 0.36,\n"
    "       Gxy: 50.9 GPa, Gxz: 79.6 GPa, Gyz: 79.6 GPa, ctex: 2.6 ppm/K, ctey: 2.6 ppm/K,\n"
    "       ctez: 2.6 ppm/K, density: 2.33 g/cm3}\n"
    "  tape: {E: 3 MPa, nu: 0.45, cte_secant: [[25 degC, 80 ppm/K], [180 degC, 95 ppm/K]],\n"
    "         cte_reference: 25 degC}\n"
    "  emc: {E: 20 GPa, nu: 0.3, cte: 8 ppm/K, cte_rubber: 30 ppm/K, density: 2 g/cm3,\n"
    "        shear: [[1 s, 0.5], [2 min, 0.4]], bulk: [[10 s, 0.3]],\n"
    "        shift: {reference: 150 degC, C1: 17.4, C2: 51.6 K, activation: 200 kJ/mol,\n"
    "                lowest: -40 degC, highest: 260 degC},\n"
    "        cure: {A1: 7.6e4 1/s, E1: 70 kJ/mol, A2: 1.2e6 1/s, E2: 66 kJ/mol, m: 0.6, n: 1.4,\n"
    "               diffusion: 40, diffusion_degree: -1.2, diffusion_slope: 5e-3 1/K,\n"
    "               initial: 0, gel: 0.4, shrinkage: 0.1 %, Tg_uncured: 0 degC,\n"
    "               Tg_cured: 150 degC, lambda: 0.45}}\n"
    "  pbo: {E: 2 GPa, nu: 0.35, cte: 60 ppm/K, young: [[1 s, 0.2]]}\n"
    "  cheap: {E: 22 GPa, nu: 0.3, E_rubber: 1 GPa, nu_rubber: 0.4, Tg: 160 degC, cte: 8 ppm/K,\n"
    "          cte_rubber: 30 ppm/K}\n"
    "stack:\n"
    "  - {ply: carrier, material: glass, thickness: 1.1 mm}\n"
    "  - {ply: m1, material: {metal: copper, in: mold, fraction: 0.3, direction: y}, thickness: 4 "
    "um,\n"
    "     slab: 1}\n"
    "  - {ply: m2, material: later, thickness: 4 um, slab: 1}\n"
    "  - {ply: device, material: mold, dies: si, thickness: 300 um}\n"
    "  - {ply: upper, material: none, dies: {E: 130 GPa, nu: 0.28, cte: 2.6 ppm/K}, thickness: 50 "
    "um}\n"
    "dies:\n"
    "  - {array: [2, 3], pitch: [20 mm, 15 mm], size: [8 mm, 8 mm], ply: device, origin: [1 mm, 0 "
    "mm]}\n"
    "  - {at: [-40 mm, 0.1 mm], size: [5 mm, 5 mm], angle: 30 deg, ply: device, id: 'odd, one'}\n"
    "  - {at: [-40 mm, 0.1 mm], size: [5 mm, 5 mm], angle: 120 deg, ply: upper}\n"
    "process:\n"
    "  - {name: one, add: carrier, temperature: 25 degC}\n"
    "  - {name: two, add: [m1, m2], stress_free: 230 degC, temperature: 25 degC, time: 2 h}\n"
    "  - {name: three, add: [device/dies, upper], shrink: {m2: 0.1 %, m1: -200 ppm}}\n"
    "  - {name: four, add: [device/fill], hold: flat, temperature: [[0 s, 25 degC], [4 min, 1e2 "
    "°C]]}\n"
    "  - {name: five, remove: [carrier], support: pins, flip: on,\n"
    "     pins: [[-40 mm, -30 mm], [40 mm, -30 mm], [0 mm, 30 mm]]}\n"
    "  - {name: six, grind: {ply: m1, to: 3 um}, flip: false, hold: free, gravity: off, support: "
    "free}\n"
    "  - {name: seven, hold: flat, vacuum: 80 kPa}\n"
    "  - {name: eight, support: edges}\n"
    "  - {name: nine, pins: [[-40 mm, -30 mm], [40 mm, -30 mm], [0 mm, 30 mm], [0.1 mm, 0 mm]]}\n"
    "  - {name: ten, hold: flat, support: table}\n"
    "analysis: {kinematics: large, increments: 25, stability: off, imperfection: -10 um,\n"
    "           branches: all, longest: 0.125, accuracy: 1e-2}\n"
    "output: {every: increment, stress: off, top: device, cells: slabs}\n"
    "limits: {warpage: 2 mm, die_shift: 10 um}\n";

static inline int SameText(const char *a, const char *b)
{
  return (!a && !b) || (a && b && !strcmp(a, b));
}

static inline int SameCurve(const PltCurve *a, const PltCurve *b)
{
  int same = a->n == b->n;

  for (PetscInt i = 0; same && i < a->n; i++)
    same = a->value[i] == b->value[i] && (a->n == 1 || a->T[i] == b->T[i]);
  return same;
}

static inline const char *NameOf(PltMaterial material)
{
  return material ? material->name : NULL;
}

static inline void CompareMaterials(PltProject a, PltProject b)
{
  ck_assert_int_eq(a->nmaterial, b->nmaterial);
  for (PetscInt i = 0; i < a->nmaterial; i++) {
    const PltMaterial m = a->material[i], n = b->material[i];

    ck_assert_str_eq(m->name, n->name);
    ck_assert_ptr_eq(m->ops, n->ops);
    ck_assert(SameText(NameOf(m->metal), NameOf(n->metal)));
    ck_assert(SameText(NameOf(m->matrix), NameOf(n->matrix)));
    ck_assert(m->fraction == n->fraction && m->direction == n->direction);
    ck_assert(m->density == n->density);
    for (int k = 0; k < PLT_PROPERTY_MAX; k++)
      ck_assert_msg(SameCurve(&m->curve[k], &n->curve[k]), "%s, property %d", m->name, k);
  }
}

static inline void CompareStacks(PltProject a, PltProject b)
{
  ck_assert_int_eq(a->nply, b->nply);
  for (PetscInt i = 0; i < a->nply; i++) {
    const PltPly *p = &a->ply[i], *q = &b->ply[i];

    ck_assert_str_eq(p->name, q->name);
    ck_assert(SameText(NameOf(p->material), NameOf(q->material)));
    ck_assert(SameText(NameOf(p->die_material), NameOf(q->die_material)));
    ck_assert(p->thickness == q->thickness && p->slab == q->slab);
  }
  ck_assert_int_eq(a->ndie, b->ndie);
  for (PetscInt i = 0; i < a->ndie; i++) {
    const PltDie *d = &a->die[i], *e = &b->die[i];

    ck_assert_str_eq(d->id, e->id);
    ck_assert(d->ply == e->ply && d->x == e->x && d->y == e->y && d->angle == e->angle);
    ck_assert(d->width == e->width && d->height == e->height);
  }
}

static inline void ComparePieces(PetscInt n, const PltPiece a[], const PltPiece b[])
{
  for (PetscInt i = 0; i < n; i++) ck_assert(a[i].ply == b[i].ply && a[i].part == b[i].part);
}

static inline void CompareValues(PetscInt n, const PltPlyValue a[], const PltPlyValue b[])
{
  for (PetscInt i = 0; i < n; i++) ck_assert(a[i].ply == b[i].ply && a[i].value == b[i].value);
}

static inline void CompareSteps(const PltStep *s, const PltStep *t)
{
  ck_assert_str_eq(s->name, t->name);
  ck_assert(s->nadd == t->nadd && s->nremove == t->nremove);
  ck_assert(s->nshrink == t->nshrink && s->ngrind == t->ngrind);
  ComparePieces(s->nadd, s->add, t->add);
  ComparePieces(s->nremove, s->remove, t->remove);
  CompareValues(s->nshrink, s->shrink, t->shrink);
  CompareValues(s->ngrind, s->grind, t->grind);
  ck_assert(s->has_stress_free == t->has_stress_free && s->stress_free == t->stress_free);
  ck_assert(s->ntemperature == t->ntemperature && s->duration == t->duration);
  for (PetscInt i = 0; i < s->ntemperature; i++)
    ck_assert(s->time[i] == t->time[i] && s->temperature[i] == t->temperature[i]);
  ck_assert(s->hold == t->hold && s->gravity == t->gravity && s->flip == t->flip);
  ck_assert(s->vacuum == t->vacuum && s->support == t->support && s->npin == t->npin);
  for (PetscInt i = 0; i < s->npin; i++)
    ck_assert(s->pin[i][0] == t->pin[i][0] && s->pin[i][1] == t->pin[i][1]);
}

static inline void CompareProjects(PltProject a, PltProject b)
{
  ck_assert(SameText(a->title, b->title));
  ck_assert(a->round == b->round && a->size[0] == b->size[0] && a->size[1] == b->size[1]);
  ck_assert(a->symmetry == b->symmetry && a->mesh_method == b->mesh_method);
  ck_assert(a->mesh_size == b->mesh_size && a->mesh_dies == b->mesh_dies);
  ck_assert(a->mesh_growth == b->mesh_growth && SameText(a->mesh_file, b->mesh_file));
  CompareMaterials(a, b);
  CompareStacks(a, b);
  ck_assert_int_eq(a->nstep, b->nstep);
  for (PetscInt i = 0; i < a->nstep; i++) CompareSteps(&a->step[i], &b->step[i]);
  ck_assert(a->kinematics == b->kinematics && a->increments_max == b->increments_max);
  ck_assert(a->longest == b->longest && a->accuracy == b->accuracy);
  ck_assert(a->stability == b->stability && a->branches_all == b->branches_all);
  ck_assert(a->imperfection == b->imperfection && a->output_increments == b->output_increments);
  ck_assert(a->output_stress == b->output_stress && a->output_slabs == b->output_slabs);
  ck_assert(a->output_top == b->output_top && a->start_temperature == b->start_temperature);
  ck_assert(a->limit_warpage == b->limit_warpage && a->limit_die_shift == b->limit_die_shift);
}

/* NULL and the report as the message if there are mistakes. */
static inline PltProject Parse(const char *text)
{
  PltProject  p;
  PltMistakes mistakes;

  CALL(PltProjectCreate(PETSC_COMM_SELF, &p));
  CALL(PltMistakesCreate(&mistakes));
  CALL(PltInputParse(NULL, text, p, mistakes));
  CALL(PltProjectFindMistakes(p, mistakes));
  if (PltMistakesRaise(mistakes)) CALL(PltProjectDestroy(&p));
  CALL(PltMistakesDestroy(&mistakes));
  return p;
}

static inline PltProject MustParse(const char *text)
{
  PltProject p = Parse(text);

  ck_assert_msg(p != NULL, "%s", PltGetErrorMessage());
  return p;
}
#endif
