#!/usr/bin/env bash
# run_fuzzer.sh TARGET SECONDS: a short libFuzzer run from the corpus. New inputs go to a temporary folder; one that breaks a
# promise is kept beside the fuzzer, and its path printed. Exit 77 where there is no fuzz build.
set -u
target=$1
seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
fuzzer=${GATEHOUSE_FUZZ_BUILD:-$here/../../build/fuzz/tests/fuzz}/fuzz_$target
if [ ! -x "$fuzzer" ]; then
    echo "skipped: no fuzz build (cmake --preset fuzz && cmake --build build/fuzz --target fuzzers)"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -max_len=4096 -print_final_stats=1 -verbosity=0)
[ -f "$here/$target.dict" ] && options+=(-dict="$here/$target.dict")
"$fuzzer" "${options[@]}" -artifact_prefix="$(dirname "$fuzzer")/$target-" "$work" "$here/corpus/$target"
