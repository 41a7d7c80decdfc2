/* SPDX-License-Identifier: BSD-2-Clause
   A polymer that is elastic on both sides of its glass transition, with a path: the limit of
   infinitely slow relaxation below Tg and infinitely fast above (Svanberg and Holmberg 2004). With
   C_r of the rubber, C_g of the glass,

     T >= Tg:  dS = C_r de - H,   H = 0 after
     T <  Tg:  dS = C_g de,       H += (C_g - C_r) de

   so S = C_r e + H, where H is what the glass has added since it last froze; it goes when the glass
   melts. Cooling freezes rubbery strain without stressing it as a glass, and cycles do not ratchet:
   a stiffness that is a function of temperature alone does both wrong. Rates play no part, but for
   those of cure.

   A span that crosses Tg is split there. Total strain, with the free part, is linear over a span,
   and T too: the strain since freezing is then known in closed form. Strain across a film is not
   quite linear, as its stress is zero at the end only; so a span that freezes within is also asked
   to end there.

   With cure, the rubber's shear modulus follows the degree at mid-span and multiplies increments;
   the glass and the bulk modulus of the rubber do not change.

   State: strain [6], H [6], and if it cures the deviator of the rubber's stress [6]. */
#include "material/polymer.h"

enum { E, NU, E_RUBBER, NU_RUBBER, POLYMER, DENSITY = POLYMER + PLT_POLYMER_COUNT, NPROPERTY };

/* A span may freeze so near one of its ends; else it is asked to end there. */
static const PetscReal margin = 0.01;

/* Factors of an increment, in span->work. */
typedef struct {
  PetscReal G, K;   /* of the rubber */
  PetscReal dG, dK; /* what the glass has more */
  PetscReal keep;   /* 1 if it has been a glass all the time: H stays */
  PetscReal part;   /* of the increment of strain, that of the glass at the end */
  PetscReal more;   /* strain in each direction that it has besides */
} Work;

static PetscBool CuresHere(PltMaterial material)
{
  return PltCures(material, POLYMER + PLT_POLYMER_CURE);
}

/* Shear and bulk modulus of the glass or the fully cured rubber. */
static void Moduli(PltMaterial material, PetscBool glass, PetscReal *G, PetscReal *K)
{
  const PetscInt  poisson = !glass && PltLawHas(material, NU_RUBBER) ? NU_RUBBER : NU;
  const PetscReal e       = PltLawValue(material, glass ? E : E_RUBBER),
                  nu      = PltLawValue(material, poisson);

  *G = e / (2 * (1 + nu));
  *K = e / (3 * (1 - 2 * nu));
}

