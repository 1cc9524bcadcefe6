// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/glyphs.h"

namespace greenfront::data {

/// x' = xx x + xy y + dx, y' = yx x + yy y + dy: from glyph units to pixels.
struct Affine {
    double xx = 1, xy = 0, dx = 0;
    double yx = 0, yy = 1, dy = 0;

    Point operator()(Point p) const { return {xx * p.x + xy * p.y + dx, yx * p.x + yy * p.y + dy}; }
};

struct Pen {
    double radius = 1;   ///< half the line's width, pixels
    double softness = 1; ///< width of the edge from ink to none, pixels: 1 is anti-aliased, more is blurred
};

/// Where a square map has the pixel in this column and row.
inline std::size_t pixelAt(int x, int y, int side) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x);
}

/// Lays a stroke's ink (0..1) over a square coverage map, keeping the darker of both. Only additions,
/// products, quotients and square roots, which IEEE 754 rounds alike everywhere: the same on every system.
void drawStroke(const Stroke& stroke, const Affine& place, Pen pen, std::span<float> coverage, int side);

} // namespace greenfront::data
