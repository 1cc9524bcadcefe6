// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/glyphs.h"

namespace greenfront::data {
namespace {

Stroke line(Point from, Point to) {
    const auto along = [&](double t) {
        return Point{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
    };
    return {from, along(1.0 / 3), along(2.0 / 3), to};
}

const Stroke stem = line({-0.55, -1}, {-0.55, 1});
const Stroke topBar = line({-0.55, -1}, {0.55, -1});
const Stroke middleBar = line({-0.55, 0}, {0.35, 0});
const Stroke leftArc{Point{0, -1}, Point{-0.85, -1}, Point{-0.85, 1}, Point{0, 1}};
const Stroke rightArc{Point{0, -1}, Point{0.85, -1}, Point{0.85, 1}, Point{0, 1}};
const Stroke bowl{Point{-0.55, -1}, Point{0.85, -1}, Point{0.85, 0.05}, Point{-0.55, 0.05}};
const Stroke openArcTop{Point{0.6, -0.7}, Point{0.2, -1.2}, Point{-0.7, -1.1}, Point{-0.7, 0}};
const Stroke openArcBottom{Point{-0.7, 0}, Point{-0.7, 1.1}, Point{0.2, 1.2}, Point{0.6, 0.7}};
const Stroke upperS{Point{0.6, -0.75}, Point{0.1, -1.3}, Point{-1.1, -0.6}, Point{0, 0}};
const Stroke lowerS{Point{0, 0}, Point{1.1, 0.6}, Point{-0.1, 1.3}, Point{-0.6, 0.75}};

const std::array<Glyph, 10>& all() {
    static const std::array<Glyph, 10> glyphs{{
        {"E", {stem, topBar, middleBar, line({-0.55, 1}, {0.55, 1})}},
        {"F", {stem, topBar, middleBar}},
        {"O", {leftArc, rightArc}},
        {"Q", {leftArc, rightArc, line({0.15, 0.45}, {0.7, 1.05})}},
        {"P", {stem, bowl}},
        {"R", {stem, bowl, line({-0.1, 0.05}, {0.6, 1})}},
        {"C", {openArcTop, openArcBottom}},
        {"G", {openArcTop, openArcBottom, line({0.6, 0.75}, {0.6, 0.1})}},
        {"S", {upperS, lowerS}},
        {"8",
         {upperS, lowerS,
          Stroke{Point{0.6, -0.75}, Point{0.9, -0.35}, Point{-1.2, 0.35}, Point{-0.6, 0.75}}}},
    }};
    return glyphs;
}

} // namespace

std::span<const Glyph> glyphs() {
    return all();
}

} // namespace greenfront::data
