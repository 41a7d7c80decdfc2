/* SPDX-License-Identifier: BSD-2-Clause
   What every room stands on: PETSc, error handling, lists of user mistakes, units, curves of
   temperature, 6-vectors.

   Errors: every call is wrapped in PetscCall (foreign libraries have their own PltCall... macro
   beside their use). A user's mistake is PetscCheck(cond, PETSC_COMM_SELF, PLT_ERR_..., "text").
   PltInitialize installs a handler that keeps the text for PltGetErrorMessage and prints
   nothing. Codes PLT_ERR_USAGE to PLT_ERR_INTERRUPTED are raised on all ranks alike: work of one
   rank ends in PltAgree. PETSc's own formatting (PetscCheck,
   SETERRQ, PetscPrintf) writes %g as "300."; %.6g is not touched. */
#ifndef PLT_BASE_H
#define PLT_BASE_H
#include <petscsys.h>
#include "platen.h"
#include "base/compat.h"

#define PLT_INTERN __attribute__((visibility("hidden")))

/* A static function in a version for each kind of processor, of which the loader takes the
   best; what it calls is compiled along with it if it is PLT_INLINE. Sums are not contracted,
   so that all give the same. Sanitizers get one version. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLT_ONE_VERSION
#endif
#endif
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(PLT_ONE_VERSION)
#define PLT_VERSIONS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PLT_VERSIONS
#endif
#define PLT_INLINE static inline __attribute__((always_inline))

/* Our own invariants: on with --enable-debug (config.h), in all CI tests. */
#if defined(PLT_DEBUG)
#define PltAssert(cond, ...) PetscCheck(cond, PETSC_COMM_SELF, PLT_ERR_INTERNAL, __VA_ARGS__)
#else
#define PltAssert(cond, ...) ((void)0)
#endif

/* ---- error.c ---- */
/* Keep `text` as the message of the failure under way (the caller then raises its code with
   PetscCheck and any text; the kept one wins). Not collective. */
PLT_INTERN void PltKeepMessage(const char *text);
PLT_INTERN void PltClearMessage(void);
/* Every rank brings its own code (0 if well); all leave with the same one, the highest, and with
   the message of the lowest rank that has it; it is raised unless 0. Collective. */
PLT_INTERN PetscErrorCode PltAgree(MPI_Comm comm, PetscErrorCode local);
PLT_INTERN PetscErrorCode PltErrorHandlerPush(void);
PLT_INTERN PetscErrorCode PltErrorHandlerPop(void);

/* ---- mistake.c: a list of what is wrong with a user's input, reported in one go ---- */
typedef struct {
  const char *file;         /* NULL: not from a file */
  PetscInt    line, column; /* from 1 */
} PltMark;
typedef struct PltMistakes_ *PltMistakes;
PLT_INTERN PetscErrorCode    PltMistakesCreate(PltMistakes *list);
PLT_INTERN PetscErrorCode    PltMistakesDestroy(PltMistakes *list);
PLT_INTERN PetscErrorCode    PltMistakesAdd(PltMistakes list, PltMark mark, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
PLT_INTERN PetscInt PltMistakesCount(PltMistakes list);
/* Sorted by place, each "file:line:column: error: text" with the source line and a caret below it;
   kept as the message and raised as PLT_ERR_RECIPE if there are any. */
PLT_INTERN PetscErrorCode PltMistakesRaise(PltMistakes list);
/* The list as warnings, to be given to free; "" if there are none. */
PLT_INTERN PetscErrorCode PltMistakesWarn(PltMistakes list, char **text);
/* The candidate nearest to `word` (edit distance at most 2 or a third of its length), NULL if
   none. */
PLT_INTERN const char *PltNearest(const char *word, const char *const candidate[], PetscInt n);

/* ---- units.c: the only place that knows units (udunits2) ---- */
typedef enum {
  PLT_LENGTH,
  PLT_PRESSURE,
  PLT_TEMPERATURE,
  PLT_TEMPERATURE_DIFFERENCE,
  PLT_EXPANSION,
  PLT_STRAIN,
  PLT_NUMBER,
  PLT_TIME,
  PLT_DENSITY,
  PLT_ANGLE,
  PLT_AIR_PRESSURE, /* as PLT_PRESSURE, but told in kPa */
  PLT_MOLAR_ENERGY,
  PLT_RATE, /* 1/s */
  PLT_COMPLIANCE,
  PLT_QUANTITY_COUNT
} PltQuantity;
/* "1.1 mm" -> 0.0011; "180 degC" -> 453.15. On failure *why (static or thread-local text) says
   what was found and what would be right and *ok is PETSC_FALSE: a user's mistake is not an
   error here. */
PLT_INTERN PetscErrorCode PltUnitsParse(const char *text, PltQuantity quantity, PetscReal *value,
                                        PetscBool *ok, const char **why);
/* The value in a unit a person writes it in, six digits, for messages ("0.5 MPa", "180 degC"). */
PLT_INTERN PetscErrorCode PltUnitsTell(PetscReal value, PltQuantity quantity, size_t size,
                                       char text[]);
/* The value in the SI unit of its quantity as text that reads back exactly ("0.0011 m", "453.15
   K"). */
PLT_INTERN PetscErrorCode PltUnitsFormat(PetscReal value, PltQuantity quantity, size_t size,
                                         char text[]);
/* The SI unit of a quantity, "" of a plain number. */
PLT_INTERN const char    *PltUnitsSI(PltQuantity quantity);
PLT_INTERN PetscErrorCode PltUnitsFinalize(void);

/* ---- curve.c: a property as a piecewise linear function of temperature ---- */
typedef struct {
  PetscInt   n;     /* 0: not given; 1: constant */
  PetscReal *T;     /* [n] K, ascending */
  PetscReal *value; /* [n] SI */
} PltCurve;
PLT_INTERN PetscErrorCode PltCurveSet(PltCurve *curve, PetscInt n, const PetscReal T[],
                                      const PetscReal value[]); /* copies; T NULL if n = 1 */
PLT_INTERN PetscErrorCode PltCurveFree(PltCurve *curve);
PLT_INTERN PetscReal      PltCurveAt(const PltCurve *curve, PetscReal T); /* T inside the table */
PLT_INTERN PetscReal      PltCurveIntegral(const PltCurve *curve, PetscReal T0,
                                           PetscReal T1); /* exact */
PLT_INTERN PetscBool      PltCurveCovers(const PltCurve *curve, PetscReal T);

/* ---- voigt.h order: 11 22 33 23 13 12, engineering shear; output order is VTK's, see output
   ---- */
enum { PLT_11, PLT_22, PLT_33, PLT_23, PLT_13, PLT_12 };
static inline void PltCross(const PetscReal a[3], const PetscReal b[3], PetscReal c[3])
{
  c[0] = a[1] * b[2] - a[2] * b[1];
  c[1] = a[2] * b[0] - a[0] * b[2];
  c[2] = a[0] * b[1] - a[1] * b[0];
}
PLT_INTERN void           PltMul6(const PetscReal A[6][6], const PetscReal x[6], PetscReal y[6]);
PLT_INTERN PetscErrorCode PltInvert6(PetscReal  A[6][6],
                                     PetscBool *positive); /* symmetric positive definite */

#endif
