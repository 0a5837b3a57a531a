#!/usr/bin/env bash
# Fetches what some tests run against and a .NET SDK does not bring: NATS and Redis servers (the oldest release we support
# and the newest one), and MessagePack for Python and Node. Run as often as you like: what is there is left alone.
#
#   tests/servers.sh            fetch what is missing
#   tests/servers.sh --list     only say what is here
#
# Servers are unpacked into a cache directory and started by the tests from there: nothing is added to the system, no service
# is started and no root is needed. Only the Python package is installed, by root, since Python looks for it there.
# Where something cannot be had this script says why and succeeds; the tests that need it are then skipped with that reason.
#
#   TYPEDTASKS_SERVERS          the cache directory; remove it to fetch newer servers
set -euo pipefail

cache=${TYPEDTASKS_SERVERS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/typedtasks/servers}
msgpack_for_node=3.1.3
list_only=false
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"
if [[ ${1:-} == --list ]]; then list_only=true; fi

say() { printf 'servers: %s\n' "$*"; }
missing() { say "missing: $1 ($2)"; }

# Debian keeps servers in /usr/sbin, which is not on everybody's PATH.
find_program() { PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/usr/local/sbin" command -v "$1" 2>/dev/null; }

# unpack DIRECTORY PROGRAM…: unpacks the downloaded packages and puts an entry for each program into DIRECTORY/bin. Libraries
# that the machine lacks were downloaded too, and an entry then is a script that points at them.
unpack() {
  local target=$1 program found libraries stage package
  shift
  mkdir -p "$(dirname "$target")"
  stage=$(mktemp -d "$(dirname "$target")/.unpack.XXXXXX")
  for package in "$downloads"/*.deb; do dpkg -x "$package" "$stage" || { rm -rf "$stage"; return 1; }; done
  mkdir -p "$stage/bin"
  libraries=$(cd "$stage" && find . -name '*.so*' -printf '%h\n' | sort -u | sed "s|^\.|$target|" | paste -s -d :)
  for program in "$@"; do
    [[ -n $program ]] || continue
    found=$(cd "$stage" && find usr -path "*bin/$program" | head -n 1)
    [[ -n $found ]] || continue
    if [[ -z $libraries ]]; then
      ln -s "../$found" "$stage/bin/$program"
    else
      printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s/%s "$@"\n' "$libraries" "$target" "$found" >"$stage/bin/$program"
      chmod +x "$stage/bin/$program"
    fi
  done
  chmod 755 "$stage"
  # Renamed into place whole, so that a second run beside this one never sees half of it.
  rm -rf "$target" && mv "$stage" "$target"
  "$target/bin/$1" --version >/dev/null 2>&1 || { rm -rf "$target"; return 1; }
}

# ---------------------------------------------------------------------------------------------------------------------
# One function a thing. Each returns at once when the thing is here.

# fetch ROLE PROGRAM COMPANION NAME SUITE…: has apt download a server from the first of the suites, and the packages it needs
# that this machine lacks from any of them. NAME is the index that holds those suites.
fetch() {
  local role=$1 program=$2 companion=$3 name=$4 from=$5 reason
  shift 4
  local target=$cache/$role/$program
  if [[ -x $target/bin/$program ]]; then say "$role $program: $target/bin/$program"; return 0; fi
  if $list_only; then missing "$role $program" "not fetched yet"; return 0; fi
  reason=$(why_no_packages)
  if [[ -n $reason ]]; then missing "$role $program" "$reason"; return 0; fi
  say "fetching $role $program from $from"
  index "$name" "$@"
  if [[ $from == sid ]]; then
    # A program of that release must not bring that release's libraries with it: it is taken alone, and tried.
    downloads=$scratch/$name/cache/archives
    rm -f "$downloads"/*.deb
    (cd "$downloads" && "${apt[@]}" download "$program/$from") >>"$scratch/$name/log" 2>&1 || reason=$(tail -n 1 "$scratch/$name/log")
  else
    download "$name" "$program/$from"
  fi
  if [[ -n $reason ]]; then missing "$role $program" "$reason"; return 0; fi
  if unpack "$target" "$program" "$companion"; then
    say "$role $program: $target/bin/$program"
  else
    missing "$role $program" "the package from $from does not run on this machine"
  fi
}

floor() {
  local program=$1 companion=$2 here
  if here=$(find_program "$program"); then say "floor $program: $here"; return 0; fi
  fetch floor "$program" "$companion" release "$codename" "$codename-backports"
}

python_msgpack() {
  local python=/usr/bin/python3
  if [[ -x $python ]] && "$python" -c 'import msgpack' 2>/dev/null; then say "python: $python with msgpack"; return 0; fi
  if $list_only; then missing "python with msgpack" "not installed"; return 0; fi
  if [[ $(id -u) != 0 ]] || ! has apt-get; then missing "python with msgpack" "needs root and apt-get: package python3-msgpack"; return 0; fi
  say "installing python3-msgpack"
  local install=(apt-get -qq -o Acquire::Retries=2 -o Acquire::http::Timeout=20 install --yes --no-install-recommends python3-msgpack)
  export DEBIAN_FRONTEND=noninteractive
  if "${install[@]}" >/dev/null 2>&1 || { apt-get -qq update >/dev/null 2>&1 && "${install[@]}" >/dev/null 2>&1; }; then
    say "python: $python with msgpack"
  else
    missing "python with msgpack" "apt-get install python3-msgpack failed"
  fi
}

node_msgpack() {
  local target=$cache/node log
  if ! has node; then missing "node with @msgpack/msgpack" "no node here"; return 0; fi
  if [[ -f $target/node_modules/@msgpack/msgpack/package.json ]]; then say "node: $(command -v node) with $target/node_modules"; return 0; fi
  if $list_only; then missing "node with @msgpack/msgpack" "not fetched yet"; return 0; fi
  if ! has npm; then missing "node with @msgpack/msgpack" "no npm here"; return 0; fi
  mkdir -p "$target"
  if log=$(npm install --prefix "$target" --no-audit --no-fund --no-update-notifier --loglevel=error "@msgpack/msgpack@$msgpack_for_node" 2>&1); then
    say "node: $(command -v node) with $target/node_modules"
  else
    missing "node with @msgpack/msgpack" "$(tail -n 1 <<<"$log")"
  fi
}

if [[ $(uname -s) != Linux ]]; then
  say "only fetched on Linux; the tests use the nats-server and redis-server on PATH"
  exit 0
fi

mkdir -p "$cache" 2>/dev/null || { missing everything "cannot write $cache"; exit 0; }

floor nats-server ''
floor redis-server redis-cli
fetch newest nats-server '' unstable sid
fetch newest valkey-server valkey-cli release "$codename-backports" "$codename"
python_msgpack
node_msgpack
