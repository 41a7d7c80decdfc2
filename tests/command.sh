#!/bin/sh
# TEST timeout=300
# SPDX-License-Identifier: BSD-2-Clause
# The command as a user meets it: exit codes, where messages go, help, samples, files of a run, one
# and two ranks, interruption. Numbers are tested elsewhere, but for the one a newcomer compares.
. "$(dirname "$0")/shell"

echo "help and version"
expect 0 "$platen" --version
says out '^platen [0-9]*\.[0-9]*\.[0-9]*$'
expect 0 "$platen" --help
says out 'platen COMMAND'
expect 2 "$platen"
silent out
for command in example check material mesh run info xdmf; do
  expect 0 "$platen" $command --help
  says out "^usage: platen $command"
  says out '^example:'
  silent err
  expect 0 "$platen" help $command
  says out "^usage: platen $command"
  # a page a terminal can show
  awk 'length > 100 { exit 1 }' out || fail "a line of '$command --help' is longer than 100"
done

echo "usage errors"
expect 2 "$platen" rum
says err "no command 'rum'"
says err 'check material mesh run'
for command in check run info; do
  expect 2 "$platen" $command
  says err "platen $command --help"
  expect 2 "$platen" $command --nonsense x.yaml
  says err "no option '--nonsense'"
  expect 2 "$platen" $command one two
  says err 'one too many'
done
expect 2 "$platen" run -z x.yaml
says err "no option '-z'"
expect 2 "$platen" run x.yaml -o
says err "'-o' needs a value"
expect 2 "$platen" run --solver magic x.yaml
says err 'direct and amg'
silent out

echo "files that are not there"
expect 6 "$platen" check nowhere.yaml
says err nowhere.yaml
expect 6 "$platen" run nowhere.yaml
expect 6 "$platen" info nowhere.vtkhdf
expect 6 "$platen" xdmf nowhere.vtkhdf
echo "no result" >text.vtkhdf
expect 6 "$platen" info text.vtkhdf
says err text.vtkhdf

echo "samples"
expect 0 "$platen" example
names=$(awk "{ print \$1 }" out)
for name in $names; do
  expect 0 "$platen" example "$name"
  says out '^platen: 1'
  expect 0 "$platen" example "$name" -o "samples"
  expect 0 "$platen" check "samples/$name.yaml"
  says out STACK
  says out PROCESS
  silent err
done
[ -f samples/bilayer.yaml ] || fail "a sample was not copied"
[ -f samples/materials.yaml ] || fail "a file that a sample includes was not copied"
[ -f samples/wafer-dies.csv ] || fail "the die list of a sample was not copied"
expect 2 "$platen" example nonsense
says err bilayer
expect 2 "$platen" example ../meshes/bilayer
echo mine >samples/bilayer.yaml
expect 0 "$platen" example bilayer -o samples
says err kept
says samples/bilayer.yaml mine
rm samples/bilayer.yaml
expect 6 "$platen" example bilayer -o /proc/no/such
expect 0 "$platen" example bilayer -o .

echo "wrong recipes"
sed -e 's/0.7 mm/0.7/' -e 's/material: mold/material: mould/' -e 's/stress_free/stressfree/' \
  bilayer.yaml >wrong.yaml
expect 3 "$platen" check wrong.yaml
says err '^wrong.yaml:[0-9]*:[0-9]*: error'
says err "'mold'"
says err 'stress_free'
[ "$(grep -c ': error' err)" -ge 3 ] || fail "not all three mistakes in one go"
silent out
expect 3 "$platen" run wrong.yaml -o wrong
[ -e wrong.json ] && fail "a wrong recipe left a result"
expect 3 mpiexec -n 2 "$platen" check wrong.yaml
[ "$(grep -c 'mould' err)" -le 2 ] || fail "both ranks reported"
expect 0 "$platen" check -q bilayer.yaml
silent out

if [ -w /dev/full ]; then
  "$platen" example >/dev/full 2>err
  [ $? = 6 ] || fail "a full disk was not told by the exit code of 'example'"
  "$platen" check bilayer.yaml >/dev/full 2>err
  [ $? = 6 ] || fail "a full disk was not told by the exit code of 'check'"
  says err 'No space left'
fi

echo "warnings"
sed 's/mold:  *{/mold: {law: viscoelastic, young: [[1 s, 0.5]], /' bilayer.yaml >slow.yaml
expect 0 "$platen" check slow.yaml
says err "slow.yaml:.*: warning: step 'cool' goes from 150 to 25 degC in no time"
sed 's/^analysis.*/analysis: {longest: 0.25, accuracy: 2}/' bilayer.yaml >wide.yaml
expect 3 "$platen" check wide.yaml
says err "wide.yaml:.* accuracy: it is '2', must be between 1e-6 and 1"
sed 's/^analysis.*/analysis: {longest: 0.125}/' bilayer.yaml >many.yaml
expect 0 "$platen" run many.yaml --no-fields -q
[ "$(grep -c '"done"' many.json)" -ge 16 ] || fail "longest made no more increments"

