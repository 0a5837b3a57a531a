#!/usr/bin/env bash
# Runs this library and its peers in turn on the same servers, each server started here on a free port, and appends a line for each run to a file:
# where, a tab, the queue, a tab, what it printed, or why it could not be run. bench/run.sh makes the table of it.
#
# usage: bench/peers/run.sh FILE [prepare|redis|nats|rabbitmq|memory]      all of it, or one part; but for the first they take what was prepared before
#
#   PEERS_MOST      no more tasks than this in any run (for a try)
set -euo pipefail
file=$(realpath "$1") what=${2:-all}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. bench/peers/places.sh

data=$(mktemp -d)
started=()
trap 'for one in ${started[@]+"${started[@]}"}; do kill "$one" 2>/dev/null && wait "$one" || true; done; rm -rf "$data"' EXIT

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 PYTHONDONTWRITEBYTECODE=1
net=bench/peers/dotnet/bin/Release/net10.0/TypedTasks.Peers
load=bench/TypedTasks.Load/bin/Release/net10.0/TypedTasks.Load

if [[ $what == all || $what == prepare ]]; then
  bench/peers/fetch.sh >&2
  dotnet build bench/TypedTasks.Load --configuration Release --nologo --verbosity quiet -clp:NoSummary
  if ! dotnet build bench/peers/dotnet --configuration Release --nologo --verbosity quiet -clp:NoSummary >"$data/build" 2>&1; then
    tail -n 3 "$data/build" >&2
    rm -f "$net"
  fi
fi

# queue PLACE NAME COMMAND…: what it prints, a line a run. One that fails leaves its last word as the reason.
queue() {
  local place=$1 name=$2 line code=0
  shift 2
  printf '%s: %s\n' "$place" "$name" >&2
  "$@" >"$data/out" 2>"$data/errors" || code=$?
  if [[ $code == 0 ]]; then
    while IFS= read -r line; do printf '%s\t%s\t%s\n' "$place" "$name" "$line"; done <"$data/out" >>"$file"
  else
    tail -n 5 "$data/errors" >&2
    absent "$place" "$name" "it ended with code $code"
  fi
}

