/* SPDX-License-Identifier: BSD-2-Clause
   A map of metal as a grey picture (libpng): white is metal, or black. Values are taken as they
   are, without gamma. Mistakes are told with the byte where reading stopped. */
#include <png.h>
#include <stdio.h>
#include "input/map.h"

/* All of one reading: libpng leaves it by longjmp, which must find no variable changed. */
typedef struct {
  const unsigned char *bytes;
  size_t               size, at;
  png_structp          png;
  png_infop            info;
  png_uint_32          width, height;
  int                  depth;
  unsigned char       *pixels; /* rows of 16 bits, the uppermost first */
  png_bytep           *row;
  char                 why[160]; /* "" went well */
} Picture;

static void OnError(png_structp png, png_const_charp text)
{
  Picture *p = png_get_error_ptr(png);

  if (!*p->why) (void)snprintf(p->why, sizeof p->why, "%s", text);
  longjmp(png_jmpbuf(png), 1);
}

static void OnWarning(png_structp png, png_const_charp text)
{
  (void)png;
  (void)text;
}

static void OnRead(png_structp png, png_bytep to, size_t n)
{
  Picture *p = png_get_io_ptr(png);

  if (n > p->size - p->at) png_error(png, "the file ends too early");
  memcpy(to, p->bytes + p->at, n);
  p->at += n;
}

static const char *WhyNot(const Picture *p, int type)
{
  if (type == PNG_COLOR_TYPE_GRAY_ALPHA) return "it is transparent; save it as plain grey";
  if (type != PNG_COLOR_TYPE_GRAY) return "it is in colour; save it as grey";
  if (p->width > PLT_CELLS_MAX / p->height) return "it has too many cells, more than 16777216";
  return NULL;
}

/* Whatever depth: 8 or 16 bits a pixel. */
static void Decode(Picture *p)
{
  const char *why;
  int         type;

  if (setjmp(png_jmpbuf(p->png))) return;
  png_set_read_fn(p->png, p, OnRead);
  png_read_info(p->png, p->info);
  png_get_IHDR(p->png, p->info, &p->width, &p->height, &p->depth, &type, NULL, NULL, NULL);
  why = WhyNot(p, type);
  if (why) png_error(p->png, why);
  if (p->depth < 8) png_set_expand_gray_1_2_4_to_8(p->png);
  p->depth  = p->depth < 16 ? 8 : 16;
  p->pixels = malloc(2 * (size_t)p->width * p->height);
  p->row    = malloc(p->height * sizeof *p->row);
  if (!p->pixels || !p->row) png_error(p->png, "there is no memory for it");
  for (size_t j = 0; j < p->height; j++)
    p->row[j] = p->pixels + j * p->width * (size_t)(p->depth / 8);
  png_read_image(p->png, p->row);
  png_read_end(p->png, NULL);
}

static PetscErrorCode TakePixels(const Picture *p, PetscBool black, PltGrey *grey)
{
  PetscFunctionBegin;
  grey->n[0] = (PetscInt)p->width;
  grey->n[1] = (PetscInt)p->height;
  PetscCall(PetscMalloc1(grey->n[0] * grey->n[1], &grey->value));
  for (PetscInt j = 0; j < grey->n[1]; j++) {
    const unsigned char *row = p->row[grey->n[1] - 1 - j];

    for (PetscInt i = 0; i < grey->n[0]; i++) {
      const PetscReal v =
          p->depth == 8 ? row[i] / 255. : (256 * row[2 * i] + row[2 * i + 1]) / 65535.;

      grey->value[j * grey->n[0] + i] = black ? 1 - v : v;
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltGreyFromPng(PltReader *reader, const char *file, const unsigned char *bytes,
                              size_t size, PetscBool black, PltGrey *grey)
{
  const PltMark mark = {file, 0, 0};
  Picture       p    = {.bytes = bytes, .size = size};

  PetscFunctionBegin;
  *grey = (PltGrey){.n = {0, 0}};
  p.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &p, OnError, OnWarning);
  PetscCheck(p.png, PETSC_COMM_SELF, PETSC_ERR_LIB, "libpng cannot be started");
  p.info = png_create_info_struct(p.png);
  if (p.info) Decode(&p);
  png_destroy_read_struct(&p.png, &p.info, NULL);
  if (*p.why)
    PetscCall(PltReaderAdd(reader, mark, "byte %zu: this picture cannot be read: %s", p.at, p.why));
  else PetscCall(TakePixels(&p, black, grey));
  free(p.row);
  free(p.pixels);
  PetscFunctionReturn(PETSC_SUCCESS);
}
