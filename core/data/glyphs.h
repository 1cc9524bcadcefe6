// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace greenfront::data {

struct Point {
    double x = 0;
    double y = 0;
};

/// A cubic Bezier curve; a straight line has its inner points on it.
using Stroke = std::array<Point, 4>;

struct Glyph {
    std::string_view name;
    std::vector<Stroke> strokes; ///< within -1..1, y down
};

/// The built-in data set's classes. Neighbours (0 and 1, 2 and 3, ...) differ in one stroke only.
std::span<const Glyph> glyphs();

} // namespace greenfront::data
