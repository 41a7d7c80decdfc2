#!/bin/sh
# TEST timeout=240
# SPDX-License-Identifier: BSD-2-Clause
# Every material of meshes/materials.yaml: it has a density and a source that tells how far to
# trust it, it goes from 25 to 200 degC and back, free, with finite numbers and without stress; what
# yields, creeps or relaxes also as a film on silicon.
. "$(dirname "$0")/shell"
library=$here/meshes/materials.yaml

# block NAME: the lines of a material.
block() { awk -v name="$1:" '/^[^ ]/ { on = $0 == name } on' "$library"; }

# finite FILE STRESS: as many numbers in each line, all finite, no stress above that (Pa).
finite()
{
  awk -F, -v most="$2" '
    NR == 1 { n = NF; for (i = 1; i <= NF; i++) stress[i] = $i ~ /^stress/; next }
    NF != n { exit 1 }
    { for (i = 1; i <= n; i++) {
        if ($i !~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/) exit 1
        if (stress[i] && ($i > most || -$i > most)) exit 1
      } }
    END { if (NR < 3) exit 1 }' "$1"
}

# Of a cooled film its stress at the end, MPa.
at_end() { awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "stress_xx") c = i }
  END { printf "%.2f", $c / 1e6 }' "$1"; }

follow()
{
  "$build/platen" material "$library" "$1" -q -o "$2" --path "$3" >out 2>&1 && return 0
  fail "$1, $2:" && sed 's/^/    /' out
  return 1
}

names=$(sed -n 's/^\([A-Za-z][^ :]*\):$/\1/p' "$library")
[ "$(echo "$names" | wc -l)" -ge 50 ] || fail "the library has fewer materials than it should"
[ "$(echo "$names" | sort | uniq -d)" = "" ] || fail "a name is there twice"
for name in $names; do
  echo "$name"
  block "$name" | tr -s '\n ' ' ' >text
  grep -qE 'source: "[^"]*\((read|second-hand|known|assumed)[):;, ]' text ||
    fail "$name: no source with (read), (second-hand), (known) or (assumed)"
  grep -q 'density:' text || fail "$name: no density"
  case $name in
  tape) top=150 ;; # it lets go
  *) top=200 ;;
  esac
  cycle="temperature: [[0 s, 25 degC], [30 min, $top degC], [1 h, 25 degC]]"
  if follow "$name" free "{$cycle}"; then
    finite free.csv 1e3 || fail "$name, free: no numbers, or stress"
  fi
  grep -qE '(shear|yield|anand):' text || continue
  if follow "$name" film "{$cycle, on: silicon}"; then
    finite film.csv 2e9 || fail "$name on silicon: no numbers, or too large ones"
  fi
done

echo "no more than is known"
grep -q '^synthetic' "$library" || fail "no synthetic compound"
for name in $names; do
  block "$name" | grep -qE '(shear|bulk|young|cure):' || continue
  block "$name" | grep -q 'synthetic, for tests and demonstrations' ||
    fail "$name has a memory or cures, and does not say that it is synthetic"
done

echo "what becomes of a film, in closed form"
# emc-glassy: a rubber from 200 degC to Tg, a glass from there; what the silicon shrinks by
# meanwhile, the integral of its CTE, is 0.0153495 % and 0.03860675 %
ends_at()
{
  stress=$(awk "BEGIN { printf \"%.2f\", $2 }")
  [ "$(at_end $1.csv)" = "$stress" ] || fail "$1: $(at_end $1.csv), not $stress MPa"
}
follow emc-glassy cooled '{temperature: [[0 s, 200 degC], [1 h, 25 degC]], on: silicon}'
rubber='1990 / 0.58 * (25e-6 * 45 - 0.0153495e-2)'
ends_at cooled "$rubber + 22750 / 0.70 * (8e-6 * 130 - 0.03860675e-2)"
# copper-annealed yields at 150 MPa and hardens by 3 GPa of plastic strain
follow copper-annealed pulled '{temperature: 25 degC, strain: {xx: [[0 s, 0 %], [1 s, 1 %]]}}'
ends_at pulled '150 + (0.01 - 150 / 120e3) * 120e3 * 3e3 / (120e3 + 3e3)'

echo "$failures failures"
[ $failures = 0 ]
