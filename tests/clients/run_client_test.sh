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
# aimock and the AWS SDK ask for Node 20.
case $1 in
    aimock.test.mjs | providers.test.mjs | matrix.test.mjs | aimock_matrix.test.mjs | other_apis.test.mjs)
        if [ "$(node -p 'Number(process.versions.node.split(".")[0])')" -lt 20 ]; then
            echo "skipped: its packages need Node.js 20"
            exit 77
        fi
        ;;
esac
exec node --test "$1"
