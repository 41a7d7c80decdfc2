#!/bin/sh
# TEST timeout=400
# SPDX-License-Identifier: BSD-2-Clause
# A run that goes on from a state comes to the same as one that never stopped: every number of the
# report equal on as many ranks, and all files; on others to what solves promise. The process has
# every kind of step, and materials that remember. What has been done may not be changed, what
# comes later may.
. "$(dirname "$0")/shell"

cp "$here/meshes/materials.yaml" .
cat >whole.yaml <<'EOF'
platen: 1
panel:
  size: [120 mm, 100 mm]
  mesh: {size: 20 mm}
  symmetry: quarter
analysis: {branches: all, imperfection: 5 um}
materials:
  include: materials.yaml
  mold:  {E: [[25 degC, 22 GPa], [180 degC, 2 GPa]], nu: 0.30, cte: 8 ppm/K, density: 2000 kg/m3}
  film:  {E: 20 MPa, nu: 0.45, cte: 100 ppm/K, density: 1000 kg/m3}
  board: {E: 74 GPa, nu: 0.23, cte: 3.8 ppm/K, density: 2500 kg/m3}
  metal: {law: traces, metal: copper-annealed, in: polyimide, direction: x,
          fraction: {dies: 0.6, fill: 0.3}}
stack:
  - {ply: carrier, material: board, thickness: 0.7 mm}
  - {ply: tape, material: film, thickness: 50 um}
  - {ply: layer, material: mold, dies: silicon, thickness: 0.4 mm}
  - {ply: cap, material: synthetic-emc, thickness: 0.2 mm}
  - {ply: rdl, material: metal, thickness: 6 um}
dies:
  - {array: [2, 2], ply: layer, pitch: [60 mm, 50 mm], size: [20 mm, 20 mm]}
output: {every: increment}
process:
  - {name: carrier, add: [carrier, tape], temperature: 25 degC}
  - {name: place, add: [layer/dies], stress_free: 100 degC, temperature: 25 degC}
  - name: mold
    add: [layer/fill, cap]
    stress_free: 125 degC
    temperature: [[0 s, 125 degC], [10 min, 125 degC], [20 min, 25 degC]]
    shrink: {layer: 0.1 %}
  - name: rdl
    add: [rdl]
    stress_free: 100 degC
    temperature: [[0 s, 100 degC], [10 min, 25 degC]]
  - {name: debond, remove: [carrier, tape]}
  - {name: measure, gravity: down, support: table}
  - {name: again, gravity: down, support: table, temperature: [[0 s, 25 degC], [60 s, 60 degC]]}
  - name: turn
    flip: true
    gravity: down
    support: table
    temperature: [[0 s, 60 degC], [60 s, 25 degC]]
  - {name: grind, grind: {ply: layer, to: 0.3 mm}}
  - {name: chuck, hold: flat, vacuum: 30 kPa}
  - {name: hot, hold: flat, vacuum: 30 kPa, temperature: [[0 s, 25 degC], [60 s, 60 degC]]}
  - {name: free, temperature: [[0 s, 60 degC], [60 s, 120 degC], [2 min, 25 degC]]}
EOF

# same TOLERANCE FILE FILE: two reports, but for times and memory
cat >same.py <<'EOF'
import json, sys
tolerance = float(sys.argv[1])
bad = []
def compare(a, b, path):
    if isinstance(a, dict):
        if set(a) != set(b): bad.append((path, sorted(a), sorted(b)))
        for key in set(a) & set(b):
            if key not in ("seconds", "peak_memory_bytes", "ranks", "file"):
                compare(a[key], b[key], path + "/" + key)
    elif isinstance(a, list):
        if len(a) != len(b): bad.append((path, len(a), len(b)))
        for i, (x, y) in enumerate(zip(a, b)): compare(x, y, "%s/%d" % (path, i))
    elif isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if abs(a - b) > tolerance: bad.append((path, a, b))
    elif a != b: bad.append((path, a, b))
a, b = (json.load(open(name)) for name in sys.argv[2:4])
if tolerance > 0:
    # The warpage of each step alone, m. From the chuck on, where contact comes and goes, increments
    # are others on other ranks, and metal that yields remembers them: 1e-3 of the 3 mm there.
    pick = lambda report: [step["warpage"]["pv"] for step in report["steps"]]
    a, b = pick(a), pick(b)
    far = [abs(x - y) for x, y in zip(a[10:], b[10:])]
    if max(far) > 3e-6: bad.append(("chuck", *far))
    a, b = a[:10], b[:10]
compare(a, b, "")
for line in bad[:5]: print("    ", *line)
sys.exit(1 if bad else 0)
EOF
same()
{
  python3 same.py "$@" || fail "reports $2 and $3"
}

expect 0 "$platen" run whole.yaml --state all
[ -s whole.11.state ] || fail "no state of the last step"

# From after any kind of step; the field file too. Sanitizers see the same in each.
stops='01 04 07 10'
[ -z "${PLT_ASAN:-}" ] || stops=07
for step in $stops; do
  expect 0 "$platen" run whole.yaml --restart whole.$step.state -o onward --state none
  same 0 whole.json onward.json
  cmp whole.dies.csv onward.dies.csv || fail "motion of dies from step $step"
  sed s/onward/whole/g onward.xdmf | cmp - whole.xdmf || fail "sidecar from step $step"
  h5diff whole.vtkhdf onward.vtkhdf || fail "fields from step $step"
  [ ! -e onward.state ] || fail "a state that nobody asked for"
  rm -f onward.*
