#!/bin/sh
# TEST timeout=180
# SPDX-License-Identifier: BSD-2-Clause
# The files of a run hold the same on 1, 2, 3 and 4 ranks: a panel with dies in every process step,
# all objects of the field file compared by h5diff. Geometry, topology and tables must be equal to
# the last bit; fields to the rounding of the solver: 1e-12 m of 1e-4 m, 10 Pa of 1e8 Pa.
. "$(dirname "$0")/shell"

cat >panel.yaml <<'EOF'
platen: 1
title: small RDL-first panel
panel: {size: [52 mm, 40 mm], mesh: {size: 4 mm, dies: 1 mm, growth: 2}}
analysis: {kinematics: small}
materials:
  glass: {E: 73 GPa, nu: 0.23, cte: 3.3 ppm/K}
  pi: {E: 3.5 GPa, nu: 0.34, cte: 45 ppm/K}
  emc: {E: 20 GPa, nu: 0.28, cte: 9 ppm/K}
  si: {E: 160 GPa, nu: 0.23, cte: 2.8 ppm/K}
stack:
  - {ply: glass, material: glass, thickness: 0.7 mm}
  - {ply: pi, material: pi, thickness: 7 um}
  - {ply: device, material: emc, dies: si, thickness: 300 um}
  - {ply: cap, material: emc, thickness: 200 um}
dies:
  - {at: [-13 mm, 2 mm], size: [12 mm, 10 mm], ply: device, id: a}
  - {at: [11 mm, -7 mm], size: [14 mm, 12 mm], ply: device, id: b}
process:
  - {name: carrier, add: [glass], temperature: 25 degC}
  - {name: RDL, add: [pi], stress_free: 230 degC, temperature: 25 degC}
  - {name: attach, add: [device/dies], stress_free: 150 degC, temperature: 25 degC}
  - {name: mold, add: [device/fill, cap], stress_free: 150 degC, hold: flat, temperature: 150 degC}
  - {name: debond, remove: [glass], temperature: 25 degC}
EOF

# same N OBJECT [H5DIFF OPTIONS]
same()
{
  n=$1 object=$2
  shift 2
  h5diff "$@" one.vtkhdf "$n.vtkhdf" "$object" "$object" >out 2>&1 && return
  echo "FAIL: $object differs on $n ranks"
  tail -n 5 out
  failures=$((failures + 1))
}

"$build/platen" run panel.yaml -o one -q || exit 1
for n in 2 3 4; do
  mpiexec --oversubscribe -n $n "$build/platen" run panel.yaml -o $n -q || exit 1
  for name in Points Connectivity Offsets Types NumberOfPoints NumberOfCells CellData/ply \
    CellData/material CellData/temperature FieldData Steps; do
    same $n /VTKHDF/$name
  done
  same $n /VTKHDF/PointData/displacement -d 1e-12
  same $n /VTKHDF/PointData/w -d 1e-12
  same $n /VTKHDF/CellData/stress -d 10
  same $n /VTKHDF/CellData/von_mises -d 10
done
exit $failures
