// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/metric.h"

#include <array>

namespace greenfront {
namespace {

constexpr std::array<std::string_view, 4> provenances{"measured", "predicted", "estimated", "imported"};
constexpr std::array<std::string_view, 2> directions{"minimise", "maximise"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view text) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == text)
            return static_cast<Enum>(i);
    return std::nullopt;
}

} // namespace

std::string_view toText(Provenance provenance) {
    return provenances[static_cast<std::size_t>(provenance)];
}
std::string_view toText(Direction direction) {
    return directions[static_cast<std::size_t>(direction)];
}
std::optional<Provenance> provenanceFrom(std::string_view text) {
    return find<Provenance>(provenances, text);
}
std::optional<Direction> directionFrom(std::string_view text) {
    return find<Direction>(directions, text);
}

} // namespace greenfront
