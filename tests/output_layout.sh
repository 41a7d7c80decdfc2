# TEST timeout=60
# SPDX-License-Identifier: BSD-2-Clause
# The layout of the field file is a format that others read: it is compared, name by name and type
# by type, with tests/output_layout.txt (h5dump of a small result).
set -u
command -v h5dump >/dev/null || { echo "h5dump is not installed (hdf5-tools)" && exit 77; }
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

PLT_TEST_WRITE=$folder/name "$BUILD/tests/check_output" >"$folder/log" 2>&1 || {
  cat "$folder/log"
  exit 1
}
h5dump -H -g /VTKHDF -g /steps/0000 -g /steps/0004 "$folder/name.vtkhdf" |
  sed 1d >"$folder/layout.txt"
diff -u tests/output_layout.txt "$folder/layout.txt" && echo "layout as documented"
