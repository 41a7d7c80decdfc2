/* SPDX-License-Identifier: BSD-2-Clause
   Laws from outside become known: their table is looked through, so that a wrong one is an error
   with a name and not a crash later, and translated. Laws stay until the process ends. */
#include <math.h>
#include <stddef.h>
#include <string.h>
#include "material/user.h"

enum { NAME_MAX_SIZE = 32 };

static PltUser  user[PLT_USER_LAWS];
static PetscInt nuser;

/* ---- words ---- */

static const struct {
  const char *unit;
  PltQuantity quantity;
} units[] = {
    {"1", PLT_NUMBER},
    {"Pa", PLT_PRESSURE},
    {"1/Pa", PLT_COMPLIANCE},
    {"K", PLT_TEMPERATURE},
    {"delta K", PLT_TEMPERATURE_DIFFERENCE},
    {"1/K", PLT_EXPANSION},
    {"m/m", PLT_STRAIN},
    {"s", PLT_TIME},
    {"1/s", PLT_RATE},
    {"m", PLT_LENGTH},
    {"rad", PLT_ANGLE},
    {"kg/m3", PLT_DENSITY},
    {"J/mol", PLT_MOLAR_ENERGY},
};
enum { NUNIT = sizeof units / sizeof *units };

/* `what` and `key` say whose unit it is. */
static PetscErrorCode FindUnit(const PltLaw *law, const char *key, const char *unit,
                               PltQuantity *quantity)
{
  char list[160] = "";

  PetscFunctionBegin;
  for (int i = 0; i < NUNIT; i++) {
    if (i) strcat(list, ", ");
    strcat(list, units[i].unit);
    if (!unit || strcmp(unit, units[i].unit)) continue;
    *quantity = units[i].quantity;
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  SETERRQ(PETSC_COMM_SELF, PLT_ERR_USAGE, "law '%s', %s: the unit '%s' is none of %s", law->name,
          key, unit ? unit : "(NULL)", list);
}

/* Letters, digits and _, not a digit first, shorter than NAME_MAX_SIZE. Points part words where
   they are counted. */
static PetscBool IsWord(const char *text, const char *letters, int *npoint)
{
  size_t n = 0;

  for (; text[n]; n++) {
    const PetscBool first = (PetscBool)(n == 0 || text[n - 1] == '.');

    if (n + 1 >= NAME_MAX_SIZE) return PETSC_FALSE;
    if (strchr(letters, text[n]) || text[n] == '_') continue;
    if (text[n] >= '0' && text[n] <= '9' && !first) continue;
    if (!npoint || text[n] != '.' || first) return PETSC_FALSE;
    ++*npoint;
  }
  return (PetscBool)(n > 0 && text[n - 1] != '.');
}

#define SMALL "abcdefghijklmnopqrstuvwxyz"
static const char small[] = SMALL, any[] = SMALL "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* ---- the table ---- */

static PetscErrorCode CheckName(const PltLaw *law)
{
  PetscFunctionBegin;
  PetscCheck(law->name && IsWord(law->name, small, NULL), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "'%.40s' cannot name a law: small letters, digits and _, at most %d",
             law->name ? law->name : "(NULL)", NAME_MAX_SIZE - 1);
  PetscCheck(!PltMaterialFindLaw(law->name), PETSC_COMM_SELF, PLT_ERR_USAGE,
             "there is a law '%s' already", law->name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* A law with an update may have all, one without none of these. */
static PetscErrorCode CheckMembers(const PltLaw *law)
{
  const PetscBool memory =
      (PetscBool)(law->affine || law->nshared || law->states || law->birth || law->advance ||
                  law->ntold || law->told || law->tell || law->rates);

  PetscFunctionBegin;
  PetscCheck(law->nproperty >= 0 && law->nproperty <= PLT_LAW_PROPERTIES, PETSC_COMM_SELF,
             PLT_ERR_USAGE, "law '%s': nproperty is %d, may be 0 to %d", law->name, law->nproperty,
             PLT_LAW_PROPERTIES);
  PetscCheck(law->property || !law->nproperty, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': property is NULL", law->name);
  PetscCheck(law->stiffness, PETSC_COMM_SELF, PLT_ERR_USAGE, "law '%s': stiffness is NULL",
             law->name);
  PetscCheck(law->update || !memory, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': update is NULL, so affine, nshared, states, birth, advance, ntold, told, "
             "tell and rates must be 0 or NULL",
             law->name);
  PetscCheck(law->affine == 0 || law->affine == 1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': affine is %d, must be 0 or 1", law->name, law->affine);
  PetscCheck(law->rates == 0 || law->rates == 1, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': rates is %d, must be 0 or 1", law->name, law->rates);
  PetscCheck(law->nshared >= 0 && law->nshared <= PLT_LAW_SHARED, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': nshared is %d, may be 0 to %d", law->name, law->nshared, PLT_LAW_SHARED);
  PetscCheck(law->nshared > 0 || !law->birth, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': birth is there, but nshared is 0", law->name);
  PetscCheck(law->ntold >= 0 && law->ntold <= PLT_LAW_TOLD, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': ntold is %d, may be 0 to %d", law->name, law->ntold, PLT_LAW_TOLD);
  PetscCheck((law->ntold > 0) == (law->told != NULL) && !law->told == !law->tell, PETSC_COMM_SELF,
             PLT_ERR_USAGE, "law '%s': ntold, told and tell belong together", law->name);
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The part of a key up to its point. */
static size_t Section(const char *key)
{
  const char *point = strchr(key, '.');

  return point ? (size_t)(point - key) : strlen(key);
}

/* Property i is no other key again, nor is a map torn apart or also a property. */
static PetscErrorCode CheckAgain(const PltLaw *law, int i)
{
  const char  *key = law->property[i].key;
  const size_t own = Section(key);

  PetscFunctionBegin;
  for (int j = 0; j < i; j++) {
    const char *other = law->property[j].key;

    PetscCheck(strcmp(key, other), PETSC_COMM_SELF, PLT_ERR_USAGE,
               "law '%s': two properties have the key '%s'", law->name, key);
    if (Section(other) != own || strncmp(key, other, own)) continue;
    PetscCheck(key[own] == other[own], PETSC_COMM_SELF, PLT_ERR_USAGE,
               "law '%s': '%.*s' is a property and a map of others", law->name, (int)own, key);
    PetscCheck(j == i - 1 || (Section(law->property[i - 1].key) == own &&
                              !strncmp(law->property[i - 1].key, key, own)),
               PETSC_COMM_SELF, PLT_ERR_USAGE,
               "law '%s': the keys that begin with '%.*s.' must follow one another", law->name,
               (int)own, key);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode CheckKey(const PltLaw *law, int i)
{
  static const char *const added[] = {"density", "cte_secant", "cte_reference", "cte",
                                      "law",     "source",     "note"};
  const char              *key     = law->property[i].key;
  int                      npoint  = 0;

  PetscFunctionBegin;
  PetscCheck(key && IsWord(key, any, &npoint) && npoint < 2, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s': '%.40s' cannot be the key of property %d: letters, digits and _, with one "
             "point at most, %d in all",
             law->name, key ? key : "(NULL)", i, NAME_MAX_SIZE - 1);
  for (size_t k = 0; k < sizeof added / sizeof *added; k++)
    PetscCheck((k == 3 && law->expansion) || strcmp(key, added[k]), PETSC_COMM_SELF, PLT_ERR_USAGE,
               "law '%s': the key '%s' is there in every law%s", law->name, key,
               k == 3 ? " without an expansion of its own" : "");
  PetscCall(CheckAgain(law, i));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* ---- the same in here ---- */

static PetscErrorCode MakeProperty(const PltLaw *law, int i, PltProperty *made)
{
  const PltLawProperty *p     = &law->property[i];
  const PetscBool       whole = (PetscBool)(p->above == 0 && p->below == 0);

  PetscFunctionBegin;
  PetscCall(CheckKey(law, i));
  PetscCheck(whole || p->above < p->below, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s', %s: nothing is above %.6g and below %.6g", law->name, p->key, p->above,
             p->below);
  PetscCheck(!p->first || !p->single, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "law '%s', %s: a list of pairs is not single", law->name, p->key);
  *made = (PltProperty){.key      = p->key,
                        .required = p->required ? PETSC_TRUE : PETSC_FALSE,
                        .above    = whole ? -PETSC_MAX_REAL : fmax(p->above, -PETSC_MAX_REAL),
                        .below    = whole ? PETSC_MAX_REAL : fmin(p->below, PETSC_MAX_REAL),
                        .pairs    = p->first ? PETSC_TRUE : PETSC_FALSE,
                        .single   = p->single ? PETSC_TRUE : PETSC_FALSE};
  PetscCall(FindUnit(law, p->key, p->unit, &made->quantity));
  if (p->first) PetscCall(FindUnit(law, p->key, p->first, &made->first));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeProperties(PltUser *made)
{
  static const PltProperty added[] = {
      PLT_CTE_TABLE(0), [PLT_CTE_COUNT] = {"density", PLT_DENSITY, PETSC_FALSE, 0, PETSC_MAX_REAL}};
  PetscInt n = 0;

  PetscFunctionBegin;
  for (; n < made->law.nproperty; n++)
    PetscCall(MakeProperty(&made->law, (int)n, &made->ops.property[n]));
  made->cte = n;
  for (int i = made->law.expansion ? PLT_CTE_COUNT : 0; i <= PLT_CTE_COUNT; i++)
    made->ops.property[n++] = added[i];
  if (!made->law.expansion) {
    made->ops.property[made->cte].secant += made->cte;
    made->ops.property[made->cte].reference += made->cte;
  }
  made->ops.nproperty = n;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode MakeTold(PltUser *made)
{
  const PltLaw *law = &made->law;

  PetscFunctionBegin;
  for (int i = 0; i < law->ntold; i++) {
    const char *name = law->told[i].name;

    PetscCheck(name && IsWord(name, any, NULL), PETSC_COMM_SELF, PLT_ERR_USAGE,
               "law '%s': '%.40s' cannot name what it tells: letters, digits and _, at most %d",
               law->name, name ? name : "(NULL)", NAME_MAX_SIZE - 1);
    PetscCall(FindUnit(law, name, law->told[i].unit, &made->told[i]));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The table as far as its version has members. */
static PltLaw Copy(const PltLaw *law)
{
  PltLaw copy = {.version = law->version};

  memcpy(&copy, law, law->version < 2 ? offsetof(PltLaw, rates) : sizeof copy);
  return copy;
}

static void MakeFunctions(PltUser *made)
{
  PltMaterialOps *ops = &made->ops;

  ops->type    = made->law.name;
  ops->affine  = made->law.affine ? PETSC_TRUE : PETSC_FALSE;
  ops->nshared = made->law.nshared;
  if (!made->law.covers) ops->covers = NULL;
  if (!made->law.birth) ops->birth = NULL;
  if (!made->law.tell) ops->tell = NULL;
  if (made->law.rates) ops->rates = PltLawAlways;
  if (made->law.update) return;
  ops->nstate  = NULL;
  ops->advance = NULL;
  ops->update  = NULL;
}

int PltRegisterLaw(const PltLaw *law)
{
  PetscBool up   = PETSC_FALSE;
  PltUser  *made = &user[nuser];

  PetscInitialized(&up);
  if (!up) {
    PltKeepMessage("PltRegisterLaw comes after PltInitialize");
    return PLT_ERR_USAGE;
  }
  PetscFunctionBegin;
  PetscCheck(law, PETSC_COMM_SELF, PLT_ERR_USAGE, "there is no table of a law: NULL");
  for (PetscInt i = 0; i < nuser; i++)
    if (user[i].from == law) PetscFunctionReturn(PETSC_SUCCESS);
  PetscCheck(law->version >= 1 && law->version <= PLT_LAW_VERSION, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "the table of a law is of version %d of platen_material.h, this Platen knows 1 to %d",
             law->version, PLT_LAW_VERSION);
  PetscCheck(nuser < PLT_USER_LAWS, PETSC_COMM_SELF, PLT_ERR_USAGE,
             "more than %d laws were registered", PLT_USER_LAWS);
  *made = (PltUser){.ops = PltUserOps, .law = Copy(law), .from = law};
  PetscCall(CheckName(&made->law));
  PetscCall(CheckMembers(&made->law));
  PetscCall(MakeProperties(made));
  PetscCall(MakeTold(made));
  MakeFunctions(made);
  PltMaterialAddLaw(&made->ops);
  nuser++;
  PetscFunctionReturn(PETSC_SUCCESS);
}
