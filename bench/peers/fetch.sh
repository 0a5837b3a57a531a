#!/usr/bin/env bash
# Fetches the peers that are no .NET packages: Celery and RabbitMQ, as Debian packages that are unpacked into a cache directory and
# run from there, and BullMQ, with npm, into bench/peers/bullmq/node_modules. Nothing is added to the system and no root is needed.
# Where something cannot be had this script says why and succeeds; its rows then say so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. bench/peers/places.sh
. tests/debian.sh

say() { printf 'peers: %s\n' "$*"; }

# packages DIRECTORY PACKAGE…: unpacks them, and what they need, there.
packages() {
  local target=$1 reason stage package
  shift
  if [[ -d $target ]]; then say "$1: $target"; return 0; fi
  reason=$(why_no_packages)
  if [[ -z $reason ]]; then
    say "fetching $*"
    index release "$codename" "$codename-backports"
    download release "$@"
  fi
  if [[ -n $reason ]]; then say "missing: $1 ($reason)"; return 0; fi
  mkdir -p "$(dirname "$target")"
  stage=$(mktemp -d "$(dirname "$target")/.unpack.XXXXXX")
  for package in "$downloads"/*.deb; do dpkg -x "$package" "$stage"; done
  # Erlang's start script knows only where its package would have put it.
  [[ ! -f $stage/usr/lib/erlang/bin/erl ]] || sed -i "s|ROOTDIR=/usr/lib/erlang|ROOTDIR=$target/usr/lib/erlang|" "$stage/usr/lib/erlang/bin/erl"
  chmod 755 "$stage"
  mv "$stage" "$target"
  say "$1: $target"
}

packages "$celery" python3-celery python3-redis
packages "$rabbitmq" rabbitmq-server

if [[ -d bench/peers/bullmq/node_modules ]]; then
  say "bullmq: bench/peers/bullmq/node_modules"
elif ! has npm; then
  say "missing: bullmq (no npm here)"
elif reason=$(npm ci --prefix bench/peers/bullmq --no-audit --no-fund --no-update-notifier --loglevel=error 2>&1); then
  say "bullmq: bench/peers/bullmq/node_modules"
else
  say "missing: bullmq ($(tail -n 1 <<<"$reason"))"
fi
