#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Run a recipe through libplaten and print the warpage of each step; nothing but Python's ctypes.

  python3 link.py bilayer.yaml            (the library is found as the linker finds it: ldconfig,
                                           or LD_LIBRARY_PATH=/usr/local/lib)
"""
import ctypes
import sys


class Warpage(ctypes.Structure):
    """PltWarpage of platen.h."""
    _fields_ = [("pv", ctypes.c_double), ("bow", ctypes.c_double), ("rms", ctypes.c_double),
                ("corner", ctypes.c_double), ("edge_x", ctypes.c_double),
                ("edge_y", ctypes.c_double), ("curvature", ctypes.c_double * 3),
                ("sign", ctypes.c_int), ("shape", ctypes.c_char * 16)]


class StepReport(ctypes.Structure):
    """PltStepReport of platen.h."""
    _fields_ = [("index", ctypes.c_int), ("name", ctypes.c_char_p), ("time", ctypes.c_double),
                ("temperature", ctypes.c_double), ("seconds", ctypes.c_double),
                ("solves", ctypes.c_int), ("iterations", ctypes.c_int),
                ("residual", ctypes.c_double), ("reactions_max", ctypes.c_double),
                ("increments", ctypes.c_int), ("newton", ctypes.c_int),
                ("lambda_min", ctypes.c_double), ("contact", ctypes.c_double),
                ("gap_max", ctypes.c_double), ("gap_at", ctypes.c_double * 2),
                ("contact_force", ctypes.c_double), ("suction", ctypes.c_double),
                ("branch", ctypes.c_char * 16), ("notes", ctypes.c_char_p)]


# Open MPI's plugins look for MPI's symbols among the global ones, hence RTLD_GLOBAL.
plt = ctypes.CDLL("libplaten.so.0", mode=ctypes.RTLD_GLOBAL)
plt.PltGetErrorMessage.restype = ctypes.c_char_p
SURFACE_TOP = 0


def call(name, *arguments):
    """A function of the library; its error code becomes an exception."""
    code = getattr(plt, name)(*arguments)
    if code:
        raise RuntimeError(plt.PltGetErrorMessage().decode())


def world():
    """MPI_COMM_WORLD: the address of a symbol in Open MPI, a number in MPICH."""
    try:
        return ctypes.c_void_p(ctypes.addressof(ctypes.c_char.in_dll(plt, "ompi_mpi_comm_world")))
    except ValueError:
        return ctypes.c_int(0x44000000)


def main(recipe):
    project, model, more = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_int(1)
    call("PltInitialize", None, None)
    call("PltProjectRead", world(), recipe.encode(), ctypes.byref(project))
    call("PltModelCreate", project, ctypes.byref(model))
    while more.value:
        call("PltModelStep", model, ctypes.byref(more))
        step, warpage = StepReport(), Warpage()
        call("PltModelGetStep", model, ctypes.byref(step))
        call("PltModelGetWarpage", model, SURFACE_TOP, ctypes.byref(warpage))
        print(f"{step.name.decode():12s} {step.temperature - 273.15:6.1f} degC  "
              f"warpage {warpage.pv * 1e3:8.4f} mm, corner {warpage.corner * 1e3:+8.4f} mm")
    call("PltModelDestroy", ctypes.byref(model))
    call("PltProjectDestroy", ctypes.byref(project))
    call("PltFinalize")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "bilayer.yaml")
    except (RuntimeError, OSError) as failure:
        sys.exit(str(failure))
