#!/bin/sh
# TEST timeout=120
# SPDX-License-Identifier: BSD-2-Clause
# --law as a user meets it: the example is built, loaded by every command that reads materials, and
# what is wrong with a file is an exit code with a message. Its numbers are tested in install.sh.
. "$(dirname "$0")/shell"
cp "$here/tools/examples/law.yaml" .

# shared NAME: NAME.c to NAME.so, with nothing of Platen's but the header.
shared()
{
  gcc -std=c99 -Wall -Wextra -Werror -shared -fPIC -I"$here/include" "$1.c" -lm -o "$1.so" ||
    fail "$1.c"
}

echo "the example"
cp "$here/tools/examples/law.c" law.c
shared law
path='{temperature: 25 degC, strain: {xx: [[0 s, 0 %], [1 s, 5 %]]}}'
expect 3 "$platen" check law.yaml
says err 'law.yaml:.*law: one of isotropic'
expect 0 "$platen" check --law law.so law.yaml
says out 'film  *3   0.350'
expect 0 "$platen" mesh --law law.so --law ./law.so law.yaml
expect 0 "$platen" material --law law.so law.yaml film --path "$path"
says out 'plastic_strain'
expect 0 "$platen" run --no-fields -q --law "$work/law.so" law.yaml -o one
expect 0 mpiexec -n 2 "$platen" run --no-fields -q --law law.so law.yaml -o two
says two.json '"cool"'
sed 's/compression: 60/compression: 30/' law.yaml >wrong.yaml
expect 3 "$platen" check --law law.so wrong.yaml
says err "wrong.yaml:.*film': yields sooner in compression"
sed 's/tension: 40 MPa/tension: 40 mm/' law.yaml >wrong.yaml
expect 3 "$platen" check --law law.so wrong.yaml
says err "^wrong.yaml:18:22: error: yield.tension"

echo "wrong files"
expect 2 "$platen" run law.yaml --law
says err "'--law' needs a value"
expect 2 "$platen" check --law '' law.yaml
says err 'no file of a law'
expect 6 "$platen" check --law nowhere.so law.yaml
says err "law file 'nowhere.so': No such file"
expect 6 "$platen" check --law . law.yaml
says err "law file '.' cannot be loaded"
echo text >text.so
expect 6 mpiexec -n 2 "$platen" check --law text.so law.yaml
says err "law file 'text.so' cannot be loaded"
[ "$(grep -c 'cannot be loaded' err)" = 1 ] || fail "both ranks tell"
echo 'int nothing;' >none.c
shared none
expect 6 "$platen" check --law none.so law.yaml
says err 'does not define platen_law'
echo 'int absent(void); int present(void); int present(void) { return absent(); }' >gap.c
shared gap
expect 6 "$platen" check --law gap.so law.yaml
says err 'cannot be loaded: .*absent'

# table NAME TEXT: NAME.so whose list has TEXT
table()
{
  printf '#include <platen_material.h>\n%s\n' "$2" >"$1.c"
  shared "$1"
}
table empty 'const PltLaw *const platen_law[] = {0};'
expect 2 "$platen" check --law empty.so law.yaml
says err "law file 'empty.so': platen_law is empty"
table newer 'static const PltLaw newer = {.version = PLT_LAW_VERSION + 1};
const PltLaw *const platen_law[] = {&newer, 0};'
expect 2 "$platen" check --law newer.so law.yaml
says err "law file 'newer.so': the table of a law is of version"
table bare 'static const PltLaw bare = {.version = PLT_LAW_VERSION, .name = "bare"};
const PltLaw *const platen_law[] = {&bare, 0};'
expect 2 "$platen" check --law bare.so law.yaml
says err "law file 'bare.so': law 'bare': stiffness is NULL"
cp law.so again.so
expect 2 "$platen" check --law law.so --law again.so law.yaml
says err "law file 'again.so': there is a law 'drucker_prager' already"

echo "$failures failures"
[ $failures = 0 ]
