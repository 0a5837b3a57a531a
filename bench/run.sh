#!/usr/bin/env bash
# Measures everything and writes the tables and charts of bench/README.md. The analysis takes seven minutes of it, the brokers five; let the machine do nothing else meanwhile.
#
#   bench/run.sh               everything
#   bench/run.sh micro         the benchmarks only
#   bench/run.sh analysis      what the analyzers cost a clean build only
#   bench/run.sh load          the load runs on the embedded engine only
#   bench/run.sh brokers       the load runs on NATS and Redis only; where there is no server its rows are left out, and it is said why
#   bench/run.sh charts        the charts only
#   bench/run.sh package       what an installed package costs: size and start of trimmed programs, what it adds to a build
#   bench/run.sh peers         other task queues beside this one, in some five minutes more; not part of everything, for it fetches them first
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1
what=${1:-all}
load_at_start=$(cut -d' ' -f1 /proc/loadavg)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

[[ $what == peers || $what == package ]] || dotnet build bench/TypedTasks.Benchmarks --configuration Release --nologo --verbosity quiet -clp:NoSummary
[[ $what == package ]] || dotnet build bench/TypedTasks.Load --configuration Release --nologo --verbosity quiet -clp:NoSummary

splice() { bench/splice.sh bench/README.md "$@"; }

machine() {
  printf 'Measured on %s cores with .NET %s. The load average was %s when the last run began and %s when it ended; beyond 3, other programs had a share of the cores.\n' \
    "$(nproc)" "$(dotnet --list-runtimes | awk '$1 == "Microsoft.NETCore.App" { v = $2 } END { print v }')" "$load_at_start" "$(cut -d' ' -f1 /proc/loadavg)"
}

program=bench/TypedTasks.Load/bin/Release/net10.0/TypedTasks.Load

# load NAME OPTION…: a run, in a process of its own, as a line of the table. One that has no server says so and is left out; one that loses a task fails.
load() {
  local name=$1 report code=0
  shift
  printf '%s\n' "$name" >&2
  report=$("$program" --json "$@") || code=$?
  case $code in
    0) printf '%s\t%s\n' "$name" "$report" >> "$out/load" ;;
    2) ;;
    *) return "$code" ;;
  esac
}

# table NAME: the lines gathered so far become the table of that name.
table() {
  touch "$out/load"
  "$program" --table "$out/load" > "$out/table"
  splice "$1" "$out/table"
  rm "$out/load"
}

if [[ $what == all || $what == micro ]]; then
  bench/TypedTasks.Benchmarks/bin/Release/net10.0/TypedTasks.Benchmarks --tables "$out/micro"
  splice micro "$out/micro"
fi

if [[ $what == all || $what == analysis ]]; then
  bench/TypedTasks.Benchmarks/bin/Release/net10.0/TypedTasks.Benchmarks --analysis "$out/analysis"
  splice analysis "$out/analysis"
fi

if [[ $what == all || $what == load ]]; then
  load "end to end, 1 caller" --mode endtoend --tasks 3000000
  load "end to end, 2 callers" --mode endtoend --tasks 3000000 --callers 2
  load "end to end, 1 caller, 256 bytes" --mode endtoend --tasks 2000000 --payload 256
  load "end to end, 1 caller, prefetch 1,000" --mode endtoend --tasks 2000000 --prefetch 1000
  load "chains of 5, 1 caller" --canvas chain --tasks 500000
  load "groups of 99 and their joins, 1 caller" --canvas group --tasks 500000
  load "enqueue, 1 caller" --mode enqueue --tasks 1000000
  load "enqueue, 2 callers" --mode enqueue --tasks 1000000 --callers 2
  load "consume, 1,000,000 waiting" --mode consume --tasks 1000000
  load "latency at 20,000 a second" --mode latency --tasks 200000 --rate 20000
  load "latency at 100,000 a second" --mode latency --tasks 1000000 --rate 100000
  table load
fi

