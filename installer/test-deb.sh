#!/usr/bin/env bash
# test-deb.sh BUILD_FOLDER: makes the Debian package and checks what is in it. Exit 77 where dpkg's tools are missing.
set -eu
build=$1
if ! command -v dpkg-shlibdeps >/dev/null || ! command -v dpkg-deb >/dev/null; then
    echo "skipped: dpkg-dev is not installed"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cpack --config "$build/CPackConfig.cmake" -B "$work" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
deb=$(ls "$work"/*.deb)
contents=$(dpkg-deb -c "$deb")
for path in usr/bin/gatehouse usr/share/applications/org.gatehouse.Gatehouse.desktop \
    usr/share/metainfo/org.gatehouse.Gatehouse.metainfo.xml usr/share/man/man1/gatehouse.1 \
    usr/share/icons/hicolor/scalable/apps/org.gatehouse.Gatehouse.svg; do
    grep -q "\./$path\$" <<<"$contents" || { echo "$path is not in the package:"; echo "$contents"; exit 1; }
done
depends=$(dpkg-deb -f "$deb" Depends)
echo "$(basename "$deb") depends on: $depends"
for library in libssl3 libre2 libyaml-0-2 libcurl4; do
    grep -q "$library" <<<"$depends" || { echo "the package does not depend on $library"; exit 1; }
done
dpkg-deb -x "$deb" "$work/tree"
"$work/tree/usr/bin/gatehouse" --version
