/* SPDX-License-Identifier: BSD-2-Clause
   Projects for the tests of the mesh room: one ply with dies, or a stack given by numbers. */
#ifndef PLT_TEST_MESH_SAMPLE_H
#define PLT_TEST_MESH_SAMPLE_H
#include <string.h>
#include "check.h"
#include "mesh/footprint.h"

static const double mm = 1e-3, um = 1e-6;

static inline void AddSolid(PltProject p, const char *name, double E, double nu)
{
  CALL(PltProjectAddMaterial(p, name, "isotropic"));
  CALL(PltProjectSetProperty(p, name, "E", 1, NULL, &E));
  CALL(PltProjectSetProperty(p, name, "nu", 1, NULL, &nu));
}

/* A ply of mold with silicon dies, none yet, and another such ply above; height 0: round. */
static inline PltProject MakePanel(double width, double height)
{
  PltProject p;

  CALL(PltProjectCreate(PETSC_COMM_WORLD, &p));
  CALL(PltProjectSetKinematics(p, PLT_SMALL));
  AddSolid(p, "silicon", 160e9, 0.23);
  AddSolid(p, "mold", 22e9, 0.3);
  CALL(PltProjectAddPly(p, "device", "mold", "silicon", 300 * um, -1));
  CALL(PltProjectAddPly(p, "upper", "mold", "silicon", 300 * um, -1));
  if (height > 0) CALL(PltProjectSetSize(p, width, height));
  else CALL(PltProjectSetDiameter(p, width));
  CALL(PltProjectSetMesh(p, 2 * mm, 0, 0, PLT_MESH_MAPPED, NULL));
  return p;
}

/* A square die in the device ply, everything in mm and rad. */
static inline void AddDie(PltProject p, const char *id, double x, double y, double size,
                          double angle)
{
  CALL(PltProjectAddDie(p, id, "device", x * mm, y * mm, size * mm, size * mm, angle));
}

/* 60 x 60 mm with 5 x 5 dies of 8 mm at a pitch of 12 mm. */
static inline PltProject MakeCooldownPanel(void)
{
  PltProject p = MakePanel(60 * mm, 60 * mm);

  CALL(PltProjectAddDieArray(p, "device", 5, 5, 12 * mm, 12 * mm, 8 * mm, 8 * mm));
  return p;
}

/* 150 mm wafer with turned dies, none within 2 mm of the rim. */
static inline PltProject MakeWafer(double angle)
{
  PltProject p = MakePanel(150 * mm, 0);

  for (int i = -4; i <= 4; i++)
    for (int j = -4; j <= 4; j++)
      if (hypot(12. * i, 12. * j) + 4 * sqrt(2) < 73) AddDie(p, NULL, 12 * i, 12 * j, 8, angle);
  CALL(PltProjectSetMesh(p, 3 * mm, 0, 0, PLT_MESH_FREE, NULL));
  return p;
}

static inline double QuadArea(const PltFootprint *f, PetscInt q)
{
  const PltFootprint one = {f->nvert, 1, f->xy, &f->quad[4 * q], NULL};

  return PltFootprintArea(&one);
}

static inline double RegionArea(const PltFootprint *f, PetscInt region)
{
  double area = 0;

  for (PetscInt q = 0; q < f->nquad; q++)
    if (f->region[q] == region) area += QuadArea(f, q);
  return area;
}

static inline double LeastJacobian(const PltFootprint *f)
{
  double least = 1;

  for (PetscInt q = 0; q < f->nquad; q++) least = fmin(least, PltQuadJacobian(f, q));
  return least;
}

/* Creating the footprint fails as a mesh error whose message holds the words. */
static inline void ExpectNoMesh(PltProject p, const char *words)
{
  PltFootprint f;

  ck_assert_int_eq(PltFootprintCreate(p, &f), PLT_ERR_MESH);
  ck_assert_msg(strstr(PltGetErrorMessage(), words) != NULL, "'%s' is not in '%s'", words,
                PltGetErrorMessage());
}
#endif
