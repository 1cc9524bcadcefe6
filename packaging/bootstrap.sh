#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets a Debian system up and builds Greenfront.
#   packaging/bootstrap.sh run [ARGS]   opens the window; without a display runs the built-in study and prints its front
#   packaging/bootstrap.sh test         builds and passes all tests
#   packaging/bootstrap.sh build        only builds
#   packaging/bootstrap.sh sanitize     builds and passes the tests of what threads and parses, with sanitizers
#   packaging/bootstrap.sh lint         checks the format and clang-tidy's findings
set -euo pipefail
cd "$(dirname "$0")/.."

# Debian 13 renamed this one.
svg=libqt6svg6-dev
grep -q '^VERSION_ID="12"' /etc/os-release 2>/dev/null || svg=qt6-svg-dev
build_packages="g++ cmake ninja-build ccache git libtorch-dev libopenblas-pthread-dev qt6-base-dev $svg libqt6opengl6-dev
    libqcustomplot-dev libsqlite3-dev libonnx-dev libprotobuf-dev protobuf-compiler nlohmann-json3-dev libcli11-dev
    libspdlog-dev libyaml-cpp-dev zlib1g-dev libpng-dev libjpeg-dev libeigen3-dev fonts-dejavu-core qt6-qpa-plugins"
test_packages='python3-torch libpagmo-dev'
lint_packages='clang clang-format clang-tidy'

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install() {
    command -v apt-get >/dev/null || return 0 # elsewhere CMake says what is missing
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return 0
    as_root apt-get update
    echo "Installing ${missing[*]}" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

configure() {
    local preset=$1
    shift
    cmake --preset "$preset" "$@" >build-"$preset".log 2>&1 || { cat build-"$preset".log >&2; exit 1; }
    rm -f build-"$preset".log
}

build() {
    install $build_packages
    configure release "$@"
    cmake --build --preset release
}

# The same study without a window: made, run, its fronts printed and drawn.
run_without_display() {
    local folder=$1 workspace=$2 cli=build/release/bin/greenfront-cli device
    $cli study new --data builtin --out "$folder/first-study.json"
    $cli study run "$folder/first-study.json" --workspace "$workspace"
    for device in this-machine raspberry-pi-4; do
        $cli front "$workspace" --x latency_ms --y accuracy --device $device --png "$folder/front-$device.png"
        echo "Drawn in $folder/front-$device.png"
    done
}

case "${1:-}" in
build)
    build
    ;;
run)
    shift
    build -DGREENFRONT_TESTS=OFF
    folder=${GREENFRONT_HOME:-$HOME/greenfront}
    workspace=$folder/first-study.greenfront
    mkdir -p "$folder"
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        if [ $# = 0 ]; then
            [ -e "$workspace" ] && set -- "$workspace" || set -- --new "$workspace"
        fi
        exec build/release/bin/greenfront "$@"
    fi
    echo "There is no display: running the built-in study without a window." >&2
    run_without_display "$folder" "$workspace"
    ;;
test)
    install $build_packages $test_packages
    command -v npm >/dev/null || install npm
    packaging/install-interop.sh
    build -DGREENFRONT_TESTS=ON -DGREENFRONT_WERROR=ON
    GREENFRONT_REQUIRE_INTEROP=1 ctest --preset release -j 2 # most start programs and wait
    ;;
sanitize)
    install $build_packages $test_packages
    for preset in asan tsan; do
        configure $preset
        cmake --build --preset $preset --target sanitize-tests
        ctest --preset $preset
    done
    ;;
lint)
    install $build_packages $lint_packages
    git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run -Werror
    configure lint -DGREENFRONT_TESTS=OFF
    # What our own sources would be compiled to; not what moc, rcc and CMake write.
    ninja -C build/lint -t targets all | grep -oE '^(core|app|ui)/[^:]*\.(cpp|cxx)\.o' | grep -v -e _autogen/ -e _pch |
        xargs ninja -C build/lint -k 0
    ;;
*)
    sed -n '3,9p' "$0" | sed 's/^# *//' >&2
    exit 2
    ;;
esac
