/* SPDX-License-Identifier: BSD-2-Clause
   A writer for JSON (RFC 8259): keys in the order of the calls, numbers that read back exactly. */
#include "output/internal.h"

static PetscErrorCode AddString(PltText *text, const char *s)
{
  PetscFunctionBegin;
  PetscCall(PltTextAddBytes(text, "\"", 1));
  for (; *s; s++) {
    const unsigned char c = (unsigned char)*s;

    if (c == '"' || c == '\\') PetscCall(PltTextAdd(text, "\\%c", c));
    else if (c < 0x20) PetscCall(PltTextAdd(text, "\\u%04x", c));
    else PetscCall(PltTextAddBytes(text, s, 1));
  }
  PetscCall(PltTextAddBytes(text, "\"", 1));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Comma, new line and key before a value. */
static PetscErrorCode Begin(PltJson *json, const char *key)
{
  PltText   *text = &json->text;
  const char last = (char)(text->n ? text->s[text->n - 1] : 0);

  PetscFunctionBegin;
  if (last && last != '{' && last != '[') PetscCall(PltTextAddBytes(text, ",", 1));
  if (json->depth && !json->flat) PetscCall(PltTextAdd(text, "\n%*s", 2 * json->depth, ""));
  else if (last && last != '{' && last != '[') PetscCall(PltTextAddBytes(text, " ", 1));
  if (key) {
    PetscCall(AddString(text, key));
    PetscCall(PltTextAddBytes(text, ": ", 2));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltJsonOpen(PltJson *json, const char *key, char bracket)
{
  PetscFunctionBegin;
  PetscCall(Begin(json, key));
  PetscCall(PltTextAdd(&json->text, "%c", bracket));
  json->depth++;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltJsonClose(PltJson *json, char bracket)
{
  const PltText  *text  = &json->text;
  const PetscBool empty = (PetscBool)(text->s[text->n - 1] == (bracket == ']' ? '[' : '{'));

  PetscFunctionBegin;
  json->depth--;
  if (!json->flat && !empty) PetscCall(PltTextAdd(&json->text, "\n%*s", 2 * json->depth, ""));
  PetscCall(PltTextAdd(&json->text, "%c", bracket));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltJsonReal(PltJson *json, const char *key, double value)
{
  PetscFunctionBegin;
  PetscCall(Begin(json, key));
  PetscCall(PltTextAddReal(&json->text, value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltJsonInt(PltJson *json, const char *key, long long value)
{
  PetscFunctionBegin;
  PetscCall(Begin(json, key));
  PetscCall(PltTextAdd(&json->text, "%lld", value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltJsonBool(PltJson *json, const char *key, PetscBool value)
{
  PetscFunctionBegin;
  PetscCall(Begin(json, key));
  PetscCall(PltTextAdd(&json->text, value ? "true" : "false"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltJsonText(PltJson *json, const char *key, const char *value)
{
  PetscFunctionBegin;
  PetscCall(Begin(json, key));
  if (value) PetscCall(AddString(&json->text, value));
  else PetscCall(PltTextAdd(&json->text, "null"));
  PetscFunctionReturn(PETSC_SUCCESS);
}
