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

is_built() {
  [ -f "$program" ] && [ -f "$stamp" ] &&
    [ -z "$(find "$root"/src "$root"/migrations "$root"/deploy/plans.yaml "$root"/Directory.*.props "$root"/global.json \
      -type d \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit)" ]
}

build() {
  local log started
  log=$(mktemp)
  started=$(mktemp)
  echo 'Building …' >&2
  # One compiler for all projects instead of a cold one for each, whatever the machine is set to; ended when the build is.
  if ! dotnet build "$root/src/AliveMcp.Cli" -c Release -v quiet -p:UseSharedCompilation=true >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log" "$started"
    stop 'the build failed, see above'
  fi
  dotnet build-server shutdown --vbcscompiler >/dev/null
  # Whatever was changed while building is newer than the stamp.
  mv "$started" "$stamp"
  rm -f "$log"
}

needed=(dotnet)
[ -n "${ConnectionStrings__Postgres:-}" ] || needed+=(postgres)
"$root/deploy/install.sh" "${needed[@]}" || stop 'something is missing, see above'
is_built || build
exec dotnet "$program" up "$@"
