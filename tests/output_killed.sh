# TEST timeout=120
# SPDX-License-Identifier: BSD-2-Clause
# A run that is killed while it writes loses the step under way and nothing else: after each of
# three kills at odd moments all steps that were reported complete read back right.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
export TMPDIR="$folder"
program=$BUILD/tests/check_output

for round in 1 2 3; do
  base=$folder/killed$round
  PLT_TEST_WRITE=$base PLT_TEST_STEPS=100000 "$program" >"$base.said" 2>&1 &
  writer=$!
  tries=0
  until grep -q '^step [1-9]' "$base.said"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || { echo "no step within a minute" && kill -9 $writer && exit 1; }
    sleep 0.1
  done
  sleep 0.$((round * 37 % 10))$((round * 7 % 10))
  kill -9 $writer
  wait $writer 2>/dev/null
  complete=$(sed -n 's/^step //p' "$base.said" | tail -n 1)
  if ! PLT_TEST_READ=$base PLT_TEST_STEPS=$complete "$program" >"$folder/read" 2>&1; then
    echo "killed after step $complete:"
    cat "$folder/read"
    exit 1
  fi
  echo "killed after step $complete: all there"
done
