#!/usr/bin/env bash
# Sets up what the tests need, builds once and runs every test, whatever the caller's environment says of its own installs.
# Last line: N passed, N failed, N skipped. Fails when a test fails, when one was skipped, and when a test project ran nothing.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

for name in $(compgen -e | grep -E '^(ALIVEMCP_|ConnectionStrings__|ASPNETCORE_|OTEL_|PG(HOST|PORT|USER|PASSWORD|DATABASE|SERVICE|OPTIONS)$)'); do
  unset "$name"
done
export CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
# The tests' servers stand on loopback; no proxy may come between.
export NO_PROXY="127.0.0.1,localhost,::1${NO_PROXY:+,$NO_PROXY}"
export no_proxy=$NO_PROXY

log=$(mktemp)
trap 'rm -f "$log"' EXIT

give_up() {
  echo "$1" >&2
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

deploy/install.sh dotnet postgres redis curl chromium node || give_up "The tests need what is named above."
tests/api-client/install.sh || give_up "The client generator could not be installed."
tests/real-servers/install.sh || give_up "The real servers could not be installed."
# One compiler for all projects instead of a cold one for each, whatever the machine is set to; ended when the build is.
dotnet build AliveMcp.sln --verbosity quiet -clp:NoSummary -p:UseSharedCompilation=true || give_up "It does not build."
dotnet build-server shutdown --vbcscompiler >/dev/null

dotnet test --solution AliveMcp.sln --no-build --no-progress --max-parallel-test-modules 2 --timeout 15m 2>&1 | tee "$log"
code=${PIPESTATUS[0]}

count() { sed -n "s/^ *$1: \([0-9]*\).*/\1/p" "$log" | tail -n 1 | grep . || echo 0; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)

for project in tests/*.Tests; do
  name=$(basename "$project")
  if ! grep -qE "/$name\.dll \([^)]*\) (passed|failed with)" "$log"; then
    echo "$name ran no test, or did not end as it should." >&2
    failed=$((failed + 1))
  fi
done
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "dotnet test ended with $code." >&2
  failed=1
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ] && [ "$passed" -gt 0 ]
