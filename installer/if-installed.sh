#!/usr/bin/env bash
# if-installed.sh TOOL ARGUMENT...: runs the tool; exit 77 where it is not installed.
if ! command -v "$1" >/dev/null; then
    echo "skipped: $1 is not installed"
    exit 77
fi
exec "$@"
