#!/usr/bin/env bash
# Builds everything once and runs every test project. The last line is the sum over all of them:
#
#   N passed, N failed, N skipped
#
#   tests/run.sh                  all projects
#   tests/run.sh Nats             only projects whose name contains "Nats" (and builds only those)
#   tests/run.sh --no-build       what was built before, in Release
#
# A .NET 10 SDK is all it needs: a test that wants a server, Python or Node that is not here is skipped and says so, unless
# CI=true. A project that crashes, hangs or reports nothing counts as one failure.
#
# Tests on real servers run in real time, where a lease of two seconds really ends when the machine stands still for so long.
# What fails of them is shown, and run once more by itself; what then passes is counted as passed and named as unsteady.
#
#   TYPEDTASKS_TEST_MINUTES       how long one project may run (20)
#   TYPEDTASKS_CHAOS_SEED         decides the faults of the short chaos campaigns (1)
#   TYPEDTASKS_DATA               where servers keep their data (in memory, where that is possible: a process is killed here, not a disk)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=true
filter=
for argument in "$@"; do
  case $argument in
    --no-build) build=false ;;
    -*) echo "usage: tests/run.sh [--no-build] [part of a project's name]" >&2; exit 2 ;;
    *) filter=$argument ;;
  esac
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# A test project is a program: tests/NAME.Tests/NAME.Tests.csproj.
projects=()
for project in tests/*/*.Tests.csproj; do
  [[ -f $project && $(basename "$project" .csproj) == *"$filter"* ]] && projects+=("$project")
done

tests/servers.sh

if $build; then
  if [[ -z $filter ]]; then
    dotnet build TypedTasks.sln --configuration Release --nologo --verbosity quiet -clp:NoSummary
  else
    for project in ${projects[@]+"${projects[@]}"}; do
      dotnet build "$project" --configuration Release --nologo --verbosity quiet -clp:NoSummary
    done
  fi
fi

# A hang must not hang us: the servers of a killed test program end by themselves.
limit=()
if command -v timeout >/dev/null 2>&1; then limit=(timeout --kill-after=10 "${TYPEDTASKS_TEST_MINUTES:-20}m"); fi

if [[ -z ${TYPEDTASKS_DATA:-} && -w /dev/shm ]] && (($(df -Pk /dev/shm | awk 'END { print $4 }') > 2000000)); then
  export TYPEDTASKS_DATA=/dev/shm
fi

export TYPEDTASKS_CHAOS_SEED=${TYPEDTASKS_CHAOS_SEED:-1}
printf '\nseed of the chaos campaigns: %s\n' "$TYPEDTASKS_CHAOS_SEED"

# failures: passes on, as they come, the lines worth reading. The rest is what the runner says about itself, and a line and a
# reason for every skipped test; those are summed up below.
failures() {
  local line dropped=false
  while IFS= read -r line || [[ -n $line ]]; do
    if $dropped; then dropped=false; continue; fi
    case $line in
      *' [SKIP]') dropped=true ;;
      '  Discovering: '* | '  Discovered:  '* | '  Starting:    '* | '  Finished:    '* | '=== TEST EXECUTION SUMMARY ==='* | *'  Total: '*', Errors: '*) ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

# attribute NAME FILE: that count, summed over the report's <assembly> elements; nothing if there is no report.
attribute() {
  { grep -o '<assembly [^>]*>' "$2" 2>/dev/null || true; } | sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" | awk '{ sum += $1 } END { if (NR) print sum }'
}

# failed_tests FILE: Type.Method of each failed test in the report, once.
failed_tests() {
  { grep -o '<test [^>]*result="Fail"[^>]*>' "$1" || true; } | sed -nE 's/.* type="([^"]*)".* method="([^"]*)".*/\1.\2/p' | sort -u
}

# execute PROGRAM REPORT ARGUMENT…: runs a test program; its code is left in $code.
execute() {
  local program=$1 report=$2
  shift 2
  code=0
  { ${limit[@]+"${limit[@]}"} dotnet "$program" -noLogo -noColor -xml "$report" "$@" </dev/null 2>&1 || echo "$?" >"$results/code"; } | failures
  if [[ -f $results/code ]]; then code=$(<"$results/code"); rm "$results/code"; fi
}

passed=0 failed=0 skipped=0
unsteady=()
for project in ${projects[@]+"${projects[@]}"}; do
  name=$(basename "$project" .csproj)
  program=tests/$name/bin/Release/net10.0/$name.dll
  report=$results/$name.xml
  printf '\n== %s\n' "$name"

  code=0
  if [[ -f $program ]]; then
    execute "$program" "$report"
  else
    echo "not built: $program (is the project in TypedTasks.sln?)"
    code=1
  fi

  project_passed=$(attribute passed "$report")
  project_failed=$(attribute failed "$report")
  project_skipped=$(attribute skipped "$report")
  errors=$(attribute errors "$report")
  project_failed=$((${project_failed:-0} + ${errors:-0}))

  # Real time: once more by itself. More than a few failures are no accident.
  if ((project_failed > 0 && project_failed <= 5 && ${errors:-0} == 0)) && grep -q 'TestServers' "$project"; then
    again=()
    while IFS= read -r test; do again+=(-method "$test"); done < <(failed_tests "$report")
    echo "  again, by themselves:"
    execute "$program" "$report.again" "${again[@]}"
    if [[ $code == 0 && $(attribute failed "$report.again") == 0 && $(attribute passed "$report.again") -ge $project_failed ]]; then
      for ((i = 1; i < ${#again[@]}; i += 2)); do unsteady+=("${again[i]}"); done
      project_passed=$((project_passed + project_failed))
      project_failed=0
    fi
  fi
  if [[ $code != 0 && $project_failed == 0 ]]; then
    echo "$name ended with code $code and reported no failed test"
    project_failed=1
  elif [[ -z $project_passed ]]; then
    echo "$name left no report"
    project_failed=1
  fi

  # Why tests were skipped, each reason once.
  if [[ ${project_skipped:-0} != 0 ]]; then
    sed -E 's/<reason>/\n&/g' "$report" | sed -nE 's/^<reason><!\[CDATA\[(.*)\]\]><\/reason>.*/\1/p' | sort | uniq -c | sed -E 's/^ *([0-9]+) /  skipped \1: /'
  fi

  echo "$name: ${project_passed:-0} passed, $project_failed failed, ${project_skipped:-0} skipped"
  passed=$((passed + ${project_passed:-0}))
  failed=$((failed + project_failed))
  skipped=$((skipped + ${project_skipped:-0}))
done

status=0
if ((passed + failed + skipped == 0)); then
  echo "no test ran${filter:+: no test project is called *$filter*.Tests}" >&2
  status=1
fi
if ((failed > 0)); then status=1; fi

if ((${#unsteady[@]} > 0)); then
  printf '\nunsteady, passed only when run again:\n'
  printf '  %s\n' "${unsteady[@]}"
fi

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
exit "$status"