static PetscErrorCode Stiffness_Glassy(PltMaterial material, PetscReal T, PetscReal C[6][6])
{
  PetscReal G, K;

  PetscFunctionBegin;
  Moduli(material, (PetscBool)(T < PltPolymerTg(material, POLYMER)), &G, &K);
  PltIsotropicStiffness(G, K, C);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Tangent_Glassy(PltMaterial material, PetscReal T, PetscReal cte[6])
{
  PetscFunctionBegin;
  PltFillIsotropic(PltPolymerTangent(material, POLYMER, T), cte);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode Expansion_Glassy(PltMaterial material, PetscReal T0, PetscReal T1,
                                       PetscReal strain[6])
{
  PetscFunctionBegin;
  PltFillIsotropic(PltPolymerExpansion(material, POLYMER, T0, T1), strain);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- an increment ---- */

static PetscInt States_Glassy(PltMaterial material)
{
  return CuresHere(material) ? 18 : 12;
}

static void Birth_Glassy(PltMaterial material, PetscReal shared[PLT_SHARED])
{
  PltPolymerBirth(material, POLYMER, shared);
}

/* The strain e + free is linear over the span: from the fraction 1 - glass to its end it grows by
   glass (de + free), of which `late` is free. */
static PetscErrorCode Advance_Glassy(PltMaterial material, PltSpan *span)
{
  const PetscInt cure = POLYMER + PLT_POLYMER_CURE;
  Work          *work = (Work *)span->work;
  PltCourse      course;

  PetscFunctionBegin;
  PltPolymerAdvance(material, POLYMER, span, &course);
  Moduli(material, PETSC_TRUE, &work->dG, &work->dK);
  Moduli(material, PETSC_FALSE, &work->G, &work->K);
  work->G *= PltCureModulus(material, cure, (course.alpha[0] + course.alpha[1]) / 2);
  work->dG -= work->G;
  work->dK -= work->K;
  work->keep = course.always ? 1 : 0;
  work->part = course.glass;
  work->more = course.glass * course.free - course.late;
  PltCureLimit(material, cure, span);
  if (course.glass > margin && course.glass < 1 - margin)
    span->largest = PetscMin(span->largest, 1 - course.glass);
  PetscFunctionReturn(PETSC_SUCCESS);
}

static int Update_Glassy(const PltSite *site, const PetscReal start[], const PetscReal strain[6],
                         PetscReal end[], PetscReal stress[6], PetscReal D[6][6])
{
  const Work     *work  = (const Work *)site->span->work;
  const PetscBool cures = CuresHere(site->material);
  const PetscReal trace = strain[PLT_11] + strain[PLT_22] + strain[PLT_33];
  PetscReal       d[6], rubber[6], glass[6], added; /* added: to the trace of the glass */

  for (int j = 0; j < 6; j++) glass[j] = strain[j] - start[j];
  PltTwiceDeviator(cures ? glass : strain, d);
  for (int j = 0; j < 6; j++) rubber[j] = work->G * d[j] + (cures ? start[12 + j] : 0);
  for (int j = 0; j < 6; j++) glass[j] = work->part * glass[j] + (j < 3 ? work->more : 0);
  added = PltTwiceDeviator(glass, d);
  for (int j = 0; j < 6; j++) {
    const PetscReal H =
        work->keep * start[6 + j] + work->dG * d[j] + (j < 3 ? work->dK * added : 0);

    stress[j] = rubber[j] + H + (j < 3 ? work->K * trace : 0);
    if (!end) continue;
    end[j]     = strain[j];
    end[6 + j] = H;
    if (cures) end[12 + j] = rubber[j];
  }
  if (D) PltIsotropicStiffness(work->G + work->part * work->dG, work->K + work->part * work->dK, D);
  return 0;
}

static PetscInt Tell_Glassy(const PltSite *site, const PetscReal state[], PltTold told[PLT_TOLD])
{
  (void)state;
  return PltPolymerTell(site->material, POLYMER, site->span, told);
}

/* ---- the table ---- */

static PetscErrorCode Check_Glassy(PltMaterial material, PltMistakes mistakes)
{
  PetscFunctionBegin;
  if (!PltPolymerHasTg(material, POLYMER))
    PetscCall(PltMistakesAdd(mistakes, material->mark,
                             "material '%s' has no Tg; give it, or cure with Tg_uncured, Tg_cured "
                             "and lambda",
                             material->name));
  if (PltLawValue(material, E_RUBBER) >= PltLawValue(material, E))
    PetscCall(PltMistakesAdd(mistakes, material->curve_mark[E_RUBBER],
                             "material '%s': E_rubber, above Tg, is not below E", material->name));
  PetscCall(PltCheckPolymer(material, POLYMER, mistakes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const PltMaterialOps PltGlassy = {
    .type      = "glassy",
    .nproperty = NPROPERTY,
    .property  = {PLT_SINGLE_ROW(E, "E", PLT_PRESSURE, 0, PETSC_MAX_REAL, .required = PETSC_TRUE),
                  PLT_SINGLE_ROW(NU, "nu", PLT_NUMBER, -1, 0.5, .required = PETSC_TRUE),
                  PLT_SINGLE_ROW(E_RUBBER, "E_rubber", PLT_PRESSURE, 0, PETSC_MAX_REAL,
                                 .required = PETSC_TRUE),
                  PLT_SINGLE_ROW(NU_RUBBER, "nu_rubber", PLT_NUMBER, -1, 0.5),
                  PLT_POLYMER_TABLE(POLYMER),
                  PLT_SINGLE_ROW(DENSITY, "density", PLT_DENSITY, 0, PETSC_MAX_REAL)},
    .stiffness = Stiffness_Glassy,
    .tangent   = Tangent_Glassy,
    .expansion = Expansion_Glassy,
    .check     = Check_Glassy,
    .affine    = PETSC_TRUE,
    .nshared   = 2,
    .nstate    = States_Glassy,
    .birth     = Birth_Glassy,
    .advance   = Advance_Glassy,
    .update    = Update_Glassy,
    .rates     = CuresHere,
    .tell      = Tell_Glassy,
};
