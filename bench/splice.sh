#!/usr/bin/env bash
# splice.sh PAGE NAME FILE: puts a file between the markers of that name in a page.
set -euo pipefail

page=$1 name=$2 file=$3
new=$(mktemp)
trap 'rm -f "$new"' EXIT
awk -v name="$name" -v file="$file" '
  $0 == "<!-- begin " name " -->" { print; while ((getline line < file) > 0) print line; skip = 1; next }
  $0 == "<!-- end " name " -->" { skip = 0 }
  !skip { print }
' "$page" > "$new"
cp "$new" "$page"
