# TEST timeout=60
# SPDX-License-Identifier: BSD-2-Clause
# The example in Python of lib/output/README runs as it stands there.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
for python in python3 /usr/bin/python3 none; do
  $python -c 'import h5py' 2>/dev/null && break
done
[ $python != none ] || { echo "h5py is not installed (python3-h5py)" && exit 77; }

PLT_TEST_WRITE=$folder/name "$BUILD/tests/check_output" >"$folder/log" 2>&1 || {
  cat "$folder/log"
  exit 1
}
sed -n '/^Python/,/^$/s/^    //p' lib/output/README >"$folder/example.py"
(cd "$folder" && $python example.py) >"$folder/printed" || exit 1
cat "$folder/printed"
# uz of the cap in the last step, at the corner of the panel: 0.25 x^2 + 0.02 y^2 + 3e-7 = 418.3 um
grep -q '^0004 debond 384 cells, uz of the upper face 0.3 .. 418.3 um warpage 418 um$' \
  "$folder/printed"
