#!/usr/bin/env bash
# Installs what Gatehouse needs on Debian 12, builds it, and opens the console on a simulated cluster. Without a display the
# same demo runs headless and prints a small table. Can be run again: what is done already costs seconds.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages build
build release gatehouse

gatehouse=$root/build/release/app/gatehouse
progress "ready: $gatehouse"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$gatehouse" --demo "$@"
fi
progress "no display here, so the demo runs headless; stop it with Ctrl+C"
exec "$gatehouse" serve --demo "$@"
