# SPDX-License-Identifier: BSD-2-Clause
"""Opens the made-up process of tests/frames.h in ParaView and compares each step with its formulas.

usage: pvpython check.py BASE READER
READER: XDMFReader Xdmf3ReaderS Xdmf3ReaderT VTKHDFReader
"""
import sys

import paraview
from paraview import servermanager
from paraview import simple
import vtk.util.numpy_support as numpy_support

CELLS = [192, 256, 576, 576, 384]
PLIES = [(0, 0), (0, 1), (0, 2), (0, 2), (1, 2)]
TEMPERATURE = [298.15, 423.15, 423.15, 298.15, 298.15]


def open_result(base, reader):
    if reader == "VTKHDFReader":
        return simple.VTKHDFReader(FileName=base + ".vtkhdf")
    if reader == "XDMFReader":
        return simple.XDMFReader(FileNames=[base + ".xdmf"])
    return getattr(simple, reader)(FileName=[base + ".xdmf"])


def leaf(data):
    """The grid itself: some readers put it into a composite of one."""
    if not data.IsA("vtkCompositeDataSet"):
        return data
    walk = data.NewIterator()
    walk.InitTraversal()
    return leaf(walk.GetCurrentDataObject())


def array(fields, name, components):
    found = fields.GetArray(name)
    assert found is not None, "no array " + name
    assert found.GetNumberOfComponents() == components, name
    return numpy_support.vtk_to_numpy(found)


def near(found, right, scale):
    """Single precision."""
    assert abs(found - right).max() <= 2e-6 * scale, (found, right)


def check_points(grid, step):
    x, y, z = numpy_support.vtk_to_numpy(grid.GetPoints().GetData()).T
    u = array(grid.GetPointData(), "displacement", 3)
    w = array(grid.GetPointData(), "w", 1)
    k = step + 1
    face = (z > 0.5e-3).astype(int) + (z > 1.2e-3) + (z > 1.4e-3)
    assert grid.GetNumberOfPoints() == 884
    near(u[:, 0], -1e-4 * k * x + 1e-6 * face, 1e-4)
    near(u[:, 1], -1e-4 * k * y, 1e-4)
    near(u[:, 2], 0.05 * k * x * x + 0.02 * y * y + 1e-7 * face, 1e-3)
    near(w, u[:, 2], 1e-3)


def check_cells(grid, step):
    assert grid.GetNumberOfCells() == CELLS[step], grid.GetNumberOfCells()
    cells = grid.GetCellData()
    ply = array(cells, "ply", 1)
    stress = array(cells, "stress", 6)
    mises = array(cells, "von_mises", 1)
    assert (ply.min(), ply.max()) == PLIES[step]
    near(array(cells, "temperature", 1), TEMPERATURE[step], 500)
    assert array(cells, "material", 1).max() == min(step, 2)
    voigt = (0, 1, 2, 5, 3, 4)  # XX YY ZZ XY YZ XZ out of 11 22 33 23 13 12
    for cell in range(0, CELLS[step], 37):
        low, high = [0] * 3, [0] * 3
        low[0], high[0], low[1], high[1], low[2], high[2] = grid.GetCell(cell).GetBounds()
        x, y = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2
        assert abs(low[2] - (0, 1e-3, 1.3e-3)[ply[cell]]) < 1e-8, (low, ply[cell])
        for i in range(6):
            right = 1e6 * (voigt[i] + 1 + 10 * ply[cell] + x + 2 * y) * (step + 1)
            near(stress[cell, i], right, right)
    xx, yy, zz, xy, yz, xz = stress.T.astype(float)
    square = ((xx - yy) ** 2 + (yy - zz) ** 2 + (zz - xx) ** 2) / 2
    near(mises, (square + 3 * (xy ** 2 + yz ** 2 + xz ** 2)) ** 0.5, mises.max())


def surface_cells(result, step):
    """Faces that a user sees; a wrong connectivity shows here."""
    surface = simple.ExtractSurface(Input=result)
    surface.UpdatePipeline(float(step))
    count = leaf(servermanager.Fetch(surface)).GetNumberOfCells()
    simple.Delete(surface)
    return count


def main():
    base, reader = sys.argv[1:]
    version = paraview.servermanager.vtkSMProxyManager
    number = version.GetVersionMajor() * 100 + version.GetVersionMinor()
    if reader == "VTKHDFReader" and number < 512:
        print(reader, "of ParaView before 5.12 does not read steps: left out")
        return
    result = open_result(base, reader)
    result.UpdatePipelineInformation()
    assert list(result.TimestepValues) == [0, 1, 2, 3, 4], result.TimestepValues
    faces = []
    for step in (0, 1, 2, 3, 4, 1):  # and back
        result.UpdatePipeline(float(step))
        grid = leaf(servermanager.Fetch(result))
        check_points(grid, step)
        check_cells(grid, step)
        faces.append(surface_cells(result, step))
    # a plate of 16 x 12 quads: 2 x 192 faces, 56 a layer; dies on the carrier: 4 x 4 x 4 walls
    assert faces == [440, 504, 552, 552, 496, 504], faces
    print(reader, "reads all steps")


main()