absent() { printf '%s: %s: not run: %s\n' "$1" "$2" "$3" >&2; printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$file"; }

tasks() { if [[ -n ${PEERS_MOST:-} ]] && (($1 > PEERS_MOST)); then echo "$PEERS_MOST"; else echo "$1"; fi; }

# free_port: one that nobody listens on, below those that the system hands out, with room above it.
free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# listening PORT: waits until somebody does, a minute at most.
listening() {
  for ((i = 0; i < 600; i++)); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}

# ours ENGINE TASKS OPTION…: the same three runs.
ours() {
  local engine=$1 count mode
  count=$(tasks "$2")
  shift 2
  for mode in enqueue consume endtoend; do "$load" --json --engine "$engine" --mode "$mode" --payload 64 --tasks "$count" "$@" || return; done
}

dotnet_peer() {
  local place=$1 name=$2
  shift 2
  if [[ ! -x $net ]]; then absent "$place" "$name" "its packages cannot be restored here"; else queue "$place" "$name" "$net" "$@"; fi
}

celery_peer() {
  local place=$1 name=$2 reason
  shift 2
  local run=(env "PYTHONPATH=$celery/usr/lib/python3/dist-packages" /usr/bin/python3)
  if reason=$("${run[@]}" -c 'import celery' 2>&1); then
    queue "$place" "$name" "${run[@]}" bench/peers/celery/run.py "$@"
  else
    absent "$place" "$name" "$(tail -n 1 <<<"$reason")"
  fi
}

# ---------------------------------------------------------------------------------------------------------------------
# Redis, which writes nothing to disk.

on_redis() {
  redis_server=$(PATH=$servers/floor/redis-server/bin:$PATH:/usr/sbin command -v redis-server || true)
  if [[ -z $redis_server ]]; then
    absent Redis "everything" "no redis-server here: tests/servers.sh fetches one"
  else
    port=$(free_port)
    "$redis_server" --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir "$data" >/dev/null &
    started+=($!)
    listening "$port"
    place="Redis $("$redis_server" --version | sed -E 's/.*v=([0-9.]+).*/\1/')"
    clean() { (exec 3<>"/dev/tcp/127.0.0.1/$port"; printf 'FLUSHALL\r\n' >&3; read -r -u 3 _); }

    queue "$place" "TypedTasks" ours redis 250000 --callers 256 --prefetch 1000 --url "127.0.0.1:$port"
    clean
    celery_peer "$place" "Celery 5, prefork" "redis://127.0.0.1:$port/0" prefork "$(tasks 10000)"
    clean
    celery_peer "$place" "Celery 5, solo, a process a core" "redis://127.0.0.1:$port/0" solo "$(tasks 10000)"
    clean
    if [[ -d bench/peers/bullmq/node_modules ]]; then
      queue "$place" "BullMQ 6" node bench/peers/bullmq/run.js "$port" "$(tasks 50000)"
    else
      absent "$place" "BullMQ 6" "no npm here, or it could not be fetched"
    fi
    clean
    dotnet_peer "$place" "Hangfire 1.8" hangfire-redis "$(tasks 5000)" "$port"
    clean
    dotnet_peer "$place" "StackExchange.Redis 3, the client alone" stackexchange-redis "$(tasks 250000)" "$port"
    clean
  fi
}

# ---------------------------------------------------------------------------------------------------------------------
# NATS, which keeps its streams in memory.

on_nats() {
  local nats_server place port
  nats_server=$(PATH=$servers/floor/nats-server/bin:$PATH:/usr/sbin command -v nats-server || true)
  if [[ -z $nats_server ]]; then
    absent NATS "everything" "no nats-server here: tests/servers.sh fetches one"
    return
  fi

  port=$(free_port)
  "$nats_server" --addr 127.0.0.1 --port "$port" --jetstream --store_dir "$data/nats" >/dev/null 2>&1 &
  started+=($!)
  listening "$port"
  place="NATS $("$nats_server" --version | sed -E 's/.*v([0-9.]+).*/\1/')"
  queue "$place" "TypedTasks" ours nats 250000 --callers 256 --prefetch 1000 --url "nats://127.0.0.1:$port"
  dotnet_peer "$place" "NATS.Net 3, the client alone" natsnet "$(tasks 250000)" "$port"
}

# ---------------------------------------------------------------------------------------------------------------------
# RabbitMQ. There is no engine of ours for it: ours beside these is the one on NATS.

on_rabbitmq() {
  place="RabbitMQ (ours: NATS)"
  queue "$place" "TypedTasks" ours nats 250000 --callers 256 --prefetch 1000
  rabbit_missing=
  if [[ ! -d $rabbitmq ]]; then
    rabbit_missing="no RabbitMQ here"
  else
    port=$(free_port)
    mkdir "$data/rabbitmq"
    bench/peers/rabbitmq.sh "$data/rabbitmq" "$port" >&2 &
    started+=($!)
    listening "$port" || rabbit_missing="RabbitMQ does not start here"
  fi
  rabbit() {
    local start=$1 name=$2
    shift 2
    if [[ -n $rabbit_missing ]]; then absent "$place" "$name" "$rabbit_missing"; else "$start" "$place" "$name" "$@"; fi
  }
  rabbit celery_peer "Celery 5, prefork" "amqp://127.0.0.1:${port:-0}//" prefork "$(tasks 10000)"
  rabbit celery_peer "Celery 5, solo, a process a core" "amqp://127.0.0.1:${port:-0}//" solo "$(tasks 10000)"
  rabbit dotnet_peer "MassTransit 8" masstransit-rabbitmq "$(tasks 50000)" "${port:-0}"
  rabbit dotnet_peer "Wolverine 6" wolverine-rabbitmq "$(tasks 50000)" "${port:-0}"
}

# ---------------------------------------------------------------------------------------------------------------------
# In the memory of one process.

in_memory() {
  place="memory"
  queue "$place" "TypedTasks" ours embedded 1000000
  dotnet_peer "$place" "Hangfire 1.8" hangfire-memory "$(tasks 20000)"
  dotnet_peer "$place" "MassTransit 8" masstransit-memory "$(tasks 50000)"
  dotnet_peer "$place" "Rebus 8" rebus-memory "$(tasks 200000)"
  dotnet_peer "$place" "Wolverine 6" wolverine-memory "$(tasks 200000)"
}

if [[ $what == all || $what == redis ]]; then on_redis; fi
if [[ $what == all || $what == nats ]]; then on_nats; fi
if [[ $what == all || $what == rabbitmq ]]; then on_rabbitmq; fi
if [[ $what == all || $what == memory ]]; then in_memory; fi
