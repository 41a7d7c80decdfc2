/* SPDX-License-Identifier: BSD-2-Clause
   The panel of a warpage map as an image: filled contours with lines between them. An image, not
   paths, so that the size of the files does not depend on the mesh. */
#include <math.h>
#include "output/picture.h"

static const double per_point = 1.5; /* pixels */

/* "Cool to warm" of Moreland, Diverging color maps for scientific visualization (2009), at equal
   steps: both ends are equally dark, and prints in grey still show the sign by the contour lines.
   */
static const double warm[9][3] = {{59, 76, 192},   {98, 130, 234},  {141, 176, 254},
                                  {184, 208, 249}, {236, 236, 236}, {245, 196, 173},
                                  {244, 154, 123}, {222, 96, 77},   {180, 4, 38}};

/* A band has one colour, that of its middle. */
void PltSceneColour(const PltScene *scene, int band, double rgb[3])
{
  const double most  = fmax(-scene->low, scene->high);
  const double value = (band + 0.5) * scene->step;
  const double at    = fmin(fmax(4 + 4 * value / most, 0), 8);
  const int    i     = at < 8 ? (int)at : 7;

  for (int c = 0; c < 3; c++)
    rgb[c] = (warm[i][c] + (at - i) * (warm[i + 1][c] - warm[i][c])) / 255;
}

/* Range and bands of the heights that occur; there is at least the band above the plane. */
static void SetRange(PltScene *s, size_t n, const float *height)
{
  double low = 0, high = 0;

  for (size_t i = 0; i < n; i++) {
    if (isnan(height[i])) continue;
    low  = fmin(low, height[i]);
    high = fmax(high, height[i]);
  }
  s->step  = PltSheetNice(fmax((high - low) / 18, 1e-12));
  s->first = (int)floor(low / s->step);
  s->count = PetscMax((int)ceil(high / s->step), 1) - s->first;
  s->low   = s->first * s->step;
  s->high  = (s->first + s->count) * s->step;
  s->unit  = PltSheetUnit(fmax(-s->low, s->high), &s->per_metre);
}

/* Colours of the bands, and of the contour line at their edge. */
static void MakeColours(const PltScene *scene, uint32_t colour[][2])
{
  for (int b = 0; b < scene->count; b++) {
    double rgb[3];

    PltSceneColour(scene, scene->first + b, rgb);
    for (int line = 0; line < 2; line++) {
      const double shade = line ? 0.6 * 255 : 255;

      colour[b][line] = 0xff000000u | (uint32_t)(shade * rgb[0]) << 16 |
                        (uint32_t)(shade * rgb[1]) << 8 | (uint32_t)(shade * rgb[2]);
    }
  }
}

/* Heights become bands from 0, -1 outside the panel. */
static void MakeBands(const PltScene *scene, size_t n, const float *height, int *band)
{
  for (size_t i = 0; i < n; i++) {
    const int b = isnan(height[i]) ? -1 : (int)floor(height[i] / scene->step) - scene->first;

    band[i] = PetscMin(b, scene->count - 1);
  }
}

static void Paint(const int n[2], const int *band, uint32_t colour[][2], cairo_surface_t *map)
{
  const int      stride = cairo_image_surface_get_stride(map);
  unsigned char *data;

  cairo_surface_flush(map);
  data = cairo_image_surface_get_data(map);
  for (int y = 0; y < n[1]; y++) {
    const int *b   = band + (size_t)y * (size_t)n[0];
    uint32_t  *row = (uint32_t *)(void *)(data + (ptrdiff_t)y * stride);

    for (int x = 0; x < n[0]; x++) {
      const int right = x + 1 < n[0] ? b[x + 1] : b[x], below = y + 1 < n[1] ? b[x + n[0]] : b[x];
      const int line = (right >= 0 && right != b[x]) || (below >= 0 && below != b[x]);

      row[x] = b[x] < 0 ? 0 : colour[b[x]][line];
    }
  }
  cairo_surface_mark_dirty(map);
}

PetscErrorCode PltSceneMakeMap(PltScene *scene, const PltFootprint *plan, const PetscReal value[])
{
  const int    n[2]  = {PetscMax((int)lround(per_point * scene->size[0]), 1),
                        PetscMax((int)lround(per_point * scene->size[1]), 1)};
  const size_t total = (size_t)n[0] * (size_t)n[1];
  float       *height;
  int         *band;
  uint32_t(*colour)[2];

  PetscFunctionBegin;
  scene->map = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, n[0], n[1]);
  PetscCheck(cairo_surface_status(scene->map) == CAIRO_STATUS_SUCCESS, PETSC_COMM_SELF,
             PETSC_ERR_MEM, "an image of %d x %d pixels", n[0], n[1]);
  PetscCall(PetscMalloc2(total, &height, total, &band));
  PetscCall(PltPlanRaster(plan, scene->project, value, n, height));
  for (size_t i = 0; i < total; i++) height[i] *= (float)scene->frame->up;
  SetRange(scene, total, height);
  PetscCall(PetscMalloc1(scene->count, &colour));
  MakeColours(scene, colour);
  MakeBands(scene, total, height, band);
  Paint(n, band, colour, scene->map);
  PetscCall(PetscFree(colour));
  PetscCall(PetscFree2(height, band));
  PetscFunctionReturn(PETSC_SUCCESS);
}
