#!/usr/bin/env bash
# Installs the pinned servers, and a Node of their own where the system's is too old for them (the suite needs 22). Runs none of their install scripts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

npm ci --loglevel=error
if [ "$(node -p 'parseInt(process.versions.node)')" -lt 22 ]; then
  npm install --no-save --loglevel=error "node-$(node -p 'process.platform + "-" + process.arch')@22.23.3"
fi
