/* SPDX-License-Identifier: BSD-2-Clause
   Files as text: reading them whole, finding what is not text, names relative to the recipe. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "input/node.h"

/* A recipe that lists a million dies one by one takes some 100 MB. */
enum { SIZE_MAX_MB = 256 };

static const char *WhyNot(int file)
{
  struct stat status;

  if (file < 0) return strerror(errno);
  if (fstat(file, &status)) return strerror(errno);
  if (S_ISDIR(status.st_mode)) return "it is a folder";
  if (!S_ISREG(status.st_mode)) return "it is not a file";
  if (status.st_size > (off_t)SIZE_MAX_MB << 20) return "it is larger than 256 MB";
  return NULL;
}

PetscErrorCode PltFileRead(const char *name, char **text, size_t *size, const char **why)
{
  /* not blocking: a pipe without a writer must not stop us */
  const int   file = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  size_t      room;

  PetscFunctionBegin;
  *text = NULL;
  *size = 0;
  *why  = WhyNot(file);
  if (!*why && fstat(file, &status)) *why = strerror(errno);
  if (*why) {
    if (file >= 0) close(file);
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  room = (size_t)status.st_size;
  PetscCall(PetscMalloc1(room + 1, text));
  while (*size < room) {
    const ssize_t n = read(file, *text + *size, room - *size);

    if (n < 0 && errno == EINTR) continue;
    if (n < 0) *why = strerror(errno);
    if (n <= 0) break;
    *size += (size_t)n;
  }
  (*text)[*size] = 0;
  close(file);
  if (*why) PetscCall(PetscFree(*text));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Bytes of the UTF-8 character at s, 0 if it is none or a control character that text does not
   have. */
static size_t CharacterAt(const unsigned char *s, size_t left)
{
  const unsigned char c = *s;
  size_t n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

  if (n == 1 && c < 0x20 && c != '\t' && c != '\n' && c != '\r') return 0;
  if (c == 0x7f || n > left) return 0;
  for (size_t k = 1; k < n; k++)
    if ((s[k] & 0xc0) != 0x80) return 0;
  if ((c == 0xe0 && s[1] < 0xa0) || (c == 0xf0 && s[1] < 0x90)) return 0;   /* overlong */
  if ((c == 0xed && s[1] >= 0xa0) || (c == 0xf4 && s[1] >= 0x90)) return 0; /* not a character */
  return n;
}

PetscErrorCode PltFileCheckText(PltReader *reader, const char *file, char *text, size_t *size,
                                PetscBool *ok)
{
  const unsigned char *s    = (const unsigned char *)text;
  PltMark              mark = {file, 1, 1};

  PetscFunctionBegin;
  *ok = PETSC_FALSE;
  if (*size >= 3 && s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf) {
    *size -= 3;
    memmove(text, text + 3, *size + 1);
  }
  if (*size >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff))) {
    PetscCall(PltReaderAdd(reader, mark, "the file is UTF-16: save it as UTF-8"));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  for (size_t i = 0; i < *size;) {
    const size_t n = CharacterAt(s + i, *size - i);

    if (n == 0) {
      PetscCall(
          PltReaderAdd(reader, mark, "this is not text: byte 0x%02x (UTF-8 is expected)", s[i]));
      PetscFunctionReturn(PETSC_SUCCESS);
    }
    mark.column++;
    if (s[i] == '\n') {
      mark.line++;
      mark.column = 1;
    }
    i += n;
  }
  *ok = PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFileFolder(const char *file, char **folder)
{
  const char *slash = file ? strrchr(file, '/') : NULL;

  PetscFunctionBegin;
  PetscCall(PetscStrallocpy(slash ? file : "", folder));
  if (slash) (*folder)[slash - file + 1] = 0;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFileBeside(const char *folder, const char *name, char **path)
{
  size_t size;

  PetscFunctionBegin;
  if (name[0] == '/') folder = "";
  size = strlen(folder) + strlen(name) + 1;
  PetscCall(PetscMalloc1(size, path));
  PetscCall(PetscSNPrintf(*path, size, "%s%s", folder, name));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltFileAbsolute(const char *name, char **absolute)
{
  char *found = realpath(name, NULL);

  PetscFunctionBegin;
  PetscCall(PetscStrallocpy(found ? found : name, absolute));
  free(found);
  PetscFunctionReturn(PETSC_SUCCESS);
}
