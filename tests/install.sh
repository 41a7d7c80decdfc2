#!/bin/sh
# TEST timeout=120
# SPDX-License-Identifier: BSD-2-Clause
# What a user of the library does: make install (here below a DESTDIR), build the examples through
# pkg-config, run them; C, C++ and Python must say the same. Then make uninstall leaves nothing.
set -u
cd "$(dirname "$0")/.." || exit 1
[ -z "${PLT_ASAN:-}" ] || { echo "the examples do not bring the sanitizer's library" && exit 77; }
BUILD=${BUILD:-build}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
usr=$root/opt/platen
bilayer=$usr/share/platen/meshes/bilayer.yaml
failures=0

fail()
{
  echo "FAIL: $*"
  failures=$((failures + 1))
}

make BUILD="$BUILD" DESTDIR="$root" PREFIX=/opt/platen install >"$root/log" 2>&1 || {
  cat "$root/log"
  exit 1
}
for file in bin/platen include/platen.h include/platen_material.h lib/libplaten.so \
  lib/libplaten.so.0 lib/pkgconfig/platen.pc share/platen/meshes/bilayer.yaml \
  share/platen/meshes/materials.yaml; do
  [ -s "$usr/$file" ] || fail "$file is not installed"
done
if command -v scdoc >/dev/null; then
  [ -s "$usr/share/man/man1/platen.1" ] || fail "no manual page"
fi
"$usr/bin/platen" --version || fail "the installed command does not start"

export PKG_CONFIG_PATH="$usr/lib/pkgconfig" LD_LIBRARY_PATH="$usr/lib"
flags=$(pkg-config --cflags --libs platen) || fail "pkg-config does not find platen"
[ "platen $(pkg-config --modversion platen)" = "$("$usr/bin/platen" --version)" ] ||
  fail "pkg-config and the command name different versions"
# shellcheck disable=SC2086
gcc -std=c99 -Wall -Wextra -Werror tools/examples/link.c $flags -o "$root/c" || fail "link.c"
# shellcheck disable=SC2086
g++ -std=c++11 -Wall -Wextra -Werror tools/examples/link.cpp $flags -o "$root/cpp" ||
  fail "link.cpp"

# corner: height of the corners above the centre in mm, from the last line printed
corner() { sed -n 's/.*corner *\([-+0-9.]*\) mm.*/\1/p' "$root/out" | tail -n 1; }

# run NAME COMMAND...: it must succeed and print the corner's height. Timoshenko's formula for the
# recipe (see meshes/bilayer.yaml) gives 0.1999 mm; the free edges of a plate take off under 2 %.
run()
{
  name=$1
  shift
  "$@" >"$root/out" 2>&1 || fail "$name: exit code $?"
  cat "$root/out"
  corner | awk '{ ok = $1 > 0.98 * 0.1999 && $1 < 1.02 * 0.1999 } END { exit !ok }' ||
    fail "$name: corner '$(corner)' mm is not near 0.1999 mm"
  corner >>"$root/corners"
}
run C "$root/c" "$bilayer"
run "C on two ranks" mpiexec -n 2 "$root/c" "$bilayer"
run C++ "$root/cpp"
run Python python3 tools/examples/link.py "$bilayer"
[ "$(sort -u "$root/corners" | wc -l)" = 1 ] || fail "the examples do not agree"

# a law of one's own, in a program and by --law. Closed forms of law.c: a film alike in both
# directions yields at 34.29 MPa, a bar at 40 MPa in tension and 60 MPa in compression.
# shellcheck disable=SC2086
gcc -std=c99 -Wall -Wextra -Werror tools/examples/law_link.c tools/examples/law.c $flags -lm \
  -o "$root/law_link" || fail "law_link.c"
# shellcheck disable=SC2086
gcc -std=c99 -Wall -Wextra -Werror -shared -fPIC tools/examples/law.c $flags -lm \
  -o "$root/law.so" || fail "law.c"
# says NAME PATTERN COMMAND...: it must succeed and print that.
says()
{
  name=$1 pattern=$2
  shift 2
  "$@" >"$root/out" 2>&1 || fail "$name: exit code $?"
  grep -q -- "$pattern" "$root/out" || { fail "$name: no '$pattern' in" && cat "$root/out"; }
}
film='stress of the film, MPa: 34\.29 34\.29'
says law "$film" "$root/law_link" tools/examples/law.yaml
says "law on two ranks" "$film" mpiexec -n 2 "$root/law_link" tools/examples/law.yaml
law="$usr/bin/platen material --law $root/law.so tools/examples/law.yaml film -o $root/bar"
# shellcheck disable=SC2086
says tension ' 40  ' $law --path '{temperature: 25 degC, strain: {xx: [[0 s, 0 %], [1 s, 5 %]]}}'
# shellcheck disable=SC2086
says compression ' -60  ' \
  $law --path '{temperature: 25 degC, strain: {xx: [[0 s, 0 %], [1 s, -5 %]]}}'
says "--law" '  2  cool  *25.0' \
  "$usr/bin/platen" run --no-fields --law "$root/law.so" tools/examples/law.yaml -o "$root/film"

make BUILD="$BUILD" DESTDIR="$root" PREFIX=/opt/platen uninstall >"$root/log" 2>&1 ||
  fail "make uninstall"
left=$(find "$root/opt" ! -type d)
[ -z "$left" ] || fail "left after make uninstall: $left"
echo "$failures failures"
[ $failures = 0 ]