echo "mesh"
expect 0 "$platen" mesh bilayer.yaml -o plan.msh
says out 'quads  *400$'
says out 'area  *1600 '
says plan.msh 'MeshFormat'
sum=$(sed -n 's/^checksum *//p' out)
expect 0 mpiexec -n 2 "$platen" mesh bilayer.yaml
[ "$(sed -n 's/^checksum *//p' out)" = "$sum" ] || fail "the checksum depends on the ranks"
expect 6 "$platen" mesh bilayer.yaml -o /nowhere/plan.msh

echo "run"
expect 0 "$platen" run bilayer.yaml
says out '^ *2  cool'
says out 'bilayer.vtkhdf'
silent err
for file in vtkhdf xdmf json dies.csv log; do
  [ -s bilayer.$file ] || fail "bilayer.$file was not written"
done
# Timoshenko gives 0.19994 mm for the corner; 1 %: free edges and 2 mm quads
awk -F'[:,]' '/"corner"/ { x = $2 } END { exit !(x > 0.1979e-3 && x < 0.2019e-3) }' \
  bilayer.json || fail "corner of the bilayer: $(grep '"corner"' bilayer.json)"
expect 0 "$platen" info bilayer.vtkhdf
says out ' 2 cool'
mv bilayer.vtkhdf moved.vtkhdf
expect 0 "$platen" xdmf moved.vtkhdf
says moved.xdmf moved.vtkhdf
expect 0 "$platen" run --quiet --no-fields -o report bilayer.yaml
silent out
[ -e report.vtkhdf ] && fail "--no-fields wrote fields"
[ -s report.json ] || fail "report.json was not written"
expect 6 "$platen" run bilayer.yaml -o bilayer.yaml/x
expect 0 mpiexec -n 2 "$platen" run bilayer.yaml -o deep/er/two --solver amg
[ -s deep/er/two.json ] || fail "no folder was made for the results"
[ "$(grep -c '  cool' out)" = 1 ] || fail "the table was printed by every rank"

echo "increments"
sed 's/kinematics: small/kinematics: large/' bilayer.yaml >large.yaml
expect 0 "$platen" run large.yaml --no-fields
says out 'large.curve.png'
says out 'plausibility: '
says large.log 'plausibility: '
grep -q ' s left' out && fail "increments were printed, but not to a terminal"
[ "$(grep -c '"part": "temperature"' large.json)" -ge 4 ] || fail "increments are not in large.json"
says large.json '"branch": "natural"'
[ -s large.curve.png ] || fail "no curves were drawn"

sed 's/kinematics: small/kinematics: large, branches: all/' bilayer.yaml >all.yaml
expect 0 "$platen" run all.yaml --no-fields
says out 'rolled the other way'
[ "$(grep -c '"other": {' all.json)" = 3 ] || fail "all.json does not tell the other shapes"
says all.json '"stable": false'
says large.json '"other": null'
sed 's/kinematics: small/kinematics: large, increments: 1/' bilayer.yaml >few.yaml
expect 5 "$platen" run few.yaml --no-fields
says err "step 'molding': stopped at"
says err 'as many as the recipe allows'
says err 'results up to step 0 (carrier) are kept'
grep -q '"unfinished"' few.json || fail "the step that was cut short is not in few.json"
expect 5 "$platen" run large.yaml --no-fields -- -ksp_max_it 1
says err 'failed after 1 iterations'

echo "a table and a chuck"
{ sed -e 's/nu:/density: 2 g\/cm3, nu:/' -e '/^analysis/d' bilayer.yaml &&
  echo '  - {name: rest, support: table, gravity: down}' &&
  echo '  - {name: chuck, hold: flat, vacuum: 80 kPa}'; } >table.yaml
expect 0 "$platen" run table.yaml --no-fields
says out 'on its table: .* % of the face touches it, the largest gap is .* mm, it bears .* N'
says out 'on its chuck: .* % of the face touches it, the largest gap is .* mm at (20, 20) mm, it'
says out 'bears 128 N'
grep -A4 '"contact": *{' table.json | grep -q '"gap_at": *\[' ||
  fail "table.json does not tell how the panel lies"

echo "limits, PETSc options"
{ cat bilayer.yaml && echo 'limits: {warpage: 0.1 mm}'; } >limit.yaml
expect 7 "$platen" run limit.yaml --no-fields
says err warpage
[ -s limit.json ] || fail "a limit left no report"
expect 0 "$platen" run bilayer.yaml --no-fields -q -- -log_view :petsc.txt
says petsc.txt 'Performance'
expect 0 "$platen" run bilayer.yaml --no-fields -q -- -ksp_typo 3
says err ksp_typo

echo "interruption"
# steps of a second or so; a signal after the first line of the table
sed 's/size: 2 mm/size: 0.5 mm/' bilayer.yaml >fine.yaml
"$platen" run fine.yaml --no-fields -o stopped >out 2>err &
pid=$!
tries=0
while ! grep -q '^ *0  ' out && [ $tries -lt 300 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
kill -TERM $pid
wait $pid
got=$?
[ $got = 130 ] || fail "SIGTERM: exit $got instead of 130"
says err 'interrupted after step'
[ -s stopped.json ] || fail "an interrupted run left no report"

echo "$failures failures"
[ $failures = 0 ]
