#!/usr/bin/env bash
# Installs the pinned generator. Runs none of its install scripts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

npm ci --loglevel=error
