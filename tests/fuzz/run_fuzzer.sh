#!/usr/bin/env bash
# run_fuzzer.sh TARGET SECONDS: a short libFuzzer run from the corpus. New inputs go to a temporary folder; one that breaks a
# promise is kept beside the fuzzer, and its path printed. GATEHOUSE_FUZZ_SEED=0: another way each time. Exit 77 where there is no
# fuzz build.
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
# libFuzzer's own exit code for a finding is 77, which would count as skipped here.
options=(-seed="${GATEHOUSE_FUZZ_SEED:-1}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -max_len=4096 -print_final_stats=1 -error_exitcode=1)
mkdir "$work/new"
if "$fuzzer" "${options[@]}" -artifact_prefix="$(dirname "$fuzzer")/$target-" "$work/new" "$here/corpus/$target" >"$work/log" 2>&1; then
    grep '^stat::' "$work/log"
    exit 0
fi
tail -n 60 "$work/log"
exit 1
