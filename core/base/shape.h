// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <compare>
#include <cstddef>

namespace greenfront {

/// Channels, height, width of an image or a feature map.
struct Shape {
    int channels = 0;
    int height = 0;
    int width = 0;

    auto operator<=>(const Shape&) const = default;
    std::size_t size() const {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(width);
    }
};

} // namespace greenfront
