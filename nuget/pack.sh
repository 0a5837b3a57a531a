#!/usr/bin/env bash
# Makes the packages: nuget/out/*.nupkg and their symbols, *.snupkg.
#
#   nuget/pack.sh              the version of Directory.Build.props
#   nuget/pack.sh 0.2.0-rc.1   another one
#   nuget/pack.sh --no-build   of what was built before, in Release
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

build=true version=() out=$PWD/nuget/out
for argument in "$@"; do
  case $argument in
    --no-build) build=false ;;
    --out=*) out=${argument#--out=} ;;
    -*) echo "usage: nuget/pack.sh [--no-build] [--out=FOLDER] [version]" >&2; exit 2 ;;
    *) version=("-p:Version=$argument") ;;
  esac
done

compiler=(generator/TypedTasks.Generator analyzers/TypedTasks.Analyzers analyzers/TypedTasks.CodeFixes)
packages=(runtime/TypedTasks runtime/TypedTasks.Nats runtime/TypedTasks.Redis runtime/TypedTasks.Testing)
if $build; then
  for project in "${compiler[@]}" "${packages[@]}"; do
    dotnet build "$project" --configuration Release --nologo --verbosity quiet -clp:NoSummary ${version[@]+"${version[@]}"}
  done
fi

mkdir -p "$out"
rm -f "$out"/*.nupkg "$out"/*.snupkg
for project in "${packages[@]}"; do
  dotnet pack "$project" --no-build --configuration Release --output "$out" --nologo --verbosity quiet -clp:NoSummary ${version[@]+"${version[@]}"}
done

ls -1 "$out"
