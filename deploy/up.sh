#!/usr/bin/env bash
# Runs everything on this machine: builds what changed, installs what is missing, starts servers, probers and pages, shows verdicts.
# Needs the .NET SDK and nothing else. Arguments go to `alivemcp up`, see `deploy/up.sh --help`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$root/src/AliveMcp.Cli/bin/Release/net10.0/AliveMcp.Cli.dll
stamp=$root/src/AliveMcp.Cli/obj/up.stamp
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

stop() {
  printf 'up.sh: %s\n' "$*" >&2
  exit 69
}

has_postgres() {
  [ -n "${ConnectionStrings__Postgres:-}" ] || [ -n "${PG_BIN:-}" ] || command -v initdb >/dev/null ||
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# A private cluster is made later, under .alivemcp; the package's own one on port 5432 is not wanted.
install_postgres() {
  echo 'Installing PostgreSQL (its programs; no server of the system is started) …' >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
  sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

is_built() {
  [ -f "$program" ] && [ -f "$stamp" ] &&
    [ -z "$(find "$root"/src "$root"/migrations "$root"/deploy/plans.yaml "$root"/Directory.*.props "$root"/global.json \
      -type d \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit)" ]
}

build() {
  local log started
  log=$(mktemp)
  started=$(mktemp)
  echo 'Building …' >&2
  if ! dotnet build "$root/src/AliveMcp.Cli" -c Release -v quiet >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log" "$started"
    stop 'the build failed, see above'
  fi
  # Whatever was changed while building is newer than the stamp.
  mv "$started" "$stamp"
  rm -f "$log"
}

command -v dotnet >/dev/null ||
  stop 'the .NET SDK 10 is missing. Debian/Ubuntu: apt-get install -y dotnet-sdk-10.0; elsewhere: https://dotnet.microsoft.com/download'

if ! has_postgres; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    install_postgres
  elif command -v apt-get >/dev/null; then
    stop "PostgreSQL's programs are missing. Install them: sudo apt-get install -y postgresql"
  else
    stop "PostgreSQL's programs (initdb, postgres) are missing: install them and put them on PATH, or set PG_BIN to their folder"
  fi
fi

is_built || build
exec dotnet "$program" up "$@"
