#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes rdl.gds: one redistribution layer of a package, in cells as a layout tool has them.
What is on layer 5 does not overlap unless said, so that its area is known by hand: see the table at
the end of this file, which check_input_gds.c compares with. Units: 1 um and 1 nm.
  usage: python3 tests/maps/rdl.py tests/maps/rdl.gds"""
import struct
import sys

out = bytearray()


def record(kind, data_kind, data=b""):
    if len(data) % 2:
        data += b"\0"
    out.extend(struct.pack(">HBB", len(data) + 4, kind, data_kind) + data)


def shorts(kind, *values):
    record(kind, 2, struct.pack(">%dh" % len(values), *values))


def longs(kind, *values):
    record(kind, 3, struct.pack(">%di" % len(values), *values))


def real(value):
    """Excess-64 base-16: sign, exponent, 56 bits."""
    sign, value, exponent = (0x80 if value < 0 else 0), abs(value), 64
    while value >= 1:
        value, exponent = value / 16, exponent + 1
    while 0 < value < 1 / 16:
        value, exponent = value * 16, exponent - 1
    return struct.pack(">B", sign | exponent) + round(value * 2**56).to_bytes(7, "big")


def reals(kind, *values):
    record(kind, 5, b"".join(real(v) for v in values))


def text(kind, value):
    record(kind, 6, value.encode())


def points(um):
    longs(0x10, *(round(1000 * v) for point in um for v in point))


def boundary(um, layer=5, datatype=0):
    record(0x08, 0)
    shorts(0x0D, layer)
    shorts(0x0E, datatype)
    points(list(um) + [um[0]])
    shorts(0x2B, 1)  # a property, which means nothing here
    text(0x2C, "net 1")
    record(0x11, 0)


def rectangle(x0, y0, x1, y1, **where):
    boundary([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], **where)


def path(um, width, kind, ends=None):
    record(0x09, 0)
    shorts(0x0D, 5)
    shorts(0x0E, 0)
    shorts(0x21, kind)
    longs(0x0F, round(1000 * width))
    if ends:
        longs(0x30, round(1000 * ends[0]))
        longs(0x31, round(1000 * ends[1]))
    points(um)
    record(0x11, 0)


def box(x0, y0, x1, y1):
    record(0x2D, 0)
    shorts(0x0D, 5)
    shorts(0x2E, 0)
    points([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
    record(0x11, 0)


def place(cell, at, angle=0, mag=1, mirror=False, array=None):
    """array: columns, rows, and the step of each along x and y of the cell it is in."""
    record(0x0B if array else 0x0A, 0)
    text(0x12, cell)
    if angle or mirror or mag != 1:
        record(0x1A, 1, struct.pack(">H", 0x8000 if mirror else 0))
    if mag != 1:
        reals(0x1B, mag)
    if angle:
        reals(0x1C, angle)
    if array:
        n, m, (ax, ay), (bx, by) = array
        shorts(0x13, n, m)
        points([at, (at[0] + n * ax, at[1] + n * ay), (at[0] + m * bx, at[1] + m * by)])
    else:
        points([at])
    record(0x11, 0)


def label(um, words):
    record(0x0C, 0)
    shorts(0x0D, 5)
    shorts(0x16, 0)
    points([um])
    text(0x19, words)
    record(0x11, 0)


def node(um):
    record(0x15, 0)
    shorts(0x0D, 5)
    shorts(0x2A, 0)
    points(um)
    record(0x11, 0)


class Cell:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        shorts(0x05, *([2024, 1, 1, 0, 0, 0] * 2))
        text(0x06, self.name)

    def __exit__(self, *_):
        record(0x07, 0)


shorts(0x00, 600)
shorts(0x01, *([2024, 1, 1, 0, 0, 0] * 2))
text(0x02, "RDL")
reals(0x03, 1e-3, 1e-9)

with Cell("PAD"):  # an octagon, 80 um across
    corner = [(-40, -16), (-16, -40), (16, -40), (40, -16)]
    boundary(corner + [(-x, -y) for x, y in corner])
    boundary([(-20, -20), (20, -20), (20, 20), (-20, 20)], layer=6, datatype=3)

with Cell("LINES"):  # ten traces along x, 10 um wide at a pitch of 20 um, 400 um long
    for i in range(10):
        path([(0, 5 + 20 * i), (400, 5 + 20 * i)], 10, 0)

with Cell("BUS"):  # two of them side by side
    place("LINES", (0, 0), array=(2, 1, (400, 0), (0, 200)))

with Cell("RDL"):
    place("BUS", (100, 2600))  # along x: 100..900, 2600..2800
    place("LINES", (1400, 2500), angle=90)  # along y: 1200..1400, 2500..2900
    place("LINES", (1600, 2900), angle=270, mirror=True, mag=0.5)  # along y, half the size
    rectangle(2000, 2000, 3000, 2800)  # a plane, and a box that shares 200 x 800 with it
    box(2800, 2000, 3400, 2800)
    rectangle(2100, 2100, 2200, 2200)  # inside the plane
    place("PAD", (200, 200), array=(5, 4, (150, 0), (0, 150)))
    place("PAD", (1500, 500), angle=45, array=(3, 1, (130, 130), (0, 100)))
    path([(200, 1200), (700, 1200), (700, 1500), (1100, 1500)], 20, 2)  # two bends
    path([(1300, 1200), (1700, 1200)], 40, 1)  # round ends
    path([(1300, 1400), (1700, 1400)], 40, 4, ends=(5, 15))
    path([(2000, 500), (2300, 800), (2600, 500)], 30, 0)  # a bend of 90 deg, at 45 deg
    label((200, 200), "A1")
    node([(0, 0), (10, 10)])
    rectangle(0, 0, 4000, 3000, layer=10)  # the outline of the package

with Cell("SPARE"):
    place("PAD", (0, 0))

record(0x04, 0)
open(sys.argv[1], "wb").write(out)

# Area on layer 5 of cell RDL, um2
#   lines      2 x 10 x 4000 along x; 10 x 4000 and a quarter of it along y
#   planes     1400 x 800
#   pads       23 octagons of 80 x 80 less four corners of 24 x 24 / 2
#   bends      20 x (500 + 300 + 400) and two half widths of 10 at the ends; the outer corners
#              of the bends, 10 x 10 each, make up for the inner ones that are there twice
#   round      40 x 400 + pi 20 x 20
#   ends       40 x 420
#   45 deg     30 x 2 x 300 sqrt(2), corners as above
