# SPDX-License-Identifier: BSD-2-Clause
"""Draws the last step of a result, warped, without a display; checks that something is seen.

usage: pvpython picture.py RESULT.xdmf PICTURE.png
"""
import sys

from paraview import simple
from vtk import vtkPNGReader
import vtk.util.numpy_support as numpy_support

# Explicit colours: the names of presets differ between versions of ParaView.
COOL_TO_WARM = [(0.23, 0.30, 0.75), (0.55, 0.69, 1.0), (0.87, 0.87, 0.87), (0.96, 0.6, 0.48),
                (0.71, 0.02, 0.15)]


def draw(result, picture):
    bounds = result.GetDataInformation().GetBounds()
    width, thickness = bounds[1] - bounds[0], bounds[5] - bounds[4]
    low, high = result.PointData["displacement"].GetRange(2)
    warp = simple.WarpByVector(Input=result, Vectors=["POINTS", "displacement"])
    warp.ScaleFactor = 0.1 * width / max(high - low, 1e-12)
    view = simple.CreateRenderView()
    view.ViewSize = [1280, 800]
    view.UseColorPaletteForBackground = 0
    view.Background = [1, 1, 1]
    view.ViewTime = result.TimestepValues[-1]
    shown = simple.Show(warp, view)
    shown.SetRepresentationType("Surface With Edges")
    # on the display only: the Transform filter would turn the vectors as well
    shown.Scale = [1, 1, max(1, 0.02 * width / thickness)]
    warp.ScaleFactor /= shown.Scale[2]
    simple.ColorBy(shown, ("POINTS", "displacement", "Z"))
    colours = simple.GetColorTransferFunction("displacement", shown, separate=False)
    colours.ColorSpace = "RGB"
    colours.RGBPoints = sum(([low + (high - low) * i / 4.0] + list(c)
                             for i, c in enumerate(COOL_TO_WARM)), [])
    bar = simple.GetScalarBar(colours, view)
    bar.Title, bar.ComponentTitle = "uz [m]", ""
    bar.TitleColor = bar.LabelColor = [0, 0, 0]
    shown.SetScalarBarVisibility(view, True)
    view.CameraPosition = [1.1 * width, -2.2 * width, 1.4 * width]
    view.CameraFocalPoint = [0, 0, 0]
    view.CameraViewUp = [0, 0, 1]
    view.ResetCamera()
    simple.Render(view)
    simple.SaveScreenshot(picture, view, ImageResolution=[1280, 800])


def check(picture):
    reader = vtkPNGReader()
    reader.SetFileName(picture)
    reader.Update()
    pixels = numpy_support.vtk_to_numpy(reader.GetOutput().GetPointData().GetScalars())[:, :3]
    drawn = (pixels < 250).any(axis=1)
    tones = {tuple(p // 16) for p in pixels[drawn][::7]}
    print("%s: %.0f %% drawn, %d tones" % (picture, 100 * drawn.mean(), len(tones)))
    assert drawn.mean() > 0.05 and len(tones) > 40
    red = (pixels[:, 0].astype(int) - pixels[:, 2] > 100).sum()
    blue = (pixels[:, 2].astype(int) - pixels[:, 0] > 100).sum()
    assert red > 1000 and blue > 1000, (red, blue)


def main():
    result = simple.XDMFReader(FileNames=[sys.argv[1]])
    result.UpdatePipelineInformation()
    result.UpdatePipeline(result.TimestepValues[-1])
    draw(result, sys.argv[2])
    check(sys.argv[2])


main()
