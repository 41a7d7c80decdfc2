/* SPDX-License-Identifier: BSD-2-Clause
   The coupon of meshes/bilayer.yaml described by calls, from C++: errors as exceptions, handles
   freed by their owners. Prints the warpage and the height of the corners above the centre.
     c++ link.cpp $(pkg-config --cflags --libs platen) -o link && ./link */
#include <platen.h>
#include <cstdio>
#include <memory>
#include <stdexcept>

/* Every call returns 0 or an error code; the text is in PltGetErrorMessage. */
static void Try(int code)
{
  if (code) throw std::runtime_error(PltGetErrorMessage());
}

struct Session {
  Session()
  {
    Try(PltInitialize(nullptr, nullptr));
  }
  ~Session()
  {
    PltFinalize();
  }
};

struct Destroy {
  void operator()(PltProject project) const
  {
    PltProjectDestroy(&project);
  }
  void operator()(PltModel model) const
  {
    PltModelDestroy(&model);
  }
};
using Project = std::unique_ptr<PltProject_, Destroy>;
using Model   = std::unique_ptr<PltModel_, Destroy>;

static void AddMaterial(PltProject project, const char *name, double E, double nu, double cte)
{
  Try(PltProjectAddMaterial(project, name, "isotropic"));
  Try(PltProjectSetProperty(project, name, "E", 1, nullptr, &E)); /* one value: a constant */
  Try(PltProjectSetProperty(project, name, "nu", 1, nullptr, &nu));
  Try(PltProjectSetProperty(project, name, "cte", 1, nullptr, &cte));
}

/* A glass plate gets a cap of molding compound at 150 degC and cools to 25 degC. SI units. */
static Project Describe()
{
  const double room    = 298.15;
  PltProject   project = nullptr;

  Try(PltProjectCreate(MPI_COMM_WORLD, &project));
  Try(PltProjectSetKinematics(project, PLT_SMALL));
  Project owner(project);
  Try(PltProjectSetSize(project, 40e-3, 40e-3));
  Try(PltProjectSetMesh(project, 2e-3, 0, 0, PLT_MESH_MAPPED, nullptr));
  AddMaterial(project, "glass", 74e9, 0.23, 3.8e-6);
  AddMaterial(project, "mold", 22e9, 0.30, 8e-6);
  Try(PltProjectAddPly(project, "carrier", "glass", nullptr, 0.7e-3, -1)); /* bottom to top */
  Try(PltProjectAddPly(project, "cap", "mold", nullptr, 0.4e-3, -1));
  Try(PltProjectAddStep(project, "bond, cool"));
  Try(PltProjectStepAdd(project, "carrier"));
  Try(PltProjectStepAdd(project, "cap"));
  Try(PltProjectStepSetStressFree(project, 423.15));
  Try(PltProjectStepSetTemperature(project, 1, nullptr, &room));
  return owner;
}

int main()
{
  try {
    Session    session;
    Project    project = Describe();
    PltModel   made    = nullptr;
    PltWarpage warpage;

    Try(PltModelCreate(project.get(), &made));
    Model model(made);
    Try(PltModelRun(made));
    Try(PltModelGetWarpage(made, PLT_SURFACE_TOP, &warpage));
    std::printf("warpage %.4f mm, corner %+.4f mm\n", warpage.pv * 1e3, warpage.corner * 1e3);
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
  return 0;
}
