/* SPDX-License-Identifier: BSD-2-Clause
   Plates from the text of a recipe through the process driver, in small kinematics: a film of 1 um
   on a plate 10^7 times as stiff in its plane; a plate of one material alone. */
#ifndef PLT_TEST_FILM_H
#define PLT_TEST_FILM_H
#include <unistd.h>
#include "check.h"

static const double MPa = 1e6;

/* A plate of 4 x 4 mm by the rest of a recipe: its materials, stack and process. */
static inline void Read(const char *rest, PltProject *project, PltModel *model)
{
  char  name[] = "/tmp/platen-XXXXXX";
  int   rank;
  FILE *out;

  MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
  if (rank == 0) {
    const int file = mkstemp(name);

    ck_assert_int_ge(file, 0);
    ck_assert_ptr_nonnull(out = fdopen(file, "w"));
    fprintf(out,
            "platen: 1\npanel: {size: [4 mm, 4 mm], mesh: {size: 2 mm}}\n"
            "analysis: {kinematics: small}\nmaterials:\n"
            "  rigid: {E: 1e6 GPa, nu: 0.2, cte: 0 ppm/K}\n%s",
            rest);
    ck_assert(!fclose(out));
  }
  CALL(MPI_Bcast(name, sizeof name, MPI_CHAR, 0, PETSC_COMM_WORLD));
  CALL(PltProjectRead(PETSC_COMM_WORLD, name, project));
  CALL(PltModelCreate(*project, model));
  if (rank == 0) remove(name);
}

static inline void Film(const char *law, const char *born, const char *steps, PltProject *project,
                        PltModel *model)
{
  char text[50000];
  int  more;

  snprintf(text, sizeof text,
           "  film: %s\nstack:\n  - {ply: plate, material: rigid, thickness: 1 mm}\n"
           "  - {ply: film, material: film, thickness: 1 um}\nprocess:\n"
           "  - {name: born, add: [plate, film], temperature: %s}\n%s",
           law, born, steps);
  Read(text, project, model);
  CALL(PltModelStep(*model, &more));
}

static inline void Done(PltProject *project, PltModel *model)
{
  CALL(PltModelDestroy(model));
  CALL(PltProjectDestroy(project));
}

/* In-plane stress of the film after the next step, MPa. */
static inline double NextStress(PltModel model)
{
  double low[6], high[6];
  int    more;

  CALL(PltModelStep(model, &more));
  CALL(PltModelGetStress(model, "film", 0.3e-3, 0.4e-3, low, high));
  ck_assert(Everywhere(Near(low[0], low[1], 1e-6) && Near(low[0], high[0], 1e-6)));
  return low[0] / MPa;
}

static inline void Expect(PltModel model, const char *what, double exact, double tolerance)
{
  const double stress = NextStress(model);

  ck_assert_msg(Everywhere(Near(stress, exact, tolerance)), "%s: %.8g MPa, not %.8g", what, stress,
                exact);
}

/* Change of the distance of two edges over it, after the next step. */
static inline double NextStrain(PltModel model, int direction)
{
  const double a = 2e-3;
  double       u[2][3];

  for (int k = 0; k < 2; k++)
    CALL(PltModelGetDisplacement(model, "plate", (k ? a : -a) * (direction == 0),
                                 (k ? a : -a) * (direction == 1), u[k]));
  return (u[1][direction] - u[0][direction]) / (2 * a);
}
#endif
