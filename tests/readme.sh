#!/bin/sh
# TEST timeout=120
# SPDX-License-Identifier: BSD-2-Clause
# Runs every command of README ("  $ command") in an empty folder, in the order in which a reader
# would, and holds what README says they print against what they print. The recipe explained there
# must be meshes/bilayer.yaml, the example of the manual page a recipe without mistakes.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${BUILD:-$here/build}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$build:$PATH
PLATEN_MESHES=$here/meshes
export PATH PLATEN_MESHES
failures=0

fail()
{
  echo "FAIL: $*"
  failures=$((failures + 1))
}

# skip COMMAND: run by others, with the reason.
skip()
{
  case $1 in
  "make demo "* | "make check "*) ;; # CI runs these two themselves: .ci/run
  *) return 1 ;;
  esac
}

cd "$work" || exit 1
# a line that ends in a backslash goes on
sed -n '/^  \$ /{:more
/\\$/{N
s/\\\n *//
b more
}
s/^  \$ //p
}' "$here/README" >commands
[ "$(wc -l <commands)" -ge 8 ] || fail "README has fewer commands than it should"
while IFS= read -r line <&3; do
  if skip "$line"; then
    echo "left to CI: $line"
    continue
  fi
  echo "$line"
  echo "\$ $line" >>printed
  sh -c "$line" >>printed 2>&1 </dev/null || fail "exit $? of: $line"
done 3<commands

# the table of the first run, but for the columns of the solver
grep -E '^ {5}[0-9]  (carrier|molding|cool) ' "$here/README" | sed 's/^  //' >shown
[ "$(wc -l <shown)" = 3 ] || fail "README does not show the three steps"
while IFS= read -r row <&3; do
  grep -qF -- "$row" printed || fail "README shows '$row', which was not printed"
done 3<shown

# the table of a material
sed -n '/^  \$ platen material/,/^[a-z]/p' "$here/README" | grep -E '^ +(time s|0|3600) ' >shown
[ "$(wc -l <shown)" = 3 ] || fail "README does not show the table of a material"
while IFS= read -r row <&3; do
  grep -qxF -- "$row" printed || fail "README shows '$row', which was not printed"
done 3<shown

# the recipe, as explained there line by line: the same YAML but for remarks and the title
plain() { sed -e 's/#.*//' -e '/^title/d' | tr -s ' \n' ' '; }
sed -n '/^    platen: 1/,/name: cool/p' "$here/README" | sed 's/^    //' | plain >explained
sed -n '/^platen: 1/,$p' "$here/meshes/bilayer.yaml" | plain >sample
cmp -s explained sample ||
  fail "README explains another recipe than bilayer.yaml: $(diff explained sample)"

# the example of platen-recipe(5)
sed -n '/^# EXAMPLE/,/^# SEE/p' "$here/tools/man/platen-recipe.5.scd" | sed -n 's/^\t//; /^# /!p' |
  sed 's/++$//' >manual.yaml
platen check -q manual.yaml >manual.out 2>&1 ||
  fail "the example of platen-recipe(5): $(cat manual.out)"

# Python of README
sed -n '/^    import h5py/,/^$/p' "$here/README" | sed 's/^    //' >read.py
python=
for try in python3 /usr/bin/python3; do
  "$try" -c 'import h5py' 2>/dev/null && python=$try && break
done
if [ -n "$python" ]; then
  "$python" read.py >python.out 2>&1 || fail "the Python of README: $(cat python.out)"
  grep -q '0002 cool' python.out || fail "the Python of README does not print the steps"
else
  echo "no Python with h5py: that part of README was not run"
fi

[ $failures = 0 ] || cat printed
echo "$failures failures"
[ $failures = 0 ]
