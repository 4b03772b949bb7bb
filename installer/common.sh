# Shared by run.sh and test.sh: progress lines, one-sentence failures, package installation, builds. Sourced, not run.

set -u -o pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
log_dir=$root/build/logs
mkdir -p "$log_dir"
started=$SECONDS

progress() { printf '[%3d s] %s\n' "$((SECONDS - started))" "$*"; }

fail() {
    printf 'gatehouse: %s\n' "$*" >&2
    exit 1
}

# step NAME COMMAND...: runs it with its output in a log file; a failure names the step and the log, and shows its end.
step() {
    local name=$1 log
    shift
    log=$log_dir/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9\n' '-').log
    progress "$name"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 25 "$log" >&2
        fail "The step \"$name\" failed; its whole output is in $log."
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "Installing packages needs root: run this as root, or install sudo."
    fi
}

# packages SECTION...: the names listed there.
packages() {
    local sections=" $* "
    awk -v wanted="$sections" '
        /^#/ || /^$/ { next }
        /^\[/ { gsub(/[][]/, ""); inside = index(wanted, " " $0 " ") > 0; next }
        inside { print $1 }' "$root/installer/packages.txt"
}

missing_packages() {
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = "ii " ] || echo "$name"
    done
}

try_apt() {
    local attempt
    for attempt in 1 2 3; do
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" && return 0
        sleep $((attempt * 5))
    done
    return 1
}

# install_packages SECTION...: only what is missing, so that a second run is cheap.
install_packages() {
    command -v apt-get >/dev/null || fail "This script installs Debian packages, and there is no apt-get here."
    local missing
    mapfile -t missing < <(missing_packages $(packages "$@"))
    if [ "${#missing[@]}" = 0 ]; then
        progress "packages are there"
        return
    fi
    step "package lists" try_apt update
    step "install ${#missing[@]} packages" try_apt install -y --no-install-recommends "${missing[@]}"
}

# Node.js only where there is none: a newer one that is there already serves as well.
install_node() {
    command -v node >/dev/null && command -v npm >/dev/null && return
    step "install Node.js" try_apt install -y --no-install-recommends nodejs npm
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
