#!/usr/bin/env bash
# Makes the packages: nuget/out/*.nupkg and their symbols, *.snupkg.
#
#   nuget/pack.sh                     the version of Directory.Build.props
#   nuget/pack.sh 0.2.0-rc.1          another one
#   nuget/pack.sh --no-build 99.0.0   of what this script built before, under another version
#   nuget/pack.sh --out=FOLDER        into another folder
#   nuget/pack.sh --repository=URL    where the sources are, if that is not git's remote "origin"
#
# It builds as a build machine does, in folders of its own (nuget/obj): no path of this machine is in what it makes, so that a commit
# gives the same assemblies and symbols anywhere, and what a developer has built stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

build=true properties=() out=$PWD/nuget/out
for argument in "$@"; do
  case $argument in
    --no-build) build=false ;;
    --out=*) out=${argument#--out=} ;;
    --repository=*) properties+=("-p:RepositoryUrl=${argument#--repository=}") ;;
    -*) echo "usage: nuget/pack.sh [--no-build] [--out=FOLDER] [--repository=URL] [version]" >&2; exit 2 ;;
    *) properties+=("-p:Version=$argument") ;;
  esac
done

common=(nuget/Packages.slnf --configuration Release --artifacts-path "$PWD/nuget/obj" --nologo --verbosity quiet -clp:NoSummary
  -p:ContinuousIntegrationBuild=true -p:PublishRepositoryUrl=true ${properties[@]+"${properties[@]}"})
if $build; then dotnet build "${common[@]}"; fi

mkdir -p "$out"
rm -f "$out"/*.nupkg "$out"/*.snupkg
dotnet pack --no-build --output "$out" "${common[@]}"

ls -1 "$out"