done

# On another number of ranks: the residual of the last increments is 1e-9 of the displacement.
expect 0 mpiexec --oversubscribe -n 3 "$platen" run -q --no-fields whole.yaml \
  --restart whole.04.state -o three
same 1e-9 whole.json three.json

# In the middle of a step, the one with the most increments: one less is allowed.
limit=$(python3 - <<'EOF'
import json
count, frames = {}, {}
for s in json.load(open("whole.json"))["steps"]:
    count[s["index"]] = count.get(s["index"], 0) + s["solver"]["increments"]
    frames[s["index"]] = frames.get(s["index"], 0) + 1
most = max(count, key=count.get)
print(count[most] - 1 if frames[most] > 1 else 0)
EOF
)
if [ "$limit" = 0 ]; then fail "the step with the most increments has one temperature"; fi
sed "s/analysis: {/&increments: $limit, /" whole.yaml >short.yaml
expect 5 "$platen" run short.yaml
says err "after $limit increments"
expect 0 "$platen" run whole.yaml --restart short.state -o short
same 0 whole.json short.json
h5diff whole.vtkhdf short.vtkhdf || fail "fields from the middle of a step"

# A run that is done has nothing left to do, and stays.
cp whole.json before.json
expect 0 "$platen" run whole.yaml --restart whole.11.state --state none
cmp whole.json before.json || fail "the report of a run that had nothing to do"

# Later steps and plies that are not there yet may change: the state of step 1 is that of another
# recipe, whose compound, in no ply that lives, is thicker.
sed '/ply: cap/s/0.2 mm/0.3 mm/; /name: debond/,$d' whole.yaml >other.yaml
expect 0 "$platen" run -q --no-fields other.yaml --restart whole.01.state --state none
expect 0 "$platen" run -q --no-fields other.yaml -o straight --state none
same 0 other.json straight.json

# What is done may not.
wrong()
{
  sed "$1" whole.yaml >wrong.yaml
  cmp -s whole.yaml wrong.yaml && fail "'$1' changes nothing"
  expect "$3" "$platen" run wrong.yaml --restart whole.06.state -o wrong
  says err "$2"
  for file in wrong.*; do
    [ "$file" = wrong.yaml ] || { fail "$file was left by a restart that failed" && rm -f "$file"; }
  done
}
wrong 's/stress_free: 100 degC, temperature: 25/stress_free: 101 degC, temperature: 25/' \
  "whole.06.state: step 'place' is not what the recipe says" 3
says err 'there:  stress_free: 373.15 K'
says err 'recipe: stress_free: 374.15 K'
wrong '/mold: /s/2 GPa/3 GPa/' "ply 'layer' is not what the recipe says" 3
wrong '/ply: cap/s/0.2 mm/0.3 mm/' "ply 'cap' is not what the recipe says" 3
wrong '/ply: tape/s/50 um/60 um/' "ply 'layer' lives, so that thicknesses below it" 3
wrong 's/pitch: .60 mm/pitch: [61 mm/' 'is of another mesh' 6
wrong 's/size: 20 mm}/size: 10 mm}/' 'is of another mesh' 6
wrong '/name: again/,$d' '7 steps are done, the recipe has 6' 3
wrong '/ply: rdl/{p;s/rdl/more/};$a\  - {name: more, add: [more]}' \
  'has 5 plies in 5 slabs and 4 dies, the recipe 6 in ' 3

expect 0 "$platen" run "$here/meshes/bilayer.yaml" -q -o linear
sed 's/kinematics: small/kinematics: large/' "$here/meshes/bilayer.yaml" >large.yaml
expect 3 "$platen" run large.yaml --restart linear.state
says err 'linear.state: the panel is not what the recipe says'

# Fields that begin in the middle have the times of the report's entries.
expect 0 "$platen" run "$here/meshes/bilayer.yaml" -q -o bare --no-fields --state all
expect 0 "$platen" run "$here/meshes/bilayer.yaml" -q -o late --restart bare.01.state
grep -q '<Time Value="2"' late.xdmf || fail "the time of the third step: $(grep '<Time' late.xdmf)"

# Files that are no state.
expect 6 "$platen" run whole.yaml --restart nowhere.state -o wrong
says err 'nowhere.state: cannot be read: No such file'
expect 6 "$platen" run whole.yaml --restart whole.yaml -o wrong
says err 'whole.yaml: is not the state of a panel'
expect 6 "$platen" run whole.yaml --restart whole.vtkhdf -o wrong
says err 'whole.vtkhdf: is not the state of a panel'
size=$(stat -c %s whole.06.state)
head -c $((size / 2)) whole.06.state >half.state
expect 6 "$platen" run whole.yaml --restart half.state -o wrong
says err 'half.state: '
mkdir apart && cp whole.06.state apart
expect 6 "$platen" run whole.yaml --restart apart/whole.06.state -o wrong
says err 'apart/whole.vtkhdf'
expect 2 "$platen" run whole.yaml --state some
says err 'last, all or none'
ls wrong.* 2>/dev/null | grep -v wrong.yaml && fail "files of restarts that failed"

# Of another rank than the first: every rank leaves with the message, none hangs.
expect 6 mpiexec --oversubscribe -n 2 "$platen" run whole.yaml --restart half.state -o wrong
says err 'half.state: '
[ "$failures" = 0 ]
