/* SPDX-License-Identifier: BSD-2-Clause
   What the files of this room share. */
#ifndef PLT_OUTPUT_INTERNAL_H
#define PLT_OUTPUT_INTERNAL_H
#include <hdf5.h>
#include "output/output.h"

/* ---- text.c: text that grows, and files replaced in one go ---- */
typedef struct { /* all zero: empty */
  char  *s;      /* ends in '\0' once anything was added */
  size_t n, size;
} PltText;
PLT_INTERN PetscErrorCode PltTextAdd(PltText *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
PLT_INTERN PetscErrorCode PltTextAddBytes(PltText *text, const char *bytes, size_t n);
/* The shortest decimals that read back to x, whatever the locale; PLT_ERR_INTERNAL unless finite.
   */
PLT_INTERN PetscErrorCode PltTextAddReal(PltText *text, double x);
PLT_INTERN PetscErrorCode PltTextFree(PltText *text);
/* Write name.part and rename it: `name` is the old file or the whole new one. Not collective. */
PLT_INTERN PetscErrorCode PltFileReplace(const char *name, const PltText *text);
/* Can a file of this name be made? PLT_ERR_IO if not. Not collective. */
PLT_INTERN PetscErrorCode PltFileProbe(const char *name);
/* The part of a path behind the last slash. */
PLT_INTERN const char *PltFileBasename(const char *path);

/* ---- json.c ---- */
typedef struct {
  PltText   text;
  int       depth;
  PetscBool flat; /* no new lines: set before a bracket is opened, cleared after it is closed */
} PltJson;
/* key NULL inside arrays; bracket is '{' or '['. */
PLT_INTERN PetscErrorCode PltJsonOpen(PltJson *json, const char *key, char bracket);
PLT_INTERN PetscErrorCode PltJsonClose(PltJson *json, char bracket);
PLT_INTERN PetscErrorCode PltJsonReal(PltJson *json, const char *key, double value);
PLT_INTERN PetscErrorCode PltJsonInt(PltJson *json, const char *key, long long value);
PLT_INTERN PetscErrorCode PltJsonBool(PltJson *json, const char *key, PetscBool value);
PLT_INTERN PetscErrorCode PltJsonText(PltJson *json, const char *key, const char *value);

/* ---- report.c: JSON, CSV and log; rank 0 only ---- */
typedef struct {
  PltJson        steps; /* the array of steps so far, still open */
  PltText        dies, log;
  size_t         saved;            /* of the log, bytes */
  int            nstep;            /* frames reported: a step may have several, one a temperature */
  int            nincrement, told; /* of the run; of them, in frames reported */
  PltIncrement  *increment;        /* [nincrement] */
  PltOutputSize  size;             /* at the last frame */
  PetscLogDouble memory;
} PltReport;
PLT_INTERN PetscErrorCode PltReportIncrement(PltReport *report, const PltIncrement *increment);
/* Save lines of the log that came after the last frame, and increments of one that never came. */
PLT_INTERN PetscErrorCode PltReportFinish(PltReport *report, PltProject project, int ranks,
                                          const char *base);
PLT_INTERN PetscErrorCode PltReportAdd(PltReport *report, PltProject project, const PltFrame *frame,
                                       const PltOutputSize *size);
PLT_INTERN PetscErrorCode PltReportWrite(PltReport *report, PltProject project, int ranks,
                                         const char *base);
PLT_INTERN PetscErrorCode PltReportFree(PltReport *report);

/* ---- carry.c: the report kept and taken back; of `mine`, rank 0 ---- */
PLT_INTERN PetscErrorCode PltReportTransfer(PltReport *report, PltProject project, PetscBool mine,
                                            PltArchive archive);

/* ---- report_dies.c: lines of base.dies.csv for step `number` ---- */
PLT_INTERN PetscErrorCode PltDiesAdd(PltText *text, PltProject project, const PltFrame *frame,
                                     int number);

/* For tables: less than a picometre is rounding and becomes 0. */
PLT_INTERN double PltMicrometres(double metres);

/* ---- h5.c: HDF5, one file in parallel ---- */
/* Bytes of a chunk before compression: large enough for deflate and for few chunks, small enough
   that every rank has some to compress. */
enum { PLT_H5_CHUNK = 262144 };
typedef struct {
  MPI_Comm comm;
  int      rank;
  char    *name; /* of the file, for messages */
  hid_t    file;
  hid_t    transfer; /* collective */
  PetscInt deflate;  /* level, 0 none */
  char     reason[256];
} PltH5;
/* Every call of HDF5: a negative answer is PLT_ERR_IO with the name of the file and HDF5's reason.
   */
#define PltCallHDF5(h5, ...)                                                                       \
  PetscCheck((__VA_ARGS__) >= 0, PETSC_COMM_SELF, PLT_ERR_IO, "%s: %s", (h5)->name, PltH5Reason(h5))
PLT_INTERN const char *PltH5Reason(PltH5 *h5);
/* HDF5 prints its errors unless told not to; the setting belongs to the whole process, so it is put
   back by PltH5Loud. Not collective. */
typedef struct {
  H5E_auto2_t print;
  void       *data;
} PltH5Quiet;
PLT_INTERN PltH5Quiet PltH5BeQuiet(void);
PLT_INTERN void       PltH5Loud(PltH5Quiet quiet);

PLT_INTERN PetscErrorCode PltH5Create(PltH5 *h5, MPI_Comm comm, const char *name, PetscInt deflate);
/* One that PltH5Create has made, to go on with. */
PLT_INTERN PetscErrorCode PltH5OpenAgain(PltH5 *h5, MPI_Comm comm, const char *name,
                                         PetscInt deflate);
/* Make sure of room on the disk for `bytes` more. A write that fails for lack of it in the middle
   of a collective call can hang the other ranks (Open MPI 4.1) and take what is in the file with
   it; here it is PLT_ERR_IO on all ranks and the file is as before. Collective. */
PLT_INTERN PetscErrorCode PltH5Reserve(PltH5 *h5, double bytes);
PLT_INTERN PetscErrorCode PltH5Flush(PltH5 *h5);
PLT_INTERN PetscErrorCode PltH5Close(PltH5 *h5);
PLT_INTERN PetscErrorCode PltH5Group(PltH5 *h5, const char *path);
/* Attributes hold the same on all ranks. n 0: a scalar. */
PLT_INTERN PetscErrorCode PltH5Attribute(PltH5 *h5, const char *path, const char *name, hid_t type,
                                         hsize_t n, const void *value);
/* Fixed-length string, padded with NUL; length 0: as long as the text. */
PLT_INTERN PetscErrorCode PltH5AttributeText(PltH5 *h5, const char *path, const char *name,
                                             size_t length, const char *text);
/* ASCII where that is all there is: VTK wants it so for its own attributes; UTF-8 otherwise. */
PLT_INTERN PetscErrorCode PltH5StringType(PltH5 *h5, size_t length, PetscBool ascii, hid_t *type);
PLT_INTERN PetscErrorCode PltH5SetAttribute(PltH5 *h5, const char *path, const char *name,
                                            hid_t type, const void *value);
/* ---- h5_arrays.c ---- */
/* A small array that rank 0 writes, the same on all ranks. */
PLT_INTERN PetscErrorCode PltH5Table(PltH5 *h5, const char *path, hid_t type, hsize_t n,
                                     const void *value);
PLT_INTERN PetscErrorCode PltH5TableText(PltH5 *h5, const char *path, hsize_t n,
                                         const char *const text[]);
/* An array that grows by one row that all ranks know, by PltH5AppendOne; rank 0 writes, at once. */
PLT_INTERN PetscErrorCode PltH5Column(PltH5 *h5, const char *path, hid_t type, hsize_t width);
PLT_INTERN PetscErrorCode PltH5AppendOne(PltH5 *h5, const char *path, hid_t type,
                                         const void *value);
/* An array that grows by rows of `width` values (0: a vector); `rows` it will have at least. */
PLT_INTERN PetscErrorCode PltH5Array(PltH5 *h5, const char *path, hid_t type, hsize_t width,
                                     hsize_t rows);
typedef struct {
  hsize_t all, start, count; /* rows of all ranks, first one of this rank, how many it has */
} PltRows;
/* Append rows; `type` is that of the memory. Collective, fails on all ranks alike. */
PLT_INTERN PetscErrorCode PltH5Append(PltH5 *h5, const char *path, hid_t type, PltRows rows,
                                      const void *value);
/* Take off what an array holds beyond `rows`. */
PLT_INTERN PetscErrorCode PltH5Cut(PltH5 *h5, const char *path, hsize_t rows);
/* `path` shows rows first .. first + rows - 1 of `source` (a virtual dataset). */
PLT_INTERN PetscErrorCode PltH5View(PltH5 *h5, const char *path, const char *source, hsize_t first,
                                    hsize_t rows);

/* ---- xdmf.c: the sidecar ---- */
typedef struct {
  char     *name;
  double    time; /* place on the axis of the field file */
  long long cells;
} PltXdmfStep;
typedef struct {
  long long    points;
  PetscBool    stress;
  PetscInt     nstep;
  PltXdmfStep *step;
} PltXdmf;
PLT_INTERN PetscErrorCode PltXdmfAdd(PltXdmf *xdmf, const char *name, double time, long long cells);
/* `file` is the .vtkhdf, named without its folder. */
PLT_INTERN PetscErrorCode PltXdmfFormat(const PltXdmf *xdmf, const char *file, PltText *text);
PLT_INTERN PetscErrorCode PltXdmfFree(PltXdmf *xdmf);
/* out/name.vtkhdf -> out/name.xdmf; free with PetscFree. */
PLT_INTERN PetscErrorCode PltXdmfName(const char *file, char **name);

/* ---- result.c: a field file read back by one rank; of h5 only `name` and `file` count ---- */
/* PLT_ERR_IO if it is no result of Platen; *done is the number of complete steps. `writable`: to be
   changed by functions of h5.c, which need `comm` and `rank` too. To be closed after a failure too.
 */
PLT_INTERN PetscErrorCode PltResultOpen(PltH5 *h5, const char *name, PetscBool writable,
                                        int64_t *done);
PLT_INTERN PetscErrorCode PltResultClose(PltH5 *h5);
/* Values of an attribute, as many as it has; one of text, cut to size - 1 bytes. */
PLT_INTERN PetscErrorCode PltResultGet(PltH5 *h5, const char *path, const char *name, hid_t type,
                                       void *value);
PLT_INTERN PetscErrorCode PltResultGetText(PltH5 *h5, const char *path, const char *name,
                                           size_t size, char text[]);
PLT_INTERN PetscErrorCode PltResultCountRows(PltH5 *h5, const char *path, long long *rows);
/* `count` rows of an array of one column, from row `first`. */
PLT_INTERN PetscErrorCode PltResultRead(PltH5 *h5, const char *path, hid_t type, int64_t first,
                                        int64_t count, void *value);
/* What the sidecar needs to know of the first `done` steps. */
PLT_INTERN PetscErrorCode PltResultReadXdmf(PltH5 *h5, int64_t done, PltXdmf *xdmf);

/* ---- layers.c: this rank's share of what the field file shows, in natural order ---- */
/* Layers of cells are plies, or slabs if the recipe wants the small file. Point v (nlayer + 1) + k
   is face k of natural vertex v. */
typedef struct {
  PltMesh        mesh;
  PltProject     project;
  PetscInt       nply, nlayer, nface;
  PetscInt      *first;                         /* [nlayer + 1] first ply of a layer */
  PetscReal     *z;                             /* [nface] m */
  PetscReal     *thickness;                     /* [nply] m */
  PetscInt      *vertex;                        /* [quad_block][4] natural vertices */
  PetscInt      *region;                        /* [quad_block] */
  unsigned char *live;                          /* [quad_block][nlayer] of the present epoch */
  PetscInt64     ncell_all, ncell_start, ncell; /* all ranks; before this share; in it */
} PltLayers;
PLT_INTERN PetscErrorCode PltLayersCreate(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                                          PltLayers *layers);
PLT_INTERN PetscErrorCode PltLayersDestroy(PltLayers *layers);
/* Takes over the live set; *changed says if any rank saw it change. Collective. */
PLT_INTERN PetscErrorCode PltLayersSetLive(PltLayers *layers, const unsigned char *live,
                                           PetscBool *changed);
/* Arrays of the share, to be freed by PetscFree: [vert_block][nface][3] m;
   [ncell][8]; [ncell + 1] from 0 over all ranks; [ncell]; [ncell]. */
PLT_INTERN PetscErrorCode PltLayersPoints(const PltLayers *layers, double **xyz);
PLT_INTERN PetscErrorCode PltLayersConnectivity(const PltLayers *layers, int64_t **points);
PLT_INTERN PetscErrorCode PltLayersOffsets(const PltLayers *layers, int64_t **offset);
PLT_INTERN PetscErrorCode PltLayersPly(const PltLayers *layers, int32_t **ply);
PLT_INTERN PetscErrorCode PltLayersMaterial(const PltLayers *layers, int32_t **material);
/* A field [nvert_own][nply + 1][width] at the faces of layers, and a stress [nquad][nply][6] in
   cells (VTK order XX YY ZZ XY YZ XZ) with its von Mises value. Collective. */
PLT_INTERN PetscErrorCode PltLayersFaces(const PltLayers *layers, PetscInt width,
                                         const PetscReal *field, float **value);
PLT_INTERN PetscErrorCode PltLayersStress(const PltLayers *layers, const unsigned char *live,
                                          const PetscReal *stress, float **value, float **mises);

/* ---- fields.c: the VTKHDF file ---- */
typedef struct PltFields_ *PltFields;
PLT_INTERN PetscErrorCode  PltFieldsCreate(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                                           const char *base, PltFields *fields);
/* A file that begins behind so many frames of the process, which had no fields. */
PLT_INTERN void           PltFieldsSkip(PltFields fields, PetscInt frames);
PLT_INTERN PetscErrorCode PltFieldsWrite(PltFields fields, const PltFrame *frame);
PLT_INTERN PetscErrorCode PltFieldsDestroy(PltFields *fields);
/* ---- fields_resume.c ---- */
/* Where a field file stands after a frame: all that has to be known to go on with it. */
typedef struct {
  int64_t nstep, nepoch, nframe; /* as in PltFields_ */
  int64_t epoch_start, epoch_cells, row;
  double  pv; /* m, warpage_pv of the last step, by which the file is recognised */
} PltFieldsMark;
/* After a frame was written. Not collective. */
PLT_INTERN PetscErrorCode PltFieldsGetMark(PltFields fields, PltFieldsMark *mark);
/* Go on with `source` (a .vtkhdf; may be base.vtkhdf itself) behind the mark. What it holds beyond
   is cut off. Works on a copy base.vtkhdf.part, which takes its name when the next step is
   complete: source and base.vtkhdf are untouched until then. live [nquad][nply] as in PltFrame,
   what was live at the mark. PLT_ERR_IO with the name of the file and what is wrong if it is not
   the file of that mark; *fields may only be destroyed then. Collective. */
PLT_INTERN PetscErrorCode PltFieldsResume(PltMesh mesh, const PltSlabs *slabs, PltProject project,
                                          const char *base, const char *source,
                                          const PltFieldsMark *mark, const unsigned char *live,
                                          PltFields *fields);
/* ---- fields_platen.c: the group /platen, written once ---- */
PLT_INTERN PetscErrorCode PltFieldsDescribe(PltH5 *h5, PltProject project, const PltSlabs *slabs);

/* ---- map.c: a vertex field as an image ---- */
/* plan: the footprint as PltMeshGatherFootprint gives it. */
/* value [nvert] on rank 0, NULL elsewhere; free with PetscFree. Collective. */
PLT_INTERN PetscErrorCode PltPlanGather(PltMesh mesh, const PetscReal own[], PetscReal **value);
/* Heights in n[0] x n[1] pixels over the whole panel (mirror images included), top row first; NaN
   outside. Rank 0. */
PLT_INTERN PetscErrorCode PltPlanRaster(const PltFootprint *plan, PltProject project,
                                        const PetscReal value[], const int n[2], float *pixel);

/* ---- picture.c: the warpage map of a step; rank 0 ---- */
/* `number` counts the frames of the run. */
PLT_INTERN PetscErrorCode PltPictureWrite(const PltFootprint *plan, PltProject project,
                                          const char *base, const PltFrame *frame, int number,
                                          const PetscReal value[]);

/* ---- picture_curve.c: base.curve.png and .svg; rank 0 ---- */
/* Heights of corners and edges against temperature, of every step that has increments so far; none
   if no step has. */
PLT_INTERN PetscErrorCode PltCurveWrite(const PltReport *report, PltProject project,
                                        const char *base);

/* ---- picture_path.c: stem.png and .svg of the points of a path ---- */
PLT_INTERN PetscErrorCode PltPathPicture(PltPath path, const char *stem);
#endif
