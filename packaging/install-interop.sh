#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs ONNX Runtime for Node, with which the interop tests read exported files, into a folder
# (default: build/interop, where the tests look for it; elsewhere set GREENFRONT_INTEROP_DIR for them).
# Usage: packaging/install-interop.sh [FOLDER]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
target=${1:-$root/build/interop}

if ! command -v npm >/dev/null 2>&1; then
    echo "install-interop: npm is missing. On Debian: apt-get install npm" >&2
    exit 1
fi
if cmp -s "$root/tests/interop/package-lock.json" "$target/installed.json"; then
    exit 0
fi
mkdir -p "$target"
rm -f "$target/installed.json"
cp "$root/tests/interop/package.json" "$root/tests/interop/package-lock.json" "$target/"
# The package holds the library for the processor itself; its install script would fetch CUDA's as well.
npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error
# Other systems' libraries make up two thirds of the package.
for folder in "$target"/node_modules/onnxruntime-node/bin/napi-v*; do
    case $(uname -s) in
    Linux) rm -rf "$folder/darwin" "$folder/win32" ;;
    Darwin) rm -rf "$folder/linux" "$folder/win32" ;;
    esac
done
cp "$target/package-lock.json" "$target/installed.json"
