#!/usr/bin/env bash
# Breaks things while tasks run, and writes the reports into bench/CHAOS.md. Ends with 1 when a run was not valid.
#
#   bench/chaos.sh               everything, in about an hour
#   bench/chaos.sh campaigns     20 broker kills and 50 worker kills during 200,000 tasks, for each engine
#   bench/chaos.sh canvas        as many during 10,000 canvases of 20 tasks, for each engine
#   bench/chaos.sh schedules     50 broker kills and 50 worker kills during 12,000 occurrences of schedules, for each engine, in twenty minutes; not part of everything
#   bench/chaos.sh experiments   every other experiment, shorter
#   bench/chaos.sh settle-kills  hundreds of kills of the broker while tasks are settled, on each engine: half an hour, not part of everything
#   bench/chaos.sh soak [ENGINE] two hours of everything that kills, pauses, stops and slows down, on NATS or the engine that is named; not part of everything
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1
what=${1:-all}
engine=${2:-nats}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
status=0

dotnet build bench/TypedTasks.Chaos --configuration Release --nologo --verbosity quiet -clp:NoSummary

program=bench/TypedTasks.Chaos/bin/Release/net10.0/TypedTasks.Chaos

# campaign OPTION…: one run; its report goes into the section, valid or not.
campaign() { { "$program" "$@" || status=1; echo; } >> "$out/reports"; }

# experiment OPTION…: one run, as a line of the table, valid or not.
experiment() { "$program" --row "$@" >> "$out/rows" || status=1; }

splice() { bench/splice.sh bench/CHAOS.md "$@"; }

if [[ $what == all || $what == campaigns ]]; then
  campaign --engine nats --experiment both --tasks 200000 --seed 11
  campaign --engine redis --experiment both --tasks 200000 --seed 12
  campaign --engine redis --storage everysec --experiment both --tasks 200000 --seed 13
  { echo '```'; sed -e '$ d' "$out/reports"; echo '```'; } > "$out/block"
  splice campaigns "$out/block"
fi

if [[ $what == all || $what == canvas ]]; then
  : > "$out/reports"
  campaign --engine nats --experiment canvas --tasks 200000 --seed 14
  campaign --engine redis --experiment canvas --tasks 200000 --seed 15
  { echo '```'; sed -e '$ d' "$out/reports"; echo '```'; } > "$out/block"
  splice canvas "$out/block"
fi

if [[ $what == schedules ]]; then
  campaign --engine nats --experiment schedules --tasks 12000 --seed 16 --faults broker-kill=25,settle-kill=25,worker-kill=50
  campaign --engine redis --experiment schedules --tasks 12000 --seed 17 --faults broker-kill=25,settle-kill=25,worker-kill=50
  { echo '```'; sed -e '$ d' "$out/reports"; echo '```'; } > "$out/block"
  splice schedules "$out/block"
fi

if [[ $what == all || $what == experiments ]]; then
  for engine in nats redis; do
    for experiment in settle-kills broker-restarts worker-kills pause rolling producer-kills poison hang delays waiters full cuts half-open partition slow soak; do
      experiment --engine "$engine" --experiment "$experiment" --tasks 5000 --seed 1 --lease 2
    done
  done
  experiment --engine nats --server newest --experiment full --tasks 5000 --seed 1 --lease 2
  experiment --engine redis --experiment script-flush --tasks 5000 --seed 1 --lease 2
  {
    echo '| experiment | broker | faults | accepted | lost | twice, without a key | keys, completed once | cut short by a kill, a lost lease | longest until it is whole | verdict |'
    echo '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |'
    cat "$out/rows"
  } > "$out/block"
  splice experiments "$out/block"
fi

if [[ $what == settle-kills ]]; then
  export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
  for engine in nats redis; do
    campaign --engine "$engine" --experiment settle-kills --tasks 100000 --seed 2 --lease 2 --faults settle-kill=1000
  done
  { echo '```'; sed -e '$ d' "$out/reports"; echo '```'; } > "$out/block"
  splice settle-kills "$out/block"
fi

if [[ $what == soak ]]; then
  # Idle threads of the pool sleep at once rather than spin, as nothing here is a matter of microseconds.
  export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
  campaign --engine "$engine" --experiment soak --tasks 2160000 --rate 300 --seed 26 \
    --faults broker-kill=120,broker-restart=30,worker-kill=240,worker-pause=40,worker-stop=60,slow=20
  { echo '```'; sed -e '$ d' "$out/reports"; echo '```'; } > "$out/block"
  splice "soak-$engine" "$out/block"
fi

exit "$status"
