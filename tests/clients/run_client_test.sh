#!/usr/bin/env bash
# run_client_test.sh FILE: one file of tests by node's own runner. Installs the pinned packages when they are not there.
set -u
cd "$(dirname "$0")" || exit 1
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "skipped: there is no Node.js"
    exit 77
fi
if ! npm ls --silent >/dev/null 2>&1 && ! npm ci --no-audit --no-fund; then
    echo "skipped: the npm packages could not be installed"
    exit 77
fi
# aimock asks for Node 20.
if { [ "$1" = aimock.test.mjs ] || [ "$1" = providers.test.mjs ]; } && [ "$(node -p 'Number(process.versions.node.split(".")[0])')" -lt 20 ]; then
    echo "skipped: aimock needs Node.js 20"
    exit 77
fi
exec node --test "$1"
