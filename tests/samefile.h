/* SPDX-License-Identifier: BSD-2-Clause
   Two field files that must hold the same, whatever the order they were written in: links, types,
   extents, how arrays are stored, values, attributes. Serial HDF5, one rank. */
#ifndef PLT_TEST_SAMEFILE_H
#define PLT_TEST_SAMEFILE_H
#include <string.h>
#include "readback.h"

typedef struct {
  hid_t other;
  int   objects, same;
} Comparison;

static inline void CompareBytes(Comparison *c, const void *a, const void *b, size_t size)
{
  if (!a || !b || memcmp(a, b, size)) c->same = 0;
}

static inline herr_t CompareAttribute(hid_t object, const char *name, const H5A_info_t *info,
                                      void *context)
{
  Comparison *c        = context;
  hid_t       a[2]     = {H5Aopen(object, name, H5P_DEFAULT), H5Aopen(c->other, name, H5P_DEFAULT)};
  char       *value[2] = {calloc(1, info->data_size), calloc(1, info->data_size)};
  hid_t       type[2];

  for (int i = 0; i < 2; i++) {
    type[i] = H5Aget_type(a[i]);
    if (H5Aget_storage_size(a[i]) != info->data_size || H5Aread(a[i], type[i], value[i]) < 0)
      c->same = 0;
  }
  if (H5Tequal(type[0], type[1]) <= 0) c->same = 0;
  CompareBytes(c, value[0], value[1], info->data_size);
  for (int i = 0; i < 2; i++) {
    free(value[i]);
    H5Tclose(type[i]);
    H5Aclose(a[i]);
  }
  return 0;
}

/* Type, extent and values; how it is stored (chunks, filters, views). */
static inline void CompareSet(Comparison *c, hid_t set, hid_t other)
{
  hid_t  type[2]  = {H5Dget_type(set), H5Dget_type(other)};
  hid_t  space[2] = {H5Dget_space(set), H5Dget_space(other)};
  hid_t  plan[2]  = {H5Dget_create_plist(set), H5Dget_create_plist(other)};
  size_t n[2];
  void  *value[2] = {Read(set, ".", type[0], &n[0]), Read(other, ".", type[0], &n[1])};

  if (H5Tequal(type[0], type[1]) <= 0 || H5Sextent_equal(space[0], space[1]) <= 0 ||
      H5Pequal(plan[0], plan[1]) <= 0 || n[0] != n[1])
    c->same = 0;
  if (c->same) CompareBytes(c, value[0], value[1], n[0] * H5Tget_size(type[0]));
  for (int i = 0; i < 2; i++) {
    free(value[i]);
    H5Pclose(plan[i]);
    H5Sclose(space[i]);
    H5Tclose(type[i]);
  }
}

static inline herr_t CompareObject(hid_t file, const char *name, const H5O_info_t *info,
                                   void *context)
{
  Comparison *c      = context;
  Comparison  inside = {.same = 1};
  H5O_info_t  there;
  hid_t       object = H5Oopen(file, name, H5P_DEFAULT);

  inside.other = H5Oopen(c->other, name, H5P_DEFAULT);
  if (inside.other < 0 || H5Oget_info(inside.other, &there) < 0 || there.type != info->type ||
      there.rc != info->rc || there.num_attrs != info->num_attrs)
    inside.same = 0;
  if (inside.same) H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, CompareAttribute, &inside);
  if (inside.same && info->type == H5O_TYPE_DATASET) CompareSet(&inside, object, inside.other);
  if (!inside.same) printf("'%s' is not the same\n", name);
  c->objects++;
  c->same = c->same && inside.same;
  if (inside.other >= 0) H5Oclose(inside.other);
  H5Oclose(object);
  return 0;
}

/* Both ways, so that neither has more. */
static inline int SameFile(const char *a, const char *b)
{
  const hid_t file[2]    = {H5Fopen(a, H5F_ACC_RDONLY, H5P_DEFAULT),
                            H5Fopen(b, H5F_ACC_RDONLY, H5P_DEFAULT)};
  int         objects[2] = {0, 0}, same = file[0] >= 0 && file[1] >= 0;

  for (int way = 0; same && way < 2; way++) {
    Comparison c = {.other = file[1 - way], .same = 1};

    same = H5Ovisit(file[way], H5_INDEX_NAME, H5_ITER_INC, CompareObject, &c) >= 0 && c.same;
    objects[way] = c.objects;
  }
  for (int i = 0; i < 2; i++)
    if (file[i] >= 0) H5Fclose(file[i]);
  return same && objects[0] == objects[1];
}
#endif
