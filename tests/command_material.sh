#!/bin/sh
# TEST timeout=120
# SPDX-License-Identifier: BSD-2-Clause
# platen material as a user meets it: exit codes, messages with their place, files, the examples of
# its manual page. Numbers are tested in verify_material*.c.
. "$(dirname "$0")/shell"
PATH=$build:$PATH
export PATH

echo "usage"
expect 0 "$platen" material --help
says out '^usage: platen material'
says out '^example:'
awk 'length > 100 { exit 1 }' out || fail "a line of 'material --help' is longer than 100"
expect 2 "$platen" material
expect 2 "$platen" material mats.yaml
says err 'the name of a material'
expect 2 "$platen" material mats.yaml glass
says err '--path'
expect 2 "$platen" material mats.yaml glass mold --path x
says err 'one too many'
expect 2 "$platen" material mats.yaml glass --nonsense
silent out

echo "what is wrong"
cat >mats.yaml <<'END'
glass: {E: 74 GPa, nu: 0.23, cte: 3.8 ppm/K}
mold:
  E: [[25 degC, 22 GPa], [200 degC, 1 GPa]]
  nu: 0.3
  cte: 8 ppm/K
END
cat >path.yaml <<'END'
temperature: [[0 s, 25 degC], [1 h, 125 degC]]
strain: {xx: 0 %, yy: 0 %}
END
expect 6 "$platen" material nowhere.yaml glass --path path.yaml
says err nowhere.yaml
expect 6 "$platen" material mats.yaml glass --path nowhere.yaml
says err nowhere.yaml
expect 2 "$platen" material mats.yaml glas --path path.yaml
says err "no material 'glas'; did you mean 'glass'?"
sed 's/74 GPa/74/' mats.yaml >wrong.yaml
expect 3 "$platen" material wrong.yaml glass --path path.yaml
says err '^wrong.yaml:1:12: error: E'
sed -e 's/1 h, 125 degC/1 h, 225 degC/' path.yaml >hot.yaml
expect 3 "$platen" material mats.yaml mold --path hot.yaml
says err "^hot.yaml:1:14: error: the path reaches 225 degC, but 'E' of material 'mold' is known"
printf 'temperature: [[0 s, 25 degC], [2 s, 30 degC], [1 s, 35 degC]]\nstrian: {}\n' >order.yaml
expect 3 "$platen" material mats.yaml mold --path order.yaml
says err "^order.yaml:1:47: error: temperature: '1 s' does not come after '2 s'"
says err "^order.yaml:2:1: error: a path: unknown key 'strian'; did you mean 'strain'?"
expect 3 "$platen" material mats.yaml mold --path '{temperature: 25 degC, stress: {xx: 1 mm}}'
says err '^(path):1:37: error: stress'
silent out
[ -e mold.csv ] && fail "a wrong path left a result"
expect 6 "$platen" material mats.yaml mold --path path.yaml -o /proc/no/such

echo "files"
expect 0 "$platen" material mats.yaml mold --path path.yaml
says out 'xx MPa'
silent err
for file in mold.csv mold.png mold.svg; do
  [ -s $file ] || fail "$file was not written"
done
says mold.csv '^time,temperature,strain_xx,strain_yy,strain_zz,strain_xy,strain_yz,strain_xz,free'
[ "$(wc -l <mold.csv)" = 52 ] || fail "mold.csv has $(wc -l <mold.csv) lines, not 52"
awk -F, 'NF != 20 { exit 1 }' mold.csv || fail "a line of mold.csv has not 20 numbers"
tail -1 mold.csv | grep -q '^3600,398.15,' || fail "mold.csv does not end at 1 h, 125 degC"
expect 0 "$platen" material mats.yaml mold --path path.yaml -o made/for/this -q
silent out
cmp -s mold.csv made/for/this.csv || fail "the same path twice differs"
if command -v file >/dev/null; then
  file mold.png | grep -q 'PNG image' || fail "mold.png is no PNG"
fi
expect 0 mpiexec -n 2 "$platen" material mats.yaml mold --path path.yaml -o two
[ "$(grep -c 'xx MPa' out)" = 1 ] || fail "both ranks printed"
cmp -s mold.csv two.csv || fail "two ranks differ from one"

echo "recipes"
PLATEN_MESHES=$here/meshes "$platen" example bilayer -o . >/dev/null
expect 0 "$platen" material bilayer.yaml mold --path path.yaml -o bilayer
says out 'xx MPa'

echo "import"
cat >emc.inp <<'END'
*MATERIAL, NAME=copper
*ELASTIC
117000., 0.34
*EXPANSION
17e-6
*PLASTIC
120., 0.
140., 0.01
*DAMPING, ALPHA=1.
END
expect 2 "$platen" material --import emc.inp
says err '--units'
expect 2 "$platen" material --import emc.inp --units 'MPa, s'
says err 'temperature'
expect 6 "$platen" material --import nowhere.inp --units 'MPa, degC, s'
sed 's/0.34/O.34/' emc.inp >wrong.inp
expect 3 "$platen" material --import wrong.inp --units 'MPa, degC, s'
says err '^wrong.inp:3:1: error'
silent out
expect 0 "$platen" material --import emc.inp --units 'MPa, degC, s'
silent err
says out 'line 9: .DAMPING'
cp out copper.yaml
expect 0 "$platen" material copper.yaml copper --path '{temperature: 25 degC, strain: {xx: 1 %}}'
says out 'plastic_strain'

echo "the examples of platen-material(1)"
manual=$here/tools/man/platen-material.1.scd
# block N: what stands in the Nth pair of ```
block() { awk -v n="$1" '/^```$/ { b++; next } b == 2 * n - 1' "$manual"; }
block 1 >emc.yaml
for n in 2 3 4 5 6; do block $n; done >examples.sh
[ "$(grep -c '^platen material' examples.sh)" = 8 ] || fail "the manual has not eight examples"
expect 0 sh -e examples.sh
silent err
for name in free film clamped tension shear relaxation creep; do
  [ -s $name.csv ] && [ -s $name.png ] || fail "example '$name' left no files"
done
head -1 film.csv | grep -q ',cure,Tg$' || fail "film.csv does not tell of cure and Tg"

echo "$failures failures"
[ $failures = 0 ]
