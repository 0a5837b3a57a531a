# Sourced: Debian packages as files. What is fetched through this is unpacked into a directory of ours: nothing is added to the
# system, no service is started and no root is needed.

has() { command -v "$1" >/dev/null 2>&1; }

# One scratch directory for package indexes and downloads, gone when the script ends.
scratch=
trap '[[ -z $scratch ]] || rm -rf "$scratch"' EXIT

# The package source: the mirror that this machine's own configuration names, read into private directories, so that
# releases other than the machine's can be asked for without the system ever hearing of them.

codename=$(. /etc/os-release 2>/dev/null && [[ ${ID:-} == debian ]] && printf '%s' "${VERSION_CODENAME:-}" || true)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Prints the address that serves this machine's own release, from one-line or paragraph sources.
mirror() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -f $file ]] || continue
    awk -v suite="$codename" '
      function done() { if (uri != "" && (" " suites " ") ~ (" " suite " ") && !off) print uri; uri = suites = ""; off = 0 }
      /^[[:space:]]*$/ { done(); next }
      /^URIs:/         { uri = $2 }
      /^Suites:/       { $1 = ""; suites = $0 }
      /^Enabled:[[:space:]]*no/ { off = 1 }
      END { done() }' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -f $file ]] || continue
    sed -nE 's/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?//p' "$file" | awk -v suite="$codename" '$2 == suite { print $1 }'
  done
}

# Says why packages cannot be fetched here, or nothing when they can.
why_no_packages() {
  if ! has apt-get || ! has dpkg; then echo "no apt-get and dpkg here"
  elif [[ -z $codename ]]; then echo "not a Debian release"
  elif [[ -z $(mirror) ]]; then echo "no package source for $codename is configured"
  fi
}

# index NAME SUITE…: reads the package lists of those suites, once, into a private directory called NAME.
index() {
  local name=$1 suite uri signed=
  shift
  uri=$(mirror | head -n 1)
  [[ -z $scratch ]] && scratch=$(mktemp -d)
  local root=$scratch/$name
  apt=(apt-get -qq
    -o "Dir::Etc::sourcelist=$root/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=-
    -o "Dir::State=$root/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$root/cache"
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    -o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20
    -o APT::Sandbox::User= -o Debug::NoLocking=true)
  [[ -d $root ]] && return 0
  mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial"
  [[ -f $keyring ]] && signed="[signed-by=$keyring] "
  for suite in "$@"; do echo "deb $signed$uri $suite main"; done >"$root/sources.list"
  # A suite that the mirror lacks is not fatal: what matters is whether the package is found afterwards.
  "${apt[@]}" update >"$root/log" 2>&1 || true
}

# download NAME PACKAGE…: has apt fetch packages, and those that they need and this machine lacks, from the suites that NAME was
# indexed with, into $downloads. Where that fails, $reason says why.
download() {
  local name=$1
  shift
  downloads=$scratch/$name/cache/archives
  rm -f "$downloads"/*.deb
  "${apt[@]}" install --download-only --yes --no-install-recommends "$@" >>"$scratch/$name/log" 2>&1 || reason=$(tail -n 1 "$scratch/$name/log")
}
