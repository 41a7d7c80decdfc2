#!/bin/sh
# TEST timeout=300
# SPDX-License-Identifier: BSD-2-Clause
# The sample with materials that remember, on a panel of four dies: it runs to its end, and comes
# back from reflow as another panel. With elastic materials, a function of temperature alone, it
# comes back as it went.
. "$(dirname "$0")/shell"

cp "$here/meshes/materials.yaml" .
sed 's/size: \[510 mm, 515 mm\]/size: [130 mm, 126 mm]/; s/array: \[8, 8\]/array: [2, 2]/
     s/size: 9 mm}/size: 18 mm}/' "$here/meshes/reflow.yaml" >remember.yaml
for now in '126 mm' '18 mm' '\[2, 2\]'; do
  grep -q "$now" remember.yaml || fail "the sample is not what this test takes it for"
done
sed 's/synthetic-emc/emc/; s/copper-annealed/copper/' remember.yaml >elastic.yaml
for name in remember elastic; do
  "$build/platen" run --no-fields -q "$name.yaml" || fail "$name.yaml: exit $?"
done
[ -s remember.curve.png ] || fail "no chart of the warpage against temperature"

# Corners after debond, at 245 degC and after reflow, mm. What elasticity leaves is the tolerance
# of equilibria at the end of a way, 1e-9 of the largest displacement, and how soft rolling is.
python3 - <<'EOF' || failures=$((failures + 1))
import json, sys
def corners(name):
    steps = [s for s in json.load(open(name))["steps"] if s["name"] in ("debond", "reflow")]
    c = [1e3 * s["warpage"]["corner"] for s in steps]
    print(name, *("%.6f" % x for x in c))
    return c[0], c[-2], c[-1]
before, hot, after = corners("remember.json")
e_before, e_hot, e_after = corners("elastic.json")
bad = 0
if abs(after - before) < 0.02 * abs(before): bad = print("FAIL: no hysteresis") or 1
if abs(hot - before) < abs(before): bad = print("FAIL: heat does not bend it") or 1
if abs(e_after - e_before) > 1e-5: bad = print("FAIL: an elastic panel does not come back") or 1
# 904 corrections are seen; 1,145 where the first tangent of an increment has the moduli of another.
newton = sum(s["solver"]["newton"] for s in json.load(open("remember.json"))["steps"])
if newton > 1000: bad = print("FAIL: %d corrections" % newton) or 1
sys.exit(bad)
EOF
[ "$failures" = 0 ]
