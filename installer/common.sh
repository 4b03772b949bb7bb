# Shared by run.sh and test.sh: progress lines, one-sentence failures, package installation, builds. Sourced, not run.

set -u -o pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
log_dir=$root/build/logs
started=$SECONDS

progress() { printf '[%3d s] %s\n' "$((SECONDS - started))" "$*"; }

fail() {
    printf 'gatehouse: %s\n' "$*" >&2
    exit 1
}

mkdir -p "$log_dir" 2>/dev/null && [ -w "$log_dir" ] \
    || fail "$log_dir is not writable for $(id -un): it may belong to another user, who ran this first."

# watch LOG: while a step runs, shows the last line of its log; in place on a terminal, else now and then as a line of its own.
watch() {
    local log=$1 line shown='' every=15
    [ -t 1 ] && every=1
    # The parent may be killed at any time, so it is looked at in every round.
    while sleep "$every" && kill -0 $$ 2>/dev/null; do
        line=$(tail -c 4000 "$log" | tr '\r' '\n' | tr -cd '\n\40-\176' | grep . | tail -n 1 | cut -c 1-100)
        [ "$line" = "$shown" ] && continue
        shown=$line
        if [ -t 1 ]; then
            printf '\r\033[K[%3d s]   %s' "$((SECONDS - started))" "$line"
        else
            progress "  $line"
        fi
    done
}

# attempt NAME COMMAND...: runs it with its output in $log, and shows how it goes on.
attempt() {
    local name=$1 watcher code
    shift
    log=$log_dir/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9\n' '-').log
    progress "$name"
    : >"$log"
    watch "$log" &
    watcher=$!
    "$@" >"$log" 2>&1 </dev/null
    code=$?
    kill "$watcher" 2>/dev/null
    wait "$watcher" 2>/dev/null
    [ -t 1 ] && printf '\r\033[K'
    return "$code"
}

# step NAME COMMAND...: an attempt that must succeed; a failure shows the log's end and names the step and the log.
step() {
    if ! attempt "$@"; then
        tail -n 25 "$log" >&2
        fail "The step \"$1\" failed; its whole output is in $log."
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Asks for the password, where one is needed, before the steps hide what they print.
need_root() {
    [ "$(id -u)" = 0 ] && return
    command -v sudo >/dev/null || fail "Installing packages needs root: run this as root, or install sudo."
    sudo true || fail "Installing packages needs root, and sudo refused $(id -un)."
}

need_debian_12() {
    local name
    name=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_ID:-}")
    [ "$name" = "debian 12" ] && command -v apt-get >/dev/null && return
    name=$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-}")
    fail "This script installs packages of Debian 12, and this is ${name:-an unknown system}: install what installer/packages.txt" \
        "names yourself, then see \"Building by hand\" in README.md."
}

# packages SECTION...: the names listed there.
packages() {
    local sections=" $* "
    awk -v wanted="$sections" -v machine="$(dpkg --print-architecture)" '
        /^#/ || /^$/ { next }
        /^\[/ { gsub(/[][]/, ""); inside = index(wanted, " " $0 " ") > 0; next }
        inside && (NF == 1 || $2 == machine) { print $1 }' "$root/installer/packages.txt"
}

missing_packages() {
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = "ii " ] || echo "$name"
    done
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

# apt_install NAME PACKAGE...
apt_install() {
    local name=$1
    shift
    need_debian_12
    need_root
    # One source that fails need not matter: what is missing shows when packages are installed.
    attempt "package lists" apt_get update --error-on=any || progress "some package lists could not be fetched; going on with the others"
    attempt "$name" apt_get install -y --no-install-recommends "$@" && return
    if grep -qE 'Unable to locate package|has no installation candidate' "$log"; then
        fail "Debian's package lists are missing or too old: check the network and /etc/apt, then run this again (log: $log)."
    elif grep -qE 'Unable to fetch|Failed to fetch|Could not (resolve|connect)|Temporary failure' "$log"; then
        fail "Packages could not be downloaded: check the network and /etc/apt, then run this again (log: $log)."
    elif grep -qE 'No space left|enough free space' "$log"; then
        fail "There is no space left for the packages (log: $log)."
    fi
    tail -n 25 "$log" >&2
    fail "The step \"$name\" failed; its whole output is in $log."
}

# install_packages SECTION...: only what is missing, so that a second run is cheap.
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages $(packages "$@"))
    # Node.js only where there is none: a newer one that is there already serves as well.
    if [[ " $* " == *" test "* ]] && ! { command -v node && command -v npm; } >/dev/null; then
        missing+=(nodejs npm)
    fi
    if [ "${#missing[@]}" = 0 ]; then
        progress "packages are there"
    else
        apt_install "install ${#missing[@]} packages" "${missing[@]}"
    fi
}

build_jobs() {
    # A translation unit with Asio coroutines takes up to 1.5 GB.
    local cores memory
    cores=$(nproc)
    memory=$(awk '/MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo)
    [ "$memory" -lt 1 ] && memory=1
    echo $((cores < memory ? cores : memory))
}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    cd "$root" || exit 1
    step "configure $preset" cmake --preset "$preset"
    if [ $# -gt 0 ]; then
        step "build $preset" cmake --build "build/$preset" -j "$(build_jobs)" --target "$@"
    else
        step "build $preset" cmake --build "build/$preset" -j "$(build_jobs)"
    fi
}
