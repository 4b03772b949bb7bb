#!/usr/bin/env bash
# Installs what Gatehouse and its tests need on Debian 12, builds, and runs every test without a display. Can be run again.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages build test
step "npm packages of the client tests" npm ci --prefix "$root/tests/clients" --no-audit --no-fund

build release
if command -v clang++-16 >/dev/null; then
    build fuzz fuzzers
else
    progress "no clang++-16, so the fuzz targets are not built"
fi

cd "$root" || exit 1
progress "tests"
export QT_QPA_PLATFORM=offscreen
export GATEHOUSE_FUZZERS=$root/build/fuzz/tests/fuzz
# Timings of the tests must not depend on how many run beside them: as many as there are cores.
ctest --test-dir build/release --output-on-failure --no-tests=error -j "$(nproc)"
