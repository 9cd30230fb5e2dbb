#!/usr/bin/env bash
# Makes sure that programs are there: deploy/install.sh dotnet postgres redis chromium node
# Installs what is missing when it may (root on Debian or Ubuntu), else names the exact command and fails. Asks nobody.
set -euo pipefail

has() {
  case $1 in
    dotnet) command -v dotnet && dotnet --list-sdks | grep -q '^10\.' ;;
    postgres) ls "${PG_BIN:-/nowhere}/initdb" /usr/lib/postgresql/*/bin/initdb 2>/dev/null | grep -q . || command -v initdb ;;
    redis) command -v redis-server ;;
    chromium) command -v chromium || command -v chromium-browser ;;
    node) command -v npm && command -v node ;;
    *) echo "deploy/install.sh does not know '$1'." >&2; exit 2 ;;
  esac >/dev/null
}

packages() {
  case $1 in
    postgres) echo postgresql ;;
    redis) echo redis-server ;;
    chromium) echo chromium ;;
    node) echo nodejs npm ;;
  esac
}

missing=()
for program in "$@"; do
  if has "$program"; then continue; fi
  if [ "$program" = dotnet ]; then
    echo "The .NET SDK 10 is missing; see https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
  fi
  read -ra names <<<"$(packages "$program")"
  missing+=("${names[@]}")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

install="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]}. Install with: sudo $install" >&2
  exit 1
fi

echo "Installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
# Run level 1: packages that bring a service do not start it. Ours run privately, on free ports.
export RUNLEVEL=1
log=$(mktemp)
if ! { apt-get update && $install; } >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "This failed: $install" >&2
  exit 1
fi
rm -f "$log"
