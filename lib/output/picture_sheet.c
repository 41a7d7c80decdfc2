/* SPDX-License-Identifier: BSD-2-Clause
   A sheet drawn by cairo without a display, as PNG and SVG, and what all sheets need. */
#include <cairo-svg.h>
#include <math.h>
#include <string.h>
#include "output/picture.h"

/* Pixels a point of the PNG: sharp on a projector. */
#define RESOLUTION (4.0 / 3)

double PltSheetNice(double x)
{
  const double ten = pow(10, floor(log10(x) + 1e-9)), lead = x / ten;

  return (lead <= 1 + 1e-6 ? 1 : lead <= 2 + 1e-6 ? 2 : lead <= 5 + 1e-6 ? 5 : 10) * ten;
}

const char *PltSheetUnit(double x, double *per_metre)
{
  *per_metre = x >= 0.99e-3 ? 1e3 : x >= 0.99e-6 ? 1e6 : 1e9;
  return x >= 0.99e-3 ? "mm" : x >= 0.99e-6 ? "µm" : "nm";
}

void PltSheetInk(cairo_t *c, PltInk ink, double alpha)
{
  static const double rgb[][3] = {[PLT_INK] = {0.13, 0.15, 0.18}, [PLT_PALE] = {0.42, 0.45, 0.5}};

  cairo_set_source_rgba(c, rgb[ink][0], rgb[ink][1], rgb[ink][2], alpha);
}

void PltSheetText(cairo_t *c, double x, double y, double align, const char *text)
{
  cairo_text_extents_t extents;

  cairo_text_extents(c, text, &extents);
  cairo_move_to(c, x - align * extents.x_advance, y);
  cairo_show_text(c, text);
}

void PltSheetFont(cairo_t *c, double size, int bold)
{
  cairo_select_font_face(c, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                         bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(c, size);
}

static cairo_status_t Collect(void *context, const unsigned char *bytes, unsigned n)
{
  return PltTextAddBytes(context, (const char *)bytes, n) ? CAIRO_STATUS_NO_MEMORY
                                                          : CAIRO_STATUS_SUCCESS;
}

static cairo_status_t DrawPng(const PltSheet *sheet, PltText *bytes)
{
  cairo_surface_t *surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, (int)(RESOLUTION * sheet->width), (int)(RESOLUTION * sheet->height));
  cairo_t       *c = cairo_create(surface);
  cairo_status_t status;

  cairo_scale(c, RESOLUTION, RESOLUTION);
  sheet->draw(sheet->subject, c);
  status = cairo_status(c);
  cairo_destroy(c);
  if (!status) status = cairo_surface_write_to_png_stream(surface, Collect, bytes);
  cairo_surface_destroy(surface);
  return status;
}

static cairo_status_t DrawSvg(const PltSheet *sheet, PltText *bytes)
{
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream(Collect, bytes, sheet->width, sheet->height);
  cairo_t       *c = cairo_create(surface);
  cairo_status_t status;

  sheet->draw(sheet->subject, c);
  status = cairo_status(c);
  cairo_destroy(c);
  cairo_surface_finish(surface);
  if (!status) status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  return status;
}

static PetscErrorCode WriteFile(const PltSheet *sheet, const char *stem, const char *tail,
                                cairo_status_t (*draw)(const PltSheet *, PltText *))
{
  PltText        name = {0}, bytes = {0};
  cairo_status_t status = draw(sheet, &bytes);
  PetscErrorCode ierr;

  PetscFunctionBegin;
  PetscCheck(status == CAIRO_STATUS_SUCCESS, PETSC_COMM_SELF, PLT_ERR_INTERNAL,
             "drawing a picture: %s", cairo_status_to_string(status));
  PetscCall(PltTextAdd(&name, "%s%s", stem, tail));
  ierr = PltFileReplace(name.s, &bytes);
  PetscCall(PltTextFree(&name));
  PetscCall(PltTextFree(&bytes));
  PetscCall(ierr);
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode PltSheetWrite(const PltSheet *sheet, const char *stem)
{
  PetscFunctionBegin;
  PetscCall(WriteFile(sheet, stem, ".png", DrawPng));
  PetscCall(WriteFile(sheet, stem, ".svg", DrawSvg));
  PetscFunctionReturn(PETSC_SUCCESS);
}
