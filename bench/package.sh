#!/usr/bin/env bash
# What an installed package costs: the size and start of programs, trimmed or compiled ahead of time, and what it adds to a build. bench/run.sh package writes it into bench/README.md.
#
#   bench/package.sh prepare FOLDER   packs, and publishes into an empty folder, so that nothing is fetched or unpacked later; not timed
#   bench/package.sh table FOLDER     times it, alone on the machine, and prints the tables
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

action=${1:?prepare or table} folder=${2:?a folder to work in}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# The user's packages serve as a fallback; what is unpacked here is this commit's.
export NUGET_FALLBACK_PACKAGES=${NUGET_PACKAGES:-$HOME/.nuget/packages} NUGET_PACKAGES=$folder/packages
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
version=$(sed -nE 's|.*<VersionPrefix>(.*)</VersionPrefix>.*|\1|p' Directory.Build.props)
hosting=$(sed -nE 's|.*"Microsoft.Extensions.Hosting" Version="([^"]*)".*|\1|p' Directory.Packages.props)

# project NAME KIND: a console project; a "host" starts a host and stops it, a "first" one runs the first task of the package's page.
project() {
  dotnet new console --name "$1" --output "$folder/$1" --no-restore > /dev/null
  if [[ $2 == host ]]; then
    printf '%s\n' 'using Microsoft.Extensions.Hosting;' 'using IHost host = Host.CreateApplicationBuilder(args).Build();' 'await host.StartAsync();' 'await host.StopAsync();' > "$folder/$1/Program.cs"
    refer "$1" Microsoft.Extensions.Hosting "$hosting"
  elif [[ $2 == first ]]; then
    awk '/^```csharp/ { on = 1; next } /^```/ { if (on) exit } on' nuget/README.md > "$folder/$1/Program.cs"
    refer "$1" TypedTasks "$version" Microsoft.Extensions.Hosting "$hosting"
  fi
}

# refer NAME PACKAGE VERSION…: as dotnet add package does.
refer() {
  local file=$folder/$1/$1.csproj
  shift
  while (($# > 0)); do
    sed -i "s|</Project>|  <ItemGroup><PackageReference Include=\"$1\" Version=\"$2\" /></ItemGroup>\n</Project>|" "$file"
    shift 2
  done
}

# publish NAME HOW: into a folder of that name, without what only a debugger reads.
publish() {
  dotnet publish "$folder/$1" --configuration Release --output "$folder/$1/$2" --self-contained --use-current-runtime --nologo --verbosity quiet \
    "-p:Publish$2=true" -p:InvariantGlobalization=true -p:DebugType=none
  rm -f "$folder/$1/$2"/*.dbg
}

build() { dotnet build "$folder/$1" --nologo --verbosity quiet > /dev/null; }

# new NAME: the time of a project's first build.
new() {
  rm -rf "${folder:?}/$1/bin" "$folder/$1/obj"
  milliseconds build "$1"
}

# milliseconds COMMAND…: how long it takes.
milliseconds() {
  local start
  start=$(date +%s%N)
  "$@" > /dev/null
  echo $((($(date +%s%N) - start) / 1000000))
}

# middle NUMBER…: the median, the least and the greatest.
middle() { printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)], v[1], v[NR] }'; }

if [[ $action == prepare ]]; then
  if [[ -n $(ls -A "$folder") ]]; then echo "$folder is not empty" >&2; exit 2; fi
  nuget/pack.sh "--out=$folder/feed" > /dev/null
  printf '<configuration><packageSources><add key="packed" value="%s" /></packageSources></configuration>\n' "$folder/feed" > "$folder/nuget.config"
  project Empty empty
  project Host host
  project First first
  project Invoices empty
  refer Invoices TypedTasks "$version" TypedTasks.Nats "$version" TypedTasks.Redis "$version" Microsoft.Extensions.Hosting "$hosting"
  cp samples/Invoices/{*.cs,*.csv,*.txt} "$folder/Invoices/"
  for name in Empty Host First Invoices; do
    publish "$name" Trimmed
    publish "$name" Aot
  done
  exit
fi

load_at_start=$(cut -d' ' -f1 /proc/loadavg)

# start NAME WHAT ARGUMENT…: a row.
start() {
  local name=$1 row="| $2 |" how
  shift 2
  for how in Trimmed Aot; do
    local times=() m
    for i in 1 2 3 4 5 6 7 8 9 10 11; do times+=("$(milliseconds "$folder/$name/$how/$name" "$@")"); done
    read -ra m < <(middle "${times[@]}")
    row+=$(printf ' %s MiB | %s (%s to %s) ms |' "$(du -sb "$folder/$name/$how" | awk '{ printf "%.1f", $1 / 1048576 }')" "${m[@]}")
  done
  echo "$row"
}

echo '| Self-contained; from start to end, median of 11 (fastest to slowest) | trimmed | | ahead of time | |'
echo '| --- | ---: | ---: | ---: | ---: |'
start Empty 'an empty console program'
start Host 'an empty host, started and stopped'
start First 'the first task: a host, a client, a worker, the embedded engine'
start Invoices '`samples/Invoices --help`, with the engines of NATS and Redis' --help

empty=() first=()
new Empty > /dev/null
for i in 1 2 3 4 5; do
  empty+=("$(new Empty)")
  first+=("$(new First)")
done
read -ra e < <(middle "${empty[@]}")
read -ra f < <(middle "${first[@]}")
echo
echo '| `dotnet build` of a new project, restore included | median of 5 | fastest to slowest |'
echo '| --- | ---: | ---: |'
printf '| an empty console program | %s ms | %s to %s ms |\n' "${e[@]}"
printf '| the first task: TypedTasks and Microsoft.Extensions.Hosting | %s ms | %s to %s ms |\n' "${f[@]}"
printf '| added | %s ms | |\n' $((f[0] - e[0]))
printf '\nMeasured on %s cores with SDK %s; the load average was %s at the beginning and %s at the end.\n' "$(nproc)" "$(dotnet --version)" "$load_at_start" "$(cut -d' ' -f1 /proc/loadavg)"
