#!/usr/bin/env bash
# Makes sure that programs are there: deploy/install.sh dotnet postgres redis curl chromium node
# Installs what is missing when it may (root on Debian or Ubuntu), else names the exact command and fails. Asks nobody.
set -euo pipefail

has() {
  case $1 in
    dotnet) command -v dotnet && dotnet --list-sdks | grep '^10\.' ;;
    postgres) [ -x "${PG_BIN:-/nowhere}/initdb" ] || command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' ;;
    redis) command -v redis-server ;;
    curl) command -v curl ;;
    chromium) command -v chromium || command -v chromium-browser ;;
    node) command -v npm && command -v node ;;
    *) echo "deploy/install.sh does not know '$1'." >&2; exit 2 ;;
  esac >/dev/null
}

packages() {
  case $1 in
    postgres) echo postgresql ;;
    redis) echo redis-server ;;
    curl) echo curl ;;
    chromium) echo chromium ;;
    node) echo nodejs npm ;;
  esac
}

missing=()
for program in "$@"; do
  if has "$program"; then continue; fi
  if [ "$program" = dotnet ]; then
    echo "The .NET SDK 10 is missing. Debian/Ubuntu: sudo apt-get install -y dotnet-sdk-10.0; elsewhere: https://dotnet.microsoft.com/download" >&2
    exit 1
  fi
  read -ra names <<<"$(packages "$program")"
  missing+=("${names[@]}")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

apt=(apt-get install -y -qq --no-install-recommends)
if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]}. Install them and put them on PATH; PG_BIN may name the folder of Postgres." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Missing: ${missing[*]}. Install them: sudo ${apt[*]} ${missing[*]}" >&2
  exit 1
fi

# Only the programs are wanted: ours run privately, on free ports. So no cluster of the system is made and no service is started.
install() {
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get update -qq || return 1
  if [[ " ${missing[*]} " == *' postgresql '* ]]; then
    "${apt[@]}" postgresql-common || return 1
    sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  fi
  "${apt[@]}" "${missing[@]}"
}

echo "Installing ${missing[*]} …" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "This failed: ${apt[*]} ${missing[*]}" >&2
  exit 1
fi
