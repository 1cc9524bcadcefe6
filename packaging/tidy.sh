#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A compiler launcher that examines a source file instead of compiling it. It leaves an empty object and the list of
# headers, so that Ninja has only what changed examined again.
set -euo pipefail
compiler=$1
shift
source=${!#}
output=
flags=()
while [ $# -gt 1 ]; do
    case $1 in
    -o) output=$2 && shift ;;
    -MD) ;;
    -MT | -MF) shift ;;
    -c) ;;
    *) flags+=("$1") ;;
    esac
    shift
done
flags+=(-Wreserved-identifier)
case " ${flags[*]} " in
*/torch/csrc/*) flags+=(-include "$(dirname "$0")/tidy_torch.h") ;;
esac
# What clang-tidy counts on standard error are the warnings that it suppressed.
examine() {
    clang-tidy --quiet "$@" -- "${flags[@]}" 2> >(grep -v ' generated\.$' >&2)
}
case $source in
*_autogen/*) ;; # what moc and rcc write
*/Unity/*)
    # Several sources as one, since most of the time goes into their headers. Names that are local to two of them
    # clash; then each is examined alone. Their shadows are found in the real build.
    flags+=(-Wno-shadow)
    if found=$(examine "$source" 2>&1); then
        :
    elif grep -q clang-diagnostic-error <<<"$found"; then
        mapfile -t sources < <(sed -n 's/^#include "\(.*\)"$/\1/p' "$source")
        failed=0
        for alone in "${sources[@]}"; do examine "$alone" || failed=1; done
        [ $failed = 0 ]
    else
        echo "$found" && false
    fi
    ;;
*) examine "$source" ;;
esac
# The configuration counts as one of the headers.
"$compiler" "${flags[@]}" -M -MT "$output" -MF "$output.d" "$source"
sed -i "1s|:|: $(dirname "$0")/../.clang-tidy|" "$output.d"
: >"$output"