# broker NAME ENGINE TASKS: the rows that every broker has, each a few seconds of what the engine does by then.
broker() {
  local name=$1 tasks=$3
  local all=(--engine "$2" --callers 256 --payload 64 --prefetch 1000)
  local wide=("${all[@]}" --raw)
  load "$name, enqueue, 256 callers" "${wide[@]}" --mode enqueue --tasks "$tasks"
  load "$name, enqueue, 1 caller" --engine "$2" --payload 64 --raw --mode enqueue --tasks 20000
  load "$name, consume, all of them waiting" "${wide[@]}" --mode consume --tasks "$tasks"
  load "$name, end to end" "${wide[@]}" --mode endtoend --tasks "$tasks"
  load "$name, enqueue, the callers' ids" "${all[@]}" --once id --mode enqueue --tasks "$((tasks / 2))"
  load "$name, end to end, keyed, 64 handlers" "${all[@]}" --once key --concurrency 64 --mode endtoend --tasks "$((tasks / 2))"
  load "$name, chains of 5, 64 handlers" --engine "$2" --callers 16 --prefetch 1000 --concurrency 64 --canvas chain --tasks 160000
  load "$name, groups of 99 and their joins, 64 handlers" --engine "$2" --callers 16 --prefetch 1000 --concurrency 64 --canvas group --tasks 160000
  load "$name, latency at 20,000 a second" --engine "$2" --payload 64 --raw --mode latency --tasks 200000 --rate 20000
}

if [[ $what == all || $what == brokers ]]; then
  broker "NATS" nats 600000
  load "NATS, end to end, files" --engine nats --storage file --callers 256 --payload 64 --prefetch 1000 --raw --mode endtoend --tasks 300000
  load "NATS, newest, latency at 20,000 a second" --engine nats --server newest --payload 64 --raw --mode latency --tasks 200000 --rate 20000
  # The server inherits it: what its garbage collector has to do with it (runtime/TypedTasks.Nats/README.md).
  GOGC=400 load "NATS, newest, latency at 20,000 a second, GOGC=400" --engine nats --server newest --payload 64 --raw --mode latency --tasks 200000 --rate 20000
  load "NATS, newest, end to end" --engine nats --server newest --callers 256 --payload 64 --prefetch 1000 --raw --mode endtoend --tasks 600000
  broker "Redis" redis 1000000
  load "Redis, end to end, to disk every second" --engine redis --storage everysec --callers 256 --payload 64 --prefetch 1000 --raw --mode endtoend --tasks 500000
  load "Redis, end to end, to disk before each answer" --engine redis --storage always --callers 256 --payload 64 --prefetch 1000 --raw --mode endtoend --tasks 300000
  load "Valkey, end to end" --engine redis --server newest --callers 256 --payload 64 --prefetch 1000 --raw --mode endtoend --tasks 1000000
  table brokers
fi

if [[ $what == all || $what == charts ]]; then
  mkdir -p bench/charts
  for sweep in depth callers payload concurrency lanes; do
    tasks=100000
    if [[ $sweep == concurrency ]]; then tasks=300000; fi
    "$program" --sweep "$sweep" --engine embedded,nats,redis --callers 256 --payload 64 --prefetch 1000 --tasks "$tasks" --chart "bench/charts/$sweep.svg" >&2
  done
  "$program" --sweep processes --engine nats,redis --callers 256 --payload 64 --prefetch 1000 --tasks 100000 --chart bench/charts/processes.svg >&2
  # Its last runs have more processes than cores: the load that they leave behind says nothing of the tables.
  if [[ $what == charts ]]; then exit; fi
fi

if [[ $what == all || $what == package ]]; then
  bench/package.sh prepare "$out/package" >&2
  bench/package.sh table "$out/package" > "$out/table"
  splice package "$out/table"
  if [[ $what == package ]]; then exit; fi
fi

if [[ $what == peers ]]; then
  bench/peers/run.sh "$out/peers"
  { "$program" --peers "$out/peers"; echo; machine; } > "$out/table"
  splice peers "$out/table"
  exit
fi

machine > "$out/machine"
splice machine "$out/machine"
